//! Nested sequences of numbers and strings as tensors: lists, tuples, arrays, ranges and whatever has a length and items.
use crate::door::raise;
use crate::front::{DIMENSION, GRAPH_ARRAY};
use crate::literal::{Leaf, Rules, integer, is_sequence, leaf};
use crate::numpy;
use ferroflow_tensor::{BF16, C64, C128, DType, F16, Str, Tensor};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyComplexMethods, PyFloat, PyInt, PyList, PyString, PyTuple};

const DEEPEST: usize = 64;

/// An element: its value, and the dtype that NumPy gives it if it is NumPy's.
struct Element {
    leaf: Leaf,
    numpy: Option<DType>,
}

/// What is found in nested sequences.
#[derive(Default)]
struct Nested {
    dims: Vec<usize>,
    /// Whether the shape is known: the first element, or the first empty sequence, has been reached.
    shaped: bool,
    elements: Vec<Element>,
}

fn ragged() -> PyErr {
    PyValueError::new_err("Can't convert non-rectangular Python sequence to Tensor.")
}
fn mixed() -> PyErr {
    PyValueError::new_err("Can't convert Python sequence with mixed types to Tensor.")
}
fn out_of_range() -> PyErr {
    PyValueError::new_err("Can't convert Python sequence with out-of-range integer to Tensor.")
}

/// A number, string or nested sequence of these as a tensor of dtype `want`, or of the dtype that the rules give it.
/// ValueError if it is not rectangular or its elements do not fit each other; TypeError if they do not fit `want`.
pub fn tensor(o: &Bound<'_, PyAny>, want: Option<DType>, rules: Rules) -> PyResult<Tensor> {
    let mut n = Nested::default();
    match rules {
        Rules::Eager => {
            flatten(o, 0, None, &mut n)?;
            eager(o, &n, want)
        }
        Rules::Graph => {
            if plain(o, 0, &mut n)?
                && let Some(t) = graph(&n, want)?
            {
                return Ok(t);
            }
            let array = |d: Option<DType>| -> PyResult<Tensor> {
                let dtype = d.map(|d| crate::front::dtype(o.py(), d, false)).transpose()?;
                numpy::to_tensor(&GRAPH_ARRAY.get(o.py())?.call1((o, dtype))?)
            };
            // What has that dtype by itself needs no check of its elements, which does not know NumPy's truth values.
            array(want).or_else(|e| match array(None) {
                Ok(t) if Some(t.dtype()) == want => Ok(t),
                _ => Err(e),
            })
        }
    }
}

/// The element that an object of NumPy's, or of a subclass of one of Python's types, is.
fn element(o: &Bound<'_, PyAny>, numpy: Option<DType>) -> PyResult<Option<Element>> {
    if let Some(leaf) = leaf(o)? {
        return Ok(Some(Element { leaf, numpy }));
    }
    if numpy::is_scalar(o) {
        let array = o.py().import("numpy")?.call_method1("asarray", (o,))?;
        let dtype = numpy::peek(&array).map(|(d, _)| d);
        let item = o.call_method0("item")?;
        return Ok(leaf(&item)?.map(|leaf| Element { leaf, numpy: dtype }));
    }
    let leaf = if o.is_instance_of::<PyInt>() {
        integer(o)?
    } else if let Ok(f) = o.cast::<PyFloat>() {
        Leaf::Float(f.value())
    } else if let Ok(c) = o.cast::<PyComplex>() {
        Leaf::Complex(c.real(), c.imag())
    } else if o.is_instance_of::<PyString>() || o.is_instance_of::<PyBytes>() {
        Leaf::Text(numpy::string(o)?)
    } else {
        return Ok(size(o)?.map(|leaf| Element { leaf, numpy }));
    };
    Ok(Some(Element { leaf, numpy }))
}

/// The number that a `Dimension` stands for; None for other objects and for unknown sizes.
fn size(o: &Bound<'_, PyAny>) -> PyResult<Option<Leaf>> {
    if !o.is_instance(DIMENSION.get(o.py())?)? {
        return Ok(None);
    }
    leaf(&o.getattr(intern!(o.py(), "value"))?)
}

