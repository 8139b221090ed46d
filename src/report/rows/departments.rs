//! departments.csv: 单位 × 单位, where overlaps accumulate.

use std::collections::BTreeMap;

use crate::model::{Analysis, Relation};
use crate::report::wording;

use super::{Cell, Table};

/// The file's name.
pub const FILE: &str = "departments.csv";

/// In order; scripts rely on the names.
pub const COLUMNS: &[&str] =
    &["单位A", "单位B", "重叠对数", "涉及金额(万元)", "重复", "交叉", "复用", "主要共同需求", "项目对"];

#[derive(Default)]
struct Between {
    relations: BTreeMap<Relation, usize>,
    labels: Vec<String>,
    pairs: Vec<String>,
}

/// One row a pair of departments, most overlaps first. One amount can stand in several pairs: the money ranks, it does not add up.
pub fn table(analysis: &Analysis) -> Table<'_> {
    let mut between: BTreeMap<(&str, &str), Between> = BTreeMap::new();
    for overlap in &analysis.overlaps {
        let (a, b) = (analysis.proposal(overlap.pair.a()), analysis.proposal(overlap.pair.b()));
        let (x, y) = (a.department.name.as_str(), b.department.name.as_str());
        let entry = between.entry((x.min(y), x.max(y))).or_default();
        *entry.relations.entry(overlap.relation).or_default() += 1;
        for label in wording::labels(&overlap.matches) {
            if entry.labels.len() < SHOWN && !entry.labels.contains(&label) {
                entry.labels.push(label);
            }
        }
        if entry.pairs.len() < SHOWN {
            entry.pairs.push(format!("{}×{}", a.id, b.id));
        }
    }
    let between: BTreeMap<(String, String), Between> =
        between.into_iter().map(|((a, b), found)| ((a.to_owned(), b.to_owned()), found)).collect();
    let rows = analysis.department_pairs().into_iter().map(move |pair| {
        let found = between.get(&(pair.a.clone(), pair.b.clone()));
        let count = |relation| Cell::Count(found.and_then(|f| f.relations.get(&relation)).copied().unwrap_or(0));
        vec![
            Cell::text(named(&pair.a)),
            Cell::text(named(&pair.b)),
            Cell::Count(pair.overlaps),
            Cell::Money(pair.money),
            count(Relation::Duplicate),
            count(Relation::Overlap),
            count(Relation::Reuse),
            Cell::text(found.map_or(String::new(), |f| f.labels.join("；"))),
            Cell::text(found.map_or(String::new(), |f| first_pairs(&f.pairs, pair.overlaps))),
        ]
    });
    Table { file: FILE, columns: COLUMNS, rows: Box::new(rows) }
}

fn named(department: &str) -> &str {
    if department.is_empty() { "（未填单位）" } else { department }
}

// 10, the surest first: what a meeting looks up from the matrix; all pairs stand in overlaps.csv.
const SHOWN: usize = 10;

fn first_pairs(pairs: &[String], all: usize) -> String {
    let rest = if all > pairs.len() { format!(";…共 {all} 对") } else { String::new() };
    pairs.join(";") + &rest
}
