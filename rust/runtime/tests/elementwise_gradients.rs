//! First and second gradients of elementwise ops on a tape against those of TensorFlow (recorded by `make.py`).
use ferroflow_ops::{Attrs, Cancel, op};
use ferroflow_runtime::eager::call;
use ferroflow_runtime::{EagerGrad, Tape, Value};
use ferroflow_tensor::{C128, DType, Tensor};
use std::sync::Arc;

fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().map(|x| x.parse().unwrap()).collect()
}

/// A tensor of a line, or None for `-`.
fn parse(text: &str) -> Option<Tensor> {
    let (dims, body) = text.trim().split_once(':')?;
    let dims: Vec<usize> = dims.split(',').filter(|d| !d.is_empty()).map(|d| d.parse().unwrap()).collect();
    let (n, v) = (dims.iter().product::<usize>(), numbers(body));
    Some(if v.len() == 2 * n {
        let z: Vec<C128> = v.chunks(2).map(|p| C128::new(p[0], p[1])).collect();
        Tensor::from_slice(&z, dims).unwrap()
    } else {
        Tensor::from_slice(&v, dims).unwrap()
    })
}

fn list(text: &str) -> Vec<Option<Tensor>> {
    if text.trim().is_empty() { vec![] } else { text.split('|').map(parse).collect() }
}

fn parts(t: &Tensor) -> Vec<f64> {
    match t.dtype() {
        DType::Complex128 => t.slice::<C128>().unwrap().iter().flat_map(|z| [z.re, z.im]).collect(),
        _ => t.slice::<f64>().unwrap().to_vec(),
    }
}

fn check(got: &Option<Value>, expected: &Option<Tensor>, what: &str) {
    let (Some(got), Some(expected)) = (got, expected) else {
        assert_eq!(got.is_some(), expected.is_some(), "{what}: one is None");
        return;
    };
    assert_eq!(got.tensor.shape(), expected.shape(), "{what}");
    assert_eq!(got.tensor.dtype(), expected.dtype(), "{what}");
    for (a, b) in parts(&got.tensor).into_iter().zip(parts(expected)) {
        assert!((a - b).abs() <= 1e-11 * b.abs().max(1.0), "{what}: {a}, expected {b}");
    }
}

fn dense(grads: Vec<Option<EagerGrad>>) -> Vec<Option<Value>> {
    let one = |g| match g {
        Some(EagerGrad::Dense(v)) => Some(v),
        Some(EagerGrad::Slices { .. }) => panic!("rows instead of a tensor"),
        None => None,
    };
    grads.into_iter().map(one).collect()
}

fn compare(line: &str) {
    let fields: Vec<&str> = line.split(';').map(str::trim).collect();
    let [name, dtype, xs, dy, first, second] = fields[..] else { panic!("{line}") };
    let xs: Vec<Value> = list(xs).into_iter().map(|t| Value::new(t.unwrap())).collect();
    let dy = Value::new(parse(dy).unwrap());
    let mut attrs = vec![];
    if ["Real", "Imag", "ComplexAbs", "Angle"].contains(&name) {
        attrs.push(("Tout", DType::Double.into()));
    }
    if name.starts_with("Leaky") {
        attrs.push(("alpha", ferroflow_ops::Attr::Float(0.25)));
    }
    let (outer, inner) = (Arc::new(Tape::default()), Arc::new(Tape::default()));
    let sources: Vec<u64> = xs.iter().map(|v| v.id).collect();
    for id in &sources {
        outer.watch(*id);
        inner.watch(*id);
    }
    outer.watch(dy.id);
    outer.start();
    inner.start();
    let y = call(op(name).unwrap(), &xs, Attrs::of(&attrs), None, &Arc::new(Cancel::default())).unwrap().remove(0);
    inner.stop();
    let grads =
        dense(inner.gradient(&[(y, Some(EagerGrad::Dense(dy.clone())))], &sources, true).unwrap_or_else(|e| panic!("{name}: {e:?}")));
    outer.stop();
    for (i, (g, e)) in grads.iter().zip(list(first)).enumerate() {
        check(g, &e, &format!("{name} {dtype}, gradient {i}"));
    }
    let expected = list(second);
    if expected.is_empty() {
        return;
    }
    let mut i = 0;
    for g in grads.iter().flatten() {
        let (n, shape) = (g.tensor.count(), g.tensor.shape().clone());
        let weight = if g.tensor.dtype().is_complex() {
            Tensor::from_slice(&vec![C128::new(0.5, 0.25); n], shape).unwrap()
        } else {
            Tensor::from_slice(&vec![0.5; n], shape).unwrap()
        };
        for source in sources.iter().chain([&dy.id]) {
            let seed = EagerGrad::Dense(Value::new(weight.clone()));
            let found = outer.gradient(&[(g.clone(), Some(seed))], &[*source], false).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            check(&dense(found)[0], &expected[i], &format!("{name} {dtype}, second gradient {i}"));
            i += 1;
        }
    }
}

#[test]
fn gradients_are_those_of_tensorflow() {
    let recorded = include_str!("elementwise_gradients/recorded.txt");
    assert!(recorded.lines().count() > 150);
    let failed: Vec<&str> = recorded.lines().filter(|l| std::panic::catch_unwind(|| compare(l)).is_err()).collect();
    assert!(failed.is_empty(), "{} of {} lines differ", failed.len(), recorded.lines().count());
}
