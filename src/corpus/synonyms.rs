//! The moderators' synonyms, in Solr's format. Pure.
//!
//! One rule a line: `weapons, arms` or `uav, drones => drone`. A line that begins with `#` is a comment. A
//! backslash takes the sign after it as it is: `\\,` is a comma within a phrase.

use std::fmt;

use super::problem::quoted;
use super::{Effect, Problem};

/// The most rules. Each costs a little of every question; lists made by people have some hundreds.
const RULES_MAX: usize = 100_000;

/// The most phrases of one rule, on either side.
const PHRASES_MAX: usize = 1000;

/// The most pairs of phrases, of which one also looks for the other, in all rules together. Each takes some 200 bytes
/// once it is made ready for questions, and a rule of a thousand phrases has a million.
const PAIRS_MAX: usize = 500_000;

/// The most words of one phrase: no term of any trade has more.
const PHRASE_WORDS_MAX: usize = 20;

/// The longest phrase, in characters.
const PHRASE_CHARS_MAX: usize = 500;

/// The most problems that are reported; a file with more is no list of synonyms.
const PROBLEMS_MAX: usize = 1000;

/// One line of `synonyms.txt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SynonymRule {
    /// `weapons, arms, munitions`: each also looks for the others.
    Equivalent(Vec<String>),
    /// `uav, drones => drone`: what stands left also looks for what stands right.
    Mapping {
        /// The phrases typed.
        from: Vec<String>,
        /// The phrases looked for in their stead.
        to: Vec<String>,
    },
}

impl SynonymRule {
    /// How many pairs of phrases it has, of which one also looks for the other.
    fn pairs(&self) -> usize {
        match self {
            SynonymRule::Equivalent(phrases) => phrases.len() * phrases.len().saturating_sub(1),
            SynonymRule::Mapping { from, to } => from.len() * to.len(),
        }
    }
}

impl fmt::Display for SynonymRule {
    /// As it would be written in `synonyms.txt`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = |phrases: &[String]| {
            let escaped: Vec<String> = phrases.iter().map(|phrase| escaped(phrase)).collect();
            escaped.join(", ")
        };
        match self {
            SynonymRule::Equivalent(phrases) => f.write_str(&written(phrases)),
            SynonymRule::Mapping { from, to } => write!(f, "{} => {}", written(from), written(to)),
        }
    }
}

fn escaped(phrase: &str) -> String {
    let mut written = String::with_capacity(phrase.len());
    for c in phrase.chars() {
        if matches!(c, '\\' | ',' | '=' | '#') {
            written.push('\\');
        }
        written.push(c);
    }
    written
}

/// The rules of `synonyms.txt`, in file order. A phrase is one or more words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    rules: Vec<SynonymRule>,
}

impl Synonyms {
    /// Takes the rules as they are.
    pub fn new(rules: Vec<SynonymRule>) -> Synonyms {
        Synonyms { rules }
    }

    /// The rules, in file order.
    pub fn rules(&self) -> &[SynonymRule] {
        &self.rules
    }
}

/// The rules of a text in Solr's format (line ends are `\n`). A line that is no rule is a problem of the file
/// `path`, and the others are kept.
pub fn parse(path: &str, text: &str) -> (Synonyms, Vec<Problem>) {
    let (mut rules, mut problems) = (Vec::new(), Vec::new());
    let mut pairs = 0;
    for (number, line) in (1..).zip(text.split('\n')) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let room = if rules.len() < RULES_MAX { Ok(()) } else { Err(too_many("rules", RULES_MAX)) };
        let mut is_full = room.is_err();
        let rule = room.and_then(|()| rule(line)).and_then(|rule| {
            pairs += rule.pairs();
            is_full = pairs > PAIRS_MAX;
            if is_full { Err(too_many("pairs of phrases", PAIRS_MAX)) } else { Ok(rule) }
        });
        match rule {
            Ok(rule) => rules.push(rule),
            Err(message) => {
                problems.push(Problem {
                    path: path.to_owned(),
                    line: Some(number),
                    effect: Effect::Skipped,
                    message,
                });
            }
        }
        if is_full || problems.len() > PROBLEMS_MAX {
            break;
        }
    }
    (Synonyms { rules }, problems)
}

fn too_many(what: &str, limit: usize) -> String {
    format!("over {limit} {what}: the rest of the file is left out, so shorten it")
}

fn rule(line: &str) -> Result<SynonymRule, String> {
    let sides = sides(line)?;
    let shown = || quoted(line);
    match <[Vec<String>; 2]>::try_from(sides) {
        Ok([from, to]) if !from.is_empty() && !to.is_empty() => Ok(SynonymRule::Mapping { from, to }),
        Ok(_) => Err(format!("{} lacks a phrase on one side of `=>`: write one", shown())),
        Err(mut sides) => match sides.pop() {
            Some(phrases) if sides.is_empty() && phrases.len() > 1 => Ok(SynonymRule::Equivalent(phrases)),
            Some(_) if sides.is_empty() => {
                Err(format!("{} is a single phrase: write `a, b` or `a => b`", shown()))
            }
            _ => Err(format!("{} has more than one `=>`: write one rule a line", shown())),
        },
    }
}

