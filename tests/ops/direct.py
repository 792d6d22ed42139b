"""Programs that call ops directly: those with functions, datasets, iterators, variables or files, which no expression describes.

A program is written once, for any module with TensorFlow's API: `test_direct.py` runs it with Ferroflow, eagerly and in a
graph, and `oracle/test_direct_ops.py` runs it with TensorFlow. All of them must give the value that stands with it.
"""

from dataclasses import dataclass

import numpy as np

EAGER, GRAPH = "eager", "graph"


@dataclass
class Program:
    """`run` takes a `Tools` and returns arrays or nested lists; `ops` are those that it tests."""

    ops: tuple
    run: object
    expected: object
    modes: tuple
    only_ours: str

    def name(self):
        return self.run.__name__


PROGRAMS = []


def program(ops, expected, modes=(EAGER, GRAPH), only_ours=""):
    """Adds a function to the programs; `only_ours` says why TensorFlow gives no such value."""

    def add(run):
        PROGRAMS.append(Program(tuple(ops.split()), run, expected, modes, only_ours))
        return run

    return add


class Raw:
    """The raw ops of a module; remembers which were called."""

    def __init__(self, raw_ops):
        self._raw_ops = raw_ops
        self._called = set()

    def __getattr__(self, name):
        self._called.add(name)
        return getattr(self._raw_ops, name)


class Tools:
    """What a program needs of a module: its raw ops, values of tensors, functions, errors."""

    def __init__(self, tf, mode, folder=None):
        self.tf, self.mode, self.folder = tf, mode, folder
        self.raw = Raw(tf.raw_ops)
        self.session = None
        self.traced = []

    def start(self, program):
        """The value of a program."""
        if self.mode == EAGER:
            return program.run(self)
        with self.tf.Graph().as_default(), self.tf.compat.v1.Session() as self.session:
            return program.run(self)

    def value(self, tensors):
        """Tensors as arrays; an operation is run."""
        if self.mode == GRAPH:
            return self.session.run(tensors)
        if isinstance(tensors, (list, tuple)):
            return [self.value(tensor) for tensor in tensors]
        return None if tensors is None else tensors.numpy()

    def error(self, call):
        """The name of the class of the error that a call ends with; tensors of its result are run, if it has a result."""
        try:
            found = call()
            if self.mode == GRAPH and tensors_of(found):
                self.value(found)
        except (self.tf.errors.OpError, ValueError, TypeError) as error:
            return type(error).__name__.removesuffix("_V2")
        return "no error"

    def n(self, value):
        """An int64 tensor."""
        return self.tf.convert_to_tensor(value, self.tf.int64)

    def function(self, fn, *specs):
        """A graph function of what `fn` does with tensors of these pairs of dtype and shape, as an attribute takes it."""
        specs = [self.tf.TensorSpec(shape, dtype) for dtype, shape in specs]
        if self.tf.__name__ == "ferroflow":
            from ferroflow.framework.func_graph import trace

            # A body that nobody holds is freed, and its name is then not known.
            self.traced.append(trace(fn, specs, beside=[self.tf.constant(0)]))
            return self.traced[-1].name
        return self.tf.function(fn).get_concrete_function(*specs)

    def typed(self, *parts):
        """The attributes that say what elements are, from pairs of dtype and shape; int64 scalars by default."""
        parts = parts or ((self.tf.int64, []),)
        return {"output_types": [dtype for dtype, _ in parts], "output_shapes": [shape for _, shape in parts]}

    def iterator(self, dataset, typed):
        """An iterator at the start of a dataset."""
        if self.mode == EAGER:
            iterator = self.raw.AnonymousIteratorV3(**typed)
        else:
            iterator = self.raw.IteratorV2(shared_name="", container="", **typed)
        self.value(self.raw.MakeIterator(dataset=dataset, iterator=iterator))
        return iterator

    def elements(self, dataset, *parts, most=1000):
        """All elements of a dataset: lists of numbers, or of tuples where an element has several parts."""
        typed = self.typed(*parts)
        iterator = self.iterator(dataset, typed)
        fetched = None if self.mode == EAGER else self.raw.IteratorGetNext(iterator=iterator, **typed)
        out = []
        for _ in range(most):
            try:
                got = self.value(self.raw.IteratorGetNext(iterator=iterator, **typed) if fetched is None else fetched)
            except self.tf.errors.OutOfRangeError:
                break
            got = [plain(part) for part in got]
            out.append(got[0] if len(got) == 1 else got)
        return out

    def numbers(self, stop, start=0, step=1):
        """A dataset of integers."""
        return self.raw.RangeDataset(start=self.n(start), stop=self.n(stop), step=self.n(step), **self.typed())


def tensors_of(found):
    """Whether a result holds tensors or operations to be run, and not values."""
    one = found[0] if isinstance(found, (list, tuple)) and found else found
    return hasattr(one, "graph")


def plain(value):
    """An array as nested lists, so that values compare with literals; dtypes are checked where a program says them."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def equal(found, expected):
    """Whether a value is the one that is expected: same nesting, and arrays of the same dtype, shape and elements."""
    if isinstance(expected, (list, tuple)):
        return isinstance(found, (list, tuple)) and len(found) == len(expected) and all(map(equal, found, expected))
    if isinstance(expected, np.ndarray):
        found = np.asarray(found)
        return (
            found.dtype == expected.dtype
            and found.shape == expected.shape
            and bool(np.all((found == expected) | (found != found) & (expected != expected)))
        )
    return type(found) is type(expected) and (found == expected or found != found and expected != expected)
