"""Records TensorFlow's gradients of elementwise ops for the test beside this folder: `python make.py` with TensorFlow installed.

A line is `op; dtype; inputs; dy; gradients; second gradients`. A tensor is `shape:numbers`, a complex number two numbers;
`-` is no gradient. Second gradients are those of the first for the inputs and for dy, weighted like dy.
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
REAL, BOTH = ["float64"], ["float64", "complex128"]
WIDE, UNIT, POSITIVE = (-2.0, 2.0), (-0.9, 0.9), (0.2, 3.0)
ONE = [
    ("Abs", REAL, WIDE),
    ("Neg", BOTH, WIDE),
    ("Sign", BOTH, WIDE),
    ("Square", BOTH, WIDE),
    ("Sqrt", BOTH, POSITIVE),
    ("Rsqrt", BOTH, POSITIVE),
    ("Reciprocal", BOTH, POSITIVE),
    ("Inv", BOTH, POSITIVE),
    ("Exp", BOTH, WIDE),
    ("Expm1", BOTH, WIDE),
    ("Log", BOTH, POSITIVE),
    ("Log1p", BOTH, POSITIVE),
    ("Sin", BOTH, WIDE),
    ("Cos", BOTH, WIDE),
    ("Tan", BOTH, (-1.2, 1.2)),
    ("Asin", BOTH, UNIT),
    ("Acos", BOTH, UNIT),
    ("Atan", BOTH, UNIT),
    ("Sinh", BOTH, WIDE),
    ("Cosh", BOTH, WIDE),
    ("Tanh", BOTH, UNIT),
    ("Asinh", BOTH, POSITIVE),
    ("Acosh", BOTH, (1.2, 3.0)),
    ("Atanh", BOTH, UNIT),
    ("Sigmoid", BOTH, WIDE),
    ("Erf", REAL, WIDE),
    ("Erfc", REAL, WIDE),
    ("Erfinv", REAL, UNIT),
    ("Ndtri", REAL, (0.1, 0.9)),
    ("Lgamma", REAL, POSITIVE),
    ("Digamma", REAL, POSITIVE),
    ("Floor", REAL, WIDE),
    ("Ceil", REAL, WIDE),
    ("Round", REAL, WIDE),
    ("Rint", REAL, WIDE),
    ("Conj", ["complex128"], WIDE),
    ("Softplus", REAL, WIDE),
    ("Softsign", REAL, WIDE),
    ("Relu", REAL, WIDE),
    ("Relu6", REAL, (-3.0, 9.0)),
    ("Elu", REAL, WIDE),
    ("Selu", REAL, WIDE),
    ("LeakyRelu", REAL, WIDE),
    ("Real", ["complex128"], WIDE),
    ("Imag", ["complex128"], WIDE),
    ("ComplexAbs", ["complex128"], WIDE),
    ("Angle", ["complex128"], WIDE),
]
TWO = [
    ("AddV2", BOTH, WIDE),
    ("Add", BOTH, WIDE),
    ("Sub", BOTH, WIDE),
    ("Mul", BOTH, WIDE),
    ("Div", BOTH, POSITIVE),
    ("RealDiv", BOTH, POSITIVE),
    ("TruncateDiv", REAL, POSITIVE),
    ("FloorDiv", REAL, POSITIVE),
    ("FloorMod", REAL, POSITIVE),
    ("Pow", BOTH, POSITIVE),
    ("Maximum", REAL, WIDE),
    ("Minimum", REAL, WIDE),
    ("SquaredDifference", BOTH, WIDE),
    ("DivNoNan", BOTH, POSITIVE),
    ("MulNoNan", BOTH, WIDE),
    ("Xdivy", BOTH, POSITIVE),
    ("Xlogy", BOTH, POSITIVE),
    ("Xlog1py", BOTH, POSITIVE),
    ("Atan2", REAL, WIDE),
    ("NextAfter", REAL, WIDE),
    ("Zeta", REAL, (1.5, 6.0)),
]
SAME = [
    ("TanhGrad", BOTH, UNIT),
    ("SigmoidGrad", BOTH, UNIT),
    ("RsqrtGrad", BOTH, POSITIVE),
    ("SqrtGrad", BOTH, POSITIVE),
    ("ReciprocalGrad", BOTH, POSITIVE),
    ("InvGrad", BOTH, POSITIVE),
    ("ReluGrad", REAL, WIDE),
    ("Relu6Grad", REAL, (-3.0, 9.0)),
    ("EluGrad", REAL, UNIT),
    ("SeluGrad", REAL, UNIT),
    ("SoftplusGrad", REAL, WIDE),
    ("LeakyReluGrad", REAL, WIDE),
]
# Ops of which TensorFlow's second gradient needs an op beyond this family, or is none.
FIRST_ONLY = {"Softsign", "NextAfter", "FloorMod"}


def draw(rng, dtype, shape, domain):
    a = rng.uniform(*domain, shape)
    return a + 1j * rng.uniform(*domain, shape) if dtype.startswith("complex") else a


def text(t):
    if t is None:
        return "-"
    a = np.asarray(t)
    parts = a.reshape(-1).view(np.float64) if a.dtype.kind == "c" else a.reshape(-1)
    return ",".join(map(str, a.shape)) + ":" + " ".join(repr(float(x)) for x in parts)


def record(op, dtype, domain, shapes, rng):
    xs = [tf.constant(draw(rng, dtype, s, domain)) for s in shapes]
    names = [a.name for a in tf.raw_ops.__dict__[op].__signature__.parameters.values() if a.name != "name"][: len(xs)]
    attrs = {"Tout": tf.float64} if op in ("Real", "Imag", "ComplexAbs", "Angle") else {}
    attrs |= {"alpha": 0.25} if op.startswith("Leaky") else {}
    with tf.GradientTape(persistent=True) as outer:
        outer.watch(xs)
        with tf.GradientTape() as tape:
            tape.watch(xs)
            y = getattr(tf.raw_ops, op)(**dict(zip(names, xs)), **attrs)
        dy = tf.constant(draw(rng, y.dtype.name, y.shape, (0.5, 2.0)))
        outer.watch(dy)
        first = tape.gradient(y, xs, output_gradients=dy)
    second = []
    if op not in FIRST_ONLY:
        for g in first:
            if g is not None:
                weight = tf.constant(np.ones(g.shape) * (0.5 + 0.25j if g.dtype.is_complex else 0.5))
                second += [outer.gradient(g, s, output_gradients=weight) for s in xs + [dy]]
    joined = [" | ".join(map(text, part)) for part in (xs, [dy], first, second)]
    return "; ".join([op, dtype, *joined])


def main():
    rng = np.random.default_rng(7)
    lines = [record(op, d, domain, [(2, 3)], rng) for op, ds, domain in ONE for d in ds]
    lines += [
        record(op, d, domain, s, rng)
        for op, ds, domain in TWO
        for d in ds
        for s in ([(2, 3), (3,)], [(2, 1), (2, 3)], [(), (3,)])
    ]
    lines += [record(op, d, domain, [(2, 3), (2, 3)], rng) for op, ds, domain in SAME for d in ds]
    with open(os.path.join(HERE, "recorded.txt"), "w") as f:
        f.write("\n".join(lines) + "\n")


main()
