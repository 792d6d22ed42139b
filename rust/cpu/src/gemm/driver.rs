//! Blocking, packing and threads of a matrix product of real numbers.
#![allow(unsafe_code)]

use super::epilogue::Activation;
use super::isa::{Element, Kernels};
use super::kernel::{After, Pack, SOON_EVERY, Strided};
use super::lanes::Number;
use super::scratch::Scratch;
use super::vector;
use crate::pool::{self, parallel_for};
use crate::simd::Level;
use std::ops::Range;

/// Depth of a block in bytes, at most: rows of `a` that deep stay in the second-level cache while all of `b` passes by.
const DEPTH: usize = 3072;
/// The same where `b` is packed just before it is used, for a few panels at a time.
const SHALLOW: usize = 1024;
/// Panels that are packed together: pieces of rows of this many registers are read faster than shorter ones.
const TOGETHER: usize = 8;
/// Rows of those that are packed before the next panel's turn.
const STRIP: usize = 8;
/// What it takes to pack an element, in multiply-adds.
const PACK_MACS: usize = 24;
/// Rows of a task, at most, in tiles.
const MOST_TILES: usize = 16;
/// Columns from which `b` is packed, where some rows use it.
const PACK_B_COLUMNS: usize = 512;
/// Bytes of a cache line, and of a page.
const LINE: usize = 64;
const PAGE: usize = 4096;
/// Rows of `a` times the distance in bytes of rows of `b` that share cache sets, from which `b` is packed.
const CROWD: usize = 64 << 10;
/// Row distance in bytes from which `a` is packed: such rows share cache sets and pages.
const PACK_A_STRIDE: usize = 4096;
/// Tasks for each thread, so that all end at about the same time.
const TASKS: usize = 8;
/// A task should not take less than this, in nanoseconds.
const SHORT_NS: f32 = 4e3;
/// Longest estimated time of a task in nanoseconds: a product can be stopped between tasks.
const TASK_NS: f32 = 12e6;
/// Steps for which packed rows are asked for ahead.
const A_AHEAD: usize = 16;
/// Tiles that together ask for the next panel, at most.
const SOON_TILES: usize = 8;
/// Bytes of packed `b` that are held at once, at most.
const SLAB: usize = 16 << 20;

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
    /// All of `b` in panels of its whole depth, or null.
    pub panels: *const T,
    pub c: *mut T,
    pub c_row: usize,
    pub alpha: T,
    pub add: bool,
    pub after: After<T>,
    pub activation: Activation<'a, T>,
}

// SAFETY: tasks read `a` and `b` and write disjoint parts of `c`; the element types are plain numbers.
unsafe impl<T> Send for Problem<'_, T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Problem<'_, T> {}

impl<T> Problem<'_, T> {
    /// The product of a batch whose matrices start so many elements later.
    ///
    /// # Safety
    /// They lie in bounds there.
    pub unsafe fn at(&self, [a, b, c]: [usize; 3]) -> Self
    where
        T: Copy,
    {
        // SAFETY: by the contract; a residual lies like the result.
        unsafe {
            let residual = if self.after.residual.is_null() { self.after.residual } else { self.after.residual.add(c) };
            let after = After { residual, ..self.after };
            Problem { a: self.a.add(a), b: self.b.add(b), c: self.c.add(c), after, ..*self }
        }
    }
}

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
}

