"""Queues: they hand elements, tuples of tensors, from one run to another, and make runs wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._gen import raw_ops
from ..framework import dtypes as _dtypes
from ..framework import random_seed
from ..framework.context import executing_eagerly
from ..framework.convert import convert_to_tensor
from ..framework.name_scope import name_scope_v1
from ..framework.tensor_shape import TensorShape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..framework.typing import DTypeLike, Operation, Tensor, TensorLike

__all__ = ["FIFOQueue", "PaddingFIFOQueue", "PriorityQueue", "QueueBase", "RandomShuffleQueue"]


def _as_types(dtypes):
    dtypes = list(dtypes) if isinstance(dtypes, (list, tuple)) else [dtypes]
    return [_dtypes.as_dtype(dtype).base_dtype for dtype in dtypes]


def _as_shapes(shapes, dtypes, may_be_partial):
    """One shape for each dtype; None where elements may have any."""
    if shapes is None:
        if may_be_partial:
            raise ValueError("When providing partial shapes, a list of shapes must be provided.")
        return None
    if isinstance(shapes, TensorShape) or not isinstance(shapes, (list, tuple)) or not _is_list_of_shapes(shapes):
        shapes = [shapes]
    shapes = [TensorShape(shape) for shape in shapes]
    if may_be_partial:
        if any(shape.rank is None for shape in shapes):
            raise ValueError("When providing partial shapes, a list of shapes must be provided.")
    elif not all(shape.is_fully_defined() for shape in shapes):
        raise ValueError(f"All shapes must be fully defined: {shapes}")
    if len(shapes) != len(dtypes):
        raise ValueError(
            "Queue shapes must have the same length as dtypes, "
            f"received len(shapes)={len(shapes)}, len(dtypes)={len(dtypes)}"
        )
    return shapes


def _is_list_of_shapes(shapes):
    """Whether a list holds shapes; a list of sizes, such as `[2]` or `[]`, is a single shape."""
    return bool(shapes) and not any(isinstance(item, int) for item in shapes)


def _as_names(names, dtypes):
    if names is None:
        return None
    names = list(names) if isinstance(names, (list, tuple)) else [names]
    if len(names) != len(dtypes):
        raise ValueError(
            "List of names must have the same length as the list of dtypes, "
            f"received len(names)={len(names)},len(dtypes)={len(dtypes)}"
        )
    return names


class QueueBase:
    """What all queues share: adding, taking, closing. Elements are tuples of tensors.

    In a graph each method adds an operation, whose runs wait for each other: a dequeue until there is an element, an
    enqueue until there is room. In eager mode a method waits itself, for what other threads do.

    Args:
      dtypes: the dtypes of an element's components.
      shapes: their shapes; None if they are not known beforehand.
      names: names of the components: elements are then dicts. None for tuples.
      queue_ref: the queue's handle.
    """

    def __init__(self, dtypes, shapes, names, queue_ref) -> None:
        self._dtypes = dtypes
        self._shapes = [TensorShape(None)] * len(dtypes) if shapes is None else [TensorShape(s) for s in shapes]
        if names is not None and len(names) != len(dtypes):
            raise ValueError("List of names must have the same length as the list of dtypes.")
        self._names = names
        self._queue_ref = queue_ref
        # TensorFlow's name for a queue that has no node.
        self._name = "Empty" if executing_eagerly() else queue_ref.op.name.split("/")[-1]

    @staticmethod
    def from_list(index: TensorLike, queues: Sequence[QueueBase]) -> QueueBase:
        """The queue at a position of a list, which may be known only when the graph runs.

        Args:
          index: an integer scalar.
          queues: queues of the same dtypes and names.

        Raises:
          TypeError: `queues` is not a list of queues, or their dtypes or names differ.
        """
        from .joining import stack
        from .picking import gather_v1

        if not queues or not isinstance(queues, list) or not all(isinstance(q, QueueBase) for q in queues):
            raise TypeError("A list of queues expected")
        if any(q.dtypes != queues[0].dtypes for q in queues):
            raise TypeError("Queues do not have matching component dtypes.")
        if any(q.names != queues[0].names for q in queues):
            raise TypeError("Queues do not have matching component names.")
        shapes = [q.shapes for q in queues]
        common = [_common_shape(each) for each in zip(*shapes, strict=True)]
        handle = gather_v1(stack([q.queue_ref for q in queues]), index)
        return QueueBase(dtypes=queues[0].dtypes, shapes=common, names=queues[0].names, queue_ref=handle)

    @property
    def queue_ref(self) -> Tensor:
        """The handle."""
        return self._queue_ref

    @property
    def name(self) -> str:
        """The name of the queue's node."""
        return self._name if executing_eagerly() else self._queue_ref.op.name

    @property
    def dtypes(self) -> list[_dtypes.DType]:
        """The dtypes of an element's components."""
        return self._dtypes

    @property
    def shapes(self) -> list[TensorShape]:
        """The shapes of an element's components, as far as known."""
        return self._shapes

    @property
    def names(self) -> list[str] | None:
        """The names of an element's components; None if elements are tuples."""
        return self._names

    def _components(self, vals):
        """The tensors of an element, or of several."""
        if isinstance(vals, dict):
            if not self._names:
                raise ValueError("Queue must have names to enqueue a dictionary")
            if sorted(self._names, key=str) != sorted(vals.keys(), key=str):
                raise ValueError(
                    "Keys in dictionary to enqueue do not match names of Queue.  "
                    f"Dictionary: {sorted(vals.keys())},Queue: {sorted(self._names)}"
                )
            vals = [vals[name] for name in self._names]
        else:
            if self._names:
                raise ValueError("You must enqueue a dictionary in a Queue with names")
            vals = list(vals) if isinstance(vals, (list, tuple)) else [vals]
        if len(vals) != len(self._dtypes):
            raise ValueError(f"an element of this queue has {len(self._dtypes)} components, got {len(vals)}")
        pairs = zip(vals, self._dtypes, strict=True)
        return [convert_to_tensor(v, dtype=dtype, name=f"component_{i}") for i, (v, dtype) in enumerate(pairs)]

    def _element(self, tensors):
        if self._names:
            return dict(zip(self._names, tensors, strict=True))
        return tensors[0] if len(tensors) == 1 else list(tensors)

    def _op(self, kind):
        """The op of a method, by whether the handle is a resource or a reference."""
        return getattr(raw_ops, kind + "V2" if self._queue_ref.dtype == _dtypes.resource else kind)

    def enqueue(self, vals, name: str | None = None) -> Operation | None:
        """Adds an element, waiting while the queue is full.

        Args:
          vals: a tensor, a list or tuple of tensors, or a dict for a queue with names.
          name: a name for the operation.

        Returns:
          The operation; None in eager mode.

        Raises:
          ValueError: a shape does not fit.
          tf.errors.CancelledError: when it runs, if the queue is closed.
        """
        with name_scope_v1(name, f"{self._name}_enqueue") as scope:
            vals = self._components(vals)
            for value, shape in zip(vals, self._shapes, strict=True):
                value.shape.assert_is_compatible_with(shape)
            return self._op("QueueEnqueue")(handle=self._queue_ref, components=vals, name=scope)

    def enqueue_many(self, vals, name: str | None = None) -> Operation | None:
        """Adds the rows of tensors as elements, waiting while the queue is full.

        Args:
          vals: as for `enqueue`, where each tensor has a first axis, over the elements, of one size.
          name: a name for the operation.

        Returns:
          The operation; None in eager mode.

        Raises:
          ValueError: a shape does not fit.
          tf.errors.CancelledError: when it runs, if the queue is closed.
        """
        with name_scope_v1(name, f"{self._name}_EnqueueMany") as scope:
            vals = self._components(vals)
            rows = TensorShape([None])
            for value, shape in zip(vals, self._shapes, strict=True):
                whole = value.shape.with_rank_at_least(1)
                if whole.rank is not None:
                    first = rows[0] if hasattr(rows[0], "merge_with") else rows.dims[0]
                    rows = TensorShape([first.merge_with(whole.dims[0])])
                    whole[1:].assert_is_compatible_with(shape)
            return self._op("QueueEnqueueMany")(handle=self._queue_ref, components=vals, name=scope)

    def dequeue(self, name: str | None = None) -> Any:
        """Takes an element, waiting until there is one.

        Args:
          name: a name for the operation.

        Returns:
          A tensor, a list of tensors, or a dict for a queue with names.

        Raises:
          tf.errors.OutOfRangeError: when it runs, if the queue is closed and empty.
          tf.errors.CancelledError: the session was closed.
        """
        name = name or f"{self._name}_Dequeue"
        return self._taken(self._op("QueueDequeue")(self._queue_ref, self._dtypes, name=name), [])

    def dequeue_many(self, n: TensorLike, name: str | None = None) -> Any:
        """Takes n elements, stacked along a new first axis, waiting until there are so many.

        Args:
          n: an int32 scalar.
          name: a name for the operation.

        Returns:
          As for `dequeue`.

        Raises:
          tf.errors.OutOfRangeError: when it runs, if the queue is closed and has fewer.
        """
        name = name or f"{self._name}_DequeueMany"
        return self._taken(self._op("QueueDequeueMany")(self._queue_ref, n, self._dtypes, name=name), [None])

    def dequeue_up_to(self, n: TensorLike, name: str | None = None) -> Any:
        """Takes n elements as `dequeue_many` does, but what is left of a closed queue if that is less.

        Args:
          n: an int32 scalar.
          name: a name for the operation.

        Returns:
          As for `dequeue`.

        Raises:
          tf.errors.OutOfRangeError: when it runs, if the queue is closed and empty.
        """
        name = name or f"{self._name}_DequeueUpTo"
        return self._taken(self._op("QueueDequeueUpTo")(self._queue_ref, n, self._dtypes, name=name), [None])

    def _taken(self, tensors, first):
        tensors = list(tensors) if isinstance(tensors, (list, tuple)) else [tensors]
        if not executing_eagerly():
            for tensor, shape in zip(tensors, self._shapes, strict=True):
                tensor.set_shape(TensorShape(first).concatenate(shape))
        return self._element(tensors)

    def close(self, cancel_pending_enqueues: bool = False, name: str | None = None) -> Operation | None:
        """Closes the queue: nothing more can be added; what is in it can be taken.

        Args:
          cancel_pending_enqueues: whether enqueues that wait are cancelled; else they are done first.
          name: a name for the operation.

        Returns:
          The operation; None in eager mode.
        """
        name = name or f"{self._name}_Close"
        return self._op("QueueClose")(self._queue_ref, cancel_pending_enqueues, name=name)

    def is_closed(self, name: str | None = None) -> Tensor:
        """Whether the queue is closed, a bool scalar.

        Args:
          name: a name for the operation.
        """
        return self._op("QueueIsClosed")(self._queue_ref, name=name or f"{self._name}_Is_Closed")

    def size(self, name: str | None = None) -> Tensor:
        """How many elements are in the queue, an int32 scalar.

        Args:
          name: a name for the operation.
        """
        return self._op("QueueSize")(self._queue_ref, name=name or f"{self._name}_Size")


