"""Arrange published figures in columns with names, types, signs and licence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from generator.export.source import ExportSource, json_file
from generator.model.cells import Cell, Series, Status, shown
from generator.model.indicator import Breakdown, Indicator

Node = dict[str, Any]
_DCAT_DE = "http://dcat-ap.de/def/licenses/"


class Licence(Struct, frozen=True):
    """A licence."""

    name: str
    url: str  # of its text; empty if unknown
    uri: str  # its entry in the list of DCAT-AP.de


NONE = Licence("keine Angabe", "", f"{_DCAT_DE}other-closed")
"""Where no licence is stated, nobody may reuse the data without asking."""

LICENCES: dict[str, Licence] = {
    "dl-de/by-2.0": Licence(
        "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        f"{_DCAT_DE}dl-by-de/2.0",
    ),
    "dl-de/zero-2.0": Licence(
        "Datenlizenz Deutschland – Zero – Version 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
        f"{_DCAT_DE}dl-zero-de/2.0",
    ),
    "cc-by-4.0": Licence(
        "Creative Commons Namensnennung 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
        f"{_DCAT_DE}cc-by/4.0",
    ),
    "cc-by-sa-4.0": Licence(
        "Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen 4.0 International",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        f"{_DCAT_DE}cc-by-sa/4.0",
    ),
    "cc0-1.0": Licence(
        "Creative Commons CC Zero 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        f"{_DCAT_DE}cc-zero",
    ),
    "odbl-1.0": Licence(
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        f"{_DCAT_DE}odbl",
    ),
}


def licence(written: str | None) -> Licence:
    """Return a written licence; unknown ones keep their name as „other“."""
    if not written:
        return NONE
    key = written.strip().lower().replace("dl-de-", "dl-de/").replace("cc by", "cc-by").replace(" ", "-")
    found = LICENCES.get(key)
    return found or Licence(written, "", f"{_DCAT_DE}other-closed")


Value = str | int | bool | Decimal | None
ColumnType = Literal["string", "integer", "number", "boolean"]

SIGNS: Mapping[Status, str] = {
    Status.NOTHING: "nichts vorhanden",
    Status.SECRET: "unbekannt oder geheim zu halten",
    Status.LATER: "Angabe folgt später",
    Status.UNRELIABLE: "nicht sicher genug",
    Status.BLOCKED: "gesperrt, weil nicht sinnvoll",
    Status.REVISED: "berichtigt",
}
"""The signs of official statistics and what they say."""

INVENTED = "erfunden, zur Veranschaulichung"
"""Said of every figure that a worked example made up: it never stands beside a published one unmarked."""

_INTERVALS = {"wilson": "Wilson", "byar": "Byar, unter zehn Fällen exakt nach Poisson"}


class Column(Struct, frozen=True):
    """A column of a table of figures."""

    name: str  # for programs
    label: str  # its German heading
    type: ColumnType
    holds: str  # what stands in it, in German


class Dataset(Struct, frozen=True):
    """The figures of one indicator or of all, as a table."""

    id: str
    title: str
    says: str  # what the figure tells, in a sentence
    definition: str  # how it is computed
    source: str
    publisher: str
    licence: Licence
    attribution: str  # whom reusers have to name
    state: dt.date | None  # of the last release, else of the source
    updated: str  # how often the source has new figures, as written; empty if unknown
    periods: tuple[str, ...]
    topics: tuple[str, ...]  # their names
    address: str  # of its page
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    cautions: str = ""  # breaks, and what the figure doesn't say

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """Return (heading, text) pairs beside the figures."""
        pairs = (
            ("Titel", self.title),
            ("Was es sagt", self.says),
            ("Berechnung", self.definition),
            ("Zu beachten", self.cautions),
            ("Quelle", self.source),
            ("Herausgeber", self.publisher),
            ("Lizenz", f"{self.licence.name} {self.licence.url}".strip()),
            ("Namensnennung", self.attribution),
            ("Veröffentlicht", self.state.isoformat() if self.state else "nicht angegeben"),
            ("Zeiträume", ", ".join(self.periods)),
            ("Seite", self.address),
        )
        return tuple((heading, text) for heading, text in pairs if text)

    @property
    def description(self) -> str:
        """Describe the figures in a paragraph, for catalogues."""
        return " ".join(
            part for part in (self.says, f"{self.definition.rstrip('.')}.", self.cautions) if part
        )


# Columns of every table, before and behind those of breakdowns.
_PLACE = (
    Column("indicator", "Kennzahl", "string", "Kürzel der Kennzahl"),
    Column("space", "Kürzel des Gebiets", "string", "Kürzel des Gebiets in dieser Veröffentlichung"),
    Column("code", "Schlüssel", "string", "Amtlicher Schlüssel des Gebiets, mit führenden Nullen"),
    Column("name", "Gebiet", "string", "Name des Gebiets"),
    Column("level", "Ebene", "string", "Ebene des Gebiets"),
    Column("period", "Zeitraum", "string", "Zeitraum, meist ein Jahr"),
)
_FIGURE = (
    Column("value", "Wert", "number", "Der Wert; wo keiner steht, das Zeichen, das den Grund sagt"),
    Column(
        "qualifier",
        "Zusatz",
        "string",
        "Was vor dem Wert steht, wo die Quelle ihn nicht genau nennt: rund, höchstens",
    ),
    Column(
        "illustrative",
        "erfunden",
        "boolean",
        "Kein Wert der Quelle: erfunden, zur Veranschaulichung, oder daraus gerechnet",
    ),
    Column("low", "von", "number", "Untere Grenze des 95-Prozent-Bereichs"),
    Column("high", "bis", "number", "Obere Grenze des 95-Prozent-Bereichs"),
    Column("numerator", "Zähler", "integer", "Was gezählt wurde"),
    Column("denominator", "Nenner", "integer", "Wovon"),
    Column("sign", "Zeichen", "string", "Zeichen der amtlichen Statistik, leer bei gewöhnlichen Werten"),
    Column("meaning", "Bedeutung des Zeichens", "string", "Das Zeichen in Worten"),
    Column("forecast", "vorausberechnet", "boolean", "Keine Beobachtung, sondern eine Vorausberechnung"),
    Column("summed", "zusammengezählt", "boolean", "Aus den Teilgebieten zusammengezählt"),
    Column("note", "Hinweis", "string", "Hinweis zu diesem Wert"),
    Column("unit", "Einheit", "string", "Worin der Wert angegeben ist"),
    Column("source", "Quelle", "string", "Woher die Zahl kommt"),
    Column("licence", "Lizenz", "string", "Unter welcher Lizenz sie genutzt werden darf"),
    Column(
        "state",
        "veröffentlicht",
        "string",
        "Tag der letzten Veröffentlichung, sonst der Stand, den die Quelle nennt",
    ),
)
FRACTIONS = frozenset({"value", "low", "high"})
"""Columns of numbers with decimals, in whose place a sign may stand."""


def dataset(source: ExportSource, key: str) -> Dataset:
    """Return an indicator's dataset, a column for each breakdown."""
    indicator, series = source.site.indicators[key], source.facts.series[key]
    rows = tuple(
        (
            *_place_values(source, indicator, cell),
            *cell.breakdown,
            *_figure_values(source, indicator, series, cell),
        )
        for cell in series.cells.values()
    )
    written = indicator.source.licence or source.site.config.data_licence
    publisher = source.site.config.publisher.name
    state = state_of(indicator, series)
    return Dataset(
        id=key,
        title=source.text(indicator, "title"),
        says=source.text(indicator, "says"),
        definition=definition(indicator),
        source=indicator.source.name,
        publisher=publisher,
        licence=licence(written),
        attribution=f"{indicator.source.name}; {publisher}, {source.site.config.name}",
        state=state,
        updated=indicator.source.updated or "",
        periods=series.periods,
        topics=tuple(source.site.words.topics[item].name for item in indicator.topics),
        address=source.address("report", key),
        columns=(*_PLACE, *_breakdown_columns(source, indicator), *_FIGURE),
        rows=rows,
        cautions=_cautions(source, indicator),
    )


