//! The names of a checkpoint's files.
use crate::files::{TEMP_SUFFIX, io_error, parent, with_suffix};
use ferroflow_tensor::Result;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of one of several files: `<base>-00001-of-00003`.
///
/// ```
/// assert_eq!(ferroflow_formats::checkpoint::sharded_filename("model", 1, 3), "model-00001-of-00003");
/// ```
pub fn sharded_filename(base: &str, shard: usize, num_shards: usize) -> String {
    format!("{base}-{shard:05}-of-{num_shards:05}")
}

/// `<prefix>.index`.
pub fn index_file(prefix: &Path) -> PathBuf {
    with_suffix(prefix, ".index")
}

/// `<prefix>.data-SSSSS-of-NNNNN`.
pub fn data_file(prefix: &Path, shard: usize, num_shards: usize) -> PathBuf {
    with_suffix(prefix, &sharded_filename(".data", shard, num_shards))
}

/// True if a checkpoint with this prefix exists, that is, its index file.
pub fn checkpoint_exists(prefix: &Path) -> bool {
    index_file(prefix).is_file()
}

/// The files in the prefix's folder whose names begin with the prefix, each with the rest of its name.
fn files_of(prefix: &Path) -> Result<Vec<(PathBuf, String)>> {
    let folder = parent(prefix);
    let Some(base) = prefix.file_name().map(|name| name.to_string_lossy().into_owned()) else { return Ok(vec![]) };
    let list = match fs::read_dir(folder) {
        Ok(list) => list,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(vec![]),
        Err(e) => return Err(io_error(folder, &e)),
    };
    let mut found = vec![];
    for item in list {
        let item = item.map_err(|e| io_error(folder, &e))?;
        if let Some(rest) = item.file_name().to_string_lossy().strip_prefix(&base) {
            found.push((item.path(), rest.to_string()));
        }
    }
    Ok(found)
}

/// A data file by its name.
pub(super) struct DataFile {
    pub path: PathBuf,
    pub shard: usize,
    pub num_shards: usize,
}

/// The existing data files of a prefix in the order of their shards.
pub(super) fn existing_data_files(prefix: &Path) -> Result<Vec<DataFile>> {
    let numbers = |rest: &str| -> Option<(usize, usize)> {
        let (shard, num_shards) = rest.strip_prefix(".data-")?.split_once("-of-")?;
        Some((shard.parse().ok()?, num_shards.parse().ok()?))
    };
    let data_file = |(path, rest): (PathBuf, String)| {
        let (shard, num_shards) = numbers(&rest)?;
        Some(DataFile { path, shard, num_shards })
    };
    let mut found: Vec<DataFile> = files_of(prefix)?.into_iter().filter_map(data_file).collect();
    found.sort_by_key(|f| f.shard);
    Ok(found)
}

/// Removes what writers of this prefix left behind when they were killed.
pub(super) fn remove_leftovers(prefix: &Path) -> Result<()> {
    for (path, rest) in files_of(prefix)? {
        let is_own = rest.starts_with(".data-") || rest.starts_with(".index.");
        if is_own && rest.contains(TEMP_SUFFIX) {
            fs::remove_file(&path).map_err(|e| io_error(&path, &e))?;
        }
    }
    Ok(())
}

/// The smallest number of shards, at least `needed`, that no existing data file has in its name.
pub(super) fn free_num_shards(prefix: &Path, needed: usize) -> Result<usize> {
    let taken: Vec<usize> = existing_data_files(prefix)?.iter().map(|f| f.num_shards).collect();
    let mut num_shards = needed;
    while taken.contains(&num_shards) {
        num_shards += 1;
    }
    Ok(num_shards)
}

/// Removes the data files of a prefix whose names have another number of shards than `kept`. They belong to a
/// checkpoint that was replaced, or to one that never became complete.
pub(super) fn remove_stale_data(prefix: &Path, kept: usize) -> Result<()> {
    for file in existing_data_files(prefix)?.iter().filter(|f| f.num_shards != kept) {
        fs::remove_file(&file.path).map_err(|e| io_error(&file.path, &e))?;
    }
    Ok(())
}
