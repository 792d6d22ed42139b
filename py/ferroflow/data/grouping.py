"""Transformations that regroup elements: padded batches, windows, groups by key, choices between datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import data_nest, dtypes
from ..framework.convert import convert_to_tensor
from ..framework.sparse_tensor import SparseTensorSpec
from ..framework.tensor_shape import TensorShape
from ..framework.type_spec import TensorSpec, is_tensor
from ..ops.ragged.spec import RaggedTensorSpec
from ..ops.ragged.tensor import RaggedTensor
from . import structure
from .none_spec import NoneTensorSpec

if TYPE_CHECKING:
    from typing import Self


def _int64(value, name=None):
    return convert_to_tensor(value, dtype=dtypes.int64, name=name)


def _padded_shape(shape, leaf):
    """A padded shape as a `TensorShape` (None if it is a tensor whose value is not known) and as an int64 vector."""
    if is_tensor(shape) and not hasattr(shape, "numpy"):
        return TensorShape([None] * (shape.shape[0] or 0)) if shape.shape.rank == 1 else TensorShape(None), shape
    if is_tensor(shape):
        shape = [None if d < 0 else d for d in shape.numpy().tolist()]
    static = TensorShape([None if d == -1 else d for d in shape] if isinstance(shape, (list, tuple)) else shape)
    if static.rank is None:
        raise ValueError("Invalid `padded_shapes`. The rank of a padded shape must be known.")
    if leaf.shape.rank is not None:
        if leaf.shape.rank != static.rank:
            raise ValueError(
                f"The padded shape {static} is not compatible with the shape {leaf.shape} of the corresponding input component."
            )
        for want, have in zip(static.as_list(), leaf.shape.as_list(), strict=True):
            if want is not None and have is not None and want < have:
                raise ValueError(
                    f"The padded shape {static} is not compatible with the shape {leaf.shape} of the corresponding input component."
                )
    return static, convert_to_tensor([-1 if d is None else d for d in static.as_list()], dtype=dtypes.int64)


def _default_padding(dtype):
    if dtype == dtypes.string:
        return ""
    if dtype == dtypes.bool:
        return False
    if dtype == dtypes.variant:
        raise TypeError("Unable to create default padding value for a component of type 'variant'.")
    return 0


def _ragged_spec(leaf, row_splits_dtype):
    """The spec of a tensor as a ragged tensor: ragged up to the last axis whose size is not known."""
    if not isinstance(leaf, TensorSpec) or leaf.shape.rank is None or leaf.shape.is_fully_defined():
        return leaf
    rank = max(axis for axis, size in enumerate(leaf.shape.as_list()) if size is None)
    return RaggedTensorSpec(leaf.shape, leaf.dtype, rank, row_splits_dtype)


def _as_ragged(spec, value):
    """A component as the tensor that stands for a value of this spec."""
    if isinstance(spec, RaggedTensorSpec) and is_tensor(value) and spec.ragged_rank > 0:
        value = RaggedTensor.from_tensor(value, ragged_rank=spec.ragged_rank, row_splits_dtype=spec.row_splits_dtype)
    return spec._to_tensor_list(value)[0]


class Grouping:
    """Transformations of `tf.data.Dataset` that regroup elements."""

    def padded_batch(
        self, batch_size, padded_shapes=None, padding_values=None, drop_remainder: bool = False, name: str | None = None
    ) -> Self:
        """Consecutive elements stacked, each filled up at the ends of its axes to a common shape.

        Args:
          batch_size: how many.
          padded_shapes: nested shapes to fill up to; None or -1 stand for the largest size in the batch, which is also
            what is done if no shapes are given.
          padding_values: nested scalars to fill up with; zero, the empty string or False if not given.
          drop_remainder: whether a short last batch is left out.
          name: a name for the transformation.

        Raises:
          ValueError: a shape does not fit its component, or has an unknown rank.
          DataLossError: (from a pass) an element is larger than its padded shape.
        """
        leaves = data_nest.flatten(self.element_spec)
        for leaf in leaves:
            if leaf.value_type is type(self)._family():
                raise TypeError("`padded_batch` is not supported for datasets of datasets")
            if not isinstance(leaf, TensorSpec):
                raise TypeError(
                    f"`padded_batch` is only supported for datasets that produce tensor elements but type spec of elements in the input dataset is not a subclass of TensorSpec: `{leaf}`."
                )
        if padded_shapes is None:
            for i, leaf in enumerate(leaves):
                if leaf.shape.rank is None:
                    raise ValueError(
                        f"You must provide `padded_shapes` argument because component {i} has unknown rank."
                    )
            shapes = [leaf.shape for leaf in leaves]
        else:
            shapes = data_nest.flatten_up_to(self.element_spec, padded_shapes)
        pairs = [_padded_shape(s, leaf) for s, leaf in zip(shapes, leaves, strict=True)]
        if padding_values is None:
            values = [None] * len(leaves)
        elif not data_nest.is_nested(padding_values):
            values = [padding_values] * len(leaves)
        else:
            values = data_nest.flatten_up_to(self.element_spec, padding_values)
        values = [
            convert_to_tensor(
                _default_padding(leaf.dtype) if v is None else v, dtype=None if is_tensor(v) else leaf.dtype
            )
            for v, leaf in zip(values, leaves, strict=True)
        ]
        for value, leaf in zip(values, leaves, strict=True):
            if value.shape.rank not in (0, None):
                raise ValueError(
                    f"Invalid `padding_values`. `padding_values` values should be scalars, but got {value.shape}."
                )
            if value.dtype != leaf.dtype:
                raise TypeError(
                    f"Invalid `padding_values`. `padding_values` values type {value.dtype} does not match type {leaf.dtype} of the corresponding input component."
                )
        size = _int64(batch_size, "batch_size")
        known = int(size.numpy()) if drop_remainder and hasattr(size, "numpy") else None
        padded = [TensorSpec(static, leaf.dtype) for (static, _), leaf in zip(pairs, leaves, strict=True)]
        spec = structure.batched(data_nest.pack_sequence_as(self.element_spec, padded), known)
        variant = raw_ops.PaddedBatchDatasetV2(
            input_dataset=self._variant_tensor,
            batch_size=size,
            padded_shapes=[s for _, s in pairs],
            padding_values=values,
            drop_remainder=convert_to_tensor(drop_remainder, dtype=dtypes.bool),
            output_shapes=structure.flat_attrs(spec)["output_shapes"],
        )
        return self._make("_PaddedBatchDataset", variant, spec, [self])

    def ragged_batch(
        self, batch_size, drop_remainder: bool = False, row_splits_dtype=dtypes.int64, name: str | None = None
    ) -> Self:
        """Consecutive elements as ragged tensors: their sizes may differ along axes that are not known.

        Args:
          batch_size: how many.
          drop_remainder: whether a short last batch is left out.
          row_splits_dtype: the dtype of the row splits, int32 or int64.
          name: a name for the transformation.

        Returns:
          A dataset. Components whose shape is known, or whose rank is not, are stacked as `batch` does.

        >>> from ferroflow.data import Dataset
        >>> rows = Dataset.range(3).flat_map(lambda n: Dataset.range(n).batch(9))
        >>> [batch.to_list() for batch in rows.ragged_batch(2)]
        [[[0], [0, 1]]]
        """
        spec = data_nest.map_structure(lambda leaf: _ragged_spec(leaf, row_splits_dtype), self.element_spec)

        def encoded(*parts):
            leaves = data_nest.flatten(parts if type(spec) is tuple else parts[0])
            return tuple(_as_ragged(*pair) for pair in zip(data_nest.flatten(spec), leaves, strict=True))

        if spec == self.element_spec:
            return self.batch(batch_size, drop_remainder)
        rows = self.map(encoded)
        return rows._make("_DenseToRaggedDataset", rows._variant_tensor, spec, [rows]).batch(batch_size, drop_remainder)

    def sparse_batch(self, batch_size, row_shape, name: str | None = None) -> Self:
        """Consecutive dense elements as one `tf.SparseTensor`: their sizes may differ, up to those of `row_shape`.

        Args:
          batch_size: how many.
          row_shape: the shape of a row of the sparse tensor, a shape or an int64 vector; None (or -1 in a vector) stands
            for the largest size in the batch.
          name: a name for the transformation.

        Raises:
          TypeError: an element has several components.
          DataLossError: (from a pass) an element is larger than the row shape.
          InvalidArgumentError: (from a pass) an element has another rank.

        >>> from ferroflow.data import Dataset
        >>> rows = Dataset.range(3).flat_map(lambda n: Dataset.range(n).batch(9))
        >>> [batch.dense_shape.numpy().tolist() for batch in rows.sparse_batch(2, [5])]
        [[2, 5]]
        """
        leaf = self.element_spec
        if data_nest.is_nested(leaf):
            types = structure.legacy(leaf, "types")
            raise TypeError(
                "`dense_to_sparse_batch` requires an input dataset whose elements have a single component, but the given "
                f"dataset has the following component types: {types}."
            )
        if is_tensor(row_shape):
            found = row_shape.numpy().tolist() if hasattr(row_shape, "numpy") else [None] * (row_shape.shape[0] or 0)
            shape, static = row_shape, TensorShape([None if size is None or size < 0 else size for size in found])
        else:
            static = TensorShape(row_shape)
            if static.rank is None:
                raise ValueError(f"Cannot convert a partially known TensorShape {static} to a Tensor.")
            shape = [-1 if size is None else size for size in static.as_list()]
        return self._derive(
            "_DenseToSparseBatchDataset",
            raw_ops.DenseToSparseBatchDataset,
            SparseTensorSpec(TensorShape([None]).concatenate(static), leaf.dtype),
            batch_size=_int64(batch_size, "batch_size"),
            row_shape=_int64(shape, "row_shape"),
        )

    def unbatch(self, name: str | None = None) -> Self:
        """The rows of each element. ValueError for scalar components and for different sizes of the first axis."""
        return self._rows()._derive("_UnbatchDataset", raw_ops.UnbatchDataset, structure.unbatched(self.element_spec))

    def _rows(self):
        """This dataset, or the component tensors of its elements where they encode composite values row by row."""
        from .dataset import DatasetSpec

        spec = self.element_spec
        if all(isinstance(leaf, (TensorSpec, NoneTensorSpec, DatasetSpec)) for leaf in data_nest.flatten(spec)):
            return self

        def encoded(*parts):
            return tuple(structure.to_batched_tensors(spec, parts if type(spec) is tuple else parts[0]))

        return self.map(encoded)

    def rebatch(self, batch_size, drop_remainder: bool = False, name: str | None = None) -> Self:
        """The rows of batches in batches of another size, or of several sizes that take turns.

        Args:
          batch_size: an int, or a list of ints.
          drop_remainder: whether a short last batch is left out.
          name: a name for the transformation.

        Raises:
          ValueError: the elements are no batches: a component is a scalar.
        """
        sizes = _int64(batch_size, "batch_sizes")
        if any(component.shape.rank == 0 for component in structure.flat_specs(self.element_spec)):
            raise ValueError(
                "Invalid `batch_sizes`. Expected dataset with rank of >= 1 but found a dataset with scalar elements. "
                "Fix the issue by adding the `batch` transformation to the dataset."
            )
        one = sizes.shape.rank == 0 or sizes.shape.num_elements() == 1
        known = int(sizes.numpy().reshape(-1)[0]) if drop_remainder and one and hasattr(sizes, "numpy") else None
        spec = structure.batched(structure.unbatched(self.element_spec), known)
        drop = convert_to_tensor(drop_remainder, dtype=dtypes.bool)
        rows = self._rows()
        return rows._derive("_RebatchDataset", raw_ops.RebatchDatasetV2, spec, batch_sizes=sizes, drop_remainder=drop)

    def window(self, size, shift=None, stride=1, drop_remainder: bool = False, name: str | None = None) -> Self:
        """Datasets of `size` neighbouring elements: nested as the elements are, with a dataset for each component.

        Args:
          size: how many elements a window holds.
          shift: how far the next window starts behind; `size` if None.
          stride: how far apart the elements of a window are.
          drop_remainder: whether short last windows are left out.
          name: a name for the transformation.

        >>> from ferroflow.data import Dataset
        >>> [[int(x) for x in w] for w in Dataset.range(5).window(3, shift=2, drop_remainder=True)]
        [[0, 1, 2], [2, 3, 4]]
        """
        from .dataset import DatasetSpec

        spec = data_nest.map_structure(DatasetSpec, self.element_spec)
        return self._derive(
            "_WindowDataset",
            raw_ops.WindowDataset,
            spec,
            size=_int64(size, "size"),
            shift=_int64(size if shift is None else shift, "shift"),
            stride=_int64(stride, "stride"),
            drop_remainder=convert_to_tensor(drop_remainder, dtype=dtypes.bool),
        )

    def group_by_window(
        self, key_func, reduce_func, window_size=None, window_size_func=None, name: str | None = None
    ) -> Self:
        """The elements of the datasets that `reduce_func` makes of elements with one key.

        Args:
          key_func: gives the key of an element, an int64 scalar.
          reduce_func: makes a dataset of a key and a dataset of up to `window_size` elements with that key.
          window_size: how many elements are collected.
          window_size_func: gives this number for a key; exactly one of the two must be given.
          name: a name for the transformation.
        """
        from .dataset import DatasetSpec

        if (window_size is None) == (window_size_func is None):
            raise ValueError("Either the `window_size` argument or the `window_size_func` argument must be specified.")
        if window_size is not None:
            size = window_size

            def window_size_func(_):
                return _int64(size)

        scalar = TensorSpec([], dtypes.int64)
        key = self._function(lambda *e: _as_int64(key_func(*e)), "Dataset.group_by_window()")
        if not structure.are_compatible(key.output_spec, scalar):
            raise ValueError(
                f"Invalid `key_func`. `key_func` must return a single `tf.int64` scalar tensor but its return type is {key.output_spec}."
            )
        width = self._function(lambda k: _as_int64(window_size_func(k)), "Dataset.group_by_window()", scalar)
        if not structure.are_compatible(width.output_spec, scalar):
            raise ValueError(
                f"Invalid `window_size_func`. `window_size_func` must return a single `tf.int64` scalar tensor but its return type is {width.output_spec}."
            )
        reduce = self._function(reduce_func, "Dataset.group_by_window()", (scalar, DatasetSpec(self.element_spec)))
        if not isinstance(reduce.output_spec, DatasetSpec):
            raise TypeError(
                f"Invalid `reduce_func`. `reduce_func` must return a single `tf.data.Dataset` object but its return type is {reduce.output_spec}."
            )
        return self._derive(
            "_GroupByWindowDataset",
            raw_ops.GroupByWindowDataset,
            reduce.output_spec.element_spec,
            key_func_other_arguments=key.captured,
            reduce_func_other_arguments=reduce.captured,
            window_size_func_other_arguments=width.captured,
            key_func=key.name,
            reduce_func=reduce.name,
            window_size_func=width.name,
        )

    def bucket_by_sequence_length(
        self,
        element_length_func,
        bucket_boundaries,
        bucket_batch_sizes,
        padded_shapes=None,
        padding_values=None,
        pad_to_bucket_boundary: bool = False,
        no_padding: bool = False,
        drop_remainder: bool = False,
        name: str | None = None,
    ) -> Self:
        """Padded batches of elements of similar length.

        Args:
          element_length_func: gives the length of an element, an int32 scalar.
          bucket_boundaries: the upper ends of the buckets but the last, in order.
          bucket_batch_sizes: the batch size of each bucket: one more than there are boundaries.
          padded_shapes: nested shapes as for `padded_batch`.
          padding_values: nested scalars as for `padded_batch`.
          pad_to_bucket_boundary: whether sizes that are not known are filled up to the boundary less 1.
          no_padding: whether elements are stacked without padding.
          drop_remainder: whether short last batches are left out.
          name: a name for the transformation.
        """
        if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
            raise ValueError(
                f"`len(bucket_batch_sizes)` must equal `len(bucket_boundaries) + 1` but `len(bucket_batch_sizes)={len(bucket_batch_sizes)}` and `len(bucket_boundaries)={len(bucket_boundaries)}`."
            )
        bounds = convert_to_tensor(list(bucket_boundaries), dtype=dtypes.int32)
        sizes = _int64(list(bucket_batch_sizes))
        zero = convert_to_tensor(0, dtypes.int32)

        def bucket(*element):
            length = convert_to_tensor(element_length_func(*element), dtype=dtypes.int32)
            below = raw_ops.Cast(x=raw_ops.LessEqual(x=bounds, y=length), DstT=dtypes.int64)
            return raw_ops.Sum(input=below, axis=zero)

        def size_of(number):
            return raw_ops.GatherV2(params=sizes, indices=number, axis=zero)

        def shapes_of(number):
            shapes = self.element_spec if padded_shapes is None else padded_shapes
            leaves = (
                data_nest.flatten(shapes)
                if padded_shapes is None
                else data_nest.flatten_up_to(self.element_spec, shapes)
            )
            leaves = [TensorShape(getattr(s, "shape", s)) for s in leaves]
            if pad_to_bucket_boundary:
                limit = (
                    raw_ops.GatherV2(params=raw_ops.Cast(x=bounds, DstT=dtypes.int64), indices=number, axis=zero) - 1
                )
                leaves = [
                    raw_ops.Pack(values=[limit if d is None else _int64(d) for d in s.as_list()], axis=0)
                    for s in leaves
                ]
            return data_nest.pack_sequence_as(self.element_spec, leaves)

        def batches(number, window):
            size = size_of(number)
            if no_padding:
                return window.batch(size, drop_remainder=drop_remainder)
            return window.padded_batch(size, shapes_of(number), padding_values, drop_remainder=drop_remainder)

        return self.group_by_window(bucket, batches, window_size_func=size_of)

    @staticmethod
    def choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset=True):
        """Each element from the dataset whose number `choice_dataset` gives.

        Args:
          datasets: a list of datasets of compatible elements.
          choice_dataset: a dataset of int64 scalars.
          stop_on_empty_dataset: whether it ends when a chosen dataset has ended; ended ones are passed over otherwise.
        """
        from .dataset import DatasetV2

        datasets = list(datasets)
        if not datasets:
            raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
        if not isinstance(choice_dataset, DatasetV2):
            raise TypeError(
                f"Invalid `choice_dataset`. `choice_dataset` should be a `tf.data.Dataset` but is {type(choice_dataset)}."
            )
        if not structure.are_compatible(choice_dataset.element_spec, TensorSpec([], dtypes.int64)):
            raise TypeError(
                f"Invalid `choice_dataset`. Elements of `choice_dataset` must be scalar `tf.int64` tensors but are {choice_dataset.element_spec}."
            )
        spec = datasets[0].element_spec
        for i, other in enumerate(datasets[1:]):
            try:
                spec = structure.common_supertype([spec, other.element_spec])
            except (TypeError, ValueError) as error:
                raise TypeError(
                    f"Invalid `datasets`. `datasets` must have compatible element specs.\n Dataset 0 element_spec={datasets[0].element_spec}.\n"
                    f"Dataset {i + 1} element_spec={other.element_spec}."
                ) from error
        variant = raw_ops.DirectedInterleaveDataset(
            selector_input_dataset=choice_dataset._variant_tensor,
            data_input_datasets=[d._variant_tensor for d in datasets],
            stop_on_empty_dataset=stop_on_empty_dataset,
            **structure.flat_attrs(spec),
        )
        return datasets[0]._make("_DirectedInterleaveDataset", variant, spec, [choice_dataset, *datasets])

    @classmethod
    def sample_from_datasets(
        cls, datasets, weights=None, seed=None, stop_on_empty_dataset: bool = False, rerandomize_each_iteration=None
    ) -> Self:
        """Each element from a dataset that is drawn at random.

        Args:
          datasets: a list of datasets of compatible elements.
          weights: the probability of each dataset, as a list, a float tensor, or a dataset of them; equal ones if None.
          seed: an int for the same draws in every run of the program.
          stop_on_empty_dataset: whether it ends when a drawn dataset has ended; ended ones are passed over otherwise.
          rerandomize_each_iteration: whether every pass has new draws.
        """
        from .dataset import DatasetV2

        datasets = list(datasets)
        if not datasets:
            raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
        seeds = cls.random(seed=seed, rerandomize_each_iteration=rerandomize_each_iteration).batch(2)
        if isinstance(weights, DatasetV2):
            selector = cls.zip((weights, seeds)).map(lambda w, s: _draw(raw_ops.Log(x=convert_to_tensor(w)), s))
            return cls.choose_from_datasets(datasets, selector, stop_on_empty_dataset)
        if weights is None:
            logits = convert_to_tensor([1.0] * len(datasets))
        else:
            datasets, weights = _with_weight(datasets, weights)
            logits = raw_ops.Log(x=weights)
        if len(datasets) == 1:
            return datasets[0]
        return cls.choose_from_datasets(datasets, seeds.map(lambda s: _draw(logits, s)), stop_on_empty_dataset)


def _with_weight(datasets, weights):
    """The datasets whose weight is not known to be 0, and their weights as a tensor."""
    if is_tensor(weights):
        if not weights.shape.is_compatible_with([len(datasets)]):
            raise ValueError(
                "Invalid `weights`. The shape of `weights` should be compatible with `[len(datasets)]` but is "
                f"{weights.shape}."
            )
    else:
        if len(datasets) != len(weights):
            raise ValueError(
                "Invalid `weights`. `weights` should have the same length as `datasets` but got "
                f"`len(weights)={len(weights)}` vs. `len(datasets)={len(datasets)}`."
            )
        pairs = [(d, w) for d, w in zip(datasets, weights, strict=True) if w > 0] or [(datasets[0].take(0), 1.0)]
        datasets, weights = [d for d, _ in pairs], [w for _, w in pairs]
    weights = convert_to_tensor(weights, name="weights")
    if weights.dtype not in (dtypes.float32, dtypes.float64):
        raise TypeError(
            f"Invalid `weights`. `weights` type must be either `tf.float32` or `tf.float64` but is {weights.dtype}."
        )
    return datasets, weights


def _draw(logits, seed):
    """One class of a vector of logits, drawn by a seed of two integers."""
    rows = raw_ops.ExpandDims(input=logits, axis=0)
    return raw_ops.Squeeze(input=raw_ops.StatelessMultinomial(logits=rows, num_samples=1, seed=seed), axis=[0, 1])


def _as_int64(value):
    tensor = convert_to_tensor(value)
    return raw_ops.Cast(x=tensor, DstT=dtypes.int64) if tensor.dtype == dtypes.int32 else tensor
