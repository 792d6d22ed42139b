"""Tracing types: what a call's arguments must have in common with those of an earlier call to use its graph."""

import weakref

from ... import _core
from ..nest_core import is_namedtuple_type
from ..type_spec import TensorSpec, TypeSpec
from ..variable_spec import VariableSpec
from ..variables import Variable


class TraceType:
    """The base of the types that a Python object can give by `__tf_tracing_type__`."""

    def is_subtype_of(self, other):
        """Whether a graph that was traced for `other` serves this type too."""
        raise NotImplementedError

    def most_specific_common_supertype(self, others):
        """The narrowest type that serves this one and all `others`; None if there is none."""
        raise NotImplementedError

    def placeholder_value(self, placeholder_context):
        """What the Python function gets as argument while it is traced."""
        raise NotImplementedError

    def to_tensors(self, value):
        """The tensors of a value of this type, which are passed to the graph."""
        return []

    def flatten(self):
        """The types of those tensors."""
        return []

    def cast(self, value, cast_context):
        """`value` as a value of this type; TypeError if it cannot be one."""
        return value


def _is_nan(value):
    return isinstance(value, float) and value != value


class Literal(TraceType):
    """A Python value that a graph is traced for: calls with equal values share it."""

    def __init__(self, value):
        self.value = value
        self._hash = hash(None if _is_nan(value) else value)

    def is_subtype_of(self, other):
        """Whether the other is an equal value."""
        return self == other

    def most_specific_common_supertype(self, others):
        """This type if all are equal."""
        return self if all(self == other for other in others) else None

    def placeholder_value(self, placeholder_context):
        """The value."""
        return self.value

    def cast(self, value, cast_context):
        """`value`, if it is equal; ValueError otherwise."""
        if self.value == value:
            return value
        raise ValueError(f"Can not cast {value!r} to {self!r}")

    def __eq__(self, other):
        if not isinstance(other, Literal):
            return False
        mine, theirs = self.value, other.value
        return mine is theirs or mine == theirs or (_is_nan(mine) and _is_nan(theirs))

    def __hash__(self):
        return self._hash

    def __repr__(self):
        return f"Literal[{self.value!r}]"


class Weakref(TraceType):
    """An object that a graph is traced for and does not keep alive."""

    def __init__(self, value):
        self._ref = weakref.ref(value)
        self._hash = hash(self._ref)

    @property
    def alive(self):
        """Whether the object still exists."""
        return self._ref() is not None

    def is_subtype_of(self, other):
        """Whether the other stands for the same or an equal object."""
        return self == other

    def most_specific_common_supertype(self, others):
        """This type if all stand for the same or equal objects."""
        return self if all(self == other for other in others) else None

    def placeholder_value(self, placeholder_context):
        """The object."""
        return self._ref()

    def cast(self, value, cast_context):
        """`value`, if it is the same or equal; ValueError otherwise."""
        if value is self._ref() or value == self._ref():
            return value
        raise ValueError(f"Can not cast {value!r} to {self!r}")

    def __eq__(self, other):
        if not isinstance(other, Weakref):
            return False
        mine, theirs = self._ref(), other._ref()
        if mine is None or theirs is None:
            return False
        return mine is theirs or mine == theirs

    def __hash__(self):
        return self._hash

    def __repr__(self):
        return f"WeakRef[{self._ref!r}]"


