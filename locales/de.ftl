# Deutsch

n-articles = { $articles ->
    [one] 1 Artikel
   *[other] { $articles } Artikel
}
n-passages = { $passages ->
    [one] 1 Abschnitt
   *[other] { $passages } Abschnitte
}
n-seconds = { $seconds ->
    [one] 1 Sekunde
   *[other] { $seconds } Sekunden
}

## Answers

question = **Frage:** { $question }
hedge = { $quotes ->
    [one] Ich bin nicht sicher, ob das die Antwort ist. Die nächste Stelle:
   *[other] Ich bin nicht sicher, ob das die Antwort ist. Die nächsten Stellen:
}
quote = „{ $quote }“
place_line = Absatz { $paragraph }, Zeile { $line } von { $path }
place_lines = Absatz { $paragraph }, Zeilen { $first }–{ $last } von { $path }
expansion = { $looked_for } (für { $asked })
expansions = Ich habe auch gesucht nach: { $words }.
unmatched = Kein Artikel erwähnt: { $words }.
differing = Die Artikel nennen verschiedene Zahlen: vergleiche [1] mit { $quotes }.
carried = Aus der Frage davor habe ich ergänzt: { $words }.
within = **Nur in:** { $name }
quotes_left_out = { $count ->
    [one] Eine weitere Stelle passte hier nicht hinein.
   *[other] { $count } weitere Stellen passten hier nicht hinein.
}
only_common_words = In dieser Frage ist nichts, wonach ich suchen kann: alle ihre Wörter sind sehr häufig. Nenne einen Namen, einen Ort oder eine Sache.
nothing_found = Zu dieser Frage habe ich in den Artikeln nichts gefunden.
other_words = Versuche es mit anderen Wörtern oder einer anderen Schreibweise.
low_confidence = In den Artikeln habe ich darauf keine Antwort gefunden.
nearest_articles = Die nächsten Artikel:
footer = #{ $record } · { n-articles }
original = Original
further = Weitere Stellen, Seite { $page }:
no_further = Zu dieser Frage gibt es keine weiteren Stellen.

## Buttons under answers

button_more = Weitere Stellen
button_why = Warum diese Antwort?
button_passage = Ganze Stelle
button_helpful = Hilfreich
button_unhelpful = Nicht hilfreich
button_show = Allen zeigen
button_delete = Löschen
button_follow = Nachfragen
button_source = Quelle { $number }
button_gap = Der Moderation melden
button_previous = Zurück
button_next = Weiter
follow_title = Nachfragen
follow_label = Deine nächste Frage
follow_hint = Was möchtest du noch darüber wissen?
voted_helpful = Notiert: hilfreich. Danke! Drücke den anderen Knopf, wenn du es dir anders überlegst.
voted_unhelpful = Notiert: nicht hilfreich. Danke! Drücke den anderen Knopf, wenn du es dir anders überlegst.
gap_told = Danke. Die Moderation findet diese Frage unter denen, die die Artikel nicht beantworten.
gap_told_before = Diese Frage hast du der Moderation schon gemeldet. Danke.
record_gone = Der Eintrag zu dieser Antwort ist nicht mehr da, deshalb kann dieser Knopf nichts mehr tun. Bitte frage noch einmal.
question_gone = Dieser Eintrag wurde gelöscht, deshalb kann dieser Knopf nichts mehr tun.
button_unknown = Diesen Knopf kenne ich nicht mehr. Bitte frage noch einmal.
not_yours = Diese Antwort ist nur für jemand anderen.
delete_not_yours = Nur wer gefragt hat und die Moderation können diese Antwort löschen.
show_failed = Ich kann diese Antwort hier nicht allen zeigen.

## Why this answer?

