//! Candidates to overlaps with proof, and look-alikes with the reason why they are none.

pub mod align;
pub mod exclusion;
pub mod relation;
pub mod score;
pub mod signals;
pub mod template;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{Candidate, Exclusion, NeedKind, NeedMatch, Overlap, Pair, Proposal, Rule, Score};
use crate::settings::OverlapSettings;
use crate::text::{Corpus, Knowledge};

/// What the stage looks at: the batch and what is known.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// By index.
    pub proposals: &'a [Proposal],
    /// Needs and terms.
    pub corpus: &'a Corpus,
    /// Words and capabilities.
    pub knowledge: &'a Knowledge,
    /// What an analyst may tune.
    pub settings: &'a OverlapSettings,
}

/// What became of the candidates.
#[derive(Debug, Default)]
pub struct Findings {
    /// Best first, ties by pair.
    pub overlaps: Vec<Overlap>,
    /// By pair.
    pub exclusions: Vec<Exclusion>,
}

/// What became of one pair.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It is listed.
    Listed(Overlap),
    /// It looks alike and is excluded.
    Excluded(Exclusion),
    /// It scored below the threshold.
    Low(Overlap),
}

/// Judges all pairs of proposals that have candidates, in parallel; the result does not depend on the number of threads.
pub fn find_overlaps(batch: Batch, candidates: &[Candidate]) -> Findings {
    let mut by_pair: FxHashMap<Pair, Vec<Candidate>> = FxHashMap::default();
    for candidate in candidates {
        let proposal = |need: crate::model::NeedIdx| batch.corpus.needs[need.get()].proposal;
        if let Some(pair) = Pair::new(proposal(candidate.a), proposal(candidate.b)) {
            by_pair.entry(pair).or_default().push(*candidate);
        }
    }
    let mut pairs: Vec<(Pair, Vec<Candidate>)> = by_pair.into_iter().collect();
    pairs.par_sort_unstable_by_key(|(pair, _)| *pair);
    // What scored low is dropped where it arises: it is the bulk of all pairs.
    let outcomes: Vec<Outcome> = pairs
        .par_iter()
        .map(|(pair, of_pair)| judge(batch, *pair, of_pair))
        .filter(|outcome| !matches!(outcome, Outcome::Low(_)))
        .collect();
    let mut findings = Findings::default();
    for outcome in outcomes {
        match outcome {
            Outcome::Listed(overlap) => findings.overlaps.push(overlap),
            Outcome::Excluded(exclusion) => findings.exclusions.push(exclusion),
            Outcome::Low(_) => {}
        }
    }
    findings.overlaps.sort_by(|x, y| y.score.cmp(&x.score).then(x.pair.cmp(&y.pair)));
    findings
}

/// Judges one pair from its candidates.
pub fn judge(batch: Batch, pair: Pair, candidates: &[Candidate]) -> Outcome {
    let overlap = compare(batch, pair, candidates);
    verdict(batch, overlap)
}

/// Compares two proposals by their candidates, whatever comes of it.
fn compare(batch: Batch, pair: Pair, candidates: &[Candidate]) -> Overlap {
    let likeness = signals::likeness(batch, pair);
    let mut measured: Vec<signals::Measured> =
        candidates.iter().map(|c| signals::measure(batch, *c, likeness)).collect();
    if let Some(template) = template::shared(batch, pair)
        && !template::is_copy(batch, pair, &measured)
    {
        template.set_aside(&mut measured);
    }
    let aligned = align::one_to_one(measured);
    let sure = aligned.iter().take_while(|m| m.score.get() >= batch.settings.match_threshold).count();
    // Where nothing is sure the best is kept, so that `explain` has something to show.
    let matches = aligned.iter().take(sure.max(1)).map(|m| signals::prove(batch, m)).collect();
    relation::relate(batch, pair, matches)
}

/// Decides whether an overlap is listed, excluded, or neither.
fn verdict(batch: Batch, overlap: Overlap) -> Outcome {
    if let Some(exclusion) = exclusion::exclude(batch, &overlap) {
        return Outcome::Excluded(exclusion);
    }
    if overlap.score.get() >= batch.settings.threshold { Outcome::Listed(overlap) } else { Outcome::Low(overlap) }
}

/// All pairs of substantive needs of two proposals as candidates, for looking at a pair that the index did not propose.
pub fn all_candidates(corpus: &Corpus, pair: Pair) -> Vec<Candidate> {
    let substantive = |p| corpus.needs_of(p).filter(|(_, n)| n.kind == NeedKind::Substantive);
    substantive(pair.a())
        .flat_map(|(a, _)| substantive(pair.b()).map(move |(b, _)| Candidate { a, b, rule: Rule::SharedTerms }))
        .collect()
}

/// How much a second match adds: no independent witness, since the same words and the same template produce both.
pub const FURTHER: f64 = 0.35;

/// The score of a pair from those of its matches, best first: 1 − (1 − s₁) × Π (1 − [`FURTHER`] × sᵢ²), so the surest one,
/// brought nearer to 1 by each further one.
pub fn pair_score(matches: &[NeedMatch]) -> Score {
    let miss = matches.iter().enumerate().fold(1.0, |miss, (i, m)| {
        let sure = m.score.get();
        miss * (1.0 - if i == 0 { sure } else { FURTHER * sure * sure })
    });
    Score::new(1.0 - miss)
}
