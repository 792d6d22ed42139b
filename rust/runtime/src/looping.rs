//! Loops: condition and body as one program, which runs in one frame from round to round.
use crate::exec::{STEP, walk};
use crate::function::{Compiled, deeper};
use crate::plan::{Frame, Kept};
use crate::program::{Program, Step};
use ferroflow_ops::RunCtx;
use ferroflow_ops::ops::control::flow::truth;
use ferroflow_tensor::{Result, Tensor, bail};
use std::ops::Range;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Weak};

/// A look at deadlines and signals after this much estimated work.
const CHECK_EVERY_NS: f32 = 1e6;
/// After so many rounds it pays to plan for shapes alone.
const LONG: u32 = 16;
/// Bytes of a former value that may stay until the next one is made.
const SMALL: usize = 4096;
/// What a round takes beside its kernels.
const ROUND_NS: f32 = 50.0;

/// Condition and body of a loop as one program, whose feeds are the loop variables: first the steps of the condition, then
/// those of the body. It fetches the value that decides, then the variables' next values.
pub struct Looped {
    /// The program.
    pub program: Program,
    moves: Vec<Move>,
    cond: Weak<Compiled>,
    body: Weak<Compiled>,
}

/// How a next value gets to its variable's slot.
enum Move {
    /// The former value takes the place of the next one, where a step may write over it.
    Swap(usize, usize),
    /// A value of several variables, or a constant.
    Copy { from: usize, to: usize },
}

impl Looped {
    /// The loop of a condition and a body, which remembers it. InvalidArgument if they do not fit each other.
    pub fn of(cond: &Arc<Compiled>, body: &Arc<Compiled>) -> Result<Arc<Looped>> {
        let mut known = body.loops.lock().unwrap_or_else(|e| e.into_inner());
        known.retain(|l| l.is_current());
        if let Some(l) = known.iter().find(|l| std::ptr::eq(l.cond.as_ptr(), Arc::as_ptr(cond))) {
            return Ok(l.clone());
        }
        let (c, b) = (&cond.program, &body.program);
        if b.fetches.len() != b.n_feeds {
            bail!(InvalidArgument, "The body of a loop gives {} values for {} loop variables", b.fetches.len(), b.n_feeds);
        }
        if c.fetches.len() != 1 {
            bail!(InvalidArgument, "The condition of a loop gives {} values instead of one", c.fetches.len());
        }
        if c.n_feeds != b.n_feeds {
            bail!(InvalidArgument, "The condition of a loop takes {} values for {} loop variables", c.n_feeds, b.n_feeds);
        }
        for (i, f) in b.fetches.iter().enumerate() {
            let (next, now) = (b.types[*f as usize].dtype, b.types[i].dtype);
            if next != now {
                bail!(InvalidArgument, "The body of a loop gives {next} for loop variable {i}, which is {now}");
            }
        }
        let program = join(c, b);
        let moves = moves(&program);
        let made = Looped { program, moves, cond: Arc::downgrade(cond), body: Arc::downgrade(body) };
        let made = Arc::new(made);
        known.push(made.clone());
        Ok(made)
    }
    /// Whether its condition and its body are still those of their names.
    pub fn is_current(&self) -> bool {
        self.cond.strong_count() > 0 && self.body.strong_count() > 0
    }
    /// Replaces the variables' values by those after the last round.
    pub fn run(kept: &mut Kept<Looped>, run: &RunCtx, state: &mut [Tensor]) -> Result<()> {
        let looped = kept.callee.clone();
        let (Some(cond), Some(body)) = (looped.cond.upgrade(), looped.body.upgrade()) else {
            bail!(Internal, "the body of a loop is gone")
        };
        let variables = ..looped.program.n_feeds;
        let mut rounds = Rounds { looped: &looped, run, body: &body, id: STEP.fetch_add(1, Relaxed), work: 0.0 };
        deeper(&body.name, || {
            let mut long = false;
            loop {
                let mut frame = kept.frame(state, long, |state| cond.check_dtypes(state))?;
                state.swap_with_slice(&mut frame.values[variables]);
                let end = rounds.run(&mut frame);
                state.swap_with_slice(&mut frame.values[variables]);
                kept.keep(frame);
                match end? {
                    End::Over => return Ok(()),
                    End::Changed => long = false,
                    End::Long => long = true,
                }
            }
        })
    }
}

impl AsRef<Program> for Looped {
    fn as_ref(&self) -> &Program {
        &self.program
    }
}

/// The rounds of a loop that is being run.
struct Rounds<'a> {
    looped: &'a Looped,
    run: &'a RunCtx<'a>,
    body: &'a Compiled,
    id: u64,
    /// Estimated nanoseconds since the last look at the cancellation token.
    work: f32,
}

/// Why rounds in a frame have ended.
enum End {
    /// The condition does not hold.
    Over,
    /// Shapes have changed, or somebody holds a part of the frame.
    Changed,
    /// Their number makes it worth while to have a plan for these shapes alone.
    Long,
}

