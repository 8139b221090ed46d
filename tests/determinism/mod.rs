//! The same result, byte for byte, for any number of threads and any order of files and rows.

use std::path::{Path, PathBuf};

use jiyue::model::{Analysis, Intake};

use crate::corpora::{GOLD, analyze, data, gold, intake};

/// The sample, file by file.
fn sample() -> Vec<PathBuf> {
    fn below(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { below(&path, files) } else { files.push(path) }
        }
    }
    let mut files = Vec::new();
    below(&data("sample"), &mut files);
    files.retain(|path| path.extension().is_some_and(|e| e != "md"));
    files.sort();
    assert!(files.len() >= 3, "{files:?}");
    files
}

fn json(analysis: &Analysis) -> String {
    serde_json::to_string_pretty(analysis).unwrap()
}

/// Fails with the first line that differs, since two results of a megabyte say nothing.
fn assert_same(one: &str, other: &str, what: &str) {
    if one != other {
        let at = one.lines().zip(other.lines()).position(|(x, y)| x != y);
        let line = |text: &str| at.and_then(|at| text.lines().nth(at)).unwrap_or("(end)").to_owned();
        panic!("{what}: line {at:?}\n  {}\n  {}", line(one), line(other));
    }
}

fn with_threads(threads: usize, read: impl Fn() -> Intake + Sync) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| json(&analyze(read())))
}

#[test]
fn the_sample_gives_the_same_result_with_one_thread_and_with_four() {
    let read = || intake(&[data("sample")]);
    assert_same(&with_threads(1, read), &with_threads(4, read), "1 and 4 threads");
}

#[test]
fn the_labelled_corpora_give_the_same_result_with_one_thread_and_with_four() {
    for name in GOLD {
        assert_same(&with_threads(1, || gold(name)), &with_threads(4, || gold(name)), name);
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let files = sample();
    let given = json(&analyze(intake(&files)));
    let mut reversed = files.clone();
    reversed.reverse();
    assert_same(&given, &json(&analyze(intake(&reversed))), "reversed");
    let mut rotated = files;
    rotated.rotate_left(2);
    assert_same(&given, &json(&analyze(intake(&rotated))), "rotated");
}

#[test]
fn the_order_of_rows_does_not_matter_where_rows_have_numbers() {
    for name in GOLD {
        let text = std::fs::read_to_string(data(&format!("gold/{name}/proposals.jsonl"))).unwrap();
        let mut rows: Vec<&str> = text.lines().collect();
        let given = analyze_rows(&rows);
        rows.reverse();
        assert_same(&given, &analyze_rows(&rows), "reversed");
        // 31 and the number of rows share no factor, so that each row comes once, far from its neighbours.
        let dealt: Vec<&str> = (0..rows.len()).map(|i| rows[i * 31 % rows.len()]).collect();
        assert_same(&given, &analyze_rows(&dealt), "dealt");
    }
}

/// The result without the places, which name the row and so must differ.
fn analyze_rows(rows: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("proposals.jsonl");
    std::fs::write(&path, rows.join("\n")).unwrap();
    let mut intake = intake(&[path]);
    assert_eq!(intake.proposals.len(), rows.len());
    for proposal in &mut intake.proposals {
        proposal.source.row = None;
    }
    json(&analyze(intake))
}
