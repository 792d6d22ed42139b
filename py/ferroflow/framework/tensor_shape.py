"""Static shapes: `TensorShape`, and TensorFlow 1's `Dimension`. A dimension or the rank itself may be unknown."""

from __future__ import annotations

TYPE_CHECKING = False  # what `typing` would say, without the time of its import
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# With TensorFlow 1's behaviour, indexing and iterating a shape gives Dimension objects instead of int or None.
_v2_behavior = True


def enable_v2_tensorshape():
    """Makes `shape[i]` and iteration give int or None (the default)."""
    global _v2_behavior
    _v2_behavior = True


def disable_v2_tensorshape():
    """Makes `shape[i]` and iteration give `Dimension` objects, as in TensorFlow 1."""
    global _v2_behavior
    _v2_behavior = False


def v2_tensorshape_enabled():
    """True if `shape[i]` gives int or None."""
    return _v2_behavior


def _dimension_of(value):
    """`value` as int or None.

    Raises:
      TypeError: it is no integer.
      ValueError: it is negative.
    """
    if type(value) is not int:
        if value is None:
            return None
        if isinstance(value, Dimension):
            return value._value
        try:
            index = value.__index__
        except AttributeError:
            raise TypeError(
                "Dimension value must be integer or None or have an __index__ method, "
                f"got value '{value!r}' with type '{type(value)!r}'"
            ) from None
        value = value if isinstance(value, int) else index()
    if value < 0:
        raise ValueError(f"Dimension {value} must be >= 0")
    return value


def _unary_text(value, unknown="?"):
    return unknown if value is None else str(value)


