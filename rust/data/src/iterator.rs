//! Iterators as resources, and the ops that make, start and read them.
use crate::buffer::LOOK;
use crate::dataset::{Dataset, Element, Iterate, Spec, dataset_of};
use crate::flatten::made;
use crate::optional::Optional;
use crate::root;
use ferroflow_ops::resource::Handle;
use ferroflow_ops::{Attrs, Call, Func, Prep, Prepared, RunCtx};
use ferroflow_tensor::{DType, Object, Result, Tensor, bail, error};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

/// An iterator as a resource: a pass that is started, read, and started again.
pub struct IteratorResource {
    /// What its elements are; nothing is checked if it has no components.
    pub spec: Spec,
    id: u64,
    state: Mutex<State>,
    free: Condvar,
}
enum State {
    New,
    Ready(Box<dyn Iterate>),
    /// A thread is reading. The pass is out of the lock meanwhile: it may call Python or wait.
    Busy,
    Ended,
}
impl Object for IteratorResource {
    fn type_name(&self) -> &str {
        "tensorflow::data::IteratorResource"
    }
}
impl IteratorResource {
    /// An iterator that was not started yet.
    pub fn new(spec: Spec) -> Arc<IteratorResource> {
        Arc::new(IteratorResource { spec, id: NEXT_ID.fetch_add(1, Relaxed), state: Mutex::new(State::New), free: Condvar::new() })
    }
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// Waits until nobody reads, and takes the state.
    fn take(&self, run: &RunCtx) -> Result<State> {
        let mut state = self.lock();
        while matches!(*state, State::Busy) {
            state = self.free.wait_timeout(state, LOOK).unwrap_or_else(|e| e.into_inner()).0;
            run.cancel.check()?;
        }
        Ok(std::mem::replace(&mut *state, State::Busy))
    }
    fn put(&self, state: State) {
        *self.lock() = state;
        self.free.notify_all();
    }
    /// Starts a pass over a dataset. InvalidArgument if its elements are of another kind.
    pub fn start(&self, run: &RunCtx, dataset: Arc<dyn Dataset>) -> Result<()> {
        if !self.spec.types.is_empty() {
            self.spec.check_spec(dataset.spec())?;
        }
        let pass = root::start(run, dataset)?;
        let old = self.take(run)?;
        self.put(State::Ready(pass));
        drop(old); // may wait for threads
        Ok(())
    }
    /// The next element; None at the end. FailedPrecondition before the first start.
    pub fn next(&self, run: &RunCtx) -> Result<Option<Element>> {
        // Puts the pass back whatever happens, a panic included.
        struct Guard<'a>(&'a IteratorResource, Option<State>);
        impl Drop for Guard<'_> {
            fn drop(&mut self) {
                self.0.put(self.1.take().unwrap_or(State::Ended));
            }
        }
        let mut held = Guard(self, Some(self.take(run)?));
        let r = match &mut held.1 {
            Some(State::Ready(pass)) => pass.next(run),
            Some(State::Ended) => Ok(None),
            _ => bail!(
                FailedPrecondition,
                "GetNext() failed because the iterator has not been initialized. Ensure that you have run the initializer operation for this iterator before getting the next element."
            ),
        };
        if let Ok(None) = r {
            let over = held.1.replace(State::Ended);
            drop(held);
            drop(over);
        }
        r
    }
    /// Ends the pass and frees what it holds.
    pub fn clear(&self) {
        let old = {
            let mut state = self.lock();
            if matches!(*state, State::Busy) {
                return;
            }
            std::mem::replace(&mut *state, State::Ended)
        };
        drop(old);
    }
}

fn spec_of(attrs: &Attrs) -> Result<Spec> {
    Ok(Spec { types: attrs.dtypes("output_types")?.to_vec(), shapes: attrs.shapes("output_shapes")?.to_vec() })
}
fn text(attrs: &Attrs, name: &str) -> Result<String> {
    Ok(String::from_utf8_lossy(attrs.bytes(name)?).into_owned())
}

struct Named {
    spec: Spec,
    container: String,
    name: String,
    factory: Option<Func>,
}
impl Named {
    fn of(attrs: &Attrs) -> Result<Named> {
        let factory = attrs.has("dataset_factory").then(|| attrs.func("dataset_factory").cloned()).transpose()?;
        Ok(Named { spec: spec_of(attrs)?, container: text(attrs, "container")?, name: text(attrs, "shared_name")?, factory })
    }
    /// The handle of the iterator of this name; it is made, and started by `start`, if there is none yet.
    fn handle(&self, call: &Call, start: impl FnOnce(&IteratorResource) -> Result<()>) -> Result<Tensor> {
        let fresh = || {
            let it = IteratorResource::new(self.spec.clone());
            start(&it)?;
            Ok(it)
        };
        if self.name.is_empty() && call.node.is_empty() {
            return Ok(Handle::tensor(&self.container, "", fresh()?));
        }
        let name = if self.name.is_empty() { call.node } else { &self.name };
        let it = call.run.env.resources.get_or_create(&self.container, name, fresh)?;
        self.spec.check_spec(&it.spec)?;
        Ok(Handle::tensor(&self.container, name, it))
    }
}

