//! Full-width letters and digits folded to half width, for reading values and headers; never for text that is kept.

/// `text` with the full-width ASCII forms (U+FF01..U+FF5E) and the ideographic space made half-width.
pub(crate) fn narrow(text: &str) -> String {
    text.chars().map(narrow_char).collect()
}

/// The half-width form of one character, or the character itself.
pub(crate) fn narrow_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// `text` half-width, lower-case and without any blanks or control characters.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars()
        .map(narrow_char)
        .filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}' && *c != '\u{200b}')
        .flat_map(char::to_lowercase)
        .collect()
}
