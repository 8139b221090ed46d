//! One row to one proposal, with everything that is wrong in it.

use super::columns::HeaderAliases;
use super::field::Field;
use super::header::{Column, Layout};
use super::money::{AmountFault, Unit, read_amount};
use super::table::{CellKind, Limits, Row};
use super::values::{
    StatusWord, department_name, is_blank, read_region, read_status, read_year, region_of_department, secrecy_mark,
    secrecy_of_level, secrecy_of_remark,
};
use crate::model::{
    Department, Investment, Place, Problem, ProblemKind, Proposal, Region, Role, Section, SectionKind, Status, Wan,
};

/// What is the same for all rows of a sheet.
pub(crate) struct Frame<'a> {
    pub(crate) file: &'a str,
    pub(crate) sheet: Option<&'a str>,
    pub(crate) layout: &'a Layout,
    pub(crate) aliases: &'a HeaderAliases,
    pub(crate) limits: &'a Limits,
    /// Forced by the user.
    pub(crate) role: Option<Role>,
    /// The list is one of common platforms, by its columns.
    pub(crate) platforms: bool,
    /// From the name of sheet or file, for departments that name no region.
    pub(crate) region: Option<Region>,
    /// The column that holds 项目编号.
    pub(crate) id_column: Option<u32>,
    /// The unit of each money column: by column index.
    pub(crate) units: &'a [(u32, Unit)],
}

impl Frame<'_> {
    pub(crate) fn place(&self, row: Option<u32>, column: Option<&str>) -> Place {
        Place {
            file: self.file.to_owned(),
            sheet: self.sheet.map(str::to_owned),
            row,
            column: column.map(str::to_owned),
        }
    }
}

/// One filing: its first row, and the rows that its merged name spreads over.
pub(crate) struct Filing<'a> {
    pub(crate) rows: Vec<&'a Row>,
}

/// 20 characters: fewer name a thing and do not say what is built ("建设智慧水务平台一套" has ten).
const THIN_CHARACTERS: usize = 20;

/// The proposal of a filing; `None` where it is refused, with the reason among the problems.
pub(crate) fn read(filing: &Filing, frame: &Frame, problems: &mut Vec<Problem>) -> Option<Proposal> {
    let row = filing.rows.first()?;
    let place = frame.place(Some(row.number), None);
    if let Some(marking) = secrecy(filing, frame) {
        // Nothing else is said about the row: any other message could quote it.
        problems.push(Problem { place, kind: ProblemKind::Secret(marking.to_owned()) });
        return None;
    }
    let mut found = Vec::new();
    let mut say = |row: u32, column: Option<&str>, kind: ProblemKind| {
        found.push(Problem { place: frame.place(Some(row), column), kind });
    };
    for (cell_row, column) in
        filing.rows.iter().flat_map(|row| frame.layout.columns.iter().map(move |column| (row, column)))
    {
        match cell_row.get(column.index).map(|cell| cell.kind) {
            Some(CellKind::NoValue) if is_kept(column.field) || frame.layout.is_money(column.field) => {
                say(cell_row.number, Some(&column.header), ProblemKind::FormulaWithoutValue)
            }
            Some(CellKind::Cut(characters)) => {
                say(
                    cell_row.number,
                    Some(&column.header),
                    ProblemKind::CellTooLong { characters, limit: frame.limits.cell_characters },
                );
            }
            _ => {}
        }
    }
    let name = one_line(name_text(filing, frame));
    if name.is_empty() || is_blank(&name) {
        say(row.number, None, ProblemKind::NameMissing);
        problems.append(&mut found);
        return None;
    }
    if let Some(column) = name_column(frame)
        && looks_like_formula(&name)
    {
        say(row.number, Some(&column.header), ProblemKind::FormulaText);
    }
    let (status, retired) = status(filing, frame, &mut say);
    if let Some(word) = retired {
        say(row.number, None, ProblemKind::SystemRetired(word));
        problems.append(&mut found);
        return None;
    }
    let department = department(filing, frame);
    let role = frame.role.unwrap_or(match status {
        _ if frame.platforms => Role::Platform,
        Some(Status::Built | Status::UnderWay) => Role::Inventory,
        _ => Role::Filing,
    });
    let status = status.unwrap_or(if role == Role::Filing { Status::Filed } else { Status::Built });
    if department.name.is_empty() && role != Role::Platform {
        say(row.number, None, ProblemKind::DepartmentMissing);
    }
    let sections = sections(filing, frame, &mut say);
    let substance = |kind: &SectionKind| matches!(kind, SectionKind::Content | SectionKind::Goal | SectionKind::Offer);
    let characters: usize = sections
        .iter()
        .filter(|s| substance(&s.kind))
        .map(|s| s.text.chars().filter(|c| !c.is_whitespace()).count())
        .sum();
    if characters < THIN_CHARACTERS {
        say(row.number, None, ProblemKind::ContentThin { characters });
    }
    let money = Investment {
        total: money(frame.layout.total_field(), filing, frame, &mut say),
        this_year: money(Field::BudgetYear, filing, frame, &mut say),
        maintenance: money(Field::Maintenance, filing, frame, &mut say),
    };
    let year = year(filing, frame, status, &mut say);
    let kept = |field| Some(first_text(filing, frame, field)).filter(|text| !is_blank(text)).map(one_line);
    problems.append(&mut found);
    Some(Proposal {
        id: id(filing, frame),
        name,
        department,
        role,
        status,
        domain: kept(Field::Domain),
        nature: kept(Field::Nature),
        year,
        money,
        funding: funding(filing, frame),
        period: kept(Field::Period),
        sections,
        source: place,
    })
}

