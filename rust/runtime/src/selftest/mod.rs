//! Trust in a device that is not the host: before a kernel's variant, which is an op with certain dtypes, is first used on an adapter,
//! its results are compared with the host's. A wrong one is switched off there. Verdicts are kept on disk.
mod calls;
mod cases;
mod held;
mod kept;
mod tapes;

use crate::step::{kernel, run_op};
use crate::{devices, eager};
use cases::{Case, cases};
use ferroflow_graph::flat_args;
use ferroflow_ops::ops::fused;
use ferroflow_ops::resource::{Handle, Variable};
use ferroflow_ops::{Attrs, Cancel, Device, Kernel, NodeState, OpDef, RunCtx};
use ferroflow_tensor::{BF16, Code, DType, F16, Result, Tensor};
use kept::Verdicts;
use smallvec::SmallVec;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
pub use tapes::is_right;

/// An op's name and the dtypes of its kernel.
type Key = (&'static str, SmallVec<[DType; 4]>);

/// What is known of a device.
struct Trust {
    identity: String,
    file: Option<PathBuf>,
    /// By op and dtypes: what is wrong.
    known: RwLock<HashMap<Key, Option<String>>>,
    /// By name, with those of earlier processes. Held while one is tested.
    named: Mutex<Verdicts>,
}

/// The trust in a device; None for one that needs no test.
fn trust(device: &dyn Device) -> Option<Arc<Trust>> {
    static ALL: OnceLock<RwLock<HashMap<String, Option<Arc<Trust>>>>> = OnceLock::new();
    let all = ALL.get_or_init(RwLock::default);
    if let Some(found) = all.read().unwrap_or_else(PoisonError::into_inner).get(device.name()) {
        return found.clone();
    }
    let new = device.identity().map(|identity| {
        let file = kept::file(&identity);
        let named = file.as_ref().map(|f| kept::load(f, &identity)).unwrap_or_default();
        let is_off = |way: &&&str| named.get(**way).is_some_and(|fault| fault.is_some());
        device.ways().iter().filter(is_off).for_each(|way| _ = device.switch(way, false));
        Arc::new(Trust { identity, file, known: RwLock::default(), named: Mutex::new(named) })
    });
    all.write().unwrap_or_else(PoisonError::into_inner).entry(device.name().into()).or_insert(new).clone()
}

/// What is wrong with a variant on a device; None if it is right or cannot be tested. The first call tests it.
pub fn fault(op: &'static OpDef, there: &'static Kernel, attrs: &Attrs, device: &dyn Device) -> Option<String> {
    if kernel(op, devices::host().as_ref()).is_some_and(|k| std::ptr::eq(k, there)) {
        return None; // the host's own kernel, which changes shapes only
    }
    let trust = trust(device)?;
    let key = key(op, there, attrs);
    if let Some(known) = trust.known.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return known.clone();
    }
    let name = name(op, &key);
    let mut named = trust.named.lock().unwrap_or_else(PoisonError::into_inner);
    let found = match named.get(&name) {
        Some(verdict) => verdict.clone(),
        None => {
            let mut new = Verdicts::new();
            let verdict = tested(op, there, attrs, device, &mut new)?;
            new.insert(name, verdict.clone());
            if let Some(file) = &trust.file {
                kept::save(file, &trust.identity, &new);
            }
            named.extend(new);
            verdict
        }
    };
    if let Some(fault) = &found {
        devices::warn_of_fault(op, device, &reason(fault));
    }
    trust.known.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(found).clone()
}

/// Why a variant is not used.
pub fn reason(fault: &str) -> String {
    format!("its shader failed the self-test of this adapter: {fault}")
}

/// The variants that have been tested on a device, in this process or an earlier one, and what is wrong with them.
pub fn verdicts(device: &dyn Device) -> Vec<(String, Option<String>)> {
    let Some(trust) = trust(device) else { return vec![] };
    let named = trust.named.lock().unwrap_or_else(PoisonError::into_inner);
    named.iter().map(|(name, fault)| (name.clone(), fault.clone())).collect()
}

