"""A town's street directory and its mapping in, `resources/streets.csv` of a project out; which rows become several ranges of house numbers, which are left out, further geographies and points as columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from pathlib import Path

from generator.diagnostics import Diagnostic, has_errors, meant_or, ordered
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.filling import Filled, ImportTally, fill
from generator.edit.imports.incoming import (
    ImportManner,
    ImportOutcome,
    ImportTarget,
    bring_in,
)
from generator.edit.imports.mapping_files import MappingFile, open_mapped
from generator.edit.records.last_import import memory_path
from generator.edit.tables.table_rows import SheetRow
from generator.model.site import house
from generator.read.csv_tables import point_and_postcode, unknown_space, wrong_range
from generator.read.nodes import ListNode, MapNode, Scalar, text_at

TARGET = "resources/streets.csv"
_RANGE = ("from", "to", "parity")
_PARITIES = ("odd", "even", "all")


def import_streets(table_path: Path, mapping_path: Path, root: Path, manner: ImportManner) -> ImportOutcome:
    """Read the directory and write the project's register; a row may become several ranges of house numbers.

    A row in which all ranges are empty (or 0) stands for the whole street. Nothing is written when anything is wrong.
    A register that people edited, or that nothing remembers, stays with `update`, and that is told.
    """
    opened, found = open_mapped(table_path, mapping_path, root, ("streets",))
    if opened is None:
        return ImportOutcome(found=ordered(found))
    project, mapping, table = opened.project, opened.mapping, opened.table
    pattern = mapping.sections["streets"]
    geographies = [geography.id for geography in project.config.geographies]
    found += _unknown_fields(pattern, geographies)
    if has_errors(found):
        return ImportOutcome(found=ordered(found))
    # As text at once: hundreds of thousands of rows of it take a tenth of the room.
    written, count = io.StringIO(), 0
    table_of = _writer(_columns(pattern, geographies), written)
    tally = ImportTally()
    for number, row in enumerate(table.rows):
        manner.progress("zuordnen", number, len(table.rows))
        made, problems = _ranges(pattern, row, mapping, project, geographies, tally)
        table_of.writerows(made)
        count += len(made)
        found += problems
    found += tally.losses()
    text = "" if has_errors(found) else written.getvalue()
    memory = memory_path(mapping_path, root)
    outcome = bring_in(project, (), {TARGET: text}, found, manner, memory)
    if outcome.written:
        outcome.written.clear()
        outcome.written["streets"] = count
    return outcome


def _unknown_fields(pattern: MapNode, geographies: list[str]) -> list[Diagnostic]:
    allowed = ("street", "space", "postcode", "longitude", "latitude", "ranges", *_RANGE, *geographies)
    found = []
    for key, _ in pattern.entries:
        if key.text not in allowed:
            better = meant_or(key.text, allowed)
            found.append(diagnostic("unbekanntes-feld", key.position, name=key.text, better=better))
    for name, title in (("street", "Straße"), ("space", "Gebiet")):
        if pattern.get(name) is None:
            found.append(diagnostic("feld-fehlt", pattern.position, name=name, title=title))
    return found


def _columns(pattern: MapNode, geographies: Iterable[str]) -> list[str]:
    """Return the columns of the register: those of every town, further geographies and points where the mapping has them."""
    optional = [name for name in geographies if name != "space"]
    optional += ["longitude", "latitude"]
    columns = ["street", *_RANGE, "postcode", "space"]
    return columns + [name for name in optional if pattern.get(name) is not None]


def _ranges(
    pattern: MapNode,
    row: SheetRow,
    mapping: MappingFile,
    project: ImportTarget,
    geographies: list[str],
    tally: ImportTally,
) -> tuple[list[dict[str, str]], list[Diagnostic]]:
    """Return what a row says, once for each of its ranges of house numbers, and what is wrong with it."""
    found: list[Diagnostic] = []
    filled = fill(pattern, row, mapping.lookup, mapping.form.decimal, found)
    tally.add("streets", filled)
    texts = {key.text: value.text for key, value in filled.node.entries if isinstance(value, Scalar)}
    found += [*_lacking(filled, texts), *point_and_postcode(texts, row.start)[1]]
    for name in ("space", *geographies):
        value = filled.node.get(name)
        if isinstance(value, Scalar) and value.text not in project.known["spaces"]:
            found.append(unknown_space(value.text, value.position, project.known["spaces"]))
    limits = []
    for part in _parts(filled.node):
        read, problems = _limits(part)
        found += problems
        limits.append(read)
    if isinstance(filled.node.get("ranges"), ListNode):
        limits = _with_numbers(limits)
    made = [{**texts, **item} for item in limits]
    if not found:
        # What the register's reader will find wrong with rows whose areas are known.
        for read_back in made:
            found += wrong_range(read_back, (), row.start, ())
    return made, found


def _lacking(filled: Filled, texts: Collection[str]) -> list[Diagnostic]:
    """Say whether the cells of a row's street or area are empty; `texts` names the fields that were filled in."""
    found = []
    for name in ("street", "space"):
        if name not in texts and (name,) in filled.empty:
            column, position = filled.empty[name,]
            found.append(diagnostic("zelle-leer", position, name=column, field=name))
    return found


def _with_numbers(limits: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Leave out ranges without a number, which say nothing about their side of the street; with none left it is the whole street."""
    return [item for item in limits if "to" in item] or [{"parity": "all"}]


def _parts(node: MapNode) -> list[MapNode]:
    """Return the ranges of a row; what it says itself where it lists none."""
    written = node.get("ranges")
    items = written.items if isinstance(written, ListNode) else ()
    if items:
        return [item for item in items if isinstance(item, MapNode)]
    return [MapNode(tuple(pair for pair in node.entries if pair[0].text in _RANGE), node.position)]


def _limits(part: MapNode) -> tuple[dict[str, str], list[Diagnostic]]:
    found: list[Diagnostic] = []
    limits = {"parity": "all"}
    for key, value in part.entries:
        text = text_at(value)
        if key.text in ("from", "to"):
            if not text.strip("0"):
                # Some registers write 0 where no number is known.
                continue
            number = house(text)
            if number is None:
                found.append(diagnostic("keine-hausnummer", value.position, value=text))
            text = str(number or text)
        elif key.text == "parity" and text not in _PARITIES:
            better = "möglich sind: " + ", ".join(_PARITIES)
            found.append(diagnostic("falscher-wert", value.position, value=text, better=better))
        limits[key.text] = text
    if "from" in limits and "to" not in limits:
        limits["to"] = limits["from"]
    return limits, found


def register_text(columns: list[str], rows: list[dict[str, str]]) -> str:
    """Write the register of streets."""
    out = io.StringIO()
    _writer(columns, out).writerows(rows)
    return out.getvalue()


def _writer(columns: list[str], out: io.StringIO) -> csv.DictWriter[str]:
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    return writer