def _breakdown_columns(source: ExportSource, indicator: Indicator) -> Iterator[Column]:
    """Yield breakdowns' columns, renamed where they clash."""
    every = (*_PLACE, *_FIGURE)
    names = {column.name for column in every}
    labels = {column.label for column in every}
    for part in indicator.breakdowns:
        name = part.id
        label = source.text(part, "name")
        while name in names:
            name = f"breakdown_{name}"
        while label in labels:
            label = f"{label} (Aufgliederung)"
        names.add(name)
        labels.add(label)
        yield Column(name, label, "string", f"Kürzel: {_list_breakdown_values(part)}; leer: insgesamt")


def all_datasets(source: ExportSource) -> Iterator[Dataset]:
    """Yield the datasets of all indicators that have published figures."""
    for key in source.site.indicators:
        if key in source.facts.series:
            yield dataset(source, key)


def together(source: ExportSource) -> Dataset:
    """Return all figures as one dataset, breakdowns as `name=value`."""
    parts = tuple(all_datasets(source))
    config = source.site.config
    rows: list[tuple[Value, ...]] = []
    periods: set[str] = set()
    for part in parts:
        rows += _rows_together(part)
        periods.update(part.periods)
    states = [part.state for part in parts if part.state]
    return Dataset(
        id="kennzahlen",
        title=f"Alle Kennzahlen: {config.name}",
        says="Alle veröffentlichten Kennzahlen in einer Tabelle.",
        definition=" | ".join(f"{part.title}: {part.definition}" for part in parts),
        source="; ".join(dict.fromkeys(part.source for part in parts)),
        publisher=config.publisher.name,
        licence=licence(config.data_licence),
        attribution=f"{config.publisher.name}, {config.name}",
        state=max(states, default=None),
        updated="",
        periods=tuple(sorted(periods)),
        topics=(),
        address=source.address("data", ""),
        columns=(*_PLACE, Column("breakdown", "Aufgliederung", "string", "Leer: insgesamt"), *_FIGURE),
        rows=tuple(rows),
        cautions=" | ".join(f"{part.title}: {part.cautions}" for part in parts if part.cautions),
    )


