//! Records as a file that is handed out, no larger than it may be.

use crate::audit::wire::RecordJson;
use crate::audit::{Filter, Order, PAGE_MAX, Page, Record, RecordId, StoreError, csv};

use super::App;

/// As what records are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values with a head line.
    Csv,
}

/// Records as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The file, oldest record first.
    pub content: Vec<u8>,
    /// How many records it holds.
    pub records: usize,
    /// Where not all records had room: the oldest that had.
    pub cut_before: Option<RecordId>,
}

impl Form {
    /// How a file of it ends.
    pub fn extension(self) -> &'static str {
        match self {
            Form::JsonLines => "jsonl",
            Form::Csv => "csv",
        }
    }

    fn head(self) -> String {
        match self {
            Form::JsonLines => String::new(),
            Form::Csv => csv::head(),
        }
    }

    fn row(self, record: &Record) -> String {
        match self {
            // Records always go to JSON.
            Form::JsonLines => serde_json::to_string(&RecordJson::from(record)).unwrap_or_default() + "\n",
            Form::Csv => csv::row(record),
        }
    }
}

impl App {
    /// The records that match, as a file of at most `bytes_max` bytes: where they are more, the newest.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub async fn export(&self, filter: &Filter, form: Form, bytes_max: usize) -> Result<Export, StoreError> {
        let mut reader = self.store.reader().await?;
        let head = form.head();
        let (mut rows, mut bytes, mut after, mut cut_before) = (Vec::new(), head.len(), None, None);
        'pages: loop {
            let page = Page { order: Order::NewestFirst, after, limit: PAGE_MAX };
            let records = reader.records(filter, page).await?;
            let Some(last) = records.last() else { break };
            let oldest = last.id;
            for record in &records {
                let row = form.row(record);
                if bytes + row.len() > bytes_max {
                    // Where not even one has room, all that is up to this one is left out.
                    cut_before = Some(after.unwrap_or(record.id));
                    break 'pages;
                }
                bytes += row.len();
                after = Some(record.id);
                rows.push(row);
            }
            after = Some(oldest);
        }
        let content = std::iter::once(&head).chain(rows.iter().rev()).flat_map(|row| row.bytes()).collect();
        Ok(Export { content, records: rows.len(), cut_before })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;
    use crate::answer::AnswerParams;
    use crate::app::AppSettings;
    use crate::audit::{Asker, Refusal, Store};

    #[tokio::test]
    async fn the_newest_that_have_room_are_handed_out_in_order() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "A text.").unwrap();
        let store = Store::open(&format!("sqlite://{}/audit.db", folder.path().display())).await.unwrap();
        let clock = Arc::new(|| Timestamp::UNIX_EPOCH);
        let (corpus_dir, params) = (folder.path().to_owned(), AnswerParams::default());
        let settings = AppSettings { corpus_dir, cache: None, params, clock };
        let (app, _) = App::start(settings, store, &()).unwrap();
        for number in 0..5 {
            let question = Some(format!("=question {number}"));
            let refusal = Refusal { action: "ask".to_owned(), reason: "scope".to_owned(), question };
            app.refuse(&Asker::terminal(), &refusal).await.unwrap();
        }
        for form in [Form::JsonLines, Form::Csv] {
            let all = app.export(&Filter::default(), form, usize::MAX).await.unwrap();
            assert_eq!((all.records, all.cut_before), (5, None));
            let text = String::from_utf8(all.content.clone()).unwrap();
            let order: Vec<usize> =
                (0..5).map(|number| text.find(&format!("question {number}")).unwrap()).collect();
            assert!(order.is_sorted(), "{text}");
            let some = app.export(&Filter::default(), form, all.content.len() - 1).await.unwrap();
            assert_eq!((some.records, some.cut_before), (4, Some(2)), "the oldest is left out");
            let none = app.export(&Filter::default(), form, form.head().len()).await.unwrap();
            assert_eq!((none.records, none.cut_before), (0, Some(5)));
            assert_eq!(none.content, form.head().as_bytes());
        }
        let csv = app.export(&Filter::default(), Form::Csv, usize::MAX).await.unwrap();
        assert!(String::from_utf8(csv.content).unwrap().contains("\"'=question 0\""), "no formula");
    }
}
