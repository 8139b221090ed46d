//! What `search` found, as it is shown.

use crate::model::{Need, NeedIdx, Proposal, ProposalIdx};

/// A proposal whose name is like the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NamedLike {
    /// Which.
    pub proposal: ProposalIdx,
    /// From 0 to 1.
    pub likeness: f64,
}

/// A need that answers the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Which.
    pub need: NeedIdx,
    /// Larger is better; not comparable between queries.
    pub score: f64,
    /// Names of capabilities that query and need share.
    pub capabilities: Vec<String>,
}

/// A proposal that answers the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which.
    pub proposal: ProposalIdx,
    /// Larger is better; not comparable between queries.
    pub score: f64,
    /// Best first.
    pub passages: Vec<Passage>,
}

/// All that a query found.
pub struct Found<'a> {
    /// By index.
    pub proposals: &'a [Proposal],
    /// By index.
    pub needs: &'a [Need],
    /// What was looked for, as a person would say it.
    pub query: String,
    /// Capabilities that the query names.
    pub capabilities: Vec<String>,
    /// Most alike first.
    pub named_like: Vec<NamedLike>,
    /// Best first.
    pub hits: Vec<Hit>,
}
