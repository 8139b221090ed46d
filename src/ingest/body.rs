//! The rows below a header: which are filings, which are subtotals, notes and repeated heads.

use super::FileRead;
use super::columns::{Fit, HeaderAliases};
use super::field::Field;
use super::form;
use super::header::{self, Layout};
use super::money::{Unit, read_amount};
use super::record::{self, Filing, Frame};
use super::table::{Limits, Row, Sheet};
use super::values::{is_blank, region_of_department, secrecy_of_sheet};
use super::walk::Found;
use super::width::squeeze;
use crate::model::{Place, Problem, ProblemKind, Region, Role};

/// Reads one sheet into `read`.
pub(crate) fn read_sheet(
    mut sheet: Sheet,
    found: &Found,
    limits: &Limits,
    aliases: &HeaderAliases,
    read: &mut FileRead,
) {
    let problems = std::mem::take(&mut sheet.problems);
    let form = form::read(&sheet, aliases);
    // In a form, and where no header was found, a marking can stand anywhere; in a table only above the header.
    let marking = sheet.rows.iter().flat_map(|row| &row.cells).find_map(|(_, cell)| secrecy_of_sheet(&cell.text));
    let form_marking = marking.filter(|_| form.is_some());
    sheet = form.unwrap_or(sheet);
    let name = sheet.name.take();
    let place = |row, column: Option<&str>| Place {
        file: found.name.clone(),
        sheet: name.clone(),
        row,
        column: column.map(str::to_owned),
    };
    let hidden = problems.iter().any(|(_, kind)| *kind == ProblemKind::SheetHidden);
    let found_header = header::find(&sheet, aliases);
    for (row, kind) in problems {
        if kind != ProblemKind::SheetHidden || found_header.is_ok() {
            read.problems.push(Problem { place: place(row, None), kind });
        }
    }
    read.rows += sheet.lost_rows;
    let layout = match found_header {
        Ok(layout) => layout,
        Err(seen) => {
            let secret = marking.map(|marking| ProblemKind::Secret(marking.to_owned()));
            let kind = secret.or_else(|| without_header(&sheet, name.is_some(), hidden, seen));
            read.problems.extend(kind.map(|kind| Problem { place: place(None, None), kind }));
            return;
        }
    };
    carry(&mut sheet, &layout, limits, place(None, None), &mut read.problems);
    let rows = &sheet.rows[layout.body.min(sheet.rows.len())..];
    if let Some(marking) = layout.secret.or(form_marking) {
        read.rows += rows.len();
        read.problems.push(Problem { place: place(None, None), kind: ProblemKind::Secret(marking.to_owned()) });
        return;
    }
    let units = units(rows, &layout, &place, &mut read.problems);
    let frame = Frame {
        file: &found.name,
        sheet: name.as_deref(),
        layout: &layout,
        aliases,
        limits,
        role: found.role,
        platforms: found.role == Some(Role::Platform)
            || (found.role.is_none() && (layout.has(Field::PlatformCapability) || layout.has(Field::ResidualScope))),
        region: region_of_names(name.as_deref(), &found.name),
        id_column: id_column(rows, &layout),
        units: &units,
    };
    let filings = filings(rows, &sheet, &frame, &mut read.problems);
    note_columns(rows, &frame, &mut read.problems);
    if filings.is_empty() {
        read.problems.push(Problem { place: place(None, None), kind: ProblemKind::SheetWithoutRows });
    }
    read.rows += filings.len();
    for filing in &filings {
        read.proposals.extend(record::read(filing, &frame, &mut read.problems));
    }
}

/// What a sheet without a header is: nothing at all, a cover or a list of choices, or a table that could not be read.
fn without_header(sheet: &Sheet, in_workbook: bool, hidden: bool, seen: Vec<String>) -> Option<ProblemKind> {
    let cells: usize = sheet.rows.iter().map(|row| row.cells.len()).sum();
    let widest = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    match (cells, widest) {
        (0, _) if in_workbook => None,
        (0, _) => Some(ProblemKind::SheetWithoutRows),
        // Running text has one cell a row; the lists behind drop-down cells are narrow and hidden.
        (_, 0..=1) | (0..=5, _) if in_workbook => Some(ProblemKind::SheetWithoutTable),
        (_, 0..=3) if hidden => Some(ProblemKind::SheetWithoutTable),
        _ => Some(ProblemKind::HeaderNotFound { seen }),
    }
}

