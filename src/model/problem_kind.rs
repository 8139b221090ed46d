//! What can be wrong in the input: each kind with its message and the way out, side by side.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Place, Severity};

/// What can be wrong; each variant holds the facts that its message needs.
///
/// The message (`Display`) says what is wrong, [`ProblemKind::hint`] says what to do; both stand below, side by side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProblemKind {
    /// The path does not exist.
    FileMissing,
    /// The file cannot be opened; the system's reason.
    FileUnreadable(String),
    /// Zero bytes, or nothing but blanks.
    FileEmpty,
    /// A folder in which no file could be read.
    FolderEmpty,
    /// Larger than the limit, in MB, as it lies on the disk or once unpacked.
    FileTooLarge {
        /// The limit.
        limit_mb: u64,
    },
    /// A format that is not read; what the content looks like ("网页", "PDF 文档" …).
    FormatUnsupported(String),
    /// The content is not what the extension says, and is not read.
    FormatMismatch {
        /// What the name says, without the dot.
        extension: String,
        /// What the content looks like.
        content: String,
    },
    /// A workbook that opens with a password only.
    Encrypted,
    /// The bytes are no known encoding; the offset of the first bad byte.
    EncodingUnknown {
        /// Counted from 0.
        offset: usize,
    },
    /// A few bytes could not be decoded and were replaced.
    EncodingDamaged {
        /// How many characters are replacement characters now.
        replaced: usize,
    },
    /// The workbook or JSON is broken; the reader's reason.
    Malformed(String),
    /// The quotes of a CSV file do not pair up, so that rows may have run together.
    QuoteOpen,
    /// No row of the sheet could be mapped as header; header texts that came nearest.
    HeaderNotFound {
        /// Texts of the row that looked most like a header.
        seen: Vec<String>,
    },
    /// A sheet of running text, or a hidden list of choices: nothing in it is a table of projects.
    SheetWithoutTable,
    /// A sheet with a header and no rows below.
    SheetWithoutRows,
    /// A sheet that is hidden in the workbook and was read all the same.
    SheetHidden,
    /// A header text that no field could be found for; its column is not used.
    ColumnUnknown(String),
    /// A header text that was only mapped by likeness.
    ColumnGuessed {
        /// The text in the file.
        header: String,
        /// The field it was taken for, in Chinese.
        field: String,
    },
    /// Two columns claim the same field; the second was not used.
    ColumnTwice {
        /// The field, in Chinese.
        field: String,
    },
    /// Blank cells of a column took the value above, as in a sheet whose merged cells were lost.
    ValueCarried {
        /// How many cells.
        cells: usize,
    },
    /// A sheet with more rows than are read.
    RowsTooMany {
        /// How many are read.
        limit: usize,
    },
    /// A cell to the right of the last column that is read.
    ColumnsTooMany {
        /// How many are read.
        limit: usize,
    },
    /// A sheet with more filled cells than are read.
    CellsTooMany {
        /// How many are read.
        limit: usize,
    },
    /// A row without 项目名称.
    NameMissing,
    /// A row marked secret; the marking, never the text of the row.
    Secret(String),
    /// Two rows with one 项目编号; the place of the first.
    IdTwice {
        /// As filed.
        id: String,
        /// The id that the later row goes by.
        renamed: String,
        /// Where the id stood first.
        first: Box<Place>,
    },
    /// An amount that is no amount; the text as filed.
    AmountUnreadable(String),
    /// An amount below zero.
    AmountNegative(String),
    /// An amount so large that the unit is probably wrong; as read, in 万元.
    AmountImplausible(String),
    /// An amount without any unit in header, cell or sheet; the unit that was assumed.
    AmountUnitAssumed {
        /// 万元 or 元.
        unit: String,
    },
    /// The items of the filing add up to more than its total, in 万元.
    AmountMismatch {
        /// Sum of the items.
        items: String,
        /// The total as filed.
        total: String,
    },
    /// A year that is no year.
    YearUnreadable(String),
    /// A 状态 that is none of those known; the row counts as a filing.
    StatusUnknown(String),
    /// A system that is out of use, and so is nothing to compare with; its 状态.
    SystemRetired(String),
    /// A cell longer than the limit; it was cut.
    CellTooLong {
        /// As filed.
        characters: usize,
        /// As read.
        limit: usize,
    },
    /// A name or text that starts like a spreadsheet formula; kept as text.
    FormulaText,
    /// A formula cell without stored value, or with an error for a value.
    FormulaWithoutValue,
    /// Too little content to compare; characters found.
    ContentThin {
        /// In 建设内容 and 建设目标 together.
        characters: usize,
    },
    /// No 申报单位.
    DepartmentMissing,
    /// A row that looks like a subtotal; it was left out.
    SubtotalRow,
    /// A row below the table that looks like a note; it was left out.
    NoteRow,
    /// The same filing twice, word for word; the place of the first.
    RowTwice {
        /// Where it stood first.
        first: Box<Place>,
    },
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProblemKind::FileMissing => f.write_str("文件或文件夹不存在"),
            ProblemKind::FileUnreadable(reason) => write!(f, "无法打开：{reason}"),
            ProblemKind::FileEmpty => f.write_str("文件是空的"),
            ProblemKind::FolderEmpty => f.write_str("文件夹中没有可读的文件"),
            ProblemKind::FileTooLarge { limit_mb } => write!(f, "文件（或解压后）超过 {limit_mb} MB，未读取"),
            ProblemKind::FormatUnsupported(content) => write!(f, "内容是{content}，不能作为表格读取"),
            ProblemKind::FormatMismatch { extension, content } => {
                write!(f, "扩展名是 .{extension}，内容却是{content}")
            }
            ProblemKind::Encrypted => f.write_str("工作簿设有打开密码"),
            ProblemKind::EncodingUnknown { offset } => {
                write!(f, "文字编码无法识别（第 {} 个字节起）", offset + 1)
            }
            ProblemKind::EncodingDamaged { replaced } => write!(f, "有 {replaced} 处文字损坏，已用“�”代替"),
            ProblemKind::Malformed(reason) => write!(f, "文件结构损坏：{reason}"),
            ProblemKind::QuoteOpen => f.write_str("双引号不成对，后面的行可能被并入同一格"),
            ProblemKind::HeaderNotFound { seen } if seen.is_empty() => f.write_str("没有找到表头"),
            ProblemKind::HeaderNotFound { seen } => {
                write!(f, "没有找到含“项目名称”的表头，最接近的一行是：{}", seen.join("、"))
            }
            ProblemKind::SheetWithoutTable => f.write_str("只有说明文字或选项，没有项目表，未读入"),
            ProblemKind::SheetWithoutRows => f.write_str("只有表头，没有数据行"),
            ProblemKind::SheetHidden => f.write_str("工作表是隐藏的，已照常读入"),
            ProblemKind::ColumnUnknown(header) => write!(f, "不认识列名“{header}”，该列未使用"),
            ProblemKind::ColumnGuessed { header, field } => {
                write!(f, "列名“{header}”按相近写法当作“{field}”读入")
            }
            ProblemKind::ColumnTwice { field } => write!(f, "又有一列是“{field}”，只在前一列空白时使用"),
            ProblemKind::ValueCarried { cells } => write!(f, "{cells} 个空白格沿用了上一行的值"),
            ProblemKind::RowsTooMany { limit } => write!(f, "超过 {limit} 行，超出部分未读取"),
            ProblemKind::ColumnsTooMany { limit } => write!(f, "第 {limit} 列以右还有内容，未读取"),
            ProblemKind::CellsTooMany { limit } => write!(f, "超过 {limit} 个单元格，超出部分未读取"),
            ProblemKind::NameMissing => f.write_str("没有项目名称，整行未读入"),
            ProblemKind::Secret(marking) => write!(f, "标有“{marking}”，已拒绝读入"),
            ProblemKind::IdTwice { id, renamed, first } => {
                write!(f, "项目编号“{id}”与{first}相同，本行改称“{renamed}”")
            }
            ProblemKind::AmountUnreadable(text) => write!(f, "“{}”不是金额", short(text)),
            ProblemKind::AmountNegative(text) => write!(f, "金额“{}”小于零", short(text)),
            ProblemKind::AmountImplausible(wan) => write!(f, "金额合 {wan} 万元，大得不合常理，未采用"),
            ProblemKind::AmountUnitAssumed { unit } => write!(f, "金额没有写单位，按{unit}读入"),
            ProblemKind::AmountMismatch { items, total } => {
                write!(f, "分项金额合计 {items} 万元，超过总投资 {total} 万元")
            }
            ProblemKind::YearUnreadable(text) => write!(f, "“{}”不是年份", short(text)),
            ProblemKind::StatusUnknown(text) => write!(f, "不认识状态“{}”，按申报项目处理", short(text)),
            ProblemKind::SystemRetired(text) => write!(f, "状态为“{}”，已不在使用，不参与比对", short(text)),
            ProblemKind::CellTooLong { characters, limit } => {
                write!(f, "单元格有 {characters} 字，只读入前 {limit} 字")
            }
            ProblemKind::FormulaText => f.write_str("文字以公式符号开头，已按文字读入"),
            ProblemKind::FormulaWithoutValue => f.write_str("公式没有保存计算结果或结果出错，按空白处理"),
            ProblemKind::ContentThin { characters } => {
                write!(f, "建设内容和目标只有 {characters} 字，难以判断是否重复")
            }
            ProblemKind::DepartmentMissing => f.write_str("没有申报单位"),
            ProblemKind::SubtotalRow => f.write_str("像是合计行，未作为项目读入"),
            ProblemKind::NoteRow => f.write_str("像是说明或标题行，未作为项目读入"),
            ProblemKind::RowTwice { first } => write!(f, "与{first}一字不差，只读入一次"),
        }
    }
}

