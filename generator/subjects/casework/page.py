"""Make „Fallgespräch vorbereiten“, a workspace in which professionals prepare a conversation with a family.

It holds no case: its script works in the browser alone. The script makes a handout for the family, maybe in another
language than the page, so the handout's words are data.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.model.facts import OfferFacts
from generator.model.offer import Offer
from generator.model.offer_flags import for_a_group
from generator.model.places_and_providers import Provider
from generator.model.vocabulary import OfferKind, Vocabularies, Word
from generator.render.base import urls
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.page import Page, with_contents
from generator.render.base.page_type import PageType, one
from generator.render.base.texts import Translated, sort_key
from generator.render.base.view import OpeningState, View
from generator.render.base.wording import basis_text, for_whom, languages_text
from generator.render.data_files.danger_boxes import own_services
from generator.render.data_files.offline_packs import block_count
from generator.render.data_files.search_entries import directory_order
from generator.render.directory import cards, commitments, offer_order, record_lines
from generator.render.directory.child_protection import (
    CUSTODY,
    ProtectionLine,
    adviser_lines,
    custody_lines,
    emergency_lines,
    office_lines,
    on_call_lines,
    professional_lines,
)
from generator.render.directory.listing import areas_met, tree
from generator.render.frame.page_frame import own_name
from generator.render.maps import overview_map
from generator.render.pages.who_to_call import served_spaces
from generator.search.danger_data import HelpLine
from generator.search.packing import pack_columns, packed_json
from generator.subjects.casework import page_sheets
from generator.subjects.casework.page_sheets import sheet_links

NEIGHBOURS = frozenset(["association", "church", "school", "initiative", "company"])
"""Kinds of organisations that one could ask whether they give something."""


class ResourceRow(Struct, frozen=True):
    """Something that a provider can give."""

    gift: commitments.GiftRow  # what
    who: Markup
    kind: str  # of provider
    phone: str
    where: str | Markup
    spaces: str  # ids between blanks, to filter by; `*` for anywhere


class ResourceGroup(Struct, frozen=True):
    """Everything of a kind."""

    kind: str
    name: str
    rows: Sequence[ResourceRow]


class ResourcePlanView(View, frozen=True):
    """Resources by kind, with filters."""

    template = "resource-plan.html"

    groups: Sequence[ResourceGroup]
    kinds: Sequence[tuple[str, str]]  # to choose: id, name
    spaces: Sequence[tuple[str, str]]
    map: Markup
    silent: Sequence[
        record_lines.RecordLine
    ]  # providers of `NEIGHBOURS` that say of nothing that they can give it
    neighbours: bool  # whether there are such providers at all


def render_plan(context: Context, key: str) -> Page:
    """Make the resource plan."""
    _ = context.gettext
    path = context.path("resource-plan", key)
    groups = tuple(_resources_by_kind(context, path))
    providers = context.site.current("providers")
    neighbours = [key for key, item in providers.items() if item.kind in NEIGHBOURS]
    silent = [key for key in neighbours if not providers[key].can_give]
    view = ResourcePlanView(
        groups=groups,
        kinds=[(group.kind, group.name) for group in groups],
        spaces=[(name, named(context, name)) for name in served_spaces(context)],
        map=overview_map(context, path, "resources"),
        silent=record_lines.by_name(record_lines.kind_lines(context, "provider", silent)),
        neighbours=bool(neighbours),
    )
    description = _("Was andere im Sozialraum geben können.")
    crumb = context.crumb(_("Für Fachkräfte"), "professionals")
    page = context.page(
        view,
        path,
        family="resource-plan",
        title=_("Ressourcenplan"),
        description=description,
        crumbs=(crumb,),
    )
    return with_contents(page)


def _resources_by_kind(context: Context, path: str) -> Iterator[ResourceGroup]:
    """Yield the resources by kind, without empty kinds."""
    for kind, name in commitments.gift_kinds(context).items():
        rows = [
            _resource_row(context, path, item)
            for item in commitments.resources(context)
            if item.gift.kind == kind
        ]
        if rows:
            yield ResourceGroup(kind, name, rows)


def _resource_row(context: Context, path: str, item: commitments.Resource) -> ResourceRow:
    provider = context.site.providers[item.provider]
    href = context.href(path, "provider", item.provider)
    where = Markup(", ").join(space_name(context, name) for name in item.spaces)
    kind = context.site.words.provider_kinds[provider.kind]
    contact = provider.contact
    return ResourceRow(
        gift=commitments.gift_row(context, item.gift),
        who=linked(href, context.translated(provider)),
        kind=context.texts.name(kind),
        phone=contact.number if contact else "",
        where=where or context.gettext("ohne Angabe, wo"),
        spaces=" ".join(areas_met(context, item.spaces)) or "*",
    )


Options = Sequence[tuple[str, str]]
"""What can be chosen: (id, name)."""


class TopicGroup(Struct, frozen=True):
    """A life situation with the topics below it."""

    name: str
    topics: Options


class FindingView(View, frozen=True):
    """The forms' choices, and the mail's recipient.

    Kinds that protect are no choice, and topics of violence only for a need: no mail should say where such help is.
    """

    template = "finding.html"

    to: str  # mail address
    needs: bool  # whether there is a form for what somebody misses
    kinds: Options
    place_kinds: Options
    provider_kinds: Options
    gifts: Options
    providers: Options
    spaces: Options
    topics: Sequence[TopicGroup]
    need_topics: Sequence[TopicGroup]


def render_finding(context: Context, key: str = "") -> Page:
    """Make the page of forms; only the internal site asks what is missing."""
    _ = context.gettext
    path = context.path("finding", key)
    site = context.site
    words, internal = site.words, site.internal
    place_kinds = [
        kind for kind in words.place_kinds.values() if kind.form is None and kind.visibility in (None, "full")
    ]
    view = FindingView(
        to=site.config.publisher.email or "",
        needs=internal,
        kinds=_sorted_options(context, _open_kinds(words)),
        place_kinds=_sorted_options(context, place_kinds),
        provider_kinds=_sorted_options(context, words.provider_kinds.values()),
        gifts=tuple(commitments.gift_kinds(context).items()),
        providers=_sorted_options(context, site.current("providers").values()),
        spaces=[(name, named(context, name)) for name in tree(context)],
        topics=_topics_by_situation(context, grave=False),
        need_topics=_topics_by_situation(context, grave=True) if internal else (),
    )
    description = _("Kurze Formulare für neue Angebote, Orte und Kontakte im Sozialraum.")
    crumb = context.crumb(_("Für Fachkräfte"), "professionals")
    page = context.page(
        view,
        path,
        family="finding",
        title=_("Etwas gefunden"),
        description=description,
        crumbs=(crumb,),
    )
    return with_contents(page)


def _topics_by_situation(context: Context, *, grave: bool) -> list[TopicGroup]:
    """Return topics by life situation, violence only if `grave`."""
    words = context.site.words
    groups = []
    for situation in words.situations():
        topics = [topic for topic in words.below(situation.id) if grave or not words.is_grave(topic.id)]
        if topics:
            name = context.texts.of(situation, "phrase").text or context.texts.name(situation)
            groups.append(TopicGroup(name, _sorted_options(context, topics)))
    return groups


def _open_kinds(words: Vocabularies) -> list[OfferKind]:
    """Return the kinds of offers that a form may name: none that is discreet, sensitive or protects."""
    kinds = [kind for kind in words.kinds.values() if kind.id not in offer_order.PROTECTION]
    return [
        kind for kind in kinds if kind.form is None and not kind.discreet and kind.sensitivity == "normal"
    ]


def _sorted_options(context: Context, words: Iterable[Word | Provider]) -> Options:
    options = ((word.id, context.texts.name(word)) for word in words)
    return sorted(options, key=lambda item: sort_key(item[1]))


VERSION = 2  # of the file's format
FILE = "angebote.json"
SHORT = dt.timedelta(weeks=2)  # a wait below this is short


class CaseRow(Struct, frozen=True):
    """An offer; what isn't known is empty."""

    shelf: str  # from everyday life to help by decision (`shelf_of`)
    topic: str  # the first
    kind: str
    basis: str = ""  # the paragraph on which its kind stands
    way: str = ""  # how one gets in, in words
    refer: str = ""  # who refers, in words
    whom: str = ""
    languages: str = ""
    checked: str = ""
    phone: str = ""
    apart: str = ""  # only for groups: `declared` if people name these in a search, else `known`
    wait: str = ""  # `short` or `long`
    near: str = ""  # `bus`: how to get there is known; `open`: all may just come
    safe: str = ""  # `1` for a safe place, whose name no list shows


