//! Kernels of mathematics that is not elementwise: reductions, selection, scans, searches, counting, casts.
pub mod count;
mod extreme;
pub mod limits;
pub mod reduce;
pub mod scan;
pub mod select;
pub mod top;
