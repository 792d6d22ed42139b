"""Repeated and map fields: lists and dicts that check what goes in and tell their message that it has content."""

from . import wire


class _Repeated(list):
    """What both kinds of repeated fields share. Changing one marks the message that holds it as present."""

    __slots__ = ("_owner", "_field")

    def __init__(self, owner, field):
        super().__init__()
        self._owner = owner
        self._field = field

    def _own(self, value):
        raise NotImplementedError

    def append(self, value):
        """Adds `value` (a message is copied) at the end."""
        value = self._own(value)
        self._owner._touch(self._field)
        list.append(self, value)

    def insert(self, index, value):
        """Inserts `value` (a message is copied) before `index`."""
        value = self._own(value)
        self._owner._touch(self._field)
        list.insert(self, index, value)

    def extend(self, values):
        """Adds all `values` (messages are copied) at the end; none of them if one is wrong."""
        if values is None:
            raise TypeError("Value must be iterable")
        values = [self._own(value) for value in values]
        self._owner._touch(self._field)
        list.extend(self, values)

    def MergeFrom(self, other):
        """Adds the elements of another repeated field."""
        self.extend(other)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def __add__(self, values):
        return list(self) + list(values)

    def __imul__(self, count):
        raise TypeError("a repeated field cannot be multiplied in place")

    def __reduce__(self):
        return list, (list(self),)

    def __deepcopy__(self, memo):
        import copy

        return [copy.deepcopy(value, memo) for value in self]

    __hash__ = None


class RepeatedScalar(_Repeated):
    """A repeated field of numbers, strings or bytes."""

    __slots__ = ()

    def _own(self, value):
        return wire.check(value, self._field)

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            value = [self._own(v) for v in value]
        else:
            value = self._own(value)
        self._owner._touch(self._field)
        list.__setitem__(self, index, value)


class RepeatedMessage(_Repeated):
    """A repeated field of messages: `add` makes one in place; an element cannot be assigned."""

    __slots__ = ()

    def _own(self, value):
        if type(value) is not self._field.message_class:
            raise TypeError(
                f"Parameter to append must be instance of same class: expected {self._field.message_class} "
                f"got {type(value)}."
            )
        copy = type(value)()
        copy.CopyFrom(value)
        return copy

    def _adopt(self, value):
        """Adds the message `value` itself, which nobody else holds."""
        list.append(self, value)

    def add(self, **kwargs):
        """Adds a new message with the given fields, and returns it."""
        value = self._field.message_class(**kwargs)
        self._owner._touch(self._field)
        list.append(self, value)
        return value

    def __setitem__(self, index, value):
        raise TypeError(f"{type(self).__name__!r} object does not support item assignment")


class _Map(dict):
    """What both kinds of map fields share. Reading a missing key makes its entry, as in protobuf."""

    __slots__ = ("_owner", "_field")

    def __init__(self, owner, field):
        super().__init__()
        self._owner = owner
        self._field = field

    def __contains__(self, key):
        return dict.__contains__(self, wire.check(key, self._field.key_field))

    def get(self, key, default=None):
        """The value of `key`, or `default`; makes no entry."""
        return dict.get(self, wire.check(key, self._field.key_field), default)

    def MergeFrom(self, other):
        """Takes over the entries of another map field."""
        self.update(other)

    def GetEntryClass(self):
        """The class of one entry, a message of `key` and `value`."""
        return self._field.entry_class

    def __reduce__(self):
        return dict, (dict(self),)

    def __deepcopy__(self, memo):
        import copy

        return {key: copy.deepcopy(value, memo) for key, value in self.items()}

    def __ior__(self, other):
        self.update(other)
        return self

    __hash__ = None


class ScalarMap(_Map):
    """A map field whose values are numbers, strings or bytes."""

    __slots__ = ()

    def __missing__(self, key):
        self[key] = self._field.value_field.default
        return dict.__getitem__(self, wire.check(key, self._field.key_field))

    def __setitem__(self, key, value):
        key = wire.check(key, self._field.key_field)
        value = wire.check(value, self._field.value_field)
        self._owner._touch(self._field)
        dict.__setitem__(self, key, value)

    def setdefault(self, key, value):
        """The value of `key`, set to `value` if there is none."""
        if key not in self:
            self[key] = value
        return self[key]

    def update(self, *others, **kwargs):
        """Sets all entries of a dict."""
        for key, value in dict(*others, **kwargs).items():
            self[key] = value


class MessageMap(_Map):
    """A map field whose values are messages: `map[key]` makes one in place; an entry cannot be assigned."""

    __slots__ = ()

    def __missing__(self, key):
        key = wire.check(key, self._field.key_field)
        if dict.__contains__(self, key):
            return dict.__getitem__(self, key)
        value = self._field.value_field.message_class()
        self._owner._touch(self._field)
        dict.__setitem__(self, key, value)
        return value

    def get_or_create(self, key):
        """The message of `key`, made if there is none."""
        return self[key]

    def __setitem__(self, key, value):
        raise ValueError("Direct assignment of submessage not allowed")

    def setdefault(self, key, value):
        """Not allowed: an entry cannot be assigned."""
        raise NotImplementedError("Set message map value directly is not supported, call my_map[key].foo = 5")

    def _adopt(self, key, value):
        """Sets the message `value` itself, which nobody else holds."""
        dict.__setitem__(self, key, value)

    def update(self, *others, **kwargs):
        """Copies the messages of a dict (each one a message or a dict of its fields) into the entries of their keys."""
        for key, value in dict(*others, **kwargs).items():
            self[key].CopyFrom(self._field.value_field.message_class(**value) if isinstance(value, dict) else value)
