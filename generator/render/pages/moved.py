"""Make the page at the address of one that is part of another now: a link to that one."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.pattern import pattern
from generator.render.pages import compare

MOVED = {"ueberblick": ("reports", ""), "vergleich-aller": ("compare", "#alle-werte")}
"""Where each went: the kind of the page that holds it now, and the place on that page."""
_BODY = pattern('<h1>{}</h1>\n<p class="nr-lead"><a href="{}">{}</a></p>')


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Every address of which the new page is there."""
    figures = compare.keys(site, facts)
    return [key for key, (kind, _place) in MOVED.items() if kind == "reports" or figures]


def render(context: Context, key: str) -> Page:
    """Make the page that stays at an old address: a link to the new one; no page of the site leads on by itself."""
    _ = context.texts.gettext
    path, (kind, place) = context.path("moved", key), MOVED[key]
    there = urls.relative(path, context.path(kind)) + place
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Diese Seite ist umgezogen"),
        description=_("Was hier stand, steht jetzt auf einer anderen Seite."),
        body=_BODY.format(_("Diese Seite ist umgezogen"), there, _("Zur neuen Seite")),
        indexed=False,
    )
