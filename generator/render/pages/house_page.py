"""Make the page of a protected house: number first, then what it chose to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.protected_house import (
    LANGUAGE,
    ProtectedHouse,
    Section,
    form_of,
    said,
    sections,
    signed,
    spoken,
)
from generator.model.vocabulary import HouseForm
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import Action, OpeningState, View
from generator.render.base.wording import ages_text, opening, quiet_title_of_offer, waiting_text


class HouseSection(Struct, frozen=True):
    """A heading and its sentences."""

    id: str
    title: str
    lines: Sequence[str]
    as_text: bool = False  # whether they are words that stand in a line


class Instead(Struct, frozen=True):
    """A number that somebody else answers."""

    text: str
    number: str
    after: str = ""


class HouseView(View, frozen=True):
    """A protected house's page."""

    template = "house.html"

    house: ProtectedHouse
    name: Markup
    lang: str  # of its sentences, where that isn't the page's
    ask: str  # that one may ask on the telephone in one's own language; empty where the sentences are in it
    comma: str
    call: Action
    more: Sequence[Action]  # mail and website
    state: OpeningState | None
    instead: Sequence[Instead]
    sections: Sequence[HouseSection]
    waiting: str
    provider: Markup
    provider_href: str
    overdue: bool
    internal: bool


def render_house(context: Context, key: str) -> Page:
    """Make a house's page in the page's language, or in German where nobody has signed its sentences."""
    site, house = context.site, context.site.protected[key]
    offer, facts = site.offers[key], context.facts.offers[key]
    path = context.path("offer", key)
    form = form_of(site.words, house) or "S"
    known = context.lang in signed(site.words)
    language = context.lang if known else LANGUAGE
    name = context.texts.of(offer, "name")
    provider = site.providers[house.provider]
    view = HouseView(
        house=house,
        name=context.translated(offer),
        lang="" if known else LANGUAGE,
        ask="" if known else _asking(context, house),
        comma=context.texts.comma,
        call=Action(house.phone, "phone", urls.telephone(house.phone)),
        more=tuple(_list_further_actions(context, house)),
        state=opening(context, facts.schedule),
        instead=tuple(_instead(context, house, form)),
        sections=tuple(_sections(context, house, form, language)),
        waiting=waiting_text(context, offer, facts),
        provider=context.translated(provider),
        provider_href=urls.relative(path, urls.path("provider", house.provider)),
        overdue=facts.overdue,
        internal=site.internal,
    )
    return context.page(
        view,
        path,
        family="door-offer" if context.first_door else "offer",
        title=quiet_title_of_offer(context, key) or name.text,
        description=context.texts.name(site.words.kinds[house.kind]),
        date=house.checked,
        indexed=facts.active,
        sensitive=True,
    )


def _asking(context: Context, house: ProtectedHouse) -> str:
    """Say in the page's language that one may ask on the telephone."""
    _ = context.gettext
    word = context.words.languages.get(context.lang)
    if context.lang in house.languages and word is not None:
        return _("Fragen Sie am Telefon, auch auf {language}.").format(language=word.own or word.name)
    return _("Fragen Sie am Telefon.")


def _list_further_actions(context: Context, house: ProtectedHouse) -> Iterator[Action]:
    if house.email:
        yield Action(context.gettext("E-Mail"), "email-outline", f"mailto:{house.email}")
    if house.website:
        yield Action(context.gettext("Internetseite"), "open-in-new", house.website)


def _instead(context: Context, house: ProtectedHouse, form: HouseForm) -> Iterator[Instead]:
    """Yield who else answers: by the form, never by choice."""
    _ = context.gettext
    nobody, danger = _("Nimmt niemand ab:"), _("In Gefahr:")
    if form == "S":
        only_men = bool(house.for_) and all(one.startswith("men") for one in house.for_)
        yield Instead(nobody, "116 123" if only_men else "116 016", _("Tag und Nacht"))
        yield Instead(danger, "110")
    elif form == "K":
        if house.on_call:
            yield Instead(nobody, house.on_call)
        yield Instead(danger if house.on_call else nobody, "110")
    elif house.complaints:
        yield Instead(_("Beschwerde außerhalb:"), house.complaints, _("Ombudsstelle"))


def _sections(
    context: Context, house: ProtectedHouse, form: HouseForm, language: str
) -> Iterator[HouseSection]:
    """Yield the sections that say something, in the order of the page."""
    for section in sections()[form]:
        lines = list(said(house, section, language))
        if section.id == "accessible":
            lines = list(_accessible(context, house, section, language))
        elif section.id == "for" and house.ages is not None:
            lines.append(ages_text(context.texts, house.ages))
        elif section.id == "interpreting":
            names = [
                context.words.languages[tag] for tag in house.languages if tag in context.words.languages
            ]
            lines = [*(word.own or word.name for word in names), *lines]
        elif section.id == "way_in" and house.who_may_refer:
            who = [context.texts.name(context.words.referrers[key]) for key in house.who_may_refer]
            lines.append(context.gettext("anmelden kann: {who}").format(who=context.texts.join(who)))
        if lines:
            yield HouseSection(
                section.id,
                spoken(house, section.title, language),
                lines,
                as_text=section.id in ("for", "interpreting", "by_phone"),
            )


def _accessible(context: Context, house: ProtectedHouse, section: Section, language: str) -> Iterator[str]:
    """Yield each feature with its answer."""
    _ = context.gettext
    answers = {"yes": _("ja"), "partly": _("teilweise"), "no": _("nein"), "ask": _("bitte fragen")}
    for key, sentence in house.chosen(section):
        yield f"{spoken(house, sentence, language)}: {answers[house.accessible[key]]}"
