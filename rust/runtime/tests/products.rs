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

/// The same for convolutions with images, filters and strides of every kind; activations need values without infinities.
#[test]
fn fused_convolutions_keep_their_bits() {
    // Batch, height, width, channels; window, outputs or multiplier; stride.
    for (x, window, outputs, stride) in [
        ([1usize, 1, 1, 1], 1usize, 1usize, 1usize),
        ([2, 7, 5, 3], 3, 33, 1),
        ([1, 14, 14, 32], 1, 70, 1),
        ([1, 9, 31, 17], 1, 5, 2),
        ([2, 13, 8, 40], 3, 3, 2),
        ([1, 3, 257, 4], 5, 8, 1),
        ([0, 4, 4, 3], 3, 4, 1),
    ] {
        for (first, dtype) in [("Conv2D", DType::Float), ("Conv2D", DType::Double), ("DepthwiseConv2dNative", DType::Float)] {
            let g = G::new();
            let depthwise = first != "Conv2D";
            let channels = if depthwise { x[3] * (1 + outputs % 2) } else { outputs };
            let filter = [window, window, x[3], if depthwise { channels / x[3] } else { outputs }];
            let out = [x[0], x[1].div_ceil(stride), x[2].div_ceil(stride), channels];
            let sizes: [&[usize]; 5] = [&x, &filter, &[channels], &[1, 1, channels], &out];
            let feeds = sizes.map(|s| g.placeholder(DType::Float, fixed(s)));
            let [x, filter, bias, flat, residual] = feeds.map(|e| g.op("Cast", &[e], &[("DstT", dtype.into())]));
            let strides = Attr::from(vec![1, stride as i64, stride as i64, 1]);
            let conv = || g.op(first, &[x, filter], &[("strides", strides.clone()), ("padding", "SAME".into())]);
            let mut fetches = vec![g.op("BiasAdd", &[conv(), bias], &[]), g.op("AddV2", &[flat, conv()], &[])];
            for f in ["Relu", "Relu6", "Elu", "Selu", "Tanh", "Sigmoid"] {
                let y = g.op("AddV2", &[residual, g.op("AddV2", &[conv(), bias], &[])], &[]);
                fetches.push(g.op(f, &[y], &[]));
                fetches.push(g.op(f, &[g.op("BiasAdd", &[conv(), bias], &[])], &[]));
                fetches.push(g.op(f, &[conv()], &[]));
            }
            let given: Vec<_> = feeds
                .iter()
                .zip(sizes)
                .enumerate()
                .map(|(i, (f, s))| (*f, matrix(1, s.iter().product(), i as f32).reshape(Shape::new(s)).unwrap()))
                .collect();
            for y in fetches {
                let fused = session(&g, true).run(&[y], &[], &given).unwrap();
                let plain = session(&g, false).run(&[y], &[], &given).unwrap();
                assert!(fused[0].same_bits(&plain[0]), "{sizes:?} {first} {dtype}: {}", g.0.node(y.node).unwrap().op_name);
                assert_eq!(steps(&g, &[y], &feeds).iter().filter(|s| *s != "Cast").collect::<Vec<_>>(), [&format!("_Fused{first}")]);
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
    // A convolution of unknown height might not fit; channels may come first; the bias may be one of another axis.
    let conv = |x: Endpoint, padding: &'static str, format: &'static str| {
        let strides = Attr::from(vec![1i64, 1, 1, 1]);
        let f = g.placeholder(DType::Float, fixed(&[3, 3, 4, 4]));
        (g.op("Conv2D", &[x, f], &[("strides", strides), ("padding", padding.into()), ("data_format", format.into())]), f)
    };
    let x = g.placeholder(DType::Float, PartialShape::new(vec![None, None, Some(4), Some(4)]));
    let (y, f) = conv(x, "VALID", "NHWC");
    assert_eq!(steps(&g, &[g.op("Relu", &[y], &[])], &[x, f]), ["Conv2D", "Relu"]);
    let (y, f) = conv(x, "SAME", "NHWC");
    assert_eq!(steps(&g, &[g.op("Relu", &[y], &[])], &[x, f]), ["_FusedConv2D"]);
    let (y, f) = conv(x, "SAME", "NHWC");
    let first = g.op("BiasAdd", &[y, bias], &[("data_format", "NCHW".into())]);
    assert_eq!(steps(&g, &[first], &[x, f, bias]), ["Conv2D", "BiasAdd"]);
    let x = g.placeholder(DType::Float, fixed(&[1, 4, 4, 4]));
    let (y, f) = conv(x, "SAME", "NCHW");
    assert_eq!(steps(&g, &[g.op("Relu", &[y], &[])], &[x, f]), ["Conv2D", "Relu"]);
    // Of two convolutions that are added one takes the sum, the other keeps its bias.
    let x = g.placeholder(DType::Float, fixed(&[1, 4, 4, 4]));
    let ((y, f), (z, h)) = (conv(x, "SAME", "NHWC"), conv(x, "SAME", "NHWC"));
    let biased = |e: Endpoint| g.op("BiasAdd", &[e, bias], &[]);
    let sum = g.op("Relu", &[g.op("AddV2", &[biased(y), biased(z)], &[])], &[]);
    assert_eq!(steps(&g, &[sum], &[x, f, h, bias]), ["_FusedConv2D", "_FusedConv2D"]);
}
