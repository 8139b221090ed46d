//! Bytes to text: UTF-8, UTF-16 and GB18030, told apart by what decodes cleanly.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Text and how many characters had to be replaced.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) replaced: usize,
}

/// The bytes are no encoding that is read; the offset of the first bad byte.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownEncoding {
    pub(crate) offset: usize,
}

/// One damaged character in 200 is a broken file that people can still read; random bytes have one in three.
const DAMAGE_ONE_IN: usize = 200;

/// Decodes a text file. A byte order mark decides; without one the first of UTF-8, UTF-16 and GB18030 that fits is taken.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, UnknownEncoding> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return lenient(encoding, &bytes[mark..], 0);
    }
    let first_bad = match std::str::from_utf8(bytes) {
        Ok(text) if !bytes.contains(&0) => return Ok(Decoded { text: text.to_owned(), replaced: 0 }),
        Ok(_) => bytes.iter().position(|b| *b == 0).unwrap_or(0),
        Err(error) => error.valid_up_to(),
    };
    if bytes.contains(&0) {
        return match utf16_without_mark(bytes) {
            Some(encoding) => lenient(encoding, bytes, first_bad),
            None => Err(UnknownEncoding { offset: bytes.iter().position(|b| *b == 0).unwrap_or(0) }),
        };
    }
    // A UTF-8 file with one broken character is also valid nonsense in GB18030 now and then, so the smaller damage wins.
    let utf8 = lenient(UTF_8, bytes, first_bad);
    let gb = lenient(GB18030, bytes, first_bad);
    match (utf8, gb) {
        (Ok(utf8), Ok(gb)) => Ok(if utf8.replaced <= gb.replaced { utf8 } else { gb }),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one),
        (Err(error), Err(_)) => Err(error),
    }
}

fn lenient(encoding: &'static Encoding, bytes: &[u8], first_bad: usize) -> Result<Decoded, UnknownEncoding> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut replaced = 0;
    let mut odd = 0;
    let mut characters = 0;
    for c in text.chars() {
        characters += 1;
        replaced += usize::from(c == '\u{fffd}');
        // Control characters and private use do not occur in a table that people typed.
        odd += usize::from(
            (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}'))
                || matches!(c, '\u{e000}'..='\u{f8ff}'),
        );
    }
    if (replaced + odd) * DAMAGE_ONE_IN > characters.max(DAMAGE_ONE_IN) {
        return Err(UnknownEncoding { offset: first_bad });
    }
    Ok(Decoded { text: text.into_owned(), replaced })
}

/// UTF-16 without a mark: commas, digits and line ends have a zero byte, always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    // A tenth: stray zero low bytes occur (U+4E00 一), but never nearly as often as ASCII.
    if low > 0 && high * 10 <= low {
        return Some(UTF_16LE);
    }
    (high > 0 && low * 10 <= high).then_some(UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "项目名称,总投资(万元)\n智慧停车,1200\n一体化平台,860\n";

    fn utf16(big_endian: bool) -> Vec<u8> {
        TEXT.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn each_encoding_is_told_from_the_bytes() {
        let (gb, _, _) = GB18030.encode(TEXT);
        let marked = [&[0xef, 0xbb, 0xbf], TEXT.as_bytes()].concat();
        let marked16 = [vec![0xff, 0xfe], utf16(false)].concat();
        for bytes in [TEXT.as_bytes().to_vec(), gb.into_owned(), utf16(false), utf16(true), marked, marked16] {
            assert_eq!(decode(&bytes), Ok(Decoded { text: TEXT.to_owned(), replaced: 0 }));
        }
    }

    #[test]
    fn one_broken_character_is_replaced_and_counted() {
        let mut bytes = TEXT.repeat(20).into_bytes();
        bytes[3] = 0xff;
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.replaced >= 1 && decoded.text.contains("智慧停车"));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect();
        assert!(decode(&noise).is_err());
        assert_eq!(decode(b"ab\0c\0\0d"), Err(UnknownEncoding { offset: 2 }));
    }

    proptest::proptest! {
        #[test]
        fn random_bytes_never_make_decoding_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = decode(&bytes);
        }
    }
}
