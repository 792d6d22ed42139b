//! What the kernels of variables share on all devices: look-ups, checks, errors.
use crate::kernel::Call;
use crate::resource::{Handle, RUN_INITIALIZER, Variable};
use ferroflow_tensor::{DType, Error, Object, Result, Shape, Tensor, bail, error};
use std::sync::Arc;

/// The variable behind a handle. InvalidArgument if it is something else.
pub fn variable<'a>(call: &Call<'a>, i: usize) -> Result<&'a Variable> {
    Handle::get_ref(call.input(i))
}

/// The name of the resource behind a handle.
pub fn name(call: &Call, i: usize) -> String {
    call.input(i).get_object::<Handle>().map_or(String::new(), |h| h.name.clone())
}

/// The error for a variable without a value.
pub fn missing(call: &Call, i: usize) -> Error {
    error!(NotFound, "{}", why_missing(call, i)).fix("initialise the variable first")
}

fn why_missing(call: &Call, i: usize) -> String {
    let name = name(call, i);
    let container = call.input(i).get_object::<Handle>().map_or(String::new(), |h| h.container.clone());
    match call.run.env.resources.get(&container, USED) {
        Ok(_) => format!("Resource localhost/{name}/N10tensorflow3VarE does not exist."),
        Err(_) => format!("Container localhost does not exist. (Could not find resource: localhost/{name})"),
    }
}

/// The error for a variable of another dtype than the op's.
pub fn check_dtype(variable: &Variable, dtype: DType) -> Result<()> {
    if variable.dtype != dtype {
        bail!(
            InvalidArgument,
            "Trying to read variable with wrong dtype. Expected {} got {}",
            dtype.signature_name(),
            variable.dtype.signature_name()
        );
    }
    Ok(())
}

/// Notes in a container that one of its variables has had a value: TensorFlow's message for a variable without one differs
/// before and after.
struct Used;
impl Object for Used {
    fn type_name(&self) -> &str {
        "Used"
    }
}
const USED: &str = "\0used"; // no user can name a variable so

/// The error of a read of a variable without a value.
#[cold]
pub fn unreadable(call: &Call) -> Error {
    let (name, status) = (name(call, 0), why_missing(call, 0));
    let e = error!(
        FailedPrecondition,
        "Could not find variable {name}. This could mean that the variable has been deleted. In TF1, it can also mean the variable is uninitialized. \
         Debug info: container=localhost, status error message={status}"
    );
    e.fix(RUN_INITIALIZER)
}

/// Assigns a value to the variable of input 0. InvalidArgument if its dtype does not fit, or its shape, which `validate` asks for.
pub fn assign_checked(call: &Call, validate: bool, reference: bool, value: Tensor) -> Result<()> {
    let v = variable(call, 0)?;
    if v.dtype != value.dtype() {
        let (want, got) = (v.dtype.signature_name(), value.dtype().signature_name());
        bail!(InvalidArgument, "Trying to assign variable with wrong dtype. Expected {want} got {got}");
    }
    if validate && !v.shape.accepts(value.shape()) {
        if reference {
            bail!(InvalidArgument, "Assign requires shapes of both tensors to match. lhs shape= {} rhs shape= {}", v.shape, value.shape());
        }
        bail!(InvalidArgument, "Trying to assign to variable with tensor with wrong shape. Expected {} got {}", v.shape, value.shape());
    }
    if !v.is_initialized() {
        let handle = call.input(0).get_object::<Handle>()?;
        call.run.env.resources.put(&handle.container, USED, Arc::new(Used));
    }
    v.assign(value)
}

/// The error for an update of another shape than the variable's value, which may stand behind a reference.
pub fn check_shape(held: &Shape, given: &Shape, reference: bool) -> Result<()> {
    match held == given {
        true => Ok(()),
        false if reference => {
            Err(error!(InvalidArgument, "Parameters and update must be the same size").axis(format!("variable {held}, update {given}")))
        }
        false => {
            bail!(InvalidArgument, "Cannot update variable with shape {held} using a Tensor with shape {given}, shapes must be equal.")
        }
    }
}
