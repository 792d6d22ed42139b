//! Resources: objects that live longer than a run, found by container and name, held by handles.
use ferroflow_tensor::{DType, Error, Object, PartialShape, Result, Tensor, bail, error};
use smallvec::SmallVec;
use std::any::Any;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard};

/// The element of a resource tensor: where the object is found, and the object once it exists.
pub struct Handle {
    /// Container; empty for the default one.
    pub container: String,
    /// Name within the container.
    pub name: String,
    /// The object.
    pub object: Arc<dyn Object>,
}
impl Object for Handle {
    fn type_name(&self) -> &str {
        self.object.type_name()
    }
}
impl Handle {
    /// A scalar resource tensor that holds a new handle.
    pub fn tensor(container: &str, name: &str, object: Arc<dyn Object>) -> Tensor {
        Tensor::object(DType::Resource, Arc::new(Handle { container: container.into(), name: name.into(), object }))
    }
    /// The object behind a scalar resource tensor, as a `T`. InvalidArgument if it is something else.
    pub fn get<T: Object>(t: &Tensor) -> Result<Arc<T>> {
        let handle = t.object_ref::<Handle>()?;
        let any: Arc<dyn Any + Send + Sync> = handle.object.clone();
        any.downcast::<T>().map_err(|_| handle.wrong_type())
    }
    /// As [`get`](Self::get), without a new holder.
    #[inline]
    pub fn get_ref<T: Object>(t: &Tensor) -> Result<&T> {
        let handle = t.object_ref::<Handle>()?;
        let any: &dyn Any = &*handle.object;
        any.downcast_ref::<T>().ok_or_else(|| handle.wrong_type())
    }
    #[cold]
    fn wrong_type(&self) -> Error {
        let (name, found) = (&self.name, self.object.type_name());
        error!(InvalidArgument, "Trying to access resource {name} located in device CPU:0 with the wrong type: it is a {found}")
    }
}

/// The element of a variant tensor that holds a tensor.
pub struct TensorObject(pub Tensor);
impl Object for TensorObject {
    fn type_name(&self) -> &str {
        "Tensor"
    }
}

/// Objects by container and name.
#[derive(Default)]
pub struct Resources(Mutex<HashMap<(String, String), Arc<dyn Object>>>);

impl Resources {
    fn lock(&self) -> MutexGuard<'_, HashMap<(String, String), Arc<dyn Object>>> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// The object of this name, made if there is none. InvalidArgument if it is of another type.
    pub fn get_or_create<T: Object>(&self, container: &str, name: &str, make: impl FnOnce() -> Result<Arc<T>>) -> Result<Arc<T>> {
        if let Some(o) = self.lock().get(&(container.into(), name.into())).cloned() {
            let found = o.type_name().to_string();
            let any: Arc<dyn Any + Send + Sync> = o;
            return any
                .downcast::<T>()
                .map_err(|_| error!(InvalidArgument, "Trying to access resource {name} with the wrong type: it is a {found}"));
        }
        let new = make()?; // not under the lock: making may call back
        let kept = self.lock().entry((container.into(), name.into())).or_insert_with(|| new.clone()).clone();
        let any: Arc<dyn Any + Send + Sync> = kept;
        any.downcast::<T>().map_err(|_| error!(InvalidArgument, "Trying to access resource {name} with the wrong type"))
    }
    /// The object of this name. NotFound if there is none.
    pub fn get(&self, container: &str, name: &str) -> Result<Arc<dyn Object>> {
        match self.lock().get(&(container.into(), name.into())) {
            Some(o) => Ok(o.clone()),
            None => bail!(NotFound, "Resource {container}/{name} does not exist."),
        }
    }
    /// Adds or replaces an object.
    pub fn put(&self, container: &str, name: &str, object: Arc<dyn Object>) {
        self.lock().insert((container.into(), name.into()), object);
    }
    /// Removes an object. NotFound if there is none.
    pub fn remove(&self, container: &str, name: &str) -> Result<()> {
        match self.lock().remove(&(container.into(), name.into())) {
            Some(_) => Ok(()),
            None => bail!(NotFound, "Resource {container}/{name} does not exist."),
        }
    }
    /// Removes everything in these containers, or everything if none are named.
    pub fn clear(&self, containers: &[String]) {
        let gone: Vec<_> = {
            let mut map = self.lock();
            let keys: Vec<_> = map.keys().filter(|(c, _)| containers.is_empty() || containers.contains(c)).cloned().collect();
            keys.iter().filter_map(|k| map.remove(k)).collect()
        };
        drop(gone); // objects may take locks of their own when they are dropped
    }
}

/// The way out where a variable has no value.
pub const RUN_INITIALIZER: &str = "run the variables' initializer first: tf.global_variables_initializer(), in Rust graph.initializer()";

