//! Signatures and dtype sets that many elementwise ops and reductions share, as TensorFlow's registry has them.
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::ops::math::reduce::reduction_shape;

/// For bodies that look at each number by itself where registers do not suffice.
pub const ONE_BY_ONE: Gpu = Gpu::Host("some arguments are computed one by one");
/// Floats and complex numbers.
pub const ANALYTIC_T: &str = "T: {bfloat16, half, float, double, complex64, complex128}";
/// The same in the order of the ops that came later.
pub const ANALYTIC_HALF_T: &str = "T: {half, bfloat16, float, double, complex64, complex128}";
/// Floats.
pub const FLOAT_T: &str = "T: {bfloat16, half, float, double}";
/// Floats in the order of the neural ops.
pub const NN_FLOAT_T: &str = "T: {half, bfloat16, float, double}";
/// Floats, signed integers, complex numbers.
pub const SIGNED_T: &str = "T: {bfloat16, half, float, double, int8, int16, int32, int64, complex64, complex128}";
/// Integers.
pub const INT_T: &str = "T: {int8, int16, int32, int64, uint8, uint16, uint32, uint64}";
/// Floats and integers.
pub const REAL_T: &str = "T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64}";
/// Floats and integers in the order of Maximum and Minimum.
pub const EXTREMUM_T: &str = "T: {bfloat16, half, float, double, int8, uint8, int16, uint16, int32, uint32, int64, uint64}";
/// All numbers, in the order of the products and quotients.
pub const NUMBER_T: &str =
    "T: {bfloat16, half, float, double, uint8, int8, uint16, int16, int32, uint32, uint64, int64, complex64, complex128}";

/// `x: T -> y: T`, one shape.
pub const fn unary(attrs: &'static str) -> Entry {
    Entry { sig: "x: T -> y: T", attrs, shape: ShapeRule::Same, ..Entry::NEW }
}

/// `features: T -> activations: T`, one shape.
pub const fn activation(attrs: &'static str) -> Entry {
    Entry { sig: "features: T -> activations: T", attrs, shape: ShapeRule::Same, ..Entry::NEW }
}

/// `x: T, y: T -> z: T`, shapes broadcast.
pub const fn binary(attrs: &'static str) -> Entry {
    Entry { sig: "x: T, y: T -> z: T", attrs, shape: ShapeRule::Broadcast, ..Entry::NEW }
}

/// An expression over a domain, within some units in the last place.
pub const fn within(ulp: f64, np: &'static str, domain: (f64, f64)) -> Test {
    Test { ulp, ..Test::np(np, domain) }
}

/// The reason why a step function has no gradient.
pub const FLAT: Gradient = Gradient::None("constant between its steps");
/// The reason why an op on truth values or bits has no gradient.
pub const DISCRETE: Gradient = Gradient::None("its result is not a number that changes continuously");

/// Attributes of a reduction of numbers.
pub const REDUCED_NUMBER: &str = "keep_dims: bool = false; T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; Tidx: {int32, int64} = int32";
/// Attributes of a reduction of real numbers.
pub const REDUCED_REAL: &str = "keep_dims: bool = false; T: {float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64, qint8, quint8, qint32, qint16, quint16}; Tidx: {int32, int64} = int32";

/// Calls of reductions; `$x` draws the values.
macro_rules! calls {
    ($x:literal) => {
        &[
            concat!("input=", $x, "(2,3), reduction_indices=i(0,2), keep_dims=False"),
            concat!("input=", $x, "(2,3,4), reduction_indices=c([0,-1],'int32'), keep_dims=True"),
            concat!("input=", $x, "(2,3,4), reduction_indices=c([1],'int64'), keep_dims=False"),
            concat!("input=", $x, "(3,4), reduction_indices=c([],'int32'), keep_dims=False"),
            concat!("input=", $x, "(), reduction_indices=c([],'int32'), keep_dims=False"),
            concat!("input=", $x, "(0,3), reduction_indices=c(1,'int32'), keep_dims=False"),
            concat!("input=", $x, "(7,65), reduction_indices=c(0,'int32'), keep_dims=False"),
            concat!("input=", $x, "(2,1,2,1,2,1,2,3), reduction_indices=c([1,2,4,7],'int32'), keep_dims=False"),
        ]
    };
}
/// Calls of reductions of numbers.
pub const NUMBER_CALLS: &[&str] = calls!("f");
/// Calls of reductions of truth values.
pub const TRUTH_CALLS: &[&str] = calls!("b");

/// `input: T, reduction_indices: Tidx -> output: T`, a reduction over axes.
pub const fn reduction(attrs: &'static str) -> Entry {
    Entry {
        sig: "input: T, reduction_indices: Tidx -> output: T",
        attrs,
        shape: ShapeRule::Rule(reduction_shape),
        host: &["reduction_indices"],
        parameters: &[("reduction_indices", "axis")],
        gpu: Gpu::Template("reduce"),
        ..Entry::NEW
    }
}

/// The same for truth values.
pub const fn reduction_of_truth() -> Entry {
    Entry {
        sig: "input: bool, reduction_indices: Tidx -> output: bool",
        ..reduction("keep_dims: bool = false; Tidx: {int32, int64} = int32")
    }
}
