# Every sentence of the bot, in English: what holds where a language has no file of its own.
#
# One line a message, its name that of a function in src/discord/text.rs. What stands in braces is put in by the
# program. `n-…` are counts that other messages use; `cmd-…` are the commands as Discord shows them.

n-articles = { $articles ->
    [one] 1 article
   *[other] { $articles } articles
}
n-passages = { $passages ->
    [one] 1 passage
   *[other] { $passages } passages
}
n-seconds = { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}

## Answers

question = **Question:** { $question }
hedge = { $quotes ->
    [one] I am not sure that this answers it. The closest passage:
   *[other] I am not sure that this answers it. The closest passages:
}
quote = “{ $quote }”
place_line = paragraph { $paragraph }, line { $line } of { $path }
place_lines = paragraph { $paragraph }, lines { $first }–{ $last } of { $path }
expansion = { $looked_for } (for { $asked })
expansions = I also looked for: { $words }.
unmatched = No article mentions: { $words }.
differing = The articles name different figures: compare [1] with { $quotes }.
carried = From the question before I added: { $words }.
within = **Only in:** { $name }
quotes_left_out = { $count ->
    [one] One more passage did not fit here.
   *[other] { $count } more passages did not fit here.
}
only_common_words = There is nothing in this question that I can look for: all its words are very common ones. Add a name, a place or a thing.
nothing_found = I found nothing in the articles for this question.
other_words = Try other words, or another spelling.
low_confidence = I found no answer to this in the articles.
nearest_articles = The nearest articles:
footer = #{ $record } · { n-articles }
original = original
further = Further passages, page { $page }:
no_further = There are no further passages for this question.

## Buttons under answers

button_more = More passages
button_why = Why this answer?
button_passage = Full passage
button_helpful = Helpful
button_unhelpful = Not helpful
button_show = Show to everyone
button_delete = Delete
button_follow = Follow up
button_source = Source { $number }
button_gap = Tell the moderators
button_previous = Previous
button_next = Next
follow_title = Follow up
follow_label = Your next question
follow_hint = What else would you like to know about it?
voted_helpful = Noted: helpful. Thank you! Press the other button if you change your mind.
voted_unhelpful = Noted: not helpful. Thank you! Press the other button if you change your mind.
gap_told = Thank you. The moderators find this question among those that the articles do not answer.
gap_told_before = You have told the moderators of this question before. Thank you.
record_gone = The record of that answer is gone, so this button cannot do anything any more. Please ask again.
question_gone = That record was erased, so this button cannot do anything any more.
button_unknown = I do not know this button any more. Please ask again.
not_yours = That answer is for somebody else alone.
delete_not_yours = Only the person who asked, and moderators, can delete this answer.
show_failed = I cannot show this answer to everyone here.

## Why this answer?

