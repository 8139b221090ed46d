//! Reads whole files through the public API: every bad input of the fixtures with its message, and the same result for any order.

use std::path::{Path, PathBuf};

use jiyue::ingest::{Field, HeaderAliases, Limits, Source, read, read_with};
use jiyue::model::{Intake, ProblemKind, Region, Role, SectionKind, Severity, Status, Wan};
use proptest::prelude::*;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest/fixtures").join(name)
}

fn source(path: impl Into<PathBuf>) -> Source {
    Source { path: path.into(), role: None }
}

fn read_fixture(name: &str) -> Intake {
    read(&[source(fixture(name))], &Limits::default())
}

/// Reads one file with the given content.
fn read_text(name: &str, content: impl AsRef<[u8]>) -> Intake {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    read(&[source(path)], &Limits::default())
}

fn messages(intake: &Intake) -> Vec<String> {
    intake.problems.iter().map(ToString::to_string).collect()
}

const HEAD: &str = "项目名称,申报单位,建设内容,总投资（万元）\n";
const CONTENT: &str = "泊位状态采集、余位信息发布和停车诱导服务建设";

#[test]
fn files_that_cannot_be_read_say_why_and_what_to_do() {
    for (name, message, hint) in [
        ("空文件.csv", "空文件.csv：文件是空的", "重新索取"),
        ("网页.xlsx", "网页.xlsx：扩展名是 .xlsx，内容却是网页", "另存为 XLSX"),
        ("乱码.csv", "乱码.csv：文字编码无法识别（第 1 个字节起）", "另存为"),
        (
            "建议书.docx",
            "建议书.docx：内容是Word 文档（DOCX），不能作为表格读取",
            "本版只读表格；请把其中的项目填入汇总表",
        ),
        ("坏.xlsx", "坏.xlsx：文件结构损坏：压缩结构不完整，可能没有传完", "重新保存"),
        ("加密.xlsx", "加密.xlsx：工作簿设有打开密码", "取消打开密码"),
        ("没有这个文件.csv", "：文件或文件夹不存在", "检查路径"),
    ] {
        let intake = read_fixture(name);
        assert_eq!(intake.proposals, [], "{name}");
        assert_eq!(intake.problems.len(), 1, "{name}");
        assert!(intake.problems[0].to_string().ends_with(message), "{}", intake.problems[0]);
        assert!(intake.problems[0].hint().contains(hint), "{name}: {}", intake.problems[0].hint());
        assert_eq!(intake.receipt.sources[0].problems, 1);
    }
    let broken = read_fixture("残缺.xlsx");
    assert!(matches!(broken.problems[0].kind, ProblemKind::Malformed(_)), "{}", broken.problems[0]);
}

#[test]
fn an_empty_folder_is_a_problem_and_a_folder_is_read_below_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let intake = read(&[source(folder.path())], &Limits::default());
    assert_eq!(intake.problems[0].kind, ProblemKind::FolderEmpty);
    std::fs::create_dir(folder.path().join("松岭县")).unwrap();
    std::fs::write(folder.path().join("松岭县/申报.csv"), format!("{HEAD}停车,县城管局,{CONTENT},5\n")).unwrap();
    std::fs::write(folder.path().join("README.md"), "说明").unwrap();
    let intake = read(&[source(folder.path())], &Limits::default());
    assert_eq!(intake.proposals[0].source.file, "松岭县/申报.csv");
    assert_eq!(intake.proposals[0].department.region, Region::Local("松岭县".to_owned()));
    assert_eq!(intake.problems, []);
}

