//! Gathering and scattering by index vectors.
use super::{FULL_QUANTIZED, PLAIN, PLAIN_STRING, fills, moving_cost, sizes_of};
use crate::frames::slices::prefetch;
use crate::kernels::array::gather::{AHEAD, position};
use crate::kernels::copy::{Item, MOVE_NS, Movement, fill_parallel, move_bytes, move_elements, move_to_new};
use crate::kernels::dispatch::{INDICES, NUMBERS, Number, REALS, Real};
use crate::kernels::routed::combine_rows;
use crate::{dispatch_number, dispatch_real};
use ferroflow_ops::{Call, Device, Kernel, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, Shape, Str, Tensor, bail};

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    fills("GatherNd", &[("Tparams", FULL_QUANTIZED)], |p| prepared(p, gather_nd)),
    fills("ScatterNd", &[("T", PLAIN_STRING), ("Tindices", INDICES)], |p| prepared(p, scatter_nd)),
    fills("TensorScatterUpdate", &[("T", PLAIN_STRING), ("Tindices", INDICES)], |p| prepared(p, update)),
    fills("TensorScatterAdd", &[("T", NUMBERS), ("Tindices", INDICES)], |p| prepared(p, add)),
    fills("ScatterNdNonAliasingAdd", &[("T", PLAIN), ("Tindices", INDICES)], |p| prepared(p, add)),
    fills("TensorScatterSub", &[("T", NUMBERS), ("Tindices", INDICES)], |p| prepared(p, subtract)),
    fills("TensorScatterMin", &[("T", REALS), ("Tindices", INDICES)], |p| prepared(p, minimum)),
    fills("TensorScatterMax", &[("T", REALS), ("Tindices", INDICES)], |p| prepared(p, maximum)),
];

fn prepared(p: &Prep, run: fn(&Prepared, &mut Call) -> Result<()>) -> Result<Prepared> {
    let policy = p.attrs.str("bad_indices_policy")?;
    if !matches!(policy, "" | "DEFAULT" | "ERROR" | "IGNORE") {
        bail!(InvalidArgument, "Unknown bad indices handling attribute: {policy}");
    }
    let mut prepared = Prepared::new(run, 2.0 * moving_cost(p));
    prepared.args[0] = usize::from(policy == "IGNORE");
    Ok(prepared)
}

/// Where index vectors point to.
struct Places {
    /// The first element of each slice; None for one out of range that is ignored.
    at: Vec<Option<usize>>,
    /// Elements per slice.
    slice: usize,
}

/// Resolves the vectors along the last axis of `indices` in a tensor of shape `shape`. InvalidArgument for one out of
/// range, unless that is ignored; `what` names the tensor.
fn places(indices: &Tensor, shape: &Shape, ignore: bool, what: &str) -> Result<Places> {
    let numbers = indices.to_i64()?;
    let Some((&depth, outer)) = indices.shape().split_last() else { bail!(Internal, "indices without axes") };
    if depth > shape.rank() {
        bail!(Internal, "index vectors of {depth} elements into {shape}");
    }
    let slice: usize = shape[depth..].iter().product();
    let strides: Vec<usize> = (0..depth).map(|i| shape[i + 1..].iter().product()).collect();
    let n = outer.iter().product();
    let mut at = Vec::with_capacity(n);
    for row in 0..n {
        let vector = &numbers[row * depth..(row + 1) * depth];
        let inside = vector.iter().zip(shape.iter()).all(|(x, d)| (*x as u64) < *d as u64);
        if !inside && !ignore {
            let separator = if what == "param shape" { ", " } else { "," };
            let text = vector.iter().map(i64::to_string).collect::<Vec<_>>().join(separator);
            bail!(InvalidArgument, "indices{} = [{text}] does not index into {what} {shape}", position(outer, row));
        }
        at.push(inside.then(|| vector.iter().zip(&strides).map(|(x, s)| *x as usize * s).sum()));
    }
    Ok(Places { at, slice })
}

impl Places {
    /// The pairs of a slice and its position among the updates.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.at.iter().enumerate().filter_map(|(i, at)| Some(((*at)?, i * self.slice)))
    }
}

struct GatherNd(Places);
impl Movement for GatherNd {
    fn run<E: Item>(&self, device: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let n = self.0.slice;
        let places = &self.0.at;
        fill_parallel(device, out, n * (1usize << 14).div_ceil(n), 2.0 * MOVE_NS, &|start, part| {
            for (i, row) in (start / n..).zip(part.chunks_exact_mut(n)) {
                if let Some(Some(next)) = places.get(i + AHEAD) {
                    prefetch(&sources[0][*next..*next + n]);
                }
                if let Some(at) = &places[i] {
                    row.clone_from_slice(&sources[0][*at..at + n]);
                }
            }
        });
        Ok(())
    }
}

