"""`tf.while_loop`."""

from .._gen import raw_ops
from ..framework import nest
from ..framework.bodies import Body, add_loop, building, is_symbolic, prepared, scalar_condition
from ..framework.composite import CompositeTensor
from ..framework.context import executing_eagerly
from ..framework.tensor_shape import TensorShape
from ..framework.type_spec import TensorSpec, TypeSpec
from .common import convert, name_scope, static_value
from .shapes import stop_gradient


def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False,
               maximum_iterations=None, name=None):  # fmt: skip
    """Repeats a function while a condition holds.

    Args:
      cond: a function of the loop's variables that returns a scalar bool tensor.
      body: a function of the loop's variables that returns their next values, with the same structure and dtypes.
      loop_vars: a list or tuple of the variables' first values: tensors, `tf.TensorArray`s, nested structures.
      shape_invariants: in a graph, the shapes that hold in all iterations, a structure like `loop_vars`; the shapes of
        the first values by default.
      parallel_iterations: a positive int; changes no result.
      back_prop: in a graph, whether gradients flow through the loop.
      swap_memory: changes nothing.
      maximum_iterations: a scalar, how many iterations there are at most.
      name: a name for the operation.

    Returns:
      The last values of the variables, a structure like `loop_vars`.

    Raises:
      TypeError: an argument is of another type, or a variable changes its dtype.
      ValueError: a variable changes its structure, or in a graph its shape against the invariant.

    >>> i, total = tf.while_loop(lambda i, total: i < 5, lambda i, total: (i + 1, total + i), (0, 0))
    >>> int(total)
    10
    """
    return while_loop_v1(
        cond, body, loop_vars, shape_invariants, parallel_iterations, back_prop, swap_memory, name, maximum_iterations,
        return_same_structure=True,
    )  # fmt: skip


def while_loop_v1(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True,
                  swap_memory=False, name=None, maximum_iterations=None, return_same_structure=False):  # fmt: skip
    """`tf.while_loop` with the arguments of TensorFlow 1; see there.

    Args:
      cond, body, loop_vars, shape_invariants, parallel_iterations, back_prop, swap_memory: as there.
      name, maximum_iterations: as there.
      return_same_structure: return a structure like `loop_vars`; else a single variable is returned alone.
    """
    if not callable(cond):
        raise TypeError("'cond' must be callable.")
    if not callable(body):
        raise TypeError("'body' must be callable.")
    if not isinstance(parallel_iterations, int) or parallel_iterations < 1:
        raise TypeError("'parallel_iterations' must be a positive integer.")
    if not nest.is_nested(loop_vars) or not loop_vars:
        raise ValueError("'loop_vars' must be provided.")
    single = len(loop_vars) == 1 and not return_same_structure
    symbolic = [
        one for one in nest.flatten([loop_vars, maximum_iterations], expand_composites=True) if is_symbolic(one)
    ]
    if executing_eagerly() and not symbolic:
        return _run(cond, body, loop_vars, maximum_iterations, single)
    with building(symbolic), name_scope(name, "while") as scope:
        loop = _Loop(cond, body, loop_vars, shape_invariants, maximum_iterations, single)
        result = loop.add(scope, parallel_iterations)
    if not back_prop:
        result = nest.map_structure(stop_gradient, result, expand_composites=True)
    return result[0] if single else result


def _run(cond, body, loop_vars, maximum_iterations, single):
    """The loop in eager mode. A `single` variable is given alone if the body gives it alone, or if rounds are limited."""
    left = None
    if maximum_iterations is not None:
        limit = convert(maximum_iterations)
        if limit.shape.rank != 0:
            raise ValueError(f"'maximum_iterations' must be a scalar. Received shape: {limit.shape}")
        left = int(limit.numpy())
    loop_vars = nest.map_structure(_settled, loop_vars)
    alone = single and left is not None
    while (left is None or left > 0) and _holds(cond(*loop_vars), left is not None):
        found = body(*loop_vars)
        if single and (left is not None or not isinstance(found, (list, tuple))):
            found, alone = [found], True
        nest.assert_same_structure(loop_vars, _like(loop_vars, found))
        loop_vars = found
        left = None if left is None else left - 1
    result = nest.map_structure(_settled, loop_vars)
    return result[0] if alone else result


def _holds(value, limited):
    """Whether the loop goes on; a limit of the rounds is a conjunction, which takes bool alone."""
    if limited:
        value = raw_ops.LogicalAnd(x=True, y=value)
    return bool(value.numpy()) if hasattr(value, "numpy") else bool(value)


def _settled(value):
    return (
        value if value is None or isinstance(value, CompositeTensor) or hasattr(value, "_type_spec") else convert(value)
    )


