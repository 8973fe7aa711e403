"""Show how records are written, and find the mistake in a text that is no YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

import yaml
from pydantic import BaseModel

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields, variants
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.samples import Value
from generator.model.scalars import Ref
from generator.model.vocabulary import VOCABULARIES

SHOWN = 80
"""Characters of a text that help repeats, at most."""
UNKNOWN = "…"
"""Stands for what nobody said."""
# What YAML reads as it stands: no sign of YAML at the beginning, no `: ` and ` #` within.
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s])(?:(?!:\s|\s#|:$).)+")


def shortened(text: str) -> str:
    """Return a text as far as help repeats it."""
    text = text.strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def quoted(text: str) -> str:
    """Write a text between quotation marks."""
    short = shortened(text)
    return f"'{short}'" if '"' in short else f'"{short}"'


def needs_quotes(text: str, *, flow: bool = False) -> bool:
    """Tell whether YAML would take a text for something else."""
    return _PLAIN.fullmatch(text) is None or (flow and re.search(r"[,\[\]{}]", text) is not None)


def flow(value: Value, *, inside: bool = False) -> str:
    """Write a value in one line; `inside` brackets commas are quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item, inside=True)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, inside=True) for item in value) + "]"
    return quoted(value) if value != UNKNOWN and needs_quotes(value, flow=inside) else value


def moved(is_: int, should: int) -> str:
    """Say how to mend a wrongly indented line."""
    count = abs(is_ - should)
    spaces = "ein Leerzeichen" if count == 1 else f"{count} Leerzeichen"
    return f"am Anfang der Zeile {spaces} {'löschen' if is_ > should else 'ergänzen'}"


@cache
def known_fields() -> Mapping[str, frozenset[str]]:
    """Return the names of all fields, for each the fields that groups below it may have."""
    found: dict[str, frozenset[str]] = {}
    waiting: list[Any] = [*(kind.model for kind in KINDS), *VOCABULARIES.values(), SiteConfig, Indicator]
    seen: set[Any] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, info in fields(model).items():
            below = groups_within(annotation(info))
            found[name] = found.get(name, frozenset()).union(*(fields(group) for group in below))
            waiting += below
    return found


def known_field(word: str) -> bool:
    """Tell whether a word is nearly a field's name."""
    return word.lower() in known_fields() or (len(word) > 3 and close_to(word, known_fields()) is not None)


def groups(kind: Any) -> list[type[BaseModel]]:
    """Return groups possible for a type, not in lists or maps."""
    plain_types = [plain for plain, _ in variants(kind)]
    return [plain for plain in plain_types if isinstance(plain, type) and issubclass(plain, BaseModel)]


def groups_within(kind: Any) -> list[type[BaseModel]]:
    """Return groups possible for a type or its items."""
    found = groups(kind)
    for inner in (*entries(kind), *_inner(kind, dict)):
        found += groups(inner)
    return found


def entries(kind: Any) -> list[Any]:
    """Return a list's item types; none for others."""
    return list(_inner(kind, tuple))


def _inner(kind: Any, origin: type) -> Iterator[Any]:
    """Yield the item types of a `tuple` or `dict`."""
    for plain, _ in variants(kind):
        if get_origin(plain) is origin:
            yield get_args(plain)[1 if origin is dict else 0]


def marks_of(kind: Any) -> list[Ref]:
    """Return what a type refers to by ids."""
    found: list[Ref] = []
    for _, meta in variants(kind):
        found += [mark for mark in meta if isinstance(mark, Ref)]
    return found


# `  - cost: free`: indent, dash, name.
_FIELD = re.compile(r"(\s*)((?:-\s+)?)([^\s:#\"'\[\]{},-][^:#\"'\[\]{},]{0,40}?):(?=\s|$)")
_ITEM = re.compile(r"\s*-\s(.*)")  # `- Treff`
_NO_SPACE = re.compile(r"\s*(?:-\s+)?([A-Za-zÄÖÜäöü_]{2,40}):(?=[^\s/])(.*)")  # `cost:free`, no `https://`
_BULLET = re.compile(r"\s*(?:-(?=[^\s\-\d])|[•–—▪·*]\s*+)(.+)")  # `-Treff`, `• Treff`


