//! Convolutions and pooling as ops give TensorFlow's results: both data formats, all paddings, strides, dilations, groups.
use ferroflow_cpu::call::run;
use ferroflow_ops::Attr;
use ferroflow_tensor::{Shape, Tensor};

fn numbers(text: &str) -> Vec<usize> {
    text.split(',').filter(|s| !s.is_empty()).map(|s| s.parse().expect("a number")).collect()
}

/// Element i of operand k, as in the script that made the file.
fn ramp(k: usize, dims: &[usize]) -> Tensor {
    let n = dims.iter().product::<usize>();
    let x: Vec<f32> = (0..n).map(|i| (((i * 7 + k * 3) % 11) as f32 - 5.0) / 4.0).collect();
    Tensor::from_slice(&x, Shape::new(dims)).expect("fits")
}

fn attr(text: &str) -> (&'static str, Attr) {
    let (name, value) = text.split_once('=').expect("name=value");
    let name =
        ["strides", "padding", "data_format", "dilations", "explicit_paddings", "ksize"].into_iter().find(|n| *n == name).expect("known");
    let ints: Option<Vec<i64>> = value.split(',').map(|v| v.parse().ok()).collect();
    (name, ints.map_or_else(|| value.into(), Attr::Ints))
}

#[test]
fn results_are_tensorflows() {
    let mut count = 0;
    for line in include_str!("data/windows.txt").lines().filter(|l| !l.starts_with('#')) {
        let [op, operands, attrs, shape, values] = line.split('|').collect::<Vec<_>>()[..] else { panic!("five fields: {line}") };
        let place = format!("{op} {operands} {attrs}");
        let mut drawn = 0;
        let inputs: Vec<Tensor> = operands
            .split(';')
            .map(|text| match text.strip_prefix('s') {
                Some(sizes) => {
                    drawn += usize::from(!op.starts_with("AvgPool"));
                    let sizes: Vec<i32> = numbers(sizes).into_iter().map(|x| x as i32).collect();
                    Tensor::from_slice(&sizes, [sizes.len()]).expect("fits")
                }
                None => {
                    drawn += 1;
                    ramp(drawn - 1 + usize::from(op.starts_with("AvgPool") && op.ends_with("Grad")), &numbers(text))
                }
            })
            .collect();
        let attrs: Vec<_> = attrs.split(';').map(attr).collect();
        let y = run(op, &inputs, &attrs).unwrap_or_else(|e| panic!("{place}: {e}"));
        assert_eq!(y[0].shape().dims(), numbers(shape), "{place}");
        let got = y[0].slice::<f32>().expect("f32");
        for (i, (x, want)) in got.iter().zip(values.split(' ')).enumerate() {
            let want: f32 = want.parse().expect("a number");
            assert!((x - want).abs() <= 1e-5 * want.abs().max(1.0), "{place}: element {i} is {x}, not {want}");
        }
        count += 1;
    }
    assert!(count > 90, "{count} cases");
}

#[test]
fn maxima_send_their_gradient_to_the_first_and_back() {
    let attrs =
        |padding: &str| [("ksize", Attr::Ints(vec![1, 2, 2, 1])), ("strides", Attr::Ints(vec![1, 1, 1, 1])), ("padding", padding.into())];
    let ones = Tensor::from_slice(&[1.0f32; 4], [1, 2, 2, 1]).expect("fits");
    let d = run("MaxPoolGrad", &[ones.clone(), ones.clone(), ones.clone()], &attrs("SAME")).expect("runs");
    assert_eq!(d[0].slice::<f32>().expect("f32"), [1.0; 4]);
    let x = ramp(0, &[1, 2, 2, 1]);
    let y = run("MaxPool", &[x.clone()], &attrs("VALID")).expect("runs");
    let grad = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 4.0], [1, 2, 2, 1]).expect("fits");
    let d = run("MaxPoolGradGrad", &[x.clone(), y[0].clone(), grad], &attrs("VALID")).expect("runs");
    // The four inputs are -1.25, 0.5, -0.5 and 1.25 (elements 0, 7, 14 and 21 of the cycle): the last is the largest.
    let largest = x.slice::<f32>().expect("f32").iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(i, _)| i as f32 + 1.0);
    assert_eq!(Some(d[0].slice::<f32>().expect("f32")[0]), largest);
    let depth = [("ksize", Attr::Ints(vec![1, 1, 1, 2])), ("strides", Attr::Ints(vec![1, 1, 1, 2])), ("padding", "VALID".into())];
    let x = Tensor::from_slice(&[1.0f32, 3.0, 4.0, 2.0], [1, 1, 1, 4]).expect("fits");
    assert_eq!(run("MaxPool", &[x], &depth).expect("runs")[0].slice::<f32>().expect("f32"), [3.0, 4.0]);
}

