//! problems.csv: what was wrong in the input, where, and how to mend it.

use crate::model::Problem;

use super::{Cell, Table};

/// The file's name.
pub const FILE: &str = "problems.csv";

/// In order; scripts rely on the names.
pub const COLUMNS: &[&str] = &["文件", "工作表", "行", "列", "类别", "程度", "说明", "处理办法"];

/// One row a problem, by place.
pub fn table(problems: &[Problem]) -> Table<'_> {
    let rows = problems.iter().map(|problem| {
        vec![
            Cell::text(&problem.place.file),
            Cell::text(problem.place.sheet.clone().unwrap_or_default()),
            Cell::count(problem.place.row),
            Cell::text(problem.place.column.clone().unwrap_or_default()),
            Cell::text(problem.kind.name()),
            Cell::text(problem.severity().to_string()),
            Cell::text(problem.kind.to_string()),
            Cell::text(problem.hint()),
        ]
    });
    Table { file: FILE, columns: COLUMNS, rows: Box::new(rows) }
}
