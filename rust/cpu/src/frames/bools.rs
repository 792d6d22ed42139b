//! Loops of logical ops on bytes of 0 or 1, and logical reductions.
use ferroflow_ops::elementwise::{Binary, Reduce, Unary};

/// Applies `O` to each element.
///
/// # Safety
/// `n` bytes at each pointer.
pub unsafe fn unary<O: Unary>(x: *const u8, out: *mut u8, n: usize) {
    for i in 0..n {
        // SAFETY: i is below n.
        unsafe { out.add(i).write(u8::from(O::bool(x.add(i).read() != 0))) }
    }
}

/// Applies `O` to each pair.
///
/// # Safety
/// `n` bytes at each pointer.
pub unsafe fn binary<O: Binary>(x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    for i in 0..n {
        // SAFETY: i is below n.
        unsafe { out.add(i).write(u8::from(O::bool(x.add(i).read() != 0, y.add(i).read() != 0))) }
    }
}

/// Reduces contiguous truth values.
///
/// # Safety
/// `n` bytes at `x`, one at `out`.
pub unsafe fn reduce_inner<O: Reduce>(x: *const u8, out: *mut u8, n: usize) {
    let mut result = O::START != 0.0;
    for i in 0..n {
        // SAFETY: i is below n.
        result = O::bool(result, unsafe { x.add(i).read() } != 0);
    }
    // SAFETY: the caller's promise.
    unsafe { out.write(u8::from(result)) }
}

/// Reduces rows of truth values.
///
/// # Safety
/// `cols` bytes at `out` and at each of the `rows` rows, which begin `stride` bytes apart.
pub unsafe fn reduce_outer<O: Reduce>(x: *const u8, out: *mut u8, rows: usize, cols: usize, stride: usize) {
    // SAFETY: the caller's promise; columns are below cols, rows below rows.
    unsafe {
        out.write_bytes(u8::from(O::START != 0.0), cols);
        for row in 0..rows {
            for col in 0..cols {
                let truth = O::bool(out.add(col).read() != 0, x.add(row * stride + col).read() != 0);
                out.add(col).write(u8::from(truth));
            }
        }
    }
}
