"""What the functions of all modules share: conversion, name scopes, old argument names."""

from ..framework.convert import convert_to_tensor
from ..framework.name_scope import name_scope_v1 as name_scope
from ..framework.tensor_util import constant_value

__all__ = ["composite_operands", "convert", "name_scope", "one_of", "static_value"]

# Classes whose values ops take as they are: such a value says by `__op_dispatch__` what an op makes of it.
composite_operands = set()
static_value = constant_value


def convert(value, dtype=None, dtype_hint=None, name=None):
    """See `convert_to_tensor`; values of `composite_operands` stay as they are."""
    return value if type(value) in composite_operands else convert_to_tensor(value, dtype, dtype_hint, name)


def one_of(new_name, new, old_name, old):
    """The value of an argument that has an old name too; ValueError if both are given."""
    if old is None:
        return new
    if new is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'.")
    return old
