"""A page in, the finished and escaped strings that a theme's frame prints out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NavLink
from generator.render.base.page import Page
from generator.render.base.pattern import pattern
from generator.render.base.view import MacroCall
from generator.render.frame.metadata import metadata

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


@dataclass(frozen=True, slots=True)
class CrumbTrail(MacroCall):
    """The way to a page from the top, without the page itself."""

    template = "macros/crumbs.html"
    macro = "crumbs"

    items: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True)
class PageContents(MacroCall):
    """What is on a page; fewer than two headings give nothing."""

    template = "macros/crumbs.html"
    macro = "toc"

    items: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True)
class ExitBar(MacroCall):
    """The bar for leaving a page quickly."""

    template = "macros/help.html"
    macro = "exit"

    href: str
    text: str
    hint: str


def tree_path(page: Page, default: str) -> str:
    """Return a page's path without its language's folder."""
    return page.path if page.lang == default else page.path.removeprefix(f"{page.lang}/")


def slots(context: Context, page: Page) -> Mapping[str, str]:
    """Make every slot of a page; no language is offered that lacks it."""
    site = context.site
    _ = context.texts.gettext
    default = site.config.language
    own = tree_path(page, default)
    root = site.config.url if site.config.url.endswith("/") else f"{site.config.url}/"
    there = [(lang, urls.localised(lang, default, own)) for lang in site.config.trees]
    existing = [(lang, path) for lang, path in there if context.has(path)]
    home = own == ""
    crumbs = CrumbTrail(
        tuple(
            NavLink(crumb.label, urls.relative(page.path, crumb.path))
            for crumb in page.crumbs
            if context.has(crumb.path)
        )
    )
    headings = PageContents(tuple(NavLink(item.label, f"#{item.id}", lang=item.lang) for item in page.toc))
    alternates = Markup()
    # What isn't registered (`de-x-ls`) says nothing to search engines.
    existing = [(lang, path) for lang, path in existing if "-x-" not in lang]
    if page.indexed and len(existing) > 1 and "-x-" not in page.lang:
        alternates = Markup().join(
            pattern('<link rel="alternate" hreflang="{}" href="{}">\n').format(lang, root + path)
            for lang, path in existing
        )
        alternates += pattern('<link rel="alternate" hreflang="x-default" href="{}">\n').format(
            root + existing[0][1]
        )
    name = site.config.name
    return {
        "title": str(Markup.escape(page.title if home else f"{page.title} – {name}")),
        "description": str(Markup.escape(page.description)),
        "canonical": str(pattern('<link rel="canonical" href="{}">\n').format(root + page.path))
        if page.indexed
        else "",
        "alternates": str(alternates),
        "robots": "" if page.indexed and site.listed else '<meta name="robots" content="noindex">\n',
        "head": str(page.head + metadata(context, page)),
        "languages": str(
            Markup().join(_language(context, page, lang, path, context.has(path)) for lang, path in there)
        ),
        "crumbs": str(context.call(crumbs)),
        "toc": str(context.call(headings)),
        "content": str(page.body),
        "modified": str(
            pattern("<p>{}</p>").format(_("Stand: {date}").format(date=context.texts.date(page.date)))
        )
        if page.date
        else "",
        "address": str(pattern("{} ").format(root + page.path)),
        "exit": str(_exit(context)) if page.exit_bar else "",
    }


def _language(context: Context, page: Page, lang: str, path: str, exists: bool) -> Markup:
    word = context.site.words.languages.get(lang)
    name = (word.own or word.name) if word else lang
    current = Markup(' aria-current="true"') if lang == page.lang else Markup()
    if not exists:
        path = urls.localised(lang, context.site.config.language, "")
    return pattern('<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>').format(
        urls.relative(page.path, path), lang, lang, current, name
    )


def _exit(context: Context) -> Markup:
    _ = context.texts.gettext
    return context.call(
        ExitBar(
            context.site.config.exit_url, _("Seite verlassen"), _("oder dreimal die Umschalttaste drücken")
        )
    )
