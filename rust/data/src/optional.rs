//! Optionals: an element or none, held by a variant tensor.
use crate::dataset::Element;
use ferroflow_ops::{Call, Prep, Prepared};
use ferroflow_tensor::{DType, Object, Result, Tensor, bail};
use std::sync::Arc;

/// An element or none.
pub(crate) struct Optional(pub Option<Element>);
impl Object for Optional {
    fn type_name(&self) -> &str {
        "Optional"
    }
}
impl Optional {
    /// A scalar variant tensor that holds it.
    pub fn tensor(self) -> Tensor {
        Tensor::object(DType::Variant, Arc::new(self))
    }
}
fn get(call: &Call) -> Result<Arc<Optional>> {
    match call.input(0).get_object::<Optional>() {
        Ok(o) => Ok(o),
        Err(_) => bail!(InvalidArgument, "Input is not an Optional value."),
    }
}
pub(crate) fn from_value(_: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        let e = (0..call.n_inputs()).map(|i| call.input(i).clone().settle()).collect::<Result<_>>()?;
        call.set(0, Optional(Some(e)).tensor());
        Ok(())
    }
    Ok(Prepared::new(run, 200.0))
}
pub(crate) fn none(_: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        call.set(0, Optional(None).tensor());
        Ok(())
    }
    Ok(Prepared::new(run, 200.0))
}
pub(crate) fn has_value(_: &Prep) -> Result<Prepared> {
    fn run(_: &Prepared, call: &mut Call) -> Result<()> {
        let has = get(call)?.0.is_some();
        call.set(0, Tensor::scalar(has));
        Ok(())
    }
    Ok(Prepared::new(run, 200.0))
}
pub(crate) fn get_value(p: &Prep) -> Result<Prepared> {
    fn run(p: &Prepared, call: &mut Call) -> Result<()> {
        let o = get(call)?;
        let Some(e) = &o.0 else { bail!(InvalidArgument, "The given optional does not have a value.") };
        p.plan::<crate::dataset::Spec>()?.check(e)?;
        e.iter().enumerate().for_each(|(i, t)| call.set(i, t.clone()));
        Ok(())
    }
    let spec = crate::dataset::Spec { types: p.attrs.dtypes("output_types")?.to_vec(), shapes: p.attrs.shapes("output_shapes")?.to_vec() };
    Ok(Prepared::with(run, 200.0, spec))
}
