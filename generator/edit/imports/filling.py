"""A pattern of a mapping file and the cells of a row in, a record out; what `<name>`, `<code[:6]>`, `<street|number>` take of a cell, which fields are left out when a cell is empty or a sign for nothing; over all rows, what the mapping loses of the table.

The pattern looks like a record in which columns stand between < and >. `<name>` is the text of a cell, `<code[:6]>` a part of it,
`<street|number>` a reshaped text, `<type|value>` is looked up under `values`, `<languages|split>` is a list. A field whose cell is empty is left
out, unless the part may be empty: `<suffix?>`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from generator.diagnostics import Diagnostic, Position, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.tables.cell_text import PLACEHOLDERS, SHAPINGS, point_decimal
from generator.edit.tables.table_rows import Sheet, SheetRow, missing_column
from generator.read.nodes import ListNode, MapNode, Node, Scalar, is_empty
from generator.read.workbooks import SheetCell
from generator.read.written_texts import scalars

_REFERENCE = re.compile(r"<([^<>|\[\]]+)(?:\[(-?\d*):(-?\d*)\])?((?:\|[a-z]+)*)(\??)>")
_MORE_SHAPINGS = ("value", "split")


@dataclass(frozen=True, slots=True)
class ColumnReference:
    """A column that a pattern names: which part of its cell is taken, by which shapings it is reshaped, whether it may be empty."""

    column: str
    part: slice
    shapings: tuple[str, ...]
    optional: bool = False

    def named_in(self, header: Collection[str]) -> ColumnReference:
        """Return the reference as the table means it: where a heading itself ends with a question mark, that doesn't say „may be empty“."""
        asks = f"{self.column}?"
        if self.optional and asks in header:
            return replace(self, column=asks, optional=False)
        return self


FieldPath = tuple[str, ...]
"""Where a field stands in a record: („address“, „street“)."""


@dataclass(frozen=True, slots=True)
class FilledField:
    """What became of one field of the pattern in one row.

    pattern: its text in the mapping. columns: those it names. given: those of them whose cells aren't empty. empty: the column
    whose empty cell made that the field was left out, "" where it got a value.
    """

    path: FieldPath
    pattern: Scalar
    columns: tuple[str, ...]
    given: tuple[str, ...]
    empty: str


@dataclass(slots=True)
class Filled:
    """What one row became.

    node: the record. empty: by field that was left out, the column and the cell that were empty. fields: what became of each field.
    """

    node: MapNode
    empty: dict[FieldPath, tuple[str, Position]] = field(default_factory=dict)
    fields: list[FilledField] = field(default_factory=list)


Lookup = Mapping[str, Mapping[str, Scalar]]
"""What the values of columns mean: by column, then by value."""


@lru_cache(maxsize=1024)
def pattern_parts(text: str) -> tuple[str | ColumnReference, ...]:
    """Cut a text of a pattern into plain text and columns.

    >>> [part if isinstance(part, str) else (part.column, part.optional) for part in pattern_parts("kita-<id><suffix|lower?>")]
    ['kita-', ('id', False), ('suffix', True)]
    """
    parts: list[str | ColumnReference] = []
    place = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > place:
            parts.append(text[place : match.start()])
        start, stop = (int(number) if number else None for number in match.group(2, 3))
        name = match[1].strip()
        optional = bool(match[5]) or name.endswith("?")
        column = name.removesuffix("?").strip()
        parts.append(ColumnReference(column, slice(start, stop), tuple(match[4].split("|")[1:]), optional))
        place = match.end()
    if place < len(text):
        parts.append(text[place:])
    return tuple(parts)


def check_columns(node: Node, table: Sheet, lookup: Lookup) -> list[Diagnostic]:
    """Report columns that the table doesn't have and shapings that don't exist, at their place in the mapping."""
    header = table.header
    found: list[Diagnostic] = []
    for _, scalar in scalars(node):
        for reference in references(scalar):
            reference = reference.named_in(header)
            if reference.column not in header:
                found.append(missing_column(reference.column, header, scalar.position))
            found += _wrong_shapings(reference, scalar.position)
            if reference.column in header and _lacks_meanings(reference, lookup):
                values = "“, „".join(table.values(reference.column))
                found.append(
                    diagnostic("wert-ohne-zuordnung", scalar.position, value=values, name=reference.column)
                )
    return found


