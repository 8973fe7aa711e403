"""A text that is no YAML and what the parser says of it in, the mistake that an editor made out: in German, at its own line.

The parser stops where it can't go on, often a line behind the mistake, and knows nothing of fields. Here the lines around that
place are looked at as people write them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.diagnostics import Diagnostic, Position, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields, variants
from generator.model.groups import Access
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.vocabulary import VOCABULARIES
from generator.read.group_texts import parts_by_field

MAX_DEPTH = 24
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
_FIELD = re.compile(r"(\s*)((?:-\s+)?)([^\s:#\"'\[\]{},-][^:#\"'\[\]{},]{0,40}?):(?=\s|$)")
_NO_SPACE = re.compile(r"\s*(?:-\s+)?([A-Za-zÄÖÜäöü_]{2,40}):(?=[^\s/])(.*)")
_NO_COLON = re.compile(r"\s*+(?:-\s++)?([A-Za-zÄÖÜäöü_]{2,40})(?:\s*+[=;])?\s++(\S.*)")
_BLOCK = re.compile(r":\s+[|>][+-]?\s*$")
_ITEM = re.compile(r"(\s*)(-\s.*)")
_BULLET = re.compile(r"\s*(?:-(?=[^\s\-\d])|[•–—▪·*]\s*+)(.+)")
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s])(?:(?!:\s|\s#|:$).)+")
SHOWN = 80
"""Characters of a text that help repeats, at most."""


def cause(error: yaml.MarkedYAMLError, file: str, text: str) -> Diagnostic:
    """Return what is wrong with a text that could not be parsed."""
    return _Lines(error, file, text.split("\n")).cause()


def quoted(text: str) -> str:
    """Write a text between quotation marks, as help shows it."""
    short = text.strip() if len(text.strip()) <= SHOWN else f"{text.strip()[:SHOWN]}…"
    return f"'{short}'" if '"' in short else f'"{short}"'


def needs_quotes(text: str, *, flow: bool = False) -> bool:
    """Tell whether YAML would take a text for something else."""
    return _PLAIN.fullmatch(text) is None or (flow and re.search(r"[,\[\]{}]", text) is not None)


def bullet(line: str) -> str | None:
    """Return what a line lists behind a sign that is no „- “; None where it lists nothing."""
    match = _BULLET.fullmatch(line.rstrip())
    return match[1].strip() if match else None


def without_space(line: str) -> tuple[str, str] | None:
    """Return field and value of a line like „cost:free“; None where it is no such line."""
    match = _NO_SPACE.fullmatch(line.rstrip())
    return (match[1], match[2].strip()) if match and known_field(match[1]) else None


@cache
def known_fields() -> Mapping[str, frozenset[str]]:
    """Return every field that any file may have, with the fields of the group that stands below it."""
    return {
        name: frozenset(key for group in groups for key in fields(group))
        for name, groups in _groups_of_fields().items()
    }


@cache
def _groups_of_fields() -> Mapping[str, tuple[type[BaseModel], ...]]:
    found: dict[str, dict[type[BaseModel], None]] = {}
    for name, info in _all_fields():
        found.setdefault(name, {}).update(dict.fromkeys(_groups(annotation(info))))
    return {name: tuple(groups) for name, groups in found.items()}


@cache
def _all_fields() -> Sequence[tuple[str, FieldInfo]]:
    """Return the fields of every group that any file may have, each with its name."""
    found: list[tuple[str, FieldInfo]] = []
    waiting: list[Any] = [*(kind.model for kind in KINDS), *VOCABULARIES.values(), SiteConfig, Indicator]
    seen: set[Any] = set()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            found += fields(model).items()
            waiting += [group for info in fields(model).values() for group in _groups(annotation(info))]
    return found


def known_field(word: str) -> bool:
    """Tell whether a word is the name of a field, or nearly."""
    return word.lower() in known_fields() or (len(word) > 3 and close_to(word, known_fields()) is not None)


def _groups(kind: Any) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    for plain, _ in variants(kind):
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            found.append(plain)
        elif get_origin(plain) in (tuple, dict):
            found += _groups(get_args(plain)[-1 if get_origin(plain) is dict else 0])
    return found


class _Lines:
    """The lines of a file and the place where the parser gave up, counted from 0."""

    def __init__(self, error: yaml.MarkedYAMLError, file: str, lines: list[str]) -> None:
        self.file, self.lines = file, [line.rstrip("\r") for line in lines]
        self.problem, self.context = error.problem or "", error.context or ""
        mark = error.problem_mark or error.context_mark
        self.line, self.column = (mark.line, mark.column) if mark else (0, 0)
        context = error.context_mark or mark
        self.from_line, self.from_column = (context.line, context.column) if context else (0, 0)

    def cause(self) -> Diagnostic:
        if "\t" in self.at(self.line)[: self.column + 1] or "'\\t'" in self.problem:
            return self.tell("tabulator", self.line, max(0, self.at(self.line).find("\t")))
        if (
            any(word in self.problem for word in ("nesting", "recursion"))
            or "too deep" in self.problem.lower()
        ):
            return self.tell("zu-tief", self.line, self.column, limit=MAX_DEPTH)
        for number, line in enumerate(self.lines):
            if _CONFLICT.match(line) and number <= self.line + 1:
                return self.tell("konflikt-offen", number, 0, length=len(line))
        if "escape" in self.problem:
            return self.tell("rueckstrich-im-text", self.line, self.at(self.line).find("\\", self.column - 1))
        if "unexpected end of stream" in self.problem or "quoted scalar" in self.context:
            return self.open_quote()
        if "',' or" in self.problem or "node content" in self.problem:
            return self.open_bracket()
        if "could not find expected ':'" in self.problem:
            return self.no_field(self.from_line)
        if "mapping values" in self.problem:
            return self.colon()
        found = self.first_sign()
        if found is not None:
            return found
        if any(word in self.problem for word in ("expected key", "document start", "'-' indicator")):
            return self.out_of_line()
        return self.tell("kein-yaml", self.line, self.column)

    def at(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def before(self, number: int) -> int:
        """The line with something in it before a line; -1 where there is none."""
        return next(
            (
                earlier
                for earlier in range(number - 1, -1, -1)
                if self.at(earlier).strip() and not self.at(earlier).lstrip().startswith("#")
            ),
            -1,
        )

    def tell(self, code: str, number: int, column: int, *, length: int = 1, **values: object) -> Diagnostic:
        return diagnostic(code, Position(self.file, number + 1, column + 1, max(1, length)), **values)

    def open_quote(self) -> Diagnostic:
        line = self.at(self.from_line)
        return self.tell(
            "anfuehrung-offen",
            self.from_line,
            self.from_column,
            sign=line[self.from_column : self.from_column + 1],
        )

    def open_bracket(self) -> Diagnostic:
        line = self.at(self.from_line)
        sign = line[self.from_column : self.from_column + 1]
        inner = re.search(r"[,{]\s*[\w]+:\s[^,{}]*?\s([a-z_]+):\s", line[self.from_column :])
        if sign == "{" and inner and inner[1] in known_fields():
            column = self.from_column + inner.start(1)
            return self.tell("komma-fehlt", self.from_line, column, length=len(inner[1]), name=inner[1])
        return self.tell(
            "klammer-offen", self.from_line, self.from_column, sign=sign, better="}" if sign == "{" else "]"
        )

    def no_field(self, number: int) -> Diagnostic:
        """A line that has no field where one is expected."""
        line = self.at(number)
        column = len(line) - len(line.lstrip())
        said = {"number": number, "column": column, "length": len(line.strip())}
        if item := bullet(line):
            return self.tell("strich-ohne-leerzeichen", **said, better=f"- {item}")
        if pair := without_space(line):
            return self.tell("leerzeichen-fehlt", **said, better=": ".join(pair))
        match = _NO_COLON.fullmatch(line)
        if match and known_field(match[1]):
            return self.tell("doppelpunkt-fehlt", **said, better=f"{match[1]}: {match[2]}")
        return self.tell("text-nicht-eingerueckt", **said, value=line.strip()[:SHOWN])

    def colon(self) -> Diagnostic:
        """A colon where none can be: the line before is no field, this one stands too far right, or it is part of a text."""
        line, above = self.at(self.line), self.before(self.line)
        field, earlier = _FIELD.match(line), self.at(above)
        first = field is not None and field.end() - 1 == self.column
        if field is None or not first or not known_field(field[3]):
            return self.text_with_colon()
        indent, upper = len(field[1]), len(earlier) - len(earlier.lstrip())
        name = field[3]
        head = _FIELD.match(earlier)
        if head is None and not earlier.lstrip().startswith("- "):
            return self.no_field(above)
        if indent <= upper:
            return self.text_with_colon()
        return self.value_and_group(name) or self.misplaced(indent, name)

    def value_and_group(self, name: str) -> Diagnostic | None:
        """A field below one that has a value already and takes that field in its group."""
        above = self.before(self.line)
        earlier = self.at(above)
        head = _FIELD.match(earlier)
        if head is None or name not in known_fields().get(head[3], ()):
            return None
        value = re.split(r"(?:^|\s)#", earlier[head.end() :].strip(), maxsplit=1)[0].strip()
        if not value:
            return None
        return self.tell(
            "wert-und-gruppe",
            above,
            earlier.index(value, head.end()),
            length=len(value),
            name=head[3],
            inner=name,
            value=value[:SHOWN],
            better=_below(head[3], value[:SHOWN], name),
        )

    def misplaced(self, indent: int, name: str) -> Diagnostic:
        """A field that stands where none of those above it can go on: it belongs where its group is, else to the nearest."""
        near = min(
            self.open_groups(),
            key=lambda group: (name not in _fields_below(group[1]), abs(group[0] - indent), group[0]),
            default=(0, ""),
        )
        return self.tell(
            "einrueckung-falsch",
            self.line,
            indent,
            length=len(name),
            name=name,
            better=moved(indent, near[0]),
        )

    def open_groups(self) -> list[tuple[int, str]]:
        """The indentations at which a line could go on, each with the field above it („“ at the left edge)."""
        found: list[tuple[int, str, str]] = []
        for number in range(self.line):
            if (field := _FIELD.match(self.at(number))) is not None:
                width = len(field[1]) + len(field[2])
                found = [group for group in found if group[0] < width]
                found.append((width, found[-1][2] if found else "", field[3]))
        return [(width, above) for width, above, _ in found]

    def text_with_colon(self) -> Diagnostic:
        line = self.at(self.line)
        field = _FIELD.match(line)
        if field and field.end() - 1 < self.column and (known_field(field[3]) or not line[0].isspace()):
            better = f"den Text in Anführungszeichen setzen: {field[3]}: {quoted(line[field.end() :])}"
        else:
            above = next(
                (
                    n
                    for n in range(self.line, -1, -1)
                    if (head := _FIELD.match(self.at(n))) and known_field(head[3])
                ),
                -1,
            )
            head = _FIELD.match(self.at(above)) if above >= 0 else None
            name = head[3] if head else "description"
            better = f"hinter dem Feld einen senkrechten Strich setzen ({name}: |) und den ganzen Text darunter um zwei Leerzeichen einrücken"
        return self.tell("doppelpunkt-im-text", self.line, self.column, better=better)

    def first_sign(self) -> Diagnostic | None:
        """A text that begins with a sign of YAML, or that goes on behind a quotation mark."""
        line = self.at(self.line)
        begins = not line[: self.column].strip() and "cannot start any token" in self.problem
        if begins or "directive" in self.context or (bullet(line) and "expected key" not in self.problem):
            return self.no_field(self.line)
        field = _FIELD.match(line)
        if field is None or not line[field.end() :].strip():
            return None
        value = line[field.end() :].strip()
        column = len(line) - len(line[field.end() :].lstrip())
        said = {"number": self.line, "column": column, "length": len(value)}
        if value[0] in "|>":
            return self.tell("text-hinter-blockzeichen", **said, name=field[3], sign=value[0])
        if value[0] in "\"'" and "expected key" in self.problem:
            inner = value[1:].rstrip()
            apostrophe = value[0] == "'" and re.search(r"\w'\w", inner) is not None
            better = (
                f"die äußeren weglassen: {field[3]}: {inner.removesuffix(chr(39))[:SHOWN]}"
                if apostrophe
                else f"im Text „ und “ verwenden und die äußeren weglassen: {field[3]}: {_german_quotes(value)[:SHOWN]}"
            )
            return self.tell("anfuehrung-im-text", **said, better=better)
        if value.startswith("- ") and field[3] in _lists():
            return self.tell("liste-in-der-zeile", **said, name=field[3], better=value[2:].strip()[:SHOWN])
        if value[0] in "@`%&*!?-[]{}" and "expected key" not in self.problem:
            return self.tell("sonderzeichen-am-anfang", **said, character=value[0], better=quoted(value))
        return None

    def out_of_line(self) -> Diagnostic:
        """A field that stands further left or right than its neighbours."""
        first = next((n for n, line in enumerate(self.lines) if line.strip() and not line.startswith("#")), 0)
        head = self.at(first)
        if (
            head[:1] == " "
            and len(head) - len(head.lstrip()) > self.column
            and "document start" in self.problem
        ):
            field = _FIELD.match(head)
            indent = len(head) - len(head.lstrip())
            return self.tell(
                "einrueckung-falsch",
                first,
                indent,
                name=field[3] if field else head.strip(),
                better=moved(indent, 0),
            )
        field = _FIELD.match(self.at(self.line))
        if field and field[1] and not known_field(field[3]) and _BLOCK.search(self.at(self.head_of_block())):
            return self.no_field(self.line)
        if field and field[1]:
            return self.value_and_group(field[3]) or self.misplaced(len(field[1]), field[3])
        if (item := _ITEM.match(self.at(self.line))) is not None:
            return self.misplaced_item(len(item[1]), item[2].strip())
        return self.tell("kein-yaml", self.line, self.column)

    def head_of_block(self) -> int:
        """The nearest line above that is a field with something behind its colon; -1 where there is none."""
        fields_above = ((number, _FIELD.match(self.at(number))) for number in range(self.line - 1, -1, -1))
        return next(
            (number for number, field in fields_above if field and self.at(number)[field.end() :].strip()), -1
        )

    def misplaced_item(self, indent: int, text: str) -> Diagnostic:
        """An entry of a list that stands further left or right than the one above it."""
        above = (_ITEM.match(self.at(number)) for number in range(self.line - 1, -1, -1))
        near = next((len(item[1]) for item in above if item is not None), 0)
        if near == indent:
            return self.tell("kein-yaml", self.line, self.column)
        return self.tell(
            "einrueckung-falsch",
            self.line,
            indent,
            length=len(text),
            name=text[:SHOWN],
            better=moved(indent, near),
        )


@cache
def _lists() -> frozenset[str]:
    """Return the fields that take a list of texts."""
    return frozenset(
        name
        for name, info in _all_fields()
        if any(get_origin(plain) is tuple for plain, _ in variants(annotation(info)))
    )


def _fields_below(name: str) -> Collection[str]:
    """Return the fields of a field's group, of every kind of record where there is none."""
    return known_fields().get(name, ()) if name else {key for kind in KINDS for key in fields(kind.model)}


