"""`tf.train.Saver`: saves and restores variables, in TensorFlow's files."""

from __future__ import annotations

import os
import time
from numbers import Integral

from .._gen import raw_ops
from ..framework import context, errors
from ..framework.collections import GraphKeys
from ..framework.convert import convert_to_tensor
from ..framework.grouping import group
from ..framework.name_scope import name_scope_v1
from ..framework.placeholders import placeholder_with_default
from ..framework.protos import SaverDef
from ..framework.session import BaseSession
from ..framework.variable_collections import global_variables
from . import checkpoints
from .meta_graph import export_meta_graph
from .optimizer import graph_of, inside, is_resource

# How many variables an error lists.
_SHOWN = 4


def saveables_of(var_list):
    """{name: list of variables} of what `Saver` takes: a list of variables, or a dict by name.

    Raises:
      TypeError: something is no variable.
      ValueError: two have the same name.
    """
    pairs = list(var_list.items()) if isinstance(var_list, dict) else [(None, one) for one in var_list]
    named = {}
    for name, one in pairs:
        parts = list(one) if isinstance(one, (list, tuple)) or hasattr(one, "_variable_list") else [one]
        for part in parts:
            if not (is_resource(part) or hasattr(part, "_ref")):
                raise TypeError(f"Variable to save is not a Variable: {part}")
        own = _saved_name(parts[0])
        key = own if name is None else name
        is_slice = parts[0]._get_save_slice_info() is not None
        if key in named and not (name is None and is_slice):
            raise ValueError(f"At least two variables have the same name: {key}")
        named.setdefault(key, []).extend(parts)
    return dict(sorted(named.items()))


def _saved_name(variable):
    info = variable._get_save_slice_info()
    if info is not None:
        return info.full_name
    return variable.op.name if graph_of(variable) is not None else variable._shared_name


def _spec(variable):
    info = variable._get_save_slice_info()
    return "" if info is None else info.spec


