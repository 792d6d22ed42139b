"""`tf.compat.v1.ragged.RaggedTensorValue`: a ragged tensor of NumPy arrays, which sessions return and take."""

from ...framework.dtypes import as_dtype


class RaggedTensorValue:
    """A ragged tensor of NumPy arrays.

    Args:
      values: an array of the values, or a `RaggedTensorValue`.
      row_splits: a vector of int32 or int64: where each row starts, and the end of the last.

    Raises:
      TypeError: the row splits are of another dtype, or `values` of another class.
      ValueError: the row splits are no vector.

    >>> from ferroflow.compat import v1
    >>> v1.ragged.constant_value([[1, 2], [3]]).to_list()
    [[1, 2], [3]]
    """

    def __init__(self, values, row_splits):
        import numpy as np

        if not (isinstance(row_splits, (np.ndarray, np.generic)) and row_splits.dtype in (np.int64, np.int32)):
            raise TypeError("row_splits must be a 1D int32 or int64 numpy array")
        if not isinstance(values, (np.ndarray, np.generic, RaggedTensorValue)):
            raise TypeError("values must be a numpy array or a RaggedTensorValue")
        if isinstance(values, RaggedTensorValue) and row_splits.dtype != values.row_splits.dtype:
            raise ValueError("row_splits and values.row_splits must have the same dtype")
        self._values = values
        self._row_splits = row_splits

    @classmethod
    def _of_parts(cls, flat_values, *nested_row_splits):
        value = flat_values
        for splits in reversed(nested_row_splits):
            value = cls(value, splits)
        return value

    @property
    def values(self):
        """The values without the outermost rows."""
        return self._values

    @property
    def row_splits(self):
        """Where each outermost row starts, and the end of the last."""
        return self._row_splits

    @property
    def flat_values(self):
        """The values without any rows."""
        return self._values.flat_values if isinstance(self._values, RaggedTensorValue) else self._values

    @property
    def nested_row_splits(self):
        """The row splits of all ragged axes, the outermost first."""
        inner = self._values.nested_row_splits if isinstance(self._values, RaggedTensorValue) else ()
        return (self._row_splits, *inner)

    @property
    def dtype(self):
        """The NumPy dtype of the values."""
        return self._values.dtype

    @property
    def ragged_rank(self):
        """How many axes are ragged."""
        return len(self.nested_row_splits)

    @property
    def shape(self):
        """The shape as a tuple with None for ragged axes."""
        return (len(self._row_splits) - 1, None, *self._values.shape[1:])

    @property
    def _type_spec(self):
        from .spec import RaggedTensorSpec

        return RaggedTensorSpec(self.shape, as_dtype(self.dtype), self.ragged_rank, as_dtype(self._row_splits.dtype))

    def to_list(self):
        """The rows as nested lists."""
        values = self._values.to_list() if isinstance(self._values, RaggedTensorValue) else self._values.tolist()
        splits = self._row_splits
        return [values[splits[i] : splits[i + 1]] for i in range(len(splits) - 1)]

    def __str__(self):
        return f"<tf.RaggedTensorValue {self.to_list()}>"

    def __repr__(self):
        return f"tf.RaggedTensorValue(values={self._values!r}, row_splits={self._row_splits!r})"
