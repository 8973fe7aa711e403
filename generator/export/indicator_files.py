"""The downloads of figures: which files there are for each indicator and for all, and what writes each.

The addresses are stable: `daten/<indicator>/<indicator>.csv` and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.export import EXPORTS, Export
from generator.export.apart import has_apart, own_part
from generator.export.catalogue import Form, catalogue
from generator.export.datapackage import all_packages, datapackage
from generator.export.datasets import Dataset, all_datasets, together
from generator.export.figure_files import as_json, excel_csv, latest_geojson, plain_csv
from generator.export.source import ExportSource
from generator.export.triples import Triple, turtle


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A kind of download: the end of its name, what it is for (German), its form, its EU file type and media type."""

    ending: str
    holds: str
    form: str
    type: str
    media: str


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: tuple[FigureFile, ...] = (
    FigureFile(
        ".xlsx", "Für Tabellenprogramme, mit Erläuterung auf einem zweiten Blatt", "XLSX", "XLSX", SPREADSHEET
    ),
    FigureFile("-excel.csv", "Für Excel: Semikolon und Dezimalkomma", "CSV", "CSV", "text/csv"),
    FigureFile(".csv", "Für Programme: Komma und Dezimalpunkt", "CSV", "CSV", "text/csv"),
    FigureFile(".json", "Für Programme, mit Beschreibung", "JSON", "JSON", "application/json"),
    FigureFile(".geojson", "Gebiete mit den neuesten Werten", "GeoJSON", "GEOJSON", "application/geo+json"),
)
PACKAGE = "datapackage.json"
WHOLE = "kennzahlen"
_DIRECTORY_TYPES = {"CSV": ("CSV", "text/csv"), "GeoJSON": ("GEOJSON", "application/geo+json")}


def path_of(key: str, ending: str) -> str:
    """Return where a file of an indicator lies, from the site's root."""
    if ending == PACKAGE:
        return f"daten/{key}/{ending}"
    return f"daten/{key}/{key}{ending}"


class Downloads:
    """All files of figures of one site; each dataset is made once, when the first of its files is written."""

    def __init__(self, source: ExportSource) -> None:
        self.source = source
        self.keys = tuple(key for key in source.site.indicators if key in source.facts.series)

    @cached_property
    def datasets(self) -> dict[str, Dataset]:
        """The datasets by indicator."""
        return {data.id: data for data in all_datasets(self.source)}

    @cached_property
    def whole(self) -> Dataset:
        """All figures as one dataset."""
        return together(self.source)

    def files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield the path of every file and what writes it."""
        for key in self.keys:
            for kind in KINDS:
                yield path_of(key, kind.ending), self._make(key, kind.ending)
            yield path_of(key, PACKAGE), self._make(key, PACKAGE)
        if self.keys:
            for ending in (".xlsx", "-excel.csv", ".csv", ".json"):
                yield f"daten/{WHOLE}{ending}", self._make_whole(ending)
            yield (
                f"daten/{PACKAGE}",
                lambda: all_packages(self.whole, self.datasets.values(), "{id}/{id}.csv"),
            )
        yield "daten/katalog.ttl", lambda: turtle(self._catalogue())

    def _make(self, key: str, ending: str) -> Callable[[], bytes]:
        def make() -> bytes:
            data = self.datasets[key]
            if ending == PACKAGE:
                return datapackage(data, f"{key}.csv")
            if ending == ".geojson":
                return latest_geojson(own_part(self.source), key, data)
            return _WRITERS[ending](data)

        return make

    def _make_whole(self, ending: str) -> Callable[[], bytes]:
        return lambda: _WRITERS[ending](self.whole)

    def _catalogue(self) -> Iterator[Triple]:
        forms: dict[str, list[Form]] = {}
        for key in self.keys:
            forms[key] = [(path_of(key, kind.ending), kind.holds, kind.type, kind.media) for kind in KINDS]
        directory: list[Form] = [_form(item) for item in EXPORTS if not item.licence]
        apart = [
            (_form(item), item.licence, item.credit)
            for item in EXPORTS
            if item.licence and has_apart(self.source)
        ]
        return catalogue(self.source, forms, directory, apart)


def _form(item: Export) -> Form:
    return item.path, item.holds, *_DIRECTORY_TYPES.get(item.form, ("JSON", "application/json"))


def _workbook(data: Dataset) -> bytes:
    # Imported only here: openpyxl takes a tenth of a second, and many towns publish no figures.
    from generator.export.workbook import workbook

    return workbook(data)


_WRITERS: dict[str, Callable[[Dataset], bytes]] = {
    ".xlsx": _workbook,
    "-excel.csv": excel_csv,
    ".csv": plain_csv,
    ".json": as_json,
}
