"""Hooks of monitored sessions: when to stop, what to log, checkpoints, summaries, speed."""

from __future__ import annotations

import os
import time

import numpy as np

from ..framework import context
from ..framework.collections import GraphKeys
from ..framework.protos import SessionLog, Summary
from ..logging import error, info, warning
from ..summary.graphs import FileWriterCache
from .files import write_graph
from .global_step import get_global_step
from .meta_graph import export_meta_graph
from .run_hooks import NeverTriggerTimer, SecondOrStepTimer, SessionRunArgs, SessionRunHook


def _global_step_for(hook):
    step = get_global_step()
    if step is None:
        raise RuntimeError(f"Global step should be created to use {type(hook).__name__}.")
    return step


class StopAtStepHook(SessionRunHook):
    """Asks for an end at a step.

    Args:
      num_steps: how many steps from the one that the session starts with.
      last_step: the step at which it ends.

    Raises:
      ValueError: both or none is given.
    """

    def __init__(self, num_steps=None, last_step=None) -> None:
        if num_steps is None and last_step is None:
            raise ValueError("One of num_steps or last_step must be specified.")
        if num_steps is not None and last_step is not None:
            raise ValueError("Only one of num_steps or last_step can be specified.")
        self._num_steps = num_steps
        self._last_step = last_step

    def begin(self):
        """Finds the global step. RuntimeError without one."""
        self._step = _global_step_for(self)

    def after_create_session(self, session, coord):
        """Works out the last step."""
        if self._last_step is None:
            self._last_step = session.run(self._step) + self._num_steps

    def before_run(self, run_context):
        """Fetches the global step."""
        return SessionRunArgs(self._step)

    def after_run(self, run_context, run_values):
        """Asks for an end if the step has come: what was fetched may be older than the run."""
        if run_values.results + 1 >= self._last_step and run_context.session.run(self._step) >= self._last_step:
            run_context.request_stop()


class LoggingTensorHook(SessionRunHook):
    """Writes the values of tensors to the log.

    Args:
      tensors: a dict from tags to tensors or their names, or a list of these.
      every_n_iter: after how many runs.
      every_n_secs: after how many seconds.
      at_end: only in the end.
      formatter: a function of the dict from tags to values that gives the text.

    Raises:
      ValueError: not exactly one of `every_n_iter` and `every_n_secs`, unless `at_end`.
    """

    def __init__(self, tensors, every_n_iter=None, every_n_secs=None, at_end=False, formatter=None) -> None:
        only_at_end = at_end and every_n_iter is None and every_n_secs is None
        if not only_at_end and (every_n_iter is None) == (every_n_secs is None):
            raise ValueError("either at_end and/or exactly one of every_n_iter and every_n_secs must be provided.")
        if every_n_iter is not None and every_n_iter <= 0:
            raise ValueError(f"invalid every_n_iter={every_n_iter}.")
        if isinstance(tensors, dict):
            self._tags = {tag: tensor for tag, tensor in tensors.items()}
        else:
            self._tags = {item if isinstance(item, str) else item.name: item for item in tensors}
        self._timer = NeverTriggerTimer() if only_at_end else SecondOrStepTimer(every_n_secs, every_n_iter)
        self._formatter = formatter
        self._at_end = at_end

    def begin(self):
        """Finds the tensors."""
        self._timer.reset()
        self._runs = 0
        graph = context.default_graph()
        self._fetches = {tag: graph.as_graph_element(item) for tag, item in self._tags.items()}

    def before_run(self, run_context):
        """Fetches the tensors if it is time."""
        self._due = self._timer.should_trigger_for_step(self._runs)
        return SessionRunArgs(self._fetches) if self._due else None

    def after_run(self, run_context, run_values):
        """Writes their values."""
        if self._due:
            self._write(run_values.results)
        self._runs += 1

    def end(self, session):
        """Writes the last values if asked for."""
        if self._at_end:
            self._write(session.run(self._fetches))

    def _write(self, values):
        with np.printoptions(suppress=True):
            seconds, _ = self._timer.update_last_triggered_step(self._runs)
            if self._formatter:
                info(self._formatter(values))
                return
            text = ", ".join(f"{tag} = {values[tag]}" for tag in self._tags)
            info("%s", text) if seconds is None else info("%s (%.3f sec)", text, seconds)


class NanLossDuringTrainingError(RuntimeError):
    """The loss has become NaN."""

    def __str__(self):
        return "NaN loss during training."


class NanTensorHook(SessionRunHook):
    """Ends training when a loss becomes NaN.

    Args:
      loss_tensor: the loss.
      fail_on_nan_loss: whether to raise `NanLossDuringTrainingError`; else the session's loop is ended.
    """

    def __init__(self, loss_tensor, fail_on_nan_loss=True) -> None:
        self._loss = loss_tensor
        self._fail = fail_on_nan_loss

    def before_run(self, run_context):
        """Fetches the loss."""
        return SessionRunArgs(self._loss)

    def after_run(self, run_context, run_values):
        """Looks at it."""
        if np.isnan(run_values.results):
            text = "Model diverged with loss = NaN."
            if self._fail:
                error(text)
                raise NanLossDuringTrainingError
            warning(text)
            run_context.request_stop()


