//! Datasets of datasets: flat_map and interleave.
use crate::args::Args;
use crate::dataset::{Dataset, Element, Iterate, Spec, UNKNOWN, dataset_of};
use crate::function::{ElementFn, not_the_end};
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{Result, bail};
use std::sync::Arc;

/// The elements of the datasets that a function makes of the input's elements. flat_map reads them one after the other,
/// which is interleaving with a cycle of one.
pub(crate) struct Interleave {
    pub input: Arc<dyn Dataset>,
    pub spec: Arc<Spec>,
    pub f: Arc<dyn ElementFn>,
    /// How many are read in turn.
    pub cycle: usize,
    /// How many elements each gives in its turn.
    pub block: usize,
}
struct Pass {
    of: Arc<Interleave>,
    input: Option<Box<dyn Iterate>>,
    open: Vec<Option<Box<dyn Iterate>>>,
    turn: usize,
    given: usize,
}
impl Dataset for Interleave {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        UNKNOWN
    }
    fn calls_python(&self) -> bool {
        // The datasets that the function makes are not known yet; a function that may call Python may make such datasets.
        self.f.calls_python() || self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = Some(self.input.clone().iterate(run)?);
        let open = (0..self.cycle).map(|_| None).collect();
        Ok(Box::new(Pass { of: self, input, open, turn: 0, given: 0 }))
    }
}
impl Pass {
    fn advance(&mut self) {
        self.given = 0;
        self.turn = (self.turn + 1) % self.open.len();
    }
}
impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        while self.input.is_some() || self.open.iter().any(Option::is_some) {
            run.cancel.check()?;
            if let Some(current) = &mut self.open[self.turn] {
                if let Some(e) = current.next(run)? {
                    self.given += 1;
                    if self.given == self.of.block {
                        self.advance();
                    }
                    return Ok(Some(e));
                }
                self.open[self.turn] = None;
                self.advance();
            } else if let Some(input) = &mut self.input {
                match input.next(run)? {
                    Some(e) => self.open[self.turn] = Some(made(&self.of.f.call(run, e).map_err(not_the_end)?)?.iterate(run)?),
                    None => self.input = None,
                }
            } else {
                self.advance();
            }
        }
        Ok(None)
    }
}
/// The dataset that a function returned.
pub(crate) fn made(e: &[ferroflow_tensor::Tensor]) -> Result<Arc<dyn Dataset>> {
    match e {
        [t] => dataset_of(t),
        _ => bail!(InvalidArgument, "Function must return a single scalar of dtype DT_VARIANT."),
    }
}

pub(crate) fn flat_map(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Interleave {
        input: a.dataset("input_dataset")?,
        spec: a.spec()?,
        f: a.user_function("f", "other_arguments", "FlatMapDataset", "FlatMap")?,
        cycle: 1,
        block: 1,
    }))
}
pub(crate) fn interleave(a: &Args) -> Result<Arc<dyn Dataset>> {
    interleaved(a, a.user_function("f", "other_arguments", "InterleaveDataset", "Interleave")?)
}
pub(crate) fn parallel_interleave(a: &Args) -> Result<Arc<dyn Dataset>> {
    interleaved(a, a.user_function("f", "other_arguments", "ParallelInterleaveDatasetV4", "ParallelInterleaveV4")?)
}
fn interleaved(a: &Args, f: Arc<dyn ElementFn>) -> Result<Arc<dyn Dataset>> {
    let (cycle, block) = (a.int("cycle_length")?, a.int("block_length")?);
    let cycle = match usize::try_from(cycle) {
        Ok(n) if n > 0 => n,
        _ if cycle == -1 => std::thread::available_parallelism().map_or(1, |n| n.get()),
        _ => bail!(InvalidArgument, "cycle_length must be greater than zero."),
    };
    let block = match usize::try_from(block) {
        Ok(n) if n > 0 => n,
        _ => bail!(InvalidArgument, "block_length must be greater than zero."),
    };
    Ok(Arc::new(Interleave { input: a.dataset("input_dataset")?, spec: a.spec()?, f, cycle, block }))
}