# `assets/js/case_ladder.js` reads it beside the directory's files, in the same order; it is the same for every case.
def case_files(context: Context) -> dict[str, bytes]:
    """Return the workspace's file by its path.

    `columns` are the fields of `CaseRow`; `aids` the kinds of help that a family may wish for, as (id, name);
    `first` the life situations about strengths, which the form shows first.
    """
    rows = [_row(context, key) for key in directory_order(context)]
    content = {
        "version": VERSION,
        "size": len(rows),
        "columns": pack_columns(rows, CaseRow.__struct_fields__),
        "aids": list(_aids(context)),
        "first": [topic.id for topic in context.words.situations() if topic.strengths],
    }
    return {context.path("case") + FILE: packed_json(content)}


def _row(context: Context, key: str) -> CaseRow:
    texts = context.texts
    offer, facts = context.site.offers[key], context.facts.offers[key]
    kind = context.site.words.kinds[offer.kind]
    way, _explanation = cards.way_text(context, offer, facts)
    return CaseRow(
        shelf=offer_order.shelf_of(context, key),
        topic=offer.topics[0],
        kind=kind.id,
        basis=basis_text(kind.legal_basis),
        way=way,
        refer=cards.referrers_text(context, offer, facts),
        whom=for_whom(context, offer),
        languages=languages_text(context, offer),
        checked=texts.date(offer.checked, short=True) if offer.checked else "",
        phone=facts.contact.number,
        apart=_group_restriction_of_offer(context, offer),
        wait=_wait(context, offer, facts),
        near=_near(context, offer, facts),
        safe="1" if kind.discreet and kind.every_day else "",
    )


