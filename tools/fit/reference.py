"""Make the table of f64 results that rust/cpu/tests/elementwise_accuracy.rs compares with.

    python tools/fit/reference.py > rust/cpu/tests/data/elementwise_f64.txt

Each line: op, operands, result, and what the result lacks of the true value; numbers as the bits of an f64 in
hexadecimal. The results are computed by mpmath with 50 digits more than the operands need. Deterministic.
"""

import math
import random
import struct

import mpmath as mp

POINTS = 110


def bits(x):
    """The bits of a float in hexadecimal."""
    return struct.pack(">d", x).hex()


def uniform(low, high):
    """Numbers between two bounds."""
    return lambda r: r.uniform(low, high)


def sizes(low, high, signed=True):
    """Numbers whose base-2 logarithm lies between two bounds."""
    return lambda r: 2.0 ** r.uniform(low, high) * (r.choice((-1, 1)) if signed else 1)


def mixed(*choices):
    """Numbers from one of several ranges."""
    return lambda r: r.choice(choices)(r)


def ndtri(p):
    """The normal quantile, from the inverse error function."""
    return mp.sqrt(2) * mp.erfinv(2 * p - 1) if p > mp.mpf("1e-30") else -mp.sqrt(2) * erfcinv(2 * p)


def erfcinv(q):
    """The inverse of erfc for a small value."""
    start = mp.sqrt(-mp.log(q) - mp.log(-mp.pi * mp.log(q)) / 2)
    return mp.findroot(lambda x: mp.log(mp.erfc(x)) - mp.log(q), start)


UNARY = {
    "Exp": (mp.exp, mixed(uniform(-745, 709.7), uniform(-2, 2), sizes(-60, 0))),
    "Expm1": (mp.expm1, mixed(uniform(-40, 709), uniform(-2, 2), sizes(-60, 0))),
    "Log": (mp.log, mixed(sizes(-1070, 1023, False), uniform(0.5, 2), uniform(0.99, 1.01))),
    "Log1p": (mp.log1p, mixed(sizes(-60, 1000, False), uniform(-0.99, 1), sizes(-60, -2))),
    "Sin": (mp.sin, mixed(uniform(-10, 10), uniform(-1e6, 1e6), sizes(-40, 0), sizes(20, 1000))),
    "Cos": (mp.cos, mixed(uniform(-10, 10), uniform(-1e6, 1e6), sizes(-40, 0), sizes(20, 1000))),
    "Tan": (mp.tan, mixed(uniform(-10, 10), uniform(-1e6, 1e6), sizes(-40, 0), sizes(20, 1000))),
    "Asin": (mp.asin, mixed(uniform(-1, 1), sizes(-40, -1), uniform(0.99, 1))),
    "Acos": (mp.acos, mixed(uniform(-1, 1), sizes(-40, -1), uniform(0.99, 1))),
    "Atan": (mp.atan, mixed(uniform(-3, 3), sizes(-40, 60))),
    "Sinh": (mp.sinh, mixed(uniform(-710, 710), uniform(-2, 2), sizes(-40, 0))),
    "Cosh": (mp.cosh, mixed(uniform(-710, 710), uniform(-2, 2))),
    "Tanh": (mp.tanh, mixed(uniform(-20, 20), uniform(-1, 1), sizes(-40, 0))),
    "Asinh": (mp.asinh, mixed(uniform(-10, 10), sizes(-40, 1000))),
    "Acosh": (mp.acosh, mixed(uniform(1, 10), uniform(1, 1.01), sizes(1, 1000, False))),
    "Atanh": (mp.atanh, mixed(uniform(-1, 1), sizes(-40, -1))),
    "Sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), mixed(uniform(-700, 40), uniform(-5, 5))),
    "Softplus": (lambda x: mp.log1p(mp.exp(x)), mixed(uniform(-700, 40), uniform(-5, 5))),
    "Erf": (mp.erf, mixed(uniform(-6, 6), uniform(-1, 1), sizes(-40, 0))),
    "Erfc": (mp.erfc, mixed(uniform(-6, 26), uniform(-1, 1), uniform(0.4, 3))),
    "Erfinv": (mp.erfinv, mixed(uniform(-1, 1), sizes(-40, -1), uniform(0.999, 1))),
    "Ndtri": (ndtri, mixed(uniform(0.001, 0.999), sizes(-60, -2, False))),
    "Lgamma": (mp.loggamma, mixed(uniform(0.01, 12), sizes(-60, 200, False), uniform(0.9, 1.1), uniform(1.9, 2.1))),
    "Digamma": (mp.digamma, mixed(uniform(0.01, 1.2), uniform(1.8, 50), sizes(5, 100, False))),
    "Rsqrt": (lambda x: 1 / mp.sqrt(x), sizes(-1000, 1000, False)),
}

BINARY = {
    "Pow": (lambda x, y: x**y, mixed(uniform(0, 3), sizes(-20, 20, False)), mixed(uniform(-20, 20), uniform(-45, 45))),
    "Atan2": (mp.atan2, sizes(-30, 30), sizes(-30, 30)),
    "FloorMod": (lambda x, y: x - y * mp.floor(x / y), sizes(-10, 60), mixed(sizes(-3, 3), uniform(1, 9))),
}


def line(name, operands, result):
    """One line of the table, or None where the result is not a normal f64."""
    high = float(result)
    if math.isinf(high) or (high != 0 and abs(high) < 1e-300):
        return None
    return " ".join([name, *map(bits, operands), bits(high), bits(float(result - mp.mpf(high)))])


def main():
    """Print the table."""
    mp.mp.dps = 400
    for name, (function, *domains) in {**UNARY, **BINARY}.items():
        mp.mp.dps = 60 if name in ("Lgamma", "Digamma", "Erfinv", "Ndtri", "Erf", "Erfc") else 400
        source, done = random.Random(name), 0
        while done < POINTS:
            operands = [domain(source) for domain in domains]
            text = line(name, operands, function(*map(mp.mpf, operands)))
            if text:
                print(text)
                done += 1


main()