/// A variable: a shared value that is replaced or updated in place, one writer at a time.
pub struct Variable {
    /// The dtype of its value.
    pub dtype: DType,
    /// The shape that values must fit.
    pub shape: PartialShape,
    value: Mutex<Option<Tensor>>,
}
/// Buffers copied because a variable's value had another holder when it was updated in place: a training step should add none.
pub static COPIES_ON_UPDATE: AtomicU64 = AtomicU64::new(0);

impl Object for Variable {
    fn type_name(&self) -> &str {
        Variable::TYPE
    }
}
impl Variable {
    /// What errors call it.
    pub const TYPE: &'static str = "Var";
    /// A variable without a value.
    pub fn new(dtype: DType, shape: PartialShape) -> Variable {
        Variable { dtype, shape, value: Mutex::new(None) }
    }
    fn lock(&self) -> MutexGuard<'_, Option<Tensor>> {
        self.value.lock().unwrap_or_else(|e| e.into_inner())
    }
    /// A reference to the value, wherever it lies; None before the first assignment.
    #[inline]
    pub fn read(&self) -> Option<Tensor> {
        self.lock().clone()
    }
    /// Whether it has a value.
    pub fn is_initialized(&self) -> bool {
        self.lock().is_some()
    }
    /// Replaces the value; a transient tensor is copied first.
    pub fn assign(&self, value: Tensor) -> Result<()> {
        let value = value.settle()?;
        let old = self.lock().replace(value);
        drop(old);
        Ok(())
    }
    /// Takes the value away.
    pub fn clear(&self) {
        let old = self.lock().take();
        drop(old);
    }
    /// Changes the value in place in host memory under the variable's lock: it is copied first if somebody else still holds it,
    /// or it lies on a device. The new value may have another shape. FailedPrecondition before the first assignment.
    pub fn update<R>(&self, change: impl FnOnce(&mut Tensor) -> Result<R>) -> Result<R> {
        self.change(|value| {
            if !value.is_unique() || !value.on_host() {
                COPIES_ON_UPDATE.fetch_add(u64::from(value.on_host()), Relaxed);
                *value = value.copy()?;
            }
            change(value)
        })
    }
    /// Changes the value under the variable's lock, wherever it lies and whoever else holds it. FailedPrecondition before the
    /// first assignment.
    pub fn change<R>(&self, change: impl FnOnce(&mut Tensor) -> Result<R>) -> Result<R> {
        match self.lock().as_mut() {
            Some(value) => {
                let _changing = Changing::new();
                change(value)
            }
            None => bail!(FailedPrecondition, "Attempting to use uninitialized value"),
        }
    }
}

thread_local! {
    static CHANGES: Cell<u32> = const { Cell::new(0) };
}

/// Whether this thread changes a variable's value. It must not wait for what another thread may hold while that one waits for
/// the variable, such as an interpreter's lock.
pub fn is_changing() -> bool {
    CHANGES.get() > 0
}

/// Lives as long as a change.
struct Changing;
impl Changing {
    fn new() -> Changing {
        CHANGES.set(CHANGES.get() + 1);
        Changing
    }
}
impl Drop for Changing {
    fn drop(&mut self) {
        CHANGES.set(CHANGES.get() - 1);
    }
}

/// Calls `change` with the values of several variables under all their locks, which are taken in the order of the variables'
/// addresses, so that two steps never wait for each other: by [`Variable::update`] for the host, else by [`Variable::change`].
/// InvalidArgument if one variable is given twice.
pub fn change_all(variables: &[Arc<Variable>], on_host: bool, change: &mut dyn FnMut(&mut [&mut Tensor]) -> Result<()>) -> Result<()> {
    let mut order: SmallVec<[usize; 4]> = (0..variables.len()).collect();
    order.sort_by_key(|i| Arc::as_ptr(&variables[*i]));
    if order.windows(2).any(|w| Arc::ptr_eq(&variables[w[0]], &variables[w[1]])) {
        bail!(InvalidArgument, "the same variable was given twice; the variable and its slots must differ");
    }
    lock(variables, &order, on_host, &mut SmallVec::new(), change)
}

/// Takes the locks that are left in `order`, one inside the other. `held` are the values of those taken so far, by position.
fn lock<'a>(
    variables: &[Arc<Variable>],
    order: &[usize],
    on_host: bool,
    held: &mut SmallVec<[(usize, &'a mut Tensor); 4]>,
    change: &mut dyn FnMut(&mut [&mut Tensor]) -> Result<()>,
) -> Result<()> {
    let Some((first, rest)) = order.split_first() else {
        held.sort_by_key(|(i, _)| *i);
        return change(&mut held.iter_mut().map(|(_, t)| &mut **t).collect::<SmallVec<[_; 4]>>());
    };
    let with = |value: &mut Tensor| {
        let mut more: SmallVec<[(usize, &mut Tensor); 4]> = held.iter_mut().map(|(i, t)| (*i, &mut **t)).collect();
        more.push((*first, value));
        lock(variables, rest, on_host, &mut more, change)
    };
    if on_host { variables[*first].update(with) } else { variables[*first].change(with) }
}
