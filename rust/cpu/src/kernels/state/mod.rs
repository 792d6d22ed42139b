//! Kernels of variables: handles, reads, assignments. Both kinds of variable share them, see `ferroflow_ops::ops::state`.
pub mod count;
pub mod gather;
pub mod rows;
pub mod scatter;
pub mod slice;
use super::dispatch::NUMBERS;
use ferroflow_ops::resource::{Handle, Variable};
use ferroflow_ops::variables::{assign_checked, check_shape, name, unreadable};
pub use ferroflow_ops::variables::{check_dtype, missing, variable};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail, error};
use rows::{Change, accumulate};
use std::sync::Arc;

/// The shared_name that stands for a variable of its own for each run of `VarHandleOp`.
pub const ANONYMOUS: &str = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";
const NS: f32 = 60.0;

const fn kernel(op: &'static str, types: &'static [(&'static str, &'static [DType])], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types, outputs: Outputs::Kernel, prepare }
}

/// Dtypes that TensorFlow's CPU variables hold through handles.
const HELD: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::UInt32,
    DType::UInt64,
    DType::Complex64,
    DType::Complex128,
    DType::Bool,
    DType::String,
    DType::Resource,
    DType::Variant,
    DType::QInt8,
    DType::QUInt8,
    DType::QInt32,
    DType::Float8E5M2,
    DType::Float8E4M3FN,
    DType::Int4,
    DType::UInt4,
    DType::Int2,
    DType::UInt2,
];
/// Dtypes that `Assign` takes.
const ASSIGNED: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::UInt8,
    DType::UInt16,
    DType::UInt32,
    DType::UInt64,
    DType::Complex64,
    DType::Complex128,
    DType::Bool,
    DType::String,
    DType::Resource,
    DType::Variant,
    DType::QInt8,
    DType::QUInt8,
    DType::QInt32,
    DType::QUInt16,
];

/// Handles, reads and assignments.
pub static KERNELS: &[Kernel] = &[
    kernel("VarHandleOp", &[], |p| handle(p, false)),
    kernel("VariableV2", &[], |p| handle(p, true)),
    kernel("Variable", &[], |p| handle(p, true)),
    kernel("ReadVariableOp", &[], prepare_read),
    kernel("AssignVariableOp", &[("dtype", HELD)], prepare_assign),
    kernel("AssignAddVariableOp", &[("dtype", NUMBERS)], |_| Ok(Prepared::with(update, NS, Change::Add))),
    kernel("AssignSubVariableOp", &[("dtype", NUMBERS)], |_| Ok(Prepared::with(update, NS, Change::Sub))),
    kernel("VarIsInitializedOp", &[], |_| Ok(Prepared::new(is_initialized, NS))),
    kernel("IsVariableInitialized", &[], |_| Ok(Prepared::new(is_initialized, NS))),
    kernel("VariableShape", &[], |p| Ok(Prepared::with(variable_shape, NS, p.attrs.dtype("out_type")?))),
    kernel("DestroyResourceOp", &[], |p| Ok(Prepared::with(destroy, NS, p.attrs.bool("ignore_lookup_error")?))),
    kernel("Assign", &[("T", ASSIGNED)], prepare_assign),
    kernel("AssignAdd", &[("T", NUMBERS)], |_| Ok(Prepared::with(update, NS, Change::Add))),
    kernel("AssignSub", &[("T", NUMBERS)], |_| Ok(Prepared::with(update, NS, Change::Sub))),
];

struct Made {
    container: String,
    name: String,
    /// Whether the node's name stands for an empty one, as for references; handles without a name share one variable.
    of_node: bool,
    dtype: DType,
    shape: PartialShape,
}

fn handle(p: &Prep, reference: bool) -> Result<Prepared> {
    let shape = p.attrs.shape("shape")?.clone();
    let scalar_means_unknown = p.op.name == "Variable" && shape.rank() == Some(0);
    let made = Made {
        container: p.attrs.str("container")?.into(),
        name: p.attrs.str("shared_name")?.into(),
        of_node: reference,
        dtype: p.attrs.dtype("dtype")?,
        shape: if scalar_means_unknown { PartialShape::UNKNOWN } else { shape },
    };
    let run = if !reference && made.name == ANONYMOUS { anonymous_handle } else { named_handle };
    Ok(Prepared::with(run, NS, made))
}

fn anonymous_handle(p: &Prepared, call: &mut Call) -> Result<()> {
    let made: &Made = p.plan()?;
    call.set(0, Handle::tensor(&made.container, &made.name, Arc::new(Variable::new(made.dtype, made.shape.clone()))));
    Ok(())
}

