//! What do the records teach? Counts over a stretch of time: how much is asked and answered, what is missing from
//! the articles, which of them are cited, what people think of the answers.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use super::db::{Row, Sql, Value};
use super::{Kind, Reader, Record, RecordId, StoreError};

/// The most groups of unanswered questions, cited articles and reloads that a report names.
pub const ROWS_MAX: usize = 20;

/// The most unanswered questions that are grouped: the newest.
const UNANSWERED_MAX: usize = 20_000;

/// What the records of a stretch of time teach.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// By day (UTC), ascending; days on which nothing was asked are left out.
    pub days: Vec<Day>,
    /// How many questions were asked, and how many of them answered, hedged answers among them.
    pub asked: u64,
    /// See `asked`.
    pub answered: u64,
    /// Answers that helped, and those that did not, as people say.
    pub helpful: u64,
    /// See `helpful`.
    pub not_helpful: u64,
    /// How long answering took, in microseconds: the half, nine tenths and 99 of 100 took no longer.
    pub took_us: [i64; 3],
    /// Unanswered questions by the words that they share, most asked first.
    pub gaps: Vec<Gap>,
    /// The articles most often shown in answers, and how often.
    pub cited: Vec<(String, u64)>,
    /// How many articles were shown.
    pub cited_articles: u64,
    /// Articles of the newest kept corpus that no answer showed, by id; `None` where no corpus is kept.
    pub never_cited: Option<Vec<String>>,
    /// The reloads, the newest first.
    pub reloads: Vec<Record>,
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its beginning.
    pub begin: Timestamp,
    /// How many questions were asked.
    pub asked: u64,
    /// How many of them were answered.
    pub answered: u64,
}

/// Unanswered questions that share a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The words that most of them share, the most frequent first.
    pub words: Vec<String>,
    /// How many they are.
    pub count: u64,
    /// How many of them were reported to the moderators.
    pub reported: u64,
    /// The newest of them.
    pub newest: (RecordId, String),
}

