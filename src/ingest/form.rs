//! A sheet that is a form of one project (项目名称 | … / 申报单位 | …) turned into a table of one row.

use super::columns::HeaderAliases;
use super::field::Field;
use super::table::{Cell, Row, Sheet};

/// The form as a sheet with a header of its own; `None` where the sheet is a table.
///
/// A form is told by label and value side by side in three rows or more; the header of a table has labels beside labels,
/// and its rows have none.
pub(crate) fn read(sheet: &Sheet, aliases: &HeaderAliases) -> Option<Sheet> {
    if sheet.header.is_some() {
        return None;
    }
    let label = |cell: &Cell| aliases.exact(&cell.text);
    let mut pairs: Vec<(String, Cell, Field)> = Vec::new();
    let (mut form_rows, mut name_row) = (0, None);
    // 60 rows: the longest official form is two printed pages.
    for row in sheet.rows.iter().take(60) {
        let mut found = 0;
        for pair in row.cells.windows(2) {
            let ((_, key), (_, value)) = (&pair[0], &pair[1]);
            let (Some(field), None) = (label(key), label(value)) else { continue };
            found += 1;
            if matches!(field, Field::ProjectName) && name_row.is_none() {
                name_row = Some(row.number);
            }
            pairs.push((key.text.trim().to_owned(), value.clone(), field));
        }
        form_rows += usize::from(found > 0);
    }
    let mut fields: Vec<Field> = pairs.iter().map(|(_, _, field)| *field).collect();
    fields.sort();
    fields.dedup();
    // Three rows and three fields: a table with one unknown column between known ones makes one such row.
    if form_rows < 3 || fields.len() < 3 {
        return None;
    }
    let mut row = Row { number: name_row?, cells: Vec::new() };
    let mut header = Vec::new();
    for ((text, value, _), column) in pairs.into_iter().zip(0..) {
        header.push(text);
        row.set(column, value);
    }
    Some(Sheet {
        name: sheet.name.clone(),
        rows: vec![row],
        merges: Vec::new(),
        header: Some(header),
        problems: Vec::new(),
        lost_rows: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::csv;
    use crate::ingest::table::Limits;

    #[test]
    fn labels_beside_values_are_a_form_and_labels_beside_labels_a_table() {
        let form = "项目申报表,,,\n项目名称,智慧停车平台,申报单位,市城管局\n总投资（万元）,860,建设性质,新建\n建设内容,泊位感知与诱导发布,,\n";
        let aliases = HeaderAliases::built_in();
        let sheet = read(&csv::read(form, &Limits::default()), &aliases).unwrap();
        assert_eq!(sheet.rows[0].number, 2);
        assert_eq!(sheet.header.unwrap(), ["项目名称", "申报单位", "总投资（万元）", "建设性质", "建设内容"]);
        let table = "项目名称,天气,申报单位\n甲,晴,乙\n丙,雨,丁\n";
        assert!(read(&csv::read(table, &Limits::default()), &aliases).is_none());
    }
}
