"""TensorFlow 1's optimizers with exact penalties: weights that do not matter become exactly 0."""

from .._gen import raw_ops
from ..framework.dtypes import int64
from ..ops.common import convert
from .optimizer import TableOptimizer, constant_like, hyperparameter


class ProximalGradientDescentOptimizer(TableOptimizer):
    """Gradient descent that takes the penalties `l1 * |x| + l2 / 2 * x**2` exactly (Duchi and Singer, 2009).

    Args:
      learning_rate: a number or a scalar tensor.
      l1_regularization_strength: at least 0.
      l2_regularization_strength: at least 0.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     x = v1.get_variable("x", initializer=0.25)
    ...     step = v1.train.ProximalGradientDescentOptimizer(0.5, l1_regularization_strength=1.0).minimize(x * x)
    ...     session.run(v1.global_variables_initializer())
    ...     session.run(step)
    ...     print(session.run(x))
    0.0
    """

    def __init__(
        self,
        learning_rate,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        use_locking=False,
        name="ProximalGradientDescent",
    ):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._l1 = l1_regularization_strength
        self._l2 = l2_regularization_strength

    def _prepare(self):
        self._numbers = {
            "alpha": hyperparameter(self._learning_rate, "learning_rate"),
            "l1": hyperparameter(self._l1, "l1_regularization_strength"),
            "l2": hyperparameter(self._l2, "l2_regularization_strength"),
        }

    def _step(self, var, grad, indices):
        gradient = "delta" if indices is None else "grad"
        return self._run("ProximalGradientDescent", var, grad, indices, {}, gradient=gradient, **self._numbers)


class ProximalAdagradOptimizer(TableOptimizer):
    """Adagrad that takes the penalties `l1 * |x| + l2 / 2 * x**2` exactly.

    Args:
      learning_rate: a number or a scalar tensor.
      initial_accumulator_value: where the sums of squares begin; positive.
      l1_regularization_strength: at least 0.
      l2_regularization_strength: at least 0.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.

    Raises:
      ValueError: `initial_accumulator_value` is not positive.
    """

    def __init__(
        self,
        learning_rate,
        initial_accumulator_value=0.1,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        use_locking=False,
        name="ProximalAdagrad",
    ):
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._initial = initial_accumulator_value
        self._l1 = l1_regularization_strength
        self._l2 = l2_regularization_strength

    def _create_slots(self, var_list):
        for var in var_list:
            self._slot(var, lambda var=var: constant_like(var, self._initial), "accumulator", self._name)

    def _prepare(self):
        self._numbers = {
            "lr": hyperparameter(self._learning_rate, "learning_rate"),
            "l1": hyperparameter(self._l1, "l1_regularization_strength"),
            "l2": hyperparameter(self._l2, "l2_regularization_strength"),
        }

    def _step(self, var, grad, indices):
        return self._run("ProximalAdagrad", var, grad, indices, {"accum": "accumulator"}, **self._numbers)


class AdagradDAOptimizer(TableOptimizer):
    """Adagrad by dual averaging (Duchi, Hazan and Singer, 2011): each step starts from all gradients so far.

    Weights begin anew with the first step: their initial values do not count.

    Args:
      learning_rate: a number or a scalar tensor.
      global_step: an int64 variable that counts the steps.
      initial_gradient_squared_accumulator_value: where the sums of squares begin; positive.
      l1_regularization_strength: at least 0.
      l2_regularization_strength: at least 0.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.

    Raises:
      ValueError: `initial_gradient_squared_accumulator_value` is not positive.
    """

    def __init__(
        self,
        learning_rate,
        global_step,
        initial_gradient_squared_accumulator_value=0.1,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        use_locking=False,
        name="AdagradDA",
    ):
        if initial_gradient_squared_accumulator_value <= 0.0:
            raise ValueError(
                "initial_gradient_squared_accumulator_value must be positive: "
                f"{initial_gradient_squared_accumulator_value}"
            )
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._global_step = global_step
        self._initial = initial_gradient_squared_accumulator_value
        self._l1 = l1_regularization_strength
        self._l2 = l2_regularization_strength

    def _create_slots(self, var_list):
        for var in var_list:
            self._zeros_slot(var, "gradient_accumulator", self._name)
            name = "gradient_squared_accumulator"
            self._slot(var, lambda var=var: constant_like(var, self._initial), name, self._name)

    def _prepare(self):
        self._numbers = {
            "lr": hyperparameter(self._learning_rate, "learning_rate"),
            "l1": hyperparameter(self._l1, "l1_regularization_strength"),
            "l2": hyperparameter(self._l2, "l2_regularization_strength"),
        }
        count = convert(self._global_step)
        count = raw_ops.Cast(count, int64) if count.dtype != int64 else raw_ops.Identity(count)
        self._count_of_steps = raw_ops.AddV2(count, convert(1, int64))

    def _step(self, var, grad, indices):
        slots = {name: name for name in ("gradient_accumulator", "gradient_squared_accumulator")}
        more = {"global_step": self._count_of_steps}
        return self._run("AdagradDA", var, grad, indices, slots, more, **self._numbers)
