//! Static types: dtype, partly known shape, partly known value, handle data; and the view that shape rules work on.
use crate::attr::Attrs;
use crate::def::{OpDef, ShapeRule};
use ferroflow_tensor::{Code, DType, Error, PartialShape, Result, Shape, Tensor, bail, error};
use std::sync::Arc;

/// Dtypes and shapes of what a resource or variant holds.
pub type HandleData = Arc<Vec<(DType, PartialShape)>>;

/// What is known of a value before the program runs.
#[derive(Clone, Debug)]
pub enum Partial {
    /// All of it.
    Known(Tensor),
    /// An integer scalar (`true`) or vector with some unknown elements.
    Ints(Vec<Option<i64>>, bool),
}

impl Partial {
    /// The elements of an integer scalar or vector, as far as known.
    pub fn ints(&self) -> Option<Vec<Option<i64>>> {
        match self {
            Partial::Known(t) if t.shape().rank() <= 1 => Some(t.to_i64().ok()?.into_iter().map(Some).collect()),
            Partial::Known(_) => None,
            Partial::Ints(v, _) => Some(v.clone()),
        }
    }
    /// The value, if all of it is known; partly known integers become a tensor of `dtype`.
    pub fn tensor(&self, dtype: DType) -> Option<Tensor> {
        match self {
            Partial::Known(t) => Some(t.clone()),
            Partial::Ints(v, scalar) => {
                let v = v.iter().copied().collect::<Option<Vec<i64>>>()?;
                let shape = if *scalar { Shape::SCALAR } else { Shape::new(&[v.len()]) };
                match dtype {
                    DType::Int32 => Tensor::from_slice(&v.iter().map(|x| *x as i32).collect::<Vec<_>>(), shape).ok(),
                    DType::Int64 => Tensor::from_slice(&v, shape).ok(),
                    _ => None,
                }
            }
        }
    }
    /// The sizes of a shape as an integer vector.
    pub fn of_shape(shape: &PartialShape) -> Option<Partial> {
        Some(Partial::Ints(shape.dims()?.iter().map(|d| d.map(|d| d as i64)).collect(), false))
    }
}

/// The static type of a value.
#[derive(Clone, Debug)]
pub struct ValueType {
    /// Its dtype.
    pub dtype: DType,
    /// Whether it is a reference to a variable's buffer (TensorFlow's `_ref` dtypes).
    pub is_ref: bool,
    /// Its shape.
    pub shape: PartialShape,
    /// Its value, as far as known.
    pub value: Option<Partial>,
    /// For resources and variants: dtypes and shapes of what they hold.
    pub handle: Option<HandleData>,
}

impl ValueType {
    /// A value of which only dtype and shape are known.
    pub fn new(dtype: DType, shape: PartialShape) -> ValueType {
        ValueType { dtype, is_ref: false, shape, value: None, handle: None }
    }
    /// The type of a concrete tensor; small integer, bool and string tensors with their value.
    pub fn of(t: &Tensor) -> ValueType {
        let value = (t.on_host() && t.count() <= 1024 && !t.dtype().is_differentiable()).then(|| Partial::Known(t.clone()));
        ValueType { dtype: t.dtype(), is_ref: false, shape: t.shape().into(), value, handle: None }
    }
}

/// What a shape rule sees and sets. The same rule serves static inference, eager checks and program compilation.
pub struct Infer<'a> {
    /// The op.
    pub op: &'a OpDef,
    /// Its attributes, complete.
    pub attrs: &'a Attrs,
    /// Whether inputs are concrete: errors are then worded as TensorFlow's kernels do, else as its shape functions do.
    pub at_run_time: bool,
    inputs: &'a [ValueType],
    outputs: Vec<ValueType>,
}

