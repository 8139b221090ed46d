//! What a file is, told from its bytes; the extension is only used to say that it lies.

/// What the bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    Empty,
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    /// A workbook with a password.
    Encrypted,
    /// A zip file that claims to unpack to more than the limit.
    TooLarge,
    /// A zip file without its directory, as after a broken download.
    Broken,
    /// Not read; what it looks like, in Chinese.
    Other(&'static str),
    /// No signature: text in some encoding, or nothing known.
    Text,
}

/// Tells a file from its first bytes, and containers from the names within.
pub(crate) fn sniff(bytes: &[u8], unpacked_mb: u64) -> Format {
    if bytes.is_empty() {
        return Format::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_format(bytes, unpacked_mb);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return compound_format(bytes);
    }
    let signatures: [(&[u8], &'static str); 12] = [
        (b"%PDF", "PDF 文档"),
        (b"{\\rtf", "RTF 文档"),
        (b"\x89PNG", "图片"),
        (b"\xff\xd8\xff", "图片"),
        (b"GIF8", "图片"),
        (b"II*\0", "图片"),
        (b"MM\0*", "图片"),
        (b"Rar!", "压缩包（RAR）"),
        (b"7z\xbc\xaf", "压缩包（7z）"),
        (b"\x1f\x8b", "压缩包（GZ）"),
        (b"\x09\x08\x10\0", "没有外壳的旧版 Excel 数据"),
        (b"\x09\x08\x08\0", "没有外壳的旧版 Excel 数据"),
    ];
    signatures.iter().find(|(start, _)| bytes.starts_with(start)).map_or(Format::Text, |(_, name)| Format::Other(name))
}

/// What decoded text is when it is no table: a web page, an XML file. `None` where it may be a table.
pub(crate) fn text_format(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(2_000).collect::<String>().to_lowercase();
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with('<') && start.contains("<table"))
    {
        return Some("网页");
    }
    if start.starts_with("<?xml") || start.starts_with("mime-version:") {
        let sheet = start.contains("urn:schemas-microsoft-com:office:spreadsheet");
        return Some(if sheet {
            "Excel 2003 的 XML 表格"
        } else if start.contains("<html") {
            "网页"
        } else {
            "XML 文件"
        });
    }
    None
}

fn zip_format(bytes: &[u8], unpacked_mb: u64) -> Format {
    let entries = zip_entries(bytes);
    if entries.is_empty() {
        return Format::Broken;
    }
    let holds = |start: &str| entries.iter().any(|entry| entry.name.starts_with(start.as_bytes()));
    // Saturating: the sizes are whatever the file claims.
    let unpacked = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.unpacked));
    let is_mimetype = |kind: &[u8]| bytes[..bytes.len().min(200)].windows(kind.len()).any(|part| part == kind);
    let format = if holds("xl/workbook.bin") {
        Format::Xlsb
    } else if holds("xl/") {
        Format::Xlsx
    } else if holds("word/") {
        Format::Other("Word 文档（DOCX）")
    } else if holds("ppt/") {
        Format::Other("演示文稿（PPTX）")
    } else if holds("OFD.xml") {
        Format::Other("OFD 版式文档")
    } else if is_mimetype(b"opendocument.spreadsheet") || (holds("content.xml") && !is_mimetype(b"opendocument.")) {
        Format::Ods
    } else if is_mimetype(b"opendocument.") {
        Format::Other("ODT 文档")
    } else {
        Format::Other("压缩包（ZIP）")
    };
    if matches!(format, Format::Other(_)) || unpacked <= unpacked_mb.saturating_mul(1 << 20) {
        format
    } else {
        Format::TooLarge
    }
}

struct ZipEntry<'a> {
    name: &'a [u8],
    unpacked: u64,
}

/// The central directory of a zip file, as far as it can be followed.
fn zip_entries(bytes: &[u8]) -> Vec<ZipEntry<'_>> {
    let word = |at: usize| bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]) as usize);
    let long = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
    // The end record is 22 bytes and a comment of at most 65 535.
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let Some(end) = bytes[tail..].windows(4).rposition(|w| w == b"PK\x05\x06").map(|at| tail + at) else {
        return Vec::new();
    };
    let mut at = long(end + 16).unwrap_or(0);
    let mut entries = Vec::new();
    while bytes.get(at..at.saturating_add(4)).is_some_and(|w| w == b"PK\x01\x02") {
        let (Some(unpacked), Some(name), Some(extra), Some(comment)) =
            (long(at + 24), word(at + 28), word(at + 30), word(at + 32))
        else {
            break;
        };
        let start = at + 46;
        let Some(name_bytes) = bytes.get(start..start + name) else { break };
        entries.push(ZipEntry { name: name_bytes, unpacked: unpacked as u64 });
        at = start + name + extra + comment;
    }
    entries
}

/// An OLE compound file: the directory holds the stream names in UTF-16.
fn compound_format(bytes: &[u8]) -> Format {
    let holds = |name: &str| {
        let mut wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        wide.extend([0, 0]);
        bytes.windows(wide.len()).any(|part| part == wide)
    };
    if holds("EncryptedPackage") {
        Format::Encrypted
    } else if holds("WordDocument") {
        Format::Other("Word 文档（DOC 或 WPS）")
    } else if holds("PowerPoint Document") {
        Format::Other("演示文稿（PPT）")
    } else if holds("Workbook") || holds("Book") {
        Format::Xls
    } else {
        Format::Other("不认识的 OLE 文件")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_from_their_first_bytes() {
        for (bytes, format) in [
            (b"".as_slice(), Format::Empty),
            (b"%PDF-1.7", Format::Other("PDF 文档")),
            (b"PK\x03\x04 cut off", Format::Broken),
            (b"\x89PNG\r\n", Format::Other("图片")),
            ("项目名称,内容".as_bytes(), Format::Text),
        ] {
            assert_eq!(sniff(bytes, 10), format);
        }
    }

    #[test]
    fn a_web_page_is_no_table() {
        assert_eq!(text_format("\n<!DOCTYPE html><html>"), Some("网页"));
        assert_eq!(text_format("<table><tr><td>项目名称"), Some("网页"));
        assert_eq!(text_format("项目名称,<b>内容</b>"), None);
    }
}
