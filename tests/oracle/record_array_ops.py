"""Prints rust/cpu/tests/data/array.txt: what TensorFlow answers for array ops."""

import ml_dtypes
import numpy as np
import tensorflow as tf
from recording import ALL, f, i32, i64, record, rng


def basic():
    for d in ["float32", "string", "int64"]:
        record("Identity", {"input": f(2, 3, dtype=d)})
    record("IdentityN", {"input": [f(2), i32([1, 2])]})
    record("Fill", {"dims": i32([2, 3]), "value": np.float32(2.5)})
    record("Fill", {"dims": i64([]), "value": np.array(b"ab", object)})
    record("Fill", {"dims": i64([0, 2]), "value": np.int64(3)})
    record("Fill", {"dims": i32([2, 1, 1, 2, 1, 1, 2, 1]), "value": np.complex64(1 + 2j)})
    record("Fill", {"dims": i32([-1]), "value": np.float32(1)})
    record("Fill", {"dims": i32([[1]]), "value": np.float32(1)})
    record("Fill", {"dims": i32([2**31 - 1] * 3), "value": np.float32(1)})
    for d in ALL:
        record("ZerosLike", {"x": f(2, 3, dtype=d)})
        if d != "string":
            record("OnesLike", {"x": f(2, 3, dtype=d)})
    record("EnsureShape", {"input": f(2, 3)}, shape=tf.TensorShape([None, 3]))
    record("EnsureShape", {"input": f(2, 3)}, shape=tf.TensorShape([2, 4]))
    record("Bitcast", {"input": f(2, 3)}, type=tf.int32)
    record("Bitcast", {"input": f(2, 3)}, type=tf.uint8)
    record("Bitcast", {"input": f(3, 2)}, type=tf.float64)
    record("Bitcast", {"input": f(2, 3)}, type=tf.float64)
    record("Bitcast", {"input": f()}, type=tf.float64)


def shapes():
    for shape in [[4, 2], [-1, -1], [-2, 3], [-1, 4], [-1, 0], [[2, 3]], [3, -1], [6], [1, 1, 2, 1, 3, 1, 1, 1]]:
        record("Reshape", {"tensor": f(2, 3), "shape": i32(shape)})
    record("Reshape", {"tensor": f(0, 3), "shape": i32([-1, 0])})
    record("Reshape", {"tensor": f(0, 3), "shape": i64([-1, 3])})
    record("Reshape", {"tensor": f(2, dtype="string"), "shape": i64([2, 1])})
    for shape, axes in [
        ((2, 3), [0]),
        ((2, 3), [2]),
        ((2, 3), [-3]),
        ((1, 2, 1), []),
        ((1, 2, 1), [-1]),
        ((1, 0, 1), [0, 2]),
    ]:
        record("Squeeze", {"input": f(*shape)}, squeeze_dims=axes)
    for axis in [3, -4, 0, -1, 2, [0, 1]]:
        record("ExpandDims", {"input": f(2, 3), "axis": i32(axis)})
    for t in [tf.int32, tf.int64]:
        record("Shape", {"input": f(2, 0, 3)}, out_type=t)
        record("ShapeN", {"input": [f(2, 3), f()]}, out_type=t)
        record("Size", {"input": f(2, 3)}, out_type=t)
    record("Rank", {"input": f(1, 1, 1, 1, 1, 1, 1, 1)})
    for x in [[0, 0], [0, 2], [0, -1], [[0, 1]], [3, 0, 2, 1], []]:
        record("InvertPermutation", {"x": i32(x)})
    for a, b, c in [(0, 3, 0), (0, 3, -1), (3, 0, 1), (0, 10, 3), (5, -5, -3), (2, 2, 1)]:
        record("Range", {"start": i32(a), "limit": i32(b), "delta": i32(c)})
    record("Range", {"start": i32([3, 1]), "limit": i32(0), "delta": i32(1)})
    for d in ["float32", "float64", "float16", "bfloat16"]:
        t = ml_dtypes.bfloat16 if d == "bfloat16" else d
        record("Range", {"start": np.array(1.1, t), "limit": np.array(4, t), "delta": np.array(0.1, t)})
    record("ConcatOffset", {"concat_dim": i32(1), "shape": [i32([2, 3]), i32([2, 5])]})
    record("ConcatOffset", {"concat_dim": i32(2), "shape": [i32([2, 3]), i32([2, 3])]})
    record("ConcatOffset", {"concat_dim": i32(1), "shape": [i32([2, 3]), i32([3, 3])]})
    record("ConcatOffset", {"concat_dim": i32(1), "shape": [i32([2, 3]), i32([3])]})
    for a, b in [([2, 3], [2, 4]), ([[2, 3]], [2, 4]), ([2, 1, 3], [4, 1]), ([], [0]), ([1, 3], [3]), ([2, 1], [2, 1])]:
        record("BroadcastArgs", {"s0": i32(a), "s1": i32(b)})
        record("BroadcastGradientArgs", {"s0": i32(a), "s1": i32(b)})


