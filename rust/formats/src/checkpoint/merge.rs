//! Making one checkpoint of several without copying data: what the op MergeV2Checkpoints does.
use super::names::{existing_data_files, free_num_shards, remove_stale_data};
use super::{Entries, data_file, decode_index, encode_index, index_file, readable};
use crate::files::{io_error, parent, read, sync_folder, write_atomically};
use ferroflow_tensor::{Code, Result, bail, error};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Merges the checkpoints of `prefixes` into one under `destination` and removes them; with `delete_old_dirs` the
/// folders that they were in go too, if they are empty and not the destination's.
///
/// The data files are renamed, so all must lie on one disk. A checkpoint of the destination's name is replaced in one
/// step; after a kill before that step it is as it was, but some of `prefixes` may have lost their data. `InvalidArgument` if there is no prefix or two checkpoints have the same tensor (slices of one tensor may be
/// spread), `NotFound` if a checkpoint or a data file is missing.
pub fn merge<P: AsRef<Path>>(prefixes: &[P], destination: impl AsRef<Path>, delete_old_dirs: bool) -> Result<()> {
    let destination = destination.as_ref();
    if prefixes.is_empty() {
        bail!(InvalidArgument, "Must pass in at least one prefix to merge");
    }
    let mut merged = Entries::new();
    let mut moves: Vec<PathBuf> = vec![];
    for prefix in prefixes {
        collect(prefix.as_ref(), &mut merged, &mut moves)?;
    }
    let folder = parent(destination);
    fs::create_dir_all(folder).map_err(|e| io_error(folder, &e))?;
    let num_shards = free_num_shards(destination, moves.len().max(1))?;
    for (shard, from) in moves.iter().enumerate() {
        let to = data_file(destination, shard, num_shards);
        fs::rename(from, &to).map_err(|e| io_error(from, &e))?;
    }
    sync_folder(folder)?;
    write_atomically(&index_file(destination), &encode_index(&merged, num_shards)?)?;
    remove_stale_data(destination, num_shards)?;
    for prefix in prefixes {
        remove_source(prefix.as_ref(), destination, delete_old_dirs)?;
    }
    Ok(())
}

/// Adds a checkpoint's entries, with shards numbered on behind those in `moves`, and its data files.
fn collect(prefix: &Path, merged: &mut Entries, moves: &mut Vec<PathBuf>) -> Result<()> {
    let path = index_file(prefix);
    let (header, entries) = decode_index(&read(&path)?, &path)?;
    let num_shards = header.num_shards as usize;
    let mut new_ids = BTreeMap::new();
    for file in existing_data_files(prefix)?.into_iter().filter(|f| f.num_shards == num_shards) {
        let id = i32::try_from(moves.len()).map_err(|_| error!(InvalidArgument, "Too many data files to merge"))?;
        new_ids.insert(file.shard as i64, id);
        moves.push(file.path);
    }
    for (key, mut entry) in entries {
        if entry.slices.is_empty() {
            let missing = || error!(NotFound, "{}: shard {} of {num_shards} is missing", prefix.display(), entry.shard_id);
            entry.shard_id = *new_ids.get(&i64::from(entry.shard_id)).ok_or_else(missing)?;
        }
        match merged.get_mut(&key) {
            None => {
                merged.insert(key, entry);
            }
            Some(e) if e.slices.is_empty() || entry.slices.is_empty() => {
                let (key, prefix) = (readable(&key), prefix.display());
                bail!(InvalidArgument, "Duplicate tensor keyed by {key} encountered, when merging prefix: {prefix}");
            }
            Some(e) if e.dtype != entry.dtype || e.shape != entry.shape => {
                bail!(InvalidArgument, "The slices of '{}' differ in dtype or shape of the whole tensor", readable(&key));
            }
            Some(e) => e.slices.append(&mut entry.slices),
        }
    }
    Ok(())
}

fn remove_source(prefix: &Path, destination: &Path, delete_old_dirs: bool) -> Result<()> {
    if prefix == destination {
        return Ok(());
    }
    let index = index_file(prefix);
    match fs::remove_file(&index).map_err(|e| io_error(&index, &e)) {
        Err(e) if e.code() != Code::NotFound => return Err(e),
        _ => {}
    }
    if delete_old_dirs && parent(prefix) != parent(destination) {
        // Not empty: somebody else's files are in it, and so it stays.
        let _ = fs::remove_dir(parent(prefix));
    }
    Ok(())
}
