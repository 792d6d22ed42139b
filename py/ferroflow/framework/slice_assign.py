"""`v[1:2]` of a variable: the slice of its value, which can be assigned to."""

from .. import _core
from .._gen import raw_ops
from .tensor_hooks import SliceArguments, getitem


def slice_of_variable(variable, spec):
    """`variable[spec]`: a tensor with a method `assign(value, name=None)` that changes this part of the variable.

    Boolean masks give a tensor that cannot be assigned to.
    """
    value = variable.value()
    part = getitem(value, spec)
    if getattr(spec, "dtype", None) is not None and spec.shape is not None and str(spec.dtype).find("bool") >= 0:
        return part

    def assign(value, name=None):
        """Writes `value`, which must have the slice's shape, into this part of the variable."""
        return variable._assign_slice(spec, value, name)

    if part is not value:
        part.assign = assign
    return part


def assign_slice(target, spec, value, dtype, name, op):
    """Runs the strided slice assignment `op` on `target`, a handle or a reference."""
    arguments = SliceArguments(spec if isinstance(spec, (list, tuple)) else (spec,))
    begin, end, strides = arguments.tensors()
    value = _core.convert(value, dtype)
    return op(ref=target, begin=begin, end=end, strides=strides, value=value, name=name, **arguments.masks())


def assign_slice_of_resource(handle, spec, value, dtype, name):
    """Writes a part of a resource variable."""
    return assign_slice(handle, spec, value, dtype, name, raw_ops.ResourceStridedSliceAssign)


def assign_slice_of_reference(reference, spec, value, dtype, name):
    """Writes a part of a reference variable."""
    return assign_slice(reference, spec, value, dtype, name, raw_ops.StridedSliceAssign)