def moved(is_: int, should: int) -> str:
    """Say how the beginning of a line is mended that is indented otherwise than it should."""
    count = abs(is_ - should)
    spaces = "ein Leerzeichen" if count == 1 else f"{count} Leerzeichen"
    return f"am Anfang der Zeile {spaces} {'löschen' if is_ > should else 'ergänzen'}"


def _below(name: str, value: str, inner: str) -> str:
    """Return the lines that say below a field what stands behind it, but for what `inner` says there already."""
    groups = [group for group in _groups_of_fields().get(name, ()) if inner in fields(group)]
    for group in groups:
        if group is Access:
            return f"first_visit: {value}" if inner == "way" else f"way: {value}"
        if said := [f"{key}: {part}" for key, part in parts_by_field(group, value).items() if key != inner]:
            return ", darunter ".join(said)
    others = sorted({key for group in groups for key in fields(group)} - {inner})
    return f"…: {value} mit einem dieser Felder statt „…“: {', '.join(others)}"


def _german_quotes(value: str) -> str:
    """„"Papa" für Väter“ and „"Der Treff "Papa" ist offen."“ with German quotation marks inside and none outside."""
    inner = value[1:-1] if value.count('"') > 2 and value.endswith('"') else value
    marks = iter("„“" * (inner.count('"') + 1))
    return re.sub('"', lambda _: next(marks), inner)
