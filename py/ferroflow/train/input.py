"""Input pipelines of TensorFlow 1: queues that runners fill, with examples or with batches of them."""

from __future__ import annotations

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.collections import GraphKeys
from ..framework.context import control_dependencies, graph_mode
from ..framework.convert import convert_to_tensor
from ..framework.name_scope import name_scope_v1
from ..framework.state import count_up_to
from ..framework.tensor_shape import TensorShape
from ..framework.variables import VariableV1
from ..ops import arithmetic, binary, flow, picking, queues, random, sequence, shapes
from .queue_runner import QueueRunner, add_queue_runner


def limit_epochs(tensor, num_epochs=None, name=None):
    """A tensor that can be read only so often.

    Args:
      tensor: a tensor.
      num_epochs: how often, a positive int, counted by a local variable; None for without end.
      name: a name for the operation.

    Returns:
      The tensor, whose runs end with OutOfRangeError after `num_epochs` of them.

    Raises:
      ValueError: `num_epochs` is not positive.
    """
    if num_epochs is None:
        return tensor
    if num_epochs <= 0:
        raise ValueError(f"num_epochs must be > 0 not {num_epochs}.")
    with graph_mode(), name_scope_v1(name, "limit_epochs", [tensor]) as scope:
        zero = convert_to_tensor(0, dtype=dtypes.int64)
        epochs = VariableV1(
            zero, name="epochs", trainable=False, collections=[GraphKeys.LOCAL_VARIABLES], use_resource=True
        )
        with control_dependencies([count_up_to(epochs, num_epochs)]):
            return shapes.identity(tensor, name=scope)


def input_producer(input_tensor, element_shape=None, num_epochs=None, shuffle=True, seed=None, capacity=32,
                   shared_name=None, summary_name=None, name=None, cancel_op=None):  # fmt: skip
    """A queue of the rows of a tensor, again and again, which a runner of the graph fills.

    Args:
      input_tensor: a tensor with at least one axis.
      element_shape: the shape of a row, where the tensor's is not known.
      num_epochs: how often the rows come, counted by a local variable; None for without end.
      shuffle: whether each time in another order.
      seed: the seed of the orders.
      capacity: how many rows the queue holds.
      shared_name: queues of a session with this name are the same one.
      summary_name: the name of the summary that says how full the queue is.
      name: a name for the operations.
      cancel_op: what closes the queue when a coordinator asks for a stop.

    Returns:
      The queue.

    Raises:
      ValueError: the shape of a row is not known.
    """
    with graph_mode(), name_scope_v1(name, "input_producer", [input_tensor]) as scope:
        rows = convert_to_tensor(input_tensor, name="input_tensor")
        shape = rows.shape[1:].merge_with(TensorShape(element_shape))
        if not shape.is_fully_defined():
            raise ValueError(
                "Either `input_tensor` must have a fully defined shape or `element_shape` must be specified"
            )
        rows = random.shuffle(rows, seed=seed) if shuffle else rows
        rows = limit_epochs(rows, num_epochs)
        queue = queues.FIFOQueue(capacity, [rows.dtype.base_dtype], [shape], shared_name=shared_name, name=scope)
        add_queue_runner(QueueRunner(queue, [queue.enqueue_many([rows])], cancel_op=cancel_op))
        summarize(queue, capacity, 0, summary_name)
        return queue


def summarize(queue, capacity, least, name=None):
    """Adds a summary of how full a queue is, above a number of elements that always stay in it."""
    size = queue.size()
    if least:
        size = binary.maximum(0, size - least)
        name = f"fraction_over_{least}_of_{capacity - least}_full"
    used = arithmetic.cast(size, dtypes.float32) * (1.0 / (capacity - least))
    with graph_mode() as graph, name_scope_v1(name or f"fraction_of_{capacity}_full") as scope:
        graph.add_to_collection(GraphKeys.SUMMARIES, raw_ops.ScalarSummary(scope.rstrip("/"), used, scope))


def string_input_producer(string_tensor, num_epochs=None, shuffle=True, seed=None, capacity=32, shared_name=None,
                          name=None, cancel_op=None):  # fmt: skip
    """A queue of strings, such as file names, again and again, which a runner of the graph fills.

    Args:
      string_tensor: a vector of strings.
      num_epochs, shuffle, seed, capacity, shared_name, name, cancel_op: as for `input_producer`.

    Returns:
      The queue.

    Raises:
      ValueError: there are no strings; in a tensor that is known only at run time an InvalidArgumentError of the runner.
    """
    message = "string_input_producer requires a non-null input tensor"
    if isinstance(string_tensor, (list, tuple)) and not string_tensor:
        raise ValueError(message)
    with graph_mode(), name_scope_v1(name, "input_producer", [string_tensor]) as scope:
        strings = convert_to_tensor(string_tensor, dtype=dtypes.string)
        with control_dependencies([flow.Assert(binary.greater(shapes.size(strings), 0), [message])]):
            strings = shapes.identity(strings)
        return input_producer(
            strings, [], num_epochs, shuffle, seed, capacity, shared_name, name=scope, cancel_op=cancel_op
        )


def range_input_producer(limit, num_epochs=None, shuffle=True, seed=None, capacity=32, shared_name=None, name=None):
    """A queue of the integers from 0 to `limit` (exclusive), again and again, which a runner of the graph fills.

    Args:
      limit: an int32 scalar.
      num_epochs, shuffle, seed, capacity, shared_name, name: as for `input_producer`.

    Returns:
      The queue.
    """
    with graph_mode(), name_scope_v1(name, "input_producer", [limit]) as scope:
        numbers = sequence.range(limit)
        return input_producer(numbers, [], num_epochs, shuffle, seed, capacity, shared_name, name=scope)


def slice_input_producer(tensor_list, num_epochs=None, shuffle=True, seed=None, capacity=32, shared_name=None,
                         name=None):  # fmt: skip
    """One row of each of some tensors, the same of all: in each run the next.

    Args:
      tensor_list: a list of tensors, whose first axes have one size.
      num_epochs, shuffle, seed, capacity, shared_name, name: as for `input_producer`.

    Returns:
      A list of tensors.

    Raises:
      ValueError: there are no tensors.

    >>> import ferroflow.compat.v1 as v1
    >>> with tf.Graph().as_default(), v1.Session() as session:
    ...     number, letter = v1.train.slice_input_producer([[1, 2], ["a", "b"]], shuffle=False)
    ...     threads = v1.train.start_queue_runners(session)
    ...     found = [(int(n), c) for n, c in (session.run([number, letter]) for _ in range(3))]
    >>> found
    [(1, b'a'), (2, b'b'), (1, b'a')]
    """
    if not tensor_list:
        raise ValueError("Expected at least one tensor in slice_input_producer().")
    with graph_mode(), name_scope_v1(name, "input_producer", tensor_list):
        tensors = [convert_to_tensor(tensor) for tensor in tensor_list]
        queue = range_input_producer(shapes.shape_v1(tensors[0])[0], num_epochs, shuffle, seed, capacity, shared_name)
        row = queue.dequeue()
        return [picking.gather(tensor, row) for tensor in tensors]
