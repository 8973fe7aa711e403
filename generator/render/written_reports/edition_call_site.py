"""Give components of a report's edition their figures, note what they used, and freeze it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import replace

from generator.model.areas_and_offices import Space
from generator.model.cells import Cell, CellKey, Series
from generator.model.editions import Edition, Frozen, OfferLine
from generator.model.facts import SpaceFacts
from generator.model.groups import Figure
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.components.calls import CallSite, UnknownId, known

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class Used:
    """What components have read; dicts without values are sets in order of first use."""

    cells: dict[str, dict[CellKey, None]] = field(default_factory=dict)  # by indicator
    spaces: dict[str, None] = field(default_factory=dict)
    shapes: dict[str, None] = field(default_factory=dict)  # areas whose boundary is drawn
    # that areas' records state: (area, name)
    figures: dict[tuple[str, str], None] = field(default_factory=dict)
    offers: dict[str, tuple[OfferLine, ...]] = field(default_factory=dict)  # by the arguments of the list
    offer_totals: dict[str, int] = field(default_factory=dict)  # how many fit, by the same
    terms: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class EditionCallSite(CallSite):
    """Where an edition's component stands, and what it may ask for; unknown ids raise `UnknownId`."""

    edition: Edition | None = None
    frozen: Frozen | None = None  # its published figures; None while they are still to be collected
    used: Used = field(default_factory=Used)
    labels: dict[str, tuple[str, int]] = field(default_factory=dict)  # by label the kind and number

    # --- what a component asks for ---------------------------------------------------------------------------------

    def indicator(self, key: str) -> Indicator:
        """Return an indicator with figures, numbered as a source."""
        site = self.context.site
        found = known("indicator", key, _only(site.indicators, self.context.facts.series))
        self.used.cells.setdefault(key, {})
        return found

    def series(self, key: str) -> Series:
        """Return the figures of an indicator."""
        self.indicator(key)
        return self.context.facts.series[key]

    def title(self, key: str) -> str:
        """Return an indicator's name, marked if invented."""
        return self.context.texts.of(self.indicator(key), "title").text

    def source_number(self, key: str) -> int:
        """Return an indicator's number among the sources."""
        return list(self.used.cells).index(key) + 1

    def space(self, key: str | None) -> str:
        """Return an area's id, by default the report's."""
        if key is None:
            key = self.edition.head.space if self.edition is not None else None
        if key is None:
            raise UnknownId("space", "", self.context.site.spaces)
        known("space", key, self.context.site.spaces)
        self.used.spaces[key] = None
        return key

    def spaces(self, ids: str | None, level: str | None, series: Series) -> tuple[str, ...]:
        """Return areas by ids (`mitte, nord`) or level, by default the report's and those above that have figures."""
        if ids is not None:
            chosen = [key for key in map(str.strip, ids.split(",")) if key]
        elif level is not None:
            chosen = self._of_level(level, series)
        else:
            within = self.context.facts.spaces[self.space(None)].within
            chosen = [key for key in within if key in series.spaces]
        return tuple(self.space(key) for key in chosen)

    def _of_level(self, level: str, series: Series) -> list[str]:
        """Return a level's areas with figures, or raise `UnknownId`."""
        known("level", level, dict.fromkeys(self.context.site.config.level_ids))
        return [key for key in series.spaces if self.context.site.spaces[key].level == level]

    def period(self, series: Series, period: object) -> str:
        """Return a period of the series, by default the latest observed."""
        if period is None:
            return series.latest
        known("period", str(period), dict.fromkeys(series.periods, True))
        return str(period)

    def periods(self, series: Series, written: object) -> tuple[str, ...]:
        """Return periods from `2023, 2025`, `all`, or the latest."""
        if written is None:
            return (series.latest,)
        if written == "all":
            return series.periods
        return tuple(self.period(series, part.strip()) for part in str(written).split(","))

    def part(self, indicator: Indicator, part: str | None) -> tuple[str, ...]:
        """Return the key of one breakdown's value (`maedchen` is `("maedchen", "")`), else of the whole (`("", "")`)."""
        if part is None:
            return ("",) * len(indicator.breakdowns)
        ids: dict[str, None] = {}
        chosen = []
        for breakdown in indicator.breakdowns:
            values = dict.fromkeys(value.id for value in breakdown.values)
            ids |= values
            chosen.append(part if part in values else "")
        known("part", part, ids)
        return tuple(chosen)

    def cell(self, key: str, space: str, period: str, part: tuple[str, ...] = ()) -> Cell | None:
        """Return a cell and note that it was used."""
        cell = self.series(key).cell(space, period, part)
        self.used.spaces[space] = None
        if cell is not None:
            self.used.cells[key][cell.key] = None
        return cell

    def fact(self, space: str, name: str) -> Figure:
        """Return a figure that an area's record states."""
        record = self.context.site.spaces[space]
        found = known("name", name, {figure.name: figure for figure in record.figures})
        self.used.figures[space, name] = None
        return found

    def label(self, label: str | None, kind: str, number: int) -> None:
        """Name a figure or table, so that text can point at it."""
        if label is not None:
            self.labels[label] = (kind, number)


