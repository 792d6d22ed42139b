"""Nested structures of lists, tuples, dicts, namedtuples, attrs and data classes: flattening, packing and mapping.

The leaves of a dict come in the order of its sorted keys. With `expand_composites=True` composite tensors and type
specs are taken apart into their component tensors.
"""

from . import nest_core as core
from .nest_core import COMPOSITE, LEAF, MAPPING, NAMEDTUPLE, same_namedtuples

__all__ = [
    "assert_same_structure", "assert_shallow_structure", "flatten", "flatten_dict_items", "flatten_up_to",
    "flatten_with_joined_string_paths", "flatten_with_tuple_paths", "flatten_with_tuple_paths_up_to",
    "get_traverse_shallow_structure", "is_attrs", "is_mapping", "is_namedtuple", "is_nested",
    "is_nested_or_composite", "list_to_tuple", "map_structure", "map_structure_up_to", "map_structure_with_paths",
    "map_structure_with_tuple_paths", "map_structure_with_tuple_paths_up_to", "pack_sequence_as",
    "same_namedtuples", "sequence_like", "yield_flat_paths",
]  # fmt: skip


def _kinds(expand_composites):
    return core.kind_of_expanded if expand_composites else core.kind_of


def is_nested(seq):
    """True if `seq` has parts: a list, tuple, dict ...; False for strings, arrays and tensors."""
    return core.kind_of(seq) != LEAF


def is_nested_or_composite(structure):
    """True if `structure` has parts, or is a composite tensor or the type spec of one."""
    return core.kind_of_expanded(structure) != LEAF


def is_mapping(obj):
    """True for a dict or another Mapping."""
    return core.kind_of(obj) == MAPPING


def is_attrs(obj):
    """True for an object of an attrs class."""
    return core.kind_of(obj) == core.ATTRS


def is_namedtuple(instance):
    """True for a namedtuple."""
    return core.kind_of(instance) == NAMEDTUPLE


def flatten(structure, expand_composites=False):
    """The leaves of `structure` as a list; `[structure]` if it is itself a leaf.

    >>> flatten([1, (2, {"b": 3, "a": 4})])
    [1, 2, 4, 3]
    """
    kinds = core.kind_of_expanded if expand_composites else core.kind_of
    kind = kinds(structure)
    if kind == LEAF:
        return [structure]
    out = []
    known = core._kinds
    for part in core.values_of(structure, kind):
        if known.get(type(part)) == LEAF:
            out.append(part)
        else:
            core.flatten_into(part, kinds, out)
    return out


def pack_sequence_as(structure, flat_sequence, expand_composites=False):
    """`structure` with its leaves replaced by those of the flat list, in order.

    Raises:
      TypeError: `flat_sequence` is no sequence.
      ValueError: it has not as many items as `structure` has leaves.

    >>> pack_sequence_as({"b": 0, "a": (0,)}, [1, 2])
    {'b': 2, 'a': (1,)}
    """
    kinds = _kinds(expand_composites)
    if kinds(flat_sequence) == LEAF:
        raise TypeError(
            f"Attempted to pack value:\n  {_shortened(flat_sequence)}\ninto a structure, but found incompatible type "
            f"`{type(flat_sequence)}` instead."
        )
    flat = list(flat_sequence)
    if kinds(structure) == LEAF:
        if len(flat) != 1:
            raise ValueError(
                f"The target structure is of type `{type(structure)}`\n  {_shortened(structure)}\n"
                f"However the input is a sequence ({type(flat_sequence)}) of length {len(flat)}.\n"
                f"  {_shortened(flat_sequence)}\nnest cannot guarantee that it is safe to map one to the other."
            )
        return flat[0]
    count = len(flatten(structure, expand_composites))
    if count != len(flat):
        raise ValueError(
            f"Could not pack sequence. Structure had {count} atoms, but flat_sequence had {len(flat)} items.  "
            f"Structure: {structure}, flat_sequence: {flat_sequence}."
        )
    return core.pack(structure, iter(flat), kinds)


