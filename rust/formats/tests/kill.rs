//! A writer that is killed at any moment leaves the old or the new checkpoint.
use ferroflow_formats::checkpoint::{BundleReader, BundleWriter, merge};
use ferroflow_tensor::{DType, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const KILLS: u64 = 30;
const TENSORS: usize = 5;
const ELEMENTS: usize = 20_000;
const FOLDER: &str = "FERROFLOW_KILL_TEST_FOLDER";

fn write(prefix: &Path, generation: i32) -> Result<()> {
    let mut writer = BundleWriter::new(prefix)?;
    let bytes = generation.to_le_bytes().repeat(ELEMENTS);
    for i in 0..TENSORS {
        writer.add(&format!("v{i}"), DType::Int32, &[ELEMENTS as i64], &bytes)?;
    }
    writer.finish()
}

/// The generation of a checkpoint, after checking that all of it is of one generation.
fn generation(prefix: &Path) -> i32 {
    let reader = BundleReader::open(prefix).unwrap();
    let first = reader.read_tensor("v0").unwrap().slice::<i32>().unwrap()[0];
    for i in 0..TENSORS {
        let tensor = reader.read_tensor(&format!("v{i}")).unwrap();
        assert!(tensor.slice::<i32>().unwrap().iter().all(|&v| v == first), "v{i} is not of generation {first}");
    }
    first
}

/// What the killed process does; without the variable this is a check that it works.
#[test]
fn child_writes_until_it_is_killed() {
    let (folder, rounds) = match std::env::var_os(FOLDER) {
        Some(folder) => (PathBuf::from(folder), i32::MAX),
        None => (std::env::temp_dir().join(format!("ferroflow_kill_child_{}", std::process::id())), 3),
    };
    let prefix = folder.join("m");
    let start = if prefix.with_extension("index").exists() { generation(&prefix) } else { 0 };
    for round in 1..=rounds {
        let next = start.saturating_add(round);
        if round % 3 == 0 {
            let part = folder.join("parts").join("part");
            write(&part, next).unwrap();
            merge(&[part], &prefix, true).unwrap();
        } else {
            write(&prefix, next).unwrap();
        }
    }
    assert_eq!(generation(&prefix), start + rounds);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn old_or_new_after_a_kill() {
    let folder = std::env::temp_dir().join(format!("ferroflow_kill_{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let prefix = folder.join("m");
    write(&prefix, 0).unwrap();
    let mut last = 0;
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_writes_until_it_is_killed"])
            .env(FOLDER, &folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        std::thread::sleep(Duration::from_micros(20_000 + (random >> 33) % 80_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = generation(&prefix);
        assert!(now >= last, "kill {kill}: generation {now} after {last}");
        last = now;
    }
    write(&prefix, last + 1).unwrap();
    let files = std::fs::read_dir(&folder).unwrap().filter(|f| f.as_ref().unwrap().path().is_file()).count();
    assert_eq!(files, 2, "a new checkpoint leaves nothing of those that were not finished");
    assert!(last > 0, "no child finished a checkpoint before it was killed");
    std::fs::remove_dir_all(&folder).unwrap();
}
