"""The API as TensorFlow 1 has it (`compat.v1`) and as TensorFlow 2 has it (`compat.v2`), and text helpers."""

from ferroflow._lazy import lazy_names

from .text import as_bytes, as_str, as_str_any, as_text, bytes_or_text_types, path_to_str

__all__ = ["as_bytes", "as_str", "as_str_any", "as_text", "bytes_or_text_types", "path_to_str"]

__getattr__, __dir__ = lazy_names(__name__, [], frozenset({"v1", "v2"}))
