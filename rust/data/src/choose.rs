//! Elements chosen by value: the unique ones, from a dataset that another names, without those that fail.
use crate::args::Args;
use crate::dataset::{Dataset, Element, INFINITE, Iterate, Spec, UNKNOWN};
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{DType, Result, Tensor, bail};
use std::collections::HashSet;
use std::sync::Arc;

/// What is done with the elements.
pub(crate) enum Kind {
    /// An element equal to an earlier one is left out.
    Unique,
    /// Elements that fail are left out.
    IgnoreErrors,
    /// There must be this many.
    Assert(i64),
    /// Nothing: options that change no result.
    Same,
}
/// A choice of the input's elements by value.
pub(crate) struct Chosen {
    pub input: Arc<dyn Dataset>,
    pub kind: Kind,
}
struct Pass {
    of: Arc<Chosen>,
    input: Option<Box<dyn Iterate>>,
    seen: HashSet<Vec<u8>>,
    n: i64,
}
impl Dataset for Chosen {
    fn spec(&self) -> &Arc<Spec> {
        self.input.spec()
    }
    fn cardinality(&self) -> i64 {
        match self.kind {
            Kind::Assert(n) => n,
            Kind::Same => self.input.cardinality(),
            Kind::Unique | Kind::IgnoreErrors => UNKNOWN,
        }
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        if let Kind::Same = self.kind {
            return self.input.clone().iterate(run);
        }
        let input = Some(self.input.clone().iterate(run)?);
        Ok(Box::new(Pass { of: self, input, seen: HashSet::new(), n: 0 }))
    }
}
/// Bytes that are equal for equal tensors only.
fn key(t: &Tensor) -> Result<Vec<u8>> {
    let mut k: Vec<u8> = t.shape().iter().flat_map(|d| d.to_le_bytes()).collect();
    match t.dtype() {
        DType::String => {
            for s in t.strings()? {
                k.extend(s.len().to_le_bytes());
                k.extend(&**s);
            }
        }
        _ => k.extend(t.bytes()?),
    }
    Ok(k)
}
fn text(n: i64) -> String {
    match n {
        INFINITE => "an infinite number of elements".into(),
        UNKNOWN => "an unknown number of elements".into(),
        1 => "1 element".into(),
        n => format!("{n} elements"),
    }
}
impl Iterate for Pass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        while let Some(input) = &mut self.input {
            let e = match (input.next(run), &self.of.kind) {
                (Err(_), Kind::IgnoreErrors) => {
                    run.cancel.check()?;
                    continue;
                }
                (r, _) => r?,
            };
            let Some(e) = e else {
                self.input = None;
                if let Kind::Assert(n) = self.of.kind
                    && n != self.n
                {
                    bail!(FailedPrecondition, "Input dataset was expected to contain {} but contained only {}.", text(n), text(self.n));
                }
                break;
            };
            self.n += 1;
            match self.of.kind {
                Kind::Unique => {
                    let [t] = e.as_slice() else { bail!(InvalidArgument, "UniqueDataset only supports inputs with a single component.") };
                    if !self.seen.insert(key(t)?) {
                        continue;
                    }
                }
                Kind::Assert(n) if n >= 0 && self.n > n => {
                    self.input = None;
                    bail!(FailedPrecondition, "Input dataset was expected to contain {} but contained at least {}.", text(n), text(self.n));
                }
                _ => {}
            }
            return Ok(Some(e));
        }
        Ok(None)
    }
}
pub(crate) fn unique(a: &Args) -> Result<Arc<dyn Dataset>> {
    let input = a.dataset("input_dataset")?;
    if input.spec().types.len() != 1 {
        bail!(InvalidArgument, "UniqueDataset only supports inputs with a single component.");
    }
    Ok(Arc::new(Chosen { input, kind: Kind::Unique }))
}
pub(crate) fn ignore_errors(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Chosen { input: a.dataset("input_dataset")?, kind: Kind::IgnoreErrors }))
}
pub(crate) fn assert_cardinality(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Chosen { input: a.dataset("input_dataset")?, kind: Kind::Assert(a.int("cardinality")?) }))
}
pub(crate) fn options(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Chosen { input: a.dataset("input_dataset")?, kind: Kind::Same }))
}

/// Each element from the dataset whose number the selector gives.
struct Directed {
    selector: Arc<dyn Dataset>,
    inputs: Vec<Arc<dyn Dataset>>,
    spec: Arc<Spec>,
    stop_on_empty: bool,
}
struct DirectedPass {
    of: Arc<Directed>,
    selector: Option<Box<dyn Iterate>>,
    inputs: Vec<Option<Box<dyn Iterate>>>,
}
impl Dataset for Directed {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        if self.inputs.iter().any(|d| d.cardinality() == INFINITE) { INFINITE } else { UNKNOWN }
    }
    fn calls_python(&self) -> bool {
        self.selector.calls_python() || self.inputs.iter().any(|d| d.calls_python())
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let selector = Some(self.selector.clone().iterate(run)?);
        let inputs = self.inputs.iter().map(|d| d.clone().iterate(run).map(Some)).collect::<Result<_>>()?;
        Ok(Box::new(DirectedPass { of: self, selector, inputs }))
    }
}
impl Iterate for DirectedPass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        while let Some(selector) = &mut self.selector {
            run.cancel.check()?;
            let choice = match selector.next(run)?.as_deref() {
                Some([t]) => t.item::<i64>()?,
                Some(_) => bail!(InvalidArgument, "The selector must have one int64 component."),
                None => break,
            };
            let n = self.inputs.len();
            let Some(slot) = usize::try_from(choice).ok().and_then(|i| self.inputs.get_mut(i)) else {
                bail!(InvalidArgument, "Selector index out of range: {choice} >= {n}");
            };
            let Some(input) = slot else { continue };
            if let Some(e) = input.next(run)? {
                return Ok(Some(e));
            }
            *slot = None;
            if self.of.stop_on_empty || self.inputs.iter().all(Option::is_none) {
                break;
            }
        }
        self.selector = None;
        self.inputs.clear();
        Ok(None)
    }
}
pub(crate) fn directed(a: &Args) -> Result<Arc<dyn Dataset>> {
    let (selector, inputs) = (a.dataset("selector_input_dataset")?, a.datasets("data_input_datasets")?);
    if let Some(d) = inputs.iter().find(|d| d.spec().types != inputs[0].spec().types) {
        bail!(InvalidArgument, "All inputs must have the same output_dtypes, got {:?} and {:?}", inputs[0].spec().types, d.spec().types);
    }
    Ok(Arc::new(Directed { selector, inputs, spec: a.spec()?, stop_on_empty: a.attrs.bool("stop_on_empty_dataset")? }))
}
