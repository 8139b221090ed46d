//! One pair as JSON: what `explain --json` prints.

use serde::Serialize;

use crate::model::Akin;
use crate::report::explained::{Explained, Finding};

use super::findings::{ExclusionRecord, OverlapRecord, SideRecord, exclusion, overlap, side};
use super::{SCHEMA, rounded};

/// A pair with its finding and formula.
#[derive(Serialize)]
pub(crate) struct ExplainedRecord<'a> {
    schema: u32,
    a: SideRecord<'a>,
    b: SideRecord<'a>,
    finding: &'static str,
    conclusion: String,
    threshold: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    overlap: Option<OverlapRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exclusion: Option<ExclusionRecord<'a>>,
    /// One for each match, in the same order.
    sums: Vec<SumRecord<'a>>,
    /// The pair's score by its first match, its first two, and so on.
    steps: Vec<f64>,
}

#[derive(Serialize)]
struct SumRecord<'a> {
    contributions: Vec<ContributionRecord>,
    bias: f64,
    log_odds: f64,
    /// By the signals alone.
    own_score: f64,
    score: f64,
    /// Words of both sides that mean nearly the same.
    akin: Vec<AkinRecord<'a>>,
}

#[derive(Serialize)]
struct ContributionRecord {
    kind: String,
    value: f64,
    weight: f64,
    contribution: f64,
}

#[derive(Serialize)]
struct AkinRecord<'a> {
    a: &'a str,
    b: &'a str,
    cosine: f64,
}

fn akin(words: &Akin) -> AkinRecord<'_> {
    AkinRecord { a: &words.a, b: &words.b, cosine: rounded(words.cosine.get()) }
}

/// The record of a pair.
pub(crate) fn explained<'a>(pair: &'a Explained) -> ExplainedRecord<'a> {
    let (a, b) = pair.sides();
    let sums = pair.finding.matches().iter().enumerate().map(|(i, found)| SumRecord {
        contributions: pair
            .formula
            .contributions(found)
            .into_iter()
            .map(|c| ContributionRecord {
                kind: c.kind.to_string(),
                value: c.value,
                weight: c.weight,
                contribution: c.product(),
            })
            .collect(),
        bias: pair.formula.bias,
        log_odds: pair.formula.log_odds(found),
        own_score: pair.formula.own_score(found),
        score: found.score.get(),
        akin: pair.akin.get(i).into_iter().flatten().map(akin).collect(),
    });
    let excluded = match &pair.finding {
        Finding::Excluded(found) => Some(exclusion(pair.proposals, pair.needs, found)),
        _ => None,
    };
    ExplainedRecord {
        schema: SCHEMA,
        a: side(a),
        b: side(b),
        finding: match pair.finding {
            Finding::Listed(_) => "列出",
            Finding::Excluded(_) => "排除",
            Finding::ScoredLow(_) => "得分低",
            Finding::NeverCandidate(_) => "从未成为候选",
            Finding::NothingToCompare => "无可比对",
        },
        conclusion: pair.conclusion(),
        threshold: pair.formula.threshold,
        overlap: pair.finding.overlap().map(|o| overlap(pair.proposals, pair.needs, o)),
        exclusion: excluded,
        sums: sums.collect(),
        steps: pair.steps.iter().map(|s| rounded(s.get())).collect(),
    }
}
