//! Sums over the rounds of a loop that are taken at once after it: of products and of rows, which make the gradient of
//! what no round changes. The rounds collect the operands in lists instead of adding a result each.
use super::joint::Joint;
use super::loops::add;
use crate::gradients::GraphGrad;
use crate::node::Endpoint;
use crate::reverse::densify;
use ferroflow_ops::{Build, GradValue, Val, ValueType};
use ferroflow_tensor::{DType, PartialShape, Result};

/// What a round adds to a gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The product of two matrices, the first transposed: their rows can be joined over the rounds.
    Product,
    /// Rows, each at its place in the gradient: values and places can be joined.
    Rows,
}

/// The operands of a round, and their types.
type Operands = [(Endpoint, ValueType); 2];

/// A part of a gradient whose operands are collected.
pub(super) struct Late {
    /// The loop variable whose gradient it is a part of.
    pub var: usize,
    kind: Kind,
    /// Its operands in a round, and their types.
    pub operands: Operands,
}

/// A part of a gradient that is computed from the lists of its operands.
#[derive(Clone, Debug)]
pub(super) struct Term {
    kind: Kind,
    /// The lists among the results of the loop back, with the dtypes and shapes of their elements.
    lists: [(usize, DType, PartialShape); 2],
}

impl Late {
    /// The same with lists from result `first` of the loop back on.
    pub fn term(&self, first: usize) -> Term {
        let list = |i: usize| (first + i, self.operands[i].1.dtype, self.operands[i].1.shape.clone());
        Term { kind: self.kind, lists: [list(0), list(1)] }
    }
}

/// Takes products and rows out of the sums that gradients of variables which no round changes grow by.
pub(super) fn take_out(joint: &mut Joint, same: &[bool]) -> Result<Vec<Late>> {
    let mut all = vec![];
    if joint.shared {
        return Ok(all); // the gradient is a part of the body, which Python may look at
    }
    for (var, seed) in joint.seeds.clone() {
        let Some(GraphGrad::Dense(sum)) = joint.grads[var].filter(|_| same[var]) else { continue };
        let n = joint.graph.node(sum.node)?;
        if &*n.op_name != "AddN" || n.inputs.iter().filter(|e| joint.through_identity(**e) == seed).count() != 1 {
            continue;
        }
        let mut rest = vec![];
        for e in &n.inputs {
            match part(joint, *e)? {
                Some((kind, operands)) => all.push(Late { var, kind, operands }),
                None => rest.push(*e),
            }
        }
        let left = match rest.as_slice() {
            [one] => *one,
            parts => add(&joint.graph, "AddN", parts, &[("N", (parts.len() as i64).into())])?,
        };
        joint.grads[var] = Some(GraphGrad::Dense(left));
    }
    Ok(all)
}

/// What a part of a sum is made of, if it can be had after the loop and its operands take no more room than it does.
fn part(joint: &Joint, e: Endpoint) -> Result<Option<(Kind, Operands)>> {
    let n = joint.graph.node(e.node)?;
    let kind = match &*n.op_name {
        "MatMul" if n.attrs.bool("transpose_a")? && !n.attrs.bool("transpose_b")? => Kind::Product,
        "UnsortedSegmentSum" => Kind::Rows,
        _ => return Ok(None),
    };
    let operands = [(n.inputs[0], joint.type_of(n.inputs[0])?), (n.inputs[1], joint.type_of(n.inputs[1])?)];
    let (a, b) = (room(&operands[0].1.shape), room(&operands[1].1.shape));
    let fits = match (a, b, joint.type_of(e)?.shape.count()) {
        (Some(Some(a)), Some(Some(b)), Some(whole)) => a + b <= 2 * whole,
        (Some(_), Some(_), _) => true,
        _ => false,
    };
    Ok(fits.then_some((kind, operands)))
}

/// How many elements a value has whose sizes are known but for the first: Some(None) if that is not known either.
fn room(shape: &PartialShape) -> Option<Option<usize>> {
    let [first, rest @ ..] = shape.dims()? else { return None };
    let row: usize = rest.iter().copied().collect::<Option<Vec<_>>>()?.iter().product();
    Some(first.map(|n| n * row))
}

/// The sum of `first` and of terms over all rounds, as the gradient of `x`; `result` gives the results of the loop back.
pub(super) fn sum(b: &mut dyn Build, x: Val, first: Option<Val>, terms: &[Term], result: &dyn Fn(usize) -> Val) -> Val {
    let mut parts: Vec<Val> = first.into_iter().collect();
    for t in terms {
        let [p, q] = [&t.lists[0], &t.lists[1]].map(|(at, dtype, shape)| joined(b, result(*at), *dtype, shape));
        parts.push(match t.kind {
            Kind::Product => b.matmul(p, q, true, false),
            Kind::Rows => {
                let shape = if b.dtype(x) == DType::Resource { b.call("VariableShape", &[x], &[]) } else { b.shape_of(x) };
                densify(b, GradValue::Slices { values: p, indices: q, dense_shape: Some(shape) })
            }
        });
    }
    match parts.as_slice() {
        [one] => *one,
        all => b.call("AddN", all, &[("N", (all.len() as i64).into())]),
    }
}

/// The elements of a list joined along their first axis.
fn joined(b: &mut dyn Build, list: Val, dtype: DType, shape: &PartialShape) -> Val {
    let mut sizes = shape.to_i64().unwrap_or_default();
    sizes[..1].fill(-1);
    let (shape, none) = (b.ints(&sizes), b.constant(ferroflow_tensor::Tensor::from_slice::<i64>(&[], [0]).unwrap_or_default()));
    b.call("TensorListConcatV2", &[list, shape, none], &[("element_dtype", dtype.into())])
}
