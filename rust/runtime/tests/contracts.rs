//! The contracts of programs: same results planned and unplanned, effects in order, graphs that grow, cancellation, aliasing.
#![allow(missing_docs, clippy::disallowed_methods)]
mod support;
use ferroflow_graph::{Endpoint, Function, Graph, NewNode};
use ferroflow_ops::{Attrs, Call, Cancel, Entry, Flags, Func, Kernel, Outputs, Prep, Prepared, ShapeRule};
use ferroflow_runtime::{Session, SessionOptions};
use ferroflow_tensor::{Code, DType, PartialShape, Result, Tensor, bail};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use support::G;

fn session(g: &G) -> Session {
    Session::new(g.0.clone(), SessionOptions { verify: true, ..SessionOptions::default() })
}
fn vector(n: usize, x: f32) -> Tensor {
    Tensor::from_slice(&vec![x; n], [n]).unwrap()
}

/// A chain that reuses memory in place gives what the unoptimised program gives, for several lengths in turn.
#[test]
fn planned_and_unoptimised_programs_agree() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::vector(None));
    let mut y = x;
    for i in 0..40 {
        y = match i % 4 {
            0 => g.op("AddV2", &[y, x], &[]),
            1 => g.op("Tanh", &[y], &[]),
            2 => g.op("Mul", &[x, y], &[]),
            _ => g.op("Identity", &[y], &[]),
        };
    }
    let z = g.op("Sub", &[y, x], &[]);
    let plain = Session::new(g.0.clone(), SessionOptions { optimize: false, verify: true, ..SessionOptions::default() });
    let s = session(&g);
    for n in [3, 1000, 1, 0, 3, 65536, 1000] {
        let v = Tensor::from_slice(&(0..n).map(|i| (i as f32 * 0.37).sin()).collect::<Vec<_>>(), [n]).unwrap();
        let a = s.run(&[z, y], &[], &[(x, v.clone())]).unwrap();
        let b = plain.run(&[z, y], &[], &[(x, v)]).unwrap();
        assert!(a[0].same_bits(&b[0]) && a[1].same_bits(&b[1]), "n = {n}");
    }
}

/// More different shapes than plans are kept: the dynamic plan takes over and gives the same values.
#[test]
fn many_shapes_end_in_a_plan_for_any_shape() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::vector(None));
    let y = g.op("Mul", &[x, x], &[]);
    let z = g.op("AddV2", &[y, x], &[]);
    let s = session(&g);
    for n in 1..60 {
        let out = s.run(&[z], &[], &[(x, vector(n, 3.0))]).unwrap();
        assert_eq!(out[0].slice::<f32>().unwrap(), vec![12.0; n]);
    }
}

/// Results are settled: they survive later runs, and so does a view of an intermediate value.
#[test]
fn nothing_that_leaves_a_run_is_arena_memory() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::vector(None));
    let y = g.op("Mul", &[x, x], &[]);
    let two = g.ints(&[2, -1]);
    let view = g.op("Reshape", &[y, two], &[]);
    let z = g.op("Neg", &[y], &[]);
    let s = session(&g);
    let first = s.run(&[view, z, x], &[], &[(x, vector(4, 2.0))]).unwrap();
    s.run(&[view, z, x], &[], &[(x, vector(4, 5.0))]).unwrap();
    assert_eq!(first[0].slice::<f32>().unwrap(), [4.0; 4]);
    assert_eq!(first[1].slice::<f32>().unwrap(), [-4.0; 4]);
    assert!(first.iter().all(|t| !t.is_transient()));
}

