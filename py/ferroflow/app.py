"""Programs with options: `tf.app.run`."""

from __future__ import annotations

import sys

from . import flags

__all__ = ["flags", "run"]


def run(main=None, argv=None) -> None:
    """Reads the options of `tf.flags` from the command line, calls `main` with what is left, and ends the program.

    Args:
      main: a function of a list: the program and all that is no option. `main` of the program's file if it is None.
      argv: the command line, `sys.argv` if it is None.

    With `--help` it prints the options instead; a faulty command line is told on standard error. The status is what `main`
    returns.
    """
    argv = list(sys.argv if argv is None else argv)
    options = flags.FLAGS
    if any(one in ("--help", "-help", "--helpfull", "--helpshort", "-h") for one in argv[1:]):
        print(
            (sys.modules["__main__"].__doc__ or f"\nUSAGE: {argv[0]} [flags]").rstrip()
            + f"\nflags:\n{options.get_help()}"
        )
        sys.exit(1)
    try:
        rest = options(argv, known_only=True)
    except flags.Error as error:
        sys.stderr.write(f"FATAL Flags parsing error: {error}\nRun with --helpfull for what each flag means.\n")
        sys.exit(1)
    sys.exit((main or sys.modules["__main__"].main)(rest))
