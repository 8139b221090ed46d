//! The catalogue on a terminal: sectors, entries, one entry, warnings, and what it does not know.

use std::fmt::Write;

use comfy_table::CellAlignment;
use comfy_table::presets::NOTHING;

use crate::model::{CapabilityIdx, CatalogueWarning, WarningKind};
use crate::report::catalogued::{Gaps, Shelf, Sums, hint, message};
use crate::report::passage::short;

/// Sums by sector.
pub fn sectors(shelf: &Shelf) -> String {
    let mut table = super::table(NOTHING, ["行业", "能力数", "说法数", "描述数", "公共平台数"]);
    let row = |s: Sums| {
        let figures = [s.capabilities, s.names, s.says, s.platforms].map(|n| n.to_string());
        std::iter::once(s.sector.to_owned()).chain(figures).collect::<Vec<_>>()
    };
    for sums in shelf.sectors() {
        table.add_row(row(sums));
    }
    table.add_row(row(shelf.total()));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    super::lines(&table)
}

/// The entries of one sector.
pub fn sector(shelf: &Shelf, name: &str, entries: &[CapabilityIdx]) -> String {
    let mut table = super::table(NOTHING, ["代码", "名称", "主管", "公共", "说法数"]);
    for idx in entries {
        let c = shelf.get(*idx);
        let public = if c.common { "是" } else { "" };
        table.add_row([&c.code, &c.name, &owner(shelf, *idx), public, &c.names.len().to_string()]);
    }
    format!("{name}：{} 条\n{}", entries.len(), super::lines(&table))
}

fn owner(shelf: &Shelf, idx: CapabilityIdx) -> String {
    shelf.get(idx).owner.iter().map(|kind| kind.0.as_str()).collect::<Vec<_>>().join("、")
}

/// One entry whole.
pub fn entry(shelf: &Shelf, idx: CapabilityIdx) -> String {
    let c = shelf.get(idx);
    let mut text = format!("{}  {}\n", c.code, c.name);
    let _ = writeln!(text, "来源：{}", if shelf.is_own(idx) { "本单位文件" } else { "内置" });
    let _ = writeln!(text, "行业：{}", c.sector);
    let _ = writeln!(text, "主管：{}", owner(shelf, idx));
    let _ = writeln!(text, "公共平台：{}", if c.common { "是" } else { "否" });
    let _ = writeln!(text, "对象：{}", c.objects.join("、"));
    let _ = writeln!(text, "动作：{}", c.actions.join("、"));
    for (title, phrases) in [("说法", &c.names), ("描述", &c.says)] {
        let _ = writeln!(text, "{title}（{}）：", phrases.len());
        for phrase in phrases {
            let _ = writeln!(text, "  {phrase}");
        }
    }
    let _ = writeln!(text, "易混（{}）：", c.confusable.len());
    for code in &c.confusable {
        let name = shelf.capabilities.iter().find(|other| other.code == *code).map_or("", |other| other.name.as_str());
        let _ = writeln!(text, "  {code}  {name}");
    }
    text
}

// 20 of a kind: a screen of examples; the rest is for a program.
const EXAMPLES: usize = 20;

/// How many warnings of each kind there are, and the first of each.
pub fn warnings(shelf: &Shelf, warnings: &[CatalogueWarning]) -> String {
    let mut text = format!("能力目录 {} 条，", shelf.capabilities.len());
    if warnings.is_empty() {
        text.push_str("没有发现问题\n");
        return text;
    }
    let _ = writeln!(text, "可以改进 {} 处", warnings.len());
    let is_own = |w: &&CatalogueWarning| w.capabilities.iter().any(|idx| shelf.is_own(*idx));
    let mut table = super::table(NOTHING, ["类别", "处数", "涉及本单位条目"]);
    let of = |kind| warnings.iter().filter(move |w| w.kind == kind);
    let kinds: Vec<WarningKind> = WarningKind::ALL.into_iter().filter(|kind| of(*kind).next().is_some()).collect();
    for kind in &kinds {
        let own = of(*kind).filter(is_own).count();
        table.add_row([kind.to_string(), of(*kind).count().to_string(), own.to_string()]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    text.push_str(&super::lines(&table));
    for kind in kinds {
        let _ = writeln!(text, "〔{kind}〕");
        for warning in of(kind).take(EXAMPLES) {
            let _ = writeln!(text, "  {}", message(shelf, warning));
        }
        let rest = of(kind).count().saturating_sub(EXAMPLES);
        if rest > 0 {
            let _ = writeln!(text, "  … 另有 {rest} 处，用 --json 查看");
        }
        let _ = writeln!(text, "  提示：{}", hint(kind));
    }
    text
}

// What fits on a terminal in two lines.
const HEAD: usize = 24;
const NAME: usize = 12;

/// The needs that the catalogue does not know.
pub fn gaps(gaps: &Gaps) -> String {
    let mut text = format!("共 {} 项建设需求，{} 项目录未覆盖\n", gaps.substantive, gaps.uncovered);
    if gaps.shown.is_empty() {
        return text;
    }
    let mut table = super::table(NOTHING, ["项目编号", "条目", "同类", "金额(万元)", "最接近的能力"]);
    for gap in &gaps.shown {
        let need = &gaps.needs[gap.need.get()];
        let proposal = &gaps.proposals[need.proposal.get()];
        let nearest = gap.nearest.first().map(|(idx, cosine)| {
            let c = gaps.shelf.get(*idx);
            format!("{} {cosine:.2}\n{}", c.code, short(&c.name, NAME))
        });
        table.add_row([
            proposal.id.clone(),
            short(gaps.head(gap), HEAD),
            gap.alike.to_string(),
            need.amount.map(|wan| wan.to_string()).unwrap_or_default(),
            nearest.unwrap_or_default(),
        ]);
    }
    for column in table.column_iter_mut().skip(2).take(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    text.push_str(&super::lines(&table));
    if gaps.shown.len() < gaps.uncovered {
        let _ = writeln!(text, "… 共 {} 项，用 --limit 多列", gaps.uncovered);
    }
    text
}
