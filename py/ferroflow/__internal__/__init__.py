"""Names that TensorFlow keeps for libraries that are built on it: `tf.__internal__`."""

from ..framework.composite import CompositeTensor
from ..framework.func_graph import FuncGraph
from ..framework.tensors import EagerTensor, SymbolicTensor
from . import autograph, decorator

__all__ = ["CompositeTensor", "EagerTensor", "FuncGraph", "SymbolicTensor", "autograph", "decorator"]
