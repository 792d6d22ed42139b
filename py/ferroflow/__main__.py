"""`python -m ferroflow doctor`: what there is, how it is set, and whether it computes right."""

import os
import platform
import sys

from . import VERSION
from .framework import engine
from .framework.context import device


def _versions():
    import numpy

    yield "ferroflow", VERSION
    yield "python", f"{platform.python_version()} on {platform.platform()}"
    yield "numpy", numpy.__version__


def _instructions():
    """The instruction sets that matter here and that the processor has."""
    wanted = ("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512_bf16", "avx512_vnni", "amx_tile", "neon", "asimd")
    try:
        with open("/proc/cpuinfo") as file:
            words = set(file.read().split())
    except OSError:
        return platform.machine()
    return " ".join(name for name in wanted if name in words) or platform.machine()


def _checks():
    """(what, whether it is right) of a few ops, against NumPy."""
    import numpy as np

    from .ops.convolution import conv2d
    from .ops.matrices import matmul
    from .ops.reduction import reduce_sum
    from .ops.unary import exp

    random = np.random.default_rng(0)
    a, b = random.random((64, 48), np.float32), random.random((48, 32), np.float32)
    yield "matmul", np.allclose(matmul(a, b).numpy(), a @ b, rtol=1e-5)
    yield "exp", np.allclose(exp(a).numpy(), np.exp(a), rtol=1e-6)
    yield "reduce_sum", np.allclose(reduce_sum(a, 0).numpy(), a.sum(0), rtol=1e-5)
    image = random.random((1, 5, 5, 1), np.float32)
    filters = random.random((3, 3, 1, 1), np.float32)
    wanted = sum(image[:, i : i + 3, j : j + 3] * filters[i, j] for i in range(3) for j in range(3))
    yield "conv2d", np.allclose(conv2d(image, filters, 1, "VALID").numpy(), wanted, rtol=1e-5)


def _trust(name, everything, out):
    """Prints how the kernels of a GPU compare with the CPU's; how many are wrong."""
    verdicts = engine.self_test(name, everything)
    wrong = [(kernel, fault) for kernel, fault in verdicts if fault]
    short = name.rpartition("device:")[2]
    rest = "" if everything else "; the others are compared when first used, or now by `doctor --gpu`"
    print(f"{'self-test':12}{short}: {len(verdicts) - len(wrong)} kernels give what the CPU gives{rest}", file=out)
    for kernel, fault in wrong:
        print(f"{'WRONG':12}{kernel} on {short}, so it is not used: {fault}", file=out)
    return len(wrong)


def doctor(out=sys.stdout, everything=False):
    """Prints versions, devices, threads, knobs and the result of a self-check.

    Args:
      out: where to print.
      everything: compares every kernel of the GPUs with the CPU's, instead of only those that are used here or were before.

    Returns:
      0 if all checks passed, else 1.
    """
    for name, value in _versions():
        print(f"{name:12}{value}", file=out)
    print(f"{'processor':12}{os.cpu_count()} cores, {_instructions()}", file=out)
    print(f"{'threads':12}{engine.threads()}", file=out)
    for name, kind, description in engine.devices():
        print(f"{'device':12}{name} ({description})", file=out)
    if engine.missing_gpu():
        print(f"{'no GPU':12}{engine.missing_gpu()}", file=out)
    print(f"{'ops':12}{len(engine.op_names())}", file=out)
    checked, faults = list(_checks()), engine.knob_faults()
    for name, _, _ in engine.devices("GPU"):
        with device(name):
            checked += [(f"{what} on {name.rpartition('device:')[2]}", right) for what, right in _checks()]
    for name, meaning, value in engine.knobs():
        shown = "not set" if value is None else value
        print(f"{'knob':12}{name} = {shown}: {meaning}", file=out)
        if name in faults:
            print(f"{'WRONG':12}{faults[name]}", file=out)
    failed = sum(_trust(name, everything, out) for name, _, _ in engine.devices("GPU"))
    for name, right in checked:
        failed += not right
        print(f"{'check':12}{name}: {'right' if right else 'WRONG'}", file=out)
    return 1 if failed else 0


def main(arguments):
    """Runs a command.

    Args:
      arguments: the words behind `python -m ferroflow`.

    Returns:
      The exit code.
    """
    if arguments and arguments[0] == "doctor" and arguments[1:] in ([], ["--gpu"]):
        try:
            failed = doctor(everything=len(arguments) == 2)
            sys.stdout.flush()
            return failed
        except (
            BrokenPipeError
        ):  # as with `| head`: the reader has seen enough, and the interpreter must not flush again
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
    print("usage: python -m ferroflow doctor [--gpu]", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
