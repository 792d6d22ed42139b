//! The rules of the optimizers, with TensorFlow's formulas, defaults and slot names.
use super::Optimizer;
use super::apply::{Rule, Step, Update, item};
use crate::gradient::Gradient;
use crate::graph::Op;
use crate::operand::{Item, Operand};
use crate::ops::call;
use crate::variable::Variable;
use ferroflow_tensor::Result;

macro_rules! setters { ($($(#[doc = $doc:literal])* $name:ident: $t:ty;)*) => { $(
    $(#[doc = $doc])*
    pub fn $name(mut self, $name: $t) -> Self {
        self.$name = $name;
        self
    }
)* } }

/// Gradient descent: `w -= rate * gradient`.
#[derive(Clone)]
pub struct GradientDescent<'g> {
    rate: Item<'g>,
}
impl<'g> GradientDescent<'g> {
    /// With a learning rate: a number, or a scalar tensor of the variables' dtype.
    pub fn new(rate: impl Operand<'g>) -> Self {
        GradientDescent { rate: rate.into_item() }
    }
}
impl<'g> Optimizer<'g> for GradientDescent<'g> {
    #[track_caller]
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>> {
        let mut step = Step::new("GradientDescent", gradients)?;
        for (g, v) in gradients {
            let update = match step.update(g, v)? {
                Update::Dense(g) => call("ResourceApplyGradientDescent").input(v.handle()).input(self.rate.clone()).input(g).run()?,
                Update::Rows(g, rows) => {
                    call("ResourceScatterSub").input(v.handle()).input(rows).input((g * self.rate.clone()).check()?).run()?
                }
            };
            step.add(update);
        }
        step.finish(&[])
    }
}

/// Momentum: `accumulator = momentum * accumulator + gradient; w -= rate * accumulator`.
#[derive(Clone)]
pub struct Momentum<'g> {
    rate: Item<'g>,
    momentum: f64,
    nesterov: bool,
}
impl<'g> Momentum<'g> {
    /// With a learning rate and a momentum such as 0.9.
    pub fn new(rate: impl Operand<'g>, momentum: f64) -> Self {
        Momentum { rate: rate.into_item(), momentum, nesterov: false }
    }
    setters! {
        /// Whether the step looks ahead (Nesterov, 1983). Default `false`.
        nesterov: bool;
    }
}
impl<'g> Optimizer<'g> for Momentum<'g> {
    #[track_caller]
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>> {
        let mut step = Step::new("Momentum", gradients)?;
        for (g, v) in gradients {
            let rule = Rule {
                ops: ("ResourceApplyMomentum", "ResourceSparseApplyMomentum"),
                slots: &[*v, step.slot(v, 0.0)?],
                before: vec![self.rate.clone()],
                after: vec![item(self.momentum)],
                attrs: vec![("use_nesterov", self.nesterov.into())],
            };
            step.apply(g, rule)?;
        }
        step.finish(&[])
    }
}

/// Adam (Kingma and Ba, 2014): steps of the running mean of gradients over the root of the running mean of their squares.
///
/// Rows of a gather's gradient count as a dense gradient that is zero elsewhere, as in TensorFlow.
#[derive(Clone)]
pub struct Adam<'g> {
    rate: Item<'g>,
    beta1: f64,
    beta2: f64,
    epsilon: f64,
}
impl<'g> Adam<'g> {
    /// With a learning rate such as 0.001.
    pub fn new(rate: impl Operand<'g>) -> Self {
        Adam { rate: rate.into_item(), beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    }
    setters! {
        /// Decay of the mean of gradients. Default 0.9.
        beta1: f64;
        /// Decay of the mean of squares. Default 0.999.
        beta2: f64;
        /// Added to the root. Default 1e-8.
        epsilon: f64;
    }
}
impl<'g> Optimizer<'g> for Adam<'g> {
    #[track_caller]
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>> {
        let mut step = Step::new("Adam", gradients)?;
        let Some((_, first)) = gradients.first() else { return step.finish(&[]) };
        let power1 = step.shared("beta1_power", first, self.beta1)?;
        let power2 = step.shared("beta2_power", first, self.beta2)?;
        for (g, v) in gradients {
            let before = vec![item(power1), item(power2), self.rate.clone(), item(self.beta1), item(self.beta2), item(self.epsilon)];
            let slots = [*v, step.slot(v, 0.0)?, step.slot(v, 0.0)?];
            let rule = Rule { ops: ("ResourceApplyAdam", "ResourceApplyAdam"), slots: &slots, before, after: vec![], attrs: vec![] };
            step.apply(&Gradient::Dense(g.dense()?), rule)?;
        }
        let powers = [step.scale(&power1, self.beta1)?, step.scale(&power2, self.beta2)?];
        step.finish(&powers)
    }
}

/// Adagrad (Duchi, Hazan and Singer, 2011): `accumulator += gradient^2; w -= rate * gradient / sqrt(accumulator)`.
#[derive(Clone)]
pub struct Adagrad<'g> {
    rate: Item<'g>,
    initial_accumulator: f64,
}
impl<'g> Adagrad<'g> {
    /// With a learning rate.
    pub fn new(rate: impl Operand<'g>) -> Self {
        Adagrad { rate: rate.into_item(), initial_accumulator: 0.1 }
    }
    setters! {
        /// Where the accumulator starts. Default 0.1.
        initial_accumulator: f64;
    }
}
impl<'g> Optimizer<'g> for Adagrad<'g> {
    #[track_caller]
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>> {
        let mut step = Step::new("Adagrad", gradients)?;
        for (g, v) in gradients {
            let slots = [*v, step.slot(v, self.initial_accumulator)?];
            let ops = ("ResourceApplyAdagrad", "ResourceSparseApplyAdagrad");
            step.apply(g, Rule { ops, slots: &slots, before: vec![self.rate.clone()], after: vec![], attrs: vec![] })?;
        }
        step.finish(&[])
    }
}

