"""The kinds of options, how each is declared and parsed, and validators."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

from .values import FLAGS, DuplicateFlagError, Error, Flag, FlagHolder, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable


# What absl's options take besides; without effect here.
_OTHER = {"allow_hide_cpp", "allow_override", "allow_override_cpp", "allow_overwrite", "allow_using_method_names"}


def _caller():
    """The module that declares an option, or the program's file."""
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__", "").startswith(__package__):
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "__main__")
    return sys.argv[0] if name == "__main__" else name


def _define(flag_values, flag, args, bounded=None):
    """Declares an option; `args` are the arguments that all kinds of options share."""
    flag.module = _caller()
    required = args.pop("required", False)
    for name in args.keys() - _OTHER:
        raise TypeError(f"Flag.__init__() got an unexpected keyword argument '{name}'")
    if required and flag.default is not None:
        raise ValueError(f"Required flag --{flag.name} needs to have None as default")
    if not isinstance(flag.name, str):
        raise Error("Flag name must be a string")
    if not flag.name:
        raise Error("Flag name cannot be empty")
    if " " in flag.name:
        raise Error("Flag name cannot contain a space")
    for name in filter(None, (flag.name, flag.short_name)):
        if name in flag_values:
            known = flag_values[name]
            raise DuplicateFlagError(
                f"The flag '{name}' is defined twice. First from {known.module}, second from {flag.module}. Description from "
                f"first occurrence: {known.help}"
            )
    for name in filter(None, (flag.short_name, flag.name)):
        flag_values._flags[name] = flag
    if bounded is not None:
        flag.validators.append((bounded, ""))
    if required:
        mark_flag_as_required(flag.name, flag_values)
    return FlagHolder(flag_values, flag)


def _number(kind, convert, lower, upper):
    """A parser of numbers between two bounds, what the help says of it, and a validator of the bounds."""
    names = {int: ("an integer", "integer"), float: ("a number", "number")}[kind]
    note = names[0]
    if (lower, upper) == (0, None):
        note = f"a non-negative {names[1]}"
    elif (lower, upper) == (1 if kind is int else None, None) and lower is not None:
        note = f"a positive {names[1]}"
    elif lower is not None and upper is not None:
        note = f"{names[0]} in the range [{lower}, {upper}]"
    elif lower is not None:
        note = f"{names[1]} >= {lower}"
    elif upper is not None:
        note = f"{names[1]} <= {upper}"

    def outside(number):
        return lower is not None and number < lower or upper is not None and number > upper

    def parse(value):
        number = convert(value)
        if outside(number):
            raise ValueError(f"{number} is not {note}")
        return number

    def bounded(value):
        numbers = value if isinstance(value, list) else [value]
        for number in numbers:
            if number is not None and outside(number):
                raise ValidationError(f"{number} is not {note}")
        return True

    return parse, note, bounded


def _integer(value):
    if isinstance(value, str):
        return int(value, 0) if value.lower().lstrip("+-")[:2] in ("0x", "0o") else int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"Expect argument to be a string or int, found {type(value)}")
    return value


def _float(value):
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise TypeError(f"Expect argument to be a string, int, or float, found {type(value)}")
    return float(value)


def _truth(value):
    if isinstance(value, str):
        if value.lower() in ("true", "t", "1"):
            return True
        if value.lower() in ("false", "f", "0"):
            return False
        raise ValueError("Non-boolean argument to boolean flag", value)
    if isinstance(value, (bool, int)) and value in (0, 1):
        return bool(value)
    raise TypeError("Non-boolean argument to boolean flag", value)


def _text(value):
    if not isinstance(value, str):
        raise TypeError(f'flag value must be a string, found "{type(value)}"')
    return value


def _listed(value):
    """The items between commas; those in quotation marks may hold commas."""
    if isinstance(value, list):
        return value
    try:
        return [item.strip() for item in next(csv.reader([value], strict=True))] if value else []
    except csv.Error as error:
        raise ValueError(f"Unable to parse the value {value!r} as a comma separated list of strings: {error}") from None


def _words(value):
    return value if isinstance(value, list) else value.split()


def DEFINE_string(name, default, help, flag_values=FLAGS, short_name=None, **args) -> FlagHolder:
    """Declares an option that is text.

    Args:
      name: the option's name.
      default: its value if it is not given; None for none.
      help: what it is for.
      flag_values: where it is declared.
      short_name: a second name, of one letter.
      **args: `required=True` makes it an error not to give the option.

    Raises:
      DuplicateFlagError: there is an option of this name.
      ValueError: a required option has a default.
    """
    return _define(flag_values, Flag(name, default, help, _text, short_name), args)


def DEFINE_integer(
    name, default, help, lower_bound=None, upper_bound=None, flag_values=FLAGS, short_name=None, **args
) -> FlagHolder:
    """Declares an option that is an integer, with the smallest and largest value that it may have; see `DEFINE_string`.

    >>> options = tf.compat.v1.flags.FlagValues()
    >>> batch = tf.compat.v1.flags.DEFINE_integer("batch", 32, "rows at a time", lower_bound=1, flag_values=options)
    >>> _ = options(["program", "--batch", "64"])
    >>> batch.value
    64
    """
    parse, note, bounded = _number(int, _integer, lower_bound, upper_bound)
    return _define(flag_values, Flag(name, default, help, parse, short_name, note=note), args, bounded)


