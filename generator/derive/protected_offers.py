"""Say what is protected, and what never stands beside help in danger."""

from __future__ import annotations

import re

from generator.model.dates import Hours
from generator.model.offer import Offer
from generator.model.site import Site
from generator.model.visibility import Sight
from generator.model.vocabulary import Vocabularies

_ALWAYS = re.compile(r"\s*24/7\s*")
_JOINT = re.compile(r"\b(?:Paar|Ehe)(?:beratung|therapie)|\bMediation|\bFamilienrat", re.IGNORECASE)


def is_joint(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether both sides meet, by kind or name: never suggested for violence."""
    kind = words.kinds.get(offer.kind)
    return (kind is not None and kind.with_violence == "off") or bool(_JOINT.search(offer.name))


def is_held_back(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether an offer is in no box for people in danger.

    Foster care, taking children in, contact, joint talks, fathers, perpetrators.
    """
    kind = words.kinds.get(offer.kind)
    if kind is None:
        return False
    if is_joint(words, offer) or kind.with_violence != "normal" or kind.held_back:
        return True
    if any(words.topics[topic].held_back for topic in offer.topics if topic in words.topics):
        return True
    return set(offer.for_) in ({"fathers"}, {"foster-families"})


def is_always(hours: Hours | None) -> bool:
    """Tell whether hours are day and night, which don't say when to wait at a door."""
    return hours is not None and _ALWAYS.fullmatch(hours.written) is not None


def protected_ids(site: Site, seen: Sight) -> frozenset[tuple[str, str]]:
    """Return what is protected (folder, id): houses, as records and as offers, and who has nothing else."""
    houses = {(folder, key) for key in site.protected for folder in ("protected", "offers")}
    hiding = {house.provider for house in site.protected.values()}
    return frozenset(houses | {("providers", key) for key in hiding if seen.providers.get(key) == "area"})
