//! From the ops of a tape to loops: finds a place for each result, and the size of the tiles.
use super::{Copies, FIRST_INPUT, NUMBERS, PADDED, Port, Reel, RowStep, SCRATCH, Spot, Stage, run, run_padded};
use crate::frames::{Map1, Map2, Mode, Modes, ReduceInner, Select, stream};
use ferroflow_ops::Prepared;
use ferroflow_ops::tape::{Source, Span, Tape};
use ferroflow_tensor::DType;
use smallvec::SmallVec;

/// The loops of an op.
#[derive(Clone, Copy)]
pub enum Body {
    /// One operand.
    One(Map1),
    /// Two operands.
    Two(Modes),
    /// Operand and number.
    Number(Map2, u64),
    /// The first operand times a loop over the second and a number: that loop, the product's, the number.
    TimesNumber(Map2, Map2, u64),
    /// The operands are added up one after the other.
    Total(Map2),
    /// Condition, and what is chosen if it is true or false.
    Choose(Select),
    /// A reduction.
    Reduce(ReduceInner),
}

/// An op with its loops.
pub struct Part {
    /// The loops.
    pub body: Body,
    /// Estimated nanoseconds of an element.
    pub cost: f32,
}

/// Bytes of what a tile touches, so that it stays in the first cache.
const TILE_BYTES: usize = 28 << 10;
/// Elements of a tile, at least and at most.
const TILE: [usize; 2] = [256, 4096];
/// Rows of so many columns or more are cut into tiles; several shorter ones make a tile.
const LONG_ROW: usize = 1024;
/// Rows of so many columns or more are worth a call of a loop each.
const CALL_ROW: usize = 48;
/// Bytes of scratch memory, at most.
const MOST_SCRATCH: usize = 256 << 10;
/// Bytes of the tile of a result that is written past the caches.
const STREAM_TILE: usize = 4096;
/// Elements of a tile that is rounded up to whole registers, at most, and of what they are rounded up to.
const PADDED_ELEMENTS: usize = 64;
const REGISTER: usize = 16;
/// Operands of more bytes are asked for ahead.
const AHEAD: usize = 1 << 20;
/// Fewer ops than this on fewer bytes than that are faster one by one.
const FEW: usize = 6;
const SMALL: usize = 16 << 10;
/// Estimated nanoseconds of a call of a loop.
const CALL_NS: f32 = 3.0;
/// Estimated nanoseconds of a tape that is worth splitting, and of a task of it.
const SPLIT_NS: f32 = 50_000.0;
const TASK_NS: f32 = 25_000.0;

/// Where a value lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Not made yet.
    None,
    /// A slot of the scratch memory.
    Slot(u32),
    /// The output itself.
    Output(u32),
}

struct Builder<'a> {
    tape: &'a Tape<'a>,
    /// Whether a tile has several whole rows.
    tall: bool,
    /// Whether outputs that have all elements are staged in the scratch memory: to be written past the caches, or padded.
    staged: bool,
    /// Whether the only tile is rounded up to whole registers.
    padded: bool,
    stages: Vec<Stage>,
    numbers: Vec<u64>,
    /// The last op that reads an op's result; for results that are staged, none.
    last: Vec<u32>,
    places: Vec<Place>,
    free: Vec<u32>,
    slots: u32,
    /// Inputs that are copied before the first tile, with their slots.
    copied: Vec<(u32, u32)>,
}

