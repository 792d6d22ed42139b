//! Functions: bodies that are graphs of their own, kept in a library that graphs and bodies share.
use crate::graph::Graph;
use crate::node::{Endpoint, NodeId};
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
