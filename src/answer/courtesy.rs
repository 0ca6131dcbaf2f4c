//! What people say to the bot that asks nothing of the articles: `thanks!`, `hello`, `who are you?`. Pure.
//!
//! Nothing tells the language of who wrote it, so that the words are those of all languages that the bot speaks. What has
//! any other word in it is a question of the articles.

/// What is said for courtesy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Courtesy {
    /// Thanks, praise or a smile, to which nothing is to be said.
    Thanks,
    /// Hello, a call for help, or a question what the bot is.
    Greeting,
}

/// Words of thanks and praise, a line for each language.
const THANKS: &[&str] = &[
    "thanks thank thx ty tysm cheers great nice cool awesome perfect ok okay lol bye bot",
    "danke dank dankeschön super toll prima klasse tschüss",
    "gracias genial vale perfecto adiós",
    "merci parfait",
    "obrigado obrigada valeu perfeito",
    "спасибо благодарю отлично ок",
    "شكرا مشكور",
    "مرسی ممنون ممنونم متشکرم سپاس",
    "teşekkürler teşekkür sağol sağolun tamam",
    "谢谢 谢谢你 谢谢您 多谢 感谢 好的",
];

/// Words with which people greet, or ask for help.
const GREETINGS: &[&str] = &[
    "hello hi hey hiya howdy morning afternoon evening help",
    "hallo servus moin hilfe",
    "hola buenas buenos ayuda",
    "bonjour bonsoir salut aide",
    "olá oi bom boa ajuda",
    "привет здравствуйте здравствуй добрый помощь",
    "مرحبا أهلا سلام مساعدة",
    "درود کمک",
    "merhaba selam günaydın yardım",
    "你好 您好 嗨 帮助",
];

/// What may stand beside them.
const BESIDE: &[&str] = &[
    "you so much very a lot for the your that this it s is was all again there good day night",
    "dir ihnen vielen schön sehr für die guten tag morgen abend",
    "muchas muchísimas por la tu su días tardes noches",
    "beaucoup bien pour votre ton l",
    "muito muita dia tarde noite pela",
    "большое огромное за день вечер утро",
    "جزيلا لك لكم",
    "خیلی از شما",
    "ederim ederiz çok için iyi günler",
    "您 你",
];

/// What is asked of the bot itself.
const OF_ITSELF: &[&str] = &[
    "who are you",
    "what are you",
    "what can you do",
    "what do you do",
    "how do you work",
    "wer bist du",
    "was bist du",
    "was kannst du",
    "quién eres",
    "qué eres",
    "qué puedes hacer",
    "qui es tu",
    "que peux tu faire",
    "quem é você",
    "o que você faz",
    "кто ты",
    "что ты умеешь",
    "من أنت",
    "تو کی هستی",
    "sen kimsin",
    "ne yapabilirsin",
    "你是谁",
    "你能做什么",
];

/// The courtesy that a message is, where it is nothing else.
pub fn courtesy(message: &str) -> Option<Courtesy> {
    let (emoji, written): (Vec<&str>, Vec<&str>) =
        message.split_whitespace().partition(|part| is_emoji(part));
    let spoken: String = written.join(" ").to_lowercase().chars().filter(|c| !is_vowel_mark(*c)).collect();
    let words: Vec<&str> =
        spoken.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_in = |of: &[&str], word: &str| of.iter().any(|line| line.split(' ').any(|other| other == word));
    let any = |of: &[&str]| words.iter().any(|word| is_in(of, word));
    let is_courtesy = |word: &&str| [THANKS, GREETINGS, BESIDE].iter().any(|of| is_in(of, word));
    let is_asked = message.contains(['?', '？', '؟']);
    if words.is_empty() {
        return (!emoji.is_empty()).then_some(Courtesy::Thanks);
    }
    if OF_ITSELF.contains(&&*words.join(" ")) {
        return Some(Courtesy::Greeting);
    }
    match words.iter().all(is_courtesy) {
        true if any(THANKS) && !is_asked => Some(Courtesy::Thanks),
        true if any(THANKS) || any(GREETINGS) => Some(Courtesy::Greeting),
        _ => None,
    }
}

/// Whether this is emoji: a server's own, `<:name:1>` or `<a:name:1>`, or those of Unicode, the most of which stand in these
/// blocks. <https://discord.com/developers/docs/reference#message-formatting>
fn is_emoji(part: &str) -> bool {
    let is_own = (part.starts_with("<:") || part.starts_with("<a:")) && part.ends_with('>');
    let is_symbol = |c| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    is_own || part.contains(is_symbol) && !part.contains(char::is_alphanumeric)
}

/// Whether this is a mark for a vowel in Arabic script, which most people leave out.
fn is_vowel_mark(c: char) -> bool {
    ('\u{64b}'..='\u{652}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_courtesy_from_a_question() {
        /// The messages stand one a line.
        fn check(messages: &str, expected: Option<Courtesy>) {
            for message in messages.lines().map(str::trim) {
                assert_eq!(courtesy(message), expected, "{message:?}");
            }
        }
        let thanks = "thanks!
            Thank you so much for the help
            ty
            Hi, thanks
            👍
            <:pepe_ok:123456> <a:wave:7>
            ❤\u{fe0f}!
            Good bot.
            Vielen Dank!
            ¡Muchas gracias!
            شكرًا جزيلا
            Çok teşekkürler
            谢谢！
            большое спасибо";
        check(thanks, Some(Courtesy::Thanks));
        let greetings = "hello
            Hey there!
            good morning
            help
            help?
            你好
            Guten Morgen, hallo
            سلام
            is this the bot?
            Who are you?
            Кто ты?
            Qui es-tu ?";
        check(greetings, Some(Courtesy::Greeting));
        let questions = "what is the help desk
            thanks, and who signed it?
            Iran
            hello world
            who are you, Dehghan?
            the
            Super Bowl
            thank you note
            2016
            ?
            ...
            。";
        check(questions, None);
        assert_eq!(courtesy(""), None);
    }
}
