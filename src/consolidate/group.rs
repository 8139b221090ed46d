//! Groups by what is shared, not by chains of proposals: A–B over parking and B–C over flood gauges are two groups.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::model::{
    CapabilityIdx, Group, Member, Mode, Need, NeedIdx, NeedKind, NeedMatch, Pair, ProposalIdx, Region, Relation, Role,
    SectionKind, SharedNeed,
};
use crate::settings::ConsolidateSettings;

use super::{ByName, Evidence, lead, mode, savings};

/// Needs that are one thing, and the proposals they come from: a cluster that may become a group.
#[derive(Debug, Clone, Default)]
struct Cluster {
    topics: BTreeMap<String, BTreeSet<NeedIdx>>,
    /// The sectors of the capabilities that gave the topics their names.
    sectors: BTreeSet<String>,
    members: BTreeSet<ProposalIdx>,
    weight: f64,
}

/// The groups of a batch, most money first, ties by members.
pub fn groups(evidence: Evidence, settings: &ConsolidateSettings) -> Vec<Group> {
    let relations = evidence.overlaps.iter().map(|o| (o.pair, o.relation)).collect();
    let matches: Vec<&NeedMatch> = evidence.overlaps.iter().flat_map(|o| &o.matches).collect();
    let sets = one_thing(evidence, &matches, settings.linked_share);
    let inside = matches_inside(&matches, &sets);
    let clusters = sets
        .into_iter()
        .zip(inside)
        .map(|(needs, inside)| cluster(evidence, &inside, needs))
        .filter(|c| c.members.len() >= 2)
        .collect();
    let clusters = merge_alike(evidence, clusters, settings.merge_groups);
    let named = evidence.by_name();
    let clusters = clusters.into_iter().flat_map(|c| by_level(evidence, &named, c));
    let mut groups: Vec<Group> = clusters.map(|c| finish(evidence, &named, &relations, c)).collect();
    groups.sort_by(|x, y| {
        let members = |g: &Group| g.members.iter().map(|m| m.proposal).collect::<Vec<_>>();
        y.money.high.cmp(&x.money.high).then_with(|| members(x).cmp(&members(y))).then_with(|| x.title.cmp(&y.title))
    });
    groups
}

/// Sets of needs that are one thing. Matches are followed from the surest down; two sets become one only where at least
/// `linked` of all pairs between them are matches, so that a chain of likenesses does not tie strangers together.
fn one_thing(evidence: Evidence, matches: &[&NeedMatch], linked: f64) -> Vec<BTreeSet<NeedIdx>> {
    // Copies of one text tie, and the last digits of a score depend on the order of the filings; what is the same in any order
    // decides: four digits of the score, then ids and places.
    let place = |idx: NeedIdx| {
        let need = &evidence.needs[idx.get()];
        (evidence.proposals[need.proposal.get()].id.as_str(), need.section, need.span)
    };
    let mut order: Vec<&NeedMatch> = matches.to_vec();
    order.sort_by_cached_key(|m| {
        let (a, b) = (place(m.a), place(m.b));
        (std::cmp::Reverse((m.score.get() * 1e4).round() as u32), a.min(b), a.max(b))
    });
    let needs: BTreeSet<NeedIdx> = order.iter().flat_map(|m| [m.a, m.b]).collect();
    let mut home: BTreeMap<NeedIdx, usize> = needs.iter().enumerate().map(|(i, &need)| (need, i)).collect();
    let mut sets: Vec<BTreeSet<NeedIdx>> = needs.into_iter().map(|need| BTreeSet::from([need])).collect();
    // How many matches lie between a set and each other one: kept up to date, so that no set is looked through again for each match.
    let mut links: Vec<FxHashMap<usize, usize>> = vec![FxHashMap::default(); sets.len()];
    for m in &order {
        let (x, y) = (home[&m.a], home[&m.b]);
        *links[x].entry(y).or_default() += 1;
        *links[y].entry(x).or_default() += 1;
    }
    for m in order {
        let (x, y) = (home[&m.a], home[&m.b]);
        let between = links[x].get(&y).copied().unwrap_or(0);
        if x == y || (between as f64) < linked * (sets[x].len() * sets[y].len()) as f64 {
            continue;
        }
        // The one with fewer links moves: each link is then moved a logarithmic number of times.
        let (to, from) = if links[x].len() >= links[y].len() { (x, y) } else { (y, x) };
        let moved = std::mem::take(&mut sets[from]);
        home.extend(moved.iter().map(|need| (*need, to)));
        sets[to].extend(moved);
        for (other, count) in std::mem::take(&mut links[from]) {
            links[other].remove(&from);
            if other != to {
                *links[to].entry(other).or_default() += count;
                *links[other].entry(to).or_default() += count;
            }
        }
    }
    sets.retain(|s| s.len() >= 2);
    sets
}

