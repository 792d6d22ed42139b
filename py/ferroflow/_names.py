"""Where the public names come from: name -> "module" or "module:attribute", relative to the package.

`NAMES` are those of `ferroflow`; `V1` are those that differ in, or exist only in, `ferroflow.compat.v1`. Names that only
TensorFlow 1 has are at the top level too.
"""


def name_table(homes):
    """Turns {module: "name other=attribute ..."} into {name: (module, attribute)}."""
    table = {}
    for module, names in homes.items():
        for entry in names.split():
            name, _, attribute = entry.partition("=")
            table[name] = (module, attribute or name)
    return table


MODULES = frozenset(
    "__internal__ app audio autodiff autograph bitwise compat config data debugging distribute dtypes errors experimental feature_column flags gfile graph_util image initializers "
    "io linalg logging losses math metrics nest nn python_io queue random ragged raw_ops saved_model sets signal sparse strings summary sysconfig test "
    "train types version v1".split()
)

# Names of both versions of the API.
_SHARED = {
    "framework.dtypes": "DType as_dtype bfloat16 bool complex128 complex64 double=float64 float16 float32 float64 half=float16 "
    "int16 int32 int64 int8 qint16 qint32 qint8 quint16 quint8 resource string uint16 uint32 uint64 uint8 variant "
    "QUANTIZED_DTYPES",
    "framework.tensor_shape": "TensorShape Dimension dimension_value dimension_at_index enable_v2_tensorshape "
    "disable_v2_tensorshape",
    "framework.type_spec": "TensorSpec TypeSpec type_spec_from_value",
    "data.optional": "OptionalSpec",
    "ops.queues": "FIFOQueue PaddingFIFOQueue PriorityQueue QueueBase RandomShuffleQueue",
    "framework.composite": "IndexedSlices IndexedSlicesSpec",
    "framework.device_spec": "DeviceSpec",
    "framework.variable_spec": "VariableSpec",
    "framework.tensor_proto": "make_tensor_proto make_ndarray",
    "framework.tensors": "Tensor Operation get_static_value is_symbolic_tensor is_tensor newaxis",
    "framework.graph": "Graph get_default_graph reset_default_graph colocate_with container op_scope",
    "framework.collections": "GraphKeys add_to_collection add_to_collections get_collection get_collection_ref "
    "get_all_collection_keys",
    "framework.context": "executing_eagerly executing_eagerly_outside_functions init_scope inside_function device "
    "control_dependencies variable_creator_scope enable_eager_execution disable_eager_execution",
    "framework.modes": "enable_v2_behavior disable_v2_behavior enable_tensor_equality disable_tensor_equality "
    "enable_control_flow_v2 disable_control_flow_v2 control_flow_v2_enabled",
    "framework.name_scope": "name_scope=name_scope_v2 get_current_name_scope=get_name_scope",
    "framework.session": "Session InteractiveSession get_default_session",
    "framework.placeholders": "placeholder placeholder_with_default constant",
    "framework.convert": "convert_to_tensor register_tensor_conversion_function convert_to_tensor_or_indexed_slices",
    "framework.sparse_tensor": "SparseTensor SparseTensorSpec SparseTensorValue convert_to_tensor_or_sparse_tensor "
    "sparse_placeholder",
    "ops.ragged.tensor": "RaggedTensor",
    "ops.ragged.spec": "RaggedTensorSpec",
    "framework.random_seed": "get_seed set_random_seed",
    "logging": "get_logger",
    "framework.tape": "GradientTape UnconnectedGradients",
    "framework.gradients": "gradients=gradients_v2 hessians AggregationMethod RegisterGradient no_gradient "
    "NoGradient=no_gradient NotDifferentiable=no_gradient",
    "framework.custom_gradient": "custom_gradient grad_pass_through recompute_grad",
    "framework.importer": "import_graph_def",
    "framework.script": "numpy_function py_func py_function",
    "framework.grouping": "group no_op tuple=tuple_v2",
    "framework.variables": "Variable VariableAggregation=VariableAggregationV2 VariableSynchronization "
    "enable_resource_variables disable_resource_variables resource_variables_enabled",
    "framework.variable_scope": "get_variable get_local_variable get_variable_scope variable_scope variable_op_scope "
    "VariableScope no_regularizer",
    "framework.variable_store": "AUTO_REUSE",
    "framework.template": "make_template",
    "framework.partitioned_variable": "fixed_size_partitioner variable_axis_size_partitioner min_max_variable_partitioner",
    "framework.variable_collections": "global_variables all_variables local_variables model_variables trainable_variables "
    "moving_average_variables variables_initializer initialize_variables global_variables_initializer "
    "initialize_all_variables local_variables_initializer initialize_local_variables tables_initializer "
    "initialize_all_tables is_variable_initialized report_uninitialized_variables assert_variables_initialized",
    "framework.state": "assign=graph_assign assign_add=graph_assign_add assign_sub=graph_assign_sub scatter_update scatter_add scatter_sub scatter_mul scatter_div "
    "scatter_max scatter_min scatter_nd_update scatter_nd_add scatter_nd_sub batch_scatter_update count_up_to",
    "framework.initializers_v2": "constant_initializer=Constant ones_initializer=Ones zeros_initializer=Zeros "
    "random_normal_initializer=RandomNormal random_uniform_initializer=RandomUniform",
    "framework.initializers_v1": "truncated_normal_initializer=TruncatedNormal variance_scaling_initializer=VarianceScaling "
    "glorot_normal_initializer=GlorotNormal glorot_uniform_initializer=GlorotUniform orthogonal_initializer=Orthogonal "
    "uniform_unit_scaling_initializer=UniformUnitScaling",
    "framework.random_values": "random_normal random_uniform truncated_normal",
    "framework.function.polymorphic": "function",
    "module": "Module",
    "framework.errors": "OpError",
    "framework.protos": "AttrValue ConfigProto Event GPUOptions GraphDef GraphOptions HistogramProto LogMessage MetaGraphDef "
    "NameAttrList NodeDef OptimizerOptions RunMetadata RunOptions SessionLog Summary SummaryMetadata TensorInfo",
}

# What `ferroflow.compat.v1` has otherwise than `ferroflow`.
_V1 = {
    "framework.name_scope": "name_scope=name_scope_v1",
    "framework.context": "device=device_v1",
    "framework.device_spec": "DeviceSpec=DeviceSpecV1",
    "framework.placeholders": "constant=constant_v1",
    "framework.convert": "convert_to_tensor=convert_to_tensor_v1",
    "framework.function.wrap": "wrap_function",
    "framework.gradients": "gradients hessians=hessians_v1",
    "framework.variables": "Variable=VariableV1 VariableAggregation",
    "framework.initializers_v1": "constant_initializer=Constant ones_initializer=Ones zeros_initializer=Zeros "
    "random_normal_initializer=RandomNormal random_uniform_initializer=RandomUniform",
    "framework.grouping": "tuple",
    "framework.state": "assign assign_add assign_sub",
}

NAMES = name_table(_SHARED)
V1 = name_table(_V1)
