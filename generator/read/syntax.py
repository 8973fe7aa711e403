"""A text that is no YAML and what the parser says of it in, the mistake that an editor made out: in German, at its own line.

The parser stops where it can't go on, often a line behind the mistake, and knows nothing of fields. Here the lines around that
place are looked at as people write them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.read.all_fields import fields_below, is_map, known_field, known_fields, takes_list, takes_text
from generator.read.lines import (
    FieldLine,
    bullet,
    field_in,
    field_match,
    indent_of,
    item_in,
    item_match,
    items_from,
    line_before,
    without_remark,
    without_space,
)
from generator.read.value_and_group import value_and_group
from generator.read.written import AS_A_BLOCK, SHOWN, flow, moved, quoted, shortened

MAX_DEPTH = 24
QUOTED = ("{", "[", '"', "'")
"""How a value begins that is written as YAML already."""
KEYS = "{}"
"""Stands behind a field below which keys stand that are no fields."""
_TOO_DEEP = re.compile("nesting|recursion|(?i:too deep)")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
_NO_COLON = re.compile(r"\s*+(?:-\s++)?([A-Za-zÄÖÜäöü_]{2,40})(?:\s*+[=;])?\s++(\S.*)")
_BLOCK = re.compile(r":\s+[|>][+-]?\s*$")


def cause(error: yaml.MarkedYAMLError, file: str, text: str) -> Diagnostic:
    """Return what is wrong with a text that could not be parsed."""
    return _Lines(error, file, text.split("\n")).cause()


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
        found = self.foreign() or self.named_by_parser() or self.first_sign()
        if found is not None:
            return found
        if any(word in self.problem for word in ("expected key", "document start", "'-' indicator")):
            return self.out_of_line()
        return self.tell("kein-yaml", self.line, self.column)

    def foreign(self) -> Diagnostic | None:
        """What is wrong whatever the fields are: a tabulator, too many groups in one another, a merge that nobody finished."""
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
        return None

    def at(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

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
        following = next((later for later in self.lines[number + 1 :] if later.strip()), "")
        if line.strip() in known_fields() and indent_of(following) > column:
            return self.tell("doppelpunkt-fehlt", **said, better=f"{line.strip()}:")
        match = _NO_COLON.fullmatch(line)
        if match and known_field(match[1]):
            return self.tell("doppelpunkt-fehlt", **said, better=f"{match[1]}: {match[2]}")
        return self.tell("text-nicht-eingerueckt", **said, value=line.strip()[:SHOWN])

    def colon(self) -> Diagnostic:
        """A colon where none can be: the line before is no field, this one stands too far right, or it is part of a text."""
        line, above = self.at(self.line), line_before(self.lines, self.line)
        field, earlier = field_match(line), self.at(above)
        if bullet(line):
            return self.no_field(self.line)
        if field is None or field.end() - 1 != self.column or not known_field(field[3]):
            return self.text_with_colon()
        indent, upper = len(field[1]), indent_of(earlier)
        if field_match(earlier) is None and item_in(earlier) is None:
            return self.no_field(above)
        if indent <= upper:
            return self.text_with_colon()
        if field[2]:
            return self.misplaced_item(indent, line.strip())
        return self.value_and_group() or self.misplaced(indent, field[3])

    def value_and_group(self) -> Diagnostic | None:
        """A field below one that has a value already and takes that field in its group."""
        found = value_and_group(self.lines, self.line)
        if found is None:
            return None
        said = found._asdict()
        place = {"number": said.pop("line"), "column": said.pop("column"), "length": said.pop("length")}
        return self.tell("wert-und-gruppe", **place, **said)

    def misplaced(self, indent: int, name: str) -> Diagnostic:
        """A field that stands where none of those above it can go on: it belongs where its group is, else to the nearest."""
        near = sorted(
            self.open_groups(self.line),
            key=lambda group: (name not in fields_below(group[1]), abs(group[0] - indent), -group[0]),
        )
        return self.field_above_misplaced(indent, name) or self.moved_to(
            [place for place, _ in near], indent, name
        )

    def field_above_misplaced(self, indent: int, name: str) -> Diagnostic | None:
        """The field above, if that one is too far left: it belongs to the same group as this one, and not where it stands."""
        above = line_before(self.lines, self.line)
        field = field_in(self.at(above))
        groups = dict(self.open_groups(above))
        if field is None or field.column != field.indent or indent not in groups:
            return None
        fields, there = fields_below(groups[indent]), fields_below(groups.get(field.indent, ""))
        if name not in fields or field.name not in fields or field.name in there:
            return None
        said = {"name": field.name, "better": moved(field.indent, indent)}
        return self.tell("einrueckung-falsch", above, field.column, length=len(field.name), **said)

    def misplaced_item(self, indent: int, text: str) -> Diagnostic:
        """An entry of a list that stands further left or right than the one above it."""
        above = (item_match(self.at(number)) for number in range(self.line - 1, -1, -1))
        return self.moved_to(list(dict.fromkeys(len(item[1]) for item in above if item)), indent, text)

    def moved_to(self, places: Sequence[int], indent: int, text: str) -> Diagnostic:
        """Say how far the line is moved: to the first place where the parser gets through all, or at least past this line."""
        line = self.at(self.line).lstrip()
        able = [place for place in places[:MAX_DEPTH] if place != indent]
        for following in (self.lines[self.line + 1 :], []):
            for place in able:
                if _parses([*self.lines[: self.line], " " * place + line, *following]):
                    said = {"name": text[:SHOWN], "better": moved(indent, place)}
                    return self.tell("einrueckung-falsch", self.line, indent, length=len(text), **said)
        return self.tell("kein-yaml", self.line, self.column)

    def open_groups(self, until: int) -> list[tuple[int, str]]:
        """The indentations at which a line could go on, each with the field above it („“ at the left edge)."""
        found: list[tuple[int, str, str]] = []
        for number in range(until):
            if (field := field_match(self.at(number))) is not None:
                width = len(field[1]) + len(field[2])
                found = [group for group in found if group[0] < width]
                _, outer, above = found[-1] if found else (0, "", "")
                # Below „translations“ stand languages, below each of them its fields.
                label = outer.removesuffix(KEYS) if outer.endswith(KEYS) else above + KEYS * is_map(above)
                found.append((width, label, field[3]))
        return [(width, above) for width, above, _ in found]

    def text_with_colon(self) -> Diagnostic:
        line = self.at(self.line)
        field = field_in(line)
        if field and field.value_at <= self.column and (known_field(field.name) or not line[0].isspace()):
            better = _better_value(field, line)
            return self.tell("doppelpunkt-im-text", self.line, self.column, better=better)
        found = self.known_field_above()
        name = "description"
        if found is not None:
            name = found[1].name
            if name in known_fields() and not takes_text(name):
                return self.below_no_text(*found)
        return self.tell("doppelpunkt-im-text", self.line, self.column, better=AS_A_BLOCK.format(name=name))

    def known_field_above(self) -> tuple[int, FieldLine] | None:
        """The nearest known field in this line or above it, with the number of its line."""
        for number in range(self.line, -1, -1):
            head = field_in(self.at(number))
            if head and known_field(head.name):
                return number, head
        return None

    def below_no_text(self, above: int, head: FieldLine) -> Diagnostic:
        """A line with a colon below a field whose value isn't a text that could go on."""
        line = self.at(self.line)
        field, indent = field_in(line), indent_of(line)
        if head.written and known_fields()[head.name]:
            value, inner = shortened(head.value), field.name if field else line.strip()[:SHOWN]
            better = f"„{value}“ hinter „{head.name}:“ löschen oder mit seinem Feld in eine eigene Zeile darunter schreiben"
            place = {"number": above, "column": head.value_at, "length": len(head.written)}
            return self.tell(
                "wert-und-gruppe", **place, name=head.name, value=value, inner=inner, better=better
            )
        if not indent:
            return self.tell("kein-yaml", self.line, self.column)
        better = f"die Zeile gehört nicht zu „{head.name}“: ist sie ein Feld, {moved(indent, 0)}; sonst löschen oder in „description“ schreiben"
        return self.tell("doppelpunkt-im-text", self.line, self.column, better=better)

    def first_sign(self) -> Diagnostic | None:
        """A text that begins with a sign of YAML, or that goes on behind a quotation mark."""
        line = self.at(self.line)
        begins = not line[: self.column].strip() and "cannot start any token" in self.problem
        if begins or "directive" in self.context or (bullet(line) and "expected key" not in self.problem):
            return self.no_field(self.line)
        field = field_match(line)
        if field is None or not line[field.end() :].strip():
            return None
        value = line[field.end() :].strip()
        column = len(line) - len(line[field.end() :].lstrip())
        said = {"number": self.line, "column": column, "length": len(value)}
        return self.sign_of_value(field[3], value, said)

    def sign_of_value(self, name: str, value: str, said: dict[str, int]) -> Diagnostic | None:
        """The same of the value of a field; `said` is where it stands."""
        if value[0] in "|>" and re.fullmatch("[|>][+-]?[1-9]?[+-]?", value) is None:
            return self.tell("text-hinter-blockzeichen", **said, name=name, sign=value[0])
        in_key = "expected key" in self.problem
        if value[0] in "\"'" and in_key:
            return self.tell("anfuehrung-im-text", **said, better=_without_quotes(name, value))
        if value.startswith("- "):
            return self.list_in_line(name, value, said) or self.dash(name, value, said)
        if value[0] in "@`%&*!?-[]{}" and not in_key:
            better = f"den Text in Anführungszeichen setzen: {quoted(value)}"
            return self.tell("sonderzeichen-am-anfang", **said, character=value[0], better=better)
        return None

    def dash(self, name: str, value: str, said: dict[str, int]) -> Diagnostic:
        """„name: - a“ where no list belongs."""
        either = f"ohne den Strich schreiben: {name}: {flow(value[2:].strip())}; gehört er zum Text, diesen in Anführungszeichen setzen"
        better = f"{either}: {quoted(value)}"
        return self.tell("sonderzeichen-am-anfang", **said, character="-", better=better)

    def list_in_line(self, name: str, value: str, said: dict[str, int]) -> Diagnostic | None:
        """„topics: - a“, with further entries below or none."""
        first = without_remark(value[2:])
        if not takes_list(name):
            if name not in known_fields() or takes_text(name):
                return None
            better = f"{name}: {flow(first)} schreiben"
            expected, found = "ein einziger Wert", "der Eintrag einer Liste"
            return self.tell("falsche-form", **said, expected=expected, found=found, better=better)
        entries = [first, *items_from(self.lines, self.line + 1)]
        better = "den ersten Eintrag in die nächste Zeile setzen und um zwei Leerzeichen einrücken"
        if not any(field_in(entry) for entry in entries):
            whole = ", ".join(entry if entry[:1] in QUOTED else flow(entry, inside=True) for entry in entries)
            better = f"den ersten Eintrag in die nächste Zeile setzen, oder alle in eckigen Klammern in diese: {name}: [{whole}]"
        return self.tell("liste-in-der-zeile", **said, name=name, better=better)

    def out_of_line(self) -> Diagnostic:
        """A field that stands further left or right than its neighbours."""
        first = self._first_written()
        head = self.at(first)
        if head[:1] == " " and indent_of(head) > self.column and "document start" in self.problem:
            return self.first_line(first)
        here = self.at(self.line)
        field = field_match(here)
        in_block = _BLOCK.search(self.at(self.head_of_block())) and here[:1].isspace()
        if in_block and not (field and known_field(field[3])):
            return self.no_field(self.line)
        return self._beside_its_neighbours(here) or self.tell("kein-yaml", self.line, self.column)

    def _first_written(self) -> int:
        """The number of the first line that is neither empty nor a comment."""
        return next((n for n, line in enumerate(self.lines) if line.strip() and not line.startswith("#")), 0)

    def _beside_its_neighbours(self, here: str) -> Diagnostic | None:
        """A field or an item of a list that stands in another column than those around it; None for other lines."""
        field, item = field_match(here), item_match(here)
        if field and field[1] and not field[2]:
            return self.value_and_group() or self.misplaced(len(field[1]), field[3])
        if item is not None:
            return self.list_behind_list() or self.misplaced_item(len(item[1]), item[2].strip())
        return None

    def first_line(self, number: int) -> Diagnostic:
        """The first line that says something, further right than the others."""
        head = self.at(number)
        field, indent = field_match(head), indent_of(head)
        name = field[3] if field else head.strip()
        return self.tell("einrueckung-falsch", number, indent, name=name, better=moved(indent, 0))

    def list_behind_list(self) -> Diagnostic | None:
        """„partners: [a]“ with „- b“ below."""
        above = line_before(self.lines, self.line)
        head = field_in(self.at(above))
        if head is None or head.written[:1] not in ("[", "{") or not takes_list(head.name):
            return None
        first = head.written[1:-1] if head.written[0] == "[" else head.written
        more = ", ".join(items_from(self.lines, self.line))
        better = f"alle Einträge in eckigen Klammern schreiben: {head.name}: [{first}, {more}]"
        length = len(head.written)
        return self.tell("liste-hinter-wert", above, head.value_at, length=length, better=better)

    def head_of_block(self) -> int:
        """The nearest line above that is a field with something behind its colon; -1 where there is none."""
        fields_above = ((number, field_match(self.at(number))) for number in range(self.line - 1, -1, -1))
        return next(
            (number for number, field in fields_above if field and self.at(number)[field.end() :].strip()), -1
        )


