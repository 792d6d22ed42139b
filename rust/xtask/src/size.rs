//! How big things are: lines of code of each crate and Python package, bytes of the built wheels.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::source::files_with_extension;

/// The sizes of the repository at `root`, as a table of folders with their files, lines and longest file.
///
/// Errors: a folder or file cannot be read.
pub fn run(root: &Path) -> Result<String, String> {
    let mut report = format!("{:<28} {:>5} {:>7} {:>7}\n", "folder", "files", "lines", "longest");
    for folder in counted_folders(root)? {
        let mut files = files_with_extension(&folder, "rs")?;
        files.extend(files_with_extension(&folder, "py")?);
        let mut lines = 0;
        let mut longest = 0;
        for file in &files {
            let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
            lines += text.lines().count();
            longest = longest.max(text.lines().count());
        }
        let name = folder.strip_prefix(root).unwrap_or(&folder).display().to_string();
        let _ = writeln!(report, "{name:<28} {:>5} {lines:>7} {longest:>7}", files.len());
    }
    for wheel in files_with_extension(&root.join("dist"), "whl")? {
        let bytes = fs::metadata(&wheel).map_err(|e| format!("{}: {e}", wheel.display()))?.len();
        let name = wheel.strip_prefix(root).unwrap_or(&wheel).display().to_string();
        let _ = writeln!(report, "{name} {:.2} MB", bytes as f64 / 1e6);
    }
    Ok(report)
}

/// Every crate and every Python package folder, then the folders of tests and the like that exist.
fn counted_folders(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut folders = Vec::new();
    for parent in ["rust", "py/ferroflow"] {
        let parent = root.join(parent);
        if parent.is_dir() {
            let entries = fs::read_dir(&parent).map_err(|e| format!("{}: {e}", parent.display()))?;
            folders.extend(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()));
        }
    }
    folders.retain(|folder| !folder.ends_with("__pycache__"));
    folders.sort();
    folders.extend(["tests", "benches", "examples"].map(|name| root.join(name)).into_iter().filter(|f| f.is_dir()));
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_repository_is_counted() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let report = run(&root).unwrap();
        let row = report.lines().find(|line| line.starts_with("rust/xtask")).unwrap();
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert!(cells[1].parse::<usize>().unwrap() >= 4);
        assert!(cells[2].parse::<usize>().unwrap() > 300);
    }
}
