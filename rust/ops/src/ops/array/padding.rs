//! Padding with constants and reflections, and reversal.
use super::MOVES;
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail, error};

const PAD_ATTRS: &str = "T: type; Tpaddings: {int32, int64} = int32";
const MIRROR_ATTRS: &str = "T: type; Tpaddings: {int32, int64} = int32; mode: {'REFLECT', 'SYMMETRIC'}";

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Pad",
        sig: "input: T, paddings: Tpaddings -> output: T",
        attrs: PAD_ATTRS,
        doc: "The input with `paddings[i, 0]` zeros before and `paddings[i, 1]` after it along axis i. Errors: InvalidArgument unless `paddings` is a matrix with two columns and a row per axis, none negative.",
        host: &["paddings"],
        shape: ShapeRule::Rule(pad),
        grad: Gradient::Rule(pad_grad, &["input", "paddings"]),
        gpu: MOVES,
        test: Test::calls(
            "np.pad(input, [tuple(p) for p in paddings]) if input.ndim else input",
            &[
                "input=f(2,3), paddings=c([[1, 0], [2, 3]], 'int32')",
                "input=f(0,3), paddings=c([[1, 1], [0, 0]], 'int64')",
                "input=f(), paddings=c(np.zeros((0, 2)), 'int32')",
                "input=f(1,2,1,1,2,1,1,2), paddings=c([[0, 1]] * 8, 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "PadV2",
        sig: "input: T, paddings: Tpaddings, constant_values: T -> output: T",
        attrs: PAD_ATTRS,
        doc: "The input with `paddings[i, 0]` elements of the value `constant_values`, a scalar, before and `paddings[i, 1]` after it along axis i. Errors: InvalidArgument unless `paddings` is a matrix with two columns and a row per axis, none negative.",
        host: &["paddings"],
        shape: ShapeRule::Rule(pad),
        grad: Gradient::Rule(pad_grad, &["input", "paddings"]),
        gpu: MOVES,
        test: Test::calls(
            "np.pad(input, [tuple(p) for p in paddings], constant_values=constant_values) if input.ndim else input",
            &[
                "input=f(2,3), paddings=c([[1, 0], [2, 3]], 'int32'), constant_values=f()",
                "input=f(0), paddings=c([[2, 1]], 'int64'), constant_values=f()",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "MirrorPad",
        sig: "input: T, paddings: Tpaddings -> output: T",
        attrs: MIRROR_ATTRS,
        doc: "The input continued by its mirror image, `paddings[i, 0]` elements before and `paddings[i, 1]` after it along axis i. In mode 'REFLECT' the border element is the mirror and is not repeated, in mode 'SYMMETRIC' it is. Errors: InvalidArgument if a padding is longer than the image.",
        host: &["paddings"],
        shape: ShapeRule::Rule(pad),
        grad: Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                let mode = g.attrs.str("mode")?;
                some([Some(b.call("MirrorPadGrad", &[dy, g.x(1)], &[("mode", mode.into())])), None])
            },
            &["paddings"],
        ),
        gpu: MOVES,
        test: Test::calls(
            "np.pad(input, [tuple(p) for p in paddings], mode=mode.lower())",
            &[
                "input=f(4,3), paddings=c([[1, 3], [2, 0]], 'int32'), mode='REFLECT'",
                "input=f(4,3), paddings=c([[1, 4], [3, 0]], 'int64'), mode='SYMMETRIC'",
                "input=f(2,3,2), paddings=c([[1, 0], [0, 2], [1, 1]], 'int32'), mode='REFLECT'",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "MirrorPadGrad",
        sig: "input: T, paddings: Tpaddings -> output: T",
        attrs: MIRROR_ATTRS,
        doc: "The gradient of MirrorPad: the input without its paddings, to which the paddings are added where they were mirrored from. Errors: InvalidArgument if a padding is longer than the image.",
        host: &["paddings"],
        shape: ShapeRule::Rule(mirror_pad_grad),
        grad: Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                let mode = g.attrs.str("mode")?;
                some([Some(b.call("MirrorPad", &[dy, g.x(1)], &[("mode", mode.into())])), None])
            },
            &["paddings"],
        ),
        gpu: MOVES,
        test: super::OWN,
        ..Entry::NEW
    },
    Entry {
        name: "ReverseV2",
        sig: "tensor: T, axis: Tidx -> output: T",
        attrs: "Tidx: {int32, int64} = int32; T: {uint8, int8, uint16, int16, int32, uint32, int64, uint64, bool, bfloat16, half, float, double, complex64, complex128, string}",
        doc: "The tensor with the order of elements reversed along the axes in the vector `axis` (negative ones count from the end). Errors: InvalidArgument for axes that are out of range or repeated.",
        host: &["axis"],
        shape: ShapeRule::Rule(reverse),
        grad: Gradient::Rule(
            |b, g| {
                let dy = g.dy(b, 0);
                some([Some(b.call("ReverseV2", &[dy, g.x(1)], &[])), None])
            },
            &["axis"],
        ),
        gpu: MOVES,
        test: Test::calls(
            "np.flip(tensor, tuple(axis))",
            &[
                "tensor=f(2,3), axis=c([1], 'int32')",
                "tensor=f(2,3), axis=c([0, -1], 'int64')",
                "tensor=f(2,3), axis=c([], 'int32')",
                "tensor=f(0,3), axis=c([0], 'int32')",
                "tensor=f(), axis=c([], 'int32')",
                "tensor=f(1,2,1,3,2,1,1,2), axis=c([3, 7], 'int32')",
                "tensor=s('a', 'b'), axis=c([0], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ReverseSequence",
        sig: "input: T, seq_lengths: Tlen -> output: T",
        attrs: "seq_dim: int; batch_dim: int = 0; T: type; Tlen: {int32, int64} = int64",
        doc: "The input with, for each position i along `batch_dim`, the first `seq_lengths[i]` elements along `seq_dim` reversed. Errors: InvalidArgument for lengths that are negative or longer than that axis.",
        shape: ShapeRule::Rule(reverse_sequence),
        grad: Gradient::Rule(reverse_sequence_grad, &["seq_lengths"]),
        gpu: MOVES,
        test: Test::calls(
            "np.moveaxis(np.stack([np.concatenate([x[:n][::-1], x[n:]]) for x, n in zip(np.moveaxis(input, (batch_dim, seq_dim), (0, 1)), seq_lengths)]), (0, 1), (batch_dim, seq_dim))",
            &[
                "input=f(2,4), seq_lengths=c([3, 0], 'int64'), seq_dim=1, batch_dim=0",
                "input=f(4,2,3), seq_lengths=c([4, 1, 2], 'int32'), seq_dim=0, batch_dim=2",
            ],
        ),
        ..Entry::NEW
    },
];

/// Checks the paddings operand; gives them for each axis, as far as known.
fn paddings(c: &Infer) -> Result<Option<Vec<[Option<usize>; 2]>>> {
    let (shape, operand) = (c.shape(0), c.shape(1));
    let comma = if c.op.name == "Pad" || c.op.name == "PadV2" { "" } else { "," };
    if c.at_run_time {
        if operand.rank() != Some(2) || operand.dim(1) != Some(2) {
            bail!(InvalidArgument, "paddings must be a matrix with 2 columns: {operand}");
        }
        if operand.dim(0) != shape.rank() {
            bail!(InvalidArgument, "The first dimension of paddings must be the rank of inputs{operand}{comma} {shape}");
        }
    }
    let operand = c.with_rank(1, 2)?;
    c.merge_dim(operand.dim(1), Some(2))
        .map_err(|_| error!(InvalidArgument, "Dimension must be 2 but is {}", operand.dim(1).unwrap_or(0)))?;
    if let Some(n) = operand.dim(0) {
        c.with_rank(0, n)?;
    }
    let Some(rank) = operand.dim(0).or(shape.rank()) else { return Ok(None) };
    let Some(known) = c.tensor(1) else { return Ok(Some(vec![[None; 2]; rank])) };
    let numbers = known.to_i64()?;
    let mut out = vec![];
    for p in numbers.chunks_exact(2) {
        let (Ok(a), Ok(b)) = (usize::try_from(p[0]), usize::try_from(p[1])) else {
            let word = if comma.is_empty() { "Paddings" } else { "paddings" };
            let kernel = format!("{word} must be non-negative: {} {}", p[0], p[1]);
            return Err(c.fail(
                ferroflow_tensor::Code::InvalidArgument,
                format!("Paddings must be non-negative: {} {}", p[0], p[1]),
                kernel,
            ));
        };
        out.push([Some(a), Some(b)]);
    }
    Ok(Some(out))
}

/// Checks the paddings of a mirror image against the size of the axis that is mirrored.
fn check_mirror(c: &Infer, i: usize, before: usize, after: usize, size: usize, of_gradient: bool) -> Result<()> {
    let reflect = c.attrs.str("mode")? == "REFLECT";
    let limit = if reflect { size.saturating_sub(1) } else { size };
    if before <= limit && after <= limit && !(reflect && size == 0 && before + after > 0) {
        return Ok(());
    }
    let which = if of_gradient { "output dimension" } else { "dimension" };
    let m = match reflect {
        true => format!("paddings must be less than the {which} size: {before}, {after} not less than {size}"),
        false => format!("paddings must be no greater than the {which} size: {before}, {after} greater than {size}"),
    };
    Err(error!(InvalidArgument, "{m}").axis(i.to_string()))
}

fn pad(c: &mut Infer) -> Result<()> {
    if c.n_inputs() == 3 {
        if c.at_run_time && c.shape(2).rank() != Some(0) {
            bail!(InvalidArgument, "constant_values must be a scalar. Found: {}", c.shape(2));
        }
        c.with_rank(2, 0)?;
    }
    let Some(pads) = paddings(c)? else { return Ok(()) };
    let mut out = vec![];
    for (i, [a, b]) in pads.iter().enumerate() {
        let size = c.shape(0).dim(i);
        if let (Some(a), Some(b), Some(d), true) = (a, b, size, c.attrs.has("mode")) {
            check_mirror(c, i, *a, *b, d, false)?;
        }
        let total = a.zip(*b).zip(size).map(|((a, b), d)| a.checked_add(b).and_then(|p| p.checked_add(d)));
        out.push(total.map(|t| t.ok_or_else(|| error!(InvalidArgument, "the size of axis {i} overflows"))).transpose()?);
    }
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn mirror_pad_grad(c: &mut Infer) -> Result<()> {
    let Some(pads) = paddings(c)? else { return Ok(()) };
    let mut out = vec![];
    for (i, [a, b]) in pads.iter().enumerate() {
        out.push(match (a, b, c.shape(0).dim(i)) {
            (Some(a), Some(b), Some(d)) => {
                let total = a.saturating_add(*b);
                if total >= d && total > 0 {
                    bail!(InvalidArgument, "Total paddings must be less than the input dimension size: {total} was not less than {d}");
                }
                check_mirror(c, i, *a, *b, d - total, true)?;
                Some(d - total)
            }
            _ => None,
        });
    }
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn pad_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let index = b.dtype(g.x(1));
    let shape = b.shape_of(g.x(0));
    let size = b.cast(shape, index);
    let columns = b.outputs("Unpack", &[g.x(1)], &[("num", 2i64.into()), ("axis", 1i64.into())]);
    let begin = columns.first().copied().unwrap_or(crate::Val::POISONED);
    let dx = b.call("Slice", &[dy, begin, size], &[]);
    some((0..g.inputs.len()).map(|i| (i == 0).then_some(dx)))
}

fn reverse(c: &mut Infer) -> Result<()> {
    let (shape, operand) = (c.shape(0), c.shape(1));
    if c.at_run_time {
        if operand.rank() != Some(1) {
            bail!(InvalidArgument, "'dims' must be 1-dimension, not {}", operand.rank().unwrap_or(0));
        }
        if shape.rank().is_some_and(|r| r > 8) {
            bail!(Unimplemented, "reverse is not implemented for tensors of rank > 8.");
        }
    }
    c.with_rank(1, 1)?;
    if let (Some(rank), Some(axes)) = (shape.rank(), c.known_ints(1)) {
        reversed_axes(&axes, rank)?;
    }
    c.set(0, shape.clone());
    Ok(())
}

/// Which axes of `rank` are reversed. InvalidArgument for axes out of range or repeated.
pub fn reversed_axes(axes: &[i64], rank: usize) -> Result<Vec<bool>> {
    let r = rank as i64;
    let mut flip = vec![false; rank];
    for (i, &a) in axes.iter().enumerate() {
        let d = if a < 0 { a.saturating_add(r) } else { a };
        if d < 0 || d >= r {
            bail!(InvalidArgument, "'axis'[{i}] = {a} is out of valid range [0, {}", r - 1);
        }
        if std::mem::replace(&mut flip[d as usize], true) {
            bail!(InvalidArgument, "axis {d} specified more than once.");
        }
    }
    Ok(flip)
}

fn reverse_sequence(c: &mut Infer) -> Result<()> {
    let (seq, batch) = (c.attrs.int("seq_dim")?, c.attrs.int("batch_dim")?);
    let (shape, lengths) = (c.shape(0), c.shape(1));
    if c.at_run_time && lengths.rank() != Some(1) {
        bail!(InvalidArgument, "seq_lengths must be 1-dim, not {}", lengths.rank().unwrap_or(0));
    }
    c.with_rank(1, 1)?;
    let Some(rank) = shape.rank() else { return Ok(()) };
    let r = rank as i64;
    if c.at_run_time {
        if batch == seq {
            bail!(InvalidArgument, "batch_dim == seq_dim == {seq}");
        }
        for (name, d) in [("seq_dim", seq), ("batch_dim", batch)] {
            if d >= r {
                bail!(InvalidArgument, "{name} must be < input rank ( {d} vs. {r})");
            }
            if d < 0 {
                bail!(InvalidArgument, "Invalid {name} {d}");
            }
        }
    }
    for (name, d) in [("batch_dim", batch), ("seq_dim", seq)] {
        if d < 0 || d >= r {
            bail!(InvalidArgument, "{name} must be < input rank: {d} vs. {r}");
        }
    }
    let (b, n) = (shape.dim(batch as usize), lengths.dim(0));
    if let (true, Some(b), Some(n)) = (c.at_run_time, b, n)
        && b != n
    {
        bail!(InvalidArgument, "Length of seq_lengths != input.dims({batch}), ({n} vs. {b})");
    }
    let merged = c.merge_dim(b, n)?;
    let mut dims = shape.dims().unwrap_or(&[]).to_vec();
    dims[batch as usize] = merged;
    c.set(0, PartialShape::new(dims));
    Ok(())
}

fn reverse_sequence_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let attrs = [("seq_dim", g.attrs.int("seq_dim")?.into()), ("batch_dim", g.attrs.int("batch_dim")?.into())];
    some([Some(b.call("ReverseSequence", &[dy, g.x(1)], &attrs)), None])
}
