//! Synthetic filings for benches: a seeded model of one collection round.
//!
//! What is drawn, and how:
//! * **Departments.** A kind of office (城市管理, 交警 …) from the owners of the capability catalogue, at the city (3 of 10) or in
//!   one of `filings / 80` invented counties, at least 6: the more filings, the more places they come from.
//! * **Needs.** 4 to 8 a filing: two fifths from what that kind of office owns by the catalogue, one twentieth from the common
//!   platforms, one twentieth from anywhere in it, half of things that it does not know (in data/gold it knows about as many). Within
//!   a list the rank is `len × u²`, so that a few needs are asked for by many. The title is one of the names that the catalogue gives
//!   (two words of the lexicon where it does not know the thing); the sentence holds an object and an action, an invented place, a
//!   count, and words of the lexicon. One item of security assessment and supervision closes the list, as in real filings.
//! * **Amounts.** Each item 5 to 500 万元, uniform in the logarithm; one filing in five prices nothing.
//! * **Templates.** Background and goal are two of twelve stock sentences each, as consultants paste them, around one sentence of
//!   the filing's own.
//! * **Inventory.** 8 in 100 are systems that stand, with two or three needs.
//! * **Planted duplicates.** 1 in 100 is another filing's content under another department and other amounts (copied); 2 in 100 ask
//!   for the same capabilities under other names, in other sentences, at other places (reworded).
//!
//! The order is shuffled before numbers are given. Same seed, same catalogue and same lexicon: the same filings. Figures of two
//! runs can be compared only where the catalogue is the same, so runs name its size.

use std::collections::BTreeMap;

use jiyue::model::{
    Capability, Department, Intake, Investment, Place, Proposal, Region, Role, Section, SectionKind, Status, Wan,
};
use jiyue::text::Knowledge;

/// The seed of all recorded runs.
pub const SEED: u64 = 20_261_125;

/// How a duplicate was planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plant {
    /// The same content, word for word but for the amounts.
    Copied,
    /// The same capabilities in other words.
    Reworded,
}

/// One collection round.
pub struct Round {
    /// Ordered by id.
    pub proposals: Vec<Proposal>,
    /// Positions of each planted duplicate and of its source.
    pub planted: Vec<(usize, usize, Plant)>,
}

impl Round {
    /// Draws a round of that many filings and systems.
    pub fn draw(knowledge: &Knowledge, filings: usize, seed: u64) -> Self {
        let office = Office::new(knowledge, filings);
        let mut dice = Dice(seed);
        let originals = filings - filings / 100 * 3;
        let mut drafts: Vec<Draft> = (0..originals).map(|i| office.draft(&mut dice, i % 25 < 2)).collect();
        let sources: Vec<usize> = (0..originals).filter(|i| drafts[*i].role == Role::Filing).collect();
        let mut planted = Vec::new();
        for i in originals..filings {
            let source = *dice.pick(&sources);
            let plant = if i % 3 == 0 { Plant::Copied } else { Plant::Reworded };
            let draft = office.duplicate(&mut dice, &drafts[source], plant);
            planted.push((i, source, plant));
            drafts.push(draft);
        }
        let mut order: Vec<usize> = (0..filings).collect();
        dice.shuffle(&mut order);
        let mut place = vec![0; filings];
        for (at, &draft) in order.iter().enumerate() {
            place[draft] = at;
        }
        let proposals = order.iter().enumerate().map(|(at, &draft)| office.proposal(&drafts[draft], at)).collect();
        let planted = planted.into_iter().map(|(i, source, plant)| (place[i], place[source], plant)).collect();
        Self { proposals, planted }
    }

    /// As the pipeline takes it.
    pub fn intake(&self) -> Intake {
        Intake { proposals: self.proposals.clone(), ..Intake::default() }
    }

    /// Bytes of text in all chapters.
    pub fn bytes(&self) -> usize {
        self.texts().map(str::len).sum()
    }

