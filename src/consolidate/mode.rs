//! 建设模式: how a group should be built, by the first rule that applies.

use std::collections::BTreeSet;

use crate::model::{Member, Mode, Pair, Region, Relation, Role};

use super::Evidence;

/// The mode of a group.
///
/// 1. Somebody offers it already (a platform or a built system among the members): 复用已建.
/// 2. Two or more regions repeat it, and most members are regional: 统一标准分级建设.
/// 3. Most pairs of members are duplicates: 合并立项.
/// 4. Else 共建共享.
pub fn mode(evidence: Evidence, members: &[Member]) -> Mode {
    let proposals: Vec<_> = members.iter().map(|m| &evidence.proposals[m.proposal.get()]).collect();
    if proposals.iter().any(|p| p.role != Role::Filing && p.department.region == Region::City) {
        return Mode::Reuse;
    }
    let regions: BTreeSet<_> = proposals.iter().map(|p| &p.department.region).collect();
    let local = proposals.iter().filter(|p| p.department.region != Region::City).count();
    if regions.len() >= 2 && 2 * local >= proposals.len() {
        return Mode::Standardise;
    }
    let inside: BTreeSet<_> = members.iter().map(|m| m.proposal).collect();
    let (mut pairs, mut duplicates) = (0, 0);
    for overlap in evidence.overlaps {
        let Pair { .. } = overlap.pair;
        if inside.contains(&overlap.pair.a()) && inside.contains(&overlap.pair.b()) {
            pairs += 1;
            duplicates += usize::from(overlap.relation == Relation::Duplicate);
        }
    }
    if 2 * duplicates > pairs { Mode::Merge } else { Mode::Share }
}
