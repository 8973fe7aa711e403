"""Statements about things in, RDF out, as Turtle: people can read it, and harvesters do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
