//! The score of two needs: a logistic formula over the signals that a person can recompute by hand.

use crate::model::{Score, Signal, SignalKind};
use crate::settings::Weights;

/// The weight of a kind of signal.
pub fn weight(kind: SignalKind, weights: &Weights) -> f64 {
    match kind {
        SignalKind::Terms => weights.terms,
        SignalKind::Capability => weights.capability,
        SignalKind::Affinity => weights.affinity,
        SignalKind::ObjectAction => weights.object_action,
        SignalKind::Verbatim => weights.verbatim,
        SignalKind::Heads => weights.heads,
        SignalKind::Context => weights.context,
    }
}

/// 1 / (1 + e^-(bias + Σ weight × value)).
pub fn score(signals: &[Signal], weights: &Weights) -> Score {
    let log_odds: f64 = weights.bias + signals.iter().map(|s| weight(s.kind, weights) * s.value.get()).sum::<f64>();
    Score::new(1.0 / (1.0 + (-log_odds).exp()))
}