fn items<'py>(o: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    match (o.cast::<PyList>(), o.cast::<PyTuple>()) {
        (Ok(l), _) => Ok(l.iter().collect()),
        (_, Ok(t)) => Ok(t.iter().collect()),
        _ => {
            let invalid = |_| PyValueError::new_err("Attempted to convert an invalid sequence to a Tensor.");
            let n = o.len().map_err(invalid)?;
            (0..n).map(|i| o.get_item(i).map_err(invalid)).collect()
        }
    }
}

/// Collects the elements in order by the rules of eager mode: the first of each level says how long all are.
fn flatten(o: &Bound<'_, PyAny>, depth: usize, dtype: Option<DType>, out: &mut Nested) -> PyResult<()> {
    if depth > DEEPEST {
        return Err(PyValueError::new_err("Attempting to convert a Python sequence that is nested too deeply to a Tensor."));
    }
    if !is_sequence(o) {
        if numpy::is_array(o) {
            let dtype = numpy::peek(o).map(|(d, _)| d);
            return flatten(&o.call_method0("tolist")?, depth, dtype, out);
        }
        if let Some(e) = element(o, dtype)? {
            if out.shaped && out.dims.len() != depth {
                return Err(ragged());
            }
            out.shaped = true;
            out.elements.push(e);
            return Ok(());
        }
        if !numpy::is_sequence_object(o) {
            return Err(if out.shaped { mixed() } else { unsupported(o) });
        }
    }
    let items = items(o)?;
    if out.shaped {
        if out.dims.get(depth) != Some(&items.len()) {
            return Err(ragged());
        }
    } else {
        out.dims.push(items.len());
        out.shaped = items.is_empty();
    }
    for x in &items {
        flatten(x, depth + 1, dtype, out)?;
        if out.dims.last() == Some(&0) {
            break; // without elements: the rest is not looked at
        }
    }
    Ok(())
}
fn unsupported(o: &Bound<'_, PyAny>) -> PyErr {
    let text = || Ok::<_, PyErr>(format!("({}) with an unsupported type ({})", o.str()?, o.get_type().repr()?));
    match text() {
        Ok(t) => PyValueError::new_err(format!("Attempt to convert a value {t} to a Tensor.")),
        Err(e) => e,
    }
}

/// Why elements do not make a tensor of a dtype.
enum Unfit {
    Float,
    Wide,
    Range,
    Kind,
}
fn fits(e: &Element, d: DType) -> Result<(), Unfit> {
    let number = match &e.leaf {
        Leaf::Bool(_) if d == DType::Bool => return Ok(()),
        Leaf::Text(_) => return if d == DType::String { Ok(()) } else { Err(Unfit::Kind) },
        Leaf::Bool(_) => e.numpy.is_none(),
        _ => true,
    };
    if matches!(e.leaf, Leaf::Big(f) if f.is_infinite()) && (d.is_complex() || d.is_floating()) {
        return Err(Unfit::Range);
    }
    if d.is_complex() {
        return if number { Ok(()) } else { Err(Unfit::Kind) };
    }
    if d.is_floating() {
        return if number && !matches!(e.leaf, Leaf::Complex(..)) { Ok(()) } else { Err(Unfit::Kind) };
    }
    match e.leaf {
        Leaf::Float(_) if d.is_integer() => Err(Unfit::Float),
        Leaf::Bool(_) if d.is_integer() && number => Ok(()),
        Leaf::Int(_) | Leaf::Unsigned(_) | Leaf::Big(_) if d.is_integer() => match e.leaf.overflows(d) {
            false => Ok(()),
            true if d == DType::Int32 => Err(Unfit::Wide),
            true => Err(Unfit::Range),
        },
        _ => Err(Unfit::Kind),
    }
}
fn all_fit(elements: &[Element], d: DType) -> Result<(), Unfit> {
    elements.iter().try_for_each(|e| fits(e, d))
}