def _common_shape(shapes):
    first = shapes[0]
    if any(shape.rank is None or shape.rank != first.rank for shape in shapes):
        return TensorShape(None)
    sizes = zip(*(shape.as_list() for shape in shapes), strict=True)
    return TensorShape([each[0] if len(set(each)) == 1 else None for each in sizes])


def _shared(shared_name):
    """In eager mode each queue is one of its own."""
    return "" if executing_eagerly() or shared_name is None else shared_name


class FIFOQueue(QueueBase):
    """A queue that gives elements in the order in which they came.

    Args:
      capacity: how many elements it holds at most; negative for any number.
      dtypes: a dtype, or a list with one for each component.
      shapes: a list of fully defined shapes, one for each component; None if elements may have any shapes, which
        excludes `dequeue_many` and `dequeue_up_to`.
      names: a list of names: elements are then dicts.
      shared_name: queues of a session with this name are the same one.
      name: a name for the operation.

    >>> queue = tf.queue.FIFOQueue(3, tf.float32, shapes=[[]])
    >>> queue.enqueue_many([[1.0, 2.0]])
    >>> float(queue.dequeue()), int(queue.size())
    (1.0, 1)
    """

    def __init__(
        self,
        capacity: int,
        dtypes: DTypeLike | Sequence[DTypeLike],
        shapes=None,
        names: Sequence[str] | None = None,
        shared_name: str | None = None,
        name: str = "fifo_queue",
    ) -> None:
        dtypes = _as_types(dtypes)
        shapes, names = _as_shapes(shapes, dtypes, False), _as_names(names, dtypes)
        handle = raw_ops.FIFOQueueV2(
            component_types=dtypes, shapes=shapes or [], capacity=capacity, shared_name=_shared(shared_name), name=name
        )
        super().__init__(dtypes, shapes, names, handle)


