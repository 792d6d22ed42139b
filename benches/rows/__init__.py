"""The rows of the table: an entry says the inputs, the program in the packages' common vocabulary, and the work in it.

With BENCH_TINY=1 in the environment all sizes are tiny, so that a test can run every row.
"""

import dataclasses
import importlib
import os
import zlib
from collections.abc import Callable

import numpy as np

TINY = os.environ.get("BENCH_TINY") == "1"
ADAM = {"rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
FAMILIES = (  # in the order of the table
    "latency loops products convolutions elementwise moves training characters networks lengths threads memory process".split()
)


def size(full, tiny=8):
    """A size of a row: `full`, and at most `tiny` where all is tiny."""
    return min(full, tiny) if TINY else full


@dataclasses.dataclass
class Input:
    """An array of random numbers from `low` to below `high`; for the kinds see `packages`. NumPy has no bfloat16: the packages get
    such an array as float32, with the kind `bfloat16`."""

    shape: tuple
    kind: str = ""
    low: float = -1.0
    high: float = 1.0
    dtype: str = "float32"

    def array(self, random):
        dtype = np.dtype("float32" if self.kind == "bfloat16" else self.dtype)
        if dtype.kind in "iu":
            return random.integers(int(self.low), int(self.high), self.shape, dtype)
        found = (self.low + (self.high - self.low) * random.random(self.shape, np.float32)).astype(dtype)
        return found * dtype.type(1 + 0.5j) if dtype.kind == "c" else found

    @property
    def bytes(self):
        return (2 if self.kind == "bfloat16" else np.dtype(self.dtype).itemsize) * int(np.prod(self.shape))


def typed(shape, dtype, low=-1.0, high=1.0):
    """Input of a dtype, `bfloat16` among them; of integers from 0 to below 100."""
    if dtype == "bfloat16":
        return Input(shape, dtype, low, high)
    return Input(shape, "", 0, 100, dtype) if "int" in dtype else Input(shape, "", low, high, dtype)


def weights(*shape, kind=""):
    """Input with values that keep the spread of what they are multiplied with."""
    fan = shape[0] * shape[1] if kind == "depthwise" else int(np.prod(shape[:-1]))
    bound = float(np.sqrt(3 / fan))
    return Input(shape, kind, -bound, bound)


@dataclasses.dataclass
class Row:
    """One row.

    Attributes:
      name: what it is, with its sizes.
      inputs: the arrays of a call.
      program: `program(package, *inputs, *weights)`; a dict column -> maker for the kinds `latency`, `feed` and `process`.
      kind: `op`; `network`: weights are constants; `train`: the program gives a loss, and a step of Adam updates the
        weights; `lengths`: inputs of changing length; `latency`, `feed`, `process`: see the modules of those rows.
      weights: the arrays that a network or a training step keeps.
      flop: floating point operations of a call, a fused multiply-add as two.
      traffic: bytes that a call must read, and write, at least.
      out: the kind of each result.
      limit: where we want to be, in the row's unit.
      unit: `us` or what else the figure is.
      check: `close`, or `moments` for random numbers.
      tolerance: of results, relative to the largest one.
      cores: how many cores to run on; all of them if 0.
    """

    name: str
    inputs: list
    program: Callable | dict
    kind: str = "op"
    weights: list = dataclasses.field(default_factory=list)
    flop: float = 0
    traffic: tuple = (0, 0)
    out: tuple = ("",)
    limit: float | None = None
    unit: str = "us"
    check: str = "close"
    tolerance: float = 1e-4
    cores: int = 0
    family: str = ""

    def arrays(self):
        """The arrays of inputs and weights, the same for every package."""
        random = np.random.Generator(np.random.SFC64(zlib.crc32(self.name.encode())))
        return [spec.array(random) for spec in [*self.inputs, *self.weights]]


def all_rows():
    """Name -> row, in the order of the table."""
    table = {}
    for family in FAMILIES:
        for row in importlib.import_module(f"rows.{family}").ROWS:
            assert row.name not in table, row.name
            row.family = family
            table[row.name] = row
    return table
