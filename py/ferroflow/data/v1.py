"""`tf.compat.v1.data`: datasets and iterators as TensorFlow 1 names them."""

from __future__ import annotations

from ..framework import context
from .dataset import DatasetV2
from .iterator import Iterator, LegacyIterators, OwnedIterator
from .options import Options
from .readers import FixedLengthRecordDatasetV2, TextLineDatasetV2, TFRecordDatasetV2


class DatasetV1(DatasetV2):
    """A dataset with the methods that TensorFlow 2 dropped: see `tf.data.Dataset` for the others."""

    @classmethod
    def _family(cls):
        return DatasetV1

    def make_one_shot_iterator(self) -> Iterator:
        """An iterator that starts by itself and passes over the dataset once; a Python iterator in eager mode."""
        return make_one_shot_iterator(self)

    def make_initializable_iterator(self, shared_name=None) -> Iterator:
        """An iterator that its `initializer` starts. RuntimeError in eager mode."""
        return make_initializable_iterator(self, shared_name)

    def map_with_legacy_function(
        self, map_func, num_parallel_calls=None, deterministic=None, use_unbounded_threadpool=False
    ):
        """As `map`."""
        return self.map(map_func, num_parallel_calls, deterministic, use_unbounded_threadpool=use_unbounded_threadpool)

    def filter_with_legacy_function(self, predicate):
        """As `filter`."""
        return self.filter(predicate)


class TFRecordDatasetV1(TFRecordDatasetV2, DatasetV1):
    """`tf.data.TFRecordDataset` with the methods that TensorFlow 2 dropped."""


class TextLineDatasetV1(TextLineDatasetV2, DatasetV1):
    """`tf.data.TextLineDataset` with the methods that TensorFlow 2 dropped."""


class FixedLengthRecordDatasetV1(FixedLengthRecordDatasetV2, DatasetV1):
    """`tf.data.FixedLengthRecordDataset` with the methods that TensorFlow 2 dropped."""


def make_initializable_iterator(dataset, shared_name=None) -> Iterator:
    """An iterator over a dataset that its `initializer` starts. RuntimeError in eager mode.

    Args:
      dataset: a dataset, which may depend on placeholders.
      shared_name: a name under which sessions of one process share it.
    """
    if context.executing_eagerly() and hasattr(dataset._variant_tensor, "numpy"):
        raise RuntimeError(
            "`make_initializable_iterator()` is not supported in eager mode. Use Python-style iteration instead."
        )
    return LegacyIterators.make_initializable_iterator(dataset, shared_name)


def make_one_shot_iterator(dataset) -> Iterator:
    """An iterator that starts by itself and passes over the dataset once; a Python iterator in eager mode."""
    if context.executing_eagerly() and hasattr(dataset._variant_tensor, "numpy"):
        return OwnedIterator(dataset)
    return LegacyIterators.make_one_shot_iterator(dataset)


def get_output_types(dataset_or_iterator):
    """The nested dtypes of the elements of a dataset or iterator."""
    return dataset_or_iterator.output_types


def get_output_shapes(dataset_or_iterator):
    """The nested static shapes of the elements of a dataset or iterator."""
    return dataset_or_iterator.output_shapes


def get_output_classes(dataset_or_iterator):
    """The nested Python classes of the components of the elements of a dataset or iterator."""
    return dataset_or_iterator.output_classes


Dataset = DatasetV1

__all__ = [
    "Dataset",
    "Iterator",
    "Options",
    "get_output_classes",
    "get_output_shapes",
    "get_output_types",
    "make_initializable_iterator",
    "make_one_shot_iterator",
]
