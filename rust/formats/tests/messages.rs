//! Messages and the tensors inside them.
use ferroflow_formats::proto::attr_value::{ListValue, Value};
use ferroflow_formats::proto::*;
use ferroflow_formats::{Data, RawTensor, byte_size};
use ferroflow_tensor::{Code, DType};
use prost::Message;

fn sample(dtype: DType, dims: &[i64]) -> RawTensor {
    if dtype == DType::String {
        let count: i64 = dims.iter().product();
        return RawTensor::from_strings(dims, (0..count).map(|i| vec![i as u8; i as usize]).collect()).unwrap();
    }
    let size = byte_size(dtype, dims).unwrap();
    let byte = |i: usize| if dtype == DType::Bool { (i % 2) as u8 } else { (i * 89 + 200) as u8 };
    RawTensor::from_bytes(dtype, dims, (0..size).map(byte).collect()).unwrap()
}

fn plain_dtypes() -> impl Iterator<Item = DType> {
    DType::ALL.iter().copied().filter(|d| !matches!(d, DType::Resource | DType::Variant))
}

#[test]
fn tensors_of_every_dtype() {
    for dtype in plain_dtypes() {
        for dims in [&[][..], &[1], &[2, 3], &[0, 3], &[100], &[1, 1, 1, 1, 1, 1, 1, 2]] {
            let value = sample(dtype, dims);
            for proto in [TensorProto::from_value(&value), TensorProto::from_value_compact(&value)] {
                let again: TensorProto = parse(&proto.encode_to_vec(), "test").unwrap();
                assert_eq!(again.to_value().unwrap(), value, "{dtype} {dims:?}");
            }
        }
    }
}

#[test]
fn the_last_value_repeats() {
    for dtype in plain_dtypes().filter(|&d| d != DType::String) {
        let one = sample(dtype, &[2]);
        let bytes = one.bytes().unwrap();
        let (first, last) = bytes.split_at(bytes.len() / 2);
        let all = [first, &last.repeat(199)].concat();
        let value = RawTensor::from_bytes(dtype, &[10, 20], all).unwrap();
        let proto = TensorProto::from_value_compact(&value);
        assert!(proto.encoded_len() < 100 && proto.tensor_content.is_empty(), "{dtype}: {proto:?}");
        assert_eq!(proto.to_value().unwrap(), value, "{dtype}");
        let zeros = RawTensor::from_bytes(dtype, &[200], vec![0; 200 * dtype.size()]).unwrap();
        let proto = TensorProto::from_value_compact(&zeros);
        assert!(proto.encoded_len() < 16);
        assert_eq!(proto.to_value().unwrap(), zeros);
    }
    let words = TensorProto {
        dtype: 7,
        tensor_shape: Some(TensorShapeProto::from_dims(&[3])),
        string_val: vec![b"a".to_vec(), b"b".to_vec()],
        ..TensorProto::default()
    };
    assert_eq!(words.to_value().unwrap().data, Data::Strings(vec![b"a".to_vec(), b"b".to_vec(), b"b".to_vec()]));
    let too_many = TensorProto { tensor_shape: None, ..words.clone() };
    assert_eq!(too_many.to_value().unwrap().data, Data::Strings(vec![b"a".to_vec()]));
    let content = TensorProto { string_val: vec![], tensor_content: b"\x01\x00\x02abc".to_vec(), ..words };
    assert_eq!(content.to_value().unwrap().data, Data::Strings(vec![b"a".to_vec(), vec![], b"bc".to_vec()]));
}

