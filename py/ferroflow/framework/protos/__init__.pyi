"""Names of `ferroflow.framework.protos`. Written by `make gen` from the field tables; not to be edited."""

import builtins
from collections.abc import Iterable, Mapping
from typing import Any as _Any, Self, TypeVar

from .schema import Enum
from .wire import DecodeError as DecodeError, EncodeError as EncodeError

_T = TypeVar("_T")
_K = TypeVar("_K")

class _Repeated(list[_T]):
    def add(self, **fields: _Any) -> _T: ...
    def MergeFrom(self, other: Iterable[_T]) -> None: ...

class _Map(dict[_K, _T]):
    def get_or_create(self, key: _K) -> _T: ...
    def MergeFrom(self, other: Mapping[_K, _T]) -> None: ...

class Message:
    DESCRIPTOR: _Any
    def ListFields(self) -> list[tuple[_Any, _Any]]: ...
    def HasField(self, field_name: str) -> bool: ...
    def WhichOneof(self, oneof_group: str) -> str | None: ...
    def ClearField(self, field_name: str) -> None: ...
    def Clear(self) -> None: ...
    def SetInParent(self) -> None: ...
    def CopyFrom(self, other_msg: Self) -> None: ...
    def MergeFrom(self, other_msg: Self) -> None: ...
    def IsInitialized(self, errors: list[str] | None = None) -> bool: ...
    def FindInitializationErrors(self) -> list[str]: ...
    def UnknownFields(self) -> bytes: ...
    def DiscardUnknownFields(self) -> None: ...
    def SerializeToString(self, deterministic: bool | None = None) -> bytes: ...
    def SerializePartialToString(self, deterministic: bool | None = None) -> bytes: ...
    def ByteSize(self) -> int: ...
    def ParseFromString(self, serialized: bytes) -> int: ...
    def MergeFromString(self, serialized: bytes) -> int: ...
    @classmethod
    def FromString(cls, s: bytes) -> Self: ...

_M = TypeVar("_M", bound=Message)

def coerce(cls: type[_M], message: _Any) -> _M: ...
DataClass: Enum
VariableAggregation: Enum
VariableSynchronization: Enum
DataType: Enum
FullTypeId: Enum

class Any(Message):
    type_url: builtins.str
    value: builtins.bytes
    def __init__(self, *, type_url: builtins.str | None = None, value: builtins.bytes | None = None) -> None: ...

class BoolValue(Message):
    value: builtins.bool
    def __init__(self, *, value: builtins.bool | None = None) -> None: ...

class AssetFileDef(Message):
    @builtins.property
    def tensor_info(self) -> TensorInfo: ...
    filename: builtins.str
    def __init__(self, *, tensor_info: TensorInfo | Mapping[builtins.str, _Any] | None = None, filename: builtins.str | None = None) -> None: ...

class BoundedTensorSpecProto(Message):
    name: builtins.str
    @builtins.property
    def shape(self) -> TensorShapeProto: ...
    dtype: builtins.int
    @builtins.property
    def minimum(self) -> TensorProto: ...
    @builtins.property
    def maximum(self) -> TensorProto: ...
    def __init__(self, *, name: builtins.str | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, dtype: builtins.int | None = None, minimum: TensorProto | Mapping[builtins.str, _Any] | None = None, maximum: TensorProto | Mapping[builtins.str, _Any] | None = None) -> None: ...

