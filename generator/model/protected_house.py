"""Model a house that hides people: it chooses its sentences, and writes name and number alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal

import yaml
from msgspec import Struct
from pydantic import BeforeValidator, Field

from generator.files.packaged import packaged_text
from generator.model.dates import Date, Hours, Span
from generator.model.groups import Group, ProviderId, Record
from generator.model.scalars import (
    AgeRange,
    Count,
    Email,
    LanguageTag,
    Markdown,
    Phone,
    Ref,
    Slug,
    Text,
    Url,
    fault,
)
from generator.model.vocabulary import HouseForm, Vocabularies

LANGUAGE = "de"
"""In which every sentence is, and which nobody has to sign."""
Answer = Literal["yes", "partly", "no", "ask"]
Chosen = tuple[Slug, ...]


class Sentence(Struct, frozen=True):
    """What a choice says, by language; `number` names the field that gives its {n}."""

    texts: Mapping[str, str]
    formal: str = ""
    number: str = ""
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """For which kinds alone it may be chosen; empty for all of the form."""


class Section(Struct, frozen=True):
    """A part of a house's page: what may be chosen in the field called `id`, and what is always said."""

    id: str
    title: Sentence
    choices: Mapping[str, Sentence]
    always: tuple[Sentence, ...]


@cache
def sections() -> Mapping[HouseForm, tuple[Section, ...]]:
    """Return each form's sections in the order of the page."""
    forms = yaml.safe_load(packaged_text("generator", "vocabulary", "house_sentences.yml"))
    return {form: tuple(map(_section_from_entry, parts)) for form, parts in forms.items()}


def _section_from_entry(part: Mapping[str, Any]) -> Section:
    choices = {key: _sentence_from_entry(one) for key, one in part.get("choices", {}).items()}
    return Section(
        part["id"],
        _sentence_from_entry(part["title"]),
        choices,
        tuple(map(_sentence_from_entry, part.get("always", ()))),
    )


def _sentence_from_entry(one: Mapping[str, Any]) -> Sentence:
    texts = {key: text for key, text in one.items() if isinstance(text, str)}
    formal, number = texts.pop("formal", ""), texts.pop("number", "")
    return Sentence(texts, formal, number, tuple(one.get("groups", ())), tuple(one.get("kinds", ())))


def _refuse_any_value(value: object) -> None:
    raise fault("haus-ohne-worte")


NoWords = Annotated[None, BeforeValidator(_refuse_any_value)]


class Vacancy(Group):
    """How long one waits, on a day."""

    DISCLOSED = "free waiting date"

    free: Count | None = Field(None, title="frei", description="Wie viele Plätze frei sind.")
    waiting: Span | None = Field(None, title="Wartezeit", description="Zum Beispiel: 2 months.")
    date: Date = Field(title="Stand")


