//! Arguments as typed: no file is looked at here, so that help works anywhere.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, ArgGroup, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n";

const MAIN_EXAMPLES: &str = "\
示例：
  jiyue analyze data/sample --out out
  jiyue search \"路侧停车泊位感知\" data/sample

退出码：0 完成；1 完成，但有输入未能读入；2 未能运行
结果写到标准输出，其余写到标准错误；全程离线，不发送任何数据";

/// 找出政务信息化项目申报中的重复建设与共性需求，提出归并建议
#[derive(Debug, Parser)]
#[command(
    name = "jiyue",
    version,
    override_usage = "jiyue [选项] <命令> …",
    after_help = MAIN_EXAMPLES,
    subcommand_help_heading = "命令",
    next_help_heading = "选项",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// 最多使用 N 个线程；默认用全部处理器核。结果与线程数无关
    #[arg(long, value_name = "N", value_parser = threads, global = true, display_order = 100)]
    pub(super) threads: Option<u16>,
    /// 不显示回执和进度，只显示结果和错误
    #[arg(short, long, global = true, display_order = 101)]
    pub(super) quiet: bool,
    /// 显示帮助
    #[arg(short, long, action = ArgAction::Help, global = true, display_order = 102)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 103)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Analyze(AnalyzeArgs),
    Search(SearchArgs),
    Explain(ExplainArgs),
    Check(CheckArgs),
    Evaluate(EvaluateArgs),
    Catalogue(CatalogueArgs),
    /// 打印默认设置，供复制修改
    #[command(
        override_usage = "jiyue settings",
        after_help = "示例：\n  jiyue settings\n  jiyue settings > 设置.toml     # 修改后：jiyue analyze data/sample --out out --settings 设置.toml"
    )]
    Settings,
    Completions(CompletionsArgs),
}

/// What every command that reads filings takes.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// 已建、在建系统台账（文件或文件夹），可多次给出；不给时按“状态”列判断
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub(super) inventory: Vec<PathBuf>,
    /// 统建平台清单（文件或文件夹），可多次给出
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub(super) platforms: Vec<PathBuf>,
    /// 本地的列名对照文件，补充内置的列名写法
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub(super) headers: Option<PathBuf>,
}

/// What every command that knows the catalogue takes.
#[derive(Debug, Args)]
pub(super) struct KnowledgeArgs {
    /// 本单位的能力目录文件，补充或替换内置的条目，可多次给出；样例见 jiyue catalogue --template
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub(super) catalogue: Vec<PathBuf>,
}

/// What every command that compares takes.
#[derive(Debug, Args)]
pub(super) struct TuningArgs {
    /// 设置文件；默认设置用 jiyue settings 打印
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub(super) settings: Option<PathBuf>,
    /// 重叠度达到 X（0 到 1）才列出；0 列出所有比对过的项目对
    #[arg(long, value_name = "X", value_parser = threshold, help_heading = "选项")]
    pub(super) threshold: Option<f64>,
}

/// 分析一批申报，写出七份报告
#[derive(Debug, Args)]
#[command(
    override_usage = "jiyue analyze [选项] --out DIR INPUT...",
    after_help = "\
写出：overlaps.csv 重叠项目　groups.csv 归并组　projects.csv 各项目建议　departments.csv 单位之间
      exclusions.csv 貌似重复而排除的　problems.csv 输入问题　result.json 全部结果

示例：
  jiyue analyze data/sample --out out
  jiyue analyze 2026年申报.xlsx 区县申报 --inventory 台账.csv --platforms 统建清单.csv --out 会议材料"
)]
pub(super) struct AnalyzeArgs {
    /// 申报材料：CSV、XLSX、XLS、ODS、JSON、JSON Lines 文件，或其所在文件夹
    #[arg(value_name = "INPUT", required = true, help_heading = "参数")]
    pub(super) files: Vec<PathBuf>,
    /// 报告写入的目录，没有则新建
    #[arg(short, long, value_name = "DIR", help_heading = "选项")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) knowledge: KnowledgeArgs,
    #[command(flatten)]
    pub(super) tuning: TuningArgs,
}