def unused_columns(nodes: Iterable[Node], header: tuple[str, ...]) -> list[str]:
    """Return the columns of a table that no pattern names."""
    used: set[str] = set()
    for node in nodes:
        for _, scalar in scalars(node):
            used.update(reference.named_in(header).column for reference in references(scalar))
    return [column for column in header if column not in used]


def references(scalar: Scalar) -> list[ColumnReference]:
    """Return the columns that a text of a pattern names."""
    return [part for part in pattern_parts(scalar.text) if isinstance(part, ColumnReference)]


def _lacks_meanings(reference: ColumnReference, lookup: Lookup) -> bool:
    """Tell whether values of a column are to be looked up where the mapping doesn't say what any of them means."""
    return "value" in reference.shapings and reference.column not in lookup


def _wrong_shapings(reference: ColumnReference, position: Position) -> Iterator[Diagnostic]:
    """Report shapings that don't exist."""
    known = (*SHAPINGS, *_MORE_SHAPINGS)
    for shaping in reference.shapings:
        if shaping not in known:
            better = meant_or(shaping, known)
            yield diagnostic("unbekannte-umformung", position, name=shaping, better=better)


def fill(node: MapNode, row: SheetRow, lookup: Lookup, decimal: str, found: list[Diagnostic]) -> Filled:
    """Fill a pattern with the cells of a row, and add to `found` what can't be read.

    `decimal` is the decimal sign of the table. Values have the positions of their cells, so that problems point into the table.
    """
    filled = Filled(node)
    done = _Filler(row.cells, lookup, decimal, found, filled).fill(node, ())
    filled.node = done if isinstance(done, MapNode) else MapNode((), node.position)
    return filled


def _says_nothing(text: str, reference: ColumnReference) -> bool:
    """Tell whether a cell holds a sign for nothing; under `values` it may mean something, and x may be a letter behind a number."""
    return (
        text.casefold() in PLACEHOLDERS
        and "value" not in reference.shapings
        and not (reference.optional and text.isalpha())
    )


@dataclass(slots=True)
class _Filler:
    """Fills the pattern of one row; notes in `filled` what became of its fields, and in `found` what is wrong."""

    cells: Mapping[str, SheetCell]
    lookup: Lookup
    decimal: str
    found: list[Diagnostic]
    filled: Filled

    def fill(self, node: Node, path: tuple[str, ...]) -> Node | None:
        match node:
            case Scalar():
                return self.scalar(node, path)
            case ListNode(items=items):
                return self._filled_list(items, path)
            case MapNode():
                return self._filled_map(node, path)

    def _filled_list(self, items: Iterable[Node], path: tuple[str, ...]) -> Node | None:
        """Fill the items of a list; one that becomes a list itself gives its items, None where nothing is left."""
        flat: list[Node] = []
        for item in items:
            done = self.fill(item, path)
            if isinstance(done, ListNode):
                flat += done.items
            elif done is not None:
                flat.append(done)
        if flat:
            return ListNode(tuple(flat), flat[0].position)
        return None

    def _filled_map(self, node: MapNode, path: tuple[str, ...]) -> Node | None:
        """Fill a group; None where all its columns are empty: constants alone say nothing about this row."""
        kept: list[tuple[Scalar, Node]] = []
        for key, value in node.entries:
            done = None if is_empty(value) else self.fill(value, (*path, key.text))
            if done is not None:
                kept.append((key, done))
        if path and self._columns(node) and not any(self._columns(node.get(key.text)) for key, _ in kept):
            return None
        return MapNode(tuple(kept), kept[0][1].position if kept else node.position)

    def _columns(self, node: Node | None) -> bool:
        """Tell whether a part of the pattern names columns."""
        return node is not None and any(references(scalar) for _, scalar in scalars(node))

    def scalar(self, node: Scalar, path: tuple[str, ...]) -> Node | None:
        """Fill a text; None where it stays empty or a cell can't be read, which is noted."""
        parts = pattern_parts(node.text)
        if not references(node):
            return node
        texts: list[str] = []
        empty, columns, given = "", [], []
        for part in parts:
            if isinstance(part, str):
                texts.append(part)
                continue
            reference = part.named_in(self.cells)
            cell = self.cells[reference.column]
            columns.append(reference.column)
            text = self.shape(cell, reference)
            if text is None:
                return None
            if cell.text:
                given.append(reference.column)
            if not text and not reference.optional and not empty:
                self.filled.empty[path] = (reference.column, cell.position)
                empty = reference.column
            texts.append(text)
        position = self.cells[columns[0]].position
        if not empty and not given:
            # All its parts may be empty, and all of them are.
            empty = columns[0]
            self.filled.empty[path] = (empty, position)
        self.filled.fields.append(FilledField(path, node, tuple(columns), tuple(given), empty))
        if empty:
            return None
        return _written(parts, texts, position)

    def shape(self, cell: SheetCell, reference: ColumnReference) -> str | None:
        """Return what a pattern takes of a cell, reshaped; None where the cell can't be read, which is added to `found`."""
        if cell.problem is not None:
            self.found.append(cell.problem)
            return None
        if _says_nothing(cell.text, reference):
            self.found.append(
                diagnostic("zelle-sagt-nichts", cell.position, value=cell.text, name=reference.column)
            )
            return None
        text = cell.text[reference.part]
        if self.decimal == ",":
            text = point_decimal(text)
        for name in reference.shapings:
            if name == "value":
                meant = self.lookup[reference.column].get(text)
                if text and meant is None:
                    self.found.append(
                        diagnostic("wert-ohne-zuordnung", cell.position, value=text, name=reference.column)
                    )
                    return None
                text = ""
                if meant:
                    text = meant.text
            elif name in SHAPINGS:
                text = SHAPINGS[name](text)
        return text


