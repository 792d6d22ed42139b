//! Sparse tensors: places, elements and a shape, as dense tensors and as one tensor of three parts, which datasets pass on.
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result};

const BASE: Entry = Entry {
    grad: Gradient::Missing("what is encoded has no gradient"),
    gpu: Gpu::Host("places are looked up by the host"),
    test: Test::own(&["tests/ops/test_direct.py"]),
    ..Entry::NEW
};

/// The ops of sparse tensors. The crate that reads and writes TensorFlow's formats has the kernels of those that encode.
pub static OPS: &[Entry] = &[
    Entry {
        name: "SparseToDense",
        sig: "sparse_indices: Tindices, output_shape: Tindices, sparse_values: T, default_value: T -> dense: T",
        attrs: "validate_indices: bool = true; T: type; Tindices: {int32, int64}",
        doc: "A dense tensor of shape `output_shape` with `sparse_values`, a vector or one scalar for all, at the places `sparse_indices`, and `default_value` elsewhere. Places are rows of a matrix, or numbers for a result of rank 1. With `validate_indices` they must be in order and differ. Errors: InvalidArgument for such places, places out of bounds and shapes that do not fit.",
        host: &["output_shape"],
        shape: ShapeRule::Rule(|c| {
            let out = c.shape_operand(1)?;
            c.set(0, out);
            Ok(())
        }),
        grad: Gradient::Rule(to_dense_grad, &["sparse_indices", "sparse_values"]),
        gpu: Gpu::Template("scatter"),
        test: Test::calls(
            "(lambda z: (z.__setitem__(tuple(np.moveaxis(sparse_indices, -1, 0)), sparse_values), z)[1])(np.full(output_shape, default_value))",
            &[
                "sparse_indices=c([[0, 1], [1, 0]], 'int64'), output_shape=c([2, 3], 'int64'), sparse_values=f(2), default_value=f()",
                "sparse_indices=c([[1], [3]], 'int32'), output_shape=c([5], 'int32'), sparse_values=f(2), default_value=f()",
                "sparse_indices=c(np.zeros((0, 2)), 'int64'), output_shape=c([2, 3], 'int64'), sparse_values=f(0), default_value=f()",
                "sparse_indices=c([[0, 0, 1, 0, 1, 0, 0, 1]], 'int64'), output_shape=c([2, 1, 2, 1, 2, 1, 1, 2], 'int64'), sparse_values=f(1), default_value=f()",
            ],
        ),
        ..Entry::NEW
    },
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

/// Each element takes the gradient of its place; the default takes that of all other places.
fn to_dense_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (mut at, values, dy) = (g.x(0), g.x(2), g.dy(b, 0));
    match b.shape(at).rank() {
        Some(0) => {
            let one = b.ints(&[1, 1]);
            at = b.reshape(at, one);
        }
        Some(1) => {
            let column = b.ints(&[-1, 1]);
            at = b.reshape(at, column);
        }
        _ => {}
    }
    let picked = b.call("GatherNd", &[dy, at], &[]);
    let all = |b: &mut dyn Build, x| {
        let rank = b.call("Rank", &[x], &[]);
        let (start, step) = (b.int(0), b.int(1));
        let axes = b.range(start, rank, step);
        b.sum(x, axes, false)
    };
    let (whole, mine) = (all(b, dy), all(b, picked));
    let dx = if b.shape(values).rank() == Some(0) { mine } else { picked };
    let rest = b.call("Sub", &[whole, mine], &[]);
    some([None, None, Some(dx), Some(rest)])
}

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
