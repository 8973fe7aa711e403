"""What of others is shipped with the site, under which licence, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.page import Page
from generator.render.base.view import TableCell, TableColumn, TableContent, View


@dataclass(frozen=True, slots=True)
class Shipped:
    """A work whose files lie on the site; `package` is the wheel that brings it."""

    name: str
    package: str
    holder: str
    licence: str
    text: str
    source: str


SHIPPED: Sequence[Shipped] = (
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
)


@dataclass(frozen=True, slots=True)
class LicencesView(View):
    """The version of this program, and the table of all works of others."""

    template = "licences.html"

    nahraum: str
    works: TableContent


def render(context: Context, key: str = "") -> Page:
    """Make the page of licences."""
    del key
    _ = context.gettext
    path = context.path("licences")
    does = {
        "Material for MkDocs": _("Grundgerüst der Gestaltung"),
        "Material Design Icons": _("Zeichen neben den Wörtern"),
        "Leaflet": _("Karten zum Verschieben und Vergrößern"),
    }
    columns = (TableColumn(_("Werk")), TableColumn(_("Wofür")), TableColumn(_("Lizenz")))
    rows = tuple(_row(item, does[item.name]) for item in SHIPPED)
    view = LicencesView(version("nahraum"), TableContent(columns, rows))
    return Page(
        path=path,
        lang=context.lang,
        family="editorial",
        title=_("Lizenzen"),
        description=_("Welche freien Programme in dieser Seite stecken und unter welchen Lizenzen."),
        body=context.render(view, path),
        crumbs=(context.crumb(_("Über diese Seite"), "about"),),
    )


def _row(item: Shipped, does: str) -> Sequence[TableCell]:
    number = f" {version(item.package)}" if item.text != "apache" else ""
    work = pattern(
        '<a href="{}" rel="noreferrer external">{}</a>{}<br><span class="nr-small" lang="en">{}</span>'
    ).format(item.source, item.name, number, item.holder)
    licence = pattern('<a href="#{}">{}</a>').format(item.text, item.licence)
    return TableCell(work), TableCell(does), TableCell(licence)
