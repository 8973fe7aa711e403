"""The pages „Daten“, „Lizenzen“ and „Glossar“."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.metadata import version

from markupsafe import Markup
from msgspec import Struct

from generator.export import Export
from generator.files.packaged import source_address
from generator.model.groups import Record
from generator.model.indicator import PROMISE
from generator.model.offer import Offer
from generator.model.vocabulary import Term
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Heading, Page
from generator.render.base.texts import by_letter, letter_anchor
from generator.render.base.view import NOTHING, NavLink, TableCell, TableColumn, TableContent, View
from generator.render.data_files.open_data import (
    DownloadFile,
    IndicatorDownloads,
    RecordDownloads,
    all_downloads,
    exports,
    indicator_lists,
    record_lists,
)


class DataView(View, frozen=True):
    """The page about data: counts, offers unchecked or late, files."""

    template = "data.html"

    stock: TableContent  # how many records of each kind
    overdue: int  # active offers whose check is due
    unchecked: int  # active offers without a day of checking
    exports: Sequence[Export]
    wholes: Sequence[DownloadFile]  # files of all figures together
    indicators: Sequence[IndicatorDownloads]
    promise: Sequence[str]  # sentences on how figures about people are protected; none without figures
    records: Sequence[RecordDownloads]


def render_data(context: Context, key: str = "") -> Page:
    """Make the page about the data."""
    del key
    _ = context.gettext
    path = context.path("data")
    site, facts = context.site, context.facts
    active = [item for item, found in facts.offers.items() if found.active]
    view = DataView(
        stock=_stock(context, path, {item: site.offers[item] for item in active}),
        overdue=sum(facts.offers[item].overdue for item in active),
        unchecked=sum(site.offers[item].checked is None for item in active),
        exports=exports(context),
        wholes=all_downloads(context),
        indicators=indicator_lists(context),
        promise=PROMISE if site.indicators else (),
        records=record_lists(context),
    )
    return context.page(
        view,
        path,
        family="about",
        title=_("Daten"),
        description=_(
            "Was hier veröffentlicht ist, unter welcher Lizenz, wie aktuell es ist und wie es entsteht."
        ),
        toc=(
            Heading("was", _("Was veröffentlicht ist")),
            Heading("dateien", _("Dateien zum Herunterladen")),
            Heading("kennzahlen", _("Kennzahlen")),
            Heading("lizenz", _("Lizenz")),
            Heading("stand", _("Wie aktuell die Angaben sind")),
            Heading("methode", _("Wie die Angaben entstehen")),
        ),
        date=facts.today,
    )


def _stock(context: Context, path: str, active: Mapping[str, Offer]) -> TableContent:
    """Return how many records there are by kind, of offers the active ones."""
    _ = context.gettext
    site = context.site
    stock: Sequence[tuple[str, str, Mapping[str, Record]]] = (
        (_("Angebote"), "offers", active),
        (_("Orte"), "places", site.places),
        (_("Träger"), "providers", site.providers),
        (_("Sozialräume und Stadtteile"), "spaces", site.spaces),
        (_("Ämter"), "offices", site.offices),
        (_("Netzwerke"), "networks", site.networks),
    )
    columns = (
        TableColumn(_("Art")),
        TableColumn(_("Einträge"), num=True),
        TableColumn(_("rechtzeitig geprüft"), num=True),
        TableColumn(_("älteste Prüfung"), num=True),
    )
    overdue: Mapping[str, Collection[str]] = {
        "offers": {item for item, found in context.facts.offers.items() if found.overdue},
        "places": context.facts.overdue_places,
    }
    rows = [
        _stock_row(context, linked(context.href(path, kind), label), records, overdue.get(kind))
        for label, kind, records in stock
        if records
    ]
    return TableContent(columns, rows)


def _stock_row(
    context: Context, name: Markup, records: Mapping[str, Record], overdue: Collection[str] | None
) -> Sequence[TableCell]:
    """Count records, those checked and not `overdue`, and say the oldest check; None: this kind has no checks due."""
    count = TableCell(context.texts.counted(records.values()))
    if overdue is None:
        return (TableCell(name), count, NOTHING, NOTHING)
    days = {key: day for key, record in records.items() if (day := getattr(record, "checked", None))}
    return (
        TableCell(name),
        count,
        TableCell(context.texts.number(len(days.keys() - overdue))),
        TableCell(context.texts.date(min(days.values()), short=True)) if days else NOTHING,
    )


class Shipped(Struct, frozen=True):
    """A work whose files the site has; `package` is the Python package that brings them, empty for none."""

    name: str
    package: str
    holder: str
    licence: str
    text: str  # the anchor of the licence's text on this page
    source: str  # where the work is published


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
    Shipped(
        "lean-qr",
        "",
        "Copyright (c) 2021-2025 David Evans",
        "MIT",
        "mit",
        "https://github.com/davidje13/lean-qr",
    ),
)


class LicencesView(View, frozen=True):
    """The program's version, and all works of others."""

    template = "licences.html"

    nahraum: str  # its version
    source: str  # where its source code is published
    works: TableContent