def freeze(context: Context, used: Used) -> Frozen:
    """Cut out of a site what was used, with the areas above used ones."""
    site, facts = context.site, context.facts
    spaces = dict.fromkeys([*used.spaces, *(space for space, _name in used.figures), *used.shapes])
    for key in tuple(spaces):
        spaces |= dict.fromkeys(facts.spaces[key].ancestors)
    areas = _only(facts.spaces, spaces)
    series = {key: _used_part(facts.series[key], cells, spaces) for key, cells in used.cells.items()}
    records = {key: _space(site.spaces[key], used.figures) for key in areas}
    return Frozen(
        indicators={key: site.indicators[key] for key in used.cells},
        series=series,
        spaces=records,
        areas={key: _area(area, spaces) for key, area in areas.items()},
        shapes=_only(site.shapes, used.shapes),
        offers=dict(used.offers),
        offer_totals=dict(used.offer_totals),
        geographies=site.config.geographies,
        terms={key: site.words.glossary[key] for key in used.terms},
    )


def _only(found: Mapping[K, V], keys: Mapping[K, object]) -> dict[K, V]:
    """Return items under some keys, in original order."""
    return {key: item for key, item in found.items() if key in keys}


def _area(area: SpaceFacts, spaces: Mapping[str, None]) -> SpaceFacts:
    """Leave out an area's parts and neighbours that aren't kept."""
    return replace(
        area,
        children=_kept(area.children, spaces),
        neighbours=_kept(area.neighbours, spaces),
        overlaps=_kept(area.overlaps, spaces),
    )


def _kept(ids: Iterable[str], spaces: Mapping[str, None]) -> tuple[str, ...]:
    return tuple(key for key in ids if key in spaces)


def _used_part(series: Series, keys: Mapping[CellKey, None], spaces: Mapping[str, None]) -> Series:
    """Keep used cells; areas without stay listed as gaps."""
    return dataclasses.replace(
        series,
        cells=_only(series.cells, keys),
        periods=tuple(sorted({key[1] for key in keys})),
        spaces=_kept(series.spaces, spaces),
        comparisons=_only(series.comparisons, keys),
        parents=_only(series.parents, keys),
        changes=_only(series.changes, keys),
    )


def _space(space: Space, figures: Collection[tuple[str, str]]) -> Space:
    """Return an area's record with used figures and what names and places it."""
    used = Space(
        id=space.id,
        name=space.name,
        where=space.where,
        level=space.level,
        parent=space.parent,
        code=space.code,
        boundary_kind=space.boundary_kind,
        figures=tuple(figure for figure in space.figures if (space.id, figure.name) in figures),
    )
    # Its name is marked if it was made up. `Space(...)` would read this as people write it; here it is typed already.
    return used.model_copy(update={"illustrative": space.illustrative})


def thawed(context: Context, frozen: Frozen) -> Context:
    """Return a context in the main language that has the frozen figures and areas only."""
    config, words = context.site.config, context.words
    if frozen.geographies is not None:
        config = config.model_copy(update={"geographies": frozen.geographies})
    if frozen.terms is not None:
        words = dataclasses.replace(words, glossary=frozen.terms)
    site = replace(
        context.site,
        config=config,
        words=words,
        indicators=frozen.indicators,
        spaces=frozen.spaces,
        shapes=frozen.shapes,
        context=(),
        streets=(),
    )
    roots = _kept(context.facts.roots, dict.fromkeys(frozen.areas))
    facts = dataclasses.replace(context.facts, series=frozen.series, spaces=frozen.areas, roots=roots)
    return Context(site, facts, site.config.language, context.paths)