#[test]
fn one_workbook_with_everything_wrong_loses_only_what_is_wrong() {
    let intake = read_fixture("申报表.xlsx");
    assert_eq!(
        messages(&intake),
        [
            "申报表.xlsx[市直部门] 第 6 行「投资/总投资」：“约一千二”不是金额",
            "申报表.xlsx[市直部门] 第 7 行：没有项目名称，整行未读入",
            "申报表.xlsx[市直部门] 第 8 行：项目编号“A-1”与申报表.xlsx[市直部门] 第 5 行相同，本行改称“A-1#2”",
            "申报表.xlsx[市直部门] 第 8 行「投资/总投资」：“800-1000”不是金额",
            "申报表.xlsx[市直部门] 第 8 行「申报年度」：“十四五”不是年份",
            "申报表.xlsx[市直部门] 第 9 行：标有“机密”，已拒绝读入",
            "申报表.xlsx[市直部门] 第 10 行「投资/总投资」：金额“-5”小于零",
            "申报表.xlsx[市直部门] 第 10 行「项目名称」：文字以公式符号开头，已按文字读入",
            "申报表.xlsx[市直部门] 第 11 行：建设内容和目标只有 2 字，难以判断是否重复",
            "申报表.xlsx[市直部门] 第 12 行「投资/总投资」：公式没有保存计算结果或结果出错，按空白处理",
            "申报表.xlsx[市直部门] 第 13 行「投资/总投资」：金额合 2500000000 万元，大得不合常理，未采用",
            "申报表.xlsx[市直部门] 第 19 行：与申报表.xlsx[市直部门] 第 5 行一字不差，只读入一次",
            "申报表.xlsx[市直部门] 第 20 行：像是合计行，未作为项目读入",
            "申报表.xlsx[市直部门] 第 21 行：像是说明或标题行，未作为项目读入",
            "申报表.xlsx[往年]：工作表是隐藏的，已照常读入",
            "申报表.xlsx[往年]「合同额」：金额没有写单位，按万元读入",
            "申报表.xlsx[往年]「天气」：不认识列名“天气”，该列未使用",
            "申报表.xlsx[无表头]：没有找到含“项目名称”的表头，最接近的一行是：日期、天气、温度",
        ]
    );
    let unreadable = &intake.problems[0];
    assert_eq!(unreadable.hint(), "写成 1200 或 1200 万元；留空则不计入重复投资");
    let by_id = |id: &str| intake.proposals.iter().find(|p| p.id == id).unwrap_or_else(|| panic!("{id}"));
    let first = by_id("A-1");
    assert_eq!(
        (first.money.total, first.money.this_year),
        (Some(Wan::from_yuan(12_000_000)), Some(Wan::from_yuan(3_005_000)))
    );
    assert_eq!(by_id("A-2").department.name, "市城管局", "the merged cell spreads");
    assert_eq!(by_id("A-10").money.total, Some(Wan::from_yuan(12_000_000)));
    assert_eq!(by_id("A-10").year, Some(2026), "a date that lost its format");
    let merged = by_id("A-11");
    assert_eq!(merged.money.total, Some(Wan::from_yuan(4_200_000)), "a filing over two rows");
    assert_eq!(merged.section(SectionKind::Content).lines().count(), 2);
    assert_eq!(by_id("申报表-申报表-R2").money.total, Some(Wan::from_yuan(3_200_000)), "a form of one project");
    assert!(!format!("{intake:?}").contains("不得出现"), "a refused row must not be quoted");
    let receipt = &intake.receipt.sources[0];
    assert_eq!((receipt.rows, receipt.read, receipt.problems), (14, 11, 18));
}

