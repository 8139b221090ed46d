//! How large an XLS file will become as a dense table, asked before it is made one.
//!
//! The reader allocates the rectangle from the first to the last cell of each sheet at once. Cells in an XLS file carry two
//! 16-bit numbers, so a file of 2 KB can ask for four billion cells, and a failed allocation ends the process.

/// Where a stream of a compound file starts, and its length.
#[derive(Clone, Copy)]
struct Stream {
    start: u32,
    length: usize,
}

/// The cells of all bounding rectangles together; `None` where the file cannot be followed.
pub(crate) fn dense_cells(bytes: &[u8]) -> Option<u64> {
    let workbook = workbook_stream(bytes)?;
    let mut total = 0_u64;
    let mut sheet: Option<[u16; 4]> = None;
    let area = |sheet: Option<[u16; 4]>| {
        sheet.map_or(0, |[top, bottom, left, right]| u64::from(bottom - top + 1) * u64::from(right - left + 1))
    };
    let mut at = 0;
    while let (Some(kind), Some(length)) = (half(&workbook, at), half(&workbook, at + 2)) {
        let body = workbook.get(at + 4..at + 4 + usize::from(length)).unwrap_or(&[]);
        at += 4 + usize::from(length);
        // BOF: the next sheet begins.
        if matches!(kind, 0x0809 | 0x0409 | 0x0209 | 0x0009) {
            total = total.saturating_add(area(sheet.take()));
        }
        // Cells of every kind and version: formula, integer, number, label, bool, string in place, RK, shared string, blank, several at once.
        let is_cell = matches!(
            kind,
            0x0001..=0x0006 | 0x0201..=0x0206 | 0x0406 | 0x027e | 0x00bd | 0x00be | 0x00d6 | 0x00fd
        );
        let (Some(row), Some(column)) = (half(body, 0), half(body, 2)) else { continue };
        if is_cell {
            let last = if matches!(kind, 0x00bd | 0x00be) {
                half(body, body.len().saturating_sub(2)).unwrap_or(column)
            } else {
                column
            };
            let [top, bottom, left, right] = sheet.unwrap_or([row, row, column, column]);
            sheet = Some([top.min(row), bottom.max(row), left.min(column), right.max(column).max(last)]);
        }
    }
    Some(total.saturating_add(area(sheet)))
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// The stream Workbook (or Book, before 1997) of a compound file.
fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    // 512 or 4096 bytes a sector; anything else is no compound file.
    let size = match half(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let sector = |number: u32| {
        let start = (number as usize).checked_add(1)?.checked_mul(size)?;
        bytes.get(start..bytes.len().min(start + size))
    };
    let table = allocation_table(bytes, size, &sector)?;
    let chain = |start: u32, table: &[u32]| chain(start, table);
    let whole =
        |start: u32| chain(start, &table).into_iter().filter_map(&sector).flatten().copied().collect::<Vec<u8>>();
    let directory = whole(long(bytes, 48)?);
    let (mut book, mut root) = (None, None);
    for entry in directory.chunks_exact(128) {
        let length = usize::from(half(entry, 64)?.saturating_sub(2)).min(62);
        let name: Vec<u16> = entry[..length].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        let stream = Stream { start: long(entry, 116)?, length: long(entry, 120)? as usize };
        match String::from_utf16_lossy(&name).to_lowercase().as_str() {
            "workbook" => book = Some(stream),
            "book" => book = book.or(Some(stream)),
            _ if entry[66] == 5 => root = Some(stream),
            _ => {}
        }
    }
    let book = book?;
    let mut stream = if book.length >= long(bytes, 56)? as usize {
        whole(book.start)
    } else {
        // Short streams lie in pieces of 64 bytes within the stream of the root.
        let pool = whole(root?.start);
        let short: Vec<u32> = whole(long(bytes, 60)?).chunks_exact(4).filter_map(|b| long(b, 0)).collect();
        let pieces = chain(book.start, &short).into_iter().filter_map(|number| {
            let start = (number as usize).checked_mul(64)?;
            pool.get(start..pool.len().min(start + 64))
        });
        pieces.flatten().copied().collect()
    };
    stream.truncate(book.length);
    Some(stream)
}

/// Which sector follows which.
fn allocation_table<'a>(bytes: &[u8], size: usize, sector: &impl Fn(u32) -> Option<&'a [u8]>) -> Option<Vec<u32>> {
    let mut holders: Vec<u32> = (0..109).filter_map(|i| long(bytes, 76 + 4 * i)).collect();
    let mut next = long(bytes, 68)?;
    // No chain is longer than the file has sectors, so a ring ends here.
    for _ in 0..bytes.len() / size {
        let Some(more) = sector(next) else { break };
        holders.extend(more[..more.len().saturating_sub(4)].chunks_exact(4).filter_map(|b| long(b, 0)));
        next = long(more, more.len().saturating_sub(4))?;
    }
    holders.truncate(bytes.len() / size);
    Some(holders.into_iter().filter_map(sector).flat_map(|s| s.chunks_exact(4)).filter_map(|b| long(b, 0)).collect())
}

/// The numbers of a chain of sectors; a ring ends after as many as there are.
fn chain(start: u32, table: &[u32]) -> Vec<u32> {
    std::iter::successors(Some(start), |number| table.get(*number as usize).copied())
        .take_while(|number| (*number as usize) < table.len())
        .take(table.len())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rectangle_of_a_real_file_is_measured() {
        let bytes = include_bytes!("../../tests/ingest/fixtures/申报.et");
        // A title, a header and two rows of six columns.
        assert_eq!(dense_cells(bytes), Some(24));
    }

    #[test]
    fn what_is_no_compound_file_is_not_followed() {
        assert_eq!(dense_cells(b""), None);
        assert_eq!(dense_cells(&[0xff; 2000]), None);
    }
}
