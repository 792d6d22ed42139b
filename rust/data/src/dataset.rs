//! What a dataset and an iterator are.
use ferroflow_ops::RunCtx;
use ferroflow_tensor::{DType, Object, PartialShape, Result, Tensor, bail, error};
use std::sync::Arc;

/// Number of elements of a dataset that never ends.
pub const INFINITE: i64 = -1;
/// Number of elements of a dataset that only a pass can count.
pub const UNKNOWN: i64 = -2;

/// The components of one element.
pub type Element = Vec<Tensor>;

/// Dtypes and static shapes of the components of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Dtypes.
    pub types: Vec<DType>,
    /// Static shapes.
    pub shapes: Vec<PartialShape>,
}

impl Spec {
    /// Checks an element. InvalidArgument if it is of another kind.
    pub fn check(&self, element: &[Tensor]) -> Result<()> {
        self.check_count(element.len())?;
        for (i, (t, shape)) in element.iter().zip(&self.shapes).enumerate() {
            self.check_type(i, t.dtype())?;
            if !shape.accepts(t.shape()) {
                bail!(InvalidArgument, "Incompatible shapes at component {i}: expected {shape} but got {}.", t.shape());
            }
        }
        Ok(())
    }
    /// Checks what another spec says of the same elements. InvalidArgument if they contradict.
    pub fn check_spec(&self, found: &Spec) -> Result<()> {
        self.check_count(found.types.len())?;
        for (i, (d, s)) in found.types.iter().zip(&found.shapes).enumerate() {
            self.check_type(i, *d)?;
            if !self.shapes[i].is_compatible(s) {
                bail!(InvalidArgument, "Incompatible shapes at component {i}: expected {} but got {s}.", self.shapes[i]);
            }
        }
        Ok(())
    }
    fn check_count(&self, n: usize) -> Result<()> {
        if self.types.len() != n {
            bail!(InvalidArgument, "Number of components does not match: expected {} types but got {n}.", self.types.len());
        }
        Ok(())
    }
    fn check_type(&self, i: usize, d: DType) -> Result<()> {
        let want = self.types[i];
        if want != d {
            bail!(
                InvalidArgument,
                "Data type mismatch at component {i}: expected {} but got {}.",
                want.signature_name(),
                d.signature_name()
            );
        }
        Ok(())
    }
}

/// A recipe for a sequence of elements. Immutable but for caches and seeds; many passes may go on at once.
pub trait Dataset: Send + Sync {
    /// Dtypes and static shapes of its elements.
    fn spec(&self) -> &Arc<Spec>;
    /// Number of elements: [`INFINITE`] and [`UNKNOWN`] are negative.
    fn cardinality(&self) -> i64;
    /// Whether a pass calls Python: then it stays on the thread that asks for elements.
    fn calls_python(&self) -> bool;
    /// Starts a pass.
    fn iterate(self: Arc<Self>, run: &RunCtx) -> Result<Box<dyn Iterate>>;
}

/// One pass over a dataset. Its state is a position, buffered elements and random generators.
pub trait Iterate: Send {
    /// The next element; None at the end, and again if asked again. After an error the pass goes on with what follows.
    fn next(&mut self, run: &RunCtx) -> Result<Option<Element>>;
}

/// The element of a variant tensor that holds a dataset.
pub struct DatasetObject(pub Arc<dyn Dataset>);
impl Object for DatasetObject {
    fn type_name(&self) -> &str {
        "Dataset"
    }
}

/// The dataset in a scalar variant tensor. InvalidArgument if it holds something else.
pub(crate) fn dataset_of(t: &Tensor) -> Result<Arc<dyn Dataset>> {
    if t.shape().rank() != 0 {
        bail!(InvalidArgument, "Dataset tensor must be a scalar of dtype DT_VARIANT.");
    }
    let object = t.get_object::<DatasetObject>().map_err(|_| error!(InvalidArgument, "Tensor must be a Dataset object."))?;
    Ok(object.0.clone())
}
/// A scalar variant tensor that holds a dataset.
pub(crate) fn variant(d: Arc<dyn Dataset>) -> Tensor {
    Tensor::object(DType::Variant, Arc::new(DatasetObject(d)))
}

/// Two cardinalities side by side: the shorter one.
pub(crate) fn shorter(a: i64, b: i64) -> i64 {
    match (a, b) {
        (UNKNOWN, _) | (_, UNKNOWN) => UNKNOWN,
        (INFINITE, n) | (n, INFINITE) => n,
        (a, b) => a.min(b),
    }
}
/// Two cardinalities one after the other.
pub(crate) fn sum(a: i64, b: i64) -> i64 {
    match (a, b) {
        (INFINITE, _) | (_, INFINITE) => INFINITE,
        (UNKNOWN, _) | (_, UNKNOWN) => UNKNOWN,
        (a, b) => a.saturating_add(b),
    }
}
