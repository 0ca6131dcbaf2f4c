//! The moderators' synonyms, in Solr's format.

use std::fmt;

/// One line of `synonyms.txt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SynonymRule {
    /// `weapons, arms, munitions`: each also looks for the others.
    Equivalent(Vec<String>),
    /// `uav, drones => drone`: what stands left also looks for what stands right.
    Mapping {
        /// The phrases typed.
        from: Vec<String>,
        /// The phrases looked for in their stead.
        to: Vec<String>,
    },
}

impl fmt::Display for SynonymRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SynonymRule::Equivalent(phrases) => f.write_str(&phrases.join(", ")),
            SynonymRule::Mapping { from, to } => write!(f, "{} => {}", from.join(", "), to.join(", ")),
        }
    }
}

/// The rules of `synonyms.txt`, in file order. A phrase is one or more words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    rules: Vec<SynonymRule>,
}

impl Synonyms {
    /// Takes the rules as they are.
    pub fn new(rules: Vec<SynonymRule>) -> Synonyms {
        Synonyms { rules }
    }

    /// The rules, in file order.
    pub fn rules(&self) -> &[SynonymRule] {
        &self.rules
    }
}
