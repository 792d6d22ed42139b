"""`Session.partial_run`: one run in several steps, each of which feeds and fetches more."""

from __future__ import annotations

from . import nest
from .errors import InvalidArgumentError

# Operations that only tell where a variable is: they may run again.
_HANDLES = frozenset("VarHandleOp VariableV2 Variable".split())


def _invalid(text):
    return InvalidArgumentError(None, None, text)


class PartialRun:
    """A run that was set up: what may be fed and fetched, and what has been.

    Operations run when a step first needs them, and not again: their results that later steps need are kept.
    """

    def __init__(self, graph, fetches, feeds) -> None:
        self.graph = graph
        self.to_fetch = {id(one): one for one in fetches}
        self.to_feed = {id(one): one for one in feeds}
        for one in fetches:
            if id(one) in self.to_feed:
                raise _invalid(f"{one.name} is both fed and fetched.")
        self._fetches, self._feeds = dict(self.to_fetch), dict(self.to_feed)
        self._values = {}  # by id of a tensor: the tensor, what was fed or what came out
        self._ran = set()
        self._closure = self._needed(fetches, set(self.to_feed))

    def step(self, session, fetches, feeds):
        """Runs what is needed for `fetches`.

        Args:
          session: the session.
          fetches: list of tensors.
          feeds: list of pairs of tensors and values.

        Returns:
          A dict from ids of `fetches` to values.
        """
        targets = [one for one in fetches if not hasattr(one, "op")]
        if targets:
            text = f"partial_run() requires empty `target_list`. Received: target_list={targets} (non-empty)"
            raise RuntimeError(text)
        self._check(fetches, feeds)
        known = {**self._values, **{id(one): (one, value) for one, value in feeds}}
        ops = self._needed(fetches, set(known))
        for one in self.to_feed.values():
            if id(one) not in known and any(one is used for op in ops for used in op.inputs):
                raise _invalid(f"Fetch {one.name} can't be computed from the feeds that have been fed so far.")
        kept = self._for_later(ops, known)
        wanted = list({id(one): one for one in fetches if id(one) not in known}.values())
        found = session._run_after(wanted + kept, {one: value for one, value in known.values()}, list(self._ran))
        self._ran |= {op for op in ops if op.type not in _HANDLES}
        self._values = known | {id(one): (one, value) for one, value in zip(kept, found[len(wanted) :], strict=True)}
        for one, _ in feeds:
            del self.to_feed[id(one)]
        for one in fetches:
            self.to_fetch.pop(id(one), None)  # one may be fetched twice in a step
        results = {id(one): known[id(one)][1] for one in fetches if id(one) in known}
        return results | {id(one): value for one, value in zip(wanted, found, strict=False)}

    @property
    def is_done(self) -> bool:
        """Whether all has been fed and fetched."""
        return not self.to_fetch and not self.to_feed

    def _check(self, fetches, feeds):
        for one, _ in feeds:
            if id(one) not in self._feeds:
                raise _invalid(f"The feed {one.name} was not specified in partial_run_setup.")
            if id(one) not in self.to_feed:
                raise _invalid(f"The feed {one.name} has already been fed.")
        for one in fetches:
            if id(one) not in self._fetches:
                raise _invalid(f"The fetch {one.name} was not specified in partial_run_setup.")
            if id(one) not in self.to_fetch:
                raise _invalid(f"The fetch {one.name} has already been fetched.")

    def _needed(self, fetches, known):
        """The operations that run for `fetches` if some tensors are known."""
        waiting = [getattr(one, "op", one) for one in fetches if id(one) not in known]
        ops = {}
        while waiting:
            op = waiting.pop()
            if op in ops:
                continue
            ops[op] = True
            waiting += [before for before in op.control_inputs if before not in self._ran]
            waiting += [one.op for one in op.inputs if id(one) not in known]
        return ops

    def _for_later(self, ops, known):
        """The results of these operations that later steps need."""
        kept = {}
        later = [op for op in self._closure if op not in ops and op not in self._ran]
        used = [one for op in later for one in op.inputs]
        used += [one for one in self.to_fetch.values() if hasattr(one, "op")]
        for one in used:
            if one.op in ops and one.op.type not in _HANDLES and id(one) not in known:
                kept[id(one)] = one
        return list(kept.values())


class Fetched:
    """A leaf of a fetched structure: a tensor, an operation, a name, or a composite of several tensors."""

    def __init__(self, graph, leaf) -> None:
        self._make, parts = leaf._fetch_parts() if hasattr(leaf, "_fetch_parts") else (None, [leaf])
        self._present = [self._make is None or one is not None for one in parts]
        self.parts = elements(graph, [one for one, here in zip(parts, self._present, strict=True) if here], "fetch")

    def value(self, found):
        """What a session gives for it, if `found` has the values of the parts by id."""
        values = iter([found[id(one)] for one in self.parts])
        if self._make is None:
            return next(values)
        return self._make(*(next(values) if here else None for here in self._present))


def feed_pairs(key, value):
    """The pairs of tensor and value that a fed tensor, or a composite of several, stands for."""
    return key._feed_parts(value) if hasattr(key, "_feed_parts") else [(key, value)]


def elements(graph, structure, what):
    """The tensors and operations of a nested structure of them and of their names."""
    found = []
    for item in nest.flatten(structure, expand_composites=True):
        try:
            found.append(graph.as_graph_element(item, allow_tensor=True, allow_operation=what == "fetch"))
        except TypeError as error:
            raise TypeError(
                f'Argument `{what}` = {item} has invalid type "{type(item).__name__}" must be a string or Tensor. ({error})'
            ) from None
        except (ValueError, KeyError) as error:
            raise ValueError(f"Argument `{what}` = {item} cannot be interpreted as a Tensor. ({error})") from None
    return found
