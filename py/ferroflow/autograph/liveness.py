"""Which names are read after a statement: a pass backwards over a function whose jumps have been lowered."""

import ast

from .symbols import FUNCTIONS, Effects


class Liveness:
    """The names that are live before and after each compound statement of a function.

    Args:
      body: the statements of the function; they have neither break nor continue, and no return but at the end.
      at_end: names that are live when the function ends.
    """

    def __init__(self, body, at_end=()):
        self._before, self._after = {}, {}
        self._closures = Effects(*body).closures
        self._handled = set()
        # A local function may be called by another name, from a list or as a callback: what it reads stays live.
        self._held = set().union(*self._closures.values())
        self._block(body, set(at_end) | self._held)

    def before(self, statement):
        """Names that may be read by the statement or after it, before they are bound."""
        return self._before[id(statement)]

    def after(self, statement):
        """Names that may be read after the statement before they are bound."""
        return self._after[id(statement)]

    def _reads(self, *nodes):
        reads = Effects(*[node for node in nodes if node is not None]).reads
        pending = [name for name in reads if name in self._closures]
        seen = set(pending)
        while pending:  # calling a local function reads what its body reads
            found = self._closures[pending.pop()]
            reads |= found
            new = {name for name in found if name in self._closures} - seen
            seen |= new
            pending.extend(new)
        return reads

    def _block(self, statements, live):
        for statement in reversed(statements):
            live = self._statement(statement, live) | self._handled
        return live

    def _statement(self, node, live):
        self._after[id(node)] = live
        before = self._transfer(node, live)
        self._before[id(node)] = before
        return before

    def _transfer(self, node, live):
        if isinstance(node, ast.If):
            return self._reads(node.test) | self._block(node.body, live) | self._block(node.orelse, live)
        if isinstance(node, ast.While):
            return self._loop(node, live, self._reads(node.test), set())
        if isinstance(node, ast.For):
            kills = Effects(node.target).writes
            around = self._reads(getattr(node, "extra_test", None))
            return self._reads(node.iter) | self._loop(node, live, around, kills)
        if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
            return self._try(node, live)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            inner = self._block(node.body, live)
            effects = Effects(*node.items)
            return (inner - effects.writes) | self._reads(*node.items)
        if isinstance(node, ast.Match):
            parts = [self._block(case.body, live) for case in node.cases]
            return self._reads(node.subject, *[case.guard for case in node.cases]) | live.union(*parts)
        if isinstance(node, FUNCTIONS):
            effects = Effects(node)
            return (live - effects.writes) | self._reads(*node.decorator_list) | effects.reads
        if isinstance(node, ast.Return):
            return self._reads(node.value) | self._held
        if isinstance(node, ast.Raise):
            return self._reads(node)
        effects = Effects(node)
        kills = set() if isinstance(node, ast.AugAssign) else effects.writes | effects.chains
        return (live - kills) | self._reads(node)

    def _loop(self, node, live, around, kills):
        after = live | self._block(node.orelse, live)
        live = after | around
        while True:
            new = live | (self._block(node.body, live) - kills) | around
            if new == live:
                return new
            live = new

    def _try(self, node, live):
        last = self._block(node.finalbody, live)
        handlers = [self._block(handler.body, last) | self._reads(handler.type) for handler in node.handlers]
        outer = self._handled
        after = self._block(node.orelse, last)
        self._handled = outer.union(*handlers) | (last if node.finalbody else set())
        inner = self._block(node.body, after)
        self._handled = outer
        return inner.union(*handlers)
