//! The score of two needs: a logistic formula over the signals that a person can recompute by hand.

use crate::model::{Score, SignalKind};
use crate::settings::Weights;

/// The weight of a kind of signal.
pub fn weight(kind: SignalKind, weights: &Weights) -> f64 {
    match kind {
        SignalKind::Capability => weights.capability,
        SignalKind::Affinity => weights.affinity,
        SignalKind::Meaning => weights.meaning,
        SignalKind::Setting => weights.setting,
    }
}

/// 1 / (1 + e^-(bias + Σ weight × value)), the values in the order of [`SignalKind::ALL`].
pub fn score(values: &[f64; SignalKind::ALL.len()], weights: &Weights) -> Score {
    let evidence: f64 =
        SignalKind::ALL.into_iter().zip(values).map(|(kind, value)| weight(kind, weights) * value).sum();
    Score::new(1.0 / (1.0 + (-(weights.bias + evidence)).exp()))
}
