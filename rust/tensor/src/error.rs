//! Errors are data first: a code, TensorFlow's classic first line, and the facts around it; the sentence is made last.
use crate::{DType, PartialShape};
use core::fmt;
use std::any::Any;
use std::sync::Arc;

/// What a fallible function of this engine returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Which class of error: TensorFlow's status codes, and the Python classes that its front end raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Code {
    Cancelled,
    Unknown,
    InvalidArgument,
    DeadlineExceeded,
    NotFound,
    AlreadyExists,
    PermissionDenied,
    ResourceExhausted,
    FailedPrecondition,
    Aborted,
    OutOfRange,
    Unimplemented,
    Internal,
    Unavailable,
    DataLoss,
    Unauthenticated,
    /// Python's `TypeError`.
    Type,
    /// Python's `ValueError`.
    Value,
    /// Python's `KeyError`.
    Key,
    /// Python's `IndexError`.
    Index,
    /// Python's `AttributeError`.
    Attribute,
    /// Python's `LookupError`.
    Lookup,
    /// Python's `RuntimeError`.
    Runtime,
    /// Python's `NotImplementedError`.
    NotImplemented,
    /// Python's `OverflowError`.
    Overflow,
    /// Python's `KeyboardInterrupt`: the run was interrupted.
    Interrupted,
}

/// A line of somebody's program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path of the source file.
    pub file: Arc<str>,
    /// Line, counted from 1.
    pub line: u32,
    /// The enclosing function, or `<module>`; empty where it is not known.
    pub function: Arc<str>,
}

/// An operand of the failing op, as far as it is known.
#[derive(Clone, Debug)]
pub struct Operand {
    /// Its name in the op's signature.
    pub name: String,
    /// Its dtype.
    pub dtype: Option<DType>,
    /// Its shape.
    pub shape: PartialShape,
}

/// What is known about an error.
#[derive(Clone)]
pub struct Report {
    /// The class.
    pub code: Code,
    /// TensorFlow's classic first line.
    pub message: String,
    /// Name of the failing node, empty in eager mode.
    pub node: String,
    /// Type of the failing op, such as `MatMul`.
    pub op: String,
    /// The user's line that made the op.
    pub place: Option<Place>,
    /// For ops that a gradient rule made: the type and place of the forward op.
    pub forward: Option<(String, Option<Place>)>,
    /// Operands with dtypes and shapes.
    pub operands: Vec<Operand>,
    /// The axis at fault, in words.
    pub axis: Option<String>,
    /// A way to mend it.
    pub fix: Option<String>,
    /// A foreign exception that is to be raised as it is.
    pub payload: Option<Arc<dyn Any + Send + Sync>>,
}

/// An error of the engine: a boxed [`Report`].
#[derive(Clone)]
pub struct Error(Box<Report>);

impl Error {
    /// An error of a class with its first line.
    #[cold]
    pub fn new(code: Code, message: impl Into<String>) -> Error {
        Error(Box::new(Report {
            code,
            message: message.into(),
            node: String::new(),
            op: String::new(),
            place: None,
            forward: None,
            operands: vec![],
            axis: None,
            fix: None,
            payload: None,
        }))
    }
    /// What is known.
    pub fn report(&self) -> &Report {
        &self.0
    }
    /// What is known, to add to.
    pub fn report_mut(&mut self) -> &mut Report {
        &mut self.0
    }
    /// The class.
    pub fn code(&self) -> Code {
        self.0.code
    }
    /// TensorFlow's first line.
    pub fn message(&self) -> &str {
        &self.0.message
    }
    /// The same error with a way to mend it.
    pub fn fix(mut self, fix: impl Into<String>) -> Error {
        self.0.fix = Some(fix.into());
        self
    }
    /// The same error with the axis at fault.
    pub fn axis(mut self, axis: impl Into<String>) -> Error {
        self.0.axis = Some(axis.into());
        self
    }
    /// The same error under another class.
    pub fn with_code(mut self, code: Code) -> Error {
        self.0.code = code;
        self
    }
    /// Names the op unless a deeper one is named already.
    pub fn at_op(mut self, op: &str, node: &str, operands: impl FnOnce() -> Vec<Operand>) -> Error {
        if self.0.op.is_empty() {
            self.0.op = op.into();
            self.0.node = node.into();
            self.0.operands = operands();
        }
        self
    }
    /// Names the user's line unless one is named already.
    pub fn at_place(mut self, place: Option<Place>) -> Error {
        if self.0.place.is_none() {
            self.0.place = place;
        }
        self
    }
    /// Names the op whose gradient failed, for errors of ops that a gradient rule made, unless one is named already.
    pub fn in_gradient_of(mut self, op: &str, place: Option<Place>) -> Error {
        self.0.forward.get_or_insert_with(|| (op.into(), place));
        self
    }
    /// The lines after the first: op, place, operands, axis, fix.
    pub fn details(&self) -> Vec<String> {
        let r = &self.0;
        let mut lines = vec![];
        if !r.op.is_empty() {
            lines.push(if r.node.is_empty() { format!("  op: {}", r.op) } else { format!("  op: {} '{}'", r.op, r.node) });
        }
        if let Some((op, place)) = &r.forward {
            let at = place.as_ref().map_or(String::new(), |p| format!(" ({p})"));
            lines.push(format!("  in the gradient of: {op}{at}"));
        }
        if let Some(p) = &r.place {
            lines.push(format!("  at: {p}"));
        }
        for o in r.operands.iter().take(5) {
            lines.push(format!("  {}: {} {}", o.name, o.dtype.map_or("?", |d| d.name()), o.shape));
        }
        if r.operands.len() > 5 {
            lines.push(format!("  ... and {} more operands", r.operands.len() - 5));
        }
        lines.extend(r.axis.iter().map(|a| format!("  axis: {a}")));
        lines.extend(r.fix.iter().map(|f| format!("  fix: {f}")));
        lines
    }
}
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if self.function.is_empty() { Ok(()) } else { write!(f, ", in {}", self.function) }
    }
}
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        self.details().iter().try_for_each(|l| write!(f, "\n{l}"))
    }
}
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.code)
    }
}
impl std::error::Error for Error {}

/// An [`Error`] from a code and a format string: `error!(InvalidArgument, "k must be >= 0, got {k}")`.
#[macro_export]
macro_rules! error {
    ($code:ident, $($arg:tt)+) => { $crate::Error::new($crate::Code::$code, format!($($arg)+)) };
}
/// Returns early with an [`error!`].
#[macro_export]
macro_rules! bail {
    ($code:ident, $($arg:tt)+) => { return Err($crate::error!($code, $($arg)+)) };
}
