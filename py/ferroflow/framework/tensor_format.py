"""How tensors print: `str` and `repr` as TensorFlow writes them. The compiled module calls these two functions."""

from .. import _core


def _value_text(tensor, is_repr):
    """The elements of an eager tensor as text, on lines of their own if there are several."""
    if not tensor.dtype.is_numpy_compatible:
        return "<unprintable>"
    array = tensor.numpy()
    if is_repr and getattr(array, "ndim", 0) == 0:
        array = array.item() if hasattr(array, "item") else array
    text = repr(array) if is_repr else str(array)
    return "\n" + text if "\n" in text else text


def to_str(tensor):
    """`str(tensor)`.

    >>> to_str(_core.constant([1.0, 2.0]))
    'tf.Tensor([1. 2.], shape=(2,), dtype=float32)'
    """
    if isinstance(tensor, _core.EagerTensor):
        return f"tf.Tensor({_value_text(tensor, False)}, shape={tensor.shape}, dtype={tensor.dtype.name})"
    shape = f", shape={tensor.shape}" if tensor.shape.rank is not None else ""
    device = f", device={tensor.device}" if tensor.device else ""
    return f'Tensor("{tensor.name}"{shape}, dtype={tensor.dtype.name}{device})'


def to_repr(tensor):
    """`repr(tensor)`.

    >>> to_repr(_core.constant(1))
    '<tf.Tensor: shape=(), dtype=int32, numpy=1>'
    """
    if isinstance(tensor, _core.EagerTensor):
        key = "numpy" if tensor.dtype.is_numpy_compatible else "value"
        return f"<tf.Tensor: shape={tensor.shape}, dtype={tensor.dtype.name}, {key}={_value_text(tensor, True)}>"
    return f"<tf.Tensor '{tensor.name}' shape={tensor.shape} dtype={tensor.dtype.name}>"
