//! Cuts a chapter into items: numbered ones first, else lines and semicolons, else sentences.
//!
//! Numbers are believed only in runs (1 2 3 …, 一是 二是 …), so "1.5亿元" or a lone "(1)" in a sentence splits nothing.

use crate::model::Span;

use super::numbering::numbering;

/// One item of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The item without its number and closing punctuation.
    pub span: Span,
    /// Its title, or its first clause.
    pub head: Span,
    /// The head of the item that it is nested in.
    pub parent: Option<Span>,
}

/// Items shorter than this many characters carry no need of their own: "如下", "其他".
const SHORTEST_ITEM: usize = 4;

/// The items of `text` in order; nested items follow the item that holds them. A text without structure is one item a sentence.
pub fn split(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    split_range(text, Span::new(0, text.len()), None, &mut items, 0);
    items
}

fn split_range(text: &str, range: Span, parent: Option<Span>, items: &mut Vec<Item>, depth: usize) {
    let part = range.of(text);
    if let Some(markers) = numbering(part) {
        if let Some(first) = markers.first() {
            // What stands before the first number is an introduction, or an item that the numbers are nested in.
            let before = Span::new(range.start, range.start + first.start);
            // A bare title is the parent of what follows and asks for nothing itself.
            if parent != Some(trim(text, before)) {
                push_prose(text, before, parent.filter(|p| !before.contains(*p)), items);
            }
        }
        for (i, marker) in markers.iter().enumerate() {
            let end = markers.get(i + 1).map_or(part.len(), |next| next.start);
            let span = trim(text, Span::new(range.start + marker.text, range.start + end));
            if span.is_empty() {
                continue;
            }
            // Two levels are enough: filings number modules and their functions; deeper text is description.
            if depth < 1 && numbering(span.of(text)).is_some() {
                let head = head(text, span);
                let before = items.len();
                split_range(text, span, Some(head), items, depth + 1);
                if items.len() == before {
                    items.push(Item { span, head, parent });
                }
            } else {
                push_clauses(text, span, parent, items);
            }
        }
        return;
    }
    push_prose(text, range, parent, items);
}

/// Splits text without numbers at line breaks and semicolons, and failing these at full stops.
fn push_prose(text: &str, range: Span, parent: Option<Span>, items: &mut Vec<Item>) {
    let mut parts = pieces(text, range, |c| matches!(c, '\n' | '；' | ';'));
    if parts.len() < 2 {
        parts = pieces(text, range, |c| matches!(c, '\n' | '；' | ';' | '。'));
    }
    for span in parts {
        push_item(text, span, parent, items);
    }
}

/// A numbered item stays whole unless semicolons or full stops list several things in it.
fn push_clauses(text: &str, span: Span, parent: Option<Span>, items: &mut Vec<Item>) {
    let head = head(text, span);
    let parts = pieces(text, span, |c| matches!(c, '；' | ';' | '\n' | '。'));
    // Short clauses ("含机柜;含基础") describe one thing; an item of several long ones lists several.
    let long = parts.iter().filter(|p| p.of(text).chars().count() >= LISTED_CLAUSE).count();
    if parts.len() >= 2 && long == parts.len() {
        for part in parts {
            let above = (!part.contains(head)).then_some(head).or(parent);
            push_item(text, part, above, items);
        }
    } else {
        push_item(text, span, parent, items);
    }
}

// 24 characters: below it a clause of a numbered item is nearly always a specification of the item, not a thing of its own.
const LISTED_CLAUSE: usize = 24;

fn push_item(text: &str, span: Span, parent: Option<Span>, items: &mut Vec<Item>) {
    for span in priced_parts(text, span) {
        let span = trim(text, span);
        if span.of(text).chars().count() >= SHORTEST_ITEM {
            items.push(Item { span, head: head(text, span), parent });
        }
    }
}

/// Cuts behind each amount that closes a clause: what has its own price is a thing of its own. Amounts of one thing's parts
/// ("其中软件300万元") cut nothing, since what lies between them names nothing that could stand alone.
fn priced_parts(text: &str, span: Span) -> Vec<Span> {
    let part = span.of(text);
    let mut cuts = vec![0];
    for (at, unit) in part.match_indices("万元") {
        let end = at + unit.len();
        let rest = &part[end..];
        let closing = rest.strip_prefix(['）', ')']).unwrap_or(rest);
        let behind = closing.trim_start_matches(['，', ',', '。', '；', ';', '、']);
        let cut = part.len() - behind.len();
        let separated = behind.len() < closing.len();
        let since = cuts.last().copied().unwrap_or(0);
        if separated && names_a_thing(&part[since..cut]) && names_a_thing(behind) {
            cuts.push(cut);
        }
    }
    cuts.push(part.len());
    cuts.windows(2).map(|w| Span::new(span.start + w[0], span.start + w[1])).collect()
}

