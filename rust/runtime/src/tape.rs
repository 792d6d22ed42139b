//! Gradient tapes: what was run on watched values, and the reverse pass over it.
use crate::eager::{EagerBuilder, Value};
use ferroflow_graph::reverse::{CustomGradient, Record, reverse};
use ferroflow_graph::{Belonging, held};
use ferroflow_ops::infer::arg_len;
use ferroflow_ops::{Attrs, GradValue, Gradient, OpDef, Val};
use ferroflow_tensor::{DType, Result, Shape};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard};

/// A value that a tape keeps, or only its dtype and shape where no gradient reads it.
#[derive(Clone)]
pub enum Kept {
    /// The value.
    Value(Value),
    /// What is left of it.
    Ghost {
        /// Its identity.
        id: u64,
        /// Its dtype.
        dtype: DType,
        /// Its shape.
        shape: Shape,
        /// The op that was recorded.
        op: &'static str,
    },
}
impl Kept {
    /// The identity.
    pub fn id(&self) -> u64 {
        match self {
            Kept::Value(v) => v.id,
            Kept::Ghost { id, .. } => *id,
        }
    }
    /// The dtype.
    pub fn dtype(&self) -> DType {
        match self {
            Kept::Value(v) => v.tensor.dtype(),
            Kept::Ghost { dtype, .. } => *dtype,
        }
    }
    /// The shape.
    pub fn shape(&self) -> &Shape {
        match self {
            Kept::Value(v) => v.tensor.shape(),
            Kept::Ghost { shape, .. } => shape,
        }
    }
}

/// An op on a tape.
pub struct TapeOp {
    op: Option<&'static OpDef>,
    name: String,
    attrs: Attrs,
    inputs: Vec<Kept>,
    outputs: Vec<Kept>,
    custom: Option<Arc<dyn CustomGradient>>,
    /// The functions of a call.
    _held: Vec<Belonging>,
}

impl TapeOp {
    /// An op of the table: keeps the values that its gradient rule names.
    pub fn of(op: &'static OpDef, attrs: Attrs, inputs: &[Value], outputs: &[Value], custom: Option<Arc<dyn CustomGradient>>) -> TapeOp {
        let needs: &[&str] = match op.entry.grad {
            Gradient::Rule(_, needs) if custom.is_none() => needs,
            _ => &[],
        };
        let all = custom.is_some() || matches!(op.entry.grad, Gradient::Body);
        let keep = |args: &[ferroflow_ops::ArgDef], values: &[Value]| {
            let names = args.iter().flat_map(|a| std::iter::repeat_n(a.name.as_str(), arg_len(a, &attrs).unwrap_or(1)));
            values
                .iter()
                .zip(names.chain(std::iter::repeat("")))
                .map(|(v, n)| if all || needs.contains(&n) { Kept::Value(v.clone()) } else { ghost(v, op.name) })
                .collect()
        };
        let (ins, outs) = (keep(&op.inputs, inputs), keep(&op.outputs, outputs));
        let calls = matches!(op.entry.grad, Gradient::Body);
        let _held = if calls { held(crate::eager::library(), op, &attrs) } else { vec![] };
        TapeOp { op: Some(op), name: op.name.into(), attrs, inputs: ins, outputs: outs, custom, _held }
    }
    /// A function with a gradient of its own.
    pub fn custom(name: &str, inputs: &[Value], outputs: &[Value], gradient: Arc<dyn CustomGradient>) -> TapeOp {
        let all = |v: &[Value]| v.iter().cloned().map(Kept::Value).collect();
        let (inputs, outputs) = (all(inputs), all(outputs));
        TapeOp { op: None, name: name.into(), attrs: Attrs::none(), inputs, outputs, custom: Some(gradient), _held: vec![] }
    }
}
fn ghost(v: &Value, op: &'static str) -> Kept {
    Kept::Ghost { id: v.id, dtype: v.tensor.dtype(), shape: v.tensor.shape().clone(), op }
}

