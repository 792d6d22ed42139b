//! A device whose memory the host cannot read: placement, visible copies, host operands, offsets, and many ops.
#![allow(missing_docs, clippy::type_complexity)]
mod support;
use ferroflow_graph::Endpoint;
use ferroflow_ops::{Attr, ShapeRule};
use ferroflow_runtime::program::Action;
use ferroflow_runtime::{Session, SessionOptions, eager};
use ferroflow_tensor::{DType, PartialShape, Tensor};
use support::{G, LACKING, NAME, with_test_device};

fn session(g: &G, soft: bool) -> Session {
    with_test_device();
    Session::new(g.0.clone(), SessionOptions { soft_placement: soft, verify: true, ..SessionOptions::default() })
}
fn copies(s: &Session, fetch: Endpoint, feeds: &[Endpoint]) -> (usize, usize) {
    let p = s.program(&[fetch], &[], feeds).unwrap();
    let count = |to_host| {
        p.steps.iter().filter(|s| matches!((&s.action, to_host), (Action::ToHost, true) | (Action::ToDevice { .. }, false))).count()
    };
    (count(false), count(true))
}

#[test]
fn copies_are_steps_and_are_not_repeated() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::of_rank(2));
    let a = g.on("/device:TEST:0", "MatMul", &[x, x], &[]);
    let b = g.on("/device:TEST:0", "AddV2", &[a, x], &[]);
    let c = g.on("/device:TEST:0", "Mul", &[b, b], &[]);
    let s = session(&g, false);
    assert_eq!(copies(&s, c, &[x]), (1, 1), "x goes over once, the result comes back once");
    let v = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 4.0], [2, 2]).unwrap();
    let out = s.run(&[c], &[], &[(x, v)]).unwrap();
    assert_eq!(out[0].slice::<f32>().unwrap(), [64.0, 144.0, 324.0, 676.0]);
    assert!(s.program(&[c], &[], &[x]).unwrap().steps.iter().any(|s| s.device.name() == NAME));
}

#[test]
fn host_operands_stay_on_the_host() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::of_rank(2));
    let n = g.placeholder(DType::Int32, PartialShape::of_rank(1));
    let y = g.on("/device:TEST:0", "Reshape", &[x, n], &[]);
    let z = g.on("/device:TEST:0", "Neg", &[y], &[]);
    let s = session(&g, false);
    let v = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0], [2, 3]).unwrap();
    let to = Tensor::from_slice(&[3i32, 2], [2]).unwrap();
    let out = s.run(&[z], &[], &[(x, v), (n, to)]).unwrap();
    assert_eq!(out[0].shape().dims(), [3, 2]);
    assert_eq!(out[0].slice::<f32>().unwrap(), [-1.0, -2.0, -3.0, -4.0, -5.0, -6.0]);
}

#[test]
fn placement_is_obeyed_or_reported() {
    let g = G::new();
    let x = g.placeholder(DType::Float, PartialShape::of_rank(1));
    let y = g.on("/device:TEST:0", LACKING[0], &[x], &[]);
    let nowhere = g.on("/device:GPU:7", "Neg", &[x], &[]);
    let feed = || (x, Tensor::from_slice(&[0.0f32], [1]).unwrap());
    let hard = session(&g, false);
    assert!(hard.run(&[y], &[], &[feed()]).unwrap_err().message().contains("no supported kernel for TEST devices"));
    let e = hard.run(&[nowhere], &[], &[feed()]).unwrap_err();
    assert!(e.message().starts_with("Cannot assign a device for operation Neg"), "{e}");
    let soft = session(&g, true);
    assert_eq!(soft.run(&[y, nowhere], &[], &[feed()]).unwrap()[0].slice::<f32>().unwrap(), [0.0]);
}

#[test]
fn views_into_device_memory_carry_their_offset() {
    with_test_device();
    let ferroflow_runtime::devices::Found::Here(device) = ferroflow_runtime::devices::find("TEST:0") else { panic!("no test device") };
    let t = device.to_device(&Tensor::from_slice(&[1.0f32, 2.0, 3.0, 4.0], [4]).unwrap()).unwrap();
    assert!(t.bytes().is_err(), "the host must not read it");
    let back = t.rows(2, 2).unwrap().to_host().unwrap();
    assert_eq!(back.slice::<f32>().unwrap(), [3.0, 4.0]);
}

/// Every elementwise op of the table, eagerly on both devices: the same bits.
#[test]
fn the_op_table_runs_on_both_devices() {
    with_test_device();
    let x = Tensor::from_slice(&[0.25f32, 0.5, 0.75, 0.125, 0.375, 0.625], [2, 3]).unwrap();
    let row = x.row(0).unwrap();
    let (mut ran, token) = (0, Default::default());
    for op in ferroflow_ops::registry::all() {
        let inputs: Vec<&Tensor> = match (op.entry.shape, op.inputs.len()) {
            (ShapeRule::Same, 1) => vec![&x],
            (ShapeRule::Broadcast, 2) => vec![&x, &row],
            _ => continue,
        };
        let on = |device| eager::execute(op, &inputs, Default::default(), device, &token);
        // An op that refuses floats is not part of this test.
        let (Ok(here), Ok(there)) = (on(None), on(Some("TEST:0"))) else { continue };
        let lacks = LACKING.contains(&op.name) || op.has(ferroflow_ops::Flags::STATEFUL) || here[0].dtype() == DType::String;
        assert_eq!(there[0].on_host(), lacks, "{}: what the device lacks runs on the host", op.name);
        if there[0].on_host() {
            continue;
        }
        assert!(here[0].same_bits(&there[0].to_host().unwrap()), "{}", op.name);
        ran += 1;
    }
    assert!(ran >= 40, "only {ran} elementwise ops ran on the second device");
}

#[test]
fn structured_ops_run_on_the_second_device() {
    let dev = "/device:TEST:0";
    let g = G::new();
    let x = g.floats(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]);
    let zero = g.constant(Tensor::scalar(0i32));
    let cases: Vec<(&str, Vec<Endpoint>, Vec<(&'static str, Attr)>)> = vec![
        ("Transpose", vec![x, g.ints(&[1, 0])], vec![]),
        ("Sum", vec![x, g.ints(&[1])], vec![]),
        ("Tile", vec![x, g.ints(&[2, 1])], vec![]),
        ("Slice", vec![x, g.ints(&[0, 1]), g.ints(&[2, 2])], vec![]),
        ("ConcatV2", vec![x, x, zero], vec![]),
        ("GatherV2", vec![x, g.ints(&[1, 0]), zero], vec![]),
        ("Softmax", vec![x], vec![]),
        ("Cast", vec![x], vec![("DstT", DType::Int32.into())]),
        ("ArgMax", vec![x, zero], vec![]),
        ("Pad", vec![x, g.constant(Tensor::from_slice(&[1i32, 0, 0, 1], [2, 2]).unwrap())], vec![]),
        ("Shape", vec![x], vec![]),
    ];
    let s = session(&g, false);
    for (op, ins, attrs) in &cases {
        let here = g.op(op, ins, attrs);
        let there = g.on(dev, op, ins, attrs);
        let out = s.run(&[here, there], &[], &[]).unwrap_or_else(|e| panic!("{op}: {e}"));
        assert!(out[0].same_bits(&out[1]), "{op}");
    }
}
