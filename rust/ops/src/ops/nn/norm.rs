//! Batch normalisation in one op, and its gradient; `_FusedLayerNorm`, which programs put in the place of single ops.
use crate::attr::{Attr, Attrs};
use crate::build::{Build, Grad, GradValue, Val, some};
use crate::def::{Entry, Gpu, Gradient, OpDef, ShapeRule, Test};
use crate::infer::Infer;
use crate::parse::parse;
use ferroflow_tensor::{Code, DType, PartialShape, Result, bail};
use std::sync::OnceLock;

const TESTS: Test = Test::own(&["tests/oracle/test_batch_norm.py"]);
const FORWARD: &str = "Normalises images by the mean and variance of each channel, times `scale`, plus `offset`: [channels] each. \
    With is_training the statistics are those of the batch, and `mean` and `variance` are used only if exponential_avg_factor is \
    not 1: the second and third output are then (1 - factor) old + factor new. Otherwise `mean` and `variance` are the statistics. \
    The variance of output 3 is that of a sample, larger by n/(n - 1). The reserve outputs are mean and variance for the gradient. \
    Of no images, outputs 2 and 3 are NaN. InvalidArgument for shapes that do not fit.";
const BACKWARD: &str = "The gradient of a batch normalisation for its images, scale and offset. The reserve inputs are the mean and \
    variance of the batch with is_training, else of the population, which are constants then. InvalidArgument for shapes that do \
    not fit.";

/// The attributes of one of the ops.
macro_rules! attrs {
    ($types:literal, $formats:literal, $average:literal) => {
        concat!(
            $types,
            "; epsilon: float = 9.999999747378752e-05; ",
            $average,
            "data_format: {",
            $formats,
            "} = 'NHWC'; is_training: bool = true"
        )
    };
}

/// What the gradients of the first versions read.
const READS: &[&str] = &["x", "scale", "mean", "variance", "reserve_space_1", "reserve_space_2"];

/// Entries of this file.
pub static OPS: &[Entry] = &[
    forward(
        "FusedBatchNorm",
        "x: T, scale: T, offset: T, mean: T, variance: T -> y: T, batch_mean: T, batch_variance: T, reserve_space_1: T, reserve_space_2: T",
        attrs!("T: {float}", "'NHWC', 'NCHW'", "exponential_avg_factor: float = 1.0; "),
        READS,
    ),
    forward(
        "FusedBatchNormV2",
        "x: T, scale: U, offset: U, mean: U, variance: U -> y: T, batch_mean: U, batch_variance: U, reserve_space_1: U, reserve_space_2: U",
        attrs!("T: {half, bfloat16, float}; U: {float}", "'NHWC', 'NCHW'", "exponential_avg_factor: float = 1.0; "),
        READS,
    ),
    forward(
        "FusedBatchNormV3",
        "x: T, scale: U, offset: U, mean: U, variance: U -> y: T, batch_mean: U, batch_variance: U, reserve_space_1: U, reserve_space_2: U, reserve_space_3: U",
        attrs!(
            "T: {half, bfloat16, float}; U: {bfloat16, float}",
            "'NHWC', 'NCHW', 'NDHWC', 'NCDHW'",
            "exponential_avg_factor: float = 1.0; "
        ),
        &["x", "scale", "mean", "variance", "reserve_space_1", "reserve_space_2", "reserve_space_3"],
    ),
    backward(
        "FusedBatchNormGrad",
        "y_backprop: T, x: T, scale: T, reserve_space_1: T, reserve_space_2: T -> x_backprop: T, scale_backprop: T, offset_backprop: T, reserve_space_3: T, reserve_space_4: T",
        attrs!("T: {float}", "'NHWC', 'NCHW'", ""),
    ),
    backward(
        "FusedBatchNormGradV2",
        "y_backprop: T, x: T, scale: float, reserve_space_1: U, reserve_space_2: U -> x_backprop: T, scale_backprop: U, offset_backprop: U, reserve_space_3: U, reserve_space_4: U",
        attrs!("T: {half, bfloat16, float}; U: {float}", "'NHWC', 'NCHW'", ""),
    ),
    backward(
        "FusedBatchNormGradV3",
        "y_backprop: T, x: T, scale: float, reserve_space_1: U, reserve_space_2: U, reserve_space_3: U -> x_backprop: T, scale_backprop: U, offset_backprop: U, reserve_space_4: U, reserve_space_5: U",
        attrs!("T: {half, bfloat16, float}; U: {float}", "'NHWC', 'NCHW', 'NDHWC', 'NCDHW'", ""),
    ),
];

