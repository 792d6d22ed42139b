"""`tf.train.ExponentialMovingAverage`: running means of variables and tensors."""

from .._gen import raw_ops
from ..framework import context
from ..framework.collections import GraphKeys, add_to_collection
from ..framework.dtypes import bfloat16, float16, float32, float64
from ..framework.grouping import group
from ..framework.initializers_v1 import Zeros
from ..framework.state import assign_add, assign_sub
from ..framework.variable_collections import global_variables, moving_average_variables, trainable_variables
from ..framework.variable_scope import get_variable, variable_scope
from ..framework.variables import Variable, VariableV1
from ..ops.common import convert, name_scope
from .optimizer import graph_of, inside, is_resource, new_variable


class ExponentialMovingAverage:
    """Running means of variables: `average = decay * average + (1 - decay) * variable`.

    Args:
      decay: how much of the mean stays: a number from 0 to 1.
      num_updates: if given, the decay is at most `(1 + num_updates) / (10 + num_updates)`: means move fast at first.
      zero_debias: whether means of tensors, which begin with 0, are divided by the sum of weights so far. Means of
        variables begin with the variables' own values.
      name: name of the means.

    >>> import ferroflow.compat.v1 as v1
    >>> x = tf.Variable(1.0)
    >>> means = v1.train.ExponentialMovingAverage(0.75)
    >>> means.apply([x])
    >>> x.assign(3.0) is None
    False
    >>> means.apply([x])
    >>> float(means.average(x))
    1.5
    """

    def __init__(self, decay, num_updates=None, zero_debias=False, name="ExponentialMovingAverage"):
        self._decay = decay
        self._num_updates = num_updates
        self._zero_debias = zero_debias
        self._name = name
        self._averages = {}

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    def apply(self, var_list=None):
        """Makes the means that are not there yet, and an operation that moves them towards the variables.

        Args:
          var_list: variables, and tensors in graphs, of float dtypes; all trainable variables of the graph by default.

        Returns:
          The operation; in eager mode the means have been moved, and it is None.

        Raises:
          TypeError: a dtype other than float16, bfloat16, float32 and float64, or in eager mode a tensor.
        """
        var_list = trainable_variables() if var_list is None else var_list
        for var in var_list:
            if not isinstance(var, Variable) and graph_of(var) is None:
                raise TypeError(
                    "tf.train.ExponentialMovingAverage does not support non-Variable tensors when eager execution is "
                    "enabled."
                )
            if var.dtype.base_dtype not in (float16, bfloat16, float32, float64):
                raise TypeError(f"The variables must be half, float, or double: {var.name}")
            if var.ref() not in self._averages:
                self._averages[var.ref()] = self._begin(var)
        with name_scope(self._name) as scope:
            decay = convert(self._decay, name="decay")
            if self._num_updates is not None:
                count = raw_ops.Cast(convert(self._num_updates, name="num_updates"), float32)
                limit = raw_ops.RealDiv(raw_ops.AddV2(1.0, count), raw_ops.AddV2(10.0, count))
                decay = raw_ops.Minimum(decay, limit)
            updates = [self._move(self.average(var), var, decay) for var in var_list]
            return group(*updates, name=scope)

    def _begin(self, var):
        with context.init_scope(), inside(graph_of(var)):
            if not isinstance(var, Variable):
                name = f"{var.op.name}/{self._name}"
                return VariableV1(lambda: raw_ops.ZerosLike(var) if not var.shape.is_fully_defined()
                                  else raw_ops.Fill(convert(var.shape), convert(0, var.dtype)),
                                  trainable=False, name=name)  # fmt: skip
            if graph_of(var) is None:
                return new_variable(lambda: convert(var), f"{var._shared_name}/{self._name}", var)
            average = new_variable(var.initialized_value(), f"{var.op.name}/{self._name}", var)
            add_to_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, var)
            return average

    def _move(self, average, var, decay):
        with name_scope("AssignMovingAvg") as scope:
            dtype = average.dtype.base_dtype
            rate = raw_ops.Cast(raw_ops.Sub(convert(1.0, decay.dtype), decay), dtype)
            if self._zero_debias and not isinstance(var, Variable):
                step = self._debiased_step(average, convert(var), rate)
            else:
                step = raw_ops.Mul(raw_ops.Sub(average, convert(var)), rate)
            moved = assign_sub(average, step, name=scope)
            return moved

    def _debiased_step(self, average, value, rate):
        """How far a mean that began with 0 is from its sum divided by the sum of weights."""
        with context.init_scope(), variable_scope(average.op.name):
            kind = {"initializer": Zeros(), "trainable": False, "use_resource": is_resource(average)}
            dtype = average.dtype.base_dtype
            biased = get_variable("biased", average.shape, dtype, **kind)
            steps = get_variable("local_step", [], dtype, **kind)
        biased = assign_sub(biased, raw_ops.Mul(raw_ops.Sub(biased, value), rate))
        steps = assign_add(steps, convert(1, dtype))
        one = convert(1, dtype)
        weights = raw_ops.Sub(one, raw_ops.Pow(raw_ops.Sub(one, rate), steps))
        return raw_ops.Sub(average, raw_ops.RealDiv(biased, weights))

    def average(self, var):
        """The variable that holds the mean of `var`; None if there is none."""
        return self._averages.get(var.ref())

    def average_name(self, var) -> str:
        """The name of the mean of `var` in checkpoints, also before there is one."""
        if var.ref() in self._averages:
            return self._averages[var.ref()].name.partition(":")[0]
        return f"{var.name.partition(':')[0]}/{self._name}"

    def variables_to_restore(self, moving_avg_variables=None) -> dict:
        """A dict for `Saver` that restores variables from their means, and all others from their own values.

        Args:
          moving_avg_variables: the variables that have means; by default trainable ones and those given to `apply`.
        """
        if moving_avg_variables is None:
            moving_avg_variables = [*trainable_variables(), *moving_average_variables()]
        chosen = {var.ref(): var for var in moving_avg_variables}
        names = {self.average_name(var): var for var in chosen.values()}
        taken = set(names)
        for var in global_variables():
            if var.ref() not in chosen and var.op.name not in taken:
                names[var.op.name] = var
        return names