class ProtectedHouse(Record):
    """A house whose address nobody may know; there is no field for where it is, nor for words of its own."""

    USUAL = "Kürzel aus der Liste dieser Form; was zur Wahl steht, sagt nahraum check."
    DISCLOSED = (
        "id name kind provider phone hours email website on_call complaints ages languages who_may_refer status sons_until child_until "
        "for_ way_in by_phone children pets money there accessible interpreting bring told daily own_phone living experience where "
        "vacancy checked check_every illustrative"
    )

    name: Text | None = Field(
        None, title="Name", description="Ohne Straße und Stadtteil; ohne Namen heißt es „Sicherer Platz“."
    )
    kind: Annotated[Slug, Ref("kinds")] = Field(
        title="Art",
        description="schutz, gruppe-nach-gewalt, schutz-jung, inobhutnahme-42, bereitschaftspflege, hze-34 oder par-19.",
    )
    provider: ProviderId = Field(title="Träger")
    phone: Phone = Field(title="Telefon")
    hours: Hours | None = Field(
        None,
        title="Zeiten der Nummer",
        description="Wann jemand abnimmt: 24/7 oder Mo-Fr 9-17 Uhr, ohne weitere Worte.",
    )
    email: Email | None = Field(None, title="E-Mail")
    website: Url | None = Field(
        None,
        title="Internetseite",
        description="Nur wenn im Impressum keine Adresse steht; ohne Pfad: https://haus.example/.",
    )
    on_call: Phone | None = Field(
        None, title="Rufbereitschaft", description="Bei Inobhutnahme: wer sonst abnimmt, auch für Fachkräfte."
    )
    complaints: Phone | None = Field(
        None, title="Ombudsstelle", description="Bei Wohngruppen: wo man sich außerhalb beschwert."
    )
    ages: AgeRange | None = Field(None, title="Alter", description="Derer, die aufgenommen werden: 12-17.")
    for_: Chosen = Field((), alias="for", title="Für wen")
    way_in: Chosen = Field((), title="Weg hinein")
    by_phone: Chosen = Field((), title="Besprechen wir am Telefon")
    children: Chosen = Field((), title="Kinder")
    sons_until: Count | None = Field(
        None, title="Söhne bis", description="Das Alter in Jahren, zu sons-until."
    )
    child_until: Count | None = Field(
        None, title="Kind bis", description="Das Alter in Jahren, zu parent-and-child."
    )
    pets: Chosen = Field((), title="Tiere")
    money: Chosen = Field((), title="Geld")
    languages: tuple[Annotated[LanguageTag, Ref("languages")], ...] = Field(
        (), title="Sprachen", description="Was dort gesprochen wird."
    )
    interpreting: Chosen = Field((), title="Dolmetschen")
    there: Chosen = Field((), title="Was es gibt")
    living: Chosen = Field((), title="Wohnen")
    experience: Chosen = Field((), title="Besonders erfahren mit")
    daily: Chosen = Field((), title="Alltag")
    own_phone: Chosen = Field((), title="Handy")
    accessible: dict[Slug, Answer] = Field(
        default_factory=dict,
        title="Barrierefrei",
        description="Je Angabe yes, partly, no oder ask: {wheelchair: partly, sign: ask}.",
    )
    bring: Chosen = Field((), title="Mitbringen", examples=["nothing"])
    told: Chosen = Field((), title="Wer was erfährt")
    where: Chosen = Field(
        (), title="Wo", examples=["in-town"], description="Nur bei Wohngruppen: in-town oder out-of-town."
    )
    who_may_refer: tuple[Annotated[Slug, Ref("referrers")], ...] = Field(
        (), title="Anmelden kann", description="Kürzel aus der Wortliste referrers."
    )
    vacancy: Vacancy | None = Field(
        None, title="Plätze", description="Nur bei Wohngruppen: freie Plätze und Wartezeit mit Tag."
    )
    status: Literal["running", "paused", "ended"] = Field(
        "running", title="Zustand", description="Was erst geplant ist, ist eine Maßnahme ohne Gebiet."
    )
    checked: Date | None = Field(None, title="Geprüft am")
    check_every: Span | None = Field(None, title="Prüfen alle")
    profile: Markdown | None = Field(
        None,
        title="Profil",
        examples=["Zwei Plätze sind für Geschwister."],
        description="Nur in der internen Ablage: für Fachkräfte, die einen Platz suchen.",
    )
    exclusions: Markdown | None = Field(
        None,
        title="Ausschlüsse",
        examples=["Akute Selbstgefährdung."],
        description="Nur in der internen Ablage.",
    )
    notes: NoWords = Field(None, exclude=True)
    origin: NoWords = Field(None, exclude=True)
    cleared: Annotated[tuple[()], BeforeValidator(_refuse_any_value)] = Field((), exclude=True)

    def chosen(self, section: Section) -> Iterator[tuple[str, Sentence]]:
        """Yield what was chosen in a section, in its order, with its sentence."""
        value = getattr(self, "for_" if section.id == "for" else section.id, ())
        yield from ((key, one) for key, one in section.choices.items() if key in value)

    @property
    def speaks_formally(self) -> bool:
        """Whether only children come who are too little to read it."""
        return self.ages is not None and self.ages.upper is not None and self.ages.upper < 12 * 12


def form_of(words: Vocabularies, house: ProtectedHouse) -> HouseForm | None:
    """Return by which list a house describes itself."""
    kind = words.kinds.get(house.kind)
    return kind.form if kind is not None else None


def signed(words: Vocabularies) -> tuple[str, ...]:
    """Return the languages in which the sentences may be shown."""
    return (LANGUAGE, *(key for key in words.sentence_reviews if key != LANGUAGE))


def spoken(house: ProtectedHouse, sentence: Sentence, language: str) -> str:
    """Return a sentence in a language; empty where there is none, or its number isn't given."""
    text = sentence.texts.get(language, "")
    if language == LANGUAGE and sentence.formal and house.speaks_formally:
        text = sentence.formal
    if not sentence.number:
        return text
    number = getattr(house, sentence.number)
    return text.format(n=number) if number is not None else ""


def said(house: ProtectedHouse, section: Section, language: str) -> Iterator[str]:
    """Yield a section's sentences: what is always said, then what was chosen."""
    every = (*section.always, *(one for _, one in house.chosen(section)))
    yield from filter(None, (spoken(house, one, language) for one in every))
