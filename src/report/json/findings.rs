//! What pairs of filings have in common, as records with both quotes.

use serde::Serialize;

use crate::model::{Exclusion, Need, NeedIdx, NeedMatch, Overlap, Proposal, Quote, Span};
use crate::report::wording;

use super::{bytes, rounded, wan};

/// One side of a pair.
#[derive(Serialize)]
pub(crate) struct SideRecord<'a> {
    id: &'a str,
    name: &'a str,
    department: &'a str,
}

/// A proposal by id, name and department.
pub(crate) fn side(proposal: &Proposal) -> SideRecord<'_> {
    SideRecord { id: &proposal.id, name: &proposal.name, department: &proposal.department.name }
}

/// Two needs that are found to be the same thing.
#[derive(Serialize)]
pub(crate) struct MatchRecord<'a> {
    label: &'a str,
    score: f64,
    rule: String,
    signals: Vec<SignalRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<ThroughRecord<'a>>,
    a: MatchSide<'a>,
    b: MatchSide<'a>,
}

/// The third need that both are like.
#[derive(Serialize)]
struct ThroughRecord<'a> {
    project: &'a str,
    need: u32,
    quote: &'a str,
    support: f64,
}

#[derive(Serialize)]
struct SignalRecord {
    kind: String,
    value: f64,
}

#[derive(Serialize)]
struct MatchSide<'a> {
    need: u32,
    section: String,
    bytes: [usize; 2],
    quote: &'a str,
    amount_wan: Option<String>,
    shared: Vec<&'a str>,
}

/// A match with both quotes.
pub(crate) fn need_match<'a>(proposals: &'a [Proposal], needs: &[Need], found: &'a NeedMatch) -> MatchRecord<'a> {
    let of_side = |idx: NeedIdx, shared: Vec<Span>| {
        let need = &needs[idx.get()];
        let text = proposals[need.proposal.get()].section(need.section);
        MatchSide {
            need: idx.0,
            section: need.section.to_string(),
            bytes: bytes(need.span),
            quote: need.span.of(text),
            amount_wan: wan(need.amount),
            shared: shared.into_iter().map(|s| s.of(text)).collect(),
        }
    };
    MatchRecord {
        label: &found.label,
        score: rounded(found.score.get()),
        rule: found.rule.to_string(),
        signals: found
            .signals
            .iter()
            .map(|s| SignalRecord { kind: s.kind.to_string(), value: rounded(s.value.get()) })
            .collect(),
        through: found.through.map(|through| {
            let need = &needs[through.need.get()];
            let proposal = &proposals[need.proposal.get()];
            ThroughRecord {
                project: &proposal.id,
                need: through.need.0,
                quote: need.head.of(proposal.section(need.section)),
                support: rounded(through.support.get()),
            }
        }),
        a: of_side(found.a, found.shared.iter().map(|s| s.0).collect()),
        b: of_side(found.b, found.shared.iter().map(|s| s.1).collect()),
    }
}

/// Two proposals that overlap.
#[derive(Serialize)]
pub(crate) struct OverlapRecord<'a> {
    a: SideRecord<'a>,
    b: SideRecord<'a>,
    relation: String,
    verdict: String,
    score: f64,
    coverage_a: f64,
    coverage_b: f64,
    money_wan: Option<String>,
    matches: Vec<MatchRecord<'a>>,
}

/// An overlap.
pub(crate) fn overlap<'a>(proposals: &'a [Proposal], needs: &[Need], found: &'a Overlap) -> OverlapRecord<'a> {
    OverlapRecord {
        a: side(&proposals[found.pair.a().get()]),
        b: side(&proposals[found.pair.b().get()]),
        relation: found.relation.to_string(),
        verdict: found.verdict.to_string(),
        score: rounded(found.score.get()),
        coverage_a: rounded(found.coverage.a.get()),
        coverage_b: rounded(found.coverage.b.get()),
        money_wan: wan(found.money),
        matches: found.matches.iter().map(|m| need_match(proposals, needs, m)).collect(),
    }
}

/// Two proposals that look alike and are no overlap.
#[derive(Serialize)]
pub(crate) struct ExclusionRecord<'a> {
    a: SideRecord<'a>,
    b: SideRecord<'a>,
    kind: String,
    likeness: f64,
    reason: String,
    quote_a: &'a str,
    quote_b: &'a str,
    matches: Vec<MatchRecord<'a>>,
}

/// An exclusion.
pub(crate) fn exclusion<'a>(proposals: &'a [Proposal], needs: &[Need], found: &'a Exclusion) -> ExclusionRecord<'a> {
    let quote = |q: Quote| q.span.of(proposals[q.proposal.get()].section(q.section));
    ExclusionRecord {
        a: side(&proposals[found.pair.a().get()]),
        b: side(&proposals[found.pair.b().get()]),
        kind: found.kind.to_string(),
        likeness: rounded(found.likeness.get()),
        reason: wording::exclusion(proposals, found),
        quote_a: quote(found.ground.0),
        quote_b: quote(found.ground.1),
        matches: found.matches.iter().map(|m| need_match(proposals, needs, m)).collect(),
    }
}
