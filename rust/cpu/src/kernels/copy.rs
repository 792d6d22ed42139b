//! Copies of whole elements between arrays that are read or written with strides, whatever the elements are: bytes of any
//! size, strings, objects. What every kernel that only moves data is made of.
use crate::frames::transpose::Transposition;
use crate::frames::{slices, stream};
use ferroflow_ops::{Call, Device};
use ferroflow_tensor::{DType, Element, Object, Result, Shape, Str, Tensor, bail, buffer, error, repeated};
use std::sync::{Arc, Mutex, PoisonError};

/// Estimated time to move one element, in nanoseconds.
pub const MOVE_NS: f32 = 0.5;
/// Loops that are estimated to take less than this many nanoseconds are not split up.
const SERIAL_NS: f32 = 50_000.0;
/// Elements of a task.
const TASK: usize = 1 << 15;
/// Elements that are moved together, at least, where they go past the caches.
const STAGED: usize = 4096;

/// Rows between what is read and what is asked for ahead.
const AHEAD: isize = 4;

/// What an element is when it is only moved: a number or bytes, a string, or a reference to an object.
pub trait Item: Clone + Send + Sync {
    /// Both as bytes, unless they are strings or objects.
    fn bytes<'a>(_: &'a [Self], _: &'a mut [Self]) -> Option<(&'a [u8], &'a mut [u8])> {
        None
    }
    /// Copies elements past the caches where they are bytes.
    fn put(from: &[Self], to: &mut [Self]) {
        to.clone_from_slice(from);
    }
}
impl Item for Str {}
impl Item for Arc<dyn Object> {}
impl<const N: usize> Item for [u8; N] {
    fn bytes<'a>(from: &'a [Self], to: &'a mut [Self]) -> Option<(&'a [u8], &'a mut [u8])> {
        Some((from.as_flattened(), to.as_flattened_mut()))
    }
    fn put(from: &[Self], to: &mut [Self]) {
        slices::copy(from, to, true);
    }
}
/// A movement of elements, written once for all kinds of elements.
pub trait Movement {
    /// Writes `out`, which is not empty, from the sources. What it does not write stays as it is: bytes as the caller left
    /// them, empty strings, the first source element for objects.
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()>;
}

/// Runs a movement from inputs `inputs` to output `out` of this shape. Outputs of plain elements are those that the
/// runtime made; strings and objects are set.
pub fn move_elements(call: &mut Call, inputs: std::ops::Range<usize>, out: usize, shape: &Shape, movement: &impl Movement) -> Result<()> {
    let sources: Vec<&Tensor> = inputs.map(|i| call.input(i)).collect();
    let dtype = sources.first().map_or(DType::Float, |t| t.dtype());
    let device = call.run.device;
    if dtype.is_object() {
        let t = move_objects(device, &sources, dtype, shape, movement)?;
        call.set(out, t);
        return Ok(());
    }
    if call.output(out).byte_len() == 0 {
        return Ok(());
    }
    move_bytes(device, &sources, call.output(out), movement)
}

/// As [`move_elements`], from tensors into a new tensor.
pub fn move_to_new(device: &dyn Device, sources: &[&Tensor], dtype: DType, shape: &Shape, movement: &impl Movement) -> Result<Tensor> {
    if dtype.is_object() {
        return move_objects(device, sources, dtype, shape, movement);
    }
    let mut out = device.allocate(dtype, shape)?;
    if out.byte_len() > 0 {
        move_bytes(device, sources, &mut out, movement)?;
    }
    Ok(out)
}

/// Runs a movement into an existing tensor of plain elements that nobody else holds.
pub fn move_bytes(device: &dyn Device, sources: &[&Tensor], out: &mut Tensor, movement: &impl Movement) -> Result<()> {
    let size = out.dtype().size();
    let bytes = sources.iter().map(|t| t.bytes()).collect::<Result<Vec<_>>>()?;
    let Some(to) = out.bytes_mut() else { bail!(Internal, "a shared tensor was written") };
    move_sized(device, &bytes, to, size, movement)
}

