//! Kernels of MatMul, BatchMatMulV2 and BatchMatMulV3, on the blocked products of `gemm`.
use crate::gemm::{GemmElement, Mat, MatMut, Options, Sizes, gemm, gemm_batch, gemm_bytes};
use crate::kernels::copy::View;
use crate::kernels::packed::{Shared, Weights, of, sharing, weights};
use crate::simd::isa;
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, bail};

/// What products take.
pub(super) const PRODUCTS: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::Half,
    DType::BFloat16,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::Complex64,
    DType::Complex128,
];
const FACTORS: &[DType] = &[
    DType::Float,
    DType::Double,
    DType::BFloat16,
    DType::Int8,
    DType::UInt8,
    DType::Int16,
    DType::Int32,
    DType::Int64,
    DType::Complex64,
    DType::Complex128,
];
const RESULTS: &[DType] =
    &[DType::Float, DType::Double, DType::BFloat16, DType::Int16, DType::Int32, DType::Int64, DType::Complex64, DType::Complex128];

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel { op: "MatMul", types: &[("T", PRODUCTS)], outputs: Outputs::Runtime, prepare: prepare_matmul },
    Kernel { op: "BatchMatMulV2", types: &[("T", PRODUCTS)], outputs: Outputs::Runtime, prepare: prepare_batch },
    Kernel {
        op: "BatchMatMulV3",
        types: &[("Ta", FACTORS), ("Tb", FACTORS), ("Tout", RESULTS)],
        outputs: Outputs::Runtime,
        prepare: prepare_mixed,
    },
];

/// Evaluates with `$T` as the element type, out of those that products take.
#[macro_export]
macro_rules! dispatch_product {
    ($dtype:expr, $T:ident => $body:expr) => {
        $crate::dispatch!($dtype, $T => $body, Float: f32, Double: f64, Half: ferroflow_tensor::F16, BFloat16: ferroflow_tensor::BF16,
            Int16: i16, Int32: i32, Int64: i64, Complex64: ferroflow_tensor::C64, Complex128: ferroflow_tensor::C128)
    };
}

/// Estimated time of a product, in nanoseconds.
pub(super) fn cost(macs: usize, dtype: DType) -> f32 {
    let per_mac = match dtype {
        DType::Float => 0.012,
        DType::Double => 0.025,
        DType::Half | DType::BFloat16 => 0.02,
        _ => 0.1,
    };
    60.0 + macs as f32 * per_mac
}

/// Products that take longer than this ask now and then whether to stop.
const LONG_NS: f32 = 1e6;
const TRANSPOSE_A: usize = 1;
const TRANSPOSE_B: usize = 2;

/// Sizes and transpositions of a product, and its estimated time.
pub(in crate::kernels) fn matmul_args(p: &Prep) -> Result<([usize; 4], f32)> {
    let flags = p.attrs.bool("transpose_a")? as usize * TRANSPOSE_A + p.attrs.bool("transpose_b")? as usize * TRANSPOSE_B;
    let (a, b) = (p.shape(0), p.shape(1));
    let (m, k) = if flags & TRANSPOSE_A == 0 { (a[0], a[1]) } else { (a[1], a[0]) };
    let n = if flags & TRANSPOSE_B == 0 { b[1] } else { b[0] };
    Ok(([m, n, k, flags], cost(m.saturating_mul(n).saturating_mul(k), p.dtype(0))))
}

/// The same for a stack of matrices times a single one: as a product of the rows of all of them.
pub(in crate::kernels) fn stack_args(p: &Prep) -> Result<([usize; 4], f32)> {
    let (x, y) = (p.shape(0), p.shape(1));
    let (Some((k, rows)), [a, b]) = (x.split_last(), y.dims()) else { bail!(Internal, "a product of {x} and {y}") };
    let flags = p.attrs.bool("adj_y")? as usize * TRANSPOSE_B;
    let (m, n) = (rows.iter().product::<usize>(), if flags == 0 { *b } else { *a });
    Ok(([m, n, *k, flags], cost(m.saturating_mul(n).saturating_mul(*k), p.dtype(0))))
}

