//! The kernels of queues by op.
use super::{Kind, Makeup, Queue};
use crate::dataset::Element;
use ferroflow_ops::ops::queue::element_types;
use ferroflow_ops::resource::Handle;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Error, PartialShape, Result, Tensor, bail, error};
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

const fn kernel(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: &[], outputs: Outputs::Kernel, prepare }
}

/// Ops on queues.
pub(crate) static KERNELS: &[Kernel] = &[
    kernel("FIFOQueueV2", make),
    kernel("FIFOQueue", make),
    kernel("PaddingFIFOQueueV2", make),
    kernel("PaddingFIFOQueue", make),
    kernel("RandomShuffleQueueV2", make),
    kernel("RandomShuffleQueue", make),
    kernel("PriorityQueueV2", make),
    kernel("PriorityQueue", make),
    kernel("QueueEnqueueV2", enqueue),
    kernel("QueueEnqueue", enqueue),
    kernel("QueueEnqueueManyV2", enqueue_many),
    kernel("QueueEnqueueMany", enqueue_many),
    kernel("QueueDequeueV2", dequeue),
    kernel("QueueDequeue", dequeue),
    kernel("QueueDequeueManyV2", dequeue_many),
    kernel("QueueDequeueMany", dequeue_many),
    kernel("QueueDequeueUpToV2", dequeue_up_to),
    kernel("QueueDequeueUpTo", dequeue_up_to),
    kernel("QueueCloseV2", close),
    kernel("QueueClose", close),
    kernel("QueueSizeV2", size),
    kernel("QueueSize", size),
    kernel("QueueIsClosedV2", is_closed),
    kernel("QueueIsClosed", is_closed),
];

/// Numbers of queues that have no name of their own.
static UNNAMED: AtomicU64 = AtomicU64::new(0);

struct Maker {
    op: &'static str,
    makeup: Makeup,
    container: String,
    name: String,
}

fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|x| x.to_string()).collect::<Vec<_>>().join(", ")
}
fn names(types: &[DType]) -> String {
    list(types.iter().map(|t| t.signature_name()))
}

fn make(p: &Prep) -> Result<Prepared> {
    let op = p.op.name.trim_end_matches("V2");
    let given = p.attrs.shapes("shapes")?;
    let types: Vec<DType> = element_types(op, p.attrs.dtypes("component_types")?, given).into_iter().map(|(t, _)| t).collect();
    let first = (op == "PriorityQueue" && !given.is_empty()).then(PartialShape::scalar);
    let shapes: Vec<PartialShape> = first.into_iter().chain(given.iter().cloned()).collect();
    let capacity = p.attrs.int("capacity")?;
    let kind = match op {
        "FIFOQueue" => Kind::Fifo,
        "PaddingFIFOQueue" => Kind::Padding,
        "PriorityQueue" => Kind::Priority,
        _ => {
            let stay = p.attrs.int("min_after_dequeue")?;
            let Ok(least) = usize::try_from(stay) else { bail!(InvalidArgument, "min_after_dequeue {stay} must be >= 0") };
            if capacity >= 0 && stay >= capacity {
                bail!(InvalidArgument, "min_after_dequeue {stay} must be < capacity {capacity}");
            }
            Kind::Shuffle { stay: least, seeds: (p.attrs.int("seed")?, p.attrs.int("seed2")?) }
        }
    };
    check_shapes(kind, &types, &shapes)?;
    let makeup = Makeup { kind, types, shapes, capacity };
    let text = |name| p.attrs.str(name).map(String::from);
    Ok(Prepared::with(made, 500.0, Maker { op: p.op.name, makeup, container: text("container")?, name: text("shared_name")? }))
}

