//! Whole folders: the articles that come with the program, and one in which everything is wrong at once.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use expect_test::expect;
use footnote::corpus::{self, LineMap, Loaded, parse};

fn shipped() -> Loaded {
    corpus::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &())
        .expect("the shipped corpus loads")
}

#[test]
fn the_shipped_corpus_loads_without_a_problem() {
    let Loaded { corpus, problems } = shipped();
    assert_eq!(problems, []);
    let shown: String = corpus
        .articles()
        .iter()
        .map(|article| {
            let publisher = article.metadata().publisher.as_deref().unwrap_or("-");
            let language = article.metadata().language.as_deref().unwrap_or("-");
            let given = article.title.given().expect("each has a title of its own");
            format!(
                "{}\n  {given}\n  {publisher}, {language}, {:?}\n",
                article.path(),
                article.metadata().authors
            )
        })
        .collect();
    expect![[r#"
        defense-ministers-to-meet-in-moscow-next-week.md
          Russian and Iranian Defense Ministers to meet in Moscow next week, talks to center on additional arms sales
          Behold Israel, en, []
        iranian-defense-minister-visits-russia.md
          Iranian defense minister visits Russia to foster military ties
          World Israel News, en, ["AP", "World Israel News Staff"]
        officials-from-russia-iran-meet-in-moscow.md
          Officials From Russia, Iran Meet in Moscow
          -, en, []
        putin-and-irans-defense-minister-discuss-military-ties.md
          Putin and Iran's defense minister discuss stronger military cooperation
          Big News Network, en, []
        tehran-moscow-prioritize-defense-roadmap.md
          Tehran, Moscow Prioritize Defense Roadmap
          -, en, []
    "#]].assert_eq(&shown);
}

#[test]
fn the_shipped_articles_keep_their_words_and_lines() {
    for article in shipped().corpus.articles() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(article.path());
        let source = fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = source.lines().collect();
        assert!(!article.text.contains("digest of the article"), "the note of {} is kept out", article.id);
        for paragraph in article.text.split("\n\n") {
            let start = paragraph.as_ptr() as usize - article.text.as_ptr() as usize;
            let (first, last) = article.lines_of(start..start + paragraph.len());
            assert_eq!(first, last, "each paragraph of {} stands on one line", article.id);
            assert_eq!(lines[first as usize - 1], paragraph);
        }
        assert!(matches!(&article.lines, LineMap::Runs(runs) if runs[0].0 == 0));
    }
}

#[test]
fn loading_twice_gives_the_same_digest() {
    assert_eq!(shipped().corpus.digest(), shipped().corpus.digest());
}

/// One of each kind of hostile file, at the largest size where size matters, in a folder with one good article.
#[test]
fn a_hostile_folder_is_done_within_20_s() {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &[u8]| fs::write(root.path().join(name), content).unwrap();
    let mib = |piece: &str, mib: usize| piece.repeat((mib << 20) / piece.len());
    write("good.md", b"One good article.");
    write("deep.html", "<div>".repeat(1_000_000).as_bytes());
    write("formatting.html", "<b><i><u>".repeat(1_000_000).as_bytes());
    write("attributes.html", format!("<p {}>", mib("a b c ", 2)).as_bytes());
    write("many.html", mib("<p>x", 4).as_bytes());
    write("brackets.md", mib("[", 1).as_bytes());
    write("stars.md", mib("*a_ ", 1).as_bytes());
    write("lazy.md", format!("{}a\n{}", "> ".repeat(500_000), "b\n".repeat(500_000)).as_bytes());
    write("yaml.md", format!("---\na: {}\n---\nx", "[".repeat(60_000)).as_bytes());
    write("laughs.md", laughs().as_bytes());
    write("large.txt", &vec![b'x'; parse::ARTICLE_BYTES_MAX + 1]);
    write("binary.txt", &[0; 4096]);
    write("broken.jsonl", mib("{\"id\":\n", 8).as_bytes());
    write("line.jsonl", &vec![b'x'; 40 << 20]);
    write("synonyms.txt", mib("a, b\n", 1).as_bytes());
    write("questions.jsonl", mib("nonsense\n", 1).as_bytes());
    let start = Instant::now();
    let Loaded { corpus, problems } = corpus::load(root.path(), &()).unwrap();
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
    let ids: Vec<&str> = corpus.articles().iter().map(|article| &*article.id).collect();
    assert_eq!(ids, ["brackets", "good", "stars"]);
    let mut refused: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    refused.dedup();
    expect!["attributes.html binary.txt broken.jsonl deep.html formatting.html large.txt laughs.md lazy.md line.jsonl many.html questions.jsonl synonyms.txt yaml.md"].assert_eq(&refused.join(" "));
}

fn laughs() -> String {
    let mut yaml = String::from("---\na0: &a0 lol\n");
    for i in 1..30 {
        yaml.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", ")));
    }
    yaml + "title: *a29\n---\ntext"
}
