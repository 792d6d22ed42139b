"""Checkpoints in a folder: which there are, what they hold, which is the newest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..framework import dtypes, files
from ..framework.protos import CheckpointState

if TYPE_CHECKING:
    from typing import Any

    from ..framework.dtypes import DType


def checkpoint_exists(checkpoint_prefix) -> bool:
    """Whether there is a checkpoint of this prefix.

    Args:
      checkpoint_prefix: the path that `Saver.save` returned.

    >>> tf.compat.v1.train.checkpoint_exists("/nowhere/model")
    False
    """
    return files.checkpoint_exists(checkpoint_prefix)


def get_checkpoint_mtimes(checkpoint_prefixes):
    """When checkpoints were written, in seconds since 1970; those that do not exist are left out.

    Args:
      checkpoint_prefixes: a list of prefixes.
    """
    return [os.stat(prefix + ".index").st_mtime for prefix in checkpoint_prefixes if files.checkpoint_exists(prefix)]


def remove_checkpoint(checkpoint_prefix, checkpoint_format_version=2, meta_graph_suffix="meta"):
    """Removes the files of a checkpoint.

    Args:
      checkpoint_prefix: its prefix.
      checkpoint_format_version: accepted for TensorFlow's sake: there is one format.
      meta_graph_suffix: the suffix of the file of its graph.
    """
    import glob

    folder_safe = glob.escape(checkpoint_prefix)
    found = glob.glob(folder_safe + ".data-?????-of-?????")
    for path in [f"{checkpoint_prefix}.index", *found, f"{checkpoint_prefix}.{meta_graph_suffix}"]:
        if os.path.exists(path):
            os.remove(path)


def latest_checkpoint(checkpoint_dir, latest_filename=None) -> str | None:
    """The prefix of the newest checkpoint of a folder.

    Args:
      checkpoint_dir: the folder.
      latest_filename: name of the state file, "checkpoint" by default.

    Returns:
      The prefix; None if there is no state file or no such checkpoint.

    >>> tf.train.latest_checkpoint("/nowhere")
    """
    found = files.latest_checkpoint(checkpoint_dir, latest_filename)
    return None if found is None else str(found)


def get_checkpoint_state(checkpoint_dir, latest_filename=None):
    """What the state file of a folder says.

    Args:
      checkpoint_dir: the folder.
      latest_filename: name of the state file, "checkpoint" by default.

    Returns:
      A CheckpointState with absolute paths or paths relative to the working folder; None if there is no state file.

    Raises:
      ValueError: the file names no checkpoint.
    """
    found = files.read_checkpoint_state(checkpoint_dir, latest_filename)
    if found is None:
        return None
    newest, prefixes, times, kept = found
    return CheckpointState(
        model_checkpoint_path=newest,
        all_model_checkpoint_paths=prefixes,
        all_model_checkpoint_timestamps=times,
        last_preserved_timestamp=kept,
    )


def generate_checkpoint_state_proto(
    save_dir,
    model_checkpoint_path,
    all_model_checkpoint_paths=None,
    all_model_checkpoint_timestamps=None,
    last_preserved_timestamp=None,
):
    """A CheckpointState.

    Args:
      save_dir: the folder.
      model_checkpoint_path: the newest prefix.
      all_model_checkpoint_paths: all prefixes, the oldest first.
      all_model_checkpoint_timestamps: when each was written, in seconds since 1970.
      last_preserved_timestamp: when the last one was kept for good.

    Raises:
      ValueError: there are timestamps, but not one for each prefix.
    """
    prefixes = list(all_model_checkpoint_paths or [])
    times = list(all_model_checkpoint_timestamps or [])
    if not prefixes or prefixes[-1] != model_checkpoint_path:
        prefixes.append(model_checkpoint_path)
    if times and len(times) != len(prefixes):
        raise ValueError(
            f"Checkpoint timestamps, if provided, must match checkpoint paths (got paths {prefixes} and timestamps {times})"
        )

    def shown(path):
        return path if os.path.isabs(path) or os.path.isabs(save_dir) else os.path.relpath(path, save_dir)

    state = CheckpointState(
        model_checkpoint_path=shown(model_checkpoint_path),
        all_model_checkpoint_paths=[shown(path) for path in prefixes],
        all_model_checkpoint_timestamps=times,
    )
    if last_preserved_timestamp is not None:
        state.last_preserved_timestamp = last_preserved_timestamp
    return state


def update_checkpoint_state(
    save_dir,
    model_checkpoint_path,
    all_model_checkpoint_paths=None,
    latest_filename=None,
    all_model_checkpoint_timestamps=None,
    last_preserved_timestamp=None,
):
    """Writes the state file of a folder.

    Args:
      save_dir: the folder.
      model_checkpoint_path: the newest prefix.
      all_model_checkpoint_paths: all prefixes, the oldest first.
      latest_filename: name of the state file, "checkpoint" by default.
      all_model_checkpoint_timestamps: when each was written, in seconds since 1970.
      last_preserved_timestamp: when the last one was kept for good.

    Raises:
      RuntimeError: the checkpoint has the name of the state file.
    """
    write_state(
        save_dir,
        model_checkpoint_path,
        all_model_checkpoint_paths or [],
        latest_filename,
        all_model_checkpoint_timestamps or [],
        last_preserved_timestamp or 0.0,
        False,
    )


def write_state(folder, newest, prefixes, name, times, kept, relative):
    """Writes the state file of a folder; `relative` writes paths relative to the folder."""
    files.update_checkpoint_state(folder, name, newest, list(prefixes), list(times), kept, relative)


class CheckpointReader:
    """Reads the tensors of a checkpoint.

    Args:
      filename: the prefix of the checkpoint.

    Raises:
      NotFoundError: there is none.
      DataLossError: it is damaged.
    """

    def __init__(self, filename):
        self._reader = files.CheckpointReader(filename)
        self._tensors = {name: (dtypes.as_dtype(number), sizes) for name, number, sizes in self._reader.tensors()}

    def has_tensor(self, tensor_str) -> bool:
        """Whether there is a tensor of this name."""
        return self._reader.has(tensor_str)

    def get_tensor(self, tensor_str) -> Any:
        """A tensor as an ndarray. NotFoundError if there is none of this name."""
        return self._reader.get(tensor_str)

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """The sizes of all tensors by name."""
        return {name: list(sizes) for name, (_, sizes) in self._tensors.items()}

    def get_variable_to_dtype_map(self) -> dict[str, DType]:
        """The dtypes of all tensors by name."""
        return {name: dtype for name, (dtype, _) in self._tensors.items()}

    def debug_string(self):
        """A line for each tensor: name, dtype, shape."""
        lines = (f"{name} (DT_{dtype.name.upper()}) {sizes}" for name, (dtype, sizes) in self._tensors.items())
        return "\n".join(lines).encode()


def NewCheckpointReader(filepattern) -> CheckpointReader:
    """A reader of a checkpoint.

    Args:
      filepattern: the prefix of the checkpoint.

    Returns:
      A CheckpointReader.
    """
    return CheckpointReader(filepattern)


def load_checkpoint(ckpt_dir_or_file) -> CheckpointReader:
    """A reader of a checkpoint.

    Args:
      ckpt_dir_or_file: the prefix of the checkpoint, or a folder, whose newest is taken.

    Returns:
      A CheckpointReader.

    Raises:
      ValueError: there is no checkpoint in the folder.
    """
    path = os.fspath(ckpt_dir_or_file)
    if os.path.isdir(path):
        newest = latest_checkpoint(path)
        if newest is None:
            raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {path}")
        path = newest
    return CheckpointReader(path)


def load_variable(ckpt_dir_or_file, name) -> Any:
    """A tensor of a checkpoint.

    Args:
      ckpt_dir_or_file: the prefix of the checkpoint, or a folder, whose newest is taken.
      name: the name of the tensor, with or without ":0".

    Returns:
      An ndarray.

    Raises:
      NotFoundError: there is none of this name.
    """
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))


def list_variables(ckpt_dir_or_file) -> list[tuple[str, list[int]]]:
    """The tensors of a checkpoint.

    Args:
      ckpt_dir_or_file: the prefix of the checkpoint, or a folder, whose newest is taken.

    Returns:
      A list of pairs (name, sizes), in the order of names.
    """
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())
