"""The signature of a Python function: arguments of a call by name, and their types."""

import inspect

from ..type_spec import TensorSpec, TypeSpec
from .trace_type import Context, Structure, TraceType, type_of


class Argument:
    """An argument of a call: its name in the graph, its parameter and its type."""

    __slots__ = ("name", "parameter", "key", "type")

    def __init__(self, name, parameter, key, kind):
        self.name = name
        self.parameter = parameter
        self.key = key  # the keyword of an argument of `**kwargs`, else None
        self.type = kind

    def __eq__(self, other):
        return self.name == other.name and self.key == other.key and self.type == other.type

    def __hash__(self):
        return hash((self.name, self.key, self.type))


def _identifier(name):
    return "".join(c if c.isalnum() or c == "_" else "_" for c in str(name))


def _default_free(parameters):
    """The signature as messages show it: defaults are not spelled out."""
    shown = []
    for p in parameters:
        default = _Shown("<captured_default_value>") if p.default is not p.empty else p.empty
        annotation = p.annotation if isinstance(p.annotation, _Shown) else p.empty
        shown.append(p.replace(default=default, annotation=annotation))
    return str(inspect.Signature(shown))


class _Shown:
    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


def check_input_signature(signature):
    """The input signature as a tuple; TypeError for what is none."""
    if not isinstance(signature, (tuple, list)):
        raise TypeError(f"input_signature must be either a tuple or a list, got {type(signature)}.")
    bad = [spec for spec in _leaves(signature) if not isinstance(spec, (TypeSpec, TraceType))]
    if bad:
        raise TypeError(
            "input_signature must be a possibly nested sequence of TensorSpec objects, got invalid args "
            f"{bad} with types {[type(spec) for spec in bad]}."
        )
    return tuple(signature)


def _leaves(value):
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _leaves(part)]
    if isinstance(value, (list, tuple)):
        return [leaf for part in value for leaf in _leaves(part)]
    return [value]


class Signature:
    """What a function takes, and how a call's arguments are bound to it.

    Args:
      function: the Python function.
      input_signature: the specs that all calls must fit, or None.
      name: the function's name for messages.
    """

    def __init__(self, function, input_signature=None, name=""):
        self.name = name
        try:
            found = inspect.signature(function)
        except (TypeError, ValueError):
            found = inspect.Signature(
                [
                    inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
                    inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD),
                ]
            )
        self._signature = found.replace(return_annotation=found.empty)
        self.parameters = list(found.parameters.values())
        self.input_signature = None if input_signature is None else check_input_signature(input_signature)
        if self.input_signature is not None:
            self._constrain()

    def _constrain(self):
        """Makes the parameters those of the input signature; notes which type each one must fit.

        As in TensorFlow `self` is free, defaults are constants, and `**kwargs` takes nothing.
        """
        specs = [type_of(spec) for spec in self.input_signature]
        self._specs = {}
        rest = any(p.kind is p.VAR_POSITIONAL for p in self.parameters)
        parameters = []
        for p in self.parameters:
            if p.kind is p.VAR_KEYWORD:
                continue
            if p.kind is p.VAR_POSITIONAL:
                for number, spec in enumerate(specs):
                    parameters.append(inspect.Parameter(f"{p.name}_{number}", p.POSITIONAL_ONLY))
                    self._specs[parameters[-1].name] = spec
                specs = []
                continue
            if rest and p.kind is p.POSITIONAL_OR_KEYWORD:
                p = p.replace(kind=p.POSITIONAL_ONLY)
            parameters.append(p)
            if p.name == "self":
                continue
            if p.kind is p.KEYWORD_ONLY and p.default is p.empty:
                raise TypeError(
                    f"Since input_signature is defined, keyword-only parameter `{p.name}` must have a default value"
                )
            if specs:
                self._specs[p.name] = specs.pop(0)
            elif p.default is p.empty:
                raise TypeError(f"input_signature missing type constraint for {p.name}")
        if specs:
            raise TypeError(f"input_signature contains {len(specs)} extra type constraints.")
        self.parameters = parameters
        self._signature = inspect.Signature(parameters)
        self._constants = {
            p.name: type_of(p.default) for p in parameters if p.name not in self._specs and p.name != "self"
        }

    def __str__(self):
        if self.input_signature is None:
            return _default_free(self.parameters)
        shown = []
        for p in self.parameters:
            spec = self._specs.get(p.name, self._constants.get(p.name))
            shown.append(p if spec is None else p.replace(annotation=_Shown(repr(spec))))
        return _default_free(shown)

    def _failed(self, error, args, kwargs):
        return TypeError(
            f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} for "
            f"signature: {self}."
        )

    @property
    def is_variadic(self):
        """Whether the function takes any number of positional arguments."""
        return any(p.kind is p.VAR_POSITIONAL for p in self.parameters)

    def bind(self, args, kwargs):
        """The arguments of a call and their values, in the order of the signature.

        Raises:
          TypeError: they do not fit.
        """
        try:
            bound = self._signature.bind(*args, **kwargs)
        except TypeError as error:
            raise self._failed(error, args, kwargs) from None
        given = bound.arguments
        context = Context()
        arguments, values = [], []

        def add(name, parameter, key, value):
            arguments.append(Argument(name, parameter, key, type_of(value, context)))
            values.append(value)

        for p in self.parameters:
            if p.kind is p.VAR_POSITIONAL:
                for number, value in enumerate(given.get(p.name, ())):
                    add(f"{p.name}_{number}", p, None, value)
            elif p.kind is p.VAR_KEYWORD:
                keys = sorted(given.get(p.name, {}))
                names = [_identifier(key) for key in keys]
                if len(set(names)) < len(names):
                    raise ValueError(
                        "Name collision after sanitization. Please rename tf.function input parameters. Original: "
                        f"{keys}, Sanitized: {sorted(set(names))}"
                    )
                for key, value in sorted(given.get(p.name, {}).items()):
                    add(_identifier(key), p, key, value)
            else:
                add(p.name, p, None, given.get(p.name, p.default))
        if self.input_signature is not None:
            self._cast(arguments, values, args, kwargs)
        return arguments, values

    def _cast(self, arguments, values, args, kwargs):
        """Brings the arguments to the types of the input signature."""
        for number, argument in enumerate(arguments):
            spec = self._specs.get(argument.name, self._constants.get(argument.name))
            if spec is None:
                continue
            try:
                values[number] = cast(spec, values[number])
            except (TypeError, ValueError) as error:
                raise self._failed(error, args, kwargs) from None
            argument.type = spec

    def arguments_of_input_signature(self):
        """The arguments that the input signature alone describes, for tracing without a call."""
        args, kwargs = [], {}
        for p in self.parameters:
            spec = _unfolded(self._specs.get(p.name))
            if spec is not None and p.kind is p.KEYWORD_ONLY:
                kwargs[p.name] = spec
            elif spec is not None:
                args.append(spec)
        return tuple(args), kwargs


