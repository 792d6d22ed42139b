"""Variables without a value."""


class Undefined:
    """Stands for a variable that has no value yet; using it is an error."""

    __slots__ = ("symbol_name",)

    def __init__(self, symbol_name):
        object.__setattr__(self, "symbol_name", symbol_name)

    def read(self):
        """Raises the error of reading it."""
        raise UnboundLocalError(f"'{object.__getattribute__(self, 'symbol_name')}' is used before assignment")

    def __repr__(self):
        return object.__getattribute__(self, "symbol_name")

    def __getattribute__(self, name):
        if name in ("symbol_name", "read", "__class__", "__repr__"):
            return object.__getattribute__(self, name)
        return Undefined.read(self)


class UndefinedReturn(Undefined):
    """Stands for the result of a function that has not returned yet."""

    __slots__ = ()

    def __init__(self):
        super().__init__("retval_")


def is_undefined(value):
    """Whether a variable's value is `Undefined`."""
    return type(value) is Undefined or type(value) is UndefinedReturn
