//! The columns of every report, named once for CSV and whatever table formats follow.

pub mod departments;
pub mod exclusions;
pub mod groups;
pub mod overlaps;
pub mod problems;
pub mod projects;

use crate::model::{Analysis, Proposal, ProposalIdx, Score, Wan};

/// A cell by what it means, so that each format can write it in its own way.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number of things.
    Count(usize),
    /// 万元.
    Money(Wan),
    /// A degree of likeness, three decimals.
    Score(Score),
    /// A share, shown as per cent.
    Share(Score),
    /// Nothing to say.
    Blank,
}

impl Cell {
    /// Words, or nothing.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
    }

    /// Money, where known.
    pub fn money(money: Option<Wan>) -> Self {
        money.map_or(Cell::Blank, Cell::Money)
    }

    /// A count, where known.
    pub fn count<N: TryInto<usize>>(count: Option<N>) -> Self {
        count.and_then(|n| n.try_into().ok()).map_or(Cell::Blank, Cell::Count)
    }
}

/// One report: a file name, column names, and rows that are made as they are written.
pub struct Table<'a> {
    /// The file's name.
    pub file: &'static str,
    /// In order.
    pub columns: &'static [&'static str],
    /// Each as long as `columns`.
    pub rows: Box<dyn Iterator<Item = Vec<Cell>> + Send + 'a>,
}

/// All tables of an analysis.
pub fn all(analysis: &Analysis) -> [Table<'_>; 6] {
    [
        overlaps::table(analysis),
        groups::table(analysis),
        projects::table(analysis),
        departments::table(analysis),
        exclusions::table(analysis),
        problems::table(&analysis.problems),
    ]
}

/// The three columns that name one side of a pair.
fn side(proposal: &Proposal) -> [Cell; 3] {
    [Cell::text(&proposal.id), Cell::text(&proposal.name), Cell::text(&proposal.department.name)]
}

/// The groups that each proposal is a member of, by position.
pub(crate) fn groups_of(analysis: &Analysis) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); analysis.proposals.len()];
    for (i, group) in analysis.groups.iter().enumerate() {
        for member in &group.members {
            let of: &mut Vec<usize> = &mut groups[member.proposal.get()];
            if of.last() != Some(&i) {
                of.push(i);
            }
        }
    }
    groups
}

/// The number of the group at `position`: `G01`, wider where there are a hundred or more, so that numbers sort as text.
pub fn group_number(position: usize, groups: usize) -> String {
    let width = groups.to_string().len().max(2);
    format!("G{:0width$}", position + 1)
}

/// Numbers of the groups at these positions, joined.
fn group_numbers(positions: impl Iterator<Item = usize>, groups: usize) -> String {
    positions.map(|p| group_number(p, groups)).collect::<Vec<_>>().join(";")
}

/// How many overlaps name each proposal, and the best one.
pub(crate) fn overlaps_of(analysis: &Analysis) -> Vec<Vec<usize>> {
    let mut overlaps = vec![Vec::new(); analysis.proposals.len()];
    for (i, overlap) in analysis.overlaps.iter().enumerate() {
        overlaps[overlap.pair.a().get()].push(i);
        overlaps[overlap.pair.b().get()].push(i);
    }
    overlaps
}

/// The numbers of all proposals.
fn indexes(analysis: &Analysis) -> impl Iterator<Item = ProposalIdx> + Send + use<> {
    (0..analysis.proposals.len() as u32).map(ProposalIdx)
}
