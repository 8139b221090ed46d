//! Chinese numerals that amounts are written out in.

use super::money::Unit;

/// `一千二百万元`, `壹仟贰佰万元`: written out in full; the spoken short form 一千二 is not read, since it can be 1200 or 1002.
pub(super) fn read(text: &str, column: Unit) -> Option<(i128, bool)> {
    let body = text.trim_end_matches(['元', '圆']);
    let spelled_yuan = body.len() < text.len();
    let (mut total, mut section, mut digit, mut last_step) = (0_i128, 0_i128, None::<i128>, 0_i128);
    let mut large = false;
    let mut zero = false;
    if body.is_empty() {
        return None;
    }
    for c in body.chars() {
        if let Some(value) = value_of(c) {
            if digit.is_some() && value != 0 {
                return None;
            }
            zero = value == 0;
            digit = (value != 0).then_some(value).or(digit);
        } else if let Some(step) = step(c) {
            // 十 alone at the start is ten.
            section += digit.take().or((step == 10).then_some(1))? * step;
            (last_step, zero) = (step, false);
        } else {
            let unit = match c {
                '万' => 10_000,
                '亿' => 100_000_000,
                _ => return None,
            };
            section += digit.take().unwrap_or(0);
            if section == 0 && total == 0 {
                return None;
            }
            // 三千万亿 multiplies what stands before; otherwise each section counts for itself.
            total = if unit > 10_000 { (total + section) * unit } else { total + section * unit };
            (section, last_step, large, zero) = (0, unit, true, false);
        }
    }
    if let Some(value) = digit {
        // 一千二 and 一万二: the last digit does not say what it counts.
        if last_step >= 100 && !zero && !body.contains(['零', '〇']) {
            return None;
        }
        section += value;
    }
    let number = total + section;
    let unit = if spelled_yuan || large { Unit::Yuan } else { column };
    Some((number.checked_mul(unit.yuan())?, spelled_yuan || large))
}

fn value_of(c: char) -> Option<i128> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn step(c: char) -> Option<i128> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}
