//! The norm over axes, and the shape rule of all reductions; those with a scalar body are in [`crate::elementwise`].
use super::reduce_grad::norm_grad;
use crate::def::{Entry, Gradient, Test};
use crate::elementwise::signature::{NUMBER_CALLS, REDUCED_NUMBER, reduction};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, error};

/// Entries of this file.
pub static OPS: &[Entry] = &[Entry {
    name: "EuclideanNorm",
    doc: "The square root of the sum of squares over axes. The axes in reduction_indices (a scalar or vector, negative ones \
              count from the end) are removed, or kept with size 1 if keep_dims. Squares are not scaled, so they may overflow. \
              InvalidArgument for an axis out of range or named twice.",
    grad: Gradient::Rule(norm_grad, &["input", "output", "reduction_indices"]),
    test: Test::calls(
        "np.sqrt(np.sum(np.abs(input) ** 2, axis=tuple(np.atleast_1d(reduction_indices)), keepdims=keep_dims)).astype(input.dtype)",
        NUMBER_CALLS,
    ),
    ..reduction(REDUCED_NUMBER)
}];

/// The shape without the reduced axes, or with axes of size 1 in their places.
pub(crate) fn reduction_shape(c: &mut Infer) -> Result<()> {
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