class Saver:
    """Saves variables in checkpoints and restores them.

    Args:
      var_list: a list of variables, or a dict by the names in the checkpoint; all variables of the graph by default.
      reshape: whether values of another shape are reshaped when they are restored.
      sharded: accepted for TensorFlow's sake: a checkpoint is one data file.
      max_to_keep: how many checkpoints are kept; older ones are removed. None or 0 keeps all.
      keep_checkpoint_every_n_hours: besides these, one is kept for good so often.
      name: name of the operations, "save" by default.
      restore_sequentially: accepted for TensorFlow's sake.
      saver_def: a SaverDef of operations that the graph has already.
      builder: None.
      defer_build: whether `build()` makes the operations, later.
      allow_empty: whether there may be no variables.
      write_version: accepted for TensorFlow's sake: version 2.
      pad_step_number: whether steps have eight digits in names.
      save_relative_paths: whether the state file names checkpoints relative to its folder.
      filename: the default prefix.

    Raises:
      ValueError: there are no variables, or the numbers make no sense.
      TypeError: something is no variable.
    """

    def __init__(
        self,
        var_list=None,
        reshape: bool = False,
        sharded: bool = False,
        max_to_keep=5,
        keep_checkpoint_every_n_hours=10000.0,
        name: str | None = None,
        restore_sequentially: bool = False,
        saver_def=None,
        builder=None,
        defer_build: bool = False,
        allow_empty: bool = False,
        write_version=SaverDef.V2,
        pad_step_number: bool = False,
        save_relative_paths: bool = False,
        filename=None,
    ) -> None:
        if defer_build and var_list is not None:
            raise ValueError(
                "If `var_list` is provided then build cannot be deferred. Either set defer_build=False or var_list=None."
            )
        if max_to_keep is not None and max_to_keep < 0:
            raise ValueError(f"max_to_keep must be >= 0: {max_to_keep}")
        self._var_list = var_list
        self._reshape = reshape
        self._max_to_keep = max_to_keep
        self._every_hours = keep_checkpoint_every_n_hours
        self._name = name
        self._allow_empty = allow_empty
        self._pad_step_number = pad_step_number
        self._relative = save_relative_paths
        self._filename = filename
        self._write_version = write_version
        self.saver_def = saver_def
        self._is_empty = False
        self._named = None
        self._kept = []
        self._next_kept_for_good = time.time() + self._every_hours * 3600
        self._preserved = None
        if saver_def is not None:
            self._max_to_keep = saver_def.max_to_keep
            self._every_hours = saver_def.keep_checkpoint_every_n_hours
        elif not defer_build:
            self.build()

    def build(self):
        """Makes the operations, if `defer_build` was set."""
        variables = self._var_list
        if variables is None:
            variables = [*global_variables(), *context.default_graph().get_collection(GraphKeys.SAVEABLE_OBJECTS)]
        if not variables:
            if not self._allow_empty:
                raise ValueError("No variables to save")
            self._is_empty = True
            return
        self._named = saveables_of(variables)
        first = next(iter(self._named.values()))[0]
        if graph_of(first) is not None:
            with inside(graph_of(first)):
                self.saver_def = self._add_operations()

    def _add_operations(self):
        with name_scope_v1(self._name, "save"):
            filename = placeholder_with_default(self._filename or "model", shape=(), name="filename")
            filename = placeholder_with_default(filename, shape=(), name="Const")
            saved = self._save_op(filename)
            with context.control_dependencies([saved]):
                saved = raw_ops.Identity(filename, "control_dependency")
            restored = group(*self._restore_ops(filename), name="restore_all")
        return SaverDef(
            filename_tensor_name=filename.name,
            save_tensor_name=saved.name,
            restore_op_name=restored.name,
            max_to_keep=self._max_to_keep or 0,
            sharded=False,
            keep_checkpoint_every_n_hours=self._every_hours,
            version=self._write_version,
        )

    def _flat(self):
        return [(name, variable) for name, variables in self._named.items() for variable in variables]

    def _save_op(self, filename):
        flat = self._flat()
        values = [variable._as_graph_element() for _, variable in flat]
        return raw_ops.SaveV2(filename, [name for name, _ in flat], [_spec(v) for _, v in flat], values)

    def _restore_ops(self, filename):
        flat = self._flat()
        types = [variable.dtype.base_dtype for _, variable in flat]
        names, specs = [name for name, _ in flat], [_spec(variable) for _, variable in flat]
        values = raw_ops.RestoreV2(filename, names, specs, types)
        if not self._reshape:
            self._check_shapes(flat, values)
        assigned = []
        for (_, variable), value in zip(flat, values, strict=True):
            if self._reshape and variable.shape.is_fully_defined():
                value = raw_ops.Reshape(value, variable.shape.as_list())
            if is_resource(variable):
                # TensorFlow takes any shape here; a variable of another shape than its own would be read wrongly later.
                check = variable.shape.is_fully_defined()
                value = raw_ops.Identity(value)
                assigned.append(raw_ops.AssignVariableOp(variable.handle, value, validate_shape=check))
            else:
                check = not self._reshape and variable.shape.is_fully_defined()
                assigned.append(raw_ops.Assign(variable._ref(), value, validate_shape=check).op)
        return assigned

    @staticmethod
    def _check_shapes(flat, values):
        """Refuses values of other shapes than the variables' before any of them is assigned; graphs know them only in a run."""
        for (name, variable), value in zip(flat, values, strict=True):
            if not variable.shape.is_compatible_with(value.shape):
                raise ValueError(
                    f"Received incompatible tensor with shape {value.shape} when attempting to restore variable with "
                    f"shape {variable.shape} and name {name}."
                )

    # Saving

    def save(
        self,
        sess,
        save_path,
        global_step=None,
        latest_filename=None,
        meta_graph_suffix="meta",
        write_meta_graph: bool = True,
        write_state: bool = True,
        strip_default_attrs: bool = False,
        save_debug_info: bool = False,
    ) -> str:
        """Writes a checkpoint.

        Args:
          sess: the session; None for eager variables.
          save_path: prefix of the files.
          global_step: a number, or a tensor or variable that holds it, which is added to the prefix.
          latest_filename: name of the state file, "checkpoint" by default.
          meta_graph_suffix: suffix of the file of the graph.
          write_meta_graph: whether to write the graph.
          write_state: whether to write the state file.
          strip_default_attrs: whether to leave out attributes that have their default.
          save_debug_info: accepted for TensorFlow's sake, without effect.

        Returns:
          The prefix of the checkpoint; None if there are no variables.

        Raises:
          TypeError: `sess` is no session.
          ValueError: the folder does not exist, or `latest_filename` has a folder in it.
          RuntimeError: the operations are not there, or the name is that of the state file.
        """
        eager = self.saver_def is None and self._named is not None
        if not self._is_empty and not eager and self.saver_def is None:
            raise RuntimeError("Saver must be built before calling save()")
        latest_filename = latest_filename or "checkpoint"
        if os.path.split(latest_filename)[0]:
            raise ValueError("'latest_filename' must not contain path components")
        save_path = os.fspath(save_path)
        prefix = save_path
        if global_step is not None:
            step = int(global_step) if isinstance(global_step, Integral) else _step_of(sess, global_step)
            prefix = f"{save_path}-{step:08d}" if self._pad_step_number else f"{save_path}-{step}"
        if os.path.basename(save_path) == latest_filename:
            raise ValueError(f"'latest_filename' collides with 'save_path': '{latest_filename}' and '{save_path}'")
        if not eager and not isinstance(sess, BaseSession):
            raise TypeError(f"'sess' must be a Session; {sess}")
        folder = os.path.dirname(save_path)
        if not self._is_empty:
            try:
                if eager:
                    self._save_op(convert_to_tensor(prefix))
                else:
                    sess.run(self.saver_def.save_tensor_name, {self.saver_def.filename_tensor_name: prefix})
            except (errors.FailedPreconditionError, errors.NotFoundError) as error:
                if not os.path.isdir(folder or "."):
                    raise ValueError(f"Parent directory of {save_path} doesn't exist, can't save.") from error
                raise
            if write_state:
                self._note(prefix, folder, latest_filename, meta_graph_suffix)
        if write_meta_graph and not eager:
            with sess.graph.as_default():
                self.export_meta_graph(f"{prefix}.{meta_graph_suffix}", strip_default_attrs=strip_default_attrs)
        return None if self._is_empty else prefix

    def _note(self, prefix, folder, latest_filename, meta_graph_suffix):
        """Adds a checkpoint to the list, writes the state file, removes the oldest."""
        if not self._max_to_keep:
            self._write_state(folder, prefix, [], latest_filename)
            return
        self._kept = [(path, when) for path, when in self._kept if path != prefix] + [(prefix, time.time())]
        oldest = self._kept.pop(0) if len(self._kept) > self._max_to_keep else None
        self._write_state(folder, prefix, self._kept, latest_filename)
        if oldest is None:
            return
        path, when = oldest
        if when > self._next_kept_for_good:
            self._next_kept_for_good += self._every_hours * 3600
            self._preserved = when
        else:
            checkpoints.remove_checkpoint(path, meta_graph_suffix=meta_graph_suffix)

    def _write_state(self, folder, newest, kept, latest_filename):
        paths, times = [path for path, _ in kept], [when for _, when in kept]
        checkpoints.write_state(folder, newest, paths, latest_filename, times, self._preserved or 0.0, self._relative)

    def export_meta_graph(
        self,
        filename=None,
        collection_list=None,
        as_text=False,
        export_scope=None,
        clear_devices=False,
        clear_extraneous_savers=False,
        strip_default_attrs=False,
        save_debug_info=False,
    ):
        """Writes the graph with its collections and this saver; see `tf.compat.v1.train.export_meta_graph`."""
        return export_meta_graph(
            filename=filename,
            saver_def=self.saver_def,
            collection_list=collection_list,
            as_text=as_text,
            export_scope=export_scope,
            clear_devices=clear_devices,
            strip_default_attrs=strip_default_attrs,
        )

    # Restoring

    def restore(self, sess, save_path) -> None:
        """Gives the variables the values of a checkpoint; they need not be initialised.

        Args:
          sess: the session; None for eager variables.
          save_path: the prefix that `save` returned.

        Raises:
          ValueError: there is no such checkpoint.
          NotFoundError: a variable is not in it.
          InvalidArgumentError: a variable has another shape or dtype; in eager mode another shape is a ValueError.
        """
        if self._is_empty:
            return
        if save_path is None:
            raise ValueError("Can't load save_path when it is None.")
        save_path = os.fspath(save_path)
        if not checkpoints.checkpoint_exists(save_path):
            raise ValueError(f"The passed save_path is not a valid checkpoint: {save_path}")
        try:
            if self.saver_def is None:
                self._restore_ops(convert_to_tensor(save_path))
            else:
                sess.run(self.saver_def.restore_op_name, {self.saver_def.filename_tensor_name: save_path})
        except errors.NotFoundError as error:
            cause = "a Variable name or other graph key that is missing from the checkpoint"
            raise self._explained(error, cause, save_path) from error
        except errors.InvalidArgumentError as error:
            cause = "a mismatch between the current graph and the graph from the checkpoint"
            raise self._explained(error, cause, save_path) from error
        except ValueError as error:
            for line in self._differences(save_path):
                error.add_note(line)
            raise

    def _explained(self, error, cause, save_path):
        new = type(error)(
            error.node_def,
            error.op,
            f"Restoring from checkpoint failed. This is most likely due to {cause}. Please ensure that you have not "
            f"altered the graph expected based on the checkpoint. Original error:\n\n{error.message}",
        )
        for note in getattr(error, "__notes__", ()):
            new.add_note(note)
        for line in self._differences(save_path):
            new.add_note(line)
        return new

    def _differences(self, save_path):
        """Lines that tell how the variables differ from those of a checkpoint, with a way out."""
        saved = checkpoints.load_checkpoint(save_path)
        shapes, types = saved.get_variable_to_shape_map(), saved.get_variable_to_dtype_map()
        lines, missing = [], False
        for name, variable in self._flat() if self._named else ():
            if name not in shapes:
                lines.append(f"  variable: {name} is not in the checkpoint")
                missing = True
                continue
            info = variable._get_save_slice_info()
            have = variable.shape.as_list() if info is None else list(info.full_shape)
            want, dtype = list(shapes[name]), variable.dtype.base_dtype
            if have != want or dtype != types[name]:
                lines.append(f"  variable: {name} is {dtype.name} {have}, in the checkpoint {types[name].name} {want}")
        if len(lines) > _SHOWN:
            lines = [*lines[:_SHOWN], f"  ... and {len(lines) - _SHOWN} more"]
        if missing:
            names = sorted(shapes)
            more = ", ..." if len(names) > _SHOWN else ""
            lines.append(f"  in the checkpoint: {', '.join(names[:_SHOWN])}{more}")
            lines.append(
                "  fix: make the Saver of the variables that are there, by their names: Saver({name: variable})"
            )
        elif lines:
            lines.append("  fix: give the variable the checkpoint's shape and dtype, or leave it out: Saver([others])")
        return lines

    # The list of checkpoints

    @property
    def last_checkpoints(self) -> list[str]:
        """The prefixes that are kept, the oldest first."""
        return [path for path, _ in self._kept]

    def set_last_checkpoints(self, last_checkpoints):
        """Sets the list of kept prefixes, the oldest first."""
        if not isinstance(last_checkpoints, list):
            raise TypeError("last_checkpoints must be a list")
        self._kept = [(path, float("inf")) for path in last_checkpoints]

    def set_last_checkpoints_with_time(self, last_checkpoints_with_time):
        """Sets the list of kept prefixes and the times when they were written, the oldest first."""
        if not isinstance(last_checkpoints_with_time, list):
            raise TypeError("last_checkpoints_with_time must be a list")
        self._kept = list(last_checkpoints_with_time)

    def recover_last_checkpoints(self, checkpoint_paths):
        """Sets the list of kept prefixes to those that exist."""
        found = [path for path in checkpoint_paths if checkpoints.checkpoint_exists(path)]
        self._kept = list(zip(found, checkpoints.get_checkpoint_mtimes(found), strict=True))

    # Protos

    def as_saver_def(self):
        """The SaverDef: the names of its operations."""
        return self.saver_def

    def to_proto(self, export_scope=None):
        """The SaverDef, with names relative to `export_scope`; None if it lies outside."""
        if export_scope is None:
            return self.saver_def
        prefix = export_scope.rstrip("/") + "/"
        if not self.saver_def.filename_tensor_name.startswith(prefix):
            return None
        return _renamed(self.saver_def, lambda name: name.removeprefix(prefix))

    @staticmethod
    def from_proto(saver_def, import_scope=None):
        """The saver of a SaverDef whose operations are in the graph, under `import_scope`."""
        if import_scope:
            saver_def = _renamed(saver_def, lambda name: f"{import_scope.rstrip('/')}/{name}")
        return Saver(saver_def=saver_def)


def _renamed(saver_def, change):
    new = SaverDef()
    new.CopyFrom(saver_def)
    new.filename_tensor_name = change(saver_def.filename_tensor_name)
    new.save_tensor_name = change(saver_def.save_tensor_name)
    new.restore_op_name = change(saver_def.restore_op_name)
    return new


def _step_of(sess, step):
    if sess is not None and graph_of(step) is not None:
        return int(sess.run(step))
    return int(convert_to_tensor(step))
