//! fuse_products: a matrix product or convolution and the bias, the residual and the activation that follow it become one node;
//! so does a product of a stack of matrices and a single one, over the rows of all of them.
//!
//! Results keep their bits; only long sums of stacks (of more than 1 KiB of terms) may be cut elsewhere. Only what is sure to
//! fit by its static shapes is fused, so that the new node never fails where the old ones would have told a better reason.
use super::pattern::plain;
use super::{Evaluate, Work};
use crate::node::{Endpoint, Node, NodeId};
use ferroflow_ops::ops::fused::{ACTIVATIONS, fused};
use ferroflow_ops::{Attrs, OpDef};
use ferroflow_tensor::{DType, PartialShape, Result, Str};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

pub(super) fn fuse(w: &mut Work, _: Evaluate) -> Result<()> {
    let mut readers: FxHashMap<Endpoint, Vec<usize>> = FxHashMap::default();
    for (i, n) in w.nodes.iter().enumerate() {
        for e in &n.inputs {
            readers.entry(w.resolve(*e)).or_default().push(i);
        }
    }
    let mut kept: FxHashSet<NodeId> = w.fetches.iter().map(|e| w.resolve(*e).node).collect();
    kept.extend(w.nodes.iter().flat_map(|n| n.control.iter().copied()));
    kept.extend(&w.targets);
    // Nodes that are parts of others by now.
    let mut taken = FxHashSet::default();
    for i in 0..w.nodes.len() {
        let Some(mut chain) = Chain::start(w, &w.nodes[i]) else { continue };
        let (mut last, mut ops) = (i, vec![]);
        while let Some([next]) = readers.get(&Endpoint::new(w.nodes[last].id, 0)).map(Vec::as_slice) {
            let n = &w.nodes[*next];
            if taken.contains(next) || kept.contains(&w.nodes[last].id) || !plain(w, n, &w.nodes[i].device) {
                break;
            }
            let Some(name) = chain.take(w, n, Endpoint::new(w.nodes[last].id, 0)) else { break };
            ops.push(Str::from(name.as_bytes()));
            taken.insert(*next);
            last = *next;
        }
        if ops.is_empty() && &*w.nodes[i].op_name != "BatchMatMulV2" {
            continue;
        }
        let (product, end) = (w.nodes[i].clone(), w.nodes[last].clone());
        let mut attrs = Attrs::of(&[("T", chain.dtype.into()), ("num_args", (chain.args.len() as i64).into()), ("fused_ops", ops.into())]);
        for a in chain.op.attrs.iter().filter(|a| a.name != "T") {
            if let Some(value) = product.attrs.get(&a.name) {
                attrs.set(a.name.clone(), value.clone());
            }
        }
        let inputs = product.inputs.iter().copied().chain(chain.args).collect();
        // In the place of the last one: readers, control edges and targets stay as they are.
        let fused = Arc::new(Node { op: Some(chain.op), op_name: chain.op.name.into(), attrs, inputs, ..(*end).clone() });
        w.all[end.id.0 as usize] = fused.clone();
        w.nodes[last] = fused;
    }
    Ok(())
}

/// A product and what has been found after it.
struct Chain {
    op: &'static OpDef,
    dtype: DType,
    shape: Vec<Option<usize>>,
    args: Vec<Endpoint>,
    residual: bool,
    activated: bool,
}

impl Chain {
    /// A product whose sizes are known to fit.
    fn start(w: &Work, n: &Node) -> Option<Chain> {
        let op = fused(&n.op_name)?;
        let dtype = n.outputs.first()?.dtype;
        // A device that a program asks for may lack products of doubles.
        let known = dtype == DType::Float || dtype == DType::Double && n.device.is_empty();
        if !known || !plain(w, n, &n.device) {
            return None;
        }
        let shape = match &*n.op_name {
            "MatMul" => matmul_shape(w, n)?,
            "BatchMatMulV2" if w.on_host => stack_shape(w, n)?, // other devices have no such op
            "BatchMatMulV2" => return None,
            _ => conv_shape(w, n)?,
        };
        shape.last()?.as_ref()?;
        Some(Chain { op, dtype, shape, args: vec![], residual: false, activated: false })
    }

