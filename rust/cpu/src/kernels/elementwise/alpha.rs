//! LeakyRelu and its gradient: the second operand of their loops is the attribute `alpha`.
use super::{cost, dtypes, grain, kernel, loops, no_loop};
use crate::frames::run::{self, Flat};
use crate::frames::{Mode, table};
use ferroflow_ops::elementwise::{Binary, BinaryVisit};
use ferroflow_ops::kernel::Loop;
use ferroflow_ops::{Kernel, Prep, Prepared};
use ferroflow_tensor::{BF16, DType, F16, Result};
use std::sync::Arc;

/// Makes a kernel for each op that it is shown.
#[derive(Default)]
pub struct Collector(pub Vec<Kernel>);

impl BinaryVisit for Collector {
    fn op<O: Binary>(&mut self) {
        self.0.push(kernel(&O::ENTRY, &dtypes(O::KINDS, &[]), prepare));
    }
}

/// Prepares LeakyRelu, and with two operands its gradient: the product of the first operand and the loop's result.
fn prepare(prep: &Prep) -> Result<Prepared> {
    let dtype = prep.dtype(0);
    let loops = loops(prep.op)?;
    let Some(f) = loops.binary.and_then(|row| row.get(dtype as usize)?.as_ref()?[Mode::VectorScalar as usize]) else {
        return no_loop(prep, dtype);
    };
    let n = prep.shape(0).count();
    let gradient = prep.inputs.len() == 2;
    let cost = n as f32 * cost::per_element(loops.cost, dtype) * if gradient { 2.0 } else { 1.0 };
    let size = dtype.size();
    let flat = Flat { n, size, out_size: size, mode: Mode::VectorScalar, copies: false, fault: None, grain: grain(n, cost) };
    let mut args = flat.pack();
    args[2] = bits(prep.attrs.float("alpha")?, dtype) as usize;
    if !gradient {
        return Ok(Prepared { body: Loop::Map2(f), args, in_place: 1, ..Prepared::new(run::with_number, cost) });
    }
    let Some(times) = table().binary("Mul", dtype, Mode::VectorVector) else { return no_loop(prep, dtype) };
    Ok(Prepared { body: Loop::Map2(f), args, in_place: 2, plan: Some(Arc::new(times)), ..Prepared::new(run::times_with_number, cost) })
}

/// The bits of a number of a float dtype.
pub(super) fn bits(x: f32, dtype: DType) -> u64 {
    match dtype {
        DType::Double => f64::from(x).to_bits(),
        DType::Half => F16::from_f32(x).to_bits().into(),
        DType::BFloat16 => BF16::from_f32(x).to_bits().into(),
        _ => x.to_bits().into(),
    }
}
