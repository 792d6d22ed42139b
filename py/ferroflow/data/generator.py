"""Datasets from Python generators: callbacks that start, read and end a pass."""

import itertools
import threading

from .._gen import raw_ops
from ..framework import data_nest, dtypes
from ..framework.convert import convert_to_tensor
from ..framework.func_graph import trace
from ..framework.py_function import register
from ..framework.type_spec import TensorSpec, TypeSpec
from . import structure


class _Passes:
    """The iterators of the passes that are going on, by number."""

    def __init__(self, generator):
        self._generator = generator
        self._numbers = itertools.count()
        self._iterators = {}
        self._lock = threading.Lock()

    def start(self, *args):
        """Starts a pass; its number."""
        import numpy as np

        with self._lock:
            number = next(self._numbers)
        self._iterators[number] = iter(self._generator(*args))
        return np.int64(number)

    def next(self, number):
        """The next value of a pass. StopIteration at the end."""
        return next(self._iterators[int(number)])

    def end(self, number):
        """Forgets a pass."""
        import numpy as np

        self._iterators.pop(int(number), None)
        return np.int64(0)


def _signature(output_types, output_shapes, output_signature):
    """The nested specs of the elements. TypeError if the arguments do not say them."""
    if output_types is not None and output_signature is not None:
        raise TypeError("The `output_types` argument can not be used together with the `output_signature` argument.")
    if output_signature is None:
        if output_types is None:
            raise TypeError(
                "To specify the output signature you need to provide either the `output_signature` argument or the `output_types` argument."
            )
        return structure.from_types_and_shapes(output_types, output_shapes)
    if output_shapes is not None:
        raise TypeError("The `output_shapes` argument can not be used together with the `output_signature` argument.")
    for spec in data_nest.flatten(output_signature):
        if not isinstance(spec, TypeSpec):
            raise TypeError(
                f"`output_signature` must contain objects that are subclass of `tf.TypeSpec` but found {type(spec)} which is not."
            )
    return output_signature


def _converted(leaf, leaf_spec, spec, values):
    """A component as a tensor of the dtype of its spec."""
    try:
        return convert_to_tensor(leaf, dtype=leaf_spec.dtype)
    except (TypeError, ValueError) as error:
        raise TypeError(
            "`generator` yielded an element that did not match the expected structure. The expected structure was "
            f"{spec}, but the yielded element was {values}."
        ) from error


def _cast(leaf, dtype):
    """A component as a tensor, where NumPy casts what has another dtype: 1.5 as an integer is 1."""
    import numpy as np

    try:
        if dtype == dtypes.string:
            return convert_to_tensor(np.asarray(leaf, dtype=object), dtype)
        return convert_to_tensor(np.asarray(leaf).astype(dtype.as_numpy_dtype), dtype)
    except (TypeError, ValueError) as error:
        raise TypeError(
            "`generator` yielded an element that could not be converted to the expected type. The expected type was "
            f"{dtype.name}, but the yielded element was {leaf}."
        ) from error


def _element(values, spec, shown, by_numpy):
    """The component tensors of what a generator yielded. TypeError with TensorFlow's texts if it does not fit."""
    try:
        leaves = data_nest.flatten_up_to(spec, values)
    except (TypeError, ValueError) as error:
        raise TypeError(
            "`generator` yielded an element that did not match the expected structure. The expected structure was "
            f"{shown}, but the yielded element was {values}."
        ) from error
    tensors = []
    for leaf, leaf_spec in zip(leaves, data_nest.flatten(spec), strict=True):
        if not isinstance(leaf_spec, TensorSpec):
            tensors.extend(leaf_spec._to_tensor_list(leaf))
            continue
        tensor = _cast(leaf, leaf_spec.dtype) if by_numpy else _converted(leaf, leaf_spec, spec, values)
        if not leaf_spec.shape.is_compatible_with(tensor.shape):
            raise TypeError(
                f"`generator` yielded an element of shape {tensor.shape} where an element of shape {leaf_spec.shape} was expected."
            )
        tensors.append(tensor)
    return tensors


def generator_dataset(generator, output_types, output_shapes, args, output_signature):
    """The variant tensor and the specs of a dataset that a generator makes; see `Dataset.from_generator`."""
    if not callable(generator):
        raise TypeError("`generator` must be a Python callable.")
    spec = _signature(output_types, output_shapes, output_signature)
    # A single component of unknown rank, and what is no tensor, are converted without NumPy.
    plain = all(isinstance(leaf, TensorSpec) for leaf in data_nest.flatten(spec))
    by_numpy = plain and not (isinstance(spec, TensorSpec) and spec.shape.rank is None)
    shown = data_nest.map_structure(lambda leaf: leaf.dtype, spec) if plain else spec
    args = tuple(convert_to_tensor(a, name="args") for a in (args or ()))
    passes = _Passes(generator)
    types = [s.dtype for s in structure.flat_specs(spec)]
    number = TensorSpec([], dtypes.int64)

    def read(n):
        values = raw_ops.EagerPyFunc(
            input=[n], token=register(lambda n: _element(passes.next(n), spec, shown, by_numpy)), Tout=types
        )
        for tensor, leaf in zip(values, structure.flat_specs(spec), strict=True):
            tensor.set_shape(leaf.shape)
        return values

    def single(call):
        return call[0] if isinstance(call, list) else call

    init = trace(
        lambda: single(raw_ops.PyFunc(input=list(args), token=register(passes.start), Tout=[dtypes.int64])),
        [],
        "generator_start",
        args,
    )
    step = trace(read, [number], "generator_next", args)
    end = trace(
        lambda n: single(raw_ops.PyFunc(input=[n], token=register(passes.end), Tout=[dtypes.int64])),
        [number],
        "generator_end",
        args,
    )
    variant = raw_ops.GeneratorDataset(
        init_func_other_args=init.captured_inputs,
        next_func_other_args=step.captured_inputs,
        finalize_func_other_args=end.captured_inputs,
        init_func=init.name,
        next_func=step.name,
        finalize_func=end.name,
        **structure.flat_attrs(spec),
    )
    return variant, spec
