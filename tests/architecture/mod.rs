//! The house rules: who may import whom, what each file looks like, and where dependencies come from.

mod dependencies;
mod sources;

use std::collections::BTreeSet;

use sources::{Source, all_rust, of_src};

/// Which stage may import which; `error` and `settings` are open to all stages but `model`, which knows nobody.
///
/// A stage that is missing here fails the test below: a new folder is a decision.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &[]),
    ("settings", &["error"]),
    ("ingest", &["model", "error", "settings"]),
    ("text", &["model", "error", "settings"]),
    ("index", &["text", "model", "error", "settings"]),
    ("overlap", &["text", "index", "model", "error", "settings"]),
    ("consolidate", &["model", "error", "settings"]),
    ("report", &["model", "error", "settings"]),
    ("evaluate", &["model", "error", "settings"]),
    ("pipeline", &["model", "text", "index", "overlap", "consolidate", "error", "settings"]),
    (
        "cli",
        &[
            "model",
            "ingest",
            "text",
            "index",
            "overlap",
            "consolidate",
            "report",
            "evaluate",
            "pipeline",
            "error",
            "settings",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// A rule that holds for every file of src; `broken` names what breaks it.
fn hold(rule: &str, broken: impl Fn(&Source) -> Vec<String>) {
    let found: Vec<String> =
        of_src().iter().flat_map(|s| broken(s).into_iter().map(|b| format!("{}: {b}", s.path))).collect();
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

#[test]
fn each_stage_imports_only_what_lies_below_it() {
    hold("the table of who may import whom (tests/architecture/mod.rs)", |source| {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(stage, _)| *stage == source.stage) else {
            return vec![format!("no row for stage {:?}", source.stage)];
        };
        let imported: BTreeSet<String> = source.imports().into_iter().filter(|i| *i != source.stage).collect();
        imported.into_iter().filter(|i| !allowed.contains(&i.as_str())).map(|i| format!("imports {i}")).collect()
    });
}

#[test]
fn each_row_of_the_table_is_a_stage_that_exists_or_is_planned_in_the_map() {
    let map = std::fs::read_to_string(sources::root().join("src/README.md")).unwrap();
    for (stage, _) in MAY_IMPORT {
        assert!(map.contains(stage), "src/README.md does not show {stage}");
    }
}

#[test]
fn each_file_opens_with_a_sentence() {
    let lacking: Vec<String> = all_rust()
        .iter()
        .filter_map(|s| {
            let paragraph: Vec<&str> =
                s.text.lines().map_while(|l| l.strip_prefix("//! ").filter(|l| !l.starts_with(['*', '#']))).collect();
            let sentence = paragraph.join(" ");
            let opens = sentence.starts_with(|c: char| c.is_alphabetic() || c == '`');
            let good = opens && sentence.contains(['.', '。']) && sentence.trim_end().ends_with(['.', ':', '。']);
            (!good).then(|| format!("{}: {sentence:?}", s.path))
        })
        .collect();
    assert!(lacking.is_empty(), "a file opens with `//! What it is.`\n{}", lacking.join("\n"));
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long: Vec<String> = all_rust()
        .iter()
        .map(|s| (s.text.lines().count(), &s.path))
        .filter(|(lines, _)| *lines > 400)
        .map(|(lines, path)| format!("{path}: {lines}"))
        .collect();
    assert!(long.is_empty(), "split by noun\n{}", long.join("\n"));
}

#[test]
fn nothing_below_the_command_line_prints() {
    hold("only cli prints", |source| {
        let prints = ["println!", "eprintln!", "print!", "eprint!", "dbg!", "io::stdout", "io::stderr"];
        if matches!(source.stage.as_str(), "cli" | "main") { Vec::new() } else { source.code_with(&prints) }
    });
}

#[test]
fn only_the_edges_touch_files_clock_and_environment() {
    hold("only cli, ingest and index/store meet the outside world", |source| {
        let outside = [
            "std::fs",
            "fs::",
            "File::",
            "std::env",
            "env::",
            "std::time",
            "Instant",
            "SystemTime",
            "std::process",
            "std::net",
        ];
        let edge = matches!(source.stage.as_str(), "cli" | "ingest" | "main") || source.path == "src/index/store.rs";
        if edge { Vec::new() } else { source.code_with(&outside) }
    });
}

#[test]
fn nothing_panics_on_purpose() {
    hold("no unwrap, expect, panic or unsafe outside tests", |source| {
        source.code_with(&[
            ".unwrap()",
            ".expect(",
            ".unwrap_err()",
            "panic!(",
            "todo!(",
            "unimplemented!(",
            "unreachable!(",
            "unsafe ",
        ])
    });
}

#[test]
fn tests_are_neither_ignored_nor_expected_to_panic() {
    let marks = [concat!("#[ig", "nore"), concat!("#[should_", "panic")];
    for source in all_rust() {
        for mark in marks {
            assert!(!source.text.contains(mark), "{} has {mark}", source.path);
        }
    }
}

#[test]
fn names_say_what_a_thing_is() {
    let vague: Vec<String> = all_rust()
        .iter()
        .filter(|s| {
            s.path.split('/').any(|part| {
                let words: Vec<&str> = part.trim_end_matches(".rs").split('_').collect();
                ["util", "utils", "manager", "helper", "helpers", "handler", "common", "misc"]
                    .iter()
                    .any(|vague| words.contains(vague))
            })
        })
        .map(|s| s.path.clone())
        .collect();
    assert!(vague.is_empty(), "name a file by its noun\n{}", vague.join("\n"));
    hold("no util, manager or helper in the name of an item", |source| {
        let defined = source.code.lines().filter(|line| {
            ["fn ", "struct ", "enum ", "trait ", "mod "].iter().any(|word| {
                line.split_once(word).is_some_and(|(before, after)| {
                    let name =
                        after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_lowercase();
                    (before.is_empty() || before.ends_with(' '))
                        && !before.contains('"')
                        && ["util", "manager", "helper"].iter().any(|vague| name.contains(vague))
                })
            })
        });
        defined.map(str::to_owned).collect()
    });
}

#[test]
fn every_capability_file_is_compiled_in() {
    let catalogue = std::fs::read_to_string(sources::root().join("src/text/catalogue.rs")).unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(sources::root().join("data/capabilities")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            catalogue.contains(&format!("\"{name}\"")),
            "src/text/catalogue.rs does not list data/capabilities/{name}"
        );
        files += 1;
    }
    assert!(files >= 10, "{files} files in data/capabilities");
}

#[test]
fn the_top_level_holds_what_the_map_shows() {
    let allowed = ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "src", "data", "benches", "tests"];
    // Made by running the program and cargo, and ignored by git.
    let made = ["target", "out", "mutants.out"];
    for entry in std::fs::read_dir(sources::root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let fine = name.starts_with('.') || allowed.contains(&name.as_str()) || made.contains(&name.as_str());
        assert!(fine, "{name} at the top level; give it a place below src, data, benches or tests");
    }
}

#[test]
fn the_project_speaks_of_itself_alone() {
    for path in sources::texts() {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        for private in [concat!("/work", "/"), concat!("/tmp", "/h"), concat!("/ro", "ot/"), concat!("/ho", "me/")] {
            assert!(!text.contains(private), "{}: holds {private}, a path of one machine", path.display());
        }
    }
}
