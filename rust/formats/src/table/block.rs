//! One block of a table: building and walking its prefix-compressed entries.
use crate::varint;

/// Collects sorted entries into a block.
pub(crate) struct BlockBuilder {
    bytes: Vec<u8>,
    restarts: Vec<u32>,
    since_restart: usize,
    restart_interval: usize,
    last_key: Vec<u8>,
}

impl BlockBuilder {
    /// A builder that stores every `restart_interval`-th key in full.
    pub fn new(restart_interval: usize) -> Self {
        BlockBuilder { bytes: vec![], restarts: vec![0], since_restart: 0, restart_interval, last_key: vec![] }
    }

    /// Appends an entry; keys must come in order.
    pub fn add(&mut self, key: &[u8], value: &[u8]) {
        let mut shared = 0;
        if self.since_restart < self.restart_interval {
            shared = key.iter().zip(&self.last_key).take_while(|(a, b)| a == b).count();
        } else {
            self.restarts.push(self.bytes.len() as u32);
            self.since_restart = 0;
        }
        for number in [shared, key.len() - shared, value.len()] {
            varint::write(&mut self.bytes, number as u64);
        }
        self.bytes.extend_from_slice(&key[shared..]);
        self.bytes.extend_from_slice(value);
        self.last_key.clear();
        self.last_key.extend_from_slice(key);
        self.since_restart += 1;
    }

    /// True before the first entry.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Bytes that [`finish`](Self::finish) would return now.
    pub fn size(&self) -> usize {
        self.bytes.len() + 4 * self.restarts.len() + 4
    }

    /// The block's bytes; the builder is empty again.
    pub fn finish(&mut self) -> Vec<u8> {
        let mut block = std::mem::take(&mut self.bytes);
        for restart in &self.restarts {
            block.extend_from_slice(&restart.to_le_bytes());
        }
        block.extend_from_slice(&(self.restarts.len() as u32).to_le_bytes());
        self.restarts = vec![0];
        self.since_restart = 0;
        self.last_key.clear();
        block
    }
}

/// Key and value of one entry.
pub(crate) type Entry = (Vec<u8>, Vec<u8>);

/// The entries of a block in order; `None` if the block is damaged. The sum of the keys' lengths is bounded by
/// `key_limit`: prefixes are shared, so that a damaged block could otherwise ask for the square of its size.
pub(crate) fn entries(block: &[u8], key_limit: usize) -> Option<Vec<Entry>> {
    let (_, count) = block.split_last_chunk::<4>().map(|(b, c)| (b, u32::from_le_bytes(*c)))?;
    let tail = (count as usize).checked_mul(4)?.checked_add(4)?;
    let mut rest = &block[..block.len().checked_sub(tail)?];
    let mut out: Vec<Entry> = vec![];
    let mut key_bytes = 0;
    while !rest.is_empty() {
        let (shared, after) = varint::read(rest)?;
        let (unshared, after) = varint::read(after)?;
        let (length, after) = varint::read(after)?;
        let last = out.last().map_or(&[][..], |(key, _)| key);
        let prefix = last.get(..usize::try_from(shared).ok()?)?;
        let (suffix, after) = after.split_at_checked(usize::try_from(unshared).ok()?)?;
        let (value, after) = after.split_at_checked(usize::try_from(length).ok()?)?;
        key_bytes += prefix.len() + suffix.len();
        if key_bytes > key_limit {
            return None;
        }
        let key = [prefix, suffix].concat();
        out.push((key, value.to_vec()));
        rest = after;
    }
    Some(out)
}
