//! Ops that make, shape, move and select elements without arithmetic.
pub mod basic;
pub mod broadcast;
pub mod diagonal;
pub mod gather;
pub mod joining;
pub mod moving;
pub mod padding;
pub mod scatter;
pub mod select;
pub mod shapes;
pub mod slicing;

use crate::def::{Gpu, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{Result, error};

/// What the GPU does for ops that only move elements.
const MOVES: Gpu = Gpu::Template("gather");
/// What the GPU does for small integer results.
const ON_HOST: Gpu = Gpu::Host("its operands and results are shapes, which live on the host");
/// What the GPU does for results whose size depends on the values.
const DATA_DEPENDENT: Gpu = Gpu::Host("the size of the result depends on the values");
/// Tests of ops that no expression describes.
const OWN: Test = Test::own(&["rust/cpu/tests/array.rs"]);

/// Every output is the input of the same position: shape, value and handle data.
fn same(c: &mut Infer) -> Result<()> {
    for i in 0..c.n_outputs() {
        let t = c.input(i);
        c.set(i, t.shape.clone());
        c.set_value(i, t.value.clone());
        c.set_handle(i, t.handle.clone());
    }
    Ok(())
}

/// An operand that must be a scalar; kernels accept one element of any shape. Gives its value, if known.
fn scalar_operand(c: &Infer, i: usize, kernel: impl Fn(&str) -> String) -> Result<Option<i64>> {
    if c.at_run_time {
        if c.shape(i).count() != Some(1) {
            return Err(error!(InvalidArgument, "{}", kernel(&c.shape(i).to_string())).axis(format!("operand '{}'", c.operand(i))));
        }
        return Ok(c.tensor(i).and_then(|t| t.to_i64().ok()?.first().copied()));
    }
    c.with_rank(i, 0)?;
    Ok(c.int(i))
}

/// Integers as what is known of a vector.
fn known_vector(v: impl IntoIterator<Item = Option<i64>>) -> Option<Partial> {
    Some(Partial::Ints(v.into_iter().collect(), false))
}
