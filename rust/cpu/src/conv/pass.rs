//! One pass of a convolution: every target pixel is a product of a few source pixels with a packed filter.
//!
//! Source pixels are reached through row pointers, so there is no copy of the input; taps that fall into the padding
//! point to a row of zeros. The forward convolution is one pass; the input gradient is one pass per phase of the strides.
#![allow(unsafe_code)]

use crate::gemm::Context;
use crate::gemm::driver::{Run, Shared};
use crate::gemm::isa::Element;
use crate::gemm::kernel::{Indirect, Pack};
use crate::gemm::scratch::Scratch;

/// Blocks of pixels in a task.
const BLOCKS: usize = 8;
/// Pixels from which the filter is packed.
const PACK_PIXELS: usize = 64;

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
        // A filter that lies as the kernel reads it is packed only if many pixels use it.
        let dense = self.filter_strides[0] == 1
            && self.taps.windows(2).all(|t| t[0].filter.wrapping_add(self.k * self.filter_strides[1]) == t[1].filter);
        let pack = !dense || pixels > PACK_PIXELS;
        let packed = Scratch::<T>::new(if pack { self.n.next_multiple_of(nr) * depth } else { 0 });
        let (panels, zeros) = (Shared(packed.ptr()), Shared(zeros.ptr()));
        if pack {
            run.each(self.n.div_ceil(nr), 8 * depth * nr, &|range| {
                for panel in range {
                    for (t, tap) in self.taps.iter().enumerate() {
                        // SAFETY: by the contract; a panel fills whole registers.
                        unsafe {
                            (kernels.pack)(&Pack {
                                src: tap.filter.add(panel * nr * self.filter_strides[0]),
                                outer: self.filter_strides[0],
                                inner: self.filter_strides[1],
                                count: nr.min(self.n - panel * nr),
                                width: nr,
                                k: self.k,
                                out: panels.get().add((panel * depth + t * self.k) * nr),
                            });
                        }
                    }
                }
            });
        }
        let chunk = BLOCKS * mr;
        run.each(pixels.div_ceil(chunk), chunk * depth.max(1) * self.n, &|range| {
            let rows = Scratch::<*const T>::new(chunk * self.taps.len());
            let targets = Scratch::<*mut T>::new(chunk);
            for task in range {
                let first = task * chunk;
                let end = pixels.min(first + chunk);
                // SAFETY: by the contract; the scratch arrays have room for a chunk.
                unsafe {
                    for block in (first..end).step_by(mr) {
                        let m = mr.min(end - block);
                        let at = block - first;
                        self.point(block, m, zeros.get(), rows.ptr().add(at * self.taps.len()), targets.ptr().add(at));
                    }
                    for j in (0..self.n).step_by(nr) {
                        let n = nr.min(self.n - j);
                        let (b, b_row) = match self.taps.first() {
                            _ if pack => (panels.get().add(j * depth).cast_const(), nr),
                            Some(tap) => (tap.filter.add(j), self.filter_strides[1]),
                            None => (std::ptr::null(), 0),
                        };
                        let mut c = [std::ptr::null_mut(); 16];
                        for block in (first..end).step_by(mr) {
                            let m = mr.min(end - block);
                            let at = block - first;
                            for (i, c) in c.iter_mut().enumerate().take(m) {
                                *c = (*targets.ptr().add(at + i)).add(j);
                            }
                            kernels.indirect[m - 1][usize::from(n > kernels.lanes)](&Indirect {
                                segments: self.taps.len(),
                                k: self.k,
                                rows: rows.ptr().add(at * self.taps.len()),
                                b,
                                b_row,
                                b_padded: pack,
                                c: c.as_ptr(),
                                n,
                            });
                        }
                    }
                }
            }
        })
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
