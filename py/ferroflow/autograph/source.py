"""The syntax of a function, found in its source file."""

import ast
import copy
import linecache

from .symbols import FUNCTIONS

_files = {}  # file name -> (its lines, the functions in it by first line)


class NoSource(Exception):
    """The source of a function is not available, or does not fit."""


def function_node(function):
    """A copy of the `FunctionDef` or `Lambda` that a Python function was made from.

    Raises:
      NoSource: there is none.
    """
    code = function.__code__
    linecache.checkcache(code.co_filename)
    lines = linecache.getlines(code.co_filename, function.__globals__)
    if not lines:
        raise NoSource(f"no source for {code.co_filename!r}")
    known = _files.get(code.co_filename)
    if known is None or known[0] != lines:
        known = (list(lines), _index("".join(lines)))
        _files[code.co_filename] = known
    found = [node for node in known[1].get(code.co_firstlineno, ()) if _fits(node, code)]
    if len(found) > 1:
        found = [node for node in found if _spans(node, code)] or found
    if not found:
        raise NoSource(f"line {code.co_firstlineno} of {code.co_filename!r} does not define it")
    return copy.deepcopy(found[0])


def _index(text):
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise NoSource(str(error)) from error
    index = {}
    for node in ast.walk(tree):
        if isinstance(node, (*FUNCTIONS, ast.Lambda)):
            first = node.decorator_list[0].lineno if getattr(node, "decorator_list", None) else node.lineno
            index.setdefault(first, []).append(node)
    return index


def _fits(node, code):
    if (code.co_name == "<lambda>") != isinstance(node, ast.Lambda):
        return False
    args = node.args
    names = [one.arg for one in args.posonlyargs + args.args + args.kwonlyargs]
    named = isinstance(node, ast.Lambda) or node.name == code.co_name
    return named and tuple(names) == code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def _spans(node, code):
    """Whether the instructions of a lambda's code stand exactly where the node's body is."""
    if not isinstance(node, ast.Lambda):
        return True
    places = [(place[0], place[2]) for place in code.co_positions() if None not in place and place[2] != place[3]]
    body = node.body
    return bool(places) and all(
        (body.lineno, body.col_offset) <= place < (body.end_lineno, body.end_col_offset) for place in places
    )
