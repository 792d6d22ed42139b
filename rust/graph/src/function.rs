//! Functions: bodies that are graphs of their own, kept in a library that graphs and bodies share.
use crate::calls::running_order;
use crate::graph::Graph;
use crate::node::{Endpoint, NodeId};
use ferroflow_ops::{Attr, Attrs, Func, Gradient, Infer, OpDef, ValueType, output_types};
use ferroflow_tensor::{DType, PartialShape, Result, bail};
use rustc_hash::FxHashMap;
use std::any::Any;
use std::sync::{Arc, Mutex, OnceLock, RwLock, Weak};

/// A function: a body with arguments and results.
pub struct Function {
    /// Its name in the library.
    pub name: Arc<str>,
    /// The body. Its arguments are nodes of it (placeholders); captures of outer values are the last arguments.
    pub body: Arc<Graph>,
    /// The arguments.
    pub inputs: Vec<Endpoint>,
    /// The results.
    pub outputs: Vec<Endpoint>,
    /// Nodes that run whether or not a result needs them: effects, in program order.
    pub effects: Vec<NodeId>,
    /// Its gradient, if that is not made of the body: a function of the arguments and the gradients of the results.
    pub gradient: Option<Arc<Function>>,
}

impl Function {
    /// Dtypes and static shapes of the results.
    pub fn output_types(&self) -> Result<Vec<(DType, PartialShape)>> {
        self.outputs.iter().map(|e| self.body.value_type(*e).map(|t| (t.dtype, t.shape))).collect()
    }
    /// Static types of the results for arguments of these types, which say more than the body's own; None if that takes
    /// more than the `work` that is left, as with a function that calls itself.
    fn types_for(&self, arguments: &[ValueType], work: &mut usize) -> Option<Vec<ValueType>> {
        let nodes = self.body.nodes(usize::MAX);
        *work = work.checked_sub(nodes.len().max(WORK / DEEPEST))?;
        let mut found: FxHashMap<Endpoint, ValueType> = FxHashMap::default();
        for (e, given) in self.inputs.iter().zip(arguments) {
            let own = nodes[e.node.0 as usize].outputs.get(e.index as usize)?;
            let t = ValueType { shape: own.shape.merge(&given.shape)?, value: given.value.clone(), ..own.clone() };
            found.insert(*e, t);
        }
        for i in running_order(&nodes, self.outputs.iter().map(|e| e.node.0 as usize)) {
            let n = &nodes[i];
            let Some(op) = n.op.filter(|_| n.inputs.iter().any(|e| found.contains_key(e))) else { continue };
            let type_of = |e: &Endpoint| Some(found.get(e).unwrap_or(nodes[e.node.0 as usize].outputs.get(e.index as usize)?).clone());
            let inputs = n.inputs.iter().map(type_of).collect::<Option<Vec<_>>>()?;
            let Ok(types) = output_types(op, &n.attrs).and_then(|out| Infer::run(op, &n.attrs, &inputs, &out, false)) else { continue };
            for (index, (mut t, own)) in
                refine_within(work, &self.body.library, op, &n.attrs, &inputs, types).into_iter().zip(&n.outputs).enumerate()
            {
                t.shape = t.shape.merge(&own.shape).unwrap_or_else(|| own.shape.clone());
                t.handle = t.handle.or_else(|| own.handle.clone());
                found.insert(Endpoint::new(n.id, index), t);
            }
        }
        self.outputs.iter().map(|e| found.get(e).cloned().or_else(|| self.body.value_type(*e).ok())).collect()
    }
}

/// A function in a library.
enum Entry {
    /// Kept by the library.
    Owned(Arc<Function>),
    /// Found as long as somebody else keeps it.
    Known(Weak<Function>),
}
impl Entry {
    fn get(&self) -> Option<Arc<Function>> {
        match self {
            Entry::Owned(f) => Some(f.clone()),
            Entry::Known(f) => f.upgrade(),
        }
    }
}

/// Functions that were made of others, such as gradients: found from every library while somebody keeps them.
fn derived() -> &'static RwLock<FxHashMap<Arc<str>, Weak<Function>>> {
    static ALL: OnceLock<RwLock<FxHashMap<Arc<str>, Weak<Function>>>> = OnceLock::new();
    ALL.get_or_init(RwLock::default)
}

/// Something that functions of a library use and that lives as long as the library.
pub type Belonging = Arc<dyn Any + Send + Sync>;

