//! The whole analysis at 200, 2,000 and 20,000 synthetic filings, and which stage grows faster than the batch.
//!
//! The two small rounds are timed by criterion. 20,000 filings are analysed once: the time of each stage and the peak memory are
//! printed beside those of 2,000 filings, per filing, so that a stage that looks at all pairs shows at once. It is left out with
//! `JIYUE_BENCH_LARGE=0`; another number of filings can be given in its place: `JIYUE_BENCH_LARGE=5000 cargo bench --bench pipeline`.
//! Asserted: the share of planted duplicates that is listed, a suggestion for every filing, and what a filing costs.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

#[allow(dead_code)]
mod corpus;

use std::cell::RefCell;
use std::collections::HashSet;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput, criterion_group};
use jiyue::model::{Analysis, Role};
use jiyue::pipeline::{self, Stage};
use jiyue::settings::Settings;
use jiyue::text::Knowledge;

use corpus::{Plant, Round, SEED};

/// Shares of the planted duplicates that must be listed.
const COPIED_FOUND: f64 = 1.0;
const REWORDED_FOUND: f64 = 0.9;
/// From 2,000 to 20,000 filings a filing may cost this many times as much; a stage that looks at all pairs costs ten times.
const GROWTH: f64 = 4.0;

fn analyze(round: &Round, knowledge: &Knowledge, settings: &Settings, began: &dyn Fn(Stage)) -> Analysis {
    pipeline::analyze(round.intake(), knowledge, settings, began).expect("an index fits into memory")
}

fn knowledge() -> (Knowledge, Settings) {
    let knowledge = Knowledge::builtin().expect("the compiled-in data is valid");
    (knowledge, Settings::builtin().expect("the compiled-in settings are valid"))
}

/// Share of the duplicates planted in this way that are listed.
fn found(round: &Round, analysis: &Analysis, plant: Plant) -> f64 {
    let listed: HashSet<(usize, usize)> =
        analysis.overlaps.iter().map(|o| (o.pair.a().get(), o.pair.b().get())).collect();
    let planted: Vec<_> = round.planted.iter().filter(|p| p.2 == plant).collect();
    let hits = planted.iter().filter(|(x, y, _)| listed.contains(&(*x.min(y), *x.max(y)))).count();
    hits as f64 / planted.len().max(1) as f64
}

/// What is wrong with a result; empty where nothing is.
fn faults(round: &Round, analysis: &Analysis) -> Vec<String> {
    let mut faults = Vec::new();
    for (plant, bar) in [(Plant::Copied, COPIED_FOUND), (Plant::Reworded, REWORDED_FOUND)] {
        let share = found(round, analysis, plant);
        if share < bar {
            faults.push(format!("{:.3} of the duplicates {plant:?} are listed, fewer than {bar}", share));
        }
    }
    let filings = round.proposals.iter().filter(|p| p.role == Role::Filing).count();
    if analysis.suggestions.len() != filings {
        faults.push(format!("{} suggestions for {filings} filings", analysis.suggestions.len()));
    }
    faults
}

fn small(criterion: &mut Criterion) {
    let (knowledge, settings) = knowledge();
    let mut group = criterion.benchmark_group("pipeline");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(10));
    for filings in [200, 2_000] {
        let round = Round::draw(&knowledge, filings, SEED);
        assert_eq!(faults(&round, &analyze(&round, &knowledge, &settings, &|_| ())), [""; 0]);
        group.throughput(Throughput::Elements(filings as u64));
        group.bench_function(filings.to_string(), |b| b.iter(|| analyze(&round, &knowledge, &settings, &|_| ())));
    }
    group.finish();
}

/// Milliseconds of each stage and in total.
type Times = [(String, f64); 5];

fn once(filings: usize, knowledge: &Knowledge, settings: &Settings, wrong: &mut Vec<String>) -> Times {
    let round = Round::draw(knowledge, filings, SEED);
    let marks = RefCell::new(Vec::new());
    let begin = Instant::now();
    let analysis = analyze(&round, knowledge, settings, &|stage| marks.borrow_mut().push((stage, Instant::now())));
    let end = Instant::now();
    wrong.extend(faults(&round, &analysis));
    let marks = marks.into_inner();
    let until = |i: usize| marks.get(i + 1).map_or(end, |(_, next)| *next);
    let milliseconds = |d: Duration| d.as_secs_f64() * 1e3;
    let of_stage = |i: usize| (format!("{:?}", marks[i].0), milliseconds(until(i) - marks[i].1));
    println!(
        "{filings} filings: {} bytes, {} needs, {} overlaps, {} exclusions, {} groups; planted found: copied {:.3}, reworded {:.3}; {}",
        round.bytes(),
        analysis.needs.len(),
        analysis.overlaps.len(),
        analysis.exclusions.len(),
        analysis.groups.len(),
        found(&round, &analysis, Plant::Copied),
        found(&round, &analysis, Plant::Reworded),
        peak_memory(),
    );
    [of_stage(0), of_stage(1), of_stage(2), of_stage(3), ("Total".to_owned(), milliseconds(end - begin))]
}

/// The most memory that this process has held so far, as Linux counts it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn growth() {
    let large: usize = std::env::var("JIYUE_BENCH_LARGE").map_or(20_000, |n| n.parse().expect("a number of filings"));
    if large == 0 {
        return;
    }
    let (knowledge, settings) = knowledge();
    println!("catalogue: {} capabilities", knowledge.catalogue.capabilities().len());
    let mut wrong = Vec::new();
    let few = once(2_000, &knowledge, &settings, &mut wrong);
    let many = once(large, &knowledge, &settings, &mut wrong);
    let share = 2_000.0 / large as f64;
    println!("stage         2000 filings   {large} filings   per filing, times as much");
    for ((stage, before), (_, after)) in few.iter().zip(&many) {
        println!("{stage:<12} {before:>10.0} ms {after:>12.0} ms {:>10.2}", after / before * share);
    }
    let growth = many[4].1 / few[4].1 * share;
    assert_eq!(wrong, [""; 0]);
    assert!(growth <= GROWTH, "a filing costs {growth:.1} times as much in a large batch");
}

criterion_group!(benches, small);

fn main() {
    // `growth` is no criterion bench; a filter (`cargo bench -- text`) or `--test` asks for something else.
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if asked.is_empty() || asked == ["growth"] {
        growth();
    }
    if asked != ["growth"] {
        benches();
    }
    Criterion::default().configure_from_args().final_summary();
}
