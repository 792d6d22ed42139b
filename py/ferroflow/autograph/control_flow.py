"""Turns `if`, `while` and `for` into calls of operators: their blocks become local functions that share variables."""

import ast

from .liveness import Liveness
from .quote import quote, quote_expression
from .symbols import FUNCTIONS, Effects, blocks, has, parameters, symbol


def convert_function(function, namer):
    """Converts a function and those inside it.

    Returns:
      The names that may be read before they have a value; they start as `Undefined`.
    """
    return _Function(function, namer).convert()


class _Function:
    def __init__(self, function, namer):
        self._function, self._namer = function, namer
        effects = Effects(*function.body)
        self._nonlocals, self._globals = effects.nonlocals, effects.globals
        self._live = Liveness(function.body, effects.nonlocals | effects.globals)
        self._undefined = set()

    def convert(self):
        function, needed = self._function, set()
        function.body = self._block(function.body, needed)
        self._start_undefined(function.body, needed - set(parameters(function)), function)
        return self._undefined

    def _start_undefined(self, body, names, origin):
        """Puts statements that bind names to `Undefined` before a body."""
        names = sorted(names - self._nonlocals - self._globals)
        self._undefined |= set(names)
        start = [one for each in names for one in quote(f"{each} = ag__.Undefined({each!r})", origin)]
        place = 0
        while place < len(body) and (
            isinstance(body[place], (ast.Nonlocal, ast.Global))
            or (isinstance(body[place], ast.Expr) and isinstance(body[place].value, ast.Constant))
        ):
            place += 1
        body[place:place] = start

    def _block(self, statements, needed):
        done = []
        for statement in statements:
            if isinstance(statement, ast.If):
                done += self._if(statement, needed)
            elif isinstance(statement, ast.While):
                done += self._while(statement, needed)
            elif isinstance(statement, ast.For):
                done += self._for(statement, needed)
            elif isinstance(statement, ast.FunctionDef):
                if not has(statement, (ast.Yield, ast.YieldFrom)):
                    self._undefined |= convert_function(statement, self._namer)
                done.append(statement)
            elif isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
                done.append(statement)
            elif isinstance(statement, ast.Delete):
                done += self._delete(statement)
            else:
                for owner, field in blocks(statement):
                    setattr(owner, field, self._block(getattr(owner, field), needed))
                done.append(statement)
        return done

    def _delete(self, statement):
        """`del` of a name makes it undefined."""
        done = []
        for target in statement.targets:
            if isinstance(target, ast.Name) and target.id not in self._nonlocals | self._globals:
                self._undefined.add(target.id)
                done += quote(f"{target.id} = ag__.Undefined({target.id!r})", statement)
            else:
                done.append(ast.copy_location(ast.Delete([target]), statement))
        return done

    def _state(self, statement, nodes):
        """The variables that a statement changes: those that are read after it, and those that only start it."""
        effects = Effects(*nodes)
        before, after = self._live.before(statement), self._live.after(statement)
        shared = self._nonlocals | self._globals
        results = {one for one in effects.writes if one in after or one in shared}
        starts = {one for one in effects.writes if one in before} - results
        for chain in effects.chains:
            node = ast.parse(chain, mode="eval").body
            used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            if not used & effects.writes:
                results.add(chain)
        return sorted(results), sorted(starts)

    def _declare(self, nodes, state):
        """Declarations for a block that becomes a function, as text."""
        writes = Effects(*nodes).writes
        names = {one for one in state if one.isidentifier()} | (writes & (self._nonlocals | self._globals))
        inner = sorted(names - self._globals)
        outer = sorted(names & self._globals)
        text = f"nonlocal {', '.join(inner)}\n" if inner else ""
        return text + (f"global {', '.join(outer)}\n" if outer else "")

    def _body(self, statements, state, needed, origin):
        """The statements of a block as the body of a function."""
        inner = set()
        declared = quote(self._declare(statements, state), origin)
        done = declared + (self._block(statements, inner) or quote("pass", origin))
        self._start_undefined(done, inner - set(state), origin)
        needed |= {one for one in state if one.isidentifier()}
        return done

    def _accessors(self, state, origin):
        """Functions that read and set the variables, their names, and the state's names as a tuple."""
        get, put = self._namer("get_state"), self._namer("set_state")
        reads = [one if one.isidentifier() else f"ag__.ldu(lambda: {one}, {one!r})" for one in state]
        text = f"def {get}():\n return ({', '.join(reads)}{',' if reads else ''})\n"
        declare = self._declare([], state).replace("\n", "\n ")
        assign = f"({', '.join(state)},) = vars_" if state else "pass"
        text += f"def {put}(vars_):\n {declare}{assign}"
        return quote(text, origin), get, put

    def _if(self, node, needed):
        results, starts = self._state(node, node.body + node.orelse)
        state = results + starts
        accessors, get, put = self._accessors(state, node)
        body = self._body(node.body, state, needed, node)
        orelse = self._body(node.orelse, state, needed, node)
        text = (
            "def if_body():\n BODY\n"
            "def else_body():\n ORELSE\n"
            f"ag__.if_stmt(TEST, if_body, else_body, GET, PUT, {tuple(state)!r}, {len(results)})"
        )
        names = {one: self._namer(one) for one in ("if_body", "else_body")}
        return accessors + quote(text, node, BODY=body, ORELSE=orelse, TEST=node.test, GET=get, PUT=put, **names)

    def _loop_state(self, node, nodes):
        results, starts = self._state(node, nodes)
        return sorted(results + starts)

    def _options(self, body):
        """Takes `set_loop_options(...)` out of a loop's body; its arguments as an expression."""
        for number, statement in enumerate(body):
            call = getattr(statement, "value", None)
            if isinstance(statement, ast.Expr) and isinstance(call, ast.Call) and is_loop_options(call):
                del body[number]
                return ast.Dict([ast.Constant(one.arg) for one in call.keywords], [one.value for one in call.keywords])
        return ast.Dict([], [])

    def _while(self, node, needed):
        options = self._options(node.body)
        state = self._loop_state(node, [*node.body, node.test])
        accessors, get, put = self._accessors(state, node)
        body = self._body(node.body, state, needed, node)
        declare = self._declare([node.test], state).replace("\n", "\n ")
        text = (
            "def loop_body():\n BODY\n"
            f"def loop_test():\n {declare}return TEST\n"
            f"ag__.while_stmt(loop_test, loop_body, GET, PUT, {tuple(state)!r}, OPTIONS)"
        )
        names = {one: self._namer(one) for one in ("loop_body", "loop_test")}
        return accessors + quote(text, node, BODY=body, TEST=node.test, GET=get, PUT=put, OPTIONS=options, **names)

    def _for(self, node, needed):
        options = self._options(node.body)
        options.keys.append(ast.Constant("iterate_names"))
        options.values.append(ast.Constant(tuple(sorted(Effects(node.target).writes))))
        item = self._namer("itr")
        target = ast.copy_location(ast.Assign([node.target], quote_expression(item, node)), node)
        state = self._loop_state(node, [*node.body, node.target])
        accessors, get, put = self._accessors(state, node)
        body = self._body([target, *node.body], state, needed, node)
        text = "def loop_body(ITEM):\n BODY\n"
        names = {"loop_body": self._namer("loop_body"), "extra_test": ast.Constant(None)}
        extra = getattr(node, "extra_test", None)
        if extra is not None:
            names["extra_test"] = self._namer("extra_test")
            text += "def extra_test():\n return EXTRA\n"
        text += f"ag__.for_stmt(ITERABLE, extra_test, loop_body, GET, PUT, {tuple(state)!r}, OPTIONS)"
        return accessors + quote(
            text,
            node,
            BODY=body,
            ITEM=item,
            EXTRA=extra,
            ITERABLE=node.iter,
            GET=get,
            PUT=put,
            OPTIONS=options,
            **names,
        )


def is_loop_options(call):
    """Whether a call is one of `tf.autograph.experimental.set_loop_options`."""
    return (symbol(call.func) or "").rpartition(".")[2] == "set_loop_options"


class UndefinedReads(ast.NodeTransformer):
    """Makes reads of names that may be undefined fail as Python's do, instead of passing an `Undefined` on."""

    def __init__(self, names, made):
        self._names = names
        self._accessors = {one for one in made if one.startswith("get_state")}

    def visit_FunctionDef(self, node):
        return node if node.name in self._accessors else self.generic_visit(node)

    def visit_Return(self, node):
        return node if (symbol(getattr(node.value, "func", None)) == "ag__.ret") else self.generic_visit(node)

    def visit_Name(self, node):
        if node.id in self._names and isinstance(node.ctx, ast.Load):
            return quote_expression("ag__.ld(a)", node, a=node)
        return node

    def visit_AugAssign(self, node):
        node.value = self.visit(node.value)
        if isinstance(node.target, ast.Name) and node.target.id in self._names:
            return [*quote(f"{node.target.id} = ag__.ld({node.target.id})", node), node]
        node.target = self.visit(node.target)
        return node
