//! What a batch comes to, on one screen.

use std::fmt::Write;

use comfy_table::presets::NOTHING;

use crate::model::{Analysis, MoneyRange, Relation, Role, Wan};
use crate::report::passage::short;
use crate::report::rows::{group_number, groups, projects};
use crate::report::wording;

// 8 of each fit one screen with the sums above.
const SHOWN: usize = 8;

/// Sums, then the groups with most money and the surest overlaps.
pub fn summary(analysis: &Analysis) -> String {
    let mut text = sums(analysis);
    if !analysis.groups.is_empty() {
        let _ = write!(text, "\n归并组（按重复投资从多到少，万元）\n{}", top_groups(analysis));
    }
    if !analysis.overlaps.is_empty() {
        let _ = write!(text, "\n重叠项目（按重叠度从高到低）\n{}", top_overlaps(analysis));
    }
    text
}

fn sums(analysis: &Analysis) -> String {
    let of = |role| analysis.proposals.iter().filter(move |p| p.role == role);
    let filings = of(Role::Filing).count();
    let total: Wan = of(Role::Filing).filter_map(|p| p.money.total).sum();
    let without = of(Role::Filing).filter(|p| p.money.total.is_none()).count();
    let relation = |relation| analysis.overlaps.iter().filter(|o| o.relation == relation).count();
    let concerned: Wan = analysis.suggestions.iter().filter_map(|s| s.money).sum();
    let mut text = format!("申报 {filings} 项，总投资 {}", wording::money(total));
    if without > 0 {
        let _ = write!(text, "（{without} 项未报金额）");
    }
    let _ = writeln!(text, "；对照台账 {} 项、统建平台 {} 项", of(Role::Inventory).count(), of(Role::Platform).count());
    let _ = writeln!(
        text,
        "发现重复 {} 对、交叉 {} 对、复用 {} 对；貌似重复而排除 {} 对；归并组 {} 个",
        relation(Relation::Duplicate),
        relation(Relation::Overlap),
        relation(Relation::Reuse),
        analysis.exclusions.len(),
        analysis.groups.len()
    );
    let _ = writeln!(text, "与他方重叠且列明金额的分项共 {}（每个分项计一次）", wording::money(concerned));
    let advice: Vec<String> =
        projects::advice_counts(analysis).into_iter().map(|(advice, n)| format!("{advice} {n}")).collect();
    if !advice.is_empty() {
        let _ = writeln!(text, "建议：{}", advice.join(" · "));
    }
    text
}

fn top_groups(analysis: &Analysis) -> String {
    let mut table = super::table(NOTHING, ["组号", "名称", "牵头单位", "参建", "建设模式", "重复投资"]);
    for (i, group) in analysis.groups.iter().take(SHOWN).enumerate() {
        table.add_row([
            group_number(i, analysis.groups.len()),
            short(&group.title, 10),
            short(&group.lead.department, 8),
            format!("{}家", groups::others(analysis, group).len()),
            group.mode.to_string(),
            range(group.money),
        ]);
    }
    super::lines(&table) + &rest(analysis.groups.len(), "groups.csv")
}

/// A range in whole 万元: an estimate to the yuan would claim too much.
fn range(money: MoneyRange) -> String {
    let (low, high) = (format!("{:.0}", money.low.as_wan()), format!("{:.0}", money.high.as_wan()));
    if low == high { low } else { format!("{low}～{high}") }
}

fn top_overlaps(analysis: &Analysis) -> String {
    let mut table = super::table(NOTHING, ["关系", "重叠度", "项目A", "项目B", "共同需求"]);
    for overlap in analysis.overlaps.iter().take(SHOWN) {
        let (a, b) = (analysis.proposal(overlap.pair.a()), analysis.proposal(overlap.pair.b()));
        let labels = wording::labels(&overlap.matches);
        let first = labels.first().map_or(String::new(), |l| short(l, 12));
        let more = if labels.len() > 1 { format!("\n等 {} 项", labels.len()) } else { String::new() };
        table.add_row([
            overlap.relation.to_string(),
            overlap.score.to_string(),
            format!("{}\n{}", a.id, short(wording::who(a), 10)),
            format!("{}\n{}", b.id, short(wording::who(b), 10)),
            first + &more,
        ]);
    }
    super::lines(&table) + &rest(analysis.overlaps.len(), "overlaps.csv")
}

fn rest(all: usize, file: &str) -> String {
    if all > SHOWN { format!("… 共 {all} 条，见 {file}\n") } else { String::new() }
}
