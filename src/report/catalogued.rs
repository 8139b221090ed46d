//! What there is to say of the catalogue: its sectors, its warnings, and the needs that it does not know.

use crate::model::{Capability, CapabilityIdx, CatalogueWarning, Need, NeedIdx, Proposal, WarningKind};

/// The catalogue as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// All entries; a [`CapabilityIdx`] is a position in it.
    pub capabilities: &'a [Capability],
    /// Those of the office's own files, ordered.
    pub own: &'a [CapabilityIdx],
}

impl<'a> Shelf<'a> {
    /// The entry at `idx`.
    pub fn get(&self, idx: CapabilityIdx) -> &'a Capability {
        &self.capabilities[idx.get()]
    }

    /// Whether the entry is the office's own.
    pub fn is_own(&self, idx: CapabilityIdx) -> bool {
        self.own.binary_search(&idx).is_ok()
    }

    /// The entries of a sector.
    pub fn of_sector(&self, sector: &str) -> Vec<CapabilityIdx> {
        let numbered = self.capabilities.iter().enumerate();
        numbered.filter(|(_, c)| c.sector == sector).map(|(i, _)| CapabilityIdx(i as u32)).collect()
    }

    /// The sums of all sectors, that with the most entries first.
    pub fn sectors(&self) -> Vec<Sums<'a>> {
        let mut sectors: Vec<Sums> = Vec::new();
        for capability in self.capabilities {
            match sectors.iter_mut().find(|s| s.sector == capability.sector) {
                Some(sums) => sums.add(capability),
                None => {
                    let mut sums = Sums { sector: &capability.sector, ..Sums::default() };
                    sums.add(capability);
                    sectors.push(sums);
                }
            }
        }
        // Stable: sectors of one size stay in the order of the catalogue.
        sectors.sort_by_key(|s| std::cmp::Reverse(s.capabilities));
        sectors
    }

    /// The sums of the whole catalogue.
    pub fn total(&self) -> Sums<'a> {
        let mut total = Sums { sector: "合计", ..Sums::default() };
        self.capabilities.iter().for_each(|c| total.add(c));
        total
    }
}

/// How much the catalogue holds of a sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums<'a> {
    /// 行业.
    pub sector: &'a str,
    /// Entries.
    pub capabilities: usize,
    /// Their names.
    pub names: usize,
    /// Their descriptions.
    pub says: usize,
    /// Base platforms among them.
    pub platforms: usize,
}

impl Sums<'_> {
    fn add(&mut self, capability: &Capability) {
        self.capabilities += 1;
        self.names += capability.names.len();
        self.says += capability.says.len();
        self.platforms += usize::from(capability.common);
    }
}

/// A warning in one sentence, without its kind.
pub fn message(shelf: &Shelf, warning: &CatalogueWarning) -> String {
    let named = |idx: &CapabilityIdx| format!("{} {}", shelf.get(*idx).code, shelf.get(*idx).name);
    let first = warning.capabilities.first().map(named).unwrap_or_default();
    let others = warning.capabilities.iter().skip(1).map(named).collect::<Vec<_>>().join("、");
    match warning.kind {
        WarningKind::SharedName => format!("“{}”：{first}、{others}", warning.phrase),
        WarningKind::FewNames => {
            let names = warning.capabilities.first().map_or(0, |idx| shelf.get(*idx).names.len());
            format!("{first}：{names} 种")
        }
        WarningKind::NoSays => first,
        WarningKind::FindsAnother => format!("{first}：找到 {others}"),
        WarningKind::OneSided => format!("{first}：写了 {others}"),
    }
}

/// What to do about a kind of warning.
pub fn hint(kind: WarningKind) -> &'static str {
    match kind {
        WarningKind::SharedName => "只留在最合适的一条里，其余的删去",
        WarningKind::FewNames => "补到八种以上：各单位、区县、厂商各怎么叫",
        WarningKind::NoSays => "在 says 里补几句不用名称的写法",
        WarningKind::FindsAnother => "换一个更贴切的名称，或把它写进本条的 names",
        WarningKind::OneSided => "在另一条的 confusable 里也写上",
    }
}

/// Needs that the catalogue does not know.
#[derive(Debug, Clone)]
pub struct Gaps<'a> {
    /// The catalogue.
    pub shelf: Shelf<'a>,
    /// All projects.
    pub proposals: &'a [Proposal],
    /// All needs.
    pub needs: &'a [Need],
    /// How many needs there are to be known.
    pub substantive: usize,
    /// How many of them are not.
    pub uncovered: usize,
    /// The first of those.
    pub shown: Vec<Gap>,
}

/// A need that the catalogue does not know.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Which.
    pub need: NeedIdx,
    /// How many uncovered needs are called nearly so, itself among them.
    pub alike: usize,
    /// What is nearest to it by meaning, with the cosine, nearest first.
    pub nearest: Vec<(CapabilityIdx, f64)>,
}

impl Gaps<'_> {
    /// The head of the need, without closing punctuation.
    pub fn head(&self, gap: &Gap) -> &str {
        let need = &self.needs[gap.need.get()];
        let head = need.head.of(self.proposals[need.proposal.get()].section(need.section));
        head.trim_matches(|c: char| c.is_whitespace() || "。；;，,：:、.".contains(c))
    }
}
