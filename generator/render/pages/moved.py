"""Make the page at an address that has none of its own: a link to where it goes on, from what is part of another page now and from a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Page
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
    _ = context.gettext
    path, (kind, place) = context.path("moved", key), MOVED[key]
    there = urls.relative(path, context.path(kind)) + place
    words = (_("Was hier stand, steht jetzt auf einer anderen Seite."), _("Zur neuen Seite"))
    return _leading_on(context, path, there, _("Diese Seite ist umgezogen"), words)


def folders(paths: Iterable[str]) -> Iterator[str]:
    """The paths of a language's pages in; out come the folders one step below a section's page in which pages stand but none of their own.

    >>> list(folders(["berichte/", "berichte/themen/geld/", "berichte/themen/schule/", "daten/", "impressum.html"]))
    ['berichte/themen/']
    """
    there = dict.fromkeys(paths)
    above = (path.split("/")[:2] for path in there if path.count("/") > 2)
    for folder in dict.fromkeys(f"{section}/{name}/" for section, name in above):
        if folder not in there and folder.partition("/")[0] + "/" in there:
            yield folder


def render_folder(context: Context, key: str) -> Page:
    """Make the page of a folder: whoever shortens an address in it goes on from there."""
    _ = context.gettext
    path = context.path("folder", key)
    words = (_("Diese Adresse ist unvollständig."), _("Eine Ebene höher geht es weiter"))
    return _leading_on(context, path, "../", words[0], words)


def _leading_on(context: Context, path: str, there: str, title: str, words: tuple[str, str]) -> Page:
    """Make a page with nothing but a link; `words` are its description and those of the link."""
    description, label = words
    return Page(
        path=path,
        lang=context.lang,
        family="reports",
        title=title,
        description=description,
        body=_BODY.format(title, there, label),
        indexed=False,
    )
