//! Kernels of reductions over axes: Sum, Prod, Max, Min, Mean, EuclideanNorm, All, Any.
//!
//! Neighbouring axes that are treated alike are merged. What is left is rows to be reduced, or blocks of rows to be added
//! up. Anything else is reduced from the last axes to the first, one of these forms after the other; where intermediate
//! results would round, it is brought into the first form by a transposition. Long reductions are cut at places that
//! depend on the sizes only, so results have the same bits for any number of threads.
use crate::frames::Mode;
use crate::frames::slices::{Binary, Cast, Reducer, Unary};
use crate::kernels::copy::{View, move_to_new};
use crate::kernels::dispatch::{INDICES, NUMBERS};
use crate::pool::parallel_chunks;
use ferroflow_ops::elementwise::{self, ReduceVisit, each_reduce};
use ferroflow_ops::{Call, Device, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{C64, C128, DType, Element, Result, Shape, Tensor, bail, buffer};
use smallvec::SmallVec;
use std::sync::OnceLock;

/// The kernels of this file: one for each reduction with a scalar body, and the norm.
pub fn kernels() -> &'static [Kernel] {
    static ALL: OnceLock<Vec<Kernel>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Collector(vec![]);
        each_reduce(&mut all);
        all.0.push(Kernel {
            op: "EuclideanNorm",
            types: &[("T", NUMBERS), ("Tidx", INDICES)],
            outputs: Outputs::Runtime,
            prepare: prepare_norm,
        });
        all.0
    })
}

/// Makes a kernel for each reduction that it is shown.
struct Collector(Vec<Kernel>);

impl ReduceVisit for Collector {
    fn op<O: elementwise::Reduce>(&mut self) {
        let numbers: Vec<DType> = NUMBERS.iter().copied().filter(|d| O::KINDS.has(*d)).collect();
        // Kernels live as long as the process, and there are as many of them as there are ops.
        let types: &[(&str, &[DType])] =
            if numbers.is_empty() { &[("Tidx", INDICES)] } else { Vec::leak(vec![("T", &*numbers.leak()), ("Tidx", INDICES)]) };
        self.0.push(Kernel { op: O::ENTRY.name, types, outputs: Outputs::Runtime, prepare });
    }
}

/// Estimated time per element, in nanoseconds.
const NS: f32 = 0.1;
/// Elements of a part of a long reduction.
const PART: usize = 1 << 17;

fn prepare(p: &Prep) -> Result<Prepared> {
    let reduction = Reduce::of(p.op.name, p.dtype(0))?;
    Ok(Prepared::with(run, 60.0 + NS * p.shape(0).count() as f32, reduction))
}

fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, axes, device) = (call.input(0), axes_of(call.input(1))?, call.run.device);
    p.plan::<Reduce>()?.axes(device, x, &axes, call.output(0))
}

/// The axes that an operand names.
fn axes_of(t: &Tensor) -> Result<SmallVec<[i64; 8]>> {
    Ok(match t.dtype() {
        DType::Int32 => t.slice::<i32>()?.iter().map(|a| i64::from(*a)).collect(),
        _ => t.slice::<i64>()?.into(),
    })
}

/// A reduction of a dtype.
pub struct Reduce {
    op: &'static str,
    dtype: DType,
    whole: Reducer,
    /// What combines the results of parts; None where parts would round or overflow.
    parts: Option<Reducer>,
    mean: bool,
}

impl Reduce {
    /// The reduction. Unimplemented if there is none for the dtype.
    pub fn of(op: &'static str, dtype: DType) -> Result<Reduce> {
        let whole = Reducer::of(op, dtype)?;
        let wide = matches!(dtype, DType::Float | DType::Double);
        let mean = op == "Mean";
        let exact = wide || (!mean && !matches!(dtype, DType::Half | DType::BFloat16)) || matches!(op, "Max" | "Min");
        let parts = if !exact {
            None
        } else if mean {
            Some(Reducer::of("Sum", dtype)?)
        } else {
            Some(whole)
        };
        Ok(Reduce { op, dtype, whole, parts, mean })
    }

