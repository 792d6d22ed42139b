//! Reading a checkpoint: what is in it, whole tensors, slices.
use super::slice::{for_runs, intersect};
use super::{Entries, TensorSlice, data_file, decode_index, index_file, readable, strings};
use crate::crc;
use crate::files::{io_error, read};
use crate::proto::BundleEntryProto;
use crate::value::{Data, RawTensor, byte_size, num_elements};
use ferroflow_tensor::{Code, DType, Error, Result, Shape, Tensor, bail, error};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How often opening starts again when a writer replaces the checkpoint meanwhile.
const OPEN_ATTEMPTS: usize = 5;

/// Dtype and shape of a tensor in a checkpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct TensorMeta {
    /// The dtype.
    pub dtype: DType,
    /// The sizes of the dimensions (of the whole tensor if it was saved in slices).
    pub dims: Vec<i64>,
}

/// An open checkpoint. The data files are open too, so that it stays readable when it is replaced. May be used from
/// several threads.
pub struct BundleReader {
    prefix: PathBuf,
    num_shards: usize,
    entries: Entries,
    shards: BTreeMap<i32, Shard>,
}

struct Shard {
    path: PathBuf,
    size: u64,
    file: Mutex<File>,
}

impl BundleReader {
    /// Opens the checkpoint of a prefix. `NotFound` if there is none, `DataLoss` if its index is damaged.
    pub fn open(prefix: impl AsRef<Path>) -> Result<Self> {
        let prefix = prefix.as_ref();
        let mut attempt = 1;
        loop {
            match Self::open_once(prefix) {
                Err(e) if e.code() == Code::NotFound && attempt < OPEN_ATTEMPTS => attempt += 1,
                done => return done,
            }
        }
    }

    fn open_once(prefix: &Path) -> Result<Self> {
        let path = index_file(prefix);
        let bytes = read(&path).map_err(|e| if e.code() == Code::NotFound { no_checkpoint(prefix) } else { e })?;
        let (header, entries) = decode_index(&bytes, &path)?;
        let num_shards = header.num_shards as usize;
        let mut shards = BTreeMap::new();
        let used: BTreeSet<i32> = entries.values().filter(|e| e.slices.is_empty()).map(|e| e.shard_id).collect();
        for shard in used {
            if shard < 0 || shard >= header.num_shards {
                bail!(DataLoss, "{} refers to shard {shard} of {num_shards}", path.display());
            }
            let path = data_file(prefix, shard as usize, num_shards);
            let opened = File::open(&path).and_then(|file| file.metadata().map(|m| (file, m.len())));
            let (file, size) = opened.map_err(|e| io_error(&path, &e))?;
            shards.insert(shard, Shard { path, size, file: Mutex::new(file) });
        }
        Ok(BundleReader { prefix: prefix.to_path_buf(), num_shards, entries, shards })
    }

    /// The prefix.
    pub fn prefix(&self) -> &Path {
        &self.prefix
    }

    /// The N of the data files' `-of-N`.
    pub fn num_shards(&self) -> usize {
        self.num_shards
    }