/// Runs a movement on elements of so many bytes.
fn move_sized(device: &dyn Device, from: &[&[u8]], to: &mut [u8], size: usize, movement: &impl Movement) -> Result<()> {
    fn sized<const N: usize>(device: &dyn Device, from: &[&[u8]], to: &mut [u8], m: &impl Movement) -> Result<()> {
        let from: Vec<&[[u8; N]]> = from.iter().map(|b| b.as_chunks().0).collect();
        m.run(device, &from, to.as_chunks_mut().0)
    }
    match size {
        1 => sized::<1>(device, from, to, movement),
        2 => sized::<2>(device, from, to, movement),
        4 => sized::<4>(device, from, to, movement),
        8 => sized::<8>(device, from, to, movement),
        16 => sized::<16>(device, from, to, movement),
        n => bail!(Internal, "elements of {n} bytes cannot be moved"),
    }
}

fn move_objects(device: &dyn Device, sources: &[&Tensor], dtype: DType, shape: &Shape, movement: &impl Movement) -> Result<Tensor> {
    let n = shape.checked_count().ok_or_else(|| error!(InvalidArgument, "Shape {shape} would have more than 2**63 - 1 elements"))?;
    if n == 0 {
        return if dtype == DType::String {
            Tensor::from_strings(vec![], shape.clone())
        } else {
            Tensor::from_objects(dtype, vec![], shape.clone())
        };
    }
    if dtype == DType::String {
        let from = sources.iter().map(|t| t.strings()).collect::<Result<Vec<_>>>()?;
        let mut to = repeated(Str::default(), n)?;
        movement.run(device, &from, &mut to)?;
        return Tensor::from_strings(to, shape.clone());
    }
    let from = sources.iter().map(|t| t.objects()).collect::<Result<Vec<_>>>()?;
    let Some(filler) = from.iter().find_map(|o| o.first()) else {
        bail!(InvalidArgument, "a {dtype} tensor of shape {shape} cannot be made from none");
    };
    let mut to: Vec<Arc<dyn Object>> = repeated(filler.clone(), n)?;
    movement.run(device, &from, &mut to)?;
    Tensor::from_objects(dtype, to, shape.clone())
}

/// Fills `out` in parts of `grain` elements on the threads of the device: `body(start, part)`. What is written must not
/// depend on how `out` is split. `cost` is the time per element in nanoseconds.
pub fn fill_parallel<E: Send>(device: &dyn Device, out: &mut [E], grain: usize, cost: f32, body: &(dyn Fn(usize, &mut [E]) + Sync)) {
    let (n, grain) = (out.len(), grain.max(1));
    if n as f32 * cost < SERIAL_NS || n <= grain {
        return if n > 0 {
            body(0, out)
        };
    }
    let parts: Vec<Mutex<&mut [E]>> = out.chunks_mut(grain).map(Mutex::new).collect();
    device.parallel(n, grain, cost, &|range| {
        if let Some(part) = parts.get(range.start / grain) {
            body(range.start, &mut part.lock().unwrap_or_else(PoisonError::into_inner));
        }
    });
}

/// As [`fill_parallel`], in parts of whole `units`; a result that no cache can hold, made from `operands` bytes, is written past
/// the caches. `body` writes all elements that it is given.
pub fn fill_units<E: Item>(
    device: &dyn Device,
    out: &mut [E],
    unit: usize,
    operands: usize,
    cost: f32,
    body: &(dyn Fn(usize, &mut [E]) + Sync),
) {
    let past = stream::pays(size_of_val(out), operands) && E::bytes(&[], &mut []).is_some();
    fill_parallel(device, out, unit * TASK.div_ceil(unit), cost, &|start, part| {
        if !past || unit > TASK {
            return body(start, part);
        }
        let height = unit * STAGED.div_ceil(unit);
        let mut staging = vec![part[0].clone(); height.min(part.len())];
        for (i, part) in part.chunks_mut(height).enumerate() {
            let staging = &mut staging[..part.len()];
            body(start + i * height, staging);
            E::put(staging, part);
        }
    });
}

/// How a row-major array of sizes `dims` is read from another: element `i, j, ...` is at `offset + i * strides[0] + ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Sizes.
    pub dims: Vec<usize>,
    /// Steps in elements of the array that is read; 0 repeats, negative goes backwards.
    pub strides: Vec<isize>,
    /// Position of the first element.
    pub offset: usize,
}

