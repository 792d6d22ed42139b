"""Arguments for the calls that an op's entry lists: values drawn from its domain for every dtype of its kernel."""

import itertools
import zlib
from dataclasses import dataclass

import ml_dtypes
import numpy as np
from op_table import attr_of

FLOATS = ("float16", "bfloat16", "float32", "float64")
COMPLEX = ("complex64", "complex128")
# What stands for "any dtype" in entries that restrict nothing.
ANY = ("float32", "float64", "float16", "bfloat16", "int8", "uint8", "int32", "int64", "complex64", "bool", "string")
# Dtypes that an op's signature allows and its kernel refuses, as TensorFlow's does.
REFUSED = {"Cast": ("string",)}
# Shapes of the operands of elementwise ops, for one and for two operands.
UNARY_SHAPES = ((7,), (), (0,), (2, 0, 3), (1, 2, 1, 2, 1, 1, 2, 1), (1000,))
BINARY_SHAPES = (
    ((7,), (7,)),
    ((), (3,)),
    ((0,), (1,)),
    ((2, 1), (3,)),
    ((1, 2, 1, 2, 1, 1, 2, 1), (2, 2)),
    ((1000,), ()),
)


def numpy_dtype(name):
    """The NumPy dtype of a dtype's name; bytes objects stand for strings."""
    if name == "string":
        return np.dtype(object)
    return np.dtype(getattr(ml_dtypes, name)) if name == "bfloat16" else np.dtype(name)


def dtype_name(array):
    """The name of the dtype that an array has as a tensor."""
    return "string" if array.dtype == object else array.dtype.name


class UnderTest(str):
    """The name of the dtype under test, which cases call `T`."""


@dataclass(frozen=True)
class Draw:
    """Values of the dtype under test, still to be drawn."""

    shape: tuple


@dataclass
class Case:
    """One call: NumPy arrays for inputs (lists of them for list inputs) and Python values for attributes."""

    op: dict
    text: str
    dtype: str
    inputs: dict
    attrs: dict

    def keywords(self, inputs):
        """The arguments of the raw op, with other values for the inputs."""
        names = dict(self.op["parameters"])
        return {names[name]: value for name, value in (inputs | self.attrs).items()}

    def flat_inputs(self):
        """All input arrays in order."""
        return [x for value in self.inputs.values() for x in (value if isinstance(value, list) else [value])]

    def with_flat_inputs(self, values):
        """The inputs by name, with the values of a flat list."""
        rest = iter(values)
        return {
            name: [next(rest) for _ in value] if isinstance(value, list) else next(rest)
            for name, value in self.inputs.items()
        }

    def name(self):
        return f"{self.op['name']}({self.text}) in {self.dtype}"


def cases(op, dtypes=None):
    """All calls of an op: each of its cases with each dtype of its kernel, or only with those of `dtypes`."""
    for text in op["test"]["cases"] or elementwise_texts(op):
        parsed = evaluate(text, np.random.default_rng(0))
        attr, allowed = dtypes_under_test(op, parsed)
        for dtype in allowed:
            if dtypes is None or dtype in dtypes:
                yield make_case(op, text, attr, dtype)


def elementwise_texts(op):
    """Calls for an entry that has only a reference and a domain: all of its inputs are tensors of one dtype."""
    names = [arg["name"] for arg in op["inputs"]]
    broadcasts = op["shape"] == "broadcast"
    shapes = BINARY_SHAPES if broadcasts else [(shape,) * len(names) for shape in UNARY_SHAPES]
    for group in shapes:
        yield ", ".join(f"{name}=f({', '.join(map(str, shape))})" for name, shape in zip(names, group))


def evaluate(text, random, under_test=None):
    """The arguments of a case by name; values of the dtype under test are a `Draw` as long as it is not decided."""

    def constant(values, dtype):
        if isinstance(dtype, UnderTest):
            return in_range(values, under_test) if under_test else Draw(np.shape(values))
        if dtype == "string":
            return np.array(
                np.vectorize(lambda s: s.encode() if isinstance(s, str) else s, otypes=[object])(values), object
            )
        return np.array(values, numpy_dtype(dtype))

    helpers = {
        "f": lambda *shape: Draw(shape),
        "i": lambda low, high, *shape: np.asarray(random.integers(low, high, shape), np.int32),
        "i64": lambda low, high, *shape: np.asarray(random.integers(low, high, shape), np.int64),
        "b": lambda *shape: np.asarray(random.integers(0, 2, shape).astype(bool)),
        "c": constant,
        "s": lambda *strings: np.array([s.encode() if isinstance(s, str) else s for s in strings], object),
        "np": np,
        "T": UnderTest(under_test or "float32"),
    }
    return eval(f"dict({text})", helpers)


