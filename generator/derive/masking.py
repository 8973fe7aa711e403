"""Take the whereabouts of what is protected out of a site.

Of what isn't shown in full only listed fields stay (`DISCLOSED` of the models), so new fields are withheld by default.
The internal site keeps everything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from generator.files.result_cache import ONCE, ResultCache
from generator.model.areas_and_offices import Office
from generator.model.config import OSM
from generator.model.dates import Hours
from generator.model.groups import Access, Contact, Record
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.offer import Capacity, Offer, OfferTexts
from generator.model.places_and_providers import Place, Provider
from generator.model.planning_records import Network
from generator.model.protected_house import (
    LANGUAGE,
    ProtectedHouse,
    Section,
    Sentence,
    form_of,
    sections,
    signed,
    spoken,
)
from generator.model.site import Site
from generator.model.visibility import Sight, keep_only, named
from generator.model.vocabulary import HouseForm, Vocabularies
from generator.parts import given
from generator.read.hidden_places import refuge_in, refuge_named, sight
from generator.read.nodes import at, parse
from generator.read.project import Reading

TOPICS: Mapping[str, tuple[str, ...]] = {
    "schutz": ("zuflucht", "haeusliche-gewalt"),
    "gruppe-nach-gewalt": ("haeusliche-gewalt", "kinderschutz"),
    "schutz-jung": ("zuflucht", "auszug"),
    "inobhutnahme-42": ("zuflucht", "kinderschutz", "auszug"),
    "bereitschaftspflege": ("zuflucht", "kinderschutz"),
    "hze-34": ("auszug", "pubertaet", "careleaver"),
    "par-19": ("fruehe-hilfen", "auszug"),
}
"""What the offer of each kind is found under."""
NAMELESS: Mapping[HouseForm, Sentence] = {
    "S": Sentence({"de": "Sicherer Platz", "en": "A safe place", "tr": "Güvenli yer", "ar": "مكان آمن", "uk": "Безпечне місце"}),
    "K": Sentence({"de": "Sicherer Platz für junge Menschen", "en": "A safe place for young people", "tr": "Gençler için güvenli yer", "ar": "مكان آمن للشباب", "uk": "Безпечне місце для молоді"}),
    "W": Sentence({"de": "Wohngruppe", "en": "Residential group", "tr": "Yaşam grubu", "ar": "مجموعة سكنية", "uk": "Група проживання"}),
}  # fmt: skip
LEADS = ("for", "way_in", "living")
"""Sections whose first words stand on cards and in lists."""


def with_houses(site: Site) -> Site:
    """Return the site with an offer of each house; an id that an offer has stays that offer's."""
    towns = tuple(key for key, space in site.spaces.items() if space.parent is None)
    made = {
        key: _offer_of_house(site, house, form, towns)
        for key, house in site.protected.items()
        if (form := form_of(site.words, house)) is not None and house.provider in site.providers
    }
    return replace(site, offers=dict(sorted({**made, **site.offers}.items()))) if made else site


def _offer_of_house(site: Site, house: ProtectedHouse, form: HouseForm, towns: tuple[str, ...]) -> Offer:
    of_form = {section.id: section for section in sections()[form]}
    groups = [group for key in ("for",) for _, one in house.chosen(of_form[key]) for group in one.groups]
    # Who only comes with others isn't looked for alone: mothers are women, too.
    for_ = tuple(group for group in dict.fromkeys(groups) if group in site.words.target_groups)
    topics = tuple(topic for topic in TOPICS.get(house.kind, ()) if topic in site.words.topics)
    texts = {
        language: OfferTexts(
            name=_public_name_of_house(house, form, language), summary=_lead(house, of_form, language)
        )
        for language in signed(site.words)
        if language != LANGUAGE
    }
    return Offer.model_construct(
        None,
        id=house.id,
        name=_public_name_of_house(house, form, LANGUAGE),
        summary=_lead(house, of_form, LANGUAGE) or site.words.kinds[house.kind].name,
        # How one comes in is said to parents.
        for_young=_lead(house, {key: of_form[key] for key in ("for", "living")}, LANGUAGE) or None
        if form == "W"
        else None,
        kind=house.kind,
        provider=house.provider,
        remote=("phone",),
        spaces=towns if form == "W" and len(towns) == 1 else (),
        topics=topics or tuple(site.words.topics)[:1],
        ages=house.ages,
        ages_of="participant" if form == "K" else "child",
        for_=for_,
        hours=house.hours,
        cost=_cost_of_house(house, form),
        access=_access_to_house(house, form),
        contact=Contact(phone=house.phone, phone_hours=house.hours, email=house.email, website=house.website),
        anonymous="no-name" in house.way_in or None,
        without_parents=form == "K" or None,
        languages=house.languages,
        interpreter="yes" if "phone" in house.interpreting else "on request" if house.interpreting else None,
        capacity=_capacity_of_house(house),
        status=house.status,
        checked=house.checked,
        check_every=house.check_every,
        illustrative=house.illustrative,
        translations={language: text for language, text in texts.items() if text.summary},
    )


