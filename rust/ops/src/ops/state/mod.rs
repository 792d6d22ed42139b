//! Variables: resource handles, reads, assignments, gathers and scatters; and TensorFlow 1's reference variables.
//!
//! # References
//! The reference ops (`VariableV2`, `Assign`, ...) keep their values in the same store as resource variables
//! ([`crate::resource::Variable`]). An output of type `Ref(T)` yields a scalar resource tensor that holds a
//! [`crate::resource::Handle`] of a variable. Kernels with `Ref(T)` inputs expect exactly that tensor there, and pass it on
//! to their `Ref(T)` outputs. Whoever runs a program hands the tensor itself to inputs of type `Ref(T)` and to nobody else:
//! every other consumer of the edge gets the variable's current value, read just before the consumer runs
//! (FailedPrecondition "Attempting to use uninitialized value NAME" if there is none, NAME being the handle's name).
//! Static types of such edges have the variable's dtype with `is_ref` set; only at run time is the tensor a resource.
pub mod reference;
pub mod scatter;
use crate::attr::Attrs;
use crate::build::{Build, Grad, GradValue};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{DType, PartialShape, Result, bail};
use std::sync::Arc;

const FILE: Test = Test::own(&["rust/cpu/tests/state.rs", "tests/ops/test_direct.py"]);
const COUNTS: Gpu = Gpu::Host("it counts one number, which the host does");
const THERE: Gpu = Gpu::Template("variable");
const EFFECT: Flags = Flags::STATEFUL.and(Flags::WRITES);
const NO_RESULT: Gradient = Gradient::Missing("an assignment has no result to differentiate");

/// Resource variables: handles, reads, assignments, gathers.
pub static OPS: &[Entry] = &[
    Entry {
        name: "VarHandleOp",
        sig: " -> resource: resource",
        attrs: "container: string = ''; shared_name: string = ''; debug_name: string = ''; dtype: type; shape: shape; allowed_devices: list(string) = []",
        doc: "Gives the handle of a variable, which is made without a value if there is none. Nodes of one container and shared_name (or node name) mean the same variable.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(var_handle),
        grad: Gradient::Missing("a handle is not a number"),
        gpu: Gpu::Free,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "ReadVariableOp",
        sig: "resource: resource -> value: dtype",
        attrs: "dtype: type",
        doc: "Gives the current value of a variable. Later assignments do not change what was read. FailedPrecondition if it has no value.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(read),
        grad: Gradient::Through,
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "AssignVariableOp",
        sig: "resource: resource, value: dtype -> ",
        attrs: "dtype: type; validate_shape: bool = false",
        doc: "Gives a variable a new value. With validate_shape the value must fit the shape that the variable was made with.",
        flags: EFFECT.and(Flags::KEEPS),
        shape: ShapeRule::Rule(assign),
        grad: NO_RESULT,
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "AssignAddVariableOp",
        sig: "resource: resource, value: dtype -> ",
        attrs: "dtype: type",
        doc: "Adds a value of the variable's shape to a variable, in place.",
        flags: EFFECT,
        shape: ShapeRule::Rule(assign),
        grad: NO_RESULT,
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "AssignSubVariableOp",
        sig: "resource: resource, value: dtype -> ",
        attrs: "dtype: type",
        doc: "Subtracts a value of the variable's shape from a variable, in place.",
        flags: EFFECT,
        shape: ShapeRule::Rule(assign),
        grad: NO_RESULT,
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "ResourceCountUpTo",
        sig: "resource: resource -> output: T",
        attrs: "limit: int; T: {int32, int64}",
        doc: "Adds one to a scalar variable and gives the value before. OutOfRange if it has reached the limit.",
        flags: EFFECT,
        shape: ShapeRule::Rule(count_up_to),
        grad: Gradient::Missing("a count has no gradient"),
        gpu: COUNTS,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "VarIsInitializedOp",
        sig: "resource: resource -> is_initialized: bool",
        doc: "Tells whether a variable has a value.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Scalar,
        grad: Gradient::None("a truth value has no gradient"),
        host: &["is_initialized"],
        gpu: Gpu::Free,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "VariableShape",
        sig: "input: resource -> output: out_type",
        attrs: "out_type: {int32, int64} = int32",
        doc: "Gives the shape of a variable's value as a vector. NotFound if it has no value.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(variable_shape),
        grad: Gradient::None("a shape does not depend on values"),
        host: &["output"],
        gpu: Gpu::Free,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "DestroyResourceOp",
        sig: "resource: resource -> ",
        attrs: "ignore_lookup_error: bool = true",
        doc: "Drops what a handle stands for: a variable loses its value, other resources leave their container. NotFound if it is gone already, unless ignore_lookup_error.",
        flags: EFFECT,
        grad: NO_RESULT,
        gpu: Gpu::Free,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "ResourceGather",
        sig: "resource: resource, indices: Tindices -> output: dtype",
        attrs: "batch_dims: int = 0; validate_indices: bool = true; dtype: type; Tindices: {int32, int64}",
        doc: "Gathers rows of a variable: output[i...] = value[indices[i...]], with batch_dims leading axes in common. InvalidArgument for an index outside the variable.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(gather),
        grad: Gradient::Rule(gather_grad, &["resource", "indices"]),
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    },
    Entry {
        name: "ResourceGatherNd",
        sig: "resource: resource, indices: Tindices -> output: dtype",
        attrs: "dtype: type; Tindices: {int32, int64}",
        doc: "Gathers slices of a variable: the last axis of indices holds positions along the variable's first axes. InvalidArgument for a position outside the variable.",
        flags: Flags::STATEFUL,
        shape: ShapeRule::Rule(gather_nd),
        grad: Gradient::Rule(gather_nd_grad, &["resource", "indices"]),
        gpu: THERE,
        test: FILE,
        ..Entry::NEW
    },
];

