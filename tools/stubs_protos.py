"""The type stub of the protocol buffer messages, from their field tables."""

import keyword
import runpy

HEAD = '''"""Names of `ferroflow.framework.protos`. Written by `make gen` from the field tables; not to be edited."""

import builtins
from collections.abc import Iterable, Mapping
from typing import Any as _Any, Self, TypeVar

from .schema import Enum
from .wire import DecodeError as DecodeError, EncodeError as EncodeError

_T = TypeVar("_T")
_K = TypeVar("_K")

class _Repeated(list[_T]):
    def add(self, **fields: _Any) -> _T: ...
    def MergeFrom(self, other: Iterable[_T]) -> None: ...

class _Map(dict[_K, _T]):
    def get_or_create(self, key: _K) -> _T: ...
    def MergeFrom(self, other: Mapping[_K, _T]) -> None: ...

class Message:
    DESCRIPTOR: _Any
    def ListFields(self) -> list[tuple[_Any, _Any]]: ...
    def HasField(self, field_name: str) -> bool: ...
    def WhichOneof(self, oneof_group: str) -> str | None: ...
    def ClearField(self, field_name: str) -> None: ...
    def Clear(self) -> None: ...
    def SetInParent(self) -> None: ...
    def CopyFrom(self, other_msg: Self) -> None: ...
    def MergeFrom(self, other_msg: Self) -> None: ...
    def IsInitialized(self, errors: list[str] | None = None) -> bool: ...
    def FindInitializationErrors(self) -> list[str]: ...
    def UnknownFields(self) -> bytes: ...
    def DiscardUnknownFields(self) -> None: ...
    def SerializeToString(self, deterministic: bool | None = None) -> bytes: ...
    def SerializePartialToString(self, deterministic: bool | None = None) -> bytes: ...
    def ByteSize(self) -> int: ...
    def ParseFromString(self, serialized: bytes) -> int: ...
    def MergeFromString(self, serialized: bytes) -> int: ...
    @classmethod
    def FromString(cls, s: bytes) -> Self: ...

_M = TypeVar("_M", bound=Message)

def coerce(cls: type[_M], message: _Any) -> _M: ...
'''
SCALARS = {"float": "float", "double": "float", "bool": "bool", "string": "str", "bytes": "bytes"}


def python_type(name, messages):
    """The annotation of one value of a field's type; enums and integers are int."""
    return name if name in messages else f"builtins.{SCALARS.get(name, 'int')}"


def field(text, messages):
    """Name, the annotation of the attribute, that of the argument, and whether the attribute can be set."""
    name, _, *rest = text.split()
    if rest[0] == "map":
        key, value = python_type(rest[1], messages), python_type(rest[2], messages)
        return name, f"_Map[{key}, {value}]", f"Mapping[{key}, {value}]", False
    one = python_type(rest[1] if rest[0] in ("repeated", "packed") else rest[0], messages)
    given = one if one.startswith("builtins.") else f"{one} | Mapping[builtins.str, _Any]"
    if rest[0] in ("repeated", "packed"):
        return name, f"_Repeated[{one}]", f"Iterable[{given}]", False
    return name, one, given, one.startswith("builtins.")


def message(name, messages, enums, indent=""):
    """The lines of a message's class, with the messages and enums that are declared inside."""
    inside = indent + "    "
    lines = ["", f"{indent}class {name.rpartition('.')[2]}(Message):"]
    for other in messages:
        if other.rpartition(".")[0] == name:
            lines += message(other, messages, enums, inside)
    for other, labels in enums.items():
        if other.rpartition(".")[0] == name:
            lines.append(f"{inside}{other.rpartition('.')[2]}: Enum")
            lines += [f"{inside}{label.partition('=')[0]}: builtins.int" for label in labels.split()]
    fields = [field(text, messages) for text in messages[name].split(";") if text.strip()]
    fields = [found for found in fields if not keyword.iskeyword(found[0])]
    for attribute, kept, _, is_settable in fields:
        if is_settable:
            lines.append(f"{inside}{attribute}: {kept}")
        else:
            lines += [f"{inside}@builtins.property", f"{inside}def {attribute}(self) -> {kept}: ..."]
    arguments = "".join(f", {attribute}: {given} | None = None" for attribute, _, given, _ in fields)
    lines.append(f"{inside}def __init__(self{', *' if fields else ''}{arguments}) -> None: ...")
    return lines


def stub(folder):
    """The text of the stub; `folder` has the field tables."""
    messages, enums = {}, {}
    for path in sorted(folder.glob("tables_*.py")):
        table = runpy.run_path(path)
        messages |= table["MESSAGES"]
        enums |= table["ENUMS"]
    lines = [HEAD.rstrip("\n")]
    lines += [f"{name}: Enum" for name in enums if "." not in name]
    for name in messages:
        if "." not in name:
            lines += message(name, messages, enums)
    return "\n".join(lines) + "\n"
