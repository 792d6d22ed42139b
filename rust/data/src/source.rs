//! Datasets that begin a pipeline: tensors, their rows, ranges, random numbers, generators.
use crate::args::{Args, int64};
use crate::dataset::{Dataset, Element, INFINITE, Iterate, Spec, UNKNOWN};
use crate::function::ElementFn;
use crate::shuffle::Seeds;
use ferroflow_ops::RunCtx;
use ferroflow_ops::philox::Words;
use ferroflow_runtime::threads::Later;
use ferroflow_tensor::{Code, DType, Result, Tensor, bail};
use std::sync::Arc;

/// One element, or the rows of tensors.
pub(crate) struct Tensors {
    pub spec: Arc<Spec>,
    pub components: Vec<Tensor>,
    /// How many rows; None for the tensors as one element.
    pub rows: Option<usize>,
}
struct TensorsPass {
    of: Arc<Tensors>,
    at: usize,
}
impl Dataset for Tensors {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        self.rows.map_or(1, |n| n as i64)
    }
    fn calls_python(&self) -> bool {
        false
    }
    fn iterate(self: Arc<Self>, _: &RunCtx) -> Result<Box<dyn Iterate>> {
        Ok(Box::new(TensorsPass { of: self, at: 0 }))
    }
}
impl Iterate for TensorsPass {
    fn next(&mut self, _: &RunCtx) -> Result<Option<Element>> {
        if self.at >= self.of.rows.unwrap_or(1) {
            return Ok(None);
        }
        let i = self.at;
        self.at += 1;
        if self.of.rows.is_none() {
            return Ok(Some(self.of.components.clone()));
        }
        self.of.components.iter().map(|c| c.row(i)).collect::<Result<_>>().map(Some)
    }
}
pub(crate) fn tensor(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Tensors { spec: a.spec()?, components: a.list("components")?, rows: None }))
}
pub(crate) fn slices(a: &Args) -> Result<Arc<dyn Dataset>> {
    Tensors::rows(a.spec()?, a.list("components")?)
}
impl Tensors {
    /// The rows of tensors of equal length. InvalidArgument for scalars and unequal lengths.
    pub fn rows(spec: Arc<Spec>, components: Vec<Tensor>) -> Result<Arc<dyn Dataset>> {
        let mut n = None;
        for c in &components {
            let Some(len) = c.shape().first().copied() else {
                bail!(InvalidArgument, "All components must be at least 1-dimensional");
            };
            if *n.get_or_insert(len) != len {
                bail!(InvalidArgument, "All components must have the same size in the 0th dimension");
            }
        }
        Ok(Arc::new(Tensors { spec, components, rows: Some(n.unwrap_or(0)) }))
    }
}

/// Integers from start to stop by step.
pub(crate) struct Count {
    pub spec: Arc<Spec>,
    pub start: i64,
    pub step: i64,
    pub n: i64,
}
struct CountPass {
    of: Arc<Count>,
    at: i64,
}
impl Dataset for Count {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        self.n
    }
    fn calls_python(&self) -> bool {
        false
    }
    fn iterate(self: Arc<Self>, _: &RunCtx) -> Result<Box<dyn Iterate>> {
        Ok(Box::new(CountPass { of: self, at: 0 }))
    }
}
impl Iterate for CountPass {
    fn next(&mut self, _: &RunCtx) -> Result<Option<Element>> {
        if self.at >= self.of.n {
            return Ok(None);
        }
        let x = self.of.start.wrapping_add(self.at.wrapping_mul(self.of.step));
        self.at += 1;
        let t = match self.of.spec.types.first() {
            Some(DType::Int32) => Tensor::scalar(x as i32),
            Some(DType::Int8) => Tensor::scalar(x as i8),
            Some(DType::Int16) => Tensor::scalar(x as i16),
            Some(DType::UInt8) => Tensor::scalar(x as u8),
            Some(DType::UInt16) => Tensor::scalar(x as u16),
            Some(DType::UInt32) => Tensor::scalar(x as u32),
            Some(DType::UInt64) => Tensor::scalar(x as u64),
            Some(DType::Float) => Tensor::scalar(x as f32),
            Some(DType::Double) => Tensor::scalar(x as f64),
            Some(DType::Half) => Tensor::scalar(ferroflow_tensor::F16::from_f32(x as f32)),
            Some(DType::BFloat16) => Tensor::scalar(ferroflow_tensor::BF16::from_f32(x as f32)),
            Some(DType::Int64) | None => int64(x),
            Some(d) => bail!(InvalidArgument, "Unsupported data type: {}", d.signature_name()),
        };
        Ok(Some(vec![t]))
    }
}
impl Count {
    /// A range. InvalidArgument if the step is 0.
    pub fn range(spec: Arc<Spec>, start: i64, stop: i64, step: i64) -> Result<Arc<dyn Dataset>> {
        if step == 0 {
            bail!(InvalidArgument, "step must be a non-zero integer.");
        }
        let (span, by) = (i128::from(stop) - i128::from(start), i128::from(step));
        let n = if (span > 0) == (by > 0) && span != 0 { (span.abs() + by.abs() - 1) / by.abs() } else { 0 };
        Ok(Arc::new(Count { spec, start, step, n: i64::try_from(n).unwrap_or(i64::MAX) }))
    }
}
pub(crate) fn range(a: &Args) -> Result<Arc<dyn Dataset>> {
    Count::range(a.spec()?, a.int("start")?, a.int("stop")?, a.int("step")?)
}

