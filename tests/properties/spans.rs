//! Each span lies in the text as filed, on character borders, so that every quote can be shown.

use jiyue::model::{Analysis, ProposalIdx, Quote, SectionKind, Span};
use proptest::prelude::*;

use super::filing::{batch, filing};
use crate::corpora::{GOLD, analyze, data, gold_analysis, intake};

fn assert_inside(analysis: &Analysis, proposal: ProposalIdx, section: SectionKind, span: Span, what: &str) {
    let proposal = analysis.proposal(proposal);
    let text = proposal.section(section);
    assert!(text.get(span.start..span.end).is_some(), "{what} {span:?} in {} {section}", proposal.id);
}

fn assert_all_inside(analysis: &Analysis) {
    let quote = |q: Quote, what| assert_inside(analysis, q.proposal, q.section, q.span, what);
    for need in &analysis.needs {
        quote(need.quote(), "need");
        quote(need.head_quote(), "head");
        assert!(!need.span.is_empty() && need.span.contains(need.head), "{need:?}");
        for span in need.parent.iter().chain(need.capabilities.iter().map(|m| &m.span)) {
            assert_inside(analysis, need.proposal, need.section, *span, "parent or capability");
        }
    }
    let matches = analysis.overlaps.iter().flat_map(|o| &o.matches);
    for found in matches.chain(analysis.exclusions.iter().flat_map(|e| &e.matches)) {
        for (of_a, of_b) in &found.shared {
            for (need, span) in [(found.a, of_a), (found.b, of_b)] {
                let need = &analysis.needs[need.get()];
                assert_inside(analysis, need.proposal, need.section, *span, "shared passage");
            }
        }
    }
    for exclusion in &analysis.exclusions {
        quote(exclusion.ground.0, "ground");
        quote(exclusion.ground.1, "ground");
    }
    for (stock, filings) in &analysis.boilerplate {
        quote(*stock, "stock sentence");
        assert!(*filings >= 2);
    }
}

#[test]
fn spans_lie_inside_the_text_of_the_labelled_corpora_and_the_sample() {
    for name in GOLD {
        assert_all_inside(gold_analysis(name));
    }
    assert_all_inside(&analyze(intake(&[data("sample")])));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_lie_inside_any_text(
        text in r"([一-龥]{0,6}|[0-9]{1,3}[\.、）万元]|（[一二三]）|一是|①|[；。，：\n\t ]|[ＡａAaÀ𠮷😀\u{200b}\u{feff}]|泊位感知|视频监控|等保测评){0,40}"
    ) {
        let mut one = filing("A", "市公安局", &[]);
        one.sections[0].text = text;
        let prepared = batch(&[one]);
        for need in &prepared.corpus.needs {
            let whole = prepared.intake.proposals[0].section(need.section);
            prop_assert!(whole.get(need.span.start..need.span.end).is_some(), "{:?}", need);
            prop_assert!(need.span.contains(need.head), "{:?}", need);
            for span in need.parent.iter().chain(need.capabilities.iter().map(|m| &m.span)) {
                prop_assert!(whole.get(span.start..span.end).is_some(), "{:?}", need);
            }
        }
    }
}
