"""Names of `ferroflow.compat.v2`. Written by `make gen` from the tables of names; not to be edited."""

from ferroflow import *
from ferroflow import __all__ as __all__, __version__ as __version__
