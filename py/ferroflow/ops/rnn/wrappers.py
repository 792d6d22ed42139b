"""Cells made of cells: layers, dropout, residual connections, devices."""

from __future__ import annotations

import hashlib
import numbers
from typing import TYPE_CHECKING

from ...framework import nest
from ...framework.context import device_v1
from ...framework.variable_scope import variable_scope
from ..common import convert
from ..joining import concat
from ..neural import dropout
from ..picking import slice as slice_of
from ..random import uniform
from ..unary import floor
from .cells import LSTMStateTuple, RNNCell, check_cell

if TYPE_CHECKING:
    from typing import Any

    from ...framework.typing import Tensor


class MultiRNNCell(RNNCell):
    """Cells in layers: the output of each is the input of the next.

    Args:
      cells: a list of cells, the one that sees the input first.
      state_is_tuple: whether the state is a tuple with a state for each cell, or one tensor.

    Raises:
      ValueError: there is no cell.
      TypeError: `cells` is no list.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default():
    ...     cell = v1.nn.rnn_cell.MultiRNNCell([v1.nn.rnn_cell.GRUCell(3), v1.nn.rnn_cell.GRUCell(2)])
    ...     outputs, state = v1.nn.dynamic_rnn(cell, tf.ones([5, 7, 4]), dtype=tf.float32)
    ...     print(outputs.shape, [one.shape.as_list() for one in state], v1.global_variables()[0].name)
    (5, 7, 2) [[5, 3], [5, 2]] rnn/multi_rnn_cell/cell_0/gru_cell/gates/kernel:0
    """

    def __init__(self, cells, state_is_tuple: bool = True) -> None:
        super().__init__()
        if not cells:
            raise ValueError("Must specify at least one cell for MultiRNNCell.")
        if not isinstance(cells, (list, tuple)):
            raise TypeError(f"cells must be a list or tuple, but received: {cells}.")
        self._cells = list(cells)
        self._state_is_tuple = state_is_tuple
        if not state_is_tuple and any(nest.is_nested(one.state_size) for one in cells):
            raise ValueError(
                "Some cells return tuples of states, but the flag state_is_tuple is not set.  State sizes are: "
                f"{[one.state_size for one in cells]}"
            )

    @property
    def state_size(self) -> Any:
        sizes = tuple(cell.state_size for cell in self._cells)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> Any:
        return self._cells[-1].output_size

    def zero_state(self, batch_size, dtype) -> Any:
        if not self._state_is_tuple:
            return super().zero_state(batch_size, dtype)
        return tuple(cell.zero_state(batch_size, dtype) for cell in self._cells)

    def call(self, inputs, state) -> tuple[Tensor, Any]:
        at, new_states = 0, []
        for i, cell in enumerate(self._cells):
            with variable_scope(f"cell_{i}"):
                if self._state_is_tuple:
                    if not nest.is_nested(state):
                        text = f"Expected state to be a tuple of length {len(self.state_size)}, but received: {state}"
                        raise ValueError(text)
                    mine = state[i]
                else:
                    mine = slice_of(state, [0, at], [-1, cell.state_size])
                    at += cell.state_size
                inputs, new = cell(inputs, mine)
                new_states.append(new)
        self.variables = [one for cell in self._cells for one in cell.variables]
        return inputs, tuple(new_states) if self._state_is_tuple else concat(new_states, 1)


class _Wrapper(RNNCell):
    """A cell around another one, in whose scope it runs."""

    def __init__(self, cell) -> None:
        super().__init__()
        check_cell("cell", cell)
        self._cell = cell

    @property
    def wrapped_cell(self) -> RNNCell:
        """The cell inside."""
        return self._cell

    @property
    def state_size(self) -> Any:
        return self._cell.state_size

    @property
    def output_size(self) -> Any:
        return self._cell.output_size

    def zero_state(self, batch_size, dtype) -> Any:
        return self._cell.zero_state(batch_size, dtype)

    def __call__(self, inputs, state, scope=None) -> tuple[Tensor, Any]:
        found = self._run(inputs, state, scope)
        self.variables = getattr(self._cell, "variables", [])
        return found

    def _run(self, inputs, state, scope):
        raise NotImplementedError


