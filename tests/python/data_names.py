"""The names that the expressions of the table `data` use, for Ferroflow and for TensorFlow alike."""

import collections
import re

import numpy as np

Pair = collections.namedtuple("Pair", "a b")


def plain(value):
    """A nested element as Python values, so that both print alike."""
    if isinstance(value, tuple):
        entries = [plain(v) for v in value]
        return type(value)(*entries) if hasattr(value, "_fields") else tuple(entries)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value.tolist() if hasattr(value, "tolist") else value


def elements(dataset):
    """All elements of a dataset."""
    return [plain(e) for e in dataset.as_numpy_iterator()]


def windows(dataset):
    """All elements of the datasets that are a dataset's elements."""
    return [[plain(x.numpy()) for x in window] for window in dataset]


def count(dataset):
    """The cardinality of a dataset."""
    return int(dataset.cardinality())


def fails(run):
    """Class and first line of the error that a function raises, without what TensorFlow adds about nodes."""
    try:
        run()
    except Exception as error:
        line = re.sub(r"^\{\{function_node [^}]*\}\} ", "", str(error).splitlines()[0])
        return f"{type(error).__name__}: {re.sub(r' ?.Op:.*', '', line)}"
    return "no error"


def both(raw, data, dtypes, TensorSpec, set_seed):
    """The globals."""

    def cast(x, dtype):
        return raw.Cast(x=x, DstT=dtype)

    def ragged(dtype=dtypes.int32):
        return data.Dataset.from_generator(
            lambda: iter([[1], [2, 3], [4, 5, 6]]), output_types=dtype, output_shapes=[None]
        )

    def seeded(seed):
        set_seed(seed)
        try:
            return elements(data.Dataset.range(10).shuffle(10)) + elements(data.Dataset.range(10).shuffle(5))
        finally:
            set_seed(None)

    def failing():
        yield 1
        raise ValueError("on purpose")

    return {
        "D": data.Dataset, "X": data.experimental, "data": data, "raw": raw, "np": np, "Pair": Pair, "S": TensorSpec, "L": elements, "W": windows, "n": count,
        "fails": fails, "cast": cast, "ragged": ragged, "seeded": seeded, "failing": failing, "int32": dtypes.int32, "int64": dtypes.int64,
        "float32": dtypes.float32, "string": dtypes.string, "bool_": dtypes.bool,
    }  # fmt: skip


def ferroflow():
    """The globals for Ferroflow."""
    from ferroflow import data
    from ferroflow._gen import raw_ops
    from ferroflow.framework import dtypes, random_seed
    from ferroflow.framework.type_spec import TensorSpec

    return both(raw_ops, data, dtypes, TensorSpec, random_seed.set_seed)


def tensorflow():
    """The globals for TensorFlow."""
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")
    tf.autograph.set_verbosity(0)
    return {**both(tf.raw_ops, tf.data, tf.dtypes, tf.TensorSpec, tf.random.set_seed), "tf": tf}
