//! Record files, event files and messages from the command line: read them, and write samples.
use ferroflow_formats::RawTensor;
use ferroflow_formats::proto::{
    CheckpointState, Event, Example, FunctionDef, GraphDef, MetaGraphDef, NodeDef, OpDef, SaverDef, SequenceExample, SessionLog, Summary,
    TensorProto, parse,
};
use ferroflow_formats::record::*;
use ferroflow_tensor::{DType, Result, bail, error};
use prost::Message;
use std::io::Read;

const USAGE: &str = "usage: records write PATH | read PATH | read-events PATH | write-events FOLDER | \
                     message TYPE < BYTES | tensor < BYTES | pixels < BYTES";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let Err(e) = run(&words) {
        eprintln!("{e:?}");
        std::process::exit(1);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["write", path] => {
            let mut writer = RecordWriter::create(path)?;
            for size in [0, 1, 3, 100_000] {
                let record: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
                writer.write(&record)?;
            }
            writer.finish()
        }
        ["read", path] => {
            for record in RecordReader::open(path)? {
                println!("{}", hex(&record?));
            }
            Ok(())
        }
        ["read-events", path] => {
            for event in EventReader::open(path)? {
                println!("{}", hex(&event?.encode_to_vec()));
            }
            Ok(())
        }
        ["write-events", folder] => write_events(folder),
        ["message", kind] => {
            println!("{}", hex(&round_trip(kind, &standard_input()?)?));
            Ok(())
        }
        ["tensor"] => {
            let value = parse::<TensorProto>(&standard_input()?, "the input")?.to_value()?;
            for proto in [TensorProto::from_value(&value), TensorProto::from_value_compact(&value)] {
                println!("{}", hex(&proto.encode_to_vec()));
            }
            Ok(())
        }
        ["pixels"] => {
            let value = parse::<TensorProto>(&standard_input()?, "the input")?.to_value()?;
            let bytes = value.bytes().unwrap_or_default();
            println!("{}", hex(&image_pixels(value.dtype, bytes, 3, &[255, 0, 0])?));
            Ok(())
        }
        _ => bail!(InvalidArgument, "{USAGE}"),
    }
}

fn standard_input() -> Result<Vec<u8>> {
    let mut bytes = vec![];
    std::io::stdin().read_to_end(&mut bytes).map_err(|e| error!(Unknown, "{e}"))?;
    Ok(bytes)
}

/// The message decoded and encoded again.
fn round_trip(kind: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    fn again<M: Message + Default>(bytes: &[u8]) -> Result<Vec<u8>> {
        Ok(parse::<M>(bytes, "the input")?.encode_to_vec())
    }
    match kind {
        "CheckpointState" => again::<CheckpointState>(bytes),
        "Event" => again::<Event>(bytes),
        "Example" => again::<Example>(bytes),
        "FunctionDef" => again::<FunctionDef>(bytes),
        "GraphDef" => again::<GraphDef>(bytes),
        "MetaGraphDef" => again::<MetaGraphDef>(bytes),
        "NodeDef" => again::<NodeDef>(bytes),
        "OpDef" => again::<OpDef>(bytes),
        "SaverDef" => again::<SaverDef>(bytes),
        "SequenceExample" => again::<SequenceExample>(bytes),
        "Summary" => again::<Summary>(bytes),
        "TensorProto" => again::<TensorProto>(bytes),
        other => bail!(InvalidArgument, "unknown message {other}"),
    }
}

/// One event file with every kind of summary.
fn write_events(folder: &str) -> Result<()> {
    let writer = EventWriter::create(folder, &unique_suffix(".v2"), FlushPolicy::default())?;
    let values = [-1.5, 0.0, 0.25, 3.0, 3.0];
    let pixels: Vec<f32> = (0..2 * 3 * 3).map(|i| i as f32 - 4.0).collect();
    let pixels = RawTensor::f32s(&pixels);
    let shown = image_pixels(DType::Float, pixels.bytes().unwrap_or_default(), 3, &[255, 0, 0])?;
    let v1 = vec![
        scalar_value("v1/scalar", 0.5),
        histogram_value("v1/histogram", histogram_proto("h", values)?),
        image_value("v1/image", 2, 3, 3, &shown)?,
        text_value("text", &[2], vec![b"one".to_vec(), b"**two**".to_vec()], "two words")?,
    ];
    let v2 = vec![
        scalar_value_v2("v2/scalar", 0.25, "a number"),
        histogram_value_v2("v2/histogram", &values, 30, ""),
        image_value_v2("v2/images", [2, 3, 3, 1], &shown, 1, "")?,
    ];
    writer.add_summary(Summary { value: v1 }, 1)?;
    writer.add_summary(Summary { value: v2 }, 2)?;
    writer.add_graph(GraphDef::default().encode_to_vec(), 0)?;
    writer.add_session_log(SessionLog { status: 1, ..SessionLog::default() }, 3)?;
    writer.flush()
}
