//! Entries of mathematics that is not elementwise: reductions, selection, scans, searches, counting, casts.
pub mod count;
pub mod reduce;
pub(crate) mod reduce_grad;
pub mod scan;
pub mod select;
