//! The capability catalogue: loads it, checks it, and finds its capabilities in a text.
//!
//! A text has a capability when one of its names stands in it, or when a word for its object and a word for its action stand
//! in one clause. Words are widened by their concepts, so "车位" finds what the entry calls "泊位".

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Error, Result};
use crate::model::{Capability, CapabilityIdx, CapabilityMatch, Grade, Score, Span};

use super::entries;
use super::lexicon::{ConceptKind, Lexicon};
use super::normalize::Folded;
use super::rules::UsageWords;

/// The capabilities and the machines that find them.
pub struct Catalogue {
    capabilities: Vec<Capability>,
    phrases: AhoCorasick,
    /// What each phrase of the automaton means.
    roles: Vec<Roles>,
    declined: AhoCorasick,
    negated: AhoCorasick,
    used: AhoCorasick,
    offered: AhoCorasick,
}

/// What a phrase stands for.
#[derive(Default)]
struct Roles {
    names: Vec<CapabilityIdx>,
    objects: Vec<CapabilityIdx>,
    /// In the names of how many sectors the phrase stands; at least 1.
    sectors: usize,
    actions: FxHashSet<CapabilityIdx>,
}

/// How sure a capability is that was found by its name: the phrase means nothing else by the rules of the catalogue.
const NAMED: f64 = 1.0;
/// How sure one is that was found by object and action in the title of an item, and elsewhere in it.
const DESCRIBED_IN_HEAD: f64 = 0.9;
const DESCRIBED: f64 = 0.6;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// The files of data/capabilities with their text; tests/architecture.rs checks that none is missing.
        const CAPABILITY_FILES: &[(&str, &str)] = &[$((
            concat!("data/capabilities/", $name),
            include_str!(concat!("../../data/capabilities/", $name)),
        )),+];
    };
}

files![
    "public-security.toml",
    "traffic.toml",
    "city-management.toml",
    "emergency.toml",
    "water-environment.toml",
    "land-forest.toml",
    "health.toml",
    "insurance.toml",
    "civil-affairs.toml",
    "education.toml",
    "market.toml",
    "economy.toml",
    "finance-audit.toml",
    "agriculture.toml",
    "culture.toml",
    "platforms.toml",
    "governance.toml",
    "party-office.toml",
    "service.toml",
    "generic.toml",
];

impl Catalogue {
    /// The catalogue that is part of the program, data/capabilities/*.toml.
    ///
    /// # Errors
    /// Where an entry is invalid; the message names file and entry.
    pub fn builtin(lexicon: &Lexicon) -> Result<Self> {
        Self::new(Self::builtin_entries()?, lexicon)
    }

    /// The entries of [`Catalogue::builtin`], before anything is made of them.
    ///
    /// # Errors
    /// Where an entry is invalid; the message names file and entry.
    pub fn builtin_entries() -> Result<Vec<Capability>> {
        let parsed: Result<Vec<Vec<Capability>>> =
            CAPABILITY_FILES.par_iter().map(|(file, text)| entries::parse(file, text)).collect();
        Ok(parsed?.into_iter().flatten().collect())
    }

