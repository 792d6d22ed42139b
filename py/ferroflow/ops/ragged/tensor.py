"""`tf.RaggedTensor`: a tensor whose rows have different lengths, kept as flat values and row splits."""

from ..._gen import raw_ops
from ...framework import composite, dtypes
from ...framework.tensor_shape import TensorShape
from ...framework.type_spec import TensorSpec
from .. import checks
from ..common import composite_operands, convert, name_scope
from . import partition as rows_of
from .operators import Operators
from .partition import RowPartition, count_of, is_eager
from .spec import RaggedTensorSpec
from .value import RaggedTensorValue


def converted(values, name="values"):
    """Values of a ragged tensor: a tensor, a ragged tensor or a spec."""
    if isinstance(values, (RaggedTensor, TensorSpec)):
        return values
    if isinstance(values, RaggedTensorValue):
        return RaggedTensor.from_nested_row_splits(values.flat_values, values.nested_row_splits, validate=False)
    return convert(values, name=name)


class RaggedTensor(Operators, composite.CompositeTensor):
    """A tensor with one or more axes along which its parts have different lengths.

    It is made by `tf.ragged.constant` or by a method such as `from_row_lengths`.

    >>> rt = tf.RaggedTensor.from_row_lengths([1, 2, 3], [2, 0, 1])
    >>> rt.to_list()
    [[1, 2], [], [3]]
    >>> rt.shape
    TensorShape([3, None])
    """

    _counts_as_tensor = _differentiates_values = True

    def __init__(self, values, row_partition, internal=False):
        if not internal:
            raise ValueError(
                "RaggedTensor constructor is private; please use one of the factory methods instead "
                "(e.g., RaggedTensor.from_row_lengths())"
            )
        self._values = values
        self._partition = row_partition
        self._known_shape = None

    @classmethod
    def _divided(cls, values, partition, validate):
        """`values` in rows; with `validate` the row splits are compared with the number of values."""
        if not isinstance(partition, RowPartition):
            raise TypeError(f"Argument `row_partition` must be a RowPartition. Received {partition}.")
        if isinstance(values, RaggedTensor) and values.row_splits.dtype != partition.dtype:
            mine, theirs = partition.dtype, values.row_splits.dtype
            raise ValueError(
                "Argument `row_partition` of RaggedTensor with name: partition must have same dtype as Argument "
                f"`values`. ({mine!r} vs. {theirs!r})."
            )
        if not isinstance(values, (RaggedTensor, TensorSpec)):
            values.shape.with_rank_at_least(1)
        if validate and not isinstance(partition.splits, TensorSpec):
            test = checks.assert_equal(
                partition.splits[-1],
                _count(values, partition.dtype),
                message="Arguments to _from_row_partition do not form a valid RaggedTensor",
            )
            splits = checks.checked(partition.splits, [test])
            partition = RowPartition(splits, partition._rowids, partition._uniform)
        return cls(values, partition, internal=True)

    @classmethod
    def from_row_splits(cls, values, row_splits, name=None, validate=True):
        """Rows that start and end at the row splits.

        Args:
          values: a tensor or ragged tensor whose first axis is divided.
          row_splits: an integer vector that begins with 0, does not descend and ends with the number of values.
          name: a name scope for the operations.
          validate: whether this is checked.

        >>> tf.RaggedTensor.from_row_splits([1, 2, 3], [0, 2, 2, 3])
        <tf.RaggedTensor [[1, 2], [], [3]]>
        """
        with name_scope(name, "RaggedFromRowSplits", []):
            values = converted(values)
            return cls._divided(values, rows_of.from_row_splits(row_splits, validate, _like(values)), validate)

    @classmethod
    def from_row_lengths(cls, values, row_lengths, name=None, validate=True):
        """Rows of these lengths, which add up to the number of values.

        Args:
          values: a tensor or ragged tensor whose first axis is divided.
          row_lengths: an integer vector.
          name: a name scope for the operations.
          validate: whether this is checked.
        """
        with name_scope(name, "RaggedFromRowLengths", []):
            values = converted(values)
            return cls._divided(values, rows_of.from_row_lengths(row_lengths, validate, _like(values)), validate)

    @classmethod
    def from_value_rowids(cls, values, value_rowids, nrows=None, name=None, validate=True):
        """Rows that each value says it belongs to.

        Args:
          values: a tensor or ragged tensor whose first axis is divided.
          value_rowids: an integer vector that does not descend: the row of each value.
          nrows: the number of rows; one more than the last row id if not given.
          name: a name scope for the operations.
          validate: whether this is checked.

        >>> tf.RaggedTensor.from_value_rowids([1, 2, 3], [0, 0, 2])
        <tf.RaggedTensor [[1, 2], [], [3]]>
        """
        with name_scope(name, "RaggedFromValueRowIds", []):
            values = converted(values)
            made = rows_of.from_value_rowids(value_rowids, nrows, validate, _like(values))
            _size(values).assert_is_compatible_with(made._rowids.shape[:1])
            return cls._divided(values, made, validate)

    @classmethod
    def from_row_starts(cls, values, row_starts, name=None, validate=True):
        """Rows that start at these places; each ends where the next begins, the last with the values."""
        with name_scope(name, "RaggedFromRowStarts", []):
            values = converted(values)
            count = _count(values, rows_of.split_dtype(*_like(values)) or dtypes.int64)
            made = rows_of.from_row_starts(row_starts, count, validate, _like(values))
            return cls._divided(values, made, False)

    @classmethod
    def from_row_limits(cls, values, row_limits, name=None, validate=True):
        """Rows that end at these places; each begins where the one before ends."""
        with name_scope(name, "RaggedFromRowLimits", []):
            values = converted(values)
            return cls._divided(values, rows_of.from_row_limits(row_limits, validate, _like(values)), validate)

    @classmethod
    def from_uniform_row_length(cls, values, uniform_row_length, nrows=None, validate=True, name=None):
        """Rows of one length.

        Args:
          values: a tensor or ragged tensor whose first axis is divided.
          uniform_row_length: the length, a scalar.
          nrows: the number of rows, which a length of 0 does not tell.
          validate: whether length and number are compared with the values where they are not known before.
          name: a name scope for the operations.

        >>> tf.RaggedTensor.from_uniform_row_length([1, 2, 3, 4], 2).shape
        TensorShape([2, 2])
        """
        with name_scope(name, "RaggedFromUniformRowLength", []):
            values = converted(values)
            count = _count(values, rows_of.split_dtype(*_like(values)) or dtypes.int64)
            made = rows_of.from_uniform_row_length(uniform_row_length, count, nrows, validate, _like(values))
            return cls._divided(values, made, False)

    @classmethod
    def _nested(cls, make, values, nested, what, name, default):
        if isinstance(nested, (raw_ops_tensor(), RaggedTensor)):
            raise TypeError(f"Argument `{what}` must be a list of Tensors. Received {nested}.")
        if not len(nested):
            return values
        with name_scope(name, default, []):
            value = converted(values, "flat_values")
            for one in reversed(list(nested)):
                value = make(value, one)
            return value

    @classmethod
    def from_nested_row_splits(cls, flat_values, nested_row_splits, name=None, validate=True):
        """Nested rows by their row splits, the outermost first; `flat_values` itself where there are none."""

        def make(values, splits):
            return cls.from_row_splits(values, splits, validate=validate)

        return cls._nested(make, flat_values, nested_row_splits, "nested_row_splits", name, "RaggedFromNestedRowSplits")

    @classmethod
    def from_nested_row_lengths(cls, flat_values, nested_row_lengths, name=None, validate=True):
        """Nested rows by their lengths, the outermost first."""

        def make(values, lengths):
            return cls.from_row_lengths(values, lengths, validate=validate)

        what = "nested_row_lengths"
        return cls._nested(make, flat_values, nested_row_lengths, what, name, "RaggedFromNestedRowlengths")

    @classmethod
    def from_nested_value_rowids(cls, flat_values, nested_value_rowids, nested_nrows=None, name=None, validate=True):
        """Nested rows by the row of each value, the outermost first; `nested_nrows` are the numbers of rows, or None."""
        if isinstance(nested_value_rowids, raw_ops_tensor()):
            raise TypeError(
                f"Argument `nested_value_rowids` must be a list of Tensors. Received {nested_value_rowids}."
            )
        if nested_nrows is None:
            nested_nrows = [None] * len(nested_value_rowids)
        elif isinstance(nested_nrows, raw_ops_tensor()):
            raise TypeError(f"Argument `nested_nrows` must be a list of Tensors. Received {nested_nrows}.")
        elif len(nested_nrows) != len(nested_value_rowids):
            raise ValueError(
                "Argument `nested_nrows` must have the same length as argument `nested_value_rowids`. len(nested_nrows) = "
                f"{len(nested_nrows)} vs. len(nested_values_rowids) = {len(nested_value_rowids)}."
            )

        def make(values, one):
            return cls.from_value_rowids(values, *one, validate=validate)

        pairs = list(zip(nested_value_rowids, nested_nrows, strict=True))
        return cls._nested(make, flat_values, pairs, "nested_value_rowids", name, "RaggedFromNestedValueRowIds")

    @classmethod
    def from_tensor(cls, tensor, lengths=None, padding=None, ragged_rank=1, name=None, row_splits_dtype=dtypes.int64):
        """The rows of a dense tensor.

        Args:
          tensor: a tensor of a rank above `ragged_rank`.
          lengths: the length of each row, an integer vector, clipped to the size of a row; for several ragged axes a tuple
            of vectors, which are not clipped.
          padding: a value that is left out where it fills up the ends of rows. Not together with `lengths`.
          ragged_rank: how many axes of the result are ragged.
          name: a name scope for the operations.
          row_splits_dtype: int32 or int64.

        >>> tf.RaggedTensor.from_tensor([[1, 2, 0], [3, 0, 0]], padding=0)
        <tf.RaggedTensor [[1, 2], [3]]>
        """
        from .conversion import from_tensor

        return from_tensor(tensor, lengths, padding, ragged_rank, name, row_splits_dtype)

    def to_tensor(self, default_value=None, name=None, shape=None):
        """The dense tensor with the rows of this one, filled up to one length.

        Args:
          default_value: what they are filled up with; zero or the empty string if not given.
          name: a name for the operation.
          shape: the shape that rows are filled up or cut to; None for as long as the longest.

        >>> tf.ragged.constant([[1, 2], [3]]).to_tensor().numpy().tolist()
        [[1, 2], [3, 0]]
        """
        from .conversion import to_tensor

        return to_tensor(self, default_value, name, shape)

    @classmethod
    def from_sparse(cls, st_input, name=None, row_splits_dtype=dtypes.int64):
        """The ragged tensor of rank 2 of a sparse one, whose rows must be filled from their beginnings."""
        from .conversion import from_sparse

        return from_sparse(st_input, name, row_splits_dtype)

    def to_sparse(self, name=None):
        """The sparse tensor with the same elements at the same places."""
        from .conversion import to_sparse

        return to_sparse(self, name)

    # What it is made of

    @property
    def dtype(self):
        """The dtype of the elements."""
        return self._values.dtype

    @property
    def values(self):
        """The values without the outermost rows: a tensor or a ragged tensor."""
        return self._values

    @property
    def flat_values(self):
        """The values without any rows."""
        values = self._values
        while isinstance(values, RaggedTensor):
            values = values._values
        return values

    @property
    def row_splits(self):
        """Where each outermost row starts, and the end of the last."""
        return self._partition.splits

    @property
    def nested_row_splits(self):
        """The row splits of all ragged axes, the outermost first."""
        inner = self._values.nested_row_splits if isinstance(self._values, RaggedTensor) else ()
        return (self.row_splits, *inner)

    @property
    def uniform_row_length(self):
        """The length of all rows if it is known to be one, else None."""
        return self._partition.uniform_row_length

    @property
    def ragged_rank(self):
        """How many axes are divided by row splits."""
        return 1 + (self._values.ragged_rank if isinstance(self._values, RaggedTensor) else 0)

    @property
    def shape(self):
        """The static shape: None for axes that are ragged or not known."""
        inner = self._values.shape
        own = [self._partition.static_nrows, self._partition.static_uniform_row_length]
        found = TensorShape(None) if inner.rank is None else TensorShape(own).concatenate(inner[1:])
        return found if self._known_shape is None else found.merge_with(self._known_shape)

    def get_shape(self):
        """The static shape."""
        return self.shape

    def _set_shape(self, shape):
        self._known_shape = self.shape.merge_with(shape)

    def value_rowids(self, name=None):
        """The row of each value."""
        with name_scope(name, "RaggedValueRowIds", []):
            return self._partition.value_rowids()

    def nested_value_rowids(self, name=None):
        """The rows of the values of all ragged axes, the outermost first."""
        inner = self._values.nested_value_rowids() if isinstance(self._values, RaggedTensor) else ()
        return (self.value_rowids(name), *inner)

    def nrows(self, out_type=None, name=None):
        """The number of outermost rows as a scalar of `out_type`, or of the dtype of the row splits."""
        with name_scope(name, "RaggedNRows", []):
            count = self._partition.nrows()
            return count if out_type is None else raw_ops.Cast(x=count, DstT=dtypes.as_dtype(out_type))

    def row_starts(self, name=None):
        """Where each row starts."""
        with name_scope(name, "RaggedRowStarts", []):
            return self.row_splits[:-1]

    def row_limits(self, name=None):
        """Where each row ends."""
        with name_scope(name, "RaggedRowLimits", []):
            return self.row_splits[1:]

    def row_lengths(self, axis=1, name=None):
        """The lengths of the rows of an axis: a vector for axis 1, ragged for inner axes, the number of rows for 0.

        >>> tf.ragged.constant([[1, 2], [], [3]]).row_lengths().numpy().tolist()
        [2, 0, 1]
        """
        if axis == 0:
            return self.nrows()
        rank = self.shape.rank
        axis = _axis(axis, rank)
        if axis == 0:
            return self.nrows()
        with name_scope(name, "RaggedRowLengths", []):
            if axis == 1:
                return self._partition.row_lengths()
            if isinstance(self._values, RaggedTensor):
                return self.with_values(self._values.row_lengths(axis - 1))
            shape = raw_ops.Shape(input=self._values, out_type=self.row_splits.dtype)
            lengths = raw_ops.Fill(dims=shape[: axis - 1], value=shape[axis - 1])
            return self.with_values(lengths)

    def nested_row_lengths(self, name=None):
        """The lengths of the rows of all ragged axes, the outermost first."""
        with name_scope(name, "RaggedNestedRowLengths", []):
            return tuple(splits[1:] - splits[:-1] for splits in self.nested_row_splits)

    def bounding_shape(self, axis=None, name=None, out_type=None):
        """The shape of the smallest dense tensor that has room for this one.

        Args:
          axis: an axis or a list of axes, to know only their sizes.
          name: a name scope for the operations.
          out_type: the dtype; that of the row splits if not given.
        """
        with name_scope(name, "RaggedBoundingBox", []):
            splits = self.nested_row_splits
            dtype = splits[0].dtype if out_type is None else dtypes.as_dtype(out_type)
            if isinstance(axis, int) and axis == 0:
                return self.nrows(dtype)
            zero = convert([0], splits[0].dtype)
            sizes = [self.nrows()]
            for one in splits:  # without rows the longest is 0
                lengths = raw_ops.ConcatV2(values=[zero, one[1:] - one[:-1]], axis=0)
                sizes.append(raw_ops.Max(input=lengths, axis=0))
            inner = raw_ops.Shape(input=self.flat_values, out_type=splits[0].dtype)[1:]
            sizes = raw_ops.ConcatV2(values=[raw_ops.Pack(values=sizes), inner], axis=0)
            sizes = raw_ops.Cast(x=sizes, DstT=dtype)
            return sizes if axis is None else raw_ops.GatherV2(params=sizes, indices=axis, axis=0)

    # The same rows with other values

    def with_values(self, new_values):
        """The same outermost rows of other values, as many as there are now."""
        new_values = converted(new_values)
        partition = self._partition
        if isinstance(new_values, RaggedTensor) and new_values.row_splits.dtype != partition.dtype:
            new_values = new_values.with_row_splits_dtype(dtypes.int64)
            partition = partition.cast(dtypes.int64)
        new_values.shape.with_rank_at_least(1)
        if self._values.shape.rank is not None and new_values.shape.rank is not None:
            self._values.shape[:1].assert_is_compatible_with(new_values.shape[:1])
        return RaggedTensor(new_values, partition, internal=True)

    def with_flat_values(self, new_values):
        """The same rows of other flat values, as many as there are now."""
        if isinstance(self._values, RaggedTensor):
            return self.with_values(self._values.with_flat_values(new_values))
        return self.with_values(new_values)

    def with_row_splits_dtype(self, dtype):
        """The same with row splits of another dtype, int32 or int64."""
        dtype = dtypes.as_dtype(dtype)
        if dtype not in (dtypes.int32, dtypes.int64):
            raise ValueError(f"Argument `row_splits` dtype must be int32 or int64. Received {dtype}.")
        if self.row_splits.dtype == dtype:
            return self
        values = self._values
        values = values.with_row_splits_dtype(dtype) if isinstance(values, RaggedTensor) else values
        return RaggedTensor(values, self._partition.cast(dtype), internal=True)

    def merge_dims(self, outer_axis, inner_axis):
        """The axes from `outer_axis` to `inner_axis` as one."""
        from .merging import merge_dims

        return merge_dims(self, outer_axis, inner_axis)

    # Python's view

    def _is_eager(self):
        return all(is_eager(one) for one in (self.flat_values, *self.nested_row_splits))

    def numpy(self):
        """An array: of the rows where they have one length, else an array of the arrays of the rows.

        Raises:
          ValueError: the values are not known yet, as in a graph.
        """
        import numpy as np

        if not self._is_eager():
            raise ValueError("RaggedTensor.numpy() is only supported in eager mode.")
        values, splits = self._values.numpy(), self.row_splits.numpy()
        rows = [values[start:end] for start, end in zip(splits[:-1], splits[1:], strict=True)]
        if not rows:
            return np.zeros((0, 0), dtype=values.dtype)
        if len({len(row) for row in rows}) == 1:
            return np.stack(rows)
        array = np.empty(len(rows), dtype=object)
        for i, row in enumerate(rows):
            array[i] = row
        return array

    def to_list(self):
        """The rows as nested lists of Python's numbers and strings.

        Raises:
          ValueError: the values are not known yet, as in a graph.
        """
        if not self._is_eager():
            raise ValueError("to_list can only be used in eager mode.")
        values = self._values.to_list() if isinstance(self._values, RaggedTensor) else self._values.numpy().tolist()
        splits = self.row_splits.numpy().tolist()
        return [values[start:end] for start, end in zip(splits[:-1], splits[1:], strict=True)]

    def __repr__(self):
        if not self._is_eager():
            return f"tf.RaggedTensor(values={self._values}, row_splits={self.row_splits})"
        import numpy as np

        with np.printoptions(formatter={"all": _text}):
            return f"<tf.RaggedTensor {_text(self.numpy())}>"

    __str__ = __repr__

    def __tf_tensor__(self, dtype=None, name=None):
        raise ValueError("TypeError: object of type 'RaggedTensor' has no len()\n")

    @staticmethod
    def __op_dispatch__(number, name, inputs, attrs, scope):
        """What an op makes of operands with ragged tensors among them; NotImplemented if it is not for them."""
        from .dispatch import run

        return run(number, name, inputs, attrs, scope)

    # What functions, sessions and datasets ask

    def consumers(self):
        """The operations that take one of the component tensors."""
        return self._consumers()

    @property
    def _type_spec(self):
        return RaggedTensorSpec.from_value(self)

    def _shape_invariant_to_type_spec(self, shape):
        return RaggedTensorSpec(shape, self.dtype, self.ragged_rank, self.row_splits.dtype)

    def _fetch_parts(self):
        """How a session fetches it: what makes the result, and the tensors that it is made from."""
        return RaggedTensorValue._of_parts, [self.flat_values, *self.nested_row_splits]

    def _feed_parts(self, value):
        """The pairs of tensor and value that a fed value stands for."""
        parts = (self.flat_values, *self.nested_row_splits)
        return list(zip(parts, (value.flat_values, *value.nested_row_splits), strict=True))


