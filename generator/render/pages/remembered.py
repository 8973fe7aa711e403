"""The own list: the page knows nothing of what is on it; the browser fills it and prints it as a handout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import View
from generator.render.data_files.own_list import block_count
from generator.render.frame.page_frame import own_name


@dataclass(frozen=True, slots=True)
class ListLanguage:
    """The same page in another language, which is called by its own name."""

    lang: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class RememberedView(View):
    """How many blocks of entries there are, the root of the language's tree in full and as a link, the other languages."""

    template = "remembered.html"

    blocks: int
    root: str
    home: str
    languages: Sequence[ListLanguage]


def render(context: Context, key: str = "") -> Page:
    """Make the page of the own list."""
    del key
    _ = context.gettext
    path = context.path("remembered")
    config = context.site.config
    languages = []
    for lang in config.languages:
        if lang != context.lang:
            there = urls.localised(lang, config.language, urls.path("remembered"))
            languages.append(ListLanguage(lang, own_name(context, lang), urls.relative(path, there)))
    view = RememberedView(
        blocks=block_count(context),
        root=config.url.rstrip("/") + "/" + context.path("home"),
        home=context.href(path, "home"),
        languages=languages,
    )
    return Page(
        path=path,
        lang=context.lang,
        family="remembered",
        title=_("Meine Merkliste"),
        description=_("Angebote, die Sie sich gemerkt haben, zum Ausdrucken und Weitergeben."),
        body=context.render(view, path),
        indexed=False,
    )
