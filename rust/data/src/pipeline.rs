//! Pipelines from Rust: the same datasets without a graph.
use crate::batch::{Batch, Unbatch, size_of};
use crate::buffer::{Cache, Prefetch};
use crate::count::{Concatenate, Counted, Kind, Zip, check_shard};
use crate::dataset::{Dataset, Element, Iterate, Spec, variant};
use crate::function::ElementFn;
use crate::map::{Apply, Kind as Map};
use crate::parallel::ParallelMap;
use crate::shuffle::{Seeds, Shuffle};
use crate::source::{Count, Tensors};
use ferroflow_ops::{Cancel, RunCtx};
use ferroflow_runtime::eager;
use ferroflow_tensor::{DType, PartialShape, Result, Tensor, bail};
use std::sync::Arc;

/// A dataset that is built step by step and read by [`iter`](Self::iter).
///
/// ```
/// use ferroflow_data::Pipeline;
/// use ferroflow_tensor::Tensor;
/// let x = Tensor::from_slice(&[1i64, 2, 3, 4, 5], [5])?;
/// let batches = Pipeline::from_slices(vec![x])?.skip(1).batch(2, false)?;
/// let sizes: Vec<usize> = batches.iter()?.map(|e| Ok(e?[0].shape()[0])).collect::<Result<_, ferroflow_tensor::Error>>()?;
/// assert_eq!(sizes, [2, 2]);
/// # Ok::<(), ferroflow_tensor::Error>(())
/// ```
#[derive(Clone)]
pub struct Pipeline(Arc<dyn Dataset>);

fn spec_of(e: &[Tensor], rows: bool) -> Arc<Spec> {
    let shape = |t: &Tensor| PartialShape::from(ferroflow_tensor::Shape::new(&t.shape()[usize::from(rows && t.shape().rank() > 0)..]));
    Arc::new(Spec { types: e.iter().map(Tensor::dtype).collect(), shapes: e.iter().map(shape).collect() })
}