    /// The texts of all chapters.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.proposals.iter().flat_map(|p| p.sections.iter().map(|s| s.text.as_str()))
    }

    /// JSON Lines with the keys of a real collection form.
    pub fn to_json_lines(&self) -> String {
        let line = |p: &Proposal| {
            let money = p.money.total.unwrap_or(Wan::ZERO).as_wan();
            serde_json::json!({
                "项目编号": p.id, "项目名称": p.name, "申报单位": p.department.name,
                "行政区划": p.department.region.to_string(), "建设性质": p.nature, "申报年度": p.year,
                "投资估算(万元)": money, "项目背景": p.section(SectionKind::Background),
                "建设目标": p.section(SectionKind::Goal), "建设内容": p.section(SectionKind::Content),
                "状态": p.status.to_string(),
            })
        };
        self.proposals.iter().map(|p| format!("{}\n", line(p))).collect()
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014): 64 bits of state, enough for drawing texts.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in 0..1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.unit() * limit as f64) as usize
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// The front of the list far more often than its end.
    fn pick_front<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let u = self.unit();
        &of[(u * u * of.len() as f64) as usize]
    }

    fn shuffle<T>(&mut self, of: &mut [T]) {
        for i in (1..of.len()).rev() {
            of.swap(i, self.below(i + 1));
        }
    }
}

/// A filing before it has a number.
struct Draft {
    role: Role,
    kind: String,
    region: Option<usize>,
    subjects: Vec<Subject>,
    name: String,
    background: String,
    goal: String,
    items: Vec<Item>,
}

/// What an item is about.
#[derive(Clone, Copy, PartialEq)]
enum Subject {
    /// A capability of the catalogue.
    Known(usize),
    /// Something else, named by two words of the lexicon.
    Unknown(usize, usize),
}

struct Item {
    title: String,
    sentence: String,
    amount: Option<u32>,
}

/// What filings are drawn from.
struct Office<'a> {
    capabilities: &'a [Capability],
    of_kind: BTreeMap<&'a str, Vec<usize>>,
    kinds: Vec<&'a str>,
    common: Vec<usize>,
    words: Vec<&'a str>,
    regions: Vec<String>,
}

