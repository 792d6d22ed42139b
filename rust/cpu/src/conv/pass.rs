//! One pass of a convolution: every target pixel is a product of a few source pixels with a packed filter.
//!
//! Source pixels are reached through row pointers, so there is no copy of the input; taps that fall into the padding
//! point to a row of zeros. The forward convolution is one pass; the input gradient is one pass per phase of the strides.
#![allow(unsafe_code)]

use crate::gemm::Context;
use crate::gemm::driver::{Run, Shared};
use crate::gemm::isa::{Element, Kernels};
use crate::gemm::kernel::{Indirect, Pack};
use crate::gemm::scratch::Scratch;
use std::ops::Range;

/// Blocks of pixels in a task.
const BLOCKS: usize = 8;
/// Tasks that a pass is cut into, if it has enough pixels and channels.
const TASKS: usize = 8;
/// Pixels from which the filter is packed.
const PACK_PIXELS: usize = 64;
/// The most rows that a kernel has.
const MAX_ROWS: usize = 16;

/// Target pixel `(i, j)` of image `b` sums over taps `t` the source pixel `(i, j) * step + origin + taps[t]` times
/// matrix `t` of the filter.
pub(crate) struct Pass<T> {
    pub batch: usize,
    /// Target pixels in each direction.
    pub grid: [usize; 2],
    pub source: *const T,
    pub source_size: [usize; 2],
    /// Distance between source pixels.
    pub source_channels: usize,
    /// Channels of a source pixel that are used.
    pub k: usize,
    pub step: [usize; 2],
    pub origin: [isize; 2],
    pub taps: Vec<Tap<T>>,
    /// Distances in the filter between target channels and between source channels.
    pub filter_strides: [usize; 2],
    pub target: *mut T,
    pub target_size: [usize; 2],
    /// Distance between target pixels.
    pub target_channels: usize,
    pub target_origin: [usize; 2],
    pub target_step: [usize; 2],
    /// Channels of a target pixel that are written.
    pub n: usize,
}

/// The part of the target that a task computes.
struct Block {
    pixels: Range<usize>,
    channels: Range<usize>,
}

/// A filter element: where it looks, and its matrix.
#[derive(Clone, Copy)]
pub(crate) struct Tap<T> {
    pub offset: [isize; 2],
    pub filter: *const T,
}

// SAFETY: tasks read the source and the filter and write disjoint target pixels.
unsafe impl<T> Sync for Pass<T> {}

