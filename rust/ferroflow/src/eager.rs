//! Eager execution: ops run at once on concrete values, and a [`GradientTape`] differentiates what it saw.
//!
//! ```
//! use ferroflow::prelude::*;
//! let x = Value::of([1.0f32, 2.0, 3.0])?;
//! let tape = GradientTape::new();
//! tape.watch(&x);
//! let y = x.mul(&x)?.sum(&[], false)?;
//! assert_eq!(y.tensor().item::<f32>()?, 14.0);
//! let dx = tape.gradient(&y, &[&x])?.remove(0).unwrap();
//! assert_eq!(dx.tensor().slice::<f32>()?, [2.0, 4.0, 6.0]);
//! # Ok::<(), ferroflow::Error>(())
//! ```
use crate::graph::here;
use crate::operand::ToTensor;
use ferroflow_ops::{Attr, Attrs};
use ferroflow_runtime::tape::{self, EagerGrad, Tape};
use ferroflow_runtime::{cancel, eager};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};
use std::marker::PhantomData;
use std::sync::Arc;

/// A concrete tensor that tapes know by its identity. Cloning shares the elements and the identity.
#[derive(Clone)]
pub struct Value(eager::Value);

/// Runs the op of this name at once. Attributes that follow from the inputs or have defaults may be left out. Errors as
/// TensorFlow's kernels report them, with the line of the call.
///
/// ```
/// use ferroflow::eager::{self, Value};
/// let x = Value::of([3i32, 1, 2])?;
/// let top = eager::call("TopKV2", &[&x, &Value::of(2i32)?], &[])?;
/// assert_eq!(top[0].tensor().slice::<i32>()?, [3, 2]);
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[track_caller]
pub fn call(op: &str, inputs: &[&Value], attrs: &[(&'static str, Attr)]) -> Result<Vec<Value>> {
    let place = here();
    crate::start();
    let inputs: Vec<eager::Value> = inputs.iter().map(|v| v.0.clone()).collect();
    let run = || eager::call(ferroflow_ops::op(op)?, &inputs, Attrs::of(attrs), None, &cancel::current());
    let out = run().map_err(|e| e.at_place(Some(place)))?;
    Ok(out.into_iter().map(Value).collect())
}

/// As [`call`], for ops with one output. Internal error for others.
#[track_caller]
fn one(op: &str, inputs: &[&Value], attrs: &[(&'static str, Attr)]) -> Result<Value> {
    let mut out = call(op, inputs, attrs)?;
    match (out.pop(), out.pop()) {
        (Some(v), None) => Ok(v),
        _ => bail!(Internal, "{op} has not one output"),
    }
}

macro_rules! methods {
    ([$($u:ident $u_op:literal $u_doc:literal;)*] [$($b:ident $b_op:literal $b_doc:literal;)*] [$($r:ident $r_op:literal $r_doc:literal;)*]) => {
        /// Methods that stand for one op each.
        #[allow(clippy::should_implement_trait)] // operators could not return errors
        impl Value {
            $(#[doc = $u_doc]
            #[track_caller]
            pub fn $u(&self) -> Result<Value> {
                one($u_op, &[self], &[])
            })*
            $(#[doc = $b_doc]
            #[track_caller]
            pub fn $b(&self, other: &Value) -> Result<Value> {
                one($b_op, &[self, other], &[])
            })*
            $(#[doc = $r_doc]
            #[track_caller]
            pub fn $r(&self, axes: &[i64], keep_dims: bool) -> Result<Value> {
                self.reduce($r_op, axes, keep_dims)
            })*
        }
    };
}
methods! {
    [
        abs "Abs" "Absolute values.";
        neg "Neg" "Negated values.";
        exp "Exp" "e to the power of each element.";
        log "Log" "Natural logarithms.";
        sqrt "Sqrt" "Square roots.";
        square "Square" "Squares.";
        sin "Sin" "Sines of angles in radians.";
        cos "Cos" "Cosines of angles in radians.";
        tanh "Tanh" "Hyperbolic tangents.";
        sigmoid "Sigmoid" "1 / (1 + e^-x).";
        relu "Relu" "max(x, 0).";
        softmax "Softmax" "e^x over its sum along the last axis.";
    ] [
        add "AddV2" "Sums, broadcast. InvalidArgument unless dtypes are equal and shapes fit; so for all that take two values.";
        sub "Sub" "Differences, broadcast.";
        mul "Mul" "Products, broadcast.";
        div "RealDiv" "Quotients, broadcast.";
        pow "Pow" "Powers, broadcast.";
        maximum "Maximum" "The larger of two, broadcast.";
        minimum "Minimum" "The smaller of two, broadcast.";
        equal "Equal" "Whether elements are equal, broadcast.";
        less "Less" "Whether elements are smaller, broadcast.";
        greater "Greater" "Whether elements are larger, broadcast.";
        matmul "MatMul" "Product of two matrices.";
    ] [
        sum "Sum" "Sums over these axes; over all if none are named. InvalidArgument for an axis out of range; so for all reductions.";
        mean "Mean" "Means over these axes; over all if none are named.";
        max "Max" "Maxima over these axes; over all if none are named.";
        min "Min" "Minima over these axes; over all if none are named.";
        prod "Prod" "Products over these axes; over all if none are named.";
    ]
}

impl Value {
    /// A value of a tensor or anything that makes one.
    pub fn of(x: impl ToTensor) -> Result<Value> {
        Ok(Value(eager::Value::new(x.to_tensor()?.settle()?)))
    }
    /// The tensor.
    pub fn tensor(&self) -> &Tensor {
        &self.0.tensor
    }
    /// The dtype.
    pub fn dtype(&self) -> DType {
        self.0.tensor.dtype()
    }
    /// The shape.
    pub fn shape(&self) -> &Shape {
        self.0.tensor.shape()
    }
    #[track_caller]
    fn reduce(&self, op: &str, axes: &[i64], keep_dims: bool) -> Result<Value> {
        let all: Vec<i64> = (0..self.shape().rank() as i64).collect();
        let axes = Value::of(if axes.is_empty() { &all } else { axes })?;
        one(op, &[self, &axes], &[("keep_dims", keep_dims.into())])
    }
    /// The same elements under another shape; one size may be -1. InvalidArgument if their number differs.
    #[track_caller]
    pub fn reshape(&self, shape: &[i64]) -> Result<Value> {
        one("Reshape", &[self, &Value::of(shape)?], &[])
    }
    /// The axes in another order. InvalidArgument unless each is named once.
    #[track_caller]
    pub fn transpose(&self, axes: &[i64]) -> Result<Value> {
        one("Transpose", &[self, &Value::of(axes)?], &[])
    }
    /// The elements in another dtype.
    #[track_caller]
    pub fn cast(&self, dtype: DType) -> Result<Value> {
        one("Cast", &[self], &[("DstT", dtype.into())])
    }
}
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.tensor.fmt(f)
    }
}

/// Records the eager ops of this thread on watched values, until it is dropped.
pub struct GradientTape {
    tape: Arc<Tape>,
    /// A tape records on the thread that made it, and stays there.
    here: PhantomData<*const ()>,
}
impl Default for GradientTape {
    fn default() -> Self {
        GradientTape::new()
    }
}
impl GradientTape {
    /// A tape that records from now on.
    pub fn new() -> GradientTape {
        let tape = Arc::new(Tape::default());
        tape.start();
        GradientTape { tape, here: PhantomData }
    }
    /// Watches a value: what is computed from it is recorded.
    pub fn watch(&self, x: &Value) {
        self.tape.watch(x.0.id);
    }
    /// Stops recording; what is recorded stays.
    pub fn stop(&self) {
        self.tape.stop();
    }
    /// Gradients of the sum of `target` with respect to `sources`, None where one does not matter. It may be asked for
    /// several times. Lookup error for an op without gradient on the way.
    pub fn gradient(&self, target: &Value, sources: &[&Value]) -> Result<Vec<Option<Value>>> {
        let ids: Vec<u64> = sources.iter().map(|s| s.0.id).collect();
        let found = self.tape.gradient(&[(target.0.clone(), None)], &ids, false)?;
        found.into_iter().map(|g| g.map(dense).transpose()).collect()
    }
}
impl Drop for GradientTape {
    fn drop(&mut self) {
        self.tape.stop();
    }
}

fn dense(g: EagerGrad) -> Result<Value> {
    let mut b = eager::EagerBuilder::default();
    let added = tape::add_grad(&mut b, &g);
    let v = ferroflow_graph::reverse::densify(&mut b, added);
    match ferroflow_ops::Build::take_error(&mut b) {
        Some(e) => Err(e),
        None => b.value(v).map(Value),
    }
}

/// A variable of eager programs: it owns its value.
///
/// ```
/// use ferroflow::eager::{GradientTape, Value, Variable};
/// let w = Variable::new([2.0f32])?;
/// let tape = GradientTape::new();
/// let y = w.read()?.square()?;
/// let dw = tape.gradient(&y, &[w.handle()])?.remove(0).unwrap();
/// w.assign_sub(&dw.mul(&Value::of(0.25f32)?)?)?;
/// assert_eq!(w.read()?.tensor().slice::<f32>()?, [1.0]);
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Variable {
    handle: Value,
    dtype: DType,
}
impl Variable {
    /// A variable with a value.
    #[track_caller]
    pub fn new(initial: impl ToTensor) -> Result<Variable> {
        let initial = Value::of(initial)?;
        let dtype = initial.dtype();
        let shape = ferroflow_tensor::PartialShape::from(initial.shape());
        let stored = ferroflow_ops::resource::Variable::new(dtype, shape);
        stored.assign(initial.tensor().clone())?;
        let handle = Value(eager::Value::new(ferroflow_ops::resource::Handle::tensor("", "Variable", Arc::new(stored))));
        Ok(Variable { handle, dtype })
    }
    /// What tapes know it by: the source to ask gradients for.
    pub fn handle(&self) -> &Value {
        &self.handle
    }
    /// The value; recording tapes watch the variable from here on.
    #[track_caller]
    pub fn read(&self) -> Result<Value> {
        tape::active().iter().for_each(|t| t.watch(self.handle.0.id));
        one("ReadVariableOp", &[&self.handle], &[("dtype", self.dtype.into())])
    }
    /// Replaces the value. InvalidArgument for another dtype or shape; so for all assignments.
    #[track_caller]
    pub fn assign(&self, value: &Value) -> Result<()> {
        call("AssignVariableOp", &[&self.handle, value], &[("dtype", self.dtype.into()), ("validate_shape", true.into())]).map(drop)
    }
    /// Adds to the value.
    #[track_caller]
    pub fn assign_add(&self, value: &Value) -> Result<()> {
        call("AssignAddVariableOp", &[&self.handle, value], &[("dtype", self.dtype.into())]).map(drop)
    }
    /// Subtracts from the value.
    #[track_caller]
    pub fn assign_sub(&self, value: &Value) -> Result<()> {
        call("AssignSubVariableOp", &[&self.handle, value], &[("dtype", self.dtype.into())]).map(drop)
    }
}
