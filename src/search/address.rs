//! Which words of a question speak to whoever is asked, and not of what is asked for: `hi, can you tell me … please`.
//!
//! People write so to a bot. In articles these words stand seldom, so that they would count as the rarest of all.

use std::ops::Range;

use super::spoken::Reading;
use super::words::Role;

/// Words that speak to somebody wherever they stand at the beginning.
const CALLS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "greetings",
    "please",
    "pls",
    "plz",
    "kindly",
    "thanks",
    "thank",
    "thx",
    "sorry",
    "ok",
    "okay",
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "folks",
    "guys",
    "bot",
];

/// Words that ask, where one of [`AFTER_ASKING`], a question word or another word that asks comes next.
const ASKS: &[&str] = &[
    "tell",
    "explain",
    "describe",
    "name",
    "list",
    "give",
    "show",
    "say",
    "find",
    "know",
    "wonder",
    "wondering",
    "curious",
    "ask",
    "asking",
    "remind",
    "want",
    "need",
    "like",
    "love",
    "help",
];

/// See [`ASKS`].
const AFTER_ASKING: &[&str] = &["me", "us", "to", "the", "if", "whether", "about", "all", "out"];

/// Words that speak to somebody at the end.
const CLOSINGS: &[&str] = &["please", "pls", "plz", "kindly", "thanks", "thank", "thx", "ty", "cheers"];

/// Where these words stand in a question, as English reads it.
pub(super) fn addressed(question: &Reading) -> Vec<Range<usize>> {
    let tokens = question.tokens.iter();
    let words: Vec<(&str, Role)> = tokens.clone().map(|(token, role)| (&*token.word, *role)).collect();
    let marked = tokens.zip(address(&words)).filter(|(_, marked)| *marked);
    marked.map(|((token, _), _)| token.range.clone()).collect()
}

/// Marks the words (in lower case, with their roles, in the order asked) that speak to whoever is asked: none in a
/// question that would then be without a word of substance.
fn address(words: &[(&str, Role)]) -> Vec<bool> {
    let word = |at: usize| words.get(at).map_or("", |&(word, _)| word);
    let role = |at: usize| words.get(at).map(|&(_, role)| role);
    let asks = |at: usize| {
        let next = word(at + 1);
        let is_followed = AFTER_ASKING.contains(&next) || ASKS.contains(&next);
        ASKS.contains(&word(at)) && (is_followed || role(at + 1) == Some(Role::Question))
    };
    let mut marked = vec![false; words.len()];
    for (at, mark) in marked.iter_mut().enumerate() {
        *mark = CALLS.contains(&word(at)) || asks(at);
        if !*mark && role(at) != Some(Role::Function) {
            break;
        }
    }
    let is_thanked =
        CLOSINGS.iter().any(|closing| closing.starts_with("thank") && words.iter().any(|w| w.0 == *closing));
    for (at, mark) in marked.iter_mut().enumerate().rev() {
        let closes = CLOSINGS.contains(&word(at)) || (is_thanked && word(at) == "advance");
        *mark |= closes;
        if !closes && role(at) != Some(Role::Function) {
            break;
        }
    }
    let is_left = words.iter().zip(&marked).any(|(&(_, role), mark)| role == Role::Content && !mark);
    if is_left { marked } else { vec![false; words.len()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;
    use crate::search::words::role;

    #[test]
    fn tells_what_speaks_to_whoever_is_asked() {
        fn check(question: &str, expected: &str) {
            let words: Vec<(&str, Role)> =
                question.split(' ').map(|word| (word, role(word, Language::English))).collect();
            let left = words.iter().zip(address(&words)).filter(|(_, marked)| !marked);
            assert_eq!(
                left.map(|((word, _), _)| *word).collect::<Vec<_>>().join(" "),
                expected,
                "{question}"
            );
        }
        check("please tell me what weapons iran wanted", "me what weapons iran wanted");
        check("hi could you kindly explain the deal thanks", "could you the deal");
        check("does anyone know when the tanks came", "does when the tanks came");
        check("i would like to know about the deal please", "i would to about the deal");
        check("what did iran seek thank you in advance", "what did iran seek you in");
        // The subject of the question.
        check("what did netanyahu tell congress", "what did netanyahu tell congress");
        check("list price of a tank", "list price of a tank");
        check("name of the minister", "name of the minister");
        check("who sang please please me in 1963", "who sang please please me in 1963");
        // Nothing else is asked.
        check("please please me", "please please me");
        check("thanks", "thanks");
    }
}
