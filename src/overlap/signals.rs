//! Signals: each kind of evidence that two needs are the same, with the passages that show it.

use crate::model::{Candidate, CapabilityIdx, Need, NeedMatch, Pair, Score, Signal, SignalKind, Span, Through};
use crate::text::affinity::Near;
use crate::text::boilerplate::containment;
use crate::text::meaning;

use super::{Batch, score};

/// The evidence on two needs as numbers: cheap, so that most candidates can be put aside without quoting anything.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Which two, and the rule that proposed them.
    pub candidate: Candidate,
    /// The value of each kind of signal, in the order of [`SignalKind::ALL`]; 0 where it says nothing.
    pub values: [f64; SignalKind::ALL.len()],
    /// Share of the shorter need that stands word for word in the other, 0..=1; no evidence, but what templates are told by.
    pub verbatim: f64,
    /// The shared capability that says most.
    pub capability: Option<CapabilityIdx>,
    /// The third need that speaks for the two, once the whole batch is known.
    pub through: Option<Through>,
    /// What the formula makes of the values, raised by the third need.
    pub score: Score,
}

/// Measures two needs of filings that are `setting` alike.
pub fn measure(batch: Batch, candidate: Candidate, setting: f64) -> Measured {
    let Batch { corpus, settings, .. } = batch;
    let (at_a, at_b) = (candidate.a.get(), candidate.b.get());
    let capability = shared_capability(batch, &corpus.needs[at_a], &corpus.needs[at_b]);
    let values = [
        capability.map_or(0.0, |(_, value)| value),
        affinity(&corpus.near[at_a], &corpus.near[at_b]),
        f64::from(meaning::cosine(&corpus.meaning[at_a], &corpus.meaning[at_b])).max(0.0),
        setting,
    ];
    let score = score::score(&values, &settings.weights);
    let verbatim = containment(&corpus.shingles[at_a], &corpus.shingles[at_b]);
    Measured { candidate, values, verbatim, capability: capability.map(|(idx, _)| idx), through: None, score }
}

/// Puts the proof to what was measured: signals by name, a name for what the two share, and the passages.
pub fn prove(batch: Batch, measured: &Measured) -> NeedMatch {
    let Batch { corpus, knowledge, proposals, .. } = batch;
    let Measured { candidate, values, capability, through, score, .. } = *measured;
    let (a, b) = (&corpus.needs[candidate.a.get()], &corpus.needs[candidate.b.get()]);
    let signals = SignalKind::ALL
        .into_iter()
        .zip(values)
        .filter(|(_, value)| *value > 0.0)
        .map(|(kind, value)| Signal { kind, value: Score::new(value) })
        .collect();
    let head = |need: &Need| need.head.of(proposals[need.proposal.get()].section(need.section));
    let (head_a, head_b) = (head(a), head(b));
    let label = match capability {
        Some(idx) => knowledge.catalogue.get(idx).name.as_str(),
        // The shorter title, whichever side it stands on.
        None => [head_a, head_b].into_iter().min_by_key(|head| (head.chars().count(), *head)).unwrap_or(head_a),
    };
    let shared = passages(a, b, capability);
    NeedMatch {
        a: candidate.a,
        b: candidate.b,
        rule: candidate.rule,
        score,
        signals,
        through,
        label: label.to_owned(),
        shared,
    }
}

/// How alike two filings are as a whole by their meaning, 0..=1.
pub fn setting(batch: Batch, pair: Pair) -> f64 {
    let of = |p: crate::model::ProposalIdx| &batch.corpus.setting[p.get()];
    f64::from(meaning::cosine(of(pair.a()), of(pair.b()))).max(0.0)
}

/// Cosine of the two needs' nearest capabilities.
fn affinity(a: &[Near], b: &[Near]) -> f64 {
    let mut j = 0;
    let mut sum = 0.0_f32;
    for near in a {
        while j < b.len() && b[j].capability < near.capability {
            j += 1;
        }
        if let Some(other) = b.get(j).filter(|n| n.capability == near.capability) {
            sum += near.value * other.value;
        }
    }
    f64::from(sum)
}

/// The shared capability that says most, and how much: the geometric mean of both strengths times its rarity in the batch.
fn shared_capability(batch: Batch, a: &Need, b: &Need) -> Option<(CapabilityIdx, f64)> {
    let proposals = batch.proposals.len().max(2) as f64;
    a.capabilities
        .iter()
        .filter_map(|of_a| {
            let of_b = b.capabilities.iter().find(|m| m.capability == of_a.capability)?;
            let frequency = batch.corpus.capability_frequency.get(&of_a.capability).copied().unwrap_or(1);
            let strength = (of_a.strength.get() * of_b.strength.get()).sqrt();
            Some((of_a.capability, strength * rarity(f64::from(frequency), proposals)))
        })
        .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)))
}

/// 1 for what two proposals hold, falling with the logarithm to 0 for what all hold.
fn rarity(frequency: f64, proposals: f64) -> f64 {
    if proposals <= 2.0 {
        return 1.0;
    }
    (1.0 - (frequency.max(2.0) / 2.0).ln() / (proposals / 2.0).ln()).clamp(0.0, 1.0)
}

/// Passages that agree: the words that show the shared capability, else the heads.
fn passages(a: &Need, b: &Need, capability: Option<CapabilityIdx>) -> Vec<(Span, Span)> {
    let place = |need: &Need, idx| need.capabilities.iter().find(|m| m.capability == idx).map(|m| m.span);
    match capability.and_then(|idx| place(a, idx).zip(place(b, idx))) {
        Some(pair) => vec![pair],
        None => vec![(a.head, b.head)],
    }
}
