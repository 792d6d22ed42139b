//! One pass of a convolution: every target pixel is a sum over a few source pixels, the taps.
//!
//! The forward convolution is one pass; the input gradient is one pass per phase of the strides. Source pixels are reached
//! through row pointers, so there is no copy of the input; taps that fall into the padding point to a row of zeros.
#![allow(unsafe_code)]

use super::isa::{Convolved, Loops};
use super::kernel::Indirect;
use crate::gemm::driver::{Run, Shared};
use crate::gemm::isa::Kernels;
use crate::gemm::kernel::{After, Pack};
use crate::gemm::scratch::Scratch;
use crate::gemm::{Context, Finish};
use crate::pool;
use std::ops::Range;

/// Tiles of pixels in a task, at most.
const TILES: usize = 8;
/// Tasks for each thread, if there are enough pixels and channels.
const TASKS: usize = 8;
/// A task should not take fewer multiply-adds than this.
const SHORT: usize = 1 << 19;
/// Pixels from which the filter is packed.
const PACK_PIXELS: usize = 64;
/// Bytes of a panel that are used by all tiles of a task in turn, at most: they and the next ones stay in the second-level cache.
const DEEP: usize = 224 << 10;
/// Bytes of a panel from which tasks rather have few channels than few pixels.
const LONG: usize = 32 << 10;
/// The most rows that a kernel has.
const MAX_ROWS: usize = 16;

/// Target pixel `p` of image `b` sums over taps `t` the source pixel `p * step + taps[t]` times matrix `t` of the filter.
/// Spatial triples are `[depth, height, width]`.
pub(crate) struct Pass<'a, T> {
    pub batch: usize,
    /// Target pixels in each direction.
    pub grid: [usize; 3],
    pub source: *const T,
    pub source_size: [usize; 3],
    /// Distance between source pixels.
    pub source_channels: usize,
    /// Channels of a source pixel that are used.
    pub k: usize,
    pub step: [usize; 3],
    pub taps: Vec<Tap<T>>,
    /// Distances in the filter between target channels and between source channels.
    pub filter_strides: [usize; 2],
    pub target: *mut T,
    pub target_size: [usize; 3],
    /// Distance between target pixels.
    pub target_channels: usize,
    pub target_origin: [usize; 3],
    pub target_step: [usize; 3],
    /// Channels of a target pixel that are written.
    pub n: usize,
    /// The filter in panels of `nr` target channels, `[panel][tap][k][nr]`, or null.
    pub panels: *const T,
    /// What happens to the results; the residual lies like the target.
    pub finish: Finish<'a, T>,
}

/// The part of the target that a task computes.
struct Block {
    pixels: Range<usize>,
    channels: Range<usize>,
}

/// A filter element: where it looks, and its matrix.
#[derive(Clone, Copy)]
pub(crate) struct Tap<T> {
    pub offset: [isize; 3],
    pub filter: *const T,
}

// SAFETY: tasks read the source and the filter and write disjoint target pixels.
unsafe impl<T> Sync for Pass<'_, T> {}

impl<T: Copy> Pass<'_, T> {
    /// Target pixel `i` of all images as image and place.
    pub fn place(&self, i: usize) -> (usize, [usize; 3]) {
        let [d, h, w] = self.grid;
        (i / (d * h * w), [i / (h * w) % d, i / w % h, i % w])
    }

    /// First element of a target pixel.
    pub fn target_pixel(&self, image: usize, at: [usize; 3]) -> *mut T {
        let [d, h, w] = self.target_size;
        let [z, y, x] = [0, 1, 2].map(|i| at[i] * self.target_step[i] + self.target_origin[i]);
        self.target.wrapping_add((((image * d + z) * h + y) * w + x) * self.target_channels)
    }

    /// Where a tap sees the first pixel of the row of a target pixel, which may itself lie outside; none if the row does.
    pub fn source_row(&self, image: usize, at: [usize; 3], tap: &Tap<T>) -> Option<*const T> {
        let [d, h, w] = self.source_size;
        let z = (at[0] * self.step[0]).wrapping_add_signed(tap.offset[0]);
        let y = (at[1] * self.step[1]).wrapping_add_signed(tap.offset[1]);
        if z >= d || y >= h {
            return None;
        }
        let first = ((image * d + z) * h + y) * w * self.source_channels;
        Some(self.source.wrapping_add(first).wrapping_offset(tap.offset[2] * self.source_channels as isize))
    }

    /// The target columns whose source column exists.
    pub fn columns(&self, tap: &Tap<T>) -> Range<usize> {
        let (offset, step, width) = (tap.offset[2], self.step[2], self.source_size[2]);
        let first = usize::try_from(-offset).unwrap_or(0).div_ceil(step);
        let end = width.saturating_add_signed(-offset).div_ceil(step).min(self.grid[2]);
        first.min(end)..end
    }
}

