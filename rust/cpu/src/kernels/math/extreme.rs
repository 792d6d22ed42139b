//! Where the largest or smallest elements along an axis are: ArgMax and ArgMin.
#![allow(clippy::needless_range_loop)] // loops by index are what the compiler makes vector code of
use crate::kernels::copy::fill_parallel;
use crate::kernels::dispatch::Real;
use crate::kernels::math::limits::Limits;
use crate::simd::{self, Isa};
use crate::{dispatch, dispatch_real};
use ferroflow_ops::{Call, Device, Prep, Prepared};
use ferroflow_tensor::{DType, Result, error};

/// Estimated time per element, in nanoseconds.
const NS: f32 = 0.15;
/// Elements of a row that are compared at once.
const LANES: usize = 32;
/// Columns that are searched together.
const COLUMNS: usize = 512;
/// Elements of a part of a long row.
const PART: usize = 1 << 16;

/// Prepares ArgMax or ArgMin.
pub fn prepare<const MAX: bool>(p: &Prep) -> Result<Prepared> {
    let cost = 60.0 + NS * p.shape(0).count() as f32;
    if p.dtype(0) == DType::Bool {
        return Ok(Prepared::new(truths::<MAX>, cost));
    }
    dispatch_real!(p.dtype(0), T => Ok(Prepared::new(numbers::<T, MAX>, cost)))
}

/// The sizes of the axes before the searched one, of that one, and of those after it.
fn sizes(call: &Call) -> Result<[usize; 3]> {
    let dims = call.input(0).shape();
    let axis = call.input(1).to_i64()?.first().copied().unwrap_or(0);
    let axis = if axis < 0 { axis + dims.rank() as i64 } else { axis } as usize;
    Ok([dims[..axis].iter().product(), dims[axis], dims[axis + 1..].iter().product()])
}

fn truths<const MAX: bool>(_: &Prepared, call: &mut Call) -> Result<()> {
    let [outer, n, inner] = sizes(call)?;
    let x = call.slice::<bool>(0)?;
    let first = |o: usize, column: usize| (0..n).position(|i| x[(o * n + i) * inner + column] == MAX).unwrap_or(0) as i64;
    let positions = (0..outer).flat_map(|o| (0..inner).map(move |column| first(o, column))).collect();
    store(call, positions)
}

/// The position of the first of the best elements. As in TensorFlow the search starts at a finite extreme, which it must
/// beat, so that NaN and an infinity beyond it count for nothing; 0 where nothing does.
fn numbers<T: Real + Limits, const MAX: bool>(_: &Prepared, call: &mut Call) -> Result<()> {
    let [_, n, inner] = sizes(call)?;
    let (x, device) = (call.slice::<T>(0)?, call.run.device);
    let mut positions = vec![0i64; call.output(0).count()];
    if positions.is_empty() {
        return Ok(());
    }
    if inner == 1 && positions.len() < 16 && n > 4 * PART {
        for (position, row) in positions.iter_mut().zip(x.chunks_exact(n)) {
            *position = in_long_row::<T, MAX>(device, row);
        }
    } else if inner == 1 {
        fill_parallel(device, &mut positions, PART.div_ceil(n), NS * n as f32, &|first, part| {
            for (position, row) in part.iter_mut().zip(x[first * n..].chunks_exact(n)) {
                *position = in_row::<T, MAX>(row, simd::run(Best::<T, MAX>(row)));
            }
        });
    } else {
        let grain = COLUMNS * PART.div_ceil(n * COLUMNS);
        fill_parallel(device, &mut positions, grain, NS * n as f32, &|first, part| {
            let mut done = 0;
            while done < part.len() {
                let (o, column) = ((first + done) / inner, (first + done) % inner);
                let width = COLUMNS.min(inner - column).min(part.len() - done);
                let block = &x[o * n * inner..][..n * inner];
                simd::run(OfColumns::<T, MAX> { block, inner, column, out: &mut part[done..done + width] });
                done += width;
            }
        });
    }
    store(call, positions)
}

/// Does `x` take the place of `best`?
#[inline(always)]
fn better<T: Real, const MAX: bool>(best: T, x: T) -> bool {
    if MAX { best.below(x) } else { x.below(best) }
}

