"""Write the downloads of figures, and the catalogue of all open data (DCAT-AP.de 2.0)."""

from __future__ import annotations

import csv
import io

# What DCAT-AP.de requires: title, description, publisher and datasets of the catalogue; title, description, publisher and exactly
# one `dcatde:contributorID` of a dataset (conventions 12, 13, 36); address, licence and format of a distribution (31, 32); a
# contact with mail or form (1).
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from generator.export import EXPORTS, Export
from generator.export.figure_columns import (
    FRACTIONS,
    SIGNS,
    Dataset,
    Value,
    all_datasets,
    all_packages,
    datapackage,
    licence,
    note_of,
    state_of,
    together,
)
from generator.export.offer_files import collection, feature, has_apart, no_formula, own_part
from generator.export.source import ExportSource, json_file
from generator.model.cells import shown

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcatap": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Statements = Mapping[str, str | Sequence[str]]
"""What is said of a thing (an IRI): by property the term or terms, as Turtle writes them; an empty term says nothing."""
Form = tuple[str, str, str, str]
"""A form of a dataset: its file's path from the site's root, what it is called, its EU file type, its media type."""

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NOT_IN_IRIS = str.maketrans({mark: f"%{ord(mark):02X}" for mark in ' <>"{}|\\^`'})
_EU = "http://publications.europa.eu/resource/authority/"
_FREQUENCY = {
    "yearly": "ANNUAL",
    "jährlich": "ANNUAL",
    "half-yearly": "ANNUAL_2",
    "halbjährlich": "ANNUAL_2",
    "quarterly": "QUARTERLY",
    "vierteljährlich": "QUARTERLY",
    "monthly": "MONTHLY",
    "monatlich": "MONTHLY",
    "weekly": "WEEKLY",
    "daily": "DAILY",
}


def catalogue(
    source: ExportSource,
    forms: Mapping[str, Sequence[Form]],
    directory: Sequence[Form],
    apart: Sequence[tuple[Form, str, str]] = (),
) -> bytes:
    """Return the catalogue of indicators' files (`forms`), offers and areas (`directory`).

    `apart` are others' data, each with licence and attribution.
    """
    config = source.site.config
    root = config.url.rstrip("/") + "/"
    page, licence_uri = f"{root}daten/", licence(config.data_licence).uri
    attribution = f"{config.publisher.name}, {config.name}"
    things: dict[str, Statements] = {}
    datasets: dict[str, Statements] = {}
    for data in all_datasets(source):
        files = _distributions(root, forms[data.id], data.licence.uri, data.attribution)
        described = _dataset(source, data.title, f"{data.description} Quelle: {data.source}.", files)
        datasets[f"{page}{data.id}/#datensatz"] = {**described, **_particulars(data)}
        things |= {**files, data.address: {"a": "foaf:Document"}}
    files = _distributions(root, directory, licence_uri, attribution)
    about = "Angebote für Familien, ihre Träger und Orte und die Gebiete. Adressen geschützter Orte fehlen."
    found = _dataset(source, f"Angebote und Sozialräume: {config.name}", about, files)
    datasets[f"{page}#verzeichnis"] = {
        **found,
        "dct:modified": _write_turtle_day(source.facts.today.isoformat()),
    }
    things |= files
    for form, key, credit in apart:
        files = _distributions(root, [form], licence(key).uri, credit)
        found = _dataset(source, f"{form[1]}: {config.name}", f"{form[1]}. {credit}", files)
        datasets[f"{page}#{PurePosixPath(form[0]).stem}"] = found
        things |= files
    about_all: Statements = {
        "a": "dcat:Catalog",
        "dct:title": _write_german_text(f"Offene Daten: {config.name}"),
        "dct:description": _write_german_text(
            "Sozialräume, Angebote und Kennzahlen mit Quelle, Lizenz und Stand."
        ),
        "dct:publisher": _thing(f"{root}impressum/#herausgeber"),
        "foaf:homepage": _thing(page),
        "dct:language": _thing(f"{_EU}language/DEU"),
        "dct:license": _thing(licence_uri),
        "dcat:dataset": [_thing(one) for one in datasets],
    }
    identified = {
        iri: {**described, "dct:identifier": _quote_turtle_text(iri)} for iri, described in datasets.items()
    }
    return _turtle(
        {
            f"{page}#katalog": about_all,
            page: {"a": "foaf:Document"},
            **_people(source, root),
            **identified,
            **things,
        }
    )


def _people(source: ExportSource, root: str) -> dict[str, Statements]:
    """Say who publishes, and whom one may ask."""
    publisher = source.site.config.publisher
    office = ", ".join(filter(None, (publisher.name, publisher.office)))
    contact: Statements = {
        "a": ["vcard:Organization", "vcard:Kind"],
        "vcard:fn": _quote_turtle_text(office),
        "vcard:hasURL": _thing(f"{root}impressum/"),
        "vcard:hasEmail": _thing(f"mailto:{publisher.email}") if publisher.email else "",
    }
    return {
        f"{root}impressum/#herausgeber": {
            "a": ["foaf:Organization", "foaf:Agent"],
            "foaf:name": _write_german_text(office),
        },
        f"{root}impressum/#kontakt": contact,
    }


