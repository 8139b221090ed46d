//! Cuts text into words with jieba and the words of the domain.

use std::sync::Arc;

use jieba_rs::{Jieba, KeywordExtract, TfIdf};

use super::catalogue::Catalogue;
use super::lexicon::{ConceptIdx, Lexicon};
use super::normalize::Folded;

/// A word that carries meaning, or the concept that it stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token {
    /// A word without concept, folded.
    Word(String),
    /// A word of the lexicon, as its concept.
    Concept(ConceptIdx),
}

/// A segmenter that knows the domain; cheap to clone.
#[derive(Clone)]
pub struct Segmenter {
    jieba: Arc<Jieba>,
    general: Arc<TfIdf>,
}

// Far above the frequency of any word in jieba's dictionary (的: 3 188 252), so that a domain word is never cut in two.
const DOMAIN_FREQUENCY: usize = 5_000_000;

impl Segmenter {
    /// jieba with its own dictionary and, on top, all words of the lexicon and the objects of the catalogue.
    pub fn new(lexicon: &Lexicon, catalogue: &Catalogue) -> Self {
        let mut jieba = Jieba::new();
        let objects = catalogue.capabilities().iter().flat_map(|c| &c.objects);
        for word in lexicon.words().map(str::to_owned).chain(objects.map(|o| Folded::new(o).text)) {
            if word.chars().count() >= 2 {
                jieba.add_word(&word, Some(DOMAIN_FREQUENCY), None);
            }
        }
        Self { jieba: Arc::new(jieba), general: Arc::new(TfIdf::default()) }
    }

    /// How rare a word is in general Chinese, as inverse document frequency (jieba's table, about 2 to 14), where it is known.
    ///
    /// A batch is small: "两侧" may stand in as few of its filings as "泊位", but only one of them is a word of the trade.
    pub fn general_rarity(&self, word: &str) -> Option<f32> {
        let keywords = self.general.extract_keywords(&self.jieba, word, 1, Vec::new());
        keywords.first().filter(|k| k.keyword == word).map(|k| k.weight as f32)
    }

    /// The meaningful tokens of a folded text, in order: words of two characters or more that are no stop words, numbers or marks.
    pub fn tokens(&self, folded: &str, lexicon: &Lexicon) -> Vec<Token> {
        // Without the hidden Markov model: it glues unknown neighbours into words that occur nowhere else.
        let words = self.jieba.cut(folded, false);
        let token = |word: &str| match lexicon.concept_of(word) {
            Some(concept) => Some(Token::Concept(concept)),
            None if is_meaningful(word) && !lexicon.is_stop(word) => Some(Token::Word(word.to_owned())),
            None => None,
        };
        words.iter().filter_map(|w| token(w.word)).collect()
    }

    /// The words that jieba cuts the text into, for measuring its speed alone.
    pub fn count_words(&self, text: &str) -> usize {
        self.jieba.cut(text, false).len()
    }
}

fn is_meaningful(word: &str) -> bool {
    word.chars().count() >= 2
        && word.chars().any(char::is_alphabetic)
        && !word.starts_with(|c: char| c.is_ascii_digit())
}
