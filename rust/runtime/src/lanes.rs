//! Decides which steps run at once: where a program is wide and its steps are too small for threads of their own, branches that
//! do not depend on each other become lanes of a section, found when a plan is made, by the estimated work.
use crate::plan::PlanStep;
use crate::program::{Action, Program, Step};
use crate::regions::Part;
use ferroflow_graph::passes::is_pure;
use ferroflow_ops::{Flags, Gradient, Outputs};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::BTreeSet;
use std::ops::Range;

/// Steps of a plan that run at once, by their places in its order.
#[derive(Debug)]
pub struct Section {
    /// All of its steps.
    pub steps: Range<u32>,
    /// What may run at once, one after the other in `steps`.
    pub lanes: Vec<Lane>,
    /// Slots that are made outside of it, and not read after it.
    pub drops: Vec<u32>,
}

/// Steps that run one after the other, while those of other lanes run.
#[derive(Debug)]
pub struct Lane {
    /// The steps.
    pub steps: Range<u32>,
    /// The slots that they make.
    pub makes: Vec<u32>,
    /// The slots that they read and do not make.
    pub reads: Vec<u32>,
}

/// Programs with less estimated work stay as they are.
const WIDE_NS: f32 = 40_000.0;
/// A step or branch with less is no branch of its own.
const BRANCH_NS: f32 = 5_000.0;
/// From here on a kernel shares its own loops out, which costs so much.
const SHARED_NS: f32 = 15_000.0;
const SHARING_NS: f32 = 4_000.0;
/// What a section costs beside its steps.
const SECTION_NS: f32 = 8_000.0;
/// Lanes pay if they take at most this part of the time of steps one by one.
const GAIN: f32 = 0.85;
/// The most branches and tasks that are looked at together.
const MOST_BRANCHES: usize = 64;
const MOST_TASKS: usize = 256;
/// The most threads that are reckoned with.
const MOST_THREADS: usize = 16;

/// What may be done with a step.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// It may run beside others.
    Free,
    /// It runs by itself, but others may change places with it.
    Alone,
    /// It reads state: it comes before all others between two barriers.
    Read,
    /// Everything stays before or after it.
    Barrier,
}

fn kind(s: &Step, p: &PlanStep) -> Kind {
    let kernel = match s.action {
        Action::Kernel(k) => k,
        Action::Deref => return Kind::Read,
        Action::ToHost | Action::ToDevice { .. } => return Kind::Barrier,
    };
    let Some(op) = s.node.op else { return Kind::Barrier };
    if !s.after.is_empty() {
        return Kind::Barrier;
    }
    if matches!(p.part, Part::Whole(_)) {
        return if s.device.is_host() { Kind::Free } else { Kind::Alone };
    }
    match op.name {
        "VarHandleOp" | "ReadVariableOp" => Kind::Read,
        _ if !is_pure(&s.node) => Kind::Barrier,
        _ if matches!(op.entry.grad, Gradient::Body) || op.has(Flags::KEEPS) || !s.device.is_host() => Kind::Alone,
        _ if p.prepared.is_none() || !p.claims.is_empty() || kernel.outputs == Outputs::Kernel && !op.has(Flags::VIEW) => Kind::Alone,
        _ => Kind::Free,
    }
}

/// A chain of steps, each of which follows from the one before.
struct Task {
    /// Places in the order before.
    steps: Vec<u32>,
    kind: Kind,
    cost: f32,
    /// What they would take one by one, each with its loops shared out.
    single: f32,
    /// Tasks that must be over, and those that wait.
    before: SmallVec<[u32; 4]>,
    after: SmallVec<[u32; 4]>,
}

/// Branches that could run at once.
struct Branch {
    tasks: Vec<u32>,
    cost: f32,
    single: f32,
    /// Tasks that follow from it alone.
    next: BTreeSet<u32>,
}

/// Changes the order of the steps, where that pays, so that branches come one after the other in sections.
pub fn arrange(program: &Program, steps: &[PlanStep], order: &mut [u32], head: usize, threads: usize) -> Vec<Section> {
    let threads = threads.min(MOST_THREADS);
    let mut sections = vec![];
    let work = |places: &[u32]| places.iter().map(|i| steps[*i as usize].cost).sum::<f32>();
    if threads < 2 || work(order) < WIDE_NS {
        return sections;
    }
    let kinds: Vec<Kind> = order.iter().map(|i| kind(&program.steps[*i as usize], &steps[*i as usize])).collect();
    let mut start = 0;
    for end in 0..=order.len() {
        let barrier = kinds.get(end).is_none_or(|k| *k == Kind::Barrier);
        if !barrier && end != head {
            continue;
        }
        if end - start > 3 && work(&order[start..end]) >= WIDE_NS {
            let window = Window::new(program, steps, &order[start..end], &kinds[start..end], threads);
            window.arrange(program, steps, &mut order[start..end], start as u32, &mut sections);
        }
        start = if barrier { end + 1 } else { end };
    }
    sections
}