/// 项目编号 as filed; `;` separates ids in the reports.
fn id(filing: &Filing, frame: &Frame) -> String {
    let texts = filing.rows.iter().filter_map(|row| frame.id_column.map(|column| row.text(column)));
    texts.into_iter().find(|text| !is_blank(text)).map(|text| one_line(text).replace(';', "；")).unwrap_or_default()
}

/// Whether an empty formula in the column is worth a word.
fn is_kept(field: Field) -> bool {
    field.is_joined()
        || matches!(
            field,
            Field::ProjectName | Field::PlatformName | Field::Code | Field::Unit | Field::Year | Field::Status
        )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of the best column of a field that holds anything, in the first row that does.
pub(crate) fn first_text<'a>(filing: &Filing<'a>, frame: &Frame, field: Field) -> &'a str {
    let texts = filing.rows.iter().flat_map(|row| frame.layout.columns_of(field).map(|column| row.text(column.index)));
    texts.into_iter().find(|text| !is_blank(text)).unwrap_or("")
}

/// The column that names the proposal.
pub(crate) fn name_column<'a>(frame: &Frame<'a>) -> Option<&'a Column> {
    let [first, second] = name_fields(frame);
    frame.layout.columns_of(first).next().or_else(|| frame.layout.columns_of(second).next())
}

fn name_fields(frame: &Frame) -> [Field; 2] {
    if frame.platforms { [Field::PlatformName, Field::ProjectName] } else { [Field::ProjectName, Field::PlatformName] }
}

/// The name; the columns of the other kind stand in where the better ones are blank.
pub(crate) fn name_text<'a>(filing: &Filing<'a>, frame: &Frame) -> &'a str {
    let [first, second] = name_fields(frame).map(|field| first_text(filing, frame, field));
    if first.is_empty() { second } else { first }
}

/// The marking of a filing that must not be read.
fn secrecy(filing: &Filing, frame: &Frame) -> Option<&'static str> {
    let levels = || {
        filing
            .rows
            .iter()
            .flat_map(|row| frame.layout.columns_of(Field::SecretLevel).map(|column| row.text(column.index)))
    };
    if let Some(marking) = levels().find_map(secrecy_of_level) {
        return Some(marking);
    }
    // A bare star in a name can be a mark of importance: 密级 decides where it is filled in.
    let declared_public = levels().any(|text| !is_blank(text));
    let in_name = secrecy_mark(name_text(filing, frame), true).filter(|marking| *marking != "★" || !declared_public);
    let in_cell = |text: &str| secrecy_mark(text, false).or_else(|| secrecy_of_remark(text));
    in_name.or_else(|| filing.rows.iter().flat_map(|row| &row.cells).find_map(|(_, cell)| in_cell(&cell.text)))
}

/// 状态, else 建设阶段; the second is the text of a state in which there is nothing to compare with.
fn status(
    filing: &Filing,
    frame: &Frame,
    say: &mut impl FnMut(u32, Option<&str>, ProblemKind),
) -> (Option<Status>, Option<String>) {
    let row = filing.rows.first().map_or(0, |row| row.number);
    let mut unknown = None;
    for field in [Field::Status, Field::Stage] {
        let text = first_text(filing, frame, field);
        if text.is_empty() {
            continue;
        }
        match read_status(text) {
            StatusWord::Known(status) => return (Some(status), None),
            StatusWord::Retired => return (None, Some(one_line(text))),
            StatusWord::Unknown => {
                let header = frame.layout.columns_of(field).next().map(|column| column.header.clone());
                unknown = unknown.or(Some((header, one_line(text))));
            }
        }
    }
    if let Some((header, text)) = unknown {
        say(row, header.as_deref(), ProblemKind::StatusUnknown(text));
    }
    (None, None)
}

fn department(filing: &Filing, frame: &Frame) -> Department {
    let filed = [Field::Unit, Field::DeptSub, Field::ParentUnit]
        .into_iter()
        .map(|field| department_name(first_text(filing, frame, field)));
    let name =
        filed.into_iter().find(|name| !name.is_empty()).or_else(|| frame.layout.department.clone()).unwrap_or_default();
    let region = read_region(first_text(filing, frame, Field::Region))
        .or_else(|| region_of_department(&name))
        .or_else(|| frame.region.clone())
        .unwrap_or(Region::City);
    let parent = Some(department_name(first_text(filing, frame, Field::ParentUnit)))
        .filter(|parent| !parent.is_empty() && *parent != name);
    Department { name, region, parent }
}

