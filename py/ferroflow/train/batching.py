"""Batches in TensorFlow 1: queues that runners fill with examples, and that give several at once."""

from __future__ import annotations

from ..framework import dtypes
from ..framework.context import graph_mode
from ..framework.convert import convert_to_tensor
from ..framework.grouping import no_op
from ..framework.name_scope import name_scope_v1
from ..framework.tensor_shape import TensorShape
from ..framework.tensor_util import constant_value
from ..ops import picking, queues
from ..ops.control_flow import cond_v1
from .input import summarize
from .queue_runner import QueueRunner, add_queue_runner


def batch(tensors, batch_size, num_threads=1, capacity=32, enqueue_many=False, shapes=None, dynamic_pad=False,
          allow_smaller_final_batch=False, shared_name=None, name=None):  # fmt: skip
    """Batches of what some tensors are, run after run, which a runner of the graph makes ahead.

    Args:
      tensors: a list or dict of tensors: an example.
      batch_size: how many examples are a batch.
      num_threads: on how many threads examples are made; with more than one in any order.
      capacity: how many examples are kept ahead.
      enqueue_many: whether the tensors have a first axis over several examples.
      shapes: the shapes of an example's tensors, where they are not known.
      dynamic_pad: whether examples of one batch may have several sizes; they are filled up with zeros to the largest.
      allow_smaller_final_batch: whether what is left at the end is a batch too.
      shared_name: queues of a session with this name are the same one.
      name: a name for the operations.

    Returns:
      A tensor for each of `tensors`, with a new first axis; a list or dict like `tensors`, or one tensor.

    Raises:
      ValueError: there are no tensors, or the shape of one is not known.

    >>> import ferroflow.compat.v1 as v1
    >>> with tf.Graph().as_default(), v1.Session() as session:
    ...     numbers = v1.train.batch([v1.train.range_input_producer(5, shuffle=False).dequeue()], 3)
    ...     threads = v1.train.start_queue_runners(session)
    ...     found = [session.run(numbers).tolist() for _ in range(2)]
    >>> found
    [[0, 1, 2], [3, 4, 0]]
    """
    return maybe_batch(
        tensors, True, batch_size, num_threads, capacity, enqueue_many, shapes, dynamic_pad, allow_smaller_final_batch,
        shared_name, name,
    )  # fmt: skip


def maybe_batch(tensors, keep_input, batch_size, num_threads=1, capacity=32, enqueue_many=False, shapes=None,
                dynamic_pad=False, allow_smaller_final_batch=False, shared_name=None, name=None):  # fmt: skip
    """As `batch`, of those examples only for which `keep_input` holds.

    Args:
      tensors, batch_size, num_threads, capacity, enqueue_many, shapes, dynamic_pad: as for `batch`.
      allow_smaller_final_batch, shared_name, name: as for `batch`.
      keep_input: a bool scalar, or with `enqueue_many` a vector with one for each example.

    Returns:
      As for `batch`.
    """
    made = _Batches("batch", [tensors], keep_input, enqueue_many, shapes, capacity, shared_name, name)
    return made.of_fifo(batch_size, dynamic_pad, allow_smaller_final_batch, num_threads)


def batch_join(tensors_list, batch_size, capacity=32, enqueue_many=False, shapes=None, dynamic_pad=False,
               allow_smaller_final_batch=False, shared_name=None, name=None):  # fmt: skip
    """As `batch`, where examples come from several lists of tensors, each on a thread of its own.

    Args:
      tensors_list: a list of what `batch` takes as `tensors`.
      batch_size, capacity, enqueue_many, shapes, dynamic_pad, allow_smaller_final_batch, shared_name, name: as there.

    Returns:
      As for `batch`.
    """
    return maybe_batch_join(
        tensors_list, True, batch_size, capacity, enqueue_many, shapes, dynamic_pad, allow_smaller_final_batch,
        shared_name, name,
    )  # fmt: skip


