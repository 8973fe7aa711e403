"""A page in, the finished and escaped strings that a theme's frame prints out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NavLink
from generator.render.base.page import Page
from generator.render.base.pattern import pattern
from generator.render.base.view import MacroCall
from generator.render.frame.metadata import metadata
from generator.render.frame.shell import own_name

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

    items: Sequence[NavLink]


@dataclass(frozen=True, slots=True)
class PageContents(MacroCall):
    """What is on a page; fewer than two headings give nothing."""

    template = "macros/crumbs.html"
    macro = "toc"

    items: Sequence[NavLink]


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
    _ = context.gettext
    default = site.config.language
    own = tree_path(page, default)
    root = site.config.url if site.config.url.endswith("/") else f"{site.config.url}/"
    there = [(lang, urls.localised(lang, default, own)) for lang in site.config.trees]
    steps = [crumb for crumb in page.crumbs if context.has(crumb.path)]
    crumbs = CrumbTrail([NavLink(step.label, urls.relative(page.path, step.path)) for step in steps])
    headings = PageContents([NavLink(item.label, f"#{item.id}", lang=item.lang) for item in page.toc])
    title = f"{page.title} – {site.config.name}" if own else page.title
    canonical = modified = Markup()
    if page.indexed:
        canonical = pattern('<link rel="canonical" href="{}">\n').format(root + page.path)
    if page.date:
        date = context.texts.date(page.date)
        modified = pattern("<p>{}</p>").format(_("Stand: {date}").format(date=date))
    return {
        "title": str(Markup.escape(title)),
        "description": str(Markup.escape(page.description)),
        "canonical": str(canonical),
        "alternates": str(_alternates(context, page, root, there)),
        "robots": "" if page.indexed and site.listed else '<meta name="robots" content="noindex">\n',
        "head": str(page.head + metadata(context, page)),
        "languages": str(Markup().join(_language(context, page, lang, path) for lang, path in there)),
        "crumbs": str(context.call(crumbs)),
        "toc": str(context.call(headings)),
        "content": str(page.body),
        "modified": str(modified),
        "address": str(pattern("{} ").format(root + page.path)),
        "exit": str(_exit(context)) if page.exit_bar else "",
    }


def _alternates(context: Context, page: Page, root: str, there: Iterable[tuple[str, str]]) -> Markup:
    """Tell search engines where a page is in each language that has it; nothing where there is one only, or it isn't to be found."""
    # What isn't registered (`de-x-ls`) says nothing to search engines.
    existing = [(lang, path) for lang, path in there if context.has(path) and "-x-" not in lang]
    if not page.indexed or len(existing) < 2 or "-x-" in page.lang:
        return Markup()
    _lang, first = existing[0]
    link = pattern('<link rel="alternate" hreflang="{}" href="{}">\n')
    return Markup().join(link.format(lang, root + path) for lang, path in [*existing, ("x-default", first)])


def _language(context: Context, page: Page, lang: str, path: str) -> Markup:
    """Return the way to a page in a language; to the first page of that where it isn't there."""
    current = Markup(' aria-current="true"') if lang == page.lang else Markup()
    if not context.has(path):
        path = urls.localised(lang, context.site.config.language, "")
    return pattern('<li><a href="{}" lang="{}" hreflang="{}"{}>{}</a></li>').format(
        urls.relative(page.path, path), lang, lang, current, own_name(context, lang)
    )


def _exit(context: Context) -> Markup:
    _ = context.gettext
    return context.call(
        ExitBar(
            context.site.config.exit_url, _("Seite verlassen"), _("oder dreimal die Umschalttaste drücken")
        )
    )
