"""Gradients by difference quotients, to check those of ops: `tf.test.compute_gradient`."""

from .. import _core
from .._gen import raw_ops
from .composite import IndexedSlices
from .gradients import gradients
from .session import get_default_session
from .tape import GradientTape

_CHECKED = ("float16", "bfloat16", "float32", "float64", "complex64", "complex128")


def _parts(array):
    """An array as a vector of real numbers, two for each complex element."""
    import numpy as np

    flat = np.ascontiguousarray(array).reshape(-1)
    return flat.view(flat.real.dtype) if flat.dtype.kind == "c" else flat


def _whole(parts, dtype, shape):
    """The array whose `_parts` these are."""
    import numpy as np

    parts = np.ascontiguousarray(parts)
    return parts.view(dtype).reshape(shape) if np.dtype(dtype).kind == "c" else parts.astype(dtype).reshape(shape)


def _array(value):
    import numpy as np

    if isinstance(value, IndexedSlices):
        value = _core.convert(value)
    if isinstance(value, _core.SymbolicTensor):
        return get_default_session().run(value)
    return value.numpy() if hasattr(value, "numpy") else np.asarray(value)


def _prepared(f, arguments):
    """`f` as a function of arrays: it runs at once in eager mode, else in the default session."""
    if _core.executing_eagerly():
        return lambda *arrays: _each(f(*[_core.constant(a, x.dtype) for a, x in zip(arrays, arguments, strict=True)]))
    inputs = [raw_ops.Placeholder(dtype=x.dtype, shape=x.shape) for x in arguments]
    y = f(*inputs)
    session = get_default_session()
    return lambda *arrays: _each(session.run(y, dict(zip(inputs, arrays, strict=True))))


def _each(value):
    return None if value is None else _array(_dense_value(value))


def _dense_value(value):
    """The array of fetched slices; other values as they are."""
    if type(value).__name__ != "IndexedSlicesValue":
        return value
    import numpy as np

    dense = np.zeros(value.dense_shape, value.values.dtype)
    np.add.at(dense, value.indices, value.values)
    return dense


def _theoretical(f, arguments, arrays, y_array, y_dtype, which):
    """The Jacobian of `f` by one argument, from its gradients: a row for each part of the result."""
    import numpy as np

    def gradient(dy, *xs):
        with GradientTape() as tape:
            tape.watch(xs[which])
            y = f(*xs)
        return tape.gradient(y, xs[which], output_gradients=dy, unconnected_gradients="zero")

    seed = (
        _core.constant(np.zeros(y_array.shape), y_dtype) if y_dtype.name[0] != "c" else _core.constant(y_array, y_dtype)
    )
    run = _prepared(gradient, [seed, *arguments])
    x = arrays[which]
    seeds = np.zeros(len(_parts(y_array)), _parts(y_array).dtype)
    jacobian = np.zeros([len(seeds), len(_parts(x))], dtype=_parts(x).dtype)
    for row in range(len(seeds)):
        seeds[row] = 1
        found = run(_whole(seeds, y_array.dtype, y_array.shape), *arrays)
        jacobian[row] = _parts(found.astype(x.dtype))
        seeds[row] = 0
    if len(seeds) == 0:
        found = run(y_array, *arrays)
        if found.shape != x.shape:
            raise ValueError(f"Empty gradient has wrong shape: expected {x.shape}, got {found.shape}")
        if np.any(found):
            raise ValueError(f"Empty tensor with nonzero gradient for argument {which}")
    return jacobian


def _numerical(run, arrays, which, y_size, delta):
    """The Jacobian by differences on both sides."""
    import numpy as np

    x = arrays[which]
    flat = np.array(_parts(x), copy=True)
    jacobian = np.zeros([y_size, len(flat)], dtype=flat.dtype)
    step = np.asarray(delta, flat.dtype)

    def at(column, change):
        moved = flat.copy()
        moved[column] += change
        given = list(arrays)
        given[which] = _whole(moved, x.dtype, x.shape)
        return _parts(run(*given)).astype(flat.dtype if flat.dtype.itemsize >= 4 else np.float32)

    for column in range(len(flat)):
        jacobian[:, column] = ((at(column, step) - at(column, -step)) / (2 * delta)).astype(flat.dtype)
    return jacobian


