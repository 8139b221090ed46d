//! Signals: each kind of evidence that two needs are the same, with the passages that show it.

use rustc_hash::FxHashSet;

use crate::model::{Candidate, CapabilityIdx, Need, NeedMatch, Score, Signal, SignalKind, Span};
use crate::text::affinity::Near;
use crate::text::lexicon::ConceptKind;
use crate::text::normalize::Folded;
use crate::text::{Token, Weighted};

use super::{Batch, score};

/// Compares two needs: signals, score, a name for what they share, and the passages.
pub fn compare(batch: Batch, candidate: Candidate) -> NeedMatch {
    let Batch { corpus, knowledge, proposals, settings } = batch;
    let (a, b) = (&corpus.needs[candidate.a.get()], &corpus.needs[candidate.b.get()]);
    let (terms_a, terms_b) = (&corpus.terms[candidate.a.get()], &corpus.terms[candidate.b.get()]);
    let head = |need: &Need| need.head.of(proposals[need.proposal.get()].section(need.section)).to_owned();
    let (head_a, head_b) = (head(a), head(b));
    let capability = shared_capability(batch, a, b);
    let values = [
        (SignalKind::Terms, cosine(terms_a, terms_b, |_| 1.0)),
        (SignalKind::Capability, capability.map_or(0.0, |(_, value)| value)),
        (SignalKind::Affinity, affinity(&corpus.near[candidate.a.get()], &corpus.near[candidate.b.get()])),
        (SignalKind::ObjectAction, object_action(batch, terms_a, terms_b)),
        (SignalKind::Verbatim, verbatim(&corpus.shingles[candidate.a.get()], &corpus.shingles[candidate.b.get()])),
        (SignalKind::Heads, heads(&head_a, &head_b)),
        (SignalKind::Context, cosine(&corpus.context[a.proposal.get()], &corpus.context[b.proposal.get()], |_| 1.0)),
    ];
    let signals: Vec<Signal> = values
        .into_iter()
        .filter(|(_, value)| *value > 0.0)
        .map(|(kind, value)| Signal { kind, value: Score::new(value) })
        .collect();
    let label = match capability {
        Some((idx, _)) => knowledge.catalogue.get(idx).name.clone(),
        None if head_a.chars().count() <= head_b.chars().count() => head_a,
        None => head_b,
    };
    let shared = passages(batch, a, b, capability.map(|(idx, _)| idx));
    let score = score::score(&signals, &settings.weights);
    NeedMatch { a: candidate.a, b: candidate.b, rule: candidate.rule, score, signals, label, shared }
}

/// Cosine of two term vectors, each term's product multiplied by `factor`.
fn cosine(a: &[Weighted], b: &[Weighted], factor: impl Fn(&Weighted) -> f32) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0_f32);
    while i < a.len() && j < b.len() {
        match a[i].term.cmp(&b[j].term) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].weight * b[j].weight * factor(&a[i]);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    f64::from(sum)
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

/// Agreement of what is acted on, raised where what is done to it agrees as well.
fn object_action(batch: Batch, a: &[Weighted], b: &[Weighted]) -> f64 {
    let kind = |w: &Weighted| match &batch.corpus.vocabulary[w.term.0 as usize] {
        Token::Concept(idx) => Some(batch.knowledge.lexicon.concept(*idx).kind),
        Token::Word(_) => None,
    };
    let share = |wanted: &dyn Fn(ConceptKind) -> bool| {
        let own = |terms: &[Weighted]| -> f64 {
            terms.iter().filter(|w| kind(w).is_some_and(wanted)).map(|w| f64::from(w.weight * w.weight)).sum::<f64>().sqrt()
        };
        let length = own(a) * own(b);
        let both = cosine(a, b, |w| if kind(w).is_some_and(wanted) { 1.0 } else { 0.0 });
        if length > 0.0 { both / length } else { 0.0 }
    };
    let objects = share(&|k| matches!(k, ConceptKind::Object | ConceptKind::Device));
    let actions = share(&|k| k == ConceptKind::Action);
    // Half for the object alone: the same thing sensed for another purpose is still sensed twice.
    objects * (0.5 + 0.5 * actions)
}

/// Share of the shorter need's shingles that stand in the other (containment, Broder 1997).
fn verbatim(a: &[u64], b: &[u64]) -> f64 {
    let shorter = a.len().min(b.len());
    if shorter == 0 {
        return 0.0;
    }
    let of_a: FxHashSet<u64> = a.iter().copied().collect();
    b.iter().filter(|hash| of_a.contains(hash)).count() as f64 / shorter as f64
}

fn heads(a: &str, b: &str) -> f64 {
    strsim::sorensen_dice(&Folded::new(a).text, &Folded::new(b).text)
}

/// Passages that agree: the words that show the shared capability, else the heads.
fn passages(_batch: Batch, a: &Need, b: &Need, capability: Option<CapabilityIdx>) -> Vec<(Span, Span)> {
    let place = |need: &Need, idx| need.capabilities.iter().find(|m| m.capability == idx).map(|m| m.span);
    match capability.and_then(|idx| place(a, idx).zip(place(b, idx))) {
        Some(pair) => vec![pair],
        None => vec![(a.head, b.head)],
    }
}
