//! What two proposals have in common, with the proof; and look-alikes with the reason why they are none.

use serde::{Deserialize, Serialize};

use super::{NeedIdx, ProposalIdx, Quote, Score, Span, Wan};

/// Two different proposals, the smaller index first, so that each pair has one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pair {
    a: ProposalIdx,
    b: ProposalIdx,
}

impl Pair {
    /// The pair of `x` and `y` in either order; `None` where they are the same proposal.
    pub fn new(x: ProposalIdx, y: ProposalIdx) -> Option<Self> {
        (x != y).then(|| Self { a: x.min(y), b: x.max(y) })
    }

    /// The proposal that sorts first.
    pub fn a(self) -> ProposalIdx {
        self.a
    }

    /// The other.
    pub fn b(self) -> ProposalIdx {
        self.b
    }

    /// The partner of `one`, where `one` is in the pair.
    pub fn partner(self, one: ProposalIdx) -> Option<ProposalIdx> {
        match one {
            _ if one == self.a => Some(self.b),
            _ if one == self.b => Some(self.a),
            _ => None,
        }
    }
}

/// Why two needs were thought worth comparing (record linkage: the blocking rule). 候选规则.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// Both hold a capability of the catalogue.
    SharedCapability,
    /// The sum over their strongest shared terms and concepts is among the highest for one of them.
    SharedTerms,
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Rule::SharedCapability => "同一能力",
            Rule::SharedTerms => "共有强词",
        })
    }
}

/// Two needs worth comparing; `a` belongs to the proposal that sorts first. 候选.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// The need of the proposal that sorts first.
    pub a: NeedIdx,
    /// The need of the other.
    pub b: NeedIdx,
    /// The first rule that proposed the two.
    pub rule: Rule,
}

/// One kind of evidence that two needs are the same. 依据.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SignalKind {
    /// 同一能力: both hold a capability of the catalogue, weighted by its rarity in the batch.
    Capability,
    /// 能力相近: the same capabilities are nearest to both by their words.
    Affinity,
    /// 词义相近: cosine of the two needs' meanings, by the vectors of their words.
    Meaning,
    /// 项目主旨: cosine of the two filings' meanings; the same item in like projects is more likely the same thing.
    Setting,
}

impl SignalKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [SignalKind; 4] =
        [SignalKind::Capability, SignalKind::Affinity, SignalKind::Meaning, SignalKind::Setting];
}

impl std::fmt::Display for SignalKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            SignalKind::Capability => "同一能力",
            SignalKind::Affinity => "能力相近",
            SignalKind::Meaning => "词义相近",
            SignalKind::Setting => "项目主旨",
        })
    }
}

/// The strength of one kind of evidence, before weighing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Which kind.
    pub kind: SignalKind,
    /// How strong.
    pub value: Score,
}

/// A third need that both of two needs are like: what two filings ask for in words of their own, a third may say in both. 佐证.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Through {
    /// Which need, of a third proposal.
    pub need: NeedIdx,
    /// The product of how sure it is that each of the two is the same as the third.
    pub support: Score,
}

/// Two words of two needs that mean nearly the same: what 词义相近 rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Akin {
    /// A word of one need.
    pub a: String,
    /// A word of the other.
    pub b: String,
    /// Cosine of their vectors; 1 for the same word.
    pub cosine: Score,
}

/// Two needs that are found to be the same thing, with the proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedMatch {
    /// The need of the proposal that sorts first.
    pub a: NeedIdx,
    /// The need of the other.
    pub b: NeedIdx,
    /// The rule that proposed the two.
    pub rule: Rule,
    /// How sure it is that they are the same thing.
    pub score: Score,
    /// The evidence, unweighed, in the order of [`SignalKind::ALL`]; kinds that say nothing are left out.
    pub signals: Vec<Signal>,
    /// The third need that speaks most for the two being the same; `None` where none does.
    pub through: Option<Through>,
    /// What both say: a name for it that a planner would use.
    pub label: String,
    /// Passages that agree, in the text as filed: of `a`'s section and of `b`'s.
    pub shared: Vec<(Span, Span)>,
}

