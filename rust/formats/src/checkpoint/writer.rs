//! Writing a checkpoint: one data file, one index file, old or new at every moment.
use super::names::{free_num_shards, remove_leftovers, remove_stale_data};
use super::{Entries, TensorSlice, data_file, encode_index, index_file, strings};
use crate::crc;
use crate::files::{TempFile, io_error, parent, write_atomically};
use crate::proto::{BundleEntryProto, TensorShapeProto};
use crate::value::{Data, RawTensor, byte_size, num_elements};
use ferroflow_tensor::{DType, Result, Tensor, bail};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Writes a checkpoint of one shard.
///
/// Nothing is visible under the prefix before [`finish`](Self::finish), which replaces a checkpoint of that name in
/// one step; a writer that is dropped or killed before leaves the old checkpoint as it was. One writer a prefix at a
/// time.
///
/// ```
/// use ferroflow_formats::checkpoint::{BundleReader, BundleWriter};
/// use ferroflow_tensor::Tensor;
/// let prefix = std::env::temp_dir().join(format!("ferroflow_doc_{}", std::process::id()));
/// let mut writer = BundleWriter::new(&prefix)?;
/// writer.add_tensor("w", &Tensor::from_slice(&[1.0f32, 2.0], [2])?)?;
/// writer.finish()?;
/// let reader = BundleReader::open(&prefix)?;
/// assert_eq!(reader.read_tensor("w")?.slice::<f32>()?, [1.0, 2.0]);
/// # for f in ["index", "data-00000-of-00001"] { std::fs::remove_file(prefix.with_extension(f)).unwrap(); }
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
pub struct BundleWriter {
    prefix: PathBuf,
    entries: Entries,
    data: TempFile,
    offset: i64,
}

