//! Where things are printed: answers on stdout, everything else on stderr, progress on a terminal only.

use std::io::{self, ErrorKind, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::failure::Failure;
use crate::pipeline::Stage;

/// The two streams, and whether remarks are wanted.
pub(super) struct Terminal {
    quiet: bool,
}

impl Terminal {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Prints an answer. A reader that has gone away (`| head`) has had enough, which is no error.
    pub(super) fn answer(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(format!("标准输出不能写入：{error}"), "检查重定向的目标和磁盘空间"))
            }
            _ => Ok(()),
        }
    }

    /// Prints an answer as JSON.
    pub(super) fn json(&self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|e| Failure::new(format!("不能写成 JSON：{e}"), "不带 --json 重试"))?;
        self.answer(&format!("{text}\n"))
    }

    /// Says something beside the answer, unless the user asked for silence.
    pub(super) fn remark(&self, text: &str) {
        if !self.quiet {
            // A closed stderr leaves nobody to tell.
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
    }

    /// Says why the program could not run; silence does not cover this.
    pub(super) fn failure(&self, failure: &Failure) {
        let hint = if failure.hint.is_empty() { String::new() } else { format!("提示：{}\n", failure.hint) };
        let _ = write!(io::stderr().lock(), "错误：{}\n{hint}", failure.what);
    }

    /// A progress bar, invisible unless stderr is a terminal.
    pub(super) fn progress(&self) -> Progress {
        let visible = !self.quiet && io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(STEPS), target);
        if let Ok(style) = ProgressStyle::with_template("[{bar:20}] {pos}/{len} {msg} {elapsed}") {
            bar.set_style(style);
        }
        Progress { bar }
    }
}

// Reading, the four stages, and writing.
const STEPS: u64 = 6;

/// How far a command is.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A step that is no stage of the analysis begins.
    pub(super) fn step(&self, position: u64, what: &str) {
        self.bar.set_position(position);
        self.bar.set_message(what.to_owned());
    }

    /// A stage of the analysis begins.
    pub(super) fn stage(&self, stage: Stage) {
        let position = match stage {
            Stage::Text => 1,
            Stage::Index => 2,
            Stage::Overlap => 3,
            Stage::Consolidate => 4,
        };
        self.step(position, &stage.to_string());
    }

    /// Takes the bar away, so that what is printed next starts on a clean line.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
