//! A run allocates what it gives out, and nothing else, once its plan is made: a network of 50 ops, calls, choices, a training
//! step, and a loop over an LSTM's steps.
#![allow(missing_docs, unsafe_code)]
mod support;
use ferroflow_graph::{Endpoint, Function, Graph, GraphGrad, NewNode, NodeId, Options, gradients};
use ferroflow_ops::{Attr, Attrs, Cancel, Func};
use ferroflow_runtime::{Session, SessionOptions};
use ferroflow_tensor::{DType, PartialShape, Tensor};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;
use support::G;

thread_local!(static ALLOCATIONS: Cell<usize> = const { Cell::new(0) });

/// Counts the allocations of each thread.
struct Counting;
// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(start, layout) }
    }
}
#[global_allocator]
static COUNTING: Counting = Counting;

const FLOAT: DType = DType::Float;
const WIDTH: usize = 16;

fn filled(shape: &[usize]) -> Tensor {
    let n: usize = shape.iter().product();
    Tensor::from_slice(&(0..n).map(|i| 0.01 * (i % 17) as f32 - 0.05).collect::<Vec<_>>(), shape).unwrap()
}

/// Allocations of a run that has warmed up; those of a tensor like the one fetched, made by itself.
fn counted(g: &G, fetch: Endpoint, feed: (Endpoint, Tensor)) -> (usize, usize) {
    counted_after(g, &[], fetch, &[], feed)
}

/// The same of a run with targets, in a session that has run `init`.
fn counted_after(g: &G, init: &[NodeId], fetch: Endpoint, targets: &[NodeId], feed: (Endpoint, Tensor)) -> (usize, usize) {
    let session = Session::new(g.0.clone(), SessionOptions::default());
    session.run(&[], init, &[]).unwrap();
    let program = session.program(&[fetch], targets, &[feed.0]).unwrap();
    let (cancel, feeds) = (Arc::new(Cancel::default()), [feed.1]);
    let count = || {
        let before = ALLOCATIONS.get();
        let out = session.run_program(&program, &feeds, &cancel).unwrap();
        (ALLOCATIONS.get() - before, out[0].shape().clone())
    };
    (0..5).for_each(|_| drop(count()));
    let (run, shape) = count();
    let before = ALLOCATIONS.get();
    drop(Tensor::recycled(FLOAT, shape).unwrap());
    (run, ALLOCATIONS.get() - before)
}

#[test]
fn a_network_of_50_ops_allocates_its_result() {
    let g = G::new();
    let x = g.placeholder(FLOAT, PartialShape::new(vec![None, Some(WIDTH)]));
    let mut y = x;
    for layer in 0..17 {
        let (w, b) = (g.constant(filled(&[WIDTH, WIDTH])), g.constant(filled(&[WIDTH])));
        y = g.op("AddV2", &[g.op("MatMul", &[y, w], &[]), b], &[]);
        if layer < 16 {
            y = g.op("Tanh", &[y], &[]);
        }
    }
    let (run, result) = counted(&g, y, (x, filled(&[8, WIDTH])));
    assert_eq!(run, result);
}

/// Adds a function of these arguments.
fn define(g: &G, name: &str, shapes: &[PartialShape], build: impl FnOnce(&G, &[Endpoint]) -> Vec<Endpoint>) -> Attr {
    let body = G(Arc::new(Graph::with_library(g.0.library.clone())));
    let inputs: Vec<Endpoint> =
        shapes.iter().enumerate().map(|(i, s)| body.placeholder(if i == 0 { DType::Int32 } else { FLOAT }, s.clone())).collect();
    let outputs = build(&body, &inputs);
    g.0.library.add(Arc::new(Function { name: name.into(), body: body.0, inputs, outputs, effects: vec![], gradient: None })).unwrap();
    Attr::Func(Func { name: name.into(), attrs: Attrs::none() })
}

/// Rounds allocate nothing, so that three rounds and three hundred allocate the same.
#[test]
fn a_loop_over_the_steps_of_an_lstm_allocates_what_its_variables_need() {
    let runs = [3, 300].map(|rounds| {
        let g = G::new();
        let known = |dims: &[usize]| PartialShape::new(dims.iter().map(|d| Some(*d)).collect());
        let shapes = [PartialShape::scalar(), known(&[1, WIDTH]), known(&[1, WIDTH]), known(&[1, 4 * WIDTH])];
        let cond = define(&g, "c", &shapes, |b, v| vec![b.op("Less", &[v[0], b.constant(Tensor::scalar(rounds))], &[])]);
        let body = define(&g, "b", &shapes, |b, v| {
            let w = b.constant(filled(&[WIDTH, 4 * WIDTH]));
            let gates = b.op("AddV2", &[v[3], b.op("MatMul", &[v[1], w], &[])], &[]);
            let split = b.node("Split", &[b.constant(Tensor::scalar(1i32)), gates], &[("num_split", 4i64.into())], &[], "");
            let part = |op: &str, i: usize| b.op(op, &[Endpoint::new(split, i)], &[]);
            let kept = b.op("Mul", &[part("Sigmoid", 1), v[2]], &[]);
            let state = b.op("AddV2", &[kept, b.op("Mul", &[part("Sigmoid", 0), part("Tanh", 2)], &[])], &[]);
            let out = b.op("Mul", &[part("Sigmoid", 3), b.op("Tanh", &[state], &[])], &[]);
            vec![b.op("AddV2", &[v[0], b.constant(Tensor::scalar(1i32))], &[]), out, state, v[3]]
        });
        let x = g.placeholder(FLOAT, known(&[1, 4 * WIDTH]));
        let zero = g.constant(Tensor::zeros(FLOAT, [1, WIDTH]).unwrap());
        let inputs = [g.constant(Tensor::scalar(0i32)), zero, zero, x];
        let attrs = Attrs::of(&[("cond", cond), ("body", body)]);
        let w = g.0.add(NewNode { op: "StatelessWhile", inputs: &inputs, attrs, ..NewNode::default() }).unwrap();
        counted(&g, Endpoint::new(w, 1), (x, filled(&[1, 4 * WIDTH]))).0
    });
    assert_eq!(runs[0], runs[1]);
    assert!(runs[0] <= 16, "{runs:?}"); // two places for each of the three variables that change, and what the loop keeps them in
}

