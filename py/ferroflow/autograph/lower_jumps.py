"""Turns `break` and `continue` into flags, and the `else` of a loop into a conditional after it."""

import ast

from .quote import quote, quote_expression, thunk
from .symbols import FUNCTIONS, Effects, blocks


def both(first, second):
    """The condition that both expressions hold; the second is only computed if the first holds."""
    return quote_expression("ag__.and_(a, b)", second, a=thunk(first), b=thunk(second))


def guard(statements, flag):
    """Statements of which each runs only while the flag is not set."""
    for number, statement in enumerate(statements[:-1]):
        if flag in Effects(statement).writes:
            rest = guard(statements[number + 1 :], flag)
            test = quote_expression("ag__.not_(flag)", rest[0], flag=flag)
            check = ast.copy_location(ast.If(test, rest, []), rest[0])
            return statements[: number + 1] + [check]
    return statements


def lower_jumps(statements, namer):
    """The statements without `break` and `continue`."""
    done = []
    for statement in statements:
        if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            done.append(statement)
            continue
        for owner, field in blocks(statement):
            setattr(owner, field, lower_jumps(getattr(owner, field), namer))
        done.extend(_lower_loop(statement, namer) if isinstance(statement, (ast.While, ast.For)) else [statement])
    return done


def _lower_loop(loop, namer):
    breaks, continues = _jumps(loop.body)
    before, after = [], loop.orelse
    loop.orelse = []
    if breaks:
        broke = namer("break_")
        before = quote("flag = False", loop, flag=broke)
        going = quote_expression("ag__.not_(flag)", loop, flag=broke)
        if isinstance(loop, ast.While):
            loop.test = both(going, loop.test)
        else:
            loop.extra_test = going
        if after:
            test = quote_expression("ag__.not_(flag)", loop, flag=broke)
            after = [ast.copy_location(ast.If(test, after, []), loop)]
    else:
        broke = None
    if breaks or continues:
        skip = namer("continue_")
        loop.body = guard(_replaced(loop.body, broke, skip), skip)
        loop.body = quote("flag = False", loop.body[0], flag=skip) + loop.body
    return [*before, loop, *after]


def _jumps(statements):
    """Whether there are `break` and `continue` that belong to the loop around the statements."""
    breaks = continues = False
    for statement in statements:
        if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            continue
        breaks |= isinstance(statement, ast.Break)
        continues |= isinstance(statement, ast.Continue)
        for owner, field in blocks(statement):
            inner = _jumps(getattr(owner, field))
            breaks |= inner[0]
            continues |= inner[1]
    return breaks, continues


def _replaced(statements, broke, skip):
    """The statements with flags in place of jumps; what follows a jump cannot run and is left out."""
    done = []
    for statement in statements:
        if isinstance(statement, ast.Continue):
            return done + quote("skip = True", statement, skip=skip)
        if isinstance(statement, ast.Break):
            return done + quote("broke = True\nskip = True", statement, broke=broke, skip=skip)
        if not isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            for owner, field in blocks(statement):
                inner = _replaced(getattr(owner, field), broke, skip)
                setattr(owner, field, guard(inner, skip))
        done.append(statement)
    return done
