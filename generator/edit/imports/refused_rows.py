"""Records and tables that come in; what of them isn't taken, with a warning for each, out: values that can't be read, what a spreadsheet spoiled (dates for numbers, a lost zero), protected records, tables that this very site exported.

Values that can't be read, and what a spreadsheet made of what people typed: nobody guesses what it was. Protected records: people enter
them by hand, without an address. A table that this very site exported: its records stand in the project, and there they are edited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.derive.masking import withheld_records
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.tables.table_rows import Sheet, SheetRow
from generator.model.groups import Record
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.offer import Offer
from generator.model.scalars import lost_zero
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies
from generator.read.hidden_places import folded_words, kinds_named, refuge_in, refuge_named
from generator.read.nodes import FieldPath, ListNode, MapNode, Node, stated_items
from generator.read.records import build, validate
from generator.read.written_texts import scalars


def leave_out(
    model: type[Record], key: str, node: MapNode, problems: Sequence[Diagnostic]
) -> tuple[MapNode, list[Diagnostic]]:
    """Take out the values that the problems point at, as long as the record is sound afterwards.

    Where a value is needed, or nothing helps, the record comes back as it was with the problems.
    """
    better, left = node, list(problems)
    warnings = []
    for problem in problems:
        for path, scalar in scalars(better):
            if scalar.position != problem.position:
                continue
            smaller = without(better, path)
            after = validate(model, smaller, id=key)[1]
            if len(after) < len(left):
                field = ".".join(map(str, path))
                warnings.append(
                    diagnostic("wert-ausgelassen", problem.position, value=scalar.text, field=field)
                )
                better, left = smaller, after
                break
    if left:
        return node, list(problems)
    return better, warnings


def without(node: MapNode, path: FieldPath) -> MapNode:
    """Return a record without the value at a path; a group or list that becomes empty goes too."""
    done = _without(node, path)
    return done if isinstance(done, MapNode) else MapNode((), node.position)


def _without(node: Node, path: FieldPath) -> Node | None:
    if not path:
        return None
    if isinstance(node, MapNode):
        values = [
            (key, _without(value, path[1:]) if key.text == path[0] else value) for key, value in node.entries
        ]
        entries = tuple((key, value) for key, value in values if value is not None)
        return MapNode(entries, node.position) if entries else None
    if isinstance(node, ListNode):
        there = enumerate(stated_items(node))
        rest = [_without(item, path[1:]) if number == path[0] else item for number, item in there]
        items = tuple(item for item in rest if item is not None)
        return ListNode(items, node.position) if items else None
    return node


_NUMBERS = ("number", "ages", "hours")
"""Fields in which people write two numbers with a sign between them: „1-3“."""
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d{1,2}\.\d{1,2}\.\d{2,4}"
    r"|\d{1,2}[. -]{1,2}(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
    r"|(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[. -]{1,2}\d{2,4}"
)


def spoiled(node: MapNode) -> Iterator[Diagnostic]:
    """Report dates where numbers belong, and telephone numbers that lost the zero in front."""
    for path, scalar in scalars(node):
        if path[-1] in ("phone", "mobile") and lost_zero(scalar.text):
            yield diagnostic("null-verloren", scalar.position, value=scalar.text)
        elif path[-1] in _NUMBERS and _DATE.fullmatch(scalar.text):
            yield diagnostic("datum-statt-zahl", scalar.position, value=scalar.text)


Ids = frozenset[tuple[str, str]]
Rows = frozenset[Position]
"""Rows, by where each begins: there all its records lie."""


_NO = re.compile(r"n|nein|no|0|false|falsch|[-–—]", re.IGNORECASE)
"""What a cell says that denies its heading: „Anschrift geheim: nein“."""


def rows_of_refuges(table: Sheet, words: Vocabularies, unused: Collection[str]) -> Mapping[Position, str]:
    """Return the rows in which any cell, alone or under its heading, names something protected, with that cell, whether the mapping takes it or not.

    What kind of house it is, or that nobody may know where, often stands in a column of its own. Where words only may mean a
    refuge somebody is asked about the record; of columns that are `unused` no record would tell, so there they count as well.
    """
    kinds = kinds_named(words)
    return {row.start: said for row in table.rows if (said := _protecting(row, kinds, unused))}


def _protecting(row: SheetRow, kinds: re.Pattern[str], unused: Collection[str]) -> str:
    """Return the text of the first cell that names something protected; empty where none does."""
    for name, cell in zip(row.names, row.read, strict=False):
        heard = refuge_in if name in unused else refuge_named
        said = [cell.text]
        if cell.text and not _NO.fullmatch(cell.text):
            said.append(f"{name}: {cell.text}")
        if any(heard(text) or kinds.search(" ".join(folded_words(text))) for text in said):
            return said[-1]
    return ""


def protected_rows(project: ImportTarget, records: Sequence[Incoming], rows: Collection[Position]) -> Ids:
    """Return by folder and id what is protected: in the project as it is, as it would be with these records, by its name or in one of the rows.

    An offer goes with the place or provider that isn't taken over; a place or provider goes with what is protected in its row, and a place with
    what is protected in it, unless something open leads there.
    """
    there = project.protected
    after = _with(project.site, [record for record in records if record.key not in there])
    found = there | withheld_records(after) | _called_so(records, rows)
    lost = {key for key in found if key[1] not in project.known[key[0]]}
    found |= {("offers", key) for key, offer in after.offers.items() if lost & _ends(offer)}
    return found | _beside(records, after, found, rows).difference(_open_ends(after, found))


def _called_so(records: Iterable[Incoming], rows: Collection[Position]) -> Ids:
    """Return what is called like a refuge, or stands in one of the rows but for providers: they stand in others, too."""
    return frozenset(
        record.key
        for record in records
        if refuge_named(record.title) or (record.node.position in rows and record.folder != "providers")
    )


def _beside(records: Sequence[Incoming], after: Site, protected: Ids, rows: Collection[Position]) -> Ids:
    """Return what stands in one of the rows or in one with something protected, and the places of protected offers."""
    there = _protected_rows(records, protected).union(rows)
    houses = {
        ("places", offer.place or "") for key, offer in after.offers.items() if ("offers", key) in protected
    }
    return frozenset(houses.union(record.key for record in records if record.node.position in there))


def unaddressed(records: Sequence[Incoming], protected: Ids) -> Iterator[Incoming]:
    """Yield the records, providers from a row with something protected without an address: it may be that of the house."""
    rows = _protected_rows(records, protected)
    for record in records:
        if record.folder == "providers" and record.node.position in rows:
            yield replace(record, node=without(record.node, ("address",)))
        else:
            yield record


def _protected_rows(records: Iterable[Incoming], protected: Ids) -> Rows:
    return frozenset(record.node.position for record in records if record.key in protected)


def _open_ends(after: Site, protected: Ids) -> Iterator[tuple[str, str]]:
    """Yield the places and providers of what isn't protected."""
    for key, offer in after.offers.items():
        if ("offers", key) not in protected:
            yield from _ends(offer)
    for key, place in after.places.items():
        if ("places", key) not in protected:
            yield from (("providers", provider) for provider in place.providers)


