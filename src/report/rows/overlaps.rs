//! overlaps.csv: which projects build the same, best proof first.

use std::collections::BTreeSet;

use crate::model::{Analysis, Overlap};
use crate::report::{passage, wording};

use super::{Cell, Table, group_numbers, groups_of, side};

/// The file's name.
pub const FILE: &str = "overlaps.csv";

/// In order; scripts rely on the names.
pub const COLUMNS: &[&str] = &[
    "项目A编号",
    "项目A名称",
    "项目A单位",
    "项目B编号",
    "项目B名称",
    "项目B单位",
    "关系",
    "重叠度",
    "共同需求",
    "A方原文",
    "B方原文",
    "涉及金额(万元)",
    "说明",
    "A方覆盖率",
    "B方覆盖率",
    "判定规则",
    "依据",
    "候选规则",
    "归并组",
    "A方类别",
    "B方类别",
    "A方投资(万元)",
    "B方投资(万元)",
];

/// One row an overlap.
pub fn table(analysis: &Analysis) -> Table<'_> {
    let groups = groups_of(analysis);
    let rows = analysis.overlaps.iter().map(move |overlap| row(analysis, overlap, &groups));
    Table { file: FILE, columns: COLUMNS, rows: Box::new(rows) }
}

fn row(analysis: &Analysis, overlap: &Overlap, groups: &[Vec<usize>]) -> Vec<Cell> {
    let (a, b) = (analysis.proposal(overlap.pair.a()), analysis.proposal(overlap.pair.b()));
    let focus = |m: &crate::model::NeedMatch| m.shared.first().copied();
    let quotes_a = overlap.matches.iter().map(|m| passage::need(analysis, m.a, focus(m).map(|f| f.0)));
    let quotes_b = overlap.matches.iter().map(|m| passage::need(analysis, m.b, focus(m).map(|f| f.1)));
    let of_a = &groups[overlap.pair.a().get()];
    let of_b = &groups[overlap.pair.b().get()];
    let both = of_a.iter().copied().filter(|g| of_b.contains(g));
    let rules: BTreeSet<_> = overlap.matches.iter().map(|m| m.rule).collect();
    let rules = rules.iter().map(ToString::to_string).collect::<Vec<_>>().join("；");
    let mut row = Vec::with_capacity(COLUMNS.len());
    row.extend(side(a));
    row.extend(side(b));
    row.extend([
        Cell::text(overlap.relation.to_string()),
        Cell::Score(overlap.score),
        Cell::text(wording::labels(&overlap.matches).join("；")),
        Cell::text(passage::joined(quotes_a)),
        Cell::text(passage::joined(quotes_b)),
        Cell::money(overlap.money),
        Cell::text(wording::overlap(&analysis.proposals, overlap)),
        Cell::Share(overlap.coverage.a),
        Cell::Share(overlap.coverage.b),
        Cell::text(overlap.verdict.to_string()),
        Cell::text(passage::joined(overlap.matches.iter().map(wording::evidence))),
        Cell::text(rules),
        Cell::text(group_numbers(both, analysis.groups.len())),
        Cell::text(a.role.to_string()),
        Cell::text(b.role.to_string()),
        Cell::money(a.money.total),
        Cell::money(b.money.total),
    ]);
    row
}
