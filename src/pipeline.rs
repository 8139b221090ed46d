//! The whole analysis on one screen, one call a stage.

use crate::consolidate;
use crate::error::Result;
use crate::index::{self, NeedIndex};
use crate::model::{Akin, Analysis, Candidate, Intake, NeedMatch, Pair};
use crate::overlap::signals::Measured;
use crate::overlap::{self, Batch, Outcome};
use crate::settings::Settings;
use crate::text::{Corpus, Knowledge};

/// A stage of the analysis, for showing how far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Texts to needs.
    Text,
    /// Needs to candidates.
    Index,
    /// Candidates to overlaps.
    Overlap,
    /// Overlaps to recommendations.
    Consolidate,
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Stage::Text => "提取建设需求",
            Stage::Index => "建立索引、查找候选",
            Stage::Overlap => "逐对比对",
            Stage::Consolidate => "归并与建议",
        })
    }
}

/// A batch that is read and indexed: what queries and explanations work on.
pub struct Prepared {
    /// The filings, and what was wrong with others.
    pub intake: Intake,
    /// Needs and terms.
    pub corpus: Corpus,
    /// The index of needs.
    pub index: NeedIndex,
}

/// Reads needs and indexes them.
///
/// # Errors
/// Where the index cannot be built.
pub fn prepare(intake: Intake, knowledge: &Knowledge, settings: &Settings, began: &dyn Fn(Stage)) -> Result<Prepared> {
    began(Stage::Text);
    let corpus = Corpus::read(&intake.proposals, knowledge, &settings.text);
    began(Stage::Index);
    let index = NeedIndex::build(&corpus)?;
    Ok(Prepared { intake, corpus, index })
}

/// The whole analysis; `began` is told of each stage as it begins.
///
/// # Errors
/// Where the index cannot be built or read.
pub fn analyze(intake: Intake, knowledge: &Knowledge, settings: &Settings, began: &dyn Fn(Stage)) -> Result<Analysis> {
    let prepared = prepare(intake, knowledge, settings, began)?;
    let candidates = candidates(&prepared, settings)?;
    Ok(conclude(prepared, &candidates, knowledge, settings, began))
}

/// What [`analyze`] makes of a prepared batch and its candidates.
pub fn conclude(
    prepared: Prepared,
    candidates: &[Candidate],
    knowledge: &Knowledge,
    settings: &Settings,
    began: &dyn Fn(Stage),
) -> Analysis {
    began(Stage::Overlap);
    let findings = overlap::find_overlaps(batch(&prepared, knowledge, settings), candidates);
    began(Stage::Consolidate);
    let Prepared { intake, corpus, .. } = prepared;
    let capabilities = knowledge.catalogue.capabilities().to_vec();
    let advice = consolidate::consolidate(
        consolidate::Evidence {
            proposals: &intake.proposals,
            needs: &corpus.needs,
            capabilities: &capabilities,
            kinds: &corpus.kinds,
            overlaps: &findings.overlaps,
        },
        &settings.consolidate,
    );
    Analysis {
        proposals: intake.proposals,
        needs: corpus.needs,
        capabilities,
        overlaps: findings.overlaps,
        exclusions: findings.exclusions,
        groups: advice.groups,
        suggestions: advice.suggestions,
        boilerplate: corpus.boilerplate.found,
        problems: intake.problems,
        receipt: intake.receipt,
    }
}

/// Needs worth comparing.
///
/// # Errors
/// Where the index cannot be read.
pub fn candidates(prepared: &Prepared, settings: &Settings) -> Result<Vec<Candidate>> {
    index::candidates(&prepared.index, &prepared.corpus, &prepared.intake.proposals, &settings.index)
}

/// The evidence on all pairs that the index proposed, for fitting the weights on labels.
///
/// # Errors
/// Where the index cannot be read.
pub fn evidence(prepared: &Prepared, knowledge: &Knowledge, settings: &Settings) -> Result<Vec<(Pair, Vec<Measured>)>> {
    let candidates = candidates(prepared, settings)?;
    Ok(overlap::measure_pairs(batch(prepared, knowledge, settings), &candidates))
}

/// Why two proposals are listed, excluded, or neither.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Which two.
    pub pair: Pair,
    /// The candidates that the index proposed for them; empty where they were never compared.
    pub candidates: Vec<Candidate>,
    /// For each match of the outcome the words that make the two needs mean nearly the same.
    pub akin: Vec<Vec<Akin>>,
    /// What the proposed candidates come to; for a pair that was never a candidate, what all its needs would come to.
    pub outcome: Outcome,
}

// 4 pairs of words: enough to see what the two are about, and one line.
const AKIN: usize = 4;

/// Explains one pair.
///
/// # Errors
/// Where the index cannot be read.
pub fn explain(prepared: &Prepared, knowledge: &Knowledge, settings: &Settings, pair: Pair) -> Result<Explanation> {
    let of_pair = |c: &Candidate| {
        let proposal = |need: crate::model::NeedIdx| prepared.corpus.needs[need.get()].proposal;
        Pair::new(proposal(c.a), proposal(c.b)) == Some(pair)
    };
    let all = candidates(prepared, settings)?;
    let batch = batch(prepared, knowledge, settings);
    let partners = overlap::corroboration(batch, &all);
    let candidates: Vec<Candidate> = all.into_iter().filter(of_pair).collect();
    let outcome = if candidates.is_empty() {
        overlap::judge(batch, pair, &overlap::all_candidates(&prepared.corpus, pair), &partners)
    } else {
        overlap::judge(batch, pair, &candidates, &partners)
    };
    let akin = |m: &NeedMatch| {
        let words = |need: crate::model::NeedIdx| &prepared.corpus.words[need.get()];
        let worth = |word: &str| word.chars().count() >= 2 && !knowledge.lexicon.is_stop(word);
        knowledge.meanings.akin(words(m.a), words(m.b), AKIN, worth)
    };
    let akin = outcome.matches().iter().map(akin).collect();
    Ok(Explanation { pair, candidates, akin, outcome })
}

fn batch<'a>(prepared: &'a Prepared, knowledge: &'a Knowledge, settings: &'a Settings) -> Batch<'a> {
    Batch { proposals: &prepared.intake.proposals, corpus: &prepared.corpus, knowledge, settings: &settings.overlap }
}