def _dataset(source: ExportSource, title: str, description: str, files: Iterable[str]) -> Statements:
    """Describe a dataset's common properties, by default on the open data page."""
    config = source.site.config
    root = config.url.rstrip("/") + "/"
    return {
        "a": "dcat:Dataset",
        "dct:title": _write_german_text(title),
        "dct:description": _write_german_text(description),
        "dct:publisher": _thing(f"{root}impressum/#herausgeber"),
        "dcat:contactPoint": _thing(f"{root}impressum/#kontakt"),
        "dcat:theme": _thing(f"{_EU}data-theme/SOCI"),
        "dcat:landingPage": _thing(f"{root}daten/"),
        "dct:language": _thing(f"{_EU}language/DEU"),
        "dcatde:contributorID": _thing(config.contributor) if config.contributor else "",
        "dcat:keyword": _write_keywords(()),
        "dcat:distribution": [_thing(file) for file in files],
    }


def _particulars(data: Dataset) -> Statements:
    """Describe figures' topics, day, years and frequency."""
    day = _write_turtle_day(data.state.isoformat()) if data.state else ""
    years = [period[:4] for period in data.periods if period[:4].isdigit()]
    time = ""
    if years:
        first, last = _write_turtle_day(f"{min(years)}-01-01"), _write_turtle_day(f"{max(years)}-12-31")
        time = f"[ a dct:PeriodOfTime ; dcat:startDate {first} ; dcat:endDate {last} ]"
    frequency = _FREQUENCY.get(data.updated.lower())
    return {
        "dcat:landingPage": _thing(data.address),
        "dcat:keyword": _write_keywords(data.topics),
        "dct:issued": day,
        "dct:modified": day,
        "dct:temporal": time,
        "dct:accrualPeriodicity": _thing(f"{_EU}frequency/{frequency}") if frequency else "",
    }


def _write_keywords(topics: Sequence[str]) -> list[str]:
    return [_write_german_text(word) for word in ("Sozialraum", "Jugendhilfe", "Familie", *topics)]


def _distributions(
    root: str, forms: Iterable[Form], licence_uri: str, attribution: str
) -> dict[str, Statements]:
    """Describe a dataset's files by address."""
    found: dict[str, Statements] = {}
    for path, title, kind, media in forms:
        found[f"{root}{path}#distribution"] = {
            "a": "dcat:Distribution",
            "dct:title": _write_german_text(title),
            "dcat:accessURL": _thing(f"{root}{path}"),
            "dcat:downloadURL": _thing(f"{root}{path}"),
            "dct:format": _thing(f"{_EU}file-type/{kind}"),
            "dcat:mediaType": _thing(f"https://www.iana.org/assignments/media-types/{media}"),
            "dct:license": _thing(licence_uri),
            "dcatde:licenseAttributionByText": _write_german_text(attribution),
            "dcatap:availability": _thing("http://dcat-ap.de/def/plannedAvailability/stable"),
        }
    return found


def _turtle(things: Mapping[str, Statements]) -> bytes:
    """Write statements as Turtle (RDF 1.1), a block for each thing."""
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
    for iri, statements in things.items():
        parts = []
        for name, terms in statements.items():
            written = terms if isinstance(terms, str) else ", ".join(dict.fromkeys(terms))
            if written:
                parts.append(f"    {name} {written}")
        lines += ["", _thing(iri), " ;\n".join(parts) + " ."]
    return ("\n".join(lines) + "\n").encode()


def _thing(iri: str) -> str:
    """Write a reference to what has this IRI."""
    return f"<{iri.translate(_NOT_IN_IRIS)}>"


