//! Runs loops on the operands of a call: checks lengths, walks broadcast rows, splits large work among threads.
use super::{Map2, Mode, has_fault, stream};
use core::mem::MaybeUninit;
use core::ops::Range;
use ferroflow_ops::elementwise::Fault;
use ferroflow_ops::kernel::Loop;
use ferroflow_ops::{Call, Prepared};
use ferroflow_tensor::{DType, Result, Tensor, bail};
use smallvec::SmallVec;

/// Bytes of the block that holds the copies of a scalar or of a short row.
const BLOCK: usize = 4096;

/// What a flat loop needs besides its function; kept in the numbers of [`Prepared`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flat {
    /// Elements of the result.
    pub n: usize,
    /// Bytes of an element of the operands.
    pub size: usize,
    /// Bytes of an element of the result.
    pub out_size: usize,
    /// Which operand is one element; two vectors for ops with one operand.
    pub mode: Mode,
    /// Whether the loop takes two vectors only, so that a scalar must be copied.
    pub copies: bool,
    /// Which values of the second operand, of this dtype, are errors.
    pub fault: Option<(Fault, DType)>,
    /// Elements of a task; 0 if the work is not split.
    pub grain: usize,
}

impl Flat {
    /// As the numbers of [`Prepared`].
    pub fn pack(self) -> [usize; 4] {
        let fault = match self.fault {
            None => 0,
            Some((Fault::DivisionByZero, dtype)) => 1 | (dtype as usize) << 2,
            Some((Fault::NegativePower, dtype)) => 2 | (dtype as usize) << 2,
        };
        let layout = self.size | self.out_size << 8 | (self.mode as usize) << 16 | usize::from(self.copies) << 18;
        [self.n, layout, fault, self.grain]
    }

    /// From the numbers of [`Prepared`].
    #[inline]
    fn unpack([n, layout, fault, grain]: [usize; 4]) -> Flat {
        let mode = match layout >> 16 & 3 {
            0 => Mode::VectorVector,
            1 => Mode::ScalarVector,
            _ => Mode::VectorScalar,
        };
        let fault = match fault & 3 {
            0 => None,
            1 => Some(Fault::DivisionByZero),
            _ => Some(Fault::NegativePower),
        }
        .and_then(|f| Some((f, DType::from_number((fault >> 2) as i32)?)));
        Flat { n, size: layout & 0xff, out_size: layout >> 8 & 0xff, mode, copies: layout >> 18 & 1 == 1, fault, grain }
    }
}

/// An outer axis of a broadcast operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Axis {
    /// Its size.
    pub size: usize,
    /// Elements from one step to the next in the first and second operand; 0 where it is broadcast.
    pub strides: [usize; 2],
}

/// Broadcast operands: rows of one kind within outer axes.
pub struct Rows {
    /// How a row is computed; `n` counts the elements of all rows.
    pub flat: Flat,
    /// Elements of a row.
    pub len: usize,
    /// The axes around it, outermost first.
    pub outer: SmallVec<[Axis; 4]>,
    /// The operand (0 or 1) that is one short row, used again and again, while the other lies like the result.
    pub pattern: Option<usize>,
}

/// The start of an operand; the memory outlives the call.
#[derive(Clone, Copy)]
pub(super) struct From(*const u8);
// SAFETY: operands are only read through it.
unsafe impl Sync for From {}
impl From {
    /// The start of `bytes` bytes. Internal error if the tensor has another length.
    #[inline]
    fn of(t: &Tensor, bytes: usize) -> Result<From> {
        if t.byte_len() != bytes || t.ptr().is_null() {
            return wrong_length(t, bytes);
        }
        Ok(From(t.ptr()))
    }
    /// The start of at least `bytes` bytes. Internal error if the tensor has fewer.
    #[inline(always)]
    pub(super) fn within(t: &Tensor, bytes: usize) -> Result<From> {
        match t.start(bytes) {
            Some(p) => Ok(From(p)),
            None => wrong_length(t, bytes),
        }
    }
    #[inline(always)]
    pub(super) fn at(self, bytes: usize) -> *const u8 {
        self.0.wrapping_add(bytes)
    }
}

