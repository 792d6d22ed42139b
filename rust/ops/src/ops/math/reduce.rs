//! Reductions over axes: Sum, Prod, Max, Min, Mean, EuclideanNorm, All, Any.
use super::reduce_grad::{extreme_grad, mean_grad, norm_grad, prod_grad, sum_grad};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, error};

const NUMBER: &str = "keep_dims: bool = false; T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; Tidx: {int32, int64} = int32";
const REAL: &str = "keep_dims: bool = false; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, qint8, quint8, qint32, qint16, quint16}; Tidx: {int32, int64} = int32";
const BOOL: &str = "keep_dims: bool = false; Tidx: {int32, int64} = int32";

macro_rules! cases {
    ($x:literal) => {
        &[
            concat!("input=", $x, "(2,3), reduction_indices=i(0,2), keep_dims=False"),
            concat!("input=", $x, "(2,3,4), reduction_indices=c([0,-1],'int32'), keep_dims=True"),
            concat!("input=", $x, "(2,3,4), reduction_indices=c([1],'int64'), keep_dims=False"),
            concat!("input=", $x, "(3,4), reduction_indices=c([],'int32'), keep_dims=False"),
            concat!("input=", $x, "(), reduction_indices=c([],'int32'), keep_dims=False"),
            concat!("input=", $x, "(0,3), reduction_indices=c(1,'int32'), keep_dims=False"),
            concat!("input=", $x, "(7,65), reduction_indices=c(0,'int32'), keep_dims=False"),
            concat!("input=", $x, "(2,1,2,1,2,1,2,3), reduction_indices=c([1,2,4,7],'int32'), keep_dims=False"),
        ]
    };
}
const NUMBER_CASES: &[&str] = cases!("f");
const BOOL_CASES: &[&str] = cases!("b");

