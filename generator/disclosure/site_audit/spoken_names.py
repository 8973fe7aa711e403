"""List the words by which pages name areas and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from generator.disclosure.amounts import APART
from generator.model.areas_and_offices import Space
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.read.indicator_folders import IndicatorFolder


@dataclass(frozen=True)
class Names:
    """By which words a site calls its areas, periods and indicators."""

    site: Site
    folders: Mapping[str, IndicatorFolder]

    @cached_property
    def space_words(self) -> dict[str, str]:
        """Every name and id of an area, in lower case, with the area."""
        return _keys_by_name((key, _names(space, "name")) for key, space in self.site.spaces.items())

    @cached_property
    def space_pattern(self) -> re.Pattern[str]:
        """Finds the longest name of an area."""
        return any_of(self.space_words)

    @cached_property
    def as_written(self) -> re.Pattern[str]:
        """Finds every name of an area or indicator, whatever its case, so that the rest of a text stays as it is written."""
        found = {*self.site.spaces, *self.folders}
        for space in self.site.spaces.values():
            found |= _names(space, "name")
        for folder in self.folders.values():
            found |= _names(folder.indicator, "title") | _names(folder.indicator, "numerator")
        return any_of(found, re.IGNORECASE)

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Areas that belong to none: whoever names no area speaks of them."""
        return tuple(key for key, space in self.site.spaces.items() if space.parent is None)

    @cached_property
    def indicator_words(self) -> dict[str, str]:
        """Titles and what is counted, in all languages, in lower case; a title comes before what another one counts.

        A single word („Kinder“), and what several indicators count, says of which one is spoken only where it is a title.
        """
        titles: dict[str, str] = {}
        counted: dict[str, list[str]] = {}
        for key, one in self.folders.items():
            for title in _names(one.indicator, "title"):
                titles.setdefault(title.casefold(), key)
            for phrase in _names(one.indicator, "numerator"):
                counted.setdefault(phrase.casefold(), []).append(key)
        phrases = {phrase: keys[0] for phrase, keys in counted.items() if " " in phrase and len(keys) == 1}
        return {**phrases, **titles}

    @cached_property
    def indicator_pattern(self) -> re.Pattern[str]:
        """Finds the longest title, or name of what is counted."""
        return any_of(self.indicator_words)

    @cached_property
    def id_pattern(self) -> re.Pattern[str]:
        """Finds the ids of indicators, as they are written."""
        return any_of(self.folders)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Each id of an indicator by itself."""
        return {key: key for key in self.folders}


def _names(record: Space | Indicator, field: str) -> set[str]:
    """Return what a record is called in all languages."""
    every = [record, *record.translations.values()]
    return {getattr(one, field) for one in every if getattr(one, field)}


def counted_by(item: Indicator) -> re.Pattern[str]:
    """Return what finds the title of an indicator, or what it counts, in any language, in a text in lower case."""
    return any_of(name.casefold() for name in _names(item, "title") | _names(item, "numerator"))


def _keys_by_name(named: Iterable[tuple[str, set[str]]]) -> dict[str, str]:
    """Return the id of a record by itself and by each name, in lower case; of two that are called alike the first."""
    found: dict[str, str] = {}
    for key, names in named:
        for name in (key, *names):
            found.setdefault(name.casefold(), key)
    return found


def any_of(words: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Return what finds the longest of these words where it stands as a word; nothing where there are none."""
    return _pattern(tuple(sorted(words, key=lambda word: (-len(word), word))), flags)


@cache
def _pattern(ordered: tuple[str, ...], flags: int) -> re.Pattern[str]:
    # A link or a bold word may begin or end within a name.
    written = [re.escape(word).replace(r"\ ", rf"\ (?:{APART}\ )?") for word in ordered]
    return re.compile(r"(?<![\w-])(?:" + "|".join(written) + r")(?![\w-])" if ordered else r"(?!)", flags)


def within(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these words, even inside of others; nothing where there are none."""
    return re.compile("|".join(map(re.escape, sorted(words))) or r"(?!)")


@lru_cache(maxsize=100_000)
def _named(pattern: re.Pattern[str], layer: str) -> tuple[str, ...]:
    """Return the names in a text, each once; the same headings stand around thousands of cells."""
    found = [name.replace(f"{APART} ", "") for name in pattern.findall(layer)]
    return tuple(dict.fromkeys(found))


def nearest(pattern: re.Pattern[str], words: Mapping[str, str], layers: Iterable[str]) -> list[str]:
    for layer in layers:
        if found := _named(pattern, layer):
            return list(dict.fromkeys(words[match] for match in found))
    return []