fn prepare_matmul(p: &Prep) -> Result<Prepared> {
    let (args, cost) = matmul_args(p)?;
    let weights = matmul_weights(p, args);
    let shares = matmul_shares(p, args, &weights);
    dispatch_product!(p.dtype(0), T => Ok(Prepared { args, plan: weights, shares, ..Prepared::new(matmul::<T>, cost) }))
}

fn matmul<T: Element + GemmElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    product::<T>(p, call, Options { packed: of(&p.plan), ..Options::default() })
}

/// The packed right operand of a product of several rows, if it never changes.
pub(in crate::kernels) fn matmul_weights(p: &Prep, [m, n, k, flags]: [usize; 4]) -> Weights {
    if m > 1 { weights(p, 1, [k, n], flags & TRANSPOSE_B != 0) } else { None }
}

/// What a product may share with others by the same right operand.
pub(in crate::kernels) fn matmul_shares(p: &Prep, [m, n, k, flags]: [usize; 4], packed: &Weights) -> Option<(u8, [usize; 3])> {
    sharing(p, [m, k, n], flags & TRANSPOSE_B != 0, packed)
}

/// The product of the first two inputs.
pub(in crate::kernels) fn product<T: Element + GemmElement>(p: &Prepared, call: &mut Call, options: Options<T>) -> Result<()> {
    let [m, n, k, flags] = p.args;
    let (a, b, run) = (call.slice::<T>(0)?, call.slice::<T>(1)?, call.run);
    let a = if flags & TRANSPOSE_A == 0 { Mat::dense(a, k) } else { Mat::transposed(a, m) };
    let b = if flags & TRANSPOSE_B == 0 { Mat::dense(b, n) } else { Mat::transposed(b, k) };
    let ask = || run.cancel.check().is_err();
    let poll: Option<&dyn Fn() -> bool> = if p.cost > LONG_NS { Some(&ask) } else { None };
    let shared = if p.shares.is_some() { Shared::take(call, [k, n], b) } else { None };
    let packed = options.packed.or(shared.as_ref().and_then(|s| s.packed.as_ref()));
    let options = Options { poll, packed, ..options };
    let done = gemm(Sizes { m, n, k }, a, b, MatMut::dense(call.out::<T>(0)?, n), &options);
    if let Some(shared) = shared {
        shared.give(call);
    }
    done.or_else(|e| run.cancel.check().and(Err(e)))
}

/// A stack of products: where each one's operands start.
#[derive(Default)]
pub(super) struct Batch {
    /// Sizes of each product.
    pub sizes: [usize; 3],
    /// Whether the operands lie transposed.
    pub transposed: [bool; 2],
    /// Whether the operands are conjugated.
    pub conj: [bool; 2],
    /// Starts of the operands and the results, in elements.
    pub offsets: [Vec<usize>; 3],
}

