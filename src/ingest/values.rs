//! Cells to values: blanks, years, states, markings of secrecy, regions.

use super::width::{narrow, squeeze};
use crate::model::{Region, Status};

/// Whether a cell says "nothing" in one of the ways that people write it.
pub(crate) fn is_blank(text: &str) -> bool {
    // Asked of every cell: a text of more than 16 characters says something.
    if text.trim().chars().nth(16).is_some() {
        return false;
    }
    let text = squeeze(text);
    text.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '−' | '─' | '/' | '\\' | '_' | '.' | '*' | '、'))
        || matches!(
            text.as_str(),
            "无" | "暂无" | "没有" | "空" | "n/a" | "na" | "nan" | "null" | "none" | "无。" | "(无)" | "(空白)"
        )
}

/// The year in a cell; `Ok(None)` for blanks, the text where it is no year.
pub(crate) fn read_year(text: &str) -> Result<Option<u16>, ()> {
    if is_blank(text) {
        return Ok(None);
    }
    let text = squeeze(text);
    // 预计2026年6月, 计划2026年底: the words before the figures do not change the year.
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = &text[digits.len()..];
    let number: u32 = digits.parse().map_err(|_| ())?;
    let year = match digits.len() {
        // A date that lost its format: days since 1900; 30 000 to 60 000 are the years 1982 to 2064.
        5 if (30_000..60_000).contains(&number) && (rest.is_empty() || rest.starts_with('.')) => year_of_serial(number),
        4 | 6 | 8 if rest.is_empty() || !rest.starts_with(['万', '元']) => {
            number / 10_u32.pow(digits.len() as u32 - 4)
        }
        2 if rest.starts_with('年') => 2_000 + number,
        _ => return Err(()),
    };
    // 1990: the first Golden projects; no system that stands is older.
    if (1990..=2100).contains(&year) { Ok(u16::try_from(year).ok()) } else { Err(()) }
}

/// Day 1 is 1900-01-01; a quarter day a year is exact enough away from New Year's Day.
fn year_of_serial(serial: u32) -> u32 {
    1900 + (serial.saturating_sub(1) * 4) / 1461
}

/// What a 状态 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusWord {
    Known(Status),
    /// 已停用, 已下线: nothing to compare with.
    Retired,
    Unknown,
}

/// Words of a 状态, the first that occurs decides; "not yet" words stand before the words they contain.
const STATUS_WORDS: [(&str, StatusWord); 82] = {
    use StatusWord::{Known, Retired};
    const FILED: StatusWord = Known(Status::Filed);
    const UNDER_WAY: StatusWord = Known(Status::UnderWay);
    const BUILT: StatusWord = Known(Status::Built);
    [
        ("拟停用", BUILT),
        ("待停用", BUILT),
        ("未停用", BUILT),
        ("停用", Retired),
        ("下线", Retired),
        ("停运", Retired),
        ("关停", Retired),
        ("废止", Retired),
        ("报废", Retired),
        ("注销", Retired),
        ("停止使用", Retired),
        ("已终止", Retired),
        ("已撤销", Retired),
        ("未投", UNDER_WAY),
        ("未上线", UNDER_WAY),
        ("未启用", UNDER_WAY),
        ("待上线", UNDER_WAY),
        ("未交付", UNDER_WAY),
        ("未完成", UNDER_WAY),
        ("未验收", UNDER_WAY),
        ("待验收", UNDER_WAY),
        ("未完工", UNDER_WAY),
        ("未建成", UNDER_WAY),
        ("部分建成", UNDER_WAY),
        ("未建", FILED),
        ("待建", FILED),
        ("拟建", FILED),
        ("未立项", FILED),
        ("拟新建", FILED),
        ("未开工", FILED),
        ("待立项", FILED),
        ("已验收", BUILT),
        ("终验", BUILT),
        ("竣工", BUILT),
        ("建成", BUILT),
        ("已建", BUILT),
        ("投入使用", BUILT),
        ("投入运行", BUILT),
        ("投用", BUILT),
        ("正式运行", BUILT),
        // Trial operation comes before acceptance: the system can still change, but it is paid for.
        ("试运行", UNDER_WAY),
        ("运行", BUILT),
        ("运维", BUILT),
        ("在用", BUILT),
        ("使用中", BUILT),
        ("已上线", BUILT),
        ("正常使用", BUILT),
        ("完工", BUILT),
        ("建设完成", BUILT),
        ("完成建设", BUILT),
        ("已交付", BUILT),
        ("交付使用", BUILT),
        ("已部署", BUILT),
        ("运营", BUILT),
        ("已完成", BUILT),
        ("在建", UNDER_WAY),
        ("建设中", UNDER_WAY),
        ("实施", UNDER_WAY),
        ("招标", UNDER_WAY),
        ("采购", UNDER_WAY),
        ("中标", UNDER_WAY),
        ("签订合同", UNDER_WAY),
        ("开发", UNDER_WAY),
        ("初验", UNDER_WAY),
        ("验收", UNDER_WAY),
        ("开工", UNDER_WAY),
        ("已立项", UNDER_WAY),
        ("已批复", UNDER_WAY),
        ("续建", UNDER_WAY),
        ("已批准", UNDER_WAY),
        ("合同", UNDER_WAY),
        ("部署", UNDER_WAY),
        ("申报", FILED),
        ("前期", FILED),
        ("可研", FILED),
        ("新建", FILED),
        ("计划", FILED),
        ("立项", FILED),
        ("规划", FILED),
        ("储备", FILED),
        ("待批", FILED),
        ("评审", FILED),
    ]
};