impl BundleWriter {
    /// A writer for `prefix`. The folder is made if its parent exists; else `NotFound`. Unfinished files of writers that
    /// were killed are removed.
    pub fn new(prefix: impl AsRef<Path>) -> Result<Self> {
        let prefix = prefix.as_ref().to_path_buf();
        let folder = parent(&prefix);
        match fs::create_dir(folder) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(io_error(folder, &e)),
            _ => {}
        }
        remove_leftovers(&prefix)?;
        let data = TempFile::beside(&data_file(&prefix, 0, 1))?;
        Ok(BundleWriter { prefix, entries: Entries::new(), data, offset: 0 })
    }

    /// Adds a tensor from little-endian bytes in row-major order. `InvalidArgument` for an empty or used name, for
    /// bytes that do not fit, and for strings (see [`add_strings`](Self::add_strings)), resources and variants.
    pub fn add(&mut self, name: &str, dtype: DType, dims: &[i64], bytes: &[u8]) -> Result<()> {
        self.check_name(name)?;
        self.put_bytes(name.as_bytes().to_vec(), dtype, dims, bytes)
    }

    /// Adds a tensor of strings. `InvalidArgument` for an empty or used name and if their number does not fit.
    pub fn add_strings<S: AsRef<[u8]>>(&mut self, name: &str, dims: &[i64], strings: &[S]) -> Result<()> {
        self.check_name(name)?;
        self.put_strings(name.as_bytes().to_vec(), dims, strings)
    }

    /// Adds a tensor in host memory; otherwise as [`add`](Self::add).
    pub fn add_tensor(&mut self, name: &str, tensor: &Tensor) -> Result<()> {
        let dims: Vec<i64> = tensor.shape().dims().iter().map(|&d| d as i64).collect();
        match tensor.dtype() {
            DType::String => self.add_strings(name, &dims, tensor.strings()?),
            dtype if dtype.is_object() => bail!(InvalidArgument, "A {dtype} tensor ('{name}') cannot be saved"),
            dtype => self.add(name, dtype, &dims, tensor.bytes()?),
        }
    }

    /// Adds `part` as the slice of a tensor of shape `full_dims`. All slices of a tensor have one dtype and do not
    /// overlap; a reader finds the whole tensor under `name`.
    pub fn add_slice(&mut self, name: &str, full_dims: &[i64], slice: &TensorSlice, part: &RawTensor) -> Result<()> {
        let part_dims: Vec<i64> = slice.bounds(full_dims)?.iter().map(|&(_, length)| length).collect();
        if part_dims != part.dims {
            bail!(InvalidArgument, "Slice {slice} of '{name}' has shape {part_dims:?}, the tensor given has {:?}", part.dims);
        }
        if slice.is_full(full_dims) {
            return match &part.data {
                Data::Bytes(bytes) => self.add(name, part.dtype, full_dims, bytes),
                Data::Strings(strings) => self.add_strings(name, full_dims, strings),
            };
        }
        let slice_proto = slice.to_proto();
        let shape = TensorShapeProto::from_dims(full_dims);
        match self.entries.get(name.as_bytes()) {
            None => self.check_name(name)?,
            Some(e) if e.slices.is_empty() || e.slices.contains(&slice_proto) => {
                bail!(InvalidArgument, "Adding duplicate key: {name}")
            }
            Some(e) if e.dtype != part.dtype.number() || e.shape.as_ref() != Some(&shape) => {
                bail!(InvalidArgument, "The slices of '{name}' differ in dtype or shape of the whole tensor")
            }
            Some(_) => {}
        }
        let key = slice.key(name);
        match &part.data {
            Data::Bytes(bytes) => self.put_bytes(key, part.dtype, &part.dims, bytes)?,
            Data::Strings(strings) => self.put_strings(key, &part.dims, strings)?,
        }
        let whole = self.entries.entry(name.as_bytes().to_vec()).or_default();
        whole.dtype = part.dtype.number();
        whole.shape = Some(shape);
        whole.slices.push(slice_proto);
        Ok(())
    }

    /// Makes the checkpoint visible: the data goes to the disk, then the index file takes its name.
    pub fn finish(self) -> Result<()> {
        let num_shards = free_num_shards(&self.prefix, 1)?;
        self.data.commit(&data_file(&self.prefix, 0, num_shards))?;
        write_atomically(&index_file(&self.prefix), &encode_index(&self.entries, num_shards)?)?;
        remove_stale_data(&self.prefix, num_shards)
    }

    fn check_name(&self, name: &str) -> Result<()> {
        if name.is_empty() || name.starts_with('\0') {
            bail!(InvalidArgument, "A tensor's name must not be empty or begin with a zero byte");
        }
        if self.entries.contains_key(name.as_bytes()) {
            bail!(InvalidArgument, "Adding duplicate key: {name}");
        }
        Ok(())
    }

    fn put_bytes(&mut self, key: Vec<u8>, dtype: DType, dims: &[i64], bytes: &[u8]) -> Result<()> {
        if byte_size(dtype, dims)? != bytes.len() {
            bail!(InvalidArgument, "{} bytes do not make a {dtype} tensor of shape {dims:?}", bytes.len());
        }
        self.put(key, dtype, dims, bytes, crc32c::crc32c(bytes))
    }

    fn put_strings<S: AsRef<[u8]>>(&mut self, key: Vec<u8>, dims: &[i64], values: &[S]) -> Result<()> {
        if num_elements(dims)? != values.len() {
            bail!(InvalidArgument, "{} strings do not make a tensor of shape {dims:?}", values.len());
        }
        let (bytes, checksum) = strings::encode(values);
        self.put(key, DType::String, dims, &bytes, checksum)
    }

    fn put(&mut self, key: Vec<u8>, dtype: DType, dims: &[i64], bytes: &[u8], checksum: u32) -> Result<()> {
        self.data.write(bytes)?;
        let entry = BundleEntryProto {
            dtype: dtype.number(),
            shape: Some(TensorShapeProto::from_dims(dims)),
            shard_id: 0,
            offset: self.offset,
            size: bytes.len() as i64,
            crc32c: crc::mask(checksum),
            slices: vec![],
        };
        self.offset += entry.size;
        self.entries.insert(key, entry);
        Ok(())
    }
}
