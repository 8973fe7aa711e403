"""Give components of a report's edition their figures, note what they used, and freeze it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.model.areas_and_offices import Space
from generator.model.cells import Cell, CellKey, Series
from generator.model.editions import Edition, Frozen, OfferLine
from generator.model.facts import SpaceFacts
from generator.model.groups import Figure
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.render.base import urls
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
        areas={key: _limit_area_to_kept(area, spaces) for key, area in areas.items()},
        shapes=_only(site.shapes, used.shapes),
        offers=dict(used.offers),
        offer_totals=dict(used.offer_totals),
        geographies=site.config.geographies,
        terms={key: site.words.glossary[key] for key in used.terms},
    )


def _only(found: Mapping[K, V], keys: Mapping[K, object]) -> dict[K, V]:
    """Return items under some keys, in original order."""
    return {key: item for key, item in found.items() if key in keys}


def _limit_area_to_kept(area: SpaceFacts, spaces: Mapping[str, None]) -> SpaceFacts:
    """Leave out an area's parts and neighbours that aren't kept."""
    return replace(
        area,
        children=_keep_listed_spaces(area.children, spaces),
        neighbours=_keep_listed_spaces(area.neighbours, spaces),
        overlaps=_keep_listed_spaces(area.overlaps, spaces),
    )


def _keep_listed_spaces(ids: Iterable[str], spaces: Mapping[str, None]) -> tuple[str, ...]:
    return tuple(key for key in ids if key in spaces)


def _used_part(series: Series, keys: Mapping[CellKey, None], spaces: Mapping[str, None]) -> Series:
    """Keep used cells; areas without stay listed as gaps."""
    return dataclasses.replace(
        series,
        cells=_only(series.cells, keys),
        periods=tuple(sorted({key[1] for key in keys})),
        spaces=_keep_listed_spaces(series.spaces, spaces),
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
    roots = _keep_listed_spaces(context.facts.roots, dict.fromkeys(frozen.areas))
    facts = dataclasses.replace(context.facts, series=frozen.series, spaces=frozen.areas, roots=roots)
    return Context(site, facts, site.config.language, context.paths)


def shown(site: Site) -> dict[str, list[Edition]]:
    """Return by report the editions that readers may see, oldest first: none withdrawn, drafts where `site.drafts`."""
    standing = {
        key: [one for one in editions if one.head.withdrawn is None]
        for key, editions in archived(site).items()
    }
    return {key: editions for key, editions in standing.items() if editions}


def archived(site: Site) -> dict[str, list[Edition]]:
    """Return the same with withdrawn ones, whose pages say only why."""
    found: dict[str, list[Edition]] = {}
    for edition in site.editions.values():
        if edition.public or site.drafts:
            found.setdefault(edition.report, []).append(edition)
    return found


def pdf_path(edition: Edition) -> str:
    """Return where an edition's PDF lies, from the site's root."""
    return f"{urls.path('report-edition', edition.key)}{edition.report}-{edition.name}.pdf"


def figures_path(edition: Edition) -> str:
    """Return the path of an edition's table of figures."""
    return f"{urls.path('report-edition', edition.key)}zahlen.csv"


Why = Literal["new-period", "revised", "redefined", "added", "dropped", "same"]
"""Why a figure differs; `revised`: the same period has another figure, `redefined`: it is counted otherwise."""


class Difference(Struct, frozen=True):
    """An area's figure in two editions."""

    indicator: str
    space: str
    part: Sequence[str]  # a value for each breakdown, "" for all of it
    before: Cell | None
    after: Cell | None
    why: Why
    redefined: Sequence[str] = ()  # changed fields of the definition, in German
    broken: Sequence[str] = ()  # notes on breaks in the series between the two periods


# Fields that define an indicator: where one differs figures can't be compared.
DEFINING = {
    "numerator": "Zähler",
    "denominator": "Nenner",
    "per": "Bezug",
    "unit": "Einheit",
    "interval": "Bereich",
    "vintage": "Gebietsstand",
}


def differences(old: Frozen, new: Frozen) -> Iterator[Difference]:
    """Yield by indicator the differences of latest figures, then of older ones that changed afterwards."""
    for key in dict.fromkeys([*new.indicators, *old.indicators]):
        before, after = _latest(old, key), _latest(new, key)
        redefined = _redefined(old.indicators.get(key), new.indicators.get(key))
        for space, part in dict.fromkeys([*after, *before]):
            one, two = before.get((space, part)), after.get((space, part))
            why = _why(one, two, redefined)
            yield Difference(
                key, space, part, one, two, why, redefined, _find_notes_on_breaks(new, key, one, two)
            )
        compared = {cell.key for cell in before.values()}
        later = {cell.key: cell for cell in _list_cells_of_indicator(new, key)}
        for cell in _list_cells_of_indicator(old, key):
            now = later.get(cell.key)
            if now is not None and cell.key not in compared and _content(now) != _content(cell):
                why = "redefined" if redefined else "revised"
                yield Difference(key, cell.space, cell.breakdown, cell, now, why, redefined)


def _list_cells_of_indicator(frozen: Frozen, key: str) -> Iterator[Cell]:
    if key in frozen.series:
        yield from frozen.series[key].cells.values()


def _latest(frozen: Frozen, key: str) -> dict[tuple[str, Sequence[str]], Cell]:
    """Return an indicator's latest counted cell by (area, part); forecasts aren't counted."""
    found: dict[tuple[str, Sequence[str]], Cell] = {}
    for cell in sorted(_list_cells_of_indicator(frozen, key), key=lambda cell: cell.period):
        if not cell.forecast:
            found[cell.space, cell.breakdown] = cell
    return found


def _why(before: Cell | None, after: Cell | None, redefined: Sequence[str]) -> Why:
    """Say why a figure differs; another definition counts more than another period."""
    if before is None:
        return "added"
    if after is None:
        return "dropped"
    if redefined:
        return "redefined"
    if before.period != after.period:
        return "new-period"
    return "same" if _content(before) == _content(after) else "revised"


def _content(cell: Cell) -> Sequence[object]:
    """Return what makes a figure another one."""
    return (cell.value, cell.status, cell.numerator, cell.denominator)


def _redefined(old: Indicator | None, new: Indicator | None) -> Sequence[str]:
    """Return the German names of fields in which two definitions differ."""
    if old is None or new is None:
        return ()
    fields = [label for name, label in DEFINING.items() if getattr(old, name) != getattr(new, name)]
    if old.source.name != new.source.name:
        fields.append("Quelle")
    return fields


def _find_notes_on_breaks(new: Frozen, key: str, before: Cell | None, after: Cell | None) -> Sequence[str]:
    if before is None or after is None or key not in new.indicators:
        return ()
    return [item.note for item in new.indicators[key].breaks if before.period < item.period <= after.period]