fn check_shapes(kind: Kind, types: &[DType], shapes: &[PartialShape]) -> Result<()> {
    if kind == Kind::Padding {
        if let Some(s) = shapes.iter().find(|s| s.rank().is_none()) {
            bail!(InvalidArgument, "shape {s} must have known rank.");
        }
        if shapes.len() != types.len() {
            let (t, s) = (types.len(), shapes.len());
            bail!(InvalidArgument, "Shapes must be provided for all components, but received {t} dtypes and {s} shapes.");
        }
    }
    if !shapes.is_empty() && shapes.len() != types.len() {
        let (types, shapes) = (names(types), list(shapes));
        bail!(InvalidArgument, "Different number of component types.  Types: {types}, Shapes: [{shapes}]");
    }
    match shapes.iter().find(|s| kind != Kind::Padding && !s.is_known()) {
        Some(s) => Err(error!(InvalidArgument, "Shape {s} is not fully defined").fix("only a PaddingFIFOQueue takes such shapes")),
        None => Ok(()),
    }
}

impl Maker {
    /// InvalidArgument if a queue of this name is another than the op would make.
    fn check(&self, found: &Queue) -> Result<()> {
        let (have, want, name) = (&found.makeup, &self.makeup, &found.name);
        match (have.kind, want.kind) {
            (Kind::Shuffle { stay: a, .. }, Kind::Shuffle { stay: b, .. }) if a != b => {
                bail!(InvalidArgument, "Shared queue '{name}' has min_after_dequeue {a} but requested min_after_dequeue was {b}.")
            }
            (Kind::Shuffle { seeds: a, .. }, Kind::Shuffle { seeds: b, .. }) if a != b && b != (0, 0) => {
                bail!(InvalidArgument, "Shared queue '{name}' has random seeds {a:?} but requested seeds are {b:?}.")
            }
            (a, b) if a.name() != b.name() => bail!(InvalidArgument, "Expected {}, found {}", a.name(), self.op),
            _ => {}
        }
        if have.capacity != want.capacity {
            let (a, b) = (have.capacity, want.capacity);
            bail!(InvalidArgument, "Shared queue '{name}' has capacity {a} but requested capacity was {b}");
        }
        if have.types != want.types {
            let (a, b) = (names(&have.types), names(&want.types));
            bail!(InvalidArgument, "Shared queue '{name}' has component types {a} but requested component types were {b}");
        }
        if have.shapes != want.shapes {
            let (a, b) = (list(&have.shapes), list(&want.shapes));
            bail!(InvalidArgument, "Shared queue '{name}' has component shapes [{a}] but requested component shapes were [{b}]");
        }
        Ok(())
    }
}

/// The handle is kept in the node's state: a queue without a name of its own belongs to the node.
fn made(p: &Prepared, call: &mut Call) -> Result<()> {
    let maker: &Maker = p.plan()?;
    let mut slot = call.state()?.slot.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(t) = slot.as_ref().and_then(|s| s.downcast_ref::<Tensor>()) {
        let t = t.clone();
        drop(slot);
        call.set(0, t);
        return Ok(());
    }
    let t = if maker.name.is_empty() {
        let number = UNNAMED.fetch_add(1, Relaxed);
        let name = if call.node.is_empty() { number.to_string() } else { format!("_{number}_{}", call.node) };
        Handle::tensor(&maker.container, &name, Arc::new(Queue::new(maker.makeup.clone(), name.clone())))
    } else {
        let new = || Ok(Arc::new(Queue::new(maker.makeup.clone(), maker.name.clone())));
        let found = call.run.env.resources.get_or_create(&maker.container, &maker.name, new)?;
        maker.check(&found)?;
        Handle::tensor(&maker.container, &maker.name, found)
    };
    *slot = Some(Arc::new(t.clone()));
    drop(slot);
    call.set(0, t);
    Ok(())
}

/// What the ops on a queue are prepared with: how the op names its handle, and the dtypes that it gives or takes.
struct Access {
    handle: &'static str,
    types: Vec<DType>,
    gives: bool,
}

/// Prepares an op that gives or takes elements. InvalidArgument if it is given a timeout.
fn prepare(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    if p.attrs.int("timeout_ms")? != -1 {
        bail!(InvalidArgument, "Timeout not supported yet.");
    }
    let handle = if p.op.name.ends_with("V2") { "resource" } else { "string_ref" };
    let gives = p.attrs.has("Tcomponents");
    let types = p.attrs.dtypes(if gives { "Tcomponents" } else { "component_types" })?.to_vec();
    Ok(Prepared::with(run, 20_000.0, Access { handle, types, gives }))
}