/// Tests every variant that a device has and every way in which it computes, or the variants of the op of a name, those that were tested
/// before too.
pub fn test_all(device: &dyn Device, only: Option<&str>) {
    let Some(trust) = trust(device) else { return };
    let mut new = Verdicts::new();
    if only.is_none() {
        device.ways().iter().for_each(|way| _ = device.switch(way, true));
        new.extend(device.ways().iter().map(|way| (way.to_string(), None)));
    }
    for op in ferroflow_ops::registry::all().into_iter().chain(fused::all()).filter(|op| only.is_none_or(|name| name == op.name)) {
        let Some(there) = device.kernel(op) else { continue };
        for attrs in choices(there) {
            if let Some(verdict) = tested(op, there, &attrs, device, &mut new) {
                let key = key(op, there, &attrs);
                new.insert(name(op, &key), verdict.clone());
                trust.known.write().unwrap_or_else(PoisonError::into_inner).insert(key, verdict);
            }
        }
    }
    if let Some(file) = &trust.file {
        kept::save(file, &trust.identity, &new);
    }
    trust.named.lock().unwrap_or_else(PoisonError::into_inner).extend(new);
}

/// The dtypes that a kernel takes, as attributes.
fn choices(kernel: &Kernel) -> Vec<Attrs> {
    let mut choices = vec![Attrs::none()];
    for (attr, dtypes) in kernel.types {
        let with = |attrs: &Attrs, dtype: &DType| {
            let mut attrs = attrs.clone();
            attrs.set(*attr, *dtype);
            attrs
        };
        choices = choices.iter().flat_map(|a| dtypes.iter().map(move |d| with(a, d))).collect();
    }
    choices
}

fn key(op: &'static OpDef, there: &Kernel, attrs: &Attrs) -> Key {
    (op.name, there.types.iter().filter_map(|(attr, _)| attrs.dtype(attr).ok()).collect())
}

fn name(op: &OpDef, key: &Key) -> String {
    key.1.iter().fold(op.name.to_string(), |name, d| name + " " + d.name())
}

/// Compares a variant with the host: Some(None) if it is right, None if there is nothing to compare or the device is not at hand. A way
/// in which the device computes it, and without which it is right, is switched off and added to `off`.
fn tested(op: &'static OpDef, there: &'static Kernel, attrs: &Attrs, device: &dyn Device, off: &mut Verdicts) -> Option<Option<String>> {
    let host = devices::host();
    let here = kernel(op, &*host)?;
    let mut seen = false;
    for case in cases(op, attrs) {
        let Ok(wanted) = run(op, here, &case, &*host) else { continue };
        match compared(op, there, &case, device, &wanted) {
            Compared::Right => seen = true,
            Compared::NotThere => {}
            Compared::NotAtHand => return None,
            Compared::Wrong(fault) => {
                let fault = format!("{fault} ({}: {})", op.name, case.text);
                let guilty = |way: &&&'static str| {
                    if !device.switch(way, false) {
                        return false; // it was off
                    }
                    let right = matches!(compared(op, there, &case, device, &wanted), Compared::Right);
                    device.switch(way, !right);
                    right
                };
                let Some(way) = device.ways().iter().find(guilty) else { return Some(Some(fault)) };
                devices::warn_once(
                    &format!("{way} on {}", device.name()),
                    &format!("{} computes without {way}: {}", device.name(), reason(&fault)),
                );
                off.insert(way.to_string(), Some(fault));
                seen = true;
            }
        }
    }
    seen.then_some(None)
}

/// How a device's results are.
enum Compared {
    Right,
    Wrong(String),
    /// It has no kernel for this.
    NotThere,
    /// It cannot compute now.
    NotAtHand,
}

