//! Positions in the text as filed, so that every claim can be quoted.

use serde::{Deserialize, Serialize};

use super::{ProposalIdx, SectionKind};

/// A half-open byte range in the text of one section, as filed.
///
/// Both ends lie on character borders of that text; `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to `end`; swapped ends are put in order.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start.min(end), end: start.max(end) }
    }

    /// The text under the span, or the empty string where the span lies outside `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no text.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A passage of one filing: which proposal, which section, which bytes. 原文.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quote {
    /// The filing.
    pub proposal: ProposalIdx,
    /// The section whose text the span points into.
    pub section: SectionKind,
    /// The passage.
    pub span: Span,
}
