"""TensorFlow's data types: one `DType` object for each type and each reference type, and their NumPy counterparts."""

from __future__ import annotations

import builtins
import sys

TYPE_CHECKING = False  # what `typing` would say, without the time of its import
if TYPE_CHECKING:
    from typing import Any

    from .typing import DTypeLike

_REF = 100  # a reference type's number is its base type's plus this

# number, name, NumPy name (None: no NumPy counterpart), kind, bytes. Kinds: f float, i int, u unsigned, c complex,
# b bool, q quantised, o object, F and I as f and i but without arithmetic (`is_numeric` is False), h handle.
_TABLE = (
    (1, "float32", "float32", "f", 4),
    (2, "float64", "float64", "f", 8),
    (3, "int32", "int32", "i", 4),
    (4, "uint8", "uint8", "u", 1),
    (5, "int16", "int16", "i", 2),
    (6, "int8", "int8", "i", 1),
    (7, "string", "object_", "o", 0),
    (8, "complex64", "complex64", "c", 8),
    (9, "int64", "int64", "i", 8),
    (10, "bool", "bool_", "b", 1),
    (11, "qint8", "int8", "q", 1),
    (12, "quint8", "uint8", "q", 1),
    (13, "qint32", "int32", "q", 4),
    (14, "bfloat16", "ml_dtypes", "f", 2),
    (15, "qint16", "int16", "q", 2),
    (16, "quint16", "uint16", "q", 2),
    (17, "uint16", "uint16", "u", 2),
    (18, "complex128", "complex128", "c", 16),
    (19, "float16", "float16", "f", 2),
    (20, "resource", None, "h", 0),
    (21, "variant", None, "h", 0),
    (22, "uint32", "uint32", "u", 4),
    (23, "uint64", "uint64", "u", 8),
    (24, "float8_e5m2", "ml_dtypes", "F", 1),
    (25, "float8_e4m3fn", "ml_dtypes", "F", 1),
    (26, "float8_e4m3fnuz", "ml_dtypes", "F", 1),
    (27, "float8_e4m3b11fnuz", "ml_dtypes", "F", 1),
    (28, "float8_e5m2fnuz", "ml_dtypes", "F", 1),
    (29, "int4", "ml_dtypes", "I", 1),
    (30, "uint4", "ml_dtypes", "U", 1),
    (31, "int2", "ml_dtypes", "I", 1),
    (32, "uint2", "ml_dtypes", "U", 1),
    (33, "float4_e2m1fn", "ml_dtypes", "F", 1),
)

# Largest magnitude (floats) or (lowest, highest) of the types that NumPy itself cannot describe.
_RANGES = {
    "bfloat16": (float.fromhex("-0x1.FEp127"), float.fromhex("0x1.FEp127")),
    "float8_e5m2": (-57344.0, 57344.0),
    "float8_e4m3fn": (-448.0, 448.0),
    "float8_e4m3fnuz": (-240.0, 240.0),
    "float8_e4m3b11fnuz": (-30.0, 30.0),
    "float8_e5m2fnuz": (-57344.0, 57344.0),
    "float4_e2m1fn": (-6.0, 6.0),
    "int4": (-8, 7),
    "uint4": (0, 15),
    "int2": (-2, 1),
    "uint2": (0, 3),
}

_FROM_NUMBER = {}
_FROM_ANY: dict[
    Any, DType
] = {}  # whatever can name a type: the type itself, its number, its name, Python's and NumPy's types
_NUMPY = {}  # type number -> NumPy type, filled on first use
_numpy_known = False


