"""Recipes: one valid call for each op whose entry in the op table names test files of its own.

An argument of a recipe is an array, a plain value, or a marker below that becomes a variable, an iterator, a dataset or a function.
"""

import atexit
import itertools
import shutil
import tempfile
from dataclasses import dataclass

import numpy as np

import ferroflow as tf
from ferroflow.framework import py_function


@dataclass
class Var:
    """The handle of an eager variable of the dtype under test."""

    shape: tuple = (2, 3)


@dataclass
class Ref:
    """A reference variable; the op then runs in a session."""

    shape: tuple = (2, 3)


@dataclass
class QueueRef(Ref):
    """A reference to an empty queue."""


@dataclass
class List:
    """The handle of a tensor list of the dtype under test, with so many elements of shape [2]; `batch`: a vector of one."""

    count: int = 3
    batch: bool = False


@dataclass
class Encoded:
    """The variant or string that an op makes of the arguments of its recipe, of the dtypes under test."""

    op: str


@dataclass
class Maker:
    """What a function makes anew for each call: a dataset, an iterator, the name of a function."""

    make: object


def f(*shape):
    """Positive numbers."""
    return np.ones(shape, np.float32)


def n(value):
    """Integers of 64 bits, as an array."""
    return np.array(value, np.int64)


def i(value):
    """Integers of 32 bits, as an array."""
    return np.array(value, np.int32)


def t(value):
    """A string tensor."""
    return np.array(value, object)


def numbers(count=4):
    """A dataset of the first integers."""
    return Maker(lambda: tf.data.Dataset.range(count)._variant_tensor)


def queue(closed=True):
    """The handle of a queue without limit: closed and with elements, so that nothing waits for it, or open and empty."""
    raw = tf.raw_ops
    handle = raw.FIFOQueueV2(component_types=[tf.float32], shapes=[[2]])
    if closed:
        raw.QueueEnqueueManyV2(handle=handle, components=[f(3, 2)])
        raw.QueueCloseV2(handle=handle)
    return handle


CLOSED, OPEN = Maker(queue), Maker(lambda: queue(closed=False))
TAKEN = {"component_types": [tf.float32]}


def saved():
    """The prefix of a checkpoint with a tensor `a`."""
    prefix = tf.constant(f"{FOLDER}/checkpoint")
    tf.raw_ops.SaveV2(prefix=prefix, tensor_names=["a"], shape_and_slices=[""], tensors=[f(2)])
    return prefix


FOLDER = tempfile.mkdtemp()
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
ECHO = py_function.register(lambda x: x)
COUNTER = itertools.count()
KEPT = iter(tf.data.Dataset.range(4))
ITERATOR = Maker(lambda: iter(tf.data.Dataset.range(4))._iterator_resource)
PAIRS = Maker(lambda: tf.data.Dataset.range(4).batch(2)._variant_tensor)
OPTIONAL = Maker(lambda: tf.raw_ops.OptionalFromValue(components=[f(2)]))
SEEDS = Maker(lambda: tf.raw_ops.AnonymousSeedGenerator(seed=1, seed2=2, reshuffle=True)[0])
BATCHES = {"output_types": [tf.int64], "output_shapes": [[None]]}

ITEMS = {"output_types": [tf.int64], "output_shapes": [[]]}
IMAGE = f(1, 4, 4, 2)
VOLUME = f(1, 3, 4, 4, 2)
WINDOW3D = {"ksize": [1, 2, 2, 2, 1], "strides": [1] * 5, "padding": "VALID"}
CONV3D = {"strides": [1] * 5, "padding": "SAME"}
WINDOW = {"ksize": [1, 2, 2, 1], "strides": [1, 1, 1, 1], "padding": "VALID"}
CONV = {"strides": [1, 1, 1, 1], "padding": "SAME"}
SEEDED = {"shape": i([2, 3]), "seed": i([1, 2])}
KEYED = {"shape": i([2, 3]), "key": np.array([1], np.uint64), "counter": np.array([1, 2], np.uint64), "alg": i(1)}
LIMITS = {"minval": i(0), "maxval": i(9)}

