"""List the open data that pages offer, and write it and the calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.export import EXPORTS, Export
from generator.export.calendars_and_vcards import Calendars, has_times
from generator.export.figure_files import KINDS, PACKAGE, WHOLE, Downloads, path_of
from generator.export.offer_files import has_apart, own_part
from generator.export.source import ExportSource, record_files
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.base.urls import moved

CALENDAR = "termine.ics"


def source_of(context: Context) -> ExportSource:
    """Return what exports read; raises `ValueError` on the internal site."""

    def text(record: object, field: str) -> str:
        return context.texts.of(record, field).text

    return ExportSource(
        context.site,
        context.facts,
        context.lang,
        lambda kind, key: context.address(context.path(kind, key)),
        text,
    )


def exports(context: Context) -> Sequence[Export]:
    """Return the site's exports; none on the internal one."""
    if context.site.internal:
        return ()
    # What is from OpenStreetMap, in exports with a licence of their own.
    apart = has_apart(source_of(context))
    return [
        row
        for row in EXPORTS
        if (context.site.shapes or "gebiete" not in row.path) and (apart or not row.licence)
    ]


def export_files(context: Context) -> dict[str, bytes]:
    """Return exports by path, in the main language's folder."""
    if context.site.internal or context.lang != context.site.config.language:
        return {}
    source = source_of(context)
    town_data = own_part(source)  # without that
    return {row.path: row.write(source if row.licence else town_data) for row in exports(context)}


def calendar_files(context: Context) -> dict[str, bytes]:
    """Return the calendars of offers, topics and areas; none on the internal site.

    Grave ones have none. Where nothing takes place it is empty, else subscribers keep the last file; who
    subscribed at an earlier address has it there.
    """
    if context.site.internal:
        return {}
    calendars = Calendars(source_of(context))
    files: dict[str, bytes] = {}
    for key, offer in context.site.offers.items():
        if not context.facts.offers[key].sensitive:
            files[context.path("offer", key) + CALENDAR] = calendars.offer(offer)
    for key, space in context.site.spaces.items():
        files |= _of_list(context, calendars, "space", key, space)
    for key, topic in context.words.topics.items():
        if not context.words.is_grave(key):
            files |= _of_list(context, calendars, "topic", key, topic)
    for kind, folder in (("offer", "offers"), ("space", "spaces")):
        for earlier, key in moved(context.site, folder).items():
            if content := files.get(context.path(kind, key) + CALENDAR):
                files[context.path(kind, earlier) + CALENDAR] = content
    return files


def _of_list(context: Context, calendars: Calendars, kind: str, key: str, record: object) -> dict[str, bytes]:
    path = context.path(kind, key)
    found = calendars.meetings(_members(context, kind, key))
    name = context.texts.name(record)
    if kind == "topic":
        name = context.gettext("Termine zum Thema: {topic}").format(topic=name)
    return {path + CALENDAR: calendars.written(name, found, context.address(path))}


def calendar_until(context: Context, kind: str, key: str) -> dt.date | None:
    """Return the last day of an offer's, topic's or space's calendar; None without one."""
    if context.site.internal:
        return None
    facts, source = context.facts.offers, source_of(context)
    if kind == "offer":
        schedule = facts[key].schedule if has_times(context.site.offers[key], facts[key]) else None
        last_days = [schedule.told_until] if schedule is not None else []
    else:
        offers = Calendars(source).meetings(_members(context, kind, key))
        last_days = [schedule.until for offer in offers if (schedule := facts[offer.id].schedule) is not None]
    return max(last_days, default=None)


def _members(context: Context, kind: str, key: str) -> Sequence[str]:
    """Return a calendar's offers: none for grave topics and the whole town.

    An area's leaves out what is `unposted`, for which its subscribers didn't ask.
    """
    facts, words = context.facts, context.words
    if kind == "topic":
        return () if words.is_grave(key) else facts.relations.offers_by_topic.get(key, ())
    space, listed = facts.spaces[key], facts.relations.offers_by_space
    if space.children and not space.ancestors:
        return ()
    # Who subscribed to an area that is no more goes on with what it became.
    offers = dict.fromkeys(offer for one in context.site.became(key) for offer in listed.get(one, ()))
    return [offer for offer in offers if not facts.offers[offer].unposted]


