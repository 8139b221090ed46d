//! Who files: the department, its region and what kind of office it is.

use serde::{Deserialize, Serialize};

/// The region a department belongs to. 行政区划.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Region {
    /// 市本级.
    City,
    /// A county, district or development zone, by the name that filings use.
    Local(String),
}

impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Region::City => f.pad("市本级"),
            Region::Local(name) => f.pad(name),
        }
    }
}

/// Who files. 单位.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Department {
    /// The name as filed, trimmed; empty where the filing names nobody.
    pub name: String,
    /// Where it belongs.
    pub region: Region,
    /// The department above it (主管部门), where the filing names one.
    pub parent: Option<String>,
}

/// The kind of office behind differently written names ("市公安局交警支队", "县交警大队" → 交警), from data/lexicon/departments.toml.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DepartmentKind(pub String);

impl std::fmt::Display for DepartmentKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
