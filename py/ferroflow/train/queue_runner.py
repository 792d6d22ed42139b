"""`tf.train.QueueRunner`: threads that run enqueue operations until their queue is closed."""

from __future__ import annotations

import threading
import warnings
import weakref

from ..framework.collections import GraphKeys
from ..framework.context import graph_mode
from ..framework.errors import OutOfRangeError, error_code_from_exception_type, exception_type_from_error_code
from ..framework.session import BaseSession, get_default_session
from ..ops.queues import QueueBase


class QueueRunner:
    """Runs enqueue operations on threads of their own, again and again, until one says that there is no more.

    Args:
      queue: a queue.
      enqueue_ops: a list of operations that add to it; each has its thread.
      close_op: what closes the queue when all of them have ended; `queue.close()` by default.
      cancel_op: what closes it when a coordinator asks for a stop; cancels what waits by default.
      queue_closed_exception_types: exceptions that mean that there is no more; `(tf.errors.OutOfRangeError,)` by default.
      queue_runner_def: a `QueueRunnerDef` message that says all of this by names in the default graph.
      import_scope: a scope that stands before these names.

    Raises:
      ValueError: neither or both of queue with operations and `queue_runner_def` are given.

    >>> import ferroflow.compat.v1 as v1
    >>> with tf.Graph().as_default(), v1.Session() as session:
    ...     queue = tf.queue.FIFOQueue(2, tf.int32, shapes=[[]])
    ...     v1.train.add_queue_runner(v1.train.QueueRunner(queue, [queue.enqueue(7)]))
    ...     seven = queue.dequeue()
    ...     threads = v1.train.start_queue_runners(session)
    ...     found = [int(session.run(seven)) for _ in range(3)]
    >>> found
    [7, 7, 7]
    """

    def __init__(
        self,
        queue: QueueBase | None = None,
        enqueue_ops=None,
        close_op=None,
        cancel_op=None,
        queue_closed_exception_types=None,
        queue_runner_def=None,
        import_scope: str | None = None,
    ) -> None:
        if queue_runner_def is not None:
            if queue or enqueue_ops:
                raise ValueError("queue_runner_def and queue are mutually exclusive.")
            self._read(queue_runner_def, import_scope)
        elif not queue or not enqueue_ops:
            raise ValueError("Must provide queue and enqueue_ops.")
        else:
            self._set(queue, enqueue_ops, close_op, cancel_op, queue_closed_exception_types)
        self._lock = threading.Lock()
        self._running = weakref.WeakKeyDictionary()
        self._exceptions = []

    def _set(self, queue, enqueue_ops, close_op, cancel_op, closed):
        closed = (OutOfRangeError,) if closed is None else closed
        if not isinstance(closed, tuple) or not closed or not all(isinstance(t, type) for t in closed):
            raise TypeError(
                f"queue_closed_exception_types, if provided, must be a tuple of error types, got {closed!r}"
            )
        self._queue, self._enqueue_ops, self._closed = queue, enqueue_ops, closed
        with graph_mode():
            self._close_op = queue.close() if close_op is None else close_op
            self._cancel_op = queue.close(cancel_pending_enqueues=True) if cancel_op is None else cancel_op

    def _read(self, message, import_scope):
        from ..framework.protos import QueueRunnerDef, coerce

        message = coerce(QueueRunnerDef, message)
        with graph_mode() as graph:

            def element(name):
                return graph.as_graph_element(f"{import_scope}/{name}" if import_scope else name)

            handle = element(message.queue_name)
            handle = handle.outputs[0] if hasattr(handle, "outputs") else handle
            enqueue_ops = [element(name) for name in message.enqueue_op_name]
            closed = tuple(exception_type_from_error_code(code) for code in message.queue_closed_exception_types)
            cancel = element(message.cancel_op_name) if message.cancel_op_name else None
            self._set(_Known(handle), enqueue_ops, element(message.close_op_name), cancel, closed or (OutOfRangeError,))

    @property
    def queue(self):
        """The queue."""
        return self._queue

    @property
    def enqueue_ops(self):
        """The operations that add to it."""
        return self._enqueue_ops

    @property
    def close_op(self):
        """What closes it when all of them have ended."""
        return self._close_op

    @property
    def cancel_op(self):
        """What closes it when a coordinator asks for a stop."""
        return self._cancel_op

    @property
    def queue_closed_exception_types(self):
        """The exceptions that mean that there is no more."""
        return self._closed

    @property
    def exceptions_raised(self):
        """The exceptions of threads that no coordinator was told of."""
        return self._exceptions

    @property
    def name(self) -> str:
        """The name of the queue's operation."""
        return self._queue.queue_ref.op.name

    def create_threads(self, sess, coord=None, daemon: bool = False, start: bool = False) -> list[threading.Thread]:
        """Makes the threads that run the enqueue operations in a session.

        Args:
          sess: a session.
          coord: a coordinator: the threads end when it asks for a stop, and tell it of their exceptions.
          daemon: whether the process may end while they run.
          start: whether to start them.

        Returns:
          The threads; none if those of this session still run.
        """
        with self._lock:
            if self._running.get(sess, 0) > 0:
                return []
            self._running[sess] = len(self._enqueue_ops)
            self._exceptions = []
        threads = [self._thread(self._run, op, sess, coord) for op in self._enqueue_ops]
        if coord:
            threads.append(self._thread(self._cancel, self._cancel_op, sess, coord))
        for thread in threads:
            if coord:
                coord.register_thread(thread)
            thread.daemon = daemon
            if start:
                thread.start()
        return threads

    def _thread(self, target, op, sess, coord):
        return threading.Thread(target=target, args=(sess, op, coord), name=f"QueueRunnerThread-{self.name}-{op.name}")

    def _run(self, sess, enqueue_op, coord):
        try:
            while not (coord and coord.should_stop()):
                sess.run(enqueue_op)
        except self._closed:
            if self._ended(sess) == 0:
                try:
                    sess.run(self._close_op)
                except Exception:  # it may be closed already
                    pass
            return
        except Exception as error:
            self._ended(sess)
            if coord:
                coord.request_stop(error)
                return
            with self._lock:
                self._exceptions.append(error)
            raise
        self._ended(sess)

    def _ended(self, sess):
        """Counts a thread that has ended; how many still run."""
        with self._lock:
            self._running[sess] -= 1
            return self._running[sess]

    def _cancel(self, sess, cancel_op, coord):
        coord.wait_for_stop()
        try:
            sess.run(cancel_op)
        except Exception:  # the session may be closed, or the queue
            pass

    def to_proto(self, export_scope: str | None = None):
        """The runner as a `QueueRunnerDef` message; None if the queue is not of `export_scope`."""
        from ..framework.protos import QueueRunnerDef

        if export_scope and not self.name.startswith(export_scope):
            return None
        start = len(export_scope) + 1 if export_scope else 0
        message = QueueRunnerDef(
            queue_name=self.name[start:],
            close_op_name=self._close_op.name[start:],
            cancel_op_name=self._cancel_op.name[start:],
        )
        message.enqueue_op_name.extend(op.name[start:] for op in self._enqueue_ops)
        message.queue_closed_exception_types.extend(error_code_from_exception_type(t) for t in self._closed)
        return message

    @staticmethod
    def from_proto(queue_runner_def, import_scope: str | None = None) -> QueueRunner:
        """The runner of a `QueueRunnerDef` message, by names in the default graph."""
        return QueueRunner(queue_runner_def=queue_runner_def, import_scope=import_scope)


