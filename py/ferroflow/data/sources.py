"""Datasets that begin a pipeline, as static methods of `tf.data.Dataset`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes, random_seed
from ..framework.convert import convert_to_tensor
from ..framework.type_spec import TensorSpec
from . import structure
from .generator import generator_dataset

if TYPE_CHECKING:
    from typing import Self


def seeds(seed):
    """The two int64 seeds of a dataset op; (0, 0) stands for seeds that nobody can foresee."""
    first, second = random_seed.get_seed(seed)
    if first is None:
        return convert_to_tensor(0, dtypes.int64), convert_to_tensor(0, dtypes.int64)
    if first == 0 and second == 0:
        second = 2**31 - 1
    return convert_to_tensor(first, dtypes.int64), convert_to_tensor(second, dtypes.int64)


class Sources:
    """What makes datasets from nothing but values."""

    @staticmethod
    def _seeds(seed):
        return seeds(seed)

    @classmethod
    def from_tensors(cls, tensors, name: str | None = None) -> Self:
        """A dataset of one element: `tensors`, nested values.

        >>> from ferroflow.data import Dataset
        >>> len(list(Dataset.from_tensors([1, 2])))
        1
        """
        element = structure.normalize_element(tensors)
        spec = structure.type_spec_from_value(element)
        variant = raw_ops.TensorDataset(
            components=structure.to_tensors(spec, element), output_shapes=structure.flat_attrs(spec)["output_shapes"]
        )
        return cls._make("_TensorDataset", variant, spec)

    @classmethod
    def from_tensor_slices(cls, tensors, name: str | None = None) -> Self:
        """A dataset of the rows of nested tensors, which agree in the size of their first axis.

        Args:
          tensors: nested tensors, arrays, lists or placeholders.
          name: a name for the source.

        Raises:
          ValueError: a tensor is a scalar, or sizes differ.

        >>> from ferroflow.data import Dataset
        >>> [int(x) for x in Dataset.from_tensor_slices([4, 5])]
        [4, 5]
        """
        element = structure.normalize_element(tensors)
        whole = structure.type_spec_from_value(element)
        flat = structure.flat_specs(whole)
        if not flat:
            raise ValueError(f"Invalid `tensors`. `tensors` should not be empty. Got {tensors!r}.")
        for leaf in flat:
            if leaf.shape.rank == 0:
                raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        counts = [leaf.shape.as_list()[0] for leaf in flat if leaf.shape.rank is not None]
        known = [count for count in counts if count is not None]
        for size in known[1:]:
            if size != known[0]:
                error = ValueError(f"Dimensions {known[0]} and {size} are not compatible")
                error.add_note("  fix: all components need the same first size, which is the number of elements")
                raise error
        spec = structure.unbatched(whole)
        variant = raw_ops.TensorSliceDataset(
            components=structure.to_batched_tensors(whole, element),
            output_shapes=structure.flat_attrs(spec)["output_shapes"],
        )
        return cls._make("_TensorSliceDataset", variant, spec)

    @classmethod
    def range(cls, *args, **kwargs) -> Self:
        """The integers `range(stop)`, `range(start, stop)` or `range(start, stop, step)`, as scalars.

        Args:
          *args: stop; start and stop; or start, stop and step.
          **kwargs: `output_type`, the dtype (int64 by default), and `name`.

        >>> from ferroflow.data import Dataset
        >>> [int(x) for x in Dataset.range(1, 6, 2)]
        [1, 3, 5]
        """
        if not 1 <= len(args) <= 3:
            raise ValueError(f"Invalid `args`. The length of `args` should be between 1 and 3 but was {len(args)}.")
        output_type = dtypes.as_dtype(kwargs.get("output_type", dtypes.int64))
        start, stop = (0, args[0]) if len(args) == 1 else args[:2]
        step = args[2] if len(args) == 3 else 1
        spec = TensorSpec([], output_type)
        bounds = {
            k: convert_to_tensor(v, dtypes.int64, name=k) for k, v in (("start", start), ("stop", stop), ("step", step))
        }
        return cls._make("_RangeDataset", raw_ops.RangeDataset(**bounds, **structure.flat_attrs(spec)), spec)

    @classmethod
    def random(cls, seed=None, rerandomize_each_iteration=None, name: str | None = None) -> Self:
        """Random 32-bit numbers as int64 scalars, without end.

        Args:
          seed: an int for the same numbers in every run of the program.
          rerandomize_each_iteration: whether every pass has new numbers.
          name: a name for the source.
        """
        first, second = seeds(seed)
        spec = TensorSpec([], dtypes.int64)
        common = {"seed": first, "seed2": second, **structure.flat_attrs(spec)}
        if rerandomize_each_iteration:
            variant = raw_ops.RandomDatasetV2(
                seed_generator=raw_ops.DummySeedGenerator(), rerandomize_each_iteration=True, **common
            )
        else:
            variant = raw_ops.RandomDataset(**common)
        return cls._make("_RandomDataset", variant, spec)

    @classmethod
    def counter(cls, start=0, step=1, dtype=dtypes.int64, name: str | None = None) -> Self:
        """The numbers `start`, `start + step`, ... of a dtype, without end.

        >>> from ferroflow.data import Dataset
        >>> [int(x) for x in Dataset.counter(2, 3).take(3)]
        [2, 5, 8]
        """
        start, step = convert_to_tensor(start, dtype), convert_to_tensor(step, dtype)
        return cls.from_tensors(0).repeat(None).scan(start, lambda state, _: (state + step, state))

    @classmethod
    def from_generator(
        cls, generator, output_types=None, output_shapes=None, args=None, output_signature=None, name: str | None = None
    ) -> Self:
        """The elements that a Python generator yields; every pass calls `generator` anew.

        Args:
          generator: a function that returns an iterable.
          output_types: nested dtypes of the elements, where `output_signature` is not given.
          output_shapes: nested shapes; nothing is known of them if not given.
          args: a tuple of values that are passed to `generator` as NumPy arrays.
          output_signature: nested type specs of the elements.
          name: a name for the source.

        >>> from ferroflow.data import Dataset
        >>> [int(x) for x in Dataset.from_generator(lambda: iter([1, 2]), output_signature=TensorSpec([], "int32"))]
        [1, 2]
        """
        variant, spec = generator_dataset(generator, output_types, output_shapes, args, output_signature)
        return cls._make("_FlatMapDataset", variant, spec)

    @staticmethod
    def zip(*args, datasets=None, name=None):
        """Elements of several datasets side by side, as long as the shortest.

        Args:
          *args: datasets, or one nested structure of datasets.
          datasets: the nested structure of datasets, where no `args` are given.
          name: a name for the transformation.

        >>> from ferroflow.data import Dataset
        >>> a, b = Dataset.range(3), Dataset.range(5, 9)
        >>> [tuple(map(int, pair)) for pair in Dataset.zip(a, b)]
        [(0, 5), (1, 6), (2, 7)]
        """
        from ..framework import data_nest
        from .dataset import DatasetV2

        if not args and datasets is None:
            raise TypeError("Must pass at least one dataset to `zip`.")
        if args and datasets is not None:
            raise TypeError("Both `*args` and `datasets` cannot be set.")
        nested = (args[0] if len(args) == 1 else args) if args else datasets
        flat = data_nest.flatten(nested)
        for dataset in flat:
            if not isinstance(dataset, DatasetV2):
                if isinstance(dataset, list):
                    raise TypeError(
                        "Invalid input to `zip`. Inputs are expected to be (nested) structures of `tf.data.Dataset` objects. Python `list` is not supported and you should use `tuple` instead."
                    )
                raise TypeError(
                    f"Invalid input to `zip`. Inputs are expected to be (nested) structures of `tf.data.Dataset` objects but encountered object of type {type(dataset)}."
                )
        spec = data_nest.pack_sequence_as(nested, [d.element_spec for d in flat])
        variant = raw_ops.ZipDataset(input_datasets=[d._variant_tensor for d in flat], **structure.flat_attrs(spec))
        return flat[0]._make("_ZipDataset", variant, spec, flat)
