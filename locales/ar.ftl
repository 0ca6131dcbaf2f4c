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
question_gone = حُذف ذلك السؤال بناءً على طلب، فلا يستطيع هذا الزر فعل شيء.
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
help_store = **ما أحفظه.** كل سؤال مع جوابه، ومن سأل وأين ومتى. وفي `/الخصوصية` المزيد.
privacy_stored = **ما أحفظه.** لكل سؤال: نصه، ومعرّفك في Discord، ومعرّفا الخادم والقناة، والوقت، والاقتباسات التي قدمتها وكيف اخترتها؛ ولما أرفضه مثل ذلك مع السبب؛ وأصواتك. يُحفظ ليمكن التحقق من كل جواب لاحقًا، على جهاز مشغّلي البوت، إلى أن يحذفوه.
privacy_not = **ما لا أحفظه.** لا أقرأ إلا الرسائل التي تذكرني أو ترد علي أو تُرسل إلي مباشرة أو يسلمها أحدهم لي عبر «ابحث عن الجواب»، وحيث فعّل المشرفون ذلك، المنشورات الجديدة في القنوات التي سمّوها، ولا أحفظ منها إلا ما أجبت عنه. لا أحفظ أسماء ولا رسائل أخرى ولا ملفات الأعضاء، ولا أرسل شيئًا إلى خدمات أخرى ولا أدرّب به شيئًا.
privacy_delete = **لحذف أسئلتك** اطلب من مشغّلي هذا البوت.

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
    .description = ما يحفظه هذا البوت عنك وما لا يحفظه
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
