//! The parts that an answer is made with, by name, so that each can be left out and what it is worth measured.

/// A part of how articles are ranked or sentences chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The moderators' synonyms.
    Synonyms,
    /// Readings of words that stand nowhere.
    Spelling,
    /// Other spellings of names.
    Variants,
    /// Related words of English, and the forms of irregular words.
    Related,
    /// Less weight for function words and question words.
    Roles,
    /// BM25 of an article's best passage.
    Passage,
    /// The best sentence of an article.
    Sentence,
    /// The best sentence together with the title.
    Headline,
    /// The best two sentences that follow each other.
    Pair,
    /// The best ten tokens.
    Span,
    /// The title.
    Title,
    /// Words of the title and of headings, in the sentences below.
    Topic,
    /// Words that agree in their beginning.
    Soft,
    /// The kind of thing asked for.
    Kind,
    /// Less for very short and very long sentences.
    Length,
    /// What the neighbours of a sentence hold.
    Neighbours,
    /// The article's score in that of its sentences.
    Article,
    /// A second sentence in a quote.
    Second,
}

impl Part {
    /// All of them, those of ranking first.
    pub const ALL: [Part; 18] = [
        Part::Synonyms,
        Part::Spelling,
        Part::Variants,
        Part::Related,
        Part::Roles,
        Part::Passage,
        Part::Sentence,
        Part::Headline,
        Part::Pair,
        Part::Span,
        Part::Title,
        Part::Topic,
        Part::Soft,
        Part::Kind,
        Part::Length,
        Part::Neighbours,
        Part::Article,
        Part::Second,
    ];

    /// What it is, for people.
    pub fn about(self) -> &'static str {
        match self {
            Part::Synonyms => "synonyms of the moderators",
            Part::Spelling => "readings of unknown words",
            Part::Variants => "other spellings of names",
            Part::Related => "related words",
            Part::Roles => "less weight for function words",
            Part::Passage => "the best passage",
            Part::Sentence => "the best sentence",
            Part::Headline => "the best sentence with the title",
            Part::Pair => "the best two sentences",
            Part::Span => "the best ten words",
            Part::Title => "the title",
            Part::Topic => "the title and headings above a sentence",
            Part::Soft => "words that begin alike",
            Part::Kind => "the kind of thing asked for",
            Part::Length => "less for scraps and lists",
            Part::Neighbours => "neighbouring sentences",
            Part::Article => "the article's score in its sentences",
            Part::Second => "a second sentence in the quote",
        }
    }
}

/// Parts that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Without(u32);

impl Without {
    /// These.
    pub fn of(parts: &[Part]) -> Without {
        Without(parts.iter().fold(0, |bits, part| bits | 1 << *part as u32))
    }

    /// Whether a part is left out.
    pub fn has(self, part: Part) -> bool {
        self.0 >> part as u32 & 1 == 1
    }

    /// What a part adds: `value`, or nothing where it is left out.
    pub fn kept(self, part: Part, value: f64) -> f64 {
        if self.has(part) { 0.0 } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_it_is_made_of() {
        let without = Without::of(&[Part::Related, Part::Second]);
        let left_out: Vec<Part> = Part::ALL.into_iter().filter(|&part| without.has(part)).collect();
        assert_eq!(left_out, [Part::Related, Part::Second]);
        assert_eq!(without.kept(Part::Related, 0.5), 0.0);
        assert_eq!(without.kept(Part::Title, 0.5), 0.5);
    }
}
