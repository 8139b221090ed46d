//! XLSX, XLSB, XLS, ET and ODS workbooks to sheets, cell by cell within the limits.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use super::biff;
use super::format::Format;
use super::table::{Cell, CellKind, Limits, Merge, Sheet};
use crate::model::ProblemKind;

type Bytes<'a> = Cursor<&'a [u8]>;

/// All sheets of a workbook. The error is what is wrong with the file.
///
/// The reader is fed with whatever people send; where it panics, the file is reported as broken and the others go on.
pub(crate) fn read(bytes: &[u8], format: &Format, limits: &Limits) -> Result<Vec<Sheet>, ProblemKind> {
    let reading = std::panic::AssertUnwindSafe(|| match format {
        Format::Xlsb => xlsb(bytes, limits),
        Format::Xls => xls(bytes, limits),
        Format::Ods => ods(bytes, limits),
        _ => xlsx(bytes, limits),
    });
    std::panic::catch_unwind(reading)
        .unwrap_or_else(|_| Err(ProblemKind::Malformed("读取中断，文件结构不合规范".to_owned())))
}

/// The reader's reason is English and about the inside of the file: it goes in brackets, for whoever repairs it.
fn broken(error: impl std::fmt::Display) -> ProblemKind {
    let text = error.to_string();
    let lower = text.to_lowercase();
    if lower.contains("password") {
        return ProblemKind::Encrypted;
    }
    let what =
        if lower.contains("not found") { "工作簿缺少内部文件" } else { "工作簿内部数据不合规范" };
    ProblemKind::Malformed(format!("{what}（{text}）"))
}

/// Name and visibility of the sheets that hold cells.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

fn new_sheet(name: String, hidden: bool) -> Sheet {
    let problems = if hidden { vec![(None, ProblemKind::SheetHidden)] } else { Vec::new() };
    Sheet { name: Some(name), problems, ..Sheet::default() }
}

/// Streams, since a dense range of A1 and XFD1048576 asks for 549 GB and takes the process down.
fn xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, ProblemKind> {
    let mut book: Xlsx<Bytes> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for (name, hidden) in worksheets(book.sheets_metadata()) {
        let mut sheet = new_sheet(name.clone(), hidden);
        if let Err(error) = xlsx_cells(&mut book, &name, &mut sheet, limits) {
            sheet.problems.push((None, broken(error)));
        }
        sheet.merges = merges(book.merge_cells_by_sheet_name(&name).unwrap_or_default(), limits);
        sheet.sort_rows();
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn xlsx_cells(
    book: &mut Xlsx<Bytes>,
    name: &str,
    sheet: &mut Sheet,
    limits: &Limits,
) -> Result<(), calamine::XlsxError> {
    let mut filled = 0;
    let mut cells = book.worksheet_cells_reader(name)?;
    // The plain formula reader resizes a table by an index in the file, whatever it is; this one does not.
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        let cell = cell_of(Data::from(record.value), record.formula.is_some());
        if let Some(cell) = cell
            && !sheet.push(record.pos.0.saturating_add(1), record.pos.1, cell, limits, &mut filled)
        {
            break;
        }
    }
    Ok(())
}

fn xlsb(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, ProblemKind> {
    let mut book: Xlsb<Bytes> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for (name, hidden) in worksheets(book.sheets_metadata()) {
        let mut sheet = new_sheet(name.clone(), hidden);
        let mut filled = 0;
        let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            if let Some(cell) = cell_of(data_of(cell.get_value()), false)
                && !sheet.push(row.saturating_add(1), column, cell, limits, &mut filled)
            {
                break;
            }
        }
        sheet.sort_rows();
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn xls(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, ProblemKind> {
    let Some(cells) = biff::dense_cells(bytes) else {
        return Err(ProblemKind::Malformed("旧版 Excel 文件的目录损坏".to_owned()));
    };
    // 20 million: a little more than one full sheet (256 columns of 65 536 rows), half a gigabyte in the reader.
    if cells > 20_000_000 {
        return Err(ProblemKind::Malformed("单元格的位置相隔过远".to_owned()));
    }
    let mut book: Xls<Bytes> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for (name, hidden) in worksheets(book.sheets_metadata()) {
        let mut sheet = new_sheet(name.clone(), hidden);
        sheet.merges = merges(book.merge_cells_by_sheet_name(&name).unwrap_or_default(), limits);
        range(&book.worksheet_range(&name).map_err(broken)?, &mut sheet, limits);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn ods(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, ProblemKind> {
    let mut book: Ods<Bytes> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut sheets = Vec::new();
    for (name, hidden) in worksheets(book.sheets_metadata()) {
        let mut sheet = new_sheet(name.clone(), hidden);
        range(&book.worksheet_range(&name).map_err(broken)?, &mut sheet, limits);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn range(range: &Range<Data>, sheet: &mut Sheet, limits: &Limits) {
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut filled = 0;
    for (row, column, data) in range.used_cells() {
        let at = |offset: u32, index: usize| offset.saturating_add(u32::try_from(index).unwrap_or(u32::MAX - 1));
        if let Some(cell) = cell_of(data.clone(), false)
            && !sheet.push(at(top, row).saturating_add(1), at(left, column), cell, limits, &mut filled)
        {
            break;
        }
    }
    sheet.sort_rows();
}

fn merges(regions: Vec<Dimensions>, limits: &Limits) -> Vec<Merge> {
    let last = |column: u32| column.min(u32::try_from(limits.columns).unwrap_or(u32::MAX));
    regions
        .into_iter()
        .map(|region| Merge {
            rows: (region.start.0.saturating_add(1), region.end.0.saturating_add(1)),
            columns: (last(region.start.1), last(region.end.1)),
        })
        .collect()
}

/// A cell with content, or with a formula that has none.
fn cell_of(data: Data, formula: bool) -> Option<Cell> {
    let cell = match data {
        Data::String(text) if text.trim().is_empty() => None,
        Data::String(text) => Some(Cell::text(text)),
        Data::Int(number) => Some(Cell { text: number.to_string(), kind: CellKind::Number }),
        Data::Float(number) => Some(Cell { text: number.to_string(), kind: CellKind::Number }),
        Data::Bool(value) => Some(Cell::text(if value { "是" } else { "否" })),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Some(Cell { text: format!("{year}-{month:02}-{day:02}"), kind: CellKind::Date })
        }
        Data::DateTime(duration) => Some(Cell { text: duration.as_f64().to_string(), kind: CellKind::Number }),
        Data::DateTimeIso(text) => {
            Some(Cell { text: text.split('T').next().unwrap_or_default().to_owned(), kind: CellKind::Date })
        }
        Data::DurationIso(text) => Some(Cell::text(text)),
        Data::Error(_) => Some(Cell { text: String::new(), kind: CellKind::NoValue }),
        Data::Empty => None,
    };
    cell.or_else(|| formula.then(|| Cell { text: String::new(), kind: CellKind::NoValue }))
}

fn data_of(value: &DataRef<'_>) -> Data {
    Data::from(value.clone())
}
