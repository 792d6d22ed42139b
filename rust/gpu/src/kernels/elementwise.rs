//! Kernels of the ops with a scalar body: each body writes its own shader.
use super::spread;
use crate::frames::{self, Body, GROUP, SPECIAL, Window};
use crate::memory::{self, STORED};
use crate::opened::Groups;
use crate::pace::Sizes;
use crate::symbol::{IntSymbol, Symbol, Written, note_constants, write, write_double};
use ferroflow_ops::elementwise::{
    Binary, BinaryVisit, Compare, CompareVisit, Fault, Kinds, Predicate, PredicateVisit, Unary, UnaryVisit, each_binary, each_compare,
    each_fused, each_predicate, each_unary,
};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, error};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Bytes of the number by which a shader tells of a fault.
const FLAG: usize = 4;

type Tried = std::result::Result<Body, &'static str>;

/// What is known of an op: its body for each dtype, or why it has none.
struct Op {
    bodies: Vec<(DType, Tried)>,
    inputs: usize,
    truth: bool,
    fault: Option<Fault>,
}

impl From<Written> for Body {
    fn from(w: Written) -> Body {
        Body { statements: w.statements, result: w.result, wide: w.wide }
    }
}

pub(super) fn plain(result: String) -> Tried {
    Ok(Body { statements: String::new(), result, wide: false })
}

/// A function of two truth values, as a table of bits.
fn table(f: impl Fn(bool, bool) -> bool) -> Tried {
    let bits = (0..4).filter(|i| f(i & 2 != 0, i & 1 != 0)).fold(0u32, |t, i| t | 1 << i);
    plain(format!("(({bits}u >> (u32(x) * 2u + u32(y))) & 1u) == 1u"))
}

