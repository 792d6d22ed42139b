//! What an element costs, from measurements of the loops.
use crate::simd::{Level, isa};
use ferroflow_tensor::DType;

/// How expensive the body of an op is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A few instructions: as fast as memory.
    Cheap,
    /// A division or a square root.
    Division,
    /// An exponential, a logarithm, a sine.
    Function,
    /// Several of them, or a long series.
    Heavy,
}

/// The class of an op.
pub fn class(op: &str) -> Class {
    match op {
        "Div" | "RealDiv" | "DivNoNan" | "Reciprocal" | "Inv" | "Sqrt" | "Rsqrt" | "SqrtGrad" | "Softsign" | "SoftsignGrad"
        | "FloorDiv" | "TruncateDiv" | "FloorMod" | "TruncateMod" | "Mod" | "Xdivy" => Class::Division,
        "Exp" | "Expm1" | "Log" | "Log1p" | "Sin" | "Cos" | "Tan" | "Asin" | "Acos" | "Atan" | "Atan2" | "Sinh" | "Cosh" | "Tanh"
        | "Asinh" | "Acosh" | "Atanh" | "Sigmoid" | "Softplus" | "SoftplusGrad" | "Elu" | "Selu" | "Xlogy" | "Xlog1py" | "Erf" | "Erfc"
        | "_Gelu" | "_GeluTanh" => Class::Function,
        "Pow" | "Erfinv" | "Ndtri" | "Lgamma" | "Digamma" | "Zeta" | "Polygamma" => Class::Heavy,
        _ => Class::Cheap,
    }
}

/// Estimated nanoseconds of an element.
#[inline]
pub fn per_element(class: Class, dtype: DType) -> f32 {
    let float = match class {
        Class::Cheap => 0.06,
        Class::Division => 0.1,
        Class::Function => 0.22,
        Class::Heavy => 2.0,
    };
    let level = match isa() {
        Level::Portable => 6.0,
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => 1.0,
        #[allow(unreachable_patterns)]
        _ => 2.2,
    };
    let computed = class != Class::Cheap;
    match dtype {
        DType::Float => float * if computed { level } else { 1.0 },
        DType::Double => 2.0 * float * if computed { 1.5 * level } else { 1.0 },
        DType::Half | DType::BFloat16 => 0.1 + float * level,
        DType::Complex64 | DType::Complex128 => {
            if computed {
                30.0
            } else {
                1.0
            }
        }
        _ => match class {
            Class::Cheap => 0.06 * dtype.size() as f32 / 4.0,
            Class::Heavy => 10.0,
            _ => 2.0,
        },
    }
}
