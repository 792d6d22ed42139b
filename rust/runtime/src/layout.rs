//! Where the values of a plan lie: liveness, in-place writing, offsets in the arena.
use crate::lanes::Section;
use crate::packing::tighten;
use crate::plan::Plan;
use crate::program::{Action, Program};
use crate::regions::Part;
use ferroflow_ops::{Flags, Gradient, Outputs, Prepared, ValueType};
use ferroflow_tensor::buffer::{ALIGN, Interval, Lane};
use ferroflow_tensor::{Result, byte_len};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

const NEVER: u32 = u32::MAX;

/// Lays the values out in the order of the plan's steps, by their places in it.
pub fn lay_out(program: &Program, types: &[ValueType], plan: &mut Plan) -> Result<()> {
    let n = types.len();
    let lanes = Lanes::of(&plan.sections, plan.order.len());
    let order = std::mem::take(&mut plan.order);
    let mut last = vec![NEVER; n]; // the place of the last step that reads a slot, directly or through a view of it
    let mut kept = vec![false; n]; // whether the value, or a view of it, outlives the run
    let mut apart = vec![false; n]; // whether it goes into a list or a variable, and so needs memory of its own
    for f in &program.fetches {
        kept[*f as usize] = true;
    }
    for (at, i) in order.iter().enumerate().rev() {
        let (s, p) = (&program.steps[*i as usize], &plan.steps[*i as usize]);
        // Objects count their holders, so that a view of one does not hold up its end.
        let object = s.n_out > 0 && types[s.out as usize].dtype.is_object();
        let alone = matches!(p.part, Part::Alone);
        let view = alone && s.node.op.is_some_and(|o| o.has(Flags::VIEW)) && matches!(s.action, Action::Kernel(_)) && !object;
        let outs = p.makes(s);
        let outs = outs.iter().map(|o| *o as usize);
        let (mut until, mut keep) = (at as u32, false);
        let mut own = alone && s.node.op.is_some_and(|o| o.has(Flags::KEEPS));
        if view {
            own |= outs.clone().any(|o| apart[o]);
            until = outs.clone().map(|o| last[o]).filter(|l| *l != NEVER).max().unwrap_or(until).max(until);
            keep = outs.clone().any(|o| kept[o]);
        }
        for x in p.reads(s) {
            let l = &mut last[*x as usize];
            *l = if *l == NEVER { until } else { (*l).max(until) };
            kept[*x as usize] |= keep;
            apart[*x as usize] |= own;
        }
    }
    let first_made = program.n_given();
    plan.stale = (0..program.n_feeds as u32).collect();
    let mut interval_of = vec![NEVER; n];
    let mut made_in = vec![NONE; n]; // the lane in which a slot is made
    let mut memory: Vec<u32> = (0..n as u32).collect(); // the slot whose memory a view shares, or itself
    let mut space = Space::default();
    for (at, i) in order.iter().enumerate() {
        let (s, at) = (&program.steps[*i as usize], at as u32);
        let lane = lanes.at(at);
        let step = &plan.steps[*i as usize];
        let ready = match (&step.part, &s.action) {
            (Part::Whole(_), _) => true,
            (Part::Alone, Action::Kernel(k)) => {
                plan.may_leak |= k.outputs == Outputs::Kernel;
                k.outputs == Outputs::Runtime && step.prepared.is_some()
            }
            _ => false,
        };
        let ins: SmallVec<[u32; 4]> = step.reads(s).into();
        if let (Part::Alone, Some(from)) = (&step.part, ins.first())
            && s.node.op.is_some_and(|o| o.has(Flags::VIEW))
        {
            memory[s.out as usize] = memory[*from as usize];
        }
        for (k, slot) in step.makes(s).into_iter().enumerate() {
            let slot = slot as usize;
            made_in[slot] = lane;
            let t = &types[slot];
            let shape = t.shape.known();
            let Some(shape) = shape.filter(|_| ready) else {
                plan.stale.push(slot as u32);
                continue;
            };
            let len = byte_len(t.dtype, &shape).ok();
            let arena_len = len.filter(|_| !kept[slot] && !apart[slot] && s.device.is_host() && !t.dtype.is_object());
            let Some(len) = arena_len else {
                plan.steps[*i as usize].alloc.push((k as u32, t.dtype, shape));
                plan.made.push(slot as u32);
                continue;
            };
            let until = if last[slot] == NEVER { at } else { lanes.until(last[slot], lane) };
            let room = len.max(1).next_multiple_of(ALIGN);
            let mut over = NEVER;
            if k == 0
                && let Some(p) = &plan.steps[*i as usize].prepared
            {
                over = (ins.iter().enumerate())
                    .filter(|(j, x)| *j < 8 && p.in_place & (1 << j) != 0 && last[**x as usize] == at)
                    .filter(|(_, x)| lane == NONE || made_in[**x as usize] == lane)
                    .filter(|(_, x)| ins.iter().filter(|y| memory[**y as usize] == memory[**x as usize]).count() == 1)
                    .map(|(_, x)| interval_of[*x as usize])
                    .find(|iv| *iv != NEVER && plan.intervals[*iv as usize].len == len)
                    .unwrap_or(NEVER);
            }
            let offset = match over {
                NEVER => space.take(room, lane),
                iv => plan.intervals[iv as usize].offset,
            };
            if over != NEVER {
                space.keep(offset, until);
            } else {
                space.hold(offset, room, until);
            }
            interval_of[slot] = plan.intervals.len() as u32;
            plan.intervals.push(Interval { offset, len, from: at, to: until, over, lane: lanes.interval(lane) });
            plan.parts.push((slot as u32, t.dtype, shape));
        }
        space.release(at, lane);
        if lanes.ends(at) {
            space.share();
        }
    }
    let fed = (0..program.n_feeds).filter(|f| program.owns_feeds || types[*f].dtype.is_object());
    for slot in fed.chain(first_made..n) {
        let decides = slot < program.n_feeds && program.head.is_some() && (last[slot] as usize) < plan.head;
        if interval_of[slot] == NEVER && last[slot] != NEVER && !kept[slot] && !decides {
            let lane = lanes.at(last[slot]);
            if lane != NONE && lane != made_in[slot] {
                plan.sections[lanes.bounds[lane as usize].0].drops.push(slot as u32);
                continue;
            }
            let i = order[last[slot] as usize] as usize;
            let (step, plan) = (&program.steps[i], &mut plan.steps[i]);
            plan.drops.push(slot as u32);
            let ins = plan.reads(step);
            let reads: SmallVec<[usize; 2]> = (0..ins.len()).filter(|i| ins[*i] as usize == slot).collect();
            if let (&[i], true) = (reads.as_slice(), types[slot].dtype.is_object())
                && i < 8
            {
                plan.last |= 1 << i;
            }
        }
    }
    for (s, p) in program.steps.iter().zip(&mut plan.steps) {
        let whole = matches!(s.action, Action::Kernel(k) if k.outputs == Outputs::Runtime) && p.prepared.is_some();
        if s.node.op.is_some_and(|o| matches!(o.entry.grad, Gradient::Body)) {
            p.own = Some(plan.owned);
            plan.owned += 1;
        }
        let plain = matches!(p.part, Part::Alone) && !s.node.op.is_some_and(|o| o.has(Flags::PYTHON));
        p.bare = whole && plain && p.drops.is_empty() && p.last == 0;
    }
    plan.order = order;
    share(program, plan);
    plan.arena_bytes = tighten(&mut plan.intervals, space.end);
    Ok(())
}