def _rows_together(part: Dataset) -> list[tuple[Value, ...]]:
    """Return an indicator's rows for the joint table."""
    first = len(_PLACE)
    last = len(part.columns) - len(_FIGURE)
    names = [column.name for column in part.columns[first:last]]
    rows = []
    for row in part.rows:
        values = zip(names, row[first:last], strict=True)
        pieces = ";".join(f"{name}={value}" for name, value in values if value)
        rows.append((*row[:first], pieces, *row[last:]))
    return rows


def definition(indicator: Indicator) -> str:
    """Say in a line how a value is computed, with interval."""
    if indicator.denominator is None:
        return f"{'Anzahl' if indicator.counted else 'Wie in der Quelle'}: {indicator.numerator}"
    # Numerator and denominator are people's words: they stand where German inflects nothing.
    text = f"Zähler: {indicator.numerator}; Nenner: {indicator.denominator}; Zähler geteilt durch Nenner, mal {indicator.per}"
    method = _INTERVALS.get(indicator.interval)
    if not method:
        return text
    text = f"{text}; 95-Prozent-Bereich (Unsicherheitsbereich) nach {method}"
    if indicator.together > 1:
        factor = str(indicator.design).replace(".", ",")
        return f"{text}, gerechnet, als wäre die Anzahl durch {factor} geteilt (Design-Faktor {factor}), weil die Gezählten zum Teil zusammengehören"
    return text


def _cautions(source: ExportSource, indicator: Indicator) -> str:
    """Say in a line when counting changed, and the indicator's note."""
    lines = [f"Ab {item.period} wird anders gezählt: {item.note.rstrip('.')}." for item in indicator.breaks]
    lines.append(source.text(indicator, "note"))
    return " ".join(" ".join(lines).split())


def note_of(indicator: Indicator, cell: Cell) -> str:
    """Join a row's notes: invented, break. What somebody wrote beside a number stays in the town's table."""
    parts = [INVENTED] if cell.illustrative else []
    parts += [f"Bruch: {item.note}" for item in indicator.breaks if item.period == cell.period]
    return "; ".join(parts)


def unit(indicator: Indicator) -> str:
    """Name the unit of an indicator's values."""
    if indicator.denominator is None:
        return indicator.unit or ("Anzahl" if indicator.counted else "")
    return indicator.unit or {100: "Prozent", 1000: "je 1.000", 10000: "je 10.000"}.get(
        indicator.per, f"je {indicator.per}"
    )