def _public_name_of_house(house: ProtectedHouse, form: HouseForm, language: str) -> str:
    return house.name or NAMELESS[form].texts.get(language, NAMELESS[form].texts[LANGUAGE])


def _lead(house: ProtectedHouse, of_form: Mapping[str, Section], language: str) -> str:
    """Return the first words of the sections that say for whom a house is and how one gets in."""
    parts = [
        [spoken(house, one, language) for _, one in house.chosen(of_form[key])]
        for key in LEADS
        if key in of_form
    ]
    return " ".join(_join_to_sentence(part[:3]) for part in parts if part)


def _join_to_sentence(words: Iterable[str]) -> str:
    """Join some words or sentences to one that ends."""
    every = list(words)
    text = " ".join(every) if every[0].endswith(".") else ", ".join(every)
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def _cost_of_house(house: ProtectedHouse, form: HouseForm) -> Literal["free"] | None:
    if form == "K" or "free" in house.money:
        return "free"
    return None


def _access_to_house(house: ProtectedHouse, form: HouseForm) -> Access:
    way = "direct"
    if form == "W":
        way = "decision"
    elif "alone-first" in house.way_in:
        way = "registration"
    return Access(way=way, who_may_refer=house.who_may_refer)


def _capacity_of_house(house: ProtectedHouse) -> Capacity | None:
    one = house.vacancy
    return Capacity(free=one.free, waiting=one.waiting, date=one.date) if one is not None else None


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


ProtectedIds = Collection[tuple[str, str]]  # (folder, id)
R = TypeVar("R", bound=Record)

SAYING = ("name", "summary", "need")
"""Fields that say what a record is about."""


def is_about_protection(words: Vocabularies, record: Record, protected: ProtectedIds) -> bool:
    """Tell whether topics, name or references are about protection."""
    texts = [getattr(record, field, None) for field in SAYING]
    if any(isinstance(text, str) and refuge_named(text) for text in texts):
        return True
    if is_protective(words, getattr(record, "topics", ())):
        return True
    return record.leads_to(protected)


def is_protective(words: Vocabularies, topics: Iterable[str]) -> bool:
    """Tell whether one of these topics is refuge."""
    return any(topic in words.topics and words.topics[topic].refuge for topic in topics)


def areas_of(site: Site) -> frozenset[str]:
    """Return areas within others; a whole town reveals nothing."""
    return frozenset(key for key, space in site.spaces.items() if space.parent is not None)


def plans_without_areas(site: Site, protected: ProtectedIds) -> Site:
    """Return the public site with protective plans' areas removed."""
    parts = areas_of(site)
    changed: dict[str, Mapping[str, Any]] = {}
    for masks in given("derive", "MASKS"):
        for folder, masked in masks.items():
            changed[folder] = {**site.records(folder), **masked(site, parts)}
    for kind in KINDS:
        if kind.planned == "without areas":
            changed[kind.folder] = {
                key: _for_the_town(record, parts)
                if is_about_protection(site.words, record, protected)
                else record
                for key, record in changed.get(kind.folder, site.records(kind.folder)).items()
            }
    changed["networks"] = {
        key: _without_promise(site.words, network, parts) for key, network in changed["networks"].items()
    }
    return site.with_records(changed)


def is_of_an_area(network: Network | None, parts: Collection[str]) -> bool:
    """Tell whether a network is for areas, not the town."""
    return network is not None and any(space in parts for space in network.spaces)


def _for_the_town(record: R, parts: Collection[str]) -> R:
    """Return a record that is for whole towns at most."""
    spaces = getattr(record, "spaces", ())
    return keep_only(record, spaces=tuple(space for space in spaces if space not in parts))


def _without_promise(words: Vocabularies, network: Network, parts: Collection[str]) -> Network:
    """Return an area's network without promises on protection."""
    guarantee = network.guarantee
    if guarantee is None or not is_of_an_area(network, parts):
        return network
    rules = tuple(rule for rule in guarantee.rules if not is_protective(words, [rule.topic]))
    if rules == guarantee.rules:
        return network
    kept = guarantee.model_copy(update={"rules": rules}) if rules else None
    return network.model_copy(update={"guarantee": kept})