/// A tape made ready, from the loops of its ops; None if it needs too much memory, or is faster op by op.
pub fn build(tape: &Tape, parts: &[Part]) -> Option<Prepared> {
    let by_rows = tape.inputs.iter().any(|(_, s)| matches!(s, Span::Row | Span::Column));
    let reduces = parts.iter().any(|p| matches!(p.body, Body::Reduce(_)));
    let n = tape.rows * tape.columns;
    let size = tape.ops.iter().map(|o| o.dtype.size()).chain(tape.inputs.iter().map(|x| x.0.size())).max()?;
    if tape.ops.len() < FEW && n * size < SMALL && !reduces {
        return None;
    }
    let whole = |source: Source| matches!(tape.value(source).1, Span::All);
    let bytes = |source: Source| if whole(source) { n * tape.value(source).0.size() } else { 0 };
    let results: usize = tape.outputs.iter().map(|o| bytes(Source::Op(*o))).sum();
    let operands: usize = (0..tape.inputs.len()).map(|i| bytes(Source::Input(i as u32))).sum();
    let past = stream::pays(results, operands);
    let floats = |dtype: DType| matches!(dtype, DType::Float | DType::Double);
    let plain = tape.inputs.iter().all(|x| floats(x.0)) && tape.ops.iter().all(|o| floats(o.dtype));
    let padded = plain && !by_rows && !reduces && n <= PADDED_ELEMENTS;

    let mut last = vec![0; tape.ops.len()];
    for (i, op) in tape.ops.iter().enumerate() {
        for a in &op.args {
            if let Source::Op(k) = a {
                last[*k as usize] = i as u32;
            }
        }
    }
    tape.outputs.iter().for_each(|o| last[*o as usize] = u32::MAX);
    let mut b = Builder {
        tape,
        tall: (by_rows || reduces) && tape.columns < LONG_ROW,
        staged: past || padded,
        padded,
        stages: Vec::with_capacity(tape.ops.len()),
        numbers: vec![],
        last,
        places: vec![Place::None; tape.ops.len()],
        free: vec![],
        slots: 0,
        copied: vec![],
    };
    for (i, part) in parts.iter().enumerate() {
        b.op(i, part.body)?;
    }

    let touched = b.slots as usize * size + (operands + if past { 0 } else { results }).div_ceil(n.max(1));
    let mut tile = TILE_BYTES / touched.max(1);
    if past {
        tile = tile.min(STREAM_TILE / size);
    }
    tile = (tile / 64 * 64).clamp(TILE[0], TILE[1]);
    let (height, width) = match (b.tall, reduces) {
        _ if padded => (1, n.next_multiple_of(REGISTER)),
        (true, _) => ((tile / tape.columns).clamp(1, tape.rows), tape.columns),
        (false, true) => (1, tape.columns),
        (false, false) => (1, tile.min(tape.columns)),
    };
    let slot_bytes = (height * width * size).next_multiple_of(64);
    let scratch = slot_bytes * b.slots as usize;
    if scratch > if padded { PADDED } else { MOST_SCRATCH } {
        return None;
    }
    b.stages.iter_mut().for_each(|s| place(s, slot_bytes as u32));
    let copies = b.copied.iter().map(|(input, slot)| {
        let (dtype, span) = tape.inputs[*input as usize];
        let unit = match span {
            Span::Row => tape.columns,
            Span::All => n,
            _ => 1,
        };
        Copies { input: *input as usize, offset: *slot as usize * slot_bytes, bytes: unit * dtype.size(), times: height * width / unit }
    });
    let port = |source: Source| {
        let (dtype, span) = tape.value(source);
        let count = match span {
            Span::All => n,
            Span::Row => tape.columns,
            Span::Column => tape.rows,
            Span::Single => 1,
        };
        Port { size: dtype.size(), bytes: count * dtype.size(), span }
    };
    let staged = |o: &u32| match b.places[*o as usize] {
        Place::Slot(s) => Some(s * slot_bytes as u32),
        _ => None,
    };
    let mut reel = Reel {
        rows: tape.rows,
        columns: tape.columns,
        height,
        width,
        inputs: (0..tape.inputs.len()).map(|i| port(Source::Input(i as u32))).collect(),
        outputs: tape.outputs.iter().map(|o| port(Source::Op(*o))).collect(),
        copies: copies.collect(),
        staged: tape.outputs.iter().map(staged).collect(),
        stages: b.stages,
        numbers: b.numbers,
        scratch,
        ahead: operands > AHEAD,
        count: tape.rows.div_ceil(height) * tape.columns.div_ceil(width),
        grain: 0,
    };
    let elements: f32 = tape.ops.iter().zip(parts).map(|(o, p)| if o.span == Span::All { p.cost } else { 0.1 * p.cost }).sum();
    let cost = n as f32 * elements + CALL_NS * (reel.count * tape.ops.len()) as f32;
    if cost >= SPLIT_NS {
        reel.grain = ((reel.count as f32 * (TASK_NS / cost)) as usize).max(1);
    }
    let run = if padded { run_padded } else { run };
    Some(Prepared { in_place: in_place(tape, parts, past || padded), ..Prepared::with(run, cost, reel) })
}

