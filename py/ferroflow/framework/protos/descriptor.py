"""Descriptors as protobuf's tools (text_format, json_format, message_factory) read them, made from the field tables."""

from . import schema

_TYPES = {
    "double": 1, "float": 2, "int64": 3, "uint64": 4, "int32": 5, "fixed64": 6, "fixed32": 7, "bool": 8, "string": 9,
    "message": 11, "bytes": 12, "uint32": 13, "enum": 14, "sfixed32": 15, "sfixed64": 16, "sint32": 17, "sint64": 18,
}  # fmt: skip
_CPP_TYPES = {
    "int32": 1, "sint32": 1, "sfixed32": 1, "int64": 2, "sint64": 2, "sfixed64": 2, "uint32": 3, "fixed32": 3,
    "uint64": 4, "fixed64": 4, "double": 5, "float": 6, "bool": 7, "enum": 8, "string": 9, "bytes": 9, "message": 10,
}  # fmt: skip
_enums = {}


class _Options:
    """The options of a descriptor: `map_entry` is true for the entries of a map field."""

    __slots__ = ("map_entry",)
    deprecated = message_set_wire_format = packed = False

    def __init__(self, map_entry=False):
        self.map_entry = map_entry


class Pool:
    """Finds descriptors by full name, as "tensorflow.GraphDef"."""

    def _name(self, full_name, kind):
        name = full_name.partition(".")[2].removeprefix("protobuf.")
        if not name or schema.full_name(name) != full_name:
            raise KeyError(f"Couldn't find {kind} {full_name}")
        return name

    def FindMessageTypeByName(self, full_name):
        """The descriptor of a message; KeyError if there is none."""
        from .runtime import message_class

        name = self._name(full_name, "message")
        if schema.message_table(name) is None:
            raise KeyError(f"Couldn't find message {full_name}")
        return message_class(name).DESCRIPTOR

    def FindEnumTypeByName(self, full_name):
        """The descriptor of an enum; KeyError if there is none."""
        found = schema.enum(self._name(full_name, "enum"))
        if found is None:
            raise KeyError(f"Couldn't find enum {full_name}")
        return enum_descriptor(found)


class FileDescriptor:
    """The place of messages: `name`, `package` and `pool`."""

    pool = Pool()

    def __init__(self, name, package):
        self.name, self.package = name, package


_FILE = FileDescriptor("tensorflow.proto", "tensorflow")
_WRAPPERS = FileDescriptor("google/protobuf/wrappers.proto", "google.protobuf")


class EnumValueDescriptor:
    """A label of an enum: `name`, `number`, `index`, `type` (its enum)."""

    __slots__ = ("name", "number", "index", "type")

    def __init__(self, enum, index, name, number):
        self.type, self.index, self.name, self.number = enum, index, name, number


class EnumDescriptor:
    """An enum type: `name`, `full_name`, `values`, `values_by_name`, `values_by_number`."""

    file = _FILE
    is_closed = False

    def __init__(self, enum):
        self.full_name = enum.full_name
        self.name = enum.full_name.rpartition(".")[2]
        self.values = [EnumValueDescriptor(self, i, *pair) for i, pair in enumerate(enum.numbers.items())]
        self.values_by_name = {value.name: value for value in self.values}
        self.values_by_number = {value.number: value for value in reversed(self.values)}


def enum_descriptor(enum):
    """The descriptor of a `schema.Enum`, or None for None."""
    if enum is not None and enum.full_name not in _enums:
        _enums[enum.full_name] = EnumDescriptor(enum)
    return None if enum is None else _enums[enum.full_name]


class OneofDescriptor:
    """A group of fields of which one at most is set: `name`, `full_name`, `fields`, `containing_type`."""

    def __init__(self, owner, index, name, fields):
        self.name, self.full_name, self.index = name, f"{owner.full_name}.{name}", index
        self.containing_type, self.fields = owner, fields


