"""All open data of a site in, its catalogue out as RDF (Turtle): DCAT-AP.de 2.0 with the conventions of GovData.

Mandatory there and given here: title, description, publisher and datasets of the catalogue; title, description, publisher
and exactly one `dcatde:contributorID` of a dataset (conventions 12, 13, 36); address, licence from the list of
DCAT-AP.de and format from the list of the EU of a distribution (31, 32); a contact with mail or form (1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.export.figure_columns import Dataset, all_datasets, licence
from generator.export.source import ExportSource

PREFIXES: Mapping[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcatap": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something with an address."""

    iri: str


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """A text, with its language or its type (`xsd:date`)."""

    text: str
    lang: str = ""
    type: str = ""


Triple = tuple[Thing, str, Thing | Words]
"""A thing, a property as `prefix:name`, and another thing or a text."""

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NOT_IN_IRIS = str.maketrans({mark: f"%{ord(mark):02X}" for mark in ' <>"{}|\\^`'})


def turtle(triples: Iterable[Triple]) -> bytes:
    """Write statements as Turtle (RDF 1.1), one block a thing, in the order given."""
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
    for subject, statements in _grouped(triples).items():
        parts = [f"    {'a' if name == 'rdf:type' else name} {_object(value)}" for name, value in statements]
        lines += ["", f"<{_iri(subject.iri)}>", " ;\n".join(parts) + " ."]
    return ("\n".join(lines) + "\n").encode()


def _grouped(triples: Iterable[Triple]) -> dict[Thing, list[tuple[str, Thing | Words]]]:
    found: dict[Thing, list[tuple[str, Thing | Words]]] = defaultdict(list)
    for subject, name, value in triples:
        if (name, value) not in found[subject]:
            found[subject].append((name, value))
    return found


def _object(value: Thing | Words) -> str:
    if isinstance(value, Thing):
        return f"<{_iri(value.iri)}>"
    text = f'"{value.text.translate(_ESCAPES)}"'
    if value.lang:
        return f"{text}@{value.lang}"
    if value.type:
        return f"{text}^^{value.type}"
    return text


def _iri(text: str) -> str:
    return text.translate(_NOT_IN_IRIS)


_EU = "http://publications.europa.eu/resource/authority/"
_SOCIETY = Thing(f"{_EU}data-theme/SOCI")
_GERMAN = Thing(f"{_EU}language/DEU")
_STABLE = Thing("http://dcat-ap.de/def/plannedAvailability/stable")
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
Form = tuple[str, str, str, str]
"""A form of a dataset: its file's path from the site's root, what it is called, its EU file type, its media type."""


def catalogue(
    source: ExportSource,
    forms: Mapping[str, Sequence[Form]],
    directory: Sequence[Form],
    apart: Sequence[tuple[Form, str, str]] = (),
) -> Iterator[Triple]:
    """Yield the statements: `forms` are the files of each indicator, `directory` those of offers and areas.

    `apart` are files with data of others: each with its own licence and whom to name.
    """
    config = source.site.config
    root = config.url.rstrip("/") + "/"
    here, publisher = Thing(f"{root}daten/#katalog"), Thing(f"{root}impressum/#herausgeber")
    yield here, "rdf:type", Thing("http://www.w3.org/ns/dcat#Catalog")
    yield here, "dct:title", Words(f"Offene Daten: {config.name}", "de")
    yield (
        here,
        "dct:description",
        Words("Sozialräume, Angebote und Kennzahlen mit Quelle, Lizenz und Stand.", "de"),
    )
    yield here, "dct:publisher", publisher
    yield here, "foaf:homepage", Thing(f"{root}daten/")
    yield here, "dct:language", _GERMAN
    yield here, "dct:license", Thing(licence(config.data_licence).uri)
    yield Thing(f"{root}daten/"), "rdf:type", Thing("http://xmlns.com/foaf/0.1/Document")
    yield publisher, "rdf:type", Thing("http://xmlns.com/foaf/0.1/Organization")
    yield publisher, "rdf:type", Thing("http://xmlns.com/foaf/0.1/Agent")
    yield publisher, "foaf:name", Words(_office(source), "de")
    contact = Thing(f"{root}impressum/#kontakt")
    yield contact, "rdf:type", Thing("http://www.w3.org/2006/vcard/ns#Organization")
    yield contact, "rdf:type", Thing("http://www.w3.org/2006/vcard/ns#Kind")
    yield contact, "vcard:fn", Words(_office(source))
    yield contact, "vcard:hasURL", Thing(f"{root}impressum/")
    if config.publisher.email:
        yield contact, "vcard:hasEmail", Thing(f"mailto:{config.publisher.email}")
    for data in all_datasets(source):
        thing = Thing(f"{root}daten/{data.id}/#datensatz")
        yield here, "dcat:dataset", thing
        yield from _dataset(
            source, thing, data.title, f"{data.description} Quelle: {data.source}.", data.address
        )
        yield from _particulars(data, thing)
        yield from _distributions(root, thing, forms[data.id], data.licence.uri, data.attribution)
    if directory:
        thing = Thing(f"{root}daten/#verzeichnis")
        yield here, "dcat:dataset", thing
        about = "Angebote für Familien, ihre Träger und Orte und die Gebiete der Stadt. Adressen geschützter Orte fehlen."
        yield from _dataset(source, thing, f"Angebote und Sozialräume: {config.name}", about, f"{root}daten/")
        yield thing, "dct:modified", Words(source.facts.today.isoformat(), type="xsd:date")
        name = f"{config.publisher.name}, {config.name}"
        yield from _distributions(root, thing, directory, licence(config.data_licence).uri, name)
    for form, terms, name in apart:
        thing = Thing(f"{root}daten/#{PurePosixPath(form[0]).stem}")
        yield here, "dcat:dataset", thing
        yield from _dataset(source, thing, f"{form[1]}: {config.name}", f"{form[1]}. {name}", f"{root}daten/")
        yield from _distributions(root, thing, [form], licence(terms).uri, name)