    /// A catalogue of these capabilities.
    ///
    /// # Errors
    /// Where two entries share a code, or the phrases cannot be compiled.
    pub fn new(capabilities: Vec<Capability>, lexicon: &Lexicon) -> Result<Self> {
        let mut seen = FxHashSet::default();
        if let Some(twice) = capabilities.iter().find(|c| !seen.insert(c.code.as_str())) {
            let reason = format!("代码 {} 出现两次；每项能力的 code 须唯一", twice.code);
            return Err(Error::Data { file: "能力目录".to_owned(), reason });
        }
        let mut roles: BTreeMap<String, Roles> = BTreeMap::new();
        for (i, capability) in capabilities.iter().enumerate() {
            let idx = CapabilityIdx(i as u32);
            for name in capability.all_names() {
                roles.entry(Folded::new(name).text).or_default().names.push(idx);
            }
            for word in widen(
                &capability.objects,
                lexicon,
                &[ConceptKind::Object, ConceptKind::Device, ConceptKind::Place, ConceptKind::People],
            ) {
                roles.entry(word).or_default().objects.push(idx);
            }
            for word in widen(&capability.actions, lexicon, &[ConceptKind::Action]) {
                roles.entry(word).or_default().actions.insert(idx);
            }
        }
        roles.remove("");
        let (words, mut roles): (Vec<String>, Vec<Roles>) = roles.into_iter().unzip();
        let phrases = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&words)
            .map_err(|e| Error::Data { file: "能力目录".to_owned(), reason: e.to_string() })?;
        count_sectors(&capabilities, &phrases, &mut roles);
        let usage = UsageWords::builtin()?;
        let automaton = |words: &[String]| {
            AhoCorasick::new(words.iter().map(|w| Folded::new(w).text))
                .map_err(|e| Error::Data { file: "data/rules/usage.toml".to_owned(), reason: e.to_string() })
        };
        Ok(Self {
            capabilities,
            phrases,
            roles,
            declined: automaton(&usage.declined)?,
            negated: automaton(&[&usage.declined[..], &usage.negated[..]].concat())?,
            used: automaton(&usage.used)?,
            offered: automaton(&usage.offered)?,
        })
    }

    /// All capabilities; a [`CapabilityIdx`] is a position in it.
    pub fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }

    /// The capability at `idx`.
    pub fn get(&self, idx: CapabilityIdx) -> &Capability {
        &self.capabilities[idx.get()]
    }

    /// The capabilities that a query is about: as [`Catalogue::find`], and those of which it names the object without an action,
    /// since "路侧停车泊位" asks for everything about it.
    pub fn about(&self, query: &str) -> Vec<CapabilityMatch> {
        let whole = Span::new(0, query.len());
        let mut found = self.find(query, whole, whole);
        let folded = Folded::new(query);
        for m in self.phrases.find_overlapping_iter(&folded.text) {
            let roles = &self.roles[m.pattern().as_usize()];
            let sharers = roles.objects.len().max(roles.sectors).max(1);
            for &capability in &roles.objects {
                if found.iter().all(|f| f.capability != capability) {
                    let strength = Score::new(OBJECT_ONLY / (sharers as f64).sqrt());
                    let span = folded.original(m.start(), m.end(), query);
                    found.push(CapabilityMatch { capability, grade: Grade::Described, strength, span });
                }
            }
        }
        found.sort_by(|a, b| b.strength.cmp(&a.strength).then(a.capability.cmp(&b.capability)));
        found
    }

    /// Whether an item says that it takes something from others and does not build it itself.
    pub fn declines(&self, item: &str) -> bool {
        self.declined.is_match(&Folded::new(item).text)
    }

    /// The parts of an item that say what is built: its clauses without those about what of others is used and what is not built.
    pub fn built_parts<'a>(&self, item: &'a str) -> Vec<&'a str> {
        item.split([',', '，', '。', ';', '；', '\n', '(', '（', ')', '）'])
            .filter(|clause| {
                let folded = Folded::new(clause).text;
                !(self.negated.is_match(&folded) || self.used.is_match(&folded) && self.offered.is_match(&folded))
            })
            .collect()
    }

    /// The capabilities of the item `span` of `text`, whose title is `head`: strongest first, ties by index, each once.
    pub fn find(&self, text: &str, span: Span, head: Span) -> Vec<CapabilityMatch> {
        let item = span.of(text);
        let folded = Folded::new(item);
        let mut found: FxHashMap<CapabilityIdx, CapabilityMatch> = FxHashMap::default();
        let mut keep = |m: CapabilityMatch| {
            let entry = found.entry(m.capability).or_insert_with(|| m.clone());
            // Of two ways to the same capability the surer counts, then the earlier in the text.
            if (m.strength, std::cmp::Reverse(m.span)) > (entry.strength, std::cmp::Reverse(entry.span)) {
                *entry = m;
            }
        };
        let mut start = 0;
        for clause in folded.text.split_inclusive([',', '。', ';', '\n']) {
            let clause_start = start;
            start += clause.len();
            if self.negated.is_match(clause) {
                continue;
            }
            // A filing that calls the city's platform does not build one.
            let used = self.used.is_match(clause);
            let built = |c: CapabilityIdx| !(used && self.get(c).common);
            let mut objects: Vec<(usize, usize, CapabilityIdx, usize)> = Vec::new();
            let mut actions: FxHashMap<CapabilityIdx, (usize, usize)> = FxHashMap::default();
            for m in self.phrases.find_overlapping_iter(clause) {
                let (from, to) = (clause_start + m.start(), clause_start + m.end());
                let roles = &self.roles[m.pattern().as_usize()];
                for &capability in roles.names.iter().filter(|c| built(**c)) {
                    let local = folded.original(from, to, item);
                    keep(CapabilityMatch {
                        capability,
                        grade: Grade::Named,
                        strength: Score::new(NAMED),
                        span: Span::new(span.start + local.start, span.start + local.end),
                    });
                }
                // A word of many sectors ("人脸", "缴费") says less about each of its entries.
                let sharers = roles.objects.len().max(roles.sectors);
                objects.extend(roles.objects.iter().filter(|c| built(**c)).map(|&c| (from, to, c, sharers)));
                for &c in &roles.actions {
                    actions.entry(c).or_insert((from, to));
                }
            }
            for (from, to, capability, sharers) in objects {
                let Some(&(action_from, action_to)) = actions.get(&capability) else { continue };
                let local = folded.original(from.min(action_from), to.max(action_to), item);
                let place = Span::new(span.start + local.start, span.start + local.end);
                let strength = if head.contains(place) { DESCRIBED_IN_HEAD } else { DESCRIBED };
                let strength = Score::new(strength / (sharers as f64).sqrt());
                keep(CapabilityMatch { capability, grade: Grade::Described, strength, span: place });
            }
        }
        let mut found: Vec<CapabilityMatch> = found.into_values().collect();
        found.sort_by(|a, b| b.strength.cmp(&a.strength).then(a.capability.cmp(&b.capability)));
        found
    }
}

/// How sure a query is about a capability of which it names the object only.
const OBJECT_ONLY: f64 = 0.5;

/// Counts for each phrase the sectors in whose names it stands.
fn count_sectors(capabilities: &[Capability], phrases: &AhoCorasick, roles: &mut [Roles]) {
    let mut seen: FxHashSet<(usize, &str)> = FxHashSet::default();
    for capability in capabilities {
        for name in capability.all_names() {
            for m in phrases.find_overlapping_iter(&Folded::new(name).text) {
                if seen.insert((m.pattern().as_usize(), &capability.sector)) {
                    roles[m.pattern().as_usize()].sectors += 1;
                }
            }
        }
    }
}

/// The words with all words of their concepts of these kinds, folded, each once.
fn widen(words: &[String], lexicon: &Lexicon, kinds: &[ConceptKind]) -> Vec<String> {
    let mut all: Vec<String> = words.iter().map(|w| Folded::new(w).text).collect();
    for word in all.clone() {
        if let Some(concept) = lexicon.concept_of(&word).filter(|c| kinds.contains(&lexicon.concept(*c).kind)) {
            all.extend(lexicon.concept(concept).words.iter().cloned());
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
