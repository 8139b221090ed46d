//! Findings as sentences that can be read out in a meeting.

use crate::model::{
    Analysis, Exclusion, ExclusionKind, Group, LeadReason, Mode, NeedMatch, Overlap, Proposal, Relation, Role, Score,
    Signal, Status, Wan,
};

use super::passage::short;

/// A share as a whole per cent.
pub fn percent(share: Score) -> String {
    format!("{:.0}%", share.get() * 100.0)
}

/// Money for running text: 亿元 from one 亿 up, else 万元.
pub fn money(wan: Wan) -> String {
    // One 亿 is 10 000 万元; below it planners speak of 万元.
    if wan.as_wan().abs() >= 10_000.0 {
        format!("{:.2} 亿元", wan.as_wan() / 10_000.0)
    } else {
        format!("{wan} 万元")
    }
}

/// The signals of a match, strongest first in the order of the formula: `同一能力 0.80；共有词 0.31`.
pub fn signals(signals: &[Signal]) -> String {
    let mut sorted: Vec<&Signal> = signals.iter().collect();
    sorted.sort_by(|x, y| y.value.cmp(&x.value).then(x.kind.cmp(&y.kind)));
    sorted.iter().map(|s| format!("{} {:.2}", s.kind, s.value.get())).collect::<Vec<_>>().join("；")
}

/// A name in quotes, its own quotes made single ones.
pub fn quoted(name: &str) -> String {
    format!("“{}”", name.replace('“', "‘").replace('”', "’"))
}

/// Each match with its score and signals: `停车诱导 0.982（同一能力 1.00；共有词 0.63）`.
pub fn evidence(found: &NeedMatch) -> String {
    format!("{} {}（{}）", short(found.label.trim(), 30), found.score, signals(&found.signals))
}