class BundleEntryProto(Message):
    dtype: builtins.int
    @builtins.property
    def shape(self) -> TensorShapeProto: ...
    shard_id: builtins.int
    offset: builtins.int
    size: builtins.int
    crc32c: builtins.int
    @builtins.property
    def slices(self) -> _Repeated[TensorSliceProto]: ...
    def __init__(self, *, dtype: builtins.int | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, shard_id: builtins.int | None = None, offset: builtins.int | None = None, size: builtins.int | None = None, crc32c: builtins.int | None = None, slices: Iterable[TensorSliceProto | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class BundleHeaderProto(Message):
    Endianness: Enum
    LITTLE: builtins.int
    BIG: builtins.int
    num_shards: builtins.int
    endianness: builtins.int
    @builtins.property
    def version(self) -> VersionDef: ...
    def __init__(self, *, num_shards: builtins.int | None = None, endianness: builtins.int | None = None, version: VersionDef | Mapping[builtins.str, _Any] | None = None) -> None: ...

class BytesList(Message):
    @builtins.property
    def value(self) -> _Repeated[builtins.bytes]: ...
    def __init__(self, *, value: Iterable[builtins.bytes] | None = None) -> None: ...

class CapturedTensor(Message):
    name: builtins.str
    concrete_function: builtins.str
    def __init__(self, *, name: builtins.str | None = None, concrete_function: builtins.str | None = None) -> None: ...

class CheckpointState(Message):
    model_checkpoint_path: builtins.str
    @builtins.property
    def all_model_checkpoint_paths(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def all_model_checkpoint_timestamps(self) -> _Repeated[builtins.float]: ...
    last_preserved_timestamp: builtins.float
    def __init__(self, *, model_checkpoint_path: builtins.str | None = None, all_model_checkpoint_paths: Iterable[builtins.str] | None = None, all_model_checkpoint_timestamps: Iterable[builtins.float] | None = None, last_preserved_timestamp: builtins.float | None = None) -> None: ...

class CollectionDef(Message):

    class AnyList(Message):
        @builtins.property
        def value(self) -> _Repeated[Any]: ...
        def __init__(self, *, value: Iterable[Any | Mapping[builtins.str, _Any]] | None = None) -> None: ...

    class BytesList(Message):
        @builtins.property
        def value(self) -> _Repeated[builtins.bytes]: ...
        def __init__(self, *, value: Iterable[builtins.bytes] | None = None) -> None: ...

    class FloatList(Message):
        @builtins.property
        def value(self) -> _Repeated[builtins.float]: ...
        def __init__(self, *, value: Iterable[builtins.float] | None = None) -> None: ...

    class Int64List(Message):
        @builtins.property
        def value(self) -> _Repeated[builtins.int]: ...
        def __init__(self, *, value: Iterable[builtins.int] | None = None) -> None: ...

    class NodeList(Message):
        @builtins.property
        def value(self) -> _Repeated[builtins.str]: ...
        def __init__(self, *, value: Iterable[builtins.str] | None = None) -> None: ...
    @builtins.property
    def node_list(self) -> CollectionDef.NodeList: ...
    @builtins.property
    def bytes_list(self) -> CollectionDef.BytesList: ...
    @builtins.property
    def int64_list(self) -> CollectionDef.Int64List: ...
    @builtins.property
    def float_list(self) -> CollectionDef.FloatList: ...
    @builtins.property
    def any_list(self) -> CollectionDef.AnyList: ...
    def __init__(self, *, node_list: CollectionDef.NodeList | Mapping[builtins.str, _Any] | None = None, bytes_list: CollectionDef.BytesList | Mapping[builtins.str, _Any] | None = None, int64_list: CollectionDef.Int64List | Mapping[builtins.str, _Any] | None = None, float_list: CollectionDef.FloatList | Mapping[builtins.str, _Any] | None = None, any_list: CollectionDef.AnyList | Mapping[builtins.str, _Any] | None = None) -> None: ...

class CondContextDef(Message):
    context_name: builtins.str
    pred_name: builtins.str
    pivot_name: builtins.str
    branch: builtins.int
    @builtins.property
    def values_def(self) -> ValuesDef: ...
    @builtins.property
    def nested_contexts(self) -> _Repeated[ControlFlowContextDef]: ...
    def __init__(self, *, context_name: builtins.str | None = None, pred_name: builtins.str | None = None, pivot_name: builtins.str | None = None, branch: builtins.int | None = None, values_def: ValuesDef | Mapping[builtins.str, _Any] | None = None, nested_contexts: Iterable[ControlFlowContextDef | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class ControlFlowContextDef(Message):
    @builtins.property
    def cond_ctxt(self) -> CondContextDef: ...
    @builtins.property
    def while_ctxt(self) -> WhileContextDef: ...
    def __init__(self, *, cond_ctxt: CondContextDef | Mapping[builtins.str, _Any] | None = None, while_ctxt: WhileContextDef | Mapping[builtins.str, _Any] | None = None) -> None: ...

class CppShapeInferenceResult(Message):

    class HandleData(Message):
        is_set: builtins.bool
        @builtins.property
        def shape_and_type(self) -> _Repeated[CppShapeInferenceResult.HandleShapeAndType]: ...
        def __init__(self, *, is_set: builtins.bool | None = None, shape_and_type: Iterable[CppShapeInferenceResult.HandleShapeAndType | Mapping[builtins.str, _Any]] | None = None) -> None: ...

    class HandleShapeAndType(Message):
        @builtins.property
        def shape(self) -> TensorShapeProto: ...
        dtype: builtins.int
        @builtins.property
        def type(self) -> FullTypeDef: ...
        def __init__(self, *, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, dtype: builtins.int | None = None, type: FullTypeDef | Mapping[builtins.str, _Any] | None = None) -> None: ...
    @builtins.property
    def shape(self) -> TensorShapeProto: ...
    @builtins.property
    def handle_data(self) -> CppShapeInferenceResult.HandleData: ...
    def __init__(self, *, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, handle_data: CppShapeInferenceResult.HandleData | Mapping[builtins.str, _Any] | None = None) -> None: ...

class DictValue(Message):
    @builtins.property
    def fields(self) -> _Map[builtins.str, StructuredValue]: ...
    def __init__(self, *, fields: Mapping[builtins.str, StructuredValue] | None = None) -> None: ...

class Event(Message):
    wall_time: builtins.float
    step: builtins.int
    file_version: builtins.str
    graph_def: builtins.bytes
    @builtins.property
    def summary(self) -> Summary: ...
    @builtins.property
    def log_message(self) -> LogMessage: ...
    @builtins.property
    def session_log(self) -> SessionLog: ...
    @builtins.property
    def tagged_run_metadata(self) -> TaggedRunMetadata: ...
    meta_graph_def: builtins.bytes
    @builtins.property
    def source_metadata(self) -> SourceMetadata: ...
    def __init__(self, *, wall_time: builtins.float | None = None, step: builtins.int | None = None, file_version: builtins.str | None = None, graph_def: builtins.bytes | None = None, summary: Summary | Mapping[builtins.str, _Any] | None = None, log_message: LogMessage | Mapping[builtins.str, _Any] | None = None, session_log: SessionLog | Mapping[builtins.str, _Any] | None = None, tagged_run_metadata: TaggedRunMetadata | Mapping[builtins.str, _Any] | None = None, meta_graph_def: builtins.bytes | None = None, source_metadata: SourceMetadata | Mapping[builtins.str, _Any] | None = None) -> None: ...

class Example(Message):
    @builtins.property
    def features(self) -> Features: ...
    def __init__(self, *, features: Features | Mapping[builtins.str, _Any] | None = None) -> None: ...

class Feature(Message):
    @builtins.property
    def bytes_list(self) -> BytesList: ...
    @builtins.property
    def float_list(self) -> FloatList: ...
    @builtins.property
    def int64_list(self) -> Int64List: ...
    def __init__(self, *, bytes_list: BytesList | Mapping[builtins.str, _Any] | None = None, float_list: FloatList | Mapping[builtins.str, _Any] | None = None, int64_list: Int64List | Mapping[builtins.str, _Any] | None = None) -> None: ...

class FeatureList(Message):
    @builtins.property
    def feature(self) -> _Repeated[Feature]: ...
    def __init__(self, *, feature: Iterable[Feature | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class FeatureLists(Message):
    @builtins.property
    def feature_list(self) -> _Map[builtins.str, FeatureList]: ...
    def __init__(self, *, feature_list: Mapping[builtins.str, FeatureList] | None = None) -> None: ...

class Features(Message):
    @builtins.property
    def feature(self) -> _Map[builtins.str, Feature]: ...
    def __init__(self, *, feature: Mapping[builtins.str, Feature] | None = None) -> None: ...

class FloatList(Message):
    @builtins.property
    def value(self) -> _Repeated[builtins.float]: ...
    def __init__(self, *, value: Iterable[builtins.float] | None = None) -> None: ...

class FunctionSpec(Message):
    JitCompile: Enum
    DEFAULT: builtins.int
    ON: builtins.int
    OFF: builtins.int
    @builtins.property
    def fullargspec(self) -> StructuredValue: ...
    is_method: builtins.bool
    @builtins.property
    def input_signature(self) -> StructuredValue: ...
    jit_compile: builtins.int
    def __init__(self, *, fullargspec: StructuredValue | Mapping[builtins.str, _Any] | None = None, is_method: builtins.bool | None = None, input_signature: StructuredValue | Mapping[builtins.str, _Any] | None = None, jit_compile: builtins.int | None = None) -> None: ...

class HistogramProto(Message):
    min: builtins.float
    max: builtins.float
    num: builtins.float
    sum: builtins.float
    sum_squares: builtins.float
    @builtins.property
    def bucket_limit(self) -> _Repeated[builtins.float]: ...
    @builtins.property
    def bucket(self) -> _Repeated[builtins.float]: ...
    def __init__(self, *, min: builtins.float | None = None, max: builtins.float | None = None, num: builtins.float | None = None, sum: builtins.float | None = None, sum_squares: builtins.float | None = None, bucket_limit: Iterable[builtins.float] | None = None, bucket: Iterable[builtins.float] | None = None) -> None: ...

class Int64List(Message):
    @builtins.property
    def value(self) -> _Repeated[builtins.int]: ...
    def __init__(self, *, value: Iterable[builtins.int] | None = None) -> None: ...

class ListValue(Message):
    @builtins.property
    def values(self) -> _Repeated[StructuredValue]: ...
    def __init__(self, *, values: Iterable[StructuredValue | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class LogMessage(Message):
    Level: Enum
    UNKNOWN: builtins.int
    DEBUGGING: builtins.int
    INFO: builtins.int
    WARN: builtins.int
    ERROR: builtins.int
    FATAL: builtins.int
    level: builtins.int
    message: builtins.str
    def __init__(self, *, level: builtins.int | None = None, message: builtins.str | None = None) -> None: ...

class MetaGraphDef(Message):

    class MetaInfoDef(Message):
        meta_graph_version: builtins.str
        @builtins.property
        def stripped_op_list(self) -> OpList: ...
        @builtins.property
        def any_info(self) -> Any: ...
        @builtins.property
        def tags(self) -> _Repeated[builtins.str]: ...
        tensorflow_version: builtins.str
        tensorflow_git_version: builtins.str
        stripped_default_attrs: builtins.bool
        @builtins.property
        def function_aliases(self) -> _Map[builtins.str, builtins.str]: ...
        def __init__(self, *, meta_graph_version: builtins.str | None = None, stripped_op_list: OpList | Mapping[builtins.str, _Any] | None = None, any_info: Any | Mapping[builtins.str, _Any] | None = None, tags: Iterable[builtins.str] | None = None, tensorflow_version: builtins.str | None = None, tensorflow_git_version: builtins.str | None = None, stripped_default_attrs: builtins.bool | None = None, function_aliases: Mapping[builtins.str, builtins.str] | None = None) -> None: ...
    @builtins.property
    def meta_info_def(self) -> MetaGraphDef.MetaInfoDef: ...
    @builtins.property
    def graph_def(self) -> GraphDef: ...
    @builtins.property
    def saver_def(self) -> SaverDef: ...
    @builtins.property
    def collection_def(self) -> _Map[builtins.str, CollectionDef]: ...
    @builtins.property
    def signature_def(self) -> _Map[builtins.str, SignatureDef]: ...
    @builtins.property
    def asset_file_def(self) -> _Repeated[AssetFileDef]: ...
    @builtins.property
    def object_graph_def(self) -> SavedObjectGraph: ...
    def __init__(self, *, meta_info_def: MetaGraphDef.MetaInfoDef | Mapping[builtins.str, _Any] | None = None, graph_def: GraphDef | Mapping[builtins.str, _Any] | None = None, saver_def: SaverDef | Mapping[builtins.str, _Any] | None = None, collection_def: Mapping[builtins.str, CollectionDef] | None = None, signature_def: Mapping[builtins.str, SignatureDef] | None = None, asset_file_def: Iterable[AssetFileDef | Mapping[builtins.str, _Any]] | None = None, object_graph_def: SavedObjectGraph | Mapping[builtins.str, _Any] | None = None) -> None: ...

class NamedTupleValue(Message):
    name: builtins.str
    @builtins.property
    def values(self) -> _Repeated[PairValue]: ...
    def __init__(self, *, name: builtins.str | None = None, values: Iterable[PairValue | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class NoneValue(Message):
    def __init__(self) -> None: ...

class PairValue(Message):
    key: builtins.str
    @builtins.property
    def value(self) -> StructuredValue: ...
    def __init__(self, *, key: builtins.str | None = None, value: StructuredValue | Mapping[builtins.str, _Any] | None = None) -> None: ...

class RegisteredSaver(Message):
    name: builtins.str
    object_name: builtins.str
    def __init__(self, *, name: builtins.str | None = None, object_name: builtins.str | None = None) -> None: ...

class SaveSliceInfoDef(Message):
    full_name: builtins.str
    @builtins.property
    def full_shape(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def var_offset(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def var_shape(self) -> _Repeated[builtins.int]: ...
    def __init__(self, *, full_name: builtins.str | None = None, full_shape: Iterable[builtins.int] | None = None, var_offset: Iterable[builtins.int] | None = None, var_shape: Iterable[builtins.int] | None = None) -> None: ...

class SaveableObject(Message):
    save_function: builtins.int
    restore_function: builtins.int
    def __init__(self, *, save_function: builtins.int | None = None, restore_function: builtins.int | None = None) -> None: ...

class SavedAsset(Message):
    asset_file_def_index: builtins.int
    def __init__(self, *, asset_file_def_index: builtins.int | None = None) -> None: ...

class SavedBareConcreteFunction(Message):
    concrete_function_name: builtins.str
    @builtins.property
    def argument_keywords(self) -> _Repeated[builtins.str]: ...
    allowed_positional_arguments: builtins.int
    @builtins.property
    def function_spec(self) -> FunctionSpec: ...
    def __init__(self, *, concrete_function_name: builtins.str | None = None, argument_keywords: Iterable[builtins.str] | None = None, allowed_positional_arguments: builtins.int | None = None, function_spec: FunctionSpec | Mapping[builtins.str, _Any] | None = None) -> None: ...

class SavedConcreteFunction(Message):
    @builtins.property
    def bound_inputs(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def canonicalized_input_signature(self) -> StructuredValue: ...
    @builtins.property
    def output_signature(self) -> StructuredValue: ...
    def __init__(self, *, bound_inputs: Iterable[builtins.int] | None = None, canonicalized_input_signature: StructuredValue | Mapping[builtins.str, _Any] | None = None, output_signature: StructuredValue | Mapping[builtins.str, _Any] | None = None) -> None: ...

class SavedConstant(Message):
    operation: builtins.str
    def __init__(self, *, operation: builtins.str | None = None) -> None: ...

class SavedFunction(Message):
    @builtins.property
    def concrete_functions(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def function_spec(self) -> FunctionSpec: ...
    def __init__(self, *, concrete_functions: Iterable[builtins.str] | None = None, function_spec: FunctionSpec | Mapping[builtins.str, _Any] | None = None) -> None: ...

class SavedModel(Message):
    saved_model_schema_version: builtins.int
    @builtins.property
    def meta_graphs(self) -> _Repeated[MetaGraphDef]: ...
    def __init__(self, *, saved_model_schema_version: builtins.int | None = None, meta_graphs: Iterable[MetaGraphDef | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class SavedObject(Message):
    @builtins.property
    def children(self) -> _Repeated[TrackableObjectGraph.TrackableObject.ObjectReference]: ...
    @builtins.property
    def slot_variables(self) -> _Repeated[TrackableObjectGraph.TrackableObject.SlotVariableReference]: ...
    @builtins.property
    def user_object(self) -> SavedUserObject: ...
    @builtins.property
    def asset(self) -> SavedAsset: ...
    @builtins.property
    def function(self) -> SavedFunction: ...
    @builtins.property
    def variable(self) -> SavedVariable: ...
    @builtins.property
    def bare_concrete_function(self) -> SavedBareConcreteFunction: ...
    @builtins.property
    def constant(self) -> SavedConstant: ...
    @builtins.property
    def resource(self) -> SavedResource: ...
    @builtins.property
    def saveable_objects(self) -> _Map[builtins.str, SaveableObject]: ...
    @builtins.property
    def captured_tensor(self) -> CapturedTensor: ...
    registered_name: builtins.str
    @builtins.property
    def serialized_user_proto(self) -> Any: ...
    @builtins.property
    def dependencies(self) -> _Repeated[TrackableObjectGraph.TrackableObject.ObjectReference]: ...
    registered_saver: builtins.str
    def __init__(self, *, children: Iterable[TrackableObjectGraph.TrackableObject.ObjectReference | Mapping[builtins.str, _Any]] | None = None, slot_variables: Iterable[TrackableObjectGraph.TrackableObject.SlotVariableReference | Mapping[builtins.str, _Any]] | None = None, user_object: SavedUserObject | Mapping[builtins.str, _Any] | None = None, asset: SavedAsset | Mapping[builtins.str, _Any] | None = None, function: SavedFunction | Mapping[builtins.str, _Any] | None = None, variable: SavedVariable | Mapping[builtins.str, _Any] | None = None, bare_concrete_function: SavedBareConcreteFunction | Mapping[builtins.str, _Any] | None = None, constant: SavedConstant | Mapping[builtins.str, _Any] | None = None, resource: SavedResource | Mapping[builtins.str, _Any] | None = None, saveable_objects: Mapping[builtins.str, SaveableObject] | None = None, captured_tensor: CapturedTensor | Mapping[builtins.str, _Any] | None = None, registered_name: builtins.str | None = None, serialized_user_proto: Any | Mapping[builtins.str, _Any] | None = None, dependencies: Iterable[TrackableObjectGraph.TrackableObject.ObjectReference | Mapping[builtins.str, _Any]] | None = None, registered_saver: builtins.str | None = None) -> None: ...

class SavedObjectGraph(Message):
    @builtins.property
    def nodes(self) -> _Repeated[SavedObject]: ...
    @builtins.property
    def concrete_functions(self) -> _Map[builtins.str, SavedConcreteFunction]: ...
    def __init__(self, *, nodes: Iterable[SavedObject | Mapping[builtins.str, _Any]] | None = None, concrete_functions: Mapping[builtins.str, SavedConcreteFunction] | None = None) -> None: ...

class SavedResource(Message):
    device: builtins.str
    def __init__(self, *, device: builtins.str | None = None) -> None: ...

class SavedUserObject(Message):
    identifier: builtins.str
    @builtins.property
    def version(self) -> VersionDef: ...
    metadata: builtins.str
    def __init__(self, *, identifier: builtins.str | None = None, version: VersionDef | Mapping[builtins.str, _Any] | None = None, metadata: builtins.str | None = None) -> None: ...

class SavedVariable(Message):
    dtype: builtins.int
    @builtins.property
    def shape(self) -> TensorShapeProto: ...
    trainable: builtins.bool
    synchronization: builtins.int
    aggregation: builtins.int
    name: builtins.str
    device: builtins.str
    @builtins.property
    def experimental_distributed_variable_components(self) -> _Repeated[SavedVariable]: ...
    def __init__(self, *, dtype: builtins.int | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, trainable: builtins.bool | None = None, synchronization: builtins.int | None = None, aggregation: builtins.int | None = None, name: builtins.str | None = None, device: builtins.str | None = None, experimental_distributed_variable_components: Iterable[SavedVariable | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class SaverDef(Message):
    CheckpointFormatVersion: Enum
    LEGACY: builtins.int
    V1: builtins.int
    V2: builtins.int
    filename_tensor_name: builtins.str
    save_tensor_name: builtins.str
    restore_op_name: builtins.str
    max_to_keep: builtins.int
    sharded: builtins.bool
    keep_checkpoint_every_n_hours: builtins.float
    version: builtins.int
    def __init__(self, *, filename_tensor_name: builtins.str | None = None, save_tensor_name: builtins.str | None = None, restore_op_name: builtins.str | None = None, max_to_keep: builtins.int | None = None, sharded: builtins.bool | None = None, keep_checkpoint_every_n_hours: builtins.float | None = None, version: builtins.int | None = None) -> None: ...

class SequenceExample(Message):
    @builtins.property
    def context(self) -> Features: ...
    @builtins.property
    def feature_lists(self) -> FeatureLists: ...
    def __init__(self, *, context: Features | Mapping[builtins.str, _Any] | None = None, feature_lists: FeatureLists | Mapping[builtins.str, _Any] | None = None) -> None: ...

class SessionLog(Message):
    SessionStatus: Enum
    STATUS_UNSPECIFIED: builtins.int
    START: builtins.int
    STOP: builtins.int
    CHECKPOINT: builtins.int
    status: builtins.int
    checkpoint_path: builtins.str
    msg: builtins.str
    def __init__(self, *, status: builtins.int | None = None, checkpoint_path: builtins.str | None = None, msg: builtins.str | None = None) -> None: ...

class SignatureDef(Message):
    @builtins.property
    def inputs(self) -> _Map[builtins.str, TensorInfo]: ...
    @builtins.property
    def outputs(self) -> _Map[builtins.str, TensorInfo]: ...
    method_name: builtins.str
    @builtins.property
    def defaults(self) -> _Map[builtins.str, TensorProto]: ...
    def __init__(self, *, inputs: Mapping[builtins.str, TensorInfo] | None = None, outputs: Mapping[builtins.str, TensorInfo] | None = None, method_name: builtins.str | None = None, defaults: Mapping[builtins.str, TensorProto] | None = None) -> None: ...

class SourceMetadata(Message):
    writer: builtins.str
    def __init__(self, *, writer: builtins.str | None = None) -> None: ...

class StructuredValue(Message):
    @builtins.property
    def none_value(self) -> NoneValue: ...
    float64_value: builtins.float
    int64_value: builtins.int
    string_value: builtins.str
    bool_value: builtins.bool
    @builtins.property
    def tensor_shape_value(self) -> TensorShapeProto: ...
    tensor_dtype_value: builtins.int
    @builtins.property
    def tensor_spec_value(self) -> TensorSpecProto: ...
    @builtins.property
    def type_spec_value(self) -> TypeSpecProto: ...
    @builtins.property
    def bounded_tensor_spec_value(self) -> BoundedTensorSpecProto: ...
    @builtins.property
    def list_value(self) -> ListValue: ...
    @builtins.property
    def tuple_value(self) -> TupleValue: ...
    @builtins.property
    def dict_value(self) -> DictValue: ...
    @builtins.property
    def named_tuple_value(self) -> NamedTupleValue: ...
    @builtins.property
    def tensor_value(self) -> TensorProto: ...
    @builtins.property
    def numpy_value(self) -> TensorProto: ...
    def __init__(self, *, none_value: NoneValue | Mapping[builtins.str, _Any] | None = None, float64_value: builtins.float | None = None, int64_value: builtins.int | None = None, string_value: builtins.str | None = None, bool_value: builtins.bool | None = None, tensor_shape_value: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, tensor_dtype_value: builtins.int | None = None, tensor_spec_value: TensorSpecProto | Mapping[builtins.str, _Any] | None = None, type_spec_value: TypeSpecProto | Mapping[builtins.str, _Any] | None = None, bounded_tensor_spec_value: BoundedTensorSpecProto | Mapping[builtins.str, _Any] | None = None, list_value: ListValue | Mapping[builtins.str, _Any] | None = None, tuple_value: TupleValue | Mapping[builtins.str, _Any] | None = None, dict_value: DictValue | Mapping[builtins.str, _Any] | None = None, named_tuple_value: NamedTupleValue | Mapping[builtins.str, _Any] | None = None, tensor_value: TensorProto | Mapping[builtins.str, _Any] | None = None, numpy_value: TensorProto | Mapping[builtins.str, _Any] | None = None) -> None: ...

class Summary(Message):

    class Audio(Message):
        sample_rate: builtins.float
        num_channels: builtins.int
        length_frames: builtins.int
        encoded_audio_string: builtins.bytes
        content_type: builtins.str
        def __init__(self, *, sample_rate: builtins.float | None = None, num_channels: builtins.int | None = None, length_frames: builtins.int | None = None, encoded_audio_string: builtins.bytes | None = None, content_type: builtins.str | None = None) -> None: ...

    class Image(Message):
        height: builtins.int
        width: builtins.int
        colorspace: builtins.int
        encoded_image_string: builtins.bytes
        def __init__(self, *, height: builtins.int | None = None, width: builtins.int | None = None, colorspace: builtins.int | None = None, encoded_image_string: builtins.bytes | None = None) -> None: ...

    class Value(Message):
        tag: builtins.str
        simple_value: builtins.float
        obsolete_old_style_histogram: builtins.bytes
        @builtins.property
        def image(self) -> Summary.Image: ...
        @builtins.property
        def histo(self) -> HistogramProto: ...
        @builtins.property
        def audio(self) -> Summary.Audio: ...
        node_name: builtins.str
        @builtins.property
        def tensor(self) -> TensorProto: ...
        @builtins.property
        def metadata(self) -> SummaryMetadata: ...
        def __init__(self, *, tag: builtins.str | None = None, simple_value: builtins.float | None = None, obsolete_old_style_histogram: builtins.bytes | None = None, image: Summary.Image | Mapping[builtins.str, _Any] | None = None, histo: HistogramProto | Mapping[builtins.str, _Any] | None = None, audio: Summary.Audio | Mapping[builtins.str, _Any] | None = None, node_name: builtins.str | None = None, tensor: TensorProto | Mapping[builtins.str, _Any] | None = None, metadata: SummaryMetadata | Mapping[builtins.str, _Any] | None = None) -> None: ...
    @builtins.property
    def value(self) -> _Repeated[Summary.Value]: ...
    def __init__(self, *, value: Iterable[Summary.Value | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class SummaryMetadata(Message):

    class PluginData(Message):
        plugin_name: builtins.str
        content: builtins.bytes
        def __init__(self, *, plugin_name: builtins.str | None = None, content: builtins.bytes | None = None) -> None: ...
    @builtins.property
    def plugin_data(self) -> SummaryMetadata.PluginData: ...
    display_name: builtins.str
    summary_description: builtins.str
    data_class: builtins.int
    def __init__(self, *, plugin_data: SummaryMetadata.PluginData | Mapping[builtins.str, _Any] | None = None, display_name: builtins.str | None = None, summary_description: builtins.str | None = None, data_class: builtins.int | None = None) -> None: ...

class TaggedRunMetadata(Message):
    tag: builtins.str
    run_metadata: builtins.bytes
    def __init__(self, *, tag: builtins.str | None = None, run_metadata: builtins.bytes | None = None) -> None: ...

class TensorInfo(Message):

    class CompositeTensor(Message):
        @builtins.property
        def type_spec(self) -> TypeSpecProto: ...
        @builtins.property
        def components(self) -> _Repeated[TensorInfo]: ...
        def __init__(self, *, type_spec: TypeSpecProto | Mapping[builtins.str, _Any] | None = None, components: Iterable[TensorInfo | Mapping[builtins.str, _Any]] | None = None) -> None: ...

    class CooSparse(Message):
        values_tensor_name: builtins.str
        indices_tensor_name: builtins.str
        dense_shape_tensor_name: builtins.str
        def __init__(self, *, values_tensor_name: builtins.str | None = None, indices_tensor_name: builtins.str | None = None, dense_shape_tensor_name: builtins.str | None = None) -> None: ...
    name: builtins.str
    dtype: builtins.int
    @builtins.property
    def tensor_shape(self) -> TensorShapeProto: ...
    @builtins.property
    def coo_sparse(self) -> TensorInfo.CooSparse: ...
    @builtins.property
    def composite_tensor(self) -> TensorInfo.CompositeTensor: ...
    def __init__(self, *, name: builtins.str | None = None, dtype: builtins.int | None = None, tensor_shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, coo_sparse: TensorInfo.CooSparse | Mapping[builtins.str, _Any] | None = None, composite_tensor: TensorInfo.CompositeTensor | Mapping[builtins.str, _Any] | None = None) -> None: ...

class TensorSpecProto(Message):
    name: builtins.str
    @builtins.property
    def shape(self) -> TensorShapeProto: ...
    dtype: builtins.int
    def __init__(self, *, name: builtins.str | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, dtype: builtins.int | None = None) -> None: ...

class TrackableObjectGraph(Message):

    class TrackableObject(Message):

        class ObjectReference(Message):
            node_id: builtins.int
            local_name: builtins.str
            def __init__(self, *, node_id: builtins.int | None = None, local_name: builtins.str | None = None) -> None: ...

        class SerializedTensor(Message):
            name: builtins.str
            full_name: builtins.str
            checkpoint_key: builtins.str
            def __init__(self, *, name: builtins.str | None = None, full_name: builtins.str | None = None, checkpoint_key: builtins.str | None = None) -> None: ...

        class SlotVariableReference(Message):
            original_variable_node_id: builtins.int
            slot_name: builtins.str
            slot_variable_node_id: builtins.int
            def __init__(self, *, original_variable_node_id: builtins.int | None = None, slot_name: builtins.str | None = None, slot_variable_node_id: builtins.int | None = None) -> None: ...
        @builtins.property
        def children(self) -> _Repeated[TrackableObjectGraph.TrackableObject.ObjectReference]: ...
        @builtins.property
        def attributes(self) -> _Repeated[TrackableObjectGraph.TrackableObject.SerializedTensor]: ...
        @builtins.property
        def slot_variables(self) -> _Repeated[TrackableObjectGraph.TrackableObject.SlotVariableReference]: ...
        @builtins.property
        def registered_saver(self) -> RegisteredSaver: ...
        @builtins.property
        def has_checkpoint_values(self) -> BoolValue: ...
        def __init__(self, *, children: Iterable[TrackableObjectGraph.TrackableObject.ObjectReference | Mapping[builtins.str, _Any]] | None = None, attributes: Iterable[TrackableObjectGraph.TrackableObject.SerializedTensor | Mapping[builtins.str, _Any]] | None = None, slot_variables: Iterable[TrackableObjectGraph.TrackableObject.SlotVariableReference | Mapping[builtins.str, _Any]] | None = None, registered_saver: RegisteredSaver | Mapping[builtins.str, _Any] | None = None, has_checkpoint_values: BoolValue | Mapping[builtins.str, _Any] | None = None) -> None: ...
    @builtins.property
    def nodes(self) -> _Repeated[TrackableObjectGraph.TrackableObject]: ...
    def __init__(self, *, nodes: Iterable[TrackableObjectGraph.TrackableObject | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class TupleValue(Message):
    @builtins.property
    def values(self) -> _Repeated[StructuredValue]: ...
    def __init__(self, *, values: Iterable[StructuredValue | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class TypeSpecProto(Message):
    TypeSpecClass: Enum
    UNKNOWN: builtins.int
    SPARSE_TENSOR_SPEC: builtins.int
    INDEXED_SLICES_SPEC: builtins.int
    RAGGED_TENSOR_SPEC: builtins.int
    TENSOR_ARRAY_SPEC: builtins.int
    DATA_DATASET_SPEC: builtins.int
    DATA_ITERATOR_SPEC: builtins.int
    OPTIONAL_SPEC: builtins.int
    PER_REPLICA_SPEC: builtins.int
    VARIABLE_SPEC: builtins.int
    ROW_PARTITION_SPEC: builtins.int
    REGISTERED_TYPE_SPEC: builtins.int
    EXTENSION_TYPE_SPEC: builtins.int
    type_spec_class: builtins.int
    @builtins.property
    def type_state(self) -> StructuredValue: ...
    type_spec_class_name: builtins.str
    num_flat_components: builtins.int
    def __init__(self, *, type_spec_class: builtins.int | None = None, type_state: StructuredValue | Mapping[builtins.str, _Any] | None = None, type_spec_class_name: builtins.str | None = None, num_flat_components: builtins.int | None = None) -> None: ...

class ValuesDef(Message):
    @builtins.property
    def values(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def external_values(self) -> _Map[builtins.str, builtins.str]: ...
    def __init__(self, *, values: Iterable[builtins.str] | None = None, external_values: Mapping[builtins.str, builtins.str] | None = None) -> None: ...

class VariableDef(Message):
    variable_name: builtins.str
    initializer_name: builtins.str
    snapshot_name: builtins.str
    @builtins.property
    def save_slice_info_def(self) -> SaveSliceInfoDef: ...
    is_resource: builtins.bool
    initial_value_name: builtins.str
    trainable: builtins.bool
    synchronization: builtins.int
    aggregation: builtins.int
    def __init__(self, *, variable_name: builtins.str | None = None, initializer_name: builtins.str | None = None, snapshot_name: builtins.str | None = None, save_slice_info_def: SaveSliceInfoDef | Mapping[builtins.str, _Any] | None = None, is_resource: builtins.bool | None = None, initial_value_name: builtins.str | None = None, trainable: builtins.bool | None = None, synchronization: builtins.int | None = None, aggregation: builtins.int | None = None) -> None: ...

class WhileContextDef(Message):
    context_name: builtins.str
    parallel_iterations: builtins.int
    back_prop: builtins.bool
    swap_memory: builtins.bool
    pivot_name: builtins.str
    pivot_for_pred_name: builtins.str
    pivot_for_body_name: builtins.str
    @builtins.property
    def loop_exit_names(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def values_def(self) -> ValuesDef: ...
    @builtins.property
    def loop_enter_names(self) -> _Repeated[builtins.str]: ...
    maximum_iterations_name: builtins.str
    @builtins.property
    def nested_contexts(self) -> _Repeated[ControlFlowContextDef]: ...
    def __init__(self, *, context_name: builtins.str | None = None, parallel_iterations: builtins.int | None = None, back_prop: builtins.bool | None = None, swap_memory: builtins.bool | None = None, pivot_name: builtins.str | None = None, pivot_for_pred_name: builtins.str | None = None, pivot_for_body_name: builtins.str | None = None, loop_exit_names: Iterable[builtins.str] | None = None, values_def: ValuesDef | Mapping[builtins.str, _Any] | None = None, loop_enter_names: Iterable[builtins.str] | None = None, maximum_iterations_name: builtins.str | None = None, nested_contexts: Iterable[ControlFlowContextDef | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class AttrValue(Message):

    class ListValue(Message):
        @builtins.property
        def s(self) -> _Repeated[builtins.bytes]: ...
        @builtins.property
        def i(self) -> _Repeated[builtins.int]: ...
        @builtins.property
        def f(self) -> _Repeated[builtins.float]: ...
        @builtins.property
        def b(self) -> _Repeated[builtins.bool]: ...
        @builtins.property
        def type(self) -> _Repeated[builtins.int]: ...
        @builtins.property
        def shape(self) -> _Repeated[TensorShapeProto]: ...
        @builtins.property
        def tensor(self) -> _Repeated[TensorProto]: ...
        @builtins.property
        def func(self) -> _Repeated[NameAttrList]: ...
        def __init__(self, *, s: Iterable[builtins.bytes] | None = None, i: Iterable[builtins.int] | None = None, f: Iterable[builtins.float] | None = None, b: Iterable[builtins.bool] | None = None, type: Iterable[builtins.int] | None = None, shape: Iterable[TensorShapeProto | Mapping[builtins.str, _Any]] | None = None, tensor: Iterable[TensorProto | Mapping[builtins.str, _Any]] | None = None, func: Iterable[NameAttrList | Mapping[builtins.str, _Any]] | None = None) -> None: ...
    @builtins.property
    def list(self) -> AttrValue.ListValue: ...
    s: builtins.bytes
    i: builtins.int
    f: builtins.float
    b: builtins.bool
    type: builtins.int
    @builtins.property
    def shape(self) -> TensorShapeProto: ...
    @builtins.property
    def tensor(self) -> TensorProto: ...
    placeholder: builtins.str
    @builtins.property
    def func(self) -> NameAttrList: ...
    def __init__(self, *, list: AttrValue.ListValue | Mapping[builtins.str, _Any] | None = None, s: builtins.bytes | None = None, i: builtins.int | None = None, f: builtins.float | None = None, b: builtins.bool | None = None, type: builtins.int | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, tensor: TensorProto | Mapping[builtins.str, _Any] | None = None, placeholder: builtins.str | None = None, func: NameAttrList | Mapping[builtins.str, _Any] | None = None) -> None: ...

class FullTypeDef(Message):
    type_id: builtins.int
    @builtins.property
    def args(self) -> _Repeated[FullTypeDef]: ...
    s: builtins.str
    i: builtins.int
    def __init__(self, *, type_id: builtins.int | None = None, args: Iterable[FullTypeDef | Mapping[builtins.str, _Any]] | None = None, s: builtins.str | None = None, i: builtins.int | None = None) -> None: ...

class FunctionDef(Message):

    class ArgAttrs(Message):
        @builtins.property
        def attr(self) -> _Map[builtins.str, AttrValue]: ...
        def __init__(self, *, attr: Mapping[builtins.str, AttrValue] | None = None) -> None: ...
    @builtins.property
    def signature(self) -> OpDef: ...
    @builtins.property
    def node_def(self) -> _Repeated[NodeDef]: ...
    @builtins.property
    def ret(self) -> _Map[builtins.str, builtins.str]: ...
    @builtins.property
    def attr(self) -> _Map[builtins.str, AttrValue]: ...
    @builtins.property
    def control_ret(self) -> _Map[builtins.str, builtins.str]: ...
    @builtins.property
    def arg_attr(self) -> _Map[builtins.int, FunctionDef.ArgAttrs]: ...
    @builtins.property
    def resource_arg_unique_id(self) -> _Map[builtins.int, builtins.int]: ...
    def __init__(self, *, signature: OpDef | Mapping[builtins.str, _Any] | None = None, node_def: Iterable[NodeDef | Mapping[builtins.str, _Any]] | None = None, ret: Mapping[builtins.str, builtins.str] | None = None, attr: Mapping[builtins.str, AttrValue] | None = None, control_ret: Mapping[builtins.str, builtins.str] | None = None, arg_attr: Mapping[builtins.int, FunctionDef.ArgAttrs] | None = None, resource_arg_unique_id: Mapping[builtins.int, builtins.int] | None = None) -> None: ...

class FunctionDefLibrary(Message):
    @builtins.property
    def function(self) -> _Repeated[FunctionDef]: ...
    @builtins.property
    def gradient(self) -> _Repeated[GradientDef]: ...
    @builtins.property
    def registered_gradients(self) -> _Repeated[RegisteredGradient]: ...
    def __init__(self, *, function: Iterable[FunctionDef | Mapping[builtins.str, _Any]] | None = None, gradient: Iterable[GradientDef | Mapping[builtins.str, _Any]] | None = None, registered_gradients: Iterable[RegisteredGradient | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class GradientDef(Message):
    function_name: builtins.str
    gradient_func: builtins.str
    def __init__(self, *, function_name: builtins.str | None = None, gradient_func: builtins.str | None = None) -> None: ...

class GraphDef(Message):
    @builtins.property
    def node(self) -> _Repeated[NodeDef]: ...
    @builtins.property
    def library(self) -> FunctionDefLibrary: ...
    version: builtins.int
    @builtins.property
    def versions(self) -> VersionDef: ...
    @builtins.property
    def debug_info(self) -> GraphDebugInfo: ...
    def __init__(self, *, node: Iterable[NodeDef | Mapping[builtins.str, _Any]] | None = None, library: FunctionDefLibrary | Mapping[builtins.str, _Any] | None = None, version: builtins.int | None = None, versions: VersionDef | Mapping[builtins.str, _Any] | None = None, debug_info: GraphDebugInfo | Mapping[builtins.str, _Any] | None = None) -> None: ...

class NameAttrList(Message):
    name: builtins.str
    @builtins.property
    def attr(self) -> _Map[builtins.str, AttrValue]: ...
    def __init__(self, *, name: builtins.str | None = None, attr: Mapping[builtins.str, AttrValue] | None = None) -> None: ...

class NodeDef(Message):

    class ExperimentalDebugInfo(Message):
        @builtins.property
        def original_node_names(self) -> _Repeated[builtins.str]: ...
        @builtins.property
        def original_func_names(self) -> _Repeated[builtins.str]: ...
        def __init__(self, *, original_node_names: Iterable[builtins.str] | None = None, original_func_names: Iterable[builtins.str] | None = None) -> None: ...
    name: builtins.str
    op: builtins.str
    @builtins.property
    def input(self) -> _Repeated[builtins.str]: ...
    device: builtins.str
    @builtins.property
    def attr(self) -> _Map[builtins.str, AttrValue]: ...
    @builtins.property
    def experimental_debug_info(self) -> NodeDef.ExperimentalDebugInfo: ...
    @builtins.property
    def experimental_type(self) -> FullTypeDef: ...
    def __init__(self, *, name: builtins.str | None = None, op: builtins.str | None = None, input: Iterable[builtins.str] | None = None, device: builtins.str | None = None, attr: Mapping[builtins.str, AttrValue] | None = None, experimental_debug_info: NodeDef.ExperimentalDebugInfo | Mapping[builtins.str, _Any] | None = None, experimental_type: FullTypeDef | Mapping[builtins.str, _Any] | None = None) -> None: ...

class OpDef(Message):

    class ArgDef(Message):
        name: builtins.str
        description: builtins.str
        type: builtins.int
        type_attr: builtins.str
        number_attr: builtins.str
        type_list_attr: builtins.str
        @builtins.property
        def handle_data(self) -> _Repeated[ResourceHandleProto.DtypeAndShape]: ...
        is_ref: builtins.bool
        @builtins.property
        def experimental_full_type(self) -> FullTypeDef: ...
        def __init__(self, *, name: builtins.str | None = None, description: builtins.str | None = None, type: builtins.int | None = None, type_attr: builtins.str | None = None, number_attr: builtins.str | None = None, type_list_attr: builtins.str | None = None, handle_data: Iterable[ResourceHandleProto.DtypeAndShape | Mapping[builtins.str, _Any]] | None = None, is_ref: builtins.bool | None = None, experimental_full_type: FullTypeDef | Mapping[builtins.str, _Any] | None = None) -> None: ...

    class AttrDef(Message):
        name: builtins.str
        type: builtins.str
        @builtins.property
        def default_value(self) -> AttrValue: ...
        description: builtins.str
        has_minimum: builtins.bool
        minimum: builtins.int
        @builtins.property
        def allowed_values(self) -> AttrValue: ...
        def __init__(self, *, name: builtins.str | None = None, type: builtins.str | None = None, default_value: AttrValue | Mapping[builtins.str, _Any] | None = None, description: builtins.str | None = None, has_minimum: builtins.bool | None = None, minimum: builtins.int | None = None, allowed_values: AttrValue | Mapping[builtins.str, _Any] | None = None) -> None: ...
    name: builtins.str
    @builtins.property
    def input_arg(self) -> _Repeated[OpDef.ArgDef]: ...
    @builtins.property
    def output_arg(self) -> _Repeated[OpDef.ArgDef]: ...
    @builtins.property
    def attr(self) -> _Repeated[OpDef.AttrDef]: ...
    summary: builtins.str
    description: builtins.str
    @builtins.property
    def deprecation(self) -> OpDeprecation: ...
    is_aggregate: builtins.bool
    is_stateful: builtins.bool
    is_commutative: builtins.bool
    allows_uninitialized_input: builtins.bool
    @builtins.property
    def control_output(self) -> _Repeated[builtins.str]: ...
    is_distributed_communication: builtins.bool
    def __init__(self, *, name: builtins.str | None = None, input_arg: Iterable[OpDef.ArgDef | Mapping[builtins.str, _Any]] | None = None, output_arg: Iterable[OpDef.ArgDef | Mapping[builtins.str, _Any]] | None = None, attr: Iterable[OpDef.AttrDef | Mapping[builtins.str, _Any]] | None = None, summary: builtins.str | None = None, description: builtins.str | None = None, deprecation: OpDeprecation | Mapping[builtins.str, _Any] | None = None, is_aggregate: builtins.bool | None = None, is_stateful: builtins.bool | None = None, is_commutative: builtins.bool | None = None, allows_uninitialized_input: builtins.bool | None = None, control_output: Iterable[builtins.str] | None = None, is_distributed_communication: builtins.bool | None = None) -> None: ...

class OpDeprecation(Message):
    version: builtins.int
    explanation: builtins.str
    def __init__(self, *, version: builtins.int | None = None, explanation: builtins.str | None = None) -> None: ...

class OpList(Message):
    @builtins.property
    def op(self) -> _Repeated[OpDef]: ...
    def __init__(self, *, op: Iterable[OpDef | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class RegisteredGradient(Message):
    gradient_func: builtins.str
    registered_op_type: builtins.str
    def __init__(self, *, gradient_func: builtins.str | None = None, registered_op_type: builtins.str | None = None) -> None: ...

class ResourceHandleProto(Message):

    class DtypeAndShape(Message):
        dtype: builtins.int
        @builtins.property
        def shape(self) -> TensorShapeProto: ...
        def __init__(self, *, dtype: builtins.int | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None) -> None: ...
    device: builtins.str
    container: builtins.str
    name: builtins.str
    hash_code: builtins.int
    maybe_type_name: builtins.str
    @builtins.property
    def dtypes_and_shapes(self) -> _Repeated[ResourceHandleProto.DtypeAndShape]: ...
    def __init__(self, *, device: builtins.str | None = None, container: builtins.str | None = None, name: builtins.str | None = None, hash_code: builtins.int | None = None, maybe_type_name: builtins.str | None = None, dtypes_and_shapes: Iterable[ResourceHandleProto.DtypeAndShape | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class TensorProto(Message):
    dtype: builtins.int
    @builtins.property
    def tensor_shape(self) -> TensorShapeProto: ...
    version_number: builtins.int
    tensor_content: builtins.bytes
    @builtins.property
    def float_val(self) -> _Repeated[builtins.float]: ...
    @builtins.property
    def double_val(self) -> _Repeated[builtins.float]: ...
    @builtins.property
    def int_val(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def string_val(self) -> _Repeated[builtins.bytes]: ...
    @builtins.property
    def scomplex_val(self) -> _Repeated[builtins.float]: ...
    @builtins.property
    def int64_val(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def bool_val(self) -> _Repeated[builtins.bool]: ...
    @builtins.property
    def dcomplex_val(self) -> _Repeated[builtins.float]: ...
    @builtins.property
    def half_val(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def resource_handle_val(self) -> _Repeated[ResourceHandleProto]: ...
    @builtins.property
    def variant_val(self) -> _Repeated[VariantTensorDataProto]: ...
    @builtins.property
    def uint32_val(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def uint64_val(self) -> _Repeated[builtins.int]: ...
    float8_val: builtins.bytes
    def __init__(self, *, dtype: builtins.int | None = None, tensor_shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, version_number: builtins.int | None = None, tensor_content: builtins.bytes | None = None, float_val: Iterable[builtins.float] | None = None, double_val: Iterable[builtins.float] | None = None, int_val: Iterable[builtins.int] | None = None, string_val: Iterable[builtins.bytes] | None = None, scomplex_val: Iterable[builtins.float] | None = None, int64_val: Iterable[builtins.int] | None = None, bool_val: Iterable[builtins.bool] | None = None, dcomplex_val: Iterable[builtins.float] | None = None, half_val: Iterable[builtins.int] | None = None, resource_handle_val: Iterable[ResourceHandleProto | Mapping[builtins.str, _Any]] | None = None, variant_val: Iterable[VariantTensorDataProto | Mapping[builtins.str, _Any]] | None = None, uint32_val: Iterable[builtins.int] | None = None, uint64_val: Iterable[builtins.int] | None = None, float8_val: builtins.bytes | None = None) -> None: ...

class TensorShapeProto(Message):

    class Dim(Message):
        size: builtins.int
        name: builtins.str
        def __init__(self, *, size: builtins.int | None = None, name: builtins.str | None = None) -> None: ...
    @builtins.property
    def dim(self) -> _Repeated[TensorShapeProto.Dim]: ...
    unknown_rank: builtins.bool
    def __init__(self, *, dim: Iterable[TensorShapeProto.Dim | Mapping[builtins.str, _Any]] | None = None, unknown_rank: builtins.bool | None = None) -> None: ...

class TensorSliceProto(Message):

    class Extent(Message):
        start: builtins.int
        length: builtins.int
        def __init__(self, *, start: builtins.int | None = None, length: builtins.int | None = None) -> None: ...
    @builtins.property
    def extent(self) -> _Repeated[TensorSliceProto.Extent]: ...
    def __init__(self, *, extent: Iterable[TensorSliceProto.Extent | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class VariantTensorDataProto(Message):
    type_name: builtins.str
    metadata: builtins.bytes
    @builtins.property
    def tensors(self) -> _Repeated[TensorProto]: ...
    def __init__(self, *, type_name: builtins.str | None = None, metadata: builtins.bytes | None = None, tensors: Iterable[TensorProto | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class VersionDef(Message):
    producer: builtins.int
    min_consumer: builtins.int
    @builtins.property
    def bad_consumers(self) -> _Repeated[builtins.int]: ...
    def __init__(self, *, producer: builtins.int | None = None, min_consumer: builtins.int | None = None, bad_consumers: Iterable[builtins.int] | None = None) -> None: ...

class AllocationDescription(Message):
    requested_bytes: builtins.int
    allocated_bytes: builtins.int
    allocator_name: builtins.str
    allocation_id: builtins.int
    has_single_reference: builtins.bool
    ptr: builtins.int
    def __init__(self, *, requested_bytes: builtins.int | None = None, allocated_bytes: builtins.int | None = None, allocator_name: builtins.str | None = None, allocation_id: builtins.int | None = None, has_single_reference: builtins.bool | None = None, ptr: builtins.int | None = None) -> None: ...

class AllocationRecord(Message):
    alloc_micros: builtins.int
    alloc_bytes: builtins.int
    def __init__(self, *, alloc_micros: builtins.int | None = None, alloc_bytes: builtins.int | None = None) -> None: ...

class AllocatorMemoryUsed(Message):
    allocator_name: builtins.str
    total_bytes: builtins.int
    peak_bytes: builtins.int
    live_bytes: builtins.int
    allocator_bytes_in_use: builtins.int
    @builtins.property
    def allocation_records(self) -> _Repeated[AllocationRecord]: ...
    def __init__(self, *, allocator_name: builtins.str | None = None, total_bytes: builtins.int | None = None, peak_bytes: builtins.int | None = None, live_bytes: builtins.int | None = None, allocator_bytes_in_use: builtins.int | None = None, allocation_records: Iterable[AllocationRecord | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class AutoParallelOptions(Message):
    enable: builtins.bool
    num_replicas: builtins.int
    def __init__(self, *, enable: builtins.bool | None = None, num_replicas: builtins.int | None = None) -> None: ...

class ClusterDef(Message):
    @builtins.property
    def job(self) -> _Repeated[JobDef]: ...
    def __init__(self, *, job: Iterable[JobDef | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class ClusterDeviceFilters(Message):
    @builtins.property
    def jobs(self) -> _Repeated[JobDeviceFilters]: ...
    def __init__(self, *, jobs: Iterable[JobDeviceFilters | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class ConfigProto(Message):

    class Experimental(Message):
        MlirBridgeRollout: Enum
        MLIR_BRIDGE_ROLLOUT_UNSPECIFIED: builtins.int
        MLIR_BRIDGE_ROLLOUT_ENABLED: builtins.int
        MLIR_BRIDGE_ROLLOUT_DISABLED: builtins.int
        collective_group_leader: builtins.str
        executor_type: builtins.str
        recv_buf_max_chunk: builtins.int
        use_numa_affinity: builtins.bool
        collective_deterministic_sequential_execution: builtins.bool
        collective_nccl: builtins.bool
        share_session_state_in_clusterspec_propagation: builtins.bool
        disable_thread_spinning: builtins.bool
        share_cluster_devices_in_session: builtins.bool
        @builtins.property
        def session_metadata(self) -> SessionMetadata: ...
        optimize_for_static_graph: builtins.bool
        enable_mlir_bridge: builtins.bool
        disable_output_partition_graphs: builtins.bool
        xla_fusion_autotuner_thresh: builtins.int
        enable_mlir_graph_optimization: builtins.bool
        mlir_bridge_rollout: builtins.int
        use_tfrt: builtins.bool
        disable_functional_ops_lowering: builtins.bool
        xla_prefer_single_graph_cluster: builtins.bool
        @builtins.property
        def coordination_config(self) -> CoordinationServiceConfig: ...
        disable_optimize_for_static_graph: builtins.bool
        disable_eager_executor_streaming_enqueue: builtins.bool
        enable_multi_host: builtins.bool
        backend_server_port: builtins.int
        target_tpu: builtins.bool
        target_gpu: builtins.bool
        stream_merge_threshold: builtins.int
        tfrt_use_ifrt: builtins.bool
        finalize_function_library_runtime: builtins.bool
        finalize_resource_manager: builtins.bool
        tf2xla_dump_dir: builtins.str
        online_cost_analysis: builtins.bool
        def __init__(self, *, collective_group_leader: builtins.str | None = None, executor_type: builtins.str | None = None, recv_buf_max_chunk: builtins.int | None = None, use_numa_affinity: builtins.bool | None = None, collective_deterministic_sequential_execution: builtins.bool | None = None, collective_nccl: builtins.bool | None = None, share_session_state_in_clusterspec_propagation: builtins.bool | None = None, disable_thread_spinning: builtins.bool | None = None, share_cluster_devices_in_session: builtins.bool | None = None, session_metadata: SessionMetadata | Mapping[builtins.str, _Any] | None = None, optimize_for_static_graph: builtins.bool | None = None, enable_mlir_bridge: builtins.bool | None = None, disable_output_partition_graphs: builtins.bool | None = None, xla_fusion_autotuner_thresh: builtins.int | None = None, enable_mlir_graph_optimization: builtins.bool | None = None, mlir_bridge_rollout: builtins.int | None = None, use_tfrt: builtins.bool | None = None, disable_functional_ops_lowering: builtins.bool | None = None, xla_prefer_single_graph_cluster: builtins.bool | None = None, coordination_config: CoordinationServiceConfig | Mapping[builtins.str, _Any] | None = None, disable_optimize_for_static_graph: builtins.bool | None = None, disable_eager_executor_streaming_enqueue: builtins.bool | None = None, enable_multi_host: builtins.bool | None = None, backend_server_port: builtins.int | None = None, target_tpu: builtins.bool | None = None, target_gpu: builtins.bool | None = None, stream_merge_threshold: builtins.int | None = None, tfrt_use_ifrt: builtins.bool | None = None, finalize_function_library_runtime: builtins.bool | None = None, finalize_resource_manager: builtins.bool | None = None, tf2xla_dump_dir: builtins.str | None = None, online_cost_analysis: builtins.bool | None = None) -> None: ...
    @builtins.property
    def device_count(self) -> _Map[builtins.str, builtins.int]: ...
    intra_op_parallelism_threads: builtins.int
    placement_period: builtins.int
    @builtins.property
    def device_filters(self) -> _Repeated[builtins.str]: ...
    inter_op_parallelism_threads: builtins.int
    @builtins.property
    def gpu_options(self) -> GPUOptions: ...
    allow_soft_placement: builtins.bool
    log_device_placement: builtins.bool
    use_per_session_threads: builtins.bool
    @builtins.property
    def graph_options(self) -> GraphOptions: ...
    operation_timeout_in_ms: builtins.int
    @builtins.property
    def session_inter_op_thread_pool(self) -> _Repeated[ThreadPoolOptionProto]: ...
    @builtins.property
    def rpc_options(self) -> RPCOptions: ...
    @builtins.property
    def cluster_def(self) -> ClusterDef: ...
    isolate_session_state: builtins.bool
    @builtins.property
    def experimental(self) -> ConfigProto.Experimental: ...
    share_cluster_devices_in_session: builtins.bool
    @builtins.property
    def pluggable_device_options(self) -> GPUOptions: ...
    def __init__(self, *, device_count: Mapping[builtins.str, builtins.int] | None = None, intra_op_parallelism_threads: builtins.int | None = None, placement_period: builtins.int | None = None, device_filters: Iterable[builtins.str] | None = None, inter_op_parallelism_threads: builtins.int | None = None, gpu_options: GPUOptions | Mapping[builtins.str, _Any] | None = None, allow_soft_placement: builtins.bool | None = None, log_device_placement: builtins.bool | None = None, use_per_session_threads: builtins.bool | None = None, graph_options: GraphOptions | Mapping[builtins.str, _Any] | None = None, operation_timeout_in_ms: builtins.int | None = None, session_inter_op_thread_pool: Iterable[ThreadPoolOptionProto | Mapping[builtins.str, _Any]] | None = None, rpc_options: RPCOptions | Mapping[builtins.str, _Any] | None = None, cluster_def: ClusterDef | Mapping[builtins.str, _Any] | None = None, isolate_session_state: builtins.bool | None = None, experimental: ConfigProto.Experimental | Mapping[builtins.str, _Any] | None = None, share_cluster_devices_in_session: builtins.bool | None = None, pluggable_device_options: GPUOptions | Mapping[builtins.str, _Any] | None = None) -> None: ...

class CoordinatedJob(Message):
    name: builtins.str
    num_tasks: builtins.int
    def __init__(self, *, name: builtins.str | None = None, num_tasks: builtins.int | None = None) -> None: ...

class CoordinationServiceConfig(Message):
    service_type: builtins.str
    service_leader: builtins.str
    enable_health_check: builtins.bool
    cluster_register_timeout_in_ms: builtins.int
    heartbeat_timeout_in_ms: builtins.int
    shutdown_barrier_timeout_in_ms: builtins.int
    agent_destruction_without_shutdown: builtins.bool
    @builtins.property
    def recoverable_jobs(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def coordinated_job_list(self) -> _Repeated[CoordinatedJob]: ...
    allow_new_incarnation_to_reconnect: builtins.bool
    force_disable: builtins.bool
    poll_for_error_from_service_at_startup: builtins.bool
    cluster_register_with_barrier: builtins.bool
    def __init__(self, *, service_type: builtins.str | None = None, service_leader: builtins.str | None = None, enable_health_check: builtins.bool | None = None, cluster_register_timeout_in_ms: builtins.int | None = None, heartbeat_timeout_in_ms: builtins.int | None = None, shutdown_barrier_timeout_in_ms: builtins.int | None = None, agent_destruction_without_shutdown: builtins.bool | None = None, recoverable_jobs: Iterable[builtins.str] | None = None, coordinated_job_list: Iterable[CoordinatedJob | Mapping[builtins.str, _Any]] | None = None, allow_new_incarnation_to_reconnect: builtins.bool | None = None, force_disable: builtins.bool | None = None, poll_for_error_from_service_at_startup: builtins.bool | None = None, cluster_register_with_barrier: builtins.bool | None = None) -> None: ...

class CostGraphDef(Message):

    class AggregatedCost(Message):
        cost: builtins.float
        dimension: builtins.str
        def __init__(self, *, cost: builtins.float | None = None, dimension: builtins.str | None = None) -> None: ...

    class Node(Message):

        class InputInfo(Message):
            preceding_node: builtins.int
            preceding_port: builtins.int
            def __init__(self, *, preceding_node: builtins.int | None = None, preceding_port: builtins.int | None = None) -> None: ...

        class OutputInfo(Message):
            size: builtins.int
            alias_input_port: builtins.int
            @builtins.property
            def shape(self) -> TensorShapeProto: ...
            dtype: builtins.int
            def __init__(self, *, size: builtins.int | None = None, alias_input_port: builtins.int | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, dtype: builtins.int | None = None) -> None: ...
        name: builtins.str
        device: builtins.str
        id: builtins.int
        @builtins.property
        def input_info(self) -> _Repeated[CostGraphDef.Node.InputInfo]: ...
        @builtins.property
        def output_info(self) -> _Repeated[CostGraphDef.Node.OutputInfo]: ...
        temporary_memory_size: builtins.int
        is_final: builtins.bool
        @builtins.property
        def control_input(self) -> _Repeated[builtins.int]: ...
        compute_cost: builtins.int
        host_temp_memory_size: builtins.int
        device_temp_memory_size: builtins.int
        persistent_memory_size: builtins.int
        compute_time: builtins.int
        memory_time: builtins.int
        device_persistent_memory_size: builtins.int
        inaccurate: builtins.bool
        def __init__(self, *, name: builtins.str | None = None, device: builtins.str | None = None, id: builtins.int | None = None, input_info: Iterable[CostGraphDef.Node.InputInfo | Mapping[builtins.str, _Any]] | None = None, output_info: Iterable[CostGraphDef.Node.OutputInfo | Mapping[builtins.str, _Any]] | None = None, temporary_memory_size: builtins.int | None = None, is_final: builtins.bool | None = None, control_input: Iterable[builtins.int] | None = None, compute_cost: builtins.int | None = None, host_temp_memory_size: builtins.int | None = None, device_temp_memory_size: builtins.int | None = None, persistent_memory_size: builtins.int | None = None, compute_time: builtins.int | None = None, memory_time: builtins.int | None = None, device_persistent_memory_size: builtins.int | None = None, inaccurate: builtins.bool | None = None) -> None: ...
    @builtins.property
    def node(self) -> _Repeated[CostGraphDef.Node]: ...
    @builtins.property
    def cost(self) -> _Repeated[CostGraphDef.AggregatedCost]: ...
    def __init__(self, *, node: Iterable[CostGraphDef.Node | Mapping[builtins.str, _Any]] | None = None, cost: Iterable[CostGraphDef.AggregatedCost | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class DebugOptions(Message):
    @builtins.property
    def debug_tensor_watch_opts(self) -> _Repeated[DebugTensorWatch]: ...
    global_step: builtins.int
    reset_disk_byte_usage: builtins.bool
    def __init__(self, *, debug_tensor_watch_opts: Iterable[DebugTensorWatch | Mapping[builtins.str, _Any]] | None = None, global_step: builtins.int | None = None, reset_disk_byte_usage: builtins.bool | None = None) -> None: ...

class DebugTensorWatch(Message):
    node_name: builtins.str
    output_slot: builtins.int
    @builtins.property
    def debug_ops(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def debug_urls(self) -> _Repeated[builtins.str]: ...
    tolerate_debug_op_creation_failures: builtins.bool
    def __init__(self, *, node_name: builtins.str | None = None, output_slot: builtins.int | None = None, debug_ops: Iterable[builtins.str] | None = None, debug_urls: Iterable[builtins.str] | None = None, tolerate_debug_op_creation_failures: builtins.bool | None = None) -> None: ...

class DeviceStepStats(Message):
    device: builtins.str
    @builtins.property
    def node_stats(self) -> _Repeated[NodeExecStats]: ...
    @builtins.property
    def thread_names(self) -> _Map[builtins.int, builtins.str]: ...
    def __init__(self, *, device: builtins.str | None = None, node_stats: Iterable[NodeExecStats | Mapping[builtins.str, _Any]] | None = None, thread_names: Mapping[builtins.int, builtins.str] | None = None) -> None: ...

class GPUOptions(Message):

    class Experimental(Message):

        class StreamMergeOptions(Message):
            merge_host_to_device_stream: builtins.bool
            merge_device_to_host_stream: builtins.bool
            merge_device_to_device_stream: builtins.bool
            def __init__(self, *, merge_host_to_device_stream: builtins.bool | None = None, merge_device_to_host_stream: builtins.bool | None = None, merge_device_to_device_stream: builtins.bool | None = None) -> None: ...

        class VirtualDevices(Message):
            @builtins.property
            def memory_limit_mb(self) -> _Repeated[builtins.float]: ...
            @builtins.property
            def priority(self) -> _Repeated[builtins.int]: ...
            @builtins.property
            def device_ordinal(self) -> _Repeated[builtins.int]: ...
            def __init__(self, *, memory_limit_mb: Iterable[builtins.float] | None = None, priority: Iterable[builtins.int] | None = None, device_ordinal: Iterable[builtins.int] | None = None) -> None: ...
        @builtins.property
        def virtual_devices(self) -> _Repeated[GPUOptions.Experimental.VirtualDevices]: ...
        use_unified_memory: builtins.bool
        num_dev_to_dev_copy_streams: builtins.int
        collective_ring_order: builtins.str
        timestamped_allocator: builtins.bool
        kernel_tracker_max_interval: builtins.int
        kernel_tracker_max_bytes: builtins.int
        kernel_tracker_max_pending: builtins.int
        internal_fragmentation_fraction: builtins.float
        use_cuda_malloc_async: builtins.bool
        disallow_retry_on_allocation_failure: builtins.bool
        gpu_host_mem_limit_in_mb: builtins.float
        gpu_host_mem_disallow_growth: builtins.bool
        num_virtual_devices_per_gpu: builtins.int
        gpu_system_memory_size_in_mb: builtins.int
        populate_pjrt_gpu_client_creation_info: builtins.bool
        node_id: builtins.int
        @builtins.property
        def stream_merge_options(self) -> GPUOptions.Experimental.StreamMergeOptions: ...
        def __init__(self, *, virtual_devices: Iterable[GPUOptions.Experimental.VirtualDevices | Mapping[builtins.str, _Any]] | None = None, use_unified_memory: builtins.bool | None = None, num_dev_to_dev_copy_streams: builtins.int | None = None, collective_ring_order: builtins.str | None = None, timestamped_allocator: builtins.bool | None = None, kernel_tracker_max_interval: builtins.int | None = None, kernel_tracker_max_bytes: builtins.int | None = None, kernel_tracker_max_pending: builtins.int | None = None, internal_fragmentation_fraction: builtins.float | None = None, use_cuda_malloc_async: builtins.bool | None = None, disallow_retry_on_allocation_failure: builtins.bool | None = None, gpu_host_mem_limit_in_mb: builtins.float | None = None, gpu_host_mem_disallow_growth: builtins.bool | None = None, num_virtual_devices_per_gpu: builtins.int | None = None, gpu_system_memory_size_in_mb: builtins.int | None = None, populate_pjrt_gpu_client_creation_info: builtins.bool | None = None, node_id: builtins.int | None = None, stream_merge_options: GPUOptions.Experimental.StreamMergeOptions | Mapping[builtins.str, _Any] | None = None) -> None: ...
    per_process_gpu_memory_fraction: builtins.float
    allocator_type: builtins.str
    deferred_deletion_bytes: builtins.int
    allow_growth: builtins.bool
    visible_device_list: builtins.str
    polling_active_delay_usecs: builtins.int
    polling_inactive_delay_msecs: builtins.int
    force_gpu_compatible: builtins.bool
    @builtins.property
    def experimental(self) -> GPUOptions.Experimental: ...
    def __init__(self, *, per_process_gpu_memory_fraction: builtins.float | None = None, allocator_type: builtins.str | None = None, deferred_deletion_bytes: builtins.int | None = None, allow_growth: builtins.bool | None = None, visible_device_list: builtins.str | None = None, polling_active_delay_usecs: builtins.int | None = None, polling_inactive_delay_msecs: builtins.int | None = None, force_gpu_compatible: builtins.bool | None = None, experimental: GPUOptions.Experimental | Mapping[builtins.str, _Any] | None = None) -> None: ...

class GraphDebugInfo(Message):

    class FileLineCol(Message):
        file_index: builtins.int
        line: builtins.int
        col: builtins.int
        func: builtins.str
        code: builtins.str
        def __init__(self, *, file_index: builtins.int | None = None, line: builtins.int | None = None, col: builtins.int | None = None, func: builtins.str | None = None, code: builtins.str | None = None) -> None: ...

    class StackTrace(Message):
        @builtins.property
        def file_line_cols(self) -> _Repeated[GraphDebugInfo.FileLineCol]: ...
        @builtins.property
        def frame_id(self) -> _Repeated[builtins.int]: ...
        def __init__(self, *, file_line_cols: Iterable[GraphDebugInfo.FileLineCol | Mapping[builtins.str, _Any]] | None = None, frame_id: Iterable[builtins.int] | None = None) -> None: ...
    @builtins.property
    def files(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def traces(self) -> _Map[builtins.str, GraphDebugInfo.StackTrace]: ...
    @builtins.property
    def frames_by_id(self) -> _Map[builtins.int, GraphDebugInfo.FileLineCol]: ...
    @builtins.property
    def name_to_trace_id(self) -> _Map[builtins.str, builtins.int]: ...
    @builtins.property
    def traces_by_id(self) -> _Map[builtins.int, GraphDebugInfo.StackTrace]: ...
    def __init__(self, *, files: Iterable[builtins.str] | None = None, traces: Mapping[builtins.str, GraphDebugInfo.StackTrace] | None = None, frames_by_id: Mapping[builtins.int, GraphDebugInfo.FileLineCol] | None = None, name_to_trace_id: Mapping[builtins.str, builtins.int] | None = None, traces_by_id: Mapping[builtins.int, GraphDebugInfo.StackTrace] | None = None) -> None: ...

class GraphOptions(Message):
    enable_recv_scheduling: builtins.bool
    @builtins.property
    def optimizer_options(self) -> OptimizerOptions: ...
    build_cost_model: builtins.int
    infer_shapes: builtins.bool
    place_pruned_graph: builtins.bool
    enable_bfloat16_sendrecv: builtins.bool
    timeline_step: builtins.int
    build_cost_model_after: builtins.int
    @builtins.property
    def rewrite_options(self) -> RewriterConfig: ...
    def __init__(self, *, enable_recv_scheduling: builtins.bool | None = None, optimizer_options: OptimizerOptions | Mapping[builtins.str, _Any] | None = None, build_cost_model: builtins.int | None = None, infer_shapes: builtins.bool | None = None, place_pruned_graph: builtins.bool | None = None, enable_bfloat16_sendrecv: builtins.bool | None = None, timeline_step: builtins.int | None = None, build_cost_model_after: builtins.int | None = None, rewrite_options: RewriterConfig | Mapping[builtins.str, _Any] | None = None) -> None: ...

class JobDef(Message):
    name: builtins.str
    @builtins.property
    def tasks(self) -> _Map[builtins.int, builtins.str]: ...
    def __init__(self, *, name: builtins.str | None = None, tasks: Mapping[builtins.int, builtins.str] | None = None) -> None: ...

class JobDeviceFilters(Message):
    name: builtins.str
    @builtins.property
    def tasks(self) -> _Map[builtins.int, TaskDeviceFilters]: ...
    def __init__(self, *, name: builtins.str | None = None, tasks: Mapping[builtins.int, TaskDeviceFilters] | None = None) -> None: ...

class MemoryStats(Message):
    temp_memory_size: builtins.int
    device_temp_memory_size: builtins.int
    persistent_memory_size: builtins.int
    device_persistent_memory_size: builtins.int
    @builtins.property
    def persistent_tensor_alloc_ids(self) -> _Repeated[builtins.int]: ...
    @builtins.property
    def device_persistent_tensor_alloc_ids(self) -> _Repeated[builtins.int]: ...
    def __init__(self, *, temp_memory_size: builtins.int | None = None, device_temp_memory_size: builtins.int | None = None, persistent_memory_size: builtins.int | None = None, device_persistent_memory_size: builtins.int | None = None, persistent_tensor_alloc_ids: Iterable[builtins.int] | None = None, device_persistent_tensor_alloc_ids: Iterable[builtins.int] | None = None) -> None: ...

class NodeExecStats(Message):
    node_name: builtins.str
    all_start_micros: builtins.int
    op_start_rel_micros: builtins.int
    op_end_rel_micros: builtins.int
    all_end_rel_micros: builtins.int
    @builtins.property
    def memory(self) -> _Repeated[AllocatorMemoryUsed]: ...
    @builtins.property
    def output(self) -> _Repeated[NodeOutput]: ...
    timeline_label: builtins.str
    scheduled_micros: builtins.int
    thread_id: builtins.int
    @builtins.property
    def referenced_tensor(self) -> _Repeated[AllocationDescription]: ...
    @builtins.property
    def memory_stats(self) -> MemoryStats: ...
    all_start_nanos: builtins.int
    op_start_rel_nanos: builtins.int
    op_end_rel_nanos: builtins.int
    all_end_rel_nanos: builtins.int
    scheduled_nanos: builtins.int
    def __init__(self, *, node_name: builtins.str | None = None, all_start_micros: builtins.int | None = None, op_start_rel_micros: builtins.int | None = None, op_end_rel_micros: builtins.int | None = None, all_end_rel_micros: builtins.int | None = None, memory: Iterable[AllocatorMemoryUsed | Mapping[builtins.str, _Any]] | None = None, output: Iterable[NodeOutput | Mapping[builtins.str, _Any]] | None = None, timeline_label: builtins.str | None = None, scheduled_micros: builtins.int | None = None, thread_id: builtins.int | None = None, referenced_tensor: Iterable[AllocationDescription | Mapping[builtins.str, _Any]] | None = None, memory_stats: MemoryStats | Mapping[builtins.str, _Any] | None = None, all_start_nanos: builtins.int | None = None, op_start_rel_nanos: builtins.int | None = None, op_end_rel_nanos: builtins.int | None = None, all_end_rel_nanos: builtins.int | None = None, scheduled_nanos: builtins.int | None = None) -> None: ...

class NodeOutput(Message):
    slot: builtins.int
    @builtins.property
    def tensor_description(self) -> TensorDescription: ...
    def __init__(self, *, slot: builtins.int | None = None, tensor_description: TensorDescription | Mapping[builtins.str, _Any] | None = None) -> None: ...

class OptimizerOptions(Message):
    GlobalJitLevel: Enum
    DEFAULT: builtins.int
    OFF: builtins.int
    ON_1: builtins.int
    ON_2: builtins.int
    Level: Enum
    L1: builtins.int
    L0: builtins.int
    do_common_subexpression_elimination: builtins.bool
    do_constant_folding: builtins.bool
    opt_level: builtins.int
    do_function_inlining: builtins.bool
    global_jit_level: builtins.int
    max_folded_constant_in_bytes: builtins.int
    cpu_global_jit: builtins.bool
    def __init__(self, *, do_common_subexpression_elimination: builtins.bool | None = None, do_constant_folding: builtins.bool | None = None, opt_level: builtins.int | None = None, do_function_inlining: builtins.bool | None = None, global_jit_level: builtins.int | None = None, max_folded_constant_in_bytes: builtins.int | None = None, cpu_global_jit: builtins.bool | None = None) -> None: ...

class QueueRunnerDef(Message):
    queue_name: builtins.str
    @builtins.property
    def enqueue_op_name(self) -> _Repeated[builtins.str]: ...
    close_op_name: builtins.str
    cancel_op_name: builtins.str
    @builtins.property
    def queue_closed_exception_types(self) -> _Repeated[builtins.int]: ...
    def __init__(self, *, queue_name: builtins.str | None = None, enqueue_op_name: Iterable[builtins.str] | None = None, close_op_name: builtins.str | None = None, cancel_op_name: builtins.str | None = None, queue_closed_exception_types: Iterable[builtins.int] | None = None) -> None: ...

class RPCOptions(Message):
    use_rpc_for_inprocess_master: builtins.bool
    compression_algorithm: builtins.str
    compression_level: builtins.int
    cache_rpc_response: builtins.bool
    disable_session_connection_sharing: builtins.bool
    num_channels_per_target: builtins.int
    def __init__(self, *, use_rpc_for_inprocess_master: builtins.bool | None = None, compression_algorithm: builtins.str | None = None, compression_level: builtins.int | None = None, cache_rpc_response: builtins.bool | None = None, disable_session_connection_sharing: builtins.bool | None = None, num_channels_per_target: builtins.int | None = None) -> None: ...

class RewriterConfig(Message):

    class CustomGraphOptimizer(Message):
        name: builtins.str
        @builtins.property
        def parameter_map(self) -> _Map[builtins.str, AttrValue]: ...
        def __init__(self, *, name: builtins.str | None = None, parameter_map: Mapping[builtins.str, AttrValue] | None = None) -> None: ...
    CpuLayout: Enum
    NO_CONVERSION_ON_CPU: builtins.int
    NCHW_TO_NHWC: builtins.int
    NHWC_TO_NCHW: builtins.int
    MemOptType: Enum
    DEFAULT_MEM_OPT: builtins.int
    NO_MEM_OPT: builtins.int
    MANUAL: builtins.int
    SWAPPING_HEURISTICS: builtins.int
    RECOMPUTATION_HEURISTICS: builtins.int
    SCHEDULING_HEURISTICS: builtins.int
    HEURISTICS: builtins.int
    NumIterationsType: Enum
    DEFAULT_NUM_ITERS: builtins.int
    ONE: builtins.int
    TWO: builtins.int
    Toggle: Enum
    DEFAULT: builtins.int
    ON: builtins.int
    OFF: builtins.int
    AGGRESSIVE: builtins.int
    EXPERIMENTAL_MLIR: builtins.int
    EXPERIMENTAL_BOTH: builtins.int
    layout_optimizer: builtins.int
    disable_model_pruning: builtins.bool
    constant_folding: builtins.int
    memory_optimization: builtins.int
    @builtins.property
    def auto_parallel(self) -> AutoParallelOptions: ...
    memory_optimizer_target_node_name_scope: builtins.str
    arithmetic_optimization: builtins.int
    dependency_optimization: builtins.int
    loop_optimization: builtins.int
    function_optimization: builtins.int
    debug_stripper: builtins.int
    meta_optimizer_iterations: builtins.int
    shape_optimization: builtins.int
    remapping: builtins.int
    scoped_allocator_optimization: builtins.int
    @builtins.property
    def scoped_allocator_opts(self) -> ScopedAllocatorOptions: ...
    min_graph_nodes: builtins.int
    pin_to_host_optimization: builtins.int
    disable_meta_optimizer: builtins.bool
    meta_optimizer_timeout_ms: builtins.int
    fail_on_optimizer_errors: builtins.bool
    implementation_selector: builtins.int
    auto_mixed_precision: builtins.int
    common_subgraph_elimination: builtins.int
    auto_mixed_precision_mkl: builtins.int
    experimental_disable_compressed_tensor_optimization: builtins.bool
    experimental_disable_folding_quantization_emulation: builtins.bool
    use_plugin_optimizers: builtins.int
    auto_mixed_precision_cpu: builtins.int
    experimental_conditional_code_motion: builtins.int
    auto_mixed_precision_onednn_bfloat16: builtins.int
    disable_tfg_optimizer: builtins.bool
    cpu_layout_conversion: builtins.int
    @builtins.property
    def optimizers(self) -> _Repeated[builtins.str]: ...
    @builtins.property
    def custom_optimizers(self) -> _Repeated[RewriterConfig.CustomGraphOptimizer]: ...
    @builtins.property
    def inter_optimizer_verifier_config(self) -> VerifierConfig: ...
    @builtins.property
    def post_optimization_verifier_config(self) -> VerifierConfig: ...
    def __init__(self, *, layout_optimizer: builtins.int | None = None, disable_model_pruning: builtins.bool | None = None, constant_folding: builtins.int | None = None, memory_optimization: builtins.int | None = None, auto_parallel: AutoParallelOptions | Mapping[builtins.str, _Any] | None = None, memory_optimizer_target_node_name_scope: builtins.str | None = None, arithmetic_optimization: builtins.int | None = None, dependency_optimization: builtins.int | None = None, loop_optimization: builtins.int | None = None, function_optimization: builtins.int | None = None, debug_stripper: builtins.int | None = None, meta_optimizer_iterations: builtins.int | None = None, shape_optimization: builtins.int | None = None, remapping: builtins.int | None = None, scoped_allocator_optimization: builtins.int | None = None, scoped_allocator_opts: ScopedAllocatorOptions | Mapping[builtins.str, _Any] | None = None, min_graph_nodes: builtins.int | None = None, pin_to_host_optimization: builtins.int | None = None, disable_meta_optimizer: builtins.bool | None = None, meta_optimizer_timeout_ms: builtins.int | None = None, fail_on_optimizer_errors: builtins.bool | None = None, implementation_selector: builtins.int | None = None, auto_mixed_precision: builtins.int | None = None, common_subgraph_elimination: builtins.int | None = None, auto_mixed_precision_mkl: builtins.int | None = None, experimental_disable_compressed_tensor_optimization: builtins.bool | None = None, experimental_disable_folding_quantization_emulation: builtins.bool | None = None, use_plugin_optimizers: builtins.int | None = None, auto_mixed_precision_cpu: builtins.int | None = None, experimental_conditional_code_motion: builtins.int | None = None, auto_mixed_precision_onednn_bfloat16: builtins.int | None = None, disable_tfg_optimizer: builtins.bool | None = None, cpu_layout_conversion: builtins.int | None = None, optimizers: Iterable[builtins.str] | None = None, custom_optimizers: Iterable[RewriterConfig.CustomGraphOptimizer | Mapping[builtins.str, _Any]] | None = None, inter_optimizer_verifier_config: VerifierConfig | Mapping[builtins.str, _Any] | None = None, post_optimization_verifier_config: VerifierConfig | Mapping[builtins.str, _Any] | None = None) -> None: ...

class RunMetadata(Message):

    class FunctionGraphs(Message):
        @builtins.property
        def partition_graphs(self) -> _Repeated[GraphDef]: ...
        @builtins.property
        def pre_optimization_graph(self) -> GraphDef: ...
        @builtins.property
        def post_optimization_graph(self) -> GraphDef: ...
        def __init__(self, *, partition_graphs: Iterable[GraphDef | Mapping[builtins.str, _Any]] | None = None, pre_optimization_graph: GraphDef | Mapping[builtins.str, _Any] | None = None, post_optimization_graph: GraphDef | Mapping[builtins.str, _Any] | None = None) -> None: ...
    @builtins.property
    def step_stats(self) -> StepStats: ...
    @builtins.property
    def cost_graph(self) -> CostGraphDef: ...
    @builtins.property
    def partition_graphs(self) -> _Repeated[GraphDef]: ...
    @builtins.property
    def function_graphs(self) -> _Repeated[RunMetadata.FunctionGraphs]: ...
    @builtins.property
    def session_metadata(self) -> SessionMetadata: ...
    def __init__(self, *, step_stats: StepStats | Mapping[builtins.str, _Any] | None = None, cost_graph: CostGraphDef | Mapping[builtins.str, _Any] | None = None, partition_graphs: Iterable[GraphDef | Mapping[builtins.str, _Any]] | None = None, function_graphs: Iterable[RunMetadata.FunctionGraphs | Mapping[builtins.str, _Any]] | None = None, session_metadata: SessionMetadata | Mapping[builtins.str, _Any] | None = None) -> None: ...

class RunOptions(Message):

    class Experimental(Message):

        class RunHandlerPoolOptions(Message):
            priority: builtins.int
            def __init__(self, *, priority: builtins.int | None = None) -> None: ...
        collective_graph_key: builtins.int
        use_run_handler_pool: builtins.bool
        @builtins.property
        def run_handler_pool_options(self) -> RunOptions.Experimental.RunHandlerPoolOptions: ...
        def __init__(self, *, collective_graph_key: builtins.int | None = None, use_run_handler_pool: builtins.bool | None = None, run_handler_pool_options: RunOptions.Experimental.RunHandlerPoolOptions | Mapping[builtins.str, _Any] | None = None) -> None: ...
    TraceLevel: Enum
    NO_TRACE: builtins.int
    SOFTWARE_TRACE: builtins.int
    HARDWARE_TRACE: builtins.int
    FULL_TRACE: builtins.int
    trace_level: builtins.int
    timeout_in_ms: builtins.int
    inter_op_thread_pool: builtins.int
    output_partition_graphs: builtins.bool
    @builtins.property
    def debug_options(self) -> DebugOptions: ...
    report_tensor_allocations_upon_oom: builtins.bool
    @builtins.property
    def experimental(self) -> RunOptions.Experimental: ...
    def __init__(self, *, trace_level: builtins.int | None = None, timeout_in_ms: builtins.int | None = None, inter_op_thread_pool: builtins.int | None = None, output_partition_graphs: builtins.bool | None = None, debug_options: DebugOptions | Mapping[builtins.str, _Any] | None = None, report_tensor_allocations_upon_oom: builtins.bool | None = None, experimental: RunOptions.Experimental | Mapping[builtins.str, _Any] | None = None) -> None: ...

class ScopedAllocatorOptions(Message):
    @builtins.property
    def enable_op(self) -> _Repeated[builtins.str]: ...
    def __init__(self, *, enable_op: Iterable[builtins.str] | None = None) -> None: ...

class ServerDef(Message):
    @builtins.property
    def cluster(self) -> ClusterDef: ...
    job_name: builtins.str
    task_index: builtins.int
    @builtins.property
    def default_session_config(self) -> ConfigProto: ...
    protocol: builtins.str
    port: builtins.int
    @builtins.property
    def cluster_device_filters(self) -> ClusterDeviceFilters: ...
    replica: builtins.int
    def __init__(self, *, cluster: ClusterDef | Mapping[builtins.str, _Any] | None = None, job_name: builtins.str | None = None, task_index: builtins.int | None = None, default_session_config: ConfigProto | Mapping[builtins.str, _Any] | None = None, protocol: builtins.str | None = None, port: builtins.int | None = None, cluster_device_filters: ClusterDeviceFilters | Mapping[builtins.str, _Any] | None = None, replica: builtins.int | None = None) -> None: ...

class SessionMetadata(Message):
    name: builtins.str
    version: builtins.int
    def __init__(self, *, name: builtins.str | None = None, version: builtins.int | None = None) -> None: ...

class StepStats(Message):
    @builtins.property
    def dev_stats(self) -> _Repeated[DeviceStepStats]: ...
    def __init__(self, *, dev_stats: Iterable[DeviceStepStats | Mapping[builtins.str, _Any]] | None = None) -> None: ...

class TaskDeviceFilters(Message):
    @builtins.property
    def device_filters(self) -> _Repeated[builtins.str]: ...
    def __init__(self, *, device_filters: Iterable[builtins.str] | None = None) -> None: ...

class TensorDescription(Message):
    dtype: builtins.int
    @builtins.property
    def shape(self) -> TensorShapeProto: ...
    @builtins.property
    def allocation_description(self) -> AllocationDescription: ...
    def __init__(self, *, dtype: builtins.int | None = None, shape: TensorShapeProto | Mapping[builtins.str, _Any] | None = None, allocation_description: AllocationDescription | Mapping[builtins.str, _Any] | None = None) -> None: ...

class ThreadPoolOptionProto(Message):
    num_threads: builtins.int
    global_name: builtins.str
    def __init__(self, *, num_threads: builtins.int | None = None, global_name: builtins.str | None = None) -> None: ...

class VerifierConfig(Message):
    Toggle: Enum
    DEFAULT: builtins.int
    ON: builtins.int
    OFF: builtins.int
    verification_timeout_in_ms: builtins.int
    structure_verifier: builtins.int
    def __init__(self, *, verification_timeout_in_ms: builtins.int | None = None, structure_verifier: builtins.int | None = None) -> None: ...