why = **Warum diese Antwort?** (#{ $record })
why_confidence = Sicherheit: { $percent } %. Unter { $floor } % antworte ich nicht, unter 50 % sage ich, dass ich nicht sicher bin.
why_quote = Zitat [{ $number }], aus { $title }
why_words = Die Wörter deiner Frage, mit ihrem Gewicht und wo sie stehen:
why_found = { $word }: { $percent } %, in den zitierten Sätzen
why_part = { $word }: { $percent } %, zum Teil ({ $found } %)
why_missing = { $word }: { $percent } %, nicht in den zitierten Sätzen
why_score = Wertung: { $score }. Die seines Artikels: { $article }.
why_runner_up = Am nächsten dran: { $title }, Wertung { $score }; das Beste liegt { $margin } davor.
why_alone = Kein anderer Artikel kam in die Nähe.
why_corpus = Gefragt wurden { n-articles } (Bestand { $digest }).

## Full passage

passage_heading = **Die ganzen Stellen**
passage_changed = Der Artikel hat sich seit dieser Antwort geändert, deshalb kann ich nur zeigen, was zitiert wurde.
passage_kept = Der Artikel hat sich seit dieser Antwort geändert. So lautete die Stelle damals.
passage_withdrawn = Dieser Artikel wurde zurückgezogen, deshalb wird sein Text nicht mehr gezeigt.

## Refusals

empty_question = Darin ist nichts, wonach ich suchen kann. Frage in Worten, zum Beispiel: `/fragen frage: wann wurde der Vertrag unterschrieben?`
too_long = Diese Frage hat { $chars } Zeichen, erlaubt sind { $limit }. Stelle sie in ein, zwei Sätzen.
cooldown = Bitte warte { n-seconds } bis zu deiner nächsten Frage.
cooldown_server = Auf diesem Server wird gerade viel gefragt. Bitte warte { n-seconds }.
out_of_scope_server = Ich beantworte nur Fragen auf meinem Heimatserver, und das ist ein anderer.
out_of_scope_direct = Ich beantworte nur Fragen in den Kanälen meines Heimatservers, nicht in Direktnachrichten.
role_needed = Auf diesem Server dürfen mich nur Leute mit bestimmten Rollen fragen.
blocked = Die Moderation dieses Servers hat entschieden, dass du mich hier nicht fragen kannst.
within_unknown = Es gibt keinen Artikel und keine Sammlung namens { $name }.
within_nearest = Meintest du: { $names }?
no_text = In dieser Nachricht ist kein Text, nach dem ich suchen könnte.
unrecorded = Entschuldigung, ich kann gerade nicht antworten: jede Antwort wird aufgezeichnet, bevor sie gezeigt wird, und das ging nicht. Die Betreiber dieses Bots finden den Grund in seinem Log. Bitte frage später noch einmal.
broken = Entschuldigung, bei mir ist etwas kaputtgegangen. Die Betreiber dieses Bots finden den Grund in seinem Log.
outdated_command = Dieser Befehl hat sich geändert, seit Discord ihn zuletzt gezeigt hat. Bitte starte Discord neu (Strg+R am Rechner) und versuche es noch einmal.
not_moderator = Das ist für die Moderation des Servers, der die Artikel betreut: Leute mit „Server verwalten“ dort oder mit einer Rolle, die der Betreiber des Bots genannt hat.
not_manager = Das ist für Leute mit „Server verwalten“ auf diesem Server oder mit einer Rolle, die der Betreiber des Bots genannt hat.
home_unset = Noch betreut kein Server die Artikel. Damit es dieser wird, setzt der Betreiber des Bots diese Zeile in seine Datei `.env` und startet ihn neu:

## Help and privacy

short_help = Hallo! Ich beantworte Fragen aus einer Sammlung von Artikeln, Wort für Wort und mit Quellen. Erwähne mich zusammen mit deiner Frage, oder tippe `/fragen`. `/hilfe` sagt mehr.
help_what = **Was ich bin.** Ich beantworte Fragen, gestützt auf { n-articles }. Ich suche die Sätze, die am besten passen, und zitiere sie Wort für Wort mit Quelle. Ich schreibe nichts Eigenes: was die Artikel nicht sagen, sage ich auch nicht.
help_ask = **Wie du fragst.** `/fragen frage: wann wurde der Vertrag unterschrieben?` (mit `privat: True` siehst nur du die Antwort, mit `in` suche ich in einem Artikel oder einer Sammlung), oder erwähne mich in einem Kanal zusammen mit deiner Frage, oder antworte auf eine Antwort von mir. Auf der Nachricht von jemandem: Apps → Antwort finden. Namen und Dinge machen gute Fragen.
help_check = **Wie du nachprüfst.** Jedes Zitat hat eine Nummer, die zum Original führt, wo es eines gibt, dazu Absatz und Zeile. Die Nummer unter einer Antwort, etwa #12, ist die ihres Eintrags: nenne sie, wenn du die Moderation nach einer Antwort fragst.
help_store = **Was ich speichere.** Jede Frage mit ihrer Antwort, wer gefragt hat, wo und wann. `/datenschutz anzeigen` sagt mehr.
privacy_stored = **Was ich speichere.** Zu jeder Frage: ihren Text, deine Discord-ID, die IDs von Server und Kanal, die Zeit, die Zitate und wie ich sie gewählt habe; zu dem, was ich ablehne, dasselbe mit dem Grund; und deine Stimmen. Damit lässt sich jede Antwort später nachprüfen, auf dem Rechner der Betreiber dieses Bots.
privacy_not = **Was ich nicht speichere.** Ich lese nur Nachrichten, die mich erwähnen, mir antworten, direkt an mich gehen oder die mir jemand mit „Antwort finden“ gibt, und, wo die Moderation eines Servers das eingeschaltet hat, neue Beiträge in den genannten Kanälen; von diesen speichere ich nur die, auf die ich antworte. Ich speichere keine Namen, keine anderen Nachrichten und keine Dateien von Mitgliedern; ich sende nichts an andere Dienste und trainiere nichts damit.
privacy_days = { $days ->
    [one] **Wie lange.** Nach 1 Tag wird gelöscht, was sagt, wer du bist und was du gefragt hast. Der Rest eines Eintrags (wann auf welchem Server gefragt und welcher Artikel zitiert wurde) bleibt.
   *[other] **Wie lange.** Nach { $days } Tagen wird gelöscht, was sagt, wer du bist und was du gefragt hast. Der Rest eines Eintrags (wann auf welchem Server gefragt und welcher Artikel zitiert wurde) bleibt.
}
privacy_forever = **Wie lange.** Bis du es löschst oder die Betreiber dieses Bots.
privacy_rights = **Was du tun kannst.** `/datenschutz exportieren` gibt dir, was über dich gespeichert ist, als Datei. `/datenschutz löschen` löscht es sofort.
privacy_button_export = Meine Einträge als Datei
privacy_button_delete = Meine Einträge löschen
privacy_exported = { $records ->
    [one] Das ist der eine Eintrag, der dich nennt.
   *[other] Das sind die { $records } Einträge, die dich nennen, der älteste zuerst.
}
privacy_export_cut = In eine Datei auf Discord passen nur die neuesten { $records } Einträge. Die älteren bekommst du von den Betreibern dieses Bots.
privacy_nothing = Kein Eintrag nennt dich.
privacy_confirm = **Deine Einträge löschen?** Alles, was sagt, wer du bist und was du gefragt hast, wird aus ihnen entfernt: deine Fragen, die Zitate, die du bekommen hast, und warum sie gewählt wurden. Das lässt sich nicht rückgängig machen. Was ich in Kanälen gepostet habe, bleibt dort, bis es auf Discord gelöscht wird.
privacy_confirmed = Löschen
privacy_kept = Es wurde nichts gelöscht.
privacy_deleted = { $records ->
    [one] **Gelöscht** aus 1 Eintrag.
   *[other] **Gelöscht** aus { $records } Einträgen.
}
privacy_traces = Gerade liest jemand die Einträge, deshalb können bis zur nächsten Löschung Spuren auf der Festplatte bleiben.
not_done = Das ging nicht; den Grund hat das Log des Bots.

## The state of the corpus

presence = Stützt sich auf { n-articles }
presence_paused = Pause: das Protokoll kann nicht geschrieben werden
corpus_size = **Bestand:** { n-articles }, { n-passages }
index_size = **Index:** { $postings } Einträge in { $megabytes } MB, gebaut in { $ms } ms
corpus_digest = **Prüfsumme:** { $digest }
loaded_at = **Geladen:** { $time }
store_writable = **Protokoll:** kann geschrieben werden
store_broken = **Protokoll:** kann nicht geschrieben werden, deshalb wird keine Frage beantwortet. Den Grund hat das Log des Bots; sieh zuerst nach der Festplatte.
version = **Version:** { $version }
articles_page = **{ n-articles }**, Seite { $page } von { $pages }

## Reloads

progress = Die Artikel werden gelesen: { $percent } %
reloaded = **Neu geladen** in { $seconds } s.
preview = **Vorschau:** noch ist nichts geändert.
not_reloaded = **Nicht neu geladen:** { $reason }.
too_few_left = nur { $left } von { $before } Artikeln sind übrig: lege die anderen zurück, oder erzwinge es, wenn sie weg sollen
left_behind = dem Ordner dieser Maschine fehlt, was ein anderer Prozess geändert hat (Änderungen: { $count }): kopiere den Ordner der anderen Maschine hierher, oder erzwinge es, um diese Änderungen zurückzunehmen
golden_fail = Prüffragen, die vorher bestanden, scheitern jetzt: bessere die Artikel oder die Fragen nach, oder erzwinge es
articles_unchanged = Es gelten dieselben Artikel wie zuvor.
already_reloading = Es wird schon neu geladen. Warte auf den Bericht.
reload_failed = **Nicht neu geladen:** entweder ließ sich der Eintrag nicht schreiben, oder bei mir ist etwas kaputtgegangen. Den Grund hat das Log des Bots. Es gelten dieselben Artikel wie zuvor.
reload_counts = { n-articles }, { n-passages }: { $added } neu, { $changed } geändert, { $removed } entfernt.
golden = Bestandene Prüffragen: { $before } von { $before_all } vorher, { $after } von { $after_all } jetzt.
golden_lost = **Prüffragen, die bestanden und jetzt scheitern:**
golden_gone = **Prüffragen, deren Artikel alle fehlen:**
golden_changed = **Prüffragen, deren Antwort sich ändert:**
golden_same = Keine Prüffrage bekommt eine andere Antwort.
added = **Neu:**
changed = **Geändert:**
removed = **Entfernt:**
problems = **Probleme:** { $left_out } ausgelassen, { $kept } zum Teil behalten
problem = { $path }: { $message }
problem_line = { $path }, Zeile { $line }: { $message }
and_more = und { $count } weitere

## Adding and removing articles

edit_add = **Hinzuzufügen:** { $path }
edit_remove = **Zu entfernen:** { $path }
edit_undo = **Rückgängig zu machen:** die letzte Änderung, an { $path }
edit_added = **Hinzugefügt:** { $path }
edit_removed = **Entfernt:** { $path }
edit_undone = **Rückgängig gemacht:** die Änderung an { $path }
edit_refused = **Nicht getan:** { $reason }.
edit_confirm_add = Hinzufügen
edit_confirm_remove = Entfernen
edit_confirm_undo = Rückgängig machen
edit_cancel = Abbrechen
edit_cancelled = Es wurde nichts geändert.
edit_expired = Das wartet nicht mehr auf Bestätigung: es ist getan, abgebrochen oder älter als ein Tag.
edit_bad_name = { $name } kann kein Artikel heißen: nimm Buchstaben, Ziffern, Leerzeichen, Bindestriche und Punkte, ohne Ordner, nicht mit Punkt oder Unterstrich am Anfang
edit_reserved = { $name } ist für anderes vorbehalten: benenne die Datei um
edit_bad_format = { $name } hat kein Format, das ich lese: es muss auf .md, .txt, .html oder .jsonl enden
edit_too_large = { $name } ist größer als { $mib } MiB: teile die Datei
edit_exists = es gibt schon eine Datei { $path }: entferne sie erst, oder nimm einen anderen Namen
edit_duplicate = die ID { $id } hat schon { $path }: benenne eines von beiden um
edit_nothing = nichts darin ist brauchbar
edit_download = Discord hat mir die Datei nicht gegeben: schicke sie noch einmal
edit_unknown = es gibt keinen Artikel { $name }
edit_none = es gibt keine Änderung, die sich rückgängig machen ließe
edit_conflict = { $path } wurde inzwischen von jemand anderem geändert, deshalb wurde nichts angerührt
edit_failed = die Datei ließ sich nicht schreiben: den Grund hat das Log des Bots
paste_title = Einen Artikel hinzufügen
paste_name = Titel
paste_publisher = Herausgeber (darf leer sein)
paste_url = Adresse des Originals (darf leer sein)
paste_text = Text

## Settings of a server

settings = **Einstellungen dieses Servers**
settings_saved = **Gespeichert.**
settings_failed = Das ließ sich nicht speichern; den Grund hat das Log des Bots. Es wurde nichts geändert.
settings_language = Sprache: { $language }
settings_language_own = die der jeweiligen Person
settings_private = Antworten auf `/fragen` sieht nur, wer fragt: { $value }
settings_cooldown = Sekunden zwischen zwei Fragen einer Person: { $seconds }; des ganzen Servers: { $server }
settings_confidence = Keine Antwort unter einer Sicherheit von { $percent } %
settings_channels = Kanäle, in denen ich neue Beiträge beantworte: { $channels }
settings_roles = Rollen, die fragen dürfen: { $roles }
settings_blocked = Leute, die nicht fragen dürfen: { $people }
settings_everyone = alle
settings_none = keine
settings_yes = ja
settings_no = nein
settings_content_off = Neue Beiträge kann ich erst lesen, wenn der Betreiber des Bots `MESSAGE_CONTENT=on` gesetzt hat.
settings_full = Ein Server kann höchstens { $max } davon nennen. Nimm erst eines weg.

## Reading the records

audit_outcome = { $outcome ->
    [found] beantwortet
    [hedged] unsicher beantwortet
    [not_found] nicht beantwortet
    [refused] abgelehnt
    [swapped] Artikel neu geladen
    [kept] Neuladen abgelehnt
    [delivered] zugestellt
    [failed] nicht zugestellt
    [helpful] als hilfreich bewertet
    [not_helpful] als nicht hilfreich bewertet
    [filed] der Moderation gemeldet
    [set] Einstellung geändert
    [changed] Artikel geändert
    [migrated] Speicher erneuert
    [erased] gelöscht
   *[other] { $outcome }
}
audit_recent = **Die neuesten Einträge**
audit_unanswered = **Die neuesten Fragen ohne Antwort**
audit_search = **Die neuesten Fragen mit diesen Wörtern:** { $words }
audit_none = Einen solchen Eintrag gibt es hier nicht.
audit_record = **Eintrag #{ $record }:** { $outcome }
audit_at = **Wann:** { $time }
audit_asker = **Wer und wo:** { $place }
audit_confidence = **Sicherheit:** { $percent } %
audit_refused = **Was gewünscht war:** { $action }
audit_of = **Zum Eintrag** #{ $record }
audit_detail = **Einzelheiten:** { $detail }
audit_votes = **Stimmen:** { $helpful } hilfreich, { $unhelpful } nicht hilfreich
audit_delivered = **Zugestellt:** { $message }
audit_undelivered = **Nicht zugestellt:** { $error }
audit_program = **Programm:** footnote { $version }
audit_erased = Wer gefragt hat und was, wurde aus diesem Eintrag gelöscht. Das Übrige bleibt.
audit_failed = Die Einträge ließen sich nicht lesen; den Grund hat das Log des Bots.
audit_exported = { $records ->
    [one] 1 Eintrag.
   *[other] { $records } Einträge, der älteste zuerst.
}
audit_export_cut = In eine Datei auf Discord passen nur die neuesten { $records } Einträge: die vor #{ $first } fehlen. Nenne weniger Tage, oder lass die Betreiber des Bots `footnote audit export` benutzen.
audit_head = **Ende der Audit-Kette:** { $head }
audit_head_posted = Veröffentlicht in { $channel }.
audit_head_unset = Es ist kein Kanal dafür bestimmt: wer den Bot betreibt, setzt `AUDIT_CHANNEL_ID`.
audit_head_failed = Es ließ sich nicht veröffentlichen: der Kanal von `AUDIT_CHANNEL_ID` muss auf einem Heimatserver liegen, und ich muss ihn sehen und in ihm schreiben können. Den Grund hat das Log des Bots.
audit_head_public = **Ende der Audit-Kette:** { $head }
    Bewahrt diese Nachricht auf. Mit `footnote audit verify --head` und dem, was hier steht, lässt sich zeigen, dass seither kein Eintrag bis zu diesem geändert, herausgenommen oder abgeschnitten wurde.
button_older = Ältere

## Commands

cmd-ask =
    .name = fragen
    .description = Stelle eine Frage: die Antwort wird aus den Artikeln zitiert, mit Quellen
    .question = frage
    .question-is = Deine Frage, in ein, zwei Sätzen
    .in = in
    .in-is = Nur in einem Artikel oder einer Sammlung suchen
    .private = privat
    .private-is = Die Antwort nur mir zeigen
cmd-find =
    .name = Antwort finden
cmd-help =
    .name = hilfe
    .description = Was dieser Bot ist, wie man fragt und was er speichert
cmd-privacy =
    .name = datenschutz
    .description = Was dieser Bot über dich speichert, auf Wunsch als Datei, und wie du es löschst
cmd-privacy-show =
    .name = anzeigen
    .description = Was dieser Bot über dich speichert, was nicht, und wie lange
cmd-privacy-export =
    .name = exportieren
    .description = Was über dich gespeichert ist, als Datei
cmd-privacy-delete =
    .name = löschen
    .description = Löschen, was über dich gespeichert ist
cmd-audit =
    .name = audit
    .description = Nachlesen, was auf diesem Server gefragt und geantwortet wurde
cmd-audit-recent =
    .name = neueste
    .description = Die neuesten Einträge
    .unanswered = unbeantwortet
    .unanswered-is = Nur Fragen, die keine Antwort fanden
cmd-audit-show =
    .name = anzeigen
    .description = Alles, was ein Eintrag enthält
    .record = eintrag
    .record-is = Die Nummer unter der Antwort, etwa 12
cmd-audit-search =
    .name = suchen
    .description = Fragen, in denen alle diese Wörter stehen
    .words = wörter
    .words-is = In beliebiger Reihenfolge
    .unanswered = unbeantwortet
    .unanswered-is = Nur Fragen, die keine Antwort fanden
cmd-audit-export =
    .name = exportieren
    .description = Die Einträge als Datei
    .form = format
    .form-is = JSON-Zeilen enthalten alles, CSV ist für eine Tabelle
    .days = tage
    .days-is = Nur die der letzten Tage; weglassen für alle
cmd-audit-head =
    .name = ende
    .description = Das Ende der Audit-Kette, veröffentlicht, wo es niemand ändern kann
cmd-corpus =
    .name = bestand
    .description = Die Artikel betreuen
cmd-corpus-reload =
    .name = neuladen
    .description = Die Artikel neu lesen, prüfen und verwenden, wenn nichts verloren geht
    .force = erzwingen
    .force-is = Auch wenn die meisten Artikel fehlen oder eine Prüffrage scheitert
    .preview = vorschau
    .preview-is = Nur zeigen, was sich ändern würde
cmd-corpus-status =
    .name = zustand
    .description = Wie viele Artikel, wann geladen, ob sich Antworten aufzeichnen lassen
cmd-corpus-articles =
    .name = artikel
    .description = Die Artikel auflisten
    .page = seite
    .page-is = Welche Seite der Liste
cmd-corpus-add =
    .name = hinzufügen
    .description = Einen Artikel hinzufügen: eine Datei oder einen eingefügten Text
    .file = datei
    .file-is = Eine Datei .md, .txt, .html oder .jsonl; ohne sie fügst du Text ein
    .folder = ordner
    .folder-is = Die Sammlung, zu der er gehört
cmd-corpus-remove =
    .name = entfernen
    .description = Einen Artikel entfernen
    .article = artikel
    .article-is = Welchen
cmd-corpus-undo =
    .name = rückgängig
    .description = Die letzte Änderung rückgängig machen
cmd-settings =
    .name = einstellungen
    .description = Wie sich der Bot auf diesem Server verhält
cmd-settings-show =
    .name = zeigen
    .description = Die Einstellungen zeigen
cmd-settings-language =
    .name = sprache
    .description = Die Sprache, die ich auf diesem Server spreche
    .language = sprache
    .language-is = Weglassen für die der jeweiligen Person
cmd-settings-private =
    .name = privat
    .description = Ob Antworten nur sieht, wer fragt, wenn nichts anderes verlangt wird
    .value = wert
    .value-is = True: nur wer fragt
cmd-settings-cooldown =
    .name = wartezeit
    .description = Wie lange man zwischen zwei Fragen wartet
    .person = person
    .person-is = Sekunden zwischen zwei Fragen einer Person
    .server = server
    .server-is = Sekunden zwischen zwei Fragen auf dem ganzen Server
cmd-settings-confidence =
    .name = sicherheit
    .description = Wie sicher ich sein muss, um zu antworten
    .percent = prozent
    .percent-is = Darunter keine Antwort; weglassen für den üblichen Wert
cmd-settings-channel =
    .name = kanal
    .description = Neue Beiträge in einem Kanal oder Forum von selbst beantworten
    .channel = kanal
    .channel-is = Welcher Kanal oder welches Forum
    .answer = antworten
    .answer-is = True, um dort zu antworten, False, um aufzuhören
cmd-settings-role =
    .name = rolle
    .description = Wer fragen darf: ohne genannte Rolle alle
    .role = rolle
    .role-is = Welche Rolle
    .allow = erlauben
    .allow-is = True, um es zu erlauben, False, um es zurückzunehmen
cmd-settings-block =
    .name = sperren
    .description = Eine Person vom Fragen ausschließen
    .person = person
    .person-is = Wen
    .block = sperren
    .block-is = True, um zu sperren, False, um wieder zu erlauben
