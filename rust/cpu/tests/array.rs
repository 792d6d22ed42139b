//! Array ops against TensorFlow's recorded answers: values bit for bit, and the first lines of errors.
use ferroflow_cpu::call::run;
use ferroflow_ops::Attr;
use ferroflow_tensor::{DType, PartialShape, Str, Tensor};

fn numbers<T: std::str::FromStr>(s: &str) -> Vec<T> {
    s.split(',').filter_map(|x| x.parse().ok()).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).filter_map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).ok()).collect()
}

/// `dtype:sizes:hexadecimal bytes`; the elements of strings are separated by commas, `-` is the empty one.
fn tensor(s: &str) -> Tensor {
    let [dtype, sizes, data] = s.split(':').collect::<Vec<_>>()[..] else { panic!("not a tensor: {s}") };
    let shape: Vec<usize> = numbers(sizes);
    if dtype == "string" {
        let n = shape.iter().product();
        let one = |x: &str| Str::from(if x == "-" { vec![] } else { bytes(x) });
        return Tensor::from_strings(data.split(',').map(one).take(n).collect(), shape).expect("strings");
    }
    Tensor::from_bytes(DType::from_name(dtype).expect("dtype"), shape, &bytes(data)).expect("bytes")
}

fn attr(s: &str) -> (&'static str, Attr) {
    let (name, rest) = s.split_once('=').expect("name=kind:value");
    let (kind, value) = rest.split_once(':').expect("kind:value");
    let value = match kind {
        "t" => Attr::Tensor(tensor(value)),
        "d" => Attr::Type(DType::from_name(value).expect("dtype")),
        "S" if value == "?" => Attr::Shape(PartialShape::UNKNOWN),
        "S" => Attr::Shape(PartialShape::from_i64(&numbers(value))),
        "b" => Attr::Bool(value == "1"),
        "i" => Attr::Int(value.parse().expect("int")),
        "f" => Attr::Float(value.parse().expect("float")),
        "s" => value.into(),
        _ => Attr::Ints(numbers(value)),
    };
    (name.to_string().leak(), value)
}

fn list<T>(s: &str, one: impl Fn(&str) -> T) -> Vec<T> {
    s.split(';').filter(|x| !x.is_empty()).map(one).collect()
}

#[test]
fn values_and_errors_are_tensorflows() {
    let mut wrong = vec![];
    for (number, line) in include_str!("data/array.txt").lines().enumerate() {
        let [op, attrs, inputs, want] = line.splitn(4, '|').collect::<Vec<_>>()[..] else { panic!("line {number}: {line}") };
        let got = run(op, &list(inputs, tensor), &list(attrs, attr));
        let fault = match (got, want.strip_prefix('!')) {
            (Ok(got), None) => {
                let want = list(want, tensor);
                let same = got.len() == want.len() && got.iter().zip(&want).all(|(g, w)| g.same_bits(w));
                (!same).then(|| format!("got {got:?}, TensorFlow {want:?}"))
            }
            (Err(e), Some(first)) => (e.message() != first).then(|| format!("got the error '{}', TensorFlow '{first}'", e.message())),
            (Ok(got), Some(first)) => Some(format!("got {got:?}, TensorFlow the error '{first}'")),
            (Err(e), None) => Some(format!("got the error '{}', TensorFlow a value", e.message())),
        };
        let head = &line[..line.len().min(150)];
        wrong.extend(fault.map(|f| format!("line {}: {head}\n    {f}", number + 1)));
    }
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn placeholders_want_to_be_fed() {
    let shape = PartialShape::from_i64(&[2, -1]);
    let e = run("Placeholder", &[], &[("dtype", DType::Float.into()), ("shape", shape.into())]).expect_err("not fed");
    assert_eq!(e.message(), "You must feed a value for placeholder tensor '' with dtype float and shape [2,?]");
    let e = run("Placeholder", &[], &[("dtype", DType::Half.into())]).expect_err("not fed");
    assert_eq!(e.message(), "You must feed a value for placeholder tensor '' with dtype half");
}

#[test]
fn constants_are_their_value_and_no_op_makes_nothing() {
    let value = Tensor::from_slice(&[1i64, -2], [2]).expect("tensor");
    let got = run("Const", &[], &[("value", value.clone().into()), ("dtype", DType::Int64.into())]).expect("Const");
    assert!(got[0].same_bits(&value));
    let e = run("Const", &[], &[("value", value.into()), ("dtype", DType::Float.into())]).expect_err("another dtype");
    assert!(e.message().starts_with("Inconsistent node attributes"), "{e}");
    assert!(run("NoOp", &[], &[]).expect("NoOp").is_empty());
}

struct Thing(u8);
impl ferroflow_tensor::Object for Thing {
    fn type_name(&self) -> &str {
        "Thing"
    }
}

#[test]
fn objects_move_as_references() {
    let one = |n| Tensor::object(DType::Variant, std::sync::Arc::new(Thing(n)));
    let names =
        |t: &Tensor| -> Vec<u8> { (0..t.count()).map(|i| t.row(i).and_then(|r| r.get_object::<Thing>()).expect("a thing").0).collect() };
    let packed = run("Pack", &[one(1), one(2), one(3)], &[]).expect("Pack");
    assert_eq!(names(&packed[0]), [1, 2, 3]);
    let parts = run("Unpack", &packed, &[("num", 3i64.into())]).expect("Unpack");
    assert_eq!(parts[2].get_object::<Thing>().expect("a thing").0, 3);
    let at = Tensor::from_slice(&[2i32, 0, 2, 1], [4]).expect("indices");
    let picked = run("GatherV2", &[packed[0].clone(), at, Tensor::scalar(0i32)], &[]).expect("GatherV2");
    assert_eq!(names(&picked[0]), [3, 1, 3, 2]);
}
