//! The catalogue as JSON: what `catalogue --json` prints.

use serde::Serialize;

use crate::model::{CapabilityIdx, CatalogueWarning, WarningKind};
use crate::report::catalogued::{self, Gap, Gaps, Shelf, Sums};

use super::findings::{SideRecord, side};
use super::{SCHEMA, bytes, rounded, wan};

/// Sums by sector and of all.
#[derive(Serialize)]
pub(crate) struct SectorsRecord<'a> {
    schema: u32,
    total: SumsRecord<'a>,
    sectors: Vec<SumsRecord<'a>>,
}

#[derive(Serialize)]
struct SumsRecord<'a> {
    sector: &'a str,
    capabilities: usize,
    names: usize,
    says: usize,
    platforms: usize,
}

/// The sums of the catalogue.
pub(crate) fn sectors<'a>(shelf: &Shelf<'a>) -> SectorsRecord<'a> {
    let sums = |s: Sums<'a>| SumsRecord {
        sector: s.sector,
        capabilities: s.capabilities,
        names: s.names,
        says: s.says,
        platforms: s.platforms,
    };
    SectorsRecord {
        schema: SCHEMA,
        total: sums(shelf.total()),
        sectors: shelf.sectors().into_iter().map(sums).collect(),
    }
}

/// Entries of the catalogue.
#[derive(Serialize)]
pub(crate) struct EntriesRecord<'a> {
    schema: u32,
    capabilities: Vec<EntryRecord<'a>>,
}

#[derive(Serialize)]
struct EntryRecord<'a> {
    code: &'a str,
    name: &'a str,
    sector: &'a str,
    own: bool,
    common: bool,
    owner: Vec<&'a str>,
    names: &'a [String],
    says: &'a [String],
    objects: &'a [String],
    actions: &'a [String],
    confusable: Vec<NamedRecord<'a>>,
}

#[derive(Serialize)]
struct NamedRecord<'a> {
    code: &'a str,
    name: &'a str,
}

/// These entries whole.
pub(crate) fn entries<'a>(shelf: &Shelf<'a>, entries: &[CapabilityIdx]) -> EntriesRecord<'a> {
    EntriesRecord { schema: SCHEMA, capabilities: entries.iter().map(|idx| entry(shelf, *idx)).collect() }
}

fn entry<'a>(shelf: &Shelf<'a>, idx: CapabilityIdx) -> EntryRecord<'a> {
    let c = shelf.get(idx);
    let others = c.confusable.iter().map(|code| NamedRecord {
        code,
        name: shelf.capabilities.iter().find(|other| other.code == *code).map_or("", |other| &other.name),
    });
    EntryRecord {
        code: &c.code,
        name: &c.name,
        sector: &c.sector,
        own: shelf.is_own(idx),
        common: c.common,
        owner: c.owner.iter().map(|kind| kind.0.as_str()).collect(),
        names: &c.names,
        says: &c.says,
        objects: &c.objects,
        actions: &c.actions,
        confusable: others.collect(),
    }
}

fn named<'a>(shelf: &Shelf<'a>, idx: CapabilityIdx) -> NamedRecord<'a> {
    NamedRecord { code: &shelf.get(idx).code, name: &shelf.get(idx).name }
}

/// What the check of the catalogue found.
#[derive(Serialize)]
pub(crate) struct WarningsRecord<'a> {
    schema: u32,
    capabilities: usize,
    counts: Vec<CountRecord>,
    warnings: Vec<WarningRecord<'a>>,
}

#[derive(Serialize)]
struct CountRecord {
    kind: String,
    count: usize,
}

#[derive(Serialize)]
struct WarningRecord<'a> {
    kind: String,
    own: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    phrase: Option<&'a str>,
    capabilities: Vec<NamedRecord<'a>>,
    message: String,
    hint: &'static str,
}

/// All warnings, with their number by kind.
pub(crate) fn warnings<'a>(shelf: &Shelf<'a>, warnings: &'a [CatalogueWarning]) -> WarningsRecord<'a> {
    let count = |kind: WarningKind| CountRecord {
        kind: kind.to_string(),
        count: warnings.iter().filter(|w| w.kind == kind).count(),
    };
    let record = |warning: &'a CatalogueWarning| WarningRecord {
        kind: warning.kind.to_string(),
        own: warning.capabilities.iter().any(|idx| shelf.is_own(*idx)),
        phrase: Some(warning.phrase.as_str()).filter(|phrase| !phrase.is_empty()),
        capabilities: warning.capabilities.iter().map(|idx| named(shelf, *idx)).collect(),
        message: catalogued::message(shelf, warning),
        hint: catalogued::hint(warning.kind),
    };
    WarningsRecord {
        schema: SCHEMA,
        capabilities: shelf.capabilities.len(),
        counts: WarningKind::ALL.into_iter().map(count).collect(),
        warnings: warnings.iter().map(record).collect(),
    }
}

/// What the catalogue does not know of a batch.
#[derive(Serialize)]
pub(crate) struct GapsRecord<'a> {
    schema: u32,
    needs: usize,
    uncovered: usize,
    gaps: Vec<GapRecord<'a>>,
}

#[derive(Serialize)]
struct GapRecord<'a> {
    need: u32,
    project: SideRecord<'a>,
    section: String,
    bytes: [usize; 2],
    head: &'a str,
    quote: &'a str,
    amount_wan: Option<String>,
    alike: usize,
    nearest: Vec<NearRecord<'a>>,
}

#[derive(Serialize)]
struct NearRecord<'a> {
    code: &'a str,
    name: &'a str,
    cosine: f64,
}

/// The needs that the catalogue does not know.
pub(crate) fn gaps<'a>(gaps: &'a Gaps) -> GapsRecord<'a> {
    GapsRecord {
        schema: SCHEMA,
        needs: gaps.substantive,
        uncovered: gaps.uncovered,
        gaps: gaps.shown.iter().map(|g| gap(gaps, g)).collect(),
    }
}

fn gap<'a>(gaps: &'a Gaps, gap: &Gap) -> GapRecord<'a> {
    let need = &gaps.needs[gap.need.get()];
    let proposal = &gaps.proposals[need.proposal.get()];
    let near = |&(idx, cosine): &(CapabilityIdx, f64)| NearRecord {
        code: &gaps.shelf.get(idx).code,
        name: &gaps.shelf.get(idx).name,
        cosine: rounded(cosine),
    };
    GapRecord {
        need: gap.need.0,
        project: side(proposal),
        section: need.section.to_string(),
        bytes: bytes(need.span),
        head: gaps.head(gap),
        quote: need.span.of(proposal.section(need.section)),
        amount_wan: wan(need.amount),
        alike: gap.alike,
        nearest: gap.nearest.iter().map(near).collect(),
    }
}
