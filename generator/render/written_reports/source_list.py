"""What an edition used in, its list of sources out: where each number is from, how it was computed, of what day it is."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.export.datasets import definition
from generator.export.licences import licence
from generator.render.figures.space_facts import stand_text
from generator.render.figures.text import period_text
from generator.render.written_reports.edition_call_site import EditionCallSite


def source_list(here: EditionCallSite) -> Markup:
    """Return the numbered list of indicators that were used, and the profile figures; nothing where none was."""
    context, texts = here.context, here.context.texts
    rows: list[dict[str, Any]] = []
    for number, (key, cells) in enumerate(here.used.cells.items(), 1):
        indicator = context.site.indicators[key]
        periods = sorted({period for _space, period, _part in cells})
        source = indicator.source
        rows.append(
            {
                "number": number,
                "id": key,
                "title": here.title(key),
                "says": texts.of(indicator, "says").text,
                "definition": definition(indicator),
                "source": source.name,
                "url": source.url or "",
                "licence": licence(source.licence).name if source.licence else "",
                "as_of": texts.date(source.as_of) if source.as_of else "",
                "periods": texts.join(period_text(texts, period) for period in periods),
                "breaks": [(period_text(texts, item.period), item.note) for item in indicator.breaks],
            }
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
    return context.render("editions/sources.html", here.path, rows=rows, facts=facts, intervals=intervals)
