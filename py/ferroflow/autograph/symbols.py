"""Which names a piece of syntax reads and writes. Attribute chains and simple items, as in `self.x` or `d["k"]`, count too."""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def symbol(node):
    """The text of a name, attribute chain or simple item; None for other expressions."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and symbol(node.value):
        return f"{symbol(node.value)}.{node.attr}"
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Constant, ast.Name)) and symbol(node.value):
        return ast.unparse(node)
    return None


def parameters(function):
    """The names of a function's parameters."""
    args = function.args
    every = args.posonlyargs + args.args + args.kwonlyargs + [one for one in (args.vararg, args.kwarg) if one]
    return [one.arg for one in every]


def blocks(statement):
    """The lists of statements inside a compound statement, as (owner, field) pairs."""
    for field in ("body", "orelse", "finalbody"):
        if getattr(statement, field, None):
            yield statement, field
    for field in ("handlers", "cases"):
        for one in getattr(statement, field, ()):
            yield one, "body"


class Effects(ast.NodeVisitor):
    """What a piece of syntax does with the names of the function around it.

    Attributes:
      reads: names and chains whose values are used.
      writes: names that are bound.
      chains: attribute chains and items that are assigned.
      closures: for each function that is defined here, the outer names that its body uses.
      nonlocals, globals: names declared so.
    """

    def __init__(self, *nodes):
        self.reads, self.writes, self.chains = set(), set(), set()
        self.closures, self.nonlocals, self.globals = {}, set(), set()
        for node in nodes:
            self.visit(node)

    def visit_Name(self, node):
        (self.reads if isinstance(node.ctx, ast.Load) else self.writes).add(node.id)

    def visit_Attribute(self, node):
        self._chain(node)

    def visit_Subscript(self, node):
        self._chain(node)

    def _chain(self, node):
        text = symbol(node)
        if text:
            (self.reads if isinstance(node.ctx, ast.Load) else self.chains).add(text)
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        text = symbol(node.target)
        if text:
            self.reads.add(text)
        self.generic_visit(node)

    def visit_Nonlocal(self, node):
        self.nonlocals.update(node.names)

    def visit_Global(self, node):
        self.globals.update(node.names)

    def visit_alias(self, node):
        self.writes.add((node.asname or node.name).partition(".")[0])

    def visit_MatchAs(self, node):
        if node.name:
            self.writes.add(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node):
        if node.name:
            self.writes.add(node.name)

    def visit_FunctionDef(self, node):
        self.writes.add(node.name)
        for one in [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]:
            if one is not None:
                self.visit(one)
        free = outer_names(node)
        self.closures[node.name] = free
        self.reads |= free if node.decorator_list else set()

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        for one in [*node.args.defaults, *node.args.kw_defaults]:
            if one is not None:
                self.visit(one)
        self.reads |= outer_names(node)

    def visit_Assign(self, node):
        if isinstance(node.value, ast.Lambda) and isinstance(node.targets[0], ast.Name):
            self.closures[node.targets[0].id] = outer_names(node.value)
        self.generic_visit(node)

    def visit_ClassDef(self, node):
        self.writes.add(node.name)
        self.reads |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}

    def _comprehension(self, node):
        inner = Effects()
        inner.generic_visit(node)
        walrus = {one.target.id for one in ast.walk(node) if isinstance(one, ast.NamedExpr)}
        bound = inner.writes - walrus
        self.reads |= {name for name in inner.reads if name.partition(".")[0].partition("[")[0] not in bound}
        self.writes |= walrus

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension


def outer_names(function):
    """The names that a function's body uses of the scopes around it."""
    body = function.body if isinstance(function.body, list) else [function.body]
    inside = Effects(*body)
    used = set(inside.reads).union(*inside.closures.values()) | inside.nonlocals
    own = (inside.writes | set(parameters(function))) - inside.nonlocals - inside.globals
    return {name for name in used if name.partition(".")[0].partition("[")[0] not in own}


def has(node, kinds, stop=FUNCTIONS + (ast.Lambda, ast.ClassDef)):
    """Whether there is a node of these kinds under `node`, not looking into functions and classes."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, kinds):
            return True
        if not isinstance(child, stop) and has(child, kinds, stop):
            return True
    return False
