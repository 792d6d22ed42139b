//! Broadcasting, repetition, transposition.
use super::{FULL, fills, move_view, moving_cost, sizes_of};
use crate::kernels::copy::{MOVE_NS, View, fill_parallel};
use ferroflow_ops::ops::array::moving::permutation;
use ferroflow_ops::{Call, Kernel, Prepared};
use ferroflow_tensor::{C64, C128, DType, Result, bail};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    fills("BroadcastTo", &[("T", FULL)], |p| Ok(Prepared::new(broadcast_to, moving_cost(p)))),
    fills("Tile", &[], |p| Ok(Prepared::new(tile, moving_cost(p)))),
    fills("Transpose", &[("T", FULL)], |p| Ok(Prepared::new(transpose, moving_cost(p)))),
    fills("ConjugateTranspose", &[("T", FULL)], |p| Ok(Prepared::new(conjugate_transpose, moving_cost(p)))),
];

fn broadcast_to(_: &Prepared, call: &mut Call) -> Result<()> {
    let (shape, out) = (call.input(0).shape(), sizes_of(call.input(1))?);
    if shape.rank() > out.len() {
        bail!(Internal, "{shape} does not broadcast to {out:?}");
    }
    let lead = out.len() - shape.rank();
    let rows = View::strides_of(shape);
    let stride = |i: usize| if i < lead || shape[i - lead] == 1 { 0 } else { rows[i - lead] };
    let strides: Vec<isize> = (0..out.len()).map(stride).collect();
    move_view(call, 0, &out, &View::new(&out, &strides, 0))
}

fn tile(_: &Prepared, call: &mut Call) -> Result<()> {
    let (shape, multiples) = (call.input(0).shape(), sizes_of(call.input(1))?);
    let rows = View::strides_of(shape);
    let (mut dims, mut strides, mut out) = (vec![], vec![], vec![]);
    for ((m, d), s) in multiples.iter().zip(shape.iter()).zip(&rows) {
        dims.extend([*m, *d]);
        strides.extend([0, *s]);
        out.push(m * d);
    }
    move_view(call, 0, &out, &View::new(&dims, &strides, 0))
}

fn transpose(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(0).shape();
    let perm = permutation(&call.input(1).to_i64()?)?;
    if perm.len() != shape.rank() {
        bail!(Internal, "a transposition of {shape} by {perm:?}");
    }
    let rows = View::strides_of(shape);
    let dims: Vec<usize> = perm.iter().map(|p| shape[*p]).collect();
    let strides: Vec<isize> = perm.iter().map(|p| rows[*p]).collect();
    move_view(call, 0, &dims, &View::new(&dims, &strides, 0))
}

fn conjugate_transpose(p: &Prepared, call: &mut Call) -> Result<()> {
    transpose(p, call)?;
    let device = call.run.device;
    match call.input(0).dtype() {
        DType::Complex64 => {
            fill_parallel(device, call.out::<C64>(0)?, 1 << 15, MOVE_NS, &|_, part| part.iter_mut().for_each(|x| *x = x.conj()));
        }
        DType::Complex128 => {
            fill_parallel(device, call.out::<C128>(0)?, 1 << 14, MOVE_NS, &|_, part| part.iter_mut().for_each(|x| *x = x.conj()));
        }
        _ => {}
    }
    Ok(())
}