class PaddingFIFOQueue(QueueBase):
    """A queue like `FIFOQueue` whose shapes may have unknown sizes, of which `dequeue_many` makes the largest.

    Args:
      capacity: how many elements it holds at most.
      dtypes: a dtype, or a list with one for each component.
      shapes: a list of shapes of known rank, one for each component; where a size is None, smaller elements are filled
        up with zeros or empty strings.
      names: a list of names: elements are then dicts.
      shared_name: queues of a session with this name are the same one.
      name: a name for the operation.

    >>> queue = tf.queue.PaddingFIFOQueue(3, tf.int32, shapes=[[None]])
    >>> queue.enqueue([[1, 2]])
    >>> queue.enqueue([[3]])
    >>> queue.dequeue_many(2).numpy().tolist()
    [[1, 2], [3, 0]]
    """

    def __init__(
        self,
        capacity: int,
        dtypes: DTypeLike | Sequence[DTypeLike],
        shapes,
        names: Sequence[str] | None = None,
        shared_name: str | None = None,
        name: str = "padding_fifo_queue",
    ) -> None:
        dtypes = _as_types(dtypes)
        shapes, names = _as_shapes(shapes, dtypes, True), _as_names(names, dtypes)
        if len(dtypes) != len(shapes):
            raise ValueError(f"Shapes must be provided for all components, but received {len(dtypes)} dtypes.")
        handle = raw_ops.PaddingFIFOQueueV2(
            component_types=dtypes, shapes=shapes, capacity=capacity, shared_name=_shared(shared_name), name=name
        )
        super().__init__(dtypes, shapes, names, handle)


