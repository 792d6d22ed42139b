//! What gradients and composite bodies are written against: a graph under construction, or eager execution.
use crate::attr::{Attr, Attrs};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor};

/// A value of the builder at hand. After an error it is poisoned; the builder reports the error when the rule returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct Val(pub u32);

impl Val {
    /// The value of an op that failed.
    pub const POISONED: Val = Val(u32::MAX);
}

/// A gradient: dense, or rows of a tensor.
#[derive(Clone, Copy, Debug)]
pub enum GradValue {
    /// A tensor of the input's shape.
    Dense(Val),
    /// TensorFlow's IndexedSlices: `values[i]` belongs to row `indices[i]`; rows may repeat and then add up.
    Slices {
        /// Rows.
        values: Val,
        /// Which rows they are (int32 or int64).
        indices: Val,
        /// Shape of the dense gradient, if known to the rule.
        dense_shape: Option<Val>,
    },
}

/// The forward op that a gradient rule differentiates.
pub struct Grad<'a> {
    /// Its attributes.
    pub attrs: &'a Attrs,
    /// Its inputs.
    pub inputs: &'a [Val],
    /// Its outputs.
    pub outputs: &'a [Val],
    /// Gradients of its outputs; None where nothing flows back.
    pub dys: &'a [Option<Val>],
}

/// The gradient rule of an op: one result per input, None where no gradient flows. A rule branches on static facts
/// (attributes, dtypes, ranks), never on values.
pub type GradRule = fn(&mut dyn Build, &Grad) -> Result<Vec<Option<GradValue>>>;
/// The body of a composite op.
pub type Body = fn(&mut dyn Build, &Attrs, &[Val]) -> Result<Vec<Val>>;

impl Grad<'_> {
    /// Input `i`.
    pub fn x(&self, i: usize) -> Val {
        self.inputs.get(i).copied().unwrap_or(Val::POISONED)
    }
    /// Output `i`.
    pub fn y(&self, i: usize) -> Val {
        self.outputs.get(i).copied().unwrap_or(Val::POISONED)
    }
    /// Gradient of output `i`, zeros if nothing flows back.
    pub fn dy(&self, b: &mut dyn Build, i: usize) -> Val {
        match self.dys.get(i).copied().flatten() {
            Some(v) => v,
            None => b.call("ZerosLike", &[self.y(i)], &[]),
        }
    }
}

/// Adds nodes to a graph, or runs ops eagerly.
pub trait Build {
    /// Adds or runs an op; its outputs. On error the builder keeps the error and the outputs are poisoned.
    fn outputs(&mut self, op: &'static str, inputs: &[Val], attrs: &[(&'static str, Attr)]) -> Vec<Val>;
    /// A constant.
    fn constant(&mut self, value: Tensor) -> Val;
    /// The dtype of a value.
    fn dtype(&self, v: Val) -> DType;
    /// The shape of a value, as far as known.
    fn shape(&self, v: Val) -> PartialShape;
    /// The value, if it is known.
    fn known(&self, v: Val) -> Option<Tensor>;
    /// The first error of this builder, taken out.
    fn take_error(&mut self) -> Option<ferroflow_tensor::Error>;
    /// The builder itself, for gradients that are defined by a front end; None where it holds borrowed data.
    fn as_any(&mut self) -> Option<&mut dyn std::any::Any> {
        None
    }
    /// Whether gradients are those of a tape; eagerly they are.
    fn on_tape(&self) -> bool {
        true
    }
    /// In a graph: node and output number of a value.
    fn endpoint_of(&self, _v: Val) -> Option<(u32, u32)> {
        None
    }
    /// In a graph: the value of an output of a node; poisoned elsewhere.
    fn value_of(&mut self, _node: u32, _index: u32) -> Val {
        Val::POISONED
    }
    /// The function library, for gradients of calls.
    fn library(&self) -> Option<std::sync::Arc<dyn std::any::Any + Send + Sync>> {
        None
    }
    /// In a graph: gives the node of a record more inputs, and attributes with which it returns more. All its outputs.
    fn extend(&mut self, _record: usize, _attrs: &Attrs, _inputs: &[Val]) -> Option<Vec<Val>> {
        None
    }
    /// The gradient rule of record `i` is about to run: names, devices and lines of what follows belong to it.
    fn enter(&mut self, _record: usize) {}
    /// Gradients of a value are about to be summed: names, devices and lines of what follows belong to no rule.
    fn gather(&mut self, _value: Val) {}
    /// Makes an error the result.
    fn poison(&mut self, e: ferroflow_tensor::Error) -> Val;

    /// Adds or runs an op with one output.
    fn call(&mut self, op: &'static str, inputs: &[Val], attrs: &[(&'static str, Attr)]) -> Val {
        self.outputs(op, inputs, attrs).first().copied().unwrap_or(Val::POISONED)
    }
}

