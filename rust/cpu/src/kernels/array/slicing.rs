//! Slices, and their gradient.
use super::{FULL_QUANTIZED, SLICED, fills, move_view, moving_cost, sizes_of};
use crate::kernels::copy::{Item, Movement, View, move_bytes, move_elements, move_to_new, scatter_view};
use ferroflow_ops::ops::array::slicing::{Masks, StridedSpec, slice_size, strided_spec};
use ferroflow_ops::{Call, Device, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, Result, Shape, Tensor, bail};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    fills("Slice", &[("T", SLICED)], |p| Ok(Prepared::new(slice, moving_cost(p)))),
    fills("StridedSlice", &[("T", FULL_QUANTIZED)], |p| with_masks(p, strided_slice)),
    fills("StridedSliceGrad", &[("T", FULL_QUANTIZED)], |p| with_masks(p, strided_slice_grad)),
    fills("TensorStridedSliceUpdate", &[("T", FULL_QUANTIZED)], |p| with_masks(p, strided_slice_update)),
];

fn slice(_: &Prepared, call: &mut Call) -> Result<()> {
    let shape = call.input(0).shape();
    let (begin, size) = (call.input(1).to_i64()?, call.input(2).to_i64()?);
    if begin.len() != shape.rank() || size.len() != shape.rank() {
        bail!(Internal, "a slice of {shape} by {begin:?} and {size:?}");
    }
    let mut dims = vec![];
    for (i, d) in shape.iter().enumerate() {
        dims.push(slice_size(i, begin[i], size[i], *d)?);
    }
    let strides = View::strides_of(shape);
    let offset = begin.iter().zip(&strides).map(|(b, s)| b * *s as i64).sum::<i64>() as usize;
    move_view(call, 0, &dims, &View::new(&dims, &strides, offset))
}

fn with_masks(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    Ok(Prepared::with(run, moving_cost(p), Masks::of(p.attrs)?))
}

/// A strided slice of a tensor of known shape, ready to be read or written.
pub struct StridedView {
    /// The slice within the tensor.
    pub view: View,
    /// The shape of the slice.
    pub shape: Vec<usize>,
}

/// Works out the slice that `begin`, `end`, `strides` and masks select from a tensor of shape `shape`. InvalidArgument as
/// StridedSlice.
pub fn strided_view(shape: &Shape, begin: &Tensor, end: &Tensor, strides: &Tensor, masks: &Masks) -> Result<StridedView> {
    let dims: Vec<Option<usize>> = shape.iter().map(|d| Some(*d)).collect();
    let some = |t: &Tensor| -> Result<Vec<Option<i64>>> { Ok(t.to_i64()?.into_iter().map(Some).collect()) };
    let (begin, end, steps) = (some(begin)?, some(end)?, strides.to_i64()?);
    if begin.len() != end.len() || begin.len() != steps.len() {
        bail!(
            InvalidArgument,
            "Expected begin, end, and strides to be 1D equal size tensors, but got shapes [{}], [{}], and [{}] instead.",
            begin.len(),
            end.len(),
            steps.len()
        );
    }
    let StridedSpec { begin, strides, sizes, shape: out } = strided_spec(&dims, &begin, &end, &steps, masks)?;
    let (Some(sizes), Some(out)) = (sizes.into_iter().collect::<Option<Vec<_>>>(), out.into_iter().collect()) else {
        bail!(Internal, "a strided slice of a known shape has an unknown size");
    };
    let rows = View::strides_of(shape);
    // Positions of an empty slice may lie outside, but are never visited.
    let offset = if sizes.contains(&0) { 0 } else { begin.iter().zip(&rows).map(|(b, r)| b * *r as i64).sum::<i64>() as usize };
    // The step of an axis with one position is never taken, and may be larger than any.
    let step = |i: usize| if sizes[i] > 1 { strides[i] as isize * rows[i] } else { 0 };
    let steps: Vec<isize> = (0..rows.len()).map(step).collect();
    Ok(StridedView { view: View::new(&sizes, &steps, offset), shape: out })
}

fn strided_slice(p: &Prepared, call: &mut Call) -> Result<()> {
    let x = call.input(0);
    let masks: &Masks = p.plan()?;
    if let Some(row) = row(call, masks) {
        let len = call.output(0).byte_len();
        if let (Some(from), Some(to)) = (x.bytes()?.get(row * len..(row + 1) * len), call.output(0).bytes_mut()) {
            to.copy_from_slice(from);
            return Ok(());
        }
    }
    let s = strided_view(x.shape(), call.input(1), call.input(2), call.input(3), masks)?;
    move_view(call, 0, &s.shape, &s.view)
}

