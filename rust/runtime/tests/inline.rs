//! Calls of functions without state become the function's nodes; other calls stay.
#![allow(missing_docs)]
mod support;
use ferroflow_graph::{Endpoint, Function, Graph, NewNode, NodeId};
use ferroflow_ops::{Attr, Attrs, Func};
use ferroflow_runtime::{Session, SessionOptions};
use ferroflow_tensor::{Code, DType, PartialShape, Tensor};
use std::sync::Arc;
use support::G;

const FLOAT: DType = DType::Float;

/// Adds a function of one float tensor.
fn define(g: &G, name: &str, shape: PartialShape, build: impl FnOnce(&G, Endpoint) -> (Vec<Endpoint>, Vec<NodeId>)) {
    let body = G(Arc::new(Graph::with_library(g.0.library.clone())));
    let x = body.placeholder(FLOAT, shape);
    let (outputs, effects) = build(&body, x);
    g.0.library.add(Arc::new(Function { name: name.into(), body: body.0, inputs: vec![x], outputs, effects })).unwrap();
}
fn call(g: &G, name: &str, x: Endpoint, results: usize, control: &[NodeId]) -> NodeId {
    let f = Func { name: name.into(), attrs: Attrs::none() };
    let attrs: [(&'static str, Attr); 2] = [("f", f.into()), ("Tout", vec![FLOAT; results].into())];
    g.node("PartitionedCall", &[x], &attrs, control, "")
}
fn session(g: &G, optimize: bool) -> Session {
    Session::new(g.0.clone(), SessionOptions { verify: true, optimize, ..SessionOptions::default() })
}
/// The ops that a session runs for a value.
fn steps(g: &G, fetch: Endpoint, x: Endpoint) -> Vec<String> {
    session(g, true).program(&[fetch], &[], &[x]).unwrap().steps.iter().map(|s| s.node.op_name.to_string()).collect()
}
fn value(g: &G, optimize: bool, fetch: Endpoint, x: Endpoint, of: f32) -> f32 {
    session(g, optimize).run(&[fetch], &[], &[(x, Tensor::scalar(of))]).unwrap()[0].item().unwrap()
}

/// `twice(x) = [x + x, x]`, `nested(x) = tanh(twice(twice(x)[0])[0]) * twice(x)[1]`
fn functions(g: &G) {
    define(g, "twice", PartialShape::UNKNOWN, |b, x| (vec![b.op("AddV2", &[x, x], &[]), x], vec![]));
    define(g, "nested", PartialShape::UNKNOWN, |b, x| {
        let once = call(b, "twice", x, 2, &[]);
        let more = call(b, "twice", Endpoint::new(once, 0), 2, &[]);
        let t = b.op("Tanh", &[Endpoint::new(more, 0)], &[]);
        (vec![b.op("Mul", &[t, Endpoint::new(once, 1)], &[])], vec![])
    });
}

#[test]
fn nested_calls_become_the_nodes_of_their_functions() {
    let g = G::new();
    functions(&g);
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    let y = Endpoint::new(call(&g, "nested", x, 1, &[]), 0);
    let z = g.op("Sub", &[y, x], &[]);
    assert_eq!(steps(&g, z, x), ["AddV2", "AddV2", "Tanh", "Mul", "Sub"]);
    assert_eq!(value(&g, true, z, x, 0.3), value(&g, false, z, x, 0.3));
    assert!((value(&g, true, y, x, 0.3) - 1.2f32.tanh() * 0.3).abs() < 1e-6);
}

#[test]
fn a_result_that_is_an_argument_and_one_that_nobody_reads_cost_no_step() {
    let g = G::new();
    functions(&g);
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    let f = call(&g, "twice", x, 2, &[]);
    assert!(steps(&g, Endpoint::new(f, 1), x).is_empty());
    assert_eq!(value(&g, true, Endpoint::new(f, 1), x, 2.0), 2.0);
    // A result of the call can still be fed in its place.
    let first = Endpoint::new(f, 0);
    let y = g.op("Neg", &[first], &[]);
    assert_eq!(value(&g, true, y, first, 7.0), -7.0);
}

#[test]
fn calls_with_state_effects_control_edges_or_endless_recursion_stay() {
    let g = G::new();
    functions(&g);
    let int = |b: &G| b.constant(Tensor::from_slice(&[0i32; 0], [0]).unwrap());
    define(&g, "random", PartialShape::UNKNOWN, |b, x| {
        let r = b.op("RandomUniform", &[int(b)], &[("dtype", FLOAT.into())]);
        (vec![b.op("AddV2", &[x, r], &[])], vec![])
    });
    define(&g, "checked", PartialShape::UNKNOWN, |b, x| {
        let yes = b.constant(Tensor::scalar(true));
        let check = b.node("Assert", &[yes, x], &[("T", vec![FLOAT].into())], &[], "");
        (vec![b.op("Neg", &[x], &[])], vec![check])
    });
    define(&g, "endless", PartialShape::UNKNOWN, |b, x| (vec![Endpoint::new(call(b, "endless", x, 1, &[]), 0)], vec![]));
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    for name in ["random", "checked"] {
        let y = Endpoint::new(call(&g, name, x, 1, &[]), 0);
        assert_eq!(steps(&g, y, x), ["PartitionedCall"], "{name}");
    }
    let neg = g.op("Neg", &[x], &[]);
    let after = Endpoint::new(call(&g, "twice", x, 2, &[neg.node]), 0);
    assert_eq!(steps(&g, after, x), ["Neg", "PartitionedCall"]);
    let y = Endpoint::new(call(&g, "endless", x, 1, &[]), 0);
    let e = session(&g, true).run(&[y], &[], &[(x, Tensor::scalar(1.0f32))]).unwrap_err();
    assert_eq!(e.code(), Code::ResourceExhausted, "{e}");
}

/// A function that declares more of its argument's shape than the caller knows says so when it is called.
#[test]
fn declared_shapes_are_checked() {
    let g = G::new();
    define(&g, "pair", PartialShape::vector(Some(2)), |b, x| (vec![b.op("Neg", &[x], &[])], vec![]));
    let x = g.placeholder(FLOAT, PartialShape::UNKNOWN);
    let y = Endpoint::new(call(&g, "pair", x, 1, &[]), 0);
    let three = Tensor::from_slice(&[1.0f32; 3], [3]).unwrap();
    assert_eq!(session(&g, true).run(&[y], &[], &[(x, three)]).unwrap_err().code(), Code::InvalidArgument);
    let two = g.placeholder(FLOAT, PartialShape::vector(Some(2)));
    assert_eq!(steps(&g, Endpoint::new(call(&g, "pair", two, 1, &[]), 0), two), ["Neg"]);
}

#[test]
fn errors_name_the_node_in_the_function() {
    let g = G::new();
    define(&g, "sum", PartialShape::UNKNOWN, |b, x| {
        let three = b.floats(&[1.0, 2.0, 3.0], &[3]);
        let sum = b.0.add(NewNode { op: "AddV2", name: "inner_sum", inputs: &[x, three], ..NewNode::default() });
        (vec![Endpoint::new(sum.unwrap(), 0)], vec![])
    });
    let x = g.placeholder(FLOAT, PartialShape::UNKNOWN);
    let y = Endpoint::new(call(&g, "sum", x, 1, &[]), 0);
    let two = Tensor::from_slice(&[1.0f32; 2], [2]).unwrap();
    let text = session(&g, true).run(&[y], &[], &[(x, two)]).unwrap_err().to_string();
    assert!(text.contains("Incompatible shapes: [2] vs. [3]") && text.contains("op: AddV2 'inner_sum'"), "{text}");
}

/// Functions that call others twice each would grow without end: beyond a limit, calls stay, and the values are the same.
#[test]
fn programs_do_not_grow_without_end() {
    let g = G::new();
    define(&g, "level0", PartialShape::UNKNOWN, |b, x| (vec![b.op("Neg", &[x], &[])], vec![]));
    for i in 1..=16 {
        let below = format!("level{}", i - 1);
        define(&g, &format!("level{i}"), PartialShape::UNKNOWN, |b, x| {
            let first = Endpoint::new(call(b, &below, x, 1, &[]), 0);
            (vec![Endpoint::new(call(b, &below, first, 1, &[]), 0)], vec![])
        });
    }
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    let y = Endpoint::new(call(&g, "level16", x, 1, &[]), 0);
    let found = steps(&g, y, x);
    assert!(found.len() < 20_000 && found.iter().any(|s| s == "PartitionedCall"), "{}", found.len());
    assert_eq!(value(&g, true, y, x, 3.0), 3.0);
}