impl View {
    /// A view with neighbouring axes merged where that changes nothing, and axes of size 1 left out.
    pub fn new(dims: &[usize], strides: &[isize], offset: usize) -> View {
        let mut v = View { dims: vec![], strides: vec![], offset };
        for (&d, &s) in dims.iter().zip(strides) {
            if d == 1 {
                continue;
            }
            match (v.dims.last_mut(), v.strides.last_mut()) {
                (Some(d0), Some(s0)) if *s0 == s * d as isize => {
                    *d0 *= d;
                    *s0 = s;
                }
                _ => {
                    v.dims.push(d);
                    v.strides.push(s);
                }
            }
        }
        v
    }
    /// The whole array of a shape, row by row.
    pub fn strides_of(dims: &[usize]) -> Vec<isize> {
        let mut s = vec![1isize; dims.len()];
        for i in (1..dims.len()).rev() {
            s[i - 1] = s[i] * dims[i] as isize;
        }
        s
    }
    /// Number of elements.
    pub fn count(&self) -> usize {
        self.dims.iter().product()
    }
    /// Copies the elements that the view selects from `from` to `to`, row by row, on several threads if that pays.
    pub fn gather<E: Item>(&self, device: &dyn Device, from: &[E], to: &mut [E]) {
        if to.is_empty() {
            return;
        }
        if let (Some(t), Some((from, to))) = (self.transposition(size_of::<E>()), E::bytes(from, to)) {
            return t.run(device, from, to);
        }
        let rows = View::strides_of(&self.dims);
        // Parts are whole steps of the first axis whose steps are short.
        let axis = (0..self.dims.len()).find(|i| rows[*i] as usize <= STAGED).unwrap_or(0);
        let unit = rows.get(axis).map_or(1, |r| *r as usize);
        let cost = if self.strides.last() == Some(&1) || self.dims.is_empty() { MOVE_NS } else { 2.0 * MOVE_NS };
        fill_units(device, to, unit, size_of_val(from), cost, &|start, part| {
            let mut at = self.offset as isize;
            let mut rest = start;
            let mut first = vec![0; axis];
            for i in 0..axis {
                first[i] = rest / rows[i] as usize;
                rest %= rows[i] as usize;
                at += first[i] as isize * self.strides[i];
            }
            let Some(&stride) = self.strides.get(axis) else { return part.clone_from_slice(&from[self.offset..][..part.len()]) };
            let (mut done, mut row) = (0, rest / unit);
            // The part may cover the end of one block and the start of the next.
            while done < part.len() {
                let n = (self.dims[axis] - row).min((part.len() - done) / unit);
                assert!(n > 0, "a view of other dims than its result");
                let mut dims = self.dims[axis..].to_vec();
                dims[0] = n;
                let walk = Walk { dims: &dims, from: &self.strides[axis..], to: &rows[axis..] };
                walk.copy(from, at + row as isize * stride, part, done as isize);
                done += n * unit;
                row = 0;
                for i in (0..axis).rev() {
                    first[i] += 1;
                    at += self.strides[i];
                    if first[i] < self.dims[i] {
                        break;
                    }
                    at -= self.dims[i] as isize * self.strides[i];
                    first[i] = 0;
                }
            }
        });
    }
    /// As [`View::gather`], for numbers.
    pub fn gather_numbers<T: Element>(&self, device: &dyn Device, from: &[T], to: &mut [T]) -> Result<()> {
        move_sized(device, &[buffer::as_bytes(from)], buffer::as_bytes_mut(to), size_of::<T>(), self)
    }
    /// The view as a transposition of elements of so many bytes, if it is one.
    fn transposition(&self, size: usize) -> Option<Transposition> {
        let [.., columns] = self.dims[..] else { return None };
        let strides = self.strides.iter().map(|s| usize::try_from(*s).ok()).collect::<Option<Vec<_>>>()?;
        let (last, across) = (strides.len() - 1, *strides.last().filter(|s| **s > 1)?);
        let down = strides.iter().position(|s| *s == 1)?;
        let rows = View::strides_of(&self.dims);
        let outer = (0..last).filter(|i| *i != down).map(|i| [self.dims[i], strides[i], rows[i] as usize]).collect();
        let rows = (self.dims[down], rows[down] as usize);
        Some(Transposition { size, rows, columns: (columns, across), outer, offset: self.offset })
    }
}

/// Copies row-major `from` into the places of `to` that `view` (a view of `to`) selects.
pub fn scatter_view<E: Clone>(view: &View, from: &[E], to: &mut [E]) {
    if !from.is_empty() {
        let rows = View::strides_of(&view.dims);
        Walk { dims: &view.dims, from: &rows, to: &view.strides }.copy(from, 0, to, view.offset as isize);
    }
}

/// A loop nest over two arrays with strides of their own. All positions lie within the arrays.
struct Walk<'a> {
    dims: &'a [usize],
    from: &'a [isize],
    to: &'a [isize],
}