def in_range(values, dtype):
    """Numbers as a dtype; unsigned integers have 0 for negative ones."""
    target = numpy_dtype(dtype)
    return np.maximum(values, 0).astype(target) if target.kind == "u" else np.asarray(values).astype(target)


def items(value):
    return value if isinstance(value, list) else [value]


def dtypes_under_test(op, parsed):
    """The type attribute that the drawn values share, and the dtypes to test; (None, one dtype) if it is fixed."""
    drawn, settled = [], {}
    for arg in op["inputs"]:
        attr = arg.get("type_attr")
        for value in items(parsed[arg["name"]]):
            if attr and isinstance(value, Draw):
                drawn.append(attr)
            elif attr:
                settled[attr] = dtype_name(value)
    free = [attr for attr in drawn if attr not in settled]
    if not free:
        return None, ["float32"]
    attr = free[0]
    refused = REFUSED.get(op["name"], ())
    return attr, [d for d in allowed_dtypes(op, attr) if (d in ANY or np_has(d)) and d not in refused]


def allowed_dtypes(op, attr):
    """The dtypes that both the op and its kernel take for an attribute; a few that stand for all if neither says."""
    declared, kernel = attr_of(op, attr)["types"], (op["kernel"] or {}).get(attr, [])
    return [dtype for dtype in declared if dtype in kernel] if declared and kernel else declared or kernel or ANY


def np_has(dtype):
    """Whether NumPy itself has a dtype of this name for numbers."""
    return dtype in COMPLEX or dtype.removeprefix("u") in ("int8", "int16", "int32", "int64")


def make_case(op, text, attr, dtype):
    """The call `text` with `dtype` for the type attribute `attr`."""
    random = np.random.default_rng(zlib.crc32(f"{op['name']} {text} {dtype}".encode()))
    parsed = evaluate(text, random, dtype)
    types = {attr: dtype}
    for arg in op["inputs"]:
        for value in items(parsed[arg["name"]]):
            if "type_attr" in arg and not isinstance(value, Draw):
                types[arg["type_attr"]] = dtype_name(value)

    def settle(arg, value):
        if not isinstance(value, Draw):
            return value
        own = arg.get("type") or types.get(arg.get("type_attr")) or other_dtype(op, arg, dtype)
        return draw(random, value.shape, own, op["test"]["domain"])

    inputs = {}
    for arg in op["inputs"]:
        value = parsed.pop(arg["name"])
        inputs[arg["name"]] = [settle(arg, v) for v in value] if isinstance(value, list) else settle(arg, value)
    return Case(op, text, dtype, inputs, parsed)


def other_dtype(op, arg, dtype):
    """The dtype of drawn values whose type attribute is not the one under test."""
    attr = arg.get("type_attr")
    if attr is None:
        return "float32"
    allowed = allowed_dtypes(op, attr)
    return dtype if dtype in allowed else allowed[0]


def draw(random, shape, dtype, domain):
    """Random values of a dtype from a domain."""
    low, high = domain
    if dtype == "bool":
        return np.asarray(random.integers(0, 2, shape).astype(bool))
    if dtype == "string":
        texts = np.array([b"", b"a", b"bc", "é".encode(), b"\x00\xff", b"0123456789abcdef0123456789"], object)
        return np.asarray(random.choice(texts, shape), object) if shape else np.array(random.choice(texts), object)
    if dtype in COMPLEX:
        return np.asarray(random.uniform(low, high, shape) + 1j * random.uniform(low, high, shape)).astype(dtype)
    target = numpy_dtype(dtype)
    if dtype in FLOATS:
        limit = float(ml_dtypes.finfo(target).max)
        return np.asarray(random.uniform(max(low, -limit), min(high, limit), shape)).astype(target)
    info = np.iinfo(target)
    first, last = int(max(np.ceil(low), info.min)), int(min(np.floor(high), info.max))
    return np.asarray(random.integers(first, max(first, last), shape, endpoint=True)).astype(target)


def special_values(dtype):
    """Zeros, subnormals, the largest and smallest numbers, infinities and NaN of a float dtype."""
    info = ml_dtypes.finfo(numpy_dtype(dtype))
    sub, tiny, big = float(info.smallest_subnormal), float(info.tiny), float(info.max)
    values = [0.0, 1.0, 0.5, 1.5, 2.5, 3.0, sub, 3 * sub, tiny, 1e-3, 1e3, float(info.eps), big / 3, big, np.inf]
    values += [np.pi, np.pi / 2, np.e, 88.0, 89.0, 104.0, 710.0, 745.0, 1e4]
    both = [sign * value for value, sign in itertools.product(values, (1.0, -1.0))] + [np.nan]
    with np.errstate(over="ignore"):
        return np.array(both).astype(numpy_dtype(dtype))
