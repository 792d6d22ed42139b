"""What the functions of all modules share: conversion, name scopes, old argument names."""

from ..framework.convert import convert_to_tensor
from ..framework.name_scope import name_scope_v1 as name_scope
from ..framework.tensor_util import constant_value

__all__ = ["convert", "name_scope", "one_of", "static_value"]

convert = convert_to_tensor
static_value = constant_value


def one_of(new_name, new, old_name, old):
    """The value of an argument that has an old name too; ValueError if both are given."""
    if old is None:
        return new
    if new is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'.")
    return old
