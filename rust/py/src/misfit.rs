//! What is said of a Python value that cannot become an operand of a node: TensorFlow's sentences.
use crate::convert::Item;
use crate::literal::Rules;
use ferroflow_ops::{ArgDef, OpDef};
use ferroflow_tensor::DType;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// The Python value of an argument that is not a tensor yet.
pub fn python_value<'py>(item: &Item<'py>) -> Option<Bound<'py, PyAny>> {
    match item {
        Item::Leaf(_, o) | Item::Array(o) | Item::Sequence(o) | Item::Pack(o) => Some(o.clone()),
        _ => None,
    }
}

/// The error `e` of turning `value` into the operand `def` of dtype `want`, with op and operand.
#[cold]
pub fn of_operand(py: Python<'_>, op: &OpDef, def: &ArgDef, want: Option<DType>, value: &Bound<'_, PyAny>, e: PyErr) -> PyErr {
    let said = e.value(py).to_string();
    match want {
        Some(want) if e.is_instance_of::<PyTypeError>(py) => {
            let (Ok(shown), Ok(class)) = (value.repr(), value.get_type().name()) else { return e };
            let (want, arg, op) = (want.name(), &def.name, op.name);
            PyTypeError::new_err(format!(
                "Expected {want} passed to parameter '{arg}' of op '{op}', got {shown} of type '{class}' instead. Error: {said}"
            ))
        }
        _ if e.get_type(py).is(py.get_type::<PyValueError>()) => {
            PyValueError::new_err(format!("Tried to convert '{}' to a tensor and failed. Error: {said}", def.name))
        }
        _ => e,
    }
}

/// The error of a list of operands of which some have dtypes by now, and the others, from `failed` on, are Python values still.
#[cold]
pub fn of_list<'py>(
    py: Python<'py>,
    op: &OpDef,
    def: &ArgDef,
    known: Vec<DType>,
    failed: Bound<'py, PyAny>,
    rest: impl Iterator<Item = Item<'py>>,
    e: PyErr,
) -> PyErr {
    if !e.is_instance_of::<PyTypeError>(py) {
        return e;
    }
    let first = crate::convert::look(&failed, None).and_then(|i| i.natural_dtype(Rules::Graph));
    let others = rest.map(|i| i.natural_dtype(Rules::Graph));
    let Ok(all) = known.into_iter().map(|d| Ok(Some(d))).chain(std::iter::once(first)).chain(others).collect::<PyResult<Option<Vec<_>>>>()
    else {
        return e;
    };
    let Some(all) = all else { return e };
    let names: Vec<_> = all.iter().map(|d| d.name()).collect();
    PyTypeError::new_err(format!(
        "Tensors in list passed to '{}' of '{}' Op have types [{}] that don't all match.",
        def.name,
        op.name,
        names.join(", ")
    ))
}