/// Which inputs the first output may be written over: those that no later op reads, as tiles are computed op by op.
fn in_place(tape: &Tape, parts: &[Part], staged: bool) -> u8 {
    let Some(&first) = tape.outputs.first() else { return 0 };
    let out = &tape.ops[first as usize];
    let mut mask = 0;
    for (i, (dtype, span)) in tape.inputs.iter().enumerate().take(8) {
        let late = tape.ops.iter().enumerate().skip(first as usize).any(|(k, op)| {
            let before = match parts[k].body {
                Body::Total(_) => 2,
                Body::TimesNumber(..) => 0,
                _ => op.args.len(),
            };
            let from = if k == first as usize { before } else { 0 };
            op.args.iter().skip(from).any(|a| *a == Source::Input(i as u32))
        });
        if *span == Span::All && out.span == Span::All && dtype.size() == out.dtype.size() && (staged || !late) {
            mask |= 1 << i;
        }
    }
    mask
}

/// Turns slots of the scratch memory into bytes.
fn place(stage: &mut Stage, slot_bytes: u32) {
    let spots: [Option<&mut Spot>; 4] = match stage {
        Stage::One { x, out, .. } | Stage::Reduce { x, out, .. } | Stage::Spread { x, out, .. } => [Some(x), Some(out), None, None],
        Stage::Two { x, y, out, .. } | Stage::Rows { x, y, out, .. } => [Some(x), Some(y), Some(out), None],
        Stage::Choose { condition, yes, no, out, .. } => [Some(condition), Some(yes), Some(no), Some(out)],
    };
    for s in spots.into_iter().flatten().filter(|s| s.base == SCRATCH) {
        s.offset *= slot_bytes;
    }
}

