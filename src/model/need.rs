//! The unit that is compared: one thing that a filing asks for.

use serde::{Deserialize, Serialize};

use super::{ProposalIdx, Quote, Score, SectionKind, Span, Wan};

/// The number of a need within one analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NeedIdx(pub u32);

impl NeedIdx {
    /// As an index into `Analysis::needs`.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// The number of a capability in the catalogue that was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CapabilityIdx(pub u32);

impl CapabilityIdx {
    /// As an index into `Analysis::capabilities`.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// Whether a need is worth comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NeedKind {
    /// 实质性需求: something is built.
    Substantive,
    /// 通用项: security assessment, supervision, integration, training, servers …; never compared.
    Generic,
}

/// One item of a filing: a functional module, equipment, a data resource. 建设需求.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Need {
    /// Whose it is.
    pub proposal: ProposalIdx,
    /// The chapter it stands in.
    pub section: SectionKind,
    /// The whole item, without its number.
    pub span: Span,
    /// The head of the item (its title, or its first clause); lies within `span`.
    pub head: Span,
    /// The item above a nested one, by its head.
    pub parent: Option<Span>,
    /// Whether it is worth comparing.
    pub kind: NeedKind,
    /// Whether the item says that it takes something from others and does not build it itself (不另建).
    #[serde(default)]
    pub declines: bool,
    /// The money that the item names.
    pub amount: Option<Wan>,
    /// Capabilities found in it, strongest first, ties by index.
    pub capabilities: Vec<CapabilityMatch>,
}

impl Need {
    /// The whole item as a quote.
    pub fn quote(&self) -> Quote {
        Quote { proposal: self.proposal, section: self.section, span: self.span }
    }

    /// The head of the item as a quote.
    pub fn head_quote(&self) -> Quote {
        Quote { proposal: self.proposal, section: self.section, span: self.head }
    }
}

/// How a capability was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// One of its names stands in the text.
    Named,
    /// A word for its object and a word for its action stand in one clause.
    Described,
}

/// A capability found in a need, with the words that show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapabilityMatch {
    /// Which one.
    pub capability: CapabilityIdx,
    /// How it was found.
    pub grade: Grade,
    /// How sure the match is.
    pub strength: Score,
    /// The words, in the section's text as filed.
    pub span: Span,
}
