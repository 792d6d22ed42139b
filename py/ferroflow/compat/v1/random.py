"""Random numbers, with the arguments of TensorFlow 1: `tf.compat.v1.random`."""

from ...framework.random_seed import get_seed, set_random_seed
from ...ops.random import (
    categorical,
    multinomial,
    normal,
    shuffle,
    stateless_normal,
    stateless_truncated_normal,
    stateless_uniform,
    truncated_normal,
    uniform,
)

__all__ = [
    "categorical",
    "get_seed",
    "multinomial",
    "normal",
    "set_random_seed",
    "shuffle",
    "stateless_normal",
    "stateless_truncated_normal",
    "stateless_uniform",
    "truncated_normal",
    "uniform",
]
