"""Mask times, areas and words of refuges and violence groups.

Only listed fields stay: `DISCLOSED` here, and each model's own once somebody has read the texts. The internal site keeps everything.
"""

from __future__ import annotations

import re
from typing import TypeVar

from msgspec.structs import replace

from generator.model.dates import Hours
from generator.model.disclosed_fields import Lists, keep_only, listed, named
from generator.model.groups import Access, Contact, Fee
from generator.model.offer import Offer, OfferTexts
from generator.model.places_and_providers import Place, PlaceTexts, Provider, ProviderTexts
from generator.model.site import Site
from generator.model.visibility import Sight, visibility_of_place
from generator.model.vocabulary import OfferKind, Vocabularies

House = TypeVar("House", Place, Provider)

DISCLOSED: Lists = {
    Place: listed(
        "id name kind visibility providers contact accessibility checked check_every translations illustrative"
    ),
    Provider: listed(
        "id name short kind umbrella recognised functions contact spaces shown checked translations illustrative"
    ),
    Offer: listed(
        "id name kind provider place shown remote spaces visits topics ages ages_of for_ hours cost access contact unposted "
        "anonymous without_parents inclusive childcare residents_only languages interpreter status from_ until checked "
        "check_every translations illustrative"
    ),
    Contact: listed("phone mobile messengers phone_hours"),
    Access: listed("way who_may_refer"),
    Fee: listed("amount up_to reduced"),
    **dict.fromkeys((PlaceTexts, ProviderTexts), listed("name")),
}
"""What is told of a protected record as long as nobody has confirmed its texts; areas and hours are taken out elsewhere."""
OWN_WORDS = (
    "summary",
    "for_young",
    "description",
    "history",
    "results",
    "alert",
    "accessibility_note",
    "can_give",
    "origin",
)
"""Fields in which a record speaks in its own words, for messages: none of them is told."""


def is_confirmed_text(record: Place | Provider | Offer) -> bool:
    """Tell whether somebody confirmed a record's texts as public."""
    return record.text_confirmed is not None


def is_home(words: Vocabularies, record: Place | Offer) -> bool:
    """Tell whether people live in houses of a record's kind whom a sentence may give away."""
    kind = (words.place_kinds if isinstance(record, Place) else words.kinds).get(record.kind)
    return kind is not None and kind.form is not None


def masked_house(record: House) -> House:
    """Return a protected place or provider with the fields in `DISCLOSED`; in full once its texts are confirmed."""
    return record if is_confirmed_text(record) else keep_only(record, DISCLOSED)


def masked_offer(offer: Offer, kind: OfferKind) -> Offer:
    """Return a protected offer with the fields in `DISCLOSED`, described by its kind."""
    if is_confirmed_text(offer):
        return offer
    summary = kind.explanation or kind.name
    plain = keep_only(offer, DISCLOSED, summary=summary, translations=_texts(offer, kind))
    # A cost that needs words („je Nacht“) isn't told.
    if isinstance(offer.cost, Fee) and offer.cost.per is not None:
        return plain.model_copy(update={"cost": None})
    return plain


def masked_contact(contact: Contact | None) -> Contact | None:
    """Return the telephone alone, with its hours."""
    return contact and keep_only(contact, DISCLOSED)


def _texts(offer: Offer, kind: OfferKind) -> dict[str, OfferTexts]:
    """Return the offer's translated names with its kind's sentences."""
    found: dict[str, OfferTexts] = {}
    for language in (*offer.translations, *kind.translations):
        of_offer, of_kind = offer.translations.get(language), kind.translations.get(language)
        name = of_offer.name if of_offer is not None else None
        summary = of_kind.explanation if of_kind is not None else None
        if name or summary:
            found[language] = OfferTexts(name=name, summary=summary)
    return found


