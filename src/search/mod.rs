//! Which passages match?
//!
//! A question becomes a weighted [`query`], the inverted [`index`] finds the articles for it, and [`rank`]
//! orders the best of them again by their passages and sentences. This is the only module that knows the
//! crate `bm25`, whose tokenizer trait the [`analyzer`] implements and whose weights [`weight`] is held to.

mod address;
pub mod analyzer;
pub mod builder;
pub mod chunks;
mod cover;
mod expand;
pub mod explain;
mod forms;
pub mod forward;
pub mod index;
pub mod lexicon;
mod memo;
mod misspelt;
pub mod query;
pub mod rank;
mod rebuild;
pub mod related;
pub mod spelling;
mod spoken;
pub mod synonyms;
pub mod terms;
pub mod weight;
pub mod words;
mod worker;

pub use analyzer::{Analyzer, Case, Token};
pub use builder::Searchable;
pub use explain::{TermScore, explain};
pub use forward::{ArticleTokens, Forward};
pub use index::{ArticleNo, Hit, Index, TermId, WeightedTerm};
pub use query::{Owners, Query, QueryTerm, QueryWord, TermSource};
pub use rank::{Addend, Ranked, ScoreParts, addends_sum, rank, rank_among};
pub use words::Role;