#[test]
fn effects_keep_their_order_and_control_edges_survive_passes() {
    let g = G::new();
    let shape = PartialShape::scalar();
    let v = g.op("VarHandleOp", &[], &[("dtype", DType::Float.into()), ("shape", shape.into()), ("shared_name", "v".into())]);
    let (one, ten) = (g.constant(Tensor::scalar(1.0f32)), g.constant(Tensor::scalar(10.0f32)));
    let init = g.node("AssignVariableOp", &[v, one], &[], &[], "");
    let read = |after| Endpoint::new(g.node("ReadVariableOp", &[v], &[("dtype", DType::Float.into())], after, ""), 0);
    let before = read(&[]);
    let assign = g.node("AssignVariableOp", &[v, ten], &[], &[before.node], "");
    let after = read(&[assign]);
    let s = session(&g);
    s.run(&[], &[init], &[]).unwrap();
    let out = s.run(&[after, before], &[], &[]).unwrap();
    assert_eq!((out[0].item::<f32>().unwrap(), out[1].item::<f32>().unwrap()), (10.0, 1.0));
    assert_eq!(s.run(&[before], &[], &[]).unwrap()[0].item::<f32>().unwrap(), 10.0);
    let other = session(&g);
    assert_eq!(other.run(&[before], &[], &[]).unwrap_err().code(), Code::FailedPrecondition, "each session has its own values");
}

#[test]
fn a_graph_may_grow_between_runs() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::UNKNOWN);
    let y = g.op("Neg", &[x], &[]);
    let s = session(&g);
    assert_eq!(s.run(&[y], &[], &[(x, vector(1, 1.0))]).unwrap()[0].slice::<f32>().unwrap(), [-1.0]);
    let z = g.op("Neg", &[y], &[]);
    assert_eq!(s.run(&[z], &[], &[(x, vector(1, 1.0))]).unwrap()[0].slice::<f32>().unwrap(), [1.0]);
    // An intermediate value can be fed too.
    assert_eq!(s.run(&[z], &[], &[(y, vector(1, 7.0))]).unwrap()[0].slice::<f32>().unwrap(), [-7.0]);
}

#[test]
fn many_threads_run_one_program() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::vector(None));
    let mut y = x;
    for _ in 0..20 {
        y = g.op("AddV2", &[y, x], &[]);
    }
    let s = session(&g);
    std::thread::scope(|scope| {
        for t in 0..8 {
            let s = &s;
            scope.spawn(move || {
                for i in 0..500 {
                    let n = 1 + (i + t) % 5;
                    let v = (i * 8 + t) as f32;
                    let out = s.run(&[y], &[], &[(x, vector(n, v))]).unwrap();
                    assert_eq!(out[0].slice::<f32>().unwrap(), vec![21.0 * v; n]);
                }
            });
        }
    });
}

#[test]
fn functions_are_called_and_capture_nothing_by_accident() {
    let g = G::new();
    let body = Arc::new(Graph::with_library(g.0.library.clone()));
    let b = G(body.clone());
    let a = b.placeholder(DType::Float, PartialShape::UNKNOWN);
    let twice = b.op("AddV2", &[a, a], &[]);
    let f = Function { name: "twice".into(), body, inputs: vec![a], outputs: vec![twice], effects: vec![], gradient: None };
    g.0.library.add(Arc::new(f)).unwrap();
    let x = g.placeholder(DType::Float, PartialShape::UNKNOWN);
    let func = Func { name: "twice".into(), attrs: Attrs::default() };
    let y = g.op("PartitionedCall", &[x], &[("f", func.into()), ("Tout", vec![DType::Float].into())]);
    let s = session(&g);
    assert_eq!(s.run(&[y], &[], &[(x, vector(2, 4.0))]).unwrap()[0].slice::<f32>().unwrap(), [8.0, 8.0]);
}

