//! Candidates: a self-join over the posting lists of each need's strongest terms and capabilities, never all pairs.
//!
//! For each need the products of term weights are summed over the posting lists of its strongest terms (a truncated
//! sparse dot product, as in Bayardo et al. 2007, "Scaling up all pairs similarity search"), and the highest sums are its partners.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::error::Result;
use crate::model::{Candidate, CapabilityIdx, NeedIdx, NeedKind, Proposal, Role, Rule};
use crate::settings::IndexSettings;
use crate::text::{Corpus, TermIdx};

use super::schema::{Key, NeedIndex};

/// What the join must know of each need, packed tightly: it is looked up for every posting that is touched.
struct Side {
    /// Whose need it is.
    proposal: Vec<u32>,
    /// Whether it is part of a filing, not of the inventory or the platform list.
    filed: Vec<bool>,
}

/// The posting lists worth following; they hold substantive needs only.
struct PostingLists {
    /// For each term the needs that hold it with its weight there.
    terms: Vec<Vec<(NeedIdx, f32)>>,
    /// For each capability the needs that hold it with the strength there.
    capabilities: FxHashMap<CapabilityIdx, Vec<(NeedIdx, f32)>>,
    /// For each capability the needs that lie near to it by their meaning, with the cosine.
    nearby: FxHashMap<CapabilityIdx, Vec<(NeedIdx, f32)>>,
}

/// Pairs of needs worth comparing, each once, in order; never two needs of one proposal, two of the inventory, or a generic one.
///
/// # Errors
/// Where tantivy cannot read its posting lists.
pub fn candidates(
    index: &NeedIndex,
    corpus: &Corpus,
    proposals: &[Proposal],
    settings: &IndexSettings,
) -> Result<Vec<Candidate>> {
    let wanted = partners_a_need(corpus.needs.len(), settings);
    let lists = read_lists(index, corpus, settings)?;
    let side = Side {
        proposal: corpus.needs.iter().map(|n| n.proposal.0).collect(),
        filed: corpus.needs.iter().map(|n| proposals[n.proposal.get()].role == Role::Filing).collect(),
    };
    let comparable = |need: NeedIdx| corpus.needs[need.get()].kind == NeedKind::Substantive;
    let mut found: Vec<Candidate> = (0..corpus.needs.len())
        .into_par_iter()
        .filter(|&i| comparable(NeedIdx(i as u32)))
        .map_init(
            || Accumulator::new(corpus.needs.len()),
            |sums, i| partners(NeedIdx(i as u32), &lists, corpus, &side, settings.strongest_terms, wanted, sums),
        )
        .flatten_iter()
        .collect();
    // The pair may have been proposed from both sides; the rules are ordered, so the first is the stronger one.
    found.par_sort_unstable();
    found.dedup_by_key(|c| (c.a, c.b));
    Ok(found)
}

/// Sums for all needs, with a list of those touched, so that clearing costs no more than filling.
struct Accumulator {
    sums: Vec<f32>,
    by_capability: Vec<bool>,
    touched: Vec<u32>,
}

impl Accumulator {
    fn new(needs: usize) -> Self {
        Self { sums: vec![0.0; needs], by_capability: vec![false; needs], touched: Vec::new() }
    }

    fn add(&mut self, need: NeedIdx, amount: f32) {
        let sum = &mut self.sums[need.get()];
        if *sum == 0.0 {
            self.touched.push(need.0);
        }
        *sum += amount;
    }

    /// Hands out what was touched and is wanted, and clears.
    fn drain(&mut self, wanted: impl Fn(NeedIdx) -> bool) -> Vec<(NeedIdx, f32, bool)> {
        let mut found = Vec::new();
        for &n in &self.touched {
            let at = n as usize;
            let sum = std::mem::take(&mut self.sums[at]);
            let by_capability = std::mem::take(&mut self.by_capability[at]);
            if sum >= FAINTEST && wanted(NeedIdx(n)) {
                found.push((NeedIdx(n), sum, by_capability));
            }
        }
        self.touched.clear();
        found
    }
}

// 0.02 of a cosine: one common word in a long item; below it there are only strangers to sort.
const FAINTEST: f32 = 0.02;

/// How many partners each need may propose, so that the whole batch keeps to its budget of candidates.
fn partners_a_need(needs: usize, settings: &IndexSettings) -> usize {
    let most = settings.partners.max(settings.fewest_partners);
    (settings.candidate_budget / needs.max(1)).clamp(settings.fewest_partners, most)
}

