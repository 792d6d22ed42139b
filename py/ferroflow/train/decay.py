"""Learning rates that fall with the number of steps."""

from math import pi

from .._gen import raw_ops
from ..framework import context
from ..framework.tensors import is_symbolic_tensor
from ..framework.variables import Variable
from ..ops.common import convert, name_scope
from .optimizer import graph_of


def _by_step(global_step, make):
    """The rate of a step: a tensor of a graph; in eager mode a function of no arguments that gives the rate now."""
    if global_step is None:
        raise ValueError("Argument `global_step` must not be None.")
    of_graph = is_symbolic_tensor(global_step) or (
        isinstance(global_step, Variable) and graph_of(global_step) is not None
    )
    if of_graph or context.current_graph() is not None:
        return make()
    return make


def _decay(name, learning_rate, global_step, formula):
    def make():
        with name_scope(None, name, [learning_rate, global_step]) as scope:
            rate = convert(learning_rate, name="learning_rate")
            return formula(rate, raw_ops.Cast(convert(global_step), rate.dtype), scope)

    return _by_step(global_step, make)


def _part(step, decay_steps, staircase=False):
    part = raw_ops.RealDiv(step, raw_ops.Cast(convert(decay_steps), step.dtype))
    return raw_ops.Floor(part) if staircase else part


def exponential_decay(learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None):
    """`learning_rate * decay_rate ^ (global_step / decay_steps)`.

    Args:
      learning_rate: the rate at the start.
      global_step: the step: a number, tensor or variable.
      decay_steps: after how many steps the rate is multiplied by `decay_rate`.
      decay_rate: the factor.
      staircase: whether the rate falls only every `decay_steps` steps.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.

    >>> float(tf.compat.v1.train.exponential_decay(1.0, 10, 10, 0.5)())
    0.5
    """

    def formula(rate, step, scope):
        factor = raw_ops.Pow(convert(decay_rate, rate.dtype), _part(step, decay_steps, staircase))
        return raw_ops.Mul(rate, factor, scope)

    return _decay(name or "ExponentialDecay", learning_rate, global_step, formula)


def natural_exp_decay(learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None):
    """`learning_rate * exp(-decay_rate * global_step / decay_steps)`.

    Args:
      learning_rate: the rate at the start.
      global_step: the step: a number, tensor or variable.
      decay_steps: the unit of steps.
      decay_rate: how fast the rate falls.
      staircase: whether the rate falls only every `decay_steps` steps.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.
    """

    def formula(rate, step, scope):
        power = raw_ops.Mul(raw_ops.Neg(convert(decay_rate, rate.dtype)), _part(step, decay_steps, staircase))
        return raw_ops.Mul(rate, raw_ops.Exp(power), scope)

    return _decay(name or "ExponentialTimeDecay", learning_rate, global_step, formula)


def inverse_time_decay(learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None):
    """`learning_rate / (1 + decay_rate * global_step / decay_steps)`.

    Args:
      learning_rate: the rate at the start.
      global_step: the step: a number, tensor or variable.
      decay_steps: the unit of steps.
      decay_rate: how fast the rate falls.
      staircase: whether the rate falls only every `decay_steps` steps.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.
    """

    def formula(rate, step, scope):
        grown = raw_ops.Mul(convert(decay_rate, rate.dtype), _part(step, decay_steps, staircase))
        return raw_ops.RealDiv(rate, raw_ops.AddV2(convert(1, rate.dtype), grown), scope)

    return _decay(name or "InverseTimeDecay", learning_rate, global_step, formula)


def polynomial_decay(
    learning_rate, global_step, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False, name=None
):
    """`(learning_rate - end) * (1 - global_step / decay_steps) ^ power + end`, and `end` after `decay_steps` steps.

    Args:
      learning_rate: the rate at the start.
      global_step: the step: a number, tensor or variable.
      decay_steps: after how many steps the end is reached.
      end_learning_rate: the rate at the end.
      power: 1 for a straight line.
      cycle: whether the rate goes up again after the end, with `decay_steps` a multiple as large as needed.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.
    """

    def formula(rate, step, scope):
        end = convert(end_learning_rate, rate.dtype)
        total = raw_ops.Cast(convert(decay_steps), rate.dtype)
        if cycle:
            times = raw_ops.Ceil(raw_ops.RealDiv(step, total))
            times = raw_ops.SelectV2(raw_ops.Equal(step, 0), convert(1, rate.dtype), times)
            total = raw_ops.Mul(total, times)
        else:
            step = raw_ops.Minimum(step, total)
        left = raw_ops.Sub(convert(1, rate.dtype), raw_ops.RealDiv(step, total))
        factor = raw_ops.Pow(left, convert(power, rate.dtype))
        return raw_ops.AddV2(raw_ops.Mul(raw_ops.Sub(rate, end), factor), end, scope)

    return _decay(name or "PolynomialDecay", learning_rate, global_step, formula)


