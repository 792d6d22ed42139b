//! Checkpoints: every dtype, slices, merging, overwriting, damage, the state file.
use ferroflow_formats::checkpoint::*;
use ferroflow_formats::proto::CheckpointState;
use ferroflow_formats::{Data, RawTensor, byte_size};
use ferroflow_tensor::{Code, DType, Shape, Str, Tensor};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("ferroflow_checkpoint_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Folder(path)
    }
    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn bytes_of(dtype: DType, dims: &[i64]) -> Vec<u8> {
    let size = byte_size(dtype, dims).unwrap();
    (0..size).map(|i| if dtype == DType::Bool { (i % 2) as u8 } else { (i * 37 + 11) as u8 }).collect()
}

fn ints(dims: &[i64], first: i32) -> RawTensor {
    let count: i64 = dims.iter().product();
    let bytes = (first..first + count as i32).flat_map(i32::to_le_bytes).collect();
    RawTensor::from_bytes(DType::Int32, dims, bytes).unwrap()
}

fn write_one(prefix: &Path, name: &str, tensor: &RawTensor) {
    let mut writer = BundleWriter::new(prefix).unwrap();
    writer.add(name, tensor.dtype, &tensor.dims, tensor.bytes().unwrap()).unwrap();
    writer.finish().unwrap();
}

#[test]
fn every_dtype_and_shape() {
    let folder = Folder::new();
    let prefix = folder.join("all");
    let shapes: [&[i64]; 5] = [&[], &[1], &[2, 3], &[3, 0, 2], &[1, 2, 1, 2, 1, 2, 1, 2]];
    let dtypes: Vec<DType> = DType::ALL.iter().copied().filter(|d| !d.is_object()).collect();
    let mut writer = BundleWriter::new(&prefix).unwrap();
    for &dtype in &dtypes {
        for dims in shapes {
            writer.add(&format!("{dtype}/{dims:?}"), dtype, dims, &bytes_of(dtype, dims)).unwrap();
        }
    }
    let strings: Vec<Str> = [&b""[..], b"a", &[0, 255], &[b'x'; 70_000]].iter().map(|&s| Str::from(s)).collect();
    let text = Tensor::from_strings(strings.clone(), Shape::new(&[2, 2])).unwrap();
    writer.add_tensor("text", &text).unwrap();
    writer.finish().unwrap();
    assert_eq!(folder.files(), ["all.data-00000-of-00001", "all.index"]);

    let reader = BundleReader::open(&prefix).unwrap();
    assert_eq!(reader.tensors().unwrap().len(), dtypes.len() * shapes.len() + 1);
    for &dtype in &dtypes {
        for dims in shapes {
            let name = format!("{dtype}/{dims:?}");
            assert_eq!(reader.meta(&name).unwrap(), TensorMeta { dtype, dims: dims.to_vec() });
            let raw = reader.read(&name).unwrap();
            assert_eq!(raw, RawTensor::from_bytes(dtype, dims, bytes_of(dtype, dims)).unwrap());
            let tensor = reader.read_tensor(&name).unwrap();
            assert_eq!(RawTensor::from_tensor(&tensor).unwrap(), raw);
        }
    }
    assert_eq!(reader.read_tensor("text").unwrap().strings().unwrap(), strings);
}

#[test]
fn slices_are_put_together_and_cut_out() {
    let folder = Folder::new();
    let prefix = folder.join("sliced");
    let slice = |s: &str| TensorSlice::parse(s).unwrap();
    let mut writer = BundleWriter::new(&prefix).unwrap();
    writer.add_slice("a", &[3, 4], &slice("0,1:-"), &ints(&[1, 4], 0)).unwrap();
    writer.add_slice("a", &[3, 4], &slice("1,2:0,3"), &ints(&[2, 3], 10)).unwrap();
    writer.add_slice("a", &[3, 4], &slice("1,2:3,1"), &ints(&[2, 1], 20)).unwrap();
    writer.add_slice("half", &[4], &slice("0,2"), &ints(&[2], 0)).unwrap();
    writer.add_slice("full", &[2], &slice("0,2"), &ints(&[2], 7)).unwrap();
    let words = RawTensor::from_strings(&[1], vec![b"one".to_vec()]).unwrap();
    writer.add_slice("words", &[2], &slice("1,1"), &words).unwrap();
    writer.add_slice("words", &[2], &slice("0,1"), &words).unwrap();
    assert_eq!(writer.add_slice("a", &[3, 4], &slice("0,1:-"), &ints(&[1, 4], 0)).unwrap_err().code(), Code::InvalidArgument);
    assert!(writer.add_slice("a", &[3, 5], &slice("0,1:-"), &ints(&[1, 5], 0)).is_err());
    assert!(writer.add_slice("b", &[3, 4], &slice("0,1:-"), &ints(&[2, 4], 0)).is_err());
    assert!(writer.add("a", DType::Int32, &[1], &[0; 4]).is_err());
    writer.finish().unwrap();

    let reader = BundleReader::open(&prefix).unwrap();
    assert_eq!(reader.names().collect::<Vec<_>>(), ["a", "full", "half", "words"]);
    let whole = reader.read_tensor("a").unwrap();
    assert_eq!(whole.slice::<i32>().unwrap(), [0, 1, 2, 3, 10, 11, 12, 20, 13, 14, 15, 21]);
    let part = reader.read_slice("a", &slice("1,1:2,2")).unwrap();
    assert_eq!(part.to_tensor().unwrap().slice::<i32>().unwrap(), [12, 20]);
    assert_eq!(reader.read_slice("full", &slice("1,1")).unwrap(), ints(&[1], 8));
    assert_eq!(reader.read("words").unwrap().strings().unwrap(), [b"one", b"one"]);
    assert_eq!(reader.slices("a").unwrap().len(), 3);
    let e = reader.read("half").unwrap_err();
    assert_eq!(e.message(), "Does not have sufficient slices for partitioned tensor half to restore in slice_spec: -");
    assert_eq!(reader.read_slice("half", &slice("1,1")).unwrap(), ints(&[1], 1));
    assert!(reader.read_slice("a", &slice("3,1:-")).is_err());
}

