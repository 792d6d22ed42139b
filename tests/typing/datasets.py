"""Typed programs with datasets: transformations keep the class, iterators give elements."""

from typing import assert_type

import numpy as np

import ferroflow as tf

Dataset = tf.data.Dataset

numbers = Dataset.range(10)
assert_type(numbers, Dataset)
pipeline = (
    Dataset.from_tensor_slices({"x": np.arange(6.0), "y": np.arange(6)})
    .map(lambda row: row["x"] * 2, num_parallel_calls=tf.data.AUTOTUNE)
    .filter(lambda x: x > 2)
    .shuffle(100, seed=1)
    .repeat(2)
    .batch(2, drop_remainder=True)
    .prefetch(tf.data.AUTOTUNE)
)
assert_type(pipeline, Dataset)
for batch in pipeline:
    assert batch.shape == [2]
assert_type(len(numbers), int)
assert_type(numbers.cardinality(), tf.Tensor)
assert sorted(int(x) for x in numbers.take(3).as_numpy_iterator()) == [0, 1, 2]
pair = Dataset.zip((numbers, numbers.skip(1).concatenate(numbers)))
assert next(iter(pair))[0].numpy() == 0

with tf.Graph().as_default():
    legacy = tf.compat.v1.data.Dataset.range(3)
    iterator = legacy.make_initializable_iterator()
    assert_type(iterator, tf.data.Iterator)
    assert_type(iterator.initializer, tf.Operation)
    element = iterator.get_next()
    with tf.Session() as session:
        session.run(iterator.initializer)
        assert session.run(element) == 0