def _shortened(value, length=100):
    text = str(value)
    return text if len(text) <= length else text[: length - 3] + "..."


class _Dot:
    """Stands for a leaf where a structure is shown."""

    def __repr__(self):
        return "."


def assert_same_structure(nest1, nest2, check_types=True, expand_composites=False):
    """Checks that two structures are nested in the same way.

    Args:
      nest1, nest2: the structures.
      check_types: also require the same types of lists, tuples, namedtuples ... and the same keys of dicts.
      expand_composites: take composite tensors apart.

    Raises:
      ValueError: they differ in lengths, keys or depth.
      TypeError: they differ in type (with `check_types`).
    """
    kinds = _kinds(expand_composites)
    try:
        core.compare(nest1, nest2, bool(check_types), kinds)
    except core.Mismatch as mismatch:
        reason = str(mismatch)
        error_class = mismatch.error_class
    else:
        return
    dots = [str(core.map_one(lambda leaf: _Dot(), nest, core.kind_of)) for nest in (nest1, nest2)]
    raise error_class(
        core.mismatch_text(nest1, nest2, reason)
        + f"\nEntire first structure:\n{dots[0]}\nEntire second structure:\n{dots[1]}"
    )


def _options(kwargs):
    """(check_types, expand_composites) out of keyword arguments."""
    check_types = kwargs.pop("check_types", True)
    expand_composites = kwargs.pop("expand_composites", False)
    if kwargs:
        raise ValueError(
            f"Only valid keyword arguments are `check_types` and `expand_composites`, not: `{'`, `'.join(kwargs)}`"
        )
    return check_types, expand_composites


def map_structure(func, *structure, **kwargs):
    """Applies `func` to the leaves of one or more structures of the same nesting.

    Args:
      func: a callable with one argument for each structure.
      *structure: the structures.
      **kwargs: `check_types` (default True) and `expand_composites` (default False).

    Returns:
      The results, nested as the first structure.

    >>> map_structure(lambda a, b: a + b, {"x": 1, "y": [2]}, {"x": 10, "y": [20]})
    {'x': 11, 'y': [22]}
    """
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    check_types, expand_composites = _options(kwargs) if kwargs else (True, False)
    kinds = _kinds(expand_composites)
    if len(structure) == 1:
        return core.map_one(func, structure[0], kinds)
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types, expand_composites)
    columns = [flatten(s, expand_composites) for s in structure]
    return core.pack(structure[0], map(func, *columns), kinds)


def _walk_paths(structure, path, kinds):
    kind = kinds(structure)
    if kind == LEAF:
        yield path, structure
    else:
        for key, part in core.items_of(structure, kind):
            yield from _walk_paths(part, (*path, key), kinds)


def yield_flat_paths(nest, expand_composites=False):
    """The path of each leaf, a tuple of keys, field names and positions."""
    for path, _ in _walk_paths(nest, (), _kinds(expand_composites)):
        yield path


def flatten_with_tuple_paths(structure, expand_composites=False):
    """A list of (path, leaf) where a path is a tuple of keys, field names and positions."""
    return list(_walk_paths(structure, (), _kinds(expand_composites)))


def flatten_with_joined_string_paths(structure, separator="/", expand_composites=False):
    """A list of (path, leaf) where a path is a string such as "a/0/b"."""
    pairs = _walk_paths(structure, (), _kinds(expand_composites))
    return [(separator.join(str(key) for key in path), leaf) for path, leaf in pairs]


def _check_shallow_types(shallow, tree, kind, tree_kind):
    if kind == NAMEDTUPLE and tree_kind == NAMEDTUPLE:
        fits = same_namedtuples(shallow, tree)
    elif (kind == MAPPING and tree_kind == MAPPING) or (kind == COMPOSITE and tree_kind == COMPOSITE):
        fits = True
    else:
        fits = isinstance(tree, type(shallow)) or (isinstance(tree, list) and isinstance(shallow, list))
    if not fits:
        raise TypeError(
            "The two structures don't have the same sequence type. Input structure has type "
            f"{type(tree)}, while shallow structure has type {type(shallow)}."
        )


