//! Activations that programs put in the place of several ops; graphs never hold them. Bodies do what the single ops do, one
//! by one, so results keep their bits.
use super::signature::activation;
use super::{Kinds, Unary, UnaryVisit, ops};
use crate::def::{Entry, Gpu, Gradient};
use crate::math;
use crate::num::Float;

const GRADIENT: Gradient = Gradient::Missing("gradients are taken before programs are compiled");
const T: &str = "T: {float, double}";
/// sqrt(2), by which [`_Gelu`] divides.
pub const GELU_SCALE: f64 = core::f64::consts::SQRT_2;
/// The numbers of [`_GeluTanh`]: the factor of the cube, and sqrt(2/pi).
pub const GELU_TANH: [f64; 2] = [0.044715, 0.797_884_560_802_865_4];

ops! {
    UnaryVisit, Unary;
    /// x/2 (1 + erf(x/sqrt(2))), element by element.
    _Gelu: Kinds::WIDE_FLOATS => {
        float |x| x * V::lit(0.5) * (math::erf(x / V::lit(GELU_SCALE)) + V::lit(1.0));
        entry { gpu: Gpu::Body, grad: GRADIENT, ..activation(T) }
    }
    /// x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), element by element.
    _GeluTanh: Kinds::WIDE_FLOATS => {
        float |x| {
            let cubed = x * x * x * V::lit(GELU_TANH[0]);
            x * V::lit(0.5) * (math::tanh((x + cubed) * V::lit(GELU_TANH[1])) + V::lit(1.0))
        };
        entry { gpu: Gpu::Body, grad: GRADIENT, ..activation(T) }
    }
}
