//! Calls of functions become the functions' nodes, with their effects and their order; few calls stay.
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
    g.0.library.add(Arc::new(Function { name: name.into(), body: body.0, inputs: vec![x], outputs, effects, gradient: None })).unwrap();
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

/// Adds functions of `v`, a variable: `add(x)` adds x to it and returns what it was before, `checked(x)` asserts x < 10.
fn effects(g: &G) -> Endpoint {
    let handle =
        |b: &G| b.op("VarHandleOp", &[], &[("dtype", FLOAT.into()), ("shape", PartialShape::scalar().into()), ("shared_name", "v".into())]);
    define(g, "add", PartialShape::scalar(), |b, x| {
        let v = handle(b);
        let before = b.op("ReadVariableOp", &[v], &[("dtype", FLOAT.into())]);
        let add = b.node("AssignAddVariableOp", &[v, x], &[], &[before.node], "");
        (vec![before], vec![add])
    });
    define(g, "checked", PartialShape::scalar(), |b, x| {
        let ten = b.constant(Tensor::scalar(10.0f32));
        let less = b.op("Less", &[x, ten], &[]);
        let check = b.node("Assert", &[less, x], &[("T", vec![FLOAT].into())], &[], "");
        (vec![b.op("Neg", &[x], &[])], vec![check])
    });
    handle(g)
}

#[test]
fn effects_keep_their_order_and_happen_once() {
    let g = G::new();
    let v = effects(&g);
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    let start = g.node("AssignVariableOp", &[v, x], &[("dtype", FLOAT.into())], &[], "");
    let first = call(&g, "add", x, 1, &[start]);
    let check = call(&g, "checked", x, 1, &[first]);
    let read = |after: NodeId| Endpoint::new(g.node("ReadVariableOp", &[v], &[("dtype", FLOAT.into())], &[after], ""), 0);
    let between = read(check);
    let second = call(&g, "add", Endpoint::new(first, 0), 1, &[between.node]);
    let last = read(second);
    for optimize in [false, true] {
        let s = session(&g, optimize);
        let out = s.run(&[last, between, Endpoint::new(second, 0)], &[], &[(x, Tensor::scalar(3.0f32))]).unwrap();
        assert_eq!(out.iter().map(|t| t.item::<f32>().unwrap()).collect::<Vec<_>>(), [9.0, 6.0, 6.0]);
        // What comes after the assertion does not happen.
        let e = s.run(&[last], &[], &[(x, Tensor::scalar(20.0f32))]).unwrap_err();
        assert_eq!(e.code(), Code::InvalidArgument, "{e}");
        let now = s.run(&[Endpoint::new(g.node("ReadVariableOp", &[v], &[("dtype", FLOAT.into())], &[], ""), 0)], &[], &[]).unwrap();
        assert_eq!(now[0].item::<f32>().unwrap(), 40.0);
    }
    assert!(!steps(&g, last, x).iter().any(|s| s == "PartitionedCall"));
    // A call as a target runs its effects; a call for its result too.
    for (fetches, targets) in [(vec![], vec![first]), (vec![Endpoint::new(check, 0)], vec![])] {
        let ran = session(&g, true).program(&fetches, &targets, &[x]).unwrap();
        let ran: Vec<&str> = ran.steps.iter().map(|s| &*s.node.op_name).filter(|n| n.contains("Assign") || *n == "Assert").collect();
        let want: &[&str] = &["AssignVariableOp", "AssignAddVariableOp", "Assert"];
        assert_eq!(ran, want[..if targets.is_empty() { 3 } else { 2 }]);
    }
}

#[test]
fn each_call_draws_its_own_random_numbers() {
    let g = G::new();
    define(&g, "draw", PartialShape::UNKNOWN, |b, x| {
        let shape = b.constant(Tensor::from_slice(&[0i32; 0], [0]).unwrap());
        let r = b.op("RandomUniform", &[shape], &[("dtype", FLOAT.into()), ("seed", 1i64.into()), ("seed2", 2i64.into())]);
        (vec![b.op("AddV2", &[x, r], &[])], vec![])
    });
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    let [first, second] = [0, 1].map(|_| Endpoint::new(call(&g, "draw", x, 1, &[]), 0));
    let s = session(&g, true);
    let run = |fetches: &[Endpoint]| -> Vec<f32> {
        s.run(fetches, &[], &[(x, Tensor::scalar(0.0f32))]).unwrap().iter().map(|t| t.item().unwrap()).collect()
    };
    let (a, b, c) = (run(&[first, second]), run(&[second, first]), run(&[second]));
    assert_eq!((a[0], b[0]), (a[1], b[1]));
    assert!(a[0] != b[0] && b[0] != c[0] && a[0] != c[0]);
}

#[test]
fn calls_that_hand_an_argument_on_after_others_and_endless_recursion_stay() {
    let g = G::new();
    functions(&g);
    define(&g, "endless", PartialShape::UNKNOWN, |b, x| (vec![Endpoint::new(call(b, "endless", x, 1, &[]), 0)], vec![]));
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    let neg = g.op("Neg", &[x], &[]);
    let after = Endpoint::new(call(&g, "twice", x, 2, &[neg.node]), 0);
    assert_eq!(steps(&g, after, x), ["Neg", "PartitionedCall"]);
    let after = Endpoint::new(call(&g, "nested", x, 1, &[neg.node]), 0);
    assert_eq!(steps(&g, after, x), ["Neg", "AddV2", "AddV2", "Tanh", "Mul"]);
    let y = Endpoint::new(call(&g, "endless", x, 1, &[]), 0);
    let e = session(&g, true).run(&[y], &[], &[(x, Tensor::scalar(1.0f32))]).unwrap_err();
    assert_eq!(e.code(), Code::ResourceExhausted, "{e}");
}

/// A function that declares more of its argument's shape than the caller knows is called, and goes by the argument's own shape.
#[test]
fn declared_shapes_are_not_believed() {
    let g = G::new();
    define(&g, "pair", PartialShape::vector(Some(2)), |b, x| (vec![b.op("Neg", &[x], &[])], vec![]));
    let x = g.placeholder(FLOAT, PartialShape::UNKNOWN);
    let y = Endpoint::new(call(&g, "pair", x, 1, &[]), 0);
    let three = Tensor::from_slice(&[1.0f32; 3], [3]).unwrap();
    let out = session(&g, true).run(&[y], &[], &[(x, three)]).unwrap();
    assert_eq!(out[0].slice::<f32>().unwrap(), [-1.0; 3]);
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
