"""Every op as a plain function with TensorFlow's arguments: `tf.raw_ops`. Written by `make gen`; not to be edited."""

from collections import namedtuple as _namedtuple

from ferroflow import _core
from ferroflow.framework.dtypes import complex64 as _complex64, float32 as _float32, int32 as _int32, int64 as _int64, string as _string, uint64 as _uint64

__all__ = [
    "Abs",
    "Acos",
    "Acosh",
    "Add",
    "AddN",
    "AddV2",
    "All",
    "Angle",
    "AnonymousIterator",
    "AnonymousIteratorV2",
    "AnonymousIteratorV3",
    "AnonymousMemoryCache",
    "AnonymousSeedGenerator",
    "Any",
    "ApplyAdadelta",
    "ApplyAdagrad",
    "ApplyAdagradDA",
    "ApplyAdam",
    "ApplyCenteredRMSProp",
    "ApplyFtrl",
    "ApplyFtrlV2",
    "ApplyGradientDescent",
    "ApplyMomentum",
    "ApplyProximalAdagrad",
    "ApplyProximalGradientDescent",
    "ApplyRMSProp",
    "ApproximateEqual",
    "ArgMax",
    "ArgMin",
    "AsString",
    "Asin",
    "Asinh",
    "Assert",
    "AssertCardinalityDataset",
    "Assign",
    "AssignAdd",
    "AssignAddVariableOp",
    "AssignSub",
    "AssignSubVariableOp",
    "AssignVariableOp",
    "Atan",
    "Atan2",
    "Atanh",
    "AvgPool",
    "AvgPool3D",
    "AvgPool3DGrad",
    "AvgPoolGrad",
    "BatchDatasetV2",
    "BatchMatMulV2",
    "BatchMatMulV3",
    "BiasAdd",
    "BiasAddGrad",
    "Bincount",
    "Bitcast",
    "BitwiseAnd",
    "BitwiseOr",
    "BitwiseXor",
    "BroadcastArgs",
    "BroadcastGradientArgs",
    "BroadcastTo",
    "CacheDataset",
    "CacheDatasetV2",
    "Case",
    "Cast",
    "Ceil",
    "CheckNumerics",
    "ClipByValue",
    "Complex",
    "ComplexAbs",
    "ConcatOffset",
    "ConcatV2",
    "ConcatenateDataset",
    "Conj",
    "ConjugateTranspose",
    "Const",
    "Conv2D",
    "Conv2DBackpropFilter",
    "Conv2DBackpropInput",
    "Conv3D",
    "Conv3DBackpropFilterV2",
    "Conv3DBackpropInputV2",
    "Cos",
    "Cosh",
    "CountUpTo",
    "Cumprod",
    "Cumsum",
    "DatasetCardinality",
    "DatasetToSingleElement",
    "DecodeCSV",
    "DecodeRaw",
    "DeleteIterator",
    "DeleteMemoryCache",
    "DeleteSeedGenerator",
    "DenseBincount",
    "DenseToSparseBatchDataset",
    "DepthwiseConv2dNative",
    "DepthwiseConv2dNativeBackpropFilter",
    "DepthwiseConv2dNativeBackpropInput",
    "DeserializeSparse",
    "DestroyResourceOp",
    "Diag",
    "DiagPart",
    "Digamma",
    "DirectedInterleaveDataset",
    "Div",
    "DivNoNan",
    "DummyMemoryCache",
    "DummySeedGenerator",
    "DynamicPartition",
    "DynamicStitch",
    "EagerPyFunc",
    "Einsum",
    "Elu",
    "EluGrad",
    "EmptyTensorList",
    "EnsureShape",
    "Equal",
    "Erf",
    "Erfc",
    "Erfinv",
    "EuclideanNorm",
    "Exp",
    "ExpandDims",
    "Expm1",
    "FIFOQueue",
    "FIFOQueueV2",
    "FakeParam",
    "Fill",
    "FilterDataset",
    "FixedLengthRecordDatasetV2",
    "FlatMapDataset",
    "Floor",
    "FloorDiv",
    "FloorMod",
    "FusedBatchNorm",
    "FusedBatchNormGrad",
    "FusedBatchNormGradV2",
    "FusedBatchNormGradV3",
    "FusedBatchNormV2",
    "FusedBatchNormV3",
    "GatherNd",
    "GatherV2",
    "GeneratorDataset",
    "Greater",
    "GreaterEqual",
    "GroupByWindowDataset",
    "GuaranteeConst",
    "HistogramSummary",
    "Identity",
    "IdentityN",
    "If",
    "IgnoreErrorsDataset",
    "Imag",
    "ImageSummary",
    "InTopKV2",
    "InterleaveDataset",
    "Inv",
    "InvGrad",
    "Invert",
    "InvertPermutation",
    "IsFinite",
    "IsInf",
    "IsNan",
    "IsVariableInitialized",
    "IteratorFromStringHandleV2",
    "IteratorGetNext",
    "IteratorGetNextAsOptional",
    "IteratorGetNextSync",
    "IteratorToStringHandle",
    "IteratorV2",
    "L2Loss",
    "LeakyRelu",
    "LeakyReluGrad",
    "LeftShift",
    "Less",
    "LessEqual",
    "Lgamma",
    "ListDiff",
    "Log",
    "Log1p",
    "LogSoftmax",
    "LogicalAnd",
    "LogicalNot",
    "LogicalOr",
    "LowerBound",
    "MakeIterator",
    "MapDataset",
    "MatMul",
    "MatrixBandPart",
    "MatrixDiagPartV3",
    "MatrixDiagV3",
    "MatrixSetDiagV3",
    "Max",
    "MaxPool",
    "MaxPool3D",
    "MaxPool3DGrad",
    "MaxPool3DGradGrad",
    "MaxPoolGrad",
    "MaxPoolGradGrad",
    "MaxPoolGradWithArgmax",
    "MaxPoolWithArgmax",
    "Maximum",
    "Mean",
    "MergeSummary",
    "MergeV2Checkpoints",
    "Min",
    "Minimum",
    "MirrorPad",
    "MirrorPadGrad",
    "Mod",
    "Mul",
    "MulNoNan",
    "Multinomial",
    "Ndtri",
    "Neg",
    "NextAfter",
    "NoOp",
    "NotEqual",
    "OneHot",
    "OneShotIterator",
    "OnesLike",
    "OptionalFromValue",
    "OptionalGetValue",
    "OptionalHasValue",
    "OptionalNone",
    "OptionsDataset",
    "Pack",
    "Pad",
    "PadV2",
    "PaddedBatchDatasetV2",
    "PaddingFIFOQueue",
    "PaddingFIFOQueueV2",
    "ParallelBatchDataset",
    "ParallelInterleaveDatasetV4",
    "ParallelMapDatasetV2",
    "ParseExampleV2",
    "PartitionedCall",
    "Placeholder",
    "PlaceholderWithDefault",
    "Polygamma",
    "Pow",
    "PrefetchDataset",
    "PreventGradient",
    "Print",
    "PrintV2",
    "PriorityQueue",
    "PriorityQueueV2",
    "Prod",
    "PyFunc",
    "PyFuncStateless",
    "QueueClose",
    "QueueCloseV2",
    "QueueDequeue",
    "QueueDequeueMany",
    "QueueDequeueManyV2",
    "QueueDequeueUpTo",
    "QueueDequeueUpToV2",
    "QueueDequeueV2",
    "QueueEnqueue",
    "QueueEnqueueMany",
    "QueueEnqueueManyV2",
    "QueueEnqueueV2",
    "QueueIsClosed",
    "QueueIsClosedV2",
    "QueueSize",
    "QueueSizeV2",
    "RaggedGather",
    "RaggedRange",
    "RaggedTensorFromVariant",
    "RaggedTensorToSparse",
    "RaggedTensorToTensor",
    "RaggedTensorToVariant",
    "RaggedTensorToVariantGradient",
    "RandomDataset",
    "RandomDatasetV2",
    "RandomShuffle",
    "RandomShuffleQueue",
    "RandomShuffleQueueV2",
    "RandomStandardNormal",
    "RandomUniform",
    "RandomUniformInt",
    "Range",
    "RangeDataset",
    "Rank",
    "ReadFile",
    "ReadVariableOp",
    "Real",
    "RealDiv",
    "RebatchDatasetV2",
    "Reciprocal",
    "ReciprocalGrad",
    "ReduceDataset",
    "ReduceJoin",
    "Relu",
    "Relu6",
    "Relu6Grad",
    "ReluGrad",
    "RepeatDataset",
    "Reshape",
    "ResourceApplyAdadelta",
    "ResourceApplyAdagrad",
    "ResourceApplyAdagradDA",
    "ResourceApplyAdagradV2",
    "ResourceApplyAdam",
    "ResourceApplyAdamWithAmsgrad",
    "ResourceApplyCenteredRMSProp",
    "ResourceApplyFtrl",
    "ResourceApplyFtrlV2",
    "ResourceApplyGradientDescent",
    "ResourceApplyKerasMomentum",
    "ResourceApplyMomentum",
    "ResourceApplyProximalAdagrad",
    "ResourceApplyProximalGradientDescent",
    "ResourceApplyRMSProp",
    "ResourceCountUpTo",
    "ResourceGather",
    "ResourceGatherNd",
    "ResourceScatterAdd",
    "ResourceScatterDiv",
    "ResourceScatterMax",
    "ResourceScatterMin",
    "ResourceScatterMul",
    "ResourceScatterNdAdd",
    "ResourceScatterNdMax",
    "ResourceScatterNdMin",
    "ResourceScatterNdSub",
    "ResourceScatterNdUpdate",
    "ResourceScatterSub",
    "ResourceScatterUpdate",
    "ResourceSparseApplyAdadelta",
    "ResourceSparseApplyAdagrad",
    "ResourceSparseApplyAdagradDA",
    "ResourceSparseApplyAdagradV2",
    "ResourceSparseApplyCenteredRMSProp",
    "ResourceSparseApplyFtrl",
    "ResourceSparseApplyFtrlV2",
    "ResourceSparseApplyKerasMomentum",
    "ResourceSparseApplyMomentum",
    "ResourceSparseApplyProximalAdagrad",
    "ResourceSparseApplyProximalGradientDescent",
    "ResourceSparseApplyRMSProp",
    "ResourceStridedSliceAssign",
    "RestoreV2",
    "ReverseSequence",
    "ReverseV2",
    "RightShift",
    "Rint",
    "Round",
    "Rsqrt",
    "RsqrtGrad",
    "SaveV2",
    "ScalarSummary",
    "ScanDataset",
    "ScatterNd",
    "ScatterNdNonAliasingAdd",
    "SegmentMax",
    "SegmentMean",
    "SegmentMin",
    "SegmentProd",
    "SegmentSum",
    "Select",
    "SelectV2",
    "Selu",
    "SeluGrad",
    "SerializeManySparse",
    "SerializeSparse",
    "Shape",
    "ShapeN",
    "ShardDataset",
    "ShardedFilename",
    "ShuffleDataset",
    "ShuffleDatasetV3",
    "Sigmoid",
    "SigmoidGrad",
    "Sign",
    "Sin",
    "Sinh",
    "Size",
    "SkipDataset",
    "Slice",
    "Snapshot",
    "Softmax",
    "SoftmaxCrossEntropyWithLogits",
    "Softplus",
    "SoftplusGrad",
    "Softsign",
    "SoftsignGrad",
    "SparseApplyAdadelta",
    "SparseApplyAdagrad",
    "SparseApplyAdagradDA",
    "SparseApplyCenteredRMSProp",
    "SparseApplyFtrl",
    "SparseApplyFtrlV2",
    "SparseApplyMomentum",
    "SparseApplyProximalAdagrad",
    "SparseApplyProximalGradientDescent",
    "SparseApplyRMSProp",
    "SparseSegmentMean",
    "SparseSegmentMeanGrad",
    "SparseSegmentMeanGradV2",
    "SparseSegmentMeanWithNumSegments",
    "SparseSegmentSqrtN",
    "SparseSegmentSqrtNGrad",
    "SparseSegmentSqrtNGradV2",
    "SparseSegmentSqrtNWithNumSegments",
    "SparseSegmentSum",
    "SparseSegmentSumGrad",
    "SparseSegmentSumGradV2",
    "SparseSegmentSumWithNumSegments",
    "SparseSoftmaxCrossEntropyWithLogits",
    "SparseToDense",
    "Split",
    "SplitV",
    "Sqrt",
    "SqrtGrad",
    "Square",
    "SquaredDifference",
    "Squeeze",
    "StatefulPartitionedCall",
    "StatelessCase",
    "StatelessIf",
    "StatelessMultinomial",
    "StatelessRandomGetAlg",
    "StatelessRandomGetKeyCounter",
    "StatelessRandomNormal",
    "StatelessRandomNormalV2",
    "StatelessRandomUniform",
    "StatelessRandomUniformFullInt",
    "StatelessRandomUniformFullIntV2",
    "StatelessRandomUniformInt",
    "StatelessRandomUniformIntV2",
    "StatelessRandomUniformV2",
    "StatelessTruncatedNormal",
    "StatelessTruncatedNormalV2",
    "StatelessWhile",
    "StopGradient",
    "StridedSlice",
    "StridedSliceGrad",
    "StringFormat",
    "StringJoin",
    "StringLength",
    "StringToNumber",
    "Sub",
    "Sum",
    "TFRecordDataset",
    "TakeDataset",
    "TakeWhileDataset",
    "Tan",
    "Tanh",
    "TanhGrad",
    "TensorDataset",
    "TensorListConcat",
    "TensorListConcatLists",
    "TensorListConcatV2",
    "TensorListElementShape",
    "TensorListFromTensor",
    "TensorListGather",
    "TensorListGetItem",
    "TensorListLength",
    "TensorListPopBack",
    "TensorListPushBack",
    "TensorListPushBackBatch",
    "TensorListReserve",
    "TensorListResize",
    "TensorListScatter",
    "TensorListScatterIntoExistingList",
    "TensorListScatterV2",
    "TensorListSetItem",
    "TensorListSplit",
    "TensorListStack",
    "TensorScatterAdd",
    "TensorScatterMax",
    "TensorScatterMin",
    "TensorScatterSub",
    "TensorScatterUpdate",
    "TensorSliceDataset",
    "TensorStridedSliceUpdate",
    "TensorSummaryV2",
    "TextLineDataset",
    "Tile",
    "ToBool",
    "TopKV2",
    "Transpose",
    "TruncateDiv",
    "TruncateMod",
    "TruncatedNormal",
    "UnbatchDataset",
    "Unique",
    "UniqueDataset",
    "UniqueWithCounts",
    "Unpack",
    "UnravelIndex",
    "UnsortedSegmentMax",
    "UnsortedSegmentMin",
    "UnsortedSegmentProd",
    "UnsortedSegmentSum",
    "UpperBound",
    "VarHandleOp",
    "VarIsInitializedOp",
    "Variable",
    "VariableShape",
    "VariableV2",
    "Where",
    "While",
    "WindowDataset",
    "WriteFile",
    "Xdivy",
    "Xlog1py",
    "Xlogy",
    "ZerosLike",
    "Zeta",
    "ZipDataset",
]

_call = _core.call
_call1 = _core.call1
_call2 = _core.call2
_classes = {}


def _named(op, fields, outputs):
    """The outputs as a named tuple; its class is made when the op is first called."""
    known = _classes.get(op)
    if known is None:
        known = _classes[op] = _namedtuple(op, fields)
    return known._make(outputs)


# The number of each op; None if the compiled module is older than this file.
_number = _core.op_ids().get
_Abs = _number("Abs")
_Acos = _number("Acos")
_Acosh = _number("Acosh")
_Add = _number("Add")
_AddN = _number("AddN")
_AddV2 = _number("AddV2")
_All = _number("All")
_Angle = _number("Angle")
_AnonymousIterator = _number("AnonymousIterator")
_AnonymousIteratorV2 = _number("AnonymousIteratorV2")
_AnonymousIteratorV3 = _number("AnonymousIteratorV3")
_AnonymousMemoryCache = _number("AnonymousMemoryCache")
_AnonymousSeedGenerator = _number("AnonymousSeedGenerator")
_Any = _number("Any")
_ApplyAdadelta = _number("ApplyAdadelta")
_ApplyAdagrad = _number("ApplyAdagrad")
_ApplyAdagradDA = _number("ApplyAdagradDA")
_ApplyAdam = _number("ApplyAdam")
_ApplyCenteredRMSProp = _number("ApplyCenteredRMSProp")
_ApplyFtrl = _number("ApplyFtrl")
_ApplyFtrlV2 = _number("ApplyFtrlV2")
_ApplyGradientDescent = _number("ApplyGradientDescent")
_ApplyMomentum = _number("ApplyMomentum")
_ApplyProximalAdagrad = _number("ApplyProximalAdagrad")
_ApplyProximalGradientDescent = _number("ApplyProximalGradientDescent")
_ApplyRMSProp = _number("ApplyRMSProp")
_ApproximateEqual = _number("ApproximateEqual")
_ArgMax = _number("ArgMax")
_ArgMin = _number("ArgMin")
_AsString = _number("AsString")
_Asin = _number("Asin")
_Asinh = _number("Asinh")
_Assert = _number("Assert")
_AssertCardinalityDataset = _number("AssertCardinalityDataset")
_Assign = _number("Assign")
_AssignAdd = _number("AssignAdd")
_AssignAddVariableOp = _number("AssignAddVariableOp")
_AssignSub = _number("AssignSub")
_AssignSubVariableOp = _number("AssignSubVariableOp")
_AssignVariableOp = _number("AssignVariableOp")
_Atan = _number("Atan")
_Atan2 = _number("Atan2")
_Atanh = _number("Atanh")
_AvgPool = _number("AvgPool")
_AvgPool3D = _number("AvgPool3D")
_AvgPool3DGrad = _number("AvgPool3DGrad")
_AvgPoolGrad = _number("AvgPoolGrad")
_BatchDatasetV2 = _number("BatchDatasetV2")
_BatchMatMulV2 = _number("BatchMatMulV2")
_BatchMatMulV3 = _number("BatchMatMulV3")
_BiasAdd = _number("BiasAdd")
_BiasAddGrad = _number("BiasAddGrad")
_Bincount = _number("Bincount")
_Bitcast = _number("Bitcast")
_BitwiseAnd = _number("BitwiseAnd")
_BitwiseOr = _number("BitwiseOr")
_BitwiseXor = _number("BitwiseXor")
_BroadcastArgs = _number("BroadcastArgs")
_BroadcastGradientArgs = _number("BroadcastGradientArgs")
_BroadcastTo = _number("BroadcastTo")
_CacheDataset = _number("CacheDataset")
_CacheDatasetV2 = _number("CacheDatasetV2")
_Case = _number("Case")
_Cast = _number("Cast")
_Ceil = _number("Ceil")
_CheckNumerics = _number("CheckNumerics")
_ClipByValue = _number("ClipByValue")
_Complex = _number("Complex")
_ComplexAbs = _number("ComplexAbs")
_ConcatOffset = _number("ConcatOffset")
_ConcatV2 = _number("ConcatV2")
_ConcatenateDataset = _number("ConcatenateDataset")
_Conj = _number("Conj")
_ConjugateTranspose = _number("ConjugateTranspose")
_Const = _number("Const")
_Conv2D = _number("Conv2D")
_Conv2DBackpropFilter = _number("Conv2DBackpropFilter")
_Conv2DBackpropInput = _number("Conv2DBackpropInput")
_Conv3D = _number("Conv3D")
_Conv3DBackpropFilterV2 = _number("Conv3DBackpropFilterV2")
_Conv3DBackpropInputV2 = _number("Conv3DBackpropInputV2")
_Cos = _number("Cos")
_Cosh = _number("Cosh")
_CountUpTo = _number("CountUpTo")
_Cumprod = _number("Cumprod")
_Cumsum = _number("Cumsum")
_DatasetCardinality = _number("DatasetCardinality")
_DatasetToSingleElement = _number("DatasetToSingleElement")
_DecodeCSV = _number("DecodeCSV")
_DecodeRaw = _number("DecodeRaw")
_DeleteIterator = _number("DeleteIterator")
_DeleteMemoryCache = _number("DeleteMemoryCache")
_DeleteSeedGenerator = _number("DeleteSeedGenerator")
_DenseBincount = _number("DenseBincount")
_DenseToSparseBatchDataset = _number("DenseToSparseBatchDataset")
_DepthwiseConv2dNative = _number("DepthwiseConv2dNative")
_DepthwiseConv2dNativeBackpropFilter = _number("DepthwiseConv2dNativeBackpropFilter")
_DepthwiseConv2dNativeBackpropInput = _number("DepthwiseConv2dNativeBackpropInput")
_DeserializeSparse = _number("DeserializeSparse")
_DestroyResourceOp = _number("DestroyResourceOp")
_Diag = _number("Diag")
_DiagPart = _number("DiagPart")
_Digamma = _number("Digamma")
_DirectedInterleaveDataset = _number("DirectedInterleaveDataset")
_Div = _number("Div")
_DivNoNan = _number("DivNoNan")
_DummyMemoryCache = _number("DummyMemoryCache")
_DummySeedGenerator = _number("DummySeedGenerator")
_DynamicPartition = _number("DynamicPartition")
_DynamicStitch = _number("DynamicStitch")
_EagerPyFunc = _number("EagerPyFunc")
_Einsum = _number("Einsum")
_Elu = _number("Elu")
_EluGrad = _number("EluGrad")
_EmptyTensorList = _number("EmptyTensorList")
_EnsureShape = _number("EnsureShape")
_Equal = _number("Equal")
_Erf = _number("Erf")
_Erfc = _number("Erfc")
_Erfinv = _number("Erfinv")
_EuclideanNorm = _number("EuclideanNorm")
_Exp = _number("Exp")
_ExpandDims = _number("ExpandDims")
_Expm1 = _number("Expm1")
_FIFOQueue = _number("FIFOQueue")
_FIFOQueueV2 = _number("FIFOQueueV2")
_FakeParam = _number("FakeParam")
_Fill = _number("Fill")
_FilterDataset = _number("FilterDataset")
_FixedLengthRecordDatasetV2 = _number("FixedLengthRecordDatasetV2")
_FlatMapDataset = _number("FlatMapDataset")
_Floor = _number("Floor")
_FloorDiv = _number("FloorDiv")
_FloorMod = _number("FloorMod")
_FusedBatchNorm = _number("FusedBatchNorm")
_FusedBatchNormGrad = _number("FusedBatchNormGrad")
_FusedBatchNormGradV2 = _number("FusedBatchNormGradV2")
_FusedBatchNormGradV3 = _number("FusedBatchNormGradV3")
_FusedBatchNormV2 = _number("FusedBatchNormV2")
_FusedBatchNormV3 = _number("FusedBatchNormV3")
_GatherNd = _number("GatherNd")
_GatherV2 = _number("GatherV2")
_GeneratorDataset = _number("GeneratorDataset")
_Greater = _number("Greater")
_GreaterEqual = _number("GreaterEqual")
_GroupByWindowDataset = _number("GroupByWindowDataset")
_GuaranteeConst = _number("GuaranteeConst")
_HistogramSummary = _number("HistogramSummary")
_Identity = _number("Identity")
_IdentityN = _number("IdentityN")
_If = _number("If")
_IgnoreErrorsDataset = _number("IgnoreErrorsDataset")
_Imag = _number("Imag")
_ImageSummary = _number("ImageSummary")
_InTopKV2 = _number("InTopKV2")
_InterleaveDataset = _number("InterleaveDataset")
_Inv = _number("Inv")
_InvGrad = _number("InvGrad")
_Invert = _number("Invert")
_InvertPermutation = _number("InvertPermutation")
_IsFinite = _number("IsFinite")
_IsInf = _number("IsInf")
_IsNan = _number("IsNan")
_IsVariableInitialized = _number("IsVariableInitialized")
_IteratorFromStringHandleV2 = _number("IteratorFromStringHandleV2")
_IteratorGetNext = _number("IteratorGetNext")
_IteratorGetNextAsOptional = _number("IteratorGetNextAsOptional")
_IteratorGetNextSync = _number("IteratorGetNextSync")
_IteratorToStringHandle = _number("IteratorToStringHandle")
_IteratorV2 = _number("IteratorV2")
_L2Loss = _number("L2Loss")
_LeakyRelu = _number("LeakyRelu")
_LeakyReluGrad = _number("LeakyReluGrad")
_LeftShift = _number("LeftShift")
_Less = _number("Less")
_LessEqual = _number("LessEqual")
_Lgamma = _number("Lgamma")
_ListDiff = _number("ListDiff")
_Log = _number("Log")
_Log1p = _number("Log1p")
_LogSoftmax = _number("LogSoftmax")
_LogicalAnd = _number("LogicalAnd")
_LogicalNot = _number("LogicalNot")
_LogicalOr = _number("LogicalOr")
_LowerBound = _number("LowerBound")
_MakeIterator = _number("MakeIterator")
_MapDataset = _number("MapDataset")
_MatMul = _number("MatMul")
_MatrixBandPart = _number("MatrixBandPart")
_MatrixDiagPartV3 = _number("MatrixDiagPartV3")
_MatrixDiagV3 = _number("MatrixDiagV3")
_MatrixSetDiagV3 = _number("MatrixSetDiagV3")
_Max = _number("Max")
_MaxPool = _number("MaxPool")
_MaxPool3D = _number("MaxPool3D")
_MaxPool3DGrad = _number("MaxPool3DGrad")
_MaxPool3DGradGrad = _number("MaxPool3DGradGrad")
_MaxPoolGrad = _number("MaxPoolGrad")
_MaxPoolGradGrad = _number("MaxPoolGradGrad")
_MaxPoolGradWithArgmax = _number("MaxPoolGradWithArgmax")
_MaxPoolWithArgmax = _number("MaxPoolWithArgmax")
_Maximum = _number("Maximum")
_Mean = _number("Mean")
_MergeSummary = _number("MergeSummary")
_MergeV2Checkpoints = _number("MergeV2Checkpoints")
_Min = _number("Min")
_Minimum = _number("Minimum")
_MirrorPad = _number("MirrorPad")
_MirrorPadGrad = _number("MirrorPadGrad")
_Mod = _number("Mod")
_Mul = _number("Mul")
_MulNoNan = _number("MulNoNan")
_Multinomial = _number("Multinomial")
_Ndtri = _number("Ndtri")
_Neg = _number("Neg")
_NextAfter = _number("NextAfter")
_NoOp = _number("NoOp")
_NotEqual = _number("NotEqual")
_OneHot = _number("OneHot")
_OneShotIterator = _number("OneShotIterator")
_OnesLike = _number("OnesLike")
_OptionalFromValue = _number("OptionalFromValue")
_OptionalGetValue = _number("OptionalGetValue")
_OptionalHasValue = _number("OptionalHasValue")
_OptionalNone = _number("OptionalNone")
_OptionsDataset = _number("OptionsDataset")
_Pack = _number("Pack")
_Pad = _number("Pad")
_PadV2 = _number("PadV2")
_PaddedBatchDatasetV2 = _number("PaddedBatchDatasetV2")
_PaddingFIFOQueue = _number("PaddingFIFOQueue")
_PaddingFIFOQueueV2 = _number("PaddingFIFOQueueV2")
_ParallelBatchDataset = _number("ParallelBatchDataset")
_ParallelInterleaveDatasetV4 = _number("ParallelInterleaveDatasetV4")
_ParallelMapDatasetV2 = _number("ParallelMapDatasetV2")
_ParseExampleV2 = _number("ParseExampleV2")
_PartitionedCall = _number("PartitionedCall")
_Placeholder = _number("Placeholder")
_PlaceholderWithDefault = _number("PlaceholderWithDefault")
_Polygamma = _number("Polygamma")
_Pow = _number("Pow")
_PrefetchDataset = _number("PrefetchDataset")
_PreventGradient = _number("PreventGradient")
_Print = _number("Print")
_PrintV2 = _number("PrintV2")
_PriorityQueue = _number("PriorityQueue")
_PriorityQueueV2 = _number("PriorityQueueV2")
_Prod = _number("Prod")
_PyFunc = _number("PyFunc")
_PyFuncStateless = _number("PyFuncStateless")
_QueueClose = _number("QueueClose")
_QueueCloseV2 = _number("QueueCloseV2")
_QueueDequeue = _number("QueueDequeue")
_QueueDequeueMany = _number("QueueDequeueMany")
_QueueDequeueManyV2 = _number("QueueDequeueManyV2")
_QueueDequeueUpTo = _number("QueueDequeueUpTo")
_QueueDequeueUpToV2 = _number("QueueDequeueUpToV2")
_QueueDequeueV2 = _number("QueueDequeueV2")
_QueueEnqueue = _number("QueueEnqueue")
_QueueEnqueueMany = _number("QueueEnqueueMany")
_QueueEnqueueManyV2 = _number("QueueEnqueueManyV2")
_QueueEnqueueV2 = _number("QueueEnqueueV2")
_QueueIsClosed = _number("QueueIsClosed")
_QueueIsClosedV2 = _number("QueueIsClosedV2")
_QueueSize = _number("QueueSize")
_QueueSizeV2 = _number("QueueSizeV2")
_RaggedGather = _number("RaggedGather")
_RaggedRange = _number("RaggedRange")
_RaggedTensorFromVariant = _number("RaggedTensorFromVariant")
_RaggedTensorToSparse = _number("RaggedTensorToSparse")
_RaggedTensorToTensor = _number("RaggedTensorToTensor")
_RaggedTensorToVariant = _number("RaggedTensorToVariant")
_RaggedTensorToVariantGradient = _number("RaggedTensorToVariantGradient")
_RandomDataset = _number("RandomDataset")
_RandomDatasetV2 = _number("RandomDatasetV2")
_RandomShuffle = _number("RandomShuffle")
_RandomShuffleQueue = _number("RandomShuffleQueue")
_RandomShuffleQueueV2 = _number("RandomShuffleQueueV2")
_RandomStandardNormal = _number("RandomStandardNormal")
_RandomUniform = _number("RandomUniform")
_RandomUniformInt = _number("RandomUniformInt")
_Range = _number("Range")
_RangeDataset = _number("RangeDataset")
_Rank = _number("Rank")
_ReadFile = _number("ReadFile")
_ReadVariableOp = _number("ReadVariableOp")
_Real = _number("Real")
_RealDiv = _number("RealDiv")
_RebatchDatasetV2 = _number("RebatchDatasetV2")
_Reciprocal = _number("Reciprocal")
_ReciprocalGrad = _number("ReciprocalGrad")
_ReduceDataset = _number("ReduceDataset")
_ReduceJoin = _number("ReduceJoin")
_Relu = _number("Relu")
_Relu6 = _number("Relu6")
_Relu6Grad = _number("Relu6Grad")
_ReluGrad = _number("ReluGrad")
_RepeatDataset = _number("RepeatDataset")
_Reshape = _number("Reshape")
_ResourceApplyAdadelta = _number("ResourceApplyAdadelta")
_ResourceApplyAdagrad = _number("ResourceApplyAdagrad")
_ResourceApplyAdagradDA = _number("ResourceApplyAdagradDA")
_ResourceApplyAdagradV2 = _number("ResourceApplyAdagradV2")
_ResourceApplyAdam = _number("ResourceApplyAdam")
_ResourceApplyAdamWithAmsgrad = _number("ResourceApplyAdamWithAmsgrad")
_ResourceApplyCenteredRMSProp = _number("ResourceApplyCenteredRMSProp")
_ResourceApplyFtrl = _number("ResourceApplyFtrl")
_ResourceApplyFtrlV2 = _number("ResourceApplyFtrlV2")
_ResourceApplyGradientDescent = _number("ResourceApplyGradientDescent")
_ResourceApplyKerasMomentum = _number("ResourceApplyKerasMomentum")
_ResourceApplyMomentum = _number("ResourceApplyMomentum")
_ResourceApplyProximalAdagrad = _number("ResourceApplyProximalAdagrad")
_ResourceApplyProximalGradientDescent = _number("ResourceApplyProximalGradientDescent")
_ResourceApplyRMSProp = _number("ResourceApplyRMSProp")
_ResourceCountUpTo = _number("ResourceCountUpTo")
_ResourceGather = _number("ResourceGather")
_ResourceGatherNd = _number("ResourceGatherNd")
_ResourceScatterAdd = _number("ResourceScatterAdd")
_ResourceScatterDiv = _number("ResourceScatterDiv")
_ResourceScatterMax = _number("ResourceScatterMax")
_ResourceScatterMin = _number("ResourceScatterMin")
_ResourceScatterMul = _number("ResourceScatterMul")
_ResourceScatterNdAdd = _number("ResourceScatterNdAdd")
_ResourceScatterNdMax = _number("ResourceScatterNdMax")
_ResourceScatterNdMin = _number("ResourceScatterNdMin")
_ResourceScatterNdSub = _number("ResourceScatterNdSub")
_ResourceScatterNdUpdate = _number("ResourceScatterNdUpdate")
_ResourceScatterSub = _number("ResourceScatterSub")
_ResourceScatterUpdate = _number("ResourceScatterUpdate")
_ResourceSparseApplyAdadelta = _number("ResourceSparseApplyAdadelta")
_ResourceSparseApplyAdagrad = _number("ResourceSparseApplyAdagrad")
_ResourceSparseApplyAdagradDA = _number("ResourceSparseApplyAdagradDA")
_ResourceSparseApplyAdagradV2 = _number("ResourceSparseApplyAdagradV2")
_ResourceSparseApplyCenteredRMSProp = _number("ResourceSparseApplyCenteredRMSProp")
_ResourceSparseApplyFtrl = _number("ResourceSparseApplyFtrl")
_ResourceSparseApplyFtrlV2 = _number("ResourceSparseApplyFtrlV2")
_ResourceSparseApplyKerasMomentum = _number("ResourceSparseApplyKerasMomentum")
_ResourceSparseApplyMomentum = _number("ResourceSparseApplyMomentum")
_ResourceSparseApplyProximalAdagrad = _number("ResourceSparseApplyProximalAdagrad")
_ResourceSparseApplyProximalGradientDescent = _number("ResourceSparseApplyProximalGradientDescent")
_ResourceSparseApplyRMSProp = _number("ResourceSparseApplyRMSProp")
_ResourceStridedSliceAssign = _number("ResourceStridedSliceAssign")
_RestoreV2 = _number("RestoreV2")
_ReverseSequence = _number("ReverseSequence")
_ReverseV2 = _number("ReverseV2")
_RightShift = _number("RightShift")
_Rint = _number("Rint")
_Round = _number("Round")
_Rsqrt = _number("Rsqrt")
_RsqrtGrad = _number("RsqrtGrad")
_SaveV2 = _number("SaveV2")
_ScalarSummary = _number("ScalarSummary")
_ScanDataset = _number("ScanDataset")
_ScatterNd = _number("ScatterNd")
_ScatterNdNonAliasingAdd = _number("ScatterNdNonAliasingAdd")
_SegmentMax = _number("SegmentMax")
_SegmentMean = _number("SegmentMean")
_SegmentMin = _number("SegmentMin")
_SegmentProd = _number("SegmentProd")
_SegmentSum = _number("SegmentSum")
_Select = _number("Select")
_SelectV2 = _number("SelectV2")
_Selu = _number("Selu")
_SeluGrad = _number("SeluGrad")
_SerializeManySparse = _number("SerializeManySparse")
_SerializeSparse = _number("SerializeSparse")
_Shape = _number("Shape")
_ShapeN = _number("ShapeN")
_ShardDataset = _number("ShardDataset")
_ShardedFilename = _number("ShardedFilename")
_ShuffleDataset = _number("ShuffleDataset")
_ShuffleDatasetV3 = _number("ShuffleDatasetV3")
_Sigmoid = _number("Sigmoid")
_SigmoidGrad = _number("SigmoidGrad")
_Sign = _number("Sign")
_Sin = _number("Sin")
_Sinh = _number("Sinh")
_Size = _number("Size")
_SkipDataset = _number("SkipDataset")
_Slice = _number("Slice")
_Snapshot = _number("Snapshot")
_Softmax = _number("Softmax")
_SoftmaxCrossEntropyWithLogits = _number("SoftmaxCrossEntropyWithLogits")
_Softplus = _number("Softplus")
_SoftplusGrad = _number("SoftplusGrad")
_Softsign = _number("Softsign")
_SoftsignGrad = _number("SoftsignGrad")
_SparseApplyAdadelta = _number("SparseApplyAdadelta")
_SparseApplyAdagrad = _number("SparseApplyAdagrad")
_SparseApplyAdagradDA = _number("SparseApplyAdagradDA")
_SparseApplyCenteredRMSProp = _number("SparseApplyCenteredRMSProp")
_SparseApplyFtrl = _number("SparseApplyFtrl")
_SparseApplyFtrlV2 = _number("SparseApplyFtrlV2")
_SparseApplyMomentum = _number("SparseApplyMomentum")
_SparseApplyProximalAdagrad = _number("SparseApplyProximalAdagrad")
_SparseApplyProximalGradientDescent = _number("SparseApplyProximalGradientDescent")
_SparseApplyRMSProp = _number("SparseApplyRMSProp")
_SparseSegmentMean = _number("SparseSegmentMean")
_SparseSegmentMeanGrad = _number("SparseSegmentMeanGrad")
_SparseSegmentMeanGradV2 = _number("SparseSegmentMeanGradV2")
_SparseSegmentMeanWithNumSegments = _number("SparseSegmentMeanWithNumSegments")
_SparseSegmentSqrtN = _number("SparseSegmentSqrtN")
_SparseSegmentSqrtNGrad = _number("SparseSegmentSqrtNGrad")
_SparseSegmentSqrtNGradV2 = _number("SparseSegmentSqrtNGradV2")
_SparseSegmentSqrtNWithNumSegments = _number("SparseSegmentSqrtNWithNumSegments")
_SparseSegmentSum = _number("SparseSegmentSum")
_SparseSegmentSumGrad = _number("SparseSegmentSumGrad")
_SparseSegmentSumGradV2 = _number("SparseSegmentSumGradV2")
_SparseSegmentSumWithNumSegments = _number("SparseSegmentSumWithNumSegments")
_SparseSoftmaxCrossEntropyWithLogits = _number("SparseSoftmaxCrossEntropyWithLogits")
_SparseToDense = _number("SparseToDense")
_Split = _number("Split")
_SplitV = _number("SplitV")
_Sqrt = _number("Sqrt")
_SqrtGrad = _number("SqrtGrad")
_Square = _number("Square")
_SquaredDifference = _number("SquaredDifference")
_Squeeze = _number("Squeeze")
_StatefulPartitionedCall = _number("StatefulPartitionedCall")
_StatelessCase = _number("StatelessCase")
_StatelessIf = _number("StatelessIf")
_StatelessMultinomial = _number("StatelessMultinomial")
_StatelessRandomGetAlg = _number("StatelessRandomGetAlg")
_StatelessRandomGetKeyCounter = _number("StatelessRandomGetKeyCounter")
_StatelessRandomNormal = _number("StatelessRandomNormal")
_StatelessRandomNormalV2 = _number("StatelessRandomNormalV2")
_StatelessRandomUniform = _number("StatelessRandomUniform")
_StatelessRandomUniformFullInt = _number("StatelessRandomUniformFullInt")
_StatelessRandomUniformFullIntV2 = _number("StatelessRandomUniformFullIntV2")
_StatelessRandomUniformInt = _number("StatelessRandomUniformInt")
_StatelessRandomUniformIntV2 = _number("StatelessRandomUniformIntV2")
_StatelessRandomUniformV2 = _number("StatelessRandomUniformV2")
_StatelessTruncatedNormal = _number("StatelessTruncatedNormal")
_StatelessTruncatedNormalV2 = _number("StatelessTruncatedNormalV2")
_StatelessWhile = _number("StatelessWhile")
_StopGradient = _number("StopGradient")
_StridedSlice = _number("StridedSlice")
_StridedSliceGrad = _number("StridedSliceGrad")
_StringFormat = _number("StringFormat")
_StringJoin = _number("StringJoin")
_StringLength = _number("StringLength")
_StringToNumber = _number("StringToNumber")
_Sub = _number("Sub")
_Sum = _number("Sum")
_TFRecordDataset = _number("TFRecordDataset")
_TakeDataset = _number("TakeDataset")
_TakeWhileDataset = _number("TakeWhileDataset")
_Tan = _number("Tan")
_Tanh = _number("Tanh")
_TanhGrad = _number("TanhGrad")
_TensorDataset = _number("TensorDataset")
_TensorListConcat = _number("TensorListConcat")
_TensorListConcatLists = _number("TensorListConcatLists")
_TensorListConcatV2 = _number("TensorListConcatV2")
_TensorListElementShape = _number("TensorListElementShape")
_TensorListFromTensor = _number("TensorListFromTensor")
_TensorListGather = _number("TensorListGather")
_TensorListGetItem = _number("TensorListGetItem")
_TensorListLength = _number("TensorListLength")
_TensorListPopBack = _number("TensorListPopBack")
_TensorListPushBack = _number("TensorListPushBack")
_TensorListPushBackBatch = _number("TensorListPushBackBatch")
_TensorListReserve = _number("TensorListReserve")
_TensorListResize = _number("TensorListResize")
_TensorListScatter = _number("TensorListScatter")
_TensorListScatterIntoExistingList = _number("TensorListScatterIntoExistingList")
_TensorListScatterV2 = _number("TensorListScatterV2")
_TensorListSetItem = _number("TensorListSetItem")
_TensorListSplit = _number("TensorListSplit")
_TensorListStack = _number("TensorListStack")
_TensorScatterAdd = _number("TensorScatterAdd")
_TensorScatterMax = _number("TensorScatterMax")
_TensorScatterMin = _number("TensorScatterMin")
_TensorScatterSub = _number("TensorScatterSub")
_TensorScatterUpdate = _number("TensorScatterUpdate")
_TensorSliceDataset = _number("TensorSliceDataset")
_TensorStridedSliceUpdate = _number("TensorStridedSliceUpdate")
_TensorSummaryV2 = _number("TensorSummaryV2")
_TextLineDataset = _number("TextLineDataset")
_Tile = _number("Tile")
_ToBool = _number("ToBool")
_TopKV2 = _number("TopKV2")
_Transpose = _number("Transpose")
_TruncateDiv = _number("TruncateDiv")
_TruncateMod = _number("TruncateMod")
_TruncatedNormal = _number("TruncatedNormal")
_UnbatchDataset = _number("UnbatchDataset")
_Unique = _number("Unique")
_UniqueDataset = _number("UniqueDataset")
_UniqueWithCounts = _number("UniqueWithCounts")
_Unpack = _number("Unpack")
_UnravelIndex = _number("UnravelIndex")
_UnsortedSegmentMax = _number("UnsortedSegmentMax")
_UnsortedSegmentMin = _number("UnsortedSegmentMin")
_UnsortedSegmentProd = _number("UnsortedSegmentProd")
_UnsortedSegmentSum = _number("UnsortedSegmentSum")
_UpperBound = _number("UpperBound")
_VarHandleOp = _number("VarHandleOp")
_VarIsInitializedOp = _number("VarIsInitializedOp")
_Variable = _number("Variable")
_VariableShape = _number("VariableShape")
_VariableV2 = _number("VariableV2")
_Where = _number("Where")
_While = _number("While")
_WindowDataset = _number("WindowDataset")
_WriteFile = _number("WriteFile")
_Xdivy = _number("Xdivy")
_Xlog1py = _number("Xlog1py")
_Xlogy = _number("Xlogy")
_ZerosLike = _number("ZerosLike")
_Zeta = _number("Zeta")
_ZipDataset = _number("ZipDataset")


