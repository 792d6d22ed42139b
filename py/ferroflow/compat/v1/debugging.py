"""Assertions, with the arguments of TensorFlow 1: `tf.compat.v1.debugging`."""

from ...ops.debugging import assert_integer, assert_shapes, assert_type, check_numerics, is_numeric_tensor
from ...ops.debugging import assert_scalar_v1 as assert_scalar
from ...ops.debugging import verify_tensor_all_finite as assert_all_finite
from ...ops.debugging_v1 import (
    assert_equal,
    assert_greater,
    assert_greater_equal,
    assert_less,
    assert_less_equal,
    assert_near,
    assert_negative,
    assert_non_negative,
    assert_non_positive,
    assert_none_equal,
    assert_positive,
    assert_rank,
    assert_rank_at_least,
    assert_rank_in,
)
from ...ops.flow import Assert
from ...ops.sequence import is_non_decreasing, is_strictly_increasing
from ...ops.unary import is_finite, is_inf, is_nan

__all__ = [
    "Assert",
    "assert_all_finite",
    "assert_equal",
    "assert_greater",
    "assert_greater_equal",
    "assert_integer",
    "assert_less",
    "assert_less_equal",
    "assert_near",
    "assert_negative",
    "assert_non_negative",
    "assert_non_positive",
    "assert_none_equal",
    "assert_positive",
    "assert_rank",
    "assert_rank_at_least",
    "assert_rank_in",
    "assert_scalar",
    "assert_shapes",
    "assert_type",
    "check_numerics",
    "is_finite",
    "is_inf",
    "is_nan",
    "is_non_decreasing",
    "is_numeric_tensor",
    "is_strictly_increasing",
]
