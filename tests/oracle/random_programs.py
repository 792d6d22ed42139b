"""Random programs: elementwise chains, products with what follows, views, loops, conditions, calls and state, with exact numbers."""

import numpy as np

FLOATS, INTS = ("float32", "float64"), ("int32", "int64")
B = "B"
SHAPES = [
    *([], [4], [1200], [2, 5], [3, 1], [33, 70], [2, 1, 1, 1, 1, 1, 1, 3]),
    *([B], [B, 3], [B, 40], [B, 4, 3], [B, 1, 6], [B, 5, 5, 2]),
]


class Program:
    """A graph drawn by a seed for a TensorFlow-like module: `fetches`, and `feeds(batch)` for runs.

    Numbers are small whole ones, so that any order of additions gives the same, unless the program is wild.
    """

    def __init__(self, tf, seed, wild=False):
        self.tf, self.v1 = tf, tf.compat.v1
        self.draw = np.random.default_rng(seed)
        self.fed, self.variables, self.depth, self.effects = [], [], 0, []
        self.wild = wild
        with tf.Graph().as_default() as self.graph:
            values = [self.placeholder(self.shape(), self.any(FLOATS)) for _ in range(int(self.draw.integers(1, 4)))]
            self.derive = self.chance(0.4)
            for _ in range(0 if self.derive else int(self.draw.integers(0, 3))):
                self.variable()
            sources = list(values)
            values = self.steps(values, int(self.draw.integers(3, 22)))
            picked = [values[-1], *(self.any(values) for _ in range(int(self.draw.integers(0, 4))))]
            self.fetches = [self.tf.identity(x) if self.chance(0.7) else x for x, _, _ in picked]
            if self.derive:
                self.add_gradients(sources, picked)
            with tf.control_dependencies(self.effects + self.fetches):
                self.fetches += [tf.identity(v.read_value()) for v, _, _ in self.variables]
            self.init = self.v1.global_variables_initializer()

    # Choices

    def any(self, choices):
        return choices[int(self.draw.integers(len(choices)))]

    def chance(self, p):
        return bool(self.draw.random() < p)

    def shape(self):
        return self.any(SHAPES)

    # Values

    def array(self, shape, dtype, batch):
        size = [batch if n == B else n for n in shape]
        if dtype == "bool":
            return self.feeding.integers(0, 2, size).astype(bool)
        if self.wild and dtype in FLOATS:
            x = self.feeding.standard_normal(size)
            odd = np.array([np.nan, np.inf, -np.inf, -0.0])[self.feeding.integers(4, size=size)]
            return np.where(self.feeding.random(size) < 0.02, odd, x).astype(dtype)
        return self.feeding.integers(-4, 5, size).astype(dtype)

    def placeholder(self, shape, dtype):
        shown = [None if n == B or self.chance(0.2) else n for n in shape]
        x = self.v1.placeholder(dtype, None if self.chance(0.05) else shown)
        self.fed.append((x, shape, dtype))
        x = self.shaped(x, shape) if x.shape.rank is None else x
        return x, shape, dtype

    def constant(self, shape, dtype):
        value = (
            self.draw.integers(0, 2, shape).astype(bool)
            if dtype == "bool"
            else self.draw.integers(-3, 4, shape).astype(dtype)
        )
        return self.tf.constant(value), list(shape), dtype

    def variable(self):
        shape, dtype = self.any([[], [3], [2, 5], [4, 3]]), self.any(FLOATS)
        value = self.draw.integers(-3, 4, shape).astype(dtype)
        v = self.v1.get_variable(f"v{len(self.variables)}", initializer=self.tf.constant(value), use_resource=True)
        self.variables.append((v, shape, dtype))

    def other(self, shape, dtype):
        """A further operand: fed, constant or a variable."""
        fixed = B not in shape
        near = [v for v in self.variables if v[1] == shape and v[2] == dtype]
        if near and self.chance(0.5):
            v, s, d = self.any(near)
            return self.ordered(lambda: self.tf.identity(v.read_value())), s, d
        if self.depth > 0 and fixed or fixed and self.chance(0.6):
            return self.constant(shape, dtype)
        if self.depth > 0:
            return None
        return self.placeholder(shape, dtype)

    def small(self, x):
        """Keeps numbers small."""
        if x.dtype == self.tf.bool or self.wild:
            return x
        return self.tf.math.floormod(x, self.tf.constant(7, x.dtype))

    # Steps

    def steps(self, values, size):
        values = list(values)
        for _ in range(size):
            x = values[-1] if self.chance(0.5) else self.any(values)
            kind = self.any(self.kinds())
            made = getattr(self, kind)(values, *x)
            if made is not None:
                values.append(made)
        return values

    def kinds(self):
        often = ["unary", "binary", "binary", "narrow", "choice", "cast", "compare", "reduce", "product", "image"]
        often += ["view", "view", "sum"]
        rare = ["loop", "branch", "call", "assign", "wait", "listed"] if self.depth < 3 else ["assign"]
        return often * 2 + rare

    def unary(self, values, x, shape, dtype):
        tf = self.tf
        if dtype == "bool":
            return tf.logical_not(x), shape, dtype
        if self.wild and dtype in FLOATS and self.chance(0.7):
            smooth = [tf.exp, tf.tanh, tf.sigmoid, tf.math.erf, tf.nn.elu, tf.nn.softplus, tf.math.rsqrt, tf.sqrt]
            others = [tf.math.reciprocal, tf.nn.leaky_relu, tf.nn.gelu, tf.nn.softmax if shape else tf.exp]
            return self.any(smooth + others)(x), shape, dtype
        f = self.any([tf.abs, tf.negative, tf.sign, tf.square])
        if dtype in FLOATS and self.chance(0.5):
            f = self.any([tf.nn.relu, tf.nn.relu6, tf.floor])
        return (self.small(f(x)) if f is tf.square else f(x)), shape, dtype

    def like(self, values, shape, dtype):
        return [v for v in values if v[1] == shape and v[2] == dtype]

    def binary(self, values, x, shape, dtype):
        near = [v for v in values if v[2] == dtype and self.broadcast(shape, v[1]) is not None]
        y, other, _ = self.any(near or [(x, shape, dtype)])
        return self.combine(x, shape, y, other, dtype)

    def combine(self, x, shape, y, other, dtype):
        tf = self.tf
        out = self.broadcast(shape, other)
        if out is None:
            return None
        a, b = (x, y) if self.chance(0.5) else (y, x)
        if dtype == "bool":
            return self.any([tf.logical_and, tf.logical_or, tf.not_equal])(a, b), out, dtype
        f = self.any([tf.add, tf.subtract, tf.multiply, tf.maximum, tf.minimum, tf.math.squared_difference])
        z = f(x=a, y=b)
        stays = f in (tf.maximum, tf.minimum) or self.chance(0.3) and f is not tf.multiply
        return (z if stays else self.small(z)), out, dtype

    def broadcast(self, a, b):
        rank = max(len(a), len(b))
        out = []
        for m, n in zip([1] * (rank - len(a)) + list(a), [1] * (rank - len(b)) + list(b)):
            if m != n and 1 not in (m, n):
                return None
            out.append(n if m == 1 else m)
        count = np.prod([3 if n == B else n for n in out], dtype=float)
        return out if count < 50000 and rank <= 8 or a == b else None

    def narrow(self, values, x, shape, dtype):
        cut = int(self.draw.integers(len(shape) + 1))
        any_axes = [n if self.chance(0.5) else 1 for n in shape]
        other = self.any([shape[cut:], shape[:cut] + [1] * (len(shape) - cut), any_axes, [1] * cut])
        y = self.other(other, dtype)
        return None if y is None else self.combine(x, shape, *y[:2], dtype)

    def choice(self, values, x, shape, dtype):
        conditions = [v for v in values if v[2] == "bool" and self.broadcast(v[1], shape) == shape]
        c = self.any(conditions) if conditions else self.other(shape, "bool")
        if c is None:
            return None
        y = self.any(self.like(values, shape, dtype))
        return self.tf.where(c[0], x, y[0]), shape, dtype

    def cast(self, values, x, shape, dtype):
        to = self.any(["float32", "float64", "int32", "int64", "bool"])
        return self.tf.cast(x, to), shape, to

    def compare(self, values, x, shape, dtype):
        tf = self.tf
        near = [v for v in values if v[2] == dtype and self.broadcast(shape, v[1]) is not None]
        y, other, _ = self.any(near or [(x, shape, dtype)])
        f = tf.equal if dtype == "bool" else self.any([tf.less, tf.greater, tf.equal, tf.greater_equal, tf.not_equal])
        return f(x, y), self.broadcast(shape, other), "bool"

    def reduce(self, values, x, shape, dtype):
        tf = self.tf
        if not shape:
            return None
        kept = int(self.draw.integers(len(shape) + 1))
        axes = list(range(kept, len(shape))) if self.chance(0.7) else [i for i in range(len(shape)) if self.chance(0.5)]
        keep = self.chance(0.5)
        out = [1 if i in axes else n for i, n in enumerate(shape) if keep or i not in axes]
        if self.chance(0.3):
            axes = [a - len(shape) for a in axes]
        if dtype == "bool":
            return self.any([tf.reduce_any, tf.reduce_all])(x, axes, keep), out, dtype
        f = self.any([tf.reduce_sum, tf.reduce_max, tf.reduce_min])
        y = f(x, axes, keep)
        if f is tf.reduce_sum:
            y = self.small(y)
        elif B in [shape[a] for a in axes]:
            y = tf.clip_by_value(y, tf.constant(-9, y.dtype), tf.constant(9, y.dtype))
        return y, out, dtype

    def finish(self, values, y, shape, dtype):
        """Adds bias, residual and an activation."""
        tf = self.tf
        for _ in range(int(self.draw.integers(0, 4))):
            kind = self.draw.random()
            if kind < 0.35:
                bias = self.other(self.any([[shape[-1]], [1] * (len(shape) - 1) + [shape[-1]], [1], []]), dtype)
                flat = bias[1] == [shape[-1]] and self.chance(0.5)
                y = tf.nn.bias_add(y, bias[0]) if flat else self.any([y + bias[0], bias[0] + y])
            elif kind < 0.6:
                near = self.like(values, shape, dtype)
                residual = self.any(near)[0] if near else (self.other(shape, dtype) or (None,))[0]
                y = y if residual is None else (y + residual if self.chance(0.5) else tf.add(residual, y))
            else:
                y = self.any([tf.nn.relu, tf.nn.relu6, tf.nn.relu, tf.abs])(y)
            if self.chance(0.1):
                values.append((y, shape, dtype))
        return self.small(y), shape, dtype

    def product(self, values, x, shape, dtype):
        tf = self.tf
        if len(shape) < 2 or shape[-1] == B or dtype == "bool":
            return None
        k, n = shape[-1], self.any([1, 3, 4, 17, 40])
        across = self.chance(0.3)
        w = self.other([n, k] if across else [k, n], dtype)
        out = [*shape[:-1], n]
        if len(shape) == 2 and dtype in FLOATS:
            return self.finish(values, tf.matmul(x, w[0], transpose_b=across), out, dtype)
        if len(shape) > 4:
            return None
        return self.small(tf.matmul(x, w[0], transpose_b=across)), out, dtype

    def image(self, values, x, shape, dtype):
        tf = self.tf
        if len(shape) != 4 or dtype not in FLOATS or B in shape[1:]:
            return None
        size, n = self.any([1, 2, 3]), self.any([1, 2, 5, 16])
        depthwise, dilation = self.chance(0.3), self.any([1, 1, 2]) if not self.derive else 1
        stride = 1 if dilation > 1 else self.any([1, 1, 2])
        w = self.other([size, size, shape[3], n if not depthwise else self.any([1, 2])], dtype)
        if depthwise:
            n = shape[3] * w[1][3]
        padding = self.any(["SAME", "VALID", "SAME"])
        reach = (size - 1) * dilation + 1
        sizes = [-(-s // stride) if padding == "SAME" else -(-(s - reach + 1) // stride) for s in shape[1:3]]
        if min(sizes) < 1 or max(shape[1:3]) > 12:
            return None
        f = tf.raw_ops.DepthwiseConv2dNative if depthwise else tf.raw_ops.Conv2D
        if depthwise and dilation > 1:
            return None
        y = f(
            input=x, filter=w[0], strides=[1, stride, stride, 1], padding=padding, dilations=[1, dilation, dilation, 1]
        )
        return self.finish(values, y, [shape[0], *sizes, n], dtype)

    def view(self, values, x, shape, dtype):
        tf = self.tf
        kind = int(self.draw.integers(9))
        if kind == 0:
            return tf.identity(x), shape, dtype
        if kind == 1 and len(shape) < 8:
            at = int(self.draw.integers(len(shape) + 1))
            return tf.expand_dims(x, at), [*shape[:at], 1, *shape[at:]], dtype
        if kind == 2 and shape:
            order = [int(i) for i in self.draw.permutation(len(shape))]
            return tf.transpose(x, order), [shape[i] for i in order], dtype
        if kind == 3 and shape and shape[0] != B and shape[0] > 0:
            n = int(self.draw.integers(shape[0] + 1))
            return x[:n] if n else x[:1], [n or 1, *shape[1:]], dtype
        if kind == 4 and shape and B not in shape:
            return tf.reshape(x, [-1]), [int(np.prod(shape))], dtype
        if kind == 5 and shape:
            near = [v for v in values if v[2] == dtype and v[1] and v[1][1:] == shape[1:] and v[1][0] != B]
            if near and shape[0] != B:
                y = self.any(near)
                if shape[0] + y[1][0] < 100:
                    return tf.concat([x, y[0]], 0), [shape[0] + y[1][0], *shape[1:]], dtype
        if kind == 6 and shape and shape[-1] != B and shape[-1] % 2 == 0:
            parts = tf.split(x, 2, -1)
            values.append((parts[0], [*shape[:-1], shape[-1] // 2], dtype))
            return parts[1], [*shape[:-1], shape[-1] // 2], dtype
        if kind == 7 and shape and shape[0] != B:
            at = [int(i) for i in self.draw.integers(shape[0], size=int(self.draw.integers(1, 5)))]
            return tf.gather(x, at), [len(at), *shape[1:]], dtype
        if kind == 8 and 1 in shape:
            at = shape.index(1)
            return tf.squeeze(x, [at]), [*shape[:at], *shape[at + 1 :]], dtype
        return tf.stop_gradient(x), shape, dtype

    def sum(self, values, x, shape, dtype):
        if dtype == "bool":
            return None
        near = self.like(values, shape, dtype)
        return (
            self.small(self.tf.add_n([self.any(near)[0] for _ in range(int(self.draw.integers(1, 5)))])),
            shape,
            dtype,
        )

    # Control flow and state

    def inside(self, seed, f):
        """Draws the body of a loop, a branch or a function: the same each time that it is traced."""
        outer = self.depth, self.effects, self.draw
        self.depth, self.effects, self.draw = self.depth + 1, [], np.random.default_rng(seed)
        try:
            return f()
        finally:
            self.depth, self.effects, self.draw = outer

    def ordered(self, f):
        """A value that is made after the effects so far, and that those to come wait for."""
        if not self.variables:
            return f()
        with self.tf.control_dependencies(self.effects):
            made = f()
        self.effects = [*self.effects, self.tf.nest.flatten(made)[0].op]
        return made

    def seed(self):
        return int(self.draw.integers(2**31))

    def into(self, values, shape, dtype, fallback):
        """A value of a shape and dtype out of some, the last ones first."""
        near = self.like(values, shape, dtype)
        if not near:
            return fallback
        return near[-1][0] if self.chance(0.6) else self.any(near)[0]

    def loop(self, values, x, shape, dtype):
        tf = self.tf
        picked = [self.any(values) for _ in range(int(self.draw.integers(0, 3)))] + [(x, shape, dtype)]
        rounds = int(self.draw.integers(0, 7)) if self.chance(0.9) else 40
        size = int(self.draw.integers(0, 6))
        collects = self.chance(0.3)
        cond_reads, seed = self.chance(0.4), self.seed()

        def cond(i, *rest):
            decides = i < rounds
            near = [v for v in zip(rest, picked) if v[1][2] != "bool"]
            if near and cond_reads:
                total = tf.reduce_sum(tf.cast(near[0][0], tf.float64)) if not collects else tf.constant(0.0, tf.float64)
                decides = tf.logical_and(decides, total < 1e6)
            return decides

        def body(i, *rest):
            def make():
                arrays = rest[len(picked) :]
                own = [(v, s, d) for v, (_, s, d) in zip(rest, picked)]
                inner = self.steps(own + ([self.any(values)] if self.chance(0.5) else []) + [(i, [], "int32")], size)
                out = []
                for v, s, d in own:
                    out.append(v if self.chance(0.2) else self.small(self.shaped(self.into(inner, s, d, v), s)))
                if len(out) > 1 and self.chance(0.3):
                    same = self.like(own, *picked[0][1:])
                    out[0] = self.any(same)[0]
                with tf.control_dependencies(self.effects):
                    step = i + 1
                written = [arrays[0].write(i, out[-1])] if arrays else []
                return (step, *out, *written)

            return self.inside(seed, make)

        first = [tf.constant(0), *(v for v, _, _ in picked)]
        if collects:
            of_item = [None if n == B else n for n in shape]
            first.append(tf.TensorArray(dtype, size=rounds, element_shape=of_item, dynamic_size=True))
        shapes = [tf.TensorShape([]), *(tf.TensorShape([None if n == B else n for n in s]) for _, s, _ in picked)]
        if collects:
            shapes.append(tf.TensorShape(None))
        done = self.ordered(lambda: tf.while_loop(cond, body, first, shape_invariants=shapes))
        for v, (_, s, d) in zip(done[1:], picked):
            values.append((v, s, d))
        if collects and rounds and len(shape) < 8:
            values.append((done[-1].stack(), [rounds, *shape], dtype))
        return values.pop()

    def listed(self, values, x, shape, dtype):
        """A tensor list that is filled and read by hand."""
        tf = self.tf
        if not shape or shape[0] == B or shape[0] > 40:
            return None
        of_item = tf.constant([-1 if d == B else d for d in shape[1:]], tf.int32)
        at = int(self.draw.integers(shape[0]))
        handle = tf.raw_ops.TensorListFromTensor(tensor=x, element_shape=of_item)
        item = tf.raw_ops.TensorListGetItem(input_handle=handle, index=at, element_shape=of_item, element_dtype=x.dtype)
        new = item if dtype == "bool" else item + item
        changed = tf.raw_ops.TensorListSetItem(input_handle=handle, index=at, item=new)
        stacked = tf.raw_ops.TensorListStack(
            input_handle=self.any([handle, changed]), element_shape=of_item, element_dtype=x.dtype
        )
        values.append((self.shaped(item, shape[1:]), shape[1:], dtype))
        return self.shaped(self.small(stacked), shape), shape, dtype

    def branch(self, values, x, shape, dtype):
        tf = self.tf
        bools = [v for v in values if v[2] == "bool" and v[1] == []]
        numbers = [v for v in values if v[2] in FLOATS]
        if bools and self.chance(0.7):
            c = self.any(bools)[0]
        elif numbers:
            c = tf.reduce_sum(self.any(numbers)[0]) > 0
        else:
            return None
        sizes = [int(n) for n in self.draw.integers(0, 5, 2)]
        outer = [self.any(values) for _ in range(2)] + [(x, shape, dtype)]

        def side(size):
            def make():
                inner = self.steps(outer, size)
                y = self.into(inner, shape, dtype, x)
                with tf.control_dependencies(self.effects):
                    return tf.identity(y)

            seed = self.seed()
            return lambda: self.inside(seed, make)

        sides = side(sizes[0]), side(sizes[1])
        return self.ordered(lambda: tf.cond(c, *sides)), shape, dtype

    def call(self, values, x, shape, dtype):
        tf = self.tf
        outer = [self.any(values), (x, shape, dtype)]
        size, results, seed = int(self.draw.integers(1, 7)), [], self.seed()

        @tf.function(autograph=False)
        def f(*given):
            def make():
                inner = self.steps([(v, s, d) for v, (_, s, d) in zip(given, outer)], size)
                results[:] = [(s, d) for _, s, d in (inner[-1], self.any(inner))]
                last, second = inner[-1][0], self.into(inner, *results[1], inner[-1][0])
                with tf.control_dependencies(self.effects):
                    return tf.identity(last), tf.identity(second)

            return self.inside(seed, make)

        first, second = self.ordered(lambda: f(*(v for v, _, _ in outer)))
        (s, d), (s2, d2) = results
        values.append((self.shaped(second, s2), s2, d2))
        if self.chance(0.3):
            again, _ = self.ordered(lambda: f(*(v for v, _, _ in outer)))
            values.append((self.shaped(again, s), s, d))
        return self.shaped(first, s), s, d

    def shaped(self, x, shape):
        return self.tf.ensure_shape(x, [None if n == B else n for n in shape])

    def assign(self, values, x, shape, dtype):
        tf = self.tf
        near = [v for v in self.variables if v[1] == shape and v[2] == dtype]
        if not near:
            return None
        v, s, d = self.any(near)
        how = int(self.draw.integers(3))
        before = self.ordered(lambda: tf.identity(v.read_value()))
        with tf.control_dependencies([self.any(values)[0]]):
            x = self.small(x)
        new = [x, self.small(before + x), before - x][how]
        with tf.control_dependencies(self.effects):
            done = v.assign(new, read_value=False) if how < 2 else v.assign_sub(x, read_value=False)
        self.effects = [*self.effects, done]
        return self.ordered(lambda: tf.identity(v.read_value())), s, d

    def wait(self, values, x, shape, dtype):
        with self.tf.control_dependencies([self.any(values)[0] for _ in range(2)]):
            return self.tf.identity(x), shape, dtype

    def add_gradients(self, sources, picked):
        tf = self.tf
        targets = [(x, d) for x, _, d in picked if d in FLOATS]
        if not targets:
            return
        found = self.v1.gradients([tf.reduce_sum(x) for x, _ in targets], [x for x, _, _ in sources])
        self.fetches += [self.tf.identity(tf.convert_to_tensor(g)) for g in found if g is not None]

    # Runs

    def feeds(self, batch, seed=0):
        self.feeding = np.random.default_rng([seed, batch])
        return {x: self.array(shape, dtype, batch) for x, shape, dtype in self.fed}