def Abs(x, name=None):
    """|x|, element by element; the smallest integer stays as it is.

    Complex numbers have ComplexAbs.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Abs, x, name)


def Acos(x, name=None):
    """The inverse cosine in radians, element by element; NaN beyond -1 and 1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Acos, x, name)


def Acosh(x, name=None):
    """The inverse hyperbolic cosine, element by element; NaN below 1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Acosh, x, name)


def Add(x, y, name=None):
    """x + y, element by element with broadcasting, the older name of AddV2; strings are joined.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64,
        complex128 or string.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64,
        complex128 or string.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Add, x, y, name)


def AddN(inputs, name=None):
    """The sum of tensors of one shape, element by element.

    Args:
      inputs: A list of at least 1 tensors, of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64,
        qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or variant.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes differ.
    """
    return _call(_AddN, (inputs,), (), name)


def AddV2(x, y, name=None):
    """x + y, element by element with broadcasting; integers wrap.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, uint16, uint32, uint64, int8, int16, int32,
        int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, uint16, uint32, uint64, int8, int16, int32,
        int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_AddV2, x, y, name)


def All(input, axis, keep_dims=False, name=None):
    """Whether all elements over axes are true.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. Over nothing it is true.

    Args:
      input: A tensor of dtype bool.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_All, (input, axis), (keep_dims,), name)


def Angle(input, Tout=_float32, name=None):
    """The angle of complex numbers in radians, in (-pi, pi], element by element.

    Args:
      input: A tensor of dtype `T`: complex64 or complex128.
      Tout: A dtype: float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tout`.
    """
    return _call(_Angle, (input,), (Tout,), name)


def AnonymousIterator(output_types, output_shapes, name=None):
    """An iterator of its own, which is dropped with its handle.

    Args:
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_AnonymousIterator, (), (output_types, output_shapes), name)


def AnonymousIteratorV2(output_types, output_shapes, name=None):
    """An iterator of its own, with a deleter for DeleteIterator.

    Args:
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A named tuple (handle, deleter). `handle`: A tensor of dtype resource. `deleter`: A tensor of dtype variant.
    """
    return _named("AnonymousIteratorV2", "handle deleter", _call(_AnonymousIteratorV2, (), (output_types, output_shapes), name))


def AnonymousIteratorV3(output_types, output_shapes, name=None):
    """An iterator of its own, which is dropped with its handle.

    Args:
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_AnonymousIteratorV3, (), (output_types, output_shapes), name)


def AnonymousMemoryCache(name=None):
    """A cache in memory for CacheDatasetV2, with a deleter.

    Args:
      name: A name for the operation.

    Returns:
      A named tuple (handle, deleter). `handle`: A tensor of dtype resource. `deleter`: A tensor of dtype variant.
    """
    return _named("AnonymousMemoryCache", "handle deleter", _call(_AnonymousMemoryCache, (), (), name))


def AnonymousSeedGenerator(seed, seed2, reshuffle, name=None):
    """A generator of seeds for ShuffleDatasetV3, with a deleter.

    Args:
      seed: A tensor of dtype int64.
      seed2: A tensor of dtype int64.
      reshuffle: A tensor of dtype bool.
      name: A name for the operation.

    Returns:
      A named tuple (handle, deleter). `handle`: A tensor of dtype resource. `deleter`: A tensor of dtype variant.
    """
    return _named("AnonymousSeedGenerator", "handle deleter", _call(_AnonymousSeedGenerator, (seed, seed2, reshuffle), (), name))


def Any(input, axis, keep_dims=False, name=None):
    """Whether any element over axes is true.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. Over nothing it is false.

    Args:
      input: A tensor of dtype bool.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_Any, (input, axis), (keep_dims,), name)


def ApplyAdadelta(var, accum, accum_update, lr, rho, epsilon, grad, use_locking=False, name=None):
    """ResourceApplyAdadelta of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      accum_update: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyAdadelta, (var, accum, accum_update, lr, rho, epsilon, grad), (use_locking,), name)


def ApplyAdagrad(var, accum, lr, grad, use_locking=False, update_slots=True, name=None):
    """ResourceApplyAdagrad of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      update_slots: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyAdagrad, (var, accum, lr, grad), (use_locking, update_slots), name)


def ApplyAdagradDA(var, gradient_accumulator, gradient_squared_accumulator, grad, lr, l1, l2, global_step, use_locking=False, name=None):
    """ResourceApplyAdagradDA of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      gradient_accumulator: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16,
        int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      gradient_squared_accumulator: A tensor that is a variable's reference of dtype `T`: float32, float64, int32,
        uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128,
        float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      global_step: A tensor of dtype int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyAdagradDA, (var, gradient_accumulator, gradient_squared_accumulator, grad, lr, l1, l2, global_step), (use_locking,), name)


def ApplyAdam(var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad, use_locking=False, use_nesterov=False, name=None):
    """ResourceApplyAdam of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      m: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      v: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta1_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta2_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyAdam, (var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad), (use_locking, use_nesterov), name)


def ApplyCenteredRMSProp(var, mg, ms, mom, lr, rho, momentum, epsilon, grad, use_locking=False, name=None):
    """ResourceApplyCenteredRMSProp of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      mg: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      ms: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      mom: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyCenteredRMSProp, (var, mg, ms, mom, lr, rho, momentum, epsilon, grad), (use_locking,), name)


def ApplyFtrl(var, accum, linear, grad, lr, l1, l2, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """ResourceApplyFtrl of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      linear: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyFtrl, (var, accum, linear, grad, lr, l1, l2, lr_power), (use_locking, multiply_linear_by_lr), name)


def ApplyFtrlV2(var, accum, linear, grad, lr, l1, l2, l2_shrinkage, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """ResourceApplyFtrlV2 of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      linear: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2_shrinkage: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyFtrlV2, (var, accum, linear, grad, lr, l1, l2, l2_shrinkage, lr_power), (use_locking, multiply_linear_by_lr), name)


def ApplyGradientDescent(var, alpha, delta, use_locking=False, name=None):
    """ResourceApplyGradientDescent of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      alpha: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      delta: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyGradientDescent, (var, alpha, delta), (use_locking,), name)


def ApplyMomentum(var, accum, lr, grad, momentum, use_locking=False, use_nesterov=False, name=None):
    """ResourceApplyMomentum of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyMomentum, (var, accum, lr, grad, momentum), (use_locking, use_nesterov), name)


def ApplyProximalAdagrad(var, accum, lr, l1, l2, grad, use_locking=False, name=None):
    """ResourceApplyProximalAdagrad of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyProximalAdagrad, (var, accum, lr, l1, l2, grad), (use_locking,), name)


def ApplyProximalGradientDescent(var, alpha, l1, l2, delta, use_locking=False, name=None):
    """ResourceApplyProximalGradientDescent of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      alpha: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      delta: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyProximalGradientDescent, (var, alpha, l1, l2, delta), (use_locking,), name)


def ApplyRMSProp(var, ms, mom, lr, rho, momentum, epsilon, grad, use_locking=False, name=None):
    """ResourceApplyRMSProp of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      ms: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      mom: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_ApplyRMSProp, (var, ms, mom, lr, rho, momentum, epsilon, grad), (use_locking,), name)


def ApproximateEqual(x, y, tolerance=1e-5, name=None):
    """Whether x and y, of one shape, differ by at most `tolerance`, element by element; false for NaN and for equal
    infinities.

    Args:
      x: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      y: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      tolerance: A float. Default 1e-5.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError for other shapes.
    """
    return _call(_ApproximateEqual, (x, y), (tolerance,), name)


def ArgMax(input, dimension, output_type=_int64, name=None):
    """The position of the largest element along an axis, which is removed; the first one of equals, and NaN counts for
    nothing.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32, uint64, qint8, quint8, qint32, qint16, quint16 or bool.
      dimension: A tensor of dtype `Tidx`: int16, int32 or int64. Lives in host memory.
      output_type: A dtype: int16, uint16, int32 or int64. Default int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `output_type`.

    Raises:
      InvalidArgumentError for an axis that is out of range or empty, and for more than 7 axes.
    """
    return _call(_ArgMax, (input, dimension), (output_type,), name)


def ArgMin(input, dimension, output_type=_int64, name=None):
    """The position of the smallest element along an axis, which is removed; the first one of equals, and NaN counts for
    nothing.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32, uint64, qint8, quint8, qint32, qint16, quint16 or bool.
      dimension: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      output_type: A dtype: int32 or int64. Default int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `output_type`.

    Raises:
      InvalidArgumentError for an axis that is out of range or empty, and for more than 7 axes.
    """
    return _call(_ArgMin, (input, dimension), (output_type,), name)


def AsString(input, precision=-1, scientific=False, shortest=False, width=-1, fill='', name=None):
    """Writes each element as a string, as C's printf does: fixed notation by default, %e if scientific, %g if shortest,
    with precision digits, padded to width; fill is a printf flag (space, 0, -, + or #).

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32, uint64, complex64, complex128, bool, variant or string.
      precision: An int. Default -1.
      scientific: A bool. Default False.
      shortest: A bool. Default False.
      width: An int. Default -1.
      fill: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_AsString, (input,), (precision, scientific, shortest, width, fill), name)


def Asin(x, name=None):
    """The inverse sine in radians, element by element; NaN beyond -1 and 1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Asin, x, name)


def Asinh(x, name=None):
    """The inverse hyperbolic sine, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Asinh, x, name)


def Assert(condition, data, summarize=3, name=None):
    """Ends the run with InvalidArgument unless a condition holds; the message shows up to summarize elements of each of
    data.

    Args:
      condition: A tensor of dtype bool. Lives in host memory.
      data: A list of tensors, each of any dtype (`T`). Lives in host memory.
      summarize: An int. Default 3.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_Assert, (condition, data), (summarize,), name)


def AssertCardinalityDataset(input_dataset, cardinality, output_types, output_shapes, name=None):
    """The same elements.

    Args:
      input_dataset: A tensor of dtype variant.
      cardinality: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      FailedPreconditionError in a pass that shows that there are not as many as cardinality says.
    """
    return _call(_AssertCardinalityDataset, (input_dataset, cardinality), (output_types, output_shapes), name)


def Assign(ref, value, validate_shape=True, use_locking=True, name=None):
    """Gives a reference variable a new value and passes the reference on.

    With validate_shape the value must have the variable's shape.

    Args:
      ref: A tensor that is a variable's reference of any dtype `T`.
      value: A tensor of any dtype `T`.
      validate_shape: A bool. Default True.
      use_locking: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_Assign, (ref, value), (validate_shape, use_locking), name)


def AssignAdd(ref, value, use_locking=False, name=None):
    """Adds a value of the same shape to a reference variable, in place, and passes the reference on.

    Args:
      ref: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      value: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_AssignAdd, (ref, value), (use_locking,), name)


def AssignAddVariableOp(resource, value, name=None):
    """Adds a value of the variable's shape to a variable, in place.

    Args:
      resource: A tensor of dtype resource.
      value: A tensor of any dtype `dtype`.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call2(_AssignAddVariableOp, resource, value, name)


def AssignSub(ref, value, use_locking=False, name=None):
    """Subtracts a value of the same shape from a reference variable, in place, and passes the reference on.

    Args:
      ref: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      value: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_AssignSub, (ref, value), (use_locking,), name)


def AssignSubVariableOp(resource, value, name=None):
    """Subtracts a value of the variable's shape from a variable, in place.

    Args:
      resource: A tensor of dtype resource.
      value: A tensor of any dtype `dtype`.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call2(_AssignSubVariableOp, resource, value, name)


def AssignVariableOp(resource, value, validate_shape=False, name=None):
    """Gives a variable a new value.

    With validate_shape the value must fit the shape that the variable was made with.

    Args:
      resource: A tensor of dtype resource.
      value: A tensor of any dtype `dtype`.
      validate_shape: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_AssignVariableOp, (resource, value), (validate_shape,), name)


def Atan(x, name=None):
    """The inverse tangent in radians, element by element, between -pi/2 and pi/2.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Atan, x, name)


def Atan2(y, x, name=None):
    """The angle of the point (x, y) in radians between -pi and pi, element by element with broadcasting; the first
    operand is the ordinate.

    Args:
      y: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Atan2, y, x, name)


def Atanh(x, name=None):
    """The inverse hyperbolic tangent, element by element; NaN beyond -1 and 1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Atanh, x, name)


def AvgPool(value, ksize, strides, padding, data_format='NHWC', name=None):
    """The mean of each window of images [batch, height, width, channels] (channels first with data_format NCHW);
    padding is not counted.

    ksize and strides have one value per axis.

    Args:
      value: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      ksize: A list of ints with at least 4 of them.
      strides: A list of ints with at least 4 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _call(_AvgPool, (value,), (ksize, strides, padding, data_format), name)


def AvgPool3D(input, ksize, strides, padding, data_format='NDHWC', name=None):
    """The mean of each window of volumes [batch, depth, height, width, channels] (channels first with data_format
    NCDHW); padding is not counted.

    ksize and strides have one value per axis.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      ksize: A list of ints with at least 5 of them.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _call(_AvgPool3D, (input,), (ksize, strides, padding, data_format), name)


def AvgPool3DGrad(orig_input_shape, grad, ksize, strides, padding, data_format='NDHWC', name=None):
    """The gradient of AvgPool3D: each window's gradient is shared equally by its elements.

    orig_input_shape is the shape of the pooled volumes.

    Args:
      orig_input_shape: A tensor of dtype int32. Lives in host memory.
      grad: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      ksize: A list of ints with at least 5 of them.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if `grad` has not the shape of the AvgPool3D's result.
    """
    return _call(_AvgPool3DGrad, (orig_input_shape, grad), (ksize, strides, padding, data_format), name)


def AvgPoolGrad(orig_input_shape, grad, ksize, strides, padding, data_format='NHWC', name=None):
    """The gradient of AvgPool: each window's gradient is shared equally by its elements.

    orig_input_shape is the shape of the pooled images.

    Args:
      orig_input_shape: A tensor of dtype int32. Lives in host memory.
      grad: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      ksize: A list of ints with at least 4 of them.
      strides: A list of ints with at least 4 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if `grad` has not the shape of the AvgPool's result.
    """
    return _call(_AvgPoolGrad, (orig_input_shape, grad), (ksize, strides, padding, data_format), name)


def BatchDatasetV2(input_dataset, batch_size, drop_remainder, output_types, output_shapes, parallel_copy=False, metadata='', name=None):
    """Consecutive elements stacked batch_size at a time; a short last batch is kept unless drop_remainder.

    Args:
      input_dataset: A tensor of dtype variant.
      batch_size: A tensor of dtype int64.
      drop_remainder: A tensor of dtype bool.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      parallel_copy: A bool. Default False.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError unless shapes are equal.
    """
    return _call(_BatchDatasetV2, (input_dataset, batch_size, drop_remainder), (parallel_copy, output_types, output_shapes, metadata), name)


def BatchMatMulV2(x, y, adj_x=False, adj_y=False, grad_x=False, grad_y=False, name=None):
    """The matrix products of two stacks of matrices.

    The last two axes of `x` [..., m, k] and `y` [..., k, n] hold the matrices, the axes before them broadcast against
    each other; the result is [..., m, n]. adj_x and adj_y take the conjugate transpose of an operand first.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int16, int32, int64, uint8, uint16, uint32, uint64,
        complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, int16, int32, int64, uint8, uint16, uint32, uint64,
        complex64 or complex128.
      adj_x: A bool. Default False.
      adj_y: A bool. Default False.
      grad_x: A bool. Default False.
      grad_y: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for fewer than two axes or sizes that do not fit.
    """
    return _call(_BatchMatMulV2, (x, y), (adj_x, adj_y, grad_x, grad_y), name)


def BatchMatMulV3(x, y, Tout, adj_x=False, adj_y=False, grad_x=False, grad_y=False, name=None):
    """The matrix products of two stacks of matrices with a result dtype of its own.

    As BatchMatMulV2; 8-bit integers multiply into int32, all others into their own dtype.

    Args:
      x: A tensor of dtype `Ta`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64 or
        complex128.
      y: A tensor of dtype `Tb`: bfloat16, float16, float32, float64, uint8, int8, int16, int32, int64, complex64 or
        complex128.
      Tout: A dtype: bfloat16, float16, float32, float64, int16, int32, int64, complex64 or complex128.
      adj_x: A bool. Default False.
      adj_y: A bool. Default False.
      grad_x: A bool. Default False.
      grad_y: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tout`.
    """
    return _call(_BatchMatMulV3, (x, y), (Tout, adj_x, adj_y, grad_x, grad_y), name)


def BiasAdd(value, bias, data_format='NHWC', name=None):
    """Adds a vector along the channel axis: the last axis, or axis 1 with data_format NCHW.

    `value` has at least two axes (three with NCHW), `bias` one element per channel.

    Args:
      value: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      bias: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError otherwise.
    """
    return _call(_BiasAdd, (value, bias), (data_format,), name)


def BiasAddGrad(out_backprop, data_format='NHWC', name=None):
    """The gradient of BiasAdd for its bias: the sum over all axes but the channel axis (the last one, or axis 1 with
    data_format NCHW).

    Args:
      out_backprop: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for fewer than two axes (three with NCHW).
    """
    return _call(_BiasAddGrad, (out_backprop,), (data_format,), name)


def Bincount(arr, size, weights, name=None):
    """How often each number in 0..size occurs in an array of any shape, or the sum of its weights; numbers from `size`
    on are left out.

    `weights` has as many elements as `arr` or none.

    Args:
      arr: A tensor of dtype int32.
      size: A tensor of dtype int32. Lives in host memory.
      weights: A tensor of dtype `T`: int32, int64, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for negative numbers or sizes.
    """
    return _call(_Bincount, (arr, size, weights), (), name)


def Bitcast(input, type, name=None):
    """The bytes of the input as elements of dtype `type`.

    To a smaller element a last axis is added, of as many elements as one input element has; to a larger one the last
    axis, which must have that size, is removed.

    Args:
      input: A tensor of dtype `T`: bfloat16, float16, float32, float64, int64, int32, uint8, uint16, uint32, uint64,
        int8, int16, complex64, complex128, qint8, quint8, qint16, quint16 or qint32.
      type: A dtype: bfloat16, float16, float32, float64, int64, int32, uint8, uint16, uint32, uint64, int8, int16,
        complex64, complex128, qint8, quint8, qint16, quint16 or qint32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `type`.

    Raises:
      InvalidArgumentError if the sizes do not fit.
    """
    return _call(_Bitcast, (input,), (type,), name)


def BitwiseAnd(x, y, name=None):
    """The bits set in both, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      y: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_BitwiseAnd, x, y, name)


def BitwiseOr(x, y, name=None):
    """The bits set in one or both, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      y: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_BitwiseOr, x, y, name)


