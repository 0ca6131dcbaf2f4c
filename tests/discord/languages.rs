//! The bot speaks the language of the server's settings, else the person's, else English.

use serde_json::json;

use crate::support::{ADA, BOB, HOME};
use crate::{ANSWER, ANYWHERE, QUESTION, UNANSWERED, start};

#[tokio::test]
async fn a_person_is_spoken_to_in_their_language() {
    let (discord, _bot) = start(&ANYWHERE).await;
    let home = discord.guild(HOME);
    let check = async |locale: &str, words: [&str; 3]| {
        let bob = home.member(BOB).locale(locale);
        let answer = bob.slash("ask", [("question", QUESTION)]).await;
        assert!(answer.text().contains(ANSWER) && answer.text().contains(words[0]), "{locale}: {answer:?}");
        let none = bob.slash("ask", [("question", UNANSWERED)]).await;
        assert!(none.text().contains(words[1]), "{locale}: {none:?}");
        assert!(bob.slash("help", ()).await.text().contains(words[2]), "{locale}");
        assert!(bob.slash("privacy show", ()).await.is_ephemeral());
    };
    check("de", ["**Frage:**", "Kein Artikel erwähnt", "Wie du fragst"]).await;
    check("es-419", ["**Pregunta:**", "Ningún artículo menciona", "Cómo preguntar"]).await;
    check("fr", ["**Question :**", "Aucun article ne mentionne", "Comment demander"]).await;
    check("pt-BR", ["**Pergunta:**", "Nenhum artigo menciona", "Como perguntar"]).await;
    check("ru", ["**Вопрос:**", "Ни в одной статье", "Как спросить"]).await;
    check("ar", ["**السؤال:**", "لا تذكر أي مقالة", "كيف تسأل"]).await;
    check("tr", ["**Soru:**", "Hiçbir makalede", "Nasıl sorulur"]).await;
    check("zh-CN", ["**问题：**", "没有文章提到", "怎么提问"]).await;
    check("ja", ["**Question:**", "No article mentions", "How to ask"]).await;
}

#[tokio::test]
async fn the_language_of_a_server_wins_and_holds_for_mentions() {
    let (discord, _bot) = start(&ANYWHERE).await;
    let home = discord.guild(HOME);
    let set = home.member(ADA).manages_server().slash("settings language", [("language", 7)]).await;
    assert!(set.text().contains("فارسی"), "{set:?}");
    let answer = home.member(BOB).locale("de").slash("ask", [("question", QUESTION)]).await;
    assert!(answer.text().contains("**پرسش:**"), "{answer:?}");
    let line = answer.text().lines().find(|line| line.contains("[1]")).map(str::to_owned).unwrap_or_default();
    assert!(line.starts_with('\u{200F}'), "a line of Latin names begins at the right: {line:?}");
    assert!(line.contains('\u{2068}') && line.contains('\u{2069}'), "paths are isolated: {line:?}");
    let mention = home.member(BOB).mention(UNANSWERED).await;
    assert!(mention.text().contains("چیزی در مقاله‌ها نیافتم"), "{mention:?}");
    let back = home.member(ADA).slash("settings language", ()).await;
    assert!(back.text().contains("each person"), "{back:?}");
}

#[tokio::test]
async fn commands_are_named_in_every_language_of_discords() {
    let (discord, _bot) = start(&ANYWHERE).await;
    for command in discord.commands(None) {
        let names = command["name_localizations"].as_object().cloned().unwrap_or_default();
        for locale in ["ar", "de", "es-419", "es-ES", "fr", "pt-BR", "ru", "tr", "zh-CN", "zh-TW"] {
            assert!(names.contains_key(locale), "{locale}: {}", command["name"]);
        }
        assert!(!names.contains_key("fa"), "Persian is no language of Discord's");
    }
    assert_eq!(discord.commands(None)[0]["name_localizations"]["de"], json!("fragen"));
}
