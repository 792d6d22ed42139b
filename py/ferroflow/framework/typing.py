"""Types for annotations: what may stand where a tensor, a dtype, a shape is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias, Union

import numpy as np

from .._core import Operation as Operation
from .._core import Tensor as Tensor
from .composite import IndexedSlices
from .dtypes import DType
from .tensor_shape import Dimension, TensorShape
from .variables import Variable


class SupportsArray(Protocol):
    """An object that NumPy can take over: an array, a pandas column, another library's tensor."""

    def __array__(self, *args: Any, **kwargs: Any) -> Any: ...


class SupportsTensor(Protocol):
    """An object that says itself which tensor it stands for."""

    def __tf_tensor__(self, *args: Any, **kwargs: Any) -> Any: ...


# What becomes a tensor where one is wanted.
TensorLike: TypeAlias = Union[
    Tensor,
    Variable,
    IndexedSlices,
    TensorShape,
    Dimension,
    SupportsArray,
    SupportsTensor,
    complex,
    str,
    bytes,
    Sequence["TensorLike"],
]
# What `tf.as_dtype` takes.
DTypeLike: TypeAlias = Union[DType, str, int, type, "np.dtype[Any]"]
# What `tf.TensorShape` takes.
ShapeLike: TypeAlias = Union[TensorShape, Sequence[Union[int, Dimension, None]], None]
# What `Session.run` takes for `feed_dict`.
Feeds: TypeAlias = Union[dict[Any, Any], None]
# A tensor; `IndexedSlices` where rows were gathered, None where there is no gradient, which programs seldom check for.
Gradient: TypeAlias = Union[Tensor, Any]
# A function of tensors.
TensorFunction: TypeAlias = Callable[..., Any]
