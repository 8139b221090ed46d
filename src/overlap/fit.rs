//! Fits the weights of the score, and the threshold, on labelled pairs: a logistic regression over each pair's surest match.

use crate::model::{Score, SignalKind};
use crate::settings::{OverlapSettings, Weights};

use super::corroborate::Partners;
use super::signals::Measured;
use super::{align, pair_score, score};

const SIGNALS: usize = SignalKind::ALL.len();

/// What a person says of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It is to be found.
    Found,
    /// It looks alike and is not to be listed.
    LookAlike,
    /// Nothing in common.
    Nothing,
}

/// A labelled pair with the evidence on its candidates.
#[derive(Debug, Clone)]
pub struct Example {
    /// What is right.
    pub wanted: Wanted,
    /// All its candidates.
    pub measured: Vec<Measured>,
}

/// What was learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// Of the signals; 0 for one that was left out or would count against.
    pub weights: Weights,
    /// From which score a pair is listed.
    pub threshold: f64,
}

// The surest match of a pair depends on the weights and the weights on it; after 4 rounds neither moves by a hundredth.
const ROUNDS: usize = 6;
// Newton's method doubles the digits at each step.
const STEPS: usize = 25;

/// Fits on the pairs of `corpora` with the signals in `used`; `None` where they hold no pair to be found, or no other.
///
/// Maximum a posteriori of the logistic model with a standard normal prior on each weight, none on the bias (ridge, λ = 1), by
/// Newton's method. Evidence never counts against a pair: a signal whose weight would be negative is left out.
pub fn fit(corpora: &[&[Example]], used: &[SignalKind], settings: &OverlapSettings) -> Option<Fitted> {
    let examples: Vec<&Example> = corpora.iter().copied().flatten().filter(|e| !e.measured.is_empty()).collect();
    let right = examples.iter().filter(|e| e.wanted == Wanted::Found).count();
    if right == 0 || right == examples.len() {
        return None;
    }
    let mut used: Vec<usize> = (0..SIGNALS).filter(|i| used.contains(&SignalKind::ALL[*i])).collect();
    let mut weights = settings.weights.clone();
    for _ in 0..ROUNDS {
        let rows: Vec<([f64; SIGNALS], bool)> =
            examples.iter().filter_map(|e| Some((surest(&e.measured, &weights)?, e.wanted == Wanted::Found))).collect();
        let mut found = regress(&rows, &used);
        while let Some(against) = used.iter().copied().find(|i| found[*i] < 0.0) {
            used.retain(|i| *i != against);
            found = regress(&rows, &used);
        }
        weights = named(&found);
    }
    let threshold = threshold(corpora, &weights, settings.match_threshold);
    Some(Fitted { weights, threshold })
}

/// The values of the candidate that scores highest.
fn surest(measured: &[Measured], weights: &Weights) -> Option<[f64; SIGNALS]> {
    measured
        .iter()
        .map(|m| (score::score(&m.values, weights), std::cmp::Reverse(m.candidate), m.values))
        .max_by(|x, y| x.0.cmp(&y.0).then(x.1.cmp(&y.1)))
        .map(|(_, _, values)| values)
}

fn named(found: &[f64; SIGNALS + 1]) -> Weights {
    let of = |kind| SignalKind::ALL.iter().position(|k| *k == kind).map_or(0.0, |i| found[i]);
    Weights {
        bias: found[SIGNALS],
        capability: of(SignalKind::Capability),
        affinity: of(SignalKind::Affinity),
        meaning: of(SignalKind::Meaning),
        setting: of(SignalKind::Setting),
    }
}

/// Weights by position, the bias last; 0 for what is not used.
fn regress(rows: &[([f64; SIGNALS], bool)], used: &[usize]) -> [f64; SIGNALS + 1] {
    let size = used.len() + 1;
    let input =
        |values: &[f64; SIGNALS]| -> Vec<f64> { used.iter().map(|i| values[*i]).chain(std::iter::once(1.0)).collect() };
    let mut weights = vec![0.0; size];
    for _ in 0..STEPS {
        let mut gradient = vec![0.0; size];
        let mut hessian = vec![vec![0.0; size]; size];
        for (values, right) in rows {
            let x = input(values);
            let z: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let p = 1.0 / (1.0 + (-z).exp());
            for i in 0..size {
                gradient[i] += x[i] * (p - f64::from(u8::from(*right)));
                for j in 0..size {
                    hessian[i][j] += x[i] * x[j] * p * (1.0 - p);
                }
            }
        }
        for i in 0..used.len() {
            gradient[i] += weights[i];
            hessian[i][i] += 1.0;
        }
        // Keeps the system solvable where all rows are alike.
        hessian[used.len()][used.len()] += 1e-9;
        for (w, step) in weights.iter_mut().zip(solve(hessian, gradient)) {
            *w -= step;
        }
    }
    let mut found = [0.0; SIGNALS + 1];
    for (at, weight) in used.iter().chain(std::iter::once(&SIGNALS)).zip(weights) {
        found[*at] = weight;
    }
    found
}

