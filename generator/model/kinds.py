"""The registry of kinds of records (`KINDS`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.model.areas_and_offices import Office, Space
from generator.model.groups import Kind
from generator.model.names_and_ids import slug
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Need, Network
from generator.model.protected_house import ProtectedHouse
from generator.parts import parts

_CORE: tuple[Kind, ...] = (
    Kind("spaces", Space, "Gebiet", "Gebiete", "kein Gebiet"),
    Kind("offices", Office, "Amt", "Ämter", "kein Amt"),
    Kind("providers", Provider, "Träger", "Träger", "kein Träger"),
    Kind("places", Place, "Ort", "Orte", "kein Ort"),
    Kind("offers", Offer, "Angebot", "Angebote", "kein Angebot"),
    Kind("protected", ProtectedHouse, "geschütztes Haus", "geschützte Häuser", "kein geschütztes Haus"),
    Kind("networks", Network, "Netzwerk", "Netzwerke", "kein Netzwerk", planned="without areas"),
    Kind("needs", Need, "Bedarf", "Bedarfe", "kein Bedarf", internal=True, planned="without areas"),
)


def _all_kinds() -> Iterator[Kind]:
    """Yield the core's kinds, then subjects'."""
    yield from _CORE
    for subject, module in parts("model"):
        for kind in module.KINDS:
            yield replace(kind, subject=subject)


KINDS: tuple[Kind, ...] = tuple(_all_kinds())
KIND_BY_FOLDER = {kind.folder: kind for kind in KINDS}


def find_kind(name: str, kinds: Sequence[Kind] = KINDS) -> Kind | None:
    """Return the kind meant by a name: `offer`, `offers`, `Angebot`, `Träger`."""
    wanted = slug(name.strip().removesuffix("/"))
    for kind in kinds:
        names = {kind.folder, kind.folder.removesuffix("s"), kind.model.__name__.lower()}
        if wanted in names | {slug(kind.singular), slug(kind.plural)}:
            return kind
    return None
