//! Where the header of a sheet is, and what its columns hold.

use super::columns::{Fit, HeaderAliases};
use super::field::Field;
use super::money::{Unit, unit_in};
use super::table::{Row, Sheet};
use super::values::{department_name, secrecy_of_sheet};
use super::width::{narrow, squeeze};

/// A column whose header could be mapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// From 0.
    pub(crate) index: u32,
    /// The text in the file, two-row heads joined with `/`.
    pub(crate) header: String,
    pub(crate) field: Field,
    pub(crate) fit: Fit,
    /// The unit that the header names.
    pub(crate) unit: Option<Unit>,
}

/// How a sheet is laid out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// Best first for each field: by fit, then left to right.
    pub(crate) columns: Vec<Column>,
    /// Header texts that no field was found for.
    pub(crate) unknown: Vec<(u32, String)>,
    /// The position in `Sheet::rows` of the first row below the header.
    pub(crate) body: usize,
    /// `单位：万元` above the header.
    pub(crate) unit: Option<Unit>,
    /// `填报单位：…` above the header.
    pub(crate) department: Option<String>,
    /// A marking of secrecy above the header: the whole sheet is refused.
    pub(crate) secret: Option<&'static str>,
}

impl Layout {
    /// The columns of a field, best first.
    pub(crate) fn columns_of(&self, field: Field) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.field == field)
    }

    /// The field that serves as 总投资: an inventory often has only what was approved or signed for.
    pub(crate) fn total_field(&self) -> Field {
        let fields = [Field::BudgetTotal, Field::BudgetApproved, Field::ContractAmount];
        fields.into_iter().find(|field| self.has(*field)).unwrap_or(Field::BudgetTotal)
    }

    /// Whether the column holds money that is read.
    pub(crate) fn is_money(&self, field: Field) -> bool {
        field == self.total_field() || matches!(field, Field::BudgetYear | Field::Maintenance)
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.columns_of(field).next().is_some()
    }
}

/// 30 rows: title, notes on how to fill in, unit and department lines take at most a dozen.
const SEARCHED_ROWS: usize = 30;

/// The layout of a sheet; the error is the row that looked most like a header.
pub(crate) fn find(sheet: &Sheet, aliases: &HeaderAliases) -> Result<Layout, Vec<String>> {
    if let Some(header) = &sheet.header {
        let texts = (0_u32..).zip(header.iter().cloned()).map(|(index, text)| (index, vec![text])).collect();
        let layout = layout(texts, aliases);
        return if has_name(&layout) { Ok(layout) } else { Err(header.iter().take(8).cloned().collect()) };
    }
    let scores: Vec<_> = sheet.rows.iter().take(SEARCHED_ROWS).map(|row| score(row, aliases)).collect();
    let base = (0..scores.len()).rev().filter(|at| scores[*at].0).max_by_key(|at| scores[*at].1);
    let Some(base) = base else {
        let nearest = (0..scores.len()).rev().max_by_key(|at| (scores[*at].1, sheet.rows[*at].cells.len()));
        return Err(nearest.map_or(Vec::new(), |at| texts(&sheet.rows[at])));
    };
    let first = (base.saturating_sub(2)..base).rev().take_while(|at| is_upper(sheet, *at, base)).last().unwrap_or(base);
    let name = name_column(&sheet.rows[base], aliases);
    let last = (base + 1..sheet.rows.len().min(base + 3))
        .take_while(|at| is_lower(sheet, *at, base, name))
        .last()
        .unwrap_or(base);
    let mut found = layout(stacked(sheet, first, last), aliases);
    found.body = last + 1;
    read_above(&sheet.rows[..first], &mut found);
    Ok(found)
}

fn has_name(layout: &Layout) -> bool {
    layout.has(Field::ProjectName) || layout.has(Field::PlatformName)
}

/// At most eight short texts of a row, for the message.
fn texts(row: &Row) -> Vec<String> {
    row.cells
        .iter()
        .take(8)
        .map(|(_, cell)| cell.text.split_whitespace().collect::<String>().chars().take(12).collect())
        .collect()
}

/// Whether a row can be the header, and how much it looks like one.
fn score(row: &Row, aliases: &HeaderAliases) -> (bool, usize) {
    // Most rows are data and have no header text at all: likeness, which is dear, is only asked for where there is one.
    if row.cells.iter().all(|(_, cell)| aliases.exact(&cell.text).is_none()) {
        return (false, 0);
    }
    let mut fields: Vec<(Field, Fit)> = row.cells.iter().filter_map(|(_, cell)| aliases.fit(&cell.text)).collect();
    let exact = fields.iter().filter(|(_, fit)| *fit == Fit::Exact).count();
    let name = |field: Field| matches!(field, Field::ProjectName | Field::PlatformName);
    let named = fields.iter().any(|(field, _)| name(*field));
    let named_exactly = fields.iter().any(|(field, fit)| name(*field) && *fit == Fit::Exact);
    fields.sort();
    fields.dedup_by_key(|(field, _)| *field);
    let points = fields.iter().map(|(_, fit)| match fit {
        Fit::Exact => 3,
        Fit::Contains => 2,
        Fit::Similar => 1,
    });
    // A row of data holds a word of the header now and then, hence two texts that are exactly so, unless there are no two.
    let enough = exact >= 2
        || (exact == 1 && fields.len() >= 2 && fields.len() * 2 >= row.cells.len())
        || (named_exactly && row.cells.len() == 1);
    (named && enough, points.sum::<usize>() + usize::from(named) * 2)
}