class DownloadFile(Struct, frozen=True):
    """A file that a page offers."""

    path: str  # from the site's root
    holds: str  # what is in it or what it is for, in words
    form: str  # its format by name


class IndicatorDownloads(Struct, frozen=True):
    """An indicator's files with their licence."""

    indicator: Indicator
    licence: str
    files: Sequence[DownloadFile]


class RecordDownloads(Struct, frozen=True):
    """A record's name and its files."""

    name: Markup
    files: Sequence[DownloadFile]


def figure_files(context: Context) -> dict[str, bytes]:
    """Return all files of figures and the catalogue, in the main language."""
    if context.site.internal or context.lang != context.site.config.language:
        return {}
    source = source_of(context)
    files = {path: write() for path, write in Downloads(source).files()}
    return files | {one.path: one.write() for one in record_files(source)}


def indicator_downloads(context: Context, key: str) -> tuple[DownloadFile, ...]:
    """Return one indicator's files."""
    if context.site.internal or key not in context.facts.series:
        return ()
    files = (
        DownloadFile(path_of(key, kind.ending), _purpose(context, kind.ending), kind.form) for kind in KINDS
    )
    return (*files, _describe_data_package(context, path_of(key, PACKAGE)))


def record_downloads(context: Context, folder: str, key: str) -> tuple[DownloadFile, ...]:
    """Return one record's files; none for most."""
    return tuple(_downloads_by_record(context).get((folder, key), ()))


def record_lists(context: Context) -> tuple[RecordDownloads, ...]:
    """Return all records that have files."""
    found = []
    for (folder, key), files in _downloads_by_record(context).items():
        name = context.translated(context.site.records(folder)[key])
        found.append(RecordDownloads(name, tuple(files)))
    return tuple(found)


def _downloads_by_record(context: Context) -> dict[tuple[str, str], list[DownloadFile]]:
    found: dict[tuple[str, str], list[DownloadFile]] = {}
    if context.site.internal:
        return found
    for one in record_files(source_of(context)):
        file = DownloadFile(one.path, context.gettext(one.holds), one.form)
        found.setdefault((one.folder, one.id), []).append(file)
    return found


def all_downloads(context: Context) -> tuple[DownloadFile, ...]:
    """Return the files of all indicators, and the catalogue."""
    if context.site.internal:
        return ()
    files: list[DownloadFile] = []
    if any(key in context.facts.series for key in context.site.indicators):
        files += [
            DownloadFile(f"daten/{WHOLE}{kind.ending}", _purpose(context, kind.ending), kind.form)
            for kind in KINDS
            if kind.ending != ".geojson"
        ]
        files.append(_describe_data_package(context, f"daten/{PACKAGE}"))
    return (
        *files,
        DownloadFile("daten/katalog.ttl", context.gettext("Katalog der Daten nach DCAT-AP.de"), "Turtle"),
    )


def indicator_lists(context: Context) -> tuple[IndicatorDownloads, ...]:
    """Return every indicator that has figures, with its files."""
    found = []
    for key, indicator in context.site.indicators.items():
        files = indicator_downloads(context, key)
        licence = indicator.source.licence or context.site.config.data_licence or ""
        if key in context.facts.series:
            found.append(IndicatorDownloads(indicator, licence, files))
    return tuple(found)


def _describe_data_package(context: Context, path: str) -> DownloadFile:
    return DownloadFile(path, context.gettext("Beschreibung nach Frictionless Data"), "Data Package")


def _purpose(context: Context, ending: str) -> str:
    """Say what a file is for."""
    _ = context.gettext
    return {
        ".xlsx": _("Für Tabellenprogramme, mit Erläuterung auf einem zweiten Blatt"),
        "-excel.csv": _("Für Excel: Semikolon und Dezimalkomma"),
        ".csv": _("Für Programme: Komma und Dezimalpunkt"),
        ".json": _("Für Programme, mit Beschreibung"),
        ".geojson": _("Gebiete mit den neuesten Werten"),
    }[ending]
