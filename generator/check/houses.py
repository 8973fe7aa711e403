"""Keep protected houses to their closed forms, and their kinds to their folder.

What is written freely (name, mail, website, file name) holds no number, no place and no word that leads to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.contacts import usual_area_code
from generator.check.place_names import EVERYDAY, fold
from generator.check.protected import Protected, protected
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.dear_numbers_and_hosts import area_code
from generator.model.names_and_ids import slug
from generator.model.offer import Offer
from generator.model.places_and_providers import Place
from generator.model.protected_house import ProtectedHouse, Section, sections
from generator.model.site import Site
from generator.model.vocabulary import HouseForm, Vocabularies
from generator.read.hidden_places import refuge_named, speech
from generator.read.nodes import FieldPath, at, position_at, text_at
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import comments

_OF_FORM: dict[str, HouseForm] = {"on_call": "K", "complaints": "W", "vacancy": "W"}
"""Fields that only one form has; it needs the numbers among them."""
_OVERLAY = ("profile", "exclusions")
_GROUPS = frozenset(("gruppe", "selbsthilfe"))
"""Kinds of offers in which the same people meet, as those whom the topic befell."""
_HELPERS = frozenset(("professionals", "volunteers"))
"""Who learns and talks about what befell others."""
# In a free word of a house: a figure, a way to somewhere, the end of a street's name.
_LEADS = re.compile(
    r"\d|\b(?:am|an|auf|bei|beim|hinter|im|in|nahe|neben|unter|vor|zum|zur|gegenüber|ecke)\b"
    r"|(?:stra(?:ß|ss)e|str|weg|gasse|allee|platz|ring|damm|ufer|stieg|chaussee|twiete|markt|brücke|bahnhof)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?:24/7|täglich|rund um die Uhr|(?:Mo|Di|Tu|Mi|We|Do|Th|Fr|Sa|So|Su|PH|SH|Uhr|off|bis|und)\b"
    r"|(?<!\d)(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?(?!\d)|[\s,;:–+-])+"
)


def check_houses(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what a house's record may not hold, and houses in other folders."""
    known, usual = protected(site, reading), usual_area_code(reading)
    for source in reading.of("protected"):
        house = site.protected[source.id]
        kind = site.words.kinds.get(house.kind)
        form = kind.form if kind is not None else None
        if form is None:
            yield diagnostic("haus-anderer-art", source.position("kind"), value=house.kind)
            continue
        yield from _choices(source, house, form)
        yield from _report_fields_against_form(source, house, form)
        if source.id in site.offers:
            position = Position(source.file)
            yield diagnostic(
                "doppeltes-kuerzel", position, value=source.id, other=f"resources/offers/{source.id}.yml"
            )
        if not site.internal:
            yield from _free_words(source, house, known)
            if area_code(house.phone) not in ("", usual):
                yield diagnostic(
                    "vorwahl-neben-schutz", source.position("phone"), value=house.phone, usual=usual
                )
    yield from _report_kinds_without_form(site, reading)
    words = reading.same("words of houses", site.words)
    yield from reading.of_each(_report_house_elsewhere, words, folders=("offers", "places"))
    if site.config.publish and not site.internal:
        yield from reading.of_each(_called_a_house, folders=("offers", "places"))


