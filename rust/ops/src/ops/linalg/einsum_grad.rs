//! The gradient of Einsum: einsums of the gradient with the other operand.
use crate::build::{Build, Grad, GradValue, Val, dense};
use ferroflow_tensor::{Result, bail};

const ELLIPSIS: &str = "...";

fn einsum(b: &mut dyn Build, inputs: &[Val], equation: String) -> Val {
    b.call("Einsum", inputs, &[("equation", equation.as_str().into()), ("N", (inputs.len() as i64).into())])
}

/// Gradient of Einsum. Letters that only one operand has are spread again, diagonals are filled, broadcast axes summed.
pub fn einsum_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let equation = g.attrs.str("equation")?;
    let Some((left, output)) = equation.split_once("->") else {
        bail!(InvalidArgument, "Expecting exactly one '->' in einsum equation: {equation}")
    };
    let dy = g.dy(b, 0);
    let Some((x_subs, y_subs)) = left.split_once(',') else {
        return dense([spread(b, dy, output, left, g.x(0))]);
    };
    // An operand without an ellipsis broadcasts as one with an ellipsis of no axes.
    let with_ellipsis = |s: &str| if output.contains(ELLIPSIS) && !s.contains(ELLIPSIS) { format!("{ELLIPSIS}{s}") } else { s.to_string() };
    let (x_subs, y_subs) = (with_ellipsis(x_subs), with_ellipsis(y_subs));
    let (x, y) = (g.x(0), g.x(1));
    let (cx, cy) = (b.conj_if_complex(x), b.conj_if_complex(y));
    let mut dx = wrt(b, dy, cy, x, &x_subs, &y_subs, output);
    let mut dz = wrt(b, dy, cx, y, &y_subs, &x_subs, output);
    if output.contains(ELLIPSIS) {
        let (sx, sy) = (b.shape_of(x), b.shape_of(y));
        let (bx, by) = (broadcast_part(b, sx, &x_subs), broadcast_part(b, sy, &y_subs));
        let axes = b.outputs("BroadcastGradientArgs", &[bx, by], &[]);
        let sum = |b: &mut dyn Build, d: Val, i: usize, subs: &str, shape: Val| {
            let start = b.int(subs.find(ELLIPSIS).unwrap_or(0) as i64);
            let axes = axes.get(i).copied().unwrap_or(Val::POISONED);
            let axes = b.add(axes, start);
            let d = b.sum(d, axes, false);
            b.reshape(d, shape)
        };
        dx = sum(b, dx, 0, &x_subs, sx);
        dz = sum(b, dz, 1, &y_subs, sy);
    }
    dense([dx, dz])
}

/// The letters of `subs` that `others` lack, each once.
fn letters_missing(subs: &str, others: &[&str]) -> String {
    let mut out = String::new();
    for c in subs.chars().filter(|c| *c != '.') {
        if !out.contains(c) && !others.iter().any(|o| o.contains(c)) {
            out.push(c);
        }
    }
    out
}

/// The gradient for the operand `x`, before broadcast axes are summed.
fn wrt(b: &mut dyn Build, dy: Val, other: Val, x: Val, x_subs: &str, other_subs: &str, output: &str) -> Val {
    let only = letters_missing(x_subs, &[other_subs, output]);
    let kept: String = x_subs.chars().filter(|c| !only.contains(*c)).collect();
    // A diagonal is filled in a second step, as is what the operand alone summed over.
    let mut unique = String::new();
    for c in kept.chars() {
        if c == '.' || !unique.contains(c) {
            unique.push(c);
        }
    }
    let d = einsum(b, &[dy, other], format!("{output},{other_subs}->{unique}"));
    if only.is_empty() && unique == x_subs { d } else { spread(b, d, &unique, x_subs, x) }
}

/// The gradient of a one-operand einsum `input->output` of `x`, with what it summed over spread again.
fn spread(b: &mut dyn Build, d: Val, output: &str, input: &str, x: Val) -> Val {
    let reduced = letters_missing(input, &[output]);
    if reduced.is_empty() {
        return einsum(b, &[d], format!("{output}->{input}"));
    }
    let shape = b.shape_of(x);
    let rank_known = b.shape(x).rank();
    let mut sizes = vec![];
    for c in reduced.chars() {
        let at = input.find(c).unwrap_or(0);
        // Axes behind the ellipsis are counted from the end.
        let at = match input.find(ELLIPSIS) {
            Some(e) if at > e => at as i64 - input.len() as i64,
            _ => at as i64,
        };
        let at = match rank_known {
            Some(r) if at < 0 => at + r as i64,
            _ => at,
        };
        let (begin, end, step) = (b.ints(&[at]), b.ints(&[if at == -1 { i32::MAX as i64 } else { at + 1 }]), b.ints(&[1]));
        sizes.push(b.call("StridedSlice", &[shape, begin, end, step], &[]));
    }
    let ones = b.ints(&vec![1; sizes.len()]);
    let kind = b.shape_of(d);
    let thin = b.concat(&[ones, kind], 0);
    sizes.push(kind);
    let wide = b.concat(&sizes, 0);
    let d = b.reshape(d, thin);
    let d = b.call("BroadcastTo", &[d, wide], &[]);
    einsum(b, &[d], format!("{reduced}{output}->{input}"))
}

/// The part of a shape vector that an ellipsis stands for.
fn broadcast_part(b: &mut dyn Build, shape: Val, subs: &str) -> Val {
    let start = subs.find(ELLIPSIS).unwrap_or(0);
    let after = subs.len() - start - ELLIPSIS.len();
    let end = if after == 0 { i32::MAX as i64 } else { -(after as i64) };
    let (begin, end, step) = (b.ints(&[start as i64]), b.ints(&[end]), b.ints(&[1]));
    b.call("StridedSlice", &[shape, begin, end, step], &[])
}
