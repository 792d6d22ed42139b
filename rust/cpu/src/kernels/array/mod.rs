//! Kernels of ops that make, shape, move and select elements.
pub mod basic;
pub mod diagonal;
pub mod gather;
pub mod joining;
pub mod moving;
pub mod padding;
pub mod scatter;
pub mod search;
pub mod select;
pub mod shapes;
pub mod slicing;
pub mod sparse;

use crate::kernels::copy::{MOVE_NS, View, move_elements};
use crate::kernels::dispatch::NUMBERS;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor};

/// Time of a kernel that does next to nothing, in nanoseconds.
const TINY_NS: f32 = 50.0;

const FLOAT8: &[DType] = &[DType::Float8E5M2, DType::Float8E4M3FN];
const OBJECTS: &[DType] = &[DType::Resource, DType::Variant];
const QUANTIZED: &[DType] = &[DType::QInt8, DType::QUInt8, DType::QInt32];
const QUANTIZED16: &[DType] = &[DType::QInt16, DType::QUInt16];
const INT4: &[DType] = &[DType::Int4, DType::UInt4];
const BOOL: &[DType] = &[DType::Bool];
const STRING: &[DType] = &[DType::String];

/// Several lists of dtypes as one of `N`.
pub(crate) const fn join<const N: usize>(lists: &[&[DType]]) -> [DType; N] {
    let mut all = [DType::Float; N];
    let (mut n, mut i) = (0, 0);
    while i < lists.len() {
        let mut j = 0;
        while j < lists[i].len() {
            all[n] = lists[i][j];
            n += 1;
            j += 1;
        }
        i += 1;
    }
    assert!(n == N);
    all
}

/// Numbers and bool.
const PLAIN: &[DType] = &join::<15>(&[NUMBERS, BOOL]);
/// Numbers, bool and string.
const PLAIN_STRING: &[DType] = &join::<16>(&[PLAIN, STRING]);
/// Numbers, bool, string, resource and variant.
const WITH_OBJECTS: &[DType] = &join::<18>(&[PLAIN_STRING, OBJECTS]);
/// The above and two 8-bit floats.
const FULL: &[DType] = &join::<20>(&[WITH_OBJECTS, FLOAT8]);
/// The above and the 8- and 32-bit quantised dtypes.
const FULL_QUANTIZED: &[DType] = &join::<23>(&[FULL, QUANTIZED]);
/// The above and the 16-bit quantised dtypes.
const FULL_QUANTIZED16: &[DType] = &join::<25>(&[FULL_QUANTIZED, QUANTIZED16]);
/// What Slice takes.
const SLICED: &[DType] = &join::<21>(&[PLAIN_STRING, FLOAT8, QUANTIZED]);
/// What SparseToDense takes.
const SPREAD: &[DType] = &join::<20>(&[PLAIN_STRING, QUANTIZED16, &[DType::QInt8, DType::QUInt8]]);
/// What ConcatV2 takes.
const JOINED: &[DType] = &join::<23>(&[SLICED, QUANTIZED16]);
/// What Split takes.
const SPLIT: &[DType] = &join::<23>(&[FULL, INT4, &[DType::QUInt8]]);
/// What Fill takes.
const FILLED: &[DType] = &join::<25>(&[WITH_OBJECTS, INT4, QUANTIZED, QUANTIZED16]);

/// A kernel whose attribute `T` holds one of `types` (any dtype if that is empty), and that sets its outputs itself.
const fn sets(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}

/// A kernel whose outputs the runtime makes.
const fn fills(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Runtime, prepare }
}

/// Estimated time to move all elements of the first output, or of the inputs if that is not known.
fn moving_cost(p: &Prep) -> f32 {
    let inputs = p.inputs.iter().map(|(_, s)| s.count()).sum::<usize>();
    let n = p.outputs.iter().filter_map(|(_, s)| Some(s.as_ref()?.count())).sum::<usize>().max(inputs);
    TINY_NS + MOVE_NS * n as f32
}

/// Writes the view of input `from` to output 0, which has this shape.
fn move_view(call: &mut Call, from: usize, shape: &[usize], view: &View) -> Result<()> {
    move_elements(call, from..from + 1, 0, &Shape::new(shape), view)
}

/// The elements of an integer operand as sizes. InvalidArgument for negative ones.
fn sizes_of(t: &Tensor) -> Result<Vec<usize>> {
    let one = |x: i64| usize::try_from(x).map_err(|_| ferroflow_tensor::error!(InvalidArgument, "Dimension {x} must be >= 0"));
    t.to_i64()?.into_iter().map(one).collect()
}
