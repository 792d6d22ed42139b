//! Record files, event files and summaries.
use ferroflow_formats::proto::event::What;
use ferroflow_formats::proto::summary::Kind;
use ferroflow_formats::proto::{GraphDef, SessionLog, Summary};
use ferroflow_formats::record::*;
use ferroflow_tensor::Code;
use prost::Message;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

fn fresh(name: &str) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("ferroflow_{name}_{}_{number}", std::process::id()))
}

#[test]
fn records_round_trip() {
    let path = fresh("records");
    let records = [vec![], vec![0], vec![7; 1 << 20], b"end".to_vec()];
    let mut writer = RecordWriter::create(&path).unwrap();
    for record in &records {
        writer.write(record).unwrap();
    }
    writer.flush().unwrap();
    assert_eq!(RecordReader::open(&path).unwrap().count(), 4);
    writer.finish().unwrap();
    let back: Vec<Vec<u8>> = RecordReader::open(&path).unwrap().map(|r| r.unwrap()).collect();
    assert_eq!(back, records);
    fs::remove_file(path).unwrap();
}

#[test]
fn damaged_records_are_named() {
    let path = fresh("damaged");
    let mut writer = RecordWriter::create(&path).unwrap();
    writer.write(b"a").unwrap();
    writer.write(b"bcd").unwrap();
    writer.finish().unwrap();
    let good = fs::read(&path).unwrap();
    let first_error = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let mut reader = RecordReader::open(&path).unwrap();
        let e = reader.by_ref().find_map(Result::err).unwrap();
        assert!(reader.next().is_none());
        assert_eq!(e.code(), Code::DataLoss);
        e
    };
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let cut = "truncated record at 17' failed with Read less bytes than requested";
    assert_eq!(first_error(b"this is no record file").message(), "corrupted record at 0 (Is this even a TFRecord file?)");
    assert_eq!(first_error(&good[..good.len() - 1]).message(), cut);
    assert_eq!(first_error(&good[..20]).message(), cut);
    assert_eq!(first_error(&flipped(12)).message(), "corrupted record at 12");
    assert_eq!(first_error(&flipped(30)).message(), "corrupted record at 29");
    let e = first_error(&flipped(18));
    assert_eq!(e.message(), "corrupted record at 17 (Is this even a TFRecord file?)");
    assert!(e.to_string().contains("record number 1 (from 0), at offset 17"), "{e}");
    assert_eq!(RecordReader::open(fresh("none")).err().unwrap().code(), Code::NotFound);
    fs::remove_file(path).unwrap();
}

#[test]
fn event_files() {
    let folder = fresh("events").join("run");
    let writer = EventWriter::create(&folder, ".end", FlushPolicy::default()).unwrap();
    let name = writer.path().file_name().unwrap().to_str().unwrap();
    let seconds = name.strip_prefix("events.out.tfevents.").unwrap().split('.').next().unwrap();
    assert!(seconds.len() == 10 && name.ends_with(".end"), "{name}");
    writer.add_summary(Summary { value: vec![scalar_value("a", 2.0)] }, 5).unwrap();
    writer.add_graph(GraphDef::default().encode_to_vec(), 6).unwrap();
    writer.add_meta_graph(vec![], 7).unwrap();
    writer.add_session_log(SessionLog { status: 3, checkpoint_path: "p".into(), msg: String::new() }, 8).unwrap();
    assert_eq!(EventReader::open(writer.path()).unwrap().count(), 1);
    let second = EventWriter::create(&folder, ".end", FlushPolicy::default()).unwrap();
    assert_ne!(second.path(), writer.path());
    let path = writer.path().to_path_buf();
    drop(writer);
    let events: Vec<_> = EventReader::open(&path).unwrap().map(|e| e.unwrap()).collect();
    assert_eq!(events[0].what, Some(What::FileVersion("brain.Event:2".into())));
    assert_eq!(events[0].source_metadata.as_ref().unwrap().writer, "tensorflow.core.util.events_writer");
    assert_eq!(events.iter().map(|e| e.step).collect::<Vec<_>>(), [0, 5, 6, 7, 8]);
    assert!(events.windows(2).all(|w| w[0].wall_time <= w[1].wall_time && w[0].wall_time > 1.7e9));
    fs::remove_dir_all(folder.parent().unwrap()).unwrap();
}

