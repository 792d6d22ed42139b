//! Einsum: the equation, its shape rule and its entry.
use super::einsum_grad::einsum_grad;
use crate::def::{Entry, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{Code, PartialShape, Result, bail, error};

/// Entries of this file.
pub static OPS: &[Entry] = &[Entry {
    name: "Einsum",
    sig: "inputs: N * T -> output: T",
    attrs: "equation: string; N: int >= 1; T: type",
    doc: "The sum of products that an equation names, of one or two tensors: 'ij,jk->ik' is the matrix product, 'ii->' a trace, \
          'bij->bji' a transposition. Each letter is an axis; letters that the result lacks are summed over, letters that repeat in \
          one operand take its diagonal, letters that repeat in the result fill one; '...' stands for axes that broadcast. \
          InvalidArgument for a faulty equation or sizes that do not fit.",
    shape: ShapeRule::Rule(einsum_shape),
    grad: Gradient::Rule(einsum_grad, &["inputs"]),
    gpu: Gpu::Composed,
    test: Test::calls(
        "np.einsum(equation, *inputs) if equation != 'i->ii' else np.diag(inputs[0])",
        &[
            "inputs=[f(2,3), f(3,4)], equation='ij,jk->ik'",
            "inputs=[f(2,3,4)], equation='ijk->kij'",
            "inputs=[f(3,3)], equation='ii->'",
            "inputs=[f(3,3,2)], equation='iij->ji'",
            "inputs=[f(3)], equation='i->ii'",
            "inputs=[f(2,3,4), f(2,4,5)], equation='bij,bjk->bik'",
            "inputs=[f(2,3,4), f(5,4,2)], equation='abc,dca->bd'",
            "inputs=[f(2,3), f(4,5)], equation='ab,cd->dacb'",
            "inputs=[f(2,3,4), f(4,5)], equation='ija,bc->ic'",
            "inputs=[f(2,1,3,4), f(5,4,2)], equation='...ij,...jk->...ik'",
            "inputs=[f(6,2,3), f(3)], equation='...j,j->...'",
            "inputs=[f(0,3), f(3,4)], equation='ij,jk->ik'",
            "inputs=[f(2,0), f(0,4)], equation='ij,jk->ik'",
            "inputs=[f(), f()], equation=',->'",
            "inputs=[f(1,2,1,2,1,2,2,3), f(3,2)], equation='...ij,jk->...ik'",
        ],
    ),
    ..Entry::NEW
}];

/// One subscript of an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// A named axis.
    Axis(u8),
    /// `...`
    Ellipsis,
}

/// A parsed equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// Subscripts of each operand.
    pub inputs: Vec<Vec<Label>>,
    /// Subscripts of the result.
    pub output: Vec<Label>,
}

/// An equation with its ellipses written out for operands of known rank. Axes are numbered from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// Axis numbers of each operand.
    pub inputs: Vec<Vec<usize>>,
    /// Axis numbers of the result.
    pub output: Vec<usize>,
    /// Size of each axis, as far as known.
    pub sizes: Vec<Option<usize>>,
}

/// Splits subscripts into labels. InvalidArgument for periods that are not one ellipsis.
fn labels(text: &str, what: &str) -> Result<Vec<Label>> {
    let periods = text.bytes().filter(|c| *c == b'.').count();
    let at = text.find("...");
    if periods != 0 && (periods != 3 || at.is_none()) {
        bail!(InvalidArgument, "Expected at most one ellipsis (...), but found {periods} periods (.) in the {what} subscript: {text}");
    }
    let mut out: Vec<Label> = text.bytes().filter(|c| *c != b'.').map(Label::Axis).collect();
    if let Some(at) = at {
        out.insert(at, Label::Ellipsis);
    }
    Ok(out)
}

