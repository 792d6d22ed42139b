//! Checkpoints from the command line: list, read, copy and merge them, and write one of every dtype.
use ferroflow_formats::checkpoint::{BundleReader, BundleWriter, TensorSlice, latest_checkpoint, merge, update_state};
use ferroflow_formats::proto::CheckpointState;
use ferroflow_formats::{Data, RawTensor, byte_size};
use ferroflow_tensor::{DType, Result, bail};
use std::path::Path;

const USAGE: &str = "usage: bundle read PREFIX | read-slice PREFIX NAME SLICE | copy FROM TO | write PREFIX [SEED] | \
                     merge TO FROM... | latest FOLDER | state FOLDER PREFIX TIME relative|absolute OLDER...";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let Err(e) = run(&words) {
        eprintln!("{e:?}");
        std::process::exit(1);
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["read", prefix] => {
            let reader = BundleReader::open(prefix)?;
            for name in reader.names() {
                println!("{name}\t{}", describe(&reader.read(name)?));
            }
            Ok(())
        }
        ["read-slice", prefix, name, slice] => {
            let part = BundleReader::open(prefix)?.read_slice(name, &TensorSlice::parse(slice)?)?;
            println!("{name}\t{}", describe(&part));
            Ok(())
        }
        ["copy", from, to] => copy(from, to),
        ["write", prefix] => write(prefix, 0),
        ["write", prefix, seed] => write(prefix, seed.parse().unwrap_or(0)),
        ["merge", to, from @ ..] => merge(from, to, true),
        ["latest", folder] => {
            println!("{}", latest_checkpoint(Path::new(folder), None).unwrap_or_default().display());
            Ok(())
        }
        ["state", folder, prefix, time, relative, older @ ..] => {
            let state = CheckpointState {
                model_checkpoint_path: prefix.to_string(),
                all_model_checkpoint_paths: older.iter().map(|p| p.to_string()).collect(),
                all_model_checkpoint_timestamps: vec![time.parse().unwrap_or(0.0)],
                ..CheckpointState::default()
            };
            update_state(Path::new(folder), None, state, *relative == "relative")
        }
        _ => bail!(InvalidArgument, "{USAGE}"),
    }
}

/// Dtype, dimensions and elements: hexadecimal digits, for strings one group each.
fn describe(tensor: &RawTensor) -> String {
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|b| format!("{b:02x}")).collect() };
    let elements = match &tensor.data {
        Data::Bytes(bytes) => hex(bytes),
        Data::Strings(strings) => strings.iter().map(|s| format!("{},", hex(s))).collect(),
    };
    format!("{}\t{:?}\t{elements}", tensor.dtype, tensor.dims)
}

fn copy(from: &str, to: &str) -> Result<()> {
    let reader = BundleReader::open(from)?;
    let mut writer = BundleWriter::new(to)?;
    for name in reader.names() {
        writer.add_tensor(name, &reader.read_tensor(name)?)?;
    }
    writer.finish()
}

/// A tensor of every dtype that a checkpoint can hold, with bytes that depend on `seed`.
fn write(prefix: &str, seed: usize) -> Result<()> {
    let mut writer = BundleWriter::new(prefix)?;
    for &dtype in DType::ALL.iter().filter(|d| !d.is_object()) {
        for dims in [&[][..], &[2, 3], &[0, 4]] {
            let size = byte_size(dtype, dims)?;
            let byte = |i: usize| if dtype == DType::Bool { ((i + seed) % 2) as u8 } else { ((i + seed) * 7 % 64) as u8 };
            let bytes: Vec<u8> = (0..size).map(byte).collect();
            writer.add(&format!("{dtype}/rank{}", dims.len() + size.min(1)), dtype, dims, &bytes)?;
        }
    }
    writer.add_strings("strings", &[3], &[&b""[..], b"one", "zw\u{f6}lf".as_bytes()])?;
    writer.add_strings::<&[u8]>("no_strings", &[0], &[])?;
    let part = |first: i32| RawTensor {
        dtype: DType::Int32,
        dims: vec![2, 2],
        data: Data::Bytes((first..first + 4).flat_map(i32::to_le_bytes).collect()),
    };
    writer.add_slice("sliced", &[2, 4], &TensorSlice::parse("-:0,2")?, &part(0))?;
    writer.add_slice("sliced", &[2, 4], &TensorSlice::parse("-:2,2")?, &part(10))?;
    writer.finish()
}
