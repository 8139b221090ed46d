//! How near a need is to each capability of the catalogue, by its words (explicit semantic analysis, Gabrilovich & Markovitch 2007).
//!
//! The catalogue finds a capability where one of its phrases stands in the text. This finds the nearest ones where none does:
//! two needs with few words in common are alike when the same capabilities are near to both.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{Capability, CapabilityIdx};

use super::catalogue::Catalogue;
use super::lexicon::Lexicon;
use super::meaning::{self, Meanings, Scale, Vector, WordCounts};
use super::normalize::Folded;
use super::segment::{Segmenter, Token};

/// A capability and how near it is; the values of a need have Euclidean length 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Which capability.
    pub capability: CapabilityIdx,
    /// Share of it in the need.
    pub value: f32,
}

/// For each token the capabilities that are described with it.
pub struct Affinity {
    postings: FxHashMap<Token, Vec<(CapabilityIdx, f32)>>,
    /// What the description of each capability means.
    meaning: Vec<Vector>,
}

// 12 capabilities: the nearest few say what a need is; of 8, 12 and 16 the middle did best on both corpora of data/gold.
const NEAREST: usize = 12;
// 4 cells a need: two needs of one capability nearly always share one of their first four.
const NEARBY: usize = 4;

impl Affinity {
    /// Reads the names, objects and actions of all capabilities.
    pub fn new(catalogue: &Catalogue, segmenter: &Segmenter, lexicon: &Lexicon, meanings: &Meanings) -> Self {
        let count = |capability: &Capability| {
            let mut tokens: FxHashMap<Token, f32> = FxHashMap::default();
            for phrase in capability.words() {
                for token in segmenter.tokens(&Folded::new(phrase).text, lexicon) {
                    *tokens.entry(token).or_default() += 1.0;
                }
            }
            tokens
        };
        let counts: Vec<FxHashMap<Token, f32>> = catalogue.capabilities().par_iter().map(count).collect();
        let mut frequency: FxHashMap<Token, f32> = FxHashMap::default();
        for token in counts.iter().flat_map(|tokens| tokens.keys()) {
            *frequency.entry(token.clone()).or_default() += 1.0;
        }
        let total = counts.len() as f32 + 1.0;
        let mut postings: FxHashMap<Token, Vec<(CapabilityIdx, f32)>> = FxHashMap::default();
        for (i, tokens) in counts.into_iter().enumerate() {
            let mut weights: Vec<(Token, f32)> = tokens
                .into_iter()
                .map(|(token, count)| {
                    let idf = (total / frequency[&token]).ln();
                    (token, (1.0 + count.ln()) * idf)
                })
                .collect();
            // In a fixed order, so that sums of floats are the same on every run.
            weights.sort_by(|x, y| x.0.cmp(&y.0));
            let length = weights.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            for (token, weight) in weights {
                postings.entry(token).or_default().push((CapabilityIdx(i as u32), weight / length));
            }
        }
        Self { postings, meaning: meaning_of(catalogue, meanings) }
    }

    /// The capabilities whose descriptions mean most nearly the same as a text with this vector, nearest first; the value is the
    /// cosine. None where the vector is of zeros.
    pub fn nearby(&self, vector: &[f32]) -> Vec<Near> {
        let mut best: Vec<Near> = Vec::with_capacity(NEARBY + 1);
        for (i, of_capability) in self.meaning.iter().enumerate() {
            let value = meaning::cosine(of_capability, vector);
            if value > 0.0 && (best.len() < NEARBY || best.last().is_some_and(|last| value > last.value)) {
                let at = best.partition_point(|n| n.value >= value);
                best.insert(at, Near { capability: CapabilityIdx(i as u32), value });
                best.truncate(NEARBY);
            }
        }
        best
    }

    /// The capabilities nearest to a need with these tokens and weights, by capability.
    pub fn nearest<'a>(&self, tokens: impl Iterator<Item = (&'a Token, f32)>) -> Vec<Near> {
        let mut sums: FxHashMap<CapabilityIdx, f32> = FxHashMap::default();
        for (token, weight) in tokens {
            for &(capability, of_capability) in self.postings.get(token).map_or(&[][..], Vec::as_slice) {
                *sums.entry(capability).or_default() += weight * of_capability;
            }
        }
        let mut near: Vec<Near> = sums.into_iter().map(|(capability, value)| Near { capability, value }).collect();
        near.sort_by(|x, y| y.value.total_cmp(&x.value).then(x.capability.cmp(&y.capability)));
        near.truncate(NEAREST);
        let length = near.iter().map(|n| n.value * n.value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        for n in &mut near {
            n.value /= length;
        }
        near.sort_by_key(|n| n.capability);
        near
    }
}

fn meaning_of(catalogue: &Catalogue, meanings: &Meanings) -> Vec<Vector> {
    let texts: Vec<WordCounts> = catalogue
        .capabilities()
        .par_iter()
        .map(|c| {
            let mut words = WordCounts::new();
            for phrase in c.words() {
                meanings.count(phrase, 1.0, &mut words);
            }
            words
        })
        .collect();
    let scale = Scale::learn(meanings, &texts);
    texts.iter().map(|words| scale.vector(words)).collect()
}