def _quote_turtle_text(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _write_german_text(text: str) -> str:
    """Write a German text."""
    return f"{_quote_turtle_text(text)}@de"


def _write_turtle_day(iso: str) -> str:
    return f"{_quote_turtle_text(iso)}^^xsd:date"


def plain_csv(data: Dataset) -> bytes:
    """Return UTF-8 CSV with commas, decimal points, English names (RFC 4180)."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(no_formula(column.name) for column in data.columns)
    for row in data.rows:
        writer.writerow([_write_plain_value(value) for value in row])
    return stream.getvalue().encode()


def excel_csv(data: Dataset) -> bytes:
    """Return CSV for German Excel: semicolons, decimal commas, byte-order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(no_formula(column.label) for column in data.columns)
    for row in data.rows:
        writer.writerow([_write_german_value(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _write_plain_value(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return no_formula(value)
    return "" if value is None else str(value)


def _write_german_value(value: Value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return _write_plain_value(value)


def as_json(data: Dataset) -> bytes:
    """Return description, signs, columns and rows as JSON objects."""
    content = {
        "id": data.id,
        "about": dict(data.about),
        "signs": {str(sign): words for sign, words in SIGNS.items()},
        "columns": [
            {"name": column.name, "title": column.label, "type": column.type, "description": column.holds}
            for column in data.columns
        ],
        "rows": [_json_row(data, row) for row in data.rows],
    }
    return json_file(content, indent=1)


def _json_row(data: Dataset, row: Sequence[Value]) -> dict[str, Any]:
    """Return a row by column; signs stand in `sign`, their value is empty."""
    found: dict[str, Any] = {}
    for column, value in zip(data.columns, row, strict=True):
        signed = column.name in FRACTIONS and isinstance(value, str)
        found[column.name] = None if signed else json_number(value)
    return found


def json_number(value: Value) -> Any:
    """Return a figure for JSON, integers without decimals."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value.as_tuple().exponent == 0 else float(value)


def latest_geojson(source: ExportSource, key: str, data: Dataset) -> bytes:
    """Return areas' latest figures as features (RFC 7946).

    An outline of OpenStreetMap stays out, having another licence; the area stays in.
    """
    series, indicator = source.facts.series[key], source.site.indicators[key]
    features = []
    for space in series.spaces:
        cell, shape = series.cell(space, series.latest), source.site.shapes.get(space)
        if cell is None or (shape is None and space not in source.site.osm_shapes):
            continue
        record, figure = source.site.spaces[space], shown(cell, indicator.decimals)
        properties = {
            "name": source.text(record, "name"),
            "code": record.code,
            "level": record.level,
            "period": cell.period,
            "value": json_number(figure.value),
            "low": json_number(figure.low),
            "high": json_number(figure.high),
            "sign": str(cell.status),
            "meaning": SIGNS.get(cell.status, ""),
            "forecast": cell.forecast,
            "qualifier": cell.qualifier,
            "illustrative": cell.illustrative,
            "note": note_of(indicator, cell),
        }
        features.append(feature(space, shape, properties))
    state = state_of(indicator, series)
    return collection(
        features,
        about=dict(data.about),
        signs={str(sign): words for sign, words in SIGNS.items()},
        state=state.isoformat() if state else None,
    )


class FigureFile(Struct, frozen=True):
    """A kind of download."""

    ending: str  # of its name
    holds: str  # what it is for, in German
    form: str  # its format as readers know it
    type: str  # the same in the EU's list of file types
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
"""How the files of all figures together are called."""
_DIRECTORY_TYPES = {"CSV": ("CSV", "text/csv"), "GeoJSON": ("GEOJSON", "application/geo+json")}


def path_of(key: str, ending: str) -> str:
    """Return the path of an indicator's file."""
    return f"daten/{key}/{ending}" if ending == PACKAGE else f"daten/{key}/{key}{ending}"


class Downloads:
    """A site's figure files, datasets made once."""

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
                yield path_of(key, kind.ending), partial(self._write_download, key, kind.ending)
            yield path_of(key, PACKAGE), partial(self._write_download, key, PACKAGE)
        if self.keys:
            for ending in (".xlsx", "-excel.csv", ".csv", ".json"):
                yield f"daten/{WHOLE}{ending}", partial(self._write_whole, ending)
            yield (
                f"daten/{PACKAGE}",
                lambda: all_packages(self.whole, self.datasets.values(), "{id}/{id}.csv"),
            )
        yield "daten/katalog.ttl", self._write_catalogue

    def _write_download(self, key: str, ending: str) -> bytes:
        data = self.datasets[key]
        if ending == PACKAGE:
            return datapackage(data, f"{key}.csv")
        if ending == ".geojson":
            return latest_geojson(own_part(self.source), key, data)
        return _WRITERS[ending](data)

    def _write_whole(self, ending: str) -> bytes:
        return _WRITERS[ending](self.whole)

    def _write_catalogue(self) -> bytes:
        forms: dict[str, list[Form]] = {}
        for key in self.keys:
            forms[key] = [(path_of(key, kind.ending), kind.holds, kind.type, kind.media) for kind in KINDS]
        directory: list[Form] = [_describe_export_form(item) for item in EXPORTS if not item.licence]
        apart = [
            (_describe_export_form(item), item.licence, item.credit)
            for item in EXPORTS
            if item.licence and has_apart(self.source)
        ]
        return catalogue(self.source, forms, directory, apart)


def _describe_export_form(item: Export) -> Form:
    return item.path, item.holds, *_DIRECTORY_TYPES.get(item.form, ("JSON", "application/json"))


def _make_workbook(data: Dataset) -> bytes:
    # Imported only here: openpyxl takes a tenth of a second, and many towns publish no figures.
    from generator.export.workbook import workbook

    return workbook(data)


_WRITERS: dict[str, Callable[[Dataset], bytes]] = {
    ".xlsx": _make_workbook,
    "-excel.csv": excel_csv,
    ".csv": plain_csv,
    ".json": as_json,
}