def assert_shallow_structure(shallow_tree, input_tree, check_types=True, expand_composites=False):
    """Checks that `input_tree` is nested as `shallow_tree` is, and maybe deeper.

    Raises:
      TypeError: there is a leaf where the shallow tree has parts, or (with `check_types`) another type.
      ValueError: lengths or keys differ.
    """
    kinds = _kinds(expand_composites)
    kind = kinds(shallow_tree)
    if kind == LEAF:
        return
    tree_kind = kinds(input_tree)
    if tree_kind == LEAF:
        raise TypeError(
            f"If shallow structure is a sequence, input must also be a sequence. Input has type: {type(input_tree)}."
        )
    if check_types:
        _check_shallow_types(shallow_tree, input_tree, kind, tree_kind)
    parts, tree_parts = core.items_of(shallow_tree, kind), core.items_of(input_tree, tree_kind)
    if len(parts) != len(tree_parts):
        raise ValueError(
            "The two structures don't have the same sequence length. Input structure has length "
            f"{len(tree_parts)}, while shallow structure has length {len(parts)}."
        )
    if kind == MAPPING and tree_kind == MAPPING:
        missing = [key for key in shallow_tree if key not in input_tree]
        if missing:
            raise ValueError(
                "The shallow_tree's keys are not a subset of the input_tree's keys. The shallow_tree has the "
                f"following keys that are not in the input_tree: {sorted(missing)}."
            )
    for (_, part), (_, tree_part) in zip(parts, tree_parts, strict=True):
        assert_shallow_structure(part, tree_part, check_types, expand_composites)


def _walk_up_to(shallow, tree, path, kinds):
    kind = kinds(shallow)
    if kind == LEAF:
        yield path, tree
        return
    parts, tree_parts = core.items_of(shallow, kind), core.items_of(tree, kinds(tree))
    for (key, part), (_, tree_part) in zip(parts, tree_parts, strict=True):
        yield from _walk_up_to(part, tree_part, (*path, key), kinds)


def flatten_with_tuple_paths_up_to(shallow_tree, input_tree, check_types=True, expand_composites=False):
    """A list of (path, subtree) of `input_tree`, taken apart only as deep as `shallow_tree` goes."""
    assert_shallow_structure(shallow_tree, input_tree, check_types, expand_composites)
    return list(_walk_up_to(shallow_tree, input_tree, (), _kinds(expand_composites)))


def flatten_up_to(shallow_tree, input_tree, check_types=True, expand_composites=False):
    """The subtrees of `input_tree`, taken apart only as deep as `shallow_tree` goes.

    >>> flatten_up_to([0, 0], [1, [2, 3]])
    [1, [2, 3]]
    """
    pairs = flatten_with_tuple_paths_up_to(shallow_tree, input_tree, check_types, expand_composites)
    return [tree for _, tree in pairs]


def map_structure_with_tuple_paths_up_to(shallow_tree, func, *inputs, **kwargs):
    """`map_structure_up_to` whose `func` gets the path, a tuple, as its first argument."""
    if not inputs:
        raise ValueError("Cannot map over no sequences")
    check_types, expand_composites = _options(kwargs)
    for tree in inputs:
        assert_shallow_structure(shallow_tree, tree, check_types, expand_composites)
    kinds = _kinds(expand_composites)
    columns = [list(_walk_up_to(shallow_tree, tree, (), kinds)) for tree in inputs]
    results = [func(row[0][0], *(tree for _, tree in row)) for row in zip(*columns, strict=True)]
    return pack_sequence_as(shallow_tree, results, expand_composites)


