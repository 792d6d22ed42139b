"""Random graphs of elementwise ops, broadcasts, casts, choices and reductions of rows, with values to feed."""

import numpy as np

import ferroflow as tf

FLOAT_UNARY = ["Abs", "Neg", "Square", "Tanh", "Sigmoid", "Relu", "Exp", "Sqrt", "Floor", "Erf", "Softplus", "Rsqrt"]
BROADCASTING = ["AddV2", "Mul", "Sub", "Maximum", "Minimum", "SquaredDifference"]
FLOAT_BINARY = [*BROADCASTING, "RealDiv", "TanhGrad", "ReluGrad", "SigmoidGrad"]
COMPARISONS = ["Less", "Greater", "Equal", "GreaterEqual"]
REDUCTIONS = ["Sum", "Mean", "Max", "Min", "Prod"]
SHAPES = [
    [],
    [1],
    [7],
    [3, 5],
    [2, 3, 4],
    [16, 64],
    [5, 1],
    [33, 100],
    [4, 2000],
    [1, 1, 9],
    [257, 3],
    [8, 4096],
    [65, 1030],
    [300, 500],
]
DTYPES = [tf.float32, tf.float32, tf.float32, tf.float64, tf.float16, tf.bfloat16, tf.int32, tf.int64, tf.uint8]
ODD = [np.nan, np.inf, -np.inf, -0.0]
MOST = 2_000_000


class RandomGraph:
    """A graph drawn by a seed: `fetches`, and `feeds` by placeholder."""

    def __init__(self, seed):
        self.draw = np.random.default_rng(seed)
        self.space, dtype = self.any(SHAPES), self.any(DTYPES)
        self.feeds = {}
        with tf.Graph().as_default() as self.graph:
            self.values = [self.fed(self.space, dtype) for _ in range(self.draw.integers(1, 4))]
            for _ in range(self.draw.integers(2, 25)):
                self.add()
            picked = [self.values[-1], *(self.any(self.values) for _ in range(self.draw.integers(0, 3)))]
            self.fetches = [tf.identity(x) for x, _ in picked]

    def any(self, choices):
        return choices[self.draw.integers(len(choices))]

    def chance(self, p):
        return self.draw.random() < p

    def fed(self, shape, dtype):
        """A placeholder with a value, and its shape."""
        if dtype.is_floating:
            value = self.draw.standard_normal(shape) * 3
            value = np.where(self.draw.random(shape) < 0.03, np.array(ODD)[self.draw.integers(4, size=shape)], value)
        else:
            value = self.draw.integers(0, 2 if dtype == tf.bool else 100, shape)
        x = tf.compat.v1.placeholder(dtype, [None] * len(shape) if self.chance(0.5) else shape)
        self.feeds[x] = np.asarray(value).astype(dtype.as_numpy_dtype)
        return x, list(shape)

    def narrower(self):
        """A shape that broadcasts to the space: a scalar, a row, a column, anything."""
        rank = len(self.space)
        if rank == 0 or self.chance(0.2):
            return [1] * self.draw.integers(0, rank + 1)
        cut = self.draw.integers(rank + 1)
        kind = self.draw.integers(3)
        if kind == 0:
            return self.space[cut:]
        if kind == 1:
            return self.space[:cut] + [1] * (rank - cut)
        return [n if self.chance(0.5) else 1 for n in self.space]

    def alike(self, x, shape=None):
        """The values of the dtype of one, and of a shape."""
        return [v for v in self.values if v[0].dtype == x.dtype and (shape is None or v[1] == shape)]

    def add(self):
        """Adds an op on values that there are, if what is drawn fits them."""
        x, shape = self.values[-1] if self.chance(0.5) else self.any(self.values)
        kind = self.draw.random()
        if x.dtype == tf.bool:
            self.keep(tf.cast(x, tf.float32) if self.chance(0.5) else tf.logical_not(x), shape)
        elif kind < 0.3 and x.dtype.is_floating:
            self.keep(self.raw(self.any(FLOAT_UNARY), x), shape)
        elif kind < 0.7:
            self.binary(x, shape)
        elif kind < 0.78:
            self.keep(self.raw(self.any(COMPARISONS), x, self.any(self.alike(x, shape))[0]), shape)
        elif kind < 0.85:
            conditions = [v for v in self.values if v[0].dtype == tf.bool and v[1] == shape] or [
                self.fed(shape, tf.bool)
            ]
            self.keep(
                tf.raw_ops.SelectV2(condition=self.any(conditions)[0], t=x, e=self.any(self.alike(x, shape))[0]), shape
            )
        elif kind < 0.9 and shape:
            kept, keep_dims = int(self.draw.integers(len(shape))), self.chance(0.7)
            axes = list(range(kept, len(shape)))
            y = getattr(tf.raw_ops, self.any(REDUCTIONS))(input=x, axis=axes, keep_dims=keep_dims)
            self.keep(y, shape[:kept] + [1] * (len(axes) if keep_dims else 0))
        elif kind < 0.95:
            others = self.alike(x, shape)
            self.keep(tf.add_n([self.any(others)[0] for _ in range(self.draw.integers(2, 5))]), shape)
        else:
            self.keep(tf.cast(x, self.any([tf.float32, tf.float64, tf.int32, tf.bfloat16, tf.bool])), shape)

    def binary(self, x, shape):
        name = self.any(FLOAT_BINARY if x.dtype.is_floating else BROADCASTING[:5])
        if name not in BROADCASTING or self.chance(0.4):
            y, other = self.any(self.alike(x, shape))
        elif self.chance(0.5):
            y, other = self.any(self.alike(x))
        else:
            y, other = self.fed(self.narrower(), x.dtype)
        try:
            out = list(np.broadcast_shapes(tuple(shape), tuple(other)))
        except ValueError:
            return
        if np.prod(out, dtype=float) <= MOST:
            self.keep(self.raw(name, *((x, y) if self.chance(0.5) else (y, x))), out)

    def raw(self, name, *operands):
        op = getattr(tf.raw_ops, name)
        arguments = [
            n for n in op.__code__.co_varnames[: op.__code__.co_argcount + op.__code__.co_kwonlyargcount] if n != "name"
        ]
        return op(**dict(zip(arguments, operands)))

    def keep(self, y, shape):
        self.values.append((y, list(shape)))
