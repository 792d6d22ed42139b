//! Fuses elementwise regions: neighbouring steps that a device runs as one tape, found when the shapes are known.
//!
//! A region has a space: rows and columns, or just elements. Its values have an element for each place, or for each row once a
//! reduction of rows is among them; operands from outside may also be a row or a single element. A region runs where its
//! last step stood. As soon as another step reads one of its values it keeps its place, and takes only steps whose other
//! operands are ready by then.
use crate::plan::PlanStep;
use crate::program::{Program, Step};
use crate::selftest;
use ferroflow_ops::tape::{Role, Source, Span, Tape, TapeOp};
use ferroflow_ops::{Partial, Prepared, ValueType};
use ferroflow_tensor::Shape;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::Arc;

/// A region as one step.
pub struct Fused {
    /// The slots that it reads.
    pub ins: Vec<u32>,
    /// The slots that it makes.
    pub outs: Vec<u32>,
    /// Whether all slots that it reads come before the first that it makes.
    pub in_order: bool,
    /// Its ops, for traces.
    pub ops: String,
    /// Names of its nodes, for traces.
    pub nodes: String,
    /// Its steps, in their own order.
    pub members: Vec<u32>,
}

/// What a step of a plan does for a region.
#[derive(Default)]
pub enum Part {
    /// It runs by itself.
    #[default]
    Alone,
    /// It runs the region.
    Whole(Box<Fused>),
    /// It is a part of a region that runs elsewhere.
    Elsewhere,
}

/// A region that is being collected.
#[derive(Clone)]
struct Region {
    space: Space,
    /// Steps, in the order in which they were taken.
    members: Vec<u32>,
    /// The step in whose place it runs.
    at: u32,
    /// Whether something reads its values, so that it keeps its place.
    frozen: bool,
    /// The first step in whose place it could run: all that it reads is ready by then.
    ready: u32,
}

/// What the values of a region have in common.
#[derive(Clone)]
struct Space {
    shape: Shape,
    /// Elements of a row, once some operand or reduction has fixed them.
    columns: Option<usize>,
    /// The shape of values with an element for each row, once there is a reduction.
    column_shape: Option<Shape>,
}

struct Finder<'a> {
    program: &'a Program,
    types: &'a [ValueType],
    regions: Vec<Region>,
    /// The region that took a region in, or itself.
    merged: Vec<u32>,
    /// The region of the value in a slot.
    home: Vec<u32>,
    /// Whether the value in a slot has an element for each row of its region only.
    narrow: Vec<bool>,
    /// The step after which a slot is ready, plus one; 0 for what is ready from the start.
    made: Vec<u32>,
}

/// A step with what is known of it.
struct Candidate<'a> {
    index: u32,
    role: Role,
    args: &'a [u32],
    shapes: SmallVec<[Shape; 3]>,
    out: Shape,
    /// For a reduction: elements of a row.
    width: Option<usize>,
}

/// No step runs later than its own turn by more steps than this: what it reads would have to stay in memory until then.
const FAR: u32 = 64;
/// The most elements of a row that is reduced.
const LONGEST_ROW: usize = 8192;
const NONE: u32 = u32::MAX;

/// A region that the device runs as one step.
struct Made {
    /// The step in whose place it runs.
    at: u32,
    prepared: Prepared,
    fused: Fused,
}

