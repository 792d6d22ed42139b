"""What converted code calls: the object that it knows as `ag__`."""

from . import calls, conditionals, containers, for_loops, logic, while_loops
from .status import Status
from .undefined import Undefined, UndefinedReturn, is_undefined


class Runtime:
    """The operators, for one choice of options.

    Args:
      recursive: whether functions that are called are converted too.
      features: names of the optional features in use.
    """

    def __init__(self, recursive, features):
        self.recursive, self.features = recursive, features
        self.status = Status(True, self)

    if_stmt = staticmethod(conditionals.if_stmt)
    if_exp = staticmethod(conditionals.if_exp)
    while_stmt = staticmethod(while_loops.while_stmt)
    for_stmt = staticmethod(for_loops.for_stmt)
    and_ = staticmethod(logic.and_)
    or_ = staticmethod(logic.or_)
    not_ = staticmethod(logic.not_)
    chain = staticmethod(logic.chain)
    eq = staticmethod(logic.eq)
    not_eq = staticmethod(logic.not_eq)
    assert_ = staticmethod(containers.assert_)
    new_list = staticmethod(containers.new_list)
    append = staticmethod(containers.append)
    set_item = staticmethod(containers.set_item)
    Undefined = Undefined
    UndefinedReturn = UndefinedReturn

    def call(self, target, args, kwargs=None):
        """A call in converted code."""
        return calls.call(self, target, args, kwargs or {})

    @staticmethod
    def ld(value):
        """The value of a variable that may be undefined."""
        if is_undefined(value):
            value.read()
        return value

    @staticmethod
    def ldu(read, name):
        """The value of an attribute or item, `Undefined` if there is none."""
        try:
            return read()
        except (AttributeError, KeyError, IndexError, NameError):
            return Undefined(name)

    @staticmethod
    def ret(value, returned):
        """The result of a function."""
        del returned
        return None if is_undefined(value) else value


_runtimes = {}


def runtime_for(recursive, features):
    """The operators for these options; `features` is None, a `Feature`, or several of them."""
    if features is None:
        names = frozenset()
    else:
        many = features if isinstance(features, (list, tuple, set, frozenset)) else [features]
        names = frozenset(one.value for one in many)
    if "ALL" in names:
        from .experimental import Feature

        names = frozenset(one.value for one in Feature)
    key = bool(recursive), names
    if key not in _runtimes:
        _runtimes[key] = Runtime(*key)
    return _runtimes[key]
