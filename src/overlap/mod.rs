//! Candidates to overlaps with proof, and look-alikes with the reason why they are none.

pub mod align;
pub mod corroborate;
pub mod exclusion;
pub mod fit;
pub mod relation;
pub mod score;
pub mod signals;
pub mod template;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{Candidate, Exclusion, NeedKind, NeedMatch, Overlap, Pair, Proposal, Role, Rule, Score};
use crate::settings::OverlapSettings;
use crate::text::{Corpus, Knowledge};
use corroborate::Partners;

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

impl Outcome {
    /// The matched needs, best first.
    pub fn matches(&self) -> &[NeedMatch] {
        match self {
            Outcome::Listed(overlap) | Outcome::Low(overlap) => &overlap.matches,
            Outcome::Excluded(exclusion) => &exclusion.matches,
        }
    }
}

/// Judges all pairs of proposals that have candidates, in parallel; the result does not depend on the number of threads.
pub fn find_overlaps(batch: Batch, candidates: &[Candidate]) -> Findings {
    let pairs = by_pair(batch.corpus, candidates);
    // Measured here and again to judge: to keep what was measured would take 240 MB more at 20,000 filings, past 2 GB, and save 4 s of 44.
    let partners = partners(batch, &pairs);
    // What scored low is dropped where it arises: it is the bulk of all pairs.
    let outcomes: Vec<Outcome> = pairs
        .par_iter()
        .map(|(pair, of_pair)| judge(batch, *pair, of_pair, &partners))
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

/// The candidates of each pair of proposals, by pair.
fn by_pair(corpus: &Corpus, candidates: &[Candidate]) -> Vec<(Pair, Vec<Candidate>)> {
    let mut by_pair: FxHashMap<Pair, Vec<Candidate>> = FxHashMap::default();
    for candidate in candidates {
        let proposal = |need: crate::model::NeedIdx| corpus.needs[need.get()].proposal;
        if let Some(pair) = Pair::new(proposal(candidate.a), proposal(candidate.b)) {
            by_pair.entry(pair).or_default().push(*candidate);
        }
    }
    let mut pairs: Vec<(Pair, Vec<Candidate>)> = by_pair.into_iter().collect();
    pairs.par_sort_unstable_by_key(|(pair, _)| *pair);
    pairs
}

/// The evidence on each pair of proposals of different departments, for fitting; pairs of one department are excluded by rule.
pub fn measure_pairs(batch: Batch, candidates: &[Candidate]) -> Vec<(Pair, Vec<signals::Measured>)> {
    by_pair(batch.corpus, candidates)
        .into_par_iter()
        .filter(|(pair, _)| different_departments(batch, *pair))
        .map(|(pair, of_pair)| {
            let mut measured = measured(batch, pair, &of_pair);
            // Nothing but a template's words: no evidence, whatever the weights.
            measured.retain(|m| m.score > Score::ZERO);
            (pair, measured)
        })
        .collect()
}

/// Whether one need says that it takes something from others, and the other is offered by a system that stands.
fn declined(batch: Batch, candidate: &Candidate) -> bool {
    let need = |idx: crate::model::NeedIdx| &batch.corpus.needs[idx.get()];
    let stands = |idx| batch.proposals[need(idx).proposal.get()].role != Role::Filing;
    need(candidate.a).declines && stands(candidate.b) || need(candidate.b).declines && stands(candidate.a)
}

/// The evidence on a pair, without what rests on a template's words.
fn measured(batch: Batch, pair: Pair, candidates: &[Candidate]) -> Vec<signals::Measured> {
    let setting = signals::setting(batch, pair);
    let mut measured: Vec<signals::Measured> =
        candidates.iter().filter(|c| !declined(batch, c)).map(|c| signals::measure(batch, *c, setting)).collect();
    if let Some(template) = template::shared(batch, pair)
        && !template::is_copy(batch, pair, &measured)
    {
        template.set_aside(&mut measured);
    }
    measured
}

/// Which needs of the batch are likely the same, for one to speak for two others.
pub fn corroboration(batch: Batch, candidates: &[Candidate]) -> Partners {
    partners(batch, &by_pair(batch.corpus, candidates))
}

fn partners(batch: Batch, pairs: &[(Pair, Vec<Candidate>)]) -> Partners {
    let sure: Vec<signals::Measured> = pairs
        .par_iter()
        .filter(|(pair, _)| different_departments(batch, *pair))
        .flat_map_iter(|(pair, of_pair)| measured(batch, *pair, of_pair))
        .filter(|m| m.score.get() >= corroborate::SURE_ENOUGH)
        .collect();
    Partners::learn(sure.iter())
}

fn different_departments(batch: Batch, pair: Pair) -> bool {
    let department = |p: crate::model::ProposalIdx| &batch.proposals[p.get()].department.name;
    department(pair.a()) != department(pair.b())
}

/// Judges one pair from its candidates and what the batch says for them.
pub fn judge(batch: Batch, pair: Pair, candidates: &[Candidate], partners: &Partners) -> Outcome {
    verdict(batch, compare(batch, pair, candidates, partners))
}

/// Compares two proposals by their candidates, whatever comes of it.
fn compare(batch: Batch, pair: Pair, candidates: &[Candidate], partners: &Partners) -> Overlap {
    let mut measured = measured(batch, pair, candidates);
    for m in measured.iter_mut().filter(|m| m.score > Score::ZERO) {
        partners.support(m);
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
pub fn pair_score(matches: impl Iterator<Item = Score>) -> Score {
    let miss = matches.enumerate().fold(1.0, |miss, (i, score)| {
        let sure = score.get();
        miss * (1.0 - if i == 0 { sure } else { FURTHER * sure * sure })
    });
    Score::new(1.0 - miss)
}
