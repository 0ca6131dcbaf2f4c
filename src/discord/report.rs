//! What are moderators told? The replies of `/corpus`, each within one embed. Pure.

use std::sync::Arc;

use jiff::Timestamp;

use crate::answer::CorpusSummary;
use crate::app::{ReloadError, ReloadRefusal, ReloadReport};
use crate::corpus::{Article, Effect, LoadError, Problem};
use crate::snapshot::IndexStats;

use super::escape;
use super::text::Text;
use super::{limits, render};

/// What `/corpus status` tells.
#[derive(Debug, Clone)]
pub struct Status {
    /// Digest and counts of the corpus that is asked now.
    pub corpus: CorpusSummary,
    /// What its index takes.
    pub index: IndexStats,
    /// When it was loaded.
    pub loaded_at: Timestamp,
    /// Whether the last write to the audit store succeeded.
    pub writable: bool,
}

/// `/corpus status`.
pub fn status(status: &Status, text: Text) -> String {
    let loaded = status.loaded_at.as_second();
    [
        text.corpus_size(status.corpus.articles, status.corpus.passages),
        text.index_size(
            status.index.postings,
            &format!("{:.1}", (status.index.index_bytes + status.index.forward_bytes) as f64 / 1e6),
            usize::try_from(status.index.built_in.as_millis()).unwrap_or(usize::MAX),
        ),
        text.corpus_digest(&status.corpus.digest.short()),
        // Discord shows this as a time of the reader's own zone.
        // <https://discord.com/developers/docs/reference#message-formatting>
        text.loaded_at(&format!("<t:{loaded}:f> (<t:{loaded}:R>)")),
        if status.writable { text.store_writable() } else { text.store_broken() },
        text.version(env!("CARGO_PKG_VERSION")),
    ]
    .join("\n")
}

/// How many pages `/corpus articles` has; at least one.
pub fn pages(articles: usize) -> usize {
    articles.div_ceil(limits::ARTICLES_A_PAGE).max(1)
}

/// One page of `/corpus articles`, from 1; a page past the end shows the last.
pub fn articles(articles: &[Arc<Article>], page: usize, text: Text) -> String {
    let pages = pages(articles.len());
    let page = page.clamp(1, pages);
    let shown = articles.iter().skip((page - 1) * limits::ARTICLES_A_PAGE).take(limits::ARTICLES_A_PAGE);
    let mut lines = Lines::new(text, vec![text.articles_page(articles.len(), page, pages)]);
    lines.list(shown.map(|article| render::listed(article)));
    lines.join()
}

/// `/corpus reload`, where it was tried.
pub fn reload(report: &ReloadReport, text: Text) -> String {
    let seconds = format!("{}.{:03}", report.took_ms / 1000, report.took_ms % 1000);
    let mut lines = Lines::new(
        text,
        match &report.refused {
            None => vec![text.reloaded(&seconds)],
            Some(why) => refused(&refusal(why, text), text),
        },
    );
    lines.changes(report);
    lines.join()
}

/// What a reload, or a change that is said in `what`, would do.
pub fn preview(report: &ReloadReport, what: Option<String>, text: Text) -> String {
    let mut head: Vec<String> = what.into_iter().chain([text.preview()]).collect();
    head.extend(report.refused.as_ref().map(|why| text.edit_refused(&refusal(why, text))));
    let mut lines = Lines::new(text, head);
    match report.golden_changed.is_empty() {
        true => lines.note(text.golden_same()),
        false => lines.ids(&text.golden_changed(), &report.golden_changed),
    }
    lines.changes(report);
    lines.join()
}

/// A change that was confirmed; `done` says which.
pub fn edit(report: &ReloadReport, done: String, text: Text) -> String {
    let mut lines = Lines::new(
        text,
        match &report.refused {
            None => vec![done],
            Some(why) => vec![text.edit_refused(&refusal(why, text)), text.articles_unchanged()],
        },
    );
    lines.changes(report);
    lines.join()
}

/// A file of which nothing can be used, with the reasons.
pub fn unusable(problems: &[Problem], text: Text) -> String {
    let mut lines = Lines::new(text, vec![text.edit_refused(&text.edit_nothing())]);
    lines.problems(problems);
    lines.join()
}

/// `/corpus reload`, where it could not even be tried; `None` where the fault is ours and not for showing.
pub fn reload_error(error: &ReloadError, text: Text) -> Option<String> {
    match error {
        ReloadError::AlreadyRunning => Some(text.already_reloading()),
        ReloadError::Load(error) => {
            let reason = escape::line(&error.to_string(), 4 * limits::MESSAGE_MAX);
            let mut lines = Lines::new(text, refused(&reason.to_string(), text));
            if let LoadError::Empty { problems, .. } = error {
                lines.problems(problems);
            }
            Some(lines.join())
        }
        ReloadError::Store(_) | ReloadError::Failed => None,
    }
}

fn refusal(why: &ReloadRefusal, text: Text) -> String {
    match why {
        ReloadRefusal::TooFewLeft { left, before } => text.too_few_left(*left, *before),
        ReloadRefusal::LeftBehind { ids } => text.left_behind(ids.len()),
        // The ids stand in a list of their own.
        ReloadRefusal::GoldenLost { .. } => text.golden_fail(),
    }
}

