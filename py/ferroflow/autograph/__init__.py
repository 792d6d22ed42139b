"""AutoGraph: Python control flow that depends on tensors becomes control flow of the graph: `tf.autograph`."""

from .._lazy import lazy_names
from .._names import name_table

_TABLE = name_table({"autograph.api": "convert_for_tracing set_verbosity tf_convert to_code to_graph trace"})

__getattr__, __dir__ = lazy_names(__name__, [_TABLE], {"experimental"})
