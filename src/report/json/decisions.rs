//! Recommendations, stock text and what was wrong in the input, as records.

use serde::Serialize;

use crate::model::{Analysis, Group, Member, NeedIdx, Problem, Quote, SourceReceipt, Suggestion};
use crate::report::rows::group_number;
use crate::report::wording;

use super::records::{PlaceRecord, place};
use super::wan;

#[derive(Serialize)]
pub(super) struct GroupRecord<'a> {
    group: String,
    title: &'a str,
    lead: &'a str,
    lead_reason: String,
    mode: String,
    reason: String,
    low_wan: String,
    high_wan: String,
    unpriced: usize,
    money_basis: String,
    members: Vec<MemberRecord<'a>>,
    shared: Vec<SharedRecord<'a>>,
}

#[derive(Serialize)]
struct MemberRecord<'a> {
    id: &'a str,
    moves: Vec<u32>,
    keeps: Vec<u32>,
}

#[derive(Serialize)]
struct SharedRecord<'a> {
    label: &'a str,
    needs: Vec<u32>,
}

fn numbers(needs: &[NeedIdx]) -> Vec<u32> {
    needs.iter().map(|n| n.0).collect()
}

pub(super) fn group<'a>(analysis: &'a Analysis, position: usize, group: &'a Group) -> GroupRecord<'a> {
    let member = |m: &'a Member| MemberRecord {
        id: &analysis.proposal(m.proposal).id,
        moves: numbers(&m.moves),
        keeps: numbers(&m.keeps),
    };
    GroupRecord {
        group: group_number(position, analysis.groups.len()),
        title: &group.title,
        lead: &group.lead.department,
        lead_reason: wording::lead(analysis, group),
        mode: group.mode.to_string(),
        reason: wording::group(analysis, group),
        low_wan: group.money.low.to_string(),
        high_wan: group.money.high.to_string(),
        unpriced: group.unpriced,
        money_basis: wording::money_basis(group),
        members: group.members.iter().map(member).collect(),
        shared: group.shared.iter().map(|s| SharedRecord { label: &s.label, needs: numbers(&s.needs) }).collect(),
    }
}

#[derive(Serialize)]
pub(super) struct SuggestionRecord<'a> {
    proposal: &'a str,
    advice: String,
    reason: &'a str,
    money_wan: Option<String>,
    /// Positions in `overlaps`, from 0.
    overlaps: &'a [usize],
    groups: Vec<String>,
}

pub(super) fn suggestion<'a>(analysis: &'a Analysis, suggestion: &'a Suggestion) -> SuggestionRecord<'a> {
    SuggestionRecord {
        proposal: &analysis.proposal(suggestion.proposal).id,
        advice: suggestion.advice.to_string(),
        reason: &suggestion.reason,
        money_wan: wan(suggestion.money),
        overlaps: &suggestion.overlaps,
        groups: suggestion.groups.iter().map(|g| group_number(*g, analysis.groups.len())).collect(),
    }
}

#[derive(Serialize)]
pub(super) struct BoilerplateRecord<'a> {
    text: &'a str,
    filings: usize,
}

pub(super) fn boilerplate(analysis: &Analysis, quote: Quote, filings: usize) -> BoilerplateRecord<'_> {
    BoilerplateRecord { text: analysis.quote(quote), filings }
}

/// Something wrong in the input.
#[derive(Serialize)]
pub(crate) struct ProblemRecord<'a> {
    place: PlaceRecord<'a>,
    kind: &'static str,
    severity: String,
    message: String,
    hint: String,
}

/// A problem with its place, message and way out.
pub(crate) fn problem(problem: &Problem) -> ProblemRecord<'_> {
    ProblemRecord {
        place: place(&problem.place),
        kind: problem.kind.name(),
        severity: problem.severity().to_string(),
        message: problem.kind.to_string(),
        hint: problem.hint().into_owned(),
    }
}

/// How much of one file was read.
#[derive(Serialize)]
pub(crate) struct SourceRecord<'a> {
    file: &'a str,
    rows: usize,
    read: usize,
    problems: usize,
}

/// The receipt of one file.
pub(crate) fn source(source: &SourceReceipt) -> SourceRecord<'_> {
    SourceRecord { file: &source.file, rows: source.rows, read: source.read, problems: source.problems }
}
