//! projects.csv: every proposal with what the office could decide about it.

use crate::model::{Advice, Analysis, Overlap, Proposal, ProposalIdx, Region, Role, Suggestion};

use super::{Cell, Table, group_numbers, groups_of, indexes, overlaps_of};

/// The file's name.
pub const FILE: &str = "projects.csv";

/// In order; scripts rely on the names.
pub const COLUMNS: &[&str] = &[
    "项目编号",
    "项目名称",
    "单位",
    "投资",
    "建议",
    "理由",
    "归并组",
    "重叠项目数",
    "涉及金额",
    "金额单位",
    "项目类别",
    "状态",
    "行政区划",
    "覆盖的共性需求",
    "最相近项目",
    "最高重叠度",
    "本年度资金",
    "年运维费",
    "文件",
    "工作表",
    "行",
];

/// One row a proposal, by id.
pub fn table(analysis: &Analysis) -> Table<'_> {
    let (groups, overlaps) = (groups_of(analysis), overlaps_of(analysis));
    let mut suggestions: Vec<Option<&Suggestion>> = vec![None; analysis.proposals.len()];
    for suggestion in &analysis.suggestions {
        suggestions[suggestion.proposal.get()] = Some(suggestion);
    }
    let rows = indexes(analysis)
        .map(move |idx| row(analysis, idx, suggestions[idx.get()], &groups[idx.get()], &overlaps[idx.get()]));
    Table { file: FILE, columns: COLUMNS, rows: Box::new(rows) }
}

fn row(
    analysis: &Analysis,
    idx: ProposalIdx,
    suggestion: Option<&Suggestion>,
    groups: &[usize],
    overlaps: &[usize],
) -> Vec<Cell> {
    let proposal = analysis.proposal(idx);
    let best: Option<&Overlap> = overlaps.first().map(|&i| &analysis.overlaps[i]);
    let nearest = best.and_then(|o| o.pair.partner(idx)).map(|p| analysis.proposal(p));
    let region = match &proposal.department.region {
        Region::City => "市本级",
        Region::Local(name) => name,
    };
    vec![
        Cell::text(&proposal.id),
        Cell::text(&proposal.name),
        Cell::text(&proposal.department.name),
        Cell::money(proposal.money.total),
        Cell::text(suggestion.map_or(String::new(), |s| s.advice.to_string())),
        Cell::text(suggestion.map_or_else(|| no_advice(proposal).to_owned(), |s| s.reason.clone())),
        Cell::text(group_numbers(groups.iter().copied(), analysis.groups.len())),
        Cell::Count(overlaps.len()),
        Cell::money(suggestion.and_then(|s| s.money)),
        Cell::text("万元"),
        Cell::text(proposal.role.to_string()),
        Cell::text(proposal.status.to_string()),
        Cell::text(region),
        Cell::text(shared_needs(analysis, idx, groups)),
        Cell::text(nearest.map_or(String::new(), |p| format!("{} {}", p.id, p.name))),
        best.map_or(Cell::Blank, |o| Cell::Score(o.score)),
        Cell::money(proposal.money.this_year),
        Cell::money(proposal.money.maintenance),
        Cell::text(&proposal.source.file),
        Cell::text(proposal.source.sheet.clone().unwrap_or_default()),
        Cell::count(proposal.source.row),
    ]
}

fn no_advice(proposal: &Proposal) -> &'static str {
    match proposal.role {
        Role::Filing => "",
        Role::Inventory => "已建或在建系统，只供比对，不作建议",
        Role::Platform => "统建平台，只供比对，不作建议",
    }
}

/// Labels of the shared needs of its groups that it takes part in.
fn shared_needs(analysis: &Analysis, idx: ProposalIdx, groups: &[usize]) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for &group in groups {
        for shared in &analysis.groups[group].shared {
            let takes_part = shared.needs.iter().any(|n| analysis.needs[n.get()].proposal == idx);
            if takes_part && !labels.contains(&shared.label.as_str()) {
                labels.push(&shared.label);
            }
        }
    }
    labels.join("；")
}

/// How many filings got each suggestion, in the order of the list.
pub fn advice_counts(analysis: &Analysis) -> Vec<(Advice, usize)> {
    let mut counts: std::collections::BTreeMap<Advice, usize> = Default::default();
    for suggestion in &analysis.suggestions {
        *counts.entry(suggestion.advice).or_default() += 1;
    }
    counts.into_iter().collect()
}