pub(crate) fn iterator(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let t = p.plan::<Named>()?.handle(call, |_| Ok(()))?;
        call.set(0, t);
        Ok(())
    }
    Ok(Prepared::with(run, 500.0, Named::of(p.attrs)?))
}
pub(crate) fn one_shot(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let named = p.plan::<Named>()?;
        let t = named.handle(call, |it| {
            let Some(f) = &named.factory else { bail!(Internal, "a one-shot iterator has no factory") };
            it.start(call.run, made(&call.run.env.functions.instantiate(f)?.call(call.run, &[])?)?)
        })?;
        call.set(0, t);
        Ok(())
    }
    Ok(Prepared::with(run, 500.0, Named::of(p.attrs)?))
}
pub(crate) fn anonymous(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let it = IteratorResource::new(p.plan::<Spec>()?.clone());
        if call.outs.len() > 1 {
            call.set(1, Tensor::object(DType::Variant, it.clone()));
        }
        call.set(0, Handle::tensor("", "anonymous_iterator", it));
        Ok(())
    }
    Ok(Prepared::with(run, 500.0, spec_of(p.attrs)?))
}
pub(crate) fn make(_: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        let dataset = dataset_of(call.input(0))?;
        Handle::get::<IteratorResource>(call.input(1))?.start(call.run, dataset)
    }
    Ok(Prepared::new(run, 20_000.0))
}
pub(crate) fn delete(_: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        Handle::get::<IteratorResource>(call.input(0))?.clear();
        Ok(())
    }
    Ok(Prepared::new(run, 500.0))
}
pub(crate) fn next(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let it = Handle::get::<IteratorResource>(call.input(0))?;
        let Some(e) = it.next(call.run)? else { bail!(OutOfRange, "End of sequence") };
        p.plan::<Spec>()?.check(&e)?;
        e.into_iter().enumerate().for_each(|(i, t)| call.set(i, t));
        Ok(())
    }
    Ok(Prepared::with(run, 20_000.0, spec_of(p.attrs)?))
}
pub(crate) fn next_optional(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let e = Handle::get::<IteratorResource>(call.input(0))?.next(call.run)?;
        if let Some(e) = &e {
            p.plan::<Spec>()?.check(e)?;
        }
        let e = e.map(|e| e.into_iter().map(Tensor::settle).collect()).transpose()?;
        call.set(0, Optional(e).tensor());
        Ok(())
    }
    Ok(Prepared::with(run, 20_000.0, spec_of(p.attrs)?))
}

/// Iterators by the strings that stand for them.
static STRINGS: Mutex<Option<HashMap<String, Weak<IteratorResource>>>> = Mutex::new(None);

pub(crate) fn to_string(_: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        let it = Handle::get::<IteratorResource>(call.input(0))?;
        let handle = call.input(0).get_object::<Handle>()?;
        let key = format!("{}/{}/iterator_{}", handle.container, handle.name, it.id);
        let mut all = STRINGS.lock().unwrap_or_else(|e| e.into_inner());
        let all = all.get_or_insert_default();
        all.retain(|_, w| w.strong_count() > 0);
        all.insert(key.clone(), Arc::downgrade(&it));
        call.set(0, Tensor::string(key));
        Ok(())
    }
    Ok(Prepared::new(run, 500.0))
}
pub(crate) fn from_string(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let [s] = call.input(0).strings()? else { bail!(InvalidArgument, "string_handle must be a scalar") };
        let key = String::from_utf8_lossy(s).into_owned();
        let found = STRINGS.lock().unwrap_or_else(|e| e.into_inner()).as_ref().and_then(|all| all.get(&key).cloned());
        let it = found
            .and_then(|w| w.upgrade())
            .ok_or_else(|| error!(InvalidArgument, "Could not parse string_handle as a valid ResourceHandle"))?;
        let spec = p.plan::<Spec>()?;
        if !spec.types.is_empty() {
            if spec.shapes.is_empty() {
                Spec { types: spec.types.clone(), shapes: vec![Default::default(); spec.types.len()] }.check_spec(&it.spec)?;
            } else {
                spec.check_spec(&it.spec)?;
            }
        }
        call.set(0, Handle::tensor("", &key, it));
        Ok(())
    }
    Ok(Prepared::with(run, 500.0, spec_of(p.attrs)?))
}
