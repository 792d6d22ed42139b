//! Weights that never change are packed once for the products and convolutions of a step, those of a run once for all its
//! products by them.
use crate::gemm::{GemmElement, Mat, Packed, pack};
use ferroflow_ops::kernel::Keep;
use ferroflow_ops::{Call, Prep};
use ferroflow_tensor::{DType, Element};
use std::any::Any;
use std::sync::Arc;

/// What [`weights`] gives and [`of`] takes.
pub type Weights = Option<Arc<dyn Any + Send + Sync>>;

/// The packed right operand `[k, n]` (in memory `[n, k]` if `transposed`) that is input `i`, if it never changes.
pub fn weights(p: &Prep, i: usize, [k, n]: [usize; 2], transposed: bool) -> Weights {
    fn packed<T: Element + GemmElement>(p: &Prep, i: usize, [k, n]: [usize; 2], transposed: bool) -> Weights {
        p.kept(i, |t| {
            let b = t.slice::<T>().ok()?;
            pack(k, n, if transposed { Mat::transposed(b, k) } else { Mat::dense(b, n) })
        })
    }
    match p.dtype(i) {
        DType::Float => packed::<f32>(p, i, [k, n], transposed),
        DType::Double => packed::<f64>(p, i, [k, n], transposed),
        _ => None,
    }
}

/// Right operands with fewer elements are not worth while, nor are products of so few rows by rows that are contiguous.
const FEW: usize = 4096;
const FEW_ROWS: usize = 8;
/// Products of more rows, or of sums that are at most so many bytes long, have the same bits whether their operand is packed by
/// themselves or was before.
const MANY_ROWS: usize = 224;
const SHORT: usize = 1024;

/// What products of these sizes may share, unless their weights are packed already: the packed right operand.
pub fn sharing(p: &Prep, [m, k, n]: [usize; 3], transposed: bool, packed: &Weights) -> Option<(u8, [usize; 3])> {
    let worth = n > 1 && k * n >= FEW && m > if transposed { 1 } else { FEW_ROWS };
    let exact = m > MANY_ROWS || k * p.dtype(1).size() <= SHORT;
    (worth && exact && packed.is_none() && matches!(p.dtype(1), DType::Float | DType::Double))
        .then_some((1, [k, n, usize::from(transposed)]))
}

/// A right operand that the products of a run share: packed by the second of them.
pub struct Shared<T> {
    run: u64,
    uses: u32,
    /// The operand, once it is packed.
    pub packed: Option<Packed<T>>,
}

impl<T: Element + GemmElement> Shared<T> {
    /// That of a call, if it shares one. To be given back after the product.
    pub fn take(call: &mut Call, [k, n]: [usize; 2], b: Mat<T>) -> Option<Box<Self>> {
        let run = call.run.step;
        let kept = call.own.as_mut()?.take::<Self>();
        let mut shared = kept.unwrap_or_else(|| Box::new(Shared { run, uses: 0, packed: None }));
        if shared.run != run {
            *shared = Shared { run, uses: 0, packed: None };
        }
        shared.uses += 1;
        if shared.uses == 2 {
            shared.packed = pack(k, n, b);
        }
        Some(shared)
    }
    /// Keeps it for the next product.
    pub fn give(self: Box<Self>, call: &mut Call) {
        if let Some(own) = &mut call.own {
            own.kept = Some(self);
        }
    }
}

impl<T: Send + 'static> Keep for Shared<T> {
    fn rest(&mut self) {
        self.packed = None;
    }
}

/// As what a product takes.
pub fn of<T: 'static>(weights: &Weights) -> Option<&Packed<T>> {
    weights.as_ref()?.downcast_ref()
}