    /// Reduces over axes (negative ones from the end) into a tensor of the right number of elements.
    pub fn axes(&self, device: &dyn Device, x: &Tensor, axes: &[i64], out: &mut Tensor) -> Result<()> {
        let mut reduced: SmallVec<[bool; 8]> = smallvec::smallvec![false; x.shape().rank()];
        for a in axes {
            let a = if *a < 0 { a + reduced.len() as i64 } else { *a };
            if let Some(r) = reduced.get_mut(a as usize) {
                *r = true;
            }
        }
        // Neighbours that are treated alike, as (size, reduced).
        let mut groups: SmallVec<[(usize, bool); 8]> = SmallVec::new();
        for (&n, &r) in x.shape().iter().zip(&reduced) {
            match groups.last_mut() {
                _ if n == 1 => {}
                Some(g) if g.1 == r => g.0 *= n,
                _ => groups.push((n, r)),
            }
        }
        let Some(to) = out.bytes_mut() else { return Err(ferroflow_tensor::error!(Internal, "a shared tensor was written")) };
        match groups[..] {
            // Gradients of broadcasting ops sum over the axes that were repeated, which are often none.
            [] | [(_, false)] => {
                to.copy_from_slice(x.bytes()?);
                Ok(())
            }
            [(n, true)] => self.rows(x.bytes()?, to, n),
            [(_, false), (n, true)] => self.rows(x.bytes()?, to, n),
            [(n, true), (m, false)] => self.blocks(x.bytes()?, to, n, m),
            [(_, false), (n, true), (m, false)] => self.blocks(x.bytes()?, to, n, m),
            _ => {
                let n = groups.iter().filter(|g| g.1).map(|g| g.0).product();
                if let Some(parts) = self.parts {
                    self.inwards(parts, x.bytes()?, &groups, to)?;
                    return self.divide(to, n);
                }
                let dims: Vec<usize> = groups.iter().map(|g| g.0).collect();
                let strides = View::strides_of(&dims);
                let order = || (0..dims.len()).filter(|i| !groups[*i].1).chain((0..dims.len()).filter(|i| groups[*i].1));
                let moved: Vec<usize> = order().map(|i| dims[i]).collect();
                let view = View::new(&moved, &order().map(|i| strides[i]).collect::<Vec<_>>(), 0);
                let rows = move_to_new(device, &[x], x.dtype(), &Shape::new(&moved), &view)?;
                self.rows(rows.bytes()?, to, n)
            }
        }
    }

    /// Reduces the last reduced group first, then what that leaves, without the division of a mean.
    fn inwards(&self, parts: Reducer, x: &[u8], groups: &[(usize, bool)], out: &mut [u8]) -> Result<()> {
        let whole = Reduce { op: self.op, dtype: self.dtype, whole: parts, parts: Some(parts), mean: false };
        let Some(last) = groups.iter().rposition(|g| g.1) else { bail!(Internal, "no axis is left to reduce") };
        let rest = [&groups[..last], &groups[last + 1..]].concat();
        let done = rest.iter().all(|g| !g.1);
        let mut left = vec![0u8; if done { 0 } else { rest.iter().map(|g| g.0).product::<usize>() * self.dtype.size() }];
        let to = if done { &mut *out } else { &mut left[..] };
        match groups[last + 1..].iter().map(|g| g.0).product() {
            1 => whole.rows(x, to, groups[last].0)?,
            after => whole.blocks(x, to, groups[last].0, after)?,
        }
        if done { Ok(()) } else { self.inwards(parts, &left, &rest, out) }
    }

    /// Reduces rows of `n` elements.
    pub fn rows(&self, x: &[u8], out: &mut [u8], n: usize) -> Result<()> {
        let size = self.dtype.size();
        let rows = out.len() / size;
        match self.parts {
            Some(parts) if rows < 16 && n >= 2 * PART => {
                for (i, o) in out.chunks_exact_mut(size).enumerate() {
                    let row = &x[i * n * size..(i + 1) * n * size];
                    let mut partial = vec![0u8; n.div_ceil(PART) * size];
                    parallel_chunks(&mut partial, size, PART as f32 * NS, None, &|k, o| {
                        let part = &row[k * PART * size..row.len().min((k + 1) * PART * size)];
                        parts.rows(part, o, part.len() / size);
                    });
                    parts.rows(&partial, o, partial.len() / size);
                }
                self.divide(out, n)
            }
            None if rows < 16 && n >= 2 * PART && matches!(self.dtype, DType::Half | DType::BFloat16) => self.long_halves(x, out, n),
            _ => {
                let per = PART.div_ceil(n.max(1));
                parallel_chunks(out, per * size, (per * n) as f32 * NS, None, &|k, o| {
                    let at = k * per * n * size;
                    self.whole.rows(&x[at..at + o.len() * n], o, n);
                });
                Ok(())
            }
        }
    }

