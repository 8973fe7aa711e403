"""The own list: the page knows nothing of what is on it; the browser fills it and prints it as a handout."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.directory.own_list import block_count


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page."""
    del site, facts
    return ("",)


def render(context: Context, key: str = "") -> Page:
    """Make the page of the own list."""
    del key
    _ = context.texts.gettext
    path = context.path("remembered")
    config, words = context.site.config, context.site.words
    languages = [
        {
            "lang": lang,
            "name": (words.languages[lang].own or words.languages[lang].name)
            if lang in words.languages
            else lang,
            "href": urls.relative(path, urls.localised(lang, config.language, urls.path("remembered"))),
        }
        for lang in config.languages
        if lang != context.lang
    ]
    body = context.render(
        "remembered.html",
        path,
        blocks=block_count(context),
        root=config.url.rstrip("/") + "/" + context.path("home"),
        home=urls.relative(path, context.path("home")),
        languages=languages,
    )
    return Page(
        path=path,
        lang=context.lang,
        family="remembered",
        title=_("Meine Merkliste"),
        description=_("Angebote, die Sie sich gemerkt haben, zum Ausdrucken und Weitergeben."),
        body=body,
        indexed=False,
    )