/// Where a search starts.
#[inline(always)]
fn start<T: Limits, const MAX: bool>() -> T {
    if MAX { T::LOWEST } else { T::HIGHEST }
}

/// The best element of a row.
struct Best<'a, T, const MAX: bool>(&'a [T]);
impl<T: Real + Limits, const MAX: bool> simd::Kernel for Best<'_, T, MAX> {
    type Output = T;
    #[inline(always)]
    fn run<I: Isa>(self) -> T {
        let mut lanes = [start::<T, MAX>(); LANES];
        let (chunks, rest) = self.0.as_chunks::<LANES>();
        for chunk in chunks {
            for i in 0..LANES {
                lanes[i] = if better::<T, MAX>(lanes[i], chunk[i]) { chunk[i] } else { lanes[i] };
            }
        }
        let mut best = start::<T, MAX>();
        for x in rest {
            best = if better::<T, MAX>(best, *x) { *x } else { best };
        }
        for x in lanes {
            best = if better::<T, MAX>(best, x) { x } else { best };
        }
        best
    }
}

/// Where a row holds `best` first; 0 if that is where the search starts.
fn in_row<T: Real + Limits, const MAX: bool>(row: &[T], best: T) -> i64 {
    if best == start::<T, MAX>() {
        return 0;
    }
    let (chunks, _) = row.as_chunks::<LANES>();
    let before = chunks.iter().take_while(|chunk| !chunk.iter().fold(false, |found, x| found | (*x == best))).count() * LANES;
    (before + row[before..].iter().position(|x| *x == best).unwrap_or(0)) as i64
}

/// A row that all threads search.
fn in_long_row<T: Real + Limits, const MAX: bool>(device: &dyn Device, row: &[T]) -> i64 {
    let mut found = vec![start::<T, MAX>(); row.len().div_ceil(PART)];
    fill_parallel(device, &mut found, 1, NS * PART as f32, &|first, part| {
        for (best, x) in part.iter_mut().zip(row[first * PART..].chunks(PART)) {
            *best = simd::run(Best::<T, MAX>(x));
        }
    });
    let best = simd::run(Best::<T, MAX>(&found));
    let part = in_row::<T, MAX>(&found, best) as usize * PART;
    part as i64 + in_row::<T, MAX>(&row[part..], best)
}

/// The positions for some columns of a block of rows.
struct OfColumns<'a, T, const MAX: bool> {
    block: &'a [T],
    inner: usize,
    column: usize,
    out: &'a mut [i64],
}
impl<T: Real + Limits, const MAX: bool> simd::Kernel for OfColumns<'_, T, MAX> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let width = self.out.len();
        let mut best = [start::<T, MAX>(); COLUMNS];
        // Positions in 32 bits, as wide as most elements, within parts of so many rows.
        for (part, rows) in self.block.chunks(self.inner << 31).enumerate() {
            let mut places = [u32::MAX; COLUMNS];
            for (i, row) in rows.chunks_exact(self.inner).enumerate() {
                let row = &row[self.column..self.column + width];
                let (best, places) = (&mut best[..width], &mut places[..width]);
                for j in 0..width {
                    let found = better::<T, MAX>(best[j], row[j]);
                    best[j] = if found { row[j] } else { best[j] };
                    places[j] = if found { i as u32 } else { places[j] };
                }
            }
            for j in 0..width {
                if places[j] != u32::MAX {
                    self.out[j] = (part << 31) as i64 + i64::from(places[j]);
                }
            }
        }
    }
}

/// Sets the output. InvalidArgument for a position that its dtype cannot hold.
fn store(call: &mut Call, positions: Vec<i64>) -> Result<()> {
    let dtype = call.output(0).dtype();
    dispatch!(dtype, P => {
        for (o, i) in call.out::<P>(0)?.iter_mut().zip(positions) {
            *o = P::try_from(i).map_err(|_| error!(InvalidArgument, "position {i} does not fit into {dtype}"))?;
        }
        Ok(())
    }, Int16: i16, UInt16: u16, Int32: i32, Int64: i64)
}
