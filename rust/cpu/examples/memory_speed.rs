//! Speed of the kernels that are bound by memory, as fractions of what memory gives: read, copied, added in the same run.
//!
//! Run with `cargo run --profile fast -p ferroflow-cpu --example memory_speed [-- GROUP[:ROW]...]`: a part of a group's name,
//! and how names of rows begin.
//! `FERROFLOW_ISA` chooses the instruction set, `TF_NUM_INTRAOP_THREADS` the threads. Arrays are four times the last cache.
#![allow(unsafe_code)]
use ferroflow_cpu::call::run;
use ferroflow_cpu::frames::stream;
use ferroflow_cpu::pool::{parallel_for, threads};
use ferroflow_cpu::simd::isa;
use ferroflow_ops::Attr;
use ferroflow_tensor::{DType, Shape, Tensor};
use std::hint::black_box;
use std::time::Instant;

/// The time of a run, in seconds.
fn timed(f: &mut impl FnMut()) -> f64 {
    let t = Instant::now();
    f();
    t.elapsed().as_secs_f64()
}

/// What one part of an array takes part in at a time.
const PART: usize = 1 << 20;

/// What memory is asked for: arrays read and written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Traffic {
    Read,
    Copy,
    Add,
}

/// Three arrays for the measurement of the limit.
struct Memory {
    arrays: [Tensor; 3],
    bytes: usize,
}

/// The start of an array that several threads write parts of.
#[derive(Clone, Copy)]
struct At(*mut u8);
// SAFETY: each thread writes its own parts.
unsafe impl Sync for At {}

impl Memory {
    fn new(bytes: usize) -> Memory {
        let array = || Tensor::from_slice(&vec![1u32; bytes / 4], [bytes / 4]).expect("fits");
        Memory { arrays: [array(), array(), array()], bytes }
    }
    /// Seconds for the bytes of an array, read once, copied once, or added to another and written.
    fn pass(&mut self, traffic: Traffic) -> f64 {
        let [x, y, z] = &mut self.arrays;
        let (x, y, z) =
            (At(x.start(1).expect("there").cast_mut()), At(y.start(1).expect("there").cast_mut()), At(z.start_mut(1).expect("ours")));
        let (x, y, z) = (&x, &y, &z);
        timed(&mut || {
            parallel_for(self.bytes / PART, 1, 1e5, None, &|range| {
                for at in range.map(|i| i * PART) {
                    // SAFETY: the part lies in the arrays.
                    unsafe { pass(traffic, x.0.add(at), y.0.add(at), z.0.add(at), PART) }
                }
            });
        })
    }
}

/// Reads, copies or adds `n` bytes.
///
/// # Safety
/// They can be read and written; all three are multiples of 64.
#[cfg(target_arch = "x86_64")]
unsafe fn pass(traffic: Traffic, x: *const u8, y: *const u8, to: *mut u8, n: usize) {
    use std::arch::x86_64::{__m128i, _mm_add_epi32, _mm_load_si128, _mm_stream_si128};
    let (words, mut seen) = (x.cast::<u64>(), [0u64; 8]);
    let (x, y, to) = (x.cast::<__m128i>(), y.cast::<__m128i>(), to.cast::<__m128i>());
    // SAFETY: all accesses are below n bytes.
    unsafe {
        match traffic {
            Traffic::Read => {
                for i in (0..n / 8).step_by(8) {
                    for (k, seen) in seen.iter_mut().enumerate() {
                        *seen |= words.add(i + k).read();
                    }
                }
            }
            Traffic::Copy => stream::write(x.cast(), to.cast(), n),
            Traffic::Add => {
                for i in (0..n / 16).step_by(4) {
                    let a = _mm_add_epi32(_mm_load_si128(x.add(i)), _mm_load_si128(y.add(i)));
                    let b = _mm_add_epi32(_mm_load_si128(x.add(i + 1)), _mm_load_si128(y.add(i + 1)));
                    let c = _mm_add_epi32(_mm_load_si128(x.add(i + 2)), _mm_load_si128(y.add(i + 2)));
                    let d = _mm_add_epi32(_mm_load_si128(x.add(i + 3)), _mm_load_si128(y.add(i + 3)));
                    _mm_stream_si128(to.add(i), a);
                    _mm_stream_si128(to.add(i + 1), b);
                    _mm_stream_si128(to.add(i + 2), c);
                    _mm_stream_si128(to.add(i + 3), d);
                }
            }
        }
    }
    stream::fence();
    black_box(seen);
}

