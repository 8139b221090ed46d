//! Paths to files: folders are walked, each file once, and named so that no two share a name.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::Source;
use crate::model::{Place, Problem, ProblemKind, Role};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// How it is called in results.
    pub(crate) name: String,
    /// What it was named as.
    pub(crate) role: Option<Role>,
}

/// The files behind the sources, sorted by name, and what was wrong with the paths.
pub(crate) fn find(sources: &[Source]) -> (Vec<Found>, Vec<Problem>) {
    let mut files: BTreeMap<PathBuf, (usize, Option<Role>)> = BTreeMap::new();
    let mut problems = Vec::new();
    for source in sources {
        let problem = |kind| Problem { place: Place { file: display(&source.path), ..Place::default() }, kind };
        match std::fs::metadata(&source.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                problems.push(problem(ProblemKind::FileMissing))
            }
            Err(error) => problems.push(problem(ProblemKind::FileUnreadable(reason(&error)))),
            Ok(meta) if meta.is_dir() => {
                let before = files.len();
                let within = below(&source.path, &mut problems);
                let none = within.is_empty();
                for (path, depth) in within {
                    add(&mut files, &path, depth, source.role);
                }
                if none && files.len() == before {
                    problems.push(problem(ProblemKind::FolderEmpty));
                }
            }
            Ok(_) => add(&mut files, &source.path, 1, source.role),
        }
    }
    (named(files), problems)
}

/// A file met twice is read once: under the shorter name, as what it was named explicitly.
fn add(files: &mut BTreeMap<PathBuf, (usize, Option<Role>)>, path: &Path, depth: usize, role: Option<Role>) {
    let full = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let entry = files.entry(full).or_insert((depth, role));
    entry.0 = entry.0.min(depth);
    entry.1 = match (entry.1, role) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
}

/// Files below a folder with the number of path components below it.
fn below(folder: &Path, problems: &mut Vec<Problem>) -> Vec<(PathBuf, usize)> {
    let mut files = Vec::new();
    let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_aside(&entry.file_name().to_string_lossy())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push((entry.path().to_owned(), entry.depth())),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().and_then(|path| path.strip_prefix(folder).ok()).map(display);
                let kind = ProblemKind::FileUnreadable(
                    error.io_error().map_or_else(|| "文件夹的链接绕成一圈".to_owned(), reason),
                );
                problems.push(Problem {
                    place: Place { file: path.unwrap_or_else(|| display(folder)), ..Place::default() },
                    kind,
                });
            }
        }
    }
    files
}

/// Hidden files, lock files of open documents, leftovers of systems, and notes to people.
fn is_aside(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with(".~")
        || lower.starts_with("readme")
        || lower.starts_with("__macosx")
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
}

/// Names of the last components of each path, as many as were below the folder, and more where two would be equal.
fn named(files: BTreeMap<PathBuf, (usize, Option<Role>)>) -> Vec<Found> {
    let mut found: Vec<(PathBuf, usize, Option<Role>)> =
        files.into_iter().map(|(path, (depth, role))| (path, depth, role)).collect();
    loop {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for (path, depth, _) in &found {
            *count.entry(tail(path, *depth)).or_default() += 1;
        }
        let mut grown = false;
        for (path, depth, _) in &mut found {
            if count.get(&tail(path, *depth)).is_some_and(|n| *n > 1) && *depth < path.components().count() {
                *depth += 1;
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    let mut named: Vec<Found> =
        found.into_iter().map(|(path, depth, role)| Found { name: tail(&path, depth), path, role }).collect();
    named.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    named
}

/// The last `depth` components, with `/` on every system.
fn tail(path: &Path, depth: usize) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts[parts.len().saturating_sub(depth)..].join("/")
}

fn display(path: impl AsRef<Path>) -> String {
    path.as_ref().to_string_lossy().replace('\\', "/")
}

/// The system's reason, in Chinese where it is a common one.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "没有访问权限".to_owned(),
        std::io::ErrorKind::NotFound => "文件不存在".to_owned(),
        std::io::ErrorKind::IsADirectory => "是文件夹".to_owned(),
        _ => format!("系统报告 {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &Path) -> Source {
        Source { path: path.to_owned(), role: None }
    }

    #[test]
    fn files_with_one_name_are_told_apart_by_their_folders() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["松岭县/申报.csv", "白石县/申报.csv", "白石县/.hidden.csv", "白石县/~$申报.xlsx", "README.md"]
        {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let one = folder.path().join("松岭县/申报.csv");
        let other = folder.path().join("白石县/申报.csv");
        let names = |sources: &[Source]| find(sources).0.into_iter().map(|found| found.name).collect::<Vec<_>>();
        let whole = names(&[source(folder.path())]);
        assert_eq!(whole.len(), 2);
        assert!(whole.contains(&"松岭县/申报.csv".to_owned()));
        assert_eq!(names(&[source(&one), source(&other)]), names(&[source(&other), source(&one)]));
        assert_eq!(names(&[source(&one), source(&other)]).len(), 2);
        assert_eq!(names(&[source(&one), source(&one)]), ["申报.csv"]);
    }

    #[test]
    fn a_missing_path_and_an_empty_folder_are_problems() {
        let folder = tempfile::tempdir().unwrap();
        let (files, problems) = find(&[source(folder.path()), source(&folder.path().join("没有.csv"))]);
        assert!(files.is_empty());
        assert_eq!(
            problems.iter().map(|p| p.kind.clone()).collect::<Vec<_>>(),
            [ProblemKind::FolderEmpty, ProblemKind::FileMissing]
        );
    }
}
