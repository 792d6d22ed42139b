//! Stage 2 of compilation: for known input shapes, prepares kernels and lays the values out in one arena.
use crate::devices;
use crate::lanes::{Section, arrange};
use crate::layout::lay_out;
use crate::program::{Action, Program, Step};
use crate::regions::{self, Fused, Part};
use crate::step::Tensors;
use ferroflow_ops::kernel::Own;
use ferroflow_ops::{Constants, Infer, Outputs, Partial, Prep, Prepared, ValueType};
use ferroflow_tensor::buffer::{Arena, Interval};
use ferroflow_tensor::{DType, PartialShape, Result, Shape, Tensor};
use rustc_hash::FxHasher;
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

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
    /// The number of what it has for itself in a frame, if it calls functions or shares something.
    pub own: Option<u32>,
    /// Whether it is the last one to share that.
    pub ends_sharing: bool,
    /// Estimated nanoseconds.
    pub cost: f32,
    /// Whether nothing is to be done after the call of its kernel.
    pub bare: bool,
    /// What it does for a region of steps that run as one.
    pub part: Part,
    /// Slots that it makes whose shape was said, not inferred, and is believed: the run holds the values against it.
    pub claims: SmallVec<[(u32, PartialShape); 1]>,
}

impl PlanStep {
    /// The slots that are read when a step runs.
    pub fn reads<'a>(&'a self, s: &'a Step) -> &'a [u32] {
        match &self.part {
            Part::Alone => &s.ins,
            Part::Whole(f) => &f.ins,
            Part::Elsewhere => &[],
        }
    }
    /// The slots that are made when a step runs.
    pub fn makes(&self, s: &Step) -> SmallVec<[u32; 2]> {
        match &self.part {
            Part::Alone => (s.out..s.out + s.n_out).collect(),
            Part::Whole(f) => f.outs.as_slice().into(),
            Part::Elsewhere => SmallVec::new(),
        }
    }
}

/// The values of one run. Kept and used again.
pub struct Frame {
    /// The plan that it is laid out by.
    pub plan: Arc<Plan>,
    /// One tensor for each slot.
    pub values: Vec<Tensor>,
    /// What belongs to steps that call functions, or that share something.
    pub own: Vec<Own>,
    /// The values of steps that run at once with others, for each lane.
    pub lanes: Vec<Vec<Tensor>>,
    /// Whether a value had another shape than the plan says: all that follows runs step by step, and the frame is not used again.
    pub doubted: bool,
}

/// A program laid out for input shapes.
pub struct Plan {
    /// The steps.
    pub steps: Vec<PlanStep>,
    /// Those that run, in this order: all but parts of regions.
    pub order: Vec<u32>,
    /// Where several of them run at once.
    pub sections: Vec<Section>,
    /// For a loop: how many of these belong to its condition.
    pub head: usize,
    /// Estimated nanoseconds of a run, as far as known.
    pub cost: f32,
    /// Bytes of the arena.
    pub arena_bytes: usize,
    pub(crate) intervals: Vec<Interval>,
    /// Slot, dtype and shape of each interval.
    pub(crate) parts: Vec<(u32, DType, Shape)>,
    /// Slots that are emptied when a run ends: feeds, and what kernels make.
    pub(crate) stale: Vec<u32>,
    /// Those that are emptied when a frame is put away: results that were allocated for their steps.
    pub(crate) made: Vec<u32>,
    /// How many things steps have for themselves in a frame.
    pub(crate) owned: u32,
    /// Whether some kernel makes its outputs itself and so might keep a part of the arena.
    pub(crate) may_leak: bool,
    feeds: Feeds,
    /// For a loop: the variables whose next value may have another shape, or memory that it cannot stay in.
    pub unsure: Vec<u32>,
}

/// The feeds that a plan is for.
enum Feeds {
    /// Of these shapes.
    Exactly(Vec<Shape>),
    /// Of any shapes that fit these.
    Within(Vec<PartialShape>),
}

impl Feeds {
    fn accept<'a>(&self, mut shapes: impl ExactSizeIterator<Item = &'a Shape>) -> bool {
        match self {
            Feeds::Exactly(known) => known.len() == shapes.len() && known.iter().all(|s| shapes.next() == Some(s)),
            Feeds::Within(known) => known.len() == shapes.len() && known.iter().all(|s| shapes.next().is_some_and(|x| s.accepts(x))),
        }
    }
    /// The shapes that fit these or those of `feeds`.
    fn relax(&self, feeds: Vec<PartialShape>) -> Vec<PartialShape> {
        match self {
            Feeds::Exactly(known) => feeds.iter().zip(known).map(|(a, b)| a.relax(&b.into())).collect(),
            Feeds::Within(known) => feeds.iter().zip(known).map(|(a, b)| a.relax(b)).collect(),
        }
    }
}