#[test]
fn a_reserve_list_with_a_three_row_head_is_read_between_its_headings() {
    let intake = read_fixture("储备计划.xlsx");
    let read: Vec<_> = intake
        .proposals
        .iter()
        .map(|p| (p.id.as_str(), p.money.total, p.money.this_year, p.funding.as_deref()))
        .collect();
    let wan = |wan: i64| Some(Wan::from_yuan(wan * 10_000));
    assert_eq!(
        read,
        [
            ("储备计划-R10", wan(1200), wan(600), Some("市财政")),
            ("储备计划-R14", wan(680), wan(300), Some("市财政、上级补助")),
        ]
    );
    assert_eq!(intake.proposals[1].department.region, Region::Local("松岭县".to_owned()));
    let (lost, notes): (Vec<_>, Vec<_>) = intake.problems.iter().partition(|p| p.severity() == Severity::Lost);
    assert_eq!(
        lost.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["储备计划.xlsx[附件2] 第 11 行：标有“涉密”，已拒绝读入"]
    );
    let rows: Vec<_> =
        notes.iter().map(|p| (p.place.sheet.as_deref().unwrap_or(""), p.place.row, p.kind.name())).collect();
    assert_eq!(
        rows,
        [
            ("填表说明", None, "没有项目表"),
            ("选项", None, "没有项目表"),
            ("附件2", Some(8), "说明行"),
            ("附件2", Some(9), "说明行"),
            ("附件2", Some(12), "合计行"),
            ("附件2", Some(13), "说明行"),
            ("附件2", Some(15), "说明行"),
            ("附件2", Some(16), "合计行"),
            ("附件2", Some(18), "说明行"),
        ]
    );
}

#[test]
fn a_cell_in_the_last_corner_does_not_take_the_process_down() {
    let intake = read_fixture("远格.xlsx");
    assert_eq!(messages(&intake), ["远格.xlsx[远格]：第 512 列以右还有内容，未读取"]);
    assert_eq!(intake.proposals[0].id, "远格-R2");
}

#[test]
fn every_encoding_and_every_format_gives_the_same_filings() {
    let expected = read_fixture("编码-utf8.csv").proposals;
    assert_eq!(expected.len(), 2);
    assert_eq!(expected[0].money.total, Some(Wan::from_yuan(12_000_000)));
    assert_eq!(expected[0].section(SectionKind::Content), "1. 泊位状态采集；\n2. 余位信息对外发布服务");
    for name in [
        "编码-bom.csv",
        "编码-gb18030.csv",
        "编码-utf16le.csv",
        "编码-utf16be.csv",
        "编码-utf16.csv",
        "申报.ods",
        "申报.et",
    ] {
        let intake = read_fixture(name);
        assert_eq!(intake.problems, [], "{name}");
        for (mut read, expected) in intake.proposals.into_iter().zip(&expected) {
            read.source = expected.source.clone();
            if name == "申报.et" {
                // Its department cells are merged, so both are 市城管局.
                assert_eq!(read.department.name, "市城管局");
                read.department = expected.department.clone();
            }
            assert_eq!(read, *expected, "{name}");
        }
    }
}

#[test]
fn inventory_platforms_and_json_are_told_by_their_shape() {
    let inventory = read_fixture("台账.csv");
    let states: Vec<_> = inventory.proposals.iter().map(|p| (p.name.as_str(), p.role, p.status, p.year)).collect();
    assert_eq!(
        states,
        [
            ("数字城管系统", Role::Inventory, Status::Built, Some(2019)),
            ("应急指挥平台", Role::Inventory, Status::UnderWay, None),
            ("信访系统", Role::Filing, Status::Filed, Some(2018)),
        ]
    );
    assert_eq!(inventory.proposals[0].money.maintenance, Some(Wan::from_yuan(360_000)));
    assert_eq!(
        messages(&inventory),
        [
            "台账.csv 第 4 行：状态为“已停用”，已不在使用，不参与比对",
            "台账.csv 第 5 行「系统状态」：不认识状态“红色”，按申报项目处理"
        ]
    );
    let forced = read(&[Source { path: fixture("台账.csv"), role: Some(Role::Inventory) }], &Limits::default());
    assert!(forced.proposals.iter().all(|p| p.role == Role::Inventory));
    let platforms = read_fixture("统建.csv");
    let platform = &platforms.proposals[0];
    assert_eq!(
        (platform.role, platform.status, platform.name.as_str()),
        (Role::Platform, Status::Built, "统一身份认证平台")
    );
    assert_eq!(platform.section(SectionKind::Offer), "认证接口、扫码登录");
    assert_eq!(platform.section(SectionKind::Residual), "业务权限配置");
    let json = read_fixture("申报.json");
    assert_eq!(json.proposals[0].money.total, Some(Wan::from_yuan(125_000)));
    assert_eq!(messages(&json), ["申报.json 第 2 行：文件结构损坏：这一条不是 {…} 形式的记录"]);
    let lines = read_fixture("申报.jsonl");
    assert_eq!(lines.proposals.len(), 1);
    assert!(messages(&lines)[1].contains("第 2 行：文件结构损坏"), "{:?}", messages(&lines));
}

