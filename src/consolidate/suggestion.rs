//! 建议: what the office could decide about each filing, from a closed list, by the first rule that applies.

use std::collections::BTreeSet;

use crate::model::{
    Advice, Group, NeedIdx, NeedKind, Overlap, ProposalIdx, Relation, Role, SectionKind, Suggestion, Wan,
};

use super::Evidence;

/// Shares of a filing's needs that others build or offer too, from which it is hardly a project of its own, or half of one.
const NEARLY_ALL: f64 = 0.8;
const HALF: f64 = 0.5;

/// One suggestion for each filing, in order.
pub fn suggestions(evidence: Evidence, groups: &[Group]) -> Vec<Suggestion> {
    let mut overlaps_of: Vec<Vec<usize>> = vec![Vec::new(); evidence.proposals.len()];
    for (i, overlap) in evidence.overlaps.iter().enumerate() {
        overlaps_of[overlap.pair.a().get()].push(i);
        overlaps_of[overlap.pair.b().get()].push(i);
    }
    let mut groups_of: Vec<Vec<usize>> = vec![Vec::new(); evidence.proposals.len()];
    for (i, group) in groups.iter().enumerate() {
        for member in &group.members {
            groups_of[member.proposal.get()].push(i);
        }
    }
    let mut substantive = vec![0_usize; evidence.proposals.len()];
    for need in evidence.needs {
        if need.kind == NeedKind::Substantive && need.section != SectionKind::Name {
            substantive[need.proposal.get()] += 1;
        }
    }
    (0..evidence.proposals.len())
        .filter(|&i| evidence.proposals[i].role == Role::Filing)
        .map(|i| {
            let proposal = ProposalIdx(i as u32);
            suggest(
                evidence,
                proposal,
                substantive[i],
                std::mem::take(&mut overlaps_of[i]),
                std::mem::take(&mut groups_of[i]),
            )
        })
        .collect()
}

fn suggest(
    evidence: Evidence,
    proposal: ProposalIdx,
    substantive: usize,
    overlaps: Vec<usize>,
    groups: Vec<usize>,
) -> Suggestion {
    let found: Vec<&Overlap> = overlaps.iter().map(|&i| &evidence.overlaps[i]).collect();
    let (advice, reason) = decide(evidence, proposal, substantive, &found);
    let money = money(evidence, proposal, &found);
    Suggestion { proposal, advice, reason, overlaps, groups, money }
}

fn decide(evidence: Evidence, proposal: ProposalIdx, substantive: usize, found: &[&Overlap]) -> (Advice, String) {
    let partner = |o: &Overlap| o.pair.partner(proposal).map(|p| &evidence.proposals[p.get()]);
    let own_coverage = |o: &Overlap| if o.pair.a() == proposal { o.coverage.a.get() } else { o.coverage.b.get() };
    let name = |o: &Overlap| {
        partner(o)
            .map_or(String::new(), |p| format!("{}“{}”", p.department.name, p.name.replace('“', "‘").replace('”', "’")))
    };
    if substantive == 0 {
        return (Advice::Manual, "建设内容过少，无法判断是否重复；请补报建设内容后重新比对".to_owned());
    }
    let standing: Vec<&&Overlap> =
        found.iter().filter(|o| partner(o).is_some_and(|p| p.role != Role::Filing)).collect();
    if let Some(o) = standing.iter().find(|o| o.relation == Relation::Duplicate && own_coverage(o) >= NEARLY_ALL) {
        return (Advice::Decline, format!("建设内容基本已由{}覆盖", name(o)));
    }
    if let Some(o) = standing.iter().max_by(|x, y| own_coverage(x).total_cmp(&own_coverage(y)))
        && own_coverage(o) >= HALF
    {
        return (Advice::UsePlatform, format!("半数以上建设内容可复用{}", name(o)));
    }
    if let Some(o) = found.iter().find(|o| o.relation == Relation::Duplicate) {
        return (Advice::Merge, format!("与{}主要建设内容相同，宜合并", name(o)));
    }
    if let Some(o) = standing.first() {
        return (Advice::SupportReduced, format!("部分内容可复用{}，相应部分核减", name(o)));
    }
    if let Some(o) = found.iter().max_by(|x, y| own_coverage(x).total_cmp(&own_coverage(y)))
        && own_coverage(o) >= HALF
    {
        return (Advice::Merge, format!("半数以上建设内容与{}交叉，宜纳入归并组统筹", name(o)));
    }
    if let Some(o) = found.first() {
        return (
            Advice::SupportReduced,
            format!("与{}等 {} 项部分交叉，交叉部分在归并组中统筹，其余支持", name(o), found.len()),
        );
    }
    if evidence.proposals[proposal.get()].money.total.is_none() {
        return (Advice::Substantiate, "未发现重复，但未报投资额；请补充投资估算".to_owned());
    }
    (Advice::Support, "未发现与其他申报、已建系统或统建平台重复".to_owned())
}

/// The money of the filing's own matched needs, each counted once; `None` where none of them is priced.
fn money(evidence: Evidence, proposal: ProposalIdx, found: &[&Overlap]) -> Option<Wan> {
    let own: BTreeSet<NeedIdx> = found
        .iter()
        .flat_map(|o| o.matches.iter().map(move |m| if o.pair.a() == proposal { m.a } else { m.b }))
        .collect();
    let amounts: Vec<Wan> = own.iter().filter_map(|n| evidence.needs[n.get()].amount).collect();
    (!amounts.is_empty()).then(|| amounts.into_iter().sum())
}
