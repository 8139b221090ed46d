//! Which needs of a batch the catalogue does not know, so that the office sees what to add to it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Need, NeedIdx, NeedKind, Proposal, Score, SectionKind, Wan};

use super::Knowledge;
use super::corpus::Corpus;
use super::normalize::Folded;
use super::segment::Token;

/// What the catalogue knows of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Substantive needs, those that only a project's name states aside.
    pub needs: usize,
    /// Those of them that it does not know: what is asked for most often first, then what costs most.
    pub uncovered: Vec<Uncovered>,
}

/// A need in which no capability was found, or none surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncovered {
    /// Which need.
    pub need: NeedIdx,
    /// How many of the uncovered needs have a head of the same words, itself among them.
    pub alike: usize,
}

// Half of what a name is worth: an object of several sectors beside an action, the catalogue's weakest guess.
const SURE: f64 = 0.5;

/// Reads which needs the catalogue does not know; `proposals` are those that `corpus` was read from.
pub fn coverage(corpus: &Corpus, proposals: &[Proposal], knowledge: &Knowledge) -> Coverage {
    let is_meant = |need: &Need| need.kind == NeedKind::Substantive && need.section != SectionKind::Name;
    let is_sure = |need: &Need| need.capabilities.first().is_some_and(|m| m.strength >= Score::new(SURE));
    let mut groups: BTreeMap<Vec<Token>, Vec<NeedIdx>> = BTreeMap::new();
    for (i, need) in corpus.needs.iter().enumerate().filter(|(_, n)| is_meant(n) && !is_sure(n)) {
        let head = need.head.of(proposals[need.proposal.get()].section(need.section));
        groups.entry(words(head, knowledge)).or_default().push(NeedIdx(i as u32));
    }
    let amount = |need: &NeedIdx| corpus.needs[need.get()].amount.unwrap_or(Wan::ZERO);
    let mut groups: Vec<Vec<NeedIdx>> = groups
        .into_iter()
        .flat_map(|(words, needs)| {
            // Heads without a word have nothing in common.
            if words.is_empty() { needs.into_iter().map(|need| vec![need]).collect() } else { vec![needs] }
        })
        .collect();
    for group in &mut groups {
        group.sort_by_key(|need| (Reverse(amount(need)), *need));
    }
    groups.sort_by_key(|group| (Reverse(group.len()), group.first().map(|need| (Reverse(amount(need)), *need))));
    let of_group = |group: Vec<NeedIdx>| {
        let alike = group.len();
        group.into_iter().map(move |need| Uncovered { need, alike })
    };
    Coverage {
        needs: corpus.needs.iter().filter(|n| is_meant(n)).count(),
        uncovered: groups.into_iter().flat_map(of_group).collect(),
    }
}

/// The words by which heads are alike: things rather than what is done with them, each once; synonyms are one word.
fn words(head: &str, knowledge: &Knowledge) -> Vec<Token> {
    let mut all = knowledge.segmenter.tokens(&Folded::new(head).text, &knowledge.lexicon);
    all.sort();
    all.dedup();
    let things: Vec<Token> = all.iter().filter(|token| knowledge.is_thing(token)).cloned().collect();
    if things.is_empty() { all } else { things }
}
