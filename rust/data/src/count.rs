//! Which elements pass, by position alone: repeat, take, skip, shard; and datasets one after or beside another.
use crate::args::Args;
use crate::dataset::{Dataset, Element, INFINITE, Iterate, Spec, shorter, sum};
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{Result, bail};
use std::sync::Arc;

/// What is counted.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// This many passes; without end if negative.
    Repeat(i64),
    /// This many elements; all if negative.
    Take(i64),
    /// The elements after this many; none if negative.
    Skip(i64),
    /// Every `n`-th element from `index` on.
    Shard { n: i64, index: i64, non_empty: bool },
}
/// A choice of the input's elements by position.
pub(crate) struct Counted {
    pub input: Arc<dyn Dataset>,
    pub kind: Kind,
}
struct Pass {
    of: Arc<Counted>,
    input: Option<Box<dyn Iterate>>,
    /// Passes or elements that are over.
    at: i64,
    /// Whether the current pass of a repetition gave something.
    gave: bool,
}

impl Dataset for Counted {
    fn spec(&self) -> &Arc<Spec> {
        self.input.spec()
    }
    fn cardinality(&self) -> i64 {
        let n = self.input.cardinality();
        match self.kind {
            Kind::Repeat(c) if c < 0 => {
                if n == 0 {
                    0
                } else {
                    INFINITE
                }
            }
            Kind::Repeat(0) => 0,
            Kind::Repeat(c) => {
                if n < 0 {
                    n
                } else {
                    n.saturating_mul(c)
                }
            }
            Kind::Take(c) if c < 0 => n,
            Kind::Take(c) => {
                if n == INFINITE {
                    c
                } else if n < 0 {
                    n
                } else {
                    n.min(c)
                }
            }
            Kind::Skip(c) if c < 0 => 0,
            Kind::Skip(c) => {
                if n < 0 {
                    n
                } else {
                    (n - c).max(0)
                }
            }
            Kind::Shard { n: shards, index, .. } => {
                if n < 0 {
                    n
                } else {
                    n / shards + i64::from(index < n % shards)
                }
            }
        }
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let none = matches!(self.kind, Kind::Repeat(0) | Kind::Take(0)) || matches!(self.kind, Kind::Skip(c) if c < 0);
        let input = if none { None } else { Some(self.input.clone().iterate(run)?) };
        Ok(Box::new(Pass { of: self, input, at: 0, gave: false }))
    }
}
impl Pass {
    fn pull(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        let Some(input) = &mut self.input else { return Ok(None) };
        let e = input.next(run)?;
        if e.is_none() {
            self.input = None;
        }
        Ok(e)
    }
    fn repeat(&mut self, run: &RunCtx, count: i64) -> Result<Option<Element>> {
        while self.input.is_some() {
            if let Some(e) = self.pull(run)? {
                self.gave = true;
                return Ok(Some(e));
            }
            self.at += 1;
            let go_on = if count < 0 { self.gave } else { self.at < count };
            if go_on {
                self.input = Some(self.of.input.clone().iterate(run)?);
                self.gave = false;
            }
            run.cancel.check()?;
        }
        Ok(None)
    }
    fn shard(&mut self, run: &RunCtx, n: i64, index: i64, non_empty: bool) -> Result<Option<Element>> {
        loop {
            let Some(e) = self.pull(run)? else {
                if non_empty && self.at < n && self.at > 0 {
                    let found = self.at;
                    self.at = 0;
                    bail!(
                        InvalidArgument,
                        "Dataset does not have enough elements for each shard to have at least one element (# elems = {found}, # shards = {n})."
                    );
                }
                return Ok(None);
            };
            let mine = self.at % n == index;
            self.at += 1;
            if mine {
                // With fewer elements than shards some shard would stay empty: look on until there are enough.
                while non_empty && self.at < n {
                    if self.pull(run)?.is_none() {
                        bail!(
                            InvalidArgument,
                            "Dataset does not have enough elements for each shard to have at least one element (# elems = {}, # shards = {n}).",
                            self.at
                        );
                    }
                    self.at += 1;
                }
                return Ok(Some(e));
            }
        }
    }
}
impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        match self.of.kind {
            Kind::Repeat(count) => self.repeat(run, count),
            Kind::Take(count) if count >= 0 => {
                if self.at >= count {
                    self.input = None;
                }
                let e = self.pull(run)?;
                self.at += 1;
                Ok(e)
            }
            Kind::Take(_) => self.pull(run),
            Kind::Skip(count) => {
                while self.at < count && self.pull(run)?.is_some() {
                    self.at += 1;
                    if self.at % 1024 == 0 {
                        run.cancel.check()?;
                    }
                }
                self.pull(run)
            }
            Kind::Shard { n, index, non_empty } => self.shard(run, n, index, non_empty),
        }
    }
}
fn counted(a: &Args, kind: Kind) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Counted { input: a.dataset("input_dataset")?, kind }))
}
pub(crate) fn repeat(a: &Args) -> Result<Arc<dyn Dataset>> {
    counted(a, Kind::Repeat(a.int("count")?))
}
pub(crate) fn take(a: &Args) -> Result<Arc<dyn Dataset>> {
    counted(a, Kind::Take(a.int("count")?))
}
pub(crate) fn skip(a: &Args) -> Result<Arc<dyn Dataset>> {
    counted(a, Kind::Skip(a.int("count")?))
}
pub(crate) fn shard(a: &Args) -> Result<Arc<dyn Dataset>> {
    let (n, index) = (a.int("num_shards")?, a.int("index")?);
    check_shard(n, index)?;
    counted(a, Kind::Shard { n, index, non_empty: a.attrs.bool("require_non_empty")? })
}
/// InvalidArgument unless there is a shard of this number.
pub(crate) fn check_shard(n: i64, index: i64) -> Result<()> {
    if n <= 0 {
        bail!(InvalidArgument, "Number of shards must be greater than zero (currently num_shards = {n}).");
    }
    if index < 0 || index >= n {
        bail!(InvalidArgument, "Index must be between 0 and {} (currently index = {index}).", n - 1);
    }
    Ok(())
}

