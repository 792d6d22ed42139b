"""`tf.train.MonitoredSession` and its kin: sessions that start by themselves, with hooks around each run."""

from __future__ import annotations

import inspect

from ..framework import context
from ..framework.collections import GraphKeys
from ..framework.errors import AbortedError, OutOfRangeError, UnavailableError
from ..logging import info
from .coordinator import Coordinator
from .hooks import CheckpointSaverHook, StepCounterHook, SummarySaverHook
from .run_hooks import SessionRunArgs, SessionRunContext, SessionRunValues
from .session_manager import Scaffold, SessionManager

USE_DEFAULT = object()
_LOST = AbortedError, UnavailableError  # the session is made again


class SessionCreator:
    """A base class of what makes sessions."""

    def create_session(self):
        """A session that is ready."""
        raise NotImplementedError(f"create_session is not implemented for {self}.")


class ChiefSessionCreator(SessionCreator):
    """Makes a session that restores or initializes the model.

    Args:
      scaffold: a `Scaffold`.
      master: "" (this process).
      config: a `ConfigProto`.
      checkpoint_dir: the folder whose newest checkpoint is restored.
      checkpoint_filename_with_path: a checkpoint.
    """

    def __init__(
        self, scaffold=None, master="", config=None, checkpoint_dir=None, checkpoint_filename_with_path=None
    ) -> None:
        self._scaffold = scaffold or Scaffold()
        self._arguments = {
            "checkpoint_dir": checkpoint_dir,
            "checkpoint_filename_with_path": checkpoint_filename_with_path,
            "config": config,
        }
        self._master = master

    def create_session(self):
        """Finishes the scaffold, then makes the session."""
        parts = self._scaffold.finalize()
        return manager_of(parts).prepare_session(
            self._master,
            saver=parts.saver,
            init_op=parts.init_op,
            init_feed_dict=parts.init_feed_dict,
            init_fn=parts.init_fn,
            **self._arguments,
        )


class WorkerSessionCreator(SessionCreator):
    """Makes a session that waits until somebody else has initialized the model.

    Args:
      scaffold, master, config: as for `ChiefSessionCreator`.
      max_wait_secs: how many seconds to wait.
    """

    def __init__(self, scaffold=None, master="", config=None, max_wait_secs=30 * 60) -> None:
        self._scaffold = scaffold or Scaffold()
        self._arguments = master, config, max_wait_secs

    def create_session(self):
        """Finishes the scaffold, then waits for the session."""
        return manager_of(self._scaffold.finalize()).wait_for_session(*self._arguments)


def manager_of(scaffold):
    """The session manager of a finished scaffold."""
    return SessionManager(
        local_init_op=scaffold.local_init_op,
        local_init_feed_dict=scaffold.local_init_feed_dict,
        ready_op=scaffold.ready_op,
        ready_for_local_init_op=scaffold.ready_for_local_init_op,
        graph=context.default_graph(),
    )


class StepContext:
    """What `run_step_fn` gives to its function."""

    def __init__(self, session, run_with_hooks) -> None:
        self._session = session
        self._run_with_hooks = run_with_hooks

    @property
    def session(self):
        """The plain session: its runs have no hooks."""
        return self._session

    def run_with_hooks(self, *args, **kwargs):
        """A run with hooks."""
        return self._run_with_hooks(*args, **kwargs)

    def request_stop(self):
        """Ends the function and the session's `with` block, by StopIteration."""
        raise StopIteration("step_fn has requested the iterations to stop.")


