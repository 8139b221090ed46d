//! 建设模式: how a group should be built, by the first rule that applies.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::{Member, Mode, Pair, ProposalIdx, Region, Relation, Role, SharedNeed};

use super::Evidence;

/// The mode of a group.
///
/// 1. Somebody offers it already (a platform or a built system among the members): 复用已建.
/// 2. Two or more regions repeat it, and most members are regional: 统一标准分级建设.
/// 3. Most members duplicate another one, or share three needs or more with it: 合并立项.
/// 4. Else 共建共享.
pub fn mode(
    evidence: Evidence,
    members: &[Member],
    shared: &[SharedNeed],
    relations: &FxHashMap<Pair, Relation>,
) -> Mode {
    let proposals: Vec<_> = members.iter().map(|m| &evidence.proposals[m.proposal.get()]).collect();
    if proposals.iter().any(|p| p.role != Role::Filing && p.department.region == Region::City) {
        return Mode::Reuse;
    }
    let regions: BTreeSet<_> = proposals.iter().map(|p| &p.department.region).collect();
    let local = proposals.iter().filter(|p| p.department.region != Region::City).count();
    if regions.len() >= 2 && 2 * local >= proposals.len() {
        return Mode::Standardise;
    }
    let pairs: Vec<Pair> = members
        .iter()
        .enumerate()
        .flat_map(|(i, x)| members[i + 1..].iter().filter_map(move |y| Pair::new(x.proposal, y.proposal)))
        .filter(|pair| relations.contains_key(pair))
        .collect();
    let asks = |p: ProposalIdx, s: &SharedNeed| s.needs.iter().any(|n| evidence.needs[n.get()].proposal == p);
    let in_common = |pair: &Pair| shared.iter().filter(|s| asks(pair.a(), s) && asks(pair.b(), s)).count();
    let as_one = |pair: &&Pair| relations.get(*pair) == Some(&Relation::Duplicate) || in_common(pair) >= SAME_CORE;
    let tied: BTreeSet<ProposalIdx> = pairs.iter().filter(as_one).flat_map(|p| [p.a(), p.b()]).collect();
    if 2 * tied.len() > members.len() { Mode::Merge } else { Mode::Share }
}

// Three shared needs: with one or two each side plainly keeps a core of its own.
const SAME_CORE: usize = 3;
