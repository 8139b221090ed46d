//! A batch as the later stages see it: needs, their weighted terms, and what the batch taught.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{CapabilityIdx, DepartmentKind, Need, NeedKind, Proposal, ProposalIdx, Role, SectionKind, Span};
use crate::settings::TextSettings;

use super::Knowledge;
use super::affinity::Near;
use super::amount::item_amount;
use super::boilerplate::{self, Boilerplate};
use super::lexicon::ConceptKind;
use super::meaning::{Scale, Vector, WeightedWords, WordCounts};
use super::normalize::Folded;
use super::segment::Token;
use super::split::split;

/// The number of a term in the vocabulary of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermIdx(pub u32);

/// A term of a need with its weight; the weights of a need have Euclidean length 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// Which term.
    pub term: TermIdx,
    /// tf-idf, length-normalised (Salton & Buckley 1988, "ltc").
    pub weight: f32,
    /// Whether only the project's name says it, not the item itself.
    pub from_name: bool,
}

/// Needs and terms of a batch.
pub struct Corpus {
    /// All needs, by proposal and place.
    pub needs: Vec<Need>,
    /// For each proposal the range of its needs.
    pub needs_of: Vec<std::ops::Range<usize>>,
    /// For each need its terms, ordered by term.
    pub terms: Vec<Vec<Weighted>>,
    /// For each need the capabilities nearest to it by its words, ordered by capability.
    pub near: Vec<Vec<Near>>,
    /// For each need the few capabilities whose descriptions mean most nearly the same, nearest first.
    pub nearby: Vec<Vec<Near>>,
    /// For each need the words that make its meaning, with what each of them weighs.
    pub words: Vec<WeightedWords>,
    /// For each need its meaning.
    pub meaning: Vec<Vector>,
    /// For each proposal the meaning of its name, background, goals and contents.
    pub setting: Vec<Vector>,
    /// For each need the hashes of its 8-character shingles, sorted.
    pub shingles: Vec<Vec<u64>>,
    /// The terms, at [`TermIdx`].
    pub vocabulary: Vec<Token>,
    /// For each term the number of proposals that it stands in.
    pub frequency: Vec<u32>,
    /// For each capability the number of proposals that it stands in.
    pub capability_frequency: FxHashMap<CapabilityIdx, u32>,
    /// The kind of each proposal's department, where it is known.
    pub kinds: Vec<Option<DepartmentKind>>,
    /// For each proposal a sample of the shingles of its running text, sorted.
    pub fingerprints: Vec<Vec<u64>>,
    /// Stock sentences.
    pub boilerplate: Boilerplate,
}

/// Chapters that hold needs. Background and goals say why, the sharing chapter says what others hold.
const NEED_SECTIONS: [SectionKind; 4] =
    [SectionKind::Name, SectionKind::Content, SectionKind::Infrastructure, SectionKind::Offer];

// "36万元" and "含税" are no parts of their own.
const SHORTEST_PART: usize = 4;

/// A need with its tokens, before the batch is known.
struct Draft {
    need: Need,
    tokens: FxHashMap<Token, f32>,
    words: WordCounts,
    shingles: Vec<u64>,
}

impl Corpus {
    /// Reads the needs of all proposals, in parallel; the result does not depend on the number of threads.
    pub fn read(proposals: &[Proposal], knowledge: &Knowledge, settings: &TextSettings) -> Self {
        let kinds: Vec<_> =
            proposals.par_iter().map(|p| knowledge.lexicon.department_kind(&p.department.name)).collect();
        let owners: Vec<String> = proposals
            .iter()
            .zip(&kinds)
            .map(|(p, kind)| kind.as_ref().map_or_else(|| p.department.name.clone(), |k| k.0.clone()))
            .collect();
        let boilerplate = boilerplate::learn(proposals, &owners, settings.boilerplate_owners);
        let drafts: Vec<Vec<Draft>> = proposals
            .par_iter()
            .enumerate()
            .map(|(i, p)| drafts(ProposalIdx(i as u32), p, &boilerplate, knowledge, settings))
            .collect();
        let fingerprints = proposals.par_iter().map(boilerplate::fingerprint).collect();
        let whole: Vec<WordCounts> = proposals.par_iter().map(|p| words_of(p, &boilerplate, knowledge)).collect();
        let scale = Scale::learn(&knowledge.meanings, &whole);
        let setting = whole.par_iter().map(|words| scale.vector(words)).collect();
        Self { fingerprints, setting, ..assemble(drafts, kinds, boilerplate, knowledge) }
    }

