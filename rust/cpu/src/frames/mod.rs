//! Frames: one loop per class of op, instantiated for every op, dtype and instruction set, found through [`table`].
//!
//! Contract of all loops: pointers are to contiguous elements of the dtype, at any alignment; the output may be one of
//! the inputs, else it must not overlap them; lengths are in elements and may be 0. Truth values are bytes, 0 or 1.
//! Broadcasting is the caller's outer loop. Results do not depend on how a caller splits elementwise work.
#![allow(unsafe_code)]
mod binary;
mod bools;
mod by_row;
mod cast;
mod compare;
mod complex;
mod half;
mod ints;
pub mod norm;
pub mod normal;
pub mod philox;
mod reduce;
mod reduce_other;
pub mod run;
mod select;
pub mod slices;
pub mod sort;
pub mod stream;
mod table;
pub mod tape;
pub mod transpose;
mod unary;

pub use by_row::{ByRows, NormRows, SoftRows};
pub use ferroflow_ops::kernel::{Map1, Map2};
pub use select::{Select, select};
pub use table::{Modes, Row, Table, table, table_for};

use ferroflow_ops::elementwise::Fault;
use ferroflow_tensor::DType;

/// Which operands of a binary loop are vectors; a scalar operand is one element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Mode {
    /// Two vectors.
    VectorVector = 0,
    /// A scalar, then a vector.
    ScalarVector = 1,
    /// A vector, then a scalar.
    VectorScalar = 2,
}

const VV: u8 = Mode::VectorVector as u8;
const SV: u8 = Mode::ScalarVector as u8;
const VS: u8 = Mode::VectorScalar as u8;

/// Reduces `n` contiguous elements to one: input, output, `n`.
pub type ReduceInner = unsafe fn(*const u8, *mut u8, usize);

/// Reduces rows to one row: input, output, rows, columns, elements from one row to the next.
pub type ReduceOuter = unsafe fn(*const u8, *mut u8, usize, usize, usize);

/// The two forms of a reduction. Both are deterministic: the order of operations depends on the sizes only.
///
/// A caller that splits one reduction among threads cuts it at places that depend on its size only, and reduces the
/// partial results with the same loop (Mean: with Sum's, dividing at the end).
#[derive(Clone, Copy)]
pub struct Reduction {
    /// Along contiguous elements.
    pub inner: ReduceInner,
    /// Across rows.
    pub outer: ReduceOuter,
}

/// Does an integer operand hold a value that makes the op an error? `y` points to `n` elements of `dtype`.
///
/// # Safety
/// `n` elements of the dtype can be read at `y`.
pub unsafe fn has_fault(fault: Fault, dtype: DType, y: *const u8, n: usize) -> bool {
    // SAFETY: the caller's promise is passed on.
    unsafe { ints::has_fault(fault, dtype, y, n) }
}
