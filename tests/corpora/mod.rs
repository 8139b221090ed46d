//! The labelled corpora, the sample, and what the program knows, read once for all tests.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use jiyue::ingest::{Limits, Source, read};
use jiyue::model::{Analysis, Intake};
use jiyue::pipeline;
use jiyue::settings::Settings;
use jiyue::text::Knowledge;

/// Words, capabilities and segmenter.
pub static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::builtin().unwrap());
/// The default settings.
pub static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings::builtin().unwrap());

/// The labelled corpora.
pub const GOLD: [&str; 5] = ["transport", "social", "economy", "land", "governance"];

/// A path below data.
pub fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

/// Reads files and folders as `analyze` does.
pub fn intake(paths: &[PathBuf]) -> Intake {
    let sources: Vec<Source> = paths.iter().map(|path| Source { path: path.clone(), role: None }).collect();
    read(&sources, &Limits::default())
}

/// The filings of a labelled corpus.
pub fn gold(name: &str) -> Intake {
    let intake = intake(&[data(&format!("gold/{name}/proposals.jsonl"))]);
    assert_eq!(intake.problems, [], "data/gold/{name}");
    intake
}

/// The whole analysis with the default settings.
pub fn analyze(intake: Intake) -> Analysis {
    pipeline::analyze(intake, &KNOWLEDGE, &SETTINGS, &|_| ()).unwrap()
}

/// The analysis of a labelled corpus, made once.
pub fn gold_analysis(name: &str) -> &'static Analysis {
    static ANALYSES: [OnceLock<Analysis>; GOLD.len()] = [const { OnceLock::new() }; GOLD.len()];
    let at = GOLD.iter().position(|g| *g == name).unwrap();
    ANALYSES[at].get_or_init(|| analyze(gold(name)))
}
