//! The words that the analysis knows: concepts, stop words, generic items, kinds of departments.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::{DepartmentKind, Span};

use super::normalize::Folded;

/// What a concept is about; object and action together make a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConceptKind {
    /// Things, facts, business matters.
    Object,
    /// Where.
    Place,
    /// For whom.
    People,
    /// Data resources.
    Data,
    /// Equipment and sensors.
    Device,
    /// What is done.
    Action,
    /// Software modules found in every sector.
    Function,
    /// Techniques.
    Technology,
}

/// The number of a concept in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptIdx(pub u32);

/// A set of words that mean the same thing in filings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// The neutral name.
    pub name: String,
    /// What it is about.
    pub kind: ConceptKind,
    /// All its words, folded, the name among them.
    pub words: Vec<String>,
}

/// Why an item is no need of its own. The order is the order in which the reasons are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GenericReason {
    /// Security compliance.
    Security,
    /// Project management.
    Management,
    /// Training, upkeep, leases.
    Support,
    /// Servers, network, base software.
    Infrastructure,
    /// Hand-held devices, screens, rooms: each office has its own.
    Equipment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenericFile {
    items: BTreeMap<GenericReason, Vec<String>>,
    words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    stop: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DepartmentsFile {
    kinds: BTreeMap<DepartmentKind, Vec<String>>,
}

/// Words between generic phrases that are no content of their own.
const FILLERS: [&str; 12] =
    ["及其他", "其他", "万元", "亿元", "费用", "合计", "三年", "五年", "一年", "以及", "等", "及"];

/// All word lists.
pub struct Lexicon {
    concepts: Vec<Concept>,
    by_word: FxHashMap<String, ConceptIdx>,
    stop: FxHashSet<String>,
    generic: AhoCorasick,
    departments: AhoCorasick,
    department_kinds: Vec<DepartmentKind>,
}

/// A word list of the program: its name (for messages) and its text.
struct Source(&'static str, &'static str);

const THINGS: Source = Source("data/lexicon/things.toml", include_str!("../../data/lexicon/things.toml"));
const MEANS: Source = Source("data/lexicon/means.toml", include_str!("../../data/lexicon/means.toml"));
const GENERIC: Source = Source("data/lexicon/generic.toml", include_str!("../../data/lexicon/generic.toml"));
const DEPARTMENTS: Source =
    Source("data/lexicon/departments.toml", include_str!("../../data/lexicon/departments.toml"));

fn parse<T: serde::de::DeserializeOwned>(source: &Source) -> Result<T> {
    toml::from_str(source.1).map_err(|e| Error::toml(source.0, source.1, &e))
}

impl Lexicon {
    /// The lexicon that is part of the program.
    ///
    /// # Errors
    /// Where a word list is no valid TOML or names an unknown kind; the message holds the line.
    pub fn builtin() -> Result<Self> {
        let mut concepts = Vec::new();
        let mut by_word = FxHashMap::default();
        for source in [THINGS, MEANS] {
            let kinds: BTreeMap<ConceptKind, BTreeMap<String, Vec<String>>> = parse(&source)?;
            for (kind, sets) in kinds {
                for (name, words) in sets {
                    let idx = ConceptIdx(concepts.len() as u32);
                    let mut folded: Vec<String> =
                        std::iter::once(&name).chain(&words).map(|w| Folded::new(w).text).collect();
                    folded.dedup();
                    for word in &folded {
                        // A word belongs to the first set that names it; the check of the lexicon reports the second.
                        by_word.entry(word.clone()).or_insert(idx);
                    }
                    concepts.push(Concept { name, kind, words: folded });
                }
            }
        }
        let generic: GenericFile = parse(&GENERIC)?;
        let departments: DepartmentsFile = parse(&DEPARTMENTS)?;
        let phrases: Vec<String> = generic.items.values().flatten().map(|phrase| Folded::new(phrase).text).collect();
        let mut names = Vec::new();
        let mut department_kinds = Vec::new();
        for (kind, spellings) in departments.kinds {
            for spelling in std::iter::once(&kind.0).chain(&spellings) {
                names.push(Folded::new(spelling).text);
                department_kinds.push(kind.clone());
            }
        }
        Ok(Self {
            concepts,
            by_word,
            stop: generic.words.stop.iter().map(|w| Folded::new(w).text).collect(),
            generic: automaton(&phrases, GENERIC.0)?,
            departments: automaton(&names, DEPARTMENTS.0)?,
            department_kinds,
        })
    }

    /// The concept that a folded word stands for.
    pub fn concept_of(&self, word: &str) -> Option<ConceptIdx> {
        self.by_word.get(word).copied()
    }

    /// The concept at `idx`.
    pub fn concept(&self, idx: ConceptIdx) -> &Concept {
        &self.concepts[idx.0 as usize]
    }

    /// All concepts; a [`ConceptIdx`] is a position in it.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// All words with a concept, in a fixed order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.concepts.iter().flat_map(|c| c.words.iter().map(String::as_str))
    }

    /// Whether a folded word carries no meaning for telling two projects apart.
    pub fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// Share of the characters of a folded text that lies in phrases of generic items (等保测评, 监理, 培训 …), 0..=1.
    ///
    /// Digits, units and fillers ("及其他", "等30万元") count on neither side.
    pub fn generic_share(&self, folded: &str) -> f64 {
        let mut text = folded.to_owned();
        for filler in FILLERS {
            text = text.replace(filler, ",");
        }
        let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
        let total = letters(&text);
        if total == 0 {
            return 1.0;
        }
        let covered: usize = self.generic.find_iter(&text).map(|m| letters(&text[m.range()])).sum();
        covered as f64 / total as f64
    }

    /// The departments that a text names: the bytes of each spelling in the text as filed, and its kind.
    pub fn spellings_in(&self, text: &str) -> Vec<(Span, DepartmentKind)> {
        let folded = Folded::new(text);
        self.departments
            .find_overlapping_iter(&folded.text)
            .map(|m| {
                let kind = self.department_kinds[m.pattern().as_usize()].clone();
                (folded.original(m.start(), m.end(), text), kind)
            })
            .collect()
    }

    /// All kinds of departments, in a fixed order.
    pub fn department_kinds(&self) -> Vec<&DepartmentKind> {
        let mut kinds: Vec<&DepartmentKind> = self.department_kinds.iter().collect();
        kinds.dedup();
        kinds
    }

    /// The kind of a department, by the most specific of its spellings in `name`: longest first, then the one further right
    /// ("市公安局交警支队" is 交警).
    pub fn department_kind(&self, name: &str) -> Option<DepartmentKind> {
        let folded = Folded::new(name).text;
        self.departments
            .find_overlapping_iter(&folded)
            .max_by_key(|m| (m.len(), m.end()))
            .map(|m| self.department_kinds[m.pattern().as_usize()].clone())
    }
}

fn automaton(words: &[String], file: &str) -> Result<AhoCorasick> {
    let kind = if file == DEPARTMENTS.0 { MatchKind::Standard } else { MatchKind::LeftmostLongest };
    AhoCorasick::builder()
        .match_kind(kind)
        .build(words)
        .map_err(|e| Error::Data { file: file.to_owned(), reason: e.to_string() })
}
