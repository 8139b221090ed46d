//! A sheet as read from any format: rows of the cells that hold something, nothing dense.

use crate::model::ProblemKind;

/// What is read of a file, at most. Beyond a limit the rest is left out and a problem says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Megabytes a file, on the disk. 200: a year's filings of a province with pictures are below 100; everything is held in memory.
    pub file_mb: u64,
    /// Megabytes a workbook may unpack to. 2000: ten times the above is what XML compresses to; a zip bomb claims more.
    pub unpacked_mb: u64,
    /// Rows with content a sheet. 200 000: three orders of magnitude above a city's batch.
    pub rows: usize,
    /// Columns. 512: the widest real form seen has 96; a stray cell in column XFD is formatting left behind.
    pub columns: usize,
    /// Filled cells a sheet. 5 million: about 500 MB as text.
    pub cells: usize,
    /// Characters a cell. 60 000: twice what Excel can hold (32 767), about 100 printed pages.
    pub cell_characters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_mb: 200,
            unpacked_mb: 2_000,
            rows: 200_000,
            columns: 512,
            cells: 5_000_000,
            cell_characters: 60_000,
        }
    }
}

/// One cell with content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// The text; numbers in plain decimal notation, dates as `2024-06-01`.
    pub(crate) text: String,
    /// What it was in the file.
    pub(crate) kind: CellKind,
}

/// What a cell was in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CellKind {
    #[default]
    Text,
    Number,
    Date,
    /// A formula without stored value, or with an error for a value; the text is empty.
    NoValue,
    /// Cut at the limit; how many characters there were.
    Cut(usize),
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: CellKind::Text }
    }
}

/// One row with content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Row {
    /// As a spreadsheet counts, from 1.
    pub(crate) number: u32,
    /// Column (from 0) and cell, sorted by column; blank cells are absent.
    pub(crate) cells: Vec<(u32, Cell)>,
}

impl Row {
    pub(crate) fn get(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(c, _)| *c).ok()?;
        Some(&self.cells[at].1)
    }

    /// The text of a cell, trimmed; empty where there is none.
    pub(crate) fn text(&self, column: u32) -> &str {
        self.get(column).map_or("", |cell| cell.text.trim())
    }

    pub(crate) fn set(&mut self, column: u32, cell: Cell) {
        match self.cells.binary_search_by_key(&column, |(c, _)| *c) {
            Ok(at) => self.cells[at].1 = cell,
            Err(at) => self.cells.insert(at, (column, cell)),
        }
    }
}

/// A rectangle of merged cells; rows count from 1 as in [`Row`], columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Merge {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

/// One sheet of a workbook, one CSV file, or the records of a JSON file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// The name, in workbooks.
    pub(crate) name: Option<String>,
    /// Rows with content, top to bottom.
    pub(crate) rows: Vec<Row>,
    /// Merged cells, sorted.
    pub(crate) merges: Vec<Merge>,
    /// The header, where the format has one itself (JSON keys).
    pub(crate) header: Option<Vec<String>>,
    /// What was wrong, with the row where it has one.
    pub(crate) problems: Vec<(Option<u32>, ProblemKind)>,
    /// Records that could not be read at all; they count in the receipt.
    pub(crate) lost_rows: usize,
}

impl Sheet {
    /// Appends a cell; cells come row by row. `false` once a limit is reached.
    pub(crate) fn push(&mut self, row: u32, column: u32, cell: Cell, limits: &Limits, filled: &mut usize) -> bool {
        if column as usize >= limits.columns {
            self.note(ProblemKind::ColumnsTooMany { limit: limits.columns });
            return true;
        }
        if *filled >= limits.cells {
            self.note(ProblemKind::CellsTooMany { limit: limits.cells });
            return false;
        }
        let new_row = self.rows.last().is_none_or(|last| last.number != row);
        if new_row && self.rows.len() >= limits.rows {
            self.note(ProblemKind::RowsTooMany { limit: limits.rows });
            return false;
        }
        if new_row {
            self.rows.push(Row { number: row, cells: Vec::new() });
        }
        *filled += 1;
        if let Some(last) = self.rows.last_mut() {
            last.set(column, clean(cell, limits));
        }
        true
    }

    fn note(&mut self, kind: ProblemKind) {
        if !self.problems.iter().any(|(_, known)| *known == kind) {
            self.problems.push((None, kind));
        }
    }

    /// Puts rows in order; a hand-made workbook may list them in any.
    pub(crate) fn sort_rows(&mut self) {
        self.rows.sort_by_key(|row| row.number);
        self.rows.dedup_by(|later, first| {
            let same = later.number == first.number;
            if same {
                for (column, cell) in later.cells.drain(..) {
                    first.set(column, cell);
                }
            }
            same
        });
        self.merges.sort();
    }
}

/// Line ends become `\n`, other control characters go, and what is beyond the limit is cut on a character border.
fn clean(mut cell: Cell, limits: &Limits) -> Cell {
    if cell.text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') || cell.text.contains("_x000D_") {
        let text = cell.text.replace("\r\n", "\n").replace(['\r', '\u{b}'], "\n").replace("_x000D_", "");
        cell.text = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    }
    if let Some((end, _)) = cell.text.char_indices().nth(limits.cell_characters) {
        cell.kind = CellKind::Cut(cell.text.chars().count());
        cell.text.truncate(end);
    }
    cell
}