def joining():
    for d in ALL:
        record("ConcatV2", {"values": [f(2, 3, dtype=d), f(2, 1, dtype=d)], "axis": i32(1)})
        record("Pack", {"values": [f(2, 3, dtype=d), f(2, 3, dtype=d)]}, axis=1)
    for shape, axis in [((2, 3), 2), ((2, 3), -3), ((), 0), ((2, 0), 1)]:
        record("ConcatV2", {"values": [f(*shape), f(*shape)], "axis": i32(axis)})
    record("ConcatV2", {"values": [f(2, 3), f(3, 4)], "axis": i32(0)})
    record("ConcatV2", {"values": [f(2, 3), f(2)], "axis": i32(0)})
    record("ConcatV2", {"values": [f(2), f(2)], "axis": i32([0])})
    record("ConcatV2", {"values": [f(2), f(2)], "axis": i32([0, 1])})
    record("ConcatV2", {"values": [f(1, 2, 1, 1, 2, 1, 1, 2), f(1, 2, 1, 1, 3, 1, 1, 2)], "axis": i64(4)})
    record("Pack", {"values": [f(2, 3), f(2, 3)]}, axis=3)
    record("Pack", {"values": [f(2, 3), f(2, 4)]}, axis=0)
    record("Pack", {"values": [f(), f(), f()]}, axis=-1)
    for shape, num, axis in [
        ((2, 3), 2, 2),
        ((2, 3), 3, 0),
        ((), 1, 0),
        ((2, 3), 3, -1),
        ((2, 0), 2, 0),
        ((1, 2, 1, 1, 2, 1, 1, 2), 2, 4),
    ]:
        record("Unpack", {"value": f(*shape)}, num=num, axis=axis)
    record("Unpack", {"value": f(2, 2, dtype="string")}, num=2, axis=1)
    for axis, shape, n in [
        (2, (2, 3), 2),
        (1, (2, 3), 2),
        (0, (), 1),
        (1, (2, 6), 3),
        (-2, (4, 3), 2),
        (0, (0, 3), 2),
        ([0], (2,), 1),
    ]:
        record("Split", {"axis": i32(axis), "value": f(*shape)}, num_split=n)
    for sizes, axis in [
        ([1, 1], 1),
        ([4, 1], 1),
        ([4, -1], 1),
        ([-1, -1], 1),
        ([-2, 5], 1),
        ([1, 1, 1], 1),
        ([1, 2], 2),
        ([2, -1], -1),
        ([0, 3], 1),
    ]:
        record("SplitV", {"value": f(2, 3), "size_splits": i32(sizes), "axis": i32(axis)}, num_split=2)
    record("SplitV", {"value": f(2, 3), "size_splits": i64([2]), "axis": i32(1)}, num_split=1)