#[test]
fn overwriting_never_touches_the_old_data() {
    let folder = Folder::new();
    let prefix = folder.join("m");
    write_one(&prefix, "v", &ints(&[2], 1));
    let old = BundleReader::open(&prefix).unwrap();
    write_one(&prefix, "v", &ints(&[2], 5));
    assert_eq!(folder.files(), ["m.data-00000-of-00002", "m.index"]);
    assert_eq!(BundleReader::open(&prefix).unwrap().read("v").unwrap(), ints(&[2], 5));
    assert_eq!(old.read("v").unwrap(), ints(&[2], 1));
    drop(BundleWriter::new(&prefix).unwrap());
    assert_eq!(folder.files().len(), 2);
    write_one(&prefix, "v", &ints(&[2], 9));
    assert_eq!(folder.files(), ["m.data-00000-of-00001", "m.index"]);
}

#[test]
fn merging() {
    let folder = Folder::new();
    let target = folder.join("merged");
    write_one(&target, "old", &ints(&[1], 0));
    let prefixes: Vec<PathBuf> = (0..3).map(|i| folder.join("parts").join(sharded_filename("part", i, 3))).collect();
    let slice = |s: &str| TensorSlice::parse(s).unwrap();
    for (i, prefix) in prefixes.iter().enumerate() {
        let mut writer = BundleWriter::new(prefix).unwrap();
        writer.add(&format!("v{i}"), DType::Int32, &[1], &(i as i32).to_le_bytes()).unwrap();
        if i < 2 {
            writer.add_slice("s", &[2], &slice(&format!("{i},1")), &ints(&[1], i as i32)).unwrap();
        }
        writer.finish().unwrap();
    }
    merge(&prefixes, &target, true).unwrap();
    let reader = BundleReader::open(&target).unwrap();
    assert_eq!(reader.names().collect::<Vec<_>>(), ["s", "v0", "v1", "v2"]);
    assert_eq!(reader.read("s").unwrap(), ints(&[2], 0));
    assert_eq!(reader.read("v2").unwrap(), ints(&[1], 2));
    assert_eq!(reader.num_shards(), 3);
    assert!(!folder.join("parts").exists());
    assert_eq!(folder.files().len(), 4);

    let (a, b) = (folder.join("a"), folder.join("b"));
    write_one(&a, "v", &ints(&[1], 0));
    write_one(&b, "v", &ints(&[1], 0));
    let e = merge(&[&a, &b], &target, true).unwrap_err();
    assert!(e.message().starts_with("Duplicate tensor keyed by v encountered, when merging prefix: "), "{e}");
    assert_eq!(merge::<&Path>(&[], &target, true).unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(merge(&[folder.join("none")], &target, true).unwrap_err().code(), Code::NotFound);
    merge(&[&a], &a, false).unwrap();
    assert_eq!(BundleReader::open(&a).unwrap().read("v").unwrap(), ints(&[1], 0));
}

#[test]
fn errors_say_what_and_where() {
    let folder = Folder::new();
    let prefix = folder.join("m");
    let open_error = |p: &Path| BundleReader::open(p).err().unwrap();
    let e = open_error(&prefix);
    assert_eq!(e.code(), Code::NotFound);
    let expected = format!("Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {}", prefix.display());
    assert_eq!(e.message(), expected);

    write_one(&prefix, "v", &ints(&[4], 1));
    let reader = BundleReader::open(&prefix).unwrap();
    let e = reader.read("xyz").unwrap_err();
    assert_eq!((e.code(), e.message()), (Code::NotFound, "Key xyz not found in checkpoint"));
    assert_eq!(reader.read("").unwrap_err().code(), Code::NotFound);

    let data = folder.join("m.data-00000-of-00001");
    let good = fs::read(&data).unwrap();
    let mut bad = good.clone();
    bad[5] ^= 1;
    fs::write(&data, &bad).unwrap();
    let e = BundleReader::open(&prefix).unwrap().read_tensor("v").unwrap_err();
    assert_eq!(e.code(), Code::DataLoss);
    let start = format!("TensorBundle at {} shard 0 (16 bytes): Checksum does not match: stored ", prefix.display());
    assert!(e.message().starts_with(&start), "{e}");
    assert!(e.to_string().contains("'v' (16 bytes at offset 0 of "), "{e}");
    fs::write(&data, &good[..10]).unwrap();
    let e = BundleReader::open(&prefix).unwrap().read("v").unwrap_err();
    assert!(e.code() == Code::DataLoss && e.message().contains("beyond the end"), "{e}");
    fs::remove_file(&data).unwrap();
    assert_eq!(open_error(&prefix).code(), Code::NotFound);

    let mut writer = BundleWriter::new(&prefix).unwrap();
    for (name, dtype, dims, size) in [
        ("", DType::Float, &[1][..], 4),
        ("\0a", DType::Float, &[1], 4),
        ("a", DType::Float, &[1], 5),
        ("a", DType::Float, &[-1], 4),
        ("a", DType::Float, &[i64::MAX, 8], 4),
        ("a", DType::String, &[1], 4),
        ("a", DType::Resource, &[1], 4),
    ] {
        assert_eq!(writer.add(name, dtype, dims, &vec![0; size]).unwrap_err().code(), Code::InvalidArgument, "{name} {dims:?}");
    }
    writer.add("a", DType::Float, &[1], &[0; 4]).unwrap();
    assert!(writer.add("a", DType::Float, &[1], &[0; 4]).is_err());
    assert!(writer.add_strings("s", &[2], &["x"]).is_err());
    assert_eq!(BundleWriter::new(folder.join("x/y/z")).err().unwrap().code(), Code::NotFound);
}

#[test]
fn bools_of_foreign_files_become_0_and_1() {
    let folder = Folder::new();
    let prefix = folder.join("m");
    let mut writer = BundleWriter::new(&prefix).unwrap();
    writer.add("b", DType::Bool, &[3], &[0, 1, 7]).unwrap();
    writer.finish().unwrap();
    let reader = BundleReader::open(&prefix).unwrap();
    assert_eq!(reader.read("b").unwrap().data, Data::Bytes(vec![0, 1, 1]));
    assert_eq!(reader.read_tensor("b").unwrap().bytes().unwrap(), [0, 1, 1]);
}

#[test]
fn state_file() {
    let folder = Folder::new();
    let path = |name: &str| folder.join(name).display().to_string();
    assert_eq!(read_state(&folder.0, None).unwrap(), None);
    assert_eq!(latest_checkpoint(&folder.0, None), None);
    let state = CheckpointState {
        model_checkpoint_path: path("m \"ä\"-2"),
        all_model_checkpoint_paths: vec![path("m-1")],
        all_model_checkpoint_timestamps: vec![1.5, 1_700_000_000.25],
        last_preserved_timestamp: 3.0,
    };
    update_state(&folder.0, None, state.clone(), false).unwrap();
    let back = read_state(&folder.0, None).unwrap().unwrap();
    assert_eq!(back.all_model_checkpoint_paths, [path("m-1"), path("m \"ä\"-2")]);
    assert_eq!(back.all_model_checkpoint_timestamps, state.all_model_checkpoint_timestamps);
    assert_eq!(latest_checkpoint(&folder.0, None), None);
    write_one(&folder.join("m \"ä\"-2"), "v", &ints(&[1], 0));
    assert_eq!(latest_checkpoint(&folder.0, None), Some(folder.join("m \"ä\"-2")));

    update_state(&folder.0, Some("other"), state.clone(), true).unwrap();
    let text = fs::read_to_string(folder.join("other")).unwrap();
    assert!(text.starts_with("model_checkpoint_path: \"m \\\"ä\\\"-2\"\nall_model_checkpoint_paths: \"m-1\"\n"), "{text}");
    assert!(text.ends_with("timestamps: 1700000000.25\nlast_preserved_timestamp: 3.0\n"), "{text}");
    assert_eq!(read_state(&folder.0, Some("other")).unwrap().unwrap(), back);

    let wrong_times = CheckpointState { all_model_checkpoint_timestamps: vec![1.0], ..state.clone() };
    assert_eq!(update_state(&folder.0, None, wrong_times, false).unwrap_err().code(), Code::Value);
    let conflict = CheckpointState { model_checkpoint_path: path("checkpoint"), ..CheckpointState::default() };
    assert_eq!(update_state(&folder.0, None, conflict, false).unwrap_err().code(), Code::Runtime);
    for (bad, code) in [
        ("", Code::Value),
        ("model_checkpoint_path", Code::DataLoss),
        ("nonsense: 1", Code::DataLoss),
        ("model_checkpoint_path: 3", Code::DataLoss),
    ] {
        fs::write(folder.join("checkpoint"), bad).unwrap();
        assert_eq!(read_state(&folder.0, None).unwrap_err().code(), code, "{bad}");
    }
}