/// The start of the result; the memory outlives the call.
#[derive(Clone, Copy)]
pub(super) struct To(*mut u8);
// SAFETY: each task writes its own range.
unsafe impl Sync for To {}
impl To {
    /// The start of `bytes` bytes. Internal error if the tensor has another length or somebody else holds it.
    #[inline]
    fn of(t: &mut Tensor, bytes: usize) -> Result<To> {
        match t.bytes_mut() {
            Some(b) if b.len() == bytes => Ok(To(b.as_mut_ptr())),
            _ => wrong_length(t, bytes),
        }
    }
    /// The start of at least `bytes` bytes. Internal error if the tensor has fewer or somebody else holds it.
    #[inline(always)]
    pub(super) fn within(t: &mut Tensor, bytes: usize) -> Result<To> {
        match t.start_mut(bytes) {
            Some(p) => Ok(To(p)),
            None => wrong_length(t, bytes),
        }
    }
    #[inline(always)]
    pub(super) fn at(self, bytes: usize) -> *mut u8 {
        self.0.wrapping_add(bytes)
    }
}

/// Operands that are asked for ahead.
struct Ahead([stream::Operand; 2]);
// SAFETY: nothing is read through it.
unsafe impl Sync for Ahead {}

#[cold]
fn wrong_length<T>(t: &Tensor, bytes: usize) -> Result<T> {
    bail!(Internal, "a loop over {bytes} bytes was given a {} tensor of shape {}", t.dtype(), t.shape())
}

#[cold]
fn wrong_body() -> Result<()> {
    bail!(Internal, "a loop was run with another loop's function")
}

/// Runs `body(range, out)` over `0..n`, split among threads if there is a grain. The error is that of a cancelled run.
///
/// `out` is where element 0 of the result would be. A large result that is not written over one of the `operands`, those with
/// as many elements, goes through blocks past the caches.
#[inline]
fn split(call: &Call, cost: f32, flat: Flat, operands: &[From], out: To, body: impl Fn(Range<usize>, To) + Sync) -> Result<()> {
    split_by(call, cost, flat, operands, out, stream::BLOCK, body)
}

/// [`split`] with blocks of a given number of bytes.
#[inline]
fn split_by(
    call: &Call,
    cost: f32,
    flat: Flat,
    operands: &[From],
    out: To,
    block: usize,
    body: impl Fn(Range<usize>, To) + Sync,
) -> Result<()> {
    if flat.grain == 0 {
        body(0..flat.n, out);
        return Ok(());
    }
    let cancel = call.run.cancel;
    let bytes = flat.n * flat.out_size;
    let past = stream::pays(bytes, operands.len() * flat.n * flat.size) && operands.iter().all(|x| x.0 != out.0.cast_const());
    let ahead = [operands.first(), operands.get(1)].map(|o| match o {
        Some(x) => stream::Operand { at: x.0, size: flat.size },
        None => stream::Operand { at: out.0, size: 0 },
    });
    let ahead = &Ahead(ahead);
    call.run.device.parallel(flat.n, flat.grain, cost / flat.n as f32, &|range| {
        if cancel.is_cancelled() {
            return;
        }
        if past {
            let make = |part: Range<usize>, block: *mut u8| {
                let first = block.wrapping_sub(part.start * flat.out_size);
                body(part, To(first));
            };
            // SAFETY: the result has n elements, and the body writes those of its range.
            unsafe { stream::by_blocks(range, block, flat.out_size, out.0, ahead.0, make) }
        } else {
            body(range, out);
        }
    });
    cancel.check()
}

/// Runs an op with one operand whose work is not split; the numbers are the elements of the result, and the bytes of the
/// operand and of the result.
pub fn small_unary(p: &Prepared, call: &mut Call) -> Result<()> {
    let Loop::Map1(f) = p.body else { return wrong_body() };
    let [n, from, to, _] = p.args;
    let x = From::within(call.input(0), from)?;
    let out = To::within(call.output(0), to)?;
    // SAFETY: the loop was taken from the table for these element sizes, and both have the bytes of `n` elements.
    unsafe { f(x.0, out.0, n) };
    Ok(())
}

