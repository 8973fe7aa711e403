"""A context in, files of figures to take along out: tables of each indicator, of all, of editions, and a picture of each map and chart; which files a page offers and what each is for, what stands below a picture. What a table holds: `export/figure_columns.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.export.figure_columns import together
from generator.export.figure_files import KINDS, PACKAGE, WHOLE, Downloads, excel_csv, path_of
from generator.export.source import record_files
from generator.model.cells import Series, Status
from generator.model.indicator import Indicator
from generator.render.base.context import Context
from generator.render.data_files.open_data import source_of
from generator.render.figures.charts.bars import MOST as MOST_BARS
from generator.render.figures.explanation import source_line
from generator.render.figures.figure_texts import count_text, period_text, sign_reason
from generator.render.figures.levels_and_topics import main_level, may_be_taken
from generator.render.figures.picture_files import PictureKey, PictureText, picture
from generator.render.figures.points import area_bars, area_lines
from generator.render.maps import overview
from generator.render.maps.choropleth import REPORT, classes_view
from generator.render.maps.drawing import draw, svg
from generator.render.written_reports.archive import figures_path, shown
from generator.render.written_reports.edition_call_site import thawed


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """A file that a page offers: its path from the root, what it holds or is for, its form."""

    path: str
    holds: str
    form: str


@dataclass(frozen=True, slots=True)
class IndicatorDownloads:
    """An indicator that has figures, with the licence of its data and its files."""

    indicator: Indicator
    licence: str
    files: Sequence[DownloadFile]


@dataclass(frozen=True, slots=True)
class RecordDownloads:
    """A record that has files of its own: its name, and the files."""

    name: Markup
    files: Sequence[DownloadFile]


def figure_files(context: Context) -> dict[str, bytes]:
    """Return every file of figures and the catalogue; they are in the language of the data and stand in its tree."""
    if context.site.internal or context.lang != context.site.config.language:
        return {}
    source = source_of(context)
    files = {path: write() for path, write in Downloads(source).files()}
    return files | {one.path: one.write() for one in record_files(source)}


def edition_files(context: Context) -> dict[str, bytes]:
    """Return the figures of each published edition as one table, as they were published."""
    if context.site.internal or context.lang != context.site.config.language:
        return {}
    files: dict[str, bytes] = {}
    for editions in shown(context.site).values():
        for edition in editions:
            if edition.frozen is not None and edition.frozen.series:
                source = source_of(thawed(context, edition.frozen))
                files[figures_path(edition)] = excel_csv(together(source))
    return files


def indicator_downloads(context: Context, key: str) -> tuple[DownloadFile, ...]:
    """Return the files of one indicator for a page that offers them."""
    if context.site.internal or key not in context.facts.series:
        return ()
    files = (
        DownloadFile(path_of(key, kind.ending), _purpose(context, kind.ending), kind.form) for kind in KINDS
    )
    return (*files, _package(context, path_of(key, PACKAGE)))


def record_downloads(context: Context, folder: str, key: str) -> tuple[DownloadFile, ...]:
    """Return the files of one record, by the folder of its kind and its id; none where it has none."""
    return tuple(_downloads_by_record(context).get((folder, key), ()))


def record_lists(context: Context) -> tuple[RecordDownloads, ...]:
    """Return every record that has files of its own, with these."""
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
    """Return the files that hold all indicators, and the catalogue, for the page about the data."""
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
    """Say what a file is for, in the language of the page."""
    _ = context.gettext
    return {
        ".xlsx": _("Für Tabellenprogramme, mit Erläuterung auf einem zweiten Blatt"),
        "-excel.csv": _("Für Excel: Semikolon und Dezimalkomma"),
        ".csv": _("Für Programme: Komma und Dezimalpunkt"),
        ".json": _("Für Programme, mit Beschreibung"),
        ".geojson": _("Gebiete mit den neuesten Werten"),
    }[ending]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A drawing with its file's name, and the legend without which it can't be read."""

    name: str
    drawing: Markup
    keys: Sequence[PictureKey] = ()