#[derive(Default)]
struct Inner {
    ops: Vec<Arc<TapeOp>>,
    watched: FxHashSet<u64>,
}

/// A gradient tape.
#[derive(Default)]
pub struct Tape {
    inner: Mutex<Inner>,
    persistent: AtomicBool,
}

thread_local! {
    static ACTIVE: RefCell<Vec<Arc<Tape>>> = const { RefCell::new(vec![]) };
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

/// Whether a tape records on this thread.
#[inline]
pub fn any() -> bool {
    COUNT.get() > 0
}
/// The tapes that record on this thread, to hand to threads that work for it.
pub fn active() -> Vec<Arc<Tape>> {
    ACTIVE.with_borrow(Clone::clone)
}
/// Makes these the tapes that record on this thread; the former ones.
pub fn replace_active(tapes: Vec<Arc<Tape>>) -> Vec<Arc<Tape>> {
    COUNT.set(tapes.len());
    ACTIVE.replace(tapes)
}
/// Whether some tape on this thread watches one of these values.
pub fn watches(ids: impl Iterator<Item = u64> + Clone) -> bool {
    ACTIVE.with_borrow(|all| all.iter().any(|t| t.watches(ids.clone())))
}
/// Records an op on the tapes of this thread that watch one of its inputs, unless nothing can flow through it.
pub fn record(op: TapeOp) {
    if op.custom.is_none() && op.op.is_some_and(|o| matches!(o.entry.grad, Gradient::None(_))) {
        return;
    }
    let op = Arc::new(op);
    ACTIVE.with_borrow(|all| {
        for t in all {
            let mut inner = t.lock();
            if op.inputs.iter().any(|k| inner.watched.contains(&k.id())) {
                inner.watched.extend(op.outputs.iter().filter(|k| k.dtype().is_differentiable() || k.dtype().is_object()).map(Kept::id));
                inner.ops.push(op.clone());
            }
        }
    });
}

impl Tape {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Says that gradients may be taken while it records, and again of those: calls keep what second derivatives read.
    pub fn set_persistent(&self) {
        self.persistent.store(true, Relaxed);
    }
    /// How often gradients of what it records may be taken one of the other.
    pub fn levels(&self) -> usize {
        1 + usize::from(self.persistent.load(Relaxed))
    }
    /// Starts recording on this thread.
    pub fn start(self: &Arc<Tape>) {
        let mut all = replace_active(vec![]);
        all.push(self.clone());
        replace_active(all);
    }
    /// Stops recording on this thread.
    pub fn stop(self: &Arc<Tape>) {
        let mut all = replace_active(vec![]);
        all.retain(|t| !Arc::ptr_eq(t, self));
        replace_active(all);
    }
    /// Whether it records on this thread.
    pub fn is_active(self: &Arc<Tape>) -> bool {
        ACTIVE.with_borrow(|all| all.iter().any(|t| Arc::ptr_eq(t, self)))
    }
    /// Watches a value: what is computed from it is recorded.
    pub fn watch(&self, id: u64) {
        self.lock().watched.insert(id);
    }
    /// Whether it watches one of these values.
    pub fn watches(&self, mut ids: impl Iterator<Item = u64>) -> bool {
        let inner = self.lock();
        ids.any(|i| inner.watched.contains(&i))
    }
    /// Forgets everything.
    pub fn clear(&self) {
        let old = std::mem::take(&mut *self.lock());
        drop(old); // outside the lock: dropping may run foreign destructors
    }
    /// Number of recorded ops.
    pub fn len(&self) -> usize {
        self.lock().ops.len()
    }
    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Gradients of the sum of `targets` (each with its own gradient, or ones) with respect to `sources` by identity; none
    /// for a source that it does not watch, unless that is a target itself.
    /// `forget` drops what is recorded first, so that memory is freed as the pass goes (a tape that is not persistent).
    pub fn gradient(&self, targets: &[(Value, Option<EagerGrad>)], sources: &[u64], forget: bool) -> Result<Vec<Option<EagerGrad>>> {
        let (ops, known) = {
            let mut inner = self.lock();
            let is_known = |id: &u64| inner.watched.contains(id) || targets.iter().any(|(y, _)| y.id == *id);
            let known: Vec<bool> = sources.iter().map(is_known).collect();
            (if forget { std::mem::take(&mut inner.ops) } else { inner.ops.clone() }, known)
        };
        let mut b = EagerBuilder::default();
        let mut names: FxHashMap<u64, Val> = FxHashMap::default();
        let mut name = |b: &mut EagerBuilder, k: &Kept| match names.get(&k.id()) {
            Some(v) => *v,
            None => {
                let v = b.add(k.clone());
                names.insert(k.id(), v);
                v
            }
        };
        // An op that kept a value must not be shadowed by the ghost of the same value on another op: values first.
        for k in ops.iter().flat_map(|o| o.inputs.iter().chain(&o.outputs)).filter(|k| matches!(k, Kept::Value(_))) {
            name(&mut b, k);
        }
        let records: Vec<Record> = ops
            .iter()
            .map(|o| Record {
                op: o.op,
                op_name: &o.name,
                node: "",
                attrs: &o.attrs,
                inputs: o.inputs.iter().map(|k| name(&mut b, k)).collect(),
                outputs: o.outputs.iter().map(|k| name(&mut b, k)).collect(),
                custom: o.custom.as_deref(),
            })
            .collect();
        let mut seeds = vec![];
        for (y, g) in targets {
            let v = name(&mut b, &Kept::Value(y.clone()));
            let g = match g {
                Some(g) => add_grad(&mut b, g),
                None => {
                    let x = b.add(Kept::Value(y.clone()));
                    let b: &mut dyn ferroflow_ops::Build = &mut b;
                    GradValue::Dense(b.ones_like(x))
                }
            };
            seeds.push((v, g));
        }
        let stand_in = |id: u64| Kept::Ghost { id, dtype: DType::Float, shape: Shape::SCALAR, op: "" };
        let by = sources.iter().zip(&known).filter(|(_, known)| **known).map(|(id, _)| name(&mut b, &stand_in(*id)));
        let wanted: Vec<Val> = by.collect();
        let mut found = reverse(&mut b, &records, &seeds, &wanted, &FxHashSet::default())?.into_iter();
        let mut next = |known: bool| if known { found.next().flatten() } else { None };
        known.into_iter().map(|known| next(known).map(|g| eager_grad(&b, g)).transpose()).collect()
    }
}

/// A concrete gradient.
#[derive(Clone)]
#[allow(clippy::large_enum_variant)] // few are alive at once
pub enum EagerGrad {
    /// A tensor.
    Dense(Value),
    /// Rows of a tensor.
    Slices {
        /// Rows.
        values: Value,
        /// Which rows they are.
        indices: Value,
        /// Shape of the dense gradient.
        dense_shape: Option<Value>,
    },
}
/// Brings a concrete gradient into a builder.
pub fn add_grad(b: &mut EagerBuilder, g: &EagerGrad) -> GradValue {
    match g {
        EagerGrad::Dense(v) => GradValue::Dense(b.add(Kept::Value(v.clone()))),
        EagerGrad::Slices { values, indices, dense_shape } => GradValue::Slices {
            values: b.add(Kept::Value(values.clone())),
            indices: b.add(Kept::Value(indices.clone())),
            dense_shape: dense_shape.as_ref().map(|s| b.add(Kept::Value(s.clone()))),
        },
    }
}
/// Takes a gradient out of a builder.
pub fn eager_grad(b: &EagerBuilder, g: GradValue) -> Result<EagerGrad> {
    Ok(match g {
        GradValue::Dense(v) => EagerGrad::Dense(b.value(v)?),
        GradValue::Slices { values, indices, dense_shape } => EagerGrad::Slices {
            values: b.value(values)?,
            indices: b.value(indices)?,
            dense_shape: dense_shape.map(|s| b.value(s)).transpose()?,
        },
    })
}
