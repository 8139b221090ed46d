//! 接收回执: what was read, what was not, and how to mend it.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::{Problem, Receipt, Severity};

/// How many problems are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Enough to see what is going on: the first few of each kind.
    Some,
    /// Every one.
    All,
}

// 20 problems fit two screens; 3 of a kind show the pattern, and the rest of the kind is more of the same.
const MOST: usize = 20;
const OF_A_KIND: usize = 3;

/// One line of sums.
pub fn sums(receipt: &Receipt, problems: &[Problem]) -> String {
    let rows: usize = receipt.sources.iter().map(|s| s.rows).sum();
    let read: usize = receipt.sources.iter().map(|s| s.read).sum();
    let mut text = format!("接收回执：{} 个文件，{rows} 行，读入 {read} 项", receipt.sources.len());
    if problems.is_empty() {
        text.push_str("，没有发现问题\n");
        return text;
    }
    let count = |severity| problems.iter().filter(|p| p.severity() == severity).count();
    let parts: Vec<String> = [Severity::Lost, Severity::Partial, Severity::Note]
        .into_iter()
        .map(|severity| (severity, count(severity)))
        .filter(|(_, n)| *n > 0)
        .map(|(severity, n)| format!("{severity} {n}"))
        .collect();
    let _ = writeln!(text, "；问题 {} 处（{}）", problems.len(), parts.join("，"));
    text
}

/// The problems, worst first, each with its way out on its own line; `rest` says where to find those that are not shown.
pub fn problems(problems: &[Problem], shown: Shown, rest: &str) -> String {
    let mut text = String::new();
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    let mut left = 0;
    let mut written = 0;
    for severity in [Severity::Lost, Severity::Partial, Severity::Note] {
        let mut headed = false;
        for problem in problems.iter().filter(|p| p.severity() == severity) {
            let seen = of_kind.entry(problem.kind.name()).or_default();
            *seen += 1;
            if shown == Shown::Some && (*seen > OF_A_KIND || written >= MOST) {
                left += 1;
                continue;
            }
            if !headed {
                let _ = writeln!(text, "〔{severity}〕");
                headed = true;
            }
            let _ = writeln!(text, "  {problem}\n    提示：{}", problem.hint());
            written += 1;
        }
    }
    if left > 0 {
        let _ = writeln!(text, "其余 {left} 处{rest}");
    }
    text
}

/// Files with what was read of each, for `check`.
pub fn sources(receipt: &Receipt) -> String {
    let mut table = super::table(comfy_table::presets::NOTHING, ["文件", "数据行", "读入", "问题"]);
    for source in &receipt.sources {
        table.add_row([
            source.file.clone(),
            source.rows.to_string(),
            source.read.to_string(),
            source.problems.to_string(),
        ]);
    }
    super::lines(&table)
}