const fn forward(name: &'static str, sig: &'static str, attrs: &'static str, reads: &'static [&'static str]) -> Entry {
    Entry {
        name,
        sig,
        attrs,
        doc: FORWARD,
        shape: ShapeRule::Rule(forward_shape),
        grad: Gradient::Rule(forward_grad, reads),
        gpu: Gpu::Template("norm"),
        test: TESTS,
        ..Entry::NEW
    }
}
const fn backward(name: &'static str, sig: &'static str, attrs: &'static str) -> Entry {
    Entry {
        name,
        sig,
        attrs,
        doc: BACKWARD,
        shape: ShapeRule::Rule(backward_shape),
        grad: Gradient::Rule(backward_grad, &["y_backprop", "x", "scale", "reserve_space_1", "reserve_space_2"]),
        gpu: Gpu::Template("norm"),
        test: TESTS,
        ..Entry::NEW
    }
}

/// Rank of the images, and whether channels are the second axis.
fn format(attrs: &Attrs) -> Result<(usize, bool)> {
    Ok(match attrs.str("data_format")? {
        "NCHW" => (4, true),
        "NDHWC" => (5, false),
        "NCDHW" => (5, true),
        _ => (4, false),
    })
}
/// The axis of the channels of images of this rank.
pub fn channel_axis(attrs: &Attrs, rank: usize) -> Result<usize> {
    Ok(if format(attrs)?.1 { 1 } else { rank.max(1) - 1 })
}

/// The shape of images, which input `i` holds. At run time they may be volumes in any format, as in TensorFlow.
fn images(c: &Infer, i: usize) -> Result<PartialShape> {
    let (rank, _) = format(c.attrs)?;
    let shape = c.shape(i);
    match shape.rank() {
        Some(4 | 5) if c.at_run_time => Ok(shape.clone()),
        Some(r) if r != rank => Err(c.fail(
            Code::InvalidArgument,
            format!("Shape must be rank {rank} but is rank {r}"),
            format!("input must be 4 or 5-dimensional{shape}"),
        )),
        Some(_) => Ok(shape.clone()),
        None => Ok(PartialShape::of_rank(rank)),
    }
}
/// The number of channels, by what was known and input `i`, which has a number for each.
fn channels(c: &Infer, known: Option<usize>, i: usize) -> Result<Option<usize>> {
    let (shape, name) = (c.shape(i), c.operand(i));
    if let Some(r) = shape.rank().filter(|r| *r != 1) {
        let kernel = format!("{name} must be 1-dimensional{shape}");
        return Err(c.fail(Code::InvalidArgument, format!("Shape must be rank 1 but is rank {r}"), kernel));
    }
    match (known, shape.dim(0)) {
        (Some(n), Some(m)) if n != m => {
            let kernel = format!("{name} must have the same number of elements as the channels of x, got {m} and {n}");
            let e = c.fail(Code::InvalidArgument, format!("Dimensions must be equal, but are {n} and {m}"), kernel);
            Err(e.fix(format!("there are {n} channels")))
        }
        (known, here) => Ok(known.or(here)),
    }
}
/// The images with a number of channels.
fn with_channels(c: &Infer, images: &PartialShape, n: Option<usize>) -> Result<PartialShape> {
    let mut dims = images.dims().map(<[_]>::to_vec).unwrap_or_default();
    let axis = channel_axis(c.attrs, dims.len())?;
    if let Some(d) = dims.get_mut(axis) {
        *d = d.or(n);
    }
    Ok(PartialShape::new(dims))
}

fn forward_shape(c: &mut Infer) -> Result<()> {
    let x = images(c, 0)?;
    let mut n = x.dim(channel_axis(c.attrs, x.rank().unwrap_or(4))?);
    for i in [1, 2] {
        n = channels(c, n, i)?;
    }
    let training = c.attrs.bool("is_training")?;
    for i in [3, 4] {
        if training || c.at_run_time {
            // The kernel says more about wrong sizes, and training may do without them.
            if let Some(r) = c.shape(i).rank().filter(|r| *r != 1) {
                let kernel = format!("estimated_{} must be 1-dimensional{}", c.operand(i), c.shape(i));
                return Err(c.fail(Code::InvalidArgument, format!("Shape must be rank 1 but is rank {r}"), kernel));
            }
        } else {
            n = channels(c, n, i)?;
        }
    }
    let images = with_channels(c, &x, n)?;
    c.set(0, images);
    for i in 1..5 {
        c.set(i, PartialShape::vector(n));
    }
    if c.n_outputs() > 5 {
        // TensorFlow leaves it open before the run.
        c.set(5, if c.at_run_time { PartialShape::scalar() } else { PartialShape::UNKNOWN });
    }
    Ok(())
}

fn backward_shape(c: &mut Infer) -> Result<()> {
    let (dy, x) = (images(c, 0)?, images(c, 1)?);
    let Some(both) = dy.merge(&x) else {
        let kernel = format!("x and y_backprop must have same shape, but x has shape {x} and y_backprop has shape {dy}");
        let graph = c.merge(&dy, &x).err().map_or_else(String::new, |e| e.message().to_string());
        return Err(c.fail(Code::InvalidArgument, graph, kernel));
    };
    let mut n = both.dim(channel_axis(c.attrs, both.rank().unwrap_or(4))?);
    for i in [2, 3, 4] {
        n = channels(c, n, i)?;
    }
    let images = with_channels(c, &both, n)?;
    c.set(0, images);
    c.set(1, PartialShape::vector(n));
    c.set(2, PartialShape::vector(n));
    c.set(3, PartialShape::vector(Some(0)));
    c.set(4, PartialShape::vector(Some(0)));
    Ok(())
}

/// The attributes that the gradient has in common.
fn common(g: &Grad) -> Result<Vec<(&'static str, Attr)>> {
    Ok(vec![
        ("epsilon", g.attrs.float("epsilon")?.into()),
        ("data_format", g.attrs.str("data_format")?.into()),
        ("is_training", g.attrs.bool("is_training")?.into()),
    ])
}

fn forward_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    // A gradient of the statistics alone reaches nothing, as in TensorFlow.
    let [mean, variance] = if g.attrs.bool("is_training")? { [g.y(3), g.y(4)] } else { [g.x(3), g.x(4)] };
    let (op, mut inputs) = match g.outputs.len() {
        6 => ("FusedBatchNormGradV3", vec![dy, g.x(0), g.x(1), mean, variance, g.y(5)]),
        _ if g.attrs.has("U") => ("FusedBatchNormGradV2", vec![dy, g.x(0), g.x(1), mean, variance]),
        _ => ("FusedBatchNormGrad", vec![dy, g.x(0), g.x(1), mean, variance]),
    };
    if b.dtype(g.x(1)) != DType::Float {
        for v in &mut inputs[2..] {
            *v = b.cast(*v, DType::Float);
        }
    }
    let found = b.outputs(op, &inputs, &common(g)?);
    let [dx, dscale, doffset, ..] = found[..] else { return Ok(vec![None; 5]) };
    let back = |b: &mut dyn Build, v: Val| if b.dtype(g.x(1)) != DType::Float { b.cast(v, DType::BFloat16) } else { v };
    let (dscale, doffset) = (back(b, dscale), back(b, doffset));
    some([Some(dx), Some(dscale), Some(doffset), None, None])
}

