"""Seeds of random ops: a global one, and one of each op, as TensorFlow combines them."""

from __future__ import annotations

import random

from .. import _core

DEFAULT_GRAPH_SEED = 87654321
_MAX_SEED = 2**31 - 1


class _Eager:
    """The global seed of eager execution and what has been drawn from it."""

    seed = None
    generator = None


def _truncate(seed):
    return seed % _MAX_SEED


def _internal_operation_seed():
    """The next operation seed of eager execution, drawn from the global seed."""
    if _Eager.generator is None:
        set_eager_seed(_Eager.seed)
    return _Eager.generator.randint(0, _MAX_SEED)


def _next_of(graph):
    """How many random ops without a seed of their own the graph has had so far: the next one's seed."""
    number = graph._op_seed_count
    graph._op_seed_count = number + 1
    return number


def eager_seed():
    """The global seed of eager execution; None if none was set."""
    return _Eager.seed


def set_eager_seed(seed):
    """Sets the global seed of eager execution and starts all its streams anew; None: unpredictable numbers."""
    _Eager.seed = seed
    _Eager.generator = random.Random(seed)
    _core.random_reset()


def get_seed(op_seed) -> tuple[int | None, int | None]:
    """The two seeds of a random op.

    Args:
      op_seed: the op's own seed, or None.

    Returns:
      A pair of integers, or (None, None) where neither the op nor its graph (in eager mode: the program) has a seed:
      the op's numbers are then different on every run.
    """
    graph = _core.current_graph()
    eager = graph is None
    global_seed = _Eager.seed if eager else graph.seed
    if global_seed is not None:
        if op_seed is None:
            op_seed = _internal_operation_seed() if eager else _next_of(graph)
        seeds = _truncate(global_seed), _truncate(op_seed)
    elif op_seed is not None:
        seeds = DEFAULT_GRAPH_SEED, _truncate(op_seed)
    else:
        return None, None
    # Two zeros would mean "no seed" to the op.
    return (0, _MAX_SEED) if seeds == (0, 0) else seeds


def seed_pair(op_seed):
    """`get_seed` with zeros for "no seed", as the ops' attributes `seed` and `seed2` want it."""
    first, second = get_seed(op_seed)
    return (0, 0) if first is None and second is None else (first, second)


def set_random_seed(seed) -> None:
    """Sets the seed of the default graph, and of eager execution.

    Args:
      seed: an integer. Ops that have a seed of their own combine it with this one.
    """
    if _core.executing_eagerly():
        set_eager_seed(seed)
    if not _core.executing_eagerly() or len(_core.graph_stack()) == 0:
        _core.default_graph().seed = seed


def set_seed(seed) -> None:
    """`tf.random.set_seed`: sets the global seed.

    >>> set_seed(1)
    """
    set_random_seed(seed)
