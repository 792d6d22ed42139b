"""Tables of Python expressions with what real TensorFlow answers: a test evaluates each with Ferroflow and compares.

A table is `oracle_tables/NAME.txt`: lines `expression` (input) and, indented by two blanks, `  answer` (recorded). Record
again with a Python that has TensorFlow: `python tests/python/oracle_tables.py NAME ...`; compare: `--check NAME ...`.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "oracle_tables")


def outcome(expression, names):
    """The repr of what `expression` evaluates to, or the error's class and message."""
    try:
        text = repr(eval(expression, dict(names)))
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
    return text.replace("\n", "\\n").rstrip()


def read(name):
    """{expression: recorded answer} of a table."""
    table, expression = {}, None
    with open(os.path.join(FOLDER, name + ".txt"), encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line.startswith("  "):
                table[expression] = line[2:]
            elif line and not line.startswith("#"):
                expression = line
                table[expression] = None
    return table


def differences(name, names):
    """Lines that show where the answers of `names` (a dict of globals) differ from the recorded ones."""
    table = read(name)
    assert len(table) > 10, "the table is empty"
    lines = []
    for expression, expected in table.items():
        got = outcome(expression, names)
        if got != expected:
            lines.append(f"{expression}\n    TensorFlow: {expected}\n    Ferroflow:  {got}")
    return lines


def oracle_python():
    """The Python that has TensorFlow, or None: $FERROFLOW_ORACLE, or the environment .venv-oracle of the checkout."""
    own = os.environ.get("FERROFLOW_ORACLE")
    beside = os.path.join(HERE, "..", "..", ".venv-oracle", "bin", "python")
    return own or (beside if os.path.exists(beside) else None)


def run_in_oracle(*arguments, stdin=None):
    """Standard output of the Python that has TensorFlow, run with command line `arguments`."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment["TF_CPP_MIN_LOG_LEVEL"] = "3"
    done = subprocess.run([oracle_python(), *arguments], input=stdin, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return done.stdout


def tensorflow_names(name):
    """The globals in which a table's expressions are evaluated with TensorFlow."""
    if name == "data":
        import data_names

        return data_names.tensorflow()
    import collections
    import pickle

    import numpy as np
    import tensorflow as tf
    from tensorflow.core.framework import tensor_pb2
    from tensorflow.python.data.util import nest as data_nest
    from tensorflow.python.framework import device_spec, dtypes, errors, tensor_shape, tensor_spec, type_spec
    from tensorflow.python.ops import resource_variable_ops
    from tensorflow.python.util import nest

    tf1 = tf.compat.v1
    if name.endswith("_v1"):
        tf1.disable_v2_tensorshape()
    return {
        "tf": tf, "np": np, "pickle": pickle, "collections": collections,
        "dtypes": dtypes, "errors": errors, "ts": tensor_shape, "specs": type_spec,
        "T": tf.TensorShape, "D": tf1.Dimension, "DS": device_spec.DeviceSpecV2, "DS1": device_spec.DeviceSpecV1,
        "S": tf.TensorSpec, "BS": tensor_spec.BoundedTensorSpec, "IS": tf.IndexedSlicesSpec, "VS": resource_variable_ops.VariableSpec,
        "nest": nest, "dn": data_nest, "proto": tf, "TensorProto": tensor_pb2.TensorProto,
    }  # fmt: skip


def record(name):
    """Writes the table again with the answers of the installed TensorFlow."""
    names = tensorflow_names(name)
    lines = [f"# Expressions and TensorFlow {names['tf'].__version__}'s answers."]
    for expression in read(name):
        lines += [expression, "  " + outcome(expression, names)]
    with open(os.path.join(FOLDER, name + ".txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def stale(name):
    """The expressions of a table that the installed TensorFlow answers otherwise than recorded."""
    return differences(name, tensorflow_names(name))


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        for table_name in sys.argv[2:]:
            print("\n".join(stale(table_name)), end="")
    else:
        for table_name in sys.argv[1:]:
            record(table_name)
