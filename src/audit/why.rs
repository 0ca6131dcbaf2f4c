//! Why was an answer what it was? What is kept of the reasons, so that they can be told later without the
//! corpus. Personal, since it tells the words of the question: it is erased with it.

use std::io;

use serde::{Deserialize, Serialize};
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::answer::{Answer, ConfidenceParts, Expansion, Explanation};

/// The reasons of an answer, as they were. A field that the version which wrote them did not know is empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Why {
    /// Words of the question for which others were looked for as well.
    pub expansions: Vec<Expansion>,
    /// Words of the question that stand nowhere in the corpus.
    pub unmatched: Vec<String>,
    /// What the confidence is made of.
    pub confidence: ConfidenceParts,
    /// Why each excerpt was chosen, in the order of the record's citations.
    pub excerpts: Vec<Explanation>,
}

impl Why {
    /// Of an answer.
    pub(super) fn of(answer: &Answer) -> Why {
        Why {
            expansions: answer.expansions.clone(),
            unmatched: answer.unmatched.clone(),
            confidence: answer.confidence_parts,
            excerpts: answer.excerpts.iter().map(|excerpt| excerpt.explanation.clone()).collect(),
        }
    }

    /// As JSON for the store. Numbers go to six decimals, two more than are ever shown: with all their digits
    /// they would be most of the store.
    pub(super) fn to_json(&self) -> String {
        let mut json = Vec::new();
        // Strings, numbers and lists of them always go to JSON, and that into memory.
        let _ = self.serialize(&mut Serializer::with_formatter(&mut json, Rounded));
        String::from_utf8(json).unwrap_or_default()
    }
}

/// Rounds every number with a fraction; one that is none (JSON has no NaN) becomes 0, so that it reads back.
struct Rounded;

impl Formatter for Rounded {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        CompactFormatter.write_f64(writer, libm::round(value * 1e6) / 1e6)
    }

    fn write_null<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.write_f64(writer, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::WordShare;

    #[test]
    fn reasons_read_back_to_six_decimals() {
        let word = |weight, found| WordShare { asked: "tank".to_owned(), weight, found };
        let why = |word| Why {
            unmatched: vec!["zeppelin".to_owned()],
            excerpts: vec![Explanation { words: vec![word], ..Explanation::default() }],
            ..Why::default()
        };
        let read: Why = serde_json::from_str(&why(word(1.0 / 3.0, f64::NAN)).to_json()).unwrap();
        assert_eq!(read, why(word(0.333333, 0.0)));
        assert_eq!(serde_json::from_str::<Why>("{}").unwrap(), Why::default());
    }
}
