"""Message classes made from the field tables: fields with presence, reading and writing bytes, merging, comparing."""

import math

from . import schema, wire
from .containers import MessageMap, RepeatedMessage, RepeatedScalar, ScalarMap

_MAX_DEPTH = 100
_classes = {}
_tags = {}


def _put_tag(out, number, wire_type):
    key = number << 3 | wire_type
    tag = _tags.get(key)
    if tag is None:
        tag = bytearray()
        wire.put_varint(tag, key)
        _tags[key] = bytes(tag)
    out += _tags[key]


def _is_default(value):
    """True for the value that a field without presence has when it is not set. -0.0 is not it."""
    return not value and not (isinstance(value, float) and math.copysign(1.0, value) < 0)


class _Access:
    """The attribute of a message class that reads and writes one field."""

    __slots__ = ("field", "singular")

    def __init__(self, field):
        self.field = field
        self.singular = not (field.repeated or field.is_map)

    def __get__(self, message, cls=None):
        if message is None:
            return self
        field = self.field
        value = message._values.get(field.number)
        if value is not None:
            return value
        if self.singular and field.type != "message":
            return field.default
        return message._child(field)

    def __set__(self, message, value):
        field = self.field
        if not self.singular:
            raise AttributeError(
                f'Assignment not allowed to map, or repeated field "{field.name}" in protocol message object.'
            )
        if field.type == "message":
            raise AttributeError(f'Assignment not allowed to message field "{field.name}" in protocol message object.')
        message._values[field.number] = wire.check(value, field)
        message._touch(field)