fn partners(
    need: NeedIdx,
    lists: &PostingLists,
    corpus: &Corpus,
    side: &Side,
    strongest_terms: usize,
    wanted: usize,
    sums: &mut Accumulator,
) -> Vec<Candidate> {
    let own = &corpus.needs[need.get()];
    let (own_proposal, own_filed) = (own.proposal.0, side.filed[need.get()]);
    let comparable =
        |other: NeedIdx| side.proposal[other.get()] != own_proposal && (own_filed || side.filed[other.get()]);
    let mut strongest = corpus.terms[need.get()].clone();
    strongest.sort_by(|x, y| y.weight.total_cmp(&x.weight).then(x.term.cmp(&y.term)));
    strongest.truncate(strongest_terms);
    for term in &strongest {
        for &(other, weight) in &lists.terms[term.term.0 as usize] {
            sums.add(other, term.weight * weight);
        }
    }
    for found in &own.capabilities {
        for &(other, strength) in lists.capabilities.get(&found.capability).map_or(&[][..], Vec::as_slice) {
            sums.add(other, found.strength.get() as f32 * strength);
            sums.by_capability[other.get()] = true;
        }
    }
    // Words that share nothing still meet here: an inverted file whose cells are the capabilities (Jégou et al. 2011, "IVF").
    for near in &corpus.nearby[need.get()] {
        for &(other, value) in lists.nearby.get(&near.capability).map_or(&[][..], Vec::as_slice) {
            sums.add(other, near.value * value);
        }
    }
    let mut best = sums.drain(comparable);
    let order = |x: &(NeedIdx, f32, bool), y: &(NeedIdx, f32, bool)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
    if best.len() > wanted {
        best.select_nth_unstable_by(wanted, order);
        best.truncate(wanted);
    }
    best.into_iter()
        .map(|(other, _, by_capability)| Candidate {
            a: need.min(other),
            b: need.max(other),
            rule: if by_capability { Rule::SharedCapability } else { Rule::SharedTerms },
        })
        .collect()
}

fn read_lists(index: &NeedIndex, corpus: &Corpus, settings: &IndexSettings) -> Result<PostingLists> {
    let mut lists = PostingLists {
        terms: vec![Vec::new(); corpus.vocabulary.len()],
        capabilities: FxHashMap::default(),
        nearby: FxHashMap::default(),
    };
    let searcher = index.reader().searcher();
    for segment in searcher.segment_readers() {
        let numbers = segment.fast_fields().u64("need")?;
        let inverted = segment.inverted_index(index.terms())?;
        let mut stream = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
        while stream.advance() {
            let Some(key) = Key::parse(stream.key()) else { continue };
            let info = stream.value().clone();
            let mut postings = inverted
                .read_postings_from_terminfo(&info, IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?;
            while postings.doc() != TERMINATED {
                if let Some(number) = numbers.first(postings.doc()) {
                    let need = NeedIdx(number as u32);
                    if corpus.needs[need.get()].kind != NeedKind::Substantive {
                        postings.advance();
                        continue;
                    }
                    match key {
                        Key::Term(term) => lists.terms[term.0 as usize].push((need, weight(corpus, need, term))),
                        Key::Capability(capability) => lists
                            .capabilities
                            .entry(capability)
                            .or_default()
                            .push((need, strength(corpus, need, capability))),
                        Key::Nearby(capability) => {
                            lists
                                .nearby
                                .entry(capability)
                                .or_default()
                                .push((need, nearness(corpus, need, capability)));
                        }
                    }
                }
                postings.advance();
            }
        }
    }
    for list in lists.terms.iter_mut().chain(lists.capabilities.values_mut()).chain(lists.nearby.values_mut()) {
        if list.len() > settings.longest_posting {
            list.clear();
        }
        list.sort_unstable_by_key(|(need, _)| *need);
    }
    Ok(lists)
}

fn weight(corpus: &Corpus, need: NeedIdx, term: TermIdx) -> f32 {
    let terms = &corpus.terms[need.get()];
    terms.binary_search_by_key(&term, |w| w.term).map_or(0.0, |at| terms[at].weight)
}

fn strength(corpus: &Corpus, need: NeedIdx, capability: CapabilityIdx) -> f32 {
    let found = corpus.needs[need.get()].capabilities.iter().find(|m| m.capability == capability);
    found.map_or(0.0, |m| m.strength.get() as f32)
}

fn nearness(corpus: &Corpus, need: NeedIdx, capability: CapabilityIdx) -> f32 {
    corpus.nearby[need.get()].iter().find(|n| n.capability == capability).map_or(0.0, |n| n.value)
}
