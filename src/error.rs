//! What can stop the program, as opposed to problems in the input, which never do.

use std::path::PathBuf;

/// Why an analysis could not be run. Each message names the place, the cause and the way out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A data file (settings, lexicon, catalogue) cannot be used.
    #[error("{file}：{reason}")]
    Data {
        /// The file, as named by the user or inside the program.
        file: String,
        /// What is wrong in it, with line where known, and how to mend it.
        reason: String,
    },
    /// The index could not be built or searched.
    #[error("索引出错：{0}；请确认内存充足后重试")]
    Index(#[from] tantivy::TantivyError),
    /// A file of the user's cannot be read or written.
    #[error("{path}：{source}", path = path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The labelled pairs cannot be used.
    #[error("{file} 第 {line} 行：{reason}")]
    Gold {
        /// Which file.
        file: String,
        /// Which line.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// A project that the user named is not in the input.
    #[error("输入中没有项目“{0}”；项目编号见 projects.csv，也可用项目名称")]
    NoSuchProject(String),
    /// A report could not be put together.
    #[error("报告生成失败：{0}")]
    Report(String),
}

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A data file with a fault that the TOML reader found in `text`: the line, and what is wrong in words of the office.
    pub fn toml(file: &str, text: &str, fault: &toml::de::Error) -> Self {
        let line = fault.span().map(|span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1);
        let place = line.map(|n| format!("第 {n} 行：")).unwrap_or_default();
        let message = fault.message();
        let named = message.split('`').nth(1).unwrap_or_default();
        let reason = if message.starts_with("unknown field") {
            format!("不认识的名称“{named}”；请对照默认文件改正")
        } else if message.starts_with("missing field") {
            format!("缺少“{named}”；请补上")
        } else if message.starts_with("duplicate") {
            format!("“{named}”出现两次；请删去一处")
        } else if message.ends_with("expected a boolean") {
            "值的类型不对；应写 true 或 false，不加引号".to_owned()
        } else if message.ends_with("expected a sequence") {
            "值的类型不对；应写成列表，例如 [\"甲\", \"乙\"]".to_owned()
        } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
            "值的类型不对；数字不加引号，文字加引号".to_owned()
        } else {
            format!("不是有效的 TOML（{message}）")
        };
        Error::Data { file: file.to_owned(), reason: format!("{place}{reason}") }
    }
}
