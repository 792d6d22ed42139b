"""The text form of messages: printing as protobuf prints them, and parsing."""

_ESCAPES = {10: "\\n", 13: "\\r", 9: "\\t", 34: '\\"', 39: "\\'", 92: "\\\\"}
_UNESCAPES = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_CLOSING = {"{": "}", "<": ">"}
_MAX_DEPTH = 100
_TOKEN = None


class ParseError(Exception):
    """The text is no message of that type; says line and column."""


def _quote_bytes(value):
    return '"' + "".join(_ESCAPES.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in value) + '"'


def _quote_text(value):
    parts = []
    for char in value:
        code = ord(char)
        parts.append(_ESCAPES.get(code) or (char if code >= 32 and code != 127 else f"\\{code:03o}"))
    return '"' + "".join(parts) + '"'


def _number_text(value, single):
    """The shortest of the two usual lengths that reads back as the same number."""
    from .wire import as_float32

    short = f"{value:.6g}" if single else f"{value:.15g}"
    back = as_float32(float(short)) if single else float(short)
    if back == value or value != value:
        return short
    return f"{value:.9g}" if single else f"{value:.17g}"


def _scalar_text(field, value):
    kind = field.type
    if kind == "string":
        return _quote_text(value)
    if kind == "bytes":
        return _quote_bytes(value)
    if kind == "bool":
        return "true" if value else "false"
    if kind == "enum":
        return field.enum_type.names.get(value, str(value))
    if kind in ("float", "double"):
        return _number_text(value, kind == "float")
    return str(value)


def _print_value(lines, indent, field, value):
    if field.type == "message":
        lines.append(f"{indent}{field.name} {{")
        _print_fields(lines, indent + "  ", value)
        lines.append(indent + "}")
    else:
        lines.append(f"{indent}{field.name}: {_scalar_text(field, value)}")


def _print_fields(lines, indent, message):
    for field, value in message._set_fields():
        if field.is_map:
            for key in sorted(value):
                lines.append(f"{indent}{field.name} {{")
                _print_value(lines, indent + "  ", field.key_field, key)
                _print_value(lines, indent + "  ", field.value_field, value[key])
                lines.append(indent + "}")
        elif field.repeated:
            for entry in value:
                _print_value(lines, indent, field, entry)
        else:
            _print_value(lines, indent, field, value)


def print_message(message):
    """The text of a message: one field a line, map entries sorted by key; "" for an empty one."""
    lines = []
    _print_fields(lines, "", message)
    return "".join(line + "\n" for line in lines)


def _unquote(text):
    """The bytes of a quoted string."""
    out, at, body = bytearray(), 0, text[1:-1]
    while at < len(body):
        char = body[at]
        if char != "\\":
            out += char.encode("utf-8")
            at += 1
            continue
        char = body[at + 1]
        at += 2
        if char in "01234567":
            end = at
            while end < len(body) and end < at + 2 and body[end] in "01234567":
                end += 1
            out.append(int(body[at - 1 : end], 8) & 255)
            at = end
        elif char in "xX":
            end = at
            while end < len(body) and end < at + 2 and body[end] in "0123456789abcdefABCDEF":
                end += 1
            out.append(int(body[at:end], 16))
            at = end
        elif char in "uU":
            length = 4 if char == "u" else 8
            out += chr(int(body[at : at + length], 16)).encode("utf-8")
            at += length
        else:
            out.append(_UNESCAPES.get(char, ord(char)))
    return bytes(out)


class _Reader:
    """Splits the text into tokens and knows where the current one stands."""

    def __init__(self, text):
        global _TOKEN
        if _TOKEN is None:
            import re

            _TOKEN = re.compile(
                r"""(?:\s|\#[^\n]*)*(?:
                (?P<string>"(?:[^"\n\\]|\\.)*"|'(?:[^'\n\\]|\\.)*')
                |(?P<word>-?\s*[A-Za-z_0-9.][\w.+]*(?:(?<=[eE])-[\w.+]*)?)
                |(?P<mark>.)|(?P<end>\Z))""",
                re.VERBOSE | re.DOTALL,
            )
        self.text = text
        self.at = 0
        self.depth = 0
        self.next()

    def next(self):
        """Goes to the next token; returns the text of the one left behind."""
        left = getattr(self, "token", None)
        match = _TOKEN.match(self.text, self.at)
        self.kind = match.lastgroup
        self.token = match.group(self.kind)
        self.start = match.start(self.kind)
        self.at = match.end()
        return left

    def error(self, message, with_line=True):
        """The ParseError for the current token."""
        line = self.text.count("\n", 0, self.start) + 1
        first = self.text.rfind("\n", 0, self.start) + 1
        whole = self.text[first:].split("\n", 1)[0]
        shown = f"'{whole}': " if with_line else ""
        return ParseError(f"{line}:{self.start - first + 1} : {shown}{message}")

    def take(self, mark):
        """Skips the mark if it is the current token."""
        if self.kind == "mark" and self.token == mark:
            self.next()
            return True
        return False


def _read_integer(reader, field):
    text = reader.token.replace(" ", "")
    try:
        sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
        if digits[:2] in ("0x", "0X"):
            number = sign * int(digits, 16)
        elif len(digits) > 1 and digits[0] == "0":
            number = sign * int(digits, 8)
        else:
            number = sign * int(digits)
    except ValueError:
        raise reader.error(f"Couldn't parse integer: {reader.token}") from None
    return number


