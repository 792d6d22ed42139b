"""Turns `return` inside other statements into flags, so that a function returns only at its end."""

import ast

from .lower_jumps import both, guard
from .quote import quote, quote_expression
from .symbols import FUNCTIONS, blocks


def lower_returns(function, namer):
    """Changes the function's body so that the only `return` is its last statement."""
    body = function.body
    if not any(_returns(one) for one in body[:-1]) and (isinstance(body[-1], ast.Return) or not _returns(body[-1])):
        return
    body = _folded(body)
    lowering = _Lowering(namer("do_return"), namer("retval_"))
    start = quote("flag = False\nvalue = ag__.UndefinedReturn()", body[0], flag=lowering.flag, value=lowering.value)
    end = quote("return ag__.ret(value, flag)", body[-1], flag=lowering.flag, value=lowering.value)
    doc = body[:1] if ast.get_docstring(function, clean=False) is not None else []
    function.body = doc + start + lowering.block(body[len(doc) :]) + end


def _returns(statement):
    if isinstance(statement, ast.Return):
        return True
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        return False
    return any(_returns(one) for owner, field in blocks(statement) for one in getattr(owner, field))


def _surely(statements):
    """Whether a block returns in any case."""
    last = statements[-1] if statements else None
    if isinstance(last, ast.If):
        return _surely(last.body) and _surely(last.orelse)
    if isinstance(last, (ast.With, ast.AsyncWith)):
        return _surely(last.body)
    return isinstance(last, ast.Return)


def _folded(statements):
    """What follows a conditional that returns in one branch goes into the other, so that both have a value."""
    done = []
    for number, statement in enumerate(statements):
        if not isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            for owner, field in blocks(statement):
                setattr(owner, field, _folded(getattr(owner, field)))
        done.append(statement)
        if isinstance(statement, ast.Return):
            return done  # what follows cannot run
        if isinstance(statement, ast.If) and number + 1 < len(statements):
            rest = statements[number + 1 :]
            if _surely(statement.body) and _surely(statement.orelse):
                return done
            if _surely(statement.body):
                statement.orelse = _folded(statement.orelse + rest)
                return done
            if _surely(statement.orelse):
                statement.body = _folded(statement.body + rest)
                return done
    return done


class _Lowering:
    def __init__(self, flag, value):
        self.flag, self.value = flag, value

    def block(self, statements):
        """The statements with flags in place of `return`."""
        done = []
        for statement in statements:
            if isinstance(statement, ast.Return):
                value = statement.value or ast.copy_location(ast.Constant(None), statement)
                done += quote("value = result\nflag = True", statement, flag=self.flag, value=self.value, result=value)
                continue
            if _returns(statement):
                for owner, field in blocks(statement):
                    setattr(owner, field, self.block(getattr(owner, field)))
                self._loop(statement)
            done.append(statement)
        return guard(done, self.flag)

    def _loop(self, statement):
        going = quote_expression("ag__.not_(flag)", statement, flag=self.flag)
        if isinstance(statement, ast.While):
            statement.test = both(going, statement.test)
        elif isinstance(statement, ast.For):
            extra = getattr(statement, "extra_test", None)
            statement.extra_test = going if extra is None else both(going, extra)