def DEFINE_float(
    name, default, help, lower_bound=None, upper_bound=None, flag_values=FLAGS, short_name=None, **args
) -> FlagHolder:
    """Declares an option that is a number, with the smallest and largest value that it may have; see `DEFINE_string`."""
    parse, note, bounded = _number(float, _float, lower_bound, upper_bound)
    return _define(flag_values, Flag(name, default, help, parse, short_name, note=note), args, bounded)


def DEFINE_boolean(name, default, help, flag_values=FLAGS, module_name=None, short_name=None, **args) -> FlagHolder:
    """Declares an option that is true as `--name` and false as `--noname`; see `DEFINE_string`."""
    return _define(flag_values, Flag(name, default, help, _truth, short_name, boolean=True), args)


DEFINE_bool = DEFINE_boolean


def DEFINE_enum(
    name, default, enum_values, help, flag_values=FLAGS, short_name=None, *, case_sensitive: bool = True, **args
) -> FlagHolder:
    """Declares an option that is one of some words, `enum_values`, in any case unless `case_sensitive`; see `DEFINE_string`.

    Raises:
      ValueError: there are no words.
    """
    if not enum_values:
        raise ValueError(f'enum_values cannot be empty, found "{enum_values}"')
    choices = "|".join(enum_values)

    def parse(value):
        same = [one for one in enum_values if value == one or not case_sensitive and value.lower() == one.lower()]
        if not same:
            raise ValueError(f"value should be one of <{choices}>")
        return same[0]

    return _define(flag_values, Flag(name, default, f"<{choices}>: {help}", parse, short_name), args)


def DEFINE_list(name, default, help, flag_values=FLAGS, short_name=None, **args) -> FlagHolder:
    """Declares an option that is a list of words between commas; see `DEFINE_string`."""
    note = "a comma separated list"
    return _define(flag_values, Flag(name, default, help, _listed, short_name, note=note), args)


def DEFINE_spaceseplist(
    name, default, help, comma_compat: bool = False, flag_values=FLAGS, short_name=None, **args
) -> FlagHolder:
    """Declares an option that is a list of words between spaces, or commas if `comma_compat`; see `DEFINE_string`."""

    def parse(value):
        return _words(value.replace(",", " ") if comma_compat and isinstance(value, str) else value)

    note = "a comma or whitespace separated list" if comma_compat else "a whitespace separated list"
    return _define(flag_values, Flag(name, default, help, parse, short_name, note=note), args)


def DEFINE_multi_string(name, default, help, flag_values=FLAGS, short_name=None, **args) -> FlagHolder:
    """Declares an option that may be given several times: a list of texts; see `DEFINE_string`."""
    return _define(flag_values, Flag(name, default, help, _text, short_name, many=True), args)


def DEFINE_multi_integer(
    name, default, help, lower_bound=None, upper_bound=None, flag_values=FLAGS, short_name=None, **args
) -> FlagHolder:
    """Declares an option that may be given several times: a list of integers; see `DEFINE_string`."""
    parse, note, bounded = _number(int, _integer, lower_bound, upper_bound)
    return _define(flag_values, Flag(name, default, help, parse, short_name, many=True, note=note), args, bounded)


def DEFINE_multi_float(
    name, default, help, lower_bound=None, upper_bound=None, flag_values=FLAGS, short_name=None, **args
) -> FlagHolder:
    """Declares an option that may be given several times: a list of numbers; see `DEFINE_string`."""
    parse, note, bounded = _number(float, _float, lower_bound, upper_bound)
    return _define(flag_values, Flag(name, default, help, parse, short_name, many=True, note=note), args, bounded)


def register_validator(flag_name, checker, message="Flag validation failed", flag_values=FLAGS) -> None:
    """Checks the value of an option whenever it is read from the command line or set.

    Args:
      flag_name: the option's name, or what declaring it gave.
      checker: a function of the value, which is false, or raises `ValidationError`, if it does not fit.
      message: what the error says.
      flag_values: where it is declared.
    """
    name = flag_name.name if isinstance(flag_name, FlagHolder) else flag_name
    flag_values[name].validators.append((checker, message))


def validator(flag_name, message="Flag validation failed", flag_values=FLAGS) -> Callable:
    """A decorator for functions that are validators; see `register_validator`."""

    def decorate(function):
        register_validator(flag_name, function, message, flag_values)
        return function

    return decorate


def mark_flag_as_required(flag_name, flag_values=FLAGS) -> None:
    """Makes it an error not to give an option.

    Args:
      flag_name: the option's name, or what declaring it gave.
      flag_values: where it is declared.
    """
    name = flag_name.name if isinstance(flag_name, FlagHolder) else flag_name
    message = f"Flag --{name} must have a value other than None."
    register_validator(name, lambda value: value is not None, message, flag_values)


def mark_flags_as_required(flag_names, flag_values=FLAGS) -> None:
    """As `mark_flag_as_required`, for several options."""
    for name in flag_names:
        mark_flag_as_required(name, flag_values)