/// Collects every op with a scalar body.
struct Collector(HashMap<&'static str, Op>);

impl Collector {
    fn add(&mut self, op: &'static str, inputs: usize, truth: bool, bodies: Vec<(DType, Tried)>) {
        self.0.insert(op, Op { bodies, inputs, truth, fault: None });
    }
}

fn int1<const SIGNED: bool>(bits: u32, f: impl FnOnce(IntSymbol<SIGNED>) -> IntSymbol<SIGNED>) -> Tried {
    let body = || {
        note_constants::<SIGNED>(bits);
        f(IntSymbol::input("x")).0
    };
    write(body).map(Body::from)
}
pub(super) fn int2<const SIGNED: bool>(bits: u32, f: impl FnOnce(IntSymbol<SIGNED>, IntSymbol<SIGNED>) -> IntSymbol<SIGNED>) -> Tried {
    let body = || {
        note_constants::<SIGNED>(bits);
        f(IntSymbol::input("x"), IntSymbol::input("y")).0
    };
    write(body).map(Body::from)
}

/// The body of each dtype: `$int` of an integer symbol's type, `$float` of a float's, `$bool` of truth values.
macro_rules! by_dtype {
    ($d:expr, $int:ident($f:expr), |$V:ident| $float:expr, $bool:expr) => {
        match $d {
            d if d.is_signed_integer() => $int::<true>(8 * d.size() as u32, $f),
            d if d.is_unsigned_integer() => $int::<false>(8 * d.size() as u32, $f),
            DType::Bool => $bool,
            DType::Double => {
                type $V = Symbol<true>;
                write_double(|| $float).map(Body::from)
            }
            _ => {
                type $V = Symbol<false>;
                write(|| $float).map(Body::from)
            }
        }
    };
}

pub(super) use by_dtype;

/// The dtypes of an op for which shaders have values.
fn each(kinds: Kinds, body: impl Fn(DType) -> Tried) -> Vec<(DType, Tried)> {
    STORED.iter().copied().filter(|d| kinds.has(*d)).map(|d| (d, body(d))).collect()
}

impl UnaryVisit for Collector {
    fn op<O: Unary>(&mut self) {
        let of_bool = || table(|_, y| O::bool(y)).map(|b| Body { result: b.result.replace("u32(x) * 2u + u32(y)", "u32(x)"), ..b });
        let bodies = each(O::KINDS, |d| by_dtype!(d, int1(O::int), |V| O::eval(V::input("x")).0, of_bool()));
        self.add(O::ENTRY.name, 1, false, bodies);
    }
}
impl BinaryVisit for Collector {
    fn op<O: Binary>(&mut self) {
        let bodies = each(O::KINDS, |d| by_dtype!(d, int2(O::int), |V| O::eval(V::input("x"), V::input("y")).0, table(O::bool)));
        self.add(O::ENTRY.name, 2, false, bodies);
        if let (Some(fault), Some(op)) = (O::FAULT, self.0.get_mut(O::ENTRY.name)) {
            op.fault = Some(fault);
        }
    }
}
impl PredicateVisit for Collector {
    fn op<O: Predicate>(&mut self) {
        let body = |d| match d {
            DType::Double => write_double(|| O::eval(Symbol::<true>::input("x")).0).map(Body::from),
            _ => write(|| O::eval(Symbol::<false>::input("x")).0).map(Body::from),
        };
        self.add(O::ENTRY.name, 1, true, each(Kinds::FLOATS, body));
    }
}
impl CompareVisit for Collector {
    fn op<O: Compare>(&mut self) {
        // A comparison of integers is told by what it says of a smaller, an equal and a larger one.
        let says = [Ordering::Less, Ordering::Equal, Ordering::Greater].map(|o| O::int(1 + o as i32, 1));
        let (sign, long) = match says {
            [true, false, false] => ("<", "less(x, y)"),
            [true, true, false] => ("<=", "!less(y, x)"),
            [false, true, false] => ("==", "all(x == y)"),
            [true, false, true] => ("!=", "any(x != y)"),
            [false, false, true] => (">", "less(y, x)"),
            _ => (">=", "!less(x, y)"),
        };
        let body = |d| match d {
            DType::Int64 => plain(long.replace("less", "less_i64")),
            DType::UInt64 => plain(long.replace("less", "less_u64")),
            DType::Bool => table(O::int),
            DType::Double => write_double(|| O::eval(Symbol::<true>::input("x"), Symbol::input("y")).0).map(Body::from),
            d if d.is_integer() => plain(format!("x {sign} y")),
            _ => write(|| O::eval(Symbol::<false>::input("x"), Symbol::input("y")).0).map(Body::from),
        };
        self.add(O::ENTRY.name, 2, true, each(O::KINDS, body));
    }
}

fn ops() -> &'static HashMap<&'static str, Op> {
    static OPS: OnceLock<HashMap<&'static str, Op>> = OnceLock::new();
    OPS.get_or_init(|| {
        let mut all = Collector(HashMap::new());
        each_unary(&mut all);
        each_fused(&mut all);
        each_binary(&mut all);
        each_predicate(&mut all);
        each_compare(&mut all);
        all.0
    })
}

/// The scalar body of a unary op on floats, as a function of a shader.
pub fn function(op: &str, name: &str) -> Result<String> {
    let body = ops().get(op).and_then(|o| o.bodies.iter().find(|(d, _)| *d == DType::Float));
    match body {
        Some((_, Ok(body))) if !body.wide => Ok(frames::function(name, body, DType::Float, &[DType::Float])),
        _ => Err(error!(Internal, "{op} has no float body for shaders")),
    }
}

/// The scalar body of an op.
pub fn body(op: &str, dtype: DType) -> Option<&'static Body> {
    ops().get(op)?.bodies.iter().find(|(d, _)| *d == dtype)?.1.as_ref().ok()
}

/// The body of a sum.
pub fn sum(dtype: DType) -> Result<&'static Body> {
    body("AddV2", dtype).ok_or_else(|| error!(Internal, "{dtype} has no sums in shaders"))
}

/// Whether some values of an integer operand are an error of an op.
pub fn may_fail(op: &str) -> bool {
    ops().get(op).is_some_and(|o| o.fault.is_some())
}

/// Why an op has no shader for some dtype.
pub fn obstacle(op: &str) -> Option<&'static str> {
    ops().get(op)?.bodies.iter().find_map(|(_, b)| b.as_ref().err().copied())
}

