//! Aligns the needs of two proposals, each need once.

use rustc_hash::FxHashSet;

use super::signals::Measured;

/// Matches best first, such that no need stands in two of them (greedy assignment, ties by need).
pub fn one_to_one(mut matches: Vec<Measured>) -> Vec<Measured> {
    let needs = |m: &Measured| (m.candidate.a, m.candidate.b);
    matches.sort_by(|x, y| y.score.cmp(&x.score).then(needs(x).cmp(&needs(y))));
    let mut used = FxHashSet::default();
    matches.retain(|m| {
        let (a, b) = needs(m);
        let free = !used.contains(&a) && !used.contains(&b);
        if free {
            used.extend([a, b]);
        }
        free
    });
    matches
}
