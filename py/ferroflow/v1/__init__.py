"""TensorFlow 1's API in graph mode: for a TensorFlow 1 program change the import line to `import ferroflow.v1 as tf`.

The import disables eager execution for the whole process.
"""

from ferroflow._lazy import lazy_names
from ferroflow.framework.modes import disable_v2_behavior

disable_v2_behavior()

__getattr__, __dir__ = lazy_names(__name__, [], frozenset(), fallback="ferroflow.compat.v1")
