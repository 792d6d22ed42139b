//! Windows: datasets of neighbouring elements, and of elements with one key.
use crate::args::{Args, int64};
use crate::dataset::{Dataset, Element, Iterate, Spec, UNKNOWN, variant};
use crate::flatten::made;
use crate::function::{ElementFn, not_the_end};
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{DType, Result, Tensor, bail};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Elements at hand, as a dataset.
pub(crate) struct Held {
    pub spec: Arc<Spec>,
    pub elements: Vec<Element>,
}
struct HeldPass(Arc<Held>, usize);
impl Dataset for Held {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        self.elements.len() as i64
    }
    fn calls_python(&self) -> bool {
        false
    }
    fn iterate(self: Arc<Self>, _: &RunCtx) -> Result<Box<dyn Iterate>> {
        Ok(Box::new(HeldPass(self, 0)))
    }
}
impl Iterate for HeldPass {
    fn next(&mut self, _: &RunCtx) -> Result<Option<Element>> {
        self.1 += 1;
        Ok(self.0.elements.get(self.1 - 1).cloned())
    }
}

/// Windows of neighbours: one dataset per component.
struct Window {
    input: Arc<dyn Dataset>,
    spec: Arc<Spec>,
    size: usize,
    shift: usize,
    stride: usize,
    drop_remainder: bool,
}
struct WindowPass {
    of: Arc<Window>,
    input: Option<Box<dyn Iterate>>,
    buffer: VecDeque<Element>,
    /// Elements to pass over before the buffer is filled again: the shift was wider than the window.
    skip: usize,
}
impl Dataset for Window {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        let n = self.input.cardinality();
        if n < 0 {
            return n;
        }
        let (reach, shift) = (((self.size - 1).saturating_mul(self.stride)) as i64, self.shift as i64);
        if !self.drop_remainder {
            return (n + shift - 1) / shift;
        }
        if n <= reach { 0 } else { (n - reach - 1) / shift + 1 }
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python()
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = Some(self.input.clone().iterate(run)?);
        Ok(Box::new(WindowPass { of: self, input, buffer: VecDeque::new(), skip: 0 }))
    }
}
impl Iterate for WindowPass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        let of = self.of.clone();
        let reach = (of.size - 1).saturating_mul(of.stride).saturating_add(1);
        while let Some(input) = &mut self.input
            && self.buffer.len() < reach
        {
            match input.next(run)? {
                Some(_) if self.skip > 0 => self.skip -= 1,
                Some(e) => self.buffer.push_back(e),
                None => self.input = None,
            }
        }
        if self.buffer.is_empty() || of.drop_remainder && self.buffer.len() < reach {
            self.buffer.clear();
            return Ok(None);
        }
        let picked: Vec<Element> = self.buffer.iter().step_by(of.stride).take(of.size).cloned().collect();
        let gone = of.shift.min(self.buffer.len());
        self.buffer.drain(..gone);
        if self.input.is_some() {
            self.skip += of.shift - gone;
        }
        let spec = of.input.spec();
        let one = |c: usize| {
            let spec = Arc::new(Spec { types: vec![spec.types[c]], shapes: vec![spec.shapes[c].clone()] });
            variant(Arc::new(Held { spec, elements: picked.iter().map(|e| vec![e[c].clone()]).collect() }))
        };
        Ok(Some((0..spec.types.len()).map(one).collect()))
    }
}
pub(crate) fn window(a: &Args) -> Result<Arc<dyn Dataset>> {
    let positive = |name: &str, what: &str| match usize::try_from(a.int(name)?) {
        Ok(n) if n > 0 => Ok(n),
        _ => bail!(InvalidArgument, "Window {what} must be greater than zero."),
    };
    Ok(Arc::new(Window {
        input: a.dataset("input_dataset")?,
        spec: a.spec()?,
        size: positive("size", "size")?,
        shift: positive("shift", "shift")?,
        stride: positive("stride", "stride")?,
        drop_remainder: a.flag("drop_remainder")?,
    }))
}

/// Datasets that a function makes of the elements with one key, whenever there are enough of them.
struct GroupByWindow {
    input: Arc<dyn Dataset>,
    spec: Arc<Spec>,
    key: Arc<dyn ElementFn>,
    reduce: Arc<dyn ElementFn>,
    size: Arc<dyn ElementFn>,
}
struct GroupPass {
    of: Arc<GroupByWindow>,
    input: Option<Box<dyn Iterate>>,
    current: Option<Box<dyn Iterate>>,
    groups: BTreeMap<i64, Vec<Element>>,
    sizes: BTreeMap<i64, usize>,
}
impl Dataset for GroupByWindow {
    fn spec(&self) -> &Arc<Spec> {
        &self.spec
    }
    fn cardinality(&self) -> i64 {
        UNKNOWN
    }
    fn calls_python(&self) -> bool {
        self.input.calls_python() || [&self.key, &self.reduce, &self.size].iter().any(|f| f.calls_python())
    }
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>> {
        let input = Some(self.input.clone().iterate(run)?);
        Ok(Box::new(GroupPass { of: self, input, current: None, groups: BTreeMap::new(), sizes: BTreeMap::new() }))
    }
}
fn scalar(e: &[Tensor], what: &str) -> Result<i64> {
    match e {
        [t] if t.dtype() == DType::Int64 && t.shape().rank() == 0 => t.item(),
        _ => bail!(InvalidArgument, "`{what}` must return a scalar int64."),
    }
}
impl GroupPass {
    fn flush(&mut self, run: &RunCtx, key: i64) -> Result<()> {
        let elements = self.groups.remove(&key).unwrap_or_default();
        let window = Held { spec: self.of.input.spec().clone(), elements };
        let args = vec![int64(key), variant(Arc::new(window))];
        let d = made(&self.of.reduce.call(run, args).map_err(not_the_end)?)?;
        self.current = Some(d.iterate(run)?);
        Ok(())
    }
}
impl Iterate for GroupPass {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        loop {
            run.cancel.check()?;
            if let Some(current) = &mut self.current {
                if let Some(e) = current.next(run)? {
                    return Ok(Some(e));
                }
                self.current = None;
            }
            let Some(input) = &mut self.input else {
                let Some(first) = self.groups.keys().next().copied() else { return Ok(None) };
                self.flush(run, first)?;
                continue;
            };
            let Some(e) = input.next(run)? else {
                self.input = None;
                continue;
            };
            let key = scalar(&self.of.key.call(run, e.clone()).map_err(not_the_end)?, "key_func")?;
            let size = match self.sizes.get(&key) {
                Some(n) => *n,
                None => {
                    let n = scalar(&self.of.size.call(run, vec![int64(key)]).map_err(not_the_end)?, "window_size_func")?;
                    let Ok(size @ 1..) = usize::try_from(n) else {
                        bail!(InvalidArgument, "Window size must be greater than zero, but got {n}.")
                    };
                    self.sizes.insert(key, size);
                    size
                }
            };
            let group = self.groups.entry(key).or_default();
            group.push(e);
            if group.len() >= size {
                self.flush(run, key)?;
            }
        }
    }
}
pub(crate) fn group_by_window(a: &Args) -> Result<Arc<dyn Dataset>> {
    Ok(Arc::new(GroupByWindow {
        input: a.dataset("input_dataset")?,
        spec: a.spec()?,
        key: a.function("key_func", "key_func_other_arguments")?,
        reduce: a.function("reduce_func", "reduce_func_other_arguments")?,
        size: a.function("window_size_func", "window_size_func_other_arguments")?,
    }))
}
