"""The API as TensorFlow 2 has it: the top level of the package."""

import ferroflow


def __getattr__(name):
    return getattr(ferroflow, name)


def __dir__():
    return dir(ferroflow)