#[test]
fn a_cell_of_a_hundred_thousand_characters_is_cut_and_reported() {
    let intake = read_text("长.csv", format!("{HEAD}停车,市城管局,{},5\n", "泊".repeat(100_000)));
    assert_eq!(messages(&intake), ["长.csv 第 2 行「建设内容」：单元格有 100000 字，只读入前 60000 字"]);
    assert_eq!(intake.proposals[0].section(SectionKind::Content).chars().count(), 60_000);
}

#[test]
fn the_unit_of_the_cell_beats_that_of_the_header_and_that_of_the_sheet() {
    let table = format!(
        "申报表,,,\n,,,单位：元\n项目名称,申报单位,建设内容,总投资,年运维费（万元）\n甲,市城管局,{CONTENT},8600000,36\n乙,市城管局,{CONTENT},860万元,36万\n"
    );
    let intake = read_text("单位.csv", table);
    assert_eq!(messages(&intake), Vec::<String>::new());
    for proposal in &intake.proposals {
        assert_eq!(proposal.money.total, Some(Wan::from_yuan(8_600_000)));
        assert_eq!(proposal.money.maintenance, Some(Wan::from_yuan(360_000)));
    }
    let assumed = read_text("元.csv", format!("项目名称,申报单位,建设内容,总投资\n甲,市城管局,{CONTENT},8600000\n"));
    assert_eq!(messages(&assumed), ["元.csv「总投资」：金额没有写单位，按元读入"]);
    assert_eq!(assumed.proposals[0].money.total, Some(Wan::from_yuan(8_600_000)));
}

#[test]
fn a_department_that_stands_once_above_its_rows_is_carried_and_reported() {
    let table = format!(
        "申报单位,项目名称,建设内容,总投资（万元）\n市水务局,甲,{CONTENT},5\n,乙,{CONTENT},6\n,丙,{CONTENT},7\n市民政局,丁,{CONTENT},8\n"
    );
    let intake = read_text("单位.csv", table);
    assert_eq!(messages(&intake), ["单位.csv「申报单位」：2 个空白格沿用了上一行的值"]);
    let departments: Vec<_> = intake.proposals.iter().map(|p| p.department.name.as_str()).collect();
    assert_eq!(departments, ["市水务局", "市水务局", "市水务局", "市民政局"]);
}

#[test]
fn rows_marked_secret_are_refused_wherever_the_mark_stands() {
    let table = format!(
        "项目名称,申报单位,建设内容,备注\n甲（涉密）,市公安局,{CONTENT},\n乙,市公安局,{CONTENT},涉密项目，另行报送\n丙★,市公安局,{CONTENT},\n丁,市公安局,秘密★3年 {CONTENT},\n戊,市公安局,{CONTENT},不涉密\n"
    );
    let intake = read_text("密.csv", table);
    assert_eq!(intake.proposals.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["戊"]);
    assert_eq!(intake.problems.len(), 4);
    let sheet = read_text("密.csv", format!("机密★5年,,\n项目名称,申报单位,建设内容\n甲,市公安局,{CONTENT}\n"));
    assert_eq!(messages(&sheet), ["密.csv：标有“机密”，已拒绝读入"]);
    assert_eq!(sheet.receipt.sources[0].rows, 1);
    let form = read_text(
        "密.csv",
        format!("机密★,,\n项目名称,指挥专网,\n申报单位,市公安局,\n建设内容,{CONTENT},\n总投资（万元）,5,\n"),
    );
    assert_eq!(messages(&form), ["密.csv：标有“机密”，已拒绝读入"]);
}