/// For each set the matches between its needs.
fn matches_inside<'a>(matches: &[&'a NeedMatch], sets: &[BTreeSet<NeedIdx>]) -> Vec<Vec<&'a NeedMatch>> {
    let home: BTreeMap<NeedIdx, usize> =
        sets.iter().enumerate().flat_map(|(i, set)| set.iter().map(move |need| (*need, i))).collect();
    let mut inside = vec![Vec::new(); sets.len()];
    for m in matches {
        if let (Some(x), Some(y)) = (home.get(&m.a), home.get(&m.b))
            && x == y
        {
            inside[*x].push(*m);
        }
    }
    inside
}

/// A cluster of needs under the name that a planner would use: the capability that most of them hold, else the title of their surest match.
fn cluster(evidence: Evidence, inside: &[&NeedMatch], needs: BTreeSet<NeedIdx>) -> Cluster {
    let mut held: BTreeMap<CapabilityIdx, f64> = BTreeMap::new();
    for need in &needs {
        for found in &evidence.needs[need.get()].capabilities {
            *held.entry(found.capability).or_default() += found.strength.get();
        }
    }
    let common = held
        .iter()
        .max_by(|x, y| x.1.total_cmp(y.1).then(y.0.cmp(x.0)))
        .filter(|(_, strength)| 2.0 * **strength >= needs.len() as f64)
        .map(|(capability, _)| &evidence.capabilities[capability.get()]);
    let digits = |m: &NeedMatch| (m.score.get() * 1e4).round() as u64;
    let surest = inside.iter().max_by_key(|m| (digits(m), std::cmp::Reverse(m.label.as_str())));
    let name = common.map(|c| c.name.clone()).or_else(|| surest.map(|m| m.label.clone())).unwrap_or_default();
    Cluster {
        sectors: common.map(|c| c.sector.clone()).into_iter().collect(),
        members: needs.iter().map(|n| evidence.needs[n.get()].proposal).collect(),
        weight: inside.iter().map(|m| m.score.get()).sum(),
        topics: BTreeMap::from([(name, needs)]),
    }
}

/// Joins clusters whose members are nearly the same proposals, the heaviest first: they are parts of one joint project.
fn merge_alike(evidence: Evidence, mut clusters: Vec<Cluster>, threshold: f64) -> Vec<Cluster> {
    // By what is the same in any order of the filings: four digits of the weight, then ids.
    clusters.sort_by_cached_key(|c| {
        let weight = (c.weight * 1e4).round() as u64;
        let mut ids: Vec<&str> = c.members.iter().map(|p| evidence.proposals[p.get()].id.as_str()).collect();
        ids.sort_unstable();
        (std::cmp::Reverse((c.members.len(), weight)), ids, c.topics.keys().cloned().collect::<Vec<_>>())
    });
    let mut merged: Vec<Cluster> = Vec::new();
    // Only clusters with a member in common can be alike, so they are found by their members and not by looking at all.
    let mut holding: FxHashMap<ProposalIdx, BTreeSet<usize>> = FxHashMap::default();
    for cluster in clusters {
        let mut in_common: BTreeMap<usize, usize> = BTreeMap::new();
        for at in cluster.members.iter().filter_map(|m| holding.get(m)).flatten() {
            *in_common.entry(*at).or_default() += 1;
        }
        let home = in_common.into_iter().map(|(at, both)| (at, both, &merged[at])).find(|(_, both, m)| {
            let jaccard = *both as f64 / (m.members.len() + cluster.members.len() - both) as f64;
            let alike = jaccard >= threshold || is_part(&cluster, m);
            // What a system already offers is one decision, what several want to build is another.
            alike && standing(evidence, &cluster) == standing(evidence, m)
        });
        let at = home.map_or(merged.len(), |(at, ..)| at);
        for member in &cluster.members {
            holding.entry(*member).or_default().insert(at);
        }
        match merged.get_mut(at) {
            Some(home) => {
                home.members.extend(cluster.members);
                home.weight += cluster.weight;
                home.sectors.extend(cluster.sectors);
                for (name, needs) in cluster.topics {
                    home.topics.entry(name).or_default().extend(needs);
                }
            }
            None => merged.push(cluster),
        }
    }
    merged
}

/// The members that stand already.
fn standing(evidence: Evidence, cluster: &Cluster) -> Vec<ProposalIdx> {
    cluster.members.iter().copied().filter(|p| evidence.proposals[p.get()].role != Role::Filing).collect()
}

