//! The scorecard of the labelled corpora, compared with the committed one: any drift fails until somebody accepts it.
//!
//! A change of the scorecard is read in review and told to planners in .github/CHANGELOG.md under 结果有变.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiyue::evaluate::{Figures, Gold, Listing, score};
use jiyue::model::{Analysis, Candidate, Pair};
use jiyue::pipeline;

use crate::corpora::{GOLD, KNOWLEDGE, SETTINGS, analyze, data, gold, gold_analysis};

/// All pairs of proposals that the index proposed needs of.
fn compared(name: &str) -> BTreeSet<Pair> {
    let prepared = pipeline::prepare(gold(name), &KNOWLEDGE, &SETTINGS, &|_| ()).unwrap();
    let of = |c: &Candidate| {
        let proposal = |need: jiyue::model::NeedIdx| prepared.corpus.needs[need.get()].proposal;
        Pair::new(proposal(c.a), proposal(c.b)).unwrap()
    };
    pipeline::candidates(&prepared, &SETTINGS).unwrap().iter().map(of).collect()
}

fn labels(name: &str) -> Gold {
    let read = |file: &str| std::fs::read_to_string(data(&format!("gold/{name}/{file}"))).unwrap();
    Gold::parse(&read("proposals.jsonl"), &read("pairs.jsonl"), &read("groups.jsonl")).unwrap()
}

fn figures(name: &str, analysis: &Analysis) -> Figures {
    score(&labels(name), &Listing::of(analysis, Some(&compared(name)), &|_| 1.0)).figures
}

/// One figure a line, three digits, the corpora beside each other.
fn scorecard() -> String {
    let columns: Vec<serde_json::Value> =
        GOLD.iter().map(|name| serde_json::to_value(figures(name, gold_analysis(name))).unwrap()).collect();
    let mut card = format!("{:<24}", "");
    for name in GOLD {
        write!(card, "{name:>12}").unwrap();
    }
    card.push('\n');
    for name in Figures::NAMES {
        write!(card, "{name:<24}").unwrap();
        for column in &columns {
            let shown = match &column[name] {
                serde_json::Value::Number(n) if n.is_f64() => format!("{:.3}", n.as_f64().unwrap()),
                other => other.to_string(),
            };
            write!(card, "{shown:>12}").unwrap();
        }
        card.push('\n');
    }
    card
}

#[test]
fn the_labelled_corpora_score_as_committed() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy/scorecard.txt");
    let now = scorecard();
    if std::env::var_os("JIYUE_ACCEPT").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if now != committed {
        let mut drift = format!("{:<24}{:>60}    {:>60}\n", "", "committed", "now");
        for (old, new) in committed.lines().zip(now.lines()).filter(|(old, new)| old != new) {
            let (name, was) = old.split_at(24.min(old.len()));
            writeln!(drift, "{name:<24}{was:>60}    {:>60}", new.get(24..).unwrap_or("")).unwrap();
        }
        panic!(
            "the scorecard has drifted:\n{drift}\nnow:\n{now}\ncommitted:\n{committed}\n\
             If the change is meant: JIYUE_ACCEPT=1 cargo test accuracy, and tell planners in .github/CHANGELOG.md"
        );
    }
}

#[test]
fn what_is_labelled_is_filed() {
    for name in GOLD {
        let labels = labels(name);
        assert_eq!(labels.names.len(), gold(name).proposals.len());
        for ids in labels.pairs.keys() {
            assert!(
                labels.names.contains_key(&ids.0) && labels.names.contains_key(&ids.1),
                "{ids:?} in data/gold/{name}"
            );
        }
        for id in labels.groups.iter().flat_map(|g| &g.members) {
            assert!(labels.names.contains_key(id), "{id} in data/gold/{name}/groups.jsonl");
        }
    }
}

#[test]
fn a_perfect_listing_scores_one_and_an_empty_one_nothing() {
    for name in GOLD {
        let labels = labels(name);
        let mut perfect = Listing { groups: labels.groups.clone(), ..Listing::default() };
        for (ids, pair) in labels.pairs.iter().filter(|(_, p)| jiyue::evaluate::Label::POSITIVE.contains(&p.label)) {
            perfect.add_pair(&ids.0, &ids.1, 1.0, &pair.label.to_string()).unwrap();
        }
        let best = score(&labels, &perfect).figures;
        assert_eq!((best.pairs_f1, best.pairs_ap, best.groups_f1, best.lead_accuracy), (1.0, 1.0, 1.0, 1.0), "{name}");
        assert_eq!(best.hard_negative_rate, 0.0);
        let empty = analyze(jiyue::model::Intake::default());
        assert_eq!(score(&labels, &Listing::of(&empty, None, &|_| 1.0)).figures.pairs_f1, 0.0);
    }
}
