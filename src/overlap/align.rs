//! Aligns the needs of two proposals, each need once.

use rustc_hash::FxHashSet;

use crate::model::NeedMatch;

/// The matches with at least `threshold`, best first, such that no need stands in two of them (greedy assignment, ties by need).
pub fn one_to_one(mut matches: Vec<NeedMatch>, threshold: f64) -> Vec<NeedMatch> {
    matches.sort_by(|x, y| y.score.cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut used = FxHashSet::default();
    matches.retain(|m| {
        let free = m.score.get() >= threshold && !used.contains(&m.a) && !used.contains(&m.b);
        if free {
            used.extend([m.a, m.b]);
        }
        free
    });
    matches
}
