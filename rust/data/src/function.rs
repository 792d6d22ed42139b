//! Functions that pipelines call on elements.
use crate::dataset::{Element, dataset_of};
use ferroflow_ops::{Callable, Func, RunCtx};
use ferroflow_tensor::{Code, Error, Result, Tensor, error};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A function of elements. A Rust closure `Fn(Vec<Tensor>) -> Result<Vec<Tensor>>` is one.
pub trait ElementFn: Send + Sync {
    /// Calls it.
    fn call(&self, run: &RunCtx, element: Element) -> Result<Element>;
    /// Whether it calls Python.
    fn calls_python(&self) -> bool {
        false
    }
}
impl<F: Fn(Element) -> Result<Element> + Send + Sync> ElementFn for F {
    fn call(&self, _: &RunCtx, element: Element) -> Result<Element> {
        self(element)
    }
}

/// A graph function with the values that it captured.
pub(crate) struct Captured {
    func: Func,
    callable: Arc<dyn Callable>,
    captured: Vec<Tensor>,
}
impl Captured {
    pub fn bind(run: &RunCtx, func: &Func, captured: Vec<Tensor>) -> Result<Arc<dyn ElementFn>> {
        Ok(Arc::new(Captured { func: func.clone(), callable: run.env.functions.instantiate(func)?, captured }))
    }
}
impl ElementFn for Captured {
    fn call(&self, run: &RunCtx, mut element: Element) -> Result<Element> {
        element.extend(self.captured.iter().cloned());
        if self.callable.has_state() {
            // The pass that runs has its own.
            return run.env.functions.instantiate(&self.func)?.call(run, &element);
        }
        self.callable.call(run, &element)
    }
    fn calls_python(&self) -> bool {
        self.callable.calls_python() || self.captured.iter().any(|t| dataset_of(t).is_ok_and(|d| d.calls_python()))
    }
}

/// A function that the user passed to a transformation.
pub(crate) struct UserFunction {
    function: Arc<dyn ElementFn>,
    /// What stands before the texts of its errors.
    context: String,
}
impl UserFunction {
    /// The same function, whose errors name a dataset, with a number of its own, and its iterator.
    pub fn wrap(function: Arc<dyn ElementFn>, dataset: &str, iterator: &str) -> Arc<dyn ElementFn> {
        static NUMBERS: AtomicU64 = AtomicU64::new(1);
        let number = NUMBERS.fetch_add(1, Relaxed);
        let context = format!(
            "Error in user-defined function passed to {dataset}:{number} transformation with iterator: Iterator::Root::{iterator}: "
        );
        Arc::new(UserFunction { function, context })
    }
}
impl ElementFn for UserFunction {
    fn call(&self, run: &RunCtx, element: Element) -> Result<Element> {
        self.function.call(run, element).map_err(|mut e| {
            if e.code() != Code::OutOfRange {
                e.report_mut().message.insert_str(0, &self.context);
            }
            e
        })
    }
    fn calls_python(&self) -> bool {
        self.function.calls_python()
    }
}

/// A function that ends early must not look like the end of the sequence.
pub(crate) fn not_the_end(e: Error) -> Error {
    if e.code() != Code::OutOfRange {
        return e;
    }
    let known = error!(InvalidArgument, "Function invocation produced OutOfRangeError: {}", e.message());
    known.at_op(&e.report().op, &e.report().node, || e.report().operands.clone()).at_place(e.report().place.clone())
}
