//! Which records are asked for, and how are they read? Always a bounded page at a time, by their number, so
//! that a store of any size is read in the same memory.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::complete::vote_of;
use super::db::{Db, Dialect, Row, Sql, sql};
use super::{CitationRecord, Detail, Kind, Outcome, Pseudonyms, Record, RecordId, StoreError};
use super::{row, words};

/// The most records that one page holds, whatever was asked for.
pub const PAGE_MAX: usize = 1_000;

/// Which records are wanted. Every condition that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// At this time or later.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// From this Discord guild.
    pub guild: Option<u64>,
    /// From this Discord channel.
    pub channel: Option<u64>,
    /// Asked by this Discord user.
    pub user: Option<u64>,
    /// Answers in which this article was shown, by its id.
    pub article: Option<String>,
    /// Questions in which all of these words stand, in any order, whatever their case and accents.
    pub words: Option<String>,
    /// With this outcome.
    pub decision: Option<Outcome>,
    /// Of these kinds.
    pub kinds: Kinds,
}

/// Which kinds of record are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kinds {
    /// Every kind.
    #[default]
    All,
    /// Every kind but deliveries, of which nearly every answer has one.
    AllButDeliveries,
    /// This kind.
    Only(Kind),
}

/// Which part of the records that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// In which order.
    pub order: Order,
    /// Those after this record in that order; from the first where it is `None`.
    pub after: Option<RecordId>,
    /// How many at most; never more than [`PAGE_MAX`].
    pub limit: usize,
}

/// The order of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By falling number.
    NewestFirst,
    /// By rising number.
    OldestFirst,
}

/// What people think of an answer now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Votes {
    /// How many it helped.
    pub helpful: u64,
    /// How many it did not.
    pub not_helpful: u64,
    /// What the one person says who was asked about, where there is a vote of theirs.
    pub own: Option<bool>,
}

/// The newest change of a setting, and the settings of each guild, by key, or which of them is damaged.
pub type Changed = (RecordId, HashMap<u64, Result<serde_json::Map<String, Value>, StoreError>>);

/// Reads the store. Holds no lock between two calls.
#[derive(Debug)]
pub struct Reader {
    pub(super) db: Db,
    place: Arc<str>,
    pseudonyms: Option<Pseudonyms>,
}

impl Reader {
    pub(super) fn new(db: Db, place: Arc<str>, pseudonyms: Option<Pseudonyms>) -> Reader {
        Reader { db, place, pseudonyms }
    }

    /// The number under which a person is recorded.
    fn recorded_as(&self, user: u64) -> u64 {
        self.pseudonyms.as_ref().map_or(user, |pseudonyms| pseudonyms.of(user))
    }

    /// The records of a page that match.
    ///
    /// # Errors
    ///
    /// Where they cannot be read, or one is damaged.
    pub async fn records(&mut self, filter: &Filter, page: Page) -> Result<Vec<Record>, StoreError> {
        // A number that stands in a record is as good as the person's own.
        let is_recorded = |user: &u64| user >> 63 == 1;
        let user = filter.user.map(|user| if is_recorded(&user) { user } else { self.recorded_as(user) });
        // What was recorded before there were pseudonyms has the person's own.
        let before = filter.user.filter(|own| Some(*own) != user);
        let dialect = self.db.dialect();
        self.fetch(select(&Filter { user, ..filter.clone() }, before, page, dialect)).await
    }

    /// The record with this number.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is none; else as [`Reader::records`].
    pub async fn record(&mut self, id: RecordId) -> Result<Record, StoreError> {
        let mut query = Sql::built(COLUMNS);
        query.push(RECORDS).push(" WHERE r.id = ").push_bind(id);
        self.fetch(query).await?.pop().ok_or(StoreError::NotFound { id })
    }

    /// The deliveries of a record, oldest first.
    ///
    /// # Errors
    ///
    /// As [`Reader::records`].
    pub async fn deliveries(&mut self, of: RecordId) -> Result<Vec<Record>, StoreError> {
        let mut query = Sql::built(COLUMNS);
        query.push(RECORDS).push(" WHERE r.of_id = ").push_bind(of);
        query.push(" AND r.kind = ").push_bind(Kind::Delivery.as_str());
        query.push(" ORDER BY r.id LIMIT ").push_bind(as_limit(PAGE_MAX));
        self.fetch(query).await
    }