class Dimension:
    """One dimension of a shape in TensorFlow 1's style: a size, or unknown (`Dimension(None)`).

    Arithmetic with an unknown dimension gives an unknown one; comparing with one gives None.
    """

    __slots__ = ("_value",)

    def __init__(self, value) -> None:
        self._value = _dimension_of(value)

    @property
    def value(self) -> int | None:
        """The size, or None."""
        return self._value

    def __repr__(self):
        return f"Dimension({self._value!r})"

    def __str__(self):
        return _unary_text(self._value)

    def __int__(self) -> int:
        return self._value

    def __index__(self) -> int:
        # Unlike Python's protocol asks, an unknown dimension answers None; Python then raises its own TypeError.
        return self._value

    def __bool__(self):
        return bool(self._value)

    # Equality may answer None, so a Dimension cannot be a key.
    __hash__ = None

    def __eq__(self, other):
        try:
            other = _dimension_of(other)
        except (TypeError, ValueError):
            return NotImplemented
        return None if self._value is None or other is None else self._value == other

    def __ne__(self, other):
        try:
            other = _dimension_of(other)
        except (TypeError, ValueError):
            return NotImplemented
        return None if self._value is None or other is None else self._value != other

    def _compare(self, other, relation):
        other = _dimension_of(other)
        return None if self._value is None or other is None else relation(self._value, other)

    def __lt__(self, other):
        return self._compare(other, int.__lt__)

    def __le__(self, other):
        return self._compare(other, int.__le__)

    def __gt__(self, other):
        return self._compare(other, int.__gt__)

    def __ge__(self, other):
        return self._compare(other, int.__ge__)

    def _combine(self, other, function):
        try:
            other = _dimension_of(other)
        except (TypeError, ValueError):
            return NotImplemented
        return Dimension(None if self._value is None or other is None else function(self._value, other))

    def __add__(self, other):
        return self._combine(other, int.__add__)

    def __radd__(self, other):
        return self._combine(other, int.__radd__)

    def __sub__(self, other):
        return self._combine(other, int.__sub__)

    def __rsub__(self, other):
        return self._combine(other, int.__rsub__)

    def __mul__(self, other):
        return self._combine(other, int.__mul__)

    def __rmul__(self, other):
        return self._combine(other, int.__rmul__)

    def __floordiv__(self, other):
        return self._combine(other, int.__floordiv__)

    def __rfloordiv__(self, other):
        return self._combine(other, int.__rfloordiv__)

    def __mod__(self, other):
        return self._combine(other, int.__mod__)

    def __rmod__(self, other):
        return self._combine(other, int.__rmod__)

    def __truediv__(self, other):
        raise TypeError(
            f"unsupported operand type(s) for /: 'Dimension' and '{type(other).__name__}', please use // instead"
        )

    def __rtruediv__(self, other):
        raise TypeError(
            f"unsupported operand type(s) for /: '{type(other).__name__}' and 'Dimension', please use // instead"
        )

    def is_compatible_with(self, other):
        """True if the two sizes are equal or one of them is unknown."""
        other = _dimension_of(other)
        return self._value is None or other is None or self._value == other

    def assert_is_compatible_with(self, other):
        """ValueError if the two sizes are known and differ."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Dimensions {self} and {other} are not compatible")

    def merge_with(self, other):
        """The dimension that both agree on; ValueError if they do not."""
        other = as_dimension(other)
        self.assert_is_compatible_with(other)
        return Dimension(other._value if self._value is None else self._value)

    def __reduce__(self):
        return Dimension, (self._value,)


def as_dimension(value):
    """`value` as a `Dimension`."""
    return value if isinstance(value, Dimension) else Dimension(value)


def dimension_value(dimension) -> int | None:
    """The int or None of a dimension of either kind, `Dimension` or plain."""
    return dimension._value if isinstance(dimension, Dimension) else dimension


def dimension_at_index(shape, index) -> Dimension:
    """The `Dimension` of `shape` at `index`, unknown if the rank is."""
    if shape._dims is None:
        return Dimension(None)
    return Dimension(shape._dims[index])


def _dims_of(dims):
    """The tuple of int or None that `dims` describes, or None for an unknown rank."""
    if dims is None:
        return None
    if type(dims) is TensorShape or isinstance(dims, TensorShape):
        return dims._dims
    if isinstance(dims, (tuple, list)):
        return tuple(map(_dimension_of, dims))
    if hasattr(dims, "unknown_rank") and hasattr(dims, "dim"):  # a TensorShapeProto
        if dims.unknown_rank:
            return None
        return tuple(None if dim.size == -1 else _dimension_of(dim.size) for dim in dims.dim)
    try:
        entries = iter(dims)
    except TypeError:
        return (_dimension_of(dims),)
    result = []
    for entry in entries:
        try:
            result.append(_dimension_of(entry))
        except TypeError as error:
            raise TypeError(
                f"Failed to convert '{dims!r}' to a shape: '{entry!r}'could not be converted to a dimension. "
                "A shape should either be single dimension (e.g. 10), or an iterable of dimensions "
                "(e.g. [1, 10, None])."
            ) from error
    return tuple(result)


class TensorShape:
    """The static shape of a tensor: fully known, partly known, or of unknown rank. Immutable.

    Args:
      dims: None for an unknown rank; an integer for a vector; a list, tuple or other iterable of integers and None (for
        unknown sizes); a `TensorShapeProto`; or another shape.

    Raises:
      TypeError: `dims` is none of these.
      ValueError: a size is negative.

    >>> TensorShape([None, 3]).merge_with([2, None])
    TensorShape([2, 3])
    """

    __slots__ = ("_dims", "__weakref__")

    def __init__(self, dims) -> None:
        self._dims = _dims_of(dims)

    @classmethod
    def _of(cls, dims):
        """A shape from a tuple of int and None that is known to be valid."""
        self = object.__new__(cls)
        self._dims = dims
        return self

    @property
    def rank(self) -> int | None:
        """The number of dimensions, or None."""
        return None if self._dims is None else len(self._dims)

    @property
    def ndims(self) -> int | None:
        """The number of dimensions, or None."""
        return None if self._dims is None else len(self._dims)

    @property
    def dims(self) -> list[Dimension] | None:
        """A list of `Dimension` objects, or None if the rank is unknown."""
        return None if self._dims is None else [Dimension(d) for d in self._dims]

    def as_list(self) -> list[int | None]:
        """The sizes as a list of int and None. ValueError if the rank is unknown."""
        if self._dims is None:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self._dims)

    def num_elements(self) -> int | None:
        """The product of the sizes, or None if the shape is not fully known."""
        if self._dims is None:
            return None
        count = 1
        for size in self._dims:
            if size is None:
                return None
            count *= size
        return count

    def is_fully_defined(self) -> bool:
        """True if the rank and every size are known."""
        return self._dims is not None and None not in self._dims

    def assert_is_fully_defined(self) -> None:
        """ValueError if a size or the rank is unknown."""
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined")

    def is_compatible_with(self, other) -> bool:
        """True if some fully known shape fits both this shape and `other`."""
        theirs = _dims_of(other)
        mine = self._dims
        if mine is None or theirs is None:
            return True
        if len(mine) != len(theirs):
            return False
        for a, b in zip(mine, theirs, strict=True):
            if a != b and a is not None and b is not None:
                return False
        return True

    def assert_is_compatible_with(self, other) -> None:
        """ValueError if no shape fits both."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {other} are incompatible")

    def assert_same_rank(self, other) -> None:
        """ValueError if both ranks are known and differ."""
        other = as_shape(other)
        if self._dims is not None and other._dims is not None and len(self._dims) != len(other._dims):
            raise ValueError(f"Shapes {self} and {other} must have the same rank")

    def assert_has_rank(self, rank) -> None:
        """ValueError if the rank is known and not `rank`."""
        if self.rank not in (None, rank):
            raise ValueError("Shape %s must have rank %d" % (self, rank))

    def merge_with(self, other) -> TensorShape:
        """The shape that combines what both know; ValueError if they contradict each other."""
        other = as_shape(other)
        if self._dims is None:
            return other
        if other._dims is None:
            return self
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {other} are not compatible")
        return TensorShape._of(tuple(b if a is None else a for a, b in zip(self._dims, other._dims, strict=True)))

    def concatenate(self, other) -> TensorShape:
        """The dimensions of this shape followed by those of `other`; unknown if either rank is."""
        other = as_shape(other)
        if self._dims is None or other._dims is None:
            return unknown_shape()
        return TensorShape._of(self._dims + other._dims)

    def with_rank(self, rank) -> TensorShape:
        """This shape, known to have rank `rank`; ValueError if it cannot have it."""
        try:
            return self.merge_with(unknown_shape(rank=rank))
        except ValueError:
            raise ValueError("Shape %s must have rank %d" % (self, rank)) from None

    def with_rank_at_least(self, rank) -> TensorShape:
        """This shape; ValueError if its rank is known and smaller."""
        if self.rank is not None and self.rank < rank:
            raise ValueError("Shape %s must have rank at least %d" % (self, rank))
        return self

    def with_rank_at_most(self, rank) -> TensorShape:
        """This shape; ValueError if its rank is known and greater."""
        if self.rank is not None and self.rank > rank:
            raise ValueError("Shape %s must have rank at most %d" % (self, rank))
        return self

    def is_subtype_of(self, other) -> bool:
        """True if every shape that fits this one fits `other` too, which must be a TensorShape."""
        if not isinstance(other, TensorShape):
            return False
        if other._dims is None:
            return True
        if self._dims is None or len(self._dims) != len(other._dims):
            return False
        return all(b is None or a == b for a, b in zip(self._dims, other._dims, strict=True))

    def most_specific_common_supertype(self, others):
        """The narrowest shape that this one and all `others` fit; None if one of them is no TensorShape."""
        if not all(isinstance(other, TensorShape) for other in others):
            return None
        result = self
        for other in others:
            result = result.most_specific_compatible_shape(other)
        return result

    def most_specific_compatible_shape(self, other) -> TensorShape:
        """The narrowest shape that both fit: sizes that differ become unknown."""
        other = as_shape(other)
        if self._dims is None or other._dims is None or len(self._dims) != len(other._dims):
            return unknown_shape()
        return TensorShape._of(tuple(a if a == b else None for a, b in zip(self._dims, other._dims, strict=True)))

    def as_proto(self):
        """This shape as a `TensorShapeProto`; an unknown size is written as -1."""
        from .protos import TensorShapeProto

        if self._dims is None:
            return TensorShapeProto(unknown_rank=True)
        return TensorShapeProto(dim=[TensorShapeProto.Dim(size=-1 if d is None else d) for d in self._dims])

    def placeholder_value(self, placeholder_context):
        """A shape is a constant of a traced function: its placeholder is the shape itself."""
        return self

    def flatten(self):
        """A shape holds no tensors: its list of component specs is empty."""
        return []

    def to_tensors(self, value):
        """A shape holds no tensors: the list for `value` is empty."""
        return []

    def from_tensors(self, tensors):
        """The shape again, made from no tensors."""
        return self

    def cast(self, value, cast_context):
        """`value` if it equals this shape; else a TypeError."""
        if self == value:
            return value
        raise TypeError(f"Can not cast {value!r} to type {self!r}")

    def __len__(self) -> int:
        if self._dims is None:
            raise ValueError("Cannot take the length of shape with unknown rank.")
        return len(self._dims)

    def __bool__(self) -> bool:
        return self._dims is not None

    def __iter__(self) -> Iterator[Any]:
        if self._dims is None:
            raise ValueError("Cannot iterate over a shape with unknown rank.")
        return iter(self._dims) if _v2_behavior else iter(self.dims)

    def __getitem__(self, key) -> Any:
        """A size (int or None; a `Dimension` with TensorFlow 1's behaviour) or, for a slice, a shape."""
        if self._dims is not None:
            if isinstance(key, slice):
                return TensorShape._of(self._dims[key])
            return self._dims[key] if _v2_behavior else self.dims[key]
        if not isinstance(key, slice):
            return None if _v2_behavior else Dimension(None)
        if key.step is not None:
            raise ValueError("Steps are not yet handled")
        start = key.start or 0
        if key.stop is None or key.stop < 0 or start < 0:
            return unknown_shape()
        return unknown_shape(rank=max(key.stop - start, 0))

    def __add__(self, other) -> TensorShape:
        return self.concatenate(other)

    def __radd__(self, other) -> TensorShape:
        return as_shape(other).concatenate(self)

    def __eq__(self, other):
        try:
            return self._dims == _dims_of(other)
        except (TypeError, ValueError):
            return NotImplemented

    def __hash__(self):
        return hash(self._dims)

    def __repr__(self):
        if self._dims is None:
            return "TensorShape(None)"
        return f"TensorShape({list(self._dims) if _v2_behavior else self.dims})"

    def __str__(self):
        if self._dims is None:
            return "<unknown>"
        texts = [_unary_text(d, "None" if _v2_behavior else "?") for d in self._dims]
        return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"

    def __reduce__(self):
        return TensorShape, (None if self._dims is None else list(self._dims),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def as_shape(shape):
    """`shape` as a `TensorShape`."""
    return shape if isinstance(shape, TensorShape) else TensorShape(shape)


def unknown_shape(rank=None):
    """A shape with `rank` unknown sizes; without `rank`, of unknown rank."""
    return TensorShape._of(None if rank is None else (None,) * rank)