def told_rows(
    project: ImportTarget, records: Sequence[Incoming], protected: Ids, rows: Mapping[Position, str]
) -> Iterator[Diagnostic]:
    """Say which rows are not taken over, each by its house, and which cell says so; ask about records that an earlier table brought with their address or point."""
    left = [record for record in records if record.key in protected]
    houses_last = sorted(left, key=lambda one: one.folder == "places")
    for position, record in {one.node.position: one for one in houses_last}.items():
        said = f" („{rows[position][:60]}“)" if position in rows else ""
        yield replace(diagnostic("zeile-geschuetzt", position, name=record.title, said=said), quiet=True)
    for record in left:
        there = project.site.records(record.folder).get(record.id)
        if getattr(there, "address", None) or getattr(there, "point", None):
            asked = diagnostic("zuflucht-vielleicht", Position(record.name), value=record.title)
            yield replace(asked, quiet=True)


def _with(site: Site, records: Iterable[Incoming]) -> Site:
    """Return the site as it would be; what is no record yet is told elsewhere."""
    there: dict[str, dict[str, Record]] = {folder: dict(site.records(folder)) for folder in KIND_BY_FOLDER}
    for incoming in records:
        record, _ = build(KIND_BY_FOLDER[incoming.folder].model, incoming.node, id=incoming.id)
        if record is not None:
            there[incoming.folder][incoming.id] = record
    return site.with_records(there)


def _ends(offer: Offer) -> set[tuple[str, str]]:
    """Return the place and the provider of an offer."""
    return {("places", offer.place or ""), ("providers", offer.provider)}


_ADDRESS = "url"
_TELLING = frozenset((_ADDRESS, "illustrative", "checked", "summary"))
"""Headings that a table of offers of this program has, whatever people have left of it."""


def refuse_own(project: ImportTarget, table: Sheet) -> list[Diagnostic]:
    """Refuse a table whose rows are pages of the site of this very project; another town's is a table like any other.

    What follows from place, provider and kind stands in it as if it were written: read back, it would be.
    """
    if not _TELLING.issubset(table.header):
        return []
    site = project.config.url.rstrip("/") + "/"
    for row in table.rows:
        cell = row.cells[_ADDRESS]
        if cell.text.startswith(site):
            return [diagnostic("eigene-tabelle", cell.position, value=cell.text)]
    return []
