"""Cells of recurrent networks: what one step makes of an input and a state."""

from __future__ import annotations

import collections
import re
from typing import TYPE_CHECKING

from ..._gen import raw_ops
from ...framework import nest
from ...framework.initializers_v1 import Constant, Zeros
from ...framework.name_scope import name_scope_of, name_scope_v1
from ...framework.tensor_shape import TensorShape
from ...framework.variable_scope import get_variable, variable_scope
from .. import activation as activations
from ..activation import sigmoid
from ..clipping import clip_by_value
from ..common import convert
from ..joining import concat, split
from ..shapes import zeros
from ..unary import tanh

if TYPE_CHECKING:
    from typing import Any

    from ...framework.typing import Tensor

LSTMStateTuple = collections.namedtuple("LSTMStateTuple", ("c", "h"))
LSTMStateTuple.__doc__ = "The state of an LSTM cell: the cell's memory `c` and its output `h`, both [batch, units]."


def check_cell(name, cell):
    """TypeError unless an object looks like a cell.

    Args:
      name: the argument's name.
      cell: the object.
    """
    wanted = {
        "'output_size' property is missing": hasattr(cell, "output_size"),
        "'state_size' property is missing": hasattr(cell, "state_size"),
        "either 'zero_state' or 'get_initial_state' method is required": hasattr(cell, "zero_state")
        or hasattr(cell, "get_initial_state"),
        "is not callable": callable(cell),
    }
    missing = [text for text, there in wanted.items() if not there]
    if missing:
        raise TypeError(f"The argument {name!r} ({cell}) is not an RNNCell: {', '.join(missing)}.")


def _activation(given):
    """An activation: a function, or one by its name; tanh for None."""
    if given is None or given == "tanh":
        return tanh
    if not isinstance(given, str):
        return given
    if given not in ("elu", "gelu", "relu", "relu6", "selu", "sigmoid", "softmax", "softplus", "softsign"):
        raise ValueError(f"Unknown activation function: {given}.")
    return getattr(activations, given)


def state_shape(prefix, size) -> TensorShape:
    """The shape of a part of a state: the batch, then the sizes of the part.

    Args:
      prefix: the batch size: a number, a scalar tensor or None.
      size: a number or a `TensorShape`.
    """
    known = prefix if isinstance(prefix, int) or prefix is None else None
    return TensorShape([known]).concatenate(TensorShape([size]) if isinstance(size, int) else TensorShape(size))


def zero_states(sizes, batch_size, dtype):
    """Zeros in the structure of `sizes`, with a row for each element of a batch.

    Args:
      sizes: nested numbers or shapes.
      batch_size: a number or a scalar tensor.
      dtype: the dtype.
    """

    def one(size):
        rest = [size] if isinstance(size, int) else TensorShape(size).as_list()
        made = zeros(
            raw_ops.Pack(values=[batch_size, *rest]) if hasattr(batch_size, "op") else [batch_size, *rest], dtype
        )
        if hasattr(made, "graph"):
            made.set_shape(state_shape(batch_size, size))
        return made

    return nest.map_structure(one, sizes)