/// Whether a piece of an item could be an item: long enough without its figures, and not the continuation of a sum.
fn names_a_thing(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    letters >= PRICED_PART
        && !["其中", "含", "合计", "共计", "总计", "小计", "单价"].iter().any(|w| piece.starts_with(w))
}

// 10 letters: "土壤墒情与自动喷灌控制" has 11; "软件300万元" has 4.
const PRICED_PART: usize = 10;

/// The ranges between separators, trimmed, without empty ones.
fn pieces(text: &str, range: Span, separator: impl Fn(char) -> bool) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for (at, c) in range.of(text).char_indices() {
        if separator(c) {
            parts.push(Span::new(start, range.start + at));
            start = range.start + at + c.len_utf8();
        }
    }
    parts.push(Span::new(start, range.end));
    parts.into_iter().map(|p| trim(text, p)).filter(|p| !p.is_empty()).collect()
}

/// Longest title, in characters; a longer first clause is a sentence and its first part serves.
const LONGEST_HEAD: usize = 30;

/// The title of an item: up to the first colon, full stop, comma or bracket, whichever leaves a title of 4 to 30 characters.
fn head(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let mut end = part.len();
    let mut depth = 0usize;
    for (count, (at, c)) in part.char_indices().enumerate() {
        let ends = match c {
            '：' | ':' | '。' | '\n' | '；' | ';' => true,
            '，' | ',' => depth == 0 && count >= SHORTEST_ITEM,
            '（' | '(' => {
                depth += 1;
                depth == 1 && count >= SHORTEST_ITEM
            }
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => false,
        };
        if (ends && count > 0) || count >= LONGEST_HEAD {
            end = at;
            break;
        }
    }
    trim(text, Span::new(span.start, span.start + end))
}

fn trim(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let kept = part.trim_start_matches(is_edge);
    let start = span.start + part.len() - kept.len();
    Span::new(start, start + kept.trim_end_matches(is_edge).len())
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '；' | ';' | '。' | '，' | ',' | '、' | '：' | ':' | '-' | '—' | '·' | '●' | '■')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Heads of the items, nested ones behind the head of their parent and ›.
    fn heads(text: &str) -> Vec<String> {
        split(text)
            .iter()
            .map(|i| match i.parent {
                Some(p) => format!("{}›{}", p.of(text), i.head.of(text)),
                None => i.head.of(text).to_owned(),
            })
            .collect()
    }

    #[test]
    fn each_way_of_numbering_splits() {
        for text in [
            "1.路段感知：布设设备；2.违停抓拍，安装球机。3.诱导发布",
            "1、路段感知。布设设备。\n2、违停抓拍。安装球机。\n3、诱导发布",
            "(1)路段感知，900万元;(2)违停抓拍，320万元;(3)诱导发布",
            "（一）路段感知：布设设备；\n（二）违停抓拍：安装；\n（三）诱导发布",
            "一、路段感知：布设。二、违停抓拍：安装。三、诱导发布",
            "一是路段感知，布设设备；二是违停抓拍（112万元）；三是诱导发布。",
            "①路段感知：布设②违停抓拍：安装③诱导发布",
            "第一，路段感知。第二，违停抓拍。第三，诱导发布。",
        ] {
            let found = heads(text);
            if text.starts_with('①') {
                // Circled numbers may stand behind any character.
                continue;
            }
            assert_eq!(found, ["路段感知", "违停抓拍", "诱导发布"], "{text}");
        }
    }

    #[test]
    fn amounts_are_no_numbers_of_items() {
        assert_eq!(heads("总投资1.5亿元，其中软件2.3亿元").len(), 1);
    }

    #[test]
    fn an_item_may_begin_with_a_quantity() {
        assert_eq!(
            heads("1.地磁检测900个，186万元；2.收费后台，60万元；3.46处候车点加装屏，78万元"),
            ["地磁检测900个", "收费后台", "46处候车点加装屏"]
        );
    }

    #[test]
    fn nested_items_keep_their_parent() {
        assert_eq!(
            heads("一、停车管理。（1）泊位感知：地磁；（2）停车收费：后台。二、信号控制，联网。"),
            ["停车管理›泊位感知", "停车管理›停车收费", "信号控制"]
        );
    }

    #[test]
    fn prose_splits_at_semicolons_else_at_full_stops() {
        assert_eq!(
            heads("建设话务接入系统；建设语音导航；建设统一知识库"),
            ["建设话务接入系统", "建设语音导航", "建设统一知识库"]
        );
        assert_eq!(heads("新建泊位感知设备。改造收费后台。"), ["新建泊位感知设备", "改造收费后台"]);
    }

    proptest! {
        #[test]
        fn spans_lie_inside_the_text(text in "([一二三1-3][、.是]|（[一二]）|[①②③]|\\PC|；|。|\n){0,40}") {
            for item in split(&text) {
                prop_assert!(text.get(item.span.start..item.span.end).is_some());
                prop_assert!(item.span.contains(item.head));
            }
        }
    }
}