fn compared(op: &'static OpDef, there: &'static Kernel, case: &Case, device: &dyn Device, wanted: &[Tensor]) -> Compared {
    match run(op, there, case, device) {
        Ok(found) => match found.iter().zip(wanted).find_map(|(f, w)| difference(f, w, 1.0)) {
            Some(fault) => Compared::Wrong(fault),
            None => Compared::Right,
        },
        Err(e) if e.code() == Code::Internal => Compared::Wrong(e.message().into()),
        Err(e) if e.code() == Code::Unimplemented => Compared::NotThere,
        Err(_) => Compared::NotAtHand,
    }
}

/// The results of a call on a device, and the values that its variables have then.
fn run(op: &'static OpDef, kernel: &'static Kernel, case: &Case, device: &dyn Device) -> Result<Vec<Tensor>> {
    let (mut inputs, mut variables) = (vec![], vec![]);
    for (i, (t, arg)) in case.inputs.iter().zip(flat_args(op, &case.attrs)).enumerate() {
        let held = case.held.contains(&i);
        let there = match device.is_host() || arg.host && !held {
            true => t.copy()?,
            false => device.to_device(t)?,
        };
        inputs.push(if held {
            let variable = Arc::new(Variable::new(t.dtype(), t.shape().into()));
            variable.assign(there)?;
            variables.push(variable.clone());
            Handle::tensor("", "a variable of a self-test", variable)
        } else {
            there
        });
    }
    let run = RunCtx { env: eager::env(), device, cancel: &Cancel::new(None, None), step: 0 };
    let state = Arc::new(NodeState::default());
    let outs = run_op(&run, op, kernel, &case.attrs, "", Some(&state), &inputs.iter().collect::<Vec<_>>(), 0)?;
    let values = variables.iter().filter_map(|v| v.read());
    outs.into_iter().filter(|t| !t.dtype().is_object()).chain(values).map(|t| t.to_host()).collect()
}

/// The first element that is not as it should be, in words. Floats may differ by rounding, in long computations so many times more.
fn difference(found: &Tensor, wanted: &Tensor, more: f32) -> Option<String> {
    if found.dtype() != wanted.dtype() || found.shape() != wanted.shape() {
        return Some(format!("{}{} instead of {}{}", found.dtype(), found.shape(), wanted.dtype(), wanted.shape()));
    }
    if let (Some(f), Some(w)) = (floats(found), floats(wanted)) {
        let scale = w.iter().filter(|x| x.is_finite()).fold(0.0f64, |m, x| m.max(x.abs()));
        let rounding = match found.dtype() {
            DType::Half => 2e-3,
            DType::BFloat16 => 1.6e-2,
            DType::Double => 1e-11,
            _ => 1e-4,
        };
        let more = f64::from(more) * rounding;
        let alike = |a: f64, b: f64| {
            if b.is_finite() { (a - b).abs() <= more * (b.abs() + 0.1 * scale) } else { a == b || a.is_nan() && b.is_nan() }
        };
        let (i, (a, b)) = f.iter().zip(&w).enumerate().find(|(_, (a, b))| !alike(**a, **b))?;
        return Some(format!("element {i} is {a} instead of {b}"));
    }
    if found.same_bits(wanted) { None } else { Some("other elements than on the CPU".into()) }
}

/// The elements of floats.
fn floats(t: &Tensor) -> Option<Vec<f64>> {
    Some(match t.dtype() {
        DType::Float => t.slice::<f32>().ok()?.iter().map(|x| f64::from(*x)).collect(),
        DType::Double => t.slice::<f64>().ok()?.to_vec(),
        DType::Half => t.slice::<F16>().ok()?.iter().map(|x| x.to_f64()).collect(),
        DType::BFloat16 => t.slice::<BF16>().ok()?.iter().map(|x| x.to_f64()).collect(),
        _ => return None,
    })
}