def published(site: Site, cache: ResultCache = ONCE) -> Site:
    """Return the site as public; idempotent."""
    if site.internal:
        return with_houses(site)
    seen = sight(site, cache, "written")
    towns = {key for key, space in site.spaces.items() if space.parent is None}
    site = plans_without_areas(site, protected_ids(site, seen))
    shown = replace(
        site,
        places={key: _mask_place(site.words, place, seen) for key, place in site.places.items()},
        offers={key: _mask_offer(site.words, offer, seen) for key, offer in site.offers.items()},
        providers={key: _provider(provider, seen, towns) for key, provider in site.providers.items()},
        offices={key: _mask_office(office, seen) for key, office in site.offices.items()},
        # What the overlay adds is in no public record; a record that has it is an error.
        protected={key: keep_only(house) for key, house in site.protected.items()},
    )
    records = {kind.folder: shown.records(kind.folder) for kind in KINDS}
    return with_houses(
        shown.with_records(
            {
                folder: {key: _without_notes(one) for key, one in found.items()}
                for folder, found in records.items()
            }
        )
    )


def _mask_place(words: Vocabularies, place: Place, seen: Sight) -> Place:
    """Return a place as public; of a house that stands here by mistake not even the area."""
    level, kind = seen.places[place.id], words.place_kinds.get(place.kind)
    nowhere: dict[str, Any] = {"spaces": ()} if kind is not None and kind.form else {}
    return place if level == "full" else keep_only(place, visibility=level, **nowhere)


def _mask_offer(words: Vocabularies, offer: Offer, seen: Sight) -> Offer:
    """Return an offer as public: without stops at protected places, or with listed fields only."""
    level = seen.offers[offer.id]
    if level == "full":
        shown = tuple(stop for stop in offer.stops if seen.places.get(stop.place or "", "full") == "full")
        return offer if shown == offer.stops else offer.model_copy(update={"stops": shown})
    # A place that shows more than the offer would tell where the offer is.
    differs = offer.place is not None and seen.places.get(offer.place, "full") != level
    kind = words.kinds.get(offer.kind)
    nowhere: dict[str, Any] = (
        {"spaces": (), "visits": ()} if kind is not None and kind.form in ("S", "K") else {}
    )
    return keep_only(offer, {Offer: named(Offer, but="place" if differs else "")}, **nowhere)


def _provider(provider: Provider, seen: Sight, towns: set[str]) -> Provider:
    """Return a provider as public; whose houses are all protected names no area, either."""
    if seen.providers[provider.id] == "full":
        return provider
    shown = keep_only(provider)
    gifts = tuple(gift.model_copy(update={"spaces": _only(gift.spaces, towns)}) for gift in shown.can_give)
    return shown.model_copy(update={"spaces": _only(shown.spaces, towns), "can_give": gifts})


def _mask_office(office: Office, seen: Sight) -> Office:
    """An office in a protected place keeps its telephone."""
    if office.place is None or seen.places.get(office.place, "full") == "full":
        return office
    return keep_only(office)


def _only(spaces: Iterable[str], towns: set[str]) -> tuple[str, ...]:
    """Return the whole towns among areas."""
    return tuple(space for space in spaces if space in towns)


def withheld_records(site: Site) -> frozenset[tuple[str, str]]:
    """Return (folder, id) of records published with less than written."""
    return protected_ids(site, sight(site)) | frozenset(_lessened(site))


def _lessened(site: Site) -> Iterator[tuple[str, str]]:
    """Yield (folder, id) of records of which something isn't published."""
    public = published(site)
    for folder in KIND_BY_FOLDER:
        shown = public.records(folder)
        for key, record in site.records(folder).items():
            if shown[key] != _without_notes(record):
                yield folder, key


def _without_notes(record: R) -> R:
    """Return a record without what is for editors alone."""
    written = record.notes or record.cleared
    return record.model_copy(update={"notes": None, "cleared": ()}) if written else record


def broken_and_protected(reading: Reading, words: Vocabularies) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield ((folder, id), file) of unreadable protected records; an id may have two files."""
    for folder in ("protected", "places", "offers", "providers"):
        for key in reading.broken.get(folder, ()):
            for path in _find_record_files(reading, folder, key):
                name = reading.disk.name(path)
                text, _ = reading.disk.text(path)
                if folder == "protected" or text is None or _speaks_of_protection(words, text, name):
                    yield (folder, key), name


def _find_record_files(reading: Reading, folder: str, key: str) -> Iterator[Path]:
    for resources in ("resources", f"resources/{OSM}"):
        path = reading.root / resources / folder / f"{key}.yml"
        if reading.disk.holds(path):
            yield path


def _speaks_of_protection(words: Vocabularies, text: str, name: str) -> bool:
    """Tell whether a record that can't be read names a house's kind, or a refuge."""
    node, _ = parse(text, name)
    kinds = {key for kind in (words.kinds, words.place_kinds) for key, one in kind.items() if one.form}
    if node is None:
        return any(key in text for key in kinds) or bool(refuge_in(text))
    kind, called = (str(getattr(at(node, (field,)), "text", "")) for field in ("kind", "name"))
    return kind in kinds or bool(refuge_in(called))