/// The handle is kept in the node's state, so that only a node's first run looks the variable up.
fn named_handle(p: &Prepared, call: &mut Call) -> Result<()> {
    let made: &Made = p.plan()?;
    let mut slot = call.state()?.slot.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(t) = slot.as_ref().and_then(|s| s.downcast_ref::<Tensor>()) {
        let t = t.clone();
        drop(slot);
        call.set(0, t);
        return Ok(());
    }
    let name = if made.name.is_empty() && made.of_node { call.node } else { &made.name };
    let new = || Ok(Arc::new(Variable::new(made.dtype, made.shape.clone())));
    let found = call.run.env.resources.get_or_create(&made.container, name, new)?;
    if found.dtype != made.dtype {
        bail!(
            InvalidArgument,
            "Trying to access resource {name} of dtype {} as {}",
            found.dtype.signature_name(),
            made.dtype.signature_name()
        );
    }
    let t = Handle::tensor(&made.container, name, found);
    *slot = Some(Arc::new(t.clone()));
    drop(slot);
    call.set(0, t);
    Ok(())
}

fn prepare_read(p: &Prep) -> Result<Prepared> {
    Ok(Prepared::with(read, NS, p.attrs.dtype("dtype")?))
}

fn read(p: &Prepared, call: &mut Call) -> Result<()> {
    let v = variable(call, 0)?;
    check_dtype(v, *p.plan()?)?;
    let Some(value) = v.read() else { return Err(unreadable(call)) };
    call.set(0, value.to_host()?);
    Ok(())
}

/// How an assignment treats the shape, and whether it passes the reference on.
struct Assignment {
    validate: bool,
    reference: bool,
}

fn prepare_assign(p: &Prep) -> Result<Prepared> {
    let plan = Assignment { validate: p.attrs.bool("validate_shape")?, reference: p.op.name == "Assign" };
    Ok(Prepared::with(assign, NS, plan))
}

fn assign(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan: &Assignment = p.plan()?;
    assign_checked(call, plan.validate, plan.reference, call.input(1).clone())?;
    pass_on(call, plan.reference);
    Ok(())
}

/// Output 0 of a reference op is its reference.
fn pass_on(call: &mut Call, reference: bool) {
    if reference {
        let handle = call.input(0).clone();
        call.set(0, handle);
    }
}

fn update(p: &Prepared, call: &mut Call) -> Result<()> {
    let how: Change = *p.plan()?;
    let (v, value, reference) = (variable(call, 0)?, call.input(1), !call.outs.is_empty());
    if !v.is_initialized() {
        return Err(if reference {
            error!(FailedPrecondition, "Attempting to use uninitialized value {}", name(call, 0))
                .fix(ferroflow_ops::resource::RUN_INITIALIZER)
        } else {
            missing(call, 0)
        });
    }
    check_dtype(v, value.dtype())?;
    v.update(|x| {
        check_shape(x.shape(), value.shape(), reference)?;
        accumulate(call.run.device, x, value, how)
    })?;
    pass_on(call, reference);
    Ok(())
}

fn is_initialized(_: &Prepared, call: &mut Call) -> Result<()> {
    let is = variable(call, 0)?.is_initialized();
    call.set(0, Tensor::scalar(is));
    Ok(())
}

fn variable_shape(p: &Prepared, call: &mut Call) -> Result<()> {
    let value = variable(call, 0)?.read().ok_or_else(|| missing(call, 0))?;
    let dims = value.shape().dims();
    let shape = match p.plan::<DType>()? {
        DType::Int64 => Tensor::from_slice(&dims.iter().map(|d| *d as i64).collect::<Vec<_>>(), [dims.len()])?,
        _ => Tensor::from_slice(&dims.iter().map(|d| *d as i32).collect::<Vec<_>>(), [dims.len()])?,
    };
    call.set(0, shape);
    Ok(())
}

/// A variable loses its value: its handles may live on in the states of nodes. Other resources leave their container.
fn destroy(p: &Prepared, call: &mut Call) -> Result<()> {
    let handle = call.input(0).get_object::<Handle>()?;
    let gone = match Handle::get::<Variable>(call.input(0)) {
        Ok(v) => {
            let had = v.is_initialized();
            v.clear();
            had
        }
        Err(_) => call.run.env.resources.remove(&handle.container, &handle.name).is_ok(),
    };
    if !gone && !*p.plan::<bool>()? {
        bail!(NotFound, "Resource localhost/{}/<unknown> does not exist.", handle.name);
    }
    Ok(())
}