/// Two ops that wait for each other through a queue of one place: one puts, one takes.
mod rendezvous {
    use super::*;
    static BOX: Mutex<Option<Tensor>> = Mutex::new(None);
    /// How often a kernel has found that it must wait.
    pub static WAITS: AtomicUsize = AtomicUsize::new(0);
    fn wait(call: &mut Call, mut ready: impl FnMut() -> Option<Result<()>>) -> Result<()> {
        loop {
            if let Some(r) = ready() {
                return r;
            }
            WAITS.fetch_add(1, Ordering::Relaxed);
            call.run.cancel.check()?;
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    fn put(_: &Prepared, call: &mut Call) -> Result<()> {
        let t = call.input(0).copy()?;
        wait(call, || {
            let mut b = BOX.lock().unwrap();
            if b.is_some() {
                return None;
            }
            *b = Some(t.clone());
            Some(Ok(()))
        })
    }
    fn take(_: &Prepared, call: &mut Call) -> Result<()> {
        let mut got = None;
        wait(call, || {
            got = BOX.lock().unwrap().take();
            got.is_some().then_some(Ok(()))
        })?;
        match got {
            Some(t) => call.set(0, t),
            None => bail!(Internal, "nothing was taken"),
        }
        Ok(())
    }
    fn prepare_put(_: &Prep) -> Result<Prepared> {
        Ok(Prepared::new(put, 1e3))
    }
    fn prepare_take(_: &Prep) -> Result<Prepared> {
        Ok(Prepared::new(take, 1e3))
    }
    static KERNELS: &[Kernel] = &[
        Kernel { op: "TestPut", types: &[], outputs: Outputs::Kernel, prepare: prepare_put },
        Kernel { op: "TestTake", types: &[], outputs: Outputs::Kernel, prepare: prepare_take },
    ];
    /// Registers the ops. There is one box for all: a test holds what this returns while it uses it.
    pub fn register() -> MutexGuard<'static, ()> {
        static USER: Mutex<()> = Mutex::new(());
        static ONCE: OnceLock<()> = OnceLock::new();
        ONCE.get_or_init(|| {
            let flags = Flags::STATEFUL.and(Flags::BLOCKS);
            ferroflow_ops::registry::add(Entry { name: "TestPut", sig: "x: float ->", flags, shape: ShapeRule::Unknown, ..Entry::NEW })
                .unwrap();
            ferroflow_ops::registry::add(Entry { name: "TestTake", sig: "-> y: float", flags, shape: ShapeRule::Unknown, ..Entry::NEW })
                .unwrap();
            ferroflow_ops::kernel::register(KERNELS);
        });
        USER.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[test]
fn what_waits_does_not_hold_up_what_does_not_depend_on_it() {
    let _alone = rendezvous::register();
    let g = G::new();
    // The taker comes first: in creation order alone this would wait for ever.
    let take = g.op("TestTake", &[], &[]);
    let x = g.placeholder(DType::Float, PartialShape::UNKNOWN);
    let put = g.node("TestPut", &[x], &[], &[], "");
    let y = g.op("Neg", &[take], &[]);
    let s = session(&g);
    let out = s.run(&[y], &[put], &[(x, vector(2, 3.0))]).unwrap();
    assert_eq!(out[0].slice::<f32>().unwrap(), [-3.0, -3.0]);
}

/// A kernel with a fault, beside one that waits, ends the run with an error.
#[test]
fn a_panic_beside_what_waits_ends_the_run() {
    fn fault(_: &Prepared, _: &mut Call) -> Result<()> {
        panic!("a fault on purpose")
    }
    static KERNELS: &[Kernel] =
        &[Kernel { op: "TestFault", types: &[], outputs: Outputs::Kernel, prepare: |_| Ok(Prepared::new(fault, 1e3)) }];
    let _alone = rendezvous::register();
    ferroflow_ops::registry::add(Entry { name: "TestFault", sig: "x: float -> y: float", shape: ShapeRule::Same, ..Entry::NEW }).unwrap();
    ferroflow_ops::kernel::register(KERNELS);
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::UNKNOWN);
    let take = g.op("TestTake", &[], &[]);
    let bad = g.op("TestFault", &[x], &[]);
    let timeout = Some(Duration::from_secs(20));
    let s = Session::new(g.0.clone(), SessionOptions { timeout, ..SessionOptions::default() });
    let e = s.run(&[take, bad], &[], &[(x, vector(2, 3.0))]).unwrap_err();
    assert_eq!(e.code(), Code::Internal, "{e}");
    assert!(e.message().contains("step 'TestFault' panicked"), "{e}");
}

/// A step of unknown shape counts as long for whoever decides by the cost of a plan, and not only for the executor.
#[test]
fn steps_of_unknown_shape_make_a_plan_expensive() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::vector(None));
    let mask = g.op("Greater", &[x, g.constant(Tensor::scalar(0.0f32))], &[]);
    let picked = g.op("Where", &[mask], &[]);
    let doubled = g.op("AddV2", &[picked, picked], &[]);
    let s = session(&g);
    let cost = |fetch| {
        let program = s.program(&[fetch], &[], &[x]).unwrap();
        program.plans.frame(&program, &[vector(4, 1.0)], false).unwrap().plan.cost
    };
    assert!(cost(mask) < 1e3, "{}", cost(mask));
    assert!(cost(doubled) >= 1e5, "{}", cost(doubled));
}