fn refused(reason: &str, text: Text) -> Vec<String> {
    vec![text.not_reloaded(reason), text.articles_unchanged()]
}

/// Lines of a report, as many as fit into an embed.
struct Lines {
    text: Text,
    lines: Vec<String>,
    used: usize,
}

/// Room for `and 12345 more` with its line end.
const MORE_UNITS: usize = 32;

impl Lines {
    fn new(text: Text, lines: Vec<String>) -> Lines {
        let used = lines.iter().map(|line| limits::units(line) + 1).sum();
        Lines { text, lines, used }
    }

    /// What a reload changes, or would change.
    fn changes(&mut self, report: &ReloadReport) {
        let text = self.text;
        let (added, changed, removed) = (report.added.len(), report.changed.len(), report.removed.len());
        self.note(text.reload_counts(report.articles, report.passages, added, changed, removed));
        let (before, after) = (report.golden_before, report.golden_after);
        self.note(text.golden(before.0, before.1, after.0, after.1));
        self.note(text.corpus_digest(&report.digest.chars().take(12).collect::<String>()));
        self.ids(&text.golden_lost(), &report.golden_lost);
        self.ids(&text.golden_gone(), &report.golden_gone);
        self.problems(&report.problems);
        self.ids(&text.added(), &report.added);
        self.ids(&text.changed(), &report.changed);
        self.ids(&text.removed(), &report.removed);
    }

    /// Adds a line where it fits.
    fn note(&mut self, line: String) {
        self.push(line);
    }

    /// Adds a line where it fits; says whether it did.
    fn push(&mut self, line: String) -> bool {
        let units = limits::units(&line) + 1;
        let fits = self.used + units + MORE_UNITS <= limits::DESCRIPTION_MAX;
        if fits {
            self.used += units;
            self.lines.push(line);
        }
        fits
    }

    /// Adds entries as long as they fit and are not too many, and says how many more there are.
    fn list(&mut self, entries: impl ExactSizeIterator<Item = String>) {
        let all = entries.len();
        let mut listed = 0;
        for entry in entries.take(limits::LISTED_MAX) {
            if !self.push(entry) {
                break;
            }
            listed += 1;
        }
        if listed < all {
            // Not through `push`: this is what `MORE_UNITS` keeps free, and each list may need it once.
            let more = format!("- {}", self.text.and_more(all - listed));
            self.used += limits::units(&more) + 1;
            self.lines.push(more);
        }
    }

    fn ids(&mut self, heading: &str, ids: &[String]) {
        if !ids.is_empty() && self.push(heading.to_owned()) {
            self.list(ids.iter().map(|id| format!("- {}", escape::line(id, limits::PATH_MAX))));
        }
    }

    fn problems(&mut self, problems: &[Problem]) {
        let skipped = problems.iter().filter(|problem| problem.effect == Effect::Skipped).count();
        let text = self.text;
        if !problems.is_empty() && self.push(text.problems(skipped, problems.len() - skipped)) {
            self.list(problems.iter().map(|one| problem(one, text)));
        }
    }

    fn join(&self) -> String {
        self.lines.join("\n")
    }
}

