"""The options of a program, each with its value: what `tf.flags` reads the command line into."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


class Error(Exception):
    """The base of the errors of options."""


class DuplicateFlagError(Error):
    """An option is declared twice."""


class IllegalFlagValueError(Error):
    """An option has a value that it cannot take."""


class UnrecognizedFlagError(Error):
    """There is no such option."""


class UnparsedFlagAccessError(Error):
    """An option is read before the command line was."""


class ValidationError(Error):
    """A validator refuses a value."""


class Flag:
    """One option.

    Attributes:
      name, short_name: what it is called on the command line.
      default: its value if it is not given.
      value: its value.
      help: what it is for.
      present: how often it was given.
      boolean: whether it is given without a value.
      module: where it is declared: the name of a module, or the program's file.
    """

    def __init__(self, name, default, help, parse, short_name=None, boolean=False, many=False, note="") -> None:
        self.name = name
        self.short_name = short_name
        self.help = help
        self.boolean = boolean
        self.module = ""
        self.present = 0
        self.using_default_value = True
        self.validators: list[tuple[Callable, str]] = []
        self.many = many
        self.note = note
        self._parse = parse
        self.default = self._checked_default(default)
        self.value = self.default

    def _checked_default(self, default):
        if default is None or not self.many:
            return default if default is None else self._parsed(default)
        return [self._parsed(one) for one in (default if isinstance(default, (list, tuple)) else [default])]

    def _parsed(self, value):
        try:
            return self._parse(value)
        except (TypeError, ValueError) as error:
            raise IllegalFlagValueError(f"flag --{self.name}={value}: {error}") from None

    def parse(self, argument) -> None:
        """Takes a value from the command line; options that may come several times add it."""
        value = self._parsed(argument)
        if self.many:
            value = [*(self.value if self.present else []), value]
        self.value = value
        self.present += 1
        self.using_default_value = False

    def assign(self, value) -> None:
        """Takes a value that the program sets, if the validators accept it."""
        before, self.value = self.value, value
        try:
            self.check()
        except IllegalFlagValueError:
            self.value = before
            raise
        self.using_default_value = False

    def unparse(self) -> None:
        """Forgets the value that was given."""
        self.value = self.default
        self.present = 0
        self.using_default_value = True

    def check(self) -> None:
        """IllegalFlagValueError if a validator refuses the value."""
        for accepts, message in self.validators:
            try:
                fits = accepts(self.value)
            except ValidationError as error:
                fits, message = False, str(error)
            if not fits:
                raise IllegalFlagValueError(f"flag --{self.name}={self.value}: {message}")

    def shown(self) -> str:
        """The lines of the help text."""
        short = f"-{self.short_name}," if self.short_name else ""
        first = f"{short}--{'[no]' if self.boolean else ''}{self.name}: {self.help or '(no help available)'}"
        lines = []
        for line in (first + (";" if self.many else "")).split("\n"):
            lines += textwrap.wrap(line, 77, initial_indent="  " if lines else "", subsequent_indent="  ")
        if self.many:
            lines.append("  repeat this option to specify a list of values")
        if self.default is not None:
            lines.append(f"  (default: '{self._shown_default()}')")
        if self.note:
            lines.append(f"  ({self.note})")
        return "".join(f"  {line}\n" for line in lines)

    def _shown_default(self):
        if self.boolean:
            return str(self.default).lower()
        plain = isinstance(self.default, list) and not self.many
        return ",".join(map(str, self.default)) if plain else self.default


class FlagHolder:
    """What declaring an option gives: its `name`, `default` and `value`."""

    def __init__(self, flag_values, flag) -> None:
        self._values = flag_values
        self._flag = flag

    @property
    def name(self) -> str:
        """The option's name."""
        return self._flag.name

    @property
    def default(self) -> Any:
        """The value if it is not given."""
        return self._flag.default

    @property
    def value(self) -> Any:
        """The value. UnparsedFlagAccessError before the command line was read."""
        return getattr(self._values, self._flag.name)

    @property
    def present(self) -> bool:
        """Whether the option was given."""
        return bool(self._flag.present)


