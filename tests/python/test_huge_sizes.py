"""Sizes beyond all memory, and row partitions that make no sense: errors, not the end of the process."""

import pytest

import ferroflow as tf

HUGE = 1 << 40
RAW = tf.raw_ops
ROWS, SPLITS, IDS = "FIRST_DIM_SIZE", "ROW_SPLITS", "VALUE_ROWIDS"


def longs(*values):
    return tf.constant(values, tf.int64)


def dense(types, parts, values=(1.0, 2.0, 3.0), shape=-1):
    """RaggedTensorToTensor of row partitions."""
    parts = [tf.constant(part, tf.int64) for part in parts]
    return RAW.RaggedTensorToTensor(
        shape=shape, values=values, default_value=0.0, row_partition_tensors=parts, row_partition_types=types
    )


def many(rows):
    empty = {"sparse_indices": tf.zeros([0, 2], tf.int64), "sparse_values": tf.zeros([0])}
    return RAW.SerializeManySparse(sparse_shape=longs(rows, 3), **empty)


def gathered(splits, values, indices, rank):
    return RAW.RaggedGather(
        params_nested_splits=[splits], params_dense_values=values, indices=indices, OUTPUT_RAGGED_RANK=rank
    )


def variants(values):
    return RAW.RaggedTensorToVariant(rt_nested_splits=[], rt_dense_values=values, batched_input=True)


def unpacked():
    encoded = tf.reshape(variants(tf.zeros([0, 1])), [HUGE, 0])
    return RAW.RaggedTensorFromVariant(
        encoded_ragged=encoded, input_ragged_rank=0, output_ragged_rank=2, Tvalues=tf.float32
    )


def test_no_rows_need_no_memory():
    none = tf.zeros([0], tf.int32)
    assert RAW.SparseSegmentSum(data=tf.zeros([0, HUGE]), indices=none, segment_ids=none).shape == [0, HUGE]
    grad = RAW.SparseSegmentSumGrad(grad=tf.zeros([HUGE, 0]), indices=none, segment_ids=none, output_dim0=3)
    assert grad.shape == [3, 0]
    places, _, shape = RAW.RaggedTensorToSparse(rt_nested_splits=[longs(0, HUGE)], rt_dense_values=tf.zeros([HUGE, 0]))
    assert places.shape == [0, 3] and shape.numpy().tolist() == [1, HUGE, 0]


@pytest.mark.parametrize(
    "call",
    [
        lambda: RAW.SparseSegmentSum(data=tf.zeros([0, HUGE]), indices=[0], segment_ids=[0]),
        lambda: RAW.SparseSegmentSumGrad(
            grad=tf.zeros([HUGE, 0]), indices=longs(0), segment_ids=longs(HUGE - 1), output_dim0=3
        ),
        lambda: many(HUGE),
        lambda: RAW.RaggedRange(starts=longs(0), limits=longs(HUGE), deltas=longs(1)),
        lambda: gathered(longs(0, HUGE), tf.zeros([HUGE, 0]), [0], 1),
        lambda: gathered(longs(0, 2), tf.zeros([2]), tf.zeros([HUGE, 0], tf.int32), 2),
        lambda: variants(tf.zeros([HUGE, 0])),
        unpacked,
        lambda: RAW.Diag(diagonal=tf.zeros([1 << 21])),
        lambda: dense([ROWS, IDS], [HUGE, [0, 0, 1]], shape=[2, 2]),
    ],
)
def test_too_much_memory_is_an_error(call):
    with pytest.raises(tf.errors.ResourceExhaustedError, match="OOM when allocating"):
        call()


@pytest.mark.parametrize(
    ("types", "parts"),
    [
        ([SPLITS, ROWS], [[0, 1], [0, 1, 2, 3]]),
        ([SPLITS, ROWS], [[0, 3], 3]),
        ([ROWS, ROWS], [1, 1]),
        ([ROWS, IDS, ROWS], [2, [0, 0, 1], 3]),
        ([IDS], [[0, 0, 1]]),
        ([SPLITS], [[0, HUGE]]),
        ([SPLITS, SPLITS], [[0, HUGE], [0, 3]]),
        ([SPLITS], [[]]),
        ([SPLITS], [3]),
        ([SPLITS], [[1, 3]]),
        ([SPLITS], [[0, 4, 3]]),
        ([ROWS, IDS], [[2, 2], [0, 0, 1]]),
        ([ROWS, IDS], [-1, [0, 0, 1]]),
        ([ROWS, IDS], [2, [0, 0, 5]]),
        ([SPLITS, SPLITS], [[0, 3]]),
    ],
)
def test_faulty_row_partitions_are_refused(types, parts):
    with pytest.raises(tf.errors.InvalidArgumentError):
        dense(types, parts)


def test_splits_may_follow_the_number_of_rows():
    assert dense([ROWS, SPLITS], [1, [0, 3]]).numpy().tolist() == [[1.0, 2.0, 3.0]]


def test_sizes_that_overflow_are_refused():
    with pytest.raises(tf.errors.InvalidArgumentError, match="elements"):
        dense([SPLITS], [[0, 1]], values=tf.zeros([1, 0]), shape=longs(1 << 32, 1 << 32, 0))
