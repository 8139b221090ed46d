//! What holds for all filings: symmetry, spans inside the text, each need once, and nothing lost on the way to the list.

mod capabilities;
mod coverage;
mod filing;
mod spans;

use std::collections::{BTreeMap, BTreeSet};

use jiyue::model::{Analysis, Intake, NeedKind, Overlap, Pair, Proposal, ProposalIdx, Relation, Role};
use jiyue::overlap::corroborate::Partners;
use jiyue::overlap::{self, Batch, Outcome};
use jiyue::pipeline::{self, Prepared};
use proptest::prelude::*;

use crate::corpora::{GOLD, KNOWLEDGE, SETTINGS, analyze, gold, gold_analysis};
use filing::{batch, copy, filing, place};

fn view(prepared: &Prepared) -> Batch<'_> {
    Batch {
        proposals: &prepared.intake.proposals,
        corpus: &prepared.corpus,
        knowledge: &KNOWLEDGE,
        settings: &SETTINGS.overlap,
    }
}

/// What two filings come to when every need of one is compared with every need of the other.
fn by_brute_force(prepared: &Prepared, pair: Pair) -> Outcome {
    overlap::judge(view(prepared), pair, &overlap::all_candidates(&prepared.corpus, pair), &Partners::default())
}

fn overlap_of(outcome: &Outcome) -> Option<&Overlap> {
    match outcome {
        Outcome::Listed(overlap) | Outcome::Low(overlap) => Some(overlap),
        Outcome::Excluded(_) => None,
    }
}

fn substantive(prepared: &Prepared, proposal: ProposalIdx) -> usize {
    prepared.corpus.needs_of(proposal).filter(|(_, n)| n.kind == NeedKind::Substantive).count()
}

proptest! {
    // 48 pairs of the 3,003 of a corpus: each takes an index of its own.
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_filings_score_the_same_whichever_comes_first(corpus in 0..2_usize, x in 0..78_usize, y in 0..78_usize) {
        prop_assume!(x != y);
        let proposals = &gold_analysis(GOLD[corpus]).proposals;
        let score = |first: &Proposal, second: &Proposal| {
            let prepared = batch(&[copy(first, "1", &first.department.name), copy(second, "2", &second.department.name)]);
            let pair = Pair::new(ProposalIdx(0), ProposalIdx(1)).unwrap();
            overlap_of(&by_brute_force(&prepared, pair)).map(|o| (o.score.get(), o.coverage.a.get(), o.coverage.b.get()))
        };
        let (one, other) = (score(&proposals[x], &proposals[y]), score(&proposals[y], &proposals[x]));
        prop_assert_eq!(one.is_some(), other.is_some());
        if let (Some(one), Some(other)) = (one, other) {
            // Sums of f32 in another order differ in the last digits.
            prop_assert!((one.0 - other.0).abs() < 1e-4, "{:?} {:?}", one, other);
            prop_assert!((one.1 - other.2).abs() < 1e-4 && (one.2 - other.1).abs() < 1e-4, "{:?} {:?}", one, other);
        }
    }
}

