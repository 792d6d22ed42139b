"""TensorFlow 1's optimizers. The formulas are those of the training ops, see `tf.raw_ops.ResourceApplyAdam` and the like."""

from .._gen import raw_ops
from ..framework import context
from ..framework.grouping import group
from ..framework.state import assign, assign_sub
from ..ops.common import convert
from .optimizer import TableOptimizer, add_rows, constant_like, current, graph_of, hyperparameter, is_resource


class GradientDescentOptimizer(TableOptimizer):
    """Gradient descent: each step subtracts `learning_rate` times the gradient.

    Args:
      learning_rate: a number or a scalar tensor.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.

    >>> import ferroflow.compat.v1 as v1
    >>> with v1.Graph().as_default(), v1.Session() as session:
    ...     x = v1.get_variable("x", initializer=4.0)
    ...     step = v1.train.GradientDescentOptimizer(0.25).minimize(x * x)
    ...     session.run(v1.global_variables_initializer())
    ...     session.run(step)
    ...     print(session.run(x))
    2.0
    """

    def __init__(self, learning_rate, use_locking=False, name="GradientDescent"):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate

    def _prepare(self):
        self._rate = hyperparameter(self._learning_rate, "learning_rate")

    def _step(self, var, grad, indices):
        if indices is None:
            return self._run("GradientDescent", var, grad, None, {}, gradient="delta", alpha=self._rate)
        rate = raw_ops.Cast(self._rate, grad.dtype)
        return add_rows(var, indices, raw_ops.Neg(raw_ops.Mul(grad, rate)))

    # Rows may come several times: each time they are changed.
    def _apply_sparse_duplicate_indices(self, grad, var):
        return self._apply_sparse(grad, var)

    def _resource_apply_sparse_duplicate_indices(self, grad, handle, indices):
        return self._resource_apply_sparse(grad, handle, indices)


class MomentumOptimizer(TableOptimizer):
    """Gradient descent with a velocity: `accum = momentum * accum + grad`, and the step is `learning_rate * accum`.

    Args:
      learning_rate: a number or a scalar tensor.
      momentum: the part of the velocity that stays.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.
      use_nesterov: whether to look ahead as Nesterov does (Sutskever and others, 2013).
    """

    def __init__(self, learning_rate, momentum, use_locking=False, name="Momentum", use_nesterov=False):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._momentum = momentum
        self._use_nesterov = use_nesterov

    def _create_slots(self, var_list):
        for var in var_list:
            self._zeros_slot(var, "momentum", self._name)

    def _prepare(self):
        self._rate = hyperparameter(self._learning_rate, "learning_rate")
        self._momentum_tensor = hyperparameter(self._momentum, "momentum")

    def _step(self, var, grad, indices):
        options = {"use_nesterov": bool(self._use_nesterov)}
        numbers = {"lr": self._rate, "momentum": self._momentum_tensor}
        return self._run("Momentum", var, grad, indices, {"accum": "momentum"}, options, **numbers)