class _Known(QueueBase):
    """A queue of which only the handle is known."""

    def __init__(self, handle):
        super().__init__([], None, None, handle)


def add_queue_runner(qr: QueueRunner, collection: str = GraphKeys.QUEUE_RUNNERS) -> None:
    """Adds a runner to a collection of its graph, for `start_queue_runners`.

    Args:
      qr: a runner.
      collection: a key of the graph.
    """
    with graph_mode() as graph:
        graph.add_to_collection(collection, qr)


def start_queue_runners(
    sess=None, coord=None, daemon: bool = True, start: bool = True, collection: str = GraphKeys.QUEUE_RUNNERS
) -> list[threading.Thread]:
    """Starts the threads of all runners of a graph.

    Args:
      sess: a session; the default one if it is not given.
      coord: a coordinator that ends them.
      daemon: whether the process may end while they run.
      start: whether to start them; else the caller does.
      collection: the key under which the runners are found.

    Returns:
      The threads.

    Raises:
      ValueError: there is no session.
      TypeError: `sess` is no session.
    """
    if sess is None:
        sess = get_default_session()
        if not sess:
            raise ValueError(
                "Cannot start queue runners: No default session is registered. Use `with sess.as_default()` or pass an "
                "explicit session to tf.start_queue_runners(sess=sess)"
            )
    if not isinstance(sess, BaseSession):
        raise TypeError(f"sess must be a `tf.Session` object. Given class: {sess.__class__}")
    runners = sess.graph.get_collection(collection)
    if not runners:
        warnings.warn("`tf.train.start_queue_runners()` was called when no queue runners were defined.", stacklevel=2)
    made = [runner.create_threads(sess, coord, daemon, start) for runner in runners]
    return [thread for threads in made for thread in threads]