class RNNCell:
    """The base of cells. A subclass says `state_size` and `output_size`, makes variables in `build` and computes in `call`.

    Calling a cell with an input [batch, inputs] and a state gives the output and the new state. The first call makes the
    variables, in a variable scope of the cell's own.

    Args:
      trainable: accepted for TensorFlow's sake.
      name: the name of the variable scope; that of the class, with underscores, by default.
      dtype: the dtype of variables; that of the input by default.
      reuse: whether variables must exist already.
    """

    def __init__(self, trainable: bool = True, name: str | None = None, dtype=None, *, reuse=None, _reuse=None) -> None:
        words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", type(self).__name__))
        self._base_name = name or words.lower()
        self._reuse = reuse if _reuse is None else _reuse
        self._dtype = dtype
        self._scope = None
        self.built = False
        self.variables: list = []

    @property
    def name(self) -> str:
        """The name of the cell."""
        return self._base_name

    @property
    def state_size(self) -> Any:
        """The sizes of the state: a number, a `TensorShape`, or a nested structure of these."""
        raise NotImplementedError("Abstract method")

    @property
    def output_size(self) -> Any:
        """The size of the output: a number or a `TensorShape`."""
        raise NotImplementedError("Abstract method")

    @property
    def weights(self) -> list:
        """All variables of the cell."""
        return self.variables

    @property
    def trainable_variables(self) -> list:
        """The variables that optimizers change."""
        return [one for one in self.variables if one.trainable]

    trainable_weights = trainable_variables

    def zero_state(self, batch_size, dtype) -> Any:
        """A state of zeros.

        Args:
          batch_size: a number or a scalar tensor.
          dtype: the dtype.

        Returns:
          Tensors [batch, size] in the structure of `state_size`.
        """
        with name_scope_v1(f"{type(self).__name__}ZeroState", values=[batch_size]):
            return zero_states(self.state_size, batch_size, dtype)

    def __call__(self, inputs, state, scope=None) -> tuple[Tensor, Any]:
        """One step.

        Args:
          inputs: a tensor [batch, inputs].
          state: the state: tensors in the structure of `state_size`.
          scope: a variable scope, or its name, in place of the cell's own.

        Returns:
          (output, new_state).
        """
        self._enter_first(scope)
        reuse = True if self.built else self._reuse
        with variable_scope(self._scope, reuse=reuse, auxiliary_name_scope=False) as entered:
            with name_scope_of(entered.original_name_scope):
                if not self.built:
                    self._build_once(inputs)
                return self.call(inputs, state)

    def _enter_first(self, scope):
        """Settles the cell's variable scope at its first call."""
        if self._scope is None:
            name = scope if scope is not None or not self._reuse else self._base_name
            with variable_scope(name, default_name=self._base_name) as captured:
                self._scope = captured

    def _build_once(self, inputs):
        leaf = nest.flatten(inputs)[0]
        if self._dtype is None:
            self._dtype = convert(leaf).dtype.base_dtype
        self.build(convert(leaf).shape)
        self.built = True

    def build(self, inputs_shape) -> None:
        """Makes the variables; called once.

        Args:
          inputs_shape: the shape of the first input.
        """

    def call(self, inputs, state) -> tuple[Tensor, Any]:
        """One step, within the cell's scopes; see `__call__`."""
        raise NotImplementedError("Abstract method")

    def add_variable(self, name, shape, initializer=None, trainable: bool = True, **kwargs) -> Any:
        """A variable of the cell.

        Args:
          name: its name in the cell's scope.
          shape: its shape.
          initializer: its initializer; that of the scope by default.
          trainable: whether optimizers change it.
        """
        made = get_variable(name, shape, self._dtype, initializer, trainable=trainable)
        self.variables.append(made)
        return made

    add_weight = add_variable

    def _depth(self, inputs_shape):
        depth = inputs_shape.as_list()[-1] if inputs_shape.rank else None
        if depth is None:
            raise ValueError(f"Expected inputs.shape[-1] to be known, received shape: {inputs_shape}")
        return depth


def _affine(parts, kernel, bias):
    product = raw_ops.MatMul(a=concat(parts, 1), b=kernel)
    return raw_ops.BiasAdd(value=product, bias=bias)


class BasicRNNCell(RNNCell):
    """The most basic cell: `output = new_state = activation(W [input, state] + b)`.

    Args:
      num_units: the size of the state.
      activation: a function, or its name in lower case; tanh by default.
      reuse: whether variables must exist already.
      name: the name of the variable scope.
      dtype: the dtype of variables.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default():
    ...     cell = v1.nn.rnn_cell.BasicRNNCell(4)
    ...     output, state = cell(tf.ones([2, 3]), cell.zero_state(2, tf.float32))
    ...     print(output.shape, [variable.name for variable in cell.variables])
    (2, 4) ['basic_rnn_cell/kernel:0', 'basic_rnn_cell/bias:0']
    """

    def __init__(self, num_units, activation=None, reuse=None, name=None, dtype=None, **kwargs) -> None:
        super().__init__(name=name, dtype=dtype, reuse=reuse, **kwargs)
        self._num_units = num_units
        self._activation = _activation(activation)

    @property
    def state_size(self) -> Any:
        return self._num_units

    @property
    def output_size(self) -> Any:
        return self._num_units

    def build(self, inputs_shape) -> None:
        self._kernel = self.add_variable("kernel", [self._depth(inputs_shape) + self._num_units, self._num_units])
        self._bias = self.add_variable("bias", [self._num_units], Zeros(dtype=self._dtype))

    def call(self, inputs, state) -> tuple[Tensor, Any]:
        output = self._activation(_affine([inputs, state], self._kernel, self._bias))
        return output, output


