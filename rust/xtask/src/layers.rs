//! The architecture's rules for Rust: which crate may depend on which, and what code may stand where.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::source::{code_only, lines_with_word, rust_files};

/// Each crate with the crates of ours that it may depend on, in the order that data flows.
const LAYERS: [(&str, &[&str]); 12] = [
    ("ferroflow-tensor", &[]),
    ("ferroflow-ops", &["ferroflow-tensor"]),
    ("ferroflow-graph", &["ferroflow-tensor", "ferroflow-ops"]),
    ("ferroflow-cpu", &["ferroflow-tensor", "ferroflow-ops"]),
    ("ferroflow-gpu", &["ferroflow-tensor", "ferroflow-ops"]),
    ("ferroflow-runtime", &["ferroflow-tensor", "ferroflow-ops", "ferroflow-graph", "ferroflow-cpu", "ferroflow-gpu"]),
    ("ferroflow-formats", &["ferroflow-tensor", "ferroflow-ops", "ferroflow-graph", "ferroflow-runtime"]),
    ("ferroflow-data", &["ferroflow-tensor", "ferroflow-ops", "ferroflow-graph", "ferroflow-runtime", "ferroflow-formats"]),
    (
        "ferroflow-dist",
        &["ferroflow-tensor", "ferroflow-ops", "ferroflow-graph", "ferroflow-runtime", "ferroflow-formats", "ferroflow-data"],
    ),
    ("ferroflow", ANYTHING),
    ("ferroflow-py", ANYTHING),
    ("xtask", ANYTHING),
];

/// A crate at the end of the flow: it may depend on every crate that stands before it.
const ANYTHING: &[&str] = &["*"];

/// Outside crates that belong to one crate of ours.
const OWNED: [(&str, &str); 5] = [
    ("rayon", "ferroflow-cpu"),
    ("wgpu", "ferroflow-gpu"),
    ("pyo3", "ferroflow-py"),
    ("numpy", "ferroflow-py"),
    ("half", "nobody (the 16-bit floats are our own)"),
];

/// A word that may only stand in some places of the source.
struct WordRule {
    word: &'static str,
    /// Folder or file prefixes (from the repository's root) that the rule covers.
    covers: &'static str,
    /// Prefixes where the word is allowed; each stands for `PREFIX.rs` and all in `PREFIX/`.
    allowed: &'static [&'static str],
}

const WORD_RULES: [WordRule; 6] = [
    WordRule {
        word: "unsafe",
        covers: "rust/",
        allowed: &[
            "rust/tensor/src/buffer",
            "rust/ops/src/kernel",
            "rust/cpu/src/simd",
            "rust/cpu/src/frames",
            "rust/cpu/src/gemm",
            "rust/cpu/src/conv",
            "rust/cpu/src/pool",
            "rust/cpu/tests",
            "rust/cpu/examples",
            "rust/runtime/tests/allocations",
            "rust/gpu/src/device",
            "rust/py/src/numpy",
            "rust/py/src/dlpack",
        ],
    },
    WordRule { word: "rayon", covers: "rust/", allowed: &["rust/cpu/src/pool"] },
    WordRule { word: "pyo3", covers: "rust/", allowed: &["rust/py/src"] },
    WordRule { word: "ferroflow_cpu", covers: "rust/runtime/src/", allowed: &["rust/runtime/src/devices"] },
    WordRule { word: "ferroflow_gpu", covers: "rust/runtime/src/", allowed: &["rust/runtime/src/devices"] },
    // The lint that guards thread creation may only be lifted where threads are made, and in tests.
    WordRule {
        word: "disallowed_methods",
        covers: "rust/",
        allowed: &["rust/cpu/src/pool", "rust/runtime/src/threads", "rust/runtime/src/blocking"],
    },
];

/// Checks the repository at `root`; the report lists each crate with the crates of ours that it uses.
///
/// Errors: one line per broken rule, or why the check could not run.
pub fn run(root: &Path) -> Result<String, String> {
    let crates = workspace_crates(root)?;
    let mut faults = check_dependencies(&crates);
    for file in rust_files(&root.join("rust"))? {
        let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        faults.extend(check_source(&name, &text));
    }
    if faults.is_empty() { Ok(table(&crates)) } else { Err(faults.join("\n")) }
}

/// A crate of the workspace with all that it declares as a dependency, of any kind and for any platform.
struct Crate {
    name: String,
    dependencies: Vec<String>,
}

