//! A degree of likeness that is never NaN.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A degree of likeness from 0 (nothing in common) to 1 (the same). 重叠度.
///
/// [`Score::new`] is the only way to one: NaN becomes 0 and everything else is clamped, so scores are totally ordered.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "f64")]
pub struct Score(f64);

impl Score {
    /// Nothing in common.
    pub const ZERO: Score = Score(0.0);
    /// The same.
    pub const ONE: Score = Score(1.0);

    /// `value` clamped to 0..=1; NaN is 0.
    pub fn new(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl From<f64> for Score {
    fn from(value: f64) -> Self {
        Score::new(value)
    }
}

impl Eq for Score {}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}
