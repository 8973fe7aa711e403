"""Taking the site along: what is stored, on a click only, how to remove it; also what is shown without a network."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.place_names import named
from generator.render.data_files.offline import PACK, areas
from generator.render.directory.help_numbers import open_numbers


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page where the module is on."""
    del facts
    return ("",) if "offline" in site.config.modules and not site.internal else ()


def render(context: Context, key: str = "") -> Page:
    """Make the page."""
    del key
    _ = context.texts.gettext
    path = context.path("offline")
    choices = [
        {
            "id": area,
            "name": named(context, area),
            "pack": urls.relative(path, context.path("space", area) + PACK),
        }
        for area in areas(context)
    ]
    body = context.render(
        "offline.html",
        path,
        pack=urls.relative(path, context.path("home") + PACK),
        numbers=open_numbers(context),
        areas=sorted(choices, key=lambda item: item["name"].casefold()),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="offline",
        title=_("Ohne Netz"),
        description=_("So gehen diese Seiten auch ohne Internet."),
        body=body,
        indexed=False,
    )
