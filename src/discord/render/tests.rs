//! What answers look like, friendly ones and hostile ones.

use std::sync::Arc;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::answer::{ConfidenceParts, CorpusSummary, Explanation, Question};
use crate::corpus::{Digest, LineMap, Metadata, Title};

/// An article with this title and text, all of it on line 3.
fn article(title: &str, text: &str) -> Article {
    let title = Title::Given(title.into());
    Article::new("visit", "news/the_visit.md", title, Metadata::default(), text, LineMap::Single(3))
}

/// The metadata of an article, to be changed.
fn metadata(article: &mut Article) -> &mut Metadata {
    &mut Arc::make_mut(&mut article.provenance).metadata
}

/// An answer that quotes these articles whole.
fn answer(articles: Vec<Article>, decision: Decision) -> Answer {
    let excerpts = articles.into_iter().enumerate().map(|(at, article)| Excerpt {
        rank: at + 1,
        score: 1.0,
        passage: 0..article.text.len(),
        quote: 0..article.text.len(),
        paragraph: 2,
        explanation: Explanation::default(),
        article: Arc::new(article),
    });
    Answer {
        question: Question::new("what did he seek?").expect("a question"),
        decision,
        confidence: 0.9,
        confidence_parts: ConfidenceParts::default(),
        excerpts: excerpts.collect(),
        expansions: Vec::new(),
        unmatched: Vec::new(),
        differing: Vec::new(),
        carried: Vec::new(),
        has_more: false,
        corpus: CorpusSummary { digest: Digest::of(b""), articles: 5, passages: 40 },
    }
}

fn view(answer: &Answer) -> View<'_> {
    View { text: Text::default(), answer }
}

const FOUND: Decision = Decision::Found { hedged: false };
const HEDGED: Decision = Decision::Found { hedged: true };

fn check(answer: &Answer, expected: Expect) {
    let card = view(answer).card(1234, true, limits::DESCRIPTION_MAX);
    expected.assert_eq(&escape::visible(&format!("{}\n--\n{}", card.description, card.footer)));
}

fn check_quote(title: &str, text: &str, expected: Expect) {
    let card = view(&answer(vec![article(title, text)], FOUND)).card(1, false, limits::DESCRIPTION_MAX);
    expected.assert_eq(&escape::visible(&card.description));
}

