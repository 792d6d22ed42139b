"""Names of `ferroflow.v1`. Written by `make gen` from the tables of names; not to be edited."""

from ferroflow.compat.v1 import *
from ferroflow.compat.v1 import __all__ as __all__, __version__ as __version__
