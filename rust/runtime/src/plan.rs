//! Stage 2 of compilation: for known input shapes, prepares kernels and lays the values out in one arena.
use crate::program::{Action, Program, Step};
use crate::step::Tensors;
use ferroflow_ops::{Flags, Infer, Outputs, Partial, Prep, Prepared, ValueType};
use ferroflow_tensor::buffer::{ALIGN, Arena, Interval};
use ferroflow_tensor::{DType, PartialShape, Result, Shape, Tensor, byte_len};
use smallvec::SmallVec;
use std::sync::{Arc, Mutex, MutexGuard};

/// What a step counts whose shapes, and so whose work, are not known beforehand.
pub const UNKNOWN_NS: f32 = 1e5;

/// A step with shapes known; `prepared` is None where they depend on data: then the step infers and prepares as it runs.
#[derive(Default)]
pub struct PlanStep {
    /// The kernel, ready to be called.
    pub prepared: Option<Prepared>,
    /// Outputs that do not lie in the arena: position among the outputs, dtype, shape.
    pub alloc: SmallVec<[(u32, DType, Shape); 1]>,
    /// Slots whose values nobody reads after this step and that hold memory of their own.
    pub drops: SmallVec<[u32; 2]>,
    /// Bit i is set if input i holds an object that is not read after this step.
    pub last: u8,
    /// Estimated nanoseconds.
    pub cost: f32,
    /// Whether the step is a call of its kernel and nothing around it.
    pub bare: bool,
}

/// The values of one run. Kept and used again.
pub struct Frame {
    /// The plan that it is laid out by.
    pub plan: Arc<Plan>,
    /// One tensor for each slot.
    pub values: Vec<Tensor>,
}

/// A program laid out for input shapes.
pub struct Plan {
    /// The steps.
    pub steps: Vec<PlanStep>,
    /// Estimated nanoseconds of a run, as far as known.
    pub cost: f32,
    /// Bytes of the arena.
    pub arena_bytes: usize,
    intervals: Vec<Interval>,
    /// Slot, dtype and shape of each interval.
    parts: Vec<(u32, DType, Shape)>,
    /// Slots that are emptied when a run ends: everything but constants and arena parts.
    clear: Vec<u32>,
    /// Whether some kernel makes its outputs itself and so might keep a part of the arena.
    may_leak: bool,
}

/// A plan, the shapes that it is for (None: any), and frames that are not in use.
struct Known {
    shapes: Option<Vec<Shape>>,
    plan: Arc<Plan>,
    idle: Vec<Frame>,
}

#[derive(Default)]
struct Inner {
    known: Vec<Known>,
    misses: u32,
}

/// The plans of a program by input shapes: a few, the latest first.
#[derive(Default)]
pub struct Plans(Mutex<Inner>);
const KEEP: usize = 8;
const GIVE_UP_AFTER: u32 = 16;
const KEEP_FRAMES: usize = 4;

impl Plans {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// A frame with the plan for these feeds; after many different shapes in a row with one for any shape.
    pub fn frame(&self, program: &Program, feeds: &[Tensor]) -> Result<Frame> {
        let mut inner = self.lock();
        let fits =
            |k: &Known| k.shapes.as_ref().is_some_and(|k| k.len() == feeds.len() && k.iter().zip(feeds).all(|(s, t)| s == t.shape()));
        let at = match inner.known.iter().position(fits) {
            Some(i) => {
                inner.misses = 0;
                inner.known.swap(i, 0);
                0
            }
            None => {
                inner.misses += 1;
                let any = inner.misses > GIVE_UP_AFTER;
                match inner.known.iter().position(|k| any && k.shapes.is_none()) {
                    Some(i) => i,
                    None => {
                        let shapes = (!any).then(|| feeds.iter().map(|t| t.shape().clone()).collect::<Vec<_>>());
                        let plan = Arc::new(build(program, shapes.as_deref())?);
                        inner.known.insert(0, Known { shapes, plan, idle: vec![] });
                        inner.known.truncate(KEEP);
                        0
                    }
                }
            }
        };
        let known = &mut inner.known[at];
        if let Some(frame) = known.idle.pop() {
            return Ok(frame);
        }
        let plan = known.plan.clone();
        drop(inner);
        Frame::new(program, plan)
    }
    /// Puts a frame back, unless somebody still holds a part of its arena.
    pub fn give_back(&self, mut frame: Frame) {
        for slot in &frame.plan.clear {
            frame.values[*slot as usize] = Tensor::default();
        }
        if frame.is_held() {
            return;
        }
        let mut inner = self.lock();
        if let Some(k) = inner.known.iter_mut().find(|k| Arc::ptr_eq(&k.plan, &frame.plan))
            && k.idle.len() < KEEP_FRAMES
        {
            k.idle.push(frame);
        }
    }
}

