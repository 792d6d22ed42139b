"""Python functions as ops: `tf.numpy_function`, `tf.py_function`, `tf.py_func`."""

import collections
import functools
import threading

from .. import _core
from .._gen import raw_ops
from . import errors, nest
from . import py_function as callbacks
from .composite import CompositeTensor
from .convert import convert_to_tensor as convert
from .dtypes import as_dtype
from .gradients import RegisterGradient
from .tape import GradientTape
from .tensors import Operation
from .type_spec import TensorSpec, TypeSpec

_MOST_CALLS = 1000  # of a function, whose gradients may yet be asked for


def _eagerly(inputs):
    return _core.executing_eagerly() and not any(isinstance(x, _core.SymbolicTensor) for x in inputs)


def numpy_function(func=None, inp=None, Tout=None, stateful=True, name=None):
    """A Python function of NumPy arrays as an op. It has no gradient.

    Args:
      func: takes an array for each of `inp`; returns an array, or a list of them for a list in `Tout`. None to use
        `tf.numpy_function(Tout=...)` as a decorator.
      inp: list of tensors.
      Tout: the dtype of the result, or a list of dtypes.
      stateful: whether equal calls may give different results; calls of other functions may be merged or left out.
      name: the operation's name.

    Returns:
      A tensor, or a list of them; None (eager) or the operation for an empty `Tout`.

    Raises:
      InvalidArgumentError: in a graph, when it runs, if the results have other dtypes than `Tout`, or if `func` raised
        TypeError or ValueError.
      UnknownError: in a graph, `func` raised another exception. Eagerly, what it raises passes through.

    >>> float(tf.numpy_function(lambda x: x + x, [tf.constant(2.0)], tf.float32))
    4.0
    """
    if func is None:
        return _decorator(numpy_function, Tout=Tout, stateful=stateful, name=name)
    if _eagerly(inp):
        import numpy as np

        found = nest.flatten(func(*[np.array(x) for x in inp]))
        found = [x if x is None else convert(x) for x in found]
        return found[0] if len(found) == 1 else found
    several = isinstance(Tout, (list, tuple))
    types = list(Tout) if several else [Tout]

    def call(*args):
        import numpy as np

        found = func(*args)
        if found is None:
            return []
        return [np.asarray(x) for x in (found if isinstance(found, (list, tuple)) else [found])]

    op = raw_ops.PyFunc if stateful else raw_ops.PyFuncStateless
    found = op(input=list(inp), token=callbacks.register(call), Tout=types, name=name)
    return found if several else found[0]


def py_func(func, inp, Tout, stateful=True, name=None):
    """TensorFlow 1's name of `numpy_function`."""
    return numpy_function(func, inp, Tout, stateful, name)


def py_function(func=None, inp=None, Tout=None, name=None):
    """A Python function of eager tensors as an op, with a gradient: that of the ops that it calls.

    Args:
      func: takes an eager value for each of `inp`; returns a tensor, or a list of them for a list in `Tout`. None to use
        `tf.py_function(Tout=...)` as a decorator.
      inp: list of tensors, ragged or sparse tensors.
      Tout: the dtype of the result, or its spec where it is a ragged or sparse tensor; or a list of these.
      name: the operation's name.

    Returns:
      A tensor, or a list of them; an empty list (eager) or the operation for an empty `Tout`.

    Raises:
      ValueError: `func` is not callable.
      TypeError: `Tout` is no dtype.
      InvalidArgumentError: when it runs, `func` raised TypeError or ValueError, or its results do not fit `Tout`.
      UnknownError: `func` raised another exception. In both cases it is the cause of the error.

    >>> x = tf.constant(3.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = tf.py_function(lambda x: x * x, [x], tf.float32)
    >>> float(tape.gradient(y, x))
    6.0
    """
    if func is None:
        return _decorator(py_function, Tout=Tout, name=name)
    if not callable(func):
        raise ValueError(f"Expected func to be callable. Received func={func} of type {type(func)}.")
    several = isinstance(Tout, (list, tuple))
    kinds = [one if isinstance(one, TypeSpec) else as_dtype(one) for one in (Tout if several else [Tout])]
    tensors = [part for one in inp for part in _tensors(one)]
    function, types = func, kinds
    if any(isinstance(one, CompositeTensor) for one in inp) or any(isinstance(one, TypeSpec) for one in kinds):
        function, types = _Composites(func, inp, kinds), [one.dtype for one in _flat_specs(kinds)]
    found = _called(function, tensors, types, name)
    if types and types is not kinds:
        found = nest.pack_sequence_as(kinds, found, expand_composites=True)
    return found if several or isinstance(found, Operation) else found[0]


def _decorator(function, **options):
    """What makes an op of a Python function: calls of it are calls of `function` with its arguments as inputs."""

    def decorate(func):
        @functools.wraps(func)
        def call(*args):
            return function(func, list(args), **options)

        return call

    return decorate


def _tensors(value):
    """The tensors of an argument."""
    return nest.flatten(value, expand_composites=True) if isinstance(value, CompositeTensor) else [value]


