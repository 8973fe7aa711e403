"""What measures say on the home of reports."""

from __future__ import annotations

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.pages.instruments import Instrument, part, way
from generator.subjects.measures.model import planning_measures
from generator.subjects.measures.page import ORDER, counted, overdue, state_text, sums


def _measures(context: Context, path: str) -> Instrument | None:
    texts = context.texts
    found = planning_measures(context.site)
    if not found:
        return None
    said = [
        counted(context),
        sums(context),
        overdue(context),
    ]
    lines = [Markup.escape(one) for one in said if one]
    there = urls.relative(path, context.path("measures"))
    for one in sorted(found.values(), key=lambda one: (ORDER.index(one.status), one.id)):
        if one.status in ("running", "decided", "proposed"):
            link = linked(f"{there}#{one.id}", context.translated(one))
            lines.append(pattern("{}: {}").format(link, state_text(context, one)))
    on = way(context, path, "measures", texts.gettext("Alle Vorhaben"))
    return part("massnahmen", texts.gettext("Vorhaben"), lines, "", on)


FRONT = ((10, _measures),)