impl<T: Convolved> Pass<'_, T> {
    /// Runs the pass for dense filters; false if it was cancelled.
    ///
    /// # Safety
    /// Source, filter and target are valid for all sizes given, and the target is not aliased.
    pub unsafe fn run(&self, context: Context) -> bool {
        let run = Run::<T>::new(context);
        let loops = T::loops(context.isa);
        let kernels = run.kernels;
        let (mr, nr) = (loops.indirect.len(), kernels.nr());
        let pixels = self.batch * self.grid.iter().product::<usize>();
        let depth = self.taps.len() * self.k;
        let zeros = Scratch::<T>::new(self.k);
        // SAFETY: just allocated.
        unsafe { std::slice::from_raw_parts_mut(zeros.ptr(), self.k) }.fill(T::ZERO);
        let zeros = Shared(zeros.ptr());
        let pack = self.panels.is_null() && (pixels > PACK_PIXELS || !self.filter_is_matrix());
        let packed = Scratch::<T>::new(if pack { self.n.next_multiple_of(nr) * depth } else { 0 });
        let panels = pack.then_some(Shared(packed.ptr()));
        let column_panels = self.n.div_ceil(nr);
        if let Some(out) = panels
            && !run.each(column_panels, 8 * depth * nr, &|range| self.pack(kernels, range, out))
        {
            return false;
        }
        let panels = panels.or((!self.panels.is_null()).then_some(Shared(self.panels.cast_mut())));
        // Few pixels are shared out by channels as well.
        let threads = if context.threads { pool::threads() } else { 1 };
        let macs = pixels * self.n * depth.max(1);
        let wanted = (macs / SHORT).clamp(1, threads * TASKS);
        let tiles = pixels.div_ceil(mr);
        let by_channels = if depth * nr * size_of::<T>() > LONG { column_panels.max(1) } else { 1 };
        let chunk = tiles.div_ceil(wanted.div_ceil(by_channels)).clamp(2, TILES) * mr;
        let chunks = pixels.div_ceil(chunk);
        let columns = column_panels.div_ceil(wanted.div_ceil(chunks.max(1))).max(1) * nr;
        let splits = self.n.div_ceil(columns);
        run.each(chunks * splits, chunk * depth.max(1) * columns.min(self.n), &|range| {
            for task in range {
                let first = task / splits * chunk;
                let channels = task % splits * columns;
                let block = Block { pixels: first..pixels.min(first + chunk), channels: channels..self.n.min(channels + columns) };
                // SAFETY: the contract is passed on; tasks are disjoint.
                unsafe { self.block(kernels, loops, panels, zeros, block) };
            }
        })
    }

    /// Whether the matrices of all taps, one after the other, are rows of one matrix that the kernel can read.
    fn filter_is_matrix(&self) -> bool {
        let [across, down] = self.filter_strides;
        across == 1 && self.taps.windows(2).all(|t| t[0].filter.wrapping_add(self.k * down) == t[1].filter)
    }

    /// Packs panels of `nr` target channels: `[panel][tap][k][nr]`.
    fn pack(&self, kernels: &Kernels<T>, panels: Range<usize>, out: Shared<T>) {
        let nr = kernels.nr();
        let depth = self.taps.len() * self.k;
        for panel in panels {
            for (t, tap) in self.taps.iter().enumerate() {
                // SAFETY: by the contract of `run`; a panel fills whole registers.
                unsafe {
                    (kernels.pack)(&Pack {
                        src: tap.filter.add(panel * nr * self.filter_strides[0]),
                        outer: self.filter_strides[0],
                        inner: self.filter_strides[1],
                        count: nr.min(self.n - panel * nr),
                        width: nr,
                        k: self.k,
                        out: out.get().add((panel * depth + t * self.k) * nr),
                    });
                }
            }
        }
    }

    /// Computes some channels of some pixels.
    unsafe fn block(&self, kernels: &Kernels<T>, loops: &Loops<T>, panels: Option<Shared<T>>, zeros: Shared<T>, block: Block) {
        let (mr, nr, taps) = (loops.indirect.len(), kernels.nr(), self.taps.len());
        let depth = taps * self.k;
        let Finish { after, activation } = self.finish;
        let residual = after.residual;
        let pixels = block.pixels.len();
        let rows = Scratch::<*const T>::new(pixels * taps);
        let targets = Scratch::<*mut T>::new(pixels);
        // Tiles of nearly the same height, since flat ones are slow.
        let count = pixels.div_ceil(mr).max(1);
        let tiles = || (0..count).map(|i| pixels * i / count..pixels * (i + 1) / count);
        // Taps whose part of a panel is used at a time.
        let tap_bytes = (self.k * nr * size_of::<T>()).max(1);
        let group = taps.div_ceil((taps * tap_bytes).div_ceil(DEEP).clamp(1, taps.max(1))).max(1);
        // SAFETY: by the contract of `run`; the scratch arrays have room for the block.
        unsafe {
            self.point(block.pixels.start, tiles(), zeros.get(), rows.ptr(), targets.ptr());
            for j in block.channels.clone().step_by(nr) {
                let n = nr.min(block.channels.end - j);
                let (b, b_row) = match (panels, self.taps.first()) {
                    (Some(panels), _) => (panels.get().add(j * depth).cast_const(), nr),
                    (None, Some(tap)) => (tap.filter.add(j), self.filter_strides[1]),
                    (None, None) => (std::ptr::null(), 0),
                };
                for first in (0..taps.max(1)).step_by(group) {
                    let (segments, last) = (group.min(taps - first.min(taps)), first + group >= taps);
                    let (b, deep) = (b.wrapping_add(first * self.k * b_row), segments * self.k);
                    for (at, tile) in tiles().enumerate() {
                        let m = tile.len();
                        let (mut c, mut residuals) = ([std::ptr::null_mut(); MAX_ROWS], [std::ptr::null(); MAX_ROWS]);
                        for (c, target) in c.iter_mut().zip(std::slice::from_raw_parts(targets.ptr().add(tile.start), m)) {
                            *c = target.add(j);
                        }
                        if !residual.is_null() {
                            for (residual_row, c) in residuals.iter_mut().zip(&c[..m]) {
                                *residual_row = residual.offset(c.offset_from(self.target));
                            }
                        }
                        loops.indirect[m - 1][usize::from(n > kernels.lanes)](&Indirect {
                            segments,
                            k: self.k,
                            rows: rows.ptr().add(tile.start * taps + first * m),
                            b,
                            b_row,
                            b_padded: panels.is_some(),
                            c: c.as_ptr(),
                            n,
                            add: first > 0,
                            after: if last { After { residual: std::ptr::null(), ..after.at(0, j) } } else { After::NONE },
                            residuals: if residual.is_null() { c.as_ptr().cast() } else { residuals.as_ptr() },
                            add_residuals: last && !residual.is_null(),
                            soon: b.wrapping_add((deep + deep * at / count) * b_row),
                            soon_every: count,
                        });
                        if let (Some(f), true) = (activation, last) {
                            for c in &c[..m] {
                                f(std::slice::from_raw_parts_mut(*c, n));
                            }
                        }
                    }
                }
            }
        }
    }

    /// Writes the target pointers of tiles of pixels from `first` on, and their row pointers `[tile][tap][pixel]`.
    unsafe fn point(
        &self,
        first: usize,
        tiles: impl Iterator<Item = Range<usize>>,
        zeros: *const T,
        rows: *mut *const T,
        targets: *mut *mut T,
    ) {
        let step = self.step[2] * self.source_channels;
        let target_step = self.target_step[2] * self.target_channels;
        let columns: Vec<_> = self.taps.iter().map(|t| self.columns(t)).collect();
        for tile in tiles {
            let m = tile.len();
            let mut done = 0;
            while done < m {
                // The pixels of the tile that lie in one row.
                let (image, at) = self.place(first + tile.start + done);
                let count = (self.grid[2] - at[2]).min(m - done);
                let target = self.target_pixel(image, at);
                for (t, (tap, columns)) in self.taps.iter().zip(&columns).enumerate() {
                    let row = self.source_row(image, at, tap);
                    let (source, columns) = row.map_or((zeros, 0..0), |row| (row, columns.clone()));
                    // Those of them that the row has, between others.
                    let from = columns.start.clamp(at[2], at[2] + count) - at[2];
                    let to = columns.end.clamp(at[2] + from, at[2] + count) - at[2];
                    let row = rows.wrapping_add(tile.start * self.taps.len() + t * m + done);
                    for i in 0..count {
                        let there = source.wrapping_add((at[2] + i) * step);
                        // SAFETY: there is room for all pixels of the block.
                        unsafe { *row.add(i) = if (from..to).contains(&i) { there } else { zeros } };
                    }
                }
                for i in 0..count {
                    // SAFETY: as above.
                    unsafe { *targets.add(tile.start + done + i) = target.wrapping_add(i * target_step) };
                }
                done += count;
            }
        }
    }
}