class Structure(TraceType):
    """A list, tuple, namedtuple, dict, or object of an attrs class, of other types.

    Args:
      kind: what must be equal besides the parts: the class, and the keys of a dict.
      parts: the types of the parts.
      make: makes such a structure from a list of parts.
      take: gives the parts of such a structure.
      shown: the keys of a dict in its own order; `kind` and `parts` have them sorted.
    """

    def __init__(self, kind, parts, make, take, shown=None):
        self.kind = kind
        self.parts = parts
        self._make = make
        self._take = take
        self._shown = shown

    def keys(self):
        """What the parts are called: keys of a dict, fields of a namedtuple, else numbers."""
        keys = self.kind[1:] if isinstance(self.kind, tuple) else ()
        return keys if len(keys) == len(self.parts) else range(len(self.parts))

    def is_subtype_of(self, other):
        """Whether the other has the same form, and its parts serve these."""
        return (
            isinstance(other, Structure)
            and self.kind == other.kind
            and len(self.parts) == len(other.parts)
            and all(a.is_subtype_of(b) for a, b in zip(self.parts, other.parts, strict=True))
        )

    def most_specific_common_supertype(self, others):
        """A structure of the parts' common types."""
        for other in others:
            if not isinstance(other, Structure) or self.kind != other.kind or len(self.parts) != len(other.parts):
                return None
        parts = []
        for number, part in enumerate(self.parts):
            common = part.most_specific_common_supertype([other.parts[number] for other in others])
            if common is None:
                return None
            parts.append(common)
        return Structure(self.kind, parts, self._make, self._take, self._shown)

    def placeholder_value(self, placeholder_context):
        """A structure of the parts' placeholders."""
        return self._make([part.placeholder_value(placeholder_context) for part in self.parts])

    def to_tensors(self, value):
        """The tensors of all parts, in order."""
        return [t for part, v in zip(self.parts, self._take(value), strict=True) for t in part.to_tensors(v)]

    def flatten(self):
        """The types of the tensors of all parts, in order."""
        return [spec for part in self.parts for spec in part.flatten()]

    def parts_of(self, value):
        """The parts of `value`; ValueError for another structure."""
        found = type_of(value)
        if isinstance(found, Structure) and found.kind == self.kind and len(found.parts) == len(self.parts):
            return self._take(value)
        cls = self.kind[0] if isinstance(self.kind, tuple) else self.kind
        if cls is dict and isinstance(value, dict):
            raise ValueError(f"{value!r} has different keys with the TraceType {self!r}.")
        if cls is dict:
            raise ValueError(f"Can not cast {value!r} to a Dict type.")
        if cls in (list, tuple) and not isinstance(value, cls):
            raise ValueError(f"Can not cast {value!r} to {cls.__name__} type.")
        if cls in (list, tuple) and len(value) != len(self.parts):
            raise ValueError(f"Expected {value} to have length of {len(self.parts)}")
        if is_namedtuple_type(cls):
            raise ValueError(f"Cannot cast {value!r} to type {cls!r}.")
        raise ValueError(f"Can not cast {value!r} to {self!r}")

    def cast(self, value, cast_context):
        """`value` with its parts cast; ValueError for another structure."""
        parts = zip(self.parts, self.parts_of(value), strict=True)
        return self._make([part.cast(v, cast_context) for part, v in parts])

    def __eq__(self, other):
        return isinstance(other, Structure) and self.kind == other.kind and self.parts == other.parts

    def __hash__(self):
        return hash((self.kind, *self.parts))

    def __repr__(self):
        cls = self.kind[0] if isinstance(self.kind, tuple) else self.kind
        keys = self.keys()
        if isinstance(keys, tuple) and keys:
            parts = dict(zip(keys, self.parts, strict=True))
            inner = ", ".join(f"[{key!r}, {parts[key]!r}]" for key in self._shown or keys)
        else:
            inner = ", ".join(map(repr, self.parts))
        name = {list: "List", tuple: "Tuple", dict: "Dict"}.get(cls, cls.__name__)
        return f"{name}[{inner}]"


class Context:
    """What types of one call share: equal variables get equal numbers."""

    def __init__(self):
        self._numbers = {}

    def alias_number(self, variable):
        """The number of a variable within the call."""
        return self._numbers.setdefault(id(variable), len(self._numbers))

    # The name that objects with `__tf_tracing_type__` ask by.
    def alias_global_id(self, global_id):
        """The number of what `global_id` names within the call."""
        return self._numbers.setdefault(global_id, len(self._numbers))


