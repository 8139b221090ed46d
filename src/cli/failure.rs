//! Why a command could not run, with the way out.

use crate::error::Error;

/// A message and, on its own line, what to do.
#[derive(Debug)]
pub(super) struct Failure {
    /// What is wrong and where, without a final full stop.
    pub(super) what: String,
    /// The way out; empty where the message holds it already.
    pub(super) hint: String,
}

impl Failure {
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into() }
    }

    /// A file or folder that cannot be used.
    pub(super) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let (reason, hint) = match error.kind() {
            ErrorKind::NotFound => ("文件或文件夹不存在", "检查路径是否写对"),
            ErrorKind::PermissionDenied => {
                ("没有访问权限，或文件正被其他程序打开", "关闭 WPS、Excel 中打开的同名文件，或换一个目录")
            }
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => ("同名的文件已存在，不能作为目录", "换一个目录名"),
            ErrorKind::IsADirectory => ("这是文件夹，不是文件", "换一个名称，或先移走该文件夹"),
            ErrorKind::StorageFull => ("磁盘已满", "清理磁盘后重试"),
            ErrorKind::ReadOnlyFilesystem => ("所在磁盘只读", "换一个可以写入的目录"),
            ErrorKind::InvalidData => ("不是 UTF-8 编码的文本", "另存为 UTF-8 编码后重试"),
            _ => return Self::new(format!("{}：{error}", path.display()), "检查路径和磁盘后重试"),
        };
        Self::new(format!("{}：{reason}", path.display()), hint)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::File { path, source } => Self::file(&path, &source),
            Error::Data { file, reason } => {
                Self::new(format!("{file}：{}", reason.trim_end()), "对照 jiyue settings 打印的默认设置改正后重试")
            }
            other => Self::new(other.to_string(), ""),
        }
    }
}
