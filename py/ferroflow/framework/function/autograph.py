"""Where tracing meets the conversion of Python's control flow."""

import importlib


def convert_for_tracing(python_function, optional_features=None):
    """`python_function` with its control flow converted, and that of the functions it calls."""
    autograph = importlib.import_module("ferroflow.autograph")
    return autograph.convert_for_tracing(python_function, recursive=True, optional_features=optional_features)
