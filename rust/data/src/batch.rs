//! Batches: several elements as one, and back.
use crate::args::Args;
use crate::dataset::{Dataset, Element, Iterate, Spec, UNKNOWN};
use crate::element::{Padding, batch, padded_batch};
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{DType, Result, Shape, bail, error};
use std::sync::Arc;

/// Consecutive elements stacked.
pub(crate) struct Batch {
    pub input: Arc<dyn Dataset>,
    pub spec: Arc<Spec>,
    pub size: usize,
    pub drop_remainder: bool,
    /// None: the shapes must be equal.
    pub padding: Option<Padding>,
}
struct Pass {
    of: Arc<Batch>,
    input: Option<Box<dyn Iterate>>,
}
impl Dataset for Batch {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        let (n, size) = (self.input.cardinality(), self.size as i64);
        if n < 0 { n } else { n / size + i64::from(n % size != 0 && !self.drop_remainder) }
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = Some(self.input.clone().iterate(run)?);
        Ok(Box::new(Pass { of: self, input }))
    }
}
impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        let Some(input) = &mut self.input else { return Ok(None) };
        let mut elements = Vec::with_capacity(self.of.size.min(4096));
        while elements.len() < self.of.size {
            match input.next(run)? {
                Some(e) => elements.push(e),
                None => {
                    self.input = None;
                    if elements.is_empty() || self.of.drop_remainder {
                        return Ok(None);
                    }
                    break;
                }
            }
        }
        match &self.of.padding {
            None => batch(&elements),
            Some(p) => padded_batch(&elements, p),
        }
        .map(Some)
    }
}
/// A batch size as an operand gives it. InvalidArgument unless it is positive.
pub(crate) fn size_of(n: i64) -> Result<usize> {
    match usize::try_from(n) {
        Ok(n) if n > 0 => Ok(n),
        _ => Err(error!(InvalidArgument, "Batch size must be greater than zero.").fix(format!("batch(n) needs n >= 1, not {n}"))),
    }
}
pub(crate) fn batches(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Batch {
        input: a.dataset("input_dataset")?,
        spec: a.spec()?,
        size: size_of(a.int("batch_size")?)?,
        drop_remainder: a.flag("drop_remainder")?,
        padding: None,
    }))
}
pub(crate) fn padded(a: &Args) -> Result<Arc<dyn Dataset>> {
    let size = size_of(a.int("batch_size")?)?;
    let input = a.dataset("input_dataset")?;
    let shapes = a.list("padded_shapes")?;
    if shapes.iter().any(|t| t.shape().rank() != 1) {
        bail!(InvalidArgument, "All padded shapes must be vectors");
    }
    let shapes = shapes.iter().map(|t| t.to_i64()).collect::<Result<Vec<_>>>()?;
    if let Some(size) = shapes.iter().flatten().find(|n| **n < -1) {
        bail!(InvalidArgument, "Dimension {size} must be >= -1");
    }
    let values = a.list("padding_values")?;
    for (t, d) in values.iter().zip(&input.spec().types) {
        if *t.shape() != Shape::SCALAR {
            bail!(InvalidArgument, "All padding values must be scalars");
        }
        if t.dtype() != *d {
            bail!(
                InvalidArgument,
                "Mismatched type between padding value and input dataset's component: expected {}, got {}",
                d.signature_name(),
                t.dtype().signature_name()
            );
        }
    }
    if shapes.len() != input.spec().types.len() || values.len() != shapes.len() {
        bail!(
            InvalidArgument,
            "Number of padded shapes ({}) must match the number of components in the input dataset's elements ({})",
            shapes.len(),
            input.spec().types.len()
        );
    }
    Ok(Arc::new(Batch {
        input,
        spec: a.spec()?,
        size,
        drop_remainder: a.flag("drop_remainder")?,
        padding: Some(Padding { shapes, values }),
    }))
}

/// The rows of each element.
pub(crate) struct Unbatch {
    pub input: Arc<dyn Dataset>,
    pub spec: Arc<Spec>,
}
struct UnbatchPass {
    input: Option<Box<dyn Iterate>>,
    element: Element,
    at: usize,
    rows: usize,
}
impl Dataset for Unbatch {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        let n = self.input.cardinality();
        let rows = self.input.spec().shapes.iter().find_map(|s| s.dim(0));
        match rows {
            _ if n < 0 => n,
            Some(r) => n.saturating_mul(r as i64),
            None => UNKNOWN,
        }
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = Some(self.input.clone().iterate(run)?);
        Ok(Box::new(UnbatchPass { input, element: vec![], at: 0, rows: 0 }))
    }
}
impl Iterate for UnbatchPass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        while self.at >= self.rows {
            let Some(input) = &mut self.input else { return Ok(None) };
            let Some(e) = input.next(run)? else {
                self.input = None;
                self.element.clear();
                return Ok(None);
            };
            let mut rows = None;
            for t in &e {
                let Some(n) = t.shape().first().copied() else {
                    bail!(InvalidArgument, "Input element must have a non-scalar value in each component.")
                };
                if *rows.get_or_insert(n) != n {
                    bail!(
                        InvalidArgument,
                        "Input element must have the same batch size in each component. Component 0 had size {} but component {} had size {n}.",
                        rows.unwrap_or(0),
                        e.iter().position(|x| x.shape().first() == Some(&n)).unwrap_or(0)
                    );
                }
            }
            (self.element, self.at, self.rows) = (e, 0, rows.unwrap_or(0));
        }
        self.at += 1;
        self.element.iter().map(|t| t.row(self.at - 1)).collect::<Result<_>>().map(Some)
    }
}
pub(crate) fn unbatch(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Unbatch { input: a.dataset("input_dataset")?, spec: a.spec()? }))
}

/// Batches of other sizes, taken in turn, from the rows of the input's batches.
struct Rebatch {
    input: Arc<dyn Dataset>,
    spec: Arc<Spec>,
    sizes: Vec<usize>,
    drop_remainder: bool,
}
struct RebatchPass {
    of: Arc<Rebatch>,
    rows: UnbatchPass,
    turn: usize,
}
impl Dataset for Rebatch {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        if self.input.cardinality() == crate::dataset::INFINITE { crate::dataset::INFINITE } else { UNKNOWN }
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let rows = UnbatchPass { input: Some(self.input.clone().iterate(run)?), element: vec![], at: 0, rows: 0 };
        Ok(Box::new(RebatchPass { of: self, rows, turn: 0 }))
    }
}
impl Iterate for RebatchPass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        let size = self.of.sizes[self.turn % self.of.sizes.len()];
        let mut elements = vec![];
        while elements.len() < size {
            match self.rows.next(run)? {
                Some(e) => elements.push(e),
                None if elements.is_empty() || self.of.drop_remainder => return Ok(None),
                None => break,
            }
        }
        self.turn += 1;
        batch(&elements).map(Some)
    }
}
pub(crate) fn rebatch(a: &Args) -> Result<Arc<dyn Dataset>> {
    let t = a.one("batch_sizes")?;
    if t.dtype() != DType::Int64 || t.shape().rank() > 1 || t.count() == 0 {
        bail!(InvalidArgument, "`batch_sizes` must be a scalar or a vector.");
    }
    let sizes = t.to_i64()?.into_iter().map(size_of).collect::<Result<_>>()?;
    Ok(Arc::new(Rebatch { input: a.dataset("input_dataset")?, spec: a.spec()?, sizes, drop_remainder: a.flag("drop_remainder")? }))
}
