//! How near in meaning two texts are that share few words: the table of word vectors, and the vector of a text.
//!
//! Words that stand in like company get like vectors (skip-gram, Mikolov et al. 2013), so "泊位" lies near "车位". The vector of a
//! text is the sum of its words' vectors, each by its rarity, with what is common to the whole batch taken off
//! (Arora, Liang & Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings").

use std::collections::BTreeMap;

use jieba_rs::Jieba;
use rustc_hash::{FxHashMap, FxHashSet};
use safetensors::{Dtype, SafeTensors};

use crate::error::{Error, Result};
use crate::model::{Akin, Score};

use super::normalize::Folded;

/// The number of a word in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordIdx(u32);

/// How often each word of the table stands in a text; a word of the title counts twice.
pub type WordCounts = BTreeMap<WordIdx, f32>;

/// The words of a text with what each of them weighs in its batch.
pub type WeightedWords = Box<[(WordIdx, f32)]>;

/// A text as a vector of Euclidean length 1, or of zeros where the table knows none of its words.
pub type Vector = Box<[f32]>;

/// The table of word vectors with the segmenter that cuts into its words.
pub struct Meanings {
    jieba: Jieba,
    words: Vec<String>,
    numbers: FxHashMap<String, WordIdx>,
    /// How rare each word is in general Chinese: 0 for one that makes up the whole text, 1 for one never seen.
    rarity: Vec<f32>,
    /// The vectors, one after the other, each of length 1.
    vectors: Vec<f32>,
    dimensions: usize,
}

const FILE: &str = "data/lexicon/meanings.safetensors";
const TABLE: &[u8] = include_bytes!("../../data/lexicon/meanings.safetensors");

impl Meanings {
    /// The table that is part of the program.
    ///
    /// # Errors
    /// Where the table is damaged; a test reads it.
    pub fn builtin() -> Result<Self> {
        Self::from_bytes(TABLE).map_err(|reason| Error::Data { file: FILE.to_owned(), reason })
    }

    fn from_bytes(bytes: &[u8]) -> std::result::Result<Self, String> {
        let file = SafeTensors::deserialize(bytes).map_err(|e| e.to_string())?;
        let tensor = |name: &str, dtype: Dtype| {
            let found = file.tensor(name).map_err(|e| e.to_string())?;
            if found.dtype() == dtype { Ok(found) } else { Err(format!("{name} 的类型应为 {dtype:?}")) }
        };
        let words = tensor("words", Dtype::U8)?;
        let words: Vec<String> =
            std::str::from_utf8(words.data()).map_err(|e| e.to_string())?.lines().map(str::to_owned).collect();
        let four = |data: &[u8]| data.chunks_exact(4).map(|b| [b[0], b[1], b[2], b[3]]).collect::<Vec<_>>();
        let counts: Vec<u32> = four(tensor("counts", Dtype::U32)?.data()).into_iter().map(u32::from_le_bytes).collect();
        let rarity: Vec<f32> = four(tensor("rarity", Dtype::F32)?.data()).into_iter().map(f32::from_le_bytes).collect();
        let table = tensor("vectors", Dtype::I8)?;
        let dimensions = table.shape().get(1).copied().unwrap_or(0);
        let agree =
            [counts.len(), rarity.len(), table.data().len() / dimensions.max(1)].iter().all(|n| *n == words.len());
        if dimensions == 0 || !agree {
            return Err("词数、词频与向量数不一致".to_owned());
        }
        let mut vectors = Vec::with_capacity(table.data().len());
        for row in table.data().chunks_exact(dimensions) {
            let mut row: Vec<f32> = row.iter().map(|b| f32::from(*b as i8)).collect();
            scale_to_one(&mut row);
            vectors.extend(row);
        }
        let dictionary: String = words.iter().zip(&counts).map(|(word, count)| format!("{word} {count}\n")).collect();
        let jieba = Jieba::with_dict(&mut dictionary.as_bytes()).map_err(|e| e.to_string())?;
        let numbers = words.iter().enumerate().map(|(i, w)| (w.clone(), WordIdx(i as u32))).collect();
        Ok(Self { jieba, words, numbers, rarity, vectors, dimensions })
    }

    /// The word with this number.
    pub fn word(&self, idx: WordIdx) -> &str {
        &self.words[idx.0 as usize]
    }

    /// Adds `weight` for each word of `text` that the table knows.
    pub fn count(&self, text: &str, weight: f32, counts: &mut WordCounts) {
        for word in self.jieba.cut(&Folded::new(text).text, false) {
            if let Some(idx) = self.numbers.get(word.word) {
                *counts.entry(*idx).or_default() += weight;
            }
        }
    }

