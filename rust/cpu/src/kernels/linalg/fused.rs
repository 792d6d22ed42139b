//! The kernel of `_FusedMatMul`: a product whose bias, residual and activation are applied while results are in registers
//! or in the first cache.
use super::matmul::{matmul_args, product};
use crate::frames::slices::Unary;
use crate::gemm::{Activation, GemmElement, Options};
use ferroflow_ops::{Call, Kernel, Outputs, Prep, Prepared};
use ferroflow_tensor::{DType, Element, Result, bail};

/// The kernels of this file.
pub static KERNELS: &[Kernel] =
    &[Kernel { op: "_FusedMatMul", types: &[("T", &[DType::Float, DType::Double])], outputs: Outputs::Runtime, prepare }];

/// What follows the product: the inputs to be added, and the activation.
struct After<T> {
    bias: Option<usize>,
    residual: Option<usize>,
    relu: bool,
    activation: Option<Unary<T>>,
}

fn prepare(p: &Prep) -> Result<Prepared> {
    match p.dtype(0) {
        DType::Float => prepare_for::<f32>(p),
        _ => prepare_for::<f64>(p),
    }
}

fn prepare_for<T: Element + GemmElement>(p: &Prep) -> Result<Prepared> {
    let (args, cost) = matmul_args(p)?;
    let [m, n, ..] = args;
    let mut after = After::<T> { bias: None, residual: None, relu: false, activation: None };
    let mut next = 2;
    for op in p.attrs.strs("fused_ops")? {
        let (place, fits): (_, &[usize]) = match &**op {
            b"BiasAdd" => (&mut after.bias, &[n]),
            b"Add" => (&mut after.residual, &[m, n]),
            b"Relu" => {
                after.relu = true;
                continue;
            }
            name => {
                after.activation = Some(Unary::of(&String::from_utf8_lossy(name))?);
                continue;
            }
        };
        // A bias may have an axis of one before its own.
        let count: usize = fits.iter().product();
        if next >= p.inputs.len() || p.shape(next).count() != count {
            bail!(Internal, "what is added to a product has not its size");
        }
        *place = Some(next);
        next += 1;
    }
    Ok(Prepared { args, ..Prepared::with(run::<T>, cost, after) })
}

fn run<T: Element + GemmElement>(p: &Prepared, call: &mut Call) -> Result<()> {
    let after = p.plan::<After<T>>()?;
    let bias = after.bias.map(|i| call.slice::<T>(i)).transpose()?;
    let residual = after.residual.map(|i| call.slice::<T>(i)).transpose()?;
    let apply = |row: &mut [T]| {
        if let Some(f) = &after.activation {
            f.in_place(row);
        }
    };
    let activation: Activation<T> = if after.activation.is_some() { Some(&apply) } else { None };
    product::<T>(p, call, Options { bias, residual, relu: after.relu, activation, ..Options::default() })
}
