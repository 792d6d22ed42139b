//! What all optimizers share: slots, and the ops that update a variable.
use crate::gradient::Gradient;
use crate::graph::{Graph, Op, T};
use crate::operand::{Item, Operand};
use crate::ops::call;
use crate::variable::Variable;
use ferroflow_ops::Attr;
use ferroflow_tensor::{Result, bail};

/// One application of gradients.
pub(super) struct Step<'g> {
    pub graph: &'g Graph,
    scope: String,
    slot_name: &'static str,
    updates: Vec<Op<'g>>,
}

/// The gradient operands of an update: the dense gradient, or rows and their indices without repetition.
pub(super) enum Update<'g> {
    Dense(T<'g>),
    Rows(T<'g>, T<'g>),
}

/// What the update op of a rule is called with.
pub(super) struct Rule<'a, 'g> {
    /// Names of the op for dense gradients and for rows.
    pub ops: (&'static str, &'static str),
    /// The variable and its slots.
    pub slots: &'a [Variable<'g>],
    /// Operands before the gradient.
    pub before: Vec<Item<'g>>,
    /// Operands after it (and after its indices).
    pub after: Vec<Item<'g>>,
    /// Attributes.
    pub attrs: Vec<(&'static str, Attr)>,
}

impl<'g> Step<'g> {
    /// Begins a step. InvalidArgument if there is nothing to apply, or variables of several graphs.
    pub fn new(name: &'static str, gradients: &[(Gradient<'g>, Variable<'g>)]) -> Result<Step<'g>> {
        let Some(graph) = gradients.first().map(|(_, v)| v.graph()) else { bail!(InvalidArgument, "No gradients to apply.") };
        for (_, v) in gradients {
            v.handle().within(graph)?;
        }
        let scope = graph.core().unique_name(&graph.scoped(name), true);
        Ok(Step { graph, scope, slot_name: name, updates: vec![] })
    }
    /// A further variable of the shape of `variable`, named after it and the optimizer.
    pub fn slot(&self, variable: &Variable<'g>, value: f64) -> Result<Variable<'g>> {
        let name = format!("{}/{}", variable.name()?, self.slot_name);
        let dtype = variable.dtype()?;
        let value = crate::Number::Float(value).to_scalar(dtype)?;
        let initial = match variable.shape()?.known() {
            Some(shape) => {
                let dims: Vec<i64> = shape.iter().map(|d| *d as i64).collect();
                call("Fill").on(self.graph).absolute_name(&format!("{name}/Initializer")).input(dims).input(value).run()?.output(0)?
            }
            None => {
                let zeros =
                    call("ZerosLike").absolute_name(&format!("{name}/Initializer")).input(variable.initial_value()).run()?.output(0)?;
                (zeros + value).check()?
            }
        };
        Variable::make(self.graph, initial, &name, false)
    }
    /// A scalar variable that all trained ones share, of the dtype of the first.
    pub fn shared(&self, name: &str, like: &Variable<'g>, value: f64) -> Result<Variable<'g>> {
        Variable::make(self.graph, crate::Number::Float(value).to_scalar(like.dtype()?)?, name, false)
    }
    fn name_of(&self, variable: &Variable<'g>, op: &str) -> Result<String> {
        Ok(format!("{}/update_{}/{op}", self.scope, variable.name()?))
    }
    /// The operands of a gradient; rows that come several times are summed.
    pub fn update(&self, gradient: &Gradient<'g>, variable: &Variable<'g>) -> Result<Update<'g>> {
        let (values, indices) = match gradient {
            Gradient::Dense(t) => return Ok(Update::Dense(*t)),
            Gradient::Slices { values, indices, .. } => (*values, *indices),
        };
        let name = |op: &str| self.name_of(variable, op);
        let unique = call("Unique").absolute_name(&name("Unique")?).input(indices).run()?;
        let (rows, positions) = (unique.output(0)?, unique.output(1)?);
        let count = call("Size").absolute_name(&name("Size")?).input(rows).run()?.output(0)?;
        let sums =
            call("UnsortedSegmentSum").absolute_name(&name("UnsortedSegmentSum")?).input(values).input(positions).input(count).run()?;
        Ok(Update::Rows(sums.output(0)?, rows))
    }
    /// Adds the update of one variable.
    pub fn apply(&mut self, gradient: &Gradient<'g>, rule: Rule<'_, 'g>) -> Result<()> {
        let Some(variable) = rule.slots.first() else { bail!(Internal, "an update of no variable") };
        let update = self.update(gradient, variable)?;
        let op = if matches!(update, Update::Dense(_)) { rule.ops.0 } else { rule.ops.1 };
        let mut made = call(op).absolute_name(&self.name_of(variable, op)?);
        for s in rule.slots {
            made = made.input(s.handle());
        }
        for x in rule.before {
            made = made.input(x);
        }
        made = match update {
            Update::Dense(g) => made.input(g),
            Update::Rows(g, rows) => made.input(g).input(rows),
        };
        for x in rule.after {
            made = made.input(x);
        }
        for (name, value) in rule.attrs {
            made = made.attr(name, value);
        }
        self.updates.push(made.run()?);
        Ok(())
    }
    /// Adds an update that is an op on the variable's resource.
    pub fn add(&mut self, op: Op<'g>) {
        self.updates.push(op);
    }
    /// `variable *= factor`, after all updates so far.
    pub fn scale(&self, variable: &Variable<'g>, factor: f64) -> Result<Op<'g>> {
        let scaled = (variable.value() * factor).check()?;
        let assign = call("AssignVariableOp").absolute_name(&format!("{}/Assign", self.scope)).input(variable.handle()).input(scaled);
        self.updates.iter().fold(assign, |c, u| c.after(*u)).run()
    }
    /// The op that runs all updates, and these ops.
    pub fn finish(mut self, more: &[Op<'g>]) -> Result<Op<'g>> {
        self.updates.extend(more);
        let group = call("NoOp").on(self.graph).absolute_name(&self.scope);
        self.updates.iter().fold(group, |c, u| c.after(*u)).run()
    }
}

/// Items of a call from operands of several kinds.
pub(super) fn item<'g>(x: impl Operand<'g>) -> Item<'g> {
    x.into_item()
}
