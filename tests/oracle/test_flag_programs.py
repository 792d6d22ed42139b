"""`tf.flags` reads command lines as absl's flags do, which TensorFlow has under this name."""

import pytest
from absl import flags as absl_flags

import ferroflow.compat.v1 as v1

LINES = [
    ["p"], ["p", "--s=1", "--i", "4", "pos"], ["p", "-i=5", "--b", "--nob"], ["p", "--b=true", "--f=1e3", "x", "--s=2"],
    ["p", "--i=x"], ["p", "--i=-1"], ["p", "--i=99"], ["p", "--f=x"], ["p", "--b=2"], ["p", "--e=z"], ["p", "--zz"],
    ["p", "--e=y", "--l=a,b", "--m=1", "--m=2", "--mi=3", "--mi=4", "--sp=a b"], ["p", "--zz=1"], ["p", "--s"],
    ["p", "--", "--s=9"], ["p", "--l="], ["p", "--n=7"], ["p", "-n", "8"], ["p", "--i=0x10"], ["p", "--i=1.5"],
    ["p", "--b=T"], ["p", "--b=0"], ["p", "--undefok=zz", "--zz=1", "--s=2"], ["p", "--l=a, b"], ["p", '--l="a,b",c'],
    ["p", "--nos"], ["p", "--noi=3"], ["p", "--nob=true"], ["p", "--s=a=b"], ["p", "--s=", "-"], ["p", "--fl=1"],
    ["p", "--mf=.5", "--mf", "2"], [], "p",
]  # fmt: skip
KNOWN = [["p", "--zz=1", "--s=2", "pos", "--i=9"], ["p", "--zz", "1", "--s=2"], ["p", "--b", "--yy"]]


def declared(flags):
    options = flags.FlagValues()
    flags.DEFINE_string("s", "d", "help s", flag_values=options)
    flags.DEFINE_integer("i", 3, "help i", lower_bound=0, upper_bound=50, flag_values=options, short_name="n")
    flags.DEFINE_float("f", None, "help f", flag_values=options)
    flags.DEFINE_bool("b", False, "help b", flag_values=options)
    flags.DEFINE_enum("e", "x", ["x", "y"], "help e", flag_values=options)
    flags.DEFINE_list("l", ["a"], "help l", flag_values=options)
    flags.DEFINE_multi_string("m", None, "help m", flag_values=options)
    flags.DEFINE_multi_integer("mi", [1], "help mi", flag_values=options)
    flags.DEFINE_multi_float("mf", 1.5, "help mf", flag_values=options)
    flags.DEFINE_spaceseplist("sp", None, "help sp", flag_values=options)
    return options