class MonitoredSession:
    """A session that initializes or restores its model, calls hooks around each run, and starts again if it is lost.

    An exception that means the end of data, `tf.errors.OutOfRangeError` or StopIteration, ends its `with` block as usual.

    Args:
      session_creator: a `SessionCreator`; a `ChiefSessionCreator` if not given.
      hooks: list of `SessionRunHook`s.
      stop_grace_period_secs: how many seconds threads have to end when it is closed.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default():
    ...     step = v1.train.get_or_create_global_step()
    ...     more = v1.assign_add(step, 1)
    ...     with v1.train.MonitoredSession(hooks=[v1.train.StopAtStepHook(last_step=3)]) as session:
    ...         while not session.should_stop():
    ...             count = session.run(more)
    >>> int(count)
    3
    """

    StepContext = StepContext
    _recovers = True

    def __init__(self, session_creator=None, hooks=None, stop_grace_period_secs=120) -> None:
        self._creator = session_creator or ChiefSessionCreator()
        self._hooks = list(hooks or [])
        self._grace = stop_grace_period_secs
        self._graph_was_finalized = context.default_graph().finalized
        for hook in self._hooks:
            hook.begin()
        self._start()

    def _start(self):
        self._session = self._creator.create_session()
        self._coordinator = Coordinator(clean_stop_exception_types=[])
        self._stop = False
        _start_queue_runners(self._session, self._coordinator)
        for hook in self._hooks:
            hook.after_create_session(self._session, self._coordinator)

    @property
    def graph(self):
        """The graph; None after the session was closed."""
        return None if self._session is None else self._session.graph

    def should_stop(self) -> bool:
        """Whether the loop is to end: a hook or a thread asked for it, or the session was closed."""
        return self._session is None or self._stop or self._coordinator.should_stop()

    def run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        """A run with hooks; the arguments are those of `tf.Session.run`.

        Raises:
          RuntimeError: the session is closed or was asked to stop, or two feed the same tensor.
        """
        while True:
            self._check_open()
            try:
                return self._run_once(fetches, feed_dict, options, run_metadata)
            except _LOST as error:
                if not self._recovers:
                    raise
                info("The session is made again, because of: %s", error)
                self._close_session()
                self._start()

    def _check_open(self):
        if self._session is None:
            raise RuntimeError("Session is already closed.")

    def _run_once(self, fetches, feed_dict=None, options=None, run_metadata=None):
        if self.should_stop():
            raise RuntimeError("Run called even after should_stop requested.")
        run = SessionRunContext(SessionRunArgs(fetches, feed_dict, options), self._session)
        wanted, feed, options = self._ask_hooks(run, fetches, feed_dict, options)
        try:
            found = self._session.run(wanted, feed, options, run_metadata)
        except _LOST:
            raise
        except Exception:
            self._coordinator.raise_requested_exception()  # what a thread reported is the cause
            raise
        for number, hook in enumerate(self._hooks):
            hook.after_run(run, SessionRunValues(found.get(number), options, run_metadata))
        self._stop = self._stop or run.stop_requested
        return found["caller"]

    def _ask_hooks(self, run, fetches, feed_dict, options):
        wanted, by_hooks = {"caller": fetches}, {}
        for number, hook in enumerate(self._hooks):
            request = hook.before_run(run)
            if request is None:
                continue
            if request.fetches is not None:
                wanted[number] = request.fetches
            if request.feed_dict:
                _check_feeds(request.feed_dict, by_hooks, "two hooks")
                _check_feeds(request.feed_dict, feed_dict or {}, "a SessionRunHook and user")
                by_hooks.update(request.feed_dict)
            options = request.options if options is None else options
        feed = {**(feed_dict or {}), **by_hooks}
        return wanted, feed or None, options

    def run_step_fn(self, step_fn):
        """Calls a function that may make several runs in one step.

        Args:
          step_fn: a function of a `StepContext`, or a method of one besides `self`.

        Raises:
          TypeError: it is not callable.
          ValueError: it takes other arguments.
        """
        if not callable(step_fn):
            raise TypeError(f"unsupported callable: {step_fn!r}")
        names = list(inspect.signature(step_fn).parameters)
        if names not in (["step_context"], ["self", "step_context"]):
            raise ValueError(
                "`step_fn` may either have one `step_context` argument, or `self` and `step_context` arguments if it's "
                f"an instance method. Got {tuple(names)} instead."
            )
        self._check_open()
        return step_fn(StepContext(self._session, self._run_once))

    def close(self) -> None:
        """Calls the hooks' `end` and closes the session."""
        self._close(None)

    def _close(self, exception_type):
        try:
            if exception_type is None:
                self._check_open()
                for hook in self._hooks:
                    hook.end(self._session)
        finally:
            if self._session is not None:
                graph = self._session.graph
                self._close_session()
                if not self._graph_was_finalized:
                    graph._unsafe_unfinalize()

    def _close_session(self):
        session, self._session = self._session, None
        self._coordinator.request_stop()
        try:
            self._coordinator.join(stop_grace_period_secs=self._grace, ignore_live_threads=True)
        finally:
            session.close()

    def __enter__(self):
        return self

    def __exit__(self, exception_type, exception, traceback):
        if exception_type in (OutOfRangeError, StopIteration):
            exception_type = None
        self._close(exception_type)
        return exception_type is None


