//! Gradients through calls, conditionals and loops in graphs: against difference quotients, to the second order.
#![allow(missing_docs)]
mod support;
use ferroflow_graph::{Endpoint, Function, Graph, GraphGrad, NewNode, NodeId, Options, gradients};
use ferroflow_ops::{Attr, Attrs, Func};
use ferroflow_runtime::{Session, SessionOptions};
use ferroflow_tensor::{DType, PartialShape, Tensor};
use std::sync::Arc;
use support::G;

const INT: DType = DType::Int32;
const D: DType = DType::Double;

fn define(g: &G, name: &str, args: &[DType], build: impl FnOnce(&G, &[Endpoint]) -> Vec<Endpoint>) -> Attr {
    let body = G(Arc::new(Graph::with_library(g.0.library.clone())));
    let inputs: Vec<Endpoint> = args.iter().map(|d| body.placeholder(*d, PartialShape::scalar())).collect();
    let outputs = build(&body, &inputs);
    let f = Function { name: name.into(), body: body.0, inputs, outputs, effects: vec![], gradient: None };
    g.0.library.add(Arc::new(f)).unwrap();
    Attr::Func(Func { name: name.into(), attrs: Attrs::none() })
}
fn node(g: &G, op: &str, inputs: &[Endpoint], attrs: &[(&'static str, Attr)]) -> NodeId {
    g.0.add(NewNode { op, inputs, attrs: Attrs::of(attrs), ..NewNode::default() }).unwrap()
}
fn gradient(g: &G, y: Endpoint, x: Endpoint) -> Endpoint {
    let scope = g.0.unique_name("gradients", true);
    let found = gradients(&g.0, &[y], &[x], &[], &Options { scope: &scope, stop: &[], custom: &|_| None, tape: false }).unwrap();
    match found[0] {
        Some(GraphGrad::Dense(e)) => e,
        other => panic!("{other:?}"),
    }
}
fn double(b: &G, x: f64) -> Endpoint {
    b.constant(Tensor::scalar(x))
}

/// Value, first and second gradient of `build(x)` at some points agree with difference quotients.
fn check(build: impl Fn(&G, Endpoint) -> Endpoint) {
    let g = G::new();
    let x = g.placeholder(D, PartialShape::scalar());
    let y = build(&g, x);
    let first = gradient(&g, y, x);
    let second = gradient(&g, first, x);
    let plain = Session::new(g.0.clone(), SessionOptions { verify: true, optimize: false, ..SessionOptions::default() });
    for s in [Session::new(g.0.clone(), SessionOptions { verify: true, ..SessionOptions::default() }), plain] {
        let at = |e: Endpoint, v: f64| s.run(&[e], &[], &[(x, Tensor::scalar(v))]).unwrap()[0].item::<f64>().unwrap();
        for v in [0.3, 1.2, -0.7] {
            let h = 1e-4;
            for (of, slope) in [(y, first), (first, second)] {
                let want = (at(of, v + h) - at(of, v - h)) / (2.0 * h);
                let got = at(slope, v);
                assert!((want - got).abs() <= 1e-5 * (1.0 + want.abs()), "at {v}: {got}, not {want}");
            }
        }
    }
}

#[test]
fn calls() {
    check(|g, x| {
        let inner = define(g, "inner", &[D], |b, a| vec![b.op("Sin", &[b.op("Square", &[a[0]], &[])], &[])]);
        let outer = define(g, "outer", &[D, D], |b, a| {
            let s = b.op("PartitionedCall", &[a[0]], &[("Tout", Attr::Types(vec![D])), ("f", inner)]);
            vec![b.op("Exp", &[s], &[]), b.op("Mul", &[s, a[1]], &[])]
        });
        let call = node(g, "StatefulPartitionedCall", &[x, double(g, 3.0)], &[("Tout", Attr::Types(vec![D, D])), ("f", outer)]);
        g.op("Mul", &[Endpoint::new(call, 0), Endpoint::new(call, 1)], &[])
    });
}

#[test]
fn conditionals() {
    for op in ["If", "StatelessIf"] {
        check(|g, x| {
            let yes = define(g, "yes", &[D, D], |b, a| vec![b.op("Exp", &[b.op("Square", &[a[0]], &[])], &[])]);
            let no = define(g, "no", &[D, D], |b, a| {
                let t = b.op("Tanh", &[a[0]], &[]);
                vec![b.op("Mul", &[b.op("Square", &[t], &[]), a[1]], &[])]
            });
            let zero = double(g, 0.0);
            let cond = g.op("Greater", &[x, zero], &[]);
            let i = node(g, op, &[cond, x, x], &[("Tout", Attr::Types(vec![D])), ("then_branch", yes), ("else_branch", no)]);
            g.op("Sin", &[Endpoint::new(i, 0)], &[])
        });
    }
}

/// `for _ in 0..n: y = f(y, x)`, its last value.
fn repeat(
    g: &G,
    name: &str,
    op: &str,
    n: i32,
    x: Endpoint,
    start: Endpoint,
    f: impl FnOnce(&G, Endpoint, Endpoint) -> Endpoint,
) -> Endpoint {
    let cond = define(g, &format!("{name}_cond"), &[INT, D, D], |b, a| vec![b.op("Less", &[a[0], b.constant(Tensor::scalar(n))], &[])]);
    let body = define(g, &format!("{name}_body"), &[INT, D, D], |b, a| {
        let i = b.op("AddV2", &[a[0], b.constant(Tensor::scalar(1i32))], &[]);
        vec![i, f(b, a[1], a[2]), a[2]]
    });
    let zero = g.constant(Tensor::scalar(0i32));
    Endpoint::new(node(g, op, &[zero, start, x], &[("cond", cond), ("body", body)]), 1)
}

#[test]
fn loops() {
    for (op, n) in [("While", 5), ("StatelessWhile", 1), ("While", 0)] {
        check(|g, x| {
            let start = g.op("Square", &[x], &[]);
            let y = repeat(g, "loop", op, n, x, start, |b, y, x| b.op("Sin", &[b.op("Mul", &[y, x], &[])], &[]));
            g.op("Mul", &[y, x], &[])
        });
    }
}

#[test]
fn loops_in_loops_and_conditionals_in_loops() {
    check(|g, x| {
        let start = g.op("Square", &[x], &[]);
        repeat(g, "outer", "While", 3, x, start, |b, y, x| {
            let inner = repeat(b, "inner", "While", 2, x, y, |b, y, x| b.op("Sin", &[b.op("AddV2", &[y, x], &[])], &[]));
            let big = define(b, "big", &[D], |b, a| vec![b.op("Square", &[a[0]], &[])]);
            let small = define(b, "small", &[D], |b, a| vec![b.op("Exp", &[a[0]], &[])]);
            let zero = double(b, 0.2);
            let cond = b.op("Greater", &[inner, zero], &[]);
            let i = node(b, "If", &[cond, inner], &[("Tout", Attr::Types(vec![D])), ("then_branch", big), ("else_branch", small)]);
            b.op("Mul", &[Endpoint::new(i, 0), x], &[])
        })
    });
}

/// Many rounds forward and back keep one number of each round and take a time that is linear in the rounds.
#[test]
fn long_loops_are_linear() {
    let g = G::new();
    let x = g.placeholder(D, PartialShape::scalar());
    let y = repeat(&g, "long", "While", 200_000, x, x, |b, y, x| b.op("Sin", &[b.op("AddV2", &[y, x], &[])], &[]));
    let d = gradient(&g, y, x);
    let s = Session::new(g.0.clone(), SessionOptions::default());
    let start = std::time::Instant::now();
    let out = s.run(&[d], &[], &[(x, Tensor::scalar(0.5))]).unwrap();
    assert!(out[0].item::<f64>().unwrap().is_finite());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
