"""Training steps in NumPy: what each optimizer op does to its variable and slots, for the tests of all of those ops."""

import numpy as np

SCALARS = {
    "alpha": 0.1,
    "lr": 0.05,
    "momentum": 0.9,
    "beta1_power": 0.81,
    "beta2_power": 0.998,
    "beta1": 0.9,
    "beta2": 0.999,
    "epsilon": 1e-3,
    "rho": 0.95,
    "l1": 0.02,
    "l2": 0.03,
    "l2_shrinkage": 0.01,
    "lr_power": -0.5,
    "global_step": 3,
}
SIGNED = ("var", "linear", "m", "mom", "mg", "gradient_accumulator")
# Rows that a sparse step names: one of them twice.
ROWS = [3, 0, 3, 1]


def gradient_descent(s, grad, **_):
    s.var -= s.alpha * grad


def momentum(s, grad, use_nesterov=False):
    s.accum = s.momentum * s.accum + grad
    s.var -= s.lr * (grad + s.momentum * s.accum if use_nesterov else s.accum)


def keras_momentum(s, grad, use_nesterov=False):
    s.accum = s.momentum * s.accum - s.lr * grad
    s.var += s.momentum * s.accum - s.lr * grad if use_nesterov else s.accum


def adam(s, grad, use_nesterov=False):
    s.m += (grad - s.m) * (1 - s.beta1)
    s.v += (grad**2 - s.v) * (1 - s.beta2)
    rate = s.lr * np.sqrt(1 - s.beta2_power) / (1 - s.beta1_power)
    s.var -= rate * (s.m * s.beta1 + (1 - s.beta1) * grad if use_nesterov else s.m) / (np.sqrt(s.v) + s.epsilon)


def adam_with_amsgrad(s, grad):
    s.m += (grad - s.m) * (1 - s.beta1)
    s.v += (grad**2 - s.v) * (1 - s.beta2)
    s.vhat = np.maximum(s.vhat, s.v)
    rate = s.lr * np.sqrt(1 - s.beta2_power) / (1 - s.beta1_power)
    s.var -= rate * s.m / (np.sqrt(s.vhat) + s.epsilon)


def adagrad(s, grad, update_slots=True):
    s.accum = s.accum + grad**2 if update_slots else s.accum
    s.var -= s.lr * grad / np.sqrt(s.accum)


def adagrad_v2(s, grad, update_slots=True):
    s.accum = s.accum + grad**2 if update_slots else s.accum
    s.var -= s.lr * grad / (np.sqrt(s.accum) + s.epsilon)


def adadelta(s, grad):
    s.accum = s.rho * s.accum + (1 - s.rho) * grad**2
    update = np.sqrt(s.accum_update + s.epsilon) / np.sqrt(s.accum + s.epsilon) * grad
    s.accum_update = s.rho * s.accum_update + (1 - s.rho) * update**2
    s.var -= s.lr * update


def rms_prop(s, grad):
    s.ms += (grad**2 - s.ms) * (1 - s.rho)
    s.mom = s.momentum * s.mom + s.lr * grad / np.sqrt(s.ms + s.epsilon)
    s.var -= s.mom


def centered_rms_prop(s, grad):
    s.ms += (grad**2 - s.ms) * (1 - s.rho)
    s.mg += (grad - s.mg) * (1 - s.rho)
    s.mom = s.momentum * s.mom + s.lr * grad / np.sqrt(s.ms - s.mg**2 + s.epsilon)
    s.var -= s.mom


def ftrl(s, grad, multiply_linear_by_lr=False, shrinkage=0.0):
    scale = s.lr if multiply_linear_by_lr else 1.0
    before, after = s.accum**-s.lr_power, (s.accum + grad**2) ** -s.lr_power
    s.accum = s.accum + grad**2
    s.linear = s.linear + scale * (grad + 2 * shrinkage * s.var) - scale * (after - before) / s.lr * s.var
    pulled = (np.sign(s.linear) * s.l1 * scale - s.linear) / (scale * after / s.lr + 2 * s.l2 * scale)
    s.var = np.where(np.abs(s.linear) > s.l1 * scale, pulled, 0.0)


def ftrl_v2(s, grad, multiply_linear_by_lr=False):
    ftrl(s, grad, multiply_linear_by_lr, s.l2_shrinkage)


def shrunk(x, by):
    return np.sign(x) * np.maximum(np.abs(x) - by, 0)


def proximal_gradient_descent(s, grad):
    s.var = shrunk(s.var - s.alpha * grad, s.alpha * s.l1) / (1 + s.l2 * s.alpha)


def proximal_adagrad(s, grad):
    s.accum = s.accum + grad**2
    rate = s.lr / np.sqrt(s.accum)
    s.var = shrunk(s.var - rate * grad, rate * s.l1) / (1 + s.l2 * rate)


def adagrad_da(s, grad):
    s.gradient_accumulator = s.gradient_accumulator + grad
    s.gradient_squared_accumulator = s.gradient_squared_accumulator + grad**2
    pulled = -s.lr * shrunk(s.gradient_accumulator, s.l1 * s.global_step)
    s.var = pulled / (s.l2 * s.global_step * s.lr + np.sqrt(s.gradient_squared_accumulator))


