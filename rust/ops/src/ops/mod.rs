//! The op table: one entry per op, in files by family.
pub mod array;
pub mod control;
pub mod dataset;
pub mod elementwise;
pub mod fused;
pub mod io;
pub mod linalg;
pub mod math;
pub mod nn;
pub mod optimizer;
pub mod queue;
pub mod ragged;
pub mod random;
pub mod segment;
pub mod sparse;
pub mod state;
pub mod string;
use crate::def::Entry;

/// All entries, in the order of their families.
pub fn entries() -> Vec<Entry> {
    let tables: &[&[Entry]] = &[
        array::basic::OPS,
        array::shapes::OPS,
        array::broadcast::OPS,
        array::joining::OPS,
        array::slicing::OPS,
        array::moving::OPS,
        array::gather::OPS,
        array::padding::OPS,
        array::scatter::OPS,
        array::select::OPS,
        array::diagonal::OPS,
        control::OPS,
        control::flow::OPS,
        control::list::OPS,
        dataset::OPS,
        dataset::choosing::OPS,
        dataset::files::OPS,
        dataset::iterator::OPS,
        io::OPS,
        io::parsing::OPS,
        io::summary::OPS,
        linalg::matmul::OPS,
        linalg::einsum::OPS,
        math::reduce::OPS,
        math::select::OPS,
        math::scan::OPS,
        math::count::OPS,
        nn::bias::OPS,
        nn::softmax::OPS,
        nn::norm::OPS,
        nn::conv::OPS,
        nn::depthwise::OPS,
        nn::pool::OPS,
        nn::pool3d::OPS,
        optimizer::OPS,
        optimizer::reference::OPS,
        queue::OPS,
        random::OPS,
        segment::OPS,
        segment::sparse::OPS,
        ragged::OPS,
        ragged::dense::OPS,
        sparse::OPS,
        state::OPS,
        state::reference::OPS,
        state::scatter::OPS,
        string::OPS,
    ];
    let mut all = elementwise::entries();
    all.extend(tables.concat());
    all
}
