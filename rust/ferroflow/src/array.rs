//! Arrays of tensors that loops fill and read.
use crate::graph::{Graph, T};
use crate::operand::{Dims, Operand};
use crate::ops;
use ferroflow_tensor::{DType, PartialShape, Result, Tensor};

/// An array of tensors of one dtype, TensorFlow's tensor list. Methods that change it give the array after the change.
///
/// In a loop its list is a variable of dtype `Variant`; the functions of the loop take it up with [`over`](Self::over).
/// Gradients flow through all methods.
///
/// ```
/// use ferroflow::prelude::*;
/// let graph = Graph::new();
/// let scalar = PartialShape::scalar;
/// let vars = [(DType::Int32, scalar()), (DType::Float, scalar()), (DType::Variant, scalar())];
/// let test = graph.function("test", &vars, |_, v| Ok(vec![ops::less(v[0], 3)?]))?;
/// let body = graph.function("body", &vars, |_, v| {
///     let powers = TensorArray::over(v[2], DType::Float, scalar()).write(v[0], v[1])?;
///     Ok(vec![v[0] + 1, v[1] * v[1], powers.list()])
/// })?;
/// let x = graph.constant(1.5f32)?;
/// let empty = TensorArray::new(&graph, 3, DType::Float, scalar())?;
/// let end = while_loop(&test, &body, &[graph.constant(0)?, x, empty.list()])?;
/// let powers = TensorArray::over(end[2], DType::Float, scalar()).stack()?;
/// let dx = gradients(&[powers], &[x])?[0].unwrap();
/// let out = Session::new(&graph)?.run(&[powers, dx], &[])?;
/// assert_eq!(out[0].slice::<f32>()?, [1.5, 2.25, 5.0625]);
/// assert_eq!(out[1].item::<f32>()?, 1.0 + 3.0 + 4.0 * 3.375);
/// # Ok::<(), ferroflow::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TensorArray<'g> {
    list: T<'g>,
    dtype: DType,
    shape: PartialShape,
}

impl<'g> TensorArray<'g> {
    /// An array of `size` elements (a number or a scalar int32), none of which is set; `shape` is that of each element.
    #[track_caller]
    pub fn new(graph: &'g Graph, size: impl Operand<'g>, dtype: DType, shape: impl Into<Dims>) -> Result<TensorArray<'g>> {
        let shape = shape.into().0;
        let list = ops::tensor_list_reserve(sizes(graph, &shape)?, size, dtype)?;
        Ok(TensorArray { list, dtype, shape })
    }
    /// The array of the parts of a tensor along its first axis.
    #[track_caller]
    pub fn unstack(tensor: T<'g>) -> Result<TensorArray<'g>> {
        let shape = match tensor.shape()?.dims() {
            Some([_, rest @ ..]) => PartialShape::new(rest.to_vec()),
            _ => PartialShape::UNKNOWN,
        };
        let list = ops::tensor_list_from_tensor(tensor, sizes(tensor.graph(), &shape)?)?;
        Ok(TensorArray { list, dtype: tensor.dtype()?, shape })
    }
    /// The array of a list, such as a loop variable, of elements of this dtype and shape.
    pub fn over(list: T<'g>, dtype: DType, shape: impl Into<Dims>) -> TensorArray<'g> {
        TensorArray { list, dtype, shape: shape.into().0 }
    }
    /// The list: a scalar of dtype `Variant`.
    pub fn list(&self) -> T<'g> {
        self.list
    }
    /// The number of elements, a scalar int32.
    #[track_caller]
    pub fn size(&self) -> Result<T<'g>> {
        ops::tensor_list_length(self.list)
    }
    fn with(&self, list: T<'g>) -> TensorArray<'g> {
        TensorArray { list, ..self.clone() }
    }
    fn sizes(&self) -> Result<T<'g>> {
        sizes(self.list.graph(), &self.shape)
    }
    /// The array with `value` as element `index`. InvalidArgument, when it runs, for an index out of range or another dtype or
    /// shape; so for the methods below.
    #[track_caller]
    pub fn write(&self, index: impl Operand<'g>, value: impl Operand<'g>) -> Result<TensorArray<'g>> {
        Ok(self.with(ops::tensor_list_set_item(self.list, index, value, None)?))
    }
    /// The array with one more element.
    #[track_caller]
    pub fn push(&self, value: impl Operand<'g>) -> Result<TensorArray<'g>> {
        Ok(self.with(ops::tensor_list_push_back(self.list, value)?))
    }
    /// Element `index`; zeros if it was not set and its shape is known.
    #[track_caller]
    pub fn read(&self, index: impl Operand<'g>) -> Result<T<'g>> {
        ops::tensor_list_get_item(self.list, index, self.sizes()?, self.dtype)
    }
    /// The elements of these numbers, a vector of int32, along a new first axis.
    #[track_caller]
    pub fn gather(&self, indices: impl Operand<'g>) -> Result<T<'g>> {
        ops::tensor_list_gather(self.list, indices, self.sizes()?, self.dtype)
    }
    /// All elements along a new first axis.
    #[track_caller]
    pub fn stack(&self) -> Result<T<'g>> {
        ops::tensor_list_stack(self.list, self.sizes()?, self.dtype, None)
    }
    /// All elements joined along their first axis, and how much each has there.
    #[track_caller]
    pub fn concat(&self) -> Result<(T<'g>, T<'g>)> {
        let none = self.list.graph().constant(Tensor::from_slice::<i64>(&[], [0])?)?;
        ops::tensor_list_concat_v2(self.list, self.sizes()?, none, self.dtype)
    }
}

/// A shape as operands of list ops describe it: -1 for a size that is not known, the scalar -1 for an unknown rank.
fn sizes<'g>(graph: &'g Graph, shape: &PartialShape) -> Result<T<'g>> {
    match shape.to_i64() {
        Some(sizes) => graph.constant(sizes.iter().map(|d| *d as i32).collect::<Vec<_>>()),
        None => graph.constant(-1),
    }
}
