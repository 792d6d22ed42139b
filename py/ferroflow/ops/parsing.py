"""Parsing: `Example` messages, lines of CSV, numbers in their memory form."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.sparse_tensor import SparseTensor
from ..framework.tensor_shape import TensorShape
from .common import convert, name_scope, one_of
from .shapes import reshape

if TYPE_CHECKING:
    from typing import Any

    from ..framework.typing import DTypeLike, Tensor, TensorLike

_TYPES = (dtypes.float32, dtypes.int64, dtypes.string)


class FixedLenFeature(collections.namedtuple("FixedLenFeature", ["shape", "dtype", "default_value"])):
    """A feature of a fixed shape, parsed to a dense tensor.

    Args:
      shape: the shape.
      dtype: float32, int64 or string.
      default_value: what stands for a missing feature: a value of that shape. Without it, missing ones are errors.
    """

    def __new__(cls, shape, dtype, default_value=None):
        return super().__new__(cls, shape, dtype, default_value)


class VarLenFeature(collections.namedtuple("VarLenFeature", ["dtype"])):
    """A feature of any length, parsed to a sparse tensor.

    Args:
      dtype: float32, int64 or string.
    """


class FixedLenSequenceFeature(
    collections.namedtuple("FixedLenSequenceFeature", ["shape", "dtype", "allow_missing", "default_value"])
):
    """A feature of any number of rows of a fixed shape, parsed to a dense tensor that is filled up to the longest.

    Args:
      shape: the shape of a row.
      dtype: float32, int64 or string.
      allow_missing: must be true: missing features have no rows.
      default_value: a scalar to fill up with, zero or the empty string by default.
    """

    def __new__(cls, shape, dtype, allow_missing=False, default_value=None):
        return super().__new__(cls, shape, dtype, allow_missing, default_value)


def _dtype(key, feature):
    if feature.dtype is None:
        raise ValueError(f"Missing type for feature {key}. Received feature={feature}.")
    dtype = dtypes.as_dtype(feature.dtype)
    if dtype not in _TYPES:
        raise TypeError(
            f"Value passed to parameter 'Tdense' has DataType {dtype.name} not in list of allowed values: float32, int64, string"
        )
    return dtype


def _default(feature, dtype, shape, key):
    """The default of a dense feature as a tensor; an empty one if it has none."""
    value = feature.default_value
    if isinstance(feature, FixedLenSequenceFeature):
        if value is None:
            value = b"" if dtype == dtypes.string else 0
        return convert(value, dtype)
    if value is None:
        return convert([], dtype)
    return reshape(convert(value, dtype, name=f"key_{key}"), shape)


def parse_example(serialized: TensorLike, features, example_names=None, name: str | None = None) -> dict[str, Any]:
    """Takes the features of encoded `Example` messages apart.

    Args:
      serialized: a scalar or a vector of strings.
      features: a dict from names to `FixedLenFeature`, `VarLenFeature` or `FixedLenSequenceFeature`.
      example_names: names for the messages, for errors.
      name: a name for the operation.

    Returns:
      A dict from names to tensors and sparse tensors, whose first axis is that of `serialized`.

    Raises:
      ValueError: there is no feature, or one without a dtype or shape.
      InvalidArgumentError: a message is damaged, or a feature is missing or has another dtype or size.

    >>> example = tf.train.Example()
    >>> example.features.feature["size"].int64_list.value.extend([2, 3])
    >>> text = example.SerializeToString()
    >>> parsed = tf.io.parse_example([text], {"size": tf.io.FixedLenFeature([2], tf.int64)})
    >>> parsed["size"].numpy().tolist()
    [[2, 3]]
    """
    if not features:
        raise ValueError(f"Argument `features` cannot be None or falsy. Got {features}")
    sparse = {key: one for key, one in sorted(features.items()) if isinstance(one, VarLenFeature)}
    dense = {}
    for key, one in sorted(features.items()):
        if isinstance(one, (FixedLenFeature, FixedLenSequenceFeature)):
            dense[key] = one
        elif not isinstance(one, VarLenFeature):
            raise ValueError(f"Unsupported {type(one).__name__} {one} for key '{key}'")
    shapes, defaults = [], []
    for key, one in dense.items():
        if one.shape is None:
            raise ValueError(f"Missing shape for feature {key}. Received feature={one}.")
        shape = TensorShape(one.shape)
        if not shape.is_fully_defined():
            raise ValueError(
                f"First dimension of shape for feature {key} unknown. Consider using FixedLenSequenceFeature. Received feature={one}."
            )
        if isinstance(one, FixedLenSequenceFeature):
            if not one.allow_missing:
                raise ValueError("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.")
            shapes.append(TensorShape([None]).concatenate(shape))
        else:
            shapes.append(shape)
        defaults.append(_default(one, _dtype(key, one), shape.as_list(), key))
    with name_scope(name, "ParseExample", [serialized, example_names]):
        found = raw_ops.ParseExampleV2(
            serialized=convert(serialized, dtypes.string, name="serialized"),
            names=convert([] if example_names is None else example_names, dtypes.string, name="names"),
            sparse_keys=convert(list(sparse), dtypes.string),
            dense_keys=convert(list(dense), dtypes.string),
            ragged_keys=convert([], dtypes.string),
            dense_defaults=defaults,
            num_sparse=len(sparse),
            sparse_types=[_dtype(key, one) for key, one in sparse.items()],
            ragged_value_types=[],
            ragged_split_types=[],
            dense_shapes=shapes,
            name=name,
        )
    places, values, sizes, tensors = found[0], found[1], found[2], found[3]
    made = {key: SparseTensor(p, v, s) for key, p, v, s in zip(sparse, places, values, sizes, strict=True)}
    return made | dict(zip(dense, tensors, strict=True))


def parse_example_v1(serialized: TensorLike, features, name: str | None = None, example_names=None) -> dict[str, Any]:
    """`parse_example` with the argument order of TensorFlow 1.

    Args:
      serialized: a vector of strings.
      features: a dict from names to features.
      name: a name for the operation.
      example_names: names for the messages, for errors.

    Returns:
      A dict from names to tensors and sparse tensors.
    """
    return parse_example(serialized, features, example_names, name)


def parse_single_example(
    serialized: TensorLike, features, example_names=None, name: str | None = None
) -> dict[str, Any]:
    """Takes the features of one encoded `Example` message apart.

    Args:
      serialized: a scalar string.
      features: a dict from names to `FixedLenFeature`, `VarLenFeature` or `FixedLenSequenceFeature`.
      example_names: a name for the message, for errors.
      name: a name for the operation.

    Returns:
      A dict from names to tensors of the features' shapes, and to sparse tensors of rank 1.

    Raises:
      ValueError: `serialized` is no scalar, or see `parse_example`.
      InvalidArgumentError: see `parse_example`.
    """
    if not features:
        raise ValueError(f"Invalid argument: features cannot be {'None' if features is None else 'empty'}.")
    with name_scope(name, "ParseSingleExample", [serialized, example_names]):
        serialized = convert(serialized, dtypes.string, name="serialized")
        if serialized.shape.rank not in (None, 0):
            raise ValueError("Input serialized must be a scalar")
        return parse_example(serialized, features, example_names, name)


def parse_single_example_v1(
    serialized: TensorLike, features, name: str | None = None, example_names=None
) -> dict[str, Any]:
    """`parse_single_example` with the argument order of TensorFlow 1.

    Args:
      serialized: a scalar string.
      features: a dict from names to features.
      name: a name for the operation.
      example_names: a name for the message, for errors.

    Returns:
      A dict from names to tensors and sparse tensors.
    """
    return parse_single_example(serialized, features, example_names, name)


def decode_raw(
    input_bytes: TensorLike, out_type: DTypeLike, little_endian: bool = True, fixed_length=None, name: str | None = None
) -> Tensor:
    """The bytes of strings as numbers.

    Args:
      input_bytes: a tensor of strings of the same length.
      out_type: the dtype of the numbers.
      little_endian: whether the lowest byte of a number comes first.
      fixed_length: TensorFlow cuts or fills strings to so many bytes; there is no op for that here, so it must be None.
      name: a name for the operation.

    Returns:
      A tensor with one axis more: the numbers of each string.

    Raises:
      NotImplementedError: `fixed_length` is given.
      InvalidArgumentError: the strings differ in length, or it is no multiple of the size of a number.

    >>> tf.io.decode_raw(b"\\x01\\x02", tf.uint8).numpy().tolist()
    [1, 2]
    """
    if fixed_length is not None:
        raise NotImplementedError("decode_raw: fixed_length is not supported, as there is no op DecodePaddedRaw")
    return raw_ops.DecodeRaw(bytes=input_bytes, out_type=out_type, little_endian=little_endian, name=name)


def decode_raw_v1(
    input_bytes: TensorLike | None = None,
    out_type=None,
    little_endian: bool = True,
    name: str | None = None,
    bytes=None,
) -> Tensor:
    """`decode_raw`, whose first argument may also be called `bytes`.

    Args:
      input_bytes: a tensor of strings of the same length.
      out_type: the dtype of the numbers.
      little_endian: whether the lowest byte of a number comes first.
      name: a name for the operation.
      bytes: the old name of `input_bytes`.

    Returns:
      A tensor with one axis more.
    """
    input_bytes = one_of("input_bytes", input_bytes, "bytes", bytes)
    if out_type is None:
        raise ValueError("decode_raw_v1() missing 1 positional argument: 'out_type'")
    return decode_raw(input_bytes, out_type, little_endian, None, name)


def decode_csv(
    records: TensorLike, record_defaults, field_delim: str = ",", use_quote_delim: bool = True, na_value: str = "",
    select_cols=None, name: str | None = None,
) -> list[Tensor]:  # fmt: skip
    """The columns of lines of CSV.

    Args:
      records: a tensor of strings, a line each.
      record_defaults: a list with a value for each column, which says its dtype (float32, float64, int32, int64, string) and
        stands for missing fields; an empty vector makes missing fields errors.
      field_delim: the character between fields.
      use_quote_delim: whether fields in quotation marks may hold that character.
      na_value: another text for missing fields.
      select_cols: numbers of the columns that are taken, in order; all by default.
      name: a name for the operation.

    Returns:
      A list of tensors of the shape of `records`.

    Raises:
      ValueError: a default has several elements, or their number is not that of `select_cols`.
      InvalidArgumentError: a field is missing or no such number, or a line has another number of fields.

    >>> [column.numpy().tolist() for column in tf.io.decode_csv(["1,a", "2,b"], [0, ""])]
    [[1, 2], [b'a', b'b']]
    """
    if select_cols is not None:
        if any(one >= two for one, two in zip(select_cols, select_cols[1:])):
            raise ValueError("select_cols is not strictly increasing.")
        if select_cols and select_cols[0] < 0:
            raise ValueError("select_cols contains negative values.")
        if len(select_cols) != len(record_defaults):
            raise ValueError("Length of select_cols and record_defaults do not match.")
    return raw_ops.DecodeCSV(
        records=records,
        record_defaults=record_defaults,
        field_delim=field_delim,
        use_quote_delim=use_quote_delim,
        na_value=na_value,
        select_cols=select_cols or [],
        name=name,
    )


def decode_csv_v1(
    records: TensorLike, record_defaults, field_delim: str = ",", use_quote_delim: bool = True, name: str | None = None,
    na_value: str = "", select_cols=None,
) -> list[Tensor]:  # fmt: skip
    """`decode_csv` with the argument order of TensorFlow 1.

    Args:
      records: a tensor of strings, a line each.
      record_defaults: a list with a default for each column.
      field_delim: the character between fields.
      use_quote_delim: whether fields in quotation marks may hold that character.
      name: a name for the operation.
      na_value: another text for missing fields.
      select_cols: numbers of the columns that are taken.

    Returns:
      A list of tensors of the shape of `records`.
    """
    return decode_csv(records, record_defaults, field_delim, use_quote_delim, na_value, select_cols, name)