/// Runs an op with two operands whose work is not split, with a loop for their mode, and which no value makes an error;
/// the numbers are the elements of the result, and the bytes of the operands and of the result.
pub fn small_binary(p: &Prepared, call: &mut Call) -> Result<()> {
    let Loop::Map2(f) = p.body else { return wrong_body() };
    let [n, first, second, to] = p.args;
    let (x, y) = (From::within(call.input(0), first)?, From::within(call.input(1), second)?);
    let out = To::within(call.output(0), to)?;
    // SAFETY: as in `small_unary`; one operand may be a single element where the loop is for that.
    unsafe { f(x.0, y.0, out.0, n) };
    Ok(())
}

/// Runs an op with one operand; the numbers are those of [`Flat::pack`].
pub fn unary(p: &Prepared, call: &mut Call) -> Result<()> {
    let Loop::Map1(f) = p.body else { return wrong_body() };
    let flat = Flat::unpack(p.args);
    let x = From::of(call.input(0), flat.n * flat.size)?;
    let out = To::of(call.output(0), flat.n * flat.out_size)?;
    split(call, p.cost, flat, &[x], out, |r, out| {
        // SAFETY: the loop was taken from the table for these element sizes, the range is within both lengths.
        unsafe { f(x.at(r.start * flat.size), out.at(r.start * flat.out_size), r.len()) }
    })
}

/// Runs an op whose second operand is a number that the loop gets as its scalar, in the bytes of `p.args[2]`.
pub fn with_number(p: &Prepared, call: &mut Call) -> Result<()> {
    let Loop::Map2(f) = p.body else { return wrong_body() };
    let number = p.args[2].to_le_bytes();
    let flat = Flat::unpack([p.args[0], p.args[1], 0, p.args[3]]);
    let x = From::of(call.input(0), flat.n * flat.size)?;
    let out = To::of(call.output(0), flat.n * flat.out_size)?;
    split(call, p.cost, flat, &[x], out, |r, out| {
        // SAFETY: as in `unary`; the loop takes a vector and one element.
        unsafe { f(x.at(r.start * flat.size), number.as_ptr(), out.at(r.start * flat.out_size), r.len()) }
    })
}

/// Runs the product of input 0 and a function of input 1 and a number: `p.body` with the number as in [`with_number`],
/// then the loop of the product, which is the plan.
pub fn times_with_number(p: &Prepared, call: &mut Call) -> Result<()> {
    let Loop::Map2(f) = p.body else { return wrong_body() };
    let times: Map2 = *p.plan::<Map2>()?;
    let number = p.args[2].to_le_bytes();
    let flat = Flat::unpack([p.args[0], p.args[1], 0, p.args[3]]);
    let bytes = flat.n * flat.size;
    let (factor, x) = (From::of(call.input(0), bytes)?, From::of(call.input(1), bytes)?);
    let out = To::of(call.output(0), bytes)?;
    split(call, p.cost, flat, &[factor, x], out, |r, out| {
        for start in r.clone().step_by(BLOCK / flat.size) {
            let (at, n) = (start * flat.size, (r.end - start).min(BLOCK / flat.size));
            // SAFETY: as in `with_number`; the product takes two vectors and writes over the second.
            unsafe {
                f(x.at(at), number.as_ptr(), out.at(at), n);
                times(factor.at(at), out.at(at), out.at(at), n);
            }
        }
    })
}

/// InvalidArgument if the second operand, which has `n` elements, holds a value that makes the op an error.
#[inline]
fn check_fault(fault: Option<(Fault, DType)>, y: From, n: usize) -> Result<()> {
    if let Some((fault, dtype)) = fault
        // SAFETY: `y` has `n` elements of the dtype.
        && unsafe { has_fault(fault, dtype, y.0, n) }
    {
        bail!(InvalidArgument, "{}", fault.message());
    }
    Ok(())
}

