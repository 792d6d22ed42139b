//! Runs tapes: several loops one after the other over one tile of the operands, so that what lies between them stays in the
//! first cache.
mod build;

pub use build::{Body, Part, build};

use super::run::{From, To, repeat};
use super::{Map1, Map2, ReduceInner, Select, stream};
use crate::simd;
use core::mem::MaybeUninit;
use core::ops::Range;
use ferroflow_ops::tape::Span;
use ferroflow_ops::{Call, Prepared};
use ferroflow_tensor::Result;
use smallvec::SmallVec;

/// Bytes of scratch memory that lie on the stack.
const SMALL: usize = 32 << 10;
/// The same for tapes whose only tile is rounded up.
const PADDED: usize = 8 << 10;

/// A line of scratch memory.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line(#[allow(dead_code)] [u8; 64]);

/// Where an operand or a result of a loop lies in a tile: a base, and bytes from there. Base 0 is the scratch memory, base 1
/// the numbers of the tape; its inputs follow, then its outputs.
#[derive(Clone, Copy, Debug)]
struct Spot {
    base: u32,
    offset: u32,
}
const SCRATCH: u32 = 0;
const NUMBERS: u32 = 1;
const FIRST_INPUT: u32 = 2;

/// A loop with its operands. It runs over the elements of a tile, or over its rows where it says so.
#[derive(Clone, Copy)]
enum Stage {
    /// One operand.
    One { f: Map1, x: Spot, out: Spot, column: bool },
    /// Two operands.
    Two { f: Map2, x: Spot, y: Spot, out: Spot, column: bool },
    /// Row by row: an operand or the other has one element for each row, which the loop takes as its scalar.
    Rows { f: Map2, x: Spot, y: Spot, out: Spot, steps: [RowStep; 3] },
    /// A choice.
    Choose { f: Select, condition: Spot, yes: Spot, no: Spot, out: Spot, column: bool },
    /// Reduces each row to an element.
    Reduce { f: ReduceInner, x: Spot, out: Spot, size: u32 },
    /// Fills each row with copies of its element.
    Spread { x: Spot, out: Spot, size: u32 },
}

/// Bytes from one row to the next: of a whole row of elements, or of one element.
#[derive(Clone, Copy, Debug)]
struct RowStep {
    size: u32,
    whole: bool,
}
impl RowStep {
    #[inline(always)]
    fn bytes(self, width: usize) -> usize {
        self.size as usize * if self.whole { width } else { 1 }
    }
}

/// An input or output: bytes of an element and of all, and how it lies.
#[derive(Clone, Copy, Debug)]
struct Port {
    size: usize,
    bytes: usize,
    span: Span,
}

/// Copies of an input that are made before the first tile.
#[derive(Clone, Copy, Debug)]
struct Copies {
    /// Number of the input.
    input: usize,
    /// Bytes from the start of the scratch memory.
    offset: usize,
    /// Bytes that are copied.
    bytes: usize,
    /// How often.
    times: usize,
}

/// What a tape is made of.
struct Reel {
    rows: usize,
    columns: usize,
    /// Rows of a tile.
    height: usize,
    /// Columns of a tile: all of them if it has several rows.
    width: usize,
    inputs: SmallVec<[Port; 4]>,
    outputs: SmallVec<[Port; 2]>,
    stages: Vec<Stage>,
    copies: Vec<Copies>,
    numbers: Vec<u64>,
    /// For outputs that are written past the caches: where their tile lies in the scratch memory.
    staged: SmallVec<[Option<u32>; 2]>,
    /// Bytes of the scratch memory.
    scratch: usize,
    /// Whether operands come from memory, so that it pays to ask for them ahead.
    ahead: bool,
    /// Tiles in all.
    count: usize,
    /// Tiles of a task; 0 if the work is not split.
    grain: usize,
}

impl Reel {
    fn tiles_of_a_row(&self) -> usize {
        self.columns.div_ceil(self.width)
    }
}

/// A part of the space.
#[derive(Clone, Copy)]
struct Tile {
    rows: usize,
    width: usize,
}