def picture_files(context: Context) -> dict[str, bytes]:
    """Return the pictures by their paths, beside the page of their indicator; they speak its language."""
    files: dict[str, bytes] = {}
    if context.door:
        return files
    for key, series in context.facts.series.items():
        indicator = context.site.indicators[key]
        for one in _shown(context, indicator, series):
            text = _text(context, indicator, series, one)
            files[f"{context.path('report', key)}{one.name}.svg"] = picture(one.drawing, text)
    return files


def _shown(context: Context, indicator: Indicator, series: Series) -> Iterator[_Shown]:
    if may_be_taken(context, indicator, by_areas=True):
        yield from _of_areas(context, indicator, series)
    if may_be_taken(context, indicator, by_areas=False) and series.benchmark and len(series.periods) > 1:
        lines = area_lines(context, indicator, series, series.benchmark)
        yield _Shown("verlauf", context.call(lines))


def _of_areas(context: Context, indicator: Indicator, series: Series) -> Iterator[_Shown]:
    view = overview(context, REPORT + indicator.id)
    if view is not None:
        path = context.path("report", indicator.id)
        drawing = svg(REPORT + indicator.id, view.title, view.description, draw(context, view, path))
        classes = classes_view(context, indicator.id)
        steps = tuple(PictureKey(str(step.step), step.text) for step in classes.steps)
        signs = tuple(PictureKey(sign.look, sign.text) for sign in classes.signs)
        yield _Shown("karte", drawing, (*steps, *signs))
    level = main_level(context, series)
    bars = area_bars(context, indicator, series, level.spaces if level is not None else series.spaces)
    if 1 < len(bars.rows) <= MOST_BARS:
        yield _Shown("gebiete", context.call(bars))


def _text(context: Context, indicator: Indicator, series: Series, shown: _Shown) -> PictureText:
    title = f"{context.texts.of(indicator, 'title')}, {period_text(context.texts, series.latest)}"
    if shown.name == "verlauf":
        title = context.gettext("{title}: {name}").format(
            title=context.texts.of(indicator, "title"),
            name=context.texts.name(context.site.spaces[series.benchmark]),
        )
    return PictureText(
        lang=context.lang,
        rtl=context.texts.dir == "rtl",
        accent=context.site.config.accent,
        title=title,
        lead=str(context.texts.of(indicator, "says")),
        keys=shown.keys,
        notes=tuple(_notes(context, indicator, series, shown.name)),
    )


def _notes(context: Context, indicator: Indicator, series: Series, name: str) -> Iterator[str]:
    """Say what the figure doesn't say, what its signs mean, where it comes from and where its page is."""
    _ = context.gettext
    if indicator.fictional:
        yield _("Diese Zahlen sind erfunden, zur Veranschaulichung.")
    yield _("Was hier nicht steht: warum es so ist, wie es einzelnen Menschen geht und ob die Hilfe reicht.")
    if name == "gebiete":
        yield _("Die Reihenfolge ist keine Bewertung.")
    if indicator.counted_from == "needs":
        yield count_text(context, indicator)
    if name != "karte" and indicator.denominator and indicator.interval != "none":
        yield _("Striche an den Werten: Unsicherheitsbereich.")
    latest = [series.cell(space, series.latest) for space in series.spaces]
    if name == "gebiete" and any(cell is not None and cell.status is Status.SECRET for cell in latest):
        yield f"„{Status.SECRET.value}“: {sign_reason(context.texts, Status.SECRET)}"
    yield f"{_('Quelle:')} {source_line(context, indicator).striptags()}"
    publisher, address = context.site.config.publisher, context.address(context.path("report", indicator.id))
    yield f"{publisher.name}, {address}, {context.texts.date(context.facts.today)}"
