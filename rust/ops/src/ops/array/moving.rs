//! Rearranging elements: transposition, reversal, padding.
use super::MOVES;
use crate::build::{Build, Grad, GradValue, some};
use crate::def::{Entry, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{PartialShape, Result, bail};

/// The ops of this file.
pub static OPS: &[Entry] = &[
    Entry {
        name: "Transpose",
        sig: "x: T, perm: Tperm -> y: T",
        attrs: "T: type; Tperm: {int32, int64} = int32",
        doc: "Permutes axes: axis i of the result is axis `perm[i]` of `x`, a vector (negative axes count from the end). Errors: InvalidArgument if `perm` is not a permutation of the axes.",
        host: &["perm"],
        shape: ShapeRule::Rule(transpose),
        grad: Gradient::Rule(|b, g| transpose_grad(b, g, "Transpose"), &["perm"]),
        gpu: MOVES,
        test: Test::calls(
            "np.transpose(x, perm)",
            &[
                "x=f(2,3), perm=c([1, 0], 'int32')",
                "x=f(2,3,4), perm=c([2, 0, 1], 'int64')",
                "x=f(), perm=c([], 'int32')",
                "x=f(0,3), perm=c([1, 0], 'int32')",
                "x=f(3,2), perm=c([-1, 0], 'int32')",
                "x=f(1,2,3,1,2,1,2,2), perm=c([7,2,0,6,1,5,4,3], 'int32')",
                "x=f(70,90), perm=c([1, 0], 'int32')",
            ],
        ),
        ..Entry::NEW
    },
    Entry {
        name: "ConjugateTranspose",
        sig: "x: T, perm: Tperm -> y: T",
        attrs: "T: type; Tperm: {int32, int64} = int32",
        doc: "Permutes axes as Transpose and conjugates complex elements. Errors: InvalidArgument if `perm` is not a permutation of the axes.",
        host: &["perm"],
        shape: ShapeRule::Rule(transpose),
        grad: Gradient::Rule(|b, g| transpose_grad(b, g, "ConjugateTranspose"), &["perm"]),
        gpu: MOVES,
        test: Test::calls(
            "np.conj(np.transpose(x, perm))",
            &[
                "x=f(2,3), perm=c([1, 0], 'int32')",
                "x=c([[1+2j, 3-1j]], 'complex64'), perm=c([1, 0], 'int32')",
                "x=f(), perm=c([], 'int32')",
                "x=f(0,3), perm=c([1, 0], 'int64')",
            ],
        ),
        ..Entry::NEW
    },
];

fn transpose(c: &mut Infer) -> Result<()> {
    let (shape, operand) = (c.shape(0), c.shape(1));
    if c.at_run_time && operand.rank() != Some(1) {
        bail!(InvalidArgument, "perm must be rank 1, got shape {operand}");
    }
    let operand = c.with_rank(1, 1)?;
    c.set_handle(0, c.input(0).handle.clone());
    if let (Some(r), Some(n)) = (shape.rank(), operand.dim(0))
        && r != n
    {
        let kernel = format!("transpose expects a vector of size {r}. But input(1) is a vector of size {n}");
        return Err(c.fail(ferroflow_tensor::Code::InvalidArgument, format!("Dimension must be {r} but is {n}"), kernel));
    }
    let Some(rank) = shape.rank().or(operand.dim(0)) else { return Ok(()) };
    let Some(perm) = c.known_ints(1) else {
        c.set(0, PartialShape::of_rank(rank));
        return Ok(());
    };
    let r = rank as i64;
    let axes = match permutation(&perm) {
        Ok(axes) => axes,
        Err(e) if c.at_run_time => return Err(e),
        Err(_) => {
            if let Some(p) = perm.iter().find(|p| **p < -r || **p >= r) {
                bail!(InvalidArgument, "perm dim {p} is out of range of input rank {r}");
            }
            perm.iter().map(|p| p.rem_euclid(r) as usize).collect()
        }
    };
    c.set(0, PartialShape::new(axes.iter().map(|p| shape.dim(*p)).collect()));
    Ok(())
}

/// The axes of a permutation, counted from the front. InvalidArgument if it is none.
pub fn permutation(perm: &[i64]) -> Result<Vec<usize>> {
    let n = perm.len() as i64;
    let mut seen = vec![false; perm.len()];
    let mut axes = vec![];
    for p in perm {
        let d = if *p < 0 { p.saturating_add(n) } else { *p };
        if d < 0 || d >= n {
            bail!(InvalidArgument, "{d} is out of range [0 .. {n})");
        }
        seen[d as usize] = true;
        axes.push(d as usize);
    }
    if let Some(missing) = seen.iter().position(|s| !s) {
        let text = perm.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        bail!(InvalidArgument, "{missing} is missing from {{{text}}}.");
    }
    Ok(axes)
}

fn transpose_grad(b: &mut dyn Build, g: &Grad, op: &'static str) -> Result<Vec<Option<GradValue>>> {
    let dy = g.dy(b, 0);
    let known = b.known(g.x(1)).and_then(|t| permutation(&t.to_i64().ok()?).ok());
    let back = match known {
        Some(perm) => {
            let mut inverse = vec![0; perm.len()];
            perm.iter().enumerate().for_each(|(i, p)| inverse[*p] = i as i64);
            b.ints(&inverse)
        }
        None => b.call("InvertPermutation", &[g.x(1)], &[]),
    };
    some([Some(b.call(op, &[dy, back], &[])), None])
}