impl Reader {
    /// The report of a stretch of time; of one server where `guild` names it.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub async fn report(
        &mut self,
        (since, until): (Timestamp, Timestamp),
        guild: Option<u64>,
    ) -> Result<Report, StoreError> {
        let span = Span { since: since.as_microsecond(), until: until.as_microsecond(), guild };
        let by_time = self.db.dialect().by_time_of_asks();
        let mut report = Report { took_us: self.percentiles(&span).await?, ..Report::default() };
        for row in self.rows(
            &format!("SELECT at_us / 86400000000 AS day, count(*), count(*) FILTER (WHERE decision <> 'not_found') \
             FROM records {by_time} WHERE kind = 'ask' AND at_us >= ?1 AND at_us < ?2 AND (CAST(?3 AS TEXT) IS NULL OR guild = ?3) \
             GROUP BY day ORDER BY day"),
            &span,
        )
        .await?
        {
            let day: i64 = self.get(&row, 0)?;
            let (asked, answered) = (self.count(&row, 1)?, self.count(&row, 2)?);
            let begin = Timestamp::from_second(day.saturating_mul(86_400)).unwrap_or(Timestamp::UNIX_EPOCH);
            report.days.push(Day { begin, asked, answered });
            report.asked += asked;
            report.answered += answered;
        }
        for row in self.rows(
            "SELECT count(*) FILTER (WHERE decision = 'helpful'), count(*) FILTER (WHERE decision = 'not_helpful') \
             FROM records WHERE kind = 'vote' AND at_us >= ?1 AND at_us < ?2 AND (CAST(?3 AS TEXT) IS NULL OR guild = ?3) \
             AND id NOT IN (SELECT CAST(detail ->> 'replaces' AS BIGINT) FROM records WHERE kind = 'vote' \
             AND detail ->> 'replaces' IS NOT NULL)",
            &span,
        )
        .await?
        {
            (report.helpful, report.not_helpful) = (self.count(&row, 0)?, self.count(&row, 1)?);
        }
        report.gaps = self.gaps(&span).await?;
        self.cited(&span, &mut report).await?;
        report.reloads = self.reloads(&span).await?;
        Ok(report)
    }

    async fn percentiles(&mut self, span: &Span) -> Result<[i64; 3], StoreError> {
        let by_time = self.db.dialect().by_time_of_asks();
        // By time taken: far fewer rows than questions.
        let rows = self
            .rows(
                &format!(
                    "SELECT took_us, count(*) FROM records {by_time} WHERE kind = 'ask' AND at_us >= ?1 \
                     AND at_us < ?2 AND (CAST(?3 AS TEXT) IS NULL OR guild = ?3) AND took_us IS NOT NULL \
                     GROUP BY took_us ORDER BY took_us"
                ),
                span,
            )
            .await?;
        let took = rows.iter().map(|row| Ok((self.get(row, 0)?, self.count(row, 1)?)));
        let took: Vec<(i64, u64)> = took.collect::<Result<_, StoreError>>()?;
        let all: u64 = took.iter().map(|(_, count)| count).sum();
        let at = |hundredths: u64| {
            // The nearest rank, from 1.
            let (rank, mut before) = ((all * hundredths).div_ceil(100), 0);
            let within = took.iter().find(|(_, count)| {
                before += count;
                before >= rank
            });
            within.map_or(0, |(us, _)| *us)
        };
        Ok([at(50), at(90), at(99)])
    }

    async fn gaps(&mut self, span: &Span) -> Result<Vec<Gap>, StoreError> {
        let rows = self
            .rows(
                &format!(
                    "SELECT r.id, p.question, EXISTS (SELECT 1 FROM records g WHERE g.of_id = r.id \
                     AND g.kind = 'gap') FROM records r JOIN personal p ON p.record_id = r.id \
                     WHERE r.decision = 'not_found' AND r.at_us >= ?1 AND r.at_us < ?2 \
                     AND (CAST(?3 AS TEXT) IS NULL OR r.guild = ?3) AND p.question IS NOT NULL \
                     ORDER BY r.id DESC LIMIT {UNANSWERED_MAX}"
                ),
                span,
            )
            .await?;
        let asked = rows.iter().map(|row| Ok((self.get(row, 0)?, self.get(row, 1)?, self.get(row, 2)?)));
        Ok(group(asked.collect::<Result<Vec<(RecordId, String, bool)>, StoreError>>()?))
    }

    async fn cited(&mut self, span: &Span, report: &mut Report) -> Result<(), StoreError> {
        let rows = self
            .rows(
                "SELECT c.article, count(*) AS shown FROM citations c JOIN records r ON r.id = c.record_id \
                 WHERE c.shown = 1 AND r.at_us >= ?1 AND r.at_us < ?2 AND (CAST(?3 AS TEXT) IS NULL OR r.guild = ?3) \
                 GROUP BY c.article ORDER BY shown DESC, c.article",
                span,
            )
            .await?;
        report.cited_articles = rows.len() as u64;
        let mut cited: HashSet<String> = HashSet::new();
        for row in &rows {
            let article: String = self.get(row, 0)?;
            if report.cited.len() < ROWS_MAX {
                report.cited.push((article.clone(), self.count(row, 1)?));
            }
            cited.insert(article);
        }
        if let Some(newest) = self.corpora().await?.into_iter().max_by_key(|corpus| corpus.last_loaded)
            && let Some(articles) = self.corpus_articles(&newest).await?
        {
            let never = articles.into_iter().map(|(id, _)| id).filter(|id| !cited.contains(id));
            report.never_cited = Some(never.collect());
        }
        Ok(())
    }

    async fn reloads(&mut self, span: &Span) -> Result<Vec<Record>, StoreError> {
        let rows = self
            .rows(
                &format!(
                    "SELECT r.*, NULL AS asker, NULL AS question FROM records r WHERE r.kind = '{}' \
                     AND r.at_us >= ?1 AND r.at_us < ?2 AND (CAST(?3 AS TEXT) IS NULL OR r.guild = ?3) \
                     ORDER BY r.id DESC LIMIT {ROWS_MAX}",
                    Kind::Reload.as_str()
                ),
                span,
            )
            .await?;
        rows.iter().map(super::row::record).collect()
    }

    /// The rows of a statement of this file, which takes the span as its first three values.
    async fn rows(&mut self, sql: &str, span: &Span) -> Result<Vec<Row>, StoreError> {
        let statement = Sql::built(sql.to_owned()).bind(span.since).bind(span.until);
        let rows = self.db.rows(statement.bind(span.guild.map(|guild| guild.to_string()))).await;
        rows.map_err(|source| self.read_error(source))
    }

    fn get<'r, T: Value<'r>>(&self, row: &'r Row, column: usize) -> Result<T, StoreError> {
        row.get(column).map_err(|source| self.read_error(source))
    }

    fn count(&self, row: &Row, column: usize) -> Result<u64, StoreError> {
        Ok(self.get::<i64>(row, column)?.unsigned_abs())
    }
}

