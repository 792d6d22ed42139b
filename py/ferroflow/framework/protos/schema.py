"""From the field tables to layouts: what fields a message has, and what the values of an enum are called."""

from . import tables_files, tables_graph, tables_run, wire

_TABLES = (tables_graph, tables_run, tables_files)
_SCALARS = frozenset(wire.RANGES) - {"enum"} | {"float", "double", "bool", "string", "bytes"}
# Messages that are protobuf's own, not TensorFlow's.
_FOREIGN = ("Any", "BoolValue")


def message_table(name):
    """The field table of the message `name`, or None."""
    for table in _TABLES:
        if name in table.MESSAGES:
            return table.MESSAGES[name]
    return None


def nested_names(name):
    """The short names of the messages and enums that are declared inside the message `name`."""
    start = name + "."
    messages = [n[len(start) :] for t in _TABLES for n in t.MESSAGES if n.startswith(start)]
    enums = [n[len(start) :] for t in _TABLES for n in t.ENUMS if n.startswith(start)]
    return [n for n in messages if "." not in n], [n for n in enums if "." not in n]


def message_names():
    """All names of messages, a nested one as "Outer.Inner"."""
    return [name for table in _TABLES for name in table.MESSAGES]


def full_name(name):
    """The name with its package, for example "tensorflow.GraphDef"."""
    return ("google.protobuf." if name in _FOREIGN else "tensorflow.") + name


class Enum:
    """An enum type: `DataType.DT_FLOAT`, `DataType.Name(1)`, `DataType.Value("DT_FLOAT")`, `keys`, `values`, `items`."""

    def __init__(self, name, table):
        self.full_name = full_name(name)
        self.numbers = {}
        self.names = {}
        for pair in table.split():
            label, number = pair.split("=")
            self.numbers[label] = int(number)
            self.names.setdefault(int(number), label)

    def __getattr__(self, label):
        numbers = self.__dict__.get("numbers", {})
        if label not in numbers:
            raise AttributeError(f"unknown enum label {label!r}")
        return numbers[label]

    @property
    def DESCRIPTOR(self):
        """The enum as protobuf's tools read it."""
        from .descriptor import enum_descriptor

        return enum_descriptor(self)

    def Name(self, number):
        """The label of a number."""
        if number not in self.names:
            raise ValueError(f"Enum {self.full_name} has no name defined for value {number!r}")
        return self.names[number]

    def Value(self, name):
        """The number of a label."""
        if name not in self.numbers:
            raise ValueError(f"Enum {self.full_name} has no value defined for name {name!r}")
        return self.numbers[name]

    def keys(self):
        """The labels in the order of declaration."""
        return list(self.numbers)

    def values(self):
        """The numbers in the order of declaration."""
        return list(self.numbers.values())

    def items(self):
        """(label, number) pairs in the order of declaration."""
        return list(self.numbers.items())


_enums = {}


def enum(name):
    """The `Enum` of that name, or None."""
    if name not in _enums:
        for table in _TABLES:
            if name in table.ENUMS:
                _enums[name] = Enum(name, table.ENUMS[name])
                break
        else:
            return None
    return _enums[name]


class Field:
    """One field of a message."""

    __slots__ = (
        "name", "number", "type", "type_name", "repeated", "packed", "is_map", "key_field", "value_field", "oneof",
        "has_presence", "default", "full_name", "enum_type", "_message_class", "_class_of", "_entry_class",
    )  # fmt: skip

    def __init__(self, owner, name, number, type_name, class_of):
        self.name = name
        self.number = number
        self.full_name = f"{full_name(owner)}.{name}"
        self.type_name = type_name
        self.enum_type = None if type_name in _SCALARS else enum(type_name)
        self.type = type_name if type_name in _SCALARS else "enum" if self.enum_type else "message"
        self.repeated = self.packed = self.is_map = False
        self.key_field = self.value_field = self.oneof = None
        self.has_presence = self.type == "message"
        self.default = wire.DEFAULTS.get(self.type, 0) if self.type != "message" else None
        self._message_class = self._entry_class = None
        self._class_of = class_of

    @property
    def message_class(self):
        """The class of the messages in this field."""
        if self._message_class is None:
            self._message_class = self._class_of(self.type_name)
        return self._message_class

    @property
    def entry_class(self):
        """The class of one entry of this map field: a message of `key` and `value`."""
        if self._entry_class is None:
            owner, _, name = self.full_name.partition(".")[2].removeprefix("protobuf.").rpartition(".")
            entry = "".join(word.capitalize() for word in name.split("_")) + "Entry"
            table = f"key 1 {self.key_field.type_name}; value 2 {self.value_field.type_name}"
            self._entry_class = self._class_of(f"{owner}.{entry}", table)
        return self._entry_class


def _parse_field(owner, text, class_of):
    words = text.split()
    name, number, rest = words[0], int(words[1]), words[2:]
    if rest[0] == "map":
        field = Field(owner, name, number, rest[2], class_of)
        field.is_map, field.has_presence = True, False
        field.key_field = Field(owner, "key", 1, rest[1], class_of)
        field.value_field = Field(owner, "value", 2, rest[2], class_of)
        return field
    repeated = rest[0] in ("repeated", "packed")
    field = Field(owner, name, number, rest[1] if repeated else rest[0], class_of)
    if repeated:
        field.repeated, field.packed, field.has_presence = True, rest[0] == "packed", False
    elif rest[-1] == "optional":
        field.has_presence = True
    elif len(rest) == 3:
        field.oneof, field.has_presence = rest[2], True
    return field


class Layout:
    """What a message class consists of: `name`, `full_name`, `fields` in the order of their numbers, `oneofs`."""

    def __init__(self, name, table, class_of, map_entry=False):
        self.map_entry = map_entry
        self.name = name.rpartition(".")[2]
        self.full_name = full_name(name)
        self.fields = [_parse_field(name, text, class_of) for text in table.split(";") if text.strip()]
        self.fields.sort(key=lambda field: field.number)
        self.fields_by_name = {field.name: field for field in self.fields}
        self.fields_by_number = {field.number: field for field in self.fields}
        self.oneofs = {}
        for field in self.fields:
            if field.oneof:
                self.oneofs.setdefault(field.oneof, []).append(field)
