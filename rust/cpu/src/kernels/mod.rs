//! The kernels of the CPU: one file per family, each with a table `KERNELS`.
use ferroflow_ops::Kernel;
use std::collections::HashMap;
use std::sync::OnceLock;

/// All tables.
fn tables() -> Vec<&'static [Kernel]> {
    vec![]
}

/// The kernel of an op.
pub fn find(op: &str) -> Option<&'static Kernel> {
    static BY_NAME: OnceLock<HashMap<&'static str, &'static Kernel>> = OnceLock::new();
    BY_NAME.get_or_init(|| tables().into_iter().flatten().map(|k| (k.op, k)).collect()).get(op).copied()
}

/// Names of all ops that have a kernel here.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = tables().into_iter().flatten().map(|k| k.op).collect();
    names.sort_unstable();
    names
}
