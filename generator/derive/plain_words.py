"""A protected record in, the same with fixed sentences in place of everybody's own words out, unless somebody confirmed those.

No reader of words knows them all: „vier Minuten zum Bahnhof“, „über dem Friseur“, letters with blanks between. So of a protected record
is told what is on a short list (`TOLD`): its name, its telephone and when it is answered, its languages, for whom it is; and what its
kind says, in every language. A new field stays untold until somebody decides otherwise. The internal site tells all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from generator.model.groups import Access, Contact, Cost, Fee, Record
from generator.model.offer import Offer, OfferTexts
from generator.model.places_and_providers import Place, PlaceTexts, Provider, ProviderTexts
from generator.model.vocabulary import OfferKind

R = TypeVar("R", bound=Record)

TOLD_CONTACT = frozenset({"phone", "mobile", "messengers", "phone_hours"})
TOLD: Mapping[type[Record], frozenset[str]] = {
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
    """Tell whether somebody has read all texts of a record and said that they may be public."""
    return record.text_confirmed is not None


def plain_place(place: Place) -> Place:
    """Return a protected place without words of its own but its name."""
    if is_confirmed_text(place):
        return place
    texts = {language: PlaceTexts(name=words.name) for language, words in place.translations.items()}
    return _told(place, contact=plain_contact(place.contact), translations=texts)


def plain_provider(provider: Provider) -> Provider:
    """Return a protected provider without words of its own but its name."""
    if is_confirmed_text(provider):
        return provider
    texts = {language: ProviderTexts(name=words.name) for language, words in provider.translations.items()}
    return _told(provider, contact=plain_contact(provider.contact), translations=texts)


def plain_offer(offer: Offer, kind: OfferKind) -> Offer:
    """Return a protected offer without words of its own but its name; its kind says what it is."""
    if is_confirmed_text(offer):
        return offer
    return _told(
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
    return contact.model_copy(update=dict.fromkeys(set(Contact.model_fields) - TOLD_CONTACT))


def _texts(offer: Offer, kind: OfferKind) -> dict[str, OfferTexts]:
    """Return the offer's own name and the kind's sentence in every language that has one of them."""
    found: dict[str, OfferTexts] = {}
    for language in (*offer.translations, *kind.translations):
        own, said = offer.translations.get(language), kind.translations.get(language)
        name = own.name if own is not None else None
        summary = said.explanation if said is not None else None
        if name or summary:
            found[language] = OfferTexts(name=name, summary=summary)
    return found


def _cost(cost: Cost | None) -> Cost | None:
    """Return a cost without words: one that is for something („je Nacht“) says nothing without them."""
    if not isinstance(cost, Fee):
        return cost
    return cost.model_copy(update={"note": None}) if cost.per is None else None


def _access(access: Access | None) -> Access | None:
    if access is None:
        return None
    return Access(way=access.way, who_may_refer=access.who_may_refer)


def _told(record: R, **others: object) -> R:
    """Return a record with what may be told of it, everything else as if it had never been written."""
    silent = set(type(record).model_fields) - TOLD[type(record)]
    empty = {name: type(record).model_fields[name].get_default(call_default_factory=True) for name in silent}
    return record.model_copy(update={**empty, **others})
