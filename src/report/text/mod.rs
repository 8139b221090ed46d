//! Answers as text for a terminal, 80 columns wide, Chinese characters counted as two.

pub mod catalogue;
pub mod explain;
pub mod receipt;
pub mod search;
pub mod summary;

use comfy_table::{ContentArrangement, Table, TableStyle};

/// Columns of a terminal that everybody has.
pub const WIDTH: u16 = 80;

/// A table without frame that breaks long cells instead of running over the edge.
fn table<const N: usize>(style: TableStyle, header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH).set_header(header);
    table.force_no_tty();
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// The table's lines without trailing blanks.
fn lines(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
