"""What of others is shipped with the site, under which licence, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page


@dataclass(frozen=True, slots=True)
class Shipped:
    """A work whose files lie on the site; `package` is the wheel that brings it."""

    name: str
    package: str
    holder: str
    licence: str
    text: str
    source: str


SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        "Material for MkDocs",
        "mkdocs-material",
        "Copyright (c) 2016-2025 Martin Donath",
        "MIT",
        "mit",
        "https://github.com/squidfunk/mkdocs-material",
    ),
    Shipped(
        "Material Design Icons",
        "mkdocs-material",
        "Pictogrammers and contributors",
        "Apache-2.0",
        "apache",
        "https://pictogrammers.com/library/mdi/",
    ),
    Shipped(
        "Leaflet",
        "XStatic-Leaflet",
        "Copyright (c) 2010-2022 Vladimir Agafonkin, (c) 2010-2011 CloudMade",
        "BSD-2-Clause",
        "bsd",
        "https://leafletjs.com/",
    ),
    Shipped(
        "Leaflet.markercluster",
        "XStatic-Leaflet-MarkerCluster",
        "Copyright 2012 David Leaver",
        "MIT",
        "mit",
        "https://github.com/Leaflet/Leaflet.markercluster",
    ),
)


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page."""
    del site, facts
    return ("",)


def render(context: Context, key: str = "") -> Page:
    """Make the page of licences."""
    del key
    _ = context.texts.gettext
    path = context.path("licences")
    does = {
        "Material for MkDocs": _("Grundgerüst der Gestaltung"),
        "Material Design Icons": _("Zeichen neben den Wörtern"),
        "Leaflet": _("Karten zum Verschieben und Vergrößern"),
        "Leaflet.markercluster": _("Bündel von Punkten auf Karten"),
    }
    rows = [
        {
            "work": item,
            "does": does[item.name],
            "version": version(item.package) if item.text != "apache" else "",
        }
        for item in SHIPPED
    ]
    return Page(
        path=path,
        lang=context.lang,
        family="editorial",
        title=_("Lizenzen"),
        description=_("Welche freien Programme in dieser Seite stecken und unter welchen Lizenzen."),
        body=context.render("licences.html", path, rows=rows, nahraum=version("nahraum")),
        crumbs=(context.crumb(_("Über diese Seite"), "about"),),
    )
