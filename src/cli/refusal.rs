//! What clap refuses, said in Chinese with the way out.

use std::error::Error as _;
use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::COMMANDS;

/// Prints help or version (0), or what is wrong with the arguments (2).
pub(super) fn answer(refusal: &clap::Error) -> ExitCode {
    match refusal.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no error.
            let _ = refusal.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = refusal.print();
            ExitCode::from(2)
        }
        _ => {
            let _ = std::io::stderr().lock().write_all(message(refusal, command().as_deref()).as_bytes());
            ExitCode::from(2)
        }
    }
}

/// The command that was meant, where the first word names one.
fn command() -> Option<String> {
    std::env::args().skip(1).find(|word| COMMANDS.contains(&word.as_str()))
}

fn message(refusal: &clap::Error, command: Option<&str>) -> String {
    let about = |kind| refusal.get(kind).map(words).unwrap_or_default();
    let argument = about(ContextKind::InvalidArg);
    let value = about(ContextKind::InvalidValue);
    let what = match refusal.kind() {
        ErrorKind::UnknownArgument => format!("不认识的选项或参数“{argument}”"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", about(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict if argument == about(ContextKind::PriorArg) => format!("“{argument}”只能写一次"),
        ErrorKind::ArgumentConflict => format!("“{argument}”不能与“{}”同时使用", about(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面没有写值"),
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let reason = refusal.source().map_or(String::new(), |e| format!("，{e}"));
            format!("“{argument}”的值“{value}”不可用{reason}")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 编码的文字".to_owned(),
        _ => format!("参数“{argument}”用法不对"),
    };
    let mut hints = Vec::new();
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    for kind in suggested {
        let like = about(kind);
        if !like.is_empty() {
            hints.push(format!("是否想写“{like}”"));
        }
    }
    let valid = about(ContextKind::ValidValue);
    if !valid.is_empty() {
        hints.push(format!("可用的值：{valid}"));
    }
    let help = command.map_or("jiyue --help".to_owned(), |c| format!("jiyue {c} --help"));
    hints.push(format!("用法和示例见 {help}"));
    format!("错误：{what}\n提示：{}\n", hints.join("；"))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