def BitwiseXor(x, y, name=None):
    """The bits set in just one, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      y: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_BitwiseXor, x, y, name)


def BroadcastArgs(s0, s1, name=None):
    """The broadcast of two shapes, all as vectors.

    Args:
      s0: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      s1: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if they do not broadcast.
    """
    return _call2(_BroadcastArgs, s0, s1, name)


def BroadcastGradientArgs(s0, s1, name=None):
    """The axes along which a gradient of the broadcast of shapes `s0` and `s1` is summed to get one of shape `s0`
    (`r0`) and of shape `s1` (`r1`), as vectors.

    Args:
      s0: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      s1: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A named tuple (r0, r1). `r0`: A tensor of dtype `T`. `r1`: A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _named("BroadcastGradientArgs", "r0 r1", _call2(_BroadcastGradientArgs, s0, s1, name))


def BroadcastTo(input, shape, name=None):
    """The input repeated along new leading axes and along axes of size 1, so that it has the shape `shape`, a vector.

    Args:
      input: A tensor of any dtype `T`.
      shape: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if its shape does not broadcast to that.
    """
    return _call2(_BroadcastTo, input, shape, name)


def CacheDataset(input_dataset, filename, output_types, output_shapes, metadata='', name=None):
    """The same elements, kept after the first pass: in memory if filename is empty.

    Args:
      input_dataset: A tensor of dtype variant.
      filename: A tensor of dtype string.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_CacheDataset, (input_dataset, filename), (output_types, output_shapes, metadata), name)


def CacheDatasetV2(input_dataset, filename, cache, output_types, output_shapes, metadata='', name=None):
    """The same elements, kept after the first pass: in memory if filename is empty.

    Args:
      input_dataset: A tensor of dtype variant.
      filename: A tensor of dtype string.
      cache: A tensor of dtype resource.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_CacheDatasetV2, (input_dataset, filename, cache), (output_types, output_shapes, metadata), name)


def Case(branch_index, input, Tout, branches, output_shapes=[], name=None):
    """Calls the function of this number, which may have effects.

    A number out of range stands for the last one.

    Args:
      branch_index: A tensor of dtype int32. Lives in host memory.
      input: A list of tensors, each of any dtype (`Tin`).
      Tout: A list of dtypes with at least 0 of them.
      branches: A list of functions with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None. Default [].
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.
    """
    return _call(_Case, (branch_index, input), (Tout, branches, output_shapes), name)


def Cast(x, DstT, Truncate=False, name=None):
    """The values of `x` as another dtype.

    Floating point results are rounded to nearest (toward zero if Truncate), integers wrap, quantised numbers count as
    the integers that hold them, floats become integers by dropping their fraction, anything but zero becomes true, and
    complex numbers lose their imaginary part.

    Args:
      x: A tensor of any dtype `SrcT`.
      DstT: A dtype.
      Truncate: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `DstT`.

    Raises:
      UnimplementedError between strings and numbers.
    """
    return _call(_Cast, (x,), (DstT, Truncate), name)


def Ceil(x, name=None):
    """The smallest integer that is not below x, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Ceil, x, name)


def CheckNumerics(tensor, message, name=None):
    """The tensor itself.

    Args:
      tensor: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      message: A string.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError, with the message in front, if it holds a NaN or an infinity.
    """
    return _call(_CheckNumerics, (tensor,), (message,), name)


def ClipByValue(t, clip_value_min, clip_value_max, name=None):
    """The elements of `t`, none above clip_value_max, then none below clip_value_min; NaN stays.

    Each limit is a scalar or has the shape of `t`; parts of complex numbers are limited one by one.

    Args:
      t: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      clip_value_min: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
        quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      clip_value_max: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8,
        quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for other shapes.
    """
    return _call(_ClipByValue, (t, clip_value_min, clip_value_max), (), name)


def Complex(real, imag, Tout=_complex64, name=None):
    """Complex numbers from their real and imaginary parts, which broadcast against each other.

    Args:
      real: A tensor of dtype `T`: float32 or float64.
      imag: A tensor of dtype `T`: float32 or float64.
      Tout: A dtype: complex64 or complex128. Default complex64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tout`.

    Raises:
      InvalidArgumentError if they cannot.
    """
    return _call(_Complex, (real, imag), (Tout,), name)


def ComplexAbs(x, Tout=_float32, name=None):
    """The modulus of complex numbers, element by element, without overflow on the way.

    Args:
      x: A tensor of dtype `T`: complex64 or complex128.
      Tout: A dtype: float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tout`.
    """
    return _call(_ComplexAbs, (x,), (Tout,), name)


def ConcatOffset(concat_dim, shape, name=None):
    """For tensors of these shapes joined along `concat_dim`: where each begins in the result, as vectors.

    Args:
      concat_dim: A tensor of dtype int32. Lives in host memory.
      shape: A list of at least 2 tensors, of dtype `shape_type`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A list of `N` tensors of dtype `shape_type`.

    Raises:
      InvalidArgumentError if the shapes cannot be joined.
    """
    return _call(_ConcatOffset, (concat_dim, shape), (), name)


def ConcatV2(values, axis, name=None):
    """Joins tensors along `axis`, a scalar (negative ones count from the end).

    All other sizes must be equal.

    Args:
      values: A list of at least 2 tensors, of any dtype `T`.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for scalars, for ranks or sizes that differ, and if `axis` is out of range.
    """
    return _call(_ConcatV2, (values, axis), (), name)


def ConcatenateDataset(input_dataset, another_dataset, output_types, output_shapes, metadata='', name=None):
    """The elements of one dataset, then those of another.

    Args:
      input_dataset: A tensor of dtype variant.
      another_dataset: A tensor of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ConcatenateDataset, (input_dataset, another_dataset), (output_types, output_shapes, metadata), name)


def Conj(input, name=None):
    """The complex conjugate, element by element.

    Args:
      input: A tensor of dtype `T`: complex64, complex128 or variant.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Conj, input, name)


def ConjugateTranspose(x, perm, name=None):
    """Permutes axes as Transpose and conjugates complex elements.

    Args:
      x: A tensor of any dtype `T`.
      perm: A tensor of dtype `Tperm`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if `perm` is not a permutation of the axes.
    """
    return _call2(_ConjugateTranspose, x, perm, name)


def Const(value, dtype, name=None):
    """A constant tensor.

    `value` is the tensor and `dtype` its dtype.

    Args:
      value: A constant tensor.
      dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      InvalidArgumentError if they differ.
    """
    return _call(_Const, (), (value, dtype), name)


def Conv2D(input, filter, strides, padding, use_cudnn_on_gpu=True, explicit_paddings=[], data_format='NHWC', dilations=[1, 1, 1, 1], name=None):
    """Slides a filter [height, width, in, out] over images [batch, height, width, channels] (or channels first with
    data_format NCHW) and sums products; the filter is not flipped.

    strides and dilations have one value per axis. If the image has g times the filter's input channels, both work in g
    groups. padding SAME gives ceil(size / stride), VALID pads nothing, EXPLICIT takes explicit_paddings (before and
    after, per axis).

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
      filter: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
      strides: A list of ints.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      use_cudnn_on_gpu: A bool. Default True.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _call(_Conv2D, (input, filter), (strides, use_cudnn_on_gpu, padding, explicit_paddings, data_format, dilations), name)


def Conv2DBackpropFilter(input, filter_sizes, out_backprop, strides, padding, use_cudnn_on_gpu=True, explicit_paddings=[], data_format='NHWC', dilations=[1, 1, 1, 1], name=None):
    """The gradient of Conv2D for its filter.

    filter_sizes is the shape of the filter, the attributes are those of the Conv2D.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      filter_sizes: A tensor of dtype int32. Lives in host memory.
      out_backprop: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      strides: A list of ints.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      use_cudnn_on_gpu: A bool. Default True.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the sizes are not those of such a Conv2D.
    """
    return _call(_Conv2DBackpropFilter, (input, filter_sizes, out_backprop), (strides, use_cudnn_on_gpu, padding, explicit_paddings, data_format, dilations), name)


def Conv2DBackpropInput(input_sizes, filter, out_backprop, strides, padding, use_cudnn_on_gpu=True, explicit_paddings=[], data_format='NHWC', dilations=[1, 1, 1, 1], name=None):
    """The gradient of Conv2D for its input, which is the transposed convolution.

    input_sizes is the shape of the input (or its height and width), the attributes are those of the Conv2D.

    Args:
      input_sizes: A tensor of dtype int32. Lives in host memory.
      filter: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
      out_backprop: A tensor of dtype `T`: float16, bfloat16, float32, float64 or int32.
      strides: A list of ints.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      use_cudnn_on_gpu: A bool. Default True.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the sizes are not those of such a Conv2D.
    """
    return _call(_Conv2DBackpropInput, (input_sizes, filter, out_backprop), (strides, use_cudnn_on_gpu, padding, explicit_paddings, data_format, dilations), name)


def Conv3D(input, filter, strides, padding, data_format='NDHWC', dilations=[1, 1, 1, 1, 1], name=None):
    """Slides a filter [depth, height, width, in, out] over volumes [batch, depth, height, width, channels] (or channels
    first with data_format NCDHW) and sums products; the filter is not flipped.

    strides and dilations have one value per axis. If the volume has g times the filter's input channels, both work in g
    groups.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      filter: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _call(_Conv3D, (input, filter), (strides, padding, data_format, dilations), name)


def Conv3DBackpropFilterV2(input, filter_sizes, out_backprop, strides, padding, data_format='NDHWC', dilations=[1, 1, 1, 1, 1], name=None):
    """The gradient of Conv3D for its filter.

    filter_sizes is the shape of the filter, the attributes are those of the Conv3D.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      filter_sizes: A tensor of dtype int32. Lives in host memory.
      out_backprop: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the sizes are not those of such a Conv3D.
    """
    return _call(_Conv3DBackpropFilterV2, (input, filter_sizes, out_backprop), (strides, padding, data_format, dilations), name)


def Conv3DBackpropInputV2(input_sizes, filter, out_backprop, strides, padding, data_format='NDHWC', dilations=[1, 1, 1, 1, 1], name=None):
    """The gradient of Conv3D for its input, which is the transposed convolution.

    input_sizes is the shape of the input, the attributes are those of the Conv3D.

    Args:
      input_sizes: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      filter: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      out_backprop: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the sizes are not those of such a Conv3D.
    """
    return _call(_Conv3DBackpropInputV2, (input_sizes, filter, out_backprop), (strides, padding, data_format, dilations), name)


def Cos(x, name=None):
    """The cosine of x in radians, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Cos, x, name)


def Cosh(x, name=None):
    """The hyperbolic cosine, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Cosh, x, name)


def CountUpTo(ref, limit, name=None):
    """Adds one to a scalar reference variable and gives the value before.

    Args:
      ref: A tensor that is a variable's reference of dtype `T`: int32 or int64.
      limit: An int.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      OutOfRangeError if it has reached the limit.
    """
    return _call(_CountUpTo, (ref,), (limit,), name)


def Cumprod(x, axis, exclusive=False, reverse=False, name=None):
    """Running products along an axis (a scalar; negative counts from the end), of the shape of `x`.

    Exclusive products leave the element itself out and start with 1; reverse ones run from the end.

    Args:
      x: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      exclusive: A bool. Default False.
      reverse: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range.
    """
    return _call(_Cumprod, (x, axis), (exclusive, reverse), name)


def Cumsum(x, axis, exclusive=False, reverse=False, name=None):
    """Running sums along an axis (a scalar; negative counts from the end), of the shape of `x`.

    Exclusive sums leave the element itself out and start with 0; reverse ones run from the end.

    Args:
      x: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      exclusive: A bool. Default False.
      reverse: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range.
    """
    return _call(_Cumsum, (x, axis), (exclusive, reverse), name)


def DatasetCardinality(input_dataset, cardinality_options='', name=None):
    """The number of elements: -1 if there is no end, -2 if it is unknown.

    Args:
      input_dataset: A tensor of dtype variant.
      cardinality_options: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype int64.
    """
    return _call(_DatasetCardinality, (input_dataset,), (cardinality_options,), name)


def DatasetToSingleElement(dataset, output_types, output_shapes, metadata='', name=None):
    """The only element of a dataset.

    Args:
      dataset: A tensor of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `output_types`.

    Raises:
      InvalidArgumentError if it has none or more.
    """
    return _call(_DatasetToSingleElement, (dataset,), (output_types, output_shapes, metadata), name)


def DecodeCSV(records, record_defaults, field_delim=',', use_quote_delim=True, na_value='', select_cols=[], name=None):
    """The columns of lines of CSV (RFC 4180), each of the shape of `records`.

    A field that is empty or `na_value` is the column's default; InvalidArgument if that has no element, for fields that
    are no such number, and for lines with another number of fields.

    Args:
      records: A tensor of dtype string.
      record_defaults: A list of tensors, each of dtype float32, float64, int32, int64 or string (`OUT_TYPE`).
      field_delim: A string. Default ','.
      use_quote_delim: A bool. Default True.
      na_value: A string. Default ''.
      select_cols: A list of ints. Default [].
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `OUT_TYPE`.
    """
    return _call(_DecodeCSV, (records, record_defaults), (field_delim, use_quote_delim, na_value, select_cols), name)


def DecodeRaw(bytes, out_type, little_endian=True, name=None):
    """The bytes of each string as numbers, along a new last axis.

    Args:
      bytes: A tensor of dtype string.
      out_type: A dtype: float16, float32, float64, int32, uint16, uint8, int16, int8, int64, complex64, complex128,
        bool or bfloat16.
      little_endian: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError unless all strings have the same length, a multiple of the size of a number.
    """
    return _call(_DecodeRaw, (bytes,), (out_type, little_endian), name)


def DeleteIterator(handle, deleter, name=None):
    """Drops an anonymous iterator.

    Args:
      handle: A tensor of dtype resource.
      deleter: A tensor of dtype variant.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call2(_DeleteIterator, handle, deleter, name)


def DeleteMemoryCache(handle, deleter, name=None):
    """Drops a cache in memory.

    Args:
      handle: A tensor of dtype resource.
      deleter: A tensor of dtype variant.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call2(_DeleteMemoryCache, handle, deleter, name)


def DeleteSeedGenerator(handle, deleter, name=None):
    """Drops a generator of seeds.

    Args:
      handle: A tensor of dtype resource.
      deleter: A tensor of dtype variant.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call2(_DeleteSeedGenerator, handle, deleter, name)


def DenseBincount(input, size, weights, binary_output=False, name=None):
    """How often each number in 0..size occurs, or the sum of its weights; numbers from `size` on are left out.

    `input` is a scalar or vector (result [size]) or a matrix (row by row: [rows, size]); `weights` has its shape or is
    empty. With binary_output 1 where a number occurs.

    Args:
      input: A tensor of dtype `Tidx`: int32 or int64.
      size: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      weights: A tensor of dtype `T`: int32, int64, float32 or float64.
      binary_output: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for negative numbers or sizes.
    """
    return _call(_DenseBincount, (input, size, weights), (binary_output,), name)


def DenseToSparseBatchDataset(input_dataset, batch_size, row_shape, output_types, output_shapes, name=None):
    """Sparse tensors of batch_size dense elements each, as vectors of 3 variants (see SerializeSparse); their rows have
    the shape row_shape, where -1 means the largest of the batch.

    Args:
      input_dataset: A tensor of dtype variant.
      batch_size: A tensor of dtype int64.
      row_shape: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError for elements of another rank, DataLossError for larger ones.
    """
    return _call(_DenseToSparseBatchDataset, (input_dataset, batch_size, row_shape), (output_types, output_shapes), name)


def DepthwiseConv2dNative(input, filter, strides, padding, explicit_paddings=[], data_format='NHWC', dilations=[1, 1, 1, 1], name=None):
    """Convolves each channel of images [batch, height, width, channels] with filters of its own: the filter is [height,
    width, channels, multiplier], and channel c gives the result's channels c * multiplier onward.

    strides, padding, dilations and data_format as for Conv2D.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      filter: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      strides: A list of ints.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _call(_DepthwiseConv2dNative, (input, filter), (strides, padding, explicit_paddings, data_format, dilations), name)


def DepthwiseConv2dNativeBackpropFilter(input, filter_sizes, out_backprop, strides, padding, explicit_paddings=[], data_format='NHWC', dilations=[1, 1, 1, 1], name=None):
    """The gradient of DepthwiseConv2dNative for its filter, whose shape is filter_sizes.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      filter_sizes: A tensor of dtype int32. Lives in host memory.
      out_backprop: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      strides: A list of ints.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the sizes are not those of such a convolution.
    """
    return _call(_DepthwiseConv2dNativeBackpropFilter, (input, filter_sizes, out_backprop), (strides, padding, explicit_paddings, data_format, dilations), name)


def DepthwiseConv2dNativeBackpropInput(input_sizes, filter, out_backprop, strides, padding, explicit_paddings=[], data_format='NHWC', dilations=[1, 1, 1, 1], name=None):
    """The gradient of DepthwiseConv2dNative for its input, whose shape is input_sizes.

    Args:
      input_sizes: A tensor of dtype int32. Lives in host memory.
      filter: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      out_backprop: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      strides: A list of ints.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      dilations: A list of ints. Default [1, 1, 1, 1].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the sizes are not those of such a convolution.
    """
    return _call(_DepthwiseConv2dNativeBackpropInput, (input_sizes, filter, out_backprop), (strides, padding, explicit_paddings, data_format, dilations), name)


def DeserializeSparse(serialized_sparse, dtype, name=None):
    """The sparse tensor that SerializeSparse encoded; of a tensor [..., 3] of several, one sparse tensor with further
    axes in front, as wide as the widest of them.

    Args:
      serialized_sparse: A tensor of dtype `Tserialized`: string or variant.
      dtype: A dtype.
      name: A name for the operation.

    Returns:
      A named tuple (sparse_indices, sparse_values, sparse_shape). `sparse_indices`: A tensor of dtype int64.
      `sparse_values`: A tensor of dtype `dtype`. `sparse_shape`: A tensor of dtype int64.

    Raises:
      InvalidArgumentError for other contents.
    """
    return _named("DeserializeSparse", "sparse_indices sparse_values sparse_shape", _call(_DeserializeSparse, (serialized_sparse,), (dtype,), name))


def DestroyResourceOp(resource, ignore_lookup_error=True, name=None):
    """Drops what a handle stands for: a variable loses its value, other resources leave their container.

    Args:
      resource: A tensor of dtype resource.
      ignore_lookup_error: A bool. Default True.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.

    Raises:
      NotFoundError if it is gone already, unless ignore_lookup_error.
    """
    return _call(_DestroyResourceOp, (resource,), (ignore_lookup_error,), name)


def Diag(diagonal, name=None):
    """A tensor with the axes of `diagonal` twice over: output[i..., i...] is diagonal[i...], and all other elements are
    zero.

    Args:
      diagonal: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a scalar.
    """
    return _call1(_Diag, diagonal, name)


def DiagPart(input, name=None):
    """The diagonal of a tensor whose second half of axes has the sizes of the first: diagonal[i...] is input[i...,
    i...].

    Args:
      input: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an odd number of axes and for sizes that differ.
    """
    return _call1(_DiagPart, input, name)


def Digamma(x, name=None):
    """The derivative of log |Gamma(x)|, element by element; NaN at 0, -1, -2, ...

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Digamma, x, name)


def DirectedInterleaveDataset(selector_input_dataset, data_input_datasets, output_types, output_shapes, stop_on_empty_dataset=False, name=None):
    """Each element from the dataset whose number the selector gives; ended ones are passed over, or end it if
    stop_on_empty_dataset.

    Args:
      selector_input_dataset: A tensor of dtype variant.
      data_input_datasets: A list of at least 1 tensors, of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      stop_on_empty_dataset: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_DirectedInterleaveDataset, (selector_input_dataset, data_input_datasets), (output_types, output_shapes, stop_on_empty_dataset), name)


def Div(x, y, name=None):
    """x/y, element by element with broadcasting; integers truncate.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an integer division by 0 and for shapes that do not broadcast.
    """
    return _call2(_Div, x, y, name)


def DivNoNan(x, y, name=None):
    """x/y, but 0 where y is 0, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float16, float32, bfloat16, float64, complex64 or complex128.
      y: A tensor of dtype `T`: float16, float32, bfloat16, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_DivNoNan, x, y, name)


def DummyMemoryCache(name=None):
    """A handle that stands for no cache.

    Args:
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_DummyMemoryCache, (), (), name)


def DummySeedGenerator(name=None):
    """A handle that stands for no generator.

    Args:
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_DummySeedGenerator, (), (), name)


def DynamicPartition(data, partitions, num_partitions, name=None):
    """Output i holds the slices of `data` whose number in `partitions`, a tensor of the leading axes of `data`, is i,
    in their order.

    Args:
      data: A tensor of any dtype `T`.
      partitions: A tensor of dtype int32.
      num_partitions: An int, at least 1.
      name: A name for the operation.

    Returns:
      A list of `num_partitions` tensors of dtype `T`.

    Raises:
      InvalidArgumentError for numbers that are not in [0, num_partitions).
    """
    return _call(_DynamicPartition, (data, partitions), (num_partitions,), name)


def DynamicStitch(indices, data, name=None):
    """Puts the slices of all `data` into one tensor at the rows that `indices` names; the last of several wins, rows
    that are not named are zero.

    Args:
      indices: A list of at least 1 tensors, of dtype int32.
      data: A list of at least 1 tensors, of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shape of a `data` does not start with that of its `indices`, or the slices differ in
        shape.
    """
    return _call(_DynamicStitch, (indices, data), (), name)


def EagerPyFunc(input, token, Tout, is_async=False, name=None):
    """Calls the Python function that is registered under a token with eager tensors.

    Args:
      input: A list of tensors, each of any dtype (`Tin`).
      token: A string.
      Tout: A list of dtypes with at least 0 of them.
      is_async: A bool. Default False.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.
    """
    return _call(_EagerPyFunc, (input,), (token, is_async, Tout), name)


def Einsum(inputs, equation, name=None):
    """The sum of products that an equation names, of one or two tensors: 'ij,jk->ik' is the matrix product, 'ii->' a
    trace, 'bij->bji' a transposition.

    Each letter is an axis; letters that the result lacks are summed over, letters that repeat in one operand take its
    diagonal, letters that repeat in the result fill one; '...' stands for axes that broadcast.

    Args:
      inputs: A list of at least 1 tensors, of any dtype `T`.
      equation: A string.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a faulty equation or sizes that do not fit.
    """
    return _call(_Einsum, (inputs,), (equation,), name)


def Elu(features, name=None):
    """x above 0, e^x - 1 below, element by element.

    Args:
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Elu, features, name)


def EluGrad(gradients, outputs, name=None):
    """The gradient of Elu from its result: `gradients` times `outputs` + 1 below 0, else `gradients`, element by
    element.

    Args:
      gradients: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      outputs: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different shapes.
    """
    return _call2(_EluGrad, gradients, outputs, name)


def EmptyTensorList(element_shape, max_num_elements, element_dtype, name=None):
    """An empty list for tensors of a dtype and a shape (-1 for unknown sizes, or for an unknown rank), with at most
    max_num_elements unless that is negative.

    Args:
      element_shape: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
      max_num_elements: A tensor of dtype int32. Lives in host memory.
      element_dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_EmptyTensorList, (element_shape, max_num_elements), (element_dtype,), name)


def EnsureShape(input, shape, name=None):
    """The input itself, checked against a partly known shape.

    Args:
      input: A tensor of any dtype `T`.
      shape: A shape, partly known or None.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if its shape does not fit `shape`.
    """
    return _call(_EnsureShape, (input,), (shape,), name)


def Equal(x, y, incompatible_shape_error=True, name=None):
    """Whether x and y are equal, element by element with broadcasting; any dtype.

    Shapes that do not broadcast are an InvalidArgument, or, if `incompatible_shape_error` is false, unequal as a whole:
    one false.

    Args:
      x: A tensor of any dtype `T`.
      y: A tensor of any dtype `T`.
      incompatible_shape_error: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call(_Equal, (x, y), (incompatible_shape_error,), name)


def Erf(x, name=None):
    """The error function, element by element: 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Erf, x, name)


def Erfc(x, name=None):
    """1 - erf(x), element by element, exact where erf is near 1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Erfc, x, name)


def Erfinv(x, name=None):
    """The inverse of erf, element by element; infinite at -1 and 1, NaN beyond.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Erfinv, x, name)


def EuclideanNorm(input, axis, keep_dims=False, name=None):
    """The square root of the sum of squares over axes.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. Squares are not scaled, so they may overflow.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_EuclideanNorm, (input, axis), (keep_dims,), name)


def Exp(x, name=None):
    """e^x, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Exp, x, name)


def ExpandDims(input, axis, name=None):
    """The input with an axis of size 1 inserted at position `axis` (a scalar; negative ones count from the end of the
    result).

    Nothing is copied.

    Args:
      input: A tensor of any dtype `T`.
      axis: A tensor of dtype `Tdim`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if `axis` is out of range.
    """
    return _call2(_ExpandDims, input, axis, name)


def Expm1(x, name=None):
    """e^x - 1, element by element, exact near 0.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Expm1, x, name)


def FIFOQueue(component_types, shapes=[], capacity=-1, container='', shared_name='', name=None):
    """A queue as FIFOQueueV2 makes it, by reference.

    Args:
      component_types: A list of dtypes with at least 1 of them.
      shapes: A list of shapes, each partly known or None with at least 0 of them. Default [].
      capacity: An int. Default -1.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_FIFOQueue, (), (component_types, shapes, capacity, container, shared_name), name)


def FIFOQueueV2(component_types, shapes=[], capacity=-1, container='', shared_name='', name=None):
    """A queue that gives elements in the order in which they came.

    Nodes of one container and shared_name mean the same queue; a negative capacity means no limit.

    Args:
      component_types: A list of dtypes with at least 1 of them.
      shapes: A list of shapes, each partly known or None with at least 0 of them. Default [].
      capacity: An int. Default -1.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_FIFOQueueV2, (), (component_types, shapes, capacity, container, shared_name), name)


def FakeParam(dtype, shape, name=None):
    """Stands for a result that a branch does not make.

    Its elements mean nothing; unknown sizes are 0.

    Args:
      dtype: A dtype.
      shape: A shape, partly known or None.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_FakeParam, (), (dtype, shape), name)


def Fill(dims, value, name=None):
    """A tensor of shape `dims` (a vector of sizes) in which every element is the scalar `value`.

    Args:
      dims: A tensor of dtype `index_type`: int32 or int64. Lives in host memory.
      value: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for negative sizes, for a `dims` that is no vector and a `value` that is no scalar.
    """
    return _call2(_Fill, dims, value, name)


def FilterDataset(input_dataset, other_arguments, predicate, output_types, output_shapes, metadata='', name=None):
    """The elements for which the predicate holds.

    Args:
      input_dataset: A tensor of dtype variant.
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      predicate: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_FilterDataset, (input_dataset, other_arguments), (predicate, output_types, output_shapes, metadata), name)


def FixedLengthRecordDatasetV2(filenames, header_bytes, record_bytes, footer_bytes, buffer_size, compression_type, metadata='', name=None):
    """The parts of record_bytes bytes of files, between a header and a footer.

    Args:
      filenames: A tensor of dtype string.
      header_bytes: A tensor of dtype int64.
      record_bytes: A tensor of dtype int64.
      footer_bytes: A tensor of dtype int64.
      buffer_size: A tensor of dtype int64.
      compression_type: A tensor of dtype string.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      NotFoundError for a missing file, InvalidArgumentError if the rest is no multiple of record_bytes.
    """
    return _call(_FixedLengthRecordDatasetV2, (filenames, header_bytes, record_bytes, footer_bytes, buffer_size, compression_type), (metadata,), name)


def FlatMapDataset(input_dataset, other_arguments, f, output_types, output_shapes, metadata='', name=None):
    """The elements of the datasets that f makes of each element, one after the other.

    Args:
      input_dataset: A tensor of dtype variant.
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      f: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_FlatMapDataset, (input_dataset, other_arguments), (f, output_types, output_shapes, metadata), name)


def Floor(x, name=None):
    """The largest integer that is not above x, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Floor, x, name)


def FloorDiv(x, y, name=None):
    """x/y rounded down, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an integer division by 0 and for shapes that do not broadcast.
    """
    return _call2(_FloorDiv, x, y, name)


def FloorMod(x, y, name=None):
    """The remainder of [`FloorDiv`], with the sign of y, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32, uint64, bfloat16, float16, float32 or
        float64.
      y: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32, uint64, bfloat16, float16, float32 or
        float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an integer division by 0 and for shapes that do not broadcast.
    """
    return _call2(_FloorMod, x, y, name)


def FusedBatchNorm(x, scale, offset, mean, variance, epsilon=0.0001, exponential_avg_factor=1.0, data_format='NHWC', is_training=True, name=None):
    """Normalises images by the mean and variance of each channel, times `scale`, plus `offset`: [channels] each.

    With is_training the statistics are those of the batch, and `mean` and `variance` are used only if
    exponential_avg_factor is not 1: the second and third output are then (1 - factor) old + factor new. Otherwise
    `mean` and `variance` are the statistics. The variance of output 3 is that of a sample, larger by n/(n - 1). The
    reserve outputs are mean and variance for the gradient. Of no images, outputs 2 and 3 are NaN.

    Args:
      x: A tensor of dtype `T`: float32.
      scale: A tensor of dtype `T`: float32.
      offset: A tensor of dtype `T`: float32.
      mean: A tensor of dtype `T`: float32.
      variance: A tensor of dtype `T`: float32.
      epsilon: A float. Default 0.0001.
      exponential_avg_factor: A float. Default 1.0.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      is_training: A bool. Default True.
      name: A name for the operation.

    Returns:
      A named tuple (y, batch_mean, batch_variance, reserve_space_1, reserve_space_2). `y`: A tensor of dtype `T`.
      `batch_mean`: A tensor of dtype `T`. `batch_variance`: A tensor of dtype `T`. `reserve_space_1`: A tensor of dtype
      `T`. `reserve_space_2`: A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _named("FusedBatchNorm", "y batch_mean batch_variance reserve_space_1 reserve_space_2", _call(_FusedBatchNorm, (x, scale, offset, mean, variance), (epsilon, exponential_avg_factor, data_format, is_training), name))


