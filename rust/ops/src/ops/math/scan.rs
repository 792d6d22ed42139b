//! Scans along an axis: Cumsum, Cumprod.
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Result, bail};

const ATTRS: &str = "exclusive: bool = false; reverse: bool = false; T: {float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, half, uint32, uint64}; Tidx: {int32, int64} = int32";

macro_rules! reference {
    ($scan:literal, $start:literal) => {
        concat!(
            "(lambda flip: flip((lambda s: np.concatenate([np.full_like(np.take(s, [0], axis), ",
            $start,
            "), np.delete(s, -1, axis)], axis) if exclusive and s.shape[axis] else s)(",
            $scan,
            "(flip(x), axis=axis, dtype=x.dtype))))(lambda v: np.flip(v, axis) if reverse else v)"
        )
    };
}

const CASES: &[&str] = &[
    "x=f(5), axis=c(0,'int32'), exclusive=False, reverse=False",
    "x=f(2,5), axis=c(1,'int32'), exclusive=True, reverse=False",
    "x=f(2,5), axis=c(-2,'int64'), exclusive=False, reverse=True",
    "x=f(2,5,3), axis=c(1,'int32'), exclusive=True, reverse=True",
    "x=f(0,5), axis=c(0,'int32'), exclusive=False, reverse=False",
    "x=f(1,2,1,2,1,2,3,2), axis=c(6,'int32'), exclusive=False, reverse=False",
];

/// Entries of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Cumsum",
        sig: "x: T, axis: Tidx -> out: T",
        attrs: ATTRS,
        doc: "Running sums along an axis (a scalar; negative counts from the end), of the shape of `x`. Exclusive sums leave the \
              element itself out and start with 0; reverse ones run from the end. InvalidArgument for an axis out of range.",
        shape: ShapeRule::Rule(scan_shape),
        grad: Gradient::Rule(cumsum_grad, &["axis"]),
        host: &["axis"],
        gpu: Gpu::Template("scan"),
        test: Test::calls(reference!("np.cumsum", "0"), CASES),
        ..Entry::NEW
    },
    Entry {
        name: "Cumprod",
        sig: "x: T, axis: Tidx -> out: T",
        attrs: ATTRS,
        doc: "Running products along an axis (a scalar; negative counts from the end), of the shape of `x`. Exclusive products \
              leave the element itself out and start with 1; reverse ones run from the end. InvalidArgument for an axis out of range.",
        shape: ShapeRule::Rule(scan_shape),
        grad: Gradient::Rule(cumprod_grad, &["x", "axis"]),
        host: &["axis"],
        gpu: Gpu::Template("scan"),
        test: Test::calls(reference!("np.cumprod", "1"), CASES),
        ..Entry::NEW
    },
];

fn scan_shape(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        if c.shape(1).rank() != Some(0) {
            bail!(InvalidArgument, "ScanOp: axis must be a scalar, not {}", c.shape(1));
        }
        if let (Some(axis), Some(rank)) = (c.int(1), c.shape(0).rank()) {
            let rank = rank as i64;
            if axis < -rank || axis >= rank {
                bail!(InvalidArgument, "ScanOp: Expected scan axis in the range [{}, {rank}), but got {axis}", -rank);
            }
        }
    }
    let shape = c.shape(0).clone();
    c.set(0, shape);
    Ok(())
}

fn cumsum_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (exclusive, reverse) = (g.attrs.bool("exclusive")?, g.attrs.bool("reverse")?);
    let dy = g.dy(b, 0);
    let dx = b.call("Cumsum", &[dy, g.x(1)], &[("exclusive", exclusive.into()), ("reverse", (!reverse).into())]);
    some([Some(dx), None])
}
fn cumprod_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (exclusive, reverse) = (g.attrs.bool("exclusive")?, g.attrs.bool("reverse")?);
    let dy = g.dy(b, 0);
    let y = b.call("Cumprod", &[g.x(0), g.x(1)], &[("exclusive", exclusive.into()), ("reverse", reverse.into())]);
    let part = b.mul(y, dy);
    let sum = b.call("Cumsum", &[part, g.x(1)], &[("exclusive", exclusive.into()), ("reverse", (!reverse).into())]);
    let dx = b.call("DivNoNan", &[sum, g.x(0)], &[]);
    some([Some(dx), None])
}
