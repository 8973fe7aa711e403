"""A page in, the finished and escaped strings that a theme's frame prints out; and the marks that hold their places.

What is the same on many pages is rendered once, with a mark where they differ, and cut there. A mark is written as a tag that
doesn't exist: in finished HTML a text has no opening angle bracket, so no record can hold a mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from markupsafe import Markup

from generator.render import urls
from generator.render.context import Context
from generator.render.metadata import metadata
from generator.render.page import Page

SLOTS = (
    "title",
    "description",
    "canonical",
    "alternates",
    "robots",
    "head",
    "languages",
    "crumbs",
    "toc",
    "content",
    "modified",
    "address",
    "exit",
)
_MARK = re.compile(r"<nr-slot:([a-z]+)>")


def mark(name: str) -> Markup:
    """Return what holds a place in HTML that is rendered once."""
    return Markup(f"<nr-slot:{name}>")


def cut(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cut finished HTML at its marks: the texts, and the names of the marks between them.

    >>> cut(f"<p>{mark('href')} &lt;nr-slot:href&gt;</p>")
    (('<p>', ' &lt;nr-slot:href&gt;</p>'), ('href',))
    """
    parts = _MARK.split(html)
    return tuple(parts[::2]), tuple(parts[1::2])


def filled(texts: tuple[str, ...], names: tuple[str, ...], values: Mapping[str, str]) -> str:
    """Join the texts with what belongs between them."""
    pieces = [texts[0]]
    for name, text in zip(names, texts[1:], strict=True):
        pieces.append(values[name])
        pieces.append(text)
    return "".join(pieces)


def tree_path(page: Page, default: str) -> str:
    """Return a page's path without its language's folder."""
    return page.path if page.lang == default else page.path.removeprefix(f"{page.lang}/")


def slots(context: Context, page: Page, paths: Collection[str]) -> Mapping[str, str]:
    """Make every slot of a page; `paths` are the paths of all pages, so that no language is offered that lacks it."""
    site = context.site
    _ = context.texts.gettext
    default = site.config.language
    own = tree_path(page, default)
    root = site.config.url if site.config.url.endswith("/") else f"{site.config.url}/"
    there = [(lang, urls.localised(lang, default, own)) for lang in site.config.languages]
    existing = [(lang, path) for lang, path in there if path in paths]
    home = own == ""
    crumbs = [
        {"href": urls.relative(page.path, crumb.path), "label": crumb.label}
        for crumb in page.crumbs
        if crumb.path in paths
    ]
    headings = [{"href": f"#{item.id}", "label": item.label, "lang": item.lang} for item in page.toc]
    alternates = Markup()
    if page.indexed and len(existing) > 1:
        alternates = Markup().join(
            Markup('<link rel="alternate" hreflang="{}" href="{}">\n').format(lang, root + path)
            for lang, path in existing
        )
        alternates += Markup('<link rel="alternate" hreflang="x-default" href="{}">\n').format(
            root + existing[0][1]
        )
    name = site.config.name
    return {
        "title": str(Markup.escape(page.title if home else f"{page.title} – {name}")),
        "description": str(Markup.escape(page.description)),
        "canonical": str(Markup('<link rel="canonical" href="{}">\n').format(root + page.path))
        if page.indexed
        else "",
        "alternates": str(alternates),
        "robots": "" if page.indexed and not site.internal else '<meta name="robots" content="noindex">\n',
        "head": str(page.head + metadata(context, page)),
        "languages": str(
            Markup().join(_language(context, page, lang, path, path in paths) for lang, path in there)
        ),
        "crumbs": str(context.macro("crumbs.html", "crumbs", crumbs)),
        "toc": str(context.macro("crumbs.html", "toc", headings)),
        "content": str(page.body),
        "modified": str(
            Markup("<p>{}</p>").format(_("Stand: {date}").format(date=context.texts.date(page.date)))
        )
        if page.date
        else "",
        "address": str(Markup("{} ").format(root + page.path)),
        "exit": str(_exit(context)) if page.exit_bar else "",
    }


def _language(context: Context, page: Page, lang: str, path: str, exists: bool) -> Markup:
    word = context.site.words.languages.get(lang)
    name = (word.own or word.name) if word else lang
    current = Markup(' aria-current="true"') if lang == page.lang else Markup()
    if not exists:
        path = urls.localised(lang, context.site.config.language, "")
    return Markup('<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>').format(
        urls.relative(page.path, path), lang, lang, current, name
    )


def _exit(context: Context) -> Markup:
    _ = context.texts.gettext
    words = _("Seite verlassen"), _("oder dreimal die Umschalttaste drücken")
    return context.macro("help.html", "exit", context.site.config.exit_url, *words)
