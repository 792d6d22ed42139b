//! Runs calls that were recorded with TensorFlow (see `make.py`) and compares the results.
use ferroflow_cpu::call::run_in;
use ferroflow_cpu::device::Cpu;
use ferroflow_ops::kernel::{Callable, Env, Functions, NodeState};
use ferroflow_ops::resource::{Handle, Variable};
use ferroflow_ops::{Attr, Func};
use ferroflow_tensor::{BF16, C64, C128, DType, F16, Result, Tensor, bail};
use std::sync::Arc;

struct NoFunctions;
impl Functions for NoFunctions {
    fn instantiate(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        bail!(NotFound, "Function {} is not defined.", func.name)
    }
}

/// An environment without resources or functions.
pub fn env() -> Arc<Env> {
    Arc::new(Env { resources: Arc::default(), functions: Arc::new(NoFunctions), host: Arc::new(Cpu::new(0)) })
}

/// A variable that holds a value, and its handle.
#[allow(dead_code)] // not every test file uses it
pub fn variable(value: &Tensor) -> Tensor {
    let v = Variable::new(value.dtype(), value.shape().into());
    v.assign(value.copy().unwrap()).unwrap();
    Handle::tensor("", "v", Arc::new(v))
}

fn hex(s: &str) -> Vec<u8> {
    (0..s.len() / 2).map(|i| u8::from_str_radix(&s[2 * i..2 * i + 2], 16).unwrap()).collect()
}

/// The tensor, or dtype and shape with the checksum of its bytes.
fn parse(text: &str) -> (Option<Tensor>, String) {
    let at = text.find(['=', '#']).unwrap();
    let (head, body) = (&text[..at], &text[at + 1..]);
    let (dtype, dims) = head.trim_end_matches(']').split_once('[').unwrap();
    let shape: Vec<usize> = dims.split(',').filter(|d| !d.is_empty()).map(|d| d.parse().unwrap()).collect();
    let dtype = DType::from_name(dtype).unwrap();
    let tensor = match (dtype, &text[at..at + 1]) {
        (_, "#") => None,
        (DType::String, _) => {
            let count: usize = shape.iter().product();
            Some(Tensor::from_strings(body.split(',').take(count).map(|s| hex(s).into()).collect(), shape).unwrap())
        }
        _ => Some(Tensor::from_bytes(dtype, shape, &hex(body)).unwrap()),
    };
    (tensor, text.into())
}

fn fingerprint(t: &Tensor) -> String {
    let hash = t.bytes().unwrap().iter().fold(0xCBF2_9CE4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01B3));
    let dims: Vec<String> = t.shape().iter().map(|d| d.to_string()).collect();
    format!("{}[{}]#{hash:016x}", t.dtype().signature_name(), dims.join(","))
}

/// The real numbers of a tensor, and the number of bits and the least exponent of their fractions.
fn reals(t: &Tensor) -> Option<(Vec<f64>, i32, i32)> {
    fn all<T: Copy + Into<f64>>(s: Result<&[T]>, bits: i32, least: i32) -> Option<(Vec<f64>, i32, i32)> {
        Some((s.ok()?.iter().map(|x| (*x).into()).collect(), bits, least))
    }
    match t.dtype() {
        DType::Float => all(t.slice::<f32>(), 23, -149),
        DType::Double => all(t.slice::<f64>(), 52, -1022),
        DType::Half => all(t.slice::<F16>(), 10, -24),
        DType::BFloat16 => all(t.slice::<BF16>(), 7, -133),
        DType::Complex64 => Some((t.slice::<C64>().ok()?.iter().flat_map(|z| [f64::from(z.re), f64::from(z.im)]).collect(), 23, -149)),
        DType::Complex128 => Some((t.slice::<C128>().ok()?.iter().flat_map(|z| [z.re, z.im]).collect(), 52, -1022)),
        _ => None,
    }
}