def state_of(indicator: Indicator, series: Series) -> dt.date | None:
    """Return the last release's day, else the source's."""
    if series.releases:
        return max(release.date for release in series.releases)
    return indicator.source.as_of


def _list_breakdown_values(part: Breakdown) -> str:
    return ", ".join(f"{value.id} = {value.name}" for value in part.values)


def _place_values(source: ExportSource, indicator: Indicator, cell: Cell) -> tuple[Value, ...]:
    space = source.site.spaces[cell.space]
    level = source.site.config.level_of(space.level)
    name = level[0].levels[level[1]].name if level else space.level
    return (indicator.id, cell.space, space.code or "", source.text(space, "name"), name, cell.period)


def _figure_values(
    source: ExportSource, indicator: Indicator, series: Series, cell: Cell
) -> tuple[Value, ...]:
    state = state_of(indicator, series)
    figure = shown(cell, indicator.decimals)
    written = indicator.source.licence or source.site.config.data_licence
    return (
        figure.value if figure.value is not None else str(cell.status),
        cell.qualifier,
        cell.illustrative,
        figure.low,
        figure.high,
        cell.numerator,
        cell.denominator,
        str(cell.status),
        SIGNS.get(cell.status, ""),
        cell.forecast,
        cell.summed,
        note_of(indicator, cell),
        unit(indicator),
        indicator.source.name,
        licence(written).name,
        state.isoformat() if state else "",
    )


_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_KEY = ("indicator", "space", "period")
"""The columns that tell one row from all others."""


def datapackage(data: Dataset, file: str) -> bytes:
    """Describe a dataset; `file` is its CSV."""
    return json_file(_package(data.id, data, [_resource(data, file)]), indent=1)


def all_packages(whole: Dataset, parts: Iterable[Dataset], file: str) -> bytes:
    """Describe all datasets; `file` has `{id}` for the indicator."""
    resources = [_resource(part, file.format(id=part.id)) for part in parts]
    return json_file(_package(whole.id, whole, resources), indent=1)


def _package(name: str, data: Dataset, resources: list[Node]) -> Node:
    """Describe a data package (`_PROFILE`): one or several tables with source and licence."""
    found: Node = {
        "$schema": _PROFILE,
        "name": name,
        "title": data.title,
        "description": data.description,
        "homepage": data.address,
        "licenses": [_describe_licence(data)],
        "sources": [{"title": data.source}],
        "contributors": [{"title": data.publisher, "roles": ["publisher"]}],
        "resources": resources,
    }
    if data.state:
        found["created"] = f"{data.state.isoformat()}T00:00:00Z"
        found["version"] = data.state.isoformat()
    return found


def _describe_licence(data: Dataset) -> dict[str, str]:
    found = {"title": data.licence.name}
    if data.licence.url:
        return {**found, "path": data.licence.url}
    return {"name": "other-closed", **found}


def _resource(data: Dataset, file: str) -> Node:
    """Describe one table of a package, with its columns."""
    # Only columns of breakdowns are described so.
    split = [column.name for column in data.columns if column.holds.startswith("Kürzel: ")]
    return {
        "name": data.id,
        "type": "table",
        "title": data.title,
        "description": f"{data.description} Quelle: {data.source}. {data.attribution}.",
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": [{"title": data.source}],
        "licenses": [_describe_licence(data)],
        "schema": {
            "fields": [
                _describe_field(column.name, column.label, column.type, column.holds)
                for column in data.columns
            ],
            "missingValues": [""],
            # A missing value of a breakdown stands for the whole, so it can't be part of a key.
            **({} if split else {"primaryKey": list(_KEY)}),
        },
    }


def _describe_field(name: str, label: str, kind: str, holds: str) -> Node:
    found: Node = {"name": name, "title": label, "type": kind, "description": holds}
    if name == "value":
        found["missingValues"] = [
            {"value": str(sign), "label": words}
            for sign, words in SIGNS.items()
            if sign is not Status.REVISED
        ] + [{"value": "", "label": "keine Angabe"}]
    return found
