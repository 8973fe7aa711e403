"""Show protected houses where offers are: an offer of each, made of what it chose, without a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec.structs import replace

from generator.model.groups import Access, Contact
from generator.model.offer import Capacity, Offer, OfferTexts
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
from generator.model.vocabulary import HouseForm

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
        key: _offer(site, house, form, towns)
        for key, house in site.protected.items()
        if (form := form_of(site.words, house)) is not None and house.provider in site.providers
    }
    return replace(site, offers=dict(sorted({**made, **site.offers}.items()))) if made else site


def _offer(site: Site, house: ProtectedHouse, form: HouseForm, towns: tuple[str, ...]) -> Offer:
    of_form = {section.id: section for section in sections()[form]}
    groups = [group for key in ("for",) for _, one in house.chosen(of_form[key]) for group in one.groups]
    # Who only comes with others isn't looked for alone: mothers are women, too.
    for_ = tuple(group for group in dict.fromkeys(groups) if group in site.words.target_groups)
    topics = tuple(topic for topic in TOPICS.get(house.kind, ()) if topic in site.words.topics)
    texts = {
        language: OfferTexts(name=_name(house, form, language), summary=_lead(house, of_form, language))
        for language in signed(site.words)
        if language != LANGUAGE
    }
    return Offer.model_construct(
        None,
        id=house.id,
        name=_name(house, form, LANGUAGE),
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
        cost=_cost(house, form),
        access=_access(house, form),
        contact=Contact(phone=house.phone, phone_hours=house.hours, email=house.email, website=house.website),
        anonymous="no-name" in house.way_in or None,
        without_parents=form == "K" or None,
        languages=house.languages,
        interpreter="yes" if "phone" in house.interpreting else "on request" if house.interpreting else None,
        capacity=_capacity(house),
        status=house.status,
        checked=house.checked,
        check_every=house.check_every,
        illustrative=house.illustrative,
        translations={language: text for language, text in texts.items() if text.summary},
    )


def _name(house: ProtectedHouse, form: HouseForm, language: str) -> str:
    return house.name or NAMELESS[form].texts.get(language, NAMELESS[form].texts[LANGUAGE])


def _lead(house: ProtectedHouse, of_form: Mapping[str, Section], language: str) -> str:
    """Return the first words of the sections that say for whom a house is and how one gets in."""
    parts = [
        [spoken(house, one, language) for _, one in house.chosen(of_form[key])]
        for key in LEADS
        if key in of_form
    ]
    return " ".join(_sentence(part[:3]) for part in parts if part)


def _sentence(words: Iterable[str]) -> str:
    """Join some words or sentences to one that ends."""
    every = list(words)
    text = " ".join(every) if every[0].endswith(".") else ", ".join(every)
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."


def _cost(house: ProtectedHouse, form: HouseForm) -> Literal["free"] | None:
    if form == "K" or "free" in house.money:
        return "free"
    return None


def _access(house: ProtectedHouse, form: HouseForm) -> Access:
    way = "direct"
    if form == "W":
        way = "decision"
    elif "alone-first" in house.way_in:
        way = "registration"
    return Access(way=way, who_may_refer=house.who_may_refer)


def _capacity(house: ProtectedHouse) -> Capacity | None:
    one = house.vacancy
    return Capacity(free=one.free, waiting=one.waiting, date=one.date) if one is not None else None