class FieldLine(NamedTuple):
    """A field's line: offsets of line, field, colon, value; name and value."""

    indent: int
    column: int  # where the name begins, behind a dash
    colon: int
    value_at: int  # where the value begins
    name: str
    value: str


def field_in(line: str) -> FieldLine | None:
    """Return a line's field, or None."""
    match = _FIELD.match(line)
    if match is None:
        return None
    value = _without_remark(line[match.end() :].strip())
    value_at = line.find(value, match.end())
    return FieldLine(len(match[1]), match.end(2), match.end() - 1, value_at, match[3], value)


def item_in(line: str) -> str | None:
    """Return a list item's text without remark, or None."""
    match = _ITEM.match(line)
    return _without_remark(match[1].strip()) if match else None


def _without_remark(value: str) -> str:
    if value[:1] in ("'", '"'):
        return value
    return re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()


def indent_of(line: str) -> int:
    """Return how many signs stand before the first that shows."""
    return len(line) - len(line.lstrip())


def bullet(line: str) -> str | None:
    """Return a text behind a bullet other than „- “, or None."""
    match = _BULLET.fullmatch(line.rstrip())
    return match[1].strip() if match else None


def without_space(line: str) -> str | None:
    """Return „cost: free“ for „cost:free“, else None."""
    match = _NO_SPACE.fullmatch(line.rstrip())
    return f"{match[1]}: {match[2].strip()}" if match and known_field(match[1]) else None


MAX_DEPTH = 24  # groups and lists within each other, at most
_TOO_DEEP = re.compile("nesting|recursion|(?i:too deep)")  # what the parsers say of it
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")  # lines that git leaves: `<<<<<<< HEAD`
# `cost free`, `cost = free`
_NO_COLON = re.compile(r"\s*+(?:-\s++)?([A-Za-zÄÖÜäöü_]{2,40})(?:\s*+[=;])?(?:\s++(\S.*))?")
_BLOCK_SIGN = re.compile("[|>][+-]?[1-9]?[+-]?")  # `|`, `>-`, `|2`


def cause(error: yaml.MarkedYAMLError, file: str, text: str) -> Diagnostic:
    """Return the mistake in an unparsable text."""
    return _Lines(error, file, text.split("\n")).cause()