/// Replaces the steps of regions by tapes.
pub fn fuse(program: &Program, types: &[ValueType], steps: &mut [PlanStep]) {
    let mut open: Vec<bool> =
        program.steps.iter().zip(&*steps).map(|(s, p)| s.role.is_some() && p.prepared.is_some() && p.claims.is_empty()).collect();
    if !open.contains(&true) {
        return;
    }
    let mut readers: Vec<u32> = vec![0; types.len()];
    program.steps.iter().flat_map(|s| &s.ins).chain(&program.fetches).for_each(|x| readers[*x as usize] += 1);
    let made = loop {
        let regions = find(program, types, &open);
        let (mut made, mut again) = (vec![], false);
        for region in regions.regions.iter().filter(|r| r.members.len() > 1) {
            match regions.tape(region, &readers) {
                Some(m) => made.push(m),
                // Others may count on a value that was to be ready before its step's own turn.
                None if region.members.iter().any(|m| *m > region.at) => {
                    region.members.iter().for_each(|m| open[*m as usize] = false);
                    again = true;
                }
                None => {}
            }
        }
        if !again {
            break made;
        }
    };
    for Made { at, prepared, fused } in made {
        for m in &fused.members {
            let step = &mut steps[*m as usize];
            (step.prepared, step.cost, step.part) = (None, 0.0, Part::Elsewhere);
        }
        let step = &mut steps[at as usize];
        (step.cost, step.prepared, step.part) = (prepared.cost, Some(prepared), Part::Whole(Box::new(fused)));
    }
}

/// Collects the regions of the steps that may be part of one.
fn find<'a>(program: &'a Program, types: &'a [ValueType], open: &[bool]) -> Finder<'a> {
    let n = types.len();
    let mut f = Finder { program, types, regions: vec![], merged: vec![], home: vec![NONE; n], narrow: vec![false; n], made: vec![0; n] };
    for (i, s) in program.steps.iter().enumerate() {
        if !open[i] || !f.take(i as u32, s) {
            f.pass(i as u32, s);
        }
    }
    f
}

/// How an operand lies in a space, where it may broadcast; None if it is none of the forms that tapes know, or if rows of
/// another length are needed than the space has.
fn span(operand: &Shape, space: &Shape, columns: &mut Option<usize>) -> Option<Span> {
    if operand == space {
        return Some(Span::All);
    }
    let count = operand.count();
    if count == 1 {
        return Some(Span::Single);
    }
    if count == space.count() {
        return Some(Span::All);
    }
    let from = operand.rank().checked_sub(operand.iter().skip_while(|d| **d == 1).count())?;
    let dims = &operand[from..];
    let rank = space.rank();
    let (span, width) = if dims.len() <= rank && *dims == space[rank - dims.len()..] {
        (Span::Row, count)
    } else if operand.rank() == rank {
        let kept = rank - operand.iter().rev().take_while(|d| **d == 1).count();
        if operand[..kept] != space[..kept] {
            return None;
        }
        (Span::Column, space[kept..].iter().product())
    } else {
        return None;
    };
    match *columns {
        Some(c) if c != width => None,
        _ => {
            *columns = Some(width);
            Some(span)
        }
    }
}

/// The operands of a step that are operands on a tape.
fn operands(s: &Step, role: Role) -> &[u32] {
    if role == Role::Reduction { &s.ins[..1] } else { &s.ins }
}

impl<'a> Finder<'a> {
    fn region_of(&self, slot: u32) -> Option<usize> {
        let mut r = self.home[slot as usize];
        if r == NONE {
            return None;
        }
        while self.merged[r as usize] != r {
            r = self.merged[r as usize];
        }
        Some(r as usize)
    }
    /// The step after which a slot is ready, plus one.
    fn when(&self, slot: u32) -> u32 {
        self.region_of(slot).map_or(self.made[slot as usize], |r| self.regions[r].at + 1)
    }
    /// Notes that something outside its region reads a slot.
    fn read(&mut self, slot: u32) {
        if let Some(r) = self.region_of(slot) {
            self.regions[r].frozen = true;
        }
    }
    /// Notes a step that runs by itself.
    fn pass(&mut self, i: u32, s: &Step) {
        s.ins.iter().for_each(|x| self.read(*x));
        for a in s.after.iter().map(|a| &self.program.steps[*a as usize]).filter(|a| a.n_out > 0) {
            self.read(a.out);
        }
        self.made[s.out as usize..(s.out + s.n_out) as usize].fill(i + 1);
    }

