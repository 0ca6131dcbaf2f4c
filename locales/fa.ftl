# فارسی

n-articles = { $articles } مقاله
n-passages = { $passages } بخش
n-seconds = { $seconds } ثانیه

## Answers

question = **پرسش:** { $question }
hedge = { $quotes ->
    [one] مطمئن نیستم که این پاسخ باشد. نزدیک‌ترین بخش:
   *[other] مطمئن نیستم که این پاسخ باشد. نزدیک‌ترین بخش‌ها:
}
quote = «{ $quote }»
place_line = بند { $paragraph }، سطر { $line } از { $path }
place_lines = بند { $paragraph }، سطرهای { $first } تا { $last } از { $path }
expansion = { $looked_for } (به جای { $asked })
expansions = این‌ها را هم جستم: { $words }.
unmatched = در هیچ مقاله‌ای نیست: { $words }.
differing = مقاله‌ها رقم‌های متفاوتی آورده‌اند: [1] را با { $quotes } بسنجید.
carried = از پرسش پیشین افزودم: { $words }.
within = **تنها در:** { $name }
quotes_left_out = برای { $count } بخش دیگر جا نبود.
only_common_words = در این پرسش چیزی برای جستن نیست: همهٔ واژه‌هایش بسیار رایج‌اند. نامی، جایی یا چیزی بیفزایید.
nothing_found = برای این پرسش چیزی در مقاله‌ها نیافتم.
other_words = واژه‌های دیگر یا نگارش دیگری را بیازمایید.
low_confidence = پاسخی برای این در مقاله‌ها نیافتم.
nearest_articles = نزدیک‌ترین مقاله‌ها:
footer = #{ $record } · { n-articles }
original = اصل
further = بخش‌های دیگر، صفحهٔ { $page }:
no_further = برای این پرسش بخش دیگری نیست.

## Buttons under answers

button_more = بخش‌های دیگر
button_why = چرا این پاسخ؟
button_passage = بخش کامل
button_helpful = سودمند
button_unhelpful = ناسودمند
button_show = نمایش به همه
button_delete = حذف
button_follow = پرسش بعدی
button_source = منبع { $number }
button_gap = خبر دادن به ناظران
button_previous = پیشین
button_next = بعدی
follow_title = پرسش بعدی
follow_label = پرسش بعدی شما
follow_hint = دیگر چه می‌خواهید دربارهٔ آن بدانید؟
voted_helpful = ثبت شد: سودمند. سپاس! اگر نظرتان برگشت دکمهٔ دیگر را بزنید.
voted_unhelpful = ثبت شد: ناسودمند. سپاس! اگر نظرتان برگشت دکمهٔ دیگر را بزنید.
gap_told = سپاس. ناظران این پرسش را در میان آن‌هایی می‌بینند که مقاله‌ها پاسخشان را ندارند.
gap_told_before = این پرسش را پیش‌تر به ناظران گفته‌اید. سپاس.
record_gone = سابقهٔ آن پاسخ دیگر نیست، پس این دکمه کاری نمی‌تواند بکند. دوباره بپرسید.
question_gone = آن سابقه پاک شده، پس این دکمه دیگر کاری نمی‌تواند بکند.
button_unknown = این دکمه را دیگر نمی‌شناسم. دوباره بپرسید.
not_yours = آن پاسخ تنها برای شخص دیگری است.
delete_not_yours = تنها پرسنده و ناظران می‌توانند این پاسخ را حذف کنند.
show_failed = این پاسخ را اینجا نمی‌توانم به همه نشان دهم.

## Why this answer?

