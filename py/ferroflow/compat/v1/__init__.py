"""TensorFlow 1's API: its names and signatures. The mode stays as it is until `disable_v2_behavior()` or
`disable_eager_execution()`; `ferroflow.v1` is the same API in graph mode from import.
"""

from ferroflow._lazy import lazy_names
from ferroflow._names import NAMES, V1, name_table
from ferroflow._op_names import OPS, OPS_V1

# Modules whose functions differ from those of TensorFlow 2.
_MODULES = frozenset(
    "autograph bitwise data debugging initializers io linalg losses math nn ragged random sparse strings summary test".split()
)

__getattr__, __dir__ = lazy_names(
    __name__, [V1, name_table(OPS_V1), NAMES, name_table(OPS)], _MODULES, fallback="ferroflow"
)