/// Runs an op with two operands of one shape, or of which one is a single element; the numbers are those of [`Flat::pack`].
pub fn binary(p: &Prepared, call: &mut Call) -> Result<()> {
    let Loop::Map2(f) = p.body else { return wrong_body() };
    let flat = Flat::unpack(p.args);
    let count = |scalar| if flat.mode == scalar { 1 } else { flat.n };
    let (nx, ny) = (count(Mode::ScalarVector), count(Mode::VectorScalar));
    let (x, y) = (From::of(call.input(0), nx * flat.size)?, From::of(call.input(1), ny * flat.size)?);
    let out = To::of(call.output(0), flat.n * flat.out_size)?;
    if flat.n == 0 {
        return Ok(());
    }
    check_fault(flat.fault, y, ny)?;
    let both = [x, y];
    let vectors = match flat.mode {
        Mode::VectorVector => &both[..],
        Mode::VectorScalar => &both[..1],
        Mode::ScalarVector => &both[1..],
    };
    split(call, p.cost, flat, vectors, out, |r, out| {
        let step = |scalar| if flat.mode == scalar { 0 } else { r.start * flat.size };
        let (x, y) = (x.at(step(Mode::ScalarVector)), y.at(step(Mode::VectorScalar)));
        // SAFETY: lengths were checked; a scalar operand is not advanced.
        unsafe { row(f, &flat, x, y, out.at(r.start * flat.out_size), r.len()) }
    })
}

/// One row of an op with two operands.
///
/// # Safety
/// The loop is that of the layout's element sizes and mode, or of two vectors if scalars are to be copied; each vector
/// has `n` elements.
#[inline]
unsafe fn row(f: Map2, flat: &Flat, x: *const u8, y: *const u8, out: *mut u8, n: usize) {
    if !flat.copies || flat.mode == Mode::VectorVector {
        // SAFETY: the caller's promise.
        return unsafe { f(x, y, out, n) };
    }
    let scalar = if flat.mode == Mode::ScalarVector { x } else { y };
    let mut block = Block::new();
    let most = BLOCK / flat.size;
    // SAFETY: a block holds `most` elements; parts are within the row.
    unsafe {
        block.repeat(scalar, flat.size, n.min(most));
        for start in (0..n).step_by(most) {
            let (at, m) = (start * flat.size, most.min(n - start));
            let (x, y) = if flat.mode == Mode::ScalarVector { (block.start(), y.add(at)) } else { (x.add(at), block.start()) };
            f(x, y, out.wrapping_add(start * flat.out_size), m);
        }
    }
}

/// Copies of an operand that is used again and again.
#[repr(align(64))]
struct Block(MaybeUninit<[u8; BLOCK]>);

impl Block {
    #[inline]
    fn new() -> Block {
        Block(MaybeUninit::uninit())
    }
    #[inline]
    fn start(&self) -> *const u8 {
        self.0.as_ptr().cast()
    }
    /// Fills the block with `times` copies of the `len` bytes at `from`.
    ///
    /// # Safety
    /// `len` bytes can be read, and `len * times` is at most [`BLOCK`].
    unsafe fn repeat(&mut self, from: *const u8, len: usize, times: usize) {
        // SAFETY: the caller's promise.
        unsafe { repeat(self.0.as_mut_ptr().cast(), from, len, times) }
    }
}

/// Fills memory with `times` copies of the `len` bytes at `from`.
///
/// # Safety
/// `len` bytes can be read, and `len * times` be written; they do not overlap.
pub(super) unsafe fn repeat(to: *mut u8, from: *const u8, len: usize, times: usize) {
    let total = len * times;
    // SAFETY: the caller's promise; each step copies what is already there.
    unsafe {
        to.copy_from_nonoverlapping(from, len.min(total));
        let mut done = len;
        while done < total {
            let more = done.min(total - done);
            to.add(done).copy_from_nonoverlapping(to, more);
            done += more;
        }
    }
}

