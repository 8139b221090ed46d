//! What the catalogue could do better: phrases that several entries claim, entries that are hard to find, one-sided confusables.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{CapabilityIdx, CatalogueWarning, Score, Span, WarningKind};

use super::catalogue::Catalogue;
use super::entries::Own;
use super::normalize::Folded;

/// Names that an entry should have: departments, counties and vendors rarely agree on fewer.
pub const FEWEST_NAMES: usize = 8;

/// All warnings, by kind and, within a kind, those about the office's own entries first, then in the order of the catalogue.
///
/// An own entry may call one of the program confusable without being called so: the office cannot change the other.
pub fn warnings(catalogue: &Catalogue, own: &Own) -> Vec<CatalogueWarning> {
    let is_own = |idx: &CapabilityIdx| own.capabilities.binary_search(idx).is_ok();
    let mut found = shared_names(catalogue);
    let codes: FxHashMap<&str, CapabilityIdx> = numbered(catalogue).map(|(idx, c)| (c.code.as_str(), idx)).collect();
    for (idx, capability) in numbered(catalogue) {
        let mut warn = |kind, others: &[CapabilityIdx], phrase: &str| {
            let capabilities = std::iter::once(idx).chain(others.iter().copied()).collect();
            found.push(CatalogueWarning { kind, capabilities, phrase: phrase.to_owned() });
        };
        if capability.names.len() < FEWEST_NAMES {
            warn(WarningKind::FewNames, &[], "");
        }
        if capability.says.is_empty() {
            warn(WarningKind::NoSays, &[], "");
        }
        if let Some(other) = found_instead(catalogue, idx) {
            warn(WarningKind::FindsAnother, &[other], &capability.name);
        }
        for other in capability.confusable.iter().filter_map(|code| codes.get(code.as_str())) {
            let mutual = catalogue.get(*other).confusable.contains(&capability.code);
            if !mutual && (is_own(other) || !is_own(&idx)) {
                warn(WarningKind::OneSided, &[*other], "");
            }
        }
    }
    // Stable, so that the order of the catalogue stays within each kind.
    found.sort_by_key(|w| (w.kind, !w.capabilities.iter().any(is_own)));
    found
}

fn numbered(catalogue: &Catalogue) -> impl Iterator<Item = (CapabilityIdx, &crate::model::Capability)> {
    catalogue.capabilities().iter().enumerate().map(|(i, c)| (CapabilityIdx(i as u32), c))
}

fn shared_names(catalogue: &Catalogue) -> Vec<CatalogueWarning> {
    let mut holders: BTreeMap<String, (&str, Vec<CapabilityIdx>)> = BTreeMap::new();
    for (idx, capability) in numbered(catalogue) {
        for name in capability.all_names() {
            let (_, holders) = holders.entry(Folded::new(name).text).or_insert_with(|| (name, Vec::new()));
            if holders.last() != Some(&idx) {
                holders.push(idx);
            }
        }
    }
    let shared = holders.into_values().filter(|(_, holders)| holders.len() > 1);
    let warning = |(name, capabilities): (&str, Vec<CapabilityIdx>)| CatalogueWarning {
        kind: WarningKind::SharedName,
        capabilities,
        phrase: name.to_owned(),
    };
    shared.map(warning).collect()
}

/// The entry that the name of `idx` finds more surely than `idx` itself.
fn found_instead(catalogue: &Catalogue, idx: CapabilityIdx) -> Option<CapabilityIdx> {
    let name = &catalogue.get(idx).name;
    let whole = Span::new(0, name.len());
    let found = catalogue.find(name, whole, whole);
    let itself = found.iter().find(|m| m.capability == idx).map_or(Score::ZERO, |m| m.strength);
    found.first().filter(|first| first.strength > itself).map(|first| first.capability)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::entries;
    use crate::text::lexicon::Lexicon;

    #[test]
    fn each_kind_of_warning_is_given_where_it_is_due() {
        let lexicon = Lexicon::builtin().unwrap();
        let good = entries::parse("样例", &entries::template(&lexicon)).unwrap().remove(0);
        let mut poor = good.clone();
        poor.code = "BD-002".to_owned();
        // A text that calls what stands builds no base platform, so the name does not find the entry that it names.
        poor.name = "调用古树养护巡查".to_owned();
        poor.common = true;
        poor.names.truncate(3);
        poor.says.clear();
        poor.confusable = vec!["BD-001".to_owned()];
        let catalogue = Catalogue::new(vec![good.clone(), poor], &lexicon).unwrap();
        let kinds = |own: &[u32]| -> Vec<(WarningKind, Vec<u32>)> {
            let own = Own { capabilities: own.iter().map(|i| CapabilityIdx(*i)).collect(), replaced: 0 };
            let found = warnings(&catalogue, &own);
            found.into_iter().map(|w| (w.kind, w.capabilities.iter().map(|c| c.0).collect())).collect()
        };
        let wanted = [
            (WarningKind::SharedName, vec![0, 1]),
            (WarningKind::SharedName, vec![0, 1]),
            (WarningKind::SharedName, vec![0, 1]),
            (WarningKind::FewNames, vec![1]),
            (WarningKind::NoSays, vec![1]),
            (WarningKind::FindsAnother, vec![1, 0]),
            (WarningKind::OneSided, vec![1, 0]),
        ];
        assert_eq!(kinds(&[]), wanted);
        assert_eq!(kinds(&[1]), wanted[..6], "the other entry is the program's");
        let alone = Catalogue::new(vec![good], &lexicon).unwrap();
        assert_eq!(warnings(&alone, &Own::default()), []);
    }
}
