//! `jiyue settings`: the default settings, to be copied and changed.

use super::Done;
use super::failure::Failure;
use super::terminal::Terminal;

pub(super) fn run(terminal: &Terminal) -> Result<Done, Failure> {
    terminal.answer(crate::settings::DEFAULT_TOML)?;
    Ok(Done::Whole)
}
