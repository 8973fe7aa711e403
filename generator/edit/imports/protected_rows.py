"""Refuse to take over protected records from a table: people write them, without their whereabouts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from generator.derive.masking import withheld_records
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.model.groups import Record
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.nodes import Scalar
from generator.read.records import build
from generator.read.refuges import refuge_named

Ids = frozenset[tuple[str, str]]
_WHERE = {"place": "places", "provider": "providers"}


def protected_rows(project: ImportTarget, records: Sequence[Incoming]) -> Ids:
    """Return by folder and id what is protected: in the project as it is, as it would be with these records, or by its name.

    A house goes with the offers there where all of them are protected, an offer with the place or provider that isn't taken over.
    """
    there = project.protected
    after = _with(project.site, [record for record in records if record.key not in there])
    named = {record.key for record in records if refuge_named(_said(record, "name"))}
    found = there | withheld_records(after) | named
    found |= frozenset(_houses(after, found))
    lost = {key for key in found if key[1] not in project.known[key[0]]}
    return found | {record.key for record in records if lost & set(_needed(record))}


def _houses(site: Site, protected: Ids) -> Iterator[tuple[str, str]]:
    """Yield the places in which nothing is but what is protected."""
    offers: dict[str, list[bool]] = defaultdict(list)
    for key, offer in site.offers.items():
        if offer.place is not None:
            offers[offer.place].append(("offers", key) in protected)
    yield from (("places", place) for place, all_of_them in offers.items() if all(all_of_them))


def told_rows(records: Iterable[Incoming], protected: Collection[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Say which rows are not taken over, each row once."""
    told: set[tuple[str, int]] = set()
    for record in records:
        place = record.node.position
        if record.key in protected and (place.file, place.line) not in told:
            told.add((place.file, place.line))
            yield diagnostic("zeile-geschuetzt", place, name=_said(record, "name") or record.id)


def _with(site: Site, records: Iterable[Incoming]) -> Site:
    """Return the site as it would be; what is no record yet is told elsewhere."""
    there: dict[str, dict[str, Record]] = {folder: dict(site.records(folder)) for folder in KIND_BY_FOLDER}
    for incoming in records:
        record, _ = build(KIND_BY_FOLDER[incoming.folder].model, incoming.node, id=incoming.id)
        if record is not None:
            there[incoming.folder][incoming.id] = record
    ordered = {folder: dict(sorted(found.items())) for folder, found in there.items()}
    return site.with_records(ordered)


def _said(record: Incoming, field: str) -> str:
    value = record.node.get(field)
    if isinstance(value, Scalar):
        return value.text
    return ""


def _needed(record: Incoming) -> Iterator[tuple[str, str]]:
    for field, folder in _WHERE.items():
        if record.folder == "offers":
            yield folder, _said(record, field)
