//! A pair taken apart: conclusion, both sides, and for each matched need its evidence, its sum and both quotes.

use std::fmt::Write;

use comfy_table::CellAlignment;
use comfy_table::presets::NOTHING;

use crate::model::{NeedIdx, NeedMatch, Proposal, Span};
use crate::report::explained::{Explained, Finding};
use crate::report::passage::{one_line, short};
use crate::report::wording;

// 6 matches are three screens; beyond that the list is for a program, and --json has all.
const SHOWN: usize = 6;

/// The whole explanation.
pub fn explain(pair: &Explained) -> String {
    let (a, b) = pair.sides();
    let mut text = format!("A  {}\nB  {}\n\n结论：{}\n", line(a), line(b), pair.conclusion());
    if let Finding::Listed(overlap) = &pair.finding {
        let money = overlap.money.map_or("双方均未列分项金额".to_owned(), wording::money);
        let (of_a, of_b) = (wording::percent(overlap.coverage.a), wording::percent(overlap.coverage.b));
        let _ = writeln!(text, "覆盖：A 方建设内容的 {of_a}，B 方的 {of_b}；涉及金额：{money}");
        let _ = writeln!(text, "说明：{}", wording::overlap(pair.proposals, overlap));
    }
    if let Finding::Excluded(exclusion) = &pair.finding {
        let quote = |q: crate::model::Quote| one_line(q.span.of(pair.proposals[q.proposal.get()].section(q.section)));
        let _ = writeln!(text, "依据：A “{}”\n      B “{}”", quote(exclusion.ground.0), quote(exclusion.ground.1));
    }
    let matches = pair.finding.matches();
    for (i, found) in matches.iter().take(SHOWN).enumerate() {
        let _ = write!(text, "\n{}", need_match(pair, i, found));
    }
    if matches.len() > SHOWN {
        let _ = writeln!(text, "\n… 另有 {} 项需求配对，用 --json 查看", matches.len() - SHOWN);
    }
    if pair.steps.len() > 1 {
        let steps: Vec<String> = pair.steps.iter().take(SHOWN).map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "\n合计：以最确定的一项 s₁ 为底，其余每项 sᵢ 再补一点：1 − (1 − s₁) × Π(1 − {} × sᵢ²)\n      {}{}",
            pair.formula.further,
            steps.join(" → "),
            if pair.steps.len() > SHOWN { " → …" } else { "" }
        );
    }
    text
}

fn line(proposal: &Proposal) -> String {
    let money = proposal.money.total.map_or("未报金额".to_owned(), wording::money);
    format!("{}  {}（{}，{}，{money}）", proposal.id, proposal.name, wording::who(proposal), proposal.status)
}

fn need_match(pair: &Explained, position: usize, found: &NeedMatch) -> String {
    let mut text = format!(
        "[{}] {}　得分 {}　候选规则：{}\n",
        position + 1,
        short(&found.label, 30),
        found.score,
        if matches!(pair.finding, Finding::NeverCandidate(_)) { "无".to_owned() } else { found.rule.to_string() }
    );
    let spans_a: Vec<Span> = found.shared.iter().map(|s| s.0).collect();
    let spans_b: Vec<Span> = found.shared.iter().map(|s| s.1).collect();
    let _ = writeln!(text, "  A {}", quote(pair, found.a, &spans_a));
    let _ = writeln!(text, "  B {}", quote(pair, found.b, &spans_b));
    let mut table = super::table(NOTHING, ["  依据", "数值", "权重", "贡献"]);
    for part in pair.formula.contributions(found) {
        table.add_row([
            format!("  {}", part.kind),
            format!("{:.3}", part.value),
            format!("{:.3}", part.weight),
            format!("{:.3}", part.product()),
        ]);
    }
    let log_odds = pair.formula.log_odds(found);
    table.add_row(["  常数".to_owned(), String::new(), String::new(), format!("{:.3}", pair.formula.bias)]);
    table.add_row(["  合计".to_owned(), String::new(), String::new(), format!("{log_odds:.3}")]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    text.push_str(&super::lines(&table));
    let own = pair.formula.own_score(found);
    let _ = writeln!(text, "  得分 = 1 / (1 + e^-({log_odds:.3})) = {own:.3}");
    if let Some(through) = found.through {
        let third = &pair.needs[through.need.get()];
        let _ = writeln!(
            text,
            "  佐证：双方都与 {} 的“{}”相近，得分提到 1 − (1 − {own:.3}) × (1 − {} × {}) = {}",
            pair.proposals[third.proposal.get()].id,
            short(&one_line(third.head.of(pair.proposals[third.proposal.get()].section(third.section))), 30),
            pair.formula.corroborated,
            through.support,
            found.score
        );
    }
    let akin = pair.akin.get(position).map_or(&[][..], Vec::as_slice);
    if !akin.is_empty() {
        let words: Vec<String> = akin.iter().map(|w| format!("{}～{} {}", w.a, w.b, w.cosine)).collect();
        let _ = writeln!(text, "  相近用词：{}", words.join("，"));
    }
    text
}

/// The need as filed, with the passages that agree between 【 and 】.
fn quote(pair: &Explained, idx: NeedIdx, shared: &[Span]) -> String {
    let need = &pair.needs[idx.get()];
    let text = pair.proposals[need.proposal.get()].section(need.section);
    let mut inside: Vec<Span> = shared.iter().copied().filter(|s| need.span.contains(*s) && !s.is_empty()).collect();
    inside.sort();
    let mut marked = String::new();
    let mut at = need.span.start;
    for span in inside {
        if span.start >= at {
            marked.push_str(Span::new(at, span.start).of(text));
            let _ = write!(marked, "【{}】", span.of(text));
            at = span.end;
        }
    }
    marked.push_str(Span::new(at, need.span.end).of(text));
    let amount = need.amount.map_or(String::new(), |wan| format!("〔计 {}〕", wording::money(wan)));
    format!("{}：{}{amount}", need.section, one_line(&marked))
}