/// Functions by name.
#[derive(Default)]
pub struct Library {
    functions: RwLock<FxHashMap<Arc<str>, Entry>>,
    belongings: Mutex<Vec<Belonging>>,
    /// How gradients of calls are had, by what they are asked for.
    plans: RwLock<FxHashMap<String, Belonging>>,
    /// Whether functions are only known here and kept by others.
    of_others: bool,
}

impl Library {
    /// A library that makes functions known without keeping them.
    pub fn of_others() -> Library {
        Library { of_others: true, ..Library::default() }
    }
    /// Adds a function of a name that no other can have, which was made of another one. If this library keeps none, that
    /// one's body keeps it, or the front end if it has the same body; all libraries find it. Errors as for [`add`](Self::add).
    pub fn derive(&self, f: Arc<Function>, from: &Function) -> Result<()> {
        let mut all = derived().write().unwrap_or_else(|e| e.into_inner());
        if all.len() == all.capacity() {
            all.retain(|_, f| f.strong_count() > 0);
        }
        all.insert(f.name.clone(), Arc::downgrade(&f));
        drop(all);
        if !self.of_others {
            return self.add(f);
        }
        self.announce(&f)?;
        match crate::gradients::front_end() {
            Some(front) if Arc::ptr_eq(&f.body, &from.body) => (front.keep)(f),
            _ => from.body.library.keep(f),
        }
        Ok(())
    }
    /// Makes the functions of a body's library known here, and keeps them if this library keeps functions.
    pub fn include(&self, inner: &Library) -> Result<()> {
        inner.all().into_iter().try_for_each(|f| if self.of_others { self.announce(&f) } else { self.add(f) })
    }
    /// Adds a function; one of the same name is replaced only by itself. InvalidArgument if the name is taken by another.
    pub fn add(&self, f: Arc<Function>) -> Result<()> {
        let name = f.name.clone();
        self.insert(name, &f.clone(), Entry::Owned(f))
    }
    /// Makes a function known without keeping it: when its last owner is gone, so is its name. Errors as for [`add`](Self::add).
    pub fn announce(&self, f: &Arc<Function>) -> Result<()> {
        self.insert(f.name.clone(), f, Entry::Known(Arc::downgrade(f)))
    }
    fn insert(&self, name: Arc<str>, f: &Arc<Function>, entry: Entry) -> Result<()> {
        let mut all = self.functions.write().unwrap_or_else(|e| e.into_inner());
        match all.get(&name) {
            Some(Entry::Owned(old)) if Arc::ptr_eq(old, f) => return Ok(()),
            Some(old) if old.get().is_some_and(|old| !Arc::ptr_eq(&old, f)) => {
                bail!(InvalidArgument, "Cannot add function '{name}' because a different function with the same name already exists.")
            }
            _ => {}
        }
        if all.len() == all.capacity() {
            all.retain(|_, e| !matches!(e, Entry::Known(f) if f.strong_count() == 0));
        }
        all.insert(name, entry);
        Ok(())
    }
    /// The function of this name. NotFound if there is none.
    pub fn get(&self, name: &str) -> Result<Arc<Function>> {
        let own = self.functions.read().unwrap_or_else(|e| e.into_inner()).get(name).and_then(Entry::get);
        let derived = || derived().read().unwrap_or_else(|e| e.into_inner()).get(name).and_then(Weak::upgrade);
        match own.or_else(derived) {
            Some(f) => Ok(f),
            None => bail!(NotFound, "Function {name} is not defined."),
        }
    }
    /// Where plans for a function are kept: here, or with the function.
    pub(crate) fn plans_of<'a>(&'a self, f: &'a Function) -> &'a Library {
        if self.of_others { &f.body.library } else { self }
    }
    /// A plan that was kept under this key.
    pub(crate) fn plan(&self, key: &str) -> Option<Belonging> {
        self.plans.read().unwrap_or_else(|e| e.into_inner()).get(key).cloned()
    }
    /// Keeps a plan.
    pub(crate) fn keep_plan(&self, key: String, plan: Belonging) {
        self.plans.write().unwrap_or_else(|e| e.into_inner()).insert(key, plan);
    }
    /// All functions in the order of their names.
    pub fn all(&self) -> Vec<Arc<Function>> {
        let mut v: Vec<_> = self.functions.read().unwrap_or_else(|e| e.into_inner()).values().filter_map(Entry::get).collect();
        v.sort_by(|a, b| a.name.cmp(&b.name));
        v
    }
    /// A name that no function has yet, neither here nor in `other`: `stem`, else `stem_1`, ...
    pub fn fresh_name(&self, stem: &str, other: &Library) -> String {
        let count = self.functions.read().unwrap_or_else(|e| e.into_inner()).len();
        let free = |n: &String| self.get(n).is_err() && other.get(n).is_err();
        if free(&stem.to_string()) {
            return stem.into();
        }
        (count..).map(|i| format!("{stem}_{i}")).find(free).unwrap_or_default()
    }
    /// Keeps something alive as long as the library: what the bodies of its functions name, such as a callback.
    pub fn keep(&self, belonging: Belonging) {
        self.belongings.lock().unwrap_or_else(|e| e.into_inner()).push(belonging);
    }
    /// Takes out all that was to be kept alive; None while another thread is at it.
    pub fn take_belongings(&self) -> Option<Vec<Belonging>> {
        self.belongings.try_lock().ok().map(|mut all| std::mem::take(&mut *all))
    }
    /// Shows all that is kept alive, unless another thread is at it.
    pub fn visit_belongings<E>(&self, f: impl FnMut(&Belonging) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        self.belongings.try_lock().map_or(Ok(()), |all| all.iter().try_for_each(f))
    }
}