    /// The number of the newest record; 0 where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub async fn newest_id(&mut self) -> Result<RecordId, StoreError> {
        let newest = self.db.one(sql("SELECT coalesce(max(id), 0) FROM records")).await;
        newest.map(|(id,)| id).map_err(|source| self.read_error(source))
    }

    async fn fetch(&mut self, query: Sql<'_>) -> Result<Vec<Record>, StoreError> {
        let rows = self.db.rows(query).await.map_err(|source| self.read_error(source))?;
        let mut records = rows.iter().map(row::record).collect::<Result<Vec<Record>, StoreError>>()?;
        self.add_citations(&mut records).await?;
        self.add_private(&mut records).await?;
        Ok(records)
    }

    /// The rows of `table` that belong to these records.
    async fn belonging(
        &mut self,
        table: &'static str,
        order: &'static str,
        of: &[RecordId],
    ) -> Result<Vec<Row>, StoreError> {
        if of.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = Sql::built("SELECT * FROM ");
        query.push(table).push(" WHERE record_id IN ").push_list(of.iter().copied());
        query.push(" ORDER BY ").push(order);
        self.db.rows(query).await.map_err(|source| self.read_error(source))
    }

    /// Fetches the citations of a page of records together.
    async fn add_citations(&mut self, records: &mut [Record]) -> Result<(), StoreError> {
        let rows = self.belonging("citations", "record_id, rank", &of_kinds(records, &[Kind::Ask])).await?;
        let mut citations: HashMap<RecordId, Vec<CitationRecord>> = HashMap::new();
        for row in &rows {
            let (id, citation) = row::citation(row)?;
            citations.entry(id).or_default().push(citation);
        }
        for record in records {
            if let Detail::Ask(ask) = &mut record.entry.detail {
                ask.citations = citations.remove(&record.id).unwrap_or_default();
            }
        }
        Ok(())
    }

    /// Fetches what else stands apart of a page of records.
    async fn add_private(&mut self, records: &mut [Record]) -> Result<(), StoreError> {
        let wanted = of_kinds(records, &[Kind::Ask, Kind::Setting]);
        let rows = self.belonging("private", "record_id", &wanted).await?;
        let mut rows: HashMap<RecordId, Row> =
            rows.into_iter().filter_map(|row| Some((row.get("record_id").ok()?, row))).collect();
        for record in records {
            if let Some(row) = rows.remove(&record.id) {
                row::private(&row, record)?;
            }
        }
        Ok(())
    }

    /// What people think of the answer of record `of` now; `own` is the vote of `user`.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub async fn votes(&mut self, of: RecordId, user: Option<u64>) -> Result<Votes, StoreError> {
        // A vote counts until a later one says that it takes its place.
        let counts =
            sql("SELECT count(*) FILTER (WHERE decision = ?1), count(*) FILTER (WHERE decision = ?2) \
             FROM records WHERE of_id = ?3 AND kind = ?4 AND id NOT IN \
             (SELECT CAST(detail ->> 'replaces' AS BIGINT) FROM records WHERE of_id = ?3 AND kind = ?4 \
             AND detail ->> 'replaces' IS NOT NULL)");
        let counts = counts.bind(Outcome::Helpful.as_str()).bind(Outcome::NotHelpful.as_str()).bind(of);
        let counts: Result<(i64, i64), sqlx::Error> = self.db.one(counts.bind(Kind::Vote.as_str())).await;
        let (helpful, not_helpful) = counts.map_err(|source| self.read_error(source))?;
        let user = user.map(|user| self.recorded_as(user));
        let own = vote_of(&mut self.db, of, user).await.map_err(|source| self.read_error(source))?;
        Ok(Votes {
            helpful: helpful.unsigned_abs(),
            not_helpful: not_helpful.unsigned_abs(),
            own: own.map(|(_, decision)| decision == Outcome::Helpful),
        })
    }

    /// The settings of a guild as they are now, by key.
    ///
    /// # Errors
    ///
    /// Where they cannot be read, or one is damaged.
    pub async fn settings(&mut self, guild: u64) -> Result<serde_json::Map<String, Value>, StoreError> {
        let rows = sql("SELECT key, value, record_id FROM settings WHERE guild = ? ORDER BY key");
        let rows: Result<Vec<(String, String, RecordId)>, sqlx::Error> =
            self.db.all(rows.bind(guild.to_string())).await;
        let rows = rows.map_err(|source| self.read_error(source))?;
        let settings = rows.into_iter().map(|(key, value, id)| {
            let value = serde_json::from_str(&value);
            Ok((key, value.map_err(|_| StoreError::Damaged { id, field: "settings.value" })?))
        });
        settings.collect()
    }

    /// The settings of all guilds, and the newest record of a change of one (0 where there is none); `None` where that
    /// is still `since`.
    pub(super) async fn settings_since(
        &mut self,
        since: Option<RecordId>,
    ) -> Result<Option<Changed>, StoreError> {
        // Asked for before they are read: what is set in between is found out the next time.
        let newest =
            sql("SELECT coalesce(max(id), 0) FROM records WHERE kind = ?").bind(Kind::Setting.as_str());
        let newest: Result<(RecordId,), sqlx::Error> = self.db.one(newest).await;
        let (newest,) = newest.map_err(|source| self.read_error(source))?;
        if since == Some(newest) {
            return Ok(None);
        }
        let rows = sql("SELECT guild, key, value, record_id FROM settings ORDER BY guild, key");
        let rows: Result<Vec<(String, String, String, RecordId)>, sqlx::Error> = self.db.all(rows).await;
        let mut all = HashMap::new();
        for (guild, key, value, id) in rows.map_err(|source| self.read_error(source))? {
            // What is no number is no guild's.
            let Ok(guild) = guild.parse() else { continue };
            let own = all.entry(guild).or_insert_with(|| Ok(serde_json::Map::new()));
            match serde_json::from_str(&value) {
                Ok(value) => {
                    if let Ok(own) = own {
                        own.insert(key, value);
                    }
                }
                Err(_) => *own = Err(StoreError::Damaged { id, field: "settings.value" }),
            }
        }
        Ok(Some((newest, all)))
    }

    pub(super) fn read_error(&self, source: sqlx::Error) -> StoreError {
        StoreError::Read { place: Arc::clone(&self.place), source }
    }
}

