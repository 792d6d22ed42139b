//! Gives the crate a number that changes with its shaders: results of self-tests are kept for it.
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn add(path: &Path, hasher: &mut DefaultHasher) {
    let Ok(entries) = std::fs::read_dir(path) else {
        std::fs::read(path).unwrap_or_default().hash(hasher);
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.iter().for_each(|p| add(p, hasher));
}

fn main() {
    let mut hasher = DefaultHasher::new();
    for folder in ["src", "../ops/src", "../runtime/src/selftest"] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hasher);
    }
    println!("cargo::rustc-env=FERROFLOW_SHADERS_NUMBER={:016x}", hasher.finish());
}