def slicing():
    for d in ALL:
        record("Slice", {"input": f(4, 5, dtype=d), "begin": i32([1, 2]), "size": i32([2, -1])})
        masks = dict(begin_mask=0, end_mask=1, ellipsis_mask=0, new_axis_mask=2, shrink_axis_mask=4)
        record(
            "StridedSlice",
            {"input": f(4, 5, dtype=d), "begin": i32([3, 0, 1]), "end": i32([0, 0, 0]), "strides": i32([-2, 1, 1])},
            **masks,
        )
        record(
            "StridedSliceGrad",
            {
                "shape": i32([4, 5]),
                "begin": i32([3, 0, 1]),
                "end": i32([0, 0, 0]),
                "strides": i32([-2, 1, 1]),
                "dy": f(2, 1, dtype=d),
            },
            **masks,
        )
    for b, s in [
        ([3, 0], [1, 1]),
        ([1, 0], [2, 1]),
        ([-1, 0], [1, 1]),
        ([1, 0], [-2, 1]),
        ([1], [1]),
        ([1, 0], [1]),
        ([2, 3], [0, 0]),
    ]:
        record("Slice", {"input": f(2, 3), "begin": i32(b), "size": i32(s)})
    record("Slice", {"input": f(), "begin": i32([]), "size": i32([])})
    record(
        "Slice",
        {
            "input": f(2, 1, 3, 1, 2, 1, 1, 2),
            "begin": i64([0, 0, 1, 0, 0, 0, 0, 1]),
            "size": i64([2, 1, 2, 1, -1, 1, 1, 1]),
        },
    )
    zero = dict(begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0)
    bad = [
        ([2], [3], [1], dict(shrink_axis_mask=1)),
        ([0, -4], [3, 1], [1, 1], dict(shrink_axis_mask=2)),
        ([0], [3], [0], {}),
        ([0, 0, 0], [3, 1, 1], [1, 1, 1], {}),
        ([0], [1], [-1], dict(shrink_axis_mask=1)),
        ([0, 0], [1, 1], [1, 1], dict(ellipsis_mask=3)),
        ([0, 0], [1], [1], {}),
        ([[0]], [[1]], [[1]], {}),
    ]
    for b, e, s, m in bad:
        record("StridedSlice", {"input": f(2, 3), "begin": i32(b), "end": i32(e), "strides": i32(s)}, **{**zero, **m})
    record("StridedSlice", {"input": f(), "begin": i32([0]), "end": i32([1]), "strides": i32([1])}, **zero)
    record(
        "StridedSliceGrad",
        {"shape": i32([4]), "begin": i32([0]), "end": i32([2]), "strides": i32([1]), "dy": f(3)},
        **zero,
    )
    # Random indices with random masks.
    for _ in range(150):
        rank = int(rng.integers(0, 5))
        n = int(rng.integers(0, rank + 2))
        shape = tuple(int(x) for x in rng.integers(0, 5, rank))
        masks = {k: int(rng.integers(0, 2**n)) if rng.random() < 0.5 else 0 for k in zero}
        if masks["ellipsis_mask"]:
            masks["ellipsis_mask"] = 1 << int(rng.integers(0, n)) if n else 0
        b, e = rng.integers(-6, 7, n), rng.integers(-6, 7, n)
        s = rng.choice([-3, -2, -1, 1, 1, 1, 2, 3], n)
        kind = np.int64 if rng.random() < 0.5 else np.int32
        x = np.arange(int(np.prod(shape)), dtype=np.int16).reshape(shape)
        record(
            "StridedSlice",
            {"input": x, "begin": b.astype(kind), "end": e.astype(kind), "strides": s.astype(kind)},
            **masks,
        )