why = **چرا این پاسخ؟** (#{ $record })
why_confidence = اطمینان: { $percent }٪. زیر { $floor }٪ پاسخ نمی‌دهم و زیر ۵۰٪ می‌گویم که مطمئن نیستم.
why_quote = نقل [{ $number }]، از { $title }
why_words = واژه‌های پرسش شما، وزنشان و جایشان:
why_found = { $word }: { $percent }٪، در جمله‌های نقل‌شده
why_part = { $word }: { $percent }٪، تا اندازه‌ای ({ $found }٪)
why_missing = { $word }: { $percent }٪، نه در جمله‌های نقل‌شده
why_score = امتیاز: { $score }. امتیاز مقاله‌اش: { $article }.
why_runner_up = دومی: { $title }، امتیاز { $score }؛ بهترین { $margin } جلوتر است.
why_alone = هیچ مقالهٔ دیگری نزدیک نبود.
why_corpus = از { n-articles } پرسیده شد (پیکره { $digest }).

## Full passage

passage_heading = **بخش‌های کامل**
passage_changed = مقاله پس از این پاسخ تغییر کرده، پس تنها آنچه نقل شده بود را می‌توانم نشان دهم.
passage_kept = مقاله پس از این پاسخ تغییر کرده. این بخش است، چنان‌که آن زمان بود.
passage_withdrawn = این مقاله پس گرفته شده، پس متنش دیگر نشان داده نمی‌شود.

## Refusals

empty_question = چیزی برای جستن در آن نیست. با واژه‌ها بپرسید، برای نمونه: `/ask question: قرارداد کی امضا شد؟`
too_long = این پرسش { $chars } نویسه دارد و بیشینه { $limit } است. در یک دو جمله بپرسید.
cooldown = لطفاً تا پرسش بعدی { n-seconds } صبر کنید.
cooldown_server = اکنون در این سرور پرسش بسیار است. لطفاً { n-seconds } صبر کنید.
out_of_scope_server = تنها در سرور خانگی‌ام پاسخ می‌دهم و اینجا سرور دیگری است.
out_of_scope_direct = تنها در کانال‌های سرور خانگی‌ام پاسخ می‌دهم، نه در پیام خصوصی.
role_needed = در این سرور تنها دارندگان نقش‌های معین می‌توانند از من بپرسند.
blocked = ناظران این سرور بر آن شده‌اند که شما اینجا نتوانید از من بپرسید.
within_unknown = مقاله یا مجموعه‌ای به نام { $name } نیست.
within_nearest = منظورتان این بود: { $names }؟
no_text = در آن پیام متنی برای جستن نیست.
unrecorded = ببخشید، اکنون نمی‌توانم پاسخ دهم: هر پاسخ پیش از نمایش ثبت می‌شود و ثبت نشد. گردانندگان این ربات علت را در گزارش آن می‌یابند. دیرتر بپرسید.
broken = ببخشید، چیزی نزد من خراب شد. گردانندگان این ربات علت را در گزارش آن می‌یابند.
outdated_command = این فرمان از زمانی که Discord نشانش داده تغییر کرده است. Discord را دوباره باز کنید (Ctrl+R در رایانه) و باز بیازمایید.
not_moderator = این برای ناظران سروری است که مقاله‌ها را نگه می‌دارد: دارندگان «مدیریت سرور» در آنجا، یا نقشی که گردانندهٔ ربات نام برده است.
not_manager = این برای دارندگان «مدیریت سرور» در این سرور است، یا نقشی که گردانندهٔ ربات نام برده است.
home_unset = هنوز هیچ سروری مقاله‌ها را نگه نمی‌دارد. تا این سرور باشد، گردانندهٔ ربات این سطر را به فایل `.env` می‌افزاید و آن را دوباره راه می‌اندازد:

## Help and privacy

short_help = سلام! به پرسش‌ها از مجموعه‌ای از مقاله‌ها پاسخ می‌دهم، واژه به واژه و با منبع. مرا همراه پرسش نام ببرید یا `/ask` را بنویسید. `/help` بیشتر می‌گوید.
help_what = **من چیستم.** به پرسش‌ها از { n-articles } پاسخ می‌دهم. جمله‌هایی را که بهتر می‌خورند می‌یابم و واژه به واژه با منبع نقل می‌کنم. از خودم چیزی نمی‌نویسم: آنچه مقاله‌ها نمی‌گویند من هم نمی‌گویم.
help_ask = **چگونه بپرسید.** `/ask question: قرارداد کی امضا شد؟` (با `private: True` پاسخ را تنها شما می‌بینید، با `in` در یک مقاله یا مجموعه می‌جویم)، یا مرا در کانالی همراه پرسش نام ببرید، یا به پاسخی از من جواب دهید. روی پیام کسی: Apps ← Find the answer. نام‌ها و چیزها پرسش‌های خوبی می‌سازند.
help_check = **چگونه بسنجید.** هر نقل شماره‌ای دارد که اگر اصلی باشد به آن می‌رسد، و بند و سطرش. شمارهٔ زیر پاسخ، مانند #12، شمارهٔ سابقهٔ آن است: هنگام پرسیدن از ناظر آن را بگویید.
help_store = **چه نگه می‌دارم.** هر پرسش با پاسخش، و اینکه که، کجا و کی پرسید. `/privacy show` بیشتر می‌گوید.
privacy_stored = **چه نگه می‌دارم.** برای هر پرسش: متنش، شناسهٔ Discord شما، شناسهٔ سرور و کانال، زمان، نقل‌هایی که دادم و چگونگی گزینششان؛ برای آنچه نمی‌پذیرم همان‌ها با علت؛ و رأی‌های شما. نگه داشته می‌شود تا هر پاسخ را بتوان سپس سنجید، روی دستگاه گردانندگان ربات.
privacy_not = **چه نگه نمی‌دارم.** تنها پیام‌هایی را می‌خوانم که مرا نام می‌برند، به من پاسخ‌اند، مستقیم به من می‌رسند یا کسی با Find the answer به من می‌دهد، و هر جا ناظران روشن کرده باشند نوشته‌های تازهٔ کانال‌هایی که نام برده‌اند؛ از این‌ها تنها آن‌هایی را که پاسخ می‌دهم نگه می‌دارم. نام، پیام دیگر و فایل اعضا را نگه نمی‌دارم؛ چیزی به سرویس دیگری نمی‌فرستم و با آن چیزی را آموزش نمی‌دهم.
privacy_days = **تا کی.** پس از { $days } روز آنچه می‌گوید که هستید و چه پرسیدید پاک می‌شود. بقیهٔ سابقه (کی و در کدام سرور پرسیده شد و کدام مقاله نقل شد) می‌ماند.
privacy_forever = **تا کی.** تا وقتی شما یا گردانندگان این ربات پاکش کنند.
privacy_rights = **چه می‌توانید بکنید.** `/privacy export` آنچه را دربارهٔ شما نگه داشته شده در یک فایل به شما می‌دهد. `/privacy delete` همان دم پاکش می‌کند.
privacy_button_export = سابقه‌های من در یک فایل
privacy_button_delete = پاک کردن سابقه‌های من
privacy_exported = این { $records } سابقه است که نام شما در آن‌هاست، از کهن‌ترین.
privacy_export_cut = در یک فایل Discord تنها { $records } سابقهٔ تازه‌تر جا می‌شود. کهن‌ترها را از گردانندگان این ربات بخواهید.
privacy_nothing = هیچ سابقه‌ای از شما نام نمی‌برد.
privacy_confirm = **سابقه‌هایتان پاک شود؟** هر چه می‌گوید که هستید و چه پرسیدید از آن‌ها برداشته می‌شود: پرسش‌هایتان، نقل‌هایی که گرفتید و چرایی گزینششان. این را نمی‌توان برگرداند. آنچه در کانال‌ها نوشته‌ام تا وقتی در Discord پاک نشود می‌ماند.
privacy_confirmed = پاک شود
privacy_kept = چیزی پاک نشد.
privacy_deleted = از { $records } سابقه **پاک شد**.
privacy_traces = کسی همین حالا سابقه‌ها را می‌خواند، پس شاید تا پاک کردن بعدی ردی روی دیسک بماند.
not_done = نشد؛ علت در گزارش ربات است.

## The state of the corpus

presence = پاسخ از { n-articles }
presence_paused = ایستاده: سابقهٔ ممیزی نوشته نمی‌شود
corpus_size = **پیکره:** { n-articles } در { n-passages }
index_size = **نمایه:** { $postings } مدخل در { $megabytes } MB، در { $ms } میلی‌ثانیه ساخته شد
corpus_digest = **چکیده:** { $digest }
loaded_at = **بار شده:** { $time }
store_writable = **سابقهٔ ممیزی:** نوشتنی است
store_broken = **سابقهٔ ممیزی:** نوشته نمی‌شود، پس به هیچ پرسشی پاسخ داده نمی‌شود. علت در گزارش ربات است؛ نخست دیسک را ببینید.
version = **نسخه:** { $version }
articles_page = **{ n-articles }**، صفحهٔ { $page } از { $pages }

## Reloads

progress = مقاله‌ها خوانده می‌شوند: { $percent }٪
reloaded = در { $seconds } ثانیه **دوباره بار شد**.
preview = **پیش‌نمایش:** هنوز چیزی تغییر نکرده است.
not_reloaded = **دوباره بار نشد:** { $reason }.
too_few_left = تنها { $left } از { $before } مقاله مانده است: بقیه را برگردانید، یا اگر باید بروند به اجبار بار کنید
left_behind = پوشهٔ این دستگاه آنچه را فرایند دیگری دگرگون کرده است ندارد (دگرگونی‌ها: { $count }): پوشهٔ آن دستگاه را به اینجا رونوشت کنید، یا به اجبار بار کنید تا آن دگرگونی‌ها برگردند
golden_fail = پرسش‌های آزمونی که می‌گذشتند اکنون نمی‌گذرند: مقاله‌ها یا پرسش‌ها را درست کنید، یا به اجبار انجام دهید
articles_unchanged = مقاله‌های به‌کاررفته همان پیشین‌اند.
already_reloading = بارگذاری دیگری در جریان است. منتظر گزارشش بمانید.
reload_failed = **دوباره بار نشد:** یا سابقه نوشته نشد یا چیزی نزد من خراب شد. علت در گزارش ربات است. مقاله‌های به‌کاررفته همان پیشین‌اند.
reload_counts = { n-articles } در { n-passages }: { $added } افزوده، { $changed } دگرگون، { $removed } برداشته.
golden = پرسش‌های آزمون گذشته: پیش‌تر { $before } از { $before_all }، اکنون { $after } از { $after_all }.
golden_lost = **پرسش‌های آزمونی که می‌گذشتند و اکنون نمی‌گذرند:**
golden_gone = **پرسش‌های آزمونی که مقاله‌هایشان رفته‌اند:**
golden_changed = **پرسش‌های آزمونی که پاسخشان تغییر می‌کند:**
golden_same = پاسخ هیچ پرسش آزمونی تغییر نمی‌کند.
added = **افزوده:**
changed = **دگرگون:**
removed = **برداشته:**
problems = **مشکل‌ها:** { $left_out } کنار گذاشته، { $kept } پاره‌ای نگه‌داشته
problem = { $path }: { $message }
problem_line = { $path }، سطر { $line }: { $message }
and_more = و { $count } تای دیگر

## Adding and removing articles

edit_add = **افزوده می‌شود:** { $path }
edit_remove = **برداشته می‌شود:** { $path }
edit_undo = **برگردانده می‌شود:** آخرین تغییر، در { $path }
edit_added = **افزوده شد:** { $path }
edit_removed = **برداشته شد:** { $path }
edit_undone = **برگردانده شد:** تغییر { $path }
edit_refused = **انجام نشد:** { $reason }.
edit_confirm_add = افزودن
edit_confirm_remove = برداشتن
edit_confirm_undo = برگرداندن
edit_cancel = لغو
edit_cancelled = چیزی تغییر نکرد.
edit_expired = این دیگر در انتظار تأیید نیست: انجام شده، لغو شده یا بیش از یک روز گذشته است.
edit_bad_name = { $name } نام مقاله نمی‌شود: حرف، رقم، فاصله، خط تیره و نقطه به کار ببرید، بی پوشه و بی نقطه یا زیرخط در آغاز
edit_reserved = نام { $name } برای چیز دیگری نگه داشته شده: نام فایل را عوض کنید
edit_bad_format = { $name } قالبی نیست که بخوانم: باید به .md، .txt، .html یا .jsonl پایان یابد
edit_too_large = { $name } بزرگ‌تر از { $mib } MiB است: بخشش کنید
edit_exists = فایل { $path } هست: نخست برش دارید یا نام دیگری بگذارید
edit_duplicate = شناسهٔ { $id } از آنِ { $path } است: نام یکی را عوض کنید
edit_nothing = چیزی در آن به کار نمی‌آید
edit_download = Discord فایل را به من نداد: دوباره بفرستید
edit_unknown = مقالهٔ { $name } نیست
edit_none = تغییری برای برگرداندن نیست
edit_conflict = کس دیگری در این میان { $path } را تغییر داد، پس به چیزی دست نخورد
edit_failed = فایل نوشته نشد: علت در گزارش ربات است
paste_title = افزودن مقاله
paste_name = عنوان
paste_publisher = ناشر (می‌تواند خالی باشد)
paste_url = نشانی اصل (می‌تواند خالی باشد)
paste_text = متن

## Settings of a server

settings = **تنظیمات این سرور**
settings_saved = **ذخیره شد.**
settings_failed = ذخیره نشد؛ علت در گزارش ربات است. چیزی تغییر نکرد.
settings_language = زبان: { $language }
settings_language_own = زبان هر کس
settings_private = پاسخ‌های `/ask` را تنها پرسنده می‌بیند: { $value }
settings_cooldown = ثانیه‌های میان دو پرسش یک نفر: { $seconds }؛ همهٔ سرور: { $server }
settings_confidence = زیر اطمینان { $percent }٪ پاسخی نیست
settings_channels = کانال‌هایی که نوشته‌های تازه‌شان را پاسخ می‌دهم: { $channels }
settings_roles = نقش‌هایی که می‌توانند بپرسند: { $roles }
settings_blocked = کسانی که نمی‌توانند بپرسند: { $people }
settings_everyone = همه
settings_none = هیچ
settings_yes = بله
settings_no = نه
settings_content_off = نوشته‌های تازه را تنها وقتی می‌خوانم که گردانندهٔ ربات `MESSAGE_CONTENT=on` گذاشته باشد.
settings_full = هر سرور بیش از { $max } تا نمی‌تواند نام ببرد. نخست یکی را بردارید.

## Reading the records

audit_outcome = { $outcome ->
    [found] پاسخ داده شد
    [hedged] نامطمئن پاسخ داده شد
    [not_found] بی‌پاسخ
    [refused] پذیرفته نشد
    [swapped] مقاله‌ها بازخوانی شدند
    [kept] بازخوانی پذیرفته نشد
    [delivered] رسید
    [failed] نرسید
    [helpful] رأی: سودمند
    [not_helpful] رأی: ناسودمند
    [filed] به ناظران گفته شد
    [set] تنظیمی عوض شد
    [changed] مقاله‌ها عوض شدند
    [migrated] انبار به‌روز شد
    [erased] پاک شد
   *[other] { $outcome }
}
audit_recent = **تازه‌ترین سابقه‌ها**
audit_unanswered = **تازه‌ترین پرسش‌های بی‌پاسخ**
audit_search = **تازه‌ترین پرسش‌ها با این واژه‌ها:** { $words }
audit_none = چنین سابقه‌ای اینجا نیست.
audit_record = **سابقهٔ #{ $record }:** { $outcome }
audit_at = **کی:** { $time }
audit_asker = **که و کجا:** { $place }
audit_confidence = **اطمینان:** { $percent }٪
audit_refused = **آنچه خواسته شد:** { $action }
audit_of = **دربارهٔ سابقهٔ** #{ $record }
audit_detail = **جزئیات:** { $detail }
audit_votes = **رأی‌ها:** { $helpful } سودمند، { $unhelpful } ناسودمند
audit_delivered = **رسید:** { $message }
audit_undelivered = **نرسید:** { $error }
audit_program = **برنامه:** footnote { $version }
audit_erased = اینکه که پرسید و چه پرسید از این سابقه پاک شده. بقیه‌اش می‌ماند.
audit_failed = سابقه‌ها خوانده نشد؛ علت در گزارش ربات است.
audit_exported = { $records } سابقه، از کهن‌ترین.
audit_export_cut = در یک فایل Discord تنها { $records } سابقهٔ تازه‌تر جا می‌شود: آنچه پیش از #{ $first } است نیامده. روزهای کمتری بگویید، یا از گردانندهٔ ربات بخواهید `footnote audit export` را به کار برد.
audit_head = **پایان زنجیرهٔ حسابرسی:** { $head }
audit_head_posted = در { $channel } گذاشته شد.
audit_head_unset = کانالی برای گذاشتنش تعیین نشده: گردانندهٔ ربات `AUDIT_CHANNEL_ID` را می‌گذارد.
audit_head_failed = گذاشته نشد: کانال `AUDIT_CHANNEL_ID` باید در یک سرور خانگی باشد و من باید آن را ببینم و در آن بنویسم. علت در گزارش ربات است.
audit_head_public = **پایان زنجیرهٔ حسابرسی:** { $head }
    این پیام را نگه دارید. با `footnote audit verify --head` و آنچه اینجاست می‌توان نشان داد که از آن پس هیچ سابقه‌ای تا این یکی دگرگون، برداشته یا بریده نشده است.
button_older = کهن‌تر