#[test]
fn flush_policy_and_threads() {
    let folder = fresh("threads");
    let count = |w: &EventWriter| EventReader::open(w.path()).unwrap().count();
    let summary = |v: f32| Summary { value: vec![scalar_value("a", v)] };
    let slow = EventWriter::create(&folder, "", FlushPolicy { max_queue: 3, interval: Duration::from_secs(1000) }).unwrap();
    slow.add_summary(summary(0.0), 0).unwrap();
    slow.add_summary(summary(0.0), 1).unwrap();
    assert_eq!(count(&slow), 1);
    slow.add_summary(summary(0.0), 2).unwrap();
    assert_eq!(count(&slow), 4);
    let eager = EventWriter::create(&folder, "", FlushPolicy { max_queue: 1000, interval: Duration::ZERO }).unwrap();
    eager.add_summary(summary(0.0), 0).unwrap();
    assert_eq!(count(&eager), 2);
    let writer = std::sync::Arc::new(EventWriter::create(&folder, &unique_suffix(".v2"), FlushPolicy::default()).unwrap());
    #[allow(clippy::disallowed_methods)] // the test is about threads that are not the engine's
    let threads: Vec<_> = (0..8)
        .map(|t| {
            let writer = writer.clone();
            std::thread::spawn(move || (0..500).for_each(|i| writer.add_summary(summary(i as f32), t).unwrap()))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    writer.flush().unwrap();
    let mut next = [0.0; 8];
    for event in EventReader::open(writer.path()).unwrap().skip(1) {
        let event = event.unwrap();
        let Some(What::Summary(s)) = event.what else { panic!("not a summary") };
        assert_eq!(s.value[0].value, Some(Kind::SimpleValue(next[event.step as usize])));
        next[event.step as usize] += 1.0;
    }
    assert_eq!(next, [500.0; 8]);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn summaries_of_tensors_name_their_plugin() {
    let plugin = |v: &ferroflow_formats::proto::summary::Value| v.metadata.clone().unwrap().plugin_data.unwrap().plugin_name;
    let tensor = |v: &ferroflow_formats::proto::summary::Value| match &v.value {
        Some(Kind::Tensor(t)) => t.to_value().unwrap(),
        other => panic!("{other:?}"),
    };
    let scalar = scalar_value_v2("s", 1.5, "what it is");
    assert_eq!((plugin(&scalar).as_str(), scalar.metadata.clone().unwrap().summary_description.as_str()), ("scalars", "what it is"));
    assert_eq!(tensor(&scalar).bytes().unwrap(), 1.5f32.to_le_bytes());
    let histogram = histogram_value_v2("h", &[1.0, 2.0], 30, "");
    assert_eq!((plugin(&histogram).as_str(), tensor(&histogram).dims), ("histograms", vec![30, 3]));
    let images = image_value_v2("i", [2, 1, 2, 3], &[9; 12], 1, "").unwrap();
    let strings = tensor(&images);
    assert_eq!(strings.strings().unwrap()[..2], [b"2".to_vec(), b"1".to_vec()]);
    assert_eq!((plugin(&images).as_str(), strings.dims), ("images", vec![3]));
    assert_eq!(plugin(&text_value("t", &[], vec![b"x".to_vec()], "").unwrap()), "text");
    assert!(image_value_v2("i", [2, 1, 2, 3], &[9; 11], 1, "").is_err());
    assert!(image_value_v2("i", [0, 0, 0, 0], &[], 1, "").is_err());
    assert!(image_value("i", 1, 1, 7, &[0; 7]).is_err());
    assert!(text_value("t", &[2], vec![], "").is_err());
}