class SingularMonitoredSession(MonitoredSession):
    """A `MonitoredSession` that is not made again when it is lost.

    Args:
      hooks, stop_grace_period_secs: as for `MonitoredSession`.
      scaffold, master, config, checkpoint_dir, checkpoint_filename_with_path: as for `ChiefSessionCreator`.
    """

    _recovers = False

    def __init__(
        self,
        hooks=None,
        scaffold=None,
        master="",
        config=None,
        checkpoint_dir=None,
        stop_grace_period_secs=120,
        checkpoint_filename_with_path=None,
    ) -> None:
        creator = ChiefSessionCreator(scaffold, master, config, checkpoint_dir, checkpoint_filename_with_path)
        super().__init__(creator, hooks, stop_grace_period_secs)

    def raw_session(self):
        """The plain session: its runs have no hooks."""
        return self._session


def _check_feeds(feed, other, who):
    both = [tensor for tensor in feed if any(tensor is one for one in other)]
    if both:
        raise RuntimeError(f"Same tensor is fed by {who}. Conflict(s): {both}")


def _start_queue_runners(session, coordinator):
    """Starts the graph's queue runners, if it has any."""
    for runner in session.graph.get_collection(GraphKeys.QUEUE_RUNNERS):
        runner.create_threads(session, coord=coordinator, daemon=True, start=True)


def MonitoredTrainingSession(
    master="",
    is_chief=True,
    checkpoint_dir=None,
    scaffold=None,
    hooks=None,
    chief_only_hooks=None,
    save_checkpoint_secs=USE_DEFAULT,
    save_summaries_steps=USE_DEFAULT,
    save_summaries_secs=USE_DEFAULT,
    config=None,
    stop_grace_period_secs=120,
    log_step_count_steps=100,
    max_wait_secs=7200,
    save_checkpoint_steps=USE_DEFAULT,
    summary_dir=None,
    save_graph_def=True,
) -> MonitoredSession:
    """A `MonitoredSession` for training, with hooks for checkpoints, summaries and speed.

    Args:
      master: "" (this process).
      is_chief: whether it initializes the model; otherwise it waits for who does.
      checkpoint_dir: the folder of checkpoints, restored from and saved to.
      scaffold: a `Scaffold`.
      hooks: list of `SessionRunHook`s.
      chief_only_hooks: further ones if `is_chief`.
      save_checkpoint_secs, save_checkpoint_steps: when to save; after 600 seconds by default, None: never by this.
      save_summaries_steps, save_summaries_secs: when to write summaries; after 100 steps by default.
      config: a `ConfigProto`.
      stop_grace_period_secs: how many seconds threads have to end.
      log_step_count_steps: after how many steps to write the speed.
      max_wait_secs: for how many seconds to wait if not `is_chief`.
      summary_dir: the folder of summaries; that of checkpoints by default.
      save_graph_def: whether to write the graph, as graph.pbtxt.
    """
    if save_summaries_steps is USE_DEFAULT and save_summaries_secs is USE_DEFAULT:
        save_summaries_steps = 100
    if save_checkpoint_secs is USE_DEFAULT and save_checkpoint_steps is USE_DEFAULT:
        save_checkpoint_secs = 600
    given = save_summaries_steps, save_summaries_secs, save_checkpoint_secs, save_checkpoint_steps
    summary_steps, summary_secs, save_secs, save_steps = (None if x is USE_DEFAULT else x for x in given)
    scaffold = scaffold or Scaffold()
    if not is_chief:
        creator = WorkerSessionCreator(scaffold, master, config, max_wait_secs)
        return MonitoredSession(creator, hooks or [], stop_grace_period_secs)
    creator = ChiefSessionCreator(scaffold, master, config, checkpoint_dir)
    mine = list(chief_only_hooks or [])
    folder = summary_dir or checkpoint_dir
    if folder and log_step_count_steps and log_step_count_steps > 0:
        mine.append(StepCounterHook(output_dir=folder, every_n_steps=log_step_count_steps))
    if folder and ((summary_steps or 0) > 0 or (summary_secs or 0) > 0):
        mine.append(SummarySaverHook(summary_steps, summary_secs, output_dir=folder, scaffold=scaffold))
    if checkpoint_dir and ((save_secs or 0) > 0 or (save_steps or 0) > 0):
        mine.append(
            CheckpointSaverHook(checkpoint_dir, save_secs, save_steps, scaffold=scaffold, save_graph_def=save_graph_def)
        )
    return MonitoredSession(creator, mine + list(hooks or []), stop_grace_period_secs)
