//! Blocking, packing and threads of a matrix product of real numbers.
#![allow(unsafe_code)]

use super::isa::{Element, Kernels};
use super::kernel::{Pack, Strided};
use super::scratch::Scratch;
use super::vector;
use crate::pool::parallel_for;
use crate::simd::Level;
use std::ops::Range;

/// Depth of a block: its panel of `b` stays in the second-level cache while a column of blocks uses it.
const KC: usize = 512;
/// Rows of a task, at most.
const MC: usize = 224;
/// Columns from which `b` is packed.
const PACK_B_COLUMNS: usize = 512;
/// Row distance in bytes from which `a` is packed: such rows share cache sets and pages.
const PACK_A_STRIDE: usize = 4096;
/// Tasks that a product is cut into, if it has enough rows and columns.
const TASKS: usize = 16;
/// Longest estimated time of a task in nanoseconds: a product can be stopped between tasks.
const TASK_NS: f32 = 12e6;
/// Bytes of packed `b` that are held at once.
const SLAB: usize = 64 << 20;

/// A checked product: pointers and strides that lie in bounds.
#[derive(Clone, Copy)]
pub struct Problem<'a, T> {
    pub m: usize,
    pub n: usize,
    pub k: usize,
    pub a: *const T,
    pub a_row: usize,
    pub a_col: usize,
    pub b: *const T,
    pub b_row: usize,
    pub b_col: usize,
    pub c: *mut T,
    pub c_row: usize,
    pub alpha: T,
    pub add: bool,
    pub epilogue: Epilogue<'a, T>,
}

/// What happens to a result while it is still in the cache: called with a row of results and its first column.
pub type Epilogue<'a, T> = Option<&'a (dyn Fn(&mut [T], usize) + Sync)>;

// SAFETY: tasks read `a` and `b` and write disjoint parts of `c`; the element types are plain numbers.
unsafe impl<T> Send for Problem<'_, T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Problem<'_, T> {}

/// A pointer that tasks share, each for its own part.
#[derive(Clone, Copy)]
pub(crate) struct Shared<T>(pub *mut T);
// SAFETY: users of `Shared` write disjoint parts.
unsafe impl<T> Send for Shared<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Shared<T> {}

impl<T> Shared<T> {
    /// The pointer.
    pub fn get(&self) -> *mut T {
        self.0
    }
}

/// How a product of any numbers may run.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub isa: Level,
    /// False inside a task of another loop.
    pub threads: bool,
    pub poll: Option<&'a dyn Fn() -> bool>,
}

/// How a product of real numbers may run.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a, T: 'static> {
    pub kernels: &'static Kernels<T>,
    pub context: Context<'a>,
}

impl<'a, T: Element> Run<'a, T> {
    /// With the inner loops of the instruction set.
    pub fn new(context: Context<'a>) -> Self {
        Run { kernels: T::kernels(context.isa), context }
    }

    /// A loop over tasks that cost `macs` multiply-adds each; false if it was cancelled.
    pub fn each(&self, n: usize, macs: usize, body: &(dyn Fn(Range<usize>) + Sync)) -> bool {
        let ns = if self.context.threads { macs as f32 * self.kernels.ns_per_mac } else { 0.0 };
        parallel_for(n, 1, ns, self.context.poll, body)
    }
}

/// `c = alpha * a b`, plus the old `c` if `add`; false if it was cancelled.
///
/// # Safety
/// All elements that the strides reach are valid, `c` is not aliased, and `run.kernels` fits the machine.
pub(crate) unsafe fn product<T: Element>(p: &Problem<T>, run: &Run<T>) -> bool {
    if p.m == 0 || p.n == 0 {
        return true;
    }
    // SAFETY: the contract is passed on.
    unsafe {
        if p.k == 0 {
            return empty_sum(p);
        }
        if let Some(done) = vector::product(p, run) {
            return done;
        }
        blocked(p, run)
    }
}

/// The product over no terms: zeros.
unsafe fn empty_sum<T: Element>(p: &Problem<T>) -> bool {
    for i in 0..p.m {
        // SAFETY: row `i` of `c` is valid and ours.
        let row = unsafe { std::slice::from_raw_parts_mut(p.c.add(i * p.c_row), p.n) };
        if !p.add {
            row.fill(T::ZERO);
        }
        if let Some(f) = p.epilogue {
            f(row, 0);
        }
    }
    true
}

/// How the rows and columns of a product are cut into tasks: from its shape alone.
struct Tasks {
    rows: usize,
    row_blocks: usize,
    columns: usize,
    column_blocks: usize,
}

impl Tasks {
    fn new<T>(p: &Problem<T>, kernels: &Kernels<T>) -> Tasks {
        let (m, n, mr, nr) = (p.m, p.n, kernels.mr(), kernels.nr());
        let rows = m.div_ceil(TASKS).next_multiple_of(mr).clamp(4 * mr, MC.next_multiple_of(mr));
        let row_blocks = m.div_ceil(rows);
        let wanted = (TASKS / 2).div_ceil(row_blocks);
        let most = (TASK_NS / (kernels.ns_per_mac * rows as f32 * p.k as f32)) as usize;
        let columns = n.div_ceil(wanted).min(most).next_multiple_of(nr).max(4 * nr);
        Tasks { rows, row_blocks, columns, column_blocks: n.div_ceil(columns) }
    }
}

