"""Written by `make gen` from the op table; not to be edited."""
