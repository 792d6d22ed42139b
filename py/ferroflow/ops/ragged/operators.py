"""The Python operators of ragged tensors: each is the function of the same meaning."""

from ..._gen import raw_ops
from ...framework import context
from ...framework.symbolic_use import as_iterable
from .. import arithmetic, binary, unary


class Operators:
    """Operators of ragged tensors, element by element, and indexing."""

    def __add__(self, other):
        return arithmetic.add(self, other)

    def __radd__(self, other):
        return arithmetic.add(other, self)

    def __sub__(self, other):
        return binary.subtract(self, other)

    def __rsub__(self, other):
        return binary.subtract(other, self)

    def __mul__(self, other):
        return binary.multiply(self, other)

    def __rmul__(self, other):
        return binary.multiply(other, self)

    def __truediv__(self, other):
        return arithmetic.truediv(self, other)

    def __rtruediv__(self, other):
        return arithmetic.truediv(other, self)

    def __floordiv__(self, other):
        return binary.floordiv(self, other)

    def __rfloordiv__(self, other):
        return binary.floordiv(other, self)

    def __mod__(self, other):
        return binary.floormod(self, other)

    def __rmod__(self, other):
        return binary.floormod(other, self)

    def __pow__(self, other):
        return binary.pow(self, other)

    def __rpow__(self, other):
        return binary.pow(other, self)

    def __neg__(self):
        return unary.negative(self)

    def __abs__(self):
        return arithmetic.abs(self)

    def __invert__(self):
        return unary.logical_not(self)

    def __and__(self, other):
        return binary.logical_and(self, other)

    def __rand__(self, other):
        return binary.logical_and(other, self)

    def __or__(self, other):
        return binary.logical_or(self, other)

    def __ror__(self, other):
        return binary.logical_or(other, self)

    def __xor__(self, other):
        return raw_ops.NotEqual(x=self, y=other)

    def __rxor__(self, other):
        return raw_ops.NotEqual(x=other, y=self)

    def __lt__(self, other):
        return binary.less(self, other)

    def __le__(self, other):
        return binary.less_equal(self, other)

    def __gt__(self, other):
        return binary.greater(self, other)

    def __ge__(self, other):
        return binary.greater_equal(self, other)

    def __eq__(self, other):
        if other is None or not context.executing_eagerly_outside_functions():
            return self is other
        return raw_ops.Equal(x=self, y=other)

    def __ne__(self, other):
        if other is None or not context.executing_eagerly_outside_functions():
            return self is not other
        return raw_ops.NotEqual(x=self, y=other)

    def __hash__(self):
        if context.executing_eagerly_outside_functions():
            raise TypeError("RaggedTensor is unhashable.")
        return id(self)

    def __bool__(self):
        raise TypeError("RaggedTensor may not be used as a boolean.")

    def __getitem__(self, key):
        from .indexing import getitem

        return getitem(self, key)

    def __iter__(self):
        rows = self.shape[0] if self.shape.rank else None
        if rows is None and not self._is_eager():
            as_iterable()
        return (self[row] for row in range(int(self.nrows()) if rows is None else rows))