class GRUCell(RNNCell):
    """A gated recurrent unit (Cho et al., 2014).

    Args:
      num_units: the size of the state.
      activation: a function, or its name in lower case; tanh by default.
      reuse: whether variables must exist already.
      kernel_initializer: the initializer of the matrices.
      bias_initializer: that of the biases; by default ones for the gates and zeros for the candidate.
      name: the name of the variable scope.
      dtype: the dtype of variables.
    """

    def __init__(
        self, num_units, activation=None, reuse=None, kernel_initializer=None, bias_initializer=None, name=None,
        dtype=None, **kwargs,
    ) -> None:  # fmt: skip
        super().__init__(name=name, dtype=dtype, reuse=reuse, **kwargs)
        self._num_units = num_units
        self._activation = _activation(activation)
        self._kernel_initializer = kernel_initializer
        self._bias_initializer = bias_initializer

    @property
    def state_size(self) -> Any:
        return self._num_units

    @property
    def output_size(self) -> Any:
        return self._num_units

    def build(self, inputs_shape) -> None:
        rows, units = self._depth(inputs_shape) + self._num_units, self._num_units
        kernel, bias = self._kernel_initializer, self._bias_initializer
        self._gate_kernel = self.add_variable("gates/kernel", [rows, 2 * units], kernel)
        ones = Constant(1.0, dtype=self._dtype) if bias is None else bias
        self._gate_bias = self.add_variable("gates/bias", [2 * units], ones)
        self._candidate_kernel = self.add_variable("candidate/kernel", [rows, units], kernel)
        self._candidate_bias = self.add_variable("candidate/bias", [units], bias or Zeros(dtype=self._dtype))

    def call(self, inputs, state) -> tuple[Tensor, Any]:
        gates = sigmoid(_affine([inputs, state], self._gate_kernel, self._gate_bias))
        reset, update = split(gates, 2, axis=1)
        candidate = _affine([inputs, reset * state], self._candidate_kernel, self._candidate_bias)
        new_state = update * state + (1 - update) * self._activation(candidate)
        return new_state, new_state


class BasicLSTMCell(RNNCell):
    """A long short-term memory without peepholes, clipping and projection (Hochreiter and Schmidhuber, 1997).

    Args:
      num_units: the size of memory and output.
      forget_bias: what is added to the forget gate, so that little is forgotten at first.
      state_is_tuple: whether the state is an `LSTMStateTuple`, or one tensor [batch, 2 * units].
      activation: a function, or its name in lower case; tanh by default.
      reuse: whether variables must exist already.
      name: the name of the variable scope.
      dtype: the dtype of variables.
    """

    def __init__(
        self, num_units, forget_bias: float = 1.0, state_is_tuple: bool = True, activation=None, reuse=None, name=None,
        dtype=None, **kwargs,
    ) -> None:  # fmt: skip
        super().__init__(name=name, dtype=dtype, reuse=reuse, **kwargs)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = _activation(activation)

    @property
    def state_size(self) -> Any:
        units = self._num_units
        return LSTMStateTuple(units, units) if self._state_is_tuple else 2 * units

    @property
    def output_size(self) -> Any:
        return self._num_units

    def build(self, inputs_shape) -> None:
        units = self._num_units
        self._kernel = self.add_variable("kernel", [self._depth(inputs_shape) + units, 4 * units])
        self._bias = self.add_variable("bias", [4 * units], Zeros(dtype=self._dtype))

    def call(self, inputs, state) -> tuple[Tensor, Any]:
        memory, last = state if self._state_is_tuple else split(state, 2, axis=1)
        gates = _affine([inputs, last], self._kernel, self._bias)
        enter, new, forget, leave = split(gates, 4, axis=1)
        kept = memory * sigmoid(forget + convert(self._forget_bias, forget.dtype))
        memory = kept + sigmoid(enter) * self._activation(new)
        output = self._activation(memory) * sigmoid(leave)
        return output, LSTMStateTuple(memory, output) if self._state_is_tuple else concat([memory, output], 1)


