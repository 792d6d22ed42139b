"""Control flow of TensorFlow 1 in imported graphs: `Switch`, `Merge` and the frames of loops become conditionals and loops.

A value that comes from a `Switch` exists only if its predicate has one of two values. The *state* of a node is the set of
such (predicate, value) that all of its inputs together demand; a `Merge` joins two states that differ in one predicate.
All nodes that a `Merge` needs under a predicate make a branch. Merges of one predicate that do not depend on each other make
one conditional. A loop consists of the nodes of a frame: between `Enter`, or `NextIteration`, and `Exit`.
"""

from .. import _core
from .errors import UnimplementedError
from .protos import NodeDef
from .tensor_array_import import TENSOR_ARRAYS

FLOW = frozenset(("Switch", "Merge", "Enter", "Exit", "NextIteration", "LoopCond"))
REFERENCES = frozenset("Ref" + name for name in FLOW - {"LoopCond"})


def structured(nodes):
    """The nodes of a graph with `Choice`s and `Loop`s in place of control flow.

    Raises:
      UnimplementedError: control flow that is neither conditionals nor loops.
    """
    for node in nodes:
        if node.op in REFERENCES:
            raise _refused(node, "control flow with references")
    if not any(node.op in FLOW for node in nodes):
        return nodes
    return _with_choices(_with_loops(_with_indices(nodes)))


def _with_indices(nodes):
    """The nodes with a `Merge` of the numbers of the inputs in place of each second output of a `Merge` that is used."""
    by_name = {node.name: node for node in nodes}
    used = {endpoint(name) for node in nodes for name in node.input if not name.startswith("^")}
    merges = [name for name, index in used if index == 1 and name in by_name and by_name[name].op == "Merge"]
    if not merges:
        return nodes
    found = [_renamed(node, {f"{name}:1": f"{name}/value_index" for name in merges}) for node in nodes]
    for name in sorted(merges):
        merge = by_name[name]
        ends = [text for text in merge.input if not text.startswith("^")]
        if any(by_name[source(text)].op in ("Enter", "NextIteration") for text in ends if source(text) in by_name):
            raise _refused(merge, "a loop asks for the number of the input that a Merge takes")
        for number, text in enumerate(ends):
            there = NodeDef(name=f"{name}/value_{number}", op="Identity", input=[text])
            there.attr["T"].CopyFrom(merge.attr["T"])
            index = NodeDef(name=f"{name}/index_{number}", op="Const", input=[f"^{there.name}"])
            index.attr["dtype"].type = index.attr["value"].tensor.dtype = 3
            index.attr["value"].tensor.int_val.append(number)
            found += [there, index]
        joined = NodeDef(name=f"{name}/value_index", op="Merge", input=[f"{name}/index_{i}" for i in range(len(ends))])
        joined.attr["T"].type = 3
        joined.attr["N"].i = len(ends)
        found.append(joined)
    return found


def _renamed(node, names):
    """The node with other names for some of its inputs."""
    if not any(text in names for text in node.input):
        return node
    new = NodeDef()
    new.CopyFrom(node)
    del new.input[:]
    new.input.extend(names.get(text, text) for text in node.input)
    return new


def _refused(node, why):
    return UnimplementedError(None, None, f"Node '{node.name}' ({node.op}) cannot be imported: {why}.")


def endpoint(name):
    """The node and output that an input such as "add:1" or "add" names."""
    node, colon, index = name.rpartition(":")
    return (node, int(index)) if colon and index.isdecimal() else (name, 0)


def source(name):
    """The node that an input, also a control input, comes from."""
    return name[1:] if name.startswith("^") else endpoint(name)[0]


def _text(end):
    return f"{end[0]}:{end[1]}"


class Flow:
    """A conditional or a loop in place of nodes; its inputs are those of all of them that come from outside."""

    device = ""
    attr = {}

    def __init__(self, name, input):
        self.name, self.op, self.input = name, type(self).__name__, list(dict.fromkeys(input))


