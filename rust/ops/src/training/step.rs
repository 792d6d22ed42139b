//! What a training step is made of, as its op's signature says: the formula, and the role of each operand.
use super::check_rows;
use super::rules::{Options, Rule};
use crate::resource::{Handle, Variable};
use crate::{Call, Prep};
use ferroflow_tensor::{DType, Error, Result, Tensor, bail, error};
use smallvec::SmallVec;
use std::sync::Arc;

/// A formula, and where its operands are.
pub struct Step<T> {
    /// The op with its options.
    pub name: String,
    /// The formula.
    pub rule: Rule<T>,
    /// What the op's attributes change of it.
    pub options: Options,
    /// The variable and its slots.
    pub variables: Vec<usize>,
    /// The scalars, in the order of the signature.
    pub scalars: Vec<usize>,
    /// The gradient.
    pub grad: usize,
    /// The rows that it is for, if it is sparse.
    pub indices: Option<usize>,
    names: Vec<String>,
}

impl<T> Step<T> {
    /// The step of an op by the formulas of its family, such as `Adam` for `ResourceApplyAdam`. InvalidArgument for a
    /// hyperparameter that is no scalar.
    pub fn of(p: &Prep, rule: impl FnOnce(&str) -> Option<Rule<T>>) -> Result<Step<T>> {
        let family = p.op.name.trim_start_matches("Resource").trim_start_matches("Sparse").trim_start_matches("Apply");
        let Some(rule) = rule(family) else { bail!(Unimplemented, "no {} for dtype {}", p.op.name, p.attrs.dtype("T")?) };
        let names: Vec<String> = p.op.inputs.iter().map(|a| a.name.clone()).collect();
        let is_variable = |i: &usize| p.op.inputs[*i].is_ref || p.dtype(*i) == DType::Resource;
        let grad = names.iter().position(|n| n == "grad" || n == "delta").unwrap_or(0);
        let indices = names.iter().position(|n| n == "indices");
        let scalars: Vec<usize> = (0..names.len()).filter(|i| !is_variable(i) && *i != grad && Some(*i) != indices).collect();
        if let Some(i) = scalars.iter().find(|i| p.shape(**i).rank() != 0) {
            // TensorFlow writes a space before the colon in some of its kernels.
            let spaced = p.op.name.contains("Adam") || (p.op.name == "ResourceApplyRMSProp" && names[*i] == "lr");
            bail!(InvalidArgument, "{} is not a scalar{}: {}", names[*i], if spaced { " " } else { "" }, p.shape(*i));
        }
        let flag = |name: &str| p.attrs.has(name) && p.attrs.bool(name).unwrap_or(false);
        let options =
            Options { nesterov: flag("use_nesterov"), update_slots: flag("update_slots"), scaled_linear: flag("multiply_linear_by_lr") };
        let variables = (0..names.len()).filter(is_variable).collect();
        let name = format!("{} {} {} {}", p.op.name, options.nesterov, options.update_slots, options.scaled_linear);
        Ok(Step { name, rule, options, variables, scalars, grad, indices, names })
    }

    /// The variable and its slots. Internal if one has no value, InvalidArgument if one is of another dtype.
    pub fn variables(&self, call: &Call, dtype: DType) -> Result<SmallVec<[Arc<Variable>; 4]>> {
        let one = |i: &usize| {
            let v = Handle::get::<Variable>(call.input(*i))?;
            if !v.is_initialized() {
                return Err(uninitialized(call, *i));
            }
            if v.dtype != dtype {
                let (wanted, found) = (dtype.signature_name(), v.dtype.signature_name());
                bail!(InvalidArgument, "Trying to read variable with wrong dtype. Expected {wanted} got {found}");
            }
            Ok(v)
        };
        self.variables.iter().map(one).collect()
    }

    /// InvalidArgument unless the slots have the shape of the variable and gradient and indices fit it.
    pub fn check_shapes(&self, call: &Call, values: &[&mut Tensor]) -> Result<()> {
        let (shape, grad) = (values[0].shape(), call.input(self.grad).shape());
        let slots = values.iter().zip(&self.variables).skip(1).map(|(v, i)| (*i, v.shape()));
        let whole = self.indices.is_none().then_some((self.grad, grad));
        if let Some((i, other)) = slots.chain(whole).find(|(_, s)| *s != shape) {
            bail!(InvalidArgument, "var and {} do not have the same shape{shape} {other}", self.names[i]);
        }
        self.indices.map_or(Ok(()), |i| check_rows(shape, call.input(i).shape(), grad))
    }
}

/// Passes the reference on that a step of reference variables was given.
pub fn hand_on(call: &mut Call) {
    if !call.outs.is_empty() {
        let reference = call.input(0).clone();
        call.set(0, reference);
    }
}

#[cold]
fn uninitialized(call: &Call, i: usize) -> Error {
    let name = call.input(i).get_object::<Handle>().map_or(String::new(), |h| h.name.clone());
    error!(Internal, "Invalid variable reference.").fix(format!("variable '{name}' has no value: run its initializer first"))
}
