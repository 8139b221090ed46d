//! Files to proposals: whatever people send, read as far as it can be read, with everything that is wrong in it.

mod biff;
mod body;
mod columns;
mod csv;
mod decode;
mod field;
mod form;
mod format;
mod header;
mod identity;
mod json;
mod money;
mod numeral;
mod record;
mod table;
mod values;
mod walk;
mod width;
mod workbook;

use std::path::PathBuf;

use rayon::prelude::*;

pub use columns::{HeaderAliasError, HeaderAliases};
pub use field::Field;
pub use table::Limits;

use crate::model::{Intake, Place, Problem, ProblemKind, Proposal, Receipt, Role, SourceReceipt};
use format::Format;
use table::Sheet;
use walk::Found;

/// What to read and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// A file or a folder.
    pub path: PathBuf,
    /// `None`: told by the 状态 column or by the shape of the header. `Some`: the user has said what it is.
    pub role: Option<Role>,
}

/// Reads files and folders; one bad row costs one row.
///
/// Never panics and never fails: everything wrong is a problem. The result depends neither on the order of the sources
/// nor on that of the files in a folder.
///
/// ```
/// use jiyue::ingest::{Limits, Source, read};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("申报.csv");
/// std::fs::write(&path, "项目名称,申报单位,总投资（万元）\n智慧停车,市城管局,约一千二\n")?;
/// let intake = read(&[Source { path, role: None }], &Limits::default());
/// assert_eq!(intake.proposals[0].id, "申报-R2");
/// assert_eq!(intake.problems[1].to_string(), "申报.csv 第 2 行「总投资（万元）」：“约一千二”不是金额");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read(sources: &[Source], limits: &Limits) -> Intake {
    read_with(sources, limits, &HeaderAliases::built_in())
}

/// [`read`] with an office's own header aliases.
pub fn read_with(sources: &[Source], limits: &Limits, aliases: &HeaderAliases) -> Intake {
    let (files, mut problems) = walk::find(sources);
    let reads: Vec<FileRead> = files.par_iter().map(|found| read_file(found, limits, aliases)).collect();
    let mut proposals = Vec::new();
    let mut rows = Vec::new();
    for (found, read) in files.iter().zip(reads) {
        rows.push((found.name.clone(), read.rows));
        proposals.extend(read.proposals);
        problems.extend(read.problems);
    }
    let (proposals, more) = identity::settle(proposals);
    problems.extend(more);
    problems.sort();
    problems.dedup();
    let receipt = receipt(rows, &proposals, &problems);
    Intake { proposals, problems, receipt }
}

/// How much of each file was read; paths that led to no file are among them with nothing read.
fn receipt(rows: Vec<(String, usize)>, proposals: &[Proposal], problems: &[Problem]) -> Receipt {
    let mut sources: std::collections::BTreeMap<String, SourceReceipt> = Default::default();
    let new = |file: &str, rows| SourceReceipt { file: file.to_owned(), rows, read: 0, problems: 0 };
    for (file, rows) in rows {
        sources.insert(file.clone(), new(&file, rows));
    }
    for proposal in proposals {
        sources.entry(proposal.source.file.clone()).or_insert_with(|| new(&proposal.source.file, 0)).read += 1;
    }
    for problem in problems {
        sources.entry(problem.place.file.clone()).or_insert_with(|| new(&problem.place.file, 0)).problems += 1;
    }
    Receipt { sources: sources.into_values().collect() }
}

/// What one file gave.
#[derive(Debug, Default)]
struct FileRead {
    proposals: Vec<Proposal>,
    problems: Vec<Problem>,
    rows: usize,
}