class DropoutWrapper(_Wrapper):
    """A cell with dropout of its inputs, outputs and states.

    Args:
      cell: the cell.
      input_keep_prob, output_keep_prob, state_keep_prob: the part of the numbers that stays; a number or a scalar tensor.
        The memory of LSTM cells is not dropped.
      variational_recurrent: whether the same numbers are dropped at each step; needs `dtype` and `input_size`.
      input_size: the sizes of the input.
      dtype: the dtype of inputs, states and outputs.
      seed: a seed.
      dropout_state_filter_visitor: a function of a state: a structure of bools that says which parts may be dropped.
    """

    def __init__(
        self, cell, input_keep_prob=1.0, output_keep_prob=1.0, state_keep_prob=1.0, variational_recurrent: bool = False,
        input_size=None, dtype=None, seed=None, dropout_state_filter_visitor=None,
    ) -> None:  # fmt: skip
        super().__init__(cell)
        self._keep = {"input": input_keep_prob, "output": output_keep_prob, "state": state_keep_prob}
        for name, part in self._keep.items():
            if isinstance(part, numbers.Real) and not 0 <= part <= 1:
                raise ValueError(f"Parameter {name}_keep_prob must be between 0 and 1: {float(part)}")
        if dropout_state_filter_visitor is not None and not callable(dropout_state_filter_visitor):
            raise TypeError("dropout_state_filter_visitor must be callable")
        self._seed = seed
        self._filter = dropout_state_filter_visitor or _droppable
        self._noise = {}
        if variational_recurrent:
            if dtype is None:
                raise ValueError("When variational_recurrent=True, dtype must be provided")
            if self._drops("input") and input_size is None:
                raise ValueError(
                    "When variational_recurrent=True and input_keep_prob < 1.0 or is unknown, input_size must be provided"
                )
            for name, sizes in (("input", input_size), ("state", cell.state_size), ("output", cell.output_size)):
                if sizes is not None:
                    self._noise[name] = [
                        uniform(
                            [1, *([size] if isinstance(size, int) else list(size))],
                            dtype=dtype,
                            seed=self._salted(name, i),
                        )
                        for i, size in enumerate(nest.flatten(sizes))
                    ]

    def _drops(self, name):
        part = self._keep[name]
        return not isinstance(part, numbers.Real) or part < 1

    def _salted(self, name, index):
        if self._seed is None:
            return None
        text = f"{self._seed}{name}_{index}".encode()
        return int(hashlib.md5(text).hexdigest()[:8], 16) & 0x7FFFFFFF

    def _dropped(self, values, name, allowed=None):
        if not self._drops(name):
            return values
        leaves = nest.flatten(values)
        marks = (
            [True] * len(leaves) if allowed is None else nest.flatten_up_to(allowed, values) and nest.flatten(allowed)
        )
        return nest.pack_sequence_as(
            values, [self._one(x, name, i) if on else x for i, (x, on) in enumerate(zip(leaves, marks, strict=True))]
        )

    def _one(self, value, name, index):
        part = self._keep[name]
        if name not in self._noise:
            return dropout(value, rate=1 - part, seed=self._salted(name, index))
        part = convert(part, value.dtype)
        return value / part * floor(self._noise[name][index] + part)

    def _run(self, inputs, state, scope):
        output, new_state = self._cell(self._dropped(inputs, "input"), state, scope=scope)
        if self._drops("state"):
            new_state = self._dropped(new_state, "state", self._marks(new_state))
        return self._dropped(output, "output"), new_state

    def _marks(self, state):
        """Which parts of a state may be dropped, in its structure."""

        def walk(part):
            mark = self._filter(part)
            if isinstance(mark, bool) and not nest.is_nested(part):
                return mark
            if isinstance(mark, bool):
                made = [walk(one) if mark else nest.map_structure(lambda _: False, one) for one in part]
                return type(part)(*made) if hasattr(part, "_fields") else type(part)(made)
            return mark

        return walk(state)


def _droppable(part):
    """All of a state but the memory of LSTM cells may be dropped."""
    if isinstance(part, LSTMStateTuple):
        return LSTMStateTuple(c=False, h=True)
    return True


class ResidualWrapper(_Wrapper):
    """A cell whose output is added to its input.

    Args:
      cell: the cell; inputs and outputs have the same shape.
      residual_fn: a function of inputs and outputs in place of the sum.
    """

    def __init__(self, cell, residual_fn=None) -> None:
        super().__init__(cell)
        self._residual = residual_fn

    def _run(self, inputs, state, scope):
        output, new_state = self._cell(inputs, state, scope=scope)
        if self._residual is not None:
            return self._residual(inputs, output), new_state
        nest.assert_same_structure(inputs, output)
        return nest.map_structure(lambda x, y: x + y, inputs, output), new_state


class DeviceWrapper(_Wrapper):
    """A cell that runs on a device.

    Args:
      cell: the cell.
      device: the device, as for `tf.device`.
    """

    def __init__(self, cell, device) -> None:
        super().__init__(cell)
        self._device = device

    def _run(self, inputs, state, scope):
        with device_v1(self._device):
            return self._cell(inputs, state, scope=scope)