def _dataset(source: ExportSource, thing: Thing, title: str, description: str, page: str) -> Iterator[Triple]:
    config = source.site.config
    root = config.url.rstrip("/") + "/"
    yield thing, "rdf:type", Thing("http://www.w3.org/ns/dcat#Dataset")
    yield thing, "dct:title", Words(title, "de")
    yield thing, "dct:description", Words(description, "de")
    yield thing, "dct:identifier", Words(thing.iri)
    yield thing, "dct:publisher", Thing(f"{root}impressum/#herausgeber")
    yield thing, "dcat:contactPoint", Thing(f"{root}impressum/#kontakt")
    yield thing, "dcat:theme", _SOCIETY
    yield thing, "dcat:landingPage", Thing(page)
    yield Thing(page), "rdf:type", Thing("http://xmlns.com/foaf/0.1/Document")
    yield thing, "dct:language", _GERMAN
    if config.contributor:
        yield thing, "dcatde:contributorID", Thing(config.contributor)
    for word in ("Sozialraum", "Jugendhilfe", "Familie"):
        yield thing, "dcat:keyword", Words(word, "de")


def _particulars(data: Dataset, thing: Thing) -> Iterator[Triple]:
    for topic in data.topics:
        yield thing, "dcat:keyword", Words(topic, "de")
    if data.state:
        yield thing, "dct:issued", Words(data.state.isoformat(), type="xsd:date")
        yield thing, "dct:modified", Words(data.state.isoformat(), type="xsd:date")
    years = [period[:4] for period in data.periods if period[:4].isdigit()]
    if years:
        time = Thing(f"{thing.iri}-zeitraum")
        yield thing, "dct:temporal", time
        yield time, "rdf:type", Thing("http://purl.org/dc/terms/PeriodOfTime")
        yield time, "dcat:startDate", Words(f"{min(years)}-01-01", type="xsd:date")
        yield time, "dcat:endDate", Words(f"{max(years)}-12-31", type="xsd:date")
    frequency = _FREQUENCY.get(data.updated.lower())
    if frequency:
        yield thing, "dct:accrualPeriodicity", Thing(f"{_EU}frequency/{frequency}")


def _distributions(root: str, thing: Thing, forms: Sequence[Form], terms: str, name: str) -> Iterator[Triple]:
    for path, title, kind, media in forms:
        form = Thing(f"{root}{path}#distribution")
        yield thing, "dcat:distribution", form
        yield form, "rdf:type", Thing("http://www.w3.org/ns/dcat#Distribution")
        yield form, "dct:title", Words(title, "de")
        yield form, "dcat:accessURL", Thing(f"{root}{path}")
        yield form, "dcat:downloadURL", Thing(f"{root}{path}")
        yield form, "dct:format", Thing(f"{_EU}file-type/{kind}")
        yield form, "dcat:mediaType", Thing(f"https://www.iana.org/assignments/media-types/{media}")
        yield form, "dct:license", Thing(terms)
        yield form, "dcatde:licenseAttributionByText", Words(name, "de")
        yield form, "dcatap:availability", _STABLE


def _office(source: ExportSource) -> str:
    publisher = source.site.config.publisher
    if publisher.office:
        return f"{publisher.name}, {publisher.office}"
    return publisher.name