/// RMSProp (Hinton): steps of the gradient over the root of the running mean of its squares, with momentum.
#[derive(Clone)]
pub struct RmsProp<'g> {
    rate: Item<'g>,
    decay: f64,
    momentum: f64,
    epsilon: f64,
    centered: bool,
}
impl<'g> RmsProp<'g> {
    /// With a learning rate.
    pub fn new(rate: impl Operand<'g>) -> Self {
        RmsProp { rate: rate.into_item(), decay: 0.9, momentum: 0.0, epsilon: 1e-10, centered: false }
    }
    setters! {
        /// Decay of the mean of squares. Default 0.9.
        decay: f64;
        /// Momentum. Default 0.
        momentum: f64;
        /// Added under the root. Default 1e-10.
        epsilon: f64;
        /// Whether the squared mean of gradients is subtracted under the root. Default `false`.
        centered: bool;
    }
}
impl<'g> Optimizer<'g> for RmsProp<'g> {
    #[track_caller]
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>> {
        let mut step = Step::new("RMSProp", gradients)?;
        for (g, v) in gradients {
            let squares = step.slot(v, 1.0)?;
            let (ops, slots) = if self.centered {
                let means = step.slot(v, 0.0)?;
                let ops = ("ResourceApplyCenteredRMSProp", "ResourceSparseApplyCenteredRMSProp");
                (ops, vec![*v, means, squares, step.slot(v, 0.0)?])
            } else {
                (("ResourceApplyRMSProp", "ResourceSparseApplyRMSProp"), vec![*v, squares, step.slot(v, 0.0)?])
            };
            let before = vec![self.rate.clone(), item(self.decay), item(self.momentum), item(self.epsilon)];
            step.apply(g, Rule { ops, slots: &slots, before, after: vec![], attrs: vec![] })?;
        }
        step.finish(&[])
    }
}

/// Adadelta (Zeiler, 2012): steps of the gradient times the ratio of the running roots of squared steps and gradients.
#[derive(Clone)]
pub struct Adadelta<'g> {
    rate: Item<'g>,
    rho: f64,
    epsilon: f64,
}
impl<'g> Adadelta<'g> {
    /// With a learning rate: 1.0 is the paper's.
    pub fn new(rate: impl Operand<'g>) -> Self {
        Adadelta { rate: rate.into_item(), rho: 0.95, epsilon: 1e-8 }
    }
    setters! {
        /// Decay of the means. Default 0.95.
        rho: f64;
        /// Added under the roots. Default 1e-8.
        epsilon: f64;
    }
}
impl<'g> Optimizer<'g> for Adadelta<'g> {
    #[track_caller]
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>> {
        let mut step = Step::new("Adadelta", gradients)?;
        for (g, v) in gradients {
            let slots = [*v, step.slot(v, 0.0)?, step.slot(v, 0.0)?];
            let before = vec![self.rate.clone(), item(self.rho), item(self.epsilon)];
            let ops = ("ResourceApplyAdadelta", "ResourceSparseApplyAdadelta");
            step.apply(g, Rule { ops, slots: &slots, before, after: vec![], attrs: vec![] })?;
        }
        step.finish(&[])
    }
}

/// FTRL-proximal (McMahan and others, 2013): for sparse linear models, with L1 and L2 regularisation.
#[derive(Clone)]
pub struct Ftrl<'g> {
    rate: Item<'g>,
    rate_power: f64,
    initial_accumulator: f64,
    l1: f64,
    l2: f64,
    l2_shrinkage: f64,
}
impl<'g> Ftrl<'g> {
    /// With a learning rate.
    pub fn new(rate: impl Operand<'g>) -> Self {
        Ftrl { rate: rate.into_item(), rate_power: -0.5, initial_accumulator: 0.1, l1: 0.0, l2: 0.0, l2_shrinkage: 0.0 }
    }
    setters! {
        /// Power of the accumulator that the rate is divided by, at most 0. Default -0.5.
        rate_power: f64;
        /// Where the accumulator starts. Default 0.1.
        initial_accumulator: f64;
        /// L1 regularisation. Default 0.
        l1: f64;
        /// L2 regularisation. Default 0.
        l2: f64;
        /// L2 penalty on the loss rather than on the update. Default 0.
        l2_shrinkage: f64;
    }
}
impl<'g> Optimizer<'g> for Ftrl<'g> {
    #[track_caller]
    fn apply_gradients(&self, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Op<'g>> {
        let mut step = Step::new("Ftrl", gradients)?;
        for (g, v) in gradients {
            let slots = [*v, step.slot(v, self.initial_accumulator)?, step.slot(v, 0.0)?];
            let mut after = vec![self.rate.clone(), item(self.l1), item(self.l2)];
            let ops = if self.l2_shrinkage > 0.0 {
                after.push(item(self.l2_shrinkage));
                ("ResourceApplyFtrlV2", "ResourceSparseApplyFtrlV2")
            } else {
                ("ResourceApplyFtrl", "ResourceSparseApplyFtrl")
            };
            after.push(item(self.rate_power));
            step.apply(g, Rule { ops, slots: &slots, before: vec![], after, attrs: vec![] })?;
        }
        step.finish(&[])
    }
}
