//! Proposals to decide on together.

use serde::{Deserialize, Serialize};

use super::{NeedIdx, ProposalIdx, Wan};

/// How a group should be built. 建设模式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// 合并立项: the same core, one project.
    Merge,
    /// 共建共享: a shared part is built once, each keeps its own.
    Share,
    /// 复用已建: somebody offers it already.
    Reuse,
    /// 统一标准分级建设: regions repeat a thing that must stand locally.
    Standardise,
}

impl std::fmt::Display for Mode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Mode::Merge => "合并立项",
            Mode::Share => "共建共享",
            Mode::Reuse => "复用已建",
            Mode::Standardise => "统一标准分级建设",
        })
    }
}

/// Why a department leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeadReason {
    /// 法定职责: the catalogue names this kind of department as owner of the capability.
    LegalDuty {
        /// The capability, by name.
        capability: String,
    },
    /// It runs the system or platform that offers the thing already.
    RunsSystem {
        /// That system.
        proposal: ProposalIdx,
    },
    /// Its filing covers most of what the group shares.
    WidestCoverage,
}

/// 牵头单位.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// The department's name as filed.
    pub department: String,
    /// Why it leads.
    pub reason: LeadReason,
}

/// A proposal in a group, with its boundary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Which proposal.
    pub proposal: ProposalIdx,
    /// Needs that move into the joint part.
    pub moves: Vec<NeedIdx>,
    /// Substantive needs that stay.
    pub keeps: Vec<NeedIdx>,
}

/// One thing that several members ask for. 共性需求.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedNeed {
    /// What a planner would call it.
    pub label: String,
    /// The members' needs, at most a few a member, in order.
    pub needs: Vec<NeedIdx>,
}

/// Money that could be spent twice, as a range; `low <= high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyRange {
    /// Only items that carry amounts, the dearest instance of each shared need kept.
    pub low: Wan,
    /// Items without amounts taken at an even share of their filing's total.
    pub high: Wan,
}

/// 归并组.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What it is about, made from the shared needs.
    pub title: String,
    /// Two or more, by index.
    pub members: Vec<Member>,
    /// Who leads, and why.
    pub lead: Lead,
    /// How to build.
    pub mode: Mode,
    /// What is built once.
    pub shared: Vec<SharedNeed>,
    /// Duplicate investment, counted once.
    pub money: MoneyRange,
    /// How many of the moved needs name no amount, so that the upper bound rests on an even share.
    pub unpriced: usize,
}
