//! Writes synthetic filings as JSON Lines, so that the released program can be timed as a whole process.
//!
//! `cargo bench --bench synthetic -- 20000 filings.jsonl`; then, with GNU time,
//! `/usr/bin/time -v target/release/jiyue analyze filings.jsonl --out out`.
#![allow(clippy::print_stderr, missing_docs)]

#[allow(dead_code)]
mod corpus;

use jiyue::text::Knowledge;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // cargo adds `--bench`; a run of all benches gives no path and writes nothing.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let [filings, path] = arguments.as_slice() else {
        eprintln!("synthetic: <filings> <path> writes a round; nothing to do");
        return Ok(());
    };
    let round = corpus::Round::draw(&Knowledge::builtin()?, filings.parse()?, corpus::SEED);
    std::fs::write(path, round.to_json_lines())?;
    eprintln!("synthetic: {filings} filings, {} bytes of text, {} planted", round.bytes(), round.planted.len());
    Ok(())
}