fn problem(problem: &Problem, text: Text) -> String {
    let path = escape::line(&problem.path, limits::PATH_MAX);
    let message = escape::line(&problem.message, limits::MESSAGE_MAX);
    match problem.line {
        Some(line) => format!("- {}", text.problem_line(&path, line, &message)),
        None => format!("- {}", text.problem(&path, &message)),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::corpus::{Digest, LineMap, Metadata, Provenance, Title};

    fn reloaded() -> ReloadReport {
        ReloadReport {
            swapped: true,
            refused: None,
            added: vec!["news/_new_".to_owned()],
            changed: Vec::new(),
            removed: vec!["old".to_owned()],
            problems: Vec::new(),
            golden_before: (30, 32),
            golden_after: (31, 32),
            golden_lost: Vec::new(),
            golden_gone: Vec::new(),
            golden_changed: Vec::new(),
            articles: 5,
            passages: 40,
            digest: "0123456789abcdef".repeat(4),
            took_ms: 1042,
        }
    }

    fn check(report: &ReloadReport, expected: Expect) {
        expected.assert_eq(&escape::visible(&reload(report, Text::default())));
    }

    #[test]
    fn a_reload_tells_what_changed() {
        check(
            &reloaded(),
            expect![[r#"
            **Reloaded** in 1.042 s.
            5 articles in 40 passages: 1 added, 0 changed, 1 removed.
            Golden questions passed: 30 of 32 before, 31 of 32 now.
            **Digest:** 0123456789ab
            **Added:**
            - news/\_new\_
            **Removed:**
            - old"#]],
        );
    }

    #[test]
    fn a_refused_reload_tells_why_and_what_is_wrong() {
        let problem = |line, effect, message: &str| Problem {
            path: "news/@everyone.md".to_owned(),
            line,
            effect,
            message: message.to_owned(),
        };
        let report = ReloadReport {
            swapped: false,
            refused: Some(ReloadRefusal::GoldenLost { ids: vec!["t90".to_owned()] }),
            golden_lost: vec!["t90".to_owned()],
            problems: vec![
                problem(Some(3), Effect::Skipped, "broken front matter: `title` is given twice"),
                problem(None, Effect::Kept, "`url` is not http or https"),
            ],
            ..reloaded()
        };
        check(
            &report,
            expect![[r#"
                **Not reloaded:** golden questions that passed now fail: mend the articles or the questions, or force it.
                The articles in use are the same as before.
                5 articles in 40 passages: 1 added, 0 changed, 1 removed.
                Golden questions passed: 30 of 32 before, 31 of 32 now.
                **Digest:** 0123456789ab
                **Golden questions that passed and now fail:**
                - t90
                **Problems:** 1 left out, 1 kept in part
                - news/@{ZWSP}everyone.md, line 3: broken front matter: \`title\` is given twice
                - news/@{ZWSP}everyone.md: \`url\` is not http or https
                **Added:**
                - news/\_new\_
                **Removed:**
                - old"#]],
        );
    }

    #[test]
    fn a_long_report_is_cut_to_what_fits() {
        let many: Vec<String> = (0..500).map(|at| format!("{at}-{}", "*".repeat(200))).collect();
        let problems = (0..500).map(|at| Problem {
            path: "p".repeat(300),
            line: Some(at),
            effect: Effect::Skipped,
            message: "m".repeat(500),
        });
        let report = ReloadReport {
            refused: Some(ReloadRefusal::TooFewLeft { left: 1, before: 5 }),
            golden_lost: many.clone(),
            added: many.clone(),
            changed: many.clone(),
            removed: many,
            problems: problems.collect(),
            ..reloaded()
        };
        let told = reload(&report, Text::default());
        assert!(limits::units(&told) <= limits::DESCRIPTION_MAX);
        assert!(told.contains("- and 490 more"), "{told}");

        let error =
            ReloadError::Load(LoadError::Empty { root: "x".repeat(5000).into(), problems: report.problems });
        let told = reload_error(&error, Text::default()).expect("for the moderator");
        assert!(limits::units(&told) <= limits::DESCRIPTION_MAX);
    }

    fn corpus(count: usize) -> Vec<Arc<Article>> {
        let article = |at| {
            let (id, path, title) = (format!("a{at}"), format!("a{at}.md"), format!("Title {at}"));
            Article::new(id, path, Title::Given(title.into()), Metadata::default(), "", LineMap::Single(1))
        };
        (0..count).map(|at| Arc::new(article(at))).collect()
    }

    fn check_page(count: usize, page: usize, expected: Expect) {
        expected.assert_eq(&articles(&corpus(count), page, Text::default()));
    }

    #[test]
    fn articles_are_listed_page_by_page() {
        check_page(
            12,
            2,
            expect![[r#"
            **12 articles**, page 2 of 2
            - **Title 10**, a10.md
            - **Title 11**, a11.md"#]],
        );
        check_page(
            12,
            99,
            expect![[r#"
            **12 articles**, page 2 of 2
            - **Title 10**, a10.md
            - **Title 11**, a11.md"#]],
        );
        check_page(
            1,
            0,
            expect![[r#"
            **1 article**, page 1 of 1
            - **Title 0**, a0.md"#]],
        );
        check_page(0, 1, expect!["**0 articles**, page 1 of 1"]);
    }

    #[test]
    fn ten_articles_with_long_names_fit_on_a_page() {
        let mut articles = corpus(10);
        for article in &mut articles {
            let article = Arc::get_mut(article).expect("not shared");
            article.title = Title::Given("*".repeat(300).into());
            let Provenance { path, metadata } = Arc::make_mut(&mut article.provenance);
            *path = "_".repeat(300).into();
            metadata.publisher = Some("|".repeat(300));
            metadata.published = Some(jiff::civil::date(2016, 2, 16));
        }
        let page = super::articles(&articles, 1, Text::default());
        assert!(limits::units(&page) <= limits::DESCRIPTION_MAX);
        assert_eq!(page.lines().count(), 11, "{page}");
    }

    #[test]
    fn the_status_says_whether_answers_can_be_recorded() {
        let now = |writable| Status {
            corpus: CorpusSummary { digest: Digest::of(b""), articles: 1, passages: 7 },
            index: IndexStats {
                terms: 900,
                postings: 1000,
                index_bytes: 12_000,
                forward_bytes: 150_000,
                built_in: std::time::Duration::from_millis(7),
            },
            loaded_at: Timestamp::from_second(1_700_000_000).expect("a time"),
            writable,
        };
        let told = status(&now(true), Text::default()).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        expect![[r#"
            **Corpus:** 1 article in 7 passages
            **Index:** 1000 postings in 0.2 MB, built in 7 ms
            **Digest:** af1349b9f5f9
            **Loaded:** <t:1700000000:f> (<t:1700000000:R>)
            **Audit store:** can be written
            **Version:** VERSION"#]]
        .assert_eq(&told);
        assert!(status(&now(false), Text::default()).contains("cannot be written"));
    }
}