def cosine_decay(learning_rate, global_step, decay_steps, alpha=0.0, name=None):
    """Half a wave of the cosine from `learning_rate` down to `alpha * learning_rate` (Loshchilov and Hutter, 2017).

    Args:
      learning_rate: the rate at the start.
      global_step: the step: a number, tensor or variable.
      decay_steps: after how many steps the end is reached.
      alpha: the part of the rate that is left at the end.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.

    Raises:
      ValueError: `decay_steps` is not given.
    """

    def formula(rate, step, scope):
        total = raw_ops.Cast(convert(decay_steps), rate.dtype)
        done = raw_ops.RealDiv(raw_ops.Minimum(step, total), total)
        return raw_ops.Mul(rate, _half_wave(done, alpha), scope)

    return _decay(name or "CosineDecay", learning_rate, global_step, formula)


def _half_wave(done, alpha, height=None):
    """From 1 (times `height`) at 0 down to `alpha` at 1."""
    wave = raw_ops.Mul(raw_ops.AddV2(raw_ops.Cos(raw_ops.Mul(done, pi)), 1.0), 0.5)
    if height is not None:
        wave = raw_ops.Mul(wave, height)
    return raw_ops.AddV2(raw_ops.Mul(wave, 1.0 - alpha), alpha)


def cosine_decay_restarts(learning_rate, global_step, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name=None):
    """`cosine_decay` again and again: each period is `t_mul` times as long and `m_mul` times as high as the one before.

    Args:
      learning_rate: the rate at the start.
      global_step: the step: a number, tensor or variable.
      first_decay_steps: the length of the first period.
      t_mul: how much longer each period is.
      m_mul: how much higher each period begins.
      alpha: the part of the rate that is left at the end of a period.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.
    """

    def formula(rate, step, scope):
        dtype = rate.dtype
        done = raw_ops.RealDiv(step, raw_ops.Cast(convert(first_decay_steps), dtype))
        longer, higher = convert(t_mul, dtype), convert(m_mul, dtype)
        if t_mul == 1.0:
            period = raw_ops.Floor(done)
            done = raw_ops.Sub(done, period)
        else:
            grown = raw_ops.Sub(1.0, raw_ops.Mul(done, raw_ops.Sub(1.0, longer)))
            period = raw_ops.Floor(raw_ops.RealDiv(raw_ops.Log(grown), raw_ops.Log(longer)))
            length = raw_ops.Pow(longer, period)
            before = raw_ops.RealDiv(raw_ops.Sub(1.0, length), raw_ops.Sub(1.0, longer))
            done = raw_ops.RealDiv(raw_ops.Sub(done, before), length)
        return raw_ops.Mul(rate, _half_wave(done, alpha, raw_ops.Pow(higher, period)), scope)

    return _decay(name or "SGDRDecay", learning_rate, global_step, formula)


def piecewise_constant(x, boundaries, values, name=None):
    """`values[0]` up to and including `boundaries[0]`, then `values[1]`, and so on.

    Args:
      x: the step: a number, tensor or variable.
      boundaries: rising numbers of the dtype of `x`.
      values: one more than boundaries.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.

    Raises:
      ValueError: the numbers of boundaries and values do not fit.

    >>> float(tf.compat.v1.train.piecewise_constant(5, [3, 10], [1.0, 0.5, 0.25])())
    0.5
    """
    if len(boundaries) != len(values) - 1:
        raise ValueError(
            f"The length of boundaries should be 1 less than the length of values. Received boundaries of length {len(boundaries)} and values of length {len(values)}."
        )

    def make():
        with name_scope(None, name or "PiecewiseConstant", [x]) as scope:
            step = convert(x)
            found = convert(values[-1])
            for limit, value in zip(reversed(list(boundaries)), reversed(list(values[:-1])), strict=True):
                limit = raw_ops.Cast(convert(limit), step.dtype.base_dtype)
                found = raw_ops.SelectV2(raw_ops.LessEqual(step, limit), convert(value), found)
            return raw_ops.Identity(found, scope)

    return _by_step(x, make)


def linear_cosine_decay(learning_rate, global_step, decay_steps, num_periods=0.5, alpha=0.0, beta=0.001, name=None):
    """A line down to 0 times waves of the cosine (Bello and others, 2017).

    The rate is multiplied by `(alpha + line) * wave + beta`.

    Args:
      learning_rate: the rate at the start.
      global_step: the step: a number, tensor or variable.
      decay_steps: after how many steps the end is reached.
      num_periods: how many waves there are until then.
      alpha: added to the line.
      beta: added in the end.
      name: a name for the operations.

    Returns:
      A scalar; in eager mode a function that gives it.

    Raises:
      ValueError: `decay_steps` is not given.

    >>> import ferroflow.compat.v1 as v1
    >>> rate = v1.train.linear_cosine_decay(1.0, 0, 10)
    >>> round(float(rate()), 3)
    1.001
    """
    if decay_steps is None:
        raise ValueError("decay_steps is required for linear_cosine_decay.")

    def formula(rate, step, scope):
        total = raw_ops.Cast(convert(decay_steps), rate.dtype)
        done = raw_ops.RealDiv(raw_ops.Minimum(step, total), total)
        angle = raw_ops.Mul(done, 2.0 * pi * num_periods)
        wave = raw_ops.Mul(raw_ops.AddV2(raw_ops.Cos(angle), 1.0), 0.5)
        line = raw_ops.AddV2(raw_ops.Sub(1.0, done), alpha)
        return raw_ops.Mul(rate, raw_ops.AddV2(raw_ops.Mul(line, wave), beta), scope)

    return _decay(name or "LinearCosineDecay", learning_rate, global_step, formula)
