"""For schools and providers: one line of HTML that shows the offers of an area on their own page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import View
from generator.render.frame.framing import embedded


@dataclass(frozen=True, slots=True)
class EmbeddedArea:
    """An area whose offers can be shown elsewhere: its frame as address and as link from here, and how many offers it has."""

    id: str
    name: str
    label: str
    address: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class EmbedsView(View):
    """The areas with the line of HTML for each."""

    template = "embeds.html"

    areas: Sequence[EmbeddedArea]


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page on the public site."""
    del facts
    return () if site.internal else ("",)


def render(context: Context, key: str = "") -> Page:
    """Make the page."""
    del key
    _ = context.gettext
    path = context.path("embeds")
    root = context.site.config.url.rstrip("/") + "/"
    areas = [
        EmbeddedArea(
            id=area,
            name=context.texts.name(context.site.spaces[area]),
            label=named(context, area),
            address=root + context.path("embed", area),
            href=context.href(path, "embed", area),
            count=len(offers),
        )
        for area, offers in embedded(context).items()
    ]
    areas.sort(key=lambda item: item.label.casefold())
    return Page(
        path=path,
        lang=context.lang,
        family="embeds",
        title=_("Auf Ihrer Seite zeigen"),
        description=_("Mit einer Zeile HTML zeigen Schulen, Kitas und Träger Angebote aus ihrer Umgebung."),
        body=context.render(EmbedsView(areas), path),
    )