_WHEN_AND_WHERE = (
    "hours", "hours_note", "dates", "spaces", "visits", "capacity", "place", "address", "point", "stops",
)  # fmt: skip
_TOLD = named(Offer) - {*_WHEN_AND_WHERE}
_FOR_EDITORS = {"notes", "cleared"}
WITHHELD = (*_WHEN_AND_WHERE, *sorted(Offer.model_fields.keys() - _TOLD - _FOR_EDITORS - {*_WHEN_AND_WHERE}))
"""Fields of a discreet offer that are not published: those that say when and where, and those that no list names."""
_WHEREABOUTS = frozenset({"place", "address", "point", "spaces", "visits", "stops"})
_ALWAYS = re.compile(r"\s*24/7\s*")
_JOINT = re.compile(r"\b(?:Paar|Ehe)(?:beratung|therapie)|\bMediation|\bFamilienrat", re.IGNORECASE)


def is_discreet(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether an offer hides time and area: by kind, or meeting after violence."""
    kind = words.kinds.get(offer.kind)
    if kind is None:
        return False
    return kind.discreet or (kind.meets and any(words.is_grave(topic) for topic in offer.topics))


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


def is_confirmed(words: Vocabularies, offer: Offer) -> bool:
    """Tell whether an office allows to show where an offer is; never for violence groups."""
    kind = words.kinds.get(offer.kind)
    return offer.shown is not None and kind is not None and not kind.meets


def is_protected_offer(words: Vocabularies, offer: Offer, seen: Sight) -> bool:
    """Tell whether an offer is protected: discreet, or in or of a hidden house.

    Not if an office confirmed it, such as a refuge association's playgroup.
    """
    if is_discreet(words, offer) and not is_confirmed(words, offer):
        return True
    if seen.offers[offer.id] == "full":
        return False
    return "hidden" in (seen.places.get(offer.place or ""), seen.providers.get(offer.provider))


def protected_ids(site: Site, seen: Sight) -> frozenset[tuple[str, str]]:
    """Return what is protected (folder, id): houses, their providers, offers."""
    places = {("places", key) for key, level in seen.places.items() if level == "hidden"}
    providers = {("providers", key) for key, level in seen.providers.items() if level == "hidden"}
    offers = {
        ("offers", key) for key, offer in site.offers.items() if is_protected_offer(site.words, offer, seen)
    }
    return frozenset(places | providers | offers)


def withheld(site: Site, offer: Offer) -> tuple[str, ...]:
    """Return a discreet offer's filled fields that aren't published; none of others."""
    if not is_discreet(site.words, offer):
        return ()
    kept = _kept(site, offer)
    return tuple(name for name in WITHHELD if getattr(offer, name) and name not in kept)


def _kept(site: Site, offer: Offer) -> set[str]:
    """Return `WITHHELD` fields that stay: a number always answered, a place that shows nothing."""
    kept = {"hours"} if is_always(offer.hours) else set()
    if is_confirmed(site.words, offer):
        kept |= _WHEREABOUTS
    place = site.places.get(offer.place) if offer.place else None
    if place is not None and visibility_of_place(site.words, place) == "hidden":
        kept.add("place")
    return kept


def discreet(site: Site) -> Site:
    """Return the public site with discreet offers masked."""
    if site.internal:
        return site
    silent = [key for key, offer in site.offers.items() if is_discreet(site.words, offer)]
    # A house of which only the area was said says nothing at all when it is a refuge's.
    houses = {site.offers[key].place for key in silent if site.words.kinds[site.offers[key].kind].discreet}
    places = {
        key: place.model_copy(update={"visibility": "hidden"})
        if key in houses and visibility_of_place(site.words, place) != "full"
        else place
        for key, place in site.places.items()
    }
    site = replace(site, places=places)
    return replace(site, offers={**site.offers, **{key: _masked(site, site.offers[key]) for key in silent}})


def _masked(site: Site, offer: Offer) -> Offer:
    kept = _kept(site, offer)
    texts = named(OfferTexts) - ({*WITHHELD} - kept)
    return keep_only(offer, {Offer: _TOLD | kept, OfferTexts: texts})
