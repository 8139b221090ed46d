//! Corroboration (佐证): two needs that both are like a third are likely the same, whatever words they use themselves.
//!
//! "起降舱" and "无人机巡河" may share nothing; a third filing that says "无人机自动机场、飞行任务管理" is like both. One step only, and
//! never more than half sure: longer chains would join strangers (Kalashnikov & Mehrotra 2006 use such paths for linking records).

use rustc_hash::FxHashMap;

use crate::model::{NeedIdx, Score, Through};

use super::signals::Measured;

/// How much a third need can raise a score: to half at most, however sure both its sides are.
/// Of 0.3, 0.5, 0.7 and 1 it did best over the five corpora of data/gold.
pub const CORROBORATED: f64 = 0.5;
// 0.1: a partner that is less sure adds under 0.05 even where the other side is certain.
pub(super) const SURE_ENOUGH: f64 = 0.1;

/// For each need those that are likely the same, by need, with how sure it is.
#[derive(Default)]
pub struct Partners(FxHashMap<NeedIdx, Vec<(NeedIdx, f64)>>);

impl Partners {
    /// Learns from what was measured over a whole batch; pairs of one department must not be among them.
    pub fn learn<'a>(measured: impl Iterator<Item = &'a Measured>) -> Self {
        let mut partners: FxHashMap<NeedIdx, Vec<(NeedIdx, f64)>> = FxHashMap::default();
        for m in measured.filter(|m| m.score.get() >= SURE_ENOUGH) {
            partners.entry(m.candidate.a).or_default().push((m.candidate.b, m.score.get()));
            partners.entry(m.candidate.b).or_default().push((m.candidate.a, m.score.get()));
        }
        for of_need in partners.values_mut() {
            of_need.sort_unstable_by_key(|(need, _)| *need);
        }
        Self(partners)
    }

    /// The third need that speaks most for `a` and `b`, the first of equals.
    pub fn through(&self, a: NeedIdx, b: NeedIdx) -> Option<Through> {
        let (of_a, of_b) = (self.0.get(&a)?, self.0.get(&b)?);
        let (mut i, mut j, mut best) = (0, 0, None::<(NeedIdx, f64)>);
        while i < of_a.len() && j < of_b.len() {
            match of_a[i].0.cmp(&of_b[j].0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let support = of_a[i].1 * of_b[j].1;
                    if best.is_none_or(|(_, most)| support > most) {
                        best = Some((of_a[i].0, support));
                    }
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        best.map(|(need, support)| Through { need, support: Score::new(support) })
    }

    /// Raises the score of two needs by what the third says: 1 − (1 − s) × (1 − [`CORROBORATED`] × support).
    pub fn support(&self, measured: &mut Measured) {
        measured.through = self.through(measured.candidate.a, measured.candidate.b);
        if let Some(through) = measured.through {
            measured.score = raised(measured.score, through);
        }
    }
}

/// A score raised by a third need.
pub fn raised(own: Score, through: Through) -> Score {
    Score::new(1.0 - (1.0 - own.get()) * (1.0 - CORROBORATED * through.support.get()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Candidate, Rule, SignalKind};

    fn measured(a: u32, b: u32, score: f64) -> Measured {
        let candidate = Candidate { a: NeedIdx(a), b: NeedIdx(b), rule: Rule::SharedTerms };
        let values = [0.0; SignalKind::ALL.len()];
        Measured { candidate, values, verbatim: 0.0, capability: None, through: None, score: Score::new(score) }
    }

    #[test]
    fn a_third_need_speaks_for_two_that_do_not_know_each_other() {
        let batch = [measured(1, 2, 0.9), measured(2, 3, 0.8), measured(1, 3, 0.05), measured(1, 4, 0.05)];
        let partners = Partners::learn(batch.iter());
        let mut helped = batch[2];
        partners.support(&mut helped);
        assert_eq!(helped.through.map(|t| t.need), Some(NeedIdx(2)));
        assert!((helped.score.get() - (1.0 - 0.95 * (1.0 - 0.5 * 0.72))).abs() < 1e-12);
        let mut alone = batch[3];
        partners.support(&mut alone);
        assert_eq!((alone.through, alone.score), (None, batch[3].score));
    }
}
