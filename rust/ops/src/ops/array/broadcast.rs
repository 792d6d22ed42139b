//! Broadcasting to a shape, the arithmetic of broadcast shapes, and repetition.
use super::MOVES;
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::{PartialShape, Result, bail, error};

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "BroadcastTo",
        sig: "input: T, shape: Tidx -> output: T",
        attrs: "T: type; Tidx: {int32, int64} = int32",
        doc: "The input repeated along new leading axes and along axes of size 1, so that it has the shape `shape`, a vector. Errors: InvalidArgument if its shape does not broadcast to that.",
        host: &["shape"],
        shape: ShapeRule::Rule(broadcast_to),
        grad: Gradient::Rule(broadcast_to_grad, &["input", "output"]),
        gpu: MOVES,
        test: Test::calls(
            "np.broadcast_to(input, shape)",
            &[
                "input=f(3), shape=c([2, 3], 'int32')",
                "input=f(2,1,3), shape=c([2, 4, 3], 'int64')",
                "input=f(), shape=c([2, 0], 'int32')",
                "input=f(1), shape=c([1, 2, 1, 2, 1, 1, 1, 3], 'int32')",
                "input=s('a'), shape=c([2], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "BroadcastArgs",
        sig: "s0: T, s1: T -> r0: T",
        attrs: "T: {int32, int64} = int32",
        doc: "The broadcast of two shapes, all as vectors. Errors: InvalidArgument if they do not broadcast.",
        host: &["s0", "s1", "r0"],
        shape: ShapeRule::Rule(broadcast_args),
        grad: Gradient::Missing("shapes are integers"),
        gpu: Gpu::Free,
        test: Test::calls(
            "np.array(np.broadcast_shapes(tuple(s0), tuple(s1)), s0.dtype)",
            &["s0=c([2, 1, 3], 'int32'), s1=c([4, 1], 'int32')", "s0=c([], 'int64'), s1=c([0], 'int64')"],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "BroadcastGradientArgs",
        sig: "s0: T, s1: T -> r0: T, r1: T",
        attrs: "T: {int32, int64} = int32",
        doc: "The axes along which a gradient of the broadcast of shapes `s0` and `s1` is summed to get one of shape `s0` (`r0`) and of shape `s1` (`r1`), as vectors. Errors: InvalidArgument if the shapes do not broadcast.",
        host: &["s0", "s1", "r0", "r1"],
        shape: ShapeRule::Rule(broadcast_gradient_args),
        grad: Gradient::None("axes are integers"),
        gpu: Gpu::Free,
        test: Test::calls(
            "(lambda n: (lambda a, b: [np.array([] if list(s0) == list(s1) else [j for j in range(n) if p[j] == 1], s0.dtype) for p in (a, b)])([1] * (n - len(s0)) + list(s0), [1] * (n - len(s1)) + list(s1)))(max(len(s0), len(s1)))",
            &[
                "s0=c([2, 1, 3], 'int32'), s1=c([4, 3], 'int32')",
                "s0=c([2, 3], 'int64'), s1=c([2, 3], 'int64')",
                "s0=c([], 'int32'), s1=c([5], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "Tile",
        sig: "input: T, multiples: Tmultiples -> output: T",
        attrs: "T: type; Tmultiples: {int32, int64} = int32",
        doc: "The input repeated `multiples[i]` times along axis i. Errors: InvalidArgument unless `multiples` is a vector with one number per axis, none negative.",
        host: &["multiples"],
        shape: ShapeRule::Rule(tile),
        grad: Gradient::Rule(tile_grad, &["input", "multiples"]),
        gpu: MOVES,
        test: Test::calls(
            "np.tile(input, multiples)",
            &[
                "input=f(2,3), multiples=c([2, 3], 'int32')",
                "input=f(2,3), multiples=c([0, 1], 'int64')",
                "input=f(), multiples=c([], 'int32')",
                "input=f(0), multiples=c([4], 'int32')",
                "input=f(1,2,1,1,2,1,1,2), multiples=c([2,1,2,1,1,1,3,2], 'int32')",
                "input=s('a', 'b'), multiples=c([2], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
];

fn broadcast_to(c: &mut Infer) -> Result<()> {
    let operand = c.shape(1);
    if c.at_run_time {
        if operand.rank() != Some(1) {
            bail!(InvalidArgument, "shape must be a vector of {{int32,int64}}, got shape {operand}");
        }
        if let Some(bad) = c.known_ints(1).and_then(|v| v.into_iter().find(|d| *d < 0)) {
            bail!(InvalidArgument, "Dimension {bad} must be >= 0");
        }
    } else {
        c.with_rank(1, 1)?;
    }
    let want = c.shape_operand(1)?;
    let from = c.shape(0);
    c.set_handle(0, c.input(0).handle.clone());
    let (Some(f), Some(w)) = (from.dims(), want.dims()) else {
        c.set(0, want);
        return Ok(());
    };
    if f.len() > w.len() {
        let kernel = format!("Rank of input ({}) must be no greater than rank of output shape ({}).", f.len(), w.len());
        return Err(c.fail(
            ferroflow_tensor::Code::InvalidArgument,
            format!("Shape must be at most rank {} but is rank {}", w.len(), f.len()),
            kernel,
        ));
    }
    let lead = w.len() - f.len();
    let mut out = w.to_vec();
    for (i, d) in f.iter().enumerate() {
        match (d, w[lead + i]) {
            (Some(p), Some(q)) if *p != q && *p != 1 => {
                let kernel = format!("Incompatible shapes: {from} vs. {want}");
                let e = c.fail(ferroflow_tensor::Code::InvalidArgument, format!("Dimensions must be equal, but are {p} and {q}"), kernel);
                return Err(e.axis((lead + i).to_string()));
            }
            (Some(p), None) if *p != 1 => out[lead + i] = Some(*p),
            _ => {}
        }
    }
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn broadcast_to_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let dx = b.unbroadcast(dy, g.x(0), g.y(0));
    some([Some(dx), None])
}

/// Checks that both shapes of an op on shapes are vectors.
fn two_vectors(c: &Infer) -> Result<()> {
    for i in 0..2 {
        if c.at_run_time && c.shape(i).rank() != Some(1) {
            bail!(InvalidArgument, "In[{i}] must be a vector.{}", c.shape(i));
        }
        c.with_rank(i, 1)?;
    }
    Ok(())
}

fn broadcast_args(c: &mut Infer) -> Result<()> {
    two_vectors(c)?;
    let n = c.shape(0).dim(0).zip(c.shape(1).dim(0)).map(|(a, b)| a.max(b));
    c.set(0, PartialShape::vector(n));
    if let (Some(a), Some(b)) = (c.known_ints(0), c.known_ints(1)) {
        match broadcast_sizes(&a, &b) {
            Ok(v) => c.set_value(0, Some(Partial::Ints(v.into_iter().map(Some).collect(), false))),
            Err(e) if c.at_run_time => return Err(e),
            Err(_) => {}
        }
    }
    Ok(())
}

/// Both shapes with leading ones to the same rank.
fn aligned(a: &[i64], b: &[i64]) -> (Vec<i64>, Vec<i64>) {
    let n = a.len().max(b.len());
    let pad = |s: &[i64]| [&vec![1; n - s.len()], s].concat();
    (pad(a), pad(b))
}

/// The broadcast of two shapes. InvalidArgument if they do not broadcast.
pub fn broadcast_sizes(a: &[i64], b: &[i64]) -> Result<Vec<i64>> {
    let (p, q) = aligned(a, b);
    let one = |(x, y): (&i64, &i64)| match (*x, *y) {
        (1, y) => Ok(y),
        (x, 1) => Ok(x),
        (x, y) if x == y => Ok(x),
        _ => {
            let text = |s: &[i64]| s.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            Err(error!(InvalidArgument, "Incompatible shapes: [{}] vs. [{}]", text(a), text(b)))
        }
    };
    p.iter().zip(&q).map(one).collect()
}

fn broadcast_gradient_args(c: &mut Infer) -> Result<()> {
    two_vectors(c)?;
    c.set(0, PartialShape::vector(None));
    c.set(1, PartialShape::vector(None));
    if let (Some(a), Some(b)) = (c.known_ints(0), c.known_ints(1)) {
        match reduction_axes(&a, &b) {
            Ok(axes) => {
                for (i, v) in axes.into_iter().enumerate() {
                    c.set(i, PartialShape::vector(Some(v.len())));
                    c.set_value(i, Some(Partial::Ints(v.into_iter().map(Some).collect(), false)));
                }
            }
            Err(e) if c.at_run_time => return Err(e),
            Err(_) => {}
        }
    }
    Ok(())
}

/// The axes of the broadcast of shapes `a` and `b` along which a gradient is summed for each of them: all in which it has
/// size 1, none if the shapes are equal. InvalidArgument if they do not broadcast.
pub fn reduction_axes(a: &[i64], b: &[i64]) -> Result<[Vec<i64>; 2]> {
    broadcast_sizes(a, b)?;
    if a == b {
        return Ok([vec![], vec![]]);
    }
    let (p, q) = aligned(a, b);
    let ones = |s: &[i64]| (0..s.len()).filter(|i| s[*i] == 1).map(|i| i as i64).collect();
    Ok([ones(&p), ones(&q)])
}

fn tile(c: &mut Infer) -> Result<()> {
    let (shape, operand) = (c.shape(0), c.shape(1));
    if c.at_run_time {
        if operand.rank() != Some(1) {
            bail!(InvalidArgument, "Expected multiples to be 1-D, but got shape {operand}");
        }
        let (r, n) = (shape.rank().unwrap_or(0), operand.dim(0).unwrap_or(0));
        if r != n {
            bail!(InvalidArgument, "Expected multiples argument to be a vector of length {r} but got length {n}");
        }
    }
    let operand = c.with_rank(1, 1)?;
    let Some(rank) = shape.rank().or(operand.dim(0)) else { return Ok(()) };
    if let Some(n) = operand.dim(0) {
        c.with_rank(0, n)?;
    }
    let multiples = c.ints(1).unwrap_or_else(|| vec![None; rank]);
    let mut out = vec![];
    for (i, m) in multiples.iter().enumerate() {
        if let (Some(m @ ..0), true) = (m, c.at_run_time) {
            return Err(error!(InvalidArgument, "Expected multiples[{i}] >= 0, but got {m}").axis(i.to_string()));
        }
        let size = |m: i64, d: usize| {
            let m = usize::try_from(m).ok()?;
            Some(d.checked_mul(m).ok_or_else(|| error!(InvalidArgument, "the size of axis {i}, {d} times {m}, overflows")))
        };
        out.push(match (m, shape.dim(i)) {
            (Some(m), Some(d)) => size(*m, d).transpose()?,
            (Some(0), None) | (None, Some(0)) => Some(0),
            _ => None,
        });
    }
    c.set(0, PartialShape::new(out));
    Ok(())
}

fn tile_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let shape = b.shape_of(g.x(0));
    let multiples = b.cast(g.x(1), ferroflow_tensor::DType::Int32);
    // Axis i of dy becomes axes 2i (the repetitions, which are summed) and 2i + 1.
    let pairs = b.pack(&[multiples, shape], 1);
    let all = b.ints(&[-1]);
    let split = b.reshape(pairs, all);
    let axes = match b.shape(g.x(0)).rank() {
        Some(r) => b.ints(&(0..r as i64).map(|i| 2 * i).collect::<Vec<_>>()),
        None => {
            let size = b.call("Size", &[split], &[]);
            let (zero, two) = (b.int(0), b.int(2));
            b.range(zero, size, two)
        }
    };
    let parts = b.reshape(dy, split);
    let sum = b.sum(parts, axes, false);
    let dx = b.reshape(sum, shape);
    some([Some(dx), None])
}