def _unfolded(kind):
    """A structure of types from the type of a structure."""
    return kind._make([_unfolded(part) for part in kind.parts]) if isinstance(kind, Structure) else kind


def cast(spec, value):
    """A value as one of a tracing type.

    Raises:
      TypeError, ValueError: it cannot be one.
    """
    from ..convert import convert_to_tensor
    from ..type_spec import is_tensor

    if isinstance(spec, Structure):
        return spec._make([cast(part, v) for part, v in zip(spec.parts, spec.parts_of(value), strict=True)])
    if isinstance(value, (TypeSpec, TraceType)):
        if not value.is_subtype_of(spec) and value != spec:
            raise TypeError(f"Can not cast {value!r} to {spec!r}")
        return value
    if not isinstance(spec, TensorSpec):
        return spec.cast(value, None)
    if not is_tensor(value):
        value = convert_to_tensor(value, spec.dtype)
    if not spec.is_compatible_with(value):
        have = TensorSpec(value.shape, value.dtype)
        raise TypeError(f"Can not cast {have!r} to {spec!r}")
    return value


def call_arguments(arguments, values):
    """Positional and keyword arguments of a Python call from values in the order of the signature."""
    args, kwargs = [], {}
    for argument, value in zip(arguments, values, strict=True):
        kind = argument.parameter.kind
        if kind is inspect.Parameter.KEYWORD_ONLY:
            kwargs[argument.name] = value
        elif kind is inspect.Parameter.VAR_KEYWORD:
            kwargs[argument.key] = value
        else:
            args.append(value)
    return tuple(args), kwargs


def structured(arguments):
    """The types of the arguments as a pair of a tuple and a dict, with tensors named by their arguments."""
    return call_arguments(arguments, [_named(a.type, a.name) for a in arguments])


def _named(kind, name):
    if isinstance(kind, TensorSpec) and type(kind) is TensorSpec:
        return TensorSpec(kind.shape, kind.dtype, kind.name or name)
    if isinstance(kind, Structure):
        parts = zip(kind.parts, kind.keys(), strict=True)
        return kind._make([_named(part, f"{name}_{_identifier(key)}") for part, key in parts])
    if hasattr(kind, "value") and not isinstance(kind, TypeSpec):
        return kind.value
    return kind