#[test]
fn an_answer_quotes_and_cites() {
    let mut first = article("Roadmap for arms", "He sought T-90 tanks.");
    *metadata(&mut first) = Metadata {
        publisher: Some("The Paper".to_owned()),
        published: Some(jiff::civil::date(2016, 2, 16)),
        url: Some("https://example.org/a_(b)".to_owned()),
        ..Metadata::default()
    };
    let second = article("Talks", "And Su-30 warplanes.");
    check(
        &answer(vec![first, second], FOUND),
        expect![[r#"
            **Question:** what did he seek?

            > “He sought T-90 tanks.”
            [[1]](https://example.org/a_%28b%29) **Roadmap for arms**, The Paper, 2016-02-16, paragraph 2, line 3 of news/the\_visit.md

            > “And Su-30 warplanes.”
            [2] **Talks**, paragraph 2, line 3 of news/the\_visit.md
            --
            #1234 · 5 articles"#]],
    );
}

fn check_in(locale: crate::discord::locale::Locale, expected: Expect) {
    let mut visit = article("Roadmap for arms", "He sought T-90 tanks.");
    metadata(&mut visit).url = Some("https://example.org/a".to_owned());
    let mut found = answer(vec![visit, article("دیدار در مسکو", "او تانک می‌خواست.")], HEDGED);
    found.question = Question::new("what did he seek?")
        .expect("a question")
        .asked(crate::answer::Manner { within: Some("news/".to_owned()), ..Default::default() }, None);
    found.expansions = vec![Expansion { asked: "Dehghan".to_owned(), looked_for: vec!["Dehqan".to_owned()] }];
    found.carried = vec!["Moscow".to_owned()];
    let mut none = answer(Vec::new(), Decision::NotFound(Reason::NoKnownWord));
    none.unmatched = vec!["zeppelin".to_owned()];
    let shown = [found, none].map(|answer| {
        let view = View { text: Text::new(locale), answer: &answer };
        let card = view.card(1234, true, limits::DESCRIPTION_MAX);
        format!("{}\n--\n{}", card.description, card.footer)
    });
    expected.assert_eq(&escape::visible(&shown.join("\n====\n")));
}

#[test]
fn an_answer_in_german() {
    check_in(
        crate::discord::locale::Locale::German,
        expect![[r#"
        **Frage:** what did he seek?

        **Nur in:** news/

        Ich bin nicht sicher, ob das die Antwort ist. Die nächsten Stellen:

        > „He sought T-90 tanks.“
        [[1]](https://example.org/a) **Roadmap for arms**, Absatz 2, Zeile 3 von news/the\_visit.md

        > „{FSI}او تانک می‌خواست.{PDI}“
        [2] **{FSI}دیدار در مسکو{PDI}**, Absatz 2, Zeile 3 von news/the\_visit.md

        Aus der Frage davor habe ich ergänzt: Moscow.
        Ich habe auch gesucht nach: Dehqan (für Dehghan).
        --
        #1234 · 5 Artikel
        ====
        **Frage:** what did he seek?

        Zu dieser Frage habe ich in den Artikeln nichts gefunden. Kein Artikel erwähnt: zeppelin. Versuche es mit anderen Wörtern oder einer anderen Schreibweise.
        --
        #1234 · 5 Artikel"#]],
    );
}

#[test]
fn an_answer_in_russian() {
    check_in(
        crate::discord::locale::Locale::Russian,
        expect![[r#"
        **Вопрос:** what did he seek?

        **Только в:** news/

        Я не уверен, что это ответ. Самые близкие отрывки:

        > «He sought T-90 tanks.»
        [[1]](https://example.org/a) **Roadmap for arms**, абзац 2, строка 3 файла news/the\_visit.md

        > «{FSI}او تانک می‌خواست.{PDI}»
        [2] **{FSI}دیدار در مسکو{PDI}**, абзац 2, строка 3 файла news/the\_visit.md

        Из прошлого вопроса я добавил: Moscow.
        Я также искал: Dehqan (вместо Dehghan).
        --
        #1234 · 5 статей
        ====
        **Вопрос:** what did he seek?

        По этому вопросу я ничего не нашёл в статьях. Ни в одной статье нет слов: zeppelin. Попробуйте другие слова или другое написание.
        --
        #1234 · 5 статей"#]],
    );
}

#[test]
fn an_answer_from_right_to_left() {
    check_in(
        crate::discord::locale::Locale::Persian,
        expect![[r#"
            **پرسش:** {FSI}what did he seek?{PDI}

            **تنها در:** {FSI}news/{PDI}

            مطمئن نیستم که این پاسخ باشد. نزدیک‌ترین بخش‌ها:

            > «{FSI}He sought T-90 tanks.{PDI}»
            ‏[[1]](https://example.org/a) {FSI}**Roadmap for arms**{PDI}، بند {FSI}2{PDI}، سطر 3 از {FSI}news/the\_visit.md{PDI}

            > «{FSI}او تانک می‌خواست.{PDI}»
            ‏[2] {FSI}**{FSI}دیدار در مسکو{PDI}**{PDI}، بند {FSI}2{PDI}، سطر 3 از {FSI}news/the\_visit.md{PDI}

            از پرسش پیشین افزودم: {FSI}Moscow{PDI}.
            این‌ها را هم جستم: {FSI}Dehqan{PDI} (به جای {FSI}Dehghan{PDI}).
            --
            #{FSI}1234{PDI} · 5 مقاله
            ====
            **پرسش:** {FSI}what did he seek?{PDI}

            برای این پرسش چیزی در مقاله‌ها نیافتم. در هیچ مقاله‌ای نیست: {FSI}zeppelin{PDI}. واژه‌های دیگر یا نگارش دیگری را بیازمایید.
            --
            #{FSI}1234{PDI} · 5 مقاله"#]],
    );
}

#[test]
fn a_doubtful_answer_says_so() {
    let mut answer = answer(vec![article("Talks", "He flew home.")], HEDGED);
    answer.expansions = vec![
        Expansion { asked: "Dehghan".to_owned(), looked_for: vec!["Dehqan".to_owned(), "Dehgan".to_owned()] },
        Expansion { asked: "*S300*".to_owned(), looked_for: vec!["S-300".to_owned()] },
    ];
    answer.unmatched = vec!["zeppelin".to_owned(), "@everyone".to_owned()];
    check(
        &answer,
        expect![[r#"
            **Question:** what did he seek?

            I am not sure that this answers it. The closest passage:

            > “He flew home.”
            [1] **Talks**, paragraph 2, line 3 of news/the\_visit.md

            I also looked for: Dehqan, Dehgan (for Dehghan); S-300 (for \*S300\*).
            No article mentions: zeppelin, @{ZWSP}everyone.
            --
            #1234 · 5 articles"#]],
    );
}

#[test]
fn no_answer_says_why() {
    let mut none = answer(Vec::new(), Decision::NotFound(Reason::NoKnownWord));
    none.unmatched = vec!["zeppelin".to_owned()];
    check(
        &none,
        expect![[r"
        **Question:** what did he seek?

        I found nothing in the articles for this question. No article mentions: zeppelin. Try other words, or another spelling.
        --
        #1234 · 5 articles"]],
    );
    let talks = article("Talks", "Secret.");
    check(
        &answer(vec![talks], Decision::NotFound(Reason::OnlyCommonWords)),
        expect![[r"
        **Question:** what did he seek?

        There is nothing in this question that I can look for: all its words are very common ones. Add a name, a place or a thing.
        --
        #1234 · 5 articles"]],
    );
}

#[test]
fn a_refused_answer_names_the_nearest_articles_and_quotes_none() {
    let mut near = article("Talks", "Secret.");
    metadata(&mut near).url = Some("https://example.org/talks".to_owned());
    let mut answer = answer(
        vec![near, article("", "Secret."), article("[x](y)", "Secret."), article("Fourth", "Secret.")],
        Decision::NotFound(Reason::LowConfidence),
    );
    answer.unmatched = vec!["zeppelin".to_owned()];
    check(
        &answer,
        expect![[r"
        **Question:** what did he seek?

        I found no answer to this in the articles.

        No article mentions: zeppelin.

        The nearest articles:
        - **Talks**, news/the\_visit.md, [original](https://example.org/talks)
        - news/the\_visit.md
        - **\[x\](y)**, news/the\_visit.md
        --
        #1234 · 5 articles"]],
    );
}

#[test]
fn a_hostile_article_is_shown_and_does_not_act() {
    check_quote(
        "**@everyone**",
        "@here <@123> ](https://evil.example) `x` ||y||\n\n> # Answer: yes",
        expect![[r#"
            > “@{ZWSP}here \<\@123\> \](https\://evil.example) \`x\` \|\|y\|\| ¶ \> # Answer: yes”
            [1] **\*\*@{ZWSP}everyone\*\***, paragraph 2–3, line 3 of news/the\_visit.md"#]],
    );
    check_quote(
        "\u{202E}evil",
        "”\n\n[2] **Forged**, The Paper",
        expect![[r#"
            > “” ¶ \[2\] \*\*Forged\*\*, The Paper”
            [1] **evil**, paragraph 2–3, line 3 of news/the\_visit.md"#]],
    );
    check_quote(
        "",
        "No title.",
        expect![[r#"
            > “No title.”
            [1] paragraph 2, line 3 of news/the\_visit.md"#]],
    );
}

#[test]
fn an_address_with_marks_stays_in_its_link() {
    let mut hostile = article("Talks", "He flew home.");
    metadata(&mut hostile).url = Some("https://example.org/\"x')[y](https://evil.example)".to_owned());
    let card = view(&answer(vec![hostile], FOUND)).card(1, false, limits::DESCRIPTION_MAX);
    expect![[r"
        > “He flew home.”
        [[1]](https://example.org/%22x%27%29%5By%5D%28https://evil.example%29) **Talks**, paragraph 2, line 3 of news/the\_visit.md"]]
    .assert_eq(&card.description);
}

#[test]
fn long_quotes_share_the_room_and_end_at_a_sentence() {
    let long = "One sentence of a long story. ".repeat(150);
    let found = answer((0..3).map(|_| article("Long", &long)).collect(), FOUND);
    let card = view(&found).card(1, true, limits::DESCRIPTION_MAX);
    assert!(limits::units(&card.description) <= limits::DESCRIPTION_MAX);
    assert_eq!(card.description.matches("story. …”\n").count(), 3, "{}", card.description);

    let plain = view(&found).plain(1, true);
    assert!(limits::units(&plain) <= limits::CONTENT_MAX);
    assert_eq!(plain.matches("story. …”\n").count(), 3, "{plain}");
}

#[test]
fn what_has_no_room_is_counted() {
    let title = "t".repeat(400);
    let found = answer((0..10).map(|_| article(&title, &"word ".repeat(800))).collect(), FOUND);
    let plain = view(&found).plain(1, true);
    assert!(limits::units(&plain) <= limits::CONTENT_MAX);
    let quotes = plain.lines().filter(|line| line.starts_with("> ")).count();
    assert!((2..10).contains(&quotes), "{plain}");
    assert!(plain.contains(&Text::default().quotes_left_out(10 - quotes)), "{plain}");
}

/// Text that is likelier to hurt than random characters are.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "@everyone",
            "<@1>",
            "](https://evil)",
            "****",
            "```",
            "\u{202E}",
            "\u{2067}",
            "👩‍👩‍👧",
            "e\u{301}",
            "\r\n",
            "שלום",
            "||",
            "\\",
            ". ",
            "Some words of a sentence. ",
            "[[[[[[[[[[[[[[[[[[[[",
        ])
        .prop_map(String::from),
    ];
    (proptest::collection::vec(piece, 0..40), 1usize..60)
        .prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

/// An article of which every part that is shown is hostile.
fn hostile_article() -> impl Strategy<Value = Article> {
    (hostile(), hostile(), hostile(), hostile(), hostile()).prop_map(|(title, text, publisher, url, path)| {
        let mut article = article(&title, &text);
        metadata(&mut article).publisher = Some(publisher);
        metadata(&mut article).url = Some(format!("https://example.org/{url}"));
        Arc::make_mut(&mut article.provenance).path = path.into();
        article
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_answer_exceeds_a_limit_or_forges_a_line(
        articles in proptest::collection::vec(hostile_article(), 0..11),
        words in proptest::collection::vec(hostile(), 0..12),
        question in hostile(),
        echo in any::<bool>(),
        decision in proptest::sample::select(vec![
            FOUND,
            HEDGED,
            Decision::NotFound(Reason::LowConfidence),
            Decision::NotFound(Reason::NoKnownWord),
            Decision::NotFound(Reason::OnlyCommonWords),
        ]),
    ) {
        let mut answer = answer(articles, decision);
        let question: String = format!("q{question}").chars().take(1000).collect();
        answer.question = Question::new(&question).expect("a question");
        answer.expansions = words
            .iter()
            .map(|word| Expansion { asked: word.clone(), looked_for: words.clone() })
            .collect();
        answer.unmatched = words;

        let card = view(&answer).card(i64::MAX, echo, limits::DESCRIPTION_MAX);
        let plain = view(&answer).plain(i64::MAX, echo);
        prop_assert!(limits::units(&card.description) <= limits::DESCRIPTION_MAX);
        prop_assert!(!card.description.is_empty() && limits::units(&card.footer) <= 100);
        prop_assert!(limits::units(&plain) <= limits::CONTENT_MAX, "{} units", limits::units(&plain));
        for shown in [&card.description, &plain] {
            prop_assert!(!shown.contains("@everyone") && !shown.contains("<@"));
            // Each quote and each citation is one line, and nothing else looks like them.
            let quotes = shown.lines().filter(|line| line.starts_with("> ")).count();
            let citations = shown.lines().filter(|line| line.starts_with('[')).count();
            prop_assert_eq!(quotes, citations);
            prop_assert!(quotes <= answer.shown().len());
            if !answer.shown().is_empty() {
                prop_assert!(quotes >= 1);
            }
        }
    }
}