/// 查找与一段话或某个项目相近的项目
#[derive(Debug, Args)]
#[command(
    override_usage = "jiyue search [选项] TEXT INPUT...\n      jiyue search [选项] --like ID INPUT...",
    after_help = "\
示例：
  jiyue search \"路侧停车泊位感知\" data/sample
  jiyue search --like 2026-SZ-001 data/sample --limit 5"
)]
pub(super) struct SearchArgs {
    /// 要找的话（用 --like 时不写），然后是申报材料
    #[arg(value_name = "TEXT INPUT", required = true, help_heading = "参数")]
    pub(super) words: Vec<OsString>,
    /// 与这个项目相近：项目编号、项目名称，或一个文本文件
    #[arg(long, value_name = "ID", help_heading = "选项")]
    pub(super) like: Option<String>,
    /// 最多列出 N 项，默认 10
    #[arg(short = 'n', long, value_name = "N", default_value = "10", hide_default_value = true, value_parser = at_least_one, help_heading = "选项")]
    pub(super) limit: usize,
    /// 以 JSON 输出
    #[arg(long, help_heading = "选项")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) knowledge: KnowledgeArgs,
    /// 设置文件；默认设置用 jiyue settings 打印
    #[arg(long, value_name = "FILE", help_heading = "选项")]
    pub(super) settings: Option<PathBuf>,
}

/// 说明两个项目为什么列为重叠、被排除，或没有列出
#[derive(Debug, Args)]
#[command(
    override_usage = "jiyue explain [选项] A B INPUT...",
    after_help = "\
得分逐项拆开，可用笔复算；双方原文并列，相同之处以【】标出

示例：
  jiyue explain 2026-SZ-001 2026-SZ-002 data/sample
  jiyue explain 2026-SZ-009 居家养老 data/sample --json"
)]
pub(super) struct ExplainArgs {
    /// 一个项目：编号或名称，名称可以不全
    #[arg(value_name = "A", help_heading = "参数")]
    pub(super) a: String,
    /// 另一个项目
    #[arg(value_name = "B", help_heading = "参数")]
    pub(super) b: String,
    /// 申报材料：文件或文件夹
    #[arg(value_name = "INPUT", required = true, help_heading = "参数")]
    pub(super) files: Vec<PathBuf>,
    /// 以 JSON 输出
    #[arg(long, help_heading = "选项")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) knowledge: KnowledgeArgs,
    #[command(flatten)]
    pub(super) tuning: TuningArgs,
}

/// 只读取输入，列出回执和全部问题
#[derive(Debug, Args)]
#[command(
    override_usage = "jiyue check [选项] INPUT...",
    after_help = "\
示例：
  jiyue check data/sample
  jiyue check 2026年申报.xlsx --headers 本地列名.toml"
)]
pub(super) struct CheckArgs {
    /// 申报材料：文件或文件夹
    #[arg(value_name = "INPUT", required = true, help_heading = "参数")]
    pub(super) files: Vec<PathBuf>,
    /// 以 JSON 输出
    #[arg(long, help_heading = "选项")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) input: InputArgs,
}

/// 用标注语料衡量准确率
#[derive(Debug, Args)]
#[command(
    override_usage = "jiyue evaluate [选项] --gold DIR",
    after_help = "\
DIR 中有 proposals.jsonl、pairs.jsonl、groups.jsonl 三个文件，格式见 data/gold

示例：
  jiyue evaluate --gold data/gold/transport --misses 20
  jiyue evaluate --gold data/gold/social --run out --json"
)]
pub(super) struct EvaluateArgs {
    /// 标注语料的目录；与 --fit 同用时可给几个
    #[arg(long, value_name = "DIR", required = true, help_heading = "选项")]
    pub(super) gold: Vec<PathBuf>,
    /// 由标注拟合权重与阈值；给几个语料时交叉检验：由其余的拟合，评定这一个
    #[arg(long, conflicts_with_all = ["run", "misses"], help_heading = "选项")]
    pub(super) fit: bool,
    /// 与 --fit 同用：另列去掉每项依据的代价
    #[arg(long, requires = "fit", help_heading = "选项")]
    pub(super) ablate: bool,
    /// 不重新分析，评定 jiyue analyze 已写出的这个目录
    #[arg(long, value_name = "DIR", conflicts_with_all = ["settings", "threshold", "catalogue"], help_heading = "选项")]
    pub(super) run: Option<PathBuf>,
    /// 另列 N 对漏掉的和 N 对误报的
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = number, help_heading = "选项")]
    pub(super) misses: usize,
    /// 以 JSON 输出
    #[arg(long, help_heading = "选项")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) knowledge: KnowledgeArgs,
    #[command(flatten)]
    pub(super) tuning: TuningArgs,
}