def FusedBatchNormGrad(y_backprop, x, scale, reserve_space_1, reserve_space_2, epsilon=0.0001, data_format='NHWC', is_training=True, name=None):
    """The gradient of a batch normalisation for its images, scale and offset.

    The reserve inputs are the mean and variance of the batch with is_training, else of the population, which are
    constants then.

    Args:
      y_backprop: A tensor of dtype `T`: float32.
      x: A tensor of dtype `T`: float32.
      scale: A tensor of dtype `T`: float32.
      reserve_space_1: A tensor of dtype `T`: float32.
      reserve_space_2: A tensor of dtype `T`: float32.
      epsilon: A float. Default 0.0001.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      is_training: A bool. Default True.
      name: A name for the operation.

    Returns:
      A named tuple (x_backprop, scale_backprop, offset_backprop, reserve_space_3, reserve_space_4). `x_backprop`: A
      tensor of dtype `T`. `scale_backprop`: A tensor of dtype `T`. `offset_backprop`: A tensor of dtype `T`.
      `reserve_space_3`: A tensor of dtype `T`. `reserve_space_4`: A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _named("FusedBatchNormGrad", "x_backprop scale_backprop offset_backprop reserve_space_3 reserve_space_4", _call(_FusedBatchNormGrad, (y_backprop, x, scale, reserve_space_1, reserve_space_2), (epsilon, data_format, is_training), name))


def FusedBatchNormGradV2(y_backprop, x, scale, reserve_space_1, reserve_space_2, epsilon=0.0001, data_format='NHWC', is_training=True, name=None):
    """The gradient of a batch normalisation for its images, scale and offset.

    The reserve inputs are the mean and variance of the batch with is_training, else of the population, which are
    constants then.

    Args:
      y_backprop: A tensor of dtype `T`: float16, bfloat16 or float32.
      x: A tensor of dtype `T`: float16, bfloat16 or float32.
      scale: A tensor of dtype float32.
      reserve_space_1: A tensor of dtype `U`: float32.
      reserve_space_2: A tensor of dtype `U`: float32.
      epsilon: A float. Default 0.0001.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      is_training: A bool. Default True.
      name: A name for the operation.

    Returns:
      A named tuple (x_backprop, scale_backprop, offset_backprop, reserve_space_3, reserve_space_4). `x_backprop`: A
      tensor of dtype `T`. `scale_backprop`: A tensor of dtype `U`. `offset_backprop`: A tensor of dtype `U`.
      `reserve_space_3`: A tensor of dtype `U`. `reserve_space_4`: A tensor of dtype `U`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _named("FusedBatchNormGradV2", "x_backprop scale_backprop offset_backprop reserve_space_3 reserve_space_4", _call(_FusedBatchNormGradV2, (y_backprop, x, scale, reserve_space_1, reserve_space_2), (epsilon, data_format, is_training), name))


def FusedBatchNormGradV3(y_backprop, x, scale, reserve_space_1, reserve_space_2, reserve_space_3, epsilon=0.0001, data_format='NHWC', is_training=True, name=None):
    """The gradient of a batch normalisation for its images, scale and offset.

    The reserve inputs are the mean and variance of the batch with is_training, else of the population, which are
    constants then.

    Args:
      y_backprop: A tensor of dtype `T`: float16, bfloat16 or float32.
      x: A tensor of dtype `T`: float16, bfloat16 or float32.
      scale: A tensor of dtype float32.
      reserve_space_1: A tensor of dtype `U`: float32.
      reserve_space_2: A tensor of dtype `U`: float32.
      reserve_space_3: A tensor of dtype `U`: float32.
      epsilon: A float. Default 0.0001.
      data_format: A string: 'NHWC', 'NCHW', 'NDHWC' or 'NCDHW'. Default 'NHWC'.
      is_training: A bool. Default True.
      name: A name for the operation.

    Returns:
      A named tuple (x_backprop, scale_backprop, offset_backprop, reserve_space_4, reserve_space_5). `x_backprop`: A
      tensor of dtype `T`. `scale_backprop`: A tensor of dtype `U`. `offset_backprop`: A tensor of dtype `U`.
      `reserve_space_4`: A tensor of dtype `U`. `reserve_space_5`: A tensor of dtype `U`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _named("FusedBatchNormGradV3", "x_backprop scale_backprop offset_backprop reserve_space_4 reserve_space_5", _call(_FusedBatchNormGradV3, (y_backprop, x, scale, reserve_space_1, reserve_space_2, reserve_space_3), (epsilon, data_format, is_training), name))


def FusedBatchNormV2(x, scale, offset, mean, variance, epsilon=0.0001, exponential_avg_factor=1.0, data_format='NHWC', is_training=True, name=None):
    """Normalises images by the mean and variance of each channel, times `scale`, plus `offset`: [channels] each.

    With is_training the statistics are those of the batch, and `mean` and `variance` are used only if
    exponential_avg_factor is not 1: the second and third output are then (1 - factor) old + factor new. Otherwise
    `mean` and `variance` are the statistics. The variance of output 3 is that of a sample, larger by n/(n - 1). The
    reserve outputs are mean and variance for the gradient. Of no images, outputs 2 and 3 are NaN.

    Args:
      x: A tensor of dtype `T`: float16, bfloat16 or float32.
      scale: A tensor of dtype `U`: float32.
      offset: A tensor of dtype `U`: float32.
      mean: A tensor of dtype `U`: float32.
      variance: A tensor of dtype `U`: float32.
      epsilon: A float. Default 0.0001.
      exponential_avg_factor: A float. Default 1.0.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      is_training: A bool. Default True.
      name: A name for the operation.

    Returns:
      A named tuple (y, batch_mean, batch_variance, reserve_space_1, reserve_space_2). `y`: A tensor of dtype `T`.
      `batch_mean`: A tensor of dtype `U`. `batch_variance`: A tensor of dtype `U`. `reserve_space_1`: A tensor of dtype
      `U`. `reserve_space_2`: A tensor of dtype `U`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _named("FusedBatchNormV2", "y batch_mean batch_variance reserve_space_1 reserve_space_2", _call(_FusedBatchNormV2, (x, scale, offset, mean, variance), (epsilon, exponential_avg_factor, data_format, is_training), name))


def FusedBatchNormV3(x, scale, offset, mean, variance, epsilon=0.0001, exponential_avg_factor=1.0, data_format='NHWC', is_training=True, name=None):
    """Normalises images by the mean and variance of each channel, times `scale`, plus `offset`: [channels] each.

    With is_training the statistics are those of the batch, and `mean` and `variance` are used only if
    exponential_avg_factor is not 1: the second and third output are then (1 - factor) old + factor new. Otherwise
    `mean` and `variance` are the statistics. The variance of output 3 is that of a sample, larger by n/(n - 1). The
    reserve outputs are mean and variance for the gradient. Of no images, outputs 2 and 3 are NaN.

    Args:
      x: A tensor of dtype `T`: float16, bfloat16 or float32.
      scale: A tensor of dtype `U`: bfloat16 or float32.
      offset: A tensor of dtype `U`: bfloat16 or float32.
      mean: A tensor of dtype `U`: bfloat16 or float32.
      variance: A tensor of dtype `U`: bfloat16 or float32.
      epsilon: A float. Default 0.0001.
      exponential_avg_factor: A float. Default 1.0.
      data_format: A string: 'NHWC', 'NCHW', 'NDHWC' or 'NCDHW'. Default 'NHWC'.
      is_training: A bool. Default True.
      name: A name for the operation.

    Returns:
      A named tuple (y, batch_mean, batch_variance, reserve_space_1, reserve_space_2, reserve_space_3). `y`: A tensor of
      dtype `T`. `batch_mean`: A tensor of dtype `U`. `batch_variance`: A tensor of dtype `U`. `reserve_space_1`: A
      tensor of dtype `U`. `reserve_space_2`: A tensor of dtype `U`. `reserve_space_3`: A tensor of dtype `U`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _named("FusedBatchNormV3", "y batch_mean batch_variance reserve_space_1 reserve_space_2 reserve_space_3", _call(_FusedBatchNormV3, (x, scale, offset, mean, variance), (epsilon, exponential_avg_factor, data_format, is_training), name))


def GatherNd(params, indices, bad_indices_policy='', name=None):
    """The slices of `params` that the vectors along the last axis of `indices` name by their leading axes.

    `bad_indices_policy` 'IGNORE' gives zeros for vectors out of range.

    Args:
      params: A tensor of any dtype `Tparams`.
      indices: A tensor of dtype `Tindices`: int16, int32 or int64.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tparams`.

    Raises:
      InvalidArgumentError for vectors longer than the rank of `params` or out of range.
    """
    return _call(_GatherNd, (params, indices), (bad_indices_policy,), name)


def GatherV2(params, indices, axis, batch_dims=0, name=None):
    """The slices of `params` along `axis` (a scalar; negative ones count from the end) that `indices` names: the axis
    is replaced by the axes of `indices`.

    The first `batch_dims` axes of both go together.

    Args:
      params: A tensor of any dtype `Tparams`.
      indices: A tensor of dtype `Tindices`: int16, int32 or int64.
      axis: A tensor of dtype `Taxis`: int32 or int64. Lives in host memory.
      batch_dims: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tparams`.

    Raises:
      InvalidArgumentError if an index is not in [0, size of the axis).
    """
    return _call(_GatherV2, (params, indices, axis), (batch_dims,), name)


def GeneratorDataset(init_func_other_args, next_func_other_args, finalize_func_other_args, init_func, next_func, finalize_func, output_types, output_shapes, metadata='', name=None):
    """What next_func gives, called with the state that init_func made, until it ends with OutOfRange; then
    finalize_func is called.

    Args:
      init_func_other_args: A list of tensors, each of any dtype (`Tinit_func_args`).
      next_func_other_args: A list of tensors, each of any dtype (`Tnext_func_args`).
      finalize_func_other_args: A list of tensors, each of any dtype (`Tfinalize_func_args`).
      init_func: A function.
      next_func: A function.
      finalize_func: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_GeneratorDataset, (init_func_other_args, next_func_other_args, finalize_func_other_args), (init_func, next_func, finalize_func, output_types, output_shapes, metadata), name)


def Greater(x, y, name=None):
    """Whether x is greater than y, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      y: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Greater, x, y, name)


def GreaterEqual(x, y, name=None):
    """Whether x is at least y, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      y: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_GreaterEqual, x, y, name)


def GroupByWindowDataset(input_dataset, key_func_other_arguments, reduce_func_other_arguments, window_size_func_other_arguments, key_func, reduce_func, window_size_func, output_types, output_shapes, metadata='', name=None):
    """The elements of the datasets that reduce_func(key, window) makes, called whenever window_size_func(key) elements
    with one key_func(element) are there, and for the rest at the end.

    Args:
      input_dataset: A tensor of dtype variant.
      key_func_other_arguments: A list of tensors, each of any dtype (`Tkey_func_other_arguments`).
      reduce_func_other_arguments: A list of tensors, each of any dtype (`Treduce_func_other_arguments`).
      window_size_func_other_arguments: A list of tensors, each of any dtype (`Twindow_size_func_other_arguments`).
      key_func: A function.
      reduce_func: A function.
      window_size_func: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_GroupByWindowDataset, (input_dataset, key_func_other_arguments, reduce_func_other_arguments, window_size_func_other_arguments), (key_func, reduce_func, window_size_func, output_types, output_shapes, metadata), name)


def GuaranteeConst(input, name=None):
    """The input itself; says that it is the same in every run, which changes nothing here.

    Args:
      input: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a resource.
    """
    return _call1(_GuaranteeConst, input, name)


def HistogramSummary(tag, values, name=None):
    """Makes a summary that counts the values in buckets of exponentially growing width.

    Args:
      tag: A tensor of dtype string.
      values: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.

    Raises:
      InvalidArgumentError for NaN and infinities.
    """
    return _call2(_HistogramSummary, tag, values, name)


def Identity(input, name=None):
    """The input itself, of any shape and dtype; nothing is copied.

    Args:
      input: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Identity, input, name)


def IdentityN(input, name=None):
    """The inputs themselves, of any shapes and dtypes; mostly nothing is copied.

    Args:
      input: A list of tensors, each of any dtype (`T`).
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `T`.
    """
    return _call(_IdentityN, (input,), (), name)


def If(cond, input, Tout, then_branch, else_branch, output_shapes=[], name=None):
    """Calls one of two functions with the same arguments, which may have effects.

    A scalar condition holds if it is not zero, a string if it is not empty, any other tensor if it has elements.

    Args:
      cond: A tensor of any dtype `Tcond`. Lives in host memory.
      input: A list of tensors, each of any dtype (`Tin`).
      Tout: A list of dtypes with at least 0 of them.
      then_branch: A function.
      else_branch: A function.
      output_shapes: A list of shapes, each partly known or None. Default [].
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.
    """
    return _call(_If, (cond, input), (Tout, then_branch, else_branch, output_shapes), name)


