//! Duplicate investment of a group: overlapping items only, each counted once, as a range.

use std::collections::BTreeSet;

use crate::model::{MoneyRange, NeedIdx, NeedKind, Role, SharedNeed, Wan};

use super::Evidence;

/// What could be saved if each shared need were built once, and how many needs named no amount.
///
/// Of each shared need every instance but the dearest is spent twice. Items of systems that stand cost nothing any more:
/// where one is among the instances, all filed instances count. Low: only items that carry amounts. High: an item without
/// amount is taken at an even share of its filing's unpriced total. A need that stands under two labels counts once.
pub fn savings(evidence: Evidence, shared: &[SharedNeed]) -> (MoneyRange, usize) {
    let mut counted: BTreeSet<NeedIdx> = BTreeSet::new();
    let (mut low, mut high, mut unpriced) = (Wan::ZERO, Wan::ZERO, 0);
    for need in shared {
        let fresh: Vec<NeedIdx> = need.needs.iter().copied().filter(|n| counted.insert(*n)).collect();
        let stands = need.needs.iter().any(|n| role(evidence, *n) != Role::Filing);
        let filed: Vec<NeedIdx> = fresh.into_iter().filter(|n| role(evidence, *n) == Role::Filing).collect();
        let known: Vec<Wan> = filed.iter().filter_map(|n| evidence.needs[n.get()].amount).collect();
        let estimated: Vec<Wan> =
            filed.iter().map(|n| evidence.needs[n.get()].amount.unwrap_or_else(|| even_share(evidence, *n))).collect();
        unpriced += filed.len() - known.len();
        // Where something stands already nothing has to be built; else the dearest instance is the one that is kept.
        let spent_twice = |amounts: &[Wan]| {
            let kept = if stands { Wan::ZERO } else { amounts.iter().copied().max().unwrap_or(Wan::ZERO) };
            amounts.iter().copied().sum::<Wan>() - kept
        };
        low = low + spent_twice(&known);
        high = high + spent_twice(&estimated);
    }
    (MoneyRange { low: low.min(high), high: high.max(low) }, unpriced)
}

fn role(evidence: Evidence, need: NeedIdx) -> Role {
    evidence.proposals[evidence.needs[need.get()].proposal.get()].role
}

/// An even share of what the filing's total leaves for its unpriced items; nothing where no total is known.
fn even_share(evidence: Evidence, need: NeedIdx) -> Wan {
    let proposal = evidence.needs[need.get()].proposal;
    let Some(total) = evidence.proposals[proposal.get()].money.total else { return Wan::ZERO };
    let own: Vec<_> = evidence
        .needs_of(proposal)
        .map(|(_, n)| n)
        .filter(|n| n.kind == NeedKind::Substantive || n.amount.is_some())
        .collect();
    let priced: Wan = own.iter().filter_map(|n| n.amount).sum();
    let unpriced = own.iter().filter(|n| n.amount.is_none()).count().max(1);
    if priced >= total { Wan::ZERO } else { (total - priced).share(1.0 / unpriced as f64) }
}