class LSTMCell(RNNCell):
    """A long short-term memory with optional peepholes, clipping and projection (Sak et al., 2014).

    Args:
      num_units: the size of the memory.
      use_peepholes: whether gates see the memory.
      cell_clip: the largest size of a number of the memory.
      initializer: the initializer of the matrices.
      num_proj: the size of the output, if it is projected.
      proj_clip: the largest size of a number of the projected output.
      num_unit_shards, num_proj_shards: accepted for TensorFlow's sake.
      forget_bias: what is added to the forget gate.
      state_is_tuple: whether the state is an `LSTMStateTuple`, or one tensor.
      activation: a function, or its name in lower case; tanh by default.
      reuse: whether variables must exist already.
      name: the name of the variable scope.
      dtype: the dtype of variables.
    """

    def __init__(
        self, num_units, use_peepholes: bool = False, cell_clip=None, initializer=None, num_proj=None, proj_clip=None,
        num_unit_shards=None, num_proj_shards=None, forget_bias: float = 1.0, state_is_tuple: bool = True, activation=None,
        reuse=None, name=None, dtype=None, **kwargs,
    ) -> None:  # fmt: skip
        super().__init__(name=name, dtype=dtype, reuse=reuse, **kwargs)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._cell_clip = cell_clip
        self._initializer = initializer
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = _activation(activation)

    @property
    def state_size(self) -> Any:
        units, outputs = self._num_units, self.output_size
        return LSTMStateTuple(units, outputs) if self._state_is_tuple else units + outputs

    @property
    def output_size(self) -> Any:
        return self._num_proj or self._num_units

    def build(self, inputs_shape) -> None:
        units, init = self._num_units, self._initializer
        self._kernel = self.add_variable("kernel", [self._depth(inputs_shape) + self.output_size, 4 * units], init)
        self._bias = self.add_variable("bias", [4 * units], Zeros(dtype=self._dtype))
        if self._use_peepholes:
            self._peepholes = [self.add_variable(f"w_{gate}_diag", [units], init) for gate in "fio"]
        if self._num_proj is not None:
            self._projection = self.add_variable("projection/kernel", [units, self._num_proj], init)

    def call(self, inputs, state) -> tuple[Tensor, Any]:
        if self._state_is_tuple:
            memory, last = state
        else:
            memory, last = split(state, [self._num_units, self.output_size], axis=1)
        gates = _affine([inputs, last], self._kernel, self._bias)
        enter, new, forget, leave = split(gates, 4, axis=1)
        forget = forget + convert(self._forget_bias, forget.dtype)
        if self._use_peepholes:
            forget, enter = forget + self._peepholes[0] * memory, enter + self._peepholes[1] * memory
        memory = sigmoid(forget) * memory + sigmoid(enter) * self._activation(new)
        if self._cell_clip is not None:
            memory = clip_by_value(memory, -self._cell_clip, self._cell_clip)
        if self._use_peepholes:
            leave = leave + self._peepholes[2] * memory
        output = sigmoid(leave) * self._activation(memory)
        if self._num_proj is not None:
            output = raw_ops.MatMul(a=output, b=self._projection)
            if self._proj_clip is not None:
                output = clip_by_value(output, -self._proj_clip, self._proj_clip)
        return output, LSTMStateTuple(memory, output) if self._state_is_tuple else concat([memory, output], 1)
