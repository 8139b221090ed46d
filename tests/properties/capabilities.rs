//! The capability catalogue agrees with itself, and finds its entries in sentences that it was not written from.

use std::collections::BTreeSet;

use jiyue::model::{Capability, Span};

use crate::corpora::KNOWLEDGE;

fn catalogue() -> &'static [Capability] {
    KNOWLEDGE.catalogue.capabilities()
}

/// The codes of all capabilities in a sentence.
fn found(sentence: &str) -> BTreeSet<&'static str> {
    let whole = Span::new(0, sentence.len());
    let found = KNOWLEDGE.catalogue.find(sentence, whole, whole);
    found.iter().map(|m| catalogue()[m.capability.get()].code.as_str()).collect()
}

/// A sentence, codes that must be found in it, and codes that must not.
///
/// A new entry of the catalogue begins with a line here.
const SENTENCES: &[(&str, &[&str], &[&str])] = &[
    ("学校周边道路违停球机抓拍，超时停留自动取证", &["JT-005"], &["JT-002"]),
    ("老城区路边泊位加装地磁，泊位占用和空闲状态实时采集", &["JT-001"], &["JT-005"]),
    ("商圈入口设三级停车诱导屏，发布空余车位", &["JT-004"], &["JT-005"]),
    ("办公用品采购和会议室装修", &[], &["JT-001", "JT-004", "JT-005"]),
];

#[test]
fn capabilities_are_found_in_sentences() {
    for (sentence, wanted, unwanted) in SENTENCES {
        let found = found(sentence);
        for code in *wanted {
            assert!(found.contains(code), "{sentence}: {code} is not among {found:?}");
        }
        for code in *unwanted {
            assert!(!found.contains(code), "{sentence}: {code} is found");
        }
    }
}

#[test]
fn what_is_confusable_is_in_the_catalogue() {
    let codes: BTreeSet<&str> = catalogue().iter().map(|c| c.code.as_str()).collect();
    let strangers: Vec<String> = catalogue()
        .iter()
        .flat_map(|c| c.confusable.iter().map(move |other| (c, other)))
        .filter(|(c, other)| !codes.contains(other.as_str()) || **other == c.code)
        .map(|(c, other)| format!("{} names {other}", c.code))
        .collect();
    assert!(strangers.is_empty(), "confusable with what is no other entry\n{}", strangers.join("\n"));
}

#[test]
fn each_owner_is_a_kind_of_department() {
    let strangers: BTreeSet<String> = catalogue()
        .iter()
        .flat_map(|c| c.owner.iter().map(move |owner| (c, owner)))
        .filter(|(_, owner)| KNOWLEDGE.lexicon.department_kind(&owner.0).as_ref() != Some(owner))
        .map(|(c, owner)| format!("{owner} ({})", c.code))
        .collect();
    assert!(strangers.is_empty(), "owners that data/lexicon/departments.toml does not know\n{strangers:#?}");
}

/// Names that hold a word of data/rules/usage.toml ("专线链路租用", "扫码支付对接") and so read as using what stands.
const READ_AS_USE: usize = 20;

#[test]
fn each_capability_is_found_by_each_of_its_names() {
    let mut lost = Vec::new();
    for capability in catalogue() {
        for name in capability.all_names() {
            if !found(name).contains(capability.code.as_str()) {
                lost.push(format!("{} {name}", capability.code));
            }
        }
    }
    assert!(lost.len() <= READ_AS_USE, "{} names that do not find their entry\n{}", lost.len(), lost.join("\n"));
}
