//! Commands as files: arguments, status and everything that is printed; the README's blocks are among them.
//!
//! After a wanted change: `TRYCMD=overwrite cargo test cli`, then read the diff.

#[test]
fn commands_say_what_their_files_say() {
    trycmd::TestCases::new().case("tests/cli/*.md").case("README.md");
}
