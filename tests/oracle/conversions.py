"""Python and NumPy values of every kind, and what a library makes of each: the subject of test_conversions."""

import collections

import numpy as np

# Expressions over np, tf, T (a short tf.constant), V (a variable) and the classes below.
VALUES = """
True
1
-1
300
2**31
2**40
2**63
2**64
-2**63-1
1.5
float('nan')
float('inf')
1e39
1e300
70000.0
1j
'a'
b'a'
''
None
object()
Number(3)
Letters('x')
np.int8(1)
np.int64(1)
np.int64(2**40)
np.uint64(2**63)
np.float16(1.5)
np.float32(1.5)
np.float64(1.5)
np.float64(1e300)
np.bool_(True)
np.complex64(1+1j)
np.complex128(1j)
np.str_('a')
np.bytes_(b'a')
np.datetime64('2020-01-01')
np.longdouble(1)
np.array(1)
np.array(1.5)
np.array('a')
np.array([1, 2])
np.array([1.5, 300.0])
np.array([-1.5, 1e10])
np.array([True, False])
np.array([1j])
np.array(['a', 'bc'])
np.array([b'a', b'bc'])
np.array([], np.float64)
np.array([1, 2], '>i4')
np.array([1, 2], np.uint16)
np.array([1.5], np.float16)
np.array([[1, 2], [3, 4]])[:, ::-1]
np.array(['a', b'b', 'c'], object)
np.array([1, 2], object)
np.array([1, None], object)
np.array([[1], [2, 3]], object)
np.array(None)
np.ma.masked_array([1, 2], [0, 1])
np.asmatrix([[1, 2]])
[]
()
[[]]
[[], []]
[[], [1]]
[[1], []]
[[1], 2]
[1, [2]]
[[1, 2], [3]]
[[[1]], [[2]]]
[1, 2]
[1, 2**31]
[2**31, 1]
[1, 2**63]
[2**63]
[2**64]
[-1, 300]
[1, 2.5]
[2.5, 1]
[1.0, 2**40]
[1, 1e39]
[1e39]
[1, True]
[True, 1]
[True, False]
[1.0, True]
[True, 1.0]
[1, 1j]
[1j, 1]
[1.5, 1j]
[1j, 'a']
[1, 'a']
['a', 1]
['a', b'b']
[b'a', 'b']
['a', 'é']
[['a'], ['b']]
[1, None]
[None]
[None, 1]
[np.int8(1)]
[np.int8(1), np.int8(2)]
[np.int64(1)]
[np.int64(2**40)]
[np.uint8(1), 2]
[np.float16(1), np.float16(2)]
[np.float16(1), 2.0]
[np.float32(1.5)]
[np.float64(1.5)]
[1.0, np.float64(2)]
[1, np.float64(2)]
[np.float64(1), 2]
[1, np.int64(2)]
[np.bool_(True)]
[np.bool_(True), False]
[True, np.bool_(False)]
[1, np.bool_(True)]
[np.complex64(1)]
[np.complex128(1j), 1]
[np.str_('a')]
[np.bytes_(b'a'), 'b']
[np.array(1)]
[np.array(1), 2]
[np.array(1.5), 2]
[np.array([1, 2])]
[np.array([1, 2]), [3, 4]]
[[3, 4], np.array([1, 2])]
[np.array([1.5, 2])]
[np.array([1.5, 2]), [1, 2]]
[np.array([1, 2], np.int8)]
[np.array([True])]
[np.array([1j])]
[np.array(['a'])]
[np.array([], np.int32)]
[np.array([1]), np.array([1, 2])]
(1, 2)
([1], (2,))
Pair(1, 2)
range(3)
range(0)
[range(2), range(2)]
[range(2), [1.5, 2]]
range(2**40, 2**40 + 2)
collections.deque([1])
collections.deque([1.5])
collections.OrderedDict(a=1)
bytearray(b'xy')
memoryview(b'xy')
memoryview(np.arange(3))
array.array('f', [1, 2])
array.array('i', [1, 2])
{}
{1}
{1: 2}.keys()
{1: 2}.values()
{1: 2}.items()
(x for x in [1])
iter([1])
map(int, [1])
Items([1, 2])
Items([1.5, [2]])
Sized()
[Items([1, 2]), Items([3, 4])]
[object()]
[{}]
[{1}]
list(np.arange(3))
list(np.ones(2))
np.nditer([1])
Array([1, 2])
Array([1.5])
[Array([1, 2])]
Truthy()
Fraction(1, 2)
Decimal(1)
[Fraction(1, 2)]
Flag.A
[Flag.A]
Whole(5)
[Whole(5), 2]
Real(1.5)
slice(1)
Ellipsis
int
tf.int32
[tf.int32]
tf.TensorShape([1, 2])
tf.TensorShape([])
tf.TensorShape([None])
tf.TensorShape([2**31])
tf.TensorShape(None)
tf.TensorShape([1, 2])[0]
""".strip().split("\n")

