"""About the data: what is published, under which licence, how fresh it is, how it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.export import Export
from generator.model.dates import Duration
from generator.model.groups import Record
from generator.model.offer import Offer
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.page import Heading, Page
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent, View
from generator.render.data_files.figure_downloads import (
    DownloadFile,
    IndicatorDownloads,
    RecordDownloads,
    all_downloads,
    indicator_lists,
    record_lists,
)
from generator.render.data_files.open_data import exports

EVERY = Duration(6, "months")
"""How often records of a kind are checked where the configuration says nothing."""
DATED = ("offers", "places")
"""Kinds of records of which it is told how many were checked in time."""


@dataclass(frozen=True, slots=True)
class DataView(View):
    """The page about the data: a table of what there is, offers that nobody checked in time or at all, the files."""

    template = "data.html"

    stock: TableContent
    overdue: int
    unchecked: int
    exports: Sequence[Export]
    wholes: Sequence[DownloadFile]
    indicators: Sequence[IndicatorDownloads]
    records: Sequence[RecordDownloads]


def render(context: Context, key: str = "") -> Page:
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
        records=record_lists(context),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="editorial",
        title=_("Daten"),
        description=_(
            "Was hier veröffentlicht ist, unter welcher Lizenz, wie aktuell es ist und wie es entsteht."
        ),
        body=context.render(view, path),
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
    """Return how many records of each kind there are; of the offers only those that are active."""
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
    rows = [
        _row(context, linked(context.href(path, kind), label), kind, records)
        for label, kind, records in stock
        if records
    ]
    return TableContent(columns, rows)


def _row(context: Context, name: Markup, kind: str, records: Mapping[str, Record]) -> Sequence[TableCell]:
    """Count records; where they carry a date of check, also how many were checked in time and the oldest of the dates."""
    every = context.site.config.check_every.get(kind, EVERY)
    dates = [day for record in records.values() if (day := getattr(record, "checked", None)) is not None]
    fresh = sum(1 for day in dates if every.after(day) >= context.facts.today)
    return (
        TableCell(name),
        TableCell(context.texts.counted(records.values())),
        TableCell(context.texts.number(fresh)) if kind in DATED else NOTHING,
        TableCell(context.texts.date(min(dates), short=True)) if dates and kind in DATED else NOTHING,
    )