impl Equation {
    /// Parses an equation such as `ij,jk->ik`. InvalidArgument if it is faulty.
    ///
    /// ```
    /// let e = ferroflow_ops::ops::linalg::einsum::Equation::parse("ij,jk->ik")?;
    /// assert_eq!(e.inputs.len(), 2);
    /// # Ok::<(), ferroflow_tensor::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Equation> {
        let mut sides = text.split("->");
        let (Some(left), Some(right), None) = (sides.next(), sides.next(), sides.next()) else {
            bail!(InvalidArgument, "Expecting exactly one '->' in einsum equation: {text}");
        };
        let inputs: Vec<&str> = left.split(',').collect();
        if inputs.len() > 2 {
            bail!(InvalidArgument, "Expecting 1 or 2 input subscripts in equation '{text}' but got: {}", inputs.len());
        }
        let inputs = inputs.into_iter().map(|s| labels(s, "input")).collect::<Result<Vec<_>>>()?;
        let output = labels(right, "output")?;
        for label in &output {
            if let (Label::Axis(l), false) = (label, inputs.iter().any(|i| i.contains(label))) {
                let l = *l as char;
                bail!(
                    InvalidArgument,
                    "Einsum output subscripts for equation '{text}' has label '{l}' which is not present in the input subscripts"
                );
            }
        }
        Ok(Equation { inputs, output })
    }

    /// Writes the ellipses out for operands of these sizes; None if a rank is unknown. InvalidArgument if sizes do not fit.
    pub fn resolve(&self, shapes: &[&PartialShape], at_run_time: bool) -> Result<Option<Resolved>> {
        if shapes.len() != self.inputs.len() {
            let (n, m) = (self.inputs.len(), shapes.len());
            bail!(InvalidArgument, "Expected {n} inputs but got: {m}");
        }
        let mut named = [usize::MAX; 256];
        let mut r = Resolved { inputs: vec![], output: vec![], sizes: vec![] };
        let Some(ranks) = shapes.iter().map(|s| s.rank()).collect::<Option<Vec<usize>>>() else { return Ok(None) };
        let mut spans = vec![];
        for (i, (labels, rank)) in self.inputs.iter().zip(&ranks).enumerate() {
            let named = labels.iter().filter(|l| **l != Label::Ellipsis).count();
            let elliptic = named != labels.len();
            if *rank < named || (!elliptic && *rank != named) {
                let least = if elliptic { "at least " } else { "" };
                if at_run_time {
                    bail!(InvalidArgument, "Expected input {i} to have rank {least}{named} but got: {rank}");
                }
                bail!(InvalidArgument, "Shape must be {least}rank {named} but is rank {rank}");
            }
            spans.push(rank - named);
        }
        // Broadcast axes come first and are counted from the right, so that `first + k` is the k-th from the left of the widest.
        let wide = spans.iter().copied().max().unwrap_or(0);
        r.sizes = vec![Some(1); wide];
        for (i, labels) in self.inputs.iter().enumerate() {
            let mut axes = vec![];
            for label in labels {
                match label {
                    Label::Ellipsis => axes.extend(wide - spans[i]..wide),
                    Label::Axis(c) => {
                        if named[*c as usize] == usize::MAX {
                            named[*c as usize] = r.sizes.len();
                            r.sizes.push(None);
                        }
                        axes.push(named[*c as usize]);
                    }
                }
            }
            for (at, axis) in axes.iter().enumerate() {
                r.sizes[*axis] = fit(r.sizes[*axis], shapes[i].dim(at), *axis < wide, at, shapes, i, at_run_time)?;
            }
            r.inputs.push(axes);
        }
        for label in &self.output {
            match label {
                Label::Ellipsis => r.output.extend(0..wide),
                Label::Axis(c) => r.output.push(named[*c as usize]),
            }
        }
        if wide > 0 && !self.output.contains(&Label::Ellipsis) {
            if at_run_time {
                bail!(
                    InvalidArgument,
                    "Output contains {wide} broadcasting dimension(s) but no ellipsis (...) was found in the output subscripts."
                );
            }
            bail!(InvalidArgument, "Shape must be at most rank 0 but is rank {wide}");
        }
        Ok(Some(r))
    }
}

/// What is known of the size of an axis after one more operand.
fn fit(
    known: Option<usize>,
    size: Option<usize>,
    broadcasts: bool,
    at: usize,
    shapes: &[&PartialShape],
    i: usize,
    at_run_time: bool,
) -> Result<Option<usize>> {
    match (known, size) {
        (Some(1), n) if broadcasts => Ok(n),
        (n, Some(1)) if broadcasts => Ok(n),
        (Some(p), Some(q)) if p != q => {
            let e = if !at_run_time {
                error!(InvalidArgument, "Dimensions must be equal, but are {p} and {q}")
            } else if broadcasts {
                error!(
                    InvalidArgument,
                    "In[0] and In[1] must have compatible batch dimensions: {} vs. {}",
                    shapes[0],
                    shapes[shapes.len() - 1]
                )
            } else {
                error!(InvalidArgument, "Expected dimension {p} at axis {at} of the input shaped {} but got dimension {q}", shapes[i])
            };
            Err(e.axis(format!("axis {at} of operand {i}: {p} and {q}")))
        }
        (p, q) => Ok(p.or(q)),
    }
}

fn einsum_shape(c: &mut Infer) -> Result<()> {
    let text = c.attrs.str("equation")?;
    let equation = Equation::parse(text)?;
    if equation.inputs.len() != c.n_inputs() {
        let (n, m) = (equation.inputs.len(), c.n_inputs());
        return Err(c.fail(
            Code::InvalidArgument,
            format!("Expected {n} inputs for equation {text} but got: {m}"),
            format!("Expected {n} inputs but got: {m}"),
        ));
    }
    let shapes: Vec<&PartialShape> = (0..c.n_inputs()).map(|i| c.shape(i)).collect();
    let shape = match equation.resolve(&shapes, c.at_run_time)? {
        Some(r) => PartialShape::new(r.output.iter().map(|a| r.sizes[*a]).collect()),
        None if equation.output.contains(&Label::Ellipsis) => PartialShape::UNKNOWN,
        None => PartialShape::of_rank(equation.output.len()),
    };
    c.set(0, shape);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ellipses_are_aligned_at_the_right() {
        let e = Equation::parse("...ij,...jk->...ik").expect("valid");
        let (a, b) = (PartialShape::from([2, 1, 3, 4]), PartialShape::from([5, 4, 6]));
        let r = e.resolve(&[&a, &b], true).expect("fits").expect("known");
        assert_eq!(r.output.iter().map(|x| r.sizes[*x]).collect::<Vec<_>>(), [Some(2), Some(5), Some(3), Some(6)]);
        assert_eq!(r.inputs[1], [1, 3, 4]);
    }

    #[test]
    fn faulty_equations_are_errors() {
        for text in ["ij", "ij->jk->k", "a,b,c->a", "i..j->i", "ij->il", "i....->i"] {
            assert!(Equation::parse(text).is_err(), "{text}");
        }
        let m = PartialShape::from([2, 3]);
        assert!(Equation::parse("ii->i").is_ok_and(|e| e.resolve(&[&m], true).is_err()));
        assert!(Equation::parse("...i->i").is_ok_and(|e| e.resolve(&[&m], true).is_err()));
    }
}
