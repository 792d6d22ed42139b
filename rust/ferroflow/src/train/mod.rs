//! Training: optimizers, and checkpoints of variables.
mod apply;
mod rules;
mod saver;

pub use rules::{Adadelta, Adagrad, Adam, Ftrl, GradientDescent, Momentum, RmsProp};
pub use saver::{Saver, latest_checkpoint};

use crate::gradient::{Gradient, sparse_gradients};
use crate::graph::{Op, T};
use crate::variable::Variable;
use ferroflow_tensor::{Result, bail};

/// Adds the ops of a training step to a graph.
///
/// Slots, the variables that a rule keeps besides the trained ones, have TensorFlow's names (`w/Adam`, `w/Adam_1`,
/// `beta1_power`), so checkpoints fit both ways. They are initialised with all others by
/// [`Graph::initializer`](crate::Graph::initializer), which is therefore to be made after the training ops.
pub trait Optimizer<'g> {
    /// An op that applies gradients to variables. Errors of the ops; InvalidArgument if there are no gradients.
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>>;

    /// An op that takes one step of all trainable variables of the graph against the gradient of `loss`. Value error if
    /// no variable has a gradient.
    #[track_caller]
    fn minimize(&self, loss: T<'g>) -> Result<Op<'g>> {
        self.apply_gradients(&compute_gradients(loss)?)
    }
}

/// Gradients of a loss with respect to those trainable variables of its graph that it depends on. Value error if it
/// depends on none.
pub fn compute_gradients(loss: T<'_>) -> Result<Vec<(Gradient<'_>, Variable<'_>)>> {
    let loss = loss.check()?;
    let variables: Vec<Variable> = loss.graph().variables().into_iter().filter(Variable::is_trainable).collect();
    let found = sparse_gradients(&[loss], &variables)?;
    let pairs: Vec<_> = found.into_iter().zip(variables).filter_map(|(g, v)| Some((g?, v))).collect();
    if pairs.is_empty() {
        bail!(
            Value,
            "No gradients provided for any variable, check your graph for ops that do not support gradients, between variables and loss."
        );
    }
    Ok(pairs)
}