impl<'a> Office<'a> {
    fn new(knowledge: &'a Knowledge, filings: usize) -> Self {
        let capabilities = knowledge.catalogue.capabilities();
        let mut of_kind: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, capability) in capabilities.iter().enumerate() {
            for owner in capability.owner.iter().take(2) {
                of_kind.entry(&owner.0).or_default().push(i);
            }
        }
        of_kind.retain(|_, own| own.len() >= 5);
        // Counties are named by two of 40 syllables, so at most 1,600 of them differ.
        let regions = (0..(filings / 80).clamp(6, 1600))
            .map(|i| format!("{}{}{}", SYLLABLES[i % 40], SYLLABLES[(i / 40 + i) % 40], ["区", "县", "市"][i % 3]))
            .collect();
        Self {
            capabilities,
            kinds: of_kind.keys().copied().collect(),
            of_kind,
            common: (0..capabilities.len()).filter(|i| capabilities[*i].common).collect(),
            words: knowledge.lexicon.words().filter(|w| w.chars().count() >= 2).collect(),
            regions,
        }
    }

    fn draft(&self, dice: &mut Dice, built: bool) -> Draft {
        let kind = *dice.pick(&self.kinds);
        let region = (dice.unit() >= 0.3).then(|| dice.below(self.regions.len()));
        let count = if built { 2 + dice.below(2) } else { 4 + dice.below(5) };
        let mut subjects = Vec::with_capacity(count);
        while subjects.len() < count {
            let subject = match dice.below(20) {
                0..8 => Subject::Known(*dice.pick_front(&self.of_kind[kind])),
                8 if !self.common.is_empty() => Subject::Known(*dice.pick(&self.common)),
                8 | 9 => Subject::Known(dice.below(self.capabilities.len())),
                _ => Subject::Unknown(dice.below(self.words.len()), dice.below(self.words.len())),
            };
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        let role = if built { Role::Inventory } else { Role::Filing };
        self.compose(dice, role, kind.to_owned(), region, subjects)
    }

    fn duplicate(&self, dice: &mut Dice, source: &Draft, plant: Plant) -> Draft {
        let kind = (*dice.pick(&self.kinds)).to_owned();
        let region = Some(dice.below(self.regions.len()));
        let mut draft = self.compose(dice, Role::Filing, kind, region, source.subjects.clone());
        if plant == Plant::Copied {
            for (item, of_source) in draft.items.iter_mut().zip(&source.items) {
                item.title.clone_from(&of_source.title);
                item.sentence.clone_from(&of_source.sentence);
            }
            draft.name.clone_from(&source.name);
        } else {
            dice.shuffle(&mut draft.items);
        }
        draft
    }

    fn compose(
        &self,
        dice: &mut Dice,
        role: Role,
        kind: String,
        region: Option<usize>,
        subjects: Vec<Subject>,
    ) -> Draft {
        let priced = dice.below(5) > 0;
        let items: Vec<Item> = subjects.iter().map(|&subject| self.item(dice, subject, priced)).collect();
        let name = format!("{}{}", items[0].title, dice.pick(&["建设项目", "平台", "系统升级", "工程"]));
        let own = format!("{}{}存在短板", place(dice), self.words_for(dice, subjects[0]).0);
        let stock = |dice: &mut Dice| dice.pick(&STOCK).to_string();
        Draft {
            background: format!("{}。{own}，亟需补齐。{}。", stock(dice), stock(dice)),
            goal: format!("{}。实现{}覆盖。", stock(dice), self.words_for(dice, subjects[0]).0),
            role,
            kind,
            region,
            subjects,
            name,
            items,
        }
    }

    fn item(&self, dice: &mut Dice, subject: Subject, priced: bool) -> Item {
        let (object, action) = self.words_for(dice, subject);
        let title = match subject {
            Subject::Known(i) if self.capabilities[i].names.is_empty() => self.capabilities[i].name.clone(),
            Subject::Known(i) => dice.pick(&self.capabilities[i].names).clone(),
            Subject::Unknown(first, second) => format!("{}{}{action}", self.words[first], self.words[second]),
        };
        let (w1, w2, w3) = (*dice.pick(&self.words), *dice.pick_front(&self.words), *dice.pick(&self.words));
        let (place, count) = (place(dice), 3 + dice.below(240));
        let sentence = match dice.below(6) {
            0 => format!("面向{place}{count}处{object}，{action}{w1}和{w2}信息，接入{w3}"),
            1 => format!("对{place}的{object}开展{action}，形成{w1}台账，{count}个点位统一编码，支持{w2}"),
            2 => format!("在{place}布设{w1}{count}套，用于{object}{action}，{w2}由属地核实"),
            3 => format!("汇集{object}数据，结合{w1}、{w2}实现{action}，首批覆盖{place}{count}家"),
            4 => format!("改造{place}现有{w1}，补充{object}{action}功能，{count}名人员使用"),
            _ => format!("{object}{action}由人工改为线上，{place}先行，{w1}、{w2}、{w3}同步调整"),
        };
        // 5 to 500 万元: the span of single items in published filings.
        let amount = priced.then(|| (5.0 * 100.0_f64.powf(dice.unit())) as u32);
        Item { title, sentence, amount }
    }

    /// What is acted on, and what is done to it.
    fn words_for(&self, dice: &mut Dice, subject: Subject) -> (&str, &str) {
        let one_of = |dice: &mut Dice, words: &'a [String], other: &'a str| -> &'a str {
            if words.is_empty() { other } else { dice.pick::<String>(words) }
        };
        match subject {
            Subject::Known(i) => {
                let of = &self.capabilities[i];
                (one_of(dice, &of.objects, &of.name), one_of(dice, &of.actions, "管理"))
            }
            Subject::Unknown(first, second) => {
                let action = *dice.pick(&["管理", "监测", "登记", "分析", "调度", "核查"]);
                (if dice.below(2) == 0 { self.words[first] } else { self.words[second] }, action)
            }
        }
    }

    fn proposal(&self, draft: &Draft, at: usize) -> Proposal {
        let lines = draft.items.iter().enumerate().map(|(i, item)| {
            let amount = item.amount.map_or(String::new(), |wan| format!("（{wan}万元）"));
            format!("{}. {}。{}{amount}；\n", i + 1, item.title, item.sentence)
        });
        let last = format!("{}. 系统集成、等保测评、监理等。", draft.items.len() + 1);
        let content: String = lines.chain([last]).collect();
        let total: u32 = draft.items.iter().filter_map(|i| i.amount).sum();
        let region = draft.region.map_or(Region::City, |r| Region::Local(self.regions[r].clone()));
        let prefix = if region == Region::City { "市".to_owned() } else { region.to_string() };
        let section = |kind, text: &str| Section { kind, text: text.to_owned() };
        Proposal {
            id: format!("SY-{at:06}"),
            name: draft.name.clone(),
            department: Department { name: format!("{prefix}{}局", draft.kind), region, parent: None },
            role: draft.role,
            status: if draft.role == Role::Filing { Status::Filed } else { Status::Built },
            domain: None,
            nature: Some("新建".to_owned()),
            year: Some(2026),
            money: Investment {
                total: Some(Wan::from_yuan(i64::from(total.max(60)) * 11_000)),
                ..Investment::default()
            },
            funding: None,
            period: None,
            sections: vec![
                section(SectionKind::Background, &draft.background),
                section(SectionKind::Goal, &draft.goal),
                section(SectionKind::Content, &content),
            ],
            source: Place { file: "synthetic.jsonl".to_owned(), row: Some(at as u32 + 1), ..Place::default() },
        }
    }
}