/// Dtype and shape of the variable behind a handle, as far as known; a dtype other than `dtype` is InvalidArgument.
fn variable(c: &Infer, i: usize, dtype: Option<DType>) -> Result<PartialShape> {
    let Some(handle) = c.input(i).handle.as_ref() else { return Ok(PartialShape::UNKNOWN) };
    let Some((held, shape)) = handle.first() else { return Ok(PartialShape::UNKNOWN) };
    if let Some(d) = dtype.filter(|d| d != held) {
        bail!(InvalidArgument, "Trying to read variable with wrong dtype. Expected {} got {}", held.signature_name(), d.signature_name());
    }
    Ok(shape.clone())
}

fn handle_of(c: &mut Infer) -> Result<Arc<Vec<(DType, PartialShape)>>> {
    Ok(Arc::new(vec![(c.attrs.dtype("dtype")?, c.attrs.shape("shape")?.clone())]))
}

fn var_handle(c: &mut Infer) -> Result<()> {
    let handle = handle_of(c)?;
    c.set(0, PartialShape::scalar());
    c.set_handle(0, Some(handle));
    Ok(())
}

fn read(c: &mut Infer) -> Result<()> {
    let shape = variable(c, 0, Some(c.attrs.dtype("dtype")?))?;
    c.set(0, shape);
    Ok(())
}

fn assign(c: &mut Infer) -> Result<()> {
    let shape = variable(c, 0, Some(c.attrs.dtype("dtype")?))?;
    c.merge(&shape, c.shape(1)).map(|_| ())
}

/// Counters are scalars, those behind handles as those behind references.
fn count_up_to(c: &mut Infer) -> Result<()> {
    let held = if c.op.inputs[0].is_ref { c.shape(0).clone() } else { variable(c, 0, Some(c.attrs.dtype("T")?))? };
    if !c.at_run_time
        && let Some(rank) = held.rank().filter(|r| *r != 0)
    {
        bail!(InvalidArgument, "Shape must be rank 0 but is rank {rank}");
    }
    c.set(0, PartialShape::scalar());
    Ok(())
}

fn variable_shape(c: &mut Infer) -> Result<()> {
    let shape = variable(c, 0, None)?;
    c.set(0, PartialShape::vector(shape.rank()));
    c.set_value(0, Partial::of_shape(&shape));
    Ok(())
}