/// Runs a tape; the plan is a [`Reel`].
fn run(p: &Prepared, call: &mut Call) -> Result<()> {
    let reel: &Reel = p.plan()?;
    let mut inputs: SmallVec<[From; 8]> = SmallVec::new();
    for (i, port) in reel.inputs.iter().enumerate() {
        inputs.push(From::within(call.input(i), port.bytes)?);
    }
    let mut outputs: SmallVec<[To; 4]> = SmallVec::new();
    for (i, port) in reel.outputs.iter().enumerate() {
        outputs.push(To::within(call.output(i), port.bytes)?);
    }
    if reel.grain == 0 {
        // SAFETY: the lengths were checked.
        unsafe { tiles(reel, &inputs, &outputs, 0..reel.count) };
        return Ok(());
    }
    let (cancel, inputs, outputs) = (call.run.cancel, inputs.as_slice(), outputs.as_slice());
    call.run.device.parallel(reel.count, reel.grain, p.cost / reel.count as f32, &|range| {
        if !cancel.is_cancelled() {
            // SAFETY: as above; each task has tiles of its own.
            unsafe { tiles(reel, inputs, outputs, range) };
        }
    });
    cancel.check()
}

/// Runs a tape of one tile of few elements, which is rounded up to whole registers: what the loops make of the zeros behind
/// the elements is not part of the result. Loops without a remainder are faster, and pass results on sooner.
fn run_padded(p: &Prepared, call: &mut Call) -> Result<()> {
    let reel: &Reel = p.plan()?;
    let mut scratch: MaybeUninit<[Line; PADDED / 64]> = MaybeUninit::uninit();
    let start = scratch.as_mut_ptr().cast::<u8>();
    let mut bases: SmallVec<[*mut u8; 16]> = SmallVec::from_slice(&[start, reel.numbers.as_ptr().cast::<u8>().cast_mut()]);
    for (i, port) in reel.inputs.iter().enumerate() {
        bases.push(From::within(call.input(i), port.bytes)?.at(0).cast_mut());
    }
    // SAFETY: the lengths were checked, and the scratch memory has room for all slots. Tiles have the padded width.
    unsafe {
        start.write_bytes(0, reel.scratch);
        for c in &reel.copies {
            repeat(start.add(c.offset), bases[FIRST_INPUT as usize + c.input], c.bytes, c.times);
        }
        let tile = Tile { rows: 1, width: reel.width };
        reel.stages.iter().for_each(|stage| run_stage(stage, &bases, tile));
        for (i, (port, staged)) in reel.outputs.iter().zip(&reel.staged).enumerate() {
            let out = To::within(call.output(i), port.bytes)?.at(0);
            out.copy_from_nonoverlapping(start.add(staged.unwrap_or(0) as usize), port.bytes);
        }
    }
    Ok(())
}

/// Computes tiles `range`.
///
/// # Safety
/// Inputs and outputs have the elements that the reel says.
unsafe fn tiles(reel: &Reel, inputs: &[From], outputs: &[To], range: Range<usize>) {
    if reel.scratch <= SMALL {
        let mut small: MaybeUninit<[Line; SMALL / 64]> = MaybeUninit::uninit();
        // SAFETY: the caller's promise, and the memory is large enough.
        unsafe { tiles_in(reel, inputs, outputs, range, small.as_mut_ptr().cast()) }
    } else {
        let mut large: Vec<MaybeUninit<Line>> = Vec::with_capacity(reel.scratch.div_ceil(64));
        // SAFETY: as above.
        unsafe { tiles_in(reel, inputs, outputs, range, large.as_mut_ptr().cast()) }
    }
}

/// As [`tiles`].
///
/// # Safety
/// As for [`tiles`], with the reel's scratch memory.
unsafe fn tiles_in(reel: &Reel, inputs: &[From], outputs: &[To], range: Range<usize>, scratch: *mut u8) {
    for c in &reel.copies {
        // SAFETY: the input has the bytes, and the scratch memory has room for the copies.
        unsafe { repeat(scratch.add(c.offset), inputs[c.input].at(0), c.bytes, c.times) };
    }
    let per_row = reel.tiles_of_a_row();
    let mut bases: SmallVec<[*mut u8; 16]> = SmallVec::new();
    let mut past = false;
    for i in range {
        let (row, column) = (i / per_row * reel.height, i % per_row * reel.width);
        let tile = Tile { rows: reel.height.min(reel.rows - row), width: reel.width.min(reel.columns - column) };
        let first = |port: &Port| {
            port.size
                * match port.span {
                    Span::All => row * reel.columns + column,
                    Span::Row => column,
                    Span::Column => row,
                    Span::Single => 0,
                }
        };
        bases.clear();
        bases.extend([scratch, reel.numbers.as_ptr().cast::<u8>().cast_mut()]);
        bases.extend(inputs.iter().zip(&reel.inputs).map(|(x, port)| x.at(first(port)).cast_mut()));
        bases.extend(outputs.iter().zip(&reel.outputs).map(|(to, port)| to.at(first(port))));
        for (k, stage) in reel.stages.iter().enumerate() {
            if reel.ahead {
                ask_ahead(reel, &bases, tile, k);
            }
            // SAFETY: see `run_stage`.
            unsafe { run_stage(stage, &bases, tile) };
        }
        for ((to, port), staged) in outputs.iter().zip(&reel.outputs).zip(&reel.staged) {
            let Some(offset) = staged else { continue };
            let (from, to, bytes) = (scratch.wrapping_add(*offset as usize), to.at(first(port)), tile.rows * tile.width * port.size);
            // SAFETY: the stage holds the elements of the tile; scratch memory and output are apart.
            unsafe {
                if inputs.iter().any(|x| x.at(first(port)) == to.cast_const()) {
                    // It is in a cache, as it was just read.
                    to.copy_from_nonoverlapping(from, bytes);
                } else {
                    stream::write(from, to, bytes);
                    past = true;
                }
            }
        }
    }
    if past {
        stream::fence();
    }
}