macro_rules! shorthands {
    ($($(#[$doc:meta])* $fn:ident($($x:ident),*) = $op:literal;)*) => { $(
        $(#[$doc])* pub fn $fn(&mut self, $($x: Val),*) -> Val { self.call($op, &[$($x),*], &[]) }
    )* };
}

impl dyn Build + '_ {
    shorthands! {
        /// `x + y`
        add(x, y) = "AddV2";
        /// `x - y`
        sub(x, y) = "Sub";
        /// `x * y`
        mul(x, y) = "Mul";
        /// `x / y`, of floats
        div(x, y) = "RealDiv";
        /// `-x`
        neg(x) = "Neg";
        /// `x * x`
        square(x) = "Square";
        /// `e^x`
        exp(x) = "Exp";
        /// `ln x`
        log(x) = "Log";
        /// `1 / x`
        reciprocal(x) = "Reciprocal";
        /// `sqrt x`
        sqrt(x) = "Sqrt";
        /// `1 / sqrt x`
        rsqrt(x) = "Rsqrt";
        /// `x^y`
        pow(x, y) = "Pow";
        /// Sign
        sign(x) = "Sign";
        /// Conjugate of complex, identity of real values: see [`conj_if_complex`](Self::conj_if_complex)
        conj(x) = "Conj";
        /// Zeros of the same shape
        zeros_like(x) = "ZerosLike";
        /// Ones of the same shape
        ones_like(x) = "OnesLike";
        /// `x == y`
        equal(x, y) = "Equal";
        /// `x > y`
        greater(x, y) = "Greater";
        /// `x >= y`
        greater_equal(x, y) = "GreaterEqual";
        /// `x < y`
        less(x, y) = "Less";
        /// `x <= y`
        less_equal(x, y) = "LessEqual";
        /// `cond ? x : y` with broadcasting
        select(cond, x, y) = "SelectV2";
        /// `max(x, y)`
        maximum(x, y) = "Maximum";
        /// `min(x, y)`
        minimum(x, y) = "Minimum";
        /// `reshape(x, shape)`
        reshape(x, shape) = "Reshape";
        /// The value itself
        identity(x) = "Identity";
        /// `floor(x / y)`
        floor_div(x, y) = "FloorDiv";
        /// Remainder with the sign of y
        floor_mod(x, y) = "FloorMod";
        /// Number of axes
        rank(x) = "Rank";
        /// `expand_dims(x, axis)`
        expand_dims(x, axis) = "ExpandDims";
        /// `fill(dims, value)`
        fill(dims, value) = "Fill";
        /// `tile(x, multiples)`
        tile(x, multiples) = "Tile";
        /// `range(start, limit, delta)`
        range(start, limit, delta) = "Range";
    }
    /// The conjugate of a complex value; a real value itself.
    pub fn conj_if_complex(&mut self, x: Val) -> Val {
        if self.dtype(x).is_complex() { self.conj(x) } else { x }
    }
    /// A scalar constant of the dtype of `like`.
    pub fn lit(&mut self, like: Val, x: f64) -> Val {
        let dtype = self.dtype(like);
        match scalar(dtype, x) {
            Some(t) => self.constant(t),
            None => self.poison(ferroflow_tensor::error!(Internal, "no scalar {x} of {dtype}")),
        }
    }
    /// An int32 vector.
    pub fn ints(&mut self, v: &[i64]) -> Val {
        let v: Vec<i32> = v.iter().map(|x| *x as i32).collect();
        match Tensor::from_slice(&v, [v.len()]) {
            Ok(t) => self.constant(t),
            Err(e) => self.poison(e),
        }
    }
    /// An int32 scalar.
    pub fn int(&mut self, x: i64) -> Val {
        self.constant(Tensor::scalar(x as i32))
    }
    /// The shape of a value as an int32 vector: a constant if it is known.
    pub fn shape_of(&mut self, x: Val) -> Val {
        match self.shape(x).known() {
            Some(s) => self.ints(&s.iter().map(|d| *d as i64).collect::<Vec<_>>()),
            None => self.call("Shape", &[x], &[]),
        }
    }
    /// Cast to a dtype; the value itself if it has it.
    pub fn cast(&mut self, x: Val, dtype: DType) -> Val {
        if self.dtype(x) == dtype { x } else { self.call("Cast", &[x], &[("DstT", dtype.into())]) }
    }
    /// Sum over axes (an int vector or scalar).
    pub fn sum(&mut self, x: Val, axes: Val, keep_dims: bool) -> Val {
        self.call("Sum", &[x, axes], &[("keep_dims", keep_dims.into())])
    }
    /// Matrix product of rank-2 values.
    pub fn matmul(&mut self, a: Val, b: Val, transpose_a: bool, transpose_b: bool) -> Val {
        self.call("MatMul", &[a, b], &[("transpose_a", transpose_a.into()), ("transpose_b", transpose_b.into())])
    }
    /// Transposition by a constant permutation.
    pub fn transpose(&mut self, x: Val, perm: &[i64]) -> Val {
        let p = self.ints(perm);
        self.call("Transpose", &[x, p], &[])
    }
    /// Concatenation along an axis.
    pub fn concat(&mut self, xs: &[Val], axis: i64) -> Val {
        let axis = self.int(axis);
        let mut v = xs.to_vec();
        v.push(axis);
        self.call("ConcatV2", &v, &[("N", (xs.len() as i64).into())])
    }
    /// Stack along a new axis.
    pub fn pack(&mut self, xs: &[Val], axis: i64) -> Val {
        self.call("Pack", xs, &[("N", (xs.len() as i64).into()), ("axis", axis.into())])
    }
    /// Sums a gradient of the broadcast shape back to the shape of operand `x`; the other operand is `other`.
    pub fn unbroadcast(&mut self, grad: Val, x: Val, other: Val) -> Val {
        let (sx, sg) = (self.shape(x), self.shape(grad));
        if sx.is_known() && sx == sg {
            return grad;
        }
        if let (Some(sx), Some(so)) = (sx.known(), self.shape(other).known()) {
            let n = sx.rank().max(so.rank());
            let get = |s: &[usize], i: usize| if i + s.len() >= n { s[i + s.len() - n] } else { 1 };
            let axes: Vec<i64> =
                (0..n).filter(|i| i + sx.rank() < n || (get(&sx, *i) == 1 && get(&so, *i) != 1)).map(|i| i as i64).collect();
            let mut g = grad;
            if !axes.is_empty() {
                let a = self.ints(&axes);
                g = self.sum(g, a, false);
            }
            let dims = self.ints(&sx.iter().map(|d| *d as i64).collect::<Vec<_>>());
            return if axes.is_empty() || axes.len() + sx.rank() == n && sx.iter().all(|d| *d != 1) { g } else { self.reshape(g, dims) };
        }
        let (dx, dother) = (self.shape_of(x), self.shape_of(other));
        let axes = self.outputs("BroadcastGradientArgs", &[dx, dother], &[]);
        let g = self.sum(grad, axes.first().copied().unwrap_or(Val::POISONED), false);
        self.reshape(g, dx)
    }
}

/// Gradients that are all dense.
pub fn dense(grads: impl IntoIterator<Item = Val>) -> Result<Vec<Option<GradValue>>> {
    Ok(grads.into_iter().map(|g| Some(GradValue::Dense(g))).collect())
}
/// Dense gradients of some inputs.
pub fn some(grads: impl IntoIterator<Item = Option<Val>>) -> Result<Vec<Option<GradValue>>> {
    Ok(grads.into_iter().map(|g| g.map(GradValue::Dense)).collect())
}

/// A scalar of any numeric dtype; None for others. Integers are truncated.
pub fn scalar(dtype: DType, x: f64) -> Option<Tensor> {
    use ferroflow_tensor::{BF16, C64, C128, F16};
    Some(match dtype {
        DType::Float => Tensor::scalar(x as f32),
        DType::Double => Tensor::scalar(x),
        DType::Half => Tensor::scalar(F16::from_f64(x)),
        DType::BFloat16 => Tensor::scalar(BF16::from_f64(x)),
        DType::Int8 => Tensor::scalar(x as i8),
        DType::Int16 => Tensor::scalar(x as i16),
        DType::Int32 => Tensor::scalar(x as i32),
        DType::Int64 => Tensor::scalar(x as i64),
        DType::UInt8 => Tensor::scalar(x as u8),
        DType::UInt16 => Tensor::scalar(x as u16),
        DType::UInt32 => Tensor::scalar(x as u32),
        DType::UInt64 => Tensor::scalar(x as u64),
        DType::Bool => Tensor::scalar(x != 0.0),
        DType::Complex64 => Tensor::scalar(C64::new(x as f32, 0.0)),
        DType::Complex128 => Tensor::scalar(C128::new(x, 0.0)),
        _ => return None,
    })
}
