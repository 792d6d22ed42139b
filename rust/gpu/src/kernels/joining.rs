//! Kernels that join tensors, cut them into parts, and pad them.
use super::spread::strides;
use crate::frames::combined;
use crate::memory::{NUMBERS, STORED};
use crate::shader::{Shader, Spread};
use ferroflow_ops::ops::array::joining::split_sizes;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Result};

const T: &[(&str, &[DType])] = &[("T", STORED)];

const fn kernel(op: &'static str, prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    Kernel { op, types: T, outputs: Outputs::Runtime, prepare }
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    kernel("ConcatV2", |_| Ok(Prepared::new(concat, NS))),
    kernel("Pack", |p| Ok(Prepared::with(pack, NS, p.attrs.int("axis")?))),
    kernel("Unpack", |p| Ok(Prepared::with(unpack, NS, p.attrs.int("axis")?))),
    kernel("Split", |_| Ok(Prepared::new(split, NS))),
    kernel("SplitV", |_| Ok(Prepared::new(split_v, NS))),
    kernel("Pad", |_| Ok(Prepared::with(pad, NS, None::<usize>))),
    kernel("PadV2", |_| Ok(Prepared::with(pad, NS, None::<usize>))),
    Kernel {
        op: "MirrorPadGrad",
        types: &[("T", NUMBERS)],
        outputs: Outputs::Runtime,
        prepare: |p| Ok(Prepared::with(fold, NS, usize::from(p.attrs.str("mode")? == "REFLECT"))),
    },
    kernel("MirrorPad", |p| Ok(Prepared::with(pad, NS, Some(usize::from(p.attrs.str("mode")? == "REFLECT"))))),
];

/// Estimated time on the host, in nanoseconds.
const NS: f32 = 1500.0;

/// An axis counted from the front.
pub fn front(axis: i64, rank: usize) -> usize {
    axis.rem_euclid(rank.max(1) as i64) as usize
}

/// The first value of a host operand of integers.
pub fn first(call: &Call, i: usize) -> Result<i64> {
    Ok(call.input(i).to_i64()?.first().copied().unwrap_or(0))
}

/// Copies `n` operands into the result, each a piece of every row; `piece` says how long it is.
fn join(call: &mut Call, n: usize, piece: impl Fn(&[usize]) -> usize) -> Result<()> {
    let pieces: Vec<usize> = (0..n).map(|i| piece(call.input(i).shape())).collect();
    let (row, mut before) = (pieces.iter().sum(), 0);
    for (i, piece) in pieces.into_iter().enumerate() {
        let from = call.input(i);
        let shader = Shader {
            name: "join",
            results: vec![&call.outs[0]],
            operands: vec![from],
            numbers: vec![("piece", piece), ("row", row), ("before", before)],
            list: vec![],
            spread: Spread::Each(from.count()),
        };
        shader.run(|| (String::new(), "    put0(i / $piece * $row + $before + i % $piece, x0(i));\n".into()))?;
        before += piece;
    }
    Ok(())
}

/// Cuts operand `from` along an axis, into as long parts as the results.
fn cut(call: &mut Call, from: usize, axis: usize, sizes: &[usize]) -> Result<()> {
    let whole = call.input(from);
    let inner: usize = whole.shape()[axis + 1..].iter().product();
    let (row, mut before) = (whole.shape()[axis] * inner, 0);
    for (out, n) in call.outs.iter().zip(sizes) {
        let piece = n * inner;
        let shader = Shader {
            name: "cut",
            results: vec![out],
            operands: vec![whole],
            numbers: vec![("piece", piece), ("row", row), ("before", before)],
            list: vec![],
            spread: Spread::Each(out.count()),
        };
        shader.run(|| (String::new(), "    put0(i, x0(i / $piece * $row + $before + i % $piece));\n".into()))?;
        before += piece;
    }
    Ok(())
}

fn concat(_: &Prepared, call: &mut Call) -> Result<()> {
    let n = call.n_inputs() - 1;
    let axis = front(first(call, n)?, call.input(0).shape().rank());
    join(call, n, |shape| shape[axis..].iter().product())
}

fn pack(p: &Prepared, call: &mut Call) -> Result<()> {
    let axis = front(*p.plan::<i64>()?, call.input(0).shape().rank() + 1);
    join(call, call.n_inputs(), |shape| shape[axis..].iter().product())
}

fn unpack(p: &Prepared, call: &mut Call) -> Result<()> {
    let axis = front(*p.plan::<i64>()?, call.input(0).shape().rank());
    let sizes = vec![1; call.outs.len()];
    cut(call, 0, axis, &sizes)
}

fn split(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(1).shape();
    let axis = front(first(call, 0)?, shape.rank());
    let sizes = vec![shape[axis] / call.outs.len().max(1); call.outs.len()];
    cut(call, 1, axis, &sizes)
}

