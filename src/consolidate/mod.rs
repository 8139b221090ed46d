//! Overlaps to recommendations: groups with lead, mode and money, and a suggestion for every filing.

pub mod group;
pub mod lead;
pub mod mode;
pub mod savings;
pub mod suggestion;

use rustc_hash::FxHashMap;

use crate::model::{Capability, DepartmentKind, Group, Need, NeedIdx, Overlap, Proposal, ProposalIdx, Suggestion};
use crate::settings::ConsolidateSettings;

/// What the stage looks at: needs and money, no text.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// By index.
    pub proposals: &'a [Proposal],
    /// By index.
    pub needs: &'a [Need],
    /// By index.
    pub capabilities: &'a [Capability],
    /// The kind of each proposal's department.
    pub kinds: &'a [Option<DepartmentKind>],
    /// Best first.
    pub overlaps: &'a [Overlap],
}

/// The catalogue by name; of two entries of one name the first.
type ByName<'a> = FxHashMap<&'a str, &'a Capability>;

impl<'a> Evidence<'a> {
    fn by_name(self) -> ByName<'a> {
        let mut named = ByName::default();
        for capability in self.capabilities {
            named.entry(capability.name.as_str()).or_insert(capability);
        }
        named
    }

    /// The needs of a proposal with their numbers; needs are sorted by proposal.
    fn needs_of(self, proposal: ProposalIdx) -> impl Iterator<Item = (NeedIdx, &'a Need)> {
        let start = self.needs.partition_point(|n| n.proposal < proposal);
        let end = self.needs.partition_point(|n| n.proposal <= proposal);
        (start..end).map(move |i| (NeedIdx(i as u32), &self.needs[i]))
    }
}

/// What the meeting is advised.
#[derive(Debug, Default)]
pub struct Recommendations {
    /// Most money first.
    pub groups: Vec<Group>,
    /// One for each filing.
    pub suggestions: Vec<Suggestion>,
}

/// Groups the overlaps by what is shared, and suggests what to do with each filing.
pub fn consolidate(evidence: Evidence, settings: &ConsolidateSettings) -> Recommendations {
    let groups = group::groups(evidence, settings);
    let suggestions = suggestion::suggestions(evidence, &groups);
    Recommendations { groups, suggestions }
}
