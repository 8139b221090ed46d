//! `jiyue analyze`: from a folder of filings to the meeting's reports.

use super::args::AnalyzeArgs;
use super::failure::Failure;
use super::terminal::Terminal;
use super::write::{self, Outputs};
use super::{Done, input};
use crate::pipeline;
use crate::report::text::summary;

pub(super) fn run(args: &AnalyzeArgs, terminal: &Terminal) -> Result<Done, Failure> {
    let settings = input::settings(&args.tuning)?;
    let outputs = Outputs::create(&args.out)?;
    let progress = terminal.progress();
    let (intake, knowledge) =
        input::read_with_knowledge(&args.input, &args.knowledge, &args.files, terminal, &progress)?;
    let done = input::acknowledge(&intake, terminal, "见 problems.csv")?;
    if let Some(folder) = write::inside(&args.out, &args.files) {
        terminal.remark(&format!(
            "注意：输出目录在输入文件夹 {} 之内，下次分析会把报告当作申报读入\n  提示：把 --out 换到别处\n",
            folder.display()
        ));
    }
    let analysis = pipeline::analyze(intake, &knowledge, &settings, &|stage| progress.stage(stage))?;
    progress.step(5, "写出报告");
    outputs.write(&analysis)?;
    progress.clear();
    terminal.answer(&summary::summary(&analysis))?;
    terminal.remark(&format!("报告已写入 {}\n", args.out.display()));
    Ok(done)
}
