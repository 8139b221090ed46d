//! The numbers that filings put before their items, in all the ways in which they do.

/// The ways in which filings number their items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `1.` `1、` `1．` `1)`
    Arabic,
    /// `(1)`
    ArabicBracket,
    /// `一、`
    Chinese,
    /// `(一)`
    ChineseBracket,
    /// `①`
    Circled,
    /// `一是`
    Ordinal,
    /// `第一,`
    OrdinalLong,
}

const STYLES: [Style; 7] = [
    Style::Arabic,
    Style::ArabicBracket,
    Style::Chinese,
    Style::ChineseBracket,
    Style::Circled,
    Style::Ordinal,
    Style::OrdinalLong,
];

/// A number at the head of an item: where it begins, where the item's text begins, which number it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
    pub start: usize,
    pub text: usize,
    number: u32,
    /// A digit follows, so it may be a decimal number ("5.46处" is item 5 with 46 places, or 5.46 of something).
    doubtful: bool,
}

/// The markers of the style whose run begins first and counts 1, 2, …; `None` where no style reaches 2.
pub(super) fn numbering(text: &str) -> Option<Vec<Marker>> {
    STYLES
        .iter()
        .filter_map(|&style| {
            let run = run_from_one(markers(text, style));
            (run.len() >= 2).then_some(run)
        })
        .min_by_key(|run| run[0].start)
}

/// The run 1, 2, 3 … read off in order; markers that do not continue it are text.
fn run_from_one(found: Vec<Marker>) -> Vec<Marker> {
    let mut run: Vec<Marker> = Vec::new();
    for marker in found {
        // A doubtful marker is believed where it continues a run that has begun.
        if marker.number as usize == run.len() + 1 && (!marker.doubtful || run.len() >= 2) {
            run.push(marker);
        }
    }
    run
}

fn markers(text: &str, style: Style) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    for (start, c) in text.char_indices() {
        let after_stop = before.is_none_or(|b| matches!(b, '。' | '；' | ';' | '\n' | '）' | ')'));
        let at_border = before.is_none_or(|b| {
            b.is_whitespace()
                || matches!(b, '。' | '；' | ';' | '：' | ':' | '，' | ',' | '、' | '）' | ')' | '”' | '.')
        });
        if at_border && let Some((number, length)) = marker(&text[start..], style) {
            let doubtful = style == Style::Arabic && text[start + length..].starts_with(|c: char| c.is_ascii_digit());
            if !doubtful || after_stop {
                found.push(Marker { start, text: start + length, number, doubtful });
            }
        }
        if !matches!(c, ' ' | '\u{3000}') || before.is_none() {
            before = Some(c);
        }
    }
    found
}

/// The number at the start of `text` and the length of its marker in bytes.
fn marker(text: &str, style: Style) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    match style {
        Style::Arabic => {
            let digits: usize = text.bytes().take_while(u8::is_ascii_digit).count();
            let number = text.get(..digits)?.parse().ok().filter(|n| (1..=60).contains(n))?;
            let mark =
                text[digits..].chars().next().filter(|c| matches!(c, '.' | '、' | '．' | ')' | '）' | ',' | '，'))?;
            Some((number, digits + mark.len_utf8()))
        }
        Style::ArabicBracket => {
            let inner = text.strip_prefix(['(', '（'])?;
            let digits: usize = inner.bytes().take_while(u8::is_ascii_digit).count();
            let number = inner.get(..digits)?.parse().ok().filter(|n| (1..=60).contains(n))?;
            let close = inner[digits..].chars().next().filter(|c| matches!(c, ')' | '）'))?;
            Some((number, first.len_utf8() + digits + close.len_utf8()))
        }
        Style::Chinese => {
            let (number, length) = chinese_number(text)?;
            let mark = text[length..].chars().next().filter(|c| matches!(c, '、' | '.' | '．'))?;
            Some((number, length + mark.len_utf8()))
        }
        Style::ChineseBracket => {
            let inner = text.strip_prefix(['(', '（'])?;
            let (number, length) = chinese_number(inner)?;
            let close = inner[length..].chars().next().filter(|c| matches!(c, ')' | '）'))?;
            Some((number, first.len_utf8() + length + close.len_utf8()))
        }
        Style::Circled => {
            let number = (first as u32).checked_sub('①' as u32).filter(|n| *n < 20)? + 1;
            Some((number, first.len_utf8()))
        }
        Style::Ordinal => {
            let (number, length) = chinese_number(text)?;
            text[length..].starts_with('是').then_some((number, length + '是'.len_utf8()))
        }
        Style::OrdinalLong => {
            let (number, length) = chinese_number(text.strip_prefix('第')?)?;
            let length = length + '第'.len_utf8();
            let mark = text[length..].chars().next().filter(|c| matches!(c, '，' | ',' | '、'))?;
            Some((number, length + mark.len_utf8()))
        }
    }
}

/// 一 to 二十九 at the start of `text`.
fn chinese_number(text: &str) -> Option<(u32, usize)> {
    const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| DIGITS.iter().position(|d| *d == c).map(|i| i as u32 + 1);
    let mut chars = text.chars();
    let (a, b, c) = (chars.next()?, chars.next(), chars.next());
    let width = a.len_utf8();
    match (a, b, c) {
        ('十', Some(b), _) if digit(b).is_some() => digit(b).map(|d| (10 + d, 2 * width)),
        ('十', ..) => Some((10, width)),
        (a, Some('十'), Some(c)) if digit(a).is_some() && digit(c).is_some() => {
            Some((digit(a)? * 10 + digit(c)?, 3 * width))
        }
        (a, Some('十'), _) if digit(a).is_some() => Some((digit(a)? * 10, 2 * width)),
        (a, ..) => digit(a).map(|d| (d, width)),
    }
}
