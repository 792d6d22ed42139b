"""Names of `ferroflow.compat`. Written by `make gen` from the tables of names; not to be edited."""

from ferroflow.compat.text import as_bytes as as_bytes
from ferroflow.compat.text import as_str as as_str
from ferroflow.compat.text import as_str_any as as_str_any
from ferroflow.compat.text import as_text as as_text
from ferroflow.compat.text import bytes_or_text_types as bytes_or_text_types
from ferroflow.compat.text import path_to_str as path_to_str
from ferroflow.compat import v1 as v1
from ferroflow.compat import v2 as v2

__all__ = [
    "as_bytes",
    "as_str",
    "as_str_any",
    "as_text",
    "bytes_or_text_types",
    "path_to_str",
    "v1",
    "v2",
]