impl Plan {
    /// Whether it is for feeds of these shapes.
    pub fn fits(&self, feeds: &[Tensor]) -> bool {
        self.feeds.accept(feeds.iter().map(|t| t.shape()))
    }
    /// The shapes of its feeds, if it is for these alone.
    pub fn shapes(&self) -> Option<&[Shape]> {
        match &self.feeds {
            Feeds::Exactly(shapes) => Some(shapes),
            Feeds::Within(_) => None,
        }
    }
    /// Whether it is for feeds of various shapes.
    pub fn is_common(&self) -> bool {
        matches!(self.feeds, Feeds::Within(_))
    }
    /// Whether it is for a value of this shape as feed `i`.
    pub fn accepts(&self, i: usize, shape: &Shape) -> bool {
        match &self.feeds {
            Feeds::Exactly(known) => known[i] == *shape,
            Feeds::Within(known) => known[i].accepts(shape),
        }
    }
}

impl Plan {
    /// What lies in the arena during the step where it is fullest: the numbers of the steps that made it, and its bytes.
    pub fn fullest(&self) -> Vec<(usize, usize)> {
        // A value that is written over another one takes no place of its own at that step.
        let alive = |at: u32| self.intervals.iter().filter(move |v| v.from <= at && at <= v.to && (v.from < at || v.over == u32::MAX));
        let Some(at) = (0..self.order.len() as u32).max_by_key(|at| alive(*at).map(|v| v.len).sum::<usize>()) else { return vec![] };
        alive(at).map(|v| (self.order[v.from as usize] as usize, v.len)).collect()
    }
    /// The regions that run as one step each.
    pub fn regions(&self) -> impl Iterator<Item = &Fused> {
        self.steps.iter().filter_map(|s| match &s.part {
            Part::Whole(fused) => Some(&**fused),
            _ => None,
        })
    }
}

/// A plan, and frames that are not in use.
struct Known {
    plan: Arc<Plan>,
    idle: Vec<Frame>,
}

#[derive(Default)]
struct Inner {
    known: Vec<Known>,
    misses: u32,
    /// A hash of the shapes of the last miss, and how often they came in a row.
    latest: (u64, u32),
    /// Whether a shape that was said of a value has turned out wrong: plans count on inferred ones alone.
    doubts: bool,
}

impl Inner {
    /// The place of a plan for these feeds, or what a plan is to be made for.
    fn find(&mut self, feeds: &[&Shape], alone: bool) -> std::result::Result<usize, Feeds> {
        if let Some(i) = self.known.iter().position(|k| !k.plan.is_common() && k.plan.feeds.accept(feeds.iter().copied())) {
            self.misses = 0;
            return Ok(i);
        }
        self.misses += 1;
        let shapes = feeds.iter().copied();
        if self.misses <= GIVE_UP_AFTER || self.again(feeds) || alone {
            return Err(Feeds::Exactly(shapes.cloned().collect()));
        }
        if let Some(i) = self.known.iter().position(|k| k.plan.feeds.accept(shapes.clone())) {
            return Ok(i);
        }
        let shapes = shapes.map(PartialShape::from).collect();
        Err(Feeds::Within(self.known.iter().fold(shapes, |s, k| k.plan.feeds.relax(s))))
    }
    /// An idle frame of a plan, which becomes the latest; else the plan.
    fn take(&mut self, at: usize) -> std::result::Result<Frame, Arc<Plan>> {
        self.known.swap(at, 0);
        let known = &mut self.known[0];
        known.idle.pop().ok_or_else(|| known.plan.clone())
    }
    fn add(&mut self, plan: Arc<Plan>) {
        self.known.insert(0, Known { plan, idle: vec![] });
        self.known.truncate(KEEP);
    }
    /// Whether these feeds miss with the same shapes again and again.
    fn again(&mut self, feeds: &[&Shape]) -> bool {
        let mut hasher = FxHasher::default();
        feeds.iter().for_each(|s| s.hash(&mut hasher));
        let (hash, times) = (hasher.finish(), self.latest.1);
        self.latest = (hash, if hash == self.latest.0 { times + 1 } else { 0 });
        times >= AGAIN
    }
}