/// Runs an op with two operands that broadcast; the plan is a [`Rows`].
pub fn rows(p: &Prepared, call: &mut Call) -> Result<()> {
    let Loop::Map2(f) = p.body else { return wrong_body() };
    let plan: &Rows = p.plan()?;
    let flat = plan.flat;
    let count = |i: usize, scalar| {
        let axes = plan.outer.iter().filter(|a| a.strides[i] != 0).map(|a| a.size).product::<usize>();
        if flat.mode == scalar { axes } else { axes * plan.len }
    };
    let (nx, ny) = (count(0, Mode::ScalarVector), count(1, Mode::VectorScalar));
    let (x, y) = (From::of(call.input(0), nx * flat.size)?, From::of(call.input(1), ny * flat.size)?);
    let out = To::of(call.output(0), flat.n * flat.out_size)?;
    check_fault(flat.fault, y, ny)?;
    let whole: SmallVec<[From; 2]> = [(nx, x), (ny, y)].into_iter().filter(|(n, _)| *n == flat.n).map(|(_, x)| x).collect();
    split_by(call, p.cost, flat, &whole, out, stream::LARGE_BLOCK, |r, out| {
        // SAFETY: operands have the elements that the axes and strides reach, the result has n.
        match plan.pattern {
            // SAFETY: see above.
            Some(i) => unsafe { patterned(f, plan, i, [x, y], out, r) },
            // SAFETY: see above.
            None => unsafe { walk(f, plan, [x, y], out, r) },
        }
    })
}

/// Elements `range` of the result, row by row.
///
/// # Safety
/// The operands have the elements that the plan's axes reach, `out` has `n`.
unsafe fn walk(f: Map2, plan: &Rows, operands: [From; 2], out: To, range: Range<usize>) {
    let flat = &plan.flat;
    let (mut at, mut column) = (range.start, range.start % plan.len);
    let mut index: SmallVec<[usize; 8]> = SmallVec::from_elem(0, plan.outer.len());
    let mut offsets = [0; 2];
    let mut rest = range.start / plan.len;
    for (i, axis) in plan.outer.iter().enumerate().rev() {
        index[i] = rest % axis.size;
        rest /= axis.size;
        offsets[0] += index[i] * axis.strides[0];
        offsets[1] += index[i] * axis.strides[1];
    }
    while at < range.end {
        let n = (plan.len - column).min(range.end - at);
        let start = |i: usize, scalar| (offsets[i] + if flat.mode == scalar { 0 } else { column }) * flat.size;
        let (x, y) = (operands[0].at(start(0, Mode::ScalarVector)), operands[1].at(start(1, Mode::VectorScalar)));
        // SAFETY: the row lies within the operands, the result within the range.
        unsafe { row(f, flat, x, y, out.at(at * flat.out_size), n) }
        at += n;
        column = 0;
        for (i, axis) in plan.outer.iter().enumerate().rev() {
            index[i] += 1;
            offsets[0] += axis.strides[0];
            offsets[1] += axis.strides[1];
            if index[i] < axis.size {
                break;
            }
            index[i] = 0;
            offsets[0] -= axis.size * axis.strides[0];
            offsets[1] -= axis.size * axis.strides[1];
        }
    }
}

/// Elements `range` of the result, where operand `i` is one row that repeats: several copies of it make one longer row.
///
/// # Safety
/// Operand `i` has a row of elements that fits into a block, the other operand and `out` have `n`.
unsafe fn patterned(f: Map2, plan: &Rows, i: usize, operands: [From; 2], out: To, range: Range<usize>) {
    let flat = &plan.flat;
    let copies = (BLOCK / (plan.len * flat.size)).min(range.len().div_ceil(plan.len) + 1);
    let most = copies * plan.len;
    let mut block = Block::new();
    // SAFETY: `copies` rows fit into the block.
    unsafe { block.repeat(operands[i].at(0), plan.len * flat.size, copies) };
    let mut at = range.start;
    while at < range.end {
        let phase = at % plan.len;
        let n = (most - phase).min(range.end - at);
        let pattern = block.start().wrapping_add(phase * flat.size);
        let vector = operands[1 - i].at(at * flat.size);
        let (x, y) = if i == 0 { (pattern, vector) } else { (vector, pattern) };
        // SAFETY: n elements follow in the block, in the other operand and in the result.
        unsafe { f(x, y, out.at(at * flat.out_size), n) }
        at += n;
    }
}