#[test]
fn cancellation_and_deadlines_reach_what_waits() {
    let _alone = rendezvous::register();
    let g = G::new();
    let take = g.op("TestTake", &[], &[]);
    let y = g.op("Neg", &[take], &[]);
    let s = Session::new(g.0.clone(), SessionOptions { timeout: Some(Duration::from_millis(50)), ..SessionOptions::default() });
    let start = Instant::now();
    assert_eq!(s.run(&[y], &[], &[]).unwrap_err().code(), Code::DeadlineExceeded);
    assert!(start.elapsed() < Duration::from_secs(5));
    let s = Arc::new(session(&g));
    let runner = {
        let s = s.clone();
        std::thread::spawn(move || s.run(&[y], &[], &[]).unwrap_err().code())
    };
    let before = rendezvous::WAITS.load(Ordering::Relaxed);
    while rendezvous::WAITS.load(Ordering::Relaxed) < before + 5 {
        std::thread::sleep(Duration::from_millis(1));
    }
    s.close();
    assert_eq!(runner.join().unwrap(), Code::Cancelled);
    assert!(s.run(&[y], &[], &[]).is_err(), "a closed session runs nothing");
}

#[test]
fn a_poll_interrupts_a_long_program() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::of_rank(2));
    let mut y = x;
    for _ in 0..400 {
        y = g.op("MatMul", &[y, x], &[]);
    }
    let s = session(&g);
    let polls = Arc::new(AtomicUsize::new(0));
    let seen = polls.clone();
    let token = Cancel::new(
        None,
        Some(Box::new(move || if seen.fetch_add(1, Ordering::Relaxed) >= 3 { bail!(Interrupted, "stop") } else { Ok(()) })),
    );
    let p = s.program(&[y], &[], &[x]).unwrap();
    let v = Tensor::zeros(DType::Float, [256, 256]).unwrap();
    assert_eq!(s.run_program(&p, std::slice::from_ref(&v), &token).unwrap_err().code(), Code::Interrupted);
    assert_eq!(polls.load(Ordering::Relaxed), 4);
    // The session is usable afterwards.
    assert!(s.run(&[y], &[], &[(x, v)]).is_ok());
}

#[test]
fn errors_name_node_operands_and_missing_feeds() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::UNKNOWN);
    let y = g.placeholder(DType::Float, PartialShape::UNKNOWN);
    let z = g.op("AddV2", &[x, y], &[]);
    let s = session(&g);
    let e = s.run(&[z], &[], &[(x, vector(2, 0.0)), (y, vector(3, 0.0))]).unwrap_err();
    assert_eq!(e.message(), "Incompatible shapes: [2] vs. [3]");
    let text = e.to_string();
    assert!(text.contains("op: AddV2 'AddV2'") && text.contains("x: float32 [2]") && text.contains("fix:"), "{text}");
    assert!(text.lines().count() <= 12);
    let e = s.run(&[z], &[], &[(x, vector(2, 0.0))]).unwrap_err();
    assert!(e.message().starts_with("You must feed a value for placeholder tensor 'Placeholder_1' with dtype float"), "{e}");
    let unknown = g.0.add(NewNode { op: "NoSuchOp", ..NewNode::default() }).unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound);
}
