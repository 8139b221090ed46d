//! What the office could decide about one proposal; the meeting decides.

use serde::{Deserialize, Serialize};

use super::{ProposalIdx, Wan};

/// The closed list of suggestions. 建议.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Advice {
    /// 支持.
    Support,
    /// 核减后支持: take the overlapping part out.
    SupportReduced,
    /// 合并建设: settle it in a group.
    Merge,
    /// 依托平台复用: use what stands.
    UsePlatform,
    /// 补充论证: the filing does not say enough on a point that matters.
    Substantiate,
    /// 不予支持: what it builds stands already.
    Decline,
    /// 待人工判定: too thin or unreadable to judge.
    Manual,
}

impl std::fmt::Display for Advice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Advice::Support => "支持",
            Advice::SupportReduced => "核减后支持",
            Advice::Merge => "合并建设",
            Advice::UsePlatform => "依托平台复用",
            Advice::Substantiate => "补充论证",
            Advice::Decline => "不予支持",
            Advice::Manual => "待人工判定",
        })
    }
}

/// A suggestion with its reason and findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The filing.
    pub proposal: ProposalIdx,
    /// What to do.
    pub advice: Advice,
    /// Why, in one or two sentences.
    pub reason: String,
    /// Positions in `Analysis::overlaps` that concern it, best first.
    pub overlaps: Vec<usize>,
    /// Positions in `Analysis::groups` that it is a member of.
    pub groups: Vec<usize>,
    /// Its own money concerned, each need counted once.
    pub money: Option<Wan>,
}
