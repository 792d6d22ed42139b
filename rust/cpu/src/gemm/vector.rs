//! Products with one row or column, and with so few rows that reading `b` once is the whole cost.
#![allow(unsafe_code)]

use super::driver::{Problem, Run};
use super::isa::{Kernels, Loop};
use super::kernel::{After, Dot, Strided};
use super::lanes::Number;
use super::scratch::Scratch;
use crate::pool;

/// Columns of a task, at most.
const COLUMNS: usize = 1024;
/// Tasks for each thread, if there are enough columns.
const TASKS: usize = 2;

/// The product if it is one of these, with false if it was cancelled; `None` for the general case.
///
/// # Safety
/// As for [`super::driver::product`]; `k` is not 0.
pub(crate) unsafe fn product<T: Number>(p: &Problem<T>, run: &Run<T>) -> Option<bool> {
    // SAFETY: the contract is passed on.
    unsafe {
        if p.n == 1 {
            return Some(column(p, run));
        }
        if p.m == 1 && p.b_row == 1 && p.b_col != 1 && T::SYMMETRIC {
            return Some(dots(p, run, p.a, p.a_col, p.b, p.b_col, p.n, 1));
        }
        if p.b_col == 1 && p.m <= run.kernels.wide.len() {
            return Some(few_rows(p, run));
        }
        None
    }
}

/// A matrix times a column.
unsafe fn column<T: Number>(p: &Problem<T>, run: &Run<T>) -> bool {
    // SAFETY: the contract is passed on.
    unsafe {
        if p.a_col == 1 {
            return dots(p, run, p.b, p.b_row, p.a, p.a_row, p.m, p.c_row);
        }
        if p.a_row != 1 || !T::SYMMETRIC {
            return general_column(p, run);
        }
        // The columns of `a` lie together: the transposed product has one row. Results are copied to their places.
        let y = Scratch::<T>::new(p.m);
        let row = Problem {
            m: 1,
            n: p.m,
            a: p.b,
            a_row: 0,
            a_col: p.b_row,
            b: p.a,
            b_row: p.a_col,
            b_col: 1,
            panels: std::ptr::null(),
            c: y.ptr(),
            c_row: p.m,
            add: false,
            after: After::NONE,
            activation: None,
            ..*p
        };
        let done = few_rows(&row, run);
        for i in 0..if done { p.m } else { 0 } {
            finish(p, p.c.add(i * p.c_row), *y.ptr().add(i), [i, 0]);
        }
        done
    }
}

/// Adds the old result and what else is to be added to the element at `[i, j]`, and stores it.
unsafe fn finish<T: Number>(p: &Problem<T>, c: *mut T, x: T, [i, j]: [usize; 2]) {
    // SAFETY: `c` is one of our results; bias and residual cover them.
    unsafe {
        *c = p.after.apply(if p.add { x.plus(*c) } else { x }, i, j, T::plus, T::clip);
        if let Some(f) = p.activation {
            f(std::slice::from_raw_parts_mut(c, 1));
        }
    }
}

/// A column product whose matrix is contiguous in neither direction.
unsafe fn general_column<T: Number>(p: &Problem<T>, run: &Run<T>) -> bool {
    run.each(p.m, 10 * p.k, &|range| {
        for i in range {
            // SAFETY: by the contract of `product`; every row has its own result.
            unsafe {
                let mut sum = T::ZERO;
                for q in 0..p.k {
                    sum = (*p.a.add(i * p.a_row + q * p.a_col)).multiply_add(*p.b.add(q * p.b_row), sum);
                }
                finish(p, p.c.add(i * p.c_row), sum.times(p.alpha), [i, 0]);
            }
        }
    })
}

/// `count` dot products of `x` with rows of a matrix that is contiguous along `k`, stored `c_step` apart.
#[allow(clippy::too_many_arguments)]
unsafe fn dots<T: Number>(
    p: &Problem<T>,
    run: &Run<T>,
    x: *const T,
    x_step: usize,
    rows: *const T,
    row_step: usize,
    count: usize,
    c_step: usize,
) -> bool {
    // SAFETY: by the contract of `product`; every task writes its own results, and `x` is only read.
    unsafe {
        let copy = Scratch::<T>::new(if x_step == 1 { 0 } else { p.k });
        let x = if x_step == 1 {
            x
        } else {
            for q in 0..p.k {
                *copy.ptr().add(q) = *x.add(q * x_step);
            }
            copy.ptr().cast_const()
        };
        let parts = Problem { a: x, b: rows, ..*p };
        const GROUP: usize = 64;
        let kernels = run.kernels;
        run.each(count.div_ceil(GROUP), GROUP * p.k * 4, &|range| {
            let parts = &parts;
            for i in (range.start * GROUP..count.min(range.end * GROUP)).step_by(4) {
                let mut y = [T::ZERO; 4];
                let group = 4.min(count - i);
                let (step, f) = if group == 4 { (4, kernels.dot[0]) } else { (1, kernels.dot[1]) };
                for r in (0..group).step_by(step) {
                    f(&Dot { k: parts.k, a: parts.b.add((i + r) * row_step), a_row: row_step, x: parts.a, y: &mut y[r] });
                }
                for (r, &sum) in y.iter().enumerate().take(group) {
                    let at = if parts.n > 1 { [0, i + r] } else { [i + r, 0] };
                    finish(parts, parts.c.add((i + r) * c_step), sum.times(parts.alpha), at);
                }
            }
        })
    }
}

/// Few rows times a matrix with contiguous rows: whole cache lines of `b` are read once, many columns at a time.
unsafe fn few_rows<T: Number>(p: &Problem<T>, run: &Run<T>) -> bool {
    let kernels = run.kernels;
    let (registers, kernel) = kernels.wide[p.m - 1];
    let width = registers * kernels.lanes;
    let threads = if run.context.threads { pool::threads() } else { 1 };
    let columns = p.n.div_ceil(TASKS * threads).clamp(width, COLUMNS).next_multiple_of(width);
    run.each(p.n.div_ceil(columns), 4 * p.m * columns.min(p.n) * p.k, &|range| {
        let end = p.n.min(range.end * columns);
        for j in (range.start * columns..end).step_by(width) {
            // SAFETY: by the contract of `product`; every task writes its own columns.
            unsafe {
                let n = width.min(end - j);
                kernel_for(kernels, kernel, p.m, n)(&Strided {
                    k: p.k,
                    a: p.a,
                    a_row: p.a_row,
                    a_col: p.a_col,
                    b: p.b.add(j),
                    b_row: p.b_row,
                    b_padded: false,
                    c: p.c.add(j),
                    c_row: p.c_row,
                    n,
                    alpha: p.alpha,
                    add: p.add,
                    after: p.after.at(0, j),
                    soon: p.b.add(j),
                    soon_row: 0,
                    soon_rows: 0,
                    soon_a: p.a,
                    soon_a_step: 0,
                });
                if let Some(f) = p.activation {
                    for i in 0..p.m {
                        f(std::slice::from_raw_parts_mut(p.c.add(i * p.c_row + j), n));
                    }
                }
            }
        }
    })
}

/// A narrower block where the columns fit into two registers.
fn kernel_for<T: Number>(kernels: &Kernels<T>, wide: Loop<Strided<T>>, m: usize, n: usize) -> Loop<Strided<T>> {
    match n.div_ceil(kernels.lanes) {
        1 => kernels.tile[m - 1][0],
        2 => kernels.tile[m - 1][1],
        _ => wide,
    }
}
