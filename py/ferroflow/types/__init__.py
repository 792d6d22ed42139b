"""Types for annotations, for checks of what a value is, and for classes with tracing types of their own."""

from . import experimental

__all__ = ["experimental"]
