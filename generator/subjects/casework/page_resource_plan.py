"""The resource plan: what clubs, schools, firms and neighbours could give, by kind and space, on a map, and whom nobody has asked yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.render.base import urls
from generator.render.base.area_names import named, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.page import Heading, Page
from generator.render.base.view import View
from generator.render.directory.gifts import Resource, gift_kinds, gift_when, resources
from generator.render.directory.listing import areas_around
from generator.render.directory.record_lines import RecordLine, by_name, kind_lines
from generator.render.maps import overview_map
from generator.render.pages.who import served_spaces

NEIGHBOURS = frozenset(["association", "church", "school", "initiative", "company"])
"""Kinds of organisations that could be won for something new."""


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One thing in words: what it is, who has it, whom to ask at which number, when and where; `spaces` is what the list is narrowed by."""

    what: Markup
    who: Markup
    kind: str
    ask: Markup
    phone: str
    phone_href: str
    when: str
    where: str | Markup
    spaces: str


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    """Everything of a kind."""

    kind: str
    name: str
    rows: Sequence[ResourceRow]


@dataclass(frozen=True, slots=True)
class ResourcePlanView(View):
    """The plan by kind with what it can be narrowed by; `silent` are those who have said nothing; `neighbours` tells whether the directory has anybody of those kinds."""

    template = "resource-plan.html"

    groups: Sequence[ResourceGroup]
    kinds: Sequence[tuple[str, str]]
    spaces: Sequence[tuple[str, str]]
    map: Markup
    silent: Sequence[RecordLine]
    neighbours: bool


def render(context: Context, key: str) -> Page:
    """Make the page."""
    _ = context.texts.gettext
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
    toc = [Heading(f"art-{group.kind}", group.name) for group in groups]
    if view.map:
        toc.append(Heading("karte", _("Auf der Karte")))
    toc.append(Heading("fragen", _("Wen man fragen könnte")))
    return Page(
        path=path,
        lang=context.lang,
        family="resource-plan",
        title=_("Ressourcenplan"),
        description=_("Räume, Menschen, Dinge und Wissen, die es im Sozialraum gibt."),
        body=context.explain(path, context.render(view, path)),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
        toc=toc,
    )


def _groups(context: Context, path: str) -> Iterator[ResourceGroup]:
    """Yield the resources by kind; a kind of which there is none is left out."""
    for kind, name in gift_kinds(context).items():
        rows = [_row(context, path, item) for item in resources(context) if item.gift.kind == kind]
        if rows:
            yield ResourceGroup(kind, name, rows)


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
        spaces=" ".join(areas_around(context, item.spaces)) or "*",
    )
