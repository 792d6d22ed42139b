//! What a session is fed: keys that mean tensors, values as arrays of their dtypes.
use crate::convert::{Item, look};
use crate::door::raise;
use crate::graph::GraphBase;
use crate::numpy;
use crate::tensor::{EagerTensor, SymbolicTensor};
use ferroflow_graph::{Endpoint, NodeId};
use ferroflow_ops::ValueType;
use ferroflow_tensor::{DType, Tensor, error};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyInt, PyString, PyTuple};
use smallvec::SmallVec;

/// Values for endpoints, in the order in which they were given.
pub type Feeds = SmallVec<[(Endpoint, Tensor); 4]>;

const FORM: &str = "Tensor names must be of the form \"<op_name>:<output_index>\".";

/// The text of a name, if this is one.
pub fn name_text(name: &Bound<'_, PyAny>) -> Option<String> {
    match name.cast::<PyString>() {
        Ok(s) => s.to_cow().ok().map(|s| s.into_owned()),
        Err(_) => name.cast::<PyBytes>().ok().and_then(|b| String::from_utf8(b.as_bytes().to_vec()).ok()),
    }
}

/// What a name such as `add:0` or `add` means in a graph; TensorFlow's ValueError or KeyError otherwise.
pub fn by_name(py: Python<'_>, graph: &GraphBase, name: &str) -> PyResult<Result<Endpoint, NodeId>> {
    let g = &graph.graph;
    let Some((op, index)) = name.split_once(':') else {
        return match g.find(name) {
            Some(id) => Ok(Err(id)),
            None => Err(PyKeyError::new_err(format!("The name '{name}' refers to an Operation not in the graph."))),
        };
    };
    let Ok(index) = index.parse::<usize>() else {
        return Err(PyValueError::new_err(format!("The name '{name}' looks a like a Tensor name, but is not a valid one. {FORM}")));
    };
    let missing = format!("The name '{name}' refers to a Tensor which does not exist. The operation, '{op}',");
    let Some(id) = g.find(op) else { return Err(PyKeyError::new_err(format!("{missing} does not exist in the graph."))) };
    let n = g.node(id).map_err(|e| raise(py, e))?.outputs.len();
    if index >= n {
        return Err(PyKeyError::new_err(format!("{missing} exists but only has {n} outputs.")));
    }
    Ok(Ok(Endpoint::new(id, index)))
}

fn not_a_key(py: Python<'_>, why: impl std::fmt::Display) -> PyErr {
    let e = error!(Type, "Cannot interpret feed_dict key as Tensor: {why}");
    raise(py, e.fix("the keys of feed_dict are tensors of the session's graph, such as placeholders, or their names, such as 'x:0'"))
}

/// The endpoint that a key of a feed dict names by text.
fn named_key(py: Python<'_>, graph: &GraphBase, name: &str) -> PyResult<Endpoint> {
    match by_name(py, graph, name) {
        Ok(Ok(e)) => Ok(e),
        Ok(Err(_)) => Err(not_a_key(py, format!("The name '{name}' refers to an Operation, not a Tensor. {FORM}"))),
        Err(_) if !name.contains(':') => {
            Err(not_a_key(py, format!("The name '{name}' looks like an (invalid) Operation name, not a Tensor. {FORM}")))
        }
        Err(e) => Err(not_a_key(py, e.value(py).getattr("args")?.get_item(0)?)),
    }
}

/// All pairs of a feed dict.
pub fn feed_dict(graph: &Bound<'_, GraphBase>, feeds: &Bound<'_, PyAny>) -> PyResult<Feeds> {
    let mut out = Feeds::new();
    if let Ok(d) = feeds.cast::<PyDict>() {
        d.iter().try_for_each(|(k, v)| feed(graph, &k, &v, &mut out))?;
    } else if !feeds.is_none() {
        let Ok(items) = feeds.call_method0("items") else {
            let class = feeds.get_type().name()?;
            let e = error!(Type, "FlattenDictItems: 'dict' must be a dictionary or collection.Mapping type object, instead of '{class}'.");
            return Err(raise(feeds.py(), e.fix("feed_dict={tensor: value}")));
        };
        for pair in items.try_iter()? {
            let (k, v): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
            feed(graph, &k, &v, &mut out)?;
        }
    }
    Ok(out)
}

/// One pair of a feed dict.
fn feed(graph: &Bound<'_, GraphBase>, k: &Bound<'_, PyAny>, v: &Bound<'_, PyAny>, out: &mut Feeds) -> PyResult<()> {
    let py = k.py();
    let e = if let Ok(t) = k.cast_exact::<SymbolicTensor>() {
        if !t.get().graph.is(graph) {
            return Err(not_a_key(py, format!("Tensor {} is not an element of this graph.", t.str()?)));
        }
        t.get().endpoint
    } else if let Some(name) = name_text(k) {
        named_key(py, graph.get(), &name)?
    } else if let Ok(m) = k.getattr(intern!(py, "_as_graph_element")) {
        return feed(graph, &m.call0()?, v, out);
    } else if let (Ok(ks), Ok(vs)) = (k.cast::<PyTuple>(), v.try_iter()) {
        let vs = vs.collect::<PyResult<Vec<_>>>()?;
        if ks.len() != vs.len() {
            let (n, m) = (ks.len(), vs.len());
            let (ks, vs) = (ks.to_list().repr()?, pyo3::types::PyList::new(py, vs)?.repr()?);
            return Err(PyValueError::new_err(format!(
                "Could not flatten dictionary. Key had {n} elements, but value had {m} elements. Key: {ks}, value: {vs}."
            )));
        }
        return ks.iter().zip(vs).try_for_each(|(k, v)| feed(graph, &k, &v, out));
    } else if let Ok(m) = k.getattr(intern!(py, "_feed_parts")) {
        for pair in m.call1((v,))?.try_iter()? {
            let (k, v): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
            feed(graph, &k, &v, out)?;
        }
        return Ok(());
    } else {
        return Err(not_a_key(py, format!("Can not convert a {} into a Tensor.", k.get_type().name()?)));
    };
    let t = graph.get().graph.value_type(e).map_err(|e| raise(py, e))?;
    let value = checked(graph, e, &t, v, Some(k))?;
    if graph.get().is_restricted() {
        feedable(graph, e)?;
    }
    if let Some(slot) = out.iter_mut().find(|(x, _)| *x == e) {
        slot.1 = value;
    } else {
        out.push((e, value));
    }
    Ok(())
}