/// 查看、检查能力目录，找出目录没有收的建设需求
#[derive(Debug, Args)]
#[command(
    override_usage = "jiyue catalogue [选项]\n      jiyue catalogue --unmatched [选项] INPUT...",
    group = ArgGroup::new("view").args(["sector", "show", "check", "unmatched", "template"]),
    after_help = "\
不带选项时按行业列出全部条目的数目

示例：
  jiyue catalogue --show JT-001
  jiyue catalogue --template > 本单位目录.toml     # 改写后：jiyue catalogue --check --catalogue 本单位目录.toml
  jiyue catalogue --unmatched data/sample --catalogue 本单位目录.toml"
)]
pub(super) struct CatalogueArgs {
    /// 申报材料：文件或文件夹，与 --unmatched 同用
    #[arg(value_name = "INPUT", requires = "unmatched", help_heading = "参数")]
    pub(super) files: Vec<PathBuf>,
    /// 列出这个行业的条目
    #[arg(long, value_name = "NAME", help_heading = "选项")]
    pub(super) sector: Option<String>,
    /// 列出这一条的全部内容：代码或名称
    #[arg(long, value_name = "CODE", help_heading = "选项")]
    pub(super) show: Option<String>,
    /// 检查目录，列出可以改进之处
    #[arg(long, help_heading = "选项")]
    pub(super) check: bool,
    /// 列出申报材料中目录没有收的建设需求，常见的和金额大的在前
    #[arg(long, requires = "files", help_heading = "选项")]
    pub(super) unmatched: bool,
    /// 打印一份带说明的样例，供改写成本单位的目录文件
    #[arg(long, conflicts_with_all = ["json", "catalogue"], help_heading = "选项")]
    pub(super) template: bool,
    /// --unmatched 最多列出 N 项，默认 30
    #[arg(short = 'n', long, value_name = "N", default_value = "30", hide_default_value = true, value_parser = at_least_one, requires = "unmatched", help_heading = "选项")]
    pub(super) limit: usize,
    /// 以 JSON 输出
    #[arg(long, help_heading = "选项")]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) knowledge: KnowledgeArgs,
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// 设置文件；默认设置用 jiyue settings 打印
    #[arg(long, value_name = "FILE", requires = "unmatched", help_heading = "选项")]
    pub(super) settings: Option<PathBuf>,
}

/// 打印命令行补全脚本
#[derive(Debug, Args)]
#[command(
    override_usage = "jiyue completions SHELL",
    after_help = "\
示例：
  jiyue completions bash > ~/.local/share/bash-completion/completions/jiyue
  jiyue completions fish > ~/.config/fish/completions/jiyue.fish"
)]
pub(super) struct CompletionsArgs {
    /// bash、zsh 或 fish
    #[arg(value_name = "SHELL", hide_possible_values = true, help_heading = "参数")]
    pub(super) shell: Shell,
}

/// Shells that are provided for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// The names of all commands, for messages.
pub(super) const COMMANDS: [&str; 8] =
    ["analyze", "search", "explain", "check", "evaluate", "catalogue", "settings", "completions"];

/// The whole command line as clap sees it.
pub(super) fn command() -> clap::Command {
    Cli::command().help_template(TEMPLATE).mut_subcommands(|command| command.help_template(TEMPLATE))
}

/// Reads the arguments.
pub(super) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let matches = command().try_get_matches_from(arguments)?;
    Cli::from_arg_matches(&matches)
}

fn threshold(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("应为 0 到 1 的数，例如 0.3".to_owned()),
    }
}

// 1024: more threads than any machine has cores is a slip of the finger.
fn threads(text: &str) -> Result<u16, String> {
    text.parse().ok().filter(|n| (1..=1024).contains(n)).ok_or_else(|| "应为 1 到 1024 的整数".to_owned())
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| *n >= 1).ok_or_else(|| "应为大于零的整数".to_owned())
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "应为整数".to_owned())
}