/// The row that a slice is, if it is a single index of the first axis that is in bounds, and small: the step of many a loop.
fn row(call: &Call, masks: &Masks) -> Option<usize> {
    const SMALL: usize = 1 << 14;
    let x = call.input(0);
    let (rows, indices) = (x.shape().first()?, call.input(1));
    let single = *masks == Masks { shrink: 1, ..Masks::default() } && indices.count() == 1 && call.input(3).count() == 1;
    if !single || x.dtype().is_object() || x.byte_len() / (*rows).max(1) > SMALL {
        return None;
    }
    let number = |t: &Tensor| match t.dtype() {
        DType::Int32 => t.item::<i32>().ok().map(i64::from),
        _ => t.item::<i64>().ok(),
    };
    let (begin, stride) = (number(indices)?, number(call.input(3))?);
    let at = if begin < 0 { begin + *rows as i64 } else { begin };
    (stride == 1 && (0..*rows as i64).contains(&at)).then_some(at as usize)
}

/// Writes the source to the places that a view selects.
pub struct Scatter(pub View);
impl Movement for Scatter {
    fn run<E: Item>(&self, _: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        scatter_view(&self.0, sources[0], out);
        Ok(())
    }
}

/// `value` repeated to a shape; leading axes of size 1 that the shape lacks are left out. InvalidArgument if it does not fit.
fn repeated_to(device: &dyn Device, value: &Tensor, shape: &[usize]) -> Result<Tensor> {
    let dims = value.shape().dims();
    let extra = dims.len().saturating_sub(shape.len());
    let own = &dims[dims[..extra].iter().take_while(|d| **d == 1).count()..];
    let skip = shape.len().wrapping_sub(own.len());
    if skip > shape.len() || own.iter().zip(&shape[skip..]).any(|(d, n)| *d != 1 && d != n) {
        bail!(InvalidArgument, "Cannot broadcast input shape {} into final shape {}", value.shape(), Shape::new(shape));
    }
    let steps = View::strides_of(own);
    let strides: Vec<isize> = (0..shape.len()).map(|i| if i < skip || own[i - skip] == 1 { 0 } else { steps[i - skip] }).collect();
    move_to_new(device, &[value], value.dtype(), &Shape::new(shape), &View::new(shape, &strides, 0))
}

/// Writes `value`, repeated where its axes have size 1, to the places of `target` that a slice selects. Nobody else holds the
/// memory of `target`. InvalidArgument if `value` does not fit the slice.
pub fn write_slice(device: &dyn Device, target: &mut Tensor, slice: StridedView, value: &Tensor) -> Result<()> {
    if slice.shape.contains(&0) {
        return Ok(());
    }
    let value = if value.shape().dims() == slice.shape { value.clone() } else { repeated_to(device, value, &slice.shape)? };
    match target.dtype() {
        DType::String => {
            let mut all = target.strings()?.to_vec();
            scatter_view(&slice.view, value.strings()?, &mut all);
            *target = Tensor::from_strings(all, target.shape().clone())?;
            Ok(())
        }
        dtype if dtype.is_object() => {
            let mut all = target.objects()?.to_vec();
            scatter_view(&slice.view, value.objects()?, &mut all);
            *target = Tensor::from_objects(dtype, all, target.shape().clone())?;
            Ok(())
        }
        _ => move_bytes(device, &[&value], target, &Scatter(slice.view)),
    }
}

fn strided_slice_update(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, value, device) = (call.input(0), call.input(4), call.run.device);
    let slice = strided_view(x.shape(), call.input(1), call.input(2), call.input(3), p.plan()?)?;
    if x.dtype().is_object() {
        let mut out = x.clone();
        write_slice(device, &mut out, slice, value)?;
        call.set(0, out);
        return Ok(());
    }
    if let Some(bytes) = call.output(0).bytes_mut() {
        bytes.copy_from_slice(x.bytes()?);
    }
    write_slice(device, call.output(0), slice, value)
}

fn strided_slice_grad(p: &Prepared, call: &mut Call) -> Result<()> {
    let shape = Shape::from(sizes_of(call.input(0))?);
    let s = strided_view(&shape, call.input(1), call.input(2), call.input(3), p.plan()?)?;
    let dy = call.input(4);
    if dy.shape().dims() != s.shape {
        bail!(InvalidArgument, "shape of dy was {} instead of {}", dy.shape(), Shape::from(s.shape));
    }
    if let Some(bytes) = call.output(0).bytes_mut() {
        bytes.fill(0);
    }
    move_elements(call, 4..5, 0, &shape, &Scatter(s.view))
}