why = **Why this answer?** (#{ $record })
why_confidence = Confidence: { $percent } %. Below { $floor } % I give no answer, below 50 % I say that I am not sure.
why_quote = Quote [{ $number }], from { $title }
why_words = The words of your question, with their weight and where they stand:
why_found = { $word }: { $percent } %, in the quoted sentences
why_part = { $word }: { $percent } %, in part ({ $found } %)
why_missing = { $word }: { $percent } %, not in the quoted sentences
why_score = Score: { $score }. The score of its article: { $article }.
why_runner_up = Runner-up: { $title }, score { $score }; the best is { $margin } ahead of it.
why_alone = No other article came close.
why_corpus = Asked of { n-articles } (corpus { $digest }).

## Full passage

passage_heading = **The passages in full**
passage_changed = The article has changed since this answer, so I can show only what was quoted.
passage_kept = The article has changed since this answer. This is the passage as it was then.
passage_withdrawn = This article was withdrawn, so its text is not shown any more.

## Refusals

empty_question = There is nothing to look for in that. Ask in words, for example: `/ask question: when was the contract signed?`
too_long = That question has { $chars } characters, and the limit is { $limit }. Ask it in a sentence or two.
cooldown = Please wait { n-seconds } before your next question.
cooldown_server = Many questions are asked on this server just now. Please wait { n-seconds }.
out_of_scope_server = I answer questions in my home server alone, and this is another one.
out_of_scope_direct = I answer questions in the channels of my home server alone, not in direct messages.
role_needed = On this server only people with certain roles may ask me.
blocked = The moderators of this server have decided that you cannot ask me here.
within_unknown = There is no article or collection that is called { $name }.
within_nearest = Did you mean: { $names }?
no_text = There is no text in that message that I could look for.
unrecorded = Sorry, I cannot answer now: every answer is recorded before it is shown, and the record could not be written. The people who run this bot find the reason in its log. Please ask again later.
broken = Sorry, something broke on my side. The people who run this bot find the reason in its log.
outdated_command = This command has changed since Discord last showed it. Please restart Discord (Ctrl+R on a computer) and try again.
not_moderator = This is for moderators of the server that looks after the articles: people with Manage Server there, or with a role that the bot’s operator named.
not_manager = This is for people with Manage Server on this server, or with a role that the bot’s operator named.
home_unset = No server looks after the articles yet. To make it this one, whoever runs the bot adds this line to its `.env` file and starts it again:

## Help and privacy

short_help = Hello! I answer questions from a collection of articles, word for word and with sources. Mention me together with your question, or type `/ask`. `/help` says more.
help_what = **What I am.** I answer questions from { n-articles }. I look up the sentences that fit best and quote them word for word, with their source. I write nothing of my own, so where the articles do not say it, neither do I.
help_ask = **How to ask.** `/ask question: when was the contract signed?` (with `private: True` only you see the answer, with `in` I look in one article or collection), or mention me in a channel together with your question, or reply to an answer of mine. On somebody’s message, Apps → Find the answer. Names and things make good questions.
help_check = **How to check.** Each quote has a number, which links to the original where there is one, and the paragraph and line where it stands. The number under an answer, such as #12, is that of its record: name it when you ask a moderator about an answer.
help_store = **What I store.** Each question with its answer, who asked, where and when. `/privacy show` says more.
privacy_stored = **What I store.** For each question: its text, your Discord id, the ids of the server and the channel, the time, the quotes I gave and how I chose them; for what I refuse, the same with the reason; and the votes you give. It is kept so that every answer can be checked later, on the machine of the people who run this bot.
privacy_not = **What I do not.** I read no messages but those that mention me, reply to me, are sent to me directly, or that somebody hands me with Find the answer, and, where moderators of a server have switched that on, new posts in the channels they named; of those I store only the ones I answer. I keep no names, no other messages and no files that members send; I send nothing to other services and train nothing on it.
privacy_days = { $days ->
    [one] **For how long.** After 1 day what says who you are and what you asked is erased. The rest of a record (when a question was asked on which server, and which article was quoted) stays.
   *[other] **For how long.** After { $days } days what says who you are and what you asked is erased. The rest of a record (when a question was asked on which server, and which article was quoted) stays.
}
privacy_forever = **For how long.** Until you erase it, or the people who run this bot do.
privacy_rights = **What you can do.** `/privacy export` hands you what is stored about you, as a file. `/privacy delete` erases it at once.
privacy_button_export = My records as a file
privacy_button_delete = Erase my records
privacy_exported = { $records ->
    [one] This is the one record that names you.
   *[other] These are the { $records } records that name you, the oldest first.
}
privacy_export_cut = There is room for the newest { $records } records alone in a file on Discord. Ask the people who run this bot for the older ones.
privacy_nothing = No record names you.
privacy_confirm = **Erase your records?** Everything that says who you are and what you asked is taken out of them: your questions, the quotes you got, and why they were chosen. This cannot be undone. What I posted in channels stays there until it is deleted on Discord.
privacy_confirmed = Erase them
privacy_kept = Nothing was erased.
privacy_deleted = { $records ->
    [one] **Erased** from 1 record.
   *[other] **Erased** from { $records } records.
}
privacy_traces = Somebody is reading the records just now, so traces may be left on the disk until the next erasure.
not_done = That could not be done; the bot’s log has the reason.

## The state of the corpus

presence = Answering from { n-articles }
presence_paused = Paused: the audit store cannot be written
corpus_size = **Corpus:** { n-articles } in { n-passages }
index_size = **Index:** { $postings } postings in { $megabytes } MB, built in { $ms } ms
corpus_digest = **Digest:** { $digest }
loaded_at = **Loaded:** { $time }
store_writable = **Audit store:** can be written
store_broken = **Audit store:** cannot be written, so no question is answered. The bot’s log has the reason; look at the disk first.
version = **Version:** { $version }
articles_page = **{ n-articles }**, page { $page } of { $pages }

## Reloads

progress = Reading the articles: { $percent } %
reloaded = **Reloaded** in { $seconds } s.
preview = **Preview:** nothing is changed yet.
not_reloaded = **Not reloaded:** { $reason }.
too_few_left = only { $left } of { $before } articles are left: put the others back, or force the reload if they are meant to go
left_behind = the folder of this machine lacks what another process changed (changes: { $count }): copy that machine’s folder here, or force the reload to undo those changes
golden_fail = golden questions that passed now fail: mend the articles or the questions, or force it
articles_unchanged = The articles in use are the same as before.
already_reloading = A reload is already running. Wait for its report.
reload_failed = **Not reloaded:** either the record of the reload could not be written, or something broke on my side. The bot’s log has the reason. The articles in use are the same as before.
reload_counts = { n-articles } in { n-passages }: { $added } added, { $changed } changed, { $removed } removed.
golden = Golden questions passed: { $before } of { $before_all } before, { $after } of { $after_all } now.
golden_lost = **Golden questions that passed and now fail:**
golden_gone = **Golden questions whose articles are all gone:**
golden_changed = **Golden questions whose answer changes:**
golden_same = No golden question gets another answer.
added = **Added:**
changed = **Changed:**
removed = **Removed:**
problems = **Problems:** { $left_out } left out, { $kept } kept in part
problem = { $path }: { $message }
problem_line = { $path }, line { $line }: { $message }
and_more = and { $count } more

## Adding and removing articles

edit_add = **To be added:** { $path }
edit_remove = **To be removed:** { $path }
edit_undo = **To be undone:** the last change, which was to { $path }
edit_added = **Added:** { $path }
edit_removed = **Removed:** { $path }
edit_undone = **Undone:** the change of { $path }
edit_refused = **Not done:** { $reason }.
edit_confirm_add = Add
edit_confirm_remove = Remove
edit_confirm_undo = Undo
edit_cancel = Cancel
edit_cancelled = Nothing was changed.
edit_expired = This no longer waits to be confirmed: it was done, cancelled, or is older than a day.
edit_bad_name = { $name } cannot be the name of an article: use letters, digits, spaces, hyphens and full stops, without folders, not beginning with a dot or underscore
edit_reserved = { $name } is a name that the corpus keeps for something else: rename the file
edit_bad_format = { $name } is of no format that I read: it must end in .md, .txt, .html or .jsonl
edit_too_large = { $name } is larger than { $mib } MiB: split it
edit_exists = there is already a file { $path }: remove it first, or use another name
edit_duplicate = the id { $id } is taken by { $path }: rename one of them
edit_nothing = nothing in it can be used
edit_download = Discord did not hand me the file: send it once more
edit_unknown = there is no article { $name }
edit_none = there is no change to undo
edit_conflict = { $path } was changed by somebody else meanwhile, so nothing was touched
edit_failed = the file could not be written: the bot’s log has the reason
paste_title = Add an article
paste_name = Title
paste_publisher = Publisher (may be empty)
paste_url = Address of the original (may be empty)
paste_text = Text

## Settings of a server

settings = **Settings of this server**
settings_saved = **Saved.**
settings_failed = That could not be saved; the bot’s log has the reason. Nothing was changed.
settings_language = Language: { $language }
settings_language_own = each person’s own
settings_private = Answers to `/ask` shown to the asker alone: { $value }
settings_cooldown = Seconds between two questions of a person: { $seconds }; of the whole server: { $server }
settings_confidence = No answer below a confidence of { $percent } %
settings_channels = Channels in which I answer new posts: { $channels }
settings_roles = Roles that may ask: { $roles }
settings_blocked = People who may not ask: { $people }
settings_everyone = everyone
settings_none = none
settings_yes = yes
settings_no = no
settings_content_off = I can read new posts only once whoever runs the bot has set `MESSAGE_CONTENT=on`.
settings_full = A server can name at most { $max } of these. Take one away first.

## Reading the records

audit_outcome = { $outcome ->
    [found] answered
    [hedged] answered, unsure
    [not_found] not answered
    [refused] refused
    [swapped] articles reloaded
    [kept] reload refused
    [delivered] delivered
    [failed] not delivered
    [helpful] voted helpful
    [not_helpful] voted not helpful
    [filed] told to the moderators
    [set] setting changed
    [changed] articles changed
    [migrated] store updated
    [erased] erased
   *[other] { $outcome }
}
audit_recent = **The newest records**
audit_unanswered = **The newest questions without an answer**
audit_search = **The newest questions with these words:** { $words }
audit_none = There is no such record here.
audit_record = **Record #{ $record }:** { $outcome }
audit_at = **When:** { $time }
audit_asker = **Who and where:** { $place }
audit_confidence = **Confidence:** { $percent } %
audit_refused = **What was wanted:** { $action }
audit_of = **About record** #{ $record }
audit_detail = **Details:** { $detail }
audit_votes = **Votes:** { $helpful } helpful, { $unhelpful } not helpful
audit_delivered = **Delivered:** { $message }
audit_undelivered = **Not delivered:** { $error }
audit_program = **Program:** footnote { $version }
audit_erased = What said who asked, and what, was erased from this record. The rest of it stays.
audit_failed = The records could not be read; the bot’s log has the reason.
audit_exported = { $records ->
    [one] 1 record.
   *[other] { $records } records, the oldest first.
}
audit_export_cut = There is room for the newest { $records } records alone in a file on Discord: those before #{ $first } are left out. Name fewer days, or have whoever runs the bot use `footnote audit export`.
audit_head = **End of the audit chain:** { $head }
audit_head_posted = Posted in { $channel }.
audit_head_unset = There is no channel to post it to: whoever runs the bot sets `AUDIT_CHANNEL_ID`.
audit_head_failed = It could not be posted: the channel of `AUDIT_CHANNEL_ID` must be in a home server, and I must be able to see it and write in it. The bot’s log has the reason.
audit_head_public = **End of the audit chain:** { $head }
    Keep this message. With `footnote audit verify --head` and what it says here it can be shown that no record up to it was changed, taken out or cut off since.
button_older = Older

## Commands

cmd-ask =
    .name = ask
    .description = Ask a question: the answer is quoted from the articles, with its sources
    .question = question
    .question-is = Your question, in a sentence or two
    .in = in
    .in-is = Look in one article or collection alone
    .private = private
    .private-is = Show the answer to me alone
cmd-find =
    .name = Find the answer
cmd-help =
    .name = help
    .description = What this bot is, how to ask, and what it stores
cmd-privacy =
    .name = privacy
    .description = What this bot stores about you, as a file if you like, and how to have it erased
cmd-privacy-show =
    .name = show
    .description = What this bot stores about you, what not, and for how long
cmd-privacy-export =
    .name = export
    .description = What is stored about you, as a file
cmd-privacy-delete =
    .name = delete
    .description = Erase what is stored about you
cmd-audit =
    .name = audit
    .description = Read what was asked and answered on this server
cmd-audit-recent =
    .name = recent
    .description = The newest records
    .unanswered = unanswered
    .unanswered-is = Only questions that found no answer
cmd-audit-show =
    .name = show
    .description = Everything that one record holds
    .record = record
    .record-is = The number under the answer, such as 12
cmd-audit-search =
    .name = search
    .description = Questions in which all of these words stand
    .words = words
    .words-is = In any order
    .unanswered = unanswered
    .unanswered-is = Only questions that found no answer
cmd-audit-export =
    .name = export
    .description = The records as a file
    .form = form
    .form-is = JSON lines hold everything, CSV is for a spreadsheet
    .days = days
    .days-is = Only those of the last days; leave it out for all
cmd-audit-head =
    .name = head
    .description = The end of the audit chain, posted where it cannot be changed
cmd-corpus =
    .name = corpus
    .description = Look after the articles
cmd-corpus-reload =
    .name = reload
    .description = Read the articles again, check them, and use them if nothing is lost
    .force = force
    .force-is = Use them even if most articles are gone or a golden question fails
    .preview = preview
    .preview-is = Only show what would change
cmd-corpus-status =
    .name = status
    .description = How many articles there are, when they were loaded, whether answers can be recorded
cmd-corpus-articles =
    .name = articles
    .description = List the articles
    .page = page
    .page-is = Which page of the list
cmd-corpus-add =
    .name = add
    .description = Add an article: a file, or a text that you paste
    .file = file
    .file-is = A .md, .txt, .html or .jsonl file; leave it out to paste a text
    .folder = folder
    .folder-is = The collection it belongs to
cmd-corpus-remove =
    .name = remove
    .description = Remove an article
    .article = article
    .article-is = Which one
cmd-corpus-undo =
    .name = undo
    .description = Undo the last addition or removal
cmd-settings =
    .name = settings
    .description = How the bot behaves on this server
cmd-settings-show =
    .name = show
    .description = Show the settings
cmd-settings-language =
    .name = language
    .description = The language in which I speak on this server
    .language = language
    .language-is = Leave it out for each person’s own
cmd-settings-private =
    .name = private
    .description = Whether answers to /ask are shown to the asker alone, unless they say otherwise
    .value = value
    .value-is = True: to the asker alone
cmd-settings-cooldown =
    .name = cooldown
    .description = How long to wait between two questions
    .person = person
    .person-is = Seconds between two questions of one person
    .server = server
    .server-is = Seconds between two questions on the whole server
cmd-settings-confidence =
    .name = confidence
    .description = How sure I must be to give an answer
    .percent = percent
    .percent-is = No answer below this confidence; leave it out for the usual one
cmd-settings-channel =
    .name = channel
    .description = Answer new posts in a channel or forum by myself
    .channel = channel
    .channel-is = Which channel or forum
    .answer = answer
    .answer-is = True to answer there, False to stop
cmd-settings-role =
    .name = role
    .description = Who may ask: with no role named, everyone
    .role = role
    .role-is = Which role
    .allow = allow
    .allow-is = True to allow it, False to take that back
cmd-settings-block =
    .name = block
    .description = Keep a person from asking
    .person = person
    .person-is = Whom
    .block = block
    .block-is = True to block, False to allow again
