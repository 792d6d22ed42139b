//! Queues: elements handed from run to run. Who waits is served in the order of arrival, adding and taking by themselves.
pub(crate) mod kernels;
mod store;
use crate::buffer::LOOK;
use crate::dataset::Element;
use crate::element::{Padding, batch, padded_batch};
use ferroflow_ops::RunCtx;
use ferroflow_ops::philox::{Philox, Words};
use ferroflow_tensor::{Code, DType, Error, Object, PartialShape, Result, Shape, Tensor, bail, error};
use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Condvar, Mutex, MutexGuard};
use store::Store;

/// The order in which a queue gives its elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Fifo,
    Padding,
    /// With the number of elements that stay until it is closed, and the seeds.
    Shuffle {
        stay: usize,
        seeds: (i64, i64),
    },
    Priority,
}
impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Fifo => "FIFOQueue",
            Kind::Padding => "PaddingFIFOQueue",
            Kind::Shuffle { .. } => "RandomShuffleQueue",
            Kind::Priority => "PriorityQueue",
        }
    }
    fn store(self) -> Store {
        let fresh = || std::hash::RandomState::new().build_hasher().finish();
        match self {
            Kind::Fifo | Kind::Padding => Store::Line(VecDeque::new()),
            Kind::Shuffle { seeds: (0, 0), .. } => Store::Bag(vec![], Words::new(Philox::seeded(fresh(), fresh()))),
            Kind::Shuffle { seeds: (a, b), .. } => Store::Bag(vec![], Words::new(Philox::seeded(a as u64, b as u64))),
            Kind::Priority => Store::Heap(vec![]),
        }
    }
}

/// What a queue is made with.
#[derive(Clone)]
pub(crate) struct Makeup {
    pub kind: Kind,
    pub types: Vec<DType>,
    /// One for each component; none if elements may have any shapes.
    pub shapes: Vec<PartialShape>,
    pub capacity: i64,
}

/// A queue.
pub(crate) struct Queue {
    pub makeup: Makeup,
    pub name: String,
    state: Mutex<State>,
    changed: Condvar,
}
impl Object for Queue {
    fn type_name(&self) -> &str {
        "tensorflow::QueueInterface"
    }
}

/// The two sides of a queue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Add,
    Take,
}
struct State {
    store: Store,
    closed: bool,
    /// Those who wait on each side, by number, the first first.
    waiting: [VecDeque<u64>; 2],
    next: u64,
    /// Who waits to add with a smaller number is cancelled.
    cancelled: u64,
}
/// What an attempt has come to.
enum Progress<R> {
    Done(R),
    Wait,
}