/// `松岭县.xlsx` or a sheet 松岭县: the region of departments that do not name theirs.
fn region_of_names(sheet: Option<&str>, file: &str) -> Option<Region> {
    let local = |text: &str| region_of_department(text).filter(|region| *region != Region::City);
    sheet.and_then(local).or_else(|| file.rsplit('/').find_map(local))
}

/// Fields whose merged cells mean the same for every row below; money and names do not spread.
fn spreads(field: Field) -> bool {
    !field.is_amount() && !matches!(field, Field::Seq | Field::Code | Field::ProjectName | Field::PlatformName)
}

/// Spreads merged cells of the body, and values above blanks where a format has lost its merged cells.
fn carry(sheet: &mut Sheet, layout: &Layout, limits: &Limits, place: Place, problems: &mut Vec<Problem>) {
    let body = layout.body.min(sheet.rows.len());
    let fills = |column: u32| layout.columns.iter().any(|c| c.index == column && spreads(c.field));
    let mut left = limits.cells;
    for merge in &sheet.merges {
        if left == 0 || merge.rows.0 == merge.rows.1 || !fills(merge.columns.0) {
            continue;
        }
        let start = sheet.rows.partition_point(|row| row.number < merge.rows.0).max(body);
        let Some(top) = sheet
            .rows
            .get(start)
            .filter(|row| row.number == merge.rows.0)
            .and_then(|row| row.get(merge.columns.0))
            .cloned()
        else {
            continue;
        };
        for row in sheet.rows[start + 1..].iter_mut().take_while(|row| row.number <= merge.rows.1).take(left) {
            left -= 1;
            if row.get(merge.columns.0).is_none() {
                row.set(merge.columns.0, top.clone());
            }
        }
    }
    if !sheet.merges.is_empty() {
        return;
    }
    let Some(unit) =
        layout.columns.iter().filter(|c| !matches!(c.field, Field::Seq | Field::Code)).min_by_key(|c| c.index)
    else {
        return;
    };
    let name = layout.columns_of(Field::ProjectName).next().map(|c| c.index);
    if !matches!(unit.field, Field::Unit | Field::Region | Field::ParentUnit) {
        return;
    }
    let (index, header) = (unit.index, unit.header.clone());
    let named = |row: &Row| name.is_some_and(|name| !row.text(name).is_empty() && !is_total(row.text(name)));
    let rows = &mut sheet.rows[body..];
    let (blank, all) = rows
        .iter()
        .filter(|row| named(row))
        .fold((0, 0), |(blank, all), row| (blank + usize::from(row.text(index).is_empty()), all + 1));
    // Half or more blank: a column in which each department stands once. Fewer are forgotten cells, which must not be guessed.
    if blank * 2 < all || blank == 0 {
        return;
    }
    let mut above = None;
    let mut cells = 0;
    for row in rows.iter_mut().filter(|row| named(row)) {
        match row.get(index) {
            Some(cell) => above = Some(cell.clone()),
            None => {
                if let Some(cell) = &above {
                    row.set(index, cell.clone());
                    cells += 1;
                }
            }
        }
    }
    if cells > 0 {
        problems.push(Problem {
            place: Place { column: Some(header), ..place },
            kind: ProblemKind::ValueCarried { cells },
        });
    }
}

/// The column of codes that tells filings apart: not that of documents or departments, and with more codes than repetitions.
fn id_column(rows: &[Row], layout: &Layout) -> Option<u32> {
    let of_others = ["文号", "发文", "收文", "单位", "部门", "批文"];
    let columns =
        layout.columns_of(Field::Code).filter(|column| !of_others.iter().any(|word| column.header.contains(word)));
    columns.map(|column| column.index).find(|index| {
        let filled: Vec<&str> = rows.iter().map(|row| row.text(*index)).filter(|text| !is_blank(text)).collect();
        let distinct: std::collections::BTreeSet<&str> = filled.iter().copied().collect();
        // Half: two filings with one number are a slip, ten are a number of something else.
        !filled.is_empty() && distinct.len() * 2 >= filled.len()
    })
}