fn name_column(row: &Row, aliases: &HeaderAliases) -> Option<u32> {
    let columns =
        row.cells.iter().filter_map(|(column, cell)| aliases.fit(&cell.text).map(|(field, fit)| (fit, *column, field)));
    columns
        .filter(|(_, _, field)| matches!(field, Field::ProjectName | Field::PlatformName))
        .min()
        .map(|(_, column, _)| column)
}

/// A row of group heads above the header: several short texts, or one over a part of the columns; no title, no `单位：万元`.
fn is_upper(sheet: &Sheet, at: usize, base: usize) -> bool {
    let (row, below) = (&sheet.rows[at], &sheet.rows[base]);
    if below.number - row.number > 2
        || row.cells.iter().any(|(_, cell)| cell.text.contains([':', '：']) || cell.text.chars().count() > 20)
    {
        return false;
    }
    match row.cells.as_slice() {
        [] => false,
        [(column, _)] => {
            let width = sheet
                .merges
                .iter()
                .filter(|m| m.rows.0 == row.number && m.columns.0 == *column)
                .map(|m| (m.columns.1 - m.columns.0 + 1) as usize)
                .max();
            // Over more than 7 of 10 columns it is a title.
            width.is_some_and(|width| width > 1 && width * 10 <= below.cells.len() * 7)
        }
        _ => true,
    }
}

/// A row of sub-heads below the header: nothing under 项目名称, and texts where the header row itself has none.
fn is_lower(sheet: &Sheet, at: usize, base: usize, name: Option<u32>) -> bool {
    let (row, above) = (&sheet.rows[at], &sheet.rows[base]);
    let is_head = |text: &str| text.chars().count() <= 20 && !text.chars().all(|c| !c.is_alphabetic());
    name.is_some_and(|column| row.get(column).is_none())
        && row.number - above.number <= 2
        && row.cells.iter().all(|(_, cell)| is_head(&narrow(&cell.text)))
        && row.cells.iter().any(|(column, _)| above.get(*column).is_none())
}

/// The header texts of each column from top to bottom, merged and group heads spread.
fn stacked(sheet: &Sheet, first: usize, last: usize) -> Vec<(u32, Vec<String>)> {
    let rows = &sheet.rows[first..=last];
    let mut columns: Vec<u32> = rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column)).collect();
    columns.sort_unstable();
    columns.dedup();
    let text_at = |depth: usize, column: u32| -> Option<String> {
        let row = &rows[depth];
        let own = row.text(column);
        if !own.is_empty() {
            return Some(own.to_owned());
        }
        let merge = sheet
            .merges
            .iter()
            .find(|m| (m.rows.0..=m.rows.1).contains(&row.number) && (m.columns.0..=m.columns.1).contains(&column));
        if let Some(merge) = merge {
            let top = rows.iter().find(|row| row.number == merge.rows.0)?;
            return Some(top.text(merge.columns.0).to_owned()).filter(|text| !text.is_empty());
        }
        // Without merges (CSV, ODS) a group head stands over its first column only.
        let below = rows[depth + 1..].iter().any(|row| !row.text(column).is_empty());
        let left = row.cells.iter().rev().find(|(left, _)| *left < column)?;
        (sheet.merges.is_empty() && below && rows[depth + 1..].iter().any(|row| !row.text(left.0).is_empty()))
            .then(|| left.1.text.trim().to_owned())
    };
    columns
        .into_iter()
        .map(|column| {
            let mut parts: Vec<String> = (0..rows.len()).filter_map(|depth| text_at(depth, column)).collect();
            parts.dedup();
            (column, parts)
        })
        .collect()
}

fn layout(texts: Vec<(u32, Vec<String>)>, aliases: &HeaderAliases) -> Layout {
    let mut layout = Layout::default();
    for (index, parts) in texts {
        let header = parts.iter().map(|part| part.split_whitespace().collect::<String>()).collect::<Vec<_>>().join("/");
        match map(&parts, aliases) {
            Some((field, fit)) => {
                // The lowest text that names a unit is nearest to the figures.
                let unit = parts.iter().rev().find_map(|part| unit_in(part));
                layout.columns.push(Column { index, header, field, fit, unit });
            }
            None if !header.is_empty() => layout.unknown.push((index, header)),
            None => {}
        }
    }
    layout.columns.sort_by_key(|column| (column.field, column.fit, column.index));
    layout
}

