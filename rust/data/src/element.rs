//! Stacking elements into batches, padding them, and taking batches apart.
use crate::dataset::Element;
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail, error};

/// A tensor with a new first axis over tensors of one dtype and shape. The caller has checked both.
fn stack(parts: &[&Tensor]) -> Result<Tensor> {
    let Some(first) = parts.first() else { bail!(Internal, "nothing to stack") };
    let mut dims = vec![parts.len()];
    dims.extend(first.shape().iter());
    let shape = Shape::from(dims);
    match first.dtype() {
        DType::String => {
            let mut all = Vec::with_capacity(shape.count());
            for p in parts {
                all.extend_from_slice(p.strings()?);
            }
            Tensor::from_strings(all, shape)
        }
        d if d.is_object() => {
            let mut all = Vec::with_capacity(shape.count());
            for p in parts {
                all.extend_from_slice(p.objects()?);
            }
            Tensor::from_objects(d, all, shape)
        }
        d => {
            let mut out = Tensor::recycled(d, shape)?;
            let each = first.byte_len();
            let Some(bytes) = out.bytes_mut() else { bail!(Internal, "a new tensor is shared") };
            if each > 0 {
                for (to, p) in bytes.chunks_exact_mut(each).zip(parts) {
                    to.copy_from_slice(p.bytes()?);
                }
            }
            Ok(out)
        }
    }
}

fn check_types(elements: &[Element]) -> Result<usize> {
    let Some(first) = elements.first() else { bail!(Internal, "an empty batch") };
    for e in elements {
        if e.len() != first.len() || e.iter().zip(first).any(|(a, b)| a.dtype() != b.dtype()) {
            bail!(InvalidArgument, "Cannot batch elements of different structures.");
        }
    }
    Ok(first.len())
}

/// One element with a new first axis. InvalidArgument if shapes differ.
pub(crate) fn batch(elements: &[Element]) -> Result<Element> {
    let n = check_types(elements)?;
    let mut out = Vec::with_capacity(n);
    for c in 0..n {
        let parts: Vec<&Tensor> = elements.iter().map(|e| &e[c]).collect();
        if let Some(i) = parts.iter().position(|p| p.shape() != parts[0].shape()) {
            let (a, b) = (parts[0].shape(), parts[i].shape());
            return Err(error!(
                InvalidArgument,
                "Cannot batch tensors with different shapes in component {c}. First element had shape {a} and element {i} had shape {b}."
            )
            .fix("use padded_batch, or bring the elements to one shape in a map"));
        }
        out.push(stack(&parts)?);
    }
    Ok(out)
}

/// How each component is padded.
pub(crate) struct Padding {
    /// Sizes by component; -1 for the longest of the batch.
    pub shapes: Vec<Vec<i64>>,
    /// Scalars.
    pub values: Vec<Tensor>,
}

/// One element with a new first axis, where components are filled up at the ends of their axes.
pub(crate) fn padded_batch(elements: &[Element], padding: &Padding) -> Result<Element> {
    let n = check_types(elements)?;
    let mut out = Vec::with_capacity(n);
    for c in 0..n {
        let (Some(want), Some(value)) = (padding.shapes.get(c), padding.values.get(c)) else {
            bail!(InvalidArgument, "component {c} has no padded shape");
        };
        let mut dims: Vec<usize> = want.iter().map(|d| usize::try_from(*d).unwrap_or(0)).collect();
        for e in elements {
            let s = e[c].shape();
            if s.rank() != want.len() {
                bail!(
                    InvalidArgument,
                    "All elements in a batch must have the same rank as the padded shape for component{c}: expected rank {} but got element with rank {}",
                    want.len(),
                    s.rank()
                );
            }
            for (i, d) in s.iter().enumerate() {
                if want[i] < 0 {
                    dims[i] = dims[i].max(*d);
                } else if *d > dims[i] {
                    bail!(DataLoss, "Attempted to pad to a smaller size than the input element.");
                }
            }
        }
        let shape = Shape::from(dims);
        let padded = elements.iter().map(|e| pad(&e[c], &shape, value)).collect::<Result<Vec<_>>>()?;
        out.push(stack(&padded.iter().collect::<Vec<_>>())?);
    }
    Ok(out)
}

fn pad(t: &Tensor, shape: &Shape, value: &Tensor) -> Result<Tensor> {
    if t.shape() == shape {
        return Ok(t.clone());
    }
    let rank = shape.rank();
    let row = if rank == 0 { 1 } else { t.shape()[rank - 1] };
    let (strides, rows) = (shape.strides(), t.count().checked_div(row).unwrap_or(0));
    // Where the row of this number, in the order of the source, starts in the result.
    let start = |mut r: usize| {
        let mut at = 0;
        for axis in (0..rank.saturating_sub(1)).rev() {
            at += r % t.shape()[axis] * strides[axis];
            r /= t.shape()[axis];
        }
        at
    };
    if t.dtype() == DType::String {
        let fill = value.strings()?.first().cloned().unwrap_or_default();
        let mut all = vec![fill; shape.count()];
        for r in 0..rows {
            all[start(r)..][..row].clone_from_slice(&t.strings()?[r * row..][..row]);
        }
        return Tensor::from_strings(all, shape.clone());
    }
    if t.dtype().is_object() {
        bail!(Unimplemented, "{} tensors cannot be padded", t.dtype());
    }
    let mut out = Tensor::recycled(t.dtype(), shape.clone())?;
    let size = t.dtype().size();
    let (fill, from) = (value.bytes()?, t.bytes()?);
    let Some(bytes) = out.bytes_mut() else { bail!(Internal, "a new tensor is shared") };
    bytes.chunks_exact_mut(size).for_each(|b| b.copy_from_slice(fill));
    for r in 0..rows {
        bytes[start(r) * size..][..row * size].copy_from_slice(&from[r * row * size..][..row * size]);
    }
    Ok(out)
}
