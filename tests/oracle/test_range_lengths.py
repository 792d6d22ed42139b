"""A range of fractional steps has as many elements as TensorFlow's, which counts in the numbers' own dtype."""

import numpy as np
import pytest
import tensorflow

import ferroflow

STEPS = [0.1, 0.2, 0.3, 1 / 3, 0.7, 1e-3, 0.25, 2.5]
ENDS = [1.0, 0.9, 2.1, 3.0, 7.7, 10.0]


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "bfloat16"])
@pytest.mark.parametrize("step", STEPS)
def test_range(dtype, step):
    for start in (0.0, 0.1, -0.4):
        for end in ENDS:
            for sign in (1, -1):
                ours, theirs = (
                    tf.range(
                        tf.constant(sign * start, dtype),
                        tf.constant(sign * end, dtype),
                        tf.constant(sign * step, dtype),
                    )
                    for tf in (ferroflow, tensorflow)
                )
                np.testing.assert_array_equal(ours.numpy(), theirs.numpy(), f"{sign * start}, {sign * end}")
