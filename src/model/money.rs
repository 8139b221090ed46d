//! Money in 万元, exact to the yuan.

use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// An amount of money, shown in 万元 (ten thousand yuan), kept exactly in whole yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Wan {
    yuan: i64,
}

impl Wan {
    /// No money.
    pub const ZERO: Wan = Wan { yuan: 0 };

    /// An amount given in yuan.
    pub fn from_yuan(yuan: i64) -> Self {
        Self { yuan }
    }

    /// An amount given in 万元, rounded to the nearest yuan; `None` where the number is not finite or beyond ±900 trillion yuan.
    pub fn from_wan(wan: f64) -> Option<Self> {
        let yuan = (wan * 10_000.0).round();
        // 2^53: beyond it an f64 no longer counts single yuan, so the amount could not be exact.
        (yuan.is_finite() && yuan.abs() < 9.0e15).then_some(Self { yuan: yuan as i64 })
    }

    /// Whole yuan.
    pub fn yuan(self) -> i64 {
        self.yuan
    }

    /// 万元 as a number, for shares and ratios; for display use `Display`, which is exact.
    pub fn as_wan(self) -> f64 {
        self.yuan as f64 / 10_000.0
    }

    /// `share` (0..=1) of the amount, rounded to the nearest yuan.
    pub fn share(self, share: f64) -> Self {
        Self { yuan: (self.yuan as f64 * share.clamp(0.0, 1.0)).round() as i64 }
    }
}

impl Add for Wan {
    type Output = Wan;
    fn add(self, other: Wan) -> Wan {
        Wan { yuan: self.yuan.saturating_add(other.yuan) }
    }
}

impl Sub for Wan {
    type Output = Wan;
    fn sub(self, other: Wan) -> Wan {
        Wan { yuan: self.yuan.saturating_sub(other.yuan) }
    }
}

impl Sum for Wan {
    fn sum<I: Iterator<Item = Wan>>(amounts: I) -> Wan {
        amounts.fold(Wan::ZERO, Add::add)
    }
}

impl std::fmt::Display for Wan {
    /// 万元 without trailing zeros: `1200`, `968.5`, `0.0001`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.yuan < 0 { "-" } else { "" };
        let yuan = self.yuan.unsigned_abs();
        let (whole, rest) = (yuan / 10_000, yuan % 10_000);
        if rest == 0 {
            return f.pad(&format!("{sign}{whole}"));
        }
        let fraction = format!("{rest:04}");
        f.pad(&format!("{sign}{whole}.{}", fraction.trim_end_matches('0')))
    }
}

/// The text is not a plain decimal number of 万元.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("不是以万元计的数")]
pub struct ParseWanError;

impl std::str::FromStr for Wan {
    type Err = ParseWanError;

    /// Reads what `Display` writes: a decimal number of 万元 with at most four decimals.
    fn from_str(text: &str) -> Result<Self, ParseWanError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 4 || !all_digits(whole) || !all_digits(fraction) {
            return Err(ParseWanError);
        }
        let yuan: i64 = format!("{whole}{fraction:0<4}").parse().map_err(|_| ParseWanError)?;
        Ok(Self { yuan: if negative { -yuan } else { yuan } })
    }
}

impl Serialize for Wan {
    /// As a decimal string of 万元, so that no reader rounds it.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Wan {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_without_trailing_zeros() {
        for (yuan, shown) in [(12_000_000, "1200"), (9_685_000, "968.5"), (1, "0.0001"), (-15_000, "-1.5"), (0, "0")] {
            assert_eq!(Wan::from_yuan(yuan).to_string(), shown);
            assert_eq!(shown.parse(), Ok(Wan::from_yuan(yuan)));
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-", "1,200", "1.23456", "约1200", "1e3", "99999999999999999999"] {
            assert_eq!(text.parse::<Wan>(), Err(ParseWanError), "{text}");
        }
        assert_eq!(Wan::from_wan(f64::NAN), None);
        assert_eq!(Wan::from_wan(1e30), None);
    }
}