fn workspace_crates(root: &Path) -> Result<Vec<Crate>, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_string());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(root)
        .output()
        .map_err(|e| format!("cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))?;
    let names = |list: &Value| -> Vec<String> {
        let entries = list.as_array().map_or(&[] as &[Value], Vec::as_slice);
        entries.iter().filter_map(|entry| entry["name"].as_str().map(str::to_string)).collect()
    };
    let packages = metadata["packages"].as_array().ok_or("cargo metadata: no packages")?;
    let mut crates: Vec<Crate> = packages
        .iter()
        .map(|package| Crate {
            name: package["name"].as_str().unwrap_or_default().to_string(),
            dependencies: names(&package["dependencies"]),
        })
        .collect();
    crates.sort_by_key(|found| layer_number(&found.name));
    Ok(crates)
}

fn layer_number(name: &str) -> Option<usize> {
    LAYERS.iter().position(|(layer, _)| *layer == name)
}

fn check_dependencies(crates: &[Crate]) -> Vec<String> {
    let mut faults = Vec::new();
    for Crate { name, dependencies } in crates {
        let Some(number) = layer_number(name) else {
            faults.push(format!("crate {name} is not in the table of layers"));
            continue;
        };
        let allowed = LAYERS[number].1;
        for dependency in dependencies {
            let ours = layer_number(dependency);
            let forbidden = match ours {
                Some(other) if allowed == ANYTHING => other >= number,
                Some(_) => !allowed.contains(&dependency.as_str()),
                None => false,
            };
            if forbidden {
                faults.push(format!("crate {name} must not depend on {dependency}"));
            }
            let owner = OWNED.iter().find(|(owned, owner)| owned == dependency && owner != name);
            if let Some((_, owner)) = owner {
                faults.push(format!("crate {name} must not depend on {dependency}: that is for {owner}"));
            }
        }
    }
    faults
}

/// The rules about words that the file `name` (relative to the root, with `/`) with this `text` breaks.
fn check_source(name: &str, text: &str) -> Vec<String> {
    let code = code_only(text);
    let mut faults = Vec::new();
    for rule in &WORD_RULES {
        let is_test = name.contains("/tests/") || name.ends_with("/tests.rs");
        if !name.starts_with(rule.covers)
            || rule.allowed.iter().any(|prefix| is_within(name, prefix))
            || (is_test && rule.word == "disallowed_methods")
        {
            continue;
        }
        for line in lines_with_word(&code, rule.word) {
            let places = rule.allowed.join(", ");
            faults.push(format!("{name}:{line}: `{}` may only stand in {places}", rule.word));
        }
    }
    faults
}

fn is_within(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

fn table(crates: &[Crate]) -> String {
    let mut text = String::new();
    for Crate { name, dependencies } in crates {
        let ours: Vec<&str> = dependencies.iter().map(String::as_str).filter(|other| layer_number(other).is_some()).collect();
        let _ = writeln!(text, "{name:<18} {}", ours.join(" "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(name: &str, dependencies: &[&str]) -> usize {
        let dependencies = dependencies.iter().map(|d| d.to_string()).collect();
        check_dependencies(&[Crate { name: name.to_string(), dependencies }]).len()
    }

    #[test]
    fn a_layer_may_only_depend_on_the_layers_that_its_row_names() {
        assert_eq!(faults_of("ferroflow-tensor", &["smallvec"]), 0);
        assert_eq!(faults_of("ferroflow-tensor", &["ferroflow-ops"]), 1);
        assert_eq!(faults_of("ferroflow-cpu", &["ferroflow-tensor", "ferroflow-ops", "rayon"]), 0);
        assert_eq!(faults_of("ferroflow-cpu", &["ferroflow-graph"]), 1);
        assert_eq!(faults_of("ferroflow-graph", &["ferroflow-cpu", "ferroflow-runtime"]), 2);
        assert_eq!(faults_of("ferroflow-formats", &["ferroflow-cpu"]), 1);
        assert_eq!(faults_of("ferroflow", &["ferroflow-data", "ferroflow-cpu"]), 0);
        assert_eq!(faults_of("ferroflow", &["ferroflow-py"]), 1);
        assert_eq!(faults_of("ferroflow-surprise", &[]), 1);
    }

    #[test]
    fn outside_crates_have_one_owner() {
        assert_eq!(faults_of("ferroflow-py", &["pyo3", "numpy"]), 0);
        assert_eq!(faults_of("ferroflow-runtime", &["pyo3"]), 1);
        assert_eq!(faults_of("ferroflow-data", &["rayon"]), 1);
        assert_eq!(faults_of("ferroflow-tensor", &["half"]), 1);
    }

    #[test]
    fn words_stay_in_their_places() {
        let block = "// SAFETY: none\nunsafe { x() }";
        assert_eq!(
            check_source("rust/ops/src/lib.rs", block),
            ["rust/ops/src/lib.rs:2: `unsafe` may only stand in rust/tensor/src/buffer, rust/ops/src/kernel, rust/cpu/src/simd, \
             rust/cpu/src/frames, rust/cpu/src/gemm, rust/cpu/src/conv, rust/cpu/src/pool, rust/cpu/tests, rust/cpu/examples, rust/runtime/tests/allocations, rust/gpu/src/device, rust/py/src/numpy, rust/py/src/dlpack"]
        );
        assert!(check_source("rust/cpu/src/simd/avx2.rs", block).is_empty());
        assert!(check_source("rust/cpu/src/simd.rs", block).is_empty());
        assert_eq!(check_source("rust/cpu/src/simd_like.rs", block).len(), 1);
        assert_eq!(check_source("rust/cpu/src/frames/map.rs", "use rayon::prelude::*;").len(), 1);
        assert!(check_source("rust/cpu/src/pool.rs", "use rayon::prelude::*;").is_empty());
        assert_eq!(check_source("rust/runtime/src/session.rs", "ferroflow_cpu::new()").len(), 1);
        assert!(check_source("rust/runtime/src/devices.rs", "ferroflow_cpu::new()").is_empty());
        assert!(check_source("rust/py/src/lib.rs", "use ferroflow_cpu::x; use pyo3::prelude::*;").is_empty());
        assert_eq!(check_source("rust/data/src/lib.rs", "use pyo3::prelude::*;").len(), 1);
        let lifted = "#[allow(clippy::disallowed_methods)]";
        assert_eq!(check_source("rust/ops/src/lib.rs", lifted).len(), 1);
        assert!(check_source("rust/ops/tests/threads.rs", lifted).is_empty());
    }
}