/// Second derivatives. With `n` elements of a channel, `r` the inverse deviation, `h = (x - mean) r`, and gradients `a` of dx,
/// `u` of dscale, `v` of doffset:
/// dx = scale r (dy - mean(dy) - h mean(dy h)), dscale = sum(dy h), doffset = sum(dy).
fn backward_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let [dy, x, scale, mean, variance] = [0, 1, 2, 3, 4].map(|i| g.x(i));
    let dtype = b.dtype(x);
    let (rank, first) = format(g.attrs)?;
    let rank = b.shape(x).rank().unwrap_or(rank);
    let attrs = common(g)?;
    let training = g.attrs.bool("is_training")?;
    let axes: Vec<i64> = (0..rank as i64).filter(|i| *i != if first { 1 } else { rank as i64 - 1 }).collect();
    // Statistics beside images of any format.
    let spread = |b: &mut dyn Build, v: Val| {
        if !first {
            return v;
        }
        let sizes: Vec<i64> = (0..rank).map(|i| if i == 1 { -1 } else { 1 }).collect();
        let sizes = b.ints(&sizes);
        b.reshape(v, sizes)
    };
    let total = |b: &mut dyn Build, v: Val| {
        let axes = b.ints(&axes);
        b.sum(v, axes, false)
    };
    let wide = |b: &mut dyn Build, v: Val| if dtype == DType::Float { v } else { b.cast(v, DType::Float) };
    let (dy32, x32) = (wide(b, dy), wide(b, x));
    let a = g.dys.first().copied().flatten().map(|v| wide(b, v));
    let [u, v] = [1, 2].map(|i| g.dys.get(i).copied().flatten());
    let epsilon = b.lit(variance, f64::from(g.attrs.float("epsilon")?));
    let shifted = b.add(variance, epsilon);
    let inverse = b.rsqrt(shifted);
    let (center, inverse_wide) = (spread(b, mean), spread(b, inverse));
    let away = b.sub(x32, center);
    let h = b.mul(away, inverse_wide);
    // The gradient of x for `w` in the place of dy and `s` in that of scale: s r (w - mean(w) - h mean(w h)).
    let through = |b: &mut dyn Build, w: Val, s: Val| {
        b.outputs("FusedBatchNormGrad", &[w, x32, s, mean, variance], &attrs).first().copied().unwrap_or(Val::POISONED)
    };
    let (mut ddy, mut dx, mut dscale) = (b.zeros_like(dy32), b.zeros_like(x32), b.zeros_like(scale));
    let mut moves = None;
    if let Some(a) = a {
        let part = through(b, a, scale);
        ddy = b.add(ddy, part);
        let product = b.mul(a, dy32);
        let mut strength = total(b, product);
        if training {
            let ones = b.ones_like(dy32);
            let n = total(b, ones);
            let (ah, dyh) = (b.mul(a, h), b.mul(dy32, h));
            let [sum_a, sum_dy, sum_ah, sum_dyh] = [a, dy32, ah, dyh].map(|v| total(b, v));
            let (plain, along) = (b.mul(sum_a, sum_dy), b.mul(sum_ah, sum_dyh));
            let both = b.add(plain, along);
            let lost = b.div(both, n);
            strength = b.sub(strength, lost);
            // What h changes: scale r (-1/n) (a sum(dy h) + dy sum(a h)) for each element, and r for all.
            let slope = b.mul(scale, inverse);
            let slope = b.div(slope, n);
            let (along_a, along_dy) = (b.mul(slope, sum_dyh), b.mul(slope, sum_ah));
            let (along_a, along_dy) = (spread(b, along_a), spread(b, along_dy));
            let (first, second) = (b.mul(a, along_a), b.mul(dy32, along_dy));
            let sum = b.add(first, second);
            moves = Some(b.neg(sum));
            let inverse2 = b.mul(slope, inverse);
            let factor = b.mul(inverse2, strength);
            let factor = spread(b, factor);
            let part = b.mul(h, factor);
            dx = b.sub(dx, part);
        }
        dscale = b.mul(inverse, strength);
    }
    if let Some(u) = u {
        let u = spread(b, u);
        let (along_h, along_dy) = (b.mul(h, u), b.mul(dy32, u));
        ddy = b.add(ddy, along_h);
        moves = Some(match moves {
            Some(m) => b.add(m, along_dy),
            None => along_dy,
        });
    }
    if let Some(moves) = moves {
        let ones = b.ones_like(scale);
        let part = through(b, moves, ones);
        dx = b.add(dx, part);
    }
    if let Some(v) = v {
        let v = spread(b, v);
        ddy = b.add(ddy, v);
    }
    let (ddy, dx) = if dtype == DType::Float { (ddy, dx) } else { (b.cast(ddy, dtype), b.cast(dx, dtype)) };
    let mut all = vec![Some(ddy), Some(dx), Some(dscale)];
    all.resize(g.inputs.len(), None);
    some(all)
}