#[test]
fn bad_tensors() {
    let proto = |dtype, dims: &[i64], content: &[u8]| TensorProto {
        dtype,
        tensor_shape: Some(TensorShapeProto::from_dims(dims)),
        tensor_content: content.to_vec(),
        ..TensorProto::default()
    };
    for (bad, code) in [
        (proto(0, &[], &[]), Code::InvalidArgument),
        (proto(99, &[], &[]), Code::InvalidArgument),
        (proto(1, &[-1], &[]), Code::InvalidArgument),
        (proto(1, &[1 << 40, 1 << 40], &[]), Code::InvalidArgument),
        (proto(1, &[1 << 60], &[]), Code::ResourceExhausted),
        (proto(7, &[1 << 60], &[]), Code::ResourceExhausted),
        (proto(1, &[1], &[0; 5]), Code::InvalidArgument),
        (proto(7, &[1], &[5, 0]), Code::InvalidArgument),
        (proto(7, &[1], &[1, 0, 0]), Code::InvalidArgument),
        (proto(20, &[1], &[]), Code::Unimplemented),
        (proto(21, &[1], &[]), Code::Unimplemented),
    ] {
        assert_eq!(bad.to_value().unwrap_err().code(), code, "{bad:?}");
    }
    let unknown = TensorShapeProto { dim: vec![], unknown_rank: true };
    let bad = TensorProto { dtype: 1, tensor_shape: Some(unknown), ..TensorProto::default() };
    assert_eq!(bad.to_value().unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(proto(1, &[100], &[]).to_value_within(399).unwrap_err().code(), Code::ResourceExhausted);
    assert!(proto(1, &[100], &[]).to_value_within(400).is_ok());
    assert_eq!(parse::<TensorProto>(&[8], "x").unwrap_err().code(), Code::DataLoss);
}

#[test]
fn graphs_keep_attributes_of_every_kind() {
    let tensor = TensorProto::from_value(&sample(DType::Half, &[3]));
    let shape = TensorShapeProto::from_dims(&[-1, 3]);
    let function = NameAttrList { name: "f".into(), attr: [("N".into(), AttrValue::of(Value::I(-1)))].into() };
    let list = |l: ListValue| Value::List(l);
    let values = [
        Value::S(b"\xff".to_vec()),
        Value::I(i64::MIN),
        Value::F(-0.0),
        Value::B(false),
        Value::Type(101),
        Value::Shape(shape.clone()),
        Value::Tensor(Box::new(tensor.clone())),
        Value::Placeholder("T".into()),
        Value::Func(function.clone()),
        list(ListValue::default()),
        list(ListValue { s: vec![vec![], vec![1]], ..ListValue::default() }),
        list(ListValue { i: vec![0, -1], ..ListValue::default() }),
        list(ListValue { f: vec![0.0, f32::INFINITY], ..ListValue::default() }),
        list(ListValue { b: vec![false, true], ..ListValue::default() }),
        list(ListValue { r#type: vec![1, 7], ..ListValue::default() }),
        list(ListValue { shape: vec![shape], ..ListValue::default() }),
        list(ListValue { tensor: vec![tensor], ..ListValue::default() }),
        list(ListValue { func: vec![function], ..ListValue::default() }),
    ];
    let attr =
        values.into_iter().enumerate().map(|(i, v)| (format!("a{i}"), AttrValue::of(v))).chain([("empty".into(), AttrValue::default())]);
    let node = NodeDef { name: "n".into(), op: "Unheard".into(), input: vec!["^m".into()], attr: attr.collect(), ..NodeDef::default() };
    let function = FunctionDef { node_def: vec![node.clone()], ret: [("y".into(), "n:z:0".into())].into(), ..FunctionDef::default() };
    let library = FunctionDefLibrary { function: vec![function], ..FunctionDefLibrary::default() };
    let versions = VersionDef { producer: 2000, ..VersionDef::default() };
    let graph = GraphDef { node: vec![node], library: Some(library), versions: Some(versions), ..GraphDef::default() };
    let bytes = graph.encode_to_vec();
    assert_eq!(parse::<GraphDef>(&bytes, "graph").unwrap(), graph);
    assert_eq!(parse::<GraphDef>(&bytes, "graph").unwrap().encode_to_vec(), bytes);
}

#[test]
fn nesting_has_an_end() {
    let mut attr = AttrValue::of(Value::I(1));
    for _ in 0..200 {
        attr = AttrValue::of(Value::Func(NameAttrList { name: "f".into(), attr: [("a".into(), attr)].into() }));
    }
    assert_eq!(parse::<AttrValue>(&attr.encode_to_vec(), "deep").unwrap_err().code(), Code::DataLoss);
}
