//! Comma, semicolon and tab separated text to a sheet.

use super::table::{Cell, Limits, Sheet};
use crate::model::ProblemKind;

/// The separators that spreadsheet programs write.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Reads decoded text as one sheet; ragged rows are kept as they are.
pub(crate) fn read(text: &str, limits: &Limits) -> Sheet {
    let (separator, body) = separator(text);
    let mut sheet = Sheet::default();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(body.as_bytes());
    let mut record = csv::ByteRecord::new();
    let (mut number, mut line, mut filled) = (u32::from(body.len() < text.len()), 1, 0);
    while let Ok(true) = reader.read_byte_record(&mut record) {
        // The reader skips blank lines; a spreadsheet counts them as rows, and line ends within quotes as none.
        let after = reader.position().line();
        let within = record.iter().flatten().filter(|b| **b == b'\n').count() as u64;
        let blank_lines = after.saturating_sub(line).saturating_sub(1 + within);
        line = after;
        number = number.saturating_add(1).saturating_add(u32::try_from(blank_lines).unwrap_or(0));
        for (column, field) in (0_u32..).zip(record.iter()) {
            let text = String::from_utf8_lossy(field);
            if !text.trim().is_empty() && !sheet.push(number, column, Cell::text(text), limits, &mut filled) {
                return sheet;
            }
        }
    }
    if body.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
        sheet.problems.push((None, ProblemKind::QuoteOpen));
    }
    sheet
}

/// The separator: named by Excel's `sep=;` line, or the one that occurs on most of the first lines, then most often.
fn separator(text: &str) -> (u8, &str) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some(first) = rest.bytes().next()
        && SEPARATORS.contains(&first)
    {
        return (first, rest.split_once('\n').map_or("", |(_, body)| body));
    }
    // 20 lines: past any title rows, and cheap.
    let lines: Vec<&str> = outside_quotes(text, 20);
    let weight = |separator: u8| {
        let counts = lines.iter().map(|line| line.bytes().filter(|b| *b == separator).count());
        (counts.clone().filter(|count| *count > 0).count(), counts.sum::<usize>())
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| weight(*separator)).unwrap_or(b',');
    (best, text)
}

/// The unquoted pieces of the first `count` lines.
fn outside_quotes(text: &str, count: usize) -> Vec<&str> {
    let mut quoted = false;
    let mut pieces = Vec::new();
    for line in text.lines().take(count) {
        for (i, piece) in line.split('"').enumerate() {
            if i > 0 {
                quoted = !quoted;
            }
            if !quoted {
                pieces.push(piece);
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_line_ends_and_blank_lines_keep_the_row_numbers_of_a_spreadsheet() {
        let sheet = read("名称,内容\n甲,\"一\n二\"\n\n乙,三\n", &Limits::default());
        let rows: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(rows, [1, 2, 4]);
        assert_eq!(sheet.rows[1].text(1), "一\n二");
    }

    #[test]
    fn the_separator_is_told_from_the_lines() {
        for text in [
            "名称\t内容\n甲\t一,二,三\n",
            "名称;内容\n甲;一,二,三\n",
            "sep=;\n名称;内容\n甲;一,二,三\n",
            "名称,内容\n甲,\"一,二,三\"\n",
        ] {
            let sheet = read(text, &Limits::default());
            assert_eq!(sheet.rows.last().map(|row| row.text(1)), Some("一,二,三"), "{text}");
        }
    }

    #[test]
    fn an_open_quote_is_reported() {
        let sheet = read("名称,内容\n甲,\"一\n乙,二\n", &Limits::default());
        assert_eq!(sheet.problems, [(None, ProblemKind::QuoteOpen)]);
    }
}
