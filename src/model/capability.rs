//! One thing that can be built, with all the names that departments give it.

use serde::{Deserialize, Serialize};

use super::DepartmentKind;

/// 能力: an entry of the capability catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Unique and stable, such as `JT-001`.
    pub code: String,
    /// The planner's neutral name.
    pub name: String,
    /// 行业.
    pub sector: String,
    /// Names and phrases as departments, counties and vendors write them.
    pub names: Vec<String>,
    /// How an item of a filing describes building it without its name: by parts, steps, purpose, data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub says: Vec<String>,
    /// Words for what is acted on.
    pub objects: Vec<String>,
    /// Words for what is done to it.
    pub actions: Vec<String>,
    /// Who leads by legal duty, best first.
    pub owner: Vec<DepartmentKind>,
    /// 基础类统建: a base platform that the city builds once for everybody.
    pub common: bool,
    /// Codes of entries that look alike and are not the same thing.
    #[serde(default)]
    pub confusable: Vec<String>,
}
