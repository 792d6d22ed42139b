//! Gradients of the reductions.
use crate::build::{Build, Grad, GradValue, Val, some};
use ferroflow_tensor::{DType, Result};

/// The reduced axes counted from the front in ascending order, and the rank of the input; if both are known.
fn static_axes(b: &mut dyn Build, g: &Grad) -> Option<(Vec<i64>, i64)> {
    let rank = b.shape(g.x(0)).rank()? as i64;
    let axes = b.known(g.x(1))?.to_i64().ok()?;
    let mut axes: Vec<i64> = axes.into_iter().map(|a| if a < 0 { a + rank } else { a }).collect();
    axes.sort_unstable();
    axes.dedup();
    Some((axes, rank))
}

/// The shape of the input with reduced axes of size 1, as a vector.
fn kept_shape(b: &mut dyn Build, g: &Grad) -> Val {
    let shape = b.shape_of(g.x(0));
    let (rank, zero, one) = (b.rank(g.x(0)), b.int(0), b.int(1));
    let all = b.range(zero, rank, one);
    let axes = b.cast(g.x(1), DType::Int32);
    let wrapped = b.add(axes, rank);
    let axes = b.floor_mod(wrapped, rank);
    let dims = b.call("Shape", &[axes], &[]);
    let ones = b.fill(dims, one);
    b.call("DynamicStitch", &[all, axes, shape, ones], &[("N", 2i64.into())])
}

/// A value of the output's shape with the reduced axes put back as axes of size 1.
pub fn keep(b: &mut dyn Build, g: &Grad, v: Val) -> Result<Val> {
    if g.attrs.bool("keep_dims")? {
        return Ok(v);
    }
    Ok(match static_axes(b, g) {
        Some((axes, _)) => axes.into_iter().fold(v, |v, axis| {
            let axis = b.int(axis);
            b.expand_dims(v, axis)
        }),
        None => {
            let shape = kept_shape(b, g);
            b.reshape(v, shape)
        }
    })
}

fn spread(b: &mut dyn Build, g: &Grad) -> Result<Val> {
    let dy = g.dy(b, 0);
    let dy = keep(b, g, dy)?;
    let shape = b.shape_of(g.x(0));
    Ok(b.call("BroadcastTo", &[dy, shape], &[]))
}

/// Every element receives the gradient of its sum.
pub fn sum_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dx = spread(b, g)?;
    some([Some(dx), None])
}

/// Every element receives its share of the gradient of its mean.
pub fn mean_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dx = spread(b, g)?;
    let (x, y) = (g.x(0), g.y(0));
    let share = match (b.shape(x).count(), b.shape(y).count()) {
        (Some(n), Some(m)) => b.lit(dx, (n / m.max(1)) as f64),
        _ => {
            let (n, m, one) = (b.call("Size", &[x], &[]), b.call("Size", &[y], &[]), b.int(1));
            let m = b.maximum(m, one);
            let n = b.floor_div(n, m);
            let dtype = b.dtype(dx);
            b.cast(n, dtype)
        }
    };
    let dx = b.div(dx, share);
    some([Some(dx), None])
}

/// Elements that are equal to the extreme share its gradient equally.
pub fn extreme_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let x = g.x(0);
    let (y, dy) = (keep(b, g, g.y(0))?, g.dy(b, 0));
    let dy = keep(b, g, dy)?;
    let hit = b.equal(x, y);
    let dtype = b.dtype(dy);
    let hit = b.cast(hit, dtype);
    let hits = b.sum(hit, g.x(1), true);
    let share = b.div(hit, hits);
    let dx = b.mul(share, dy);
    some([Some(dx), None])
}

/// `x / y dy` for `y = sqrt(sum x^2)`.
pub fn norm_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (y, dy) = (keep(b, g, g.y(0))?, g.dy(b, 0));
    let dy = keep(b, g, dy)?;
    let scale = b.div(y, dy);
    let dx = b.div(g.x(0), scale);
    some([Some(dx), None])
}

/// The product of all other elements times the gradient: products from the left and from the right, which are right
/// also where elements are zero. The reduced axes are brought to the front and merged for that.
pub fn prod_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let x = g.x(0);
    let spread_dy = spread(b, g)?;
    let (perm, back, kept) = match static_axes(b, g) {
        Some((axes, rank)) => {
            let perm: Vec<i64> = axes.iter().copied().chain((0..rank).filter(|a| !axes.contains(a))).collect();
            let mut back = vec![0; perm.len()];
            for (to, from) in perm.iter().enumerate() {
                back[*from as usize] = to as i64;
            }
            (b.ints(&perm), b.ints(&back), b.ints(&(0..axes.len() as i64).collect::<Vec<_>>()))
        }
        None => {
            let (rank, zero, one) = (b.rank(x), b.int(0), b.int(1));
            let all = b.range(zero, rank, one);
            let flat = b.ints(&[-1]);
            let axes = b.cast(g.x(1), DType::Int32);
            let axes = b.reshape(axes, flat);
            let axes = b.add(axes, rank);
            let axes = b.floor_mod(axes, rank);
            let rest = b.outputs("ListDiff", &[all, axes], &[]).first().copied().unwrap_or(Val::POISONED);
            let perm = b.concat(&[axes, rest], 0);
            let n = b.call("Size", &[axes], &[]);
            let (back, kept) = (b.call("InvertPermutation", &[perm], &[]), b.range(zero, n, one));
            (perm, back, kept)
        }
    };
    let moved = b.call("Transpose", &[x, perm], &[]);
    let shape = b.shape_of(moved);
    let axis0 = b.int(0);
    let sizes = b.call("GatherV2", &[shape, kept, axis0], &[]);
    let first = b.call("Prod", &[sizes, axis0], &[]);
    let count = b.call("Size", &[x], &[]);
    let one = b.int(1);
    let divisor = b.maximum(first, one);
    let rest = b.floor_div(count, divisor);
    let matrix = b.pack(&[first, rest], 0);
    let flat = b.reshape(moved, matrix);
    let scan =
        |b: &mut dyn Build, reverse: bool| b.call("Cumprod", &[flat, axis0], &[("exclusive", true.into()), ("reverse", reverse.into())]);
    let (left, right) = (scan(b, false), scan(b, true));
    let (left, right) = (b.conj_if_complex(left), b.conj_if_complex(right));
    let others = b.mul(left, right);
    let others = b.reshape(others, shape);
    let others = b.call("Transpose", &[others, back], &[]);
    let dx = b.mul(others, spread_dy);
    some([Some(dx), None])
}
