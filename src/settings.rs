//! What an analyst may tune; the defaults are data/settings.toml, compiled in, which explains each value.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The default settings as text, to be copied and changed.
pub const DEFAULT_TOML: &str = include_str!("../data/settings.toml");

/// All settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Texts to needs.
    pub text: TextSettings,
    /// Needs to candidates.
    pub index: IndexSettings,
    /// Candidates to overlaps.
    pub overlap: OverlapSettings,
    /// Overlaps to groups.
    pub consolidate: ConsolidateSettings,
}

/// Texts to needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSettings {
    /// A sentence that stands in filings of this many kinds of departments is stock text.
    pub boilerplate_owners: usize,
    /// Share of generic phrases from which a title makes its item generic, 0..=1.
    pub generic_head_share: f64,
    /// Share of generic phrases from which the whole text makes the item generic, 0..=1.
    pub generic_item_share: f64,
    /// Extra weight of a word in the title; 1 counts it twice.
    pub head_weight: f32,
    /// Weight of a word of the project's name in each of its items; 1 counts like a word of the item.
    pub name_weight: f32,
}

/// Needs to candidates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexSettings {
    /// How many of its strongest terms a need looks for partners with.
    pub strongest_terms: usize,
    /// How many partners a need proposes at most.
    pub partners: usize,
    /// How many partners a need may propose in any batch, however large.
    pub fewest_partners: usize,
    /// How many candidates a batch may propose; a large batch has fewer partners a need.
    pub candidate_budget: usize,
    /// Terms of more needs than this propose nothing.
    pub longest_posting: usize,
}

/// Candidates to overlaps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverlapSettings {
    /// Score from which a pair is listed.
    pub threshold: f64,
    /// Score from which two needs count as the same.
    pub match_threshold: f64,
    /// Coverage of both sides that makes a duplicate.
    pub duplicate_coverage: f64,
    /// Coverage of one side that makes it lie within the other.
    pub contained_coverage: f64,
    /// The score of two needs.
    pub weights: Weights,
}

/// The logistic formula that turns signals into the score of two needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Log-odds without any evidence.
    pub bias: f64,
    /// Of a shared capability.
    pub capability: f64,
    /// Of the same nearest capabilities.
    pub affinity: f64,
    /// Of like meaning.
    pub meaning: f64,
    /// Of filings of like meaning as a whole.
    pub setting: f64,
}

/// Overlaps to groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsolidateSettings {
    /// Share of matched pairs between two sets of needs from which they are one thing, 0..=1.
    pub linked_share: f64,
    /// Jaccard likeness of members from which two groups are one.
    pub merge_groups: f64,
}

impl Settings {
    /// Reads settings; `file` names them in messages.
    ///
    /// # Errors
    /// Where a name is misspelt or missing, or a value has the wrong type; the message holds the line.
    pub fn from_toml(file: &str, text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|e| Error::toml(file, text, &e))
    }

    /// The settings that are part of the program.
    ///
    /// # Errors
    /// Never for the released program: a test reads them.
    pub fn builtin() -> Result<Self> {
        Self::from_toml("data/settings.toml", DEFAULT_TOML)
    }
}