/// The functions that an op's attributes name, by attribute in the order of the OpDef.
pub fn functions_of(op: &OpDef, attrs: &Attrs) -> Vec<Func> {
    let of = |a: &ferroflow_ops::AttrDef| match attrs.get(&a.name) {
        Some(Attr::Func(f)) => vec![f.clone()],
        Some(Attr::Funcs(l)) => l.clone(),
        _ => vec![],
    };
    op.attrs.iter().flat_map(of).collect()
}

/// Completes the types of a call's outputs by what its functions are known to return.
pub(crate) fn refine(library: &Library, op: &OpDef, attrs: &Attrs, inputs: &[ValueType], outputs: Vec<ValueType>) -> Vec<ValueType> {
    refine_within(&mut { WORK }, library, op, attrs, inputs, outputs)
}
/// As many nodes of called functions are looked at for the types of one call.
const WORK: usize = 10_000;
/// As many calls within calls are looked into.
const DEEPEST: usize = 64;

fn refine_within(
    work: &mut usize,
    library: &Library,
    op: &OpDef,
    attrs: &Attrs,
    inputs: &[ValueType],
    mut outputs: Vec<ValueType>,
) -> Vec<ValueType> {
    if !matches!(op.entry.grad, Gradient::Body) {
        return outputs;
    }
    let functions: Option<Vec<_>> = functions_of(op, attrs).iter().map(|f| library.get(&f.name).ok()).collect();
    let Some(mut functions) = functions else { return outputs };
    let repeated = attrs.has("body");
    if repeated {
        functions.remove(0); // the condition's result is none of the outputs
    }
    for (i, o) in outputs.iter_mut().enumerate() {
        let results: Option<Vec<ValueType>> = functions.iter().map(|f| f.outputs.get(i).and_then(|e| f.body.value_type(*e).ok())).collect();
        let Some(results) = results else { continue };
        let start = inputs.get(i).filter(|_| repeated); // the result of a loop that runs no round
        let shape = results.iter().chain(start).map(|t| t.shape.clone()).reduce(|a, b| a.relax(&b));
        let declared = attrs.shapes("output_shapes").is_ok_and(|s| !s.is_empty());
        if let Some(s) = shape.filter(|_| !(declared && repeated)) {
            o.shape = if declared { o.shape.merge(&s).unwrap_or_else(|| o.shape.clone()) } else { s };
        }
        o.handle = results.iter().map(|t| t.handle.clone()).find(Option::is_some).flatten().or(o.handle.take());
    }
    let open = outputs.iter().any(|o| !o.shape.is_known());
    if let [function] = &functions[..]
        && open
        && !repeated
        && inputs.len() == function.inputs.len()
    {
        for (o, t) in outputs.iter_mut().zip(function.types_for(inputs, work).unwrap_or_default()) {
            o.shape = o.shape.merge(&t.shape).unwrap_or_else(|| o.shape.clone());
            o.value = t.value;
        }
    }
    outputs
}
