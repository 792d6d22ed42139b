"""Converts a function: finds its syntax, transforms it and compiles the result at the original's place in its file."""

import ast
import types

from .control_flow import UndefinedReads, convert_function, is_loop_options
from .expressions import Expressions
from .lower_jumps import lower_jumps
from .lower_returns import lower_returns
from .optional_statements import OptionalStatements
from .quote import Namer
from .source import NoSource, function_node
from .symbols import has

_converted = {}  # (code, file name, features) -> code
_origins = {}  # id of a piece of converted code -> the name of the function that it is of, whether it is the whole


def origin(code):
    """(function name, whether it is the whole function) for converted code; None for other code."""
    return _origins.get(id(code))


def convert(function, runtime):
    """A function that does what `function` does, with control flow that depends on tensors in the graph.

    Args:
      function: a Python function with source.
      runtime: the operators that its code calls.

    Raises:
      NoSource: its source is not available.
    """
    old = function.__code__
    key = old, old.co_filename, runtime.features
    new = _converted.get(key)
    if new is None:
        new = _converted[key] = _compile(function, runtime.features)
    cells = dict(zip(old.co_freevars, function.__closure__ or (), strict=True))
    cells["ag__"] = types.CellType(runtime)
    closure = tuple(cells[name] for name in new.co_freevars)
    made = types.FunctionType(new, function.__globals__, function.__name__, function.__defaults__, closure)
    made.__kwdefaults__ = function.__kwdefaults__
    made.__dict__.update(function.__dict__)
    made.__doc__, made.__module__, made.__qualname__ = function.__doc__, function.__module__, function.__qualname__
    return made


def transformed(function, features):
    """The syntax of the converted function, as a `FunctionDef` whose name starts with "tf__"."""
    node = function_node(function)
    if isinstance(node, ast.Lambda):
        body = [ast.copy_location(ast.Return(node.body), node.body)]
        node = ast.copy_location(ast.FunctionDef("lam", node.args, body, []), node)
    if has(node, (ast.Yield, ast.YieldFrom)):
        raise NoSource("generators are not converted")
    node.decorator_list = []
    node.name = f"tf__{node.name}"
    node.args.defaults = [ast.copy_location(ast.Constant(None), node) for _ in node.args.defaults]
    node.args.kw_defaults = [one and ast.copy_location(ast.Constant(None), node) for one in node.args.kw_defaults]
    _mangle(node, function.__qualname__)
    namer = Namer(node)
    for inner in _functions(node):
        inner.body = lower_jumps(inner.body, namer)
        lower_returns(inner, namer)
    node = OptionalStatements(features).visit(node)
    first = node.args.posonlyargs + node.args.args
    node = Expressions(first[0].arg if first else None, features).visit(node)
    names = convert_function(node, namer)
    node = UndefinedReads(names, namer.made).visit(node)
    return ast.fix_missing_locations(node), namer


def _functions(node):
    """The function and those defined in it that are converted with it."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _inner(child)


def _inner(node):
    if isinstance(node, (ast.ClassDef, ast.AsyncFunctionDef, ast.Lambda)):
        return
    if isinstance(node, ast.FunctionDef):
        if not has(node, (ast.Yield, ast.YieldFrom)):
            yield from _functions(node)
        return
    for child in ast.iter_child_nodes(node):
        yield from _inner(child)


def _mangle(node, qualified_name):
    """Private names of a class get the class's name, as Python does where the class is compiled."""
    owner = qualified_name.split(".")[-2:-1]
    if not owner or owner == ["<locals>"] or not owner[0].strip("_"):
        return
    prefix = "_" + owner[0].lstrip("_")
    for one in ast.walk(node):
        for field in ("attr", "id", "arg"):
            text = getattr(one, field, None)
            if isinstance(text, str) and text.startswith("__") and not text.endswith("__"):
                setattr(one, field, prefix + text)


def _compile(function, features):
    old = function.__code__
    node, namer = transformed(function, features)
    free = [ast.Name(name, ast.Store()) for name in (*old.co_freevars, "ag__")]
    none = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    body = [ast.Assign([one], ast.Constant(None)) for one in free] + [node]
    factory = ast.copy_location(ast.FunctionDef("factory", none, body, []), node)
    module = ast.fix_missing_locations(ast.Module([factory], []))
    outer = compile(module, old.co_filename, "exec", dont_inherit=True)
    code = _find(_find(outer, "factory"), node.name)
    new = code.replace(co_name=old.co_name, co_qualname=old.co_qualname)
    _note(new, old.co_name, namer.made, True)
    return new


def _find(code, name):
    return next(one for one in code.co_consts if isinstance(one, types.CodeType) and one.co_name == name)


def _note(code, name, made, whole):
    _origins[id(code)] = name, whole
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            part = inner.co_name in made or inner.co_name.startswith("<")
            _note(inner, name if part else inner.co_name, made, not part)


__all__ = ["NoSource", "convert", "is_loop_options", "origin", "transformed"]