class Message:
    """The base of all message classes; the methods are protobuf's."""

    __slots__ = ("_values", "_untouched", "_owner", "_unknown", "__weakref__")
    _layout = None

    def __init__(self, *args, **kwargs):
        if args:
            raise TypeError("No positional arguments allowed")
        self._values = {}
        self._untouched = {}  # sub-messages and containers that were read but have no content yet
        self._owner = None  # (message, field) that this one becomes part of once it is changed
        self._unknown = b""
        for name, value in kwargs.items():
            field = self._field(name)
            if value is not None:
                self._init_field(field, value)

    def _init_field(self, field, value):
        if field.is_map:
            getattr(self, field.name).update(value)
        elif field.repeated:
            container = getattr(self, field.name)
            if field.type == "message":
                for entry in value:
                    container.add(**entry) if isinstance(entry, dict) else container.append(entry)
            else:
                container.extend(value)
        elif field.type == "message":
            if isinstance(value, dict):
                value = field.message_class(**value)
            elif type(value) is not field.message_class:
                raise TypeError(
                    "Parameter to initialize message field must be dict or instance of same class: "
                    f"expected {field.message_class} got {type(value)}."
                )
            getattr(self, field.name).CopyFrom(value)
        else:
            setattr(self, field.name, value)

    def __setattr__(self, name, value):
        try:
            object.__setattr__(self, name, value)
        except AttributeError as error:
            if name in self._layout.fields_by_name:
                raise
            raise AttributeError(f'Protocol message {self._layout.name} has no "{name}" field.') from error

    def _field(self, name):
        field = self._layout.fields_by_name.get(name)
        if field is None:
            raise ValueError(f'Protocol message {self._layout.name} has no "{name}" field.')
        return field

    def _child(self, field):
        """The sub-message or container of a field that has no content: it becomes part of the message when changed."""
        child = self._untouched.get(field.number)
        if child is None:
            if field.is_map:
                child = (MessageMap if field.type == "message" else ScalarMap)(self, field)
            elif field.repeated:
                child = (RepeatedMessage if field.type == "message" else RepeatedScalar)(self, field)
            else:
                child = field.message_class()
                child._owner = (self, field)
            self._untouched[field.number] = child
        return child

    def _touch(self, field):
        """Notes that `field` has content: takes in its child, clears the rest of its oneof, tells the owner."""
        if field is not None:
            child = self._untouched.pop(field.number, None)
            if child is not None:
                self._values[field.number] = child
            if field.oneof is not None:
                for other in self._layout.oneofs[field.oneof]:
                    if other is not field and other.number in self._values:
                        del self._values[other.number]
        if self._owner is not None:
            owner, place = self._owner
            self._owner = None
            owner._touch(place)

    def _mutable(self, field):
        """The sub-message or container of a field, present from now on."""
        value = self._values.get(field.number)
        if value is None:
            value = self._child(field)
            self._touch(field)
            if not (field.repeated or field.is_map):
                value._owner = None
        return value

    def _present(self, field, value):
        return field.has_presence or not _is_default(value)

    def ListFields(self):
        """(field descriptor, value) of each field that is set, in the order of their numbers."""
        by_number = self.DESCRIPTOR.fields_by_number
        return [(by_number[field.number], value) for field, value in self._set_fields()]

    def _set_fields(self):
        by_number = self._layout.fields_by_number
        pairs = [(by_number[number], self._values[number]) for number in sorted(self._values)]
        return [(field, value) for field, value in pairs if self._present(field, value)]

    def HasField(self, field_name):
        """True if the field is set; ValueError if it is unknown or has no presence. A oneof's name will do too."""
        if field_name in self._layout.oneofs:
            return self.WhichOneof(field_name) is not None
        field = self._field(field_name)
        if not field.has_presence:
            raise ValueError(f"Field {field.full_name} does not have presence.")
        return field.number in self._values

    def WhichOneof(self, oneof_group):
        """The name of the field of a oneof that is set, or None."""
        fields = self._layout.oneofs.get(oneof_group)
        if fields is None:
            raise ValueError(f'Protocol message {self._layout.name} has no "{oneof_group}" field.')
        for field in fields:
            if field.number in self._values:
                return field.name
        return None

    def ClearField(self, field_name):
        """Makes a field, or the field of a oneof that is set, unset."""
        if field_name in self._layout.oneofs:
            field_name = self.WhichOneof(field_name)
            if field_name is None:
                return
        number = self._field(field_name).number
        self._values.pop(number, None)
        self._untouched.pop(number, None)
        self._touch(None)

    def Clear(self):
        """Makes all fields unset."""
        self._values, self._untouched, self._unknown = {}, {}, b""
        self._touch(None)

    def SetInParent(self):
        """Marks this sub-message as present, also when it is empty."""
        self._touch(None)

    def CopyFrom(self, other_msg):
        """Replaces the content by a copy of `other_msg`, a message of the same class."""
        if other_msg is self:
            return
        self._require_same(other_msg, "CopyFrom")
        self.Clear()
        self.MergeFrom(other_msg)

    def _require_same(self, other, method):
        if type(other) is not type(self):
            raise TypeError(
                f"Parameter to {method}() must be instance of same class: expected {type(self)} got {type(other)}."
            )

    def MergeFrom(self, other_msg):
        """Takes over all set fields of `other_msg`: repeated ones are appended, messages merged."""
        self._require_same(other_msg, "MergeFrom")
        self._touch(None)
        for field, value in other_msg._set_fields():
            if field.is_map:
                self._mutable(field).update(value)
            elif field.repeated:
                self._mutable(field).extend(value)
            elif field.type == "message":
                self._mutable(field).MergeFrom(value)
            else:
                self._values[field.number] = value
                self._touch(field)
        self._unknown += other_msg._unknown

    def IsInitialized(self, errors=None):
        """True: no message here has required fields."""
        return True

    def FindInitializationErrors(self):
        """The required fields that are missing: none."""
        return []

    def UnknownFields(self):
        """The bytes of the fields that the class does not know; they are written again."""
        return self._unknown

    def DiscardUnknownFields(self):
        """Forgets the fields that the class does not know, here and in all sub-messages."""
        self._unknown = b""
        for field, value in self._set_fields():
            if field.type == "message":
                for message in value.values() if field.is_map else value if field.repeated else (value,):
                    message.DiscardUnknownFields()

    def SerializeToString(self, deterministic=None):
        """The message as bytes. Always deterministic: fields by number, map entries by key."""
        out = bytearray()
        self._write(out)
        return bytes(out)

    SerializePartialToString = SerializeToString

    def ByteSize(self):
        """The number of bytes that `SerializeToString` gives."""
        return len(self.SerializeToString())

    def _write(self, out):
        for field, value in self._set_fields():
            if field.is_map:
                for key in sorted(value):
                    entry = bytearray()
                    _write_value(entry, field.key_field, key)
                    _write_value(entry, field.value_field, dict.__getitem__(value, key))
                    _put_tag(out, field.number, wire.LENGTH)
                    wire.put_varint(out, len(entry))
                    out += entry
            elif field.packed:
                body = bytearray()
                for entry in value:
                    wire.put_scalar(body, field.type, entry)
                _put_tag(out, field.number, wire.LENGTH)
                wire.put_varint(out, len(body))
                out += body
            elif field.repeated:
                for entry in value:
                    _write_value(out, field, entry)
            else:
                _write_value(out, field, value)
        out += self._unknown

    def ParseFromString(self, serialized):
        """Replaces the content by that of `serialized`; returns the number of bytes. DecodeError if they are none."""
        self.Clear()
        return self.MergeFromString(serialized)

    def MergeFromString(self, serialized):
        """Merges the content of the bytes `serialized`; returns their number."""
        if not isinstance(serialized, (bytes, bytearray, memoryview)):
            raise TypeError(f"expected bytes, {type(serialized).__name__} found")
        data = bytes(serialized)
        self._touch(None)
        try:
            self._read(data, 0, len(data), 0)
        except wire.DecodeError as error:
            raise wire.DecodeError(f"Error parsing message with type '{self._layout.full_name}': {error}") from None
        return len(data)

    ParsePartialFromString = ParseFromString

    @classmethod
    def FromString(cls, s):
        """The message whose bytes are `s`."""
        message = cls()
        message.MergeFromString(s)
        return message

    def _read(self, data, at, end, depth):
        if depth > _MAX_DEPTH:
            raise wire.DecodeError("Exceeded maximum depth")
        by_number = self._layout.fields_by_number
        while at < end:
            start = at
            tag, at = wire.get_varint(data, at, end)
            number, wire_type = tag >> 3, tag & 7
            if number == 0:
                raise wire.DecodeError("Wire format was corrupt")
            field = by_number.get(number)
            expected = None if field is None else wire.LENGTH if field.is_map else wire.WIRE_TYPES.get(field.type, 0)
            if field is not None and wire_type == expected:
                at = self._read_field(field, data, at, end, depth)
            elif field is not None and field.repeated and wire_type == wire.LENGTH:
                length, at = wire.get_varint(data, at, end)
                if length > end - at:
                    raise wire.DecodeError("Wire format was corrupt")
                values, stop = self._mutable(field), at + length
                while at < stop:
                    value, at = wire.get_scalar(data, at, stop, field.type)
                    list.append(values, value)
            else:
                at = wire.skip(data, at, end, wire_type, number)
                self._unknown += data[start:at]

    def _read_field(self, field, data, at, end, depth):
        if field.type != "message" and not field.is_map:
            value, at = wire.get_scalar(data, at, end, field.type)
            if field.repeated:
                list.append(self._mutable(field), value)
            else:
                self._values[field.number] = value
                self._touch(field)
            return at
        length, at = wire.get_varint(data, at, end)
        stop = at + length
        if stop > end:
            raise wire.DecodeError("Wire format was corrupt")
        if field.is_map:
            key, value = _read_entry(field, data, at, stop, depth)
            dict.__setitem__(self._mutable(field), key, value)
            return stop
        if field.repeated:
            message = field.message_class()
            self._mutable(field)._adopt(message)
        else:
            message = self._mutable(field)
        message._read(data, at, stop, depth + 1)
        return stop

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        # Floats are compared by their bits: a NaN equals itself, 0.0 and -0.0 differ.
        return self is other or self.SerializeToString() == other.SerializeToString()

    __hash__ = None

    def __str__(self):
        from .text import print_message

        return print_message(self)

    __repr__ = __str__

    def __reduce__(self):
        return _restore, (self._layout.full_name.partition(".")[2], self.SerializeToString())

    def __copy__(self):
        copy = type(self)()
        copy.CopyFrom(self)
        return copy

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __dir__(self):
        return [*object.__dir__(self), *self._layout.fields_by_name]