/// Steps between two barriers.
struct Window {
    tasks: Vec<Task>,
    threads: usize,
}

impl Window {
    fn new(program: &Program, steps: &[PlanStep], order: &[u32], kinds: &[Kind], threads: usize) -> Window {
        let mut maker: FxHashMap<u32, u32> = FxHashMap::default(); // slot -> place
        let mut readers = vec![0u32; order.len()];
        let mut inputs: Vec<SmallVec<[u32; 4]>> = Vec::with_capacity(order.len());
        for (at, i) in order.iter().enumerate() {
            let (s, p) = (&program.steps[*i as usize], &steps[*i as usize]);
            let mut from: SmallVec<[u32; 4]> = p.reads(s).iter().filter_map(|x| maker.get(x).copied()).collect();
            from.sort_unstable();
            from.dedup();
            // State that is read before everything else is there from the start.
            if kinds[at] != Kind::Read || !from.is_empty() {
                maker.extend(p.makes(s).iter().map(|x| (*x, at as u32)));
            }
            from.iter().for_each(|f| readers[*f as usize] += 1);
            inputs.push(from);
        }
        let (mut tasks, mut task_of): (Vec<Task>, Vec<u32>) = (vec![], vec![]);
        for (at, from) in inputs.iter().enumerate() {
            let step = &steps[order[at] as usize];
            let single = if step.cost < SHARED_NS { step.cost } else { step.cost.min(step.cost / threads as f32 + SHARING_NS) };
            if let (&[f], Kind::Free) = (from.as_slice(), kinds[at]) {
                let t = task_of[f as usize];
                let task = &mut tasks[t as usize];
                if task.kind == Kind::Free && task.steps.last() == Some(&f) && readers[f as usize] == 1 {
                    task.steps.push(at as u32);
                    task.cost += step.cost;
                    task.single += single;
                    task_of.push(t);
                    continue;
                }
            }
            let t = tasks.len() as u32;
            let mut before: SmallVec<[u32; 4]> = from.iter().map(|f| task_of[*f as usize]).collect();
            before.sort_unstable();
            before.dedup();
            before.iter().for_each(|b| tasks[*b as usize].after.push(t));
            let after = SmallVec::new();
            tasks.push(Task { steps: vec![at as u32], kind: kinds[at], cost: step.cost, single, before, after });
            task_of.push(t);
        }
        Window { tasks, threads }
    }

    /// Puts the steps into an order with sections, if there are any.
    fn arrange(&self, program: &Program, steps: &[PlanStep], order: &mut [u32], first: u32, sections: &mut Vec<Section>) {
        let mut waits: Vec<u32> = self.tasks.iter().map(|t| t.before.len() as u32).collect();
        let mut ready: BTreeSet<u32> = (0..self.tasks.len() as u32).filter(|t| waits[*t as usize] == 0).collect();
        let mut new: Vec<u32> = Vec::with_capacity(order.len());
        // What reads state that is there comes first: tasks do not list it.
        let reads: Vec<u32> = ready.iter().filter(|t| self.tasks[**t as usize].kind == Kind::Read).copied().collect();
        reads.iter().for_each(|t| new.extend(&self.tasks[*t as usize].steps));
        self.end(&reads, &mut waits, &mut ready);
        let mut found: Vec<Vec<Range<u32>>> = vec![];
        let mut tried: BTreeSet<u32> = BTreeSet::new();
        let small = |t: &u32| {
            let t = &self.tasks[*t as usize];
            t.kind != Kind::Free || t.cost < BRANCH_NS
        };
        while let Some(next) = ready.first().copied() {
            let over = match ready.iter().find(|t| small(t)) {
                Some(t) => *t,
                None if ready.len() > 1 && !tried.contains(&next) => {
                    let branches = self.branches(&ready, &waits);
                    match self.pays(&branches) {
                        Some(lanes) => {
                            found.push(self.emit(&branches, &lanes, &mut new));
                            let over: Vec<u32> = branches.iter().flat_map(|b| &b.tasks).copied().collect();
                            self.end(&over, &mut waits, &mut ready);
                            continue;
                        }
                        None => {
                            tried.extend(&ready);
                            next
                        }
                    }
                }
                None => next,
            };
            new.extend(&self.tasks[over as usize].steps);
            self.end(&[over], &mut waits, &mut ready);
        }
        if found.is_empty() {
            return;
        }
        let old = order.to_vec();
        order.iter_mut().zip(&new).for_each(|(o, at)| *o = old[*at as usize]);
        for lanes in found {
            let make = |places: &Range<u32>| {
                let (mut makes, mut reads) = (vec![], vec![]);
                for i in &order[places.start as usize..places.end as usize] {
                    let (s, p) = (&program.steps[*i as usize], &steps[*i as usize]);
                    reads.extend(p.reads(s));
                    makes.extend(p.makes(s));
                }
                makes.sort_unstable();
                reads.sort_unstable();
                reads.dedup();
                reads.retain(|x| makes.binary_search(x).is_err());
                Lane { steps: first + places.start..first + places.end, makes, reads }
            };
            let lanes: Vec<Lane> = lanes.iter().map(make).collect();
            let all = lanes[0].steps.start..lanes[lanes.len() - 1].steps.end;
            sections.push(Section { steps: all, lanes, drops: vec![] });
        }
    }