/// Several datasets side by side, as long as the shortest.
pub(crate) struct Zip {
    pub inputs: Vec<Arc<dyn Dataset>>,
    pub spec: Arc<Spec>,
}
struct ZipPass(Vec<Box<dyn Iterate>>);
impl Dataset for Zip {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        self.inputs.iter().fold(INFINITE, |n, d| shorter(n, d.cardinality()))
    }
    fn calls_python(&self) -> bool {
        self.inputs.iter().any(|d| d.calls_python())
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        Ok(Box::new(ZipPass(self.inputs.iter().map(|d| d.clone().iterate(run)).collect::<Result<_>>()?)))
    }
}
impl Iterate for ZipPass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        // An error in one component leaves the others in step: each input gives one element.
        let (mut out, mut failed) = (vec![], None);
        for input in &mut self.0 {
            match input.next(run) {
                Ok(Some(e)) => out.extend(e),
                Ok(None) => {
                    self.0.clear();
                    return failed.map_or(Ok(None), Err);
                }
                Err(e) => failed = failed.or(Some(e)),
            }
        }
        failed.map_or(Ok(Some(out)), Err)
    }
}
pub(crate) fn zip(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Zip { inputs: a.datasets("input_datasets")?, spec: a.spec()? }))
}

/// Two datasets one after the other.
pub(crate) struct Concatenate {
    pub inputs: [Arc<dyn Dataset>; 2],
    pub spec: Arc<Spec>,
}
struct ConcatenatePass {
    of: Arc<Concatenate>,
    at: usize,
    input: Option<Box<dyn Iterate>>,
}
impl Dataset for Concatenate {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        sum(self.inputs[0].cardinality(), self.inputs[1].cardinality())
    }
    fn calls_python(&self) -> bool {
        self.inputs.iter().any(|d| d.calls_python())
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = Some(self.inputs[0].clone().iterate(run)?);
        Ok(Box::new(ConcatenatePass { of: self, at: 0, input }))
    }
}
impl Iterate for ConcatenatePass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        while let Some(input) = &mut self.input {
            if let Some(e) = input.next(run)? {
                return Ok(Some(e));
            }
            self.at += 1;
            self.input = match self.of.inputs.get(self.at) {
                Some(d) => Some(d.clone().iterate(run)?),
                None => None,
            };
        }
        Ok(None)
    }
}
pub(crate) fn concatenate(a: &Args) -> Result<Arc<dyn Dataset>> {
    let inputs = [a.dataset("input_dataset")?, a.dataset("another_dataset")?];
    if inputs[0].spec().types != inputs[1].spec().types {
        bail!(InvalidArgument, "input dataset to concatenate with must have same types");
    }
    Ok(Arc::new(Concatenate { inputs, spec: a.spec()? }))
}
