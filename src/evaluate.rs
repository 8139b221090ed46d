//! An analysis against labelled pairs: precision, recall, groups, and for each missed pair where it was lost.
//!
//! The figures are those of the scoring script that comes with the labelled corpora, under the same names; both read the same
//! labels, so they must agree to three digits.

mod gold;
mod listing;

use std::collections::BTreeSet;

use serde::Serialize;

pub use gold::{Gold, GoldPair, Ids, Label, Together};
pub use listing::Listing;

use crate::model::SignalKind;
use gold::ids;

/// Where a missed pair was lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// 从未成为候选: the index proposed none of their needs.
    NeverCandidate,
    /// 得分低: compared, and below the threshold.
    ScoredLow,
    /// 被排除, with the kind.
    Excluded(String),
    /// Only reports are known.
    Unknown,
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cause::NeverCandidate => f.write_str("从未成为候选"),
            Cause::ScoredLow => f.write_str("得分低"),
            Cause::Excluded(kind) => write!(f, "被排除：{kind}"),
            Cause::Unknown => f.write_str("未列出"),
        }
    }
}

/// A labelled pair that is not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Which.
    pub pair: Ids,
    /// What a person says.
    pub label: Label,
    /// What they share.
    pub shared: Vec<String>,
    /// Where it was lost.
    pub cause: Cause,
}

/// A listed pair that should not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// Which.
    pub pair: Ids,
    /// With which score.
    pub score: f64,
    /// Whether a person calls it a look-alike; else the two have nothing in common.
    pub related: bool,
    /// The signal that adds most to its surest match; `None` where only reports are known.
    pub strongest: Option<SignalKind>,
}

/// The figures; fields in the order and by the names of the scoring script, which come first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Records of the corpus.
    pub projects: usize,
    /// Pairs to be found.
    pub gold_positive: usize,
    /// Look-alikes.
    pub gold_related: usize,
    /// Pairs that the run lists.
    pub listed: usize,
    /// Share of listed pairs that are right, whatever the relation.
    pub pairs_precision: f64,
    /// Share of positive pairs that are listed.
    pub pairs_recall: f64,
    /// Harmonic mean of both.
    pub pairs_f1: f64,
    /// Average precision of the list by score; what is not listed counts as never found.
    pub pairs_ap: f64,
    /// Share of look-alikes that are listed; lower is better.
    pub hard_negative_rate: f64,
    /// Share of right pairs with the right relation.
    pub relation_accuracy: f64,
    /// Mean F1 of the three relations among the right pairs.
    pub relation_macro_f1: f64,
    /// Recall of 重复.
    pub recall_duplicate: f64,
    /// Recall of 交叉.
    pub recall_overlap: f64,
    /// Recall of 复用.
    pub recall_reuse: f64,
    /// Labelled groups.
    pub gold_groups: usize,
    /// Groups of the run.
    pub groups: usize,
    /// Of the pairs recommended together, those that belong together.
    pub groups_precision: f64,
    /// Of the pairs that belong together, those recommended together.
    pub groups_recall: f64,
    /// Harmonic mean of both.
    pub groups_f1: f64,
    /// Share of labelled groups with a group of Jaccard ≥ 0.5.
    pub groups_matched: f64,
    /// Share of matched groups with the right lead.
    pub lead_accuracy: f64,
    /// Missed pairs that the index never proposed; `None` where only reports are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed_never_candidate: Option<usize>,
    /// Missed pairs that were compared and scored low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed_scored_low: Option<usize>,
    /// Missed pairs that were excluded.
    pub missed_excluded: usize,
}

impl Figures {
    /// The names of all figures, in order.
    pub const NAMES: [&str; 24] = [
        "projects",
        "gold_positive",
        "gold_related",
        "listed",
        "pairs_precision",
        "pairs_recall",
        "pairs_f1",
        "pairs_ap",
        "hard_negative_rate",
        "relation_accuracy",
        "relation_macro_f1",
        "recall_duplicate",
        "recall_overlap",
        "recall_reuse",
        "gold_groups",
        "groups",
        "groups_precision",
        "groups_recall",
        "groups_f1",
        "groups_matched",
        "lead_accuracy",
        "missed_never_candidate",
        "missed_scored_low",
        "missed_excluded",
    ];
}

/// Figures with the pairs behind them.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    /// The figures.
    pub figures: Figures,
    /// By pair.
    pub misses: Vec<Miss>,
    /// Surest first.
    pub wrong: Vec<Wrong>,
}

