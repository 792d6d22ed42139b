"""Products: squares on one core and on all, skinny ones, batches; and other dtypes."""

from rows import Input, Row, size, typed


def product(*shape, cores=0):
    """[batch,] m, k, n."""
    *batch, m, k, n = [size(s) for s in shape]
    name = "x".join(map(str, shape[-1:] if len(set(shape)) == 1 else shape))
    flop = 2 * m * k * n
    for b in batch:
        flop *= b
    inputs = [Input((*batch, m, k)), Input((*batch, k, n))]
    return Row(
        f"matmul {name}" + (", 1 core" if cores else ""), inputs, lambda p, a, b: p.matmul(a, b), flop=flop,
        traffic=(sum(i.bytes for i in inputs), flop // k * 2), cores=cores,
    )  # fmt: skip


def in_dtype(dtype):
    """A square of another dtype."""
    n = size(512)
    x = [typed((n, n), dtype) for _ in range(2)]
    return Row(f"matmul 512, {dtype}", x, lambda p, a, b: p.matmul(a, b), tolerance=2e-2 if "16" in dtype else 1e-4)


SQUARES = [64, 128, 256, 512, 1024, 2048, 4096]
SKINNY = [
    (1, 1024, 1024),
    (1, 4096, 4096),
    (1024, 1024, 1),
    (8, 1024, 4096),
    (128, 784, 512),
    (64, 4096, 64),
    (4096, 64, 4096),
]
ROWS = [product(n, n, n) for n in SQUARES] + [product(*s) for s in SKINNY] + [product(32, 128, 64, 128)]
ROWS += [product(n, n, n, cores=1) for n in SQUARES]
ROWS += [in_dtype(dtype) for dtype in ("float64", "bfloat16", "float16", "complex64", "int32")]
