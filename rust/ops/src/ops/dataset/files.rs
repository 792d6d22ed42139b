//! Datasets of the contents of files.
use super::BASE;
use crate::def::{Entry, Flags};

/// Datasets of the contents of files.
pub static OPS: &[Entry] = &[
    Entry {
        name: "TFRecordDataset",
        sig: "filenames: string, compression_type: string, buffer_size: int64 -> handle: variant",
        attrs: "metadata: string = ''",
        doc: "The records of TFRecord files, one after the other; compression_type is empty, 'GZIP' or 'ZLIB'. NotFound for a missing file, DataLoss for a damaged one.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "TextLineDataset",
        sig: "filenames: string, compression_type: string, buffer_size: int64 -> handle: variant",
        attrs: "metadata: string = ''",
        doc: "The lines of files without their ends; compression_type is empty, 'GZIP' or 'ZLIB'. NotFound for a missing file.",
        flags: Flags::STATEFUL,
        ..BASE
    },
    Entry {
        name: "FixedLengthRecordDatasetV2",
        sig: "filenames: string, header_bytes: int64, record_bytes: int64, footer_bytes: int64, buffer_size: int64, compression_type: string -> handle: variant",
        attrs: "metadata: string = ''",
        doc: "The parts of record_bytes bytes of files, between a header and a footer. NotFound for a missing file, InvalidArgument if the rest is no multiple of record_bytes.",
        flags: Flags::STATEFUL,
        ..BASE
    },
];