fn read_file(found: &Found, limits: &Limits, aliases: &HeaderAliases) -> FileRead {
    let mut read = FileRead::default();
    let place = Place { file: found.name.clone(), ..Place::default() };
    match sheets(found, limits) {
        Err(kind) => read.problems.push(Problem { place, kind }),
        Ok((sheets, replaced)) => {
            if replaced > 0 {
                read.problems.push(Problem { place, kind: ProblemKind::EncodingDamaged { replaced } });
            }
            for sheet in sheets {
                body::read_sheet(sheet, found, limits, aliases, &mut read);
            }
            plain_text_is_no_table(found, &mut read);
            if read.rows == 0 && read.problems.is_empty() {
                let place = Place { file: found.name.clone(), ..Place::default() };
                read.problems.push(Problem { place, kind: ProblemKind::FileEmpty });
            }
        }
    }
    read
}

/// A text file without a header is a document, not a table that lacks one.
fn plain_text_is_no_table(found: &Found, read: &mut FileRead) {
    if matches!(extension(found).as_str(), "txt" | "md" | "markdown" | "log") {
        for problem in &mut read.problems {
            if matches!(problem.kind, ProblemKind::HeaderNotFound { .. }) {
                problem.kind = ProblemKind::FormatUnsupported("文本文档".to_owned());
            }
        }
    }
}

fn extension(found: &Found) -> String {
    found.path.extension().map_or(String::new(), |extension| extension.to_string_lossy().to_lowercase())
}

/// The sheets of a file, and how many characters were replaced in decoding it.
fn sheets(found: &Found, limits: &Limits) -> Result<(Vec<Sheet>, usize), ProblemKind> {
    let unreadable = |error: std::io::Error| ProblemKind::FileUnreadable(walk::reason(&error));
    let size = std::fs::metadata(&found.path).map_err(unreadable)?.len();
    if size > limits.file_mb.saturating_mul(1 << 20) {
        return Err(ProblemKind::FileTooLarge { limit_mb: limits.file_mb });
    }
    let bytes = std::fs::read(&found.path).map_err(unreadable)?;
    match format::sniff(&bytes, limits.unpacked_mb) {
        Format::Empty => Err(ProblemKind::FileEmpty),
        Format::TooLarge => Err(ProblemKind::FileTooLarge { limit_mb: limits.unpacked_mb }),
        Format::Broken => Err(ProblemKind::Malformed("压缩结构不完整，可能没有传完".to_owned())),
        Format::Encrypted => Err(ProblemKind::Encrypted),
        Format::Other(content) => Err(unsupported(found, content)),
        Format::Text => text_sheets(found, &bytes, limits),
        workbook => Ok((workbook::read(&bytes, &workbook, limits)?, 0)),
    }
}

fn text_sheets(found: &Found, bytes: &[u8], limits: &Limits) -> Result<(Vec<Sheet>, usize), ProblemKind> {
    let decoded = decode::decode(bytes).map_err(|error| ProblemKind::EncodingUnknown { offset: error.offset })?;
    let text = decoded.text.trim_start_matches(['\u{feff}', '\r', '\n', ' ']);
    if text.trim().is_empty() {
        return Err(ProblemKind::FileEmpty);
    }
    if let Some(content) = format::text_format(text) {
        return Err(unsupported(found, content));
    }
    let called_json = matches!(extension(found).as_str(), "json" | "jsonl" | "ndjson");
    let sheet = match json::read(&decoded.text, limits) {
        Err(reason) if called_json => return Err(ProblemKind::Malformed(reason)),
        Ok(sheet) if called_json || text.starts_with(['{', '[']) => sheet,
        _ => csv::read(&decoded.text, limits),
    };
    Ok((vec![sheet], decoded.replaced))
}

/// The name promises a table and the content is none, or the content is what the name says and no table.
fn unsupported(found: &Found, content: &str) -> ProblemKind {
    let extension = extension(found);
    let is_table = matches!(
        extension.as_str(),
        "xlsx" | "xls" | "xlsm" | "xlsb" | "et" | "ods" | "csv" | "tsv" | "json" | "jsonl"
    );
    if is_table {
        return ProblemKind::FormatMismatch { extension, content: content.to_owned() };
    }
    ProblemKind::FormatUnsupported(content.to_owned())
}