def IgnoreErrorsDataset(input_dataset, output_types, output_shapes, log_warning=False, name=None):
    """The elements that can be made; those that fail are passed over.

    Args:
      input_dataset: A tensor of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      log_warning: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_IgnoreErrorsDataset, (input_dataset,), (output_types, output_shapes, log_warning), name)


def Imag(input, Tout=_float32, name=None):
    """The imaginary part of complex numbers, element by element.

    Args:
      input: A tensor of dtype `T`: complex64 or complex128.
      Tout: A dtype: float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tout`.
    """
    return _call(_Imag, (input,), (Tout,), name)


def ImageSummary(tag, tensor, max_images=3, bad_color=None, name=None):
    """Makes a summary of the first max_images images of tensor, [batch, height, width, channels] with 1, 3 or 4
    channels, as PNG.

    Floats are scaled image by image so that the largest magnitude becomes white; pixels with NaN or infinity get
    bad_color.

    Args:
      tag: A tensor of dtype string.
      tensor: A tensor of dtype `T`: uint8, float32, float16 or float64.
      max_images: An int, at least 1. Default 3.
      bad_color: A constant tensor. Default None.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_ImageSummary, (tag, tensor), (max_images, bad_color), name)


def InTopKV2(predictions, targets, k, name=None):
    """Whether the target class of each row is among its `k` largest predictions, ties counting as in.

    `predictions` is [batch, classes], `targets` [batch]. A target out of range or a row with a value that is not finite
    gives false.

    Args:
      predictions: A tensor of dtype float32.
      targets: A tensor of dtype `T`: int32 or int64.
      k: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError for other shapes.
    """
    return _call(_InTopKV2, (predictions, targets, k), (), name)


def InterleaveDataset(input_dataset, other_arguments, cycle_length, block_length, f, output_types, output_shapes, metadata='', name=None):
    """The elements of the datasets that f makes, block_length at a time from cycle_length of them in turn.

    Args:
      input_dataset: A tensor of dtype variant.
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      cycle_length: A tensor of dtype int64.
      block_length: A tensor of dtype int64.
      f: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_InterleaveDataset, (input_dataset, other_arguments, cycle_length, block_length), (f, output_types, output_shapes, metadata), name)


def Inv(x, name=None):
    """1/x, element by element: the older name of Reciprocal.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Inv, x, name)


def InvGrad(y, dy, name=None):
    """The gradient of Inv from its result: -dy y^2, element by element, with the conjugate of y.

    Args:
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      dy: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different numbers of elements.
    """
    return _call2(_InvGrad, y, dy, name)


def Invert(x, name=None):
    """Every bit flipped, element by element.

    Args:
      x: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Invert, x, name)


def InvertPermutation(x, name=None):
    """The inverse permutation: `y[x[i]] = i` for the vector `x`.

    Args:
      x: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if `x` is not a permutation of 0 to n-1.
    """
    return _call1(_InvertPermutation, x, name)


def IsFinite(x, name=None):
    """Whether each element is neither NaN nor infinite.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_IsFinite, x, name)


def IsInf(x, name=None):
    """Whether each element is an infinity of either sign.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_IsInf, x, name)


def IsNan(x, name=None):
    """Whether each element is a NaN.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_IsNan, x, name)


def IsVariableInitialized(ref, name=None):
    """Tells whether a reference variable has a value.

    Args:
      ref: A tensor that is a variable's reference of any dtype `dtype`.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_IsVariableInitialized, ref, name)


def IteratorFromStringHandleV2(string_handle, output_types=[], output_shapes=[], name=None):
    """The iterator that a string stands for.

    Args:
      string_handle: A tensor of dtype string.
      output_types: A list of dtypes with at least 0 of them. Default [].
      output_shapes: A list of shapes, each partly known or None with at least 0 of them. Default [].
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.

    Raises:
      InvalidArgumentError if there is none or its elements are of other types or shapes.
    """
    return _call(_IteratorFromStringHandleV2, (string_handle,), (output_types, output_shapes), name)


def IteratorGetNext(iterator, output_types, output_shapes, name=None):
    """The next element.

    Args:
      iterator: A tensor of dtype resource.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `output_types`.

    Raises:
      OutOfRangeError "End of sequence" after the last one, FailedPreconditionError before MakeIterator.
    """
    return _call(_IteratorGetNext, (iterator,), (output_types, output_shapes), name)


def IteratorGetNextAsOptional(iterator, output_types, output_shapes, name=None):
    """The next element as an optional, which is empty after the last one.

    Args:
      iterator: A tensor of dtype resource.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      FailedPreconditionError before MakeIterator.
    """
    return _call(_IteratorGetNextAsOptional, (iterator,), (output_types, output_shapes), name)


def IteratorGetNextSync(iterator, output_types, output_shapes, name=None):
    """The next element, as IteratorGetNext.

    Args:
      iterator: A tensor of dtype resource.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `output_types`.
    """
    return _call(_IteratorGetNextSync, (iterator,), (output_types, output_shapes), name)


def IteratorToStringHandle(resource_handle, name=None):
    """A string that stands for an iterator, to be fed to IteratorFromStringHandleV2.

    Args:
      resource_handle: A tensor of dtype resource.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call1(_IteratorToStringHandle, resource_handle, name)


def IteratorV2(shared_name, container, output_types, output_shapes, name=None):
    """An iterator by container and shared_name (or node name), to be made with MakeIterator.

    Args:
      shared_name: A string.
      container: A string.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_IteratorV2, (), (shared_name, container, output_types, output_shapes), name)


def L2Loss(t, name=None):
    """Half the sum of the squares of all elements, a scalar; 0 for an empty tensor.

    Args:
      t: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_L2Loss, t, name)


def LeakyRelu(features, alpha=0.2, name=None):
    """x above 0, alpha x below, element by element; NaN stays.

    Args:
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      alpha: A float. Default 0.2.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_LeakyRelu, (features,), (alpha,), name)


def LeakyReluGrad(gradients, features, alpha=0.2, name=None):
    """The gradient of LeakyRelu: `gradients` where `features` is above 0, alpha times it elsewhere.

    One shape.

    Args:
      gradients: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      alpha: A float. Default 0.2.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different shapes.
    """
    return _call(_LeakyReluGrad, (gradients, features), (alpha,), name)


def LeftShift(x, y, name=None):
    """x 2^y with the bits that do not fit dropped, element by element with broadcasting; y is taken between 0 and the
    width less one.

    Args:
      x: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      y: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_LeftShift, x, y, name)


def Less(x, y, name=None):
    """Whether x is less than y, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      y: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Less, x, y, name)


def LessEqual(x, y, name=None):
    """Whether x is at most y, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      y: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32 or
        uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_LessEqual, x, y, name)


def Lgamma(x, name=None):
    """log |Gamma(x)|, element by element; infinite at 0, -1, -2, ...

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Lgamma, x, name)


def ListDiff(x, y, out_idx=_int32, name=None):
    """The elements of the vector `x` that do not occur in the vector `y`, in their order, repeated ones kept, and their
    positions.

    Args:
      x: A tensor of any dtype `T`.
      y: A tensor of any dtype `T`.
      out_idx: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A named tuple (out, idx). `out`: A tensor of dtype `T`. `idx`: A tensor of dtype `out_idx`.

    Raises:
      InvalidArgumentError unless both are vectors.
    """
    return _named("ListDiff", "out idx", _call(_ListDiff, (x, y), (out_idx,), name))


def Log(x, name=None):
    """The natural logarithm, element by element: -infinity at 0, NaN below; the principal branch of complex numbers.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Log, x, name)


def Log1p(x, name=None):
    """log(1 + x), element by element, exact near 0; NaN below -1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Log1p, x, name)


def LogSoftmax(logits, name=None):
    """x - log(sum(exp(x))) over the last axis, computed with the maximum subtracted.

    A row with NaN or +inf, or with nothing but -inf, gives NaN.

    Args:
      logits: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a scalar.
    """
    return _call1(_LogSoftmax, logits, name)


def LogicalAnd(x, y, name=None):
    """Whether both are true, element by element with broadcasting.

    Args:
      x: A tensor of dtype bool.
      y: A tensor of dtype bool.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_LogicalAnd, x, y, name)


def LogicalNot(x, name=None):
    """The other truth value, element by element.

    Args:
      x: A tensor of dtype bool.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_LogicalNot, x, name)


def LogicalOr(x, y, name=None):
    """Whether one or both are true, element by element with broadcasting.

    Args:
      x: A tensor of dtype bool.
      y: A tensor of dtype bool.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_LogicalOr, x, y, name)


def LowerBound(sorted_inputs, values, out_type=_int32, name=None):
    """For each row: the position in `sorted_inputs` of the first element that is not less than the value.

    Both are matrices with the same number of rows.

    Args:
      sorted_inputs: A tensor of any dtype `T`.
      values: A tensor of any dtype `T`.
      out_type: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError if they are not.
    """
    return _call(_LowerBound, (sorted_inputs, values), (out_type,), name)


def MakeIterator(dataset, iterator, name=None):
    """Starts an iterator over a dataset from its first element.

    Args:
      dataset: A tensor of dtype variant.
      iterator: A tensor of dtype resource.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call2(_MakeIterator, dataset, iterator, name)


def MapDataset(input_dataset, other_arguments, f, output_types, output_shapes, use_inter_op_parallelism=True, preserve_cardinality=False, force_synchronous=False, metadata='', name=None):
    """f of each element, in order.

    Args:
      input_dataset: A tensor of dtype variant.
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      f: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      use_inter_op_parallelism: A bool. Default True.
      preserve_cardinality: A bool. Default False.
      force_synchronous: A bool. Default False.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_MapDataset, (input_dataset, other_arguments), (f, output_types, output_shapes, use_inter_op_parallelism, preserve_cardinality, force_synchronous, metadata), name)


def MatMul(a, b, transpose_a=False, transpose_b=False, grad_a=False, grad_b=False, name=None):
    """The product of two matrices.

    `a` of shape [m, k] and `b` of shape [k, n] give [m, n]; transpose_a and transpose_b say that an operand lies
    transposed. An empty inner axis gives zeros.

    Args:
      a: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, uint8, uint16, uint32, uint64,
        complex64 or complex128.
      b: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, uint8, uint16, uint32, uint64,
        complex64 or complex128.
      transpose_a: A bool. Default False.
      transpose_b: A bool. Default False.
      grad_a: A bool. Default False.
      grad_b: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError unless both have two axes and the inner sizes agree.
    """
    return _call(_MatMul, (a, b), (transpose_a, transpose_b, grad_a, grad_b), name)


def MatrixBandPart(input, num_lower, num_upper, name=None):
    """The matrices along the last two axes with zeros outside of a band of `num_lower` diagonals below and `num_upper`
    above the main one, both scalars; -1 means all.

    Args:
      input: A tensor of any dtype `T`.
      num_lower: A tensor of dtype `Tindex`: int32 or int64. Lives in host memory.
      num_upper: A tensor of dtype `Tindex`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for numbers larger than the matrix.
    """
    return _call(_MatrixBandPart, (input, num_lower, num_upper), (), name)


def MatrixDiagPartV3(input, k, padding_value, align='RIGHT_LEFT', name=None):
    """The diagonals `k` (a scalar, or lowest and highest) of the matrices along the last two axes, one row each, the
    highest first; for a single one without that axis.

    Shorter diagonals are filled with `padding_value` at the side that `align` says.

    Args:
      input: A tensor of any dtype `T`.
      k: A tensor of dtype int32. Lives in host memory.
      padding_value: A tensor of any dtype `T`.
      align: A string: 'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT' or 'RIGHT_RIGHT'. Default 'RIGHT_LEFT'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for diagonals that do not exist.
    """
    return _call(_MatrixDiagPartV3, (input, k, padding_value), (align,), name)


def MatrixDiagV3(diagonal, k, num_rows, num_cols, padding_value, align='RIGHT_LEFT', name=None):
    """Matrices with the diagonals `k` (a scalar, or lowest and highest) along the last one or two axes of `diagonal`,
    and `padding_value` elsewhere.

    Shorter diagonals lie at the side of their row that `align` says, first for those above the main one. `num_rows` and
    `num_cols` of -1 mean as few as fit.

    Args:
      diagonal: A tensor of any dtype `T`.
      k: A tensor of dtype int32. Lives in host memory.
      num_rows: A tensor of dtype int32. Lives in host memory.
      num_cols: A tensor of dtype int32. Lives in host memory.
      padding_value: A tensor of any dtype `T`.
      align: A string: 'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT' or 'RIGHT_RIGHT'. Default 'RIGHT_LEFT'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if sizes and diagonals do not fit together.
    """
    return _call(_MatrixDiagV3, (diagonal, k, num_rows, num_cols, padding_value), (align,), name)


def MatrixSetDiagV3(input, diagonal, k, align='RIGHT_LEFT', name=None):
    """The matrices along the last two axes with the diagonals `k` (a scalar, or lowest and highest) replaced by the
    rows of `diagonal`, laid out as MatrixDiagPartV3 does.

    Args:
      input: A tensor of any dtype `T`.
      diagonal: A tensor of any dtype `T`.
      k: A tensor of dtype int32. Lives in host memory.
      align: A string: 'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT' or 'RIGHT_RIGHT'. Default 'RIGHT_LEFT'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for diagonals that do not exist or do not fit.
    """
    return _call(_MatrixSetDiagV3, (input, diagonal, k), (align,), name)


def Max(input, axis, keep_dims=False, name=None):
    """The largest element over axes; NaN if there is one.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. Over nothing it is -inf, or the smallest integer.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32, uint64, qint8, quint8, qint32, qint16 or quint16.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_Max, (input, axis), (keep_dims,), name)


def MaxPool(input, ksize, strides, padding, explicit_paddings=[], data_format='NHWC', name=None):
    """The largest element of each window of images [batch, height, width, channels] (channels first with data_format
    NCHW).

    ksize and strides have one value per axis; padding adds nothing to a window, and NaN counts for nothing. Windows
    over channels must have their size as stride.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16, float32, float64, int32, int64, uint8, int16, int8, uint16 or
        qint8.
      ksize: A list of ints with at least 4 of them.
      strides: A list of ints with at least 4 of them.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC', 'NCHW' or 'NCHW_VECT_C'. Default 'NHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _call(_MaxPool, (input,), (ksize, strides, padding, explicit_paddings, data_format), name)


def MaxPool3D(input, ksize, strides, padding, data_format='NDHWC', name=None):
    """The largest element of each window of volumes [batch, depth, height, width, channels] (channels first with
    data_format NCDHW).

    ksize and strides have one value per axis; padding adds nothing to a window, and NaN counts for nothing.

    Args:
      input: A tensor of dtype `T`: float16, bfloat16 or float32.
      ksize: A list of ints with at least 5 of them.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _call(_MaxPool3D, (input,), (ksize, strides, padding, data_format), name)


def MaxPool3DGrad(orig_input, orig_output, grad, ksize, strides, padding, data_format='NDHWC', name=None):
    """The gradient of MaxPool3D: each window's gradient goes to its largest element, the first one of equals.

    `orig_input` and `orig_output` are the MaxPool3D's, `grad` has the shape and dtype of `orig_output`.

    Args:
      orig_input: A tensor of dtype `TInput`: float16, bfloat16 or float32.
      orig_output: A tensor of dtype `TInput`: float16, bfloat16 or float32.
      grad: A tensor of dtype `T`: float16, bfloat16 or float32.
      ksize: A list of ints with at least 5 of them.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for others.
    """
    return _call(_MaxPool3DGrad, (orig_input, orig_output, grad), (ksize, strides, padding, data_format), name)


def MaxPool3DGradGrad(orig_input, orig_output, grad, ksize, strides, padding, data_format='NDHWC', name=None):
    """The second gradient of MaxPool3D: picks from `grad`, which has the shape of `orig_input`, the element where each
    window of `orig_input` is largest.

    The result has the shape of `orig_output`.

    Args:
      orig_input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      orig_output: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      ksize: A list of ints with at least 5 of them.
      strides: A list of ints with at least 5 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NDHWC' or 'NCDHW'. Default 'NDHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for other shapes.
    """
    return _call(_MaxPool3DGradGrad, (orig_input, orig_output, grad), (ksize, strides, padding, data_format), name)


def MaxPoolGrad(orig_input, orig_output, grad, ksize, strides, padding, explicit_paddings=[], data_format='NHWC', name=None):
    """The gradient of MaxPool: each window's gradient goes to its largest element, the first one of equals.

    `orig_input` and `orig_output` are the MaxPool's, `grad` has the shape of `orig_output`.

    Args:
      orig_input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      orig_output: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      ksize: A list of ints with at least 4 of them.
      strides: A list of ints with at least 4 of them.
      padding: A string: 'SAME', 'VALID' or 'EXPLICIT'.
      explicit_paddings: A list of ints. Default [].
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for other shapes.
    """
    return _call(_MaxPoolGrad, (orig_input, orig_output, grad), (ksize, strides, padding, explicit_paddings, data_format), name)


def MaxPoolGradGrad(orig_input, orig_output, grad, ksize, strides, padding, data_format='NHWC', name=None):
    """The second gradient of MaxPool: picks from `grad`, which has the shape of `orig_input`, the element where each
    window of `orig_input` is largest.

    The result has the shape of `orig_output`.

    Args:
      orig_input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      orig_output: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      ksize: A list of ints with at least 4 of them.
      strides: A list of ints with at least 4 of them.
      padding: A string: 'SAME' or 'VALID'.
      data_format: A string: 'NHWC' or 'NCHW'. Default 'NHWC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for other shapes.
    """
    return _call(_MaxPoolGradGrad, (orig_input, orig_output, grad), (ksize, strides, padding, data_format), name)


def MaxPoolGradWithArgmax(input, grad, argmax, ksize, strides, padding, include_batch_in_index=False, name=None):
    """The gradient of MaxPoolWithArgmax: adds each element of `grad` to the element that `argmax` names.

    The result has the shape of `input`.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      argmax: A tensor of dtype `Targmax`: int32 or int64.
      ksize: A list of ints with at least 4 of them.
      strides: A list of ints with at least 4 of them.
      padding: A string: 'SAME' or 'VALID'.
      include_batch_in_index: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for other shapes and for places outside.
    """
    return _call(_MaxPoolGradWithArgmax, (input, grad, argmax), (ksize, strides, padding, include_batch_in_index), name)


def MaxPoolWithArgmax(input, ksize, strides, padding, Targmax=_int64, include_batch_in_index=False, name=None):
    """The largest element of each window of images [batch, height, width, channels], and its place in the image written
    as one vector of rows of pixels, or in that of all images with include_batch_in_index.

    The first one of equals is taken, a NaN only if it is the window's first element.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      ksize: A list of ints with at least 4 of them.
      strides: A list of ints with at least 4 of them.
      padding: A string: 'SAME' or 'VALID'.
      Targmax: A dtype: int32 or int64. Default int64.
      include_batch_in_index: A bool. Default False.
      name: A name for the operation.

    Returns:
      A named tuple (output, argmax). `output`: A tensor of dtype `T`. `argmax`: A tensor of dtype `Targmax`.

    Raises:
      InvalidArgumentError for shapes that do not fit.
    """
    return _named("MaxPoolWithArgmax", "output argmax", _call(_MaxPoolWithArgmax, (input,), (ksize, strides, Targmax, padding, include_batch_in_index), name))


def Maximum(x, y, name=None):
    """The larger of x and y, element by element with broadcasting; NaN if either is.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64 or
        uint64.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64 or
        uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Maximum, x, y, name)


def Mean(input, axis, keep_dims=False, name=None):
    """The mean over axes.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. Means of integers are truncated; a mean over nothing is NaN (0 for integers and complex numbers).

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_Mean, (input, axis), (keep_dims,), name)


def MergeSummary(inputs, name=None):
    """Joins the values of several summaries.

    Args:
      inputs: A list of at least 1 tensors, of dtype string.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.

    Raises:
      InvalidArgumentError if two have the same tag.
    """
    return _call(_MergeSummary, (inputs,), (), name)


def MergeV2Checkpoints(checkpoint_prefixes, destination_prefix, delete_old_dirs=True, allow_missing_files=False, name=None):
    """Makes one checkpoint of several parts, by renaming their data files and joining their indexes.

    Args:
      checkpoint_prefixes: A tensor of dtype string.
      destination_prefix: A tensor of dtype string.
      delete_old_dirs: A bool. Default True.
      allow_missing_files: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_MergeV2Checkpoints, (checkpoint_prefixes, destination_prefix), (delete_old_dirs, allow_missing_files), name)


def Min(input, axis, keep_dims=False, name=None):
    """The smallest element over axes; NaN if there is one.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. Over nothing it is inf, or the largest integer.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32, uint64, qint8, quint8, qint32, qint16 or quint16.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_Min, (input, axis), (keep_dims,), name)


def Minimum(x, y, name=None):
    """The smaller of x and y, element by element with broadcasting; NaN if either is.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64 or
        uint64.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64 or
        uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Minimum, x, y, name)


def MirrorPad(input, paddings, mode, name=None):
    """The input continued by its mirror image, `paddings[i, 0]` elements before and `paddings[i, 1]` after it along
    axis i.

    In mode 'REFLECT' the border element is the mirror and is not repeated, in mode 'SYMMETRIC' it is.

    Args:
      input: A tensor of any dtype `T`.
      paddings: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
      mode: A string: 'REFLECT' or 'SYMMETRIC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if a padding is longer than the image.
    """
    return _call(_MirrorPad, (input, paddings), (mode,), name)


def MirrorPadGrad(input, paddings, mode, name=None):
    """The gradient of MirrorPad: the input without its paddings, to which the paddings are added where they were
    mirrored from.

    Args:
      input: A tensor of any dtype `T`.
      paddings: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
      mode: A string: 'REFLECT' or 'SYMMETRIC'.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if a padding is longer than the image.
    """
    return _call(_MirrorPadGrad, (input, paddings), (mode,), name)


def Mod(x, y, name=None):
    """The remainder with the sign of x, element by element with broadcasting: the older name of TruncateMod.

    Args:
      x: A tensor of dtype `T`: int32, int64, float16, float16, bfloat16, float32 or float64.
      y: A tensor of dtype `T`: int32, int64, float16, float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an integer division by 0 and for shapes that do not broadcast.
    """
    return _call2(_Mod, x, y, name)


def Mul(x, y, name=None):
    """x y, element by element with broadcasting; integers wrap.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Mul, x, y, name)


def MulNoNan(x, y, name=None):
    """x y, but 0 where y is 0 even if x is infinite or NaN, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_MulNoNan, x, y, name)


def Multinomial(logits, num_samples, seed=0, seed2=0, output_dtype=_int64, name=None):
    """Draws num_samples classes for each row of logits, class j with probability proportional to e^logits[row, j].

    Logits that are not finite have probability 0.

    Args:
      logits: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      num_samples: A tensor of dtype int32. Lives in host memory.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      output_dtype: A dtype: int32 or int64. Default int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `output_dtype`.
    """
    return _call(_Multinomial, (logits, num_samples), (seed, seed2, output_dtype), name)


def Ndtri(x, name=None):
    """The quantile of the standard normal distribution, element by element; infinite at 0 and 1, NaN beyond.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Ndtri, x, name)


def Neg(x, name=None):
    """-x, element by element; integers wrap.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Neg, x, name)


def NextAfter(x1, x2, name=None):
    """The next number after x1 toward x2, element by element with broadcasting.

    Args:
      x1: A tensor of dtype `T`: float64 or float32.
      x2: A tensor of dtype `T`: float64 or float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_NextAfter, x1, x2, name)


def NoOp(name=None):
    """Does nothing; control edges make it a point that others wait for.

    Args:
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_NoOp, (), (), name)


def NotEqual(x, y, incompatible_shape_error=True, name=None):
    """Whether x and y differ, element by element with broadcasting; any dtype.

    Shapes that do not broadcast are an InvalidArgument, or, if `incompatible_shape_error` is false, unequal as a whole:
    one true.

    Args:
      x: A tensor of any dtype `T`.
      y: A tensor of any dtype `T`.
      incompatible_shape_error: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call(_NotEqual, (x, y), (incompatible_shape_error,), name)


def OneHot(indices, depth, on_value, off_value, axis=-1, name=None):
    """For each index a new axis of size `depth` at position `axis` (-1: the last) that holds `on_value` at the index
    and `off_value` elsewhere; all three are scalars.

    Indices out of range give `off_value` only.

    Args:
      indices: A tensor of dtype `TI`: uint8, int8, int32 or int64.
      depth: A tensor of dtype int32. Lives in host memory.
      on_value: A tensor of any dtype `T`.
      off_value: A tensor of any dtype `T`.
      axis: An int. Default -1.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a negative depth or an axis out of range.
    """
    return _call(_OneHot, (indices, depth, on_value, off_value), (axis,), name)


def OneShotIterator(dataset_factory, output_types, output_shapes, container='', shared_name='', name=None):
    """An iterator over the dataset that a function without arguments makes; it cannot be started anew.

    Args:
      dataset_factory: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_OneShotIterator, (), (dataset_factory, output_types, output_shapes, container, shared_name), name)


def OnesLike(x, name=None):
    """Ones (true) of the shape and dtype of `x`.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, uint8, int16, uint16, int32, uint32, int64,
        uint64, complex64, complex128 or bool.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_OnesLike, x, name)


def OptionalFromValue(components, name=None):
    """An optional that holds these components.

    Args:
      components: A list of tensors, each of any dtype (`Toutput_types`).
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_OptionalFromValue, (components,), (), name)


def OptionalGetValue(optional, output_types, output_shapes, name=None):
    """What an optional holds.

    Args:
      optional: A tensor of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `output_types`.

    Raises:
      InvalidArgumentError if it is empty or holds something of another kind.
    """
    return _call(_OptionalGetValue, (optional,), (output_types, output_shapes), name)


def OptionalHasValue(optional, name=None):
    """Whether an optional holds something.

    Args:
      optional: A tensor of dtype variant.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_OptionalHasValue, optional, name)


def OptionalNone(name=None):
    """An optional without a value.

    Args:
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_OptionalNone, (), (), name)


def OptionsDataset(input_dataset, serialized_options, output_types, output_shapes, metadata='', name=None):
    """The same elements under serialised options.

    Args:
      input_dataset: A tensor of dtype variant.
      serialized_options: A string.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_OptionsDataset, (input_dataset,), (serialized_options, output_types, output_shapes, metadata), name)


def Pack(values, axis=0, name=None):
    """Stacks tensors of one shape along a new axis at position `axis` (negative ones count from the end of the result).

    Args:
      values: A list of at least 1 tensors, of any dtype `T`.
      axis: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes differ or `axis` is out of range.
    """
    return _call(_Pack, (values,), (axis,), name)


def Pad(input, paddings, name=None):
    """The input with `paddings[i, 0]` zeros before and `paddings[i, 1]` after it along axis i.

    Args:
      input: A tensor of any dtype `T`.
      paddings: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError unless `paddings` is a matrix with two columns and a row per axis, none negative.
    """
    return _call2(_Pad, input, paddings, name)


def PadV2(input, paddings, constant_values, name=None):
    """The input with `paddings[i, 0]` elements of the value `constant_values`, a scalar, before and `paddings[i, 1]`
    after it along axis i.

    Args:
      input: A tensor of any dtype `T`.
      paddings: A tensor of dtype `Tpaddings`: int32 or int64. Lives in host memory.
      constant_values: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError unless `paddings` is a matrix with two columns and a row per axis, none negative.
    """
    return _call(_PadV2, (input, paddings, constant_values), (), name)


def PaddedBatchDatasetV2(input_dataset, batch_size, padded_shapes, padding_values, drop_remainder, output_shapes, parallel_copy=False, metadata='', name=None):
    """As BatchDatasetV2, where each element is padded to padded_shapes (-1 means the longest of the batch) with
    padding_values.

    Args:
      input_dataset: A tensor of dtype variant.
      batch_size: A tensor of dtype int64.
      padded_shapes: A list of at least 1 tensors, of dtype int64.
      padding_values: A list of tensors, each of any dtype (`Toutput_types`).
      drop_remainder: A tensor of dtype bool.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      parallel_copy: A bool. Default False.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_PaddedBatchDatasetV2, (input_dataset, batch_size, padded_shapes, padding_values, drop_remainder), (parallel_copy, output_shapes, metadata), name)


def PaddingFIFOQueue(component_types, shapes=[], capacity=-1, container='', shared_name='', name=None):
    """A queue as PaddingFIFOQueueV2 makes it, by reference.

    Args:
      component_types: A list of dtypes with at least 1 of them.
      shapes: A list of shapes, each partly known or None with at least 0 of them. Default [].
      capacity: An int. Default -1.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_PaddingFIFOQueue, (), (component_types, shapes, capacity, container, shared_name), name)


def PaddingFIFOQueueV2(component_types, shapes=[], capacity=-1, container='', shared_name='', name=None):
    """A queue like FIFOQueueV2 whose shapes may have unknown sizes: elements taken together are filled up with zeros to
    the largest.

    Args:
      component_types: A list of dtypes with at least 1 of them.
      shapes: A list of shapes, each partly known or None with at least 0 of them. Default [].
      capacity: An int. Default -1.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_PaddingFIFOQueueV2, (), (component_types, shapes, capacity, container, shared_name), name)


def ParallelBatchDataset(input_dataset, batch_size, num_parallel_calls, drop_remainder, output_types, output_shapes, parallel_copy=False, deterministic='default', metadata='', name=None):
    """As BatchDatasetV2, with num_parallel_calls batches copied at a time.

    Args:
      input_dataset: A tensor of dtype variant.
      batch_size: A tensor of dtype int64.
      num_parallel_calls: A tensor of dtype int64.
      drop_remainder: A tensor of dtype bool.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      parallel_copy: A bool. Default False.
      deterministic: A string. Default 'default'.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ParallelBatchDataset, (input_dataset, batch_size, num_parallel_calls, drop_remainder), (parallel_copy, output_types, output_shapes, deterministic, metadata), name)


def ParallelInterleaveDatasetV4(input_dataset, other_arguments, cycle_length, block_length, buffer_output_elements, prefetch_input_elements, num_parallel_calls, f, output_types, output_shapes, deterministic='default', metadata='', name=None):
    """As InterleaveDataset, with num_parallel_calls datasets read at a time.

    Args:
      input_dataset: A tensor of dtype variant.
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      cycle_length: A tensor of dtype int64.
      block_length: A tensor of dtype int64.
      buffer_output_elements: A tensor of dtype int64.
      prefetch_input_elements: A tensor of dtype int64.
      num_parallel_calls: A tensor of dtype int64.
      f: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      deterministic: A string. Default 'default'.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ParallelInterleaveDatasetV4, (input_dataset, other_arguments, cycle_length, block_length, buffer_output_elements, prefetch_input_elements, num_parallel_calls), (f, deterministic, output_types, output_shapes, metadata), name)


def ParallelMapDatasetV2(input_dataset, other_arguments, num_parallel_calls, f, output_types, output_shapes, use_inter_op_parallelism=True, deterministic='default', preserve_cardinality=False, use_unbounded_threadpool=False, metadata='', name=None):
    """f of each element, with num_parallel_calls calls under way at a time (-1 chooses); in order unless deterministic
    is false.

    Args:
      input_dataset: A tensor of dtype variant.
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      num_parallel_calls: A tensor of dtype int64.
      f: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      use_inter_op_parallelism: A bool. Default True.
      deterministic: A string. Default 'default'.
      preserve_cardinality: A bool. Default False.
      use_unbounded_threadpool: A bool. Default False.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ParallelMapDatasetV2, (input_dataset, other_arguments, num_parallel_calls), (f, output_types, output_shapes, use_inter_op_parallelism, deterministic, preserve_cardinality, use_unbounded_threadpool, metadata), name)


def ParseExampleV2(serialized, names, sparse_keys, dense_keys, ragged_keys, dense_defaults, num_sparse, sparse_types, ragged_value_types, ragged_split_types, dense_shapes, name=None):
    """The features of encoded `Example` messages, of one or of a vector of them: as sparse tensors, as dense ones with
    defaults, as ragged ones.

    Args:
      serialized: A tensor of dtype string.
      names: A tensor of dtype string.
      sparse_keys: A tensor of dtype string.
      dense_keys: A tensor of dtype string.
      ragged_keys: A tensor of dtype string.
      dense_defaults: A list of tensors, each of dtype float32, int64 or string (`Tdense`).
      num_sparse: An int, at least 0.
      sparse_types: A list of dtypes with at least 0 of them: float32, int64 or string.
      ragged_value_types: A list of dtypes with at least 0 of them: float32, int64 or string.
      ragged_split_types: A list of dtypes with at least 0 of them: int32 or int64.
      dense_shapes: A list of shapes, each partly known or None with at least 0 of them.
      name: A name for the operation.

    Returns:
      A named tuple (sparse_indices, sparse_values, sparse_shapes, dense_values, ragged_values, ragged_row_splits).
      `sparse_indices`: A list of `num_sparse` tensors of dtype int64. `sparse_values`: A list of tensors of dtypes
      `sparse_types`. `sparse_shapes`: A list of `num_sparse` tensors of dtype int64. `dense_values`: A list of tensors
      of dtypes `Tdense`. `ragged_values`: A list of tensors of dtypes `ragged_value_types`. `ragged_row_splits`: A list
      of tensors of dtypes `ragged_split_types`.

    Raises:
      InvalidArgumentError for messages that are damaged, for features of another dtype or size, and for missing ones
        without a default.
    """
    return _named("ParseExampleV2", "sparse_indices sparse_values sparse_shapes dense_values ragged_values ragged_row_splits", _call(_ParseExampleV2, (serialized, names, sparse_keys, dense_keys, ragged_keys, dense_defaults), (num_sparse, sparse_types, ragged_value_types, ragged_split_types, dense_shapes), name))


def PartitionedCall(args, Tout, f, config='', config_proto='', executor_type='', name=None):
    """Calls a function without effects.

    Args:
      args: A list of tensors, each of any dtype (`Tin`).
      Tout: A list of dtypes with at least 0 of them.
      f: A function.
      config: A string. Default ''.
      config_proto: A string. Default ''.
      executor_type: A string. Default ''.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.

    Raises:
      InvalidArgumentError if an argument does not fit the function's dtypes and shapes.
    """
    return _call(_PartitionedCall, (args,), (Tout, f, config, config_proto, executor_type), name)


def Placeholder(dtype, shape=None, name=None):
    """A value that every run is fed with.

    `shape` says what is known of its shape.

    Args:
      dtype: A dtype.
      shape: A shape, partly known or None. Default None.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      InvalidArgumentError if it is not fed.
    """
    return _call(_Placeholder, (), (dtype, shape), name)


def PlaceholderWithDefault(input, shape, name=None):
    """The input, unless the run feeds another value.

    `shape` says which shapes may be fed.

    Args:
      input: A tensor of any dtype `dtype`.
      shape: A shape, partly known or None.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      InvalidArgumentError if the input does not fit it.
    """
    return _call(_PlaceholderWithDefault, (input,), (shape,), name)


def Polygamma(a, x, name=None):
    """The derivative of order a of Digamma at x, element by element with broadcasting; NaN unless a is 0, 1, 2, ...

    Args:
      a: A tensor of dtype `T`: float32 or float64.
      x: A tensor of dtype `T`: float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Polygamma, a, x, name)


def Pow(x, y, name=None):
    """x^y, element by element with broadcasting; integers wrap.

    Args:
      x: A tensor of dtype `T`: bfloat16, float32, float16, float64, int8, int16, int32, int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float32, float16, float64, int8, int16, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a negative power of integers and for shapes that do not broadcast.
    """
    return _call2(_Pow, x, y, name)


def PrefetchDataset(input_dataset, buffer_size, output_types, output_shapes, slack_period=0, legacy_autotune=True, buffer_size_min=0, metadata='', name=None):
    """The same elements, made ahead of their use by up to buffer_size (-1 chooses).

    Args:
      input_dataset: A tensor of dtype variant.
      buffer_size: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      slack_period: An int. Default 0.
      legacy_autotune: A bool. Default True.
      buffer_size_min: An int. Default 0.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_PrefetchDataset, (input_dataset, buffer_size), (output_types, output_shapes, slack_period, legacy_autotune, buffer_size_min, metadata), name)


def PreventGradient(input, message='', name=None):
    """The input itself; asking for a gradient through it is an error with the reason `message`.

    Args:
      input: A tensor of any dtype `T`.
      message: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      a lookup error when a gradient is asked for.
    """
    return _call(_PreventGradient, (input,), (message,), name)


def Print(input, data, message='', first_n=-1, summarize=3, name=None):
    """Passes its input on and prints a message and up to summarize elements of each of data to the standard error
    stream; only the first first_n times, unless that is negative.

    Args:
      input: A tensor of any dtype `T`.
      data: A list of tensors, each of any dtype (`U`).
      message: A string. Default ''.
      first_n: An int. Default -1.
      summarize: An int. Default 3.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_Print, (input, data), (message, first_n, summarize), name)


def PrintV2(input, output_stream='stderr', end='\n', name=None):
    """Prints a scalar string and an end to stderr, stdout, log(info), log(warning), log(error), or appends it to a file
    named file://PATH.

    Args:
      input: A tensor of dtype string.
      output_stream: A string. Default 'stderr'.
      end: A string. Default '\\n'.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_PrintV2, (input,), (output_stream, end), name)


def PriorityQueue(shapes, component_types=[], capacity=-1, container='', shared_name='', name=None):
    """A queue as PriorityQueueV2 makes it, by reference.

    Args:
      shapes: A list of shapes, each partly known or None with at least 0 of them.
      component_types: A list of dtypes with at least 0 of them. Default [].
      capacity: An int. Default -1.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_PriorityQueue, (), (component_types, shapes, capacity, container, shared_name), name)


def PriorityQueueV2(shapes, component_types=[], capacity=-1, container='', shared_name='', name=None):
    """A queue that gives the element with the smallest first component first: an int64 scalar that stands before
    component_types.

    Args:
      shapes: A list of shapes, each partly known or None with at least 0 of them.
      component_types: A list of dtypes with at least 0 of them. Default [].
      capacity: An int. Default -1.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_PriorityQueueV2, (), (component_types, shapes, capacity, container, shared_name), name)


def Prod(input, axis, keep_dims=False, name=None):
    """The product over axes.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. A product over nothing is 1.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_Prod, (input, axis), (keep_dims,), name)


def PyFunc(input, token, Tout, name=None):
    """Calls the Python function that is registered under a token with NumPy arrays.

    Args:
      input: A list of tensors, each of any dtype (`Tin`).
      token: A string.
      Tout: A list of dtypes with at least 0 of them.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.
    """
    return _call(_PyFunc, (input,), (token, Tout), name)


def PyFuncStateless(input, token, Tout, name=None):
    """Calls the Python function that is registered under a token with NumPy arrays; equal calls may be merged.

    Args:
      input: A list of tensors, each of any dtype (`Tin`).
      token: A string.
      Tout: A list of dtypes with at least 0 of them.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.
    """
    return _call(_PyFuncStateless, (input,), (token, Tout), name)


def QueueClose(handle, cancel_pending_enqueues=False, name=None):
    """Closes a queue, as QueueCloseV2 does.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      cancel_pending_enqueues: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_QueueClose, (handle,), (cancel_pending_enqueues,), name)


def QueueCloseV2(handle, cancel_pending_enqueues=False, name=None):
    """Closes a queue: nothing more is added, what is in it can be taken.

    Elements whose adding waits are added first, unless cancel_pending_enqueues.

    Args:
      handle: A tensor of dtype resource.
      cancel_pending_enqueues: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.

    Raises:
      CancelledError if it is closed already.
    """
    return _call(_QueueCloseV2, (handle,), (cancel_pending_enqueues,), name)


def QueueDequeue(handle, component_types, timeout_ms=-1, name=None):
    """Takes an element out of a queue, as QueueDequeueV2 does.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      component_types: A list of dtypes with at least 1 of them.
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `component_types`.
    """
    return _call(_QueueDequeue, (handle,), (component_types, timeout_ms), name)


def QueueDequeueMany(handle, n, component_types, timeout_ms=-1, name=None):
    """Takes n elements out of a queue, as QueueDequeueManyV2 does.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      n: A tensor of dtype int32.
      component_types: A list of dtypes with at least 1 of them.
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `component_types`.
    """
    return _call(_QueueDequeueMany, (handle, n), (component_types, timeout_ms), name)


def QueueDequeueManyV2(handle, n, component_types, timeout_ms=-1, name=None):
    """Takes n elements out of a queue, stacked along a new first axis, waiting until there are so many.

    Args:
      handle: A tensor of dtype resource.
      n: A tensor of dtype int32.
      component_types: A list of dtypes with at least 1 of them.
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `component_types`.

    Raises:
      OutOfRangeError if the queue is closed and has fewer.
    """
    return _call(_QueueDequeueManyV2, (handle, n), (component_types, timeout_ms), name)


def QueueDequeueUpTo(handle, n, component_types, timeout_ms=-1, name=None):
    """Takes up to n elements out of a queue, as QueueDequeueUpToV2 does.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      n: A tensor of dtype int32.
      component_types: A list of dtypes with at least 1 of them.
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `component_types`.
    """
    return _call(_QueueDequeueUpTo, (handle, n), (component_types, timeout_ms), name)


def QueueDequeueUpToV2(handle, n, component_types, timeout_ms=-1, name=None):
    """Takes n elements out of a queue as QueueDequeueManyV2 does, but what is left of a closed queue if that is less.

    Args:
      handle: A tensor of dtype resource.
      n: A tensor of dtype int32.
      component_types: A list of dtypes with at least 1 of them.
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `component_types`.

    Raises:
      OutOfRangeError if the queue is closed and empty.
    """
    return _call(_QueueDequeueUpToV2, (handle, n), (component_types, timeout_ms), name)


def QueueDequeueV2(handle, component_types, timeout_ms=-1, name=None):
    """Takes an element out of a queue, waiting until there is one.

    Args:
      handle: A tensor of dtype resource.
      component_types: A list of dtypes with at least 1 of them.
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `component_types`.

    Raises:
      OutOfRangeError if the queue is closed and empty.
    """
    return _call(_QueueDequeueV2, (handle,), (component_types, timeout_ms), name)


def QueueEnqueue(handle, components, timeout_ms=-1, name=None):
    """Adds an element to a queue, as QueueEnqueueV2 does.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      components: A list of tensors, each of any dtype (`Tcomponents`).
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_QueueEnqueue, (handle, components), (timeout_ms,), name)


def QueueEnqueueMany(handle, components, timeout_ms=-1, name=None):
    """Adds the rows of the components to a queue, as QueueEnqueueManyV2 does.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      components: A list of tensors, each of any dtype (`Tcomponents`).
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_QueueEnqueueMany, (handle, components), (timeout_ms,), name)


def QueueEnqueueManyV2(handle, components, timeout_ms=-1, name=None):
    """Adds the rows of the components to a queue as elements, waiting while it is full.

    Args:
      handle: A tensor of dtype resource.
      components: A list of tensors, each of any dtype (`Tcomponents`).
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.

    Raises:
      CancelledError if the queue is closed.
    """
    return _call(_QueueEnqueueManyV2, (handle, components), (timeout_ms,), name)


def QueueEnqueueV2(handle, components, timeout_ms=-1, name=None):
    """Adds an element to a queue, waiting while it is full.

    Args:
      handle: A tensor of dtype resource.
      components: A list of tensors, each of any dtype (`Tcomponents`).
      timeout_ms: An int. Default -1.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.

    Raises:
      CancelledError if the queue is closed.
    """
    return _call(_QueueEnqueueV2, (handle, components), (timeout_ms,), name)


def QueueIsClosed(handle, name=None):
    """Whether a queue is closed.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_QueueIsClosed, handle, name)


def QueueIsClosedV2(handle, name=None):
    """Whether a queue is closed.

    Args:
      handle: A tensor of dtype resource.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_QueueIsClosedV2, handle, name)


def QueueSize(handle, name=None):
    """How many elements are in a queue.

    Args:
      handle: A tensor that is a variable's reference of dtype string.
      name: A name for the operation.

    Returns:
      A tensor of dtype int32.
    """
    return _call1(_QueueSize, handle, name)


def QueueSizeV2(handle, name=None):
    """How many elements are in a queue.

    Args:
      handle: A tensor of dtype resource.
      name: A name for the operation.

    Returns:
      A tensor of dtype int32.
    """
    return _call1(_QueueSizeV2, handle, name)


def RaggedGather(params_nested_splits, params_dense_values, indices, OUTPUT_RAGGED_RANK, name=None):
    """The rows of a ragged tensor at some indices.

    OUTPUT_RAGGED_RANK must be PARAMS_RAGGED_RANK + rank(indices) - 1.

    Args:
      params_nested_splits: A list of at least 1 tensors, of dtype `Tsplits`: int32 or int64.
      params_dense_values: A tensor of any dtype `Tvalues`.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      OUTPUT_RAGGED_RANK: An int, at least 0.
      name: A name for the operation.

    Returns:
      A named tuple (output_nested_splits, output_dense_values). `output_nested_splits`: A list of `OUTPUT_RAGGED_RANK`
      tensors of dtype `Tsplits`. `output_dense_values`: A tensor of dtype `Tvalues`.

    Raises:
      InvalidArgumentError for indices out of range.
    """
    return _named("RaggedGather", "output_nested_splits output_dense_values", _call(_RaggedGather, (params_nested_splits, params_dense_values, indices), (OUTPUT_RAGGED_RANK,), name))


def RaggedRange(starts, limits, deltas, Tsplits=_int64, name=None):
    """A ragged tensor whose row i counts from starts[i] to limits[i] (exclusive) by deltas[i].

    The operands are vectors of one length, or scalars for all rows.

    Args:
      starts: A tensor of dtype `T`: bfloat16, float32, float64, int32 or int64.
      limits: A tensor of dtype `T`: bfloat16, float32, float64, int32 or int64.
      deltas: A tensor of dtype `T`: bfloat16, float32, float64, int32 or int64.
      Tsplits: A dtype: int32 or int64. Default int64.
      name: A name for the operation.

    Returns:
      A named tuple (rt_nested_splits, rt_dense_values). `rt_nested_splits`: A tensor of dtype `Tsplits`.
      `rt_dense_values`: A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a delta of 0.
    """
    return _named("RaggedRange", "rt_nested_splits rt_dense_values", _call(_RaggedRange, (starts, limits, deltas), (Tsplits,), name))


def RaggedTensorFromVariant(encoded_ragged, input_ragged_rank, output_ragged_rank, Tvalues, Tsplits=_int64, name=None):
    """The ragged tensor that variants of ragged tensors make: each axis of encoded_ragged becomes one of the result.

    input_ragged_rank is the ragged rank of the elements, -1 to find it out.

    Args:
      encoded_ragged: A tensor of dtype variant.
      input_ragged_rank: An int, at least -1.
      output_ragged_rank: An int, at least 0.
      Tvalues: A dtype.
      Tsplits: A dtype: int32 or int64. Default int64.
      name: A name for the operation.

    Returns:
      A named tuple (output_nested_splits, output_dense_values). `output_nested_splits`: A list of `output_ragged_rank`
      tensors of dtype `Tsplits`. `output_dense_values`: A tensor of dtype `Tvalues`.

    Raises:
      InvalidArgumentError if elements are of another kind or do not fit together.
    """
    return _named("RaggedTensorFromVariant", "output_nested_splits output_dense_values", _call(_RaggedTensorFromVariant, (encoded_ragged,), (input_ragged_rank, output_ragged_rank, Tvalues, Tsplits), name))


def RaggedTensorToSparse(rt_nested_splits, rt_dense_values, name=None):
    """The place of each element of a ragged tensor, the elements, and the least shape that holds them all.

    Args:
      rt_nested_splits: A list of at least 1 tensors, of dtype `Tsplits`: int32 or int64.
      rt_dense_values: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A named tuple (sparse_indices, sparse_values, sparse_dense_shape). `sparse_indices`: A tensor of dtype int64.
      `sparse_values`: A tensor of dtype `T`. `sparse_dense_shape`: A tensor of dtype int64.

    Raises:
      InvalidArgumentError for row splits that do not fit.
    """
    return _named("RaggedTensorToSparse", "sparse_indices sparse_values sparse_dense_shape", _call(_RaggedTensorToSparse, (rt_nested_splits, rt_dense_values), (), name))


def RaggedTensorToTensor(shape, values, default_value, row_partition_tensors, row_partition_types, name=None):
    """A dense tensor with the rows of a ragged one, filled up with default_value and cut to shape (-1 for as long as
    the longest row).

    A partition is FIRST_DIM_SIZE, VALUE_ROWIDS or ROW_SPLITS.

    Args:
      shape: A tensor of dtype `Tshape`: int64 or int32.
      values: A tensor of any dtype `T`.
      default_value: A tensor of any dtype `T`.
      row_partition_tensors: A list of at least 1 tensors, of dtype `Tindex`: int64 or int32.
      row_partition_types: A list of strings.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for partitions or shapes that do not fit.
    """
    return _call(_RaggedTensorToTensor, (shape, values, default_value, row_partition_tensors), (row_partition_types,), name)


def RaggedTensorToVariant(rt_nested_splits, rt_dense_values, batched_input, name=None):
    """A ragged tensor as a scalar variant, or with batched_input each of its rows as one element of a vector of
    variants.

    Args:
      rt_nested_splits: A list of tensors, of dtype `Tsplits`: int32 or int64.
      rt_dense_values: A tensor of any dtype `Tvalues`.
      batched_input: A bool.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError for row splits that do not fit.
    """
    return _call(_RaggedTensorToVariant, (rt_nested_splits, rt_dense_values), (batched_input,), name)


def RaggedTensorToVariantGradient(encoded_ragged_grad, row_splits, dense_values_shape, Tvalues, name=None):
    """The gradient of the values of RaggedTensorToVariant, of shape dense_values_shape, from that of its result;
    row_splits are the outermost ones of the op, or 0 if it had none.

    Args:
      encoded_ragged_grad: A tensor of dtype variant.
      row_splits: A tensor of dtype `Tsplits`: int32 or int64.
      dense_values_shape: A tensor of dtype int32.
      Tvalues: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tvalues`.
    """
    return _call(_RaggedTensorToVariantGradient, (encoded_ragged_grad, row_splits, dense_values_shape), (Tvalues,), name)


def RandomDataset(seed, seed2, output_types, output_shapes, metadata='', name=None):
    """Random 32-bit numbers as int64 scalars, without end; the same ones in every pass.

    Args:
      seed: A tensor of dtype int64.
      seed2: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_RandomDataset, (seed, seed2), (output_types, output_shapes, metadata), name)


