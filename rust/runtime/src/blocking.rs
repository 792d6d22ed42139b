//! Programs with steps that may wait: those run first, with what they need, on threads of their own where several wait
//! at once or there is something else to do; all that depends on them follows as a planned program.
use crate::exec::{self, unplanned};
use crate::program::{Action, Program, Step};
use crate::step::Tensors;
use crate::{function, trace};
use ferroflow_ops::{Cancel, Env, Flags, RunCtx, ValueType};
use ferroflow_tensor::{Error, Result, Tensor, error};
use rustc_hash::{FxHashMap, FxHashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How often a run that waits looks at its token.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A program that may wait, in two parts.
pub struct Stages {
    /// The steps that may wait, all that they need, and what depends on none of them.
    first: Program,
    /// How many inputs each step of `first` waits for.
    needs: Vec<u32>,
    /// The steps that wait for a step.
    followers: Vec<Vec<u32>>,
    /// How often each value of `first` is read, by `then` too.
    uses: Vec<u32>,
    /// Positions of the feeds of `first` among those of the whole.
    feeds: Vec<u32>,
    /// Whether `first` has work that can go on while a step waits.
    overlap: bool,
    /// All that depends on a step that may wait. Where several steps may wait, what calls Python is not in it, since it
    /// might be what another step waits for.
    then: Program,
    /// Where the feeds of `then` come from.
    sources: Vec<Source>,
}

/// Where a value comes from.
enum Source {
    /// A feed of the whole program.
    Feed(u32),
    /// A slot of the first part.
    Made(u32),
}

/// Whether a step reads or changes state: it keeps its place among the others that do, which may wait.
fn has_order(s: &Step) -> bool {
    matches!(s.action, Action::Deref) || s.node.op.is_some_and(|o| o.has(Flags::STATEFUL))
}

/// Cuts a program with a step that may wait, and others, into its stages.
pub fn split(whole: &Program) -> Stages {
    let n = whole.steps.len();
    let mut maker = vec![None; whole.types.len()];
    for (i, s) in whole.steps.iter().enumerate() {
        maker[s.out as usize..(s.out + s.n_out) as usize].fill(Some(i as u32));
    }
    let needs: Vec<Vec<u32>> = (whole.steps.iter())
        .map(|s| {
            let mut n: Vec<u32> = s.ins.iter().filter_map(|x| maker[*x as usize]).chain(s.after.iter().copied()).collect();
            n.sort_unstable();
            n.dedup();
            n
        })
        .collect();
    let several = whole.steps.iter().filter(|s| s.waits).count() > 1;
    let mut late = vec![false; n];
    for i in 0..n {
        let s = &whole.steps[i];
        late[i] = has_order(s) && !s.waits || needs[i].iter().any(|j| late[*j as usize] || whole.steps[*j as usize].waits);
    }
    let mut needed = vec![false; n];
    for i in (0..n).rev() {
        let s = &whole.steps[i];
        let python = || s.node.op.is_some_and(|o| o.has(Flags::PYTHON)) || function::may_call_python(std::slice::from_ref(s));
        needed[i] |= s.waits || several && python();
        if needed[i] {
            needs[i].iter().for_each(|j| needed[*j as usize] = true);
        }
    }
    let (early, rest): (Vec<usize>, Vec<usize>) = (0..n).partition(|i| needed[*i] || !late[*i]);
    let takes_data = |s: &Step| s.ins.iter().any(|x| !whole.types[*x as usize].is_ref && !whole.types[*x as usize].dtype.is_object());
    let overlap = early.iter().any(|i| !needed[*i] && takes_data(&whole.steps[*i]));

    let (then, given) = part(whole, &rest, &whole.fetches);
    let made: Vec<u32> = given.iter().copied().filter(|s| maker[*s as usize].is_some()).collect();
    let (first, feeds) = part(whole, &early, &made);
    let place: FxHashMap<u32, u32> = made.into_iter().zip(first.fetches.iter().copied()).collect();
    let sources = given.iter().map(|s| place.get(s).map_or(Source::Feed(*s), |at| Source::Made(*at))).collect();

    let position: FxHashMap<u32, u32> = early.iter().enumerate().map(|(k, i)| (*i as u32, k as u32)).collect();
    let mut followers = vec![vec![]; early.len()];
    for (k, i) in early.iter().enumerate() {
        needs[*i].iter().filter_map(|j| position.get(j)).for_each(|j| followers[*j as usize].push(k as u32));
    }
    let mut uses = vec![0; first.types.len()];
    first.steps.iter().flat_map(|s| &s.ins).chain(&first.fetches).for_each(|x| uses[*x as usize] += 1);
    let needs = early.iter().map(|i| needs[*i].iter().filter(|j| position.contains_key(j)).count() as u32).collect();
    Stages { first, needs, followers, uses, feeds, overlap, then, sources }
}

/// The program of some steps, and the slots of the whole that are its feeds.
fn part(whole: &Program, steps: &[usize], fetches: &[u32]) -> (Program, Vec<u32>) {
    let own: FxHashSet<u32> = steps.iter().map(|i| &whole.steps[*i]).flat_map(|s| s.out..s.out + s.n_out).collect();
    let constants: FxHashMap<u32, &Tensor> = whole.constants.iter().map(|(s, t)| (*s, t)).collect();
    let read = steps.iter().flat_map(|i| &whole.steps[*i].ins).chain(fetches);
    let mut given: Vec<u32> = read.copied().filter(|s| !own.contains(s)).collect();
    given.sort_unstable();
    given.dedup();
    let (known, fed): (Vec<u32>, Vec<u32>) = given.into_iter().partition(|s| constants.contains_key(s));
    let mut types: Vec<ValueType> = fed.iter().map(|s| ValueType { value: None, ..whole.types[*s as usize].clone() }).collect();
    types.extend(known.iter().map(|s| whole.types[*s as usize].clone()));
    let mut place: FxHashMap<u32, u32> = fed.iter().chain(&known).enumerate().map(|(new, old)| (*old, new as u32)).collect();
    let mut made = vec![];
    for (k, i) in steps.iter().enumerate() {
        let s = &whole.steps[*i];
        let after = s.after.iter().filter_map(|a| steps[..k].binary_search(&(*a as usize)).ok()).map(|a| a as u32).collect();
        made.push(Step { ins: s.ins.iter().map(|x| place[x]).collect(), out: types.len() as u32, after, ..s.clone() });
        for slot in s.out..s.out + s.n_out {
            place.insert(slot, types.len() as u32);
            types.push(whole.types[slot as usize].clone());
        }
    }
    let constants = known.iter().map(|s| (place[s], constants[s].clone())).collect();
    let fetches = fetches.iter().map(|f| place[f]).collect();
    let (n_feeds, owns_feeds, at_once) = (fed.len(), true, whole.at_once);
    let program = Program { steps: made, types, constants, n_feeds, fetches, owns_feeds, at_once, ..Program::default() };
    (program, fed)
}

/// Runs both stages; `run([enqueue, dequeue])` works because what waits does not hold up what does not depend on it.
pub fn run(stages: &Stages, env: &Arc<Env>, feeds: &[Tensor], cancel: &Arc<Cancel>, id: u64) -> Result<Tensors> {
    let mut made = First::run(stages, env, feeds, cancel, id)?;
    let inputs: Tensors = (stages.sources.iter())
        .map(|s| match s {
            Source::Feed(i) => feeds[*i as usize].clone(),
            Source::Made(slot) => std::mem::take(&mut made[*slot as usize]),
        })
        .collect();
    drop(made);
    let frame = stages.then.plans.frame(&stages.then, &inputs, false)?;
    exec::run_in(&stages.then, frame, env, inputs, cancel)
}

/// A run of the first stage.
struct First<'a> {
    stages: &'a Stages,
    values: Vec<Tensor>,
    needs: Vec<u32>,
    uses: Vec<u32>,
    /// Steps that could start, the latest first.
    ready: Vec<u32>,
    failed: Option<Error>,
}