fn split_v(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(0).shape();
    let axis = front(first(call, 2)?, shape.rank());
    let sizes = split_sizes(&call.input(1).to_i64()?, Some(shape[axis]), true)?;
    cut(call, 0, axis, &sizes.into_iter().map(|s| s.unwrap_or(0)).collect::<Vec<_>>())
}

/// Pads with a value, or with what is mirrored at the edges: with the edges themselves if the plan is 0, without if it is 1.
fn pad(p: &Prepared, call: &mut Call) -> Result<()> {
    let mirrored = *p.plan::<Option<usize>>()?;
    let (x, out, pads) = (call.input(0), &call.outs[0], call.input(1).to_i64()?);
    let axes = out.shape().iter().zip(x.shape().iter()).zip(strides(x.shape())).zip(pads.chunks_exact(2));
    let list = axes.flat_map(|(((to, from), step), pad)| [*to as u32, *from as u32, step as u32, pad[0] as u32]).collect();
    let mut operands = vec![x];
    if call.n_inputs() == 3 {
        operands.push(call.input(2));
    }
    let name = match (mirrored, operands.len()) {
        (Some(_), _) => "MirrorPad",
        (_, 1) => "Pad",
        _ => "PadV2",
    };
    let shader = Shader {
        name,
        results: vec![out],
        operands,
        numbers: vec![("rank", x.shape().rank()), ("skip", mirrored.unwrap_or(0))],
        list,
        spread: Spread::Each(out.count()),
    };
    shader.run(|| {
        let place = match name {
            "MirrorPad" => {
                "        if (k < 0) { k = i32($skip) - 1 - k; }\n        if (k >= size) { k = 2 * size - 1 - i32($skip) - k; }\n"
            }
            _ => "        inside = inside && k >= 0 && k < size;\n",
        };
        let outside = if name == "PadV2" { "x1(0u)" } else { "R0()" };
        let body = format!(
            "    var rest = i;
    var at = 0u;
    var inside = true;
    for (var d = $rank; d > 0u; d = d - 1u) {{
        let axis = $list + (d - 1u) * 4u;
        let size = i32(p[axis + 1u]);
        var k = i32(rest % p[axis]) - i32(p[axis + 3u]);
        rest = rest / p[axis];
{place}        at = at + u32(k) * p[axis + 2u];
    }}
    if (inside) {{ put0(i, x0(at)); }} else {{ put0(i, {outside}); }}
"
        );
        (String::new(), body)
    })
}

/// The gradient of a mirrored padding: axis by axis, what lies in the padding is added to what it mirrors.
fn fold(p: &Prepared, call: &mut Call) -> Result<()> {
    let (skip, pads, device) = (*p.plan::<usize>()?, call.input(1).to_i64()?, call.run.device);
    let (mut whole, result) = (call.input(0).clone(), call.outs[0].shape().clone());
    let dtype = whole.dtype();
    for (d, n) in result.iter().enumerate() {
        let mut shape = whole.shape().clone();
        shape.dims_mut()[d] = *n;
        let last = d + 1 == result.rank();
        let folded = if last { call.outs[0].clone() } else { device.allocate(dtype, &shape)? };
        let (before, after) = (pads[2 * d] as usize, pads[2 * d + 1] as usize);
        let inner: usize = shape[d + 1..].iter().product();
        let shader = Shader {
            name: "fold",
            results: vec![&folded],
            operands: vec![&whole],
            numbers: vec![("inner", inner), ("size", *n), ("before", before), ("after", after), ("skip", skip)],
            list: vec![],
            spread: Spread::Each(folded.count()),
        };
        let add = |at: &str| combined(dtype, "sum", "+", &format!("x0(row + ({at}) * $inner)"));
        let body = format!(
            "    let j = i / $inner % $size;
    let row = i / ($inner * $size) * ($before + $size + $after) * $inner + i % $inner;
    var sum = x0(row + ($before + j) * $inner);
    if (j >= $skip && j < $before + $skip) {{ sum = {}; }}
    let rest = $size - 1u - j;
    if (rest >= $skip && rest < $after + $skip) {{ sum = {}; }}
    put0(i, sum);
",
            add("$before + $skip - 1u - j"),
            add("$before + $size + rest - $skip")
        );
        shader.run(|| (String::new(), body))?;
        whole = folded;
    }
    // A scalar has no axis.
    if result.rank() == 0 {
        let copy = Shader {
            name: "copy",
            results: vec![&call.outs[0]],
            operands: vec![&whole],
            numbers: vec![],
            list: vec![],
            spread: Spread::Each(1),
        };
        copy.run(|| (String::new(), "    put0(i, x0(i));\n".into()))?;
    }
    Ok(())
}
