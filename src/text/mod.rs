//! Texts to needs and terms. Nothing here can fail on a text; only loading a word list can.

pub mod affinity;
pub mod amount;
pub mod boilerplate;
pub mod catalogue;
pub mod corpus;
pub mod coverage;
pub mod entries;
pub mod lexicon;
pub mod likeness;
pub mod meaning;
pub mod normalize;
mod numbering;
pub mod rules;
pub mod segment;
pub mod split;
pub mod warnings;

use crate::error::Result;

use lexicon::ConceptKind;

pub use catalogue::Catalogue;
pub use corpus::{Corpus, TermIdx, Weighted};
pub use entries::{Addition, Own};
pub use lexicon::Lexicon;
pub use segment::{Segmenter, Token};

/// What is known before any filing is read: words, capabilities, and the segmenter that knows them.
pub struct Knowledge {
    /// Words.
    pub lexicon: Lexicon,
    /// Capabilities.
    pub catalogue: Catalogue,
    /// Which of them are the office's own.
    pub own: Own,
    /// jieba with both.
    pub segmenter: Segmenter,
    /// Words to capabilities.
    pub affinity: affinity::Affinity,
    /// Words to vectors.
    pub meanings: meaning::Meanings,
    /// What tells look-alikes from overlaps.
    pub exclusion_words: rules::ExclusionWords,
}

impl Knowledge {
    /// The knowledge that is part of the program.
    ///
    /// # Errors
    /// Where a data file is invalid.
    pub fn builtin() -> Result<Self> {
        Self::with_catalogue(Vec::new())
    }

    /// The knowledge that is part of the program, with the office's own entries of the catalogue: an entry with a new code is
    /// added, one with the code of another replaces it.
    ///
    /// # Errors
    /// Where two of the office's entries share a code, or one names a code or a kind of department that does not exist; the
    /// message names file and entry.
    pub fn with_catalogue(additions: Vec<Addition>) -> Result<Self> {
        // The table needs nothing of the rest, and each takes a good part of the start.
        let (meanings, words) = rayon::join(meaning::Meanings::builtin, || -> Result<_> {
            let lexicon = Lexicon::builtin()?;
            let (capabilities, own) = entries::join(Catalogue::builtin_entries()?, additions, &lexicon)?;
            let catalogue = Catalogue::new(capabilities, &lexicon)?;
            let segmenter = Segmenter::new(&lexicon, &catalogue);
            Ok((lexicon, own, catalogue, segmenter))
        });
        let (meanings, (lexicon, own, catalogue, segmenter)) = (meanings?, words?);
        let affinity = affinity::Affinity::new(&catalogue, &segmenter, &lexicon, &meanings);
        let exclusion_words = rules::ExclusionWords::builtin()?;
        Ok(Self { lexicon, catalogue, own, segmenter, affinity, meanings, exclusion_words })
    }

    /// Whether a token names something that a module could be about, not what is done, a function or a technique.
    pub fn is_thing(&self, token: &Token) -> bool {
        match token {
            Token::Word(_) => true,
            Token::Concept(idx) => !matches!(
                self.lexicon.concept(*idx).kind,
                ConceptKind::Action | ConceptKind::Function | ConceptKind::Technology
            ),
        }
    }

    /// A token as a person reads it: the word, or the concept in angle quotes.
    pub fn token_name(&self, token: &Token) -> String {
        match token {
            Token::Word(word) => word.clone(),
            Token::Concept(idx) => format!("〈{}〉", self.lexicon.concept(*idx).name),
        }
    }
}
