//! Zeros and sums of tensor lists and of ragged tensors in variants: what their gradients start with and add up.
use super::is_nothing;
use super::list::{TensorList, one};
use crate::kernels::ragged::variant::{self, RaggedVariant};
use ferroflow_tensor::{DType, Object, Result, Tensor, bail, error};
use std::sync::Arc;

/// The ragged tensor that element `i` of a variant tensor holds, if it holds one.
fn ragged(t: &Tensor, i: usize) -> Option<Arc<RaggedVariant>> {
    t.reshape([t.count()]).ok()?.row(i).ok()?.get_object().ok()
}

/// For each variant of a tensor: the list with nothing set, which is read as zeros of the elements' shapes.
pub fn zeros_like(t: &Tensor) -> Result<Tensor> {
    let zeros = |i: usize| -> Result<Arc<dyn Object>> {
        if is_nothing(t, i) {
            return Ok(t.objects()?[i].clone());
        }
        if let Some(x) = ragged(t, i) {
            return Ok(Arc::new(variant::zeros_like(&x)?));
        }
        let list = one(t, i)?;
        let zero = |x: &Option<Tensor>| match x {
            Some(x) if x.dtype() == DType::Variant => zeros_like(x).map(Some),
            Some(x) => Tensor::zeros(x.dtype(), x.shape().clone()).map(Some),
            None => Ok(None),
        };
        let items = list.items().iter().map(zero).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(list.like(items)))
    };
    Tensor::from_objects(DType::Variant, (0..t.count()).map(zeros).collect::<Result<Vec<_>>>()?, t.shape().clone())
}

/// The sum of two tensors of lists, element by element, where `add` adds elements.
pub fn add(a: &Tensor, b: &Tensor, add_elements: &dyn Fn(&Tensor, &Tensor) -> Result<Tensor>) -> Result<Tensor> {
    let sum = |i: usize| -> Result<Arc<dyn Object>> {
        // What a branch does not make adds nothing.
        if let Some(other) = [(a, b), (b, a)].into_iter().find_map(|(x, y)| is_nothing(x, i).then_some(y)) {
            return Ok(other.objects()?[i].clone());
        }
        if let (Some(x), Some(y)) = (ragged(a, i), ragged(b, i)) {
            return Ok(Arc::new(variant::sum(&x, &y, add_elements)?));
        }
        let (x, y) = (one(a, i)?, one(b, i)?);
        if x.dtype != y.dtype {
            bail!(
                InvalidArgument,
                "Trying to add two lists of tensors of different dtypes. One is {} and the other is {}",
                x.dtype.signature_name(),
                y.dtype.signature_name()
            );
        }
        let shape = x.shape.merge(&y.shape).ok_or_else(|| {
            error!(
                InvalidArgument,
                "Trying to add two lists of tensors with incompatible element shapes. One is {} and the other is {}", x.shape, y.shape
            )
        })?;
        let (p, q) = (x.items(), y.items());
        if p.len() != q.len() {
            let (n, m) = (p.len(), q.len());
            bail!(InvalidArgument, "Trying to add two lists of tensors with different lengths. One is {n} and the other is {m}");
        }
        let both = |(p, q): (Option<Tensor>, Option<Tensor>)| match (p, q) {
            (Some(p), Some(q)) if p.dtype() == DType::Variant => add(&p, &q, add_elements).map(Some),
            (Some(p), Some(q)) => add_elements(&p, &q).map(Some),
            (p, q) => Ok(p.or(q)),
        };
        let items = p.into_iter().zip(q).map(both).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(TensorList::new(x.dtype, shape, items)))
    };
    if a.shape() != b.shape() {
        bail!(InvalidArgument, "Incompatible input TensorList tensor shapes: {} vs. {}", a.shape(), b.shape());
    }
    Tensor::from_objects(DType::Variant, (0..a.count()).map(sum).collect::<Result<Vec<_>>>()?, a.shape().clone())
}