def moving():
    for d in ALL:
        record("Transpose", {"x": f(2, 3, 4, dtype=d), "perm": i32([2, 0, 1])})
        record("BroadcastTo", {"input": f(2, 1, dtype=d), "shape": i32([2, 2, 3])})
    for d in [x for x in ALL if x.startswith(("float", "int", "comp", "str", "bool"))]:
        record("Tile", {"input": f(2, 3, dtype=d), "multiples": i32([2, 2])})
    record("ConjugateTranspose", {"x": f(2, 3, dtype="complex64"), "perm": i64([1, 0])})
    record("ConjugateTranspose", {"x": f(2, 3, dtype="complex128"), "perm": i32([1, 0])})
    record("ConjugateTranspose", {"x": f(2, 3), "perm": i32([1, 0])})
    for p in [[1], [1, 1], [1, 2], [1, -2], [1, -3], [[1, 0]], 1]:
        record("Transpose", {"x": f(2, 3), "perm": i32(p)})
    record("Transpose", {"x": f(), "perm": i32([])})
    record("Transpose", {"x": f(0, 3), "perm": i32([1, 0])})
    record("Transpose", {"x": f(1, 2, 3, 1, 2, 1, 2, 2), "perm": i32([7, 2, 0, 6, 1, 5, 4, 3])})
    record("Transpose", {"x": f(35, 40, dtype="uint8"), "perm": i32([1, 0])})
    record("Transpose", {"x": f(3, 20, 19, dtype="uint16"), "perm": i32([2, 0, 1])})
    for s in [[2, 4], [3], [-1, 3], [[2, 3]], [1, 2, 1, 1, 1, 2, 2, 3], [0, 2, 3]]:
        record("BroadcastTo", {"input": f(2, 3), "shape": i32(s)})
    for m in [[1], [1, -1], [[1, 1]], [0, 2], [3, 1]]:
        record("Tile", {"input": f(2, 3), "multiples": i32(m)})
    record("Tile", {"input": f(), "multiples": i32([])})
    record("Tile", {"input": f(1, 2, 1, 1, 2, 1, 1, 2), "multiples": i32([2, 1, 2, 1, 1, 1, 3, 2])})


def gathers():
    for d in ALL:
        record("GatherV2", {"params": f(4, 3, dtype=d), "indices": i32([3, 0, 3]), "axis": i32(0)}, batch_dims=0)
        record("GatherV2", {"params": f(2, 4, dtype=d), "indices": i64([[3, 0], [1, 1]]), "axis": i32(1)}, batch_dims=1)
    for shape, at, axis, b in [
        ((3, 2), [5], 0, 0),
        ((3, 2), [[0, 1], [1, -1]], 0, 0),
        ((2, 3), [[0, 1], [1, 7]], 1, 1),
        ((3, 2), [1], 2, 0),
        ((3, 2), [1], -3, 0),
        ((3, 2), [1], [0, 1], 0),
        ((3, 2), [[1]], 0, 1),
        ((3, 2), [1], 1, 2),
        ((3, 2), [1], 1, -2),
        ((3, 2), [[1]], 1, 1),
        ((), [1], 0, 0),
        ((0, 2), [0], 0, 0),
        ((3, 2), 2, 0, 0),
        ((3, 2, 2), [[0, 1]] * 3, 2, -1),
        ((2, 3, 4, 2), [[1, 3, 0], [2, 2, 2]], 2, 1),
        ((3,), 5, 0, 0),
        ((0, 2), [], 0, 0),
        ((3, 0), [2, 1], 0, 0),
    ]:
        record("GatherV2", {"params": f(*shape), "indices": i32(at), "axis": i32(axis)}, batch_dims=b)


def selects():
    for d in ALL[:-1]:
        if d == "float16":
            continue  # TensorFlow registers it and then refuses it
        x = f(3, 4, dtype=d)
        x[1, 2] = 0
        record("Where", {"condition": x})
    record("Where", {"condition": np.array(True)})
    record("Where", {"condition": np.array([0.0, -0.0, np.nan, np.inf, 1e-30], np.float32)})
    record("Where", {"condition": f(0, 2)})
    record("Where", {"condition": f(1, 2, 2, 1, 2, 1, 1, 2, dtype="bool")})


