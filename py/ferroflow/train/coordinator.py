"""`tf.train.Coordinator` and `LooperThread`: threads that stop together, and report what went wrong in one of them."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

from ..framework.errors import OutOfRangeError


class Coordinator:
    """Lets threads stop together: any of them asks for the end, all look whether to go on.

    Args:
      clean_stop_exception_types: exceptions that mean an ordinary end; `(tf.errors.OutOfRangeError,)` by default.

    >>> import threading
    >>> import ferroflow.compat.v1 as v1
    >>> coordinator, done = v1.train.Coordinator(), []
    >>> def work():
    ...     with coordinator.stop_on_exception():
    ...         while not coordinator.should_stop():
    ...             done.append(1)
    ...             if len(done) >= 10:
    ...                 coordinator.request_stop()
    >>> threads = [threading.Thread(target=work) for _ in range(2)]
    >>> for thread in threads:
    ...     thread.start()
    >>> coordinator.join(threads)
    >>> len(done) >= 10
    True
    """

    def __init__(self, clean_stop_exception_types=None) -> None:
        self._clean = (OutOfRangeError,) if clean_stop_exception_types is None else tuple(clean_stop_exception_types)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._error = None
        self._joined = False
        self._threads = set()

    def request_stop(self, ex=None) -> None:
        """Asks all threads to stop.

        Args:
          ex: an exception, or what `sys.exc_info()` gives: `join` raises the first one that is not an ordinary end.
        """
        error = ex[1] if isinstance(ex, tuple) else ex
        with self._lock:
            if self._joined and error is not None and not isinstance(error, self._clean):
                raise error  # nobody joins any more: it would be lost
            if not self._stop.is_set():
                self._joined = False
                if error is not None and not isinstance(error, self._clean):
                    self._error = error
                self._stop.set()

    def clear_stop(self) -> None:
        """Starts anew: as if nobody had asked for a stop."""
        with self._lock:
            self._joined = False
            self._error = None
            self._stop.clear()

    def should_stop(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop.is_set()

    @contextmanager
    def stop_on_exception(self):
        """A context in which an exception, `SystemExit` too, asks for a stop, and goes no further."""
        try:
            yield
        except BaseException as error:  # whatever ends the thread is what `join` raises
            self.request_stop(error)

    def wait_for_stop(self, timeout=None) -> bool:
        """Waits until a stop is asked for, at most `timeout` seconds; whether it was."""
        return self._stop.wait(timeout)

    def register_thread(self, thread) -> None:
        """Adds a thread to those that `join` waits for."""
        with self._lock:
            self._threads.add(thread)

    def join(self, threads=None, stop_grace_period_secs=120, ignore_live_threads=False) -> None:
        """Waits for threads; after a stop was asked for, only for a time.

        Args:
          threads: a list of threads, besides registered ones.
          stop_grace_period_secs: how many seconds threads have to end once a stop was asked for.
          ignore_live_threads: whether threads that still run then are no error.

        Raises:
          RuntimeError: threads still run after the time.
          Exception: what a thread reported by `request_stop`.
        """
        with self._lock:
            waiting = self._threads | set(threads or ())
        while any(thread.is_alive() for thread in waiting) and not self.wait_for_stop(1.0):
            pass
        end = time.monotonic() + stop_grace_period_secs
        for thread in waiting:
            while thread.is_alive() and time.monotonic() < end:
                thread.join(min(1.0, max(0.0, end - time.monotonic())))
        late = [thread.name for thread in waiting if thread.is_alive()]
        with self._lock:
            self._joined = True
            self._threads = set()
            error = self._error
        if error is not None:
            raise error
        if late and not ignore_live_threads:
            raise RuntimeError(f"Coordinator stopped with threads still running: {' '.join(late)}")

    @property
    def joined(self) -> bool:
        """Whether `join` has ended."""
        return self._joined

    def raise_requested_exception(self) -> None:
        """Raises the exception that a thread reported, if there is one."""
        with self._lock:
            if self._error is not None:
                raise self._error


class LooperThread(threading.Thread):
    """A thread that runs code again and again until its coordinator stops.

    Args:
      coord: the coordinator.
      timer_interval_secs: seconds from one start to the next; None: one after the other.
      target: a function; without one, subclasses define `run_loop`.
      args, kwargs: its arguments.

    Raises:
      ValueError: `coord` is not a coordinator.
    """

    def __init__(self, coord, timer_interval_secs, target=None, args=None, kwargs=None) -> None:
        if not isinstance(coord, Coordinator):
            raise ValueError(f"'coord' argument must be a Coordinator: {coord}")
        super().__init__(daemon=True)
        self._coord = coord
        self._interval = timer_interval_secs
        self._call = target, args or (), kwargs or {}
        if target is None and (args or kwargs):
            raise ValueError("'args' and 'kwargs' argument require that you also pass 'target'")
        coord.register_thread(self)

    @staticmethod
    def loop(coord, timer_interval_secs, target, args=None, kwargs=None) -> LooperThread:
        """Makes such a thread and starts it."""
        thread = LooperThread(coord, timer_interval_secs, target=target, args=args, kwargs=kwargs)
        thread.start()
        return thread

    def run(self) -> None:
        """The thread's work; `start` calls it."""
        with self._coord.stop_on_exception():
            self.start_loop()
            following = time.monotonic()
            while not self._coord.wait_for_stop(
                0 if self._interval is None else max(0.0, following - time.monotonic())
            ):
                following += self._interval or 0
                self.run_loop()
            self.stop_loop()

    def start_loop(self) -> None:
        """Called once before the first round."""

    def stop_loop(self) -> None:
        """Called once after the last round."""

    def run_loop(self) -> None:
        """One round: calls `target`."""
        target, args, kwargs = self._call
        if target is not None:
            target(*args, **kwargs)