def map_structure_up_to(shallow_tree, func, *inputs, **kwargs):
    """Applies `func` to the subtrees of the inputs at the leaves of `shallow_tree`; nested as `shallow_tree`."""
    return map_structure_with_tuple_paths_up_to(shallow_tree, lambda path, *trees: func(*trees), *inputs, **kwargs)


def map_structure_with_tuple_paths(func, *structure, **kwargs):
    """`map_structure` whose `func` gets the path, a tuple, as its first argument."""
    return map_structure_with_tuple_paths_up_to(structure[0], func, *structure, **kwargs)


def map_structure_with_paths(func, *structure, **kwargs):
    """`map_structure` whose `func` gets the path, a string such as "a/0", as its first argument."""

    def with_text(path, *leaves):
        return func("/".join(str(key) for key in path), *leaves)

    return map_structure_with_tuple_paths_up_to(structure[0], with_text, *structure, **kwargs)


def get_traverse_shallow_structure(traverse_fn, structure, expand_composites=False):
    """A shallow structure of bools that says where `structure` is to be taken apart.

    Args:
      traverse_fn: called with each subtree; answers True or False, or a structure of bools for its parts.
      structure: the structure.
      expand_composites: take composite tensors apart.

    Raises:
      TypeError: `traverse_fn` answers something else.
      ValueError: its answer does not fit the structure.
    """
    kinds = _kinds(expand_composites)
    answer = traverse_fn(structure)
    kind = kinds(structure)
    if kind == LEAF:
        if not isinstance(answer, bool):
            raise TypeError(f"traverse_fn returned structure: {answer} for non-structure: {structure}")
        return answer
    parts = list(core.values_of(structure, kind))
    if isinstance(answer, bool):
        if not answer:
            return False
        answers = [True] * len(parts)
    elif kinds(answer) == LEAF:
        raise TypeError(f"traverse_fn returned a non-bool scalar: {answer} for input: {structure}")
    else:
        assert_shallow_structure(answer, structure, expand_composites=expand_composites)
        answers = list(core.values_of(answer, kinds(answer)))
    level = []
    for go, part in zip(answers, parts, strict=True):
        if not isinstance(go, bool):
            raise TypeError(
                f"traverse_fn didn't return a depth=1 structure of bools.  saw: {answer}  for structure: {structure}"
            )
        level.append(get_traverse_shallow_structure(traverse_fn, part, expand_composites) if go else False)
    return core.rebuild(structure, kind, level)


def sequence_like(instance, args):
    """A structure of the type of `instance` with the parts `args` (for a dict in the order of its sorted keys)."""
    return core.rebuild(instance, core.kind_of_expanded(instance), list(args))


def list_to_tuple(structure):
    """`structure` with every list replaced by a tuple."""

    def make(value, kind, parts):
        return tuple(parts) if isinstance(value, list) else core.rebuild(value, kind, parts)

    return core.pack(structure, iter(flatten(structure)), core.kind_of, make)


def flatten_dict_items(dictionary):
    """A flat dict from one whose keys and values may be nested in the same way.

    >>> flatten_dict_items({("a", "b"): (1, 2), "c": 3})
    {'a': 1, 'b': 2, 'c': 3}
    """
    if not is_mapping(dictionary):
        raise TypeError(
            "FlattenDictItems: 'dict' must be a dictionary or collection.Mapping type object, "
            f"instead of '{type(dictionary).__name__}'."
        )
    result = {}
    for key, value in dictionary.items():
        keys, values = (flatten(key), flatten(value)) if is_nested(key) else ([key], [value])
        if len(keys) != len(values):
            raise ValueError(
                f"Could not flatten dictionary. Key had {len(keys)} elements, but value had {len(values)} elements. "
                f"Key: {keys}, value: {values}."
            )
        for flat_key, flat_value in zip(keys, values, strict=True):
            if flat_key in result:
                raise ValueError(f"Cannot flatten dict because this key is not unique: {flat_key}")
            result[flat_key] = flat_value
    return result
