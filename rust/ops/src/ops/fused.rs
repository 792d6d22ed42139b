//! Products and convolutions with what follows them. Programs put them in the place of the single ops; graphs never hold
//! them, so they are not in the table of ops that users see.
use super::linalg::matmul::{batch_shape, matmul_shape};
use super::nn::{conv, depthwise};
use crate::def::{Entry, Gradient, OpDef, ShapeRule};
use crate::elementwise::{Unary, UnaryVisit, each_fused};
use crate::parse::parse;
use std::sync::OnceLock;

/// Functions of one number that may come last; `Relu` and `Relu6` are part of the inner loops.
pub const ACTIVATIONS: &[&str] = &["Relu", "Relu6", "Elu", "Selu", "Tanh", "Sigmoid", "_Gelu", "_GeluTanh"];

const GRADIENT: Gradient = Gradient::Missing("gradients are taken before programs are compiled");
const WINDOW: &str = "num_args: int >= 0; T: {float, double}; fused_ops: list(string) = []; strides: list(int); padding: {'SAME', 'VALID', 'EXPLICIT'}; explicit_paddings: list(int) = []; data_format: {'NHWC'} = 'NHWC'; dilations: list(int) = [1, 1, 1, 1]";

/// Each op with the one that it begins with.
const ENTRIES: [(&str, Entry); 4] = [
    (
        "MatMul",
        Entry {
            name: "_FusedMatMul",
            sig: "a: T, b: T, args: num_args * T -> product: T",
            attrs: "num_args: int >= 0; transpose_a: bool = false; transpose_b: bool = false; T: {float, double}; fused_ops: list(string) = []",
            doc: "The product of two matrices as MatMul gives it, and then the ops that `fused_ops` names, in this order: `BiasAdd` \
                  adds the next of `args` of shape [n] to each row, `Add` the next of shape [m, n], an activation is applied to each \
                  element.",
            shape: ShapeRule::Rule(matmul_shape),
            grad: GRADIENT,
            ..Entry::NEW
        },
    ),
    (
        "BatchMatMulV2",
        Entry {
            name: "_FusedBatchMatMulV2",
            sig: "x: T, y: T, args: num_args * T -> output: T",
            attrs: "num_args: int >= 0; adj_x: bool = false; adj_y: bool = false; T: {float, double}; fused_ops: list(string) = []",
            doc: "The product of a stack of matrices and a single one, as BatchMatMulV2 gives it but over the rows of all matrices at \
                  once, and then the ops that `fused_ops` names, as for _FusedMatMul. adj_x is false.",
            shape: ShapeRule::Rule(batch_shape),
            grad: GRADIENT,
            ..Entry::NEW
        },
    ),
    (
        "Conv2D",
        Entry {
            name: "_FusedConv2D",
            sig: "input: T, filter: T, args: num_args * T -> output: T",
            attrs: WINDOW,
            doc: "A convolution as Conv2D gives it, and then the ops that `fused_ops` names: `BiasAdd` adds the next of `args` to \
                  each pixel, `Add` the next, of the shape of the result, an activation is applied to each element.",
            shape: ShapeRule::Rule(conv::conv_shape::<2>),
            grad: GRADIENT,
            ..Entry::NEW
        },
    ),
    (
        "DepthwiseConv2dNative",
        Entry {
            name: "_FusedDepthwiseConv2dNative",
            sig: "input: T, filter: T, args: num_args * T -> output: T",
            attrs: WINDOW,
            doc: "A convolution as DepthwiseConv2dNative gives it, and then the ops that `fused_ops` names, as for _FusedConv2D.",
            shape: ShapeRule::Rule(depthwise::shape),
            grad: GRADIENT,
            ..Entry::NEW
        },
    ),
];

/// All ops with what follows them, and the activations that programs put in the place of several ops.
pub fn all() -> impl Iterator<Item = &'static OpDef> {
    ENTRIES.iter().filter_map(|(first, _)| fused(first)).chain(activations())
}

/// The op that does what this one does and what follows it. None if there is none, or its own entry is faulty.
pub fn fused(first: &str) -> Option<&'static OpDef> {
    static OPS: OnceLock<Vec<(&str, OpDef)>> = OnceLock::new();
    let ops = OPS.get_or_init(|| ENTRIES.into_iter().filter_map(|(first, e)| Some((first, parse(e, u32::MAX).ok()?))).collect());
    ops.iter().find(|(name, _)| *name == first).map(|(_, op)| op)
}

/// An activation that programs put in the place of several ops. None if there is none of this name.
pub fn activation(name: &str) -> Option<&'static OpDef> {
    activations().find(|op| op.name == name)
}

fn activations() -> impl Iterator<Item = &'static OpDef> {
    struct Collector(Vec<OpDef>);
    impl UnaryVisit for Collector {
        fn op<O: Unary>(&mut self) {
            self.0.extend(parse(O::ENTRY, u32::MAX).ok());
        }
    }
    static OPS: OnceLock<Vec<OpDef>> = OnceLock::new();
    let ops = OPS.get_or_init(|| {
        let mut all = Collector(vec![]);
        each_fused(&mut all);
        all.0
    });
    ops.iter()
}