impl Batch {
    /// Stacks over batch axes of these sizes that broadcast to the result's.
    pub fn new(sizes: [usize; 3], a: &[usize], b: &[usize], out: &[usize]) -> Batch {
        let [m, n, k] = sizes;
        let offsets = [starts(a, out, m * k), starts(b, out, k * n), starts(out, out, m * n)];
        Batch { sizes, offsets, ..Batch::default() }
    }
    /// The matrices as they lie in these elements.
    fn operands<'a, T>(&self, a: &'a [T], b: &'a [T]) -> (Mat<'a, T>, Mat<'a, T>) {
        let [m, n, k] = self.sizes;
        let a = if self.transposed[0] { Mat::transposed(a, m) } else { Mat::dense(a, k) };
        let b = if self.transposed[1] { Mat::transposed(b, k) } else { Mat::dense(b, n) };
        (a, b)
    }
    /// Runs the products.
    pub fn run<T: GemmElement>(&self, call: &ferroflow_ops::RunCtx, a: &[T], b: &[T], out: &mut [T]) -> Result<()> {
        let [m, n, k] = self.sizes;
        let (a, b) = self.operands(a, b);
        let poll = || call.cancel.check().is_err();
        let options = Options { poll: Some(&poll), conj_a: self.conj[0], conj_b: self.conj[1], ..Options::default() };
        let [at_a, at_b, at_c] = &self.offsets;
        let done = gemm_batch(Sizes { m, n, k }, a, at_a, b, at_b, MatMut::dense(out, n), at_c, &options);
        done.or_else(|e| call.cancel.check().and(Err(e)))
    }
    /// Multiply-adds of all products.
    pub fn macs(&self) -> usize {
        self.sizes.iter().fold(self.offsets[2].len(), |n, d| n.saturating_mul(*d))
    }
}

/// Where each matrix of a stack with axes `dims` starts that broadcasts to `out`.
fn starts(dims: &[usize], out: &[usize], matrix: usize) -> Vec<usize> {
    let own = View::strides_of(dims);
    let mut all = vec![0usize];
    for (i, &n) in out.iter().enumerate() {
        let at = (i + dims.len()).checked_sub(out.len());
        let step = at.map_or(0, |at| if dims[at] == 1 { 0 } else { own[at] as usize * matrix });
        all = all.into_iter().flat_map(|s| (0..n).map(move |j| s + j * step)).collect();
    }
    all
}

fn batch_of(p: &Prep) -> Result<Batch> {
    let (x, y) = (p.shape(0), p.shape(1));
    let ((bx, mx), (by, my)) = (x.split_at(x.len() - 2), y.split_at(y.len() - 2));
    let adjoint = [p.attrs.bool("adj_x")?, p.attrs.bool("adj_y")?];
    let (m, k) = if adjoint[0] { (mx[1], mx[0]) } else { (mx[0], mx[1]) };
    let n = if adjoint[1] { my[0] } else { my[1] };
    let out = p.out_shape(0)?;
    Ok(Batch { transposed: adjoint, conj: adjoint, ..Batch::new([m, n, k], bx, by, &out[..out.len() - 2]) })
}

fn prepare_batch(p: &Prep) -> Result<Prepared> {
    let batch = batch_of(p)?;
    let cost = cost(batch.macs(), p.dtype(0));
    dispatch_product!(p.dtype(0), T => Ok(Prepared::with(batch_matmul::<T>, cost, batch)))
}

fn batch_matmul<T: Element + GemmElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (a, b, run) = (call.slice::<T>(0)?, call.slice::<T>(1)?, call.run);
    p.plan::<Batch>()?.run(run, a, b, call.out::<T>(0)?)
}

fn prepare_mixed(p: &Prep) -> Result<Prepared> {
    let (a, b, out) = (p.dtype(0), p.dtype(1), p.outputs[0].0);
    if a == b && b == out {
        return prepare_batch(p);
    }
    let bytes = |d| matches!(d, DType::Int8 | DType::UInt8);
    if !bytes(a) || !bytes(b) || out != DType::Int32 {
        bail!(NotFound, "Could not find device for node: BatchMatMulV3[Ta={a}, Tb={b}, Tout={out}]");
    }
    let batch = batch_of(p)?;
    let cost = cost(batch.macs(), out);
    Ok(Prepared::with(byte_product, cost, batch))
}

/// 8-bit integers multiply as int32.
fn byte_product(p: &Prepared, call: &mut Call) -> Result<()> {
    let batch = p.plan::<Batch>()?;
    let signed = [0, 1].map(|i| call.input(i).dtype() == DType::Int8);
    let (a, b, run) = (call.input(0).clone(), call.input(1).clone(), call.run);
    let [m, n, k] = batch.sizes;
    let (a, b) = batch.operands(a.bytes()?, b.bytes()?);
    let poll = || run.cancel.check().is_err();
    let [at_a, at_b, at_c] = &batch.offsets;
    let out = MatMut::dense(call.out::<i32>(0)?, n);
    let done = gemm_bytes(Sizes { m, n, k }, a, b, out, [at_a, at_b, at_c], signed, Some(&poll), isa());
    done.or_else(|e| run.cancel.check().and(Err(e)))
}