const LAYER_NORM: Entry = Entry {
    name: "_FusedLayerNorm",
    sig: "x: T, scale: T, offset: T -> y: T, mean: T, variance: T",
    attrs: "T: {float, double}; epsilon: float = 0.001",
    doc: "Normalises along the last axis as the single ops do: m = Mean(x), v = Mean(SquaredDifference(x, m)), both with an axis of \
          size 1, f = Rsqrt(v + epsilon) * scale, y = x * f + (offset - m * f). `scale` and `offset` have the size of the last axis.",
    shape: ShapeRule::Rule(layer_norm_shape),
    grad: Gradient::Missing("gradients are taken before programs are compiled"),
    ..Entry::NEW
};

/// `_FusedLayerNorm`; None only if its own entry is faulty. Graphs never hold it.
pub fn fused_layer_norm() -> Option<&'static OpDef> {
    static OP: OnceLock<Option<OpDef>> = OnceLock::new();
    OP.get_or_init(|| parse(LAYER_NORM, u32::MAX).ok()).as_ref()
}

fn layer_norm_shape(c: &mut Infer) -> Result<()> {
    let x = c.with_rank_at_least(0, 1)?;
    let Some(dims) = x.dims() else {
        (0..3).for_each(|i| c.set(i, PartialShape::UNKNOWN));
        return Ok(());
    };
    let last = dims.len() - 1;
    for i in [1, 2] {
        if let (Some(n), Some(m)) = (dims[last], c.with_rank(i, 1)?.dim(0))
            && n != m
        {
            bail!(Internal, "{m} numbers for a last axis of {n}");
        }
    }
    let column = PartialShape::new([&dims[..last], &[Some(1)]].concat());
    c.set(0, x.clone());
    c.set(1, column.clone());
    c.set(2, column);
    Ok(())
}