/// The phrases of a line, side by side of each `=>`.
fn sides(line: &str) -> Result<Vec<Vec<String>>, String> {
    let mut sides = vec![Vec::new()];
    let mut phrase = String::new();
    let mut chars = line.chars().peekable();
    loop {
        let c = chars.next();
        let is_arrow = c == Some('=') && chars.next_if_eq(&'>').is_some();
        match c {
            Some('\\') => phrase.extend(chars.next()),
            Some(c) if c != ',' && !is_arrow => phrase.push(c),
            _ => {
                let words = checked(&std::mem::take(&mut phrase))?;
                if let Some(side) = sides.last_mut() {
                    side.extend(words);
                    if side.len() > PHRASES_MAX {
                        return Err(format!("over {PHRASES_MAX} phrases in one rule: shorten it"));
                    }
                }
                if is_arrow {
                    sides.push(Vec::new());
                }
            }
        }
        if c.is_none() {
            return Ok(sides);
        }
    }
}

/// A phrase with single spaces; `None` where nothing stands between two commas.
fn checked(phrase: &str) -> Result<Option<String>, String> {
    if phrase.chars().nth(PHRASE_CHARS_MAX).is_some()
        || phrase.split_whitespace().nth(PHRASE_WORDS_MAX).is_some()
    {
        let shown = quoted(phrase);
        return Err(format!(
            "{shown} is over {PHRASE_WORDS_MAX} words or {PHRASE_CHARS_MAX} characters: shorten it"
        ));
    }
    let words: Vec<&str> = phrase.split_whitespace().collect();
    Ok((!words.is_empty()).then(|| words.join(" ")))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        let (synonyms, problems) = parse("synonyms.txt", text);
        let rules = synonyms.rules().iter().map(|rule| format!("{rule:?}\n"));
        let problems = problems.iter().map(|problem| format!("{problem}\n"));
        expected.assert_eq(&rules.chain(problems).collect::<String>());
    }

    #[test]
    fn rules_of_both_kinds() {
        check(
            "# a comment\n\nweapons, arms ,  small   arms\nuav, drones=>drone\n",
            expect![[r#"
            Equivalent(["weapons", "arms", "small arms"])
            Mapping { from: ["uav", "drones"], to: ["drone"] }
        "#]],
        );
        check(
            "a\\, b, c\\=>d\n\\#1, first,\n",
            expect![[r##"
            Equivalent(["a, b", "c=>d"])
            Equivalent(["#1", "first"])
        "##]],
        );
    }

    #[test]
    fn lines_that_are_no_rules_are_reported() {
        check(
            "alone\na => b => c\n=> d\ne =>\n,,\n",
            expect![[r#"
            synonyms.txt:1: `alone` is a single phrase: write `a, b` or `a => b`
            synonyms.txt:2: `a => b => c` has more than one `=>`: write one rule a line
            synonyms.txt:3: `=> d` lacks a phrase on one side of `=>`: write one
            synonyms.txt:4: `e =>` lacks a phrase on one side of `=>`: write one
            synonyms.txt:5: `,,` is a single phrase: write `a, b` or `a => b`
        "#]],
        );
        check(
            &format!("a, {}", "b ".repeat(21)),
            expect![[r#"
            synonyms.txt:1: `b b b b b b b b b b b b b b b b b b b b b` is over 20 words or 500 characters: shorten it
        "#]],
        );
        check(
            &"a,".repeat(1001),
            expect![[r#"
            synonyms.txt:1: over 1000 phrases in one rule: shorten it
        "#]],
        );
    }

    #[test]
    fn a_list_without_end_is_cut() {
        let (synonyms, problems) = parse("synonyms.txt", &"a, b\n".repeat(RULES_MAX + 5));
        assert_eq!((synonyms.rules().len(), problems.len()), (RULES_MAX, 1));
    }

    #[test]
    fn rules_that_multiply_are_cut() {
        let many = (0..1000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(", ");
        let few = "a, b\nc => d\n";
        let (synonyms, problems) = parse("synonyms.txt", &format!("{few}{many}\n{few}"));
        assert_eq!(synonyms.rules().len(), 2);
        expect![
            "synonyms.txt:3: over 500000 pairs of phrases: the rest of the file is left out, so shorten it"
        ]
        .assert_eq(&problems.iter().map(ToString::to_string).collect::<String>());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            parse("synonyms.txt", &text);
        }

        #[test]
        fn what_is_written_reads_back(from in phrases(), to in phrases()) {
            let equivalent = SynonymRule::Equivalent([from.clone(), to.clone()].concat());
            let mapping = SynonymRule::Mapping { from, to };
            let (synonyms, problems) = parse("synonyms.txt", &format!("{equivalent}\n{mapping}"));
            prop_assert_eq!(problems, []);
            prop_assert_eq!(synonyms.rules(), [equivalent, mapping]);
        }
    }

    fn phrases() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec(r"[a-z,=>#\\]{1,4}( [a-z,=>#\\]{1,4})?", 1..4)
    }
}
