"""Put what a town adds into the frame: blocks of its template, sections' menus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jinja2 import DictLoader, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from generator.model.config import BLOCKS
from generator.model.editions import is_edition
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import MacroCall, NavLink
from generator.render.frame.markup_policy import cleaned

_BETWEEN = "\0"  # parts the blocks, as no page holds it
_FRAME = _BETWEEN.join(f"{{% block {name} %}}{{% endblock %}}" for name in BLOCKS)


@lru_cache(maxsize=2)
def _template(text: str) -> Template:
    environment = SandboxedEnvironment(
        loader=DictLoader({"base.html": _FRAME, "main.html": text}), autoescape=True
    )
    return environment.get_template("main.html")


def town_blocks(context: Context, home: str) -> dict[str, Markup]:
    """Return the town template's blocks, without what is forbidden."""
    config, text = context.site.config, context.site.look.template
    if not text:
        return {}
    html = _template(text).render(home=home, lang=context.lang, site_name=config.name)
    parts = (Markup(cleaned(part, config)) for part in html.split(_BETWEEN))
    return dict(zip(BLOCKS, parts, strict=True))


class SectionMenu(MacroCall, frozen=True):
    """A section's hand-written pages, in `nav` order."""

    template = "macros/crumbs.html"
    macro = "section"

    items: Sequence[NavLink]


def section_menu(context: Context, page: Page) -> Markup:
    """Return the menu on a section's pages, never beside help."""
    main = context.site.config.language
    in_tree = page.path.removeprefix(f"{page.lang}/") if page.lang != main else page.path
    section = urls.section(in_tree)
    of_section = [entry for entry in _menu(context) if entry[2] == section]
    if section in ("", "help") or (
        in_tree != urls.path(section) and page.path not in (path for path, *_ in of_section)
    ):
        return Markup()
    items = [
        NavLink(title, urls.relative(page.path, path), current=path == page.path)
        for path, title, _ in of_section
    ]
    return context.call(SectionMenu(items)) if items else Markup()


def loose_pages(context: Context) -> list[tuple[str, str]]:
    """Return (path, title) of `nav` pages without section, for the footer."""
    return [(path, title) for path, title, section in _menu(context) if not section]


def _menu(context: Context) -> Iterator[tuple[str, str, str]]:
    """Yield (path, title, section) of `nav` pages in this language."""
    config = context.site.config
    for entry in context.site.look.menu:
        if urls.language_of(entry.name, config.trees) == context.lang and not is_edition(entry.name):
            path = urls.page_path(entry.name)
            in_tree = path if context.lang == config.language else path.removeprefix(f"{context.lang}/")
            yield path, entry.title, urls.section(in_tree)
