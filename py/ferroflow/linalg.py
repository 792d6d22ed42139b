"""Linear algebra: `tf.linalg`."""

from .ops.clipping import global_norm
from .ops.diagonals import tensor_diag, tensor_diag_part
from .ops.matrices import (
    adjoint,
    band_part,
    diag,
    diag_part,
    einsum,
    eye,
    l2_normalize,
    matmul,
    matrix_transpose,
    matvec,
    norm,
    normalize,
    set_diag,
    tensordot,
    trace,
)
from .ops.matrices import matrix_transpose as transpose

__all__ = [
    "adjoint",
    "band_part",
    "diag",
    "diag_part",
    "einsum",
    "eye",
    "global_norm",
    "l2_normalize",
    "matmul",
    "matrix_transpose",
    "matvec",
    "norm",
    "normalize",
    "set_diag",
    "tensor_diag",
    "tensor_diag_part",
    "tensordot",
    "trace",
    "transpose",
]