/// Reads a 状态.
pub(crate) fn read_status(text: &str) -> StatusWord {
    let text = squeeze(text);
    if matches!(text.as_str(), "完成" | "是") {
        return StatusWord::Known(Status::Built);
    }
    STATUS_WORDS.iter().find(|(word, _)| text.contains(word)).map_or(StatusWord::Unknown, |(_, status)| *status)
}

/// What a 密级 says: `None` for public, otherwise the marking to report, which never quotes the cell.
pub(crate) fn secrecy_of_level(text: &str) -> Option<&'static str> {
    let text = squeeze(text);
    if is_blank(&text) {
        return None;
    }
    let public = ["非涉密", "非密", "不涉密", "未涉密", "不涉及", "无涉密", "非涉", "不含涉密", "未定密", "不属于"];
    let plain = public.iter().fold(text, |text, word| text.replace(word, ""));
    marking(&plain).or_else(|| matches!(plain.as_str(), "是" | "涉及" | "有" | "y" | "yes").then_some("涉密"))
}

/// A marking on a sheet of its own (`机密★5年`), not a sentence that mentions one.
pub(crate) fn secrecy_of_sheet(text: &str) -> Option<&'static str> {
    // 12 characters: 绝密★启用前 and 机密★长期 are shorter, rules for filling in are longer.
    secrecy_mark(text, false).filter(|_| squeeze(text).chars().nth(12).is_none())
}

/// A marking in a remark: the remark is the marking (`涉密`, `涉密项目，另行报送`), not a sentence about secrets.
pub(crate) fn secrecy_of_remark(text: &str) -> Option<&'static str> {
    if !text.contains('密') {
        return None;
    }
    let text = squeeze(text);
    let sign = ["涉密", "机密", "绝密", "秘密"].into_iter().find(|word| text.starts_with(word))?;
    // 涉密人员培训 and 秘密级以下均可 go on with other words.
    let rest = &text[sign.len()..];
    let ends = ["项目", "系统", "工程", "级", "件", "不公开", "内容"]
        .iter()
        .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    (ends.is_empty() || ends.starts_with(|c: char| !c.is_alphanumeric())).then_some(sign)
}

