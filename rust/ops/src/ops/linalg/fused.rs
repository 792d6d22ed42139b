//! `_FusedMatMul`: a matrix product with what follows it. Programs put it in the place of the single ops; graphs never
//! hold it, so it is not in the table of ops that users see.
use super::matmul::matmul_shape;
use crate::def::{Entry, Gradient, OpDef, ShapeRule};
use crate::parse::parse;
use std::sync::OnceLock;

/// Functions of one number that may come last; `Relu` is part of the product's inner loop.
pub const ACTIVATIONS: &[&str] = &["Relu", "Relu6", "Elu", "Selu", "Tanh", "Sigmoid"];

const ENTRY: Entry = Entry {
    name: "_FusedMatMul",
    sig: "a: T, b: T, args: num_args * T -> product: T",
    attrs: "num_args: int >= 0; transpose_a: bool = false; transpose_b: bool = false; T: {float, double}; fused_ops: list(string) = []",
    doc: "The product of two matrices as MatMul gives it, and then the ops that `fused_ops` names, in this order: `BiasAdd` adds \
          the next of `args` of shape [n] to each row, `Add` the next of shape [m, n], an activation is applied to each element.",
    shape: ShapeRule::Rule(matmul_shape),
    grad: Gradient::Missing("gradients are taken before programs are compiled"),
    ..Entry::NEW
};

/// The op; None only if its own entry is faulty.
pub fn fused_matmul() -> Option<&'static OpDef> {
    static OP: OnceLock<Option<OpDef>> = OnceLock::new();
    OP.get_or_init(|| parse(ENTRY, u32::MAX).ok()).as_ref()
}