def maybe_batch_join(tensors_list, keep_input, batch_size, capacity=32, enqueue_many=False, shapes=None,
                     dynamic_pad=False, allow_smaller_final_batch=False, shared_name=None, name=None):  # fmt: skip
    """As `batch_join`, of those examples only for which `keep_input` holds.

    Args:
      tensors_list, batch_size, capacity, enqueue_many, shapes, dynamic_pad: as for `batch_join`.
      allow_smaller_final_batch, shared_name, name: as for `batch_join`.
      keep_input: as for `maybe_batch`.

    Returns:
      As for `batch`.
    """
    made = _Batches("batch_join", tensors_list, keep_input, enqueue_many, shapes, capacity, shared_name, name)
    return made.of_fifo(batch_size, dynamic_pad, allow_smaller_final_batch)


def shuffle_batch(tensors, batch_size, capacity, min_after_dequeue, num_threads=1, seed=None, enqueue_many=False,
                  shapes=None, allow_smaller_final_batch=False, shared_name=None, name=None):  # fmt: skip
    """As `batch`, of examples in random order.

    Args:
      tensors, batch_size, capacity, num_threads, enqueue_many, shapes, allow_smaller_final_batch: as for `batch`.
      min_after_dequeue: how many examples stay to be drawn from, until there are no more.
      seed: the seed of the order.
      shared_name, name: as for `batch`.

    Returns:
      As for `batch`.
    """
    return maybe_shuffle_batch(
        tensors, batch_size, capacity, min_after_dequeue, True, num_threads, seed, enqueue_many, shapes,
        allow_smaller_final_batch, shared_name, name,
    )  # fmt: skip


def maybe_shuffle_batch(tensors, batch_size, capacity, min_after_dequeue, keep_input, num_threads=1, seed=None,
                        enqueue_many=False, shapes=None, allow_smaller_final_batch=False, shared_name=None,
                        name=None):  # fmt: skip
    """As `shuffle_batch`, of those examples only for which `keep_input` holds.

    Args:
      tensors, batch_size, capacity, min_after_dequeue, num_threads, seed: as for `shuffle_batch`.
      enqueue_many, shapes, allow_smaller_final_batch, shared_name, name: as for `shuffle_batch`.
      keep_input: as for `maybe_batch`.

    Returns:
      As for `batch`.
    """
    made = _Batches("shuffle_batch", [tensors], keep_input, enqueue_many, shapes, capacity, shared_name, name)
    return made.of_shuffled(batch_size, min_after_dequeue, seed, allow_smaller_final_batch, num_threads)


def shuffle_batch_join(tensors_list, batch_size, capacity, min_after_dequeue, seed=None, enqueue_many=False,
                       shapes=None, allow_smaller_final_batch=False, shared_name=None, name=None):  # fmt: skip
    """As `shuffle_batch`, where examples come from several lists of tensors, each on a thread of its own.

    Args:
      tensors_list: a list of what `batch` takes as `tensors`.
      batch_size, capacity, min_after_dequeue, seed, enqueue_many, shapes: as for `shuffle_batch`.
      allow_smaller_final_batch, shared_name, name: as for `shuffle_batch`.

    Returns:
      As for `batch`.
    """
    return maybe_shuffle_batch_join(
        tensors_list, batch_size, capacity, min_after_dequeue, True, seed, enqueue_many, shapes,
        allow_smaller_final_batch, shared_name, name,
    )  # fmt: skip


def maybe_shuffle_batch_join(tensors_list, batch_size, capacity, min_after_dequeue, keep_input, seed=None,
                             enqueue_many=False, shapes=None, allow_smaller_final_batch=False, shared_name=None,
                             name=None):  # fmt: skip
    """As `shuffle_batch_join`, of those examples only for which `keep_input` holds.

    Args:
      tensors_list, batch_size, capacity, min_after_dequeue, seed: as for `shuffle_batch_join`.
      enqueue_many, shapes, allow_smaller_final_batch, shared_name, name: as for `shuffle_batch_join`.
      keep_input: as for `maybe_batch`.

    Returns:
      As for `batch`.
    """
    made = _Batches("shuffle_batch_join", tensors_list, keep_input, enqueue_many, shapes, capacity, shared_name, name)
    return made.of_shuffled(batch_size, min_after_dequeue, seed, allow_smaller_final_batch)