/// Two decisions where several city departments and several regions ask for one thing: the city's departments build jointly,
/// and the regions follow the standard of the department that leads there. Anything else stays one decision.
fn by_level(evidence: Evidence, named: &ByName, cluster: Cluster) -> Vec<Cluster> {
    let region = |p: &ProposalIdx| &evidence.proposals[p.get()].department.region;
    let (city, local): (BTreeSet<ProposalIdx>, BTreeSet<ProposalIdx>) =
        cluster.members.iter().partition(|p| *region(p) == Region::City);
    let regions: BTreeSet<_> = local.iter().map(region).collect();
    if city.len() < 2 || regions.len() < 2 || !standing(evidence, &cluster).is_empty() {
        return vec![cluster];
    }
    let joint = restricted(evidence, &cluster, &city);
    let draft = members(evidence, &joint);
    let lead = lead::lead(evidence, named, &draft, &shared_needs(&joint), Mode::Share);
    let of = |p: &ProposalIdx| &evidence.proposals[p.get()];
    let leading = city.iter().copied().filter(|p| of(p).department.name == lead.department).min_by_key(|p| &of(p).id);
    let follow = restricted(evidence, &cluster, &local.into_iter().chain(leading).collect());
    vec![joint, follow].into_iter().filter(|c| c.members.len() >= 2).collect()
}

/// The part of a cluster that concerns these members; a topic stays where two of them share it.
fn restricted(evidence: Evidence, cluster: &Cluster, members: &BTreeSet<ProposalIdx>) -> Cluster {
    let owner = |n: &NeedIdx| evidence.needs[n.get()].proposal;
    let topics: BTreeMap<String, BTreeSet<NeedIdx>> = cluster
        .topics
        .iter()
        .map(|(name, needs)| (name.clone(), needs.iter().copied().filter(|n| members.contains(&owner(n))).collect()))
        .filter(|(_, needs): &(String, BTreeSet<NeedIdx>)| needs.iter().map(owner).collect::<BTreeSet<_>>().len() >= 2)
        .collect();
    let members = topics.values().flatten().map(owner).collect();
    Cluster { topics, members, sectors: cluster.sectors.clone(), weight: cluster.weight }
}

/// Whether a smaller cluster belongs to what a larger one of the same sector builds: some of the same departments ask for both,
/// so one joint project serves them (three departments share parking, two of them illegal-parking evidence too).
fn is_part(small: &Cluster, large: &Cluster) -> bool {
    small.members.is_subset(&large.members) && !small.sectors.is_disjoint(&large.sectors)
}

/// What each member gives to the joint part and what it keeps.
fn members(evidence: Evidence, cluster: &Cluster) -> Vec<Member> {
    let moved: BTreeSet<NeedIdx> = cluster.topics.values().flatten().copied().collect();
    let stays = |n: &Need| n.kind == NeedKind::Substantive && n.section != SectionKind::Name;
    cluster
        .members
        .iter()
        .map(|&proposal| {
            let (moves, others): (Vec<_>, Vec<_>) = evidence.needs_of(proposal).partition(|(i, _)| moved.contains(i));
            Member {
                proposal,
                moves: moves.into_iter().map(|(i, _)| i).collect(),
                keeps: others.into_iter().filter(|(_, n)| stays(n)).map(|(i, _)| i).collect(),
            }
        })
        .collect()
}

/// What is shared, by how many needs, ties by name.
fn shared_needs(cluster: &Cluster) -> Vec<SharedNeed> {
    let mut shared: Vec<SharedNeed> = cluster
        .topics
        .iter()
        .map(|(label, needs)| SharedNeed { label: label.clone(), needs: needs.iter().copied().collect() })
        .collect();
    shared.sort_by(|x, y| y.needs.len().cmp(&x.needs.len()).then_with(|| x.label.cmp(&y.label)));
    shared
}

fn finish(evidence: Evidence, named: &ByName, relations: &FxHashMap<Pair, Relation>, cluster: Cluster) -> Group {
    let members = members(evidence, &cluster);
    let shared = shared_needs(&cluster);
    let mode = mode::mode(evidence, &members, &shared, relations);
    let lead = lead::lead(evidence, named, &members, &shared, mode);
    let (money, unpriced) = savings::savings(evidence, &shared);
    // Names of the catalogue say more to a meeting than the title of somebody's item.
    let known = |s: &&SharedNeed| named.contains_key(s.label.as_str());
    let (first, other): (Vec<&SharedNeed>, Vec<&SharedNeed>) = shared.iter().partition(known);
    let title = first.iter().chain(&other).take(2).map(|s| s.label.as_str()).collect::<Vec<_>>().join("、");
    Group { title, members, lead, mode, shared, money, unpriced }
}
