//! TFRecord: for each record a length (u64), its masked CRC-32C, the bytes and their masked CRC-32C, little-endian.
use super::compressed::{self, Compression, Sink};
use crate::crc;
use crate::files::io_error;
use ferroflow_tensor::{Error, Result, error};
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// Bytes of a checksum.
const CHECKSUM: u64 = 4;
/// Bytes before a record: its length with a checksum.
const HEADER: u64 = 8 + CHECKSUM;

/// Appends one record in its framed form.
pub(super) fn frame(out: &mut Vec<u8>, record: &[u8]) {
    let length = (record.len() as u64).to_le_bytes();
    out.extend_from_slice(&length);
    out.extend_from_slice(&crc::masked(&length).to_le_bytes());
    out.extend_from_slice(record);
    out.extend_from_slice(&crc::masked(record).to_le_bytes());
}

/// Writes records to a file.
///
/// ```
/// use ferroflow_formats::record::{RecordReader, RecordWriter};
/// let path = std::env::temp_dir().join(format!("ferroflow_doc_{}.tfrecord", std::process::id()));
/// let mut writer = RecordWriter::create(&path)?;
/// writer.write(b"one")?;
/// writer.write(b"")?;
/// writer.finish()?;
/// let records: Vec<Vec<u8>> = RecordReader::open(&path)?.collect::<Result<_, _>>()?;
/// assert_eq!(records, [&b"one"[..], b""]);
/// # std::fs::remove_file(path).unwrap();
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub struct RecordWriter {
    path: PathBuf,
    file: Box<dyn Sink>,
    framed: Vec<u8>,
}

impl RecordWriter {
    /// A new, empty file; one of that name is replaced.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        RecordWriter::create_compressed(path, Compression::None)
    }

    /// A new, empty file whose content is compressed; one of that name is replaced.
    pub fn create_compressed(path: impl AsRef<Path>, compression: Compression) -> Result<Self> {
        let path = path.as_ref().to_path_buf();
        let file = compressed::create(&path, compression)?;
        Ok(RecordWriter { path, file, framed: vec![] })
    }

    /// Appends a record.
    pub fn write(&mut self, record: &[u8]) -> Result<()> {
        self.framed.clear();
        frame(&mut self.framed, record);
        self.file.write_all(&self.framed).map_err(|e| io_error(&self.path, &e))
    }

    /// Hands all records so far to the system.
    pub fn flush(&mut self) -> Result<()> {
        self.file.flush().map_err(|e| io_error(&self.path, &e))
    }

    /// Flushes and closes the file. Dropping a writer does the same, but no error can be reported then, and a compressed file
    /// lacks its end.
    pub fn finish(mut self) -> Result<()> {
        self.file.finish().map_err(|e| io_error(&self.path, &e))
    }
}

/// Reads records in order; after an error there are no more. `DataLoss` names the file, the record and its offset.
pub struct RecordReader {
    path: PathBuf,
    file: Box<dyn BufRead + Send>,
    record: u64,
    offset: u64,
    done: bool,
}

impl RecordReader {
    /// Opens a file. `NotFound` if there is none.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        RecordReader::open_compressed(path, Compression::None)
    }

    /// Opens a file whose content is compressed.
    pub fn open_compressed(path: impl AsRef<Path>, compression: Compression) -> Result<Self> {
        let path = path.as_ref().to_path_buf();
        let file = compressed::open(&path, compression)?;
        Ok(RecordReader { path, file, record: 0, offset: 0, done: false })
    }

    /// The byte at which the next record begins.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    fn read_record(&mut self) -> Result<Option<Vec<u8>>> {
        let header = self.read_up_to(HEADER)?;
        if header.is_empty() {
            return Ok(None);
        }
        let truncated = |reader: &Self| reader.damaged("truncated", "' failed with Read less bytes than requested", 0);
        if (header.len() as u64) < HEADER {
            return Err(truncated(self));
        }
        let Some((length, true)) = split_checked(&header) else {
            return Err(self.damaged("corrupted", " (Is this even a TFRecord file?)", 0));
        };
        let length = length.iter().rev().fold(0, |value, &b| value << 8 | u64::from(b));
        let framed = length.saturating_add(CHECKSUM);
        let mut record = self.read_up_to(framed)?;
        if (record.len() as u64) < framed {
            return Err(truncated(self));
        }
        if !matches!(split_checked(&record), Some((_, true))) {
            return Err(self.damaged("corrupted", "", HEADER));
        }
        record.truncate(length as usize);
        self.record += 1;
        self.offset += HEADER + framed;
        Ok(Some(record))
    }

    /// Memory grows with what is really read, whatever a damaged length says.
    fn read_up_to(&mut self, count: u64) -> Result<Vec<u8>> {
        let mut bytes = vec![];
        let read = (&mut self.file).take(count).read_to_end(&mut bytes);
        read.map_err(|e| io_error(&self.path, &e))?;
        Ok(bytes)
    }

    /// TensorFlow's first line, with its offset: of the record, or of what follows the header if that is damaged.
    fn damaged(&self, how: &str, more: &str, skip: u64) -> Error {
        let (at, offset, record, path) = (self.offset + skip, self.offset, self.record, self.path.display());
        error!(DataLoss, "{how} record at {at}{more}")
            .fix(format!("use another copy of {path}: its record number {record} (from 0), at offset {offset}, is damaged"))
    }
}

/// The bytes before the checksum, and whether that is right.
fn split_checked(bytes: &[u8]) -> Option<(&[u8], bool)> {
    let (content, stored) = bytes.split_last_chunk::<4>()?;
    Some((content, u32::from_le_bytes(*stored) == crc::masked(content)))
}

impl Iterator for RecordReader {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let record = self.read_record().transpose();
        self.done = !matches!(record, Some(Ok(_)));
        record
    }
}
