"""Taking the site along: what is stored, on a click only, how to remove it; also what is shown without a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.facts import Facts
from generator.model.site import Site
from generator.model.vocabulary import HelpNumber
from generator.render.base import urls
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import View
from generator.render.data_files.offline_packs import PACK, areas
from generator.render.directory.help_numbers import open_numbers


@dataclass(frozen=True, slots=True)
class OfflineArea:
    """An area that can be taken along: the link to its list of files."""

    id: str
    name: str
    pack: str


@dataclass(frozen=True, slots=True)
class OfflineView(View):
    """The link to what everybody takes along, the numbers that stand on this page, the areas to choose from."""

    template = "offline.html"

    pack: str
    numbers: Sequence[HelpNumber]
    areas: Sequence[OfflineArea]


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page on the public site."""
    del facts
    return () if site.internal else ("",)


def render(context: Context, key: str = "") -> Page:
    """Make the page."""
    del key
    _ = context.gettext
    path = context.path("offline")
    choices = [
        OfflineArea(area, named(context, area), urls.relative(path, context.path("space", area) + PACK))
        for area in areas(context)
    ]
    view = OfflineView(
        pack=urls.relative(path, context.path("home") + PACK),
        numbers=open_numbers(context),
        areas=tuple(sorted(choices, key=lambda item: item.name.casefold())),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="offline",
        title=_("Ohne Netz"),
        description=_("So gehen diese Seiten auch ohne Internet."),
        body=context.render(view, path),
        indexed=False,
    )
