"""Arguments where special and complex functions are hard to compute: near zeros, poles and branch cuts, with exact values."""

import mpmath
import numpy as np
from reference import unit

DIGITS = 40
# Zeros of log |Gamma|, rounded; the function is small and steep around them.
LGAMMA_ZEROS = [-2.4570247382208006, -2.7476826467274127, -3.14358088834998, -3.955294284858598, -4.039361839740537]
LGAMMA_ZEROS += [-4.991544640560048, -9.000002755714823, -13.00000000016059, 1.0, 2.0]


def around(points, steps=4):
    """Points and their neighbours."""
    out = []
    for point in points:
        for direction in (-np.inf, np.inf):
            x = np.float64(point)
            for _ in range(steps):
                out.append(x)
                x = np.nextafter(x, direction)
    return np.array(out)


def real_points():
    random = np.random.default_rng(5)
    near_integers = -np.arange(1, 60) + random.choice([-1, 1], 59) * np.exp(random.uniform(-34, -1, 59))
    return np.concatenate(
        [
            np.exp(random.uniform(-20, 40, 300)),
            random.uniform(0, 15, 500),
            random.uniform(-18, 0, 500),
            random.uniform(-50, -18, 200),
            near_integers[:49],
            -np.arange(0.5, 49),
            1.4616321449683622 + random.normal(size=100) * 0.3,
            around(LGAMMA_ZEROS),
        ]
    )


def complex_points(count, low, high, seed):
    random = np.random.default_rng(seed)
    return random.uniform(low, high, count) + 1j * random.uniform(low, high, count)


def arguments():
    """Name of the case -> op, exact function, arguments."""
    real, z = real_points(), complex_points
    narrow = z(200, -1e-3, 1e-3, 3) + 0.5j * np.pi
    powers = {
        "pow": (z(400, 0.5, 4, 1), z(400, 0.5, 4, 2)),
        "pow of all quadrants": (z(400, -4, 4, 1), z(400, -9, 9, 2)),
        "pow next to 1": (1 + z(200, -1e-3, 1e-3, 1), z(200, -300, 300, 2)),
        "pow of large numbers": (z(200, -1e8, 1e8, 1), z(200, -20, 20, 2)),
    }
    one = {
        "lgamma": ("Lgamma", lambda x: mpmath.re(mpmath.loggamma(x)), real),
        "digamma": ("Digamma", mpmath.digamma, real[real > 0]),
        "digamma below 0": ("Digamma", mpmath.digamma, real[real < 0]),
        "tanh": ("Tanh", mpmath.tanh, np.concatenate([z(500, -9, 9, 1), z(500, -1, 1, 2), narrow])),
        "tan": ("Tan", mpmath.tan, z(500, -3, 3, 1)),
    }
    found = {name: (op, function, (points,)) for name, (op, function, points) in one.items()}
    return found | {name: ("Pow", mpmath.power, pair) for name, pair in powers.items()}


POINTS = arguments()


def outputs(tf, name):
    """What a module's op gives."""
    op, _, arrays = POINTS[name]
    names = "xy"[: len(arrays)]
    return getattr(tf.raw_ops, op)(**{k: tf.constant(a) for k, a in zip(names, arrays)}).numpy()


def exact_values(name):
    """The values to 40 digits; None for poles."""
    _, function, arrays = POINTS[name]
    number = mpmath.mpf if arrays[0].dtype.kind == "f" else mpmath.mpc
    out = []
    with mpmath.workdps(DIGITS):
        for point in zip(*arrays):
            try:
                value = function(*[number(x.item()) for x in point])
                out.append(value if mpmath.isfinite(mpmath.re(value)) else None)
            except ValueError:
                out.append(None)
    return out


def errors(found, exact):
    """Errors in units in the last place of the values, or of their moduli, and the moduli; poles are left out."""
    dtype, distances, sizes = found.dtype.name, [], []
    with mpmath.workdps(DIGITS):
        for x, value in zip(found, exact):
            if value is None:
                continue
            assert np.isfinite(x), (x, value)
            sizes.append(float(abs(value)))
            distances.append(
                float(abs(type(value)(x.item()) - value) / mpmath.mpf(float(unit(np.array(sizes[-1]), dtype))))
            )
    return np.array(distances), np.array(sizes)