    /// Takes a step into a region, a new one if need be; false if it belongs in none.
    fn take(&mut self, index: u32, s: &'a Step) -> bool {
        let Some(c) = self.candidate(index, s) else { return false };
        let mut near: SmallVec<[usize; 3]> = c.args.iter().filter_map(|x| self.region_of(*x)).collect();
        near.sort_unstable();
        near.dedup();
        near.sort_by_key(|r| std::cmp::Reverse(self.regions[*r].members.len()));
        for i in 0..near.len() {
            let mut together = self.regions[near[i]].clone_without_members();
            let mut set: SmallVec<[usize; 3]> = SmallVec::from_slice(&[near[i]]);
            for r in near.iter().filter(|r| **r != near[i]) {
                if let Some(both) = together.with(&self.regions[*r]) {
                    together = both;
                    set.push(*r);
                }
            }
            if self.join(&c, &together, &set) || set.len() > 1 && self.join(&c, &self.regions[near[i]].clone_without_members(), &set[..1]) {
                return true;
            }
        }
        self.begin(&c)
    }

    fn candidate(&self, index: u32, s: &'a Step) -> Option<Candidate<'a>> {
        let role = s.role?;
        let shape = |slot: u32| self.types[slot as usize].shape.known();
        let out = shape(s.out)?;
        let args = operands(s, role);
        let shapes = args.iter().map(|x| shape(*x)).collect::<Option<SmallVec<[Shape; 3]>>>()?;
        if out.count() == 0 || shapes.iter().any(|x| x.count() == 0) || role == Role::Aligned && shapes.iter().any(|x| *x != out) {
            return None;
        }
        let width = if role == Role::Reduction { Some(self.reduced(s, &shapes[0])?) } else { None };
        Some(Candidate { index, role, args, shapes, out, width })
    }

    /// Elements of a row, if a reduction is one of trailing axes that a tape can hold whole.
    fn reduced(&self, s: &Step, x: &Shape) -> Option<usize> {
        let Some(Partial::Known(axes)) = &self.types[*s.ins.get(1)? as usize].value else { return None };
        let rank = x.rank() as i64;
        let mut axes: SmallVec<[i64; 4]> = axes.to_i64().ok()?.into_iter().map(|a| if a < 0 { a + rank } else { a }).collect();
        axes.sort_unstable();
        let first = rank - axes.len() as i64;
        if !axes.iter().copied().eq(first..rank) {
            return None;
        }
        let width = x[first as usize..].iter().product();
        (2..=LONGEST_ROW).contains(&width).then_some(width)
    }

    /// Begins a region with a step.
    fn begin(&mut self, c: &Candidate) -> bool {
        let reduces = c.role == Role::Reduction;
        let space = Space {
            shape: if reduces { c.shapes[0].clone() } else { c.out.clone() },
            columns: c.width,
            column_shape: reduces.then(|| c.out.clone()),
        };
        let region = Region { space, members: vec![], at: c.index, frozen: false, ready: 0 };
        self.merged.push(self.regions.len() as u32);
        self.regions.push(region.clone());
        self.join(c, &region, &[self.regions.len() - 1])
    }

    /// Lets a step into the union of some regions, if its operands fit and are ready in time.
    fn join(&mut self, c: &Candidate, union: &Region, set: &[usize]) -> bool {
        let first = set.iter().find_map(|r| self.regions[*r].members.first());
        // The body of a loop does not run each time that its condition does.
        let in_body = |i: u32| self.program.head.is_some_and(|head| i as usize >= head);
        let device = |i: u32| &self.program.steps[i as usize].device;
        if first.is_some_and(|f| in_body(*f) != in_body(c.index) || !Arc::ptr_eq(device(*f), device(c.index))) {
            return false;
        }
        if !union.frozen && set.iter().any(|r| self.regions[*r].at + FAR < c.index) {
            return false;
        }
        let own = |x: u32| self.region_of(x).is_some_and(|r| set.contains(&r));
        let lies = |x: u32| own(x).then(|| if self.narrow[x as usize] { Span::Column } else { Span::All });
        let Some((space, narrow)) = union.space.take(c, lies) else { return false };
        let outside: SmallVec<[u32; 3]> = c.args.iter().copied().filter(|x| !own(*x)).collect();
        let ready = outside.iter().map(|x| self.when(*x)).max().unwrap_or(0).max(union.ready);
        if union.frozen && ready > union.at {
            return false;
        }
        outside.iter().for_each(|x| self.read(*x));
        let mut members = vec![];
        for r in &set[1..] {
            members.append(&mut self.regions[*r].members);
            self.merged[*r] = set[0] as u32;
        }
        let at = if union.frozen { union.at } else { c.index };
        let region = &mut self.regions[set[0]];
        region.members.append(&mut members);
        region.members.push(c.index);
        (region.space, region.at, region.frozen, region.ready) = (space, at, union.frozen, ready);
        let out = self.program.steps[c.index as usize].out;
        self.home[out as usize] = set[0] as u32;
        self.narrow[out as usize] = narrow;
        true
    }

    /// The tape of a region, if the device takes it.
    fn tape(&self, region: &Region, readers: &[u32]) -> Option<Made> {
        let space = &region.space;
        let mut members = region.members.clone();
        members.sort_unstable();
        let count = space.shape.count();
        let columns = space.columns.unwrap_or(count);
        let mut tape = Tape { rows: count / columns, columns, inputs: vec![], ops: vec![], outputs: vec![] };
        let mut left: FxHashMap<u32, (u32, u32)> = FxHashMap::default(); // op and reads from outside, by slot
        let mut given: FxHashMap<(u32, Span), u32> = FxHashMap::default();
        let mut ins = vec![];
        for (k, m) in members.iter().enumerate() {
            let s = &self.program.steps[*m as usize];
            let (op, role) = (s.node.op?, s.role?);
            let narrow = self.narrow[s.out as usize] && role != Role::Reduction;
            let mut args = SmallVec::new();
            for x in operands(s, role) {
                if let Some((k, reads)) = left.get_mut(x) {
                    *reads -= 1;
                    args.push(Source::Op(*k));
                    continue;
                }
                let shape = self.types[*x as usize].shape.known()?;
                let span = match narrow {
                    true if shape.count() == 1 => Span::Single,
                    true => Span::Column,
                    false => span(&shape, &space.shape, &mut Some(columns))?,
                };
                let input = *given.entry((*x, span)).or_insert_with(|| {
                    tape.inputs.push((self.types[*x as usize].dtype, span));
                    ins.push(*x);
                    ins.len() as u32 - 1
                });
                args.push(Source::Input(input));
            }
            left.insert(s.out, (k as u32, readers[s.out as usize]));
            let span = if self.narrow[s.out as usize] { Span::Column } else { Span::All };
            tape.ops.push(TapeOp { op, attrs: &s.node.attrs, args, dtype: self.types[s.out as usize].dtype, span });
        }
        let slot = |k: usize| self.program.steps[members[k] as usize].out;
        tape.outputs = (0..members.len()).filter(|k| left[&slot(*k)].1 > 0).map(|k| k as u32).collect();
        let device = &self.program.steps[region.at as usize].device;
        let prepared = device.tape(&tape).filter(|_| selftest::is_right(&tape, &**device))?;
        let outs: Vec<u32> = tape.outputs.iter().map(|k| slot(*k as usize)).collect();
        let in_order = ins.iter().max() < outs.iter().min();
        let node = |m: &u32| &self.program.steps[*m as usize].node;
        let ops = members.iter().map(|m| &*node(m).op_name).collect::<Vec<_>>().join("+");
        let nodes = members.iter().map(|m| &*node(m).name).collect::<Vec<_>>().join("+");
        Some(Made { at: region.at, prepared, fused: Fused { ins, outs, in_order, ops, nodes, members } })
    }
}

impl Region {
    fn clone_without_members(&self) -> Region {
        Region { space: self.space.clone(), members: vec![], ..*self }
    }
    /// The union with another region; None if their spaces differ, or if there is no step in whose place it could run.
    fn with(&self, other: &Region) -> Option<Region> {
        fn both<T: Clone + PartialEq>(a: &Option<T>, b: &Option<T>) -> Option<Option<T>> {
            match (a, b) {
                (Some(x), Some(y)) if x != y => None,
                _ => Some(a.clone().or_else(|| b.clone())),
            }
        }
        if self.space.shape != other.space.shape {
            return None;
        }
        let space = Space {
            shape: self.space.shape.clone(),
            columns: both(&self.space.columns, &other.space.columns)?,
            column_shape: both(&self.space.column_shape, &other.space.column_shape)?,
        };
        let at = match (self.frozen, other.frozen) {
            (true, true) => self.at.min(other.at),
            (true, false) => self.at,
            (false, true) => other.at,
            (false, false) => self.at.max(other.at),
        };
        let (frozen, ready) = (self.frozen || other.frozen, self.ready.max(other.ready));
        (!frozen || ready <= at).then_some(Region { space, members: vec![], at, frozen, ready })
    }
}

impl Space {
    /// The space with a step in it, and whether its result has an element for each row only; None if it does not fit. `lies`
    /// tells how values of the region lie.
    fn take(&self, c: &Candidate, lies: impl Fn(u32) -> Option<Span>) -> Option<(Space, bool)> {
        let mut space = self.clone();
        if c.role == Role::Reduction {
            let fits = c.shapes[0] == space.shape
                && lies(c.args[0]) != Some(Span::Column)
                && space.columns.is_none_or(|x| Some(x) == c.width)
                && space.column_shape.as_ref().is_none_or(|x| *x == c.out);
            space.columns = c.width;
            space.column_shape = Some(c.out.clone());
            return fits.then_some((space, true));
        }
        if c.out == space.shape {
            for (x, shape) in c.args.iter().zip(&c.shapes) {
                let wanted = span(shape, &self.shape, &mut space.columns)?;
                if lies(*x).is_some_and(|l| l != wanted) {
                    return None;
                }
            }
            return Some((space, false));
        }
        let narrow = |(x, shape): (&u32, &Shape)| match lies(*x) {
            Some(l) => l == Span::Column,
            None => *shape == c.out || shape.count() == 1,
        };
        let fits = space.column_shape.as_ref() == Some(&c.out) && c.args.iter().zip(&c.shapes).all(narrow);
        fits.then_some((space, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How an operand lies, and the columns that this asks for.
    fn lies(operand: &[usize], space: &[usize], columns: Option<usize>) -> Option<(Span, Option<usize>)> {
        let mut columns = columns;
        let found = span(&Shape::new(operand), &Shape::new(space), &mut columns)?;
        Some((found, columns))
    }

    #[test]
    fn operands_are_whole_rows_columns_or_single_elements() {
        assert_eq!(lies(&[2, 3], &[2, 3], None), Some((Span::All, None)));
        assert_eq!(lies(&[], &[2, 3], Some(3)), Some((Span::Single, Some(3))));
        assert_eq!(lies(&[1, 1], &[2, 3], None), Some((Span::Single, None)));
        assert_eq!(lies(&[3], &[2, 3], None), Some((Span::Row, Some(3))));
        assert_eq!(lies(&[1, 4, 3], &[2, 4, 3], None), Some((Span::Row, Some(12))));
        assert_eq!(lies(&[2, 1], &[2, 3], None), Some((Span::Column, Some(3))));
        assert_eq!(lies(&[2, 1, 1], &[2, 4, 3], None), Some((Span::Column, Some(12))));
        assert_eq!(lies(&[2, 4, 1], &[2, 4, 3], Some(3)), Some((Span::Column, Some(3))));
        assert_eq!(lies(&[3], &[1, 3], None), Some((Span::All, None)));
    }

    #[test]
    fn other_broadcasts_and_rows_of_another_length_fall_outside() {
        assert_eq!(lies(&[2, 1, 3], &[2, 4, 3], None), None);
        assert_eq!(lies(&[4, 1], &[2, 4, 3], None), None);
        assert_eq!(lies(&[1, 4, 1], &[2, 4, 3], None), None);
        assert_eq!(lies(&[3], &[2, 4, 3], Some(12)), None);
        assert_eq!(lies(&[2, 1, 1], &[2, 4, 3], Some(3)), None);
    }
}