class Part:
    """A branch, or a loop's condition or body.

    Attributes:
      nodes: its nodes, structured.
      results: the endpoints that it gives.
      outside: endpoints in it that stand for endpoints outside.
    """

    def __init__(self, nodes, results, outside):
        self.nodes, self.results, self.outside = nodes, results, outside


class Choice(Flow):
    """A conditional: `parts` are what it does if `pred` is false and if it is true."""

    def __init__(self, name, input, pred, parts):
        super().__init__(name, input)
        self.pred, self.parts = pred, parts


class Loop(Flow):
    """A loop over `variables`, endpoints of the first values; `arguments` maps endpoints inside to their numbers."""

    def __init__(self, name, input, variables, arguments, cond, body):
        super().__init__(name, input)
        self.variables, self.arguments, self.cond, self.body = variables, arguments, cond, body


def _identity(name, like, flow, number):
    node = NodeDef(name=name, op="Identity", input=[f"{flow}:{number}"])
    node.attr["T"].CopyFrom(like.attr["T"])
    return node


def _has_effect(node):
    return node.op not in TENSOR_ARRAYS and _core.op_def(node.op)["is_stateful"]


def _without(node, gone):
    """The node without control inputs from some nodes."""
    kept = [name for name in node.input if not (name.startswith("^") and name[1:] in gone)]
    if len(kept) == len(node.input):
        return node
    if isinstance(node, Flow):
        node.input = kept
        return node
    new = NodeDef()
    new.CopyFrom(node)
    del new.input[:]
    new.input.extend(kept)
    return new


def in_order(nodes, needed):
    """The nodes so that those come first that a node needs, given by name."""
    by_name = {node.name: node for node in nodes}
    order, state = [], {}
    for root in nodes:
        stack = [root.name]
        while stack:
            name = stack[-1]
            waiting = [one for one in needed[name] if one in by_name and state.get(one) != "done"]
            if state.get(name) == "done" or not waiting:
                if state.get(name) != "done":
                    state[name] = "done"
                    order.append(by_name[name])
                stack.pop()
                continue
            if state.get(name) == "open":
                raise ValueError(f"The graph has a cycle through node '{name}' that is no loop.")
            state[name] = "open"
            stack.extend(waiting)
    return order


# Loops.


def _with_loops(nodes):
    """The nodes with a `Loop` in place of each outermost frame, and an `Identity` in place of each `Exit`."""
    by_name = {node.name: node for node in nodes}
    frames = _frames(nodes, by_name)
    members, exits, out = {}, {}, []
    for node in nodes:
        if frames[node.name]:
            members.setdefault(frames[node.name][0], []).append(node)
        elif node.op == "Exit":
            exits.setdefault(frames[source(node.input[0])][0], []).append(node)
        else:
            out.append(node)
    for frame, inner in members.items():
        out += _loop(frame, inner, exits.get(frame, []), by_name, frames)
    return out


def _frames(nodes, by_name):
    """The frames, outermost first, that each node is in."""
    needed = {}
    for node in nodes:
        names = [source(name) for name in node.input]
        needed[node.name] = [
            one for one in names if one in by_name and not (node.op == "Merge" and by_name[one].op == "NextIteration")
        ]
    frames = {}
    for node in in_order(nodes, needed):
        found = [frames[one] for one in needed[node.name]]
        mine = max(found, key=len, default=())
        if any(one != mine[: len(one)] for one in found):
            raise _refused(node, f"it has inputs of several loops ({', '.join('/'.join(one) for one in found)})")
        if node.op == "Enter":
            mine += (node.attr["frame_name"].s.decode(),)
        elif node.op == "Exit":
            mine = mine[:-1]
        frames[node.name] = mine
    return frames