    /// Reduces long rows of 16-bit floats through `f32`.
    fn long_halves(&self, x: &[u8], out: &mut [u8], n: usize) -> Result<()> {
        const BLOCK: usize = 4096;
        let (Some(widen), Some(narrow)) = (Cast::of(self.dtype, DType::Float), Cast::of(DType::Float, self.dtype)) else {
            bail!(Internal, "no way from {} to float and back", self.dtype)
        };
        let op = Reducer::of(if self.mean { "Sum" } else { self.op }, DType::Float)?;
        for (row, out) in x.chunks_exact(2 * n).zip(out.chunks_exact_mut(2)) {
            let mut partial = vec![0f32; n.div_ceil(BLOCK)];
            parallel_chunks(&mut partial, PART / BLOCK, PART as f32 * NS, None, &|k, partial| {
                let mut block = vec![0f32; BLOCK];
                for (part, x) in partial.iter_mut().zip(row[2 * k * PART..].chunks(2 * BLOCK)) {
                    let block = &mut block[..x.len() / 2];
                    widen.apply(x, buffer::as_bytes_mut(block));
                    *part = op.total(block);
                }
            });
            let total = op.total(&partial) / if self.mean { n as f32 } else { 1.0 };
            narrow.apply(&total.to_ne_bytes(), out);
        }
        Ok(())
    }

    /// Reduces blocks of `n` rows to one row of `m` elements each.
    fn blocks(&self, x: &[u8], out: &mut [u8], n: usize, m: usize) -> Result<()> {
        let size = self.dtype.size();
        if out.is_empty() {
            return Ok(());
        }
        let blocks = out.len() / (m * size);
        match self.parts {
            Some(parts) if blocks == 1 && n * m >= 2 * PART && n >= 64 => {
                let height = PART.div_ceil(m).max(16);
                let mut partial = vec![0u8; n.div_ceil(height) * m * size];
                parallel_chunks(&mut partial, m * size, (height * m) as f32 * NS, None, &|k, o| {
                    let rows = height.min(n - k * height);
                    parts.columns(&x[k * height * m * size..], o, rows, m);
                });
                parts.columns(&partial, out, n.div_ceil(height), m);
                self.divide(out, n)
            }
            _ => {
                let per = PART.div_ceil(n * m + 1);
                parallel_chunks(out, per * m * size, (per * n * m) as f32 * NS, None, &|k, o| {
                    for (i, o) in o.chunks_exact_mut(m * size).enumerate() {
                        self.whole.columns(&x[(k * per + i) * n * m * size..], o, n, m);
                    }
                });
                Ok(())
            }
        }
    }

    /// The last step of a mean that was summed in parts.
    fn divide(&self, out: &mut [u8], n: usize) -> Result<()> {
        if !self.mean {
            return Ok(());
        }
        match self.dtype {
            DType::Float => out.as_chunks_mut::<4>().0.iter_mut().for_each(|x| *x = (f32::from_ne_bytes(*x) / n as f32).to_ne_bytes()),
            _ => out.as_chunks_mut::<8>().0.iter_mut().for_each(|x| *x = (f64::from_ne_bytes(*x) / n as f64).to_ne_bytes()),
        }
        Ok(())
    }
}

/// The squares of a dtype are summed in it, those of 16-bit floats in float.
fn prepare_norm(p: &Prep) -> Result<Prepared> {
    let dtype = p.dtype(0);
    let wide = if matches!(dtype, DType::Half | DType::BFloat16) { DType::Float } else { dtype };
    Ok(Prepared::with(norm, 60.0 + 3.0 * NS * p.shape(0).count() as f32, Reduce::of("Sum", wide)?))
}