    /// The needs of a proposal with their numbers.
    pub fn needs_of(&self, proposal: ProposalIdx) -> impl Iterator<Item = (crate::model::NeedIdx, &Need)> {
        self.needs_of
            .get(proposal.get())
            .cloned()
            .unwrap_or(0..0)
            .map(|i| (crate::model::NeedIdx(i as u32), &self.needs[i]))
    }
}

fn drafts(
    idx: ProposalIdx,
    proposal: &Proposal,
    boilerplate: &Boilerplate,
    knowledge: &Knowledge,
    settings: &TextSettings,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let name = knowledge.segmenter.tokens(&Folded::new(&proposal.name).text, &knowledge.lexicon);
    for section in NEED_SECTIONS {
        let text = proposal.section(section);
        if text.is_empty() {
            continue;
        }
        let stock = boilerplate.in_text(text);
        let items = if section == SectionKind::Name {
            let span = Span::new(0, text.len());
            vec![super::split::Item { span, head: span, parent: None }]
        } else {
            split(text)
        };
        for item in items {
            let words = item.span.of(text);
            let mut capabilities = knowledge.catalogue.find(text, item.span, item.head);
            capabilities.retain(|found| !stock.iter().any(|s| s.contains(found.span)));
            let (own, own_head) = (without(text, item.span, &stock), without(text, item.head, &stock));
            let is_stock = 2 * letters(&own) < letters(words);
            let (parts, head_parts) = (built(&own, proposal, knowledge), built(&own_head, proposal, knowledge));
            let only_uses = parts.iter().all(|part| letters(part) < SHORTEST_PART);
            let mut tokens = tokens(&parts, &head_parts, knowledge, settings);
            let generic = is_stock
                || only_uses
                || is_generic(words, item.head.of(text), knowledge, settings)
                || (capabilities.is_empty() && !names_object(&tokens, knowledge));
            // What the project is about is said in its name, not again in each item.
            for token in &name {
                tokens.entry(token.clone()).or_insert(settings.name_weight);
            }
            let need = Need {
                proposal: idx,
                section,
                span: item.span,
                head: item.head,
                parent: item.parent,
                kind: if generic { NeedKind::Generic } else { NeedKind::Substantive },
                declines: proposal.role == Role::Filing && knowledge.catalogue.declines(words),
                amount: if section == SectionKind::Name { None } else { item_amount(words) },
                capabilities,
            };
            let shingles = if section == SectionKind::Name { Vec::new() } else { boilerplate::shingles(words) };
            let mut counted = WordCounts::new();
            for part in parts.iter().chain(&head_parts) {
                knowledge.meanings.count(part, 1.0, &mut counted);
            }
            drafts.push(Draft { need, tokens, words: counted, shingles });
        }
    }
    // A name is a need of its own only where the filing says little else; otherwise it would be compared twice.
    let said =
        drafts.iter().filter(|d| d.need.section != SectionKind::Name && d.need.kind == NeedKind::Substantive).count();
    for draft in &mut drafts {
        let of_name = draft.need.section == SectionKind::Name && said >= 2;
        let of_infrastructure = draft.need.section == SectionKind::Infrastructure
            && !draft.need.capabilities.iter().any(|m| knowledge.catalogue.get(m.capability).common);
        if of_name || of_infrastructure {
            draft.need.kind = NeedKind::Generic;
        }
    }
    drafts
}

/// The parts of a text that ask for something. A filing that calls the city's platform does not ask for one; what the inventory
/// says of its platforms it offers.
fn built<'a>(text: &'a str, proposal: &Proposal, knowledge: &Knowledge) -> Vec<&'a str> {
    match proposal.role {
        Role::Filing => knowledge.catalogue.built_parts(text),
        Role::Inventory | Role::Platform => vec![text],
    }
}