/// Reads every record that matches, oldest first, page by page. Records written after the walk began are not
/// in it, so that it ends however fast they come.
#[derive(Debug)]
pub struct Walk {
    reader: Reader,
    filter: Filter,
    after: RecordId,
    newest: RecordId,
}

impl Walk {
    /// Begins a walk.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub async fn begin(mut reader: Reader, filter: Filter) -> Result<Walk, StoreError> {
        let newest = reader.newest_id().await?;
        Ok(Walk { reader, filter, after: 0, newest })
    }

    /// The next records, at most [`PAGE_MAX`]; none at the end.
    ///
    /// # Errors
    ///
    /// As [`Reader::records`].
    pub async fn next_page(&mut self) -> Result<Vec<Record>, StoreError> {
        let page = Page { order: Order::OldestFirst, after: Some(self.after), limit: PAGE_MAX };
        let mut records = self.reader.records(&self.filter, page).await?;
        records.retain(|record| record.id <= self.newest);
        // Past the newest there is nothing more to come.
        self.after = records.last().map_or(self.newest, |record| record.id);
        Ok(records)
    }
}

/// The numbers of those records that are of these kinds.
fn of_kinds(records: &[Record], kinds: &[Kind]) -> Vec<RecordId> {
    let records = records.iter().filter(|record| kinds.contains(&record.entry.detail.kind()));
    records.map(|record| record.id).collect()
}

const COLUMNS: &str = "SELECT r.*, p.asker, p.question FROM ";
const RECORDS: &str = "records r LEFT JOIN personal p ON p.record_id = r.id";

/// The statement for a page. It walks the numbers in order, along the index of the narrowest condition, and
/// stops at the limit: however many records match, nothing is sorted.
/// `also` is another number of the filter's person.
fn select(filter: &Filter, also: Option<u64>, page: Page, dialect: Dialect) -> Sql<'static> {
    let mut query = Sql::built(COLUMNS);
    // The number as the index that leads has it; from another table SQLite would sort.
    let number = match (&filter.article, &filter.words, filter.user) {
        (Some(article), _, _) => {
            query.push("citations c JOIN records r ON r.id = c.record_id LEFT JOIN personal p ");
            query.push("ON p.record_id = c.record_id WHERE c.shown = 1 AND c.article = ");
            query.push_bind(article.clone());
            // A record that cites an article twice is one record.
            query.push(" AND NOT EXISTS (SELECT 1 FROM citations d WHERE d.record_id = c.record_id ");
            query.push("AND d.rank < c.rank AND d.shown = 1 AND d.article = c.article)");
            "c.record_id"
        }
        (None, Some(words), _) => {
            let (tables, condition, number) = dialect.questions();
            query.push(tables).push_with(condition, searched(words, dialect));
            number
        }
        (None, None, Some(_)) => {
            query.push(RECORDS).push(" WHERE TRUE");
            "p.record_id"
        }
        (None, None, None) => {
            query.push(RECORDS).push(" WHERE TRUE");
            "r.id"
        }
    };
    push_conditions(&mut query, filter, also, dialect);
    let (beyond, direction) = match page.order {
        Order::NewestFirst => ("<", "DESC"),
        Order::OldestFirst => (">", "ASC"),
    };
    if let Some(after) = page.after {
        query.push(format_args!(" AND {number} {beyond} ")).push_bind(after);
    }
    query.push(format_args!(" ORDER BY {number} {direction} LIMIT ")).push_bind(as_limit(page.limit));
    query
}

