"""What counts as a nested structure, its parts in order, and rebuilding it: shared by `nest` and `data_nest`."""

from collections import abc, defaultdict

# Kinds of objects. Everything above LEAF has parts.
LEAF, PLAIN, MAPPING, NAMEDTUPLE, ATTRS, VIEW, SEQUENCE, CUSTOM = range(8)
COMPOSITE = 8  # has parts only where composites are to be expanded

_kinds = {list: PLAIN, tuple: PLAIN, dict: MAPPING, int: LEAF, float: LEAF, str: LEAF, bytes: LEAF, type(None): LEAF}


def is_namedtuple_type(cls):
    """True for a class made by `collections.namedtuple` or `typing.NamedTuple`."""
    fields = getattr(cls, "_fields", None)
    return issubclass(cls, tuple) and isinstance(fields, tuple) and all(isinstance(f, str) for f in fields)


def _classify(cls):
    if issubclass(cls, (str, bytes, bytearray)):
        kind = LEAF
    elif issubclass(cls, abc.Mapping):
        kind = MAPPING
    elif is_namedtuple_type(cls):
        kind = NAMEDTUPLE
    elif getattr(cls, "__attrs_attrs__", None) is not None:
        kind = ATTRS
    elif issubclass(cls, abc.MappingView):
        kind = VIEW
    elif hasattr(cls, "__tf_flatten__") and hasattr(cls, "__tf_unflatten__"):
        kind = CUSTOM
    elif getattr(cls, "_nest_component", None) is not None:
        kind = COMPOSITE
    elif issubclass(cls, abc.Sequence):
        kind = SEQUENCE
    else:
        kind = LEAF
    _kinds[cls] = kind
    return kind


def kind_of(value):
    """The kind of an object for `tf.nest` without expanding composites."""
    cls = type(value)
    kind = _kinds.get(cls)
    if kind is None:
        kind = _classify(cls)
    return LEAF if kind == COMPOSITE else kind


def kind_of_expanded(value):
    """The kind of an object for `tf.nest` with composite tensors and type specs taken apart."""
    cls = type(value)
    kind = _kinds.get(cls)
    return _classify(cls) if kind is None else kind


def kind_of_data(value):
    """The kind of an object for datasets: a list is a leaf, it stands for a tensor."""
    if isinstance(value, list) or type(value).__name__ == "SparseTensorValue":
        return LEAF
    return kind_of(value)


def sorted_keys(mapping):
    """The keys in the order that `flatten` uses. TypeError if they cannot be sorted."""
    return sorted(mapping)


def values_of(value, kind):
    """The parts of a structure, in order."""
    if kind == PLAIN or kind == NAMEDTUPLE or kind == SEQUENCE:
        return value
    if kind == MAPPING:
        return [value[key] for key in sorted_keys(value)]
    if kind == ATTRS:
        return [getattr(value, attribute.name) for attribute in type(value).__attrs_attrs__]
    if kind == CUSTOM:
        return value.__tf_flatten__()[1]
    if kind == COMPOSITE:
        return [value._nest_component()]
    return list(value)


def items_of(value, kind):
    """(key, part) pairs of a structure, in order: the keys of mappings, names of fields, else positions."""
    if kind == MAPPING:
        return [(key, value[key]) for key in sorted_keys(value)]
    if kind == NAMEDTUPLE:
        return list(zip(value._fields, value, strict=True))
    if kind == ATTRS:
        return [(a.name, getattr(value, a.name)) for a in type(value).__attrs_attrs__]
    if kind == COMPOSITE:
        return [(value._nest_name(), value._nest_component())]
    return list(enumerate(values_of(value, kind)))


def rebuild(value, kind, parts):
    """A structure of the same type as `value` from a list of parts."""
    if kind == PLAIN:
        return parts if type(value) is list else tuple(parts)
    if kind == MAPPING:
        return _mapping(value, dict(zip(sorted_keys(value), parts, strict=True)))
    if kind == NAMEDTUPLE or kind == ATTRS:
        return type(value)(*parts)
    if kind == VIEW or isinstance(value, range):
        return list(parts)
    if kind == CUSTOM:
        return type(value).__tf_unflatten__(value.__tf_flatten__()[0], tuple(parts))
    if kind == COMPOSITE:
        return value._nest_rebuild(parts[0])
    return type(value)(parts)


