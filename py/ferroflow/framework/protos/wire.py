"""The protobuf wire format: numbers, lengths and tags as bytes, and the checks of the values that go in."""

import struct

# Wire types.
VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

# The least and greatest value of the integer types.
RANGES = {
    "int32": (-(1 << 31), (1 << 31) - 1),
    "sint32": (-(1 << 31), (1 << 31) - 1),
    "sfixed32": (-(1 << 31), (1 << 31) - 1),
    "enum": (-(1 << 31), (1 << 31) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
    "sint64": (-(1 << 63), (1 << 63) - 1),
    "sfixed64": (-(1 << 63), (1 << 63) - 1),
    "uint32": (0, (1 << 32) - 1),
    "fixed32": (0, (1 << 32) - 1),
    "uint64": (0, (1 << 64) - 1),
    "fixed64": (0, (1 << 64) - 1),
}

WIRE_TYPES = {
    "double": FIXED64,
    "float": FIXED32,
    "fixed64": FIXED64,
    "fixed32": FIXED32,
    "sfixed64": FIXED64,
    "sfixed32": FIXED32,
    "string": LENGTH,
    "bytes": LENGTH,
    "message": LENGTH,
}  # every other type is a VARINT

DEFAULTS = {"double": 0.0, "float": 0.0, "bool": False, "string": "", "bytes": b""}  # every other scalar: 0

_FIXED = {
    "double": struct.Struct("<d"),
    "float": struct.Struct("<f"),
    "fixed64": struct.Struct("<Q"),
    "fixed32": struct.Struct("<I"),
    "sfixed64": struct.Struct("<q"),
    "sfixed32": struct.Struct("<i"),
}
_FLOAT = _FIXED["float"]
_MASK = (1 << 64) - 1


class DecodeError(Exception):
    """The bytes are no message of that type."""


class EncodeError(Exception):
    """The message cannot be written."""


def as_float32(value):
    """`value` rounded to single precision; too large a value becomes infinite."""
    try:
        return _FLOAT.unpack(_FLOAT.pack(value))[0]
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _checked_int(value, field):
    if isinstance(value, bool):
        raise TypeError(f"Field {field.full_name}: Expected an int, got a boolean.")
    try:
        number = value.__index__()
    except AttributeError:
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer") from None
    low, high = RANGES[field.type]
    if not low <= number <= high:
        raise ValueError(f"Value out of range: {number}")
    return number


def check(value, field):
    """`value` as it is kept in `field`, a scalar field; TypeError or ValueError if it cannot be."""
    kind = field.type
    if kind == "string":
        if isinstance(value, str):
            value.encode("utf-8")  # a lone surrogate is an error here, not when the message is written
            return value
        if isinstance(value, bytes):
            return value.decode("utf-8")
        raise TypeError(f"bad argument type for built-in operation: {field.full_name} takes str, not {value!r}")
    if kind == "bytes":
        if isinstance(value, (bytes, bytearray, memoryview)):
            return bytes(value)
        raise TypeError(f"expected bytes, {type(value).__name__} found")
    if kind in ("float", "double"):
        if isinstance(value, (str, bytes)) or not hasattr(value, "__float__") and not hasattr(value, "__index__"):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        return float(value) if kind == "double" else as_float32(float(value))
    if kind == "bool":
        if isinstance(value, bool):
            return value
        if type(value).__module__ == "numpy" and type(value).__name__ in ("bool", "bool_"):
            return bool(value)
        try:
            return value.__index__() != 0
        except AttributeError:
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer") from None
    if kind == "enum" and isinstance(value, str):
        number = field.enum_type.numbers.get(value)
        if number is None:
            raise ValueError(f'unknown enum label "{value}"')
        return number
    return _checked_int(value, field)


def put_varint(out, number):
    """Appends an unsigned integer to the bytearray `out`, seven bits to a byte."""
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def get_varint(data, at, end):
    """(unsigned integer, position after it)."""
    number = shift = 0
    while True:
        if at >= end or shift > 63:
            raise DecodeError("Wire format was corrupt")
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number & _MASK, at
        shift += 7


def put_scalar(out, kind, value):
    """Appends a scalar without its tag."""
    fixed = _FIXED.get(kind)
    if fixed is not None:
        out += fixed.pack(value)
    elif kind == "string" or kind == "bytes":
        raw = value.encode("utf-8") if kind == "string" else value
        put_varint(out, len(raw))
        out += raw
    elif kind == "sint32" or kind == "sint64":
        put_varint(out, (value << 1) ^ (value >> 63))
    else:
        put_varint(out, value & _MASK)


def _signed(number, bits):
    number &= (1 << bits) - 1
    return number - (1 << bits) if number >> (bits - 1) else number


def get_scalar(data, at, end, kind):
    """(value, position after it) of a scalar of type `kind`."""
    fixed = _FIXED.get(kind)
    if fixed is not None:
        if end - at < fixed.size:
            raise DecodeError("Wire format was corrupt")
        return fixed.unpack_from(data, at)[0], at + fixed.size
    number, at = get_varint(data, at, end)
    if kind == "string" or kind == "bytes":
        if number > end - at:
            raise DecodeError("Wire format was corrupt")
        raw = data[at : at + number]
        if kind == "bytes":
            return raw, at + number
        try:
            return raw.decode("utf-8"), at + number
        except UnicodeDecodeError:
            raise DecodeError("String field had bad UTF-8") from None
    if kind == "int64":
        return (number - (1 << 64) if number >> 63 else number), at
    if kind == "bool":
        return number != 0, at
    if kind == "uint64":
        return number, at
    if kind == "uint32":
        return number & 0xFFFFFFFF, at
    if kind in ("sint32", "sint64"):
        return _signed((number >> 1) ^ -(number & 1), 32 if kind == "sint32" else 64), at
    return _signed(number, 32), at  # int32 and enum


def skip(data, at, end, wire_type, number, depth=0):
    """The position after an unknown field of `wire_type` whose value starts at `at`."""
    if wire_type == VARINT:
        return get_varint(data, at, end)[1]
    if wire_type == LENGTH:
        length, at = get_varint(data, at, end)
        at += length
    elif wire_type == FIXED64:
        at += 8
    elif wire_type == FIXED32:
        at += 4
    elif wire_type == 3 and depth < 100:  # a group: skip to its end tag
        while True:
            tag, at = get_varint(data, at, end)
            if tag & 7 == 4:
                if tag >> 3 != number:
                    raise DecodeError("Wire format was corrupt")
                return at
            at = skip(data, at, end, tag & 7, tag >> 3, depth + 1)
    else:
        raise DecodeError("Wire format was corrupt")
    if at > end:
        raise DecodeError("Wire format was corrupt")
    return at