/// The unit of each money column: its header's, the sheet's, or an assumption that is reported.
fn units(
    rows: &[Row],
    layout: &Layout,
    place: &impl Fn(Option<u32>, Option<&str>) -> Place,
    problems: &mut Vec<Problem>,
) -> Vec<(u32, Unit)> {
    let mut units = Vec::new();
    for column in layout.columns.iter().filter(|column| layout.is_money(column.field)) {
        if let Some(unit) = column.unit.or(layout.unit) {
            units.push((column.index, unit));
            continue;
        }
        let amounts = rows.iter().filter_map(|row| read_amount(row.text(column.index), Unit::Yuan).ok().flatten());
        let mut bare: Vec<i64> = amounts.filter(|amount| !amount.own_unit).map(|amount| amount.wan.yuan()).collect();
        bare.sort_unstable();
        let median = bare.get(bare.len() / 2).copied().unwrap_or(0);
        // 100 000: as 万元 half of the projects would cost more than a billion yuan each; as 元 more than 10 万元, which is common.
        let unit = if median >= 100_000 { Unit::Yuan } else { Unit::Wan };
        if !bare.is_empty() {
            let kind = ProblemKind::AmountUnitAssumed { unit: unit.label().to_owned() };
            problems.push(Problem { place: place(None, Some(&column.header)), kind });
        }
        units.push((column.index, unit));
    }
    units
}

/// The filings among the rows; what is left out is noted.
fn filings<'a>(rows: &'a [Row], sheet: &Sheet, frame: &Frame, problems: &mut Vec<Problem>) -> Vec<Filing<'a>> {
    let name = record::name_column(frame).map(|column| column.index);
    let merged_names: Vec<(u32, u32)> = sheet
        .merges
        .iter()
        .filter(|m| name.is_some_and(|name| m.columns.0 <= name && name <= m.columns.1))
        .map(|m| m.rows)
        .collect();
    let same_name = |first: &Row, row: &Row| {
        let at = merged_names.partition_point(|(top, _)| *top <= first.number);
        at > 0 && row.number <= merged_names[at - 1].1
    };
    let mut filings: Vec<Filing<'a>> = Vec::new();
    let mut within_notes = false;
    for row in rows {
        if let (Some(last), Some(name)) = (filings.last_mut(), name)
            && let Some(first) = last.rows.first()
            && row.get(name).is_none()
            && same_name(first, row)
        {
            last.rows.push(row);
            continue;
        }
        let filing = Filing { rows: vec![row] };
        let mut note = |kind| problems.push(Problem { place: frame.place(Some(row.number), None), kind });
        match kind_of(&filing, frame, within_notes) {
            RowKind::Filing => filings.push(filing),
            RowKind::Subtotal => note(ProblemKind::SubtotalRow),
            RowKind::Note => {
                within_notes = true;
                note(ProblemKind::NoteRow);
            }
            RowKind::Aside => {}
        }
    }
    filings
}

enum RowKind {
    Filing,
    Subtotal,
    Note,
    /// Repeated header, numbers of the columns, a numbered row that nobody filled in.
    Aside,
}

fn kind_of(filing: &Filing, frame: &Frame, within_notes: bool) -> RowKind {
    let Some(row) = filing.rows.first() else { return RowKind::Aside };
    if frame.layout.columns.is_empty() || is_repeated_header(row, frame) || is_column_numbers(row) {
        return RowKind::Aside;
    }
    let name = record::name_text(filing, frame);
    let texts: Vec<&str> = row.cells.iter().map(|(_, cell)| cell.text.trim()).filter(|text| !text.is_empty()).collect();
    let first = texts.first().copied().unwrap_or("");
    if is_total(name) || (is_blank(name) && texts.iter().take(3).any(|text| is_total(text))) {
        return RowKind::Subtotal;
    }
    if is_note(first) || is_no_filing(name) || (is_blank(name) && within_notes && texts.len() == 1) {
        return RowKind::Note;
    }
    if !is_blank(name) {
        return RowKind::Filing;
    }
    let filled = frame.layout.columns.iter().filter(|column| {
        !matches!(column.field, Field::Seq | Field::Unit | Field::Region | Field::Year | Field::Remark)
    });
    if filled.into_iter().all(|column| is_blank(row.text(column.index)))
        && frame.layout.unknown.iter().all(|(column, _)| row.text(*column).is_empty())
    {
        // `一、市直部门` between the filings; a number alone is a row that nobody filled in.
        return if texts.len() == 1 && first.chars().any(char::is_alphabetic) { RowKind::Note } else { RowKind::Aside };
    }
    RowKind::Filing
}