impl<'a> Infer<'a> {
    /// Runs the shape rule of an op. `out` gives the output dtypes.
    pub fn run(
        op: &'a OpDef,
        attrs: &'a Attrs,
        inputs: &'a [ValueType],
        out: &[(DType, bool)],
        at_run_time: bool,
    ) -> Result<Vec<ValueType>> {
        let outputs = out.iter().map(|(d, r)| ValueType { is_ref: *r, ..ValueType::new(*d, PartialShape::UNKNOWN) }).collect();
        let mut c = Infer { op, attrs, at_run_time, inputs, outputs };
        match op.entry.shape {
            ShapeRule::Same => {
                for i in 0..c.outputs.len() {
                    c.outputs[i].shape = c.inputs[0].shape.clone();
                }
            }
            ShapeRule::Broadcast => {
                let s = c.broadcast(0, 1)?;
                c.set(0, s)
            }
            ShapeRule::Scalar => c.outputs.iter_mut().for_each(|o| o.shape = PartialShape::scalar()),
            ShapeRule::Unknown => {}
            ShapeRule::Rule(f) => f(&mut c)?,
        }
        if let Some(value) = op.entry.value.and_then(|f| f(&c)) {
            c.set_value(0, Some(value));
        }
        Ok(c.outputs)
    }
    /// How many inputs there are.
    pub fn n_inputs(&self) -> usize {
        self.inputs.len()
    }
    /// How many outputs there are.
    pub fn n_outputs(&self) -> usize {
        self.outputs.len()
    }
    /// The type of an input.
    pub fn input(&self, i: usize) -> &'a ValueType {
        &self.inputs[i]
    }
    /// The shape of an input.
    pub fn shape(&self, i: usize) -> &'a PartialShape {
        &self.inputs[i].shape
    }
    /// Sets the shape of an output.
    pub fn set(&mut self, i: usize, shape: impl Into<PartialShape>) {
        self.outputs[i].shape = shape.into();
    }
    /// Sets what is known of the value of an output.
    pub fn set_value(&mut self, i: usize, value: Option<Partial>) {
        self.outputs[i].value = value;
    }
    /// Sets the handle data of an output.
    pub fn set_handle(&mut self, i: usize, handle: Option<HandleData>) {
        self.outputs[i].handle = handle;
    }
    /// The value of an input, if all of it is known.
    pub fn tensor(&self, i: usize) -> Option<Tensor> {
        self.inputs[i].value.as_ref()?.tensor(self.inputs[i].dtype)
    }
    /// The elements of an integer scalar or vector operand, as far as known.
    pub fn ints(&self, i: usize) -> Option<Vec<Option<i64>>> {
        self.inputs[i].value.as_ref()?.ints()
    }
    /// The elements of an integer scalar or vector operand, if all are known.
    pub fn known_ints(&self, i: usize) -> Option<Vec<i64>> {
        self.ints(i)?.into_iter().collect()
    }
    /// The value of an integer scalar operand, if known.
    pub fn int(&self, i: usize) -> Option<i64> {
        match self.known_ints(i)?.as_slice() {
            [x] => Some(*x),
            _ => None,
        }
    }
    /// The shape that a shape operand (an integer vector; a scalar -1 means unknown rank) describes. InvalidArgument for
    /// sizes below -1. A known vector length gives a known rank.
    pub fn shape_operand(&self, i: usize) -> Result<PartialShape> {
        let t = &self.inputs[i];
        if t.shape.rank() == Some(0) {
            return match self.int(i) {
                Some(-1) | None => Ok(PartialShape::UNKNOWN),
                Some(_) => bail!(InvalidArgument, "Shape must be rank 1 but is rank 0"),
            };
        }
        self.with_rank(i, 1)?;
        match self.ints(i) {
            Some(v) => {
                if let Some(bad) = v.iter().flatten().find(|x| **x < -1) {
                    bail!(InvalidArgument, "Dimension {bad} must be >= 0");
                }
                Ok(PartialShape::new(v.iter().map(|x| x.and_then(|x| usize::try_from(x).ok())).collect()))
            }
            None => Ok(t.shape.dim(0).map_or(PartialShape::UNKNOWN, PartialShape::of_rank)),
        }
    }
    /// Checks that an input has a rank; gives its shape with that rank.
    pub fn with_rank(&self, i: usize, rank: usize) -> Result<PartialShape> {
        match self.shape(i).rank() {
            None => Ok(PartialShape::of_rank(rank)),
            Some(r) if r == rank => Ok(self.shape(i).clone()),
            Some(r) => {
                Err(error!(InvalidArgument, "Shape must be rank {rank} but is rank {r}").axis(format!("operand '{}'", self.operand(i))))
            }
        }
    }
    /// Checks that an input has at least a rank.
    pub fn with_rank_at_least(&self, i: usize, rank: usize) -> Result<PartialShape> {
        match self.shape(i).rank() {
            Some(r) if r < rank => Err(error!(InvalidArgument, "Shape must be at least rank {rank} but is rank {r}")
                .axis(format!("operand '{}'", self.operand(i)))),
            _ => Ok(self.shape(i).clone()),
        }
    }
    /// What is known of two shapes that must be equal. InvalidArgument if they contradict.
    pub fn merge(&self, a: &PartialShape, b: &PartialShape) -> Result<PartialShape> {
        if let Some(m) = a.merge(b) {
            return Ok(m);
        }
        match (a.dims(), b.dims()) {
            (Some(x), Some(y)) if x.len() == y.len() => {
                let i = x.iter().zip(y).position(|(p, q)| p.is_some() && q.is_some() && p != q).unwrap_or(0);
                let (p, q) = (x[i].unwrap_or(0), y[i].unwrap_or(0));
                Err(error!(InvalidArgument, "Dimension {i} in both shapes must be equal, but are {p} and {q}. Shapes are {a} and {b}.")
                    .axis(i.to_string()))
            }
            _ => bail!(InvalidArgument, "Shapes must be equal rank, but are {} and {}", a.rank().unwrap_or(0), b.rank().unwrap_or(0)),
        }
    }
    /// What is known of two sizes that must be equal. InvalidArgument if they contradict.
    pub fn merge_dim(&self, a: Option<usize>, b: Option<usize>) -> Result<Option<usize>> {
        match (a, b) {
            (Some(x), Some(y)) if x != y => bail!(InvalidArgument, "Dimensions must be equal, but are {x} and {y}"),
            _ => Ok(a.or(b)),
        }
    }
    /// The broadcast shape of two inputs.
    pub fn broadcast(&self, a: usize, b: usize) -> Result<PartialShape> {
        broadcast(self.shape(a), self.shape(b)).map_err(|e| if self.at_run_time { e.0 } else { e.1 })
    }
    /// An axis counted from the front, from a possibly negative one. InvalidArgument if out of range.
    pub fn axis(&self, axis: i64, rank: usize) -> Result<usize> {
        let r = rank as i64;
        if axis < -r || axis >= r {
            let e = if self.at_run_time {
                error!(InvalidArgument, "Invalid reduction dimension ({axis} for input with {rank} dimension(s)")
            } else {
                error!(InvalidArgument, "Invalid reduction dimension {axis} for input with {rank} dimensions.")
            };
            return Err(e.axis(axis.to_string()).fix(format!("use an axis from {} to {}", -r, r - 1)));
        }
        Ok(if axis < 0 { axis + r } else { axis } as usize)
    }
    /// Name of an operand, with its position in a list.
    pub fn operand(&self, i: usize) -> String {
        operand_name(self.op, self.attrs, i)
    }
    /// An error with one wording for static inference and one for concrete inputs.
    pub fn fail(&self, code: Code, shape_function: String, kernel: String) -> Error {
        Error::new(code, if self.at_run_time { kernel } else { shape_function })
    }
}

