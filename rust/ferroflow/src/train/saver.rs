//! Saves and restores variables in TensorFlow's checkpoint format.
use crate::session::Session;
use crate::variable::Variable;
use ferroflow_formats::checkpoint::{BundleReader, BundleWriter, data_file, index_file, read_state, update_state};
use ferroflow_formats::proto::CheckpointState;
use ferroflow_tensor::{Result, bail, error};
use std::path::{Path, PathBuf};

pub use ferroflow_formats::checkpoint::latest_checkpoint;

/// Writes and reads checkpoints of variables under their names; TensorFlow and the Python package read the same files.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let w = Variable::new(&graph, [1.0f32, 2.0], "w")?;
/// let session = Session::new(&graph)?;
/// session.run_ops(&[graph.initializer()?], &[])?;
/// let folder = std::env::temp_dir().join(format!("ferroflow_saver_{}", std::process::id()));
/// let saver = Saver::new(&graph.variables());
/// let prefix = saver.save(&session, folder.join("model"), Some(100))?;
/// session.set_value(&w, [0.0f32, 0.0].to_tensor()?)?;
/// saver.restore(&session, &prefix)?;
/// assert_eq!(session.value(&w)?.map(|t| t.slice::<f32>().map(<[f32]>::to_vec)).transpose()?, Some(vec![1.0, 2.0]));
/// assert_eq!(ferroflow::train::latest_checkpoint(&folder, None), Some(prefix));
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), ferroflow::Error>(())
/// ```
pub struct Saver<'g> {
    variables: Vec<Variable<'g>>,
    max_to_keep: usize,
}

impl<'g> Saver<'g> {
    /// A saver of these variables, mostly `graph.variables()`. It keeps the newest 5 checkpoints of a folder.
    pub fn new(variables: &[Variable<'g>]) -> Saver<'g> {
        Saver { variables: variables.to_vec(), max_to_keep: 5 }
    }
    /// How many checkpoints stay, 0 for all; older ones of the same folder's state file are removed.
    pub fn max_to_keep(mut self, count: usize) -> Self {
        self.max_to_keep = count;
        self
    }
    /// Writes the values that variables have in a session to `prefix`, or `prefix-step`, and enters the checkpoint in the
    /// state file of its folder. The checkpoint's prefix. FailedPrecondition for a variable without a value; errors of
    /// the file system.
    pub fn save(&self, session: &Session, prefix: impl AsRef<Path>, step: Option<i64>) -> Result<PathBuf> {
        let mut prefix = prefix.as_ref().as_os_str().to_os_string();
        if let Some(step) = step {
            prefix.push(format!("-{step}"));
        }
        let prefix = PathBuf::from(prefix);
        let values = self.variables.iter().map(|v| self.value(session, v)).collect::<Result<Vec<_>>>()?;
        let mut writer = BundleWriter::new(&prefix)?;
        for (name, value) in &values {
            writer.add_tensor(name, value)?;
        }
        writer.finish()?;
        self.enter(&prefix)?;
        Ok(prefix)
    }
    fn value(&self, session: &Session, variable: &Variable<'g>) -> Result<(String, crate::Tensor)> {
        let name = variable.name()?;
        match session.value(variable)? {
            Some(value) => Ok((name, value)),
            None => Err(error!(FailedPrecondition, "Attempting to use uninitialized value {name}").fix("run graph.initializer()? first")),
        }
    }
    /// Enters a checkpoint in its folder's state file and removes the oldest ones.
    fn enter(&self, prefix: &Path) -> Result<()> {
        let folder = match prefix.parent() {
            Some(p) if !p.as_os_str().is_empty() => p,
            _ => Path::new("."),
        };
        let newest = prefix.display().to_string();
        let mut all = read_state(folder, None).ok().flatten().map_or_else(Vec::new, |s| s.all_model_checkpoint_paths);
        all.retain(|p| *p != newest);
        all.push(newest.clone());
        let excess = if self.max_to_keep == 0 { 0 } else { all.len().saturating_sub(self.max_to_keep) };
        let old: Vec<String> = all.drain(..excess).collect();
        let state = CheckpointState { model_checkpoint_path: newest, all_model_checkpoint_paths: all, ..CheckpointState::default() };
        update_state(folder, None, state, false)?;
        for prefix in old {
            remove(Path::new(&prefix));
        }
        Ok(())
    }
    /// Gives the variables the values of a checkpoint. NotFound for a variable that it lacks; InvalidArgument for one of
    /// another dtype or shape; then none has changed.
    pub fn restore(&self, session: &Session, prefix: impl AsRef<Path>) -> Result<()> {
        let reader = BundleReader::open(prefix.as_ref())?;
        let mut values = vec![];
        for v in &self.variables {
            let name = v.name()?;
            if !reader.contains(&name) {
                bail!(NotFound, "Key {name} not found in checkpoint");
            }
            let value = reader.read_tensor(&name)?;
            if value.dtype() != v.dtype()? || !v.shape()?.accepts(value.shape()) {
                let (dtype, shape) = (v.dtype()?, v.shape()?);
                bail!(InvalidArgument, "Variable '{name}' is {dtype} {shape}, but the checkpoint has {} {}", value.dtype(), value.shape());
            }
            values.push(value);
        }
        self.variables.iter().zip(values).try_for_each(|(v, value)| session.set_value(v, value))
    }
}

/// Removes a checkpoint's files; what is gone already, or cannot be removed, is left.
fn remove(prefix: &Path) {
    let shards = BundleReader::open(prefix).map_or(0, |r| r.num_shards());
    let _ = std::fs::remove_file(index_file(prefix));
    for shard in 0..shards {
        let _ = std::fs::remove_file(data_file(prefix, shard, shards));
    }
}
