# 中文

n-articles = { $articles } 篇文章
n-passages = { $passages } 个段落
n-seconds = { $seconds } 秒

## Answers

question = **问题：** { $question }
hedge = { $quotes ->
   *[other] 我不确定这就是答案。最接近的段落：
}
quote = “{ $quote }”
place_line = { $path } 第 { $paragraph } 段，第 { $line } 行
place_lines = { $path } 第 { $paragraph } 段，第 { $first }–{ $last } 行
expansion = { $looked_for }（代替 { $asked }）
expansions = 我还查找了：{ $words }。
unmatched = 没有文章提到：{ $words }。
differing = 各篇文章给出的数字不同：请比较 [1] 和 { $quotes }。
carried = 我加上了上一个问题中的词：{ $words }。
within = **仅限于：** { $name }
quotes_left_out = 还有 { $count } 个段落放不下。
only_common_words = 这个问题里没有可查找的内容：所有的词都太常见。请加上人名、地名或事物。
nothing_found = 关于这个问题，我在文章中没有找到任何内容。
other_words = 请换一些词或换一种写法。
low_confidence = 我在文章中没有找到答案。
nearest_articles = 最接近的文章：
footer = #{ $record } · { n-articles }
original = 原文
further = 更多段落，第 { $page } 页：
no_further = 这个问题没有更多段落了。

## Buttons under answers

button_more = 更多段落
button_why = 为什么是这个答案？
button_passage = 完整段落
button_helpful = 有用
button_unhelpful = 没用
button_show = 给所有人看
button_delete = 删除
button_follow = 追问
button_source = 来源 { $number }
button_gap = 告知管理员
button_previous = 上一页
button_next = 下一页
follow_title = 追问
follow_label = 你的下一个问题
follow_hint = 关于这件事你还想知道什么？
voted_helpful = 已记下：有用。谢谢！如果改变主意，请按另一个按钮。
voted_unhelpful = 已记下：没用。谢谢！如果改变主意，请按另一个按钮。
gap_told = 谢谢。管理员会在文章没有回答的问题中看到它。
gap_told_before = 你已经把这个问题告诉过管理员了。谢谢。
record_gone = 那个答案的记录已经不在了，这个按钮不再起作用。请重新提问。
question_gone = 那条记录已被清除，这个按钮不再起作用。
button_unknown = 我不认识这个按钮了。请重新提问。
not_yours = 那个答案只给别人看。
delete_not_yours = 只有提问的人和管理员可以删除这个答案。
show_failed = 我无法在这里把这个答案给所有人看。

## Why this answer?

