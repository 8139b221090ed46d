//! A labelled corpus: pairs and groups as a person judged them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::Relation;

/// Two project ids, the smaller first.
pub type Ids = (String, String);

/// The pair of `a` and `b` in either order.
pub(super) fn ids(a: &str, b: &str) -> Ids {
    if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

/// What a person says about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// 重复.
    Duplicate,
    /// 交叉.
    Overlap,
    /// 复用.
    Reuse,
    /// A look-alike that must not be listed.
    Related,
}

impl Label {
    /// The labels of pairs that are to be found.
    pub const POSITIVE: [Label; 3] = [Label::Duplicate, Label::Overlap, Label::Reuse];

    /// The label that a relation stands for.
    pub(super) fn of(relation: Relation) -> Self {
        match relation {
            Relation::Duplicate => Label::Duplicate,
            Relation::Overlap => Label::Overlap,
            Relation::Reuse => Label::Reuse,
        }
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Label::Duplicate => "重复",
            Label::Overlap => "交叉",
            Label::Reuse => "复用",
            Label::Related => "貌似",
        })
    }
}

/// A labelled pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldPair {
    /// What a person says.
    pub label: Label,
    /// What they share, in that person's words.
    pub shared: Vec<String>,
}

/// A labelled corpus.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gold {
    /// Project names by id.
    pub names: BTreeMap<String, String>,
    /// Labelled pairs; a pair that is not here has nothing in common.
    pub pairs: BTreeMap<Ids, GoldPair>,
    /// Members and lead of each group.
    pub groups: Vec<Together>,
}

/// Projects recommended together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// By id.
    pub members: BTreeSet<String>,
    /// 牵头单位.
    pub lead: String,
}

#[derive(Deserialize)]
struct ProposalLine {
    #[serde(rename = "项目编号")]
    id: String,
    #[serde(rename = "项目名称")]
    name: String,
}

#[derive(Deserialize)]
struct PairLine {
    a: String,
    b: String,
    relation: Label,
    #[serde(default)]
    shared: Vec<String>,
}

#[derive(Deserialize)]
struct GroupLine {
    members: Vec<String>,
    lead: String,
}

impl Gold {
    /// Reads the texts of proposals.jsonl, pairs.jsonl and groups.jsonl.
    ///
    /// # Errors
    /// Where a line is no record of its kind; the message names file and line.
    pub fn parse(proposals: &str, pairs: &str, groups: &str) -> Result<Self> {
        let proposals: Vec<ProposalLine> = lines("proposals.jsonl", proposals)?;
        let pairs: Vec<PairLine> = lines("pairs.jsonl", pairs)?;
        let groups: Vec<GroupLine> = lines("groups.jsonl", groups)?;
        Ok(Self {
            names: proposals.into_iter().map(|p| (p.id, p.name)).collect(),
            pairs: pairs
                .into_iter()
                .map(|p| (ids(&p.a, &p.b), GoldPair { label: p.relation, shared: p.shared }))
                .collect(),
            groups: groups
                .into_iter()
                .map(|g| Together { members: g.members.into_iter().collect(), lead: g.lead })
                .collect(),
        })
    }

    /// What a person says of two proposals, named in either order; `None` where they have nothing in common.
    pub fn label(&self, a: &str, b: &str) -> Option<Label> {
        self.pairs.get(&ids(a, b)).map(|p| p.label)
    }
}

fn lines<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>> {
    text.trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|e| Error::Gold {
                file: file.to_owned(),
                line: i + 1,
                reason: format!("不是所需的 JSON 记录（{e}）；每行一条，字段见 data/gold 中的样例"),
            })
        })
        .collect()
}