    /// The names of the tensors, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().filter(|key| key[0] != 0).filter_map(|key| std::str::from_utf8(key).ok())
    }

    /// True if there is a tensor of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.entries.contains_key(name.as_bytes())
    }

    /// Dtype and shape of a tensor. `NotFound` if there is none of this name.
    pub fn meta(&self, name: &str) -> Result<TensorMeta> {
        let entry = self.entry(name)?;
        self.meta_of(name.as_bytes(), entry)
    }

    /// Dtypes and shapes of all tensors by name. `DataLoss` if an entry is damaged.
    pub fn tensors(&self) -> Result<BTreeMap<String, TensorMeta>> {
        self.names().map(|name| Ok((name.to_string(), self.meta(name)?))).collect()
    }

    /// The slices in which a tensor was saved; none if it was saved whole. `NotFound` if there is no such tensor.
    pub fn slices(&self, name: &str) -> Result<Vec<TensorSlice>> {
        Ok(self.entry(name)?.slices.iter().map(TensorSlice::from_proto).collect())
    }

    /// Reads a tensor, put together from its slices if need be. `NotFound` if there is none of this name, `DataLoss`
    /// with file, name and offset if bytes are missing or differ from their checksum.
    pub fn read(&self, name: &str) -> Result<RawTensor> {
        let entry = self.entry(name)?;
        if entry.slices.is_empty() {
            return self.read_entry(name.as_bytes(), entry);
        }
        let meta = self.meta(name)?;
        self.read_slice(name, &TensorSlice::full(meta.dims.len()))
    }

    /// Reads a tensor into memory of the engine; errors as [`read`](Self::read).
    pub fn read_tensor(&self, name: &str) -> Result<Tensor> {
        let entry = self.entry(name)?;
        let meta = self.meta(name)?;
        if !entry.slices.is_empty() || meta.dtype == DType::String {
            return self.read(name)?.to_tensor();
        }
        let key = name.as_bytes();
        self.check_entry_size(key, entry, &meta)?;
        let dims: Vec<usize> = meta.dims.iter().map(|&d| d as usize).collect();
        let mut tensor = Tensor::recycled(meta.dtype, Shape::new(&dims))?;
        let Some(target) = tensor.bytes_mut() else { bail!(Internal, "a new tensor is not writable") };
        self.read_checked(key, entry, target)?;
        if meta.dtype == DType::Bool {
            clean_bools(target);
        }
        Ok(tensor)
    }

    /// Reads a part of a tensor. Errors as [`read`](Self::read); `InvalidArgument` if the slice does not lie within
    /// the tensor or was not saved.
    pub fn read_slice(&self, name: &str, slice: &TensorSlice) -> Result<RawTensor> {
        let entry = self.entry(name)?;
        let meta = self.meta(name)?;
        let target = slice.bounds(&meta.dims)?;
        let whole = TensorSlice::full(meta.dims.len());
        let stored = if entry.slices.is_empty() { vec![whole] } else { self.slices(name)? };
        let dims: Vec<i64> = target.iter().map(|&(_, length)| length).collect();
        let elements = num_elements(&dims)?;
        if byte_size(if meta.dtype == DType::String { DType::UInt8 } else { meta.dtype }, &dims)? as u64 > self.stored_bytes() {
            bail!(DataLoss, "{}: '{name}' has shape {:?}, more than the data files hold", self.prefix.display(), meta.dims);
        }
        let mut out = match meta.dtype {
            DType::String => Data::Strings(vec![vec![]; elements]),
            dtype => Data::Bytes(vec![0; elements * dtype.size()]),
        };
        let mut copied = 0;
        for part_slice in &stored {
            let source = part_slice.bounds(&meta.dims).map_err(|e| e.with_code(Code::DataLoss))?;
            let Some(region) = intersect(&target, &source) else { continue };
            let part = self.read_part(name, entry, &meta, part_slice, &source)?;
            for_runs(&target, &source, &region, |to, from, count| {
                copy_elements(&mut out, &part.data, meta.dtype.size(), to, from, count);
                copied += count;
            });
        }
        if copied != elements {
            bail!(InvalidArgument, "Does not have sufficient slices for partitioned tensor {name} to restore in slice_spec: {slice}");
        }
        Ok(RawTensor { dtype: meta.dtype, dims, data: out })
    }

    fn read_part(
        &self,
        name: &str,
        whole: &BundleEntryProto,
        meta: &TensorMeta,
        slice: &TensorSlice,
        bounds: &[(i64, i64)],
    ) -> Result<RawTensor> {
        if whole.slices.is_empty() {
            return self.read_entry(name.as_bytes(), whole);
        }
        let key = slice.key(name);
        let lost = |what: &str| error!(DataLoss, "{}: slice {slice} of '{name}' {what}", self.prefix.display());
        let entry = self.entries.get(&key).ok_or_else(|| lost("is missing"))?;
        let part = self.read_entry(&key, entry)?;
        if part.dtype != meta.dtype || !part.dims.iter().zip(bounds).all(|(&d, &(_, length))| d == length) {
            return Err(lost("differs from the whole tensor in dtype or shape"));
        }
        Ok(part)
    }

    fn entry(&self, name: &str) -> Result<&BundleEntryProto> {
        let entry = self.entries.get(name.as_bytes()).filter(|_| !name.starts_with('\0'));
        entry.ok_or_else(|| {
            let (count, prefix) = (self.names().count(), self.prefix.display());
            error!(NotFound, "Key {name} not found in checkpoint").fix(format!("see the names of the {count} tensors in {prefix}"))
        })
    }

    fn stored_bytes(&self) -> u64 {
        self.shards.values().map(|s| s.size).sum()
    }

    /// TensorFlow's first line, and file, key and offset as the fix.
    fn lost(&self, key: &[u8], entry: &BundleEntryProto, what: &str) -> Error {
        let (prefix, shard) = (self.prefix.display(), entry.shard_id);
        let bytes = self.shards.get(&shard).map_or(0, |s| s.size);
        self.damaged(key, entry, format!("TensorBundle at {prefix} shard {shard} ({bytes} bytes): {what}"))
    }

    fn damaged(&self, key: &[u8], entry: &BundleEntryProto, first_line: String) -> Error {
        let path = data_file(&self.prefix, usize::try_from(entry.shard_id).unwrap_or_default(), self.num_shards);
        let (file, key, offset, size) = (path.display(), readable(key), entry.offset, entry.size);
        Error::new(Code::DataLoss, first_line)
            .fix(format!("use another copy: '{key}' ({size} bytes at offset {offset} of {file}) is damaged"))
    }

    fn meta_of(&self, key: &[u8], entry: &BundleEntryProto) -> Result<TensorMeta> {
        let dtype = DType::from_number(entry.dtype);
        let dtype = dtype.ok_or_else(|| self.lost(key, entry, &format!("unknown dtype {}", entry.dtype)))?;
        let dims = entry.shape.clone().unwrap_or_default().dims();
        let dims = dims.filter(|d| num_elements(d).is_ok()).ok_or_else(|| self.lost(key, entry, "bad shape"))?;
        Ok(TensorMeta { dtype, dims })
    }

    fn check_entry_size(&self, key: &[u8], entry: &BundleEntryProto, meta: &TensorMeta) -> Result<()> {
        if matches!(meta.dtype, DType::Resource | DType::Variant) {
            let (dtype, key) = (meta.dtype, readable(key));
            bail!(Unimplemented, "{}: '{key}' is a {dtype} tensor, which cannot be restored", self.prefix.display());
        }
        let shard = self.shards.get(&entry.shard_id).ok_or_else(|| self.lost(key, entry, "no such shard"))?;
        let range = u64::try_from(entry.offset).ok().zip(u64::try_from(entry.size).ok());
        if range.and_then(|(offset, size)| offset.checked_add(size)).is_none_or(|end| end > shard.size) {
            return Err(self.lost(key, entry, &format!("lies beyond the end of the file ({} bytes)", shard.size)));
        }
        if meta.dtype != DType::String && byte_size(meta.dtype, &meta.dims)? as i64 != entry.size {
            let what = format!("the size does not fit {} {:?}", meta.dtype, meta.dims);
            return Err(self.lost(key, entry, &what));
        }
        Ok(())
    }

    fn read_entry(&self, key: &[u8], entry: &BundleEntryProto) -> Result<RawTensor> {
        let meta = self.meta_of(key, entry)?;
        self.check_entry_size(key, entry, &meta)?;
        let mut bytes = vec![0; entry.size as usize];
        if meta.dtype == DType::String {
            self.read_raw(key, entry, &mut bytes)?;
            let decoded = strings::decode(&bytes, num_elements(&meta.dims)?);
            let (values, checksum) = decoded.map_err(|what| self.damaged(key, entry, what))?;
            self.check(key, entry, checksum)?;
            return RawTensor::from_strings(&meta.dims, values);
        }
        self.read_checked(key, entry, &mut bytes)?;
        if meta.dtype == DType::Bool {
            clean_bools(&mut bytes);
        }
        RawTensor::from_bytes(meta.dtype, &meta.dims, bytes)
    }

    fn read_checked(&self, key: &[u8], entry: &BundleEntryProto, target: &mut [u8]) -> Result<()> {
        self.read_raw(key, entry, target)?;
        self.check(key, entry, crc32c::crc32c(target))
    }

    fn read_raw(&self, key: &[u8], entry: &BundleEntryProto, target: &mut [u8]) -> Result<()> {
        let shard = self.shards.get(&entry.shard_id).ok_or_else(|| self.lost(key, entry, "no such shard"))?;
        let mut file = shard.file.lock().unwrap_or_else(PoisonError::into_inner);
        let done = file.seek(SeekFrom::Start(entry.offset as u64)).and_then(|_| file.read_exact(target));
        done.map_err(|e| io_error(&shard.path, &e))
    }

    fn check(&self, key: &[u8], entry: &BundleEntryProto, calculated: u32) -> Result<()> {
        let stored = crc::unmask(entry.crc32c);
        if stored == calculated {
            return Ok(());
        }
        let what = format!("Checksum does not match: stored {stored} vs. calculated on the restored bytes {calculated}");
        Err(self.lost(key, entry, &what))
    }
}

fn no_checkpoint(prefix: &Path) -> Error {
    let prefix = prefix.display();
    error!(NotFound, "Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {prefix}")
}

/// Every byte but 0 means true; the engine knows 0 and 1 only.
fn clean_bools(bytes: &mut [u8]) {
    for b in bytes {
        *b = u8::from(*b != 0);
    }
}

fn copy_elements(target: &mut Data, source: &Data, width: usize, to: usize, from: usize, count: usize) {
    match (target, source) {
        (Data::Bytes(t), Data::Bytes(s)) => {
            t[to * width..(to + count) * width].copy_from_slice(&s[from * width..(from + count) * width]);
        }
        (Data::Strings(t), Data::Strings(s)) => t[to..to + count].clone_from_slice(&s[from..from + count]),
        _ => {}
    }
}
