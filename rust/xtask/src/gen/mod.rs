//! Files that come from the op table: the Python raw ops, their stubs, the Rust functions, the pages; and the table as JSON.

mod docs;
pub mod dump;
mod kernels;
mod model;
mod python;
mod rust;
mod support;
mod text;

use std::fs;
use std::path::{Path, PathBuf};

use model::Op;

/// Writes every generated file of the repository at `root`, or with `check` only compares them; says how many differ.
///
/// Errors: a file cannot be read or written; with `check`, the names of the files that are not up to date.
pub fn run(root: &Path, check: bool) -> Result<String, String> {
    let ops = model::all();
    let files = outputs(&ops);
    let mut stale = Vec::new();
    for (name, text) in &files {
        let path = root.join(name);
        if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        stale.push(name.clone());
        if !check {
            write(&path, text)?;
        }
    }
    if check && !stale.is_empty() {
        return Err(format!("not up to date, run `make gen`:\n{}", stale.join("\n")));
    }
    Ok(format!("{} ops, {} files, {} written\n", ops.len(), files.len(), stale.len()))
}

/// Path from the root and text of every generated file.
fn outputs(ops: &[Op]) -> Vec<(String, String)> {
    let mut files = vec![
        ("py/ferroflow/_gen/__init__.py".into(), "\"\"\"Written by `make gen` from the op table; not to be edited.\"\"\"\n".into()),
        ("py/ferroflow/_gen/raw_ops.py".into(), python::module(ops)),
        ("py/ferroflow/_gen/raw_ops.pyi".into(), python::stub(ops)),
        ("rust/ferroflow/src/generated.rs".into(), rust::module(ops)),
    ];
    files.extend(docs::pages(ops));
    files
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(path, text).map_err(failed)
}