/// Name of flat input `i` of an op: `x`, or `values[2]` within a list.
pub fn operand_name(op: &OpDef, attrs: &Attrs, i: usize) -> String {
    let mut at = 0;
    for a in &op.inputs {
        let n = arg_len(a, attrs).unwrap_or(1);
        if i < at + n {
            return if a.is_list() { format!("{}[{}]", a.name, i - at) } else { a.name.clone() };
        }
        at += n;
    }
    format!("input {i}")
}

/// No op has more operands or results than this: a larger number is a mistake, and must not ask for memory.
const MOST_ARGS: usize = 1 << 20;

/// How many tensors an argument stands for. InvalidArgument for a number of more than a million.
pub fn arg_len(arg: &crate::def::ArgDef, attrs: &Attrs) -> Result<usize> {
    if let Some(n) = &arg.number {
        return match usize::try_from(attrs.int(n)?).unwrap_or(0) {
            count if count > MOST_ARGS => bail!(InvalidArgument, "Attr '{n}' asks for {count} tensors, more than {MOST_ARGS}"),
            count => Ok(count),
        };
    }
    match &arg.ty {
        crate::def::ArgType::List(t) => Ok(attrs.dtypes(t)?.len()),
        _ => Ok(1),
    }
}

/// The broadcast of two partly known shapes; on contradiction the kernel's and the shape function's error.
pub fn broadcast(a: &PartialShape, b: &PartialShape) -> std::result::Result<PartialShape, (Error, Error)> {
    let (Some(x), Some(y)) = (a.dims(), b.dims()) else {
        return Ok(PartialShape::UNKNOWN);
    };
    let n = x.len().max(y.len());
    let get = |d: &[Option<usize>], i: usize| if i + d.len() >= n { d[i + d.len() - n] } else { Some(1) };
    let mut dims = Vec::with_capacity(n);
    for i in 0..n {
        dims.push(match (get(x, i), get(y, i)) {
            (Some(1), d) | (d, Some(1)) => d,
            (Some(p), Some(q)) if p != q => {
                let axis = format!("{i} of the result: {p} and {q}");
                let fix = "sizes must be equal or 1; reshape or transpose one operand";
                return Err((
                    error!(InvalidArgument, "Incompatible shapes: {a} vs. {b}").axis(axis.clone()).fix(fix),
                    error!(InvalidArgument, "Dimensions must be equal, but are {p} and {q}").axis(axis).fix(fix),
                ));
            }
            (Some(p), _) => Some(p),
            (None, q) => q,
        });
    }
    Ok(PartialShape::new(dims))
}

/// The broadcast of two known shapes.
#[inline]
pub fn broadcast_known(a: &Shape, b: &Shape) -> Result<Shape> {
    if a == b || b.is_empty() {
        return Ok(a.clone());
    }
    if a.is_empty() {
        return Ok(b.clone());
    }
    let s = broadcast(&a.into(), &b.into()).map_err(|e| e.0)?;
    s.known().ok_or_else(|| error!(Internal, "broadcast of known shapes is unknown"))
}
