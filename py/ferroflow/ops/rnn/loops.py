"""Cells over sequences: `tf.nn.dynamic_rnn`, `tf.nn.static_rnn` and their two-way forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._gen import raw_ops
from ...framework import dtypes, nest
from ...framework.tensor_shape import TensorShape
from ...framework.variable_scope import variable_scope
from ..arithmetic import cast
from ..common import convert, static_value
from ..joining import concat, reverse_sequence, transpose
from ..loops import while_loop_v1
from ..tensor_array import TensorArray
from .cells import check_cell, zero_states

if TYPE_CHECKING:
    from typing import Any

    from ...framework.typing import Tensor


def _turned(x):
    """A tensor with its first two axes exchanged."""
    x = convert(x)
    if x.shape.rank is None:
        raise ValueError(f"Expected input tensor {x} to have rank at least 2, but saw shape: {x.shape}")
    return transpose(x, [1, 0, *range(2, x.shape.rank)])


def _rows(flat_inputs, axis):
    """The batch size of inputs: a number if it is known, else a scalar tensor."""
    for one in flat_inputs:
        if one.shape.rank is not None and one.shape.as_list()[axis] is not None:
            return one.shape.as_list()[axis]
    return raw_ops.Shape(input=flat_inputs[0])[axis]


def _start(cell, initial_state, batch, dtype):
    if initial_state is not None:
        return initial_state
    if not dtype:
        raise ValueError("If no initial_state is provided, argument `dtype` must be specified")
    if getattr(cell, "get_initial_state", None) is not None:
        return cell.get_initial_state(inputs=None, batch_size=batch, dtype=dtype)
    return cell.zero_state(batch, dtype)


def _lengths(sequence_length):
    if sequence_length is None:
        return None
    lengths = cast(sequence_length, dtypes.int32)
    if lengths.shape.rank not in (None, 1):
        text = f"sequence_length must be a vector of length batch_size, but saw shape: {lengths.shape}"
        raise ValueError(text)
    return raw_ops.Identity(input=lengths, name="sequence_length")


def _kept(over, old, new):
    """`old` in the rows of a batch whose sequence is over, `new` in the others."""

    def choose(before, after):
        after = convert(after)
        if after.shape.rank == 0:
            return after
        chosen = raw_ops.Select(condition=over, x=before, y=after)
        chosen.set_shape(after.shape)
        return chosen

    return nest.map_structure(choose, old, new)


def _zero_output(cell, batch, output):
    """What stands in the outputs after the end of a sequence."""
    made = zero_states(cell.output_size, batch, nest.flatten(output)[0].dtype)
    return nest.pack_sequence_as(output, nest.flatten(made))


def dynamic_rnn(
    cell, inputs, sequence_length=None, initial_state=None, dtype=None, parallel_iterations=None, swap_memory: bool = False,
    time_major: bool = False, scope=None,
) -> tuple[Any, Any]:  # fmt: skip
    """Runs a cell over sequences, in a loop of the graph, so that their length need not be known.

    Args:
      cell: the cell.
      inputs: a tensor [batch, time, ...], or nested ones.
      sequence_length: a vector with the length of each sequence. After its end outputs are zero and the state stays.
      initial_state: the first state; zeros by default.
      dtype: the dtype of the zeros.
      parallel_iterations, swap_memory: accepted for TensorFlow's sake.
      time_major: whether inputs and outputs are [time, batch, ...].
      scope: the variable scope, "rnn" by default.

    Returns:
      (outputs, state): the outputs [batch, time, ...] and the last state.

    Raises:
      TypeError: `cell` is no cell.
      ValueError: there is neither `initial_state` nor `dtype`, or shapes do not fit.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     outputs, state = v1.nn.dynamic_rnn(v1.nn.rnn_cell.GRUCell(4), tf.ones([2, 3, 5]), [1, 3], dtype=tf.float32)
    ...     session.run(v1.global_variables_initializer())
    ...     print(session.run(outputs).shape, session.run(outputs)[0, 1].tolist())
    (2, 3, 4) [0.0, 0.0, 0.0, 0.0]
    """
    check_cell("cell", cell)
    with variable_scope(scope or "rnn"):
        flat = [convert(one) for one in nest.flatten(inputs)]
        if not time_major:
            flat = [_turned(one) for one in flat]
        lengths = _lengths(sequence_length)
        batch = _rows(flat, 1)
        state = nest.map_structure(convert, _start(cell, initial_state, batch, dtype))
        outputs, state = _loop(cell, nest.pack_sequence_as(inputs, flat), state, lengths, batch)
        return (outputs if time_major else nest.map_structure(_turned, outputs)), state


def _loop(cell, inputs, state, lengths, batch):
    """Outputs [time, batch, ...] and the last state of inputs of that form."""
    flat = nest.flatten(inputs)
    known = flat[0].shape.as_list()[0]
    steps = raw_ops.Shape(input=flat[0])[0] if known is None else known
    arrays = [TensorArray(one.dtype, size=steps, element_shape=one.shape[1:]).unstack(one) for one in flat]
    sizes = nest.flatten(cell.output_size)
    out_dtype = nest.flatten(state)[0].dtype
    rows = batch if isinstance(batch, int) else static_value(batch)
    shapes = [
        TensorShape([rows]).concatenate(TensorShape([s]) if isinstance(s, int) else TensorShape(s)) for s in sizes
    ]
    results = [TensorArray(out_dtype, size=steps, element_shape=shape) for shape in shapes]

    def body(time, results, state):
        step = [array.read(time) for array in arrays]
        for part, whole in zip(step, flat, strict=True):
            part.set_shape(whole.shape[1:])
        output, new_state = cell(nest.pack_sequence_as(inputs, step), state)
        nest.assert_same_structure(state, new_state)
        if lengths is not None:
            over = raw_ops.GreaterEqual(x=time, y=lengths)
            output = _kept(over, _zero_output(cell, batch, output), output)
            new_state = _kept(over, state, new_state)
        written = [array.write(time, one) for array, one in zip(results, nest.flatten(output), strict=True)]
        return time + 1, written, new_state

    def more(time, results, state):
        return time < steps

    _, results, state = while_loop_v1(more, body, (convert(0), results, state))
    outputs = [array.stack() for array in results]
    for output, shape in zip(outputs, shapes, strict=True):
        output.set_shape(TensorShape([known]).concatenate(shape))
    return nest.pack_sequence_as(cell.output_size, outputs), state


def static_rnn(
    cell, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None
) -> tuple[list[Tensor], Any]:
    """Runs a cell over the elements of a list, with operations of its own for each step.

    Args:
      cell: the cell.
      inputs: a list of tensors [batch, inputs], one for each step.
      initial_state: the first state; zeros by default.
      dtype: the dtype of the zeros.
      sequence_length: a vector with the length of each sequence. After its end outputs are zero and the state stays.
      scope: the variable scope, "rnn" by default.

    Returns:
      (outputs, state): a list of outputs and the last state.

    Raises:
      TypeError: `cell` is no cell, or `inputs` no list.
      ValueError: the list is empty, or there is neither `initial_state` nor `dtype`.
    """
    check_cell("cell", cell)
    if not nest.is_nested(inputs):
        raise TypeError(f"Argument `inputs` must be a sequence. Received: {inputs}")
    if not inputs:
        raise ValueError("Argument `inputs` must not be empty.")
    with variable_scope(scope or "rnn") as entered:
        flat = [convert(one) for one in nest.flatten(inputs[0])]
        batch = _rows(flat, 0)
        state = nest.map_structure(convert, _start(cell, initial_state, batch, dtype))
        lengths = _lengths(sequence_length)
        outputs = []
        for time, step in enumerate(inputs):
            if time > 0:
                entered.reuse_variables()
            output, new_state = cell(step, state)
            if lengths is not None:
                over = raw_ops.GreaterEqual(x=time, y=lengths)
                output = _kept(over, _zero_output(cell, batch, output), output)
                new_state = _kept(over, state, new_state)
            outputs.append(output)
            state = new_state
        return outputs, state


def _reversed(x, lengths, time_axis, batch_axis):
    if lengths is None:
        return raw_ops.ReverseV2(tensor=x, axis=[time_axis])
    return reverse_sequence(x, lengths, seq_axis=time_axis, batch_axis=batch_axis)


def bidirectional_dynamic_rnn(
    cell_fw, cell_bw, inputs, sequence_length=None, initial_state_fw=None, initial_state_bw=None, dtype=None,
    parallel_iterations=None, swap_memory: bool = False, time_major: bool = False, scope=None,
) -> tuple[tuple, tuple]:  # fmt: skip
    """Runs a cell over sequences from the start, and another one from the end.

    Args:
      cell_fw, cell_bw: the cells.
      inputs: a tensor [batch, time, ...], or nested ones.
      sequence_length: a vector with the length of each sequence.
      initial_state_fw, initial_state_bw: the first states; zeros by default.
      dtype: the dtype of the zeros.
      parallel_iterations, swap_memory: accepted for TensorFlow's sake.
      time_major: whether inputs and outputs are [time, batch, ...].
      scope: the variable scope, "bidirectional_rnn" by default.

    Returns:
      ((outputs_fw, outputs_bw), (state_fw, state_bw)).
    """
    check_cell("cell_fw", cell_fw)
    check_cell("cell_bw", cell_bw)
    with variable_scope(scope or "bidirectional_rnn"):
        with variable_scope("fw") as forward:
            outputs_fw, state_fw = dynamic_rnn(
                cell_fw, inputs, sequence_length, initial_state_fw, dtype, parallel_iterations, swap_memory, time_major,
                forward,
            )  # fmt: skip
        time_axis, batch_axis = (0, 1) if time_major else (1, 0)
        with variable_scope("bw") as backward:
            turned = nest.map_structure(lambda x: _reversed(x, sequence_length, time_axis, batch_axis), inputs)
            found, state_bw = dynamic_rnn(
                cell_bw, turned, sequence_length, initial_state_bw, dtype, parallel_iterations, swap_memory, time_major,
                backward,
            )  # fmt: skip
    outputs_bw = nest.map_structure(lambda x: _reversed(x, sequence_length, time_axis, batch_axis), found)
    return (outputs_fw, outputs_bw), (state_fw, state_bw)


def static_bidirectional_rnn(
    cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None, dtype=None, sequence_length=None, scope=None
) -> tuple[list[Tensor], Any, Any]:
    """Runs a cell over the elements of a list from the start, and another one from the end.

    Args:
      cell_fw, cell_bw: the cells.
      inputs: a list of tensors [batch, inputs], one for each step.
      initial_state_fw, initial_state_bw: the first states; zeros by default.
      dtype: the dtype of the zeros.
      sequence_length: a vector with the length of each sequence.
      scope: the variable scope, "bidirectional_rnn" by default.

    Returns:
      (outputs, state_fw, state_bw): the outputs of both are joined along their last axis.
    """
    check_cell("cell_fw", cell_fw)
    check_cell("cell_bw", cell_bw)
    if not nest.is_nested(inputs):
        raise TypeError(f"Argument `inputs` must be a sequence. Received: {inputs}")
    if not inputs:
        raise ValueError("Argument `inputs` must not be empty.")
    with variable_scope(scope or "bidirectional_rnn"):
        with variable_scope("fw") as forward:
            ahead, state_fw = static_rnn(cell_fw, inputs, initial_state_fw, dtype, sequence_length, forward)
        with variable_scope("bw") as backward:
            turned = _reversed_list(inputs, sequence_length)
            back, state_bw = static_rnn(cell_bw, turned, initial_state_bw, dtype, sequence_length, backward)
    back = _reversed_list(back, sequence_length)
    return [concat([one, other], 1) for one, other in zip(ahead, back, strict=True)], state_fw, state_bw


def _reversed_list(steps, lengths):
    if lengths is None:
        return list(reversed(steps))
    whole = _reversed(raw_ops.Pack(values=[convert(one) for one in steps]), lengths, 0, 1)
    turned = raw_ops.Unpack(value=whole, num=len(steps))
    for one, like in zip(turned, steps, strict=True):
        one.set_shape(like.shape)
    return list(turned)