/// A call that stays in its program, and a choice: each of a function that multiplies, adds and bends.
#[test]
fn a_call_and_a_choice_allocate_what_their_functions_give() {
    let known = |dims: &[usize]| PartialShape::new(dims.iter().map(|d| Some(*d)).collect());
    let shapes = [PartialShape::scalar(), known(&[8, WIDTH])];
    let layer = |scale: f32| {
        move |b: &G, v: &[Endpoint]| {
            let w = b.constant(Tensor::from_slice(&[scale; WIDTH * WIDTH], [WIDTH, WIDTH]).unwrap());
            let y = b.op("Tanh", &[b.op("AddV2", &[b.op("MatMul", &[v[1], w], &[]), v[1]], &[])], &[]);
            vec![b.op("Mul", &[b.op("MatMul", &[y, w], &[]), y], &[])]
        }
    };
    let found = [1, 12].map(|times| {
        let g = G::new();
        let (one, other) = (define(&g, "one", &shapes, layer(0.01)), define(&g, "other", &shapes, layer(-0.01)));
        let x = g.placeholder(FLOAT, shapes[1].clone());
        let number = g.constant(Tensor::scalar(0i32));
        let mut y = x;
        for _ in 0..times {
            let decides = g.op("Greater", &[g.op("Max", &[y, g.ints(&[0, 1])], &[]), g.constant(Tensor::scalar(0f32))], &[]);
            let types = [("Tin", Attr::Types(vec![DType::Int32, FLOAT])), ("Tout", Attr::Types(vec![FLOAT]))];
            let branches = [("then_branch", one.clone()), ("else_branch", other.clone())];
            y = g.op("StatelessIf", &[decides, number, y], &[branches, types.clone()].concat());
            y = g.on("/CPU:0", "PartitionedCall", &[number, y], &[vec![("f", one.clone())], types.to_vec()].concat());
        }
        let (run, result) = counted(&g, y, (x, filled(&[8, WIDTH])));
        run - result
    });
    assert_eq!(found[1] - found[0], 11 * 4, "{found:?}"); // what each of 22 functions gives is a buffer and what holds it
}

/// Two dense layers, their gradients, and a step down for four variables.
#[test]
fn a_training_step_allocates_its_loss() {
    let g = G::new();
    let x = g.placeholder(FLOAT, PartialShape::new(vec![Some(8), Some(WIDTH)]));
    let variable = |name: &'static str, first: Tensor| {
        let shape: PartialShape = first.shape().into();
        let v = g.op("VarHandleOp", &[], &[("dtype", FLOAT.into()), ("shape", shape.into()), ("shared_name", name.into())]);
        let init = g.node("AssignVariableOp", &[v, g.constant(first)], &[], &[], "");
        (v, init, g.op("ReadVariableOp", &[v], &[("dtype", FLOAT.into())]))
    };
    let all = [("w", filled(&[WIDTH, WIDTH])), ("b", filled(&[WIDTH])), ("u", filled(&[WIDTH, WIDTH])), ("c", filled(&[WIDTH]))];
    let all = all.map(|(name, first)| variable(name, first));
    let layer = |x: Endpoint, i: usize| g.op("AddV2", &[g.op("MatMul", &[x, all[i].2], &[]), all[i + 1].2], &[]);
    let y = layer(g.op("Tanh", &[layer(x, 0)], &[]), 2);
    let loss = g.op("Mean", &[g.op("Square", &[y], &[]), g.ints(&[0, 1])], &[]);
    let reads = all.map(|v| v.2);
    let found = gradients(&g.0, &[loss], &reads, &[], &Options { scope: "", stop: &[], custom: &|_| None, tape: false }).unwrap();
    let rate = g.constant(Tensor::scalar(0.01f32));
    let steps: Vec<NodeId> = (found.into_iter().zip(&all))
        .map(|(d, v)| match d {
            Some(GraphGrad::Dense(d)) => g.node("ResourceApplyGradientDescent", &[v.0, rate, d], &[], &[], ""),
            _ => panic!("a variable has no dense gradient"),
        })
        .collect();
    let init = all.map(|v| v.1);
    let (run, result) = counted_after(&g, &init, loss, &steps, (x, filled(&[8, WIDTH])));
    assert_eq!(run, result);
}
