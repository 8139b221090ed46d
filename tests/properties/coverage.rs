//! What the catalogue does not know of a batch: what is asked for most often first, then what costs most; less with own entries.

use jiyue::model::Wan;
use jiyue::text::coverage::{Uncovered, coverage};
use jiyue::text::entries::{Addition, parse};
use jiyue::text::{Corpus, Knowledge};

use super::filing::filing;
use crate::corpora::{KNOWLEDGE, SETTINGS};

const OWN: &str = r#"
[[capability]]
code = "BD-001"
name = "钟表修复"
sector = "文物"
names = ["古钟修复"]
objects = ["古钟"]
actions = ["修复"]
owner = ["文物"]
common = false
"#;

/// The heads of the needs that are not known, each with its money and the number of those like it.
fn gaps(knowledge: &Knowledge) -> Vec<(String, Option<Wan>, usize)> {
    let proposals = [
        filing("A", "市文物局", &["古钟修复（30万元）", "珊瑚礁苗圃移植（20万元）", "路侧泊位占用检测（90万元）"]),
        filing("B", "市教育局", &["珊瑚礁苗圃移植（50万元）", "皮影道具晾晒（70万元）"]),
    ];
    let corpus = Corpus::read(&proposals, knowledge, &SETTINGS.text);
    let coverage = coverage(&corpus, &proposals, knowledge);
    assert_eq!(coverage.needs, 5);
    let gap = |found: &Uncovered| {
        let need = &corpus.needs[found.need.get()];
        (need.head.of(proposals[need.proposal.get()].section(need.section)).to_owned(), need.amount, found.alike)
    };
    coverage.uncovered.iter().map(gap).collect()
}

#[test]
fn what_is_asked_for_most_often_comes_first_and_then_what_costs_most() {
    let found = gaps(&KNOWLEDGE);
    let wanted =
        [("珊瑚礁苗圃移植", 50.0, 2), ("珊瑚礁苗圃移植", 20.0, 2), ("皮影道具晾晒", 70.0, 1), ("古钟修复", 30.0, 1)]
            .map(|(head, wan, alike)| (head.to_owned(), Wan::from_wan(wan), alike));
    assert_eq!(found, wanted);
}

#[test]
fn an_entry_of_the_office_covers_what_it_names() {
    let own = parse("本单位.toml", OWN).unwrap();
    let additions = own.into_iter().map(|capability| Addition { file: "本单位.toml".to_owned(), capability });
    let knowledge = Knowledge::with_catalogue(additions.collect()).unwrap();
    assert_eq!(knowledge.own.replaced, 0);
    assert!(gaps(&knowledge).iter().all(|(head, ..)| !head.starts_with("古钟")));
}