def _write_value(out, field, value):
    if field.type == "message":
        body = bytearray()
        value._write(body)
        _put_tag(out, field.number, wire.LENGTH)
        wire.put_varint(out, len(body))
        out += body
    else:
        _put_tag(out, field.number, wire.WIRE_TYPES.get(field.type, wire.VARINT))
        wire.put_scalar(out, field.type, value)


def _read_entry(field, data, at, end, depth):
    """(key, value) of one entry of a map field; what the entry lacks has its default."""
    value_field = field.value_field
    key = field.key_field.default
    value = value_field.message_class() if field.type == "message" else value_field.default
    while at < end:
        tag, at = wire.get_varint(data, at, end)
        number, wire_type = tag >> 3, tag & 7
        part = field.key_field if number == 1 else value_field if number == 2 else None
        if part is None or wire_type != wire.WIRE_TYPES.get(part.type, wire.VARINT):
            at = wire.skip(data, at, end, wire_type, number)
        elif part.type == "message":
            length, at = wire.get_varint(data, at, end)
            if length > end - at:
                raise wire.DecodeError("Wire format was corrupt")
            value._read(data, at, at + length, depth + 1)
            at += length
        else:
            scalar, at = wire.get_scalar(data, at, end, part.type)
            if number == 1:
                key = scalar
            else:
                value = scalar
    return key, value