/// Largest distance in units in the last place: of each element, or (`by_norm`) of the largest element, which is the measure
/// for formulas that subtract nearly equal numbers. Dtypes that are not floats are equal or infinitely far apart.
fn distance(got: &Tensor, want: &Tensor, by_norm: bool) -> f64 {
    if got.dtype() != want.dtype() || got.shape() != want.shape() {
        return f64::INFINITY;
    }
    let (Some((a, bits, least)), Some((b, ..))) = (reals(got), reals(want)) else {
        return if got.same_bits(want) { 0.0 } else { f64::INFINITY };
    };
    let unit = |x: f64| 2f64.powi(if x > 0.0 && x.is_finite() { (x.log2().floor() as i32 - bits).max(least) } else { least });
    let largest = b.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    let one = |(x, y): (&f64, &f64)| match (x, y) {
        _ if x == y || x.is_nan() && y.is_nan() => 0.0,
        _ if x.is_nan() || y.is_nan() => f64::INFINITY,
        _ => (x - y).abs() / unit(if by_norm { largest } else { y.abs() }),
    };
    a.iter().zip(&b).map(one).fold(0.0, f64::max)
}

fn attrs(text: &str) -> Vec<(&'static str, Attr)> {
    let one = |a: &str| {
        let (name, rest) = a.split_once(':').unwrap();
        let (kind, value) = rest.split_once('=').unwrap();
        let value = match kind {
            "int" => Attr::Int(value.parse().unwrap()),
            "bool" => Attr::Bool(value == "true"),
            "type" => Attr::Type(DType::from_name(value).unwrap()),
            _ => Attr::Str(hex(value).into()),
        };
        (&*name.to_string().leak(), value)
    };
    text.split(',').filter(|a| !a.is_empty()).map(one).collect()
}

/// Runs every line and panics with all that differ; `by_norm` as in [`distance`].
#[allow(dead_code)] // not every test file uses it
pub fn replay(lines: &str, by_norm: bool) {
    let env = env();
    let mut state: Arc<NodeState> = Arc::default();
    let mut wrong = vec![];
    for (number, line) in lines.lines().enumerate() {
        let again = line.strip_prefix("again ");
        if again.is_none() {
            state = Arc::default();
        }
        let fields: Vec<&str> = again.unwrap_or(line).split("; ").collect();
        let [op, attr_text, inputs, outputs, ulp] = fields[..] else { panic!("line {number}: {} fields", fields.len()) };
        let mut handles = vec![];
        let mut input = |text: &str| match text.strip_prefix("var:") {
            Some(value) => {
                let h = variable(&parse(value).0.unwrap());
                handles.push(h.clone());
                h
            }
            None => parse(text).0.unwrap(),
        };
        let inputs: Vec<Tensor> = inputs.split(' ').filter(|t| !t.is_empty()).map(&mut input).collect();
        let results = run_in(&env, &state, op, &inputs, &attrs(attr_text));
        let mut results = match results {
            Ok(r) => r,
            Err(e) => {
                wrong.push(format!("line {}: {op} {attr_text}: {e}", number + 1));
                continue;
            }
        };
        results.extend(handles.iter().map(|h| Handle::get::<Variable>(h).unwrap().read().unwrap()));
        let wanted: Vec<_> = outputs.split(' ').map(parse).collect();
        assert_eq!(results.len(), wanted.len(), "{op}");
        for (got, (want, text)) in results.iter().zip(wanted) {
            let d = match want {
                Some(want) => distance(got, &want, by_norm),
                None if fingerprint(got) == text => 0.0,
                None => f64::INFINITY,
            };
            if d > ulp.parse::<f64>().unwrap() {
                let show = |t: &Tensor| {
                    t.strings().map_or(format!("{t:?}"), |s| {
                        s.iter().map(|x| String::from_utf8_lossy(x).into_owned()).collect::<Vec<_>>().join("|")
                    })
                };
                wrong.push(format!(
                    "line {}: {op} {attr_text}: {d} ulp: got {}, want {}",
                    number + 1,
                    show(got),
                    parse(&text).0.as_ref().map_or(text, show)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} results differ:\n{}", wrong.len(), wrong.join("\n"));
}