/// Random 32-bit numbers as int64, without end.
struct Random {
    spec: Arc<Spec>,
    seeds: Seeds,
}
struct RandomPass(Words);
impl Dataset for Random {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        INFINITE
    }
    fn calls_python(&self) -> bool {
        false
    }
    fn iterate(self: Arc<Self>, _: &RunCtx) -> Result<Box<dyn Iterate>> {
        Ok(Box::new(RandomPass(self.seeds.next_pass())))
    }
}
impl Iterate for RandomPass {
    fn next(&mut self, _: &RunCtx) -> Result<Option<Element>> {
        Ok(Some(vec![int64(i64::from(self.0.word()))]))
    }
}
pub(crate) fn random(a: &Args) -> Result<Arc<dyn Dataset>> {
    let anew = a.attrs.has("rerandomize_each_iteration") && a.attrs.bool("rerandomize_each_iteration")?;
    Ok(Arc::new(Random { spec: a.spec()?, seeds: Seeds::new(a.int("seed")?, a.int("seed2")?, anew) }))
}

/// What a function gives until it ends with OutOfRange.
struct Generator {
    spec: Arc<Spec>,
    init_args: Vec<Tensor>,
    init: Arc<dyn ElementFn>,
    next: Arc<dyn ElementFn>,
    finish: Arc<dyn ElementFn>,
}
struct GeneratorPass {
    of: Arc<Generator>,
    state: Option<Vec<Tensor>>,
    ended: bool,
    later: Later,
}
impl Dataset for Generator {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        UNKNOWN
    }
    fn calls_python(&self) -> bool {
        self.next.calls_python() || self.init.calls_python() || self.finish.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        Ok(Box::new(GeneratorPass { of: self, state: None, ended: false, later: Later::of(run) }))
    }
}
impl Iterate for GeneratorPass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        if self.ended {
            return Ok(None);
        }
        let state = match &self.state {
            Some(s) => s.clone(),
            None => self.state.insert(self.of.init.call(run, self.of.init_args.clone())?).clone(),
        };
        match self.of.next.call(run, state.clone()) {
            Ok(e) => Ok(Some(e)),
            Err(e) if e.code() == Code::OutOfRange => {
                self.ended = true;
                self.of.finish.call(run, state).map(|_| None)
            }
            Err(e) => Err(e),
        }
    }
}
impl Drop for GeneratorPass {
    fn drop(&mut self) {
        if let Some(state) = self.state.take().filter(|_| !self.ended) {
            // Nobody is left to hear of a failure.
            let _ = self.later.run(&Arc::default(), |run| self.of.finish.call(run, state));
        }
    }
}
pub(crate) fn generator(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(Generator {
        spec: a.spec()?,
        init_args: vec![],
        init: a.function("init_func", "init_func_other_args")?,
        next: a.function("next_func", "next_func_other_args")?,
        finish: a.function("finalize_func", "finalize_func_other_args")?,
    }))
}
