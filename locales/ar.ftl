# العربية

n-articles = { $articles ->
    [zero] لا مقالات
    [one] مقالة واحدة
    [two] مقالتان
    [few] { $articles } مقالات
   *[other] { $articles } مقالة
}
n-passages = { $passages ->
    [zero] لا مقاطع
    [one] مقطع واحد
    [two] مقطعان
    [few] { $passages } مقاطع
   *[other] { $passages } مقطعًا
}
n-seconds = { $seconds ->
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $seconds } ثوانٍ
   *[other] { $seconds } ثانية
}

## Answers

question = **السؤال:** { $question }
hedge = { $quotes ->
    [one] لست متأكدًا من أن هذا هو الجواب. أقرب مقطع:
   *[other] لست متأكدًا من أن هذا هو الجواب. أقرب المقاطع:
}
quote = «{ $quote }»
place_line = الفقرة { $paragraph }، السطر { $line } من { $path }
place_lines = الفقرة { $paragraph }، الأسطر { $first }–{ $last } من { $path }
expansion = { $looked_for } (بدل { $asked })
expansions = بحثت أيضًا عن: { $words }.
unmatched = لا تذكر أي مقالة: { $words }.
differing = تذكر المقالات أرقامًا مختلفة: قارن بين [1] و{ $quotes }.
carried = أضفت من السؤال السابق: { $words }.
within = **فقط في:** { $name }
quotes_left_out = { $count ->
    [one] لم يتسع المكان لمقطع آخر.
    [two] لم يتسع المكان لمقطعين آخرين.
    [few] لم يتسع المكان لـ { $count } مقاطع أخرى.
   *[other] لم يتسع المكان لـ { $count } مقطعًا آخر.
}
only_common_words = لا شيء في هذا السؤال يمكنني البحث عنه: كل كلماته شائعة جدًا. أضف اسمًا أو مكانًا أو شيئًا.
nothing_found = لم أجد في المقالات شيئًا لهذا السؤال.
other_words = جرّب كلمات أخرى أو كتابة أخرى.
low_confidence = لم أجد جوابًا عن هذا في المقالات.
nearest_articles = أقرب المقالات:
footer = #{ $record } · { n-articles }
original = الأصل
further = مقاطع أخرى، الصفحة { $page }:
no_further = لا توجد مقاطع أخرى لهذا السؤال.

## Buttons under answers

button_more = مقاطع أخرى
button_why = لماذا هذا الجواب؟
button_passage = المقطع كاملًا
button_helpful = مفيد
button_unhelpful = غير مفيد
button_show = أظهره للجميع
button_delete = احذف
button_follow = سؤال تالٍ
button_source = المصدر { $number }
button_gap = أبلغ المشرفين
button_previous = السابق
button_next = التالي
follow_title = سؤال تالٍ
follow_label = سؤالك التالي
follow_hint = ماذا تريد أن تعرف عنه أيضًا؟
voted_helpful = سُجّل: مفيد. شكرًا! اضغط الزر الآخر إن غيّرت رأيك.
voted_unhelpful = سُجّل: غير مفيد. شكرًا! اضغط الزر الآخر إن غيّرت رأيك.
gap_told = شكرًا. سيجد المشرفون هذا السؤال بين ما لا تجيب عنه المقالات.
gap_told_before = أبلغت المشرفين بهذا السؤال من قبل. شكرًا.
record_gone = لم يعد سجل ذلك الجواب موجودًا، فلا يستطيع هذا الزر فعل شيء. اسأل من جديد.
question_gone = مُحي ذلك السجل، فلم يعد هذا الزر يستطيع فعل شيء.
button_unknown = لم أعد أعرف هذا الزر. اسأل من جديد.
not_yours = ذلك الجواب لشخص آخر وحده.
delete_not_yours = لا يحذف هذا الجواب إلا من سأل والمشرفون.
show_failed = لا أستطيع إظهار هذا الجواب للجميع هنا.