composite_operands.add(RaggedTensor)


def _text(x):
    import numpy as np

    if not isinstance(x, np.ndarray):
        return str(x)
    return np.array2string(x, separator=", ") if x.size else repr(x.tolist())


def raw_ops_tensor():
    """The class of tensors."""
    from ...framework.tensors import Tensor

    return Tensor


def _like(values):
    """What says the dtype of row splits: those of ragged values."""
    return (values.row_splits,) if isinstance(values, RaggedTensor) else ()


def _count(values, dtype):
    """The size of the first axis of values."""
    return values.nrows(dtype) if isinstance(values, RaggedTensor) else count_of(values, dtype)


def _size(values):
    return values.shape[:1] if values.shape.rank is not None else TensorShape([None])


def _axis(axis, rank):
    if rank is None:
        if axis < 0:
            raise ValueError("axis may only be negative if ndims is statically known.")
        return axis
    if not -rank <= axis < rank:
        raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
    return axis + rank if axis < 0 else axis


def from_components(components, shape=None):
    """The ragged tensor of flat values and row splits (tensors or specs); they are not checked."""
    value, *splits = components
    for one in reversed(splits):
        value = RaggedTensor(value, RowPartition(one), internal=True)
    if shape is not None and not isinstance(value.flat_values, TensorSpec):
        value._set_shape(shape)
    return value