def _group_restriction_of_offer(context: Context, offer: Offer) -> str:
    """Say for which groups alone an offer is (see `CaseRow`); empty for families."""
    target_groups = context.site.words.target_groups
    if for_a_group(context.site, offer):
        return "declared"
    groups = [target_groups[group] for group in offer.for_]
    return "known" if groups and all(group.words or group.alone or group.waits for group in groups) else ""


def _wait(context: Context, offer: Offer, facts: OfferFacts) -> str:
    """Return "short" for less than two weeks, else "long"; empty if unknown."""
    places = offer.capacity
    if facts.way == "open" or (places is not None and facts.capacity_shown and places.free):
        return "short"
    if places is None or not facts.capacity_shown or places.waiting is None:
        return ""
    today = context.facts.today
    return "short" if places.waiting.after(today) < today + SHORT else "long"


def _near(context: Context, offer: Offer, facts: OfferFacts) -> str:
    """Say what makes an offer easy to reach (see `CaseRow`)."""
    place = context.site.places.get(offer.place or "")
    bus = place is not None and facts.location.visibility == "full" and place.transport
    return " ".join(
        name for name, holds in (("bus", bus), ("open", _for_neighbours(context, offer, facts))) if holds
    )


def _for_neighbours(context: Context, offer: Offer, facts: OfferFacts) -> bool:
    """Tell whether all may just come: to what is everyday life, or a place of leisure that a topic's first step names."""
    words = context.site.words
    in_first_step = any(offer.kind in words.topics[topic].first_offers for topic in offer.topics)
    everyday = facts.layer == "everyday" or (words.kinds[offer.kind].leisure and in_first_step)
    return everyday and facts.way == "open" and not offer.for_ and not facts.sensitive


