"""`tf.TensorArray`: tensors that are written and read by index, in loops above all."""

from ..framework import dtypes
from ..framework.bodies import is_symbolic
from ..framework.composite import CompositeTensor
from ..framework.context import executing_eagerly
from ..framework.tensor_shape import TensorShape
from ..framework.type_spec import TensorSpec, TypeSpec
from .tensor_array_eager import EagerArray
from .tensor_array_graph import GraphArray


class TensorArray(CompositeTensor):
    """Tensors of one dtype that are written and read by index.

    Each method that changes the array returns an array, which is the one to go on with: in a graph, the old one stays
    as it was.

    Args:
      dtype: the dtype of the elements.
      size: how many elements there are, an int or int32 scalar.
      dynamic_size: whether a write past the end makes the array longer.
      clear_after_read: whether an element can be read only once, in eager mode; True by default.
      tensor_array_name: changes nothing.
      handle: must be None.
      flow: a scalar variant tensor, the array's value in a graph; `size` is not needed then.
      infer_shape: whether all elements must have the shape of the first one that is written.
      element_shape: what is known of the shape of all elements.
      colocate_with_first_write_call: changes nothing.
      name: a name for the operation.

    Raises:
      ValueError: there is neither `size` nor `flow`, or `handle` is given.

    >>> array = tf.TensorArray(tf.float32, size=2)
    >>> array = array.write(0, [1.0, 2.0]).write(1, [3.0, 4.0])
    >>> array.stack().numpy().tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """

    def __init__(self, dtype, size=None, dynamic_size=None, clear_after_read=None, tensor_array_name=None, handle=None,
                 flow=None, infer_shape=True, element_shape=None, colocate_with_first_write_call=True,
                 name=None):  # fmt: skip
        if handle is not None:
            raise ValueError("Cannot provide both `handle` and `flow` arguments at the same time.")
        eager = executing_eagerly() and not is_symbolic(flow)
        if size is None and eager and flow is None:
            raise ValueError("Size must be declared for TensorArrays when eager execution is enabled.")
        if size is None and flow is None:
            raise ValueError("Argument `size` must be provided if argument `flow` is not provided.")
        if flow is not None and dynamic_size is not None and size is not None:
            raise ValueError("Cannot provide both `flow` and `size` arguments at the same time.")
        kind = EagerArray if eager and not is_symbolic(size) else GraphArray
        self._array = kind(
            dtypes.as_dtype(dtype).base_dtype,
            size,
            bool(dynamic_size),
            clear_after_read is None or bool(clear_after_read),
            flow,
            bool(infer_shape),
            [TensorShape(element_shape)],
            name,
        )

    @classmethod
    def _of(cls, array):
        made = cls.__new__(cls)
        made._array = array
        return made

    # What an array is

    @property
    def dtype(self):
        """The dtype of the elements."""
        return self._array.dtype

    @property
    def dynamic_size(self):
        """Whether the array can grow."""
        return self._array.dynamic_size

    @property
    def element_shape(self):
        """What is known of the shape of all elements."""
        return self._array.shape[0]

    @property
    def flow(self):
        """The tensor that stands for the array's value."""
        return self._array.flow

    @property
    def handle(self):
        """None: arrays are values, not resources."""
        return None

    @property
    def _type_spec(self):
        return TensorArraySpec._of(self._array)

    def _shape_invariant_to_type_spec(self, shape):
        del shape
        return self._type_spec

    # What it does

    def identity(self):
        """The same array, as one that later operations depend on."""
        return self._with(self._array.identity())

    def grad(self, source, flow=None, name=None):
        """Not there: gradients of arrays are those of `tf.GradientTape` and `tf.gradients`.

        Raises:
          NotImplementedError: in eager mode and in graphs.
        """
        raise NotImplementedError("TensorArray.grad is not supported; use tf.GradientTape or tf.gradients.")

    def read(self, index, name=None):
        """The element of an index.

        Raises:
          OutOfRangeError: there is none.
          InvalidArgumentError: it was read before and `clear_after_read` is true.
        """
        return self._array.read(index, name)

    def write(self, index, value, name=None):
        """The array with another element.

        Raises:
          OutOfRangeError: the index is negative, or past the end of an array of fixed size.
          ValueError: the shape is not that of the other elements.
        """
        return self._with(self._array.write(index, value, name))

    def stack(self, name=None):
        """All elements as one tensor with a new first axis; elements that were never written are zero."""
        return self._array.stack(name)

    def gather(self, indices, name=None):
        """Some elements as one tensor with a new first axis."""
        return self._array.gather(indices, name)

    def concat(self, name=None):
        """All elements as one tensor, joined along their first axis."""
        return self._array.concat(name)

    def unstack(self, value, name=None):
        """The array with the slices of a tensor along its first axis as elements."""
        return self._with(self._array.unstack(value, name))

    def scatter(self, indices, value, name=None):
        """The array with the slices of a tensor as the elements of these indices."""
        return self._with(self._array.scatter(indices, value, name))

    def split(self, value, lengths, name=None):
        """The array with pieces of a tensor along its first axis as elements, of these lengths."""
        return self._with(self._array.split(value, lengths, name))

    def size(self, name=None):
        """How many elements there are."""
        return self._array.size(name)

    def close(self, name=None):
        """Drops the elements, in eager mode."""
        return self._array.close(name)

    def _with(self, array):
        return self if array is self._array else TensorArray._of(array)


