//! Elementwise ops: one kernel per class, for all ops of the class.
mod alpha;
mod binary;
mod cost;
mod strings;
pub mod tape;
mod unary;

use crate::frames::{Modes, Row, table};
use ferroflow_ops::elementwise::{
    Binary, BinaryVisit, Compare, CompareVisit, Fault, Kinds, Predicate, PredicateVisit, ToReal, ToRealVisit, Unary, UnaryVisit,
    each_binary, each_compare, each_fused, each_predicate, each_to_real, each_unary, each_with_alpha,
};
use ferroflow_ops::kernel::Map1;
use ferroflow_ops::{Entry, Kernel, OpDef, Outputs, Prep, Prepared, registry};
use ferroflow_tensor::{DType, Result, bail};
use std::sync::OnceLock;

/// Estimated nanoseconds of a loop that is worth splitting, and of a task of it.
const SPLIT_NS: f32 = 50_000.0;
const TASK_NS: f32 = 25_000.0;

/// The kernels of all elementwise ops.
pub fn kernels() -> &'static [Kernel] {
    static ALL: OnceLock<Vec<Kernel>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Collector::default();
        each_unary(&mut all);
        each_fused(&mut all);
        each_predicate(&mut all);
        each_to_real(&mut all);
        each_binary(&mut all);
        each_compare(&mut all);
        let mut leaky = alpha::Collector::default();
        each_with_alpha(&mut leaky);
        all.kernels.extend(leaky.0);
        all.kernels
    })
}

/// Makes a kernel for each op that it is shown.
#[derive(Default)]
struct Collector {
    kernels: Vec<Kernel>,
}

impl Collector {
    fn add(&mut self, entry: &Entry, kinds: Kinds, more: &[DType], prepare: fn(&Prep) -> Result<Prepared>) {
        self.kernels.push(kernel(entry, &dtypes(kinds, more), prepare));
    }
}

/// A kernel whose type attribute `T`, if the op has one, holds one of these dtypes.
fn kernel(entry: &Entry, dtypes: &[DType], prepare: fn(&Prep) -> Result<Prepared>) -> Kernel {
    // Kernels live as long as the process, and there are as many of them as there are ops.
    let types: &'static [DType] = Vec::leak(dtypes.to_vec());
    let types: &'static [(&'static str, &'static [DType])] = if entry.attrs.is_empty() { &[] } else { Vec::leak(vec![("T", types)]) };
    Kernel { op: entry.name, types, outputs: Outputs::Runtime, prepare }
}

/// The dtypes of a set, and more.
fn dtypes(kinds: Kinds, more: &[DType]) -> Vec<DType> {
    let all = (0..32).filter_map(DType::from_number).filter(|d| kinds.has(*d));
    all.chain(more.iter().copied()).collect()
}

/// Dtypes that are compared like others, besides strings.
const QUANTIZED: &[DType] = &[DType::QInt8, DType::QUInt8, DType::QInt16, DType::QUInt16, DType::QInt32, DType::String];

impl UnaryVisit for Collector {
    fn op<O: Unary>(&mut self) {
        self.add(&O::ENTRY, O::KINDS, &[], unary::prepare);
    }
}
impl PredicateVisit for Collector {
    fn op<O: Predicate>(&mut self) {
        self.add(&O::ENTRY, Kinds::FLOATS, &[], unary::prepare);
    }
}
impl ToRealVisit for Collector {
    fn op<O: ToReal>(&mut self) {
        self.add(&O::ENTRY, Kinds::COMPLEX, &[], unary::prepare);
    }
}
impl BinaryVisit for Collector {
    fn op<O: Binary>(&mut self) {
        match O::ENTRY.name {
            "Add" => self.add(&O::ENTRY, O::KINDS, &[DType::String], strings::prepare_add),
            _ => self.add(&O::ENTRY, O::KINDS, &[], binary::prepare),
        }
    }
}
impl CompareVisit for Collector {
    fn op<O: Compare>(&mut self) {
        match O::ENTRY.name {
            "Equal" | "NotEqual" => self.add(&O::ENTRY, O::KINDS, QUANTIZED, strings::prepare_equality),
            _ => self.add(&O::ENTRY, O::KINDS, &[], binary::prepare),
        }
    }
}

/// The loops of an op and what an element costs.
struct Loops {
    unary: Option<&'static Row<Map1>>,
    binary: Option<&'static Row<Modes>>,
    fault: Option<Fault>,
    cost: cost::Class,
}

impl Loops {
    fn of(op: &str) -> Loops {
        Loops { unary: table().unary_row(op), binary: table().binary_row(op), fault: table().fault(op), cost: cost::class(op) }
    }
}

/// The loops of an op, by its number. Internal error for ops that have none.
#[inline]
fn loops(op: &'static OpDef) -> Result<&'static Loops> {
    static BY_ID: OnceLock<Vec<Loops>> = OnceLock::new();
    let all = BY_ID.get_or_init(|| registry::all().iter().map(|o| Loops::of(o.name)).collect());
    match all.get(op.id as usize).or_else(|| fused_loops(op.name)) {
        Some(l) => Ok(l),
        None => bail!(Internal, "{} was registered after the first elementwise op ran", op.name),
    }
}

/// The loops of an op that only programs have.
#[cold]
fn fused_loops(op: &str) -> Option<&'static Loops> {
    struct Names(Vec<(&'static str, Loops)>);
    impl UnaryVisit for Names {
        fn op<O: Unary>(&mut self) {
            self.0.push((O::ENTRY.name, Loops::of(O::ENTRY.name)));
        }
    }
    static BY_NAME: OnceLock<Vec<(&'static str, Loops)>> = OnceLock::new();
    let all = BY_NAME.get_or_init(|| {
        let mut names = Names(vec![]);
        each_fused(&mut names);
        names.0
    });
    all.iter().find(|(name, _)| *name == op).map(|(_, l)| l)
}

/// The error for a dtype that the kernel's list lets through without a loop.
#[cold]
fn no_loop<T>(prep: &Prep, dtype: DType) -> Result<T> {
    bail!(Unimplemented, "{} has no loop for {dtype}", prep.op.name)
}

/// Elements of a task for `n` elements that take `cost` nanoseconds in all; 0 if splitting does not pay.
#[inline]
fn grain(n: usize, cost: f32) -> usize {
    if cost < SPLIT_NS {
        return 0;
    }
    let elements = n as f32 * (TASK_NS / cost);
    (elements as usize).max(1).next_multiple_of(1024)
}