def _called(function, inputs, types, name):
    """The results of a function of tensors: run now, or the outputs of an op."""
    if not _eagerly(inputs):
        token = callbacks.register(_Differentiable(function, types))
        return raw_ops.EagerPyFunc(input=inputs, token=token, Tout=types, name=name)
    args = [convert(x) for x in inputs]
    try:
        found = _results(function(*args), types)
    except Exception as error:
        raise _core.op_error(error) from error
    if len(found) != len(types):
        text = f"pyfunc returns {len(found)} values, but expects to see {len(types)} values."
        raise errors.InvalidArgumentError(None, None, text)
    return found


def _flat_specs(kinds):
    """The specs of the tensors of results."""
    return [
        spec if isinstance(spec, TypeSpec) else TensorSpec(None, spec)
        for spec in nest.flatten(kinds, expand_composites=True)
    ]


class _Composites:
    """A function of tensors that calls one of values which may be made of several."""

    def __init__(self, function, inputs, kinds):
        self._function = function
        self._specs = [one._type_spec if isinstance(one, CompositeTensor) else None for one in inputs]
        self._kinds = kinds

    def __call__(self, *tensors):
        tensors = iter(tensors)
        args = [next(tensors) if spec is None else spec.from_tensors(tensors) for spec in self._specs]
        found = self._function(*args)
        if not self._kinds:
            return []
        found = list(found) if isinstance(found, (list, tuple)) else [found]
        for kind, value in zip(self._kinds, found, strict=False):
            if not self._fits(kind, value):
                text = (
                    f"py_function: func={self._function} returned {found!r}, which did not match Tout={self._kinds!r}."
                )
                raise ValueError(f"{text}\n{value!r} is no {kind!r}.")
        return nest.flatten(found[: len(self._kinds)], expand_composites=True)

    def _fits(self, kind, value):
        """Whether a result is what it is said to be; tensors are converted to their dtypes later."""
        if isinstance(kind, TypeSpec) and not isinstance(kind, TensorSpec):
            return kind.is_compatible_with(value)
        return not isinstance(value, CompositeTensor)


def _results(found, types):
    """What a function returned, as tensors of the dtypes; values beyond them are left out."""
    if found is None:
        return []
    if not isinstance(found, (list, tuple)):
        return [convert(found, dtype=types[0])]
    return [convert(x, dtype=dtype) for x, dtype in zip(found, types, strict=False)]


def _watched(tape, args):
    tape.watch([x for x in args if x.dtype.is_floating or x.dtype.is_complex])


def _equal(first, second):
    """Whether two tensors have the same bits."""
    if first.dtype != second.dtype or first.shape != second.shape:
        return False
    a, b = first.numpy(), second.numpy()
    return a.tolist() == b.tolist() if first.dtype.name == "string" else a.tobytes() == b.tobytes()


class _Differentiable:
    """A Python function that ops call, with what its gradient reads of calls.

    Args:
      function: takes eager tensors.
      types: the dtypes of its results.
      short: what is called instead where the result alone is needed, if that is less work.

    What the gradient reads of the last call is kept; of many calls once `keep_calls` was called.
    """

    def __init__(self, function, types, short=None):
        self._function = function
        self._types = types
        self._short = short
        self._kept = collections.deque(maxlen=1)
        self._lock = threading.Lock()

    def __call__(self, *args):
        return self._record(args)[2] if self._short is None else self._short(*args)

    def _record(self, args):
        with GradientTape(persistent=True) as tape:
            _watched(tape, args)
            found = _results(self._function(*args), self._types)
        call = tape, args, found
        with self._lock:
            self._kept.append(call)
        return call

    def keep_calls(self):
        """A gradient will be asked for: keeps what it reads of many calls, as those of a loop, until it did."""
        with self._lock:
            self._kept = collections.deque(self._kept, maxlen=_MOST_CALLS)

    def _kept_call(self, args):
        """The last kept call with these arguments, or None; it is kept no longer if there are others."""
        with self._lock:
            call = next((one for one in reversed(self._kept) if all(map(_equal, one[1], args))), None)
            if call is not None and len(self._kept) > 1:
                others = (one for one in self._kept if one is not call)
                self._kept = collections.deque(others, maxlen=self._kept.maxlen)
        return call

    def gradient(self, args, output_gradients):
        """The gradients of a call with these arguments; it is repeated if it is not kept."""
        tape, inputs, outputs = self._kept_call(args) or self._record(args)
        return tape.gradient(outputs, list(inputs), list(output_gradients), unconnected_gradients="zero")


@RegisterGradient("EagerPyFunc")
def _py_function_gradient(op, *output_gradients):
    function = callbacks.find(op.get_attr("token").decode())
    count = len(op.inputs)
    types = [x.dtype for x in op.inputs]

    # The first result is an operand so that the gradient runs after the call, also where the two are in different functions.
    def backward(*given):
        return [convert(x) for x in function.gradient(given[:count], given[count + 1 :])]

    def from_scratch(*given):
        with GradientTape() as tape:
            _watched(tape, given[:count])
            found = function._function(*given[:count])
            found = _results(found, function._types)
        return tape.gradient(found, list(given[:count]), list(given[count + 1 :]), unconnected_gradients="zero")

    function.keep_calls()
    token = callbacks.register(_Differentiable(from_scratch, types, backward))
    return raw_ops.EagerPyFunc(input=[*op.inputs, op.outputs[0], *output_gradients], token=token, Tout=types)
