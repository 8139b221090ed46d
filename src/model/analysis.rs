//! What goes into the analysis and what comes out: complete enough to write every report from.

use serde::{Deserialize, Serialize};

use super::{Capability, Exclusion, Group, Need, Overlap, Problem, Proposal, ProposalIdx, Quote, Suggestion, Wan};

/// What was read: the good rows and what was wrong with the others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Intake {
    /// Sorted by id; ids are unique.
    pub proposals: Vec<Proposal>,
    /// Sorted by place.
    pub problems: Vec<Problem>,
    /// How much of each file was read.
    pub receipt: Receipt,
}

/// 接收回执: what was read and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Receipt {
    /// One entry a file, sorted by name.
    pub sources: Vec<SourceReceipt>,
}

/// How much of one file was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReceipt {
    /// The file, as in [`super::Place`].
    pub file: String,
    /// Rows or records below the header that hold anything.
    pub rows: usize,
    /// Rows that became proposals.
    pub read: usize,
    /// Problems found in it.
    pub problems: usize,
}

/// Everything found in one batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Sorted by id; a [`ProposalIdx`] is a position in it.
    pub proposals: Vec<Proposal>,
    /// Sorted by proposal and place in the text; a [`super::NeedIdx`] is a position in it.
    pub needs: Vec<Need>,
    /// The catalogue that was used, at [`super::CapabilityIdx`].
    pub capabilities: Vec<Capability>,
    /// Best first, ties by pair.
    pub overlaps: Vec<Overlap>,
    /// Look-alikes that were examined and excluded, sorted by pair.
    pub exclusions: Vec<Exclusion>,
    /// Most money first, ties by members.
    pub groups: Vec<Group>,
    /// One for each filing, in the order of `proposals`; inventory and platforms get none.
    pub suggestions: Vec<Suggestion>,
    /// Sentences that recur across filings with different needs (套话), most frequent first, each with how many filings hold it.
    pub boilerplate: Vec<(Quote, usize)>,
    /// What was wrong in the input.
    pub problems: Vec<Problem>,
    /// How much of each file was read.
    pub receipt: Receipt,
}

impl Analysis {
    /// The proposal at `idx`.
    pub fn proposal(&self, idx: ProposalIdx) -> &Proposal {
        &self.proposals[idx.get()]
    }

    /// The words of a quote as filed.
    pub fn quote(&self, quote: Quote) -> &str {
        quote.span.of(self.proposal(quote.proposal).section(quote.section))
    }

    /// Department × department: overlaps between their proposals, each department pair once, most overlaps first.
    pub fn department_pairs(&self) -> Vec<DepartmentPair> {
        let mut pairs: std::collections::BTreeMap<(&str, &str), (usize, Wan)> = Default::default();
        for overlap in &self.overlaps {
            let a = self.proposal(overlap.pair.a()).department.name.as_str();
            let b = self.proposal(overlap.pair.b()).department.name.as_str();
            let entry = pairs.entry((a.min(b), a.max(b))).or_default();
            entry.0 += 1;
            entry.1 = entry.1 + overlap.money.unwrap_or(Wan::ZERO);
        }
        let mut rows: Vec<_> = pairs
            .into_iter()
            .map(|((a, b), (overlaps, money))| DepartmentPair { a: a.to_owned(), b: b.to_owned(), overlaps, money })
            .collect();
        rows.sort_by(|x, y| {
            (y.overlaps, y.money).cmp(&(x.overlaps, x.money)).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
        });
        rows
    }
}

/// How much two departments (or one with itself) overlap. 单位 × 单位.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentPair {
    /// The name that sorts first.
    pub a: String,
    /// The other; equal to `a` for overlaps within a department.
    pub b: String,
    /// Overlapping pairs of proposals.
    pub overlaps: usize,
    /// Sum of the money of these overlaps; one amount can stand in several overlaps, so this ranks and does not add up to savings.
    pub money: Wan,
}
