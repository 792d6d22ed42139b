//! Functions: bodies that are graphs of their own, kept in a library that graphs and bodies share.
use crate::graph::Graph;
use crate::node::{Endpoint, NodeId};
use ferroflow_ops::{Attr, Attrs, Func, Gradient, OpDef, ValueType};
use ferroflow_tensor::{DType, PartialShape, Result, bail};
use rustc_hash::FxHashMap;
use std::sync::{Arc, RwLock};

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
}

impl Function {
    /// Dtypes and static shapes of the results.
    pub fn output_types(&self) -> Result<Vec<(DType, PartialShape)>> {
        self.outputs.iter().map(|e| self.body.value_type(*e).map(|t| (t.dtype, t.shape))).collect()
    }
}

/// Functions by name.
#[derive(Default)]
pub struct Library {
    functions: RwLock<FxHashMap<Arc<str>, Arc<Function>>>,
}

impl Library {
    /// Adds a function; one of the same name is replaced only by itself. InvalidArgument if the name is taken by another.
    pub fn add(&self, f: Arc<Function>) -> Result<()> {
        let mut all = self.functions.write().unwrap_or_else(|e| e.into_inner());
        if all.get(&f.name).is_some_and(|old| !Arc::ptr_eq(old, &f)) {
            bail!(InvalidArgument, "Cannot add function '{}' because a different function with the same name already exists.", f.name);
        }
        all.insert(f.name.clone(), f);
        Ok(())
    }
    /// The function of this name. NotFound if there is none.
    pub fn get(&self, name: &str) -> Result<Arc<Function>> {
        match self.functions.read().unwrap_or_else(|e| e.into_inner()).get(name) {
            Some(f) => Ok(f.clone()),
            None => bail!(NotFound, "Function {name} is not defined."),
        }
    }
    /// All functions in the order of their names.
    pub fn all(&self) -> Vec<Arc<Function>> {
        let mut v: Vec<_> = self.functions.read().unwrap_or_else(|e| e.into_inner()).values().cloned().collect();
        v.sort_by(|a, b| a.name.cmp(&b.name));
        v
    }
    /// A name that no function has yet: `stem_0`, `stem_1`, ...
    pub fn fresh_name(&self, stem: &str) -> String {
        let all = self.functions.read().unwrap_or_else(|e| e.into_inner());
        (all.len()..).map(|i| format!("{stem}_{i}")).find(|n| !all.contains_key(n.as_str())).unwrap_or_default()
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
pub(crate) fn refine(library: &Library, op: &OpDef, attrs: &Attrs, inputs: &[ValueType], mut outputs: Vec<ValueType>) -> Vec<ValueType> {
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
        if let Some(s) = shape {
            o.shape = if declared { o.shape.merge(&s).unwrap_or_else(|| o.shape.clone()) } else { s };
        }
        o.handle = results.iter().map(|t| t.handle.clone()).find(Option::is_some).flatten().or(o.handle.take());
    }
    outputs
}
