//! Learns the table of word vectors from our own texts: the catalogue and the lexicon. Writes data/lexicon/meanings.safetensors.
//!
//! `cargo bench --bench meanings -- write` after data/capabilities or data/lexicon has changed; about five minutes on one core.
//! Same texts, same bytes: one thread, a fixed seed, no clock.
//!
//! Skip-gram with negative sampling (Mikolov et al. 2013, "Distributed Representations of Words and Phrases"), as word2vec does
//! it. The texts of one capability, in a new order on each pass, are one context, so that the words of one thing come to lie
//! together whichever of them a department uses; each phrase, and each set of the lexicon, is a context of its own as well.
#![allow(clippy::print_stderr, missing_docs)]

use std::collections::{BTreeMap, HashMap};

use jieba_rs::Jieba;
use jiyue::text::normalize::Folded;
use jiyue::text::{Catalogue, Lexicon};
use safetensors::{Dtype, tensor::TensorView};

// 96: accuracy on data/gold grows up to about 100 dimensions; a multiple of the widest vector register.
const DIMENSIONS: usize = 96;
// 15 words to each side: nearly a whole phrase, since what matters is of which thing a word speaks, not its grammar.
const WINDOW: usize = 15;
const PASSES: usize = 40;
const NEGATIVES: usize = 10;
const FIRST_RATE: f32 = 0.025;
const LAST_RATE: f32 = 0.0001;
// Words that make up more of the text than this are left out at random (word2vec's -sample).
const FREQUENT: f64 = 1e-4;
const SEED: u64 = 20_261_125;
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/lexicon/meanings.safetensors");

/// SplitMix64 (Steele, Lea & Flood 2014): six lines that give the same numbers on every machine and in every version.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// Our texts as word numbers.
struct Texts {
    words: Vec<String>,
    counts: Vec<u32>,
    /// For each capability its names and phrases.
    capabilities: Vec<Vec<Vec<u32>>>,
    /// For each set of the lexicon its words.
    sets: Vec<Vec<Vec<u32>>>,
}

fn read() -> Result<Texts, Box<dyn std::error::Error>> {
    let lexicon = Lexicon::builtin()?;
    let catalogue = Catalogue::builtin(&lexicon)?;
    let jieba = Jieba::new();
    let cut = |text: &str| -> Vec<String> {
        let folded = Folded::new(text).text;
        let words = jieba.cut(&folded, false);
        words.iter().map(|w| w.word).filter(|w| w.starts_with(char::is_alphabetic)).map(str::to_owned).collect()
    };
    let capabilities: Vec<Vec<Vec<String>>> = catalogue
        .capabilities()
        .iter()
        .map(|c| {
            let all = c.all_names().chain(&c.objects).chain(&c.says);
            all.map(|phrase| cut(phrase)).collect()
        })
        .collect();
    let sets: Vec<Vec<Vec<String>>> =
        lexicon.concepts().iter().map(|c| c.words.iter().map(|word| cut(word)).collect()).collect();
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    for word in capabilities.iter().chain(&sets).flatten().flatten() {
        *counted.entry(word.clone()).or_default() += 1;
    }
    let (words, counts): (Vec<String>, Vec<u32>) = counted.into_iter().unzip();
    let numbers: HashMap<&str, u32> = words.iter().enumerate().map(|(i, w)| (w.as_str(), i as u32)).collect();
    let number = |texts: Vec<Vec<Vec<String>>>| -> Vec<Vec<Vec<u32>>> {
        let line = |text: Vec<String>| text.iter().map(|w| numbers[w.as_str()]).collect();
        texts.into_iter().map(|texts| texts.into_iter().map(line).collect()).collect()
    };
    let (capabilities, sets) = (number(capabilities), number(sets));
    Ok(Texts { words, counts, capabilities, sets })
}

impl Texts {
    /// The contexts of one pass, in a new order.
    fn pass(&self, random: &mut Random) -> Vec<Vec<u32>> {
        let mut contexts = Vec::new();
        for texts in self.capabilities.iter().chain(&self.sets) {
            let mut order: Vec<&Vec<u32>> = texts.iter().collect();
            random.shuffle(&mut order);
            contexts.push(order.into_iter().flatten().copied().collect());
        }
        for phrase in self.capabilities.iter().flatten().filter(|phrase| phrase.len() > 2) {
            contexts.push(phrase.clone());
        }
        random.shuffle(&mut contexts);
        contexts
    }
}

/// Input and output vectors, one after the other.
struct Model {
    input: Vec<f32>,
    output: Vec<f32>,
    /// Word numbers, each as often as the ¾ power of its count asks (the noise distribution).
    noise: Vec<u32>,
    /// Share of the occurrences of each word that are kept.
    kept: Vec<f64>,
}

fn slice(vectors: &mut [f32], word: u32) -> &mut [f32] {
    let start = word as usize * DIMENSIONS;
    &mut vectors[start..start + DIMENSIONS]
}