def _report_kinds_without_form(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report a town's own kinds that are called like a house and have no form."""
    for vocabulary in ("place_kinds", "kinds"):
        words = getattr(site.words, vocabulary)
        for node in reading.words.get(vocabulary, ()):
            kind = words.get(text_at(node, "id"))
            if kind is not None and kind.form is None and refuge_named(kind.name):
                yield diagnostic("art-ohne-form", position_at(node, ("name",)), value=kind.name)


def _choices(source: RecordSource, house: ProtectedHouse, form: HouseForm) -> Iterator[Diagnostic]:
    """Report choices that aren't in the form's lists, or miss their number."""
    of_form = {section.id: section for section in sections()[form]}
    for field in dict.fromkeys(part.id for parts in sections().values() for part in parts if part.choices):
        section = of_form.get(field)
        for path, key in _chosen_keys_with_paths(house, field):
            sentence = section.choices.get(key) if section is not None else None
            if sentence is None or (sentence.kinds and house.kind not in sentence.kinds):
                yield diagnostic(
                    "wahl-unbekannt",
                    source.position(*path),
                    value=key,
                    choices=_describe_choices(section, house),
                )
            elif sentence.number and getattr(house, sentence.number) is None:
                yield diagnostic("wahl-ohne-zahl", source.position(*path), value=key, field=sentence.number)


def _chosen_keys_with_paths(house: ProtectedHouse, field: str) -> Iterator[tuple[FieldPath, str]]:
    value = getattr(house, "for_" if field == "for" else field)
    for number, key in enumerate(value):
        yield (field, key if isinstance(value, dict) else number), key


def _describe_choices(section: Section | None, house: ProtectedHouse) -> str:
    if section is None:
        return "bei dieser Art gibt es diese Angabe nicht"
    keys = (key for key, one in section.choices.items() if not one.kinds or house.kind in one.kinds)
    return f"möglich sind: {', '.join(keys)}"


def _report_fields_against_form(
    source: RecordSource, house: ProtectedHouse, form: HouseForm
) -> Iterator[Diagnostic]:
    for field, of in _OF_FORM.items():
        value = getattr(house, field)
        if value is not None and of != form:
            yield diagnostic(
                "wahl-unbekannt",
                source.position(field, key=True),
                value=field,
                choices=_describe_choices(None, house),
            )
        elif value is None and of == form and field != "vacancy":
            yield diagnostic("haus-ohne-nummer", source.position("kind"), field=field)


def _free_words(source: RecordSource, house: ProtectedHouse, known: Protected) -> Iterator[Diagnostic]:
    """Report words of its own, and places in what may be written freely."""
    for field in _OVERLAY:
        if getattr(house, field) is not None:
            yield diagnostic("haus-ohne-worte", source.position(field, key=True))
    for comment in comments(source.text, source.file):
        yield diagnostic("haus-ohne-worte", comment.position)
    if house.hours is not None and not _HOURS.fullmatch(house.hours.written):
        yield diagnostic("haus-mit-ort", source.position("hours"), value=house.hours.written)
    # How a provider is called is asked where its record stands.
    provider = known.site.providers[house.provider].name if house.provider in known.site.providers else ""
    for field in ("name", "email", "website"):
        written = getattr(house, field)
        if written is not None and (
            found := _place_in(_remove_words_of_name(written, provider), field, known)
        ):
            yield diagnostic("haus-mit-ort", source.position(field), value=found)
    if not _is_neutral(source.id, house):
        yield diagnostic(
            "haus-datei", Position(source.file), name=source.id, better=slug(house.name or house.kind)
        )


def _place_in(written: str, field: str, known: Protected) -> str:
    """Return what of a free word may lead to a place; of a website its path, too."""
    text = re.sub(r"^https?://(?:www\.)?", "", written).rstrip("/") if field == "website" else written
    if field == "website" and "/" in text:
        return text.partition("/")[2]
    words = re.sub(r"[-_.@]+", " ", text) if field != "name" else text
    if match := _LEADS.search(words):
        return match[0]
    if landmark := next((word for word in words.split() if fold(word) in EVERYDAY), ""):
        return landmark
    # What is called like the house elsewhere is asked about there.
    clues = (clue.text for clue in known.gazetteer.named(words.title()))
    return next((clue for clue in clues if fold(clue) != fold(written)), "")


def _remove_words_of_name(text: str, name: str) -> str:
    """Leave out the words of a name."""
    return re.sub(
        "|".join(rf"\b{re.escape(word)}\b" for word in re.findall(r"\w{4,}", name)) or r"\Z",
        " ",
        text,
        flags=re.IGNORECASE,
    )


def _is_neutral(key: str, house: ProtectedHouse) -> bool:
    """Tell whether a file is called like the house, its kind or its provider, with a number at most."""
    said = {
        *slug(house.name or "").split("-"),
        *house.kind.split("-"),
        *house.provider.split("-"),
        "haus",
        "zuflucht",
    }
    return all(word in said or re.fullmatch(r"[2-9]", word) for word in key.split("-"))


def _report_house_elsewhere(source: RecordSource, words: Same[Vocabularies]) -> Iterator[Diagnostic]:
    """Report a house's kind among offers or places; an emergency service whose door is public (`shown`) is one."""
    record, vocabularies = source.record, words.value
    if not isinstance(record, Offer | Place):
        return
    if isinstance(record, Offer) and (code := _code_of_meeting(record, vocabularies)):
        yield diagnostic(code, source.position("kind"), name=record.name)
        return
    kinds = vocabularies.kinds if isinstance(record, Offer) else vocabularies.place_kinds
    kind = kinds.get(record.kind)
    if kind is None or kind.form is None or (kind.form == "K" and record.shown is not None):
        return
    if at(source.node, ("kind",)) is not None:
        yield diagnostic("haus-anderswo", source.position("kind"), name=kind.name, folder=source.folder)


def _called_a_house(source: RecordSource) -> Iterator[Diagnostic]:
    """Report what is called a refuge, before a town publishes; an office may say that its door is public (`shown`)."""
    record = source.record
    if not isinstance(record, Offer | Place) or record.shown is not None or record.cleared:
        return
    for one in speech(record.name):
        if one.certain and one.itself:
            yield diagnostic("haus-anderswo", source.position("name"), name=one.words, folder=source.folder)


def _code_of_meeting(offer: Offer, words: Vocabularies) -> str:
    """Return by which code a meeting about violence is refused, or asked about unless it is said to be for all or an office shows it."""
    kind = words.kinds.get(offer.kind)
    grave = kind is not None and kind.meets and any(words.is_grave(topic) for topic in offer.topics)
    if not grave or (offer.for_ and _HELPERS.issuperset(offer.for_)):
        return ""
    if offer.kind in _GROUPS:
        return "gruppe-anderswo"
    for_all = "for_" in offer.model_fields_set and not offer.for_
    return "" if for_all or offer.shown is not None else "gruppe-vielleicht"


CHECKS = (check_houses,)
