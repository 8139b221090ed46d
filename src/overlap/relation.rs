//! Relation: 重复, 交叉 or 复用, by rules that can be said aloud in a meeting.

use rustc_hash::FxHashSet;

use crate::model::{
    Coverage, Need, NeedIdx, NeedKind, NeedMatch, Overlap, Pair, Proposal, ProposalIdx, Region, Relation, Role, Score,
    SectionKind, Verdict, Wan,
};

use super::{Batch, pair_score};

/// Makes an overlap of aligned matches, best first.
pub fn relate(batch: Batch, pair: Pair, matches: Vec<NeedMatch>) -> Overlap {
    let matched_a: Vec<NeedIdx> = matches.iter().map(|m| m.a).collect();
    let matched_b: Vec<NeedIdx> = matches.iter().map(|m| m.b).collect();
    let coverage = Coverage { a: coverage(batch, pair.a(), &matched_a), b: coverage(batch, pair.b(), &matched_b) };
    let (relation, verdict) = verdict(batch, pair, coverage, &matches);
    let money = match (money(batch, &matched_a), money(batch, &matched_b)) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    };
    Overlap { pair, relation, verdict, score: pair_score(matches.iter().map(|m| m.score)), coverage, money, matches }
}

/// The needs of a filing that its coverage is a share of.
fn counted(batch: Batch<'_>, proposal: ProposalIdx) -> Vec<(NeedIdx, &Need)> {
    let substantive: Vec<_> =
        batch.corpus.needs_of(proposal).filter(|(_, n)| n.kind == NeedKind::Substantive).collect();
    let content: Vec<_> = substantive
        .iter()
        .copied()
        .filter(|(_, n)| matches!(n.section, SectionKind::Content | SectionKind::Offer))
        .collect();
    if content.is_empty() { substantive } else { content }
}

/// Share of a filing's substantive needs that are matched: by money where most of them are priced, else by number.
fn coverage(batch: Batch, proposal: ProposalIdx, matched: &[NeedIdx]) -> Score {
    let needs = counted(batch, proposal);
    if needs.is_empty() {
        return Score::ZERO;
    }
    let matched: FxHashSet<NeedIdx> = matched.iter().copied().collect();
    let priced = needs.iter().filter(|(_, n)| n.amount.is_some()).count();
    let by_number = needs.iter().filter(|(i, _)| matched.contains(i)).count() as f64 / needs.len() as f64;
    // Four fifths: with more gaps the priced items are no fair sample of the filing.
    if 5 * priced < 4 * needs.len() {
        return Score::new(by_number);
    }
    let sum = |only_matched: bool| -> Wan {
        needs.iter().filter(|(i, _)| !only_matched || matched.contains(i)).filter_map(|(_, n)| n.amount).sum()
    };
    let total = sum(false);
    if total == Wan::ZERO { Score::new(by_number) } else { Score::new(sum(true).as_wan() / total.as_wan()) }
}

fn money(batch: Batch, matched: &[NeedIdx]) -> Option<Wan> {
    let amounts: Vec<Wan> = matched.iter().filter_map(|n| batch.corpus.needs[n.get()].amount).collect();
    (!amounts.is_empty()).then(|| amounts.into_iter().sum())
}

fn verdict(batch: Batch, pair: Pair, coverage: Coverage, matches: &[NeedMatch]) -> (Relation, Verdict) {
    let settings = batch.settings;
    let (a, b) = (&batch.proposals[pair.a().get()], &batch.proposals[pair.b().get()]);
    let low = coverage.a.min(coverage.b).get();
    let high = coverage.a.max(coverage.b).get();
    let parts = matches.len();
    if a.role == Role::Platform || b.role == Role::Platform {
        return (Relation::Reuse, Verdict::OfferedByPlatform);
    }
    // One matched need proves a module, not a core: at least two needs must agree.
    let same_core = parts >= 2 && low >= settings.duplicate_coverage;
    let within = parts >= 2 && high >= settings.contained_coverage && covers_scope(a, b, coverage);
    let offers = |offering: &Proposal, building: &Proposal| {
        offering.role == Role::Inventory && building.role == Role::Filing && offering.department.region == Region::City
    };
    let inventory = offers(a, b) || offers(b, a);
    if same_core {
        return (Relation::Duplicate, Verdict::MostOfBoth);
    }
    if inventory {
        return (Relation::Reuse, Verdict::OfferedByInventory);
    }
    if within {
        return (Relation::Duplicate, Verdict::WithinOther);
    }
    (Relation::Overlap, Verdict::SharedParts)
}

/// Whether the side that contains the other serves the other's region too: a city's project covers a county's, not the reverse.
fn covers_scope(a: &Proposal, b: &Proposal, coverage: Coverage) -> bool {
    let (inner, outer) = if coverage.a >= coverage.b { (a, b) } else { (b, a) };
    outer.department.region == Region::City || outer.department.region == inner.department.region
}
