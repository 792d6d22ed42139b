//! The kernels of the CPU: one file per family, each with a table `KERNELS`.
pub mod array;
pub mod control;
pub mod copy;
pub mod dispatch;
pub mod elementwise;
pub mod fused;
pub mod linalg;
pub mod math;
pub mod nn;
pub mod optimizer;
mod packed;
pub mod ragged;
pub mod random;
mod routed;
pub mod segment;
pub mod state;
pub mod string;
use ferroflow_ops::Kernel;
use std::collections::HashMap;
use std::sync::OnceLock;

/// All tables.
fn tables() -> Vec<&'static [Kernel]> {
    vec![
        array::basic::KERNELS,
        array::shapes::KERNELS,
        array::joining::KERNELS,
        array::slicing::KERNELS,
        array::moving::KERNELS,
        array::gather::KERNELS,
        array::padding::KERNELS,
        array::scatter::KERNELS,
        array::sparse::KERNELS,
        array::select::KERNELS,
        array::diagonal::KERNELS,
        array::search::KERNELS,
        control::KERNELS,
        control::list::KERNELS,
        elementwise::kernels(),
        optimizer::KERNELS,
        linalg::matmul::KERNELS,
        linalg::einsum::KERNELS,
        fused::KERNELS,
        math::reduce::kernels(),
        math::select::KERNELS,
        math::scan::KERNELS,
        math::count::KERNELS,
        math::top::KERNELS,
        nn::bias::KERNELS,
        nn::softmax::KERNELS,
        nn::norm::KERNELS,
        nn::conv::KERNELS,
        nn::pool::KERNELS,
        segment::KERNELS,
        segment::sparse::KERNELS,
        ragged::KERNELS,
        ragged::variant::KERNELS,
        ragged::dense::KERNELS,
        random::KERNELS,
        state::KERNELS,
        state::count::KERNELS,
        state::gather::KERNELS,
        state::scatter::KERNELS,
        state::slice::KERNELS,
        string::KERNELS,
    ]
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