class AdamOptimizer(TableOptimizer):
    """Adam (Kingma and Ba, 2015): steps by running means of the gradient and of its square.

    Args:
      learning_rate: a number or a scalar tensor.
      beta1: how much of the mean of gradients stays.
      beta2: how much of the mean of squares stays.
      epsilon: a small number against division by zero.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.
      use_own_namescope_for_non_slot_vars: whether the powers of the betas are named within the optimizer's scope.
    """

    def __init__(
        self,
        learning_rate=0.001,
        beta1=0.9,
        beta2=0.999,
        epsilon=1e-08,
        use_locking=False,
        name="Adam",
        use_own_namescope_for_non_slot_vars=False,
    ):
        super().__init__(use_locking, name, use_own_namescope_for_non_slot_vars)
        self._lr = learning_rate
        self._beta1 = beta1
        self._beta2 = beta2
        self._epsilon = epsilon

    def _powers(self):
        return (
            self._get_non_slot_variable("beta1_power", self._graph),
            self._get_non_slot_variable("beta2_power", self._graph),
        )

    def _create_slots(self, var_list):
        first = min(var_list, key=lambda var: var.name)
        self._graph = graph_of(first)
        self._create_non_slot_variable(current(self._beta1), "beta1_power", first)
        self._create_non_slot_variable(current(self._beta2), "beta2_power", first)
        for var in var_list:
            self._zeros_slot(var, "m", self._name)
            self._zeros_slot(var, "v", self._name)

    def _prepare(self):
        self._lr_t = hyperparameter(self._lr, "learning_rate")
        self._beta1_t = hyperparameter(self._beta1, "beta1")
        self._beta2_t = hyperparameter(self._beta2, "beta2")
        self._epsilon_t = hyperparameter(self._epsilon, "epsilon")

    def _step(self, var, grad, indices):
        power1, power2 = (convert(power) for power in self._powers())
        if indices is None:
            numbers = {"beta1_power": power1, "beta2_power": power2, "lr": self._lr_t, "beta1": self._beta1_t,
                       "beta2": self._beta2_t, "epsilon": self._epsilon_t}  # fmt: skip
            return self._run("Adam", var, grad, None, {"m": "m", "v": "v"}, **numbers)
        dtype = var.dtype.base_dtype
        power1, power2, rate, beta1, beta2, epsilon = (
            raw_ops.Cast(x, dtype) for x in (power1, power2, self._lr_t, self._beta1_t, self._beta2_t, self._epsilon_t)
        )
        # The means of rows without a gradient fade too, and move their rows.
        rate = raw_ops.RealDiv(raw_ops.Mul(rate, raw_ops.Sqrt(raw_ops.Sub(1.0, power2))), raw_ops.Sub(1.0, power1))
        mean = self._fade(self.get_slot(var, "m"), beta1, indices, grad)
        square = self._fade(self.get_slot(var, "v"), beta2, indices, raw_ops.Square(grad))
        down = raw_ops.AddV2(raw_ops.Sqrt(square), epsilon)
        step = raw_ops.RealDiv(raw_ops.Mul(rate, mean), down)
        return assign_sub(var, step)

    def _fade(self, slot, beta, indices, rows):
        faded = assign(slot, raw_ops.Mul(slot, beta))
        with context.control_dependencies([faded]):
            added = add_rows(slot, indices, raw_ops.Mul(rows, raw_ops.Sub(1.0, beta)))
            with context.control_dependencies([added] if added is not None else []):
                return raw_ops.Identity(slot.read_value() if is_resource(slot) else slot._ref())

    def _finish(self, update_ops, name_scope):
        with context.control_dependencies(update_ops):
            power1, power2 = self._powers()
            later = [
                assign(power, raw_ops.Mul(power, raw_ops.Cast(beta, power.dtype.base_dtype)))
                for power, beta in ((power1, self._beta1_t), (power2, self._beta2_t))
            ]
        return group(*update_ops, *later, name=name_scope)


class AdagradOptimizer(TableOptimizer):
    """Adagrad (Duchi, Hazan and Singer, 2011): steps get smaller where gradients were large.

    Args:
      learning_rate: a number or a scalar tensor.
      initial_accumulator_value: where the sums of squares begin; positive.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.

    Raises:
      ValueError: `initial_accumulator_value` is not positive.
    """

    def __init__(self, learning_rate, initial_accumulator_value=0.1, use_locking=False, name="Adagrad"):
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._initial = initial_accumulator_value

    def _create_slots(self, var_list):
        for var in var_list:
            self._slot(var, lambda var=var: constant_like(var, self._initial), "accumulator", self._name)

    def _prepare(self):
        self._rate = hyperparameter(self._learning_rate, "learning_rate")

    def _step(self, var, grad, indices):
        return self._run("Adagrad", var, grad, indices, {"accum": "accumulator"}, lr=self._rate)


class AdadeltaOptimizer(TableOptimizer):
    """Adadelta (Zeiler, 2012): the size of steps follows from earlier steps.

    Args:
      learning_rate: a number or a scalar tensor.
      rho: how much of the means stays.
      epsilon: a small number that the means begin with.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.
    """

    def __init__(self, learning_rate=0.001, rho=0.95, epsilon=1e-08, use_locking=False, name="Adadelta"):
        super().__init__(use_locking, name)
        self._lr = learning_rate
        self._rho = rho
        self._epsilon = epsilon

    def _create_slots(self, var_list):
        for var in var_list:
            self._zeros_slot(var, "accum", self._name)
            self._zeros_slot(var, "accum_update", self._name)

    def _prepare(self):
        self._numbers = {
            "lr": hyperparameter(self._lr, "lr"),
            "rho": hyperparameter(self._rho, "rho"),
            "epsilon": hyperparameter(self._epsilon, "epsilon"),
        }

    def _step(self, var, grad, indices):
        slots = {"accum": "accum", "accum_update": "accum_update"}
        return self._run("Adadelta", var, grad, indices, slots, **self._numbers)


