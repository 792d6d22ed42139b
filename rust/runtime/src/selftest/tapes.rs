//! Trust in tapes: the kernel that a device makes of one is compared with the host's on a small part of its space.
use super::cases::made;
use super::{difference, kept, trust};
use crate::{devices, eager};
use ferroflow_ops::tape::{Span, Tape, TapeOp};
use ferroflow_ops::{Call, Cancel, Device, Inputs, Prepared, RunCtx, running};
use ferroflow_tensor::{Code, DType, Result, Shape, Tensor};
use kept::Verdicts;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::PoisonError;

/// Rows and columns of what is compared.
const ROWS: usize = 5;
const COLUMNS: usize = 1031;

/// Whether the kernel that a device makes of a tape gives what the host's gives, or cannot be compared.
pub fn is_right(tape: &Tape, device: &dyn Device) -> bool {
    let Some(trust) = trust(device) else { return true };
    let name = name(tape);
    let mut named = trust.named.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(verdict) = named.get(&name) {
        return verdict.is_none();
    }
    // What is decided by a hair's breadth, such as a comparison, may differ once, but hardly for other values too.
    let verdict = match (compared(tape, device, 1), compared(tape, device, 2)) {
        (Some(Some(first)), Some(Some(_))) => Some(first),
        (None, _) | (_, None) => return true,
        _ => None,
    };
    if let Some(fault) = &verdict {
        devices::warn_once(
            &name,
            &format!("{name} runs as single ops on {}: its shader failed the self-test of this adapter: {fault}", device.name()),
        );
    }
    let new = Verdicts::from([(name, verdict.clone())]);
    if let Some(file) = &trust.file {
        kept::save(file, &trust.identity, &new);
    }
    named.extend(new);
    verdict.is_none()
}

/// The ops of a tape, and a number that tells it from others of the same ops.
fn name(tape: &Tape) -> String {
    let mut hasher = DefaultHasher::new();
    let ops: Vec<_> = tape.ops.iter().map(|o| format!("{}{:?}{:?}{:?}{:?}", o.op.name, o.args, o.dtype, o.span, o.attrs)).collect();
    (ops, &tape.inputs, &tape.outputs).hash(&mut hasher);
    let ops: Vec<_> = tape.ops.iter().map(|o| o.op.name).collect();
    format!("fused {} {:08x}", ops.join("+"), hasher.finish() as u32)
}

fn shape(span: Span, tape: &Tape) -> Shape {
    match span {
        Span::All => Shape::new(&[tape.rows, tape.columns]),
        Span::Row => Shape::new(&[tape.columns]),
        Span::Column => Shape::new(&[tape.rows]),
        Span::Single => Shape::new(&[]),
    }
}

/// Some(None) if both give the same, None if one of them has no kernel or does not run.
fn compared(tape: &Tape, device: &dyn Device, seed: u64) -> Option<Option<String>> {
    let small = Tape {
        rows: tape.rows.min(ROWS),
        columns: tape.columns.min(COLUMNS),
        inputs: tape.inputs.clone(),
        ops: tape.ops.iter().map(|o| TapeOp { args: o.args.clone(), ..*o }).collect(),
        outputs: tape.outputs.clone(),
    };
    let host = devices::host();
    let (here, there) = (host.tape(&small)?, device.tape(&small)?);
    let inputs = small.inputs.iter().enumerate();
    let inputs = inputs.map(|(i, (d, span))| drawn(*d, shape(*span, &small), seed * 100 + i as u64)).collect::<Result<Vec<_>>>().ok()?;
    let wanted = run(&small, &here, &inputs, &*host).ok()?;
    match run(&small, &there, &inputs, device) {
        Ok(found) => Some(found.iter().zip(&wanted).find_map(|(f, w)| difference(f, w, 10.0))),
        Err(e) if e.code() == Code::Internal => Some(Some(e.message().into())),
        Err(_) => None,
    }
}

fn run(tape: &Tape, prepared: &Prepared, inputs: &[Tensor], device: &dyn Device) -> Result<Vec<Tensor>> {
    let given = inputs.iter().map(|t| if device.is_host() { Ok(t.clone()) } else { device.to_device(t) }).collect::<Result<Vec<_>>>()?;
    let made = tape.outputs.iter().map(|k| &tape.ops[*k as usize]).map(|o| device.allocate(o.dtype, &shape(o.span, tape)));
    let mut outs = made.collect::<Result<Vec<_>>>()?;
    let run = RunCtx { env: eager::env(), device, cancel: &Cancel::new(None, None), step: 0 };
    let given: Vec<&Tensor> = given.iter().collect();
    let inputs = Inputs::Given(&given);
    running::invoke(prepared, &mut Call { run: &run, node: "", state: None, inputs, outs: &mut outs, last: 0, own: None })?;
    outs.iter().map(Tensor::to_host).collect()
}

/// Values for which most functions are defined: floats from 0.25 to 1.75, integers from 1 to 3.
fn drawn(dtype: DType, shape: Shape, seed: u64) -> Result<Tensor> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f64 / (1u64 << 24) as f64
    };
    let mut value = || match dtype {
        DType::Bool => 2.0 * next(),
        d if d.is_floating() => 0.25 + 1.5 * next(),
        _ => 1.0 + 3.0 * next(),
    };
    let values: Vec<f64> = (0..shape.count()).map(|_| value()).collect();
    made(dtype, shape, &values)
}