class FieldDescriptor:
    """A field: `name`, `number`, `type`, `cpp_type`, `label`, `message_type`, `enum_type`, `containing_oneof`..."""

    LABEL_OPTIONAL, LABEL_REQUIRED, LABEL_REPEATED = 1, 2, 3
    is_extension = is_required = False
    extension_scope = None
    file = _FILE

    def __init__(self, owner, index, layout):
        self.containing_type, self.index, self._layout = owner, index, layout
        self.name, self.number, self.full_name = layout.name, layout.number, layout.full_name
        self.type = 11 if layout.is_map else _TYPES[layout.type]
        self.cpp_type = 10 if layout.is_map else _CPP_TYPES[layout.type]
        self.is_repeated = layout.repeated or layout.is_map
        self.label = self.LABEL_REPEATED if self.is_repeated else self.LABEL_OPTIONAL
        self.is_packed, self.has_presence = layout.packed, layout.has_presence
        self.default_value = [] if self.is_repeated else layout.default
        self.has_default_value = False
        self.enum_type = None if layout.is_map else enum_descriptor(layout.enum_type)
        self.containing_oneof = None
        first, *rest = layout.name.split("_")
        self.camelcase_name = self.json_name = first + "".join(word.capitalize() for word in rest)

    @property
    def message_type(self):
        """The descriptor of the messages in this field; None for scalars and enums."""
        if self._layout.is_map:
            return self._layout.entry_class.DESCRIPTOR
        return self._layout.message_class.DESCRIPTOR if self._layout.type == "message" else None

    def GetOptions(self):
        """The field's options."""
        return _Options()

    has_options = False


for _name, _number in _TYPES.items():
    setattr(FieldDescriptor, "TYPE_" + _name.upper(), _number)
FieldDescriptor.TYPE_GROUP = 10
for _name in ("int32", "int64", "uint32", "uint64", "double", "float", "bool", "enum", "string", "message"):
    setattr(FieldDescriptor, "CPPTYPE_" + _name.upper(), _CPP_TYPES[_name])


class Descriptor:
    """A message type: `name`, `full_name`, `fields`, `fields_by_name`, `fields_by_number`, `oneofs`, `nested_types`..."""

    is_extendable = False
    extensions = ()

    def __init__(self, layout, message_class):
        self.file = _WRAPPERS if layout.full_name == "google.protobuf.BoolValue" else _FILE
        self.name, self.full_name, self._concrete_class = layout.name, layout.full_name, message_class
        self.has_options, self._map_entry = layout.map_entry, layout.map_entry
        self.fields = [FieldDescriptor(self, i, field) for i, field in enumerate(layout.fields)]
        self.fields_by_name = {field.name: field for field in self.fields}
        self.fields_by_number = {field.number: field for field in self.fields}
        self.fields_by_camelcase_name = {field.camelcase_name: field for field in self.fields}
        self.oneofs = []
        for index, (name, parts) in enumerate(layout.oneofs.items()):
            fields = [self.fields_by_number[part.number] for part in parts]
            self.oneofs.append(OneofDescriptor(self, index, name, fields))
            for field in fields:
                field.containing_oneof = self.oneofs[-1]
        self.oneofs_by_name = {oneof.name: oneof for oneof in self.oneofs}

    def _nested(self):
        return schema.nested_names(self.full_name.partition(".")[2])

    @property
    def nested_types(self):
        """The descriptors of the messages that are declared inside this one."""
        return [getattr(self._concrete_class, name).DESCRIPTOR for name in self._nested()[0]]

    @property
    def nested_types_by_name(self):
        """`nested_types` by name."""
        return {one.name: one for one in self.nested_types}

    @property
    def enum_types(self):
        """The descriptors of the enums that are declared inside this message."""
        return [enum_descriptor(getattr(self._concrete_class, name)) for name in self._nested()[1]]

    @property
    def enum_types_by_name(self):
        """`enum_types` by name."""
        return {one.name: one for one in self.enum_types}

    def GetOptions(self):
        """The type's options."""
        return _Options(self._map_entry)
