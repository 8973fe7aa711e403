"""A mapping file or the options of a command in; how a table of figures is laid out, and what its signs mean, out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field

from generator.diagnostics import Diagnostic, has_errors
from generator.files.door import RECORD, Door
from generator.model.groups import Group
from generator.model.scalars import Slug, Text
from generator.read.nodes import parse
from generator.read.records import validate

Meaning = Literal["nothing", "zero", "secret", "later", "unreliable", "blocked", "missing"]
MEANINGS: tuple[Meaning, ...] = ("nothing", "zero", "secret", "later", "unreliable", "blocked", "missing")
_LINES = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


class FigureForm(Group):
    """How a table of figures is written; what isn't said is recognised by the whole table, or asked for."""

    separator: Literal[",", ";", "tab"] | None = Field(
        None, title="Trennzeichen", description="tab für Tabulator; ein Semikolon steht in Anführungszeichen."
    )
    decimal: Literal[".", ","] | None = Field(None, title="Dezimalzeichen")
    encoding: Literal["utf-8", "windows-1252"] = Field(
        "utf-8", title="Kodierung", description="windows-1252, wenn Umlaute sonst falsch aussehen."
    )
    sheet: str = Field(
        "", title="Blatt", description="Welches Blatt einer Arbeitsmappe, wenn sie mehrere hat."
    )
    header: Text | None = Field(
        None, title="Zeilen der Überschriften", description="Eine Zeile der Datei (4) oder mehrere (4-6)."
    )
    areas: Literal["rows", "columns"] | None = Field(
        None, title="Gebiete stehen", description="rows: untereinander. columns: nebeneinander."
    )

    @property
    def header_lines(self) -> tuple[int, int] | None:
        """First and last line of the headings, as they are counted in the file; None where it isn't said, or not so that it can be read."""
        match = _LINES.fullmatch(self.header or "")
        if match is None:
            return None
        first = int(match[1])
        return first, max(first, int(match[2] or first))


class BreakdownColumns(Group):
    """Which breakdown the table has, and which of its texts or headings is which value."""

    id: Slug = Field(title="Kürzel")
    column: Text | None = Field(
        None,
        title="Spalte",
        description="In ihr stehen die Werte; ohne Angabe sind es Überschriften von Spalten.",
    )
    values: dict[str, str] = Field(
        title="Werte",
        description="Je Text der Tabelle das Kürzel des Wertes; ein leeres Kürzel heißt insgesamt.",
    )


class FigureMapping(Group):
    """Which column is what."""

    indicator: Slug | None = Field(None, title="Kennzahl")
    level: Slug | None = Field(None, title="Ebene")
    area: Text | None = Field(None, title="Spalte mit den Gebieten")
    period: Text | None = Field(
        None, title="Zeitraum", description="Eine Spalte, oder der Zeitraum selbst: 2024."
    )
    years: Literal["yes", "no"] = Field(
        "no", title="Nur Jahre", description="yes: aus dem Stichtag 31.12.2024 wird das Jahr 2024."
    )
    numerator: Text | None = Field(None, title="Spalte mit der Anzahl")
    denominator: Text | None = Field(None, title="Spalte mit dem Nenner")
    rate: Text | None = Field(None, title="Spalte mit einer fertigen Quote")
    where: dict[str, str] = Field(
        default_factory=dict, title="Nur Zeilen", description="Je Spalte, was in ihr stehen muss."
    )
    breakdown: BreakdownColumns | None = Field(None, title="Aufgliederung")
    signs: dict[str, Meaning] = Field(
        default_factory=dict,
        title="Zeichen",
        description="Wo die Zeichenerklärung der Tabelle anders ist als die der amtlichen Statistik.",
    )
    unknown: Literal["stop", "leave-out"] = Field(
        "stop", title="Gebiete, die es hier nicht gibt", description="leave-out: ihre Zeilen auslassen."
    )
    totals: Literal["stop", "tell"] = Field(
        "stop",
        title="Summen, die nicht aufgehen",
        description="tell: nur nennen, etwa bei gerundeten Zahlen.",
    )
    table: FigureForm = Field(default_factory=FigureForm, title="Wie die Tabelle geschrieben ist")


def read_figure_mapping(door: Door, path: Path) -> tuple[FigureMapping | None, list[Diagnostic]]:
    """Read a mapping file; None and every problem where it can't be read."""
    text, found = door.text(path, RECORD)
    node, problems = parse(text, door.name(path)) if text is not None else (None, [])
    found += problems
    if node is None or has_errors(found):
        if text is not None and not found:
            return (FigureMapping(), found)
        return (None, found)
    mapping, problems = validate(FigureMapping, node)
    found += problems
    return (None if has_errors(found) else mapping), found
