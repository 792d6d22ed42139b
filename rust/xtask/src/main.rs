//! Development tasks, run as `cargo run --bin xtask -- TASK`: `layers` checks the architecture, `size` reports sizes,
//! `gen` writes the files that come from the op table, `gen --check` compares them, `dump` prints the table.

mod r#gen;
mod layers;
mod size;
mod source;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: xtask layers [ROOT] | size [ROOT] | gen [--check] [ROOT] | dump";

/// The repository that this crate was built from.
fn default_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let task = arguments.next().unwrap_or_default();
    let check = arguments.next_if(|a| a == "--check").is_some();
    let root = arguments.next().map_or_else(default_root, PathBuf::from);
    let outcome = match task.as_str() {
        "layers" => layers::run(&root),
        "size" => size::run(&root),
        "dump" => r#gen::dump::run(),
        "gen" => r#gen::run(&root, check),
        _ => Err(USAGE.to_string()),
    };
    match outcome {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