/// The kind of overlap. 关系.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// 重复: the core deliverable is the same thing for the same scope.
    Duplicate,
    /// 交叉: at least one substantive part would be built twice.
    Overlap,
    /// 复用: one side builds for itself what the other already offers.
    Reuse,
}

impl std::fmt::Display for Relation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Relation::Duplicate => "重复",
            Relation::Overlap => "交叉",
            Relation::Reuse => "复用",
        })
    }
}

/// The rule that chose the relation; each can be said aloud in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Most of both sides is the same.
    MostOfBoth,
    /// Nearly all of one side lies within the other.
    WithinOther,
    /// Some parts are the same, each side keeps its own core.
    SharedParts,
    /// A common platform offers what the filing builds.
    OfferedByPlatform,
    /// A system that stands or is under way offers what the filing builds.
    OfferedByInventory,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Verdict::MostOfBoth => "双方主要建设内容相同",
            Verdict::WithinOther => "一方建设内容基本包含在另一方之内",
            Verdict::SharedParts => "部分建设内容相同，各有自身主体",
            Verdict::OfferedByPlatform => "统建平台已提供该能力",
            Verdict::OfferedByInventory => "已建或在建系统已提供该能力",
        })
    }
}

/// Share of each side's substantive needs (by money where both sides itemise it, else by number) that the other builds too.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Of the proposal that sorts first.
    pub a: Score,
    /// Of the other.
    pub b: Score,
}

/// Two proposals with matched needs. 重叠.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overlap {
    /// Which two.
    pub pair: Pair,
    /// What kind.
    pub relation: Relation,
    /// The rule that chose the kind.
    pub verdict: Verdict,
    /// How sure it is that the pair belongs on the list; the list is ranked by it.
    pub score: Score,
    /// How much of each side is concerned.
    pub coverage: Coverage,
    /// Money that could be spent twice: the smaller side's matched items; `None` where neither side itemises it.
    pub money: Option<Wan>,
    /// The matched needs, best first; each need at most once.
    pub matches: Vec<NeedMatch>,
}

/// Why two proposals that look alike are no overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ExclusionKind {
    /// 分期: phases of one project.
    Phases,
    /// 上年重报: the same filing of an earlier year, filed again.
    Resubmission,
    /// 运维: the upkeep of a system that stands.
    Maintenance,
    /// 同单位统筹: one department divides its own work.
    OneDepartment,
    /// 分级部署: the same rollout, which must stand in each region.
    RegionalRollout,
    /// 仅需共享: one side needs the other's data and builds nothing twice.
    SharingSuffices,
    /// 对象不同: the same technique for different objects.
    DifferentObjects,
    /// 模板相同: shared stock text, different needs.
    SharedTemplate,
}

impl std::fmt::Display for ExclusionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            ExclusionKind::Phases => "分期",
            ExclusionKind::Resubmission => "上年重报",
            ExclusionKind::Maintenance => "运维",
            ExclusionKind::OneDepartment => "同单位统筹",
            ExclusionKind::RegionalRollout => "分级部署",
            ExclusionKind::SharingSuffices => "仅需共享",
            ExclusionKind::DifferentObjects => "对象不同",
            ExclusionKind::SharedTemplate => "模板相同",
        })
    }
}

/// Two proposals that look alike and are not. 排除.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Which two.
    pub pair: Pair,
    /// Why.
    pub kind: ExclusionKind,
    /// How alike they look (the score that the pair would have been listed with, or the share of text in common).
    pub likeness: Score,
    /// The passages that the reason rests on, one of each side.
    pub ground: (Quote, Quote),
    /// The matched needs that were set aside.
    pub matches: Vec<NeedMatch>,
}
