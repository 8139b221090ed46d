//! Exclusions: look-alikes that were examined and are no overlap, with the ground quoted from both sides.
//!
//! The rules are tried in order and the first that applies counts. Upkeep, phases and rollouts take a pair off the list; the
//! others name what kept a pair that looks alike from getting onto it.

use crate::model::{
    Exclusion, ExclusionKind, NeedMatch, Overlap, Pair, Proposal, ProposalIdx, Quote, Region, Relation, Role,
    SectionKind, Span, Status,
};
use crate::text::boilerplate::shared_passages;
use crate::text::lexicon::ConceptKind;
use crate::text::likeness::shared_pairs;
use crate::text::normalize::Folded;
use crate::text::rules::ExclusionWords;
use crate::text::{TermIdx, Token};

use super::{Batch, template};

/// The exclusion of a pair, if one applies.
pub fn exclude(batch: Batch, overlap: &Overlap) -> Option<Exclusion> {
    let pair = overlap.pair;
    let (a, b) = (&batch.proposals[pair.a().get()], &batch.proposals[pair.b().get()]);
    let words = &batch.knowledge.exclusion_words;
    let made = |kind, likeness, ground| Exclusion { pair, kind, likeness, ground, matches: overlap.matches.clone() };
    let names = (whole(pair.a(), SectionKind::Name, a), whole(pair.b(), SectionKind::Name, b));
    let looks_alike = overlap.score.get() >= NAMED_BELOW * batch.settings.threshold;
    if a.department.name == b.department.name {
        if is_upkeep(words, a, b) || is_upkeep(words, b, a) {
            return Some(made(ExclusionKind::Maintenance, overlap.score, names));
        }
        if is_filed_again(words, a, b, overlap.relation) {
            return Some(made(ExclusionKind::Resubmission, overlap.score, names));
        }
        if are_phases(words, a, b) {
            return Some(made(ExclusionKind::Phases, overlap.score, names));
        }
        if !a.department.name.is_empty() && looks_alike && overlap.relation != Relation::Duplicate {
            // All 85 labelled pairs of one department in data/gold are look-alikes: a department divides its own work.
            return Some(made(ExclusionKind::OneDepartment, overlap.score, names));
        }
    }
    if let Some(ground) = rollout(words, pair, a, b) {
        return Some(made(ExclusionKind::RegionalRollout, overlap.score, ground));
    }
    if overlap.score.get() >= batch.settings.threshold {
        return None;
    }
    if let Some(template) = template::shared(batch, pair)
        && let Some(ground) = shared_passages((pair.a(), a), (pair.b(), b))
    {
        return Some(made(ExclusionKind::SharedTemplate, template.share, ground));
    }
    if !looks_alike {
        return None;
    }
    if let Some(ground) = wants_data(batch, pair.a(), pair.b())
        .or_else(|| wants_data(batch, pair.b(), pair.a()).map(|(q, name)| (name, q)))
    {
        return Some(made(ExclusionKind::SharingSuffices, overlap.score, ground));
    }
    let best = overlap.matches.first()?;
    different_objects(batch, best).map(|ground| made(ExclusionKind::DifferentObjects, overlap.score, ground))
}

// Half the threshold: a pair that nobody would have put on the list needs no exclusion either.
const NAMED_BELOW: f64 = 0.5;

fn whole(proposal: ProposalIdx, section: SectionKind, of: &Proposal) -> Quote {
    Quote { proposal, section, span: Span::new(0, of.section(section).len()) }
}

fn says(words: &[String], text: &str) -> bool {
    let folded = Folded::new(text).text;
    words.iter().any(|w| folded.contains(w.as_str()))
}

fn name_or_nature_says(words: &[String], p: &Proposal) -> bool {
    says(words, &p.name) || p.nature.as_deref().is_some_and(|n| says(words, n))
}

/// Of two proposals of one department, whether `a` is the upkeep of `b`.
fn is_upkeep(words: &ExclusionWords, a: &Proposal, b: &Proposal) -> bool {
    name_or_nature_says(&words.upkeep, a) && (b.status != Status::Filed || stem_likeness(words, a, b) >= LIKE_NAMES)
}

// 0.6: "智慧水务平台运维服务" and "智慧水务综合管理平台" come to 0.6 without their frame words; names of different lines of work stay under 0.4.
const LIKE_NAMES: f64 = 0.6;
// 0.3: half of that suffices where one system stands and the other filing says it goes on with something.
const RELATED_NAMES: f64 = 0.3;

