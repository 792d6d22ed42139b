"""The table of what is supported says what devices do."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ops"))

from op_table import attr_of, table  # noqa: E402  the module of the table of ops

import ferroflow as tf  # noqa: E402
from ferroflow.framework import engine  # noqa: E402

PAGES = Path(__file__).parents[2] / "docs/ops"


def rows():
    """{op: {column: cell}} of the index."""
    found, heads = {}, []
    for line in (PAGES / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| op |"):
            heads = cells
        elif line.startswith("| ["):
            found[re.match(r"\[(\w+)\]", cells[0]).group(1)] = dict(zip(heads[1:], cells[1:], strict=True))
    return found


ROWS = rows()
# Columns that several dtypes share.
COLUMN = {"int8": "other integers"}


def test_every_op_is_in_the_table_with_a_reason_where_it_is_for_the_cpu():
    assert set(ROWS) == {page.stem for page in PAGES.glob("*.md")} - {"README"}
    held = ("float32", "int32", "uint32", "int64", "bool")
    lacking = [op for op, row in ROWS.items() if any(row[d] == "CPU" for d in held) and not row["on the CPU"]]
    assert not lacking
    claims = {op for op, row in ROWS.items() if "both" in row.values()}
    assert claims <= {op for op in ROWS if engine.gpu_dtypes(op) is not None}
    assert {"MatMul", "Conv2D", "Sum", "Relu"} <= claims


@pytest.mark.parametrize("dtype", ["float32", "int32", "uint32", "bool", "float64", "int64", "int8", "float16"])
def test_cells_are_true_of_elementwise_ops(dtype, hard):
    """An op of one operand runs on the GPU in the dtypes that its row gives to both, and in no others."""
    x = tf.cast(tf.constant([[0.5, 1.0], [0.25, 0.75]]), dtype)
    wrong, ran = [], 0
    for op in ("Neg", "Abs", "Exp", "Sign", "Square", "Relu", "LogicalNot", "Lgamma", "ZerosLike", "Softmax", "Invert"):
        with tf.device("/GPU:0"):
            try:
                there = getattr(tf.raw_ops, op)(**{engine_input(op): x}).device.endswith("GPU:0")
            except (tf.errors.InvalidArgumentError, TypeError):
                there = False
        ran += there
        if there != told(op, dtype):
            wrong.append(op)
    assert not wrong and ran


def told(op, dtype):
    """Whether the row of an op, or its page where a column stands for several dtypes, gives a dtype to GPUs."""
    cell = ROWS[op][COLUMN.get(dtype, dtype)]
    if cell != "some":
        return cell == "both"
    return dtype in re.findall(r"\w+", re.search(r"- GPU: `T`: (.*)", (PAGES / f"{op}.md").read_text()).group(1))


def engine_input(op):
    """The name of an op's only operand."""
    return {"Relu": "features", "Softmax": "logits"}.get(op, "x")


@pytest.mark.parametrize("op", ["MaxPool", "MaxPool3D", "AvgPool3D", "MaxPool3DGrad"])
def test_pages_list_no_dtype_that_the_signature_refuses(op):
    listed = re.findall(r"\w+", re.search(r"- CPU: `T`: (.*)", (PAGES / f"{op}.md").read_text()).group(1))
    assert listed and set(listed) <= set(attr_of(table()[op], "T")["types"])
