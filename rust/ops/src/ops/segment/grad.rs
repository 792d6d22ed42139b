//! Gradients of the segment reductions.
use crate::build::{Build, Grad, GradValue, Val, some};
use ferroflow_tensor::{DType, Result};

fn gather(b: &mut dyn Build, rows: Val, ids: Val) -> Val {
    let axis = b.int(0);
    b.call("GatherV2", &[rows, ids, axis], &[])
}

/// `ids >= 0`, of the rank of `like`, and the ids with negative ones replaced by 0.
fn valid(b: &mut dyn Build, ids: Val, like: Val) -> (Val, Val) {
    let zero = b.lit(ids, 0.0);
    let clipped = b.maximum(ids, zero);
    let valid = b.greater_equal(ids, zero);
    let valid = match (b.shape(like).rank(), b.shape(ids).rank()) {
        (Some(n), Some(m)) => (m..n).fold(valid, |v, _| {
            let last = b.int(-1);
            b.expand_dims(v, last)
        }),
        _ => {
            let (n, m, one, unit) = (b.rank(like), b.rank(ids), b.ints(&[1]), b.int(1));
            let extra = b.sub(n, m);
            let count = b.mul(one, extra);
            let ones = b.fill(count, unit);
            let shape = b.shape_of(ids);
            let shape = b.concat(&[shape, ones], 0);
            b.reshape(valid, shape)
        }
    };
    (valid, clipped)
}

/// Rows of `rows` by id, zeros for negative ids.
fn gather_valid(b: &mut dyn Build, rows: Val, ids: Val, like: Val) -> Val {
    let (valid, clipped) = valid(b, ids, like);
    let got = gather(b, rows, clipped);
    let zero = b.lit(got, 0.0);
    b.select(valid, got, zero)
}

/// Each row receives the gradient of its segment.
pub fn unsorted_sum_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let dx = gather_valid(b, dy, g.x(1), g.x(0));
    some([Some(dx), None, None])
}
/// Elements that are equal to their segment's extreme share its gradient equally.
pub fn unsorted_extreme_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, ids, n, y, dy) = (g.x(0), g.x(1), g.x(2), g.y(0), g.dy(b, 0));
    let (valid, clipped) = valid(b, ids, x);
    let best = gather(b, y, clipped);
    let hit = b.equal(x, best);
    let hit = b.call("LogicalAnd", &[hit, valid], &[]);
    let dtype = b.dtype(dy);
    let count = b.cast(hit, dtype);
    let count = b.call("UnsortedSegmentSum", &[count, ids, n], &[]);
    let share = b.div(dy, count);
    let share = gather(b, share, clipped);
    let zero = b.lit(share, 0.0);
    let dx = b.select(hit, share, zero);
    some([Some(dx), None, None])
}
/// The product of the other elements of the segment times its gradient, right also where elements are zero.
pub fn unsorted_prod_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, ids, n, y, dy) = (g.x(0), g.x(1), g.x(2), g.y(0), g.dy(b, 0));
    let zero = b.lit(x, 0.0);
    let is_zero = b.equal(x, zero);
    let count = b.cast(is_zero, DType::Int32);
    let zeros = b.call("UnsortedSegmentSum", &[count, ids, n], &[]);
    let one = b.int(1);
    let many = b.greater(zeros, one);
    let dy = b.select(many, zero, dy);
    let unit = b.lit(x, 1.0);
    let filled = b.select(is_zero, unit, x);
    let others = b.call("UnsortedSegmentProd", &[filled, ids, n], &[]);
    let (_, clipped) = valid(b, ids, x);
    let (whole, others) = (gather(b, y, clipped), gather(b, others, clipped));
    let divided = b.div(whole, x);
    let partial = b.select(is_zero, others, divided);
    let dy = gather_valid(b, dy, ids, x);
    let dx = b.mul(dy, partial);
    some([Some(dx), None, None])
}

/// Each row receives the gradient of its segment.
pub fn segment_sum_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let dx = gather(b, dy, g.x(1));
    some([Some(dx), None])
}
/// Each row receives its share of the gradient of its segment.
pub fn segment_mean_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, ids, dy) = (g.x(0), g.x(1), g.dy(b, 0));
    let ones = b.ones_like(x);
    let count = b.call("SegmentSum", &[ones, ids], &[]);
    let unit = b.lit(count, 1.0);
    let zero = b.lit(count, 0.0);
    // Segments without rows have nothing to share.
    let empty = b.equal(count, zero);
    let count = b.select(empty, unit, count);
    let share = b.div(dy, count);
    let dx = gather(b, share, ids);
    some([Some(dx), None])
}
/// Elements that are equal to their segment's extreme share its gradient equally.
pub fn segment_extreme_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, ids, y, dy) = (g.x(0), g.x(1), g.y(0), g.dy(b, 0));
    let best = gather(b, y, ids);
    let hit = b.equal(x, best);
    let dtype = b.dtype(dy);
    let count = b.cast(hit, dtype);
    let count = b.call("SegmentSum", &[count, ids], &[]);
    let share = b.div(dy, count);
    let share = gather(b, share, ids);
    let zero = b.lit(share, 0.0);
    let dx = b.select(hit, share, zero);
    some([Some(dx), None])
}
/// The product of the other elements of the segment times its gradient, right also where elements are zero.
pub fn segment_prod_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (x, ids, y, dy) = (g.x(0), g.x(1), g.y(0), g.dy(b, 0));
    let zero = b.lit(x, 0.0);
    let is_zero = b.equal(x, zero);
    let count = b.cast(is_zero, DType::Int32);
    let zeros = b.call("SegmentSum", &[count, ids], &[]);
    let one = b.int(1);
    let many = b.greater(zeros, one);
    let dy = b.select(many, zero, dy);
    let unit = b.lit(x, 1.0);
    let filled = b.select(is_zero, unit, x);
    let others = b.call("SegmentProd", &[filled, ids], &[]);
    let (whole, others, dy) = (gather(b, y, ids), gather(b, others, ids), gather(b, dy, ids));
    let divided = b.div(whole, x);
    let partial = b.select(is_zero, others, divided);
    let dx = b.mul(dy, partial);
    some([Some(dx), None])
}
