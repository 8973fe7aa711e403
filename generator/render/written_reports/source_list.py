"""What an edition used in, its list of sources out: where each number is from, how it was computed, of what day it is."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.export.datasets import definition
from generator.export.licences import licence
from generator.render.base.view import View
from generator.render.figures.figure_texts import period_text
from generator.render.figures.sentences import design_text
from generator.render.figures.space_facts import stand_text
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
    breaks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SourcesView(View):
    """The sources of a report: its indicators, the facts of areas (source, date, area, name), whether intervals occur."""

    template = "editions/sources.html"

    rows: tuple[SourceRow, ...]
    facts: tuple[tuple[str, str, str, str], ...]
    intervals: bool


def source_list(here: EditionCallSite) -> Markup:
    """Return the numbered list of indicators that were used, and the profile figures; nothing where none was."""
    context, texts = here.context, here.context.texts
    rows = []
    for number, (key, cells) in enumerate(here.used.cells.items(), 1):
        indicator = context.site.indicators[key]
        periods = sorted({period for _space, period, _part in cells})
        source = indicator.source
        rows.append(
            SourceRow(
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
                breaks=tuple((period_text(texts, item.period), item.note) for item in indicator.breaks),
            )
        )
    facts = sorted(
        {
            (figure.source, stand_text(texts, figure), context.site.spaces[space].name, figure.name)
            for space, name in here.used.figures
            for figure in context.site.spaces[space].figures
            if figure.name == name
        }
    )
    if not rows and not facts:
        return Markup()
    intervals = any(
        cell.low is not None
        for key, cells in here.used.cells.items()
        for at, cell in context.facts.series[key].cells.items()
        if at in cells
    )
    return context.render(SourcesView(tuple(rows), tuple(facts), intervals), here.path)
