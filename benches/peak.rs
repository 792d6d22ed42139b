//! What the machine can do at most: prints JSON with GFLOP/s of fused multiply-adds in float32, and GB/s of three patterns of
//! memory (read, copy, add) at footprints of MB given as arguments, on as many threads as the first argument says;
//! `FERROFLOW_ISA=avx2` has them measured without AVX-512.

use std::arch::x86_64::*;
use std::hint::black_box;
use std::sync::Barrier;
use std::time::Instant;

/// Least seconds of `work(thread)` on all threads at once, over some rounds.
fn seconds(threads: usize, rounds: usize, work: impl Fn(usize) + Sync) -> f64 {
    let barrier = Barrier::new(threads);
    std::thread::scope(|scope| {
        let run = |thread: usize| {
            let (barrier, work) = (&barrier, &work);
            scope.spawn(move || {
                let mut best = f64::INFINITY;
                for _ in 0..rounds {
                    barrier.wait();
                    let start = Instant::now();
                    work(thread);
                    barrier.wait();
                    best = best.min(start.elapsed().as_secs_f64());
                }
                best
            })
        };
        let handles: Vec<_> = (0..threads).map(run).collect();
        handles.into_iter().map(|h| h.join().expect("a worker")).fold(0.0, f64::max)
    })
}

/// Floating point operations of `steps` rounds of independent fused multiply-adds.
///
/// # Safety
/// The processor has AVX-512.
#[target_feature(enable = "avx512f")]
unsafe fn multiply_add_512(steps: usize) -> f64 {
    let [a, b] = black_box([_mm512_set1_ps(0.999), _mm512_set1_ps(1e-3)]);
    let mut sums = [_mm512_set1_ps(1.0); 24];
    for _ in 0..steps {
        for s in &mut sums {
            *s = _mm512_fmadd_ps(*s, a, b);
        }
    }
    black_box(sums);
    (steps * 24 * 16 * 2) as f64
}

/// The same with AVX2.
///
/// # Safety
/// The processor has AVX2 and FMA.
#[target_feature(enable = "avx2,fma")]
unsafe fn multiply_add_256(steps: usize) -> f64 {
    let [a, b] = black_box([_mm256_set1_ps(0.999), _mm256_set1_ps(1e-3)]);
    let mut sums = [_mm256_set1_ps(1.0); 12];
    for _ in 0..steps {
        for s in &mut sums {
            *s = _mm256_fmadd_ps(*s, a, b);
        }
    }
    black_box(sums);
    (steps * 12 * 8 * 2) as f64
}

fn peak(threads: usize) -> f64 {
    const STEPS: usize = 1 << 18;
    let wide = is_x86_feature_detected!("avx512f") && std::env::var("FERROFLOW_ISA").as_deref() != Ok("avx2");
    // SAFETY: the processor was asked.
    let work = || unsafe { if wide { multiply_add_512(STEPS) } else { multiply_add_256(STEPS) } };
    threads as f64 * work()
        / seconds(threads, 40, |_| {
            black_box(work());
        })
        / 1e9
}

/// Sum of a part; eight independent accumulators of a register each.
#[target_feature(enable = "avx2")]
fn read(x: &[f32]) -> f32 {
    let mut sums = [[0.0f32; 8]; 8];
    for block in x.chunks_exact(64) {
        for (sum, part) in sums.iter_mut().zip(block.chunks_exact(8)) {
            for (s, v) in sum.iter_mut().zip(part) {
                *s += v;
            }
        }
    }
    sums.iter().flatten().sum()
}

/// z = x + y, or z = x; with stores that go past the caches where `stream` says so.
///
/// # Safety
/// The processor has AVX2, and `z` is aligned to 32 bytes.
#[target_feature(enable = "avx2")]
unsafe fn write(x: &[f32], y: Option<&[f32]>, z: &mut [f32], stream: bool) {
    for i in (0..z.len() / 8 * 8).step_by(8) {
        // SAFETY: i + 8 is within all three, which have the same length; the store is aligned.
        unsafe {
            let mut v = _mm256_loadu_ps(x.as_ptr().add(i));
            if let Some(y) = y {
                v = _mm256_add_ps(v, _mm256_loadu_ps(y.as_ptr().add(i)));
            }
            let to = z.as_mut_ptr().add(i);
            if stream { _mm256_stream_ps(to, v) } else { _mm256_store_ps(to, v) }
        }
    }
    _mm_sfence();
}

/// An array whose start is aligned to 64 bytes, with values that no page shares.
fn array(count: usize) -> (Vec<f32>, usize) {
    let values: Vec<f32> = (0..count + 16).map(|i| i as f32).collect();
    let skip = values.as_ptr().align_offset(64);
    (values, skip)
}

/// GB/s of a pattern that touches `arrays` arrays (1: read, 2: copy, 3: add), `megabytes` in all.
fn bandwidth(threads: usize, megabytes: usize, arrays: usize) -> f64 {
    let part = (megabytes * 1_000_000 / 4 / arrays / threads) / 64 * 64;
    let count = part * threads;
    let (x, at_x) = array(count);
    let (y, at_y) = array(if arrays == 3 { count } else { 0 });
    let (mut z, at_z) = array(if arrays > 1 { count } else { 0 });
    let target = z.as_mut_ptr() as usize + 4 * at_z;
    let rounds = (4000 / megabytes).clamp(8, 400);
    let mut best = f64::INFINITY;
    for stream in [false, true] {
        let work = |thread: usize| {
            let range = thread * part..(thread + 1) * part;
            let x = &x[at_x..][range.clone()];
            // SAFETY: each thread writes its own part of `z`, aligned since parts are whole cache lines; AVX2 is there.
            unsafe {
                if arrays == 1 {
                    black_box(read(x));
                } else {
                    let z = std::slice::from_raw_parts_mut((target + 4 * range.start) as *mut f32, part);
                    write(x, (arrays == 3).then(|| &y[at_y..][range]), z, stream);
                }
            }
        };
        best = best.min(seconds(threads, rounds, work));
    }
    (4 * count * arrays) as f64 / best / 1e9
}

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|a| a.parse().expect("a number")).collect();
    let threads = numbers[0];
    let memory: Vec<String> = numbers[1..]
        .iter()
        .map(|&mb| {
            let [r, c, a] = [1, 2, 3].map(|arrays| bandwidth(threads, mb, arrays));
            format!("\"{mb}\": {{\"read\": {r:.1}, \"copy\": {c:.1}, \"add\": {a:.1}}}")
        })
        .collect();
    println!("{{\"gflops\": {:.1}, \"memory\": {{{}}}}}", peak(threads), memory.join(", "));
}
