//! Arithmetic on partly known integers, so that `shape(x)[0] * 2` is known as far as `shape(x)[0]` is.
use super::{Binary, Unary};
use crate::infer::{Infer, Partial};
use ferroflow_tensor::DType;

/// Longer vectors are not shapes, and not worth following.
const LONGEST: usize = 64;

/// The elements of a small integer operand, and whether it is a scalar.
fn operand(c: &Infer, i: usize) -> Option<(Vec<Option<i64>>, bool)> {
    let scalar = match c.input(i).value.as_ref()? {
        Partial::Known(t) if t.count() > LONGEST => return None,
        Partial::Known(t) => t.shape().rank() == 0,
        Partial::Ints(v, _) if v.len() > LONGEST => return None,
        Partial::Ints(_, scalar) => *scalar,
    };
    Some((c.ints(i)?, scalar))
}

/// What is known of the result of an op with one int32 or int64 operand.
pub fn one<O: Unary>(c: &Infer) -> Option<Partial> {
    let body: fn(i64) -> i64 = match c.input(0).dtype {
        DType::Int32 => |x| O::int(x as i32).into(),
        DType::Int64 => |x| O::int(x),
        _ => return None,
    };
    let (x, scalar) = operand(c, 0)?;
    Some(Partial::Ints(x.into_iter().map(|x| x.map(body)).collect(), scalar))
}

/// What is known of the result of an op with two int32 or int64 operands; nothing of elements that are errors.
pub fn two<O: Binary>(c: &Infer) -> Option<Partial> {
    let body: fn(i64, i64) -> i64 = match c.input(0).dtype {
        DType::Int32 => |x, y| O::int(x as i32, y as i32).into(),
        DType::Int64 => |x, y| O::int(x, y),
        _ => return None,
    };
    let ((x, x_scalar), (y, y_scalar)) = (operand(c, 0)?, operand(c, 1)?);
    let n = match (x.len(), y.len()) {
        (a, b) if a == b => a,
        (1, n) | (n, 1) => n,
        _ => return None,
    };
    let at = |v: &[Option<i64>], i: usize| v[if v.len() == 1 { 0 } else { i }];
    let element = |i| {
        let (x, y) = (at(&x, i)?, at(&y, i)?);
        if O::FAULT.is_some_and(|f| f.is_caused_by(y)) { None } else { Some(body(x, y)) }
    };
    Some(Partial::Ints((0..n).map(element).collect(), x_scalar && y_scalar))
}