def _loop(frame, inner, exits, by_name, frames):
    own = [node for node in inner if frames[node.name] == (frame,)]
    merges = [
        node
        for node in own
        if node.op == "Merge" and any(by_name[source(name)].op == "NextIteration" for name in node.input)
    ]
    conds = [node for node in own if node.op == "LoopCond"]
    if len(conds) != 1:
        raise _refused(inner[0], f"its loop has {len(conds)} conditions")
    variables, arguments, results, switches, starts = [], {}, [], {}, set()
    for number, merge in enumerate(merges):
        enter, after = sorted((by_name[source(name)] for name in merge.input), key=lambda one: one.op)
        if enter.op != "Enter" or after.op != "NextIteration":
            raise _refused(merge, "it is not between an Enter and a NextIteration")
        starts.add(enter.name)
        variables.append(enter.input[0])
        arguments[merge.name, 0] = number
        results.append(endpoint(after.input[0]))
        switches[merge.name] = number
    structure = {node.name for node in own if node.op in ("NextIteration", "LoopCond", "Enter")}
    structure.update(merge.name for merge in merges)
    outside, exit_of = {}, {}
    for node in own:
        if node.op == "Switch" and endpoint(node.input[0]) in arguments and source(node.input[1]) == conds[0].name:
            number = arguments[endpoint(node.input[0])]
            structure.add(node.name)
            arguments[node.name, 1] = number
            exit_of[node.name] = number
        elif node.op == "Enter" and node.name not in starts:
            outside[node.name, 0] = endpoint(node.input[0])
    controls = {name for node in own if node.op == "Enter" for name in node.input if name.startswith("^")}
    nodes = {node.name: node for node in inner if node.name not in structure}
    known = set(arguments) | set(outside)
    cond, more = _part(nodes, [endpoint(conds[0].input[0])], known, structure, outside)
    body, most = _part(nodes, results, known, structure, outside)
    _run_once(cond, body)
    name = frame.rpartition("/")[0] or frame
    inputs = [*variables, *(_text(end) for end in outside.values()), *sorted(controls | more | most)]
    loop = Loop(f"{name}/loop_of_frames", inputs, variables, arguments, cond, body)
    return [loop, *(_identity(node.name, node, loop.name, _left(node, exit_of)) for node in exits)]


def _left(node, exit_of):
    name, index = endpoint(node.input[0])
    if name not in exit_of or index != 0:
        raise _refused(node, "it does not leave a loop from a Switch")
    return exit_of[name]


def _part(nodes, results, known, structure, outside):
    """What some endpoints need of the nodes, and the control inputs from outside that this has."""
    wanted, stack, controls = {}, [end for end in results if end not in known], set()
    stack = [end[0] for end in stack]
    while stack:
        name = stack.pop()
        if name in wanted or name not in nodes:
            continue
        wanted[name] = node = nodes[name]
        for text in node.input:
            if text.startswith("^") and text[1:] not in nodes:
                controls.update(() if text[1:] in structure else (text,))
            elif text.startswith("^") or endpoint(text) not in known:
                stack.append(source(text))
    gone = structure | {text[1:] for text in controls}
    kept = [_without(node, gone) for name, node in nodes.items() if name in wanted]
    return Part(structured(kept), results, outside), controls


def _run_once(cond, body):
    names = {node.name for node in cond.nodes}
    for node in body.nodes:
        if node.name in names and not isinstance(node, Flow) and _has_effect(node):
            raise _refused(node, "a loop's condition and body both need it, and it has an effect")


# Conditionals.


def _with_choices(nodes):
    """The nodes with a `Choice` in place of each group of merges, and an `Identity` in place of each `Merge`."""
    if not any(node.op in ("Switch", "Merge") for node in nodes):
        return nodes
    states = _States(nodes)
    groups, owners, flows = {}, {}, {}
    for name, (pred, common, depth) in states.merges.items():
        if not common:
            groups.setdefault((pred, depth), []).append(states.by_name[name])
    for (pred, _), merges in groups.items():
        for node in _choice(pred, merges, states, owners):
            flows[node.name] = node
    kept = [node for node in nodes if not states.of[node.name] and node.op not in ("Switch", "Merge")]
    names = {node.name for node in kept} | set(flows)
    gone = set(states.by_name) - names
    return [_without(node, gone) for node in [*kept, *flows.values()]]