impl<T: Number> Run<'_, T> {
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
pub(crate) unsafe fn product<T: Number>(p: &Problem<T>, run: &Run<T>) -> bool {
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
unsafe fn empty_sum<T: Number>(p: &Problem<T>) -> bool {
    for i in 0..p.m {
        // SAFETY: row `i` of `c` is valid and ours.
        let row = unsafe { std::slice::from_raw_parts_mut(p.c.add(i * p.c_row), p.n) };
        for (j, x) in row.iter_mut().enumerate() {
            // SAFETY: bias and residual cover the result.
            *x = unsafe { p.after.apply(if p.add { *x } else { T::ZERO }, i, j, T::plus, T::clip) };
        }
        if let Some(f) = p.activation {
            f(row);
        }
    }
    true
}

/// How the rows and columns of a product are cut into tasks. Results do not depend on it.
struct Tasks {
    /// Blocks of rows that a kernel computes at once: all of nearly the same height, since flat ones are slow.
    tiles: usize,
    row_blocks: usize,
    /// Groups of columns that a kernel computes at once.
    panels: usize,
    column_blocks: usize,
}

impl Tasks {
    /// With `high`, as few blocks of rows as possible: each packs `b` for itself.
    fn new<T: Number>(p: &Problem<T>, run: &Run<T>, high: bool) -> Tasks {
        let (mr, nr) = (run.kernels.mr(), run.kernels.nr());
        let (tiles, panels) = (p.m.div_ceil(mr), p.n.div_ceil(nr));
        let threads = if run.context.threads { pool::threads() } else { 1 };
        let ns = run.kernels.ns_per_mac * (tiles * mr) as f32 * (panels * nr) as f32 * p.k as f32;
        let wanted = if threads == 1 { 1 } else { threads * ((ns / SHORT_NS) as usize / threads).clamp(1, TASKS) };
        let wanted = wanted.max((ns / TASK_NS) as usize);
        let most = if high { 1 } else { (tiles / 4).max(1) };
        let row_blocks = tiles.div_ceil(MOST_TILES).max(wanted.min(most));
        // As many for each thread.
        let row_blocks = if row_blocks < threads { row_blocks } else { row_blocks.next_multiple_of(threads).min(tiles) };
        let column_blocks = wanted.div_ceil(row_blocks).min(panels);
        Tasks { tiles, row_blocks, panels, column_blocks }
    }
    fn count(&self) -> usize {
        self.row_blocks * self.column_blocks
    }
    /// Tiles and panels of a task.
    fn ranges(&self, task: usize) -> (Range<usize>, Range<usize>) {
        let part = |n: usize, i: usize, of: usize| n * i / of..n * (i + 1) / of;
        let (i, j) = (task / self.column_blocks, task % self.column_blocks);
        (part(self.tiles, i, self.row_blocks), part(self.panels, j, self.column_blocks))
    }
}

/// Where a task finds `b`.
#[derive(Clone, Copy)]
enum Right<T> {
    /// Where the user has it; its rows are contiguous.
    InPlace,
    /// The same, but a few panels are packed just before they are used.
    PackFirst,
    /// In panels of the depth at hand.
    Packed(Shared<T>),
    /// In panels of the whole depth.
    Whole,
}

/// What the tasks of a product have in common.
struct Plan<'a, T: 'static> {
    p: &'a Problem<'a, T>,
    kernels: &'static Kernels<T>,
    pack_a: bool,
    /// All of `a`, packed, where more than one task needs the same rows of a small one.
    left: Option<Shared<T>>,
    tasks: Tasks,
    right: Right<T>,
}

/// Parts of `0..k` of nearly equal length, at most `most`.
fn depths(k: usize, most: usize) -> impl Iterator<Item = Range<usize>> {
    let step = k.div_ceil(k.div_ceil(most));
    (0..k).step_by(step).map(move |at| at..k.min(at + step))
}

unsafe fn blocked<T: Number>(p: &Problem<T>, run: &Run<T>) -> bool {
    let kernels = run.kernels;
    let (mr, nr, size) = (kernels.mr(), kernels.nr(), size_of::<T>());
    let few = p.m <= MOST_TILES * mr;
    // Where rows of a panel fill one line each and share few sets of the first cache, or each is on a page of its own.
    let distance = p.b_row * size;
    let pages = distance.is_multiple_of(PAGE) && p.m > mr;
    let crowded = nr * size <= LINE && p.n > nr && (pages || !spread(distance) && p.m * distance > CROWD);
    let pack_b = p.b_col != 1 || crowded || (p.n > PACK_B_COLUMNS && p.m > 2 * mr && !(few && spread(p.b_row * size)));
    let pack_a = if p.a_col == 1 {
        p.a_row * size >= PACK_A_STRIDE && p.n >= 8 * nr
    } else if p.a_row == 1 {
        p.a_col * size >= PACK_A_STRIDE / 4 && p.n >= 4 * nr
    } else {
        p.n > nr
    };
    // SAFETY: the contract is passed on; slabs are column ranges of the same product.
    unsafe {
        let whole = !p.panels.is_null();
        if whole || !pack_b || few {
            let right = match pack_b {
                _ if whole => Right::Whole,
                true => Right::PackFirst,
                false => Right::InPlace,
            };
            let mut plan = Plan { p, kernels, pack_a, left: None, tasks: Tasks::new(p, run, few && pack_b && !whole), right };
            let share = few && pack_a && plan.tasks.column_blocks > 1;
            let left = Scratch::<T>::new(if share { plan.tasks.tiles * plan.tile_len(p.k) } else { 0 });
            let out = Shared(left.ptr());
            if share {
                let pack = |tiles: Range<usize>| plan.pack_tiles(tiles.clone(), 0..p.k, out.get().add(tiles.start * plan.tile_len(p.k)));
                if !run.each(plan.tasks.tiles, PACK_MACS * mr * p.k, &pack) {
                    return false;
                }
                plan.left = Some(out);
            }
            return plan.run(run, 0..p.k);
        }
        let depth = DEPTH / size;
        let slab = (SLAB / (p.k.min(depth) * size)).next_multiple_of(nr).min(p.n.next_multiple_of(nr));
        let packed = Scratch::<T>::new(slab * p.k.min(depth));
        let out = Shared(packed.ptr());
        for j in (0..p.n).step_by(slab) {
            let part = Problem { n: slab.min(p.n - j), b: p.b.add(j * p.b_col), c: p.c.add(j), after: p.after.at(0, j), ..*p };
            let plan = Plan { p: &part, kernels, pack_a, left: None, tasks: Tasks::new(&part, run, false), right: Right::Packed(out) };
            for depth in depths(p.k, depth) {
                let (panels, kc) = (part.n.div_ceil(nr), depth.len());
                let pack = |groups: Range<usize>| {
                    for first in groups.map(|g| g * TOGETHER) {
                        plan.pack_panels(first..panels.min(first + TOGETHER), depth.clone(), out.get().add(first * nr * kc));
                    }
                };
                if !run.each(panels.div_ceil(TOGETHER), PACK_MACS * kc * nr * TOGETHER, &pack) || !plan.run(run, depth.clone()) {
                    return false;
                }
            }
        }
    }
    true
}

/// Whether some hundred rows at this distance in bytes stay in a second-level cache: those at a multiple of a large power of
/// two share few of its sets.
const fn spread(row: usize) -> bool {
    !row.is_multiple_of(1024)
}

impl<T: Number> Plan<'_, T> {
    /// All tasks for some of the depth.
    unsafe fn run(&self, run: &Run<T>, depth: Range<usize>) -> bool {
        let macs = self.p.m * self.p.n / self.tasks.count() * depth.len();
        run.each(self.tasks.count(), macs, &|range| {
            for t in range {
                // SAFETY: by the contract of `product`; tasks write disjoint parts of `c`.
                unsafe { self.task(t, depth.clone()) };
            }
        })
    }

    /// Packs panels of `b`, one after the other.
    unsafe fn pack_panels(&self, panels: Range<usize>, depth: Range<usize>, out: *mut T) {
        let (p, width) = (self.p, self.kernels.nr());
        let (outer, inner) = (p.b_col, p.b_row);
        let strip = if outer == 1 { STRIP } else { depth.len() };
        for row in (0..depth.len()).step_by(strip) {
            for (i, j) in panels.clone().map(|panel| panel * width).enumerate() {
                // SAFETY: by the contract of `product`; a panel fills whole registers, so nothing beyond it is written.
                unsafe {
                    let src = p.b.add(j * outer + (depth.start + row) * inner);
                    let out = out.add((i * depth.len() + row) * width);
                    let (count, k) = (width.min(p.n - j), strip.min(depth.len() - row));
                    (self.kernels.pack)(&Pack { src, outer, inner, count, width, k, out });
                }
            }
        }
    }

    unsafe fn task(&self, number: usize, depth: Range<usize>) {
        let Plan { p, kernels, right, .. } = *self;
        let (mr, nr) = (kernels.mr(), kernels.nr());
        let (tiles, panels) = self.tasks.ranges(number);
        let (shallow, together) = match right {
            Right::PackFirst => (SHALLOW / size_of::<T>(), TOGETHER),
            _ => (DEPTH / size_of::<T>(), 1),
        };
        let most = shallow.min(depth.len());
        let pack_a = self.pack_a && self.left.is_none();
        let left = Scratch::<T>::new(if pack_a { tiles.len() * self.tile_len(most) } else { 0 });
        let own = Scratch::<T>::new(if matches!(right, Right::PackFirst) { together * nr * most } else { 0 });
        // SAFETY: by the contract of `product`; the scratch memory has room for what is packed.
        unsafe {
            for part in depths(depth.len(), shallow) {
                let (start, kc) = (depth.start + part.start, part.len());
                // Packed rows of the first tile, and the distance of those of the next.
                let (left, step) = match self.left {
                    Some(all) => (all.get().add(tiles.start * self.tile_len(p.k) + start * mr), self.tile_len(p.k)),
                    None => (left.ptr(), self.tile_len(kc)),
                };
                if pack_a {
                    self.pack_tiles(tiles.clone(), start..start + kc, left);
                }
                for group in panels.clone().step_by(together) {
                    let group = group..panels.end.min(group + together);
                    if matches!(right, Right::PackFirst) {
                        self.pack_panels(group.clone(), start..start + kc, own.ptr());
                    }
                    for panel in group.clone() {
                        let (b, b_row) = match right {
                            Right::InPlace => (p.b.add(start * p.b_row + panel * nr), p.b_row),
                            Right::PackFirst => (own.ptr().add((panel - group.start) * nr * kc).cast_const(), nr),
                            Right::Packed(b) => (b.get().add(panel * nr * kc).cast_const(), nr),
                            Right::Whole => (p.panels.add((panel * p.k + start) * nr), nr),
                        };
                        let first = panel == panels.start;
                        self.column(tiles.clone(), panel * nr, start..start + kc, (left, step), (b, b_row), first);
                    }
                }
            }
        }
    }

    /// First row of a tile.
    fn row(&self, tile: usize) -> usize {
        tile * self.p.m / self.tasks.tiles
    }

    /// Elements that a packed tile takes: up to a register is written beyond its end.
    fn tile_len(&self, k: usize) -> usize {
        self.kernels.mr() * k + self.kernels.lanes
    }

    /// Packs tiles of `a`, one after the other.
    unsafe fn pack_tiles(&self, tiles: Range<usize>, depth: Range<usize>, out: *mut T) {
        let (p, width) = (self.p, self.kernels.mr());
        let (outer, inner, k) = (p.a_row, p.a_col, depth.len());
        for (i, t) in tiles.enumerate() {
            // SAFETY: by the contract of `product`; `out` has room for the tiles.
            unsafe {
                let src = p.a.add(self.row(t) * outer + depth.start * inner);
                let (count, out) = (self.row(t + 1) - self.row(t), out.add(i * self.tile_len(k)));
                (self.kernels.pack)(&Pack { src, outer, inner, count, width, k, out });
            }
        }
    }

    /// The products of tiles with one panel; the first one of the task finds rows of `a` that are in no cache yet.
    unsafe fn column(
        &self,
        tiles: Range<usize>,
        j: usize,
        depth: Range<usize>,
        (left, step): (*mut T, usize),
        (b, b_row): (*const T, usize),
        first: bool,
    ) {
        let (p, kernels) = (self.p, self.kernels);
        let (mr, nr, kc) = (kernels.mr(), kernels.nr(), depth.len());
        let (n, last) = (nr.min(p.n - j), depth.end == p.k);
        // The first tiles ask for the next panel.
        let next = match self.right {
            Right::InPlace => b.wrapping_add(nr),
            Right::Whole => b.wrapping_add(nr * p.k),
            _ => b.wrapping_add(nr * kc),
        };
        let soon_tiles = tiles.len().min(SOON_TILES);
        for (at, t) in tiles.clone().enumerate() {
            let (i, m) = (self.row(t), self.row(t + 1) - self.row(t));
            // SAFETY: by the contract of `product`.
            unsafe {
                let (a, a_row, a_col) = match self.pack_a {
                    true => (left.add(at * step).cast_const(), 1, mr),
                    false => (p.a.add(i * p.a_row + depth.start * p.a_col), p.a_row, p.a_col),
                };
                // Rows that are used where they lie are asked for a tile ahead, in turn.
                let (soon_a, soon_a_step) = match self.pack_a {
                    true => (a.wrapping_add(A_AHEAD * mr), mr),
                    false if a_col == 1 && first => (a.wrapping_add(m * a_row), m * a_row / p.k),
                    false => (a, 0),
                };
                let soon_rows = if at < soon_tiles { SOON_EVERY.div_ceil(soon_tiles) } else { 0 };
                kernels.tile[m - 1][usize::from(n > kernels.lanes)](&Strided {
                    k: kc,
                    a,
                    a_row,
                    a_col,
                    b,
                    b_row,
                    b_padded: !matches!(self.right, Right::InPlace),
                    c: p.c.add(i * p.c_row + j),
                    c_row: p.c_row,
                    n,
                    alpha: p.alpha,
                    add: p.add || depth.start > 0,
                    after: if last { p.after.at(i, j) } else { After::NONE },
                    soon: next.wrapping_add(at * kc / soon_tiles * b_row),
                    soon_row: b_row,
                    soon_rows,
                    soon_a,
                    soon_a_step,
                });
            }
        }
        if let (Some(f), true) = (p.activation, last) {
            for i in self.row(tiles.start)..self.row(tiles.end) {
                // SAFETY: these results are this task's.
                f(unsafe { std::slice::from_raw_parts_mut(p.c.add(i * p.c_row + j), n) });
            }
        }
    }
}