    /// Notes that tasks are over: others may be ready now.
    fn end(&self, over: &[u32], waits: &mut [u32], ready: &mut BTreeSet<u32>) {
        for t in over {
            for next in &self.tasks[*t as usize].after {
                waits[*next as usize] -= 1;
                if waits[*next as usize] == 0 {
                    ready.insert(*next);
                }
            }
        }
        ready.retain(|t| !over.contains(t));
    }

    /// Lets a branch grow from each task that is ready, by what follows from it alone, the smallest one first.
    fn branches(&self, ready: &BTreeSet<u32>, waits: &[u32]) -> Vec<Branch> {
        let mut branch_of: FxHashMap<u32, usize> = FxHashMap::default();
        let mut all: Vec<Branch> = vec![];
        for t in ready.iter().take(MOST_BRANCHES) {
            all.push(Branch { tasks: vec![], cost: 0.0, single: 0.0, next: BTreeSet::from([*t]) });
            self.grow(all.len() - 1, &mut all, &mut branch_of, waits);
        }
        let mut tasks = all.len();
        while tasks < MOST_TASKS {
            let (total, longest) = all.iter().fold((0.0, 0f32), |(sum, most), b| (sum + b.cost, most.max(b.cost)));
            let limit = longest.max(total / self.threads as f32);
            let smallest = all.iter().map(|b| b.cost).fold(f32::MAX, f32::min);
            let fits = |b: &Branch| {
                let next = b.next.first().map(|t| self.tasks[*t as usize].cost);
                next.is_some_and(|c| b.cost <= smallest || b.cost + c <= limit)
            };
            let chosen = (0..all.len()).filter(|i| fits(&all[*i])).min_by(|a, b| all[*a].cost.total_cmp(&all[*b].cost));
            let Some(chosen) = chosen else { break };
            self.grow(chosen, &mut all, &mut branch_of, waits);
            tasks += 1;
        }
        all
    }

    /// Adds the next task to a branch.
    fn grow(&self, number: usize, all: &mut [Branch], branch_of: &mut FxHashMap<u32, usize>, waits: &[u32]) {
        let branch = &mut all[number];
        let Some(t) = branch.next.pop_first() else { return };
        branch_of.insert(t, number);
        let task = &self.tasks[t as usize];
        branch.tasks.push(t);
        branch.cost += task.cost;
        branch.single += task.single;
        for next in &task.after {
            let follows = &self.tasks[*next as usize];
            let here = follows.before.iter().filter(|b| branch_of.get(b) == Some(&number)).count();
            if follows.kind == Kind::Free && here == waits[*next as usize] as usize {
                branch.next.insert(*next);
            }
        }
    }

    /// The branches of each lane, if lanes pay.
    fn pays(&self, branches: &[Branch]) -> Option<Vec<Vec<usize>>> {
        let single: f32 = branches.iter().map(|b| b.single).sum();
        let (time, _) = spread(branches, self.threads);
        if time + SECTION_NS > GAIN * single {
            return None;
        }
        // More lanes than threads, so that a thread that comes late takes fewer.
        Some(spread(branches, 2 * self.threads).1)
    }

    /// Adds the steps of lanes; their places.
    fn emit(&self, branches: &[Branch], lanes: &[Vec<usize>], new: &mut Vec<u32>) -> Vec<Range<u32>> {
        let mut places = vec![];
        for lane in lanes {
            let start = new.len() as u32;
            for task in lane.iter().flat_map(|b| &branches[*b].tasks) {
                new.extend(&self.tasks[*task as usize].steps);
            }
            places.push(start..new.len() as u32);
        }
        places
    }
}

/// Shares branches out, the longest first: the longest time, and the branches of each lane.
fn spread(branches: &[Branch], lanes: usize) -> (f32, Vec<Vec<usize>>) {
    let mut by_cost: Vec<usize> = (0..branches.len()).collect();
    by_cost.sort_by(|a, b| branches[*b].cost.total_cmp(&branches[*a].cost));
    let mut made: Vec<(f32, Vec<usize>)> = vec![(0.0, vec![]); lanes.min(branches.len())];
    for b in by_cost {
        if let Some(least) = made.iter_mut().min_by(|x, y| x.0.total_cmp(&y.0)) {
            least.0 += branches[b].cost;
            least.1.push(b);
        }
    }
    let time = made.iter().map(|l| l.0).fold(0.0, f32::max);
    (time, made.into_iter().map(|l| l.1).collect())
}
