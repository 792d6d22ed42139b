"""`tf.data.experimental`: further transformations, and functions on datasets and iterators."""

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.convert import convert_to_tensor
from .dataset import AUTOTUNE, INFINITE_CARDINALITY, UNKNOWN_CARDINALITY, DatasetSpec, DatasetV2
from .optional import Optional, OptionalSpec
from .options import (
    AutoShardPolicy,
    AutotuneAlgorithm,
    AutotuneOptions,
    DistributeOptions,
    ExternalStatePolicy,
    OptimizationOptions,
    ThreadingOptions,
)

SHARD_HINT = -1
DatasetStructure = DatasetSpec
OptionalStructure = OptionalSpec


def assert_cardinality(expected_cardinality):
    """A transformation that claims that a dataset has so many elements; a pass that finds another number fails.

    Args:
      expected_cardinality: the number of elements, or INFINITE_CARDINALITY.
    """
    count = convert_to_tensor(expected_cardinality, dtypes.int64)
    return lambda dataset: dataset._derive(
        "_AssertCardinalityDataset", raw_ops.AssertCardinalityDataset, dataset.element_spec, cardinality=count
    )


def cardinality(dataset):
    """The number of elements of a dataset: `dataset.cardinality()`."""
    return dataset.cardinality()


def choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset=False):
    """See `tf.data.Dataset.choose_from_datasets`."""
    return DatasetV2.choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset)


def Counter(start=0, step=1, dtype=dtypes.int64):
    """See `tf.data.Dataset.counter`."""
    return DatasetV2.counter(start, step, dtype)


def RandomDataset(seed=None, rerandomize_each_iteration=None, name=None):
    """See `tf.data.Dataset.random`."""
    return DatasetV2.random(seed, rerandomize_each_iteration, name)


def bucket_by_sequence_length(
    element_length_func,
    bucket_boundaries,
    bucket_batch_sizes,
    padded_shapes=None,
    padding_values=None,
    pad_to_bucket_boundary=False,
    no_padding=False,
    drop_remainder=False,
):
    """A transformation; see `tf.data.Dataset.bucket_by_sequence_length`."""
    return lambda dataset: dataset.bucket_by_sequence_length(
        element_length_func,
        bucket_boundaries,
        bucket_batch_sizes,
        padded_shapes,
        padding_values,
        pad_to_bucket_boundary,
        no_padding,
        drop_remainder,
    )


def enumerate_dataset(start=0):
    """A transformation; see `tf.data.Dataset.enumerate`."""
    return lambda dataset: dataset.enumerate(start)


def from_list(elements, name=None):
    """A dataset of the elements of a list, which have one structure. ValueError if the list is empty."""
    from ..framework import data_nest, nest

    if not isinstance(elements, (list, tuple)) or not elements:
        raise ValueError(
            "Empty list of elements" if isinstance(elements, (list, tuple)) else "`elements` must be a list."
        )
    rows = [data_nest.flatten(e) for e in elements]
    for e in elements[1:]:
        nest.assert_same_structure(elements[0], e)
    columns = [raw_ops.Pack(values=[convert_to_tensor(row[i]) for row in rows], axis=0) for i in range(len(rows[0]))]
    return DatasetV2.from_tensor_slices(data_nest.pack_sequence_as(elements[0], columns))


def from_variant(variant, structure):
    """The dataset in a variant tensor, whose elements have these nested specs."""
    return DatasetV2._make("_VariantDataset", variant, structure)


def to_variant(dataset):
    """The variant tensor that holds a dataset."""
    return dataset._variant_tensor


def get_next_as_optional(iterator):
    """The next element of an iterator as an `Optional`, which is empty after the last one."""
    return iterator.get_next_as_optional()


def get_single_element(dataset):
    """See `tf.data.Dataset.get_single_element`."""
    return dataset.get_single_element()


def get_structure(dataset_or_iterator):
    """The nested type specs of the elements of a dataset or iterator."""
    return dataset_or_iterator.element_spec