def _restore(name, data):
    """Unpickles a message."""
    if name.startswith("protobuf."):
        name = name[len("protobuf.") :]
    return message_class(name).FromString(data)


class _DescriptorAccess:
    """The attribute DESCRIPTOR of a message class: protobuf's view of the layout, made when it is first read."""

    def __init__(self):
        self.made = None

    def __get__(self, message, cls=None):
        if self.made is None:
            from .descriptor import Descriptor

            self.made = Descriptor(cls._layout, cls)
        return self.made


def message_class(name, entry_table=None):
    """The class of the message `name` ("GraphDef", "AttrValue.ListValue"), made when it is first asked for.

    `entry_table` is the field table of an entry of a map field, which is a message of its own to protobuf's tools.
    """
    found = _classes.get(name)
    if found is not None:
        return found
    table = entry_table or schema.message_table(name)
    if table is None:
        raise KeyError(f"there is no message {name!r}")
    layout = schema.Layout(name, table, message_class, entry_table is not None)
    body = {
        "__slots__": (),
        "__doc__": f"The message {layout.full_name}.",
        "__module__": __package__,
        "__qualname__": name,
        "_layout": layout,
        "DESCRIPTOR": _DescriptorAccess(),
    }
    for field in layout.fields:
        body[field.name] = _Access(field)
        body[field.name.upper() + "_FIELD_NUMBER"] = field.number
    messages, enums = schema.nested_names(name)
    for short in enums:
        enum = body[short] = schema.enum(f"{name}.{short}")
        body.update(enum.numbers)
    cls = _classes[name] = type(layout.name, (Message,), body)
    for short in messages:
        type.__setattr__(cls, short, message_class(f"{name}.{short}"))
    return cls
