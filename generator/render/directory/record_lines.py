"""Show records as lines with a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from generator.model.site import Site
from generator.render.base.area_names import level_name, space_name
from generator.render.base.context import Context
from generator.render.base.html_patterns import linked
from generator.render.base.texts import sort_key
from generator.render.base.view import OpeningState
from generator.render.base.wording import status_text
from generator.render.directory.cards import where_text

RecordKind = Literal["place", "provider", "office", "network"]
KindedRecord = Literal["place", "provider"]  # records of a kind of their own: a school, a club


class RecordLine(Struct, frozen=True):
    """A record's page, name, a word after and when it is open; `sensitive` ones aren't printed."""

    kind: str  # of its page
    id: str
    name: Markup
    text: str = ""
    sensitive: bool = False
    open: OpeningState | None = None
    step_free: bool = False  # whether it is said to be so, the toilet, too


RecordLines = Sequence[RecordLine]
LISTED = 120
"""More places or providers than this no page of an area names; the index of all has them."""


class Gathered(Struct, frozen=True):
    """An area's places or providers: count, the first, the index if more."""

    count: int
    lines: Sequence[RecordLine]
    index: str


def gathered(context: Context, kind: KindedRecord, ids: Sequence[str]) -> Gathered:
    """Return the first places or providers of an area."""
    lines = by_name(kind_lines(context, kind, ids))
    return Gathered(len(ids), lines[:LISTED], f"{kind}s" if len(ids) > LISTED else "")


def inline_lines(context: Context, path: str, lines: Iterable[RecordLine]) -> Markup:
    """Return records as links in running text."""
    return Markup(", ").join(linked(context.href(path, line.kind, line.id), line.name) for line in lines)


def by_name(lines: Iterable[RecordLine]) -> tuple[RecordLine, ...]:
    """Return lines in the order of their names."""
    return tuple(sorted(lines, key=lambda line: (sort_key(str(line.name.striptags())), line.id)))


def lines_in_order(context: Context, ids: Iterable[str], *, where: bool = True) -> tuple[RecordLine, ...]:
    """Return offers in given order, with area and unusual state."""
    lines = []
    for key in ids:
        offer = context.site.offers[key]
        parts = [where_text(context, key) if where else "", status_text(context.texts, offer)]
        text = ", ".join(part for part in parts if part)
        sensitive = context.facts.offers[key].sensitive
        lines.append(RecordLine("offer", key, context.translated(offer), text, sensitive))
    return tuple(lines)


def offer_lines(context: Context, ids: Iterable[str], *, where: bool = True) -> tuple[RecordLine, ...]:
    """Return offers by name, help for perpetrators last."""
    lines = by_name(lines_in_order(context, ids, where=where))
    facts = context.facts.offers
    return tuple(sorted(lines, key=lambda line: facts[line.id].with_violence == "last"))


def named_lines(context: Context, kind: RecordKind, ids: Iterable[str]) -> tuple[RecordLine, ...]:
    """Return records by name only, in given order."""
    records = context.site.records(f"{kind}s")
    return tuple(RecordLine(kind, key, context.translated(records[key])) for key in ids)


def kind_lines(context: Context, kind: KindedRecord, ids: Iterable[str]) -> tuple[RecordLine, ...]:
    """Return places or providers with their kind, in given order."""
    records = context.site.records(f"{kind}s")
    words = context.words.place_kinds if kind == "place" else context.words.provider_kinds
    return tuple(
        RecordLine(kind, key, context.translated(records[key]), context.texts.name(words[records[key].kind]))
        for key in ids
    )


def member_lines(context: Context, ids: Iterable[str]) -> tuple[RecordLine, ...]:
    """Return members (providers, offices, places) in order, without unknown ids."""
    kinds = {key: kind for key in ids if (kind := kind_of_member(context.site, key))}
    return tuple(
        RecordLine(kind, key, context.translated(context.site.records(f"{kind}s")[key]))
        for key, kind in kinds.items()
    )


def kind_of_member(site: Site, key: str) -> str:
    """Return an id's kind: provider, office, place or nothing."""
    return next((kind for kind in ("provider", "office", "place") if key in site.records(f"{kind}s")), "")


def space_lines(context: Context, ids: Iterable[str]) -> tuple[RecordLine, ...]:
    """Return areas in given order, with level where it varies."""
    spaces = [key for key in ids if key in context.site.spaces]
    mixed = len({context.site.spaces[key].level for key in spaces}) > 1
    return tuple(
        RecordLine("space", key, space_name(context, key), level_name(context, key) if mixed else "")
        for key in spaces
    )


class AreaLine(Struct, frozen=True):
    """What a record says of an area: page kind and id, name, mark, text."""

    kind: str
    id: str
    name: Markup
    mark: str
    says: Markup


class SheetLink(Struct, frozen=True):
    """A sheet to print for a conversation: id, name, purpose, link."""

    id: str
    title: str
    says: str  # what it is for
    href: str
