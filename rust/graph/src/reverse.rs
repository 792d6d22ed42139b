//! Reverse-mode differentiation over a list of recorded ops, for graphs and tapes alike.
use crate::order::visits;
use ferroflow_ops::{Attrs, Build, Grad, GradValue, Gradient, OpDef, Val};
use ferroflow_tensor::{PartialShape, Result, bail};
use rustc_hash::{FxHashMap, FxHashSet};

/// A gradient that is defined outside the op table: `custom_gradient`, a registered override.
pub trait CustomGradient: Send + Sync {
    /// Gradients of the recorded inputs for gradients of the outputs (None: nothing flows back to that output).
    fn gradients(&self, b: &mut dyn Build, record: &Record, dys: &[Option<GradValue>]) -> Result<Vec<Option<GradValue>>>;
}

/// One op that was recorded: its values under the builder's names.
pub struct Record<'a> {
    /// The op; None for ops that are not known here or that have only a custom gradient.
    pub op: Option<&'static OpDef>,
    /// Name of the op or of the custom function.
    pub op_name: &'a str,
    /// Name of the node, empty on tapes.
    pub node: &'a str,
    /// Its attributes.
    pub attrs: &'a Attrs,
    /// Inputs.
    pub inputs: Vec<Val>,
    /// Outputs.
    pub outputs: Vec<Val>,
    /// A gradient that takes the place of the op table's.
    pub custom: Option<&'a dyn CustomGradient>,
}

impl Record<'_> {
    /// The op as errors name it: with the node in a graph.
    fn label(&self) -> String {
        if self.node.is_empty() { self.op_name.into() } else { format!("{} '{}'", self.op_name, self.node) }
    }
}

fn no_gradient(r: &Record) -> ferroflow_tensor::Error {
    if r.node.is_empty() {
        return ferroflow_tensor::error!(Lookup, "gradient registry has no entry for: {}", r.op_name);
    }
    let first = format!("No gradient defined for operation'{}' (op type: {}).", r.node, r.op_name);
    ferroflow_tensor::error!(
        Lookup,
        "{first} In general every operation must have an associated `@tf.RegisterGradient` for correct autodiff, which this op is lacking. \
         If you want to pretend this operation is a constant in your program, you may insert `tf.stop_gradient`. This can be useful to \
         silence the error in cases where you know gradients are not needed, e.g. the forward pass of tf.custom_gradient. Please see more \
         details in https://www.tensorflow.org/api_docs/python/tf/custom_gradient."
    )
}

/// A shape as Python writes it: `(2, None)`.
pub(crate) fn python(shape: &PartialShape) -> String {
    let Some(dims) = shape.dims() else { return "<unknown>".into() };
    let sizes: Vec<_> = dims.iter().map(|d| d.map_or("None".into(), |n| n.to_string())).collect();
    if let [one] = sizes.as_slice() { format!("({one},)") } else { format!("({})", sizes.join(", ")) }
}

/// Value error unless the gradient `g` of input `i` can have the input's shape.
fn check_shape(b: &dyn Build, r: &Record, i: usize, g: Val) -> Result<()> {
    let (want, have) = (b.shape(r.inputs[i]), b.shape(g));
    // The gradient of a handle has the shape of what the handle stands for.
    if b.dtype(r.inputs[i]).is_object() || want.is_compatible(&have) {
        return Ok(());
    }
    let e = ferroflow_tensor::error!(
        Value,
        "Incompatible shapes between op input and calculated input gradient. Forward operation: {}. Input index: {i}. \
         Original input shape: {}. Calculated input gradient shape: {}",
        r.node,
        python(&want),
        python(&have)
    );
    Err(e.in_gradient_of(&r.label(), None))
}

/// Sums gradients of one value: nothing for one, AddN for dense ones, concatenation for slices.
fn accumulate(b: &mut dyn Build, mut parts: Vec<GradValue>) -> Option<GradValue> {
    if parts.len() <= 1 {
        return parts.pop();
    }
    if parts.iter().all(|p| matches!(p, GradValue::Slices { .. })) {
        let (mut values, mut indices, mut shape) = (vec![], vec![], None);
        for p in &parts {
            if let GradValue::Slices { values: v, indices: i, dense_shape: s } = p {
                values.push(*v);
                indices.push(*i);
                shape = shape.or(*s);
            }
        }
        if indices.iter().any(|i| b.dtype(*i) != b.dtype(indices[0])) {
            indices = indices.into_iter().map(|i| b.cast(i, ferroflow_tensor::DType::Int64)).collect();
        }
        return Some(GradValue::Slices { values: b.concat(&values, 0), indices: b.concat(&indices, 0), dense_shape: shape });
    }
    let dense: Vec<Val> = parts.into_iter().map(|p| densify(b, p)).collect();
    let n = dense.len() as i64;
    Some(GradValue::Dense(b.call("AddN", &dense, &[("N", n.into())])))
}

/// The sum of the gradients of a value.
fn summed(b: &mut dyn Build, value: Val, parts: Vec<GradValue>) -> Option<GradValue> {
    if parts.len() > 1 {
        b.gather(value);
    }
    accumulate(b, parts)
}

