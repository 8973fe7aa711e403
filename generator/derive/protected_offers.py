"""Mask times, areas and words of refuges and violence groups.

Only listed fields stay (`DISCLOSED`, and `CONFIRMED` once somebody has read the texts), so new fields are withheld by default. The internal
site keeps everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from generator.model.dates import Hours
from generator.model.groups import Access, Contact, Cost, Fee, Record
from generator.model.offer import Offer, OfferTexts
from generator.model.places_and_providers import Place, Provider
from generator.model.site import Site
from generator.model.visibility import Sight, visibility_of_place
from generator.model.vocabulary import OfferKind, Vocabularies

R = TypeVar("R", bound=Record)
House = TypeVar("House", Place, Provider)

DISCLOSED_CONTACT = frozenset({"phone", "mobile", "messengers", "phone_hours"})
DISCLOSED: Mapping[type[Record], frozenset[str]] = {
    Place: frozenset(
        [
            "id",
            "name",
            "kind",
            "visibility",
            "providers",
            "contact",
            "accessibility",
            "checked",
            "check_every",
            "translations",
            "illustrative",
        ]
    ),
    Provider: frozenset(
        [
            "id",
            "name",
            "short",
            "kind",
            "umbrella",
            "recognised",
            "functions",
            "contact",
            "spaces",
            "shown",
            "checked",
            "translations",
            "illustrative",
        ]
    ),
    Offer: frozenset(
        [
            "id",
            "name",
            "summary",
            "kind",
            "provider",
            "place",
            "shown",
            "remote",
            "spaces",
            "visits",
            "topics",
            "ages",
            "ages_of",
            "for_",
            "hours",
            "cost",
            "access",
            "contact",
            "unposted",
            "anonymous",
            "without_parents",
            "inclusive",
            "childcare",
            "residents_only",
            "languages",
            "interpreter",
            "status",
            "from_",
            "until",
            "checked",
            "check_every",
            "translations",
            "illustrative",
        ]
    ),
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
    """Tell whether somebody confirmed that a record's texts may be public."""
    return record.text_confirmed is not None


def plain_house(record: House) -> House:
    """Return a protected place or provider with its name only."""
    if is_confirmed_text(record):
        return record
    texts = {language: type(words)(name=words.name) for language, words in record.translations.items()}
    return _keep_disclosed(record, contact=plain_contact(record.contact), translations=texts)


def plain_offer(offer: Offer, kind: OfferKind) -> Offer:
    """Return a protected offer with its name, described by its kind."""
    if is_confirmed_text(offer):
        return offer
    return _keep_disclosed(
        offer,
        summary=kind.explanation or kind.name,
        cost=_cost(offer.cost),
        access=_access(offer.access),
        contact=plain_contact(offer.contact),
        translations=_texts(offer, kind),
    )


def plain_contact(contact: Contact | None) -> Contact | None:
    """Return the telephone alone, with its hours."""
    if contact is None:
        return None
    return contact.model_copy(update=dict.fromkeys(set(Contact.model_fields) - DISCLOSED_CONTACT))


def _texts(offer: Offer, kind: OfferKind) -> dict[str, OfferTexts]:
    """Return the offer's translated names with its kind's sentences."""
    found: dict[str, OfferTexts] = {}
    for language in (*offer.translations, *kind.translations):
        own, said = offer.translations.get(language), kind.translations.get(language)
        name = own.name if own is not None else None
        summary = said.explanation if said is not None else None
        if name or summary:
            found[language] = OfferTexts(name=name, summary=summary)
    return found


def _cost(cost: Cost | None) -> Cost | None:
    """Return a cost without words; None if it needs them („je Nacht“)."""
    if not isinstance(cost, Fee):
        return cost
    return cost.model_copy(update={"note": None}) if cost.per is None else None


def _access(access: Access | None) -> Access | None:
    if access is None:
        return None
    return Access(way=access.way, who_may_refer=access.who_may_refer)


def _keep_disclosed(record: R, **others: object) -> R:
    """Return a record with only its public fields."""
    return without(record, type(record).model_fields.keys() - DISCLOSED[type(record)], **others)


def without(record: R, names: Iterable[str], **others: object) -> R:
    """Return a record with these fields unset, and others as given."""
    fields = type(record).model_fields
    empty = {name: fields[name].get_default(call_default_factory=True) for name in names}
    return record.model_copy(update={**empty, **others})


CONFIRMED = frozenset([
    "alert", "cleared", "description", "earlier_ids", "for_young", "funded_until", "history", "notes", "origin", "partners", "results",
    "successor", "text_confirmed",
])  # fmt: skip
"""Further fields of a discreet offer that are published once somebody has confirmed its texts."""
_WHEN_AND_WHERE = (
    "hours", "hours_note", "dates", "spaces", "visits", "capacity", "place", "address", "point", "stops",
)  # fmt: skip
_UNLISTED = Offer.model_fields.keys() - DISCLOSED[Offer] - CONFIRMED - {*_WHEN_AND_WHERE}
WITHHELD = (*_WHEN_AND_WHERE, *sorted(_UNLISTED))
"""Fields of a discreet offer that are not published: those that say when and where, and those that no list names."""
_WHEREABOUTS = frozenset({"place", "address", "point", "spaces", "visits", "stops"})
_NOWHERE = {"visibility": "hidden", "address": None, "point": None, "spaces": (), "transport": None}
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


def is_guarded_offer(words: Vocabularies, offer: Offer, seen: Sight) -> bool:
    """Tell whether an offer is protected: discreet, or in or of a hidden house.

    Not if an office confirmed it, such as a refuge association's playgroup.
    """
    if is_discreet(words, offer) and not is_confirmed(words, offer):
        return True
    if seen.offers[offer.id] == "full":
        return False
    return "hidden" in (seen.places.get(offer.place or ""), seen.providers.get(offer.provider))


def guarded(site: Site, seen: Sight) -> frozenset[tuple[str, str]]:
    """Return what is protected (folder, id): houses, their providers, offers."""
    places = {("places", key) for key, level in seen.places.items() if level == "hidden"}
    providers = {("providers", key) for key, level in seen.providers.items() if level == "hidden"}
    offers = {
        ("offers", key) for key, offer in site.offers.items() if is_guarded_offer(site.words, offer, seen)
    }
    return frozenset(places | providers | offers)


def withheld(site: Site, offer: Offer) -> tuple[str, ...]:
    """Return an offer's filled fields that aren't published."""
    if not is_discreet(site.words, offer):
        return ()
    kept = _kept(site, offer)
    return tuple(name for name in WITHHELD if getattr(offer, name) and name not in kept)


def _kept(site: Site, offer: Offer) -> set[str]:
    """Return kept fields: a number always answered, a place that shows nothing."""
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
        key: place.model_copy(update=_NOWHERE)
        if key in houses and visibility_of_place(site.words, place) != "full"
        else place
        for key, place in site.places.items()
    }
    site = replace(site, places=places)
    return replace(site, offers={**site.offers, **{key: _masked(site, site.offers[key]) for key in silent}})


def _masked(site: Site, offer: Offer) -> Offer:
    silent = [name for name in WITHHELD if name not in _kept(site, offer)]
    translations = {
        language: texts.model_copy(update=dict.fromkeys(OfferTexts.model_fields.keys() & silent))
        for language, texts in offer.translations.items()
    }
    return without(offer, silent, translations=translations)
