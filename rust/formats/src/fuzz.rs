//! Damaged files: every parser answers with an error or a value, never with a panic or a large allocation. Checksums
//! would hide most parsers from random damage, so damage is also done before they are computed.
use crate::checkpoint::{BundleReader, BundleWriter, TensorSlice, data_file, decode_index, encode_index, index_file, read_state};
use crate::proto::*;
use crate::record::{EventReader, RecordReader, scalar_value};
use crate::table::{BlockBuilder, Table, TableBuilder, decompress, entries};
use crate::value::{Data, RawTensor};
use crate::{crc, record};
use ferroflow_tensor::DType;
use prost::Message;
use std::fs;
use std::path::{Path, PathBuf};

const ROUNDS: usize = 20_000;
/// How much address space the process may have reserved at the end, in KiB.
const PEAK_LIMIT: u64 = 1 << 20;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    /// A copy with one to four changes: bits, bytes, runs of large bytes, cuts, repeated or inserted parts.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(out.len());
            let length = self.below(12).min(out.len() - at);
            match self.below(7) {
                _ if out.is_empty() => out.push(self.below(256) as u8),
                0 => out[at] ^= 1 << self.below(8),
                1 => out[at] = self.below(256) as u8,
                2 => out[at..at + length].fill(0xff),
                3 => out.truncate(at),
                4 => out.extend_from_within(at..),
                5 => drop(out.drain(at..at + length)),
                _ => drop(out.splice(at..at, [0x80, 0x80, 0x80, 0x80, 0x10])),
            }
        }
        out
    }
}

/// Runs a parser on damaged copies; it says whether it accepted one. Some must be refused, or nothing was tested.
fn fuzz(name: &str, sample: &[u8], accepts: impl FnMut(&[u8]) -> bool) {
    fuzz_rounds(ROUNDS, name, sample, accepts);
}

fn fuzz_rounds(rounds: usize, name: &str, sample: &[u8], mut accepts: impl FnMut(&[u8]) -> bool) {
    assert!(accepts(sample), "{name}: the sample itself is refused");
    let mut random = Random(name.bytes().map(u64::from).sum());
    let refused = (0..rounds).filter(|_| !accepts(&random.damage(sample))).count();
    assert!(refused > rounds / 100, "{name}: only {refused} of {rounds} damaged files were refused");
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|l| l.strip_prefix("VmPeak:")).unwrap();
        let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(peak < PEAK_LIMIT, "{name}: {peak} KiB of address space were reserved");
    }
}

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("ferroflow_fuzz_{name}_{}", std::process::id()));
    fs::create_dir(&path).unwrap();
    path
}

fn sample_checkpoint(prefix: &Path) {
    let mut writer = BundleWriter::new(prefix).unwrap();
    writer.add("floats", DType::Float, &[2, 3], &[1; 24]).unwrap();
    writer.add_strings("strings", &[2], &["ab", "c"]).unwrap();
    let part = RawTensor { dtype: DType::Int8, dims: vec![1, 2], data: Data::Bytes(vec![1, 2]) };
    for row in ["0,1:-", "1,1:-"] {
        writer.add_slice("sliced", &[2, 2], &TensorSlice::parse(row).unwrap(), &part).unwrap();
    }
    writer.finish().unwrap();
}

fn reads_whole(prefix: &Path) -> bool {
    let Ok(reader) = BundleReader::open(prefix) else { return false };
    let names: Vec<String> = reader.names().map(str::to_string).collect();
    let each_name = |name: &String| reader.read(name).is_ok() & reader.read_tensor(name).is_ok() & reader.slices(name).is_ok();
    names.iter().map(each_name).filter(|&ok| !ok).count() == 0
}

#[test]
fn messages() {
    let tensor = TensorProto::from_value(&RawTensor::f32s(&[1.0, 2.0, 3.0]));
    let one = TensorProto { tensor_content: vec![], float_val: vec![1.0], ..tensor.clone() };
    let words = RawTensor::from_strings(&[2], vec![b"a".to_vec(), b"bc".to_vec()]).unwrap();
    let words = TensorProto::from_value(&words);
    for proto in [&tensor, &one, &words] {
        fuzz("TensorProto", &proto.encode_to_vec(), |b| parse::<TensorProto>(b, "f").is_ok_and(|p| p.to_value_within(1 << 20).is_ok()));
    }
    let attr = [("v".to_string(), AttrValue::of(attr_value::Value::Tensor(Box::new(words))))].into();
    let node = NodeDef { name: "n".into(), op: "Const".into(), attr, ..NodeDef::default() };
    let graph = GraphDef { node: vec![node.clone(), node], ..GraphDef::default() };
    fuzz("GraphDef", &graph.encode_to_vec(), |b| parse::<GraphDef>(b, "f").is_ok());
    let meta = MetaGraphDef { graph_def: Some(graph), saver_def: Some(SaverDef::default()), ..MetaGraphDef::default() };
    fuzz("MetaGraphDef", &meta.encode_to_vec(), |b| parse::<MetaGraphDef>(b, "f").is_ok());
    let example = Example::new([("a", Feature::floats(vec![1.0; 5])), ("b", Feature::bytes(vec![vec![1, 2]]))]);
    fuzz("Example", &example.encode_to_vec(), |b| parse::<Example>(b, "f").is_ok());
}

