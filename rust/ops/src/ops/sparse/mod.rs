//! Sparse tensors: places, elements and a shape. Here as one tensor of three parts, which datasets pass on.
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result};

const BASE: Entry = Entry {
    grad: Gradient::Missing("what is encoded has no gradient"),
    gpu: Gpu::Host("places are looked up by the host"),
    test: Test::own(&["tests/ops/test_direct.py"]),
    ..Entry::NEW
};

/// Sparse tensors as one tensor. The crate that reads and writes TensorFlow's formats has the kernels.
pub static OPS: &[Entry] = &[
    Entry {
        name: "SerializeSparse",
        sig: "sparse_indices: int64, sparse_values: T, sparse_shape: int64 -> serialized_sparse: out_type",
        attrs: "T: type; out_type: {string, variant} = string",
        doc: "A sparse tensor as a vector of 3 elements: its places, its elements, its shape, as encoded TensorProto messages or as variants. InvalidArgument for parts of wrong ranks.",
        shape: ShapeRule::Rule(|c| parts(c, false)),
        ..BASE
    },
    Entry {
        name: "SerializeManySparse",
        sig: "sparse_indices: int64, sparse_values: T, sparse_shape: int64 -> serialized_sparse: out_type",
        attrs: "T: type; out_type: {string, variant} = string",
        doc: "The rows of a sparse tensor of rank 2 or more, each as SerializeSparse gives it: a tensor [rows, 3]. InvalidArgument for places that are not in order or not within the shape.",
        shape: ShapeRule::Rule(|c| parts(c, true)),
        ..BASE
    },
    Entry {
        name: "DeserializeSparse",
        sig: "serialized_sparse: Tserialized -> sparse_indices: int64, sparse_values: dtype, sparse_shape: int64",
        attrs: "dtype: type; Tserialized: {string, variant} = string",
        doc: "The sparse tensor that SerializeSparse encoded; of a tensor [..., 3] of several, one sparse tensor with further axes in front, as wide as the widest of them. InvalidArgument for other contents.",
        shape: ShapeRule::Rule(deserialized),
        ..BASE
    },
];

fn parts(c: &mut Infer, many: bool) -> Result<()> {
    if !c.at_run_time {
        for (i, rank) in [(0, 2), (1, 1), (2, 1)] {
            c.with_rank(i, rank)?;
        }
    }
    let rows = c.ints(2).and_then(|s| s.first().copied().flatten()).and_then(|n| usize::try_from(n).ok());
    c.set(0, if many { PartialShape::new(vec![if c.at_run_time { None } else { rows }, Some(3)]) } else { PartialShape::vector(Some(3)) });
    Ok(())
}

fn deserialized(c: &mut Infer) -> Result<()> {
    if !c.at_run_time {
        c.merge_dim(c.shape(0).dims().and_then(|d| d.last().copied().flatten()), Some(3))?;
    }
    c.set(0, PartialShape::of_rank(2));
    c.set(1, PartialShape::vector(None));
    c.set(2, PartialShape::vector(None));
    Ok(())
}
