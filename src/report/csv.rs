//! Tables as CSV that Excel and WPS open with a double click: UTF-8 with BOM, CRLF, and no text that runs as a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use super::passage::one_line;
use super::rows::{Cell, Table};

/// Writes one table.
///
/// # Errors
/// Where `out` refuses.
pub fn write(table: Table<'_>, mut out: impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(table.columns)?;
    for row in table.rows {
        csv.write_record(row.iter().map(|cell| field(cell).into_owned()))?;
    }
    csv.flush()
}

fn field(cell: &Cell) -> Cow<'static, str> {
    match cell {
        Cell::Text(text) => Cow::Owned(safe(&one_line(text))),
        Cell::Count(count) => Cow::Owned(count.to_string()),
        Cell::Money(money) => Cow::Owned(money.to_string()),
        Cell::Score(score) => Cow::Owned(score.to_string()),
        Cell::Share(share) => Cow::Owned(super::wording::percent(*share)),
        Cell::Blank => Cow::Borrowed(""),
    }
}

/// Text that no spreadsheet takes for a formula: a leading apostrophe where it would (OWASP, CSV Injection), numbers as they are.
///
/// The full-width signs count too: Chinese editions of Excel take them for the ASCII ones when typed.
///
/// ```
/// use jiyue::report::csv::safe;
///
/// assert_eq!(safe("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
/// assert_eq!(safe("-12.5"), "-12.5");
/// assert_eq!(safe("-项目"), "'-项目");
/// ```
pub fn safe(text: &str) -> String {
    let starts_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if starts_formula && !is_plain_number(text) { format!("'{text}") } else { text.to_owned() }
}

fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut parts = digits.splitn(2, '.');
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(all_digits) && parts.next().is_none_or(all_digits)
}
