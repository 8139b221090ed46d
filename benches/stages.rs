//! Each stage alone, in bytes and needs a second, with jieba cutting the same text beside it.
//!
//! Corpus: corpus/mod.rs, 200 and 2,000 filings. `cargo bench --bench stages` runs all; `… -- 2000/text` one.
//! Each result is asserted once before it is timed, so that a fast wrong answer fails.
#![allow(clippy::expect_used, missing_docs)]

#[allow(dead_code)]
mod corpus;

use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use jiyue::consolidate::{self, Evidence};
use jiyue::index::{self, NeedIndex};
use jiyue::model::NeedKind;
use jiyue::overlap::{self, Batch};
use jiyue::settings::Settings;
use jiyue::text::normalize::Folded;
use jiyue::text::{Corpus, Knowledge};
use rayon::prelude::*;

use corpus::{Plant, Round, SEED};

fn stages(criterion: &mut Criterion) {
    let knowledge = Knowledge::builtin().expect("the compiled-in data is valid");
    let settings = Settings::builtin().expect("the compiled-in settings are valid");
    for filings in [200, 2_000] {
        let round = Round::draw(&knowledge, filings, SEED);
        let folded: Vec<String> = round.texts().map(|t| Folded::new(t).text).collect();
        let corpus = Corpus::read(&round.proposals, &knowledge, &settings.text);
        let needs = corpus.needs.iter().filter(|n| n.kind == NeedKind::Substantive).count();
        assert!(needs > 4 * filings, "{needs} needs of {filings} filings: items were not cut");
        let index = NeedIndex::build(&corpus).expect("an index fits into memory");
        assert_eq!(index.len(), corpus.needs.len());
        let candidates = index::candidates(&index, &corpus, &round.proposals, &settings.index).expect("as above");
        let batch =
            Batch { proposals: &round.proposals, corpus: &corpus, knowledge: &knowledge, settings: &settings.overlap };
        let findings = overlap::find_overlaps(batch, &candidates);
        for &(x, y, plant) in round.planted.iter().filter(|p| p.2 == Plant::Copied) {
            let (a, b) = (x.min(y), x.max(y));
            let listed = findings.overlaps.iter().any(|o| (o.pair.a().get(), o.pair.b().get()) == (a, b));
            assert!(listed, "{plant:?} {} and {} are not listed", round.proposals[a].id, round.proposals[b].id);
        }

        let mut group = criterion.benchmark_group(filings.to_string());
        group.sampling_mode(SamplingMode::Flat).sample_size(10);
        group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(5));

        // The same text three ways: jieba alone, jieba on all cores, and all that the text stage does, on all cores.
        group.throughput(Throughput::Bytes(folded.iter().map(|t| t.len() as u64).sum()));
        let jieba = |text: &String| knowledge.segmenter.count_words(text);
        group.bench_function("jieba, one thread", |b| b.iter(|| folded.iter().map(jieba).sum::<usize>()));
        group.bench_function("jieba", |b| b.iter(|| folded.par_iter().map(jieba).sum::<usize>()));
        let of_needs = Throughput::ElementsAndBytes { elements: needs as u64, bytes: round.bytes() as u64 };
        group.throughput(of_needs);
        group.bench_function("text", |b| b.iter(|| Corpus::read(&round.proposals, &knowledge, &settings.text)));

        group.throughput(Throughput::Elements(needs as u64));
        group.bench_function("index", |b| b.iter(|| NeedIndex::build(&corpus)));
        group.bench_function("candidates", |b| {
            b.iter(|| index::candidates(&index, &corpus, &round.proposals, &settings.index));
        });
        group.throughput(Throughput::Elements(candidates.len() as u64));
        group.bench_function("overlap", |b| b.iter(|| overlap::find_overlaps(batch, &candidates)));
        group.throughput(Throughput::Elements(findings.overlaps.len() as u64));
        let capabilities = knowledge.catalogue.capabilities();
        group.bench_function("consolidate", |b| {
            b.iter_batched(
                || Evidence {
                    proposals: &round.proposals,
                    needs: &corpus.needs,
                    capabilities,
                    kinds: &corpus.kinds,
                    overlaps: &findings.overlaps,
                },
                |evidence| consolidate::consolidate(evidence, &settings.consolidate),
                BatchSize::LargeInput,
            );
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