/// The texts of a column together (`年计划/投资`), else the lowest, else those above it.
fn map(parts: &[String], aliases: &HeaderAliases) -> Option<(Field, Fit)> {
    let lowest = parts.last()?;
    let together = aliases.fit(&parts.concat());
    if parts.len() == 1 || together.is_some_and(|(_, fit)| fit == Fit::Exact) {
        return together;
    }
    let heads = &parts[..parts.len() - 1];
    if heads.iter().any(|part| ["资金", "投资", "金额", "预算", "经费"].iter().any(|word| part.contains(word)))
        && is_one_year(lowest)
    {
        return Some((Field::BudgetYear, Fit::Contains));
    }
    let above = heads.iter().rev().find_map(|part| aliases.fit(part));
    let is_unit =
        squeeze(lowest).chars().all(|c| "()[]:/单位万亿千元".contains(c)) || !lowest.chars().any(char::is_alphabetic);
    aliases.fit(lowest).or(if is_unit { above } else { None })
}

/// `2026年`, `2026年计划`, `本年度安排` under a head about money: a part of it.
fn is_one_year(text: &str) -> bool {
    let text = squeeze(text);
    let after_figures = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (text.len() - after_figures.len() == 4 && text.starts_with("20") && after_figures.starts_with('年'))
        || ["本年", "当年", "今年"].iter().any(|word| text.trim_start_matches("其中:").starts_with(word))
}

/// The lines above the header: unit, department, marking.
fn read_above(rows: &[Row], layout: &mut Layout) {
    for (_, cell) in rows.iter().flat_map(|row| &row.cells) {
        let text = squeeze(&cell.text);
        if text.contains("单位:") || text.contains("单位为") || text.contains("金额单位") {
            layout.unit = layout.unit.or(unit_in(&text));
        }
        layout.secret = layout.secret.or(secrecy_of_sheet(&text));
        let whole = narrow(&cell.text);
        for label in ["填报单位", "申报单位", "报送单位", "单位名称", "填报部门", "申报部门"] {
            let Some((_, after)) = whole.split_once(label) else { continue };
            let after = after.trim_start();
            let after = after.strip_prefix("(盖章)").or(after.strip_prefix("(公章)")).unwrap_or(after).trim_start();
            let Some(value) = after.strip_prefix(':') else { continue };
            let value = value.split_whitespace().next().unwrap_or_default();
            let name = department_name(value);
            if !name.is_empty() && layout.department.is_none() {
                layout.department = Some(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::csv;
    use crate::ingest::table::Limits;

    fn fields(text: &str) -> Vec<(Field, String)> {
        let sheet = csv::read(text, &Limits::default());
        let mut columns = find(&sheet, &HeaderAliases::built_in()).unwrap().columns;
        columns.sort_by_key(|column| column.index);
        columns.into_iter().map(|column| (column.field, column.header)).collect()
    }

    #[test]
    fn titles_and_unit_lines_above_the_header_are_passed_over() {
        let text =
            "2026年政务信息化项目申报汇总表,,\n填报单位：市水利局,,单位：元\n项目名称,建设内容,总投资\n甲,乙,1\n";
        let sheet = csv::read(text, &Limits::default());
        let layout = find(&sheet, &HeaderAliases::built_in()).unwrap();
        assert_eq!((layout.unit, layout.department.as_deref(), layout.body), (Some(Unit::Yuan), Some("市水利局"), 3));
    }

    #[test]
    fn two_row_heads_are_joined() {
        let text = "序号,项目名称,投资（万元）,,备注\n,,总投资,本年度资金需求,\n1,智慧停车,10,5,无\n";
        let fields = fields(text);
        assert_eq!(fields[2], (Field::BudgetTotal, "投资（万元）/总投资".to_owned()));
        assert_eq!(fields[3], (Field::BudgetYear, "投资（万元）/本年度资金需求".to_owned()));
        assert_eq!(fields[4].0, Field::Remark);
    }

    #[test]
    fn group_heads_above_the_names_are_joined_too() {
        let text = "基本信息,,,年计划,\n序号,项目名称,建设单位,投资,主要建设内容\n1,智慧停车,市城管局,5,泊位\n";
        let fields = fields(text);
        assert_eq!(
            fields.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            [Field::Seq, Field::ProjectName, Field::Unit, Field::BudgetYear, Field::Content]
        );
    }

    #[test]
    fn a_year_under_a_head_about_money_is_the_money_of_that_year() {
        let text = "项目名称,资金情况,,\n,总投资,2026年计划,市财政\n智慧停车,10,5,5\n";
        assert_eq!(
            fields(text).iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            [Field::ProjectName, Field::BudgetTotal, Field::BudgetYear, Field::FundingSource]
        );
    }

    #[test]
    fn a_sheet_without_names_has_no_header() {
        let sheet = csv::read("日期,天气,温度\n1,晴,20\n", &Limits::default());
        assert_eq!(find(&sheet, &HeaderAliases::built_in()).unwrap_err(), ["日期", "天气", "温度"]);
    }
}
