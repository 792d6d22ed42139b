"""Field tables of TensorFlow's messages for files: meta graphs, saved models, checkpoints, events, examples."""

# Fields are set apart by semicolons; a field is: name, number, [repeated | packed | map KEY], type, [in ONEOF | optional].
MESSAGES = {
    "Any": """
        type_url 1 string; value 2 bytes
    """,
    "BoolValue": """
        value 1 bool
    """,
    "AssetFileDef": """
        tensor_info 1 TensorInfo; filename 2 string
    """,
    "BoundedTensorSpecProto": """
        name 1 string; shape 2 TensorShapeProto; dtype 3 DataType; minimum 4 TensorProto; maximum 5 TensorProto
    """,
    "BundleEntryProto": """
        dtype 1 DataType; shape 2 TensorShapeProto; shard_id 3 int32; offset 4 int64; size 5 int64;
        crc32c 6 fixed32; slices 7 repeated TensorSliceProto
    """,
    "BundleHeaderProto": """
        num_shards 1 int32; endianness 2 BundleHeaderProto.Endianness; version 3 VersionDef
    """,
    "BytesList": """
        value 1 repeated bytes
    """,
    "CapturedTensor": """
        name 1 string; concrete_function 2 string
    """,
    "CheckpointState": """
        model_checkpoint_path 1 string; all_model_checkpoint_paths 2 repeated string;
        all_model_checkpoint_timestamps 3 packed double; last_preserved_timestamp 4 double
    """,
    "CollectionDef": """
        node_list 1 CollectionDef.NodeList in kind; bytes_list 2 CollectionDef.BytesList in kind;
        int64_list 3 CollectionDef.Int64List in kind; float_list 4 CollectionDef.FloatList in kind;
        any_list 5 CollectionDef.AnyList in kind
    """,
    "CollectionDef.AnyList": """
        value 1 repeated Any
    """,
    "CollectionDef.BytesList": """
        value 1 repeated bytes
    """,
    "CollectionDef.FloatList": """
        value 1 packed float
    """,
    "CollectionDef.Int64List": """
        value 1 packed int64
    """,
    "CollectionDef.NodeList": """
        value 1 repeated string
    """,
    "CondContextDef": """
        context_name 1 string; pred_name 2 string; pivot_name 3 string; branch 4 int32; values_def 5 ValuesDef;
        nested_contexts 6 repeated ControlFlowContextDef
    """,
    "ControlFlowContextDef": """
        cond_ctxt 1 CondContextDef in ctxt; while_ctxt 2 WhileContextDef in ctxt
    """,
    "CppShapeInferenceResult": """
        shape 1 TensorShapeProto; handle_data 4 CppShapeInferenceResult.HandleData
    """,
    "CppShapeInferenceResult.HandleData": """
        is_set 1 bool; shape_and_type 2 repeated CppShapeInferenceResult.HandleShapeAndType
    """,
    "CppShapeInferenceResult.HandleShapeAndType": """
        shape 1 TensorShapeProto; dtype 2 DataType; type 4 FullTypeDef
    """,
    "DictValue": """
        fields 1 map string StructuredValue
    """,
    "Event": """
        wall_time 1 double; step 2 int64; file_version 3 string in what; graph_def 4 bytes in what;
        summary 5 Summary in what; log_message 6 LogMessage in what; session_log 7 SessionLog in what;
        tagged_run_metadata 8 TaggedRunMetadata in what; meta_graph_def 9 bytes in what;
        source_metadata 10 SourceMetadata
    """,
    "Example": """
        features 1 Features
    """,
    "Feature": """
        bytes_list 1 BytesList in kind; float_list 2 FloatList in kind; int64_list 3 Int64List in kind
    """,
    "FeatureList": """
        feature 1 repeated Feature
    """,
    "FeatureLists": """
        feature_list 1 map string FeatureList
    """,
    "Features": """
        feature 1 map string Feature
    """,
    "FloatList": """
        value 1 packed float
    """,
    "FunctionSpec": """
        fullargspec 1 StructuredValue; is_method 2 bool; input_signature 5 StructuredValue;
        jit_compile 6 FunctionSpec.JitCompile
    """,
    "HistogramProto": """
        min 1 double; max 2 double; num 3 double; sum 4 double; sum_squares 5 double;
        bucket_limit 6 packed double; bucket 7 packed double
    """,
    "Int64List": """
        value 1 packed int64
    """,
    "ListValue": """
        values 1 repeated StructuredValue
    """,
    "LogMessage": """
        level 1 LogMessage.Level; message 2 string
    """,
    "MetaGraphDef": """
        meta_info_def 1 MetaGraphDef.MetaInfoDef; graph_def 2 GraphDef; saver_def 3 SaverDef;
        collection_def 4 map string CollectionDef; signature_def 5 map string SignatureDef;
        asset_file_def 6 repeated AssetFileDef; object_graph_def 7 SavedObjectGraph
    """,
    "MetaGraphDef.MetaInfoDef": """
        meta_graph_version 1 string; stripped_op_list 2 OpList; any_info 3 Any; tags 4 repeated string;
        tensorflow_version 5 string; tensorflow_git_version 6 string; stripped_default_attrs 7 bool;
        function_aliases 8 map string string
    """,
    "NamedTupleValue": """
        name 1 string; values 2 repeated PairValue
    """,
    "NoneValue": "",
    "PairValue": """
        key 1 string; value 2 StructuredValue
    """,
    "RegisteredSaver": """
        name 1 string; object_name 2 string
    """,
    "SaveSliceInfoDef": """
        full_name 1 string; full_shape 2 packed int64; var_offset 3 packed int64; var_shape 4 packed int64
    """,
    "SaveableObject": """
        save_function 2 int32; restore_function 3 int32
    """,
    "SavedAsset": """
        asset_file_def_index 1 int32
    """,
    "SavedBareConcreteFunction": """
        concrete_function_name 1 string; argument_keywords 2 repeated string;
        allowed_positional_arguments 3 int64; function_spec 4 FunctionSpec
    """,
    "SavedConcreteFunction": """
        bound_inputs 2 packed int32; canonicalized_input_signature 3 StructuredValue;
        output_signature 4 StructuredValue
    """,
    "SavedConstant": """
        operation 1 string
    """,
    "SavedFunction": """
        concrete_functions 1 repeated string; function_spec 2 FunctionSpec
    """,
    "SavedModel": """
        saved_model_schema_version 1 int64; meta_graphs 2 repeated MetaGraphDef
    """,
    "SavedObject": """
        children 1 repeated TrackableObjectGraph.TrackableObject.ObjectReference;
        slot_variables 3 repeated TrackableObjectGraph.TrackableObject.SlotVariableReference;
        user_object 4 SavedUserObject in kind; asset 5 SavedAsset in kind; function 6 SavedFunction in kind;
        variable 7 SavedVariable in kind; bare_concrete_function 8 SavedBareConcreteFunction in kind;
        constant 9 SavedConstant in kind; resource 10 SavedResource in kind;
        saveable_objects 11 map string SaveableObject; captured_tensor 12 CapturedTensor in kind;
        registered_name 13 string; serialized_user_proto 14 Any;
        dependencies 15 repeated TrackableObjectGraph.TrackableObject.ObjectReference;
        registered_saver 16 string
    """,
    "SavedObjectGraph": """
        nodes 1 repeated SavedObject; concrete_functions 2 map string SavedConcreteFunction
    """,
    "SavedResource": """
        device 1 string
    """,
    "SavedUserObject": """
        identifier 1 string; version 2 VersionDef; metadata 3 string
    """,
    "SavedVariable": """
        dtype 1 DataType; shape 2 TensorShapeProto; trainable 3 bool; synchronization 4 VariableSynchronization;
        aggregation 5 VariableAggregation; name 6 string; device 7 string;
        experimental_distributed_variable_components 8 repeated SavedVariable
    """,
    "SaverDef": """
        filename_tensor_name 1 string; save_tensor_name 2 string; restore_op_name 3 string; max_to_keep 4 int32;
        sharded 5 bool; keep_checkpoint_every_n_hours 6 float; version 7 SaverDef.CheckpointFormatVersion
    """,
    "SequenceExample": """
        context 1 Features; feature_lists 2 FeatureLists
    """,
    "SessionLog": """
        status 1 SessionLog.SessionStatus; checkpoint_path 2 string; msg 3 string
    """,
    "SignatureDef": """
        inputs 1 map string TensorInfo; outputs 2 map string TensorInfo; method_name 3 string;
        defaults 4 map string TensorProto
    """,
    "SourceMetadata": """
        writer 1 string
    """,
    "StructuredValue": """
        none_value 1 NoneValue in kind; float64_value 11 double in kind; int64_value 12 sint64 in kind;
        string_value 13 string in kind; bool_value 14 bool in kind;
        tensor_shape_value 31 TensorShapeProto in kind; tensor_dtype_value 32 DataType in kind;
        tensor_spec_value 33 TensorSpecProto in kind; type_spec_value 34 TypeSpecProto in kind;
        bounded_tensor_spec_value 35 BoundedTensorSpecProto in kind; list_value 51 ListValue in kind;
        tuple_value 52 TupleValue in kind; dict_value 53 DictValue in kind;
        named_tuple_value 54 NamedTupleValue in kind; tensor_value 55 TensorProto in kind;
        numpy_value 56 TensorProto in kind
    """,
    "Summary": """
        value 1 repeated Summary.Value
    """,
    "Summary.Audio": """
        sample_rate 1 float; num_channels 2 int64; length_frames 3 int64; encoded_audio_string 4 bytes;
        content_type 5 string
    """,
    "Summary.Image": """
        height 1 int32; width 2 int32; colorspace 3 int32; encoded_image_string 4 bytes
    """,
    "Summary.Value": """
        tag 1 string; simple_value 2 float in value; obsolete_old_style_histogram 3 bytes in value;
        image 4 Summary.Image in value; histo 5 HistogramProto in value; audio 6 Summary.Audio in value;
        node_name 7 string; tensor 8 TensorProto in value; metadata 9 SummaryMetadata
    """,
    "SummaryMetadata": """
        plugin_data 1 SummaryMetadata.PluginData; display_name 2 string; summary_description 3 string;
        data_class 4 DataClass
    """,
    "SummaryMetadata.PluginData": """
        plugin_name 1 string; content 2 bytes
    """,
    "TaggedRunMetadata": """
        tag 1 string; run_metadata 2 bytes
    """,
    "TensorInfo": """
        name 1 string in encoding; dtype 2 DataType; tensor_shape 3 TensorShapeProto;
        coo_sparse 4 TensorInfo.CooSparse in encoding; composite_tensor 5 TensorInfo.CompositeTensor in encoding
    """,
    "TensorInfo.CompositeTensor": """
        type_spec 1 TypeSpecProto; components 2 repeated TensorInfo
    """,
    "TensorInfo.CooSparse": """
        values_tensor_name 1 string; indices_tensor_name 2 string; dense_shape_tensor_name 3 string
    """,
    "TensorSpecProto": """
        name 1 string; shape 2 TensorShapeProto; dtype 3 DataType
    """,
    "TrackableObjectGraph": """
        nodes 1 repeated TrackableObjectGraph.TrackableObject
    """,
    "TrackableObjectGraph.TrackableObject": """
        children 1 repeated TrackableObjectGraph.TrackableObject.ObjectReference;
        attributes 2 repeated TrackableObjectGraph.TrackableObject.SerializedTensor;
        slot_variables 3 repeated TrackableObjectGraph.TrackableObject.SlotVariableReference;
        registered_saver 4 RegisteredSaver; has_checkpoint_values 5 BoolValue
    """,
    "TrackableObjectGraph.TrackableObject.ObjectReference": """
        node_id 1 int32; local_name 2 string
    """,
    "TrackableObjectGraph.TrackableObject.SerializedTensor": """
        name 1 string; full_name 2 string; checkpoint_key 3 string
    """,
    "TrackableObjectGraph.TrackableObject.SlotVariableReference": """
        original_variable_node_id 1 int32; slot_name 2 string; slot_variable_node_id 3 int32
    """,
    "TupleValue": """
        values 1 repeated StructuredValue
    """,
    "TypeSpecProto": """
        type_spec_class 1 TypeSpecProto.TypeSpecClass; type_state 2 StructuredValue;
        type_spec_class_name 3 string; num_flat_components 4 int32
    """,
    "ValuesDef": """
        values 1 repeated string; external_values 2 map string string
    """,
    "VariableDef": """
        variable_name 1 string; initializer_name 2 string; snapshot_name 3 string;
        save_slice_info_def 4 SaveSliceInfoDef; is_resource 5 bool; initial_value_name 6 string;
        trainable 7 bool; synchronization 8 VariableSynchronization; aggregation 9 VariableAggregation
    """,
    "WhileContextDef": """
        context_name 1 string; parallel_iterations 2 int32; back_prop 3 bool; swap_memory 4 bool;
        pivot_name 5 string; pivot_for_pred_name 6 string; pivot_for_body_name 7 string;
        loop_exit_names 8 repeated string; values_def 9 ValuesDef; loop_enter_names 10 repeated string;
        maximum_iterations_name 11 string; nested_contexts 12 repeated ControlFlowContextDef
    """,
}

