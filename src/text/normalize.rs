//! Folds width, case and punctuation variants while remembering where each character stood in the text as filed.
//!
//! NFKC is not used: it rewrites ① to 1 and ㎡ to m2 and so destroys item numbers and units.

use crate::model::Span;

/// A text with its variants folded, and the way back to the text as filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded text: lower case, half-width, one kind of each punctuation mark, no blanks other than line breaks.
    pub text: String,
    /// For each byte of `text` (and one past its end): the byte in the original where its character began.
    origin: Vec<usize>,
}

impl Folded {
    /// Folds `text`; the folded text has at most as many characters as the original.
    pub fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut origin = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            let Some(c) = fold(c) else { continue };
            folded.push(c);
            origin.resize(folded.len(), at);
        }
        origin.push(text.len());
        Self { text: folded, origin }
    }

    /// The span of the original that `start..end` of the folded text came from; both must lie on character borders.
    pub fn original(&self, start: usize, end: usize, original: &str) -> Span {
        let from = self.origin.get(start).copied().unwrap_or(original.len());
        if start >= end {
            return Span::new(from, from);
        }
        // The last folded character covers its original character only, not the blanks that were dropped behind it.
        let last = self.origin.get(end - 1).copied().unwrap_or(from);
        let width = original.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span::new(from, last + width)
    }
}

/// The folded form of a character; `None` where it is dropped.
fn fold(c: char) -> Option<char> {
    let c = match c {
        // Full-width ASCII forms lie at a fixed distance from their half-width ones.
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | ' ' | '\t' | '\r' | '\u{FEFF}' | '\u{200B}' => return None,
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '“' | '”' | '「' | '」' | '『' | '』' | '‘' | '’' | '《' | '》' | '〈' | '〉' => '"',
        '—' | '–' | '―' | '‐' => '-',
        '·' | '•' | '●' | '■' | '◆' | '▪' => '·',
        _ => c,
    };
    Some(if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn variants_are_folded_and_found_again() {
        let text = "（一） 路侧 Ａ类泊位；";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "(一)路侧a类泊位;");
        let at = folded.text.find("路侧a").unwrap();
        assert_eq!(folded.original(at, at + "路侧a类".len(), text).of(text), "路侧 Ａ类");
    }

    proptest! {
        #[test]
        fn every_folded_span_lies_on_character_borders(text in "\\PC{0,60}") {
            let folded = Folded::new(&text);
            let borders: Vec<usize> = folded.text.char_indices().map(|(i, _)| i).chain([folded.text.len()]).collect();
            for pair in borders.windows(2) {
                let span = folded.original(pair[0], pair[1], &text);
                prop_assert!(text.get(span.start..span.end).is_some());
                prop_assert_eq!(span.of(&text).chars().count(), 1);
            }
        }
    }
}