TWO = i([2])
PLAIN_FILE = {"compression_type": t(b""), "buffer_size": n(0)}
SPLITS = [n([0, 1, 3])]
STATISTICS = {"scale": f(2), "mean": f(2), "variance": f(2)}
NORMED = {"y_backprop": IMAGE, "x": IMAGE, "scale": f(2), "reserve_space_1": f(2), "reserve_space_2": f(2)}
SPARSE = {"sparse_indices": n([[0, 1], [1, 0]]), "sparse_values": f(2), "sparse_shape": n([2, 3])}
RECIPES = {
    "RaggedTensorToVariant": {"rt_nested_splits": SPLITS, "rt_dense_values": f(3), "batched_input": True},
    "RaggedTensorFromVariant": {
        "encoded_ragged": Encoded("RaggedTensorToVariant"),
        "input_ragged_rank": 0,
        "output_ragged_rank": 1,
        "Tvalues": tf.float32,
        "Tsplits": tf.int64,
    },
    "RaggedTensorToVariantGradient": {
        "encoded_ragged_grad": Encoded("RaggedTensorToVariant"),
        "row_splits": n([0, 1, 3]),
        "dense_values_shape": i([3]),
        "Tvalues": tf.float32,
    },
    "RaggedRange": {"starts": f(2), "limits": f(2), "deltas": f(2)},
    "RaggedGather": {
        "params_nested_splits": SPLITS,
        "params_dense_values": f(3),
        "indices": i([1, 0]),
        "OUTPUT_RAGGED_RANK": 1,
    },
    "RaggedTensorToSparse": {"rt_nested_splits": SPLITS, "rt_dense_values": f(3)},
    "RaggedTensorToTensor": {
        "shape": n([2, 2]),
        "values": f(3),
        "default_value": f(),
        "row_partition_tensors": SPLITS,
        "row_partition_types": ["ROW_SPLITS"],
    },
    "SerializeSparse": {**SPARSE, "out_type": tf.string},
    "SerializeManySparse": {**SPARSE, "out_type": tf.string},
    "DeserializeSparse": {"serialized_sparse": Encoded("SerializeSparse"), "dtype": tf.float32},
    "DenseToSparseBatchDataset": {
        "input_dataset": PAIRS,
        "batch_size": n(2),
        "row_shape": n([2]),
        "output_types": [tf.variant],
        "output_shapes": [None],
    },
    "EmptyTensorList": {"element_shape": TWO, "max_num_elements": i(-1), "element_dtype": tf.float32},
    "TensorListReserve": {"element_shape": TWO, "num_elements": i(3), "element_dtype": tf.float32},
    "TensorListPushBack": {"input_handle": List(), "tensor": f(2)},
    "TensorListPopBack": {"input_handle": List(), "element_shape": TWO, "element_dtype": tf.float32},
    "TensorListGetItem": {"input_handle": List(), "index": i(1), "element_shape": TWO, "element_dtype": tf.float32},
    "TensorListSetItem": {"input_handle": List(), "index": i(1), "item": f(2)},
    "TensorListStack": {"input_handle": List(), "element_shape": TWO, "element_dtype": tf.float32},
    "TensorListFromTensor": {"tensor": f(3, 2), "element_shape": TWO},
    "TensorListLength": {"input_handle": List()},
    "TensorListResize": {"input_handle": List(), "size": i(5)},
    "TensorListElementShape": {"input_handle": List(), "shape_type": tf.int32},
    "TensorListConcat": {"input_handle": List(), "element_dtype": tf.float32},
    "TensorListConcatV2": {
        "input_handle": List(),
        "element_shape": TWO,
        "leading_dims": n([]),
        "element_dtype": tf.float32,
    },
    "TensorListSplit": {"tensor": f(3), "element_shape": i([-1]), "lengths": n([1, 2])},
    "TensorListGather": {
        "input_handle": List(),
        "indices": i([0, 2]),
        "element_shape": TWO,
        "element_dtype": tf.float32,
    },
    "TensorListScatter": {"tensor": f(2, 2), "indices": i([0, 2]), "element_shape": TWO},
    "TensorListScatterV2": {"tensor": f(2, 2), "indices": i([0, 2]), "element_shape": TWO, "num_elements": i(-1)},
    "TensorListScatterIntoExistingList": {"input_handle": List(), "tensor": f(2, 2), "indices": i([0, 2])},
    "TensorListConcatLists": {"input_a": List(), "input_b": List(), "element_dtype": tf.float32},
    "TensorListPushBackBatch": {"input_handles": List(batch=True), "tensor": f(1, 2)},
    "AsString": {"input": f(3)},
    "Assert": {"condition": np.array(True), "data": [f(2)]},
    "AvgPool": {"value": IMAGE, **WINDOW},
    "AvgPool3D": {"input": VOLUME, **WINDOW3D},
    "AvgPool3DGrad": {"orig_input_shape": i([1, 3, 4, 4, 2]), "grad": f(1, 2, 3, 3, 2), **WINDOW3D},
    "AvgPoolGrad": {"orig_input_shape": i([1, 4, 4, 2]), "grad": f(1, 3, 3, 2), **WINDOW},
    "Conv2D": {"input": IMAGE, "filter": f(2, 2, 2, 3), **CONV},
    "Conv2DBackpropFilter": {"input": IMAGE, "filter_sizes": i([2, 2, 2, 3]), "out_backprop": f(1, 4, 4, 3), **CONV},
    "Conv3D": {"input": VOLUME, "filter": f(2, 2, 2, 2, 3), **CONV3D},
    "Conv3DBackpropFilterV2": {
        "input": VOLUME,
        "filter_sizes": i([2, 2, 2, 2, 3]),
        "out_backprop": f(1, 3, 4, 4, 3),
        **CONV3D,
    },
    "Conv3DBackpropInputV2": {
        "input_sizes": i([1, 3, 4, 4, 2]),
        "filter": f(2, 2, 2, 2, 3),
        "out_backprop": f(1, 3, 4, 4, 3),
        **CONV3D,
    },
    "Conv2DBackpropInput": {
        "input_sizes": i([1, 4, 4, 2]),
        "filter": f(2, 2, 2, 3),
        "out_backprop": f(1, 4, 4, 3),
        **CONV,
    },
    "DepthwiseConv2dNative": {"input": IMAGE, "filter": f(2, 2, 2, 2), **CONV},
    "DepthwiseConv2dNativeBackpropFilter": {
        "input": IMAGE,
        "filter_sizes": i([2, 2, 2, 2]),
        "out_backprop": f(1, 4, 4, 4),
        **CONV,
    },
    "DepthwiseConv2dNativeBackpropInput": {
        "input_sizes": i([1, 4, 4, 2]),
        "filter": f(2, 2, 2, 2),
        "out_backprop": f(1, 4, 4, 4),
        **CONV,
    },
    "FakeParam": {"dtype": tf.float32, "shape": [2]},
    **{f"FusedBatchNorm{version}": {"x": IMAGE, "offset": f(2), **STATISTICS} for version in ("", "V2", "V3")},
    "FusedBatchNormGrad": NORMED,
    "FusedBatchNormGradV2": NORMED,
    "FusedBatchNormGradV3": {**NORMED, "reserve_space_3": f(2)},
    "HistogramSummary": {"tag": t("a"), "values": f(3)},
    "ImageSummary": {"tag": t("a"), "tensor": f(1, 2, 2, 3), "bad_color": np.array([255, 0, 0, 255], np.uint8)},
    "PreventGradient": {"input": f(2, 3)},
    "MatrixDiagPartV3": {"input": f(2, 3), "k": i(0), "padding_value": f()},
    "MatrixDiagV3": {"diagonal": f(3), "k": i(0), "num_rows": i(-1), "num_cols": i(-1), "padding_value": f()},
    "MatrixSetDiagV3": {"input": f(3, 3), "diagonal": f(3), "k": i(0)},
    "MaxPool": {"input": IMAGE, **WINDOW},
    "MaxPool3D": {"input": VOLUME, **WINDOW3D},
    "MaxPool3DGrad": {"orig_input": VOLUME, "orig_output": f(1, 2, 3, 3, 2), "grad": f(1, 2, 3, 3, 2), **WINDOW3D},
    "MaxPool3DGradGrad": {"orig_input": VOLUME, "orig_output": f(1, 2, 3, 3, 2), "grad": VOLUME, **WINDOW3D},
    "MaxPoolWithArgmax": {"input": IMAGE, **WINDOW},
    "MaxPoolGradWithArgmax": {"input": IMAGE, "grad": f(1, 3, 3, 2), "argmax": n(np.zeros([1, 3, 3, 2])), **WINDOW},
    "MaxPoolGrad": {"orig_input": IMAGE, "orig_output": f(1, 3, 3, 2), "grad": f(1, 3, 3, 2), **WINDOW},
    "MaxPoolGradGrad": {"orig_input": IMAGE, "orig_output": f(1, 3, 3, 2), "grad": IMAGE, **WINDOW},
    "MergeSummary": {"inputs": [t(b"")]},
    "MirrorPadGrad": {"input": f(4), "paddings": i([[1, 1]]), "mode": "REFLECT"},
    "Multinomial": {"logits": f(2, 3), "num_samples": i(2)},
    "NoOp": {},
    "RandomShuffle": {"value": f(3)},
    "RandomStandardNormal": {"shape": i([2]), "dtype": tf.float32},
    "RandomUniform": {"shape": i([2]), "dtype": tf.float32},
    "TruncatedNormal": {"shape": i([2]), "dtype": tf.float32},
    "RandomUniformInt": {"shape": i([2]), **LIMITS},
    "ReduceJoin": {"inputs": t(["a", "b"]), "reduction_indices": i([0])},
    "ScalarSummary": {"tags": t("a"), "values": f()},
    "ShardedFilename": {"basename": t("a"), "shard": i(0), "num_shards": i(2)},
    "StatelessMultinomial": {"logits": f(2, 3), "num_samples": i(2), "seed": i([1, 2])},
    "StatelessRandomGetAlg": {},
    "StatelessRandomGetKeyCounter": {"seed": i([1, 2])},
    "StatelessRandomNormal": SEEDED,
    "StatelessRandomUniform": SEEDED,
    "StatelessTruncatedNormal": SEEDED,
    "StatelessRandomUniformFullInt": {**SEEDED, "dtype": tf.int32},
    "StatelessRandomUniformInt": {**SEEDED, **LIMITS},
    "StatelessRandomNormalV2": KEYED,
    "StatelessRandomUniformV2": KEYED,
    "StatelessTruncatedNormalV2": KEYED,
    "StatelessRandomUniformFullIntV2": {**KEYED, "dtype": tf.int32},
    "StatelessRandomUniformIntV2": {**KEYED, **LIMITS},
    "StringFormat": {"inputs": [f(2)], "template": "{}", "placeholder": "{}", "summarize": 3},
    "StringJoin": {"inputs": [t("a"), t("b")]},
    "StringLength": {"input": t(["a"])},
    "StringToNumber": {"string_tensor": t(["1"])},
    "TensorSummaryV2": {"tag": t("a"), "tensor": f(2), "serialized_summary_metadata": t(b"")},
    "ReadVariableOp": {"resource": Var(), "dtype": tf.float32},
    "VarHandleOp": {"dtype": tf.float32, "shape": [2], "shared_name": Maker(lambda: f"handle{next(COUNTER)}")},
    "VarIsInitializedOp": {"resource": Var()},
    "VariableShape": {"input": Var()},
    "DestroyResourceOp": {"resource": Var()},
    "AssignVariableOp": {"resource": Var(), "value": f(2, 3)},
    "AssignAddVariableOp": {"resource": Var(), "value": f(2, 3)},
    "AssignSubVariableOp": {"resource": Var(), "value": f(2, 3)},
    "CountUpTo": {"ref": Ref(()), "limit": 100},
    "ResourceCountUpTo": {"resource": Var(()), "limit": 100, "T": tf.int64},
    "ResourceGather": {"resource": Var(), "indices": i([0]), "dtype": tf.float32},
    "ResourceGatherNd": {"resource": Var(), "indices": i([[0]]), "dtype": tf.float32},
    "ResourceStridedSliceAssign": {"ref": Var(), "begin": i([0]), "end": i([1]), "strides": i([1]), "value": f(1, 3)},
    "RangeDataset": {"start": n(0), "stop": n(4), "step": n(1), **ITEMS},
    "TensorDataset": {"components": [f(2)], "output_shapes": [[2]]},
    "TensorSliceDataset": {"components": [f(2)], "output_shapes": [[]]},
    "BatchDatasetV2": {
        "input_dataset": numbers(),
        "batch_size": n(2),
        "drop_remainder": np.array(False),
        "output_types": [tf.int64],
        "output_shapes": [[None]],
    },
    "TakeDataset": {"input_dataset": numbers(), "count": n(2), **ITEMS},
    "SkipDataset": {"input_dataset": numbers(), "count": n(2), **ITEMS},
    "RepeatDataset": {"input_dataset": numbers(), "count": n(2), **ITEMS},
    "CacheDataset": {"input_dataset": numbers(), "filename": t(b""), **ITEMS},
    "ConcatenateDataset": {"input_dataset": numbers(), "another_dataset": numbers(), **ITEMS},
    "DatasetCardinality": {"input_dataset": numbers()},
    "DatasetToSingleElement": {"dataset": numbers(1), **ITEMS},
    "AssertCardinalityDataset": {"input_dataset": numbers(), "cardinality": n(4), **ITEMS},
    "IgnoreErrorsDataset": {"input_dataset": numbers(), **ITEMS},
    "PrefetchDataset": {"input_dataset": numbers(), "buffer_size": n(0), **ITEMS},
    "ShardDataset": {"input_dataset": numbers(), "num_shards": n(2), "index": n(0), **ITEMS},
    "ShuffleDataset": {"input_dataset": numbers(), "buffer_size": n(2), "seed": n(1), "seed2": n(2), **ITEMS},
    "UniqueDataset": {"input_dataset": numbers(), **ITEMS},
    "RandomDataset": {"seed": n(1), "seed2": n(2), **ITEMS},
    "OptionalNone": {},
    "OptionalFromValue": {"components": [f(2)]},
    "AnonymousIterator": ITEMS,
    "AnonymousIteratorV2": ITEMS,
    "AnonymousIteratorV3": ITEMS,
    "AnonymousMemoryCache": {},
    "AnonymousSeedGenerator": {"seed": n(1), "seed2": n(2), "reshuffle": np.array(True)},
    "DummyMemoryCache": {},
    "DummySeedGenerator": {},
    "IteratorV2": {"shared_name": "", "container": "", **ITEMS},
    "IteratorGetNext": {"iterator": ITERATOR, **ITEMS},
    "IteratorGetNextSync": {"iterator": ITERATOR, **ITEMS},
    "IteratorGetNextAsOptional": {"iterator": ITERATOR, **ITEMS},
    "IteratorToStringHandle": {"resource_handle": ITERATOR},
    "IteratorFromStringHandleV2": {
        "string_handle": Maker(lambda: tf.raw_ops.IteratorToStringHandle(resource_handle=KEPT._iterator_resource))
    },
    "MakeIterator": {"dataset": numbers(), "iterator": Maker(lambda: tf.raw_ops.AnonymousIteratorV3(**ITEMS))},
    "OptionalGetValue": {"optional": OPTIONAL, "output_types": [tf.float32], "output_shapes": [[2]]},
    "OptionalHasValue": {"optional": OPTIONAL},
    "CacheDatasetV2": {
        "input_dataset": numbers(),
        "filename": t(b""),
        "cache": Maker(lambda: tf.raw_ops.DummyMemoryCache()),
        **ITEMS,
    },
    "ShuffleDatasetV3": {
        "input_dataset": numbers(),
        "buffer_size": n(2),
        "seed": n(1),
        "seed2": n(2),
        "seed_generator": SEEDS,
        **ITEMS,
    },
    "RandomDatasetV2": {"seed": n(1), "seed2": n(2), "seed_generator": SEEDS, **ITEMS},
    "DirectedInterleaveDataset": {"selector_input_dataset": numbers(1), "data_input_datasets": [numbers()], **ITEMS},
    "OptionsDataset": {"input_dataset": numbers(), "serialized_options": "", **ITEMS},
    "ParallelBatchDataset": {
        "input_dataset": numbers(),
        "batch_size": n(2),
        "num_parallel_calls": n(2),
        "drop_remainder": np.array(False),
        **BATCHES,
    },
    "PaddedBatchDatasetV2": {
        "input_dataset": numbers(),
        "batch_size": n(2),
        "padded_shapes": [n([])],
        "padding_values": [n(0)],
        "drop_remainder": np.array(False),
        "output_shapes": [[None]],
    },
    "RebatchDatasetV2": {"input_dataset": PAIRS, "batch_sizes": n([1]), "drop_remainder": np.array(False), **BATCHES},
    "ToBool": {"input": f()},
    "UnbatchDataset": {"input_dataset": PAIRS, **ITEMS},
    "WindowDataset": {
        "input_dataset": numbers(),
        "size": n(2),
        "shift": n(1),
        "stride": n(1),
        "drop_remainder": np.array(False),
        "output_types": [tf.variant],
        "output_shapes": [[]],
    },
    "ZipDataset": {"input_datasets": [numbers(), numbers()], "output_types": [tf.int64] * 2, "output_shapes": [[]] * 2},
    "Print": {"input": f(2), "data": [f(2)], "first_n": 1},
    "PrintV2": {"input": t("")},
    "PyFunc": {"input": [f(2)], "token": Maker(lambda: ECHO), "Tout": [tf.float32]},
    "PyFuncStateless": {"input": [f(2)], "token": Maker(lambda: ECHO), "Tout": [tf.float32]},
    "EagerPyFunc": {"input": [f(2)], "token": Maker(lambda: ECHO), "Tout": [tf.float32]},
    "QueueEnqueueV2": {"handle": OPEN, "components": [f(2)]},
    "QueueEnqueueManyV2": {"handle": OPEN, "components": [f(3, 2)]},
    "QueueDequeueV2": {"handle": CLOSED, **TAKEN},
    "QueueDequeueManyV2": {"handle": CLOSED, "n": i(2), **TAKEN},
    "QueueDequeueUpToV2": {"handle": CLOSED, "n": i(5), **TAKEN},
    "QueueCloseV2": {"handle": OPEN},
    "QueueSizeV2": {"handle": CLOSED},
    "QueueIsClosedV2": {"handle": CLOSED},
    "QueueEnqueue": {"handle": QueueRef(), "components": [f(2)]},
    "QueueEnqueueMany": {"handle": QueueRef(), "components": [f(3, 2)]},
    "QueueClose": {"handle": QueueRef()},
    "QueueSize": {"handle": QueueRef()},
    "QueueIsClosed": {"handle": QueueRef()},
    "FIFOQueueV2": TAKEN,
    "PaddingFIFOQueueV2": {**TAKEN, "shapes": [[None]]},
    "RandomShuffleQueueV2": TAKEN,
    "PriorityQueueV2": {**TAKEN, "shapes": [[]]},
    "TFRecordDataset": {"filenames": t(["/dev/null"]), **PLAIN_FILE},
    "TextLineDataset": {"filenames": t(["/dev/null"]), **PLAIN_FILE},
    "FixedLengthRecordDatasetV2": {
        "filenames": t(["/dev/null"]),
        "header_bytes": n(0),
        "record_bytes": n(2),
        "footer_bytes": n(0),
        **PLAIN_FILE,
    },
    "DecodeRaw": {"bytes": t([b"0123456789abcdef"]), "out_type": tf.int32},
    "DecodeCSV": {"records": t(["1"]), "record_defaults": [i([0])]},
    "ParseExampleV2": {
        "serialized": t([b""]),
        "names": t([]),
        "sparse_keys": t([]),
        "dense_keys": t(["a"]),
        "ragged_keys": t([]),
        "dense_defaults": [f()],
        "num_sparse": 0,
        "sparse_types": [],
        "ragged_value_types": [],
        "ragged_split_types": [],
        "dense_shapes": [[]],
    },
    "ReadFile": {"filename": t("/dev/null")},
    "WriteFile": {"filename": Maker(lambda: tf.constant(f"{FOLDER}/file")), "contents": t("a")},
    "SaveV2": {
        "prefix": Maker(lambda: tf.constant(f"{FOLDER}/saved")),
        "tensor_names": t(["a"]),
        "shape_and_slices": t([""]),
        "tensors": [f(2)],
    },
    "RestoreV2": {
        "prefix": Maker(saved),
        "tensor_names": t(["a"]),
        "shape_and_slices": t([""]),
        "dtypes": [tf.float32],
    },
    "MergeV2Checkpoints": {
        "checkpoint_prefixes": Maker(lambda: tf.stack([saved()])),
        "destination_prefix": Maker(lambda: tf.constant(f"{FOLDER}/merged")),
    },
}


def by_names(op):
    """The recipe of a training step or a scatter, told by the names of its arguments; None for other ops."""
    name = op["name"]
    reference = any(arg["is_ref"] for arg in op["inputs"])
    if "Scatter" in name and name.startswith("Resource"):
        rows = i([[0]]) if "Nd" in name else i([0])
        return {op["inputs"][0]["name"]: Var(), "indices": rows, "updates": f(1, 3)}
    if name in ("Assign", "AssignAdd", "AssignSub"):
        return {"ref": Ref(), "value": f(2, 3)}
    if name == "IsVariableInitialized":
        return {"ref": Ref()}
    if "Apply" not in name:
        return None
    out = {}
    for arg in op["inputs"]:
        if arg["is_ref"] or arg.get("type") == "resource":
            out[arg["name"]] = Ref() if reference else Var()
        elif arg["name"] in ("grad", "delta"):
            out[arg["name"]] = f(2, 3)
        elif arg["name"] == "indices":
            out["indices"] = i([0, 1])
        else:
            out[arg["name"]] = n(1) if arg.get("type") == "int64" else np.array(0.5, np.float32)
    return out
