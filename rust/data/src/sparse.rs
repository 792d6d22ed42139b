//! Batches of dense elements of different sizes as sparse tensors.
use crate::args::Args;
use crate::batch::size_of;
use crate::dataset::{Dataset, Element, Iterate, Spec};
use ferroflow_ops::RunCtx;
use ferroflow_ops::resource::TensorObject;
use ferroflow_tensor::{DType, Object, Result, Tensor, bail, joined};
use std::sync::Arc;

struct SparseBatch {
    input: Arc<dyn Dataset>,
    spec: Arc<Spec>,
    size: usize,
    /// Sizes of a row; -1 for the largest of the batch.
    row: Vec<i64>,
}
struct Pass {
    of: Arc<SparseBatch>,
    input: Option<Box<dyn Iterate>>,
}
impl Dataset for SparseBatch {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        let n = self.input.cardinality();
        if n < 0 { n } else { (n as u64).div_ceil(self.size as u64) as i64 }
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
        let mut rows = vec![];
        while rows.len() < self.of.size {
            match input.next(run)?.as_deref() {
                Some([row]) => rows.push(row.clone()),
                Some(parts) => bail!(InvalidArgument, "DenseToSparseBatchDataset needs elements of one component, not of {}", parts.len()),
                None => {
                    self.input = None;
                    break;
                }
            }
        }
        if rows.is_empty() { Ok(None) } else { sparse(&rows, &self.of.row).map(|t| Some(vec![t])) }
    }
}

/// A vector of three variants: the places of all elements, the elements, the shape.
fn sparse(rows: &[Tensor], row_shape: &[i64]) -> Result<Tensor> {
    let rank = row_shape.len();
    let mut shape: Vec<i64> = row_shape.iter().map(|d| (*d).max(0)).collect();
    let mut places: Vec<i64> = vec![];
    for (n, t) in rows.iter().enumerate() {
        let found = t.shape();
        let wanted =
            || format!("[{}]", row_shape.iter().map(|d| if *d < 0 { "?".into() } else { d.to_string() }).collect::<Vec<_>>().join(","));
        if found.rank() != rank {
            bail!(InvalidArgument, "Input element had shape ({found}) that is incompatible with the row shape ({}).", wanted());
        }
        for ((size, want), d) in shape.iter_mut().zip(row_shape).zip(found.iter()) {
            if *want < 0 {
                *size = (*size).max(*d as i64);
            } else if *d as i64 > *want {
                bail!(DataLoss, "Input element had shape ({found}) that is larger than the row shape ({}).", wanted());
            }
        }
        for element in 0..t.count() {
            places.push(n as i64);
            let (start, mut rest) = (places.len(), element);
            places.resize(start + rank, 0);
            for (axis, d) in found.iter().enumerate().rev() {
                places[start + axis] = (rest % d) as i64;
                rest /= d;
            }
        }
    }
    let Some(first) = rows.first() else { bail!(Internal, "an empty batch") };
    let values = joined(rows, first.dtype())?;
    shape.insert(0, rows.len() as i64);
    let parts = [Tensor::from_slice(&places, [values.count(), rank + 1])?, values, Tensor::from_slice(&shape, [rank + 1])?];
    Tensor::from_objects(DType::Variant, parts.map(|t| Arc::new(TensorObject(t)) as Arc<dyn Object>).to_vec(), [3])
}

pub(crate) fn batches(a: &Args) -> Result<Arc<dyn Dataset>> {
    let size = size_of(a.int("batch_size")?)?;
    let row = a.one("row_shape")?;
    if row.shape().rank() != 1 {
        bail!(InvalidArgument, "row_shape must be a vector");
    }
    let row = row.to_i64()?;
    if let Some(d) = row.iter().find(|d| **d < -1) {
        bail!(InvalidArgument, "Dimension {d} must be >= -1");
    }
    let input = a.dataset("input_dataset")?;
    if input.spec().types.len() != 1 {
        bail!(
            InvalidArgument,
            "DenseToSparseBatchDataset only supports single-component inputs, not {} components",
            input.spec().types.len()
        );
    }
    Ok(Arc::new(SparseBatch { input, spec: a.spec()?, size, row }))
}
