//! Amounts as filed, with their units, read exactly: digits and powers of ten, no floating point.

use super::numeral;
use super::values::is_blank;
use super::width::squeeze;
use crate::model::Wan;

/// The unit an amount is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// 元.
    Yuan,
    /// 千元.
    Thousand,
    /// 万元.
    Wan,
    /// 亿元.
    Yi,
}

impl Unit {
    pub(super) fn yuan(self) -> i128 {
        match self {
            Unit::Yuan => 1,
            Unit::Thousand => 1_000,
            Unit::Wan => 10_000,
            Unit::Yi => 100_000_000,
        }
    }

    /// As written in a header.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::Thousand => "千元",
            Unit::Wan => "万元",
            Unit::Yi => "亿元",
        }
    }
}

/// An amount that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount {
    /// How much.
    pub(crate) wan: Wan,
    /// Whether the cell names its unit itself.
    pub(crate) own_unit: bool,
}

/// Why an amount could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AmountFault {
    Unreadable,
    Negative,
    Implausible(Wan),
}

/// 10 billion yuan: no city files an IT project of that size, but a sum in yuan under a header in 万元 soon reaches it.
const IMPLAUSIBLE_YUAN: i128 = 10_000_000_000;

/// Words around an amount that do not change it.
const PREFIXES: [&str; 22] = [
    "人民币",
    "总投资",
    "投资",
    "估算",
    "概算",
    "预算",
    "资金",
    "合计",
    "共计",
    "总计",
    "大约",
    "约为",
    "约",
    "共",
    "计",
    "不超过",
    "小于等于",
    "≤",
    "rmb",
    "cny",
    "￥",
    "¥",
];
const SUFFIXES: [&str; 10] = ["左右", "以内", "上下", "人民币", "/年", "每年", "/a", "整", "正", "。"];

/// The amount in a cell; `Ok(None)` where the cell is blank in one of the ways that filings write it.
///
/// 待定, 另行测算 and the like are no blanks: the office asked for a figure and has to ask again, so they are unreadable.
pub(crate) fn read_amount(text: &str, column: Unit) -> Result<Option<Amount>, AmountFault> {
    if is_blank(text) {
        return Ok(None);
    }
    let squeezed = unit_out_of_brackets(squeeze(text));
    let body = strip_words(strip_detail(strip_brackets(&squeezed)));
    let (negative, body) = match body.strip_prefix(['-', '−', '－']) {
        Some(rest) => (true, rest),
        None => (is_accounting_negative(&squeezed), body),
    };
    let body = if body.is_empty() { squeezed.trim_matches(['(', ')']) } else { strip_words(body) };
    let (yuan, own_unit) =
        read_arabic(body, column).or_else(|| numeral::read(body, column)).ok_or(AmountFault::Unreadable)?;
    if negative && yuan != 0 {
        return Err(AmountFault::Negative);
    }
    let wan = Wan::from_yuan(i64::try_from(yuan).map_err(|_| AmountFault::Unreadable)?);
    if yuan > IMPLAUSIBLE_YUAN {
        return Err(AmountFault::Implausible(wan));
    }
    Ok(Some(Amount { wan, own_unit }))
}

/// The unit that a header or a line above the table names.
pub(crate) fn unit_in(header: &str) -> Option<Unit> {
    let text = squeeze(header);
    for (word, unit) in [("亿元", Unit::Yi), ("万元", Unit::Wan), ("千元", Unit::Thousand)] {
        if text.contains(word) {
            return Some(unit);
        }
    }
    let bare_yuan = ["(元", "元)", "[元", "/元", ":元", "【元", "_元", ",元", "-元"];
    if bare_yuan.iter().any(|word| text.contains(word)) || text.ends_with("金额元") || text.ends_with("投资元") {
        return Some(Unit::Yuan);
    }
    ["(万)", "(亿)"].iter().position(|word| text.contains(word)).map(|i| [Unit::Wan, Unit::Yi][i])
}

