//! groups.csv: what to decide on together.

use crate::model::{Analysis, Group, Member, NeedIdx, Role};
use crate::report::passage::{self, BETWEEN};
use crate::report::wording;

use super::{Cell, Table, group_number};

/// The file's name.
pub const FILE: &str = "groups.csv";

/// In order; scripts rely on the names.
pub const COLUMNS: &[&str] = &[
    "组号",
    "名称",
    "项目编号",
    "牵头单位",
    "参建单位",
    "建设模式",
    "共性需求",
    "重复投资下限(万元)",
    "重复投资上限(万元)",
    "理由",
    "牵头理由",
    "各成员边界",
    "金额口径",
    "项目名称",
    "项目数",
    "成员投资合计(万元)",
];

/// One row a group.
pub fn table(analysis: &Analysis) -> Table<'_> {
    let rows = analysis.groups.iter().enumerate().map(move |(i, group)| row(analysis, i, group));
    Table { file: FILE, columns: COLUMNS, rows: Box::new(rows) }
}

fn row(analysis: &Analysis, position: usize, group: &Group) -> Vec<Cell> {
    let members: Vec<_> = group.members.iter().map(|m| analysis.proposal(m.proposal)).collect();
    let ids = members.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(";");
    let names = members.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("；");
    let asked = members.iter().filter(|p| p.role == Role::Filing).filter_map(|p| p.money.total).sum();
    vec![
        Cell::text(group_number(position, analysis.groups.len())),
        Cell::text(&group.title),
        Cell::text(ids),
        Cell::text(&group.lead.department),
        Cell::text(others(analysis, group).join("；")),
        Cell::text(group.mode.to_string()),
        Cell::text(group.shared.iter().map(|s| passage::short(&s.label, 30)).collect::<Vec<_>>().join("；")),
        Cell::Money(group.money.low),
        Cell::Money(group.money.high),
        Cell::text(wording::group(analysis, group)),
        Cell::text(wording::lead(analysis, group)),
        Cell::text(group.members.iter().map(|m| boundary(analysis, m)).collect::<Vec<_>>().join(BETWEEN)),
        Cell::text(wording::money_basis(group)),
        Cell::text(names),
        Cell::Count(members.len()),
        Cell::Money(asked),
    ]
}

/// The departments of the members but the lead, each once, in order of the members.
pub(crate) fn others<'a>(analysis: &'a Analysis, group: &Group) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for member in &group.members {
        let name = analysis.proposal(member.proposal).department.name.as_str();
        if !name.is_empty() && name != group.lead.department && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What moves into the joint part and what a member keeps building.
fn boundary(analysis: &Analysis, member: &Member) -> String {
    let proposal = analysis.proposal(member.proposal);
    let moves = heads(analysis, &member.moves);
    if proposal.role != Role::Filing {
        return format!("{} {}（{}）：提供 {moves}", proposal.id, wording::who(proposal), proposal.status);
    }
    format!("{} {}：纳入共建 {moves}；保留 {}", proposal.id, wording::who(proposal), heads(analysis, &member.keeps))
}

// 5 needs a side: a cell with more is not read; result.json has all.
const HEADS: usize = 5;

fn heads(analysis: &Analysis, needs: &[NeedIdx]) -> String {
    if needs.is_empty() {
        return "无".to_owned();
    }
    let first: Vec<String> = needs.iter().take(HEADS).map(|n| passage::head(analysis, *n)).collect();
    let rest = if needs.len() > HEADS { format!("等 {} 项", needs.len()) } else { String::new() };
    format!("{}{rest}", first.join("、"))
}