impl First<'_> {
    /// The values that the second stage reads; the others are gone.
    fn run(stages: &Stages, env: &Arc<Env>, feeds: &[Tensor], cancel: &Arc<Cancel>, id: u64) -> Result<Vec<Tensor>> {
        let first = &stages.first;
        let mut values = vec![Tensor::default(); first.types.len()];
        stages.feeds.iter().enumerate().for_each(|(slot, i)| values[slot] = feeds[*i as usize].clone());
        first.constants.iter().for_each(|(slot, t)| values[*slot as usize] = t.clone());
        let ready = (0..first.steps.len() as u32).rev().filter(|i| stages.needs[*i as usize] == 0).collect();
        let mut run = First { stages, values, needs: stages.needs.clone(), uses: stages.uses.clone(), ready, failed: None };
        let (results, inbox) = channel();
        let cancel = &cancel.child();
        #[allow(clippy::disallowed_methods)] // what waits must not hold a worker of the pool
        std::thread::scope(|scope| {
            let mut away = 0;
            loop {
                if run.failed.is_none()
                    && let Some(i) = run.next()
                {
                    let s = &first.steps[i];
                    if s.waits && !(away == 0 && run.ready.is_empty() && !stages.overlap) {
                        let inputs = s.ins.iter().map(|x| run.values[*x as usize].clone()).collect();
                        let step = Step { ins: (0..s.ins.len() as u32).collect(), ..s.clone() };
                        let results: Sender<_> = results.clone();
                        away += 1;
                        scope.spawn(move || {
                            let done = apart(env, &step, inputs, cancel, id);
                            // The receiver lives until every thread of the scope has reported.
                            let _ = results.send((i, done));
                        });
                    } else {
                        let done = timed(&RunCtx { env, device: &*s.device, cancel, step: id }, s, &run.values);
                        run.finish(i, done, cancel);
                    }
                } else if away == 0 {
                    break;
                } else if let Some((i, done)) = run.wait(&inbox, cancel) {
                    away -= 1;
                    run.finish(i, done, cancel);
                }
            }
        });
        run.failed.map_or(Ok(run.values), Err)
    }

    /// The step to start next: one that waits comes first if there is something to do meanwhile, else last.
    fn next(&mut self) -> Option<usize> {
        let waiting = |i: &u32| self.stages.first.steps[*i as usize].waits;
        let wanted = self.ready.iter().rposition(|i| waiting(i) == self.stages.overlap);
        let at = wanted.or(self.ready.len().checked_sub(1))?;
        Some(self.ready.remove(at) as usize)
    }

    /// What a thread has reported; None after a while without a report.
    fn wait(&mut self, inbox: &Receiver<(usize, Result<Tensors>)>, cancel: &Cancel) -> Option<(usize, Result<Tensors>)> {
        match inbox.recv_timeout(LOOK_EVERY) {
            Ok(report) => return Some(report),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        if let Err(e) = cancel.check() {
            cancel.cancel();
            self.failed.get_or_insert(e);
        }
        None
    }

    /// Keeps the results of a step, drops what nobody reads any more, and finds out what can start now.
    fn finish(&mut self, i: usize, done: Result<Tensors>, cancel: &Cancel) {
        let s = &self.stages.first.steps[i];
        match done {
            Ok(out) => out.into_iter().enumerate().for_each(|(k, t)| {
                let slot = s.out as usize + k;
                self.values[slot] = if self.uses[slot] == 0 { Tensor::default() } else { t };
            }),
            Err(e) => {
                self.failed.get_or_insert(e);
                cancel.cancel(); // wakes what still waits
                return;
            }
        }
        for x in &s.ins {
            self.uses[*x as usize] -= 1;
            if self.uses[*x as usize] == 0 {
                self.values[*x as usize] = Tensor::default();
            }
        }
        for f in &self.stages.followers[i] {
            self.needs[*f as usize] -= 1;
            if self.needs[*f as usize] == 0 {
                let at = self.ready.partition_point(|r| r > f);
                self.ready.insert(at, *f);
            }
        }
    }
}

/// Runs a step. A panic becomes an error, so that what waits meanwhile is told.
fn timed(run: &RunCtx, s: &Step, values: &[Tensor]) -> Result<Tensors> {
    let start = (trace::enabled() && !s.is_done()).then(trace::now);
    let done = catch_unwind(AssertUnwindSafe(|| unplanned(run, s, values, 0)))
        .unwrap_or_else(|_| Err(error!(Internal, "a fault of Ferroflow itself: step '{}' panicked", s.node.name)));
    if let Some(start) = start {
        trace::step(s.name(), &s.node.name, s.device.name(), start);
    }
    done
}

/// Runs a step that waits, on its own thread; its inputs are dropped before the result is told.
fn apart(env: &Arc<Env>, s: &Step, inputs: Vec<Tensor>, cancel: &Arc<Cancel>, id: u64) -> Result<Tensors> {
    crate::cancel::replace(Some(cancel.clone()));
    timed(&RunCtx { env, device: &*s.device, cancel, step: id }, s, &inputs)
}
