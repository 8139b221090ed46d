//! The project's files as the house rules see them: stage, code without comments and tests, and imports.

use std::path::{Path, PathBuf};

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// One Rust file.
pub struct Source {
    /// Below the project's folder, with `/`.
    pub path: String,
    /// The first folder below src, or the file's own name at the top.
    pub stage: String,
    /// The whole file.
    pub text: String,
    /// The file without comments and without what follows `#[cfg(test)]`: tests stand last.
    pub code: String,
    /// The module that the file is, below the crate.
    module: Vec<String>,
}

impl Source {
    fn new(path: String, text: String) -> Self {
        let inside = path.strip_prefix("src/").unwrap_or(&path).trim_end_matches(".rs");
        let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
        let stage = module[0].clone();
        module.retain(|part| part != "mod");
        let before_tests = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or("");
        let code = before_tests.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Self { path, stage, text, code, module }
    }

    /// The lines of code that hold one of the words, as "line: word".
    pub fn code_with(&self, words: &[&str]) -> Vec<String> {
        let found = |line: &str, word: &str| {
            line.match_indices(word).any(|(at, _)| {
                // `print!` stands in `eprint!`, `fs::` in `offs::`: a word begins where no name goes on.
                let before = line[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_') || word.starts_with('.')
            })
        };
        self.code
            .lines()
            .filter_map(|line| words.iter().find(|w| found(line, w)).map(|w| format!("{w} in {:?}", line.trim())))
            .collect()
    }

    /// The stages that the code names, by `crate::` or by climbing with `super::`.
    pub fn imports(&self) -> Vec<String> {
        let mut stages = Vec::new();
        let squeezed: String = self.code.split_whitespace().collect::<Vec<_>>().join(" ");
        for (at, _) in squeezed.match_indices("crate::") {
            stages.extend(heads(&squeezed[at + "crate::".len()..]));
        }
        let climb = "super::".repeat(self.module.len());
        for (at, _) in squeezed.match_indices(&climb) {
            stages.extend(heads(&squeezed[at + climb.len()..]));
        }
        stages.retain(|s| s.chars().next().is_some_and(char::is_lowercase));
        stages
    }
}

/// The first names of a path: one, or all of a list in braces.
fn heads(path: &str) -> Vec<String> {
    let name = |s: &str| s.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut depth = 0;
    let parts = list.split(move |c| {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth < 0 || depth == 0 && c == ','
    });
    let mut heads = Vec::new();
    for part in parts {
        // What follows the closing brace belongs to the next statement.
        if part.trim_start().starts_with(';') {
            break;
        }
        heads.push(name(part));
    }
    heads
}

/// All Rust files below src.
pub fn of_src() -> Vec<Source> {
    rust_below("src")
}

/// All Rust files of the project.
pub fn all_rust() -> Vec<Source> {
    ["src", "tests", "benches"].into_iter().flat_map(rust_below).collect()
}

fn rust_below(folder: &str) -> Vec<Source> {
    let sources: Vec<Source> = files_below(&root().join(folder))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            Source::new(name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(!sources.is_empty(), "no Rust file below {folder}");
    sources
}

/// All files that people read: sources, documents, data and settings.
pub fn texts() -> Vec<PathBuf> {
    let kinds = ["rs", "md", "toml", "csv", "txt", "jsonl", "json", "py", "sh", "snap"];
    let mut files: Vec<PathBuf> = [".ci", ".github", "src", "tests", "benches", "data"]
        .into_iter()
        .flat_map(|folder| files_below(&root().join(folder)))
        .filter(|path| path.extension().is_none_or(|e| kinds.iter().any(|kind| e == *kind)))
        .collect();
    files.extend(["README.md", "Cargo.toml"].into_iter().map(|name| root().join(name)).filter(|path| path.exists()));
    files
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return files };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
