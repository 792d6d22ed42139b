//! Functions of single elements: map, filter, take_while, scan.
use crate::args::{Args, truth};
use crate::dataset::{Dataset, Element, Iterate, Spec, UNKNOWN};
use crate::function::{ElementFn, not_the_end};
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{Code, Result, Tensor, bail};
use std::sync::Arc;

/// What is done with the elements.
pub(crate) enum Kind {
    /// They are replaced by the function's results.
    Map,
    /// They are kept if the function says so.
    Filter,
    /// They end before the first that the function refuses.
    TakeWhile,
    /// The function gives a next state (of as many components as this) and a result.
    Scan(Vec<Tensor>),
}
/// A function over the elements of a dataset.
pub(crate) struct Apply {
    pub input: Arc<dyn Dataset>,
    pub spec: Arc<Spec>,
    pub f: Arc<dyn ElementFn>,
    pub kind: Kind,
    /// Whether there are as many results as elements.
    pub same_count: bool,
}
struct Pass {
    of: Arc<Apply>,
    input: Option<Box<dyn Iterate>>,
    state: Vec<Tensor>,
}

impl Dataset for Apply {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        if self.same_count { self.input.cardinality() } else { UNKNOWN }
    }
    fn calls_python(&self) -> bool {
        self.f.calls_python() || self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = Some(self.input.clone().iterate(run)?);
        let state = if let Kind::Scan(s) = &self.kind { s.clone() } else { vec![] };
        Ok(Box::new(Pass { of: self, input, state }))
    }
}
impl Pass {
    fn call(&mut self, run: &RunCtx, e: Element) -> Result<Option<Element>> {
        match self.of.f.call(run, e) {
            Ok(r) => Ok(Some(r)),
            Err(e) if e.code() == Code::OutOfRange && !self.of.same_count => {
                self.input = None;
                Ok(None)
            }
            Err(e) => Err(not_the_end(e)),
        }
    }
}
impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        loop {
            let Some(input) = &mut self.input else { return Ok(None) };
            let Some(e) = input.next(run)? else {
                self.input = None;
                return Ok(None);
            };
            match &self.of.kind {
                Kind::Map => return self.call(run, e),
                Kind::Filter => {
                    run.cancel.check()?;
                    if truth(&self.of.f.call(run, e.clone()).map_err(not_the_end)?, "Filter predicate `f`")? {
                        return Ok(Some(e));
                    }
                }
                Kind::TakeWhile => {
                    if truth(&self.of.f.call(run, e.clone())?, "`predicate`")? {
                        return Ok(Some(e));
                    }
                    self.input = None;
                }
                Kind::Scan(first) => {
                    let n = first.len();
                    let mut args = self.state.clone();
                    args.extend(e);
                    let Some(mut r) = self.call(run, args)? else { return Ok(None) };
                    if r.len() < n {
                        bail!(InvalidArgument, "The scan function must return at least {n} components, got {}", r.len());
                    }
                    let out = r.split_off(n);
                    self.state = r;
                    return Ok(Some(out));
                }
            }
        }
    }
}

pub(crate) fn map(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Apply {
        input: a.dataset("input_dataset")?,
        spec: a.spec()?,
        f: a.user_function("f", "other_arguments", "MapDataset", "Map")?,
        kind: Kind::Map,
        same_count: a.attrs.bool("preserve_cardinality")?,
    }))
}
pub(crate) fn filter(a: &Args) -> Result<Arc<dyn Dataset>> {
    let f = a.user_function("predicate", "other_arguments", "FilterDataset", "Filter")?;
    Ok(Arc::new(Apply { input: a.dataset("input_dataset")?, spec: a.spec()?, f, kind: Kind::Filter, same_count: false }))
}
pub(crate) fn take_while(a: &Args) -> Result<Arc<dyn Dataset>> {
    let f = a.function("predicate", "other_arguments")?;
    Ok(Arc::new(Apply { input: a.dataset("input_dataset")?, spec: a.spec()?, f, kind: Kind::TakeWhile, same_count: false }))
}
pub(crate) fn scan(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Apply {
        input: a.dataset("input_dataset")?,
        spec: a.spec()?,
        f: a.function("f", "other_arguments")?,
        kind: Kind::Scan(a.list("initial_state")?),
        same_count: a.attrs.bool("preserve_cardinality")?,
    }))
}