impl Access {
    /// The queue of a call. InvalidArgument if its elements have other dtypes.
    fn queue(&self, call: &Call) -> Result<Arc<Queue>> {
        let queue = Handle::get::<Queue>(call.input(0))?;
        if queue.makeup.types != self.types {
            let (have, want, handle) = (names(&self.types), names(&queue.makeup.types), self.handle);
            return Err(mismatch(handle, self.gives, &have, &want).fix("the op must name the dtypes that the queue was made with"));
        }
        Ok(queue)
    }
}
fn mismatch(handle: &str, gives: bool, have: &str, want: &str) -> Error {
    match gives {
        true => error!(InvalidArgument, "Signature mismatch, have: {handle}, {have}-> expected: {handle}, {want}->"),
        false => error!(InvalidArgument, "Signature mismatch, have: {handle}->{have} expected: {handle}->{want}"),
    }
}

/// The components of an element to add; they outlive the run.
fn components(call: &Call) -> Result<Element> {
    (1..call.n_inputs()).map(|i| call.input(i).clone().settle()).collect()
}
fn give(call: &mut Call, element: Element) {
    element.into_iter().enumerate().for_each(|(i, t)| call.set(i, t));
}

fn enqueue(p: &Prep) -> Result<Prepared> {
    prepare(p, |p, call| {
        let queue = p.plan::<Access>()?.queue(call)?;
        let element = components(call)?;
        queue.check(&element, None)?;
        queue.add(call.run, vec![element])
    })
}
fn enqueue_many(p: &Prep) -> Result<Prepared> {
    prepare(p, |p, call| {
        let queue = p.plan::<Access>()?.queue(call)?;
        let all = components(call)?;
        let Some(n) = all.first().and_then(|t| t.shape().first().copied()) else {
            bail!(InvalidArgument, "Shape mismatch in tuple component 0. Expected a first axis of elements, got []")
        };
        queue.check(&all, Some(n))?;
        // Each row has memory of its own, so that a row that stays does not hold the others.
        let rows = (0..n).map(|i| all.iter().map(|t| t.row(i)?.copy()).collect()).collect::<Result<Vec<Element>>>()?;
        if n == 0 { Ok(()) } else { queue.add(call.run, rows) }
    })
}
fn dequeue(p: &Prep) -> Result<Prepared> {
    prepare(p, |p, call| {
        let element = p.plan::<Access>()?.queue(call)?.take_one(call.run)?;
        give(call, element);
        Ok(())
    })
}
fn dequeue_several(p: &Prepared, call: &mut Call, up_to: bool) -> Result<()> {
    let queue = p.plan::<Access>()?.queue(call)?;
    let element = queue.take_many(call.run, call.input(1).item()?, up_to)?;
    give(call, element);
    Ok(())
}
fn dequeue_many(p: &Prep) -> Result<Prepared> {
    prepare(p, |p, call| dequeue_several(p, call, false))
}
fn dequeue_up_to(p: &Prep) -> Result<Prepared> {
    prepare(p, |p, call| dequeue_several(p, call, true))
}
fn close(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        Handle::get::<Queue>(call.input(0))?.close(call.run, *p.plan::<bool>()?)
    }
    Ok(Prepared::with(run, 500.0, p.attrs.bool("cancel_pending_enqueues")?))
}
fn size(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(
        |_, call| {
            let n = Handle::get::<Queue>(call.input(0))?.len();
            call.set(0, Tensor::scalar(i32::try_from(n).unwrap_or(i32::MAX)));
            Ok(())
        },
        500.0,
    ))
}
fn is_closed(_: &Prep) -> Result<Prepared> {
    Ok(Prepared::new(
        |_, call| {
            let closed = Handle::get::<Queue>(call.input(0))?.is_closed();
            call.set(0, Tensor::scalar(closed));
            Ok(())
        },
        500.0,
    ))
}
