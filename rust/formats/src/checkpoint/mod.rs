//! TensorFlow's checkpoints (format V2): an index file and data files.
//!
//! A checkpoint has a prefix such as `model.ckpt-100`. `<prefix>.index` is a sorted string table from tensor names to
//! [`BundleEntryProto`], with a header under the empty key;
//! `<prefix>.data-00000-of-00001` holds the bytes. A tensor that was saved in slices has an entry that lists them,
//! and each slice an entry under a key made of name and slice.
//!
//! **Overwriting.** A checkpoint is two files or more, and only one file can be renamed at a time. So data files never
//! take a name that exists: if `of-00001` is there, the new data is `of-00002`, with a header that says two shards of
//! which one is not used (TensorFlow reads that). The rename of the index file is the moment at which the new
//! checkpoint replaces the old one; data files that nobody refers to are removed afterwards.
mod merge;
mod names;
mod reader;
mod slice;
mod state;
mod strings;
mod writer;

pub use merge::merge;
pub use names::{checkpoint_exists, data_file, index_file, sharded_filename};
pub use reader::{BundleReader, TensorMeta};
pub use slice::TensorSlice;
pub use state::{latest_checkpoint, read_state, update_state, write_state};
pub use writer::BundleWriter;

use crate::proto::{BundleEntryProto, BundleHeaderProto, VersionDef, parse};
use crate::table::{Table, TableBuilder};
use ferroflow_tensor::{Result, bail, error};
use prost::Message;
use std::collections::BTreeMap;
use std::path::Path;

/// The version of the format that is written, and the newest that is read.
const VERSION: i32 = 1;

/// The entries of an index file by key.
pub(crate) type Entries = BTreeMap<Vec<u8>, BundleEntryProto>;

pub(crate) fn encode_index(entries: &Entries, num_shards: usize) -> Result<Vec<u8>> {
    let num_shards = i32::try_from(num_shards).map_err(|_| error!(InvalidArgument, "Too many shards: {num_shards}"))?;
    let version = VersionDef { producer: VERSION, ..VersionDef::default() };
    let header = BundleHeaderProto { num_shards, endianness: 0, version: Some(version) };
    let mut table = TableBuilder::new();
    table.add(b"", &header.encode_to_vec())?;
    for (key, entry) in entries {
        table.add(key, &entry.encode_to_vec())?;
    }
    Ok(table.finish())
}

pub(crate) fn decode_index(bytes: &[u8], path: &Path) -> Result<(BundleHeaderProto, Entries)> {
    let name = path.display().to_string();
    let table = Table::parse(bytes, &name)?;
    let Some(header) = table.get(b"") else { bail!(DataLoss, "{name} has no header entry") };
    let header: BundleHeaderProto = parse(header, &format!("the header of {name}"))?;
    let version = header.version.clone().unwrap_or_default();
    if version.min_consumer > VERSION || version.bad_consumers.contains(&VERSION) {
        let (found, least) = (version.producer, version.min_consumer);
        bail!(InvalidArgument, "Checkpoint {name} (version {found}) needs a reader of version {least}, this is version {VERSION}");
    }
    if header.endianness != 0 {
        bail!(Unimplemented, "Checkpoint {name} has big-endian data files; only little-endian ones can be read");
    }
    if header.num_shards < 0 {
        bail!(DataLoss, "{name} has a bad number of shards: {}", header.num_shards);
    }
    let mut entries = Entries::new();
    for (key, value) in table.iter().filter(|(key, _)| !key.is_empty()) {
        let entry = parse(value, &format!("entry '{}' of {name}", readable(key)))?;
        entries.insert(key.to_vec(), entry);
    }
    Ok((header, entries))
}

/// A key for messages: the name, also of a slice's key.
fn readable(key: &[u8]) -> String {
    match slice::decode_name(key) {
        Some(name) => format!("a slice of {}", String::from_utf8_lossy(&name)),
        None => String::from_utf8_lossy(key).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferroflow_tensor::Code;

    #[test]
    fn headers_that_cannot_be_read() {
        let index = |header: Option<BundleHeaderProto>| {
            let mut table = TableBuilder::new();
            if let Some(header) = header {
                table.add(b"", &header.encode_to_vec()).unwrap();
            }
            decode_index(&table.finish(), Path::new("m.index"))
        };
        let version = |min_consumer| Some(VersionDef { producer: 9, min_consumer, bad_consumers: vec![] });
        let header = BundleHeaderProto { num_shards: 1, endianness: 0, version: version(1) };
        assert!(index(Some(header.clone())).is_ok());
        for (bad, code) in [
            (None, Code::DataLoss),
            (Some(BundleHeaderProto { num_shards: -1, ..header.clone() }), Code::DataLoss),
            (Some(BundleHeaderProto { endianness: 1, ..header.clone() }), Code::Unimplemented),
            (Some(BundleHeaderProto { version: version(2), ..header }), Code::InvalidArgument),
        ] {
            assert_eq!(index(bad).unwrap_err().code(), code);
        }
    }

    #[test]
    fn what_a_damaged_index_can_claim() {
        let prefix = std::env::temp_dir().join(format!("ferroflow_claims_{}", std::process::id()));
        let shape = Some(crate::proto::TensorShapeProto::from_dims(&[1 << 40, 2]));
        let whole = TensorSlice::full(2).to_proto();
        let claims = [
            BundleEntryProto { dtype: 1, shape: shape.clone(), slices: vec![whole.clone()], ..BundleEntryProto::default() },
            BundleEntryProto { dtype: 7, shape: shape.clone(), slices: vec![whole], ..BundleEntryProto::default() },
            BundleEntryProto { dtype: 1, shape: shape.clone(), size: 1 << 43, ..BundleEntryProto::default() },
            BundleEntryProto { dtype: 7, shape: shape.clone(), size: i64::MAX, offset: i64::MAX, ..BundleEntryProto::default() },
            BundleEntryProto { dtype: 77, shape, ..BundleEntryProto::default() },
        ];
        std::fs::write(data_file(&prefix, 0, 1), [0; 100]).unwrap();
        for claim in claims {
            let entries = Entries::from([(b"v".to_vec(), claim)]);
            std::fs::write(index_file(&prefix), encode_index(&entries, 1).unwrap()).unwrap();
            let reader = BundleReader::open(&prefix).unwrap();
            assert_eq!(reader.read("v").unwrap_err().code(), Code::DataLoss);
            assert_eq!(reader.read_tensor("v").unwrap_err().code(), Code::DataLoss);
        }
        for file in [index_file(&prefix), data_file(&prefix, 0, 1)] {
            std::fs::remove_file(file).unwrap();
        }
    }
}
