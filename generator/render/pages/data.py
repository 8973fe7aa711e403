"""About the data: what is published, under which licence, how fresh it is, how it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from generator.model.facts import Facts
from generator.model.scalars import Duration
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Heading, Page
from generator.render.data_files.figure_downloads import all_downloads, indicator_lists
from generator.render.data_files.open_data import exports

EVERY = Duration(6, "months")
"""How often records of a kind are checked where the configuration says nothing."""


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """There is one such page."""
    del site, facts
    return ("",)


def render(context: Context, key: str = "") -> Page:
    """Make the page about the data."""
    del key
    _ = context.texts.gettext
    path = context.path("data")
    site, facts = context.site, context.facts
    active = {item: site.offers[item] for item, found in facts.offers.items() if found.active}
    rows = [
        _row(context, _("Angebote"), "offers", active, "offers"),
        _row(context, _("Orte"), "places", site.places, "places"),
        _row(context, _("Träger"), "providers", site.providers, ""),
        _row(context, _("Sozialräume und Stadtteile"), "spaces", site.spaces, ""),
        _row(context, _("Ämter"), "offices", site.offices, ""),
        _row(context, _("Netzwerke"), "networks", site.networks, ""),
    ]
    body = context.render(
        "data.html",
        path,
        rows=[row for row in rows if row["count"]],
        overdue=sum(1 for item in active if facts.offers[item].overdue),
        unchecked=sum(1 for offer in active.values() if offer.checked is None),
        threshold=site.config.disclosure,
        exports=exports(context),
        wholes=all_downloads(context),
        indicators=indicator_lists(context),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="editorial",
        title=_("Daten"),
        description=_(
            "Was hier veröffentlicht ist, unter welcher Lizenz, wie aktuell es ist und wie es entsteht."
        ),
        body=body,
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


def _row(context: Context, label: str, kind: str, records: Mapping[str, Any], checked: str) -> dict[str, Any]:
    """Count records; where they carry a date of check, also how many were checked in time and the oldest of the dates."""
    every = context.site.config.check_every.get(checked, EVERY)
    dates: list[dt.date] = (
        [record.checked for record in records.values() if record.checked] if checked else []
    )
    fresh = sum(1 for day in dates if every.after(day) >= context.facts.today)
    return {
        "label": label,
        "kind": kind,
        "count": len(records),
        "counted": context.texts.counted(records.values()),
        "checked": bool(checked),
        "fresh": fresh,
        "oldest": min(dates, default=None),
        "newest": max(dates, default=None),
    }