#[test]
fn a_filing_given_twice_is_a_duplicate_that_covers_both_sides() {
    let mut seen = 0;
    for name in GOLD {
        for original in gold_analysis(name).proposals.iter().filter(|p| p.role == Role::Filing) {
            let prepared = batch(&[original.clone(), copy(original, "ZZ", "云溪镇人民政府")]);
            let (a, b) = (place(&prepared, &original.id), place(&prepared, "ZZ"));
            if substantive(&prepared, a) < 2 {
                continue;
            }
            let pair = Pair::new(a, b).unwrap();
            let explained = pipeline::explain(&prepared, &KNOWLEDGE, &SETTINGS, pair).unwrap();
            let Outcome::Listed(overlap) = explained.outcome else {
                panic!("{}: {:?}", original.id, explained.outcome)
            };
            assert_eq!(overlap.relation, Relation::Duplicate, "{}", original.id);
            assert_eq!((overlap.coverage.a.get(), overlap.coverage.b.get()), (1.0, 1.0), "{}", original.id);
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} of 128 filings name two needs");
}

const PARKING: &str = "路侧停车泊位状态感知。对主城区泊位安装视频桩，采集占用状态";
const SIGNAL: &str = "交通信号灯联网控制。改造信号机，实现绿波协调";

#[test]
fn a_need_repeated_in_the_text_counts_once() {
    let other = filing("B", "市城市管理局", &["路内车位感知，识别占道车位是否空闲", "下穿通道积水监测，超限自动预警"]);
    let matched = |items: &[&str]| {
        let prepared = batch(&[filing("A", "市公安局交警支队", items), other.clone()]);
        let pair = Pair::new(place(&prepared, "A"), place(&prepared, "B")).unwrap();
        let matches = match by_brute_force(&prepared, pair) {
            Outcome::Listed(overlap) | Outcome::Low(overlap) => overlap.matches,
            Outcome::Excluded(exclusion) => exclusion.matches,
        };
        let needs: BTreeSet<_> = matches.iter().flat_map(|m| [m.a, m.b]).collect();
        assert_eq!(needs.len(), 2 * matches.len(), "a need stands in two matches");
        let text_of_b = |m: &jiyue::model::NeedMatch| prepared.corpus.needs[m.b.get()].span;
        matches.iter().map(text_of_b).collect::<BTreeSet<_>>()
    };
    let once = matched(&[PARKING, SIGNAL]);
    assert!(!once.is_empty());
    assert_eq!(matched(&[PARKING, PARKING, PARKING, SIGNAL]), once);
}

#[test]
fn an_unrelated_filing_changes_no_relation() {
    for name in GOLD {
        let before = gold_analysis(name);
        let mut intake = gold(name);
        intake.proposals.push(filing(
            "ZZ-999",
            "市档案馆",
            &["馆藏民国档案修裱。对虫蛀霉变卷宗脱酸、托裱", "口述历史采编。录制老艺人讲述并编目"],
        ));
        let after = analyze(intake);
        let relations = |analysis: &Analysis| -> BTreeMap<(String, String), (Relation, f64)> {
            let id = |p: ProposalIdx| analysis.proposal(p).id.clone();
            let entry = |o: &Overlap| ((id(o.pair.a()), id(o.pair.b())), (o.relation, o.score.get()));
            analysis.overlaps.iter().map(entry).collect()
        };
        let (before, after) = (relations(before), relations(&after));
        for (pair, (relation, score)) in &before {
            match after.get(pair) {
                Some((same, _)) => assert_eq!(same, relation, "{pair:?}"),
                // Rarity moves with the size of the batch, so a pair at the very threshold may cross it.
                None => assert!((score - SETTINGS.overlap.threshold).abs() < 0.03, "{pair:?} with {score} is gone"),
            }
        }
    }
}

/// Share of the pairs above the threshold that the index must propose. Measured: transport 0.968 of 93, social 0.980 of 101; what is
/// missing are pairs of which each need has 40 stronger partners, so that fewer of their matches are seen and the score falls.
const PROPOSED: f64 = 0.95;

#[test]
fn the_index_proposes_what_brute_force_lists() {
    for name in GOLD {
        let listed: BTreeSet<Pair> = gold_analysis(name).overlaps.iter().map(|o| o.pair).collect();
        let intake = Intake { proposals: gold_analysis(name).proposals.clone(), ..Intake::default() };
        let prepared = pipeline::prepare(intake, &KNOWLEDGE, &SETTINGS, &|_| ()).unwrap();
        let proposals = &prepared.intake.proposals;
        let mut wanted = 0;
        let mut missed = Vec::new();
        for a in 0..proposals.len() {
            for b in a + 1..proposals.len() {
                let pair = Pair::new(ProposalIdx(a as u32), ProposalIdx(b as u32)).unwrap();
                let compared = proposals[a].role == Role::Filing || proposals[b].role == Role::Filing;
                if compared && matches!(by_brute_force(&prepared, pair), Outcome::Listed(_)) {
                    wanted += 1;
                    if !listed.contains(&pair) {
                        missed.push(format!("{} {}", proposals[a].id, proposals[b].id));
                    }
                }
            }
        }
        let share = 1.0 - missed.len() as f64 / f64::from(wanted.max(1));
        println!("{name}: {share:.4} of {wanted}");
        assert!(share >= PROPOSED, "{name}: {share:.4} of {wanted} pairs are proposed; not {missed:?}");
    }
}

#[test]
fn groups_do_not_depend_on_the_order_of_filings() {
    let members = |analysis: &Analysis| -> BTreeSet<BTreeSet<String>> {
        let names =
            |g: &jiyue::model::Group| g.members.iter().map(|m| analysis.proposal(m.proposal).id.clone()).collect();
        analysis.groups.iter().map(names).collect()
    };
    for name in GOLD {
        let mut intake = gold(name);
        intake.proposals.reverse();
        assert_eq!(members(gold_analysis(name)), members(&analyze(intake)), "{name}");
    }
}