def padding():
    for d in ALL:
        record("Pad", {"input": f(2, 3, dtype=d), "paddings": i32([[1, 0], [2, 1]])})
        record("PadV2", {"input": f(2, 2, dtype=d), "paddings": i64([[0, 1], [1, 0]]), "constant_values": f(dtype=d)})
        record("MirrorPad", {"input": f(3, 3, dtype=d), "paddings": i32([[2, 1], [0, 2]])}, mode="REFLECT")
        record("ReverseV2", {"tensor": f(2, 3, dtype=d), "axis": i32([1])})
        record("ReverseSequence", {"input": f(2, 4, dtype=d), "seq_lengths": i64([3, 2])}, seq_dim=1, batch_dim=0)
        if d not in ("bool", "string"):
            record("MirrorPadGrad", {"input": f(6, 5, dtype=d), "paddings": i32([[2, 1], [0, 2]])}, mode="REFLECT")
    for p in [[[0, 1]], [0, 1], [[0, 1], [-1, 0]], [[0, 0], [0, 0]], [[2, 3], [1, 1]]]:
        record("Pad", {"input": f(2, 3), "paddings": i32(p)})
        record("PadV2", {"input": f(2, 3), "paddings": i32(p), "constant_values": np.float32(7)})
        for mode in ["REFLECT", "SYMMETRIC"]:
            record("MirrorPad", {"input": f(2, 3), "paddings": i32(p)}, mode=mode)
    record("Pad", {"input": f(), "paddings": np.zeros((0, 2), np.int32)})
    record("Pad", {"input": f(0, 2), "paddings": i32([[1, 1], [0, 1]])})
    record("Pad", {"input": f(1, 2, 1, 1, 2, 1), "paddings": i32([[0, 1]] * 6)})
    record("PadV2", {"input": f(2), "paddings": i32([[0, 1]]), "constant_values": f(1)})
    for shape, p in [
        ((2, 3), [[0, 2], [0, 0]]),
        ((2, 3), [[0, 3], [0, 0]]),
        ((4, 3), [[1, 2], [0, 0]]),
        ((4,), [[1, 1]]),
        ((5, 6), [[2, 1], [2, 2]]),
        ((3, 4, 3), [[1, 0], [0, 1], [1, 1]]),
    ]:
        for mode in ["REFLECT", "SYMMETRIC"]:
            record("MirrorPad", {"input": f(*shape), "paddings": i32(p)}, mode=mode)
            record("MirrorPadGrad", {"input": f(*shape), "paddings": i32(p)}, mode=mode)
    for axis in [[2], [0, 0], [-2, 0], [[0]], 0, [], [0, -1]]:
        record("ReverseV2", {"tensor": f(2, 3), "axis": i32(axis)})
    record("ReverseV2", {"tensor": f(), "axis": i32([])})
    record("ReverseV2", {"tensor": f(0, 3), "axis": i32([0])})
    record("ReverseV2", {"tensor": f(1, 2, 1, 3, 2, 1, 1, 2), "axis": i64([3, 7])})
    record("ReverseV2", {"tensor": f(1, 1, 1, 1, 1, 1, 1, 1, 1), "axis": i64([3, 7])})
    for n, kw in [
        ([1, 4], dict(seq_dim=1)),
        ([1, -1], dict(seq_dim=1)),
        ([1, 2, 3], dict(seq_dim=1)),
        ([[1, 2]], dict(seq_dim=1)),
        ([1, 2], dict(seq_dim=0)),
        ([1, 2], dict(seq_dim=2)),
        ([1, 2], dict(seq_dim=1, batch_dim=2)),
        ([1, 2], dict(seq_dim=-1)),
    ]:
        record("ReverseSequence", {"input": f(2, 3), "seq_lengths": i32(n)}, **{"batch_dim": 0, **kw})
    record("ReverseSequence", {"input": f(4, 2, 3), "seq_lengths": i32([4, 1, 2])}, seq_dim=0, batch_dim=2)