class DType:
    """The type of a tensor's elements, such as `tf.float32`.

    There is one object for each type, so `DType(1) is tf.float32`. A type equals its number, its name and the NumPy
    types that stand for it: `tf.float32 == "float32"` and `tf.float32 == np.float32` are True.

    Args:
      type_enum: the number of the type in TensorFlow's `DataType` enum.
      handle_data: for a resource or variant, what the handle points to; such a type is an object of its own.

    Raises:
      TypeError: there is no type with that number.
    """

    __slots__ = ("_type_enum", "_name", "_numpy_name", "_kind", "_size", "_base", "_ref", "_handle_data", "__weakref__")

    def __new__(cls, type_enum, handle_data=None):
        known = _FROM_NUMBER.get(type_enum)
        if known is None:
            raise TypeError(f"{type_enum} does not correspond to a valid tensorflow::DataType")
        if handle_data is None:
            return known
        return cls._make(
            known._type_enum, known._name, known._numpy_name, known._kind, known._size, known._base, handle_data
        )

    @classmethod
    def _make(cls, number, name, numpy_name, kind, size, base, handle_data=None):
        self = object.__new__(cls)
        put = object.__setattr__
        put(self, "_type_enum", number)
        put(self, "_name", name)
        put(self, "_numpy_name", numpy_name)
        put(self, "_kind", kind)
        put(self, "_size", size)
        put(self, "_base", self if base is None else base)
        put(self, "_ref", None)
        put(self, "_handle_data", handle_data)
        return self

    def __setattr__(self, name, value):
        raise AttributeError(f"A DType is immutable: cannot set {name!r} of {self!r}.")

    def __delattr__(self, name):
        raise AttributeError(f"A DType is immutable: cannot delete {name!r} of {self!r}.")

    @property
    def name(self) -> str:
        """The name, for example "float32", or "float32_ref" for a reference type."""
        return self._name

    @property
    def as_datatype_enum(self) -> int:
        """The number in TensorFlow's `DataType` enum."""
        return self._type_enum

    @property
    def as_numpy_dtype(self) -> Any:
        """The NumPy type for this type.

        Raises:
          KeyError: resources and variants have no NumPy counterpart.
          ImportError: the type needs the package ml_dtypes, which is not installed.
        """
        found = _NUMPY.get(self._type_enum)
        return found if found is not None else _make_numpy(self)

    @property
    def _is_ref_dtype(self):
        """True for a reference type, the type of a v1 reference variable."""
        return self._type_enum > _REF

    @property
    def _as_ref(self):
        """The reference type to this type."""
        return self if self._is_ref_dtype else _FROM_NUMBER[self._type_enum + _REF]

    @property
    def base_dtype(self) -> DType:
        """The type without "reference"."""
        return self._base

    @property
    def real_dtype(self) -> DType:
        """The type of the real and imaginary part of a complex type; any other type itself."""
        if self._kind != "c":
            return self
        return float32 if self._base is complex64 else float64

    @property
    def is_bool(self) -> builtins.bool:
        """True for `tf.bool`."""
        return self._kind == "b"

    @property
    def is_integer(self) -> builtins.bool:
        """True for signed and unsigned integers that are not quantised."""
        return self._kind in "iuIU"

    @property
    def is_floating(self) -> builtins.bool:
        """True for real floating-point types."""
        return self._kind in "fF"

    @property
    def is_complex(self) -> builtins.bool:
        """True for `tf.complex64` and `tf.complex128`."""
        return self._kind == "c"

    @property
    def is_quantized(self) -> builtins.bool:
        """True for the `qint` and `quint` types."""
        return self._kind == "q"

    @property
    def is_unsigned(self) -> builtins.bool:
        """True for unsigned integers that are not quantised."""
        return self._kind in "uU"

    @property
    def is_numeric(self) -> builtins.bool:
        """True for types that arithmetic is defined for."""
        return self._kind in "fiucq"

    @property
    def is_numpy_compatible(self) -> builtins.bool:
        """True if tensors of this type can become NumPy arrays."""
        return self._kind != "h"

    @property
    def size(self) -> int:
        """Bytes of one element; 0 for strings, resources and variants."""
        return self._size

    @property
    def min(self) -> Any:
        """The lowest finite value. TypeError for types without one."""
        return self._limit(0, "minimum")

    @property
    def max(self) -> Any:
        """The highest finite value. TypeError for types without one."""
        return self._limit(1, "maximum")

    def _limit(self, end, word):
        if self._kind == "q":
            raise TypeError(f"Cannot find {word} value of {self} with quantized type {self._base}.")
        if self._kind in "cbo":
            raise TypeError(f"Cannot find {word} value of {self} with type {self._base}.")
        if self._kind == "h":
            raise TypeError(f"Cannot find {word} value of {self}.")
        special = _RANGES.get(self._base._name)
        if special is not None:
            return self.as_numpy_dtype(special[end])
        import numpy as np

        info = np.finfo(self.as_numpy_dtype) if self._kind == "f" else np.iinfo(self.as_numpy_dtype)
        return info.max if end else info.min

    @property
    def limits(self) -> Any:
        """The usual range of pixel values, (lowest, highest): (0, 1) for floats, (0, max) for integers.

        Raises:
          ValueError: the type has no such range.
        """
        if self._base._name in ("float32", "float64"):
            return (0, 1)
        if self._kind in "iu":
            return (0, self.max)
        if self._kind == "b":
            return (0, True)
        if self._kind == "h":
            raise KeyError(self._type_enum)
        raise ValueError(f"{self} does not have defined limits.")

    def is_compatible_with(self, other) -> builtins.bool:
        """True if a tensor of type `other` can be used where this type is wanted.

        A plain type accepts its reference type, not the other way round.
        """
        other = as_dtype(other)
        return self._type_enum in (other._type_enum, other._base._type_enum)

    def is_subtype_of(self, other):
        """True if `other` is the same type."""
        return self == other

    def most_specific_common_supertype(self, types):
        """This type if all of `types` equal it, else None."""
        return self if all(self == other for other in types) else None

    def placeholder_value(self, placeholder_context):
        """A type is a constant of a traced function: its placeholder is the type itself."""
        return self

    def flatten(self):
        """A type holds no tensors: its list of component specs is empty."""
        return []

    def to_tensors(self, value):
        """A type holds no tensors: the list for `value` is empty."""
        return []

    def from_tensors(self, tensors):
        """The type again, made from no tensors."""
        return self

    def cast(self, value, cast_context):
        """`value` if it is this type; else a ValueError."""
        if value == self:
            return value
        raise ValueError(f"Can not cast {value!r} to {self!r}")

    def __eq__(self, other):
        if self is other:
            return True
        if type(other) is not DType:
            if other is None:
                return False
            try:
                other = as_dtype(other)
            except TypeError:
                return False
        return self._type_enum == other._type_enum

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return self._type_enum

    def __int__(self):
        return self._type_enum

    def __repr__(self):
        return "tf." + self._name

    def __str__(self):
        return f"<dtype: {self._name!r}>"

    def __reduce__(self):
        if self._handle_data is not None:
            return DType, (self._type_enum, self._handle_data)
        return as_dtype, (self._name,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _make_numpy(dtype):
    """Finds and remembers the NumPy type of `dtype`."""
    name = dtype._numpy_name
    if name is None:
        raise KeyError(dtype._type_enum)
    if name == "ml_dtypes":
        try:
            import ml_dtypes
        except ImportError:
            raise ImportError(
                f"NumPy has no {dtype._base._name} type without the package ml_dtypes; "
                "install it with: pip install ferroflow[bfloat16]"
            ) from None
        found = getattr(ml_dtypes, dtype._base._name, None)
        if found is None:
            raise ImportError(
                f"The installed ml_dtypes {ml_dtypes.__version__} has no {dtype._base._name}; "
                "get a newer one with: pip install --upgrade ml_dtypes"
            )
    else:
        import numpy as np

        found = getattr(np, name)
        if dtype._kind == "q":
            found = np.dtype([(dtype._base._name, found)])
        elif dtype is string:
            found = object
    _NUMPY[dtype._type_enum] = found
    return found


def register_bfloat16(numpy_type):
    """Makes `numpy_type` NumPy's bfloat16 where ml_dtypes is not installed. ml_dtypes' own type wins."""
    _learn_numpy()
    _FROM_ANY[numpy_type] = bfloat16
    try:
        _make_numpy(bfloat16)
    except ImportError:
        _NUMPY[bfloat16._type_enum] = _NUMPY[bfloat16._type_enum + _REF] = numpy_type


def _learn_numpy():
    """Enters NumPy's types into the table of `as_dtype`, once, when NumPy is in use."""
    global _numpy_known
    import numpy as np

    for number, _, numpy_name, kind, _ in _TABLE:
        dtype = _FROM_NUMBER[number]
        if numpy_name is None or numpy_name == "ml_dtypes":
            continue
        if kind == "q":
            _FROM_ANY[dtype.as_numpy_dtype] = dtype
        else:
            numpy_type = getattr(np, numpy_name)
            _FROM_ANY[numpy_type] = dtype
            _FROM_ANY[np.dtype(numpy_type)] = dtype
    for other, dtype in ((np.str_, string), (np.bytes_, string), (np.longlong, int64), (np.ulonglong, uint64)):
        _FROM_ANY[other] = dtype
    if np.dtype(np.intc) == np.int32:
        _FROM_ANY[np.intc] = int32
        _FROM_ANY[np.uintc] = uint32
    _numpy_known = True


def _from_numpy(value):
    """The DType of a NumPy type or dtype, or of an object that has one; None if there is none."""
    if "numpy" not in sys.modules:
        return None
    if not _numpy_known:
        _learn_numpy()
    numpy_dtype = sys.modules["numpy"].dtype
    if not isinstance(value, (type, numpy_dtype)) and hasattr(value, "dtype"):
        value = value.dtype
        if isinstance(value, DType):
            return value
    try:
        found = _FROM_ANY.get(value)
    except TypeError:
        return None
    if found is not None:
        return found
    numpy_type = value.type if isinstance(value, numpy_dtype) else value
    found = _FROM_ANY.get(numpy_type) if isinstance(numpy_type, type) else None
    if found is None and isinstance(numpy_type, type) and numpy_type.__module__ == "ml_dtypes":
        found = _FROM_ANY.get(numpy_type.__name__)
        if found is not None:
            _FROM_ANY[numpy_type] = found
    return found


def as_dtype(type_value: DTypeLike) -> DType:
    """The `DType` that `type_value` names.

    Args:
      type_value: a `DType`, a number of the `DataType` enum, a name ("float32", "half", "double_ref"), a NumPy type or
        dtype, Python's `float`, `bool` or `object`, or an object with a `dtype` attribute.

    Raises:
      TypeError: it names no type. Python's `int` names none: is it 32 or 64 bits?

    >>> as_dtype("half")
    tf.float16
    """
    if type(type_value) is DType:
        return type_value
    try:
        found = _FROM_ANY.get(type_value)
    except TypeError:
        found = None
    if found is None:
        found = _from_numpy(type_value)
    if found is None:
        raise TypeError(f"Cannot convert the argument `type_value`: {type_value!r} to a TensorFlow DType.")
    return found


def _make_all():
    for number, name, numpy_name, kind, size in _TABLE:
        plain = DType._make(number, name, numpy_name, kind, size, None)
        ref = DType._make(number + _REF, name + "_ref", numpy_name, kind, size, plain)
        for dtype in (plain, ref):
            _FROM_NUMBER[dtype._type_enum] = dtype
            _FROM_ANY[dtype._type_enum] = dtype
            _FROM_ANY[dtype._name] = dtype
    for alias, name in (("half", "float16"), ("float", "float32"), ("double", "float64")):
        _FROM_ANY[alias] = _FROM_ANY[name]
        _FROM_ANY[alias + "_ref"] = _FROM_ANY[name + "_ref"]
    _FROM_ANY[builtins.float] = _FROM_ANY["float32"]
    _FROM_ANY[builtins.bool] = _FROM_ANY["bool"]
    _FROM_ANY[object] = _FROM_ANY["string"]


_make_all()

float32 = _FROM_ANY["float32"]
float64 = double = _FROM_ANY["float64"]
float16 = half = _FROM_ANY["float16"]
bfloat16 = _FROM_ANY["bfloat16"]
float8_e5m2 = _FROM_ANY["float8_e5m2"]
float8_e4m3fn = _FROM_ANY["float8_e4m3fn"]
float8_e4m3fnuz = _FROM_ANY["float8_e4m3fnuz"]
float8_e4m3b11fnuz = _FROM_ANY["float8_e4m3b11fnuz"]
float8_e5m2fnuz = _FROM_ANY["float8_e5m2fnuz"]
float4_e2m1fn = _FROM_ANY["float4_e2m1fn"]
int2 = _FROM_ANY["int2"]
int4 = _FROM_ANY["int4"]
int8 = _FROM_ANY["int8"]
int16 = _FROM_ANY["int16"]
int32 = _FROM_ANY["int32"]
int64 = _FROM_ANY["int64"]
uint2 = _FROM_ANY["uint2"]
uint4 = _FROM_ANY["uint4"]
uint8 = _FROM_ANY["uint8"]
uint16 = _FROM_ANY["uint16"]
uint32 = _FROM_ANY["uint32"]
uint64 = _FROM_ANY["uint64"]
bool = _FROM_ANY["bool"]
complex64 = _FROM_ANY["complex64"]
complex128 = _FROM_ANY["complex128"]
string = _FROM_ANY["string"]
qint8 = _FROM_ANY["qint8"]
qint16 = _FROM_ANY["qint16"]
qint32 = _FROM_ANY["qint32"]
quint8 = _FROM_ANY["quint8"]
quint16 = _FROM_ANY["quint16"]
resource = _FROM_ANY["resource"]
variant = _FROM_ANY["variant"]

QUANTIZED_DTYPES = frozenset(
    ref for plain in (qint8, quint8, qint16, quint16, qint32) for ref in (plain, plain._as_ref)
)