class _Lines:
    """A file's lines, where the parser failed, and where what it was reading began (`from_line`, `from_column`), from 0."""

    def __init__(self, error: yaml.MarkedYAMLError, file: str, lines: list[str]) -> None:
        self.file, self.lines = file, [line.rstrip("\r") for line in lines]
        self.problem, self.context = error.problem or "", error.context or ""
        mark = error.problem_mark or error.context_mark
        self.line, self.column = (mark.line, mark.column) if mark else (0, 0)
        context = error.context_mark or mark
        self.from_line, self.from_column = (context.line, context.column) if context else (0, 0)

    def cause(self) -> Diagnostic:
        return self.foreign() or self.named_by_parser() or self.first_sign() or self.out_of_line()

    def foreign(self) -> Diagnostic | None:
        """Report a tabulator, too deep groups, or an unfinished merge."""
        line = self.at(self.line)
        if "\t" in line[: self.column + 1] or "'\\t'" in self.problem:
            return self.tell("tabulator", self.line, max(0, line.find("\t")))
        if _TOO_DEEP.search(self.problem):
            return self.tell("zu-tief", self.line, self.column, limit=MAX_DEPTH)
        for number, content in enumerate(self.lines[: self.line + 2]):
            if _CONFLICT.match(content):
                return self.tell("konflikt-offen", number, 0, length=len(content))
        return None

    def named_by_parser(self) -> Diagnostic | None:
        """What the parser itself says well enough."""
        sign = self.at(self.from_line)[self.from_column :][:1]
        if "escape" in self.problem:
            return self.tell("rueckstrich-im-text", self.line, self.at(self.line).find("\\", self.column - 1))
        if "unexpected end of stream" in self.problem or "quoted scalar" in self.context:
            return self.tell("anfuehrung-offen", self.from_line, self.from_column, sign=sign)
        if "',' or" in self.problem or "node content" in self.problem:
            better = "}" if sign == "{" else "]"
            return self.tell("klammer-offen", self.from_line, self.from_column, sign=sign, better=better)
        if "could not find expected ':'" in self.problem:
            return self.no_field(self.from_line)
        if "mapping values" in self.problem:
            return self.colon()
        return None

    def at(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def above(self, number: int) -> int:
        """Return the nearest line above with content; -1 for none."""
        shown = (n for n in range(number - 1, -1, -1) if self.at(n).split("#")[0].strip())
        return next(shown, -1)

    def tell(self, code: str, number: int, column: int, *, length: int = 1, **values: object) -> Diagnostic:
        return diagnostic(code, Position(self.file, number + 1, column + 1, max(1, length)), **values)

    def no_field(self, number: int) -> Diagnostic:
        """A line that has no field where one is expected."""
        line = self.at(number)
        details = {"number": number, "column": indent_of(line), "length": len(line.strip())}
        if item := bullet(line):
            return self.tell("strich-ohne-leerzeichen", **details, better=f"- {item}")
        if better := without_space(line):
            return self.tell("leerzeichen-fehlt", **details, better=better)
        match = _NO_COLON.fullmatch(line)
        if match and (match[1] in known_fields() or (match[2] and known_field(match[1]))):
            better = f"{match[1]}: {match[2] or ''}".strip()
            return self.tell("doppelpunkt-fehlt", **details, better=better)
        if self.lacks_dash(number):
            return self.tell("strich-fehlt", **details, better=f"- {line.strip()[:SHOWN]}")
        return self.tell("text-nicht-eingerueckt", **details, value=line.strip()[:SHOWN])

    def lacks_dash(self, number: int) -> bool:
        """Tell whether a line should begin the list's next entry."""
        above = self.at(self.above(number))
        return item_in(above) is not None and indent_of(above) == indent_of(self.at(number))

    def colon(self) -> Diagnostic:
        """Report a colon where none can be."""
        line, above = self.at(self.line), self.above(self.line)
        field, head, item = field_in(line), field_in(self.at(above)), item_in(self.at(above))
        if bullet(line):
            return self.no_field(self.line)
        if field is None or field.colon != self.column or not known_field(field.name):
            return self.text_with_colon()
        if head is None and item is None:
            return self.no_field(above)
        if field.indent <= indent_of(self.at(above)):
            return self.text_with_colon()
        return self.value_and_group(above, field) or self.misplaced()

    def value_and_group(self, above: int, field: FieldLine) -> Diagnostic | None:
        """Report a field below a line with a value."""
        head = field_in(self.at(above))
        value = head.value if head else item_in(self.at(above))
        owner = head or self.field_above()
        known = known_fields().get(owner.name, ()) if owner else ()
        if owner is None or not value or field.name not in known:
            return None
        at = self.at(above).index(value)
        details = {"name": owner.name, "value": shortened(value), "inner": field.name}
        return self.tell(
            "wert-und-gruppe", above, at, length=len(value), **details, known=", ".join(sorted(known))
        )

    def misplaced(self) -> Diagnostic:
        """Report a wrongly indented field or entry. Its column is the nearest at which parsing gets further."""
        line = self.at(self.line)
        indent, text = indent_of(line), line.strip()
        field, is_item = field_in(line), item_in(line) is not None
        name = text[:SHOWN] if is_item or not field else field.name
        near = sorted(self.columns(of_items=is_item) - {indent}, key=lambda n: (abs(n - indent), -n))
        for following in (self.lines[self.line + 1 :], []):
            for place in near[:MAX_DEPTH]:
                if _parses([*self.lines[: self.line], " " * place + text, *following]):
                    better, length = moved(indent, place), len(text if is_item else name)
                    return self.tell(
                        "einrueckung-falsch", self.line, indent, length=length, name=name, better=better
                    )
        return self.tell("kein-yaml", self.line, self.column)

    def columns(self, *, of_items: bool) -> set[int]:
        """Return columns of fields, or list entries, above."""
        lines = self.lines[: self.line]
        if of_items:
            return {indent_of(line) for line in lines if item_in(line) is not None}
        above = [field_in(line) for line in lines]
        return {field.column for field in above if field}

    def field_above(self) -> FieldLine | None:
        """The nearest known field above the line."""
        above = (field_in(self.at(number)) for number in range(self.line - 1, -1, -1))
        return next((field for field in above if field and known_field(field.name)), None)

    def text_with_colon(self) -> Diagnostic:
        """Report a colon in a text."""
        line = self.at(self.line)
        field, above = field_in(line), self.field_above()
        if field and field.value_at <= self.column and (known_field(field.name) or not line[0].isspace()):
            better = f"den Text in Anführungszeichen setzen: {field.name}: {quoted(line[field.value_at :])}"
        else:
            name = above.name if above else "description"
            better = f"hinter dem Feld einen senkrechten Strich setzen ({name}: |) und den ganzen Text darunter um zwei Leerzeichen einrücken"
        return self.tell("doppelpunkt-im-text", self.line, self.column, better=better)

    def first_sign(self) -> Diagnostic | None:
        """Report a text that begins with a YAML sign or goes on behind quotes."""
        line = self.at(self.line)
        begins = not line[: self.column].strip() and "cannot start any token" in self.problem
        if begins or "directive" in self.context or (bullet(line) and "expected key" not in self.problem):
            return self.no_field(self.line)
        field = field_in(line)
        return self.sign_of_value(line, field) if field else None

    def sign_of_value(self, line: str, field: FieldLine) -> Diagnostic | None:
        value = line[field.colon + 1 :].strip()
        if not value:
            return None
        details = {"number": self.line, "column": line.index(value, field.colon), "length": len(value)}
        if value[0] in "|>" and _BLOCK_SIGN.fullmatch(value) is None:
            return self.tell("text-hinter-blockzeichen", **details, name=field.name, sign=value[0])
        in_key = "expected key" in self.problem
        if value[0] in "\"'" and in_key:
            return self.tell("anfuehrung-im-text", **details)
        if value[0] in "@`%&*!?-[]{}" and (not in_key or value.startswith("- ")):
            return self.tell("sonderzeichen-am-anfang", **details, character=value[0], better=quoted(value))
        return None

    def out_of_line(self) -> Diagnostic:
        """Report a line indented unlike its neighbours."""
        first = self.above(self.line)
        while self.above(first) >= 0:
            first = self.above(first)
        head, line = self.at(first), self.at(self.line)
        if indent_of(head) > self.column and "document start" in self.problem:
            field, indent = field_in(head), indent_of(head)
            name = field.name if field else head.strip()
            return self.tell("einrueckung-falsch", first, indent, name=name, better=moved(indent, 0))
        field = field_in(line)
        if item_in(line) is None and field is None and line[:1].isspace():
            return self.no_field(self.line)
        below = self.value_and_group(self.above(self.line), field) if field else None
        return below or self.misplaced()


def _parses(lines: Sequence[str]) -> bool:
    """Tell whether the parser gets through some lines."""
    try:
        for _ in yaml.parse("\n".join(lines), Loader=getattr(yaml, "CLoader", yaml.Loader)):
            pass
    except yaml.MarkedYAMLError:
        return False
    return True
