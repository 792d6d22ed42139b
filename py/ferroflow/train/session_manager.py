"""`tf.train.SessionManager` and `Scaffold`: how a session for training starts, from nothing or from a checkpoint."""

from __future__ import annotations

import time

from .._gen import raw_ops
from ..framework import context
from ..framework.collections import GraphKeys
from ..framework.dtypes import string
from ..framework.errors import DeadlineExceededError, FailedPreconditionError
from ..framework.grouping import group
from ..framework.session import Session
from ..framework.variable_collections import (
    global_variables,
    global_variables_initializer,
    local_variables_initializer,
    report_uninitialized_variables,
    tables_initializer,
)
from ..logging import info
from ..ops.common import convert
from .checkpoints import get_checkpoint_state
from .saver import Saver


def checkpoint_saver():
    """The saver of the graph's collection; one for all variables, made and added, if there is none."""
    graph = context.default_graph()
    savers = graph.get_collection(GraphKeys.SAVERS)
    if savers:
        return savers[0]
    made = Saver(sharded=True, allow_empty=True)
    graph.add_to_collection(GraphKeys.SAVERS, made)
    return made


class Scaffold:
    """The parts that a monitored session needs: initializers, tests of readiness, summaries, a saver.

    Parts that are not given come from the graph's collections, or are made by `finalize`.

    Args:
      init_op: the operation that initializes variables.
      init_feed_dict: what is fed to it.
      init_fn: a function of this scaffold and the session, called after `init_op`.
      ready_op: a vector of the names of what is not initialized; empty if the model is ready.
      ready_for_local_init_op: such a vector for `local_init_op`.
      local_init_op: the operation that initializes what each process has for itself: local variables and tables.
      summary_op: the merged summaries.
      saver: a `Saver`.
      copy_from_scaffold: another scaffold, whose parts are the defaults.
      local_init_feed_dict: what is fed to `local_init_op`.

    Raises:
      TypeError: `copy_from_scaffold` is no scaffold.
    """

    _PARTS = (
        "init_op init_feed_dict init_fn ready_op ready_for_local_init_op local_init_op summary_op saver "
        "local_init_feed_dict"
    ).split()

    def __init__(
        self,
        init_op=None,
        init_feed_dict=None,
        init_fn=None,
        ready_op=None,
        ready_for_local_init_op=None,
        local_init_op=None,
        summary_op=None,
        saver=None,
        copy_from_scaffold=None,
        local_init_feed_dict=None,
    ) -> None:
        if copy_from_scaffold is not None and not isinstance(copy_from_scaffold, Scaffold):
            raise TypeError("copy_from_scaffold is not a Scaffold instance.")
        given = dict(locals())
        for part in self._PARTS:
            value = given[part]
            if value is None and copy_from_scaffold is not None and part != "init_fn":
                value = getattr(copy_from_scaffold, part)
            setattr(self, "_" + part, value)
        if init_fn is not None:
            self._init_fn = lambda session: init_fn(self, session)
        elif copy_from_scaffold is not None:
            self._init_fn = copy_from_scaffold.init_fn

    def finalize(self) -> Scaffold:
        """Makes the parts that are missing, and closes the graph; itself."""
        default = self.get_or_default
        self._init_op = self._init_op or default("init_op", GraphKeys.INIT_OP, _init_everything)
        self._ready_op = _or(self._ready_op, lambda: default("ready_op", GraphKeys.READY_OP, _unready))
        self._ready_for_local_init_op = _or(
            self._ready_for_local_init_op,
            lambda: default("ready_for_local_init_op", GraphKeys.READY_FOR_LOCAL_INIT_OP, _unready_globals),
        )
        self._local_init_op = self._local_init_op or default(
            "local_init_op", GraphKeys.LOCAL_INIT_OP, Scaffold.default_local_init_op
        )
        self._summary_op = _or(self._summary_op, lambda: default("summary_op", GraphKeys.SUMMARY_OP, _merge_all))
        self._saver = self._saver or checkpoint_saver()
        self._saver.build()
        context.default_graph().finalize()
        info("Graph was finalized.")
        return self

    @staticmethod
    def get_or_default(arg_name, collection_key, default_constructor):
        """The one element of a collection of the graph; what a function makes, then added, if there is none.

        Raises:
          RuntimeError: the collection has several elements.
        """
        graph = context.default_graph()
        elements = graph.get_collection(collection_key)
        if len(elements) > 1:
            raise RuntimeError(
                f'More than one item in the collection "{collection_key}". Please indicate which one to use by passing '
                f"it to the tf.Scaffold constructor as:  tf.Scaffold({arg_name}=item to use)"
            )
        if elements:
            return elements[0]
        made = default_constructor()
        if made is not None:
            graph.add_to_collection(collection_key, made)
        return made

    @staticmethod
    def default_local_init_op():
        """An operation that initializes local variables and tables."""
        return group(local_variables_initializer(), tables_initializer())