#[test]
fn tables() {
    let mut builder = TableBuilder::with_block_size(100);
    for i in 0..40 {
        builder.add(format!("key/{i:03}").as_bytes(), &[i; 5]).unwrap();
    }
    let file = builder.finish();
    fuzz("table", &file, |b| Table::parse(b, "f").is_ok());
    let mut block = BlockBuilder::new(4);
    for i in 0..10 {
        block.add(format!("key/{i}").as_bytes(), &[i; 5]);
    }
    fuzz("block", &block.finish(), |b| entries(b, 10_000).is_some());
    let stream = [21, 3 << 2, b'a', b'b', b'c', b'd', 1 | 4 << 2, 4, 2 | 4 << 2, 2, 0, 3 | 3 << 2, 12, 0, 0, 0];
    fuzz("snappy", &stream, |b| decompress(b, 10_000).is_some());
}

#[test]
fn checkpoints() {
    let folder = folder("checkpoint");
    let prefix = folder.join("m");
    sample_checkpoint(&prefix);
    let (index, data) = (index_file(&prefix), data_file(&prefix, 0, 1));
    let (good_index, good_data) = (fs::read(&index).unwrap(), fs::read(&data).unwrap());
    fuzz("index", &good_index, |b| {
        fs::write(&index, b).unwrap();
        reads_whole(&prefix)
    });
    fs::write(&index, &good_index).unwrap();
    fuzz("data", &good_data, |b| {
        fs::write(&data, b).unwrap();
        reads_whole(&prefix)
    });
    fs::write(&data, &good_data).unwrap();
    let (_, entries) = decode_index(&good_index, &index).unwrap();
    for (key, entry) in &entries {
        fuzz_rounds(ROUNDS / entries.len(), "entry", &entry.encode_to_vec(), |b| {
            let Ok(damaged) = BundleEntryProto::decode(b) else { return false };
            let mut entries = entries.clone();
            entries.insert(key.clone(), damaged);
            fs::write(&index, encode_index(&entries, 1).unwrap()).unwrap();
            reads_whole(&prefix)
        });
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn state_files_and_slices() {
    let folder = folder("state");
    let text = "model_checkpoint_path: \"m-\\303\\2442\"\nall_model_checkpoint_timestamps: 1.5e9\n";
    fuzz("state", text.as_bytes(), |b| {
        fs::write(folder.join("checkpoint"), b).unwrap();
        read_state(&folder, None).is_ok()
    });
    fuzz("slice", b"10 20 30 0,10:-:5,6", |b| TensorSlice::parse_with_shape(&String::from_utf8_lossy(b)).is_ok());
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn records_and_events() {
    let folder = folder("records");
    let path = folder.join("f");
    let what = event::What::Summary(Summary { value: vec![scalar_value("tag", 1.0)] });
    let event = record::event(3, what).encode_to_vec();
    let framed = |parts: &[&[u8]]| {
        let mut out = vec![];
        for part in parts {
            out.extend_from_slice(&(part.len() as u64).to_le_bytes());
            out.extend_from_slice(&crc::masked(&out[out.len() - 8..]).to_le_bytes());
            out.extend_from_slice(part);
            out.extend_from_slice(&crc::masked(part).to_le_bytes());
        }
        out
    };
    fuzz("records", &framed(&[&event, b"x", b""]), |b| {
        fs::write(&path, b).unwrap();
        RecordReader::open(&path).unwrap().all(|r| r.is_ok())
    });
    fuzz("events", &event, |b| {
        fs::write(&path, framed(&[b, &event])).unwrap();
        EventReader::open(&path).unwrap().all(|e| e.is_ok())
    });
    fuzz("length", &[0; 8], |b| {
        let mut header = b.to_vec();
        header.resize(8, 0xff);
        header.extend_from_slice(&crc::masked(&header).to_le_bytes());
        fs::write(&path, [&header[..], &crc::masked(&[]).to_le_bytes()].concat()).unwrap();
        RecordReader::open(&path).unwrap().all(|r| r.is_ok())
    });
    fs::remove_dir_all(folder).unwrap();
}
