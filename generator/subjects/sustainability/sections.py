"""Say of sustainability checks what the home page of reports shows."""

from __future__ import annotations

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.pages.reports_home import Instrument, line, part
from generator.subjects.sustainability.model import sustainability_checks
from generator.subjects.sustainability.page import latest, when


def _checks(context: Context, path: str) -> Instrument | None:
    """Return when each check's rounds were or are to be made, the newest first."""
    _ = context.gettext
    lines = []
    for check in sorted(sustainability_checks(context.site).values(), key=latest, reverse=True):
        rounds = (
            pattern("{}: {}").format(context.written(item.name), when(context, item)) for item in check.rounds
        )
        text = Markup("; ").join(rounds)
        lines.append(line(context, path, "check", check.id, context.translated(check), text))
    return part("pruefungen", _("Nachhaltigkeit"), lines)


FRONT = ((70, _checks),)
"""The part of the reports' home page, with its place in the order."""