/// A marking in a project name, in the rest of a row or above a table: `（涉密）`, `机密★3年`, and, in names, a bare star.
pub(crate) fn secrecy_mark(text: &str, in_name: bool) -> Option<&'static str> {
    if !text.contains(['密', '★']) {
        return None;
    }
    let text = squeeze(text);
    for (word, marked) in [("绝密", "绝密"), ("机密", "机密"), ("秘密", "秘密"), ("涉密", "涉密")] {
        let signs = ["★", "☆"]
            .iter()
            .any(|star| text.contains(&format!("{word}{star}")) || text.contains(&format!("{star}{word}")));
        let brackets = [('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕'), ('<', '>')]
            .iter()
            .any(|(open, close)| text.contains(&format!("{open}{word}{close}")));
        if signs || (in_name && brackets) {
            return Some(marked);
        }
    }
    (in_name && text.contains('★')).then_some("★")
}

fn marking(text: &str) -> Option<&'static str> {
    ["绝密", "机密", "秘密", "涉密"].into_iter().find(|word| text.contains(word))
}

/// The region in a 行政区划 cell; `None` for blanks.
pub(crate) fn read_region(text: &str) -> Option<Region> {
    let text = narrow(text).split_whitespace().collect::<String>();
    if is_blank(&text) {
        return None;
    }
    let city = ["本级", "市直", "市级", "全市", "市属", "市辖区"];
    if text == "市" || (city.iter().any(|word| text.contains(word)) && !text.contains(['县'])) {
        return Some(Region::City);
    }
    Some(local_name(&text).unwrap_or(Region::Local(text)))
}

/// The county or district that a department's name starts with: `松岭县水利局`, `江州市东湖区教育局`.
pub(crate) fn region_of_department(name: &str) -> Option<Region> {
    if name.starts_with('市') {
        return Some(Region::City);
    }
    // 江州市水利局: the city itself, or a county-level city; only a 行政区划 column could tell.
    local_name(name).or_else(|| after_city(name).map(|_| Region::City))
}

/// Words that end in 区 or 县 and name no region.
const NO_REGIONS: [&str; 17] = [
    "社区", "园区", "地区", "校区", "小区", "景区", "片区", "灾区", "林区", "矿区", "库区", "城区", "市区", "院区",
    "辖区", "县区", "各县",
];

/// A leading county, district, banner or zone, after the name of the city if that stands first.
fn local_name(text: &str) -> Option<Region> {
    leading_region(after_city(text).unwrap_or(text)).map(|name| Region::Local(name.to_owned()))
}

/// What follows the name of a city at the start: 江州市|水利局, but not 澄湖区市场监督管理局.
fn after_city(text: &str) -> Option<&str> {
    let at = text.find('市')?;
    let city = &text[..at];
    let rest = &text[at + '市'.len_utf8()..];
    // Names of cities have one to five characters; 城市管理局 and 智慧城市中心 name none.
    let is_city = (1..=5).contains(&city.chars().count())
        && !city.contains(['县', '区', '局', '委'])
        && !city.ends_with(['城', '超', '都']);
    (is_city && !rest.starts_with(['场', '民', '容', '区'])).then_some(rest)
}

fn leading_region(text: &str) -> Option<&str> {
    // 11 characters: 经济技术开发区 has seven, autonomous counties up to eleven.
    for (count, (at, c)) in text.char_indices().take(11).enumerate() {
        let name = &text[..at + c.len_utf8()];
        let is_region = match c {
            '县' => count >= 1,
            '区' | '旗' => count >= 2,
            '局' | '委' | '办' | '院' | '所' | '部' | '处' => return None,
            _ => false,
        };
        if is_region && !NO_REGIONS.iter().any(|word| name.ends_with(word)) {
            return Some(name);
        }
    }
    None
}

