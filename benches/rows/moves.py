"""What moves values about: gather, scatter, segments, transposes, slices, sorting; and random numbers."""

from rows import Input, Row, size, typed

TABLE, WIDTH, PICKED = size(200_000, 32), size(64), size(150_000, 16)
N = size(10_000_000, 64)
PICKED_BYTES = 4 * PICKED * WIDTH
INDICES = Input((PICKED,), "index", low=0, high=TABLE, dtype="int32")


SIDE = size(3000)


def transposed(shape, order, name, dtype="float32"):
    """A transpose that copies."""
    x = typed(tuple(size(s) for s in shape), dtype)
    name += "" if dtype == "float32" else f", {dtype}"
    return Row(f"transpose {name}", [x], lambda p, x: p.transpose(x, order), traffic=(x.bytes, x.bytes))


ROWS = [
    Row("gather 150000 rows of 200000x64", [Input((TABLE, WIDTH)), INDICES], lambda p, x, i: p.gather(x, i),
        traffic=(PICKED_BYTES, PICKED_BYTES)),
    Row("scatter-add 150000 rows to 200000x64", [Input((TABLE, WIDTH)), INDICES, Input((PICKED, WIDTH))],
        lambda p, x, i, u: p.scatter_add(x, i, u), traffic=(4 * TABLE * WIDTH + PICKED_BYTES, 4 * TABLE * WIDTH)),
    transposed((3000, 3000), (1, 0), "3000x3000"),
    transposed((32, 56, 56, 64), (0, 3, 1, 2), "32x56x56x64 to NCHW"),
    transposed((32, 128, 8, 64), (0, 2, 1, 3), "32x128x8x64 for attention"),
    transposed((32, 64, 56, 56), (0, 2, 3, 1), "32x64x56x56 to NHWC"),
    transposed((32, 224, 224, 3), (0, 3, 1, 2), "32x224x224x3 to NCHW", "uint8"),
    transposed((4000, 4000), (1, 0), "4000x4000", "float16"), transposed((2000, 2000), (1, 0), "2000x2000", "float64"),
    transposed((100, 200, 30, 20), (3, 2, 1, 0), "100x200x30x20 reversed"),
    Row("gather 2M elements of 10M", [Input((N,)), Input((size(2_000_000, 16),), "index", low=0, high=N, dtype="int32")],
        lambda p, x, i: p.gather(x, i)),
    Row("segment sum of 150000x64 to 1000", [Input((PICKED, WIDTH)), Input((PICKED,), "index", low=0, high=size(1000), dtype="int32")],
        lambda p, x, i: p.segment_sum(x, i, size(1000)), traffic=(PICKED_BYTES, 0)),
    Row("split of 3000x3000 in 4 by columns", [Input((SIDE, SIDE))], lambda p, x: p.split(x, 4, 1), out=("",) * 4,
        traffic=(4 * SIDE * SIDE, 4 * SIDE * SIDE)),
    Row("columns 500..2500 of 3000x3000", [Input((SIDE, SIDE))], lambda p, x: p.columns_of(x, SIDE // 6, SIDE // 6 * 5),
        traffic=(SIDE * SIDE // 3 * 8, SIDE * SIDE // 3 * 8)),
    Row("concat of 2x 5M", [Input((N // 2,))] * 2, lambda p, a, b: p.concat([a, b], 0), traffic=(4 * N, 4 * N)),
    Row("sort 1M", [Input((size(1_000_000, 64),))], lambda p, x: p.sort(x)),
    Row("sort rows 1000x1000", [Input((size(1000), size(1000)))], lambda p, x: p.sort(x)),
    Row("top 10 of rows 1000x10000", [Input((size(1000), size(10_000, 64)))], lambda p, x: p.top_k(x, size(10, 4)),
        traffic=(4 * size(1000) * size(10_000), 0)),
    Row("random uniform 10M", [], lambda p: p.uniform(size(10_000_000, 4096)), check="moments", traffic=(0, 4 * N)),
    Row("random normal 10M", [], lambda p: p.normal(size(10_000_000, 4096)), check="moments", traffic=(0, 4 * N)),
]  # fmt: skip