# Values with tensors inside.
PACKED = """
T(1)
T(1.5)
V
[T(1)]
[T(1), T(2)]
[T(1), 2]
[1, T(2)]
[T(1), 2.5]
[2.5, T(1)]
[T(1.5), 2]
[T(1.5), True]
[T(True), 1]
[T(1), T(1.5)]
[T([1, 2])]
[T([1, 2]), [3, 4]]
[[3, 4], T([1, 2])]
[T([1, 2]), [3]]
[T(1), [2]]
[[T(1), 2], [3, 4]]
[[1.5, T(2.5)], [3, 4]]
[T('a'), 'b']
['a', T('b')]
[T('a'), 1]
[V]
[V, V]
[V, 2]
[V, T(2.5)]
[T(1), np.float64(2)]
[T(1.5), np.float64(2)]
[T(1.5), np.array(2.5)]
[T([1, 2]), np.array([3, 4])]
[T([1, 2]), np.array([3.5, 4])]
[np.array([3.5, 4]), T([1, 2])]
[T([1, 2]), range(2)]
[T(1), None]
[T(2, 'int64'), 1]
[1, T(2, 'int64')]
(T(1), T(2))
Pair(T(1), 2)
[T(1)][0:0]
[[], T([1.5])]
[[T(1)], []]
""".strip().split("\n")

# The other operands of Python's operators.
OPERANDS = """
1
-1
300
2**63
1.5
1e39
True
1j
'a'
None
[1, 2]
[1.5, 2]
[True]
object()
np.int8(1)
np.int64(2)
np.float32(1.5)
np.float64(1.5)
np.bool_(True)
np.array(2)
np.array(1.5)
np.array([1, 2])
np.array([1.5, 2.5])
np.ones(3)
np.array([True, False])
T(1.5)
T([1, 2])
[T(1), 2]
T(2, 'int64')
Flag.A
Whole(2)
""".strip().split("\n")

DTYPES = ["int8", "int32", "int64", "uint8", "uint64", "float16", "float32", "float64", "bfloat16"]
DTYPES += ["complex64", "complex128", "bool", "string"]


class Whole(int):
    """A subclass of int."""


class Real(float):
    """A subclass of float."""


class Letters(str):
    """A subclass of str."""


class Number:
    """Converts itself with __int__, __index__ and __float__."""

    def __init__(self, value):
        self.value = value

    def __int__(self):
        return self.value

    __index__ = __int__

    def __float__(self):
        return float(self.value)

    def __repr__(self):
        return "Number"


class Truthy:
    """Has only __bool__."""

    def __bool__(self):
        return True

    def __repr__(self):
        return "Truthy"


class Items:
    """Has __len__ and __getitem__ only."""

    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]

    def __repr__(self):
        return "Items"


class Sized:
    """Has __len__ only."""

    def __len__(self):
        return 1

    def __repr__(self):
        return "Sized"


class Array:
    """Has __array__ only."""

    def __init__(self, items):
        self.items = items

    def __array__(self, dtype=None, copy=None):
        return np.array(self.items, dtype)

    def __repr__(self):
        return "Array"


Pair = collections.namedtuple("Pair", "a b")


def names(tf):
    """The globals of the expressions."""
    import array
    import decimal
    import enum
    import fractions

    class Flag(enum.IntEnum):
        A = 1

    own = {one.__name__: one for one in (Whole, Real, Letters, Number, Truthy, Items, Sized, Array, Pair)}
    rest = {"Flag": Flag, "Decimal": decimal.Decimal, "Fraction": fractions.Fraction, "array": array}
    return {"tf": tf, "np": np, "T": tf.constant, "V": tf.Variable(2), "collections": collections, **own, **rest}
