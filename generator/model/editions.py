"""Model an edition of a written report, and how it is kept as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
import types
import typing
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeVar

import shapely
from msgspec import Struct, structs
from msgspec import field as struct_field
from pydantic import BaseModel, ConfigDict, Field
from shapely.geometry.base import BaseGeometry

from generator.model.areas_and_offices import Space
from generator.model.cells import (
    Cell,
    CellKey,
    Change,
    Comparison,
    Judgement,
    Release,
    RoundedBy,
    Series,
    Status,
    Verdict,
)
from generator.model.config import GeographyConfig, LevelConfig
from generator.model.dates import Date, parse_partial_date
from generator.model.facts import SpaceFacts
from generator.model.geometry import Repairs, ground_of, rounded, tangled
from generator.model.groups import Figure, Group, SpaceId
from generator.model.indicator import (
    Break,
    Breakdown,
    BreakdownValue,
    DataSource,
    Indicator,
    IndicatorTexts,
    PeerSet,
    PeerValue,
)
from generator.model.scalars import Point, Text
from generator.model.vocabulary import Term

# Kept fields are those of `Indicator`, `Cell`, `Series`, `Space` … when the format was made, and mean the same.
# One that is added gets a default, and one that means something else makes a new `FORMAT`.
FORMAT = 2
"""1: the program's own records and derived facts as they were (no number in the file). 2: what stands here."""


class Kept(BaseModel):
    """A part of the format; unknown fields of later versions are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class KeptSource(Kept):
    """Where an indicator's numbers come from."""

    name: str
    licence: str | None = None
    url: str | None = None
    as_of: dt.date | None = None


class KeptValue(Kept):
    """A value of a breakdown."""

    id: str
    name: str


class KeptBreakdown(Kept):
    """A way in which an indicator is divided."""

    id: str
    name: str
    values: tuple[KeptValue, ...] = ()


class KeptBreak(Kept):
    """A period from which numbers aren't comparable with earlier ones."""

    period: str
    note: str


class KeptPeer(Kept):
    """A published value of another place."""

    name: str
    period: str
    value: Decimal
    note: str | None = None
    qualifier: str | None = None


class KeptPeers(Kept):
    """A set of other places."""

    name: str
    source: str
    values: tuple[KeptPeer, ...] = ()


class KeptWords(Kept):
    """What the page about changes says in other languages."""

    title: str | None = None
    unit: str | None = None


class KeptIndicator(Kept):
    """The definition with which a number was published."""

    title: str
    says: str
    numerator: str
    source: KeptSource
    denominator: str | None = None
    unit: str | None = None
    per: int = 100
    decimals: int = 1
    adds_up: bool = True
    direction: str = "none"
    interval: str = "wilson"
    design: Decimal | None = None
    illustrative: bool = False
    vintage: str | None = None
    breakdowns: tuple[KeptBreakdown, ...] = ()
    breaks: tuple[KeptBreak, ...] = ()
    peers: tuple[KeptPeers, ...] = ()
    translations: dict[str, KeptWords] = Field(default_factory=dict)


class KeptComparison(Kept):
    """A value's stated comparison with another area."""

    space: str
    verdict: str
    judgement: str
    difference: Decimal | None = None


class KeptChange(Kept):
    """What was said of a value beside an earlier one."""

    since: str
    verdict: str
    judgement: str
    difference: Decimal | None = None
    low: float | None = None
    high: float | None = None
    years: int = 0


class KeptCell(Kept):
    """A value, or the sign that stood in its place."""

    space: str
    period: str
    part: tuple[str, ...] = ()
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    low: float | None = None
    high: float | None = None
    status: str = ""
    forecast: bool = False
    summed: bool = False
    qualifier: str = ""
    illustrative: bool = False
    town: KeptComparison | None = None
    parent: KeptComparison | None = None
    change: KeptChange | None = None


class KeptRelease(Kept):
    """A release of an indicator's table public by then."""

    date: dt.date
    note: str = ""


class KeptReach(Kept):
    """How far rounded counts may lie from the true ones."""

    numerator: int = 0
    denominator: int = 0