class StepCounterHook(SessionRunHook):
    """Writes how many steps there are in a second, as a summary "global_step/sec" and to the log.

    Args:
      every_n_steps, every_n_secs: after how many steps or seconds.
      output_dir: the folder of the summaries.
      summary_writer: the writer, instead of a folder.

    Raises:
      ValueError: not exactly one of the first two.
    """

    def __init__(self, every_n_steps=100, every_n_secs=None, output_dir=None, summary_writer=None) -> None:
        if (every_n_steps is None) == (every_n_secs is None):
            raise ValueError("exactly one of every_n_steps and every_n_secs should be provided.")
        self._timer = SecondOrStepTimer(every_n_secs, every_n_steps)
        self._writer = summary_writer
        self._folder = output_dir

    def begin(self):
        """Finds the global step. RuntimeError without one."""
        if self._writer is None and self._folder:
            self._writer = FileWriterCache.get(self._folder)
        self._step = _global_step_for(self)
        self._tag = self._step.op.name + "/sec"

    def before_run(self, run_context):
        """Fetches the global step."""
        return SessionRunArgs(self._step)

    def after_run(self, run_context, run_values):
        """Writes the speed if it is time."""
        if not self._timer.should_trigger_for_step(run_values.results + 1):
            return
        step = run_context.session.run(self._step)
        if self._timer.should_trigger_for_step(step):
            seconds, steps = self._timer.update_last_triggered_step(step)
            if seconds is not None:
                self._log_and_record(steps, seconds, step)

    def _log_and_record(self, elapsed_steps, elapsed_time, global_step):
        speed = elapsed_steps / elapsed_time if elapsed_time > 0 else float("inf")
        if self._writer is not None:
            self._writer.add_summary(Summary(value=[Summary.Value(tag=self._tag, simple_value=speed)]), global_step)
        info("%s: %g", self._tag, speed)


class CheckpointSaverListener:
    """A base class of what is called before and after a `CheckpointSaverHook` saves."""

    def begin(self) -> None:
        """Called once before the session is made."""

    def before_save(self, session, global_step_value) -> None:
        """Called before a checkpoint is written."""

    def after_save(self, session, global_step_value):
        """Called after a checkpoint was written; True ends the session's loop."""

    def end(self, session, global_step_value) -> None:
        """Called once before the session is closed."""


class CheckpointSaverHook(SessionRunHook):
    """Saves checkpoints at the start, from time to time, and at the end.

    Args:
      checkpoint_dir: the folder.
      save_secs, save_steps: after how many seconds or steps.
      saver: a `Saver`; that of the graph if not given.
      checkpoint_basename: what names of checkpoints begin with.
      scaffold: a `Scaffold` whose saver is used.
      listeners: list of `CheckpointSaverListener`s.
      save_graph_def: whether to write the graph, as graph.pbtxt.

    Raises:
      ValueError: both a saver and a scaffold, or not exactly one of seconds and steps.
    """

    def __init__(
        self,
        checkpoint_dir,
        save_secs=None,
        save_steps=None,
        saver=None,
        checkpoint_basename="model.ckpt",
        scaffold=None,
        listeners=None,
        save_graph_def=True,
    ) -> None:
        if saver is not None and scaffold is not None:
            raise ValueError("You cannot provide both saver and scaffold.")
        self._saver, self._scaffold = saver, scaffold
        self._folder = checkpoint_dir
        self._path = os.path.join(checkpoint_dir, checkpoint_basename)
        self._timer = SecondOrStepTimer(save_secs, save_steps)
        self._listeners = listeners or []
        self._save_graph = save_graph_def

    def begin(self):
        """Finds the global step. RuntimeError without one."""
        self._writer = FileWriterCache.get(self._folder)
        self._step = _global_step_for(self)
        for listener in self._listeners:
            listener.begin()

    def after_create_session(self, session, coord):
        """Writes the graph and the first checkpoint."""
        graph = context.default_graph()
        step = session.run(self._step)
        if self._save_graph:
            write_graph(graph.as_graph_def(add_shapes=True), self._folder, "graph.pbtxt")
        self._writer.add_graph(graph)
        self._writer.add_meta_graph(export_meta_graph(graph=graph))
        self._save(session, step)
        self._timer.update_last_triggered_step(step)

    def before_run(self, run_context):
        """Fetches the global step."""
        return SessionRunArgs(self._step)

    def after_run(self, run_context, run_values):
        """Saves if it is time."""
        if not self._timer.should_trigger_for_step(run_values.results + 1):
            return
        step = run_context.session.run(self._step)
        if self._timer.should_trigger_for_step(step):
            self._timer.update_last_triggered_step(step)
            if self._save(run_context.session, step):
                run_context.request_stop()

    def end(self, session):
        """Saves the last step."""
        step = session.run(self._step)
        if step != self._timer.last_triggered_step():
            self._save(session, step)
        for listener in self._listeners:
            listener.end(session, step)

    def _save(self, session, step):
        info("Saving checkpoints for %d into %s.", step, self._path)
        for listener in self._listeners:
            listener.before_save(session, step)
        self._get_saver().save(session, self._path, global_step=step, write_meta_graph=self._save_graph)
        log = SessionLog(status=SessionLog.CHECKPOINT, checkpoint_path=self._path)
        self._writer.add_session_log(log, step)
        # All listeners are asked, also after one that wants an end.
        return any([bool(listener.after_save(session, step)) for listener in self._listeners])

    def _get_saver(self):
        if self._saver is not None:
            return self._saver
        if self._scaffold is not None:
            return self._scaffold.saver
        savers = context.default_graph().get_collection(GraphKeys.SAVERS)
        if not savers:
            raise RuntimeError(
                f"No items in collection {GraphKeys.SAVERS}. Please add a saver to the collection or provide a saver or "
                "scaffold."
            )
        if len(savers) > 1:
            raise RuntimeError(
                f"More than one item in collection {GraphKeys.SAVERS}. Please indicate which one to use by passing it to "
                "the constructor."
            )
        self._saver = savers[0]
        return self._saver


