//! Groups by what is shared, not by chains of proposals: A–B over parking and B–C over flood gauges are two groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CapabilityIdx, Group, Member, NeedIdx, NeedKind, NeedMatch, ProposalIdx, SectionKind, SharedNeed};
use crate::settings::ConsolidateSettings;

use super::{Evidence, lead, mode, savings};

/// What members of a group share: a capability, or, where the catalogue has no name for it, the label of a match.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    Capability(CapabilityIdx),
    Label(String),
}

/// Matches about one topic: a cluster that may become a group.
#[derive(Debug, Clone, Default)]
struct Cluster {
    topics: BTreeMap<String, BTreeSet<NeedIdx>>,
    members: BTreeSet<ProposalIdx>,
    weight: f64,
}

/// The groups of a batch, most money first, ties by members.
pub fn groups(evidence: Evidence, settings: &ConsolidateSettings) -> Vec<Group> {
    let mut clusters: Vec<Cluster> = by_topic(evidence).into_values().flatten().collect();
    clusters.retain(|c| c.members.len() >= 2);
    let clusters = merge_alike(clusters, settings.merge_groups);
    let mut groups: Vec<Group> = clusters.into_iter().map(|c| finish(evidence, c)).collect();
    groups.sort_by(|x, y| {
        let members = |g: &Group| g.members.iter().map(|m| m.proposal).collect::<Vec<_>>();
        y.money.high.cmp(&x.money.high).then_with(|| members(x).cmp(&members(y))).then_with(|| x.title.cmp(&y.title))
    });
    groups
}

/// The topic of a match: the capability that both needs hold, the surest one first, else its label.
fn topic(evidence: Evidence, m: &NeedMatch) -> Topic {
    let (a, b) = (&evidence.needs[m.a.get()], &evidence.needs[m.b.get()]);
    a.capabilities
        .iter()
        .filter_map(|x| {
            let y = b.capabilities.iter().find(|y| y.capability == x.capability)?;
            Some((x.strength.get() * y.strength.get(), x.capability))
        })
        .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)))
        .map_or_else(|| Topic::Label(m.label.clone()), |(_, capability)| Topic::Capability(capability))
}

/// Connected sets of matched needs, topic by topic.
fn by_topic(evidence: Evidence) -> BTreeMap<Topic, Vec<Cluster>> {
    let mut edges: BTreeMap<Topic, Vec<(&NeedMatch, ProposalIdx, ProposalIdx)>> = BTreeMap::new();
    for overlap in evidence.overlaps {
        for m in &overlap.matches {
            edges.entry(topic(evidence, m)).or_default().push((m, overlap.pair.a(), overlap.pair.b()));
        }
    }
    edges
        .into_iter()
        .map(|(topic, edges)| {
            let name = match &topic {
                Topic::Capability(idx) => evidence.capabilities[idx.get()].name.clone(),
                Topic::Label(label) => label.clone(),
            };
            let clusters = connected(&edges)
                .into_iter()
                .map(|edges| {
                    let mut cluster = Cluster::default();
                    for (m, a, b) in edges {
                        cluster.members.extend([a, b]);
                        cluster.topics.entry(name.clone()).or_default().extend([m.a, m.b]);
                        cluster.weight += m.score.get();
                    }
                    cluster
                })
                .collect();
            (topic, clusters)
        })
        .collect()
}

/// Splits edges into connected sets of needs (union-find by smallest need).
fn connected<'a>(
    edges: &[(&'a NeedMatch, ProposalIdx, ProposalIdx)],
) -> Vec<Vec<(&'a NeedMatch, ProposalIdx, ProposalIdx)>> {
    let mut root: BTreeMap<NeedIdx, NeedIdx> = BTreeMap::new();
    fn find(root: &BTreeMap<NeedIdx, NeedIdx>, mut need: NeedIdx) -> NeedIdx {
        while let Some(&above) = root.get(&need).filter(|&&above| above != need) {
            need = above;
        }
        need
    }
    for (m, ..) in edges {
        let (a, b) = (find(&root, m.a), find(&root, m.b));
        root.insert(a.max(b), a.min(b));
    }
    let mut sets: BTreeMap<NeedIdx, Vec<_>> = BTreeMap::new();
    for edge in edges {
        sets.entry(find(&root, edge.0.a)).or_default().push(*edge);
    }
    sets.into_values().collect()
}

fn jaccard(a: &BTreeSet<ProposalIdx>, b: &BTreeSet<ProposalIdx>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

/// Joins clusters whose members are nearly the same proposals, the heaviest first: they are parts of one joint project.
fn merge_alike(mut clusters: Vec<Cluster>, threshold: f64) -> Vec<Cluster> {
    clusters.sort_by(|x, y| {
        (y.members.len(), y.weight).partial_cmp(&(x.members.len(), x.weight)).unwrap_or(std::cmp::Ordering::Equal)
            .then_with(|| x.members.cmp(&y.members))
            .then_with(|| x.topics.keys().cmp(y.topics.keys()))
    });
    let mut merged: Vec<Cluster> = Vec::new();
    for cluster in clusters {
        let home = merged
            .iter_mut()
            .find(|m| jaccard(&m.members, &cluster.members) >= threshold || cluster.members.is_subset(&m.members) && shares_need(m, &cluster));
        match home {
            Some(home) => {
                home.members.extend(cluster.members);
                home.weight += cluster.weight;
                for (name, needs) in cluster.topics {
                    home.topics.entry(name).or_default().extend(needs);
                }
            }
            None => merged.push(cluster),
        }
    }
    merged
}

fn shares_need(a: &Cluster, b: &Cluster) -> bool {
    let of_a: BTreeSet<NeedIdx> = a.topics.values().flatten().copied().collect();
    b.topics.values().flatten().any(|n| of_a.contains(n))
}

fn finish(evidence: Evidence, cluster: Cluster) -> Group {
    let moved: BTreeSet<NeedIdx> = cluster.topics.values().flatten().copied().collect();
    let members: Vec<Member> = cluster
        .members
        .iter()
        .map(|&proposal| {
            let own = || {
                evidence.needs.iter().enumerate().filter(move |(_, n)| n.proposal == proposal).map(|(i, n)| (NeedIdx(i as u32), n))
            };
            Member {
                proposal,
                moves: own().filter(|(i, _)| moved.contains(i)).map(|(i, _)| i).collect(),
                keeps: own()
                    .filter(|(i, n)| n.kind == NeedKind::Substantive && n.section != SectionKind::Name && !moved.contains(i))
                    .map(|(i, _)| i)
                    .collect(),
            }
        })
        .collect();
    let mut shared: Vec<SharedNeed> = cluster
        .topics
        .into_iter()
        .map(|(label, needs)| SharedNeed { label, needs: needs.into_iter().collect() })
        .collect();
    shared.sort_by(|x, y| y.needs.len().cmp(&x.needs.len()).then_with(|| x.label.cmp(&y.label)));
    let mode = mode::mode(evidence, &members);
    let lead = lead::lead(evidence, &members, &shared, mode);
    let (money, unpriced) = savings::savings(evidence, &members, &shared);
    let title = shared.iter().take(2).map(|s| s.label.as_str()).collect::<Vec<_>>().join("、");
    Group { title, members, lead, mode, shared, money, unpriced }
}
