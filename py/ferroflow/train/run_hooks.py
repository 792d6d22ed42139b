"""What hooks of monitored sessions are made of: the base class, arguments, results, the timer."""

from __future__ import annotations

import time
from typing import Any, NamedTuple


class SessionRunArgs(NamedTuple):
    """What a hook adds to a run, or what the user asked for.

    Attributes:
      fetches: tensors, operations, or a nested structure of them; None for nothing.
      feed_dict: values for tensors.
      options: a `RunOptions` message.
    """

    fetches: Any
    feed_dict: dict | None = None
    options: Any = None


class SessionRunValues(NamedTuple):
    """What a run gave.

    Attributes:
      results: the values of the hook's fetches, in their structure; None if it asked for none.
      options: the `RunOptions` of the run.
      run_metadata: its `RunMetadata`.
    """

    results: Any
    options: Any = None
    run_metadata: Any = None


class SessionRunContext:
    """A run, for the hooks of its session."""

    def __init__(self, original_args, session) -> None:
        self._original_args = original_args
        self._session = session
        self._stop_requested = False

    @property
    def original_args(self) -> SessionRunArgs:
        """What the user asked for."""
        return self._original_args

    @property
    def session(self):
        """The session that runs."""
        return self._session

    @property
    def stop_requested(self) -> bool:
        """Whether a hook asked for an end after this run."""
        return self._stop_requested

    def request_stop(self) -> None:
        """Ends the session's loop after this run."""
        self._stop_requested = True


class SessionRunHook:
    """A base class of what is called around the runs of a monitored session."""

    def begin(self) -> None:
        """Called once before the session is made: operations can be added to the graph."""

    def after_create_session(self, session, coord) -> None:
        """Called when the session has been made, also when it is made again; the graph is finished."""

    def before_run(self, run_context) -> SessionRunArgs | None:
        """Called before each run: what to fetch and feed besides, or None."""

    def after_run(self, run_context, run_values) -> None:
        """Called after each run that did not fail, with the values of the hook's fetches."""

    def end(self, session) -> None:
        """Called once before the session is closed, unless an exception ended it."""


class SecondOrStepTimer:
    """Tells when it is time again: after seconds or after steps, and at first.

    Args:
      every_secs: seconds between two times.
      every_steps: steps between two times.

    Raises:
      ValueError: both are given.
    """

    def __init__(self, every_secs=None, every_steps=None) -> None:
        self.reset()
        self._every_secs = every_secs
        self._every_steps = every_steps
        if every_secs is None and every_steps is None:
            raise ValueError("Either every_secs or every_steps should be provided.")
        if every_secs is not None and every_steps is not None:
            raise ValueError("Can not provide both every_secs and every_steps.")

    def reset(self) -> None:
        """Forgets the last time."""
        self._last_step = None
        self._last_time = None

    def should_trigger_for_step(self, step) -> bool:
        """Whether it is time at this step."""
        if self._last_step is None:
            return True
        if self._last_step == step:
            return False
        if self._every_secs is not None:
            return time.time() >= self._last_time + self._every_secs
        return step >= self._last_step + self._every_steps

    def update_last_triggered_step(self, step) -> tuple[float | None, int | None]:
        """Notes that it was time at this step; the seconds and steps since the time before, or None for both."""
        now, last_time, last_step = time.time(), self._last_time, self._last_step
        self._last_time, self._last_step = now, step
        return (None, None) if last_time is None else (now - last_time, step - last_step)

    def last_triggered_step(self):
        """The step at which it was time last, or None."""
        return self._last_step


class NeverTriggerTimer(SecondOrStepTimer):
    """A timer for which it is never time."""

    def __init__(self) -> None:
        super().__init__(every_steps=1)

    def should_trigger_for_step(self, step) -> bool:
        """False."""
        return False

    def update_last_triggered_step(self, step):
        """Notes nothing."""
        return None, None
