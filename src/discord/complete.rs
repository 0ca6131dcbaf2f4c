//! What is offered while somebody types the name of an article or collection? Pure.

use unicode_normalization::UnicodeNormalization;

use crate::snapshot::Snapshot;

/// How many choices Discord shows.
pub const CHOICES_MAX: usize = 25;

/// The longest label and value of a choice, in characters.
const CHARS_MAX: usize = 100;

/// An article or collection to look in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As people see it: a title, or a folder.
    pub label: String,
    /// As [`Snapshot::within`] takes it.
    pub name: String,
}

/// The collections and articles whose names are likest to what was typed, best first; where nothing was typed,
/// collections first. What is not like it at all is left out.
pub fn places(snapshot: &Snapshot, typed: &str) -> Vec<Place> {
    let collections = snapshot.collections().into_iter().map(|folder| (folder, folder));
    let articles = snapshot.corpus().articles().iter().map(|article| (article.title.text(), &*article.id));
    best(collections.chain(articles), typed)
}

/// The articles alone.
pub fn articles(snapshot: &Snapshot, typed: &str) -> Vec<Place> {
    best(snapshot.corpus().articles().iter().map(|article| (article.title.text(), &*article.id)), typed)
}

/// The collections alone.
pub fn collections(snapshot: &Snapshot, typed: &str) -> Vec<Place> {
    best(snapshot.collections().into_iter().map(|folder| (folder, folder)), typed)
}

fn best<'a>(named: impl Iterator<Item = (&'a str, &'a str)>, typed: &str) -> Vec<Place> {
    let typed = folded(typed);
    // A value that is cut, or trimmed by Discord, would name something else.
    let named = named
        .filter(|(_, name)| name.chars().count() <= CHARS_MAX && *name == name.trim() && !name.is_empty());
    let mut scored: Vec<(u32, &str, &str)> = named
        .filter_map(|(label, name)| {
            let score = likeness(&typed, &folded(label)).max(likeness(&typed, &folded(name)));
            (score > 0).then_some((score, label, name))
        })
        .collect();
    // Stable: equals stay in their order.
    scored.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    scored.truncate(CHOICES_MAX);
    let place =
        |(_, label, name): (u32, &str, &str)| Place { label: shortened(label, name), name: name.to_owned() };
    scored.into_iter().map(place).collect()
}

/// A label as Discord takes it: one line, not empty, not too long.
fn shortened(label: &str, name: &str) -> String {
    let label: String = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let label = if label.is_empty() { name.to_owned() } else { label };
    if label.chars().count() <= CHARS_MAX {
        return label;
    }
    label.chars().take(CHARS_MAX - 1).chain(['…']).collect()
}

/// In small letters without accents.
fn folded(text: &str) -> String {
    let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    text.nfkd().filter(|c| !is_mark(c)).flat_map(char::to_lowercase).collect()
}

/// How like a name is to what was typed, both folded; 0 for not at all. Every word that was typed must be found:
/// as the beginning of a word of the name, within one, or with a letter or two wrong.
fn likeness(typed: &str, name: &str) -> u32 {
    let mut score = 1;
    for word in typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let best = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|other| !other.is_empty())
            .map(|other| likeness_of_words(word, other))
            .max()
            .unwrap_or(0);
        if best == 0 {
            return 0;
        }
        score += best;
    }
    if !typed.is_empty() && name.starts_with(typed) { score + 10 } else { score }
}

fn likeness_of_words(typed: &str, word: &str) -> u32 {
    let chars = typed.chars().count();
    if word == typed {
        return 8;
    } else if word.starts_with(typed) {
        return 6;
    } else if chars >= 2 && word.contains(typed) {
        return 4;
    }
    // One slip in four letters or more, two in eight: less would make everything like everything. What was
    // typed may be the beginning of a longer word.
    let slips = match chars {
        0..=3 => return 0,
        4..=7 => 1,
        _ => 2,
    };
    let beginning: String = word.chars().take(chars + 1).collect();
    let shorter: String = word.chars().take(chars).collect();
    let near = distance(typed, &beginning).min(distance(typed, &shorter)).min(distance(typed, word));
    if near <= slips { 3 - u32::from(near > 1) } else { 0 }
}

/// How many letters have to be put in, left out, replaced or swapped with the next to make one word of the
/// other (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return 3;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&row, j) + usize::from(x != y);
            let mut best = replaced.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = row;
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 6] = [
        "news/",
        "news/2016/",
        "Iranian defense minister visits Russia",
        "Dehqan meets Shoigu in Moscow",
        "Été à Genève",
        "",
    ];

    fn check(typed: &str, expected: &[&str]) {
        let found = best(NAMES.iter().zip(["a", "b", "c", "d", "e", "f"]).map(|(l, n)| (*l, n)), typed);
        let found: Vec<String> = found.into_iter().map(|place| place.name).collect();
        assert_eq!(found, expected, "{typed:?}");
    }

    #[test]
    fn what_is_typed_is_found_where_it_is_written_a_little_otherwise() {
        check("", &["a", "b", "c", "d", "e", "f"]);
        check("mosc", &["d"]);
        check("moscwo", &["d"]);
        check("irnian", &["c"]);
        check("minister russ", &["c"]);
        check("russia min", &["c"]);
        check("ete geneve", &["e"]);
        check("NEWS", &["a", "b"]);
        check("news/2016", &["b"]);
        check("zeppelin", &[]);
        check("???", &["a", "b", "c", "d", "e", "f"]);
    }

    proptest! {
        #[test]
        fn choices_are_as_discord_takes_them(label in "\\PC{0,150}", name in "\\PC{1,120}", typed in "\\PC{0,20}") {
            for place in best([(label.as_str(), name.as_str())].into_iter(), &typed) {
                prop_assert!((1..=100).contains(&place.label.chars().count()));
                prop_assert!((1..=100).contains(&place.name.chars().count()));
            }
        }
    }
}
