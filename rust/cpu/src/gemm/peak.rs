//! The multiply-add rate of one core, which the speed of products is compared with.
#![allow(unsafe_code)]

use super::isa::{Element, usable};
use crate::simd::Level;
use std::hint::black_box;
use std::time::Instant;

/// Independent sums: enough to hide the latency of two multiply-add units.
pub(crate) const CHAINS: usize = 12;

/// Measures the `f32` multiply-adds of one core without memory accesses, in GFLOP/s (two operations each).
///
/// It is an upper bound for AVX2 and AVX-512. At the portable level compilers may leave the chains unvectorised, and then
/// products are faster than this.
pub fn multiply_add_peak(level: Level) -> f64 {
    let kernels = f32::kernels(usable(level));
    let steps = 20_000;
    let mut best = f64::MAX;
    for _ in 0..20 {
        let start = Instant::now();
        // SAFETY: the table belongs to an instruction set of this machine.
        black_box(unsafe { (kernels.chains)(black_box(0.999), black_box(1e-3), steps) });
        best = best.min(start.elapsed().as_secs_f64());
    }
    2.0 * (CHAINS * kernels.lanes * steps) as f64 / best / 1e9
}