class _States:
    """The states of nodes; the merges by name, with their predicate, the state that they leave, and their depth."""

    def __init__(self, nodes):
        self.by_name = {node.name: node for node in nodes}
        self.of, self.merges = {}, {}
        depths = {}
        needed = {node.name: [source(name) for name in node.input] for node in nodes}
        for node in in_order(nodes, needed):
            depths[node.name] = max((depths.get(one, 0) for one in needed[node.name]), default=0)
            if node.op == "Merge":
                depths[node.name] += 1
                self._merge(node, depths[node.name])
            else:
                self.of[node.name] = self._together(node)

    def value(self, text):
        """The state of an input."""
        name, index = (text[1:], None) if text.startswith("^") else endpoint(text)
        node = self.by_name.get(name)
        if node is None:
            return frozenset()
        if node.op == "Switch" and index is not None:
            return self.of[name] | {(self.pred(node), bool(index))}
        return self.of[name]

    def pred(self, switch):
        """The predicate of a Switch, as it was before copies of it were made."""
        end = endpoint(switch.input[1])
        while end[0] in self.by_name and self.by_name[end[0]].op == "Identity":
            end = endpoint(self.by_name[end[0]].input[0])
        return end

    def _together(self, node):
        state = frozenset().union(*(self.value(text) for text in node.input))
        if any((pred, not value) in state for pred, value in state):
            raise _refused(node, "its inputs are never there together")
        return state

    def _merge(self, node, depth):
        ends = [text for text in node.input if not text.startswith("^")]
        if len(ends) != 2:
            raise _refused(node, f"it merges {len(ends)} values")
        first, second = map(self.value, ends)
        common = first & second
        differ = [(pred, value) for pred, value in first - common if (pred, not value) in second]
        if len(differ) != 1 or len(first) != len(common) + 1 or len(second) != len(common) + 1:
            raise _refused(node, "what it merges does not depend on one predicate")
        self.of[node.name] = common
        self.merges[node.name] = (differ[0][0], common, depth)


def _choice(pred, merges, states, owners):
    """A `Choice` that does what these merges need, and their results."""
    inputs, parts = [_text(pred)], []
    name = f"{merges[0].name}/choice_of_switches"
    for value in (False, True):
        mark = (pred, value)
        results = [next(endpoint(text) for text in merge.input if mark in states.value(text)) for merge in merges]
        nodes, outside, stack = {}, {}, [_text(end) for end in results]
        while stack:
            text = stack.pop()
            one = source(text)
            node = states.by_name.get(one)
            if node is None or mark not in states.value(text):
                if node is None or node.op != "Switch":
                    inputs.append(text)
                continue
            if node.op == "Switch" and mark not in states.of[one]:
                if not text.startswith("^"):
                    outside[endpoint(text)] = endpoint(node.input[0])
                    inputs.append(node.input[0])
                continue
            if one not in nodes:
                nodes[one] = node
                _own(node, name, owners)
                stack.extend(node.input)
        gone = set(states.by_name) - set(nodes)
        gone.update(text[1:] for text in inputs if text.startswith("^"))
        kept = [_without(nodes[one.name], gone) for one in states.by_name.values() if one.name in nodes]
        parts.append(Part(_with_choices(kept), results, outside))
    choice = Choice(name, inputs, pred, parts)
    return [choice, *(_identity(merge.name, merge, name, number) for number, merge in enumerate(merges))]


def _own(node, choice, owners):
    """Notes that a conditional does what a node says; what has an effect may be done once only."""
    if owners.setdefault(node.name, choice) == choice or isinstance(node, Flow):
        return
    if node.op not in FLOW and _has_effect(node):
        raise _refused(node, "two conditionals need it, and it has an effect")
