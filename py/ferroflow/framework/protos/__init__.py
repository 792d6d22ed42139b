"""TensorFlow's protocol buffer messages as light classes of our own: `protos.GraphDef`, `protos.AttrValue`, ...

A class is made when its name is first asked for. The classes read and write the same bytes and text as protobuf's.
"""


def __getattr__(name):
    if name[0].isupper():
        from .runtime import Message, message_class
        from .schema import enum, message_table
        from .wire import DecodeError, EncodeError

        found = {"Message": Message, "DecodeError": DecodeError, "EncodeError": EncodeError}.get(name) or enum(name)
        if found is None and "." not in name and message_table(name) is not None:
            found = message_class(name)
        if found is not None:
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    from .schema import message_names

    return [*globals(), *(name for name in message_names() if "." not in name)]


def coerce(cls, message):
    """`message` as a `cls` of ours: itself if it is one, else parsed from the bytes or the protobuf message it is.

    Args:
      cls: one of our message classes.
      message: a `cls`, a protobuf message of the same type, or its bytes.

    Raises:
      TypeError: it is something else.

    >>> from ferroflow.framework.protos import VersionDef
    >>> coerce(VersionDef, b"\\x08\\x03").producer
    3
    """
    if isinstance(message, cls):
        return message
    if isinstance(message, (bytes, bytearray)):
        return cls.FromString(message)
    descriptor = getattr(message, "DESCRIPTOR", None)
    full_name = getattr(descriptor, "full_name", None)
    if full_name == cls.DESCRIPTOR.full_name and hasattr(message, "SerializeToString"):
        return cls.FromString(message.SerializeToString())
    raise TypeError(f"expected a {cls.DESCRIPTOR.full_name} message, got {full_name or type(message).__name__}")
