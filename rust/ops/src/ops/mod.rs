//! The op table: one entry per op, in files by family.
use crate::def::Entry;

/// All entries, in the order of their families.
pub fn entries() -> Vec<Entry> {
    let tables: &[&[Entry]] = &[];
    tables.concat()
}