/// Solves a × x = b by Gaussian elimination with partial pivoting.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        let (above, below) = a.split_at_mut(i + 1);
        for (row, rest) in below.iter_mut().enumerate() {
            let factor = rest[i] / above[i][i];
            for (x, y) in rest.iter_mut().zip(&above[i]).skip(i) {
                *x -= factor * y;
            }
            b[i + 1 + row] -= factor * b[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| a[i][j] * b[j]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}

/// Half of the best F1 that any threshold reaches on the examples, rounded to hundredths: where scores are probabilities, that is
/// the threshold that reaches it (Lipton, Elkan & Naryanaswamy 2014), and it moves less with single pairs than the place of the
/// maximum itself.
fn threshold(corpora: &[&[Example]], weights: &Weights, match_threshold: f64) -> f64 {
    let mut scored: Vec<(Score, Wanted)> =
        corpora.iter().flat_map(|examples| rescored(examples, weights, match_threshold)).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let right = scored.iter().filter(|(_, w)| *w == Wanted::Found).count() as f64;
    let mut found = 0.0;
    let best = scored.iter().enumerate().fold(0.0, |best: f64, (i, (_, wanted))| {
        found += f64::from(u8::from(*wanted == Wanted::Found));
        best.max(2.0 * found / (right + (i + 1) as f64))
    });
    (best * 50.0).round() / 100.0
}

/// The scores of the pairs of one corpus under other weights.
fn rescored(examples: &[Example], weights: &Weights, match_threshold: f64) -> Vec<(Score, Wanted)> {
    let mut again: Vec<Vec<Measured>> = examples
        .iter()
        .map(|e| e.measured.iter().map(|m| Measured { score: score::score(&m.values, weights), ..*m }).collect())
        .collect();
    let partners = Partners::learn(again.iter().flatten());
    for measured in again.iter_mut().flatten() {
        partners.support(measured);
    }
    again
        .into_iter()
        .zip(examples)
        .map(|(measured, example)| {
            let aligned = align::one_to_one(measured);
            let sure = aligned.iter().take_while(|m| m.score.get() >= match_threshold).count();
            (pair_score(aligned.iter().take(sure.max(1)).map(|m| m.score)), example.wanted)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Candidate, NeedIdx, Rule};

    fn example(n: u32, wanted: Wanted, capability: f64, meaning: f64) -> Example {
        let candidate = Candidate { a: NeedIdx(2 * n), b: NeedIdx(2 * n + 1), rule: Rule::SharedTerms };
        let values = [capability, 0.0, meaning, 0.0];
        let one =
            Measured { candidate, values, verbatim: 0.0, capability: None, through: None, score: Score::new(0.5) };
        Example { wanted, measured: vec![one] }
    }

    fn settings() -> OverlapSettings {
        crate::settings::Settings::builtin().unwrap().overlap
    }

    #[test]
    fn what_tells_pairs_apart_gets_weight_and_what_speaks_against_them_none() {
        let examples: Vec<Example> = (0..400)
            .map(|i| {
                let right = i % 4 == 0;
                let meaning = if right { 0.7 } else { 0.2 } + f64::from(i % 5) * 0.02;
                example(i, if right { Wanted::Found } else { Wanted::Nothing }, if right { 0.0 } else { 0.5 }, meaning)
            })
            .collect();
        let fitted = fit(&[&examples], &SignalKind::ALL, &settings()).unwrap();
        assert!(fitted.weights.meaning > 1.0, "{fitted:?}");
        assert_eq!(fitted.weights.capability, 0.0);
        for (score, wanted) in rescored(&examples, &fitted.weights, 0.0) {
            assert_eq!(score.get() >= fitted.threshold, wanted == Wanted::Found);
        }
    }

    #[test]
    fn labels_of_one_kind_teach_nothing() {
        let examples = vec![example(0, Wanted::Found, 1.0, 1.0), example(1, Wanted::Found, 0.5, 1.0)];
        assert_eq!(fit(&[&examples], &SignalKind::ALL, &settings()), None);
        assert_eq!(fit(&[], &SignalKind::ALL, &settings()), None);
    }

    #[test]
    fn a_system_of_equations_is_solved() {
        let x = solve(vec![vec![0.0, 2.0], vec![3.0, 1.0]], vec![4.0, 5.0]);
        assert!((x[0] - 1.0).abs() < 1e-12 && (x[1] - 2.0).abs() < 1e-12);
    }
}