/// The dtype that eager mode gives elements: the first says the kind, later ones may widen integers.
fn inferred(elements: &[Element]) -> PyResult<DType> {
    let Some(first) = elements.first() else { return Ok(DType::Float) };
    let mut d = match (&first.leaf, first.numpy) {
        (Leaf::Text(_), _) => DType::String,
        (Leaf::Float(_), Some(d @ (DType::Double | DType::Half))) => d,
        (Leaf::Float(_), _) => DType::Float,
        (Leaf::Bool(_), _) => DType::Bool,
        (Leaf::Int(_) | Leaf::Unsigned(_) | Leaf::Big(_), _) => DType::Int32,
        (Leaf::Complex(..), _) => DType::Complex128,
    };
    loop {
        d = match all_fit(elements, d) {
            Ok(()) => return Ok(d),
            Err(Unfit::Wide) => DType::Int64,
            Err(Unfit::Float) => DType::Float,
            Err(Unfit::Range) => return Err(out_of_range()),
            Err(Unfit::Kind) => return Err(mixed()),
        }
    }
}

fn eager(o: &Bound<'_, PyAny>, n: &Nested, want: Option<DType>) -> PyResult<Tensor> {
    use DType::{Bool, Complex128, Double, Float, Half, Int32, Int64, String, UInt64};
    let all = &n.elements;
    if let Some(d @ (Float | Double | Half | Int64 | Int32 | UInt64 | Complex128 | String | Bool)) = want
        && all_fit(all, d).is_ok()
    {
        return fill(all, d, &n.dims);
    }
    if let (Some(d), true) = (want, all.is_empty()) {
        return fill(all, d, &n.dims);
    }
    let natural = inferred(all)?;
    let Some(d) = want else {
        if natural == Float && all.iter().any(|e| e.leaf.real().is_finite() && !(e.leaf.real() as f32).is_finite()) {
            return Err(PyValueError::new_err("Can't convert Python sequence with a value out of range for a double-precision float."));
        }
        return fill(all, natural, &n.dims);
    };
    if !compatible(d, natural) {
        return Err(refuse(o, d));
    }
    fill(all, d, &n.dims)
}
/// Whether eager mode casts values of one dtype to another when that is asked for.
fn compatible(to: DType, from: DType) -> bool {
    (to.is_integer() || to.is_quantized()) && from.is_integer()
        || to.is_floating() && (from.is_floating() || from.is_integer())
        || to.is_complex() && (from.is_complex() || from.is_floating() || from.is_integer())
}
fn refuse(o: &Bound<'_, PyAny>, d: DType) -> PyErr {
    match o.repr() {
        Ok(text) => PyTypeError::new_err(format!("Cannot convert {text} to EagerTensor of dtype {}", d.signature_name())),
        Err(e) => e,
    }
}

