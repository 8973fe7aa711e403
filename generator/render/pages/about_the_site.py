"""Make pages about the site („Daten“, „Lizenzen“, „Glossar“) and for what visitors take along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.metadata import version

from markupsafe import Markup
from msgspec import Struct

from generator.export import Export
from generator.files.packaged import source_address
from generator.model.facts import Facts
from generator.model.groups import Record
from generator.model.indicator import PROMISE
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.vocabulary import HelpNumber, Term
from generator.render.base import urls
from generator.render.base.area_names import named
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked, pattern
from generator.render.base.page import Heading, Page
from generator.render.base.texts import by_letter, letter_anchor
from generator.render.base.view import NOTHING, NavLink, TableCell, TableColumn, TableContent, View
from generator.render.data_files.offline_packs import PACK, areas, block_count
from generator.render.data_files.open_data import (
    DownloadFile,
    IndicatorDownloads,
    RecordDownloads,
    all_downloads,
    exports,
    indicator_lists,
    record_lists,
)
from generator.render.directory.help_numbers import open_numbers
from generator.render.frame.page_frame import embedded, own_name


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
        (_("Orte"), "places", site.current("places")),
        (_("Träger"), "providers", site.current("providers")),
        (_("Sozialräume und Stadtteile"), "spaces", site.current("spaces")),
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


class ListLanguage(Struct, frozen=True):
    """The same page in another language, by its own name."""

    lang: str
    name: str
    href: str


class RememberedView(View, frozen=True):
    """A visitor's own list, which a script fills; nothing of it leaves the device."""

    template = "remembered.html"

    blocks: (
        int  # how many files hold all offers' texts; the script loads all, so that none tells what is chosen
    )
    root: str  # the home page's whole address, to print
    home: str  # link to it
    languages: Sequence[ListLanguage]


def render_own_list(context: Context, key: str = "") -> Page:
    """Make the page of the own list."""
    del key
    _ = context.gettext
    path = context.path("remembered")
    config = context.site.config
    languages = []
    for lang in config.languages:
        if lang != context.lang:
            same_page = urls.localised(lang, config.language, urls.path("remembered"))
            languages.append(ListLanguage(lang, own_name(context, lang), urls.relative(path, same_page)))
    view = RememberedView(
        blocks=block_count(context),
        root=config.url.rstrip("/") + "/" + context.path("home"),
        home=context.href(path, "home"),
        languages=languages,
    )
    return context.page(
        view,
        path,
        family="remembered",
        title=_("Meine Merkliste"),
        description=_("Angebote, die Sie sich gemerkt haben, zum Ausdrucken und Weitergeben."),
        indexed=False,
    )


class OfflineArea(Struct, frozen=True):
    """An area to keep offline."""

    id: str
    name: str
    pack: str  # link to the list of its files


class OfflineView(View, frozen=True):
    """What everybody keeps offline, numbers, areas to choose."""

    template = "offline.html"

    pack: str  # link to the list of files that everybody keeps
    numbers: Sequence[HelpNumber]
    areas: Sequence[OfflineArea]


def offline_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the one page's key on the public site."""
    del facts
    return () if site.internal else ("",)


def render_offline(context: Context, key: str = "") -> Page:
    """Make the page on which people choose what to keep offline."""
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
    return context.page(
        view,
        path,
        family="offline",
        title=_("Ohne Netz"),
        description=_("So gehen diese Seiten auch ohne Internet."),
        indexed=False,
    )


class EmbeddedArea(Struct, frozen=True):
    """An area whose offers other websites may show in a frame."""

    id: str
    name: str
    label: str  # its name, with the level where several are called so
    address: str  # of the frame
    href: str  # link to it from this page
    count: int  # of offers


class EmbedsView(View, frozen=True):
    """The areas with the line of HTML for each."""

    template = "embeds.html"

    areas: Sequence[EmbeddedArea]


def embeds_keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the one page's key on the public site."""
    del facts
    return () if site.internal else ("",)


def render_embeds(context: Context, key: str = "") -> Page:
    """Make the page that gives other websites a line of HTML for each area."""
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
    return context.page(
        EmbedsView(areas),
        path,
        family="embeds",
        title=_("Auf Ihrer Seite zeigen"),
        description=_("Mit einer Zeile HTML zeigen Schulen, Kitas und Träger Angebote aus ihrer Umgebung."),
    )