def outcome(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__, str(error).split("\n")[0]


def both(program):
    want, have = (program(flags, declared(flags)) for flags in (absl_flags, v1.flags))
    assert have == want


@pytest.mark.parametrize("line", LINES, ids=str)
def test_command_lines(line):
    both(lambda flags, options: (outcome(lambda: options(line)), options.flag_values_dict()))


@pytest.mark.parametrize("line", KNOWN, ids=str)
def test_unknown_options_may_be_left_alone(line):
    both(lambda flags, options: (outcome(lambda: options(line, known_only=True)), options.flag_values_dict()))


def test_values_that_programs_set():
    def program(flags, options):
        shown = [outcome(lambda: options.s), options.is_parsed(), outcome(lambda: options(["p"])), options.is_parsed()]
        for name, value in [
            ("i", 7),
            ("i", -7),
            ("i", None),
            ("q", 7),
            ("e", "y"),
            ("e", "z"),
            ("l", ["q"]),
            ("b", True),
        ]:
            shown += [outcome(lambda: setattr(options, name, value)), outcome(lambda: getattr(options, name))]
        shown.append(outcome(lambda: flags.DEFINE_integer("bad", "x", "h", flag_values=options)))
        shown.append(outcome(lambda: flags.DEFINE_integer("bad", -1, "h", lower_bound=0, flag_values=options)))
        shown.append(outcome(lambda: flags.DEFINE_string("a b", "d", "h", flag_values=options)))
        shown.append(outcome(lambda: flags.DEFINE_string("s", "d", "h", flag_values=options))[0])
        flags.register_validator("i", lambda value: value != 5, message="not five", flag_values=options)
        shown += [outcome(lambda: options(["p", "--i=5"])), outcome(lambda: setattr(options, "i", 5))]
        options.i = 6
        flags.mark_flag_as_required("f", flag_values=options)
        shown += [outcome(lambda: options(["p"])), outcome(lambda: options(["p", "--f=1"]))]
        shown += [list(options), "s" in options, "q" in options, len(options)]
        flag = options["s"]
        shown += [flag.name, flag.default, flag.help, flag.present, flag.using_default_value, options["n"].name]
        holder = flags.DEFINE_string("late", "d", "h", flag_values=options)
        shown += [holder.name, holder.default, holder.value, options.get_flag_value("f", 2.0)]
        options.set_default("s", "other")
        shown += [options.s, outcome(lambda: options.q)]
        del options.s
        options.unparse_flags()
        return [*shown, "s" in options, options.is_parsed(), outcome(lambda: options.i)]

    both(program)


def test_the_help_lists_all_options():
    both(lambda flags, options: options.get_help(include_special_flags=False).split("\n")[2:])


def test_numbers_say_their_bounds():
    def program(flags, options):
        bounds = [(None, None), (0, None), (1, None), (2, None), (None, 3), (1, 3), (0, 3)]
        shown = []
        for define in (flags.DEFINE_integer, flags.DEFINE_float):
            for low, high in bounds:
                options = flags.FlagValues()
                define("x", None, "h", low, high, flag_values=options)
                shown += [outcome(lambda: options(["p", f"--x={value}"])) for value in (-1, 2, 9)]
                shown.append(options.get_help(include_special_flags=False).split("\n")[-1])
        return shown

    both(program)


DECLARED = {
    "required, given none": lambda f, o: (f.DEFINE_integer("x", None, "h", required=True, flag_values=o), o(["p"])),
    "required, given one": lambda f, o: (
        f.DEFINE_string("x", None, "h", required=True, flag_values=o),
        o(["p", "--x=1"]),
    ),
    "required with a default": lambda f, o: f.DEFINE_float("x", 1.0, "h", required=True, flag_values=o),
    "required list": lambda f, o: (f.DEFINE_multi_string("x", None, "h", required=True, flag_values=o), o(["p"])),
    "overriding": lambda f, o: f.DEFINE_string("x", None, "h", allow_override=True, flag_values=o).name,
    "a wrong argument": lambda f, o: f.DEFINE_string("x", None, "h", bogus=True, flag_values=o),
    "no words": lambda f, o: f.DEFINE_enum("x", None, [], "h", flag_values=o),
    "a word in another case": lambda f, o: f.DEFINE_enum("x", "y", ["x", "Y"], "h", flag_values=o),
    "commas": lambda f, o: f.DEFINE_spaceseplist("x", "a,b c", "h", comma_compat=True, flag_values=o).default,
    "no commas": lambda f, o: f.DEFINE_spaceseplist("x", "a,b c", "h", flag_values=o).default,
    "a list of a number": lambda f, o: f.DEFINE_list("x", 3, "h", flag_values=o),
    "text of a number": lambda f, o: f.DEFINE_string("x", 3, "h", flag_values=o),
    "no truth": lambda f, o: f.DEFINE_bool("x", 2, "h", flag_values=o),
    "--undefok": lambda f, o: o(["p", "--undefok"]),
    "declared twice": lambda f, o: [f.DEFINE_string("x", "y", "h", flag_values=o) for _ in range(2)],
    "no such value": lambda f, o: (o.mark_as_parsed(), o.get_flag_value("x", 3)),
}


@pytest.mark.parametrize("case", DECLARED)
def test_declarations(case):
    both(lambda flags, options: outcome(lambda: DECLARED[case](flags, flags.FlagValues())[-1]))


def test_words_in_any_case():
    def program(flags, options):
        flags.DEFINE_enum("any", "x", ["x", "Yes"], "h", case_sensitive=False, flag_values=options)
        return [options(["p", f"--any={word}"]) and options.any for word in ("X", "yes", "Yes")]

    both(program)


def test_three_dashes_are_no_option():
    for flags in (absl_flags, v1.flags):
        with pytest.raises(flags.UnrecognizedFlagError, match="Unknown command line flag '-s'"):
            declared(flags)(["p", "---s=1"])


def test_help_of_several_lines():
    def program(flags, options):
        flags.DEFINE_string("long", None, "one\ntwo " + "word " * 30 + "\nthree", flag_values=options)
        flags.DEFINE_string("none", None, "", flag_values=options)
        flags.DEFINE_multi_float("many", [1.5], "hb " * 40, flag_values=options)
        return options.get_help(include_special_flags=False).split("\n")[2:]

    both(program)