/// Numbers between -4 and 4.
fn floats(n: usize) -> Vec<f32> {
    (0..n).map(|i| (i * 7919 % 100_003) as f32 / 100_003.0 * 8.0 - 4.0).collect()
}

struct Row {
    name: String,
    op: &'static str,
    inputs: Vec<Tensor>,
    attrs: Vec<(&'static str, Attr)>,
    /// Bytes read and written; None: the sizes of inputs and outputs.
    traffic: Option<(usize, usize)>,
}

fn row(name: &str, op: &'static str, inputs: &[&Tensor]) -> Row {
    Row { name: name.into(), op, inputs: inputs.iter().map(|t| (*t).clone()).collect(), attrs: vec![], traffic: None }
}
fn with(r: Row, attrs: &[(&'static str, Attr)]) -> Row {
    Row { attrs: attrs.to_vec(), ..r }
}

fn ints(values: &[i32]) -> Tensor {
    Tensor::from_slice(values, [values.len()]).expect("fits")
}

/// Tensors are made for the chosen rows only.
fn rows(n: usize, chosen: &dyn Fn(&str) -> bool) -> Vec<Box<dyn FnOnce() -> Vec<Row>>> {
    let reshape = |t: &Tensor, dims: &[usize]| t.reshape(Shape::new(dims)).expect("fits");
    let group = |name: &str, f: Box<dyn FnOnce() -> Vec<Row>>| chosen(name).then_some(f);
    let cast = move |x: &Tensor, to: DType| run("Cast", std::slice::from_ref(x), &[("DstT", to.into())]).expect("runs").remove(0);
    let all = vec![
        group(
            "elementwise",
            Box::new(move || {
                let x = Tensor::from_slice(&floats(n), [n]).expect("fits");
                let y = run("Abs", std::slice::from_ref(&x), &[]).expect("runs").remove(0);
                let mut all: Vec<Row> = ["AddV2", "Mul", "Maximum", "RealDiv", "Pow"].iter().map(|op| row(op, op, &[&y, &x])).collect();
                let unary = [
                    "Abs", "Neg", "Sqrt", "Exp", "Log", "Tanh", "Sigmoid", "Erf", "Relu", "Sin", "Cos", "Softplus", "Elu", "Expm1",
                    "Floor", "Rsqrt",
                ];
                all.extend(unary.iter().map(|op| row(op, op, &[&x])));
                all.push(row(
                    "AddV2 rows + row",
                    "AddV2",
                    &[&reshape(&x, &[n / 1024, 1024]), &Tensor::from_slice(&floats(1024), [1024]).expect("fits")],
                ));
                all.push(row(
                    "Mul rows * column",
                    "Mul",
                    &[&reshape(&x, &[n / 1024, 1024]), &Tensor::from_slice(&floats(n / 1024), [n / 1024, 1]).expect("fits")],
                ));
                all.push(row("Less", "Less", &[&x, &y]));
                all.push(row("IsNan", "IsNan", &[&x]));
                all
            }),
        ),
        group(
            "casts",
            Box::new(move || {
                let x = Tensor::from_slice(&floats(n), [n]).expect("fits");
                let to = |t: &Tensor, d: DType| with(row(&format!("Cast {} to {d}", t.dtype()), "Cast", &[t]), &[("DstT", d.into())]);
                let mut all: Vec<Row> =
                    [DType::Double, DType::Int32, DType::Int64, DType::Half, DType::BFloat16, DType::UInt8, DType::Bool]
                        .iter()
                        .map(|d| to(&x, *d))
                        .collect();
                for from in [DType::Double, DType::Int32, DType::Int64, DType::Half, DType::BFloat16, DType::UInt8, DType::Bool] {
                    all.push(to(&cast(&x, from), DType::Float));
                }
                all
            }),
        ),
        group(
            "dtypes",
            Box::new(move || {
                let x = Tensor::from_slice(&floats(n / 2), [n / 2]).expect("fits");
                let mut all = vec![];
                for d in
                    [DType::Double, DType::Half, DType::BFloat16, DType::Int32, DType::Int64, DType::Int8, DType::UInt8, DType::Complex64]
                {
                    let x = cast(&x, d);
                    all.push(row(&format!("AddV2 {d}"), "AddV2", &[&x, &x]));
                    all.push(row(&format!("Mul {d}"), "Mul", &[&x, &x]));
                    if !d.is_complex() {
                        all.push(row(&format!("Maximum {d}"), "Maximum", &[&x, &x]));
                        all.push(row(&format!("Max {d}"), "Max", &[&x, &ints(&[0])]));
                    }
                    all.push(row(&format!("Sum {d}"), "Sum", &[&x, &ints(&[0])]));
                    if d.is_floating() {
                        all.push(row(&format!("Exp {d}"), "Exp", &[&x]));
                        all.push(row(&format!("Tanh {d}"), "Tanh", &[&x]));
                    }
                }
                all
            }),
        ),
        group(
            "reductions",
            Box::new(move || {
                let x = Tensor::from_slice(&floats(n), [n]).expect("fits");
                let square = reshape(&x, &[n / 4096, 4096]);
                let images = reshape(&x, &[n / 65536 / 32, 32, 256, 256]);
                let mut all = vec![];
                for op in ["Sum", "Mean", "Max", "Min", "Prod"] {
                    all.push(row(&format!("{op} all"), op, &[&x, &ints(&[0])]));
                    all.push(row(&format!("{op} of rows"), op, &[&square, &ints(&[1])]));
                    all.push(row(&format!("{op} of columns"), op, &[&square, &ints(&[0])]));
                }
                all.push(row("Sum rows of 16", "Sum", &[&reshape(&x, &[n / 16, 16]), &ints(&[1])]));
                all.push(row("Sum columns of 16", "Sum", &[&reshape(&x, &[n / 16, 16]), &ints(&[0])]));
                all.push(row("Sum middle", "Sum", &[&reshape(&x, &[n / 65536, 256, 256]), &ints(&[1])]));
                all.push(row("Sum middle of 8", "Sum", &[&reshape(&x, &[n / 2048, 256, 8]), &ints(&[1])]));
                all.push(row("Sum first and last", "Sum", &[&images, &ints(&[0, 2, 3])]));
                all.push(row("ArgMax of rows", "ArgMax", &[&square, &Tensor::scalar(1i32)]));
                all.push(row("ArgMax of columns", "ArgMax", &[&square, &Tensor::scalar(0i32)]));
                let truth = run("Less", &[x.clone(), Tensor::scalar(5f32)], &[]).expect("runs").remove(0);
                all.push(row("All", "All", &[&truth, &ints(&[0])]));
                all.push(row("L2Loss", "L2Loss", &[&x]));
                all.push(row("Cumsum of rows", "Cumsum", &[&square, &Tensor::scalar(1i32)]));
                all
            }),
        ),
        group(
            "softmax",
            Box::new(move || {
                let x = Tensor::from_slice(&floats(n), [n]).expect("fits");
                let mut all = vec![];
                for columns in [10, 128, 1000, 32768] {
                    let m = reshape(
                        &run("Slice", &[x.clone(), ints(&[0]), ints(&[(n / columns * columns) as i32])], &[]).expect("runs")[0],
                        &[n / columns, columns],
                    );
                    all.push(row(&format!("Softmax, {columns}"), "Softmax", &[&m]));
                    all.push(row(&format!("LogSoftmax, {columns}"), "LogSoftmax", &[&m]));
                    all.push(row(&format!("SoftmaxCrossEntropy, {columns}"), "SoftmaxCrossEntropyWithLogits", &[&m, &m]));
                    let labels = Tensor::from_slice(&vec![1i32; n / columns], [n / columns]).expect("fits");
                    all.push(row(&format!("SparseSoftmaxCrossEntropy, {columns}"), "SparseSoftmaxCrossEntropyWithLogits", &[&m, &labels]));
                }
                all.push(row("Softmax of one row", "Softmax", &[&x]));
                all
            }),
        ),
        group(
            "moving",
            Box::new(move || {
                let x = Tensor::from_slice(&floats(n), [n]).expect("fits");
                let side = n.isqrt() / 64 * 64;
                let cut = run("Slice", &[x.clone(), ints(&[0]), ints(&[(side * side) as i32])], &[]).expect("runs").remove(0);
                let square = reshape(&cut, &[side, side]);
                let images = reshape(&x, &[n / 65536 / 16, 256, 256, 16]);
                let rows = reshape(&x, &[n / 64, 64]);
                let places: Vec<i32> = (0..n / 64).map(|i| (i * 7919 % (n / 64)) as i32).collect();
                let sorted: Vec<i32> = (0..n / 64).map(|i| (i / 8) as i32).collect();
                let two = with(row("Pack, axis 1", "Pack", &[&rows, &rows]), &[("axis", 1i64.into())]);
                vec![
                    row("Transpose", "Transpose", &[&square, &ints(&[1, 0])]),
                    row("Transpose NHWC to NCHW", "Transpose", &[&images, &ints(&[0, 3, 1, 2])]),
                    row("Transpose of heads", "Transpose", &[&reshape(&x, &[n / 65536, 64, 16, 64]), &ints(&[0, 2, 1, 3])]),
                    row("Concat rows", "ConcatV2", &[&square, &square, &Tensor::scalar(0i32)]),
                    row("Concat columns of 64", "ConcatV2", &[&rows, &rows, &Tensor::scalar(1i32)]),
                    two,
                    row("Gather rows of 64", "GatherV2", &[&rows, &ints(&places), &Tensor::scalar(0i32)]),
                    row("Gather elements", "GatherV2", &[&x, &ints(&places), &Tensor::scalar(0i32)]),
                    row(
                        "Scatter rows of 64",
                        "ScatterNd",
                        &[&Tensor::from_slice(&places, [n / 64, 1]).expect("fits"), &rows, &ints(&[(n / 64) as i32, 64])],
                    ),
                    row("SegmentSum rows of 64", "SegmentSum", &[&rows, &ints(&sorted)]),
                    row(
                        "UnsortedSegmentSum rows of 64",
                        "UnsortedSegmentSum",
                        &[&rows, &ints(&places.iter().map(|p| p % 1024).collect::<Vec<_>>()), &Tensor::scalar(1024i32)],
                    ),
                    row(
                        "Tile",
                        "Tile",
                        &[
                            &reshape(
                                &run("Slice", &[x.clone(), ints(&[0]), ints(&[(n / 4) as i32])], &[]).expect("runs")[0],
                                &[n / 4096, 1024],
                            ),
                            &ints(&[1, 4]),
                        ],
                    ),
                    row("Pad", "Pad", &[&square, &Tensor::from_slice(&[1i32, 1, 1, 1], [2, 2]).expect("fits")]),
                    row("Reverse", "ReverseV2", &[&x, &ints(&[0])]),
                    row("Fill", "Fill", &[&ints(&[n as i32]), &Tensor::scalar(1f32)]),
                    row("Slice columns", "Slice", &[&square, &ints(&[0, 32]), &ints(&[side as i32, side as i32 / 2])]),
                    row(
                        "BroadcastTo",
                        "BroadcastTo",
                        &[&Tensor::from_slice(&floats(1024), [1024]).expect("fits"), &ints(&[(n / 1024) as i32, 1024])],
                    ),
                    row("Select", "SelectV2", &[&run("Less", &[x.clone(), Tensor::scalar(0f32)], &[]).expect("runs")[0], &x, &x]),
                    row("OneHot", "OneHot", &[&ints(&places), &Tensor::scalar(64i32), &Tensor::scalar(1f32), &Tensor::scalar(0f32)]),
                ]
            }),
        ),
        group(
            "sorting",
            Box::new(move || {
                let m = 1 << 22;
                let x = Tensor::from_slice(&floats(m), [m]).expect("fits");
                let rows = reshape(&x, &[m / 1024, 1024]);
                let top = |x: &Tensor, k: i32, name: &str| with(row(name, "TopKV2", &[x, &Tensor::scalar(k)]), &[]);
                vec![
                    top(&x, m as i32, "TopK: all of 4M"),
                    top(&x, 100, "TopK: 100 of 4M"),
                    top(&rows, 10, "TopK: 10 of rows of 1024"),
                    top(&rows, 1024, "TopK: rows of 1024"),
                    row("Unique", "Unique", &[&x]),
                ]
            }),
        ),
        group(
            "random",
            Box::new(move || {
                let (shape, seed) = (ints(&[n as i32]), ints(&[1, 2]));
                let stateless = |op: &'static str| row(op, op, &[&shape, &seed]);
                vec![
                    stateless("StatelessRandomUniform"),
                    stateless("StatelessRandomNormal"),
                    stateless("StatelessTruncatedNormal"),
                    row(
                        "StatelessRandomUniformInt",
                        "StatelessRandomUniformInt",
                        &[&shape, &seed, &Tensor::scalar(0i32), &Tensor::scalar(1000i32)],
                    ),
                    with(row("RandomUniform", "RandomUniform", &[&shape]), &[("dtype", DType::Float.into())]),
                    with(row("RandomStandardNormal", "RandomStandardNormal", &[&shape]), &[("dtype", DType::Float.into())]),
                ]
            }),
        ),
    ];
    all.into_iter().flatten().collect()
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|w| name.contains(w.split(':').next().unwrap_or(w)));
    let listed = |name: &str| wanted.iter().all(|w| w.split_once(':').is_none_or(|(_, row)| name.starts_with(row)));
    let bytes = stream::cache_bytes() * 4;
    let mut memory = Memory::new(bytes);
    println!("arrays of {} MiB, {} threads, {}", bytes >> 20, threads(), isa().name());
    println!("{:40} {:>9} {:>8} {:>9} {:>8}", "row", "ms", "GB/s", "limit", "of limit");
    for group in rows(bytes / 4, &|name| chosen(name)) {
        for row in group().into_iter().filter(|row| listed(&row.name)) {
            let outs = match run(row.op, &row.inputs, &row.attrs) {
                Ok(outs) => outs,
                Err(e) => {
                    println!("{:40} {e}", row.name);
                    continue;
                }
            };
            let sizes = |t: &[Tensor]| t.iter().map(|t| t.byte_len()).sum::<usize>();
            let (read, written) = row.traffic.unwrap_or((sizes(&row.inputs), sizes(&outs)));
            drop(outs);
            let (traffic, passes) = match () {
                _ if read > 16 * written => (Traffic::Read, 1.0),
                _ if 2 * read > 3 * written => (Traffic::Add, 3.0),
                _ => (Traffic::Copy, 2.0),
            };
            // The limit is measured between the runs: what memory gives changes from second to second.
            let (mut time, mut pass) = (f64::MAX, f64::MAX);
            for _ in 0..9 {
                pass = pass.min(memory.pass(traffic));
                time = time.min(timed(&mut || {
                    black_box(run(row.op, &row.inputs, &row.attrs)).ok();
                }));
            }
            let (moved, limit) = ((read + written) as f64, passes * bytes as f64 / pass);
            println!("{:40} {:9.3} {:8.1} {:9.1} {:8.2}", row.name, time * 1e3, moved / time / 1e9, limit / 1e9, moved / limit / time);
        }
    }
}