def RandomDatasetV2(seed, seed2, seed_generator, output_types, output_shapes, rerandomize_each_iteration=False, metadata='', name=None):
    """Random 32-bit numbers as int64 scalars, without end; new ones in every pass if rerandomize_each_iteration.

    Args:
      seed: A tensor of dtype int64.
      seed2: A tensor of dtype int64.
      seed_generator: A tensor of dtype resource.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      rerandomize_each_iteration: A bool. Default False.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_RandomDatasetV2, (seed, seed2, seed_generator), (rerandomize_each_iteration, output_types, output_shapes, metadata), name)


def RandomShuffle(value, seed=0, seed2=0, name=None):
    """Permutes a tensor along its first axis at random.

    Seeds as in RandomUniform.

    Args:
      value: A tensor of any dtype `T`.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_RandomShuffle, (value,), (seed, seed2), name)


def RandomShuffleQueue(component_types, shapes=[], capacity=-1, min_after_dequeue=0, seed=0, seed2=0, container='', shared_name='', name=None):
    """A queue as RandomShuffleQueueV2 makes it, by reference.

    Args:
      component_types: A list of dtypes with at least 1 of them.
      shapes: A list of shapes, each partly known or None with at least 0 of them. Default [].
      capacity: An int. Default -1.
      min_after_dequeue: An int. Default 0.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_RandomShuffleQueue, (), (component_types, shapes, capacity, min_after_dequeue, seed, seed2, container, shared_name), name)


def RandomShuffleQueueV2(component_types, shapes=[], capacity=-1, min_after_dequeue=0, seed=0, seed2=0, container='', shared_name='', name=None):
    """A queue that gives its elements in random order, by seed and seed2.

    Until it is closed, min_after_dequeue elements stay in it.

    Args:
      component_types: A list of dtypes with at least 1 of them.
      shapes: A list of shapes, each partly known or None with at least 0 of them. Default [].
      capacity: An int. Default -1.
      min_after_dequeue: An int. Default 0.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_RandomShuffleQueueV2, (), (component_types, shapes, capacity, min_after_dequeue, seed, seed2, container, shared_name), name)


def RandomStandardNormal(shape, dtype, seed=0, seed2=0, name=None):
    """Draws from the normal distribution of mean 0 and deviation 1 (Box-Muller).

    Seeds as in RandomUniform.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_RandomStandardNormal, (shape,), (seed, seed2, dtype), name)


def RandomUniform(shape, dtype, seed=0, seed2=0, name=None):
    """Draws uniformly from [0, 1).

    The same seeds give the same sequence of results, run after run; both 0 mean a random seed.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_RandomUniform, (shape,), (seed, seed2, dtype), name)


def RandomUniformInt(shape, minval, maxval, seed=0, seed2=0, name=None):
    """Draws integers from [minval, maxval), by remainder: slightly uneven unless the range is a power of two.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      minval: A tensor of dtype `Tout`: int32 or int64. Lives in host memory.
      maxval: A tensor of dtype `Tout`: int32 or int64. Lives in host memory.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tout`.

    Raises:
      InvalidArgumentError unless minval < maxval.
    """
    return _call(_RandomUniformInt, (shape, minval, maxval), (seed, seed2), name)


def Range(start, limit, delta, name=None):
    """The numbers `start`, `start + delta`, ..

    up to but without `limit`, as a vector; all three are scalars.

    Args:
      start: A tensor of dtype `Tidx`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint16, uint32 or
        uint64. Lives in host memory.
      limit: A tensor of dtype `Tidx`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint16, uint32 or
        uint64. Lives in host memory.
      delta: A tensor of dtype `Tidx`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint16, uint32 or
        uint64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tidx`.

    Raises:
      InvalidArgumentError if `delta` is 0 or leads away from `limit`.
    """
    return _call(_Range, (start, limit, delta), (), name)


def RangeDataset(start, stop, step, output_types, output_shapes, metadata='', replicate_on_split=False, name=None):
    """The integers from start to stop (exclusive) by step.

    Args:
      start: A tensor of dtype int64.
      stop: A tensor of dtype int64.
      step: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      replicate_on_split: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError if step is 0.
    """
    return _call(_RangeDataset, (start, stop, step), (output_types, output_shapes, metadata, replicate_on_split), name)


def Rank(input, name=None):
    """The number of axes, a scalar.

    Args:
      input: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype int32.
    """
    return _call1(_Rank, input, name)


def ReadFile(filename, name=None):
    """Reads a whole file.

    Args:
      filename: A tensor of dtype string.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.

    Raises:
      NotFoundError if there is none.
    """
    return _call1(_ReadFile, filename, name)


def ReadVariableOp(resource, dtype, name=None):
    """Gives the current value of a variable.

    Later assignments do not change what was read.

    Args:
      resource: A tensor of dtype resource.
      dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      FailedPreconditionError if it has no value.
    """
    return _call(_ReadVariableOp, (resource,), (dtype,), name)


def Real(input, Tout=_float32, name=None):
    """The real part of complex numbers, element by element.

    Args:
      input: A tensor of dtype `T`: complex64 or complex128.
      Tout: A dtype: float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tout`.
    """
    return _call(_Real, (input,), (Tout,), name)


def RealDiv(x, y, name=None):
    """x/y of floats and complex numbers, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_RealDiv, x, y, name)


def RebatchDatasetV2(input_dataset, batch_sizes, drop_remainder, output_types, output_shapes, name=None):
    """The rows of the input's batches in batches of batch_sizes, which take turns.

    Args:
      input_dataset: A tensor of dtype variant.
      batch_sizes: A tensor of dtype int64.
      drop_remainder: A tensor of dtype bool.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_RebatchDatasetV2, (input_dataset, batch_sizes, drop_remainder), (output_types, output_shapes), name)


def Reciprocal(x, name=None):
    """1/x, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Reciprocal, x, name)


def ReciprocalGrad(y, dy, name=None):
    """The gradient of Reciprocal from its result: -dy y^2, element by element, with the conjugate of y.

    Args:
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      dy: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different numbers of elements.
    """
    return _call2(_ReciprocalGrad, y, dy, name)


def ReduceDataset(input_dataset, initial_state, other_arguments, f, output_types, output_shapes, use_inter_op_parallelism=True, metadata='', name=None):
    """The state after f(state, element) was called for each element.

    Args:
      input_dataset: A tensor of dtype variant.
      initial_state: A list of tensors, each of any dtype (`Tstate`).
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      f: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      use_inter_op_parallelism: A bool. Default True.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `output_types`.
    """
    return _call(_ReduceDataset, (input_dataset, initial_state, other_arguments), (f, output_types, output_shapes, use_inter_op_parallelism, metadata), name)


def ReduceJoin(inputs, reduction_indices, keep_dims=False, separator='', name=None):
    """Joins the strings along axes, the axis that is given first running fastest; no axes leave the input as it is.

    Args:
      inputs: A tensor of dtype string.
      reduction_indices: A tensor of dtype int32. Lives in host memory.
      keep_dims: A bool. Default False.
      separator: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.

    Raises:
      InvalidArgumentError for an axis outside the input or given twice.
    """
    return _call(_ReduceJoin, (inputs, reduction_indices), (keep_dims, separator), name)


def Relu(features, name=None):
    """max(x, 0), element by element; NaN stays.

    Args:
      features: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32, uint64 or qint8.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Relu, features, name)


def Relu6(features, name=None):
    """min(max(x, 0), 6), element by element; NaN stays.

    Args:
      features: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Relu6, features, name)


def Relu6Grad(gradients, features, name=None):
    """The gradient of Relu6 from its operand or result: `gradients` where `features` is between 0 and 6, else 0,
    element by element.

    Args:
      gradients: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      features: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different shapes.
    """
    return _call2(_Relu6Grad, gradients, features, name)


def ReluGrad(gradients, features, name=None):
    """The gradient of Relu from its operand or result: `gradients` where `features` is above 0, else 0, element by
    element.

    Args:
      gradients: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      features: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different shapes.
    """
    return _call2(_ReluGrad, gradients, features, name)


def RepeatDataset(input_dataset, count, output_types, output_shapes, metadata='', name=None):
    """The elements count times, without end if count is negative.

    Args:
      input_dataset: A tensor of dtype variant.
      count: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_RepeatDataset, (input_dataset, count), (output_types, output_shapes, metadata), name)


def Reshape(tensor, shape, name=None):
    """The elements of `tensor`, in their order, under the shape `shape`, a vector of sizes of which one may be -1: what
    is left.

    Nothing is copied.

    Args:
      tensor: A tensor of any dtype `T`.
      shape: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the number of elements differs.
    """
    return _call2(_Reshape, tensor, shape, name)


def ResourceApplyAdadelta(var, accum, accum_update, lr, rho, epsilon, grad, use_locking=False, name=None):
    """Adadelta (Zeiler, 2012): accum = rho * accum + (1 - rho) * grad^2; update = sqrt(accum_update + epsilon) /
    sqrt(accum + epsilon) * grad; accum_update = rho * accum_update + (1 - rho) * update^2; var -= lr * update.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      accum_update: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyAdadelta, (var, accum, accum_update, lr, rho, epsilon, grad), (use_locking,), name)


def ResourceApplyAdagrad(var, accum, lr, grad, use_locking=False, update_slots=True, name=None):
    """Adagrad (Duchi, Hazan and Singer, 2011): accum += grad^2 if update_slots; var -= lr * grad / sqrt(accum).

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      update_slots: A bool. Default True.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyAdagrad, (var, accum, lr, grad), (use_locking, update_slots), name)


def ResourceApplyAdagradDA(var, gradient_accumulator, gradient_squared_accumulator, grad, lr, l1, l2, global_step, use_locking=False, name=None):
    """Adagrad by dual averaging (Duchi, Hazan and Singer, 2011): the accumulators a and q take grad and grad^2; var =
    -lr * sign(a) * max(|a| - l1 * global_step, 0) / (l2 * global_step * lr + sqrt(q)).

    Args:
      var: A tensor of dtype resource.
      gradient_accumulator: A tensor of dtype resource.
      gradient_squared_accumulator: A tensor of dtype resource.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      global_step: A tensor of dtype int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyAdagradDA, (var, gradient_accumulator, gradient_squared_accumulator, grad, lr, l1, l2, global_step), (use_locking,), name)


def ResourceApplyAdagradV2(var, accum, lr, epsilon, grad, use_locking=False, update_slots=True, name=None):
    """Adagrad with a small number against division by zero: accum += grad^2 if update_slots; var -= lr * grad /
    (sqrt(accum) + epsilon).

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      update_slots: A bool. Default True.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyAdagradV2, (var, accum, lr, epsilon, grad), (use_locking, update_slots), name)


def ResourceApplyAdam(var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad, use_locking=False, use_nesterov=False, name=None):
    """Adam (Kingma and Ba, 2015): m += (grad - m) * (1 - beta1); v += (grad^2 - v) * (1 - beta2); var -= lr * sqrt(1 -
    beta2_power) / (1 - beta1_power) * m / (sqrt(v) + epsilon).

    Args:
      var: A tensor of dtype resource.
      m: A tensor of dtype resource.
      v: A tensor of dtype resource.
      beta1_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta2_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyAdam, (var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad), (use_locking, use_nesterov), name)


def ResourceApplyAdamWithAmsgrad(var, m, v, vhat, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad, use_locking=False, name=None):
    """Adam with AMSGrad (Reddi, Kale and Kumar, 2018): as Adam, but divides by sqrt(vhat) + epsilon, where vhat =
    max(vhat, v).

    Args:
      var: A tensor of dtype resource.
      m: A tensor of dtype resource.
      v: A tensor of dtype resource.
      vhat: A tensor of dtype resource.
      beta1_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta2_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      beta2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyAdamWithAmsgrad, (var, m, v, vhat, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad), (use_locking,), name)


def ResourceApplyCenteredRMSProp(var, mg, ms, mom, lr, rho, momentum, epsilon, grad, use_locking=False, name=None):
    """Centred RMSProp: ms += (grad^2 - ms) * (1 - rho); mg += (grad - mg) * (1 - rho); mom = momentum * mom + lr * grad
    / sqrt(ms - mg^2 + epsilon); var -= mom.

    Args:
      var: A tensor of dtype resource.
      mg: A tensor of dtype resource.
      ms: A tensor of dtype resource.
      mom: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyCenteredRMSProp, (var, mg, ms, mom, lr, rho, momentum, epsilon, grad), (use_locking,), name)


def ResourceApplyFtrl(var, accum, linear, grad, lr, l1, l2, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """FTRL-proximal (McMahan and others, 2013): new = accum + grad^2; linear += grad - (new^-lr_power -
    accum^-lr_power) / lr * var; var = |linear| > l1 ? (sign(linear) * l1 - linear) / (new^-lr_power / lr + 2 * l2) : 0;
    accum = new.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      linear: A tensor of dtype resource.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyFtrl, (var, accum, linear, grad, lr, l1, l2, lr_power), (use_locking, multiply_linear_by_lr), name)


def ResourceApplyFtrlV2(var, accum, linear, grad, lr, l1, l2, l2_shrinkage, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """FTRL-proximal with shrinkage: as ResourceApplyFtrl, where linear takes grad + 2 * l2_shrinkage * var instead of
    grad.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      linear: A tensor of dtype resource.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2_shrinkage: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyFtrlV2, (var, accum, linear, grad, lr, l1, l2, l2_shrinkage, lr_power), (use_locking, multiply_linear_by_lr), name)


def ResourceApplyGradientDescent(var, alpha, delta, use_locking=False, name=None):
    """Gradient descent: var -= alpha * delta.

    Args:
      var: A tensor of dtype resource.
      alpha: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      delta: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyGradientDescent, (var, alpha, delta), (use_locking,), name)


def ResourceApplyKerasMomentum(var, accum, lr, grad, momentum, use_locking=False, use_nesterov=False, name=None):
    """Momentum as Keras writes it: accum = momentum * accum - lr * grad; var += accum, with use_nesterov var +=
    momentum * accum - lr * grad.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyKerasMomentum, (var, accum, lr, grad, momentum), (use_locking, use_nesterov), name)


def ResourceApplyMomentum(var, accum, lr, grad, momentum, use_locking=False, use_nesterov=False, name=None):
    """Momentum: accum = momentum * accum + grad; var -= lr * accum, with use_nesterov var -= lr * (grad + momentum *
    accum).

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyMomentum, (var, accum, lr, grad, momentum), (use_locking, use_nesterov), name)


def ResourceApplyProximalAdagrad(var, accum, lr, l1, l2, grad, use_locking=False, name=None):
    """Adagrad with forward-backward splitting: accum += grad^2; rate = lr / sqrt(accum); p = var - rate * grad; var =
    sign(p) * max(|p| - rate * l1, 0) / (1 + rate * l2).

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyProximalAdagrad, (var, accum, lr, l1, l2, grad), (use_locking,), name)


def ResourceApplyProximalGradientDescent(var, alpha, l1, l2, delta, use_locking=False, name=None):
    """Forward-backward splitting (Duchi and Singer, 2009): p = var - alpha * delta; var = sign(p) * max(|p| - alpha *
    l1, 0) / (1 + alpha * l2).

    Args:
      var: A tensor of dtype resource.
      alpha: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      delta: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyProximalGradientDescent, (var, alpha, l1, l2, delta), (use_locking,), name)


def ResourceApplyRMSProp(var, ms, mom, lr, rho, momentum, epsilon, grad, use_locking=False, name=None):
    """RMSProp: ms += (grad^2 - ms) * (1 - rho); mom = momentum * mom + lr * grad / sqrt(ms + epsilon); var -= mom.

    Args:
      var: A tensor of dtype resource.
      ms: A tensor of dtype resource.
      mom: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceApplyRMSProp, (var, ms, mom, lr, rho, momentum, epsilon, grad), (use_locking,), name)


def ResourceCountUpTo(resource, limit, T, name=None):
    """Adds one to a scalar variable and gives the value before.

    Args:
      resource: A tensor of dtype resource.
      limit: An int.
      T: A dtype: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      OutOfRangeError if it has reached the limit.
    """
    return _call(_ResourceCountUpTo, (resource,), (limit, T), name)


def ResourceGather(resource, indices, dtype, batch_dims=0, validate_indices=True, name=None):
    """Gathers rows of a variable: output[i...] = value[indices[i...]], with batch_dims leading axes in common.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      dtype: A dtype.
      batch_dims: An int. Default 0.
      validate_indices: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      InvalidArgumentError for an index outside the variable.
    """
    return _call(_ResourceGather, (resource, indices), (batch_dims, validate_indices, dtype), name)


def ResourceGatherNd(resource, indices, dtype, name=None):
    """Gathers slices of a variable: the last axis of indices holds positions along the variable's first axes.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      InvalidArgumentError for a position outside the variable.
    """
    return _call(_ResourceGatherNd, (resource, indices), (dtype,), name)


def ResourceScatterAdd(resource, indices, updates, name=None):
    """Adds updates to rows of a variable: value[indices[i...]] += updates[i...]; repeated indices add up.

    Updates may be a scalar.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.

    Raises:
      InvalidArgumentError for an index outside the variable.
    """
    return _call(_ResourceScatterAdd, (resource, indices, updates), (), name)


def ResourceScatterDiv(resource, indices, updates, name=None):
    """Divides rows of a variable by updates: value[indices[i...]] /= updates[i...].

    Updates may be a scalar.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.

    Raises:
      InvalidArgumentError for an integer 0 in updates.
    """
    return _call(_ResourceScatterDiv, (resource, indices, updates), (), name)


def ResourceScatterMax(resource, indices, updates, name=None):
    """Raises rows of a variable to updates: value[indices[i...]] = max(value[indices[i...]], updates[i...]).

    Updates may be a scalar.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterMax, (resource, indices, updates), (), name)


def ResourceScatterMin(resource, indices, updates, name=None):
    """Lowers rows of a variable to updates: value[indices[i...]] = min(value[indices[i...]], updates[i...]).

    Updates may be a scalar.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterMin, (resource, indices, updates), (), name)


def ResourceScatterMul(resource, indices, updates, name=None):
    """Multiplies rows of a variable by updates: value[indices[i...]] *= updates[i...].

    Updates may be a scalar.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterMul, (resource, indices, updates), (), name)


def ResourceScatterNdAdd(ref, indices, updates, use_locking=True, bad_indices_policy='', name=None):
    """Adds updates to slices of a variable at positions in the last axis of indices; repeated positions add up.

    Args:
      ref: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      use_locking: A bool. Default True.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterNdAdd, (ref, indices, updates), (use_locking, bad_indices_policy), name)


def ResourceScatterNdMax(ref, indices, updates, use_locking=True, bad_indices_policy='', name=None):
    """Raises slices of a variable at positions in the last axis of indices to updates.

    Args:
      ref: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      use_locking: A bool. Default True.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterNdMax, (ref, indices, updates), (use_locking, bad_indices_policy), name)


def ResourceScatterNdMin(ref, indices, updates, use_locking=True, bad_indices_policy='', name=None):
    """Lowers slices of a variable at positions in the last axis of indices to updates.

    Args:
      ref: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      use_locking: A bool. Default True.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterNdMin, (ref, indices, updates), (use_locking, bad_indices_policy), name)


def ResourceScatterNdSub(ref, indices, updates, use_locking=True, bad_indices_policy='', name=None):
    """Subtracts updates from slices of a variable at positions in the last axis of indices; repeated positions add up.

    Args:
      ref: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      use_locking: A bool. Default True.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterNdSub, (ref, indices, updates), (use_locking, bad_indices_policy), name)


def ResourceScatterNdUpdate(ref, indices, updates, use_locking=True, bad_indices_policy='', name=None):
    """Replaces slices of a variable at positions in the last axis of indices; of repeated positions the last wins.

    Args:
      ref: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      use_locking: A bool. Default True.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.

    Raises:
      InvalidArgumentError for a position outside the variable.
    """
    return _call(_ResourceScatterNdUpdate, (ref, indices, updates), (use_locking, bad_indices_policy), name)


def ResourceScatterSub(resource, indices, updates, name=None):
    """Subtracts updates from rows of a variable: value[indices[i...]] -= updates[i...]; repeated indices add up.

    Updates may be a scalar.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of dtype `dtype`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterSub, (resource, indices, updates), (), name)


def ResourceScatterUpdate(resource, indices, updates, name=None):
    """Replaces rows of a variable: value[indices[i...]] = updates[i...]; of repeated indices the last wins.

    Updates may be a scalar.

    Args:
      resource: A tensor of dtype resource.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `dtype`.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceScatterUpdate, (resource, indices, updates), (), name)


def ResourceSparseApplyAdadelta(var, accum, accum_update, lr, rho, epsilon, grad, indices, use_locking=False, name=None):
    """ResourceApplyAdadelta on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      accum_update: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyAdadelta, (var, accum, accum_update, lr, rho, epsilon, grad, indices), (use_locking,), name)


def ResourceSparseApplyAdagrad(var, accum, lr, grad, indices, use_locking=False, update_slots=True, name=None):
    """ResourceApplyAdagrad on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      update_slots: A bool. Default True.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyAdagrad, (var, accum, lr, grad, indices), (use_locking, update_slots), name)


def ResourceSparseApplyAdagradDA(var, gradient_accumulator, gradient_squared_accumulator, grad, indices, lr, l1, l2, global_step, use_locking=False, name=None):
    """ResourceApplyAdagradDA on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      gradient_accumulator: A tensor of dtype resource.
      gradient_squared_accumulator: A tensor of dtype resource.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      global_step: A tensor of dtype int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyAdagradDA, (var, gradient_accumulator, gradient_squared_accumulator, grad, indices, lr, l1, l2, global_step), (use_locking,), name)


def ResourceSparseApplyAdagradV2(var, accum, lr, epsilon, grad, indices, use_locking=False, update_slots=True, name=None):
    """ResourceApplyAdagradV2 on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      update_slots: A bool. Default True.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyAdagradV2, (var, accum, lr, epsilon, grad, indices), (use_locking, update_slots), name)


def ResourceSparseApplyCenteredRMSProp(var, mg, ms, mom, lr, rho, momentum, epsilon, grad, indices, use_locking=False, name=None):
    """ResourceApplyCenteredRMSProp on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      mg: A tensor of dtype resource.
      ms: A tensor of dtype resource.
      mom: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyCenteredRMSProp, (var, mg, ms, mom, lr, rho, momentum, epsilon, grad, indices), (use_locking,), name)


def ResourceSparseApplyFtrl(var, accum, linear, grad, indices, lr, l1, l2, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """ResourceApplyFtrl on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      linear: A tensor of dtype resource.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyFtrl, (var, accum, linear, grad, indices, lr, l1, l2, lr_power), (use_locking, multiply_linear_by_lr), name)


def ResourceSparseApplyFtrlV2(var, accum, linear, grad, indices, lr, l1, l2, l2_shrinkage, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """ResourceApplyFtrlV2 on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      linear: A tensor of dtype resource.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2_shrinkage: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyFtrlV2, (var, accum, linear, grad, indices, lr, l1, l2, l2_shrinkage, lr_power), (use_locking, multiply_linear_by_lr), name)


def ResourceSparseApplyKerasMomentum(var, accum, lr, grad, indices, momentum, use_locking=False, use_nesterov=False, name=None):
    """ResourceApplyKerasMomentum on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyKerasMomentum, (var, accum, lr, grad, indices, momentum), (use_locking, use_nesterov), name)


def ResourceSparseApplyMomentum(var, accum, lr, grad, indices, momentum, use_locking=False, use_nesterov=False, name=None):
    """ResourceApplyMomentum on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyMomentum, (var, accum, lr, grad, indices, momentum), (use_locking, use_nesterov), name)


def ResourceSparseApplyProximalAdagrad(var, accum, lr, l1, l2, grad, indices, use_locking=False, name=None):
    """ResourceApplyProximalAdagrad on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      accum: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyProximalAdagrad, (var, accum, lr, l1, l2, grad, indices), (use_locking,), name)


def ResourceSparseApplyProximalGradientDescent(var, alpha, l1, l2, grad, indices, use_locking=False, name=None):
    """ResourceApplyProximalGradientDescent on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      alpha: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyProximalGradientDescent, (var, alpha, l1, l2, grad, indices), (use_locking,), name)


def ResourceSparseApplyRMSProp(var, ms, mom, lr, rho, momentum, epsilon, grad, indices, use_locking=False, name=None):
    """ResourceApplyRMSProp on the rows that indices name.

    Args:
      var: A tensor of dtype resource.
      ms: A tensor of dtype resource.
      mom: A tensor of dtype resource.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceSparseApplyRMSProp, (var, ms, mom, lr, rho, momentum, epsilon, grad, indices), (use_locking,), name)


def ResourceStridedSliceAssign(ref, begin, end, strides, value, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0, name=None):
    """Assigns a value to a strided slice of a variable, as v[begin:end:strides] = value.

    The value is broadcast to the slice.

    Args:
      ref: A tensor of dtype resource.
      begin: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      end: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      strides: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      value: A tensor of any dtype `T`.
      begin_mask: An int. Default 0.
      end_mask: An int. Default 0.
      ellipsis_mask: An int. Default 0.
      new_axis_mask: An int. Default 0.
      shrink_axis_mask: An int. Default 0.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_ResourceStridedSliceAssign, (ref, begin, end, strides, value), (begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask), name)


def RestoreV2(prefix, tensor_names, shape_and_slices, dtypes, name=None):
    """Reads tensors of a checkpoint by name.

    Args:
      prefix: A tensor of dtype string.
      tensor_names: A tensor of dtype string.
      shape_and_slices: A tensor of dtype string.
      dtypes: A list of dtypes with at least 1 of them.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `dtypes`.

    Raises:
      NotFoundError for a missing file or name, InvalidArgumentError for another dtype.
    """
    return _call(_RestoreV2, (prefix, tensor_names, shape_and_slices), (dtypes,), name)


def ReverseSequence(input, seq_lengths, seq_dim, batch_dim=0, name=None):
    """The input with, for each position i along `batch_dim`, the first `seq_lengths[i]` elements along `seq_dim`
    reversed.

    Args:
      input: A tensor of any dtype `T`.
      seq_lengths: A tensor of dtype `Tlen`: int32 or int64.
      seq_dim: An int.
      batch_dim: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for lengths that are negative or longer than that axis.
    """
    return _call(_ReverseSequence, (input, seq_lengths), (seq_dim, batch_dim), name)


def ReverseV2(tensor, axis, name=None):
    """The tensor with the order of elements reversed along the axes in the vector `axis` (negative ones count from the
    end).

    Args:
      tensor: A tensor of dtype `T`: uint8, int8, uint16, int16, int32, uint32, int64, uint64, bool, bfloat16, float16,
        float32, float64, complex64, complex128 or string.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for axes that are out of range or repeated.
    """
    return _call2(_ReverseV2, tensor, axis, name)


def RightShift(x, y, name=None):
    """x/2^y rounded down, element by element with broadcasting; y is taken between 0 and the width less one.

    Args:
      x: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      y: A tensor of dtype `T`: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_RightShift, x, y, name)


def Rint(x, name=None):
    """The nearest integer, element by element, ties to even.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Rint, x, name)


def Round(x, name=None):
    """The nearest integer, element by element, ties to even; integers stay.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Round, x, name)


def Rsqrt(x, name=None):
    """1/sqrt(x), element by element; infinite at 0, NaN below.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Rsqrt, x, name)


def RsqrtGrad(y, dy, name=None):
    """The gradient of Rsqrt from its result: -dy y^3 / 2, element by element, with the conjugate of y.

    Args:
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      dy: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different numbers of elements.
    """
    return _call2(_RsqrtGrad, y, dy, name)


def SaveV2(prefix, tensor_names, shape_and_slices, tensors, name=None):
    """Writes tensors to the checkpoint PREFIX under their names; shape_and_slices (empty for whole tensors) says which
    part of a larger tensor each is.

    Args:
      prefix: A tensor of dtype string.
      tensor_names: A tensor of dtype string.
      shape_and_slices: A tensor of dtype string.
      tensors: A list of tensors, each of any dtype (`dtypes`).
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call(_SaveV2, (prefix, tensor_names, shape_and_slices, tensors), (), name)


def ScalarSummary(tags, values, name=None):
    """Makes a summary of scalars.

    Args:
      tags: A tensor of dtype string.
      values: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.

    Raises:
      InvalidArgumentError unless tags and values have the same shape.
    """
    return _call2(_ScalarSummary, tags, values, name)


def ScanDataset(input_dataset, initial_state, other_arguments, f, output_types, output_shapes, preserve_cardinality=False, use_default_device=True, metadata='', name=None):
    """The outputs of f(state, element), which gives the next state and an output.

    Args:
      input_dataset: A tensor of dtype variant.
      initial_state: A list of tensors, each of any dtype (`Tstate`).
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      f: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      preserve_cardinality: A bool. Default False.
      use_default_device: A bool. Default True.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ScanDataset, (input_dataset, initial_state, other_arguments), (f, output_types, output_shapes, preserve_cardinality, use_default_device, metadata), name)


def ScatterNd(indices, updates, shape, bad_indices_policy='', name=None):
    """Zeros of shape `shape` to which the slices `updates` are added where the vectors along the last axis of `indices`
    say.

    Args:
      indices: A tensor of dtype `Tindices`: int16, int32 or int64.
      updates: A tensor of any dtype `T`.
      shape: A tensor of dtype `Tindices`: int16, int32 or int64. Lives in host memory.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for vectors out of range and shapes that do not fit.
    """
    return _call(_ScatterNd, (indices, updates, shape), (bad_indices_policy,), name)


def ScatterNdNonAliasingAdd(input, indices, updates, bad_indices_policy='', name=None):
    """The input with `updates` added to the slices that the vectors along the last axis of `indices` name; the input
    itself stays as it is.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or bool.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or bool.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for vectors out of range and shapes that do not fit.
    """
    return _call(_ScatterNdNonAliasingAdd, (input, indices, updates), (bad_indices_policy,), name)


def SegmentMax(data, segment_ids, name=None):
    """Largest elements of runs of rows of `data`, 0 where there is none.

    Otherwise as SegmentSum.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call2(_SegmentMax, data, segment_ids, name)


def SegmentMean(data, segment_ids, name=None):
    """Means of runs of rows of `data`, 0 where there is none; integers are truncated.

    Otherwise as SegmentSum.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call2(_SegmentMean, data, segment_ids, name)


def SegmentMin(data, segment_ids, name=None):
    """Smallest elements of runs of rows of `data`, 0 where there is none.

    Otherwise as SegmentSum.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call2(_SegmentMin, data, segment_ids, name)


