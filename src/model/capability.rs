//! One thing that can be built, with all the names that departments give it.

use serde::{Deserialize, Serialize};

use super::{CapabilityIdx, DepartmentKind};

/// 能力: an entry of the capability catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Unique and stable, such as `JT-001`.
    pub code: String,
    /// The planner's neutral name.
    pub name: String,
    /// 行业.
    pub sector: String,
    /// Names and phrases as departments, counties and vendors write them.
    pub names: Vec<String>,
    /// How an item of a filing describes building it without its name: by parts, steps, purpose, data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub says: Vec<String>,
    /// Words for what is acted on.
    pub objects: Vec<String>,
    /// Words for what is done to it.
    pub actions: Vec<String>,
    /// Who leads by legal duty, best first.
    pub owner: Vec<DepartmentKind>,
    /// 基础类统建: a base platform that the city builds once for everybody.
    pub common: bool,
    /// Codes of entries that look alike and are not the same thing.
    #[serde(default)]
    pub confusable: Vec<String>,
}

impl Capability {
    /// Its name and all its other names.
    pub fn all_names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.names)
    }

    /// All that describes it: names, phrases, objects and actions.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.all_names().chain(&self.says).chain(&self.objects).chain(&self.actions)
    }
}

/// What makes an entry of the catalogue less useful than it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WarningKind {
    /// One phrase names several entries.
    SharedName,
    /// The entry has few names.
    FewNames,
    /// Nothing says how filings describe it without its name.
    NoSays,
    /// Its own name finds another entry and not, or less surely, itself.
    FindsAnother,
    /// It is confusable with an entry that does not say so.
    OneSided,
}

impl WarningKind {
    /// All kinds, in the order in which they are told.
    pub const ALL: [WarningKind; 5] = [
        WarningKind::SharedName,
        WarningKind::FewNames,
        WarningKind::NoSays,
        WarningKind::FindsAnother,
        WarningKind::OneSided,
    ];
}

impl std::fmt::Display for WarningKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            WarningKind::SharedName => "同一说法见于几条",
            WarningKind::FewNames => "说法太少",
            WarningKind::NoSays => "没有描述",
            WarningKind::FindsAnother => "按名称找到的是别条",
            WarningKind::OneSided => "易混只写了一方",
        })
    }
}

/// One thing that an entry could do better; it stops nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CatalogueWarning {
    /// What it is.
    pub kind: WarningKind,
    /// The entries concerned, the one to mend first.
    pub capabilities: Vec<CapabilityIdx>,
    /// The phrase that is at issue, as the entry spells it; empty where none is.
    pub phrase: String,
}