class _Batches:
    """What all of them do: a queue of examples, a runner that fills it, a summary, a dequeue."""

    def __init__(self, kind, examples, keep_input, several, shapes, capacity, shared_name, name):
        self.first = examples[0] if examples else []
        self.examples = [_as_list(example) for example in examples]
        self.kind, self.keep, self.several, self.shapes = kind, keep_input, several, shapes
        self.capacity, self.shared_name, self.name = capacity, shared_name, name

    def of_fifo(self, size, pad, smaller, threads=1):
        kind = queues.PaddingFIFOQueue if pad else queues.FIFOQueue
        make = lambda types, shapes: kind(self.capacity, types, shapes, shared_name=self.shared_name)  # noqa: E731
        return self.build(make, 0, size, smaller, threads)

    def of_shuffled(self, size, least, seed, smaller, threads=1):
        if self.capacity <= least:
            raise ValueError(f"capacity {self.capacity} must be bigger than min_after_dequeue {least}.")
        make = lambda types, shapes: queues.RandomShuffleQueue(  # noqa: E731
            self.capacity, least, types, shapes, seed=seed, shared_name=self.shared_name
        )
        return self.build(make, least, size, smaller, threads)

    def build(self, make, least, size, smaller, threads):
        flat = [tensor for example in self.examples for tensor in example]
        if not flat:
            raise ValueError(f"Expected at least one tensor in {self.kind}().")
        with graph_mode(), name_scope_v1(self.name, self.kind, flat) as scope:
            examples = [[convert_to_tensor(tensor) for tensor in example] for example in self.examples]
            types = _types_of(examples)
            keep = convert_to_tensor(self.keep, dtype=dtypes.bool)
            if keep.shape.rank is None or keep.shape.rank > (1 if self.several else 0):
                raise ValueError("`keep_input` must be a scalar, or with `enqueue_many` a vector")
            queue = make(types, _shapes_of(examples, self.shapes, self.several))
            enqueues = [self.enqueue(queue, example, keep) for example in examples]
            add_queue_runner(QueueRunner(queue, enqueues * threads))
            summarize(queue, self.capacity, least)
            taken = (queue.dequeue_up_to if smaller else queue.dequeue_many)(size, name=scope)
        if isinstance(self.first, dict):
            taken = taken if isinstance(taken, list) else [taken]
            return dict(zip(sorted(self.first), taken, strict=True))
        return taken

    def enqueue(self, queue, example, keep):
        add = queue.enqueue_many if self.several else queue.enqueue
        if keep.shape.rank == 1:
            return add([picking.boolean_mask(tensor, keep) for tensor in example])
        if constant_value(keep):
            return add(example)
        return cond_v1(keep, lambda: add(example), no_op)


def _as_list(tensors):
    return [tensors[key] for key in sorted(tensors)] if isinstance(tensors, dict) else list(tensors)


def _types_of(examples):
    types = [tensor.dtype.base_dtype for tensor in examples[0]]
    for example in examples[1:]:
        others = [tensor.dtype.base_dtype for tensor in example]
        if others != types:
            raise TypeError(f"Expected types to be consistent: {types} vs. {others}.")
    return types


def _shapes_of(examples, given, several):
    """The shapes that hold for an example of any list."""
    if given is not None:
        return given
    shapes = []
    for tensors in zip(*examples, strict=True):
        for tensor in tensors:
            if tensor.shape.rank is None:
                raise ValueError(f"Cannot infer Tensor's rank: {tensor}")
        alike = tensors[0].shape
        for tensor in tensors[1:]:
            alike = alike.most_specific_compatible_shape(tensor.shape)
        shapes.append(alike[1:] if several else TensorShape(alike))
    return shapes
