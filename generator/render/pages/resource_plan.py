"""The resource plan: what clubs, schools and neighbours could give, by kind and space, and whom nobody has asked yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.provider import Gift, Provider
from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.ordering import sort_key
from generator.render.base.page import Heading, Page
from generator.render.base.pattern import linked
from generator.render.base.place_names import space_name
from generator.render.base.view import View
from generator.render.directory.record_lines import RecordLine, by_name, kind_lines
from generator.render.pages.provider import gift_kinds, gift_when
from generator.render.pages.who import served_spaces

NEIGHBOURS = frozenset(["association", "church", "school", "initiative", "company"])
"""Kinds of organisations that could be won for something new."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing that somebody could give; no `spaces` means the whole town."""

    provider: str
    gift: Gift
    spaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One thing in words: what it is, who has it, whom to ask, when and where."""

    what: Markup
    who: Markup
    ask: Markup
    when: str
    where: str | Markup


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    """Everything of a kind."""

    kind: str
    name: str
    rows: tuple[ResourceRow, ...]


@dataclass(frozen=True, slots=True)
class ResourcePlanView(View):
    """The plan by kind; `counts` are kinds by area, None without areas; `silent` are those who have said nothing."""

    template = "resource-plan.html"

    groups: tuple[ResourceGroup, ...]
    counts: TableContent | None
    silent: tuple[RecordLine, ...]


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("resource-plan", key)
    found = resources(context)
    kinds = {
        kind: name
        for kind, name in gift_kinds(context).items()
        if any(item.gift.kind == kind for item in found)
    }
    spaces = served_spaces(context)
    columns = (TableColumn(_("Gebiet")), *(TableColumn(name, num=True) for name in kinds.values()))
    rows = tuple(_count_row(context, path, name, kinds, found) for name in spaces)
    view = ResourcePlanView(
        groups=tuple(
            ResourceGroup(
                kind, name, tuple(_row(context, path, item) for item in found if item.gift.kind == kind)
            )
            for kind, name in kinds.items()
        ),
        counts=TableContent(columns, rows) if rows else None,
        silent=_silent(context),
    )
    return Page(
        path=path,
        lang=context.lang,
        family="professionals",
        title=_("Ressourcenplan"),
        description=_("Räume, Menschen, Dinge und Wissen, die es im Sozialraum gibt."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=(
            *(Heading(f"art-{kind}", name) for kind, name in kinds.items()),
            Heading("fragen", _("Wen man fragen könnte")),
        ),
    )


def resources(context: Context) -> list[Resource]:
    """Return everything that providers could give, by provider; where it is follows from the gift, the provider or its places."""
    providers = context.site.providers
    order = sorted(providers, key=lambda name: sort_key(context.texts.name(providers[name])))
    return [
        Resource(name, gift, _spaces(context, providers[name], gift))
        for name in order
        for gift in providers[name].can_give
    ]


def _spaces(context: Context, provider: Provider, gift: Gift) -> tuple[str, ...]:
    if gift.spaces or provider.spaces:
        return gift.spaces or provider.spaces
    places = context.facts.relations.places_by_provider.get(provider.id, ())
    finest = (context.facts.places[place].spaces[:1] for place in places)
    return tuple(dict.fromkeys(name for names in finest for name in names))


def _within(context: Context, item: Resource, key: str) -> bool:
    return any(
        key in context.facts.spaces[name].within for name in item.spaces if name in context.facts.spaces
    )


def _row(context: Context, path: str, item: Resource) -> ResourceRow:
    _ = context.texts.gettext
    provider = context.site.providers[item.provider]
    href = urls.relative(path, context.path("provider", item.provider))
    who = linked(href, context.translated(provider))
    where = Markup(", ").join(
        space_name(context, name) for name in item.spaces if name in context.site.spaces
    )
    return ResourceRow(
        what=context.written(item.gift.what),
        who=who,
        ask=context.written(item.gift.ask),
        when=gift_when(context, item.gift) or _("auf Anfrage"),
        where=where or _("ganze Stadt"),
    )


def _count_row(
    context: Context, path: str, key: str, kinds: Iterable[str], found: list[Resource]
) -> tuple[TableCell, ...]:
    href = urls.relative(path, context.path("space", key))
    row = [TableCell(linked(href, space_name(context, key)))]
    for kind in kinds:
        there = [
            context.site.providers[item.provider]
            for item in found
            if item.gift.kind == kind and _within(context, item, key)
        ]
        row.append(TableCell(context.texts.counted(there), sort=len(there)) if there else NOTHING)
    return tuple(row)


def _silent(context: Context) -> tuple[RecordLine, ...]:
    """Clubs, schools and neighbours that have not said what they could give."""
    providers = context.site.providers.items()
    there = [name for name, item in providers if item.kind in NEIGHBOURS and not item.can_give]
    return by_name(kind_lines(context, "provider", there))