#[cfg(test)]
mod tests {
    use crate::call::run;
    use ferroflow_tensor::{C64, Shape, Tensor};

    fn f(values: &[f32], shape: &[usize]) -> Tensor {
        Tensor::from_slice(values, Shape::new(shape)).expect("fits")
    }

    #[test]
    fn transposed_products_agree() {
        let (a, b) = (f(&[1., 2., 3., 4., 5., 6.], &[2, 3]), f(&[1., 0., 2., 1., 0., 3.], &[3, 2]));
        let (at, bt) = (f(&[1., 4., 2., 5., 3., 6.], &[3, 2]), f(&[1., 2., 0., 0., 1., 3.], &[2, 3]));
        for (x, y, ta, tb) in [(&a, &b, false, false), (&at, &b, true, false), (&a, &bt, false, true), (&at, &bt, true, true)] {
            let r = run("MatMul", &[x.clone(), y.clone()], &[("transpose_a", ta.into()), ("transpose_b", tb.into())]).expect("runs");
            assert_eq!(r[0].slice::<f32>().expect("f32"), [5., 11., 14., 23.], "{ta} {tb}");
        }
    }

    #[test]
    fn empty_inner_axis_gives_zeros() {
        let r = run("MatMul", &[f(&[], &[2, 0]), f(&[], &[0, 3])], &[]).expect("runs");
        assert_eq!(r[0].slice::<f32>().expect("f32"), [0.; 6]);
    }

    #[test]
    fn errors_are_tensorflows() {
        let e = run("MatMul", &[f(&[0.; 6], &[2, 3]), f(&[0.; 4], &[4, 1])], &[]).expect_err("does not fit");
        assert_eq!(e.message(), "Matrix size-incompatible: In[0]: [2,3], In[1]: [4,1]");
        let e = run("BatchMatMulV2", &[f(&[0.; 6], &[3, 2, 1]), f(&[0.; 4], &[2, 1, 2])], &[]).expect_err("does not fit");
        assert_eq!(e.message(), "In[0] and In[1] must have compatible batch dimensions: [3,2,1] vs. [2,1,2]");
    }

    #[test]
    fn batches_broadcast_and_conjugate() {
        let (a, b) = (f(&[1., 2., 3., 4.], &[2, 1, 1, 2]), f(&[1., 10., 2., 20., 3., 30.], &[3, 2, 1]));
        let r = run("BatchMatMulV2", &[a, b], &[]).expect("runs");
        assert_eq!(r[0].shape().dims(), [2, 3, 1, 1]);
        assert_eq!(r[0].slice::<f32>().expect("f32"), [21., 42., 63., 43., 86., 129.]);
        let c = Tensor::from_slice(&[C64::new(0., 1.), C64::new(2., 0.)], [2, 1]).expect("fits");
        let r = run("BatchMatMulV2", &[c.clone(), c], &[("adj_x", true.into())]).expect("runs");
        assert_eq!(r[0].slice::<C64>().expect("c64"), [C64::new(5., 0.)]);
    }

    #[test]
    fn bytes_multiply_as_int32() {
        let (a, b) = (Tensor::from_slice(&[100i8, -100], [1, 2]).expect("fits"), Tensor::from_slice(&[200u8, 100], [2, 1]).expect("fits"));
        let r = run("BatchMatMulV3", &[a, b], &[("Tout", ferroflow_tensor::DType::Int32.into())]).expect("runs");
        assert_eq!(r[0].slice::<i32>().expect("i32"), [10_000]);
    }
}
