//! The text file `checkpoint` in a folder of checkpoints: which is the newest, which are kept.
use super::checkpoint_exists;
use crate::files::{read, write_atomically};
use crate::proto::{CheckpointState, parse_fields, quote};
use ferroflow_tensor::{Code, Result, bail, error};
use std::path::{Component, Path, PathBuf};

/// The state in `folder/name` (the name is `checkpoint` unless given); `None` if there is no such file. Relative paths
/// in the file are relative to `folder`, those in the result are not. `DataLoss` if it is damaged, `Value` if it names
/// no checkpoint.
pub fn read_state(folder: &Path, name: Option<&str>) -> Result<Option<CheckpointState>> {
    let path = folder.join(name.unwrap_or("checkpoint"));
    let text = match read(&path) {
        Err(e) if e.code() == Code::NotFound => return Ok(None),
        other => other?,
    };
    let mut state = parse_state(&text).map_err(|e| error!(DataLoss, "{}: {}", path.display(), e.message()))?;
    if state.model_checkpoint_path.is_empty() {
        bail!(Value, "Invalid checkpoint state loaded from {}", folder.display());
    }
    let absolute = |p: &str| if Path::new(p).is_absolute() { p.to_string() } else { folder.join(p).display().to_string() };
    state.model_checkpoint_path = absolute(&state.model_checkpoint_path);
    for p in &mut state.all_model_checkpoint_paths {
        *p = absolute(p);
    }
    Ok(Some(state))
}

/// Writes the state as it is to `folder/name`, in one step.
pub fn write_state(folder: &Path, name: Option<&str>, state: &CheckpointState) -> Result<()> {
    write_atomically(&folder.join(name.unwrap_or("checkpoint")), format_state(state).as_bytes())
}

/// Writes the state with TensorFlow's rules: the newest checkpoint is added to the list if it does not end in it;
/// paths become relative to `folder` if `folder` is relative and they are, or if `relative` is set. `Value` if there
/// are timestamps but not one for each path, `Runtime` if the checkpoint would overwrite the state file.
pub fn update_state(folder: &Path, name: Option<&str>, mut state: CheckpointState, relative: bool) -> Result<()> {
    if state.all_model_checkpoint_paths.last() != Some(&state.model_checkpoint_path) {
        state.all_model_checkpoint_paths.push(state.model_checkpoint_path.clone());
    }
    let (paths, times) = (&state.all_model_checkpoint_paths, &state.all_model_checkpoint_timestamps);
    if !times.is_empty() && times.len() != paths.len() {
        let paths = paths.join("', '");
        bail!(Value, "Checkpoint timestamps, if provided, must match checkpoint paths (got paths ['{paths}'] and timestamps {times:?})");
    }
    let file = folder.join(name.unwrap_or("checkpoint"));
    if file == Path::new(&state.model_checkpoint_path) {
        let path = &state.model_checkpoint_path;
        bail!(Runtime, "Save path '{path}' conflicts with path used for checkpoint state.  Please use a different save path.");
    }
    let rewrite = |p: &str| -> String {
        let rewrite_relative = !folder.is_absolute() && !Path::new(p).is_absolute();
        let rewrite_absolute = relative && Path::new(p).is_absolute();
        if rewrite_relative || rewrite_absolute { relative_to(Path::new(p), folder).display().to_string() } else { p.to_string() }
    };
    state.model_checkpoint_path = rewrite(&state.model_checkpoint_path);
    for p in &mut state.all_model_checkpoint_paths {
        *p = rewrite(p);
    }
    write_state(folder, name, &state)
}

/// The prefix of the newest checkpoint in a folder by its state file; `None` if there is no state file, if it is
/// damaged, or if the checkpoint that it names does not exist.
pub fn latest_checkpoint(folder: &Path, name: Option<&str>) -> Option<PathBuf> {
    let state = read_state(folder, name).ok()??;
    let prefix = PathBuf::from(state.model_checkpoint_path);
    checkpoint_exists(&prefix).then_some(prefix)
}

/// `path` as seen from `folder`, without looking at the disk except for the working folder.
fn relative_to(path: &Path, folder: &Path) -> PathBuf {
    let (path, folder) = (normal(path), normal(folder));
    let common = path.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let up = folder[common..].iter().map(|_| PathBuf::from(".."));
    let down = path[common..].iter().cloned();
    let joined: PathBuf = up.chain(down).collect();
    if joined.as_os_str().is_empty() { PathBuf::from(".") } else { joined }
}

/// The components of the absolute path, without `.` and `..`.
fn normal(path: &Path) -> Vec<PathBuf> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut parts = vec![];
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                if parts.len() > 1 {
                    parts.pop();
                }
            }
            Component::CurDir => {}
            other => parts.push(PathBuf::from(other.as_os_str())),
        }
    }
    parts
}

fn format_state(state: &CheckpointState) -> String {
    let mut out = String::new();
    if !state.model_checkpoint_path.is_empty() {
        out += &format!("model_checkpoint_path: {}\n", quote(&state.model_checkpoint_path));
    }
    for path in &state.all_model_checkpoint_paths {
        out += &format!("all_model_checkpoint_paths: {}\n", quote(path));
    }
    for time in &state.all_model_checkpoint_timestamps {
        out += &format!("all_model_checkpoint_timestamps: {time:?}\n");
    }
    if state.last_preserved_timestamp != 0.0 {
        out += &format!("last_preserved_timestamp: {:?}\n", state.last_preserved_timestamp);
    }
    out
}

fn parse_state(text: &[u8]) -> Result<CheckpointState> {
    let mut state = CheckpointState::default();
    for field in parse_fields(text)? {
        let wrong = || error!(DataLoss, "bad value of field '{}'", field.name);
        let value = String::from_utf8(field.value.clone()).map_err(|_| wrong())?;
        let number = || value.parse::<f64>().ok().filter(|_| !field.quoted).ok_or_else(wrong);
        match field.name.as_str() {
            "model_checkpoint_path" if field.quoted => state.model_checkpoint_path = value,
            "all_model_checkpoint_paths" if field.quoted => state.all_model_checkpoint_paths.push(value),
            "all_model_checkpoint_timestamps" => state.all_model_checkpoint_timestamps.push(number()?),
            "last_preserved_timestamp" => state.last_preserved_timestamp = number()?,
            _ => return Err(wrong()),
        }
    }
    Ok(state)
}
