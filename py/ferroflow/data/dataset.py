"""`tf.data.Dataset`: pipelines of elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, data_nest, dtypes
from ..framework.composite import CompositeTensor
from ..framework.convert import convert_to_tensor
from ..framework.sparse_tensor import SparseTensor, SparseTensorSpec
from ..framework.tensor_shape import TensorShape
from ..framework.traceback_filter import filter_traceback
from ..framework.type_spec import TensorSpec, TypeSpec, is_tensor, type_spec_from_value
from ..ops.ragged.spec import RaggedTensorSpec
from ..ops.sparse import to_dense
from . import structure
from .function import ElementFunction
from .grouping import Grouping
from .iterator import LegacyIterators, OwnedIterator
from .none_spec import NoneTensorSpec
from .options import Options
from .resampling import Resampling
from .sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Self

    from ..framework.typing import Tensor, TensorFunction

AUTOTUNE = -1
INFINITE = INFINITE_CARDINALITY = -1
UNKNOWN = UNKNOWN_CARDINALITY = -2


def _int64(value, name=None):
    return convert_to_tensor(value, dtype=dtypes.int64, name=name)


def _deterministic(value):
    return "default" if value is None else "true" if value else "false"


class DatasetV2(CompositeTensor, Sources, Grouping, Resampling, LegacyIterators):
    """A sequence of elements, each a nested structure of tensors, made by a pipeline of transformations.

    Datasets are made from tensors, ranges or generators, and from each other. Nothing is read before an iterator asks.

    >>> from ferroflow.data import Dataset
    >>> dataset = Dataset.from_tensor_slices([1, 2, 3]).map(lambda x: x + x).batch(2)
    >>> [batch.tolist() for batch in dataset.as_numpy_iterator()]
    [[2, 4], [6]]
    """

    _kind = "DatasetV2"

    def __init__(self, variant_tensor):
        """Wraps a scalar variant tensor that holds a dataset; used by subclasses, which define `element_spec`."""
        self._variant = variant_tensor
        self._spec = None
        self._options_value = Options()

    @classmethod
    def _make(cls, kind, variant_tensor, spec, inputs=()):
        """A dataset whose elements have these specs."""
        dataset = cls._family().__new__(cls._family())
        DatasetV2.__init__(dataset, variant_tensor)
        dataset._kind, dataset._spec = kind, spec
        for source in inputs:
            dataset._options_value = dataset._options_value.merge(source._options_value)
        return dataset

    @classmethod
    def _family(cls):
        """The class of datasets that are made from this one."""
        return DatasetV2

    def _derive(self, kind, op, spec, **arguments):
        """A dataset from this one by an op."""
        variant = op(input_dataset=self._variant_tensor, **arguments, **structure.flat_attrs(spec))
        return self._make(kind, variant, spec, [self])

    @filter_traceback
    def _function(self, func, what, spec=None, beside=()):
        spec = self.element_spec if spec is None else spec
        return ElementFunction(func, what, spec, [self._variant_tensor, *beside])

    @property
    def _variant_tensor(self):
        return self._variant

    @property
    def element_spec(self) -> Any:
        """The nested type specs of an element.

        >>> from ferroflow.data import Dataset
        >>> Dataset.range(3).element_spec
        TensorSpec(shape=(), dtype=tf.int64, name=None)
        """
        return self._spec

    @property
    def _type_spec(self):
        return DatasetSpec(self.element_spec)

    def __repr__(self):
        return f"<{self._kind} element_spec={self.element_spec}>"

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> OwnedIterator:
        """A Python iterator over the elements. RuntimeError where ops are not run at once."""
        if not (context.executing_eagerly() or context.inside_function()):
            raise RuntimeError(
                "`tf.data.Dataset` only supports Python-style iteration in eager mode or within tf.function."
            )
        return OwnedIterator(self)

    def __len__(self) -> int:
        """The number of elements. TypeError if it is infinite or unknown."""
        if not context.executing_eagerly():
            raise TypeError(
                "`tf.data.Dataset` only supports `len` in eager mode. Use `tf.data.Dataset.cardinality()` instead."
            )
        count = int(self.cardinality())
        if count == INFINITE:
            raise TypeError("The dataset is infinite.")
        if count == UNKNOWN:
            raise TypeError("The dataset length is unknown.")
        return count

    def as_numpy_iterator(self) -> Iterator[Any]:
        """An iterator over the elements as NumPy arrays and scalars, in eager mode.

        >>> from ferroflow.data import Dataset
        >>> list(map(int, Dataset.range(3).as_numpy_iterator()))
        [0, 1, 2]
        """
        if not context.executing_eagerly():
            raise RuntimeError("`tf.data.Dataset.as_numpy_iterator()` is only supported in eager mode.")
        for leaf in data_nest.flatten(self.element_spec):
            if not isinstance(leaf, (TensorSpec, NoneTensorSpec, SparseTensorSpec, RaggedTensorSpec)):
                raise TypeError(
                    f"`tf.data.Dataset.as_numpy_iterator()` is not supported for datasets that produce values of type {leaf.value_type}"
                )
        return (data_nest.map_structure(_as_array, element) for element in self)

    # One element at a time

    def map(
        self,
        map_func: TensorFunction,
        num_parallel_calls=None,
        deterministic=None,
        synchronous=None,
        use_unbounded_threadpool: bool = False,
        name: str | None = None,
    ) -> Self:
        """`map_func` of each element.

        Args:
          map_func: a function of the element (a tuple's components are several arguments), traced into graph ops.
          num_parallel_calls: how many calls may be under way at a time; AUTOTUNE chooses. One after the other if None.
          deterministic: whether results come in the order of the elements; True if None.
          synchronous: True forbids parallel calls. ValueError together with `num_parallel_calls`.
          use_unbounded_threadpool: accepted; calls run on threads of their own anyway.
          name: a name for the transformation.
        """
        if synchronous and num_parallel_calls is not None:
            raise ValueError(
                "`synchronous` is not supported with `num_parallel_calls`, but `num_parallel_calls` was set to ",
                num_parallel_calls,
            )
        f = self._function(map_func, "Dataset.map()")
        common = {"other_arguments": f.captured, "f": f.name, "preserve_cardinality": True}
        if num_parallel_calls is None:
            return self._derive(
                "_MapDataset", raw_ops.MapDataset, f.output_spec, force_synchronous=bool(synchronous), **common
            )
        return self._derive(
            "_ParallelMapDataset",
            raw_ops.ParallelMapDatasetV2,
            f.output_spec,
            num_parallel_calls=_int64(num_parallel_calls, "num_parallel_calls"),
            deterministic=_deterministic(deterministic),
            use_unbounded_threadpool=use_unbounded_threadpool,
            **common,
        )

    def _by_predicate(self, kind, op, predicate, what):
        f = self._function(predicate, what)
        if not structure.are_compatible(f.output_spec, TensorSpec([], dtypes.bool)):
            middle = " but its return type is" if kind == "_TakeWhileDataset" else ", but its return type is "
            raise ValueError(
                f"Invalid `predicate`. `predicate` must return a `tf.bool` scalar tensor{middle}{f.output_spec}."
            )
        return self._derive(kind, op, self.element_spec, other_arguments=f.captured, predicate=f.name)

    def filter(self, predicate: TensorFunction, name: str | None = None) -> Self:
        """The elements for which `predicate`, a function of the element, gives True.

        >>> from ferroflow.data import Dataset
        >>> [int(x) for x in Dataset.range(5).filter(lambda x: x > 2)]
        [3, 4]
        """
        return self._by_predicate("_FilterDataset", raw_ops.FilterDataset, predicate, "Dataset.filter()")

    def take_while(self, predicate: TensorFunction, name: str | None = None) -> Self:
        """The elements before the first for which `predicate` gives False."""
        return self._by_predicate("_TakeWhileDataset", raw_ops.TakeWhileDataset, predicate, "take_while()")

    def _with_state(self, initial_state, func, what):
        """The initial state, its widened specs, and the traced function of state and element."""
        state = structure.normalize_element(initial_state)
        state_spec = structure.type_spec_from_value(state)
        scans = what == "Dataset.scan()"
        while True:
            f = self._function(func, what, (state_spec, self.element_spec), structure.to_tensors(state_spec, state))
            found = f.output_spec
            if scans:
                if not (isinstance(found, tuple) and len(found) == 2):
                    raise TypeError(
                        f"Invalid `scan_func`. `scan_func` should return a pair consisting of new state and the output value but its return type is {found}."
                    )
                found = found[0]
            data_nest.assert_same_structure(state_spec, found)
            types = structure.legacy(state_spec, "types"), structure.legacy(found, "types")
            if data_nest.flatten(types[0]) != data_nest.flatten(types[1]):
                start, middle = ("Invalid `scan_func`. The", ", got ") if scans else ("The", " but got ")
                raise TypeError(
                    f"{start} element types for the new state must match the initial state. Expected {types[0]}{middle}{types[1]}."
                )
            wider = structure.common_supertype([state_spec, found])
            if wider == state_spec:
                return state, state_spec, f
            state_spec = wider  # trace again: the shape of the state changes from step to step

    def scan(self, initial_state, scan_func, name: str | None = None) -> Self:
        """The outputs of `scan_func(state, element)`, which returns the next state and an output.

        Args:
          initial_state: the nested value of the first state.
          scan_func: a function of the state and the element that returns a pair. The state keeps structure and dtypes.
          name: a name for the transformation.

        >>> from ferroflow.data import Dataset
        >>> [int(x) for x in Dataset.range(4).scan(0, lambda s, x: (s + 1, s))]
        [0, 1, 2, 3]
        """

        state, state_spec, f = self._with_state(initial_state, scan_func, "Dataset.scan()")
        tensors = structure.to_tensors(state_spec, state)
        return self._derive(
            "_ScanDataset",
            raw_ops.ScanDataset,
            f.output_spec[1],
            initial_state=tensors,
            other_arguments=f.captured,
            f=f.name,
            preserve_cardinality=True,
        )

    def reduce(self, initial_state, reduce_func, name: str | None = None) -> Any:
        """The last state of `reduce_func(state, element)`, called for each element.

        Args:
          initial_state: the nested value of the first state, returned if there are no elements.
          reduce_func: a function of the state and the element that returns the next state, of the same structure and dtypes.
          name: a name for the op.

        >>> from ferroflow.data import Dataset
        >>> import numpy as np
        >>> int(Dataset.range(5).reduce(np.int64(0), lambda s, x: s + x))
        10
        """
        state, state_spec, f = self._with_state(initial_state, reduce_func, "Dataset.reduce()")
        result = raw_ops.ReduceDataset(
            input_dataset=self._variant_tensor,
            initial_state=structure.to_tensors(state_spec, state),
            other_arguments=f.captured,
            f=f.name,
            **structure.flat_attrs(state_spec),
        )
        return structure.from_tensors(state_spec, result)

    def get_single_element(self, name: str | None = None) -> Any:
        """The only element. InvalidArgumentError if there is none or more."""
        result = raw_ops.DatasetToSingleElement(dataset=self._variant_tensor, **structure.flat_attrs(self.element_spec))
        return structure.from_tensors(self.element_spec, result)

    # Datasets of datasets

    def _to_datasets(self, func, what):
        f = self._function(func, what)
        if not isinstance(f.output_spec, DatasetSpec):
            raise TypeError(f"The `map_func` argument must return a `Dataset` object. Got {f.output_spec}.")
        return f, f.output_spec.element_spec

    def flat_map(self, map_func: TensorFunction, name: str | None = None) -> Self:
        """The elements of the datasets that `map_func` makes of each element, one dataset after the other.

        >>> from ferroflow.data import Dataset
        >>> [int(x) for x in Dataset.range(3).flat_map(lambda n: Dataset.range(n))]
        [0, 0, 1]
        """
        f, spec = self._to_datasets(map_func, "Dataset.flat_map()")
        return self._derive("_FlatMapDataset", raw_ops.FlatMapDataset, spec, other_arguments=f.captured, f=f.name)

    def interleave(
        self,
        map_func: TensorFunction,
        cycle_length=None,
        block_length=None,
        num_parallel_calls=None,
        deterministic=None,
        name: str | None = None,
    ) -> Self:
        """The elements of the datasets that `map_func` makes, taken in turn.

        Args:
          map_func: a function of the element that returns a dataset.
          cycle_length: how many datasets take turns; the number of processors if None.
          block_length: how many elements each gives in its turn; 1 if None.
          num_parallel_calls: how many datasets may be read at a time.
          deterministic: whether the order is the same every time; True if None.
          name: a name for the transformation.
        """
        f, spec = self._to_datasets(map_func, "Dataset.interleave()")
        common = {
            "other_arguments": f.captured,
            "f": f.name,
            "cycle_length": _int64(AUTOTUNE if cycle_length is None else cycle_length, "cycle_length"),
            "block_length": _int64(1 if block_length is None else block_length, "block_length"),
        }
        if num_parallel_calls is None:
            return self._derive("_InterleaveDataset", raw_ops.InterleaveDataset, spec, **common)
        return self._derive(
            "_ParallelInterleaveDataset",
            raw_ops.ParallelInterleaveDatasetV4,
            spec,
            buffer_output_elements=_int64(AUTOTUNE),
            prefetch_input_elements=_int64(AUTOTUNE),
            num_parallel_calls=_int64(num_parallel_calls),
            deterministic=_deterministic(deterministic),
            **common,
        )

    # By position

    def _count(self, kind, op, count):
        return self._derive(kind, op, self.element_spec, count=_int64(count, "count"))

    def repeat(self, count=None, name: str | None = None) -> Self:
        """The elements `count` times, without end if it is None or -1."""
        return self._count("_RepeatDataset", raw_ops.RepeatDataset, -1 if count is None else count)

    def take(self, count, name: str | None = None) -> Self:
        """The first `count` elements, all if it is -1."""
        return self._count("_TakeDataset", raw_ops.TakeDataset, count)

    def skip(self, count, name: str | None = None) -> Self:
        """The elements after the first `count`, none if it is -1."""
        return self._count("_SkipDataset", raw_ops.SkipDataset, count)

    def shard(self, num_shards, index, name: str | None = None) -> Self:
        """Every `num_shards`-th element, from the one at `index` on. InvalidArgumentError unless 0 <= index < num_shards."""
        return self._derive(
            "_ShardDataset", raw_ops.ShardDataset, self.element_spec, num_shards=_int64(num_shards), index=_int64(index)
        )

    def enumerate(self, start=0, name: str | None = None) -> Self:
        """Pairs of a number, counted from `start`, and an element.

        >>> from ferroflow.data import Dataset
        >>> [(int(i), int(x)) for i, x in Dataset.from_tensor_slices([7, 8]).enumerate()]
        [(0, 7), (1, 8)]
        """
        return self.zip((self.range(start, dtypes.int64.max), self))

    def concatenate(self, dataset, name: str | None = None) -> Self:
        """The elements of this dataset, then those of `dataset`. TypeError if their specs have nothing in common."""
        try:
            spec = structure.common_supertype([self.element_spec, dataset.element_spec])
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"Incompatible dataset elements:\n  {self.element_spec} vs.   {dataset.element_spec}"
            ) from error
        return self._derive(
            "_ConcatenateDataset", raw_ops.ConcatenateDataset, spec, another_dataset=dataset._variant_tensor
        )

    def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration: bool = True, name: str | None = None) -> Self:
        """The elements in random order, each drawn from a buffer that is kept full.

        Args:
          buffer_size: size of the buffer; a full shuffle needs as much as there are elements.
          seed: an int; the same seed gives the same order in every run of the program, and that of TensorFlow.
          reshuffle_each_iteration: whether every pass has a new order.
          name: a name for the transformation.
        """
        seeds = self._seeds(seed)
        return self._derive(
            "_ShuffleDataset",
            raw_ops.ShuffleDatasetV3,
            self.element_spec,
            buffer_size=_int64(buffer_size, "buffer_size"),
            seed=seeds[0],
            seed2=seeds[1],
            seed_generator=raw_ops.DummySeedGenerator(),
            reshuffle_each_iteration=True if reshuffle_each_iteration is None else reshuffle_each_iteration,
        )

    def cache(self, filename="", name: str | None = None) -> Self:
        """Keeps the elements of the first complete pass in memory for later passes. Caches in files are not supported."""
        return self._derive(
            "CacheDataset",
            raw_ops.CacheDatasetV2,
            self.element_spec,
            filename=convert_to_tensor(filename, dtype=dtypes.string),
            cache=raw_ops.DummyMemoryCache(),
        )

    def prefetch(self, buffer_size, name: str | None = None) -> Self:
        """Makes up to `buffer_size` elements ahead of their use on a thread; AUTOTUNE (or None) chooses."""
        size = AUTOTUNE if buffer_size is None else buffer_size
        return self._derive(
            "_PrefetchDataset", raw_ops.PrefetchDataset, self.element_spec, buffer_size=_int64(size, "buffer_size")
        )

    # Batches

    def batch(
        self,
        batch_size,
        drop_remainder: bool = False,
        num_parallel_calls=None,
        deterministic=None,
        name: str | None = None,
    ) -> Self:
        """Consecutive elements stacked, `batch_size` at a time.

        Args:
          batch_size: how many; elements must have equal shapes.
          drop_remainder: whether a short last batch is left out, which makes the first size of the spec known.
          num_parallel_calls: how many batches may be made at a time.
          deterministic: whether batches come in order; True if None.
          name: a name for the transformation.
        """
        size = _int64(batch_size, "batch_size")
        known = _constant(size) if drop_remainder else None
        spec = structure.batched(self.element_spec, known)
        drop = convert_to_tensor(drop_remainder, dtype=dtypes.bool)
        if num_parallel_calls is None:
            return self._derive("_BatchDataset", raw_ops.BatchDatasetV2, spec, batch_size=size, drop_remainder=drop)
        return self._derive(
            "_ParallelBatchDataset",
            raw_ops.ParallelBatchDataset,
            spec,
            batch_size=size,
            drop_remainder=drop,
            num_parallel_calls=_int64(num_parallel_calls),
            deterministic=_deterministic(deterministic),
        )

    def unique(self, name: str | None = None) -> Self:
        """The elements without those that equal an earlier one: int32, int64 or string tensors. TypeError for others."""
        for spec in structure.flat_specs(self.element_spec):
            if spec.dtype not in (dtypes.int32, dtypes.int64, dtypes.string):
                raise TypeError(
                    f"`tf.data.Dataset.unique` does not support type {spec.dtype} -- only `tf.int32`, `tf.int64`, and `tf.string` are supported."
                )
        return self._derive("_UniqueDataset", raw_ops.UniqueDataset, self.element_spec)

    def ignore_errors(self, log_warning: bool = False, name: str | None = None) -> Self:
        """The elements that can be made; those whose making fails are left out."""
        return self._derive(
            "_IgnoreErrorsDataset", raw_ops.IgnoreErrorsDataset, self.element_spec, log_warning=log_warning
        )

    # Whole datasets

    def apply(self, transformation_func) -> Any:
        """`transformation_func` of this dataset. TypeError unless it returns a dataset."""
        dataset = transformation_func(self)
        if not isinstance(dataset, DatasetV2):
            raise TypeError(f"`transformation_func` must return a `tf.data.Dataset` object. Got {type(dataset)}.")
        return dataset

    def cardinality(self) -> Tensor:
        """The number of elements as an int64 scalar: -1 if infinite, -2 if unknown before a pass."""
        return raw_ops.DatasetCardinality(input_dataset=self._variant_tensor)

    def options(self) -> Options:
        """The options of this dataset and of those that it is made from."""
        return self._options_value

    def with_options(self, options, name: str | None = None) -> Self:
        """The same elements under `options`, which are merged with those set before. ValueError if they contradict."""
        dataset = self._make("_OptionsDataset", self._variant_tensor, self.element_spec, [self])
        dataset._options_value = self._options_value.merge(options)
        return dataset


def _as_array(leaf):
    """A component as an array, sparse ones as dense."""
    if isinstance(leaf, SparseTensor):
        return to_dense(leaf).numpy()
    return None if leaf is None else leaf.numpy()


def _constant(tensor):
    """The value of a scalar int tensor if it is known, else None."""
    return int(tensor.numpy()) if hasattr(tensor, "numpy") else None


class DatasetSpec(TypeSpec):
    """The type spec of a dataset.

    Args:
      element_spec: the nested type specs of its elements.
      dataset_shape: the shape of a tensor of datasets; a scalar by default.

    >>> DatasetSpec(TensorSpec([], "int32"))
    DatasetSpec(TensorSpec(shape=(), dtype=tf.int32, name=None), TensorShape([]))
    """

    __slots__ = ("_element_spec", "_dataset_shape")

    def __init__(self, element_spec, dataset_shape=()):
        self._element_spec = element_spec
        self._dataset_shape = TensorShape(dataset_shape)

    @property
    def value_type(self):
        """`tf.data.Dataset`."""
        return DatasetV2

    @property
    def element_spec(self):
        """The nested type specs of an element."""
        return self._element_spec

    @classmethod
    def from_value(cls, value):
        """The spec of a dataset."""
        return cls(value.element_spec)

    def _serialize(self):
        return (self._element_spec, self._dataset_shape)

    @property
    def _component_specs(self):
        return TensorSpec(self._dataset_shape, dtypes.variant)

    def _to_components(self, value):
        return value._variant_tensor

    def _from_components(self, components):
        if is_tensor(components) and components.shape.rank == 0 or self._dataset_shape.rank == 0:
            return DatasetV2._make("_VariantDataset", components, self._element_spec)
        return components

    def _from_compatible_tensor_list(self, tensor_list):
        return self._from_components(tensor_list[0])

    def _to_tensor_list(self, value):
        return [value._variant_tensor]

    def _batch(self, size):
        return DatasetSpec(self._element_spec, TensorShape([size]).concatenate(self._dataset_shape))

    def _unbatch(self):
        if self._dataset_shape.rank == 0:
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        return DatasetSpec(self._element_spec, self._dataset_shape[1:])

    def _to_legacy_output_types(self):
        return self

    def _to_legacy_output_shapes(self):
        return self

    def _to_legacy_output_classes(self):
        return self


__all__ = [
    "AUTOTUNE",
    "DatasetSpec",
    "DatasetV2",
    "INFINITE_CARDINALITY",
    "UNKNOWN_CARDINALITY",
    "type_spec_from_value",
]