/// ValueError if feeding this endpoint was forbidden.
#[cold]
pub fn feedable(graph: &Bound<'_, GraphBase>, e: Endpoint) -> PyResult<()> {
    let tensor = GraphBase::tensor(graph, e)?;
    if graph.call_method1("is_feedable", (&tensor,))?.is_truthy()? {
        return Ok(());
    }
    let e = error!(Value, "Tensor {} may not be fed.", tensor.get().name(tensor.py())?);
    Err(raise(tensor.py(), e.fix("feed another tensor: graph.prevent_feeding was called with this one")))
}

/// A fed value that fits an endpoint of this type; `key` is what the user fed it by.
#[inline]
pub fn checked(
    graph: &Bound<'_, GraphBase>,
    e: Endpoint,
    t: &ValueType,
    v: &Bound<'_, PyAny>,
    key: Option<&Bound<'_, PyAny>>,
) -> PyResult<Tensor> {
    let value = match feed_value(v, t.dtype) {
        Ok(value) => value,
        Err(_) if v.cast_exact::<SymbolicTensor>().is_ok() => {
            let key = key.map_or_else(|| Ok(GraphBase::tensor(graph, e)?.into_any()), |k| PyResult::Ok(k.clone()))?;
            return Err(PyTypeError::new_err(format!(
                "{NO_TENSOR} For reference, the tensor object was {} which was passed to the argument `feed_dict` with key {}.",
                v.str()?,
                key.str()?
            )));
        }
        Err(err) => return Err(err),
    };
    if t.shape.accepts(value.shape()) { Ok(value) } else { Err(wrong_shape(graph, e, t, &value)) }
}

const NO_TENSOR: &str = "The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists, numpy ndarrays, or TensorHandles.";

#[cold]
fn wrong_shape(graph: &Bound<'_, GraphBase>, e: Endpoint, t: &ValueType, value: &Tensor) -> PyErr {
    let py = graph.py();
    let name = match graph.get().graph.node(e.node) {
        Ok(n) => n.tensor_name(e.index as usize),
        Err(e) => return raise(py, e),
    };
    let python = |s: &str| s.replace(',', ", ").replace('?', "None").replace('[', "(").replace(']', ")");
    let have = match value.shape().rank() {
        1 => format!("({},)", value.shape()[0]),
        _ => python(&value.shape().to_string()),
    };
    let want = match crate::front::partial_shape(py, &t.shape).and_then(|s| s.str()) {
        Ok(text) => text,
        Err(e) => return e,
    };
    let e = error!(Value, "Cannot feed value of shape {have} for Tensor {name}, which has shape {want}");
    raise(py, e.fix("reshape the value, or declare the placeholder with the shape that is fed"))
}

/// A fed value as a tensor of the placeholder's dtype, as `np.asarray(value).astype(dtype)` makes it.
#[inline]
pub fn feed_value(v: &Bound<'_, PyAny>, want: DType) -> PyResult<Tensor> {
    let py = v.py();
    if let Some(t) = numpy::borrow(v)?
        && t.dtype() == want
    {
        return Ok(t);
    }
    if v.cast_exact::<SymbolicTensor>().is_ok() {
        return Err(PyTypeError::new_err(NO_TENSOR));
    }
    if let Ok(t) = v.cast_exact::<EagerTensor>() {
        let t = t.get().near(py)?;
        if t.dtype() == want {
            return Ok(t);
        }
        return feed_value(&numpy::view(py, &t)?, want);
    }
    if want == DType::String {
        let a = crate::front::NUMPY_ARRAY.get(py)?.call1((v, intern!(py, "object")))?;
        return numpy::to_tensor(&a);
    }
    if want.is_object() {
        return Ok(look(v, Some(want))?.value(Some(want), crate::literal::Rules::Eager)?.tensor);
    }
    let int = v.is_instance_of::<PyInt>() && !v.is_instance_of::<PyBool>();
    let natural = !numpy::is_array(v) && (!int || want != DType::Bool);
    if natural
        && let Ok(item) = look(v, Some(want))
        && !matches!(&item, Item::Leaf(leaf, _) if want.is_integer() && leaf.overflows(want))
        && let Ok(value) = item.value(Some(want), crate::literal::Rules::Eager)
        && value.tensor.dtype() == want
    {
        return Ok(value.tensor);
    }
    let as_array = py.import(intern!(py, "numpy"))?.getattr(intern!(py, "asarray"))?;
    let a = as_array.call1((v,))?.call_method1(intern!(py, "astype"), (numpy::numpy_type_of(py, want)?,))?;
    if int && !a.eq(v)? {
        return Err(PyTypeError::new_err(format!(
            "Type of feed value {} with type {} is not compatible with Tensor type {}. Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).",
            v.str()?,
            v.get_type().repr()?,
            a.getattr("dtype")?.getattr("type")?.repr()?
        )));
    }
    numpy::to_tensor(&a)
}