class KeptSeries(Kept):
    """An indicator's values and its areas."""

    benchmark: str = ""
    reach: KeptReach = KeptReach()
    spaces: tuple[str, ...] = ()
    releases: tuple[KeptRelease, ...] = ()
    cells: tuple[KeptCell, ...] = ()


class KeptFigure(Kept):
    """A number of an area's profile."""

    name: str
    value: Decimal
    date: str | None = None
    source: str
    qualifier: str | None = None
    unit: str | None = None
    of: str | None = None
    note: str | None = None
    illustrative: bool = False


class KeptArea(Kept):
    """An area's name and parents then; `where` is „in …“, `label` a point in degrees."""

    name: str
    level: str
    display_name: str = ""
    where: str | None = None
    parent: str | None = None
    code: str | None = None
    geography: str = ""
    depth: int = 0
    within: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    label: tuple[float, float] | None = None
    boundary_kind: str = "sharp"
    illustrative: bool | tuple[str, ...] = False
    figures: tuple[KeptFigure, ...] = ()


class KeptLevel(Kept):
    """A level of areas and its names."""

    id: str
    name: str
    plural: str | None = None


class KeptGeography(Kept):
    """A hierarchy of levels, the widest first."""

    id: str
    levels: tuple[KeptLevel, ...] = ()


class KeptTerm(Kept):
    """A term of the trade as it was explained."""

    name: str
    meaning: str
    abbreviation: str | None = None
    also: tuple[str, ...] = ()


class KeptOffer(Kept):
    """An offer as a report names it."""

    name: str
    summary: str
    provider: str


class KeptEdition(Kept):
    """Everything an edition says, by ids of indicators, areas, terms.

    `shapes` are well-known text in degrees. `offers` holds lists by arguments
    (`topic=…;space=…;limit=5;low=False`), `offer_totals` the totals of cut ones. In format 1 `geographies`
    and `terms` are None: the project's are used.
    """

    indicators: dict[str, KeptIndicator] = Field(default_factory=dict)
    series: dict[str, KeptSeries] = Field(default_factory=dict)
    areas: dict[str, KeptArea] = Field(default_factory=dict)
    shapes: dict[str, str] = Field(default_factory=dict)
    offers: dict[str, tuple[KeptOffer, ...]] = Field(default_factory=dict)
    offer_totals: dict[str, int] = Field(default_factory=dict)
    geographies: tuple[KeptGeography, ...] | None = None
    terms: dict[str, KeptTerm] | None = None


def upgraded(data: Mapping[str, Any], written: int) -> dict[str, Any]:
    """Upgrade a file's data to the newest format; raise ValueError for a newer one."""
    if written not in (1, FORMAT):
        raise ValueError(f"format {written}")
    return _from_1(data) if written == 1 else dict(data)


def _from_1(data: Mapping[str, Any]) -> dict[str, Any]:
    """Upgrade format 1, which kept areas twice and lists without field names."""
    areas = {}
    for key, space in data["spaces"].items():
        facts = data["areas"][key]
        label = facts["label"]
        areas[key] = {
            **space,
            "display_name": facts["display_name"],
            "geography": facts["geography"],
            "depth": facts["depth"],
            "within": facts["ancestors"],
            "neighbours": facts["neighbours"],
            "label": None if label is None else [label["longitude"], label["latitude"]],
        }
    series = {}
    for key, item in data["series"].items():
        cells = [_cell_from_1(cell) for cell in item["cells"]]
        series[key] = {**item, "cells": cells}
    return {**data, "areas": areas, "series": series}


