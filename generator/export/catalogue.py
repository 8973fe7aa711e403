"""Write the catalogue of all open data as RDF (DCAT-AP.de 2.0)."""

# What DCAT-AP.de requires: title, description, publisher and datasets of the catalogue; title, description, publisher and exactly
# one `dcatde:contributorID` of a dataset (conventions 12, 13, 36); address, licence and format of a distribution (31, 32); a
# contact with mail or form (1).

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from generator.export.figure_columns import Dataset, all_datasets, licence
from generator.export.source import ExportSource

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
    datasets[f"{page}#verzeichnis"] = {**found, "dct:modified": _day(source.facts.today.isoformat())}
    things |= files
    for form, key, credit in apart:
        files = _distributions(root, [form], licence(key).uri, credit)
        found = _dataset(source, f"{form[1]}: {config.name}", f"{form[1]}. {credit}", files)
        datasets[f"{page}#{PurePosixPath(form[0]).stem}"] = found
        things |= files
    about_all: Statements = {
        "a": "dcat:Catalog",
        "dct:title": _words(f"Offene Daten: {config.name}"),
        "dct:description": _words("Sozialräume, Angebote und Kennzahlen mit Quelle, Lizenz und Stand."),
        "dct:publisher": _thing(f"{root}impressum/#herausgeber"),
        "foaf:homepage": _thing(page),
        "dct:language": _thing(f"{_EU}language/DEU"),
        "dct:license": _thing(licence_uri),
        "dcat:dataset": [_thing(one) for one in datasets],
    }
    identified = {iri: {**described, "dct:identifier": _text(iri)} for iri, described in datasets.items()}
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
        "vcard:fn": _text(office),
        "vcard:hasURL": _thing(f"{root}impressum/"),
        "vcard:hasEmail": _thing(f"mailto:{publisher.email}") if publisher.email else "",
    }
    return {
        f"{root}impressum/#herausgeber": {
            "a": ["foaf:Organization", "foaf:Agent"],
            "foaf:name": _words(office),
        },
        f"{root}impressum/#kontakt": contact,
    }


def _dataset(source: ExportSource, title: str, description: str, files: Iterable[str]) -> Statements:
    """Describe a dataset's common properties, by default on the open data page."""
    config = source.site.config
    root = config.url.rstrip("/") + "/"
    return {
        "a": "dcat:Dataset",
        "dct:title": _words(title),
        "dct:description": _words(description),
        "dct:publisher": _thing(f"{root}impressum/#herausgeber"),
        "dcat:contactPoint": _thing(f"{root}impressum/#kontakt"),
        "dcat:theme": _thing(f"{_EU}data-theme/SOCI"),
        "dcat:landingPage": _thing(f"{root}daten/"),
        "dct:language": _thing(f"{_EU}language/DEU"),
        "dcatde:contributorID": _thing(config.contributor) if config.contributor else "",
        "dcat:keyword": _keywords(()),
        "dcat:distribution": [_thing(file) for file in files],
    }


def _particulars(data: Dataset) -> Statements:
    """Describe figures' topics, day, years and frequency."""
    day = _day(data.state.isoformat()) if data.state else ""
    years = [period[:4] for period in data.periods if period[:4].isdigit()]
    time = ""
    if years:
        first, last = _day(f"{min(years)}-01-01"), _day(f"{max(years)}-12-31")
        time = f"[ a dct:PeriodOfTime ; dcat:startDate {first} ; dcat:endDate {last} ]"
    frequency = _FREQUENCY.get(data.updated.lower())
    return {
        "dcat:landingPage": _thing(data.address),
        "dcat:keyword": _keywords(data.topics),
        "dct:issued": day,
        "dct:modified": day,
        "dct:temporal": time,
        "dct:accrualPeriodicity": _thing(f"{_EU}frequency/{frequency}") if frequency else "",
    }


def _keywords(topics: Sequence[str]) -> list[str]:
    return [_words(word) for word in ("Sozialraum", "Jugendhilfe", "Familie", *topics)]


def _distributions(
    root: str, forms: Iterable[Form], licence_uri: str, attribution: str
) -> dict[str, Statements]:
    """Describe a dataset's files by address."""
    found: dict[str, Statements] = {}
    for path, title, kind, media in forms:
        found[f"{root}{path}#distribution"] = {
            "a": "dcat:Distribution",
            "dct:title": _words(title),
            "dcat:accessURL": _thing(f"{root}{path}"),
            "dcat:downloadURL": _thing(f"{root}{path}"),
            "dct:format": _thing(f"{_EU}file-type/{kind}"),
            "dcat:mediaType": _thing(f"https://www.iana.org/assignments/media-types/{media}"),
            "dct:license": _thing(licence_uri),
            "dcatde:licenseAttributionByText": _words(attribution),
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


def _text(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _words(text: str) -> str:
    """Write a German text."""
    return f"{_text(text)}@de"


def _day(iso: str) -> str:
    return f"{_text(iso)}^^xsd:date"