class RandomShuffleQueue(QueueBase):
    """A queue that gives its elements in random order.

    Args:
      capacity: how many elements it holds at most.
      min_after_dequeue: how many stay in it until it is closed, so that there is something to draw from.
      dtypes: a dtype, or a list with one for each component.
      shapes: a list of fully defined shapes, one for each component, or None, as for `FIFOQueue`.
      names: a list of names: elements are then dicts.
      seed: a seed; see `tf.compat.v1.set_random_seed`.
      shared_name: queues of a session with this name are the same one.
      name: a name for the operation.

    >>> queue = tf.queue.RandomShuffleQueue(9, 0, tf.int32, shapes=[[]])
    >>> queue.enqueue_many([[1, 2, 3]])
    >>> sorted(queue.dequeue_many(3).numpy().tolist())
    [1, 2, 3]
    """

    def __init__(
        self,
        capacity: int,
        min_after_dequeue: int,
        dtypes: DTypeLike | Sequence[DTypeLike],
        shapes=None,
        names: Sequence[str] | None = None,
        seed: int | None = None,
        shared_name: str | None = None,
        name: str = "random_shuffle_queue",
    ) -> None:
        dtypes = _as_types(dtypes)
        shapes, names = _as_shapes(shapes, dtypes, False), _as_names(names, dtypes)
        seed, seed2 = _seeds(seed, shared_name)
        handle = raw_ops.RandomShuffleQueueV2(
            component_types=dtypes,
            shapes=shapes or [],
            capacity=capacity,
            min_after_dequeue=min_after_dequeue,
            seed=seed,
            seed2=seed2,
            shared_name=_shared(shared_name),
            name=name,
        )
        super().__init__(dtypes, shapes, names, handle)


def _seeds(seed, shared_name):
    """Both seeds; those of a shared queue do not depend on where in the graph it is made."""
    first, second = random_seed.get_seed(seed)
    if first is None and second is None:
        return 0, 0
    if seed is None and shared_name is not None:
        import hashlib

        # As TensorFlow does, so that several nodes of one queue agree.
        text = (str(first) + shared_name).encode()
        second = int(hashlib.md5(text, usedforsecurity=False).hexdigest()[:8], 16) & 0x7FFFFFFF
    return first or 0, second or 0


class PriorityQueue(QueueBase):
    """A queue that gives the element with the smallest priority first.

    An element has an int64 scalar, the priority, before its other components.

    Args:
      capacity: how many elements it holds at most.
      types: a dtype, or a list with one for each component but the priority.
      shapes: a list of fully defined shapes, one for each component but the priority.
      names: a list of names with one for the priority first: elements are then dicts.
      shared_name: queues of a session with this name are the same one.
      name: a name for the operation.

    >>> queue = tf.queue.PriorityQueue(9, tf.string, shapes=[[]])
    >>> queue.enqueue((5, "later"))
    >>> queue.enqueue((1, "first"))
    >>> queue.dequeue()[1].numpy()
    b'first'
    """

    def __init__(
        self,
        capacity: int,
        types: DTypeLike | Sequence[DTypeLike],
        shapes=None,
        names: Sequence[str] | None = None,
        shared_name: str | None = None,
        name: str = "priority_queue",
    ) -> None:
        types = _as_types(types)
        shapes = _as_shapes(shapes, types, False)
        if shapes is None:
            raise TypeError("Expected list for 'shapes' argument to 'priority_queue_v2' Op, not None.")
        handle = raw_ops.PriorityQueueV2(
            component_types=types, shapes=shapes, capacity=capacity, shared_name=_shared(shared_name), name=name
        )
        dtypes = [_dtypes.int64, *types]
        super().__init__(dtypes, [TensorShape([]), *shapes], _as_names(names, dtypes), handle)
