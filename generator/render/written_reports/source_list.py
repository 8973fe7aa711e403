"""What an edition used in, its list of sources out: where each number is from, how it was computed, of what day it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.export.datasets import definition, licence
from generator.render.base.view import MacroCall
from generator.render.figures.area_profile import stand_text
from generator.render.figures.figure_texts import period_text
from generator.render.figures.sentences import design_text
from generator.render.written_reports.edition_call_site import EditionCallSite


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An indicator among the sources, all in words; `periods` are those that were used, `design` says that those who are counted come together, `breaks` a period and its note."""

    number: int
    title: str
    says: str
    definition: str
    source: str
    url: str
    licence: str
    as_of: str
    periods: str
    design: str
    breaks: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SourcesView(MacroCall):
    """The sources of a report: its indicators, the facts of areas (source, date, area, name), whether intervals occur."""

    template = "editions/parts.html"
    macro = "sources"

    rows: Sequence[SourceRow]
    facts: Sequence[tuple[str, str, str, str]]
    intervals: bool


def source_list(here: EditionCallSite) -> Markup:
    """Return the numbered list of indicators that were used, and the profile figures; nothing where none was."""
    rows = [_row(here, number, key) for number, key in enumerate(tuple(here.used.cells), 1)]
    facts = _facts(here)
    if not rows and not facts:
        return Markup()
    return here.context.call(SourcesView(rows, facts, _intervals(here)))


def _row(here: EditionCallSite, number: int, key: str) -> SourceRow:
    context, texts = here.context, here.context.texts
    indicator = context.site.indicators[key]
    periods = sorted({period for _space, period, _part in here.used.cells[key]})
    source = indicator.source
    return SourceRow(
        number=number,
        title=here.title(key),
        says=texts.of(indicator, "says").text,
        definition=definition(indicator),
        source=source.name,
        url=source.url or "",
        licence=licence(source.licence).name if source.licence else "",
        as_of=texts.date(source.as_of) if source.as_of else "",
        periods=texts.join(period_text(texts, period) for period in periods),
        design=design_text(context, indicator) if indicator.together > 1 else "",
        breaks=[(period_text(texts, item.period), item.note) for item in indicator.breaks],
    )


def _facts(here: EditionCallSite) -> Sequence[tuple[str, str, str, str]]:
    """Return source, date, area and name of the figures of areas' profiles that were used, in the order of their sources."""
    found = set()
    for space, name in here.used.figures:
        record = here.context.site.spaces[space]
        for figure in record.figures:
            if figure.name == name:
                found.add((figure.source, stand_text(here.context.texts, figure), record.name, name))
    return tuple(sorted(found))


def _intervals(here: EditionCallSite) -> bool:
    """Tell whether one of the values that were used has an interval."""
    for key, used in here.used.cells.items():
        cells = here.context.facts.series[key].cells
        if any(cells[at].low is not None for at in used if at in cells):
            return True
    return False
