//! Kernels of batch normalisation and its gradient: a workgroup for each channel.
use super::elementwise::function;
use crate::memory::SINGLES;
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::nn::norm::channel_axis;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result, bail};

const FLOAT: &[DType] = &[DType::Float];
const TYPES: &[(&str, &[DType])] = &[("T", SINGLES), ("U", FLOAT)];
/// Estimated time on the host, in nanoseconds.
const NS: f32 = 3000.0;

const fn kernel(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: TYPES, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("FusedBatchNorm", |p| prepare(p, forward)),
    kernel("FusedBatchNormV2", |p| prepare(p, forward)),
    kernel("FusedBatchNormV3", |p| prepare(p, forward)),
    kernel("FusedBatchNormGrad", |p| prepare(p, backward)),
    kernel("FusedBatchNormGradV2", |p| prepare(p, backward)),
    kernel("FusedBatchNormGradV3", |p| prepare(p, backward)),
    Kernel {
        op: "_FusedLayerNorm",
        types: &[("T", FLOAT)],
        outputs: Outputs::Runtime,
        prepare: |p| Ok(Prepared::with(layer, NS, p.attrs.float("epsilon")?)),
    },
];

struct Plan {
    epsilon: f32,
    average: f32,
    training: bool,
    channels: usize,
    inner: usize,
    /// Elements of a channel.
    count: usize,
}

fn prepare(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let shape = p.shape(0);
    let axis = channel_axis(p.attrs, shape.rank())?;
    let plan = Plan {
        epsilon: p.attrs.float("epsilon")?,
        average: p.attrs.float("exponential_avg_factor").unwrap_or(1.0),
        training: p.attrs.bool("is_training")?,
        channels: shape[axis],
        inner: shape[axis + 1..].iter().product(),
        count: shape.count().checked_div(shape[axis]).unwrap_or(0),
    };
    Ok(Prepared::with(run, NS, plan))
}

impl Plan {
    fn numbers(&self) -> Vec<(&'static str, usize)> {
        vec![
            ("channels", self.channels),
            ("inner", self.inner.max(1)),
            ("elements", self.count),
            ("epsilon", self.epsilon.to_bits() as usize),
            ("average", self.average.to_bits() as usize),
            ("training", usize::from(self.training)),
        ]
    }
    /// InvalidArgument if operand `i` does not have a number for each channel.
    fn check(&self, call: &Call, i: usize, when: &str, name: &str) -> Result<()> {
        let (n, channels) = (call.input(i).count(), self.channels);
        if n != channels {
            bail!(InvalidArgument, "{when}{name} must have the same number of elements as the channels of x, got {n} and {channels}");
        }
        Ok(())
    }
}

const PLACE: &str = "
fn place(channel: u32, n: u32) -> u32 { return (n / $inner * $channels + channel) * $inner + n % $inner; }
";

fn forward(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    let averages = plan.training && plan.average != 1.0;
    for (i, name) in [(3, "mean"), (4, "variance")] {
        if averages {
            plan.check(call, i, "When exponential_avg_factor != 1, ", name)?;
        } else if !plan.training {
            plan.check(call, i, "When is_training=false, ", name)?;
        }
    }
    if let Some(reserve) = call.outs.get(5) {
        let zeros = Shader {
            name: "zeros",
            results: vec![reserve],
            operands: vec![],
            numbers: vec![],
            list: vec![],
            spread: Spread::Each(reserve.count()),
        };
        zeros.run(|| (String::new(), "    put0(i, R0());\n".into()))?;
    }
    let shader = Shader {
        name: "FusedBatchNorm",
        results: call.outs[..5].iter().collect(),
        operands: (0..5).map(|i| call.input(i)).collect(),
        numbers: plan.numbers(),
        list: vec![],
        spread: Spread::Rows(plan.channels),
    };
    // The variance of the population is larger than that of a sample.
    let body = "
    let n = f32($elements);
    var mean = 0.0;
    var variance = 0.0;
    if ($training == 1u) {
        for (var j = l; j < $elements; j = j + 256u) { mean = mean + x0(place(row, j)); }
        mean = total(l, mean) / n;
        for (var j = l; j < $elements; j = j + 256u) {
            let d = x0(place(row, j)) - mean;
            variance = variance + d * d;
        }
        variance = total(l, variance) / n;
    } else {
        mean = x3(row);
        variance = x4(row);
    }
    let factor = x1(row) / sqrt(variance + bitcast<f32>($epsilon));
    let shift = x2(row);
    for (var j = l; j < $elements; j = j + 256u) {
        let at = place(row, j);
        put0(at, (x0(at) - mean) * factor + shift);
    }
    if (l == 0u) {
        let average = bitcast<f32>($average);
        var unbiased = variance;
        if ($training == 1u) { unbiased = variance * (n / max(n - 1.0, 1.0)); }
        var kept_mean = mean;
        if ($training == 1u && average != 1.0) {
            kept_mean = (1.0 - average) * x3(row) + average * mean;
            unbiased = (1.0 - average) * x4(row) + average * unbiased;
        }
        if ($elements == 0u) {
            put1(row, nan());
            put2(row, nan());
            put3(row, 0.0);
            put4(row, 0.0);
        } else {
            put1(row, kept_mean);
            put2(row, unbiased);
            put3(row, mean);
            put4(row, variance);
        }
    }
";
    shader.run_rounds(3 * plan.count.div_ceil(256), || (PLACE.into(), body.into()))
}

