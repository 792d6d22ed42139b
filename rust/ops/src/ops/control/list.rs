//! Tensor lists: variants that hold tensors of one dtype, what loops collect their results in.
use crate::attr::Attr;
use crate::build::{Build, Grad, GradValue, Val, some};
use crate::def::{Entry, Flags, Gpu, Gradient, ShapeRule, Test};
use crate::infer::Infer;
use ferroflow_tensor::{DType, PartialShape, Result, Tensor};
use std::sync::Arc;

const LIST: Test = Test::own(&["rust/cpu/tests/list.rs"]);
const HOST: Gpu = Gpu::Host("a list is kept by the host");
const SHAPED: &str = "element_dtype: type; shape_type: {int32, int64}";
const TYPED: &str = "element_dtype: type";

/// Entries of ops that take a list first and have their shape from [`item`] or [`same_list`].
const fn entry(name: &'static str, sig: &'static str, attrs: &'static str, doc: &'static str) -> Entry {
    Entry { name, sig, attrs, doc, gpu: HOST, test: LIST, ..Entry::NEW }
}

/// Lists of tensors.
pub static OPS: &[Entry] = &[
    Entry {
        shape: ShapeRule::Rule(|c| made(c, 0)),
        grad: Gradient::Missing("the list holds nothing yet"),
        host: &["element_shape", "max_num_elements"],
        ..entry(
            "EmptyTensorList",
            "element_shape: shape_type, max_num_elements: int32 -> handle: variant",
            SHAPED,
            "An empty list for tensors of a dtype and a shape (-1 for unknown sizes, or for an unknown rank), with at most max_num_elements unless that is negative.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| made(c, 0)),
        grad: Gradient::Missing("the list holds nothing yet"),
        host: &["element_shape", "num_elements"],
        ..entry(
            "TensorListReserve",
            "element_shape: shape_type, num_elements: int32 -> handle: variant",
            SHAPED,
            "A list of num_elements places that hold nothing yet and are read as zeros. InvalidArgument if the number is negative.",
        )
    },
    Entry {
        flags: Flags::KEEPS,
        shape: ShapeRule::Rule(same_list),
        grad: Gradient::Rule(push_back_grad, &["tensor"]),
        ..entry(
            "TensorListPushBack",
            "input_handle: variant, tensor: element_dtype -> output_handle: variant",
            TYPED,
            "The list with a tensor at its end. InvalidArgument if dtype or shape do not fit, or if the list is full.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| {
            same_list(c)?;
            item(c, 1, Some(1))
        }),
        grad: Gradient::Rule(pop_back_grad, &["tensor", "output_handle"]),
        host: &["element_shape"],
        ..entry(
            "TensorListPopBack",
            "input_handle: variant, element_shape: int32 -> output_handle: variant, tensor: element_dtype",
            TYPED,
            "The list without its last element, and that element. InvalidArgument if the list is empty.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| item(c, 0, Some(2))),
        grad: Gradient::Rule(get_item_grad, &["input_handle", "index", "item"]),
        host: &["index", "element_shape"],
        ..entry(
            "TensorListGetItem",
            "input_handle: variant, index: int32, element_shape: Tshape -> item: element_dtype",
            "element_dtype: type; Tshape: {int32, int64} = int32",
            "The element at an index; zeros where none was set. InvalidArgument if the index is out of range.",
        )
    },
    Entry {
        flags: Flags::KEEPS,
        shape: ShapeRule::Rule(same_list),
        grad: Gradient::Rule(set_item_grad, &["item", "index", "input_handle"]),
        host: &["index"],
        ..entry(
            "TensorListSetItem",
            "input_handle: variant, index: int32, item: element_dtype -> output_handle: variant",
            "element_dtype: type; resize_if_index_out_of_bounds: bool = false",
            "The list with another element at an index; a list may grow to hold it. A list that nobody else holds is changed in place. InvalidArgument if the index is out of range or the element does not fit.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(stack),
        grad: Gradient::Rule(stack_grad, &["tensor"]),
        host: &["element_shape"],
        ..entry(
            "TensorListStack",
            "input_handle: variant, element_shape: int32 -> tensor: element_dtype",
            "element_dtype: type; num_elements: int = -1",
            "All elements, joined along a new first axis; those that were not set are zeros. InvalidArgument unless their shapes are equal and there are num_elements of them (-1 for any number).",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| made(c, 1)),
        grad: Gradient::Rule(from_tensor_grad, &["tensor"]),
        host: &["element_shape"],
        ..entry(
            "TensorListFromTensor",
            "tensor: element_dtype, element_shape: shape_type -> output_handle: variant",
            SHAPED,
            "A list of the rows of a tensor. InvalidArgument for a scalar and for rows that do not fit.",
        )
    },
    Entry {
        shape: ShapeRule::Scalar,
        grad: Gradient::None("a length has no gradient"),
        ..entry("TensorListLength", "input_handle: variant -> length: int32", "", "Number of elements of a list.")
    },
    Entry {
        shape: ShapeRule::Rule(same_list),
        grad: Gradient::Rule(resize_grad, &["input_handle"]),
        host: &["size"],
        ..entry(
            "TensorListResize",
            "input_handle: variant, size: int32 -> output_handle: variant",
            "",
            "The list cut to a size, or filled up with places that hold nothing yet. InvalidArgument if the size is negative.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| {
            c.set(0, if c.at_run_time { PartialShape::UNKNOWN } else { PartialShape::vector(held(c).and_then(|s| s.rank())) });
            Ok(())
        }),
        grad: Gradient::None("a shape has no gradient"),
        ..entry(
            "TensorListElementShape",
            "input_handle: variant -> element_shape: shape_type",
            "shape_type: {int32, int64}",
            "The shape that elements of a list must fit: -1 for unknown sizes, the scalar -1 for an unknown rank.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(concat),
        grad: Gradient::Rule(concat_grad, &["tensor", "lengths"]),
        host: &["element_shape", "leading_dims"],
        ..entry(
            "TensorListConcatV2",
            "input_handle: variant, element_shape: shape_type, leading_dims: int64 -> tensor: element_dtype, lengths: int64",
            SHAPED,
            "All elements, joined along their first axis, and their sizes there. Elements that were not set are zeros with leading_dims rows. InvalidArgument for scalars and for elements of different shapes.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(concat),
        grad: Gradient::Rule(concat_grad, &["tensor", "lengths"]),
        ..entry(
            "TensorListConcat",
            "input_handle: variant -> tensor: element_dtype, lengths: int64",
            "element_dtype: type; element_shape: shape = <unknown>",
            "All elements, joined along their first axis, and their sizes there. InvalidArgument for scalars and for elements of different shapes.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| made(c, 1)),
        grad: Gradient::Rule(split_grad, &["tensor", "lengths"]),
        host: &["element_shape", "lengths"],
        ..entry(
            "TensorListSplit",
            "tensor: element_dtype, element_shape: shape_type, lengths: int64 -> output_handle: variant",
            SHAPED,
            "A list of parts of a tensor with these sizes along its first axis. InvalidArgument unless the sizes add up to the whole.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(gather),
        grad: Gradient::Rule(gather_grad, &["input_handle", "indices", "values"]),
        host: &["indices", "element_shape"],
        ..entry(
            "TensorListGather",
            "input_handle: variant, indices: int32, element_shape: int32 -> values: element_dtype",
            TYPED,
            "Elements at some indices, joined along a new first axis. InvalidArgument if an index is out of range.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| made(c, 2)),
        grad: Gradient::Rule(scatter_grad, &["tensor", "indices"]),
        host: &["indices", "element_shape"],
        ..entry(
            "TensorListScatter",
            "tensor: element_dtype, indices: int32, element_shape: shape_type -> output_handle: variant",
            SHAPED,
            "A list of the rows of a tensor at these indices, as long as the largest asks. InvalidArgument for negative indices and rows that do not fit.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(|c| made(c, 2)),
        grad: Gradient::Rule(scatter_grad, &["tensor", "indices"]),
        host: &["indices", "element_shape", "num_elements"],
        ..entry(
            "TensorListScatterV2",
            "tensor: element_dtype, indices: int32, element_shape: shape_type, num_elements: int32 -> output_handle: variant",
            SHAPED,
            "A list of num_elements places (-1: as many as the largest index asks) with the rows of a tensor at these indices. InvalidArgument for indices out of range and rows that do not fit.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(same_list),
        grad: Gradient::Rule(scatter_into_grad, &["tensor", "indices", "input_handle"]),
        host: &["indices"],
        ..entry(
            "TensorListScatterIntoExistingList",
            "input_handle: variant, tensor: element_dtype, indices: int32 -> output_handle: variant",
            TYPED,
            "The list with the rows of a tensor at these indices; it grows as the largest asks. InvalidArgument for negative indices and rows that do not fit.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(same_list),
        grad: Gradient::None("TensorFlow defines none"),
        ..entry(
            "TensorListConcatLists",
            "input_a: variant, input_b: variant -> output: variant",
            TYPED,
            "The elements of one list and then those of another, for each pair of lists of two tensors of lists. InvalidArgument if the shapes or the elements' dtypes differ.",
        )
    },
    Entry {
        shape: ShapeRule::Rule(same_list),
        grad: Gradient::None("TensorFlow defines none"),
        ..entry(
            "TensorListPushBackBatch",
            "input_handles: variant, tensor: element_dtype -> output_handles: variant",
            TYPED,
            "Lists with one row of a tensor each at their ends. InvalidArgument unless there is a row for each list and all fit.",
        )
    },
];

/// What is known of the shape of a list's elements.
fn held(c: &Infer) -> Option<PartialShape> {
    match c.input(0).handle.as_ref()?.as_slice() {
        [(_, shape)] => Some(shape.clone()),
        _ => None,
    }
}

/// The shape that a shape operand describes; unknown if it does not say.
fn operand(c: &Infer, i: usize) -> PartialShape {
    c.shape_operand(i).unwrap_or(PartialShape::UNKNOWN)
}

/// A new list whose element shape is operand `i`.
fn made(c: &mut Infer, i: usize) -> Result<()> {
    c.set(0, PartialShape::scalar());
    let dtype = c.attrs.dtype("element_dtype")?;
    let shape = operand(c, i);
    c.set_handle(0, Some(Arc::new(vec![(dtype, shape)])));
    Ok(())
}

/// Output 0 is a list like input 0.
fn same_list(c: &mut Infer) -> Result<()> {
    c.set(0, c.shape(0).clone());
    c.set_handle(0, c.input(0).handle.clone());
    Ok(())
}

/// The shape of an element as the list and operand `shape` have it.
fn element(c: &Infer, shape: Option<usize>) -> PartialShape {
    let own = held(c).unwrap_or_default();
    let asked = shape.map_or(PartialShape::UNKNOWN, |i| operand(c, i));
    own.merge(&asked).unwrap_or(own)
}

/// Output `i` is an element. At run time only what is held decides.
fn item(c: &mut Infer, i: usize, shape: Option<usize>) -> Result<()> {
    if !c.at_run_time {
        let s = element(c, shape);
        c.set(i, s);
    }
    Ok(())
}

fn rows(n: Option<usize>, element: &PartialShape) -> PartialShape {
    match element.dims() {
        Some(d) => PartialShape::new(std::iter::once(n).chain(d.iter().copied()).collect()),
        None => PartialShape::UNKNOWN,
    }
}

fn stack(c: &mut Infer) -> Result<()> {
    if !c.at_run_time {
        let n = usize::try_from(c.attrs.int("num_elements")?).ok();
        c.set(0, rows(n, &element(c, Some(1))));
    }
    Ok(())
}

fn gather(c: &mut Infer) -> Result<()> {
    if !c.at_run_time {
        let n = c.shape(1).dim(0);
        c.set(0, rows(n, &element(c, Some(2))));
    }
    Ok(())
}

fn concat(c: &mut Infer) -> Result<()> {
    if c.at_run_time {
        return Ok(());
    }
    let e = if c.n_inputs() > 1 { element(c, Some(1)) } else { held(c).unwrap_or_default() };
    if let Some([_, rest @ ..]) = e.dims() {
        c.set(0, rows(None, &PartialShape::new(rest.to_vec())));
    }
    c.set(1, PartialShape::vector(None));
    Ok(())
}

/// The element dtype of the forward op.
fn dtype(g: &Grad) -> Result<DType> {
    g.attrs.dtype("element_dtype")
}
/// The shape of unknown rank.
fn any_shape(b: &mut dyn Build) -> Val {
    b.constant(Tensor::scalar(-1i32))
}
fn typed(d: DType) -> [(&'static str, Attr); 1] {
    [("element_dtype", d.into())]
}

fn push_back_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (list, shape) = (g.dy(b, 0), b.shape_of(g.x(1)));
    let popped = b.outputs("TensorListPopBack", &[list, shape], &typed(dtype(g)?));
    some((0..2).map(|i| popped.get(i).copied()))
}

fn pop_back_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let list = match g.dys[0] {
        Some(d) => d,
        None => b.call("ZerosLike", &[g.y(0)], &[]),
    };
    let element = g.dy(b, 1);
    let pushed = b.call("TensorListPushBack", &[list, element], &typed(dtype(g)?));
    some([Some(pushed), None])
}

fn get_item_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (n, shape) = (b.call("TensorListLength", &[g.x(0)], &[]), b.shape_of(g.y(0)));
    let empty = b.call("TensorListReserve", &[shape, n], &typed(dtype(g)?));
    let dy = g.dy(b, 0);
    let list = b.call("TensorListSetItem", &[empty, g.x(1), dy], &typed(dtype(g)?));
    some([Some(list), None, None])
}

fn set_item_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let dlist = g.dy(b, 0);
    let shape = b.shape_of(g.x(2));
    let d = dtype(g)?;
    let item = b.call("TensorListGetItem", &[dlist, g.x(1), shape], &typed(d));
    let zeros = b.zeros_like(item);
    let mut list = b.call("TensorListSetItem", &[dlist, g.x(1), zeros], &typed(d));
    if g.attrs.bool("resize_if_index_out_of_bounds")? {
        let n = b.call("TensorListLength", &[g.x(0)], &[]);
        list = b.call("TensorListResize", &[list, n], &[]);
    }
    some([Some(list), None, Some(item)])
}

fn stack_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, shape) = (g.dy(b, 0), any_shape(b));
    let list = b.call("TensorListFromTensor", &[dy, shape], &[]);
    some([Some(list), None])
}

/// The shape of the rows of a tensor as an int32 vector.
fn row_shape(b: &mut dyn Build, x: Val) -> Val {
    let shape = b.shape_of(x);
    let (one, end) = (b.ints(&[1]), b.ints(&[0]));
    b.call("StridedSlice", &[shape, one, end, one], &[("end_mask", 1i64.into())])
}

fn from_tensor_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dlist, shape) = (g.dy(b, 0), row_shape(b, g.x(0)));
    let n = b.shape(g.x(0)).dim(0).map_or(-1, |n| n as i64);
    let rows = b.call("TensorListStack", &[dlist, shape], &[("element_dtype", dtype(g)?.into()), ("num_elements", n.into())]);
    some([Some(rows), None])
}

fn resize_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dlist, n) = (g.dy(b, 0), b.call("TensorListLength", &[g.x(0)], &[]));
    let list = b.call("TensorListResize", &[dlist, n], &[]);
    some([Some(list), None])
}