def _sequence(value, context):
    cls = type(value)
    parts = [type_of(part, context) for part in value]
    if is_namedtuple_type(cls):
        return Structure((cls, *cls._fields), parts, lambda p: cls(*p), list)
    base = list if isinstance(value, list) else tuple
    return Structure(base, parts, base, list)


def _mapping(value, context):
    keys = tuple(value)
    try:
        order = sorted(keys)
    except TypeError:
        order = list(keys)
    parts = [type_of(value[key], context) for key in order]
    cls = type(value) if type(value) is dict or not hasattr(value, "default_factory") else dict

    def make(parts):
        found = dict(zip(order, parts, strict=True))
        ordered = {key: found[key] for key in keys}
        return ordered if cls is dict else cls(ordered)

    return Structure((dict, *order), parts, make, lambda v: [v[key] for key in order], keys)


def _attrs(value, context):
    cls = type(value)
    names = [attribute.name for attribute in cls.__attrs_attrs__]
    parts = [type_of(getattr(value, name), context) for name in names]
    return Structure((cls, *names), parts, lambda p: cls(*p), lambda v: [getattr(v, name) for name in names])


def _custom(value, context):
    """The type of an object that gives its parts by `__tf_flatten__`."""
    cls = type(value)
    metadata, parts = value.__tf_flatten__()
    types = [type_of(part, context) for part in parts]
    return Structure(
        (cls, _hashable(metadata)),
        types,
        lambda p: cls.__tf_unflatten__(metadata, tuple(p)),
        lambda v: list(v.__tf_flatten__()[1]),
    )


def _hashable(value):
    if isinstance(value, (list, tuple)):
        return (type(value), *map(_hashable, value))
    if isinstance(value, dict):
        return (dict, *((key, _hashable(part)) for key, part in value.items()))
    return value


def _array_spec(value):
    import numpy as np

    if isinstance(value, (np.ndarray, np.generic)):
        return TensorSpec(value.shape, value.dtype)
    return None


def type_of(value, context=None):
    """The tracing type of an argument.

    Raises:
      TypeError: it can be neither compared nor referred to weakly.
    """
    context = Context() if context is None else context
    if isinstance(value, _core.Tensor):
        return TensorSpec(value.shape, value.dtype)
    if isinstance(value, Variable) and hasattr(value, "handle"):
        return VariableSpec(value.shape, value.dtype, value.trainable, context.alias_number(value))
    if isinstance(value, (bool, int, float, str, bytes, type(None))):
        return Literal(value)
    protocol = getattr(type(value), "__tf_tracing_type__", None)
    if protocol is not None:
        return protocol(value, context)
    if isinstance(value, (TraceType, TypeSpec)):
        return value
    if hasattr(value, "__wrapped__"):
        return type_of(value.__wrapped__, context)
    if isinstance(value, (list, tuple)):
        return _sequence(value, context)
    if hasattr(value, "keys") and hasattr(value, "__getitem__") and not isinstance(value, type):
        return _mapping(value, context)
    if hasattr(type(value), "__attrs_attrs__"):
        return _attrs(value, context)
    if hasattr(value, "__tf_flatten__") and hasattr(value, "__tf_unflatten__"):
        return _custom(value, context)
    spec = _array_spec(value)
    if spec is not None:
        return spec
    try:
        return Weakref(value)
    except TypeError:
        pass
    try:
        return Literal(value)
    except TypeError:
        raise TypeError(
            f"Could not generate a generic TraceType for {value!r}.Please verify that it is immutable/hashable. Otherwise, "
            "consider implementing the Tracing Protocol for it."
        ) from None


def is_alive(kind):
    """Whether all objects that a type refers to still exist."""
    if isinstance(kind, Weakref):
        return kind.alive
    if isinstance(kind, Structure):
        return all(is_alive(part) for part in kind.parts)
    return True
