//! A small analysis made by hand, so that a report changes only when the report's own code does.

use jiyue::model::*;

/// Two traffic filings that overlap, an archive with its second phase, a platform, and one of each finding.
pub fn analysis() -> Analysis {
    let proposals = vec![
        proposal("A-01", "城区停车秩序综合治理项目", "市公安局交警支队", Role::Filing, Some(820), PARKING_A),
        proposal("A-02", "智慧停车管理“一张网”平台", "市城市管理局", Role::Filing, None, PARKING_B),
        proposal(
            "A-03",
            "=数字档案馆（二期）",
            "市档案馆",
            Role::Filing,
            Some(300),
            "馆藏档案数字化加工，短信通知读者",
        ),
        proposal(
            "T-01",
            "数字档案馆（一期）",
            "市档案馆",
            Role::Inventory,
            Some(410),
            "馆藏档案目录管理\n和数字化加工",
        ),
        proposal("TJ-1", "统一消息服务平台", "市数据局", Role::Platform, None, "短信通知"),
    ];
    let needs = vec![
        need(&proposals, 0, "路侧泊位占用检测。安装视频桩420套（260万元）", Some(260), true),
        need(&proposals, 0, "交通信号优化", None, false),
        need(&proposals, 1, "路内停车位状态感知，采集泊位占用", None, true),
        need(&proposals, 1, "停车收费与欠费追缴系统", Some(220), false),
        need(&proposals, 2, "短信通知", None, false),
        need(&proposals, 2, "馆藏档案数字化加工", None, false),
        need(&proposals, 3, "馆藏档案目录管理", None, false),
        need(&proposals, 4, "短信通知", None, false),
    ];
    let parking = found(&needs, 0, 2, "路侧停车泊位状态感知", 0.91);
    let message = found(&needs, 4, 7, "短信与语音通知", 0.42);
    let archive = found(&needs, 5, 6, "馆藏档案数字化", 0.8);
    let overlaps = vec![
        overlap((0, 1), Relation::Overlap, Verdict::SharedParts, 0.91, Wan::from_wan(260.0), vec![parking]),
        overlap((2, 4), Relation::Reuse, Verdict::OfferedByPlatform, 0.42, None, vec![message]),
    ];
    let quote = |p: u32, need: usize| Quote { proposal: ProposalIdx(p), ..needs[need].quote() };
    let exclusions = vec![Exclusion {
        pair: pair((2, 3)),
        kind: ExclusionKind::Phases,
        likeness: Score::new(0.8),
        ground: (quote(2, 5), quote(3, 6)),
        matches: vec![archive],
    }];
    let groups = vec![Group {
        title: "路侧停车泊位状态感知".to_owned(),
        members: vec![member(0, &[0], &[1]), member(1, &[2], &[3])],
        lead: Lead {
            department: "市公安局交警支队".to_owned(),
            reason: LeadReason::LegalDuty { capability: "路侧停车泊位状态感知".to_owned() },
        },
        mode: Mode::Share,
        shared: vec![SharedNeed {
            label: "路侧停车泊位状态感知".to_owned(), needs: vec![NeedIdx(0), NeedIdx(2)]
        }],
        money: MoneyRange { low: Wan::ZERO, high: Wan::from_wan(260.5).unwrap() },
        unpriced: 1,
    }];
    let suggestions = vec![
        suggestion(0, Advice::Merge, "与市城市管理局部分交叉", &[0], &[0], Some(260)),
        suggestion(1, Advice::Substantiate, "未报投资额；请补充投资估算", &[0], &[0], None),
        suggestion(2, Advice::SupportReduced, "短信通知可复用统一消息服务平台", &[1], &[], None),
    ];
    let place =
        Place { file: "申报.csv".to_owned(), sheet: None, row: Some(3), column: Some("总投资".to_owned()) };
    let problems = vec![
        Problem { place: place.clone(), kind: ProblemKind::AmountUnreadable("约一千二".to_owned()) },
        Problem { place: Place { row: Some(9), column: None, ..place }, kind: ProblemKind::NameMissing },
    ];
    let receipt =
        Receipt { sources: vec![SourceReceipt { file: "申报.csv".to_owned(), rows: 6, read: 5, problems: 2 }] };
    let boilerplate = vec![(quote(0, 1), 3)];
    let capabilities = vec![capability()];
    Analysis {
        proposals,
        needs,
        capabilities,
        overlaps,
        exclusions,
        groups,
        suggestions,
        boilerplate,
        problems,
        receipt,
    }
}