/// Products by the same operand from which it pays to pack it for all of them.
const PAYS: usize = 4;

/// Gives steps that make the same thing of the same operand one place for it: several of them, or one in the rounds of a loop
/// that leave the operand as it is.
fn share(program: &Program, plan: &mut Plan) {
    let mut users: FxHashMap<(u32, [usize; 3]), Vec<usize>> = FxHashMap::default();
    for i in plan.order.iter().map(|i| *i as usize) {
        if let (Part::Alone, Some(Prepared { shares: Some((input, what)), .. })) = (&plan.steps[i].part, &plan.steps[i].prepared) {
            users.entry((program.steps[i].ins[*input as usize], *what)).or_default().push(i);
        }
    }
    for ((slot, _), steps) in users {
        let stays = program.head.is_some() && program.fetches.get(1 + slot as usize) == Some(&slot);
        if !stays && (program.head.is_some() || steps.len() < PAYS) {
            continue;
        }
        for i in &steps {
            plan.steps[*i].own = Some(plan.owned);
        }
        plan.owned += 1;
        if let Some(last) = steps.last().filter(|_| !stays) {
            (plan.steps[*last].ends_sharing, plan.steps[*last].bare) = (true, false);
        }
    }
}

/// No lane: a step that runs by itself.
const NONE: u32 = u32::MAX;

