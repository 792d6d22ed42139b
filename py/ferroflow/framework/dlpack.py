"""Tensors in and out of other libraries by DLPack."""

from .. import _core


def to_dlpack(tf_tensor):
    """Gives a tensor to another library, which shares its memory.

    The capsule can be taken once. Taken or not, it keeps the memory alive as long as somebody needs it. It is of the kind
    that every library reads, which cannot say that the memory is read-only: a consumer that writes to it changes the
    tensor. Libraries that take the tensor itself, as `np.from_dlpack(tensor)` does, are told that it is read-only.

    Args:
      tf_tensor: a concrete tensor of any shape, of a float of 16 to 64 bits, `bfloat16`, integer, complex or bool dtype.

    Returns:
      A capsule named "dltensor".

    Raises:
      InvalidArgumentError: for what is not a concrete tensor (symbolic tensors, variables, arrays), and for strings,
        resources, variants, quantised dtypes and floats of 8 bits.

    >>> capsule = tf.experimental.dlpack.to_dlpack(tf.constant([1, 2, 3]))
    >>> tf.experimental.dlpack.from_dlpack(capsule).numpy().tolist()
    [1, 2, 3]
    """
    return _core.to_dlpack(tf_tensor)


def from_dlpack(dlcapsule):
    """Takes a tensor from another library.

    A tensor's value never changes, so memory is shared only where it is safe: when the producer marks it
    as copied for this capsule (what is only read-only may still be written by its owner), or when it is that of one of Ferroflow's own tensors. All else is copied; so are at
    most 256 bytes, strided elements, and memory that is not aligned. Shared memory is given back when the last tensor on
    it goes. (TensorFlow shares everything, so a later write to the source shows in its tensor, and refuses strides.)

    Args:
      dlcapsule: a capsule, which is used up, or an object with `__dlpack__`, such as a NumPy array or a PyTorch tensor.
        Its elements are in host memory.

    Returns:
      A concrete tensor of the same shape and dtype.

    Raises:
      InvalidArgumentError: if the capsule was taken before or is of another kind, if the elements are on another device,
        or if there is no such dtype.
      TypeError: if `dlcapsule` is neither a capsule nor an object with `__dlpack__`.

    >>> import numpy as np
    >>> tf.experimental.dlpack.from_dlpack(np.arange(6.0).reshape(2, 3).T).numpy().tolist()
    [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    """
    return _core.from_dlpack(dlcapsule)
