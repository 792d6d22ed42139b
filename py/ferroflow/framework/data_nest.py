"""`nest` for the elements of datasets: a list is a leaf there, because it stands for a tensor."""

from . import nest_core as core
from .nest_core import LEAF, MAPPING, kind_of_data


def is_nested(structure):
    """True for tuples, dicts and other structures; False for a list."""
    return kind_of_data(structure) != LEAF


def flatten(structure):
    """The leaves as a list.

    >>> flatten(({"a": [1, 2]}, 3))
    [[1, 2], 3]
    """
    out = []
    core.flatten_into(structure, kind_of_data, out)
    return out


def pack_sequence_as(structure, flat_sequence):
    """`structure` with its leaves replaced by those of the flat list, in order.

    Raises:
      TypeError: `flat_sequence` is neither a list nor another structure.
      ValueError: it has not as many items as `structure` has leaves.
    """
    if not (isinstance(flat_sequence, list) or is_nested(flat_sequence)):
        raise TypeError(f"Argument `flat_sequence` must be a sequence. Got '{type(flat_sequence).__name__}'.")
    flat = list(flat_sequence)
    if not is_nested(structure):
        if len(flat) != 1:
            raise ValueError(f"Argument `structure` is a scalar but `len(flat_sequence)`={len(flat)} > 1")
        return flat[0]
    count = len(flatten(structure))
    if count != len(flat):
        raise ValueError(
            f"Could not pack sequence. Argument `structure` had {count} elements, but argument `flat_sequence` had "
            f"{len(flat)} elements. Received structure: {structure}, flat_sequence: {flat_sequence}."
        )
    return core.pack(structure, iter(flat), kind_of_data)


def assert_same_structure(nest1, nest2, check_types=True):
    """Checks that two structures are nested in the same way; ValueError or TypeError if not."""
    try:
        core.compare(nest1, nest2, check_types, kind_of_data)
    except core.Mismatch as mismatch:
        raise mismatch.error_class(core.mismatch_text(nest1, nest2, str(mismatch))) from None


def _check_types_option(kwargs):
    if kwargs and ("check_types" not in kwargs or len(kwargs) > 1):
        raise ValueError(f"Only valid keyword argument for `check_types_dict` is 'check_types'. Got {kwargs}.")
    return kwargs.get("check_types", True)


def map_structure(func, *structure, **check_types_dict):
    """Applies `func` to the leaves of one or more structures of the same nesting; nested as the first.

    >>> map_structure(len, ([1, 2], "abc"))
    (2, 3)
    """
    if not callable(func):
        raise TypeError(f"Argument `func` must be callable, got: {func}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    check_types = _check_types_option(check_types_dict)
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types)
    return core.pack(structure[0], map(func, *(flatten(s) for s in structure)), kind_of_data)


def assert_shallow_structure(shallow_tree, input_tree, check_types=True):
    """Checks that `input_tree` is nested as `shallow_tree` is, and maybe deeper.

    Raises:
      TypeError: there is a leaf where the shallow tree has parts, or (with `check_types`) another type.
      ValueError: lengths or keys differ.
    """
    kind = kind_of_data(shallow_tree)
    if kind == LEAF:
        return
    tree_kind = kind_of_data(input_tree)
    if tree_kind == LEAF:
        raise TypeError(
            "If shallow structure is a sequence, input must also be a sequence. "
            f"Input has type: '{type(input_tree).__name__}'."
        )
    both_mappings = kind == MAPPING and tree_kind == MAPPING
    if check_types and not isinstance(input_tree, type(shallow_tree)):
        raise TypeError(
            "The two structures don't have the same sequence type. Input structure has type "
            f"'{type(input_tree).__name__}', while shallow structure has type '{type(shallow_tree).__name__}'."
        )
    parts = list(core.values_of(shallow_tree, kind))
    tree_parts = list(core.values_of(input_tree, tree_kind))
    if len(parts) != len(tree_parts):
        raise ValueError(
            "The two structures don't have the same sequence length. Input structure has length "
            f"{len(tree_parts)}, while shallow structure has length {len(parts)}."
        )
    if check_types and both_mappings and set(input_tree) != set(shallow_tree):
        raise ValueError(
            "The two structures don't have the same keys. Input structure has keys "
            f"{list(input_tree)}, while shallow structure has keys {list(shallow_tree)}."
        )
    for part, tree_part in zip(parts, tree_parts, strict=True):
        assert_shallow_structure(part, tree_part, check_types)


def _walk_up_to(shallow, tree):
    kind = kind_of_data(shallow)
    if kind == LEAF:
        yield tree
        return
    tree_parts = core.values_of(tree, kind_of_data(tree))
    for part, tree_part in zip(core.values_of(shallow, kind), tree_parts, strict=True):
        yield from _walk_up_to(part, tree_part)


def flatten_up_to(shallow_tree, input_tree):
    """The subtrees of `input_tree`, taken apart only as deep as `shallow_tree` goes."""
    assert_shallow_structure(shallow_tree, input_tree)
    return list(_walk_up_to(shallow_tree, input_tree))


def map_structure_up_to(shallow_tree, func, *inputs):
    """Applies `func` to the subtrees of the inputs at the leaves of `shallow_tree`; nested as `shallow_tree`."""
    if not inputs:
        raise ValueError("Argument `inputs` is empty. Cannot map over no sequences.")
    columns = [flatten_up_to(shallow_tree, tree) for tree in inputs]
    return pack_sequence_as(shallow_tree, [func(*row) for row in zip(*columns, strict=True)])
