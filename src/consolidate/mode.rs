//! 建设模式: how a group should be built, by the first rule that applies.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::{Member, Mode, Pair, Region, Relation, Role};

use super::Evidence;

/// The mode of a group.
///
/// 1. Somebody offers it already (a platform or a built system among the members): 复用已建.
/// 2. Two or more regions repeat it, and most members are regional: 统一标准分级建设.
/// 3. Most pairs of members are duplicates: 合并立项.
/// 4. Else 共建共享.
pub fn mode(evidence: Evidence, members: &[Member], relations: &FxHashMap<Pair, Relation>) -> Mode {
    let proposals: Vec<_> = members.iter().map(|m| &evidence.proposals[m.proposal.get()]).collect();
    if proposals.iter().any(|p| p.role != Role::Filing && p.department.region == Region::City) {
        return Mode::Reuse;
    }
    let regions: BTreeSet<_> = proposals.iter().map(|p| &p.department.region).collect();
    let local = proposals.iter().filter(|p| p.department.region != Region::City).count();
    if regions.len() >= 2 && 2 * local >= proposals.len() {
        return Mode::Standardise;
    }
    let of_pairs: Vec<Relation> = members
        .iter()
        .enumerate()
        .flat_map(|(i, x)| members[i + 1..].iter().filter_map(move |y| Pair::new(x.proposal, y.proposal)))
        .filter_map(|pair| relations.get(&pair).copied())
        .collect();
    let duplicates = of_pairs.iter().filter(|r| **r == Relation::Duplicate).count();
    if 2 * duplicates > of_pairs.len() { Mode::Merge } else { Mode::Share }
}