def scatters():
    for d in ALL:
        record("GatherNd", {"params": f(3, 4, dtype=d), "indices": i32([[0, 1], [2, 3]])})
        record(
            "TensorScatterUpdate", {"tensor": f(4, 2, dtype=d), "indices": i32([[3], [0]]), "updates": f(2, 2, dtype=d)}
        )
        if d != "string":
            record(
                "ScatterNd", {"indices": i64([[3, 1], [0, 0], [3, 1]]), "updates": f(3, dtype=d), "shape": i64([5, 2])}
            )
        if d not in ("string", "bool"):
            ops = ["Add", "Sub"] + ([] if d.startswith("complex") else ["Min", "Max"])
            for op in ops:
                record(
                    "TensorScatter" + op,
                    {"tensor": f(4, 2, dtype=d), "indices": i32([[3], [0], [3]]), "updates": f(3, 2, dtype=d)},
                )
    for shape, at in [
        ((3, 2), [[0, 5]]),
        ((3, 2), [[0, 0, 0]]),
        ((), [[0]]),
        ((3, 2), 0),
        ((0, 2), [[0]]),
        ((3, 2), [[[0, 1]], [[7, 0]]]),
        ((3, 2), [[-1]]),
        ((3,), [[1], [1]]),
    ]:
        record("GatherNd", {"params": f(*shape), "indices": i32(at)})
    record("GatherNd", {"params": f(3, 2), "indices": np.zeros((2, 0), np.int32)})
    record("GatherNd", {"params": f(3, 2), "indices": np.zeros((0, 1), np.int32)})
    record("GatherNd", {"params": f(2, 1, 2, 1, 2, 1, 2), "indices": i64([[1, 0, 1, 0, 1, 0, 1]])})
    record("GatherNd", {"params": f(3, 2), "indices": i32([[0], [9]])}, bad_indices_policy="IGNORE")
    for at, up, shape in [
        ([[5]], (1,), [3]),
        ([[0, 0]], (1,), [3]),
        ([[0]], (2,), [3]),
        ([[0]], (1, 2), [3]),
        (0, (), [3]),
        ([[0]], (1,), [[3]]),
        ([[0]], (1,), [0]),
        ([[0]], (1,), [-1]),
        ([[0], [1]], (2, 2), [3, 3]),
        ([[1], [1]], (2, 2), [3, 2]),
    ]:
        record("ScatterNd", {"indices": i32(at), "updates": f(*up), "shape": i32(shape)})
    record("ScatterNd", {"indices": np.zeros((0, 1), np.int32), "updates": f(0), "shape": i32([4])})
    record("ScatterNd", {"indices": i32([[0], [1]]), "updates": f(2, dtype="string"), "shape": i32([3])})
    for shape, at, up in [
        ((3,), [[5]], (1,)),
        ((3,), [[0], [-1]], (2,)),
        ((3,), [[0]], (2,)),
        ((1,), 0, ()),
        ((1, 1), [[0, 0, 0]], (1,)),
        ((2, 3), [[1]], (1, 2)),
    ]:
        record("TensorScatterUpdate", {"tensor": f(*shape), "indices": i32(at), "updates": f(*up)})
        record("TensorScatterAdd", {"tensor": f(*shape), "indices": i32(at), "updates": f(*up)})