/// The lanes of all sections, numbered.
struct Lanes {
    /// The lane of each place; empty where there are none.
    of: Vec<u32>,
    /// For each lane: number of its section, its first place, its last.
    bounds: Vec<(usize, u32, u32)>,
}

impl Lanes {
    fn of(sections: &[Section], places: usize) -> Lanes {
        let (mut of, mut bounds) = (vec![], vec![]);
        for (number, s) in sections.iter().enumerate() {
            of.resize(places, NONE);
            for lane in &s.lanes {
                of[lane.steps.start as usize..lane.steps.end as usize].fill(bounds.len() as u32);
                bounds.push((number, s.steps.start, s.steps.end - 1));
            }
        }
        Lanes { of, bounds }
    }
    fn at(&self, place: u32) -> u32 {
        self.of.get(place as usize).copied().unwrap_or(NONE)
    }
    /// Until when a value is alive that is made in `lane` and read last at a place: where other lanes run beside that, to their end.
    fn until(&self, last: u32, lane: u32) -> u32 {
        match self.at(last) {
            NONE => last,
            at if at == lane => last,
            at => self.bounds[at as usize].2,
        }
    }
    fn interval(&self, lane: u32) -> Option<Lane> {
        self.bounds.get(lane as usize).map(|(_, from, to)| Lane { id: lane, from: *from, to: *to })
    }
    /// Whether the last lane of a section ends at a place.
    fn ends(&self, place: u32) -> bool {
        self.bounds.get(self.at(place) as usize).is_some_and(|b| b.2 == place)
    }
}

/// A free part of the arena.
#[derive(Clone, Copy)]
struct Free {
    offset: usize,
    len: usize,
    /// The lane that alone may take it, as others run beside it.
    lane: u32,
}

/// The free and the held parts of the arena while it is being laid out.
#[derive(Default)]
struct Space {
    free: Vec<Free>,
    held: Vec<(usize, usize, u32)>,
    end: usize,
}
impl Space {
    /// An offset for `len` bytes: the smallest free part that fits, else the end.
    fn take(&mut self, len: usize, lane: u32) -> usize {
        let fits = |f: &Free| f.len >= len && (f.lane == NONE || f.lane == lane);
        match (0..self.free.len()).filter(|i| fits(&self.free[*i])).min_by_key(|i| self.free[*i].len) {
            Some(i) => {
                let f = &mut self.free[i];
                let offset = f.offset;
                if f.len == len {
                    self.free.swap_remove(i);
                } else {
                    (f.offset, f.len) = (offset + len, f.len - len);
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
    /// Frees what nobody reads after `step`; while other lanes run beside its lane, for that alone.
    fn release(&mut self, step: u32, lane: u32) {
        let mut i = 0;
        while i < self.held.len() {
            if self.held[i].2 > step {
                i += 1;
                continue;
            }
            let (offset, len, _) = self.held.swap_remove(i);
            self.give(Free { offset, len, lane });
        }
    }
    /// Adds a free part, joined with its neighbours.
    fn give(&mut self, mut part: Free) {
        let beside = |f: &Free, part: &Free| f.lane == part.lane && (f.offset + f.len == part.offset || part.offset + part.len == f.offset);
        while let Some(j) = self.free.iter().position(|f| beside(f, &part)) {
            let f = self.free.swap_remove(j);
            (part.offset, part.len) = (part.offset.min(f.offset), part.len + f.len);
        }
        self.free.push(part);
    }
    /// Lanes are over: what was free for one is free for all.
    fn share(&mut self) {
        for part in std::mem::take(&mut self.free) {
            self.give(Free { lane: NONE, ..part });
        }
    }
}