def group_by_window(key_func, reduce_func, window_size=None, window_size_func=None):
    """A transformation; see `tf.data.Dataset.group_by_window`."""
    return lambda dataset: dataset.group_by_window(key_func, reduce_func, window_size, window_size_func)


def ignore_errors(log_warning=False):
    """A transformation; see `tf.data.Dataset.ignore_errors`."""
    return lambda dataset: dataset.ignore_errors(log_warning)


def map_and_batch(map_func, batch_size, num_parallel_batches=None, drop_remainder=False, num_parallel_calls=None):
    """A transformation that maps and then batches.

    Args:
      map_func: a function of the element.
      batch_size: how many results make a batch.
      num_parallel_batches: how many batches may be under way at a time; not together with `num_parallel_calls`.
      drop_remainder: whether a short last batch is left out.
      num_parallel_calls: how many calls may be under way at a time.
    """
    if num_parallel_batches is not None and num_parallel_calls is not None:
        raise ValueError(
            "`map_and_batch()` allows only one of `num_parallel_batches` and `num_parallel_calls` to be set, but both were set."
        )
    calls = num_parallel_calls if num_parallel_batches is None else batch_size * num_parallel_batches
    return lambda dataset: dataset.map(map_func, calls).batch(batch_size, drop_remainder)


def parallel_interleave(
    map_func, cycle_length, block_length=1, sloppy=False, buffer_output_elements=None, prefetch_input_elements=None
):
    """A transformation; see `tf.data.Dataset.interleave`. The buffer sizes are accepted."""
    return lambda dataset: dataset.interleave(map_func, cycle_length, block_length, cycle_length, not sloppy)


def prefetch_to_device(device, buffer_size=None):
    """A transformation that makes elements ahead; they stay in host memory."""
    return lambda dataset: dataset.prefetch(buffer_size)


def sample_from_datasets(datasets, weights=None, seed=None, stop_on_empty_dataset=False):
    """See `tf.data.Dataset.sample_from_datasets`."""
    return DatasetV2.sample_from_datasets(datasets, weights, seed, stop_on_empty_dataset)


def scan(initial_state, scan_func):
    """A transformation; see `tf.data.Dataset.scan`."""
    return lambda dataset: dataset.scan(initial_state, scan_func)


def shuffle_and_repeat(buffer_size, count=None, seed=None):
    """A transformation that shuffles and repeats."""
    return lambda dataset: dataset.shuffle(buffer_size, seed).repeat(count)


def take_while(predicate):
    """A transformation; see `tf.data.Dataset.take_while`."""
    return lambda dataset: dataset.take_while(predicate)


def unbatch():
    """A transformation; see `tf.data.Dataset.unbatch`."""
    return lambda dataset: dataset.unbatch()


def unique():
    """A transformation; see `tf.data.Dataset.unique`."""
    return lambda dataset: dataset.unique()


__all__ = [
    "AUTOTUNE",
    "AutoShardPolicy",
    "AutotuneAlgorithm",
    "AutotuneOptions",
    "Counter",
    "DatasetStructure",
    "DistributeOptions",
    "ExternalStatePolicy",
    "INFINITE_CARDINALITY",
    "OptimizationOptions",
    "Optional",
    "OptionalStructure",
    "RandomDataset",
    "SHARD_HINT",
    "ThreadingOptions",
    "UNKNOWN_CARDINALITY",
    "assert_cardinality",
    "bucket_by_sequence_length",
    "cardinality",
    "choose_from_datasets",
    "enumerate_dataset",
    "from_list",
    "from_variant",
    "get_next_as_optional",
    "get_single_element",
    "get_structure",
    "group_by_window",
    "ignore_errors",
    "map_and_batch",
    "parallel_interleave",
    "prefetch_to_device",
    "sample_from_datasets",
    "scan",
    "shuffle_and_repeat",
    "take_while",
    "to_variant",
    "unbatch",
    "unique",
]