class _Loop:
    """A loop that becomes an operation of a graph."""

    def __init__(self, cond, body, loop_vars, shape_invariants, maximum_iterations, single):
        self._structure = nest.map_structure(_settled, prepared(loop_vars))
        self._tensors = nest.flatten(self._structure, expand_composites=True)
        self._kinds = _specs(self._structure, shape_invariants)
        self._specs = nest.flatten(self._kinds, expand_composites=True)
        self._single = single
        self._limit = None
        if maximum_iterations is not None:
            self._limit = _limit(maximum_iterations)
            self._tensors = [convert(0), *self._tensors]
            self._specs = [TensorSpec([], "int32"), *self._specs]
        self._cond = Body("while_cond", self._condition(cond), self._specs, self._arguments)
        self._body = Body("while_body", self._step(body), self._specs, self._arguments, list)

    def _arguments(self, inputs):
        variables = inputs[1:] if self._limit is not None else inputs
        packed = nest.pack_sequence_as(self._kinds, variables, expand_composites=True)
        return inputs[0], packed

    def _condition(self, cond):
        def test(counter, variables):
            going = convert(cond(*variables))
            if self._limit is not None:
                going = raw_ops.LogicalAnd(x=raw_ops.Less(x=counter, y=self._limit), y=going)
            return scalar_condition(going)

        return test

    def _step(self, body):
        def step(counter, variables):
            found = body(*variables)
            if not nest.is_nested(found):
                found = [found]
            found = prepared(found)
            found = _like(variables, found) if isinstance(found, (list, tuple)) else found
            nest.assert_same_structure(found, variables, expand_composites=True)
            new = [convert(one) for one in nest.flatten(found, expand_composites=True)]
            _check_variables(
                self._tensors[len(self._tensors) - len(new) :], self._specs[len(self._specs) - len(new) :], new
            )
            return [raw_ops.AddV2(x=counter, y=1), *new] if self._limit is not None else new

        return step

    def add(self, scope, parallel_iterations):
        """Adds the operation; the structure of results."""
        shapes = [spec.shape for spec in self._specs]
        results = add_loop(
            self._cond, self._body, self._tensors, shapes, parallel_iterations, scope, self._limit is not None
        )
        results = results[1:] if self._limit is not None else results
        return nest.pack_sequence_as(self._kinds, results, expand_composites=True)


def _limit(maximum_iterations):
    try:
        limit = convert(maximum_iterations, "int32")
    except ValueError as error:
        raise ValueError(f"maximum_iterations: {error}") from None
    known = static_value(limit)
    if limit.shape.rank not in (None, 0):
        limit = raw_ops.Squeeze(input=limit) if known is None or known.size == 1 else limit
    return limit


def _specs(structure, shape_invariants):
    """A structure like the loop's variables of the specs that hold in all rounds: their own, or those of the invariants."""
    leaves = nest.flatten(structure)
    if shape_invariants is None:
        shapes = [None] * len(leaves)
    else:
        nest.assert_same_structure(structure, shape_invariants)
        shapes = nest.flatten_up_to(structure, shape_invariants)
    specs = [_spec(value, shape) for value, shape in zip(leaves, shapes, strict=True)]
    return nest.pack_sequence_as(structure, specs)


def _spec(value, shape):
    """The spec of a variable for its invariant, if there is one."""
    composite = isinstance(value, CompositeTensor)
    if isinstance(shape, TypeSpec):
        if not shape.is_compatible_with(value):
            raise TypeError(f"TypeSpec {shape!r} is not compatible with {value!r}")
        return shape
    if composite:
        return value._type_spec if shape is None else value._shape_invariant_to_type_spec(TensorShape(shape))
    if shape is None:
        return TensorSpec(value.shape, value.dtype)
    shape = TensorShape(shape)
    if not shape.is_compatible_with(value.shape):
        raise ValueError(
            f"The shape invariant specified for {value.name} is not compatible with the initial shape of the loop "
            f"variable. It enters the loop with shape {value.shape}, but the specified shape invariant is {shape}."
        )
    return TensorSpec(shape, value.dtype)


def _like(structure, given):
    """A list or tuple as the one of the two that `structure` is; other values as they are."""
    plain = type(structure) in (list, tuple) and type(given) in (list, tuple)
    return type(structure)(given) if plain else given


def _check_variables(first, specs, new):
    """Fails unless the variables keep dtypes and shapes over an iteration."""
    for start, spec, value in zip(first, specs, new, strict=True):
        if value.dtype != spec.dtype:
            raise TypeError(
                f"Loop var {start.name if is_symbolic(start) else start} enters the loop with type {spec.dtype} but has type "
                f"{value.dtype} after 1 iteration. {start.name if is_symbolic(start) else start} type should remain "
                "constant."
            )
        if not spec.shape.is_compatible_with(value.shape) or not _within(value.shape, spec.shape):
            raise ValueError(
                f"Input tensor `{start.name if is_symbolic(start) else start}` enters the loop with shape {spec.shape}, "
                f"but has shape {value.shape} after one iteration. To allow the shape to vary across iterations, use "
                "the `shape_invariants` argument of tf.while_loop to specify a less-specific shape."
            )


def _within(shape, invariant):
    if invariant.rank is None:
        return True
    if shape.rank is None:
        return False
    return all(want is None or want == have for want, have in zip(invariant.as_list(), shape.as_list(), strict=True))