/// A kernel for each op whose body can be written as a shader for some dtype, and whether that takes 64-bit floats.
pub fn kernels() -> Vec<(Kernel, bool)> {
    let mut made = vec![];
    for (name, op) in ops() {
        let dtypes: Vec<DType> = op.bodies.iter().filter(|(_, b)| b.is_ok()).map(|(d, _)| *d).collect();
        if dtypes.is_empty() {
            continue;
        }
        // Only adapters with 64-bit floats hold such.
        let wide = op.bodies.iter().any(|(d, b)| *d != DType::Double && b.as_ref().is_ok_and(|b| b.wide));
        // Kernels live as long as the process, and there are as many of them as there are ops.
        let types: &'static [(&str, &[DType])] = if dtypes == [DType::Bool] { &[] } else { Vec::leak(vec![("T", &*Vec::leak(dtypes))]) };
        made.push((Kernel { op: name, types, outputs: Outputs::Runtime, prepare }, wide));
    }
    made
}

/// A shader made ready for operands of known shapes.
pub struct Ready {
    key: String,
    text: String,
    output: DType,
    inputs: Vec<DType>,
    count: usize,
    rows: Vec<Vec<u32>>,
    /// Positions of the operands that it reads.
    reads: Vec<usize>,
    /// Elements of each that come before the first one read.
    from: usize,
    /// What some operands may be an error of.
    fault: Option<Fault>,
    /// A number that the body reads.
    number: Option<u32>,
}

impl Ready {
    /// A body over operands, each with its strides along the axes of the result.
    pub fn new(key: String, body: &Body, output: DType, result: &Shape, inputs: &[(DType, Vec<usize>)]) -> Ready {
        Ready::faulting(key, body, output, result, inputs, None)
    }
    /// The same, which may find an error in operands.
    fn faulting(key: String, body: &Body, output: DType, result: &Shape, inputs: &[(DType, Vec<usize>)], fault: Option<Fault>) -> Ready {
        let dtypes: Vec<DType> = inputs.iter().map(|i| i.0).collect();
        let strides: Vec<Vec<usize>> = inputs.iter().map(|i| i.1.clone()).collect();
        let condition = fault.zip(dtypes.first()).map(|(fault, dtype)| condition(fault, *dtype));
        let text = frames::elementwise(body, output, &dtypes, condition.as_deref());
        let (count, rows) = (result.count(), spread::rows(result, &strides));
        Ready { key, text, output, count, rows, reads: (0..dtypes.len()).collect(), inputs: dtypes, from: 0, fault, number: None }
    }
    /// The same, of other operands than the first ones.
    pub fn reading(mut self, operands: &[usize]) -> Ready {
        self.reads = operands.to_vec();
        self
    }
    /// The same, from an element of the operands on.
    pub fn starting(mut self, from: usize) -> Ready {
        self.from = from;
        self
    }
    /// The same, with a number that the body reads as [`frames::LAST_NUMBER`].
    pub fn with_number(mut self, number: u32) -> Ready {
        self.number = Some(number);
        self
    }
    /// As a prepared kernel.
    pub fn prepared(self) -> Prepared {
        Prepared::with(|p, call| p.plan::<Ready>()?.run(call), 1000.0, self)
    }
    /// Runs the body over the elements of the result.
    pub fn run(&self, call: &mut Call) -> Result<()> {
        let inputs: Vec<&Tensor> = self.reads.iter().map(|i| call.input(*i)).collect();
        self.onto(&inputs, call.output(0))
    }
    /// Runs the body over the elements of a tensor. Where values may be an error it waits, and gives it.
    pub fn onto(&self, inputs: &[&Tensor], out: &Tensor) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let mut numbers = SPECIAL.to_vec();
        numbers.extend([self.count as u32, self.rows.len() as u32]);
        numbers.extend(inputs.iter().map(|t| memory::offset(t).wrapping_add(self.from as u32)));
        numbers.extend(self.rows.iter().flatten().copied().chain(self.number));
        let inputs = inputs.iter().map(|t| memory::of(t)).collect::<Result<Vec<_>>>()?;
        let out = memory::of(out)?;
        let told = self.fault.map(|fault| Ok((fault, out.opened.buffer(FLAG)?))).transpose()?;
        let flag = told.as_ref().map(|(_, flag)| flag);
        let buffers: Vec<_> = std::iter::once(&out.buffer).chain(flag).chain(inputs.iter().map(|m| &m.buffer)).collect();
        let groups = Groups::Row((self.count as u32).div_ceil(GROUP));
        let text = |w: &[Window]| frames::bindings(self.output, &self.inputs, told.is_some(), w) + &self.text;
        let axes: Vec<u32> = self.rows.iter().flatten().copied().collect();
        let sizes = Sizes { all: &axes, longest: 1 };
        out.opened.dispatch(&self.key, text, &numbers, &sizes, 1 + usize::from(told.is_some()), &buffers, groups)?;
        let Some((fault, flag)) = told else { return Ok(()) };
        let mut found = false;
        out.opened.read(&flag, 0, FLAG as u64, |bytes| found = bytes != [0; FLAG])?;
        if found { Err(error!(InvalidArgument, "{}", fault.message())) } else { Ok(()) }
    }
}