/// The axes of a shape after the first `n`.
fn rest(shape: &PartialShape, n: usize) -> PartialShape {
    shape.dims().map_or(PartialShape::UNKNOWN, |d| PartialShape::new(d.get(n..).unwrap_or(&[]).to_vec()))
}

/// Two shapes in a row; unknown if one has no known rank.
fn concat(a: &PartialShape, b: &PartialShape) -> PartialShape {
    match (a.dims(), b.dims()) {
        (Some(a), Some(b)) => PartialShape::new([a, b].concat()),
        _ => PartialShape::UNKNOWN,
    }
}

fn batch_dims(attrs: &Attrs) -> Result<usize> {
    let n = attrs.int("batch_dims")?;
    usize::try_from(n).map_err(|_| ferroflow_tensor::error!(InvalidArgument, "batch_dims is negative ({n})"))
}

fn gather(c: &mut Infer) -> Result<()> {
    let shape = variable(c, 0, Some(c.attrs.dtype("dtype")?))?;
    let batch = batch_dims(c.attrs)?;
    c.with_rank_at_least(1, batch)?;
    if let Some(rank) = shape.rank().filter(|r| *r <= batch) {
        bail!(InvalidArgument, "Shape must be at least rank {} but is rank {rank}", batch + 1);
    }
    let lead = shape.dims().map_or(PartialShape::UNKNOWN, |d| PartialShape::new(d[..batch].to_vec()));
    c.set(0, concat(&concat(&lead, &rest(c.shape(1), batch)), &rest(&shape, batch + 1)));
    Ok(())
}

fn gather_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    if batch_dims(g.attrs)? > 0 {
        bail!(Unimplemented, "The gradient of ResourceGather is only defined for batch_dims = 0");
    }
    let dy = g.dy(b, 0);
    let dense_shape = b.call("VariableShape", &[g.x(0)], &[]);
    let n = b.call("Size", &[g.x(1)], &[]);
    let zero = b.int(0);
    let n = b.expand_dims(n, zero);
    let (one, max) = (b.ints(&[1]), b.ints(&[i64::from(i32::MAX)]));
    let row = b.call("StridedSlice", &[dense_shape, one, max, one], &[("end_mask", 1i64.into())]);
    let values_shape = b.concat(&[n, row], 0);
    let values = b.reshape(dy, values_shape);
    let indices = b.reshape(g.x(1), n);
    Ok(vec![Some(GradValue::Slices { values, indices, dense_shape: Some(dense_shape) }), None])
}

fn gather_nd(c: &mut Infer) -> Result<()> {
    let shape = variable(c, 0, Some(c.attrs.dtype("dtype")?))?;
    let indices = c.with_rank_at_least(1, 1)?;
    let Some(rank) = indices.rank() else { return Ok(()) };
    let (Some(depth), Some(params)) = (indices.dim(rank - 1), shape.rank()) else { return Ok(()) };
    if depth > params {
        bail!(InvalidArgument, "indices.shape[-1] must be <= params.rank, but saw indices shape: {indices} and params shape: {shape}");
    }
    let lead = indices.dims().map_or(PartialShape::UNKNOWN, |d| PartialShape::new(d[..rank - 1].to_vec()));
    c.set(0, concat(&lead, &rest(&shape, depth)));
    Ok(())
}

fn gather_nd_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let out_type = b.dtype(g.x(1));
    let dense_shape = b.call("VariableShape", &[g.x(0)], &[("out_type", out_type.into())]);
    let indices = b.shape(g.x(1));
    if indices.rank() == Some(2) && indices.dim(1) == Some(1) {
        let rows = b.call("Squeeze", &[g.x(1)], &[("squeeze_dims", vec![-1i64].into())]);
        return Ok(vec![Some(GradValue::Slices { values: dy, indices: rows, dense_shape: Some(dense_shape) }), None]);
    }
    let dense = b.call("ScatterNd", &[g.x(1), dy, dense_shape], &[]);
    Ok(vec![Some(GradValue::Dense(dense)), None])
}