/// A department's name as filed, on one line and without what belongs to the form: `（盖章）`.
pub(crate) fn department_name(text: &str) -> String {
    let mut name: String = text.split_whitespace().collect::<Vec<_>>().join("");
    for mark in
        ["（盖章）", "(盖章)", "（公章）", "(公章)", "（签章）", "(签章)", "（加盖公章）", "(加盖公章)", "盖章："]
    {
        name = name.replace(mark, "");
    }
    if is_blank(&name) { String::new() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_from_words_dates_and_lost_dates() {
        for (text, year) in [
            ("2026", 2026),
            ("2026年", 2026),
            ("2026年度", 2026),
            ("２０２６", 2026),
            ("2024-06-01", 2024),
            ("202406", 2024),
            ("2024.06", 2024),
            ("46113", 2026),
            ("26年", 2026),
            ("2026.0", 2026),
            ("2026-2027", 2026),
            ("预计2026年6月", 2026),
        ] {
            assert_eq!(read_year(text), Ok(Some(year)), "{text}");
        }
        assert_eq!(read_year("-"), Ok(None));
        for text in ["今年", "12", "1200万元", "20260", "0000", "十四五"] {
            assert_eq!(read_year(text), Err(()), "{text}");
        }
    }

    #[test]
    fn states_are_read_from_the_words_of_offices() {
        use StatusWord::{Known, Retired, Unknown};
        for (text, word) in [
            ("申报", Known(Status::Filed)),
            ("拟建", Known(Status::Filed)),
            ("新建计划", Known(Status::Filed)),
            ("在建", Known(Status::UnderWay)),
            ("已招标", Known(Status::UnderWay)),
            ("试运行", Known(Status::UnderWay)),
            ("已建成未验收", Known(Status::UnderWay)),
            ("已建", Known(Status::Built)),
            ("已验收", Known(Status::Built)),
            ("在用", Known(Status::Built)),
            ("已停用", Retired),
            ("未投入使用", Known(Status::UnderWay)),
            ("建设完成", Known(Status::Built)),
            ("红色", Unknown),
        ] {
            assert_eq!(read_status(text), word, "{text}");
        }
    }

    #[test]
    fn secrecy_is_told_from_its_denial() {
        for text in ["非涉密", "公开", "内部", "否", "无", "", "不涉密", "非密"] {
            assert_eq!(secrecy_of_level(text), None, "{text}");
        }
        for (text, marked) in [("秘密", "秘密"), ("机密级", "机密"), ("涉密系统", "涉密"), ("是", "涉密")]
        {
            assert_eq!(secrecy_of_level(text), Some(marked), "{text}");
        }
        assert_eq!(secrecy_mark("指挥系统（涉密）", true), Some("涉密"));
        assert_eq!(secrecy_mark("机密★3年", false), Some("机密"));
        for (text, marked) in [
            ("涉密", Some("涉密")),
            ("涉密项目，另行报送", Some("涉密")),
            ("机密级", Some("机密")),
            ("涉密人员培训另计", None),
            ("不涉密", None),
        ] {
            assert_eq!(secrecy_of_remark(text), marked, "{text}");
        }
        assert_eq!(secrecy_mark("商业秘密保护平台", true), None);
        assert_eq!(secrecy_mark("涉密人员管理培训", true), None);
    }

    #[test]
    fn regions_are_read_from_columns_and_names() {
        let local = |name: &str| Some(Region::Local(name.to_owned()));
        assert_eq!(read_region("市本级"), Some(Region::City));
        assert_eq!(read_region("江州市本级"), Some(Region::City));
        assert_eq!(read_region("江州市东湖区"), local("东湖区"));
        assert_eq!(read_region("高新区"), local("高新区"));
        assert_eq!(read_region(" / "), None);
        for (name, region) in [
            ("松岭县水利局", local("松岭县")),
            ("江州市东湖区教育局", local("东湖区")),
            ("经济技术开发区管委会", local("经济技术开发区")),
            ("市公安局交警支队", Some(Region::City)),
            ("江州市水利局", Some(Region::City)),
            ("社区卫生服务中心", None),
            ("水利局", None),
            ("城市管理局", None),
            ("澄湖区市场监督管理局", local("澄湖区")),
            ("澄湖区城市运行管理中心", local("澄湖区")),
            ("江州市市场监督管理局", Some(Region::City)),
            ("滕县公安局", local("滕县")),
        ] {
            assert_eq!(region_of_department(name), region, "{name}");
        }
    }
}
