//! How long does a load take, cold and after one of many files changed, and what do searches notice of it?

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use footnote::corpus;
use footnote::search::{Searchable, index::WeightedTerm};
use footnote::snapshot::Snapshot;

use crate::corpus::Zipf;
use crate::{micros, timed, with_threads};

/// Passages in each of the files.
const PASSAGES: usize = 3;

/// A head that names the language.
const HEAD: &str = "---\nlanguage: en\n---\n";

/// Every so many words one of the commonest of English, as in news.
const ENGLISH_EVERY: usize = 8;

pub fn reload(zipf: &Zipf, files: usize) {
    let folder = std::env::temp_dir().join(format!("footnote-peers-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder can be made");
    let load = || Snapshot::build(corpus::load(&folder, &()).expect("it loads").corpus);
    let cold = || {
        let runs = (0..3).map(|_| timed(|| with_threads(2, load)));
        runs.min_by_key(|&(_, took)| took).expect("there are runs")
    };
    let show = |of: &str, took: Duration| {
        println!("{files} files {of}, cold, two threads, best of 3: {:.0} ms", took.as_secs_f64() * 1e3);
    };
    // Made-up words alone are of no language, as names and figures are.
    write(&folder, zipf, files, str::to_owned);
    show("of no language", cold().1);
    write(&folder, zipf, files, english);
    show("of English", cold().1);
    write(&folder, zipf, files, |text| HEAD.to_owned() + text);
    let (snapshot, took) = cold();
    show("that name their language", took);
    let change = |round: usize| {
        let text = format!("{HEAD}The minister of round {round} said nothing new about the matter.");
        fs::write(folder.join(name(7)), text).expect("a file can be written");
    };
    let again = |before: &Snapshot| {
        let loaded = corpus::reload(before.corpus(), &folder, &()).expect("it loads");
        before.rebuild(loaded.corpus)
    };
    for (threads, named) in [(1, "one thread"), (2, "two threads")] {
        let best = (0..5).map(|round| {
            change(round);
            timed(|| with_threads(threads, || again(&snapshot))).1
        });
        let best = best.min().unwrap_or_default();
        println!("{files} files, one changed, {named}, best of 5: {:.0} ms", best.as_secs_f64() * 1e3);
    }

    let done = AtomicBool::new(false);
    let idle = searches(snapshot.searchable(), &|taken| taken > Duration::from_secs(2));
    let busy = std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..5 {
                change(round);
                with_threads(1, || again(&snapshot));
            }
            done.store(true, Ordering::Relaxed);
        });
        searches(snapshot.searchable(), &|_| done.load(Ordering::Relaxed))
    });
    println!("search p99: {} idle, {} during reloads", micros(idle), micros(busy));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A text with as many common words of English as news has.
fn english(text: &str) -> String {
    let words = text.split(' ').enumerate();
    let words: Vec<&str> =
        words.map(|(at, word)| if at % ENGLISH_EVERY == 1 { "the" } else { word }).collect();
    words.join(" ")
}

/// Writes files that were last modified long ago, each with what `finish` makes of its text.
fn write(folder: &Path, zipf: &Zipf, files: usize, finish: impl Fn(&str) -> String) {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for (number, of_file) in zipf.corpus(files * PASSAGES).articles().chunks(PASSAGES).enumerate() {
        let texts: Vec<&str> = of_file.iter().map(|article| &*article.text).collect();
        let path = folder.join(name(number));
        fs::write(&path, finish(&texts.join("\n\n"))).expect("a file can be written");
        let file = fs::File::options().append(true).open(&path).expect("a file can be opened");
        file.set_modified(long_ago).expect("its time can be set");
    }
}

fn name(number: usize) -> String {
    format!("{number:06}.md")
}

/// Searches again and again; the 99th percentile.
fn searches(searchable: &Searchable, is_enough: &dyn Fn(Duration) -> bool) -> Duration {
    let start = Instant::now();
    let terms = searchable.lexicon.term_count() as u32;
    let mut took = Vec::new();
    while !is_enough(start.elapsed()) {
        let first = took.len() as u32;
        let query: Vec<WeightedTerm> = [first % 50, first % 1009, first % 7919, first % terms]
            .map(|term| WeightedTerm { term, weight: searchable.index.idf(searchable.index.df(term)) })
            .to_vec();
        took.push(timed(|| std::hint::black_box(searchable.index.search(&query, 100))).1);
    }
    took.sort_unstable();
    took.get(took.len() * 99 / 100).copied().unwrap_or_default()
}
