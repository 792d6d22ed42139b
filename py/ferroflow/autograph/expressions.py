"""Turns calls, `and`, `or`, `not`, chained comparisons and conditional expressions into calls of operators."""

import ast

from .quote import quote_expression, thunk
from .symbols import has, symbol

# Calls that need the frame they stand in, or that stay Python's own.
_LEFT = {"locals", "globals", "vars", "eval", "exec", "dir", "breakpoint", "set_trace", "super"}
_OPERATORS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
              ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in"}  # fmt: skip


class Expressions(ast.NodeTransformer):
    """The transformation.

    Args:
      first_parameter: what `super()` without arguments means by the object; None outside methods.
      features: the optional features in use, a set of names.
    """

    def __init__(self, first_parameter, features):
        self._first = first_parameter
        self._features = features

    def visit_ClassDef(self, node):
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        return node  # its methods are converted when they are called

    def visit_AsyncFunctionDef(self, node):
        return node

    def visit_FunctionDef(self, node):
        if has(node, (ast.Yield, ast.YieldFrom)):
            return node
        annotations = node.args
        for one in [*annotations.posonlyargs, *annotations.args, *annotations.kwonlyargs]:
            one.annotation = None
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node):
        if node.value is None:
            return node
        new = ast.Assign([node.target], self.visit(node.value))
        new.targets[0] = self.visit(new.targets[0])
        return ast.copy_location(new, node)

    def visit_Call(self, node):
        self.generic_visit(node)
        if (symbol(node.func) or "").startswith("ag__."):
            return node
        if isinstance(node.func, ast.Name):
            if node.func.id == "super" and not node.args and self._first:
                return quote_expression("super(__class__, first)", node, first=self._first)
            if node.func.id in _LEFT or (node.func.id == "print" and "BUILTIN_FUNCTIONS" not in self._features):
                return node
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("set_trace", "set_loop_options"):
            return node
        parts = [node.func, ast.Tuple(node.args, ast.Load())]
        if node.keywords:
            parts.append(self._keywords(node.keywords))
        call = quote_expression("ag__.call()", node)
        call.args = parts
        return call

    def _keywords(self, keywords):
        if any(one.arg is None for one in keywords):
            return ast.Call(ast.Name("dict", ast.Load()), [], keywords)  # finds names that are given twice
        return ast.Dict([ast.Constant(one.arg) for one in keywords], [one.value for one in keywords])

    def visit_BoolOp(self, node):
        if has(node, ast.NamedExpr):
            return self.generic_visit(node)
        self.generic_visit(node)
        template = "ag__.and_(a, b)" if isinstance(node.op, ast.And) else "ag__.or_(a, b)"
        result = node.values[-1]
        for value in reversed(node.values[:-1]):
            result = quote_expression(template, node, a=thunk(value), b=thunk(result))
        return result

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return quote_expression("ag__.not_(a)", node, a=node.operand) if isinstance(node.op, ast.Not) else node

    def visit_IfExp(self, node):
        if has(node, ast.NamedExpr):
            return self.generic_visit(node)
        text = ast.Constant(ast.unparse(node.test))
        self.generic_visit(node)
        return quote_expression(
            "ag__.if_exp(test, a, b, text)", node, test=node.test, a=thunk(node.body), b=thunk(node.orelse), text=text
        )

    def visit_Compare(self, node):
        chained = len(node.ops) > 1 and not has(node, ast.NamedExpr)
        self.generic_visit(node)
        if chained:
            call = quote_expression("ag__.chain(first)", node, first=node.left)
            for operator, value in zip(node.ops, node.comparators, strict=True):
                call.args += [ast.Constant(_OPERATORS[type(operator)]), thunk(value)]
            return call
        if len(node.ops) == 1 and "EQUALITY_OPERATORS" in self._features:
            operator = {ast.Eq: "eq", ast.NotEq: "not_eq"}.get(type(node.ops[0]))
            if operator:
                return quote_expression(f"ag__.{operator}(a, b)", node, a=node.left, b=node.comparators[0])
        return node
