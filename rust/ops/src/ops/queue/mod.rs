//! Queues: they hand elements, tuples of tensors, from one run to another, and make runs wait. The kernels are registered by
//! the crate that runs pipelines.
//!
//! Each op exists twice: with a resource as handle, and with TensorFlow 1's reference to a string. Both lead to the same
//! queues; whoever runs a program hands references to queues on as it does those to variables.
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{DType, PartialShape, Result, bail};
use std::sync::Arc;

const BASE: Entry = Entry {
    grad: Gradient::Missing("a queue hides where its elements come from"),
    gpu: Gpu::Host("queues are in host memory"),
    test: Test::own(&["tests/ops/test_direct.py"]),
    ..Entry::NEW
};

const OPAQUE: Gradient = Gradient::None("a queue hides where its elements come from");
const MADE: &str =
    "component_types: list(type) >= 1; shapes: list(shape) >= 0 = []; capacity: int = -1; container: string = ''; shared_name: string = ''";
const SHUFFLED: &str = "component_types: list(type) >= 1; shapes: list(shape) >= 0 = []; capacity: int = -1; min_after_dequeue: int = 0; seed: int = 0; seed2: int = 0; container: string = ''; shared_name: string = ''";
const BY_PRIORITY: &str =
    "component_types: list(type) >= 0 = []; shapes: list(shape) >= 0; capacity: int = -1; container: string = ''; shared_name: string = ''";
const TAKEN: &str = "component_types: list(type) >= 1; timeout_ms: int = -1";
const GIVEN: &str = "Tcomponents: list(type) >= 1; timeout_ms: int = -1";

/// The handle of a queue.
const fn maker(name: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { name, sig: " -> handle: resource", attrs, doc, flags: Flags::STATEFUL, shape: ShapeRule::Rule(handle), ..BASE }
}
const fn ref_maker(name: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { sig: " -> handle: Ref(string)", ..maker(name, attrs, doc) }
}
/// What a run does with a queue through a resource, waiting for others if it must.
const fn waiting(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { name, sig, attrs, doc, flags: Flags::STATEFUL.and(Flags::BLOCKS), shape: ShapeRule::Rule(components), ..BASE }
}
/// The same through a reference.
const fn ref_waiting(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { flags: Flags::WRITES.and(Flags::BLOCKS), shape: ShapeRule::Unknown, grad: OPAQUE, ..waiting(name, sig, attrs, doc) }
}
/// What a queue tells of itself.
const fn asking(name: &'static str, sig: &'static str, flags: Flags, doc: &'static str) -> Entry {
    Entry { name, sig, doc, flags, shape: ShapeRule::Scalar, ..BASE }
}