/// The dense form of a gradient. Slices without a dense shape poison the builder.
pub fn densify(b: &mut dyn Build, g: GradValue) -> Val {
    match g {
        GradValue::Dense(v) => v,
        GradValue::Slices { values, indices, dense_shape: Some(shape) } => {
            let (zero, one) = (b.ints(&[0]), b.ints(&[1]));
            let rows = b.call("StridedSlice", &[shape, zero, one, one], &[("shrink_axis_mask", 1i64.into())]);
            let rows = if b.dtype(shape) == b.dtype(zero) { rows } else { b.cast(rows, ferroflow_tensor::DType::Int32) };
            b.call("UnsortedSegmentSum", &[values, indices, rows], &[])
        }
        GradValue::Slices { .. } => {
            b.poison(ferroflow_tensor::error!(Value, "Tensor conversion requested for IndexedSlices without dense_shape"))
        }
    }
}

/// The outputs whose gradients a rule reads although nothing flowed back there stay None; a rule asks for zeros by `Grad::dy`.
fn call_rule(b: &mut dyn Build, i: usize, r: &Record, dys: &[Option<GradValue>], needs: &[bool]) -> Result<Vec<Option<GradValue>>> {
    if let Some(c) = r.custom {
        return c.gradients(b, r, dys);
    }
    let Some(op) = r.op else {
        return Err(no_gradient(r));
    };
    match op.entry.grad {
        Gradient::None(_) => Ok(vec![None; r.inputs.len()]),
        Gradient::Through => Ok((0..r.inputs.len()).map(|i| if let [dy] = dys { *dy } else { dys[i] }).collect()),
        Gradient::Body => crate::calls::gradient(b, i, r, op, dys, needs),
        Gradient::Missing(reason) => {
            let e = no_gradient(r);
            Err(if reason.is_empty() { e } else { e.fix(reason) })
        }
        Gradient::Rule(rule, _) => {
            let dense: Vec<Option<Val>> = dys.iter().map(|d| d.map(|d| densify(b, d))).collect();
            let g = Grad { attrs: r.attrs, inputs: &r.inputs, outputs: &r.outputs, dys: &dense };
            rule(b, &g)
        }
    }
}

/// Gradients of the sum of `ys` with respect to `xs`. `records` are in the order in which they ran; `ys` come with their
/// own gradients; nothing flows beyond `stop`. Errors: Lookup for an op without gradient on the way, and what rules report.
pub fn reverse(
    b: &mut dyn Build,
    records: &[Record],
    ys: &[(Val, GradValue)],
    xs: &[Val],
    stop: &FxHashSet<Val>,
) -> Result<Vec<Option<GradValue>>> {
    let wanted = depends_on(b, records, xs, stop);
    let mut pending: FxHashMap<Val, Vec<GradValue>> = FxHashMap::default();
    for (y, g) in ys {
        pending.entry(*y).or_default().push(*g);
    }
    for i in visits(records, ys.iter().map(|(y, _)| *y), &wanted) {
        let r = &records[i];
        if !r.outputs.iter().any(|o| pending.contains_key(o) && !stop.contains(o)) || !r.inputs.iter().any(|x| wanted.contains(x)) {
            continue;
        }
        let mut dys = Vec::with_capacity(r.outputs.len());
        for o in &r.outputs {
            if stop.contains(o) {
                dys.push(None);
                continue;
            }
            let parts = pending.get_mut(o).map(std::mem::take).unwrap_or_default();
            let sum = summed(b, *o, parts);
            if let Some(s) = sum {
                pending.insert(*o, vec![s]); // kept: the value may itself be one of xs
            }
            dys.push(sum);
        }
        if dys.iter().all(Option::is_none) {
            continue;
        }
        let needs: Vec<bool> = r.inputs.iter().map(|x| wanted.contains(x)).collect();
        b.enter(i);
        let grads = call_rule(b, i, r, &dys, &needs);
        if let Some(e) = b.take_error() {
            return Err(e.in_gradient_of(&r.label(), None));
        }
        let grads = grads.map_err(|e| e.in_gradient_of(&r.label(), None))?;
        if grads.len() != r.inputs.len() {
            bail!(Value, "Num gradients {} generated for op {} do not match num inputs {}", grads.len(), r.op_name, r.inputs.len());
        }
        for (i, (x, g)) in r.inputs.iter().zip(grads).enumerate() {
            if let (Some(GradValue::Dense(g)), false) = (g, r.node.is_empty()) {
                check_shape(b, r, i, g)?;
            }
            if let Some(g) = g
                && wanted.contains(x)
            {
                pending.entry(*x).or_default().push(g);
            }
        }
    }
    let sums = xs.iter().map(|x| summed(b, *x, pending.get(x).cloned().unwrap_or_default())).collect();
    match b.take_error() {
        Some(e) => Err(e),
        None => Ok(sums),
    }
}

/// All values that depend on `xs`, not through `stop`, through differentiable dtypes; resources and variants carry dependence too.
fn depends_on(b: &dyn Build, records: &[Record], xs: &[Val], stop: &FxHashSet<Val>) -> FxHashSet<Val> {
    let mut set: FxHashSet<Val> = xs.iter().copied().collect();
    for r in records {
        if r.inputs.iter().any(|x| set.contains(x)) {
            set.extend(r.outputs.iter().filter(|o| {
                let d = b.dtype(**o);
                !stop.contains(o) && (d.is_differentiable() || d.is_object())
            }));
        }
    }
    set
}
