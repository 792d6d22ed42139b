//! Calls and control flow: PartitionedCall, StatefulPartitionedCall, If, StatelessIf, Case, StatelessCase, While, StatelessWhile, ToBool, FakeParam.
#![allow(missing_docs)]
mod support;
use ferroflow_graph::{Endpoint, Function, Graph, NewNode, NodeId};
use ferroflow_ops::{Attr, Attrs, Func};
use ferroflow_runtime::{Session, SessionOptions};
use ferroflow_tensor::{Code, DType, PartialShape, Tensor};
use std::sync::Arc;
use support::G;

fn func(name: &str) -> Attr {
    Attr::Func(Func { name: name.into(), attrs: Attrs::none() })
}
fn session(g: &G) -> Session {
    Session::new(g.0.clone(), SessionOptions { verify: true, ..SessionOptions::default() })
}
fn one(g: &G, e: Endpoint) -> Tensor {
    session(g).run(&[e], &[], &[]).unwrap().remove(0)
}
/// Adds a function whose body is built by `build` from its arguments.
fn define(g: &G, name: &str, args: &[(DType, PartialShape)], build: impl FnOnce(&G, &[Endpoint]) -> Vec<Endpoint>) -> Attr {
    let body = G(Arc::new(Graph::with_library(g.0.library.clone())));
    let inputs: Vec<Endpoint> = args.iter().map(|(d, s)| body.placeholder(*d, s.clone())).collect();
    let outputs = build(&body, &inputs);
    let f = Function { name: name.into(), body: body.0, inputs, outputs, effects: vec![], gradient: None };
    g.0.library.add(Arc::new(f)).unwrap();
    func(name)
}
fn scalars(dtypes: &[DType]) -> Vec<(DType, PartialShape)> {
    dtypes.iter().map(|d| (*d, PartialShape::scalar())).collect()
}
fn types(dtypes: &[DType]) -> Attr {
    Attr::Types(dtypes.to_vec())
}
fn node(g: &G, op: &str, inputs: &[Endpoint], attrs: &[(&'static str, Attr)]) -> NodeId {
    g.0.add(NewNode { op, inputs, attrs: Attrs::of(attrs), ..NewNode::default() }).unwrap()
}
const INT: DType = DType::Int32;
const FLOAT: DType = DType::Float;

/// `while i < n: i += 1; x *= 1.5`, as a node of `g`.
fn counting(g: &G, n: i32) -> NodeId {
    let args = scalars(&[INT, FLOAT]);
    let cond = define(g, &format!("less_{n}"), &args, |b, x| vec![b.op("Less", &[x[0], b.constant(Tensor::scalar(n))], &[])]);
    let body = define(g, &format!("grow_{n}"), &args, |b, x| {
        let i = b.op("AddV2", &[x[0], b.constant(Tensor::scalar(1i32))], &[]);
        vec![i, b.op("Mul", &[x[1], b.constant(Tensor::scalar(1.5f32))], &[])]
    });
    let inputs = [g.constant(Tensor::scalar(0i32)), g.constant(Tensor::scalar(1.0f32))];
    node(g, "While", &inputs, &[("cond", cond), ("body", body)])
}

#[test]
fn a_loop_runs_until_its_condition_fails() {
    let g = G::new();
    let w = counting(&g, 10);
    let out = session(&g).run(&[Endpoint::new(w, 0), Endpoint::new(w, 1)], &[], &[]).unwrap();
    assert_eq!(out[0].item::<i32>().unwrap(), 10);
    assert_eq!(out[1].item::<f32>().unwrap(), 1.5f32.powi(10));
    let never = counting(&g, -1);
    assert_eq!(one(&g, Endpoint::new(never, 0)).item::<i32>().unwrap(), 0);
}

/// A round of three ops takes little more than the three ops: nothing is compiled, and no memory allocated.
#[test]
fn a_million_rounds_end_at_the_limit() {
    let g = G::new();
    let w = Endpoint::new(counting(&g, 1_000_000), 0);
    assert_eq!(session(&g).run(&[w], &[], &[]).unwrap()[0].item::<i32>().unwrap(), 1_000_000);
}

#[test]
fn values_may_swap_places_and_pass_through() {
    let g = G::new();
    let args = [scalars(&[INT]), vec![(FLOAT, PartialShape::vector(Some(2))); 2], scalars(&[DType::String])].concat();
    let cond = define(&g, "c", &args, |b, x| vec![b.op("Less", &[x[0], b.constant(Tensor::scalar(3i32))], &[])]);
    let body = define(&g, "b", &args, |b, x| vec![b.op("AddV2", &[x[0], b.constant(Tensor::scalar(1i32))], &[]), x[2], x[1], x[3]]);
    let (p, q) = (g.floats(&[1.0, 2.0], &[2]), g.floats(&[3.0, 4.0], &[2]));
    let inputs = [g.constant(Tensor::scalar(0i32)), p, q, g.constant(Tensor::string("s"))];
    let w = node(&g, "StatelessWhile", &inputs, &[("cond", cond), ("body", body)]);
    let out = session(&g).run(&(0..4).map(|i| Endpoint::new(w, i)).collect::<Vec<_>>(), &[], &[]).unwrap();
    assert_eq!(out[1].slice::<f32>().unwrap(), [3.0, 4.0]);
    assert_eq!(out[2].slice::<f32>().unwrap(), [1.0, 2.0]);
    assert_eq!(&*out[3].strings().unwrap()[0], b"s");
}

/// Next values of every kind in all mixtures: the variable itself, another one, a constant, a sum, some of them twice.
#[test]
fn next_values_find_their_places_in_any_order() {
    const N: usize = 5;
    let mut number = 1u32;
    let mut random = |below: usize| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (number >> 16) as usize % below
    };
    for _ in 0..60 {
        let next: Vec<usize> = (0..N).map(|_| random(2 * N + 1)).collect();
        let g = G::new();
        let args = scalars(&[INT; N + 1]);
        let cond = define(&g, "c", &args, |b, x| vec![b.op("Less", &[x[N], b.constant(Tensor::scalar(7i32))], &[])]);
        let body = define(&g, "b", &args, |b, x| {
            let made: Vec<_> = (0..N).map(|k| b.op("Sub", &[x[k], x[(k + 1) % N]], &[])).collect();
            let values = [&x[..N], &made, &[b.constant(Tensor::scalar(100i32))]].concat();
            let count = b.op("AddV2", &[x[N], b.constant(Tensor::scalar(1i32))], &[]);
            next.iter().map(|k| values[*k]).chain([count]).collect()
        });
        let mut values: Vec<i32> = (0..N as i32).collect();
        let inputs: Vec<_> = values.iter().chain(&[0]).map(|v| g.constant(Tensor::scalar(*v))).collect();
        let w = node(&g, "StatelessWhile", &inputs, &[("cond", cond), ("body", body)]);
        for _ in 0..7 {
            let made = (0..N).map(|k| values[k].wrapping_sub(values[(k + 1) % N]));
            let all: Vec<i32> = values.iter().copied().chain(made).chain([100]).collect();
            values = next.iter().map(|k| all[*k]).collect();
        }
        let out = session(&g).run(&(0..N).map(|i| Endpoint::new(w, i)).collect::<Vec<_>>(), &[], &[]).unwrap();
        assert_eq!(out.iter().map(|t| t.item::<i32>().unwrap()).collect::<Vec<_>>(), values, "{next:?}");
    }
}

/// Each round another shape: more than plans are kept.
#[test]
fn shapes_may_change_from_round_to_round() {
    let g = G::new();
    let args = vec![(INT, PartialShape::vector(None))];
    let cond = define(&g, "short", &args, |b, x| {
        let n = b.op("Size", &[x[0]], &[]);
        vec![b.op("Less", &[n, b.constant(Tensor::scalar(50i32))], &[])]
    });
    let body = define(&g, "longer", &args, |b, x| {
        let more = b.op("ConcatV2", &[x[0], b.ints(&[7]), b.constant(Tensor::scalar(0i32))], &[("N", 2i64.into())]);
        vec![more]
    });
    let shapes = Attr::Shapes(vec![PartialShape::vector(None)]);
    let w = node(&g, "While", &[g.ints(&[1])], &[("cond", cond), ("body", body), ("output_shapes", shapes)]);
    let out = one(&g, Endpoint::new(w, 0));
    assert_eq!((out.count(), out.slice::<i32>().unwrap()[49]), (50, 7));
}

#[test]
fn a_declared_shape_that_is_wrong_changes_nothing() {
    let g = G::new();
    let args = vec![(INT, PartialShape::vector(None))];
    let yes = define(&g, "id", &args, |_, x| vec![x[0]]);
    let attrs = [("Tout", types(&[INT])), ("then_branch", yes.clone()), ("else_branch", yes)];
    let shapes = Attr::Shapes(vec![PartialShape::vector(Some(3))]);
    let inputs = [g.constant(Tensor::scalar(true)), g.ints(&[1, 2])];
    let i = node(&g, "StatelessIf", &inputs, &[&attrs[..], &[("output_shapes", shapes)]].concat());
    let square = g.op("Square", &[Endpoint::new(i, 0)], &[]);
    let all = [square, g.op("Neg", &[square], &[])];
    let s = session(&g);
    for _ in 0..3 {
        let out = s.run(&all, &[], &[]).unwrap();
        assert_eq!(out[0].to_i64().unwrap(), [1, 4]);
        assert_eq!(out[1].to_i64().unwrap(), [-1, -4]);
    }
}

#[test]
fn a_condition_chooses_a_branch() {
    let g = G::new();
    let args = scalars(&[FLOAT]);
    let twice = define(&g, "twice", &args, |b, x| vec![b.op("AddV2", &[x[0], x[0]], &[])]);
    let square = define(&g, "square", &args, |b, x| vec![b.op("Square", &[x[0]], &[])]);
    let x = g.constant(Tensor::scalar(5.0f32));
    let text = |s: &str| Tensor::string(s);
    let empty = Tensor::from_slice::<f32>(&[], [0]).unwrap();
    let conds = [
        (Tensor::scalar(true), 10.0),
        (Tensor::scalar(false), 25.0),
        (Tensor::scalar(-0.0f64), 25.0),
        (Tensor::scalar(3i64), 10.0),
        (Tensor::scalar(ferroflow_tensor::F16::from_f64(-0.0)), 25.0),
        (text("x"), 10.0),
        (text(""), 25.0),
        (empty, 25.0),
        (Tensor::from_slice(&[0.0f32], [1]).unwrap(), 10.0),
    ];
    for (c, want) in conds {
        for op in ["If", "StatelessIf"] {
            let attrs = [("Tout", types(&[FLOAT])), ("then_branch", twice.clone()), ("else_branch", square.clone())];
            let i = node(&g, op, &[g.constant(c.clone()), x], &attrs);
            assert_eq!(one(&g, Endpoint::new(i, 0)).item::<f32>().unwrap(), want, "{op} {c:?}");
        }
        let b = one(&g, g.op("ToBool", &[g.constant(c.clone())], &[]));
        assert_eq!(b.item::<bool>().unwrap(), want == 10.0, "ToBool {c:?}");
    }
    let Attr::Func(t) = twice else { unreachable!() };
    let Attr::Func(s) = square else { unreachable!() };
    for (i, want) in [(0, 10.0), (1, 25.0), (2, 25.0), (-1, 25.0)] {
        for op in ["Case", "StatelessCase"] {
            let attrs = [("Tout", types(&[FLOAT])), ("branches", Attr::Funcs(vec![t.clone(), s.clone()]))];
            let c = node(&g, op, &[g.constant(Tensor::scalar(i)), x], &attrs);
            assert_eq!(one(&g, Endpoint::new(c, 0)).item::<f32>().unwrap(), want, "{op} {i}");
        }
    }
    let fake = g.op("FakeParam", &[], &[("dtype", FLOAT.into()), ("shape", PartialShape::vector(Some(2)).into())]);
    assert_eq!(one(&g, fake).shape().dims(), [2]);
}

#[test]
fn an_endless_loop_can_be_cancelled_and_an_endless_recursion_is_an_error() {
    let g = G::new();
    let args = scalars(&[INT]);
    let yes = define(&g, "yes", &args, |b, _| vec![b.constant(Tensor::scalar(true))]);
    let same = define(&g, "same", &args, |_, x| vec![x[0]]);
    let w = node(&g, "While", &[g.constant(Tensor::scalar(0i32))], &[("cond", yes), ("body", same)]);
    let soon = SessionOptions { timeout: Some(std::time::Duration::from_millis(50)), ..SessionOptions::default() };
    let e = Session::new(g.0.clone(), soon).run(&[Endpoint::new(w, 0)], &[], &[]).unwrap_err();
    assert_eq!(e.code(), Code::DeadlineExceeded);
    define(&g, "again", &args, |b, x| vec![b.op("PartitionedCall", x, &[("Tout", types(&[INT])), ("f", func("again"))])]);
    let call = g.op("PartitionedCall", &[g.constant(Tensor::scalar(0i32))], &[("Tout", types(&[INT])), ("f", func("again"))]);
    assert_eq!(session(&g).run(&[call], &[], &[]).unwrap_err().code(), Code::ResourceExhausted);
}

/// A choice by a constant is a call of one branch: the other is not compiled, so its unknown function does not matter.
#[test]
fn a_known_condition_takes_its_branch_alone() {
    let g = G::new();
    let double = define(&g, "double", &scalars(&[FLOAT]), |b, x| vec![b.op("AddV2", &[x[0], x[0]], &[])]);
    let x = g.placeholder(FLOAT, PartialShape::scalar());
    let attrs = [("Tout", types(&[FLOAT])), ("then_branch", double.clone()), ("else_branch", func("nowhere"))];
    let i = node(&g, "If", &[g.constant(Tensor::scalar(true)), x], &attrs);
    let out = session(&g).run(&[Endpoint::new(i, 0)], &[], &[(x, Tensor::scalar(4.0f32))]).unwrap();
    assert_eq!(out[0].item::<f32>().unwrap(), 8.0);
}

/// Of a loop whose second variable nobody reads, the body's work on it is left out.
#[test]
fn what_nobody_reads_of_a_loop_is_not_computed() {
    let g = G::new();
    let args = scalars(&[INT, FLOAT]);
    let cond = define(&g, "c", &args, |b, x| vec![b.op("Less", &[x[0], b.constant(Tensor::scalar(3i32))], &[])]);
    let body = define(&g, "b", &args, |b, x| {
        let next = b.op("AddV2", &[x[0], b.constant(Tensor::scalar(1i32))], &[]);
        let fails = b.op("CheckNumerics", &[b.op("Log", &[b.op("Neg", &[x[1]], &[])], &[])], &[("message", "read".into())]);
        vec![next, fails]
    });
    let inputs = [g.constant(Tensor::scalar(0i32)), g.constant(Tensor::scalar(1.0f32))];
    let w = node(&g, "StatelessWhile", &inputs, &[("cond", cond), ("body", body)]);
    assert_eq!(one(&g, Endpoint::new(w, 0)).item::<i32>().unwrap(), 3);
    assert!(session(&g).run(&[Endpoint::new(w, 1)], &[], &[]).is_err());
}
