//! The money that an item names.

use crate::model::Wan;

use super::normalize::Folded;

/// The amount of an item, from phrases such as "（1116万元）", "计228万元", "投资0.3亿元", "52万"; `None` where it names none or contradicts itself.
///
/// Where an item names several amounts, the one that is marked as its sum (共, 合计, 小计) counts, else the last one if all
/// others are parts before it that add up to it, else their sum: filings price the parts of an item one behind the other.
/// Unit prices ("每套1.2万元", "3万元/年") are left out.
pub fn item_amount(item: &str) -> Option<Wan> {
    let folded = Folded::new(item).text;
    let amounts = amounts(&folded);
    if let Some(total) = amounts.iter().find(|a| a.is_total) {
        return Some(total.value);
    }
    let (last, parts) = amounts.split_last()?;
    let sum: Wan = parts.iter().map(|a| a.value).sum();
    Some(if !parts.is_empty() && sum == last.value { last.value } else { sum + last.value })
}

struct Amount {
    value: Wan,
    is_total: bool,
}

fn amounts(text: &str) -> Vec<Amount> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || matches!(bytes[at], b'.' | b',')) {
            at += 1;
        }
        let (before, number, after) = (&text[..start], &text[start..at], &text[at..]);
        let Some((yuan_a_unit, unit)) = unit(after) else { continue };
        let behind = &after[unit..];
        if is_unit_price(before, behind) {
            continue;
        }
        if let Some(value) = exact(number, yuan_a_unit) {
            let is_total = ["共", "共计", "合计", "总计", "小计"].iter().any(|w| before.ends_with(w));
            found.push(Amount { value, is_total });
        }
    }
    found
}

/// Yuan a unit and the unit's length. "万" alone counts only where money is plainly meant: "52万)" but not "3万户".
fn unit(after: &str) -> Option<(i64, usize)> {
    for (word, yuan) in [("亿元", 100_000_000), ("万元", 10_000), ("千元", 1_000), ("元", 1)] {
        if after.starts_with(word) {
            return Some((yuan, word.len()));
        }
    }
    let rest = after.strip_prefix('万')?;
    rest.chars()
        .next()
        .is_none_or(|c| matches!(c, ')' | ';' | ',' | '。' | '\n' | '、'))
        .then_some((10_000, "万".len()))
}

fn is_unit_price(before: &str, behind: &str) -> bool {
    let tail: String = before.chars().rev().take(4).collect();
    let per = tail.chars().any(|c| matches!(c, '每' | '单')) || tail.contains("价");
    per || behind.starts_with('/') || behind.starts_with("每") || behind.starts_with("一年")
}

/// The decimal `number` times `yuan_a_unit`, in whole yuan; `None` where it is no plain decimal or has fractions of a yuan.
fn exact(number: &str, yuan_a_unit: i64) -> Option<Wan> {
    let digits = number.trim_end_matches(['.', ',']).replace(',', "");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let value: i64 = format!("{whole}{fraction}").parse().ok()?;
    let yuan = value.checked_mul(yuan_a_unit)?;
    (yuan > 0).then(|| Wan::from_yuan(yuan / scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_amount_of_an_item_is_read() {
        for (item, wan) in [
            ("布设雷视一体机372套（1116万元）", Some("1116")),
            ("弯道会车预警38处，计228万元", Some("228")),
            ("楼宇经济画像升级(146万)", Some("146")),
            ("平台软件0.12亿元", Some("1200")),
            ("便携终端，8,500元", Some("0.85")),
            ("前端300万元、后台120.5万元", Some("420.5")),
            ("前端300万元、后台120万元，小计420万元", Some("420")),
            ("服务3万户居民", None),
            ("采集终端每套1.2万元", None),
            ("机动车保有量达68.3万辆", None),
        ] {
            assert_eq!(item_amount(item).map(|w| w.to_string()).as_deref(), wan, "{item}");
        }
    }
}
