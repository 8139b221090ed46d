//! One pair as `explain` shows it: what was found, and the formula that scored it.

use crate::model::{Akin, Exclusion, Need, NeedMatch, Overlap, Pair, Proposal, Score, SignalKind};

/// What became of the pair.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// It is listed.
    Listed(Overlap),
    /// It looks alike and is excluded.
    Excluded(Exclusion),
    /// It was compared and scored below the threshold.
    ScoredLow(Overlap),
    /// The index never proposed it; the best that comparing all its needs with one another would have come to.
    NeverCandidate(Overlap),
    /// One side has nothing that could be compared.
    NothingToCompare,
}

impl Finding {
    /// The matched needs, best first.
    pub fn matches(&self) -> &[NeedMatch] {
        match self {
            Finding::Listed(o) | Finding::ScoredLow(o) | Finding::NeverCandidate(o) => &o.matches,
            Finding::Excluded(e) => &e.matches,
            Finding::NothingToCompare => &[],
        }
    }

    /// The overlap that was found or would have been.
    pub fn overlap(&self) -> Option<&Overlap> {
        match self {
            Finding::Listed(o) | Finding::ScoredLow(o) | Finding::NeverCandidate(o) => Some(o),
            Finding::Excluded(_) | Finding::NothingToCompare => None,
        }
    }
}

/// The logistic formula behind the score of two needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// Log-odds without any evidence.
    pub bias: f64,
    /// One for each kind of signal.
    pub weights: Vec<(SignalKind, f64)>,
    /// How much a third need that both are like raises the score of two needs.
    pub corroborated: f64,
    /// How much each further match adds to the score of the pair.
    pub further: f64,
    /// Score from which a pair is listed.
    pub threshold: f64,
}

/// One line of a score that is taken apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Which kind of evidence.
    pub kind: SignalKind,
    /// How strong, 0 to 1.
    pub value: f64,
    /// What it counts.
    pub weight: f64,
}

impl Contribution {
    /// Value × weight.
    pub fn product(self) -> f64 {
        self.value * self.weight
    }
}

impl Formula {
    /// The parts of a match's score, in the order of the kinds.
    pub fn contributions(&self, found: &NeedMatch) -> Vec<Contribution> {
        let weight = |kind| self.weights.iter().find(|(k, _)| *k == kind).map_or(0.0, |(_, w)| *w);
        found
            .signals
            .iter()
            .map(|s| Contribution { kind: s.kind, value: s.value.get(), weight: weight(s.kind) })
            .collect()
    }

    /// The score by the signals alone, before a third need speaks for the two.
    pub fn own_score(&self, found: &NeedMatch) -> f64 {
        1.0 / (1.0 + (-self.log_odds(found)).exp())
    }

    /// Bias and all contributions.
    pub fn log_odds(&self, found: &NeedMatch) -> f64 {
        self.bias + self.contributions(found).into_iter().map(Contribution::product).sum::<f64>()
    }
}

/// A pair with everything that is to be shown of it.
pub struct Explained<'a> {
    /// By index.
    pub proposals: &'a [Proposal],
    /// By index.
    pub needs: &'a [Need],
    /// Which two.
    pub pair: Pair,
    /// What was found.
    pub finding: Finding,
    /// For each match the words that make the two needs mean nearly the same.
    pub akin: Vec<Vec<Akin>>,
    /// How it was scored.
    pub formula: Formula,
    /// The score of the pair by its first match, by its first two, and so on.
    pub steps: Vec<Score>,
}

impl Explained<'_> {
    /// The two proposals.
    pub fn sides(&self) -> (&Proposal, &Proposal) {
        (&self.proposals[self.pair.a().get()], &self.proposals[self.pair.b().get()])
    }

    /// The conclusion in one sentence.
    pub fn conclusion(&self) -> String {
        let threshold = self.formula.threshold;
        match &self.finding {
            Finding::Listed(o) => {
                format!("{}，重叠度 {}，达到列出的门槛 {threshold:.3}：{}", o.relation, o.score, o.verdict)
            }
            Finding::Excluded(e) => {
                format!("排除（{}）：{}", e.kind, super::wording::exclusion(self.proposals, e))
            }
            Finding::ScoredLow(o) => format!("未列出：比对过，重叠度 {}，低于门槛 {threshold:.3}", o.score),
            Finding::NeverCandidate(o) => format!(
                "未列出：双方没有共同的能力，强词也不足以相互找到，从未成为候选；若逐项硬比，重叠度为 {}",
                o.score
            ),
            Finding::NothingToCompare => {
                "未列出：至少一方没有可以比对的建设内容（过短，或全是等保、监理等通用项）".to_owned()
            }
        }
    }
}
