//! The sorted string table of checkpoint index files: sorted keys in blocks, an index block, a footer.
//!
//! A block holds entries `varint shared, varint unshared, varint value length, key suffix, value`, where `shared`
//! counts the bytes taken over from the key before; every few entries `shared` is 0, and a list of the offsets of
//! these restart points and its length, all `u32`, end the block. On disk a byte that says how the block is compressed
//! and a masked CRC-32C of block and byte follow. The index block maps a key at or after the last key of each block to
//! the block's place (`varint offset, varint size`); the footer holds the places of the (empty) metaindex block and of
//! the index block, padded to 40 bytes, and the magic number.
mod block;
mod builder;
mod reader;
mod snappy;

#[cfg(test)]
pub(crate) use block::{BlockBuilder, entries};
pub use builder::TableBuilder;
pub use reader::Table;
#[cfg(test)]
pub(crate) use snappy::decompress;

use crate::varint;

/// The last 8 bytes of a table.
const MAGIC: u64 = 0xdb47_7524_8b80_fb57;
/// Two padded handles and the magic number.
const FOOTER_SIZE: usize = 48;
/// Compression byte and checksum after each block.
const TRAILER_SIZE: usize = 5;

/// Where a block lies in the file, without its trailer.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Handle {
    offset: u64,
    size: u64,
}

impl Handle {
    fn write(self, out: &mut Vec<u8>) {
        varint::write(out, self.offset);
        varint::write(out, self.size);
    }

    fn read(bytes: &[u8]) -> Option<(Handle, &[u8])> {
        let (offset, rest) = varint::read(bytes)?;
        let (size, rest) = varint::read(rest)?;
        Some((Handle { offset, size }, rest))
    }
}
