//! Words that rules go by: what says that something is used and not built, what says that a look-alike is no duplicate.

use serde::Deserialize;

use crate::error::{Error, Result};

/// Words that say that a clause uses what stands, or that something is not built; data/rules/usage.toml.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageWords {
    /// Something is not built since others have it.
    pub declined: Vec<String>,
    /// Something is not built.
    pub negated: Vec<String>,
    /// Something of others is used.
    pub used: Vec<String>,
    /// What others offer; beside a word of use, the whole clause is about their thing.
    pub offered: Vec<String>,
}

/// Words that tell look-alikes from overlaps; data/rules/exclusion.toml.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExclusionWords {
    /// A project goes on with something.
    pub follow_up: Vec<String>,
    /// A project keeps something running.
    pub upkeep: Vec<String>,
    /// Frame words of names.
    pub frame: Vec<String>,
    /// A rollout ordered from above.
    pub rollout: Vec<String>,
}

impl UsageWords {
    /// The words that are part of the program.
    ///
    /// # Errors
    /// Where the file is no valid TOML.
    pub fn builtin() -> Result<Self> {
        read("data/rules/usage.toml", include_str!("../../data/rules/usage.toml"))
    }
}

impl ExclusionWords {
    /// The words that are part of the program.
    ///
    /// # Errors
    /// Where the file is no valid TOML.
    pub fn builtin() -> Result<Self> {
        read("data/rules/exclusion.toml", include_str!("../../data/rules/exclusion.toml"))
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| Error::toml(file, text, &e))
}
