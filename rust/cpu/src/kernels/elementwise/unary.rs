//! Ops with one operand.
use super::{cost, grain, loops, no_loop};
use crate::frames::Mode;
use crate::frames::run::{self, Flat};
use ferroflow_ops::kernel::Loop;
use ferroflow_ops::{Prep, Prepared};
use ferroflow_tensor::{DType, Result, bail};

/// Prepares any op with one operand.
pub fn prepare(prep: &Prep) -> Result<Prepared> {
    let (dtype, out) = (prep.dtype(0), prep.outputs[0].0);
    if dtype.is_complex() {
        check_part(prep, dtype, out)?;
    }
    let loops = loops(prep.op)?;
    let Some(f) = loops.unary.and_then(|row| *row.get(dtype as usize)?) else { return no_loop(prep, dtype) };
    let n = prep.shape(0).count();
    let (size, out_size) = (dtype.size(), out.size());
    let cost = n as f32 * cost::per_element(loops.cost, dtype);
    let flat = Flat { n, size, out_size, mode: Mode::VectorVector, copies: false, fault: None, grain: grain(n, cost) };
    let in_place = u8::from(size == out_size);
    if flat.grain == 0 {
        let args = [n, n * size, n * out_size, 0];
        return Ok(Prepared { body: Loop::Map1(f), args, in_place, ..Prepared::new(run::small_unary, cost) });
    }
    Ok(Prepared { body: Loop::Map1(f), args: flat.pack(), in_place, ..Prepared::new(run::unary, cost) })
}

/// The real result of an op on complex numbers has the dtype of their parts. InvalidArgument or NotFound, as TensorFlow's op has it.
fn check_part(prep: &Prep, dtype: DType, out: DType) -> Result<()> {
    if out.is_complex() || out == dtype.real() {
        return Ok(());
    }
    let (op, name) = (prep.op.name, |d: DType| d.signature_name());
    if op == "ComplexAbs" {
        bail!(
            InvalidArgument,
            "Signature mismatch, have: {}->{} expected: {}->{}",
            name(dtype),
            name(out),
            name(dtype),
            name(dtype.real())
        );
    }
    let upper = |d| name(d).to_uppercase();
    bail!(NotFound, "Could not find device for node: {{{{node {op}}}}} = {op}[T=DT_{}, Tout=DT_{}]", upper(dtype), upper(out))
}