## Why this answer?

why = **لماذا هذا الجواب؟** (#{ $record })
why_confidence = الثقة: { $percent }٪. دون { $floor }٪ لا أجيب، ودون 50٪ أقول إنني غير متأكد.
why_quote = الاقتباس [{ $number }]، من { $title }
why_words = كلمات سؤالك ووزنها وأين وردت:
why_found = { $word }: { $percent }٪، في الجمل المقتبسة
why_part = { $word }: { $percent }٪، جزئيًا ({ $found }٪)
why_missing = { $word }: { $percent }٪، ليست في الجمل المقتبسة
why_score = النتيجة: { $score }. نتيجة مقالته: { $article }.
why_runner_up = التالي: { $title }، نتيجته { $score }؛ الأفضل يتقدمه بـ { $margin }.
why_alone = لم تقترب أي مقالة أخرى.
why_corpus = بُحث في { n-articles } (المجموعة { $digest }).

## Full passage

passage_heading = **المقاطع كاملة**
passage_changed = تغيّرت المقالة بعد هذا الجواب، فلا أستطيع إظهار إلا ما اقتُبس.
passage_kept = تغيّرت المقالة بعد هذا الجواب. هذا هو المقطع كما كان حينها.
passage_withdrawn = سُحبت هذه المقالة، فلم يعد نصها يُعرض.

## Refusals

empty_question = لا شيء هنا للبحث عنه. اسأل بالكلمات، مثلًا: `/اسأل سؤال: متى وُقّع العقد؟`
too_long = في هذا السؤال { $chars } حرفًا والحد { $limit }. اسأله في جملة أو جملتين.
cooldown = انتظر { n-seconds } قبل سؤالك التالي.
cooldown_server = الأسئلة كثيرة في هذا الخادم الآن. انتظر { n-seconds }.
out_of_scope_server = أجيب في خادمي الأصلي وحده، وهذا خادم آخر.
out_of_scope_direct = أجيب في قنوات خادمي الأصلي وحده، لا في الرسائل المباشرة.
role_needed = في هذا الخادم لا يسألني إلا من لهم أدوار معينة.
blocked = قرر مشرفو هذا الخادم أنك لا تستطيع سؤالي هنا.
within_unknown = لا توجد مقالة أو مجموعة باسم { $name }.
within_nearest = هل قصدت: { $names }؟
no_text = لا نص في تلك الرسالة يمكنني البحث عنه.
unrecorded = عذرًا، لا أستطيع الإجابة الآن: كل جواب يُسجَّل قبل إظهاره، ولم يمكن كتابة السجل. يجد مشغّلو هذا البوت السبب في سجله. اسأل لاحقًا.
broken = عذرًا، تعطّل شيء عندي. يجد مشغّلو هذا البوت السبب في سجله.
outdated_command = تغيّر هذا الأمر منذ أن عرضه Discord آخر مرة. أعد تشغيل Discord (Ctrl+R على الحاسوب) وحاول ثانية.
not_moderator = هذا لمشرفي الخادم الذي يعتني بالمقالات: من لهم «إدارة الخادم» هناك أو دور سمّاه مشغّل البوت.
not_manager = هذا لمن لهم «إدارة الخادم» في هذا الخادم أو دور سمّاه مشغّل البوت.
home_unset = لا يعتني أي خادم بالمقالات بعد. ليكون هذا الخادم، يضيف مشغّل البوت هذا السطر إلى ملف `.env` ثم يعيد تشغيله:

## Help and privacy

short_help = مرحبًا! أجيب عن الأسئلة من مجموعة مقالات، كلمة بكلمة ومع المصادر. اذكرني مع سؤالك أو اكتب `/اسأل`. وفي `/مساعدة` المزيد.
help_what = **ما أنا.** أجيب عن الأسئلة من { n-articles }. أبحث عن أنسب الجمل وأقتبسها كلمة بكلمة مع مصدرها. لا أكتب شيئًا من عندي: ما لا تقوله المقالات لا أقوله.
help_ask = **كيف تسأل.** `/اسأل سؤال: متى وُقّع العقد؟` (مع `خاص: True` ترى الجواب وحدك، ومع `في` أبحث في مقالة أو مجموعة واحدة)، أو اذكرني في قناة مع سؤالك، أو رُدّ على جواب لي. على رسالة أحدهم: التطبيقات ← ابحث عن الجواب. الأسماء والأشياء تصنع أسئلة جيدة.
help_check = **كيف تتحقق.** لكل اقتباس رقم يقود إلى الأصل إن وُجد، ومعه الفقرة والسطر. والرقم تحت الجواب، مثل #12، رقم سجله: اذكره حين تسأل مشرفًا عن جواب.
help_store = **ما أحفظه.** كل سؤال مع جوابه، ومن سأل وأين ومتى. وفي `/الخصوصية عرض` المزيد.
privacy_stored = **ما أحفظه.** لكل سؤال: نصه، ومعرّفك في Discord، ومعرّفا الخادم والقناة، والوقت، والاقتباسات التي قدمتها وكيف اخترتها؛ ولما أرفضه مثل ذلك مع السبب؛ وأصواتك. يُحفظ ليمكن التحقق من كل جواب لاحقًا، على جهاز مشغّلي البوت.
privacy_not = **ما لا أحفظه.** لا أقرأ إلا الرسائل التي تذكرني أو ترد علي أو تُرسل إلي مباشرة أو يسلمها أحدهم لي عبر «ابحث عن الجواب»، وحيث فعّل المشرفون ذلك، المنشورات الجديدة في القنوات التي سمّوها، ولا أحفظ منها إلا ما أجبت عنه. لا أحفظ أسماء ولا رسائل أخرى ولا ملفات الأعضاء، ولا أرسل شيئًا إلى خدمات أخرى ولا أدرّب به شيئًا.
privacy_days = { $days ->
    [zero] **إلى متى.** يُمحى فورًا ما يقول من أنت وعمّ سألت. ويبقى ما سواه من السجل (متى وفي أي خادم طُرح السؤال وأي مقالة اقتُبست).
    [one] **إلى متى.** بعد يوم واحد يُمحى ما يقول من أنت وعمّ سألت. ويبقى ما سواه من السجل (متى وفي أي خادم طُرح السؤال وأي مقالة اقتُبست).
    [two] **إلى متى.** بعد يومين يُمحى ما يقول من أنت وعمّ سألت. ويبقى ما سواه من السجل (متى وفي أي خادم طُرح السؤال وأي مقالة اقتُبست).
    [few] **إلى متى.** بعد { $days } أيام يُمحى ما يقول من أنت وعمّ سألت. ويبقى ما سواه من السجل (متى وفي أي خادم طُرح السؤال وأي مقالة اقتُبست).
   *[other] **إلى متى.** بعد { $days } يومًا يُمحى ما يقول من أنت وعمّ سألت. ويبقى ما سواه من السجل (متى وفي أي خادم طُرح السؤال وأي مقالة اقتُبست).
}
privacy_forever = **إلى متى.** إلى أن تمحوه أنت أو مشغّلو هذا البوت.
privacy_rights = **ما تستطيع فعله.** `/الخصوصية تصدير` يسلّمك ما يُحفظ عنك في ملف. و`/الخصوصية محو` يمحوه فورًا.
privacy_button_export = سجلاتي في ملف
privacy_button_delete = امحُ سجلاتي
privacy_exported = { $records ->
    [zero] لا سجلات تذكرك.
    [one] هذا هو السجل الواحد الذي يذكرك.
    [two] هذان هما السجلان اللذان يذكرانك.
    [few] هذه { $records } سجلات تذكرك، الأقدم أولًا.
   *[other] هذه { $records } سجلًا تذكرك، الأقدم أولًا.
}
privacy_export_cut = لا يتسع ملف على Discord إلا لأحدث السجلات، وعددها { $records }. اطلب الأقدم من مشغّلي هذا البوت.
privacy_nothing = لا سجل يذكرك.
privacy_confirm = **أتُمحى سجلاتك؟** يُنزع منها كل ما يقول من أنت وعمّ سألت: أسئلتك، والاقتباسات التي تلقيتها، وسبب اختيارها. لا رجعة في ذلك. وما نشرته في القنوات يبقى فيها حتى يُحذف على Discord.
privacy_confirmed = امحُها
privacy_kept = لم يُمحَ شيء.
privacy_deleted = { $records ->
    [zero] لم يُمحَ شيء.
    [one] **مُحي** من سجل واحد.
    [two] **مُحي** من سجلين.
    [few] **مُحي** من { $records } سجلات.
   *[other] **مُحي** من { $records } سجلًا.
}
privacy_traces = أحدهم يقرأ السجلات الآن، فقد تبقى آثار على القرص حتى المحو التالي.
not_done = تعذّر ذلك؛ السبب في سجل البوت.

## The state of the corpus

presence = أجيب من { n-articles }
presence_paused = متوقف: لا يمكن كتابة سجل التدقيق
corpus_size = **المجموعة:** { n-articles } في { n-passages }
index_size = **الفهرس:** { $postings } مدخلًا في { $megabytes } MB، بُني في { $ms } مللي ثانية
corpus_digest = **البصمة:** { $digest }
loaded_at = **حُمّلت:** { $time }
store_writable = **سجل التدقيق:** يمكن كتابته
store_broken = **سجل التدقيق:** لا يمكن كتابته، فلا يُجاب عن أي سؤال. السبب في سجل البوت؛ انظر إلى القرص أولًا.
version = **الإصدار:** { $version }
articles_page = **{ n-articles }**، الصفحة { $page } من { $pages }

## Reloads

progress = تُقرأ المقالات: { $percent }٪
reloaded = **أُعيد التحميل** في { $seconds } ث.
preview = **معاينة:** لم يتغير شيء بعد.
not_reloaded = **لم يُعد التحميل:** { $reason }.
too_few_left = بقي { $left } من { $before } مقالة فقط: أعد الباقي، أو افرض التحميل إن كان المقصود حذفها
left_behind = ينقص مجلد هذا الجهاز ما غيّرته عملية أخرى (التغييرات: { $count }): انسخ مجلد الجهاز الآخر إلى هنا، أو افرض التحميل للتراجع عن تلك التغييرات
golden_fail = أسئلة اختبار كانت تنجح تفشل الآن: أصلح المقالات أو الأسئلة، أو افرض ذلك
articles_unchanged = المقالات المستخدمة هي نفسها كما كانت.
already_reloading = إعادة تحميل جارية الآن. انتظر تقريرها.
reload_failed = **لم يُعد التحميل:** إما تعذّرت كتابة السجل أو تعطّل شيء عندي. السبب في سجل البوت. المقالات المستخدمة هي نفسها كما كانت.
reload_counts = { n-articles } في { n-passages }: أُضيف { $added }، تغيّر { $changed }، حُذف { $removed }.
golden = أسئلة الاختبار الناجحة: { $before } من { $before_all } قبلًا، { $after } من { $after_all } الآن.
golden_lost = **أسئلة اختبار كانت تنجح وتفشل الآن:**
golden_gone = **أسئلة اختبار ذهبت كل مقالاتها:**
golden_changed = **أسئلة اختبار يتغير جوابها:**
golden_same = لا يتغير جواب أي سؤال اختبار.
added = **أُضيف:**
changed = **تغيّر:**
removed = **حُذف:**
problems = **مشكلات:** تُرك { $left_out }، وأُخذ جزئيًا { $kept }
problem = { $path }: { $message }
problem_line = { $path }، السطر { $line }: { $message }
and_more = و{ $count } غيرها

## Adding and removing articles

edit_add = **سيُضاف:** { $path }
edit_remove = **سيُحذف:** { $path }
edit_undo = **سيُتراجع عنه:** آخر تغيير، في { $path }
edit_added = **أُضيف:** { $path }
edit_removed = **حُذف:** { $path }
edit_undone = **تُراجع عن:** تغيير { $path }
edit_refused = **لم يُنفّذ:** { $reason }.
edit_confirm_add = أضف
edit_confirm_remove = احذف
edit_confirm_undo = تراجع
edit_cancel = إلغاء
edit_cancelled = لم يتغير شيء.
edit_expired = لم يعد هذا ينتظر التأكيد: نُفّذ أو أُلغي أو مضى عليه يوم.
edit_bad_name = { $name } لا يصلح اسمًا لمقالة: استعمل حروفًا وأرقامًا ومسافات وشُرَطًا ونقاطًا، بلا مجلدات، ولا تبدأ بنقطة أو شرطة سفلية
edit_reserved = { $name } اسم محجوز لغير ذلك: غيّر اسم الملف
edit_bad_format = { $name } ليس بصيغة أقرؤها: يجب أن ينتهي بـ .md أو .txt أو .html أو .jsonl
edit_too_large = { $name } أكبر من { $mib } MiB: قسّمه
edit_exists = يوجد ملف { $path } من قبل: احذفه أولًا أو استعمل اسمًا آخر
edit_duplicate = المعرّف { $id } مأخوذ في { $path }: غيّر اسم أحدهما
edit_nothing = لا شيء فيه يصلح
edit_download = لم يسلّمني Discord الملف: أرسله مرة أخرى
edit_unknown = لا توجد مقالة { $name }
edit_none = لا تغيير للتراجع عنه
edit_conflict = غيّر شخص آخر { $path } في الأثناء، فلم يُمس شيء
edit_failed = تعذّرت كتابة الملف: السبب في سجل البوت
paste_title = إضافة مقالة
paste_name = العنوان
paste_publisher = الناشر (اختياري)
paste_url = عنوان الأصل (اختياري)
paste_text = النص

## Settings of a server

settings = **إعدادات هذا الخادم**
settings_saved = **حُفظ.**
settings_failed = تعذّر الحفظ؛ السبب في سجل البوت. لم يتغير شيء.
settings_language = اللغة: { $language }
settings_language_own = لغة كل شخص
settings_private = أجوبة `/اسأل` يراها السائل وحده: { $value }
settings_cooldown = الثواني بين سؤالي شخص واحد: { $seconds }؛ وللخادم كله: { $server }
settings_confidence = لا جواب دون ثقة { $percent }٪
settings_channels = القنوات التي أجيب فيها عن المنشورات الجديدة: { $channels }
settings_roles = الأدوار التي يمكنها السؤال: { $roles }
settings_blocked = من لا يمكنهم السؤال: { $people }
settings_everyone = الجميع
settings_none = لا شيء
settings_yes = نعم
settings_no = لا
settings_content_off = لا أقرأ المنشورات الجديدة إلا بعد أن يضع مشغّل البوت `MESSAGE_CONTENT=on`.
settings_full = يسمّي الخادم { $max } على الأكثر. أزل واحدًا أولًا.

## Reading the records

audit_outcome = { $outcome ->
    [found] أُجيب
    [hedged] أُجيب دون تأكد
    [not_found] لم يُجَب
    [refused] رُفض
    [swapped] أُعيد تحميل المقالات
    [kept] رُفضت إعادة التحميل
    [delivered] وصل
    [failed] لم يصل
    [helpful] صوت: مفيد
    [not_helpful] صوت: غير مفيد
    [filed] أُبلغ المشرفون
    [set] تغيّر إعداد
    [changed] تغيّرت المقالات
    [migrated] حُدّث المخزن
    [erased] مُحي
   *[other] { $outcome }
}
audit_recent = **أحدث السجلات**
audit_unanswered = **أحدث الأسئلة التي بلا جواب**
audit_search = **أحدث الأسئلة التي فيها هذه الكلمات:** { $words }
audit_none = لا سجل كهذا هنا.
audit_record = **السجل #{ $record }:** { $outcome }
audit_at = **متى:** { $time }
audit_asker = **من وأين:** { $place }
audit_confidence = **الثقة:** { $percent }٪
audit_refused = **المطلوب:** { $action }
audit_of = **عن السجل** #{ $record }
audit_detail = **التفاصيل:** { $detail }
audit_votes = **الأصوات:** مفيد { $helpful }، غير مفيد { $unhelpful }
audit_delivered = **وصل:** { $message }
audit_undelivered = **لم يصل:** { $error }
audit_program = **البرنامج:** footnote { $version }
audit_erased = مُحي من هذا السجل من سأل وعمّ سأل. ويبقى ما سوى ذلك.
audit_failed = تعذّرت قراءة السجلات؛ السبب في سجل البوت.
audit_exported = { $records ->
    [zero] لا سجلات.
    [one] سجل واحد.
    [two] سجلان، الأقدم أولًا.
    [few] { $records } سجلات، الأقدم أولًا.
   *[other] { $records } سجلًا، الأقدم أولًا.
}
audit_export_cut = لا يتسع ملف على Discord إلا لأحدث السجلات، وعددها { $records }: وتُرك ما قبل #{ $first }. حدّد أيامًا أقل، أو اطلب من مشغّل البوت أن يستعمل `footnote audit export`.
audit_head = **نهاية سلسلة التدقيق:** { $head }
audit_head_posted = نُشرت في { $channel }.
audit_head_unset = لا قناة لنشرها: يضبط مشغّل البوت `AUDIT_CHANNEL_ID`.
audit_head_failed = تعذّر نشرها: يجب أن تكون قناة `AUDIT_CHANNEL_ID` في خادم أصلي، وأن أستطيع رؤيتها والكتابة فيها. السبب في سجل البوت.
audit_head_public = **نهاية سلسلة التدقيق:** { $head }
    احفظوا هذه الرسالة. بالأمر `footnote audit verify --head` وما كُتب هنا يمكن إثبات أن أي سجل حتى هذا لم يُغيَّر ولم يُنزع ولم يُقطع منذئذ.
button_older = الأقدم

## Commands

cmd-ask =
    .name = اسأل
    .description = اطرح سؤالًا: يُقتبس الجواب من المقالات مع مصادره
    .question = سؤال
    .question-is = سؤالك في جملة أو جملتين
    .in = في
    .in-is = ابحث في مقالة أو مجموعة واحدة
    .private = خاص
    .private-is = أظهر الجواب لي وحدي
cmd-find =
    .name = ابحث عن الجواب
cmd-help =
    .name = مساعدة
    .description = ما هذا البوت وكيف تسأله وماذا يحفظ
cmd-privacy =
    .name = الخصوصية
    .description = ما يحفظه هذا البوت عنك، وفي ملف إن شئت، وكيف تمحوه
cmd-privacy-show =
    .name = عرض
    .description = ما يحفظه هذا البوت عنك وما لا يحفظه وإلى متى
cmd-privacy-export =
    .name = تصدير
    .description = ما يُحفظ عنك في ملف
cmd-privacy-delete =
    .name = محو
    .description = امحُ ما يُحفظ عنك
cmd-audit =
    .name = التدقيق
    .description = اقرأ ما سُئل وما أُجيب في هذا الخادم
cmd-audit-recent =
    .name = الأحدث
    .description = أحدث السجلات
    .unanswered = بلا-جواب
    .unanswered-is = الأسئلة التي لم تجد جوابًا فقط
cmd-audit-show =
    .name = عرض
    .description = كل ما في سجل واحد
    .record = السجل
    .record-is = الرقم تحت الجواب، مثل 12
cmd-audit-search =
    .name = بحث
    .description = الأسئلة التي فيها كل هذه الكلمات
    .words = كلمات
    .words-is = بأي ترتيب
    .unanswered = بلا-جواب
    .unanswered-is = الأسئلة التي لم تجد جوابًا فقط
cmd-audit-export =
    .name = تصدير
    .description = السجلات في ملف
    .form = الصيغة
    .form-is = أسطر JSON فيها كل شيء، وCSV لجدول بيانات
    .days = أيام
    .days-is = سجلات الأيام الأخيرة فقط؛ واتركه للكل
cmd-audit-head =
    .name = النهاية
    .description = نهاية سلسلة التدقيق، منشورة حيث لا يغيّرها أحد
cmd-corpus =
    .name = المجموعة
    .description = العناية بالمقالات
cmd-corpus-reload =
    .name = أعد-التحميل
    .description = اقرأ المقالات من جديد وافحصها واستعملها إن لم يضع شيء
    .force = فرض
    .force-is = استعملها وإن غاب أكثرها أو فشل سؤال اختبار
    .preview = معاينة
    .preview-is = أظهر فقط ما سيتغير
cmd-corpus-status =
    .name = الحالة
    .description = كم مقالة ومتى حُمّلت وهل يمكن تسجيل الأجوبة
cmd-corpus-articles =
    .name = المقالات
    .description = قائمة المقالات
    .page = صفحة
    .page-is = أي صفحة من القائمة
cmd-corpus-add =
    .name = أضف
    .description = أضف مقالة: ملفًا أو نصًا تلصقه
    .file = ملف
    .file-is = ملف .md أو .txt أو .html أو .jsonl؛ من دونه تلصق نصًا
    .folder = مجلد
    .folder-is = المجموعة التي تنتمي إليها
cmd-corpus-remove =
    .name = احذف
    .description = احذف مقالة
    .article = مقالة
    .article-is = أيها
cmd-corpus-undo =
    .name = تراجع
    .description = تراجع عن آخر إضافة أو حذف
cmd-settings =
    .name = الإعدادات
    .description = كيف يتصرف البوت في هذا الخادم
cmd-settings-show =
    .name = أظهر
    .description = أظهر الإعدادات
cmd-settings-language =
    .name = اللغة
    .description = اللغة التي أتكلمها في هذا الخادم
    .language = لغة
    .language-is = اتركه للغة كل شخص
cmd-settings-private =
    .name = خاص
    .description = هل يرى السائل وحده الأجوبة ما لم يطلب غير ذلك
    .value = قيمة
    .value-is = True: السائل وحده
cmd-settings-cooldown =
    .name = انتظار
    .description = كم يُنتظر بين سؤالين
    .person = شخص
    .person-is = الثواني بين سؤالي شخص واحد
    .server = خادم
    .server-is = الثواني بين سؤالين في الخادم كله
cmd-settings-confidence =
    .name = الثقة
    .description = كم يجب أن أثق لأجيب
    .percent = نسبة
    .percent-is = لا جواب دونها؛ اتركه للمعتاد
cmd-settings-channel =
    .name = قناة
    .description = أجب من نفسي عن المنشورات الجديدة في قناة أو منتدى
    .channel = قناة
    .channel-is = أي قناة أو منتدى
    .answer = أجب
    .answer-is = True لأجيب هناك، False لأتوقف
cmd-settings-role =
    .name = دور
    .description = من يمكنه السؤال: إن لم يُسمَّ دور فالجميع
    .role = دور
    .role-is = أي دور
    .allow = سماح
    .allow-is = True للسماح، False لسحبه
cmd-settings-block =
    .name = حظر
    .description = امنع شخصًا من السؤال
    .person = شخص
    .person-is = من
    .block = حظر
    .block-is = True للحظر، False للسماح من جديد