/// Collects lists and tuples of Python's own numbers and strings; false if there is anything else, or they are ragged.
fn plain(o: &Bound<'_, PyAny>, depth: usize, out: &mut Nested) -> PyResult<bool> {
    if !is_sequence(o) {
        let Some(leaf) = leaf(o)?.map_or_else(|| size(o), |l| Ok(Some(l)))? else { return Ok(false) };
        let fits = !out.shaped || out.dims.len() == depth;
        out.shaped = true;
        out.elements.push(Element { leaf, numpy: None });
        return Ok(fits);
    }
    let items = items(o)?;
    if out.shaped {
        if out.dims.get(depth) != Some(&items.len()) {
            return Ok(false);
        }
    } else {
        out.dims.push(items.len());
        out.shaped = items.is_empty();
    }
    if depth >= DEEPEST {
        return Ok(false);
    }
    for x in &items {
        if !plain(x, depth + 1, out)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The constant of Python's own numbers or strings; None where NumPy has to say what they make.
fn graph(n: &Nested, want: Option<DType>) -> PyResult<Option<Tensor>> {
    let all = &n.elements;
    let d = match want {
        Some(d) => d,
        None => match numpy_rules(all) {
            Some(d) => d,
            None => return Ok(None),
        },
    };
    let known = d.is_integer() || d.is_floating() || d.is_complex() || matches!(d, DType::Bool | DType::String);
    // NumPy takes a mixture of signed integers with those of 64 unsigned bits for floats, which mean nothing once cast.
    if d.is_integer()
        && all.iter().any(|e| matches!(e.leaf, Leaf::Int(_)))
        && let Some(e) = all.iter().find(|e| matches!(e.leaf, Leaf::Unsigned(_)) && fits(e, d).is_err())
    {
        return Err(PyTypeError::new_err(format!("Expected {}, but got {} of type 'int'.", d.name(), e.leaf.int() as u64)));
    }
    // An integer of 64 bits that does not fit is wrapped round.
    let fit = |e: &Element| match fits(e, d) {
        Ok(()) => !matches!(e.leaf, Leaf::Big(_)),
        Err(Unfit::Wide | Unfit::Range) => d.is_integer() && matches!(e.leaf, Leaf::Int(_) | Leaf::Unsigned(_)),
        Err(_) => false,
    };
    if !known || !all.iter().all(fit) { Ok(None) } else { fill(all, d, &n.dims).map(Some) }
}
fn numpy_rules(all: &[Element]) -> Option<DType> {
    if all.is_empty() {
        return Some(DType::Float);
    }
    let any = |f: fn(&Leaf) -> bool| all.iter().any(|e| f(&e.leaf));
    if any(|l| matches!(l, Leaf::Text(_))) {
        return all.iter().all(|e| matches!(e.leaf, Leaf::Text(_))).then_some(DType::String);
    }
    if any(|l| matches!(l, Leaf::Big(_) | Leaf::Unsigned(_))) {
        return None;
    }
    if any(|l| matches!(l, Leaf::Complex(..))) {
        return Some(DType::Complex128);
    }
    if any(|l| matches!(l, Leaf::Float(_))) {
        return Some(DType::Float);
    }
    if all.iter().all(|e| matches!(e.leaf, Leaf::Bool(_))) {
        return Some(DType::Bool);
    }
    Some(if all.iter().any(|e| e.leaf.overflows(DType::Int32)) { DType::Int64 } else { DType::Int32 })
}

fn fill(elements: &[Element], d: DType, dims: &[usize]) -> PyResult<Tensor> {
    macro_rules! make {
        ($l:ident, $e:expr) => {
            Tensor::from_slice(
                &elements
                    .iter()
                    .map(|e| {
                        let $l = &e.leaf;
                        $e
                    })
                    .collect::<Vec<_>>(),
                dims,
            )
        };
    }
    let t = match d {
        DType::Float => make!(l, l.real() as f32),
        DType::Double => make!(l, l.real()),
        DType::Half => make!(l, F16::from_f64(l.real())),
        DType::BFloat16 => make!(l, BF16::from_f64(f64::from(l.real() as f32))),
        DType::Int8 => make!(l, l.int() as i8),
        DType::Int16 => make!(l, l.int() as i16),
        DType::Int32 => make!(l, l.int() as i32),
        DType::Int64 => make!(l, l.int()),
        DType::UInt8 => make!(l, l.int() as u8),
        DType::UInt16 => make!(l, l.int() as u16),
        DType::UInt32 => make!(l, l.int() as u32),
        DType::UInt64 => make!(l, l.int() as u64),
        DType::Bool => make!(l, matches!(l, Leaf::Bool(true))),
        DType::Complex64 => make!(l, C64::new(l.real() as f32, l.imag() as f32)),
        DType::Complex128 => make!(l, C128::new(l.real(), l.imag())),
        DType::String => {
            let strings = elements.iter().map(|e| if let Leaf::Text(s) = &e.leaf { s.clone() } else { Str::default() }).collect();
            Tensor::from_strings(strings, dims)
        }
        other => {
            let base = fill(elements, if other.is_quantized() { DType::Int32 } else { DType::Float }, dims)?;
            return Python::attach(|py| cast(py, base, other));
        }
    };
    Python::attach(|py| t.map_err(|e| raise(py, e)))
}

/// The same numbers as another dtype.
pub fn cast(py: Python<'_>, t: Tensor, to: DType) -> PyResult<Tensor> {
    let cast = ferroflow_ops::op("Cast").map_err(|e| raise(py, e))?;
    let attrs = ferroflow_ops::Attrs::of(&[("DstT", to.into())]);
    let out = ferroflow_runtime::eager::execute(cast, &[&t], attrs, None, &std::sync::Arc::default()).map_err(|e| raise(py, e))?;
    Ok(out.into_iter().next().unwrap_or_default())
}
