"""The base class of TensorFlow 1's optimizers: gradients, slots, steps."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import context, gradients, tape
from ..framework.collections import GraphKeys
from ..framework.composite import IndexedSlices
from ..framework.convert import convert_to_tensor_or_indexed_slices
from ..framework.grouping import group
from ..framework.name_scope import name_scope_of, name_scope_v1
from ..framework.state import assign_add
from ..framework.tensors import Tensor
from ..framework.traceback_filter import filter_traceback
from ..framework.variables import Variable, VariableV1
from ..ops.common import convert
from ..ops.shapes import zeros

if TYPE_CHECKING:
    from typing import Any

    from ..framework.typing import Gradient, Operation


def is_resource(variable):
    """Whether a variable is reached by a handle; others are reference variables."""
    return hasattr(variable, "_handle")


def graph_of(value):
    """The graph that a tensor or variable belongs to; None for eager ones."""
    if is_resource(value):
        return value.graph if value._in_graph_mode else None
    return getattr(value, "graph", None)


@contextmanager
def inside(graph):
    """Adds nodes to `graph`; None and the graph at hand leave everything as it is."""
    if graph is None or context.current_graph() is graph:
        yield
    else:
        with context.in_graph(graph):
            yield


def short_name(variable):
    """The name of a variable without the number of its output."""
    return variable.op.name if graph_of(variable) is not None else variable._shared_name


def operand(variable):
    """What a training op takes for a variable: its handle, or its reference."""
    return variable.handle if is_resource(variable) else variable._ref()


def current(value):
    """The value of a hyperparameter, which may be given by a function."""
    return value() if callable(value) and not isinstance(value, (Tensor, Variable)) else value


class Optimizer:
    """Changes variables so that a loss falls. A base class: use one of its subclasses.

    A subclass of a program's own defines `_apply_dense(grad, var)` and `_apply_sparse(grad, var)` for reference
    variables, `_resource_apply_dense(grad, var)` and `_resource_apply_sparse(grad, var, indices)` for others, and, as
    needed, `_create_slots(var_list)`, `_prepare()` and `_finish(update_ops, name_scope)`.

    Args:
      use_locking: accepted for TensorFlow's sake: every step of a variable holds its lock.
      name: name of the optimizer; slots and operations are called after it.
      use_own_namescope_for_non_slot_vars: whether variables that belong to no weight are named within it.

    Raises:
      ValueError: the name is empty.
    """

    GATE_NONE = 0
    GATE_OP = 1
    GATE_GRAPH = 2

    def __init__(self, use_locking, name, use_own_namescope_for_non_slot_vars=False):
        if not name:
            raise ValueError("Must specify the optimizer name")
        self._use_locking = use_locking
        self._name = name
        self._own_scope = use_own_namescope_for_non_slot_vars
        self._slots = {}
        self._non_slots = {}

    def get_name(self) -> str:
        """The name."""
        return self._name

    @filter_traceback
    def minimize(
        self,
        loss,
        global_step=None,
        var_list=None,
        gate_gradients=GATE_OP,
        aggregation_method=None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss=None,
    ) -> Operation:
        """`compute_gradients`, then `apply_gradients`.

        Args:
          loss: a scalar tensor of a graph; in eager mode a function without arguments that returns the loss.
          global_step: a variable that is raised by one with each step, or None.
          var_list: the variables to change; by default all trainable ones of the graph (eager: all that the loss reads).
          gate_gradients: accepted for TensorFlow's sake: gradients are taken together.
          aggregation_method: accepted for TensorFlow's sake, without effect.
          colocate_gradients_with_ops: accepted for TensorFlow's sake, without effect.
          name: name of the operation.
          grad_loss: the gradient of the loss, 1 by default.

        Returns:
          The operation that makes a step; in eager mode the step has been made.

        Raises:
          ValueError: no variable has a gradient.
        """
        pairs = self.compute_gradients(
            loss, var_list, gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss
        )
        if all(grad is None for grad, _ in pairs):
            raise ValueError(
                "No gradients provided for any variable, check your graph for ops that do not support gradients, "
                f"between variables {[str(var) for _, var in pairs]} and loss {loss}."
            )
        return self.apply_gradients(pairs, global_step, name)

    @filter_traceback
    def compute_gradients(
        self,
        loss,
        var_list=None,
        gate_gradients=GATE_OP,
        aggregation_method=None,
        colocate_gradients_with_ops: bool = False,
        grad_loss=None,
    ) -> list[tuple[Gradient, Variable]]:
        """The gradients of a loss; the arguments are those of `minimize`.

        Returns:
          A list of pairs (gradient, variable); the gradient is a tensor, `IndexedSlices`, or None where there is none.

        Raises:
          ValueError: there is no variable, or `gate_gradients` is none of the known values.
          RuntimeError: in eager mode the loss is not a function.
        """
        if callable(loss) and not isinstance(loss, (Tensor, Variable)):
            with tape.GradientTape() as recorded:
                if var_list is not None:
                    for variable in var_list:
                        recorded.watch(variable)
                value = loss()
            variables = recorded.watched_variables() if var_list is None else list(var_list)
            with tape.stop_recording():
                return list(zip(recorded.gradient(value, variables, grad_loss), variables, strict=True))
        if graph_of(loss) is None:
            raise RuntimeError(
                "`loss` passed to Optimizer.compute_gradients should be a function when eager execution is enabled."
            )
        if gate_gradients not in (Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH):
            raise ValueError(
                "gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH.  Not "
                f"{gate_gradients}"
            )
        with inside(graph_of(loss)):
            if var_list is None:
                var_list = loss.graph.get_collection(GraphKeys.TRAINABLE_VARIABLES)
                var_list += loss.graph.get_collection(GraphKeys.TRAINABLE_RESOURCE_VARIABLES)
            var_list = list(var_list) if isinstance(var_list, (list, tuple)) else [var_list]
            if not var_list:
                raise ValueError("No variables to optimize.")
            found = gradients.gradients(
                loss,
                var_list,
                grad_ys=grad_loss,
                gate_gradients=gate_gradients == Optimizer.GATE_OP,
                aggregation_method=aggregation_method,
                colocate_gradients_with_ops=colocate_gradients_with_ops,
            )
        return list(zip(found, var_list, strict=True))

    @filter_traceback
    def apply_gradients(
        self, grads_and_vars, global_step=None, name: str | None = None, skip_gradients_aggregation: bool = False
    ) -> Operation:
        """Changes variables by gradients.

        Args:
          grads_and_vars: what `compute_gradients` returns.
          global_step: a variable that is raised by one with each step, or None.
          name: name of the operation, that of the optimizer by default.
          skip_gradients_aggregation: accepted for TensorFlow's sake, without effect.

        Returns:
          The operation that makes a step; in eager mode the step has been made.

        Raises:
          ValueError: there is no gradient.
          TypeError: a gradient is no tensor.
        """
        pairs = [(self._checked(grad), variable) for grad, variable in grads_and_vars]
        if not pairs:
            raise ValueError("No variables provided.")
        used = [variable for grad, variable in pairs if grad is not None]
        if not used:
            raise ValueError(f"No gradients provided for any variable: {[str(variable) for _, variable in pairs]}.")
        with inside(graph_of(used[0])):
            with context.init_scope():
                self._create_slots(used)
            with name_scope_of(name, self._name) as scope:
                self._prepare()
                updates = []
                for grad, variable in pairs:
                    if grad is not None:
                        with name_scope_of("update_" + short_name(variable).replace(":", "_")):
                            updates.append(self._update(grad, variable))
                step = self._count(updates, global_step, scope)
            if step is not None:
                collected = step.graph.get_collection_ref(GraphKeys.TRAIN_OP)
                if step not in collected:
                    collected.append(step)
            return step

    def _count(self, updates, global_step, scope):
        if global_step is None:
            return self._finish(updates, scope)
        finished = self._finish(updates, "update")
        with context.control_dependencies([finished]) if finished is not None else nullcontext():
            if is_resource(global_step):
                return global_step.assign_add(1, name=scope, read_value=False)
            return assign_add(global_step, 1, name=scope).op

    def _checked(self, grad):
        if grad is None:
            return None
        try:
            return convert_to_tensor_or_indexed_slices(grad)
        except TypeError:
            raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {grad}") from None

    def _update(self, grad, variable):
        if not isinstance(variable, Variable):
            raise NotImplementedError(f"Trying to update a Tensor {variable}")
        if isinstance(grad, IndexedSlices):
            if variable.constraint is not None:
                raise RuntimeError("Cannot use a constraint function on a sparse variable.")
            if is_resource(variable):
                return self._resource_apply_sparse_duplicate_indices(grad.values, variable, grad.indices)
            return self._apply_sparse_duplicate_indices(grad, variable)
        if is_resource(variable):
            step = self._resource_apply_dense(grad, variable)
        else:
            step = self._apply_dense(grad, variable)
        if variable.constraint is None:
            return step
        with context.control_dependencies([step]) if step is not None else nullcontext():
            return variable.assign(variable.constraint(variable), use_locking=self._use_locking)

    # What subclasses define

    def _create_slots(self, var_list):
        """Makes the slots of the variables."""

    def _prepare(self):
        """Makes tensors of the hyperparameters."""

    def _finish(self, update_ops, name_scope):
        """The operation of the whole step, from those of the variables."""
        return group(*update_ops, name=name_scope)

    def _apply_dense(self, grad, var):
        raise NotImplementedError()

    def _resource_apply_dense(self, grad, handle):
        raise NotImplementedError()

    def _apply_sparse(self, grad, var):
        raise NotImplementedError()

    def _resource_apply_sparse(self, grad, handle, indices):
        raise NotImplementedError()

    def _apply_sparse_duplicate_indices(self, grad, var):
        values, indices = without_duplicates(grad.values, grad.indices)
        return self._apply_sparse(IndexedSlices(values, indices, grad.dense_shape), var)

    def _resource_apply_sparse_duplicate_indices(self, grad, handle, indices):
        values, indices = without_duplicates(grad, indices)
        return self._resource_apply_sparse(values, handle, indices)

    # Slots

    def get_slot(self, var, name) -> Variable | Any:
        """The slot `name` of a variable; None if there is none.

        Args:
          var: a variable.
          name: one of `get_slot_names()`.
        """
        return self._slots.get(name, {}).get(_key(var))

    def get_slot_names(self) -> list[str]:
        """The names of the slots that exist."""
        return sorted(self._slots)

    def variables(self) -> list[Variable]:
        """All variables of the optimizer in the order of their names."""
        slots = [slot for by_variable in self._slots.values() for slot in by_variable.values()]
        own = [variable for (_, graph), variable in self._non_slots.items() if _is_at_hand(graph)]
        return sorted([*slots, *own], key=lambda variable: variable.name)

    def _get_or_make_slot(self, var, val, slot_name, op_name):
        """The slot of a variable, made with the value `val` if there is none."""
        return self._slot(var, lambda: convert(val), slot_name, op_name)

    def _zeros_slot(self, var, slot_name, op_name):
        """The slot of a variable, made of zeros if there is none."""
        return self._slot(var, lambda: zeros_of(var), slot_name, op_name)

    def _slot(self, var, initial, slot_name, op_name):
        slots = self._slots.setdefault(slot_name, {})
        if _key(var) not in slots:
            with inside(graph_of(var)), name_scope_v1(None):
                slots[_key(var)] = new_variable(initial, f"{short_name(var)}/{op_name}", var)
        return slots[_key(var)]

    def _create_non_slot_variable(self, initial_value, name, colocate_with):
        """A variable of the optimizer itself, such as a power of a decay rate."""
        key = name, graph_of(colocate_with)
        if key not in self._non_slots:
            with inside(key[1]), name_scope_v1(self._name) if self._own_scope else nullcontext():
                self._non_slots[key] = new_variable(lambda: convert(initial_value), name, colocate_with)
        return self._non_slots[key]

    def _get_non_slot_variable(self, name, graph=None):
        return self._non_slots.get((name, graph))


def _key(var):
    return var._unique_id if is_resource(var) else (var.graph, var.op.name)


def _is_at_hand(graph):
    return graph is None or graph is context.current_graph() or graph is context.default_graph()


def new_variable(initial, name, like):
    """A variable that is not trained, of the kind of `like`: eager, or with a handle, or a reference."""
    return VariableV1(initial, trainable=False, name=name, use_resource=is_resource(like))


def zeros_of(variable):
    """Zeros of the shape and dtype of a variable."""
    if variable.shape.is_fully_defined():
        return zeros(variable.shape, variable.dtype.base_dtype)
    return raw_ops.ZerosLike(variable.initial_value)


def hyperparameter(value, name):
    """A hyperparameter as a tensor."""
    return convert(current(value), name=name)


def constant_like(var, value):
    """A tensor of the shape and dtype of a variable, all of one value."""
    return raw_ops.Fill(convert(var.shape), convert(value, var.dtype.base_dtype))


def without_duplicates(values, indices):
    """Rows whose indices are all different: those of equal index are added up."""
    unique, positions = raw_ops.Unique(indices)
    count = raw_ops.Squeeze(raw_ops.Shape(unique), [0])
    return raw_ops.UnsortedSegmentSum(values, positions, count), unique


class TableOptimizer(Optimizer):
    """An optimizer whose steps are ops of the engine: `_step` serves both kinds of variable, dense and by rows."""

    def _step(self, var, grad, indices):
        """Changes `var` by `grad`, or by the rows `indices` of it."""
        raise NotImplementedError()

    def _apply_dense(self, grad, var):
        return self._step(var, grad, None)

    def _resource_apply_dense(self, grad, handle):
        return self._step(handle, grad, None)

    def _apply_sparse(self, grad, var):
        return self._step(var, grad.values, grad.indices)

    def _resource_apply_sparse(self, grad, handle, indices):
        return self._step(handle, grad, indices)

    def _run(self, rule, var, grad, indices, slots, options=None, gradient="grad", **numbers):
        """Runs the training op of a rule.

        Args:
          rule: name of the op without what says how it reaches the variable.
          var: the variable.
          grad: the gradient.
          indices: the rows, or None for all.
          slots: operand names and slot names.
          options: attributes.
          gradient: name of the gradient's operand.
          **numbers: hyperparameters as tensors.
        """
        dtype = var.dtype.base_dtype
        operands = {name: operand(self.get_slot(var, slot)) for name, slot in slots.items()}
        operands |= {name: raw_ops.Cast(x, dtype) if x.dtype != dtype else x for name, x in numbers.items()}
        operands[gradient] = grad
        if indices is not None:
            operands["indices"] = indices
        kind = ("Resource" if is_resource(var) else "") + ("Sparse" if indices is not None else "")
        op = getattr(raw_ops, f"{kind}Apply{rule}")
        made = op(var=operand(var), use_locking=bool(self._use_locking), **operands, **(options or {}))
        return getattr(made, "op", made)


def add_rows(var, indices, updates):
    """Adds to rows of a variable."""
    if is_resource(var):
        return raw_ops.ResourceScatterAdd(var.handle, indices, updates)
    rows = raw_ops.GatherV2(raw_ops.Shape(var), 0, 0)
    return raw_ops.AssignAdd(var._ref(), raw_ops.UnsortedSegmentSum(updates, indices, rows)).op