def _cell_from_1(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Name what format 1 kept as lists: `["town", "higher", "worse", "2.1"]`."""
    compared = ("space", "verdict", "judgement", "difference")
    changed = ("since", "verdict", "judgement", "difference", "low", "high")
    named = dict(cell)
    for name, fields in (("town", compared), ("parent", compared), ("change", changed)):
        if named[name] is not None:
            named[name] = dict(zip(fields, named[name], strict=True))
    return named


State = Literal["draft", "in-review", "published"]


class PageAgain(Group):
    """A page that somebody is to look at again on a day."""

    title: str = Field(title="Titel")
    again: Date = Field(title="Wann wieder", description="Der Tag, an dem „nahraum due“ die Seite nennt.")


class Withdrawal(Group):
    """Since when an edition isn't shown any more, and why."""

    date: Date = Field(title="Tag", description="Seit wann der Bericht nicht mehr gezeigt wird.")
    reason: Text = Field(
        title="Grund", description="Ein Satz, ohne das zu wiederholen, was nicht dastehen darf."
    )


class EditionHead(Group):
    """What stands at the top of an edition's file."""

    title: Text = Field(title="Titel", description="Der Name des Berichts, ohne den Stand.")
    edition: Text = Field(title="Stand des Berichts", description="Zum Beispiel: 2026.")
    date: Date = Field(title="Datum", description="Tag der Veröffentlichung, oder der geplante.")
    state: State = Field(
        "draft",
        title="Stand",
        description="draft Entwurf, in-review in Prüfung, published veröffentlicht. Nur die letzte ist öffentlich.",
    )
    space: SpaceId | None = Field(None, title="Gebiet", description="Wovon der Bericht handelt.")
    summary: Text = Field(title="Das Wichtigste", description="Zwei, drei Sätze.")
    authors: Text | None = Field(None, title="Verfasst von")
    withdrawn: Withdrawal | None = Field(
        None,
        title="Zurückgezogen",
        description="Schreibt `nahraum publish --withdraw`; seine Zahlen zählen bei jeder Prüfung weiter mit.",
    )


class OfferLine(Struct, frozen=True):
    """An offer as a report names it."""

    name: str
    summary: str
    provider: str


class Correction(Struct, frozen=True):
    """A later change of an edition's words; its figures stay."""

    date: dt.date
    note: str


class Frozen(Struct, frozen=True):
    """All that an edition's components read: cells, definitions, areas, offers.

    `offers` are lists by arguments, `offer_totals` the totals of cut ones, `terms` explained terms,
    `geographies` levels; None for the last two (first format) means the site's.
    """

    indicators: Mapping[str, Indicator] = struct_field(default_factory=dict)
    series: Mapping[str, Series] = struct_field(default_factory=dict)
    spaces: Mapping[str, Space] = struct_field(default_factory=dict)
    areas: Mapping[str, SpaceFacts] = struct_field(default_factory=dict)
    shapes: Mapping[str, BaseGeometry] = struct_field(default_factory=dict)
    offers: Mapping[str, tuple[OfferLine, ...]] = struct_field(default_factory=dict)
    offer_totals: Mapping[str, int] = struct_field(default_factory=dict)
    geographies: tuple[GeographyConfig, ...] | None = None
    terms: Mapping[str, Term] | None = None


class Edition(Struct, frozen=True):
    """An edition; `frozen` is None until published, `text` is its Markdown."""

    report: str  # its folder in `content/berichte/`
    name: str  # its file there, without ending
    head: EditionHead
    text: str
    first_line: int  # of the text in its file
    file: str
    digest: str  # of its words, to tell that they were changed
    frozen: Frozen | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def key(self) -> str:
        """The edition's address below `berichte/`."""
        return f"{self.report}/{self.name}"

    @property
    def kept_at(self) -> str:
        """Where its figures are kept, from the project's folder."""
        return f"resources/editions/{self.key}.json"

    @property
    def public(self) -> bool:
        """Only published editions are for everyone."""
        return self.head.state == "published"


PAGE_HEAD = re.compile(r"\A(---[ \t]*\n.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
"""What stands in the head of a hand-written page, and the line that ends it."""


def is_edition(name: str) -> bool:
    """Tell whether a content page is an edition, which is built elsewhere.

    >>> is_edition("berichte/nord/2026.md"), is_edition("berichte/nord/index.md"), is_edition("berichte/index.md")
    (True, False, False)
    """
    parts = name.split("/")
    return len(parts) == 3 and parts[0] == "berichte" and parts[2] != "index.md"


DIGITS = 6
"""Digits of degrees that are kept: a tenth of a metre."""

T = TypeVar("T")


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content's canonical JSON, in hexadecimal."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(frozen: Frozen) -> dict[str, Any]:
    """Return frozen content as plain data, without defaults."""
    content = {
        "indicators": frozen.indicators,
        "series": {key: _series_kept(item) for key, item in frozen.series.items()},
        "areas": {key: _area_kept(item, frozen.areas[key]) for key, item in frozen.spaces.items()},
        "shapes": {
            key: shapely.to_wkt(rounded(shape, DIGITS), rounding_precision=DIGITS)
            for key, shape in frozen.shapes.items()
        },
        "offers": frozen.offers,
        "offer_totals": frozen.offer_totals,
        "geographies": frozen.geographies,
        "terms": frozen.terms,
    }
    kept = KeptEdition.model_validate(content, from_attributes=True)
    return kept.model_dump(mode="json", exclude_defaults=True)


def from_json(content: Mapping[str, Any], written: int = FORMAT) -> Frozen:
    """Read any version of `to_json`; raise ValueError, KeyError or TypeError otherwise."""
    kept = KeptEdition.model_validate(upgraded(content, written))
    return Frozen(
        indicators={key: _restore_indicator(key, item) for key, item in kept.indicators.items()},
        series={key: _restore_series(key, item) for key, item in kept.series.items()},
        spaces={key: _restore_space(key, item) for key, item in kept.areas.items()},
        areas={key: _restore_area_facts(key, item, kept.areas) for key, item in kept.areas.items()},
        shapes={key: _shape(item) for key, item in kept.shapes.items()},
        offers={key: _each(OfferLine, lines) for key, lines in kept.offers.items()},
        offer_totals=kept.offer_totals,
        geographies=_restore_geographies(kept.geographies),
        terms=_restore_terms(kept.terms),
    )


# --- into the format -----------------------------------------------------------------------------------------------


def _kept(kind: type[Kept], *records: object, **more: Any) -> dict[str, Any]:
    """Return a part's data: `more`, and fields of the first record that knows them."""
    found = dict(more)
    for record in records:
        names = [name for name in kind.model_fields if name not in found and hasattr(record, name)]
        found |= {name: getattr(record, name) for name in names}
    return found


def _series_kept(series: Series) -> dict[str, Any]:
    cells = [_cell_kept(series, key, cell) for key, cell in series.cells.items()]
    return _kept(KeptSeries, series, cells=cells)


def _cell_kept(series: Series, key: CellKey, cell: Cell) -> dict[str, Any]:
    town, parent, change = series.comparisons.get(key), series.parents.get(key), series.changes.get(key)
    return _kept(KeptCell, cell, part=cell.breakdown, town=town, parent=parent, change=change)


def _area_kept(space: Space, facts: SpaceFacts) -> dict[str, Any]:
    label = facts.label
    place = label and (round(label.longitude, DIGITS), round(label.latitude, DIGITS))
    figures = [_figure_kept(figure) for figure in space.figures]
    return _kept(KeptArea, space, facts, figures=figures, within=facts.ancestors, label=place)


def _figure_kept(figure: Figure) -> dict[str, Any]:
    return _kept(KeptFigure, figure, date=str(figure.date) if figure.date else None)


# --- out of it -----------------------------------------------------------------------------------------------------


def _restore_geographies(kept: Iterable[KeptGeography] | None) -> tuple[GeographyConfig, ...] | None:
    if kept is None:
        return None
    return tuple(_made(GeographyConfig, item, levels=_each(LevelConfig, item.levels)) for item in kept)


def _restore_terms(kept: Mapping[str, KeptTerm] | None) -> dict[str, Term] | None:
    if kept is None:
        return None
    return {key: _made(Term, item, id=key) for key, item in kept.items()}


def _restore_indicator(key: str, kept: KeptIndicator) -> Indicator:
    breakdowns = [
        _made(Breakdown, item, values=_each(BreakdownValue, item.values)) for item in kept.breakdowns
    ]
    peers = [_made(PeerSet, item, values=_each(PeerValue, item.values)) for item in kept.peers]
    words = {lang: _made(IndicatorTexts, item) for lang, item in kept.translations.items()}
    return _made(
        Indicator,
        kept,
        id=key,
        source=_made(DataSource, kept.source),
        breakdowns=tuple(breakdowns),
        breaks=_each(Break, kept.breaks),
        peers=tuple(peers),
        translations=words,
    )


def _restore_series(key: str, kept: KeptSeries) -> Series:
    cells: dict[CellKey, Cell] = {}
    town: dict[CellKey, Comparison] = {}
    parents: dict[CellKey, Comparison] = {}
    changes: dict[CellKey, Change] = {}
    for item in kept.cells:
        cell = _made(Cell, item, breakdown=item.part, status=Status(item.status))
        cells[cell.key] = cell
        if item.town is not None:
            town[cell.key] = _restore_judged_value(Comparison, item.town)
        if item.parent is not None:
            parents[cell.key] = _restore_judged_value(Comparison, item.parent)
        if item.change is not None:
            changes[cell.key] = _restore_judged_value(Change, item.change)
    return _made(
        Series,
        kept,
        indicator=key,
        cells=cells,
        periods=tuple(sorted({cell.period for cell in cells.values()})),
        comparisons=town,
        parents=parents,
        changes=changes,
        releases=tuple(_made(Release, item, indicator=key) for item in kept.releases),
        reach=_made(RoundedBy, kept.reach),
    )


def _restore_judged_value(kind: type[T], kept: KeptComparison | KeptChange) -> T:
    return _made(kind, kept, verdict=Verdict(kept.verdict), judgement=Judgement(kept.judgement))


def _restore_space(key: str, kept: KeptArea) -> Space:
    figures = []
    for item in kept.figures:
        date = parse_partial_date(item.date) if item.date else None
        figures.append(_made(Figure, item, date=date))
    return _made(Space, kept, id=key, figures=tuple(figures))


def _restore_area_facts(key: str, kept: KeptArea, areas: Mapping[str, KeptArea]) -> SpaceFacts:
    children = tuple(name for name, item in areas.items() if item.parent == key)
    label = None if kept.label is None else Point(*kept.label)
    name = kept.display_name or kept.name
    return _made(
        SpaceFacts, kept, id=key, children=children, ancestors=kept.within, label=label, display_name=name
    )


def _shape(text: str) -> BaseGeometry:
    """Read a boundary; what rounding made invalid becomes what it covers."""
    shape = shapely.from_wkt(text)
    wrong = tangled(shape)
    if not wrong and shape.is_valid:
        return shape
    if wrong := wrong or Repairs().refused(shape):
        raise ValueError(f"a kept boundary that nothing can be worked out from: {wrong}")
    return ground_of(shapely.make_valid(shape))[0] or shape


def _each(kind: type[T], kept: Iterable[Kept]) -> tuple[T, ...]:
    """Make a record from each part of the data."""
    return tuple(_made(kind, item) for item in kept)


def _made(kind: type[T], kept: Kept, **more: Any) -> T:
    """Make a record from kept fields and `more`, without validation.

    Dropped fields are ignored, new ones are empty: a later rule says nothing about what was published before.
    """
    hints = typing.get_type_hints(kind)
    known = {**dict(kept), **more}
    values: dict[str, Any] = {}
    for name, required in _needed(kind).items():
        if name in known:
            values[name] = known[name]
        elif required:
            values[name] = _nothing(hints[name])
    if issubclass(kind, BaseModel):
        return kind.model_construct(**values)
    return kind(**values)


def _needed(kind: type[Any]) -> dict[str, bool]:
    """Return constructor fields, each with whether it is required."""
    if issubclass(kind, BaseModel):
        return {name: info.is_required() for name, info in kind.model_fields.items()}
    if issubclass(kind, Struct):
        return {item.name: item.required for item in structs.fields(kind)}
    missing = dataclasses.MISSING
    return {
        item.name: item.default is missing and item.default_factory is missing
        for item in dataclasses.fields(kind)
        if item.init
    }


def _nothing(hint: Any) -> Any:
    """Return a field type's empty value."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return None if type(None) in arguments else _nothing(arguments[0])
    if origin is typing.Literal:
        return arguments[0]
    plain = origin or hint
    if plain in (tuple, str, int, bool, float, Decimal, dict, list, frozenset, set):
        return plain()
    return {} if isinstance(plain, type) and issubclass(plain, Mapping) else None
