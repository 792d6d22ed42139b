"""AutoGraph: Python control flow that depends on tensors becomes control flow of the graph: `tf.autograph`."""

import importlib

from .._lazy import absent

_API = ("convert_for_tracing", "set_verbosity", "tf_convert", "to_code", "to_graph", "trace")


def __getattr__(name):
    if name in _API:
        return getattr(importlib.import_module("ferroflow.autograph.api"), name)
    if name == "experimental":
        return importlib.import_module("ferroflow.autograph.experimental")
    raise absent(__name__, name)


def __dir__():
    return [*_API, "experimental"]
