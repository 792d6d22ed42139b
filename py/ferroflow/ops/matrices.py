"""Products of matrices and tensors, norms, diagonals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .._gen import raw_ops
from ..framework import dtypes
from ..framework.tensor_shape import TensorShape
from . import reduction
from .common import convert, name_scope, one_of

if TYPE_CHECKING:
    from ..framework.typing import DTypeLike, Tensor, TensorLike


def matmul(
    a: TensorLike,
    b: TensorLike,
    transpose_a: bool = False,
    transpose_b: bool = False,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    output_type: DTypeLike | None = None,
    grad_a: bool = False,
    grad_b: bool = False,
    name: str | None = None,
) -> Tensor:
    """The product of matrices, or of all matrices of two batches.

    Args:
      a: a tensor [..., n, k] of numbers.
      b: a tensor [..., k, m] of the same dtype; the leading axes are broadcast.
      transpose_a: whether the last two axes of `a` change places first.
      transpose_b: whether the last two axes of `b` change places first.
      adjoint_a: whether `a` is transposed and conjugated first.
      adjoint_b: whether `b` is transposed and conjugated first.
      a_is_sparse: accepted for TensorFlow's sake, without effect.
      b_is_sparse: accepted for TensorFlow's sake, without effect.
      output_type: the dtype of the result, that of `a` by default; int32 is possible for int8 operands.
      grad_a: set on products that are gradients with regard to `a`.
      grad_b: set on products that are gradients with regard to `b`.
      name: a name for the operation.

    Returns:
      A tensor [..., n, m].

    Raises:
      ValueError: both transpose and adjoint are asked for.
      InvalidArgumentError: the sizes do not fit.

    >>> tf.matmul([[1.0, 2.0]], [[3.0], [4.0]]).numpy()
    array([[11.]], dtype=float32)
    """
    if transpose_a and adjoint_a:
        raise ValueError(
            f"Only one of `transpose_a` and `adjoint_a` can be True. Received `transpose_a`={transpose_a}, `adjoint_a`={adjoint_a}."
        )
    if transpose_b and adjoint_b:
        raise ValueError(
            f"Only one of `transpose_b` and `adjoint_b` can be True. Received `transpose_b`={transpose_b}, `adjoint_b`={adjoint_b}."
        )
    a = convert(a, name="a")
    b = convert(b, dtype_hint=a.dtype.base_dtype, name="b")
    if (
        (a.shape.rank is None or a.shape.rank > 2)
        and (b.shape.rank is None or b.shape.rank != 1)
        or (b.shape.rank or 3) > 2
        and (a.shape.rank is None or a.shape.rank != 1)
    ):
        if transpose_a:
            a, adjoint_a = conjugated(a), True
        if transpose_b:
            b, adjoint_b = conjugated(b), True
        if output_type is not None:
            return raw_ops.BatchMatMulV3(a, b, output_type, adjoint_a, adjoint_b, grad_a, grad_b, name)
        return raw_ops.BatchMatMulV2(a, b, adjoint_a, adjoint_b, grad_a, grad_b, name)
    if output_type is not None and output_type != a.dtype:
        return raw_ops.BatchMatMulV3(
            a, b, output_type, transpose_a or adjoint_a, transpose_b or adjoint_b, grad_a, grad_b, name
        )
    if adjoint_a:
        a, transpose_a = conjugated(a), True
    if adjoint_b:
        b, transpose_b = conjugated(b), True
    return raw_ops.MatMul(a, b, transpose_a, transpose_b, grad_a, grad_b, name)


def conjugated(x):
    """The conjugate of complex numbers, others as they are."""
    return raw_ops.Conj(x) if x.dtype.is_complex else x


def matvec(
    a: TensorLike,
    b: TensorLike,
    transpose_a: bool = False,
    adjoint_a: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    name: str | None = None,
) -> Tensor:
    """The product of a matrix and a vector, or of batches of them.

    Args:
      a: a tensor [..., n, k].
      b: a tensor [..., k] of the same dtype.
      transpose_a: whether the last two axes of `a` change places first.
      adjoint_a: whether `a` is transposed and conjugated first.
      a_is_sparse: accepted for TensorFlow's sake, without effect.
      b_is_sparse: accepted for TensorFlow's sake, without effect.
      name: a name for the operation.

    Returns:
      A tensor [..., n].

    >>> tf.linalg.matvec([[1.0, 2.0]], [3.0, 4.0]).numpy()
    array([11.], dtype=float32)
    """
    with name_scope(name, "MatVec", [a, b]):
        product = matmul(a, raw_ops.ExpandDims(b, -1), transpose_a, adjoint_a=adjoint_a)
        return raw_ops.Squeeze(product, [-1])


def tensordot(a: TensorLike, b: TensorLike, axes: TensorLike, name: str | None = None) -> Tensor:
    """Sums of products over axes of two tensors.

    Args:
      a: a tensor of floats.
      b: a tensor of the same dtype.
      axes: how many of the last axes of `a` and first axes of `b` are summed over; or two lists of axes.
      name: a name for the operation.

    Returns:
      A tensor with the other axes of `a`, then those of `b`.

    Raises:
      ValueError: `axes` names no such pair of axes, or a rank is not known.

    >>> tf.tensordot([[1.0, 2.0]], [[3.0], [4.0]], 1).numpy()
    array([[11.]], dtype=float32)
    """
    with name_scope(name, "Tensordot", [a, b]):
        a, b = convert(a, name="a"), convert(b, name="b")
        if a.shape.rank is None or b.shape.rank is None:
            raise ValueError("tensordot needs tensors of known rank.")
        if isinstance(axes, int):
            if axes < 0:
                raise ValueError(f"`axes` must be at least 0. Received: {axes}.")
            if axes > a.shape.rank:
                raise ValueError(
                    f"`axes` must not be larger than the number of dimensions of tensor {a}.  Received {axes}, vs tensor dimensions {a.shape.rank}."
                )
            pairs = [list(range(a.shape.rank - axes, a.shape.rank)), list(range(axes))]
        else:
            if len(axes) != 2:
                raise ValueError(f"`axes` must be an integer or have length 2. Received {axes}.")
            pairs = [[one] if isinstance(one, int) else [int(i) for i in one] for one in axes]
            if len(pairs[0]) != len(pairs[1]):
                raise ValueError(
                    f"Different number of contraction axes `a` and `b`, {len(pairs[0])} != {len(pairs[1])}."
                )
        rows, outer_a = _as_matrix(a, pairs[0], False)
        columns, outer_b = _as_matrix(b, pairs[1], True)
        return raw_ops.Reshape(raw_ops.MatMul(rows, columns), raw_ops.ConcatV2([outer_a, outer_b], 0))


def _as_matrix(x, summed, first):
    """`x` as a matrix whose rows (`first`) or columns run over the summed axes, and the sizes of its other axes."""
    rank = x.shape.rank
    summed = [axis % rank if rank and -rank <= axis < rank else axis for axis in summed]
    free = [axis for axis in range(rank) if axis not in summed]
    order = summed + free if first else free + summed
    sizes = raw_ops.Shape(x)
    outer = raw_ops.GatherV2(sizes, convert(free, dtypes.int32), 0)
    rest = raw_ops.Prod(outer, [0])
    inner = raw_ops.Prod(raw_ops.GatherV2(sizes, convert(summed, dtypes.int32), 0), [0])
    if order != list(range(rank)):
        x = raw_ops.Transpose(x, order)
    return raw_ops.Reshape(x, raw_ops.Pack([inner, rest] if first else [rest, inner])), outer


def _checked_equation(equation, count):
    """The terms and the result of an equation for `count` inputs. ValueError if it is faulty."""
    if not re.fullmatch(r"(?:[a-zA-Z,]|\.\.\.)*->(?:[a-zA-Z]|\.\.\.)*", equation):
        raise ValueError(f"Subscripts have incorrect format: {equation}")
    sides, _, result = equation.partition("->")
    terms = sides.split(",")
    if len(terms) != count:
        raise ValueError(f'Got {count} inputs for equation "{equation}", expecting {len(terms)}')
    letters = result.replace("...", "")
    if len(set(letters)) != len(letters):
        raise ValueError(f"Output subscripts contain a label appearing more than once: {equation}")
    for label in letters:
        if label not in sides:
            raise ValueError(f"Output subscripts contain the label {label} not present in the input subscripts.")
    return terms, result


def einsum(equation, *inputs, **kwargs) -> Tensor:
    """Sums of products as an equation says, such as "ij,jk->ik" for a product of matrices.

    Args:
      equation: letters for the axes of each input, then `->` and those of the result; `...` stands for broadcast axes.
      *inputs: the tensors.
      **kwargs: `name`; `optimize` is accepted for TensorFlow's sake, without effect.

    Returns:
      A tensor.

    Raises:
      TypeError: there is another keyword.
      ValueError: the equation does not fit the inputs.

    >>> tf.einsum("ij->j", [[1.0, 2.0], [3.0, 4.0]]).numpy()
    array([4., 6.], dtype=float32)
    """
    name = kwargs.pop("name", None)
    kwargs.pop("optimize", None)
    if kwargs:
        raise TypeError(f"Invalid keyword arguments for einsum: {list(kwargs)}")
    with name_scope(name, "einsum", list(inputs)):
        tensors = [convert(one) for one in inputs]
        plain = equation.replace(" ", "")
        if "->" not in plain:
            letters = plain.replace(",", "").replace("...", "")
            once = "".join(sorted(c for c in set(letters) if letters.count(c) == 1))
            plain += "->" + ("..." if "..." in plain else "") + once
        terms, result = _checked_equation(plain, len(tensors))
        while len(tensors) > 2:
            # The letters that are still needed after the first two inputs are joined.
            later = set("".join(terms[2:]) + result)
            keep = "".join(
                c for c in dict.fromkeys(terms[0].replace("...", "") + terms[1].replace("...", "")) if c in later
            )
            joined = ("..." if "..." in terms[0] + terms[1] else "") + keep
            tensors[:2] = [raw_ops.Einsum(tensors[:2], f"{terms[0]},{terms[1]}->{joined}")]
            terms[:2] = [joined]
        return raw_ops.Einsum(tensors, ",".join(terms) + "->" + result)


def norm(
    tensor: TensorLike, ord: str = "euclidean", axis: TensorLike | None = None, keepdims=None, name: str | None = None
) -> Tensor:
    """A norm of vectors or matrices.

    Args:
      tensor: a tensor of floats or complex numbers.
      ord: "euclidean", 1, 2, infinity or another number for vectors; "fro", "euclidean", 1 or infinity for matrices.
      axis: the axis of the vectors, or the two axes of the matrices; None takes the whole tensor as one vector.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.

    Returns:
      A tensor of the same dtype.

    Raises:
      ValueError: the norm is not defined.

    >>> tf.norm([3.0, 4.0]).numpy().item()
    5.0
    """
    keepdims = bool(keepdims)
    matrix = isinstance(axis, (list, tuple)) and len(axis) == 2
    if isinstance(axis, (list, tuple)) and not 1 <= len(axis) <= 2:
        raise ValueError("'axis' must be None, an integer, or a tuple of 1 or 2 unique integers")
    supported = ["euclidean", "fro", 1, 2, float("inf")] if matrix else ["euclidean", 1, 2, float("inf")]
    if ord not in supported and (matrix or isinstance(ord, str) or ord <= 0):
        kind = "matrix" if matrix else "vector"
        raise ValueError(f"'ord' must be a supported {kind} norm in {supported}, got {ord}")
    with name_scope(name, "norm", [tensor]):
        x = convert(tensor)
        if ord in ("fro", "euclidean") or ord == 2 and not matrix:
            squares = (
                raw_ops.Real(raw_ops.Mul(raw_ops.Conj(x), x), x.dtype.real_dtype)
                if x.dtype.is_complex
                else raw_ops.Mul(x, x)
            )
            found = raw_ops.Sqrt(reduction.reduce_sum(squares, axis, True))
        else:
            found = raw_ops.ComplexAbs(x, x.dtype.real_dtype) if x.dtype.is_complex else raw_ops.Abs(x)
            if ord == 1 or ord == float("inf") and matrix:
                first, last = (axis if ord == 1 else axis[::-1]) if matrix else (axis, None)
                found = reduction.reduce_sum(found, first, True)
                found = reduction.reduce_max(found, last, True) if matrix else found
            elif ord == float("inf"):
                found = reduction.reduce_max(found, axis, True)
            elif matrix:
                raise NotImplementedError("the matrix norm 2 needs singular values, which are not there yet")
            else:
                found = raw_ops.Pow(reduction.reduce_sum(raw_ops.Pow(found, ord), axis, True), 1.0 / ord)
        if keepdims:
            return found
        axes = list(axis) if isinstance(axis, (list, tuple)) else [] if axis is None else [axis]
        return raw_ops.Reshape(found, []) if axis is None else raw_ops.Squeeze(found, axes)


def norm_v1(
    tensor: TensorLike,
    ord: str = "euclidean",
    axis: TensorLike | None = None,
    keepdims=None,
    name: str | None = None,
    keep_dims=None,
) -> Tensor:
    """`norm`, where `keepdims` may also be called `keep_dims`.

    Args:
      tensor: a tensor of floats or complex numbers.
      ord: see `norm`.
      axis: the axis of the vectors, or the two axes of the matrices; None takes the whole tensor as one vector.
      keepdims: whether the axes stay, with size 1.
      name: a name for the operation.
      keep_dims: the old name of `keepdims`.

    Returns:
      A tensor of the same dtype.
    """
    return norm(tensor, ord, axis, one_of("keepdims", keepdims, "keep_dims", keep_dims), name)


def normalize(
    tensor: TensorLike, ord: str = "euclidean", axis: TensorLike | None = None, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """A tensor divided by its norm, and the norm.

    Args:
      tensor: a tensor of floats or complex numbers.
      ord: see `norm`.
      axis: the axis of the vectors, or the two axes of the matrices; None takes the whole tensor as one vector.
      name: a name for the operation.

    Returns:
      A tuple (normalized, norm).

    >>> tf.linalg.normalize([3.0, 4.0])[0].numpy()
    array([0.6, 0.8], dtype=float32)
    """
    with name_scope(name, "normalize", [tensor]):
        x = convert(tensor)
        length = norm(x, ord, axis, True)
        return raw_ops.RealDiv(x, raw_ops.Cast(length, x.dtype)), length


def l2_normalize(
    x: TensorLike, axis: TensorLike | None = None, epsilon=1e-12, name: str | None = None, dim=None
) -> Tensor:
    """A tensor divided by the root of its sum of squares, which counts as at least `epsilon`.

    Args:
      x: a tensor of floats.
      axis: an axis or a list of axes; None for all.
      epsilon: the least sum of squares.
      name: a name for the operation.
      dim: the old name of `axis`.

    Returns:
      A tensor of the same shape and dtype.

    >>> tf.math.l2_normalize([3.0, 4.0]).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    axis = one_of("axis", axis, "dim", dim)
    with name_scope(name, "l2_normalize", [x]) as scope:
        x = convert(x, name="x")
        if x.dtype.is_complex:
            total = reduction.reduce_sum(raw_ops.Square(raw_ops.ComplexAbs(x, x.dtype.real_dtype)), axis, True)
            scale = raw_ops.Rsqrt(raw_ops.Maximum(total, epsilon))
            return raw_ops.Mul(x, raw_ops.Cast(scale, x.dtype), scope)
        total = reduction.reduce_sum(raw_ops.Square(x), axis, True)
        return raw_ops.Mul(x, raw_ops.Rsqrt(raw_ops.Maximum(total, epsilon)), scope)