/// Of two filings of one department, whether they are of different years and the same: by name, or in most of what both build.
/// A later phase names itself one.
fn is_filed_again(words: &ExclusionWords, a: &Proposal, b: &Proposal, relation: Relation) -> bool {
    let other_year = a.year.is_some() && b.year.is_some() && a.year != b.year;
    let follows = [a, b].into_iter().any(|p| name_or_nature_says(&words.follow_up, p));
    let filed = a.role == Role::Filing && b.role == Role::Filing;
    let same = relation == Relation::Duplicate || stem_likeness(words, a, b) >= SAME_NAME;
    filed && other_year && !follows && same
}

// 0.8: departments polish a name when they file again ("平台" becomes "系统建设项目"), which the stem leaves out.
const SAME_NAME: f64 = 0.8;

/// Of two proposals of one department, whether they are phases, or an extension and what it extends: either names that agree but
/// for the phase, or a built system and a filing that says it goes on with something.
fn are_phases(words: &ExclusionWords, a: &Proposal, b: &Proposal) -> bool {
    let follows = |p: &Proposal| name_or_nature_says(&words.follow_up, p);
    let stands = |p: &Proposal| p.role == Role::Inventory;
    let goes_on = (stands(a) && follows(b)) || (stands(b) && follows(a));
    let likeness = stem_likeness(words, a, b);
    (likeness >= LIKE_NAMES && (follows(a) || follows(b))) || (likeness >= RELATED_NAMES && goes_on)
}

/// Likeness of two names without phase words and frame words (Sørensen–Dice over character pairs).
fn stem_likeness(words: &ExclusionWords, a: &Proposal, b: &Proposal) -> f64 {
    let stem =
        |p: &Proposal| words.frame.iter().fold(Folded::new(&p.name).text, |name, word| name.replace(word.as_str(), ""));
    shared_pairs(&stem(a), &stem(b))
}

/// Two regions that each carry out the same order from above: the passages that say so.
fn rollout(words: &ExclusionWords, pair: Pair, a: &Proposal, b: &Proposal) -> Option<(Quote, Quote)> {
    let local = |p: &Proposal| p.department.region != Region::City;
    if !local(a) || !local(b) || a.department.region == b.department.region {
        return None;
    }
    let said = |idx, p: &Proposal| {
        [SectionKind::Content, SectionKind::Goal, SectionKind::Background].into_iter().find_map(|section| {
            let text = p.section(section);
            let (start, word) = words.rollout.iter().find_map(|w| text.find(w.as_str()).map(|at| (at, w)))?;
            Some(Quote { proposal: idx, section, span: sentence_around(text, start, start + word.len()) })
        })
    };
    Some((said(pair.a(), a)?, said(pair.b(), b)?))
}

/// Whether the sharing chapter of `asking` names the department of `holding`: the passage, and the name of what that department
/// files.
fn wants_data(batch: Batch, asking: ProposalIdx, holding: ProposalIdx) -> Option<(Quote, Quote)> {
    let text = batch.proposals[asking.get()].section(SectionKind::Sharing);
    let kind = |idx: ProposalIdx| batch.corpus.kinds[idx.get()].as_ref();
    if text.is_empty() || kind(asking) == kind(holding) {
        return None;
    }
    let wanted = batch.knowledge.lexicon.spellings_in(text).into_iter().find(|(_, k)| Some(k) == kind(holding))?.0;
    let passage = Quote {
        proposal: asking,
        section: SectionKind::Sharing,
        span: sentence_around(text, wanted.start, wanted.end),
    };
    Some((passage, whole(holding, SectionKind::Name, &batch.proposals[holding.get()])))
}

/// Whether the best match shares techniques only while both sides name objects, and different ones: the titles of both.
fn different_objects(batch: Batch, best: &NeedMatch) -> Option<(Quote, Quote)> {
    let corpus = batch.corpus;
    let kind = |term: TermIdx| match &corpus.vocabulary[term.0 as usize] {
        Token::Concept(idx) => Some(batch.knowledge.lexicon.concept(*idx).kind),
        Token::Word(_) => None,
    };
    let objects = |need: crate::model::NeedIdx| -> Vec<TermIdx> {
        let is_object =
            |t: TermIdx| matches!(kind(t), Some(ConceptKind::Object | ConceptKind::People | ConceptKind::Place));
        corpus.terms[need.get()].iter().map(|w| w.term).filter(|t| is_object(*t)).collect()
    };
    let (of_a, of_b) = (objects(best.a), objects(best.b));
    let apart = !of_a.is_empty() && !of_b.is_empty() && !of_a.iter().any(|t| of_b.contains(t));
    apart.then(|| (corpus.needs[best.a.get()].head_quote(), corpus.needs[best.b.get()].head_quote()))
}

/// The sentence of `text` that holds the bytes `start..end`.
fn sentence_around(text: &str, start: usize, end: usize) -> Span {
    let stops = ['。', '；', ';', '\n'];
    let from = text[..start].rfind(stops).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let to = text[end..].find(stops).map_or(text.len(), |at| end + at);
    Span::new(from, to)
}
