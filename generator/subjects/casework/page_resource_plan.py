"""The resource plan: what clubs, schools, firms and neighbours could give, by kind and space, on a map, and whom nobody has asked yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.context import Context
from generator.render.base.macros import NOTHING, TableCell, TableColumn, TableContent
from generator.render.base.page import Heading, Page
from generator.render.base.pattern import linked
from generator.render.base.place_names import named, space_name
from generator.render.base.view import View
from generator.render.directory.gifts import Resource, around, gift_kinds, gift_when, resources, resources_in
from generator.render.directory.record_lines import RecordLine, by_name, kind_lines
from generator.render.maps import overview_map
from generator.render.pages.who import served_spaces

NEIGHBOURS = frozenset(["association", "church", "school", "initiative", "company"])
"""Kinds of organisations that could be won for something new."""


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One thing in words: what it is, who has it, whom to ask at which number, when and where; `spaces` and `by` are what the list is narrowed by."""

    what: Markup
    who: Markup
    kind: str
    ask: Markup
    phone: str
    phone_href: str
    when: str
    where: str | Markup
    spaces: str
    by: str


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    """Everything of a kind."""

    kind: str
    name: str
    rows: tuple[ResourceRow, ...]


@dataclass(frozen=True, slots=True)
class ResourcePlanView(View):
    """The plan by kind with what it can be narrowed by; `counts` are kinds by area, None without areas; `silent` are those who have said nothing; `neighbours` tells whether the directory has anybody of those kinds."""

    template = "resource-plan.html"

    groups: tuple[ResourceGroup, ...]
    kinds: tuple[tuple[str, str], ...]
    spaces: tuple[tuple[str, str], ...]
    givers: tuple[tuple[str, str], ...]
    map: Markup
    counts: TableContent | None
    silent: tuple[RecordLine, ...]
    neighbours: bool


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
    path = context.path("resource-plan", key)
    found = resources(context)
    groups = _groups(context, path, found)
    kinds = {group.kind: group.name for group in groups}
    spaces = served_spaces(context)
    view = ResourcePlanView(
        groups=groups,
        kinds=tuple(kinds.items()),
        spaces=tuple((name, named(context, name)) for name in spaces),
        givers=_givers(context, found),
        map=overview_map(context, path, "resources"),
        counts=_counts(context, path, kinds, spaces),
        silent=_silent(context),
        neighbours=any(item.kind in NEIGHBOURS for item in context.site.providers.values()),
    )
    toc = [
        *((True, f"art-{kind}", name) for kind, name in kinds.items()),
        (bool(view.map), "karte", _("Auf der Karte")),
        (bool(found) and view.counts is not None, "uebersicht", _("Wie viel wo eingetragen ist")),
        (True, "fragen", _("Wen man fragen könnte")),
    ]
    return Page(
        path=path,
        lang=context.lang,
        family="resource-plan",
        title=_("Ressourcenplan"),
        description=_("Räume, Menschen, Dinge und Wissen, die es im Sozialraum gibt."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=tuple(Heading(anchor, label) for shown, anchor, label in toc if shown),
    )


def _groups(context: Context, path: str, found: Sequence[Resource]) -> tuple[ResourceGroup, ...]:
    """Return the resources by kind; a kind of which there is none is left out."""
    groups = []
    for kind, name in gift_kinds(context).items():
        rows = tuple(_row(context, path, item) for item in found if item.gift.kind == kind)
        if rows:
            groups.append(ResourceGroup(kind, name, rows))
    return tuple(groups)


def _givers(context: Context, found: Iterable[Resource]) -> tuple[tuple[str, str], ...]:
    """Return the kinds of providers that give something, by id and name."""
    there = {context.site.providers[item.provider].kind for item in found}
    words = context.site.words.provider_kinds.values()
    return tuple((word.id, context.texts.name(word)) for word in words if word.id in there)


def _counts(
    context: Context, path: str, kinds: Mapping[str, str], spaces: Iterable[str]
) -> TableContent | None:
    """Return how much of each kind there is in each area, None without areas."""
    rows = tuple(_count_row(context, path, name, kinds) for name in spaces)
    columns = [TableColumn(name, num=True) for name in kinds.values()]
    first = TableColumn(context.texts.gettext("Gebiet"))
    return TableContent((first, *columns), rows) if rows else None


def _row(context: Context, path: str, item: Resource) -> ResourceRow:
    _ = context.texts.gettext
    provider = context.site.providers[item.provider]
    href = context.href(path, "provider", item.provider)
    spaces = [name for name in item.spaces if name in context.site.spaces]
    contact = provider.contact
    phone = contact.number if contact else ""
    return ResourceRow(
        what=context.written(item.gift.what),
        who=linked(href, context.translated(provider)),
        kind=context.texts.name(context.site.words.provider_kinds[provider.kind]),
        ask=context.written(item.gift.ask),
        phone=phone,
        phone_href=urls.telephone(phone) if phone else "",
        when=gift_when(context, item.gift) or _("auf Anfrage"),
        where=Markup(", ").join(space_name(context, name) for name in spaces) or _("ganze Stadt"),
        spaces=" ".join(around(context, item)) or "*",
        by=provider.kind,
    )


def _count_row(context: Context, path: str, key: str, kinds: Iterable[str]) -> tuple[TableCell, ...]:
    href = context.href(path, "space", key)
    row = [TableCell(linked(href, space_name(context, key)))]
    given = resources_in(context, key)
    for kind in kinds:
        there = [context.site.providers[item.provider] for item in given if item.gift.kind == kind]
        row.append(TableCell(context.texts.counted(there), sort=len(there)) if there else NOTHING)
    return tuple(row)


def _silent(context: Context) -> tuple[RecordLine, ...]:
    """Clubs, schools and neighbours that have not said what they could give."""
    providers = context.site.providers.items()
    there = [name for name, item in providers if item.kind in NEIGHBOURS and not item.can_give]
    return by_name(kind_lines(context, "provider", there))
