"""Find words in a text that name a place: an area, a street, a stop, a house number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from generator.model.areas_and_offices import Office, Space
from generator.model.groups import Address
from generator.model.places_and_providers import Place
from generator.model.site import Site
from generator.model.visibility import listed
from generator.read.hidden_places import sight
from generator.read.seen_text import WRITTEN, read_as


class PlaceName(NamedTuple):
    """Where a text names a place; a sure one is a name that the town's own records or maps have."""

    start: int
    end: int
    text: str
    sure: bool
    kind: str = ""
    """street, area or landmark: of known names; said: a street or stop by its kind."""


# A capitalised word before one to three digits: „Anger 12b“; not a day, a month, a law, a year, a telephone or a number of something.
_NUMBERED = re.compile(
    r"(?<![\w§])(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Mo|Di|Mi|Do|Fr|Sa|So|Abschnitt|Absatz|Absätze|Abs|Artikel|Articles?|Art|Kapitel|Seite|Nr|Ab|After|Bis|From|Nach|Seit|Until|Tel|Telefon|Fax)\b)"
    r"[A-ZÄÖÜ](?:[^\W\d]|-){2,60}\.?\s?\d{1,3}(?:\s?[a-z]\b|[a-z]?)(?!\d|[.:/\-–]\d|\s?(?:Uhr|Jahr|Monat|Woche|Tag|Stunde|Minute|Euro|%|€|km|m\b|\d|[A-ZÄÖÜ]))"
)
# What says where without a known name: a street, a stop, coordinates, something that lies near.
_SAID = re.compile(
    r"\b[A-ZÄÖÜ][\w\-]*(?:stra(?:ß|ss)e|str\.|gasse|allee|chaussee)(?!\w)(?:\s?\d{1,3}\s?[a-z]?(?!\w))?|\b(?:Haltestelle|Bahnhof|Station|Linie)\s[A-ZÄÖÜ\d][\w\-]*"
    r"|(?<![\d.,])\d{1,2}[.,]\d{4,}(?!\d)|\b(?i:gegenüber|neben|hinter|unweit|nahe|opposite|next to|behind)\s(?:(?:vom|von|dem|der|den|des|die|das|the|alten|neuen|old)\s){0,3}[A-ZÄÖÜ]\w+"
)
# Names of areas and streets that are everyday words as well.
EVERYDAY = listed(
    "mitte nord sued ost west norden sueden osten westen zentrum innenstadt altstadt stadt dorf markt hafen "
    "bahnhof garten park schule kirche bruecke see wald feld berg muehle ufer insel anger platz hof region"
)
# Marks of Markdown and escapes (`&amp;`), which readers don't see as written.
_REMOVED = re.compile(rf"({WRITTEN})|\*+|`+|~~|\\(?=\W)")
_LEADING = re.compile(r"^(?:Am|An|Auf|Bei|Im|In|Hinter|Vor|Zum|Zur|Unter)\s+(?:de[rmn]\s+)?")
_NUMBER = re.compile(r"\s{1,3}\d{1,4}\s?[a-z]?\b")
_POSTCODE = re.compile(r"(?<![\d\-])\b\d{5}\b(?![\d\-])")
_JOINED_NUMBER = re.compile(r"\d{1,4}[a-z]?\Z")
_IN_CODE = re.compile(r"\A['\"/]|-|\A(?:[,;\t]|(?=\w))[^,;\t]+(?:[,;\t]|(?<=\w))\Z")
"""Around a name in small letters: quoted, in a path, hyphened or alone in a cell it is one all the same."""
_ENDINGS = ("s", "es", "er", "ern")
_SHORTEST = 4
"""Folded names with fewer letters are found in everything."""
_TOKEN = re.compile(r"\w+", re.UNICODE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_MOST_WORDS = 7  # of a name
_FIRST_LETTERS = 3  # by which most words are known to begin no name


def fold(text: str) -> str:
    """Return only letters and digits, written alike: `Linden-Str.` equals `Lindenstraße`.

    >>> fold("Linden-Str.")
    'lindenstrasse'
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    tokens = [
        "strasse" if token == "str" else re.sub(r"(?<=\w)str$", "strasse", token)
        for token in _TOKEN.findall(plain)
    ]
    return re.sub(r"[\W_]", "", "".join(tokens))


class Gazetteer:
    """A town's place names: streets, areas, public places, postcodes."""

    def __init__(self, site: Site) -> None:
        seen = sight(site)
        addresses = _addresses(site)
        streets = {item.street for item in site.streets} | {item.street for item in addresses}
        self.streets = _fold_names([*streets, *_on_map(site, streets=True)])
        self.areas = _folded_area_names(site)
        known = [place for key, place in site.places.items() if seen.places[key] == "full"]
        landmarks = _names_in_all_languages([*known, *site.offices.values()])
        self.landmarks = _fold_names([*landmarks, *_on_map(site, streets=False)])
        postcodes = {item.postcode for item in site.streets} | {item.postcode for item in addresses}
        self.postcodes = postcodes - {None, ""}
        every = self.streets | self.areas | self.landmarks
        self._beginnings = {name[:length] for name in every for length in range(1, _FIRST_LETTERS + 1)}

    def named(self, text: str, *, code: bool = False) -> list[PlaceName]:
        """Return the places that a text names or may name; a number in a code (`kurs-a2`) is none."""
        clean, places = _cleaned(text)
        found = [
            *self._known(clean),
            *(PlaceName(*match.span(), match[0], False, "said") for match in _SAID.finditer(clean)),
            *(PlaceName(*match.span(), match[0], False) for match in _NUMBERED.finditer(clean) if not code),
            *(
                PlaceName(*match.span(), match[0], True, "area")
                for match in _POSTCODE.finditer(clean)
                if match[0] in self.postcodes
            ),
        ]
        return [
            one._replace(start=places[one.start], end=places[one.end - 1] + 1, text=one.text.strip())
            for one in _longest(found)
        ]

    def _known(self, text: str) -> Iterator[PlaceName]:
        """Yield the longest known name at each word."""
        tokens = list(_TOKEN.finditer(text))
        for first, token in enumerate(tokens):
            if fold(token[0])[:_FIRST_LETTERS] not in self._beginnings:
                continue
            for last in range(min(first + _MOST_WORDS, len(tokens)), first, -1):
                found = self._name(text, tokens[first:last])
                if found is not None:
                    yield found
                    break

    def _name(self, text: str, tokens: list[re.Match[str]]) -> PlaceName | None:
        """Return adjacent words as a place if they're a name."""
        start, end = tokens[0].start(), tokens[-1].end()
        words = text[start:end]
        # No name goes beyond a sentence: „… am Fluss. Weg …“.
        if re.search(r"[.!?;\n]\s", words) and "St." not in words:
            return None
        key = fold(words)
        number = _NUMBER.match(text, end)
        kind = self._kind(key)
        numbered = kind == "street" and number is not None
        if not kind or not (numbered or _is_written_as_name(text, tokens)):
            return None
        stop = number.end() if kind == "street" and number is not None else end
        sure = numbered or (kind in ("street", "area") and key not in EVERYDAY)
        return PlaceName(start, stop, text[start:stop], sure, kind)

    def _kind(self, key: str) -> str:
        """Return a folded name's kind: street, area, landmark or nothing."""
        if _among(key, self.streets) or _among(_JOINED_NUMBER.sub("", key), self.streets):
            return "street"
        if _among(key, self.areas):
            return "area"
        if _among(key, self.landmarks):
            return "landmark"
        return ""


def _is_written_as_name(text: str, tokens: list[re.Match[str]]) -> bool:
    """Tell whether a name has its capital letter, as in sentences; not all scripts have any."""
    if " " not in text or not all(token[0][0].islower() for token in tokens):
        return True
    around = text[max(0, tokens[0].start() - 1) : tokens[-1].end() + 1]
    return _IN_CODE.search(around) is not None


def _addresses(site: Site) -> list[Address]:
    """Return the addresses of all records."""
    found: list[Address] = []
    for folder in ("places", "offers", "providers", "offices"):
        written = [getattr(record, "address", None) for record in site.records(folder).values()]
        found += [address for address in written if address]
    return found


def _on_map(site: Site, *, streets: bool) -> list[str]:
    """Return the map's names of streets, or all others."""
    names: list[str] = []
    for layer in site.context:
        if (layer.name == "streets") == streets:
            names += [item.name for item in layer.shapes]
    return names


def _folded_area_names(site: Site) -> frozenset[str]:
    """Return areas' folded names in all languages, without the town's."""
    towns: list[str] = []
    within: list[str] = []
    for space in site.spaces.values():
        if space.parent is None:
            towns += [space.name, *space.aliases]
        else:
            within += [*_names_in_all_languages([space]), *space.aliases]
    return _fold_names(within) - _fold_names(towns)


def _names_in_all_languages(records: Iterable[Place | Office | Space]) -> Iterator[str]:
    for record in records:
        texts = record.translations.values()
        yield from (record.name, *(text.name for text in texts if text.name))


def _fold_names(names: Iterable[str], shortest: int = _SHORTEST) -> frozenset[str]:
    """Fold names, also without „Am“ or „In der“, and inflected: `Alter Damm`, `am Alten Damm`."""
    found: set[str] = set()
    for name in names:
        found |= {fold(name), fold(_LEADING.sub("", name))}
        match = re.match(r"(\w{3,})(e|er|es|en|em)(\s.+)", name)
        if match:
            found |= {fold(match[1] + ending + match[3]) for ending in ("e", "er", "es", "en", "em")}
    return frozenset(key for key in found if len(key) >= shortest)


def _among(key: str, names: Collection[str]) -> bool:
    """Tell whether a name is known, inflected too: `des Flussweges`, `Kranichmoorer`."""
    return key in names or any(
        key.endswith(ending) and len(key) - len(ending) > _SHORTEST and key[: -len(ending)] in names
        for ending in _ENDINGS
    )


def _cleaned(text: str) -> tuple[str, list[int]]:
    """Drop invisible signs, returning where each letter was."""
    letters: list[str] = []
    places: list[int] = []
    position = 0
    while position < len(text):
        match = _REMOVED.match(text, position)
        read = text[position]
        if match:
            read = read_as(match) if match[1] else ""
        # Signs of full width and others that only look different are read as what they look like.
        for sign in unicodedata.normalize("NFKC", read):
            space = sign.isspace()
            if not (space and letters and letters[-1] == " ") and unicodedata.category(sign) != "Cf":
                letters.append(" " if space and sign != "\t" else sign)
                places.append(position)
        position = match.end() if match else position + 1
    return "".join(letters), places


def _longest(found: list[PlaceName]) -> list[PlaceName]:
    """Of overlapping names keep sure before unsure, longer before shorter."""
    kept: list[PlaceName] = []
    covered: set[int] = set()
    for one in sorted(found, key=lambda item: (not item.sure, item.start - item.end, item.start)):
        stands = range(one.start, one.end)
        if covered.isdisjoint(stands):
            covered.update(stands)
            kept.append(one)
    return sorted(kept)
