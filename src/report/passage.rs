//! Passages as filed, cut to what fits a cell or a line.

use crate::model::{Analysis, NeedIdx, Span};

/// Between several passages of one side in one cell; no filing uses it, so a script can split by it.
pub const BETWEEN: &str = " ‖ ";
/// Characters of a passage in a report. 120: a third of a printed page line by line, and four passages still fit one screen.
pub const REPORT_LENGTH: usize = 120;
/// Passages of one side in one cell; further ones are counted. Excel holds 32 767 characters, a reader far fewer.
pub const MOST: usize = 6;

/// `text` on one line, in at most `most` characters around `focus`, with … where it was cut.
///
/// ```
/// use jiyue::model::Span;
/// use jiyue::report::passage::excerpt;
///
/// assert_eq!(excerpt("路侧泊位\n状态采集", None, 20), "路侧泊位 状态采集");
/// assert_eq!(excerpt("甲乙丙丁戊己庚辛", None, 5), "甲乙丙丁…");
/// assert_eq!(excerpt("甲乙丙丁戊己庚辛", Some(Span::new(21, 24)), 5), "…戊己庚辛");
/// ```
pub fn excerpt(text: &str, focus: Option<Span>, most: usize) -> String {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    if characters.len() <= most {
        return one_line(text);
    }
    let focus_end = focus.map_or(0, |span| characters.iter().take_while(|(at, _)| *at < span.end).count());
    if focus_end < most {
        let head: String = characters.iter().take(most.saturating_sub(1)).map(|(_, c)| *c).collect();
        return format!("{}…", one_line(&head));
    }
    // A quarter of the room after the focus, so that the sentence can end.
    let end = (focus_end + most / 4).min(characters.len());
    let rest = if end < characters.len() { 2 } else { 1 };
    let start = end.saturating_sub(most.saturating_sub(rest));
    let middle: String = characters[start..end].iter().map(|(_, c)| *c).collect();
    format!("…{}{}", one_line(&middle), if rest == 2 { "…" } else { "" })
}

/// Line breaks and runs of blanks as one space.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// `text` in at most `most` characters.
pub fn short(text: &str, most: usize) -> String {
    excerpt(text, None, most)
}

/// A need as quoted in a report, around the passage that agrees.
pub fn need(analysis: &Analysis, idx: NeedIdx, focus: Option<Span>) -> String {
    let need = &analysis.needs[idx.get()];
    let inside = focus.filter(|f| need.span.contains(*f));
    let relative = inside.map(|f| Span::new(f.start - need.span.start, f.end - need.span.start));
    excerpt(analysis.quote(need.quote()), relative, REPORT_LENGTH)
}

/// The head of a need, without closing punctuation, as a name for it.
pub fn head(analysis: &Analysis, idx: NeedIdx) -> String {
    let need = &analysis.needs[idx.get()];
    let text =
        analysis.quote(need.head_quote()).trim_matches(|c: char| c.is_whitespace() || "。；;，,：:、.".contains(c));
    short(text, 24)
}

/// Passages joined for one cell, the first few in full.
pub fn joined(passages: impl ExactSizeIterator<Item = String>) -> String {
    let total = passages.len();
    let mut text = passages.take(MOST).collect::<Vec<_>>().join(BETWEEN);
    if total > MOST {
        text.push_str(&format!("{BETWEEN}…另有 {} 处", total - MOST));
    }
    text
}