#[test]
fn an_office_can_bring_its_own_header_texts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("申报.csv");
    std::fs::write(&path, format!("事项,申报单位,干什么\n停车,市城管局,{CONTENT}\n")).unwrap();
    let aliases =
        HeaderAliases::from_toml("[project_name]\naliases=[\"事项\"]\n[content]\naliases=[\"干什么\"]\n").unwrap();
    let intake = read_with(&[source(&path)], &Limits::default(), &aliases);
    assert_eq!(intake.proposals[0].section(SectionKind::Content), CONTENT);
    assert_eq!(read(&[source(&path)], &Limits::default()).proposals, []);
}

#[test]
fn neither_the_order_of_the_sources_nor_of_the_threads_changes_the_result() {
    let mut sources: Vec<Source> =
        std::fs::read_dir(fixture(".")).unwrap().map(|entry| source(entry.unwrap().path())).collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let forward = read(&sources, &Limits::default());
    sources.reverse();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let backward = pool.install(|| read(&sources, &Limits::default()));
    assert_eq!(forward, backward);
    assert!(forward.proposals.is_sorted_by(|a, b| a.id < b.id), "ids are unique and sorted");
    assert!(forward.problems.is_sorted());
}

#[test]
fn limits_cut_a_sheet_and_say_so() {
    let limits = Limits { rows: 3, ..Limits::default() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("多.csv");
    let rows: String = (0..10).map(|i| format!("项目{i},市城管局,{CONTENT},5\n")).collect();
    std::fs::write(&path, format!("{HEAD}{rows}")).unwrap();
    let intake = read(&[source(&path)], &limits);
    assert_eq!(intake.proposals.len(), 2);
    assert_eq!(messages(&intake), ["多.csv：超过 3 行，超出部分未读取"]);
    let small = Limits { file_mb: 0, ..Limits::default() };
    assert_eq!(read(&[source(&path)], &small).problems[0].kind, ProblemKind::FileTooLarge { limit_mb: 0 });
}

/// How many header texts of headers.csv are mapped, and which are not.
#[test]
fn header_mapping_reaches_the_committed_scorecard() {
    let aliases = HeaderAliases::built_in();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest");
    let list = std::fs::read_to_string(folder.join("headers.csv")).unwrap();
    let rows: Vec<Vec<&str>> = list.lines().skip(1).map(|line| line.splitn(3, ',').collect()).collect();
    let missed: Vec<String> = rows
        .iter()
        .filter(|row| aliases.field_of(row[2]) != Field::from_name(row[1]))
        .map(|row| {
            format!("{} {}: {} / {}\n", row[0], row[2], row[1], aliases.field_of(row[2]).map_or("-", Field::name))
        })
        .collect();
    let card = format!(
        "{} of {} header texts mapped\nmissed (set text: wanted / got)\n{}",
        rows.len() - missed.len(),
        rows.len(),
        missed.concat()
    );
    let committed = std::fs::read_to_string(folder.join("scorecard.txt")).unwrap_or_default();
    assert_eq!(
        card, committed,
        "the mapping moved: read why, then write the new figures into tests/ingest/scorecard.txt"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_to_a_csv_or_json_file_makes_reading_panic(at in 0_usize..400, byte in any::<u8>(), cut in 0_usize..400, name in prop::sample::select(vec!["编码-utf8.csv", "编码-gb18030.csv", "编码-utf16.csv", "申报.json", "申报.jsonl", "台账.csv"])) {
        let mut bytes = std::fs::read(fixture(name)).unwrap();
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.remove(cut % length);
        let intake = read_text(name, &bytes);
        prop_assert!(!intake.proposals.is_empty() || !intake.problems.is_empty());
    }

    #[test]
    fn no_damage_to_a_workbook_makes_reading_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), name in prop::sample::select(vec!["申报表.xlsx", "申报.ods", "申报.et"])) {
        let mut bytes = std::fs::read(fixture(name)).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read_text(name, &bytes);
    }
}
