//! Threads that run programs at once do not wait for each other: neither with sessions of their own nor with one for all.
#![allow(missing_docs, clippy::disallowed_methods)]
#![cfg(target_os = "linux")]
mod support;
use ferroflow_graph::Endpoint;
use ferroflow_ops::Cancel;
use ferroflow_runtime::{Session, SessionOptions};
use ferroflow_tensor::{DType, PartialShape, Tensor};
use std::sync::Arc;
use support::G;

const RUNS: usize = 4000;

/// A chain of small products and sums, and its feed.
fn graph() -> (G, Endpoint, Endpoint) {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::new(vec![Some(16), Some(16)]));
    let w = g.constant(Tensor::from_slice(&[0.01f32; 256], [16, 16]).unwrap());
    let y = (0..20).fold(x, |y, _| g.op("AddV2", &[g.op("MatMul", &[y, w], &[]), x], &[]));
    (g, x, y)
}

/// How often this thread has waited for something.
fn waits() -> usize {
    let status = std::fs::read_to_string("/proc/thread-self/status").unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("voluntary_ctxt_switches:")).unwrap();
    line.trim().parse().unwrap()
}

/// Waits of four threads that each run the program of a session so many times.
fn waits_of_four(session: impl Fn() -> (Arc<Session>, Endpoint, Endpoint)) -> usize {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| session())
            .map(|(session, x, y)| {
                scope.spawn(move || {
                    let program = session.program(&[y], &[], &[x]).unwrap();
                    let (cancel, feeds) = (Arc::new(Cancel::default()), [Tensor::from_slice(&[1f32; 256], [16, 16]).unwrap()]);
                    let want = session.run_program(&program, &feeds, &cancel).unwrap();
                    let before = waits();
                    for _ in 0..RUNS {
                        let have = session.run_program(&program, &feeds, &cancel).unwrap();
                        assert!(have[0].same_bits(&want[0]));
                    }
                    waits() - before
                })
            })
            .collect();
        workers.into_iter().map(|w| w.join().unwrap()).sum()
    })
}

#[test]
fn threads_with_sessions_of_their_own_do_not_wait() {
    let found = waits_of_four(|| {
        let (g, x, y) = graph();
        (Arc::new(Session::new(g.0.clone(), SessionOptions::default())), x, y)
    });
    assert!(found <= RUNS / 50, "{found} waits in {} runs", 4 * RUNS);
}

#[test]
fn threads_that_share_a_session_hardly_wait() {
    let (g, x, y) = graph();
    let session = Arc::new(Session::new(g.0.clone(), SessionOptions::default()));
    let found = waits_of_four(|| (session.clone(), x, y));
    assert!(found <= RUNS / 50, "{found} waits in {} runs", 4 * RUNS);
}