NESTEROV, SLOTS, LINEAR = (
    ({}, {"use_nesterov": True}),
    ({}, {"update_slots": False}),
    ({}, {"multiply_linear_by_lr": True}),
)
STEPS = {
    "GradientDescent": (gradient_descent, ({},)),
    "Momentum": (momentum, NESTEROV),
    "KerasMomentum": (keras_momentum, NESTEROV),
    "Adam": (adam, NESTEROV),
    "AdamWithAmsgrad": (adam_with_amsgrad, ({},)),
    "Adagrad": (adagrad, SLOTS),
    "AdagradV2": (adagrad_v2, SLOTS),
    "Adadelta": (adadelta, ({},)),
    "RMSProp": (rms_prop, ({},)),
    "CenteredRMSProp": (centered_rms_prop, ({},)),
    "Ftrl": (ftrl, LINEAR),
    "FtrlV2": (ftrl_v2, LINEAR),
    "ProximalGradientDescent": (proximal_gradient_descent, ({},)),
    "ProximalAdagrad": (proximal_adagrad, ({},)),
    "AdagradDA": (adagrad_da, ({},)),
}


class State:
    """Variables and scalars of a step as attributes."""

    def __init__(self, values):
        self.__dict__.update(values)


class Step:
    """One op with one dtype: drawn inputs, and what it should make of them."""

    def __init__(self, op, dtype, attrs, seed=1):
        self.op, self.dtype, self.attrs = op, dtype, attrs
        self.sparse = "Sparse" in op["name"]
        self.resource = op["name"].startswith("Resource")
        random = np.random.default_rng(seed)
        names = [arg["name"] for arg in op["inputs"]]
        self.slots = [name for name in names if name not in SCALARS and name not in ("grad", "delta", "indices")]
        self.inputs = {}
        for name in names:
            if name in SCALARS:
                value = np.array(SCALARS[name])
            elif name == "indices":
                value = np.array(ROWS, np.int32)
            else:
                rows = len(ROWS) if self.sparse and name in ("grad", "delta") else 5
                value = (
                    random.normal(size=[rows, 3])
                    if name in SIGNED + ("grad", "delta")
                    else random.uniform(0.1, 1.0, [rows, 3])
                )
                value = value * 0.1 if name == "mg" else value
                if dtype.kind == "c":
                    value = value + 0.3j * random.normal(size=value.shape)
            whole = {"indices": np.int32, "global_step": np.int64}
            self.inputs[name] = value.astype(whole.get(name, dtype))

    def wide(self):
        """The dtype of double precision."""
        return np.dtype(np.complex128 if self.dtype.kind == "c" else np.float64)

    def expected(self, wide=None):
        """The variable and the slots after the step, in double precision or another dtype."""
        wide = wide or self.wide()
        values = {name: x if name == "indices" else x.astype(wide) for name, x in self.inputs.items()}
        grad = values.pop("delta" if "delta" in values else "grad")
        step, _ = STEPS[kind(self.op["name"])]
        if not self.sparse:
            state = State(values)
            step(state, grad, **self.attrs)
            return [getattr(state, name) for name in self.slots]
        for row, change in zip(values.pop("indices"), grad):
            state = State({name: x[row] if name in self.slots else x for name, x in values.items()})
            step(state, change, **self.attrs)
            for name in self.slots:
                values[name][row] = getattr(state, name)
        return [values[name] for name in self.slots]

    def run(self, tf, change=lambda inputs: inputs):
        """The variable and the slots after the op has run; `change` may put other inputs in."""
        inputs = change(dict(self.inputs))
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            made = {
                name: self.variable(tf, name, x) if name in self.slots else (tf.constant(x), None, None)
                for name, x in inputs.items()
            }
            step = getattr(tf.raw_ops, self.op["name"])(**{name: one[0] for name, one in made.items()}, **self.attrs)
            session.run([assign for _, assign, _ in made.values() if assign is not None])
            out = session.run(step)
            after = session.run([made[name][2] for name in self.slots])
        # The op of a reference variable passes the reference on.
        assert self.resource or np.array_equal(out, after[0])
        return after

    def variable(self, tf, name, value):
        """A variable, the op that sets it, and its value."""
        raw, dtype = tf.raw_ops, tf.as_dtype(value.dtype.name)
        if self.resource:
            handle = raw.VarHandleOp(dtype=dtype, shape=value.shape, shared_name=name)
            return (
                handle,
                raw.AssignVariableOp(resource=handle, value=tf.constant(value)),
                raw.ReadVariableOp(resource=handle, dtype=dtype),
            )
        reference = raw.VariableV2(shape=value.shape, dtype=dtype)
        return reference, raw.Assign(ref=reference, value=tf.constant(value)).op, raw.Identity(input=reference)


def kind(name):
    """The key in `STEPS` of an op's name."""
    return name.removeprefix("Resource").removeprefix("Sparse").removeprefix("Apply")


def steps(op):
    """All steps of an op: each dtype of its kernel with each variant of its attributes."""
    import ml_dtypes

    for dtype in op["kernel"]["T"]:
        for attrs in STEPS[kind(op["name"])][1]:
            yield Step(op, np.dtype(getattr(ml_dtypes, dtype) if dtype == "bfloat16" else dtype), attrs)