impl Builder<'_> {
    fn slot(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.slots += 1;
            self.slots - 1
        })
    }

    /// Where a value lies as it is.
    fn spot(&self, source: Source) -> Spot {
        let at = |base, offset| Spot { base, offset };
        match source {
            Source::Input(i) => at(FIRST_INPUT + i, 0),
            Source::Op(k) => match self.places[k as usize] {
                Place::Slot(s) => at(SCRATCH, s),
                Place::Output(o) => at(FIRST_INPUT + self.tape.inputs.len() as u32 + o, 0),
                Place::None => at(SCRATCH, 0),
            },
        }
    }

    /// Where an operand lies as one with an element for each place of the result; fills a slot if it has fewer.
    fn vector(&mut self, source: Source, span: Span, temporary: &mut SmallVec<[u32; 4]>) -> Spot {
        let (dtype, own) = self.tape.value(source);
        match (own, source) {
            _ if own == span && !(self.padded && matches!(source, Source::Input(_))) => self.spot(source),
            (Span::Row, _) if !self.tall => self.spot(source),
            (Span::Row | Span::Single | Span::All, Source::Input(i)) => {
                let known = self.copied.iter().find(|c| c.0 == i).map(|c| c.1);
                let slot = known.unwrap_or_else(|| {
                    // Never one that was used before: the copies are made before the first tile.
                    self.slots += 1;
                    self.copied.push((i, self.slots - 1));
                    self.slots - 1
                });
                Spot { base: SCRATCH, offset: slot }
            }
            _ => {
                let slot = self.slot();
                temporary.push(slot);
                let out = Spot { base: SCRATCH, offset: slot };
                self.stages.push(Stage::Spread { x: self.spot(source), out, size: dtype.size() as u32 });
                out
            }
        }
    }

    /// The stages of an op. None if it lacks a loop over two vectors.
    fn op(&mut self, i: usize, body: Body) -> Option<()> {
        let (span, dtype) = (self.tape.ops[i].span, self.tape.ops[i].dtype);
        let args = self.tape.ops[i].args.clone();
        let mut temporary = SmallVec::new();
        let operands = match body {
            Body::Two(modes) => self.two(&args, span, &modes, &mut temporary),
            Body::Reduce(_) => Operands { spots: [self.spot(args[0])].into_iter().collect(), f: None, by_row: false },
            _ => Operands { spots: args.iter().map(|a| self.vector(*a, span, &mut temporary)).collect(), f: None, by_row: false },
        };
        let place = self.result(i, &args, body);
        self.places[i] = place;
        let out = self.spot(Source::Op(i as u32));
        let column = span == Span::Column;
        let at = &operands.spots;
        let number = |numbers: &mut Vec<u64>, x: u64| {
            numbers.push(x);
            Spot { base: NUMBERS, offset: 8 * (numbers.len() as u32 - 1) }
        };
        match body {
            Body::One(f) => self.stages.push(Stage::One { f, x: at[0], out, column }),
            Body::Two(_) => match (operands.f?, operands.by_row) {
                (f, false) => self.stages.push(Stage::Two { f, x: at[0], y: at[1], out, column }),
                (f, true) => {
                    let step = |s: Source| RowStep { size: self.tape.value(s).0.size() as u32, whole: self.tape.value(s).1 == Span::All };
                    let steps = [step(args[0]), step(args[1]), RowStep { size: dtype.size() as u32, whole: true }];
                    self.stages.push(Stage::Rows { f, x: at[0], y: at[1], out, steps });
                }
            },
            Body::Number(f, x) => {
                let y = number(&mut self.numbers, x);
                self.stages.push(Stage::Two { f, x: at[0], y, out, column });
            }
            Body::TimesNumber(f, times, x) => {
                let y = number(&mut self.numbers, x);
                self.stages.push(Stage::Two { f, x: at[1], y, out, column });
                self.stages.push(Stage::Two { f: times, x: at[0], y: out, out, column });
            }
            Body::Total(f) => {
                self.stages.push(Stage::Two { f, x: at[0], y: at[1], out, column });
                for y in &at[2..] {
                    self.stages.push(Stage::Two { f, x: out, y: *y, out, column });
                }
            }
            Body::Choose(f) => self.stages.push(Stage::Choose { f, condition: at[0], yes: at[1], no: at[2], out, column }),
            Body::Reduce(f) => self.stages.push(Stage::Reduce { f, x: at[0], out, size: dtype.size() as u32 }),
        }
        self.free.extend(temporary);
        for (k, a) in args.iter().enumerate() {
            if let Source::Op(s) = *a
                && self.last[s as usize] == i as u32
                && !args[..k].contains(a)
                && let Place::Slot(slot) = self.places[s as usize]
                && place != Place::Slot(slot)
            {
                self.free.push(slot);
            }
        }
        if self.last[i] == 0
            && let Place::Slot(slot) = place
        {
            self.free.push(slot); // nobody reads it
        }
        Some(())
    }

    /// The operands of a loop over two, which may take a scalar: the loop, and whether it is called row by row.
    fn two(&mut self, args: &[Source], span: Span, modes: &Modes, temporary: &mut SmallVec<[u32; 4]>) -> Operands {
        let spans = [self.tape.value(args[0]).1, self.tape.value(args[1]).1];
        let scalar = |s: Span| s != span && (s == Span::Single || s == Span::Column && (!self.tall || self.tape.columns >= CALL_ROW));
        let mode = match spans.map(scalar) {
            [true, false] => Mode::ScalarVector,
            [false, true] => Mode::VectorScalar,
            _ => Mode::VectorVector,
        };
        if let (Some(f), true) = (modes[mode as usize], mode != Mode::VectorVector) {
            let by_row = spans[usize::from(mode == Mode::VectorScalar)] == Span::Column;
            let other = usize::from(mode == Mode::ScalarVector);
            let mut spots: SmallVec<[Spot; 3]> = args.iter().map(|a| self.spot(*a)).collect();
            spots[other] = self.vector(args[other], span, temporary);
            // Row by row needs a vector that has all elements: one row for all of them is walked as it is.
            if !by_row || spans[other] == Span::All || !self.tall {
                return Operands { spots, f: Some(f), by_row };
            }
        }
        let spots = args.iter().map(|a| self.vector(*a, span, temporary)).collect();
        Operands { spots, f: modes[Mode::VectorVector as usize], by_row: false }
    }

    /// A place for the result of an op.
    fn result(&mut self, i: usize, args: &[Source], body: Body) -> Place {
        let op = &self.tape.ops[i];
        if let Some(o) = self.tape.outputs.iter().position(|o| *o as usize == i)
            && !(self.staged && op.span == Span::All)
        {
            return Place::Output(o as u32);
        }
        // Operands that are read after the result was first written keep their places.
        let (readable, late) = match body {
            Body::Total(_) => args.split_at(2),
            Body::TimesNumber(..) => (&args[1..], &args[..1]),
            Body::Reduce(_) => (&args[..0], args),
            _ => (args, &args[..0]),
        };
        for a in readable.iter().filter(|a| !late.contains(a)) {
            if let Source::Op(k) = *a
                && self.last[k as usize] == i as u32
                && let Place::Slot(slot) = self.places[k as usize]
                && self.tape.ops[k as usize].span == op.span
                && self.tape.ops[k as usize].dtype.size() == op.dtype.size()
            {
                return Place::Slot(slot);
            }
        }
        Place::Slot(self.slot())
    }
}

/// The operands of a loop, and for loops over two the loop and whether it is called row by row.
struct Operands {
    spots: SmallVec<[Spot; 3]>,
    f: Option<Map2>,
    by_row: bool,
}