impl Model {
    fn new(counts: &[u32], random: &mut Random) -> Self {
        let input = (0..counts.len() * DIMENSIONS).map(|_| (random.unit() as f32 - 0.5) / DIMENSIONS as f32).collect();
        let total: f64 = counts.iter().map(|c| f64::from(*c)).sum();
        let noise = counts
            .iter()
            .enumerate()
            .flat_map(|(word, count)| std::iter::repeat_n(word as u32, f64::from(*count).powf(0.75).ceil() as usize))
            .collect();
        let kept = counts
            .iter()
            .map(|count| {
                let ratio = FREQUENT * total / f64::from(*count);
                (ratio.sqrt() + ratio).min(1.0)
            })
            .collect();
        Self { input, output: vec![0.0; counts.len() * DIMENSIONS], noise, kept }
    }

    fn learn(&mut self, context: &[u32], rate: f32, random: &mut Random) {
        let words: Vec<u32> = context.iter().copied().filter(|w| self.kept[*w as usize] > random.unit()).collect();
        for at in 0..words.len() {
            let reach = 1 + random.below(WINDOW);
            let near = at.saturating_sub(reach)..(at + reach + 1).min(words.len());
            for other in near.filter(|&n| n != at) {
                self.pair(words[other], words[at], rate, random);
            }
        }
    }

    /// One step: `from` shall predict `to` and not the words of the noise.
    fn pair(&mut self, from: u32, to: u32, rate: f32, random: &mut Random) {
        let mut change = [0.0f32; DIMENSIONS];
        for k in 0..=NEGATIVES {
            let (target, label) = match k {
                0 => (to, 1.0),
                _ => (self.noise[random.below(self.noise.len())], 0.0),
            };
            if k > 0 && target == to {
                continue;
            }
            let input = slice(&mut self.input, from);
            let output = slice(&mut self.output, target);
            let dot = dot(input, output);
            let step = (label - 1.0 / (1.0 + (-dot.clamp(-6.0, 6.0)).exp())) * rate;
            for ((c, x), y) in change.iter_mut().zip(input.iter()).zip(output.iter_mut()) {
                *c += step * *y;
                *y += step * x;
            }
        }
        for (x, c) in slice(&mut self.input, from).iter_mut().zip(change) {
            *x += c;
        }
    }
}

/// Summed in eight lanes: in one, each addition would wait for the last.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    lanes.iter().sum()
}

/// The vectors without what they have in common, each scaled to the range of a signed byte.
fn to_bytes(mut vectors: Vec<f32>) -> Vec<u8> {
    let count = (vectors.len() / DIMENSIONS) as f32;
    let mut mean = [0.0f32; DIMENSIONS];
    for row in vectors.chunks_exact(DIMENSIONS) {
        for (m, x) in mean.iter_mut().zip(row) {
            *m += x / count;
        }
    }
    let mut bytes = Vec::with_capacity(vectors.len());
    for row in vectors.chunks_exact_mut(DIMENSIONS) {
        for (x, m) in row.iter_mut().zip(mean) {
            *x -= m;
        }
        let largest = row.iter().fold(f32::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
        bytes.extend(row.iter().map(|x| (x / largest * 127.0).round() as i8 as u8));
    }
    bytes
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // cargo adds `--bench`; a run of all benches asks for nothing.
    if !std::env::args().any(|a| a == "write") {
        eprintln!("meanings: `write` learns the table anew; nothing to do");
        return Ok(());
    }
    let texts = read()?;
    let total: u32 = texts.counts.iter().sum();
    eprintln!("meanings: {} words, {total} occurrences", texts.words.len());
    let mut random = Random(SEED);
    let mut model = Model::new(&texts.counts, &mut random);
    for pass in 0..PASSES {
        let contexts = texts.pass(&mut random);
        let count = contexts.len();
        for (i, context) in contexts.iter().enumerate() {
            let done = (pass as f32 + i as f32 / count as f32) / PASSES as f32;
            model.learn(context, (FIRST_RATE * (1.0 - done)).max(LAST_RATE), &mut random);
        }
        if pass % 10 == 9 {
            eprintln!("meanings: pass {} of {PASSES}", pass + 1);
        }
    }
    let rarity: Vec<u8> = texts
        .counts
        .iter()
        .map(|count| (f64::from(total) / f64::from(*count)).ln() / f64::from(total).ln())
        .flat_map(|share| (share as f32).to_le_bytes())
        .collect();
    let counts: Vec<u8> = texts.counts.iter().flat_map(|c| c.to_le_bytes()).collect();
    let vectors = to_bytes(model.input);
    let words = texts.words.join("\n").into_bytes();
    let n = texts.words.len();
    let tensors = [
        ("counts", TensorView::new(Dtype::U32, vec![n], &counts)?),
        ("rarity", TensorView::new(Dtype::F32, vec![n], &rarity)?),
        ("vectors", TensorView::new(Dtype::I8, vec![n, DIMENSIONS], &vectors)?),
        ("words", TensorView::new(Dtype::U8, vec![words.len()], &words)?),
    ];
    std::fs::write(PATH, safetensors::serialize(tensors, None)?)?;
    eprintln!("meanings: {PATH} written");
    Ok(())
}
