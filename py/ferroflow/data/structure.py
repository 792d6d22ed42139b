"""Structures of dataset elements: nested values, their type specs, and flat lists of component tensors."""

from ..framework import data_nest, dtypes
from ..framework.convert import convert_to_tensor
from ..framework.tensor_shape import TensorShape
from ..framework.type_spec import DenseSpec, TensorSpec, TypeSpec, is_tensor
from ..framework.type_spec import type_spec_from_value as _spec_of_leaf
from .none_spec import NoneTensorSpec


def _spec_of_converted(value):
    """The spec, without a name, of the tensor that a value becomes."""
    tensor = convert_to_tensor(value)
    return TensorSpec(tensor.shape, tensor.dtype)


def type_spec_from_value(element):
    """The nested type specs of an element; a list is one tensor."""
    if isinstance(element, list):
        return _spec_of_converted(element)

    def spec_of(leaf):
        if leaf is None:
            return NoneTensorSpec()
        return _spec_of_leaf(leaf) if hasattr(leaf, "_type_spec") or is_tensor(leaf) else _spec_of_converted(leaf)

    return data_nest.map_structure(spec_of, element)


def normalize_element(element, spec=None):
    """`element` with tensors (or composite values) as leaves.

    Args:
      element: a nested value.
      spec: its nested type specs, which say the dtypes; found out if not given.
    """
    leaves = data_nest.flatten(element) if spec is None else data_nest.flatten_up_to(spec, element)
    specs = [None] * len(leaves) if spec is None else data_nest.flatten(spec)
    out = []
    for i, (leaf, leaf_spec) in enumerate(zip(leaves, specs, strict=True)):
        if leaf is None and not isinstance(leaf_spec, DenseSpec):
            out.append(None)
            continue
        if hasattr(leaf, "_type_spec") and not isinstance(leaf_spec, TensorSpec):
            out.append(leaf)
            continue
        dtype = leaf_spec.dtype if isinstance(leaf_spec, DenseSpec) else None
        out.append(convert_to_tensor(leaf, dtype=dtype, name=f"component_{i}"))
    return data_nest.pack_sequence_as(element if spec is None else spec, out)


def flat_specs(spec):
    """The specs of all component tensors."""
    return [s for leaf in data_nest.flatten(spec) for s in leaf._flat_tensor_specs]


def flat_attrs(spec):
    """The attributes `output_types` and `output_shapes` of ops whose elements have these specs."""
    specs = flat_specs(spec)
    return {"output_types": [s.dtype for s in specs], "output_shapes": [s.shape for s in specs]}


def to_tensors(spec, element):
    """The component tensors of an element."""
    data_nest.assert_same_structure(element, spec, check_types=False)
    pairs = zip(data_nest.flatten(spec), data_nest.flatten(element), strict=True)
    return [t for leaf_spec, leaf in pairs for t in leaf_spec._to_tensor_list(leaf)]


def to_batched_tensors(spec, element):
    """The component tensors of an element, where the rows of composite values are encoded one by one."""
    data_nest.assert_same_structure(element, spec, check_types=False)
    pairs = zip(data_nest.flatten(spec), data_nest.flatten(element), strict=True)
    return [t for leaf_spec, leaf in pairs for t in leaf_spec._to_batched_tensor_list(leaf)]


def from_tensors(spec, tensors):
    """The element that these component tensors make; shapes are refined by the specs."""
    tensors, at, leaves = list(tensors), 0, []
    for leaf in data_nest.flatten(spec):
        n = len(leaf._flat_tensor_specs)
        leaves.append(leaf._from_compatible_tensor_list(tensors[at : at + n]))
        at += n
    return data_nest.pack_sequence_as(spec, leaves)


def batched(spec, size):
    """The specs of a batch of elements; `size` is None if it may differ."""
    return data_nest.map_structure(lambda leaf: leaf._batch(size), spec)


def unbatched(spec):
    """The specs of the rows of elements. ValueError for scalars and for sizes that differ."""
    sizes = set()
    for leaf in flat_specs(spec):
        if leaf.shape.rank == 0:
            raise ValueError("Cannot unbatch an input with scalar components.")
        if leaf.shape.rank is not None and leaf.shape.as_list()[0] is not None:
            sizes.add(leaf.shape.as_list()[0])
    if len(sizes) > 1:
        first, second = sorted(sizes, reverse=True)[:2]
        raise ValueError(
            "`unbatch()` is only supported for datasets of elements whose components have a matching leading dimension. "
            f"Encountered both {first} and {second}."
        )
    return data_nest.map_structure(lambda leaf: leaf._unbatch(), spec)


def are_compatible(spec1, spec2):
    """Whether two nested specs have one structure and compatible leaves."""
    try:
        data_nest.assert_same_structure(spec1, spec2)
    except (TypeError, ValueError):
        return False
    return all(a.is_compatible_with(b) for a, b in zip(data_nest.flatten(spec1), data_nest.flatten(spec2), strict=True))


def common_supertype(specs):
    """The nested specs that elements of all of these specs have. TypeError if there are none."""

    def join(*leaves):
        joined = leaves[0].most_specific_common_supertype(leaves[1:])
        if joined is None:
            raise TypeError(f"No common supertype of {leaves[0]} and {leaves[-1]}.")
        return joined

    return data_nest.map_structure(join, *specs)


def from_types_and_shapes(output_types, output_shapes=None):
    """Tensor specs of nested dtypes and, if given, of shapes nested in the same way."""
    types = data_nest.map_structure(dtypes.as_dtype, output_types)
    flat_types = data_nest.flatten(types)
    if output_shapes is None:
        shapes = [TensorShape(None)] * len(flat_types)
    else:
        shapes = [TensorShape(s) for s in data_nest.flatten_up_to(types, output_shapes)]
    return data_nest.pack_sequence_as(types, [TensorSpec(s, t) for s, t in zip(shapes, flat_types, strict=True)])


def legacy(spec, part):
    """The nested dtypes, shapes or classes (`part`) of specs, as TensorFlow 1 shows them."""
    return data_nest.map_structure(lambda leaf: getattr(leaf, f"_to_legacy_output_{part}")(), spec)


def is_spec(value):
    """Whether `value` is a type spec."""
    return isinstance(value, TypeSpec)