/// An invented street, town or park.
fn place(dice: &mut Dice) -> String {
    let (first, second) = (*dice.pick(&SYLLABLES), *dice.pick(&SYLLABLES));
    format!("{first}{second}{}", dice.pick(&["路", "大道", "镇", "片区", "园区", "街道", "河段", "社区"]))
}

const SYLLABLES: [&str; 40] = [
    "澄", "岚", "溪", "柏", "枫", "桐", "云", "泽", "鹭", "霞", "棠", "沁", "岳", "渡", "菱", "墨", "珑", "璧", "砚",
    "禾", "汐", "樟", "翠", "篁", "浣", "芷", "岑", "瑶", "嵩", "浦", "榆", "藻", "苓", "漪", "峦", "麓", "舟", "梧",
    "雁", "藜",
];

const STOCK: [&str; 12] = [
    "为贯彻落实数字政府建设的决策部署，按照统一规划、统一标准、分步实施的原则推进本项目",
    "近年来业务量持续增长，传统人工方式已难以满足精细化管理的要求",
    "现有系统建设年代较早，架构陈旧，数据分散在多个业务条线，未能有效共享",
    "项目建成后将显著提升履职能力和服务水平，增强群众的获得感",
    "依托现有网络和算力条件，避免低水平重复投入，提高财政资金使用效益",
    "上级考核对本项工作提出了明确的量化指标，时间紧、任务重",
    "周边地市已先行开展同类建设并取得较好成效，具备可借鉴的经验",
    "通过流程再造和数据赋能，推动管理模式由被动应对向主动发现转变",
    "坚持需求导向和问题导向，围绕业务全过程补齐信息化短板",
    "建立健全长效机制，形成可复制、可推广的经验做法",
    "经充分调研论证，项目技术路线成熟，实施条件已经具备",
    "打通数据壁垒，实现跨层级、跨部门、跨业务的协同联动",
];
