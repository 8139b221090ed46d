//! exclusions.csv: look-alikes that were examined and are no overlap, with the reason.

use crate::model::{Analysis, Exclusion, Quote};
use crate::report::{passage, wording};

use super::{Cell, Table, side};

/// The file's name.
pub const FILE: &str = "exclusions.csv";

/// In order; scripts rely on the names.
pub const COLUMNS: &[&str] = &[
    "项目A编号",
    "项目A名称",
    "项目A单位",
    "项目B编号",
    "项目B名称",
    "项目B单位",
    "排除类别",
    "相似度",
    "A方原文",
    "B方原文",
    "理由",
    "相似之处",
];

/// One row an excluded pair.
pub fn table(analysis: &Analysis) -> Table<'_> {
    let rows = analysis.exclusions.iter().map(move |exclusion| row(analysis, exclusion));
    Table { file: FILE, columns: COLUMNS, rows: Box::new(rows) }
}

fn row(analysis: &Analysis, exclusion: &Exclusion) -> Vec<Cell> {
    let quote = |q: Quote| passage::short(analysis.quote(q), passage::REPORT_LENGTH);
    let mut row = Vec::with_capacity(COLUMNS.len());
    row.extend(side(analysis.proposal(exclusion.pair.a())));
    row.extend(side(analysis.proposal(exclusion.pair.b())));
    row.extend([
        Cell::text(exclusion.kind.to_string()),
        Cell::Score(exclusion.likeness),
        Cell::text(quote(exclusion.ground.0)),
        Cell::text(quote(exclusion.ground.1)),
        Cell::text(wording::exclusion(&analysis.proposals, exclusion)),
        Cell::text(wording::labels(&exclusion.matches).join("；")),
    ]);
    row
}