impl Frame {
    fn new(program: &Program, plan: Arc<Plan>) -> Result<Frame> {
        let mut values = vec![Tensor::default(); program.types.len()];
        for (slot, t) in &program.constants {
            values[*slot as usize] = t.clone();
        }
        let buffers = Arena::new(plan.intervals.clone())?.into_buffers();
        for ((slot, dtype, shape), b) in plan.parts.iter().zip(buffers) {
            values[*slot as usize] = Tensor::from_buffer(*dtype, shape.clone(), b)?;
        }
        Ok(Frame { plan, values })
    }
    /// Whether somebody else still holds a part of its arena, so that it cannot be used again.
    pub fn is_held(&self) -> bool {
        self.plan.may_leak && self.plan.parts.iter().any(|(slot, ..)| !self.values[*slot as usize].is_unique())
    }
    /// Takes the fetched values out and puts the frame back for the next run.
    pub fn finish(mut self, program: &Program) -> Result<Tensors> {
        let mut out = Tensors::new();
        let last_use = |i: usize| !program.fetches[i + 1..].contains(&program.fetches[i]);
        for (i, f) in program.fetches.iter().enumerate() {
            let slot = &mut self.values[*f as usize];
            let given = (*f as usize) < program.n_feeds + program.constants.len();
            let t = if given || !last_use(i) { slot.clone() } else { std::mem::take(slot) };
            out.push(t.settle()?);
        }
        program.plans.give_back(self);
        Ok(out)
    }
}

/// What is known of a step before it runs.
struct Outlook {
    prepared: Option<Prepared>,
    outs: SmallVec<[ValueType; 2]>,
}

fn build(program: &Program, shapes: Option<&[Shape]>) -> Result<Plan> {
    let mut types = program.types.clone();
    for (slot, t) in types.iter_mut().enumerate().take(program.n_feeds) {
        t.shape = shapes.map_or(PartialShape::UNKNOWN, |s| (&s[slot]).into());
    }
    let mut steps = Vec::with_capacity(program.steps.len());
    for s in &program.steps {
        let outlook = look_ahead(s, &types).unwrap_or(Outlook { prepared: None, outs: SmallVec::new() });
        for (i, t) in outlook.outs.into_iter().enumerate() {
            types[s.out as usize + i] = t;
        }
        let cost = match (&outlook.prepared, &s.action) {
            (Some(p), _) => p.cost,
            (None, Action::Deref) => 0.0,
            (None, _) => UNKNOWN_NS,
        };
        steps.push(PlanStep { prepared: outlook.prepared, cost, ..PlanStep::default() });
    }
    let cost = steps.iter().map(|s| s.cost).sum();
    let mut plan = Plan { steps, cost, arena_bytes: 0, intervals: vec![], parts: vec![], clear: vec![], may_leak: false };
    lay_out(program, &types, &mut plan)?;
    Ok(plan)
}

