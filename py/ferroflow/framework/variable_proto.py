"""Variables of graphs as `VariableDef` messages, and back."""

from .. import _core
from .variables import VariableAggregationV2, VariableSynchronization


def strip_name_scope(name, scope):
    """A name without the scope `scope`, a "^" or "loc:@" before it kept."""
    if not scope:
        return name
    import re

    return re.sub(rf"([\^]|loc:@|^){re.escape(scope)}[\/]+(.*)", r"\1\2", name, count=1)


def prepend_name_scope(name, scope):
    """A name under the scope `scope`, a "^" or "loc:@" before it kept."""
    if not scope:
        return name
    import re

    scope = scope.rstrip("/")
    return re.sub(r"([\^]|loc:@|^)(.*)", rf"\1{scope}/\2", name, count=1)


def _proto(variable, export_scope, snapshot, name):
    from .protos import VariableDef

    if export_scope is not None and not name.startswith(export_scope):
        return None
    proto = VariableDef()
    proto.variable_name = strip_name_scope(name, export_scope)
    if variable._initial_value is not None:
        proto.initial_value_name = strip_name_scope(variable._initial_value.name, export_scope)
    proto.initializer_name = strip_name_scope(variable.initializer.name, export_scope)
    proto.snapshot_name = strip_name_scope(snapshot, export_scope)
    proto.trainable = variable.trainable
    proto.synchronization = variable.synchronization.value
    proto.aggregation = variable.aggregation.value
    info = variable._get_save_slice_info()
    if info is not None:
        proto.save_slice_info_def.full_name = strip_name_scope(info.full_name, export_scope)
        proto.save_slice_info_def.full_shape.extend(info.full_shape)
        proto.save_slice_info_def.var_offset.extend(info.var_offset)
        proto.save_slice_info_def.var_shape.extend(info.var_shape)
    return proto


def resource_to_proto(variable, export_scope):
    """The `VariableDef` of a resource variable; None if it is not within `export_scope`."""
    proto = _proto(variable, export_scope, variable._graph_element.name, variable.handle.name)
    if proto is not None:
        proto.is_resource = True
    return proto


def reference_to_proto(variable, export_scope):
    """The `VariableDef` of a reference variable; None if it is not within `export_scope`."""
    return _proto(variable, export_scope, variable._snapshot.name, variable.name)


def _element(graph, name, scope):
    return graph.as_graph_element(prepend_name_scope(name, scope))


def _fill(variable, proto, scope):
    from .protos import VariableDef, coerce

    proto = coerce(VariableDef, proto)
    graph = _core.default_graph()
    variable._initializer_op = _element(graph, proto.initializer_name, scope)
    variable._initial_value = _element(graph, proto.initial_value_name, scope) if proto.initial_value_name else None
    variable._trainable = proto.trainable
    variable._synchronization = VariableSynchronization(proto.synchronization)
    variable._aggregation = VariableAggregationV2(proto.aggregation)
    variable._constraint = None
    if proto.HasField("save_slice_info_def"):
        info = proto.save_slice_info_def
        variable._set_save_slice_info(
            variable.SaveSliceInfo(
                prepend_name_scope(info.full_name, scope),
                list(info.full_shape),
                list(info.var_offset),
                list(info.var_shape),
            )
        )
    return graph, proto


def fill_resource(variable, proto, scope):
    """Makes `variable` the resource variable that a `VariableDef` describes."""
    graph, proto = _fill(variable, proto, scope)
    if not proto.is_resource:
        raise ValueError(
            f"The `variable_def` you passed to `tf.Variable` is not a resource variable: {proto.variable_name}"
        )
    variable._handle = _element(graph, proto.variable_name, scope)
    attrs = variable._handle.op._attrs()
    variable._shape, variable._dtype = attrs["shape"], attrs["dtype"]
    variable._handle_name = variable._handle.op.name
    variable._graph_element = _element(graph, proto.snapshot_name, scope)
    variable._is_initialized_op = None
    variable._unique_id = variable._handle_name


def fill_reference(variable, proto, scope):
    """Makes `variable` the reference variable that a `VariableDef` describes."""
    graph, proto = _fill(variable, proto, scope)
    variable._variable = _element(graph, proto.variable_name, scope)
    variable._snapshot = _element(graph, proto.snapshot_name, scope)
