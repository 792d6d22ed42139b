//! All ops by name and number.
use crate::def::{Entry, OpDef};
use crate::parse::parse;
use ferroflow_tensor::{Result, bail};
use rustc_hash::FxHashMap;
use std::sync::{OnceLock, RwLock};

struct Registry {
    ops: Vec<&'static OpDef>,
    by_name: FxHashMap<&'static str, &'static OpDef>,
}

fn registry() -> &'static RwLock<Registry> {
    static ALL: OnceLock<RwLock<Registry>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut r = Registry { ops: vec![], by_name: FxHashMap::default() };
        for e in crate::ops::entries() {
            // A faulty entry is a fault of this crate, found by its tests; it must not take a user's process down.
            let _ = add_to(&mut r, e);
        }
        RwLock::new(r)
    })
}

fn add_to(r: &mut Registry, entry: Entry) -> Result<&'static OpDef> {
    if r.by_name.contains_key(entry.name) {
        bail!(AlreadyExists, "op {} is registered already", entry.name);
    }
    let op: &'static OpDef = Box::leak(Box::new(parse(entry, r.ops.len() as u32)?));
    r.ops.push(op);
    r.by_name.insert(op.name, op);
    Ok(op)
}

/// Registers an op of a crate above this one (a test, an extension). AlreadyExists if the name is taken.
pub fn add(entry: Entry) -> Result<&'static OpDef> {
    add_to(&mut registry().write().unwrap_or_else(|e| e.into_inner()), entry)
}
/// The op of this name. NotFound with TensorFlow's first line if there is none.
pub fn op(name: &str) -> Result<&'static OpDef> {
    match find(name) {
        Some(o) => Ok(o),
        None => bail!(
            NotFound,
            "Op type not registered '{name}' in binary running on localhost. Make sure the Op and Kernel are registered in the binary running in this process."
        ),
    }
}
/// The op of this name, if there is one.
pub fn find(name: &str) -> Option<&'static OpDef> {
    registry().read().unwrap_or_else(|e| e.into_inner()).by_name.get(name).copied()
}
/// The op of this number.
#[inline]
pub fn by_id(id: u32) -> Option<&'static OpDef> {
    registry().read().unwrap_or_else(|e| e.into_inner()).ops.get(id as usize).copied()
}
/// All ops in order of their registration.
pub fn all() -> Vec<&'static OpDef> {
    registry().read().unwrap_or_else(|e| e.into_inner()).ops.clone()
}
