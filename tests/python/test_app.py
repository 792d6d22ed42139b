"""`tf.app.run` reads the command line, calls the program's function and ends with its status."""

import subprocess
import sys

PROGRAM = """
'''A program.'''
import ferroflow as tf
tf.flags.DEFINE_integer("steps", 3, "how many steps")
tf.app.flags.DEFINE_string("name", None, "a name")
FLAGS = tf.app.flags.FLAGS

def main(argv):
    print(FLAGS.steps, FLAGS.name, argv[1:])
    return 2 if FLAGS.name else None

if __name__ == "__main__":
    tf.app.run()
"""


def run(tmp_path, *arguments):
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    done = subprocess.run([sys.executable, path, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_main_gets_what_is_no_option(tmp_path):
    assert run(tmp_path) == (0, "3 None []\n", "")
    assert run(tmp_path, "--steps=5", "file", "--name", "n") == (2, "5 n ['file']\n", "")
    assert run(tmp_path, "--other=5") == (0, "3 None ['--other=5']\n", "")


def test_a_faulty_command_line_is_told(tmp_path):
    code, out, err = run(tmp_path, "--steps=x")
    assert (code, out) == (1, "")
    assert err.startswith("FATAL Flags parsing error: flag --steps=x: invalid literal for int() with base 10: 'x'\n")


def test_help_lists_the_options(tmp_path):
    code, out, err = run(tmp_path, "--help")
    assert (code, err) == (1, "") and out.startswith("A program.")
    assert "  --steps: how many steps\n    (default: '3')\n    (an integer)\n" in out


def test_options_are_read_when_first_asked_for(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(PROGRAM.partition("def main")[0] + "print(FLAGS.steps)")
    done = subprocess.run([sys.executable, path, "--steps", "9"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "9\n")
