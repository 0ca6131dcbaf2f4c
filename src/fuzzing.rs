//! What must hold whatever comes in? One function for each thing that is fuzzed: it takes any bytes and panics
//! where a promise is broken. `fuzz/` hands it what a fuzzer makes up, a test here what was kept of that.
//!
//! It is in no program: only tests and fuzz targets are built with it.

mod answers;
mod articles;
mod text;

pub use crate::app::damaged_cache as cache;
pub use answers::{excerpt, renderer};
pub use articles::{front_matter, html, json_lines, markdown};
pub use text::{analyzer, questions, sentences, synonyms};

/// Takes any bytes, and panics where a promise is broken.
pub type Target = fn(&[u8]);

/// What is fuzzed, by the names of the targets.
pub const TARGETS: [(&str, Target); 11] = [
    ("front_matter", front_matter),
    ("html", html),
    ("json_lines", json_lines),
    ("markdown", markdown),
    ("synonyms", synonyms),
    ("questions", questions),
    ("analyzer", analyzer),
    ("sentences", sentences),
    ("excerpt", excerpt),
    ("renderer", renderer),
    ("cache", cache),
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn whatever_was_kept_of_fuzzing_holds() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
        for (name, target) in TARGETS {
            for kind in ["corpus", "regressions"] {
                // Not every target has broken a promise yet.
                let inputs = fs::read_dir(folder.join(kind).join(name)).into_iter().flatten();
                let paths = inputs.map(|input| input.unwrap().path());
                for path in paths {
                    println!("{}", path.display());
                    target(&fs::read(&path).unwrap());
                }
            }
            assert!(
                fs::read_dir(folder.join("corpus").join(name)).is_ok_and(|inputs| inputs.count() > 0),
                "{name}"
            );
        }
    }
}
