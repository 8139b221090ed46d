//! Something wrong in the input, with its place and the way out.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::ProblemKind;

/// Where in the input: file, sheet, row and column, as far as known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// The file as the user named it, or below the folder that the user named; `/` between folders on every system.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row as a spreadsheet counts (from 1); the line of a JSON Lines file; the position in a JSON array.
    pub row: Option<u32>,
    /// The header text of the column, as in the file.
    pub column: Option<String>,
}

impl fmt::Display for Place {
    /// `申报表.xlsx[市直部门] 第 14 行「投资估算」`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, "[{sheet}]")?;
        }
        if let Some(row) = self.row {
            write!(f, " 第 {row} 行")?;
        }
        if let Some(column) = &self.column {
            write!(f, "「{column}」")?;
        }
        Ok(())
    }
}

/// How much a problem costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// 未读入: a file or row was not used at all.
    Lost,
    /// 部分可用: read, but a value is missing from the analysis.
    Partial,
    /// 提示: read in full, or left out for a good reason; somebody should look.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Lost => "未读入",
            Severity::Partial => "部分可用",
            Severity::Note => "提示",
        })
    }
}

/// Something wrong in the input. 问题.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: ProblemKind,
}

impl Problem {
    /// The way out, in one sentence.
    pub fn hint(&self) -> Cow<'static, str> {
        self.kind.hint()
    }

    /// How much it costs.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.place, self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each.
    fn all() -> Vec<ProblemKind> {
        let place = || Box::new(Place { file: "甲.csv".to_owned(), row: Some(3), ..Place::default() });
        let text = || "约一千二".to_owned();
        vec![
            ProblemKind::FileMissing,
            ProblemKind::FileUnreadable("没有访问权限".to_owned()),
            ProblemKind::FileEmpty,
            ProblemKind::FolderEmpty,
            ProblemKind::FileTooLarge { limit_mb: 200 },
            ProblemKind::FormatUnsupported("PDF 文档".to_owned()),
            ProblemKind::FormatMismatch { extension: "xlsx".to_owned(), content: "网页".to_owned() },
            ProblemKind::Encrypted,
            ProblemKind::EncodingUnknown { offset: 0 },
            ProblemKind::EncodingDamaged { replaced: 2 },
            ProblemKind::Malformed("JSON 不完整".to_owned()),
            ProblemKind::QuoteOpen,
            ProblemKind::HeaderNotFound { seen: vec!["日期".to_owned()] },
            ProblemKind::SheetWithoutTable,
            ProblemKind::SheetWithoutRows,
            ProblemKind::SheetHidden,
            ProblemKind::ColumnUnknown("天气".to_owned()),
            ProblemKind::ColumnGuessed { header: "项目建没内容".to_owned(), field: "建设内容".to_owned() },
            ProblemKind::ColumnTwice { field: "总投资".to_owned() },
            ProblemKind::ValueCarried { cells: 2 },
            ProblemKind::RowsTooMany { limit: 3 },
            ProblemKind::ColumnsTooMany { limit: 512 },
            ProblemKind::CellsTooMany { limit: 9 },
            ProblemKind::NameMissing,
            ProblemKind::Secret("机密".to_owned()),
            ProblemKind::IdTwice { id: "A-1".to_owned(), renamed: "A-1#2".to_owned(), first: place() },
            ProblemKind::AmountUnreadable(text()),
            ProblemKind::AmountNegative("-5".to_owned()),
            ProblemKind::AmountImplausible("2500000000".to_owned()),
            ProblemKind::AmountUnitAssumed { unit: "万元".to_owned() },
            ProblemKind::AmountMismatch { items: "1300".to_owned(), total: "1200".to_owned() },
            ProblemKind::YearUnreadable("十四五".to_owned()),
            ProblemKind::StatusUnknown("红色".to_owned()),
            ProblemKind::SystemRetired("已停用".to_owned()),
            ProblemKind::CellTooLong { characters: 100_000, limit: 60_000 },
            ProblemKind::FormulaText,
            ProblemKind::FormulaWithoutValue,
            ProblemKind::ContentThin { characters: 2 },
            ProblemKind::DepartmentMissing,
            ProblemKind::SubtotalRow,
            ProblemKind::NoteRow,
            ProblemKind::RowTwice { first: place() },
        ]
    }

    #[test]
    fn every_problem_says_what_is_wrong_and_what_to_do() {
        for kind in all() {
            let (message, hint) = (kind.to_string(), kind.hint());
            for text in [message.as_str(), &hint, kind.name()] {
                assert!(!text.is_empty() && !text.ends_with(['。', '.']), "{text}");
                // The marks of {:?}: quotes of strings, braces, variant names.
                assert!(!text.contains(['"', '{', '\\']) && !text.contains("Some("), "{text}");
            }
            assert_ne!(message, hint);
        }
    }

    #[test]
    fn a_place_is_written_as_people_point_at_it() {
        let place = Place {
            file: "申报表.xlsx".to_owned(),
            sheet: Some("市直部门".to_owned()),
            row: Some(14),
            column: Some("投资估算".to_owned()),
        };
        let problem = Problem { place, kind: ProblemKind::AmountUnreadable("约一千二".to_owned()) };
        assert_eq!(problem.to_string(), "申报表.xlsx[市直部门] 第 14 行「投资估算」：“约一千二”不是金额");
        let range = ProblemKind::AmountUnreadable("800-1000".to_owned());
        assert!(range.hint().starts_with("写成一个数"));
    }
}