def SegmentProd(data, segment_ids, name=None):
    """Products of runs of rows of `data`, 1 where there is none.

    Otherwise as SegmentSum.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call2(_SegmentProd, data, segment_ids, name)


def SegmentSum(data, segment_ids, name=None):
    """Sums of runs of rows of `data`: output[k] is the sum of the rows with segment_ids == k, 0 where there is none.

    segment_ids is a vector that does not descend, one id per row; the result has as many rows as the last id plus one.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError otherwise.
    """
    return _call2(_SegmentSum, data, segment_ids, name)


def Select(condition, x, y, name=None):
    """Elements of `x` where the condition holds, else of `y`.

    `x` and `y` have one shape; the condition has that shape, is a scalar, or is a vector that chooses whole rows.

    Args:
      condition: A tensor of dtype bool.
      x: A tensor of any dtype `T`.
      y: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError otherwise.
    """
    return _call(_Select, (condition, x, y), (), name)


def SelectV2(condition, t, e, name=None):
    """Elements of `t` where the condition holds, else of `e`; all three broadcast against each other.

    Args:
      condition: A tensor of dtype bool.
      t: A tensor of any dtype `T`.
      e: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if they cannot.
    """
    return _call(_SelectV2, (condition, t, e), (), name)


def Selu(features, name=None):
    """scale x above 0, scale alpha (e^x - 1) below, element by element: the elu that keeps mean 0 and variance 1.

    Args:
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Selu, features, name)


def SeluGrad(gradients, outputs, name=None):
    """The gradient of Selu from its result: `gradients` times `outputs` + scale alpha below 0, else times scale,
    element by element.

    Args:
      gradients: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      outputs: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different shapes.
    """
    return _call2(_SeluGrad, gradients, outputs, name)


def SerializeManySparse(sparse_indices, sparse_values, sparse_shape, out_type=_string, name=None):
    """The rows of a sparse tensor of rank 2 or more, each as SerializeSparse gives it: a tensor [rows, 3].

    Args:
      sparse_indices: A tensor of dtype int64.
      sparse_values: A tensor of any dtype `T`.
      sparse_shape: A tensor of dtype int64.
      out_type: A dtype: string or variant. Default string.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError for places that are not in order or not within the shape.
    """
    return _call(_SerializeManySparse, (sparse_indices, sparse_values, sparse_shape), (out_type,), name)


def SerializeSparse(sparse_indices, sparse_values, sparse_shape, out_type=_string, name=None):
    """A sparse tensor as a vector of 3 elements: its places, its elements, its shape, as encoded TensorProto messages
    or as variants.

    Args:
      sparse_indices: A tensor of dtype int64.
      sparse_values: A tensor of any dtype `T`.
      sparse_shape: A tensor of dtype int64.
      out_type: A dtype: string or variant. Default string.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError for parts of wrong ranks.
    """
    return _call(_SerializeSparse, (sparse_indices, sparse_values, sparse_shape), (out_type,), name)


def Shape(input, out_type=_int32, name=None):
    """The sizes of the input's axes, as a vector.

    Args:
      input: A tensor of any dtype `T`.
      out_type: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError if a size does not fit into int32.
    """
    return _call(_Shape, (input,), (out_type,), name)


def ShapeN(input, out_type=_int32, name=None):
    """The sizes of each input's axes, one vector per input.

    Args:
      input: A list of at least 1 tensors, of any dtype `T`.
      out_type: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A list of `N` tensors of dtype `out_type`.

    Raises:
      InvalidArgumentError if a size does not fit into int32.
    """
    return _call(_ShapeN, (input,), (out_type,), name)


def ShardDataset(input_dataset, num_shards, index, output_types, output_shapes, require_non_empty=False, metadata='', name=None):
    """Every num_shards-th element, from the one at index on.

    Args:
      input_dataset: A tensor of dtype variant.
      num_shards: A tensor of dtype int64.
      index: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      require_non_empty: A bool. Default False.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ShardDataset, (input_dataset, num_shards, index), (require_non_empty, output_types, output_shapes, metadata), name)


def ShardedFilename(basename, shard, num_shards, name=None):
    """Gives the name of one file of a set: BASE-00003-of-00010.

    Args:
      basename: A tensor of dtype string.
      shard: A tensor of dtype int32.
      num_shards: A tensor of dtype int32.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_ShardedFilename, (basename, shard, num_shards), (), name)


def ShuffleDataset(input_dataset, buffer_size, seed, seed2, output_types, output_shapes, reshuffle_each_iteration=True, metadata='', name=None):
    """The elements in random order, drawn from a buffer of buffer_size, by seed and seed2.

    Args:
      input_dataset: A tensor of dtype variant.
      buffer_size: A tensor of dtype int64.
      seed: A tensor of dtype int64.
      seed2: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      reshuffle_each_iteration: A bool. Default True.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ShuffleDataset, (input_dataset, buffer_size, seed, seed2), (reshuffle_each_iteration, output_types, output_shapes, metadata), name)


def ShuffleDatasetV3(input_dataset, buffer_size, seed, seed2, seed_generator, output_types, output_shapes, reshuffle_each_iteration=True, metadata='', name=None):
    """The elements in random order, drawn from a buffer of buffer_size; seed_generator gives a new order each time if
    reshuffle_each_iteration.

    Args:
      input_dataset: A tensor of dtype variant.
      buffer_size: A tensor of dtype int64.
      seed: A tensor of dtype int64.
      seed2: A tensor of dtype int64.
      seed_generator: A tensor of dtype resource.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      reshuffle_each_iteration: A bool. Default True.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ShuffleDatasetV3, (input_dataset, buffer_size, seed, seed2, seed_generator), (reshuffle_each_iteration, output_types, output_shapes, metadata), name)


def Sigmoid(x, name=None):
    """1/(1 + e^-x), element by element, between 0 and 1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Sigmoid, x, name)


def SigmoidGrad(y, dy, name=None):
    """The gradient of Sigmoid from its result: dy y (1 - y), element by element.

    Args:
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      dy: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different numbers of elements.
    """
    return _call2(_SigmoidGrad, y, dy, name)


def Sign(x, name=None):
    """-1, 0 or 1 as x is negative, 0 or positive; NaN for NaN; x/|x|, or 0, for complex numbers.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Sign, x, name)


def Sin(x, name=None):
    """The sine of x in radians, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Sin, x, name)


def Sinh(x, name=None):
    """The hyperbolic sine, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Sinh, x, name)


def Size(input, out_type=_int32, name=None):
    """The number of elements, a scalar.

    Args:
      input: A tensor of any dtype `T`.
      out_type: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError if it does not fit into int32.
    """
    return _call(_Size, (input,), (out_type,), name)


def SkipDataset(input_dataset, count, output_types, output_shapes, metadata='', name=None):
    """The elements after the first count, none if count is negative.

    Args:
      input_dataset: A tensor of dtype variant.
      count: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_SkipDataset, (input_dataset, count), (output_types, output_shapes, metadata), name)


def Slice(input, begin, size, name=None):
    """The block of `input` that starts at `begin` and has the sizes `size`, vectors with one number per axis; a size of
    -1 reaches to the end.

    Args:
      input: A tensor of any dtype `T`.
      begin: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      size: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the block leaves the input.
    """
    return _call(_Slice, (input, begin, size), (), name)


def Snapshot(input, name=None):
    """A copy of the input, of any shape.

    Args:
      input: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Snapshot, input, name)


def Softmax(logits, name=None):
    """exp(x) / sum(exp(x)) over the last axis, computed as exp(x - max x) so that it does not overflow.

    A row with NaN or +inf, or with nothing but -inf, gives NaN.

    Args:
      logits: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a scalar.
    """
    return _call1(_Softmax, logits, name)


def SoftmaxCrossEntropyWithLogits(features, labels, name=None):
    """The cross entropy -sum(labels * log_softmax(features)) of each row, and its gradient softmax(features) - labels.

    Both operands broadcast to one matrix [batch, classes]; the loss is [batch].

    Args:
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      labels: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A named tuple (loss, backprop). `loss`: A tensor of dtype `T`. `backprop`: A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if they do not.
    """
    return _named("SoftmaxCrossEntropyWithLogits", "loss backprop", _call2(_SoftmaxCrossEntropyWithLogits, features, labels, name))


def Softplus(features, name=None):
    """log(1 + e^x), element by element.

    Args:
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Softplus, features, name)


def SoftplusGrad(gradients, features, name=None):
    """The gradient of Softplus from its operand: `gradients` times sigmoid(`features`), element by element.

    Args:
      gradients: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different shapes.
    """
    return _call2(_SoftplusGrad, gradients, features, name)


def Softsign(features, name=None):
    """x/(1 + |x|), element by element.

    Args:
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Softsign, features, name)


def SoftsignGrad(gradients, features, name=None):
    """The gradient of Softsign from its operand: `gradients` / (1 + |`features`|)^2, element by element.

    Args:
      gradients: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different shapes.
    """
    return _call2(_SoftsignGrad, gradients, features, name)


def SparseApplyAdadelta(var, accum, accum_update, lr, rho, epsilon, grad, indices, use_locking=False, name=None):
    """ResourceSparseApplyAdadelta of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      accum_update: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyAdadelta, (var, accum, accum_update, lr, rho, epsilon, grad, indices), (use_locking,), name)


def SparseApplyAdagrad(var, accum, lr, grad, indices, use_locking=False, update_slots=True, name=None):
    """ResourceSparseApplyAdagrad of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      update_slots: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyAdagrad, (var, accum, lr, grad, indices), (use_locking, update_slots), name)


def SparseApplyAdagradDA(var, gradient_accumulator, gradient_squared_accumulator, grad, indices, lr, l1, l2, global_step, use_locking=False, name=None):
    """ResourceSparseApplyAdagradDA of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      gradient_accumulator: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16,
        int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      gradient_squared_accumulator: A tensor that is a variable's reference of dtype `T`: float32, float64, int32,
        uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128,
        float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      global_step: A tensor of dtype int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyAdagradDA, (var, gradient_accumulator, gradient_squared_accumulator, grad, indices, lr, l1, l2, global_step), (use_locking,), name)


def SparseApplyCenteredRMSProp(var, mg, ms, mom, lr, rho, momentum, epsilon, grad, indices, use_locking=False, name=None):
    """ResourceSparseApplyCenteredRMSProp of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      mg: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      ms: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      mom: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyCenteredRMSProp, (var, mg, ms, mom, lr, rho, momentum, epsilon, grad, indices), (use_locking,), name)


def SparseApplyFtrl(var, accum, linear, grad, indices, lr, l1, l2, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """ResourceSparseApplyFtrl of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      linear: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyFtrl, (var, accum, linear, grad, indices, lr, l1, l2, lr_power), (use_locking, multiply_linear_by_lr), name)


def SparseApplyFtrlV2(var, accum, linear, grad, indices, lr, l1, l2, l2_shrinkage, lr_power, use_locking=False, multiply_linear_by_lr=False, name=None):
    """ResourceSparseApplyFtrlV2 of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      linear: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2_shrinkage: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr_power: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      multiply_linear_by_lr: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyFtrlV2, (var, accum, linear, grad, indices, lr, l1, l2, l2_shrinkage, lr_power), (use_locking, multiply_linear_by_lr), name)


def SparseApplyMomentum(var, accum, lr, grad, indices, momentum, use_locking=False, use_nesterov=False, name=None):
    """ResourceSparseApplyMomentum of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      use_locking: A bool. Default False.
      use_nesterov: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyMomentum, (var, accum, lr, grad, indices, momentum), (use_locking, use_nesterov), name)


def SparseApplyProximalAdagrad(var, accum, lr, l1, l2, grad, indices, use_locking=False, name=None):
    """ResourceSparseApplyProximalAdagrad of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      accum: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8,
        complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or
        uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyProximalAdagrad, (var, accum, lr, l1, l2, grad, indices), (use_locking,), name)


def SparseApplyProximalGradientDescent(var, alpha, l1, l2, grad, indices, use_locking=False, name=None):
    """ResourceSparseApplyProximalGradientDescent of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      alpha: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l1: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      l2: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyProximalGradientDescent, (var, alpha, l1, l2, grad, indices), (use_locking,), name)


def SparseApplyRMSProp(var, ms, mom, lr, rho, momentum, epsilon, grad, indices, use_locking=False, name=None):
    """ResourceSparseApplyRMSProp of a reference variable.

    Args:
      var: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      ms: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      mom: A tensor that is a variable's reference of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64,
        int64, qint8, quint8, qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      lr: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      rho: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      momentum: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      epsilon: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      grad: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      use_locking: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseApplyRMSProp, (var, ms, mom, lr, rho, momentum, epsilon, grad, indices), (use_locking,), name)


def SparseSegmentMean(data, indices, segment_ids, sparse_gradient=False, name=None):
    """Means of chosen rows, 0 where there is none.

    Otherwise as SparseSegmentSum.

    Args:
      data: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      sparse_gradient: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseSegmentMean, (data, indices, segment_ids), (sparse_gradient,), name)


def SparseSegmentMeanGrad(grad, indices, segment_ids, output_dim0, name=None):
    """The gradient of SparseSegmentMean: as SparseSegmentSumGrad, each row divided by the number of rows of its
    segment.

    Args:
      grad: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      output_dim0: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseSegmentMeanGrad, (grad, indices, segment_ids, output_dim0), (), name)


def SparseSegmentMeanGradV2(grad, indices, segment_ids, dense_output_dim0, name=None):
    """The gradient of SparseSegmentMean for the rows that were chosen.

    Otherwise as SparseSegmentSumGradV2.

    Args:
      grad: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      dense_output_dim0: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A named tuple (output, sorted_unique_indices). `output`: A tensor of dtype `T`. `sorted_unique_indices`: A tensor
      of dtype `Tidx`.
    """
    return _named("SparseSegmentMeanGradV2", "output sorted_unique_indices", _call(_SparseSegmentMeanGradV2, (grad, indices, segment_ids, dense_output_dim0), (), name))


def SparseSegmentMeanWithNumSegments(data, indices, segment_ids, num_segments, sparse_gradient=False, name=None):
    """Means of chosen rows, 0 where there is none.

    Otherwise as SparseSegmentSumWithNumSegments.

    Args:
      data: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      num_segments: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
      sparse_gradient: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseSegmentMeanWithNumSegments, (data, indices, segment_ids, num_segments), (sparse_gradient,), name)


def SparseSegmentSqrtN(data, indices, segment_ids, sparse_gradient=False, name=None):
    """Sums of chosen rows over the square root of their number, 0 where there is none.

    Otherwise as SparseSegmentSum.

    Args:
      data: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      sparse_gradient: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseSegmentSqrtN, (data, indices, segment_ids), (sparse_gradient,), name)


def SparseSegmentSqrtNGrad(grad, indices, segment_ids, output_dim0, name=None):
    """The gradient of SparseSegmentSqrtN: as SparseSegmentSumGrad, each row divided by the square root of the number of
    rows of its segment.

    Args:
      grad: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      output_dim0: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseSegmentSqrtNGrad, (grad, indices, segment_ids, output_dim0), (), name)


def SparseSegmentSqrtNGradV2(grad, indices, segment_ids, dense_output_dim0, name=None):
    """The gradient of SparseSegmentSqrtN for the rows that were chosen.

    Otherwise as SparseSegmentSumGradV2.

    Args:
      grad: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      dense_output_dim0: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A named tuple (output, sorted_unique_indices). `output`: A tensor of dtype `T`. `sorted_unique_indices`: A tensor
      of dtype `Tidx`.
    """
    return _named("SparseSegmentSqrtNGradV2", "output sorted_unique_indices", _call(_SparseSegmentSqrtNGradV2, (grad, indices, segment_ids, dense_output_dim0), (), name))


def SparseSegmentSqrtNWithNumSegments(data, indices, segment_ids, num_segments, sparse_gradient=False, name=None):
    """Sums of chosen rows over the square root of their number, 0 where there is none.

    Otherwise as SparseSegmentSumWithNumSegments.

    Args:
      data: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      num_segments: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
      sparse_gradient: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_SparseSegmentSqrtNWithNumSegments, (data, indices, segment_ids, num_segments), (sparse_gradient,), name)


def SparseSegmentSum(data, indices, segment_ids, sparse_gradient=False, name=None):
    """Sums of chosen rows: output[k] is the sum of the rows data[indices[i]] with segment_ids[i] == k, 0 where there is
    none.

    `indices` and `segment_ids` are vectors of one length, the ids do not descend, and the result has as many rows as
    the last id plus one. `sparse_gradient` asks for a gradient that has only the rows that were chosen.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      sparse_gradient: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError otherwise.
    """
    return _call(_SparseSegmentSum, (data, indices, segment_ids), (sparse_gradient,), name)


def SparseSegmentSumGrad(grad, indices, segment_ids, output_dim0, name=None):
    """The gradient of SparseSegmentSum: `output_dim0` rows, where row indices[i] receives grad[segment_ids[i]].

    Args:
      grad: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      output_dim0: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for indices and segments that do not exist.
    """
    return _call(_SparseSegmentSumGrad, (grad, indices, segment_ids, output_dim0), (), name)


def SparseSegmentSumGradV2(grad, indices, segment_ids, dense_output_dim0, name=None):
    """The gradient of SparseSegmentSum for the rows that were chosen, and which these are, in rising order.

    `dense_output_dim0` is the number of all rows.

    Args:
      grad: A tensor of dtype `T`: bfloat16, float16, float32 or float64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      dense_output_dim0: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A named tuple (output, sorted_unique_indices). `output`: A tensor of dtype `T`. `sorted_unique_indices`: A tensor
      of dtype `Tidx`.

    Raises:
      InvalidArgumentError for indices and segments that do not exist.
    """
    return _named("SparseSegmentSumGradV2", "output sorted_unique_indices", _call(_SparseSegmentSumGradV2, (grad, indices, segment_ids, dense_output_dim0), (), name))


def SparseSegmentSumWithNumSegments(data, indices, segment_ids, num_segments, sparse_gradient=False, name=None):
    """Sums of chosen rows as SparseSegmentSum, with `num_segments` rows.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      indices: A tensor of dtype `Tidx`: int32 or int64.
      segment_ids: A tensor of dtype `Tsegmentids`: int32 or int64.
      num_segments: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
      sparse_gradient: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for ids that are not below it.
    """
    return _call(_SparseSegmentSumWithNumSegments, (data, indices, segment_ids, num_segments), (sparse_gradient,), name)


def SparseSoftmaxCrossEntropyWithLogits(features, labels, name=None):
    """The cross entropy -log_softmax(features)[label] of each row, and its gradient softmax(features) - one_hot(label).

    `features` is [batch, classes], `labels` [batch].

    Args:
      features: A tensor of dtype `T`: float16, bfloat16, float32 or float64.
      labels: A tensor of dtype `Tlabels`: int32 or int64.
      name: A name for the operation.

    Returns:
      A named tuple (loss, backprop). `loss`: A tensor of dtype `T`. `backprop`: A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a label outside 0..classes, no classes, or other shapes.
    """
    return _named("SparseSoftmaxCrossEntropyWithLogits", "loss backprop", _call2(_SparseSoftmaxCrossEntropyWithLogits, features, labels, name))


def SparseToDense(sparse_indices, output_shape, sparse_values, default_value, validate_indices=True, name=None):
    """A dense tensor of shape `output_shape` with `sparse_values`, a vector or one scalar for all, at the places
    `sparse_indices`, and `default_value` elsewhere.

    Places are rows of a matrix, or numbers for a result of rank 1. With `validate_indices` they must be in order and
    differ.

    Args:
      sparse_indices: A tensor of dtype `Tindices`: int32 or int64.
      output_shape: A tensor of dtype `Tindices`: int32 or int64. Lives in host memory.
      sparse_values: A tensor of any dtype `T`.
      default_value: A tensor of any dtype `T`.
      validate_indices: A bool. Default True.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for such places, places out of bounds and shapes that do not fit.
    """
    return _call(_SparseToDense, (sparse_indices, output_shape, sparse_values, default_value), (validate_indices,), name)


def Split(axis, value, num_split, name=None):
    """Splits `value` into `num_split` equal parts along `axis`, a scalar (negative ones count from the end).

    Args:
      axis: A tensor of dtype int32. Lives in host memory.
      value: A tensor of any dtype `T`.
      num_split: An int, at least 1.
      name: A name for the operation.

    Returns:
      A list of `num_split` tensors of dtype `T`.

    Raises:
      InvalidArgumentError if that axis cannot be divided evenly or is out of range.
    """
    return _call(_Split, (axis, value), (num_split,), name)


def SplitV(value, size_splits, axis, num_split, name=None):
    """Splits `value` along `axis`, a scalar, into parts of the sizes in the vector `size_splits`, of which one may be
    -1: what is left.

    Args:
      value: A tensor of any dtype `T`.
      size_splits: A tensor of dtype `Tlen`: int8, int32 or int64. Lives in host memory.
      axis: A tensor of dtype int32. Lives in host memory.
      num_split: An int, at least 1.
      name: A name for the operation.

    Returns:
      A list of `num_split` tensors of dtype `T`.

    Raises:
      InvalidArgumentError if the sizes do not add up to that of the axis.
    """
    return _call(_SplitV, (value, size_splits, axis), (num_split,), name)


def Sqrt(x, name=None):
    """The square root, element by element; NaN below 0.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Sqrt, x, name)


def SqrtGrad(y, dy, name=None):
    """The gradient of Sqrt from its result: dy / (2 y), element by element, with the conjugate of y.

    Args:
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      dy: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different numbers of elements.
    """
    return _call2(_SqrtGrad, y, dy, name)


def Square(x, name=None):
    """x^2, element by element; integers wrap.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32,
        uint64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Square, x, name)


def SquaredDifference(x, y, name=None):
    """(x - y)^2, element by element with broadcasting; |x - y|^2 of complex numbers.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, int32, int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_SquaredDifference, x, y, name)


def Squeeze(input, axis=[], name=None):
    """The input without axes of size 1: those in `axis` (negative ones count from the end), or all if that is empty.

    Nothing is copied.

    Args:
      input: A tensor of any dtype `T`.
      axis: A list of ints with at least 0 of them. Default [].
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if such an axis has another size or does not exist.
    """
    return _call(_Squeeze, (input,), (axis,), name)


def StatefulPartitionedCall(args, Tout, f, config='', config_proto='', executor_type='', name=None):
    """Calls a function that may have effects.

    Args:
      args: A list of tensors, each of any dtype (`Tin`).
      Tout: A list of dtypes with at least 0 of them.
      f: A function.
      config: A string. Default ''.
      config_proto: A string. Default ''.
      executor_type: A string. Default ''.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.

    Raises:
      InvalidArgumentError if an argument does not fit the function's dtypes and shapes.
    """
    return _call(_StatefulPartitionedCall, (args,), (Tout, f, config, config_proto, executor_type), name)


def StatelessCase(branch_index, input, Tout, branches, output_shapes=[], name=None):
    """Calls the function of this number, which has no effects.

    A number out of range stands for the last one.

    Args:
      branch_index: A tensor of dtype int32. Lives in host memory.
      input: A list of tensors, each of any dtype (`Tin`).
      Tout: A list of dtypes with at least 0 of them.
      branches: A list of functions with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None. Default [].
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.
    """
    return _call(_StatelessCase, (branch_index, input), (Tout, branches, output_shapes), name)


def StatelessIf(cond, input, Tout, then_branch, else_branch, output_shapes=[], name=None):
    """Calls one of two functions without effects with the same arguments.

    A scalar condition holds if it is not zero, a string if it is not empty, any other tensor if it has elements.

    Args:
      cond: A tensor of any dtype `Tcond`. Lives in host memory.
      input: A list of tensors, each of any dtype (`Tin`).
      Tout: A list of dtypes with at least 0 of them.
      then_branch: A function.
      else_branch: A function.
      output_shapes: A list of shapes, each partly known or None. Default [].
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `Tout`.
    """
    return _call(_StatelessIf, (cond, input), (Tout, then_branch, else_branch, output_shapes), name)


def StatelessMultinomial(logits, num_samples, seed, output_dtype=_int64, name=None):
    """Draws classes as Multinomial does, as a function of a seed of two integers.

    Args:
      logits: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      num_samples: A tensor of dtype int32. Lives in host memory.
      seed: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
      output_dtype: A dtype: int32 or int64. Default int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `output_dtype`.
    """
    return _call(_StatelessMultinomial, (logits, num_samples, seed), (output_dtype,), name)


def StatelessRandomGetAlg(name=None):
    """Gives the number of the generator that suits the device: 1, Philox.

    Args:
      name: A name for the operation.

    Returns:
      A tensor of dtype int32.
    """
    return _call(_StatelessRandomGetAlg, (), (), name)


def StatelessRandomGetKeyCounter(seed, name=None):
    """Scrambles a seed of two integers into the key [1] and counter [2] of the Philox generator.

    Args:
      seed: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A named tuple (key, counter). `key`: A tensor of dtype uint64. `counter`: A tensor of dtype uint64.
    """
    return _named("StatelessRandomGetKeyCounter", "key counter", _call1(_StatelessRandomGetKeyCounter, seed, name))


def StatelessRandomNormal(shape, seed, dtype=_float32, name=None):
    """Draws from the normal distribution of mean 0 and deviation 1, as a function of a seed of two integers.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      seed: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessRandomNormal, (shape, seed), (dtype,), name)


def StatelessRandomNormalV2(shape, key, counter, alg, dtype=_float32, name=None):
    """Draws from the normal distribution of mean 0 and deviation 1, as a function of key and counter.

    Args:
      shape: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      key: A tensor of dtype uint64. Lives in host memory.
      counter: A tensor of dtype uint64. Lives in host memory.
      alg: A tensor of dtype int32. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessRandomNormalV2, (shape, key, counter, alg), (dtype,), name)


def StatelessRandomUniform(shape, seed, dtype=_float32, name=None):
    """Draws uniformly from [0, 1), as a function of a seed of two integers.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      seed: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessRandomUniform, (shape, seed), (dtype,), name)


def StatelessRandomUniformFullInt(shape, seed, dtype=_uint64, name=None):
    """Draws integers from all values of the dtype, as a function of a seed of two integers.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      seed: A tensor of dtype `Tseed`: int32, int64, uint32 or uint64. Lives in host memory.
      dtype: A dtype: int32, int64, uint32 or uint64. Default uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessRandomUniformFullInt, (shape, seed), (dtype,), name)


def StatelessRandomUniformFullIntV2(shape, key, counter, alg, dtype=_uint64, name=None):
    """Draws integers from all values of the dtype, as a function of key and counter.

    Args:
      shape: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      key: A tensor of dtype uint64. Lives in host memory.
      counter: A tensor of dtype uint64. Lives in host memory.
      alg: A tensor of dtype int32. Lives in host memory.
      dtype: A dtype: int32, int64, uint32 or uint64. Default uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessRandomUniformFullIntV2, (shape, key, counter, alg), (dtype,), name)


def StatelessRandomUniformInt(shape, seed, minval, maxval, name=None):
    """Draws integers from [minval, maxval), as a function of a seed of two integers.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      seed: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
      minval: A tensor of dtype `dtype`: int32 or int64. Lives in host memory.
      maxval: A tensor of dtype `dtype`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      InvalidArgumentError unless minval < maxval.
    """
    return _call(_StatelessRandomUniformInt, (shape, seed, minval, maxval), (), name)


def StatelessRandomUniformIntV2(shape, key, counter, alg, minval, maxval, name=None):
    """Draws integers from [minval, maxval), as a function of key and counter.

    Args:
      shape: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      key: A tensor of dtype uint64. Lives in host memory.
      counter: A tensor of dtype uint64. Lives in host memory.
      alg: A tensor of dtype int32. Lives in host memory.
      minval: A tensor of dtype `dtype`: int32, int64, uint32 or uint64. Lives in host memory.
      maxval: A tensor of dtype `dtype`: int32, int64, uint32 or uint64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.

    Raises:
      InvalidArgumentError unless minval < maxval.
    """
    return _call(_StatelessRandomUniformIntV2, (shape, key, counter, alg, minval, maxval), (), name)


def StatelessRandomUniformV2(shape, key, counter, alg, dtype=_float32, name=None):
    """Draws uniformly from [0, 1), as a function of key, counter and algorithm (1 is Philox, 3 chooses it).

    Args:
      shape: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      key: A tensor of dtype uint64. Lives in host memory.
      counter: A tensor of dtype uint64. Lives in host memory.
      alg: A tensor of dtype int32. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessRandomUniformV2, (shape, key, counter, alg), (dtype,), name)


def StatelessTruncatedNormal(shape, seed, dtype=_float32, name=None):
    """Draws from the normal distribution without its tails beyond 2, as a function of a seed of two integers.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      seed: A tensor of dtype `Tseed`: int32 or int64. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessTruncatedNormal, (shape, seed), (dtype,), name)


def StatelessTruncatedNormalV2(shape, key, counter, alg, dtype=_float32, name=None):
    """Draws from the normal distribution without its tails beyond 2, as a function of key and counter.

    Args:
      shape: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      key: A tensor of dtype uint64. Lives in host memory.
      counter: A tensor of dtype uint64. Lives in host memory.
      alg: A tensor of dtype int32. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_StatelessTruncatedNormalV2, (shape, key, counter, alg), (dtype,), name)


def StatelessWhile(input, cond, body, output_shapes=[], parallel_iterations=10, name=None):
    """Calls body with the values of the last round while cond of them holds.

    The results of body have the dtypes of its arguments; neither function has effects.

    Args:
      input: A list of tensors, each of any dtype (`T`).
      cond: A function.
      body: A function.
      output_shapes: A list of shapes, each partly known or None. Default [].
      parallel_iterations: An int. Default 10.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `T`.
    """
    return _call(_StatelessWhile, (input,), (cond, body, output_shapes, parallel_iterations), name)


def StopGradient(input, name=None):
    """The input itself; no gradient flows back through it.

    Args:
      input: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_StopGradient, input, name)


def StridedSlice(input, begin, end, strides, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0, name=None):
    """What Python's `input[begin:end:stride, ...]` means: the vectors `begin`, `end` and `strides` have one number per
    index.

    Bit i of `begin_mask` and `end_mask` leaves that bound open, of `ellipsis_mask` makes index i an ellipsis, of
    `new_axis_mask` a new axis of size 1, of `shrink_axis_mask` a single position whose axis vanishes.

    Args:
      input: A tensor of any dtype `T`.
      begin: A tensor of dtype `Index`: int16, int32 or int64. Lives in host memory.
      end: A tensor of dtype `Index`: int16, int32 or int64. Lives in host memory.
      strides: A tensor of dtype `Index`: int16, int32 or int64. Lives in host memory.
      begin_mask: An int. Default 0.
      end_mask: An int. Default 0.
      ellipsis_mask: An int. Default 0.
      new_axis_mask: An int. Default 0.
      shrink_axis_mask: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for a stride of 0, too many indices, and single positions out of bounds.
    """
    return _call(_StridedSlice, (input, begin, end, strides), (begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask), name)