impl<T: Element> Pass<T> {
    /// Runs the pass; false if it was cancelled.
    ///
    /// # Safety
    /// Source, filter and target are valid for all sizes given, and the target is not aliased.
    pub unsafe fn run(&self, context: Context) -> bool {
        let run = Run::<T>::new(context);
        let kernels = run.kernels;
        let (mr, nr) = (kernels.mr(), kernels.nr());
        let pixels = self.batch * self.grid[0] * self.grid[1];
        let depth = self.taps.len() * self.k;
        let zeros = Scratch::<T>::new(self.k);
        // SAFETY: just allocated.
        unsafe { std::slice::from_raw_parts_mut(zeros.ptr(), self.k) }.fill(T::ZERO);
        let zeros = Shared(zeros.ptr());
        let pack = pixels > PACK_PIXELS || !self.filter_is_matrix();
        let packed = Scratch::<T>::new(if pack { self.n.next_multiple_of(nr) * depth } else { 0 });
        let panels = pack.then_some(Shared(packed.ptr()));
        if let Some(out) = panels
            && !run.each(self.n.div_ceil(nr), 8 * depth * nr, &|range| self.pack(kernels, range, out))
        {
            return false;
        }
        // Few pixels are shared out by channels as well.
        let (chunk, column_panels) = (BLOCKS * mr, self.n.div_ceil(nr));
        let chunks = pixels.div_ceil(chunk);
        let wanted = TASKS.div_ceil(chunks.max(1));
        let columns = column_panels.div_ceil(wanted).max(1) * nr;
        let splits = self.n.div_ceil(columns);
        run.each(chunks * splits, chunk * depth.max(1) * columns.min(self.n), &|range| {
            for task in range {
                let first = task / splits * chunk;
                let channels = task % splits * columns;
                let block = Block { pixels: first..pixels.min(first + chunk), channels: channels..self.n.min(channels + columns) };
                // SAFETY: the contract is passed on; tasks are disjoint.
                unsafe { self.block(kernels, panels, zeros, block) };
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
    unsafe fn block(&self, kernels: &Kernels<T>, panels: Option<Shared<T>>, zeros: Shared<T>, block: Block) {
        let (mr, nr, taps) = (kernels.mr(), kernels.nr(), self.taps.len());
        let depth = taps * self.k;
        let rows = Scratch::<*const T>::new(block.pixels.len() * taps);
        let targets = Scratch::<*mut T>::new(block.pixels.len());
        // Pixels `at` to `at + m` of the block, up to `mr` together.
        let tiles = || (0..block.pixels.len()).step_by(mr).map(|at| (at, mr.min(block.pixels.len() - at)));
        // SAFETY: by the contract of `run`; the scratch arrays have room for the block.
        unsafe {
            for (at, m) in tiles() {
                self.point(block.pixels.start + at, m, zeros.get(), rows.ptr().add(at * taps), targets.ptr().add(at));
            }
            for j in block.channels.clone().step_by(nr) {
                let n = nr.min(block.channels.end - j);
                let (b, b_row) = match (panels, self.taps.first()) {
                    (Some(panels), _) => (panels.get().add(j * depth).cast_const(), nr),
                    (None, Some(tap)) => (tap.filter.add(j), self.filter_strides[1]),
                    (None, None) => (std::ptr::null(), 0),
                };
                for (at, m) in tiles() {
                    let mut c = [std::ptr::null_mut(); MAX_ROWS];
                    for (i, c) in c.iter_mut().enumerate().take(m) {
                        *c = (*targets.ptr().add(at + i)).add(j);
                    }
                    kernels.indirect[m - 1][usize::from(n > kernels.lanes)](&Indirect {
                        segments: taps,
                        k: self.k,
                        rows: rows.ptr().add(at * taps),
                        b,
                        b_row,
                        b_padded: panels.is_some(),
                        c: c.as_ptr(),
                        n,
                    });
                }
            }
        }
    }

    /// Writes the row pointers `[tap][pixel]` and the target pointers of `m` pixels from `first` on.
    unsafe fn point(&self, first: usize, m: usize, zeros: *const T, rows: *mut *const T, targets: *mut *mut T) {
        let [height, width] = self.source_size;
        let grid = self.grid[0] * self.grid[1];
        for i in 0..m {
            let (image, pixel) = ((first + i) / grid, (first + i) % grid);
            let at = [pixel / self.grid[1], pixel % self.grid[1]];
            let [y, x] = [0, 1].map(|d| (at[d] * self.step[d]) as isize + self.origin[d]);
            let [ty, tx] = [0, 1].map(|d| at[d] * self.target_step[d] + self.target_origin[d]);
            // SAFETY: pixels inside the source and the target, by the contract of `run`.
            unsafe {
                let source = self.source.add(image * height * width * self.source_channels);
                for (t, tap) in self.taps.iter().enumerate() {
                    // A negative coordinate becomes a huge one.
                    let (sy, sx) = ((y + tap.offset[0]) as usize, (x + tap.offset[1]) as usize);
                    let inside = sy < height && sx < width;
                    let row = if inside { source.add((sy * width + sx) * self.source_channels) } else { zeros };
                    *rows.add(t * m + i) = row;
                }
                let pixel = (image * self.target_size[0] + ty) * self.target_size[1] + tx;
                *targets.add(i) = self.target.add(pixel * self.target_channels);
            }
        }
    }
}