fn gather_nd(p: &Prepared, call: &mut Call) -> Result<()> {
    let (params, indices) = (call.input(0), call.input(1));
    let Some((&depth, outer)) = indices.shape().split_last() else { bail!(Internal, "indices without axes") };
    let shape = Shape::from([outer, params.shape().get(depth..).unwrap_or(&[])].concat());
    if params.count() == 0 && shape.count() > 0 {
        bail!(InvalidArgument, "Requested more than 0 entries, but params is empty.  Params shape: {}", params.shape());
    }
    let places = places(indices, params.shape(), p.args[0] == 1, "param shape")?;
    if p.args[0] == 1
        && let Some(bytes) = call.output(0).bytes_mut()
    {
        bytes.fill(0);
    }
    move_elements(call, 0..1, 0, &shape, &GatherNd(places))
}

/// Puts slices of the second source over a copy of the first.
struct Replace(Places);
impl Movement for Replace {
    fn run<E: Item>(&self, _: &dyn Device, sources: &[&[E]], out: &mut [E]) -> Result<()> {
        let (updates, n) = (sources[1], self.0.slice);
        out.clone_from_slice(sources[0]);
        for (to, from) in self.0.pairs() {
            out[to..to + n].clone_from_slice(&updates[from..from + n]);
        }
        Ok(())
    }
}

fn update(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, indices, updates) = (call.input(0), call.input(1), call.input(2));
    let places = places(indices, x.shape(), p.args[0] == 1, "shape")?;
    let device = call.run.device;
    if x.dtype().is_object() {
        let out = move_to_new(device, &[x, updates], x.dtype(), x.shape(), &Replace(places))?;
        call.set(0, out);
        return Ok(());
    }
    move_bytes(device, &[x, updates], call.output(0), &Replace(places))
}

/// Fills `out` with what `start` makes of each part, then combines slices of `updates` with those that the places name, in
/// their order.
fn combine<T: Element>(
    device: &dyn Device,
    places: &Places,
    updates: &[T],
    out: &mut [T],
    start: impl Fn(usize, &mut [T]) + Sync,
    f: impl Fn(T, T) -> T + Sync,
) {
    let n = places.slice;
    combine_rows(device, out, n, updates, places.pairs().map(|(to, from)| (to / n, from)), start, f);
}

/// Empty strings, with those of `updates` appended where the places name them.
fn joined(places: &Places, updates: &[Str], shape: &Shape) -> Result<Tensor> {
    let mut out: Vec<Vec<u8>> = vec![vec![]; shape.count()];
    for (to, from) in places.pairs() {
        for (text, update) in out[to..to + places.slice].iter_mut().zip(&updates[from..]) {
            text.extend_from_slice(update);
        }
    }
    Tensor::from_strings(out.into_iter().map(Str::from).collect(), shape.clone())
}

fn scatter_nd(p: &Prepared, call: &mut Call) -> Result<()> {
    let (indices, updates) = (call.input(0), call.input(1));
    let shape = Shape::from(sizes_of(call.input(2))?);
    let places = places(indices, &shape, p.args[0] == 1, "shape")?;
    if updates.dtype() == DType::String {
        let out = joined(&places, updates.strings()?, &shape)?;
        call.set(0, out);
        return Ok(());
    }
    if updates.dtype() == DType::Bool {
        let device = call.run.device;
        combine(device, &places, updates.slice::<bool>()?, call.out(0)?, |_, part| part.fill(false), |a, b| a | b);
        return Ok(());
    }
    dispatch_number!(updates.dtype(), T => {
        let device = call.run.device;
        combine(device, &places, updates.slice::<T>()?, call.out(0)?, |_, part| part.fill(T::ZERO), |a, b| a.plus(b));
        Ok(())
    })
}

fn add(p: &Prepared, call: &mut Call) -> Result<()> {
    if call.input(0).dtype() == DType::Bool {
        return combined::<bool>(p, call, |a, b| a | b);
    }
    dispatch_number!(call.input(0).dtype(), T => combined::<T>(p, call, |a, b| a.plus(b)))
}

fn subtract(p: &Prepared, call: &mut Call) -> Result<()> {
    dispatch_number!(call.input(0).dtype(), T => combined::<T>(p, call, |a, b| a.minus(b)))
}

fn minimum(p: &Prepared, call: &mut Call) -> Result<()> {
    dispatch_real!(call.input(0).dtype(), T => combined::<T>(p, call, |a, b| if b.below(a) { b } else { a }))
}

fn maximum(p: &Prepared, call: &mut Call) -> Result<()> {
    dispatch_real!(call.input(0).dtype(), T => combined::<T>(p, call, |a, b| if a.below(b) { b } else { a }))
}

fn combined<T: Element>(p: &Prepared, call: &mut Call, f: impl Fn(T, T) -> T + Sync) -> Result<()> {
    let (x, indices, updates) = (call.input(0), call.input(1), call.input(2));
    let places = places(indices, x.shape(), p.args[0] == 1, "shape")?;
    let (device, x) = (call.run.device, x.slice::<T>()?);
    combine(device, &places, updates.slice()?, call.out(0)?, |first, part| part.copy_from_slice(&x[first..first + part.len()]), f);
    Ok(())
}
