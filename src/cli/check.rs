//! `jiyue check`: reads only, and tells everything that is wrong.

use serde::Serialize;

use super::args::CheckArgs;
use super::failure::Failure;
use super::terminal::Terminal;
use super::{Done, input};
use crate::report::json::{self, ProblemRecord, SourceRecord};
use crate::report::text::receipt::{self, Shown};

#[derive(Serialize)]
struct Checked<'a> {
    sources: Vec<SourceRecord<'a>>,
    problems: Vec<ProblemRecord<'a>>,
}

pub(super) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<Done, Failure> {
    let intake = input::read(&args.input, &args.files)?;
    if args.json {
        terminal.json(&Checked {
            sources: intake.receipt.sources.iter().map(json::source).collect(),
            problems: intake.problems.iter().map(json::problem).collect(),
        })?;
    } else {
        let mut text = receipt::sums(&intake.receipt, &intake.problems);
        text.push_str(&receipt::sources(&intake.receipt));
        text.push_str(&receipt::problems(&intake.problems, Shown::All, ""));
        terminal.answer(&text)?;
    }
    Ok(input::done(&intake))
}