def more_selects():
    for d in ALL:
        if d.startswith("complex"):
            continue
        x = f(7, dtype=d)
        x = x[[0, 3, 1, 0, 3, 5, 0]]
        if d not in ("bool",):
            record("ListDiff", {"x": x, "y": x[[1]]}, out_idx=tf.int64)
        record("Unique", {"x": x}, out_idx=tf.int32)
        record("UniqueWithCounts", {"x": x}, out_idx=tf.int64)
    record("Unique", {"x": i32([[1]])}, out_idx=tf.int32)
    record("Unique", {"x": np.array([1, np.nan, np.nan, 0.0, -0.0], np.float32)}, out_idx=tf.int32)
    record("Unique", {"x": i32([])}, out_idx=tf.int32)
    record("ListDiff", {"x": i32([[1]]), "y": i32([1])}, out_idx=tf.int32)
    record("ListDiff", {"x": i32([1]), "y": i32([[1]])}, out_idx=tf.int32)
    record("ListDiff", {"x": i32([1, 2, 2, 3]), "y": i32([1])}, out_idx=tf.int32)
    record("ListDiff", {"x": i32([]), "y": i32([1])}, out_idx=tf.int32)
    for d in ALL:
        on, off = f(dtype=d), f(dtype=d)
        record("OneHot", {"indices": i32([0, 2, -1, 5]), "depth": i32(3), "on_value": on, "off_value": off}, axis=-1)
        record(
            "OneHot",
            {"indices": i64([[0, 1, 1], [1, 2, 0]]), "depth": i32(3), "on_value": on, "off_value": off},
            axis=1,
        )
    for kind in [np.uint8, np.int8]:
        record(
            "OneHot", {"indices": np.array([[0, 1]], kind), "depth": i32(2), "on_value": f(), "off_value": f()}, axis=0
        )
    for depth, on, off, axis in [
        (-1, (), (), -1),
        ([1], (), (), -1),
        (2, (2,), (), -1),
        (2, (), (2,), -1),
        (2, (), (), 2),
        (2, (), (), -2),
        (0, (), (), -1),
    ]:
        record(
            "OneHot", {"indices": i32([0]), "depth": i32(depth), "on_value": f(*on), "off_value": f(*off)}, axis=axis
        )
    record("OneHot", {"indices": i32([]), "depth": i32(3), "on_value": f(), "off_value": f()}, axis=-1)
    record("OneHot", {"indices": i32(1), "depth": i32(3), "on_value": f(), "off_value": f()}, axis=0)
    for d in ALL:
        record("DynamicPartition", {"data": f(4, 2, dtype=d), "partitions": i32([1, 0, 1, 1])}, num_partitions=3)
        record(
            "DynamicStitch", {"indices": [i32([0, 2]), i32([[1, 2]])], "data": [f(2, 2, dtype=d), f(1, 2, 2, dtype=d)]}
        )
    for shape, p in [((2,), [0, 2]), ((2,), [0, -1]), ((2,), [0, 1, 1]), ((1, 2), [[0, 1]]), ((2,), 0), ((0, 2), [])]:
        record("DynamicPartition", {"data": f(*shape), "partitions": i32(p)}, num_partitions=2)
    for at, data in [
        ([[0, 2], [1]], [(2,), (1,)]),
        ([[0, 3]], [(2,)]),
        ([[0, -1]], [(2,)]),
        ([[0, 1]], [(3,)]),
        ([[0], [1]], [(1, 2), (1, 1)]),
        ([[]], [(0,)]),
        ([0, [1]], [(3,), (1, 3)]),
    ]:
        record("DynamicStitch", {"indices": [i32(a) for a in at], "data": [f(*s) for s in data]})
    for op in ["LowerBound", "UpperBound"]:
        for d in ALL:
            if d.startswith(("bool", "complex", "string")):
                continue
            record(op, {"sorted_inputs": np.sort(f(2, 6, dtype=d), -1), "values": f(2, 4, dtype=d)}, out_type=tf.int32)
        for a, v in [
            ([1.0, 2], [[1.0]]),
            ([[1.0, 2]], [[1.0], [2.0]]),
            ([[1.0, 2]], [1.0]),
            ([[1.0, 2, np.nan]], [[1.0, 2, np.nan, 0, 9]]),
            ([[1, 2, 2, 2, 3]], [[2, 0, 9]]),
        ]:
            record(op, {"sorted_inputs": np.array(a, np.float32), "values": np.array(v, np.float32)}, out_type=tf.int64)


