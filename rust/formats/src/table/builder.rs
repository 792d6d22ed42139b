//! Writing a table, byte for byte as TensorFlow does for checkpoints: no compression, blocks of 256 KiB.
use super::block::BlockBuilder;
use super::{FOOTER_SIZE, Handle, MAGIC};
use crate::crc;
use ferroflow_tensor::{Result, bail};

const BLOCK_SIZE: usize = 256 << 10;
const RESTART_INTERVAL: usize = 16;
const NO_COMPRESSION: u8 = 0;

/// Builds a table in memory from keys in ascending order.
///
/// ```
/// use ferroflow_formats::table::{Table, TableBuilder};
/// let mut builder = TableBuilder::new();
/// builder.add(b"a", b"1").unwrap();
/// builder.add(b"b", b"2").unwrap();
/// let table = Table::parse(&builder.finish(), "example").unwrap();
/// assert_eq!(table.get(b"b"), Some(&b"2"[..]));
/// ```
pub struct TableBuilder {
    file: Vec<u8>,
    data: BlockBuilder,
    index: BlockBuilder,
    /// The block that is written but not yet in the index: its index key depends on the next key.
    pending: Option<Handle>,
    last_key: Option<Vec<u8>>,
    block_size: usize,
}

impl Default for TableBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl TableBuilder {
    /// A builder with TensorFlow's block size.
    pub fn new() -> Self {
        Self::with_block_size(BLOCK_SIZE)
    }

    /// A builder that ends a data block once it has `block_size` bytes.
    pub fn with_block_size(block_size: usize) -> Self {
        TableBuilder {
            file: vec![],
            data: BlockBuilder::new(RESTART_INTERVAL),
            index: BlockBuilder::new(1),
            pending: None,
            last_key: None,
            block_size,
        }
    }

    /// Adds an entry. `InvalidArgument` unless `key` is greater than all keys before.
    pub fn add(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        if self.last_key.as_deref().is_some_and(|last| last >= key) {
            bail!(InvalidArgument, "Keys of a table must ascend; {} does not", String::from_utf8_lossy(key));
        }
        if let (Some(handle), Some(last)) = (self.pending.take(), &self.last_key) {
            self.index.add(&separator(last, key), &encode(handle));
        }
        self.data.add(key, value);
        self.last_key = Some(key.to_vec());
        if self.data.size() >= self.block_size {
            self.flush();
        }
        Ok(())
    }

    /// The file's bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.flush();
        let metaindex = write_block(&mut self.file, &BlockBuilder::new(RESTART_INTERVAL).finish());
        if let (Some(handle), Some(last)) = (self.pending.take(), &self.last_key) {
            self.index.add(&successor(last), &encode(handle));
        }
        let index = write_block(&mut self.file, &self.index.finish());
        let mut footer = encode(metaindex);
        index.write(&mut footer);
        footer.resize(FOOTER_SIZE - 8, 0);
        footer.extend_from_slice(&MAGIC.to_le_bytes());
        self.file.extend_from_slice(&footer);
        self.file
    }

    fn flush(&mut self) {
        if !self.data.is_empty() {
            let block = self.data.finish();
            self.pending = Some(write_block(&mut self.file, &block));
        }
    }
}

fn encode(handle: Handle) -> Vec<u8> {
    let mut out = vec![];
    handle.write(&mut out);
    out
}

fn write_block(file: &mut Vec<u8>, block: &[u8]) -> Handle {
    let handle = Handle { offset: file.len() as u64, size: block.len() as u64 };
    file.extend_from_slice(block);
    file.push(NO_COMPRESSION);
    let checksum = crc::masked(&file[handle.offset as usize..]);
    file.extend_from_slice(&checksum.to_le_bytes());
    handle
}

/// A short key from `low` (inclusive) to `high` (exclusive).
fn separator(low: &[u8], high: &[u8]) -> Vec<u8> {
    let common = low.iter().zip(high).take_while(|(a, b)| a == b).count();
    if let (Some(&a), Some(&b)) = (low.get(common), high.get(common))
        && a < 0xff
        && a + 1 < b
    {
        let mut key = low[..=common].to_vec();
        key[common] += 1;
        return key;
    }
    low.to_vec()
}

/// A short key at or after `key`.
fn successor(key: &[u8]) -> Vec<u8> {
    match key.iter().position(|&b| b != 0xff) {
        Some(i) => {
            let mut short = key[..=i].to_vec();
            short[i] += 1;
            short
        }
        None => key.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_keys() {
        assert_eq!(separator(b"abc", b"abz"), b"abd");
        assert_eq!(separator(b"abc", b"abd"), b"abc");
        assert_eq!(separator(b"ab", b"abc"), b"ab");
        assert_eq!(separator(b"a\xff", b"b"), b"a\xff");
        assert_eq!(successor(b"abc"), b"b");
        assert_eq!(successor(b"\xff\xffq"), b"\xff\xffr");
        assert_eq!(successor(b"\xff"), b"\xff");
    }

    #[test]
    fn keys_must_ascend() {
        let mut builder = TableBuilder::new();
        builder.add(b"", b"").unwrap();
        builder.add(b"b", b"").unwrap();
        assert!(builder.add(b"b", b"").is_err());
        assert!(builder.add(b"a", b"").is_err());
    }
}