/// An entry of a reduction: the parts that all have in common.
const REDUCTION: Entry = Entry {
    sig: "input: T, reduction_indices: Tidx -> output: T",
    attrs: NUMBER,
    shape: ShapeRule::Rule(reduction_shape),
    host: &["reduction_indices"],
    gpu: Gpu::Template("reduce"),
    ..Entry::NEW
};

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Sum",
        doc: "The sum over axes. The axes in reduction_indices (a scalar or vector, negative ones count from the end) are removed, \
              or kept with size 1 if keep_dims. A sum over nothing is 0. InvalidArgument for an axis out of range or named twice.",
        grad: Gradient::Rule(sum_grad, &["reduction_indices"]),
        test: Test::calls(
            "np.sum(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims, dtype=input.dtype)",
            NUMBER_CASES,
        ),
        ..REDUCTION
    },
    Entry {
        name: "Prod",
        doc: "The product over axes. The axes in reduction_indices (a scalar or vector, negative ones count from the end) are removed, \
              or kept with size 1 if keep_dims. A product over nothing is 1. InvalidArgument for an axis out of range or named twice.",
        grad: Gradient::Rule(prod_grad, &["input", "reduction_indices"]),
        test: Test::calls(
            "np.prod(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims, dtype=input.dtype)",
            NUMBER_CASES,
        ),
        ..REDUCTION
    },
    Entry {
        name: "Mean",
        doc: "The mean over axes. The axes in reduction_indices (a scalar or vector, negative ones count from the end) are removed, \
              or kept with size 1 if keep_dims. Means of integers are truncated; a mean over nothing is NaN (0 for integers and complex \
              numbers). InvalidArgument for an axis out of range or named twice.",
        grad: Gradient::Rule(mean_grad, &["reduction_indices"]),
        test: Test::calls(
            "np.mean(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims).astype(input.dtype)",
            NUMBER_CASES,
        ),
        ..REDUCTION
    },
    Entry {
        name: "EuclideanNorm",
        doc: "The square root of the sum of squares over axes. The axes in reduction_indices (a scalar or vector, negative ones \
              count from the end) are removed, or kept with size 1 if keep_dims. Squares are not scaled, so they may overflow. \
              InvalidArgument for an axis out of range or named twice.",
        grad: Gradient::Rule(norm_grad, &["input", "output", "reduction_indices"]),
        test: Test::calls(
            "np.sqrt(np.sum(np.abs(input) ** 2, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)).astype(input.dtype)",
            NUMBER_CASES,
        ),
        ..REDUCTION
    },
    Entry {
        name: "Max",
        attrs: REAL,
        doc: "The largest element over axes; NaN if there is one. The axes in reduction_indices (a scalar or vector, negative ones \
              count from the end) are removed, or kept with size 1 if keep_dims. Over nothing it is -inf, or the smallest integer. \
              InvalidArgument for an axis out of range or named twice.",
        grad: Gradient::Rule(extreme_grad, &["input", "output", "reduction_indices"]),
        test: Test::calls("np.max(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", NUMBER_CASES),
        ..REDUCTION
    },
    Entry {
        name: "Min",
        attrs: REAL,
        doc: "The smallest element over axes; NaN if there is one. The axes in reduction_indices (a scalar or vector, negative ones \
              count from the end) are removed, or kept with size 1 if keep_dims. Over nothing it is inf, or the largest integer. \
              InvalidArgument for an axis out of range or named twice.",
        grad: Gradient::Rule(extreme_grad, &["input", "output", "reduction_indices"]),
        test: Test::calls("np.min(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", NUMBER_CASES),
        ..REDUCTION
    },
    Entry {
        name: "All",
        sig: "input: bool, reduction_indices: Tidx -> output: bool",
        attrs: BOOL,
        doc: "Whether all elements over axes are true. The axes in reduction_indices (a scalar or vector, negative ones count from \
              the end) are removed, or kept with size 1 if keep_dims. Over nothing it is true. InvalidArgument for an axis out of \
              range or named twice.",
        grad: Gradient::Missing("truth values have no gradient"),
        test: Test::calls("np.all(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", BOOL_CASES),
        ..REDUCTION
    },
    Entry {
        name: "Any",
        sig: "input: bool, reduction_indices: Tidx -> output: bool",
        attrs: BOOL,
        doc: "Whether any element over axes is true. The axes in reduction_indices (a scalar or vector, negative ones count from \
              the end) are removed, or kept with size 1 if keep_dims. Over nothing it is false. InvalidArgument for an axis out of \
              range or named twice.",
        grad: Gradient::Missing("truth values have no gradient"),
        test: Test::calls("np.any(input, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)", BOOL_CASES),
        ..REDUCTION
    },
];

fn reduction_shape(c: &mut Infer) -> Result<()> {
    if let Some(r) = c.shape(1).rank().filter(|r| *r > 1 && !c.at_run_time) {
        return Err(error!(InvalidArgument, "Shape must be at most rank 1 but is rank {r}").axis("operand 'reduction_indices'"));
    }
    let keep = c.attrs.bool("keep_dims")?;
    let (Some(dims), axes) = (c.shape(0).dims(), axes_of(c)) else { return Ok(()) };
    let Some(axes) = axes else {
        let rank = if keep { PartialShape::of_rank(dims.len()) } else { PartialShape::UNKNOWN };
        c.set(0, rank);
        return Ok(());
    };
    let mut reduced = vec![false; dims.len()];
    for axis in axes {
        let a = c.axis(axis, dims.len())?;
        if c.at_run_time && reduced[a] {
            let e = error!(InvalidArgument, "Invalid reduction arguments: Axes contains duplicate dimension: {a}");
            return Err(e.axis(axis.to_string()).fix("name each axis once"));
        }
        reduced[a] = true;
    }
    let kept = dims.iter().zip(&reduced).filter(|(_, r)| keep || !**r).map(|(d, r)| if *r { Some(1) } else { *d });
    c.set(0, PartialShape::new(kept.collect()));
    Ok(())
}

/// The axes operand if all of it is known; kernels take one of any rank.
fn axes_of(c: &Infer) -> Option<Vec<i64>> {
    c.known_ints(1).or_else(|| c.tensor(1)?.to_i64().ok())
}