/// The plans of a program by input shapes: a few, the latest first.
pub struct Plans {
    inner: Mutex<Inner>,
    /// The process that they were made in.
    process: u32,
}
impl Default for Plans {
    fn default() -> Plans {
        Plans { inner: Mutex::default(), process: std::process::id() }
    }
}
const KEEP: usize = 8;
const GIVE_UP_AFTER: u32 = 16;
const AGAIN: u32 = 8;
/// Idle frames of a plan: so many, and more of small ones, as a program may call a function in many places.
const KEEP_FRAMES: usize = 4;
const KEEP_SMALL: usize = 64;
const SMALL_FRAME: usize = 1 << 14;

impl Plans {
    /// None in a forked child where the lock is taken: maybe by a thread that the child does not have.
    fn lock(&self) -> Option<MutexGuard<'_, Inner>> {
        match self.inner.try_lock() {
            Ok(inner) => Some(inner),
            Err(TryLockError::Poisoned(e)) => Some(e.into_inner()),
            Err(TryLockError::WouldBlock) if self.process != std::process::id() => None,
            Err(TryLockError::WouldBlock) => Some(self.inner.lock().unwrap_or_else(|e| e.into_inner())),
        }
    }
    /// A frame with the plan for these feeds; after many different shapes in a row with one for all that these have in common,
    /// unless it is worth while to have one for these alone.
    pub fn frame(&self, program: &Program, feeds: &[Tensor], alone: bool) -> Result<Frame> {
        let shapes: SmallVec<[&Shape; 8]> = feeds.iter().map(|t| t.shape()).collect();
        self.frame_for(program, &shapes, alone)
    }
    /// The same for feeds of these shapes.
    pub fn frame_for(&self, program: &Program, feeds: &[&Shape], alone: bool) -> Result<Frame> {
        let wanted = match self.lock() {
            Some(mut inner) => match inner.find(feeds, alone) {
                Ok(at) => return inner.take(at).map_or_else(|plan| Frame::new(program, plan), Ok),
                Err(wanted) => wanted,
            },
            None => Feeds::Exactly(feeds.iter().map(|s| (*s).clone()).collect()),
        };
        let believes = self.lock().is_some_and(|inner| !inner.doubts);
        let plan = Arc::new(build(program, wanted, believes)?); // others go on meanwhile
        if let Some(mut inner) = self.lock()
            && believes != inner.doubts
        {
            inner.add(plan.clone());
        }
        Frame::new(program, plan)
    }
    /// Forgets plans that count on shapes that were said of values, and makes no more of them.
    #[cold]
    pub fn doubt(&self) {
        let Some(mut inner) = self.lock() else { return };
        inner.doubts = true;
        let gone = std::mem::take(&mut inner.known);
        drop(inner);
        drop(gone); // outside the lock: frames own values of any kind
    }
    /// Puts a frame back, unless somebody still holds a part of its arena.
    pub fn give_back(&self, mut frame: Frame) {
        for slot in frame.plan.stale.iter().chain(&frame.plan.made) {
            let value = &mut frame.values[*slot as usize];
            if !value.is_spare() {
                *value = Tensor::default();
            }
        }
        frame.own.iter_mut().for_each(Own::rest);
        if frame.doubted || frame.is_held() {
            return;
        }
        let Some(mut inner) = self.lock() else { return };
        if let Some(k) = inner.known.iter_mut().find(|k| Arc::ptr_eq(&k.plan, &frame.plan))
            && k.idle.len() < if frame.plan.arena_bytes < SMALL_FRAME { KEEP_SMALL } else { KEEP_FRAMES }
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
        let own = (0..plan.owned).map(|_| Own::default()).collect();
        Ok(Frame { plan, values, own, lanes: vec![], doubted: false })
    }
    /// Whether somebody else still holds a part of its arena, so that it cannot be used again.
    pub fn is_held(&self) -> bool {
        self.plan.may_leak && self.plan.parts.iter().any(|(slot, ..)| !self.values[*slot as usize].is_unique())
    }
    /// Feeds it a copy of bytes. InvalidArgument if there are not as many as the shape asks for.
    #[inline]
    pub fn feed(&mut self, i: usize, dtype: DType, shape: &Shape, bytes: &[u8]) -> Result<()> {
        let slot = &mut self.values[i];
        let same = slot.dtype() == dtype && slot.shape() == shape;
        match slot.bytes_mut().filter(|to| same && to.len() == bytes.len()) {
            Some(to) => to.copy_from_slice(bytes),
            None => *slot = Tensor::from_bytes(dtype, shape.clone(), bytes)?,
        }
        Ok(())
    }
    /// Takes the fetched values out and puts the frame back for the next run.
    pub fn finish(mut self, program: &Program) -> Result<Tensors> {
        let mut out = Tensors::new();
        self.hand_out(program, |_, t| {
            out.push(t);
            Ok(Tensor::default())
        })?;
        program.plans.give_back(self);
        Ok(out)
    }
    /// Takes the fetched values out one by one. What `give` has no more use for, a step may write over in the next run.
    pub fn hand_out(&mut self, program: &Program, mut give: impl FnMut(usize, Tensor) -> Result<Tensor>) -> Result<()> {
        for (i, f) in program.fetches.iter().enumerate() {
            let (given, slot) = ((*f as usize) < program.n_given(), &mut self.values[*f as usize]);
            if given || program.fetches[i + 1..].contains(f) {
                give(i, slot.clone().settle()?)?;
            } else {
                *slot = give(i, std::mem::take(slot).settle()?)?;
            }
        }
        Ok(())
    }
    /// Empties it for another run from the same step: only places for results stay.
    pub fn clear(&mut self) {
        for slot in &self.plan.stale {
            self.values[*slot as usize] = Tensor::default();
        }
    }
}

