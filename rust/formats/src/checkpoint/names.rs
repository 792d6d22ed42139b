//! The names of a checkpoint's files.
use crate::files::{io_error, parent, with_suffix};
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

/// The existing data files of a prefix, each with the N of its `-of-N`.
pub(super) fn existing_data_files(prefix: &Path) -> Result<Vec<(PathBuf, usize)>> {
    let folder = parent(prefix);
    let start = match prefix.file_name() {
        Some(name) => format!("{}.data-", name.to_string_lossy()),
        None => return Ok(vec![]),
    };
    let list = match fs::read_dir(folder) {
        Ok(list) => list,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(vec![]),
        Err(e) => return Err(io_error(folder, &e)),
    };
    let mut found = vec![];
    for item in list {
        let item = item.map_err(|e| io_error(folder, &e))?;
        let name = item.file_name().to_string_lossy().into_owned();
        let numbers = name.strip_prefix(&start).and_then(|rest| rest.split_once("-of-"));
        if let Some((Ok(_), Ok(num_shards))) = numbers.map(|(s, n)| (s.parse::<usize>(), n.parse::<usize>())) {
            found.push((item.path(), num_shards));
        }
    }
    Ok(found)
}

/// The smallest number of shards, at least `needed`, that no existing data file has in its name.
pub(super) fn free_num_shards(prefix: &Path, needed: usize) -> Result<usize> {
    let taken: Vec<usize> = existing_data_files(prefix)?.into_iter().map(|(_, n)| n).collect();
    let mut num_shards = needed;
    while taken.contains(&num_shards) {
        num_shards += 1;
    }
    Ok(num_shards)
}

/// Removes the data files of a prefix whose names have another number of shards than `kept`. They belong to a
/// checkpoint that was replaced, or to one that never became complete.
pub(super) fn remove_stale_data(prefix: &Path, kept: usize) -> Result<()> {
    for (path, num_shards) in existing_data_files(prefix)? {
        if num_shards != kept {
            fs::remove_file(&path).map_err(|e| io_error(&path, &e))?;
        }
    }
    Ok(())
}