# A line is: name=number for each value.
ENUMS = {
    "BundleHeaderProto.Endianness": "LITTLE=0 BIG=1",
    "DataClass": "DATA_CLASS_UNKNOWN=0 DATA_CLASS_SCALAR=1 DATA_CLASS_TENSOR=2 DATA_CLASS_BLOB_SEQUENCE=3",
    "FunctionSpec.JitCompile": "DEFAULT=0 ON=1 OFF=2",
    "LogMessage.Level": "UNKNOWN=0 DEBUGGING=10 INFO=20 WARN=30 ERROR=40 FATAL=50",
    "SaverDef.CheckpointFormatVersion": "LEGACY=0 V1=1 V2=2",
    "SessionLog.SessionStatus": "STATUS_UNSPECIFIED=0 START=1 STOP=2 CHECKPOINT=3",
    "TypeSpecProto.TypeSpecClass": """
        UNKNOWN=0 SPARSE_TENSOR_SPEC=1 INDEXED_SLICES_SPEC=2 RAGGED_TENSOR_SPEC=3 TENSOR_ARRAY_SPEC=4
        DATA_DATASET_SPEC=5 DATA_ITERATOR_SPEC=6 OPTIONAL_SPEC=7 PER_REPLICA_SPEC=8 VARIABLE_SPEC=9
        ROW_PARTITION_SPEC=10 REGISTERED_TYPE_SPEC=12 EXTENSION_TYPE_SPEC=13
    """,
    "VariableAggregation": """
        VARIABLE_AGGREGATION_NONE=0 VARIABLE_AGGREGATION_SUM=1 VARIABLE_AGGREGATION_MEAN=2
        VARIABLE_AGGREGATION_ONLY_FIRST_REPLICA=3
    """,
    "VariableSynchronization": """
        VARIABLE_SYNCHRONIZATION_AUTO=0 VARIABLE_SYNCHRONIZATION_NONE=1 VARIABLE_SYNCHRONIZATION_ON_WRITE=2
        VARIABLE_SYNCHRONIZATION_ON_READ=3
    """,
    "error.Code": """
        OK=0 CANCELLED=1 UNKNOWN=2 INVALID_ARGUMENT=3 DEADLINE_EXCEEDED=4 NOT_FOUND=5 ALREADY_EXISTS=6
        PERMISSION_DENIED=7 UNAUTHENTICATED=16 RESOURCE_EXHAUSTED=8 FAILED_PRECONDITION=9 ABORTED=10
        OUT_OF_RANGE=11 UNIMPLEMENTED=12 INTERNAL=13 UNAVAILABLE=14 DATA_LOSS=15
        DO_NOT_USE_RESERVED_FOR_FUTURE_EXPANSION_USE_DEFAULT_IN_SWITCH_INSTEAD_=20
    """,
}