/// dx = slope (dy - mean of dy - (x - mean) correlation / variance): only the first term if mean and variance are given.
fn backward(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan>()?;
    for (i, name) in [(2, "scale"), (3, "reserve_space_1"), (4, "reserve_space_2")] {
        plan.check(call, i, "", name)?;
    }
    let shader = Shader {
        name: "FusedBatchNormGrad",
        results: call.outs[..3].iter().collect(),
        operands: (0..5).map(|i| call.input(i)).collect(),
        numbers: plan.numbers(),
        list: vec![],
        spread: Spread::Rows(plan.channels),
    };
    let body = "
    let n = f32($elements);
    let mean = x3(row);
    let inverse = 1.0 / sqrt(x4(row) + bitcast<f32>($epsilon));
    var sum = 0.0;
    var correlation = 0.0;
    for (var j = l; j < $elements; j = j + 256u) {
        let at = place(row, j);
        sum = sum + x0(at);
        correlation = correlation + (x1(at) - mean) * x0(at);
    }
    sum = total(l, sum);
    correlation = total(l, correlation);
    let slope = x2(row) * inverse;
    var factor = 0.0;
    var shift = 0.0;
    if ($training == 1u) {
        factor = -slope * inverse * inverse * (correlation / n);
        shift = -slope * (sum / n);
    }
    for (var j = l; j < $elements; j = j + 256u) {
        let at = place(row, j);
        put0(at, (x1(at) - mean) * factor + x0(at) * slope + shift);
    }
    if (l == 0u) {
        put1(row, correlation * inverse);
        put2(row, sum);
    }
";
    shader.run_rounds(2 * plan.count.div_ceil(256), || (PLACE.into(), body.into()))
}

/// A workgroup for each row: the moments, then y = x f + (offset - mean f) with f = scale / sqrt(variance + epsilon).
fn layer(p: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let columns = x.shape().last().copied().unwrap_or(1);
    let shader = Shader {
        name: "_FusedLayerNorm",
        results: call.outs.iter().collect(),
        operands: (0..3).map(|i| call.input(i)).collect(),
        numbers: vec![("columns", columns), ("epsilon", p.plan::<f32>()?.to_bits() as usize)],
        list: vec![],
        spread: Spread::Rows(call.outs[1].count()),
    };
    let body = "
    let n = f32($columns);
    let base = row * $columns;
    var sum = 0.0;
    for (var j = l; j < $columns; j = j + 256u) { sum = sum + x0(base + j); }
    let mean = total(l, sum) / n;
    sum = 0.0;
    for (var j = l; j < $columns; j = j + 256u) {
        let d = kept(x0(base + j) - mean);
        sum = sum + kept(d * d);
    }
    let variance = total(l, sum) / n;
    let inverse = inverse_root(kept(variance + bitcast<f32>($epsilon)));
    for (var j = l; j < $columns; j = j + 256u) {
        let factor = kept(inverse * x1(j));
        put0(base + j, kept(x0(base + j) * factor) + kept(x2(j) - kept(mean * factor)));
    }
    if (l == 0u) {
        put1(row, mean);
        put2(row, variance);
    }
";
    let root = function("Rsqrt", "inverse_root")?;
    shader.run_rounds(3 * columns.div_ceil(256), || (root, body.into()))
}
