"""Connects the Python classes with the engine: imported once, with the package."""

import os

from .. import _core
from . import graph, operation, type_spec  # noqa: F401  the graph class and the methods of operations register themselves

# Else a layer of Vulkan on Linux writes to standard error, when GPUs are looked for, where there is no desktop.
os.environ.setdefault("NODEVICE_SELECT", "1")


def _placeholder(spec, context):
    from .._gen import raw_ops

    if hasattr(context, "add_placeholder"):
        return context.add_placeholder(spec)
    return raw_ops.Placeholder(dtype=spec.dtype, shape=spec.shape, name=spec.name)


type_spec.register_tensor_hooks(tensor_class=_core.Tensor, convert=_core.convert, placeholder=_placeholder)
