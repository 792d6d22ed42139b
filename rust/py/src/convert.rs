//! The one converter: whatever a user passes, as a concrete value or as an endpoint of a graph.
use crate::front::SLOW_CONVERT;
use crate::graph::GraphBase;
use crate::literal::{self, Leaf, Rules};
use crate::numpy;
use crate::sequence;
use crate::tensor::{EagerTensor, SymbolicTensor, new_eager};
use ferroflow_graph::Endpoint;
use ferroflow_runtime::Value;
use ferroflow_tensor::{DType, Tensor};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// An argument after a first look.
pub enum Item<'py> {
    /// A concrete tensor.
    Eager(Bound<'py, EagerTensor>),
    /// A symbolic tensor.
    Symbolic(Bound<'py, SymbolicTensor>),
    /// A number or string of Python's own.
    Leaf(Leaf, Bound<'py, PyAny>),
    /// An ndarray or NumPy scalar.
    Array(Bound<'py, PyAny>),
    /// A list or tuple without tensors in it, or another object with a length and items.
    Sequence(Bound<'py, PyAny>),
    /// A list or tuple with tensors in it: it is packed.
    Pack(Bound<'py, PyAny>),
}

/// A first look at an argument: objects of other classes (variables, registered types) become tensors here.
#[inline]
pub fn look<'py>(o: &Bound<'py, PyAny>, want: Option<DType>) -> PyResult<Item<'py>> {
    if let Ok(t) = o.cast_exact::<EagerTensor>() {
        return Ok(Item::Eager(t.clone()));
    }
    if let Ok(t) = o.cast_exact::<SymbolicTensor>() {
        return Ok(Item::Symbolic(t.clone()));
    }
    if let Some(l) = literal::leaf(o)? {
        return Ok(Item::Leaf(l, o.clone()));
    }
    if numpy::is_array(o) {
        return Ok(Item::Array(o.clone()));
    }
    let plain = o.is_exact_instance_of::<pyo3::types::PyList>() || o.is_exact_instance_of::<pyo3::types::PyTuple>();
    if plain || literal::is_sequence(o) {
        return Ok(if holds_tensors(o, 0)? { Item::Pack(o.clone()) } else { Item::Sequence(o.clone()) });
    }
    slow(o, want)
}

/// The slow path: type dispatch, registered conversions, `__array__`; or TensorFlow's error.
#[cold]
fn slow<'py>(o: &Bound<'py, PyAny>, want: Option<DType>) -> PyResult<Item<'py>> {
    let py = o.py();
    let want = want.map(|d| crate::front::dtype(py, d, false)).transpose()?;
    let found = SLOW_CONVERT.get(py)?.call1((o, want, py.None()))?;
    if let Ok(t) = found.cast_exact::<EagerTensor>() {
        return Ok(Item::Eager(t.clone()));
    }
    if let Ok(t) = found.cast_exact::<SymbolicTensor>() {
        return Ok(Item::Symbolic(t.clone()));
    }
    if numpy::is_array(&found) {
        return Ok(Item::Array(found));
    }
    if found.is(py.NotImplemented()) {
        return Ok(Item::Sequence(o.clone()));
    }
    Err(PyTypeError::new_err(format!("conversion of {} gave {}, not a tensor", o.get_type().name()?, found.get_type().name()?)))
}

/// Whether a nested sequence holds a tensor, or something that is neither a Python number or string nor NumPy's.
fn holds_tensors(o: &Bound<'_, PyAny>, depth: usize) -> PyResult<bool> {
    if depth > 64 {
        return Err(PyValueError::new_err("Attempting to convert a Python sequence that is nested too deeply to a Tensor."));
    }
    for x in o.try_iter()? {
        let x = x?;
        if x.is_exact_instance_of::<EagerTensor>() || x.is_exact_instance_of::<SymbolicTensor>() {
            return Ok(true);
        }
        if literal::is_sequence(&x) {
            if holds_tensors(&x, depth + 1)? {
                return Ok(true);
            }
        } else if !x.is_exact_instance_of::<pyo3::types::PyFloat>()
            && !x.is_exact_instance_of::<pyo3::types::PyInt>()
            && x.hasattr("__tf_tensor__")?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

impl<'py> Item<'py> {
    /// The dtype that this argument has by itself; None for Python numbers and lists, which adopt one.
    pub fn dtype(&self) -> Option<DType> {
        match self {
            Item::Eager(t) => Some(t.get().value.tensor.dtype()),
            Item::Symbolic(t) => Some(t.get().dtype),
            _ => None,
        }
    }
    /// The dtype of this argument, given that no tensor says one.
    pub fn natural_dtype(&self, rules: Rules) -> PyResult<Option<DType>> {
        Ok(match self {
            Item::Leaf(l, o) => Some(literal::scalar_of(l, o, None, rules)?.dtype()),
            Item::Array(a) => match numpy::peek(a) {
                Some((d, _)) => Some(d),
                None => Some(numpy::to_tensor(a)?.dtype()),
            },
            Item::Sequence(s) => Some(sequence::tensor(s, None, rules)?.dtype()),
            Item::Pack(s) => first_tensor_dtype(s)?,
            _ => self.dtype(),
        })
    }
    /// Whether it is symbolic, or a list that holds something symbolic.
    pub fn symbolic(&self) -> PyResult<Option<Bound<'py, SymbolicTensor>>> {
        match self {
            Item::Symbolic(t) => Ok(Some(t.clone())),
            Item::Pack(s) => find_symbolic(s),
            _ => Ok(None),
        }
    }
    /// As a concrete value. A Python value takes the dtype `want`.
    #[inline]
    pub fn value(self, want: Option<DType>, rules: Rules) -> PyResult<Value> {
        match self {
            Item::Eager(t) => Ok(t.get().value.clone()),
            Item::Leaf(l, o) => Ok(Value::new(literal::scalar_of(&l, &o, want, rules)?)),
            Item::Array(a) => Ok(Value::new(array(&a, want, rules)?)),
            Item::Sequence(s) => Ok(Value::new(sequence::tensor(&s, want, rules)?)),
            Item::Pack(s) => {
                let packed = pack(&s, want, "packed")?;
                match packed.cast_exact::<EagerTensor>() {
                    Ok(t) => Ok(t.get().value.clone()),
                    Err(_) => Err(PyTypeError::new_err("a symbolic tensor was used where a value is needed")),
                }
            }
            Item::Symbolic(t) => Err(PyTypeError::new_err(format!("the symbolic tensor '{}' has no value", t.get().name(t.py())?))),
        }
    }
    /// As a concrete value of dtype `want`, else of dtype `preferred` where that is possible.
    pub fn preferably(self, want: Option<DType>, preferred: Option<DType>, rules: Rules) -> PyResult<Value> {
        let again = match &self {
            _ if want.is_some() || preferred.is_none() => return self.value(want, rules),
            Item::Leaf(l, o) => Item::Leaf(l.clone(), o.clone()),
            Item::Array(a) => Item::Array(a.clone()),
            Item::Sequence(s) => Item::Sequence(s.clone()),
            _ => return self.value(want, rules),
        };
        again.value(preferred, rules).or_else(|_| self.value(None, rules))
    }
    /// As an endpoint of a graph: constants are added, outer tensors captured.
    pub fn endpoint(self, graph: &Bound<'py, GraphBase>, want: Option<DType>, name: &str) -> PyResult<Endpoint> {
        match self {
            Item::Symbolic(t) => GraphBase::accept(graph, &t),
            Item::Eager(t) => GraphBase::capture_value(graph, &t, name),
            Item::Pack(s) => {
                let packed = pack(&s, want, name)?;
                match look(&packed, None)? {
                    Item::Symbolic(t) => GraphBase::accept(graph, &t),
                    other => other.endpoint(graph, want, name),
                }
            }
            other => {
                let v = other.value(want, Rules::Graph)?;
                GraphBase::add_constant(graph, v.tensor, name)
            }
        }
    }
}

/// An ndarray as a tensor; another dtype is what NumPy's unsafe cast makes of it, as in TensorFlow.
fn array(a: &Bound<'_, PyAny>, want: Option<DType>, rules: Rules) -> PyResult<Tensor> {
    let Some(want) = want else { return numpy::to_tensor(a) };
    if numpy::peek(a).is_some_and(|(d, _)| d == want) || want.is_object() {
        let t = numpy::to_tensor(a)?;
        if t.dtype() == want {
            return Ok(t);
        }
        if want == DType::String {
            let Some(first) = a.getattr("flat")?.try_iter()?.next() else {
                return Tensor::from_strings(vec![], t.shape().clone()).map_err(|e| crate::door::raise(a.py(), e));
            };
            let first = first?.call_method0("item")?;
            return Err(match rules {
                Rules::Eager => numpy::unsupported(&first)?,
                Rules::Graph => PyTypeError::new_err(format!("Expected binary or unicode string, got {}", first.repr()?)),
            });
        }
        let text = format!("Cannot convert {} to EagerTensor of dtype {}", a.repr()?, want.signature_name());
        return Err(PyTypeError::new_err(text));
    }
    if want.is_quantized() {
        return sequence::cast(a.py(), numpy::to_tensor(a)?, want);
    }
    numpy::to_tensor(&a.call_method1("astype", (numpy::numpy_type_of(a.py(), want)?,))?)
}

fn find_symbolic<'py>(s: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, SymbolicTensor>>> {
    for x in s.try_iter()? {
        let x = x?;
        if let Ok(t) = x.cast_exact::<SymbolicTensor>() {
            return Ok(Some(t.clone()));
        }
        if literal::is_sequence(&x) {
            if let Some(t) = find_symbolic(&x)? {
                return Ok(Some(t));
            }
        } else if x.hasattr("__tf_tensor__")?
            && let Some(t) = look(&x, None)?.symbolic()?
        {
            return Ok(Some(t));
        }
    }
    Ok(None)
}
fn first_tensor_dtype(s: &Bound<'_, PyAny>) -> PyResult<Option<DType>> {
    for x in s.try_iter()? {
        let x = x?;
        let d = if literal::is_sequence(&x) {
            first_tensor_dtype(&x)?
        } else if literal::leaf(&x)?.is_some() {
            None
        } else {
            look(&x, None)?.dtype()
        };
        if d.is_some() {
            return Ok(d);
        }
    }
    Ok(None)
}

/// Packs a nested list that holds tensors, level by level; in a graph parts are named after the whole.
fn pack<'py>(s: &Bound<'py, PyAny>, want: Option<DType>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = s.py();
    let natural = first_tensor_dtype(s)?;
    let graph = crate::context::target_graph(py)?;
    let own = graph.as_ref().map(|g| g.get().graph.unique_name(&crate::graph::scoped(name), true));
    let scope = own.as_deref().map(crate::op::Scope::enter);
    let mut parts = vec![];
    for (k, x) in s.try_iter()?.enumerate() {
        let (x, k) = (x?, k.to_string());
        if literal::is_sequence(&x) && holds_tensors(&x, 0)? {
            parts.push(pack(&x, want.or(natural), &k)?);
        } else {
            parts.push(match (look(&x, None)?, &graph) {
                (Item::Eager(t), _) => t.into_any(),
                (Item::Symbolic(t), _) => t.into_any(),
                (other, Some(g)) => {
                    let e = GraphBase::add_constant(g, other.value(want.or(natural), Rules::Graph)?.tensor, &k)?;
                    GraphBase::tensor(g, e)?.into_any()
                }
                (other, None) => new_eager(py, other.value(want.or(natural), Rules::Eager)?)?.into_any(),
            });
        }
    }
    if let Some(d) = want
        && natural != want
    {
        for part in &mut parts {
            if crate::operators::dtype_of(part).is_some_and(|have| have != d) {
                *part = crate::operators::cast(part, d)?;
            }
        }
    }
    drop(scope);
    let op = ferroflow_ops::op("Pack").map_err(|e| crate::door::raise(py, e))?;
    let list = pyo3::types::PyList::new(py, parts)?;
    let inputs = pyo3::types::PyTuple::new(py, [list])?;
    let name = own.map(|own| own + "/");
    crate::op::run(py, op, &inputs, &pyo3::types::PyTuple::empty(py), name.as_deref())
}