/// A stretch of time, in microseconds, and a server.
struct Span {
    since: i64,
    until: i64,
    guild: Option<u64>,
}

/// Groups questions by the words that they share: again and again the word that stands in most of those that are
/// left, but for words that say nothing. A question is in one group alone.
fn group(asked: Vec<(RecordId, String, bool)>) -> Vec<Gap> {
    let mut left: Vec<(RecordId, String, bool, HashSet<String>)> = asked
        .into_iter()
        .map(|(id, question, reported)| {
            let words = words(&question).collect();
            (id, question, reported, words)
        })
        .collect();
    let mut gaps = Vec::new();
    while gaps.len() < ROWS_MAX && !left.is_empty() {
        let counts = counted(left.iter().map(|(.., words)| words));
        let Some((word, _)) = counts.first() else { break };
        let (group, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|(.., words)| words.contains(word));
        left = rest;
        let count = group.len() as u64;
        let shared = counted(group.iter().map(|(.., words)| words));
        let shared = shared.into_iter().take_while(|(_, n)| *n * 2 > count).take(5);
        let reported = group.iter().filter(|(_, _, reported, _)| *reported).count() as u64;
        let words = shared.map(|(word, _)| word).collect();
        if let Some((id, question, ..)) = group.into_iter().max_by_key(|(id, ..)| *id) {
            gaps.push(Gap { words, count, reported, newest: (id, question) });
        }
    }
    gaps
}

/// How many of some sets hold each word, most first, then by the word.
fn counted<'w>(sets: impl Iterator<Item = &'w HashSet<String>>) -> Vec<(String, u64)> {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for word in sets.flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().map(|(word, n)| (word.to_owned(), n)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// The words of a question that say what it is about.
fn words(question: &str) -> impl Iterator<Item = String> {
    let lower = question.to_lowercase();
    let words: BTreeMap<String, ()> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| word.chars().count() > 2 && !COMMON.contains(word))
        .map(|word| (word.to_owned(), ()))
        .collect();
    words.into_keys()
}

/// Words of questions that say nothing of what is asked for, in the languages that are asked most.
const COMMON: [&str; 84] = [
    "the", "and", "was", "were", "are", "did", "does", "has", "had", "have", "his", "her", "its", "their",
    "that", "this", "those", "these", "what", "which", "who", "whom", "whose", "when", "where", "why", "how",
    "many", "much", "for", "from", "with", "about", "into", "between", "after", "before", "during", "will",
    "would", "can", "could", "should", "you", "your", "not", "there", "been", "being", "any", "some", "der",
    "die", "das", "den", "dem", "ein", "eine", "und", "ist", "war", "wie", "wer", "wann", "warum", "welche",
    "que", "los", "las", "una", "por", "para", "con", "quien", "cuando", "donde", "les", "des", "est", "qui",
    "dans", "pour", "quand", "quel",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_share_words_are_one_gap() {
        let asked = [
            (1, "What is the price of Brent crude oil?", false),
            (2, "price of oil on Tuesday?", true),
            (3, "Who won the football match?", false),
            (4, "oil price tomorrow", false),
            (5, "the football match in Berlin", true),
            (6, "why?", false),
        ];
        let asked = asked.map(|(id, question, reported)| (id, question.to_owned(), reported));
        let gaps = group(asked.to_vec());
        let shown: Vec<String> = gaps
            .iter()
            .map(|gap| {
                format!("{} ({} of {}) #{}", gap.words.join(" "), gap.reported, gap.count, gap.newest.0)
            })
            .collect();
        assert_eq!(shown, ["oil price (1 of 3) #4", "football match (1 of 2) #5"]);
    }
}
