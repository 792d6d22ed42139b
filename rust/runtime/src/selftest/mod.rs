//! Trust in a device that is not the host: before a kernel's variant, which is an op with certain dtypes, is first used on an adapter,
//! its results are compared with the host's. A wrong one is switched off there. Verdicts are kept on disk.
mod cases;
mod kept;
mod tapes;

use crate::step::{kernel, run_op};
use crate::{devices, eager};
use cases::{Case, cases};
use ferroflow_graph::flat_args;
use ferroflow_ops::{Attrs, Cancel, Device, Flags, Kernel, OpDef, RunCtx};
use ferroflow_tensor::{BF16, Code, DType, F16, Result, Tensor};
use kept::Verdicts;
use smallvec::SmallVec;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
pub use tapes::is_right;

type Key = (u32, SmallVec<[DType; 4]>);

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
        let named = Mutex::new(file.as_ref().map(|f| kept::load(f, &identity)).unwrap_or_default());
        Arc::new(Trust { identity, file, known: RwLock::default(), named })
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
            let verdict = tested(op, there, attrs, device)?;
            named.insert(name.clone(), verdict.clone());
            if let Some(file) = &trust.file {
                kept::save(file, &trust.identity, &Verdicts::from([(name, verdict.clone())]));
            }
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

/// Tests every variant that a device has, those that were tested before too.
pub fn test_all(device: &dyn Device) {
    let Some(trust) = trust(device) else { return };
    let mut new = Verdicts::new();
    for op in ferroflow_ops::registry::all() {
        let Some(there) = device.kernel(op) else { continue };
        for attrs in choices(there) {
            if let Some(verdict) = tested(op, there, &attrs, device) {
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

fn key(op: &OpDef, there: &Kernel, attrs: &Attrs) -> Key {
    (op.id, there.types.iter().filter_map(|(attr, _)| attrs.dtype(attr).ok()).collect())
}

fn name(op: &OpDef, key: &Key) -> String {
    key.1.iter().fold(op.name.to_string(), |name, d| name + " " + d.name())
}

/// Compares a variant with the host: Some(None) if it is right, None if there is nothing to compare or the device is not at hand.
fn tested(op: &'static OpDef, there: &'static Kernel, attrs: &Attrs, device: &dyn Device) -> Option<Option<String>> {
    if op.has(Flags::STATEFUL) || op.has(Flags::RANDOM) {
        return None;
    }
    let host = devices::host();
    let here = kernel(op, &*host)?;
    let mut compared = false;
    for case in cases(op, attrs) {
        let Ok(wanted) = run(op, here, &case, &*host) else { continue };
        match run(op, there, &case, device) {
            Ok(found) => {
                let fault = found.iter().zip(&wanted).find_map(|(f, w)| difference(f, w, 1.0));
                if let Some(fault) = fault {
                    return Some(Some(format!("{fault} ({})", case.text)));
                }
                compared = true;
            }
            Err(e) if e.code() == Code::Internal => return Some(Some(format!("{} ({})", e.message(), case.text))),
            Err(e) if e.code() == Code::Unimplemented => {}
            Err(_) => return None,
        }
    }
    compared.then_some(None)
}

fn run(op: &'static OpDef, kernel: &'static Kernel, case: &Case, device: &dyn Device) -> Result<Vec<Tensor>> {
    let place = |(t, host): (&Tensor, bool)| if host { Ok(t.clone()) } else { device.to_device(t) };
    let hosted = flat_args(op, &case.attrs).map(|a| a.host || device.is_host());
    let inputs = case.inputs.iter().zip(hosted).map(place).collect::<Result<Vec<_>>>()?;
    let run = RunCtx { env: eager::env(), device, cancel: &Cancel::new(None, None), step: 0 };
    let outs = run_op(&run, op, kernel, &case.attrs, "", None, &inputs.iter().collect::<Vec<_>>(), 0)?;
    outs.iter().map(Tensor::to_host).collect()
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