/// Infers shapes and prepares the kernel of a step, if its input shapes are known. Errors are left to the run.
fn look_ahead(s: &Step, types: &[ValueType]) -> Option<Outlook> {
    let ins: Vec<ValueType> = s.ins.iter().map(|i| types[*i as usize].clone()).collect();
    let kernel = match s.action {
        Action::Kernel(k) => k,
        Action::ToHost | Action::ToDevice => return Some(Outlook { prepared: None, outs: ins.into_iter().collect() }),
        Action::Deref => return None,
    };
    let op = s.node.op?;
    let out: Vec<_> = s.node.outputs.iter().map(|t| (t.dtype, t.is_ref)).collect();
    let mut outs: SmallVec<[ValueType; 2]> = Infer::run(op, &s.node.attrs, &ins, &out, true).ok()?.into();
    for (o, known) in outs.iter_mut().zip(&s.node.outputs) {
        if !o.shape.is_known()
            && let Some(m) = o.shape.merge(&known.shape)
        {
            o.shape = m;
        }
        if matches!(&o.value, Some(Partial::Known(t)) if t.count() > 1024) {
            o.value = None;
        }
    }
    let in_shapes = ins.iter().map(|t| t.shape.known()).collect::<Option<Vec<_>>>();
    let out_shapes: Vec<_> = outs.iter().map(|t| t.shape.known()).collect();
    let runtime_allocates = kernel.outputs == Outputs::Runtime;
    let prepared = in_shapes.filter(|_| !runtime_allocates || out_shapes.iter().all(Option::is_some)).and_then(|shapes| {
        let inputs: Vec<_> = ins.iter().zip(&shapes).map(|(t, s)| (t.dtype, s)).collect();
        let outputs: Vec<_> = outs.iter().zip(&out_shapes).map(|(t, s)| (t.dtype, s.as_ref())).collect();
        (kernel.prepare)(&Prep { op, attrs: &s.node.attrs, inputs: &inputs, outputs: &outputs }).ok()
    });
    Some(Outlook { prepared, outs })
}

/// Liveness, in-place writing and offsets.
fn lay_out(program: &Program, types: &[ValueType], plan: &mut Plan) -> Result<()> {
    const NEVER: u32 = u32::MAX;
    let n = types.len();
    let mut last = vec![NEVER; n]; // the last step that reads a slot, directly or through a view of it
    let mut kept = vec![false; n]; // whether the value, or a view of it, outlives the run
    let mut apart = vec![false; n]; // whether it goes into a list or a variable, and so needs memory of its own
    for f in &program.fetches {
        kept[*f as usize] = true;
    }
    for (i, s) in program.steps.iter().enumerate().rev() {
        // Objects count their holders, so that a view of one does not hold up its end.
        let object = s.n_out > 0 && types[s.out as usize].dtype.is_object();
        let view = s.node.op.is_some_and(|o| o.has(Flags::VIEW)) && matches!(s.action, Action::Kernel(_)) && !object;
        let outs = s.out as usize..(s.out + s.n_out) as usize;
        let (mut until, mut keep) = (i as u32, false);
        let mut own = s.node.op.is_some_and(|o| o.has(Flags::KEEPS));
        if view {
            own |= outs.clone().any(|o| apart[o]);
            until = outs.clone().map(|o| last[o]).filter(|l| *l != NEVER).max().unwrap_or(until).max(until);
            keep = outs.clone().any(|o| kept[o]);
        }
        for x in &s.ins {
            let l = &mut last[*x as usize];
            *l = if *l == NEVER { until } else { (*l).max(until) };
            kept[*x as usize] |= keep;
            apart[*x as usize] |= own;
        }
    }
    let first_made = program.n_feeds + program.constants.len();
    plan.clear = (0..program.n_feeds as u32).collect();
    let mut interval_of = vec![NEVER; n];
    let mut space = Space::default();
    for (i, s) in program.steps.iter().enumerate() {
        let kernel = match s.action {
            Action::Kernel(k) if k.outputs == Outputs::Runtime && plan.steps[i].prepared.is_some() => Some(k),
            Action::Kernel(k) => {
                plan.may_leak |= k.outputs == Outputs::Kernel;
                None
            }
            _ => None,
        };
        for k in 0..s.n_out {
            let slot = (s.out + k) as usize;
            let t = &types[slot];
            let shape = t.shape.known();
            let (Some(_), Some(shape)) = (kernel, shape) else {
                plan.clear.push(slot as u32);
                continue;
            };
            let len = byte_len(t.dtype, &shape).ok();
            let until = if last[slot] == NEVER { i as u32 } else { last[slot] };
            let arena_len = len.filter(|_| !kept[slot] && !apart[slot] && s.device.is_host() && !t.dtype.is_object());
            let Some(len) = arena_len else {
                plan.steps[i].alloc.push((k, t.dtype, shape));
                plan.clear.push(slot as u32);
                continue;
            };
            let room = len.max(1).next_multiple_of(ALIGN);
            let mut over = NEVER;
            if k == 0
                && let Some(p) = &plan.steps[i].prepared
            {
                over = (s.ins.iter().enumerate())
                    .filter(|(j, x)| *j < 8 && p.in_place & (1 << j) != 0 && last[**x as usize] == i as u32)
                    .filter(|(_, x)| s.ins.iter().filter(|y| y == x).count() == 1)
                    .map(|(_, x)| interval_of[*x as usize])
                    .find(|iv| *iv != NEVER && plan.intervals[*iv as usize].len == len)
                    .unwrap_or(NEVER);
            }
            let offset = match over {
                NEVER => space.take(room),
                iv => plan.intervals[iv as usize].offset,
            };
            if over != NEVER {
                space.keep(offset, until);
            } else {
                space.hold(offset, room, until);
            }
            interval_of[slot] = plan.intervals.len() as u32;
            plan.intervals.push(Interval { offset, len, from: i as u32, to: until, over });
            plan.parts.push((slot as u32, t.dtype, shape));
        }
        space.release(i as u32);
    }
    let fed = (0..program.n_feeds).filter(|f| program.owns_feeds || types[*f].dtype.is_object());
    for slot in fed.chain(first_made..n) {
        if interval_of[slot] == NEVER && last[slot] != NEVER && !kept[slot] {
            let (step, plan) = (&program.steps[last[slot] as usize], &mut plan.steps[last[slot] as usize]);
            plan.drops.push(slot as u32);
            let reads: SmallVec<[usize; 2]> = (0..step.ins.len()).filter(|i| step.ins[*i] as usize == slot).collect();
            if let (&[i], true) = (reads.as_slice(), types[slot].dtype.is_object())
                && i < 8
            {
                plan.last |= 1 << i;
            }
        }
    }
    for (s, p) in program.steps.iter().zip(&mut plan.steps) {
        let whole = matches!(s.action, Action::Kernel(k) if k.outputs == Outputs::Runtime) && p.prepared.is_some();
        p.bare = whole && p.alloc.is_empty() && p.drops.is_empty() && p.last == 0 && !s.node.op.is_some_and(|o| o.has(Flags::PYTHON));
    }
    plan.arena_bytes = space.end;
    Ok(())
}

