//! Ops and comparisons with two operands, with broadcasting.
use super::{cost, grain, loops, no_loop};
use crate::frames::run::{self, Axis, Flat, Rows};
use crate::frames::{Mode, Modes};
use ferroflow_ops::kernel::{Loop, Map2};
use ferroflow_ops::{Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape};
use smallvec::SmallVec;
use std::sync::Arc;

/// Rows shorter than this many elements are worth copying side by side.
const SHORT_ROW: usize = 64;
/// Bytes of a row that is copied side by side, at most.
const PATTERN_BYTES: usize = 1024;

/// Prepares any op or comparison whose operands have one dtype.
pub fn prepare(prep: &Prep) -> Result<Prepared> {
    prepare_as(prep, prep.dtype(0))
}

/// As [`prepare`], with the loops of another dtype that has the same bytes.
pub fn prepare_as(prep: &Prep, dtype: DType) -> Result<Prepared> {
    let loops = loops(prep.op)?;
    let Some(modes) = loops.binary.and_then(|row| row.get(dtype as usize)?.as_ref()) else { return no_loop(prep, dtype) };
    let (x, y, out) = (prep.shape(0), prep.shape(1), prep.out_shape(0)?);
    let out_size = prep.outputs[0].0.size();
    let fault = loops.fault.filter(|_| dtype.is_integer()).map(|f| (f, dtype));
    let mut flat = Flat { n: out.count(), size: dtype.size(), out_size, mode: Mode::VectorVector, copies: false, fault, grain: 0 };
    let cost = flat.n as f32 * cost::per_element(loops.cost, dtype);
    flat.grain = grain(flat.n, cost);
    let same = |s: &Shape| flat.size == out_size && s == out;
    let in_place = u8::from(same(x)) | u8::from(same(y)) << 1;
    if x == y || flat.n == 0 {
        return finish(prep, modes, flat, cost, in_place, dtype);
    }
    match flat_mode(x, y, flat.n) {
        Some(mode) => finish(prep, modes, Flat { mode, ..flat }, cost, in_place, dtype),
        None => by_rows(prep, modes, flat, cost, in_place, dtype),
    }
}

/// The mode, if one operand has all elements of the result and the other all of them or just one.
fn flat_mode(x: &Shape, y: &Shape, n: usize) -> Option<Mode> {
    match (x.count(), y.count()) {
        (a, b) if a == n && b == n => Some(Mode::VectorVector),
        (1, b) if b == n => Some(Mode::ScalarVector),
        (a, 1) if a == n => Some(Mode::VectorScalar),
        _ => None,
    }
}

/// The loop for a mode, and whether it takes two vectors instead.
fn pick(prep: &Prep, modes: &Modes, mode: Mode, dtype: DType) -> Result<(Map2, bool)> {
    match (modes[mode as usize], modes[Mode::VectorVector as usize]) {
        (Some(f), _) => Ok((f, false)),
        (None, Some(f)) => Ok((f, true)),
        _ => no_loop(prep, dtype),
    }
}

fn finish(prep: &Prep, modes: &Modes, flat: Flat, cost: f32, in_place: u8, dtype: DType) -> Result<Prepared> {
    let (f, copies) = pick(prep, modes, flat.mode, dtype)?;
    if flat.n == 0 {
        // Nothing is computed; the operands may have elements all the same.
        return Ok(Prepared::new(|_, _| Ok(()), 0.0));
    }
    if flat.grain == 0 && !copies && flat.fault.is_none() {
        let bytes = |alone| if flat.mode == alone { flat.size } else { flat.n * flat.size };
        let args = [flat.n, bytes(Mode::ScalarVector), bytes(Mode::VectorScalar), flat.n * flat.out_size];
        return Ok(Prepared { body: Loop::Map2(f), args, in_place, ..Prepared::new(run::small_binary, cost) });
    }
    let flat = Flat { copies, ..flat };
    Ok(Prepared { body: Loop::Map2(f), args: flat.pack(), in_place, ..Prepared::new(run::binary, cost) })
}

fn by_rows(prep: &Prep, modes: &Modes, flat: Flat, cost: f32, in_place: u8, dtype: DType) -> Result<Prepared> {
    let mut axes = joined(prep.shape(0).dims(), prep.shape(1).dims());
    // The shapes differ and no operand is a single element, so at least two axes are left.
    let inner = axes.pop().unwrap_or(Axis { size: 1, strides: [1, 1] });
    let mode = match inner.strides {
        [0, _] => Mode::ScalarVector,
        [_, 0] => Mode::VectorScalar,
        _ => Mode::VectorVector,
    };
    let short = mode == Mode::VectorVector && inner.size < SHORT_ROW && inner.size * flat.size <= PATTERN_BYTES;
    let pattern = (0..2).find(|i| short && axes.iter().all(|a| a.strides[*i] == 0 && a.strides[1 - *i] != 0));
    let (f, copies) = pick(prep, modes, mode, dtype)?;
    let calls = if pattern.is_some() { 0.0 } else { 5.0 * (flat.n / inner.size) as f32 };
    let cost = cost + calls;
    let flat = Flat { mode, copies, grain: grain(flat.n, cost), ..flat };
    let plan = Rows { flat, len: inner.size, outer: axes, pattern };
    Ok(Prepared { body: Loop::Map2(f), plan: Some(Arc::new(plan)), in_place, ..Prepared::new(run::rows, cost) })
}

/// The axes of the broadcast shape with the strides of both operands, outermost first: those of size 1 left out, neighbours
/// that can be walked as one joined.
fn joined(x: &[usize], y: &[usize]) -> SmallVec<[Axis; 4]> {
    let rank = x.len().max(y.len());
    let size = |dims: &[usize], i: usize| if i + dims.len() >= rank { dims[i + dims.len() - rank] } else { 1 };
    let mut axes: SmallVec<[Axis; 4]> = SmallVec::new();
    let mut steps = [1, 1];
    for i in (0..rank).rev() {
        let sizes = [size(x, i), size(y, i)];
        let n = sizes[0].max(sizes[1]);
        if n == 1 {
            continue;
        }
        let mut strides = [0, 0];
        for k in 0..2 {
            if sizes[k] != 1 {
                strides[k] = steps[k];
                steps[k] *= sizes[k];
            }
        }
        match axes.last_mut() {
            Some(inner) if (0..2).all(|k| strides[k] == inner.strides[k] * inner.size) => inner.size *= n,
            _ => axes.push(Axis { size: n, strides }),
        }
    }
    axes.reverse();
    axes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_joined_where_both_operands_allow_it() {
        let axes = |x: &[usize], y: &[usize]| joined(x, y).iter().map(|a| (a.size, a.strides)).collect::<Vec<_>>();
        assert_eq!(axes(&[2, 3, 4], &[3, 4]), [(2, [12, 0]), (12, [1, 1])]);
        assert_eq!(axes(&[2, 3, 4], &[2, 3, 1]), [(6, [4, 1]), (4, [1, 0])]);
        assert_eq!(axes(&[2, 1, 4], &[3, 1]), [(2, [4, 0]), (3, [0, 1]), (4, [1, 0])]);
        assert_eq!(axes(&[5, 1, 1], &[1, 1, 7]), [(5, [1, 0]), (7, [0, 1])]);
        assert_eq!(axes(&[1, 1], &[1]), []);
    }
}
