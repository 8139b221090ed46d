//! From what a person types to the project that is meant: id, name, part of a name, or a name typed inexactly.

use super::failure::Failure;
use crate::model::{Proposal, ProposalIdx};
use crate::text::likeness::shared_pairs;

/// A project whose name is like what was typed.
pub(super) struct Like {
    /// Which.
    pub(super) proposal: ProposalIdx,
    /// From 0 to 1.
    pub(super) likeness: f64,
}

// 0.55: names of ten characters hold about four that all projects share (智慧, 管理, 平台), so strangers stay below 0.45,
// while a wrong character leaves 0.8 and two words in the other order leave 0.6.
const ALIKE: f64 = 0.55;
// A single character stands in half of all names.
const SHORTEST_PART: usize = 2;

/// Projects with names like `text`, most alike first: those that hold it or are held by it, then those spelled nearly so.
pub(super) fn named_like(text: &str, proposals: &[Proposal]) -> Vec<Like> {
    let wanted = squeezed(text);
    let mut alike: Vec<Like> = proposals
        .iter()
        .enumerate()
        .filter_map(|(i, proposal)| {
            let likeness = likeness(&wanted, &squeezed(&proposal.name));
            (likeness >= ALIKE).then_some(Like { proposal: ProposalIdx(i as u32), likeness })
        })
        .collect();
    alike.sort_by(|x, y| y.likeness.total_cmp(&x.likeness).then(x.proposal.cmp(&y.proposal)));
    alike
}

fn likeness(wanted: &str, name: &str) -> f64 {
    let (short, long) = if wanted.len() <= name.len() { (wanted, name) } else { (name, wanted) };
    let characters = short.chars().count();
    if characters >= SHORTEST_PART && long.contains(short) {
        // Above every misspelling, and the nearer to 1 the more of the name was typed.
        return 0.9 + 0.1 * characters as f64 / long.chars().count() as f64;
    }
    // Edits see a wrong character, shared character pairs see words in another order.
    0.9 * strsim::normalized_damerau_levenshtein(wanted, name).max(shared_pairs(wanted, name))
}

/// Lower case, without blanks and quotes, which people leave out.
fn squeezed(text: &str) -> String {
    let dropped = |c: &char| !c.is_whitespace() && !"“”\"《》（）()".contains(*c);
    text.to_lowercase().chars().filter(dropped).collect()
}

/// The project that `text` means; several that it could mean are listed for choosing.
pub(super) fn find(text: &str, proposals: &[Proposal]) -> Result<ProposalIdx, Failure> {
    let numbered = |i: usize| ProposalIdx(i as u32);
    let typed = text.trim();
    if let Some(i) = proposals.iter().position(|p| p.id == typed) {
        return Ok(numbered(i));
    }
    let same_id: Vec<usize> = (0..proposals.len()).filter(|&i| proposals[i].id.eq_ignore_ascii_case(typed)).collect();
    if let [only] = same_id[..] {
        return Ok(numbered(only));
    }
    let exact: Vec<usize> = (0..proposals.len()).filter(|&i| proposals[i].name == typed).collect();
    if let [only] = exact[..] {
        return Ok(numbered(only));
    }
    let alike = named_like(typed, proposals);
    match &alike[..] {
        [only] => Ok(only.proposal),
        [] => Err(Failure::new(
            format!("输入中没有项目“{typed}”"),
            match nearest_ids(typed, proposals) {
                ids if ids.is_empty() => "写项目编号或项目名称；编号见 projects.csv".to_owned(),
                ids => format!("相近的编号：{}；也可写项目名称", ids.join("、")),
            },
        )),
        several => Err(choices(typed, several, proposals)),
    }
}

// 8 fit on a screen beside the message.
const CHOICES: usize = 8;

fn choices(typed: &str, several: &[Like], proposals: &[Proposal]) -> Failure {
    let lines: Vec<String> = several
        .iter()
        .take(CHOICES)
        .map(|like| {
            let proposal = &proposals[like.proposal.get()];
            format!("  {}  {}（{}）", proposal.id, proposal.name, proposal.department.name)
        })
        .collect();
    let rest = if several.len() > CHOICES { format!("\n  … 共 {} 个", several.len()) } else { String::new() };
    Failure::new(
        format!("“{typed}”可以指 {} 个项目：\n{}{rest}", several.len(), lines.join("\n")),
        "改用其中一个的项目编号",
    )
}

/// Ids one or two slips of the finger away.
fn nearest_ids<'a>(typed: &str, proposals: &'a [Proposal]) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = proposals
        .iter()
        .map(|p| (strsim::damerau_levenshtein(&typed.to_lowercase(), &p.id.to_lowercase()), p.id.as_str()))
        .filter(|(slips, id)| *slips <= 2 && *slips < id.chars().count())
        .collect();
    near.sort();
    near.into_iter().take(3).map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_stays_near_and_a_stranger_does_not() {
        let near = [
            ("智慧停车管理服务平抬", "智慧停车管理服务平台"),
            ("城市停车", "城市停车秩序治理项目"),
            ("智慧停车服务管理平台", "智慧停车管理服务平台"),
        ];
        for (typed, name) in near {
            assert!(likeness(typed, name) >= ALIKE, "{typed} {name}: {}", likeness(typed, name));
        }
        let strange =
            [("智慧停车管理服务平台", "智慧水务综合管理平台"), ("路侧停车泊位感知", "城区停车秩序综合治理项目")];
        for (typed, name) in strange {
            assert!(likeness(typed, name) < ALIKE, "{typed} {name}: {}", likeness(typed, name));
        }
    }
}