for _part in Scaffold._PARTS:
    setattr(Scaffold, _part, property(lambda self, name="_" + _part: getattr(self, name)))


def _or(value, make):
    return make() if value is None else value


def _init_everything():
    return group(global_variables_initializer())


def _unready_globals():
    """The names of the global variables without a value."""
    found = global_variables()
    return report_uninitialized_variables(found) if found else convert([], string)


def _unready():
    return raw_ops.Identity(report_uninitialized_variables())


def _merge_all():
    from ..summary.graphs import merge_all

    return merge_all()


class SessionManager:
    """Starts sessions: from a checkpoint where there is one, else by initializers.

    Args:
      local_init_op: run after variables have their values.
      ready_op: a vector of the names of what is not initialized.
      ready_for_local_init_op: such a vector, looked at before `local_init_op`.
      graph: the graph; the default graph if not given.
      recovery_wait_secs: how many seconds to wait between two looks whether a model is ready.
      local_init_run_options: `RunOptions` for `local_init_op`.
      local_init_feed_dict: what is fed to it.

    Raises:
      ValueError: `ready_for_local_init_op` without `local_init_op`.
    """

    def __init__(
        self,
        local_init_op=None,
        ready_op=None,
        ready_for_local_init_op=None,
        graph=None,
        recovery_wait_secs=30,
        local_init_run_options=None,
        local_init_feed_dict=None,
    ) -> None:
        if ready_for_local_init_op is not None and local_init_op is None:
            raise ValueError(
                "If you pass a ready_for_local_init_op you must also pass a local_init_op , ready_for_local_init_op "
                f"[{ready_for_local_init_op}]"
            )
        self._local_init_op = local_init_op
        self._ready_op = ready_op
        self._ready_for_local_init_op = ready_for_local_init_op
        self._graph = context.default_graph() if graph is None else graph
        self._wait = recovery_wait_secs
        self._options = local_init_run_options
        self._feed = local_init_feed_dict

    def prepare_session(
        self,
        master,
        init_op=None,
        saver=None,
        checkpoint_dir=None,
        checkpoint_filename_with_path=None,
        wait_for_checkpoint=False,
        max_wait_secs=7200,
        config=None,
        init_feed_dict=None,
        init_fn=None,
    ) -> Session:
        """A session whose model is ready: restored from a checkpoint, or initialized.

        Args:
          master: "" (this process).
          init_op: run where no checkpoint is found.
          saver: a `Saver`; without one nothing is restored.
          checkpoint_dir: the folder whose newest checkpoint is restored.
          checkpoint_filename_with_path: a checkpoint.
          wait_for_checkpoint: whether to wait until there is one.
          max_wait_secs: for how many seconds.
          config: a `ConfigProto`.
          init_feed_dict: what is fed to `init_op`.
          init_fn: a function of the session, called after `init_op`.

        Raises:
          RuntimeError: the model is not ready in the end, or there is nothing to initialize it with.
          ValueError: both a folder and a checkpoint are given.
        """
        session, restored = self._restored(
            master, saver, checkpoint_dir, checkpoint_filename_with_path, wait_for_checkpoint, max_wait_secs, config
        )
        if not restored:
            if init_op is None and not init_fn and self._local_init_op is None:
                raise RuntimeError("Model is not initialized and no init_op or init_fn or local_init_op was given")
            if init_op is not None:
                session.run(init_op, feed_dict=init_feed_dict)
            if init_fn:
                init_fn(session)
        problem = self._run_local_init(session)
        names = f"Init op: {_name(init_op)}, init fn: {init_fn}"
        if problem:
            raise RuntimeError(f"Init operations did not make model ready for local_init.  {names}, error: {problem}")
        problem = _missing(session, self._ready_op, "Model not ready")
        if problem:
            raise RuntimeError(
                f"Init operations did not make model ready.  {names}, local_init_op: {self._local_init_op}, error: {problem}"
            )
        return session

    def recover_session(
        self,
        master,
        saver=None,
        checkpoint_dir=None,
        checkpoint_filename_with_path=None,
        wait_for_checkpoint=False,
        max_wait_secs=7200,
        config=None,
    ) -> tuple[Session, bool]:
        """A session restored from a checkpoint if there is one, and whether its model is ready; see `prepare_session`."""
        session, restored = self._restored(
            master, saver, checkpoint_dir, checkpoint_filename_with_path, wait_for_checkpoint, max_wait_secs, config
        )
        if not restored:
            return session, False
        problem = self._run_local_init(session) or _missing(session, self._ready_op, "Model not ready")
        if problem:
            info("Restoring model did not make model ready: %s", problem)
            return session, False
        info("Restored model from %s", checkpoint_dir or checkpoint_filename_with_path)
        return session, True

    def wait_for_session(self, master, config=None, max_wait_secs=float("Inf")) -> Session:
        """A session whose model somebody else makes ready.

        Raises:
          DeadlineExceededError: it is not ready after `max_wait_secs` seconds.
        """
        end = time.monotonic() + (float("Inf") if max_wait_secs is None else max_wait_secs)
        while True:
            session = Session(master, graph=self._graph, config=config)
            problem = self._run_local_init(session) or _missing(session, self._ready_op, "Model not ready")
            if not problem:
                return session
            session.close()
            if time.monotonic() + self._wait > end:
                text = f"Session was not ready after waiting {max_wait_secs} secs."
                raise DeadlineExceededError(None, None, text)
            info("Waiting for model to be ready.  Ready_for_local_init_op:  %s, ready: %s", None, problem)
            time.sleep(self._wait)

    def _restored(self, master, saver, folder, path, wait, max_wait_secs, config):
        session = Session(master, graph=self._graph, config=config)
        if folder and path:
            raise ValueError("Can not provide both checkpoint_dir and checkpoint_filename_with_path.")
        if not saver or not (folder or path):
            return session, False
        if path:
            saver.restore(session, path)
            return session, True
        end = time.monotonic() + max_wait_secs
        state = get_checkpoint_state(folder)
        while not state or not state.model_checkpoint_path:
            if not wait or time.monotonic() >= end:
                return session, False
            time.sleep(min(self._wait, max(0.0, end - time.monotonic())))
            state = get_checkpoint_state(folder)
        saver.restore(session, state.model_checkpoint_path)
        saver.recover_last_checkpoints(list(state.all_model_checkpoint_paths))
        return session, True

    def _run_local_init(self, session):
        """Runs `local_init_op` if the model is ready for it; else what is missing."""
        if self._local_init_op is None:
            return None
        problem = _missing(session, self._ready_for_local_init_op, "Model not ready for local init")
        if problem is None:
            info("Running local_init_op.")
            session.run(self._local_init_op, feed_dict=self._feed, options=self._options)
            info("Done running local_init_op.")
        return problem


def _name(operation):
    return getattr(operation, "name", None)


def _missing(session, ready_op, text):
    """What a vector of names says is not initialized, or None."""
    if ready_op is None:
        return None
    try:
        found = session.run(ready_op)
    except FailedPreconditionError as error:
        return f"{text}: {error}"
    if found is None or found.size == 0:
        return None
    return "Variables not initialized: " + ", ".join(name.decode() for name in found)