def _written(parts: Sequence[str | ColumnReference], texts: Sequence[str], position: Position) -> Node:
    """Return the text that its filled parts make; a list of texts where the pattern is one column with `|split`."""
    only = None
    if len(parts) == 1:
        only = parts[0]
    if isinstance(only, ColumnReference) and "split" in only.shapings:
        items = [item.strip() for item in re.split(r"[,;/|]", texts[0])]
        return ListNode(tuple(Scalar(item, position, plain=False) for item in items if item), position)
    return Scalar("".join(texts), position, plain=False)


@dataclass(slots=True)
class _ColumnCount:
    """One field over all rows: how often its columns said something (`given`) and how often that became a value (`filled`), and by column
    how often the field was lost because that one was empty and another was not (`torn`)."""

    name: str
    columns: tuple[str, ...]
    rows: int = 0
    given: int = 0
    filled: int = 0
    torn: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class ImportTally:
    """What an import did with every field of its mapping, over all rows."""

    counts: dict[Position, _ColumnCount] = field(default_factory=dict)

    def add(self, section: str, filled: Filled) -> None:
        """Count one row."""
        for one in filled.fields:
            name = ".".join((section, *one.path))
            count = self.counts.setdefault(one.pattern.position, _ColumnCount(name, one.columns))
            count.rows += 1
            count.given += bool(one.given)
            count.filled += not one.empty
            if one.given and one.empty and one.empty not in one.given:
                count.torn[one.empty] += 1

    def losses(self) -> Iterator[Diagnostic]:
        """Report each loss at its field in the mapping: an error where most is lost, or where a house number would become a whole street."""
        for place, count in self.counts.items():
            columns = " und ".join(f"„{name}“" for name in count.columns)
            torn = count.torn.total()
            if torn:
                grave = 2 * torn > count.given or count.name.startswith("streets.")
                yield diagnostic(
                    "spalte-verloren" if grave else "spalte-lueckenhaft",
                    place,
                    field=count.name,
                    columns=columns,
                    lost=torn,
                    given=count.given,
                    empty=count.torn.most_common(1)[0][0],
                )
            elif count.filled == 0 and count.rows > 1:
                yield diagnostic(
                    "spalte-ohne-werte", place, field=count.name, columns=columns, rows=count.rows
                )