def _aids(context: Context) -> Iterator[tuple[str, str]]:
    """Yield (id, name) of special help: help for upbringing (`hze`), what is claimed, taking a child in."""
    for kind in context.site.words.kinds.values():
        if kind.layer == "hze" or kind.claim or kind.id == CUSTODY:
            yield kind.id, context.texts.name(kind)


class PromptGroup(Struct, frozen=True):
    """Questions on a kind of resource."""

    id: str
    title: str
    prompts: Mapping[str, str]  # by id; files that people saved have the ids, so they never change


def prompt_groups(context: Context) -> tuple[PromptGroup, ...]:
    """Return the questions by kind of resource."""
    _ = context.gettext
    return (
        PromptGroup(
            "person",
            _("Sie selbst"),
            {
                "kann-ich": _("Was können Sie gut?"),
                "klappt-schon": _("Wann klappt es schon, wenigstens ein bisschen?"),
                "half-frueher": _("Was hat früher schon einmal geholfen?"),
                "macht-freude": _("Was macht Ihnen Freude, was Ihrem Kind?"),
            },
        ),
        PromptGroup(
            "surroundings",
            _("Ihre Menschen"),
            {
                "wen-anrufen": _("Wen rufen Sie an, wenn es eng wird?"),
                "wer-tut-gut": _("Wer tut Ihrem Kind gut: Oma, Onkel, Trainerin, Nachbar?"),
                "wer-nimmt-ab": _("Wer könnte Ihnen einmal in der Woche etwas abnehmen?"),
                "wem-helfen": _("Wem helfen Sie selbst?"),
            },
        ),
        PromptGroup(
            "material",
            _("Was da ist"),
            {
                "freie-zeit": _("Wann in der Woche haben Sie freie Zeit?"),
                "sachen": _("Was haben Sie: Fahrrad, Garten, einen ruhigen Platz?"),
                "leihen": _("Was ließe sich leihen, tauschen oder teilen?"),
                "geld": _("Steht Ihnen Geld zu, das Sie noch nicht bekommen?"),
            },
        ),
    )


def handout_words(context: Context) -> Mapping[str, str]:
    """Return the words of the handout and of the card with numbers, by the names that scripts use."""
    texts, laws = context.texts, context.site.words.laws
    _ = texts.gettext
    return {
        "title": _("Ideen für Sie"),
        "titleYoung": _("Ideen für dich"),
        "lead": _("Sie entscheiden, was davon passt. Alles darf auch warten."),
        "leadYoung": _("Du entscheidest, was davon passt. Alles darf auch warten."),
        "think": _("Zum Überlegen"),
        "go": _("Hier können Sie hingehen oder anrufen"),
        "goYoung": _("Hier kannst du hingehen oder anrufen"),
        "own": _("Und außerdem"),
        "phone": _("Telefon"),
        "when": _("Wann"),
        "where": _("Wo"),
        "cost": _("Kosten"),
        "for": _("Für wen"),
        "access": _("Zugang"),
        "languages": _("Sprachen"),
        "bring": _("Mitbringen"),
        "places": _("Plätze"),
        "notice": _("Hinweis"),
        "checked": _("Geprüft am {date}"),
        "code": _("QR-Code zu: {name}"),
        "right": texts.of(laws["recht-bleibt"], "meaning").text,
        "rightYoung": texts.of(laws["recht-bleibt-jung"], "meaning").text,
        "card": _("Wichtige Nummern"),
        "advice": _("Beratung"),
    }  # fmt: skip


