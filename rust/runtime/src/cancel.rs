//! The cancellation token of the run that this thread is busy with.
use ferroflow_ops::Cancel;
use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

thread_local!(static CURRENT: RefCell<Option<Arc<Cancel>>> = const { RefCell::new(None) });

/// The token of this thread's run; one that nobody cancels if there is none.
pub fn current() -> Arc<Cancel> {
    CURRENT.with_borrow_mut(|c| c.get_or_insert_with(Arc::default).clone())
}
/// Calls a function with the token of this thread's run, which must not change meanwhile: less work than to share it.
#[inline]
pub fn with_current<R>(f: impl FnOnce(&Arc<Cancel>) -> R) -> R {
    CURRENT.with_borrow(|c| f(c.as_ref().unwrap_or_else(|| never())))
}
/// A token that nobody cancels, for runs that are over at once.
pub fn never() -> &'static Arc<Cancel> {
    static NEVER: OnceLock<Arc<Cancel>> = OnceLock::new();
    NEVER.get_or_init(Arc::default)
}
/// Makes this the token of what the thread does next; the former one.
pub fn replace(token: Option<Arc<Cancel>>) -> Option<Arc<Cancel>> {
    CURRENT.replace(token)
}