/// The passage `span` of a text with full stops in place of the stock sentences that touch it.
fn without(text: &str, span: Span, stock: &[Span]) -> String {
    let mut own = String::with_capacity(span.len());
    let mut from = span.start;
    for sentence in stock.iter().filter(|s| s.start < span.end && s.end > span.start) {
        own.push_str(&text[from..sentence.start.clamp(from, span.end)]);
        own.push('。');
        from = sentence.end.clamp(from, span.end);
    }
    own.push_str(&text[from..span.end]);
    own
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The words that say what a filing as a whole is about, stock sentences aside; those of its name count twice.
fn words_of(proposal: &Proposal, boilerplate: &Boilerplate, knowledge: &Knowledge) -> WordCounts {
    let mut words = WordCounts::new();
    for section in [SectionKind::Background, SectionKind::Goal, SectionKind::Content] {
        let text = proposal.section(section);
        let own = without(text, Span::new(0, text.len()), &boilerplate.in_text(text));
        knowledge.meanings.count(&own, 1.0, &mut words);
    }
    knowledge.meanings.count(&proposal.name, 2.0, &mut words);
    words
}

/// An item is generic when its title, or most of its text, is made of phrases of generic items.
fn is_generic(item: &str, head: &str, knowledge: &Knowledge, settings: &TextSettings) -> bool {
    let share = |text: &str| knowledge.lexicon.generic_share(&Folded::new(text).text);
    share(head) >= settings.generic_head_share || share(item) >= settings.generic_item_share
}

/// Whether anything is named that a module could be about; 统计分析 or 移动端 alone fit every project.
fn names_object(tokens: &FxHashMap<Token, f32>, knowledge: &Knowledge) -> bool {
    tokens.keys().any(|token| knowledge.is_thing(token))
}

/// The words of an item, those of its title once more by the weight of titles.
fn tokens(item: &[&str], head: &[&str], knowledge: &Knowledge, settings: &TextSettings) -> FxHashMap<Token, f32> {
    let mut counts = FxHashMap::default();
    for part in item {
        count(part, 1.0, knowledge, &mut counts);
    }
    for part in head {
        count(part, settings.head_weight, knowledge, &mut counts);
    }
    counts
}

/// Adds `weight` for each occurrence of a meaningful word of `text`.
fn count(text: &str, weight: f32, knowledge: &Knowledge, counts: &mut FxHashMap<Token, f32>) {
    for token in knowledge.segmenter.tokens(&Folded::new(text).text, &knowledge.lexicon) {
        *counts.entry(token).or_default() += weight;
    }
}

fn assemble(
    drafts: Vec<Vec<Draft>>,
    kinds: Vec<Option<DepartmentKind>>,
    boilerplate: Boilerplate,
    knowledge: &Knowledge,
) -> Corpus {
    let mut needs: Vec<Need> = Vec::new();
    let mut needs_of = Vec::with_capacity(drafts.len());
    let mut counts: Vec<Vec<(TermIdx, f32)>> = Vec::new();
    let mut shingles = Vec::new();
    let mut words = Vec::new();
    let mut numbers: FxHashMap<Token, TermIdx> = FxHashMap::default();
    let mut vocabulary = Vec::new();
    let mut frequency: Vec<u32> = Vec::new();
    let mut last_seen: Vec<u32> = Vec::new();
    let mut capability_frequency: FxHashMap<CapabilityIdx, u32> = FxHashMap::default();
    for (i, of_proposal) in drafts.into_iter().enumerate() {
        let start = needs.len();
        let mut capabilities: Vec<CapabilityIdx> = Vec::new();
        for draft in of_proposal {
            // Terms are numbered in the order of proposals and, within a need, by token, so numbers are the same on every run.
            let mut tokens: Vec<(Token, f32)> = draft.tokens.into_iter().collect();
            tokens.sort_by(|a, b| a.0.cmp(&b.0));
            let mut row = Vec::with_capacity(tokens.len());
            for (token, count) in tokens {
                let term = *numbers.entry(token).or_insert_with_key(|token| {
                    vocabulary.push(token.clone());
                    frequency.push(0);
                    last_seen.push(u32::MAX);
                    TermIdx(vocabulary.len() as u32 - 1)
                });
                let at = term.0 as usize;
                if last_seen[at] != i as u32 {
                    last_seen[at] = i as u32;
                    frequency[at] += 1;
                }
                row.push((term, count));
            }
            row.sort_unstable_by_key(|(term, _)| *term);
            capabilities.extend(draft.need.capabilities.iter().map(|m| m.capability));
            counts.push(row);
            shingles.push(draft.shingles);
            words.push(draft.words);
            needs.push(draft.need);
        }
        capabilities.sort_unstable();
        capabilities.dedup();
        for capability in capabilities {
            *capability_frequency.entry(capability).or_default() += 1;
        }
        needs_of.push(start..needs.len());
    }
    let total = needs_of.len() as f32;
    let rarity: Vec<f32> = vocabulary
        .par_iter()
        .zip(&frequency)
        .map(|(token, &proposals)| rarity(token, proposals, total, knowledge))
        .collect();
    let terms: Vec<Vec<Weighted>> = counts.into_par_iter().map(|row| weigh(&row, &rarity)).collect();
    let near = terms
        .par_iter()
        .map(|row| knowledge.affinity.nearest(row.iter().map(|w| (&vocabulary[w.term.0 as usize], w.weight))))
        .collect();
    let scale = Scale::learn(&knowledge.meanings, &words);
    let meaning: Vec<Vector> = words.par_iter().map(|words| scale.vector(words)).collect();
    let nearby = meaning.par_iter().map(|vector| knowledge.affinity.nearby(vector)).collect();
    let words = words.par_iter().map(|words| scale.weighted(words)).collect();
    Corpus {
        needs,
        needs_of,
        terms,
        near,
        nearby,
        words,
        meaning,
        setting: Vec::new(),
        shingles,
        vocabulary,
        frequency,
        capability_frequency,
        kinds,
        fingerprints: Vec::new(),
        boilerplate,
    }
}

fn weigh(row: &[(TermIdx, f32)], rarity: &[f32]) -> Vec<Weighted> {
    let mut terms: Vec<Weighted> = row.iter().map(|&(term, count)| weighted(term, count, rarity)).collect();
    let length = terms.iter().map(|t| t.weight * t.weight).sum::<f32>().sqrt();
    if length > 0.0 {
        for term in &mut terms {
            term.weight /= length;
        }
    }
    terms
}

fn weighted(term: TermIdx, count: f32, rarity: &[f32]) -> Weighted {
    // Whatever the item itself says counts at least once.
    Weighted { term, weight: damped(count) * rarity[term.0 as usize], from_name: count < 1.0 }
}

/// A count that grows with its logarithm above 1; the words of the name count less than once.
fn damped(count: f32) -> f32 {
    if count <= 1.0 { count } else { 1.0 + count.ln() }
}

/// How much a token tells: rare in the batch, rare in the language, and of a kind that tells needs apart.
fn rarity(token: &Token, proposals: u32, total: f32, knowledge: &Knowledge) -> f32 {
    let in_batch = ((total + 1.0) / (proposals as f32 + 0.5)).ln().max(0.05);
    let known = match token {
        Token::Word(word) => knowledge.segmenter.general_rarity(word),
        // A concept is as rare as its words are on average.
        Token::Concept(idx) => {
            let words = &knowledge.lexicon.concept(*idx).words;
            let known: Vec<f32> = words.iter().filter_map(|w| knowledge.segmenter.general_rarity(w)).collect();
            (!known.is_empty()).then(|| known.iter().sum::<f32>() / known.len() as f32)
        }
    };
    in_batch * (known.unwrap_or(UNKNOWN_WORD) / UNKNOWN_WORD).min(1.0) * kind_weight(token, knowledge)
}

// The middle of jieba's table (11.7) rounded: a word that it does not know is a word of the trade, not of the language.
const UNKNOWN_WORD: f32 = 12.0;

/// Objects tell needs apart; actions and software functions are shared by strangers.
fn kind_weight(token: &Token, knowledge: &Knowledge) -> f32 {
    match token {
        Token::Word(_) => 1.0,
        Token::Concept(idx) => match knowledge.lexicon.concept(*idx).kind {
            ConceptKind::Object | ConceptKind::Device => 1.3,
            ConceptKind::Data | ConceptKind::People | ConceptKind::Place => 1.0,
            ConceptKind::Technology | ConceptKind::Function => 0.7,
            ConceptKind::Action => 0.5,
        },
    }
}