impl Walk<'_> {
    fn copy<E: Clone>(&self, from: &[E], at: isize, to: &mut [E], into: isize) {
        match self.dims {
            [] => to[into as usize] = from[at as usize].clone(),
            [_] => copy_row(self.dims[0], from, at, self.from[0], to, into, self.to[0]),
            _ => {
                let inner = Walk { dims: &self.dims[1..], from: &self.from[1..], to: &self.to[1..] };
                for i in 0..self.dims[0] as isize {
                    // Rows that lie apart are no pattern for the processor.
                    let next = (at + (i + AHEAD) * self.from[0]) as usize;
                    if let ([n], [1]) = (inner.dims, inner.from)
                        && let Some(row) = from.get(next..next.saturating_add(*n))
                    {
                        slices::prefetch(row);
                    }
                    inner.copy(from, at + i * self.from[0], to, into + i * self.to[0]);
                }
            }
        }
    }
}

#[inline(always)]
fn copy_row<E: Clone>(n: usize, from: &[E], at: isize, from_step: isize, to: &mut [E], into: isize, to_step: isize) {
    match (from_step, to_step) {
        _ if n == 0 => {}
        (1, 1) => to[into as usize..into as usize + n].clone_from_slice(&from[at as usize..at as usize + n]),
        (0, 1) => to[into as usize..into as usize + n].fill(from[at as usize].clone()),
        (1.., 1) => {
            let (at, step) = (at as usize, from_step as usize);
            let source = from[at..=at + (n - 1) * step].iter().step_by(step);
            to[into as usize..into as usize + n].iter_mut().zip(source).for_each(|(t, f)| *t = f.clone());
        }
        (_, 1) => {
            for (i, t) in to[into as usize..into as usize + n].iter_mut().enumerate() {
                *t = from[(at + i as isize * from_step) as usize].clone();
            }
        }
        _ => {
            for i in 0..n as isize {
                to[(into + i * to_step) as usize] = from[(at + i * from_step) as usize].clone();
            }
        }
    }
}

/// The movement of a view: one source.
impl Movement for View {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        self.gather(device, sources[0], out);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Cpu;

    fn gather(view: &View, n: usize) -> Vec<u32> {
        let from: Vec<u32> = (0..n as u32).collect();
        let mut to = vec![u32::MAX; view.count()];
        view.gather_numbers(&Cpu::new(0), &from, &mut to).unwrap();
        to
    }

    #[test]
    fn axes_merge_where_that_changes_nothing() {
        let v = View::new(&[2, 1, 3, 4], &[12, 7, 4, 1], 5);
        assert_eq!(v, View { dims: vec![24], strides: vec![1], offset: 5 });
        assert_eq!(View::new(&[3, 2], &[1, 3], 0).dims, [3, 2]);
        assert_eq!(View::new(&[], &[], 0).count(), 1);
    }

    #[test]
    fn views_repeat_reverse_and_transpose() {
        assert_eq!(gather(&View::new(&[2, 3], &[0, -1], 2), 3), [2, 1, 0, 2, 1, 0]);
        assert_eq!(gather(&View::new(&[3, 2], &[1, 3], 0), 6), [0, 3, 1, 4, 2, 5]);
        assert_eq!(gather(&View::new(&[1], &[1], 4), 6), [4]);
        assert_eq!(gather(&View::new(&[0, 2], &[1, 3], 0), 6), []);
    }

    #[test]
    fn large_views_equal_the_plain_loop() {
        let dims = [7usize, 33, 5, 300];
        let strides = [1isize, 7, 33 * 7 * 300, 33 * 7];
        let n = dims.iter().product();
        let got = gather(&View::new(&dims, &strides, 0), n);
        let mut i = 0;
        for a in 0..7 {
            for b in 0..33 {
                for c in 0..5 {
                    for d in 0..300 {
                        assert_eq!(got[i], (a + 7 * b + 33 * 7 * 300 * c + 33 * 7 * d) as u32);
                        i += 1;
                    }
                }
            }
        }
    }

    #[test]
    fn scatter_writes_only_what_the_view_selects() {
        let mut to = [9u8; 8];
        scatter_view(&View { dims: vec![2, 2], strides: vec![4, 2], offset: 1 }, &[1, 2, 3, 4], &mut to);
        assert_eq!(to, [9, 1, 9, 2, 9, 3, 9, 4]);
    }
}
