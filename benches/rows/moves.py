"""What moves values about: gather, scatter, transposes, sorting; and random numbers."""

from rows import Input, Row, size

TABLE, WIDTH, PICKED = size(200_000, 32), size(64), size(150_000, 16)
N = size(10_000_000, 64)
PICKED_BYTES = 4 * PICKED * WIDTH
INDICES = Input((PICKED,), "index", low=0, high=TABLE, dtype="int32")


def transposed(shape, order, name):
    """A transpose that copies."""
    x = Input(tuple(size(s) for s in shape))
    return Row(f"transpose {name}", [x], lambda p, x: p.transpose(x, order), traffic=(x.bytes, x.bytes))


ROWS = [
    Row("gather 150000 rows of 200000x64", [Input((TABLE, WIDTH)), INDICES], lambda p, x, i: p.gather(x, i),
        traffic=(PICKED_BYTES, PICKED_BYTES)),
    Row("scatter-add 150000 rows to 200000x64", [Input((TABLE, WIDTH)), INDICES, Input((PICKED, WIDTH))],
        lambda p, x, i, u: p.scatter_add(x, i, u), traffic=(4 * TABLE * WIDTH + PICKED_BYTES, 4 * TABLE * WIDTH)),
    transposed((3000, 3000), (1, 0), "3000x3000"),
    transposed((32, 56, 56, 64), (0, 3, 1, 2), "32x56x56x64 to NCHW"),
    transposed((32, 128, 8, 64), (0, 2, 1, 3), "32x128x8x64 for attention"),
    Row("concat of 2x 5M", [Input((N // 2,))] * 2, lambda p, a, b: p.concat([a, b], 0), traffic=(4 * N, 4 * N)),
    Row("sort 1M", [Input((size(1_000_000, 64),))], lambda p, x: p.sort(x)),
    Row("sort rows 1000x1000", [Input((size(1000), size(1000)))], lambda p, x: p.sort(x)),
    Row("top 10 of rows 1000x10000", [Input((size(1000), size(10_000, 64)))], lambda p, x: p.top_k(x, size(10, 4)),
        traffic=(4 * size(1000) * size(10_000), 0)),
    Row("random uniform 10M", [], lambda p: p.uniform(size(10_000_000, 4096)), check="moments", traffic=(0, 4 * N)),
    Row("random normal 10M", [], lambda p: p.normal(size(10_000_000, 4096)), check="moments", traffic=(0, 4 * N)),
]  # fmt: skip