class RMSPropOptimizer(TableOptimizer):
    """RMSProp (Tieleman and Hinton, 2012): steps are divided by the root of a running mean of squared gradients.

    Args:
      learning_rate: a number or a scalar tensor.
      decay: how much of the mean stays.
      momentum: how much of the last step stays.
      epsilon: a small number against division by zero.
      use_locking: accepted for TensorFlow's sake.
      centered: whether the mean gradient is subtracted first, so that the divisor is a standard deviation.
      name: name of the optimizer.
    """

    def __init__(
        self,
        learning_rate,
        decay=0.9,
        momentum=0.0,
        epsilon=1e-10,
        use_locking=False,
        centered=False,
        name="RMSProp",
    ):
        super().__init__(use_locking, name)
        self._learning_rate = learning_rate
        self._decay = decay
        self._momentum = momentum
        self._epsilon = epsilon
        self._centered = centered

    def _create_slots(self, var_list):
        for var in var_list:
            self._slot(var, lambda var=var: constant_like(var, 1.0), "rms", self._name)
            if self._centered:
                self._zeros_slot(var, "mg", self._name)
            self._zeros_slot(var, "momentum", self._name)

    def _prepare(self):
        self._numbers = {
            "lr": hyperparameter(self._learning_rate, "learning_rate"),
            "rho": hyperparameter(self._decay, "decay"),
            "momentum": hyperparameter(self._momentum, "momentum"),
            "epsilon": hyperparameter(self._epsilon, "epsilon"),
        }

    def _step(self, var, grad, indices):
        slots = {"ms": "rms", "mom": "momentum"}
        if self._centered:
            return self._run("CenteredRMSProp", var, grad, indices, {"mg": "mg", **slots}, **self._numbers)
        return self._run("RMSProp", var, grad, indices, slots, **self._numbers)


class FtrlOptimizer(TableOptimizer):
    """FTRL-proximal (McMahan and others, 2013): gradient descent that leaves many weights at exactly 0.

    Args:
      learning_rate: a number or a scalar tensor.
      learning_rate_power: how the rate falls with the sum of squares; at most 0.
      initial_accumulator_value: where the sums of squares begin; at least 0.
      l1_regularization_strength: at least 0.
      l2_regularization_strength: at least 0.
      use_locking: accepted for TensorFlow's sake.
      name: name of the optimizer.
      accum_name: name of the variables of the sums of squares.
      linear_name: name of the variables of the linear terms.
      l2_shrinkage_regularization_strength: at least 0; a penalty on the size of weights.
      beta: as in the paper: adds `beta / (2 * learning_rate)` to the second strength.

    Raises:
      ValueError: a number is outside of its range.
    """

    def __init__(
        self,
        learning_rate,
        learning_rate_power=-0.5,
        initial_accumulator_value=0.1,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        use_locking=False,
        name="Ftrl",
        accum_name=None,
        linear_name=None,
        l2_shrinkage_regularization_strength=0.0,
        beta=None,
    ):
        super().__init__(use_locking, name)
        for what, value in (
            ("initial_accumulator_value", initial_accumulator_value),
            ("l1_regularization_strength", l1_regularization_strength),
            ("l2_regularization_strength", l2_regularization_strength),
            ("l2_shrinkage_regularization_strength", l2_shrinkage_regularization_strength),
        ):
            if value < 0.0:
                raise ValueError(f"{what} {value} needs to be greater than or equal to zero")
        if learning_rate_power > 0.0:
            raise ValueError(f"learning_rate_power {learning_rate_power} needs to be negative or zero")
        self._learning_rate = learning_rate
        self._power = learning_rate_power
        self._initial = initial_accumulator_value
        self._l1 = l1_regularization_strength
        self._l2 = l2_regularization_strength
        self._shrinkage = l2_shrinkage_regularization_strength
        self._beta = 0.0 if beta is None else beta
        self._accum_name = accum_name
        self._linear_name = linear_name

    def _create_slots(self, var_list):
        for var in var_list:
            name = self._accum_name or self._name
            self._slot(var, lambda var=var: constant_like(var, self._initial), "accum", name)
            self._zeros_slot(var, "linear", self._linear_name or self._name)

    def _prepare(self):
        rate = hyperparameter(self._learning_rate, "learning_rate")
        l2 = hyperparameter(self._l2, "l2_regularization_strength")
        if self._beta:
            l2 = raw_ops.AddV2(l2, raw_ops.RealDiv(convert(self._beta, rate.dtype), raw_ops.Mul(rate, 2.0)))
        self._numbers = {
            "lr": rate,
            "l1": hyperparameter(self._l1, "l1_regularization_strength"),
            "l2": l2,
            "lr_power": hyperparameter(self._power, "learning_rate_power"),
        }
        if self._shrinkage > 0.0:
            self._numbers["l2_shrinkage"] = hyperparameter(self._shrinkage, "l2_shrinkage_regularization_strength")

    def _step(self, var, grad, indices):
        slots = {"accum": "accum", "linear": "linear"}
        rule = "FtrlV2" if self._shrinkage > 0.0 else "Ftrl"
        return self._run(rule, var, grad, indices, slots, **self._numbers)
