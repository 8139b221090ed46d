//! Stock text (套话): sentences and long clauses that recur across filings of different kinds of departments.
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
// 16 characters: a shorter clause ("支持移动端查看") recurs by chance; a longer one in three departments' filings was copied.
const SHORTEST_CLAUSE: usize = 16;

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

// 8 characters: the shortest run of a Chinese sentence that is rarely a stock phrase.
const SHINGLE: usize = 8;
// Of all shingles those are kept whose hash is a multiple of 4 (0 mod p sampling, Manber 1994): a filing keeps about 150, and
// the share of two filings is off by a few hundredths at most.
const SAMPLE: u64 = 4;

/// The hashes of all runs of 8 letters of a text, without digits and marks, sorted, each once.
pub fn shingles(text: &str) -> Vec<u64> {
    let joined: String = Folded::new(text).text.chars().filter(|c| c.is_alphabetic()).collect();
    let borders: Vec<usize> = joined.char_indices().map(|(at, _)| at).chain([joined.len()]).collect();
    let mut hashes: Vec<u64> = (SHINGLE..borders.len())
        .map(|end| xxhash_rust::xxh3::xxh3_64(&joined.as_bytes()[borders[end - SHINGLE]..borders[end]]))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// A sample of the shingles of a filing's running text, sorted.
pub fn fingerprint(proposal: &Proposal) -> Vec<u64> {
    let mut hashes: Vec<u64> =
        proposal.sections.iter().flat_map(|s| shingles(&s.text)).filter(|h| h % SAMPLE == 0).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Share (0..=1) of the shorter of two sorted lists of hashes that stands in the other (containment, Broder 1997).
pub fn containment(a: &[u64], b: &[u64]) -> f64 {
    let shorter = a.len().min(b.len());
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    if shorter == 0 { 0.0 } else { both as f64 / shorter as f64 }
}

/// The longest passage of each side that stands, nearly word for word, in the other.
pub fn shared_passages(pair: (ProposalIdx, &Proposal), other: (ProposalIdx, &Proposal)) -> Option<(Quote, Quote)> {
    let all = |p: &Proposal| {
        let mut hashes: Vec<u64> = p.sections.iter().flat_map(|s| shingles(&s.text)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    };
    Some((longest_shared(pair, &all(other.1))?, longest_shared(other, &all(pair.1))?))
}

/// The longest sentence of a filing most of whose shingles are among `known`; the first of equals.
fn longest_shared((idx, proposal): (ProposalIdx, &Proposal), known: &[u64]) -> Option<Quote> {
    let mut best: Option<(usize, Quote)> = None;
    for section in &proposal.sections {
        for (span, _) in sentences(&section.text) {
            let own = shingles(span.of(&section.text));
            let shared = own.iter().filter(|h| known.binary_search(h).is_ok()).count();
            if 2 * shared > own.len() && best.is_none_or(|(length, _)| span.len() > length) {
                best = Some((span.len(), Quote { proposal: idx, section: section.kind, span }));
            }
        }
    }
    best.map(|(_, quote)| quote)
}

/// The sentences of a text and, within those that hold several, the long clauses.
fn sentences(text: &str) -> impl Iterator<Item = (Span, u64)> + '_ {
    pieces(text, 0, &['。', '；', ';', '\n'], SHORTEST).flat_map(move |(sentence, hash)| {
        let inside = pieces(sentence.of(text), sentence.start, &['，', ',', '（', '(', '：', ':'], SHORTEST_CLAUSE)
            .filter(move |(clause, _)| *clause != sentence);
        std::iter::once((sentence, hash)).chain(inside)
    })
}

/// The pieces of a text between marks, with their place when the text begins at `offset`, and the hash of what is no digit.
fn pieces<'a>(
    text: &'a str,
    offset: usize,
    marks: &'a [char],
    shortest: usize,
) -> impl Iterator<Item = (Span, u64)> + 'a {
    let mut start = offset;
    text.split_inclusive(marks).filter_map(move |part| {
        let kept = part.trim_end_matches(marks).trim_end_matches('\r').trim_start();
        let at = start + part.len() - part.trim_start().len();
        start += part.len();
        let folded: String = Folded::new(kept).text.chars().filter(|c| !c.is_ascii_digit()).collect();
        (folded.chars().count() >= shortest)
            .then(|| (Span::new(at, at + kept.len()), xxhash_rust::xxh3::xxh3_64(folded.as_bytes())))
    })
}