const PARKING_A: &str = "1. 路侧泊位占用检测。安装视频桩420套（260万元）；2. 交通信号优化。";
const PARKING_B: &str = "一是路内停车位状态感知，采集泊位占用；\n二是停车收费与欠费追缴系统（220万元）。";

fn proposal(id: &str, name: &str, department: &str, role: Role, total: Option<i64>, content: &str) -> Proposal {
    let kind = if role == Role::Platform { SectionKind::Offer } else { SectionKind::Content };
    Proposal {
        id: id.to_owned(),
        name: name.to_owned(),
        department: Department { name: department.to_owned(), region: Region::City, parent: None },
        role,
        status: if role == Role::Filing { Status::Filed } else { Status::Built },
        domain: None,
        nature: None,
        year: Some(2026),
        money: Investment { total: total.map(|wan| Wan::from_yuan(wan * 10_000)), ..Investment::default() },
        funding: None,
        period: None,
        sections: vec![Section { kind, text: content.to_owned() }],
        source: Place { file: "申报.csv".to_owned(), row: Some(2), ..Place::default() },
    }
}

fn need(proposals: &[Proposal], proposal: usize, words: &str, amount: Option<i64>, parking: bool) -> Need {
    let Section { kind, text } = &proposals[proposal].sections[0];
    let start = text.find(words).unwrap();
    let span = Span::new(start, start + words.len());
    let head = words.find(['。', '，', '（']).map_or(span, |end| Span::new(start, start + end));
    let found = CapabilityMatch { capability: CapabilityIdx(0), grade: Grade::Named, strength: Score::ONE, span: head };
    Need {
        proposal: ProposalIdx(proposal as u32),
        section: *kind,
        span,
        head,
        parent: None,
        kind: NeedKind::Substantive,
        declines: false,
        amount: amount.map(|wan| Wan::from_yuan(wan * 10_000)),
        capabilities: if parking { vec![found] } else { Vec::new() },
    }
}

fn found(needs: &[Need], a: u32, b: u32, label: &str, score: f64) -> NeedMatch {
    NeedMatch {
        a: NeedIdx(a),
        b: NeedIdx(b),
        rule: Rule::SharedCapability,
        through: None,
        score: Score::new(score),
        signals: vec![
            Signal { kind: SignalKind::Meaning, value: Score::new(0.31) },
            Signal { kind: SignalKind::Capability, value: Score::new(0.8) },
        ],
        label: label.to_owned(),
        shared: vec![(needs[a as usize].head, needs[b as usize].head)],
    }
}

fn pair((a, b): (u32, u32)) -> Pair {
    Pair::new(ProposalIdx(a), ProposalIdx(b)).unwrap()
}

fn overlap(
    of: (u32, u32),
    relation: Relation,
    verdict: Verdict,
    score: f64,
    money: Option<Wan>,
    matches: Vec<NeedMatch>,
) -> Overlap {
    let coverage = Coverage { a: Score::new(0.5), b: Score::new(0.333) };
    Overlap { pair: pair(of), relation, verdict, score: Score::new(score), coverage, money, matches }
}

fn member(proposal: u32, moves: &[u32], keeps: &[u32]) -> Member {
    let needs = |of: &[u32]| of.iter().map(|n| NeedIdx(*n)).collect();
    Member { proposal: ProposalIdx(proposal), moves: needs(moves), keeps: needs(keeps) }
}

fn suggestion(
    proposal: u32,
    advice: Advice,
    reason: &str,
    overlaps: &[usize],
    groups: &[usize],
    money: Option<i64>,
) -> Suggestion {
    Suggestion {
        proposal: ProposalIdx(proposal),
        advice,
        reason: reason.to_owned(),
        overlaps: overlaps.to_vec(),
        groups: groups.to_vec(),
        money: money.map(|wan| Wan::from_yuan(wan * 10_000)),
    }
}

fn capability() -> Capability {
    Capability {
        code: "JT-001".to_owned(),
        name: "路侧停车泊位状态感知".to_owned(),
        sector: "交通".to_owned(),
        names: vec!["泊位占用检测".to_owned()],
        says: Vec::new(),
        objects: Vec::new(),
        actions: Vec::new(),
        owner: Vec::new(),
        common: false,
        confusable: Vec::new(),
    }
}
