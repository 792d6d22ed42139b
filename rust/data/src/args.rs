//! How a dataset's kernel reads its operands and attributes.
use crate::dataset::{Dataset, Spec, dataset_of, variant};
use crate::function::{Captured, ElementFn, UserFunction};
use ferroflow_ops::infer::arg_len;
use ferroflow_ops::{Attrs, Call, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};
use std::ops::Range;
use std::sync::Arc;

/// Makes a dataset from the operands of its op.
pub(crate) type Make = fn(&Args) -> Result<Arc<dyn Dataset>>;

struct Plan {
    attrs: Attrs,
    inputs: Vec<(String, Range<usize>)>,
    spec: Option<Arc<Spec>>,
    make: Make,
}

/// Operands and attributes by name.
pub(crate) struct Args<'a> {
    pub call: &'a Call<'a>,
    pub attrs: &'a Attrs,
    plan: &'a Plan,
}

/// Prepares the kernel of an op that makes a dataset.
pub(crate) fn prepare(p: &Prep, make: Make) -> Result<Prepared> {
    let (mut inputs, mut at) = (vec![], 0);
    for a in &p.op.inputs {
        let n = arg_len(a, p.attrs)?;
        inputs.push((a.name.clone(), at..at + n));
        at += n;
    }
    let types = p.attrs.dtypes("output_types").or_else(|_| p.attrs.dtypes("Toutput_types"));
    let spec = match (types, p.attrs.shapes("output_shapes")) {
        (Ok(t), Ok(s)) if t.len() == s.len() => Some(Arc::new(Spec { types: t.to_vec(), shapes: s.to_vec() })),
        (Ok(t), Ok(s)) => {
            bail!(InvalidArgument, "`output_types` and `output_shapes` must have the same length, got {} and {}", t.len(), s.len())
        }
        _ => None,
    };
    Ok(Prepared::with(run, 5_000.0, Plan { attrs: p.attrs.clone(), inputs, spec, make }))
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let made = (plan.make)(&Args { call, attrs: &plan.attrs, plan })?;
    call.set(0, variant(made));
    Ok(())
}

impl Args<'_> {
    /// The tensors of an operand; they may outlive the run.
    pub fn list(&self, name: &str) -> Result<Vec<Tensor>> {
        let Some((_, range)) = self.plan.inputs.iter().find(|(n, _)| n == name) else { bail!(Internal, "no operand '{name}'") };
        range.clone().map(|i| self.call.input(i).clone().settle()).collect()
    }
    /// The tensor of an operand.
    pub fn one(&self, name: &str) -> Result<Tensor> {
        match self.list(name)?.pop() {
            Some(t) => Ok(t),
            None => bail!(Internal, "operand '{name}' is empty"),
        }
    }
    fn scalar(&self, name: &str) -> Result<Tensor> {
        let t = self.one(name)?;
        if t.shape().rank() != 0 {
            bail!(InvalidArgument, "{name} must be a scalar");
        }
        Ok(t)
    }
    /// An int64 scalar operand. InvalidArgument if it is no scalar.
    pub fn int(&self, name: &str) -> Result<i64> {
        self.scalar(name)?.item()
    }
    /// A bool scalar operand.
    pub fn flag(&self, name: &str) -> Result<bool> {
        self.scalar(name)?.item()
    }
    /// A dataset operand.
    pub fn dataset(&self, name: &str) -> Result<Arc<dyn Dataset>> {
        dataset_of(&self.one(name)?)
    }
    /// A list of dataset operands.
    pub fn datasets(&self, name: &str) -> Result<Vec<Arc<dyn Dataset>>> {
        self.list(name)?.iter().map(dataset_of).collect()
    }
    /// A function attribute with the captured values that an operand lists.
    pub fn function(&self, attr: &str, captured: &str) -> Result<Arc<dyn ElementFn>> {
        Captured::bind(self.call.run, self.attrs.func(attr)?, self.list(captured)?)
    }
    /// A function as above that the user passed to a transformation: its errors say so, and name the dataset and its iterator.
    pub fn user_function(&self, attr: &str, captured: &str, dataset: &str, iterator: &str) -> Result<Arc<dyn ElementFn>> {
        Ok(UserFunction::wrap(self.function(attr, captured)?, dataset, iterator))
    }
    /// What the attributes say of the elements.
    pub fn spec(&self) -> Result<Arc<Spec>> {
        match &self.plan.spec {
            Some(s) => Ok(s.clone()),
            None => bail!(Internal, "the op says nothing about its elements"),
        }
    }
    /// Whether the order of a parallel step must be kept.
    pub fn deterministic(&self) -> Result<bool> {
        Ok(self.attrs.str("deterministic")? != "false")
    }
}

/// A scalar of an integer.
pub(crate) fn int64(x: i64) -> Tensor {
    Tensor::scalar(x)
}
/// The value of a bool scalar that a predicate gave. InvalidArgument if it is something else.
pub(crate) fn truth(e: &[Tensor], what: &str) -> Result<bool> {
    match e {
        [t] if t.dtype() == DType::Bool && *t.shape() == Shape::SCALAR => t.item(),
        _ => bail!(InvalidArgument, "{what} must return a scalar of dtype DT_BOOL."),
    }
}