/// 合计, 小计, 市直部门小计, 合计（12项）.
fn is_total(text: &str) -> bool {
    let text = squeeze(text);
    let head = text.split(['(', ':']).next().unwrap_or("");
    let words = ["合计", "小计", "总计", "共计", "累计", "总和", "汇总", "总合计", "本页合计", "平均"];
    // 10 characters: 市直部门小计 has six; longer ones are names (… 运行统计).
    words.contains(&head)
        || (head.chars().count() <= 10 && ["合计", "小计", "总计"].iter().any(|word| head.ends_with(word)))
}

/// 零申报, 示例: what stands in the name's place where there is no project.
fn is_no_filing(name: &str) -> bool {
    let name = squeeze(name);
    matches!(
        name.as_str(),
        "零申报" | "无申报" | "无项目" | "无申报项目" | "本年度无申报" | "无新增项目" | "示例" | "样例"
    ) || ["例:", "示例:", "样例:", "(例)", "(示例)"].iter().any(|start| name.starts_with(start))
}

fn is_note(text: &str) -> bool {
    let text = squeeze(text);
    if matches!(text.as_str(), "例" | "示例" | "样例" | "举例") {
        return true;
    }
    let starts = [
        "注:",
        "注1",
        "备注:",
        "备注1",
        "说明:",
        "填表说明",
        "填报说明",
        "填写说明",
        "填报人",
        "填表人",
        "制表",
        "审核人",
        "联系人:",
        "联系电话:",
        "单位负责人",
        "负责人:",
        "附:",
        "填表日期",
        "填报日期",
    ];
    starts.iter().any(|start| text.starts_with(start))
}

/// Six of ten mapped columns repeat their header: the head of a second page.
fn is_repeated_header(row: &Row, frame: &Frame) -> bool {
    let columns = &frame.layout.columns;
    let same = columns.iter().filter(|column| {
        let text = row.text(column.index);
        // In bytes: no header text is longer than 60 characters.
        let text = if text.len() > 240 { String::new() } else { squeeze(text) };
        !text.is_empty() && squeeze(&column.header).split('/').any(|part| part == text)
    });
    let same = same.count();
    same >= 2 && same * 10 >= row.cells.len() * 6
}

/// `1 2 3 4 …` or `栏次 1 2 3`: the numbers of the columns.
fn is_column_numbers(row: &Row) -> bool {
    let numbers: Vec<u32> =
        row.cells.iter().filter_map(|(_, cell)| squeeze(&cell.text).trim_matches(['(', ')']).parse().ok()).collect();
    numbers.len() >= 3 && numbers.len() + 1 >= row.cells.len() && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

/// Columns that were not understood, guessed, or said twice, where they hold anything.
fn note_columns(rows: &[Row], frame: &Frame, problems: &mut Vec<Problem>) {
    let layout = frame.layout;
    let holds = |index: u32| rows.iter().any(|row| !is_blank(row.text(index)));
    let mut note = |header: &str, kind| problems.push(Problem { place: frame.place(None, Some(header)), kind });
    for (index, header) in &layout.unknown {
        if holds(*index) {
            note(header, ProblemKind::ColumnUnknown(header.clone()));
        }
    }
    for (at, column) in layout.columns.iter().enumerate() {
        let field = frame.aliases.label(column.field).to_owned();
        if column.fit == Fit::Similar {
            note(&column.header, ProblemKind::ColumnGuessed { header: column.header.clone(), field: field.clone() });
        }
        let first = layout.columns.iter().position(|other| other.field == column.field);
        if first != Some(at)
            && (layout.is_money(column.field) || column.field == Field::ProjectName)
            && holds(column.index)
        {
            note(&column.header, ProblemKind::ColumnTwice { field });
        }
    }
}