/// The chapters, each with the texts of all its columns.
fn sections(filing: &Filing, frame: &Frame, say: &mut impl FnMut(u32, Option<&str>, ProblemKind)) -> Vec<Section> {
    let chapters: [(SectionKind, &[Field]); 7] = [
        (SectionKind::Background, &[Field::Background, Field::Necessity, Field::Basis]),
        (SectionKind::Goal, &[Field::Goal]),
        (SectionKind::Content, &[Field::Content, Field::PlatformDesc]),
        (SectionKind::Sharing, &[Field::DataSharing]),
        (SectionKind::Infrastructure, &[Field::Infrastructure]),
        (SectionKind::Offer, &[Field::PlatformCapability]),
        (SectionKind::Residual, &[Field::ResidualScope]),
    ];
    let remark: [(SectionKind, &[Field]); 1] = [(SectionKind::Remark, &[Field::Remark])];
    let mut sections = Vec::new();
    for (kind, fields) in chapters.into_iter().chain(remark) {
        let mut columns: Vec<&Column> = fields.iter().flat_map(|field| frame.layout.columns_of(*field)).collect();
        columns.sort_by_key(|column| column.index);
        let mut texts: Vec<&str> = Vec::new();
        for column in columns {
            for row in &filing.rows {
                let text = row.text(column.index);
                if is_blank(text) || texts.contains(&text) {
                    continue;
                }
                if looks_like_formula(text) {
                    say(row.number, Some(&column.header), ProblemKind::FormulaText);
                }
                texts.push(text);
            }
        }
        if !texts.is_empty() {
            sections.push(Section { kind, text: texts.join("\n") });
        }
    }
    sections
}

/// What a spreadsheet would compute when it opens our report: `=…`, `+…`, `@…`, `-1…`; a dash before a blank or a Chinese word is a list.
fn looks_like_formula(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('=' | '+' | '@') => true,
        Some('-') => characters.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '('),
        _ => false,
    }
}

/// 资金来源; where the columns hold amounts by source, the sources are the headers of those that are not zero.
fn funding(filing: &Filing, frame: &Frame) -> Option<String> {
    let mut sources: Vec<String> = Vec::new();
    let mut columns: Vec<&Column> = frame.layout.columns_of(Field::FundingSource).collect();
    columns.sort_by_key(|column| column.index);
    for (column, row) in columns.into_iter().flat_map(|column| filing.rows.iter().map(move |row| (column, row))) {
        let text = row.text(column.index);
        let source = match read_amount(text, Unit::Wan) {
            _ if is_blank(text) => continue,
            Ok(Some(amount)) if amount.wan == Wan::ZERO => continue,
            Ok(Some(_)) => column
                .header
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .split(['（', '('])
                .next()
                .unwrap_or_default()
                .to_owned(),
            _ => one_line(text),
        };
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Some(sources.join("、")).filter(|text| !text.is_empty())
}

/// An amount; the parts of a filing over several rows are added up.
fn money(
    field: Field,
    filing: &Filing,
    frame: &Frame,
    say: &mut impl FnMut(u32, Option<&str>, ProblemKind),
) -> Option<Wan> {
    let mut sum: Option<Wan> = None;
    for row in &filing.rows {
        let Some(column) = frame.layout.columns_of(field).find(|column| !is_blank(row.text(column.index))) else {
            continue;
        };
        let text = row.text(column.index);
        let unit = frame.units.iter().find(|(index, _)| *index == column.index).map_or(Unit::Wan, |(_, unit)| *unit);
        let fault = match read_amount(text, unit) {
            Ok(amount) => {
                sum = amount.map_or(sum, |amount| Some(sum.unwrap_or(Wan::ZERO) + amount.wan));
                continue;
            }
            Err(AmountFault::Unreadable) => ProblemKind::AmountUnreadable(text.to_owned()),
            Err(AmountFault::Negative) => ProblemKind::AmountNegative(text.to_owned()),
            Err(AmountFault::Implausible(wan)) => ProblemKind::AmountImplausible(wan.to_string()),
        };
        say(row.number, Some(&column.header), fault);
    }
    // Nobody files a project of no money: a total of 0 is a cell that was not filled in.
    sum.filter(|wan| field != frame.layout.total_field() || *wan != Wan::ZERO)
}

/// 申报年度; without one the year of completion of what stands, or the date of filing.
fn year(
    filing: &Filing,
    frame: &Frame,
    status: Status,
    say: &mut impl FnMut(u32, Option<&str>, ProblemKind),
) -> Option<u16> {
    let text = first_text(filing, frame, Field::Year);
    match read_year(text) {
        Ok(Some(year)) => return Some(year),
        Ok(None) => {}
        Err(()) => {
            let header = frame.layout.columns_of(Field::Year).next().map(|column| column.header.as_str());
            say(filing.rows.first().map_or(0, |row| row.number), header, ProblemKind::YearUnreadable(text.to_owned()));
        }
    }
    let others: &[Field] = if status == Status::Filed {
        &[Field::ApplyDate]
    } else {
        &[Field::PeriodEnd, Field::ContractDate, Field::ApprovalDate]
    };
    others.iter().find_map(|field| read_year(first_text(filing, frame, *field)).ok().flatten())
}
