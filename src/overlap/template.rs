//! Templates: two departments of different kinds that had one consultant share text and not needs.

use rustc_hash::FxHashSet;

use crate::model::{NeedIdx, NeedKind, Pair, Score, SectionKind};
use crate::text::boilerplate::containment;

use super::Batch;
use super::signals::Measured;

/// How much of the shorter filing's running text stands in the other's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Template {
    /// Share of the text, 0..=1.
    pub share: Score,
}

// A third of the running text: of the pairs of different departments in data/gold 99 in 100 share under 5 %, template twins over 45 %.
const TEMPLATE_SHARE: f64 = 0.33;
// Four fifths: who shares nearly all of the text shares the needs too, and the filing is a copy.
const COPY_SHARE: f64 = 0.8;
// Half of an item: what two template twins say in the same words is the template's.
const TAKEN_OVER: f64 = 0.5;

/// The template that two filings share. Departments of one kind (two counties' traffic police) copy needs from each other; only
/// between different kinds is copied text a template.
pub fn shared(batch: Batch, pair: Pair) -> Option<Template> {
    let of = |p: crate::model::ProposalIdx| (&batch.corpus.fingerprints[p.get()], batch.corpus.kinds[p.get()].as_ref());
    let ((text_a, kind_a), (text_b, kind_b)) = (of(pair.a()), of(pair.b()));
    if kind_a == kind_b {
        return None;
    }
    let share = containment(text_a, text_b);
    (TEMPLATE_SHARE..COPY_SHARE).contains(&share).then(|| Template { share: Score::new(share) })
}

/// Whether what the two say in the same words is most of what one of them asks for: then it is a copy, whatever frames it.
pub fn is_copy(batch: Batch, pair: Pair, measured: &[Measured]) -> bool {
    let taken = measured.iter().filter(|m| m.verbatim >= TAKEN_OVER);
    let of_a: FxHashSet<NeedIdx> = taken.clone().map(|m| m.candidate.a).collect();
    let of_b: FxHashSet<NeedIdx> = taken.map(|m| m.candidate.b).collect();
    let substantive = |p| {
        batch
            .corpus
            .needs_of(p)
            .filter(|(_, n)| n.kind == NeedKind::Substantive && n.section != SectionKind::Name)
            .count()
    };
    2 * of_a.len() >= substantive(pair.a()).max(1) || 2 * of_b.len() >= substantive(pair.b()).max(1)
}

impl Template {
    /// Drops the evidence that rests on the template's words; at least the weakest stays, so that there is something to show.
    pub fn set_aside(self, measured: &mut Vec<Measured>) {
        let own_words = measured.iter().filter(|m| m.verbatim < TAKEN_OVER).count();
        if own_words > 0 {
            measured.retain(|m| m.verbatim < TAKEN_OVER);
        } else if let Some(weakest) = measured.iter().copied().min_by_key(|m| (m.score, m.candidate)) {
            *measured = vec![Measured { score: Score::ZERO, ..weakest }];
        }
    }
}