impl ProblemKind {
    /// What the person who sent the file can do about it.
    pub fn hint(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            ProblemKind::FileMissing => "检查路径是否写对，文件是否已移走",
            ProblemKind::FileUnreadable(_) => "检查访问权限，或先关闭正在使用该文件的程序",
            ProblemKind::FileEmpty => "向报送单位重新索取文件",
            ProblemKind::FolderEmpty => "放入 XLSX、XLS、ET、ODS、CSV、JSON 或 JSON Lines 文件后重试",
            ProblemKind::FileTooLarge { .. } => "删去图片和附件，或拆成几个文件后重试",
            ProblemKind::FormatUnsupported(content) if content.contains("压缩包") => "先解压，再指定解压后的文件夹",
            ProblemKind::FormatUnsupported(content) if content.contains("网页") => {
                "用 WPS 或 Excel 打开后另存为 XLSX"
            }
            ProblemKind::FormatUnsupported(_) => "本版只读表格；请把其中的项目填入汇总表",
            ProblemKind::FormatMismatch { .. } => "用 WPS 或 Excel 打开后另存为 XLSX，不要只改扩展名",
            ProblemKind::Encrypted => "在 WPS 或 Excel 中取消打开密码后另存",
            ProblemKind::EncodingUnknown { .. } => "用 WPS 或 Excel 打开确认文字无误后另存为 XLSX 或 UTF-8 编码的 CSV",
            ProblemKind::EncodingDamaged { .. } => "查看带“�”的文字，向报送单位核对原文",
            ProblemKind::Malformed(_) => "用原软件打开后重新保存；仍打不开的，向报送单位重新索取",
            ProblemKind::QuoteOpen => "在文字里的双引号外再加一个双引号，或另存为 XLSX",
            ProblemKind::HeaderNotFound { .. } => {
                "让表头有“项目名称”“申报单位”“建设内容”等列名；本地叫法不同的，写进自己的列名对照文件"
            }
            ProblemKind::SheetWithoutTable => "其中有项目的，移到带表头的表中",
            ProblemKind::SheetWithoutRows => "确认该单位是否零申报",
            ProblemKind::SheetHidden => "不需要的，在工作簿中删去该表",
            ProblemKind::ColumnUnknown(_) => "需要这一列的，改用通行的列名，或写进自己的列名对照文件",
            ProblemKind::ColumnGuessed { .. } => "看是否猜对；不对的，改正列名",
            ProblemKind::ColumnTwice { .. } => "只保留一列，或把另一列的列名写得更具体",
            ProblemKind::ValueCarried { .. } => "核对沿用的值；不对的，在每一行写明",
            ProblemKind::ColumnsTooMany { .. } => "删去表格右侧多余的列",
            ProblemKind::RowsTooMany { .. } | ProblemKind::CellsTooMany { .. } => "删去多余的行，或拆成几个文件",
            ProblemKind::NameMissing => "补上项目名称；不是项目的行可以删去",
            ProblemKind::Secret(_) => "涉密项目不得在本系统处理，请从文件中删去，按保密规定另行办理",
            ProblemKind::IdTwice { .. } => "确认是否同一项目，是则删去一行，不是则改正编号",
            ProblemKind::AmountUnreadable(text) if is_range(text) => {
                "写成一个数，例如 900 或 900 万元；留空则不计入重复投资"
            }
            ProblemKind::AmountUnreadable(_) => "写成 1200 或 1200 万元；留空则不计入重复投资",
            ProblemKind::AmountNegative(_) => "写成大于零的数；核减额不要填在这一列",
            ProblemKind::AmountImplausible(_) => "检查单位是元还是万元，改正列名或单元格中的单位",
            ProblemKind::AmountUnitAssumed { .. } => "在列名里写明单位，例如“总投资（万元）”",
            ProblemKind::AmountMismatch { .. } => "核对分项金额与总投资，或检查单位是否一致",
            ProblemKind::YearUnreadable(_) => "写成 2026 或 2026 年",
            ProblemKind::StatusUnknown(_) => "写成“申报”“在建”或“已建”",
            ProblemKind::SystemRetired(_) => "仍在使用的，把状态改为“已建”",
            ProblemKind::CellTooLong { .. } => "只保留建设内容，把附件和全文移出单元格",
            ProblemKind::FormulaText => "在开头的符号前加一个字或空格，免得表格软件把它当作公式",
            ProblemKind::FormulaWithoutValue => "用 WPS 或 Excel 打开，重新计算后保存",
            ProblemKind::ContentThin { .. } => "逐项补写建设内容；不补的，须人工判断",
            ProblemKind::DepartmentMissing => "补上申报单位，否则无法提出牵头单位",
            ProblemKind::SubtotalRow => "如果确是项目，把项目名称写完整",
            ProblemKind::NoteRow => "如果确是项目，补上项目名称和建设内容",
            ProblemKind::RowTwice { .. } => "删去多余的一行",
        })
    }

    /// How much it costs.
    pub fn severity(&self) -> Severity {
        match self {
            ProblemKind::FileMissing
            | ProblemKind::FileUnreadable(_)
            | ProblemKind::FileEmpty
            | ProblemKind::FolderEmpty
            | ProblemKind::FileTooLarge { .. }
            | ProblemKind::FormatUnsupported(_)
            | ProblemKind::FormatMismatch { .. }
            | ProblemKind::Encrypted
            | ProblemKind::EncodingUnknown { .. }
            | ProblemKind::Malformed(_)
            | ProblemKind::HeaderNotFound { .. }
            | ProblemKind::NameMissing
            | ProblemKind::Secret(_) => Severity::Lost,
            ProblemKind::EncodingDamaged { .. }
            | ProblemKind::QuoteOpen
            | ProblemKind::RowsTooMany { .. }
            | ProblemKind::ColumnsTooMany { .. }
            | ProblemKind::CellsTooMany { .. }
            | ProblemKind::AmountUnreadable(_)
            | ProblemKind::AmountNegative(_)
            | ProblemKind::AmountImplausible(_)
            | ProblemKind::YearUnreadable(_)
            | ProblemKind::StatusUnknown(_)
            | ProblemKind::CellTooLong { .. }
            | ProblemKind::FormulaWithoutValue
            | ProblemKind::DepartmentMissing => Severity::Partial,
            ProblemKind::SheetWithoutTable
            | ProblemKind::SheetWithoutRows
            | ProblemKind::SheetHidden
            | ProblemKind::ColumnUnknown(_)
            | ProblemKind::ColumnGuessed { .. }
            | ProblemKind::ColumnTwice { .. }
            | ProblemKind::ValueCarried { .. }
            | ProblemKind::IdTwice { .. }
            | ProblemKind::AmountUnitAssumed { .. }
            | ProblemKind::AmountMismatch { .. }
            | ProblemKind::SystemRetired(_)
            | ProblemKind::FormulaText
            | ProblemKind::ContentThin { .. }
            | ProblemKind::SubtotalRow
            | ProblemKind::NoteRow
            | ProblemKind::RowTwice { .. } => Severity::Note,
        }
    }

    /// The short label in problems.csv; stable, since scripts filter by it.
    pub fn name(&self) -> &'static str {
        match self {
            ProblemKind::FileMissing => "文件不存在",
            ProblemKind::FileUnreadable(_) => "文件打不开",
            ProblemKind::FileEmpty => "空文件",
            ProblemKind::FolderEmpty => "空文件夹",
            ProblemKind::FileTooLarge { .. } => "文件过大",
            ProblemKind::FormatUnsupported(_) => "格式不支持",
            ProblemKind::FormatMismatch { .. } => "格式与扩展名不符",
            ProblemKind::Encrypted => "文件加密",
            ProblemKind::EncodingUnknown { .. } => "编码无法识别",
            ProblemKind::EncodingDamaged { .. } => "文字损坏",
            ProblemKind::Malformed(_) => "文件损坏",
            ProblemKind::QuoteOpen => "引号不成对",
            ProblemKind::HeaderNotFound { .. } => "找不到表头",
            ProblemKind::SheetWithoutTable => "没有项目表",
            ProblemKind::SheetWithoutRows => "没有数据行",
            ProblemKind::SheetHidden => "隐藏工作表",
            ProblemKind::ColumnUnknown(_) => "列名不认识",
            ProblemKind::ColumnGuessed { .. } => "列名靠猜",
            ProblemKind::ColumnTwice { .. } => "列重复",
            ProblemKind::ValueCarried { .. } => "沿用上行",
            ProblemKind::RowsTooMany { .. } | ProblemKind::ColumnsTooMany { .. } | ProblemKind::CellsTooMany { .. } => {
                "表格过大"
            }
            ProblemKind::NameMissing => "缺项目名称",
            ProblemKind::Secret(_) => "涉密拒收",
            ProblemKind::IdTwice { .. } => "编号重复",
            ProblemKind::AmountUnreadable(_) => "金额无法识别",
            ProblemKind::AmountNegative(_) => "金额为负",
            ProblemKind::AmountImplausible(_) => "金额过大",
            ProblemKind::AmountUnitAssumed { .. } => "金额缺单位",
            ProblemKind::AmountMismatch { .. } => "金额不一致",
            ProblemKind::YearUnreadable(_) => "年份无法识别",
            ProblemKind::StatusUnknown(_) => "状态不认识",
            ProblemKind::SystemRetired(_) => "系统已停用",
            ProblemKind::CellTooLong { .. } => "单元格过长",
            ProblemKind::FormulaText => "疑似公式",
            ProblemKind::FormulaWithoutValue => "公式无结果",
            ProblemKind::ContentThin { .. } => "内容过简",
            ProblemKind::DepartmentMissing => "缺申报单位",
            ProblemKind::SubtotalRow => "合计行",
            ProblemKind::NoteRow => "说明行",
            ProblemKind::RowTwice { .. } => "整行重复",
        }
    }
}

/// A filed text as a message can hold it: one line, at most 30 characters.
fn short(text: &str) -> String {
    let one_line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

/// Whether an unreadable amount is two numbers with a dash between them.
fn is_range(text: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '~' | '—' | '–' | '－' | '～' | '至' | '到');
    text.split(is_dash).filter(|part| part.chars().any(|c| c.is_numeric())).count() > 1
}