/// `(1,200.00)` is how bookkeeping writes minus 1200.
fn is_accounting_negative(text: &str) -> bool {
    text.strip_prefix('(')
        .and_then(|t| t.strip_suffix(')'))
        .is_some_and(|t| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')))
}

/// `1200(万元)` is 1200万元.
fn unit_out_of_brackets(text: String) -> String {
    ["万元", "亿元", "千元", "元"].iter().fold(text, |text, unit| text.replace(&format!("({unit})"), unit))
}

/// The text before what explains it: `1200万元，其中市级财政800万元`, `1200万元，分两年实施`.
fn strip_detail(text: &str) -> &str {
    let comma = text
        .match_indices([',', ';'])
        .find(|(at, _)| !text[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
        .map(|(at, _)| at);
    let end = [text.find("其中"), comma].into_iter().flatten().min();
    end.filter(|end| *end > 0).map_or(text, |end| &text[..end])
}

/// The text before a bracketed remark: `1200万元(含税)`.
fn strip_brackets(text: &str) -> &str {
    match text.find(['(', '[', '【', '〔']) {
        Some(at) if text.ends_with([')', ']', '】', '〕']) => &text[..at],
        _ => text,
    }
}

fn strip_words(mut text: &str) -> &str {
    loop {
        let before = text;
        text = text.trim_start_matches([':', ';', ',']).trim_end_matches([';', ',']);
        for word in PREFIXES {
            text = text.strip_prefix(word).unwrap_or(text);
        }
        for word in SUFFIXES {
            text = text.strip_suffix(word).unwrap_or(text);
        }
        if text == before {
            return text;
        }
    }
}

/// `1200`, `1,200.5万元`, `1亿2000万元`: yuan, and whether a unit was written.
fn read_arabic(text: &str, column: Unit) -> Option<(i128, bool)> {
    let (mut rest, mut sum, mut last) = (text, 0_i128, None);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let (digits, scale) = decimal(&rest[..end])?;
        let (unit, after) = leading_unit(&rest[end..]);
        match (unit, last) {
            // A second part must be in a smaller unit: 1亿2000万, not 800万1000万.
            (Some(unit), Some(before)) if unit >= before => return None,
            (None, Some(_)) => return None,
            (None, None) if !after.is_empty() => return None,
            _ => {}
        }
        sum = sum.checked_add(scaled(digits, scale, unit.unwrap_or(column))?)?;
        last = unit;
        rest = after;
        if unit.is_none() {
            break;
        }
    }
    (text.starts_with(|c: char| c.is_ascii_digit() || c == '.')).then_some((sum, last.is_some()))
}

fn leading_unit(text: &str) -> (Option<Unit>, &str) {
    let words = [
        ("亿元", Unit::Yi),
        ("亿", Unit::Yi),
        ("万元", Unit::Wan),
        ("万圆", Unit::Wan),
        ("万", Unit::Wan),
        ("w", Unit::Wan),
        ("千元", Unit::Thousand),
        ("元", Unit::Yuan),
        ("圆", Unit::Yuan),
    ];
    words
        .iter()
        .find_map(|(word, unit)| text.strip_prefix(word).map(|rest| (Some(*unit), rest)))
        .unwrap_or((None, text))
}

/// Digits and the number of decimals; thousands separators must stand where they belong.
fn decimal(text: &str) -> Option<(i128, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.contains(['.', ',']) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    // 12 decimals of whatever unit are far below a yuan; a spreadsheet's 0.30000000000000004 has 17.
    let fraction = fraction.get(..fraction.len().min(12))?;
    digits.push_str(fraction);
    Some((digits.parse().ok()?, fraction.len() as u32))
}

/// `digits / 10^scale` of `unit`, to the nearest yuan.
fn scaled(digits: i128, scale: u32, unit: Unit) -> Option<i128> {
    let divisor = 10_i128.checked_pow(scale)?;
    let value = digits.checked_mul(unit.yuan())?;
    Some(value.checked_add(divisor / 2)? / divisor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str, column: Unit) -> Option<i64> {
        read_amount(text, column).ok().flatten().map(|amount| amount.wan.yuan())
    }

    #[test]
    fn amounts_are_read_in_all_the_ways_that_filings_write_them() {
        for (text, expected) in [
            ("1200", 12_000_000),
            ("1,200.00", 12_000_000),
            ("１２００", 12_000_000),
            (" 968.5 ", 9_685_000),
            ("￥860万元", 8_600_000),
            ("约1200万", 12_000_000),
            ("1.2亿", 120_000_000),
            ("1亿2000万元", 120_000_000),
            ("1200万元（含税）", 12_000_000),
            ("8600000元", 8_600_000),
            ("860千元", 860_000),
            ("一千二百万元", 12_000_000),
            ("壹仟贰佰万元整", 12_000_000),
            ("一亿二千万元", 120_000_000),
            ("三百", 3_000_000),
            ("十五万", 150_000),
            ("一百零五万元", 1_050_000),
            ("不超过500万元", 5_000_000),
            ("36万元/年", 360_000),
            ("0.30000000000000004", 3_000),
            ("12.34567", 123_457),
            ("1200（万元）", 12_000_000),
            ("1200万元，其中市级财政800万元", 12_000_000),
            ("1,200万元，分两年实施", 12_000_000),
            ("总投资估算约为1200万元", 12_000_000),
            ("十二亿三千万元", 1_230_000_000),
        ] {
            assert_eq!(yuan(text, Unit::Wan), Some(expected), "{text}");
        }
        assert_eq!(yuan("8600000", Unit::Yuan), Some(8_600_000));
        assert_eq!(yuan("1.5", Unit::Yi), Some(150_000_000));
    }

    #[test]
    fn what_is_no_amount_is_said_to_be_none() {
        for text in [
            "约一千二",
            "一万二",
            "800-1000",
            "800~1000万元",
            "待定",
            "详见附件",
            "12,34",
            "1.2.3",
            "万元",
            "3年共360万元",
            "1200台",
            "abc",
            "二三",
        ] {
            assert_eq!(read_amount(text, Unit::Wan), Err(AmountFault::Unreadable), "{text}");
        }
        assert_eq!(read_amount("-5", Unit::Wan), Err(AmountFault::Negative));
        assert_eq!(read_amount("(1,200.00)", Unit::Wan), Err(AmountFault::Negative));
        assert!(matches!(read_amount("23400000", Unit::Wan), Err(AmountFault::Implausible(_))));
    }

    #[test]
    fn blanks_are_no_amounts_and_no_problems() {
        for text in ["", " ", "-", "—", "——", "/", "无", "暂无", "N/A", "　"] {
            assert_eq!(read_amount(text, Unit::Wan), Ok(None), "{text}");
        }
    }

    #[test]
    fn the_unit_is_found_in_a_header() {
        for (header, unit) in [
            ("投资估算（万元）", Some(Unit::Wan)),
            ("预算金额(元)", Some(Unit::Yuan)),
            ("（单位：元）", Some(Unit::Yuan)),
            ("总投资/亿元", Some(Unit::Yi)),
            ("单元数", None),
            ("投资估算", None),
        ] {
            assert_eq!(unit_in(header), unit, "{header}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_printed_is_read_back(yuan_value in 0_i64..10_000_000_000) {
            let wan = Wan::from_yuan(yuan_value);
            let read = read_amount(&wan.to_string(), Unit::Wan);
            proptest::prop_assert_eq!(read, Ok(Some(Amount { wan, own_unit: false })));
            let spelled = format!("{wan}万元");
            proptest::prop_assert_eq!(read_amount(&spelled, Unit::Yuan), Ok(Some(Amount { wan, own_unit: true })));
        }

        #[test]
        fn no_text_makes_reading_an_amount_panic(text in "\\PC{0,20}") {
            let _ = read_amount(&text, Unit::Wan);
        }
    }
}