/// The labels of matches, each once, best first.
pub fn labels(matches: &[NeedMatch]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for found in matches {
        let label = short(found.label.trim(), 30);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// The first three in quotes, with the number of all: `“甲”“乙”“丙”等 5 项`.
fn enumerate(labels: &[String]) -> String {
    let quoted: String = labels.iter().take(3).map(|l| quoted(l)).collect();
    if labels.len() > 3 { format!("{quoted}等 {} 项", labels.len()) } else { quoted }
}

/// Who files, or the project's name where nobody is named.
pub fn who(proposal: &Proposal) -> &str {
    if proposal.department.name.is_empty() { &proposal.name } else { &proposal.department.name }
}

/// The two sides of a pair by department, or by project where the departments are the same.
fn sides<'a>(a: &'a Proposal, b: &'a Proposal) -> (String, String) {
    if who(a) == who(b) { (quoted(&a.name), quoted(&b.name)) } else { (who(a).to_owned(), who(b).to_owned()) }
}

/// An overlap in one sentence.
pub fn overlap(proposals: &[Proposal], overlap: &Overlap) -> String {
    let (a, b) = (&proposals[overlap.pair.a().get()], &proposals[overlap.pair.b().get()]);
    let (name_a, name_b) = sides(a, b);
    let shared = enumerate(&labels(&overlap.matches));
    let (share_a, share_b) = (percent(overlap.coverage.a), percent(overlap.coverage.b));
    let amount = match overlap.money {
        Some(wan) => format!("涉及已列明金额的分项 {}", money(wan)),
        None => "双方均未列分项金额".to_owned(),
    };
    if overlap.relation == Relation::Reuse && a.role != b.role {
        let a_offers = b.role == Role::Filing;
        let (offer, builder, builder_name, share) =
            if a_offers { (a, b, name_b, share_b) } else { (b, a, name_a, share_a) };
        let stands = if offer.role == Role::Platform {
            "统建平台"
        } else if offer.status == Status::UnderWay {
            "在建系统"
        } else {
            "已建系统"
        };
        return format!(
            "{}的{stands}{}可提供{shared}，{builder_name}又拟自建，占其建设内容的 {share}；{amount}。建议先核实能否复用，不能复用的由{}说明原因",
            who(offer),
            quoted(&offer.name),
            who(builder)
        );
    }
    let stands = [a, b].into_iter().find(|p| p.role != Role::Filing);
    let both = match stands {
        Some(system) => {
            format!("{name_a}与{name_b}的建设内容同含{shared}（其中{}{}）", quoted(&system.name), system.status)
        }
        None => format!("{name_a}与{name_b}都要建设{shared}"),
    };
    format!("{both}，占前者建设内容的 {share_a}、后者的 {share_b}；{}；{amount}", overlap.verdict)
}

/// Why a group belongs together and is to be built this way.
pub fn group(analysis: &Analysis, group: &Group) -> String {
    let labels: Vec<String> = group.shared.iter().map(|s| short(&s.label, 30)).collect();
    let mode = match group.mode {
        Mode::Merge => "主要建设内容相同，合并为一个项目",
        Mode::Share => "共有部分建一次、大家用，各单位保留自身主体",
        Mode::Reuse => "已有系统或平台可以提供，新报项目不再自建这一部分",
        Mode::Standardise => "各地须分别落地，由市里统一标准、统一软件，分级建设",
    };
    let filings = group.members.iter().filter(|m| analysis.proposal(m.proposal).role == Role::Filing).count();
    let standing = group.members.len() - filings;
    let beside = if standing > 0 {
        format!("，另有 {standing} 个已建、在建系统或统建平台相关")
    } else {
        String::new()
    };
    format!("{filings} 个申报项目都含{}{beside}；{mode}", enumerate(&labels))
}

/// Why this department leads.
pub fn lead(analysis: &Analysis, group: &Group) -> String {
    match &group.lead.reason {
        LeadReason::LegalDuty { capability } => format!("{}属其法定职责", quoted(capability)),
        LeadReason::RunsSystem { proposal } => {
            format!("已有系统{}由其建设管理", quoted(&analysis.proposal(*proposal).name))
        }
        LeadReason::WidestCoverage => "其申报内容覆盖本组共性需求最多".to_owned(),
    }
}

/// What the range of a group's money rests on.
pub fn money_basis(group: &Group) -> String {
    let kept = "每项共性需求保留金额最大的一份，其余计为重复投资；已有系统可提供的，申报的各份都计入";
    if group.unpriced == 0 {
        format!("各份均列明金额。{kept}")
    } else {
        format!(
            "{kept}。下限只计列明金额的分项；上限把 {} 个未列金额的分项按所在项目剩余投资平均估入，项目未报投资的按零计",
            group.unpriced
        )
    }
}

/// Why a pair that looks alike is no overlap.
pub fn exclusion(proposals: &[Proposal], exclusion: &Exclusion) -> String {
    let (a, b) = (&proposals[exclusion.pair.a().get()], &proposals[exclusion.pair.b().get()]);
    match exclusion.kind {
        ExclusionKind::Phases => {
            format!("同属{}，是同一系统的前后期或扩建，不算重复；请核对本期是否重列前期已建内容", who(a))
        }
        ExclusionKind::Resubmission => {
            let earlier = a.year.min(b.year).map_or_else(|| "以前年度".to_owned(), |year| format!("{year} 年"));
            format!("同属{}，{earlier}申报过、今年再次申报，不算重复；请核对上次未批的原因和内容的变化", who(a))
        }
        ExclusionKind::Maintenance => "一方是另一方所建系统的运行维护，不是另建一套".to_owned(),
        ExclusionKind::OneDepartment => {
            format!("同属{}，由本单位自行统筹；如确属重复立项，请单位说明分工", who(a))
        }
        ExclusionKind::RegionalRollout => {
            format!("同类部署须在{}和{}分别落地，不合并；建议统一标准", a.department.region, b.department.region)
        }
        ExclusionKind::SharingSuffices => "一方只需要另一方的数据，共享即可满足，双方没有重复建设的内容".to_owned(),
        ExclusionKind::DifferentObjects => "技术手段相近，管理或服务的对象不同，建成后不能互相代替".to_owned(),
        ExclusionKind::SharedTemplate => {
            format!("文字相似主要来自同一模板（相同文字约占 {}），实际建设内容不同", percent(exclusion.likeness))
        }
    }
}