/// The free and the held parts of the arena while it is being laid out.
#[derive(Default)]
struct Space {
    free: Vec<(usize, usize)>,
    held: Vec<(usize, usize, u32)>,
    end: usize,
}
impl Space {
    /// An offset for `len` bytes: the smallest free part that fits, else the end.
    fn take(&mut self, len: usize) -> usize {
        match (0..self.free.len()).filter(|i| self.free[*i].1 >= len).min_by_key(|i| self.free[*i].1) {
            Some(i) => {
                let (offset, room) = self.free[i];
                if room == len {
                    self.free.swap_remove(i);
                } else {
                    self.free[i] = (offset + len, room - len);
                }
                offset
            }
            None => {
                self.end += len;
                self.end - len
            }
        }
    }
    fn hold(&mut self, offset: usize, len: usize, until: u32) {
        self.held.push((offset, len, until));
    }
    /// A value is written over the one at `offset`: the place is held longer.
    fn keep(&mut self, offset: usize, until: u32) {
        if let Some(h) = self.held.iter_mut().find(|h| h.0 == offset) {
            h.2 = h.2.max(until);
        }
    }
    /// Frees what nobody reads after `step`, joining neighbours.
    fn release(&mut self, step: u32) {
        let mut i = 0;
        while i < self.held.len() {
            if self.held[i].2 > step {
                i += 1;
                continue;
            }
            let (mut offset, mut len, _) = self.held.swap_remove(i);
            while let Some(j) = self.free.iter().position(|(o, l)| o + l == offset || offset + len == *o) {
                let (o, l) = self.free.swap_remove(j);
                offset = offset.min(o);
                len += l;
            }
            self.free.push((offset, len));
        }
    }
}
