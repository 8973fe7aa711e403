"""The kept format of a published edition.

Its fields are those of `Indicator`, `Cell`, `Series`, `Space` … when the format was made, and mean the same. One that is added
gets a default, and one that means something else makes a new `FORMAT`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

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