/// Converts to a tensor, concrete or symbolic according to the mode.
#[pyfunction]
#[pyo3(signature = (value, dtype=None, preferred=None, name=None))]
pub fn convert<'py>(
    py: Python<'py>,
    value: &Bound<'py, PyAny>,
    dtype: Option<&Bound<'py, PyAny>>,
    preferred: Option<&Bound<'py, PyAny>>,
    name: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let want = dtype.map(crate::front::parse_dtype).transpose()?;
    let item = look(value, want)?;
    if let Some(have) = item.dtype()
        && let Some(want) = want
        && have != want
    {
        return Err(PyValueError::new_err(format!(
            "Tensor conversion requested dtype {} for Tensor with dtype {}: {}",
            want.name(),
            have.name(),
            value.repr()?
        )));
    }
    let graph = crate::context::target_graph(py)?;
    match (item, graph) {
        (Item::Symbolic(t), None) => Ok(t.into_any()),
        (Item::Symbolic(t), Some(g)) => {
            let e = GraphBase::accept(&g, &t)?;
            Ok(GraphBase::tensor(&g, e)?.into_any())
        }
        (Item::Eager(t), None) => Ok(t.into_any()),
        (Item::Eager(t), Some(g)) => {
            let e = GraphBase::capture_value(&g, &t, name.unwrap_or(""))?;
            Ok(GraphBase::tensor(&g, e)?.into_any())
        }
        (Item::Pack(s), _) => match preferred {
            Some(p) if want.is_none() && !p.is_none() => {
                let name = name.unwrap_or("packed");
                pack(&s, Some(crate::front::parse_dtype(p)?), name).or_else(|_| pack(&s, None, name))
            }
            _ => pack(&s, want, name.unwrap_or("packed")),
        },
        (item, g) => {
            let t = with_preference(item, want, preferred, if g.is_some() { Rules::Graph } else { Rules::Eager })?;
            match g {
                None => Ok(new_eager(py, Value::new(t))?.into_any()),
                Some(g) => {
                    let e = GraphBase::add_constant(&g, t, name.unwrap_or("Const"))?;
                    // Running a constant that a user wrote under control dependencies runs those first.
                    for before in ferroflow_runtime::context::with(|c| c.control.clone()) {
                        g.get().graph.add_control(e.node, before).map_err(|e| crate::door::raise(py, e))?;
                    }
                    Ok(GraphBase::tensor(&g, e)?.into_any())
                }
            }
        }
    }
}

