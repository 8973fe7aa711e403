"""Write texts, lists and maps as YAML in the usual writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from generator.model.names_and_ids import UNFIT

Value: TypeAlias = (
    "str | bool | int | float | Decimal | dt.date | Mapping[str, Value] | Sequence[Value] | None"
)

WIDTH = 110
"""Signs on a line; only texts may be longer."""
# What YAML takes for the beginning of something other than a text.
_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@`")
# Line breaks, signs that YAML does not allow as such or reads as a new line, and what no record may hold.
_UNPRINTABLE = re.compile(
    rf"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|{UNFIT.pattern}"
)
_ESCAPED = re.compile(rf"[\\\"\n]|{_UNPRINTABLE.pattern}")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_record(values: Mapping[str, Value]) -> str:
    """Write a whole file, without empty fields.

    >>> print(write_record({"name": "Treff: montags", "topics": ["garten"], "until": None}), end="")
    name: "Treff: montags"
    topics: [garten]
    """
    return "".join(f"{line}\n" for line in _write_mapping(_without_empty(values), 0))


def write_field(key: str, value: Value) -> list[str]:
    """Return a field's lines; none for an empty value."""
    return list(_write_mapping(_without_empty({key: value}), 0))


def write_item(value: Value) -> list[str]:
    """Return an item's lines with its dash."""
    return list(_write_sequence([value], 0))


def write_on_one_line(value: Value) -> str:
    """Write any value inside `{…}` or `[…]`, quoted as needed."""
    if isinstance(value, Mapping):
        parts = (
            f"{write_scalar(key, flow=True)}: {write_on_one_line(item)}"
            for key, item in _without_empty(value).items()
        )
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, str):
        return write_scalar(value.strip(), flow=True)
    if isinstance(value, Sequence):
        return "[" + ", ".join(write_on_one_line(item) for item in value) + "]"
    return as_text(value)


def write_scalar(text: str, *, flow: bool = False) -> str:
    """Write a text on one line; `flow` is inside brackets."""
    return text if is_plain(text, flow=flow) else f'"{_ESCAPED.sub(_escape, text)}"'


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Tell whether a text needs no quotes."""
    if text in ("", "~", "null") or text != text.strip() or _UNPRINTABLE.search(text) or "\n" in text:
        return False
    # `-5` is no item of a list.
    if text.startswith(_INDICATORS) and not re.match(r"-[0-9A-Za-z]", text):
        return False
    # `...` ends a document, `name:` is a key, ` #` begins a comment.
    if text.startswith("... ") or text.endswith(":") or re.search(r": |[ \u00a0]#", text):
        return False
    # Between brackets a colon parts key and value, but not in `09:30` or `https://…`.
    time = re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", text)
    return not flow or time is not None or not re.search(r"[,\[\]{}?]|:(?!//)", text)


def as_text(value: Value) -> str:
    """Write a boolean, number or date."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _without_empty(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value not in (None, {}, [], ())}


def _write_mapping(values: Mapping[str, Value], depth: int) -> Iterator[str]:
    for key, value in values.items():
        # A group or list in which a further one stands reads better as a block.
        line = None if _holds_more(value) else _flow(value)
        yield from _write_entry(f"{'  ' * depth}{write_scalar(key)}:", value, line, depth)


def _holds_more(value: Value) -> bool:
    """Tell whether a group or list holds a further one."""
    if isinstance(value, Mapping):
        return any(isinstance(item, Mapping) for item in value.values())
    return isinstance(value, list | tuple) and any(isinstance(item, Mapping | list | tuple) for item in value)


def _write_sequence(values: Sequence[Value], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for value in values:
        line = _flow(value)
        short = line is not None and len(indent) + 2 + len(line) <= WIDTH
        if isinstance(value, Mapping) and not short:
            for number, written in enumerate(_write_mapping(_without_empty(value), depth + 1)):
                yield f"{indent}- {written.lstrip(' ')}" if number == 0 else written
        else:
            yield from _write_entry(f"{indent}-", value, line, depth)


def _write_entry(head: str, value: Value, line: str | None, depth: int) -> Iterator[str]:
    """Write a value behind its key: as `line` if it fits, else below."""
    if isinstance(value, str):
        yield from _write_text_entry(head, value, depth + 1)
    elif not isinstance(value, Mapping | Sequence):
        yield f"{head} {as_text(value)}"
    elif line is not None and len(head) + 1 + len(line) <= WIDTH:
        yield f"{head} {line}"
    else:
        yield head
        yield from (
            _write_mapping(_without_empty(value), depth + 1)
            if isinstance(value, Mapping)
            else _write_sequence(value, depth + 1)
        )


def _write_text_entry(head: str, text: str, depth: int) -> Iterator[str]:
    """Write a text behind its key, one of several lines as a block (`|`)."""
    text = text.strip()
    # A block can hold no escaped signs, and would lose lines of blanks.
    if (
        "\n" not in text
        or _UNPRINTABLE.search(text)
        or any(line != "" and not line.strip(" ") for line in text.split("\n"))
    ):
        yield f"{head} {write_scalar(text)}"
        return
    yield f"{head} |"
    indent = "  " * depth
    yield from (f"{indent}{line}" if line else "" for line in text.split("\n"))


def _flow(value: Value) -> str | None:
    """Write a value on one line; None if a block reads better."""
    if isinstance(value, str):
        return value if is_plain(value, flow=True) else None
    if isinstance(value, Mapping):
        return _flow_mapping(_without_empty(value))
    if isinstance(value, Sequence):
        items = [_flow(item) for item in value]
        if not items or None in items:
            return None
        return "[" + ", ".join(map(str, items)) + "]"
    return as_text(value)


def _flow_mapping(values: Mapping[str, Value]) -> str | None:
    parts: list[str] = []
    for key, value in values.items():
        part = _flow(value)
        if part is None or not is_plain(key, flow=True):
            return None
        parts.append(f"{key}: {part}")
    return "{" + ", ".join(parts) + "}" if parts else None


def _escape(match: re.Match[str]) -> str:
    """Write a sign as YAML does between quotes: `\\xNN`, `\\uNNNN`."""
    if match[0] in _ESCAPES:
        return _ESCAPES[match[0]]
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02X}"
    if code < 0x10000:
        return f"\\u{code:04X}"
    return f"\\U{code:08X}"
