//! What all commands read: files, settings, header aliases, and what the program knows.

use std::path::{Path, PathBuf};

use super::Done;
use super::args::{InputArgs, KnowledgeArgs, TuningArgs};
use super::failure::Failure;
use super::terminal::{Progress, Terminal};
use crate::error::Error;
use crate::ingest::{self, HeaderAliases, Limits, Source};
use crate::model::{Intake, Role, Severity};
use crate::report::text::receipt::{self, Shown};
use crate::settings::Settings;
use crate::text::{Addition, Knowledge, Own, entries};

/// Reads the input and, at the same time, loads what the program knows, while `progress` shows it; tells what the office's own
/// catalogue changed.
pub(super) fn read_with_knowledge(
    args: &InputArgs,
    own: &KnowledgeArgs,
    files: &[PathBuf],
    terminal: &Terminal,
    progress: &Progress,
) -> Result<(Intake, Knowledge), Failure> {
    progress.step(0, "读取输入");
    let aliases = aliases(args)?;
    let added = additions(own)?;
    let (intake, knowledge) =
        rayon::join(|| ingest::read_with(&sources(args, files), &Limits::default(), &aliases), || load(added));
    let knowledge = knowledge?;
    progress.clear();
    own_entries(own, &knowledge, terminal);
    Ok((intake, knowledge))
}

/// What the program knows, with the office's own entries of the catalogue.
pub(super) fn knowledge(own: &KnowledgeArgs) -> Result<Knowledge, Failure> {
    load(additions(own)?)
}

/// The entries of the office's own files.
pub(super) fn additions(own: &KnowledgeArgs) -> Result<Vec<Addition>, Failure> {
    let mut additions = Vec::new();
    for path in &own.catalogue {
        if path.is_dir() {
            return Err(Failure::new(
                format!("{}：这是文件夹，不是文件", path.display()),
                "写出其中的目录文件；有几个就写几次 --catalogue",
            ));
        }
        let file = path.display().to_string();
        let entries = entries::parse(&file, &text(path)?).map_err(of_catalogue)?;
        additions.extend(entries.into_iter().map(|capability| Addition { file: file.clone(), capability }));
    }
    Ok(additions)
}

/// Loads what the program knows.
pub(super) fn load(additions: Vec<Addition>) -> Result<Knowledge, Failure> {
    Knowledge::with_catalogue(additions).map_err(of_catalogue)
}

fn of_catalogue(error: Error) -> Failure {
    match error {
        Error::Data { file, reason } => Failure::new(
            format!("{file}：{}", reason.trim_end()),
            "格式和可用的单位类别见 jiyue catalogue --template 打印的样例，改正后重试",
        ),
        other => other.into(),
    }
}

/// Tells what the office's own files changed, where there are any.
pub(super) fn own_entries(own: &KnowledgeArgs, knowledge: &Knowledge, terminal: &Terminal) {
    if !own.catalogue.is_empty() {
        let Own { capabilities, replaced } = &knowledge.own;
        let added = capabilities.len() - replaced;
        terminal.remark(&format!("本单位能力目录：新增 {added} 条，替换 {replaced} 条\n"));
    }
}

/// Reads the input alone.
pub(super) fn read(args: &InputArgs, files: &[PathBuf]) -> Result<Intake, Failure> {
    Ok(ingest::read_with(&sources(args, files), &Limits::default(), &aliases(args)?))
}

fn sources(args: &InputArgs, files: &[PathBuf]) -> Vec<Source> {
    let of = |paths: &[PathBuf], role| -> Vec<Source> {
        paths.iter().map(|path| Source { path: path.clone(), role }).collect()
    };
    let mut sources = of(files, None);
    sources.extend(of(&args.inventory, Some(Role::Inventory)));
    sources.extend(of(&args.platforms, Some(Role::Platform)));
    sources
}

fn aliases(args: &InputArgs) -> Result<HeaderAliases, Failure> {
    match &args.headers {
        None => Ok(HeaderAliases::built_in()),
        Some(path) => HeaderAliases::from_toml(&text(path)?)
            .map_err(|e| Failure::new(format!("{}：{e}", path.display()), "格式见 data/lexicon/headers.toml")),
    }
}

/// The settings to run with.
pub(super) fn settings(args: &TuningArgs) -> Result<Settings, Failure> {
    let mut settings = match &args.settings {
        None => Settings::builtin()?,
        Some(path) => Settings::from_toml(&path.display().to_string(), &text(path)?)?,
    };
    if let Some(threshold) = args.threshold {
        settings.overlap.threshold = threshold;
    }
    Ok(settings)
}

/// A text file of the user's, without byte order mark.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Tells what was read; refuses to go on where nothing was.
pub(super) fn acknowledge(intake: &Intake, terminal: &Terminal, rest: &str) -> Result<Done, Failure> {
    let mut text = receipt::sums(&intake.receipt, &intake.problems);
    text.push_str(&receipt::problems(&intake.problems, Shown::Some, rest));
    terminal.remark(&text);
    if intake.proposals.is_empty() {
        return Err(Failure::new("没有读到任何项目", "按上面的提示改正输入后重试；用 jiyue check 可以只检查输入"));
    }
    Ok(done(intake))
}

/// Tells in one line what was read, where anything is amiss; for commands whose answer is not about the input.
pub(super) fn briefly(intake: &Intake, terminal: &Terminal) -> Result<Done, Failure> {
    if intake.proposals.is_empty() {
        return acknowledge(intake, terminal, "用 jiyue check 查看");
    }
    if done(intake) == Done::Partly {
        terminal.remark(&receipt::sums(&intake.receipt, &intake.problems));
        terminal.remark("部分输入未能读入，用 jiyue check 查看\n");
    }
    Ok(done(intake))
}

/// Whether all input was usable.
pub(super) fn done(intake: &Intake) -> Done {
    let lost = intake.problems.iter().any(|p| p.severity() == Severity::Lost);
    if lost { Done::Partly } else { Done::Whole }
}
