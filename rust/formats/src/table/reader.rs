//! Reading a table: every length is checked against the file, every block against its checksum.
use super::block::{Entry, entries};
use super::{FOOTER_SIZE, Handle, MAGIC, TRAILER_SIZE, snappy};
use crate::crc;
use ferroflow_tensor::{Error, Result, error};

/// A table's entries may have at most this many times the file's size in keys, and blocks may be uncompressed to at
/// most this many times their size: more than any real table needs, but no trap for memory.
const EXPANSION_LIMIT: usize = 64;

/// All entries of a table, in memory, ordered by key.
pub struct Table {
    entries: Vec<Entry>,
}

impl Table {
    /// The entries of the table in `file`; `name` stands for the file in errors. `DataLoss` says which block is
    /// damaged and at which offset.
    pub fn parse(file: &[u8], name: &str) -> Result<Table> {
        let broken = |what: String| error!(DataLoss, "Unable to read table file {name}: {what}");
        let Some((body, footer)) = file.len().checked_sub(FOOTER_SIZE).map(|at| file.split_at(at)) else {
            return Err(broken(format!("file is too short to be an sstable ({} bytes)", file.len())));
        };
        if footer[FOOTER_SIZE - 8..] != MAGIC.to_le_bytes() {
            return Err(broken("not an sstable (bad magic number)".to_string()));
        }
        let handles = Handle::read(footer).and_then(|(_, rest)| Handle::read(rest));
        let Some((index, _)) = handles else { return Err(broken("bad footer".to_string())) };
        let limit = file.len().saturating_mul(EXPANSION_LIMIT);
        let mut all: Vec<Entry> = vec![];
        let mut previous_end = 0;
        for (_, value) in read_block(body, index, limit, &broken)? {
            let Some((handle, _)) = Handle::read(&value) else { return Err(broken("bad entry in the index block".to_string())) };
            if handle.offset < previous_end {
                return Err(broken(format!("blocks overlap at offset {}", handle.offset)));
            }
            previous_end = handle.offset.saturating_add(handle.size);
            all.extend(read_block(body, handle, limit, &broken)?);
        }
        if !all.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(broken("its keys are not in order".to_string()));
        }
        Ok(Table { entries: all })
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
        let at = self.entries.binary_search_by(|(k, _)| k.as_slice().cmp(key)).ok()?;
        Some(&self.entries[at].1)
    }

    /// Keys and values in order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.entries.iter().map(|(key, value)| (key.as_slice(), value.as_slice()))
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn read_block(body: &[u8], handle: Handle, limit: usize, broken: &impl Fn(String) -> Error) -> Result<Vec<Entry>> {
    let at = handle.offset;
    let range = usize::try_from(handle.offset).ok().zip(usize::try_from(handle.size).ok());
    let bytes = range
        .and_then(|(offset, size)| body.get(offset..offset.checked_add(size)?.checked_add(TRAILER_SIZE)?))
        .ok_or_else(|| broken(format!("truncated block read at offset {at}")))?;
    let (content, stored) = bytes.split_at(bytes.len() - 4);
    let calculated = crc::masked(content);
    let stored = u32::from_le_bytes([stored[0], stored[1], stored[2], stored[3]]);
    if stored != calculated {
        return Err(broken(format!("block checksum mismatch at offset {at}: stored {stored} vs. calculated {calculated}")));
    }
    let (block, kind) = content.split_at(content.len() - 1);
    let found = match kind[0] {
        0 => entries(block, limit),
        1 => snappy::decompress(block, block.len().saturating_mul(EXPANSION_LIMIT)).and_then(|b| entries(&b, limit)),
        other => return Err(broken(format!("unknown compression type {other} of the block at offset {at}"))),
    };
    found.ok_or_else(|| broken(format!("bad entry in the block at offset {at}")))
}

#[cfg(test)]
mod tests {
    use super::super::builder::TableBuilder;
    use super::*;
    use crate::varint;
    use ferroflow_tensor::Code;

    fn sample() -> Vec<u8> {
        let mut builder = TableBuilder::with_block_size(60);
        for i in 0..30 {
            builder.add(format!("key{i:02}").as_bytes(), &[i; 7]).unwrap();
        }
        builder.finish()
    }

    /// A table of one data block, stored as given, with right checksums.
    fn of_block(content: &[u8], kind: u8) -> Vec<u8> {
        let mut file = vec![];
        let mut put = |content: &[u8], kind: u8| {
            let mut handle = vec![];
            Handle { offset: file.len() as u64, size: content.len() as u64 }.write(&mut handle);
            let block = [content, &[kind]].concat();
            file.extend_from_slice(&block);
            file.extend_from_slice(&crc::masked(&block).to_le_bytes());
            handle
        };
        let data = put(content, kind);
        let mut index = super::super::block::BlockBuilder::new(1);
        index.add(b"z", &data);
        let mut footer = [data, put(&index.finish(), 0)].concat();
        footer.resize(FOOTER_SIZE - 8, 0);
        [file, footer, MAGIC.to_le_bytes().to_vec()].concat()
    }

    #[test]
    fn entries_in_order() {
        let table = Table::parse(&sample(), "t").unwrap();
        assert_eq!((table.len(), table.get(b"key07")), (30, Some(&[7; 7][..])));
        assert_eq!((table.get(b"key"), table.get(b"key30"), table.is_empty()), (None, None, false));
        assert!(table.iter().is_sorted_by(|a, b| a.0 < b.0));
        assert!(Table::parse(&TableBuilder::new().finish(), "t").unwrap().is_empty());
    }

    #[test]
    fn every_damaged_byte_of_a_block_is_found() {
        let good = sample();
        for at in 0..good.len() - FOOTER_SIZE {
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            // The metaindex block before the index block is empty and not read.
            let e = Table::parse(&bad, "file").err().filter(|e| e.code() == Code::DataLoss);
            assert!(e.is_some_and(|e| e.message().contains("table file file")) || is_in_metaindex(&good, at), "byte {at}");
        }
        for cut in 0..good.len() {
            assert!(Table::parse(&good[..cut], "file").is_err());
        }
    }

    fn is_in_metaindex(file: &[u8], at: usize) -> bool {
        let (handle, _) = Handle::read(&file[file.len() - FOOTER_SIZE..]).unwrap();
        (handle.offset as usize..handle.offset as usize + handle.size as usize + TRAILER_SIZE).contains(&at)
    }

    #[test]
    fn compressed_blocks() {
        let mut block = super::super::block::BlockBuilder::new(16);
        block.add(b"a", b"1");
        let block = block.finish();
        let mut stream = vec![];
        varint::write(&mut stream, block.len() as u64);
        stream.push((block.len() as u8 - 1) << 2);
        stream.extend_from_slice(&block);
        assert_eq!(Table::parse(&of_block(&block, 0), "t").unwrap().get(b"a"), Some(&b"1"[..]));
        assert_eq!(Table::parse(&of_block(&stream, 1), "t").unwrap().get(b"a"), Some(&b"1"[..]));
        assert!(Table::parse(&of_block(&block, 1), "t").is_err());
        assert!(Table::parse(&of_block(&block, 2), "t").err().unwrap().message().contains("unknown compression type 2"));
    }

    #[test]
    fn shared_prefixes_do_not_multiply() {
        let mut block = super::super::block::BlockBuilder::new(1 << 20);
        let mut key = vec![b'k'; 4000];
        for i in 0..4000u32 {
            key.truncate(4000);
            key.extend_from_slice(&i.to_be_bytes());
            block.add(&key, b"");
        }
        assert!(Table::parse(&of_block(&block.finish(), 0), "t").is_err());
    }
}