fn norm(p: &Prepared, call: &mut Call) -> Result<()> {
    let (x, axes, device) = (call.input(0), call.input(1).to_i64()?, call.run.device);
    let sum = p.plan::<Reduce>()?;
    let mut squares = device.allocate(sum.dtype, x.shape())?;
    let mut total = device.allocate(sum.dtype, call.output(0).shape())?;
    match (x.dtype(), sum.dtype) {
        (DType::Complex64, _) => square_parts(x.slice::<C64>()?, squares.slice_mut()?, |z| C64::new(z.re * z.re + z.im * z.im, 0.0)),
        (DType::Complex128, _) => square_parts(x.slice::<C128>()?, squares.slice_mut()?, |z| C128::new(z.re * z.re + z.im * z.im, 0.0)),
        (from, to) => {
            convert(x, &mut squares, from, to)?;
            crate::dispatch_real!(to, T => square::<T>(&mut squares))?;
        }
    }
    sum.axes(device, &squares, &axes, &mut total)?;
    match sum.dtype {
        DType::Float => Unary::<f32>::of("Sqrt")?.in_place(total.slice_mut()?),
        DType::Double => Unary::<f64>::of("Sqrt")?.in_place(total.slice_mut()?),
        DType::Complex64 => total.slice_mut::<C64>()?.iter_mut().for_each(|z| z.re = z.re.sqrt()),
        DType::Complex128 => total.slice_mut::<C128>()?.iter_mut().for_each(|z| z.re = z.re.sqrt()),
        other => crate::dispatch_integer!(other, T => {
            total.slice_mut::<T>()?.iter_mut().for_each(|x| *x = (*x as f64).sqrt() as T);
            Ok(())
        })?,
    }
    let (from, to) = (sum.dtype, call.output(0).dtype());
    convert(&total, call.output(0), from, to)
}