impl Pipeline {
    /// One element.
    pub fn from_tensors(components: Vec<Tensor>) -> Result<Pipeline> {
        let components = components.into_iter().map(Tensor::settle).collect::<Result<Vec<_>>>()?;
        Ok(Pipeline(Arc::new(Tensors { spec: spec_of(&components, false), components, rows: None })))
    }
    /// The rows of tensors of equal length. InvalidArgument for scalars and unequal lengths.
    pub fn from_slices(components: Vec<Tensor>) -> Result<Pipeline> {
        let components = components.into_iter().map(Tensor::settle).collect::<Result<Vec<_>>>()?;
        Tensors::rows(spec_of(&components, true), components).map(Pipeline)
    }
    /// The int64 numbers from start to stop (exclusive) by step. InvalidArgument if step is 0.
    pub fn range(start: i64, stop: i64, step: i64) -> Result<Pipeline> {
        let spec = Spec { types: vec![DType::Int64], shapes: vec![PartialShape::scalar()] };
        Count::range(Arc::new(spec), start, stop, step).map(Pipeline)
    }
    /// Several pipelines side by side, as long as the shortest.
    pub fn zip(parts: &[Pipeline]) -> Pipeline {
        let spec = Spec {
            types: parts.iter().flat_map(|p| p.0.spec().types.clone()).collect(),
            shapes: parts.iter().flat_map(|p| p.0.spec().shapes.clone()).collect(),
        };
        Pipeline(Arc::new(Zip { inputs: parts.iter().map(|p| p.0.clone()).collect(), spec: Arc::new(spec) }))
    }
    /// `f` of each element, on the thread that asks for it. `spec` says what `f` gives.
    pub fn map(&self, spec: Spec, f: impl Fn(Element) -> Result<Element> + Send + Sync + 'static) -> Pipeline {
        Pipeline(self.apply(spec, Arc::new(f), Map::Map, true))
    }
    /// As [`map`](Self::map), with `calls` calls under way at a time, in order.
    pub fn parallel_map(&self, calls: usize, spec: Spec, f: impl Fn(Element) -> Result<Element> + Send + Sync + 'static) -> Pipeline {
        Pipeline(Arc::new(ParallelMap { plain: self.apply(spec, Arc::new(f), Map::Map, true), calls: calls.max(1), in_order: true }))
    }
    /// The elements for which `keep` holds.
    pub fn filter(&self, keep: impl Fn(&Element) -> Result<bool> + Send + Sync + 'static) -> Pipeline {
        let f = move |e: Element| Ok(vec![Tensor::scalar(keep(&e)?)]);
        Pipeline(self.apply((**self.0.spec()).clone(), Arc::new(f), Map::Filter, false))
    }
    fn apply(&self, spec: Spec, f: Arc<dyn ElementFn>, kind: Map, same_count: bool) -> Arc<Apply> {
        Arc::new(Apply { input: self.0.clone(), spec: Arc::new(spec), f, kind, same_count })
    }
    /// Stacks `size` elements at a time. InvalidArgument if size is 0.
    pub fn batch(&self, size: usize, drop_remainder: bool) -> Result<Pipeline> {
        size_of(i64::try_from(size).unwrap_or(0))?;
        let inner = self.0.spec();
        let first = drop_remainder.then_some(size);
        let with = |s: &PartialShape| {
            s.dims().map_or(PartialShape::UNKNOWN, |d| PartialShape::new(std::iter::once(first).chain(d.iter().copied()).collect()))
        };
        let spec = Arc::new(Spec { types: inner.types.clone(), shapes: inner.shapes.iter().map(with).collect() });
        Ok(Pipeline(Arc::new(Batch { input: self.0.clone(), spec, size, drop_remainder, padding: None })))
    }
    /// The rows of each element.
    pub fn unbatch(&self) -> Pipeline {
        let inner = self.0.spec();
        let without = |s: &PartialShape| s.dims().map_or(PartialShape::UNKNOWN, |d| PartialShape::new(d.iter().skip(1).copied().collect()));
        let spec = Arc::new(Spec { types: inner.types.clone(), shapes: inner.shapes.iter().map(without).collect() });
        Pipeline(Arc::new(Unbatch { input: self.0.clone(), spec }))
    }
    /// Random order, drawn from a buffer of `size`; a new order each pass if `reshuffle`. InvalidArgument if size is 0.
    pub fn shuffle(&self, size: usize, seed: (i64, i64), reshuffle: bool) -> Result<Pipeline> {
        Shuffle::over(self.0.clone(), i64::try_from(size).unwrap_or(i64::MAX), Seeds::new(seed.0, seed.1, reshuffle)).map(Pipeline)
    }
    fn counted(&self, kind: Kind) -> Pipeline {
        Pipeline(Arc::new(Counted { input: self.0.clone(), kind }))
    }
    /// `count` passes; without end if None.
    pub fn repeat(&self, count: Option<usize>) -> Pipeline {
        self.counted(Kind::Repeat(count.map_or(-1, |n| i64::try_from(n).unwrap_or(-1))))
    }
    /// The first `count` elements.
    pub fn take(&self, count: usize) -> Pipeline {
        self.counted(Kind::Take(i64::try_from(count).unwrap_or(-1)))
    }
    /// The elements after the first `count`.
    pub fn skip(&self, count: usize) -> Pipeline {
        self.counted(Kind::Skip(i64::try_from(count).unwrap_or(i64::MAX)))
    }
    /// Every `n`-th element from `index` on. InvalidArgument unless index < n.
    pub fn shard(&self, n: i64, index: i64) -> Result<Pipeline> {
        check_shard(n, index)?;
        Ok(self.counted(Kind::Shard { n, index, non_empty: false }))
    }
    /// The elements of this pipeline, then those of another. InvalidArgument if their dtypes differ.
    pub fn concatenate(&self, other: &Pipeline) -> Result<Pipeline> {
        let (a, b) = (self.0.spec(), other.0.spec());
        if a.types != b.types {
            bail!(InvalidArgument, "input dataset to concatenate with must have same types");
        }
        let shapes = a.shapes.iter().zip(&b.shapes).map(|(x, y)| x.relax(y)).collect();
        let spec = Arc::new(Spec { types: a.types.clone(), shapes });
        Ok(Pipeline(Arc::new(Concatenate { inputs: [self.0.clone(), other.0.clone()], spec })))
    }
    /// Keeps the elements of the first complete pass in memory.
    pub fn cache(&self) -> Pipeline {
        Pipeline(Arc::new(Cache { input: self.0.clone(), kept: Arc::default() }))
    }
    /// Makes up to `size` elements ahead on a background thread.
    pub fn prefetch(&self, size: usize) -> Pipeline {
        Pipeline(Arc::new(Prefetch { input: self.0.clone(), size }))
    }
    /// Number of elements: [`INFINITE`](crate::INFINITE) and [`UNKNOWN`](crate::UNKNOWN) are negative.
    pub fn cardinality(&self) -> i64 {
        self.0.cardinality()
    }
    /// Dtypes and static shapes of its elements.
    pub fn spec(&self) -> &Spec {
        self.0.spec()
    }
    /// The dataset as a variant tensor, for ops such as `MakeIterator`.
    pub fn tensor(&self) -> Tensor {
        variant(self.0.clone())
    }
    /// Starts a pass.
    pub fn iter(&self) -> Result<Pass> {
        let cancel = ferroflow_runtime::cancel::current();
        let env = eager::env();
        let pass = crate::root::start(&RunCtx { env, device: &*env.host, cancel: &cancel, step: 0 }, self.0.clone())?;
        Ok(Pass { pass: Some(pass), cancel })
    }
}

/// One pass over a pipeline.
pub struct Pass {
    pass: Option<Box<dyn Iterate>>,
    cancel: Arc<Cancel>,
}
impl Iterator for Pass {
    type Item = Result<Element>;
    fn next(&mut self) -> Option<Result<Element>> {
        let env = eager::env();
        let r = self.pass.as_mut()?.next(&RunCtx { env, device: &*env.host, cancel: &self.cancel, step: 0 });
        if let Ok(None) = r {
            self.pass = None;
        }
        r.transpose()
    }
}