/// Queues.
pub static OPS: &[Entry] = &[
    maker(
        "FIFOQueueV2",
        MADE,
        "A queue that gives elements in the order in which they came. Nodes of one container and shared_name mean the same queue; a negative capacity means no limit.",
    ),
    maker(
        "PaddingFIFOQueueV2",
        MADE,
        "A queue like FIFOQueueV2 whose shapes may have unknown sizes: elements taken together are filled up with zeros to the largest.",
    ),
    maker(
        "RandomShuffleQueueV2",
        SHUFFLED,
        "A queue that gives its elements in random order, by seed and seed2. Until it is closed, min_after_dequeue elements stay in it.",
    ),
    maker(
        "PriorityQueueV2",
        BY_PRIORITY,
        "A queue that gives the element with the smallest first component first: an int64 scalar that stands before component_types.",
    ),
    waiting(
        "QueueEnqueueV2",
        "handle: resource, components: Tcomponents -> ",
        GIVEN,
        "Adds an element to a queue, waiting while it is full. Cancelled if the queue is closed.",
    ),
    waiting(
        "QueueEnqueueManyV2",
        "handle: resource, components: Tcomponents -> ",
        GIVEN,
        "Adds the rows of the components to a queue as elements, waiting while it is full. Cancelled if the queue is closed.",
    ),
    waiting(
        "QueueDequeueV2",
        "handle: resource -> components: component_types",
        TAKEN,
        "Takes an element out of a queue, waiting until there is one. OutOfRange if the queue is closed and empty.",
    ),
    waiting(
        "QueueDequeueManyV2",
        "handle: resource, n: int32 -> components: component_types",
        TAKEN,
        "Takes n elements out of a queue, stacked along a new first axis, waiting until there are so many. OutOfRange if the queue is closed and has fewer.",
    ),
    waiting(
        "QueueDequeueUpToV2",
        "handle: resource, n: int32 -> components: component_types",
        TAKEN,
        "Takes n elements out of a queue as QueueDequeueManyV2 does, but what is left of a closed queue if that is less. OutOfRange if the queue is closed and empty.",
    ),
    waiting(
        "QueueCloseV2",
        "handle: resource -> ",
        "cancel_pending_enqueues: bool = false",
        "Closes a queue: nothing more is added, what is in it can be taken. Elements whose adding waits are added first, unless cancel_pending_enqueues. Cancelled if it is closed already.",
    ),
    asking("QueueSizeV2", "handle: resource -> size: int32", Flags::STATEFUL, "How many elements are in a queue."),
    asking("QueueIsClosedV2", "handle: resource -> is_closed: bool", Flags::STATEFUL, "Whether a queue is closed."),
    ref_maker("FIFOQueue", MADE, "A queue as FIFOQueueV2 makes it, by reference."),
    ref_maker("PaddingFIFOQueue", MADE, "A queue as PaddingFIFOQueueV2 makes it, by reference."),
    ref_maker("RandomShuffleQueue", SHUFFLED, "A queue as RandomShuffleQueueV2 makes it, by reference."),
    ref_maker("PriorityQueue", BY_PRIORITY, "A queue as PriorityQueueV2 makes it, by reference."),
    ref_waiting(
        "QueueEnqueue",
        "handle: Ref(string), components: Tcomponents -> ",
        GIVEN,
        "Adds an element to a queue, as QueueEnqueueV2 does.",
    ),
    ref_waiting(
        "QueueEnqueueMany",
        "handle: Ref(string), components: Tcomponents -> ",
        GIVEN,
        "Adds the rows of the components to a queue, as QueueEnqueueManyV2 does.",
    ),
    ref_waiting(
        "QueueDequeue",
        "handle: Ref(string) -> components: component_types",
        TAKEN,
        "Takes an element out of a queue, as QueueDequeueV2 does.",
    ),
    ref_waiting(
        "QueueDequeueMany",
        "handle: Ref(string), n: int32 -> components: component_types",
        TAKEN,
        "Takes n elements out of a queue, as QueueDequeueManyV2 does.",
    ),
    ref_waiting(
        "QueueDequeueUpTo",
        "handle: Ref(string), n: int32 -> components: component_types",
        TAKEN,
        "Takes up to n elements out of a queue, as QueueDequeueUpToV2 does.",
    ),
    ref_waiting("QueueClose", "handle: Ref(string) -> ", "cancel_pending_enqueues: bool = false", "Closes a queue, as QueueCloseV2 does."),
    Entry { grad: OPAQUE, ..asking("QueueSize", "handle: Ref(string) -> size: int32", Flags::WRITES, "How many elements are in a queue.") },
    asking("QueueIsClosed", "handle: Ref(string) -> is_closed: bool", Flags::WRITES, "Whether a queue is closed."),
];

/// Dtypes and shapes of a queue's elements, by the attributes of the op that makes it.
pub fn element_types(op: &str, types: &[DType], shapes: &[PartialShape]) -> Vec<(DType, PartialShape)> {
    let shapes = shapes.iter().cloned().chain(std::iter::repeat(PartialShape::UNKNOWN));
    let given = types.iter().copied().zip(shapes);
    match op {
        "PriorityQueue" | "PriorityQueueV2" => std::iter::once((DType::Int64, PartialShape::scalar())).chain(given).collect(),
        _ => given.collect(),
    }
}

fn handle(c: &mut Infer) -> Result<()> {
    let types = element_types(c.op.name, c.attrs.dtypes("component_types")?, c.attrs.shapes("shapes")?);
    c.set(0, if c.op.outputs[0].is_ref && !c.at_run_time { PartialShape::vector(Some(2)) } else { PartialShape::scalar() });
    c.set_handle(0, Some(Arc::new(types)));
    Ok(())
}

/// The outputs have the shapes of the queue's elements, with a new first axis if several are taken together.
fn components(c: &mut Infer) -> Result<()> {
    let several = c.op.input("n").is_some();
    let n = if several { c.int(1) } else { None };
    if several {
        c.with_rank(1, 0)?;
    }
    if let Some(n) = n.filter(|n| *n < 0 && !c.at_run_time) {
        bail!(InvalidArgument, "Input 'n' must be >= 0, but is {n}");
    }
    let Some(types) = c.input(0).handle.clone().filter(|t| t.len() == c.n_outputs()) else { return Ok(()) };
    let exact = !c.op.name.contains("UpTo");
    for (i, (_, shape)) in types.iter().enumerate() {
        let shape = match (several, shape.dims()) {
            (true, Some(dims)) => {
                let first = n.filter(|_| exact).and_then(|n| usize::try_from(n).ok());
                PartialShape::new(std::iter::once(first).chain(dims.iter().copied()).collect())
            }
            _ => shape.clone(),
        };
        c.set(i, shape);
    }
    Ok(())
}