unsafe fn blocked<T: Element>(p: &Problem<T>, run: &Run<T>) -> bool {
    let (mr, nr, size) = (run.kernels.mr(), run.kernels.nr(), size_of::<T>());
    let pack_b = p.b_col != 1 || (p.n > PACK_B_COLUMNS && p.m > 2 * mr);
    let pack_a = if p.a_col == 1 {
        p.a_row * size >= PACK_A_STRIDE && p.n >= 8 * nr
    } else if p.a_row == 1 {
        p.a_col * size >= PACK_A_STRIDE / 4 && p.n >= 4 * nr
    } else {
        p.n > nr
    };
    // SAFETY: the contract is passed on; slabs are column ranges of the same product.
    unsafe {
        if !pack_b {
            return tiles(p, run, None, pack_a);
        }
        let slab = (SLAB / (p.k * size)).next_multiple_of(nr).min(p.n.next_multiple_of(nr));
        let packed = Scratch::<T>::new(slab * p.k);
        let out = Shared(packed.ptr());
        for j in (0..p.n).step_by(slab) {
            let part = Problem { n: slab.min(p.n - j), b: p.b.add(j * p.b_col), c: p.c.add(j), ..*p };
            let shift;
            let epilogue: Epilogue<T> = match p.epilogue {
                Some(f) => {
                    shift = move |row: &mut [T], column: usize| f(row, column + j);
                    Some(&shift)
                }
                None => None,
            };
            let part = Problem { epilogue, ..part };
            let kernels = run.kernels;
            if !run.each(part.n.div_ceil(nr), 8 * p.k * nr, &|panels| pack_panels(&part, kernels, panels, out.get()))
                || !tiles(&part, run, Some(out), pack_a)
            {
                return false;
            }
        }
    }
    true
}

/// Packs panels of `nr` columns of `b`, each `k x nr`.
fn pack_panels<T: Element>(p: &Problem<T>, kernels: &Kernels<T>, panels: Range<usize>, out: *mut T) {
    let nr = kernels.nr();
    for panel in panels {
        let j = panel * nr;
        // SAFETY: by the contract of `product`; the panel fills whole registers, so nothing beyond it is written.
        unsafe {
            (kernels.pack)(&Pack {
                src: p.b.add(j * p.b_col),
                outer: p.b_col,
                inner: p.b_row,
                count: nr.min(p.n - j),
                width: nr,
                k: p.k,
                out: out.add(j * p.k),
            });
        }
    }
}

/// All tasks of a product with `b` packed or read where it lies.
unsafe fn tiles<T: Element>(p: &Problem<T>, run: &Run<T>, packed: Option<Shared<T>>, pack_a: bool) -> bool {
    let tasks = Tasks::new(p, run.kernels);
    let macs = tasks.rows * tasks.columns * p.k;
    let kernels = run.kernels;
    run.each(tasks.row_blocks * tasks.column_blocks, macs, &|range| {
        for t in range {
            let (i, j) = (t / tasks.column_blocks * tasks.rows, t % tasks.column_blocks * tasks.columns);
            let (rows, columns) = (i..p.m.min(i + tasks.rows), j..p.n.min(j + tasks.columns));
            // SAFETY: by the contract of `product`; tasks write disjoint parts of `c`.
            unsafe { task(p, kernels, packed.map(|b| b.get().cast_const()), pack_a, rows, columns) };
        }
    })
}

unsafe fn task<T: Element>(
    p: &Problem<T>,
    kernels: &Kernels<T>,
    packed: Option<*const T>,
    pack_a: bool,
    rows: Range<usize>,
    columns: Range<usize>,
) {
    let (mr, nr) = (kernels.mr(), kernels.nr());
    let room = if pack_a { rows.len().next_multiple_of(mr) * KC.min(p.k) + kernels.lanes } else { 0 };
    let panels = Scratch::<T>::new(room);
    // SAFETY: by the contract of `product`; `panels` has room for the packed rows and a register beyond.
    unsafe {
        for depth in (0..p.k).step_by(KC) {
            let kc = KC.min(p.k - depth);
            if pack_a {
                for i in rows.clone().step_by(mr) {
                    (kernels.pack)(&Pack {
                        src: p.a.add(i * p.a_row + depth * p.a_col),
                        outer: p.a_row,
                        inner: p.a_col,
                        count: mr.min(rows.end - i),
                        width: mr,
                        k: kc,
                        out: panels.ptr().add((i - rows.start) * kc),
                    });
                }
            }
            for j in columns.clone().step_by(nr) {
                let n = nr.min(columns.end - j);
                let (b, b_row) = match packed {
                    Some(b) => (b.add(j * p.k + depth * nr), nr),
                    None => (p.b.add(depth * p.b_row + j), p.b_row),
                };
                for i in rows.clone().step_by(mr) {
                    let m = mr.min(rows.end - i);
                    let (a, a_row, a_col) = if pack_a {
                        (panels.ptr().add((i - rows.start) * kc).cast_const(), 1, mr)
                    } else {
                        (p.a.add(i * p.a_row + depth * p.a_col), p.a_row, p.a_col)
                    };
                    let wide = usize::from(n > kernels.lanes);
                    let add = p.add || depth > 0;
                    let c = p.c.add(i * p.c_row + j);
                    let b_padded = packed.is_some();
                    let (c_row, alpha) = (p.c_row, p.alpha);
                    kernels.tile[m - 1][wide](&Strided { k: kc, a, a_row, a_col, b, b_row, b_padded, c, c_row, n, alpha, add });
                }
                if let (Some(f), true) = (p.epilogue, depth + kc == p.k) {
                    for i in rows.clone() {
                        f(std::slice::from_raw_parts_mut(p.c.add(i * p.c_row + j), n), j);
                    }
                }
            }
        }
    }
}