/// Asks for a part of the next tile of all operands before a stage, so that memory has something to do meanwhile.
#[inline]
fn ask_ahead(reel: &Reel, bases: &[*mut u8], tile: Tile, stage: usize) {
    for (base, port) in bases[FIRST_INPUT as usize..].iter().zip(&reel.inputs).filter(|(_, port)| port.span == Span::All) {
        let bytes = tile.rows * tile.width * port.size;
        let part = bytes.div_ceil(reel.stages.len()).next_multiple_of(64);
        for at in (stage * part..bytes.min((stage + 1) * part)).step_by(64) {
            simd::prefetch(base.wrapping_add(bytes + at));
        }
    }
}

/// Runs a loop on a tile.
///
/// # Safety
/// The bases are those of the tile. Loops are those of the operands' dtypes; each operand has the elements of the tile from
/// its spot on, or an element for each row, or one, as the stage was built; a result lies on an operand or apart from it.
#[inline(always)]
unsafe fn run_stage(stage: &Stage, bases: &[*mut u8], tile: Tile) {
    let spot = |s: Spot| bases[s.base as usize].wrapping_add(s.offset as usize);
    let count = |column: bool| if column { tile.rows } else { tile.rows * tile.width };
    // SAFETY: the caller's promise.
    unsafe {
        match *stage {
            Stage::One { f, x, out, column } => f(spot(x), spot(out), count(column)),
            Stage::Two { f, x, y, out, column } => f(spot(x), spot(y), spot(out), count(column)),
            Stage::Rows { f, x, y, out, steps } => {
                let [dx, dy, dout] = steps.map(|s| s.bytes(tile.width));
                let (x, y, out) = (spot(x), spot(y), spot(out));
                for i in 0..tile.rows {
                    f(x.add(i * dx), y.add(i * dy), out.add(i * dout), tile.width);
                }
            }
            Stage::Choose { f, condition, yes, no, out, column } => f(spot(condition), spot(yes), spot(no), spot(out), count(column)),
            Stage::Reduce { f, x, out, size } => {
                let (x, out, size) = (spot(x), spot(out), size as usize);
                for i in 0..tile.rows {
                    f(x.add(i * tile.width * size), out.add(i * size), tile.width);
                }
            }
            Stage::Spread { x, out, size } => spread(spot(x), spot(out), size as usize, tile),
        }
    }
}

/// Fills each row of a tile with copies of its element.
///
/// # Safety
/// An element of `size` bytes for each row can be read, those of the tile written.
unsafe fn spread(x: *const u8, out: *mut u8, size: usize, tile: Tile) {
    /// The same for one type of `size` bytes.
    #[inline(always)]
    unsafe fn fill<T: Copy>(x: *const T, out: *mut T, tile: Tile) {
        for i in 0..tile.rows {
            // SAFETY: the caller's promise.
            unsafe {
                let value = x.add(i).read_unaligned();
                for j in 0..tile.width {
                    out.add(i * tile.width + j).write_unaligned(value);
                }
            }
        }
    }
    // SAFETY: the caller's promise.
    unsafe {
        match size {
            1 => fill::<u8>(x, out, tile),
            2 => fill::<u16>(x.cast(), out.cast(), tile),
            4 => fill::<u32>(x.cast(), out.cast(), tile),
            8 => fill::<u64>(x.cast(), out.cast(), tile),
            _ => fill::<[u64; 2]>(x.cast(), out.cast(), tile),
        }
    }
}