impl Rounds<'_> {
    /// Goes on until the loop is over, or another frame is needed.
    fn run(&mut self, frame: &mut Frame) -> Result<End> {
        let program = &self.looped.program;
        let decides = program.fetches[0] as usize;
        let mut rounds = 0u32;
        loop {
            self.walk(frame, 0..frame.plan.head)?;
            if !truth(&frame.values[decides])? {
                return Ok(End::Over);
            }
            if rounds == 0 {
                self.body.check_dtypes(&frame.values[..program.n_feeds])?;
            }
            rounds = rounds.saturating_add(1);
            self.walk(frame, frame.plan.head..frame.plan.order.len())?;
            self.work += frame.plan.cost + ROUND_NS;
            if self.work > CHECK_EVERY_NS {
                self.work = 0.0;
                self.run.cancel.check()?;
            }
            if !self.turn(frame)? {
                return Ok(End::Changed);
            }
            if rounds == LONG && frame.plan.is_common() {
                return Ok(End::Long);
            }
        }
    }
    fn walk(&self, frame: &mut Frame, steps: Range<usize>) -> Result<()> {
        let (program, run) = (&self.looped.program, self.run);
        walk(program, frame, steps, run.env, run.cancel, self.id)
    }
    /// Moves the next values to their variables' slots. Whether the frame can be used for them.
    fn turn(&self, frame: &mut Frame) -> Result<bool> {
        let Frame { plan, values, doubted, .. } = frame;
        for m in &self.looped.moves {
            match *m {
                Move::Swap(a, b) => values.swap(a, b),
                Move::Copy { from, to } => values[to] = values[from].clone(),
            }
        }
        let program = &self.looped.program;
        if *doubted {
            for value in values[..program.n_feeds].iter_mut().filter(|v| !v.is_settled()) {
                *value = value.copy()?;
            }
            return Ok(false);
        }
        let mut fits = true;
        for i in &plan.unsure {
            let (i, made) = (*i as usize, program.fetches[1 + *i as usize] as usize);
            let old = &values[made];
            if made >= program.n_given() && (old.dtype().is_object() || old.byte_len() > SMALL) {
                values[made] = Tensor::default(); // its kernel makes the next result, and does not need this place
            }
            if !values[i].is_settled() {
                values[i] = values[i].copy()?;
            }
            fits &= plan.accepts(i, values[i].shape());
        }
        Ok(fits && !frame.is_held())
    }
}

/// One program of the steps of a condition and those of a body with the same feeds.
fn join(cond: &Program, body: &Program) -> Program {
    let (feeds, head) = (body.n_feeds, cond.steps.len());
    let made = cond.types.len() - cond.n_given();
    let more = body.constants.len() as u32;
    let of_cond = |slot: &u32| if (*slot as usize) < cond.n_given() { *slot } else { slot + more };
    let of_body = |slot: &u32| match *slot as usize {
        s if s < feeds => *slot,
        s if s < body.n_given() => slot + cond.constants.len() as u32,
        _ => slot + (cond.constants.len() + made) as u32,
    };
    let placed = |s: &Step, place: &dyn Fn(&u32) -> u32, first: usize| Step {
        ins: s.ins.iter().map(place).collect(),
        out: place(&s.out),
        after: s.after.iter().map(|a| a + first as u32).collect(),
        ..s.clone()
    };
    let types = [&body.types[..feeds], &cond.types[feeds..cond.n_given()], &body.types[feeds..body.n_given()]];
    let outs = [&cond.types[cond.n_given()..], &body.types[body.n_given()..]];
    Program {
        steps: cond.steps.iter().map(|s| placed(s, &of_cond, 0)).chain(body.steps.iter().map(|s| placed(s, &of_body, head))).collect(),
        types: types.into_iter().chain(outs).flatten().cloned().collect(),
        constants: (cond.constants.iter().map(|(s, t)| (of_cond(s), t.clone())))
            .chain(body.constants.iter().map(|(s, t)| (of_body(s), t.clone())))
            .collect(),
        n_feeds: feeds,
        at_once: body.at_once,
        head: Some(head),
        fetches: cond.fetches.iter().map(of_cond).chain(body.fetches.iter().map(of_body)).collect(),
        calls_python: cond.calls_python || body.calls_python,
        blocks: cond.blocks || body.blocks,
        ..Program::default()
    }
}

/// Swaps where a value is moved, then copies.
fn moves(program: &Program) -> Vec<Move> {
    let next: Vec<usize> = program.fetches[1..].iter().map(|f| *f as usize).collect();
    let mut holds: Vec<usize> = (0..program.types.len()).collect(); // whose value a slot holds by now
    let (mut moves, mut copies) = (vec![], vec![]);
    for (to, slot) in next.iter().enumerate() {
        let constant = (program.n_feeds..program.n_given()).contains(slot);
        let earlier = next[..to].iter().position(|s| s == slot);
        match (holds.iter().position(|h| h == slot), earlier) {
            (_, Some(from)) => copies.push(Move::Copy { from, to }),
            (Some(from), None) if constant => copies.push(Move::Copy { from, to }),
            (Some(from), None) if from != to => {
                holds.swap(from, to);
                moves.push(Move::Swap(from, to));
            }
            _ => {}
        }
    }
    moves.extend(copies);
    moves
}