fn push_conditions(query: &mut Sql<'static>, filter: &Filter, also: Option<u64>, dialect: Dialect) {
    if let Some(since) = filter.since {
        query.push(" AND r.at_us >= ").push_bind(since.as_microsecond());
    }
    if let Some(until) = filter.until {
        query.push(" AND r.at_us < ").push_bind(until.as_microsecond());
    }
    if let Some(guild) = filter.guild {
        query.push(" AND r.guild = ").push_bind(guild.to_string());
    }
    if let Some(channel) = filter.channel {
        query.push(" AND r.channel = ").push_bind(channel.to_string());
    }
    if let Some(user) = filter.user {
        // Where words lead, the plus keeps the index on askers from leading, after which all would be sorted.
        let is_led = filter.words.is_some() && dialect == Dialect::Sqlite;
        let asker = if is_led { "+p.asker" } else { "p.asker" };
        match also {
            None => {
                query.push(format_args!(" AND {asker} = ")).push_bind(user.to_string());
            }
            // Both are sorted, which costs little for the records of one person.
            Some(also) => {
                query.push(format_args!(" AND {asker} IN "));
                query.push_list([user, also].map(|number| number.to_string()));
            }
        }
    }
    if let (Some(words), Some(_)) = (&filter.words, &filter.article) {
        let (tables, condition, number) = dialect.questions();
        query.push(format_args!(" AND r.id IN (SELECT {number} FROM {tables}"));
        query.push_with(condition, searched(words, dialect)).push(")");
    }
    if let Some(decision) = filter.decision {
        query.push(" AND r.decision = ").push_bind(decision.as_str());
    }
    match filter.kinds {
        Kinds::All => {}
        Kinds::AllButDeliveries => {
            query.push(" AND r.kind <> ").push_bind(Kind::Delivery.as_str());
        }
        Kinds::Only(kind) => {
            query.push(" AND r.kind = ").push_bind(kind.as_str());
        }
    }
}

/// The words as the full-text index wants them: each in quotes, so that none is read as an operator.
fn searched(wanted: &str, dialect: Dialect) -> String {
    if dialect == Dialect::Postgres {
        return words::query(wanted);
    }
    // A NUL would end the text for SQLite.
    let words = wanted.split(|c: char| c.is_whitespace() || c == '\0').filter(|word| !word.is_empty());
    let words = words.map(|word| format!("\"{}\"", word.replace('"', "\"\"")));
    words.collect::<Vec<String>>().join(" ")
}

fn as_limit(limit: usize) -> i64 {
    // PAGE_MAX is far below what an i64 holds.
    i64::try_from(limit.min(PAGE_MAX)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use sqlx::{AssertSqlSafe, Connection, Row as _, SqliteConnection};

    use super::*;

    /// A page of 50 must cost the same among a million records as among a hundred.
    #[tokio::test]
    async fn no_page_is_sorted() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        for step in super::super::migrate::SQLITE.iter() {
            sqlx::raw_sql(step.sql.clone()).execute(&mut connection).await.unwrap();
        }
        let mut check = async |filter: Filter, leading: &str| {
            for order in [Order::NewestFirst, Order::OldestFirst] {
                let page = Page { order, after: Some(7), limit: 50 };
                let plan =
                    format!("EXPLAIN QUERY PLAN {}", select(&filter, None, page, Dialect::Sqlite).text());
                let plan = sqlx::query(AssertSqlSafe(plan)).fetch_all(&mut connection).await.unwrap();
                let plan: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
                assert!(plan[0].contains(leading), "{filter:?}: {plan:?}");
                assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{filter:?}: {plan:?}");
            }
        };
        let any = Filter { kinds: Kinds::AllButDeliveries, ..Filter::default() };
        let (since, until) = (Some(Timestamp::MIN), Some(Timestamp::MAX));
        check(any.clone(), "r USING INTEGER PRIMARY KEY").await;
        check(Filter { since, until, ..any.clone() }, "r USING INTEGER PRIMARY KEY").await;
        check(Filter { guild: Some(1), since, ..any.clone() }, "records_by_guild").await;
        check(Filter { channel: Some(1), ..any.clone() }, "records_by_channel").await;
        check(Filter { user: Some(1), guild: Some(1), since, ..any.clone() }, "personal_by_asker").await;
        check(Filter { decision: Some(Outcome::NotFound), ..any.clone() }, "records_by_decision").await;
        check(Filter { kinds: Kinds::Only(Kind::Reload), ..any.clone() }, "records_by_kind").await;
        let words = Some("iran \"OR\" tanks".to_owned());
        check(Filter { words, user: Some(1), since, ..any.clone() }, "questions VIRTUAL TABLE").await;
        let article = Some("visit".to_owned());
        check(Filter { article, user: Some(1), guild: Some(1), until, ..any }, "citations_by_article").await;
    }
}
