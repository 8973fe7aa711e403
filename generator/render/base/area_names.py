"""Name areas, and say where something in them is.

A name doesn't show whether it takes an article, so an area says it (`where`).
"""

from __future__ import annotations

import re

from markupsafe import Markup
from msgspec.structs import replace

from generator.model.config import LevelConfig
from generator.render.base.context import Context
from generator.render.base.html_patterns import pattern
from generator.render.base.texts import Texts

_IN_THE = {
    "im": (
        "abschnitt areal bezirk block distrikt gebiet kiez kreis ort ortsteil quartier raum revier sprengel teil "
        "veedel viertel"
    ),
    "in der": "gemeinde insel kommune nachbarschaft region siedlung stadt zone",
}
"""Common nouns for parts of a town; a compound has the gender of its last part (der Schulbezirk, die Bezirksregion)."""

_FIRST = re.compile(
    r"(?:(?:grund)?schulbezirk|(?:stadt|orts|wahl)?bezirk|(?:stadt|orts)teil|(?:land)?kreis|quartier|viertel"
    r"|(?:sozial|planungs|modell|prognose)raum|(?:bezirks)?region|gemeinde|siedlung)\Z",
    re.IGNORECASE,
)
"""First words of names that are common nouns themselves: „Region Süd“, „Schulbezirk Lindenschule“. „Darmstadt Ost“ is none."""


def named(context: Context, space: str) -> str:
    """Name an area in plain text, with the one above where two share the name."""
    record, facts = context.site.spaces[space], context.facts.spaces[space]
    text = context.texts.of(record, "name")
    # Only words of the main language can have the area above behind them.
    return replace(text, words=facts.display_name).text if text.words == record.name else text.text


def in_space(context: Context, space: str) -> str:
    """Say where something is: „in Süderaue“, „im Quartier Marktviertel“.

    It may follow „höher als“, „Hilfe“ or „sind es“, and no other preposition.
    """
    texts, record = context.texts, context.site.spaces[space]
    written, name = texts.of(record, "where"), named(context, space)
    if written.text and not written.lang:
        # Two areas of one name are told apart by the one above them.
        short = texts.of(record, "name").words
        return written.text + (name.removeprefix(short) if name.startswith(short) else "")
    return place_text(texts, name, level_name(context, space))


def in_town(context: Context) -> str:
    """Say where the whole town is, as its topmost area words it."""
    roots = context.facts.roots
    if roots:
        return in_space(context, roots[0])
    config = context.site.config
    return place_text(context.texts, config.town or config.publisher.name)


def place_text(texts: Texts, name: str, level: str = "") -> str:
    """Guess „in …“ from a name and its level, where none is written."""
    if not texts.lang.startswith("de"):
        return texts.gettext("in {name}").format(name=name)
    first, *more = name.split() or [""]
    if more and (_FIRST.match(first) or first == level) and (words := in_the(first)):
        return f"{words} {name}"
    if words := in_the(level):
        return f"{words} {level} {name}"
    return f"im Gebiet {name}"


def in_the(noun: str) -> str:
    """Return preposition and article: „im“ for Stadtteil, „in der“ for Region, else nothing."""
    for words, ends in _IN_THE.items():
        if noun.isalpha() and noun.casefold().endswith(tuple(ends.split())):
            return words
    return ""


def first_up(text: str) -> str:
    """Write the first letter large."""
    return text[:1].upper() + text[1:]


def space_name(context: Context, key: str) -> Markup:
    """Name an area as `named` does, in HTML that marks other languages."""
    name = context.translated(context.site.spaces[key])
    facts = context.facts.spaces[key]
    if facts.display_name == context.site.spaces[key].name or not facts.ancestors:
        return name
    return pattern("{} ({})").format(name, context.translated(context.site.spaces[facts.ancestors[0]]))


def level_name(context: Context, key: str, *, plural: bool = False) -> str:
    """Name the level of an area as the town does: „Quartiere“."""
    found = context.site.config.level_of(context.site.spaces[key].level)
    if found is None:
        return ""
    geography, number = found
    return level_words(context, geography.levels[number], plural=plural)


def level_words(context: Context, level: LevelConfig, *, plural: bool = False) -> str:
    """Name a level in the page's language, where the town does."""
    if context.lang != context.site.config.language and level.name_en:
        return (level.plural_en if plural else None) or level.name_en
    return (level.plural if plural else None) or level.name
