"""The index of reports: which there are, and what one can look up as long as there are none."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.context import Context
from generator.render.lines import space_lines
from generator.render.page import Page
from generator.render.pages.who import served_spaces


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """One page; a hand-written one takes its place."""
    del site, facts
    return ("",)


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("reports", key)
    profiles = [name for name in context.facts.roots if context.site.spaces[name].figures]
    profiles += [
        name for name in served_spaces(context) if context.site.spaces[name].figures and name not in profiles
    ]
    body = context.render("reports.html", path, profiles=space_lines(context, profiles))
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=_("Berichte"),
        description=_("Zahlen und Berichte zu den Sozialräumen."),
        body=context.explain(path, body),
    )