def _better_value(field: FieldLine, line: str) -> str:
    """Say how the value of a field is written that has a colon in it: a field of its own, or a text."""
    inner = field_in(field.written)
    if inner is None or inner.name not in known_fields().get(field.name, ()):
        return f"den Text in Anführungszeichen setzen: {field.name}: {quoted(line[field.value_at :])}"
    dash = ", mit „- “ davor" if takes_list(field.name) else ""
    return f"„{shortened(field.written)}“ in eine eigene Zeile unter „{field.name}:“ schreiben und um zwei Leerzeichen einrücken{dash}"


def _without_quotes(name: str, value: str) -> str:
    """Say how a text is written that goes on behind a quotation mark."""
    inner = value[1:].rstrip()
    if value[0] == "'" and re.search(r"\w'\w", inner) is not None:
        return f"die äußeren weglassen: {name}: {inner.removesuffix(chr(39))[:SHOWN]}"
    return f"im Text „ und “ verwenden und die äußeren weglassen: {name}: {_german_quotes(value)[:SHOWN]}"


def _parses(lines: Sequence[str]) -> bool:
    """Tell whether the parser gets through some lines."""
    try:
        for _ in yaml.parse("\n".join(lines), Loader=getattr(yaml, "CLoader", yaml.Loader)):
            pass
    except yaml.MarkedYAMLError:
        return False
    return True


def _german_quotes(value: str) -> str:
    """„"Papa" für Väter“ and „"Der Treff "Papa" ist offen."“ with German quotation marks inside and none outside."""
    mark = value[0]
    inner = value[1:-1] if value.count(mark) > 2 and value.endswith(mark) else value
    marks = iter("„“" * (inner.count(mark) + 1))
    return "".join(next(marks) if sign == mark else sign for sign in inner)