def diagonals():
    aligns = ["LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT"]
    for d in ALL[:-1]:
        record(
            "MatrixDiagV3",
            {
                "diagonal": f(2, 2, dtype=d),
                "k": i32(1),
                "num_rows": i32(-1),
                "num_cols": i32(-1),
                "padding_value": f(dtype=d),
            },
            align="RIGHT_LEFT",
        )
        record(
            "MatrixDiagPartV3",
            {"input": f(2, 3, 4, dtype=d), "k": i32([-1, 1]), "padding_value": f(dtype=d)},
            align="RIGHT_LEFT",
        )
        record(
            "MatrixSetDiagV3", {"input": f(3, 4, dtype=d), "diagonal": f(3, dtype=d), "k": i32(0)}, align="RIGHT_LEFT"
        )
        record("MatrixBandPart", {"input": f(2, 3, 4, dtype=d), "num_lower": i64(1), "num_upper": i64(0)})
    for align in aligns:
        for rows, columns in [(3, 4), (4, 3), (3, 3), (1, 4)]:
            for lo, hi in [(-2, 2), (-1, 0), (0, 1), (1, 2), (-2, -1), (0, 0)]:
                if lo <= -rows or hi >= columns:
                    continue
                x = f(2, rows, columns)
                k = i32([lo, hi]) if lo != hi else i32(lo)
                record("MatrixDiagPartV3", {"input": x, "k": k, "padding_value": np.float32(9)}, align=align)
                longest = min(rows + min(hi, 0), columns - max(lo, 0))
                shape = (2, hi - lo + 1, longest) if lo != hi else (2, longest)
                record("MatrixSetDiagV3", {"input": x, "diagonal": f(*shape), "k": k}, align=align)
                record(
                    "MatrixDiagV3",
                    {
                        "diagonal": f(*shape),
                        "k": k,
                        "num_rows": i32(rows),
                        "num_cols": i32(columns),
                        "padding_value": np.float32(7),
                    },
                    align=align,
                )
    for shape, k in [((2, 3), 3), ((2, 3), [1, 0]), ((2, 3), [0, 1, 2]), ((2, 3), -2), ((2, 3), [-1, 3]), ((2,), 0)]:
        record(
            "MatrixDiagPartV3", {"input": f(*shape), "k": i32(k), "padding_value": np.float32(0)}, align="RIGHT_LEFT"
        )
    for diagonal, k in [((1,), 0), ((1, 2), 0), ((2,), [0, 1]), ((2,), 2)]:
        record("MatrixSetDiagV3", {"input": f(2, 2), "diagonal": f(*diagonal), "k": i32(k)}, align="RIGHT_LEFT")
    for n, k, r, c in [
        ((2,), 0, 1, 2),
        ((2,), 0, 3, 3),
        ((), 0, -1, -1),
        ((2,), 1, 1, -1),
        ((2,), 1, 2, 3),
        ((2,), 1, 4, -1),
        ((2,), 1, 4, 4),
        ((2,), 0, 2, 1),
        ((2,), -1, -1, 4),
        ((2, 2), [0, 1], -1, -1),
        ((2, 2), [-1, 0], -1, 2),
        ((0,), 0, -1, -1),
    ]:
        record(
            "MatrixDiagV3",
            {"diagonal": f(*n), "k": i32(k), "num_rows": i32(r), "num_cols": i32(c), "padding_value": np.float32(9)},
            align="RIGHT_LEFT",
        )
    for shape, lo, hi in [
        ((2, 3), 3, 0),
        ((2, 3), 0, 4),
        ((2,), 0, 0),
        ((2, 3), -1, -1),
        ((4, 3), 1, 1),
        ((0, 3), -1, 0),
        ((1, 2, 1, 1, 2, 1, 3, 2), 1, 0),
    ]:
        record("MatrixBandPart", {"input": f(*shape), "num_lower": i64(lo), "num_upper": i64(hi)})
    record("MatrixBandPart", {"input": f(2, 2), "num_lower": i64([0, 1]), "num_upper": i64(0)})


for family in [basic, shapes, joining, slicing, moving, gathers, selects, padding, scatters, more_selects, diagonals]:
    family()
