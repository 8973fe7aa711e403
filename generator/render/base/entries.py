"""Ids of records in, ordered groups and single lines of them out: by letter, by kind, each with its page and name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from generator.render.base.context import Context
from generator.render.base.wording import status_text
from generator.render.directory.cards import where_text


@dataclass(frozen=True, slots=True)
class Line:
    """A record in one line: its page, its name, and a word or two after it."""

    kind: str
    id: str
    name: Markup
    text: str = ""


@lru_cache(maxsize=100_000)
def sort_key(name: str) -> str:
    """Return what a name is sorted by: „Ärzte“ stands with A, „ß“ with ss.

    >>> sorted(["Zebra", "Ärzte", "Amt"], key=sort_key)
    ['Amt', 'Ärzte', 'Zebra']
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def by_letter(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Take names by id, return ids by first letter, both in order; what starts with no letter stands under „#“.

    >>> by_letter({"b": "Öffner", "a": "Ofen", "c": "3 Eichen"})
    {'#': ['c'], 'O': ['a', 'b']}
    """
    groups: dict[str, list[str]] = {}
    for key in sorted(names, key=lambda key: (sort_key(names[key]), key)):
        first = sort_key(names[key])[:1].upper()
        groups.setdefault(first if first.isalpha() else "#", []).append(key)
    return dict(sorted(groups.items()))


def grouped(ids: Iterable[str], group: Callable[[str], str], order: Iterable[str]) -> dict[str, list[str]]:
    """Return ids by group in the given order of groups; groups without an id are left out."""
    found: dict[str, list[str]] = {}
    for key in ids:
        found.setdefault(group(key), []).append(key)
    return {name: found[name] for name in order if name in found}


def by_name(lines: Iterable[Line]) -> list[Line]:
    """Return lines in the order of their names."""
    return sorted(lines, key=lambda line: (sort_key(str(line.name.striptags())), line.id))


def offer_lines(context: Context, ids: Iterable[str], *, where: bool = True) -> list[Line]:
    """Return offers by name with their area and, where they don't simply run, their state."""
    lines = []
    for key in ids:
        offer = context.site.offers[key]
        parts = [where_text(context, key) if where else "", status_text(context.texts, offer)]
        lines.append(Line("offer", key, context.translated(offer), ", ".join(part for part in parts if part)))
    return by_name(lines)


def member_lines(context: Context, ids: Iterable[str]) -> list[Line]:
    """Return members in their written order: providers, offices or places; an unknown id is left out."""
    site = context.site
    kinds: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("provider", site.providers),
        ("office", site.offices),
        ("place", site.places),
    )
    lines: dict[str, Line] = {}
    for key in ids:
        for kind, records in kinds:
            if key in records and key not in lines:
                lines[key] = Line(kind, key, context.translated(records[key]))
    return list(lines.values())


def space_lines(context: Context, ids: Iterable[str]) -> list[Line]:
    """Return areas in their given order, with their level where it differs between them."""
    spaces = [key for key in ids if key in context.site.spaces]
    mixed = len({context.site.spaces[key].level for key in spaces}) > 1
    return [
        Line("space", key, space_name(context, key), level_name(context, key) if mixed else "")
        for key in spaces
    ]


def space_name(context: Context, key: str) -> Markup:
    """Name an area; with the one above it where two areas of a level share the name."""
    name = context.translated(context.site.spaces[key])
    facts = context.facts.spaces[key]
    if facts.display_name == context.site.spaces[key].name or not facts.ancestors:
        return name
    return Markup("{} ({})").format(name, context.translated(context.site.spaces[facts.ancestors[0]]))


def level_name(context: Context, key: str, *, plural: bool = False) -> str:
    """Name the level of an area as the town does: „Sozialraum“, „Quartiere“."""
    found = context.site.config.level_of(context.site.spaces[key].level)
    if found is None:
        return ""
    level = found[0].levels[found[1]]
    if context.lang != context.site.config.language and level.name_en:
        return (level.plural_en if plural else None) or level.name_en
    return (level.plural if plural else None) or level.name
