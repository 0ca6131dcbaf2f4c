//! Which records are asked for, and how are they read? Always a bounded page at a time, by their number, so
//! that a store of any size is read in the same memory.

use std::path::PathBuf;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{QueryBuilder, Sqlite};

use super::row;
use super::{CitationRecord, Detail, Kind, Outcome, Record, RecordId, StoreError};

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
    /// Questions that found no answer.
    pub unanswered: bool,
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

/// Reads the store. Holds no lock between two calls.
#[derive(Debug)]
pub struct Reader {
    connection: SqliteConnection,
    path: PathBuf,
}

impl Reader {
    pub(super) fn new(connection: SqliteConnection, path: PathBuf) -> Reader {
        Reader { connection, path }
    }

    /// The records of a page that match.
    ///
    /// # Errors
    ///
    /// Where they cannot be read, or one is damaged.
    pub async fn records(&mut self, filter: &Filter, page: Page) -> Result<Vec<Record>, StoreError> {
        let rows = select(filter, page).build().persistent(false).fetch_all(&mut self.connection).await;
        let rows = rows.map_err(|source| self.read_error(source))?;
        let mut records = rows.iter().map(row::record).collect::<Result<Vec<Record>, StoreError>>()?;
        self.add_citations(&mut records).await?;
        Ok(records)
    }

    /// The record with this number.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] where there is none; else as [`Reader::records`].
    pub async fn record(&mut self, id: RecordId) -> Result<Record, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" WHERE r.id = ").push_bind(id);
        self.few(query).await?.pop().ok_or(StoreError::NotFound { id })
    }

    /// The deliveries of a record, oldest first.
    ///
    /// # Errors
    ///
    /// As [`Reader::records`].
    pub async fn deliveries(&mut self, of: RecordId) -> Result<Vec<Record>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" WHERE r.of_id = ").push_bind(of);
        query.push(" AND r.kind = ").push_bind(Kind::Delivery.as_str());
        query.push(" ORDER BY r.id LIMIT ").push_bind(as_limit(PAGE_MAX));
        self.few(query).await
    }

    /// The number of the newest record; 0 where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub async fn newest_id(&mut self) -> Result<RecordId, StoreError> {
        sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM records")
            .fetch_one(&mut self.connection)
            .await
            .map_err(|source| self.read_error(source))
    }

    async fn few(&mut self, mut query: QueryBuilder<Sqlite>) -> Result<Vec<Record>, StoreError> {
        let rows = query.build().fetch_all(&mut self.connection).await;
        let rows = rows.map_err(|source| self.read_error(source))?;
        let mut records = rows.iter().map(row::record).collect::<Result<Vec<Record>, StoreError>>()?;
        self.add_citations(&mut records).await?;
        Ok(records)
    }

    /// Fetches the citations of a page of records together.
    async fn add_citations(&mut self, records: &mut [Record]) -> Result<(), StoreError> {
        let asks: Vec<RecordId> = records
            .iter()
            .filter(|record| record.entry.detail.kind() == Kind::Ask)
            .map(|record| record.id)
            .collect();
        if asks.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::<Sqlite>::new("SELECT * FROM citations WHERE record_id IN (");
        let mut ids = query.separated(", ");
        for id in asks {
            ids.push_bind(id);
        }
        query.push(") ORDER BY record_id, rank");
        let rows = query.build().persistent(false).fetch_all(&mut self.connection).await;
        let rows: Vec<SqliteRow> = rows.map_err(|source| self.read_error(source))?;
        let mut citations: std::collections::HashMap<RecordId, Vec<CitationRecord>> =
            std::collections::HashMap::new();
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

    fn read_error(&self, source: sqlx::Error) -> StoreError {
        StoreError::Read { path: self.path.clone(), source }
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

const SELECT: &str =
    "SELECT r.*, p.asker, p.question FROM records r LEFT JOIN personal p ON p.record_id = r.id";

/// The statement for a page. It walks the numbers in order, along the index of the narrowest condition, and
/// stops at the limit; nothing is sorted.
fn select(filter: &Filter, page: Page) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(SELECT);
    query.push(" WHERE 1 = 1");
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
        query.push(" AND p.asker = ").push_bind(user.to_string());
    }
    if let Some(article) = &filter.article {
        query
            .push(" AND r.id IN (SELECT record_id FROM citations WHERE shown = 1 AND article = ")
            .push_bind(article.clone())
            .push(")");
    }
    if filter.unanswered {
        query.push(" AND r.decision = ").push_bind(Outcome::NotFound.as_str());
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
    let (beyond, direction) = match page.order {
        Order::NewestFirst => ("<", "DESC"),
        Order::OldestFirst => (">", "ASC"),
    };
    if let Some(after) = page.after {
        query.push(format_args!(" AND r.id {beyond} ")).push_bind(after);
    }
    query.push(format_args!(" ORDER BY r.id {direction} LIMIT ")).push_bind(as_limit(page.limit));
    query
}

fn as_limit(limit: usize) -> i64 {
    // PAGE_MAX is far below what an i64 holds.
    i64::try_from(limit.min(PAGE_MAX)).unwrap_or(i64::MAX)
}
