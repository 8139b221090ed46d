//! What a run says, as far as it is scored.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Analysis, Overlap, Pair, SignalKind};

use super::gold::{Gold, Ids, Label, Together, ids};

/// What a run says, as far as it is scored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// Score and relation of each listed pair.
    pub pairs: BTreeMap<Ids, (f64, Label)>,
    /// In the order of the report.
    pub groups: Vec<Together>,
    /// Excluded pairs with the kind of exclusion.
    pub excluded: BTreeMap<Ids, String>,
    /// For each listed pair the signal that adds most to its surest match; empty where only reports are known.
    pub strongest: BTreeMap<Ids, SignalKind>,
    /// Pairs that were compared; `None` where only reports are known.
    pub compared: Option<BTreeSet<Ids>>,
}

impl Listing {
    /// What an analysis says; `compared` holds the pairs that had candidates, `weight` is that of a signal in the score.
    pub fn of(analysis: &Analysis, compared: Option<&BTreeSet<Pair>>, weight: &dyn Fn(SignalKind) -> f64) -> Self {
        let named = |pair: Pair| ids(&analysis.proposal(pair.a()).id, &analysis.proposal(pair.b()).id);
        // Three decimals, as in overlaps.csv: ties must fall the same way for the script that reads it.
        let rounded = |score: f64| (score * 1000.0).round() / 1000.0;
        Self {
            pairs: analysis
                .overlaps
                .iter()
                .map(|o| (named(o.pair), (rounded(o.score.get()), Label::of(o.relation))))
                .collect(),
            groups: analysis
                .groups
                .iter()
                .map(|g| Together {
                    members: g.members.iter().map(|m| analysis.proposal(m.proposal).id.clone()).collect(),
                    lead: g.lead.department.clone(),
                })
                .collect(),
            excluded: analysis.exclusions.iter().map(|e| (named(e.pair), e.kind.to_string())).collect(),
            strongest: analysis.overlaps.iter().filter_map(|o| Some((named(o.pair), strongest(o, weight)?))).collect(),
            compared: compared.map(|pairs| pairs.iter().map(|p| named(*p)).collect()),
        }
    }

    /// Adds a pair as a report names it: ids in either order, the relation in Chinese; `None` where the relation is unknown.
    pub fn add_pair(&mut self, a: &str, b: &str, score: f64, relation: &str) -> Option<()> {
        let label = Label::POSITIVE.into_iter().find(|l| l.to_string() == relation)?;
        self.pairs.insert(ids(a, b), (score, label));
        Some(())
    }

    /// Adds an excluded pair as a report names it.
    pub fn add_excluded(&mut self, a: &str, b: &str, kind: &str) {
        self.excluded.insert(ids(a, b), kind.to_owned());
    }

    /// Ids that the corpus does not hold.
    pub fn strangers(&self, gold: &Gold) -> BTreeSet<String> {
        let of_pairs = self.pairs.keys().flat_map(|(a, b)| [a, b]);
        let of_groups = self.groups.iter().flat_map(|g| &g.members);
        of_pairs.chain(of_groups).filter(|id| !gold.names.contains_key(*id)).cloned().collect()
    }
}

fn strongest(overlap: &Overlap, weight: &dyn Fn(SignalKind) -> f64) -> Option<SignalKind> {
    let signals = &overlap.matches.first()?.signals;
    signals
        .iter()
        .max_by(|x, y| {
            let adds = |s: &crate::model::Signal| weight(s.kind) * s.value.get();
            adds(x).total_cmp(&adds(y)).then(y.kind.cmp(&x.kind))
        })
        .map(|s| s.kind)
}