    /// Takes the node that reads the result so far, and gives the name of what it does; None if it is nothing of the kind.
    fn take(&mut self, w: &Work, n: &Node, so_far: Endpoint) -> Option<&'static str> {
        if self.activated {
            return None;
        }
        if let Some(name) = ACTIVATIONS.iter().find(|a| **a == &*n.op_name) {
            self.activated = true;
            return Some(name);
        }
        let sum = matches!(&*n.op_name, "Add" | "AddV2");
        if !sum && (&*n.op_name != "BiasAdd" || n.attrs.str("data_format").ok()? != "NHWC") {
            return None;
        }
        let first = w.resolve(n.inputs[0]) == so_far;
        if !first && !sum {
            return None;
        }
        let other = n.inputs[usize::from(first)];
        let dims = shape(w, other)?;
        let (last, before) = dims.split_last()?;
        let ones = before.iter().all(|d| *d == Some(1)) && dims.len() <= self.shape.len();
        let bias = Some(last) == self.shape.last() && if sum { ones } else { before.is_empty() };
        // A bias comes before the residual in the inner loop.
        let name = if bias && self.args.is_empty() {
            "BiasAdd"
        } else if sum && !self.residual && dims == self.shape && dims.iter().all(Option::is_some) {
            self.residual = true;
            "Add"
        } else {
            return None;
        };
        self.args.push(w.resolve(other));
        Some(name)
    }
}

/// The shape of a matrix product whose inner sizes are known to be the same.
fn matmul_shape(w: &Work, n: &Node) -> Option<Vec<Option<usize>>> {
    let size = |i: usize, axis: usize, flag: &str| {
        let flip = n.attrs.bool(flag).ok()? as usize;
        let dims = shape(w, n.inputs[i])?;
        if dims.len() == 2 { Some(dims[axis ^ flip]) } else { None }
    };
    let (m, k) = (size(0, 0, "transpose_a")?, size(0, 1, "transpose_a")?);
    let (inner, columns) = (size(1, 0, "transpose_b")?, size(1, 1, "transpose_b")?);
    (k.is_some() && k == inner).then(|| vec![m, columns])
}

/// The shape of the product of a stack of matrices and a single one whose inner sizes are known to be the same.
fn stack_shape(w: &Work, n: &Node) -> Option<Vec<Option<usize>>> {
    let (mut x, y) = (shape(w, n.inputs[0])?, shape(w, n.inputs[1])?);
    let (adj_x, adj_y) = (n.attrs.bool("adj_x").ok()?, n.attrs.bool("adj_y").ok()? as usize);
    let ([rows, columns], false) = (y.as_slice(), adj_x || x.len() < 3) else { return None };
    let [inner, out] = if adj_y == 0 { [*rows, *columns] } else { [*columns, *rows] };
    let k = x.pop()?;
    // A single row times a transposed matrix is summed up in another order than several rows.
    let rows = adj_y == 0 || x.last().is_some_and(|m| m.is_some_and(|m| m > 1));
    x.push(out);
    (rows && k.is_some() && k == inner).then_some(x)
}

/// The shape of a convolution that fits for every size that is not known: its rule has checked those that are.
fn conv_shape(w: &Work, n: &Node) -> Option<Vec<Option<usize>>> {
    let (x, filter) = (shape(w, n.inputs[0])?, shape(w, n.inputs[1])?);
    let attr = |name: &str| n.attrs.str(name).ok();
    let known = x.len() == 4 && x[3].is_some() && filter.iter().all(Option::is_some);
    let sizes = known && (attr("padding")? == "SAME" || x[1..].iter().all(Option::is_some));
    if sizes && attr("data_format")? == "NHWC" { shape(w, Endpoint::new(n.id, 0)) } else { None }
}

/// The static sizes of a value.
fn shape(w: &Work, e: Endpoint) -> Option<Vec<Option<usize>>> {
    let e = w.resolve(e);
    let shape: &PartialShape = &w.all.get(e.node.0 as usize)?.outputs.get(e.index as usize)?.shape;
    shape.dims().map(<[_]>::to_vec)
}
