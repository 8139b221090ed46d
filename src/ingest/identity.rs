//! Ids for all filings of a batch: unique, the same on each run, and in no order of files.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::model::{Problem, ProblemKind, Proposal};

/// Proposals with unique ids, sorted by id, and what was said twice.
pub(crate) fn settle(mut proposals: Vec<Proposal>) -> (Vec<Proposal>, Vec<Problem>) {
    proposals.sort_by(|a, b| (&a.source, &a.id, &a.name).cmp(&(&b.source, &b.id, &b.name)));
    let mut problems = Vec::new();
    let mut kept = without_copies(proposals, &mut problems);
    let stems = stems(&kept);
    let filed: BTreeSet<String> = kept.iter().map(|p| p.id.clone()).filter(|id| !id.is_empty()).collect();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..kept.len() {
        let proposal = &kept[at];
        let is_filed = !proposal.id.is_empty();
        let wanted = if is_filed { proposal.id.clone() } else { made_id(proposal, &stems) };
        let taken = |id: &String| used.contains_key(id) || (*id != wanted || !is_filed) && filed.contains(id);
        let mut id = wanted.clone();
        // Ends: each step is a new text, and finitely many are in use.
        let mut count = 1;
        while taken(&id) {
            count += 1;
            id = format!("{wanted}#{count}");
        }
        if let Some(first) = used.get(&wanted).filter(|_| is_filed) {
            let kind =
                ProblemKind::IdTwice { id: wanted, renamed: id.clone(), first: Box::new(kept[*first].source.clone()) };
            problems.push(Problem { place: proposal.source.clone(), kind });
        }
        used.insert(id.clone(), at);
        kept[at].id = id;
    }
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    (kept, problems)
}

/// Leaves out rows that are the same word for word; without a filed id and a department only within one file,
/// since two counties may well file the same few words.
fn without_copies(proposals: Vec<Proposal>, problems: &mut Vec<Problem>) -> Vec<Proposal> {
    let mut seen: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    let mut kept: Vec<Proposal> = Vec::with_capacity(proposals.len());
    for proposal in proposals {
        let same = seen.entry((proposal.id.clone(), proposal.name.clone())).or_default();
        let is_copy = |first: &Proposal| {
            let told_apart = proposal.id.is_empty()
                && proposal.department.name.is_empty()
                && first.source.file != proposal.source.file;
            !told_apart && Proposal { source: first.source.clone(), ..proposal.clone() } == *first
        };
        if let Some(first) = same.iter().copied().find(|at| is_copy(&kept[*at])) {
            let kind = ProblemKind::RowTwice { first: Box::new(kept[first].source.clone()) };
            problems.push(Problem { place: proposal.source, kind });
        } else {
            same.push(kept.len());
            kept.push(proposal);
        }
    }
    kept
}

/// `松岭县-R12`: the file, the sheet where the file has several with filings, and the row.
fn made_id(proposal: &Proposal, stems: &BTreeMap<String, (String, bool)>) -> String {
    let source = &proposal.source;
    let (stem, several) =
        stems.get(&source.file).map_or((source.file.as_str(), false), |(stem, several)| (stem.as_str(), *several));
    let sheet = source.sheet.as_deref().filter(|_| several).map_or(String::new(), |sheet| format!("-{sheet}"));
    let text = format!("{stem}{sheet}-R{}", source.row.unwrap_or(0));
    // `;` separates ids in the reports, and a blank ends one on the command line.
    text.chars().map(|c| if c.is_whitespace() || matches!(c, ';' | '；' | ',' | '"' | '/') { '_' } else { c }).collect()
}

/// For each file the shortest of stem, path without extension, and path that no other file has; and whether several sheets hold filings.
fn stems(proposals: &[Proposal]) -> BTreeMap<String, (String, bool)> {
    let mut sheets: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    for proposal in proposals {
        sheets.entry(&proposal.source.file).or_default().insert(proposal.source.sheet.as_deref());
    }
    let forms = |file: &str| {
        let plain = file
            .rsplit_once('.')
            .map_or(file, |(stem, extension)| if extension.contains('/') { file } else { stem })
            .to_owned();
        let stem = plain.rsplit('/').next().unwrap_or(&plain).to_owned();
        [stem, plain.replace('/', "-"), file.replace('/', "-")]
    };
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for file in sheets.keys() {
        for form in BTreeSet::from(forms(file)) {
            *count.entry(form).or_default() += 1;
        }
    }
    let pick = |file: &str| {
        let [stem, plain, whole] = forms(file);
        [stem, plain].into_iter().find(|form| count.get(form) == Some(&1)).unwrap_or(whole)
    };
    sheets.iter().map(|(file, sheets)| ((*file).to_owned(), (pick(file), sheets.len() > 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Department, Investment, Place, Region, Role, Status};

    fn proposal(id: &str, name: &str, file: &str, row: u32) -> Proposal {
        Proposal {
            id: id.to_owned(),
            name: name.to_owned(),
            department: Department { name: "市水务局".to_owned(), region: Region::City, parent: None },
            role: Role::Filing,
            status: Status::Filed,
            domain: None,
            nature: None,
            year: None,
            money: Investment::default(),
            funding: None,
            period: None,
            sections: Vec::new(),
            source: Place { file: file.to_owned(), row: Some(row), ..Place::default() },
        }
    }

    fn ids(proposals: Vec<Proposal>) -> Vec<String> {
        settle(proposals).0.into_iter().map(|p| p.id).collect()
    }

    #[test]
    fn ids_are_made_from_file_and_row_and_told_apart() {
        let made = |file, row| proposal("", &format!("{file}{row}"), file, row);
        assert_eq!(ids(vec![made("松岭县.csv", 12)]), ["松岭县-R12"]);
        assert_eq!(ids(vec![made("甲/申报.csv", 2), made("乙/申报.csv", 2)]), ["乙-申报-R2", "甲-申报-R2"]);
        assert_eq!(ids(vec![made("申报.csv", 2), made("申报.xlsx", 2)]), ["申报.csv-R2", "申报.xlsx-R2"]);
        assert_eq!(ids(vec![made("a b;c.csv", 2)]), ["a_b_c-R2"]);
    }

    #[test]
    fn no_row_is_lost_to_an_id_that_stands_twice() {
        let rows = vec![
            proposal("A", "一", "f.csv", 2),
            proposal("A", "二", "f.csv", 3),
            proposal("A#2", "三", "f.csv", 4),
            proposal("f-R5", "四", "f.csv", 6),
            proposal("", "五", "f.csv", 5),
        ];
        let (kept, problems) = settle(rows.clone());
        assert_eq!(kept.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["A", "A#2", "A#3", "f-R5", "f-R5#2"]);
        assert_eq!(problems.len(), 1);
        let (again, _) = settle(rows.into_iter().rev().collect());
        assert_eq!(kept, again);
    }

    #[test]
    fn a_row_that_stands_twice_word_for_word_is_kept_once() {
        let (kept, problems) = settle(vec![proposal("", "一", "a.csv", 2), proposal("", "一", "b.csv", 9)]);
        assert_eq!((kept.len(), problems.len()), (1, 1));
        assert_eq!(problems[0].to_string(), "b.csv 第 9 行：与a.csv 第 2 行一字不差，只读入一次");
    }
}
