//! What a query found: names first, then proposals with the passages that match.

use std::fmt::Write;

use crate::model::Proposal;
use crate::report::found::Found;
use crate::report::passage::{excerpt, short};
use crate::report::wording;

// Names and passages that are shown: enough to recognise the project.
const NAMES: usize = 5;
const PASSAGES: usize = 2;
const PASSAGE_LENGTH: usize = 90;

/// The whole answer.
pub fn search(found: &Found) -> String {
    let mut text = String::new();
    if !found.named_like.is_empty() {
        let _ = writeln!(text, "名称相近：");
        for like in found.named_like.iter().take(NAMES) {
            let _ = writeln!(text, "  {}", line(&found.proposals[like.proposal.get()]));
        }
        if found.named_like.len() > NAMES {
            let _ = writeln!(text, "  … 共 {} 项", found.named_like.len());
        }
        text.push('\n');
    }
    if found.hits.is_empty() {
        let _ = writeln!(text, "没有内容相近的项目：“{}”中的词没有出现在任何建设内容里", short(&found.query, 30));
        return text;
    }
    let named = if found.capabilities.is_empty() {
        String::new()
    } else {
        format!("（能力：{}）", found.capabilities.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("、"))
    };
    let _ = writeln!(text, "内容与“{}”相近{named}：", short(&found.query, 30));
    for (i, hit) in found.hits.iter().enumerate() {
        let _ = writeln!(text, "{:>3}. {}　得分 {:.1}", i + 1, line(&found.proposals[hit.proposal.get()]), hit.score);
        for passage in hit.passages.iter().take(PASSAGES) {
            let need = &found.needs[passage.need.get()];
            let quote = need.span.of(found.proposals[need.proposal.get()].section(need.section));
            let shared = if passage.capabilities.is_empty() {
                String::new()
            } else {
                format!("　〔{}〕", passage.capabilities.join("、"))
            };
            let _ = writeln!(text, "     {}：{}{shared}", need.section, excerpt(quote, None, PASSAGE_LENGTH));
        }
    }
    text
}

fn line(proposal: &Proposal) -> String {
    let money = proposal.money.total.map_or(String::new(), |wan| format!("，{}", wording::money(wan)));
    format!("{}  {}（{}，{}{money}）", proposal.id, proposal.name, wording::who(proposal), proposal.status)
}
