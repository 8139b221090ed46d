//! Dependencies: each from crates.io, under a licence that a public body can ship, and none that is not used.

use std::process::Command;

use super::sources::{of_src, root};

/// Permissive licences. `OR` needs one of them, `AND` needs all.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn each_locked_package_comes_from_crates_io_with_a_checksum() {
    let lock: toml::Table = std::fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    assert!(packages.len() > 50, "Cargo.lock lists {} packages", packages.len());
    for package in packages {
        let name = package["name"].as_str().unwrap();
        if name == "jiyue" {
            continue;
        }
        assert_eq!(package.get("source").and_then(toml::Value::as_str), Some(REGISTRY), "{name}");
        assert!(package.get("checksum").is_some(), "{name} has no checksum");
    }
}

#[test]
fn each_package_that_is_built_has_an_allowed_licence() {
    let mut refused = Vec::new();
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or("");
        if !is_allowed(licence) {
            refused.push(format!("{name}: {licence:?}"));
        }
    }
    assert!(
        refused.is_empty(),
        "licences outside the list in tests/architecture/dependencies.rs\n{}",
        refused.join("\n")
    );
}

#[test]
fn licence_expressions_are_read() {
    for (expression, allowed) in [
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only", false),
        ("GPL-2.0 OR MIT", true),
        ("MIT AND GPL-2.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression}");
    }
}

#[test]
fn each_dependency_of_the_program_is_used() {
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let sources = of_src();
    let is_used = |name: &&String| {
        let path = name.replace('-', "_");
        sources.iter().any(|s| s.text.contains(&format!("{path}::")) || s.text.contains(&format!("use {path}")))
    };
    let unused: Vec<&String> = manifest["dependencies"].as_table().unwrap().keys().filter(|n| !is_used(n)).collect();
    assert!(unused.is_empty(), "in Cargo.toml and nowhere in src: {unused:?}");
}

/// What cargo knows of the packages that are built on this kind of machine, without asking the network.
fn metadata() -> serde_json::Value {
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let version = run("rustc", &["-vV"]);
    let host = version.lines().find_map(|l| l.strip_prefix("host: ")).unwrap();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let metadata =
        run(&cargo, &["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host]);
    serde_json::from_str(&metadata).unwrap()
}

fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let group = |part: &str| {
        part.trim()
            .trim_matches(['(', ')'])
            .split(" OR ")
            .any(|l| LICENCES.contains(&l.trim().trim_matches(['(', ')'])))
    };
    // `A OR B AND C` binds AND first, but no package writes it without brackets; with them, AND joins groups of OR.
    !expression.trim().is_empty() && expression.split(" AND ").all(group)
}
