//! `jiyue completions`: what a shell needs to complete commands and options.

use clap_complete::aot::{Bash, Fish, Zsh, generate};

use super::Done;
use super::args::{self, CompletionsArgs, Shell};
use super::failure::Failure;
use super::terminal::Terminal;

pub(super) fn run(args: &CompletionsArgs, terminal: &Terminal) -> Result<Done, Failure> {
    let mut command = args::command();
    let mut script = Vec::new();
    match args.shell {
        Shell::Bash => generate(Bash, &mut command, "jiyue", &mut script),
        Shell::Zsh => generate(Zsh, &mut command, "jiyue", &mut script),
        Shell::Fish => generate(Fish, &mut command, "jiyue", &mut script),
    }
    terminal.answer(&String::from_utf8_lossy(&script))?;
    Ok(Done::Whole)
}
