//! 牵头单位: legal duty first, then who runs the built system, then the widest coverage; always with the reason.

use crate::model::{Lead, LeadReason, Member, Mode, ProposalIdx, Region, Role, SharedNeed};

use super::{ByName, Evidence};

/// Who leads a group, and why.
pub(super) fn lead(evidence: Evidence, named: &ByName, members: &[Member], shared: &[SharedNeed], mode: Mode) -> Lead {
    let department = |p: ProposalIdx| evidence.proposals[p.get()].department.name.clone();
    if mode == Mode::Reuse
        && let Some(system) =
            members.iter().map(|m| m.proposal).find(|p| evidence.proposals[p.get()].role != Role::Filing)
    {
        return Lead { department: department(system), reason: LeadReason::RunsSystem { proposal: system } };
    }
    if let Some((proposal, capability)) = by_duty(evidence, named, members, shared) {
        return Lead { department: department(proposal), reason: LeadReason::LegalDuty { capability } };
    }
    // A city department before a county's, then more moved needs, then the smaller number.
    let widest = members
        .iter()
        .max_by_key(|m| {
            let city = evidence.proposals[m.proposal.get()].department.region == Region::City;
            (city, m.moves.len(), std::cmp::Reverse(&evidence.proposals[m.proposal.get()].id))
        })
        .map(|m| m.proposal);
    Lead { department: widest.map(department).unwrap_or_default(), reason: LeadReason::WidestCoverage }
}

/// The member whose kind of department owns the most widely shared capability, city level before counties.
fn by_duty(
    evidence: Evidence,
    named: &ByName,
    members: &[Member],
    shared: &[SharedNeed],
) -> Option<(ProposalIdx, String)> {
    shared.iter().find_map(|need| {
        let capability = named.get(need.label.as_str())?;
        let owner = capability.owner.iter().find_map(|owner| {
            members.iter().map(|m| m.proposal).filter(|p| evidence.kinds[p.get()].as_ref() == Some(owner)).min_by_key(
                |p| (evidence.proposals[p.get()].department.region != Region::City, &evidence.proposals[p.get()].id),
            )
        })?;
        Some((owner, capability.name.clone()))
    })
}
