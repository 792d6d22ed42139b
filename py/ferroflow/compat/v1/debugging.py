"""Assertions, with the arguments of TensorFlow 1: `tf.compat.v1.debugging`."""

from ...framework.traceback_filter import (
    disable_traceback_filtering,
    enable_traceback_filtering,
    is_traceback_filtering_enabled,
)
from ...ops.checks import assert_equal_v1 as assert_equal
from ...ops.checks import assert_greater_equal_v1 as assert_greater_equal
from ...ops.checks import assert_greater_v1 as assert_greater
from ...ops.checks import assert_less_equal_v1 as assert_less_equal
from ...ops.checks import assert_less_v1 as assert_less
from ...ops.checks import assert_near_v1 as assert_near
from ...ops.checks import assert_negative_v1 as assert_negative
from ...ops.checks import assert_non_negative_v1 as assert_non_negative
from ...ops.checks import assert_non_positive_v1 as assert_non_positive
from ...ops.checks import assert_none_equal_v1 as assert_none_equal
from ...ops.checks import assert_positive_v1 as assert_positive
from ...ops.checks import check_numerics
from ...ops.checks import verify_tensor_all_finite as assert_all_finite
from ...ops.flow import Assert
from ...ops.sequence import is_non_decreasing, is_strictly_increasing
from ...ops.shape_checks import assert_integer_v1 as assert_integer
from ...ops.shape_checks import assert_proper_iterable, assert_same_float_dtype, is_numeric_tensor
from ...ops.shape_checks import assert_rank_at_least_v1 as assert_rank_at_least
from ...ops.shape_checks import assert_rank_in_v1 as assert_rank_in
from ...ops.shape_checks import assert_rank_v1 as assert_rank
from ...ops.shape_checks import assert_scalar_v1 as assert_scalar
from ...ops.shape_checks import assert_shapes_v1 as assert_shapes
from ...ops.shape_checks import assert_type_v1 as assert_type
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
    "assert_proper_iterable",
    "assert_rank",
    "assert_rank_at_least",
    "assert_rank_in",
    "assert_same_float_dtype",
    "assert_scalar",
    "assert_shapes",
    "assert_type",
    "check_numerics",
    "disable_traceback_filtering",
    "enable_traceback_filtering",
    "is_finite",
    "is_inf",
    "is_nan",
    "is_traceback_filtering_enabled",
    "is_non_decreasing",
    "is_numeric_tensor",
    "is_strictly_increasing",
]
