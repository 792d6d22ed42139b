//! Which ops tapes are made of, and with which loops.
use super::{alpha, cost, loops};
use crate::frames::tape::{Body, Part, build};
use crate::frames::{Mode, select, table};
use ferroflow_ops::tape::{Role, Tape};
use ferroflow_ops::{Attrs, OpDef, Prepared};
use ferroflow_tensor::DType;

/// The most operands of a sum that are added up one after the other.
const SUMMED: usize = 7;

/// What an op may be on a tape.
pub fn role(op: &'static OpDef, attrs: &Attrs, operands: &[DType], result: DType) -> Option<Role> {
    let dtype = *operands.first()?;
    if dtype.is_object() || result.is_object() {
        return None;
    }
    let whole = matches!(body(op, attrs, operands, result)?, Body::Reduce(_));
    Some(match op.name {
        _ if whole => Role::Reduction,
        "Select" | "AddN" => Role::Aligned,
        _ => Role::Elementwise,
    })
}

/// The loops of an op for operands and a result of these dtypes.
fn body(op: &'static OpDef, attrs: &Attrs, operands: &[DType], result: DType) -> Option<Body> {
    let dtype = *operands.first()?;
    match op.name {
        "Cast" => {
            let plain = dtype != result && !attrs.bool("Truncate").ok()?;
            return table().cast(dtype, result).filter(|_| plain).map(Body::One);
        }
        "Select" | "SelectV2" => return select(result.size()).map(Body::Choose),
        "BiasAdd" if attrs.str("data_format").ok()? == "NHWC" => {
            return Some(Body::Two(*table().binary_row("AddV2")?.get(dtype as usize)?.as_ref()?));
        }
        "AddN" if (2..=SUMMED).contains(&operands.len()) => {
            return table().binary("AddV2", dtype, Mode::VectorVector).map(Body::Total);
        }
        "LeakyRelu" | "LeakyReluGrad" => {
            let f = table().binary(op.name, dtype, Mode::VectorScalar)?;
            let number = alpha::bits(attrs.float("alpha").ok()?, dtype);
            if op.name == "LeakyRelu" {
                return Some(Body::Number(f, number));
            }
            return Some(Body::TimesNumber(f, table().binary("Mul", dtype, Mode::VectorVector)?, number));
        }
        _ => {}
    }
    if let Some(reduction) = table().reduce(op.name, dtype) {
        return Some(Body::Reduce(reduction.inner));
    }
    let loops = loops(op).ok()?;
    match operands {
        [_] => {
            let part = !dtype.is_complex() || result.is_complex() || result == dtype.real();
            loops.unary.filter(|_| part).and_then(|row| *row.get(dtype as usize)?).map(Body::One)
        }
        // Values that make an op an error are looked for in the whole operand before anything is computed.
        [_, _] if loops.fault.is_none() || !dtype.is_integer() => {
            loops.binary.and_then(|row| row.get(dtype as usize)?.as_ref()).map(|modes| Body::Two(*modes))
        }
        _ => None,
    }
}

/// A tape made ready.
pub fn prepare(tape: &Tape) -> Option<Prepared> {
    let part = |op: &ferroflow_ops::tape::TapeOp| {
        let operands: Vec<DType> = op.args.iter().map(|a| tape.value(*a).0).collect();
        let body = body(op.op, op.attrs, &operands, op.dtype)?;
        let class = loops(op.op).map_or(cost::Class::Cheap, |l| l.cost);
        Some(Part { body, cost: cost::per_element(class, operands[0]) })
    };
    let parts = tape.ops.iter().map(part).collect::<Option<Vec<_>>>()?;
    build(tape, &parts)
}
