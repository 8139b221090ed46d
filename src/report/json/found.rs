//! What a query found as JSON: what `search --json` prints.

use serde::Serialize;

use crate::report::found::{Found, Hit, Passage};

use super::findings::{SideRecord, side};
use super::{SCHEMA, bytes, rounded, wan};

/// The whole answer.
#[derive(Serialize)]
pub(crate) struct FoundRecord<'a> {
    schema: u32,
    query: &'a str,
    capabilities: &'a [String],
    named_like: Vec<NamedLikeRecord<'a>>,
    hits: Vec<HitRecord<'a>>,
}

#[derive(Serialize)]
struct NamedLikeRecord<'a> {
    #[serde(flatten)]
    project: SideRecord<'a>,
    likeness: f64,
}

#[derive(Serialize)]
struct HitRecord<'a> {
    #[serde(flatten)]
    project: SideRecord<'a>,
    role: String,
    status: String,
    total_wan: Option<String>,
    score: f64,
    passages: Vec<PassageRecord<'a>>,
}

#[derive(Serialize)]
struct PassageRecord<'a> {
    need: u32,
    section: String,
    bytes: [usize; 2],
    quote: &'a str,
    score: f64,
    capabilities: &'a [String],
}

/// The record of an answer.
pub(crate) fn found<'a>(found: &'a Found) -> FoundRecord<'a> {
    let named_like = found.named_like.iter().map(|like| NamedLikeRecord {
        project: side(&found.proposals[like.proposal.get()]),
        likeness: rounded(like.likeness),
    });
    FoundRecord {
        schema: SCHEMA,
        query: &found.query,
        capabilities: &found.capabilities,
        named_like: named_like.collect(),
        hits: found.hits.iter().map(|h| hit(found, h)).collect(),
    }
}

fn hit<'a>(found: &'a Found, hit: &'a Hit) -> HitRecord<'a> {
    let proposal = &found.proposals[hit.proposal.get()];
    HitRecord {
        project: side(proposal),
        role: proposal.role.to_string(),
        status: proposal.status.to_string(),
        total_wan: wan(proposal.money.total),
        score: rounded(hit.score),
        passages: hit.passages.iter().map(|p| passage(found, p)).collect(),
    }
}

fn passage<'a>(found: &'a Found, passage: &'a Passage) -> PassageRecord<'a> {
    let need = &found.needs[passage.need.get()];
    PassageRecord {
        need: passage.need.0,
        section: need.section.to_string(),
        bytes: bytes(need.span),
        quote: need.span.of(found.proposals[need.proposal.get()].section(need.section)),
        score: rounded(passage.score),
        capabilities: &passage.capabilities,
    }
}
