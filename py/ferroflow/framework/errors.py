"""TensorFlow's error classes and codes: one exception class for each status code of the engine."""

OK = 0
CANCELLED = 1
UNKNOWN = 2
INVALID_ARGUMENT = 3
DEADLINE_EXCEEDED = 4
NOT_FOUND = 5
ALREADY_EXISTS = 6
PERMISSION_DENIED = 7
RESOURCE_EXHAUSTED = 8
FAILED_PRECONDITION = 9
ABORTED = 10
OUT_OF_RANGE = 11
UNIMPLEMENTED = 12
INTERNAL = 13
UNAVAILABLE = 14
DATA_LOSS = 15
UNAUTHENTICATED = 16

# How many frames of an operation's creation stack an error text shows, so that it stays within twelve lines.
_SHOWN_FRAMES = 3


class OpError(Exception):
    """The base of every error that the engine raises.

    Args:
      node_def: the `NodeDef` of the failing operation, or None.
      op: the `Operation` that failed, or None (eager mode, or a step that fusion made).
      message: what went wrong; its first line is TensorFlow's.
      error_code: the status code, one of the module's constants.
      *args: optionally one dict, the experimental payloads.

    Lines that help to find the cause (the op, the user's line, shapes, a fix) are added with `add_note` by the
    engine and show in a traceback; `str(error)` is the message.
    """

    _node_name = None  # set by the engine, whose notes say where the operation was made

    def __init__(self, node_def, op, message, error_code, *args):
        super().__init__()
        self._node_def = node_def
        self._op = op
        self._message = message
        self._error_code = error_code
        self._experimental_payloads = args[0] if args else {}

    def __reduce__(self):
        # An operation belongs to a live graph and does not travel; the rest does, notes included.
        state = {"__notes__": list(self.__notes__)} if hasattr(self, "__notes__") else None
        payloads = (self._experimental_payloads,) if self._experimental_payloads else ()
        if type(self).__init__ is OpError.__init__:
            return type(self), (self.node_def, None, self._message, self._error_code, *payloads), state
        return type(self), (self.node_def, None, self._message, *payloads), state

    @property
    def message(self) -> str:
        """The error message."""
        return self._message

    @property
    def op(self):
        """The operation that failed, or None if it is not known."""
        return self._op

    @property
    def node_def(self):
        """The `NodeDef` of the operation that failed, or None."""
        return self._op.node_def if self._node_def is None and self._op is not None else self._node_def

    @property
    def error_code(self) -> int:
        """The status code, for example `INVALID_ARGUMENT`."""
        return self._error_code

    @property
    def experimental_payloads(self):
        """A dict with what the raiser attached to the status; empty if nothing was."""
        return self._experimental_payloads

    def __str__(self):
        if self._op is None or self._node_name:
            return self._message
        frames = getattr(self._op, "traceback", None) or []
        import traceback

        lines = traceback.format_list(list(frames)[-_SHOWN_FRAMES:])
        return f"{self._message}\n\nOriginal stack trace for {self._op.name!r}:\n" + "".join(lines)


class CancelledError(OpError):
    """The operation was cancelled, for example because its queue or session was closed."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, CANCELLED, *args)


class UnknownError(OpError):
    """An error without a more precise class."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, UNKNOWN, *args)


class InvalidArgumentError(OpError):
    """An operation was given an input that it cannot take, such as a wrong shape."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, INVALID_ARGUMENT, *args)


class DeadlineExceededError(OpError):
    """The operation was not done before its deadline."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, DEADLINE_EXCEEDED, *args)


class NotFoundError(OpError):
    """A file, a key or a resource does not exist."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, NOT_FOUND, *args)


class AlreadyExistsError(OpError):
    """What was to be created exists already."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, ALREADY_EXISTS, *args)


class PermissionDeniedError(OpError):
    """The caller may not do this, for example read that file."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, PERMISSION_DENIED, *args)


class UnauthenticatedError(OpError):
    """The caller did not prove who it is."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, UNAUTHENTICATED, *args)


class ResourceExhaustedError(OpError):
    """Memory, disk or a quota is used up."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, RESOURCE_EXHAUSTED, *args)


class FailedPreconditionError(OpError):
    """The system is not in the state that the operation needs, such as a variable without a value."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, FAILED_PRECONDITION, *args)


class AbortedError(OpError):
    """The operation was given up, typically because another one ran at the same time."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, ABORTED, *args)


class OutOfRangeError(OpError):
    """An operation went past the end: a dataset, a queue or a file has no more elements."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, OUT_OF_RANGE, *args)


class UnimplementedError(OpError):
    """The operation exists but not for these types or on this device."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, UNIMPLEMENTED, *args)


class InternalError(OpError):
    """An invariant of the engine is broken: a bug in the engine, not in the program."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, INTERNAL, *args)


class UnavailableError(OpError):
    """The service cannot be reached at the moment; trying again later may help."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, UNAVAILABLE, *args)


class DataLossError(OpError):
    """Data is lost or damaged beyond repair, such as a file that was cut short."""

    def __init__(self, node_def, op, message, *args):
        super().__init__(node_def, op, message, DATA_LOSS, *args)


class OperatorNotAllowedInGraphError(TypeError):
    """A Python operation, such as `if` or iteration, was used on a symbolic tensor that does not allow it."""


class InaccessibleTensorError(ValueError):
    """A symbolic tensor was used outside the function or graph that it belongs to."""


_CODE_TO_CLASS = {
    CANCELLED: CancelledError,
    UNKNOWN: UnknownError,
    INVALID_ARGUMENT: InvalidArgumentError,
    DEADLINE_EXCEEDED: DeadlineExceededError,
    NOT_FOUND: NotFoundError,
    ALREADY_EXISTS: AlreadyExistsError,
    PERMISSION_DENIED: PermissionDeniedError,
    UNAUTHENTICATED: UnauthenticatedError,
    RESOURCE_EXHAUSTED: ResourceExhaustedError,
    FAILED_PRECONDITION: FailedPreconditionError,
    ABORTED: AbortedError,
    OUT_OF_RANGE: OutOfRangeError,
    UNIMPLEMENTED: UnimplementedError,
    INTERNAL: InternalError,
    UNAVAILABLE: UnavailableError,
    DATA_LOSS: DataLossError,
}
_CLASS_TO_CODE = {cls: code for code, cls in _CODE_TO_CLASS.items()}


def exception_type_from_error_code(error_code):
    """The exception class for a status code; a code without a class is a KeyError."""
    return _CODE_TO_CLASS[error_code]


def error_code_from_exception_type(cls):
    """The status code of an exception class; for any other class a warning, and an `UnknownError` as in TensorFlow."""
    try:
        return _CLASS_TO_CODE[cls]
    except KeyError:
        import warnings

        warnings.warn("Unknown class exception")
        return UnknownError(None, None, "Unknown class exception")


def from_code(code, message, op=None, node_def=None):
    """The exception object (not raised) for status `code` with `message`.

    An unknown code gives a plain `OpError` that keeps the number.

    >>> raise from_code(INVALID_ARGUMENT, "Incompatible shapes: [2] vs. [3]")
    Traceback (most recent call last):
    ferroflow.framework.errors.InvalidArgumentError: Incompatible shapes: [2] vs. [3]
    """
    cls = _CODE_TO_CLASS.get(code)
    if cls is None:
        return OpError(node_def, op, message, code)
    return cls(node_def, op, message)
