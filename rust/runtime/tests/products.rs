//! Products with what follows them: one step in an optimised program, with the bits of the single ops.
#![allow(missing_docs)]
mod support;
use ferroflow_graph::Endpoint;
use ferroflow_ops::Attr;
use ferroflow_runtime::{Session, SessionOptions};
use ferroflow_tensor::{DType, PartialShape, Shape, Tensor};
use support::G;

fn session(g: &G, optimize: bool) -> Session {
    Session::new(g.0.clone(), SessionOptions { verify: true, optimize, ..SessionOptions::default() })
}
/// The ops that a session runs.
fn steps(g: &G, fetches: &[Endpoint], feeds: &[Endpoint]) -> Vec<String> {
    session(g, true).program(fetches, &[], feeds).unwrap().steps.iter().map(|s| s.node.op_name.to_string()).collect()
}
fn matrix(rows: usize, columns: usize, seed: f32) -> Tensor {
    let mut v: Vec<f32> = (0..rows * columns).map(|i| (i as f32 * 0.37 + seed).sin()).collect();
    if let Some(x) = v.get_mut(3) {
        *x = f32::NAN;
    }
    if let Some(x) = v.get_mut(7) {
        *x = f32::INFINITY;
    }
    Tensor::from_slice(&v, [rows, columns]).unwrap()
}
fn fixed(dims: &[usize]) -> PartialShape {
    (&Shape::new(dims)).into()
}

/// Fused programs give what programs without optional passes give, for every activation, transposition and odd size.
#[test]
fn fused_products_keep_their_bits() {
    for (m, k, n) in [(1, 3, 31), (31, 257, 33), (3, 1, 1), (257, 31, 513), (5, 0, 4), (0, 4, 4)] {
        for (flags, dtype) in [([false, false], DType::Float), ([true, true], DType::Float), ([false, true], DType::Double)] {
            let g = G::new();
            let [ta, tb] = flags;
            let size = |r: usize, c: usize, flip: bool| if flip { [c, r] } else { [r, c] };
            let place = |dims: &[usize]| g.placeholder(DType::Float, fixed(dims));
            let feeds = [place(&size(m, k, ta)), place(&size(k, n, tb)), place(&[n]), place(&[1, n]), place(&[m, n])];
            let cast = |e: Endpoint| g.op("Cast", &[e], &[("DstT", dtype.into())]);
            let [a, b, bias, flat, residual] = feeds.map(cast);
            let transposed: [(&'static str, Attr); 2] = [("transpose_a", ta.into()), ("transpose_b", tb.into())];
            let product = || g.op("MatMul", &[a, b], &transposed);
            let mut fetches = vec![g.op("BiasAdd", &[product(), bias], &[]), g.op("AddV2", &[flat, product()], &[])];
            for f in ["Relu", "Relu6", "Elu", "Selu", "Tanh", "Sigmoid"] {
                let y = g.op("AddV2", &[product(), bias], &[]);
                let y = g.op("AddV2", &[residual, y], &[]);
                fetches.push(g.op(f, &[y], &[]));
                fetches.push(g.op(f, &[g.op("BiasAdd", &[product(), bias], &[])], &[]));
            }
            let values = feeds.map(|f| g.0.node(f.node).unwrap().outputs[0].shape.known().unwrap());
            let given: Vec<_> = feeds
                .iter()
                .zip(&values)
                .enumerate()
                .map(|(i, (f, s))| {
                    let (rows, columns) = if s.rank() == 1 { (1, s[0]) } else { (s[0], s[1]) };
                    (*f, matrix(rows, columns, i as f32).reshape(s.clone()).unwrap())
                })
                .collect();
            // Each alone, since equal products would be merged and then have several readers.
            for y in fetches {
                let fused = session(&g, true).run(&[y], &[], &given).unwrap();
                let plain = session(&g, false).run(&[y], &[], &given).unwrap();
                assert!(fused[0].same_bits(&plain[0]), "{m}x{k}x{n} {flags:?} {dtype}: {}", g.0.node(y.node).unwrap().op_name);
                assert_eq!(steps(&g, &[y], &feeds).iter().filter(|s| *s != "Cast").collect::<Vec<_>>(), ["_FusedMatMul"]);
            }
        }
    }
}

/// What is read elsewhere, fed, or not sure to fit stays a step of its own.
#[test]
fn what_others_read_or_what_may_not_fit_is_not_fused() {
    let g = G::new();
    let a = g.placeholder(DType::Float, PartialShape::new(vec![None, Some(3)]));
    let b = g.placeholder(DType::Float, fixed(&[3, 4]));
    let bias = g.placeholder(DType::Float, fixed(&[4]));
    let short = g.placeholder(DType::Float, fixed(&[1]));
    let product = g.op("MatMul", &[a, b], &[]);
    let y = g.op("BiasAdd", &[product, bias], &[]);
    let z = g.op("Relu", &[y], &[]);
    assert_eq!(steps(&g, &[z], &[a, b, bias]), ["_FusedMatMul"]);
    assert_eq!(steps(&g, &[z, product], &[a, b, bias]), ["MatMul", "BiasAdd", "Relu"]);
    assert_eq!(steps(&g, &[z, y], &[a, b, bias]), ["_FusedMatMul", "Relu"]);
    assert_eq!(steps(&g, &[z], &[y]), ["Relu"]);
    let wide = g.op("AddV2", &[g.op("MatMul", &[a, b], &[]), short], &[]);
    assert_eq!(steps(&g, &[wide], &[a, b, short]), ["MatMul", "AddV2"]);
    let unsure = g.placeholder(DType::Float, PartialShape::new(vec![None, None]));
    let late = g.op("Relu", &[g.op("MatMul", &[a, unsure], &[])], &[]);
    assert_eq!(steps(&g, &[late], &[a, unsure]), ["MatMul", "Relu"]);
    let twice = g.op("MatMul", &[b, g.op("MatMul", &[b, b], &[("transpose_a", true.into())])], &[]);
    let twice = g.op("AddV2", &[twice, twice], &[]);
    assert_eq!(steps(&g, &[twice], &[b]), ["MatMul", "MatMul", "AddV2"]);
}
