"""Ragged tensors as text: rows in brackets, with commas between the elements."""

from ..._gen import raw_ops
from ..control_flow import cond
from ..map_fn import map_fn


def to_text(ragged, summarize):
    """A scalar string tensor with all rows, or `summarize` of them and of their elements at each end; -1 for all.

    Args:
      ragged: a ragged tensor of known rank.
      summarize: how many to show at each end.
    """
    flat = ragged.flat_values
    if flat.dtype == "string":
        text = raw_ops.StringJoin(inputs=["'", flat, "'"])
    else:
        text = raw_ops.AsString(input=flat)
    return _rows(ragged.with_flat_values(text), summarize)


def _rows(text, summarize):
    pieces, count = text, None
    if text.shape.rank > 1:
        pieces = map_fn(lambda row: _rows(row, summarize), text, fn_output_signature=text.dtype)
    if summarize != -1:
        count = raw_ops.Size(input=pieces)
        dots = raw_ops.Fill(dims=[1], value="...")
        parts = lambda: raw_ops.ConcatV2(values=[pieces[:summarize], dots, pieces[-summarize:]], axis=0)  # noqa: E731
        pieces = cond(count <= 2 * summarize, lambda: raw_ops.Identity(input=pieces), parts)
    inner = raw_ops.ReduceJoin(inputs=pieces, reduction_indices=0, separator=", ")
    return raw_ops.StringJoin(inputs=["[", inner, "]"])
