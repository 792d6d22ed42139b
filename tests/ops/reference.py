"""Reference results of a case and how far a result may be from them."""

import ml_dtypes
import numpy as np
from cases import COMPLEX, FLOATS, dtype_name
from exact import Scipy

# The dtype in which the reference of each dtype is computed.
WIDE = {
    "float16": "float64",
    "bfloat16": "float64",
    "float32": "float64",
    "complex64": "complex128",
    "float64": "longdouble",
    "complex128": "clongdouble",
}


def widen(value):
    """A value with its floats in a wider dtype."""
    if isinstance(value, list):
        return [widen(item) for item in value]
    return value.astype(WIDE.get(dtype_name(value), value.dtype)) if isinstance(value, np.ndarray) else value


def narrow(value):
    """A value with the widest floats in double precision again."""
    if isinstance(value, list):
        return [narrow(item) for item in value]
    names = {np.dtype("longdouble"): "float64", np.dtype("clongdouble"): "complex128"}
    return value.astype(names.get(value.dtype, value.dtype)) if isinstance(value, np.ndarray) else value


def reference(case, inputs, dtype=None):
    """The entry's expression over the inputs, as a flat list of arrays; `dtype` is what it calls `T`."""
    defaults = {attr["name"]: attr["default"]["value"] for attr in case.op["attrs"] if attr["default"]}
    names = (
        {"np": np, "scipy": Scipy, "ml_dtypes": ml_dtypes, "T": dtype or case.dtype} | defaults | case.attrs | inputs
    )
    with np.errstate(all="ignore"):
        result = eval(case.op["test"]["np"], names)
    return [texts(np.asarray(x)) for x in (result if isinstance(result, (list, tuple)) else [result])]


def texts(array):
    """An array of objects with empty strings for the zeros that NumPy fills it with; other arrays as they are."""
    return np.vectorize(lambda s: s or b"", otypes=[object])(array) if array.dtype == object and array.size else array


def nudged(value, random):
    """The value with each float moved by up to one unit in the last place."""
    if isinstance(value, list):
        return [nudged(item, random) for item in value]
    name = dtype_name(value)
    if name not in FLOATS + COMPLEX:
        return value
    wide = value.astype(WIDE.get(name, name))
    signs = [-1.0, 1.0] if name in FLOATS else [-1.0 - 1.0j, -1.0 + 1.0j, 1.0 - 1.0j, 1.0 + 1.0j]
    step = unit(np.abs(wide), name) * random.choice(signs, wide.shape)
    return np.where(np.isfinite(wide), wide + step, wide)


def unit(values, dtype):
    """One unit in the last place at each of the absolute values, in the precision of a float or complex dtype."""
    real = {"complex64": "float32", "complex128": "float64"}.get(dtype, dtype)
    info = ml_dtypes.finfo(getattr(ml_dtypes, real) if real == "bfloat16" else np.dtype(real))
    with np.errstate(all="ignore"):
        exponent = np.floor(np.log2(np.where(values > 0, values, 1.0)))
        step = np.ldexp(float(info.eps), exponent.astype(int))
    smallest = float(info.smallest_subnormal)
    return np.where((values > 0) & np.isfinite(values), np.maximum(step, smallest), smallest)


# How many results, next to one in size, say which error is usual there.
NEIGHBOURS = 50