impl Scorecard {
    /// How many wrong pairs each signal is the main ground of, most first; empty where only reports are known.
    pub fn wrong_by_signal(&self) -> Vec<(SignalKind, usize)> {
        let count = |kind| self.wrong.iter().filter(|w| w.strongest == Some(kind)).count();
        let mut counts: Vec<(SignalKind, usize)> =
            SignalKind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, n)| *n > 0).collect();
        counts.sort_by_key(|(kind, n)| (std::cmp::Reverse(*n), *kind));
        counts
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// Scores a listing.
///
/// ```
/// use jiyue::evaluate::{Gold, Listing, score};
///
/// let proposals = r#"{"项目编号":"甲","项目名称":"智慧停车"}
/// {"项目编号":"乙","项目名称":"停车诱导"}"#;
/// let gold = Gold::parse(proposals, r#"{"a":"甲","b":"乙","relation":"overlap"}"#, "")?;
/// let mut listing = Listing::default();
/// listing.add_pair("乙", "甲", 0.8, "交叉");
/// assert_eq!(score(&gold, &listing).figures.pairs_f1, 1.0);
/// # Ok::<(), jiyue::error::Error>(())
/// ```
pub fn score(gold: &Gold, listing: &Listing) -> Scorecard {
    let positive: BTreeSet<&Ids> =
        gold.pairs.iter().filter(|(_, p)| p.label != Label::Related).map(|(ids, _)| ids).collect();
    let related: BTreeSet<&Ids> =
        gold.pairs.iter().filter(|(_, p)| p.label == Label::Related).map(|(ids, _)| ids).collect();
    let listed: BTreeSet<&Ids> = listing.pairs.keys().collect();
    let hits: Vec<(Label, Label)> =
        positive.intersection(&listed).map(|ids| (listing.pairs[*ids].1, gold.pairs[*ids].label)).collect();
    let mut ranked: Vec<(&Ids, f64)> = listing.pairs.iter().map(|(ids, (score, _))| (ids, *score)).collect();
    ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(y.0)));
    let misses: Vec<Miss> = positive.difference(&listed).map(|ids| miss(gold, listing, ids)).collect();
    let missed = |wanted: &dyn Fn(&Cause) -> bool| misses.iter().filter(|m| wanted(&m.cause)).count();
    let recall = |label| {
        let of: Vec<_> = positive.iter().filter(|ids| gold.pairs[**ids].label == label).collect();
        ratio(of.iter().filter(|ids| listed.contains(**ids)).count(), of.len())
    };
    let (precision, found) = (ratio(hits.len(), listed.len()), ratio(hits.len(), positive.len()));
    let groups = groups(gold, listing);
    let figures = Figures {
        projects: gold.names.len(),
        gold_positive: positive.len(),
        gold_related: related.len(),
        listed: listed.len(),
        pairs_precision: precision,
        pairs_recall: found,
        pairs_f1: f1(precision, found),
        pairs_ap: average_precision(&ranked, &positive),
        hard_negative_rate: ratio(related.intersection(&listed).count(), related.len()),
        relation_accuracy: ratio(hits.iter().filter(|(said, is)| said == is).count(), hits.len()),
        relation_macro_f1: macro_f1(&hits),
        recall_duplicate: recall(Label::Duplicate),
        recall_overlap: recall(Label::Overlap),
        recall_reuse: recall(Label::Reuse),
        gold_groups: gold.groups.len(),
        groups: listing.groups.len(),
        groups_precision: groups.precision,
        groups_recall: groups.recall,
        groups_f1: f1(groups.precision, groups.recall),
        groups_matched: groups.matched,
        lead_accuracy: groups.lead,
        missed_never_candidate: listing.compared.as_ref().map(|_| missed(&|c| *c == Cause::NeverCandidate)),
        missed_scored_low: listing.compared.as_ref().map(|_| missed(&|c| *c == Cause::ScoredLow)),
        missed_excluded: missed(&|c| matches!(c, Cause::Excluded(_))),
    };
    let wrong = ranked
        .iter()
        .filter(|(ids, _)| !positive.contains(ids))
        .map(|(ids, score)| Wrong {
            pair: (*ids).clone(),
            score: *score,
            related: related.contains(ids),
            strongest: listing.strongest.get(*ids).copied(),
        })
        .collect();
    Scorecard { figures, misses, wrong }
}

fn miss(gold: &Gold, listing: &Listing, ids: &Ids) -> Miss {
    let cause = match (&listing.compared, listing.excluded.get(ids)) {
        (_, Some(kind)) => Cause::Excluded(kind.clone()),
        (None, None) => Cause::Unknown,
        (Some(compared), None) if compared.contains(ids) => Cause::ScoredLow,
        (Some(_), None) => Cause::NeverCandidate,
    };
    Miss { pair: ids.clone(), label: gold.pairs[ids].label, shared: gold.pairs[ids].shared.clone(), cause }
}

