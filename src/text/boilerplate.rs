//! Stock text (套话): sentences that recur across filings of different kinds of departments.
//!
//! A sentence that two traffic brigades share may be a copied need; one that education, water and archives share says
//! nothing about what is built. So a sentence is stock when it recurs in filings of at least three different owners.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Proposal, ProposalIdx, Quote, Span};

use super::normalize::Folded;

/// Recurring sentences of one batch.
#[derive(Debug, Default)]
pub struct Boilerplate {
    hashes: FxHashSet<u64>,
    /// A quote of each and in how many filings it stands, most frequent first.
    pub found: Vec<(Quote, usize)>,
}

// 10 characters: shorter sentences ("统一标准规范") are formulas in any text and would only fill the list.
const SHORTEST: usize = 10;

/// Learns the stock sentences of a batch: those that stand in filings of `owners` or more different owners,
/// where `owner_of` names the owner of a proposal. Digits are ignored, so that copied sentences with other numbers count.
pub fn learn(proposals: &[Proposal], owner_of: &[String], owners: usize) -> Boilerplate {
    struct Seen<'a> {
        first: Quote,
        filings: usize,
        last: ProposalIdx,
        owners: FxHashSet<&'a str>,
    }
    let mut seen: FxHashMap<u64, Seen> = FxHashMap::default();
    for (i, proposal) in proposals.iter().enumerate() {
        let idx = ProposalIdx(i as u32);
        for section in &proposal.sections {
            for (span, hash) in sentences(&section.text) {
                let entry = seen.entry(hash).or_insert_with(|| Seen {
                    first: Quote { proposal: idx, section: section.kind, span },
                    filings: 0,
                    last: ProposalIdx(u32::MAX),
                    owners: FxHashSet::default(),
                });
                if entry.last != idx {
                    entry.last = idx;
                    entry.filings += 1;
                    entry.owners.insert(owner_of[i].as_str());
                }
            }
        }
    }
    let mut stock: Vec<(u64, Seen)> = seen.into_iter().filter(|(_, s)| s.owners.len() >= owners).collect();
    stock.sort_by(|(_, a), (_, b)| b.filings.cmp(&a.filings).then(a.first.cmp(&b.first)));
    Boilerplate {
        hashes: stock.iter().map(|(hash, _)| *hash).collect(),
        found: stock.into_iter().map(|(_, s)| (s.first, s.filings)).collect(),
    }
}

impl Boilerplate {
    /// The stock sentences of a text, as spans.
    pub fn in_text(&self, text: &str) -> Vec<Span> {
        sentences(text).filter(|(_, hash)| self.hashes.contains(hash)).map(|(span, _)| span).collect()
    }
}

/// A sentence of a filing, to be compared with those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Of its text without digits.
    pub hash: u64,
    /// Its length in characters.
    pub characters: usize,
    /// Where it stands.
    pub quote: Quote,
}

/// The sentences of a proposal, by hash and place.
pub fn sentences_of(idx: ProposalIdx, proposal: &Proposal) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = proposal
        .sections
        .iter()
        .flat_map(|s| {
            sentences(&s.text).map(move |(span, hash)| Sentence {
                hash,
                characters: span.of(&s.text).chars().count(),
                quote: Quote { proposal: idx, section: s.kind, span },
            })
        })
        .collect();
    found.sort_unstable_by_key(|s| (s.hash, s.quote));
    found
}

/// The share (0..=1) of two filings' running text, of the shorter one's, that stands word for word in the other, and the longest
/// sentence of it on both sides.
pub fn shared_sentences(a: &[Sentence], b: &[Sentence]) -> (f64, Option<(Quote, Quote)>) {
    let total = |xs: &[Sentence]| xs.iter().map(|s| s.characters).sum::<usize>();
    let shorter = total(a).min(total(b));
    let (mut j, mut both) = (0, 0_usize);
    let mut longest: Option<(usize, Quote, Quote)> = None;
    for s in a {
        while j < b.len() && b[j].hash < s.hash {
            j += 1;
        }
        if let Some(twin) = b.get(j).filter(|t| t.hash == s.hash) {
            both += s.characters;
            if longest.is_none_or(|(length, quote, _)| (s.characters, quote) > (length, s.quote)) {
                longest = Some((s.characters, s.quote, twin.quote));
            }
        }
    }
    let share = if shorter == 0 { 0.0 } else { both as f64 / shorter as f64 };
    (share.min(1.0), longest.map(|(_, of_a, of_b)| (of_a, of_b)))
}

fn sentences(text: &str) -> impl Iterator<Item = (Span, u64)> + '_ {
    let mut start = 0;
    text.split_inclusive(['。', '；', ';', '\n']).filter_map(move |part| {
        let kept = part.trim_end_matches(['。', '；', ';', '\n', '\r']).trim_start();
        let at = start + part.len() - part.trim_start().len();
        start += part.len();
        let folded: String = Folded::new(kept).text.chars().filter(|c| !c.is_ascii_digit()).collect();
        (folded.chars().count() >= SHORTEST)
            .then(|| (Span::new(at, at + kept.len()), xxhash_rust::xxh3::xxh3_64(folded.as_bytes())))
    })
}
