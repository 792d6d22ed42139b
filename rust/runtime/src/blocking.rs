//! Runs a program that has steps which may wait: those on threads of their own, the others as their inputs arrive.
use crate::exec::unplanned;
use crate::program::{Action, Program};
use crate::step::Tensors;
use ferroflow_ops::{Cancel, Env, Flags, RunCtx};
use ferroflow_tensor::{Error, Result, Tensor};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Runs all steps; `run([enqueue, dequeue])` works because what waits does not hold up what does not depend on it.
pub fn run(program: &Program, env: &Arc<Env>, feeds: &[Tensor], cancel: &Arc<Cancel>, id: u64) -> Result<Tensors> {
    let mut values = vec![Tensor::default(); program.types.len()];
    for (slot, t) in feeds.iter().enumerate() {
        values[slot] = t.clone();
    }
    for (slot, t) in &program.constants {
        values[*slot as usize] = t.clone();
    }
    let mut maker = vec![None; values.len()];
    for (i, s) in program.steps.iter().enumerate() {
        maker[s.out as usize..(s.out + s.n_out) as usize].fill(Some(i));
    }
    let mut needs: Vec<Vec<usize>> = vec![];
    for s in &program.steps {
        let mut n: Vec<usize> = s.ins.iter().filter_map(|x| maker[*x as usize]).chain(s.after.iter().map(|a| *a as usize)).collect();
        n.sort_unstable();
        n.dedup();
        needs.push(n);
    }
    let mut done = vec![false; program.steps.len()];
    let mut started = done.clone();
    let (results, inbox) = channel::<(usize, Result<Tensors>)>();
    let mut waiting = 0;
    let mut failed: Option<Error> = None;
    #[allow(clippy::disallowed_methods)] // what waits must not hold a worker of the pool
    std::thread::scope(|scope| {
        loop {
            let ready = (0..done.len()).find(|i| !started[*i] && needs[*i].iter().all(|n| done[*n]));
            let mut finished = None;
            match ready.filter(|_| failed.is_none()) {
                Some(i) => {
                    started[i] = true;
                    let s = &program.steps[i];
                    let waits = matches!(s.action, Action::Kernel(_)) && s.node.op.is_some_and(|o| o.has(Flags::BLOCKS));
                    let inputs: Vec<Tensor> = values.clone();
                    let go = move || unplanned(&RunCtx { env, device: &*s.device, cancel, step: id }, s, &inputs, 0);
                    if waits {
                        let results = results.clone();
                        waiting += 1;
                        scope.spawn(move || {
                            // The receiver lives until every thread of the scope has reported.
                            let _ = results.send((i, go()));
                        });
                    } else {
                        finished = Some((i, go()));
                    }
                }
                None if waiting == 0 => break,
                None => match inbox.recv_timeout(Duration::from_millis(20)) {
                    Ok(r) => {
                        waiting -= 1;
                        finished = Some(r);
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        if let Err(e) = cancel.check() {
                            cancel.cancel();
                            failed.get_or_insert(e);
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                },
            }
            match finished {
                Some((i, Ok(out))) => {
                    done[i] = true;
                    for (k, t) in out.into_iter().enumerate() {
                        values[program.steps[i].out as usize + k] = t;
                    }
                }
                Some((_, Err(e))) => {
                    failed.get_or_insert(e);
                    cancel.cancel(); // wakes what still waits
                }
                None => {}
            }
        }
    });
    match failed {
        Some(e) => Err(e),
        None => program.fetches.iter().map(|f| values[*f as usize].clone().settle()).collect(),
    }
}
