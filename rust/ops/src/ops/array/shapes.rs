//! Shapes as values, changes of shape, permutations and ranges of numbers.
use super::{ON_HOST, known_vector, scalar_operand};
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{BF16, DType, F16, PartialShape, Result, Tensor, bail, error};

const NOT_OF_VALUES: Gradient = Gradient::None("the result does not depend on the values");

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Reshape",
        sig: "tensor: T, shape: Tshape -> output: T",
        attrs: "T: type; Tshape: {int32, int64} = int32",
        doc: "The elements of `tensor`, in their order, under the shape `shape`, a vector of sizes of which one may be -1: what is left. Nothing is copied. Errors: InvalidArgument if the number of elements differs.",
        flags: Flags::VIEW,
        host: &["shape"],
        shape: ShapeRule::Rule(reshape),
        grad: Gradient::Rule(to_shape_of_input, &["tensor"]),
        gpu: Gpu::Free,
        test: Test::calls(
            "np.reshape(tensor, shape)",
            &[
                "tensor=f(2,3), shape=c([3, -1], 'int32')",
                "tensor=f(0,3), shape=c([5, 0, 2], 'int64')",
                "tensor=f(), shape=c([1, 1], 'int32')",
                "tensor=f(1), shape=c([], 'int32')",
                "tensor=f(4,4), shape=c([2, 1, 2, 1, 2, 1, 1, 2], 'int32')",
                "tensor=s('a', 'b'), shape=c([2, 1], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Squeeze",
        sig: "input: T -> output: T",
        attrs: "T: type; squeeze_dims: list(int) >= 0 = []",
        parameters: &[("squeeze_dims", "axis")],
        doc: "The input without axes of size 1: those in `squeeze_dims` (negative ones count from the end), or all if that is empty. Nothing is copied. Errors: InvalidArgument if such an axis has another size or does not exist.",
        flags: Flags::VIEW,
        shape: ShapeRule::Rule(squeeze),
        grad: Gradient::Rule(to_shape_of_input, &["input"]),
        gpu: Gpu::Free,
        test: Test::calls(
            "np.squeeze(input, axis=tuple(squeeze_dims) or None)",
            &[
                "input=f(1,2,1), squeeze_dims=[]",
                "input=f(1,2,1), squeeze_dims=[-1]",
                "input=f(1,0,1), squeeze_dims=[0, 2]",
                "input=f(), squeeze_dims=[]",
                "input=f(1,2,1,1,2,1,1,1), squeeze_dims=[3, -1]",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ExpandDims",
        sig: "input: T, dim: Tdim -> output: T",
        attrs: "T: type; Tdim: {int32, int64} = int32",
        parameters: &[("dim", "axis")],
        doc: "The input with an axis of size 1 inserted at position `dim` (a scalar; negative ones count from the end of the result). Nothing is copied. Errors: InvalidArgument if `dim` is out of range.",
        flags: Flags::VIEW,
        host: &["dim"],
        shape: ShapeRule::Rule(expand_dims),
        grad: Gradient::Rule(to_shape_of_input, &["input"]),
        gpu: Gpu::Free,
        test: Test::calls(
            "np.expand_dims(input, dim)",
            &[
                "input=f(2,3), dim=c(1, 'int32')",
                "input=f(2,3), dim=c(-1, 'int64')",
                "input=f(), dim=c(0, 'int32')",
                "input=f(0), dim=c(-2, 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Shape",
        sig: "input: T -> output: out_type",
        attrs: "T: type; out_type: {int32, int64} = int32",
        doc: "The sizes of the input's axes, as a vector. Errors: InvalidArgument if a size does not fit into int32.",
        host: &["output"],
        shape: ShapeRule::Rule(shape),
        grad: NOT_OF_VALUES,
        gpu: Gpu::Free,
        test: Test::calls(
            "np.array(input.shape, out_type)",
            &[
                "input=f(2,3), out_type='int32'",
                "input=f(), out_type='int64'",
                "input=f(0,5), out_type='int32'",
                "input=f(1,2,1,1,2,1,1,1), out_type='int64'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ShapeN",
        sig: "input: N * T -> output: N * out_type",
        attrs: "N: int >= 1; T: type; out_type: {int32, int64} = int32",
        doc: "The sizes of each input's axes, one vector per input. Errors: InvalidArgument if a size does not fit into int32.",
        host: &["output"],
        shape: ShapeRule::Rule(shape),
        grad: NOT_OF_VALUES,
        gpu: Gpu::Free,
        test: Test::calls(
            "[np.array(x.shape, out_type) for x in input]",
            &["input=[f(2,3), f()], out_type='int32'", "input=[f(0,5)], out_type='int64'"],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Size",
        sig: "input: T -> output: out_type",
        attrs: "T: type; out_type: {int32, int64} = int32",
        doc: "The number of elements, a scalar. Errors: InvalidArgument if it does not fit into int32.",
        host: &["output"],
        shape: ShapeRule::Rule(size),
        grad: NOT_OF_VALUES,
        gpu: Gpu::Free,
        test: Test::calls(
            "np.array(input.size, out_type)",
            &["input=f(2,3), out_type='int32'", "input=f(), out_type='int64'", "input=f(0,5), out_type='int32'"],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Rank",
        sig: "input: T -> output: int32",
        attrs: "T: type",
        doc: "The number of axes, a scalar.",
        host: &["output"],
        shape: ShapeRule::Rule(rank),
        grad: NOT_OF_VALUES,
        gpu: Gpu::Free,
        test: Test::calls("np.array(input.ndim, 'int32')", &["input=f(2,3)", "input=f()", "input=f(0,5)", "input=f(1,2,1,1,2,1,1,1)"]),
        ..Entry::NEW
    },
    Entry {
        name: "InvertPermutation",
        sig: "x: T -> y: T",
        attrs: "T: {int32, int64} = int32",
        doc: "The inverse permutation: `y[x[i]] = i` for the vector `x`. Errors: InvalidArgument if `x` is not a permutation of 0 to n-1.",
        host: &["x", "y"],
        shape: ShapeRule::Rule(invert_permutation),
        grad: Gradient::None("a permutation has no derivative"),
        gpu: Gpu::Free,
        test: Test::calls("np.argsort(x).astype(x.dtype)", &["x=c([3, 0, 2, 1], 'int32')", "x=c([0], 'int64')", "x=c([], 'int32')"]),
        ..Entry::NEW
    },
    Entry {
        name: "UnravelIndex",
        sig: "indices: Tidx, dims: Tidx -> output: Tidx",
        attrs: "Tidx: {int32, int64} = int32",
        doc: "Positions in an array of sizes `dims`, a vector, of the elements with the row-major numbers `indices`, a scalar or vector: one row for each axis. Errors: InvalidArgument for numbers beyond the array, sizes below one and empty indices.",
        shape: ShapeRule::Rule(unravel_index),
        grad: Gradient::Missing("positions have no derivative"),
        gpu: ON_HOST,
        test: Test::calls(
            "np.stack(np.unravel_index(indices, dims)).astype(dims.dtype)",
            &[
                "indices=c(1621, 'int32'), dims=c([6, 7, 8, 9], 'int32')",
                "indices=c([22, 41, 37], 'int64'), dims=c([7, 6], 'int64')",
                "indices=c([0, 1], 'int32'), dims=c([1, 2, 1, 1, 1, 1, 1, 1], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Range",
        sig: "start: Tidx, limit: Tidx, delta: Tidx -> output: Tidx",
        attrs: "Tidx: {bfloat16, half, float, double, int8, int16, int32, int64, uint16, uint32, uint64} = int32",
        doc: "The numbers `start`, `start + delta`, ... up to but without `limit`, as a vector; all three are scalars. Errors: InvalidArgument if `delta` is 0 or leads away from `limit`.",
        host: &["start", "limit", "delta", "output"],
        shape: ShapeRule::Rule(range),
        grad: Gradient::None("the number of elements depends on the values"),
        gpu: Gpu::Free,
        test: Test::calls(
            "np.arange(start, limit, delta, dtype=start.dtype)",
            &[
                "start=c(2, 'int32'), limit=c(18, 'int32'), delta=c(3, 'int32')",
                "start=c(3, 'int64'), limit=c(-2, 'int64'), delta=c(-1, 'int64')",
                "start=c(1.5, 'float32'), limit=c(4, 'float32'), delta=c(0.5, 'float32')",
                "start=c(3, 'int32'), limit=c(3, 'int32'), delta=c(1, 'int32')",
            ],
        ),
        ..Entry::NEW
    },
];

/// The gradient under the shape of the first input; none for others.
fn to_shape_of_input(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, shape) = (g.dy(b, 0), b.shape_of(g.x(0)));
    let dx = b.reshape(dy, shape);
    some((0..g.inputs.len()).map(|i| (i == 0).then_some(dx)))
}

/// The value of input 0 under another shape, where values are tracked: scalars, vectors, small tensors.
fn keep_value(c: &mut Infer, shape: PartialShape) {
    let value = match (&c.input(0).value, shape.known()) {
        (Some(Partial::Known(t)), Some(s)) => t.reshape(s).ok().map(Partial::Known),
        (Some(Partial::Ints(v, _)), Some(s)) if s.rank() <= 1 && s.count() == v.len() => Some(Partial::Ints(v.clone(), s.rank() == 0)),
        _ => None,
    };
    c.set_value(0, value);
    c.set_handle(0, c.input(0).handle.clone());
    c.set(0, shape);
}

fn reshape(c: &mut Infer) -> Result<()> {
    let operand = c.shape(1);
    if c.at_run_time && operand.rank().is_some_and(|r| r > 1) {
        bail!(InvalidArgument, "sizes input must be 1-D, not {operand}");
    }
    let sizes = c.ints(1);
    if c.at_run_time {
        let Some(sizes) = sizes.and_then(|v| v.into_iter().collect::<Option<Vec<i64>>>()) else { return Ok(()) };
        let Some(dims) = c.shape(0).known() else { return Ok(()) };
        let out = reshaped(&dims, &sizes)?;
        keep_value(c, PartialShape::new(out.into_iter().map(Some).collect()));
        return Ok(());
    }
    c.with_rank(1, 1)?;
    let out = c.shape_operand(1)?;
    let (Some(dims), Some(have)) = (out.dims(), c.shape(0).count()) else {
        keep_value(c, out);
        return Ok(());
    };
    let known = dims.iter().flatten().try_fold(1usize, |n, d| n.checked_mul(*d)).unwrap_or(usize::MAX);
    let unknown = dims.iter().filter(|d| d.is_none()).count();
    let mismatch =
        || error!(InvalidArgument, "Cannot reshape a tensor with {have} elements to shape {out} ({known} elements)").fix(sizes_for(have));
    let mut result = dims.to_vec();
    match unknown {
        0 if known != have => return Err(mismatch()),
        _ if known == 0 && have != 0 => return Err(mismatch()),
        1 if known != 0 => {
            if have % known != 0 {
                return Err(
                    error!(InvalidArgument, "Dimension size must be evenly divisible by {known} but is {have}").fix(sizes_for(have))
                );
            }
            result.iter_mut().filter(|d| d.is_none()).for_each(|d| *d = Some(have / known));
        }
        _ => {}
    }
    keep_value(c, PartialShape::new(result));
    Ok(())
}

#[cold]
fn sizes_for(elements: usize) -> String {
    format!("give sizes whose product is {elements}; one of them may be -1")
}

/// The shape that a tensor of sizes `dims` has after a reshape to `sizes`, of which one may be -1.
pub fn reshaped(dims: &[usize], sizes: &[i64]) -> Result<Vec<usize>> {
    let mut missing = None;
    for (i, &s) in sizes.iter().enumerate() {
        match (s, missing) {
            (-1, Some(first)) => bail!(InvalidArgument, "Only one input size may be -1, not both {first} and {i}"),
            (-1, None) => missing = Some(i),
            (..0, _) => bail!(InvalidArgument, "Size {i} must be non-negative, not {s}"),
            _ => {}
        }
    }
    let have: usize = dims.iter().product();
    let mut out: Vec<usize> = sizes.iter().map(|s| usize::try_from(*s).unwrap_or(1)).collect();
    if let Some(i) = missing {
        // With a size of 0 among the others, sizes of 0 are left out on both sides.
        let zero = sizes.contains(&0);
        let product = out.iter().filter(|s| **s != 0).try_fold(1usize, |n, s| n.checked_mul(*s)).unwrap_or(usize::MAX);
        let elements: usize = dims.iter().filter(|d| !zero || **d != 0).product();
        if !elements.is_multiple_of(product) {
            let e = error!(
                InvalidArgument,
                "Input to reshape is a tensor with {have} values, but the requested shape requires a multiple of {product}"
            );
            return Err(e.fix(sizes_for(have)));
        }
        out[i] = elements / product;
    }
    let want = out.iter().fold(1usize, |n, s| n.saturating_mul(*s));
    if want != have {
        let e = error!(InvalidArgument, "Input to reshape is a tensor with {have} values, but the requested shape has {want}");
        return Err(e.fix(sizes_for(have)));
    }
    Ok(out)
}

fn squeeze(c: &mut Infer) -> Result<()> {
    let axes = c.attrs.ints("squeeze_dims")?;
    let Some(dims) = c.shape(0).dims() else { return Ok(()) };
    let rank = dims.len() as i64;
    let mut drop = vec![false; dims.len()];
    for (i, &a) in axes.iter().enumerate() {
        if a < -rank || a >= rank {
            let kernel = format!("Tried to squeeze dim index {a} for tensor with {rank} dimensions.");
            return Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("squeeze_dims[{i}] not in [{},{rank}).", -rank), kernel));
        }
        drop[a.rem_euclid(rank) as usize] = true;
    }
    if axes.is_empty() && dims.contains(&None) {
        return Ok(()); // an unknown size may be 1
    }
    let mut out = vec![];
    for (i, d) in dims.iter().enumerate() {
        match d {
            Some(1) if drop[i] || axes.is_empty() => {}
            Some(n) if drop[i] => bail!(InvalidArgument, "Can not squeeze dim[{i}], expected a dimension of 1, got {n}"),
            None if drop[i] => {}
            _ => out.push(*d),
        }
    }
    keep_value(c, PartialShape::new(out));
    Ok(())
}

fn expand_dims(c: &mut Infer) -> Result<()> {
    if c.shape(1).count().is_some_and(|n| n != 1) {
        let kernel = "'dim' must be a tensor with a single value".to_string();
        return Err(c.fail(ferroflow_tensor::Code::InvalidArgument, "'dim' input must be a tensor with a single value".into(), kernel));
    }
    let Some(dims) = c.shape(0).dims() else { return Ok(()) };
    let rank = dims.len() as i64;
    let Some(axis) = c.tensor(1).and_then(|t| t.to_i64().ok()?.first().copied()) else {
        c.set(0, PartialShape::of_rank(dims.len() + 1));
        return Ok(());
    };
    if axis < -rank - 1 || axis > rank {
        let kernel = format!("Tried to expand dim index {axis} for tensor with {rank} dimensions.");
        return Err(c.fail(
            ferroflow_tensor::Code::InvalidArgument,
            format!("dim {axis} not in the interval [{}, {rank}].", -rank - 1),
            kernel,
        ));
    }
    let mut out = dims.to_vec();
    out.insert(axis.rem_euclid(rank + 1) as usize, Some(1));
    keep_value(c, PartialShape::new(out));
    Ok(())
}

fn shape(c: &mut Infer) -> Result<()> {
    let narrow = c.attrs.dtype("out_type")? == DType::Int32;
    for i in 0..c.n_outputs() {
        let s = c.shape(i);
        if let (true, Some(dims)) = (narrow, s.dims())
            && let Some(axis) = dims.iter().position(|d| d.is_some_and(|d| d > i32::MAX as usize))
        {
            return Err(error!(InvalidArgument, "Shape output type is 32-bit  but dim {axis} is {}", dims[axis].unwrap_or(0))
                .fix("out_type=tf.int64"));
        }
        c.set(i, PartialShape::vector(s.rank()));
        c.set_value(i, Partial::of_shape(s));
    }
    Ok(())
}

fn size(c: &mut Infer) -> Result<()> {
    let narrow = c.attrs.dtype("out_type")? == DType::Int32;
    let count = c.shape(0).count();
    if let (true, Some(n)) = (narrow, count)
        && n > i32::MAX as usize
    {
        return Err(
            error!(InvalidArgument, "Number of elements was larger than representable by 32-bit output type").fix("out_type=tf.int64")
        );
    }
    c.set(0, PartialShape::scalar());
    c.set_value(0, count.map(|n| Partial::Ints(vec![Some(n as i64)], true)));
    Ok(())
}

fn rank(c: &mut Infer) -> Result<()> {
    c.set(0, PartialShape::scalar());
    c.set_value(0, c.shape(0).rank().map(|n| Partial::Ints(vec![Some(n as i64)], true)));
    Ok(())
}

fn invert_permutation(c: &mut Infer) -> Result<()> {
    if c.at_run_time && c.shape(0).rank() != Some(1) {
        bail!(InvalidArgument, "invert_permutation expects a 1D vector.");
    }
    c.set(0, c.with_rank(0, 1)?);
    if let Some(x) = c.known_ints(0) {
        let y = inverse(&x);
        c.set_value(0, y.ok().and_then(|y| known_vector(y.into_iter().map(Some))));
    }
    Ok(())
}

/// The inverse of a permutation. InvalidArgument if it is none.
pub fn inverse(x: &[i64]) -> Result<Vec<i64>> {
    let n = x.len();
    let mut y = vec![-1; n];
    for (i, &p) in x.iter().enumerate() {
        let Some(slot) = usize::try_from(p).ok().and_then(|p| y.get_mut(p)) else {
            bail!(InvalidArgument, "{p} is not between 0 and {n}");
        };
        if *slot != -1 {
            bail!(InvalidArgument, "{p} is duplicated in the input.");
        }
        *slot = i as i64;
    }
    Ok(y)
}

fn range(c: &mut Infer) -> Result<()> {
    for (i, name) in ["start", "limit", "delta"].iter().enumerate() {
        scalar_operand(c, i, |shape| format!("{name} must be a scalar, not shape {shape}"))?;
    }
    c.set(0, PartialShape::vector(None));
    let (Some(start), Some(limit), Some(delta)) = (c.tensor(0), c.tensor(1), c.tensor(2)) else { return Ok(()) };
    let n = range_len(&start, &limit, &delta, c.at_run_time)?;
    c.set(0, PartialShape::vector(Some(n)));
    if let (Ok(start), Ok(delta), true) = (start.to_i64(), delta.to_i64(), n <= 1024) {
        c.set_value(0, known_vector((0..n as i64).map(|i| Some(start[0].wrapping_add(i.wrapping_mul(delta[0]))))));
    }
    Ok(())
}

/// How many numbers a range has. InvalidArgument if `delta` is 0 or leads away from `limit`.
pub fn range_len(start: &Tensor, limit: &Tensor, delta: &Tensor, at_run_time: bool) -> Result<usize> {
    let zero = |d: &dyn std::fmt::Display| {
        if at_run_time { error!(InvalidArgument, "Requires delta != 0: {d}") } else { error!(InvalidArgument, "Requires delta != 0") }
    };
    let away = |down: bool, s: &dyn std::fmt::Display, l: &dyn std::fmt::Display| {
        let (relation, sign) = if down { (">=", "<") } else { ("<=", ">") };
        error!(InvalidArgument, "Requires start {relation} limit when delta {sign} 0: {s}/{l}")
    };
    if start.dtype().is_integer() {
        // Unsigned 64-bit operands read as i64 keep their bits; their order is mended by widening.
        let wide = |t: &Tensor| -> Result<i128> {
            let x = t.to_i64()?.first().copied().unwrap_or(0);
            Ok(if t.dtype() == DType::UInt64 { i128::from(x as u64) } else { i128::from(x) })
        };
        let (s, l, d) = (wide(start)?, wide(limit)?, wide(delta)?);
        if d == 0 {
            return Err(zero(&d));
        }
        if (d > 0 && s > l) || (d < 0 && s < l) {
            return Err(away(d < 0, &s, &l));
        }
        let n = ((l - s).unsigned_abs()).div_ceil(d.unsigned_abs());
        return usize::try_from(n).map_err(|_| too_many());
    }
    let (s, l, d) = (real(start)?, real(limit)?, real(delta)?);
    if d == 0.0 {
        return Err(zero(&d));
    }
    if (d > 0.0 && s > l) || (d < 0.0 && s < l) {
        return Err(away(d < 0.0, &s, &l));
    }
    // As TensorFlow counts: in the numbers' own dtype.
    let round = |x: f64| match start.dtype() {
        DType::Float => f64::from(x as f32),
        DType::Half => f64::from(F16::from_f32(x as f32)),
        DType::BFloat16 => f64::from(BF16::from_f32(x as f32)),
        _ => x,
    };
    let n = round(round(l - s) / d).abs().ceil();
    if n.is_nan() || n >= i64::MAX as f64 {
        return Err(too_many());
    }
    Ok(n as usize)
}

fn too_many() -> ferroflow_tensor::Error {
    error!(InvalidArgument, "Requires ((limit - start) / delta) <= {}", i64::MAX)
}

fn real(t: &Tensor) -> Result<f64> {
    Ok(match t.dtype() {
        DType::Float => f64::from(t.item::<f32>()?),
        DType::Double => t.item::<f64>()?,
        DType::Half => f64::from(t.item::<F16>()?),
        DType::BFloat16 => f64::from(t.item::<BF16>()?),
        d => bail!(InvalidArgument, "no range of {d}"),
    })
}

fn unravel_index(c: &mut Infer) -> Result<()> {
    let (indices, dims) = (c.shape(0), c.shape(1));
    if c.at_run_time {
        if indices.rank().is_some_and(|r| r > 1) {
            bail!(InvalidArgument, "The indices can only be scalar or vector, got \"{indices}\"");
        }
        if dims.rank() != Some(1) {
            bail!(InvalidArgument, "The indices can only be 1-D, got \"{dims}\"");
        }
    }
    let axes = c.with_rank(1, 1)?.dim(0);
    match indices.rank() {
        None => {}
        Some(0) => c.set(0, PartialShape::new(vec![axes])),
        Some(_) => c.set(0, PartialShape::new(vec![axes, indices.count()])),
    }
    Ok(())
}

/// The positions in an array of sizes `dims` of the elements with these row-major numbers, axis by axis. InvalidArgument in
/// TensorFlow's words for faulty sizes and for numbers beyond the array; negative ones count back, axis by axis.
pub fn unravel(indices: &[i64], dims: &[i64], dtype: DType) -> Result<Vec<i64>> {
    let most = if dtype == DType::Int32 { i64::from(i32::MAX) } else { i64::MAX };
    let mut count = 1i64;
    for (i, d) in dims.iter().enumerate() {
        if *d == 0 {
            bail!(InvalidArgument, "Input dims cannot contain a dim of zero, but dims contains zero at index {i}");
        }
        if *d < 0 {
            bail!(InvalidArgument, "Input dims cannot be negative. Got dim = {d} at index {i}");
        }
        count = match count.checked_mul(*d).filter(|n| *n <= most) {
            Some(n) => n,
            None => {
                let width = dims.iter().map(|d| d.to_string().len()).max().unwrap_or(0);
                let sizes: Vec<_> = dims.iter().map(|d| format!("{d:>width$}")).collect();
                bail!(InvalidArgument, "Input dims product is causing integer overflow: ({})", sizes.join(" "));
            }
        };
    }
    if indices.is_empty() {
        let name = dtype.signature_name();
        bail!(InvalidArgument, "received empty tensor indices: Tensor<type: {name} shape: [0] values: >");
    }
    if indices.iter().any(|i| *i >= count) {
        bail!(InvalidArgument, "index is out of bound as with dims");
    }
    let mut out = vec![];
    for d in dims {
        let inner = count / d;
        out.extend(indices.iter().map(|i| i % count / inner));
        count = inner;
    }
    Ok(out)
}