/// Mean over the right ones of the precision at each; those that are not listed count as 0.
fn average_precision(ranked: &[(&Ids, f64)], positive: &BTreeSet<&Ids>) -> f64 {
    let (mut found, mut sum) = (0, 0.0);
    for (i, (ids, _)) in ranked.iter().enumerate() {
        if positive.contains(ids) {
            found += 1;
            sum += ratio(found, i + 1);
        }
    }
    if positive.is_empty() { 0.0 } else { sum / positive.len() as f64 }
}

/// Mean F1 of the three relations over (said, is).
fn macro_f1(hits: &[(Label, Label)]) -> f64 {
    let of = |label: Label| {
        let both = hits.iter().filter(|(said, is)| *said == label && *is == label).count();
        let said = hits.iter().filter(|(said, _)| *said == label).count();
        let is = hits.iter().filter(|(_, is)| *is == label).count();
        f1(ratio(both, said), ratio(both, is))
    };
    Label::POSITIVE.into_iter().map(of).sum::<f64>() / 3.0
}

struct GroupFigures {
    precision: f64,
    recall: f64,
    matched: f64,
    lead: f64,
}

fn groups(gold: &Gold, listing: &Listing) -> GroupFigures {
    let (want, have) = (together(&gold.groups), together(&listing.groups));
    let both = want.intersection(&have).count();
    let (mut matched, mut lead) = (0, 0);
    for group in &gold.groups {
        let mut best: Option<(f64, &Together)> = None;
        for candidate in &listing.groups {
            let likeness = jaccard(&group.members, &candidate.members);
            // The first of equals, as the scoring script takes it.
            if best.is_none_or(|(so_far, _)| likeness > so_far) {
                best = Some((likeness, candidate));
            }
        }
        if let Some((_, candidate)) = best.filter(|(likeness, _)| *likeness >= 0.5) {
            matched += 1;
            lead += usize::from(candidate.lead.trim() == group.lead);
        }
    }
    GroupFigures {
        precision: ratio(both, have.len()),
        recall: ratio(both, want.len()),
        matched: ratio(matched, gold.groups.len()),
        lead: ratio(lead, matched),
    }
}

fn jaccard(x: &BTreeSet<String>, y: &BTreeSet<String>) -> f64 {
    ratio(x.intersection(y).count(), x.union(y).count())
}

/// All pairs within a group.
fn together(groups: &[Together]) -> BTreeSet<Ids> {
    let pairs = |group: &Together| -> Vec<Ids> {
        let members: Vec<&String> = group.members.iter().collect();
        (0..members.len())
            .flat_map(|i| (i + 1..members.len()).map(move |j| (i, j)))
            .map(|(i, j)| ids(members[i], members[j]))
            .collect()
    };
    groups.iter().flat_map(pairs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_names_is_the_order_in_which_figures_are_written() {
        let figures =
            score(&Gold::default(), &Listing { compared: Some(BTreeSet::new()), ..Listing::default() }).figures;
        let text = serde_json::to_string(&figures).unwrap();
        let places: Vec<usize> = Figures::NAMES.iter().map(|n| text.find(&format!("\"{n}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{text}");
        assert_eq!(text.matches("\":").count(), Figures::NAMES.len());
    }

    #[test]
    fn of_groups_that_fit_equally_well_the_first_counts() {
        let together = |members: &[&str], lead: &str| Together {
            members: members.iter().map(|m| (*m).to_owned()).collect(),
            lead: lead.to_owned(),
        };
        let gold = Gold { groups: vec![together(&["甲", "乙"], "市水务局")], ..Gold::default() };
        let groups = vec![together(&["甲", "乙", "丙"], "市水务局"), together(&["甲", "乙", "丁"], "市住建局")];
        let figures = score(&gold, &Listing { groups, ..Listing::default() }).figures;
        assert_eq!((figures.groups_matched, figures.lead_accuracy), (1.0, 1.0));
    }

    #[test]
    fn a_missed_pair_says_where_it_was_lost() {
        let pairs = r#"{"a":"甲","b":"乙","relation":"overlap"}
{"a":"甲","b":"丙","relation":"reuse"}
{"a":"乙","b":"丙","relation":"duplicate"}"#;
        let gold = Gold::parse("", pairs, "").unwrap();
        let mut listing = Listing { compared: Some([ids("甲", "丙")].into()), ..Listing::default() };
        listing.add_excluded("丙", "乙", "分期");
        let causes: BTreeSet<Cause> = score(&gold, &listing).misses.into_iter().map(|m| m.cause).collect();
        assert_eq!(causes, [Cause::NeverCandidate, Cause::ScoredLow, Cause::Excluded("分期".to_owned())].into());
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = Gold::parse("", "{\"a\":\"甲\",\"b\":\"乙\",\"relation\":\"overlap\"}\n{\"a\":1}", "").unwrap_err();
        assert!(error.to_string().starts_with("pairs.jsonl 第 2 行："), "{error}");
    }
}
