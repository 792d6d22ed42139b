"""Switches between the behaviours of TensorFlow 1 and 2."""

from . import context, tensor_shape, variables


class _Flags:
    control_flow_v2 = True


def enable_tensor_equality():
    """Does nothing: tensors compare element by element in eager mode and function bodies, by identity in graphs."""


def disable_tensor_equality():
    """Does nothing: tensors of graphs compare by identity already."""


def enable_control_flow_v2():
    """Makes control flow functional, which it always is."""
    _Flags.control_flow_v2 = True


def disable_control_flow_v2():
    """Notes the wish; control flow stays functional."""
    _Flags.control_flow_v2 = False


def control_flow_v2_enabled():
    """Whether control flow is said to be functional."""
    return _Flags.control_flow_v2


def enable_v2_behavior():
    """TensorFlow 2's behaviour: eager execution, resource variables, and sizes of static shapes as integers."""
    context.enable_eager_execution()
    tensor_shape.enable_v2_tensorshape()
    variables.enable_resource_variables()
    enable_control_flow_v2()


def disable_v2_behavior():
    """TensorFlow 1's behaviour: graph mode, reference variables, and sizes of static shapes as `Dimension` objects."""
    context.disable_eager_execution()
    tensor_shape.disable_v2_tensorshape()
    variables.disable_resource_variables()
    disable_control_flow_v2()
