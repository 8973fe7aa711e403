"""List the open data files that pages offer, and write those of figures and records."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.export.figure_files import KINDS, PACKAGE, WHOLE, Downloads, path_of
from generator.export.source import record_files
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.data_files.open_data import source_of


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
    return (*files, _package(context, path_of(key, PACKAGE)))


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
        files.append(_package(context, f"daten/{PACKAGE}"))
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


def _package(context: Context, path: str) -> DownloadFile:
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
