//! Searches and counts: ArgMax, ArgMin, TopKV2, InTopKV2, DenseBincount, Bincount.
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Code, DType, PartialShape, Result, bail, error};

const ARG_CASES: &[&str] = &[
    "input=f(2,3), dimension=c(0,'int32')",
    "input=f(2,3,4), dimension=c(-1,'int64')",
    "input=f(2,3,4), dimension=c(1,'int32'), output_type='int32'",
    "input=f(0,3), dimension=c(1,'int32')",
    "input=f(65), dimension=c(0,'int32')",
    "input=f(1,2,1,2,2,1,3), dimension=c(6,'int32')",
];

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "ArgMax",
        sig: "input: T, dimension: Tidx -> output: output_type",
        attrs: "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, qint8, quint8, qint32, qint16, quint16, bool}; Tidx: {int16, int32, int64} = int32; output_type: {int16, uint16, int32, int64} = int64",
        doc: "The position of the largest element along an axis, which is removed; the first one of equals, and NaN counts for \
              nothing. InvalidArgument for an axis that is out of range or empty, and for more than 7 axes.",
        shape: ShapeRule::Rule(arg_shape),
        grad: Gradient::None("positions do not vary with the values"),
        host: &["dimension"],
        gpu: Gpu::Template("arg_reduce"),
        test: Test::calls("np.argmax(input, axis=int(dimension)).astype(output_type)", ARG_CASES),
        ..Entry::NEW
    },
    Entry {
        name: "ArgMin",
        sig: "input: T, dimension: Tidx -> output: output_type",
        attrs: "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, qint8, quint8, qint32, qint16, quint16, bool}; Tidx: {int32, int64} = int32; output_type: {int32, int64} = int64",
        doc: "The position of the smallest element along an axis, which is removed; the first one of equals, and NaN counts for \
              nothing. InvalidArgument for an axis that is out of range or empty, and for more than 7 axes.",
        shape: ShapeRule::Rule(arg_shape),
        grad: Gradient::None("positions do not vary with the values"),
        host: &["dimension"],
        gpu: Gpu::Template("arg_reduce"),
        test: Test::calls("np.argmin(input, axis=int(dimension)).astype(output_type)", ARG_CASES),
        ..Entry::NEW
    },
    Entry {
        name: "TopKV2",
        sig: "input: T, k: Tk -> values: T, indices: index_type",
        attrs: "sorted: bool = true; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}; Tk: {int16, int32, int64} = int32; index_type: {int16, int32, int64} = int32",
        doc: "The `k` largest elements of each row (last axis) in descending order, and their positions; of equals the first come \
              first, NaN comes last. InvalidArgument unless 0 <= k <= row length.",
        shape: ShapeRule::Rule(top_k_shape),
        grad: Gradient::Rule(top_k_grad, &["input", "indices"]),
        host: &["k"],
        gpu: Gpu::Template("top_k"),
        test: Test::calls(
            "(lambda order: (np.take_along_axis(input, order, -1), order.astype(index_type)))(np.argsort(-input.astype(np.float64), axis=-1, kind='stable')[..., :int(k)])",
            &[
                "input=f(7), k=c(3,'int32'), index_type='int32'",
                "input=f(2,3,9), k=c(9,'int32'), index_type='int64'",
                "input=f(2,9), k=c(0,'int32'), index_type='int32'",
                "input=f(2,9), k=c(1,'int64'), index_type='int32'",
                "input=f(0,9), k=c(2,'int32'), index_type='int32'",
                "input=f(1,2,1,2,1,2,1,4), k=c(2,'int32'), index_type='int32'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "InTopKV2",
        sig: "predictions: float, targets: T, k: T -> precision: bool",
        attrs: "T: {int32, int64} = int32",
        doc: "Whether the target class of each row is among its `k` largest predictions, ties counting as in. `predictions` is \
              [batch, classes], `targets` [batch]. A target out of range or a row with a value that is not finite gives false. \
              InvalidArgument for other shapes.",
        shape: ShapeRule::Rule(in_top_k_shape),
        grad: Gradient::Missing("truth values have no gradient"),
        host: &["k"],
        gpu: Gpu::Template("in_top_k"),
        test: Test::calls(
            "np.array([np.sum(p > p[t]) < k for p, t in zip(predictions, targets)], bool)",
            &[
                "predictions=f(4,5), targets=i(0,5,4), k=c(2,'int32')",
                "predictions=f(4,5), targets=i64(0,5,4), k=c(5,'int64')",
                "predictions=f(4,5), targets=i(0,5,4), k=c(0,'int32')",
                "predictions=f(0,5), targets=i(0,5,0), k=c(1,'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "DenseBincount",
        sig: "input: Tidx, size: Tidx, weights: T -> output: T",
        attrs: "Tidx: {int32, int64}; T: {int32, int64, float, double}; binary_output: bool = false",
        doc: "How often each number in 0..size occurs, or the sum of its weights; numbers from `size` on are left out. `input` is a \
              scalar or vector (result [size]) or a matrix (row by row: [rows, size]); `weights` has its shape or is empty. With \
              binary_output 1 where a number occurs. InvalidArgument for negative numbers or sizes.",
        shape: ShapeRule::Rule(dense_bincount_shape),
        grad: Gradient::Missing("counts have no gradient"),
        host: &["size"],
        gpu: Gpu::Host("a histogram of atomics brings nothing at these sizes"),
        test: Test::calls(
            "np.stack([(lambda n: (n > 0).astype(T) if binary_output else n)(np.bincount(v[v < size], None if weights.size == 0 else w[v < size], int(size))) for v, w in zip(np.reshape(input, (-1, np.shape(input)[-1])), np.reshape(weights if weights.size else input, (-1, np.shape(input)[-1])))]).reshape(np.shape(input)[:-1] + (int(size),)).astype(T)",
            &[
                "input=i(0,5,9), size=c(4,'int32'), weights=f(0), binary_output=False",
                "input=i64(0,5,9), size=c(7,'int64'), weights=f(9), binary_output=False",
                "input=i(0,5,9), size=c(4,'int32'), weights=f(0), binary_output=True",
                "input=i(0,5,3,9), size=c(4,'int32'), weights=f(3,9), binary_output=False",
                "input=i(0,5,9), size=c(0,'int32'), weights=f(0), binary_output=False",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Bincount",
        sig: "arr: int32, size: int32, weights: T -> bins: T",
        attrs: "T: {int32, int64, float, double}",
        doc: "How often each number in 0..size occurs in an array of any shape, or the sum of its weights; numbers from `size` on \
              are left out. `weights` has as many elements as `arr` or none. InvalidArgument for negative numbers or sizes.",
        shape: ShapeRule::Rule(bincount_shape),
        grad: Gradient::Missing("counts have no gradient"),
        host: &["size"],
        gpu: Gpu::Host("a histogram of atomics brings nothing at these sizes"),
        test: Test::calls(
            "np.bincount(arr.ravel()[arr.ravel() < size], None if weights.size == 0 else weights.ravel()[arr.ravel() < size], int(size)).astype(T)",
            &[
                "arr=i(0,5,9), size=c(4,'int32'), weights=f(0)",
                "arr=i(0,5,3,3), size=c(7,'int32'), weights=f(3,3)",
                "arr=i(0,5,0), size=c(3,'int32'), weights=f(0)",
            ],
        ),
        ..Entry::NEW
    },
];

fn arg_shape(c: &mut Infer) -> Result<()> {
    if c.shape(1).rank().is_some_and(|r| r != 0) {
        if c.at_run_time {
            bail!(InvalidArgument, "dim must be a scalar, but received tensor of shape: {}", c.shape(1));
        }
        c.with_rank(1, 0)?;
    }
    let Some(dims) = c.shape(0).dims() else { return Ok(()) };
    let rank = dims.len();
    if rank == 0 && !c.at_run_time {
        c.set(0, PartialShape::scalar());
        return Ok(());
    }
    let Some(axis) = c.int(1) else {
        c.set(0, PartialShape::of_rank(rank - 1));
        return Ok(());
    };
    let (low, high) = (-(rank as i64), rank as i64);
    if axis < low || axis >= high {
        let graph =
            format!("Dimension ({axis}) must be in the range [{low}, {high}), where {high} is the number of dimensions in the input.");
        return Err(c
            .fail(Code::InvalidArgument, graph, format!("Expected dimension in the range [{low}, {high}), but got {axis}"))
            .axis(axis.to_string()));
    }
    let axis = if axis < 0 { axis + high } else { axis } as usize;
    if c.at_run_time {
        if dims[axis] == Some(0) {
            bail!(InvalidArgument, "Reduction axis {axis} is empty in shape {}", c.shape(0));
        }
        if rank > 7 {
            bail!(InvalidArgument, "Argmax and Argmin only support up to 7 input dimensions, but got {rank}. Inputs shape: {}", c.shape(0));
        }
    }
    c.set(0, PartialShape::new(dims.iter().enumerate().filter(|(i, _)| *i != axis).map(|(_, d)| *d).collect()));
    Ok(())
}

fn top_k_shape(c: &mut Infer) -> Result<()> {
    if c.shape(0).rank() == Some(0) {
        return Err(c.fail(
            Code::InvalidArgument,
            "Shape must be at least rank 1 but is rank 0".into(),
            "input must be >= 1-D, got shape []".into(),
        ));
    }
    if let Some(r) = c.shape(1).rank().filter(|r| *r != 0) {
        let kernel = format!("k must be scalar, got shape {}", c.shape(1));
        return Err(c.fail(Code::InvalidArgument, format!("Input must be scalar but has rank {r}"), kernel));
    }
    let k = c.int(1);
    if let Some(k) = k.filter(|k| *k < 0) {
        let graph = format!("Dimension size, given by scalar input 1, must be non-negative but is {k}");
        return Err(c.fail(Code::InvalidArgument, graph, format!("Need k >= 0, got {k}")));
    }
    let Some(dims) = c.shape(0).dims() else { return Ok(()) };
    let mut dims = dims.to_vec();
    let last = dims.len() - 1;
    if let (Some(n), Some(k)) = (dims[last], k)
        && (n as i64) < k
    {
        let graph = format!("input must have last dimension >= k = {k} but is {n}");
        return Err(c.fail(Code::InvalidArgument, graph, format!("input must have at least k columns. Had {n}, needed {k}")));
    }
    dims[last] = k.map(|k| k as usize);
    c.set(0, PartialShape::new(dims.clone()));
    c.set(1, PartialShape::new(dims));
    Ok(())
}
/// Scatters the gradient to where the values came from.
fn top_k_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, indices, dy) = (g.x(0), g.y(1), g.dy(b, 0));
    let indices = b.cast(indices, DType::Int64);
    let shape = b.call("Shape", &[x], &[("out_type", DType::Int64.into())]);
    let (begin, end, step) = (b.ints(&[-1]), b.ints(&[i32::MAX as i64]), b.ints(&[1]));
    let n = b.call("StridedSlice", &[shape, begin, end, step], &[]);
    let kind = b.call("Shape", &[indices], &[]);
    let k = b.call("StridedSlice", &[kind, begin, end, step], &[]);
    let flat = b.ints(&[-1]);
    let rows_k = b.concat(&[flat, k], 0);
    let matrix = b.reshape(indices, rows_k);
    let rows = b.call("Shape", &[matrix], &[("out_type", DType::Int64.into())]);
    let axis = b.int(0);
    let rows = b.call("GatherV2", &[rows, axis, axis], &[]);
    let scalar = b.ints(&[]);
    let n = b.reshape(n, scalar);
    let (zero, limit) = (b.lit(n, 0.0), b.mul(rows, n));
    let limit_step = b.range(zero, limit, n);
    let one = b.int(-1);
    let starts = b.expand_dims(limit_step, one);
    let places = b.add(matrix, starts);
    let column = b.ints(&[-1, 1]);
    let places = b.reshape(places, column);
    let flat_dy = b.reshape(dy, flat);
    let total = b.call("Size", &[x], &[("out_type", DType::Int64.into())]);
    let total = b.reshape(total, flat);
    let scattered = b.call("ScatterNd", &[places, flat_dy, total], &[]);
    let dx = b.reshape(scattered, shape);
    some([Some(dx), None])
}

fn in_top_k_shape(c: &mut Infer) -> Result<()> {
    for (i, rank, kernel) in [(0, 2, "predictions must be 2-dimensional"), (1, 1, "targets must be 1-dimensional"), (2, 0, "k must be 0-D")]
    {
        if let Some(r) = c.shape(i).rank().filter(|r| *r != rank) {
            let kernel = if i == 2 { format!("{kernel}, got shape {}", c.shape(2)) } else { kernel.into() };
            return Err(c.fail(Code::InvalidArgument, format!("Shape must be rank {rank} but is rank {r}"), kernel));
        }
    }
    let (rows, targets) = (c.shape(0).dim(0), c.shape(1).dim(0));
    if let (true, Some(n), Some(m)) = (c.at_run_time, rows, targets)
        && n != m
    {
        bail!(InvalidArgument, "First dimension of predictions {n} must match length of targets {m}");
    }
    let n = c.merge_dim(rows, targets)?;
    c.set(0, PartialShape::vector(n));
    Ok(())
}

/// The number of bins, checked.
fn bins(c: &Infer) -> Result<Option<usize>> {
    c.with_rank(1, 0)?;
    match c.int(1) {
        Some(n) => usize::try_from(n).map(Some).map_err(|_| error!(InvalidArgument, "size ({n}) must be non-negative")),
        None => Ok(None),
    }
}
fn dense_bincount_shape(c: &mut Infer) -> Result<()> {
    if let Some(r) = c.shape(0).rank().filter(|r| *r > 2) {
        bail!(InvalidArgument, "Shape must be at most rank 2 but is rank {r}");
    }
    let n = bins(c)?;
    let (input, weights) = (c.shape(0), c.shape(2));
    if c.at_run_time && weights != input && weights.count() != Some(0) {
        bail!(
            InvalidArgument,
            "`weights` must be the same shape as `arr` or a length-0 `Tensor`, in which case it acts as all weights equal to 1. Received {weights}"
        );
    }
    match input.dims() {
        Some([rows, _]) => c.set(0, PartialShape::new(vec![*rows, n])),
        Some(_) => c.set(0, PartialShape::vector(n)),
        None => {}
    }
    Ok(())
}
fn bincount_shape(c: &mut Infer) -> Result<()> {
    let n = bins(c)?;
    let (arr, weights) = (c.shape(0).count(), c.shape(2).count());
    if c.at_run_time && weights != Some(0) && weights != arr {
        bail!(InvalidArgument, "Input indices and weights must have the same size.");
    }
    c.set(0, PartialShape::vector(n));
    Ok(())
}