NEUTRAL = ("notruf", "bereitschaftsdienst", "elterntelefon")
"""Help numbers that nobody wonders about: on a card that no violent person should notice they stand around those that protect."""


class CaseView(View, frozen=True):
    """Whom to call if a child is in danger, questions, sheets, and what the script needs."""

    template = "case.html"

    emergency: Sequence[ProtectionLine]
    on_call: Sequence[ProtectionLine]  # the office out of hours
    offices: Sequence[ProtectionLine]
    custody: Sequence[ProtectionLine]  # where a child can be taken in (§ 42 SGB VIII)
    services: Sequence[ProtectionLine]  # the town's against violence
    advisers: Sequence[ProtectionLine]  # for professionals who worry about a child
    professionals: Sequence[ProtectionLine]  # nationwide lines for the same
    prompts: Sequence[PromptGroup]
    sheets: Sequence[record_lines.SheetLink]
    languages: Sequence[tuple[str, str]]  # of the handout: tag, own name
    data: Markup  # JSON


def render(context: Context, key: str = "") -> Page:
    """Make the workspace's page."""
    del key
    _ = context.gettext
    path = context.path("case")
    view = CaseView(
        emergency=emergency_lines(context),
        on_call=on_call_lines(context),
        offices=office_lines(context),
        custody=custody_lines(context),
        services=[_service(context, line) for line in own_services(context)],
        advisers=adviser_lines(context),
        professionals=professional_lines(context),
        prompts=prompt_groups(context),
        sheets=sheet_links(context, path),
        languages=[(lang, own_name(context, lang)) for lang in context.site.config.languages],
        data=_data(context, path),
    )
    description = _(
        "Vom Willen der Familie zu Ideen aus dem Sozialraum. Nichts wird gespeichert oder gesendet."
    )
    crumb = context.crumb(_("Für Fachkräfte"), "professionals")
    return Page(
        path=path,
        lang=context.lang,
        family="case",
        title=_("Fallgespräch vorbereiten"),
        description=description,
        body=context.render(view, path),
        crumbs=(crumb,),
        indexed=False,
    )


def _service(context: Context, line: HelpLine) -> ProtectionLine:
    """Return a service of the danger boxes as such a line."""
    when = context.gettext("Tag und Nacht") if line.always else line.when
    name = context.marked(Translated(line.name, line.lang))
    return ProtectionLine(name, line.for_whom, line.phone, OpeningState(when))


def _data(context: Context, path: str) -> Markup:
    """Return as JSON what the script needs in each language; `blocks` is the number of files that hold offers."""
    config = context.site.config
    languages: dict[str, Any] = {}
    for lang in config.languages:
        in_language = (
            context if lang == context.lang else Context(context.site, context.facts, lang, context.paths)
        )
        prompts: dict[str, str] = {}
        for group in prompt_groups(in_language):
            prompts |= group.prompts
        help_numbers = in_language.site.words.help
        numbers = [help_numbers[key] for key in NEUTRAL if key in help_numbers]
        neutral = [[in_language.texts.name(number), number.number] for number in numbers]
        languages[lang] = {
            "dir": in_language.texts.dir,
            "folder": urls.relative(path, in_language.path("remembered")),
            "root": config.url.rstrip("/") + "/" + in_language.path("home"),
            "words": handout_words(in_language),
            "prompts": prompts,
            "neutral": neutral,
        }
    content = {"blocks": block_count(context), "languages": languages}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


PAGES = (
    PageType("case", one, render),
    PageType("sheets", one, page_sheets.render_index),
    PageType("sheet", page_sheets.keys, page_sheets.render),
    PageType("resource-plan", one, render_plan),
    PageType("finding", one, render_finding),
    PageType("duty", one, page_sheets.render_duty, internal=True),
)
PRODUCERS = (case_files,)
"""Makers of files that scripts read."""