def render_licences(context: Context, key: str = "") -> Page:
    """Make the page of licences."""
    del key
    _ = context.gettext
    path = context.path("licences")
    purposes = {
        "Material for MkDocs": _("Grundgerüst der Gestaltung"),
        "Material Design Icons": _("Zeichen neben den Wörtern"),
        "Leaflet": _("Karten zum Verschieben und Vergrößern"),
        "lean-qr": _("QR-Code mit der Adresse dieser Seite"),
    }
    columns = (TableColumn(_("Werk")), TableColumn(_("Wofür")), TableColumn(_("Lizenz")))
    rows = tuple(_licence_row(item, purposes[item.name]) for item in SHIPPED)
    view = LicencesView(version("nahraum"), source_address(), TableContent(columns, rows))
    return context.page(
        view,
        path,
        family="about",
        title=_("Lizenzen"),
        description=_("Welche freien Programme in dieser Seite stecken und unter welchen Lizenzen."),
        crumbs=(context.crumb(_("Über diese Seite"), "about"),),
    )


def _licence_row(item: Shipped, purpose: str) -> Sequence[TableCell]:
    # The icons come in Material's package, whose version isn't theirs.
    number = f" {version(item.package)}" if item.package and item.name != "Material Design Icons" else ""
    work = pattern(
        '<a href="{}" rel="noreferrer external">{}</a>{}<br><span class="nr-small" lang="en">{}</span>'
    ).format(item.source, item.name, number, item.holder)
    licence = pattern('<a href="#{}">{}</a>').format(item.text, item.licence)
    return TableCell(work), TableCell(purpose), TableCell(licence)


class GlossaryLetter(Struct, frozen=True):
    """A letter's terms, each with its law in words."""

    letter: str
    anchor: str  # of its heading
    terms: Sequence[tuple[Term, str]]


class GlossaryView(View, frozen=True):
    """The glossary: abbreviations, letters, terms."""

    template = "glossary.html"

    abbreviated: Sequence[Term]
    links: Sequence[NavLink]  # to the letters' headings
    letters: Sequence[GlossaryLetter]


def render_glossary(context: Context, key: str) -> Page:
    """Make the glossary by letter; abbreviations link to their terms."""
    _ = context.gettext
    path = context.path("glossary", key)
    glossary = context.words.glossary
    names = {name: context.texts.name(term) for name, term in glossary.items()}
    letters = []
    for letter, found in by_letter(names).items():
        terms = tuple((glossary[name], context.law_of(glossary[name].legal_basis)) for name in found)
        letters.append(GlossaryLetter(letter, letter_anchor(letter), terms))
    links = tuple(NavLink(item.letter, f"#{item.anchor}") for item in letters)
    view = GlossaryView(_abbreviations(glossary.values()), links, letters)
    return context.page(
        view,
        path,
        family="professionals",
        title=_("Glossar"),
        description=_("Abkürzungen und Fachwörter der Jugendhilfe, in einfachen Worten."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
    )


def _abbreviations(terms: Iterable[Term]) -> Sequence[Term]:
    """Return terms with an abbreviation (`ASD`) in its order, without laws (`§ 8a`)."""
    found = [term for term in terms if term.abbreviation and not term.abbreviation.startswith("§")]
    return tuple(sorted(found, key=lambda term: (term.abbreviation or "").casefold()))