def StridedSliceGrad(shape, begin, end, strides, dy, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0, name=None):
    """Zeros of shape `shape` with `dy` written to what StridedSlice with the same indices reads.

    Args:
      shape: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      begin: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      end: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      strides: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      dy: A tensor of any dtype `T`.
      begin_mask: An int. Default 0.
      end_mask: An int. Default 0.
      ellipsis_mask: An int. Default 0.
      new_axis_mask: An int. Default 0.
      shrink_axis_mask: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError as StridedSlice, and if `dy` has another shape than the slice.
    """
    return _call(_StridedSliceGrad, (shape, begin, end, strides, dy), (begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask), name)


def StringFormat(inputs, template='%s', placeholder='%s', summarize=3, name=None):
    """Writes tensors into a template in place of its placeholders, with the first and last summarize elements of each
    axis (all if -1).

    Args:
      inputs: A list of tensors, each of any dtype (`T`).
      template: A string. Default '%s'.
      placeholder: A string. Default '%s'.
      summarize: An int. Default 3.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.

    Raises:
      InvalidArgumentError unless there is a placeholder for each tensor.
    """
    return _call(_StringFormat, (inputs,), (template, placeholder, summarize), name)


def StringJoin(inputs, separator='', name=None):
    """Joins strings element by element, with a separator between them.

    Scalars are repeated.

    Args:
      inputs: A list of tensors, of dtype string.
      separator: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.

    Raises:
      InvalidArgumentError for unequal shapes.
    """
    return _call(_StringJoin, (inputs,), (separator,), name)


def StringLength(input, unit='BYTE', name=None):
    """Counts the bytes, or the characters of UTF-8, of each string.

    Args:
      input: A tensor of dtype string.
      unit: A string: 'BYTE' or 'UTF8_CHAR'. Default 'BYTE'.
      name: A name for the operation.

    Returns:
      A tensor of dtype int32.
    """
    return _call(_StringLength, (input,), (unit,), name)


def StringToNumber(string_tensor, out_type=_float32, name=None):
    """Reads each string as a number; spaces around it are skipped.

    Args:
      string_tensor: A tensor of dtype string.
      out_type: A dtype: float32, float64, int32, int64, uint32 or uint64. Default float32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError for text that is no number or an integer out of range.
    """
    return _call(_StringToNumber, (string_tensor,), (out_type,), name)


def Sub(x, y, name=None):
    """x - y, element by element with broadcasting; integers wrap.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, int64,
        complex64, complex128, uint32 or uint64.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, int64,
        complex64, complex128, uint32 or uint64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Sub, x, y, name)


def Sum(input, axis, keep_dims=False, name=None):
    """The sum over axes.

    The axes in axis (a scalar or vector, negative ones count from the end) are removed, or kept with size 1 if
    keep_dims. A sum over nothing is 0.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      axis: A tensor of dtype `Tidx`: int32 or int64. Lives in host memory.
      keep_dims: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an axis out of range or named twice.
    """
    return _call(_Sum, (input, axis), (keep_dims,), name)


def TFRecordDataset(filenames, compression_type, buffer_size, metadata='', name=None):
    """The records of TFRecord files, one after the other; compression_type is empty, 'GZIP' or 'ZLIB'.

    Args:
      filenames: A tensor of dtype string.
      compression_type: A tensor of dtype string.
      buffer_size: A tensor of dtype int64.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      NotFoundError for a missing file, DataLossError for a damaged one.
    """
    return _call(_TFRecordDataset, (filenames, compression_type, buffer_size), (metadata,), name)


def TakeDataset(input_dataset, count, output_types, output_shapes, metadata='', name=None):
    """The first count elements, all if count is negative.

    Args:
      input_dataset: A tensor of dtype variant.
      count: A tensor of dtype int64.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_TakeDataset, (input_dataset, count), (output_types, output_shapes, metadata), name)


def TakeWhileDataset(input_dataset, other_arguments, predicate, output_types, output_shapes, metadata='', name=None):
    """The elements before the first for which the predicate does not hold.

    Args:
      input_dataset: A tensor of dtype variant.
      other_arguments: A list of tensors, each of any dtype (`Targuments`).
      predicate: A function.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_TakeWhileDataset, (input_dataset, other_arguments), (predicate, output_types, output_shapes, metadata), name)


def Tan(x, name=None):
    """The tangent of x in radians, element by element.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Tan, x, name)


def Tanh(x, name=None):
    """The hyperbolic tangent, element by element, between -1 and 1.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_Tanh, x, name)


def TanhGrad(y, dy, name=None):
    """The gradient of Tanh from its result: dy (1 - y^2), element by element.

    Args:
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      dy: A tensor of dtype `T`: bfloat16, float16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for different numbers of elements.
    """
    return _call2(_TanhGrad, y, dy, name)


def TensorDataset(components, output_shapes, metadata='', name=None):
    """One element: the components.

    Args:
      components: A list of tensors, each of any dtype (`Toutput_types`).
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_TensorDataset, (components,), (output_shapes, metadata), name)


def TensorListConcat(input_handle, element_dtype, element_shape=None, name=None):
    """All elements, joined along their first axis, and their sizes there.

    Args:
      input_handle: A tensor of dtype variant.
      element_dtype: A dtype.
      element_shape: A shape, partly known or None. Default None.
      name: A name for the operation.

    Returns:
      A named tuple (tensor, lengths). `tensor`: A tensor of dtype `element_dtype`. `lengths`: A tensor of dtype int64.

    Raises:
      InvalidArgumentError for scalars and for elements of different shapes.
    """
    return _named("TensorListConcat", "tensor lengths", _call(_TensorListConcat, (input_handle,), (element_dtype, element_shape), name))


def TensorListConcatLists(input_a, input_b, element_dtype, name=None):
    """The elements of one list and then those of another, for each pair of lists of two tensors of lists.

    Args:
      input_a: A tensor of dtype variant.
      input_b: A tensor of dtype variant.
      element_dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError if the shapes or the elements' dtypes differ.
    """
    return _call(_TensorListConcatLists, (input_a, input_b), (element_dtype,), name)


def TensorListConcatV2(input_handle, element_shape, leading_dims, element_dtype, name=None):
    """All elements, joined along their first axis, and their sizes there.

    Elements that were not set are zeros with leading_dims rows.

    Args:
      input_handle: A tensor of dtype variant.
      element_shape: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
      leading_dims: A tensor of dtype int64. Lives in host memory.
      element_dtype: A dtype.
      name: A name for the operation.

    Returns:
      A named tuple (tensor, lengths). `tensor`: A tensor of dtype `element_dtype`. `lengths`: A tensor of dtype int64.

    Raises:
      InvalidArgumentError for scalars and for elements of different shapes.
    """
    return _named("TensorListConcatV2", "tensor lengths", _call(_TensorListConcatV2, (input_handle, element_shape, leading_dims), (element_dtype,), name))


def TensorListElementShape(input_handle, shape_type, name=None):
    """The shape that elements of a list must fit: -1 for unknown sizes, the scalar -1 for an unknown rank.

    Args:
      input_handle: A tensor of dtype variant.
      shape_type: A dtype: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `shape_type`.
    """
    return _call(_TensorListElementShape, (input_handle,), (shape_type,), name)


def TensorListFromTensor(tensor, element_shape, name=None):
    """A list of the rows of a tensor.

    Args:
      tensor: A tensor of any dtype `element_dtype`.
      element_shape: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError for a scalar and for rows that do not fit.
    """
    return _call2(_TensorListFromTensor, tensor, element_shape, name)


def TensorListGather(input_handle, indices, element_shape, element_dtype, name=None):
    """Elements at some indices, joined along a new first axis.

    Args:
      input_handle: A tensor of dtype variant.
      indices: A tensor of dtype int32. Lives in host memory.
      element_shape: A tensor of dtype int32. Lives in host memory.
      element_dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype `element_dtype`.

    Raises:
      InvalidArgumentError if an index is out of range.
    """
    return _call(_TensorListGather, (input_handle, indices, element_shape), (element_dtype,), name)


def TensorListGetItem(input_handle, index, element_shape, element_dtype, name=None):
    """The element at an index; zeros where none was set.

    Args:
      input_handle: A tensor of dtype variant.
      index: A tensor of dtype int32. Lives in host memory.
      element_shape: A tensor of dtype `Tshape`: int32 or int64. Lives in host memory.
      element_dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype `element_dtype`.

    Raises:
      InvalidArgumentError if the index is out of range.
    """
    return _call(_TensorListGetItem, (input_handle, index, element_shape), (element_dtype,), name)


def TensorListLength(input_handle, name=None):
    """Number of elements of a list.

    Args:
      input_handle: A tensor of dtype variant.
      name: A name for the operation.

    Returns:
      A tensor of dtype int32.
    """
    return _call1(_TensorListLength, input_handle, name)


def TensorListPopBack(input_handle, element_shape, element_dtype, name=None):
    """The list without its last element, and that element.

    Args:
      input_handle: A tensor of dtype variant.
      element_shape: A tensor of dtype int32. Lives in host memory.
      element_dtype: A dtype.
      name: A name for the operation.

    Returns:
      A named tuple (output_handle, tensor). `output_handle`: A tensor of dtype variant. `tensor`: A tensor of dtype
      `element_dtype`.

    Raises:
      InvalidArgumentError if the list is empty.
    """
    return _named("TensorListPopBack", "output_handle tensor", _call(_TensorListPopBack, (input_handle, element_shape), (element_dtype,), name))


def TensorListPushBack(input_handle, tensor, name=None):
    """The list with a tensor at its end.

    Args:
      input_handle: A tensor of dtype variant.
      tensor: A tensor of any dtype `element_dtype`.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError if dtype or shape do not fit, or if the list is full.
    """
    return _call2(_TensorListPushBack, input_handle, tensor, name)


def TensorListPushBackBatch(input_handles, tensor, name=None):
    """Lists with one row of a tensor each at their ends.

    Args:
      input_handles: A tensor of dtype variant.
      tensor: A tensor of any dtype `element_dtype`.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError unless there is a row for each list and all fit.
    """
    return _call2(_TensorListPushBackBatch, input_handles, tensor, name)


def TensorListReserve(element_shape, num_elements, element_dtype, name=None):
    """A list of num_elements places that hold nothing yet and are read as zeros.

    Args:
      element_shape: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
      num_elements: A tensor of dtype int32. Lives in host memory.
      element_dtype: A dtype.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError if the number is negative.
    """
    return _call(_TensorListReserve, (element_shape, num_elements), (element_dtype,), name)


def TensorListResize(input_handle, size, name=None):
    """The list cut to a size, or filled up with places that hold nothing yet.

    Args:
      input_handle: A tensor of dtype variant.
      size: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError if the size is negative.
    """
    return _call2(_TensorListResize, input_handle, size, name)


def TensorListScatter(tensor, indices, element_shape, name=None):
    """A list of the rows of a tensor at these indices, as long as the largest asks.

    Args:
      tensor: A tensor of any dtype `element_dtype`.
      indices: A tensor of dtype int32. Lives in host memory.
      element_shape: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError for negative indices and rows that do not fit.
    """
    return _call(_TensorListScatter, (tensor, indices, element_shape), (), name)


def TensorListScatterIntoExistingList(input_handle, tensor, indices, name=None):
    """The list with the rows of a tensor at these indices; it grows as the largest asks.

    Args:
      input_handle: A tensor of dtype variant.
      tensor: A tensor of any dtype `element_dtype`.
      indices: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError for negative indices and rows that do not fit.
    """
    return _call(_TensorListScatterIntoExistingList, (input_handle, tensor, indices), (), name)


def TensorListScatterV2(tensor, indices, element_shape, num_elements, name=None):
    """A list of num_elements places (-1: as many as the largest index asks) with the rows of a tensor at these indices.

    Args:
      tensor: A tensor of any dtype `element_dtype`.
      indices: A tensor of dtype int32. Lives in host memory.
      element_shape: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
      num_elements: A tensor of dtype int32. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError for indices out of range and rows that do not fit.
    """
    return _call(_TensorListScatterV2, (tensor, indices, element_shape, num_elements), (), name)


def TensorListSetItem(input_handle, index, item, resize_if_index_out_of_bounds=False, name=None):
    """The list with another element at an index; a list may grow to hold it.

    A list that nobody else holds is changed in place.

    Args:
      input_handle: A tensor of dtype variant.
      index: A tensor of dtype int32. Lives in host memory.
      item: A tensor of any dtype `element_dtype`.
      resize_if_index_out_of_bounds: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError if the index is out of range or the element does not fit.
    """
    return _call(_TensorListSetItem, (input_handle, index, item), (resize_if_index_out_of_bounds,), name)


def TensorListSplit(tensor, element_shape, lengths, name=None):
    """A list of parts of a tensor with these sizes along its first axis.

    Args:
      tensor: A tensor of any dtype `element_dtype`.
      element_shape: A tensor of dtype `shape_type`: int32 or int64. Lives in host memory.
      lengths: A tensor of dtype int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError unless the sizes add up to the whole.
    """
    return _call(_TensorListSplit, (tensor, element_shape, lengths), (), name)


def TensorListStack(input_handle, element_shape, element_dtype, num_elements=-1, name=None):
    """All elements, joined along a new first axis; those that were not set are zeros.

    Args:
      input_handle: A tensor of dtype variant.
      element_shape: A tensor of dtype int32. Lives in host memory.
      element_dtype: A dtype.
      num_elements: An int. Default -1.
      name: A name for the operation.

    Returns:
      A tensor of dtype `element_dtype`.

    Raises:
      InvalidArgumentError unless their shapes are equal and there are num_elements of them (-1 for any number).
    """
    return _call(_TensorListStack, (input_handle, element_shape), (element_dtype, num_elements), name)


def TensorScatterAdd(tensor, indices, updates, bad_indices_policy='', name=None):
    """The tensor with `updates` added to the slices that the vectors along the last axis of `indices` name.

    Args:
      tensor: A tensor of any dtype `T`.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for vectors out of range and shapes that do not fit.
    """
    return _call(_TensorScatterAdd, (tensor, indices, updates), (bad_indices_policy,), name)


def TensorScatterMax(tensor, indices, updates, bad_indices_policy='', name=None):
    """The tensor with the elements that the vectors along the last axis of `indices` name replaced by `updates` where
    these are larger.

    Args:
      tensor: A tensor of any dtype `T`.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for vectors out of range and shapes that do not fit.
    """
    return _call(_TensorScatterMax, (tensor, indices, updates), (bad_indices_policy,), name)


def TensorScatterMin(tensor, indices, updates, bad_indices_policy='', name=None):
    """The tensor with the elements that the vectors along the last axis of `indices` name replaced by `updates` where
    these are smaller.

    Args:
      tensor: A tensor of any dtype `T`.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for vectors out of range and shapes that do not fit.
    """
    return _call(_TensorScatterMin, (tensor, indices, updates), (bad_indices_policy,), name)


def TensorScatterSub(tensor, indices, updates, bad_indices_policy='', name=None):
    """The tensor with `updates` subtracted from the slices that the vectors along the last axis of `indices` name.

    Args:
      tensor: A tensor of any dtype `T`.
      indices: A tensor of dtype `Tindices`: int32 or int64.
      updates: A tensor of any dtype `T`.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for vectors out of range and shapes that do not fit.
    """
    return _call(_TensorScatterSub, (tensor, indices, updates), (bad_indices_policy,), name)


def TensorScatterUpdate(tensor, indices, updates, bad_indices_policy='', name=None):
    """The tensor with the slices that the vectors along the last axis of `indices` name replaced by `updates`; the last
    of several wins.

    Args:
      tensor: A tensor of any dtype `T`.
      indices: A tensor of dtype `Tindices`: int16, int32, int64 or uint16.
      updates: A tensor of any dtype `T`.
      bad_indices_policy: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for vectors out of range and shapes that do not fit.
    """
    return _call(_TensorScatterUpdate, (tensor, indices, updates), (bad_indices_policy,), name)


def TensorSliceDataset(components, output_shapes, is_files=False, metadata='', replicate_on_split=False, name=None):
    """One element per row of the components, which agree in their first axis.

    Args:
      components: A list of tensors, each of any dtype (`Toutput_types`).
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      is_files: A bool. Default False.
      metadata: A string. Default ''.
      replicate_on_split: A bool. Default False.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_TensorSliceDataset, (components,), (output_shapes, is_files, metadata, replicate_on_split), name)


def TensorStridedSliceUpdate(input, begin, end, strides, value, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0, name=None):
    """The input with `value`, repeated to the shape of the slice, in place of what StridedSlice with the same indices
    reads.

    Args:
      input: A tensor of any dtype `T`.
      begin: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      end: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      strides: A tensor of dtype `Index`: int32 or int64. Lives in host memory.
      value: A tensor of any dtype `T`.
      begin_mask: An int. Default 0.
      end_mask: An int. Default 0.
      ellipsis_mask: An int. Default 0.
      new_axis_mask: An int. Default 0.
      shrink_axis_mask: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError as StridedSlice, and if `value` cannot be broadcast to the slice.
    """
    return _call(_TensorStridedSliceUpdate, (input, begin, end, strides, value), (begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask), name)


def TensorSummaryV2(tag, tensor, serialized_summary_metadata, name=None):
    """Makes a summary that holds the whole tensor; the metadata name the plugin of TensorBoard that shows it.

    Args:
      tag: A tensor of dtype string.
      tensor: A tensor of any dtype `T`.
      serialized_summary_metadata: A tensor of dtype string.
      name: A name for the operation.

    Returns:
      A tensor of dtype string.
    """
    return _call(_TensorSummaryV2, (tag, tensor, serialized_summary_metadata), (), name)


def TextLineDataset(filenames, compression_type, buffer_size, metadata='', name=None):
    """The lines of files without their ends; compression_type is empty, 'GZIP' or 'ZLIB'.

    Args:
      filenames: A tensor of dtype string.
      compression_type: A tensor of dtype string.
      buffer_size: A tensor of dtype int64.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      NotFoundError for a missing file.
    """
    return _call(_TextLineDataset, (filenames, compression_type, buffer_size), (metadata,), name)


def Tile(input, multiples, name=None):
    """The input repeated `multiples[i]` times along axis i.

    Args:
      input: A tensor of any dtype `T`.
      multiples: A tensor of dtype `Tmultiples`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError unless `multiples` is a vector with one number per axis, none negative.
    """
    return _call2(_Tile, input, multiples, name)


def ToBool(input, name=None):
    """Whether a value counts as true: a scalar if it is not zero, a scalar string if it is not empty, any other tensor
    if it has elements.

    Args:
      input: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_ToBool, input, name)


def TopKV2(input, k, sorted=True, index_type=_int32, name=None):
    """The `k` largest elements of each row (last axis) in descending order, and their positions; of equals the first
    come first, NaN comes last.

    Args:
      input: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16,
        uint32 or uint64.
      k: A tensor of dtype `Tk`: int16, int32 or int64. Lives in host memory.
      sorted: A bool. Default True.
      index_type: A dtype: int16, int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A named tuple (values, indices). `values`: A tensor of dtype `T`. `indices`: A tensor of dtype `index_type`.

    Raises:
      InvalidArgumentError unless 0 <= k <= row length.
    """
    return _named("TopKV2", "values indices", _call(_TopKV2, (input, k), (sorted, index_type), name))


def Transpose(x, perm, name=None):
    """Permutes axes: axis i of the result is axis `perm[i]` of `x`, a vector (negative axes count from the end).

    Args:
      x: A tensor of any dtype `T`.
      perm: A tensor of dtype `Tperm`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if `perm` is not a permutation of the axes.
    """
    return _call2(_Transpose, x, perm, name)


def TruncateDiv(x, y, name=None):
    """x/y rounded toward 0, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      y: A tensor of dtype `T`: bfloat16, float16, float32, float64, uint8, int8, uint16, int16, int32, uint32, uint64,
        int64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an integer division by 0 and for shapes that do not broadcast.
    """
    return _call2(_TruncateDiv, x, y, name)


def TruncateMod(x, y, name=None):
    """The remainder of [`TruncateDiv`], with the sign of x, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: int32, int64, bfloat16, float16, float32 or float64.
      y: A tensor of dtype `T`: int32, int64, bfloat16, float16, float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for an integer division by 0 and for shapes that do not broadcast.
    """
    return _call2(_TruncateMod, x, y, name)


def TruncatedNormal(shape, dtype, seed=0, seed2=0, name=None):
    """Draws from the normal distribution of mean 0 and deviation 1 and draws again what is more than 2 from the mean.

    Seeds as in RandomUniform.

    Args:
      shape: A tensor of dtype `T`: int32 or int64. Lives in host memory.
      dtype: A dtype: float16, bfloat16, float32 or float64.
      seed: An int. Default 0.
      seed2: An int. Default 0.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_TruncatedNormal, (shape,), (seed, seed2, dtype), name)


def UnbatchDataset(input_dataset, output_types, output_shapes, metadata='', name=None):
    """The rows of each element, one at a time.

    Args:
      input_dataset: A tensor of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_UnbatchDataset, (input_dataset,), (output_types, output_shapes, metadata), name)


def Unique(x, out_idx=_int32, name=None):
    """The distinct elements `y` of the vector `x`, in the order of their first occurrence, and for each element of `x`
    its position in `y`.

    Args:
      x: A tensor of any dtype `T`.
      out_idx: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A named tuple (y, idx). `y`: A tensor of dtype `T`. `idx`: A tensor of dtype `out_idx`.

    Raises:
      InvalidArgumentError unless `x` is a vector.
    """
    return _named("Unique", "y idx", _call(_Unique, (x,), (out_idx,), name))


def UniqueDataset(input_dataset, output_types, output_shapes, metadata='', name=None):
    """The elements without those that equal an earlier one.

    Args:
      input_dataset: A tensor of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.

    Raises:
      InvalidArgumentError unless an element has one component.
    """
    return _call(_UniqueDataset, (input_dataset,), (output_types, output_shapes, metadata), name)


def UniqueWithCounts(x, out_idx=_int32, name=None):
    """As Unique, with the number of times that each distinct element occurs.

    Args:
      x: A tensor of any dtype `T`.
      out_idx: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A named tuple (y, idx, count). `y`: A tensor of dtype `T`. `idx`: A tensor of dtype `out_idx`. `count`: A tensor
      of dtype `out_idx`.

    Raises:
      InvalidArgumentError unless `x` is a vector.
    """
    return _named("UniqueWithCounts", "y idx count", _call(_UniqueWithCounts, (x,), (out_idx,), name))


def Unpack(value, num, axis=0, name=None):
    """The `num` slices of `value` along `axis`, without that axis: the inverse of Pack.

    Args:
      value: A tensor of any dtype `T`.
      num: An int, at least 0.
      axis: An int. Default 0.
      name: A name for the operation.

    Returns:
      A list of `num` tensors of dtype `T`.

    Raises:
      InvalidArgumentError if that axis does not have the size `num` or is out of range.
    """
    return _call(_Unpack, (value,), (num, axis), name)


def UnravelIndex(indices, dims, name=None):
    """Positions in an array of sizes `dims`, a vector, of the elements with the row-major numbers `indices`, a scalar
    or vector: one row for each axis.

    Args:
      indices: A tensor of dtype `Tidx`: int32 or int64.
      dims: A tensor of dtype `Tidx`: int32 or int64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `Tidx`.

    Raises:
      InvalidArgumentError for numbers beyond the array, sizes below one and empty indices.
    """
    return _call2(_UnravelIndex, indices, dims, name)


def UnsortedSegmentMax(data, segment_ids, num_segments, name=None):
    """Largest elements over the rows of `data` that have the same segment id, the smallest finite number where there is
    none; otherwise as UnsortedSegmentSum.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      num_segments: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_UnsortedSegmentMax, (data, segment_ids, num_segments), (), name)


def UnsortedSegmentMin(data, segment_ids, num_segments, name=None):
    """Smallest elements over the rows of `data` that have the same segment id, the largest finite number where there is
    none; otherwise as UnsortedSegmentSum.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32
        or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      num_segments: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_UnsortedSegmentMin, (data, segment_ids, num_segments), (), name)


def UnsortedSegmentProd(data, segment_ids, num_segments, name=None):
    """Products of the rows of `data` that have the same segment id, 1 where there is none; otherwise as
    UnsortedSegmentSum.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      segment_ids: A tensor of dtype `Tindices`: int32 or int64.
      num_segments: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call(_UnsortedSegmentProd, (data, segment_ids, num_segments), (), name)


def UnsortedSegmentSum(data, segment_ids, num_segments, name=None):
    """Sums of the rows of `data` that have the same segment id: output[k] is the sum over segment_ids == k, 0 where
    there is none; rows with negative ids are left out.

    The shape of segment_ids is a prefix of data's; the result has num_segments rows.

    Args:
      data: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32,
        bfloat16, qint16, quint16, uint16, complex128, float16, uint32 or uint64.
      segment_ids: A tensor of dtype `Tindices`: int16, int32 or int64.
      num_segments: A tensor of dtype `Tnumsegments`: int32 or int64. Lives in host memory.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError for ids from num_segments on, a negative num_segments, or shapes that do not fit.
    """
    return _call(_UnsortedSegmentSum, (data, segment_ids, num_segments), (), name)


def UpperBound(sorted_inputs, values, out_type=_int32, name=None):
    """For each row: the position in `sorted_inputs` of the first element that is greater than the value.

    Both are matrices with the same number of rows.

    Args:
      sorted_inputs: A tensor of any dtype `T`.
      values: A tensor of any dtype `T`.
      out_type: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      InvalidArgumentError if they are not.
    """
    return _call(_UpperBound, (sorted_inputs, values), (out_type,), name)


def VarHandleOp(dtype, shape, container='', shared_name='', debug_name='', allowed_devices=[], name=None):
    """Gives the handle of a variable, which is made without a value if there is none.

    Nodes of one container and shared_name (or node name) mean the same variable.

    Args:
      dtype: A dtype.
      shape: A shape, partly known or None.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      debug_name: A string. Default ''.
      allowed_devices: A list of strings. Default [].
      name: A name for the operation.

    Returns:
      A tensor of dtype resource.
    """
    return _call(_VarHandleOp, (), (container, shared_name, debug_name, dtype, shape, allowed_devices), name)


def VarIsInitializedOp(resource, name=None):
    """Tells whether a variable has a value.

    Args:
      resource: A tensor of dtype resource.
      name: A name for the operation.

    Returns:
      A tensor of dtype bool.
    """
    return _call1(_VarIsInitializedOp, resource, name)


def Variable(shape, dtype, container='', shared_name='', name=None):
    """Gives a reference to a variable, as VariableV2 does; a scalar shape stands for an unknown one.

    Args:
      shape: A shape, partly known or None.
      dtype: A dtype.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_Variable, (), (shape, dtype, container, shared_name), name)


def VariableShape(input, out_type=_int32, name=None):
    """Gives the shape of a variable's value as a vector.

    Args:
      input: A tensor of dtype resource.
      out_type: A dtype: int32 or int64. Default int32.
      name: A name for the operation.

    Returns:
      A tensor of dtype `out_type`.

    Raises:
      NotFoundError if it has no value.
    """
    return _call(_VariableShape, (input,), (out_type,), name)


def VariableV2(shape, dtype, container='', shared_name='', name=None):
    """Gives a reference to a variable, which is made without a value if there is none.

    Nodes of one container and shared_name (or node name) mean the same variable.

    Args:
      shape: A shape, partly known or None.
      dtype: A dtype.
      container: A string. Default ''.
      shared_name: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype `dtype`.
    """
    return _call(_VariableV2, (), (shape, dtype, container, shared_name), name)


def Where(condition, name=None):
    """The positions of the elements that are true or not zero, one row of axis indices per element, in row-major order.

    NaN counts as not zero.

    Args:
      condition: A tensor of dtype `T`: float32, float64, int32, uint8, int16, int8, complex64, int64, qint8, quint8,
        qint32, bfloat16, qint16, quint16, uint16, complex128, float16, uint32, uint64 or bool.
      name: A name for the operation.

    Returns:
      A tensor of dtype int64.

    Raises:
      InvalidArgumentError at run time for a scalar.
    """
    return _call1(_Where, condition, name)


def While(input, cond, body, output_shapes=[], parallel_iterations=10, name=None):
    """Calls body with the values of the last round while cond of them holds.

    The results of body have the dtypes of its arguments; both functions may have effects.

    Args:
      input: A list of tensors, each of any dtype (`T`).
      cond: A function.
      body: A function.
      output_shapes: A list of shapes, each partly known or None. Default [].
      parallel_iterations: An int. Default 10.
      name: A name for the operation.

    Returns:
      A list of tensors of dtypes `T`.
    """
    return _call(_While, (input,), (cond, body, output_shapes, parallel_iterations), name)


def WindowDataset(input_dataset, size, shift, stride, drop_remainder, output_types, output_shapes, metadata='', name=None):
    """Datasets of size consecutive elements (every stride-th), the next one shift elements later.

    Args:
      input_dataset: A tensor of dtype variant.
      size: A tensor of dtype int64.
      shift: A tensor of dtype int64.
      stride: A tensor of dtype int64.
      drop_remainder: A tensor of dtype bool.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_WindowDataset, (input_dataset, size, shift, stride, drop_remainder), (output_types, output_shapes, metadata), name)


def WriteFile(filename, contents, name=None):
    """Writes a file and makes the folders on its way.

    Args:
      filename: A tensor of dtype string.
      contents: A tensor of dtype string.
      name: A name for the operation.

    Returns:
      In a graph the operation, else None.
    """
    return _call2(_WriteFile, filename, contents, name)


def Xdivy(x, y, name=None):
    """x/y, but 0 where x is 0, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
      y: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Xdivy, x, y, name)


def Xlog1py(x, y, name=None):
    """x log(1 + y), but 0 where x is 0, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
      y: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Xlog1py, x, y, name)


def Xlogy(x, y, name=None):
    """x log(y), but 0 where x is 0, element by element with broadcasting.

    Args:
      x: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
      y: A tensor of dtype `T`: float16, bfloat16, float32, float64, complex64 or complex128.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Xlogy, x, y, name)


def ZerosLike(x, name=None):
    """Zeros (false, empty strings) of the shape and dtype of `x`.

    Args:
      x: A tensor of any dtype `T`.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.
    """
    return _call1(_ZerosLike, x, name)


def Zeta(x, q, name=None):
    """The Hurwitz zeta function, the sum of (k + q)^-x over k = 0, 1, ..., element by element with broadcasting;
    infinite at x = 1, NaN below.

    Args:
      x: A tensor of dtype `T`: float32 or float64.
      q: A tensor of dtype `T`: float32 or float64.
      name: A name for the operation.

    Returns:
      A tensor of dtype `T`.

    Raises:
      InvalidArgumentError if the shapes do not broadcast.
    """
    return _call2(_Zeta, x, q, name)


def ZipDataset(input_datasets, output_types, output_shapes, metadata='', name=None):
    """Elements of several datasets side by side, as long as the shortest.

    Args:
      input_datasets: A list of at least 1 tensors, of dtype variant.
      output_types: A list of dtypes with at least 1 of them.
      output_shapes: A list of shapes, each partly known or None with at least 1 of them.
      metadata: A string. Default ''.
      name: A name for the operation.

    Returns:
      A tensor of dtype variant.
    """
    return _call(_ZipDataset, (input_datasets,), (output_types, output_shapes, metadata), name)