def usual(errors, sizes, at):
    """The error that nine in ten of the results next in size stay within, for results of the sizes `at`.

    Whether another library happens to be exact for one argument is luck, but not how far it is usually off there. The size of
    a result, its modulus, tells where: the hard arguments of a function (zeros, poles, long sums) have results of like size.
    A single bad result excuses no neighbour unless there are fewer than ten; results are never pooled over the whole range.
    """
    finite = np.isfinite(sizes)
    if not finite.any():
        return np.zeros(np.shape(at))
    order = np.argsort(sizes[finite], kind="stable")
    sizes, errors = sizes[finite][order], errors[finite][order]
    count = min(NEIGHBOURS, len(sizes))
    windows = np.sort(np.lib.stride_tricks.sliding_window_view(errors, count), axis=1)[:, -1 - count // 10]
    first = np.searchsorted(sizes, np.where(np.isfinite(at), at, 0.0)) - count // 2
    return windows[np.clip(first, 0, len(sizes) - count)]


# Ops whose results are sums of products: their condition number is sum |a| |b| over the result.
PRODUCTS = ("MatMul", "BatchMatMulV2", "BatchMatMulV3")


class NoReference(Exception):
    """NumPy cannot evaluate the entry's expression for a dtype: adding strings, for one."""


class Bound:
    """The reference of a case in double precision and the error that is allowed round it."""

    def __init__(self, case):
        self.case = case
        try:
            self.native = reference(case, case.inputs)
        except (TypeError, ValueError):  # NumPy has no such function for 16-bit floats, or none for strings
            self.native = None
        self.evaluate_wide()
        if case.op["test"]["cases"]:
            # Sums and products cancel: what a change of the inputs in the last place does is no error of the kernel.
            random = np.random.default_rng(1)
            for _ in range(4):
                moved = self.again(lambda value: nudged(value, random))
                with np.errstate(all="ignore"):
                    self.slack = [
                        np.maximum(s, np.nan_to_num(np.abs(a - b), nan=0.0))
                        if is_inexact(a) and a.shape == b.shape
                        else s
                        for s, a, b in zip(self.slack, self.wide, moved)
                    ]
            if case.op["name"] in PRODUCTS and case.dtype in FLOATS + COMPLEX:
                self.add_conditioning()
            # A single sum may happen to be well conditioned; its rounding errors are as large as those of its neighbours.
            self.slack = [np.maximum(s, s.mean()) if s.size else s for s in self.slack]

    def add_conditioning(self):
        """A sum of products may be off by half a unit of the sum of their moduli on each side, for its terms are rounded."""
        half = unit(np.array(1.0), self.case.dtype) / 2
        moduli = self.again(lambda value: np.abs(widen(value)))
        self.slack = [np.maximum(s, half * np.abs(m)) for s, m in zip(self.slack, moduli)]

    def evaluate_wide(self):
        """The reference in a wider dtype; in double precision where an expression takes no wider numbers."""
        double = self.case.dtype in ("float64", "complex128")
        try:
            self.again = lambda change: self.changed(change, WIDE.get(self.case.dtype, self.case.dtype))
            self.wide = self.again(widen)
        except (TypeError, ValueError) as error:
            if self.case.dtype == "string":
                raise NoReference(str(error)) from error
            self.again = lambda change: self.changed(lambda value: narrow(change(value)), self.case.dtype)
            self.wide = self.again(widen)
        # NumPy's own error counts where the reference is no wider than the result.
        self.slack = [
            unit(np.abs(x), self.case.dtype)
            if double and x.dtype.name in ("float64", "complex128")
            else np.zeros(x.shape)
            for x in self.wide
        ]

    def changed(self, change, dtype):
        """The reference of changed inputs."""
        return reference(self.case, {name: change(value) for name, value in self.case.inputs.items()}, dtype)

    def fault(self, outputs, theirs=None):
        """What is wrong with the outputs, or None: beyond the entry's bound, or beyond other errors (`theirs`) and one unit.

        `theirs` has for each output one error, or one for each element.
        """
        if len(outputs) != len(self.wide):
            return f"{len(outputs)} outputs instead of {len(self.wide)}"
        for number, out in enumerate(outputs):
            allowed = theirs[number] + 1.0 if theirs else self.case.op["test"]["ulp"] + self.own_error(number)
            found = self.fault_of(out, number, allowed)
            if found:
                return f"output {number}: {found}"
        return None

    def own_error(self, number):
        """NumPy's own error in the dtype of the case: sums, and the parts of complex products, are rounded on the way.

        For each element the larger one of NumPy's error in it and of what is `usual` next to it.
        """
        if self.native is None or not (self.case.op["test"]["cases"] or self.case.dtype in COMPLEX):
            return 0.0
        native = self.native[number]
        if native.shape != self.wide[number].shape or not is_inexact(native):
            return 0.0
        errors, sizes = self.errors(native, number), self.sizes(number)
        errors = np.where(np.isfinite(errors), errors, 0.0)
        return np.maximum(errors, usual(errors.ravel(), sizes.ravel(), sizes))

    def sizes(self, number):
        """The exact absolute values of an output, as far as `float64` holds them."""
        with np.errstate(all="ignore"):
            return np.abs(self.wide[number]).astype(np.float64)

    def fault_of(self, out, number, allowed):
        native, wide = self.native[number] if self.native else None, self.wide[number]
        if native is not None and same(out, native):
            return None
        if out.shape != wide.shape:
            return f"shape {out.shape} instead of {wide.shape}"
        if not is_inexact(out):
            return f"{short(out)} instead of {short(wide)}"
        errors, allowed = np.broadcast_arrays(self.errors(out, number), allowed)
        if (errors <= allowed).all():
            return None
        at = np.unravel_index(np.argmax(np.where(errors <= allowed, 0.0, errors)), errors.shape)
        place = tuple(map(int, at))
        return f"{errors[at]:.3g} ulp at {place}: {out[at]!r} instead of {wide[at]!r}, allowed {allowed[at]:.3g}"

    def errors(self, out, number):
        """Errors of an output in units in the last place, beyond what nudged inputs do; NaN and infinity must agree."""
        wide, slack = self.wide[number], self.slack[number]
        name = dtype_name(out)
        with np.errstate(all="ignore"):
            rounded = wide.astype(out.dtype)
            mine = out.astype(WIDE.get(name, name))
            difference = np.maximum(np.abs(mine - wide) - 2 * slack, 0) / unit(np.abs(wide), name)
        beyond = ~np.isfinite(mine) & (mine == rounded.astype(mine.dtype))
        agree = (np.isnan(mine) & np.isnan(wide)) | (mine == wide) | beyond
        return np.where(agree, 0.0, np.where(np.isfinite(difference), difference, np.inf))


def is_inexact(array):
    return array.dtype.kind in "fc" or dtype_name(array) in FLOATS


def same(a, b):
    """Whether arrays have the same shape and values; NaN equals NaN."""
    if a.shape != b.shape:
        return False
    if is_inexact(a):
        if not is_inexact(b):
            return False
        with np.errstate(all="ignore"):
            return bool(np.all((a == b) | (np.isnan(a) & np.isnan(b))))
    return bool(np.all(a == b))


def short(array):
    """An array in few words."""
    return np.array2string(array, threshold=8, edgeitems=3).replace("\n", " ")
