//! Queries: proposals like a text, best first, with the passages that match.

use rustc_hash::FxHashMap;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use crate::error::Result;
use crate::model::{NeedIdx, NeedKind, ProposalIdx};
use crate::text::normalize::Folded;
use crate::text::{Corpus, Knowledge, TermIdx};

use super::schema::{Key, NeedIndex};

/// A proposal that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which one.
    pub proposal: ProposalIdx,
    /// BM25 of its best need plus a share of its other ones; larger is better, not comparable between queries.
    pub score: f64,
    /// The needs that match, best first.
    pub passages: Vec<Passage>,
}

/// A need that answers a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// Which need.
    pub need: NeedIdx,
    /// BM25 (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75).
    pub score: f64,
}

/// Of each further need of a proposal this share counts: a project that matches in three places is nearer than one that matches in one.
const FURTHER_NEEDS: f64 = 0.3;
/// A capability counts like this many words: it is what the query is about, whatever the words.
const CAPABILITY_BOOST: f32 = 3.0;

/// The `limit` proposals nearest to `text`, best first, ties by number.
///
/// # Errors
/// Where tantivy cannot search.
pub fn search(text: &str, index: &NeedIndex, corpus: &Corpus, knowledge: &Knowledge, limit: usize) -> Result<Vec<Hit>> {
    let asked = asked(text, corpus, knowledge);
    let clauses = clauses(text, &asked, index, knowledge);
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    let searcher = index.reader().searcher();
    // Ten needs a proposal is more than nearly any filing has, so no proposal is missed for want of places.
    let top: Vec<(f32, DocAddress)> = searcher.search(
        &BooleanQuery::new(clauses),
        &TopDocs::with_limit(limit.saturating_mul(10).max(100)).order_by_score(),
    )?;
    let mut columns = Vec::new();
    for segment in searcher.segment_readers() {
        columns.push(segment.fast_fields().u64("need")?);
    }
    let mut passages: Vec<Passage> = top
        .into_iter()
        .filter_map(|(score, at)| {
            let number = columns.get(at.segment_ord as usize)?.first(at.doc_id)?;
            Some(Passage { need: NeedIdx(number as u32), score: f64::from(score) })
        })
        .filter(|p| corpus.needs[p.need.get()].kind == NeedKind::Substantive)
        .map(|p| Passage { score: p.score * own_share(corpus, p.need, &asked), ..p })
        .collect();
    passages.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.need.cmp(&y.need)));
    let mut by_proposal: FxHashMap<ProposalIdx, Vec<Passage>> = FxHashMap::default();
    for passage in passages {
        by_proposal.entry(corpus.needs[passage.need.get()].proposal).or_default().push(passage);
    }
    let mut hits: Vec<Hit> = by_proposal
        .into_iter()
        .map(|(proposal, passages)| {
            let best = passages.first().map_or(0.0, |p| p.score);
            let further: f64 = passages.iter().skip(1).take(3).map(|p| p.score).sum();
            Hit { proposal, score: best + FURTHER_NEEDS * further, passages }
        })
        .collect();
    hits.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.proposal.cmp(&y.proposal)));
    hits.truncate(limit);
    Ok(hits)
}

/// The terms of the batch that a query asks for, ordered, each once.
fn asked(text: &str, corpus: &Corpus, knowledge: &Knowledge) -> Vec<TermIdx> {
    let numbers: FxHashMap<_, TermIdx> =
        corpus.vocabulary.iter().enumerate().map(|(i, token)| (token, TermIdx(i as u32))).collect();
    let tokens = knowledge.segmenter.tokens(&Folded::new(text).text, &knowledge.lexicon);
    let mut terms: Vec<TermIdx> = tokens.iter().filter_map(|token| numbers.get(token).copied()).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

// A word that only the project's name says counts a third: else each short item of a parking project would answer "停车".
const NAME_ONLY: f64 = 0.33;

/// How much of what matches a query is said by the need itself: 1 all of it, [`NAME_ONLY`] only by its project's name.
fn own_share(corpus: &Corpus, need: NeedIdx, asked: &[TermIdx]) -> f64 {
    let found = corpus.terms[need.get()].iter().filter(|w| asked.binary_search(&w.term).is_ok());
    let (mut own, mut named) = (0.0, 0.0);
    for weighted in found {
        if weighted.from_name { named += 1.0 } else { own += 1.0 }
    }
    // Found by its capability alone: the item itself says it.
    if own + named == 0.0 { 1.0 } else { (own + NAME_ONLY * named) / (own + named) }
}

fn clauses(text: &str, asked: &[TermIdx], index: &NeedIndex, knowledge: &Knowledge) -> Vec<(Occur, Box<dyn Query>)> {
    let mut keys: Vec<(String, f32)> = asked.iter().map(|term| (Key::Term(*term).text(), 1.0)).collect();
    let about = knowledge.catalogue.about(text);
    keys.extend(
        about.iter().map(|m| (Key::Capability(m.capability).text(), CAPABILITY_BOOST * m.strength.get() as f32)),
    );
    keys.into_iter()
        .map(|(key, boost)| {
            let term = TermQuery::new(Term::from_field_text(index.terms(), &key), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(BoostQuery::new(Box::new(term), boost)) as Box<dyn Query>)
        })
        .collect()
}