why = **为什么是这个答案？** (#{ $record })
why_confidence = 把握：{ $percent }%。低于 { $floor }% 我不回答，低于 50% 我会说明不确定。
why_quote = 引文 [{ $number }]，出自 { $title }
why_words = 你问题中的词、它们的权重和位置：
why_found = { $word }：{ $percent }%，在引用的句子中
why_part = { $word }：{ $percent }%，部分匹配（{ $found }%）
why_missing = { $word }：{ $percent }%，不在引用的句子中
why_score = 得分：{ $score }。文章得分：{ $article }。
why_runner_up = 第二名：{ $title }，得分 { $score }；最佳领先 { $margin }。
why_alone = 没有其他文章接近。
why_corpus = 在 { n-articles } 中查找（语料 { $digest }）。

## Full passage

passage_heading = **完整段落**
passage_changed = 这篇文章在回答之后有改动，所以我只能显示当时引用的内容。
passage_kept = 这篇文章在回答之后有改动。这是当时的段落。
passage_withdrawn = 这篇文章已被撤回，不再显示其内容。

## Refusals

empty_question = 里面没有可查找的内容。请用文字提问，例如：`/提问 问题: 合同是什么时候签的？`
too_long = 这个问题有 { $chars } 个字符，上限是 { $limit }。请用一两句话提问。
cooldown = 请等 { n-seconds } 再问下一个问题。
cooldown_server = 这个服务器现在提问很多。请等 { n-seconds }。
out_of_scope_server = 我只在自己的主服务器回答问题，这里不是。
out_of_scope_direct = 我只在主服务器的频道里回答问题，不在私信里回答。
role_needed = 在这个服务器上，只有拥有特定身份组的人可以问我。
blocked = 这个服务器的管理员决定你不能在这里问我。
within_unknown = 没有名为 { $name } 的文章或合集。
within_nearest = 你是不是指：{ $names }？
no_text = 那条消息里没有可查找的文字。
unrecorded = 抱歉，现在无法回答：每个答案在显示之前都要记录，而记录写不进去。运营者可以在日志中找到原因。请稍后再问。
broken = 抱歉，我这边出了问题。运营者可以在日志中找到原因。
outdated_command = 这个命令在 Discord 显示之后有了变化。请重启 Discord（电脑上按 Ctrl+R）再试。
not_moderator = 这是给管理文章的服务器的管理员用的：在那里拥有“管理服务器”权限，或拥有运营者指定的身份组。
not_manager = 这是给在本服务器拥有“管理服务器”权限，或拥有运营者指定身份组的人用的。
home_unset = 还没有服务器管理文章。要让本服务器来管理，运营者在 `.env` 文件中加上这一行并重启机器人：

## Help and privacy

short_help = 你好！我根据一批文章回答问题，逐字引用并附来源。提到我并写上问题，或输入 `/提问`。`/帮助` 有更多说明。
help_what = **我是什么。** 我根据 { n-articles } 回答问题。我找出最合适的句子，逐字引用并注明来源。我自己不写任何内容：文章没说的，我也不说。
help_ask = **怎么提问。** `/提问 问题: 合同是什么时候签的？`（`私密: True` 只有你看到答案，`范围` 让我只查一篇文章或一个合集），或在频道里提到我并写上问题，或回复我的答案。在别人的消息上：应用 → 查找答案。人名和事物最适合提问。
help_check = **怎么核对。** 每条引文都有编号（有原文时可点开）、段落和行号。答案下面的编号，例如 #12，是记录的编号：向管理员询问某个答案时请说出它。
help_store = **我保存什么。** 每个问题和答案、谁在哪里什么时候问的。`/隐私 显示` 有更多说明。
privacy_stored = **我保存什么。** 每个问题：内容、你的 Discord id、服务器和频道的 id、时间、给出的引文和选择的理由；被拒绝的，同样并附原因；以及你的投票。这是为了以后能核对每个答案，保存在运营者的机器上。
privacy_not = **我不保存什么。** 我只读取提到我、回复我、直接发给我或有人用“查找答案”交给我的消息；在管理员开启的地方，也读取他们指定频道里的新帖，其中只保存我回答了的。我不保存名字、其他消息和成员的文件；不向其他服务发送任何内容，也不用它训练任何东西。
privacy_days = **保存多久。** { $days } 天之后，说明你是谁、问了什么的内容会被清除。记录的其余部分（何时在哪个服务器提问、引用了哪篇文章）保留。
privacy_forever = **保存多久。** 直到你或运营者清除。
privacy_rights = **你可以做什么。** `/隐私 导出` 以文件给你所保存的关于你的内容。`/隐私 清除` 立即清除它。
privacy_button_export = 以文件取得我的记录
privacy_button_delete = 清除我的记录
privacy_exported = 这是提到你的 { $records } 条记录，最早的在前。
privacy_export_cut = Discord 上的一个文件只放得下最新的 { $records } 条记录。更早的请向运营者索取。
privacy_nothing = 没有记录提到你。
privacy_confirm = **要清除你的记录吗？** 其中说明你是谁、问了什么的内容都会被去掉：你的问题、你得到的引文，以及选择它们的理由。此操作无法撤销。我在频道里发布的内容会留在那里，直到在 Discord 上被删除。
privacy_confirmed = 清除
privacy_kept = 没有清除任何内容。
privacy_deleted = 已从 { $records } 条记录中**清除**。
privacy_traces = 现在正有人读取记录，所以在下次清除之前磁盘上可能留有痕迹。
not_done = 无法完成；原因在机器人的日志里。

## The state of the corpus

presence = 根据 { n-articles } 回答
presence_paused = 已暂停：审计记录无法写入
corpus_size = **语料：** { n-articles }，{ n-passages }
index_size = **索引：** { $postings } 条，{ $megabytes } MB，用 { $ms } 毫秒建成
corpus_digest = **摘要：** { $digest }
loaded_at = **载入时间：** { $time }
store_writable = **审计记录：** 可以写入
store_broken = **审计记录：** 无法写入，所以不回答任何问题。原因在机器人的日志里；请先检查磁盘。
version = **版本：** { $version }
articles_page = **{ n-articles }**，第 { $page } 页，共 { $pages } 页

## Reloads

progress = 正在读取文章：{ $percent }%
reloaded = 用 { $seconds } 秒**重新载入**。
preview = **预览：** 还没有任何改动。
not_reloaded = **没有重新载入：** { $reason }。
too_few_left = { $before } 篇文章只剩 { $left } 篇：请放回其余的，如果确实要去掉，请强制执行
left_behind = 这台机器的文件夹里没有另一个进程所做的更改（更改：{ $count }）：请把那台机器的文件夹复制过来，或强制执行以撤销那些更改
golden_fail = 原来通过的检验问题现在不通过：请修改文章或问题，或强制执行
articles_unchanged = 使用中的文章和之前一样。
already_reloading = 已经在重新载入。请等待报告。
reload_failed = **没有重新载入：** 要么记录写不进去，要么我这边出了问题。原因在机器人的日志里。使用中的文章和之前一样。
reload_counts = { n-articles }，{ n-passages }：新增 { $added }，改动 { $changed }，移除 { $removed }。
golden = 通过的检验问题：之前 { $before }/{ $before_all }，现在 { $after }/{ $after_all }。
golden_lost = **原来通过、现在不通过的检验问题：**
golden_gone = **文章都已不在的检验问题：**
golden_changed = **答案会改变的检验问题：**
golden_same = 没有检验问题的答案会改变。
added = **新增：**
changed = **改动：**
removed = **移除：**
problems = **问题：** 忽略 { $left_out } 个，部分保留 { $kept } 个
problem = { $path }：{ $message }
problem_line = { $path } 第 { $line } 行：{ $message }
and_more = 还有 { $count } 个

## Adding and removing articles

edit_add = **将添加：** { $path }
edit_remove = **将移除：** { $path }
edit_undo = **将撤销：** 最近一次改动，涉及 { $path }
edit_added = **已添加：** { $path }
edit_removed = **已移除：** { $path }
edit_undone = **已撤销：** { $path } 的改动
edit_refused = **没有执行：** { $reason }。
edit_confirm_add = 添加
edit_confirm_remove = 移除
edit_confirm_undo = 撤销
edit_cancel = 取消
edit_cancelled = 没有任何改动。
edit_expired = 这已不再等待确认：已执行、已取消，或超过一天。
edit_bad_name = { $name } 不能作为文章名：请用字母、数字、空格、连字符和句点，不含文件夹，不以句点或下划线开头
edit_reserved = { $name } 是保留名称：请给文件改名
edit_bad_format = { $name } 不是我能读的格式：须以 .md、.txt、.html 或 .jsonl 结尾
edit_too_large = { $name } 大于 { $mib } MiB：请拆分
edit_exists = 已有文件 { $path }：请先移除，或换个名称
edit_duplicate = id { $id } 已被 { $path } 使用：请改其中一个
edit_nothing = 里面没有可用的内容
edit_download = Discord 没有把文件交给我：请再发一次
edit_unknown = 没有文章 { $name }
edit_none = 没有可撤销的改动
edit_conflict = { $path } 已被别人改动，所以什么都没动
edit_failed = 文件写不进去：原因在机器人的日志里
paste_title = 添加文章
paste_name = 标题
paste_publisher = 出版者（可留空）
paste_url = 原文地址（可留空）
paste_text = 正文

## Settings of a server

settings = **本服务器的设置**
settings_saved = **已保存。**
settings_failed = 无法保存；原因在机器人的日志里。没有任何改动。
settings_language = 语言：{ $language }
settings_language_own = 各人自己的语言
settings_private = `/提问` 的答案只给提问者看：{ $value }
settings_cooldown = 一个人两次提问的间隔秒数：{ $seconds }；整个服务器：{ $server }
settings_confidence = 把握低于 { $percent }% 不回答
settings_channels = 我自动回答新帖的频道：{ $channels }
settings_roles = 可以提问的身份组：{ $roles }
settings_blocked = 不可以提问的人：{ $people }
settings_everyone = 所有人
settings_none = 无
settings_yes = 是
settings_no = 否
settings_content_off = 只有运营者设置了 `MESSAGE_CONTENT=on`，我才能读取新帖。
settings_full = 一个服务器最多指定 { $max } 个。请先去掉一个。

## Reading the records

audit_outcome = { $outcome ->
    [found] 已回答
    [hedged] 不确定地回答
    [not_found] 未能回答
    [refused] 已拒绝
    [swapped] 文章已重新载入
    [kept] 重新载入被拒绝
    [delivered] 已送达
    [failed] 未送达
    [helpful] 投票：有用
    [not_helpful] 投票：没用
    [filed] 已告知管理员
    [set] 设置已更改
    [changed] 文章已更改
    [migrated] 存储已更新
    [erased] 已清除
   *[other] { $outcome }
}
audit_recent = **最新的记录**
audit_unanswered = **最新的未能回答的问题**
audit_search = **含有这些词的最新问题：** { $words }
audit_none = 这里没有这样的记录。
audit_record = **记录 #{ $record }：** { $outcome }
audit_at = **时间：** { $time }
audit_asker = **谁、在哪里：** { $place }
audit_confidence = **把握：** { $percent }%
audit_refused = **想要的：** { $action }
audit_of = **关于记录** #{ $record }
audit_detail = **详情：** { $detail }
audit_votes = **投票：** 有用 { $helpful }，没用 { $unhelpful }
audit_delivered = **已送达：** { $message }
audit_undelivered = **未送达：** { $error }
audit_program = **程序：** footnote { $version }
audit_erased = 谁问的、问了什么，已从这条记录中清除。其余部分保留。
audit_failed = 无法读取记录；原因在机器人的日志里。
audit_exported = { $records } 条记录，最早的在前。
audit_export_cut = Discord 上的一个文件只放得下最新的 { $records } 条记录：#{ $first } 之前的没有包括。请指定更少的天数，或请运营者使用 `footnote audit export`。
audit_head = **审计链的末端：** { $head }
audit_head_posted = 已发布在 { $channel }。
audit_head_unset = 没有设置发布的频道：由运营者设置 `AUDIT_CHANNEL_ID`。
audit_head_failed = 无法发布：`AUDIT_CHANNEL_ID` 的频道必须在主服务器里，而且我要能看到它并在其中发言。原因在机器人的日志里。
audit_head_public = **审计链的末端：** { $head }
    请保留这条消息。用 `footnote audit verify --head` 和这里的内容可以证明，从那以后直到这一条的记录都没有被更改、抽走或截断。
button_older = 更早的

## Commands

cmd-ask =
    .name = 提问
    .description = 提一个问题：答案引自文章，并附来源
    .question = 问题
    .question-is = 你的问题，一两句话
    .in = 范围
    .in-is = 只在一篇文章或一个合集中查找
    .private = 私密
    .private-is = 答案只给我看
cmd-find =
    .name = 查找答案
cmd-help =
    .name = 帮助
    .description = 这个机器人是什么、怎么提问、保存什么
cmd-privacy =
    .name = 隐私
    .description = 这个机器人保存你的哪些信息，可以取得文件，以及如何清除
cmd-privacy-show =
    .name = 显示
    .description = 这个机器人保存你的哪些信息，不保存哪些，保存多久
cmd-privacy-export =
    .name = 导出
    .description = 以文件取得所保存的关于你的内容
cmd-privacy-delete =
    .name = 清除
    .description = 清除所保存的关于你的内容
cmd-audit =
    .name = 审计
    .description = 查看这个服务器上问了什么、答了什么
cmd-audit-recent =
    .name = 最新
    .description = 最新的记录
    .unanswered = 未回答
    .unanswered-is = 只看没有找到答案的问题
cmd-audit-show =
    .name = 显示
    .description = 一条记录的全部内容
    .record = 记录
    .record-is = 答案下方的编号，例如 12
cmd-audit-search =
    .name = 搜索
    .description = 含有所有这些词的问题
    .words = 词
    .words-is = 顺序不限
    .unanswered = 未回答
    .unanswered-is = 只看没有找到答案的问题
cmd-audit-export =
    .name = 导出
    .description = 以文件取得记录
    .form = 格式
    .form-is = JSON 行包含全部内容，CSV 用于电子表格
    .days = 天数
    .days-is = 只要最近几天的；留空则为全部
cmd-audit-head =
    .name = 末端
    .description = 审计链的末端，发布在无法更改的地方
cmd-corpus =
    .name = 语料
    .description = 管理文章
cmd-corpus-reload =
    .name = 重新载入
    .description = 重新读取并检查文章，没有损失就使用
    .force = 强制
    .force-is = 即使大多数文章不在或检验问题不通过也使用
    .preview = 预览
    .preview-is = 只显示会有什么改变
cmd-corpus-status =
    .name = 状态
    .description = 有多少文章、何时载入、能否记录答案
cmd-corpus-articles =
    .name = 文章
    .description = 列出文章
    .page = 页
    .page-is = 列表的第几页
cmd-corpus-add =
    .name = 添加
    .description = 添加文章：一个文件，或你粘贴的文字
    .file = 文件
    .file-is = .md、.txt、.html 或 .jsonl 文件；不给文件则粘贴文字
    .folder = 合集
    .folder-is = 它属于的合集
cmd-corpus-remove =
    .name = 移除
    .description = 移除一篇文章
    .article = 文章
    .article-is = 哪一篇
cmd-corpus-undo =
    .name = 撤销
    .description = 撤销最近一次添加或移除
cmd-settings =
    .name = 设置
    .description = 机器人在本服务器的行为
cmd-settings-show =
    .name = 显示
    .description = 显示设置
cmd-settings-language =
    .name = 语言
    .description = 我在本服务器使用的语言
    .language = 语言
    .language-is = 不填则用各人自己的语言
cmd-settings-private =
    .name = 私密
    .description = 除非另有要求，答案是否只给提问者看
    .value = 值
    .value-is = True：只给提问者看
cmd-settings-cooldown =
    .name = 间隔
    .description = 两次提问之间要等多久
    .person = 个人
    .person-is = 一个人两次提问的间隔秒数
    .server = 服务器
    .server-is = 整个服务器两次提问的间隔秒数
cmd-settings-confidence =
    .name = 把握
    .description = 我要有多大把握才回答
    .percent = 百分比
    .percent-is = 低于此不回答；不填则用通常的值
cmd-settings-channel =
    .name = 频道
    .description = 自动回答某个频道或论坛的新帖
    .channel = 频道
    .channel-is = 哪个频道或论坛
    .answer = 回答
    .answer-is = True 表示回答，False 表示停止
cmd-settings-role =
    .name = 身份组
    .description = 谁可以提问：不指定则所有人
    .role = 身份组
    .role-is = 哪个身份组
    .allow = 允许
    .allow-is = True 表示允许，False 表示收回
cmd-settings-block =
    .name = 屏蔽
    .description = 不让某人提问
    .person = 人
    .person-is = 谁
    .block = 屏蔽
    .block-is = True 表示屏蔽，False 表示重新允许
