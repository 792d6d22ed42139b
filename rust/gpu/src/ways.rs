//! Ways of computing what can also be computed otherwise, which can be switched off one by one.
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A way.
#[derive(Clone, Copy)]
pub enum Way {
    /// Products of few rows or columns, whose inner steps the invocations of a workgroup share.
    Thin,
    /// Products of few tiles, whose inner steps several workgroups share.
    Split,
}

/// Their names.
pub const NAMES: &[&str] = &["thin products", "split products"];

/// Which are switched off.
#[derive(Default)]
pub struct Ways(AtomicU32);

impl Ways {
    /// Whether one is on.
    pub fn has(&self, way: Way) -> bool {
        self.0.load(Relaxed) & 1 << way as u32 == 0
    }
    /// Switches the one of a name on or off; whether it was on.
    pub fn switch(&self, name: &str, on: bool) -> bool {
        let Some(at) = NAMES.iter().position(|n| *n == name) else { return false };
        let before = if on { self.0.fetch_and(!(1 << at), Relaxed) } else { self.0.fetch_or(1 << at, Relaxed) };
        before & 1 << at == 0
    }
}
