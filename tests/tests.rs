//! All integration tests, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::dbg_macro)]

/// Which pairs and groups are found in the labelled corpora; any drift fails until somebody accepts it.
mod accuracy;
/// Who may import whom, what each file looks like, and where dependencies come from.
mod architecture;
/// The program as people type it, the blocks of the README among the cases.
mod cli;
/// The labelled corpora, the sample, and what the program knows, read once for all tests.
mod corpora;
/// The same result for any number of threads and any order of files and rows.
mod determinism;
/// Real and broken files through the whole of reading.
mod ingest;
/// What holds for all filings: symmetry, spans, alignment, candidates.
mod properties;
/// What is handed round: columns, encodings, figures that must agree.
mod reports;