class FlagValues:
    """All options of a program, with an attribute for each; called with the command line, it reads it.

    The options of `tf.flags.FLAGS` are read from `sys.argv` when the first one is asked for.

    >>> options = tf.compat.v1.flags.FlagValues()
    >>> _ = tf.compat.v1.flags.DEFINE_integer("steps", 10, "how many steps", flag_values=options)
    >>> options(["program", "--steps=20", "file"]), options.steps
    (['program', 'file'], 20)
    """

    def __init__(self, from_command_line: bool = False) -> None:
        vars(self).update(_flags={}, _parsed=False, _auto=from_command_line, _program="")

    def __getattr__(self, name: str) -> Any:
        flags = vars(self).get("_flags", {})
        if name not in flags:
            raise AttributeError(name)
        if not self._parsed:
            if not self._auto:
                raise UnparsedFlagAccessError(f"Trying to access flag --{name} before flags were parsed.")
            self(sys.argv, known_only=True)
        return flags[name].value

    def __setattr__(self, name: str, value) -> None:
        if name not in self._flags:
            raise UnrecognizedFlagError(f"Unknown command line flag '{name}'")
        self._flags[name].assign(value)

    def __delattr__(self, name: str) -> None:
        flag = self[name]
        for known in [key for key, one in self._flags.items() if one is flag]:
            del self._flags[known]

    def __getitem__(self, name: str) -> Flag:
        return self._flags[name]

    def __contains__(self, name: object) -> bool:
        return name in self._flags

    def __iter__(self) -> Iterator[str]:
        return iter(self._flags)

    def __len__(self) -> int:
        return len(self._flags)

    def __dir__(self) -> list[str]:
        return sorted([*self._flags, *object.__dir__(self)])

    def __call__(self, argv, known_only: bool = False) -> list[str]:
        """Reads a command line.

        Args:
          argv: a list of strings, of which the first is the program.
          known_only: whether options that are not declared are left alone.

        Returns:
          The program and all that is no option.

        Raises:
          UnrecognizedFlagError: there is no such option.
          IllegalFlagValueError: a value does not fit its option.
          Error: a value is missing.
        """
        if isinstance(argv, (str, bytes)):
            raise TypeError("argv should be a tuple/list of strings, not bytes or string.")
        if not argv:
            text = "argv cannot be an empty list, and must contain the program name as the first element."
            raise ValueError(text)
        vars(self)["_program"] = argv[0]
        rest, unknown, accepted = [], [], {"undefok"}
        waiting = list(argv[1:])
        while waiting:
            item = waiting.pop(0)
            if item == "--":
                rest += waiting
                break
            if not item.startswith("-") or item == "-":
                rest.append(item)
                continue
            name, given, value = item[2 if item.startswith("--") else 1 :].partition("=")
            if name == "undefok":
                if not given and not waiting:
                    raise Error(f"Missing value for flag {item}")
                for one in (value if given else waiting.pop(0)).split(","):
                    accepted |= {one.strip(), f"no{one.strip()}"}
                continue
            flag = self._flags.get(name)
            if flag is None and name.startswith("no") and getattr(self._flags.get(name[2:]), "boolean", False):
                if given:
                    raise ValueError(f"{item} does not take an argument")
                self._flags[name[2:]].parse("false")
            elif flag is None:
                if known_only:
                    rest.append(item)
                else:
                    unknown.append(name)
            elif flag.boolean:
                flag.parse(value if given else "true")
            elif given or waiting:
                flag.parse(value if given else waiting.pop(0))
            else:
                raise Error(f"Missing value for flag {item}")
        for name in unknown:
            if name not in accepted:
                raise UnrecognizedFlagError(f"Unknown command line flag '{name}'")
        vars(self)["_parsed"] = True
        self.validate_all_flags()
        return [argv[0], *rest]

    def is_parsed(self) -> bool:
        """Whether a command line was read."""
        return self._parsed

    def mark_as_parsed(self) -> None:
        """Allows options to be read without a command line."""
        vars(self)["_parsed"] = True

    def unparse_flags(self) -> None:
        """Forgets what was read from the command line."""
        for flag in self._flags.values():
            flag.unparse()
        vars(self)["_parsed"] = False

    def set_default(self, name: str, value) -> None:
        """Changes the default of an option.

        Args:
          name: the option.
          value: the new default.
        """
        if name not in self._flags:
            raise UnrecognizedFlagError(f"Unknown command line flag '{name}'")
        flag = self._flags[name]
        flag.default = flag._checked_default(value)
        if flag.using_default_value:
            flag.value = flag.default
        flag.check()

    def validate_all_flags(self) -> None:
        """IllegalFlagValueError if a validator refuses the value of an option."""
        for flag in self._flags.values():
            flag.check()

    def flag_values_dict(self) -> dict[str, Any]:
        """The value of each option by its name."""
        return {name: flag.value for name, flag in self._flags.items()}

    def get_flag_value(self, name: str, default) -> Any:
        """The value of an option, or `default` if that is None. AttributeError if there is no such option."""
        value = getattr(self, name)
        return default if value is None else value

    def get_help(self, prefix: str = "", include_special_flags: bool = True) -> str:
        """The text that `--help` prints."""
        flags = {flag.name: flag for flag in self._flags.values()}
        lines = [flags[name].shown() for name in sorted(flags)]
        return textwrap.indent(f"\n{self._program or sys.argv[0]}:\n{''.join(lines)}", prefix).rstrip("\n")

    def main_module_help(self) -> str:
        """The text that `--help` prints."""
        return self.get_help()

    def __str__(self) -> str:
        return self.get_help()


FLAGS = FlagValues(from_command_line=True)