class TensorArraySpec(TypeSpec):
    """The type of a `tf.TensorArray`.

    Args:
      element_shape: what is known of the shape of all elements.
      dtype: their dtype.
      dynamic_size: whether the array can grow.
      infer_shape: whether all elements have one shape.
    """

    __slots__ = ["_shape", "_dtype", "_dynamic_size", "_infer_shape", "_clear"]

    def __init__(self, element_shape=None, dtype=dtypes.float32, dynamic_size=False, infer_shape=True):
        self._shape = [TensorShape(element_shape)]
        self._dtype = dtypes.as_dtype(dtype)
        self._dynamic_size = dynamic_size
        self._infer_shape = infer_shape
        self._clear = True

    @classmethod
    def _of(cls, array):
        spec = cls(array.shape[0], array.dtype, array.dynamic_size, array.infer_shape)
        spec._shape = array.shape  # a shape that is found in a loop's body is known after the loop
        spec._clear = array.clear_after_read
        return spec

    @classmethod
    def from_value(cls, value):
        """The spec of an array."""
        return cls._of(value._array)

    @property
    def value_type(self):
        """`tf.TensorArray`."""
        return TensorArray

    def _serialize(self):
        return self._shape[0], self._dtype, self._dynamic_size, self._infer_shape

    @property
    def _component_specs(self):
        return [TensorSpec([], dtypes.variant)]

    def _to_components(self, value):
        return [value.flow]

    def _from_components(self, components):
        array = GraphArray(
            self._dtype, None, self._dynamic_size, self._clear, components[0], self._infer_shape, self._shape, None
        )
        return TensorArray._of(array)

    def _to_legacy_output_types(self):
        return self._dtype

    def _to_legacy_output_shapes(self):
        return TensorShape([self._dynamic_size, self._infer_shape]).concatenate(self._shape[0])

    def is_compatible_with(self, other):
        """Whether an array or spec is of this type."""
        other = other._type_spec if isinstance(other, TensorArray) else other
        return (
            isinstance(other, TensorArraySpec)
            and self._dtype == other._dtype
            and self._dynamic_size == other._dynamic_size
            and self._shape[0].is_compatible_with(other._shape[0])
        )

    def most_specific_common_supertype(self, others):
        """The spec of all these; None if there is none."""
        return self if all(self.is_compatible_with(one) for one in others) else None