fn concat_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dy, shape) = (g.dy(b, 0), any_shape(b));
    let list = b.call("TensorListSplit", &[dy, shape, g.y(1)], &[]);
    some((0..g.inputs.len()).map(|i| (i == 0).then_some(list)))
}

fn split_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dlist, rest) = (g.dy(b, 0), row_shape(b, g.x(0)));
    let first = b.ints(&[-1]);
    let shape = b.concat(&[first, rest], 0);
    let joined = b.outputs("TensorListConcatV2", &[dlist, shape, g.x(2)], &typed(dtype(g)?));
    some([joined.first().copied(), None, None])
}

fn gather_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let n = b.call("TensorListLength", &[g.x(0)], &[]);
    let (dy, shape) = (g.dy(b, 0), row_shape(b, g.y(0)));
    let list = b.call("TensorListScatterV2", &[dy, g.x(1), shape, n], &[]);
    some([Some(list), None, None])
}

fn scatter_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dlist, shape) = (g.dy(b, 0), row_shape(b, g.x(0)));
    let rows = b.call("TensorListGather", &[dlist, g.x(1), shape], &typed(dtype(g)?));
    some((0..g.inputs.len()).map(|i| (i == 0).then_some(rows)))
}

fn scatter_into_grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
    let (dlist, shape) = (g.dy(b, 0), row_shape(b, g.x(1)));
    let d = dtype(g)?;
    let rows = b.call("TensorListGather", &[dlist, g.x(2), shape], &typed(d));
    let zeros = b.zeros_like(g.x(1));
    let list = b.call("TensorListScatterIntoExistingList", &[dlist, zeros, g.x(2)], &typed(d));
    let n = b.call("TensorListLength", &[g.x(0)], &[]);
    let list = b.call("TensorListResize", &[list, n], &[]);
    some([Some(list), Some(rows), None])
}