    /// The pairs of words that make two texts mean nearly the same, the weightiest first, each word once, `most` of them at most;
    /// only words that are `worth` showing.
    pub fn akin(
        &self,
        a: &[(WordIdx, f32)],
        b: &[(WordIdx, f32)],
        most: usize,
        worth: impl Fn(&str) -> bool,
    ) -> Vec<Akin> {
        let shown = |words: &[(WordIdx, f32)]| -> Vec<(WordIdx, f32)> {
            words.iter().copied().filter(|(idx, _)| worth(self.word(*idx))).collect()
        };
        let (a, b) = (shown(a), shown(b));
        let mut pairs: Vec<(f32, f32, WordIdx, WordIdx)> = Vec::new();
        for &(x, weight_x) in &a {
            for &(y, weight_y) in &b {
                let cosine = cosine(self.vector(x), self.vector(y));
                if cosine >= NEARLY_THE_SAME {
                    pairs.push((cosine * weight_x * weight_y, cosine, x, y));
                }
            }
        }
        pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.2, p.3).cmp(&(q.2, q.3))));
        let mut akin: Vec<Akin> = Vec::new();
        let mut used = (FxHashSet::default(), FxHashSet::default());
        for (_, cosine, x, y) in pairs {
            if akin.len() < most && !used.0.contains(&x) && !used.1.contains(&y) {
                used.0.insert(x);
                used.1.insert(y);
                let word = |idx| self.word(idx).to_owned();
                akin.push(Akin { a: word(x), b: word(y), cosine: Score::new(f64::from(cosine)) });
            }
        }
        akin
    }

    fn vector(&self, idx: WordIdx) -> &[f32] {
        let start = idx.0 as usize * self.dimensions;
        &self.vectors[start..start + self.dimensions]
    }
}

// 0.35: below it lie two words of different matters.
const NEARLY_THE_SAME: f32 = 0.35;

/// How much each word of the table tells in a batch, and the direction that all its texts share.
pub struct Scale<'a> {
    meanings: &'a Meanings,
    in_batch: Vec<f32>,
    shared: Vec<f32>,
}

// 50: the mean of fewer texts says as much about them as about the language; at 50 texts it is taken off by half.
const TRUSTED_AT: f64 = 50.0;
// A word of every text still says a little: "道路" in a batch of road filings.
const LEAST_IN_BATCH: f32 = 0.02;

impl<'a> Scale<'a> {
    /// Learns from all texts of a batch, in their order.
    pub fn learn(meanings: &'a Meanings, texts: &[WordCounts]) -> Self {
        let mut frequency = vec![0u32; meanings.words.len()];
        for word in texts.iter().flat_map(WordCounts::keys) {
            frequency[word.0 as usize] += 1;
        }
        let total = texts.len() as f32 + 1.0;
        let in_batch: Vec<f32> = frequency
            .iter()
            .map(|&f| ((total / f.max(1) as f32).ln() / total.ln().max(f32::MIN_POSITIVE)).max(LEAST_IN_BATCH))
            .collect();
        let mut scale = Self { meanings, in_batch, shared: vec![0.0; meanings.dimensions] };
        // In double precision, so that the order of the texts cannot be seen in the result.
        let mut sum = vec![0.0_f64; meanings.dimensions];
        for text in texts {
            for (s, x) in sum.iter_mut().zip(scale.sum(text)) {
                *s += f64::from(x);
            }
        }
        let count = texts.len() as f64;
        scale.shared = sum.into_iter().map(|s| (s / (count + TRUSTED_AT)) as f32).collect();
        scale
    }

    /// The weight of a word that stands `count` times in a text.
    fn weight(&self, word: WordIdx, count: f32) -> f32 {
        let at = word.0 as usize;
        let damped = if count > 1.0 { 1.0 + count.ln() } else { count };
        damped * self.in_batch[at] * self.meanings.rarity[at]
    }

    /// The words of a text with their weights.
    pub fn weighted(&self, text: &WordCounts) -> WeightedWords {
        text.iter().map(|(&word, &count)| (word, self.weight(word, count))).collect()
    }

    fn sum(&self, text: &WordCounts) -> Vec<f32> {
        let mut sum = vec![0.0; self.meanings.dimensions];
        for (&word, &count) in text {
            let weight = self.weight(word, count);
            for (s, x) in sum.iter_mut().zip(self.meanings.vector(word)) {
                *s += weight * x;
            }
        }
        sum
    }

    /// The vector of a text.
    pub fn vector(&self, text: &WordCounts) -> Vector {
        let mut sum = self.sum(text);
        if !text.is_empty() {
            for (s, shared) in sum.iter_mut().zip(&self.shared) {
                *s -= shared;
            }
        }
        scale_to_one(&mut sum);
        sum.into()
    }
}

fn scale_to_one(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        for x in vector {
            *x /= length;
        }
    }
}

/// Cosine of two vectors of length 1, -1..=1; 0 where one is of zeros.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    // Eight lanes: in one, each addition would wait for the last.
    let mut lanes = [0.0f32; 8];
    let (head, tail) = (a.chunks_exact(8).zip(b.chunks_exact(8)), a.len() / 8 * 8);
    for (x, y) in head {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    let rest: f32 = a.iter().zip(b).skip(tail).map(|(x, y)| x * y).sum();
    lanes.iter().sum::<f32>() + rest
}