fn square_parts<T: Copy>(x: &[T], out: &mut [T], square: fn(T) -> T) {
    for (o, x) in out.iter_mut().zip(x) {
        *o = square(*x);
    }
}
fn square<T: Element>(x: &mut Tensor) -> Result<()> {
    let copy = x.slice::<T>()?.to_vec();
    Binary::<T>::of("Mul", Mode::VectorVector)?.in_place(x.slice_mut()?, &copy);
    Ok(())
}
fn convert(x: &Tensor, out: &mut Tensor, from: DType, to: DType) -> Result<()> {
    let Some(to_bytes) = out.bytes_mut() else { return Err(ferroflow_tensor::error!(Internal, "a shared tensor was written")) };
    match Cast::of(from, to) {
        Some(cast) if from != to => cast.apply(x.bytes()?, to_bytes),
        _ => to_bytes.copy_from_slice(x.bytes()?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{F16, Result, Shape, Tensor};

    fn ramp(dims: &[usize]) -> Tensor {
        let n = dims.iter().product::<usize>();
        Tensor::from_slice(&(0..n).map(|x| x as f32).collect::<Vec<_>>(), Shape::new(dims)).expect("fits")
    }
    fn axes(a: &[i32]) -> Tensor {
        Tensor::from_slice(a, [a.len()]).expect("fits")
    }
    fn values(op: &str, x: Tensor, a: &[i32]) -> Result<Vec<f32>> {
        Ok(run(op, &[x, axes(a)], &[])?[0].slice::<f32>()?.to_vec())
    }

    #[test]
    fn every_grouping_of_axes_sums_as_the_plain_loop_does() {
        let dims = [2, 3, 1, 4, 2, 1, 3, 2];
        let n: usize = dims.iter().product();
        for mask in 0..256u32 {
            let a: Vec<i32> = (0..8).filter(|i| mask >> i & 1 == 1).collect();
            let kept: Vec<usize> = (0..8).filter(|i| mask >> i & 1 == 0).collect();
            let mut want = vec![0.0f32; kept.iter().map(|i| dims[*i]).product()];
            for i in 0..n {
                let mut at = 0;
                for k in &kept {
                    let stride: usize = dims[k + 1..].iter().product();
                    at = at * dims[*k] + i / stride % dims[*k];
                }
                want[at] += i as f32;
            }
            assert_eq!(values("Sum", ramp(&dims), &a).expect("runs"), want, "{a:?}");
        }
    }

    #[test]
    fn a_reduction_over_no_axis_or_axes_of_one_element_gives_the_elements() {
        for op in ["Sum", "Mean", "Prod", "Max", "Min"] {
            let x = Tensor::from_slice(&[-0.0f32, 1.5, f32::NAN], [3, 1]).expect("fits");
            for a in [&[][..], &[1]] {
                let found = values(op, x.clone(), a).expect("runs");
                assert_eq!(found.iter().map(|v| v.to_bits()).collect::<Vec<_>>(), [0x8000_0000, 0x3fc0_0000, 0x7fc0_0000], "{op}");
            }
            assert_eq!(values(op, ramp(&[0, 1]), &[1]).expect("runs"), [0.0f32; 0], "{op}");
        }
    }

    #[test]
    fn reductions_over_nothing_are_neutral() {
        for (op, want) in [("Sum", 0.0), ("Prod", 1.0), ("Max", f32::NEG_INFINITY), ("Min", f32::INFINITY)] {
            assert_eq!(values(op, ramp(&[0, 2]), &[0]).expect("runs"), [want; 2], "{op}");
            assert_eq!(values(op, ramp(&[2, 0]), &[1]).expect("runs"), [want; 2], "{op}");
        }
        assert!(values("Mean", ramp(&[0, 1]), &[0]).expect("runs")[0].is_nan());
        let ints = Tensor::from_slice::<i32>(&[], [0, 1]).expect("fits");
        assert_eq!(run("Mean", &[ints, axes(&[0])], &[]).expect("runs")[0].slice::<i32>().expect("i32"), [0]);
    }

    #[test]
    fn large_reductions_are_exact_and_do_not_depend_on_threads() {
        let ones = Tensor::from_slice(&vec![1.0f32; 1 << 19], [1 << 19]).expect("fits");
        assert_eq!(values("Sum", ones.clone(), &[0]).expect("runs"), [(1 << 19) as f32]);
        assert_eq!(values("Mean", ones.reshape([1 << 17, 4]).expect("fits"), &[0]).expect("runs"), [1.0; 4]);
        let noise: Vec<f32> = (0..1 << 19).map(|i| (i as f32 * 0.37).sin()).collect();
        let noise = Tensor::from_slice(&noise, [1 << 19]).expect("fits");
        crate::pool::set_threads(1);
        let one = values("Sum", noise.clone(), &[0]).expect("runs");
        crate::pool::set_threads(2);
        assert_eq!(values("Sum", noise, &[0]).expect("runs"), one);
        crate::pool::set_threads(0);
        let halves = Tensor::from_slice(&vec![F16::from_f32(1.0); 5000], [5000]).expect("fits");
        assert_eq!(run("Sum", &[halves, axes(&[0])], &[]).expect("runs")[0].slice::<F16>().expect("f16")[0].to_f32(), 5000.0);
    }

    #[test]
    fn integers_wrap_in_sums_and_not_in_means() {
        let x = Tensor::from_slice(&[100i8, 100, 100], [3]).expect("fits");
        assert_eq!(run("Sum", &[x.clone(), axes(&[0])], &[]).expect("runs")[0].slice::<i8>().expect("i8"), [44]);
        assert_eq!(run("Mean", &[x.clone(), axes(&[0])], &[]).expect("runs")[0].slice::<i8>().expect("i8"), [100]);
        let x = Tensor::from_slice(&[100i8, 100], [2]).expect("fits");
        assert_eq!(run("EuclideanNorm", &[x, axes(&[0])], &[]).expect("runs")[0].slice::<i8>().expect("i8"), [5]);
    }

    #[test]
    fn nan_wins() {
        let x = Tensor::from_slice(&[1.0, f32::NAN, 2.0, 2.0, 2.0, f32::NAN], [2, 3]).expect("fits");
        for op in ["Max", "Min"] {
            let (rows, columns) = (values(op, x.clone(), &[1]).expect("runs"), values(op, x.clone(), &[0]).expect("runs"));
            assert!(rows.iter().all(|v| v.is_nan()));
            assert!(!columns[0].is_nan() && columns[1].is_nan() && columns[2].is_nan());
        }
    }

    #[test]
    fn faulty_axes_are_tensorflows_errors() {
        let message = |a: &[i32]| values("Sum", ramp(&[2, 3]), a).expect_err("faulty").message().to_string();
        assert_eq!(message(&[5]), "Invalid reduction dimension (5 for input with 2 dimension(s)");
        assert_eq!(message(&[0, -2]), "Invalid reduction arguments: Axes contains duplicate dimension: 0");
    }
}