def _mapping(value, found):
    """A mapping of the same type and order as `value` with the values that are found for its keys."""
    ordered = [(key, found[key]) for key in value]
    if isinstance(value, defaultdict):
        return type(value)(value.default_factory, ordered)
    if isinstance(value, abc.MutableMapping) and not isinstance(value, dict):
        made = type(value)()
        made.update(ordered)
        return made
    try:
        return type(value)(ordered)
    except TypeError as error:
        raise TypeError(
            f"Error creating an object of type {type(value)} like {value}. Note that it must accept a single positional "
            "argument representing an iterable of key-value pairs, in addition to self. Cause: "
            f"{error}"
        ) from None


def flatten_into(value, kind_of, out):
    """Appends the leaves of `value` to the list `out`."""
    kind = kind_of(value)
    if kind == LEAF:
        out.append(value)
    else:
        for part in values_of(value, kind):
            flatten_into(part, kind_of, out)


def pack(structure, leaves, kind_of, make=rebuild):
    """The structure with its leaves replaced by the next ones of the iterator `leaves`."""
    kind = kind_of(structure)
    if kind == LEAF:
        return next(leaves)
    return make(structure, kind, [pack(part, leaves, kind_of, make) for part in values_of(structure, kind)])


def map_one(func, structure, kind_of):
    """The structure with `func` applied to each leaf."""
    kind = kind_of(structure)
    if kind == LEAF:
        return func(structure)
    return rebuild(structure, kind, [map_one(func, part, kind_of) for part in values_of(structure, kind)])


def same_namedtuples(nest1, nest2):
    """True if both are namedtuples whose classes have the same name and fields."""
    a, b = type(nest1), type(nest2)
    return a is b or (a.__name__ == b.__name__ and a._fields == b._fields)


def _shown(value):
    return f"type={type(value).__name__} str={value}"


def _type_name(cls):
    """The name of a class; with its module for a class that is written in C outside the built-ins."""
    written_in_python = cls.__flags__ & (1 << 9)
    return cls.__name__ if written_in_python or cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__name__}"


class Mismatch(Exception):
    """Two structures differ: the class of the error to raise, and in what they differ."""

    def __init__(self, error_class, text):
        super().__init__(text)
        self.error_class = error_class


def _check_types(a, b, kind_a, kind_b):
    if kind_a == MAPPING and kind_b == MAPPING:
        if set(a) != set(b):
            raise Mismatch(
                ValueError,
                "The two dictionaries don't have the same set of keys. First structure has keys "
                f"{_shown(list(a))}, while second structure has keys {_shown(list(b))}",
            )
        return
    if kind_a == NAMEDTUPLE and kind_b == NAMEDTUPLE:
        same = same_namedtuples(a, b)
    elif kind_a == COMPOSITE and kind_b == COMPOSITE:
        if not a._nest_is_compatible(b):
            raise Mismatch(
                ValueError,
                f"Incompatible CompositeTensor TypeSpecs: {_shown(a._nest_spec())} vs. {_shown(b._nest_spec())}",
            )
        return
    else:
        both = (list, abc.MappingView)
        same = type(a) is type(b) or any(isinstance(a, cls) and isinstance(b, cls) for cls in both)
    if not same:
        raise Mismatch(
            TypeError,
            f"The two namedtuples don't have the same sequence type. First structure {_shown(a)} has type "
            f"{_type_name(type(a))}, while second structure {_shown(b)} has type {_type_name(type(b))}",
        )


def compare(a, b, check_types, kind_of):
    """Raises `Mismatch` if the two do not have the same structure."""
    kind_a, kind_b = kind_of(a), kind_of(b)
    if kind_a == LEAF and kind_b == LEAF:
        return
    if kind_a == LEAF or kind_b == LEAF:
        nested, other = (b, a) if kind_a == LEAF else (a, b)
        raise Mismatch(
            ValueError, f'Substructure "{_shown(nested)}" is a sequence, while substructure "{_shown(other)}" is not'
        )
    if check_types:
        _check_types(a, b, kind_a, kind_b)
    parts_a, parts_b = list(values_of(a, kind_a)), list(values_of(b, kind_b))
    for part_a, part_b in zip(parts_a, parts_b, strict=False):
        compare(part_a, part_b, check_types, kind_of)
    if len(parts_a) != len(parts_b):
        raise Mismatch(
            ValueError,
            "The two structures don't have the same number of elements. "
            f"First structure: {_shown(a)}. Second structure: {_shown(b)}",
        )


def mismatch_text(a, b, reason):
    """The message for two structures that differ."""
    return (
        f"The two structures don't have the same nested structure.\n\nFirst structure: {_shown(a)}\n\n"
        f"Second structure: {_shown(b)}\n\nMore specifically: {reason}"
    )
