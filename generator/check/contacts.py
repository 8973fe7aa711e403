"""Offers in, those that nobody can reach or that don't say how one gets in out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.surroundings import BY_PHONE, RecordSurroundings, reached, surroundings
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.network import Network
from generator.model.offer import Offer
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

EVERYDAY = "everyday"


def check_contacts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report offers without any contact, without a telephone, without a place; everyday places need none.

    Of those that don't say how one gets in, propose what is usual for their kind. Networks whose moderator nobody can reach are asked.
    """
    yield from reading.of_each(_contact, surroundings(site, reading), folders=("offers",))
    for source in reading.of("networks"):
        network = site.networks[source.id]
        if network.moderator and network.origin is None and not _is_reached(network):
            yield diagnostic("moderation-ohne-kontakt", source.position("moderator"), name=network.name)


def _is_reached(network: Network) -> bool:
    """Tell whether somebody who wants to take part in a network finds whom to ask."""
    if network.moderated_by:
        return True
    return bool(network.contact and (network.contact.number or network.contact.email))


def _is_known(offer: Offer, town: RecordSurroundings) -> bool:
    """Tell whether all that an offer takes contacts from is there; else that is reported, or the provider's own file is."""
    known_place = not offer.place or offer.place in town.places
    return known_place and offer.kind in town.words.kinds and offer.provider in town.providers


def _contact(source: RecordSource, around: Same[RecordSurroundings]) -> Iterator[Diagnostic]:
    offer, town = source.record, around.value
    if not isinstance(offer, Offer) or offer.status in ("ended", "possible") or not _is_known(offer, town):
        return
    kind = town.words.kinds[offer.kind]
    by = max(reached(offer.contact), town.places.get(offer.place or "", 0), town.providers[offer.provider])
    if by < BY_PHONE and kind.layer != EVERYDAY:
        yield diagnostic("ohne-telefon" if by else "ohne-kontakt", source.position("name"), name=offer.name)
    if town.seen(offer) == "full":
        yield from _whereabouts(source, offer)
    # What was taken from a document says only what the document does.
    if offer.access is None and offer.origin is None:
        yield diagnostic("zugang-fehlt", source.position("kind"), kind=kind.name, usual=kind.access)


def _whereabouts(source: RecordSource, offer: Offer) -> Iterator[Diagnostic]:
    """Report an offer that says twice where it is, or not at all."""
    if offer.place and offer.address is not None:
        yield diagnostic("ort-und-adresse", source.position("address", key=True))
    if not (offer.place or offer.address or offer.point or offer.stops or offer.remote or offer.visits):
        yield diagnostic("ohne-ort", source.position("name"), name=offer.name)


CHECKS = (check_contacts,)
