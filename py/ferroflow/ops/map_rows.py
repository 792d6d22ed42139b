"""Values taken apart into rows and put together of rows: tensors by their first axis, ragged and sparse ones as variants."""

from ..framework.composite import CompositeTensor
from ..framework.type_spec import BatchableTypeSpec, TensorSpec
from .common import composite_operands, convert


def element(value):
    """A leaf of `elems` as a tensor or a composite one.

    Raises:
      TypeError: it is composite, and cannot be divided into rows.
    """
    if not isinstance(value, CompositeTensor):
        return convert(value, name="elem")
    if not isinstance(value._type_spec, BatchableTypeSpec):
        raise TypeError(f"map_fn can not consume {type(value._type_spec).__name__} inputs: got {value!r}.")
    return value


def general(value):
    """The spec of all values of this dtype and form, of any shape."""
    spec = value._type_spec if isinstance(value, CompositeTensor) else TensorSpec(value.shape, value.dtype)
    return spec._of_any_shape()


def rows(value):
    """The tensors that hold a value's rows along their first axis."""
    return value._type_spec._to_batched_tensor_list(value) if isinstance(value, CompositeTensor) else [value]


def row(value, parts):
    """A row of a value, from an iterator over the rows of its tensors."""
    if not isinstance(value, CompositeTensor):
        return next(parts)
    spec = value._type_spec._unbatch()
    return spec._from_compatible_tensor_list([next(parts) for _ in spec._flat_tensor_specs])


def encoded(spec, value):
    """The tensors that stand for a result of this spec.

    Raises:
      ValueError: it is of another type.
    """
    if type(spec) is TensorSpec and type(value) not in composite_operands:
        return [value]
    value = value if isinstance(value, CompositeTensor) else convert(value)
    if not spec.is_compatible_with(value):
        found = value._type_spec if isinstance(value, CompositeTensor) else TensorSpec(value.shape, value.dtype)
        raise ValueError(
            f"Error in map_fn:\n  `fn` returned {value},\n  which is a {found},\n  where `fn_output_signature` has {spec}"
        )
    return spec._to_tensor_list(value)


def batch(spec, count, parts):
    """The value whose rows have this spec, from an iterator over its tensors; `count` is None where it is not known."""
    if type(spec) is TensorSpec:
        return next(parts)
    parts = [next(parts) for _ in spec._flat_tensor_specs]
    return spec._batch(count)._from_compatible_tensor_list(parts)
