//! The command line: one file a command, and the only place that prints.

mod analyze;
mod args;
mod catalogue;
mod check;
mod completions;
mod evaluate;
mod explain;
mod failure;
mod input;
mod project;
mod refusal;
mod search;
mod settings;
mod terminal;
mod write;

use std::process::ExitCode;

use args::{Cli, Command};
use failure::Failure;
use terminal::Terminal;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// Everything was read.
    Whole,
    /// Some input was unusable.
    Partly,
}

/// Runs the program: 0 done, 1 done with some input unusable, 2 could not run.
pub fn main() -> ExitCode {
    let cli = match args::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(refusal) => return refusal::answer(&refusal),
    };
    let terminal = Terminal::new(cli.quiet);
    match run(cli, &terminal) {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::Partly) => ExitCode::from(1),
        Err(failure) => {
            terminal.failure(&failure);
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli, terminal: &Terminal) -> Result<Done, Failure> {
    let work = || match &cli.command {
        Command::Analyze(args) => analyze::run(args, terminal),
        Command::Search(args) => search::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Check(args) => check::run(args, terminal),
        Command::Evaluate(args) => evaluate::run(args, terminal),
        Command::Catalogue(args) => catalogue::run(args, terminal),
        Command::Settings => settings::run(terminal),
        Command::Completions(args) => completions::run(args, terminal),
    };
    match cli.threads {
        None => work(),
        Some(threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build();
            pool.map_err(|e| Failure::new(format!("不能启动 {threads} 个线程：{e}"), "减少 --threads 后重试"))?
                .install(work)
        }
    }
}
