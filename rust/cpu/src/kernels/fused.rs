//! Products and convolutions whose bias, residual and activation are applied while results are in registers or in the first
//! cache: what `fused_ops` of the ops `_Fused...` asks for.
use super::linalg::matmul::{matmul_args, matmul_shares, matmul_weights, product, stack_args};
use super::nn::conv::{FORWARD, Plan, convolve, prepare};
use super::packed::{Weights, of};
use crate::conv::ConvElement;
use crate::frames::slices::Unary;
use crate::gemm::{Activation, Epilogue, GemmElement, Options};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, bail};

const TYPES: &[(&str, &[DType])] = &[("T", &[DType::Float, DType::Double])];

/// Prepares for the element type.
macro_rules! prepared {
    ($p:ident, $T:ident => $made:expr) => {
        crate::dispatch!($p.dtype(0), $T => $made, Float: f32, Double: f64)
    };
}

/// The kernels of this file.
pub static KERNELS: &[Kernel] = &[
    Kernel {
        op: "_FusedMatMul",
        types: TYPES,
        outputs: Outputs::Runtime,
        prepare: |p| prepared!(p, T => prepare_matmul::<T>(p, matmul_args(p)?)),
    },
    Kernel {
        op: "_FusedBatchMatMulV2",
        types: TYPES,
        outputs: Outputs::Runtime,
        prepare: |p| prepared!(p, T => prepare_matmul::<T>(p, stack_args(p)?)),
    },
    Kernel {
        op: "_FusedConv2D",
        types: TYPES,
        outputs: Outputs::Runtime,
        prepare: |p| prepared!(p, T => prepare::<2>(p, FORWARD, false, conv::<T>, After::<T>::of(p)?)),
    },
    Kernel {
        op: "_FusedDepthwiseConv2dNative",
        types: TYPES,
        outputs: Outputs::Runtime,
        prepare: |p| prepared!(p, T => prepare::<2>(p, FORWARD, true, conv::<T>, After::<T>::of(p)?)),
    },
];

/// What follows: the inputs to be added, and the activation.
struct After<T> {
    bias: Option<usize>,
    residual: Option<usize>,
    relu: bool,
    six: bool,
    activation: Option<Unary<T>>,
}

impl<T: Element + GemmElement> After<T> {
    /// As the attributes of a node say, whose first two inputs are multiplied.
    fn of(p: &Prep) -> Result<After<T>> {
        let mut after = After { bias: None, residual: None, relu: false, six: false, activation: None };
        let out = p.out_shape(0)?;
        let columns = out.dims().last().copied().unwrap_or(1);
        let mut next = 2;
        for op in p.attrs.strs("fused_ops")? {
            let (place, count) = match &**op {
                b"BiasAdd" => (&mut after.bias, columns),
                b"Add" => (&mut after.residual, out.count()),
                name => {
                    after.relu = matches!(name, b"Relu" | b"Relu6");
                    after.six = name == b"Relu6";
                    if !after.relu {
                        after.activation = Some(Unary::of(&String::from_utf8_lossy(name))?);
                    }
                    continue;
                }
            };
            // A bias may have axes of one before its own.
            if next >= p.inputs.len() || p.shape(next).count() != count {
                bail!(Internal, "what is added to a product has not its size");
            }
            *place = Some(next);
            next += 1;
        }
        Ok(after)
    }

    /// Calls `then` with what the inputs of a call hold.
    fn with(&self, call: &mut Call, then: impl FnOnce(&mut Call, Epilogue<T>) -> Result<()>) -> Result<()> {
        let apply = |row: &mut [T]| {
            if let Some(f) = &self.activation {
                f.in_place(row);
            }
        };
        let activation: Activation<T> = if self.activation.is_some() { Some(&apply) } else { None };
        let input = |i: Option<usize>| i.map(|i| call.slice::<T>(i)).transpose();
        let (bias, residual) = (input(self.bias)?, input(self.residual)?);
        then(call, Epilogue { bias, residual, relu: self.relu, six: self.six, activation })
    }
}

fn prepare_matmul<T: Element + GemmElement>(p: &Prep, (args, cost): ([usize; 4], f32)) -> Result<Prepared> {
    let weights = matmul_weights(p, args);
    let shares = matmul_shares(p, args, &weights);
    Ok(Prepared { args, shares, ..Prepared::with(matmul::<T>, cost, (After::<T>::of(p)?, weights)) })
}

fn matmul<T: Element + GemmElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let (after, weights) = p.plan::<(After<T>, Weights)>()?;
    after.with(call, |call, epilogue| product::<T>(p, call, Options { epilogue, packed: of(weights), ..Options::default() }))
}

fn conv<T: Element + ConvElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let plan = p.plan::<Plan<After<T>>>()?;
    plan.then.with(call, |call, epilogue| convolve(plan, call, epilogue))
}