def compute_gradient(f, x, delta=None):
    """The gradients of a function, by its ops' gradients and by difference quotients.

    Args:
      f: a function of tensors that returns a tensor.
      x: a list of its arguments: tensors or what can become tensors, of floating or complex dtypes.
      delta: the step of the difference quotients; 1/1024 if not given.

    Returns:
      Two tuples with a Jacobian, a two-dimensional array with a row for each element of the result, for each argument:
      of the ops' gradients and of difference quotients. Complex elements count as two real ones.

    Raises:
      ValueError: `x` is no list.
      AssertionError: an argument is of another dtype.

    >>> theory, numbers = tf.test.compute_gradient(tf.square, [[1.0, 2.0]])
    >>> theory[0].tolist()
    [[2.0, 0.0], [0.0, 4.0]]
    """
    if not isinstance(x, (list, tuple)):
        raise ValueError(
            "`x` must be a list or tuple of values convertible to a Tensor (arguments to `f`), not a " + str(type(x))
        )
    delta = 1.0 / 1024 if delta is None else delta
    arguments = [_core.convert(one) for one in x]
    for number, one in enumerate(arguments):
        if one.dtype.base_dtype.name not in _CHECKED:
            raise AssertionError(f"Cannot compute gradient for unsupported type {one.dtype.name} of argument {number}")
    arrays = [_array(one) for one in arguments]
    dtypes = []

    def noting(*xs):
        y = _core.convert(f(*xs))
        dtypes[:] = [y.dtype.base_dtype]
        return y

    run = _prepared(noting, arguments)
    y_array = run(*arrays)
    y_size = len(_parts(y_array))
    theory = [_theoretical(f, arguments, arrays, y_array, dtypes[0], i) for i in range(len(arguments))]
    numbers = [_numerical(run, arrays, i, y_size, delta) for i in range(len(arguments))]
    return tuple(theory), tuple(numbers)


def _one_v1(x, x_shape, y, y_shape, x_init_value, delta, init_targets, feeds):
    """The two Jacobians of a tensor by another, with a row for each element of `x`."""
    import numpy as np

    session = get_default_session()
    if init_targets is not None:
        for target in init_targets if isinstance(init_targets, (list, tuple)) else [init_targets]:
            session.run(target) if isinstance(target, _core.Operation) else target.run()
    kind = x.dtype.base_dtype.as_numpy_dtype
    real = np.zeros([], kind).real.dtype
    if x_init_value is None:
        start = np.random.random_sample(x_shape).astype(real)
        start = start.astype(kind) + 1j * np.random.random_sample(x_shape) if np.dtype(kind).kind == "c" else start
        start = np.asarray(start, kind).reshape(x_shape)
    else:
        start = np.asarray(x_init_value, kind)
    dy = raw_ops.Placeholder(dtype=y.dtype.base_dtype, shape=list(y_shape))
    (dx,) = gradients([y], [x], [dy])
    feeds = dict(feeds or {})
    y_kind = y.dtype.base_dtype.as_numpy_dtype
    empty = np.zeros(y_shape, y_kind)
    seeds = np.zeros(len(_parts(empty)), _parts(empty).dtype)
    theory = np.zeros([len(_parts(start)), len(seeds)], real)
    for column in range(len(seeds)):
        seeds[column] = 1
        found = session.run(dx, {**feeds, x: start, dy: _whole(seeds, y_kind, empty.shape)})
        theory[:, column] = _parts(np.asarray(_dense_value(found)).astype(kind))
        seeds[column] = 0
    run = lambda array: np.asarray(session.run(y, {**feeds, x: array}))  # noqa: E731
    return theory, _numerical(run, [start], 0, len(seeds), delta).T


def compute_gradient_v1(x, x_shape, y, y_shape, x_init_value=None, delta=1e-3, init_targets=None,
                        extra_feed_dict=None):  # fmt: skip
    """The Jacobian of one tensor of a graph by another, by gradients and by difference quotients.

    Args:
      x: a tensor, or a list of them.
      x_shape: its shape, or a list of shapes.
      y: a tensor.
      y_shape: its shape.
      x_init_value: the place; random numbers if not given. For a list of tensors a list.
      delta: the step of the difference quotients.
      init_targets: operations to run first.
      extra_feed_dict: values to feed besides.

    Returns:
      Two arrays of shape [size of x, size of y], or a list of such pairs. It runs in the default session.
    """
    if not isinstance(x, list):
        return _one_v1(x, x_shape, y, y_shape, x_init_value, delta, init_targets, extra_feed_dict)
    starts = [None] * len(x) if x_init_value is None else x_init_value
    return [
        _one_v1(one, shape, y, y_shape, start, delta, init_targets, extra_feed_dict)
        for one, shape, start in zip(x, x_shape, starts, strict=True)
    ]


def compute_gradient_error(x, x_shape, y, y_shape, x_init_value=None, delta=1e-3, init_targets=None,
                           extra_feed_dict=None):  # fmt: skip
    """The greatest difference between the two results of `compute_gradient`, whose arguments it takes."""
    import numpy as np

    found = compute_gradient_v1(x, x_shape, y, y_shape, x_init_value, delta, init_targets, extra_feed_dict)
    pairs = found if isinstance(found, list) else [found]
    return max((np.abs(a - b).max() if a.size else 0.0 for a, b in pairs), default=0.0)