#[test]
fn maxima_of_volumes_and_their_places() {
    let all = |n: usize| vec![("ksize", Attr::Ints(vec![1; n])), ("strides", Attr::Ints(vec![1; n])), ("padding", "VALID".into())];
    let window = |n: usize, size: i64| {
        let mut attrs = all(n);
        let mut sizes = vec![size; n];
        (sizes[0], sizes[n - 1]) = (1, 1);
        attrs[0].1 = Attr::Ints(sizes);
        attrs
    };
    let x = Tensor::from_slice(&[1.0f32, 2.0, 7.0, 3.0, 5.0, 7.0, 4.0, 6.0], [1, 2, 2, 2, 1]).expect("fits");
    let y = Tensor::from_slice(&[7.0f32], [1, 1, 1, 1, 1]).expect("fits");
    let d = run("MaxPool3DGrad", &[x.clone(), y.clone(), y.clone()], &window(5, 2)).expect("runs");
    assert_eq!(d[0].slice::<f32>().expect("f32"), [0.0, 0.0, 7.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    let ramp = Tensor::from_slice(&[0.0f32, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], [1, 2, 2, 2, 1]).expect("fits");
    let d = run("MaxPool3DGradGrad", &[x, y, ramp], &window(5, 2)).expect("runs");
    assert_eq!(d[0].slice::<f32>().expect("f32"), [2.0]);
    let x = Tensor::from_slice(&[1.0f32, 4.0, 4.0, 3.0], [1, 2, 2, 1]).expect("fits");
    let y = run("MaxPoolWithArgmax", &[x.clone()], &window(4, 2)).expect("runs");
    assert_eq!((y[0].slice::<f32>().expect("f32"), y[1].slice::<i64>().expect("i64")), (&[4.0][..], &[1][..]));
    let d = run("MaxPoolGradWithArgmax", &[x, y[0].clone(), y[1].clone()], &window(4, 2)).expect("runs");
    assert_eq!(d[0].slice::<f32>().expect("f32"), [0.0, 4.0, 0.0, 0.0]);
}

#[test]
fn faulty_shapes_are_tensorflows_errors() {
    let conv = [("strides", Attr::Ints(vec![1, 1, 1, 1])), ("padding", "VALID".into())];
    let e = run("Conv2D", &[ramp(0, &[1, 4, 4, 3]), ramp(1, &[2, 2, 4, 5])], &conv).expect_err("does not fit");
    assert_eq!(e.message(), "input depth must be evenly divisible by filter depth: 3 vs 4");
    let e = run("Conv2D", &[ramp(0, &[1, 4, 4, 3]), ramp(1, &[2, 3, 5])], &conv).expect_err("does not fit");
    assert_eq!(e.message(), "filter must be 4-dimensional: [2,3,5]");
    let pool = [("ksize", Attr::Ints(vec![1, 2, 2, 1])), ("strides", Attr::Ints(vec![1, 2, 2, 1])), ("padding", "VALID".into())];
    let inputs = [ramp(0, &[1, 4, 4, 3]), ramp(1, &[1, 2, 2, 3]), ramp(2, &[1, 3, 2, 3])];
    let e = run("MaxPoolGrad", &inputs, &pool).expect_err("does not fit");
    assert_eq!(e.message(), "Expected grad shape to be [1,2,2,3], but got [1,3,2,3]");
    assert_eq!(run("Conv2D", &[ramp(0, &[0, 4, 4, 3]), ramp(1, &[2, 2, 3, 5])], &conv).expect("runs")[0].shape().dims(), [0, 3, 3, 5]);
}
