//! Root passes: what an iterator starts. The functions of a root pass have random streams of their own, which begin with it.
use crate::dataset::{Dataset, Element, Iterate};
use ferroflow_ops::kernel::{Callable, Functions};
use ferroflow_ops::{Env, Func, RunCtx};
use ferroflow_tensor::Result;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// A function library for one root pass: passes inside it (of `repeat`, `flat_map`...) share its functions.
struct Scope {
    outer: Arc<dyn Functions>,
    made: Mutex<HashMap<String, Arc<dyn Callable>>>,
}
impl Functions for Scope {
    fn instantiate(&self, func: &Func) -> Result<Arc<dyn Callable>> {
        if let Some(c) = self.made.lock().unwrap_or_else(|e| e.into_inner()).get(&*func.name) {
            return Ok(c.clone());
        }
        let new = self.outer.instantiate_anew(func)?;
        let mut made = self.made.lock().unwrap_or_else(|e| e.into_inner());
        Ok(made.entry(func.name.to_string()).or_insert(new).clone())
    }
}

struct Root {
    pass: Box<dyn Iterate>,
    env: Arc<Env>,
}
impl Iterate for Root {
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>> {
        self.pass.next(&RunCtx { env: &self.env, ..*run })
    }
}

/// Starts a root pass over a dataset.
pub(crate) fn start(run: &RunCtx, dataset: Arc<dyn Dataset>) -> Result<Box<dyn Iterate>> {
    let functions = Arc::new(Scope { outer: run.env.functions.clone(), made: Mutex::default() });
    let env = Arc::new(Env { resources: run.env.resources.clone(), functions, host: run.env.host.clone() });
    let pass = dataset.iterate(&RunCtx { env: &env, ..*run })?;
    Ok(Box::new(Root { pass, env }))
}
