"""New syntax from text: `quote` parses it and puts other nodes in place of names."""

import ast


class _Fill(ast.NodeTransformer):
    def __init__(self, parts, origin):
        self._parts, self._origin = parts, origin

    def visit(self, node):
        if "lineno" in node._attributes:
            _place(node, self._origin)
        return super().visit(node)

    def visit_Name(self, node):
        part = self._parts.get(node.id)
        if isinstance(part, str):
            node.id = part
            return node
        return node if part is None else part

    def visit_Expr(self, node):
        if isinstance(node.value, ast.Name) and isinstance(self._parts.get(node.value.id), list):
            return self._parts[node.value.id]
        return self.generic_visit(node)

    def visit_FunctionDef(self, node):
        node.name = self._parts.get(node.name, node.name)
        for argument in node.args.args:
            argument.arg = self._parts.get(argument.arg, argument.arg)
            _place(argument, self._origin)
        node.body = [one for old in node.body for one in _listed(self.visit(old))]
        return node


def _place(node, origin):
    """Puts a node where another starts: calls that span lines are reported at their last one."""
    node.lineno = node.end_lineno = origin.lineno
    node.col_offset = node.end_col_offset = origin.col_offset


def _listed(found):
    return found if isinstance(found, list) else [found]


def quote(text, origin, /, **parts):
    """The statements of a text as syntax.

    Args:
      text: Python.
      origin: a node; the new ones get its place in the file, so that errors point to it.
      **parts: what names in the text stand for: another name, an expression, or a list of statements for a name that
        is a statement.
    """
    fill = _Fill(parts, origin)
    return [one for old in ast.parse(text).body for one in _listed(fill.visit(old))]


def quote_expression(text, origin, /, **parts):
    """An expression from a text; see `quote`."""
    return _Fill(parts, origin).visit(ast.parse(text, mode="eval").body)


def name(text, origin):
    """A name that is read."""
    return ast.copy_location(ast.Name(text, ast.Load()), origin)


def thunk(expression):
    """A lambda without parameters for an expression."""
    none = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    return ast.copy_location(ast.Lambda(none, expression), expression)


class Namer:
    """Makes names that a function does not use yet."""

    def __init__(self, function):
        self._taken = {one.id for one in ast.walk(function) if isinstance(one, ast.Name)}
        self._taken |= {one.arg for one in ast.walk(function) if isinstance(one, ast.arg)}
        self._taken |= {one.name for one in ast.walk(function) if isinstance(one, ast.FunctionDef)}
        self.made = set()

    def __call__(self, wanted):
        number, found = 0, wanted
        while found in self._taken:
            number += 1
            found = f"{wanted}_{number}"
        self._taken.add(found)
        self.made.add(found)
        return found
