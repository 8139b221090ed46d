//! Exclusions: look-alikes that were examined and are no overlap, with the ground quoted from both sides.

use crate::model::{Exclusion, ExclusionKind, NeedKind, Overlap, Proposal, Quote, Role, Score, SectionKind, Span, Status};
use crate::text::boilerplate::shared_sentences;
use crate::text::normalize::Folded;

use super::Batch;

/// The exclusion of a pair, if one applies; the first rule that does counts.
pub fn exclude(batch: Batch, overlap: &Overlap) -> Option<Exclusion> {
    let (a, b) = (&batch.proposals[overlap.pair.a().get()], &batch.proposals[overlap.pair.b().get()]);
    let make = |kind, likeness, ground| Exclusion {
        pair: overlap.pair,
        kind,
        likeness,
        ground,
        matches: overlap.matches.clone(),
    };
    let names = (quote(overlap.pair.a(), SectionKind::Name, a), quote(overlap.pair.b(), SectionKind::Name, b));
    if is_upkeep(a, b) || is_upkeep(b, a) {
        return Some(make(ExclusionKind::Maintenance, overlap.score, names));
    }
    if are_phases(batch, overlap, a, b) {
        return Some(make(ExclusionKind::Phases, overlap.score, names));
    }
    if overlap.score.get() < batch.settings.threshold {
        let (share, longest) = shared_sentences(a, b);
        // A third of the running text: the README of the corpora counts templates from there on; two different hands share under 5 %.
        if share >= TEMPLATE_SHARE && let Some((mut of_a, mut of_b)) = longest {
            of_a.proposal = overlap.pair.a();
            of_b.proposal = overlap.pair.b();
            return Some(make(ExclusionKind::SharedTemplate, Score::new(share), (of_a, of_b)));
        }
    }
    None
}

const TEMPLATE_SHARE: f64 = 0.33;

fn quote(proposal: crate::model::ProposalIdx, section: SectionKind, of: &Proposal) -> Quote {
    Quote { proposal, section, span: Span::new(0, of.section(section).len()) }
}

/// Whether `a` is the upkeep of a system of the same department.
fn is_upkeep(a: &Proposal, b: &Proposal) -> bool {
    let says = |text: &str| ["运维", "运行维护", "维保", "维护服务"].iter().any(|w| text.contains(w));
    let upkeep = a.nature.as_deref().is_some_and(says) || says(&a.name);
    upkeep && a.department.name == b.department.name && (b.status != Status::Filed || stem_likeness(a, b) >= 0.6)
}

/// Whether the two are phases, or an extension and what it extends: one department, and names that agree but for the phase.
fn are_phases(batch: Batch, overlap: &Overlap, a: &Proposal, b: &Proposal) -> bool {
    if a.department.name != b.department.name {
        return false;
    }
    let follows = |p: &Proposal| {
        ["二期", "三期", "四期", "续建", "扩容", "升级", "(二)", "(三)"].iter().any(|w| Folded::new(&p.name).text.contains(w))
            || p.nature.as_deref().is_some_and(|n| ["续建", "改扩建", "升级改造", "改建", "扩建"].iter().any(|w| n.contains(w)))
    };
    let inventory = a.role != Role::Filing || b.role != Role::Filing;
    let likeness = stem_likeness(a, b);
    // A department knows what it runs: its own built system and its new filing are one line of work unless the names are strangers.
    (inventory && (follows(a) || follows(b)) && (likeness >= 0.4 || shares_capability(batch, overlap)))
        || (likeness >= 0.8 && (follows(a) || follows(b)))
}

fn shares_capability(batch: Batch, overlap: &Overlap) -> bool {
    overlap.matches.iter().any(|m| {
        let (a, b) = (&batch.corpus.needs[m.a.get()], &batch.corpus.needs[m.b.get()]);
        a.kind == NeedKind::Substantive
            && a.capabilities.iter().any(|x| b.capabilities.iter().any(|y| x.capability == y.capability))
    })
}

/// Likeness of two names without phase words and frame words (Sørensen–Dice over character pairs).
fn stem_likeness(a: &Proposal, b: &Proposal) -> f64 {
    let stem = |p: &Proposal| {
        let mut name = Folded::new(&p.name).text;
        for word in ["一期", "二期", "三期", "四期", "建设", "项目", "工程", "系统", "平台", "升级", "改造", "运维", "服务"] {
            name = name.replace(word, "");
        }
        name
    };
    strsim::sorensen_dice(&stem(a), &stem(b))
}