/// A callee and its frame for the next call from the same step, which goes back when the caller's frame is put away.
pub struct Kept<F: AsRef<Program>> {
    /// What is called.
    pub callee: Arc<F>,
    frame: Option<Frame>,
}

impl<F: AsRef<Program>> Kept<F> {
    /// Of this callee.
    pub fn new(callee: Arc<F>) -> Self {
        Kept { callee, frame: None }
    }
    /// A frame for these arguments; those of other shapes than before are checked.
    pub fn frame(&mut self, args: &[Tensor], alone: bool, check: impl FnOnce(&[Tensor]) -> Result<()>) -> Result<Frame> {
        match self.frame.take() {
            Some(frame) if frame.plan.fits(args) && !frame.is_held() && !(alone && frame.plan.is_common()) => Ok(frame),
            other => {
                self.frame = other;
                self.put_away();
                check(args)?;
                let program = (*self.callee).as_ref();
                program.plans.frame(program, args, alone)
            }
        }
    }
    /// Keeps a frame for the next call.
    pub fn keep(&mut self, mut frame: Frame) {
        if !frame.doubted {
            frame.clear();
            self.frame = Some(frame);
        }
    }
    fn put_away(&mut self) {
        if let Some(frame) = self.frame.take() {
            (*self.callee).as_ref().plans.give_back(frame);
        }
    }
}

impl<F: AsRef<Program>> Drop for Kept<F> {
    fn drop(&mut self) {
        self.put_away();
    }
}

/// What is known of a step before it runs.
struct Outlook {
    prepared: Option<Prepared>,
    outs: SmallVec<[ValueType; 2]>,
}

/// A plan for feeds of these shapes, which is not kept.
pub fn plan_for(program: &Program, feeds: Vec<Shape>) -> Result<Plan> {
    build(program, Feeds::Exactly(feeds), true)
}