class SummarySaverHook(SessionRunHook):
    """Writes summaries from time to time.

    Args:
      save_steps, save_secs: after how many steps or seconds.
      output_dir: the folder.
      summary_writer: the writer, instead of a folder.
      scaffold: a `Scaffold` whose summaries are written.
      summary_op: the merged summaries, or a list of such.

    Raises:
      ValueError: not exactly one of `scaffold` and `summary_op`, or of steps and seconds.
    """

    def __init__(
        self, save_steps=None, save_secs=None, output_dir=None, summary_writer=None, scaffold=None, summary_op=None
    ) -> None:
        if (scaffold is None) == (summary_op is None):
            raise ValueError("Exactly one of scaffold or summary_op must be provided.")
        self._scaffold, self._summary = scaffold, summary_op
        self._writer, self._folder = summary_writer, output_dir
        self._timer = SecondOrStepTimer(save_secs, save_steps)

    def begin(self):
        """Finds the global step. RuntimeError without one."""
        if self._writer is None and self._folder:
            self._writer = FileWriterCache.get(self._folder)
        self._next = None
        self._step = _global_step_for(self)

    def before_run(self, run_context):
        """Fetches the global step, and the summaries if it is time."""
        self._due = self._next is None or self._timer.should_trigger_for_step(self._next)
        fetches = {"step": self._step}
        summary = self._summary if self._summary is not None else self._scaffold.summary_op
        if self._due and summary is not None:
            fetches["summary"] = list(summary) if isinstance(summary, (list, tuple)) else [summary]
        return SessionRunArgs(fetches)

    def after_run(self, run_context, run_values):
        """Writes the summaries."""
        if not self._writer:
            return
        step = run_values.results["step"] + 1
        if self._due:
            step = run_context.session.run(self._step)
            if self._next is None:
                self._writer.add_session_log(SessionLog(status=SessionLog.START), step)
            self._timer.update_last_triggered_step(step)
            for summary in run_values.results.get("summary", ()):
                self._writer.add_summary(summary, step)
        self._next = step + 1

    def end(self, session=None):
        """Writes out what is still in memory."""
        if self._writer:
            self._writer.flush()


class GlobalStepWaiterHook(SessionRunHook):
    """Delays runs until the global step, which others raise, has come to a number.

    Args:
      wait_until_step: the number.
    """

    def __init__(self, wait_until_step) -> None:
        self._until = wait_until_step
        self._done = False

    def begin(self):
        """Finds the global step. RuntimeError without one."""
        self._step = _global_step_for(self)

    def before_run(self, run_context):
        """Waits."""
        while not self._done:
            self._done = self._until <= 0 or run_context.session.run(self._step) >= self._until
            if not self._done:
                time.sleep(0.5)


class FinalOpsHook(SessionRunHook):
    """Runs operations at the end.

    Args:
      final_ops: tensors, operations, or a nested structure of them.
      final_ops_feed_dict: values for tensors.
    """

    def __init__(self, final_ops, final_ops_feed_dict=None) -> None:
        self._ops = final_ops
        self._feed = final_ops_feed_dict
        self._values = None

    @property
    def final_ops_values(self):
        """What they gave."""
        return self._values

    def end(self, session):
        """Runs them."""
        if self._ops is not None:
            self._values = session.run(self._ops, feed_dict=self._feed)


class FeedFnHook(SessionRunHook):
    """Feeds each run.

    Args:
      feed_fn: a function that gives a feed dict.
    """

    def __init__(self, feed_fn) -> None:
        self.feed_fn = feed_fn

    def before_run(self, run_context):
        """Asks the function."""
        return SessionRunArgs(fetches=None, feed_dict=self.feed_fn())
