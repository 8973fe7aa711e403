"""Make the resource plan (who can give what), and forms to report what somebody found or misses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.places_and_providers import Provider
from generator.model.vocabulary import OfferKind, Vocabularies, Word
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.page import Page, with_contents
from generator.render.base.texts import sort_key
from generator.render.base.view import View
from generator.render.directory.commitments import GiftRow, Resource, gift_kinds, gift_row, resources
from generator.render.directory.listing import areas_met, tree
from generator.render.directory.offer_order import PROTECTION
from generator.render.directory.record_lines import RecordLine, by_name, kind_lines
from generator.render.maps import overview_map
from generator.render.pages.who_to_call import served_spaces

NEIGHBOURS = frozenset(["association", "church", "school", "initiative", "company"])
"""Kinds of organisations that one could ask whether they give something."""


class ResourceRow(Struct, frozen=True):
    """Something that a provider can give."""

    gift: GiftRow  # what
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
    silent: Sequence[RecordLine]  # providers of `NEIGHBOURS` that say of nothing that they can give it
    neighbours: bool  # whether there are such providers at all


def render_plan(context: Context, key: str) -> Page:
    """Make the resource plan."""
    _ = context.gettext
    path = context.path("resource-plan", key)
    groups = tuple(_groups(context, path))
    providers = context.site.providers
    neighbours = [key for key, item in providers.items() if item.kind in NEIGHBOURS]
    silent = [key for key in neighbours if not providers[key].can_give]
    view = ResourcePlanView(
        groups=groups,
        kinds=[(group.kind, group.name) for group in groups],
        spaces=[(name, named(context, name)) for name in served_spaces(context)],
        map=overview_map(context, path, "resources"),
        silent=by_name(kind_lines(context, "provider", silent)),
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


def _groups(context: Context, path: str) -> Iterator[ResourceGroup]:
    """Yield the resources by kind, without empty kinds."""
    for kind, name in gift_kinds(context).items():
        rows = [_row(context, path, item) for item in resources(context) if item.gift.kind == kind]
        if rows:
            yield ResourceGroup(kind, name, rows)


def _row(context: Context, path: str, item: Resource) -> ResourceRow:
    provider = context.site.providers[item.provider]
    href = context.href(path, "provider", item.provider)
    where = Markup(", ").join(space_name(context, name) for name in item.spaces)
    kind = context.site.words.provider_kinds[provider.kind]
    contact = provider.contact
    return ResourceRow(
        gift=gift_row(context, item.gift),
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
        kinds=_options(context, _open_kinds(words)),
        place_kinds=_options(context, place_kinds),
        provider_kinds=_options(context, words.provider_kinds.values()),
        gifts=tuple(gift_kinds(context).items()),
        providers=_options(context, site.providers.values()),
        spaces=[(name, named(context, name)) for name in tree(context)],
        topics=_topics(context, grave=False),
        need_topics=_topics(context, grave=True) if internal else (),
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


def _topics(context: Context, *, grave: bool) -> list[TopicGroup]:
    """Return topics by life situation, violence only if `grave`."""
    words = context.site.words
    groups = []
    for situation in words.situations():
        topics = [topic for topic in words.below(situation.id) if grave or not words.is_grave(topic.id)]
        if topics:
            name = context.texts.of(situation, "phrase").text or context.texts.name(situation)
            groups.append(TopicGroup(name, _options(context, topics)))
    return groups


def _open_kinds(words: Vocabularies) -> list[OfferKind]:
    """Return the kinds of offers that a form may name: none that is discreet, sensitive or protects."""
    kinds = [kind for kind in words.kinds.values() if kind.id not in PROTECTION]
    return [
        kind for kind in kinds if kind.form is None and not kind.discreet and kind.sensitivity == "normal"
    ]


def _options(context: Context, words: Iterable[Word | Provider]) -> Options:
    options = ((word.id, context.texts.name(word)) for word in words)
    return sorted(options, key=lambda item: sort_key(item[1]))
