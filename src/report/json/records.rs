//! The filings and their needs as records: their own types, since every name here is a promise to scripts.

use serde::Serialize;

use crate::model::{Advice, Analysis, Grade, Need, NeedIdx, NeedKind, Place, ProposalIdx, Relation, Role};
use crate::report::rows::projects;

use super::{bytes, rounded, wan};

#[derive(Serialize)]
pub(super) struct Summary {
    filings: usize,
    inventory: usize,
    platforms: usize,
    needs: usize,
    duplicate: usize,
    overlap: usize,
    reuse: usize,
    exclusions: usize,
    groups: usize,
    advice: Vec<AdviceCount>,
}

#[derive(Serialize)]
struct AdviceCount {
    advice: String,
    filings: usize,
}

pub(super) fn summary(analysis: &Analysis) -> Summary {
    let role = |role| analysis.proposals.iter().filter(|p| p.role == role).count();
    let relation = |relation| analysis.overlaps.iter().filter(|o| o.relation == relation).count();
    let count = |(advice, filings): (Advice, usize)| AdviceCount { advice: advice.to_string(), filings };
    Summary {
        filings: role(Role::Filing),
        inventory: role(Role::Inventory),
        platforms: role(Role::Platform),
        needs: analysis.needs.len(),
        duplicate: relation(Relation::Duplicate),
        overlap: relation(Relation::Overlap),
        reuse: relation(Relation::Reuse),
        exclusions: analysis.exclusions.len(),
        groups: analysis.groups.len(),
        advice: projects::advice_counts(analysis).into_iter().map(count).collect(),
    }
}

#[derive(Serialize)]
pub(super) struct ProposalRecord<'a> {
    id: &'a str,
    name: &'a str,
    department: &'a str,
    region: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    role: String,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nature: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    total_wan: Option<String>,
    this_year_wan: Option<String>,
    maintenance_wan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    funding: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<&'a str>,
    sections: Vec<SectionRecord<'a>>,
    source: PlaceRecord<'a>,
}

#[derive(Serialize)]
struct SectionRecord<'a> {
    kind: String,
    text: &'a str,
}

#[derive(Serialize)]
pub(super) struct PlaceRecord<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
}

/// A place, as far as known.
pub(super) fn place(place: &Place) -> PlaceRecord<'_> {
    PlaceRecord { file: &place.file, sheet: place.sheet.as_deref(), row: place.row, column: place.column.as_deref() }
}

pub(super) fn proposal(analysis: &Analysis, idx: ProposalIdx) -> ProposalRecord<'_> {
    let p = analysis.proposal(idx);
    ProposalRecord {
        id: &p.id,
        name: &p.name,
        department: &p.department.name,
        region: p.department.region.to_string(),
        parent: p.department.parent.as_deref(),
        role: p.role.to_string(),
        status: p.status.to_string(),
        domain: p.domain.as_deref(),
        nature: p.nature.as_deref(),
        year: p.year,
        total_wan: wan(p.money.total),
        this_year_wan: wan(p.money.this_year),
        maintenance_wan: wan(p.money.maintenance),
        funding: p.funding.as_deref(),
        period: p.period.as_deref(),
        sections: p.sections.iter().map(|s| SectionRecord { kind: s.kind.to_string(), text: &s.text }).collect(),
        source: place(&p.source),
    }
}

#[derive(Serialize)]
pub(super) struct NeedRecord<'a> {
    need: u32,
    proposal: &'a str,
    section: String,
    bytes: [usize; 2],
    head: &'a str,
    quote: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    substantive: bool,
    amount_wan: Option<String>,
    capabilities: Vec<CapabilityRecord<'a>>,
}

#[derive(Serialize)]
struct CapabilityRecord<'a> {
    code: &'a str,
    name: &'a str,
    grade: &'static str,
    strength: f64,
    words: &'a str,
}

pub(super) fn need(analysis: &Analysis, idx: NeedIdx) -> NeedRecord<'_> {
    let need: &Need = &analysis.needs[idx.get()];
    let proposal = analysis.proposal(need.proposal);
    let text = proposal.section(need.section);
    let capabilities = need.capabilities.iter().map(|found| {
        let capability = &analysis.capabilities[found.capability.get()];
        CapabilityRecord {
            code: &capability.code,
            name: &capability.name,
            grade: match found.grade {
                Grade::Named => "名称",
                Grade::Described => "对象与动作",
            },
            strength: rounded(found.strength.get()),
            words: found.span.of(text),
        }
    });
    NeedRecord {
        need: idx.0,
        proposal: &proposal.id,
        section: need.section.to_string(),
        bytes: bytes(need.span),
        head: need.head.of(text),
        quote: need.span.of(text),
        parent: need.parent.map(|span| span.of(text)),
        substantive: need.kind == NeedKind::Substantive,
        amount_wan: wan(need.amount),
        capabilities: capabilities.collect(),
    }
}
