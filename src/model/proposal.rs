//! One filing, one system of the inventory, or one entry of the common-platform list.

use serde::{Deserialize, Serialize};

use super::{Department, Place, Wan};

/// The number of a proposal within one analysis; proposals are ordered by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProposalIdx(pub u32);

impl ProposalIdx {
    /// As an index into `Analysis::proposals`.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// How far a proposal has come. 状态.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// 申报: asked for this year.
    Filed,
    /// 在建: approved and under way.
    UnderWay,
    /// 已建: stands.
    Built,
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Status::Filed => "申报",
            Status::UnderWay => "在建",
            Status::Built => "已建",
        })
    }
}

/// Which list a proposal stands on; inventory is never compared with inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// 申报项目: a filing to be decided on.
    Filing,
    /// 台账: a system built or under way.
    Inventory,
    /// 统建清单: a platform that the city builds once for everybody.
    Platform,
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Role::Filing => "申报项目",
            Role::Inventory => "台账",
            Role::Platform => "统建清单",
        })
    }
}

/// The chapters of a filing that the analysis tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SectionKind {
    /// 项目名称: the name itself, so that a passage of it can be quoted like any other.
    Name,
    /// 项目背景, 必要性.
    Background,
    /// 建设目标.
    Goal,
    /// 建设内容, 业务功能, 平台功能说明.
    Content,
    /// 数据与共享需求.
    Sharing,
    /// 基础设施需求.
    Infrastructure,
    /// 可向部门提供的服务能力 (common-platform lists).
    Offer,
    /// 部门需自行承担的建设内容 (common-platform lists): what the platform does not offer.
    Residual,
    /// 备注.
    Remark,
}

impl std::fmt::Display for SectionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            SectionKind::Name => "项目名称",
            SectionKind::Background => "项目背景",
            SectionKind::Goal => "建设目标",
            SectionKind::Content => "建设内容",
            SectionKind::Sharing => "数据与共享需求",
            SectionKind::Infrastructure => "基础设施需求",
            SectionKind::Offer => "可提供的服务能力",
            SectionKind::Residual => "部门自行承担内容",
            SectionKind::Remark => "备注",
        })
    }
}

/// One chapter with its text as filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Which chapter.
    pub kind: SectionKind,
    /// The text as filed; spans point into it.
    pub text: String,
}

/// The three sums that collection sheets mix up, kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Investment {
    /// 总投资 (投资估算, 申报金额).
    pub total: Option<Wan>,
    /// 本年度资金需求.
    pub this_year: Option<Wan>,
    /// 年运维费.
    pub maintenance: Option<Wan>,
}

/// 项目(申报): one filing, one system of the inventory, or one entry of the common-platform list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// 项目编号 as filed, or one made from file and row; unique within an intake.
    pub id: String,
    /// 项目名称, trimmed, never empty.
    pub name: String,
    /// Who files.
    pub department: Department,
    /// Which list it stands on.
    pub role: Role,
    /// How far it has come.
    pub status: Status,
    /// 领域 as filed.
    pub domain: Option<String>,
    /// 建设性质 as filed (新建, 改扩建, 续建, 运维 …).
    pub nature: Option<String>,
    /// 申报年度 or year of completion.
    pub year: Option<u16>,
    /// The money asked for.
    pub money: Investment,
    /// 资金来源 as filed.
    pub funding: Option<String>,
    /// 建设周期 as filed.
    pub period: Option<String>,
    /// The chapters that hold text, in the order of [`SectionKind`], each kind at most once.
    pub sections: Vec<Section>,
    /// Where it was read.
    pub source: Place,
}

impl Proposal {
    /// The text of a chapter, empty where the filing has none; the name is [`SectionKind::Name`].
    pub fn section(&self, kind: SectionKind) -> &str {
        if kind == SectionKind::Name {
            return &self.name;
        }
        self.sections.iter().find(|s| s.kind == kind).map_or("", |s| s.text.as_str())
    }
}