def matrix_transpose(a: TensorLike, name: str | None = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """Exchanges the last two axes.

    Args:
      a: a tensor with at least two axes.
      name: a name for the operation.
      conjugate: whether to conjugate complex numbers too.

    Returns:
      A tensor.

    Raises:
      ValueError: there are fewer axes.

    >>> tf.linalg.matrix_transpose([[1, 2], [3, 4]]).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    with name_scope(name, values=[a]) as scope:
        a = convert(a, name="a")
        op = raw_ops.ConjugateTranspose if conjugate and a.dtype.is_complex else raw_ops.Transpose
        rank = a.shape.rank
        if rank is None:
            count = raw_ops.Rank(a)
            order = raw_ops.ConcatV2(
                [
                    raw_ops.Range(0, raw_ops.Sub(count, 2), 1),
                    raw_ops.Pack([raw_ops.Sub(count, 1), raw_ops.Sub(count, 2)]),
                ],
                0,
            )
        elif rank < 2:
            raise ValueError(
                f"Argument `a` should be a (batch) matrix with rank >= 2.  Received `a` = {a} with shape: {a.shape}"
            )
        else:
            order = [*range(rank - 2), rank - 1, rank - 2]
        return op(a, order, scope)


def adjoint(matrix: TensorLike, name: str | None = None) -> Tensor:
    """Exchanges the last two axes and conjugates complex numbers.

    Args:
      matrix: a tensor with at least two axes.
      name: a name for the operation.

    Returns:
      A tensor.
    """
    return matrix_transpose(matrix, name or "adjoint", True)


def eye(
    num_rows, num_columns=None, batch_shape=None, dtype: DTypeLike = dtypes.float32, name: str | None = None
) -> Tensor:
    """Ones on the diagonal, zeros elsewhere.

    Args:
      num_rows: the number of rows.
      num_columns: the number of columns; as many as rows if it is None.
      batch_shape: leading axes, or None.
      dtype: the dtype.
      name: a name for the operation.

    Returns:
      A tensor [..., num_rows, num_columns].

    >>> tf.eye(2).numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """
    with name_scope(name, "eye", [num_rows, num_columns, batch_shape]):
        rows = convert(num_rows, dtypes.int32)
        columns = rows if num_columns is None else convert(num_columns, dtypes.int32)
        dtype = dtypes.as_dtype(dtype).base_dtype
        one, none = convert(1, dtype), convert(0, dtype)
        matrix = raw_ops.OneHot(raw_ops.Range(0, rows, 1), columns, one, none)
        if batch_shape is None:
            return matrix
        batch = convert(
            TensorShape(batch_shape).as_list() if isinstance(batch_shape, TensorShape) else batch_shape, dtypes.int32
        )
        return raw_ops.BroadcastTo(matrix, raw_ops.ConcatV2([batch, raw_ops.Pack([rows, columns])], 0))


def band_part(input: TensorLike, num_lower, num_upper, name: str | None = None) -> Tensor:
    """Matrices with zeros outside of a band round the diagonal.

    Args:
      input: a tensor [..., n, m].
      num_lower: how many diagonals below stay; negative: all.
      num_upper: how many diagonals above stay; negative: all.
      name: a name for the operation.

    Returns:
      A tensor of the same shape.

    >>> tf.linalg.band_part([[1, 2], [3, 4]], -1, 0).numpy()
    array([[1, 0],
           [3, 4]], dtype=int32)
    """
    return raw_ops.MatrixBandPart(input, num_lower, num_upper, name)


def diag(
    diagonal: TensorLike,
    name: str | None = "diag",
    k=0,
    num_rows=-1,
    num_cols=-1,
    padding_value=0,
    align: str = "RIGHT_LEFT",
) -> Tensor:
    """Matrices with the given diagonals.

    Args:
      diagonal: a tensor [..., n], or [..., count, n] for several diagonals.
      name: a name for the operation.
      k: the diagonal, 0 for the main one, positive above it; or the lowest and the highest of several.
      num_rows: the number of rows; -1 for as many as needed.
      num_cols: the number of columns; -1 for as many as needed.
      padding_value: the value of all other elements.
      align: how shorter diagonals lie in their rows.

    Returns:
      A tensor [..., num_rows, num_cols].

    >>> tf.linalg.diag([1, 2]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    diagonal = convert(diagonal)
    padding = _padding(padding_value, diagonal.dtype)
    return raw_ops.MatrixDiagV3(diagonal, k, num_rows, num_cols, padding, align, name)


def _padding(value, dtype):
    """A number that stands outside of diagonals; for bools it is true or false."""
    return convert(bool(value) if dtype == dtypes.bool and isinstance(value, int) else value, dtype)


def diag_part(
    input: TensorLike, name: str | None = "diag_part", k=0, padding_value=0, align: str = "RIGHT_LEFT"
) -> Tensor:
    """Diagonals of matrices.

    Args:
      input: a tensor [..., n, m].
      name: a name for the operation.
      k: the diagonal, 0 for the main one, positive above it; or the lowest and the highest of several.
      padding_value: what shorter diagonals are filled up with.
      align: how shorter diagonals lie in their rows.

    Returns:
      A tensor [..., length], or [..., count, length] for several diagonals.

    >>> tf.linalg.diag_part([[1, 2], [3, 4]]).numpy()
    array([1, 4], dtype=int32)
    """
    input = convert(input)
    return raw_ops.MatrixDiagPartV3(input, k, _padding(padding_value, input.dtype), align, name)


def set_diag(
    input: TensorLike, diagonal: TensorLike, name: str | None = "set_diag", k=0, align: str = "RIGHT_LEFT"
) -> Tensor:
    """Matrices with other diagonals.

    Args:
      input: a tensor [..., n, m].
      diagonal: a tensor [..., length], or [..., count, length] for several diagonals.
      name: a name for the operation.
      k: the diagonal, 0 for the main one, positive above it; or the lowest and the highest of several.
      align: how shorter diagonals lie in their rows.

    Returns:
      A tensor of the shape of `input`.
    """
    return raw_ops.MatrixSetDiagV3(input, diagonal, k, align, name)


def trace(x: TensorLike, name: str | None = None) -> Tensor:
    """The sum of the main diagonal of matrices.

    Args:
      x: a tensor [..., n, m].
      name: a name for the operation.

    Returns:
      A tensor [...].

    >>> tf.linalg.trace([[1, 2], [3, 4]]).numpy().item()
    5
    """
    with name_scope(name, "Trace", [x]) as scope:
        return raw_ops.Sum(diag_part(x), [-1], False, scope)
