"""Optional features: assertions, list literals and `append`, item assignment as operators."""

import ast

from .quote import quote, quote_expression, thunk
from .symbols import symbol


class OptionalStatements(ast.NodeTransformer):
    """The transformation; `features` is the set of names of the features in use."""

    def __init__(self, features):
        self._features = features

    def visit_ClassDef(self, node):
        return node

    def visit_Assert(self, node):
        if "ASSERT_STATEMENTS" not in self._features:
            return node
        message = node.msg or ast.copy_location(ast.Constant("Assertion error"), node)
        return quote("ag__.assert_(test, message)", node, test=node.test, message=thunk(message))

    def visit_List(self, node):
        self.generic_visit(node)
        if "LISTS" not in self._features or not isinstance(node.ctx, ast.Load):
            return node
        return quote_expression("ag__.new_list(items)", node, items=node)

    def visit_Expr(self, node):
        self.generic_visit(node)
        call = node.value
        if (
            "LISTS" in self._features
            and isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "append"
            and len(call.args) == 1
            and isinstance(call.func.value, ast.Name)
        ):
            return quote("a = ag__.append(a, item)", node, a=call.func.value.id, item=call.args[0])
        return node

    def visit_Assign(self, node):
        self.generic_visit(node)
        target = node.targets[0]
        if "LISTS" in self._features and len(node.targets) == 1 and isinstance(target, ast.Subscript):
            if symbol(target.value) and not isinstance(target.slice, ast.Slice):
                place = ast.parse(ast.unparse(target.value), mode="eval").body
                found = quote("a = ag__.set_item(b, index, v)", node, b=place, index=target.slice, v=node.value)
                target.value.ctx = ast.Store()
                found[0].targets = [target.value]
                return found
        return node