fn with_preference(item: Item<'_>, want: Option<DType>, preferred: Option<&Bound<'_, PyAny>>, rules: Rules) -> PyResult<Tensor> {
    let preferred = match preferred {
        Some(p) if want.is_none() && !p.is_none() => Some(crate::front::parse_dtype(p)?),
        _ => None,
    };
    Ok(item.preferably(want, preferred, rules)?.tensor)
}

/// The other operand of a Python operator as a tensor: it takes the dtype of the tensor at hand, as far as possible unless it
/// `must`. `name` is that of the constant that it may become.
pub fn convert_operand<'py>(o: &Bound<'py, PyAny>, like: &Bound<'py, PyAny>, must: bool, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = o.py();
    let have = look(like, None)?.dtype();
    let (want, hint) = if must { (have, None) } else { (None, have) };
    let graph = match like.cast_exact::<SymbolicTensor>() {
        Ok(t) => Some(t.get().graph.bind(py).clone()),
        Err(_) => crate::context::target_graph(py)?,
    };
    match (look(o, have)?, graph) {
        (Item::Eager(t), _) => Ok(t.into_any()),
        (Item::Symbolic(t), _) => Ok(t.into_any()),
        (Item::Pack(s), _) => pack(&s, have, name),
        (item, Some(g)) => {
            let e = GraphBase::add_constant(&g, item.preferably(want, hint, Rules::Graph)?.tensor, name)?;
            Ok(GraphBase::tensor(&g, e)?.into_any())
        }
        (item, None) => Ok(new_eager(py, item.preferably(want, hint, Rules::Eager)?)?.into_any()),
    }
}
