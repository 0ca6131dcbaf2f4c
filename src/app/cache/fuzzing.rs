//! What is fuzzed of the kept index.

use std::sync::{Arc, OnceLock};

use super::{Kept, encode};
use crate::corpus::parse::{self, Format};
use crate::corpus::{Corpus, Digest, Synonyms};
use crate::snapshot::Snapshot;

/// What is kept of a small corpus, damaged as the bytes say, four for each place: refused, unless it is the same.
pub fn damaged(bytes: &[u8]) {
    static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
    let program = Digest::of(b"a program");
    let whole = WHOLE.get_or_init(|| encoded(&small(), program));
    let mut damaged = whole.clone();
    for edit in bytes.chunks_exact(4) {
        let &[low, high, kind, value] = edit else { continue };
        let at = usize::from(u16::from_le_bytes([low, high])).min(damaged.len());
        match (kind % 4, damaged.get_mut(at)) {
            (0, Some(byte)) => *byte ^= value,
            (1, Some(byte)) => *byte = value,
            (2, _) => damaged.truncate(at),
            _ => damaged.insert(at, value),
        }
    }
    match Kept::decode(&*damaged, damaged.len() as u64, program) {
        Ok(kept) => {
            assert!(damaged == *whole, "what was damaged is used");
            let again = encoded(&Snapshot::of(kept.corpus, kept.searchable), program);
            assert!(again == *whole, "what is read and written again is not the same");
        }
        Err(_) => assert!(damaged != *whole, "what is whole is refused"),
    }
}

fn small() -> Snapshot {
    let articles = [
        "---\ntitle: Tanks\ntags: [a, b]\ndate: 2016-02-16\n---\nIran wants T-90 tanks.\n\nWho does not?",
        "Russia sells jets. The minister came by jet, and went by train.",
        "El ministro pasó dos días en Moscú.",
    ];
    let parsed = (0..).zip(articles).flat_map(|(number, text)| {
        parse::file(&format!("{number}.md"), Format::Markdown, text.as_bytes()).articles
    });
    let articles: Vec<Arc<_>> = parsed.collect();
    Snapshot::build(Corpus::new(articles, Synonyms::default(), Vec::new()))
}

fn encoded(snapshot: &Snapshot, program: Digest) -> Vec<u8> {
    encode(Vec::new(), program, snapshot).expect("memory can be written to")
}