/// A plan for feeds. If it `believes`, it counts on the shapes that were said of values which cannot be inferred.
fn build(program: &Program, feeds: Feeds, believes: bool) -> Result<Plan> {
    let mut types = program.types.clone();
    for (slot, t) in types.iter_mut().enumerate().take(program.n_feeds) {
        t.shape = match &feeds {
            Feeds::Exactly(shapes) => (&shapes[slot]).into(),
            Feeds::Within(shapes) => shapes[slot].clone(),
        };
    }
    let mut read = vec![false; types.len()];
    program.steps.iter().flat_map(|s| &s.ins).chain(&program.fetches).for_each(|x| read[*x as usize] = true);
    let mut steps = Vec::with_capacity(program.steps.len());
    for s in &program.steps {
        let made = s.out as usize..(s.out + s.n_out) as usize;
        let outlook = look_ahead(program, s, &types).unwrap_or_else(|| {
            let unknown = |t: &ValueType| ValueType { shape: PartialShape::UNKNOWN, value: None, ..t.clone() };
            Outlook { prepared: None, outs: program.types[made.clone()].iter().map(unknown).collect() }
        });
        let mut claims = SmallVec::new();
        let told = reads_a_variable(s, &types);
        for (slot, mut t) in made.zip(outlook.outs) {
            let sure = if told && !t.dtype.is_object() { PartialShape::UNKNOWN } else { t.shape.clone() };
            if sure.is_known() || !believes || !read[slot] {
                t.shape = sure;
            } else {
                t.shape = t.shape.merge(&program.types[slot].shape).unwrap_or(t.shape);
                if t.shape != sure {
                    claims.push((slot as u32, t.shape.clone()));
                }
            }
            types[slot] = t;
        }
        let cost = match (&outlook.prepared, &s.action) {
            (Some(p), _) => p.cost,
            (None, Action::Deref) => 0.0,
            (None, _) => UNKNOWN_NS,
        };
        steps.push(PlanStep { prepared: outlook.prepared, cost, claims, ..PlanStep::default() });
    }
    regions::fuse(program, &types, &mut steps);
    let cost = steps.iter().map(|s| s.cost).sum();
    let mut order: Vec<u32> = (0..steps.len() as u32).filter(|i| !matches!(steps[*i as usize].part, Part::Elsewhere)).collect();
    let head = order.partition_point(|i| (*i as usize) < program.head.unwrap_or(0));
    let threads = if program.at_once { devices::host().threads() } else { 1 };
    let sections = arrange(program, &steps, &mut order, head, threads);
    let (intervals, parts, stale, made, unsure) = (vec![], vec![], vec![], vec![], vec![]);
    let mut plan = Plan {
        steps,
        order,
        sections,
        head,
        cost,
        arena_bytes: 0,
        intervals,
        parts,
        stale,
        made,
        owned: 0,
        may_leak: false,
        feeds,
        unsure,
    };
    lay_out(program, &types, &mut plan)?;
    if program.head.is_some() {
        plan.unsure = not_sure(program, &types, &plan);
    }
    Ok(plan)
}

/// Whether a step makes values of the shape that a variable has, which may be another one than its handle says.
fn reads_a_variable(s: &Step, types: &[ValueType]) -> bool {
    matches!(s.action, Action::Kernel(k) if k.outputs == Outputs::Kernel) && s.ins.iter().any(|x| types[*x as usize].handle.is_some())
}

/// The variables of a loop that no step makes as they were planned, in memory of their own.
fn not_sure(program: &Program, types: &[ValueType], plan: &Plan) -> Vec<u32> {
    let mut stays: Vec<bool> = (0..types.len()).map(|slot| slot < program.n_given()).collect();
    for (s, p) in program.steps.iter().zip(&plan.steps) {
        let made = p.makes(s);
        p.alloc.iter().for_each(|(k, ..)| stays[made[*k as usize] as usize] = true);
    }
    let sure = |(i, slot): (usize, usize)| {
        let (now, next) = (&types[i], &types[slot]);
        slot == i || stays[slot] && !now.dtype.is_object() && now.shape.is_known() && now.shape == next.shape
    };
    let next = program.fetches[1..].iter().map(|slot| *slot as usize).enumerate();
    next.filter(|n| !sure(*n)).map(|(i, _)| i as u32).collect()
}

/// Infers shapes and prepares the kernel of a step, if its input shapes are known. Errors are left to the run.
fn look_ahead(program: &Program, s: &Step, types: &[ValueType]) -> Option<Outlook> {
    let ins: Vec<ValueType> = s.ins.iter().map(|i| types[*i as usize].clone()).collect();
    let kernel = match s.action {
        Action::Kernel(k) => k,
        Action::ToHost | Action::ToDevice { .. } => return Some(Outlook { prepared: None, outs: ins.into_iter().collect() }),
        Action::Deref => return None,
    };
    let op = s.node.op?;
    let out: Vec<_> = s.node.outputs.iter().map(|t| (t.dtype, t.is_ref)).collect();
    let mut outs: SmallVec<[ValueType; 2]> = Infer::run(op, &s.node.attrs, &ins, &out, true).ok()?.into();
    for o in &mut outs {
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
        let values: SmallVec<[_; 4]> = s.ins.iter().map(|slot| program.constant(*slot)).collect();
        let constants = Constants { values: &values, kept: Some(&s.kept) };
        (kernel.prepare)(&Prep { op, attrs: &s.node.attrs, inputs: &inputs, outputs: &outputs, constants }).ok()
    });
    Some(Outlook { prepared, outs })
}
