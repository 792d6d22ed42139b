//! Map with several calls under way at a time.
use crate::args::Args;
use crate::buffer::{LOOK, orphan};
use crate::dataset::{Dataset, Element, Iterate, Spec};
use crate::function::{ElementFn, not_the_end};
use crate::map::{Apply, Kind};
use ferroflow_ops::{Cancel, RunCtx};
use ferroflow_runtime::threads::{self, Background, Later};
use ferroflow_tensor::{Code, Result, bail};
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

/// A function over the elements, called on several threads.
pub(crate) struct ParallelMap {
    pub plain: Arc<Apply>,
    pub calls: usize,
    /// Whether results come in the order of the elements.
    pub in_order: bool,
}
impl Dataset for ParallelMap {
    fn spec(&self) -> &Arc<Spec> {
        self.plain.spec()
    }
    fn cardinality(&self) -> i64 {
        self.plain.cardinality()
    }
    fn calls_python(&self) -> bool {
        self.plain.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        if self.calls_python() {
            return self.plain.clone().iterate(run);
        }
        let source = Source { input: self.plain.input.clone().iterate(run)?, taken: 0, ended: false };
        let shared = Arc::new(Shared {
            source: Mutex::new(source),
            board: Mutex::default(),
            changed: Condvar::new(),
            f: self.plain.f.clone(),
            same_count: self.plain.same_count,
            ahead: 2 * self.calls as u64,
        });
        Ok(Box::new(Pass { of: self, shared, threads: None }))
    }
}

struct Shared {
    source: Mutex<Source>,
    board: Mutex<Board>,
    changed: Condvar,
    f: Arc<dyn ElementFn>,
    same_count: bool,
    /// How many results may wait to be taken.
    ahead: u64,
}
struct Source {
    input: Box<dyn Iterate>,
    taken: u64,
    ended: bool,
}
#[derive(Default)]
struct Board {
    /// Results by the number of their element; None marks the end.
    results: BTreeMap<u64, Result<Option<Element>>>,
    given: u64,
    over: bool,
    alive: usize,
}
struct Pass {
    of: Arc<ParallelMap>,
    shared: Arc<Shared>,
    threads: Option<Vec<Background>>,
}
impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Takes the next element, calls the function, posts the result. False when there is nothing left to do.
    fn one(&self, cancel: &Arc<Cancel>, later: &Later) -> bool {
        let mut source = self.source.lock().unwrap_or_else(|e| e.into_inner());
        if source.ended {
            return false;
        }
        let mut board = self.board();
        while source.taken - board.given >= self.ahead && !cancel.is_cancelled() {
            board = self.changed.wait(board).unwrap_or_else(|e| e.into_inner());
        }
        drop(board);
        if cancel.is_cancelled() {
            return false;
        }
        let number = source.taken;
        let Some(element) = later.run(cancel, |run| source.input.next(run)) else { return false };
        source.taken += 1;
        source.ended = matches!(element, Ok(None));
        drop(source);
        let result = match element {
            Ok(Some(e)) => match later.run(cancel, |run| self.f.call(run, e)) {
                Some(Ok(r)) => Ok(Some(r)),
                Some(Err(e)) if e.code() == Code::OutOfRange && !self.same_count => Ok(None),
                Some(Err(e)) => Err(not_the_end(e)),
                None => return false,
            },
            other => other,
        };
        self.board().results.insert(number, result);
        self.changed.notify_all();
        true
    }
}
/// Counts a thread that has ended, by a panic too.
struct AtEnd(Arc<Shared>);
impl Drop for AtEnd {
    fn drop(&mut self) {
        self.0.board().alive -= 1;
        self.0.changed.notify_all();
    }
}
impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        let threads = self.threads.get_or_insert_with(|| {
            let start = |_| {
                self.shared.board().alive += 1;
                let (end, wake, later) = (AtEnd(self.shared.clone()), self.shared.clone(), Later::of(run));
                let wake = move || {
                    let _held = wake.board();
                    wake.changed.notify_all();
                };
                threads::spawn("ferroflow-map", wake, move |cancel| while end.0.one(cancel, &later) {})
            };
            (0..self.of.calls).map_while(start).collect()
        });
        if threads.is_empty() {
            // No thread was to be had: the work is done here.
            self.shared.one(run.cancel, &Later::of(run));
        } else if threads.iter().any(|t| !t.is_here()) {
            return Err(orphan());
        }
        let mut board = self.shared.board();
        loop {
            if board.over {
                return Ok(None);
            }
            let number = match board.results.keys().next() {
                Some(first) if !self.of.in_order => *first,
                _ => board.given,
            };
            // The end counts only once every result before it was given.
            let ready = match board.results.get(&number) {
                Some(Ok(None)) => board.given >= number,
                r => r.is_some(),
            };
            let result = if ready { board.results.remove(&number) } else { None };
            match result {
                Some(Ok(None)) => board.over = true,
                Some(r) => {
                    board.given += 1;
                    drop(board);
                    self.shared.changed.notify_all();
                    return r;
                }
                None if board.alive == 0 => bail!(Internal, "the threads of a parallel map have died"),
                None => {
                    board = self.shared.changed.wait_timeout(board, LOOK).unwrap_or_else(|e| e.into_inner()).0;
                    run.cancel.check()?;
                }
            }
        }
    }
}
impl Drop for Pass {
    fn drop(&mut self) {
        // All are told before any is waited for: one may hold the source that another waits for.
        self.threads.iter().flatten().for_each(|t| t.cancel.cancel());
    }
}

/// How many calls an operand asks for; -1 leaves the choice to us.
fn calls_of(n: i64) -> Result<usize> {
    match usize::try_from(n) {
        Ok(n) if n > 0 => Ok(n.min(threads::BUDGET)),
        _ if n == -1 => Ok(ferroflow_runtime::devices::threads().clamp(1, 16)),
        _ => bail!(InvalidArgument, "num_parallel_calls must be greater than zero."),
    }
}
pub(crate) fn map(a: &Args) -> Result<Arc<dyn Dataset>> {
    let calls = calls_of(a.int("num_parallel_calls")?)?;
    let plain = Apply {
        input: a.dataset("input_dataset")?,
        spec: a.spec()?,
        f: a.user_function("f", "other_arguments", "ParallelMapDatasetV2", "ParallelMapV2")?,
        kind: Kind::Map,
        same_count: a.attrs.bool("preserve_cardinality")?,
    };
    Ok(Arc::new(ParallelMap { plain: Arc::new(plain), calls, in_order: a.deterministic()? }))
}