def _read_scalar(reader, field):
    kind, token = field.type, reader.token
    if kind in ("string", "bytes"):
        if reader.kind != "string":
            if token in ('"', "'"):
                raise reader.error(f"String missing ending quote: {reader.text[reader.start :].splitlines()[0]!r}")
            raise reader.error(f"Expected string but found: {token!r}")
        raw = b""
        try:
            while reader.kind == "string":
                raw += _unquote(reader.token)
                reader.next()
            return raw if kind == "bytes" else raw.decode("utf-8")
        except (ValueError, OverflowError) as error:
            raise reader.error(f"Couldn't parse string: {error}") from None
    if reader.kind != "word":
        raise reader.error(f"Expected identifier or number, got {token}.")
    if kind == "bool":
        if token not in ("true", "t", "True", "1", "false", "f", "False", "0"):
            raise reader.error(f"Expected bool value, got {token!r}")
        value = token in ("true", "t", "True", "1")
    elif kind in ("float", "double"):
        plain = token.replace(" ", "").lower().rstrip("f") if token.lower() not in ("inf", "-inf") else token
        try:
            value = float("inf" if plain == "in" else "-inf" if plain == "-in" else plain)
        except ValueError:
            raise reader.error(f"Couldn't parse float: {token}") from None
    elif kind == "enum" and not token.lstrip("- ").isdigit():
        value = field.enum_type.numbers.get(token)
        if value is None:
            raise reader.error(f'Enum type "{field.enum_type.full_name}" has no value named {token}.')
    else:
        value = _read_integer(reader, field)
    reader.next()
    return value


def _read_block(reader, fill):
    """Reads `{ ... }` or `< ... >` and hands the fields between to `fill`, with the closing mark."""
    closing = _CLOSING.get(reader.token) if reader.kind == "mark" else None
    if closing is None:
        raise reader.error('Expected "{".')
    if reader.depth >= _MAX_DEPTH:
        raise reader.error("Messages are nested too deeply.", with_line=False)
    reader.next()
    reader.depth += 1
    fill(closing)
    reader.depth -= 1
    if not reader.take(closing):
        raise reader.error(f'Expected "{closing}".', with_line=False)


def _read_entry(reader, message, field):
    key, value = field.key_field.default, None

    def fill(closing):
        nonlocal key, value
        while reader.token != closing and reader.kind != "end":
            name = reader.next()
            if name not in ("key", "value"):
                raise reader.error(f'A map entry has no field named "{name}".')
            part = field.key_field if name == "key" else field.value_field
            if part.type == "message":
                reader.take(":")
                value = part.message_class()
                _read_block(reader, lambda inner: _read_fields(reader, value, inner))
            elif not reader.take(":"):
                raise reader.error('Expected ":".')
            elif name == "key":
                key = _read_scalar(reader, part)
            else:
                value = _read_scalar(reader, part)
            if not reader.take(","):
                reader.take(";")

    _read_block(reader, fill)
    entries = message._mutable(field)
    if field.type == "message":
        entries._adopt(key, field.value_field.message_class() if value is None else value)
    else:
        entries[key] = field.value_field.default if value is None else value


def _read_one(reader, message, field):
    if field.is_map:
        _read_entry(reader, message, field)
    elif field.type == "message":
        inner = message._mutable(field).add() if field.repeated else message._mutable(field)
        _read_block(reader, lambda closing: _read_fields(reader, inner, closing))
    else:
        place = reader.start
        value = _read_scalar(reader, field)
        try:
            if field.repeated:
                getattr(message, field.name).append(value)
            else:
                setattr(message, field.name, value)
        except ValueError as error:
            reader.start = place
            raise reader.error(str(error)) from None


def _read_fields(reader, message, closing):
    layout, seen = message._layout, set()
    while reader.kind != "end" and not (reader.kind == "mark" and reader.token == closing):
        name = reader.token
        if reader.kind != "word":
            raise reader.error(f"Expected identifier or number, got {name}.")
        field = layout.fields_by_name.get(name)
        if field is None:
            raise reader.error(f'Message type "{layout.full_name}" has no field named "{name}".', with_line=False)
        singular = not (field.repeated or field.is_map)
        if singular and name in seen:
            raise reader.error(
                f'Message type "{layout.full_name}" should not have multiple "{name}" fields.', with_line=False
            )
        other = message.WhichOneof(field.oneof) if field.oneof else None
        if other is not None and other != name:
            raise reader.error(
                f'Field "{name}" is specified along with field "{other}", another member of oneof "{field.oneof}" '
                f'for message type "{layout.full_name}".',
                with_line=False,
            )
        seen.add(name)
        reader.next()
        if not reader.take(":") and field.type != "message" and not field.is_map:
            raise reader.error('Expected ":".')
        if not singular and reader.take("["):
            while not reader.take("]"):
                _read_one(reader, message, field)
                if not reader.take(",") and reader.token != "]":
                    raise reader.error('Expected "]".')
        else:
            _read_one(reader, message, field)
        if not reader.take(","):
            reader.take(";")


def merge(text, message):
    """Merges the fields of `text` into `message` and returns it; ParseError if it is no such message."""
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    _read_fields(_Reader(text), message, None)
    return message


def parse(text, message):
    """Replaces the content of `message` by that of `text` and returns it; ParseError if it is no such message.

    >>> from ferroflow.framework.protos import NodeDef
    >>> parse('name: "x" input: ["a", "b"]', NodeDef()).input
    ['a', 'b']
    """
    message.Clear()
    return merge(text, message)