/// Whether the second operand `y` is an error.
fn condition(fault: Fault, dtype: DType) -> String {
    let long = frames::value(dtype) == "vec2<u32>";
    match fault {
        Fault::DivisionByZero if long => "is_zero_long(y)".into(),
        Fault::DivisionByZero => format!("y == {}(0)", frames::value(dtype)),
        Fault::NegativePower if long => "is_negative_long(y)".into(),
        Fault::NegativePower => "y < 0".into(),
    }
}

fn prepare(p: &Prep) -> Result<Prepared> {
    let (dtype, result) = (p.dtype(0), p.out_shape(0)?);
    let op = ops().get(p.op.name).ok_or_else(|| error!(Internal, "{} has no scalar body", p.op.name))?;
    let (_, body) = op.bodies.iter().find(|(d, _)| *d == dtype).ok_or_else(|| error!(Internal, "{} has no {dtype} body", p.op.name))?;
    let body = body.as_ref().map_err(|why| error!(Unimplemented, "{} of {dtype} is not for GPUs: {why}", p.op.name))?;
    // Unequal shapes of Equal give one value, which the host knows.
    let fits = p.inputs.iter().all(|(_, s)| s.len() <= result.len());
    if !fits {
        return Err(error!(Unimplemented, "{} of shapes that do not broadcast is not for GPUs", p.op.name));
    }
    let inputs: Vec<_> = (0..op.inputs).map(|i| (dtype, spread::broadcast(p.shape(i), result))).collect();
    let output = if op.truth { DType::Bool } else { dtype };
    let fault = op.fault.filter(|_| dtype.is_integer());
    Ok(Ready::faulting(format!("{} {dtype}", p.op.name), body, output, result, &inputs, fault).prepared())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferroflow_ops::Gpu;
    use ferroflow_ops::ops::fused::activation;

    #[test]
    fn what_the_table_calls_a_shader_is_one() {
        let wrong = |(name, op): (&&'static str, &Op)| {
            let entry = activation(name).unwrap_or_else(|| ferroflow_ops::op(name).unwrap()).entry;
            let written = op.bodies.iter().any(|(_, b)| b.is_ok());
            (matches!(entry.gpu, Gpu::Body) != written)
                .then(|| format!("{name}: the entry says {:?}, its body {:?}", entry.gpu, obstacle(name)))
        };
        assert_eq!(ops().iter().filter_map(wrong).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn bodies_of_truth_values_are_tables() {
        let bits = |op: &str| ops()[op].bodies.iter().find(|(d, _)| *d == DType::Bool).unwrap().1.clone().unwrap().result;
        assert!(bits("LogicalAnd").starts_with("((8u"));
        assert!(bits("LogicalOr").starts_with("((14u"));
        assert!(bits("NotEqual").starts_with("((6u"));
    }
}