impl Queue {
    pub fn new(makeup: Makeup, name: String) -> Queue {
        let state = State { store: makeup.kind.store(), closed: false, waiting: Default::default(), next: 0, cancelled: 0 };
        Queue { makeup, name, state: Mutex::new(state), changed: Condvar::new() }
    }
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|e| e.into_inner())
    }
    pub fn len(&self) -> usize {
        self.lock().store.len()
    }
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }
    fn capacity(&self) -> usize {
        usize::try_from(self.makeup.capacity).unwrap_or(usize::MAX)
    }

    /// Waits for its turn on a side, then calls `step` until it is done, each time that the queue has changed.
    fn attempt<R>(&self, run: &RunCtx, side: Side, mut step: impl FnMut(&mut State) -> Result<Progress<R>>) -> Result<R> {
        let mut state = self.lock();
        let ticket = state.next;
        state.next += 1;
        state.waiting[side as usize].push_back(ticket);
        let stopped = |e: Error| match (e.code(), side) {
            (Code::Cancelled, Side::Add) => error!(Cancelled, "Enqueue operation was cancelled"),
            (Code::Cancelled, Side::Take) => error!(Cancelled, "Dequeue operation was cancelled"),
            _ => e,
        };
        let result = loop {
            if side == Side::Add && ticket < state.cancelled {
                break Err(error!(Cancelled, "Enqueue operation was cancelled"));
            }
            if state.waiting[side as usize].front() == Some(&ticket) {
                let before = state.store.len();
                match step(&mut state) {
                    Ok(Progress::Wait) => {}
                    Ok(Progress::Done(r)) => break Ok(r),
                    Err(e) => break Err(e),
                }
                if state.store.len() != before {
                    self.changed.notify_all();
                }
            }
            state = self.changed.wait_timeout(state, LOOK).unwrap_or_else(|e| e.into_inner()).0;
            drop(state); // the check may take Python's lock
            let checked = run.cancel.check();
            state = self.lock();
            if let Err(e) = checked {
                break Err(stopped(e));
            }
        };
        state.waiting[side as usize].retain(|t| *t != ticket);
        drop(state);
        self.changed.notify_all();
        result
    }

    /// Adds elements, waiting while the queue is full. Cancelled if it is closed.
    pub fn add(&self, run: &RunCtx, elements: Vec<Element>) -> Result<()> {
        let mut rest = VecDeque::from(elements);
        self.attempt(run, Side::Add, |state| {
            if state.closed {
                let kind = if self.makeup.kind == Kind::Padding { Kind::Fifo } else { self.makeup.kind };
                bail!(Cancelled, "{} '{}' is closed.", kind.name(), self.name);
            }
            while state.store.len() < self.capacity()
                && let Some(e) = rest.pop_front()
            {
                state.store.push(e);
            }
            Ok(if rest.is_empty() { Progress::Done(()) } else { Progress::Wait })
        })
    }

    /// Takes elements, waiting until there are enough; of a closed queue what is left, if `up_to` says so. OutOfRange
    /// otherwise; what was taken goes back then, as it does where the run is stopped.
    fn take(&self, run: &RunCtx, kind: Kind, mut n: usize, up_to: bool) -> Result<Vec<Element>> {
        let mut taken = vec![];
        let result = self.attempt(run, Side::Take, |state| {
            let left = taken.len() + state.store.len();
            if state.closed && left < n {
                if !up_to || left == 0 {
                    let kind = kind.name();
                    bail!(
                        OutOfRange,
                        "{kind} '{}' is closed and has insufficient elements (requested {n}, current size {left})",
                        self.name
                    );
                }
                n = left;
            }
            let stay = match self.makeup.kind {
                Kind::Shuffle { stay, .. } if !state.closed => stay,
                _ => 0,
            };
            while taken.len() < n
                && state.store.len() > stay
                && let Some(e) = state.store.pop()
            {
                taken.push(e);
            }
            Ok(if taken.len() == n { Progress::Done(()) } else { Progress::Wait })
        });
        if let Err(e) = result {
            let mut state = self.lock();
            taken.into_iter().rev().for_each(|e| state.store.put_back(e));
            drop(state);
            self.changed.notify_all();
            return Err(e);
        }
        Ok(taken)
    }
    /// The next element.
    pub fn take_one(&self, run: &RunCtx) -> Result<Element> {
        // TensorFlow's padding queue speaks of the plain one here.
        let kind = if self.makeup.kind == Kind::Padding { Kind::Fifo } else { self.makeup.kind };
        match self.take(run, kind, 1, false)?.pop() {
            Some(e) => Ok(e),
            None => bail!(Internal, "a queue gave no element"),
        }
    }
    /// The next elements, stacked.
    pub fn take_many(&self, run: &RunCtx, n: i32, up_to: bool) -> Result<Element> {
        let kind = self.makeup.kind;
        let what = if up_to { "DequeueUpToOp" } else { "DequeueManyOp" };
        let Ok(n) = usize::try_from(n) else { bail!(InvalidArgument, "{what} requested {n} < 0 elements") };
        if self.makeup.shapes.is_empty() {
            return Err(error!(
                InvalidArgument,
                "{}'s DequeueMany and DequeueUpTo require the components to have specified shapes.",
                kind.name()
            )
            .fix("make the queue with `shapes`"));
        }
        let shapes = &self.makeup.shapes;
        if n == 0 {
            return self.makeup.types.iter().zip(shapes).map(|(t, s)| Tensor::zeros(*t, empty(s))).collect();
        }
        let elements = self.take(run, kind, n, up_to)?;
        if kind != Kind::Padding {
            return batch(&elements);
        }
        let padding = Padding {
            shapes: shapes.iter().map(|s| s.to_i64().unwrap_or_default()).collect(),
            values: self.makeup.types.iter().map(|t| Tensor::zeros(*t, Shape::SCALAR)).collect::<Result<_>>()?,
        };
        padded_batch(&elements, &padding)
    }
    /// Closes the queue when all that waits to be added has been, or, with `cancel`, at once.
    pub fn close(&self, run: &RunCtx, cancel: bool) -> Result<()> {
        if cancel {
            let mut state = self.lock();
            state.closed = true;
            state.cancelled = state.next;
            drop(state);
            self.changed.notify_all();
            return Ok(());
        }
        self.attempt(run, Side::Add, |state| {
            if state.closed {
                bail!(Cancelled, "Queue '{}' is already closed.", self.name);
            }
            state.closed = true;
            Ok(Progress::Done(()))
        })
    }

    /// InvalidArgument unless an element has the queue's shapes; with `rows`, unless all of its rows have.
    pub fn check(&self, element: &[Tensor], rows: Option<usize>) -> Result<()> {
        for (i, t) in element.iter().enumerate() {
            let want = match (self.makeup.shapes.get(i), rows) {
                (Some(s), None) => s.clone(),
                (Some(s), Some(n)) => {
                    PartialShape::new(std::iter::once(Some(n)).chain(s.dims().unwrap_or_default().iter().copied()).collect())
                }
                (None, None) => continue,
                (None, Some(n)) => {
                    if t.shape().first() != Some(&n) {
                        bail!(
                            InvalidArgument,
                            "All input tensors must have the same size in the 0th dimension. Component {i} has {}, and should have {n}",
                            t.shape().first().copied().unwrap_or(0)
                        );
                    }
                    continue;
                }
            };
            if !want.accepts(t.shape()) {
                return Err(error!(InvalidArgument, "Shape mismatch in tuple component {i}. Expected {want}, got {}", t.shape())
                    .fix("an element must have the shapes that the queue was made with"));
            }
        }
        Ok(())
    }
}

/// No elements of a shape.
fn empty(shape: &PartialShape) -> Shape {
    let dims = shape.dims().unwrap_or_default().iter().map(|d| d.unwrap_or(0));
    Shape::from(std::iter::once(0).chain(dims).collect::<Vec<_>>())
}
